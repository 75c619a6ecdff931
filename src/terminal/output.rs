//! Writing to a terminal that may not take anything more: a window that is stopped, a connection that hangs.
//!
//! The session never waits for such a terminal. What it cannot take now is kept by the screen until it can, and the keys
//! and signals that come meanwhile are answered as ever.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{Action, QueueSelector, tcflow, tcflush, ttyname};

/// How long the terminal is given to take what gives it back to the shell; then what it has not shown yet is thrown
/// away, and it is given as long again.
const PATIENCE: Duration = Duration::from_millis(250);

/// The terminal that is written to. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Output(Arc<File>);

impl Output {
    /// The terminal that standard output leads to.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(Arc::new(opened().map_or_else(standard, Ok)?)))
    }

    /// Writes as many of `bytes` as the terminal takes now, and answers how many those were.
    pub(super) fn push(&self, bytes: &[u8]) -> io::Result<usize> {
        match (&*self.0).write(bytes) {
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Ok(0),
            written => written,
        }
    }

    /// Writes all of `bytes`, for whoever comes after. A terminal that is gone needs nothing any more; one that takes
    /// nothing is made to.
    pub(super) fn insist(&self, bytes: &[u8]) {
        let begin = Instant::now();
        let mut left = bytes;
        let mut pressed = false;
        while !left.is_empty() {
            match self.push(left) {
                Ok(0) if begin.elapsed() > 2 * PATIENCE => return,
                Ok(0) => {
                    if !pressed && begin.elapsed() > PATIENCE {
                        pressed = true;
                        let _ = tcflow(&self.0, Action::OOn);
                        let _ = tcflush(&self.0, QueueSelector::OFlush);
                    }
                    self.wait();
                }
                Ok(count) => left = &left[count..],
                Err(_) => return,
            }
        }
    }

    /// Sleeps until more can be written, but not long.
    fn wait(&self) {
        let time = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
        let _ = poll(&mut [PollFd::new(&*self.0, PollFlags::OUT)], Some(&time));
    }
}

impl AsFd for Output {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// The terminal opened anew, so that it can be written to without waiting: that is a property of what was opened, and
/// what standard output leads to is shared with the shell.
fn opened() -> Option<File> {
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let by_name =
        ttyname(io::stdout(), Vec::new()).ok().and_then(|name| rustix::fs::open(name, flags, Mode::empty()).ok());
    by_name.or_else(|| rustix::fs::open("/dev/tty", flags, Mode::empty()).ok()).map(File::from)
}

/// What standard output leads to, where it cannot be opened anew. Writing to it waits.
fn standard() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}
