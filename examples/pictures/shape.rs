//! The glyphs that are drawn as shapes, so that rules join from cell to cell whatever font shows the letters.

use crate::svg::{HEIGHT, WIDTH};

/// What a glyph is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A rule across the cell, so many units thick, perhaps dotted; neighbours make one rule.
    Across { thick: u32, dotted: bool },
    /// A rule down the cell.
    Down { thick: u32, dotted: bool },
    /// A bar at the cell's left edge, so many units wide; those above each other make one bar.
    Bar(u32),
    /// A path within the cell, relative to its upper left corner: a line so many units thick, or filled.
    Path { d: &'static str, line: Option<u32> },
}

/// The shape of a glyph; `None` for what a font has to draw.
pub fn shape(symbol: &str) -> Option<Shape> {
    // Middle of the cell: 4.5, 10.
    let path = |d, line| Some(Shape::Path { d, line });
    match symbol {
        "─" => Some(Shape::Across { thick: 1, dotted: false }),
        "━" => Some(Shape::Across { thick: 3, dotted: false }),
        "┈" => Some(Shape::Across { thick: 1, dotted: true }),
        "│" => Some(Shape::Down { thick: 1, dotted: false }),
        "┊" => Some(Shape::Down { thick: 1, dotted: true }),
        "▌" => Some(Shape::Bar(WIDTH / 2)),
        "▎" => Some(Shape::Bar(WIDTH / 4)),
        "╭" => path("M4.5 20V15Q4.5 10 9 10", Some(1)),
        "╮" => path("M0 10Q4.5 10 4.5 15V20", Some(1)),
        "╰" => path("M4.5 0V5Q4.5 10 9 10", Some(1)),
        "╯" => path("M0 10Q4.5 10 4.5 5V0", Some(1)),
        "┏" => path("M4.5 20V10H9", Some(3)),
        "┓" => path("M0 10H4.5V20", Some(3)),
        "┗" => path("M4.5 0V10H9", Some(3)),
        "┛" => path("M0 10H4.5V0", Some(3)),
        "┃" => Some(Shape::Down { thick: 3, dotted: false }),
        "◆" => path("M4.5 4.5L9.5 10L4.5 15.5L-.5 10Z", None),
        "▸" => path("M1.5 5.5L8 10L1.5 14.5Z", None),
        "◧" => path("M0 5.5H9V14.5H0ZM4.5 6.5V13.5H8V6.5Z", None),
        "◨" => path("M0 5.5H9V14.5H0ZM1 6.5V13.5H4.5V6.5Z", None),
        _ => None,
    }
}

/// A rule or a bar of `cells` cells from the cell at `x`, `y` (units), as an SVG element of this colour class.
pub fn rule(shape: Shape, (x, y): (u32, u32), cells: u32, class: &str) -> String {
    let dots = |dotted| if dotted { " stroke-dasharray=\"1.5 3.5\"" } else { "" };
    match shape {
        Shape::Across { thick, dotted } => {
            let (y, to) = (y + HEIGHT / 2, x + cells * WIDTH);
            format!("<path class=\"{class}\" d=\"M{x} {y}H{to}\" stroke-width=\"{thick}\"{}/>\n", dots(dotted))
        }
        Shape::Down { thick, dotted } => {
            let (x, to) = (f64::from(x) + f64::from(WIDTH) / 2.0, y + cells * HEIGHT);
            format!("<path class=\"{class}\" d=\"M{x} {y}V{to}\" stroke-width=\"{thick}\"{}/>\n", dots(dotted))
        }
        Shape::Bar(wide) => {
            format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{}\"/>\n", cells * HEIGHT)
        }
        Shape::Path { d, line } => {
            let pen = line.map_or("fill-rule=\"evenodd\"".to_owned(), |thick| format!("stroke-width=\"{thick}\""));
            format!("<path class=\"{class}\" transform=\"translate({x} {y})\" d=\"{d}\" {pen}/>\n")
        }
    }
}
