#!/usr/bin/env python3
"""False links: how many passages are given a counterpart in a text on another subject, where there can be none.

  false_links.py [--diptych target/release/diptych] [--pairs N] [--seed N] [--worst N] [--quotations] FOLDER...

Each FOLDER is a subject and holds texts on it (`.txt` or `.md`). Pairs are drawn at random among texts of different
folders; both directions are asked, without `--all`. A folder named `group-rest` is only paired with other groups, so that
`bible-luke` never meets `bible-acts`. With `--quotations` shared quotations are asked for instead, of which there should
be hardly any. The bar is 0.5% of all passages.

Made from Debian packages for the figures in benches/README.md: bible-kjv, anarchism, gimp-help-en, lilypond-doc-html,
gnugo, postgresql-doc-15, debian-history, kicad-doc-en, sgt-puzzles, ghc-doc, mutt, jargon-text, dict-devil, fortunes,
manpages, man-db; one paragraph of at least twelve words a passage, at most 250 a text. Standard library only.
"""
import argparse, collections, json, pathlib, random, subprocess, sys


def ask(program, left, right, *more):
    run = subprocess.run([program, "links", left, right, "--format", "jsonl", *more], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{left} {right}: exit {run.returncode}: {run.stderr.strip()[:300]}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--diptych", default="target/release/diptych")
    p.add_argument("--pairs", type=int, default=80)
    p.add_argument("--seed", type=int, default=1917)
    p.add_argument("--worst", type=int, default=0, help="print the N false links with the highest score")
    p.add_argument("--quotations", action="store_true")
    p.add_argument("folders", nargs="+")
    a = p.parse_args()
    texts = [(pathlib.Path(f), t) for f in a.folders for t in sorted(pathlib.Path(f).iterdir()) if t.suffix in (".txt", ".md")]
    group = lambda folder: folder.name.split("-")[0]
    pairs = [(x[1], y[1]) for i, x in enumerate(texts) for y in texts[i + 1:] if group(x[0]) != group(y[0])]
    random.Random(a.seed).shuffle(pairs)
    asked = linked = quotations = 0
    by_score, false, worst_pairs = collections.Counter(), [], []
    for left, right in pairs[: a.pairs]:
        if a.quotations:
            found = ask(a.diptych, left, right, "--quotations")
            quotations += len(found)
            false += [(q["score"], left, right, q["left"]["quotation"], q["right"]["quotation"], []) for q in found]
            continue
        here = there = 0
        for one, other in ((left, right), (right, left)):
            for row in ask(a.diptych, one, other, "--top", "1"):
                here += 1
                if row["right"]:
                    best = row["right"][0]
                    there += 1
                    by_score[int(best["score"] * 10)] += 1
                    false.append((best["score"], one, other, row["left"]["text"], best["text"], best["because"]))
        asked, linked = asked + here, linked + there
        worst_pairs.append((there / max(here, 1), f"{left.parent.name}/{left.stem} - {right.parent.name}/{right.stem}"))
    false.sort(key=lambda f: -f[0])
    for score, one, other, left, right, because in false[: a.worst]:
        print(f"{score:.2f} {one.stem} - {other.stem}  {because}\n   < {left[:300]}\n   > {right[:300]}")
    if a.quotations:
        return print(f"pairs {min(a.pairs, len(pairs))}  shared quotations {quotations}")
    for share, names in sorted(worst_pairs, reverse=True)[:8]:
        print(f"  {share:6.1%}  {names}")
    print("by score:", ", ".join(f"{k / 10:.1f}: {v}" for k, v in sorted(by_score.items())))
    print(f"pairs {len(worst_pairs)}  passages {asked}  linked {linked}  = {linked / max(asked, 1):.2%}")


if __name__ == "__main__":
    main()
