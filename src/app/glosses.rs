//! What the reader has written about the open pair, as the synopsis shows it between its rows.

use std::collections::HashMap;

use crate::app::halves::Halves;
use crate::app::links::Links;
use crate::app::notes::Notes;
use crate::app::topics::Topics;
use crate::link::sides::{BOTH, Sides};
use crate::model::notes::{NoteFile, PlacedNote};
use crate::study::glosses::{Gloss, of_links, of_note};
use crate::study::own::passage_of;
use crate::text::passage::PassageNo;

impl Notes {
    /// The notes and links of the open pair.
    pub(super) fn glosses(&self, halves: &Halves, links: &Links, topics: &Topics) -> Vec<Gloss> {
        let mut glosses = of_links(links.own(), &|id| topics.codebook().get(id.as_str()).map(|topic| topic.id.clone()));
        let mut on: HashMap<&NoteFile, Sides<Option<PassageNo>>> = HashMap::new();
        for side in BOTH {
            let Some(text) = halves.pane(side).text() else { continue };
            for PlacedNote { file, found, .. } in halves.notes(side) {
                let place = &mut on.entry(file).or_default()[side];
                *place = place.or_else(|| passage_of(found, text));
            }
        }
        for kept in self.all().into_iter().flatten() {
            let Some(places) = on.get(&kept.file) else { continue };
            let topic = kept.note.topic.as_deref().and_then(|id| topics.codebook().get(id)).map(|t| t.id.clone());
            glosses.extend(of_note(&kept.note, [places.left, places.right], topic));
        }
        glosses
    }
}
