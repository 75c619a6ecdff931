#!/usr/bin/env python3
"""Fits the weights by which a passage is said to go on about a topic in other words (src/topic/continued.rs) to sets of texts of
which readers marked which passages treat which topic.

  fit_continued.py [--questions target/release/examples/continued] SET SET...

A SET is a folder: texts (.txt, .md), topics.toml, and annotator*.json ({"treatments": [{"text", "topic", "passage", "grade"}]},
a text named by its file without the ending). What is asked of which passages, and what speaks for it, is printed by `cargo
build --release --example continued`. Each set weighs the same, and each is also predicted from the others: what is printed of
it is precision, recall and F1 of its passages and topics, by terms alone and with what goes on from several odds. The program
also closes small gaps, which is not counted here. Needs numpy and scikit-learn.
"""
import argparse, glob, json, os, subprocess
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

RIDGE, OFFSETS = 0.3, (0.4, 0.6, 0.7, 0.75, 0.8, 0.9)


class Set:
    def __init__(self, folder, program):
        readers = [json.load(open(f)) for f in sorted(glob.glob(f"{folder}/annotator*.json"))]
        self.marked = {(t["text"], t["topic"], t["passage"]) for reader in readers for t in reader["treatments"]}
        self.by_terms, self.asked, x = set(), [], []
        topics = {k[1] for k in self.marked}
        for file in (f for e in ("txt", "md") for f in sorted(glob.glob(f"{folder}/*.{e}"))):
            text = os.path.splitext(os.path.basename(file))[0]
            if text not in {k[0] for k in self.marked}:
                continue
            run = subprocess.run([program, file, f"{folder}/topics.toml"], capture_output=True, text=True, check=True)
            head, *lines = map(json.loads, run.stdout.splitlines())
            self.parts = head["parts"]
            for line in lines:
                if isinstance(line, dict):
                    self.by_terms |= {(text, line["topic"], p) for p in line["by_terms"] if line["topic"] in topics}
                elif line[1] in topics:
                    self.asked.append((text, line[1], line[0]))
                    x.append(line[2])
        self.x = np.array(x)
        self.y = np.array([k in self.marked for k in self.asked])

    def figures(self, more):
        found = self.by_terms | more
        right = len(found & self.marked)
        return right / len(found), right / len(self.marked), 2 * right / (len(found) + len(self.marked))

    def with_odds(self, fitted, offset):
        said = fitted[1] + self.x @ fitted[0] >= -offset
        return self.figures({k for k, more in zip(self.asked, said) if more})


def fit(sets):
    x, y = np.concatenate([s.x for s in sets]), np.concatenate([s.y for s in sets])
    w = np.concatenate([np.full(len(s.y), 1000 / len(s.y)) for s in sets])
    scale = StandardScaler().fit(x)
    model = LogisticRegression(C=RIDGE, max_iter=2000).fit(scale.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scale.scale_
    return weights, float(model.intercept_[0] - weights @ scale.mean_)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--questions", default="target/release/examples/continued")
    p.add_argument("sets", nargs="+")
    a = p.parse_args()
    sets = {os.path.basename(f.rstrip("/")): Set(f, a.questions) for f in a.sets}
    show = lambda of: "p {:.3f} r {:.3f} f1 {:.3f}".format(*of)
    print("by terms:", "  ".join(f"{n} {show(s.figures(set()))}" for n, s in sets.items()))
    for offset in OFFSETS:
        found = {n: s.with_odds(fit([o for m, o in sets.items() if m != n]), offset) for n, s in sets.items()}
        print(f"odds {offset}, each by the others: mean f1 {np.mean([f for *_, f in found.values()]):.3f} ", "  ".join(f"{n} {show(f)}" for n, f in found.items()))
    weights, begin = fit(list(sets.values()))
    print("parts:", ", ".join(next(iter(sets.values())).parts))
    print(f"WEIGHTS: [{', '.join(f'{w:.2f}' for w in weights)}]\nNEEDED: {-begin:.2f} - one of the odds above")


if __name__ == "__main__":
    main()
