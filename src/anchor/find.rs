//! Finding anchors again: at their position, else by their words.

use std::ops::Range;
use std::sync::OnceLock;

use super::Anchor;
use super::align::align;
use super::bounds::bounds;
use super::found::{Found, Hit};
use super::index::Index;
use super::judge::Evidence;
use super::query::Query;
use super::seed::windows;
use crate::text::Text;

/// Finds anchors in one text. What many anchors need is prepared once and shared.
#[derive(Debug)]
pub struct Finder<'t> {
    text: &'t Text,
    index: OnceLock<Index>,
}

/// Finds one anchor in `text`.
pub fn find(anchor: &Anchor, text: &Text) -> Found {
    Finder::new(text).find(anchor)
}

/// A place that an anchor may mean: its bytes, the byte of the anchor's point, and how sure it is.
#[derive(Debug)]
struct Candidate {
    range: Range<usize>,
    at: usize,
    evidence: Evidence,
    log_odds: f32,
}

/// Log-odds from which on an anchor is attached: it is likelier the place than not.
const ATTACH: f32 = 0.0;
/// Log-odds from which on a place is shown to a person.
const SHOW: f32 = -2.5;
/// How much likelier the best place must be than the next.
const LEAD: f32 = 1.0;
/// What is taken for the rival of an anchor that does not say, in per cent.
const USUAL_RIVAL: u8 = 30;

impl<'t> Finder<'t> {
    /// Ready to find anchors in `text`; costs nothing until an anchor needs a search.
    pub fn new(text: &'t Text) -> Self {
        Self { text, index: OnceLock::new() }
    }

    /// Where `anchor` is in the text now.
    pub fn find(&self, anchor: &Anchor) -> Found {
        let string = self.text.string();
        let exact = anchor.exact.as_str();
        let position = anchor.position(self.text).filter(|range| string[range.clone()] == *exact);
        if exact.is_empty() {
            return Found::Orphaned;
        }
        if let Some(range) = &position
            && (anchor.hash == self.text.hash()
                || (string[..range.start].ends_with(&anchor.prefix) && string[range.end..].starts_with(&anchor.suffix)))
        {
            let at = range.start + anchor.point.map_or(0, |p| p as usize);
            return Found::Exact(self.hit(range, at, 1.0));
        }
        let candidates = self.candidates(anchor);
        if std::env::var_os("DUMP").is_some() {
            for (i, c) in candidates.iter().enumerate() {
                let e = c.evidence;
                eprintln!("C {i} {:016x} {} {} {} {} {} {} {} {} {} {}..{} {} {:?}", xxhash_rust::xxh3::xxh3_64(format!("{:?}",anchor).as_bytes()), (string[c.range.clone()]==*exact) as u8, e.words, e.kept, e.new, e.bits, e.before.0, e.before.1, e.after.0, e.after.1, c.range.start, c.range.end, self.passage(c.range.start) as i64 - anchor.passage as i64, anchor.exact);
            }
        }
        let Some(best) = candidates.first().filter(|c| c.log_odds >= SHOW) else { return Found::Orphaned };
        let next = candidates.get(1).map_or(f32::NEG_INFINITY, |c| c.log_odds);
        if best.log_odds < ATTACH || best.log_odds - next < LEAD {
            let shown = candidates.iter().take_while(|c| c.log_odds >= SHOW);
            return Found::Ambiguous { candidates: shown.map(|c| self.hit(&c.range, c.at, odds(c))).collect() };
        }
        let hit = self.hit(&best.range, best.at, odds(best));
        if string[best.range.clone()] != *exact {
            return Found::Changed { hit, score: best.evidence.score() };
        }
        if position.as_ref() == Some(&best.range) { Found::Exact(hit) } else { Found::Moved(hit) }
    }

    /// How alike to what `anchor` remembers the most similar other place of this text is, in per cent; `anchor` has to
    /// be in this very text. See [`Anchor::rival`].
    pub fn rival(&self, anchor: &Anchor) -> u8 {
        let own = anchor.position(self.text).unwrap_or_default();
        let others = self.candidates(anchor);
        let others = others.iter().filter(|c| c.range.end <= own.start || c.range.start >= own.end);
        (others.map(|c| c.evidence.likeness()).fold(0.0, f32::max) * 100.0) as u8
    }

    /// Places that `anchor` may mean, the likeliest first; no two of them overlap.
    fn candidates(&self, anchor: &Anchor) -> Vec<Candidate> {
        let string = self.text.string();
        let index = self.index.get_or_init(|| Index::new(string));
        let query = Query::new(anchor, index);
        if query.quoted.is_empty() {
            return Vec::new();
        }
        let rival = f32::from(anchor.rival.unwrap_or(USUAL_RIVAL)) / 100.0;
        let mut all: Vec<Candidate> = Vec::new();
        for window in windows(&query, index) {
            let alignment = align(&query, string, index.units(), window);
            let Some((range, at)) = bounds(&query, &alignment, string, index.units(), anchor.point) else { continue };
            let evidence = Evidence::of(&query, &alignment);
            if evidence.score() > 0.0 {
                let away = self.passage(range.start).abs_diff(anchor.passage);
                all.push(Candidate { range, at, evidence, log_odds: evidence.log_odds(rival, away) });
            }
        }
        all.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds));
        let mut apart: Vec<Candidate> = Vec::new();
        for candidate in all {
            if apart.iter().all(|c| c.range.end <= candidate.range.start || c.range.start >= candidate.range.end) {
                apart.push(candidate);
            }
        }
        apart
    }

    fn passage(&self, offset: usize) -> u32 {
        let block = self.text.block_at(offset).unwrap_or(0);
        self.text.numbering().passage_near(block).map_or(0, |p| p.0)
    }

    fn hit(&self, range: &Range<usize>, at: usize, confidence: f32) -> Hit {
        let place = |offset| self.text.place_of(offset);
        Hit { range: place(range.start)..place(range.end), at: place(at.min(range.end)), confidence }
    }
}

/// Log-odds as a probability.
fn odds(candidate: &Candidate) -> f32 {
    1.0 / (1.0 + (-candidate.log_odds).exp())
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
