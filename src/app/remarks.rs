//! What the reader has written about the open pair, as the synopsis shows it between its rows.

use std::collections::HashMap;

use super::App;
use crate::link::sides::{BOTH, Sides};
use crate::model::notes::{NoteFile, PlacedNote};
use crate::study::own::passage_of;
use crate::study::remarks::{Remark, of_links, of_note};
use crate::text::passage::PassageNo;

impl App {
    /// The notes and links of the open pair.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let mut remarks =
            of_links(self.links.own(), &|id| self.topics.codebook().get(id.as_str()).map(|topic| topic.id.clone()));
        let mut on: HashMap<&NoteFile, Sides<Option<PassageNo>>> = HashMap::new();
        for side in BOTH {
            let Some(text) = self.halves.pane(side).text() else { continue };
            for PlacedNote { file, found, .. } in self.halves.notes(side) {
                let place = &mut on.entry(file).or_default()[side];
                *place = place.or_else(|| passage_of(found, text));
            }
        }
        for kept in self.notes.all().into_iter().flatten() {
            let Some(places) = on.get(&kept.file) else { continue };
            let topic = kept.note.topic.as_deref().and_then(|id| self.topics.codebook().get(id)).map(|t| t.id.clone());
            remarks.extend(of_note(&kept.note, [places.left, places.right], topic));
        }
        remarks
    }
}
