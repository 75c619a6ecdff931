//! Matching: where the terms of a topic occur in a text.

use std::ops::{ControlFlow, Range};

use crate::text::{Place, Text};
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::token::tokens;

use super::Watch;
use super::codebook::Topic;
use super::term::{Term, joins};

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

/// The mentions of `topic` in `text`, in text order, overlaps resolved in favour of the longer.
///
/// # Errors
/// Breaks where `watch` does.
pub fn mentions(text: &Text, topic: &Topic, language: Language, watch: Watch<'_>) -> ControlFlow<(), Vec<Mention>> {
    let stemmer = Stemmer::new(language);
    let compiled = |terms: &[Term]| -> Vec<Vec<(String, bool)>> {
        let one = |t: &Term| {
            t.words()
                .iter()
                .map(|w| if w.prefix { (w.text.to_lowercase(), true) } else { (stemmer.stem(&w.text), false) })
                .collect()
        };
        terms.iter().map(one).collect()
    };
    let (terms, not) = (compiled(&topic.terms), compiled(&topic.not));
    let mut found = Vec::new();
    for (index, _) in text.blocks().iter().enumerate() {
        if index % 1024 == 0 {
            watch(index, text.blocks().len())?;
        }
        let string = text.block_str(index);
        let words: Vec<(Range<usize>, String, String)> =
            tokens(string).map(|r| (r.clone(), string[r.clone()].to_lowercase(), stemmer.stem(&string[r]))).collect();
        let at = |terms: &[Vec<(String, bool)>]| {
            let mut hits: Vec<(Range<usize>, u32)> = Vec::new();
            for i in 0..words.len() {
                for (n, term) in terms.iter().enumerate() {
                    let fits = words.len() >= i + term.len()
                        && term
                            .iter()
                            .zip(&words[i..])
                            .all(|((t, p), w)| if *p { w.1.starts_with(t.as_str()) } else { *t == w.2 })
                        && words[i..i + term.len()].windows(2).all(|w| joins(&string[w[0].0.end..w[1].0.start]));
                    if fits {
                        hits.push((words[i].0.start..words[i + term.len() - 1].0.end, n as u32));
                    }
                }
            }
            hits
        };
        let cancelled = at(&not);
        let mut hits = at(&terms);
        hits.retain(|h| !cancelled.iter().any(|c| c.0.start <= h.0.start && h.0.end <= c.0.end));
        hits.sort_by_key(|h| (h.0.start, std::cmp::Reverse(h.0.end)));
        let mut last = 0;
        for (range, term) in hits {
            if range.start >= last {
                last = range.end;
                let place = Place::new(index as u32, range.start as u32);
                found.push(Mention { place, len: range.len() as u32, term });
            }
        }
    }
    ControlFlow::Continue(found)
}
