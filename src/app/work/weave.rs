//! The threads of the loom: for every passage of the left text the closest one of the right text that was not rejected.

use std::ops::ControlFlow;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::app::loom::Thread;
use crate::library::Library;
use crate::link::Side;
use crate::link::pairing::Ask;
use crate::study::comparison::Comparison;
use crate::study::counterparts::Linked;
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
    /// So much of the text was looked through, in percent.
    Part(u8),
    /// All of them.
    Threads(Vec<Thread>),
}

impl Work for Weave {
    /// The number of the question, and what is known.
    type Answer = (u64, Woven);
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let count = self.comparison.text(Side::Left).passage_count().max(1);
        let ask = Ask { limit: 1, reasons: false, ..Ask::default() };
        let (mut threads, mut told) = (Vec::new(), 0);
        let done = self.comparison.each_counterparts(&ask, &|_, _| reply.rest(), &mut |left, found| {
            threads.extend(closest(found).map(|(right, strength)| Thread {
                left,
                right,
                strength,
                own: false,
                topic: None,
            }));
            let percent = (left.0 as usize * 100 / count).min(99) as u8;
            if percent >= told + 5 {
                told = percent;
                reply.say((self.number, Woven::Part(percent)));
            }
            reply.rest()
        });
        if done == ControlFlow::Continue(()) {
            reply.say((self.number, Woven::Threads(threads)));
        }
    }

    fn heard(app: &mut App, (number, woven): Self::Answer) {
        match woven {
            Woven::Part(percent) => app.screens.weaving(number, percent),
            Woven::Threads(threads) => app.screens.woven(&app.halves, &app.links, &app.topics, number, threads),
        }
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let number = self.number;
        move |app: &mut App, _: &Clean| app.screens.not_woven(number)
    }
}

/// The passage that has the best score, and that score. What is only the reader's link has none: the session lays those on.
fn closest(found: Vec<Linked>) -> Option<(PassageNo, f32)> {
    let scores = found.into_iter().map(|linked| (linked.counterpart.passage, linked.counterpart.score));
    scores.filter(|(_, score)| *score > 0.0).max_by(|one, other| one.1.total_cmp(&other.1))
}
