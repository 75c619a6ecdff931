#!/usr/bin/env python3
"""Fits the weights of the scores (src/link/calibration.rs) to sets of texts of which a reader marked what treats the same point.

  fit_scores.py [--evidence target/release/examples/evidence] [--aside NAME]... [--check NAME]... SET...

A SET is a folder: two or more texts (.txt, .md), annotator*.json ({"counterparts": [{"left": {"text", "passage"}, "right": …,
"grade": 1 to 3}]}, a text named by its file without the ending), and topics.toml. The evidence for every pair is printed by
`cargo build --release --example evidence`. A pair is right where the readers' mean grade is 1.5 or more; where only one reader
marked a set, as likely as a second reader's grade would make it so (SECOND). Each set is read with its topics and again without, as
for a reader who has none; texts of different sets are laid side by side as unrelated. Thin pairs are left out: their score is
capped; so is what a closer look tells (fit_close.py), which comes after. The score of a pair that is the closest of neither passage is lowered (src/link/closest.rs): by how much is fitted last. A
folder named NAME-partN holds a part of the set NAME, its passages numbered anew: it counts half, so that the number of
passages tells, and is left out with its set. Every set is also predicted from the others, and those named by --aside and --check are never fitted to: what is
printed of them is how the scores keep their word on texts that they were not made for. Needs numpy and scikit-learn.
"""
import argparse, collections, glob, itertools, json, math, os, subprocess, sys
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

# How often the mean of two readers' grades is 1.5 or more, by the grade of one of them (0: not listed).
SECOND = {0: 0.0, 1: 0.2, 2: 0.94, 3: 1.0}
PLAIN, UNRELATED, PART, RIDGE = 0.7, 0.5, 0.5, 0.3
# THRESHOLD is of scores without a closer look; what the program shows is fitted by fit_close.py.
THIN, THRESHOLD, LOWERED_FROM = 0.34, 0.37, 0.2


class Pairs:
    """The evidence for every pair of two texts, and the readers' grades."""

    def __init__(self, evidence, left, right, topics, grades, readers):
        run = subprocess.run([evidence, left, right, topics or os.devnull, *MODEL], capture_output=True, text=True, check=True)
        head, *lines = map(json.loads, run.stdout.splitlines())
        self.parts, self.count, self.plain = head["parts"], head["passages"], topics is None
        self.at = np.array([(line[0], line[1]) for line in lines])
        for part in LEFT_OUT:
            lines = [[*line[:3], [0.0 if n == part else x for n, x in zip(self.parts, line[3])], *line[4:]] for line in lines]
        self.thin = np.array([line[2] for line in lines])
        self.x = np.array([line[3] for line in lines])
        self.treated = [[strengths for _, strengths in line[4]] for line in lines]
        self.close = [line[5] for line in lines]
        self.grade = np.array([grades.get((l, r), 0.0) for l, r in self.at])
        self.right = np.array([SECOND.get(g, 1.0) if readers == 1 else float(g >= 1.5) for g in self.grade])


def read(folder, evidence):
    """(texts, pairs with topics, pairs without) of a set."""
    files = {os.path.splitext(os.path.basename(f))[0]: f for e in ("txt", "md") for f in sorted(glob.glob(f"{folder}/*.{e}"))}
    readers = [json.load(open(f)) for f in sorted(glob.glob(f"{folder}/annotator*.json"))]
    grades = collections.defaultdict(dict)
    for reader in readers:
        for c in reader["counterparts"]:
            for one, other in (("left", "right"), ("right", "left")):
                pair, at = (c[one]["text"], c[other]["text"]), (c[one]["passage"], c[other]["passage"])
                grades[pair][at] = grades[pair].get(at, 0) + c["grade"] / len(readers)
    asked = [p for p in itertools.combinations(sorted({t for pair in grades for t in pair}), 2) if p in grades]
    topics = f"{folder}/topics.toml"
    known = [topics] if os.path.exists(topics) else []
    make = lambda with_: [Pairs(evidence, files[l], files[r], with_, grades[l, r], len(readers)) for l, r in asked]
    return [files[t] for t in sorted({t for p in asked for t in p})], [make(t) for t in known], make(None)


