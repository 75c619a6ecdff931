#!/usr/bin/env python3
"""What a first user does with a fresh `diptych`, in a terminal of 80 by 24: the pair that comes with it opens, a topic brings both
texts to its closest pair, `q` leaves. For tools/try_packages.sh; needs nothing but Python.

    python3 tools/first_session.py"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time

PATIENCE = 60  # seconds: for a machine that does other things besides


def main():
    home = tempfile.mkdtemp()
    os.environ.update(HOME=home, TERM="xterm-256color", LANG="C.UTF-8")
    for command in (["--version", "--verbose"], ["passages", "embedded:introduction"], ["check"], ["doctor"]):
        done = subprocess.run(["diptych", *command], cwd=home, capture_output=True, text=True)
        if done.returncode or not done.stdout:
            sys.exit(f"diptych {' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
    session = Session(home)
    # Both titles stand in the heads; then the list of topics; then the footer counts the treatments.
    for keys, expected in (("", r"Party as Instr.*Power from"), ("t", r"Topics"), ("\r", r"treatment +\d+/")):
        session.press(keys)
        session.wait_for(expected)
    session.press("q")
    code = session.end()
    if code:
        sys.exit(f"q left with {code}")


class Session:
    def __init__(self, home):
        self.seen = ""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.chdir(home)
            os.execvp("diptych", ["diptych"])

    def press(self, keys):
        self.seen = ""
        os.write(self.terminal, keys.encode())

    def read(self):
        try:
            return os.read(self.terminal, 65536).decode("utf-8", "replace")
        except OSError:  # it has ended
            return ""

    def wait_for(self, expected):
        until = time.monotonic() + PATIENCE
        while not re.search(expected, re.sub(r"\x1b\[[0-9;:?<>=]*[a-zA-Z]", " ", self.seen), re.S):
            if time.monotonic() > until:
                sys.exit(f"no {expected} within {PATIENCE} s:\n{self.seen}")
            if select.select([self.terminal], [], [], 1)[0]:
                self.seen += self.read()

    def end(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.read()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        sys.exit("q did not leave")


if __name__ == "__main__":
    main()
