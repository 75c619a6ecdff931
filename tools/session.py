#!/usr/bin/env python3
"""What the session's methods touch and which files they tie together. Needs Python alone.

    tools/session.py             fields and methods of `App`, methods of one part only, the circles that calls close
    tools/session.py --methods   every method: its file, the parts it touches, the methods of the session it calls
    tools/session.py --calls     for the largest circle of files: what each imports and calls of the others
    tools/session.py --folders   the same for the folders of src/app/

A method is any function of an `impl App`, tests left out. It is of one part only where it touches one field of `App`,
itself or by the methods it calls. A call of a method that another file has needs no import, so that circles.py does not
see it: here it counts as one. Of the folders of src/app/ the tables of commands and of questions to workers are left out,
since these two know every part and every part names something in them. `tests/it/circles.rs` holds both figures.
"""

import os
import re
import sys

from circles import circles, code_of, imports, modules

TABLES = ["commands", "work"]


def session_files():
    return {module: code_of(path) for module, path in modules().items() if module[0] in ("app", "view", "terminal")}


def closing(code, at):
    """Where the brace that opens at `at` closes; braces within strings and characters are none."""
    depth = 0
    for found in re.finditer(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])\'|[{}]', code[at:], re.S):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return at + found.end()
    return len(code)


def fields_of(code):
    at = code.index("pub struct App {")
    inner = code[at : closing(code, code.index("{", at))]
    return re.findall(r"^    (?:pub(?:\([^)]*\))? )?(\w+):", inner, re.M)


def methods_of(files):
    """For each method of `App` its file, its signature and its body."""
    found = {}
    for module, code in files.items():
        for impl in re.finditer(r"^impl App \{", code, re.M):
            block = code[impl.end() - 1 : closing(code, impl.end() - 1)]
            for fn in re.finditer(r"^ {4,5}(?:pub(?:\([^)]*\))? )?(?:const )?fn (\w+)[^{;]*", block, re.M):
                body = block[fn.end() : closing(block, fn.end())]
                found[fn.group(1)] = (module, fn.group(), body)
    return found


def touched(methods, fields):
    """For each method the fields it touches itself, and the methods it calls."""
    itself, calls = {}, {}
    for name, (_, signature, body) in methods.items():
        whole = re.sub(r"\s*\n\s*\.", ".", body)
        itself[name] = {field for field in re.findall(r"\bself\.(\w+)\b(?!\()", whole) if field in fields}
        calls[name] = {called for called in re.findall(r"\bself\.(\w+)\(", whole) if called in methods}
        passed = re.findall(r"[(,]\s*(?:&mut |&)?self\b(?!\.)", whole)
        if passed or re.search(r"\bApp\s*\{|\blet\s+(?:Self|App)\s*\{", whole) or "fn new" in signature:
            itself[name] |= {"(whole)"}
    return itself, calls


def with_called(itself, calls):
    whole = {name: set(parts) for name, parts in itself.items()}
    changed = True
    while changed:
        changed = False
        for name, called in calls.items():
            more = set().union(*(whole[other] for other in called)) if called else set()
            if not more <= whole[name]:
                whole[name] |= more
                changed = True
    return whole


def ties(files, methods):
    """For each file the files whose methods of the session it calls."""
    edges = {module: {} for module in files}
    for module, code in files.items():
        whole = re.sub(r"\s*\n\s*\.", ".", code)
        inside = "".join(body for file, _, body in methods.values() if file == module)
        inside = re.sub(r"\s*\n\s*\.", ".", inside)
        called = set(re.findall(r"\bself\.(\w+)\(", inside)) | set(re.findall(r"\bapp\.(\w+)\(", whole))
        called |= set(re.findall(r"\bApp::(\w+)\b", whole))
        for name in called & set(methods):
            other = methods[name][0]
            if other != module:
                edges[module].setdefault(other, set()).add(name)
    return edges


def with_imports(calls):
    """What files import and call of each other."""
    edges = {module: {other: set(named) for other, named in of.items()} for module, of in imports(modules()).items()}
    for module, called in calls.items():
        for other, names in called.items():
            edges[module].setdefault(other, set()).update(f"{name}()" for name in names)
    return edges


def folders(edges):
    """The same by the folders of src/app/, each with the files that tie it."""
    folder = {m: m[1] for m in edges if m[0] == "app" and len(m) > 1 and os.path.isdir(f"src/app/{m[1]}")}
    found = {name: {} for name in folder.values() if name not in TABLES}
    for module, other in ((m, o) for m in folder for o in edges[m] if o in folder):
        one, two = folder[module], folder[other]
        if one != two and one in found and two in found:
            what = f"{'/'.join(module)} of {'/'.join(other)} {', '.join(sorted(edges[module][other]))}"
            found[one].setdefault(two, set()).add(what)
    return found


def told(edges, circle, name):
    for one in circle:
        for two in sorted(set(edges[one]) & set(circle)):
            print(f"{name(one)} -> {name(two)}: {'; '.join(sorted(edges[one][two]))}")


def main():
    sys.setrecursionlimit(10_000)
    files = session_files()
    fields = fields_of(files[("app",)])
    methods = methods_of(files)
    itself, calls = touched(methods, fields)
    parts = with_called(itself, calls)
    alone = sorted(name for name in methods if len(parts[name]) == 1 and parts[name] != {"(whole)"})
    none = sorted(name for name in methods if not parts[name])
    edges = with_imports(ties(files, methods))
    circle = next(iter(circles(set(edges), edges)), [])
    of_folders = folders(edges)
    tied = next(iter(circles(set(of_folders), of_folders)), [])
    if sys.argv[1:] == ["--methods"]:
        for name, (module, signature, _) in sorted(methods.items(), key=lambda item: (item[1][0], item[0])):
            print(f"{'/'.join(module)} {name}: {' '.join(sorted(parts[name]))} | {' '.join(sorted(calls[name]))}")
    elif sys.argv[1:] == ["--calls"]:
        told(edges, circle, "/".join)
    elif sys.argv[1:] == ["--folders"]:
        told(of_folders, tied, str)
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        print(f"{len(fields)} fields, {len(methods)} methods")
        print(f"{len(alone)} of one part only:", *alone)
        print(f"{len(none)} of none:", *none)
        print(f"{len(circle)} files in the largest circle of imports and calls:", *map("/".join, circle))
        print(f"{len(tied)} folders of src/app/ in the largest circle of them:", *tied)


if __name__ == "__main__":
    main()
