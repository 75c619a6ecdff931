//! Anchors as the Web Annotation model has them: <https://www.w3.org/TR/annotation-model/#selectors>.
//!
//! A quote selector holds the words and their context, a position selector counts Unicode characters from the beginning
//! of the text's string. An anchor made from what another program wrote lacks only what makes finding surer.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Anchor, TextId};
use crate::text::{Place, Text};

/// A selector of the Web Annotation model, of the kinds that name a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Selector {
    /// By its words.
    #[serde(rename = "TextQuoteSelector")]
    Quote {
        /// The words.
        exact: String,
        /// What stands before them.
        #[serde(default)]
        prefix: String,
        /// What stands after them.
        #[serde(default)]
        suffix: String,
    },
    /// By its position, in characters of the whole text.
    #[serde(rename = "TextPositionSelector")]
    Position {
        /// The first character, from 0.
        start: usize,
        /// The first character after it.
        end: usize,
    },
}

impl Selector {
    /// The words of `anchor`.
    pub fn quote(anchor: &Anchor) -> Self {
        Self::Quote { exact: anchor.exact.clone(), prefix: anchor.prefix.clone(), suffix: anchor.suffix.clone() }
    }

    /// The position of a stretch of `text`.
    #[cfg(test)]
    fn position(text: &Text, range: &Range<Place>) -> Self {
        let count = |place| text.string()[..text.offset_of(place)].chars().count();
        Self::Position { start: count(range.start), end: count(range.end) }
    }

    /// The stretch of `text` at a position; `None` where the text has no such position.
    pub fn range(text: &Text, position: Range<usize>) -> Option<Range<Place>> {
        let end = text.string().chars().take(position.end).count();
        let place = |count| text.place_of(byte_at(text, count));
        (position.start < position.end && end == position.end).then(|| place(position.start)..place(position.end))
    }

    /// The anchor that `selectors` name in `text`; `None` where none of them quotes anything.
    pub fn anchor(selectors: &[Self], id: TextId, text: &Text) -> Option<Anchor> {
        let (exact, prefix, suffix) = selectors.iter().find_map(|s| match s {
            Self::Quote { exact, prefix, suffix } if !exact.is_empty() => Some((exact, prefix, suffix)),
            _ => None,
        })?;
        let position = selectors.iter().find_map(|s| match s {
            Self::Position { start, end } if start <= end => Some(*start..*end),
            _ => None,
        });
        // The offsets are of use only where they lead to the quote; the passage is a hint in any case.
        let range = position.map(|p| byte_at(text, p.start)..byte_at(text, p.end));
        let place = |byte| text.place_of(byte);
        let there = range.map(|r| Anchor::of(id.clone(), 0, text, place(r.start)..place(r.end)));
        let passage = there.as_ref().map_or(0, |a| a.passage);
        let found = there.filter(|a| a.exact == *exact);
        let unplaced = Anchor {
            passage,
            exact: exact.clone(),
            prefix: prefix.clone(),
            suffix: suffix.clone(),
            ..Anchor::whole(id, 0, 0)
        };
        Some(match found {
            Some(found) => Anchor { hash: 0, prefix: prefix.clone(), suffix: suffix.clone(), ..found },
            None => unplaced,
        })
    }
}

/// The byte at which character `count` of the text's string begins.
fn byte_at(text: &Text, count: usize) -> usize {
    text.string().char_indices().nth(count).map_or(text.string().len(), |(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::find::Finder;
    use crate::anchor::found::Found;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    #[test]
    fn goes_out_and_comes_back() {
        let mut builder = Builder::new();
        for paragraph in ["Überall steht dasselbe.", "Hier steht dasselbe noch einmal."] {
            builder.begin(BlockKind::Paragraph, 0).push(paragraph);
        }
        let text = builder.finish();
        let range = Place::new(1, 11)..Place::new(1, 20);
        let anchor = Anchor::of(TextId::from("a.md"), 1, &text, range.clone());
        assert_eq!(anchor.exact, "dasselbe ");
        let selectors = vec![Selector::quote(&anchor), Selector::position(&text, &range)];
        let json = serde_json::to_value(&selectors).unwrap();
        assert_eq!(json[1], serde_json::json!({"type": "TextPositionSelector", "start": 35, "end": 44}));
        assert_eq!(json[0]["type"], "TextQuoteSelector");
        let read: Vec<Selector> = serde_json::from_value(json).unwrap();
        let back = Selector::anchor(&read, TextId::from("a.md"), &text).unwrap();
        assert!(matches!(Finder::new(&text).find(&back), Found::Exact(hit) if hit.range == range));
    }

    #[test]
    fn a_position_beside_the_quote_is_no_more_than_a_hint() {
        let mut builder = Builder::new();
        builder.begin(BlockKind::Paragraph, 0).push("One two three four five six seven eight nine ten.");
        let text = builder.finish();
        let quote = |exact: &str| Selector::Quote { exact: exact.into(), prefix: String::new(), suffix: String::new() };
        let selectors = [quote("three four five six seven"), Selector::Position { start: 900, end: 1000 }];
        let anchor = Selector::anchor(&selectors, TextId::from("a"), &text).unwrap();
        let hit = Finder::new(&text).find(&anchor).hit().cloned();
        assert_eq!(hit.map(|h| h.range), Some(Place::new(0, 8)..Place::new(0, 33)));
        assert_eq!(Selector::anchor(&[quote("")], TextId::from("a"), &text), None);
    }
}
