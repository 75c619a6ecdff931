//! Ink: putting strings and rows of text into cells.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::signs::{self, OWN};
use super::theme::Theme;
use crate::layout::cells::{self, cells};
use crate::link::Side;
use crate::text::clean::clean_cell;

/// Writes `s` from column `x`, at most to column `end`. Returns the column after it.
pub(super) fn put(buffer: &mut Buffer, x: u16, y: u16, end: u16, s: &str, style: Style) -> u16 {
    put_with(buffer, x, y, end, s, |_| style)
}

/// Writes `s` with a style for each cluster, by its byte offset.
pub(super) fn put_with(
    buffer: &mut Buffer,
    mut x: u16,
    y: u16,
    end: u16,
    s: &str,
    mut style: impl FnMut(usize) -> Style,
) -> u16 {
    let area = buffer.area;
    let end = end.min(area.right());
    if y >= area.bottom() {
        return x;
    }
    for cell in cells(s) {
        if x + cell.width > end {
            break;
        }
        let style = style(cell.at);
        if cell.shown.starts_with(' ') && cell.width > 1 {
            for i in 0..cell.width {
                fresh(&mut buffer[(x + i, y)]).set_symbol(" ").set_style(style);
            }
        } else {
            fresh(&mut buffer[(x, y)]).set_symbol(&cell.shown).set_style(style);
            for i in 1..cell.width {
                buffer[(x + i, y)].reset();
            }
        }
        x += cell.width;
    }
    x
}

/// Draws a sign of one column in each of some columns.
pub(super) fn rule(buffer: &mut Buffer, columns: Range<u16>, y: u16, sign: &str, style: Style) {
    if y >= buffer.area.bottom() {
        return;
    }
    for x in columns.start..columns.end.min(buffer.area.right()) {
        fresh(&mut buffer[(x, y)]).set_symbol(sign).set_style(style);
    }
}

/// What stands before the words of a side.
pub(super) fn side_mark(side: Side) -> &'static str {
    if side == Side::Left { "◧ " } else { "◨ " }
}

/// The same for letters of a text, which are shown as they are.
pub(super) fn put_own(
    buffer: &mut Buffer,
    (x, y, end): (u16, u16, u16),
    s: &str,
    mut style: impl FnMut(usize) -> Style,
) -> u16 {
    put_with(buffer, x, y, end, s, |at| style(at).add_modifier(OWN))
}

/// A cell in which nothing of a text stands any more.
fn fresh(cell: &mut Cell) -> &mut Cell {
    cell.modifier.remove(OWN);
    cell
}

/// Writes `s` so that it ends before column `end`; not at all where it does not fit after column `start`. Returns the
/// column where it begins.
pub(super) fn put_right(buffer: &mut Buffer, start: u16, y: u16, end: u16, s: &str, style: Style) -> u16 {
    let width = cells::width(s) as u16;
    if start.saturating_add(width) > end {
        return end;
    }
    put(buffer, end - width, y, end, s, style);
    end - width
}

/// Empties an area, so that something can be drawn over what was there.
pub(super) fn wipe(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        // A wide letter that is cut in half by the edge goes whole.
        for x in [area.left().saturating_sub(1), area.right().saturating_sub(1)] {
            if x < buffer.area.right() && cells::width(buffer[(x, y)].symbol()) > 1 {
                buffer[(x, y)].set_symbol(" ");
            }
        }
        for x in area.left()..area.right() {
            buffer[(x, y)].reset();
        }
    }
}

/// The last thing that is done, row by row, so that a screen is gone through once: what has no colours gets those of the
/// theme, what could mislead a terminal is taken out wherever its letters came from, and signs become those that are drawn.
pub(super) fn finish(buffer: &mut Buffer, theme: &Theme) {
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        ground(row, theme);
        clean(row);
        signs::settle(row, theme.signs);
    }
}

/// Gives everything that has no colours those of the theme, where it has its own ground.
fn ground(row: &mut [Cell], theme: &Theme) {
    let Some((letters, paper)) = theme.ground else { return };
    for cell in row {
        if cell.fg == Color::Reset {
            cell.fg = letters;
        }
        if cell.bg == Color::Reset {
            cell.bg = paper;
        }
    }
}

/// Takes out of every cell what could mislead a terminal.
fn clean(row: &mut [Cell]) {
    for cell in row {
        // Of nearly all cells the first bytes say it: letters of ASCII, lines and blocks.
        if !matches!(cell.symbol().as_bytes(), [b' '..=b'~'] | [0xe2, 0x94..=0x96, _])
            && let Some(clean) = clean_cell(cell.symbol())
        {
            cell.set_symbol(&clean);
        }
    }
}

