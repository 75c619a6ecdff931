//! The window: which rows of a text a pane shows, given the place at its reading line.

use super::Flow;
use super::cursor::Cursor;
use super::row::Row;
use crate::text::Place;

/// The rows a pane of `height` rows shows when the row that shows `place` is on screen row `line`, from the top.
/// `None` is a row before the start or after the end of the text.
pub(crate) fn window(flow: Flow<'_>, place: Place, line: u16, height: u16) -> Vec<Option<Row>> {
    let mut rows = vec![None; usize::from(height)];
    let Some(cursor) = Cursor::at(flow, place) else { return rows };
    let line = usize::from(line.min(height.saturating_sub(1)));
    let mut up = cursor.clone();
    for slot in rows[..(line + 1).min(usize::from(height))].iter_mut().rev() {
        *slot = Some(up.row());
        if !up.up() {
            break;
        }
    }
    let mut down = cursor;
    for slot in rows.iter_mut().skip(line + 1) {
        if !down.down() {
            break;
        }
        *slot = Some(down.row());
    }
    rows
}
