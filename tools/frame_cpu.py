#!/usr/bin/env python3
"""How much processor time the thread that draws takes for a key, in a real terminal session.

  tools/frame_cpu.py [--diptych target/release/diptych] [--wait SECONDS] [--keys NAME=KEYS ...] LEFT RIGHT

Opens the two texts in a pty of 160 columns and 48 rows, waits until their study has come to rest (or for so long), then
presses each key 20 times, a fifth of a second apart, and prints for each: the median and the worst of the processor time
of the first thread for one frame (ms, from /proc; a key has one frame of its own, and one more when what it asked for
has been found), the frames, and the bytes that the key's own and the later frames took together. Last it keeps still for two seconds and prints what that cost. Unlike the
time to the screen, these figures hardly depend on what else the machine does. Linux only.
"""
import argparse, fcntl, os, pty, select, shutil, signal, statistics, struct, sys, tempfile, termios, time

KEYS = {
    "line": "j", "page": " ", "page back": "b", "passage": "J", "end": "G", "top": "gg", "focus": "\t",
    "list open": "t", "list shut": "\x1b", "help open": "?", "help shut": "\x1b",
}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--diptych", default="target/release/diptych")
    p.add_argument("--wait", type=float, default=60)
    p.add_argument("--keys", action="append", default=[], metavar="NAME=KEYS")
    p.add_argument("left")
    p.add_argument("right")
    a = p.parse_args()
    keys = dict(k.split("=", 1) for k in a.keys) or KEYS
    binary, home = os.path.abspath(a.diptych), tempfile.mkdtemp()
    texts = [os.path.abspath(t) if os.path.exists(t) else t for t in (a.left, a.right)]
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 48, 160, 0, 0))
        os.execve(binary, [binary, *texts], {"HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"})

    def read(seconds):
        """What is written until so many seconds have passed."""
        end, said = time.monotonic() + seconds, b""
        while (left := end - time.monotonic()) > 0:
            if select.select([fd], [], [], left)[0]:
                said += os.read(fd, 1 << 16)
        return said

    def cpu(whole=False):
        """Milliseconds of the first thread, or of all."""
        tasks = os.listdir(f"/proc/{pid}/task") if whole else [str(pid)]
        return sum(int(open(f"/proc/{pid}/task/{t}/schedstat").read().split()[0]) for t in tasks) / 1e6

    def measure():
        begin = time.monotonic()
        read(1)
        print(f"until a second after the start: {cpu():.2f} ms in the first thread, {cpu(True):.0f} ms in all")
        while time.monotonic() - begin < a.wait:
            before = cpu(True)
            read(0.5)
            if cpu(True) - before < 1:
                break
        peak = next(line.split()[1] for line in open(f"/proc/{pid}/status") if line.startswith("VmHWM"))
        passed = time.monotonic() - begin
        print(f"studied after {passed:.1f} s, {cpu(True):.0f} ms of processor; peak memory {int(peak) / 1024:.1f} MiB")
        samples = {name: [] for name in keys}
        for _ in range(20):
            for name, pressed in keys.items():
                before = cpu()
                os.write(fd, pressed.encode())
                said = read(0.2)
                frames = max(1, said.count(b"\x1b[?2026h"))
                samples[name].append(((cpu() - before) / frames, frames, len(said)))
        for name, got in samples.items():
            ms, frames, written = zip(*got)
            print(f"{name:10} {statistics.median(ms):6.2f} ms a frame, at most {max(ms):6.2f};"
                  f" {statistics.median(frames):2.0f} frames, {statistics.median(written):6.0f} bytes")
        before = cpu(True)
        print(f"two seconds of nothing: {len(read(2))} bytes, {cpu(True) - before:.2f} ms")

    try:
        measure()
    finally:
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
