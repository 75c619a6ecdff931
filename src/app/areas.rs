//! Where things are on the screen: computed from its size and the arrangement, for the session and for drawing alike.

use ratatui::layout::Rect;

use crate::link::Side;
use crate::link::sides::Sides;

/// How the panes are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// Side by side where there is room for it, else one pane.
    #[default]
    Fitting,
    /// One pane only, the focused one.
    Solo,
    /// One above the other.
    Stacked,
    /// One column of labelled passages, without lines and signs: for screen readers.
    Linear,
}

/// Columns of the screen under which two panes do not fit side by side.
pub(crate) const NARROW: u16 = 70;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// Each pane, where it shows.
    pub panes: Sides<Option<PaneArea>>,
    /// The strip between the panes, where the joint is drawn; a row where they are stacked.
    pub hinge: Option<Rect>,
    /// The last row.
    pub footer: Rect,
    /// Whether one pane is above the other.
    pub stacked: bool,
}

/// The parts of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaneArea {
    /// All of it.
    pub whole: Rect,
    /// The row with title, passage and section.
    pub header: Rect,
    /// The row that shows where in the text the topic is treated.
    pub strip: Rect,
    /// The column of text, at the measure.
    pub text: Rect,
}

/// Columns kept left of the text: the bar of the current passage and the space after it.
const BAR: u16 = 2;
/// Columns kept right of the text, for marks.
const MARKS: u16 = 2;

impl Areas {
    /// Whether both panes show, one beside the other.
    pub fn are_side_by_side(&self) -> bool {
        !self.stacked && self.panes.left.is_some() && self.panes.right.is_some()
    }
}

/// Divides a screen of `columns` by `rows`; `measure` is the widest the text may be.
pub(crate) fn divide(columns: u16, rows: u16, arrangement: Arrangement, focus: Side, measure: u16) -> Areas {
    let footer_rows = u16::from(rows >= 3);
    let body = Rect::new(0, 0, columns, rows - footer_rows);
    let footer = Rect::new(0, rows - footer_rows, columns, footer_rows);
    let mut areas = Areas { footer, ..Areas::default() };
    let stackable = body.height >= 14;
    match arrangement {
        Arrangement::Stacked if stackable => {
            let upper = (body.height - 1) / 2;
            let pane = |y, height| Some(pane(Rect::new(0, y, columns, height), measure));
            areas.panes = Sides { left: pane(0, upper), right: pane(upper + 1, body.height - upper - 1) };
            areas.hinge = Some(Rect::new(0, upper, columns, 1));
            areas.stacked = true;
        }
        Arrangement::Linear => {
            // What is seen of either passage depends on how long both are; this is what scrolling by screens goes by.
            let half = body.height / 2;
            let width = columns.min(measure);
            let part = |y| PaneArea {
                whole: Rect::new(0, y, columns, half),
                text: Rect::new(0, y, width, half),
                ..PaneArea::default()
            };
            areas.panes = Sides { left: Some(part(0)), right: Some(part(half)) };
            areas.stacked = true;
        }
        Arrangement::Fitting if columns >= NARROW => {
            let hinge = hinge_columns(columns);
            let left = (columns - hinge) / 2;
            let right = columns - hinge - left;
            areas.panes = Sides {
                left: Some(pane(Rect::new(0, 0, left, body.height), measure)),
                right: Some(pane(Rect::new(left + hinge, 0, right, body.height), measure)),
            };
            areas.hinge = Some(Rect::new(left, 0, hinge, body.height));
        }
        Arrangement::Fitting if stackable && columns >= 30 => {
            return divide(columns, rows, Arrangement::Stacked, focus, measure);
        }
        _ => areas.panes[focus] = Some(pane(body, measure)),
    }
    areas
}

/// Room for the numbers of the joint, and under it for a word that says why.
fn hinge_columns(columns: u16) -> u16 {
    match columns {
        150.. => 13,
        120.. => 11,
        100.. => 9,
        _ => 7,
    }
}

