//! The words of a text as numbers, the same numbers in both texts.

use std::ops::Range;

use crate::link::build::key_of;
use crate::text::Text;
use crate::text::block::{Block, BlockKind};
use crate::word::fold::fold;
use crate::word::frequency::log_frequency;
use crate::word::hash::WordMap;
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::stop::stop_words;
use crate::word::token::tokens;

use super::marks::is_ellipsis;

/// The stems of both texts and how often each occurs.
#[derive(Debug, Default)]
pub(super) struct Stems {
    numbers: WordMap<u64, u32>,
    /// For each stem how often it stands in both texts together.
    pub count: Vec<u32>,
    /// For each stem its share of running words in general, as a natural logarithm; `None` where that is not known.
    pub general: Vec<Option<f32>>,
    /// For each stem the key of its root, where it has one.
    pub root: Vec<Option<u32>>,
}

/// The content words of a text, in order; stop words are left out.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// Numbers of stems.
    pub stems: Vec<u32>,
    /// Blocks that hold any, by index, and where each begins in `stems`.
    pub blocks: Vec<(u32, u32)>,
}

/// One word of a passage that is looked at closely.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Bytes of the text's string.
    pub range: Range<usize>,
    /// The number of its stem; stop words have numbers too.
    pub stem: u32,
    pub stop: bool,
    /// Whether it is written with a capital inside a sentence.
    pub name: bool,
    /// Whether words are said to be left out before it.
    pub gap: bool,
}

/// Reads the words of one text.
pub(super) struct Reader<'a> {
    text: &'a Text,
    stemmer: Stemmer,
    stops: Vec<String>,
    known: WordMap<&'a str, (u32, bool)>,
}

impl Stems {
    fn number(&mut self, stem: &str, language: Language) -> u32 {
        let (key, rooted) = key_of(stem, language);
        let fresh = self.count.len() as u32;
        let number = *self.numbers.entry(key).or_insert(fresh);
        if number == fresh {
            self.count.push(0);
            self.general.push(if language == Language::English { log_frequency(stem) } else { None });
            self.root.push(rooted.then_some((key >> 32) as u32));
        }
        number
    }
}

impl Stream {
    /// Which entry of `blocks` position `at` belongs to.
    pub(super) fn block_of(&self, at: u32) -> usize {
        self.blocks.partition_point(|b| b.1 <= at).saturating_sub(1)
    }

    /// The positions of entry `entry` of `blocks`.
    pub(super) fn range_of(&self, entry: usize) -> Range<u32> {
        let end = self.blocks.get(entry + 1).map_or(self.stems.len() as u32, |b| b.1);
        self.blocks[entry].1..end
    }
}

/// Whether a block can hold a quotation.
fn is_prose(block: &Block) -> bool {
    use BlockKind::{Footnote, Item, Paragraph, Quotation, Verse};
    matches!(block.kind, Paragraph | Item | Quotation | Verse | Footnote)
}

impl<'a> Reader<'a> {
    /// Reads `text`, whose words are in `language`.
    pub(super) fn new(text: &'a Text, language: Language) -> Self {
        let stops = stop_words(language).map(|w| fold(w, language)).collect();
        Self { text, stemmer: Stemmer::new(language), stops, known: WordMap::default() }
    }

    /// The text it reads.
    pub(super) fn text(&self) -> &'a Text {
        self.text
    }

    /// The content words of the whole text; counts them.
    pub(super) fn stream(&mut self, stems: &mut Stems) -> Stream {
        let mut stream = Stream::default();
        for (number, block) in self.text.blocks().iter().enumerate().filter(|(_, b)| is_prose(b)) {
            let begin = stream.stems.len() as u32;
            let string = self.text.block_str(number);
            for range in tokens(string) {
                let (stem, stop) = self.know(&string[range], stems);
                stems.count[stem as usize] += 1;
                if !stop {
                    stream.stems.push(stem);
                }
            }
            debug_assert!(block.is_passage() || block.kind == BlockKind::Footnote);
            if stream.stems.len() as u32 > begin {
                stream.blocks.push((number as u32, begin));
            }
        }
        stream.stems.shrink_to_fit();
        stream
    }

    /// The words of block `block` whose content words are those numbered `content`, with the stop words among them.
    pub(super) fn words(&mut self, block: usize, content: Range<usize>, stems: &mut Stems) -> Vec<Word> {
        let string = self.text.block_str(block);
        let base = self.text.blocks()[block].range().start;
        let mut words: Vec<Word> = Vec::new();
        let (mut nth, mut end) = (0, 0);
        for range in tokens(string) {
            let (stem, stop) = self.know(&string[range.clone()], stems);
            if !stop {
                nth += 1;
            }
            if nth > content.end {
                break;
            }
            if nth > content.start || (stop && nth == content.start) {
                let between = &string[end..range.start];
                let gap = is_ellipsis(between);
                let inside = !between.contains(['.', '!', '?', ':', '…', '“', '"', '„', '«', '\n']) && end > 0;
                let name = inside && string[range.start..].starts_with(char::is_uppercase);
                words.push(Word { range: base + range.start..base + range.end, stem, stop, name, gap });
            }
            end = range.end;
        }
        words
    }

    fn know(&mut self, word: &'a str, stems: &mut Stems) -> (u32, bool) {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let language = self.stemmer.language();
        let folded = fold(word, language);
        let stop = self.stops.contains(&folded) || (folded.len() == 1 && folded.is_ascii());
        let known = (stems.number(&self.stemmer.stem_folded(&folded), language), stop);
        self.known.insert(word, known);
        known
    }
}
