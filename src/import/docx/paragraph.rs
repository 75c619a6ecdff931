//! A paragraph while it is read: its properties, its letters, and what it turns out to be.

use crate::import::flow::shape::Shaper;
use crate::import::flow::{Mark, Marked};

use super::styles::{Role, Styles};

/// A paragraph set in by this much from both sides is a quotation, in twentieths of a point: a quarter of an inch.
const SET_IN: i32 = 360;

/// What has been read of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub line: Shaper,
    pub style: Option<String>,
    pub list: Option<u32>,
    pub level: Option<u8>,
    pub outline: Option<u8>,
    /// Its indentation from the left and from the right.
    pub indent: (i32, i32),
    /// Its end was deleted: it goes on in the next paragraph.
    pub runs_on: bool,
    /// Whether it is an initial set large in a frame of its own: the next paragraph goes on with the same word.
    pub initial: bool,
    /// Descriptions of its pictures.
    pub pictures: Vec<String>,
}

/// How the letters of a run are set.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "toggles of the format, each independent of the others")]
pub(super) struct Run {
    pub emphasis: bool,
    pub strong: bool,
    pub strike: bool,
    pub code: bool,
    pub raised: bool,
    pub lowered: bool,
    pub hidden: bool,
}

impl Paragraph {
    /// What the paragraph is by its style, its level in the outline, or how it is set in.
    pub(super) fn role(&self, styles: &Styles) -> Option<Role> {
        let level = self.outline.filter(|l| *l < 6).map(|l| Role::Heading(l + 1));
        let role = self.style.as_deref().and_then(|id| styles.role(id));
        let listed = self.item(styles).is_some();
        let (left, right) = self.indent;
        let set_in = left >= SET_IN && right >= SET_IN && !listed;
        level.or(role).or(set_in.then_some(Role::Quotation))
    }

    /// The list and the level that the paragraph is an item of.
    pub(super) fn item(&self, styles: &Styles) -> Option<(u32, u8)> {
        let of_style = || self.style.as_deref().and_then(|id| styles.numbering(id));
        match (self.list, self.level) {
            // List 0 takes a paragraph out of the list of its style.
            (Some(0), _) => None,
            (Some(list), level) => Some((list, level.unwrap_or(0))),
            (None, level) => of_style().map(|(list, its_level)| (list, level.unwrap_or(its_level))),
        }
    }

    /// Adds letters set as the run says.
    pub(super) fn push(&mut self, letters: &str, run: &Run) {
        let marks = [
            (run.strong, Mark::Strong),
            (run.emphasis, Mark::Emphasis),
            (run.strike, Mark::Strike),
            (run.code, Mark::Code),
            (run.raised, Mark::Raised),
            (run.lowered, Mark::Lowered),
        ];
        let open = marks.into_iter().filter(|(on, _)| *on).map(|(_, mark)| self.line.open(mark)).count();
        self.line.push(letters);
        (0..open).for_each(|_| self.line.close());
    }
}

/// Marks of one style with nothing but white space between them are one: a word processor cuts them anywhere.
pub(super) fn joined(string: &str, marks: Vec<Marked>) -> Vec<Marked> {
    let mut joined: Vec<Marked> = Vec::with_capacity(marks.len());
    for mark in marks {
        let same = joined.iter_mut().rev().take(8).find(|m| m.mark == mark.mark && m.range.end <= mark.range.start);
        match same {
            Some(last)
                if !matches!(mark.mark, Mark::Note(_) | Mark::Raised | Mark::Lowered)
                    && string[last.range.end..mark.range.start].trim().is_empty() =>
            {
                last.range.end = mark.range.end;
            }
            _ => joined.push(mark),
        }
    }
    joined
}
