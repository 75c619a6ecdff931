//! Letters larger than a cell (OSC 66, as kitty's text sizing protocol has it).

use std::io;

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::style::Print;
use ratatui::style::{Color, Modifier, Style};

use crate::view::sized::SizedRow;

/// The most bytes of words in one sequence; 4096 are the limit.
const MOST: usize = 2048;

/// Writes rows of large letters.
pub(super) fn write(rows: &[SizedRow], frame: &mut Vec<u8>) -> io::Result<()> {
    for row in rows {
        queue!(frame, MoveTo(row.at.0, row.at.1))?;
        for (words, style) in &row.parts {
            let letters: String = words.chars().filter(|c| !c.is_control()).collect();
            let mut rest = letters.as_str();
            while !rest.is_empty() {
                let (now, later) = rest.split_at(rest.floor_char_boundary(MOST.min(rest.len())));
                queue!(frame, Print(format!("\x1b[{}m\x1b]66;s={};{now}\x07", codes(*style), row.scale)))?;
                rest = later;
            }
        }
        queue!(frame, Print("\x1b[0m"))?;
    }
    Ok(())
}

/// The codes of a style (ECMA-48, 8.3.117; colours as xterm has them).
fn codes(style: Style) -> String {
    let modifiers = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ];
    let has = |modifier| style.add_modifier.contains(modifier);
    let modifiers = modifiers.into_iter().filter(|(modifier, _)| has(*modifier)).map(|(_, code)| code.to_owned());
    let colors = [style.fg.and_then(|color| color_code(color, 30)), style.bg.and_then(|color| color_code(color, 40))];
    std::iter::once("0".to_owned()).chain(modifiers).chain(colors.into_iter().flatten()).collect::<Vec<_>>().join(";")
}

fn color_code(color: Color, base: u8) -> Option<String> {
    let of_palette = |n: u8| Some((if n < 8 { base + n } else { base + 52 + n }).to_string());
    match color {
        Color::Reset => None,
        Color::Black => of_palette(0),
        Color::Red => of_palette(1),
        Color::Green => of_palette(2),
        Color::Yellow => of_palette(3),
        Color::Blue => of_palette(4),
        Color::Magenta => of_palette(5),
        Color::Cyan => of_palette(6),
        Color::Gray => of_palette(7),
        Color::DarkGray => of_palette(8),
        Color::LightRed => of_palette(9),
        Color::LightGreen => of_palette(10),
        Color::LightYellow => of_palette(11),
        Color::LightBlue => of_palette(12),
        Color::LightMagenta => of_palette(13),
        Color::LightCyan => of_palette(14),
        Color::White => of_palette(15),
        Color::Indexed(n) => Some(format!("{};5;{n}", base + 8)),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", base + 8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_with_their_looks_and_nothing_that_ends_the_sequence() {
        let style = Style::new().fg(Color::Indexed(220)).bg(Color::White).add_modifier(Modifier::BOLD);
        let rows = [SizedRow { at: (4, 2), scale: 2, parts: vec![("so\x07\x1b be it".to_owned(), style)] }];
        let mut frame = Vec::new();
        write(&rows, &mut frame).unwrap();
        assert_eq!(String::from_utf8(frame).unwrap(), "\x1b[3;5H\x1b[0;1;38;5;220;107m\x1b]66;s=2;so be it\x07\x1b[0m");
        let long = SizedRow { at: (0, 0), scale: 3, parts: vec![("é".repeat(3000), Style::new())] };
        let mut frame = Vec::new();
        write(&[long], &mut frame).unwrap();
        assert_eq!(String::from_utf8(frame).unwrap().matches("\x1b]66;s=3;").count(), 3);
    }
}
