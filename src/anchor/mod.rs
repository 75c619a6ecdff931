//! How a place in a text is named, and found again after the text has changed.
//!
//! An [`Anchor`] remembers a place three ways: by its position (passage and byte offsets), by its words (the exact
//! quote), and by what stood around it. While the text reads the same, the position is enough; afterwards
//! [`find::Finder`] looks for the words, and says honestly how it found them ([`found::Found`]).
//!
//! Links, notes, bookmarks, tours and the scroll position all store anchors, never rows or offsets of a whole file.

pub mod find;
pub mod found;
pub(crate) mod selector;

mod align;
mod bounds;
mod index;
mod judge;
mod long;
mod query;
mod seed;
mod units;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::text::span::SpanKind;
use crate::text::{Place, Text};

/// Which text an anchor is in: its path within the library (`/` between folders), or `embedded:` and an id.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TextId(pub String);

impl TextId {
    /// The id as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TextId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for TextId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A place in a text, named so that it can be found again in a changed text.
///
/// The keys that it is stored with are those of the W3C Web Annotation model where that has them: `exact`, `prefix`
/// and `suffix` of a `TextQuoteSelector`, `start` and `end` of a `TextPositionSelector` (here counted in bytes from the
/// beginning of the passage).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The text.
    pub text: TextId,
    /// [`Text::hash`] of the text when the anchor was made, written in hexadecimal; 0 where it is not known.
    #[serde(default, with = "hex")]
    pub hash: u64,
    /// Version of the importer that made the text.
    #[serde(default)]
    pub importer: u32,
    /// Number of the passage; for a heading that of the next passage, for a footnote that of the passage citing it.
    /// 0 where it is not known.
    #[serde(default)]
    pub passage: u32,
    /// Number of the heading in the text, from 1, where the place is in a heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<u32>,
    /// Label of the footnote, where the place is in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// First byte, from the start of the passage (of the heading, of the footnote).
    #[serde(default)]
    pub start: u32,
    /// First byte after it, from the same start. A stretch over several blocks runs on through the text's string.
    #[serde(default)]
    pub end: u32,
    /// For a single place (a bookmark, the reading line): how many bytes into `exact` it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<u32>,
    /// How alike the most similar other place of the text was when the anchor was made ([`find::Finder::rival`]).
    /// Where a text repeats itself, a similar place is no proof that it is the same. `None` where nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rival: Option<Rival>,
    /// The words at the place.
    pub exact: String,
    /// What stood before them, about [`CONTEXT`] characters.
    #[serde(default)]
    pub prefix: String,
    /// What stood after them.
    #[serde(default)]
    pub suffix: String,
}

/// How alike another place is, in per cent; stored as `[quote, whole]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "[u8; 2]", from = "[u8; 2]")]
pub struct Rival {
    /// By the quotes alone.
    pub quote: u8,
    /// By quotes and contexts together.
    pub whole: u8,
}

impl From<[u8; 2]> for Rival {
    fn from([quote, whole]: [u8; 2]) -> Self {
        Self { quote, whole }
    }
}

impl From<Rival> for [u8; 2] {
    fn from(rival: Rival) -> Self {
        [rival.quote, rival.whole]
    }
}

/// How many characters of context an anchor keeps on either side, before it is rounded to whole words.
pub const CONTEXT: usize = 64;

/// How many bytes of the text are quoted at a single place.
const POINT_QUOTE: usize = 80;

impl Anchor {
    /// Names the stretch `range` of `text`. An empty stretch is named as by [`Anchor::at`].
    pub fn of(id: TextId, importer: u32, text: &Text, range: Range<Place>) -> Self {
        let (start, end) = (text.offset_of(range.start), text.offset_of(range.end));
        if end <= start {
            return Self::at(id, importer, text, range.start);
        }
        Self::cut(id, importer, text, start..end)
    }

    /// Names a single place of `text`: a bookmark, or the line being read.
    pub fn at(id: TextId, importer: u32, text: &Text, place: Place) -> Self {
        let place = near_words(text, place);
        let quote = point_quote(text, place);
        let offset = text.offset_of(place).clamp(quote.start, quote.end) - quote.start;
        Self { point: Some(offset as u32), ..Self::cut(id, importer, text, quote) }
    }

    fn cut(id: TextId, importer: u32, text: &Text, range: Range<usize>) -> Self {
        let string = text.string();
        let range = floor(string, range.start)..ceil(string, range.end);
        let block = text.block_at(range.start).unwrap_or(0);
        let base = Base::of(text, block);
        let from = base.start(text).unwrap_or(0);
        Self {
            text: id,
            hash: text.hash(),
            importer,
            passage: base.passage,
            heading: base.heading,
            note: base.note,
            start: (range.start - from) as u32,
            end: (range.end - from) as u32,
            point: None,
            rival: None,
            exact: string[range.clone()].to_owned(),
            prefix: string[context_before(string, range.start)..range.start].to_owned(),
            suffix: string[range.end..context_after(string, range.end)].to_owned(),
        }
    }

    /// Names a text as a whole.
    pub fn whole(id: TextId, importer: u32, hash: u64) -> Self {
        Self {
            text: id,
            hash,
            importer,
            passage: 0,
            heading: None,
            note: None,
            start: 0,
            end: 0,
            point: None,
            rival: None,
            exact: String::new(),
            prefix: String::new(),
            suffix: String::new(),
        }
    }

    /// Whether it names the text as a whole.
    pub fn is_whole(&self) -> bool {
        let is_nowhere = self.passage == 0 && self.heading.is_none() && self.note.is_none();
        is_nowhere && self.exact.is_empty() && self.point.is_none()
    }

