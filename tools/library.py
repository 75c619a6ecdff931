#!/usr/bin/env python3
"""A library of many texts: makes one of what Debian's documentation packages ship, and measures a session in it.

  library.py make OUT COUNT MEGABYTES FOLDER...
  library.py measure [--diptych target/release/diptych] [--runs N] LIBRARY

`make` takes the COUNT longest texts that stand in the folders (HTML without its tags, plain text, Markdown, manual pages, zipped or
not; each once), and cuts the longest of them at a paragraph so that all together have so many megabytes. The folders are
packages unpacked, for instance

  for p in anarchism debian-reference-en cppreference-doc-en-html perl-doc vim-doc apache2-doc r-doc-html octave-doc \\
      libreoffice-help-en-us lilypond-doc-html developers-reference debian-policy manpages manpages-dev rust-doc \\
      debian-handbook bible-kjv-text exim4-doc-html gimp-help-en bash-doc; do
    apt-get download $p; dpkg-deb -x ${p}_*.deb x/$p
  done

`measure` builds the index from the shell with an empty cache (time of the processor and by the clock, memory, size on the disk), then opens
two of the texts in a pty, asks N times for all texts on the passage (`ga`, each time on another passage) and for words in all texts
(`g/`), and prints how long after the key the answer stood there, and the memory of the session beside that of one which never
asked. Linux; Python's standard library only.
"""
import argparse, fcntl, gzip, html, os, pty, re, resource, select, shutil, signal, statistics, struct, subprocess, sys
import tempfile, termios, time

WORDS = ["memory", "church", "window", "king", "password", "harbour", "music", "function", "bread", "revolution"]
# The mark of the selected line in the list, below the first row; or that there is none. Of "nothing" only those letters
# are written that "looking…", which stood there, does not have at the same place.
ANSWER = rb"\x1b\[(?!1;)\d+;\d+H(?:\x1b\[[0-9;]*m|[^\x1b])*\xe2\x96\xb8|in your other texts"


def text_of(path):
    data = open(path, "rb").read()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    text = data.decode("utf-8", "replace")
    if re.search(r"\.html?(\.gz)?$", path):
        text = re.sub(r"(?is)<(script|style|head|nav)\b.*?</\1>", "", text)
        text = re.sub(r"(?i)<(p|div|li|h\d|tr|dt|dd|pre|br)\b[^>]*>", "\n\n", text)
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    paragraphs = (" ".join(p.split()) for p in re.split(r"\n\s*\n", text))
    return "\n\n".join(p for p in paragraphs if p)


def make(out, count, megabytes, folders):
    texts, seen = [], set()
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(place, name)
                if not (re.search(r"\.(html?|txt|md|pod|rst)(\.gz)?$", name) or re.search(r"/man[1-8]/", path)):
                    continue
                if os.path.islink(path) or not 2_000 < os.path.getsize(path) < 4_000_000:
                    continue
                text = text_of(path)
                # Many pages begin alike and are another text all the same.
                if len(text) > 2_000 and text not in seen:
                    seen.add(text)
                    texts.append((len(text.encode()), name, text))
    texts.sort(key=lambda t: (-t[0], t[1]))
    texts = texts[:count]
    low, high = 0, texts[0][0]
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(t[0], middle) for t in texts) <= megabytes * 1e6 else (low, middle - 1)
    os.makedirs(out, exist_ok=True)
    size = 0
    for number, (_, name, text) in enumerate(texts):
        data = text.encode()[:low].decode("utf-8", "ignore")
        if len(data) < len(text):
            data = data[: data.rfind("\n\n") + 1 or len(data)]
        size += len(data.encode())
        with open(f"{out}/{number:05}-{re.sub(r'[^A-Za-z0-9_-]', '_', name)[:50]}.txt", "w") as file:
            file.write(data)
    print(f"{len(texts)} texts, {size / 1e6:.1f} MB")


