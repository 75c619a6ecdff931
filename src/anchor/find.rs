//! Finding anchors again: at their position, else by their words.

use std::ops::Range;

use memchr::memmem;

use super::Anchor;
use super::found::{Found, Hit};
use crate::text::Text;

/// Finds anchors in one text. What many anchors need is prepared once and shared.
#[derive(Debug)]
pub struct Finder<'t> {
    text: &'t Text,
}

/// Finds one anchor in `text`.
pub fn find(anchor: &Anchor, text: &Text) -> Found {
    Finder::new(text).find(anchor)
}

impl<'t> Finder<'t> {
    /// Ready to find anchors in `text`; costs nothing until an anchor needs a search.
    pub fn new(text: &'t Text) -> Self {
        Self { text }
    }

    /// Where `anchor` is in the text now.
    pub fn find(&self, anchor: &Anchor) -> Found {
        let string = self.text.string();
        let exact = anchor.exact.as_str();
        if exact.is_empty() {
            return Found::Orphaned;
        }
        if let Some(range) = anchor.position(self.text)
            && string[range.clone()] == *exact
        {
            return Found::Exact(self.hit(anchor, &range, 1.0));
        }
        let mut places = memmem::find_iter(string.as_bytes(), exact.as_bytes());
        match (places.next(), places.next()) {
            (Some(at), None) => Found::Moved(self.hit(anchor, &(at..at + exact.len()), 1.0)),
            _ => Found::Orphaned,
        }
    }

    fn hit(&self, anchor: &Anchor, range: &Range<usize>, confidence: f32) -> Hit {
        let at = range.start + anchor.point.map_or(0, |p| p as usize);
        let place = |offset| self.text.place_of(offset);
        Hit { range: place(range.start)..place(range.end), at: place(at.min(range.end)), confidence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::TextId;
    use crate::text::block::BlockKind;
    use crate::text::{Builder, Place};

    fn text(blocks: &[(BlockKind, &str)]) -> Text {
        let mut b = Builder::new();
        for (kind, s) in blocks {
            b.begin(*kind, 0).push(s);
        }
        b.finish()
    }

    #[test]
    fn finds_a_stretch_where_it_was_and_where_it_went() {
        use BlockKind::{Heading, Paragraph};
        let old = text(&[(Heading, "One"), (Paragraph, "Alpha beta."), (Heading, "Two"), (Paragraph, "Gamma.")]);
        let new = text(&[(Paragraph, "Before."), (Paragraph, "Alpha beta."), (Heading, "Two"), (Paragraph, "Gamma.")]);
        for range in [Place::new(1, 6)..Place::new(1, 10), Place::new(2, 0)..Place::new(2, 3)] {
            let anchor = Anchor::of(TextId::from("a.md"), 1, &old, range.clone());
            assert!(matches!(find(&anchor, &old), Found::Exact(hit) if hit.range == range));
            assert!(find(&anchor, &new).hit().is_some_and(|hit| hit.range == range), "{anchor:?}");
        }
    }
}
