//! The words of passages as the index knows them: hashes of their stems. A word with accents is known without them too,
//! since many type it so.

use xxhash_rust::xxh3::xxh3_64;

use super::Asked;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::fold::{bare, fold};
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::stop::is_stop;
use crate::word::token::units;

/// A passage of fewer words is looked for with those of its neighbours too, which count less.
const FEW: usize = 12;

/// What the words of the neighbours count.
const BESIDE: f32 = 0.4;

/// Hands the stem of every word that says something to `take`, by its hash.
pub(crate) fn each(words: &str, stemmer: Stemmer, take: &mut dyn FnMut(u64)) {
    let language = stemmer.language();
    for range in units(words) {
        let folded = fold(&words[range], language);
        if !folded.is_empty() && !is_stop(&folded, language) {
            stems(&folded, stemmer, take);
        }
    }
}

/// The stem of a folded word, and where it is written otherwise without accents, that one's.
fn stems(folded: &str, stemmer: Stemmer, take: &mut dyn FnMut(u64)) {
    let stem = xxh3_64(stemmer.stem_folded(folded).as_bytes());
    take(stem);
    let plain = bare(folded).map(|plain| xxh3_64(stemmer.stem_folded(&plain).as_bytes()));
    plain.filter(|plain| *plain != stem).into_iter().for_each(take);
}

/// The question for passages like one of a text.
pub(crate) fn of_passage(text: &Text, passage: PassageNo) -> Asked {
    let stemmer = Stemmer::new(Language::of(text));
    let mut asked = Asked::default();
    let mut add = |number: u32, weight: f32| {
        let mut known = Vec::new();
        each(text.passage_str(PassageNo(number)), stemmer, &mut |term| known.push(term));
        for term in known {
            if !asked.words.iter().any(|(stems, _)| stems[0] == term) {
                asked.words.push((vec![term], weight));
            }
        }
        asked.words.len()
    };
    let count = text.passage_count() as u32;
    if add(passage.0, 1.0) < FEW {
        for beside in [passage.0.wrapping_sub(1), passage.0 + 1].into_iter().filter(|n| (1..=count).contains(n)) {
            add(beside, BESIDE);
        }
    }
    asked
}

/// The question for passages with all of these words, in any of these languages.
pub(crate) fn of_words(words: &str, languages: &[Language]) -> Asked {
    let mut asked = Asked { all: true, ..Asked::default() };
    let mut stopped = Vec::new();
    for range in units(words) {
        let mut known: Vec<u64> = Vec::new();
        let mut says = false;
        for language in languages {
            let folded = fold(&words[range.clone()], *language);
            says |= !is_stop(&folded, *language);
            stems(&folded, Stemmer::new(*language), &mut |stem| {
                if !known.contains(&stem) {
                    known.push(stem);
                }
            });
        }
        if says { asked.words.push((known, 1.0)) } else { stopped.push(known) }
    }
    asked
}
