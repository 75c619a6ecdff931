//! The synopsis: the held topic's treatments in rows, left against right, which scroll as one.
//!
//! The position is the selected row, never a number of lines: rows are laid out from it outwards, as far as the screen
//! reaches, so that a topic with thousands of treatments costs what a screen costs.

mod comparing;

use crate::app::areas::Areas;
use crate::app::halves::Halves;
use crate::layout::cursor::rows_of_block;
use crate::layout::row::Row;
use crate::layout::{Flow, cells};
use crate::link::Side;
use crate::link::sides::Sides;
use crate::study::glosses::Gloss;
use crate::study::rows::SynopsisRow;
use crate::text::passage::PassageNo;

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Synopsis {
    /// The rows; `None` while the texts are being compared.
    pub rows: Option<Vec<SynopsisRow>>,
    /// Which of them is selected.
    pub selected: usize,
    /// How many lines of the selected row are scrolled out at the top, where it is taller than the screen.
    pub scrolled: usize,
    /// What the reader has written to each row, as lines of the screen: one that counts it, or all of it.
    pub said: Vec<Vec<SaidLine>>,
    question: u64,
}

/// A line of what the reader has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidLine {
    /// Sign and locator; empty from the second line on.
    pub mark: String,
    /// Columns before the words.
    pub indent: u16,
    /// The words.
    pub words: String,
}

/// One line of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SynopsisLine {
    /// What stands in the left and in the right column.
    Both(SynopsisCell, SynopsisCell),
    /// On a narrow screen: one text below the other.
    One(Side, SynopsisCell),
    /// A line of what the reader has written to the row, as an index into [`Synopsis::said`] of the row.
    Said(usize),
    /// Between two rows.
    Blank,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SynopsisCell {
    /// Nothing.
    Empty,
    /// Number and section of the passage, above it.
    Label(PassageNo),
    /// That no passage of this text is across.
    Silent,
    /// A row of the passage.
    Text(Row),
}

/// The widest that what the reader has written is shown, in columns.
const SAID: u16 = 100;

/// Rows of a passage that are laid out at most: a paragraph longer than many screens is to be read in its pane.
const TALLEST: usize = 400;

impl Synopsis {
    /// The selected row.
    pub fn chosen(&self) -> Option<&SynopsisRow> {
        self.rows.as_ref()?.get(self.selected)
    }
}

/// The synopsis as it is laid out on a screen.
#[derive(Debug)]
pub struct LaidOut<'a> {
    synopsis: &'a Synopsis,
    halves: &'a Halves,
    areas: Areas,
}

impl Synopsis {
    /// As it is laid out over the two halves.
    pub fn laid_out<'a>(&'a self, halves: &'a Halves, areas: Areas) -> LaidOut<'a> {
        LaidOut { synopsis: self, halves, areas }
    }

    /// The rows have come. Selected is the one that the reader comes from, else the first.
    fn take_rows(&mut self, rows: Vec<SynopsisRow>, here: &Sides<Option<PassageNo>>) {
        let is_here = |row: &SynopsisRow, side: Side| row.passage(side).is_some_and(|p| Some(p) == here[side]);
        let at = rows.iter().position(|r| is_here(r, Side::Left) && is_here(r, Side::Right));
        let at = at.or_else(|| rows.iter().position(|r| is_here(r, Side::Left) || is_here(r, Side::Right)));
        self.selected = at.unwrap_or(0);
        self.rows = Some(rows);
    }
}

