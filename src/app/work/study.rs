//! Studying a text: its treatments and the statistics of its words.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::open::Open;
use crate::study::text::Study as Studied;
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;

/// Find the treatments and the word statistics of a text.
#[derive(Debug)]
pub struct StudyText {
    /// The text.
    pub open: Arc<Open>,
    /// The topics.
    pub codebook: Arc<Codebook>,
    /// The version of `codebook`.
    pub version: u64,
    /// An earlier study: its statistics are reused, and only the topics are computed again.
    pub known: Option<Studied>,
}

/// What is heard of a study, with the version of its text.
#[derive(Debug)]
pub enum Answer {
    /// It is so far, in percent.
    Part(u64, u8),
    /// What was found out.
    Done(u64, Studied),
}

impl Work for StudyText {
    type Answer = Answer;
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let Self { open, codebook, version, known } = self;
        let told = AtomicU8::new(0);
        let tell = |done: usize, of: usize| {
            let percent = (done * 100 / of.max(1)).min(99) as u8;
            if percent >= told.load(Ordering::Relaxed) + 5 {
                told.store(percent, Ordering::Relaxed);
                reply.say(Answer::Part(open.version, percent));
            }
            reply.rest()
        };
        if let ControlFlow::Continue(study) = Studied::of(&open.text, &codebook, version, known, &tell) {
            reply.say(Answer::Done(open.version, study));
        }
    }

    fn heard(app: &mut App, answer: Answer) {
        match answer {
            Answer::Part(version, percent) => app.halves.study_goes_on(version, Some(percent)),
            Answer::Done(version, study) => app.studied(version, &study),
        }
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let version = self.open.version;
        move |app: &mut App, _: &Clean| {
            app.halves.study_goes_on(version, None);
            app.whole.text_not_studied();
            if app.halves.versions().is_some_and(|(left, right)| [left, right].contains(&version)) {
                app.texts_not_compared();
            }
        }
    }
}
