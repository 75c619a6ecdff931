//! Turns pages into the lines that repair and recognition work on: letters, indents, and how they were set.

use std::ops::Range;

use super::font::Face;
use super::row::Row;
use super::sheet::{Column, Sheet};
use super::structure::Headings;
use crate::import::lines::marks;
use crate::import::lines::print::{Print, Setting};
use crate::import::lines::{Join, Line};
use crate::text::span::SpanKind;

/// The distance of two lines, in parts of the usual one, from which a space stands between them.
const SPACE: f32 = 1.22;

/// Columns with fewer rows take their edges from others.
const FEWEST: usize = 6;

/// The lines of a document.
#[derive(Debug, Default)]
pub(super) struct Composition {
    pub source: String,
    pub lines: Vec<Line>,
    pub print: Print,
}

/// What most of a document is set in.
#[derive(Debug, Clone, Copy)]
struct Body {
    size: f32,
    leading: f32,
    /// Width of a letter: half the size.
    cell: f32,
    filled: bool,
}

/// Sets the rows of all pages as lines. `headings` are the elements of the document's structure that are headings.
pub(super) fn compose(sheets: &[Sheet], headings: &Headings) -> Composition {
    let mut out = Composition::default();
    let mut body = body_of(sheets);
    let columns: Vec<(usize, &Column)> =
        sheets.iter().enumerate().flat_map(|(i, s)| s.columns.iter().map(move |c| (i, c))).collect();
    let own: Vec<(f32, f32)> = columns.iter().map(|(_, column)| own_edges(column)).collect();
    let edges: Vec<(f32, f32)> = (0..columns.len()).map(|i| edges_of(&columns, &own, i)).collect();
    let filled: Vec<Option<bool>> = columns.iter().zip(&edges).map(|((_, c), e)| is_filled(c, *e, body)).collect();
    body.filled =
        filled.iter().filter(|f| **f == Some(true)).count() >= filled.iter().filter(|f| **f == Some(false)).count();
    let mut prior: Option<&Row> = None;
    let mut page = usize::MAX;
    for (n, (sheet, column)) in columns.iter().enumerate() {
        let filled = filled[n].unwrap_or(body.filled);
        for (i, row) in column.rows.iter().enumerate() {
            let first = *sheet != page;
            page = *sheet;
            let jumps = !first && i == 0 && prior.is_some_and(|p| row.base > p.base - body.leading * 0.5);
            let gap = match prior.filter(|_| !first && !jumps) {
                Some(above) if above.table != row.table => gap(above, row, body).max(1),
                Some(_) if row.table > 0 => 0,
                Some(above) => gap(above, row, body).max(u8::from(i == 0)),
                None => 0,
            };
            out.push(row, edges[n], body, filled, headings);
            if let (Some(line), Some(setting)) = (out.lines.last_mut(), out.print.settings.last_mut()) {
                line.gap = gap;
                line.page = first;
                setting.head = jumps;
            }
            prior = Some(row);
        }
    }
    out.drop_common_styles();
    out
}

impl Composition {
    fn push(&mut self, row: &Row, (left, right): (f32, f32), body: Body, filled: bool, headings: &Headings) {
        // A row of a table may begin and end with an empty cell.
        let text = if row.table > 0 { row.text.as_str() } else { row.text.trim() };
        let lead = if row.table > 0 { 0 } else { row.text.len() - row.text.trim_start().len() };
        let start = self.source.len() as u32;
        self.source.push_str(text);
        let end = self.source.len() as u32;
        self.source.push('\n');
        let place = |r: &Range<usize>| {
            let at = |n: usize| (start + n.saturating_sub(lead) as u32).min(end);
            at(r.start)..at(r.end)
        };
        for (range, face) in &row.faces {
            if face.italic {
                self.print.styles.push((place(range), SpanKind::Emphasis));
            }
            if face.bold {
                self.print.styles.push((place(range), SpanKind::Strong));
            }
        }
        let tight = row.tight.iter().map(|at| start + at.saturating_sub(lead as u32));
        self.print.tight.extend(tight.filter(|at| *at > start && *at < end));
        self.print.raised.extend(row.raised.iter().map(place).filter(|r| r.start < r.end));
        let whole = |is: fn(&Face) -> bool| {
            let covered: usize = row.faces.iter().filter(|(_, f)| is(f)).map(|(r, _)| r.len()).sum();
            covered * 20 >= text.len() * 19
        };
        self.print.settings.push(Setting {
            width: (row.right - row.left) / body.cell,
            room: ((right - row.right) / body.cell).max(0.0),
            word: row.word / body.cell,
            size: row.size / body.size,
            filled,
            bold: whole(|f| f.bold),
            mono: whole(|f| f.mono),
            head: false,
            table: row.table > 0,
            element: row.element,
            heading: headings.get(&row.element).copied().unwrap_or(0),
        });
        let number = self.print.settings.len() as u32;
        let indent = ((row.left - left) / body.cell).round().clamp(0.0, 500.0) as u16;
        self.lines.push(Line { start, end, number, indent, gap: 0, page: false, join: Join::Start });
    }

    /// A face that most of the text is set in stresses nothing, and is no program text.
    fn drop_common_styles(&mut self) {
        for kind in [SpanKind::Emphasis, SpanKind::Strong] {
            let covered: usize = self.print.styles.iter().filter(|(_, k)| *k == kind).map(|(r, _)| r.len()).sum();
            if covered * 5 > self.source.len() * 2 {
                self.print.styles.retain(|(_, k)| *k != kind);
            }
        }
        let covered = |is: fn(&Setting) -> bool| self.print.settings.iter().filter(|s| is(s)).count();
        // The letters of tables have no faces any more.
        let count = self.print.settings.iter().filter(|s| !s.table).count();
        // A manual may be half program text; what is typewritten is nearly all in such letters.
        let (bold, mono) = (covered(|s| s.bold) * 5 > count * 2, covered(|s| s.mono) * 10 > count * 7);
        for setting in &mut self.print.settings {
            setting.bold &= !bold;
            setting.mono &= !mono;
        }
    }
}

