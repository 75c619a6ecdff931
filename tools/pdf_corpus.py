#!/usr/bin/env python3
"""Reads every PDF of a folder with Diptych and with poppler's pdftotext, and compares.

  pdf_corpus.py [--diptych target/release/diptych] [--jobs N] [--list N] [--record FILE] [--minutes N] [--fetch] FOLDER

Of each file: how it ended, seconds of processor time, peak memory, and which share of the characters that pdftotext finds (counted without white
space, each as often as it comes) Diptych has too. At the end: crashes (ended by a signal, or a panic on stderr), files that took
over 5 s or 512 MiB without being refused, the share over all files, the files below 80%, what was refused with which words; files
whose pages were put in another order, and whether their printed numbers rise; words kept; and of the lost spaces that Diptych puts back,
how many pdftotext has too.

--fetch first fills FOLDER with the PDFs of the Debian packages named below (apt-get download, dpkg-deb; some 250 files, 0.5 GB).
--record keeps a line of JSON a file as soon as it is measured, and files that are already in it are not measured again: so a run may be
stopped and taken up. --minutes begins no further file after so long; what is told at the end is of the files measured by then.

Exit 1 on a crash, on a file over the limits, or where the share over all files is under 80%. Python's standard library only; --fetch needs Debian.
"""
import argparse, collections, concurrent.futures, gzip, hashlib, json, os, re, subprocess, sys, tempfile, time, unicodedata

SECONDS, MEBIBYTES, SHARE = 5.0, 512, 0.80

PACKAGES = """
libarpack2-dev scotch latexdiff pstoedit debian-faq maint-guide nauty-doc biber plplot-doc ipe noweb swish-e survex gap-core
mailutils-doc yorick-doc harden-doc libsuitesparse-dev libgcrypt20-doc sdcc-doc lp-solve-doc hol88-doc mpich-doc
developers-reference bird-doc auctex gri-pdf-doc glpk-doc evolver-doc debian-reference-en slurm-wlm-doc frr-doc ifeffit-doc
libcfitsio-doc ledger nco debian-policy doxygen-doc postgis-doc netcdf-doc zsh-doc texlive-fonts-recommended-doc nut-doc
asymptote-doc groff gnuplot-doc ngspice-doc xfig-doc therion-doc gnutls-doc avr-libc gap-doc debmake-doc xmds2-doc pari-doc
octave-doc scilab-doc r-doc-pdf texlive-lang-polish texlive-lang-spanish texlive-lang-italian texlive-lang-czechslovak
texlive-lang-portuguese singular-doc texlive-lang-european texlive-lang-german texlive-lang-cyrillic bacula-doc
texlive-humanities-doc texlive-plain-generic lilypond-doc-pdf texlive-games texlive-lang-korean texlive-lang-chinese
texlive-latex-recommended-doc refcard texlive-lang-cjk
""".split()


def fetch(folder):
    """The PDFs of the packages, each as PACKAGE__NAME.pdf."""
    os.makedirs(folder, exist_ok=True)
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as d:
            if subprocess.run(["apt-get", "download", "-q", package], cwd=d, capture_output=True).returncode:
                print(f"no package {package}")
                continue
            archive = next(f for f in os.listdir(d) if f.endswith(".deb"))
            subprocess.run(["dpkg-deb", "-x", archive, "x"], cwd=d, check=True)
            for top, _, names in os.walk(os.path.join(d, "x")):
                for name in names:
                    path = os.path.join(top, name)
                    if os.path.islink(path) or not re.search(r"\.pdf(\.gz)?$", name, re.I):
                        continue
                    data = open(path, "rb").read()
                    data = gzip.decompress(data) if name.endswith(".gz") else data
                    with open(os.path.join(folder, f"{package}__{name.removesuffix('.gz')}"), "wb") as out:
                        out.write(data)


# What an earlier run has kept must say nothing here, neither of the text nor of the time.
ALONE = tempfile.TemporaryDirectory()
os.environ["XDG_CACHE_HOME"] = ALONE.name


