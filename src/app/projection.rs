//! Where things are on the screen that a room sees: for drawing it, and for paging through what does not fit.
//!
//! One passage has the whole width, in letters as large as the terminal makes them; both stand side by side where the leader
//! asks for it.

use ratatui::layout::Rect;

use super::App;
use super::overlay::Overlay;
use super::present::{Present, Shown, Staging};
use super::scene::Scene;
use crate::layout::Flow;
use crate::layout::cursor::rows_of_block;
use crate::layout::row::Row;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::text::Text;

/// The widest one of two passages is shown, in columns; a room reads short lines.
const MEASURE: u16 = 62;
/// The widest a passage alone is shown.
const ALONE: u16 = 84;
/// The fewest letters on a row of large ones.
const FEWEST: u16 = 28;
/// The largest letters, in rows.
const LARGEST: u16 = 3;
/// Rows of a block that are laid out at most.
const TALLEST: usize = 400;
/// Below this many columns one passage is shown at a time.
const NARROW: u16 = 70;

/// Where things are.
#[derive(Debug)]
pub(crate) struct ProjectedAreas {
    /// Of the title.
    pub title: Rect,
    /// Whether the title is in block letters.
    pub big: bool,
    /// The column of each side; both are the same where one shows at a time.
    pub columns: [Rect; 2],
    /// Of the last row.
    pub corner: Rect,
    /// Rows that a letter takes.
    pub scale: u16,
    /// Rows from one row of a passage to the next.
    pub spacing: usize,
}

impl ProjectedAreas {
    /// Of what is presented.
    pub(crate) fn of(app: &App, present: &Present) -> Self {
        let alone = is_alone(app, present);
        let title = title_of(app, present);
        let fits = !app.halves.is_linear() && fits_in_blocks(app, &title);
        let big =
            fits && (app.halves.screen().1 >= 30 || has_room_beside(app, &divide(app.halves.screen(), true, alone)));
        let mut parts = divide(app.halves.screen(), big, alone);
        // Under a page or a list they would be drawn over it: there they are as small as all else.
        if alone && app.screens.has_text_sizing() && !is_covered(app) {
            parts.scale = scale(app, &parts);
        }
        parts.spacing = spacing(app, &parts);
        parts
    }

    /// Rows of a passage that there is room for at once.
    fn body(&self) -> usize {
        (usize::from(self.columns[0].height.saturating_sub(HEAD)) / usize::from(self.scale)).max(1)
    }
}

/// Rows of a passage's head and of the gap under it.
pub(crate) const HEAD: u16 = 2;

/// Divides a screen; a big title takes more of it, and a passage alone all of the width.
fn divide((columns, rows): (u16, u16), big: bool, alone: bool) -> ProjectedAreas {
    let top = u16::from(rows >= 20);
    let title_rows = if big { 4 } else { u16::from(rows >= 3) };
    let title = Rect::new(0, top.min(rows), columns, title_rows.min(rows.saturating_sub(top)));
    let corner = Rect::new(0, rows.saturating_sub(1), columns, u16::from(rows >= 6));
    let gap = if rows >= 20 { 2 } else { 1 };
    let y = (title.bottom() + gap).min(rows);
    let height = rows.saturating_sub(y + corner.height + u16::from(rows >= 20));
    let column = |x: u16, width: u16| Rect::new(x, y, width, height);
    let columns = if alone {
        let margin = if columns < NARROW { (columns / 24).max(1) } else { columns / 12 };
        let width = columns.saturating_sub(2 * margin).min(ALONE);
        [column((columns - width) / 2, width); 2]
    } else {
        let margin = (columns / 24).max(1);
        let between = (columns / 16).max(4);
        let width = (columns.saturating_sub(between) / 2).saturating_sub(margin).min(MEASURE);
        let left = columns.saturating_sub(2 * width + between) / 2;
        [column(left, width), column(left + width + between, width)]
    };
    ProjectedAreas { title, big, columns, corner, scale: 1, spacing: 1 }
}

/// Whether one passage shows at a time.
pub(crate) fn is_alone(app: &App, present: &Present) -> bool {
    app.halves.screen().0 < NARROW || present.staging == Staging::Alone
}

/// Whether something lies over the texts that takes more than the last row.
fn is_covered(app: &App) -> bool {
    match app.screens.overlay() {
        None | Some(Overlay::Prompt(_) | Overlay::Asked(_)) => false,
        Some(Overlay::Picker(_) | Overlay::Page(_) | Overlay::Form(_) | Overlay::Editor(_)) => true,
    }
}

