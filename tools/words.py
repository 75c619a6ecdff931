#!/usr/bin/env python3
"""Reads EPUB and DOCX files with Diptych and with pandoc, and compares their words.

  words.py [--diptych target/release/diptych] [--list N] FILE...

Of each file: which share of the words that pandoc finds (each as often as it comes) Diptych has too, and the other way round.
At the end: the mean of the first over all files that both read, and the files below 97 %. Exit 1 where the mean is under 97 %, or Diptych fails where
pandoc does not. Needs pandoc; Python's standard library only.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile

# What an earlier run has kept must say nothing here.
ALONE = tempfile.TemporaryDirectory()
os.environ["XDG_CACHE_HOME"] = ALONE.name

SHARE = 0.97


def words(text):
    # Marks of notes, and superscripts as pandoc and Diptych write them.
    text = re.sub(r"\[[0-9a-z]{1,4}\]", " ", text)
    return collections.Counter(re.findall(r"[^\W_]+", text.lower()))


def look(path, diptych):
    pandoc = subprocess.run(
        ["pandoc", path, "--to=plain", "--wrap=none", "--track-changes=accept"], capture_output=True, timeout=600
    )
    # The numbers of items, which Diptych keeps as what they are and not as letters.
    plain = re.sub(r"(?m)^[ \t]*(?:\d{1,3}|[A-Za-z]|[ivxlc]+)[.)][ \t]+", "", pandoc.stdout.decode("utf-8", "replace"))
    want = words(plain) if pandoc.returncode == 0 else None
    run = subprocess.run([diptych, "passages", path, "--format", "jsonl"], capture_output=True, timeout=600)
    said = "\n".join(json.loads(line)["text"] for line in run.stdout.splitlines())
    return want, words(said) if run.returncode == 0 else None, run.stderr.decode("utf-8", "replace").strip()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--diptych", default="target/release/diptych")
    p.add_argument("--list", type=int, default=10, help="how many of the words that are missing to name")
    p.add_argument("files", nargs="+")
    a = p.parse_args()
    shares, low, failed = [], [], []
    for path in a.files:
        want, have, said = look(path, a.diptych)
        if want is None or not want:
            print(f"{path}: pandoc finds nothing; {said or 'read'}")
            continue
        if have is None:
            print(f"{path}: {said}")
            failed.append(path)
            continue
        both = sum((want & have).values())
        share, back = both / sum(want.values()), both / max(1, sum(have.values()))
        shares.append(share)
        print(f"{path}: {share:.4f} of {sum(want.values())} words; {back:.4f} of {sum(have.values())} the other way")
        if share < SHARE:
            low.append(path)
            print("   missing:", ", ".join(f"{w} {n}" for w, n in (want - have).most_common(a.list)))
    mean = sum(shares) / max(1, len(shares))
    print(f"{len(shares)} files, mean {mean:.4f}; under {SHARE:.0%}: {len(low)}; not read where pandoc reads: {len(failed)}")
    sys.exit(0 if mean >= SHARE and not failed else 1)


if __name__ == "__main__":
    main()
