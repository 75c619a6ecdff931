//! One rule for every list that is narrowed by typing: whole words and beginnings of words come first, letters that merely
//! follow each other somewhere are taken only where nothing has the words.

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::word::letter::plain;

/// How well a line fits what was typed, the worst first; that of the word that fits worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The letters follow each other in the line, with others between.
    Scattered,
    /// What is told about the line has the word within another.
    WithinTold,
    /// What is told about the line has the word, or one that begins so.
    Told,
    /// The line has the word within another.
    Within,
    /// The line has a word that begins so.
    Begins,
    /// The line has the word.
    Word,
    /// The line begins with all that was typed.
    Starts,
    /// The line is what was typed.
    Same,
}

/// Of the scattered lines those are kept whose score is at least the best one's by this.
const NEAR: i64 = 2;

/// Shorter words are not looked for within other words of what is told about a line.
const WITHIN: usize = 3;

/// What was typed to narrow a list.
pub(in crate::app) struct Sieve {
    typed: String,
    matcher: SkimMatcherV2,
}

/// A line that stays.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::app) struct Kept {
    /// Which line.
    pub at: usize,
    /// Which letters of it were typed, those of its folded form.
    pub letters: Vec<usize>,
    fit: Fit,
    score: i64,
}

impl Kept {
    /// Whether the line begins with all that was typed.
    pub(super) fn starts(&self) -> bool {
        self.fit >= Fit::Starts
    }
}

/// A line to be narrowed.
pub(in crate::app) trait Line {
    /// What is shown of it.
    fn shown(&self) -> &str;
    /// What is told about it, folded; empty where it says by itself what it has.
    fn told(&self) -> String;
    /// Whether what it stands for has this word, where nothing is told about it.
    fn says(&self, _word: &str) -> bool {
        false
    }
}

impl Sieve {
    /// For what was typed.
    pub(super) fn of(typed: &str) -> Self {
        Self { typed: plain(typed.trim()).into_owned(), matcher: SkimMatcherV2::default().ignore_case() }
    }

    /// Whether it lets everything through.
    pub(super) fn is_open(&self) -> bool {
        self.typed.is_empty()
    }

    /// Whether every word typed is one of these words, or begins one.
    pub(super) fn names(&self, words: &str) -> bool {
        let words = plain(words);
        self.typed.split_whitespace().all(|word| best_place(&words, word).is_some_and(|(_, fit)| fit >= Fit::Begins))
    }

    /// The lines that have every word typed, best first; where none has, those that have its letters one after the other,
    /// but for those that have them much worse than the best. Among lines that fit alike the order stays.
    pub(super) fn sift<'l, L: Line + 'l>(&self, lines: impl Iterator<Item = (usize, &'l L)> + Clone) -> Vec<Kept> {
        let mut kept: Vec<Kept> = lines.clone().filter_map(|(at, line)| self.by_words(at, line)).collect();
        if kept.is_empty() {
            kept = lines.filter_map(|(at, line)| self.by_letters(at, &plain(line.shown()))).collect();
            let best = kept.iter().map(|line| line.score).max().unwrap_or(0);
            kept.retain(|line| line.score * NEAR >= best);
        } else if kept.iter().any(|line| line.fit >= Fit::Begins) {
            kept.retain(|line| line.fit > Fit::WithinTold);
        }
        kept.sort_by_key(|line| (Reverse(line.fit), Reverse(line.score)));
        kept
    }

    fn by_words(&self, at: usize, line: &impl Line) -> Option<Kept> {
        let shown = plain(line.shown());
        let told = line.told();
        let (mut fit, mut letters) = (Fit::Same, Vec::new());
        for word in self.typed.split_whitespace() {
            match best_place(&shown, word) {
                Some((place, one)) => {
                    let first = shown[..place].chars().count();
                    letters.extend(first..first + word.chars().count());
                    fit = fit.min(one);
                }
                None => match best_place(&told, word) {
                    Some((_, Fit::Within)) if word.len() >= WITHIN => fit = fit.min(Fit::WithinTold),
                    Some((_, Fit::Begins | Fit::Word)) => fit = fit.min(Fit::Told),
                    _ if told.is_empty() && line.says(word) => fit = fit.min(Fit::Told),
                    _ => return None,
                },
            }
        }
        if *shown == self.typed {
            fit = Fit::Same;
        } else if shown.starts_with(&self.typed) {
            fit = Fit::Starts;
        }
        letters.sort_unstable();
        letters.dedup();
        let score = self.by_letters(at, &shown).map_or(0, |line| line.score);
        Some(Kept { at, letters, fit, score })
    }

    fn by_letters(&self, at: usize, shown: &str) -> Option<Kept> {
        let (mut score, mut letters) = (0, Vec::new());
        for word in self.typed.split_whitespace() {
            let (of_word, mut found) = self.matcher.fuzzy_indices(shown, word)?;
            score += of_word;
            letters.append(&mut found);
        }
        letters.sort_unstable();
        letters.dedup();
        Some(Kept { at, letters, fit: Fit::Scattered, score })
    }
}

/// Where a word stands best in a line, both folded: as a word, at the beginning of one, within one.
fn best_place(line: &str, word: &str) -> Option<(usize, Fit)> {
    let fit = |place: usize| {
        let before = line[..place].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = line[place + word.len()..].chars().next().is_some_and(char::is_alphanumeric);
        match (before, after) {
            (true, _) => Fit::Within,
            (false, true) => Fit::Begins,
            (false, false) => Fit::Word,
        }
    };
    let places = line.match_indices(word).map(|(place, _)| (place, fit(place)));
    places.min_by_key(|(_, fit)| Reverse(*fit))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Told(&'static str, &'static str);

    impl Line for Told {
        fn shown(&self) -> &str {
            self.0
        }

        fn told(&self) -> String {
            plain(self.1).into_owned()
        }
    }

    fn sifted(typed: &str, lines: &[Told]) -> Vec<&'static str> {
        Sieve::of(typed).sift(lines.iter().enumerate()).iter().map(|kept| lines[kept.at].0).collect()
    }

    #[test]
    fn words_come_before_beginnings_and_letters_far_apart_not_at_all() {
        let lines = [
            Told("Put the other text into use", ""),
            Told("Footnotes", "opens what is cited"),
            Told("Notes of the library", ""),
            Told("A note on the pair", ""),
            Told("note", ""),
            Told("Jot", "a note of one line"),
        ];
        let by_word = ["note", "Notes of the library", "A note on the pair", "Footnotes", "Jot"];
        assert_eq!(sifted("note", &lines), by_word);
        // Every word counts, wherever it is; the order does not.
        assert_eq!(sifted("pair NOTE", &lines), ["A note on the pair"]);
        assert_eq!(sifted("line jot", &lines), ["Jot"]);
        // Without any of the words the letters do, the nearest of them.
        assert_eq!(sifted("ntlib", &lines), ["Notes of the library"]);
        assert!(sifted("xq", &lines).is_empty());
    }

    #[test]
    fn letters_that_were_typed_are_marked_where_the_word_stands() {
        let lines = [Told("Nor of the notes, Émile", "")];
        let kept = Sieve::of("notes emile").sift(lines.iter().enumerate());
        assert_eq!(kept[0].letters, [11, 12, 13, 14, 15, 18, 19, 20, 21, 22]);
    }
}
