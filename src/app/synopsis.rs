//! The synopsis: the held topic's treatments in rows, left against right, which scroll as one.
//!
//! The position is the selected row, never a number of lines: rows are laid out from it outwards, as far as the screen
//! reaches, so that a topic with thousands of treatments costs what a screen costs.

use super::App;
use super::command::Context;
use super::commands::command;
use super::scene::Scene;
use super::work::synopsis::Synopsis as SynopsisRows;
use crate::app::scene::Screens;
use crate::layout::cursor::rows_of_block;
use crate::layout::row::Row;
use crate::layout::{Flow, cells};
use crate::link::Side;
use crate::link::sides::Sides;
use crate::study::remarks::{Remark, by_row};
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
pub enum Line {
    /// What stands in the left and in the right column.
    Both(Cell, Cell),
    /// On a narrow screen: one text below the other.
    One(Side, Cell),
    /// A line of what the reader has written to the row, as an index into [`Synopsis::said`] of the row.
    Said(usize),
    /// Between two rows.
    Blank,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
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

/// A note or a link, with its sign and locator before it.
fn in_full(remark: &Remark, width: u16) -> Vec<SaidLine> {
    let said = remark.relation_word();
    let (sign, relation) = match &said {
        Some(relation) => ("", &**relation),
        None => ("✎ ", ""),
    };
    let mark = format!("{sign}{}  ", remark.locator());
    let indent = (cells::width(&mark) as u16).min(width / 2);
    let words = match (relation, remark.words.trim()) {
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

impl App {
    /// Shows the synopsis of the held topic; with none held, asks for one first.
    pub(super) fn open_synopsis(&mut self) {
        self.screens.scene = Scene::Synopsis(Synopsis::default());
        if self.topics.held.is_none() {
            self.pick_topic();
        }
        self.compare_for_synopsis();
    }

    /// Asks for the rows anew, where the synopsis is on the screen: another topic is held, or a text has changed.
    pub(super) fn compare_for_synopsis(&mut self) {
        let question = self.numbers.next();
        let pairing = self.current_pairing();
        let held = self.topics.held.clone().and_then(|topic| self.halves.held_in_both(&topic));
        let judged = self.judged_for(self.topics.held.as_ref());
        let Scene::Synopsis(synopsis) = &mut self.screens.scene else { return };
        *synopsis = Synopsis { question, ..Synopsis::default() };
        if let (Some(pairing), Some(held)) = (pairing, held) {
            self.ask_for(SynopsisRows { question, pairing, held, judged });
        }
    }

    pub(super) fn synopsis_compared(&mut self, question: u64, rows: Vec<SynopsisRow>) {
        let here = Sides::from_fn(|side| self.halves[side].pane.current());
        let Scene::Synopsis(synopsis) = &mut self.screens.scene else { return };
        if synopsis.question != question {
            return;
        }
        // The row that the reader comes from, else the first.
        let is_here = |row: &SynopsisRow, side: Side| row.passage(side).is_some_and(|p| Some(p) == here[side]);
        let at = rows.iter().position(|r| is_here(r, Side::Left) && is_here(r, Side::Right));
        let at = at.or_else(|| rows.iter().position(|r| is_here(r, Side::Left) || is_here(r, Side::Right)));
        synopsis.selected = at.unwrap_or(0);
        synopsis.rows = Some(rows);
    }

    /// Selects the row `by` rows on; a row taller than the screen is scrolled through first.
    pub(super) fn step_synopsis(&mut self, by: i64) {
        let height = usize::from(self.synopsis_height());
        let Scene::Synopsis(synopsis) = &self.screens.scene else { return };
        let hidden = self.lines_of(synopsis, synopsis.selected).len().saturating_sub(height);
        let (count, scrolled) = (synopsis.rows.as_ref().map_or(0, Vec::len), synopsis.scrolled);
        let target = synopsis.selected as i64 + by;
        let Scene::Synopsis(synopsis) = &mut self.screens.scene else { return };
        match by {
            1 if scrolled < hidden => synopsis.scrolled = (scrolled + 1).min(hidden),
            -1 if scrolled > 0 => synopsis.scrolled -= 1,
            _ => {
                let selected = target.clamp(0, count.saturating_sub(1) as i64) as usize;
                // The end of a tall last row is the end.
                if by < 0 || selected != synopsis.selected {
                    synopsis.scrolled = 0;
                }
                synopsis.selected = selected;
            }
        }
    }

    /// Moves by a screen: to the first row that is not wholly in sight, or to the last before.
    pub(super) fn page_synopsis(&mut self, by: i64) {
        let height = usize::from(self.synopsis_height());
        let Scene::Synopsis(synopsis) = &self.screens.scene else { return };
        let hidden = self.lines_of(synopsis, synopsis.selected).len().saturating_sub(height);
        if by > 0 && synopsis.scrolled < hidden {
            let scrolled = (synopsis.scrolled + height.saturating_sub(2).max(1)).min(hidden);
            if let Scene::Synopsis(synopsis) = &mut self.screens.scene {
                synopsis.scrolled = scrolled;
            }
            return;
        }
        let (mut at, mut lines) = (synopsis.selected as i64, 0);
        loop {
            lines += self.lines_of(synopsis, at as usize).len();
            let next = at + by.signum();
            let inside = synopsis.rows.as_ref().is_some_and(|r| (0..r.len() as i64).contains(&next));
            if !inside || (lines >= height && at != synopsis.selected as i64) {
                break;
            }
            at = next;
            if lines >= height {
                break;
            }
        }
        let by = at - synopsis.selected as i64;
        if by.abs() == 1 {
            // A step of one would scroll within a tall row.
            if let Scene::Synopsis(synopsis) = &mut self.screens.scene {
                (synopsis.selected, synopsis.scrolled) = (at as usize, 0);
            }
        } else if by != 0 {
            self.step_synopsis(by);
        }
    }

    /// Goes to the selected row in the panes.
    pub(super) fn read_synopsis_row(&mut self) {
        let Scene::Synopsis(synopsis) = &self.screens.scene else { return };
        let Some(row) = synopsis.chosen() else { return };
        let pair = (row.passage(Side::Left), row.passage(Side::Right));
        self.screens.scene = Scene::Reading;
        match pair {
            (Some(left), Some(right)) => self.go_to_pair(left, right),
            (Some(passage), None) => self.read_alone(Side::Left, passage),
            (None, Some(passage)) => self.read_alone(Side::Right, passage),
            (None, None) => {}
        }
    }

    fn read_alone(&mut self, side: Side, passage: PassageNo) {
        self.leave();
        self.halves.focus = side;
        let sentence = self.decisive(side, passage);
        self.halves[side].pane.jump_to_passage(passage, sentence);
        self.hinge.pinned = true;
        self.tell_counterparts();
    }

    /// Rows of the screen that the synopsis has.
    pub fn synopsis_height(&self) -> u16 {
        let areas = self.areas();
        let pane = areas.panes.left.or(areas.panes.right).unwrap_or_default();
        if areas.stacked {
            self.halves.screen.1.saturating_sub(pane.text.y + areas.footer.height)
        } else {
            pane.text.height
        }
    }

    /// Whether there is room for the two columns side by side.
    pub fn synopsis_is_wide(&self) -> bool {
        let areas = self.areas();
        !areas.stacked && areas.panes.left.is_some() && areas.panes.right.is_some()
    }

    /// The lines of the screen from the top, each with the row it belongs to.
    pub fn synopsis_lines(&self, synopsis: &Synopsis) -> Vec<(usize, Line)> {
        let height = usize::from(self.synopsis_height());
        let numbered = |at: usize| self.lines_of(synopsis, at).into_iter().map(move |line| (at, line));
        let mut shown: Vec<(usize, Line)> = numbered(synopsis.selected).skip(synopsis.scrolled).collect();
        // The selected row stands a third down, higher where it would not fit.
        let above = if synopsis.scrolled > 0 { 0 } else { (height / 3).min(height.saturating_sub(shown.len())) };
        let mut before: Vec<(usize, Line)> = Vec::new();
        for at in (0..synopsis.selected).rev() {
            if before.len() >= height {
                break;
            }
            let mut lines: Vec<_> = numbered(at).collect();
            lines.append(&mut before);
            before = lines;
        }
        let count = synopsis.rows.as_ref().map_or(0, Vec::len);
        for at in synopsis.selected + 1..count {
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

    fn lines_of(&self, synopsis: &Synopsis, at: usize) -> Vec<Line> {
        let Some(row) = synopsis.rows.as_ref().and_then(|rows| rows.get(at)) else { return Vec::new() };
        let [left, right] = [Side::Left, Side::Right].map(|side| self.cells_of(row, side));
        let mut lines = Vec::with_capacity(left.len().max(right.len()) + 2);
        if self.synopsis_is_wide() {
            let cell = |column: &[Cell], i: usize| column.get(i).copied().unwrap_or(Cell::Empty);
            lines.extend((0..left.len().max(right.len())).map(|i| Line::Both(cell(&left, i), cell(&right, i))));
        } else {
            lines.extend(left.into_iter().map(|cell| Line::One(Side::Left, cell)));
            lines.extend(right.into_iter().map(|cell| Line::One(Side::Right, cell)));
        }
        let said = synopsis.said.get(at).map_or(0, Vec::len);
        if said > 0 {
            lines.push(Line::Both(Cell::Empty, Cell::Empty));
        }
        lines.extend((0..said).map(Line::Said));
        lines.push(Line::Blank);
        lines
    }

    /// Shows what is written to the rows in full, or counted in a line.
    pub(super) fn toggle_between(&mut self) {
        self.notes.between = !self.notes.between;
        self.settle_said();
        if let Scene::Synopsis(synopsis) = &mut self.screens.scene {
            synopsis.scrolled = 0;
            if synopsis.said.iter().all(Vec::is_empty) {
                self.tell("you have written nothing on these passages yet");
            }
        }
    }

    /// Works out what the reader has written to the rows, where the synopsis is on the screen.
    pub(super) fn settle_said(&mut self) {
        let Scene::Synopsis(Synopsis { rows: Some(rows), .. }) = &self.screens.scene else { return };
        let Some(topic) = &self.topics.held else { return };
        let width = self.said_width();
        let line = |remarks: &Vec<Remark>| match remarks.as_slice() {
            [] => Vec::new(),
            remarks if self.notes.between => remarks.iter().flat_map(|r| in_full(r, width)).collect(),
            remarks => vec![self.counted(remarks)],
        };
        let said = by_row(rows, topic, &self.remarks()).iter().map(line).collect();
        if let Scene::Synopsis(synopsis) = &mut self.screens.scene {
            synopsis.said = said;
        }
    }

    /// Columns that what is written to the rows has: those of both texts together, as far as it is read easily.
    fn said_width(&self) -> u16 {
        let areas = self.areas();
        let (left, right) = (areas.panes.left, areas.panes.right);
        let span = match (left, right) {
            (Some(left), Some(right)) if self.synopsis_is_wide() => right.text.right().saturating_sub(left.text.x),
            (one, other) => one.or(other).map_or(1, |p| p.text.width),
        };
        span.min(SAID)
    }

    /// `✎ 2 notes · ⇔ contrasts`.
    fn counted(&self, remarks: &[Remark]) -> SaidLine {
        let notes = remarks.iter().filter(|r| r.relation.is_none()).count();
        let count = match notes {
            0 => None,
            1 => Some("1 note".to_owned()),
            n => Some(format!("{n} notes")),
        };
        let links = remarks.iter().filter_map(|r| Some(format!("⇔ {}", r.relation_word()?)));
        let key = self.keys.keymap.first_key(Context::Synopsis, command!("notes-between")).unwrap_or_default();
        let parts: Vec<String> = links.chain(count).collect();
        SaidLine { mark: "✎ ".to_owned(), indent: 2, words: format!("{} · {key} shows", parts.join(" · ")) }
    }

    fn cells_of(&self, row: &SynopsisRow, side: Side) -> Vec<Cell> {
        let Some(passage) = row.passage(side) else { return vec![Cell::Silent] };
        let areas = self.areas();
        let width = areas.panes[side].or(areas.panes[side.other()]).map_or(1, |p| p.text.width);
        let block = self.halves[side].pane.text().and_then(|text| Some((text, text.numbering().block_of(passage)?)));
        let rows = block.map_or_else(Vec::new, |(text, b)| rows_of_block(Flow::new(text, width), b, TALLEST));
        std::iter::once(Cell::Label(passage)).chain(rows.into_iter().map(Cell::Text)).collect()
    }
}

impl Screens {
    /// The rows cannot be found: back to the panes, where the reader is told why.
    pub(super) fn synopsis_not_compared(&mut self, question: u64) {
        if matches!(&self.scene, Scene::Synopsis(synopsis) if synopsis.question == question) {
            self.back_to_reading();
        }
    }
}
