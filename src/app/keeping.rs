//! Keeping what the reader makes: it goes to a worker, and whether it is kept comes back.
//!
//! What a file is to have is said, not what is to be done to it: so asking twice does no harm, and of two orders about
//! one thing only the later counts. What could not be kept stays here, is tried again with the next thing that is made,
//! and at the end of the session once more.

use super::App;
use super::command::Context;
use super::commands::command;
use super::work::keep::Keep;
use crate::app::journal::Made;
use crate::model::keeping::{KeepOrder, Kept, Record, RecordKey};
use crate::text::clean::Clean;

/// What is not known to be kept, in the order it was made.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    pending: Vec<Pending>,
    /// Whether the reader was told that leaving would lose something.
    warned: bool,
}

#[derive(Debug)]
struct Pending {
    order: KeepOrder,
    /// Why it was not kept; `None` while it is under way.
    failed: Option<Clean>,
}

impl App {
    /// Has something kept.
    pub(super) fn keep(&mut self, record: Record) {
        let key = record.key();
        self.made.keeping.pending.retain(|p| p.order.record.key() != key);
        self.made.keeping.warned = false;
        self.keep_again();
        let order = KeepOrder { number: self.numbers.next(), record };
        self.made.keeping.pending.push(Pending { order: order.clone(), failed: None });
        self.ask_for(Keep(order));
    }

    /// Tries again what could not be kept. Says how many things that are.
    pub(super) fn keep_again(&mut self) -> usize {
        let mut again = Vec::new();
        for pending in self.made.keeping.pending.iter_mut().filter(|p| p.failed.is_some()) {
            pending.failed = None;
            again.push(pending.order.clone());
        }
        let count = again.len();
        for keep in again {
            self.ask_for(Keep(keep));
        }
        count
    }

    pub(super) fn kept(&mut self, number: u64, result: Result<Kept, Clean>) {
        let Some(at) = self.made.keeping.pending.iter().position(|p| p.order.number == number) else { return };
        match result {
            Ok(done) => {
                self.watch_files();
                let pending = self.made.keeping.pending.remove(at);
                if matches!(pending.order.record, Record::Judgement { .. }) {
                    // The file knows when it was made, and what others have written meanwhile.
                    self.find_own();
                    self.read_silences();
                }
                match done {
                    Kept::Plain => {}
                    Kept::Aside(line) => self.notice = Some(line),
                    Kept::Note(done) => self.note_done(*done),
                }
                if self.made.keeping.warned && self.made.keeping.pending.is_empty() {
                    self.made.keeping.warned = false;
                    self.tell("all is saved now");
                }
            }
            Err(line) => {
                let line = match self.made.keeping.pending[at].order.record {
                    Record::Note(_) => self.with_way_out(&line),
                    _ => line,
                };
                self.made.keeping.pending[at].failed = Some(line.clone());
                if self.made.keeping.warned {
                    self.warn(&line);
                } else {
                    self.notice = Some(line);
                }
            }
        }
    }

    /// Why a note was not saved, with the key that saves it elsewhere before the reason, which may be long.
    fn with_way_out(&self, line: &Clean) -> Clean {
        let why = line.as_str().strip_prefix("not saved: ").unwrap_or(line.as_str());
        let key = self.keys.keymap.first_key(Context::Reading, command!("save-notes-to")).unwrap_or_default();
        Clean::line(&format!("not saved, {key} saves it elsewhere: {why}"))
    }

    /// Whether the reader may leave: not at once where something could not be kept. It is tried again meanwhile.
    pub(super) fn may_leave(&mut self) -> bool {
        let Some(why) = self.made.keeping.pending.iter().find_map(|p| p.failed.clone()) else { return true };
        if self.made.keeping.warned {
            return true;
        }
        self.made.keeping.warned = true;
        self.warn(&why);
        self.keep_again();
        false
    }

    fn warn(&mut self, why: &Clean) {
        let count = self.made.keeping.pending.len();
        let key = self.keys.keymap.first_key(Context::Reading, command!("quit")).unwrap_or_default();
        let (things, them) = if count == 1 { ("thing is", "it") } else { ("things are", "them") };
        self.tell(format!("{count} {things} not saved; {key} again leaves without {them}. {why}"));
    }
}

impl Made {
    /// An order needs not be carried out any more.
    pub(super) fn forget(&mut self, key: &RecordKey) {
        self.keeping.pending.retain(|p| p.order.record.key() != *key);
    }

    /// What could not be kept needs not be tried again: the reader is about to make it anew.
    pub(super) fn forget_failed(&mut self, key: &RecordKey) {
        self.keeping.pending.retain(|p| p.failed.is_none() || p.order.record.key() != *key);
    }

    /// Whether something about this is not known to be kept.
    pub(super) fn is_unkept(&self, key: &RecordKey) -> bool {
        self.keeping.pending.iter().any(|p| p.order.record.key() == *key)
    }

    /// How many things could not be kept.
    pub fn unsaved(&self) -> usize {
        self.keeping.pending.iter().filter(|p| p.failed.is_some()).count()
    }

    /// Everything that is not known to be kept: to be tried once more when the session ends.
    pub fn unkept(&self) -> Vec<KeepOrder> {
        self.keeping.pending.iter().map(|p| p.order.clone()).collect()
    }
}
