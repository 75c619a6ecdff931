//! Sleeping until the terminal or a worker has something to say.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, IsTerminal as _, PipeReader, PipeWriter, Read as _, Write as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::sync::Arc;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::output::Output;

/// The pipe that wakes the session, and the terminal it reads from.
#[derive(Debug)]
pub(super) struct Wake {
    reader: PipeReader,
    writer: Arc<PipeWriter>,
    /// Where keys come from when standard input is not the terminal.
    tty: Option<File>,
}

/// Wakes the session from another thread. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Waker(Arc<PipeWriter>);

/// What the session was woken by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Woken(u8);

impl Woken {
    /// There are keys to read.
    pub(super) const TERMINAL: Self = Self(1);
    /// The terminal is gone.
    pub(super) const GONE: Self = Self(2);
    /// Another thread, or a signal, has something to say.
    pub(super) const RUNG: Self = Self(4);

    /// Whether it was (also) this.
    pub(super) fn contains(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Wake {
    pub(super) fn new() -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        rustix::io::ioctl_fionbio(&writer, true)?;
        let tty = if io::stdin().is_terminal() { None } else { Some(terminal()?) };
        Ok(Self { reader, writer: Arc::new(writer), tty })
    }

    /// What wakes the session.
    pub(super) fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.writer))
    }

    /// The end of the pipe that wakes the session, for signals.
    pub(super) fn writer(&self) -> io::Result<PipeWriter> {
        self.writer.try_clone()
    }

    /// Reads what there is from the terminal; nothing means that it is gone.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let stdin = io::stdin();
        let keys: BorrowedFd<'_> = self.tty.as_ref().map_or(stdin.as_fd(), AsFd::as_fd);
        Ok(rustix::io::retry_on_intr(|| rustix::io::read(keys, &mut *buffer))?)
    }

    /// Sleeps until woken by anything but the terminal, which another program reads from meanwhile, or until `time` is
    /// over.
    pub(super) fn rest(&mut self, time: Duration) {
        let time = Timespec { tv_sec: time.as_secs() as i64, tv_nsec: i64::from(time.subsec_nanos()) };
        let rung = poll(&mut [PollFd::new(&self.reader, PollFlags::IN)], Some(&time));
        if rung.is_ok_and(|count| count > 0) {
            let _ = self.reader.read(&mut [0; 512]);
        }
    }

    /// Sleeps until woken, or until `time` is over. Where there is an `output`, that it takes something again wakes too.
    pub(super) fn sleep(&mut self, time: Option<Duration>, output: Option<&Output>) -> io::Result<Woken> {
        let stdin = io::stdin();
        let keys: BorrowedFd<'_> = self.tty.as_ref().map_or(stdin.as_fd(), AsFd::as_fd);
        let mut fds = vec![PollFd::from_borrowed_fd(keys, PollFlags::IN), PollFd::new(&self.reader, PollFlags::IN)];
        fds.extend(output.map(|output| PollFd::new(output, PollFlags::OUT)));
        let time = time.map(|t| Timespec { tv_sec: t.as_secs() as i64, tv_nsec: i64::from(t.subsec_nanos()) });
        match poll(&mut fds, time.as_ref()) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(Woken(0)),
            Err(e) => return Err(e.into()),
        }
        let (terminal, pipe) = (fds[0].revents(), fds[1].revents());
        let rung = pipe.contains(PollFlags::IN);
        if rung {
            // However often it was rung, once is enough.
            let mut rung = [0; 512];
            let _ = self.reader.read(&mut rung)?;
        }
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        let by_terminal = if terminal.intersects(gone) {
            Woken::GONE
        } else if terminal.contains(PollFlags::IN) {
            Woken::TERMINAL
        } else {
            Woken(0)
        };
        Ok(Woken(by_terminal.0 | if rung { Woken::RUNG.0 } else { 0 }))
    }
}

/// The terminal that the screen is drawn on, to read keys from. Apple's `poll` answers for a terminal by its own name, but
/// not by the name that stands for whichever it is (`POLLNVAL`, as if it were gone): there its own name is tried first.
fn terminal() -> io::Result<File> {
    let own = || {
        let name = rustix::termios::ttyname(io::stdout(), Vec::new()).ok()?;
        File::open(OsStr::from_bytes(name.as_bytes())).ok()
    };
    let own = if cfg!(target_vendor = "apple") { own() } else { None };
    own.map_or_else(|| File::open("/dev/tty"), Ok)
}

impl Waker {
    /// Wakes the session. A full pipe has woken it already.
    pub(super) fn wake(&self) {
        let _ = (&*self.0).write(&[1]);
    }
}
