//! The threads of the loom: for every passage of the left text the closest one of the right text.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::app::loom::Thread;
use crate::library::Library;
use crate::link::Side;
use crate::link::pairing::{Ask, Pairing};
use crate::text::clean::Clean;

/// Find the threads.
#[derive(Debug)]
pub struct Weave {
    /// The number of the question.
    pub number: u64,
    /// Whom to ask.
    pub pairing: Arc<Pairing>,
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
        let count = self.pairing.side(Side::Left).passage_count().max(1);
        let ask = Ask { limit: 1, reasons: false, ..Ask::default() };
        let (mut threads, mut told) = (Vec::new(), 0);
        let done = self.pairing.each(Side::Left, &ask, &|_, _| reply.rest(), &mut |left, found| {
            threads.extend(found.first().map(|closest| Thread {
                left,
                right: closest.passage,
                strength: closest.score,
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
