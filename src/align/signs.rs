//! What an alignment goes by in a unit of a text: its words, numbers and marks, each weighed by how rare it is, and its
//! length.
//!
//! A unit is a passage, or a sentence of one. Of its words only which there are counts, not how often. Accents are
//! dropped, so that `révolution` and `Revolution` are near in writing; scripts without spaces give characters and pairs of
//! them. Marks that translators keep (questions, quotations, colons) are signs too, at half weight.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::breaks::Break;
use super::notes::are_notes;
use crate::word::hash::WordMap;
use crate::word::roman;
use crate::word::token::tokens;

/// Headings count up to here in Roman numerals; beyond are words (`mix`, `dix`).
pub(super) const GREATEST_ROMAN: u32 = 399;

/// A short unit without an end stop is a heading, or as good as one; more letters than this make none.
const HEADING: usize = 90;
/// What a mark weighs relative to a word that is as rare.
const MARK: f32 = 0.5;

/// What is known of the signs of a text, by their numbers.
#[derive(Debug, Default)]
struct SignStats {
    words: WordMap<Box<str>, u32>,
    /// In how many units each sign stands.
    df: Vec<u32>,
    /// Inverse document frequency of each sign, 0 to 1.
    idf: Vec<f32>,
}

/// The signs of all units of a text.
#[derive(Debug, Default)]
pub(super) struct Signs {
    known: Arc<SignStats>,
    /// Where the row of each unit begins in `rows`; one more than there are units.
    starts: Vec<u32>,
    /// For each unit which signs it has, each once.
    rows: Vec<u32>,
    /// The sum of the squared weights of each unit.
    norms: Vec<f32>,
    /// Characters of each unit, at least 1.
    lengths: Vec<f32>,
    headings: Vec<bool>,
    notes: Vec<bool>,
    /// What begins before each unit.
    breaks: Vec<Break>,
}

/// What kind of sign a written form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignKind {
    /// Letters.
    Word,
    /// A number, whether in digits or, in a heading, in Roman numerals.
    Number,
    /// A character of a script without spaces, or two.
    Character,
    /// Punctuation.
    Mark,
}

