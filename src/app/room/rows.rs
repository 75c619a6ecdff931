//! What the leader's session sends, wrapped for this screen: both texts for a follower, the remark for the speaker. For
//! drawing and for scrolling alike, so that nobody scrolls beyond what there is.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::scene::Scene;
use crate::wire::message::{Shown, ShownBlock, ShownText};

/// Columns under which the texts are above each other.
const NARROW: u16 = 70;
/// Columns beside a passage: the bar, and the space around it.
const BESIDE: u16 = 5;
/// The longest line of a remark that reads well.
const MEASURE: u16 = 90;
/// Rows of the second screen that both passages take at most, with the rule over them.
const MOST_OF_PASSAGES: u16 = 24;
/// Rows of the second screen above the remark: what it is called, and the time.
const HEAD: u16 = 2;

/// One row of words: where in the block it is, and whether that is the passage that is read.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// The block.
    pub block: &'a ShownBlock,
    /// Its words in this row.
    pub words: &'a str,
    /// Where they begin in the block.
    pub from: usize,
    /// Whether the passage is read.
    pub is_current: bool,
}

/// The rows of a text, `None` for one between two blocks.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    /// All of them.
    pub lines: Vec<Option<Line<'a>>>,
    /// The first that is shown where nothing was scrolled: as in reading, what is read begins a third down.
    first: usize,
    /// The last that can be the first.
    most: usize,
}

/// The parts of the second screen of who leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LecternParts {
    /// The leader's remark.
    pub remark: Rect,
    /// Both passages in short, where there is room for them.
    pub passages: Option<Rect>,
    /// What comes next.
    pub next: Rect,
}

/// The areas of both texts: beside each other, or the one that leads first and larger.
pub(crate) fn divided((columns, rows): (u16, u16), shown: &Shown, is_linear: bool) -> [Rect; 2] {
    let height = rows - u16::from(rows >= 3);
    let area = Rect::new(0, 2, columns, height.saturating_sub(2));
    if area.width >= NARROW && !is_linear {
        let width = area.width / 2;
        let left = Rect { width: width.saturating_sub(1), ..area };
        return [left, Rect { x: area.x + width + 1, width: area.width - width - 1, ..area }];
    }
    let first = Rect { height: area.height / 2, ..area };
    let second = Rect { y: first.bottom(), height: area.height - first.height, ..area };
    if shown.leads == "right" { [second, first] } else { [first, second] }
}

/// Where the words of a text are, below its head.
pub(crate) fn body_of(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }
}

impl<'a> Rows<'a> {
    /// The rows of a text in its area, at most `measure` columns wide.
    pub(crate) fn of(text: &'a ShownText, body: Rect, measure: u16) -> Self {
        let width = usize::from(body.width.saturating_sub(BESIDE).min(measure)).max(1);
        let lines = lines(text, width);
        let current = lines.iter().position(|l| l.as_ref().is_some_and(|l| l.is_current)).unwrap_or(0);
        let most = lines.len().saturating_sub(usize::from(body.height));
        Self { first: current.saturating_sub(usize::from(body.height / 3)).min(most), most, lines }
    }

    /// Those that are shown, after so many were scrolled out at the top.
    pub(crate) fn shown(&self, scrolled: usize) -> impl Iterator<Item = &Option<Line<'a>>> {
        self.lines.iter().skip((self.first + scrolled).min(self.most))
    }
}

impl LecternParts {
    /// The parts of a screen of this size. From below: what comes next, then the passages, and the remark has the rest.
    pub(crate) fn of((columns, rows): (u16, u16)) -> Self {
        let (x, width) = (1, columns.saturating_sub(2));
        let bottom = rows - u16::from(rows >= 3);
        let next_at = bottom.saturating_sub(1).max(HEAD);
        let free = next_at.saturating_sub(HEAD + 1);
        let small = (free / 2).min(MOST_OF_PASSAGES);
        let passages_at = next_at.saturating_sub(small);
        let passages = (small >= 3).then(|| Rect::new(x, passages_at, width, small - 1));
        let at = HEAD + 1;
        let height = passages_at.saturating_sub(at + 1);
        let remark = Rect::new(x + 1, at, columns.saturating_sub(x + 2).min(MEASURE), height);
        Self { remark, passages, next: Rect::new(x, next_at, width, 1) }
    }
}

impl App {
    /// Scrolls, but not beyond the last row.
    pub(in crate::app) fn scroll_led(&mut self, by: i32) {
        let most = self.most_scrolled();
        self.led.scrolled = self.led.scrolled.min(most).saturating_add_signed(by as isize).min(most);
    }

    fn most_scrolled(&self) -> usize {
        let screen = self.halves.screen();
        let Some(shown) = self.led.in_view() else { return 0 };
        if matches!(self.screens.scene(), Scene::Lectern) {
            let area = LecternParts::of(screen).remark;
            let remark = shown.tour.as_ref().and_then(|tour| tour.remark.as_deref()).unwrap_or_default();
            return remark_rows(remark, area).len().saturating_sub(usize::from(area.height.max(1)));
        }
        let areas = divided(screen, shown, self.halves.is_linear());
        let most = [&shown.left, &shown.right].into_iter().zip(areas).filter_map(|(text, area)| {
            let text = text.as_ref().filter(|text| !text.silent)?;
            let rows = Rows::of(text, body_of(area), self.settings.measure);
            Some(rows.most - rows.first)
        });
        most.max().unwrap_or(0)
    }
}

/// The rows of a remark, or of a passage in short.
pub(crate) fn remark_rows(words: &str, area: Rect) -> Vec<std::borrow::Cow<'_, str>> {
    textwrap::wrap(words, usize::from(area.width.max(1)))
}

/// The rows of all blocks, an empty one between two of them.
fn lines(text: &ShownText, width: usize) -> Vec<Option<Line<'_>>> {
    let mut lines = Vec::new();
    for block in &text.blocks {
        if !lines.is_empty() {
            lines.push(None);
        }
        let is_current = block.passage.is_some() && block.passage == text.passage;
        let mut from = 0;
        for row in textwrap::wrap(&block.words, width) {
            let row = row.trim();
            // Where a word was broken with a hyphen the row is not in the words as it is.
            let at = block.words[from..].find(row).map_or(from, |at| from + at);
            let end = (at + row.len()).min(block.words.len());
            let Some(words) = block.words.get(at..end) else { continue };
            lines.push(Some(Line { block, words, from: at, is_current }));
            from = end;
        }
    }
    lines
}
