//! The reader goes first: while a key is being answered, long jobs rest between two steps of their work.
//!
//! A frame takes about a millisecond of processor time, and as much again in the terminal that shows it. What delays it
//! is waiting for a processor that a study has: up to a tick of the scheduler, whatever the priorities. So the studies
//! stop by themselves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long after a frame long jobs rest. That is more than a terminal needs to show it: while a reader scrolls, the next
/// key is near, and a scheduler that shares processors out by session (Linux's autogroup) makes a session that has just
/// worked hard wait for its turn.
const AFTER: Duration = Duration::from_millis(40);
/// A job that has rested this long, because keys are held down, works for a while all the same.
const LONGEST_REST: Duration = Duration::from_millis(24);
/// How long it works then.
const SHIFT: Duration = Duration::from_millis(8);
/// How often a resting job looks up.
const NAP: Duration = Duration::from_millis(1);
/// While a key is being answered.
const ANSWERING: u64 = u64::MAX;

/// Says whose turn it is. Cheap to clone; all clones say the same.
#[derive(Debug, Clone)]
pub(super) struct Precedence {
    /// Until when the reader goes first, in microseconds after `start`.
    until: Arc<AtomicU64>,
    /// Until when a job that has rested long enough works all the same.
    shift: Arc<AtomicU64>,
    start: Instant,
}

impl Default for Precedence {
    fn default() -> Self {
        Self { until: Arc::default(), shift: Arc::default(), start: Instant::now() }
    }
}

impl Precedence {
    /// A key has come.
    pub(super) fn claim(&self) {
        self.until.store(ANSWERING, Ordering::Relaxed);
    }

    /// It has been answered; the next one may be near.
    pub(super) fn release(&self) {
        if self.until.load(Ordering::Relaxed) == ANSWERING {
            self.until.store(self.after(AFTER), Ordering::Relaxed);
        }
    }

    /// Rests while the reader goes first. To be called between two short steps of a long job.
    pub(super) fn give_way(&self) {
        if !self.is_claimed() || self.micros() < self.shift.load(Ordering::Relaxed) {
            return;
        }
        let begin = Instant::now();
        while self.is_claimed() {
            if begin.elapsed() >= LONGEST_REST {
                self.shift.store(self.after(SHIFT), Ordering::Relaxed);
                return;
            }
            thread::sleep(NAP);
        }
    }

    fn is_claimed(&self) -> bool {
        match self.until.load(Ordering::Relaxed) {
            0 => false,
            until => self.micros() < until,
        }
    }

    fn after(&self, time: Duration) -> u64 {
        self.micros() + time.as_micros() as u64
    }

    fn micros(&self) -> u64 {
        self.start.elapsed().as_micros() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_rests_while_a_key_is_answered_but_not_for_ever() {
        let turns = Precedence::default();
        turns.release();
        assert!(!turns.is_claimed(), "nothing was claimed");
        turns.claim();
        assert!(turns.clone().is_claimed());
        // Whoever claimed it never releases: the job goes on all the same.
        turns.give_way();
        assert!(turns.is_claimed());
        turns.release();
        while turns.is_claimed() {
            turns.give_way();
        }
    }
}
