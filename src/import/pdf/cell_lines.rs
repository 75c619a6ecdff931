//! Rows of a table whose cells have several lines: by the gaps between lines, which are wider from row to row than
//! within one, wherever in its row a cell stands.

use super::row::{Cell, Row};
use super::table::{Columns, column_of, join};

/// How much wider, in sizes of the type, the narrowest gap between rows is than the widest within one.
const WIDER: f32 = 0.15;

/// How many lines above its first full one a table is looked for in.
const ABOVE: usize = 8;

/// How near to each other lines of a table stand, in sizes of their type.
const NEAR: f32 = 2.9;

/// The table that has its first full line at `at`: where it begins, and its rows, each gathered from its lines. Lines that
/// stand in its columns above that one are tried first: a row whose cell stands in its middle begins with others.
pub(super) fn rows(lines: &[Row], at: usize, end: usize, free: usize, columns: &Columns) -> Option<(usize, Vec<Row>)> {
    let column = |cell: &Cell| {
        let mut over = (0..columns.len()).filter(|n| cell.left < columns[*n].1 && cell.right > columns[*n].0);
        over.next().filter(|_| over.next().is_none())
    };
    let inside = |line: &Row| !line.cells.is_empty() && line.cells.iter().all(|cell| column(cell).is_some());
    let near = |i: usize| (0.0..lines[i].size * NEAR).contains(&(lines[i].base - lines[i + 1].base));
    let most = (free..at).rev().take(ABOVE).take_while(|i| inside(&lines[*i]) && near(*i)).count();
    // A line in the first column alone is the end of a paragraph rather than the head of a table.
    let begins = |i: &usize| lines[*i].cells.iter().any(|cell| column(cell).is_some_and(|n| n > 0));
    (at - most..=at).filter(begins).find_map(|from| Some((from, gathered(&lines[from..end], columns)?)))
}

/// The rows of a table, each gathered from its lines; `None` where the gaps do not say which lines belong together. A row
/// has one line in the first column.
fn gathered(lines: &[Row], columns: &Columns) -> Option<Vec<Row>> {
    let is_first = |line: &Row| line.cells.iter().any(|cell| column_of(columns, cell) == 0);
    let firsts: Vec<usize> = (0..lines.len()).filter(|i| is_first(&lines[*i])).collect();
    let last = *firsts.last()?;
    if firsts.len() < 2 || firsts.len() == lines.len() {
        return None;
    }
    let gap = |i: usize| lines[i - 1].base - lines[i].base;
    // Between two first cells the widest gap parts their rows.
    let widest = |pair: &[usize]| (pair[0] + 1..=pair[1]).max_by(|a, b| gap(*a).total_cmp(&gap(*b)));
    let starts: Vec<usize> = firsts.windows(2).filter_map(widest).collect();
    let parting = starts.iter().map(|i| gap(*i)).fold(f32::MAX, f32::min);
    let inner = (1..lines.len()).filter(|i| !starts.contains(i)).map(gap).fold(0.0, f32::max);
    let size = lines[last].size;
    if parting < inner + size * WIDER {
        return None;
    }
    let mut bounds = vec![0];
    bounds.extend(starts);
    bounds.push(lines.len());
    // Lines that fill every other column are rows under one first cell.
    let full = |line: &Row| line.cells.iter().filter(|cell| column_of(columns, cell) > 0).count() + 1 >= columns.len();
    let under_one = |w: &[usize]| columns.len() > 2 && lines[w[0]..w[1]].iter().filter(|line| full(line)).count() > 1;
    if bounds.windows(2).any(under_one) {
        return None;
    }
    Some(bounds.windows(2).map(|w| gather(&lines[w[0]..w[1]], columns)).collect())
}

/// One row of several lines.
fn gather(lines: &[Row], columns: &Columns) -> Row {
    if let [line] = lines {
        return line.clone();
    }
    let mut cells: Vec<Option<(String, f32, f32)>> = vec![None; columns.len()];
    for (line, cell) in lines.iter().flat_map(|line| line.cells.iter().map(move |cell| (line, cell))) {
        let said = line.said(cell.range.clone());
        let said = said.trim();
        match &mut cells[column_of(columns, cell)] {
            Some((whole, left, right)) => {
                join(whole, said);
                (*left, *right) = (left.min(cell.left), right.max(cell.right));
            }
            empty => *empty = Some((said.to_owned(), cell.left, cell.right)),
        }
    }
    let mut row = Row { faces: Vec::new(), raised: Vec::new(), tight: Vec::new(), ..lines[0].clone() };
    (row.text, row.cells) = (String::new(), Vec::new());
    for (said, left, right) in cells.into_iter().flatten() {
        if !row.text.is_empty() {
            row.text.push(' ');
        }
        let start = row.text.len();
        row.text.push_str(&said);
        row.cells.push(Cell { range: start..row.text.len(), left, right });
        (row.left, row.right) = (row.left.min(left), row.right.max(right));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of cells, each with its base and where its cells begin; a letter is five wide.
    fn lines(all: &[(f32, &[(f32, &str)])]) -> Vec<Row> {
        let line = |(base, cells): &(f32, &[(f32, &str)])| {
            let mut row = Row { base: *base, size: 10.0, left: cells[0].0, ..Row::default() };
            for (left, said) in *cells {
                row.text.push_str(if row.text.is_empty() { "" } else { " " });
                let start = row.text.len();
                row.text.push_str(said);
                row.right = left + 5.0 * said.len() as f32;
                row.cells.push(Cell { range: start..row.text.len(), left: *left, right: row.right });
            }
            row
        };
        all.iter().map(line).collect()
    }

    #[test]
    fn lines_of_cells_are_gathered_by_the_gaps_between_rows() {
        let columns = vec![(0.0, 60.0), (100.0, 300.0)];
        let said = |all: &[(f32, &[(f32, &str)])]| -> Option<Vec<String>> {
            Some(gathered(&lines(all), &columns)?.into_iter().map(|row| row.text).collect())
        };
        // The first cell in the middle of its row, and at its head.
        let middle = said(&[
            (700.0, &[(100.0, "the box above the")]),
            (694.0, &[(0.0, "hopper")]),
            (688.0, &[(100.0, "stones")]),
            (668.0, &[(0.0, "tail"), (100.0, "the water below")]),
        ]);
        assert_eq!(middle.unwrap(), ["hopper the box above the stones", "tail the water below"]);
        let head = said(&[
            (700.0, &[(0.0, "hopper"), (100.0, "the box above the")]),
            (688.0, &[(100.0, "stones")]),
            (670.0, &[(0.0, "tail"), (100.0, "the water below")]),
        ]);
        assert_eq!(head.unwrap(), ["hopper the box above the stones", "tail the water below"]);
        // Rows under one first cell stay rows.
        let columns = vec![(0.0, 60.0), (100.0, 160.0), (200.0, 260.0)];
        let grouped: [(f32, &[(f32, &str)]); 3] = [
            (700.0, &[(0.0, "Wheat"), (100.0, "sack"), (200.0, "4s")]),
            (688.0, &[(100.0, "bushel"), (200.0, "2s")]),
            (668.0, &[(0.0, "Oats"), (100.0, "sack"), (200.0, "1s")]),
        ];
        assert!(gathered(&lines(&grouped), &columns).is_none());
        // Where all gaps are alike nothing says which row a line is of.
        let even = said(&[
            (700.0, &[(0.0, "hopper"), (100.0, "the box above the")]),
            (688.0, &[(100.0, "stones")]),
            (676.0, &[(0.0, "tail"), (100.0, "the water below")]),
        ]);
        assert!(even.is_none());
    }
}
