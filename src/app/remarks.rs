//! What the reader has written about the open pair, as the synopsis shows it between its rows.

use std::collections::HashMap;

use super::App;
use super::notes::kept::NoteFile;
use super::own::{Own, passage_of};
use super::side::{BOTH, Sides};
use crate::export::remarks::Remark;
use crate::link::judgement::Judgement;
use crate::note::Note;
use crate::text::clean::clean_text;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// The links of a pair. `known` gives the topic of an id, where there is one.
pub fn of_links(own: &Own, known: &dyn Fn(&TopicId) -> Option<TopicId>) -> Vec<Remark> {
    let link = |((left, right), judgement): ((PassageNo, PassageNo), &Judgement)| Remark {
        relation: judgement.relation().map(|r| clean_text(r.word()).into_owned()),
        left: Some(left),
        right: Some(right),
        topic: judgement.topic.as_ref().and_then(known),
        words: clean_text(&judgement.remark).into_owned(),
    };
    own.links().map(link).collect()
}

/// A note that is on these passages, left and right; `None` where it is on neither.
pub fn of_note(note: &Note, [left, right]: [Option<PassageNo>; 2], topic: Option<TopicId>) -> Option<Remark> {
    let words = clean_text(note.body.trim()).into_owned();
    (left.is_some() || right.is_some()).then_some(Remark { relation: None, left, right, topic, words })
}

impl App {
    /// The notes and links of the open pair.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let mut remarks = of_links(&self.own, &|id| self.codebook.get(id.as_str()).map(|topic| topic.id.clone()));
        let mut on: HashMap<&NoteFile, Sides<Option<PassageNo>>> = HashMap::new();
        for side in BOTH {
            let Some(text) = self.panes[side].text() else { continue };
            for (file, found) in self.notes.places(side) {
                let place = &mut on.entry(file).or_default()[side];
                *place = place.or_else(|| passage_of(found, text));
            }
        }
        for kept in self.notes.all.iter().flatten() {
            let Some(places) = on.get(&kept.file) else { continue };
            let topic = kept.note.topic.as_deref().and_then(|id| self.codebook.get(id)).map(|t| t.id.clone());
            remarks.extend(of_note(&kept.note, [places.left, places.right], topic));
        }
        remarks
    }
}
