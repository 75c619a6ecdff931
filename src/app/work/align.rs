//! Two texts aligned: whether they are versions of one work, and what lies across from what.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::{Crew, Reply, Work};
use crate::align::Alignment;
use crate::align::judged_pairs::JudgedPairs;
use crate::align::one_work::score;
use crate::app::App;
use crate::library::Library;
use crate::text::Text;
use crate::text::clean::Clean;

/// Texts whose numbers of passages, multiplied, are at most the first, and which have at most the second in bytes together,
/// are soon done with.
const SOON: (usize, usize) = (1_000_000, 3_000_000);

/// Lay two texts along each other, and say whether they are one work.
#[derive(Debug)]
pub struct Align {
    /// Their versions.
    pub versions: (u64, u64),
    /// The texts.
    pub texts: (Arc<Text>, Arc<Text>),
    /// Whether the reader waits for it.
    pub awaited: bool,
}

/// What is heard of an alignment.
#[derive(Debug)]
pub enum Answer {
    /// It is so far, in percent.
    Part(u8),
    /// How sure it is that the texts of these versions are one work, and how they lie along each other.
    Done((u64, u64), f32, Arc<Alignment>),
}

impl Work for Align {
    type Answer = Answer;
    const CREW: Crew = Crew::Study;

    /// What is done in less than a second, or was asked for, does not wait behind the studies: place sync is the first thing
    /// that the reader of two versions waits for.
    fn crew(&self) -> Crew {
        let (left, right) = &self.texts;
        let pairs = left.passage_count().saturating_mul(right.passage_count());
        let is_soon = pairs <= SOON.0 && left.string().len() + right.string().len() <= SOON.1;
        match is_soon {
            true => Crew::Quick,
            false if self.awaited => Crew::Reading,
            false => Self::CREW,
        }
    }

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let told = AtomicU8::new(0);
        // The texts are aligned twice, the second time one of them backwards.
        let go_on = |done: usize, of: usize, before: usize| {
            let percent = (before + done * 50 / of.max(1)).min(99) as u8;
            if percent > told.load(Ordering::Relaxed) {
                told.store(percent, Ordering::Relaxed);
                reply.say(Answer::Part(percent));
            }
            reply.rest()
        };
        let forwards = Alignment::of(&self.texts.0, &self.texts.1, &|done, of| go_on(done, of, 0));
        let ControlFlow::Continue(alignment) = forwards else { return };
        if let ControlFlow::Continue(score) = score(&alignment, &|done, of| go_on(done, of, 50)) {
            reply.say(Answer::Done(self.versions, score, Arc::new(alignment)));
        }
    }

    fn heard(app: &mut App, answer: Answer) {
        match answer {
            Answer::Part(percent) => app.versions.alignment_goes_on(percent),
            Answer::Done(versions, score, alignment) => app.aligned(versions, score, alignment),
        }
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.versions.not_aligned(&mut app.hinge)
    }
}

/// Have an alignment go by what the reader has said.
#[derive(Debug)]
pub struct Tell {
    /// The alignment as it is without that.
    pub base: Arc<Alignment>,
    /// What was said.
    pub said: JudgedPairs,
}

impl Work for Tell {
    /// The question asked, and the alignment it is about.
    type Answer = (Arc<Alignment>, JudgedPairs, Arc<Alignment>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let told = Arc::new(self.base.told(&self.said));
        reply.say((self.base, self.said, told));
    }

    fn heard(app: &mut App, (base, said, told): Self::Answer) {
        app.alignment_told(&base, said, told);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let said = self.said.clone();
        move |app: &mut App, _: &Clean| app.versions.alignment_not_told(&said)
    }
}
