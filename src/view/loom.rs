//! The loom on the screen: a column for each text, and between them every joint as a thread, drawn in dots of a quarter
//! of a row. A thread has the colour of its topic; a weak one is dotted; the one at the cursor stands out.
//!
//! A row stands for a passage, or for as many as the text has more of them than the screen has rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{put, put_right, rule};
use super::theme::{THREADS, Theme};
use crate::app::App;
use crate::app::loom::{Loom, Thread};
use crate::layout::cells;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::sentence::sentence_at;

/// Rows of the head: titles and a rule.
const HEAD: u16 = 2;
/// Rows below the columns: a rule with the colours, and a sentence of either text.
const FOOT: u16 = 3;
/// Dots of a cell, across and down.
const ACROSS: usize = 2;
const DOWN: usize = 4;
/// The dots of a cell as bits of a Braille pattern, by column and row.
const DOTS: [[u8; DOWN]; ACROSS] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
/// A thread of less strength is dotted.
const STRONG: f32 = 0.6;

/// The parts of the screen.
struct LoomAreas {
    columns: [Rect; 2],
    middle: Rect,
}

pub(super) fn draw(app: &App, loom: &Loom, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let foot = if rows >= 14 { FOOT } else { 0 };
    let height = rows.saturating_sub(HEAD + foot + u16::from(rows >= 3));
    if height == 0 || columns < 20 {
        put(buffer, 0, 0, columns, "The screen is too small.", theme.faint);
        return;
    }
    let middle = (columns / 3).clamp(8, 64);
    let side = (columns - middle) / 2;
    let column = |x, width| Rect::new(x, HEAD, width, height);
    let parts = LoomAreas {
        columns: [column(0, side), column(side + middle, columns - side - middle)],
        middle: column(side, middle),
    };
    let here = loom.here(app.halves.focus());
    for (side, area) in BOTH.into_iter().zip(parts.columns) {
        if let Some(text) = app.halves.pane(side).text() {
            head(app, side, text, area, theme, buffer);
            texts(app, loom, (side, text), here.first(), area, theme, buffer);
        }
    }
    weave(app, loom, &here, parts.middle, theme, buffer);
    if foot > 0 {
        below(app, loom, &here, Rect::new(0, HEAD + height, columns, FOOT), theme, buffer);
    }
}

fn head(app: &App, side: Side, text: &Text, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let leads = app.halves.focus() == side;
    let count = text.passage_count();
    let name = app.halves.name_of(side);
    let number = format!("¶{count}");
    let besides = cells::width(&number) + 4;
    rule(buffer, area.left() + 1..area.right() - 1, 1, "─", theme.faint);
    // No thread goes out from the first row: a title that is wider than its column has half of the row.
    let half = buffer.area.width / 2;
    let is_wider = cells::width(&name) + besides > usize::from(area.width);
    let area = match side {
        _ if !is_wider => area,
        Side::Left => Rect { width: half.max(area.width), ..area },
        Side::Right => Rect { x: half.min(area.x), width: buffer.area.width - half.min(area.x), ..area },
    };
    let room = usize::from(area.width).saturating_sub(besides);
    let x = put(buffer, area.x, 0, area.right(), if leads { "▸ " } else { "  " }, theme.lead);
    put(buffer, x, 0, area.right(), &cells::ellipsis(&name, room), if leads { theme.strong } else { theme.faint });
    put_right(buffer, x, 0, area.right() - 1, &number, theme.faint);
}

/// On which row of dots a passage stands: all of a text has all of the height.
fn dot(text: &Text, PassageNo(n): PassageNo, height: u16) -> usize {
    let (rows, count) = (usize::from(height) * DOWN, text.passage_count().max(1));
    let before = n.saturating_sub(1) as usize;
    ((2 * before + 1) * rows / (2 * count)).min(rows - 1)
}

