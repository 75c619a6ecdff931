//! Matching: where the terms of topics occur in a text, all topics in one pass.
//!
//! A word matches by its stem, or (`soviet*`) by its beginning; a phrase matches consecutive words with nothing but
//! white space, hyphens or dashes between. Of matches that overlap, the first one stands, and of those that begin
//! together the longest. A match is cancelled where a `not` phrase of its topic covers it.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use crate::text::{Place, Text};
use crate::word::language::Language;
use crate::word::token::tokens;

use super::Watcher;
use super::codebook::Topic;
use super::lexicon::{self, End, Lexicon, Probes, ROOT};
use super::scan::{Events, Filter, scan};
use super::term::joins;

/// One place where a term occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Where it begins.
    pub place: Place,
    /// Its length in bytes.
    pub len: u32,
    /// Which of the topic's terms, as an index into [`Topic::terms`].
    pub term: u32,
}

impl Mention {
    /// The bytes of the block's string that it covers.
    pub fn range(&self) -> Range<usize> {
        self.place.offset as usize..(self.place.offset + self.len) as usize
    }
}

/// After how many bytes, or words looked at, the watch is asked.
const PATIENCE: usize = 1 << 16;

/// For each of `topics` its mentions in `text`, in text order, in one pass over the text.
///
/// # Errors
/// Breaks where `watch` does.
pub fn mentions_of_all(
    text: &Text,
    topics: &[Arc<Topic>],
    language: Language,
    watch: Watcher<'_>,
) -> ControlFlow<(), Vec<Vec<Mention>>> {
    let mut lexicon = Lexicon::new(topics, language);
    let filter = Filter::new(&lexicon, lexicon::InTerm::First);
    let mut tracks: Vec<Track> = topics.iter().map(|_| Track::default()).collect();
    let later = Filter::new(&lexicon, lexicon::InTerm::Later);
    let alone = Filter::new(&lexicon, lexicon::InTerm::Alone);
    let mut walk = Walk { alone, later, ahead: Vec::new(), ended: false, found: Vec::new() };
    let mut events = Events::default();
    let whole = text.string().len();
    let mut told = 0;
    let mut looked = 0_usize;
    for (index, block) in text.blocks().iter().enumerate() {
        let start = block.range().start;
        let string = text.block_str(index);
        if start >= told + PATIENCE {
            watch(start, whole)?;
            told = start;
        }
        scan(string, &filter, &mut events, |from, to| {
            looked += 1;
            if looked.is_multiple_of(PATIENCE) {
                watch(start + from, whole)?;
            }
            walk.terms_at(&mut lexicon, string, from..to);
            for (end, until) in &walk.found {
                tracks[end.topic as usize].add(index as u32, from, *until, end.term);
            }
            ControlFlow::Continue(())
        })?;
    }
    watch(whole, whole)?;
    ControlFlow::Continue(tracks.into_iter().map(|t| t.mentions).collect())
}

/// Walks the tree of terms along the words of a text.
struct Walk {
    /// Lets words pass that are a term by themselves.
    alone: Filter,
    /// Lets words pass with which terms go on.
    later: Filter,
    /// Words after the first, as far as they were needed: their ends and probes.
    ahead: Vec<(usize, Probes)>,
    /// Where the words ahead end for good: nothing that joins words follows the last one.
    ended: bool,
    /// Terms found: which, and where they end. Cancelling ones first, then the longest, then in the topic's order.
    found: Vec<(End, usize)>,
}

impl Walk {
    /// Finds the terms that begin with the word `range` of `string`.
    fn terms_at<'t>(&mut self, lexicon: &mut Lexicon<'t>, string: &'t str, range: Range<usize>) {
        self.found.clear();
        // Before anything is looked up: `in` begins `in a minority`, and is mostly followed by something else.
        let bytes = string.as_bytes();
        if self.later.rules_out(&bytes[range.end..]) && !self.alone.lets_any(&bytes[range.start..]) {
            return;
        }
        let probes = lexicon.probes_of(&string[range.clone()]);
        if probes.is_empty() {
            return;
        }
        self.ahead.clear();
        self.ended = false;
        self.ahead.push((range.end, probes));
        self.descend(lexicon, string, ROOT, 0);
        if self.found.len() > 1 {
            self.found.sort_by_key(|(end, until)| (end.term.is_some(), std::cmp::Reverse(*until), end.term));
        }
    }

    fn descend<'t>(&mut self, lexicon: &mut Lexicon<'t>, string: &'t str, node: u32, depth: usize) {
        if depth >= self.ahead.len() && !self.look_ahead(lexicon, string) {
            return;
        }
        let (until, probes) = (self.ahead[depth].0, Probes::clone(&self.ahead[depth].1));
        for probe in probes.iter() {
            if let Some(child) = lexicon.child(node, *probe) {
                self.found.extend(lexicon.ends(child).iter().map(|end| (*end, until)));
                if lexicon.goes_on(child) {
                    self.descend(lexicon, string, child, depth + 1);
                }
            }
        }
    }

    /// Takes one more word, where it is joined to the last.
    fn look_ahead<'t>(&mut self, lexicon: &mut Lexicon<'t>, string: &'t str) -> bool {
        let Some((from, _)) = self.ahead.last().filter(|_| !self.ended) else { return false };
        let from = *from;
        if self.later.rules_out(&string.as_bytes()[from..]) {
            self.ended = true;
            return false;
        }
        let next = tokens(&string[from..]).next().filter(|t| joins(&string[from..from + t.start]));
        self.ended = next.is_none();
        let Some(token) = next else { return false };
        let probes = lexicon.probes_of(&string[from + token.start..from + token.end]);
        self.ahead.push((from + token.end, probes));
        true
    }
}

/// The mentions of one topic so far, and what the next ones must respect. Terms come in the order in which they begin.
#[derive(Default)]
struct Track {
    mentions: Vec<Mention>,
    block: u32,
    /// Up to here cancelling terms reach.
    cancelled: usize,
    /// Up to here the last mention reaches.
    taken: usize,
}

impl Track {
    fn add(&mut self, block: u32, from: usize, until: usize, term: Option<u32>) {
        if block != self.block {
            (self.block, self.cancelled, self.taken) = (block, 0, 0);
        }
        let Some(term) = term else {
            self.cancelled = self.cancelled.max(until);
            return;
        };
        if until > self.cancelled && from >= self.taken {
            self.taken = until;
            let place = Place::new(block, from as u32);
            self.mentions.push(Mention { place, len: (until - from) as u32, term });
        }
    }
}

#[cfg(test)]
mod tests;
