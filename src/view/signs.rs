//! The signs that the screen is drawn with, in one table: each with what stands for it where a terminal's letters are
//! ASCII alone. What is drawn goes through it last of all; a text's own letters are let be.

use ratatui::buffer::Cell;
use ratatui::style::Modifier;

/// Which signs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signs {
    /// Those of the table.
    #[default]
    Unicode,
    /// What stands for them in ASCII.
    Ascii,
}

/// The mark of a cell with a text's own letters. It is taken off before anybody sees the cell.
pub(super) const OWN: Modifier = Modifier::RAPID_BLINK;

/// The signs, and what stands for each. One column each, so that nothing moves.
const TABLE: &[(char, char)] = &[
    // The two texts, and what joins them: computed, the reader's own.
    ('◧', 'L'),
    ('◨', 'R'),
    ('⇄', '~'),
    ('⇔', '='),
    // Silence, and what the reader has checked or written.
    ('∅', '0'),
    ('✓', 'v'),
    ('✎', 'n'),
    // Places.
    ('¶', '#'),
    ('§', '*'),
    ('◆', 'O'),
    ('●', '*'),
    ('○', 'o'),
    ('•', '*'),
    // Words about words.
    ('·', '-'),
    ('…', '.'),
    ('“', '"'),
    ('”', '"'),
    ('„', '"'),
    ('«', '"'),
    ('»', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('‚', '\''),
    ('‹', '<'),
    ('›', '>'),
    ('–', '-'),
    ('—', '-'),
    ('−', '-'),
    ('‑', '-'),
    ('×', 'x'),
    ('≠', '!'),
    ('≈', '~'),
    ('±', '~'),
    ('→', '>'),
    ('←', '<'),
    ('↑', '^'),
    ('↓', 'v'),
    ('↕', '|'),
    ('↷', '>'),
    ('↵', '<'),
    ('▸', '>'),
    ('▾', 'v'),
    // Bars: of the passage that is read where one leads, of the other, and the reading line.
    ('▌', '|'),
    ('▎', ':'),
    ('▍', '|'),
    ('▐', '|'),
    ('█', '#'),
    ('▀', '"'),
    ('▄', '_'),
    ('■', '#'),
    // How strong something is.
    ('░', '.'),
    ('▒', ':'),
    ('▓', '#'),
    // Rules, and joints: computed, joined, of the same topic only.
    ('─', '-'),
    ('╌', '-'),
    ('━', '='),
    ('═', '='),
    ('┈', '.'),
    ('│', '|'),
    ('┃', '|'),
    ('║', '|'),
    ('┊', ':'),
    ('╱', '/'),
    ('╲', '\\'),
    ('╳', 'X'),
    ('\u{a0}', ' '),
    ('\u{fffd}', '?'),
];

/// What stands for a sign in ASCII; `None` for what is no sign of the screen.
pub fn in_ascii(sign: char) -> Option<char> {
    if sign.is_ascii() {
        return None;
    }
    if let Some((_, ascii)) = TABLE.iter().find(|(unicode, _)| *unicode == sign) {
        return Some(*ascii);
    }
    match sign {
        // The corners and crossings of frames and joints; what remains of the blocks; pictures of control characters.
        '\u{2500}'..='\u{257f}' => Some('+'),
        '\u{2580}'..='\u{259f}' => Some('#'),
        '\u{2400}'..='\u{243f}' => Some('?'),
        // Threads, drawn in dots: two columns of four.
        '\u{2800}'..='\u{28ff}' => Some(match (u32::from(sign) & 0xff).count_ones() {
            0 => ' ',
            1..=2 => '.',
            3..=5 => ':',
            _ => '#',
        }),
        _ => None,
    }
}

/// Gives every cell of a row that is not a text's own the signs that are drawn, and takes the marks of the others off.
pub(super) fn settle(row: &mut [Cell], signs: Signs) {
    if signs == Signs::Ascii {
        for at in 0..row.len() {
            spell(row, at);
        }
    }
    for cell in row {
        cell.modifier.remove(OWN);
    }
}

/// Draws the sign at a place of a row in ASCII.
fn spell(row: &mut [Cell], at: usize) {
    let Some(sign) = sign_in(&row[at]) else { return };
    let Some(ascii) = in_ascii(sign) else { return };
    row[at].set_char(ascii);
    if sign != '…' {
        return;
    }
    let blank = |at: usize| row.get(at).map(|cell| cell.symbol() == " ");
    // The end of a row, or a line with or without a space before it.
    let ends = |at: usize| row.get(at).is_none_or(|cell| sign_in(cell).is_some_and(is_line));
    let dots = if blank(at + 1) == Some(true) && blank(at + 2) == Some(true) && blank(at + 3) != Some(false) {
        at + 1..at + 3
    } else if at.checked_sub(1).is_none_or(|before| blank(before) == Some(true)) {
        // What is left out before.
        row[at].set_char('<');
        return;
    } else if stands_for_words(row.get(at + 1)) || is_under_way(row, at) {
        // `topic:…,` and `comparing…`: nothing is cut here.
        return;
    } else {
        // Where nothing is free the last letters of what is cut give way: one point would end a sentence.
        let letters = (0..at).rev().take(2).take_while(|at| blank(*at) == Some(false) && !ends(*at));
        letters.last().unwrap_or(at)..at
    };
    for cell in &mut row[dots] {
        cell.set_char(ascii);
    }
}

/// Whether what follows an ellipsis goes on in the same word or list.
fn stands_for_words(next: Option<&Cell>) -> bool {
    next.and_then(|cell| cell.symbol().chars().next()).is_some_and(|c| c.is_alphanumeric() || c == ',')
}

/// Whether an ellipsis says of what is being done that it goes on.
fn is_under_way(row: &[Cell], at: usize) -> bool {
    let before: String = row[at.saturating_sub(3)..at].iter().map(Cell::symbol).collect();
    before == "ing" && row.get(at + 1).is_some_and(|cell| cell.symbol() == " ")
}

/// The one letter of a cell that is no text's own.
fn sign_in(cell: &Cell) -> Option<char> {
    let mut letters = cell.symbol().chars();
    let sign = letters.next().filter(|_| letters.next().is_none())?;
    (!cell.modifier.contains(OWN)).then_some(sign)
}

fn is_line(sign: char) -> bool {
    ('\u{2500}'..='\u{259f}').contains(&sign)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;

    #[test]
    fn every_line_block_and_dot_has_something_in_ascii() {
        for sign in ('\u{2500}'..='\u{259f}').chain('\u{2800}'..='\u{28ff}').chain(TABLE.iter().map(|(sign, _)| *sign))
        {
            assert!(in_ascii(sign).is_some_and(|ascii| ascii.is_ascii() && !ascii.is_ascii_control()), "{sign}");
        }
        let mut signs: Vec<char> = TABLE.iter().map(|(sign, _)| *sign).collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), TABLE.len(), "each stands in the table once");
        assert_eq!(in_ascii('é'), None);
    }

    #[test]
    fn an_ellipsis_is_three_dots_where_there_is_room_or_something_was_cut() {
        for (drawn, ascii) in [
            ("looking…   · sync", "looking... - sync"),
            ("looking… · sync", "looking. - sync"),
            ("Against…  Biog…", "Again...  Bi..."),
            ("because: vote… (3)", "because: vo... (3)"),
            ("topic:…, or a date", "topic:., or a date"),
            ("│ a Provisional… │", "| a Provision... |"),
            ("the post office… ──◆", "the post offi... --O"),
            ("a Provisional…", "a Provision..."),
            ("…of the soldiers", "<of the soldiers"),
            ("│ …of it", "| <of it"),
        ] {
            let mut buffer = Buffer::with_lines([drawn]);
            settle(&mut buffer.content, Signs::Ascii);
            assert_eq!(buffer, Buffer::with_lines([ascii]), "{drawn}");
        }
    }
}
