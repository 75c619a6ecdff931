//! Finding anchors again: at their position, else by their words.
//!
//! How an anchor is found: its words vote for windows of the text ([`super::seed`]), in each window they are laid beside
//! the words that are there ([`super::align`]), which gives the bytes that the quote has become ([`super::bounds`]) and
//! how sure that is ([`super::judge`]). A place that is not likelier right than wrong is left to a person.

use std::ops::Range;
use std::sync::OnceLock;

use super::align::align;
use super::bounds::bounds;
use super::found::{Found, Hit};
use super::index::Index;
use super::judge::{Evidence, Likeness};
use super::long;
use super::query::Query;
use super::seed::windows;
use super::{Anchor, Rival, TextId};
use crate::text::{Place, Text};

/// Finds anchors in one text. What many anchors need is prepared once and shared.
#[derive(Debug)]
pub struct Finder<'t> {
    text: &'t Text,
    index: OnceLock<Index>,
}

/// A place that an anchor may mean.
#[derive(Debug)]
struct Candidate {
    /// Its bytes in the text's string.
    range: Range<usize>,
    /// The byte that answers to the anchor's point, or the first.
    at: usize,
    evidence: Evidence,
    log_odds: f32,
}

/// Log-odds from which on an anchor is attached: it is likelier the place than not.
const ATTACH: f32 = 0.0;
/// Log-odds from which on a place is shown to a person.
const SHOW: f32 = -3.0;
/// How much likelier the best place must be than the next.
const LEAD: f32 = 1.0;
/// Below such a rival, a place with every word of quote and context is the place, and no other is looked at.
const UNRIVALLED: f32 = 0.9;
/// The rival assumed for an anchor that records none: more alike than in ordinary prose, less than in a litany.
const USUAL_RIVAL: Rival = Rival { quote: 80, whole: 50 };
/// How many times shorter or longer a long quote may have become.
const STRETCH: usize = 4;

impl<'t> Finder<'t> {
    /// Ready to find anchors in `text`; costs nothing until an anchor needs a search.
    pub fn new(text: &'t Text) -> Self {
        Self { text, index: OnceLock::new() }
    }

    /// Names the stretch `range` of the text like [`Anchor::of`], and with it what else in the text is like it, which
    /// later tells the place from its lookalikes. Anything that is stored for long is named this way.
    pub fn anchor(&self, id: TextId, importer: u32, range: Range<Place>) -> Anchor {
        let mut anchor = Anchor::of(id, importer, self.text, range);
        anchor.rival = Some(self.rival(&anchor));
        anchor
    }

    /// How alike to what `anchor` remembers the most similar other place of this text is. `anchor` has to be in this
    /// very text; the answer belongs in [`Anchor::rival`].
    pub fn rival(&self, anchor: &Anchor) -> Rival {
        let own = anchor.position(self.text).unwrap_or_default();
        let ends = long::ends(anchor);
        let others = self.candidates(ends.as_ref().map_or(anchor, |(head, _)| head), &own);
        let mut rival = Likeness::default();
        for other in others.iter().filter(|c| c.range.end <= own.start || c.range.start >= own.end) {
            let Likeness { quote, whole } = other.evidence.likeness();
            rival = Likeness { quote: rival.quote.max(quote), whole: rival.whole.max(whole) };
        }
        Rival { quote: per_cent(rival.quote), whole: per_cent(rival.whole) }
    }

    /// Where `anchor` is, if nothing has changed there: no time is spent on looking for it elsewhere.
    pub fn in_place(&self, anchor: &Anchor) -> Option<Found> {
        if anchor.is_whole() {
            return Some(Found::Exact(self.hit(&(0..0), 0, 1.0)));
        }
        let string = self.text.string();
        let range = self.position(anchor)?;
        let is_same = anchor.hash == self.text.hash()
            || (string[..range.start].ends_with(&anchor.prefix) && string[range.end..].starts_with(&anchor.suffix));
        let at = range.start + anchor.point.map_or(0, |p| p as usize);
        is_same.then(|| Found::Exact(self.hit(&range, at, 1.0)))
    }

    /// The bytes at the position of an anchor, where its words stand there.
    fn position(&self, anchor: &Anchor) -> Option<Range<usize>> {
        anchor
            .position(self.text)
            .filter(|range| !anchor.exact.is_empty() && self.text.string()[range.clone()] == *anchor.exact)
    }

