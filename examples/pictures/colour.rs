//! What a cell looks like, in colours that do not depend on a terminal.

use diptych::view::theme::Ground;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// How letters are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub ink: Rgb,
    pub paper: Option<Rgb>,
    pub modifier: Modifier,
}

/// The ground and the plain letters of a terminal that is easy on the eyes.
pub fn ground(ground: Ground) -> (Rgb, Rgb) {
    match ground {
        Ground::Dark => ([0x1c, 0x1e, 0x24], [0xd8, 0xd9, 0xdc]),
        Ground::Light => ([0xfd, 0xfc, 0xf9], [0x26, 0x28, 0x2e]),
    }
}

/// How a cell looks on a ground.
pub fn look(cell: &Cell, on: Ground) -> Look {
    let (paper, ink) = ground(on);
    let mut look = Look { ink: rgb(cell.fg).unwrap_or(ink), paper: rgb(cell.bg), modifier: cell.modifier };
    if look.modifier.contains(Modifier::REVERSED) {
        (look.ink, look.paper) = (look.paper.unwrap_or(paper), Some(look.ink));
        look.modifier.remove(Modifier::REVERSED);
    }
    look
}

/// The colour of a terminal's palette; `None` for the terminal's own. The themes drawn here use the 256-colour palette
/// only: its cube of 6 × 6 × 6 colours from 16, and its greys from 232 (as xterm has them).
fn rgb(color: Color) -> Option<Rgb> {
    match color {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(n @ 16..=231) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let n = n - 16;
            Some([level(n / 36), level(n / 6 % 6), level(n % 6)])
        }
        Color::Indexed(n @ 232..) => Some([8 + 10 * (n - 232); 3]),
        _ => None,
    }
}

/// As SVG writes it.
pub fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
