#!/usr/bin/env python3
"""Whether other programs can read what Diptych exports: published schemas, real parsers, and QualCoder's own importer.

  tools/exchange.py [--diptych target/debug/diptych] --schemas FOLDER [--qualcoder FOLDER] [CHECK ...]

Checks (all of them where none is named):
  qdc       topics as a REFI-QDA codebook against Codebook.xsd, and back again without a difference
  csl       references of texts with awkward metadata against CSL's schema
  bibtex    the same through two parsers of BibTeX, with their titles and people as they were
  jsonld    notes as Web Annotations through a JSON-LD library with the published context: no key without a meaning
  qdpx      notes as a REFI-QDA project against Project.xsd, with the words that its positions name
  qualcoder the same, and a codebook, by the importer of QualCoder into its own tables (with --qualcoder)

The schemas are other people's and are looked up, not shipped. FOLDER holds, under these names, whatever the checks need:
  Codebook.xsd   REFI-QDA 1.0, https://www.qdasoftware.org. The only public copy that was found is in the history of
                 https://github.com/ccbogel/QualCoder (commit 7a1daf97), copied from the PDF of the standard with its
                 typographic hyphens and without many spaces: both are mended here before it is used.
  csl-data.json  https://github.com/citation-style-language/schema, schemas/input/csl-data.json
  anno.jsonld    https://github.com/w3c/web-annotation, jsonld/anno.jsonld
  Project-mrt2019.xsd  REFI-QDA 1.0, in the history of QualCoder as Codebook.xsd
--qualcoder names the folder `src` of a checkout of https://github.com/ccbogel/QualCoder.

Needs `pip install lxml jsonschema pybtex bibtexparser pylatexenc pyld`. Prints a line for each check; exit 1 where one fails.
"""
import argparse, json, os, re, subprocess, sys, tempfile
from pathlib import Path

CHECKS = {}


def check(f):
    CHECKS[f.__name__] = f
    return f


class World:
    def __init__(self, diptych, schemas, qualcoder):
        self.qualcoder = qualcoder
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


#: Annotations to make notes of: a pair, one of a place that is gone, one with tags, one in other letters.
def annotations():
    def target(source, exact, **more):
        return {"source": source, "selector": {"type": "TextQuoteSelector", "exact": exact, **more}}
    left, right = "embedded:the-party-as-instrument", "embedded:power-from-below"
    return [
        {"type": "Annotation", "created": "2026-08-03T12:15:03Z", "motivation": "commenting",
         "body": [{"type": "TextualBody", "value": "Both begin with a *promise* & end <elsewhere>. #strike"},
                  {"type": "TextualBody", "value": "democratic-centralism", "purpose": "classifying"}],
         "target": [target(left, "Until the decision everyone may speak and be heard"), target(right, "A strike is voted by the people who will go hungry")]},
        {"type": "Annotation", "bodyValue": "Eighty-two per cent — “von oben”.",
         "target": target(right, "Start with a number.", suffix=" Between November 1917")},
        {"type": "Annotation", "body": [{"value": "Lost.", "type": "TextualBody"}, {"value": "Räte", "purpose": "tagging"}],
         "target": target(right, "words that no text of this library has ever said")},
    ]


def noted(world):
    """A home with these notes; made once."""
    if not (world.dir / "notes.json").exists():
        (world.dir / "notes.json").write_text(json.dumps(annotations()))
        world.run("notes", "import", "notes.json")
    return len(annotations())


@check
def jsonld(world):
    from pyld import jsonld as ld
    count = noted(world)
    collection = json.loads(world.run("notes", "export", "--format", "json"))
    context = json.loads((world.schemas / "anno.jsonld").read_text())
    def load(url, options):
        assert url == "http://www.w3.org/ns/anno.jsonld", f"asked for {url}"
        return {"contextUrl": None, "documentUrl": url, "document": context, "contentType": "application/ld+json"}
    options = {"documentLoader": load, "base": "http://library.example/"}
    expanded = ld.expand(collection, options)
    back = ld.compact(expanded, collection["@context"], options)
    # The words of the model that every annotation has to have, and ours, as triples.
    quads = ld.to_rdf(collection, {**options, "format": "application/n-quads"})
    oa = "http://www.w3.org/ns/oa#"
    for wanted, times in [(f"<{oa}hasTarget>", count + 1), (f"<{oa}exact>", count + 1), (f"<{oa}start>", count), (f"<{oa}hasBody>", count + 3),
                          ("<urn:diptych:passage>", count), ("<urn:diptych:citation>", count + 1), ("<urn:diptych:found>", count + 1)]:
        assert quads.count(wanted) == times, f"{wanted}: {quads.count(wanted)}, not {times}"
    keys = lambda value: (set(value) | set().union(*map(keys, value.values())) if isinstance(value, dict)
                          else set().union(*map(keys, value)) if isinstance(value, list) else set())
    assert keys(collection) == keys(back), keys(collection) ^ keys(back)
    items = back["first"]["items"]
    assert len(items) == count == collection["total"]
    for item in items:
        assert item["type"] == "Annotation" and item["id"] and item["target"]
    return f"{count} annotations through pyld with the published context: {len(quads.splitlines())} triples, no key lost"


