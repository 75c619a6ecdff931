#!/usr/bin/env python3
"""Public items of `src/` that nothing outside their file names, or that nothing but tests does. Needs Python alone.

    tools/pub_items.py           a line each: where, the item, who names it

An item goes by its name alone: one whose name another item has too is passed over, so what is listed is certain to be
named nowhere else, and what is not listed may be.
"""

import collections
import os
import re

OUTSIDE = ["tests", "benches", "examples", "fuzz/src", "fuzz/fuzz_targets", "src/main.rs", "build.rs", "tools/related_words"]
ITEM = re.compile(r"^\s*pub(?:\(in crate(?:::\w+)*\)|\(crate\)|\(super\))? (?:const |async |unsafe )*(?:fn|struct|enum|trait|type|const|static) (\w+)", re.M)
WORD = re.compile(r"\w+")


def rust_files(place):
    if place.endswith(".rs"):
        return [place] if os.path.exists(place) else []
    return sorted(
        os.path.join(folder, name) for folder, _, names in os.walk(place) for name in names if name.endswith(".rs")
    )


def without_comments(source):
    return re.sub(r"//.*", "", source)


def main():
    inside, tested = {}, collections.Counter()
    for path in rust_files("src"):
        with open(path, encoding="utf-8") as file:
            source = without_comments(file.read())
        code, *tests = re.split(r"#\[cfg\(test\)\]\nmod \w+ \{", source)
        if re.search(r"tests?\.rs$|/tests/", path):
            code, tests = "", [source]
        inside[path] = code
        tested.update(WORD.findall(" ".join(tests)))
    for place in OUTSIDE:
        for path in rust_files(place):
            with open(path, encoding="utf-8") as file:
                tested.update(WORD.findall(without_comments(file.read())))
    named = {path: collections.Counter(WORD.findall(code)) for path, code in inside.items()}
    everywhere = sum(named.values(), collections.Counter())
    templates = ""
    for folder, _, names in os.walk("src"):
        for name in names:
            if name.endswith((".html", ".css")):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    templates += file.read()
    for path, code in inside.items():
        for item in ITEM.finditer(code):
            name = item.group(1)
            others = everywhere[name] - named[path][name]
            if others or name in ("main", "run") or re.search(rf"\b{name}\b", templates):
                continue
            here, by_tests = named[path][name] - 1, tested[name]
            if here and by_tests:
                continue
            who = "its own file" if here else "tests only" if by_tests else "nobody"
            line = code[: item.start(1)].count("\n") + 1
            print(f"{path}:{line} {name}: {who}")


if __name__ == "__main__":
    main()
