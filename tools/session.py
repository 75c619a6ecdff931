#!/usr/bin/env python3
"""What the session's methods touch and which files they tie together. Needs Python alone.

    tools/session.py             fields and methods of `App`, methods of one part only, files tied by calls
    tools/session.py --methods   every method: its file, the parts it touches, the methods of the session it calls
    tools/session.py --calls     for the files tied: what each calls of the others

A method is any function of an `impl App`, tests left out. It is of one part only where it touches one field of `App`,
itself or by the methods it calls. Files are tied where each calls, by way of others or not, methods that the other has:
such a circle no import shows, since a method needs none.
"""

import re
import sys

from circles import circles, code_of, modules

WORD = r"\b"


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


def main():
    files = session_files()
    fields = fields_of(files[("app",)])
    methods = methods_of(files)
    itself, calls = touched(methods, fields)
    parts = with_called(itself, calls)
    alone = sorted(name for name in methods if len(parts[name]) == 1 and parts[name] != {"(whole)"})
    none = sorted(name for name in methods if not parts[name])
    edges = ties(files, methods)
    circle = next(iter(circles(set(edges), edges)), [])
    if sys.argv[1:] == ["--methods"]:
        for name, (module, signature, _) in sorted(methods.items(), key=lambda item: (item[1][0], item[0])):
            print(f"{'/'.join(module)} {name}: {' '.join(sorted(parts[name]))} | {' '.join(sorted(calls[name]))}")
    elif sys.argv[1:] == ["--calls"]:
        for module in circle:
            for other in sorted(set(edges[module]) & set(circle)):
                print(f"{'/'.join(module)} -> {'/'.join(other)}: {', '.join(sorted(edges[module][other]))}")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        print(f"{len(fields)} fields, {len(methods)} methods")
        print(f"{len(alone)} of one part only:", *alone)
        print(f"{len(none)} of none:", *none)
        print(f"{len(circle)} files tied by calls:", *map("/".join, circle))


if __name__ == "__main__":
    main()