/// A column: on each row the first passage that stands there, by its number and its first words; sections by their names.
fn texts(
    app: &App,
    loom: &Loom,
    (side, text): (Side, &Text),
    thread: Option<&Thread>,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let leads = app.halves.focus() == side;
    let cursor = if leads { Some(loom.at) } else { thread.map(|thread| thread.end(side)) };
    let row_of = |passage| (dot(text, passage, area.height) / DOWN) as u16;
    let at = cursor.map(row_of);
    let rows = usize::from(area.height) * DOWN;
    let count = text.passage_count();
    let digits = cells::width(&count.to_string());
    let mut section = None;
    for row in 0..area.height {
        // The first passage whose middle is not above the row.
        let first = (usize::from(row) * DOWN * 2 * count).div_ceil(2 * rows).saturating_sub(1);
        let mut passages = (first.max(1)..=count).map(|n| PassageNo(n as u32));
        let shown = passages.find(|p| row_of(*p) >= row).filter(|p| row_of(*p) == row);
        let shown = if at == Some(row) { cursor } else { shown };
        let Some(passage) = shown else { continue };
        let Some(block) = text.numbering().block_of(passage) else { continue };
        let y = area.y + row;
        let heading = text.heading_of(block).filter(|heading| section != Some(*heading));
        section = text.heading_of(block).or(section);
        let is_here = at == Some(row);
        let number = passage.to_string();
        let words = match heading.filter(|_| !is_here) {
            Some(heading) => format!("§ {}", text.heading_name(heading)),
            None => text.block_str(block).chars().take(160).collect::<String>().replace('\n', " "),
        };
        let style = match (is_here, heading.is_some()) {
            (true, _) if leads => theme.strong,
            (true, _) => theme.text,
            (false, true) => theme.heading,
            (false, false) => theme.faint,
        };
        let mark = if leads { "▌" } else { "▎" };
        let mark_style = if leads { theme.lead } else { theme.across };
        let number_style = if is_here { theme.lead } else { theme.faint };
        let room = usize::from(area.width).saturating_sub(digits + 5);
        let words = cells::ellipsis(&words, room);
        // The numbers stand where the threads begin.
        if side == Side::Left {
            put_right(buffer, area.x, y, area.right() - 1, &number, number_style);
            put(buffer, area.x + 2, y, area.right(), &words, style);
            if is_here {
                put(buffer, area.x, y, area.right(), mark, mark_style);
            }
        } else {
            put(buffer, area.x + 1, y, area.right(), &number, number_style);
            put(buffer, area.x + 4 + digits as u16, y, area.right(), &words, style);
            if is_here {
                put(buffer, area.x + 2 + digits as u16, y, area.right(), mark, mark_style);
            }
        }
    }
}

/// Cells with their dots, and for each how much the thread that gave it its look is worth.
struct Canvas {
    area: Rect,
    dots: Vec<u8>,
    looks: Vec<Option<(f32, Style)>>,
}

impl Canvas {
    fn new(area: Rect) -> Self {
        let cells = usize::from(area.width) * usize::from(area.height);
        Self { area, dots: vec![0; cells], looks: vec![None; cells] }
    }

    /// A thread from a row of dots at the left edge to one at the right edge, leaving and arriving level.
    fn thread(&mut self, from: usize, to: usize, dotted: bool, worth: f32, style: Style) {
        let width = usize::from(self.area.width) * ACROSS;
        let mut last = from;
        for x in 0..width {
            let part = x as f32 / (width.max(2) - 1) as f32;
            let eased = part * part * (3.0 - 2.0 * part);
            let y = (from as f32 + (to as f32 - from as f32) * eased).round() as usize;
            // A steep thread goes on without a gap.
            let (above, below) = if y >= last { ((last + 1).min(y), y) } else { (y, last - 1) };
            for y in above..=below {
                if !dotted || (x + y) % 3 != 2 {
                    self.dot(x, y, worth, style);
                }
            }
            last = y;
        }
    }

    fn dot(&mut self, x: usize, y: usize, worth: f32, style: Style) {
        let at = y / DOWN * usize::from(self.area.width) + x / ACROSS;
        let Some(dots) = self.dots.get_mut(at) else { return };
        *dots |= DOTS[x % ACROSS][y % DOWN];
        if self.looks[at].is_none_or(|(before, _)| before <= worth) {
            self.looks[at] = Some((worth, style));
        }
    }

    fn draw(&self, buffer: &mut Buffer) {
        let width = usize::from(self.area.width);
        for (at, (dots, look)) in self.dots.iter().zip(&self.looks).enumerate() {
            let (Some((_, style)), Some(symbol)) = (look, char::from_u32(0x2800 + u32::from(*dots))) else { continue };
            let (x, y) = (self.area.x + (at % width) as u16, self.area.y + (at / width) as u16);
            put(buffer, x, y, self.area.right(), symbol.encode_utf8(&mut [0; 4]), *style);
        }
    }
}

