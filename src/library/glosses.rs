//! What the reader has written about two texts, with the passages of both that it is on.

use super::Library;
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::model::open::{Open, called};
use crate::study::glosses::{Gloss, of_links, of_note};
use crate::study::own::{FoundJudgements, PlacedJudgements, find_places, passage_of};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, TopicId};

/// What the reader has made of two texts.
pub struct OfReader {
    /// What is joined, rejected, and checked.
    pub own: PlacedJudgements,
    /// The notes and links whose places are found.
    pub glosses: Vec<Gloss>,
    /// A line for each fault of their files.
    pub faults: Vec<Clean>,
}

impl Library {
    /// What the reader has judged of two texts, and a line for each fault of the files.
    pub fn own_of(&self, left: &Open, right: &Open) -> (PlacedJudgements, Vec<Clean>) {
        let (judgements, faults) = self.judgements([&left.request, &right.request]);
        let places = find_places(&judgements, called(left, right));
        let found = FoundJudgements { judgements, places, faults: Vec::new() };
        (PlacedJudgements::of(found, [&left.text, &right.text]), faults)
    }

    /// What the reader has made of two texts.
    pub fn of_reader(&self, left: &Open, right: &Open, codebook: &Codebook) -> OfReader {
        let texts = [left.request.clone(), right.request.clone()];
        let known = |id: &str| codebook.get(id).map(|topic| topic.id.clone());
        let (own, mut told) = self.own_of(left, right);
        let mut glosses = of_links(&own, &|id: &TopicId| known(id.as_str()));
        let read = self.notes_of(&texts);
        told.extend(read.told);
        let finders = [Finder::new(&left.text), Finder::new(&right.text)];
        let find = |side: usize, anchor: &Anchor| {
            let open = [left, right][side];
            passage_of(&finders[side].find(anchor), &open.text)
        };
        for kept in read.notes {
            let mut places: [Option<PassageNo>; 2] = [None, None];
            for (target, request) in kept.note.targets.iter().zip(&kept.requests) {
                for (side, place) in places.iter_mut().enumerate().filter(|(side, _)| texts[*side] == *request) {
                    *place = place.or_else(|| find(side, &target.anchor));
                }
            }
            let topic = kept.note.topic.as_deref().and_then(known);
            glosses.extend(of_note(&kept.note, places, topic));
        }
        OfReader { own, glosses, faults: told }
    }
}