class Session:
    def __init__(self, binary, home, folder, texts):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.chdir(folder)
            os.execve(binary, [binary, *texts], {"HOME": home, "TERM": "xterm-256color"})

    def read(self, seconds, until=None):
        end, said, begin = time.monotonic() + seconds, b"", time.monotonic()
        while (left := end - time.monotonic()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                said += os.read(self.fd, 1 << 16)
                if until and re.search(until, said):
                    return time.monotonic() - begin
        return None if until else said

    def rest(self):
        """Waits until nothing is worked on."""
        for _ in range(600):
            before = self.cpu()
            self.read(0.5)
            if self.cpu() - before < 5:
                return

    def cpu(self):
        tasks = os.listdir(f"/proc/{self.pid}/task")
        return sum(int(open(f"/proc/{self.pid}/task/{t}/schedstat").read().split()[0]) for t in tasks) / 1e6

    def peak(self):
        said = open(f"/proc/{self.pid}/status").read()
        return int(re.search(r"VmHWM:\s+(\d+)", said)[1]) / 1024

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        os.waitpid(self.pid, 0)


def measure(binary, library, runs):
    binary, library = os.path.abspath(binary), os.path.abspath(library)
    home = tempfile.mkdtemp()
    try:
        begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        built = subprocess.run(
            ["/usr/bin/time", "-f", "%M", binary, "search", "window", library],
            env={"HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        index = subprocess.run(["du", "-sb", f"{home}/.cache/diptych/index"], capture_output=True, text=True).stdout
        memory = int(built.stderr.split()[-1]) / 1024
        print(f"index: {used:.1f} s of the processor, {time.monotonic() - begin:.1f} s by the clock, {memory:.0f} MiB,"
              f" {int(index.split()[0]) / 1e6:.1f} MB on the disk")
        texts = sorted(os.listdir(library))
        texts = [t for t in texts if t.endswith(".txt")][10:12]
        quiet = Session(binary, home, library, texts)
        quiet.read(5, rb"\xe2\x94\x8a")
        quiet.rest()
        without = quiet.peak()
        quiet.end()
        session = Session(binary, home, library, texts)
        session.read(5, rb"\xe2\x94\x8a")
        session.rest()
        answers = {"ga": [], "g/": []}
        for run in range(runs):
            os.write(session.fd, b"J")
            session.rest()
            before = session.cpu()
            os.write(session.fd, b"ga")
            took = session.read(30, ANSWER)
            session.read(0.3)
            answers["ga"].append((took, session.cpu() - before))
            os.write(session.fd, b"\x1b")
            session.rest()
            os.write(session.fd, b"g/" + WORDS[run % len(WORDS)].encode())
            session.read(0.5)
            before = session.cpu()
            os.write(session.fd, b"\r")
            took = session.read(30, ANSWER)
            session.read(0.3)
            answers["g/"].append((took, session.cpu() - before))
            os.write(session.fd, b"\x1b")
            session.rest()
        for key, got in answers.items():
            shown = [1000 * took for took, _ in got if took is not None]
            if not shown:
                print(f"{key}: no answer was seen")
                continue
            cpu = statistics.median(cpu for _, cpu in got)
            print(f"{key}: first {shown[0]:.0f} ms, median {statistics.median(shown):.0f}, at most {max(shown):.0f} by the clock;"
                  f" {cpu:.0f} ms of the processor, {len(shown)} of {len(got)} seen")
        print(f"memory: {session.peak():.0f} MiB at most, {without:.0f} of a session that did not ask")
        session.end()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("make")
    made.add_argument("out")
    made.add_argument("count", type=int)
    made.add_argument("megabytes", type=float)
    made.add_argument("folders", nargs="+")
    measured = commands.add_parser("measure")
    measured.add_argument("--diptych", default="target/release/diptych")
    measured.add_argument("--runs", type=int, default=10)
    measured.add_argument("library")
    asked = parser.parse_args()
    if asked.command == "make":
        make(asked.out, asked.count, asked.megabytes, asked.folders)
    else:
        measure(asked.diptych, asked.library, asked.runs)


if __name__ == "__main__":
    sys.exit(main())