impl Signs {
    /// The signs of these units.
    pub(super) fn of<'a>(units: impl Iterator<Item = &'a str> + Clone) -> Self {
        let notes = are_notes(units.clone());
        let mut signs = Self { starts: vec![0], notes, ..Self::default() };
        let mut known = SignStats::default();
        let mut last_in: Vec<u32> = Vec::new();
        for (nth, unit) in units.enumerate() {
            let heading = is_heading(unit);
            each_sign(unit, heading, |sign| {
                let number = known.words.get(sign).copied().unwrap_or_else(|| {
                    let next = known.words.len() as u32;
                    known.words.insert(sign.into(), next);
                    known.df.push(0);
                    last_in.push(u32::MAX);
                    next
                });
                let at = number as usize;
                if last_in[at] != nth as u32 {
                    last_in[at] = nth as u32;
                    known.df[at] += 1;
                    signs.rows.push(number);
                }
            });
            signs.starts.push(signs.rows.len() as u32);
            signs.lengths.push(unit.chars().count().max(1) as f32);
            signs.headings.push(heading);
        }
        known.idf = idf(&known.df, signs.count());
        for (word, &number) in &known.words {
            if kind(word) == SignKind::Mark {
                known.idf[number as usize] *= MARK;
            }
        }
        signs.breaks = vec![Break::None; signs.count()];
        signs.known = Arc::new(known);
        signs.norms = (0..signs.count()).map(|unit| signs.norm_of(signs.row(unit))).collect();
        signs
    }

    /// Parts of the same text, their signs numbered and weighed as in it: what was learned of the whole counts for them.
    pub(super) fn of_parts<'a>(&self, parts: impl Iterator<Item = &'a str>) -> Self {
        let mut signs = Self { known: Arc::clone(&self.known), starts: vec![0], ..Self::default() };
        for part in parts {
            let mut row: Vec<u32> = Vec::new();
            each_sign(part, false, |sign| row.extend(self.number_of(sign)));
            row.sort_unstable();
            row.dedup();
            signs.norms.push(self.norm_of(&row));
            signs.rows.extend(row);
            signs.starts.push(signs.rows.len() as u32);
            signs.lengths.push(part.chars().count().max(1) as f32);
            signs.headings.push(false);
            signs.notes.push(false);
            signs.breaks.push(Break::None);
        }
        signs
    }

    /// Some of the units, in the order in which they are given.
    pub(super) fn of_units(&self, units: impl Iterator<Item = usize>) -> Self {
        let mut signs = Self { known: Arc::clone(&self.known), starts: vec![0], ..Self::default() };
        for unit in units {
            signs.rows.extend_from_slice(self.row(unit));
            signs.starts.push(signs.rows.len() as u32);
            signs.norms.push(self.norms[unit]);
            signs.lengths.push(self.lengths[unit]);
            signs.headings.push(self.headings[unit]);
            signs.notes.push(self.notes[unit]);
            signs.breaks.push(self.breaks[unit]);
        }
        signs
    }

    /// How many units there are.
    pub(super) fn count(&self) -> usize {
        self.lengths.len()
    }

    /// How many signs there are.
    pub(super) fn kinds(&self) -> usize {
        self.known.df.len()
    }

    /// The signs of a unit.
    pub(super) fn row(&self, unit: usize) -> &[u32] {
        &self.rows[self.starts[unit] as usize..self.starts[unit + 1] as usize]
    }

    /// The weight of each sign.
    pub(super) fn idf(&self) -> &[f32] {
        &self.known.idf
    }

    /// In how many units a sign stands.
    pub(super) fn df(&self, sign: u32) -> u32 {
        self.known.df[sign as usize]
    }

    /// The sum of the squared weights of each unit.
    pub(super) fn norms(&self) -> &[f32] {
        &self.norms
    }

    /// The length of each unit in characters.
    pub(super) fn lengths(&self) -> &[f32] {
        &self.lengths
    }

    /// Which units are headings.
    pub(super) fn headings(&self) -> &[bool] {
        &self.headings
    }

    /// Which units are notes that the text itself calls for, or entries of its contents.
    pub(super) fn notes(&self) -> &[bool] {
        &self.notes
    }

    /// The same units, with what begins before each, and those that are entries of a table of contents, which are as far from
    /// what is told as notes are.
    #[must_use]
    pub(super) fn with_parts(mut self, breaks: Vec<Break>, entries: &[bool]) -> Self {
        debug_assert_eq!(breaks.len(), self.count());
        self.breaks = breaks;
        for (note, is_entry) in self.notes.iter_mut().zip(entries) {
            *note |= is_entry;
        }
        self
    }

    /// What begins before each unit.
    pub(super) fn breaks(&self) -> &[Break] {
        &self.breaks
    }

    /// The number of a sign as it is written.
    pub(super) fn number_of(&self, sign: &str) -> Option<u32> {
        self.known.words.get(sign).copied()
    }

    /// All signs as they are written, with their numbers.
    pub(super) fn written(&self) -> impl Iterator<Item = (&str, u32)> {
        self.known.words.iter().map(|(word, &number)| (&**word, number))
    }

    fn norm_of(&self, row: &[u32]) -> f32 {
        row.iter().map(|&sign| self.known.idf[sign as usize].powi(2)).sum::<f32>() + 1e-9
    }

    /// This text in larger units, each made of `size` of the units; signs that stand in more than half of them say
    /// nothing of where one is.
    pub(super) fn coarse(&self, size: usize) -> Self {
        let count = self.count().div_ceil(size);
        let mut coarse = Self { starts: vec![0], ..Self::default() };
        let mut df = vec![0; self.kinds()];
        let mut last_in = vec![u32::MAX; self.kinds()];
        for nth in 0..count {
            let units = nth * size..((nth + 1) * size).min(self.count());
            for &sign in units.clone().flat_map(|unit| self.row(unit)) {
                if last_in[sign as usize] != nth as u32 {
                    last_in[sign as usize] = nth as u32;
                    df[sign as usize] += 1;
                    coarse.rows.push(sign);
                }
            }
            coarse.starts.push(coarse.rows.len() as u32);
            coarse.lengths.push(self.lengths[units].iter().sum());
            coarse.headings.push(false);
            coarse.notes.push(false);
            coarse.breaks.push(Break::None);
        }
        let mut idf = idf(&df, count);
        for (weight, &df) in idf.iter_mut().zip(&df) {
            if 2 * df as usize > count {
                *weight = 0.0;
            }
        }
        coarse.known = Arc::new(SignStats { words: WordMap::default(), df, idf });
        coarse.norms = (0..count).map(|unit| coarse.norm_of(coarse.row(unit))).collect();
        coarse
    }
}

/// `ln(1 + N/df) / ln(1 + N)`: 1 for what stands in one of N units, and never 0 (Spärck Jones 1972, smoothed).
fn idf(df: &[u32], count: usize) -> Vec<f32> {
    let all = (1.0 + count as f32).ln().max(f32::MIN_POSITIVE);
    df.iter().map(|&df| (1.0 + count as f32 / df.max(1) as f32).ln() / all).collect()
}

