//! Commands of the reader's own: programs that get what is selected, read and paired, and may answer with a message or the
//! words of a note. One runs at a time, on a worker; Esc stops it.

mod running;

use std::ops::Range;
use std::sync::Arc;

use crate::app::work::ticket::Ticket;
use crate::model::open::Open;

/// What the reader's own commands are doing.
#[derive(Debug, Default)]
pub struct Hooks {
    running: Option<Running>,
    /// What was said last, under the name of who said it.
    said: (String, String),
    /// Whether that is still to be shown, as soon as nothing lies over the texts.
    waits: bool,
}

/// A command under way.
#[derive(Debug)]
struct Running {
    name: String,
    /// What it was asked about, and what its note will be on.
    about: Option<(Arc<Open>, Range<usize>)>,
    /// Held as long as the answer is wanted.
    _ticket: Ticket,
}

impl Hooks {
    /// The name of the command that runs.
    pub fn running(&self) -> Option<&str> {
        self.running.as_ref().map(|running| running.name.as_str())
    }

    /// What was said last, and the name of who said it before it.
    pub fn said(&self) -> (&str, &str) {
        (&self.said.0, &self.said.1)
    }

    /// Nothing runs any more.
    pub(in crate::app) fn forget(&mut self) {
        self.running = None;
    }
}
