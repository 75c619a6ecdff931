#!/usr/bin/env python3
"""Makes, changes and takes away notes, stops, links and topics while processes are killed, system calls fail, and others
write: nothing called saved may be lost, nothing may go elsewhere, and what failed must have been said.

  tools/notes_safety.py [--ways kills,errors,writers,outside] [--kinds Notes,Tour,Links,Topics]
                        [--errors ENOSPC,EIO,EROFS,EDQUOT,EINVAL] [--kills 200] [--seconds 60] [--seed 1] [--skip N]
                        [--binary FILE]

Runs the project's own test binary (built with `cargo test --no-run`), whose process makes things and says of each whether it
is saved (tests/it/saver.rs).

  kills    `kill -9` at random moments of every kind of edit (the test does that itself)
  errors   under `strace -e inject`, each openat, write, fsync, rename, unlink … that touches what is kept fails once, with
           each error; drawn at random until the time is up, or all were tried
  writers  the same while a second process, whose calls do not fail, writes the same files
  outside  another program changes the files meanwhile, by exchange, as careful editors do; and a process is killed at last

Each way takes at most --seconds for each kind (kills: --kills times), and says how much of all there is it has tried. Ends
with 1 where anything was lost, broken, elsewhere, or without a word. Linux, strace.
"""
import argparse, collections, ctypes, glob, json, os, random, re, subprocess, sys, tempfile, time, tomllib

CHILD = "saver::saves_in_a_process_of_its_own"
CALLS = "openat,write,fsync,rename,renameat,renameat2,linkat,unlink,unlinkat,fchmod,chmod,mkdir"
PLACE = "/.local/share/diptych/libraries/embedded"
THINGS = 5


def binary():
    said = subprocess.run(["cargo", "test", "--test", "it", "--no-run", "--message-format=json"], capture_output=True, text=True, check=True)
    return [json.loads(line).get("executable") for line in said.stdout.splitlines() if '"executable":"' in line][-1]


def start(program, home, kind, name="n", count=THINGS, inject=None, trace=None):
    env = dict(os.environ, DIPTYCH_TEST_HOME=home, DIPTYCH_TEST_SAVES=f"{name} {count}", DIPTYCH_TEST_KIND=kind, DIPTYCH_TEST_EDITS="1")
    command = [program, "--exact", CHILD, "--ignored", "--nocapture", "--test-threads=1"]
    if trace or inject:
        strace = ["strace", "-f", "-y", "-o", trace or "/dev/null", "-e", f"trace={CALLS}"]
        command = strace + (["-e", "inject=" + inject] if inject else []) + command
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Said:
    """What a process said: what has to be there, what must not, and what it could not do."""

    def __init__(self, process, timeout=120):
        try:
            self.out, self.err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            self.out, self.err = process.communicate()
            self.err += "\nended for it took too long"
        lines = re.findall(r"^(?:test .* )?(saved|going|gone|failed) (.*)$", self.out, re.M)
        self.gone = [words for what, words in lines if what == "gone"]
        going = {words for what, words in lines if what == "going"}
        self.kept = [words for what, words in lines if what == "saved" and words not in going]
        self.failed = [words for what, words in lines if what == "failed"]
        # strace counts calls by thread: the test harness may have failed before anything was saved.
        self.ran = "test result: ok" in self.out
        self.harness = "when listing tests" in self.err or not lines


def aside(home):
    """What lies beside the files, because two wrote in one moment: with a name, or with one that the next session gives it."""
    found = glob.glob(f"{home}{PLACE}/**/*-other-*", recursive=True)
    found += glob.glob(f"{home}{PLACE}/**/.diptych-*", recursive=True, include_hidden=True)
    return "".join(open(path, encoding="utf-8", errors="replace").read() for path in found if os.path.isfile(path))


def is_in(text, words):
    return re.search(rf'(^|"){re.escape(words)}("|$)', text, re.M) is not None


def kept(home, kind, names="n"):
    """The words that are kept, and the files that do not parse."""
    pattern, words, broken = rf"(?:changed )?[{names}] \d+", [], []
    if kind != "Notes":
        path = f"{home}{PLACE}/{kind.lower()}.toml"
        text = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            broken.append(path)
        return re.findall(f'"({pattern})"', text), broken
    for path in glob.glob(f"{home}{PLACE}/notes/*.md"):
        text = open(path, encoding="utf-8").read()
        parts = text.split("---\n")
        if len(parts) < 3 or "created: " not in parts[1]:
            broken.append(path)
        words += re.findall(f"^{pattern}$", text, re.M)
    return words, broken


