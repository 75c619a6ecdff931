//! Signals: asked to end, to stop, or told of a new size.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{SigId, flag, low_level};

use super::wake::Wake;

/// Signals that ask for an end.
const ENDING: [i32; 3] = [SIGTERM, SIGHUP, SIGINT];

/// What signals have come since it was last asked.
#[derive(Debug)]
pub(super) struct Signals {
    ending: [Arc<AtomicBool>; 3],
    stopping: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
}

impl Signals {
    /// Notes signals from now on, and wakes the session for them.
    pub(super) fn listen(wake: &Wake) -> io::Result<Self> {
        let note = |signal| -> io::Result<Arc<AtomicBool>> {
            let noted = Arc::new(AtomicBool::new(false));
            flag::register(signal, Arc::clone(&noted))?;
            low_level::pipe::register(signal, OwnedFd::from(wake.writer()?))?;
            Ok(noted)
        };
        Ok(Self {
            ending: [note(ENDING[0])?, note(ENDING[1])?, note(ENDING[2])?],
            stopping: note(SIGTSTP)?,
            resized: note(SIGWINCH)?,
        })
    }

    /// The signal that asks for an end, if one came.
    pub(super) fn ending(&self) -> Option<i32> {
        ENDING.into_iter().zip(&self.ending).find(|(_, came)| came.load(Ordering::Relaxed)).map(|(s, _)| s)
    }

    /// Forgets that an interrupt came: it was meant for another program that had the terminal.
    pub(super) fn forget_interrupt(&self) {
        for (signal, came) in ENDING.into_iter().zip(&self.ending) {
            if signal == SIGINT {
                came.store(false, Ordering::Relaxed);
            }
        }
    }

    /// The signal that asks for an end, if one came that is not meant for another program that has the terminal.
    pub(super) fn ending_for_good(&self) -> Option<i32> {
        self.ending().filter(|signal| *signal != SIGINT)
    }

    /// Has the end of a child process wake the session until the answer is dropped.
    pub(super) fn hear_children(wake: &Wake) -> io::Result<Hearing> {
        Ok(Hearing(low_level::pipe::register(SIGCHLD, OwnedFd::from(wake.writer()?))?))
    }

    /// Whether the shell asked the session to stop for a while.
    pub(super) fn stopping(&self) -> bool {
        self.stopping.swap(false, Ordering::Relaxed)
    }

    /// Whether the terminal has another size.
    pub(super) fn resized(&self) -> bool {
        self.resized.swap(false, Ordering::Relaxed)
    }
}

/// The end of a child process wakes the session as long as this is there.
#[derive(Debug)]
pub(super) struct Hearing(SigId);

impl Drop for Hearing {
    fn drop(&mut self) {
        low_level::unregister(self.0);
    }
}

/// Stops this process, as Ctrl-Z does; returns when it is continued.
pub(super) fn stop() {
    // A stop that cannot be had is no stop: the session goes on.
    let _ = low_level::emulate_default_handler(SIGTSTP);
}
