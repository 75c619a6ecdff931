//! What the note that is being written is about, in the texts on the screen.

use std::ops::Range;

use crate::app::halves::Halves;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::scene::Screens;
use crate::link::Side;
use crate::model::notes::{Base, Draft};
use crate::model::open::Open;

impl Halves {
    /// Where the places of a kept note were found.
    fn found_in(&self, side: Side, open: &Open, base: &Base) -> Vec<Range<usize>> {
        let hits = self.found_of(&base.file).filter(|(at, ..)| *at == side).filter_map(|(.., found)| found.hit());
        hits.map(|hit| open.text.offset_of(hit.range.start)..open.text.offset_of(hit.range.end)).collect()
    }
}

impl Screens {
    /// The draft that is open, in the editor or on the line of a quick note.
    fn draft_on_screen(&self) -> Option<&Draft> {
        match self.overlay() {
            Some(Overlay::Editor(editor)) => Some(editor.draft()),
            Some(Overlay::Asked(Asked { ask: Ask::Jot(draft), .. })) => Some(draft),
            _ => None,
        }
    }

    /// The stretches of a pane's text that the note being written is about, in bytes of the text's string. Of a whole
    /// passage the bar beside it says so already.
    pub fn written_about(&self, halves: &Halves, side: Side) -> Vec<Range<usize>> {
        let Some((draft, open)) = self.draft_on_screen().zip(halves.pane(side).open()) else {
            return Vec::new();
        };
        let is_whole = |range: &Range<usize>| {
            let block = open.text.block_at(range.start).map(|block| open.text.blocks()[block].range());
            block.is_some_and(|block| block == *range)
        };
        let mut ranges = match &draft.of {
            Some(base) if !draft.anew => halves.found_in(side, open, base),
            _ => as_begun(draft, open),
        };
        ranges.retain(|range| !is_whole(range));
        ranges
    }
}

/// Where a new note was begun, as long as the text is the same.
fn as_begun(draft: &Draft, open: &Open) -> Vec<Range<usize>> {
    let here = draft.targets.iter().zip(&draft.requests).filter(|(_, request)| **request == open.request);
    let same = here.filter(|(target, _)| target.anchor.hash == open.text.hash());
    same.filter_map(|(target, _)| target.anchor.position(&open.text)).collect()
}
