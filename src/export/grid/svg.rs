//! The table as a picture that needs nothing but itself, for a slide or a page: SVG, light and dark.
//!
//! A square grows with the strength, and the number beside it counts the treatments; so it reads without colour. The
//! whole table stands in the description in words, for who cannot see it.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::export::html::escaped;
use crate::export::picture::opening;
use crate::layout::cells;
use crate::study::grid::{Grid, GridCell, GridRow, step};

/// The width of a letter on average, in pixels, at the size of the labels: what a common sans serif has.
const LETTER: usize = 7;
/// Around everything.
const MARGIN: usize = 24;
/// Title and what follows it.
const HEAD: usize = 56;
/// A cell.
const CELL: (usize, usize) = (52, 26);
/// The longest labels, in columns.
const TOPIC: usize = 40;
const TEXT: usize = 44;
/// The sides of the squares of the four steps.
const SIDES: [usize; 4] = [7, 11, 15, 19];

// Colours as they are, and those of a dark ground after them: many programs know no variables.
const STYLE: &str = "\
text{fill:#1d1c1a;font:13px 'Liberation Sans',Arial,Helvetica,sans-serif}.ground{fill:#fdfcf9}\
.title{font-size:18px;font-weight:600}.soft,.dot{fill:#5b5750}.rule{stroke:#ddd7cb}.heat{fill:#8a5a12}\
.line{stroke:#1d1c1a;fill:none;stroke-width:1.4}\
@media(prefers-color-scheme:dark){text{fill:#e6e2da}.ground{fill:#171615}.soft,.dot{fill:#aba598}.rule{stroke:#3a3731}\
.heat{fill:#d9a650}.line{stroke:#e6e2da}}";

/// Where things are, in pixels.
struct Plan {
    /// Where the first column begins, and the first row.
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

/// Writes the picture.
pub fn write(out: &mut dyn Write, grid: &Grid) -> io::Result<()> {
    let plan = plan(grid);
    let mut svg = String::with_capacity(4096 + grid.rows.len() * grid.texts.len() * 120);
    let Plan { width, height, .. } = plan;
    svg.push_str(&opening((width, height), &grid.title(), &in_words(grid), STYLE));
    let _ = writeln!(
        svg,
        "<text class=\"title\" x=\"{MARGIN}\" y=\"{}\">Topics and texts</text>\n\
         <text class=\"soft\" x=\"{MARGIN}\" y=\"{}\">{}</text>",
        MARGIN + 16,
        MARGIN + 38,
        escaped(&grid.title())
    );
    for (nth, text) in grid.texts.iter().enumerate() {
        let (x, y) = (plan.left + nth * CELL.0 + CELL.0 / 2 - 4, plan.top - 10);
        let name = cells::ellipsis(&text.name, TEXT);
        let _ = writeln!(svg, "<text transform=\"translate({x} {y}) rotate(-45)\">{}</text>", escaped(&name));
    }
    for (nth, row) in grid.rows.iter().enumerate() {
        write_row(&mut svg, grid, row, plan.left, plan.top + nth * CELL.1);
    }
    legend(&mut svg, grid, plan.top + grid.rows.len() * CELL.1 + 30);
    svg.push_str("</svg>\n");
    out.write_all(svg.as_bytes())
}

fn plan(grid: &Grid) -> Plan {
    let columns = |s: &str, most: usize| cells::width(s).min(most);
    let names = grid.rows.iter().map(|r| columns(&r.named(), TOPIC)).max().unwrap_or(0);
    let titles = grid.texts.iter().map(|t| columns(&t.name, TEXT)).max().unwrap_or(0);
    // The titles lean to the right: at 45 degrees, .71 of their length goes up, and as much to the right.
    let leaning = titles * LETTER * 71 / 100;
    let left = MARGIN + names * LETTER + 16;
    let top = MARGIN + HEAD + leaning;
    let table = left + grid.texts.len() * CELL.0;
    let width = (table + leaning).max(MARGIN + LEGEND_WIDTH) + MARGIN;
    Plan { left, top, width, height: top + grid.rows.len() * CELL.1 + 30 + 24 + MARGIN }
}

fn write_row(svg: &mut String, grid: &Grid, row: &GridRow, left: usize, y: usize) {
    let right = left + grid.texts.len() * CELL.0;
    let _ = writeln!(svg, "<path class=\"rule\" d=\"M{MARGIN} {y}H{right}\"/>");
    let called = row.named();
    let name = cells::ellipsis(&called, TOPIC);
    let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{}\">{}</text>", y + 18, escaped(&name));
    for ((nth, cell), text) in row.cells.iter().enumerate().zip(&grid.texts) {
        let said = escaped(&format!("{called}, {}: {}", text.name, cell.in_words()));
        let _ = write!(svg, "<g><title>{said}</title>");
        draw(svg, *cell, left + nth * CELL.0, y);
        svg.push_str("</g>\n");
    }
}

