#!/usr/bin/env python3
"""Fits what a closer look at a pair tells (src/link/close.rs) to the first counterparts of passages of which a reader marked or
judged whether they are right.

  fit_close.py [--evidence target/release/examples/evidence] [--aside SET]... [--judged FOLDER]... SET...

A SET is a folder as for fit_scores.py. A judged FOLDER holds the texts, topics.toml if any, key.json ([kind, left text,
passage, right text, passage, score], one an item) and judged.jsonl ({"item": from 1, "grade": 0 to 3}, where 2 and more is right):
pairs that a reader who saw no score judged blind. Of a SET the first counterparts of every passage, both ways, whose score
before the look is at least .1 are fitted to; of a judged FOLDER all pairs that were judged and have such a score. Each set weighs
the same. Every set is also predicted from the others, and those named by --aside from all and never fitted to. Needs numpy and
scikit-learn.
"""
import argparse, collections, glob, json, os, pathlib, re
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
import fit_scores

LOOKED_FROM, RIDGE = 0.1, 1.0
SOURCE = pathlib.Path(__file__).parent.parent / "src/link/calibration.rs"


def curve():
    """The weights of the free score, with the table of related words."""
    free = re.search(r"const FREE: Curves.*?table: \(\s*\[(.*?)\],\s*(\S+?),?\s*\)", SOURCE.read_text(), re.S)
    return np.array([float(w) for w in free[1].split(",")]), float(free[2])


def looked(pairs):
    """The log odds of each pair before the look, what the look saw, and whether there was one."""
    weights, begin = curve()
    odds = begin + pairs.x @ weights
    seen = np.array([c or [0.0] * 5 for c in pairs.close])
    return np.c_[odds, seen], np.array([c is not None for c in pairs.close]) & ~pairs.thin & (odds > np.log(LOOKED_FROM / (1 - LOOKED_FROM)))


def firsts(pairs, values):
    """Where the first counterpart of each passage stands, both ways: (side, passage) to the place."""
    best = {}
    for at in np.argsort(-values, kind="stable"):
        for side in (0, 1):
            best.setdefault((side, pairs.at[at, side]), at)
    return best


class Set:
    def __init__(self, folder, evidence):
        _, known, plain = fit_scores.read(folder, evidence)
        self.pairs, self.judged = (known or [plain])[0], False
        rows = []
        self.has = self.silent = 0
        for p in self.pairs:
            x, use = looked(p)
            best = firsts(p, np.where(p.thin, x[:, 0] - 2, x[:, 0]))
            right = collections.defaultdict(bool)
            for at, grade in zip(p.at, p.grade):
                for side in (0, 1):
                    right[side, at[side]] |= grade >= 1.5
            self.has += sum(right.values())
            self.silent += sum(p.count) - sum(right.values())
            rows += [(*x[at], p.grade[at] >= 1.5, not right[passage]) for passage, at in best.items() if use[at]]
        rows = np.array(rows, float)
        self.x, self.y, self.silences = rows[:, :6], rows[:, 6].astype(bool), rows[:, 7].astype(bool)


class Judged:
    def __init__(self, folder, evidence):
        files = {os.path.splitext(os.path.basename(f))[0]: f for e in ("txt", "md") for f in sorted(glob.glob(f"{folder}/*.{e}"))}
        named = {name[:24]: name for name in files}
        key = json.load(open(f"{folder}/key.json"))
        grade = {j["item"]: j["grade"] for j in map(json.loads, open(f"{folder}/judged.jsonl"))}
        asked = collections.defaultdict(dict)
        for n, (kind, left, here, right, there, _) in enumerate(key, 1):
            (l, p), (r, q) = sorted([(named[left], here), (named[right], there)])
            asked[l, r][p, q] = (grade[n], kind)
        rows, topics = [], f"{folder}/topics.toml"
        for (l, r), items in asked.items():
            p = fit_scores.Pairs(evidence, files[l], files[r], topics if os.path.exists(topics) else None, {}, 2)
            x, use = looked(p)
            for at, pair in enumerate(map(tuple, p.at)):
                if pair in items and use[at]:
                    rows.append((*x[at], items[pair][0] >= 2, items[pair][1] == "free"))
        rows = np.array(rows, float)
        self.x, self.y, self.free, self.judged = rows[:, :6], rows[:, 6].astype(bool), rows[:, 7].astype(bool), True


def fit(sets):
    x, y = np.concatenate([s.x for s in sets]), np.concatenate([s.y for s in sets])
    w = np.concatenate([np.full(len(s.y), 600 / len(s.y)) for s in sets])
    scale = StandardScaler().fit(x)
    model = LogisticRegression(C=RIDGE, max_iter=2000).fit(scale.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scale.scale_
    return weights, float(model.intercept_[0] - weights @ scale.mean_)


def say(name, known, fitted):
    for what, p in (("before", 1 / (1 + np.exp(-known.x[:, 0]))), ("after", 1 / (1 + np.exp(-(fitted[1] + known.x @ fitted[0]))))):
        loss = -np.mean(np.where(known.y, np.log(p + 1e-4), np.log(1 - p + 1e-4)))
        out = f"{name:22} {what:7} loss {loss:.3f}"
        for at in (0.37, 0.42, 0.45, 0.47, 0.5):
            k = p >= at
            k &= known.free if known.judged else True
            b = np.minimum(9, (p[k] * 10).astype(int))
            ece = sum(abs((p[k][b == n] - known.y[k][b == n]).sum()) for n in range(10)) / max(1, k.sum())
            right = known.y[k].mean() if k.any() else 0
            out += f"  {at}: {k.sum()} right {right:.2f} ece {ece:.2f}"
            if not known.judged:
                out += f" found {known.y[k].sum() / known.has:.2f} silence {1 - known.silences[k].sum() / max(1, known.silent):.2f}"
        print(out)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--evidence", default="target/release/examples/evidence")
    p.add_argument("--aside", action="append", default=[], help="a set that is only predicted")
    p.add_argument("--judged", action="append", default=[], help="a folder of pairs judged blind")
    p.add_argument("sets", nargs="+")
    a = p.parse_args()
    name = lambda folder: os.path.basename(folder.rstrip("/"))
    sets = {name(f): Set(f, a.evidence) for f in a.sets} | {name(f): Judged(f, a.evidence) for f in a.judged}
    for one in sets:
        say(f"{one}, by others", sets[one], fit([s for n, s in sets.items() if n != one]))
    final = fit(list(sets.values()))
    for one in sets:
        say(f"{one}, by all", sets[one], final)
    for folder in a.aside:
        say(f"{name(folder)}, aside", Set(folder, a.evidence), final)
    print(f"ODDS: {final[0][0]:.3f}\nWEIGHTS: [{', '.join(f'{w:.3f}' for w in final[0][1:])}]\nBEGIN: {final[1]:.3f}")


if __name__ == "__main__":
    main()
