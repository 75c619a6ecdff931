#!/usr/bin/env python3
"""Reads files of many formats with Diptych and with other programs, and compares their words.

  format_words.py [--diptych target/release/diptych] [--list N] FILE...

The other programs: pandoc for odt, rtf, fb2, docbook, org, rst, latex, muse, html; asciidoctor and pandoc for AsciiDoc; ebook-convert
(calibre) for mobi and azw3; for TEI the letters of the elements in its text. Words are runs of letters and digits in lower case,
counted as often as they come; what pandoc prints of pictures, and rules, is left out with its signs. Of each format: how many files,
the mean and the least share of the others' words that Diptych has, and the share of Diptych's words that the others have. Exit 1 where
Diptych fails on a file or a mean is under .97. Needs pandoc; asciidoctor and ebook-convert where such files are given.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile

# What an earlier run has kept must say nothing here.
ALONE = tempfile.TemporaryDirectory()
os.environ["XDG_CACHE_HOME"] = ALONE.name
import xml.etree.ElementTree as tree

READERS = {"odt": "odt", "rtf": "rtf", "fb2": "fb2", "docbook": "docbook", "dbk": "docbook", "org": "org", "rst": "rst", "tex": "latex",
           "latex": "latex", "muse": "muse", "mhtml": None, "adoc": "adoc", "asciidoc": "adoc", "mobi": "calibre", "azw3": "calibre", "tei": "tei",
           "srt": "srt", "vtt": "srt"}


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", text.lower().replace("\u00ad", "").replace("’", "'")))


def run(command, stdin=None):
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=300)
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def plain(path, reader, stdin=None):
    return run(["pandoc", "-f", reader, "-t", "plain", "--wrap=none", "--reference-location=document"] + ([path] if stdin is None else []), stdin)


def tei(path):
    root = tree.parse(path).getroot()
    for element in root.iter():
        element.tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else "comment"
    left_out = {"teiHeader", "fw", "comment", "sic", "orig"}

    def letters(element):
        if element.tag in left_out:
            return element.tail or ""
        space = "" if element.tag in ("hi", "c", "w", "seg", "lb", "pb", "pc") else " "
        return space + (element.text or "") + "".join(letters(child) for child in element) + space + (element.tail or "")

    return letters(root)


def other(path, ending):
    reader = READERS[ending]
    if reader == "adoc":
        page = run(["asciidoctor", "-S", "safe", "-a", "sectnums!", "-a", "toc!", "-a", "showtitle", "-e", "-o", "-", path])
        said = plain(path, "html", page.encode()) if page is not None else None
        # What it says of files that are not there, and the names of macros it does not know, are no words of the text.
        return said and re.sub(r"\b[a-z]+:(?=[\w-]+\[)", "", re.sub(r"Unresolved directive in .*?\]", "", said))
    if reader == "calibre":
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "a.epub")
            if run(["ebook-convert", path, out]) is None:
                return None
            return plain(out, "epub")
    if reader == "tei":
        return tei(path)
    if reader == "srt":
        text = open(path, encoding="utf-8", errors="replace").read()
        kept = [l for l in text.splitlines() if "-->" not in l and not l.strip().isdigit() and not l.startswith("WEBVTT")]
        return re.sub(r"<[^>]*>|\{\\[^}]*\}", "", "\n".join(kept))
    if reader == "rst":
        # Sphinx shows the last part of what begins with a tilde, and pandoc all of it.
        source = re.sub(r"`~[\w.]+\.(\w+(?:\(\))?)`", r"`\1`", open(path, encoding="utf-8", errors="replace").read())
        return plain(path, reader, source.encode())
    return plain(path, reader)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--diptych", default="target/release/diptych")
    p.add_argument("--list", type=int, default=0, metavar="N", help="show the N words of each file that are missed most")
    p.add_argument("files", nargs="+")
    a = p.parse_args()
    shares, failed = collections.defaultdict(list), 0
    for path in a.files:
        ending = path.rsplit(".", 1)[-1].lower()
        if ending not in READERS:
            continue
        want = other(path, ending)
        if want is None:
            print(f"{path}: the other program cannot read it")
            continue
        done = subprocess.run([a.diptych, "passages", path, "--format", "jsonl"], capture_output=True, timeout=300)
        if done.returncode != 0:
            failed += 1
            print(f"{path}: {done.stderr.decode().strip()}")
            continue
        have = " ".join(json.loads(line)["text"] for line in done.stdout.splitlines())
        # What others print of a title, an author and a date stands in the head of ours.
        markdown = subprocess.run([a.diptych, "import", path, "-o", "-", "-q"], capture_output=True, timeout=300).stdout
        head = re.match(rb"---\n(.*?)\n---\n", markdown, re.S)
        about = words(head.group(1).decode("utf-8", "replace") if head else "")
        want, have = words(want), words(have)
        both = sum((want & (have + about)).values())
        recall = both / max(1, sum(want.values()))
        precision = sum((want & have).values()) / max(1, sum(have.values()))
        shares[READERS[ending] or ending].append((recall, precision, path))
        print(f"{recall:.4f} {precision:.4f} {sum(want.values()):7} {path}")
        if a.list:
            print("    missed:", " ".join(f"{w}×{n}" for w, n in (want - have - about).most_common(a.list)))
            print("    added: ", " ".join(f"{w}×{n}" for w, n in (have - want).most_common(a.list)))
    low = False
    for name, all_of in sorted(shares.items()):
        recalls = [r for r, _, _ in all_of]
        mean = sum(recalls) / len(recalls)
        low |= mean < 0.97
        precision = sum(p for _, p, _ in all_of) / len(all_of)
        print(f"{name:10} {len(all_of):3} files: {mean:.4f} of the words in the mean, {min(recalls):.4f} at least; {precision:.4f} of Diptych's are theirs")
    return 1 if failed or low else 0


if __name__ == "__main__":
    sys.exit(main())
