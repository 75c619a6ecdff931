//! The words around a place of a text, on one row, with the place emphasised.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, put_with};
use super::theme::Theme;
use crate::layout::cells;
use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::matcher::Mention;
use crate::word::sentence::sentence_at;

/// No more bytes of a text are looked at for one row.
const LONGEST: usize = 2048;

/// Draws `¶14 …words around the mention…` on a row; of words in a heading `§ …`.
pub(super) fn draw(
    text: &Text,
    (mention, passage): (Mention, PassageNo),
    row: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    // Words of a heading are in no passage.
    let is_heading = text.blocks().get(mention.place.block as usize).is_some_and(|b| b.kind == BlockKind::Heading);
    let place = if is_heading { "§ ".to_owned() } else { format!("¶{passage} ") };
    let x = put(buffer, row.x, row.y, row.right(), &place, theme.faint);
    let room = usize::from(row.right().saturating_sub(x));
    let (words, place) = around(text.block_str(mention.place.block as usize), mention.range(), room);
    let shown = cells::ellipsis(&words, room);
    put_with(
        buffer,
        x,
        row.y,
        row.right(),
        &shown,
        |byte| if place.contains(&byte) { theme.mention } else { theme.text },
    );
}

/// The words to show, and which of their bytes are the place: from the beginning of its sentence, or where that is too
/// far before it, from a word that is not.
fn around(string: &str, place: Range<usize>, room: usize) -> (String, Range<usize>) {
    let sentence = sentence_at(string, place.start);
    let mut start = sentence.start.min(place.start);
    let mut cut = false;
    if place.start - start > LONGEST || cells::width(&string[start..place.start]) > room / 2 {
        let mut used = 0;
        let mut at = place.start;
        for (byte, c) in string[start..place.start].char_indices().rev() {
            used += 1;
            if used > room / 3 {
                break;
            }
            if c.is_whitespace() {
                at = start + byte + c.len_utf8();
            }
        }
        (start, cut) = (at, true);
    }
    let end = string.floor_char_boundary((place.end + LONGEST).min(sentence.end.max(place.end)));
    let head = if cut { "…" } else { "" };
    let [before, within, after] = [start..place.start, place.clone(), place.end..end].map(|r| line(&string[r]));
    let at = head.len() + before.len();
    (format!("{head}{before}{within}{after}"), at..at + within.len())
}

/// On one line, and fit for the screen.
fn line(words: &str) -> String {
    Clean::line(words).as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_in_sight_wherever_it_stands() {
        let string = "Before it.\nA long sentence that goes on and on until the soviets of the town come. After.";
        let place = string.find("soviets").map(|at| at..at + 7).unwrap();
        for room in [10, 20, 30, 60, 200] {
            let (words, at) = around(string, place.clone(), room);
            assert_eq!(&words[at.clone()], "soviets");
            assert!(cells::width(&words[..at.end]) <= room.max(8), "{words} in {room}");
            assert_eq!(words.starts_with('…'), room < 100, "{words} in {room}");
            assert!(words.ends_with("come."), "{words}");
        }
        assert_eq!(around("ship", 0..4, 20), ("ship".to_owned(), 0..4));
    }
}