/// The topic, else the passages.
pub(crate) fn title_of(app: &App, present: &Present) -> String {
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

/// Whether a title fits in block letters. (They are those of an 8×8 font that has no others than these.)
fn fits_in_blocks(app: &App, title: &str) -> bool {
    let (columns, rows) = app.halves.screen();
    let drawable = title.chars().all(|c| c.is_ascii() || ('\u{a0}'..='\u{ff}').contains(&c));
    drawable && title.chars().count() * 4 + 4 <= usize::from(columns) && rows >= 20
}

/// Whether both passages have room, shown or not, so that nothing jumps when they are.
fn has_room_beside(app: &App, parts: &ProjectedAreas) -> bool {
    let room = usize::from(parts.columns[0].height);
    BOTH.iter().all(|side| rows_on(app, *side, parts) + usize::from(HEAD) <= room)
}

/// The largest letters in which both passages have room; where the longer one has none even in small ones, those that
/// leave enough on a row.
fn scale(app: &App, parts: &ProjectedAreas) -> u16 {
    let width = parts.columns[0].width;
    let room = usize::from(parts.columns[0].height.saturating_sub(HEAD));
    let fits = |scale: u16| {
        let scaled = ProjectedAreas { scale, columns: parts.columns, ..*parts };
        BOTH.iter().all(|side| rows_on(app, *side, &scaled) * usize::from(scale) <= room)
    };
    let wide_enough = |scale: &u16| width / scale >= FEWEST;
    let best = (2..=LARGEST).rev().filter(wide_enough).find(|scale| fits(*scale));
    best.unwrap_or(if wide_enough(&2) && room >= 12 { 2 } else { 1 })
}

/// The rows of a passage and of what it announces, `None` between two blocks.
pub(crate) fn rows_of_passage(text: &Text, block: usize, width: u16) -> Vec<Option<Row>> {
    let mut rows = Vec::new();
    for at in text.with_announced(block) {
        if !rows.is_empty() {
            rows.push(None);
        }
        rows.extend(rows_of_block(Flow::new(text, width), at, TALLEST).into_iter().map(Some));
    }
    rows
}

/// Rows that a side's passage takes.
fn rows_on(app: &App, side: Side, parts: &ProjectedAreas) -> usize {
    presented_rows(app, side, parts).len()
}

fn presented_rows(app: &App, side: Side, parts: &ProjectedAreas) -> Vec<Option<Row>> {
    let pane = app.halves.pane(side);
    let block = pane.text().zip(pane.current()).and_then(|(t, p)| Some((t, t.numbering().block_of(p)?)));
    let width = parts.columns[side as usize].width / parts.scale;
    block.map_or_else(Vec::new, |(text, block)| rows_of_passage(text, block, width))
}

/// Every other row where there is room for both passages so: a room reads them more easily.
fn spacing(app: &App, parts: &ProjectedAreas) -> usize {
    if parts.scale > 1 {
        return usize::from(parts.scale);
    }
    let fits = |side: &Side| rows_on(app, *side, parts) * 2 + usize::from(HEAD) <= usize::from(parts.columns[0].height);
    if BOTH.iter().all(fits) { 2 } else { 1 }
}

/// The side that shows where one shows at a time: the one turned to, else the one shown last.
pub(crate) fn shown_alone(app: &App, present: &Present) -> Side {
    if present.shown == Shown::Left { Side::Left } else { app.halves.focus() }
}

impl Present {
    /// Whether a side's passage is longer than there is room for.
    pub(super) fn is_long(&self, app: &App, side: Side) -> bool {
        let parts = ProjectedAreas::of(app, self);
        rows_on(app, side, &parts) > parts.body()
    }

    /// How many rows of the passages that are shown are still to come, and how many are shown at once.
    pub(super) fn below(&self, app: &App) -> (usize, usize) {
        let parts = ProjectedAreas::of(app, self);
        let body = parts.body();
        let alone = is_alone(app, self);
        let is_seen = |side: Side| match (side, self.shown) {
            (_, Shown::Title) | (Side::Right, Shown::Left) => false,
            _ => !alone || side == shown_alone(app, self),
        };
        let shown = BOTH.into_iter().filter(|side| is_seen(*side) && self.lost[*side].is_none());
        let rows = shown.map(|side| rows_on(app, side, &parts)).max().unwrap_or(0);
        (rows.saturating_sub(self.scrolled + body), body)
    }
}

impl App {
    /// Scrolls what is presented as far as the place where the focused pane is, a hit of a search, needs to be seen.
    pub(super) fn show_presented_place(&mut self) {
        let Scene::Present(present) = self.screens.scene() else { return };
        let parts = ProjectedAreas::of(self, present);
        let side = self.halves.focus();
        let place = self.halves.pane(side).place;
        let rows = presented_rows(self, side, &parts);
        let holds = |row: &Row| row.block == place.block && row.start <= place.offset;
        let at = rows.iter().rposition(|row| row.as_ref().is_some_and(holds)).unwrap_or(0);
        let seen = parts.body();
        let scrolled = if at < seen { 0 } else { (at - seen / 3).min(rows.len() - seen.min(rows.len())) };
        if let Scene::Present(present) = self.screens.scene_mut() {
            present.scrolled = scrolled;
        }
    }
}
