#!/usr/bin/env python3
"""Whether other programs can read what Diptych exports: published schemas, real parsers, and QualCoder's own importer.

  tools/exchange.py [--diptych target/debug/diptych] --schemas FOLDER [CHECK ...]

Checks (all of them where none is named):
  qdc       topics as a REFI-QDA codebook against Codebook.xsd, and back again without a difference
  csl       references of texts with awkward metadata against CSL's schema
  bibtex    the same through two parsers of BibTeX, with their titles and people as they were

The schemas are other people's and are looked up, not shipped. FOLDER holds, under these names, whatever the checks need:
  Codebook.xsd   REFI-QDA 1.0, https://www.qdasoftware.org. The only public copy that was found is in the history of
                 https://github.com/ccbogel/QualCoder (commit 7a1daf97), copied from the PDF of the standard with its
                 typographic hyphens and without many spaces: both are mended here before it is used.
  csl-data.json  https://github.com/citation-style-language/schema, schemas/input/csl-data.json

Needs `pip install lxml jsonschema pybtex bibtexparser pylatexenc`. Prints a line for each check; exit 1 where one fails.
"""
import argparse, json, os, re, subprocess, sys, tempfile
from pathlib import Path

CHECKS = {}


def check(f):
    CHECKS[f.__name__] = f
    return f


class World:
    def __init__(self, diptych, schemas):
        self.binary, self.schemas = os.path.abspath(diptych), Path(schemas)
        self.dir = Path(tempfile.mkdtemp(prefix="exchange-"))

    def run(self, *args, cwd=None):
        env = {"HOME": str(self.dir / "home"), "PATH": os.environ["PATH"]}
        done = subprocess.run([self.binary, *args], cwd=cwd or self.dir, env=env, capture_output=True)
        assert done.returncode == 0, f"{args}: {done.stderr.decode()}"
        return done.stdout

    def schema(self, name):
        from lxml import etree
        source = (self.schemas / name).read_text(encoding="utf-8").replace("\u2010", "-")
        source = re.sub(r"<xsd:(element|complexType|attribute|simpleType|restriction|pattern)(name|base|value)=", r"<xsd:\1 \2=", source)
        source = re.sub(r'"(type|use|minOccurs|maxOccurs)=', r'" \1=', source)
        # In XML no two hyphens may stand within a comment.
        source = re.sub(r"<!--.*?-->", "", source, flags=re.S)
        return etree.XMLSchema(etree.fromstring(source.encode()))


#: A codebook with all that a topic can have.
TOPICS = """\
[[topic]]
id = "power"
name = "Power & <rule>"
terms = []

[[topic]]
id = "soviets"
name = "The soviets"
about = "Councils of workers' delegates"
terms = ["soviet*", "workers' council", "a; b"]
not = ["Soviet Union"]
under = "power"
color = "#44AA00"
guid = "1ff58b12-6f6f-4b0c-8be5-bbdc91f55294"

[[topic]]
id = "räte"
name = "Räte"
terms = ["Räte"]
under = "soviets"

[[set]]
name = "First seminar"
about = "In May"
topics = ["soviets", "räte"]
"""


@check
def qdc(world):
    from lxml import etree
    schema = world.schema("Codebook.xsd")
    (world.dir / "own.toml").write_text(TOPICS)
    counts = []
    for source in [["embedded:power-from-below"], ["--topics", "own.toml"]]:
        first = world.run("topics", "export", *source)
        tree = etree.fromstring(first)
        schema.assertValid(tree)
        (world.dir / "first.qdc").write_bytes(first)
        (world.dir / "back.toml").write_bytes(world.run("topics", "import", "first.qdc"))
        assert world.run("topics", "export", "--topics", "back.toml") == first, "the way there and back changes it"
        counts.append(len(tree.findall(".//{*}Code")))
    return f"valid against Codebook.xsd and the same after a way back: codebooks of {counts} codes"


#: Front matter that tempts every escape there is.
AWKWARD = {
    "amp.md": ('Bread & butter, 100% "pure" #1 $5 a_b ~x^y', ["Rosa Müller", "Jo van der Berg"], "1917-08-05"),
    "braces.md": (r"Braces {a} and } and { and back\slash", ["Central Committee of the Party"], "c. 1902"),
    "quotes.md": ("‘All Power’ – Ленин @home, 日本語", ["Lars T. Lih"], "spring 1917"),
    "plain.md": ("What Is to Be Done?", ["V. I. Lenin"], "1902"),
}


def awkward(world):
    for name, (title, authors, date) in AWKWARD.items():
        said = {"title": title, "author": authors, "date": date, "source": "https://example.org/a_b?c=%20#{d}", "accessed": "2026-11-21"}
        front = "\n".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in said.items())
        (world.dir / name).write_text(f"---\n{front}\n---\n\nWords.\n", encoding="utf-8")
    return [*AWKWARD, "embedded:power-from-below"]


@check
def csl(world):
    import jsonschema
    items = json.loads(world.run("cite", *awkward(world), "--format", "csl-json"))
    schema = json.loads((world.schemas / "csl-data.json").read_text())
    jsonschema.Draft7Validator(schema).validate(items)
    assert [i["title"] for i in items][:len(AWKWARD)] == [t for t, _, _ in AWKWARD.values()], items
    return f"{len(items)} entries valid against csl-data.json, titles as they were"


@check
def bibtex(world):
    import bibtexparser
    from pybtex.database import parse_string
    from pylatexenc.latex2text import LatexNodes2Text
    source = world.run("cite", *awkward(world)).decode()
    # The parser does not know the braces by name, and has a circumflex of its own.
    def plain(latex):
        latex = latex.replace("\\textbraceleft{}", "\\{").replace("\\textbraceright{}", "\\}")
        return LatexNodes2Text(keep_braced_groups=False).latex_to_text(latex).replace("\u02c6", "^")
    same = lambda a, b: "".join(plain(a).split()) == "".join(b.split())
    by_pybtex = list(parse_string(source, "bibtex").entries.values())
    library = bibtexparser.parse_string(source)
    assert not library.failed_blocks, library.failed_blocks
    assert len(by_pybtex) == len(library.entries) == len(AWKWARD) + 1
    for (title, authors, _), a, b in zip(AWKWARD.values(), by_pybtex, library.entries):
        for found in (a.fields["title"], b.fields_dict["title"].value):
            assert same(found, title), (found, plain(found), title)
        people = [" ".join(p.first_names + p.middle_names + p.prelast_names + p.last_names) for p in a.persons["author"]]
        assert [plain(p) for p in people] == authors, (people, authors)
    return f"{len(by_pybtex)} entries through pybtex and bibtexparser, titles and people as they were"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--diptych", default="target/debug/diptych")
    p.add_argument("--schemas", required=True)
    p.add_argument("checks", nargs="*", choices=[*CHECKS, []], metavar="CHECK")
    a = p.parse_args()
    world, failed = World(a.diptych, a.schemas), False
    for name in a.checks or CHECKS:
        try:
            print(f"{name}: {CHECKS[name](world)}")
        except Exception as e:
            failed = True
            print(f"{name}: FAILED: {type(e).__name__}: {e}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
