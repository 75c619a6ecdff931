//! The table as text: a letter for each text, a row for each topic.

use std::io::{self, Write};

use crate::export::columns::{padded, wrapped};
use crate::layout::cells;
use crate::link::score::told;
use crate::study::grid::{CHECKED, Grid, GridCell, NOT_FOUND, shade};

/// The widest a column of topic names gets.
const WIDEST_NAME: usize = 32;

/// Columns of the cell of a topic and a text: `▓▓ 12 × 0.92`.
const CELL: usize = 12;

/// Between two columns.
const GAP: usize = 2;

/// Writes the table: a row for each topic with its name and id, a column for each text, in it the strength of the
/// strongest treatment as a shade, the number of treatments, and that strength from 0 to 1. With a `width`, as many
/// texts stand beside each other as fit, and the others in further tables below.
pub(crate) fn write(out: &mut dyn Write, grid: &Grid, width: Option<u16>) -> io::Result<()> {
    for (nth, text) in grid.texts.iter().enumerate() {
        let id = format!("({})", text.id);
        // A name that had to be told apart has it already.
        let id = if text.name.ends_with(&id) { String::new() } else { format!("  {id}") };
        writeln!(out, "{}  {}{id}", letter(nth), text.name)?;
    }
    let names = grid.rows.iter().map(|r| cells::width(&r.named())).max().unwrap_or(0).clamp(5, WIDEST_NAME);
    // Never cut: they are there to be written after `--topic`.
    let ids = grid.rows.iter().map(|r| cells::width(&r.id)).max().unwrap_or(0).max(2);
    let all = grid.texts.len();
    let room = width.map_or(usize::MAX, |w| usize::from(w).saturating_sub(names + GAP + ids) / (CELL + GAP));
    let room = room.clamp(1, all.max(1));
    for first in (0..all.max(1)).step_by(room) {
        let shown = first..(first + room).min(all);
        let heads: Vec<String> = shown.clone().map(|nth| padded(&letter(nth), CELL)).collect();
        writeln!(out, "\n{}  {}  {}", padded("topic", names), padded("id", ids), heads.join("  ").trim_end())?;
        for row in &grid.rows {
            let cells: Vec<String> =
                row.cells.get(shown.clone()).unwrap_or_default().iter().map(|c| padded(&cell(*c), CELL)).collect();
            let called = row.named();
            let name = cells::ellipsis(&called, names);
            let line = format!("{}  {}  {}", padded(&name, names), padded(&row.id, ids), cells.join("  "));
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    if let Some(folded) = grid.said_of_folded() {
        writeln!(out, "{folded}")?;
    }
    writeln!(out)?;
    for row in wrapped(&legend(grid), width.unwrap_or(100)) {
        writeln!(out, "{row}")?;
    }
    Ok(())
}

fn cell(cell: GridCell) -> String {
    match cell {
        GridCell::Unknown => "?".to_owned(),
        GridCell::NotFound => NOT_FOUND.to_owned(),
        GridCell::Checked => CHECKED.to_owned(),
        GridCell::Treated { count, strength } => format!("{} {count:>2} × {}", shade(strength), told(strength)),
    }
}

fn legend(grid: &Grid) -> String {
    let mut parts = vec!["░ ▒ ▓ █ weak to strong; treatments × strength, 0 to 1".to_owned()];
    if grid.has(GridCell::NotFound) {
        parts.push(format!("{NOT_FOUND} not found"));
    }
    if grid.has(GridCell::Checked) {
        parts.push(format!("{CHECKED} silent, as you checked"));
    }
    parts.join("; ")
}

/// A, B, C … for the columns; after Z their numbers.
fn letter(nth: usize) -> String {
    match u8::try_from(nth) {
        Ok(n) if n < 26 => char::from(b'A' + n).to_string(),
        _ => (nth + 1).to_string(),
    }
}