def measured(command, limit):
    """Exit status (negative: a signal; None: out of time), stdout, stderr, seconds, MiB."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        status = None
        while time.monotonic() - began < limit:
            pid, status_word, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                status = os.waitstatus_to_exitcode(status_word)
                break
            time.sleep(0.005)
        else:
            child.kill()
            _, _, usage = os.wait4(child.pid, 0)
        child.returncode = status if status is not None else -9
        # What a busy machine adds is not the program's; what its own processes take is.
        seconds = usage.ru_utime + usage.ru_stime
        out.seek(0), err.seek(0)
        return status, out.read(), err.read().decode("utf-8", "replace"), seconds, usage.ru_maxrss / 1024


def characters(text):
    # Ligatures and their like are the letters that they stand for.
    for old, new in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("‐", "-")):
        text = text.replace(old, new)
    return collections.Counter(re.sub(r"\s+", "", text))


def words(text):
    # pdftotext leaves an accent beside its letter where a page draws the two apart.
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c) and c not in "´`¨ˆ˜ˇ˘¯˚˙˝¸˛\u00ad")
    return collections.Counter(re.findall(r"[^\W_]+", "".join(bare).lower()))


def tokens(text):
    return re.findall(r"[^\W_]+", text)


def splits(path, diptych, theirs):
    """Words of the file that Diptych takes apart, each with whether pdftotext has its parts apart too."""
    read = lambda *how: subprocess.run([diptych, "import", path, "-o", "-", "-q", *how], capture_output=True).stdout.decode("utf-8", "replace")
    before, after = collections.Counter(tokens(read("--as-is"))), collections.Counter(tokens(read()))
    apart = collections.Counter(zip(all := tokens(theirs), all[1:]))
    whole = collections.Counter(all)
    found = []
    for word, count in before.items():
        if len(word) < 5 or after[word] >= count:
            continue
        parts = [(word[:i], word[i:]) for i in range(1, len(word))]
        parts = [(a, b) for a, b in parts if after[a] > before[a] and after[b] > before[b]]
        if parts:
            found.append((word, any(apart[pair] for pair in parts) and whole[word] < count))
    return found


def told(path, diptych):
    return subprocess.run([diptych, "import", path, "-o", "-"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).stderr.decode("utf-8", "replace")


def look(path, diptych):
    status, out, err, seconds, memory = measured([diptych, "passages", path, "--format", "jsonl"], 600)
    other = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True)
    theirs = other.stdout.decode("utf-8", "replace")
    ours = " ".join(json.loads(line)["text"] for line in out.splitlines()) if status == 0 else ""
    want, have = characters(theirs), characters(ours)
    known = words(theirs)
    kept = sum((known & words(ours)).values()) / sum(known.values()) if sum(known.values()) >= 50 and status == 0 else None
    panicked = "panicked" in err or status is not None and status < 0
    return {
        "path": path, "status": status, "seconds": seconds, "memory": memory, "crashed": panicked,
        "want": sum(want.values()), "both": sum((want & have).values()), "have": sum(have.values()), "said": err.strip(),
        "kept": kept, "reordered": "STAND IN ANOTHER ORDER" in err,
        "splits": splits(path, diptych, theirs) if status == 0 and "lost space" in told(path, diptych) else [],
    }


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--diptych", default="target/release/diptych")
    p.add_argument("--jobs", type=int, default=1)
    p.add_argument("--list", type=int, default=20)
    p.add_argument("--record", metavar="FILE")
    p.add_argument("--minutes", type=float, default=float("inf"))
    p.add_argument("--fetch", action="store_true")
    p.add_argument("folder")
    a = p.parse_args()
    if a.fetch:
        fetch(a.folder)
    files = sorted(os.path.join(top, f) for top, _, names in os.walk(a.folder) for f in names if f.lower().endswith(".pdf"))
    # In an order that says nothing, so that a part of the files stands for all of them.
    files.sort(key=lambda f: hashlib.md5(os.path.relpath(f, a.folder).encode()).digest())
    known = {}
    if a.record and os.path.exists(a.record):
        # A last line that was cut short is measured again.
        for line in open(a.record):
            if line.endswith("}\n"):
                known[(row := json.loads(line))["path"]] = row
    until, record = time.monotonic() + 60 * a.minutes, open(a.record, "a") if a.record else None

    def seen(path):
        if path in known:
            return known[path]
        if time.monotonic() > until:
            return None
        row = look(path, a.diptych)
        if record:
            record.write(json.dumps(row) + "\n")
            record.flush()
        return row

    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        all = [row for row in pool.map(seen, files) if row]
    if len(all) < len(files):
        print(f"{len(files) - len(all)} of {len(files)} files were not measured in that time")
    name = lambda r: os.path.relpath(r["path"], a.folder)
    read = [r for r in all if r["status"] == 0]
    refused = [r for r in all if r["status"] not in (0, None) and not r["crashed"]]
    crashed = [r for r in all if r["crashed"]]
    over = [r for r in all if r["status"] is None or r["status"] == 0 and (r["seconds"] > SECONDS or r["memory"] > MEBIBYTES)]
    want, both = sum(r["want"] for r in all), sum(r["both"] for r in all)
    for r in crashed:
        print(f"CRASHED  {name(r)}: {r['status']} {r['said'][:200]}")
    for r in over:
        print(f"OVER     {name(r)}: {r['seconds']:.1f} s, {r['memory']:.0f} MiB")
    low = sorted((r for r in all if r["want"] >= 200 and r["both"] < SHARE * r["want"]), key=lambda r: r["both"] / r["want"])
    for r in low[: a.list]:
        print(f"LOW      {name(r)}: {r['both'] / r['want']:.2f} of {r['want']}  {r['said'][:120]}")
    for said, count in collections.Counter(re.sub(r"^.*?\.pdf: ", "", r["said"])[:100] for r in refused).most_common():
        print(f"REFUSED  {count} × {said}")
    for r in all:
        if r["reordered"]:
            print(f"REORDERED {name(r)}: {r['said'][:160]}")
    shares = [r["kept"] for r in all if r["kept"] is not None]
    for r in sorted((r for r in all if r["kept"] is not None and r["kept"] < SHARE), key=lambda r: r["kept"])[: a.list]:
        print(f"WORDS    {name(r)}: {r['kept']:.3f}")
    print(f"words kept: {sum(shares) / max(1, len(shares)):.4f} in the mean of {len(shares)} files, "
          f"{sum(s < SHARE for s in shares)} below {SHARE:.0%}")
    apart = [(name(r), *found) for r in all for found in r["splits"]]
    for file, word, agreed in apart:
        if not agreed:
            print(f"SPLIT    {file}: {word}")
    if apart:
        print(f"lost spaces put back: {len(apart)} words, {sum(agreed for *_, agreed in apart) / len(apart):.3f} of them apart in pdftotext too")
    slow = sorted(read, key=lambda r: -r["seconds"])[:3]
    print("slowest:", ", ".join(f"{name(r)} {r['seconds']:.2f} s {r['memory']:.0f} MiB" for r in slow))
    share = both / max(1, want)
    print(f"{len(all)} files: {len(read)} read, {len(refused)} refused, {len(crashed)} crashed, {len(over)} over the limits, "
          f"{len(low)} below {SHARE:.0%}; characters {share:.4f}")
    sys.exit(bool(crashed or over or share < SHARE))


if __name__ == "__main__":
    main()
