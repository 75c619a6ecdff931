//! A screen that is too small for any text says so, as calmly as it can in what room there is.

use ratatui::buffer::Buffer;

use super::ink::put;
use super::theme::Theme;
use crate::layout::cells;

/// Columns and rows of the smallest screen that a text is shown on.
const LEAST: (u16, u16) = (16, 4);

/// What is said, the longest that fits.
const WORDS: [&str; 4] = ["This screen is too small to read on.", "too small to read on", "too small", "…"];

/// Says that the screen is too small, if it is; answers whether.
pub(super) fn draw(theme: &Theme, buffer: &mut Buffer) -> bool {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    if columns >= LEAST.0 && rows >= LEAST.1 {
        return false;
    }
    let wrapped = |words| textwrap::wrap(words, usize::from(columns.max(1)));
    let fits = |lines: &Vec<_>| {
        lines.len() <= usize::from(rows) && lines.iter().all(|l: &std::borrow::Cow<'_, str>| whole_words(l, columns))
    };
    let Some(lines) = WORDS.into_iter().map(wrapped).find(fits) else { return true };
    let top = (rows - lines.len() as u16) / 2;
    for (line, y) in lines.iter().zip(top..) {
        let x = (columns - cells::width(line) as u16) / 2;
        put(buffer, x, y, columns, line, theme.faint);
    }
    true
}

/// Whether a line is made of whole words: wrapping breaks only those that are wider than the screen.
fn whole_words(line: &str, columns: u16) -> bool {
    let known = |word: &str| WORDS.iter().any(|words| words.split(' ').any(|w| w == word));
    cells::width(line) <= usize::from(columns) && line.split(' ').all(known)
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::view::theme::{Depth, Ground};

    #[test]
    fn says_so_in_the_room_there_is() {
        let said = |columns, rows| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
            let small = draw(&Theme::new(Ground::Dark, Depth::Mono), &mut buffer);
            let symbols: Vec<_> = buffer.content.iter().map(|c| c.symbol().to_owned()).collect();
            let rows: Vec<_> = symbols.chunks(usize::from(columns)).map(|r| r.concat().trim().to_owned()).collect();
            (small, rows.join("|").trim_matches('|').to_owned())
        };
        for (columns, rows, expected) in [
            (15, 10, "This screen is|too small to|read on."),
            (80, 2, "This screen is too small to read on."),
            (24, 1, "too small to read on"),
            (9, 2, "too small"),
            (5, 2, "too|small"),
            (4, 2, "…"),
            (1, 1, "…"),
        ] {
            assert_eq!(said(columns, rows), (true, expected.to_owned()), "{columns}×{rows}");
        }
        assert_eq!(said(16, 4), (false, String::new()));
    }
}