def project(world):
    import zipfile
    noted(world)
    (world.dir / "notes.qdpx").write_bytes(world.run("notes", "export", "--format", "qdpx"))
    return zipfile.ZipFile(world.dir / "notes.qdpx")


@check
def qdpx(world):
    from lxml import etree
    archive = project(world)
    tree = etree.fromstring(archive.read("project.qde"))
    world.schema("Project-mrt2019.xsd").assertValid(tree)
    quotes = []
    for source in tree.iterfind(".//{*}TextSource"):
        text = archive.read(source.get("plainTextPath").replace("internal://", "sources/")).decode()
        for selection in source.iterfind("{*}PlainTextSelection"):
            quotes.append(text[int(selection.get("startPosition")):int(selection.get("endPosition"))])
    wanted = [t["selector"]["exact"] for a in annotations() for t in (a["target"] if isinstance(a["target"], list) else [a["target"]])]
    assert sorted(quotes) == sorted(wanted[:-1]), (quotes, wanted)
    guids = {e.get("guid") for e in tree.iter() if e.get("guid")}
    refs = [e.get(k) for e in tree.iter() for k in ("targetGUID", "originGUID") if e.get(k)]
    assert all(r in guids for r in refs), "a reference leads nowhere"
    return f"valid against Project-mrt2019.xsd, {len(quotes)} selections with the very words, {len(refs)} references lead somewhere"


@check
def qualcoder(world):
    import ast, builtins, importlib, sqlite3, types
    from unittest.mock import MagicMock
    if not world.qualcoder:
        return "skipped: no --qualcoder"
    project(world)
    folder = Path(world.qualcoder)
    # The importer as it is; of the rest, only what it imports: no window is opened.
    builtins._ = lambda s: s
    widgets = MagicMock()
    widgets.QDialog = object
    qt = types.ModuleType("PyQt6")
    qt.QtWidgets, qt.QtCore, qt.QtGui = widgets, MagicMock(), MagicMock()
    sys.modules.update({"PyQt6": qt, "PyQt6.QtWidgets": widgets, "PyQt6.QtCore": qt.QtCore, "PyQt6.QtGui": qt.QtGui})
    for name, path in [("qualcoder", folder / "qualcoder"), ("qualcoder.GUI", folder / "qualcoder" / "GUI")]:
        module = types.ModuleType(name)
        module.__path__ = [str(path)]
        sys.modules[name] = module
    for name in ["helpers", "GUI.ui_dialog_colour_selector", "GUI.ui_dialog_refi_export_endings"]:
        sys.modules[f"qualcoder.{name}"] = MagicMock()
    refi = importlib.import_module("qualcoder.refi")
    # The tables as QualCoder itself makes them.
    tables, connection = set(), sqlite3.connect(":memory:")
    for node in ast.walk(ast.parse((folder / "qualcoder" / "__main__.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("CREATE TABLE"):
            name = node.value.split("(")[0]
            if name not in tables:
                tables.add(name)
                connection.execute(node.value)
    (world.dir / "documents").mkdir(exist_ok=True)
    app = MagicMock()
    app.conn, app.project_path = connection, str(world.dir)
    app.settings = {"directory": str(world.dir), "codername": "default", "ai_enable": "False"}
    widgets.QFileDialog.getOpenFileName.return_value = (str(world.dir / "notes.qdpx"), True)
    refi.RefiImport(app, MagicMock(), "qdpx")
    rows = lambda sql: connection.execute(sql).fetchall()
    for (seltext, fulltext, pos0, pos1) in rows("select seltext, fulltext, pos0, pos1 from code_text join source on fid = source.id"):
        assert fulltext[pos0:pos1] == seltext
    found = {k: rows(f"select count(*) from {k}")[0][0] for k in ["source", "code_name", "code_text", "annotation", "journal"]}
    memos = {m for (m,) in rows("select memo from code_text union select memo from annotation union select jentry from journal")}
    for annotation in annotations():
        bodies = annotation.get("body", [{"value": annotation.get("bodyValue")}])
        assert any(bodies[0]["value"] in memo for memo in memos), (bodies[0], memos)
    coded = rows("select distinct name from code_text join code_name using (cid) order by name")
    assert coded == [("Democratic centralism",), ("strike",)], coded
    (world.dir / "own.toml").write_text(TOPICS)
    world.run("topics", "export", "--topics", "own.toml", "-o", "own.qdc", "--force")
    before = found["code_name"]
    widgets.QFileDialog.getOpenFileName.return_value = (str(world.dir / "own.qdc"), True)
    refi.RefiImport(app, MagicMock(), "qdc")
    assert rows("select name from code_cat") == [("Power & <rule>",)]
    imported = rows("select count(*) from code_name")[0][0] - before
    return f"its importer took the project ({', '.join(f'{n} {k}' for k, n in found.items())}) and a codebook ({imported} codes, 1 category)"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--diptych", default="target/debug/diptych")
    p.add_argument("--schemas", required=True)
    p.add_argument("--qualcoder")
    p.add_argument("checks", nargs="*", choices=[*CHECKS, []], metavar="CHECK")
    a = p.parse_args()
    world, failed = World(a.diptych, a.schemas, a.qualcoder), False
    for name in a.checks or CHECKS:
        try:
            print(f"{name}: {CHECKS[name](world)}")
        except Exception as e:
            failed = True
            print(f"{name}: FAILED: {type(e).__name__}: {e}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
