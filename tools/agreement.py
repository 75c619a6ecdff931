#!/usr/bin/env python3
"""Whether `diptych links --agreement` says what another implementation of Krippendorff's alpha says, on tables made at random.

    python3 tools/agreement.py target/release/diptych [TABLES]

Needs `pip install krippendorff` (and numpy, which that brings). Each table is a folder with two texts and a `links.toml` in which one to
seven readers judge up to twelve pairs of passages, with values missing, one value only, or no unit that two of them judged. Relations
and treatments are compared with the other implementation to the two digits that are printed.
"""
import json, os, random, re, subprocess, sys, tempfile

import krippendorff
import numpy as np

PROGRAM = os.path.abspath(sys.argv[1])
TABLES = int(sys.argv[2]) if len(sys.argv) > 2 else 60
RELATIONS = ["rejected", "contrasts", "agrees", "answers", "qualifies", "quotes", "same fact"]
TOPICS = ["tides", "lamps", "nets"]
TEXTS = {"a.md": [f"The keeper wrote line {n} of the log." for n in range(9)], "b.md": [f"The crew sang verse {n} at sea." for n in range(9)]}
BOOK = "".join(f'[[topic]]\nid = "{id}"\nname = "{id}"\nterms = ["{id}"]\n\n' for id in TOPICS)


def judgement(kind, reader, topic, fields, places):
    head = f'[[{kind}]]\nid = "{random.getrandbits(48):012x}"\ntopic = "{topic}"\nauthor = "R{reader}"\nmade = "2026-11-30T12:00:00Z"\n{fields}\n'
    for text, passage in places:
        words = TEXTS[text][passage]
        head += f'\n[[{kind}.between]]\ntext = "{text}"\npassage = {passage + 1}\nexact = {json.dumps(words)}\nstart = 0\nend = {len(words)}\n'
    return head + "\n"


def table(readers, units, share, values):
    """A links.toml, and what each reader said of each pair and of each topic of a text."""
    pairs = random.sample([(left, right) for left in range(9) for right in range(9)], units)
    usable = random.sample(RELATIONS, values)
    source, relations, treatments = "", {}, {}
    for reader in range(readers):
        for pair in pairs:
            if random.random() > share:
                continue
            value, topic = random.choice(usable), random.choice(TOPICS)
            relations.setdefault(pair, {})[reader] = {value}
            rejected = value == "rejected"
            places = list(zip(TEXTS, pair))
            source += judgement("rejected" if rejected else "link", reader, topic, "" if rejected else f'relation = "{value}"', places)
            for text in TEXTS if not rejected else ():
                treatments.setdefault((text, topic), {}).setdefault(reader, set()).add("treated")
        for text in TEXTS:
            if random.random() < 0.3:
                topic = random.choice(TOPICS)
                source += judgement("silence", reader, topic, f'text = "{text}"', [])
                treatments.setdefault((text, topic), {}).setdefault(reader, set()).add("silent")
    return source, relations, treatments


def expected(said, readers):
    """How many units two readers judged, and alpha; None where nothing could have differed."""
    units = [unit for unit in said.values() if len(unit) > 1]
    kinds = sorted({tuple(sorted(value)) for unit in units for value in unit.values()})
    if len(kinds) < 2:
        return len(units), None
    data = np.full((readers, len(units)), np.nan)
    for column, unit in enumerate(units):
        for reader, value in unit.items():
            data[reader, column] = kinds.index(tuple(sorted(value)))
    return len(units), krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")


def main():
    random.seed(30)
    differ = compared = without = 0
    shapes = [(1, 4, 1.0, 3), (3, 4, 1.0, 1), (2, 1, 1.0, 3), (5, 12, 0.15, 7)]
    shapes += [(random.randint(2, 7), random.randint(1, 12), random.choice([0.3, 0.5, 0.8, 1]), random.randint(1, 7)) for _ in range(TABLES)]
    for shape in shapes:
        with tempfile.TemporaryDirectory() as folder:
            source, relations, treatments = table(*shape)
            for name, lines in TEXTS.items():
                open(os.path.join(folder, name), "w").write("\n\n".join(lines) + "\n")
            open(os.path.join(folder, "topics.toml"), "w").write(BOOK)
            open(os.path.join(folder, "links.toml"), "w").write(source)
            environment = {"HOME": folder, "PATH": os.environ["PATH"]}
            command = [PROGRAM, "links", *(os.path.join(folder, name) for name in TEXTS), "--agreement"]
            said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
        who = {reader for units in (relations, treatments) for unit in units.values() for reader in unit}
        if len(who) < 2:
            differ += not re.match("only|nobody", said)
            continue
        for label, judged in (("relations", relations), ("treatments", treatments)):
            count, alpha = expected(judged, shape[0])
            line = next(line for line in said.splitlines() if line.startswith(label))
            found = re.search(r"alpha (-?[\d.]+), (\d+)", line)
            compared, without = compared + 1, without + (alpha is None)
            same = found is None if alpha is None else found and abs(float(found[1]) - alpha) <= 0.00501 and int(found[2]) == count
            if not same:
                differ += 1
                print(f"{shape} {label}: {line!r}, expected {alpha} of {count}")
    print(f"{len(shapes)} tables, {compared} comparisons, {without} without an alpha; {differ} differ")
    sys.exit(differ > 0)


main()
