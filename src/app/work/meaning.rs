//! What the reader's sentence model says of two texts.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::library::modelled::NotSaid;
use crate::link::Side;
use crate::link::pairing::{Ask, Pairing};
use crate::link::sides::BOTH;
use crate::meaning::close::CloseTo;
use crate::model::open::Open;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::related::Meanings;

/// Ask the reader's sentence model, where there is one, what the passages of two texts mean.
#[derive(Debug)]
pub struct Meaning {
    /// The versions of the texts.
    pub versions: (u64, u64),
    /// What tells which passages the words leave alone.
    pub pairing: Arc<Pairing>,
    /// The texts.
    pub texts: (Arc<Open>, Arc<Open>),
    /// The passage that is read, which comes first.
    pub read: Option<(Side, PassageNo)>,
    /// Left and right passages that the reader does not want as a pair.
    pub rejected: Vec<(PassageNo, PassageNo)>,
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
        let Self { versions, pairing, texts: (left, right), read, rejected } = self;
        let go_on = |_, _| reply.rest();
        let model = match library.modelled(None, [&left.text, &right.text], &go_on) {
            Ok(ControlFlow::Continue(Some(model))) => model,
            // A reader who has a model need not be told with every other pair that it is not for this one.
            Ok(_) | Err(NotSaid::OtherLanguage | NotSaid::TooLong) => return,
            Err(NotSaid::NoModel(why)) => return reply.notice(Clean::line(&why.to_string())),
        };
        reply.say(Answer::Said(versions, model.said().clone()));
        let pairing = pairing.with_model(model.said().clone());
        let ask = Ask { limit: 1, reasons: false, ..Ask::default() };
        let tell = |side, passages: &[PassageNo]| {
            let Ok(ControlFlow::Continue(close)) = model.close_to(side, passages, &rejected, &go_on) else {
                return ControlFlow::Break(());
            };
            reply.say(Answer::Close(versions, side, close));
            ControlFlow::Continue(())
        };
        if let Some((side, passage)) = read.filter(|(side, p)| pairing.counterparts(*side, *p, &ask).is_empty())
            && tell(side, &[passage]).is_break()
        {
            return;
        }
        for side in BOTH {
            let ControlFlow::Continue(found) = pairing.all(side, &ask, &go_on) else { return };
            let silent = found.iter().enumerate().filter(|(_, found)| found.is_empty());
            let silent: Vec<PassageNo> = silent.map(|(at, _)| PassageNo(at as u32 + 1)).collect();
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
