//! The loom: both whole texts as two columns, and every joint of them a thread between the passages it joins. What was moved
//! crosses; where nothing answers, no thread goes out.
//!
//! In two versions of one work the threads are the beads of their alignment; in all others the closest counterparts. The
//! cursor is a passage of the text that leads, and Enter reads there.

mod weaving;

use std::cmp::Reverse;
use std::sync::Weak;

use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::judged::Judged;
use crate::link::pairing::Pairing;
use crate::text::passage::PassageNo;

/// A joint of two passages, drawn from column to column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thread {
    /// The passage of the left text.
    pub left: PassageNo,
    /// The passage of the right text.
    pub right: PassageNo,
    /// How strong it is, 0 to 1.
    pub strength: f32,
    /// Whether the reader joined the two.
    pub own: bool,
    /// The topic that both passages treat, by its place in the codebook: the held one before others.
    pub topic: Option<usize>,
}

/// The state of the screen.
#[derive(Debug, Clone)]
pub struct Loom {
    /// The threads, in the order of the left text: as many of them as are found; `None` until there are any, or it is
    /// known that there are none.
    pub threads: Option<Vec<Thread>>,
    /// How far the search for them is, in percent; `None` where nothing is sought.
    pub percent: Option<u8>,
    /// The passage the cursor is on, of the text that leads.
    pub at: PassageNo,
    number: u64,
    ticket: Ticket,
    /// Whether the threads are those that this search has found so far; else they are of one before it, and stay until
    /// there is better.
    grows: bool,
    /// What the reader had judged when the threads were sought; `None` while they were not.
    judged: Option<Judged>,
    /// By what they are sought, and whether quotations are known to it.
    by: Option<(Weak<Pairing>, bool)>,
}

/// The threads that were found last, for the next time that the same loom is opened.
#[derive(Debug)]
pub(in crate::app) struct Woven {
    /// What they were found by.
    by: Weak<Pairing>,
    /// Whether the quotations of the two texts were known by then.
    quoted: bool,
    judged: Judged,
    threads: Vec<Thread>,
}

impl Thread {
    /// Its passage on one side.
    pub fn end(&self, side: Side) -> PassageNo {
        if side == Side::Left { self.left } else { self.right }
    }
}

impl Loom {
    /// The threads at the cursor, the reader's own first, then the strongest.
    pub fn here(&self, lead: Side) -> Vec<Thread> {
        let mut here: Vec<Thread> =
            self.threads.iter().flatten().filter(|thread| thread.end(lead) == self.at).copied().collect();
        here.sort_by(|a, b| Reverse(a.own).cmp(&Reverse(b.own)).then(b.strength.total_cmp(&a.strength)));
        here
    }
}