impl LaidOut<'_> {
    /// Rows of the screen that it has.
    pub fn height(&self) -> u16 {
        let pane = self.areas.panes.left.or(self.areas.panes.right).unwrap_or_default();
        if self.areas.stacked {
            self.halves.screen().1.saturating_sub(pane.text.y + self.areas.footer.height)
        } else {
            pane.text.height
        }
    }

    /// Columns that what is written to the rows has: those of both texts together, as far as it is read easily.
    fn said_width(&self) -> u16 {
        let span = match (self.areas.panes.left, self.areas.panes.right) {
            (Some(left), Some(right)) if self.areas.are_side_by_side() => {
                right.text.right().saturating_sub(left.text.x)
            }
            (one, other) => one.or(other).map_or(1, |p| p.text.width),
        };
        span.min(SAID)
    }

    fn count(&self) -> usize {
        self.synopsis.rows.as_ref().map_or(0, Vec::len)
    }

    /// How many lines of the selected row are out of sight at most.
    fn hidden(&self) -> usize {
        self.lines_of(self.synopsis.selected).len().saturating_sub(usize::from(self.height()))
    }

    /// Which row is selected, and how far it is scrolled, `by` rows on; a row taller than the screen is scrolled through
    /// first.
    pub(in crate::app) fn stepped(&self, by: i64) -> (usize, usize) {
        let Synopsis { selected, scrolled, .. } = *self.synopsis;
        let hidden = self.hidden();
        match by {
            1 if scrolled < hidden => (selected, (scrolled + 1).min(hidden)),
            -1 if scrolled > 0 => (selected, scrolled - 1),
            _ => {
                let target = (selected as i64 + by).clamp(0, self.count().saturating_sub(1) as i64) as usize;
                // The end of a tall last row is the end.
                (target, if by < 0 || target != selected { 0 } else { scrolled })
            }
        }
    }

    /// The same a screen on: at the first row that is not wholly in sight, or the last before.
    pub(in crate::app) fn paged(&self, by: i64) -> (usize, usize) {
        let Synopsis { selected, scrolled, .. } = *self.synopsis;
        let (height, hidden) = (usize::from(self.height()), self.hidden());
        if by > 0 && scrolled < hidden {
            return (selected, (scrolled + height.saturating_sub(2).max(1)).min(hidden));
        }
        let (mut at, mut lines) = (selected as i64, 0);
        loop {
            lines += self.lines_of(at as usize).len();
            let next = at + by.signum();
            let inside = (0..self.count() as i64).contains(&next);
            if !inside || (lines >= height && at != selected as i64) {
                break;
            }
            at = next;
            if lines >= height {
                break;
            }
        }
        match at - selected as i64 {
            0 => (selected, scrolled),
            // A step of one would scroll within a tall row.
            1 | -1 => (at as usize, 0),
            by => self.stepped(by),
        }
    }

    /// The lines of the screen from the top, each with the row it belongs to.
    pub fn lines(&self) -> Vec<(usize, SynopsisLine)> {
        let synopsis = self.synopsis;
        let height = usize::from(self.height());
        let numbered = |at: usize| self.lines_of(at).into_iter().map(move |line| (at, line));
        let mut shown: Vec<(usize, SynopsisLine)> = numbered(synopsis.selected).skip(synopsis.scrolled).collect();
        // The selected row stands a third down, higher where it would not fit.
        let above = if synopsis.scrolled > 0 { 0 } else { (height / 3).min(height.saturating_sub(shown.len())) };
        let mut before: Vec<(usize, SynopsisLine)> = Vec::new();
        for at in (0..synopsis.selected).rev() {
            if before.len() >= height {
                break;
            }
            let mut lines: Vec<_> = numbered(at).collect();
            lines.append(&mut before);
            before = lines;
        }
        for at in synopsis.selected + 1..self.count() {
            if shown.len() >= height {
                break;
            }
            shown.extend(numbered(at));
        }
        // At the end of the rows the screen stays full as long as there is something above.
        let above = above.max(height.saturating_sub(shown.len()));
        let skip = if synopsis.scrolled > 0 { before.len() } else { before.len().saturating_sub(above) };
        before.into_iter().skip(skip).chain(shown).take(height).collect()
    }

    fn lines_of(&self, at: usize) -> Vec<SynopsisLine> {
        let Some(row) = self.synopsis.rows.as_ref().and_then(|rows| rows.get(at)) else { return Vec::new() };
        let [left, right] = [Side::Left, Side::Right].map(|side| self.cells_of(row, side));
        let mut lines = Vec::with_capacity(left.len().max(right.len()) + 2);
        if self.areas.are_side_by_side() {
            let cell = |column: &[SynopsisCell], i: usize| column.get(i).copied().unwrap_or(SynopsisCell::Empty);
            lines.extend((0..left.len().max(right.len())).map(|i| SynopsisLine::Both(cell(&left, i), cell(&right, i))));
        } else {
            lines.extend(left.into_iter().map(|cell| SynopsisLine::One(Side::Left, cell)));
            lines.extend(right.into_iter().map(|cell| SynopsisLine::One(Side::Right, cell)));
        }
        let said = self.synopsis.said.get(at).map_or(0, Vec::len);
        if said > 0 {
            lines.push(SynopsisLine::Both(SynopsisCell::Empty, SynopsisCell::Empty));
        }
        lines.extend((0..said).map(SynopsisLine::Said));
        lines.push(SynopsisLine::Blank);
        lines
    }

    fn cells_of(&self, row: &SynopsisRow, side: Side) -> Vec<SynopsisCell> {
        let Some(passage) = row.passage(side) else { return vec![SynopsisCell::Silent] };
        let width = self.areas.panes[side].or(self.areas.panes[side.other()]).map_or(1, |p| p.text.width);
        let block = self.halves.pane(side).text().and_then(|text| Some((text, text.numbering().block_of(passage)?)));
        let rows = block.map_or_else(Vec::new, |(text, b)| rows_of_block(Flow::new(text, width), b, TALLEST));
        std::iter::once(SynopsisCell::Label(passage)).chain(rows.into_iter().map(SynopsisCell::Text)).collect()
    }
}

/// `✎ 2 notes · ⇔ contrasts`.
fn counted(glosses: &[Gloss], key: &str) -> SaidLine {
    let notes = glosses.iter().filter(|r| r.relation.is_none()).count();
    let count = match notes {
        0 => None,
        1 => Some("1 note".to_owned()),
        n => Some(format!("{n} notes")),
    };
    let links = glosses.iter().filter_map(|r| Some(format!("⇔ {}", r.relation_word()?)));
    let parts: Vec<String> = links.chain(count).collect();
    SaidLine { mark: "✎ ".to_owned(), indent: 2, words: format!("{} · {key} shows", parts.join(" · ")) }
}

/// A note or a link, with its sign and locator before it.
fn in_full(gloss: &Gloss, width: u16) -> Vec<SaidLine> {
    let said = gloss.relation_word();
    let (sign, relation) = match &said {
        Some(relation) => ("", &**relation),
        None => ("✎ ", ""),
    };
    let mark = format!("{sign}{}  ", gloss.locator());
    let indent = (cells::width(&mark) as u16).min(width / 2);
    let words = match (relation, gloss.words.trim()) {
        ("", words) => words.to_owned(),
        (relation, "") => relation.to_owned(),
        (relation, words) => format!("{relation}: {words}"),
    };
    let rows = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .flat_map(|line| textwrap::wrap(line, usize::from(width - indent).max(8)));
    let mut lines: Vec<SaidLine> =
        rows.map(|row| SaidLine { mark: String::new(), indent, words: row.into_owned() }).collect();
    if lines.is_empty() {
        lines.push(SaidLine { mark: String::new(), indent, words: "(no words)".to_owned() });
    }
    lines[0].mark = mark;
    lines
}
