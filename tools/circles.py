#!/usr/bin/env python3
"""Which files of src/ import each other in a circle, the largest circle first. Needs Python alone.

    tools/circles.py             the circles, a line each
    tools/circles.py --imports   for the largest: what each file imports of the others
    tools/circles.py --ties      for the largest: how large it would be without each import, the best first

An import is a path from `crate`, `super` or `self` in a file's code, tests and `pub(in …)` left out. That a folder's
file declares its children is none, nor is a child named without `self`: the table of commands names its groups so.
"""

import os
import re
import sys

SOURCES = "src"


def modules():
    """Every file but the roots of the crates, by the path of its module."""
    found = {}
    for folder, _, names in os.walk(SOURCES):
        for name in names:
            path = os.path.join(folder, name)
            module = tuple(os.path.relpath(path, SOURCES)[:-3].split(os.sep))
            module = module[:-1] if module[-1] == "mod" else module
            if name.endswith(".rs") and module not in [("lib",), ("main",)] and "tests" not in module[-1]:
                found[module] = path
    return found


def code_of(path):
    with open(path, encoding="utf-8") as file:
        code = re.sub(r"//.*", "", file.read())
    code = code.split("#[cfg(test)]\nmod ")[0]
    return re.sub(r"pub\(in [^)]*\)", "", code)


def used(tree, prefix=()):
    """The paths of a `use` tree: `crate::a::{b, c::D}` has two."""
    tree = tree.strip()
    if "{" not in tree:
        return [prefix + tuple(tree.split(" as ")[0].strip().split("::"))]
    head, rest = tree.split("{", 1)
    prefix += tuple(part for part in head.strip().split("::") if part)
    paths, depth, begin = [], 0, 0
    inner = rest[: rest.rindex("}")] + ","
    for at, letter in enumerate(inner):
        depth += (letter == "{") - (letter == "}")
        if letter == "," and depth == 0:
            paths += used(inner[begin:at], prefix) if inner[begin:at].strip() else []
            begin = at + 1
    return paths


def imports(files):
    """For each file the files it imports, each with what it names of them."""
    edges = {module: {} for module in files}
    for module, path in files.items():
        code = code_of(path)
        paths = [p for tree in re.findall(r"\buse\s+((?:crate|super|self)::[^;]*);", code) for p in used(tree)]
        rest = re.sub(r"\buse\s[^;]*;", "", code)
        paths += [tuple(p.split("::")) for p in re.findall(r"\b(?:crate|super)(?:::\w+)+", rest)]
        for named in paths:
            base = {"crate": (), "self": module, "super": module[:-1]}[named[0]]
            named = named[1:]
            while named and named[0] == "super":
                base, named = base[:-1], named[1:]
            whole = base + named
            known = (whole[:count] for count in range(len(whole), 0, -1) if whole[:count] in files)
            other = next(known, module)
            if other != module:
                edges[module].setdefault(other, set()).add("::".join(whole[len(other) :]) or "self")
    return edges


def circles(nodes, edges):
    """The strongly connected components of more than one file (Tarjan 1972), the largest first."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in edges[node]:
            if other in nodes and other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            found.append(sorted(stack[at:]))
            del stack[at:]

    for node in sorted(nodes):
        if node not in index:
            visit(node)
    return sorted((circle for circle in found if len(circle) > 1), key=len, reverse=True)


def main():
    sys.setrecursionlimit(10_000)
    edges = imports(modules())
    all_of_them = circles(set(edges), edges)
    name = "/".join
    if not all_of_them or len(sys.argv) == 1:
        for circle in all_of_them:
            print(len(circle), *map(name, circle))
        return
    largest = set(all_of_them[0])
    within = [(a, b) for a in sorted(largest) for b in sorted(edges[a]) if b in largest]
    if sys.argv[1] == "--imports":
        for a, b in within:
            print(f"{name(a)} -> {name(b)}: {', '.join(sorted(edges[a][b]))}")
    elif sys.argv[1] == "--ties":
        without = []
        for a, b in within:
            held = edges[a].pop(b)
            left = circles(largest, edges)
            without.append((len(left[0]) if left else 0, f"{name(a)} -> {name(b)}: {', '.join(sorted(held))}"))
            edges[a][b] = held
        for size, edge in sorted(without):
            print(size, edge)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
