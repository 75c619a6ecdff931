//! Keeping what the reader makes: it goes to a worker, and whether it is kept comes back.
//!
//! What a file is to have is said, not what is to be done to it: so asking twice does no harm, and of two orders about
//! one thing only the later counts. What could not be kept stays here, is tried again after a while and with the next
//! thing that is made, and at the end of the session once more.

use std::time::Duration;

use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::keys::Keys;
use crate::app::made::{Made, Pending};
use crate::app::message::{Effect, Timer};
use crate::app::out::Out;
use crate::app::work::keep::Keep;
use crate::model::keeping::{KeepOrder, Record, RecordKey};
use crate::text::clean::Clean;

/// So long after a failure it is tried again by itself.
const AGAIN: Duration = Duration::from_secs(5);

impl Made {
    /// An order was carried out. Answers with what it was, and whether that had failed before; `None` where it is not
    /// waited for any more.
    pub(in crate::app) fn kept(&mut self, number: u64) -> Option<(Record, bool)> {
        let at = self.keeping.pending.iter().position(|p| p.order.number == number)?;
        let pending = self.keeping.pending.remove(at);
        Some((pending.order.record, pending.tried.is_some()))
    }

    /// An order could not be carried out, for this reason.
    pub(in crate::app) fn not_kept(&mut self, keys: &Keys, out: &mut Out, number: u64, line: Clean) {
        let Some(pending) = self.keeping.pending.iter_mut().find(|p| p.order.number == number) else { return };
        let line = match pending.order.record {
            Record::Note(_) => keys.with_way_out(&line),
            _ => line,
        };
        pending.failed = Some(line.clone());
        pending.tried = Some(line.clone());
        let aloud = std::mem::take(&mut pending.aloud);
        self.try_later(out);
        if self.keeping.warned && aloud {
            self.warn(keys, out, &line);
        } else if aloud {
            out.notice = Some(line.into());
        }
    }

    /// Whether all is saved now that the reader was told was not; once.
    pub(in crate::app) fn is_saved_after_warning(&mut self) -> bool {
        let is_saved = self.keeping.warned && self.keeping.pending.is_empty();
        self.keeping.warned &= !is_saved;
        is_saved
    }

    /// An order needs not be carried out any more.
    pub(in crate::app) fn forget(&mut self, key: &RecordKey) {
        self.keeping.pending.retain(|p| p.order.record.key() != *key);
    }

    /// Drops an order that failed: the reader is about to make the thing again.
    pub(in crate::app) fn forget_failed(&mut self, key: &RecordKey) {
        self.keeping.pending.retain(|p| p.failed.is_none() || p.order.record.key() != *key);
    }

    /// Whether something about this is not known to be kept.
    pub(in crate::app) fn is_unkept(&self, key: &RecordKey) -> bool {
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

    /// Has what could not be kept tried again after a while.
    fn try_later(&mut self, out: &mut Out) {
        if !std::mem::replace(&mut self.keeping.again, true) {
            out.effect(Effect::Later(AGAIN, Timer::Keep));
        }
    }

    /// The clock has what could not be kept tried again.
    pub(in crate::app) fn keep_due(&mut self, out: &mut Out) {
        self.keeping.again = false;
        self.ask_again(out);
    }

    /// Tries again what could not be kept. Says how many things that are.
    pub(in crate::app) fn keep_again(&mut self, out: &mut Out) -> usize {
        self.keeping.pending.iter_mut().for_each(|pending| pending.aloud = true);
        self.ask_again(out)
    }

    fn ask_again(&mut self, out: &mut Out) -> usize {
        let mut again = Vec::new();
        for pending in self.keeping.pending.iter_mut().filter(|p| p.failed.is_some()) {
            pending.failed = None;
            again.push(pending.order.clone());
        }
        let count = again.len();
        for keep in again {
            out.ask_for(Keep(keep));
        }
        count
    }

    /// Has something kept.
    pub(in crate::app) fn keep(&mut self, out: &mut Out, record: Record) {
        let key = record.key();
        self.keeping.pending.retain(|p| p.order.record.key() != key);
        self.keeping.warned = false;
        self.keep_again(out);
        let order = KeepOrder { number: out.number(), record };
        self.keeping.pending.push(Pending { order: order.clone(), failed: None, tried: None, aloud: true });
        out.ask_for(Keep(order));
    }

    fn warn(&mut self, keys: &Keys, out: &mut Out, why: &Clean) {
        let count = self.keeping.pending.len();
        let key = keys.keymap().first_key(Context::Reading, command!("quit")).unwrap_or_default();
        let (things, them) = if count == 1 { ("thing is", "it") } else { ("things are", "them") };
        out.tell(format!("{count} {things} not saved; {key} again leaves without {them}. {why}"));
    }

    /// Whether the reader may leave: not at once where something could not be kept. It is tried again meanwhile.
    pub(in crate::app) fn may_leave(&mut self, keys: &Keys, out: &mut Out) -> bool {
        let Some(why) = self.keeping.pending.iter().find_map(|p| p.tried.clone()) else { return true };
        if self.keeping.warned {
            return true;
        }
        self.keeping.warned = true;
        self.warn(keys, out, &why);
        self.keep_again(out);
        false
    }
}

impl Keys {
    /// Why a note was not saved, with the key that saves it elsewhere before the reason, which may be long.
    fn with_way_out(&self, line: &Clean) -> Clean {
        let why = line.as_str().strip_prefix("not saved: ").unwrap_or(line.as_str());
        let key = self.keymap().first_key(Context::Reading, command!("save-notes-to")).unwrap_or_default();
        Clean::line(&format!("not saved, {key} saves it elsewhere: {why}"))
    }
}