/// The looks of a thread: the held topic's before all others, else that of its topic, quiet where it has none.
fn look(app: &App, thread: &Thread, theme: &Theme) -> Style {
    let held = app.topics.held_id();
    match thread.topic {
        Some(at) if held.is_some() && app.topics.codebook().topics().get(at).map(|t| &t.id) == held => theme.topic,
        Some(at) if held.is_none() => theme.threads[at % THREADS],
        _ => theme.faint,
    }
}

fn weave(app: &App, loom: &Loom, here: &[Thread], area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let [Some(left), Some(right)] = BOTH.map(|side| app.halves.pane(side).text()) else { return };
    let threads = loom.threads.as_deref().unwrap_or_default();
    if threads.is_empty() {
        let (words, style) = match loom.percent {
            Some(percent) => (format!("weaving… {percent}%"), theme.faint),
            None => ("no threads".to_owned(), theme.silent),
        };
        let words = cells::ellipsis(&words, usize::from(area.width.saturating_sub(1)));
        put(buffer, area.x + 1, area.y + area.height / 3, area.right(), &words, style);
        return;
    }
    let mut canvas = Canvas::new(area);
    let ends = |thread: &Thread| (dot(left, thread.left, area.height), dot(right, thread.right, area.height));
    // Of threads that begin in one row of dots only the strongest could be told apart.
    let mut drawn: Vec<Option<&Thread>> = vec![None; usize::from(area.height) * DOWN];
    for thread in threads {
        let row = &mut drawn[ends(thread).0];
        if row.is_none_or(|before| rank(before) < rank(thread)) {
            *row = Some(thread);
        }
    }
    for thread in drawn.into_iter().flatten() {
        let (from, to) = ends(thread);
        let weak = thread.strength < STRONG && !thread.own;
        canvas.thread(from, to, weak, rank(thread), look(app, thread, theme));
    }
    for thread in here {
        let (from, to) = ends(thread);
        canvas.thread(from, to, false, 9.0, theme.lead);
    }
    canvas.draw(buffer);
}

/// Which of two threads is on top: the reader's own, then one on a topic, then the stronger.
fn rank(thread: &Thread) -> f32 {
    thread.strength + f32::from(u8::from(thread.own)) * 4.0 + f32::from(u8::from(thread.topic.is_some()))
}

/// The topics of the threads at the cursor, in their colours, and the sentences that stand at the ends of the first.
fn below(app: &App, loom: &Loom, here: &[Thread], area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let thread = here.first();
    let end = area.right().saturating_sub(1);
    rule(buffer, area.x + 1..end, area.y, "─", theme.faint);
    let mut x = area.x + 2;
    let mut named = Vec::new();
    for at in here.iter().filter_map(|thread| thread.topic) {
        if named.contains(&at) {
            continue;
        }
        named.push(at);
        let Some(topic) = app.topics.codebook().topics().get(at) else { continue };
        let words = format!(" ━ {} ", topic.name);
        if x + cells::width(&words) as u16 + 2 > end {
            put(buffer, x, area.y, end, " …", theme.faint);
            break;
        }
        let sample = Thread { left: PassageNo(1), right: PassageNo(1), strength: 1.0, own: false, topic: Some(at) };
        x = put(buffer, x, area.y, end, &words, look(app, &sample, theme));
    }
    let lead = app.halves.focus();
    for (y, (side, mark)) in (area.y + 1..).zip(BOTH.into_iter().zip(["◧ ", "◨ "])) {
        let passage = thread.map(|thread| thread.end(side)).or((side == lead).then_some(loom.at));
        let (Some(text), Some(passage)) = (app.halves.pane(side).text(), passage) else { continue };
        let words = text.passage_str(passage);
        let sentence = words[sentence_at(words, 0)].replace('\n', " ");
        let x = put(buffer, area.x + 1, y, end, mark, theme.across);
        let x = put(buffer, x, y, end, &format!("¶{passage} "), theme.faint);
        put(buffer, x, y, end, &cells::ellipsis(&sentence, usize::from(end.saturating_sub(x))), theme.text);
    }
}
