//! Tables whose rows are lines and whose cells stand between bars.

use crate::import::flow::compose::Composer;

use super::inline::{self, Syntax};

/// Adds a table of these rows.
pub(super) fn push(rows: &[Vec<String>], syntax: &dyn Syntax, out: &mut Composer) {
    out.begin_table();
    for row in rows {
        out.row();
        for cell in row {
            out.cell();
            inline::push(cell.trim(), syntax, out, 0);
        }
    }
    out.end_table();
}

/// The cells of a line between bars: `| a | b |`.
pub(super) fn of_line(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|cell| cell.trim().to_owned()).collect()
}