def elsewhere(home, kind, said):
    """Files in other places that hold what was called saved."""
    place = f"{home}{PLACE}/" + ("notes/" if kind == "Notes" else f"{kind.lower()}.toml")
    found = []
    for folder, _, names in os.walk(home):
        for path in (os.path.join(folder, name) for name in names):
            # What a save leaves unfinished is swept up by the next session; what two wrote in one moment lies beside the file.
            name = os.path.basename(path)
            if not path.startswith(place) and not name.startswith(".diptych-") and "-other-" not in name:
                text = open(path, encoding="utf-8", errors="replace").read()
                found += [path for words in said.kept if is_in(text, words)][:1]
    return found


class Count:
    """What is counted of the runs of a way, and said of it."""

    def __init__(self):
        self.runs = self.things = self.lost = self.back = self.broken = self.elsewhere = self.silent = 0

    def look(self, what, home, kind, alls, names="n", beside=""):
        """`beside` is what lies beside the files: what is there is not lost, and what is gone there is not back."""
        words, broken = kept(home, kind, names)
        for said in alls:
            missing = [w for w in said.kept if w not in words and not is_in(beside, w)]
            back = [w for w in said.gone if w in words and not beside]
            other = elsewhere(home, kind, said)
            # One that was not told of, though not all was made.
            silent = not said.failed and not said.ran and not said.harness
            self.things += len(said.kept)
            self.lost += len(missing)
            self.back += len(back)
            self.elsewhere += len(other)
            self.silent += silent
            if missing or back or other or silent:
                print(f"  {kind}, {what}: lost {missing}, back {back}, elsewhere {other}, silent {silent}; {said.failed} {said.err[-300:] if silent else ''}")
        self.runs += 1
        self.broken += len(broken)
        if broken:
            print(f"  {kind}, {what}: broken {broken}")

    def failed(self):
        return bool(self.lost or self.back or self.broken or self.elsewhere or self.silent)

    def __str__(self):
        return f"{self.things} called saved, {self.lost} lost, {self.back} back after they were gone, {self.broken} broken, {self.elsewhere} elsewhere, {self.silent} without a word"


def kills(program, kind, asked):
    env = dict(os.environ, DIPTYCH_TEST_KILLS=str(asked.kills), DIPTYCH_TEST_KIND=kind)
    test = "notes_safety::killed_at_any_moment_nothing_that_was_called_saved_is_lost_and_nothing_that_was_called_gone_is_there"
    run = subprocess.run([program, "--exact", test, "--nocapture"], env=env, capture_output=True, text=True)
    line = [line for line in run.stdout.splitlines() if " kills," in line]
    print(*(line or [f"{kind}, kill -9: FAILED", run.stdout, run.stderr]))
    return run.returncode != 0


def places(program, kind):
    """The calls that touch what is kept, counted as strace counts them: by thread."""
    with tempfile.TemporaryDirectory() as home:
        trace = home + ".trace"
        start(program, home, kind, trace=trace).communicate()
        counts, found = collections.Counter(), []
        for line in open(trace, errors="replace"):
            if m := re.match(r"(\d+) +(\w+)\(", line):
                counts[m[1], m[2]] += 1
                if "/embedded" in line or "/diptych/libraries" in line:
                    found.append((m[2], counts[m[1], m[2]]))
        os.remove(trace)
    return sorted(set(found))


def errors(program, kind, asked, beside=False):
    draws = [(call, nth, error) for call, nth in places(program, kind) for error in asked.errors.split(",")]
    random.Random(asked.seed).shuffle(draws)
    count, end = Count(), time.monotonic() + asked.seconds
    draws = draws[asked.skip:]
    for call, nth, error in draws:
        if time.monotonic() > end:
            break
        with tempfile.TemporaryDirectory() as home:
            one = start(program, home, kind, inject=f"{call}:error={error}:when={nth}")
            other = start(program, home, kind, name="m") if beside else None
            alls = [Said(process) for process in (one, other) if process]
            count.look(f"{call} #{nth} {error}", home, kind, alls, "nm")
    what = "two writers, one call of one failing" if beside else "one call failing"
    print(f"{kind}: {count.runs} of {len(draws)} runs with {what}: {count}")
    return count.failed()


