#!/usr/bin/env python3
"""Prints THIRD-PARTY.md: every crate that is linked into the program, its licence, and the text of each licence once.

    python3 tools/third_party.py > THIRD-PARTY.md

What is linked comes from `cargo metadata` and `cargo tree`; texts from the crates' own files where they have one."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

TEXTS = re.compile(r"^(licen[cs]e|copying|notice|unlicense)", re.I)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main():
    linked = set()
    tree = run("cargo", "tree", "--locked", "-e", "normal", "--prefix", "none", "--format", "{p}", "--target", "all")
    for line in tree.splitlines():
        name, version = line.split()[:2]
        linked.add((name, version.lstrip("v")))
    packages = json.loads(run("cargo", "metadata", "--locked", "--format-version", "1"))["packages"]
    packages = sorted(
        (p for p in packages if (p["name"], p["version"]) in linked and p["source"]), key=lambda p: (p["name"], p["version"])
    )
    print("# What is in the program besides Diptych\n")
    print("Made by `python3 tools/third_party.py`. Where a licence leaves a choice, Diptych takes MIT.\n")
    print("| crate | version | licence | by |\n| --- | --- | --- | --- |")
    texts = defaultdict(list)
    for p in packages:
        by = ", ".join(re.sub(r"\s*<[^>]*>", "", a) for a in p["authors"])[:60].replace("|", "/")
        licence = p["license"] or f"see {p['license_file']}"
        print(f"| {p['name']} | {p['version']} | {licence.replace('|', '/')} | {by} |")
        folder = Path(p["manifest_path"]).parent
        files = sorted(f for f in folder.iterdir() if f.is_file() and TEXTS.match(f.name))
        # Of a choice, the one that is taken is enough.
        chosen = [f for f in files if "mit" in f.name.lower()] or files
        for f in chosen:
            text = f.read_text("utf-8", "replace").strip()
            texts["\n".join(line.rstrip() for line in text.splitlines())].append(p["name"])
        if not files:
            print(f"{p['name']} {p['version']} ({licence}) ships no text of its licence", file=sys.stderr)
    for text, names in sorted(texts.items(), key=lambda t: t[1][0]):
        print(f"\n## {', '.join(sorted(set(names)))}\n")
        print("\n".join(f"    {line}".rstrip() for line in text.splitlines()))


if __name__ == "__main__":
    main()
