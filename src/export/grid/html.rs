//! The table as one page: a real table, so that it can be read cell by cell, in the dress of the handout.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use crate::export::page::{self, STYLE};
use crate::link::score::told;
use crate::study::grid::{CHECKED, Grid, GridCell, NOT_FOUND, step};

const TEMPLATE: &str = include_str!("grid.html");

/// With more texts than this, their titles stand upright.
const LYING: usize = 6;

const LEGEND: [(GridCell, &str, &str); 3] = [
    (GridCell::NotFound, NOT_FOUND, "not found by the terms of the topic"),
    (GridCell::Checked, CHECKED, "silent, as a reader has checked"),
    (GridCell::Unknown, "?", "not known: the text was not read"),
];

#[derive(Serialize)]
struct PageView<'a> {
    style: &'a str,
    title: String,
    upright: bool,
    texts: Vec<&'a str>,
    rows: Vec<RowView<'a>>,
    /// Signs, and what they mean.
    legend: Vec<(&'static str, &'static str)>,
}

#[derive(Serialize)]
struct RowView<'a> {
    name: Cow<'a, str>,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    /// `treated`, `checked`, `silent` for what was not found, or `unknown`.
    kind: &'static str,
    /// The step of strength, 1 to 4.
    step: usize,
    count: usize,
    strength: String,
}

/// Writes the page.
pub fn write(out: &mut dyn Write, grid: &Grid) -> io::Result<()> {
    let rows = grid.rows.iter().map(|row| RowView { name: row.named(), cells: row.cells.iter().map(view).collect() });
    let page = PageView {
        style: STYLE,
        title: grid.title(),
        upright: grid.texts.len() > LYING,
        texts: grid.texts.iter().map(|t| t.name.as_str()).collect(),
        rows: rows.collect(),
        legend: LEGEND.iter().filter(|(cell, ..)| grid.has(*cell)).map(|(_, sign, words)| (*sign, *words)).collect(),
    };
    page::write(out, &[TEMPLATE], &page)
}

fn view(cell: &GridCell) -> CellView {
    let (kind, step, count, strength) = match cell {
        GridCell::Unknown => ("unknown", 0, 0, 0.0),
        GridCell::NotFound => ("silent", 0, 0, 0.0),
        GridCell::Checked => ("checked", 0, 0, 0.0),
        GridCell::Treated { count, strength } => ("treated", step(*strength) + 1, *count, *strength),
    };
    CellView { kind, step, count, strength: told(strength) }
}