def exchange(path, change):
    """Changes a file as a careful editor does: what is replaced must be what was read. Says whether it did."""
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        before = open(path, encoding="utf-8").read()
    except FileNotFoundError:
        return False
    after = change(before)
    if after is None:
        return False
    new = f"{os.path.dirname(path)}/.outside-{os.getpid()}"
    with open(new, "w", encoding="utf-8") as file:
        file.write(after)
    # AT_FDCWD, RENAME_EXCHANGE
    if libc.renameat2(-100, new.encode(), -100, path.encode(), 2):
        os.remove(new)
        return False
    if open(new, encoding="utf-8").read() == before:
        os.remove(new)
        return True
    # Somebody else has written it meanwhile: that counts, and this one tries again.
    if libc.renameat2(-100, new.encode(), -100, path.encode(), 2):
        return False
    if open(new, encoding="utf-8").read() != after:
        # And once more between the two: the newest counts, and what it stood in for lies beside it.
        libc.renameat2(-100, new.encode(), -100, path.encode(), 2)
        stem, ending = os.path.splitext(path)
        os.rename(new, f"{stem}-other-{time.monotonic_ns()}{ending}")
        return False
    os.remove(new)
    return False


ENTRIES = {
    "Topics": '\n[[topic]]\nid = "o-%d"\nname = "o %d"\nterms = ["o %d"]\n',
    "Tour": '\n[[stop]]\nid = "o%d"\nremark = "o %d"\n\n[stop.left]\ntext = "embedded:power-from-below"\npassage = 1\nexact = "o %d"\n',
    "Links": '\n[[link]]\nid = "o%d"\nrelation = "contrasts"\nremark = "o %d"\nbetween = [\n'
             '  { text = "embedded:power-from-below", passage = 1, exact = "one %d" },\n'
             '  { text = "embedded:power-from-below", passage = 1, exact = "other" },\n]\n',
}


def outside(program, kind, asked):
    count, end, dice, written = Count(), time.monotonic() + asked.seconds, random.Random(asked.seed), 0
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory() as home:
            process = start(program, home, kind, count=100000)
            # On a busy machine it takes a while until it has begun.
            begun, latest = f"{home}{PLACE}/" + ("notes" if kind == "Notes" else f"{kind.lower()}.toml"), time.monotonic() + 30
            while not os.path.exists(begun) and time.monotonic() < latest:
                time.sleep(0.01)
            mine, until = [], time.monotonic() + 1.5
            while time.monotonic() < until:
                time.sleep(dice.uniform(0.002, 0.05))
                nth = len(mine) + 1
                if kind == "Notes":
                    notes = [n for n in glob.glob(f"{home}{PLACE}/notes/*.md")]
                    done = notes and exchange(max(notes), lambda text: text.rstrip("\n") + f"\no {nth}\n" if "o " not in text else None)
                else:
                    entry = ENTRIES[kind].replace("%d", str(nth))
                    done = exchange(f"{home}{PLACE}/{kind.lower()}.toml", lambda text: text.rstrip("\n") + "\n" + entry)
                mine += [f"o {nth}"] if done else []
            process.kill()
            said = Said(process)
            said.ran = True
            written += len(mine)
            words, _ = kept(home, kind, "o")
            beside = aside(home)
            lost = [w for w in mine if w not in words]
            held = [w for w in lost if is_in(beside, w)]
            lost = [w for w in lost if w not in held]
            count.lost += len(lost)
            if lost or held:
                print(f"  {kind}, outside: of the other program lost {lost}, beside the file {held}")
            # A note that the other program has changed stays, though it was to go.
            said.gone = [] if kind == "Notes" else said.gone
            count.look("outside", home, kind, [said], "n", beside)
    print(f"{kind}: {count.runs} runs beside another program, which wrote {written} times: {count}")
    return count.failed()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ways", default="kills,errors,writers,outside")
    parser.add_argument("--kinds", default="Notes,Tour,Links,Topics")
    parser.add_argument("--errors", default="ENOSPC,EIO,EROFS,EDQUOT,EINVAL")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip", type=int, default=0, help="errors, writers: so many of the draws of this seed were tried before")
    parser.add_argument("--binary", help="the test binary, where it is built already")
    asked = parser.parse_args()
    program = os.path.abspath(asked.binary or binary())
    ways = {"kills": kills, "errors": errors, "writers": lambda *a: errors(*a, beside=True), "outside": outside}
    failed = False
    for way in asked.ways.split(","):
        for kind in asked.kinds.split(","):
            failed |= ways[way](program, kind, asked)
            sys.stdout.flush()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