/// Dims everything drawn so far, behind what will be drawn over it.
pub(super) fn recede(buffer: &mut Buffer, theme: &Theme) {
    let (faint, own) = (Style::reset().patch(theme.faint), Style::reset().patch(theme.faint).add_modifier(OWN));
    for cell in &mut buffer.content {
        cell.set_style(if cell.modifier.contains(OWN) { own } else { faint });
    }
}

/// Takes out what is only there to be seen: lines, frames, shades. What they say is said in words as well; the signs of
/// the two panes become letters.
pub(super) fn without_lines(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        // Box drawing and block elements.
        if cell.symbol().starts_with(|c| ('\u{2500}'..='\u{259f}').contains(&c)) {
            cell.set_symbol(" ");
        }
        match cell.symbol() {
            "◧" => drop(cell.set_symbol("L")),
            "◨" => drop(cell.set_symbol("R")),
            _ => {}
        }
    }
}

/// A list of stretches with a style each; where they overlap, later ones are laid over earlier ones.
#[derive(Debug, Default)]
pub(super) struct Layers {
    layers: Vec<(Range<usize>, Style)>,
}

impl Layers {
    /// Lays a style over the bytes of `range`.
    pub(super) fn add(&mut self, range: Range<usize>, style: Style) {
        self.layers.push((range, style));
    }

    /// Lays a style under all that is laid there already.
    pub(super) fn add_under(&mut self, range: Range<usize>, style: Style) {
        self.layers.insert(0, (range, style));
    }

    /// Those of them that are laid over some of these bytes: every letter of them asks all there are.
    pub(super) fn within(&self, bytes: &Range<usize>) -> Self {
        let meets = |(laid, _): &&(Range<usize>, Style)| laid.start < bytes.end && bytes.start < laid.end;
        Self { layers: self.layers.iter().filter(meets).cloned().collect() }
    }

    /// The style at byte `at` over a base style, and the byte at which it may become another one.
    pub(super) fn until(&self, at: usize, base: Style) -> (Style, usize) {
        let edges = self.layers.iter().flat_map(|(r, _)| [r.start, r.end]).filter(|edge| *edge > at);
        (self.at(at, base), edges.min().unwrap_or(usize::MAX))
    }

    /// The style at byte `at` over a base style.
    pub(super) fn at(&self, at: usize, base: Style) -> Style {
        self.layers.iter().filter(|(r, _)| r.contains(&at)).fold(base, |style, (_, over)| style.patch(*over))
    }
}

/// What is left of a text beside a list or a page is no longer read where it is narrower than this.
const SLIVER: u16 = 24;

/// Draws a frame over the texts. What would be left beside it goes where it is too narrow to be read. Returns the inside.
pub(super) fn frame_over(buffer: &mut Buffer, area: Rect, title: &str, styles: (Style, Style)) -> Rect {
    if area.x < SLIVER { frame_below(buffer, area, title, styles) } else { frame(buffer, area, title, styles) }
}

/// Draws a frame at the foot of the screen, over texts that stay as they are: on its rows nothing else is left, since the
/// ends of their lines beside it would only be noise. Returns the inside.
pub(super) fn frame_below(buffer: &mut Buffer, area: Rect, title: &str, styles: (Style, Style)) -> Rect {
    wipe(buffer, Rect { x: buffer.area.x, width: buffer.area.width, ..area });
    frame(buffer, area, title, styles)
}

/// Draws a frame with a title around `area` and empties what is inside. Returns the inside.
pub(super) fn frame(buffer: &mut Buffer, area: Rect, title: &str, styles: (Style, Style)) -> Rect {
    // A free column on either side keeps the words behind it from running into the frame.
    let apart = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area };
    wipe(buffer, apart.intersection(buffer.area));
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let (line, title_style) = styles;
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    rule(buffer, left..right + 1, top, "─", line);
    rule(buffer, left..right + 1, bottom, "─", line);
    for y in top..=bottom {
        rule(buffer, left..left + 1, y, "│", line);
        rule(buffer, right..right + 1, y, "│", line);
    }
    for (x, y, corner) in [(left, top, "╭"), (right, top, "╮"), (left, bottom, "╰"), (right, bottom, "╯")] {
        put(buffer, x, y, right + 1, corner, line);
    }
    let title = cells::ellipsis(title, usize::from(area.width.saturating_sub(6)));
    let end = put(buffer, left + 2, top, right, &format!(" {title} "), title_style);
    debug_assert!(end <= right);
    Rect { x: left + 2, y: top + 1, width: area.width - 4, height: area.height - 2 }
}
