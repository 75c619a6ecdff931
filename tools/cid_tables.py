#!/usr/bin/env python3
"""Makes the table of the character collections of East Asia that the reader of PDF has (src/import/pdf/collections.bin).

  cid_tables.py CMAPS OUT     CMAPS: a folder with Adobe-Japan1/Adobe-Japan1-UCS2 and its like, as Debian's poppler-data has it

For each of Japan1, GB1, CNS1, Korea1: the number of its characters, then the UTF-16 unit of each (0: none, or more than one), all
in 16 bits, low byte first; deflated as a whole. Python's standard library only.
"""
import re, struct, sys, zlib

words = []
for name in ("Japan1", "GB1", "CNS1", "Korea1"):
    text = open(f"{sys.argv[1]}/Adobe-{name}/Adobe-{name}-UCS2", encoding="latin-1").read()
    table = {}
    for kind, block in re.findall(r"beginbf(char|range)(.*?)endbf", text, re.S):
        if kind == "char":
            for cid, to in re.findall(r"<(\w+)>\s*<(\w+)>", block):
                if len(to) == 4:
                    table[int(cid, 16)] = int(to, 16)
        else:
            for first, last, to in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                for i in range(int(last, 16) - int(first, 16) + 1):
                    if len(to) == 4:
                        table[int(first, 16) + i] = int(to, 16) + i
    count = max(table) + 1
    words += [count] + [table.get(i, 0) for i in range(count)]
    print(name, count, len(table))
packed = zlib.compress(struct.pack(f"<{len(words)}H", *words), 9)
open(sys.argv[2], "wb").write(packed)
print(len(packed), "bytes")
