//! Where things are on the screen that a room sees: for drawing it, and for paging through what does not fit.

use ratatui::layout::Rect;

use super::App;
use super::present::{Present, Shown};
use crate::layout::Flow;
use crate::layout::cursor::rows_of_block;
use crate::link::Side;

/// The widest a passage is shown, in columns; a room reads short lines.
const MEASURE: u16 = 62;
/// Rows of a passage that are laid out at most.
pub const TALLEST: usize = 400;
/// Columns under which one passage shows at a time.
pub const NARROW: u16 = 70;

/// Where things are.
#[derive(Debug)]
pub struct Parts {
    /// Of the title.
    pub title: Rect,
    /// The column of each side; both are the same where one shows at a time.
    pub columns: [Rect; 2],
    /// Of the last row.
    pub corner: Rect,
}

/// Divides a screen; a big title takes more of it.
pub fn divide((columns, rows): (u16, u16), big: bool) -> Parts {
    let top = u16::from(rows >= 20);
    let title_rows = if big { 4 } else { u16::from(rows >= 3) };
    let title = Rect::new(0, top.min(rows), columns, title_rows.min(rows.saturating_sub(top)));
    let corner = Rect::new(0, rows.saturating_sub(1), columns, u16::from(rows >= 6));
    let gap = if rows >= 20 { 2 } else { 1 };
    let y = (title.bottom() + gap).min(rows);
    let height = rows.saturating_sub(y + corner.height + u16::from(rows >= 20));
    let margin = (columns / 24).max(1);
    let column = |x: u16, width: u16| Rect::new(x, y, width, height);
    let columns = if columns < NARROW {
        let width = columns.saturating_sub(2 * margin).min(MEASURE);
        [column((columns - width) / 2, width); 2]
    } else {
        let between = (columns / 16).max(4);
        let width = ((columns - between) / 2).saturating_sub(margin).min(MEASURE);
        let left = (columns - 2 * width - between) / 2;
        [column(left, width), column(left + width + between, width)]
    };
    Parts { title, columns, corner }
}

/// The topic, else the passages.
pub fn title_of(app: &App, present: &Present) -> String {
    let stop = present.stop.filter(|_| !present.away).and_then(|at| app.touring.tour.stops.get(at));
    match (stop, app.topics.held()) {
        (Some(stop), None) => app.topics.name_of_stop(stop),
        (_, Some(held)) => held.name.clone(),
        (None, None) => {
            let number = |side| app.halves.pane(side).current().map_or_else(|| "–".to_owned(), |p| format!("¶{p}"));
            format!("{} ⇄ {}", number(Side::Left), number(Side::Right))
        }
    }
}

/// Whether a title fits in block letters, and the screen is tall enough to spare the rows: with both passages below it,
/// shown or not, so that nothing jumps when they are. (The letters are those of an 8×8 font that has no others than
/// these.)
pub fn is_big(app: &App, title: &str) -> bool {
    let (columns, rows) = app.halves.screen();
    let drawable = title.chars().all(|c| c.is_ascii() || ('\u{a0}'..='\u{ff}').contains(&c));
    let spare = || {
        let parts = divide(app.halves.screen(), true);
        [Side::Left, Side::Right].iter().all(|side| rows_on(app, *side, &parts) + 2 <= room(&parts))
    };
    drawable && title.chars().count() * 4 + 4 <= usize::from(columns) && (rows >= 30 || (rows >= 20 && spare()))
}

/// Rows that a side's passage takes.
fn rows_on(app: &App, side: Side, parts: &Parts) -> usize {
    let pane = app.halves.pane(side);
    let block = pane.text().zip(pane.current()).and_then(|(t, p)| Some((t, t.numbering().block_of(p)?)));
    let width = parts.columns[side as usize].width;
    block.map_or(0, |(text, b)| rows_of_block(Flow::new(text, width), b, TALLEST).len())
}

/// Rows that there are for a passage and its head.
pub fn room(parts: &Parts) -> usize {
    usize::from(parts.columns[0].height)
}

/// Every other row where there is room for both passages so: a room reads them more easily.
pub fn spacing(app: &App, parts: &Parts) -> usize {
    let fits = |side: Side| rows_on(app, side, parts) * 2 + 2 <= room(parts);
    if fits(Side::Left) && fits(Side::Right) { 2 } else { 1 }
}

/// The side that shows where one shows at a time: the one turned to, else the one shown last.
pub fn shown_alone(app: &App, present: &Present) -> Side {
    if present.shown == Shown::Left { Side::Left } else { app.halves.focus() }
}

impl Present {
    /// Whether a side's passage is longer than there is room for.
    pub(super) fn is_long(&self, app: &App, side: Side) -> bool {
        let parts = self.parts(app);
        rows_on(app, side, &parts) > usize::from(parts.columns[0].height.saturating_sub(2))
    }

    fn parts(&self, app: &App) -> Parts {
        divide(app.halves.screen(), !app.halves.is_linear() && is_big(app, &title_of(app, self)))
    }

    /// How many rows of the passages that are shown are still to come, and how many are shown at once.
    pub(super) fn below(&self, app: &App) -> (usize, usize) {
        let parts = self.parts(app);
        let body = usize::from(parts.columns[0].height.saturating_sub(2));
        let is_narrow = app.halves.screen().0 < NARROW;
        let is_seen = |side: Side| match (side, self.shown) {
            (_, Shown::Title) | (Side::Right, Shown::Left) => false,
            _ => !is_narrow || side == shown_alone(app, self),
        };
        let shown = [Side::Left, Side::Right].into_iter().filter(|side| is_seen(*side) && self.lost[*side].is_none());
        let rows = shown.map(|side| rows_on(app, side, &parts)).max().unwrap_or(0);
        (rows.saturating_sub(self.scrolled + body), body)
    }
}
