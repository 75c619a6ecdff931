//! The quotations that two texts share.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::pairing::Pairing;
use crate::link::quotation::{SharedQuotation, shared_quotations};
use crate::model::open::Open;
use crate::text::clean::Clean;

/// Find the quotations that both texts have.
#[derive(Debug)]
pub struct Quotations {
    /// The versions of the texts.
    pub versions: (u64, u64),
    /// What is to give them as reasons from then on.
    pub pairing: Arc<Pairing>,
    /// The texts.
    pub texts: (Arc<Open>, Arc<Open>),
}

/// What is heard of the search, with the versions of the texts.
#[derive(Debug)]
pub enum Answer {
    /// It is so far, in percent.
    Part((u64, u64), u8),
    /// What was found.
    Found((u64, u64), Vec<SharedQuotation>),
}

impl Work for Quotations {
    type Answer = Answer;
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let Self { versions, pairing, texts: (left, right) } = self;
        let told = AtomicU8::new(0);
        let go_on = |done: usize, of: usize| {
            let percent = (done * 100 / of.max(1)).min(99) as u8;
            if percent >= told.load(Ordering::Relaxed) + 2 {
                told.store(percent, Ordering::Relaxed);
                reply.say(Answer::Part(versions, percent));
            }
            reply.rest()
        };
        if let ControlFlow::Continue(found) = shared_quotations(&left.text, &right.text, &go_on) {
            pairing.know_quotations(&found);
            reply.say(Answer::Found(versions, found));
        }
    }

    fn heard(app: &mut App, answer: Answer) {
        match answer {
            Answer::Part(versions, percent) => app.links.quotations_go_on(versions, percent),
            Answer::Found(versions, found) => {
                app.found_quotations(versions, found);
            }
        }
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.links.forget_quotations()
    }
}
