//! The loom: both whole texts as two columns, and every joint of them a thread between the passages it joins. What was moved
//! crosses; where nothing answers, no thread goes out.
//!
//! In two versions of one work the threads are the beads of their alignment; in all others the closest counterparts. The
//! cursor is a passage of the text that leads, and Enter reads there.

mod weaving;

use std::cmp::Reverse;

use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::judged::Judged;
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
    /// The threads, in the order of the left text; `None` until they are known.
    pub threads: Option<Vec<Thread>>,
    /// How far the search for them is, in percent.
    pub percent: u8,
    /// The passage the cursor is on, of the text that leads.
    pub at: PassageNo,
    number: u64,
    ticket: Ticket,
    /// What the reader had judged when the threads were sought; `None` while they were not.
    judged: Option<Judged>,
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
