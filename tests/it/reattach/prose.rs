//! Prose to try re-attachment on: files, or sentences made up from a fixed seed.

use std::fs;
use std::path::Path;

use diptych::text::block::BlockKind;
use diptych::text::{Builder, Text};

/// A small random generator (splitmix64, Steele et al. 2014), so that every run makes the same edits.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    /// True in `share` of the cases.
    pub fn chance(&mut self, share: f64) -> bool {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64 <= share
    }
}

/// A block of a text to be made: its kind and its string.
pub type Paragraph = (BlockKind, String);

pub fn build(paragraphs: &[Paragraph]) -> Text {
    let mut builder = Builder::new();
    for (kind, string) in paragraphs {
        builder.begin(*kind, 0).push(string);
    }
    builder.finish()
}

/// Paragraphs between blank lines, lines joined; `#` makes a heading, `>` a quotation; front matter and inline marks
/// are left out.
pub fn read(path: &Path) -> Vec<Paragraph> {
    let whole = fs::read_to_string(path).unwrap();
    let body = match whole.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((_, body)) => body,
        None => &whole,
    };
    let mut paragraphs = Vec::new();
    for chunk in body.split("\n\n") {
        let kind = match chunk.trim_start().chars().next() {
            Some('#') => BlockKind::Heading,
            Some('>') => BlockKind::Quotation,
            _ => BlockKind::Paragraph,
        };
        let lines = chunk.lines().map(|l| l.trim_start_matches(['#', '>', ' ']).replace(['*', '_'], ""));
        let string = lines.collect::<Vec<_>>().join(" ");
        if !string.trim().is_empty() {
            paragraphs.push((kind, string.trim().to_owned()));
        }
    }
    paragraphs
}

/// The paragraphs of all Markdown files in a folder, in the order of their names; none where there is no such folder.
pub fn read_folder(folder: &Path) -> Vec<Paragraph> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md"));
    paths.sort();
    paths.iter().flat_map(|p| read(p)).collect()
}

const SMALL_WORDS: &str = "the of and to in a that it is was for on with as be at by this had not are but from or have \
    an they which one we all their there been has when who will more no if out so what up its about into than them can \
    only other new some could time these two may then do first any now such like our over even most me after also";

/// Sentences of made-up words, as frequent as words of a language are (Zipf), in paragraphs under headings.
pub fn made_up(seed: u64, bytes: usize) -> Vec<Paragraph> {
    let mut dice = Dice::new(seed);
    let mut vocabulary: Vec<String> = SMALL_WORDS.split_whitespace().map(str::to_owned).collect();
    while vocabulary.len() < 4000 {
        let word: String = (0..=1 + dice.below(3)).map(|_| syllable(&mut dice)).collect();
        vocabulary.push(word);
    }
    let mut paragraphs = Vec::new();
    let mut made = 0;
    while made < bytes {
        if paragraphs.len() % 9 == 0 {
            let words: Vec<&str> = (0..3).map(|_| word(&mut dice, &vocabulary)).collect();
            paragraphs.push((BlockKind::Heading, capital(&words.join(" "))));
        }
        let sentences: Vec<String> = (0..3 + dice.below(5)).map(|_| sentence(&mut dice, &vocabulary)).collect();
        let paragraph = sentences.join(" ");
        made += paragraph.len();
        paragraphs.push((BlockKind::Paragraph, paragraph));
    }
    paragraphs
}

fn word<'v>(dice: &mut Dice, vocabulary: &'v [String]) -> &'v str {
    // The rank is even in its logarithm, as Zipf has it: each octave of ranks is as likely as any other.
    let octave = dice.below(vocabulary.len().ilog2() as usize + 1);
    let rank = (1 << octave) + dice.below(1 << octave) - 1;
    &vocabulary[rank.min(vocabulary.len() - 1)]
}

fn sentence(dice: &mut Dice, vocabulary: &[String]) -> String {
    let count = 6 + dice.below(26);
    let mut sentence = String::new();
    for i in 0..count {
        let next = word(dice, vocabulary);
        match dice.below(24) {
            0 if i > 0 => sentence.push_str(", "),
            1 if i > 0 => sentence.push_str(" -- "),
            _ if i > 0 => sentence.push(' '),
            _ => {}
        }
        match dice.below(60) {
            0 => sentence.extend(["\"", next, "\""]),
            1 => sentence.extend([next, "'s"]),
            2 => sentence.extend(["well-", next]),
            _ => sentence.push_str(next),
        }
    }
    sentence.push_str([".", ".", ".", "?", "..."][dice.below(5)]);
    capital(&sentence)
}

fn syllable(dice: &mut Dice) -> String {
    let pick = |dice: &mut Dice, from: &[&str]| from[dice.below(from.len())].to_owned();
    let onset =
        pick(dice, &["b", "br", "c", "d", "dr", "f", "g", "h", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "v"]);
    let rest = pick(dice, &["a", "an", "ar", "e", "el", "en", "er", "i", "in", "is", "o", "on", "or", "u", "um", "us"]);
    onset + &rest
}

fn capital(string: &str) -> String {
    let mut chars = string.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
