//! The threads of the loom: for every passage of the left text the closest one of the right text that was not rejected.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::app::loom::Thread;
use crate::library::Library;
use crate::link::Side;
use crate::link::pairing::{Ask, Counterpart};
use crate::study::comparison::Comparison;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

/// Find the threads.
#[derive(Debug)]
pub struct Weave {
    /// The number of the question.
    pub number: u64,
    /// Whom to ask.
    pub comparison: Comparison,
}

/// How far the search for threads is, or what it found.
#[derive(Debug)]
pub enum Woven {
    /// So much of it is done, in percent, and these were found since it was said last.
    Part(u8, Vec<Thread>),
    /// All of them.
    Threads(Vec<Thread>),
}

/// A text of more passages than this is looked through here and there first: all of it takes longer than a blink.
const LONG: usize = 1000;
/// So many of its passages.
const FIRST: u32 = 64;
/// So many of them are told at a time.
const AT_A_TIME: u32 = 8;
/// What the search does one after the other, all passages each time: how much of it is done when each begins, in percent.
/// Finding who may answer takes longest, then weighing them; to tell them takes no time.
const STAGES: [usize; 4] = [0, 60, 95, 100];

impl Work for Weave {
    /// The number of the question, and what is known.
    type Answer = (u64, Woven);
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        if self.here_and_there(reply) == ControlFlow::Break(()) {
            return;
        }
        let ask = Ask { limit: 1, reasons: false, ..Ask::default() };
        let mut threads = Vec::new();
        let far = Far::default();
        let watch = |done: usize, of: usize| {
            if let Some(percent) = far.come_to(done, of) {
                reply.say((self.number, Woven::Part(percent, Vec::new())));
            }
            reply.rest()
        };
        let done = self.comparison.each_counterparts(&ask, &watch, &mut |left, found| {
            let scores = found.into_iter().map(|linked| linked.counterpart);
            threads.extend(closest(scores).map(|(right, strength)| thread(left, right, strength)));
            reply.rest()
        });
        if done == ControlFlow::Continue(()) {
            reply.say((self.number, Woven::Threads(threads)));
        }
    }

    fn heard(app: &mut App, (number, woven): Self::Answer) {
        match woven {
            Woven::Part(percent, found) => {
                app.screens.weaving(&app.halves, &app.links, &app.topics, (number, percent), found);
            }
            Woven::Threads(threads) => app.screens.woven(&app.halves, &app.links, &app.topics, number, threads),
        }
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let number = self.number;
        move |app: &mut App, _: &Clean| app.screens.not_woven(number)
    }
}

impl Weave {
    /// Finds some threads of a long text at once, from passages all over it: what they are is known long before what all
    /// are.
    fn here_and_there(&self, reply: &Reply<'_, Self>) -> ControlFlow<()> {
        let count = self.comparison.text(Side::Left).passage_count();
        if count <= LONG {
            return ControlFlow::Continue(());
        }
        let mut found = Vec::new();
        for nth in 0..FIRST {
            let left = PassageNo((scattered(nth) * count as f64) as u32 + 1);
            let counterparts = self.comparison.counterparts(Side::Left, left, None, 1);
            found.extend(closest(counterparts).map(|(right, strength)| thread(left, right, strength)));
            if (nth + 1) % AT_A_TIME == 0 {
                reply.say((self.number, Woven::Part(0, std::mem::take(&mut found))));
            }
            reply.rest()?;
        }
        ControlFlow::Continue(())
    }
}

/// Numbers from 0 to 1, each as far from those before it as can be: the bits of `nth` from behind (van der Corput).
fn scattered(nth: u32) -> f64 {
    f64::from(nth.reverse_bits()) / (f64::from(u32::MAX) + 1.0)
}

/// How far a search is that goes through all passages several times.
#[derive(Default)]
struct Far {
    /// Which time it is, and how many passages it had come to then.
    at: Mutex<(usize, usize)>,
    told: AtomicU8,
}

impl Far {
    /// It has come to this passage of so many: the percent to be told, where it is worth it.
    fn come_to(&self, done: usize, of: usize) -> Option<u8> {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        let stage = if done < at.1 { (at.0 + 1).min(STAGES.len() - 2) } else { at.0 };
        *at = (stage, done);
        let (from, to) = (STAGES[stage], STAGES[stage + 1]);
        let percent = (from + (to - from) * done / of.max(1)).min(99) as u8;
        let told = self.told.load(Ordering::Relaxed);
        (percent >= told + 5).then(|| self.told.store(percent, Ordering::Relaxed)).map(|()| percent)
    }
}

fn thread(left: PassageNo, right: PassageNo, strength: f32) -> Thread {
    Thread { left, right, strength, own: false, topic: None }
}

/// The passage that has the best score, and that score. What is only the reader's link has none: the session lays those on.
fn closest(found: impl IntoIterator<Item = Counterpart>) -> Option<(PassageNo, f32)> {
    let scores = found.into_iter().map(|counterpart| (counterpart.passage, counterpart.score));
    scores.filter(|(_, score)| *score > 0.0).max_by(|one, other| one.1.total_cmp(&other.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_is_only_grows_through_all_stages() {
        let far = Far::default();
        let told: Vec<u8> = (0..3).flat_map(|_| 0..100).filter_map(|done| far.come_to(done, 100)).collect();
        assert!(told.is_sorted() && told.len() > 10, "{told:?}");
        assert!((95..100).contains(told.last().unwrap()), "{told:?}");
    }

    #[test]
    fn the_first_passages_are_from_all_over_the_text() {
        let mut eighths: Vec<u32> = (0..8).map(|nth| (scattered(nth) * 8.0) as u32).collect();
        eighths.sort_unstable();
        assert_eq!(eighths, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