/// Blank lines between two rows.
fn gap(above: &Row, row: &Row, body: Body) -> u8 {
    let usual = body.leading * above.size.max(row.size) / body.size;
    // Smaller type than the text's is often set with more space, in its share, between its lines.
    let usual = usual.max(above.size.max(row.size) * 1.1);
    let distance = (above.base - row.base) / usual;
    if distance < SPACE { 0 } else { ((distance - 0.75).round() as i32).clamp(1, 9) as u8 }
}

fn body_of(sheets: &[Sheet]) -> Body {
    let rows = || sheets.iter().flat_map(Sheet::rows);
    let size = mode(rows().map(|r| (r.size, r.text.len())), 0.25).unwrap_or(10.0);
    Body { size, leading: leading_of(sheets, size), cell: size * 0.5, filled: true }
}

/// The distance of two lines of one paragraph. Where paragraphs are short, most lines stand further apart than that: then
/// those tell it whose sentence goes on below them.
fn leading_of(sheets: &[Sheet], size: f32) -> f32 {
    const FEWEST_THAT_GO_ON: usize = 3;
    let own = |r: &Row| (r.size - size).abs() < size * 0.06;
    let pairs = || sheets.iter().flat_map(|s| &s.columns).flat_map(|c| c.rows.windows(2));
    let steps = |w: &[Row]| (own(&w[0]) && own(&w[1])).then(|| w[0].base - w[1].base);
    let near = |d: &f32| *d > size * 0.7 && *d < size * 3.5;
    let goes_on = |w: &&[Row]| {
        let (before, this) = (w[0].text.trim_end(), w[1].text.trim_start());
        w[0].table == 0
            && w[1].table == 0
            && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && marks::continues_sentence(this)
    };
    let within: Vec<(f32, usize)> = pairs().filter(goes_on).filter_map(steps).filter(near).map(|d| (d, 1)).collect();
    let usual = mode(pairs().filter_map(steps).filter(near).map(|d| (d, 1)), 0.2);
    let told = if within.len() >= FEWEST_THAT_GO_ON { mode(within.into_iter(), 0.2) } else { None };
    match (usual, told) {
        (Some(usual), Some(told)) => usual.min(told),
        (usual, told) => usual.or(told).unwrap_or(size * 1.2),
    }
}

/// The commonest value, in steps of `step`.
fn mode(values: impl Iterator<Item = (f32, usize)>, step: f32) -> Option<f32> {
    let mut counts = std::collections::BTreeMap::<i32, usize>::new();
    for (value, weight) in values {
        *counts.entry((value / step).round() as i32).or_default() += weight;
    }
    // A value between two steps counts for both.
    let near = |k: i32| (k - 1..=k + 1).filter_map(|k| counts.get(&k)).sum::<usize>();
    counts.iter().max_by_key(|(k, own)| (near(**k), **own)).map(|(k, _)| *k as f32 * step).filter(|v| *v > 0.0)
}

/// The left and the right edge of column `i`; `own` are the edges that each column shows. One of few rows takes those of
/// a longer one in its place, on its page or near it.
fn edges_of(columns: &[(usize, &Column)], own: &[(f32, f32)], i: usize) -> (f32, f32) {
    let (sheet, column) = columns[i];
    let (from, to) = own[i];
    if column.rows.len() >= FEWEST {
        return own[i];
    }
    let near = |n: &usize| columns[*n].0.abs_diff(sheet) <= 6;
    let fits = |n: &usize| {
        let (left, right) = own[*n];
        let reach = (right - left) * 0.25;
        columns[*n].1.rows.len() >= FEWEST && (left - 2.0..left + reach).contains(&from) && to < right + 3.0
    };
    let before = (0..i).rev().take_while(near).filter(fits);
    let after = (i + 1..columns.len()).take_while(near).filter(fits);
    // Left pages have other edges than right pages.
    let rank = |n: &usize| {
        let far = columns[*n].0.abs_diff(sheet);
        (far % 2, far)
    };
    before.take(32).chain(after.take(32)).min_by_key(rank).map_or(own[i], |n| own[n])
}

/// The leftmost place where rows begin again and again, and the rightmost where they end.
fn own_edges(column: &Column) -> (f32, f32) {
    let edge = |mut places: Vec<f32>| {
        places.sort_by(f32::total_cmp);
        let enough = (places.len() / 7).clamp(1, 6);
        let first = (0..places.len()).find(|i| places.get(i + enough - 1).is_some_and(|p| p - places[*i] < 1.5));
        first.or(Some(0)).and_then(|i| places.get(i).copied()).unwrap_or(0.0)
    };
    let left = edge(column.rows.iter().map(|r| r.left).collect());
    let right = -edge(column.rows.iter().map(|r| -r.right).collect());
    (left, right)
}

/// Whether the rows of a column are filled to its right edge; `None` where there are too few to tell.
fn is_filled(column: &Column, (left, right): (f32, f32), body: Body) -> Option<bool> {
    let long = column.rows.iter().filter(|r| r.right - left > (right - left) * 0.6);
    let (mut all, mut full) = (0, 0);
    for row in long {
        all += 1;
        full += usize::from((right - row.right).abs() < body.cell * 0.6);
    }
    (all >= FEWEST).then_some(full * 10 >= all * 6)
}