    /// The number that cites the place, and the label of the footnote where it is in one: `¶14`, `¶14 n3`; `¶?` where it
    /// is not known.
    pub fn locator(&self) -> String {
        match &self.note {
            _ if self.is_whole() => "the text".to_owned(),
            _ if self.passage == 0 => "¶?".to_owned(),
            Some(label) => format!("¶{} n{label}", self.passage),
            None => format!("¶{}", self.passage),
        }
    }

    /// The bytes of `text`'s string at which the anchor's position points; `None` where there is no such position.
    pub fn position(&self, text: &Text) -> Option<Range<usize>> {
        let base = Base { passage: self.passage, heading: self.heading, note: self.note.clone() };
        let from = base.start(text)?;
        let range = from.checked_add(self.start as usize)?..from.checked_add(self.end as usize)?;
        (range.start <= range.end && text.string().get(range.clone()).is_some()).then_some(range)
    }
}

/// What an anchor's offsets are counted from.
struct Base {
    passage: u32,
    heading: Option<u32>,
    note: Option<String>,
}

impl Base {
    fn of(text: &Text, block: usize) -> Self {
        let numbering = text.numbering();
        let kind = text.blocks().get(block).map(|b| b.kind);
        if kind == Some(BlockKind::Footnote)
            && let Some(n) = text.notes().iter().position(|n| n.blocks.contains(&block))
        {
            let cited = text.spans().iter().find(|s| s.kind == SpanKind::NoteRef(n as u32));
            let citing = cited.and_then(|s| text.block_at(s.start())).and_then(|b| numbering.passage_near(b));
            let passage = citing.or_else(|| numbering.passage_before(block)).map_or(0, |p| p.0);
            return Self { passage, heading: None, note: Some(text.notes()[n].label.to_string()) };
        }
        let near = numbering.passage_near(block).map_or(0, |p| p.0);
        let heading = numbering.headings().binary_search(&(block as u32)).ok().map(|i| i as u32 + 1);
        Self { passage: near, heading, note: None }
    }

    fn start(&self, text: &Text) -> Option<usize> {
        let block = if let Some(label) = &self.note {
            text.notes().iter().find(|n| *n.label == **label)?.blocks.start
        } else if let Some(number) = self.heading {
            *text.numbering().headings().get((number as usize).checked_sub(1)?)? as usize
        } else {
            text.numbering().block_of(PassageNo(self.passage))?
        };
        text.blocks().get(block).map(|b| b.range().start)
    }
}

/// `place`, or where its block holds no words, the nearest place that has some.
fn near_words(text: &Text, place: Place) -> Place {
    let has_words = |b: usize| text.block_str(b).contains(char::is_alphanumeric);
    let block = (place.block as usize).min(text.blocks().len());
    if has_words(block) {
        return place;
    }
    if let Some(next) = (block..text.blocks().len()).find(|&b| has_words(b)) {
        return Place::new(next as u32, 0);
    }
    match (0..block).rev().find(|&b| has_words(b)) {
        Some(before) => Place::new(before as u32, text.block_str(before).len() as u32),
        None => Place::default(),
    }
}

/// The bytes to quote at `place`: what follows it in its block, and where that is little, what precedes it.
fn point_quote(text: &Text, place: Place) -> Range<usize> {
    let string = text.string();
    let Some(block) = text.blocks().get(place.block as usize) else { return 0..0 };
    let at = floor(string, text.offset_of(place));
    let end = word_end(string, at + POINT_QUOTE, block.range().end);
    let start = if end - at < POINT_QUOTE { word_start(string, (at + 1).saturating_sub(POINT_QUOTE)) } else { at };
    start.clamp(block.range().start, at)..end
}

fn context_before(string: &str, at: usize) -> usize {
    let far = string[..at].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
    word_start(string, far)
}

fn context_after(string: &str, at: usize) -> usize {
    let far = string[at..].char_indices().nth(CONTEXT).map_or(string.len(), |(i, _)| at + i);
    word_end(string, far, string.len())
}

/// How far a cut is moved so as not to go through a word.
const LONGEST_WORD: usize = 24;

fn word_start(string: &str, at: usize) -> usize {
    let at = floor(string, at);
    let low = floor(string, at.saturating_sub(LONGEST_WORD));
    match string[low..at].char_indices().rev().find(|(_, c)| !c.is_alphanumeric()) {
        Some((i, c)) => low + i + c.len_utf8(),
        None if low == 0 => 0,
        None => at,
    }
}

fn word_end(string: &str, at: usize, limit: usize) -> usize {
    if at >= limit {
        return limit;
    }
    let at = ceil(string, at);
    let high = ceil(string, at + LONGEST_WORD).min(limit).max(at);
    match string[at..high].char_indices().find(|(_, c)| !c.is_alphanumeric()) {
        Some((i, _)) => at + i,
        None if high == limit => limit,
        None => at,
    }
}

fn floor(string: &str, at: usize) -> usize {
    let mut at = at.min(string.len());
    while !string.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(string: &str, at: usize) -> usize {
    let mut at = at.min(string.len());
    while !string.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Hashes as sixteen hexadecimal digits: TOML's integers are signed, and JSON's are not exact at this size.
mod hex {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    // Serde's `with` hands every field over by reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(super) fn serialize<S: Serializer>(hash: &u64, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{hash:016x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<u64, D::Error> {
        let digits = String::deserialize(d)?;
        u64::from_str_radix(&digits, 16).map_err(|_| D::Error::custom("a hash is sixteen hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests;
