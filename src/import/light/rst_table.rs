//! Tables of reStructuredText: drawn as a grid, or with lines of equals signs above their columns.

use std::ops::Range;

use crate::import::flow::compose::Composer;

use super::cells;
use super::rst_inline::RstSyntax;

/// A table of more columns is none.
const MOST_COLUMNS: usize = 64;

/// Reads a table that begins with the first line: how many lines it has.
pub(super) fn read(lines: &[&str], syntax: &RstSyntax, out: &mut Composer) -> Option<usize> {
    let first = lines[0];
    if first.starts_with("+-") && first.ends_with('+') {
        grid(lines, syntax, out)
    } else if first.starts_with("==") && first.contains(" ==") && first.bytes().all(|b| matches!(b, b'=' | b' ')) {
        simple(lines, syntax, out)
    } else {
        None
    }
}

fn grid(lines: &[&str], syntax: &RstSyntax, out: &mut Composer) -> Option<usize> {
    let used = lines.iter().take_while(|l| l.starts_with(['+', '|'])).count();
    let lines = &lines[..used];
    if used < 3 {
        return None;
    }
    let is_border = |l: &str| l.starts_with('+') && l.bytes().all(|b| matches!(b, b'+' | b'-' | b'='));
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    for line in &lines[1..] {
        if is_border(line) {
            rows.push(std::mem::take(&mut row));
            continue;
        }
        // A line that divides some of the cells alone ends none of the others.
        let inner = line.trim_matches(['|', '+']);
        for (column, cell) in inner.split('|').enumerate().take(MOST_COLUMNS) {
            if row.len() <= column {
                row.push(String::new());
            }
            let rule = cell.trim().trim_matches(['-', '+', '=']).is_empty() && cell.contains("--");
            if !rule {
                row[column].push_str(cell.trim());
                row[column].push('\n');
            }
        }
    }
    rows.push(row);
    rows.retain(|row| !row.is_empty());
    cells::push(&rows, syntax, out);
    Some(used)
}

fn simple(lines: &[&str], syntax: &RstSyntax, out: &mut Composer) -> Option<usize> {
    let border = lines[0];
    let columns = columns(border);
    let is_border = |l: &str| !l.is_empty() && l.bytes().all(|b| matches!(b, b'=' | b' ')) && l.contains("==");
    // The table ends with the last border before an empty line that follows one.
    let mut borders = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(1) {
        if is_border(line) {
            borders.push(at);
            if lines.get(at + 1).is_none_or(|l| l.is_empty()) {
                break;
            }
        }
    }
    let last = *borders.last()?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in &lines[1..last] {
        if is_border(line) || line.is_empty() || line.bytes().all(|b| matches!(b, b'-' | b' ')) {
            continue;
        }
        let cells = cut(line, &columns);
        let goes_on = cells.first().is_some_and(|c| c.trim().is_empty());
        match rows.last_mut().filter(|_| goes_on) {
            Some(row) => {
                for (cell, more) in row.iter_mut().zip(&cells).filter(|(_, more)| !more.trim().is_empty()) {
                    cell.push('\n');
                    cell.push_str(more.trim());
                }
            }
            None => rows.push(cells),
        }
    }
    cells::push(&rows, syntax, out);
    Some(last + 1)
}

/// Where the columns stand, by the border above them, in characters.
fn columns(border: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in border.chars().chain([' ']).enumerate() {
        match (c, start) {
            ('=', None) => start = Some(at),
            ('=', _) => {}
            (_, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found.truncate(MOST_COLUMNS);
    found
}

/// The cells of a line. The last of them may be longer than its column.
fn cut(line: &str, columns: &[Range<usize>]) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    let part = |(number, column): (usize, &Range<usize>)| {
        // What stands between two columns belongs to the first.
        let end = columns.get(number + 1).map_or(letters.len(), |next| next.start);
        letters.get(column.start.min(letters.len())..end.min(letters.len())).map(|part| part.iter().collect::<String>())
    };
    columns.iter().enumerate().map(|column| part(column).unwrap_or_default().trim().to_owned()).collect()
}