/// A cell with its upper left corner at (`x`, `y`).
fn draw(svg: &mut String, cell: GridCell, x: usize, y: usize) {
    // The middle of where the square stands; the number is to its right.
    let (cx, cy) = (x + 16, y + CELL.1 / 2);
    let _ = match cell {
        GridCell::Unknown => write!(svg, "<text class=\"soft\" x=\"{}\" y=\"{}\">?</text>", cx - 4, cy + 5),
        GridCell::NotFound => write!(svg, "<circle class=\"dot\" cx=\"{cx}\" cy=\"{cy}\" r=\"1.6\"/>"),
        GridCell::Checked => write!(
            svg,
            "<g class=\"line\"><circle cx=\"{cx}\" cy=\"{cy}\" r=\"5\"/><path d=\"M{} {}L{} {}M{} {}l3 3l5 -7\"/></g>",
            cx - 5,
            cy + 5,
            cx + 5,
            cy - 5,
            cx + 10,
            cy
        ),
        GridCell::Treated { count, strength } => {
            let side = SIDES[step(strength)];
            let (left, top) = (cx - side / 2, cy - side / 2);
            write!(
                svg,
                "<rect class=\"heat\" x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" rx=\"2\"/>\
                 <text x=\"{}\" y=\"{}\">{count}</text>",
                cx + 13,
                cy + 5
            )
        }
    };
}

/// Columns of pixels that the legend takes.
const LEGEND_WIDTH: usize = 560;

fn legend(svg: &mut String, grid: &Grid, y: usize) {
    let label = |svg: &mut String, x: usize, words: &str| {
        let _ = writeln!(svg, "<text class=\"soft\" x=\"{x}\" y=\"{}\">{words}</text>", y + CELL.1 / 2 + 5);
    };
    for (nth, side) in SIDES.into_iter().enumerate() {
        let (x, top) = (MARGIN + nth * 24 + 12 - side / 2, y + CELL.1 / 2 - side / 2);
        let _ =
            writeln!(svg, "<rect class=\"heat\" x=\"{x}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" rx=\"2\"/>");
    }
    label(svg, MARGIN + 106, "weak to strong, treatments");
    let mut x = MARGIN + 300;
    for (cell, words) in
        [(GridCell::NotFound, "not found"), (GridCell::Checked, "silent, checked"), (GridCell::Unknown, "not known")]
    {
        if grid.has(cell) {
            draw(svg, cell, x - 8, y);
            label(svg, x + 30, words);
            x += 30 + words.len() * LETTER + 12;
        }
    }
}

/// The table in sentences.
fn in_words(grid: &Grid) -> String {
    let mut words = String::new();
    for row in &grid.rows {
        let _ = write!(words, "{}: ", row.named());
        let said: Vec<String> = grid
            .texts
            .iter()
            .zip(&row.cells)
            .map(|(text, cell)| format!("{}, {}", text.name, cell.in_words()))
            .collect();
        words.push_str(&said.join("; "));
        words.push_str(". ");
    }
    words.trim_end().to_owned()
}
