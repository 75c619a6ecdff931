//! The rows of the dispute page: for drawing it, and for scrolling what does not fit.

use std::borrow::Cow;

use crate::app::App;
use crate::app::links::quotations::{WordingRow, wording_rows};
use crate::layout::cells;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::study::dispute::{Dispute, Reading};

/// Rows of the head: what it is, and a rule.
pub(crate) const HEAD: u16 = 2;
/// Columns from which on the quotation stands between the two texts.
const WIDE: u16 = 110;
/// Columns under which everything is in one column.
const NARROW: u16 = 50;
/// No more rows than this are laid out.
const TALLEST: usize = 400;
/// With less room, what is around the quotation is not cut any further: the page is scrolled.
const LEAST: usize = 3;

/// What is left of a screen for the page under its head: columns and rows.
pub(crate) fn room((columns, rows): (u16, u16)) -> (u16, u16) {
    (columns, rows.saturating_sub(HEAD + u16::from(rows >= 3)))
}

/// How the quotation and the two texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The quotation between the two texts.
    Beside,
    /// The quotation in the full width, the texts beside each other above and below it.
    AboveAndBelow,
    /// Everything below each other.
    OneColumn,
}

/// The page in rows.
#[derive(Debug)]
pub(crate) struct Rows {
    /// How they stand.
    pub shape: Shape,
    /// Columns of a text.
    pub side: u16,
    /// Columns of the frame.
    pub frame: u16,
    /// What is around the quotation.
    pub around: Sides<Around>,
    /// What stands in the frame.
    pub inner: Inner,
}

/// The rows of one text: above the joint, and below it.
#[derive(Debug)]
pub(crate) struct Around {
    /// What precedes the quotation.
    pub above: Vec<String>,
    /// What follows the quotation.
    pub below: Vec<String>,
}

/// What stands in the frame: one wording where both have the same, else both, and what the signs mean.
#[derive(Debug)]
pub(crate) struct Inner {
    /// The wordings, each with the sign of its text.
    pub wordings: Vec<(&'static str, Vec<WordingRow>)>,
    /// What the signs mean.
    pub legend: Vec<String>,
}

impl Rows {
    /// All of a page, in so many columns.
    pub(crate) fn of(app: &App, dispute: &Dispute, columns: u16) -> Self {
        let shape = match columns {
            // Whoever listens hears one thing after another.
            _ if app.halves.is_linear() => Shape::OneColumn,
            WIDE.. => Shape::Beside,
            NARROW.. => Shape::AboveAndBelow,
            _ => Shape::OneColumn,
        };
        let (side, frame) = match shape {
            Shape::Beside => {
                let middle = (columns / 3).clamp(36, 60);
                (((columns - middle) / 2).saturating_sub(6).min(62), middle)
            }
            Shape::AboveAndBelow => ((columns - 6) / 2, columns.min(100) - 2),
            Shape::OneColumn => (columns.saturating_sub(2), columns.saturating_sub(2)),
        };
        let around = Sides::from_fn(|at| Around::of(&dispute.readings[at], side));
        Self { shape, side, frame, around, inner: Inner::of(dispute, frame.saturating_sub(4)) }
    }

    /// Shortens what surrounds the quotation to fit so many rows, if it can.
    pub(crate) fn cut(&mut self, height: usize) {
        let fixed = match self.shape {
            Shape::Beside => 6,
            Shape::AboveAndBelow => self.fixed(),
            Shape::OneColumn => return,
        };
        let room = height.saturating_sub(fixed);
        let above = self.around().0.min((room * 2 / 5).max(LEAST));
        for at in BOTH {
            self.around[at].cut(above, room.saturating_sub(above).max(LEAST), usize::from(self.side));
        }
    }

    /// The most rows that stand above the quotation in one of the texts, and below it.
    pub(crate) fn around(&self) -> (usize, usize) {
        let (left, right) = (&self.around.left, &self.around.right);
        (left.above.len().max(right.above.len()), left.below.len().max(right.below.len()))
    }

    /// Where the joint and the top of the frame are, in the shape that has one.
    pub(crate) fn joint(&self) -> (usize, usize) {
        let (above, frame) = (self.around().0, self.inner.height() + 2);
        // The frame is as high above the joint as it is below, as far as there is room.
        let joint = (4 + above).max(frame.div_ceil(2).min(above + 8));
        (joint, joint.saturating_sub(frame / 2).max(1))
    }

    /// How tall the page is.
    pub(crate) fn height(&self) -> usize {
        let (above, below) = self.around();
        match self.shape {
            Shape::Beside => {
                let (joint, top) = self.joint();
                (joint + 2 + below).max(top + self.inner.height() + 2)
            }
            Shape::AboveAndBelow => self.fixed() + above + below,
            Shape::OneColumn => {
                let rows = |side: Side| self.around[side].above.len() + self.around[side].below.len();
                rows(Side::Left) + rows(Side::Right) + self.inner.height() + 14
            }
        }
    }

    /// Of what stands above and below: the frame, two rows of names, and one for what became of the wording.
    pub(crate) fn fixed(&self) -> usize {
        self.inner.height() + 2 + 3
    }
}

impl Around {
    fn of(reading: &Reading, width: u16) -> Self {
        let wrap = |words: &str| {
            let rows = textwrap::wrap(words, usize::from(width.max(8)));
            rows.into_iter().map(Cow::into_owned).take(TALLEST).collect::<Vec<_>>()
        };
        Self { above: wrap(&reading.leads_in), below: wrap(&reading.goes_on) }
    }

    /// Leaves the last rows before the quotation and the first ones after it.
    fn cut(&mut self, above: usize, below: usize, width: usize) {
        if self.above.len() > above {
            self.above.drain(..self.above.len() - above);
            if let Some(first) = self.above.first_mut() {
                *first = cut_before(first, width);
            }
        }
        if self.below.len() > below {
            self.below.truncate(below);
            if let Some(last) = self.below.last_mut() {
                *last = format!("{}…", cells::fit(last, width.saturating_sub(1)).0);
            }
        }
    }
}

/// A row with the sign that something stood before it. In a full row it takes the place of the first word.
fn cut_before(row: &str, width: usize) -> String {
    if cells::width(row) < width {
        return format!("…{row}");
    }
    row.split_once(' ').map_or_else(|| "…".to_owned(), |(_, rest)| format!("… {rest}"))
}

/// What the signs of a wording mean.
const LEGEND: &str = "[only here] · {put otherwise} · ^ the other has words here";

impl Inner {
    fn of(dispute: &Dispute, width: u16) -> Self {
        let width = usize::from(width.max(8));
        let rows = |side: Side| wording_rows(&dispute.readings[side].wording, width - 2);
        if dispute.is_same() {
            return Self { wordings: vec![("” ", rows(Side::Left))], legend: Vec::new() };
        }
        let wordings = vec![("◧ ", rows(Side::Left)), ("◨ ", rows(Side::Right))];
        let legend = textwrap::wrap(LEGEND, width).into_iter().map(Cow::into_owned).collect();
        Self { wordings, legend }
    }

    /// Its rows.
    pub(crate) fn height(&self) -> usize {
        let rows: usize = self.wordings.iter().map(|(_, rows)| rows.len() + 1).sum();
        rows.min(TALLEST) + self.legend.len() - usize::from(self.legend.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::cut_before;

    #[test]
    fn a_row_that_is_cut_before_keeps_its_end() {
        assert_eq!(cut_before("bread was dear", 20), "…bread was dear");
        assert_eq!(cut_before("bread was dear", 14), "… was dear");
        assert_eq!(cut_before("bread", 5), "…");
    }
}