def free(pairs):
    return pairs.x, pairs.right, ~pairs.thin


def held(pairs):
    """Pairs of which both passages treat a topic."""
    both = np.array([bool(t) for t in pairs.treated])
    return pairs.x, pairs.right, both & ~pairs.thin


def fit(weighed, evidence):
    x, y, w = [], [], []
    for pairs, weight in weighed:
        parts, right, use = evidence(pairs)
        x += [parts[use]] * 2
        y += [np.ones(use.sum()), np.zeros(use.sum())]
        w += [weight * right[use], weight * (1 - right[use])]
    x, y, w = map(np.concatenate, (x, y, w))
    x, y, w = x[w > 0], y[w > 0], w[w > 0]
    scale = StandardScaler().fit(x)
    scale.scale_[scale.var_ < 1e-9] = 1.0
    model = LogisticRegression(C=RIDGE, max_iter=5000).fit(scale.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scale.scale_
    return weights, float(model.intercept_[0] - weights @ scale.mean_)


def score(pairs, fitted, evidence):
    weights, begin = fitted
    parts, _, _ = evidence(pairs)
    return np.where(pairs.thin, THIN, 1.0) / (1 + np.exp(-(begin + parts @ weights)))


def before(pairs, scores):
    """For each pair how many stand before it, at most two, from the side where these are fewer."""
    least = np.full(len(scores), 2)
    for side in (0, 1):
        met = collections.Counter()
        for at in np.argsort(-scores, kind="stable"):
            least[at] = min(least[at], met[pairs.at[at, side]])
            met[pairs.at[at, side]] += 1
    return least


def fit_lowered(weighed, fitted):
    """By how much the log odds are lowered behind one answer, and behind more."""
    best = (math.inf, 0, 0)
    known = []
    for pairs, weight in weighed:
        scores = score(pairs, fitted, free)
        behind = before(pairs, scores)
        use = (scores >= LOWERED_FROM) & (behind > 0)
        known.append((weight, np.log(scores[use] / (1 - scores[use])), behind[use], pairs.right[use]))
    for one, more in itertools.product(np.arange(0, 2.05, 0.1), np.arange(0, 3.05, 0.1)):
        loss = 0.0
        for weight, odds, behind, right in known:
            odds = odds - np.where(behind == 1, one, more)
            loss += weight * (right * np.log1p(np.exp(-odds)) + (1 - right) * np.log1p(np.exp(odds))).sum()
        best = min(best, (loss, one, more))
    return best[1:]


def say_links(pairs, fitted, by):
    """All links shown, not only the first of each passage, as they are and lowered."""
    for what, by in (("every link", (0, 0)), ("   lowered", by)):
        rows = []
        for p in pairs:
            scores = score(p, fitted, free)
            behind = np.where(scores >= LOWERED_FROM, before(p, scores), 0)
            odds = np.log(scores / (1 - scores)) - np.choose(behind, (0, *by))
            rows.append(np.c_[1 / (1 + np.exp(-odds)), p.grade >= 1.5])
        shown = np.concatenate(rows)
        shown = shown[shown[:, 0] >= THRESHOLD]
        print(f"   {what:19} {len(shown)} shown  right {shown[:, 1].mean():.3f}  mean score {shown[:, 0].mean():.3f}")


def firsts(pairs, scores):
    """(score, right) of the first counterpart of each passage, both ways."""
    for side in (0, 1):
        best = {}
        for at in np.lexsort((pairs.at[:, 1 - side], -scores)):
            best.setdefault(pairs.at[at, side], at)
        yield from ((scores[best[p]], pairs.grade[best[p]] >= 1.5) if p in best else (0.0, False) for p in range(1, pairs.count[side] + 1))


def say(name, pairs, fitted):
    rows = np.array([row for p in pairs for row in firsts(p, score(p, fitted, free))], float)
    shown = rows[rows[:, 0] >= THRESHOLD]
    if not len(shown):
        return print(f"{name:22} shown 0 of {len(rows)}")
    bins = np.minimum(9, (shown[:, 0] * 10).astype(int))
    ece = sum(abs((shown[bins == b, 0] - shown[bins == b, 1]).sum()) for b in range(10)) / len(shown)
    print(f"{name:22} shown {len(shown) / len(rows):.3f}  right {shown[:, 1].mean():.3f}  mean score {shown[:, 0].mean():.3f}  ece {ece:.3f}")


def say_held(name, pairs, fitted):
    rows = np.concatenate([np.c_[score(p, fitted, held), p.grade >= 1.5][held(p)[2]] for p in pairs])
    cut = ", ".join(f"{l / 5:.1f}: {rows[b, 1].mean():.2f} of {b.sum()}" for l in range(5) if (b := (rows[:, 0] >= l / 5) & (rows[:, 0] < (l + 1) / 5)).any())
    print(f"{name:22} on one topic, right by score: {cut}")


LEFT_OUT, MODEL = [], []


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--evidence", default="target/release/examples/evidence")
    p.add_argument("--aside", action="append", default=[], help="a folder that is only predicted")
    p.add_argument("--check", action="append", default=[], help="another one")
    p.add_argument("--model", help="the folder of a sentence model, for the curves of one")
    p.add_argument("--words", action="store_true", help="leave meanings out, for the curves of languages without a table")
    p.add_argument("sets", nargs="+")
    a = p.parse_args()
    LEFT_OUT[:] = ["near"] if a.words else []
    MODEL[:] = [a.model] if a.model else []
    sets = {os.path.basename(f.rstrip("/")): read(f, a.evidence) for f in a.sets}
    whole = lambda name: name.split("-part")[0]
    strangers = []
    for (one, (here, *_)), (other, (there, *_)) in itertools.combinations([(n, s) for n, s in sets.items() if whole(n) == n], 2):
        strangers += [((one, other), Pairs(a.evidence, l, r, None, {}, 2)) for l in here for r in there]

    def fitted(names, evidence):
        weighed = []
        for name in names:
            _, known, plain = sets[name]
            each = (PART if whole(name) != name else 1) / len(plain)
            weighed += [(p, each) for of in known for p in of] + ([(p, PLAIN * each) for p in plain] if evidence is free else [])
        if evidence is free:
            weighed += [(p, UNRELATED) for pair, p in strangers if all(n in names for n in pair)]
        return fit(weighed, evidence)

    for name, (_, known, plain) in sets.items():
        if whole(name) != name:
            continue
        others = [n for n in sets if whole(n) != name]
        say(f"{name}, by others", (known or [plain])[0], fitted(others, free))
        say("   without topics", plain, fitted(others, free))
        say_held("", known[0], fitted(others, held))
        of_others = [(p, 1 / len(sets[n][1][0])) for n in others if whole(n) == n for p in sets[n][1][0]]
        say_links(known[0], fitted(others, free), fit_lowered(of_others, fitted(others, free)))
        say("   unrelated texts", [p for pair, p in strangers if name in pair], fitted(others, free))
    final, on_topic = fitted(sets, free), fitted(sets, held)
    by = fit_lowered([(p, 1 / len(of[0])) for n, (_, of, _) in sets.items() if whole(n) == n and of for p in of[0]], final)
    for folder in a.aside + a.check:
        _, known, plain = read(folder, a.evidence)
        say(f"{os.path.basename(folder.rstrip('/'))}, by all", (known or [plain])[0], final)
        say("   without topics", plain, final)
        if known:
            say_held("", known[0], on_topic)
        say_links((known or [plain])[0], final, by)
    print("\nparts:", ", ".join(next(iter(sets.values()))[2][0].parts))
    for name, (weights, begin) in (("FREE", final), ("HELD", on_topic)):
        print(f"{name}: [{', '.join(f'{w:.3f}' for w in weights)}], {begin:.3f}")
    print(f"lowered behind one answer by {by[0]:.1f}, behind more by {by[1]:.1f}")


if __name__ == "__main__":
    main()