fn pane(whole: Rect, measure: u16) -> PaneArea {
    let header_rows = u16::from(whole.height >= 4);
    let strip_rows = u16::from(whole.height >= 8);
    let text_height = whole.height - header_rows - strip_rows;
    let bar = BAR.min(whole.width.saturating_sub(1));
    let room = whole.width.saturating_sub(bar + MARKS).max(1).min(whole.width.max(1));
    let width = room.min(measure);
    // Centred, but for the columns that bar and marks take.
    let x = whole.x + bar + (room - width) / 2;
    let text = Rect { x, y: whole.y + header_rows + strip_rows, width: width.min(whole.width), height: text_height };
    // Title and strip stand over the text, from its bar to its marks.
    let left = x.saturating_sub(bar).max(whole.x);
    let column = Rect { x: left, width: (x + width + MARKS).min(whole.right()) - left, ..whole };
    let header = Rect { height: header_rows, ..column };
    let strip = Rect { y: whole.y + header_rows, height: strip_rows, ..column };
    PaneArea { whole, header, strip, text }
}

/// The area of a page or a list over the panes, its border included: centred, with some of the panes left in sight.
pub(crate) fn page_area(columns: u16, rows: u16) -> Rect {
    let width = columns.saturating_sub(4).min(96).max(columns.min(20));
    let height = rows.saturating_sub(4).max(rows.min(5));
    Rect { x: (columns - width) / 2, y: (rows - height) / 3, width, height }
}

/// From this many columns on, a list takes the other pane's place instead of covering both.
const DRAWERS: u16 = 140;

impl Areas {
    /// Where a list stands beside the pane that leads: all of the other pane, and the hinge to it with nothing in it, so that
    /// no line of either text is cut in its middle. `None` where there is no room for it so.
    pub fn drawer(&self, focus: Side) -> Option<(Rect, Rect)> {
        let (pane, hinge) = (self.panes[focus.other()]?.whole, self.hinge?);
        let columns = self.panes.left?.whole.width + hinge.width + self.panes.right?.whole.width;
        (self.are_side_by_side() && columns >= DRAWERS).then_some((pane, hinge))
    }
}

/// The area of a page about the pair on the screen: where there is room for both, below the pair instead of over it.
pub(super) fn page_area_below(columns: u16, rows: u16) -> Rect {
    let most = page_area(columns, rows);
    if columns < 100 || rows < 30 {
        return most;
    }
    // The pair is level a third down, and a few of its rows are to be seen.
    let y = rows / 2;
    Rect { y, height: rows - y - 1, ..most }
}

/// The area of the editor of notes, its border included: the lower part of the screen, so much that one can write, and
/// of the passage above it, which the reading line is in a third down, as much as there is room for. No wider than a page.
pub(crate) fn editor_area(columns: u16, rows: u16) -> Rect {
    let footer = u16::from(rows >= 3);
    let height = (rows * 2 / 5).max((rows / 2).min(12)).max(rows.min(9)).min(rows - footer);
    let width = if columns < 100 { columns } else { 96 };
    Rect { x: (columns - width) / 2, y: rows - footer - height, width, height }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_part_is_on_the_screen(columns in 0u16..260, rows in 0u16..120, kind in 0usize..4, measure in 20u16..100) {
            let all = [Arrangement::Fitting, Arrangement::Solo, Arrangement::Stacked, Arrangement::Linear];
            let arrangement = all[kind];
            let areas = divide(columns, rows, arrangement, Side::Right, measure);
            let screen = Rect::new(0, 0, columns, rows);
            let mut parts = vec![areas.footer];
            parts.extend(areas.hinge);
            for (_, pane) in areas.panes.iter() {
                if let Some(p) = pane {
                    parts.extend([p.whole, p.header, p.strip]);
                    prop_assert!(p.text.right() <= p.whole.right() || columns == 0);
                    prop_assert!(p.text.bottom() <= p.whole.bottom());
                }
            }
            for part in parts {
                prop_assert_eq!(part.intersection(screen), part, "{:?} on {:?}", part, screen);
            }
        }
    }

    #[test]
    fn chooses_by_width() {
        let shown = |c, r| {
            let a = divide(c, r, Arrangement::Fitting, Side::Left, 72);
            (a.panes.left.is_some(), a.panes.right.is_some(), a.stacked)
        };
        assert_eq!(shown(120, 35), (true, true, false));
        assert_eq!(shown(80, 24), (true, true, false));
        assert_eq!(shown(60, 30), (true, true, true));
        assert_eq!(shown(60, 10), (true, false, false));
        assert_eq!(shown(20, 24), (true, false, false));
    }
}