    /// Where `anchor` is in the text now.
    pub fn find(&self, anchor: &Anchor) -> Found {
        let string = self.text.string();
        if anchor.exact.is_empty() && !anchor.is_whole() {
            return Found::Orphaned;
        }
        if let Some(found) = self.in_place(anchor) {
            return found;
        }
        let position = self.position(anchor);
        let best = match long::ends(anchor) {
            None => self.best(anchor),
            Some((head, tail)) => self.best_of_ends(anchor, &head, &tail),
        };
        let best = match best {
            Ok(best) => best,
            Err(candidates) if candidates.is_empty() => return Found::Orphaned,
            Err(candidates) => {
                let candidates = candidates.iter().map(|c| self.hit(&c.range, c.at, odds(c.log_odds))).collect();
                return Found::Ambiguous { candidates };
            }
        };
        let hit = self.hit(&best.range, best.at, odds(best.log_odds));
        if string[best.range.clone()] != *anchor.exact {
            Found::Changed { hit, score: best.evidence.score() }
        } else if position.as_ref() == Some(&best.range) {
            Found::Exact(hit)
        } else {
            Found::Moved(hit)
        }
    }

    /// The place that is `anchor`'s, or those that might be, the likeliest first.
    fn best(&self, anchor: &Anchor) -> Result<Candidate, Vec<Candidate>> {
        let mut candidates = self.candidates(anchor, &(0..0));
        // Where the very words stand elsewhere, similar words are not taken for them without asking, unless both stood
        // there when the anchor was made: then what stands around them decides.
        let had_twin = anchor.rival.is_some_and(|rival| rival.quote >= 100);
        let is_same = |c: &Candidate| self.text.string()[c.range.clone()] == *anchor.exact;
        let is_outdone = candidates
            .split_first()
            .is_some_and(|(best, others)| !best.evidence.is_few() && !is_same(best) && others.iter().any(is_same))
            && !had_twin;
        candidates.retain(|c| c.log_odds >= SHOW || (is_outdone && is_same(c)));
        let next = candidates.get(1).map_or(f32::NEG_INFINITY, |c| c.log_odds);
        match candidates.first() {
            Some(best) if best.log_odds >= ATTACH && best.log_odds - next >= LEAD && !is_outdone => {
                Ok(candidates.swap_remove(0))
            }
            _ => Err(candidates),
        }
    }

    /// The place of a long quote, from where its beginning and its end are.
    fn best_of_ends(&self, anchor: &Anchor, head: &Anchor, tail: &Anchor) -> Result<Candidate, Vec<Candidate>> {
        let (head, tail) = match (self.best(head), self.best(tail)) {
            (Ok(head), Ok(tail)) => (head, tail),
            (Ok(one), Err(_)) | (Err(_), Ok(one)) => return Err(vec![one]),
            (Err(mut heads), Err(tails)) => {
                heads.extend(tails);
                return Err(heads);
            }
        };
        let length = tail.range.end.saturating_sub(head.range.start);
        if length * STRETCH < anchor.exact.len() || length > anchor.exact.len() * STRETCH {
            return Err(vec![head, tail]);
        }
        Ok(Candidate {
            range: head.range.start..tail.range.end,
            at: head.at,
            evidence: head.evidence.and(&tail.evidence),
            log_odds: head.log_odds.min(tail.log_odds),
        })
    }

    /// Places that `anchor` may mean, the likeliest first; no two overlap, and none is at the bytes `except`.
    fn candidates(&self, anchor: &Anchor, except: &Range<usize>) -> Vec<Candidate> {
        let string = self.text.string();
        let index = self.index.get_or_init(|| Index::new(string));
        let query = Query::new(anchor, index);
        if query.quoted.is_empty() {
            return Vec::new();
        }
        let unit = |at: usize| index.units().partition_point(|u| u.end() <= at);
        let except = &(unit(except.start)..unit(except.end));
        let rival = anchor.rival.unwrap_or(USUAL_RIVAL);
        let rival = Likeness { quote: f32::from(rival.quote) / 100.0, whole: f32::from(rival.whole) / 100.0 };
        let mut all: Vec<Candidate> = Vec::new();
        for window in windows(&query, index, except) {
            let alignment = align(&query, string, index.units(), &window);
            let Some((range, at)) = bounds(&query, &alignment, string, index.units(), anchor.point) else { continue };
            let evidence = Evidence::of(&query, &alignment);
            if evidence.score() > 0.0 {
                let away = self.passage(range.start).abs_diff(anchor.passage);
                all.push(Candidate { range, at, evidence, log_odds: evidence.log_odds(rival, away) });
                if except.is_empty() && evidence.is_complete() && rival.whole < UNRIVALLED {
                    break;
                }
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
        let string = self.text.string();
        let place = |offset| self.text.place_of(offset);
        // A point that was edited by hand may be anywhere.
        let at = if string.is_char_boundary(at) { at.clamp(range.start, range.end) } else { range.start };
        Hit { range: place(range.start)..place(range.end), at: place(at), confidence }
    }
}

/// Log-odds as a probability.
fn odds(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// A share as per cent, rounded up.
// A share is not negative.
#[allow(clippy::cast_sign_loss)]
fn per_cent(share: f32) -> u8 {
    (share * 100.0).ceil() as u8
}
