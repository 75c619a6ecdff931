//! The signs that the screen is drawn with, in one table: each with what stands for it where a terminal's letters are
//! ASCII alone. What is drawn goes through it last of all; a text's own letters are let be.

use ratatui::buffer::{Buffer, Cell};
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
    ('§', 'S'),
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

/// Gives every cell that is not a text's own the signs that are drawn, and takes the marks of the others off.
pub(super) fn settle(buffer: &mut Buffer, signs: Signs) {
    let width = usize::from(buffer.area.width).max(1);
    for at in 0..buffer.content.len() {
        if buffer.content[at].modifier.contains(OWN) {
            buffer.content[at].modifier.remove(OWN);
            continue;
        }
        if signs == Signs::Unicode || buffer.content[at].symbol().is_ascii() {
            continue;
        }
        let mut letters = buffer.content[at].symbol().chars();
        let (Some(sign), None) = (letters.next(), letters.next()) else { continue };
        let Some(ascii) = in_ascii(sign) else { continue };
        buffer.content[at].set_char(ascii);
        // Three dots where there is room for them: they are no full stop.
        let rest = (at % width + 2 < width).then(|| &mut buffer.content[at + 1..at + 3]);
        if sign == '…'
            && let Some(rest) = rest
            && rest.iter().all(is_blank)
        {
            for cell in rest {
                cell.set_char(ascii);
            }
        }
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.contains(OWN)
}

#[cfg(test)]
mod tests {
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
}
