#!/usr/bin/env python3
"""How long a stop takes from the leader's key to every screen: one session that presents, ten that follow, a second screen.

    python3 tools/room.py target/release/diptych [FOLLOWERS]

Needs Linux and Python, nothing else. A folder of its own holds the sockets and homes. The leader presents a tour of four stops, and each key is the
number of one. Prints the median and the worst of twenty keys, from the key to the first byte of its frame and to the last one: for the leader's
screen with nobody listening, with programs that only take what is shown, with followers in terminals, and with one of these stopped; and for the
last of those that listen.
"""
import fcntl, os, pty, select, signal, socket, statistics, struct, sys, tempfile, termios, time

PROGRAM = os.path.abspath(sys.argv[1])
FOLLOWERS = int(sys.argv[2]) if len(sys.argv) > 2 else 10
PAIR = ["embedded:the-party-as-instrument", "embedded:power-from-below"]
HOME = tempfile.mkdtemp()
RUNTIME = os.path.join(HOME, "run")
os.mkdir(RUNTIME, 0o700)


class Screen:
    def __init__(self, name, *arguments):
        home = os.path.join(HOME, name)
        os.makedirs(home, exist_ok=True)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environment = {"TERM": "xterm-256color", "HOME": home, "XDG_RUNTIME_DIR": RUNTIME}
            os.execve(PROGRAM, [PROGRAM, *arguments], environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def keys(self, keys):
        os.write(self.fd, keys.encode())

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def settle(screens, quiet):
    """Takes in what is written until nothing more comes for so long; the second screen shows the time once a second."""
    end = time.monotonic() + 4 * quiet
    while time.monotonic() < end:
        ready, _, _ = select.select([s.fd for s in screens], [], [], quiet)
        if not ready:
            return
        for screen in screens:
            if screen.fd in ready:
                os.read(screen.fd, 1 << 16)


# Frames are written in one piece, or in pieces that follow each other at once.
BETWEEN_FRAMES = 0.08


def frames(screens, begun, within):
    """For each screen when the first byte and the last byte of what it shows after `begun` were written."""
    times = {}
    while time.monotonic() - begun < within:
        late = [t[1] for t in times.values()]
        if len(times) == len(screens) and time.monotonic() - begun - max(late) > BETWEEN_FRAMES:
            break
        ready, _, _ = select.select([s.fd for s in screens], [], [], 0.02)
        now = time.monotonic() - begun
        for screen in screens:
            if screen.fd in ready:
                os.read(screen.fd, 1 << 16)
                before = times.setdefault(screen, (now, now))
                if now - before[1] <= BETWEEN_FRAMES:
                    times[screen] = (before[0], now)
    return [times.get(screen, (within, within)) for screen in screens]


class Socket:
    """A program that wants to know what is shown, and draws nothing."""

    def __init__(self, process):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(os.path.join(RUNTIME, "diptych", f"{process}.sock"))
        self.socket.sendall(b'{"v":1,"do":"subscribe"}\n')
        self.fd = self.socket.fileno()


def measured(leader, others, count=20):
    own, last = [], []
    for turn in range(count):
        settle([leader, *others], 0.3)
        begun = time.monotonic()
        leader.keys("1324"[turn % 4])
        times = frames([leader, *others], begun, 5)
        own.append(times[0])
        if others:
            last.append((max(t[0] for t in times[1:]), max(t[1] for t in times[1:])))
    return said(own), said(last) if others else ""


def said(times):
    of = lambda what, times: f"{what} median {statistics.median(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms"
    return of("first byte", [t[0] for t in times]) + "; " + of("whole", [t[1] for t in times])


leader = Screen("leader", *PAIR)
settle([leader], 3)
for topic in ["democratic centralism", "worker control", "kronstadt", "party dictatorship"]:
    for keys in ["t", topic, "\r", "P"]:
        leader.keys(keys)
        settle([leader], 0.5)
leader.keys("gp")
settle([leader], 0.5)
# Without the time, which would be drawn every second.
leader.keys("c")
print("leader alone:     ", measured(leader, [])[0])
sockets = [Socket(leader.pid) for _ in range(FOLLOWERS)]
own, last = measured(leader, sockets)
print(f"leader with {FOLLOWERS} sockets:", own)
print("the last of them: ", last)
for one in sockets:
    one.socket.close()
others = [Screen(f"follower-{n}", "follow") for n in range(FOLLOWERS)] + [Screen("speaker", "tour", "speak")]
settle([leader, *others], 4)
own, last = measured(leader, others)
print(f"leader with {len(others)}:   ", own)
print("the last of them: ", last)
# One that hangs, with all the others.
os.kill(others[0].pid, signal.SIGSTOP)
own, last = measured(leader, others[1:])
print("one hangs, leader:", own)
print("the last:         ", last)
for screen in [leader, *others]:
    screen.end()