/// What kind of sign this written form is. Numbers begin with `#`, marks with `~`.
pub(super) fn kind(sign: &str) -> SignKind {
    match sign.chars().next() {
        Some('#') => SignKind::Number,
        Some('~') => SignKind::Mark,
        Some(c) if is_cjk(c) => SignKind::Character,
        _ => SignKind::Word,
    }
}

fn is_heading(unit: &str) -> bool {
    let trimmed = unit.trim();
    let begins = trimmed.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_cjk(c));
    let ends = |c| matches!(c, '.' | '?' | '!' | ';' | ':' | ',' | '"' | '”' | '»' | '。' | '？' | '！' | '，' | '：');
    begins && trimmed.chars().count() < HEADING && !trimmed.ends_with(ends)
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Calls `take` with each sign of a unit; one that stands there twice comes twice.
fn each_sign(unit: &str, heading: bool, mut take: impl FnMut(&str)) {
    let mut form = String::new();
    let mut before: Option<(usize, char)> = None;
    for range in tokens(unit) {
        let word = &unit[range.clone()];
        let first = word.chars().next().unwrap_or(' ');
        if is_cjk(first) {
            take(word);
            if let Some((end, last)) = before
                && end == range.start
            {
                form.clear();
                form.push(last);
                form.push(first);
                take(&form);
            }
            before = Some((range.end, first));
            continue;
        }
        before = None;
        if first.is_ascii_digit() {
            for digits in word.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty()) {
                form.clear();
                form.push('#');
                form.push_str(digits.trim_start_matches('0'));
                take(&form);
            }
            continue;
        }
        fold_into(word, &mut form);
        if heading && let Some(number) = roman::number(&form, GREATEST_ROMAN) {
            take(&format!("#{number}"));
        }
        for part in form.split('\'').filter(|part| !part.is_empty()) {
            take(part);
        }
    }
    for mark in marks(unit) {
        take(mark);
    }
}

/// Lower case, without accents, one kind of apostrophe.
fn fold_into(word: &str, form: &mut String) {
    form.clear();
    if word.is_ascii() {
        form.push_str(word);
        form.make_ascii_lowercase();
        return;
    }
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)) {
        if crate::word::token::is_apostrophe(c) {
            form.push('\'');
        } else {
            form.extend(c.to_lowercase());
        }
    }
}

/// The marks of a unit that translators keep more often than not.
fn marks(unit: &str) -> impl Iterator<Item = &'static str> {
    let mut seen = [false; 6];
    for c in unit.chars() {
        match c {
            '?' | '？' => seen[0] = true,
            '!' | '！' => seen[1] = true,
            ';' | '；' => seen[2] = true,
            ':' | '：' => seen[3] = true,
            '(' | '（' => seen[4] = true,
            '"' | '“' | '”' | '«' | '»' | '„' | '「' | '」' => seen[5] = true,
            _ => {}
        }
    }
    ["~?", "~!", "~;", "~:", "~(", "~\""].into_iter().zip(seen).filter_map(|(mark, seen)| seen.then_some(mark))
}

#[cfg(test)]
mod tests {
    use super::{SignKind, Signs, kind};

    fn signs(unit: &str) -> Vec<String> {
        let signs = Signs::of(std::iter::once(unit));
        let mut all: Vec<(u32, String)> = signs.written().map(|(word, n)| (n, word.to_owned())).collect();
        all.sort();
        all.into_iter().map(|(_, word)| word).collect()
    }

    #[test]
    fn a_unit_has_words_numbers_and_marks() {
        assert_eq!(signs("L’État, c’est «moi» ?"), ["l", "etat", "c", "est", "moi", "~?", "~\""]);
        assert_eq!(signs("Chapter XIV"), ["chapter", "#14", "xiv"]);
        assert_eq!(signs("in 1917, 007 and xiv."), ["in", "#1917", "#7", "and", "xiv"]);
        assert_eq!(signs("说明。"), ["说", "明", "说明"]);
        assert_eq!(kind("说明"), SignKind::Character);
    }

    #[test]
    fn larger_units_hold_what_their_parts_do() {
        let signs = Signs::of(["one two", "two three", "four"].into_iter());
        let coarse = signs.coarse(2);
        assert_eq!(coarse.count(), 2);
        assert_eq!(coarse.row(0).len(), 3);
        assert!((coarse.lengths()[0] - 16.0).abs() < 1e-6);
    }
}
