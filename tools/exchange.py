#!/usr/bin/env python3
"""Whether other programs can read what Diptych exports: published schemas, real parsers, and QualCoder's own importer.

  tools/exchange.py [--diptych target/debug/diptych] --schemas FOLDER [CHECK ...]

Checks (all of them where none is named):
  qdc       topics as a REFI-QDA codebook against Codebook.xsd, and back again without a difference

The schemas are other people's and are looked up, not shipped. FOLDER holds, under these names, whatever the checks need:
  Codebook.xsd   REFI-QDA 1.0, https://www.qdasoftware.org. The only public copy that was found is in the history of
                 https://github.com/ccbogel/QualCoder (commit 7a1daf97), copied from the PDF of the standard with its
                 typographic hyphens and without many spaces: both are mended here before it is used.

Needs `pip install lxml`. Prints a line for each check; exit 1 where one fails.
"""
import argparse, os, re, subprocess, sys, tempfile
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
