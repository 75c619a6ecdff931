//! What the reader's sentence model says of two texts.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::library::modelled::NotSaid;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::meaning::close::CloseTo;
use crate::model::open::Open;
use crate::study::comparison::Comparison;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::related::Meanings;

/// Ask the reader's sentence model, where there is one, what the passages of two texts mean.
#[derive(Debug)]
pub struct Meaning {
    /// The versions of the texts.
    pub versions: (u64, u64),
    /// What tells which passages the words leave alone.
    pub comparison: Comparison,
    /// The texts.
    pub texts: (Arc<Open>, Arc<Open>),
    /// The passage that is read, which comes first.
    pub read: Option<(Side, PassageNo)>,
}

/// What is heard of it, with the versions of the texts.
#[derive(Debug)]
pub enum Answer {
    /// What every passage of both texts means.
    Said((u64, u64), [Arc<Meanings>; 2]),
    /// What is close to passages of a side that have no counterpart.
    Close((u64, u64), Side, BTreeMap<PassageNo, CloseTo>),
}

impl Work for Meaning {
    type Answer = Answer;
    const CREW: Crew = Crew::Study;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Self { versions, comparison, texts: (left, right), read } = self;
        let go_on = |_, _| reply.rest();
        let model = match library.modelled(None, [&left.text, &right.text], &go_on) {
            Ok(ControlFlow::Continue(Some(model))) => model,
            // A reader who has a model need not be told with every other pair that it is not for this one.
            Ok(_) | Err(NotSaid::OtherLanguage | NotSaid::TooLong) => return,
            Err(NotSaid::NoModel(why)) => return reply.notice(Clean::line(&why.to_string())),
        };
        reply.say(Answer::Said(versions, model.said().clone()));
        let comparison = comparison.with_model(model.said().clone());
        let rejected = comparison.judged(None).rejected;
        let tell = |side, passages: &[PassageNo]| {
            let Ok(ControlFlow::Continue(close)) = model.close_to(side, passages, &rejected, &go_on) else {
                return ControlFlow::Break(());
            };
            reply.say(Answer::Close(versions, side, close));
            ControlFlow::Continue(())
        };
        if let Some((side, passage)) = read.filter(|(side, p)| comparison.counterparts(*side, *p, None, 1).is_empty())
            && tell(side, &[passage]).is_break()
        {
            return;
        }
        for side in BOTH {
            let ControlFlow::Continue(silent) = comparison.silent(side, &go_on) else { return };
            if tell(side, &silent).is_break() {
                return;
            }
        }
    }

    fn heard(app: &mut App, answer: Answer) {
        match answer {
            Answer::Said(versions, said) => app.links.model_said(&app.halves, &mut app.hinge, versions, said),
            Answer::Close(versions, side, close) => app.links.model_holds_close(versions, side, close),
        }
    }
}
