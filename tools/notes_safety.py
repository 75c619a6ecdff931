#!/usr/bin/env python3
"""Saves notes, stops, links and topics while the system calls of saving fail in turn: nothing called saved may be lost.

  tools/notes_safety.py [--kills 200] [--errors ENOSPC,EIO,EROFS,EDQUOT,EINVAL] [--kinds Notes,Tour,Links,Topics]
                        [--binary FILE]

Runs the project's own test binary (built with `cargo test --no-run`), whose process saves a few notes and says of each
whether it is saved. First with `kill -9` at random moments (the test does that itself), then under
`strace -e inject`: each openat, write, fsync, rename and unlink that touches the notes' folder fails once, with each
error. Afterwards every note called saved must be there, every file must parse, and what failed must have been said.
"""
import argparse, collections, glob, json, os, re, subprocess, sys, tempfile, tomllib

CHILD = "notes_safety::saves_notes_in_a_process_of_its_own"
CALLS = "openat,write,fsync,rename,renameat,renameat2,linkat,unlink,unlinkat,fchmod,chmod,mkdir"


def binary():
    said = subprocess.run(["cargo", "test", "--test", "it", "--no-run", "--message-format=json"], capture_output=True, text=True, check=True)
    found = [json.loads(line).get("executable") for line in said.stdout.splitlines() if '"executable":"' in line]
    return found[-1]


def save(program, home, kind, inject=None, trace=None):
    env = dict(os.environ, DIPTYCH_TEST_HOME=home, DIPTYCH_TEST_SAVES="n 5")
    if kind != "Notes":
        env["DIPTYCH_TEST_KIND"] = kind
    command = [program, "--exact", CHILD, "--ignored", "--nocapture", "--test-threads=1"]
    if trace or inject:
        strace = ["strace", "-f", "-y", "-o", trace or "/dev/null", "-e", f"trace={CALLS}"]
        if inject:
            strace += ["-e", "inject=" + inject]
        command = strace + command
    run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    return re.findall(r"^(?:test .* )?(saved|failed) (n \d+)", run.stdout, re.M), run


def kept(home, kind):
    words, broken = [], []
    if kind != "Notes":
        path = home + f"/.local/share/diptych/libraries/embedded/{kind.lower()}.toml"
        text = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            broken.append(path)
        return re.findall(r'"(n \d+)"', text), broken
    for path in glob.glob(home + "/.local/share/diptych/libraries/embedded/notes/*.md"):
        text = open(path, encoding="utf-8").read()
        parts = text.split("---\n")
        if len(parts) < 3 or "created: " not in parts[1]:
            broken.append(path)
        words += re.findall(r"^n \d+$", text, re.M)
    return words, broken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--errors", default="ENOSPC,EIO,EROFS,EDQUOT,EINVAL")
    parser.add_argument("--kinds", default="Notes,Tour,Links,Topics")
    parser.add_argument("--binary", help="the test binary, where it is built already")
    asked = parser.parse_args()
    program = asked.binary or binary()
    if asked.kills:
        killed = subprocess.run([program, "--exact", "notes_safety::killed_at_any_moment_nothing_that_was_called_saved_is_lost", "--nocapture"],
                                env=dict(os.environ, DIPTYCH_TEST_KILLS=str(asked.kills)), capture_output=True, text=True)
        line = [l for l in killed.stdout.splitlines() if "kills," in l]
        print(*(line or ["kill -9: FAILED", killed.stdout, killed.stderr]))
        if killed.returncode:
            sys.exit(1)
    failed = False
    for kind in asked.kinds.split(","):
        failed |= inject(program, kind, asked.errors.split(","))
    sys.exit(1 if failed else 0)


def inject(program, kind, errors):
    """Fails each call that touches what is kept, once with each error. Says whether anything was lost."""
    # Which calls these are, counted as strace counts them: by thread.
    with tempfile.TemporaryDirectory() as home:
        trace = home + ".trace"
        save(program, home, kind, trace=trace)
        counts, places = collections.Counter(), []
        for line in open(trace):
            if not (m := re.match(r"(\d+) +(\w+)\(", line)):
                continue
            counts[m[1], m[2]] += 1
            if "/notes" in line or "/embedded" in line:
                places.append((m[2], counts[m[1], m[2]]))
        os.remove(trace)
    runs = lost = silent = 0
    by_call = collections.Counter()
    for call, nth in places:
        for error in errors:
            with tempfile.TemporaryDirectory() as home:
                told, run = save(program, home, kind, inject=f"{call}:error={error}:when={nth}")
                words, broken = kept(home, kind)
                runs += 1
                by_call[call] += 1
                missing = [w for state, w in told if state == "saved" and w not in words]
                if missing or broken:
                    lost += 1
                    print(f"{kind}: {call} #{nth} {error}: lost {missing}, broken {broken}")
                failed = [w for state, w in told if state == "failed"]
                if "when listing tests" in run.stderr:
                    # strace counts calls by thread: it was the test harness that failed, before anything was saved.
                    continue
                if len(told) < 5 and not failed:
                    silent += 1
                    print(f"{kind}: {call} #{nth} {error}: ended after {told}: {run.stdout[-300:]} {run.stderr[-300:]}")
    calls = ", ".join(f"{n} {call}" for call, n in sorted(by_call.items()))
    print(f"{kind}: {runs} runs with one call failing ({calls}): {lost} lost or broke what was called saved, {silent} ended without a word")
    return bool(lost or silent)


if __name__ == "__main__":
    main()
