//! The order of a text's pages: an import may have put them in another one than the file has, and the reader takes it back.

use super::commands::command;
use super::halves::Halves;
use super::keys::Keys;
use crate::app::intent::Intent;
use crate::app::out::Out;
use crate::app::shelf::Shelf;
use crate::link::Side;
use crate::model::open::Open;

impl Keys {
    /// What to say where a text is there again, with its pages in another order; `None` where they stand as they did.
    pub(super) fn said_of_turned_pages(&self, before: &Open, after: &Open) -> Option<String> {
        if before.has_moved_pages() == after.has_moved_pages() {
            return None;
        }
        let name = &after.name;
        Some(self.moved_pages(after).map_or_else(
            || {
                format!(
                    "{name}: the pages are in the order of the file now; {} moves them again",
                    self.key_of(command!("page-order"))
                )
            },
            |words| format!("{name}: {words}"),
        ))
    }

    pub(super) fn moved_pages(&self, open: &Open) -> Option<String> {
        let moved = open.has_moved_pages();
        moved.then(|| {
            let key = self.key_of(command!("page-order"));
            format!("THE PAGES ARE NOT IN THE ORDER OF THE FILE; {key} puts them back")
        })
    }
}

impl Halves {
    /// What the header of a pane says of a text whose pages were moved, with the key that takes it back.
    pub fn moved_pages_words(&self, keys: &Keys, side: Side) -> Option<String> {
        let moved = self.pane(side).open()?.has_moved_pages();
        moved.then(|| format!("PAGES MOVED, {} undoes", keys.key_of(command!("page-order"))))
    }

    /// Reads the text of the leading pane with its pages as they stand in the file; where it is read so already, in the
    /// order that the import finds.
    pub(super) fn turn_pages(&mut self, pages: &mut Shelf, intent: &mut Intent, out: &mut Out) {
        let side = self.focus();
        let Some(open) = self.pane(side).open().cloned() else { return };
        let in_file_order = pages.is_in_file_order(&open.request);
        if !in_file_order && !open.has_moved_pages() {
            let said = if open.provisional { "is still being read" } else { "has its pages in the order of the file" };
            return out.tell(format!("{} {said}", open.name));
        }
        pages.set_in_file_order(&open.request, !in_file_order);
        self.open_with_pages(intent, out, side, &open.request, !in_file_order);
    }
}
