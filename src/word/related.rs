//! Related words: how near in meaning two words are, and two bags of words, by a table that is part of the program.
//!
//! The table (`related.bin`, made by `tools/related_words`) holds a vector of signed bytes for each of some thirty
//! thousand English stems, the commonest first. The vectors are fitted so that the sum over a passage's words points
//! where a sentence model puts the passage, so a cosine of two bags is a sum over pairs of words and can be shown as
//! such: see [`Related::ties`]. Stop words are not in it and weigh nothing. Other languages have no table.
//!
//! It is used in place: only the rows that are asked for come into memory.

use std::cmp::Ordering;
use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use super::language::Language;

/// A word of the table. Rows are in order of frequency, so a smaller number is a commoner word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordNo(pub u32);

/// A pair of words, as positions in the two bags, and the part of the bags' cosine that it carries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    pub left: usize,
    pub right: usize,
    pub share: f32,
}

/// The table of one language.
#[derive(Debug, Clone, Copy)]
pub struct Related<'a> {
    width: usize,
    /// Hashes of the stems, 8 bytes each, sorted.
    keys: &'a [u8],
    /// For each key its row, 4 bytes each.
    rows: &'a [u8],
    /// For each row what one step of its vector is worth, 4 bytes each.
    scales: &'a [u8],
    /// For each row `width` signed bytes.
    vectors: &'a [u8],
    sum: u64,
}

/// What passages mean: a direction each, packed into bytes, in the order in which they were pushed.
#[derive(Debug, Clone, Default)]
pub struct Meanings {
    width: usize,
    directions: Vec<u8>,
}

/// Why a table cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the table of related words is none, or of another version: it must begin with {MAGIC:?}")]
    Version,
    #[error("the table of related words is damaged: its parts are not of the lengths it says")]
    Length,
    #[error("the table of related words is damaged: row {0} has no vector or no length")]
    Row(usize),
    #[error("the table of related words is damaged: its checksum is another one")]
    Sum,
}

/// What a table of this version begins with.
const MAGIC: &str = "related1";
/// The magic, the number of rows, the width, the checksum of what follows.
const HEAD: usize = 8 + 4 + 4 + 8;
/// No table is wider, so that sums of products of bytes stay within 32 bits.
const MAX_WIDTH: usize = 4096;
/// No step of a vector is worth more.
const MAX_SCALE: f32 = 1e6;
static TABLE: &[u8] = include_bytes!("related.bin");

impl Related<'static> {
    /// The table of `language`, where there is one.
    pub fn of(language: Language) -> Option<&'static Self> {
        static READ: OnceLock<Option<Related<'static>>> = OnceLock::new();
        (language == Language::English).then(|| READ.get_or_init(|| Related::read(TABLE).ok()).as_ref())?
    }
}

impl<'a> Related<'a> {
    /// Reads a table: what could lead astray is checked here, whether each byte is as it was made by [`Related::check`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() < HEAD || !bytes.starts_with(MAGIC.as_bytes()) {
            return Err(Fault::Version);
        }
        let (rows, width) = (u32_at(bytes, 2) as usize, u32_at(bytes, 3) as usize);
        let body = &bytes[HEAD..];
        if width == 0 || width > MAX_WIDTH || Some(body.len()) != rows.checked_mul(16 + width) {
            return Err(Fault::Length);
        }
        let (keys, rest) = body.split_at(rows * 8);
        let (places, rest) = rest.split_at(rows * 4);
        let (scales, vectors) = rest.split_at(rows * 4);
        let read = Self { width, keys, rows: places, scales, vectors, sum: u64_at(bytes, 2) };
        // A length that is no number would spread into every score.
        let wrong = |r: &usize| u32_at(read.rows, *r) as usize >= rows || !(0.0..MAX_SCALE).contains(&read.scale(*r));
        match (0..rows).find(wrong) {
            Some(row) => Err(Fault::Row(row)),
            None => Ok(read),
        }
    }

    /// Whether all of it is as it was made. Reads the whole table.
    pub fn check(&self) -> Result<(), Fault> {
        let whole: Vec<u8> = [self.keys, self.rows, self.scales, self.vectors].concat();
        if xxh3_64(&whole) == self.sum { Ok(()) } else { Err(Fault::Sum) }
    }

    /// The number of its words.
    pub fn len(&self) -> usize {
        self.keys.len() / 8
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The word with this stem (see [`super::stem::Stemmer`]), where the table has it.
    pub fn word(&self, stem: &str) -> Option<WordNo> {
        let key = xxh3_64(stem.as_bytes());
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match u64_at(self.keys, middle).cmp(&key) {
                Ordering::Equal => {
                    return Some(WordNo(u32_at(self.rows, middle)));
                }
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// How many numbers a vector has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The vectors of `words`, one after the other; zeros for one that is not in the table.
    pub fn vectors(&self, words: &[WordNo]) -> Vec<f32> {
        let mut all = Vec::with_capacity(words.len() * self.width);
        for word in words {
            let scale = self.row(*word).map_or(0.0, |_| self.scale(word.0 as usize));
            let row = self.row(*word).into_iter().flatten().map(|q| scale * f32::from(q.cast_signed()));
            all.extend(row.chain(std::iter::repeat(0.0)).take(self.width));
        }
        all
    }

    /// How much a word says, whatever its meaning: the length of its vector.
    pub fn weight(&self, word: WordNo) -> f32 {
        let Some(row) = self.row(word) else { return 0.0 };
        self.scale(word.0 as usize) * (dot(row, row) as f32).sqrt()
    }

    /// How near two words are in meaning, from -1 to 1; 0 where one of them says nothing.
    pub fn nearness(&self, one: WordNo, other: WordNo) -> f32 {
        let (Some(a), Some(b)) = (self.row(one), self.row(other)) else { return 0.0 };
        cosine(a, b)
    }

    /// The pairs of words that carry the cosine of two bags (each word with how often it counts), greatest share first,
    /// at most `most`. The shares of all pairs add up to the cosine.
    pub fn ties(&self, left: &[(WordNo, f32)], right: &[(WordNo, f32)], most: usize) -> Vec<Tie> {
        let length = |bag: &[(WordNo, f32)]| self.sum_of(bag).iter().map(|x| x * x).sum::<f32>().sqrt();
        let scale = length(left) * length(right);
        if !(scale.is_finite() && scale > 0.0) {
            return Vec::new();
        }
        let mut ties: Vec<Tie> = Vec::new();
        for (l, (one, times)) in left.iter().enumerate() {
            let Some(a) = self.row(*one) else { continue };
            let factor = times * self.scale(one.0 as usize) / scale;
            for (r, (other, count)) in right.iter().enumerate() {
                let Some(b) = self.row(*other) else { continue };
                let share = factor * count * self.scale(other.0 as usize) * dot(a, b) as f32;
                if share > 0.0 {
                    ties.push(Tie { left: l, right: r, share });
                }
            }
        }
        ties.sort_by(|a, b| b.share.total_cmp(&a.share).then((a.left, a.right).cmp(&(b.left, b.right))));
        ties.truncate(most);
        ties
    }

    /// The sum of the vectors of a bag.
    fn sum_of(&self, bag: &[(WordNo, f32)]) -> Vec<f32> {
        let mut sum = vec![0.0; self.width];
        for (word, times) in bag {
            let Some(row) = self.row(*word) else { continue };
            let factor = times * self.scale(word.0 as usize);
            for (s, q) in sum.iter_mut().zip(row) {
                *s += factor * f32::from(q.cast_signed());
            }
        }
        sum
    }

    fn row(&self, word: WordNo) -> Option<&'a [u8]> {
        let begin = (word.0 as usize).checked_mul(self.width)?;
        self.vectors.get(begin..begin + self.width)
    }

    fn scale(&self, row: usize) -> f32 {
        f32::from_bits(u32_at(self.scales, row))
    }
}

impl Meanings {
    /// Adds what a bag means (each word with how often it counts). A bag without words of the table means nothing.
    pub fn push(&mut self, related: &Related<'_>, bag: &[(WordNo, f32)]) {
        self.push_direction(&related.sum_of(bag));
    }

    /// Adds a direction, of any length. One that is not as wide as those before it, or not of numbers, means nothing.
    pub fn push_direction(&mut self, sum: &[f32]) {
        if self.width == 0 {
            self.width = sum.len();
        }
        let top = sum.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
        // An infinite vector has no direction.
        let step = if top.is_finite() && top > 0.0 && sum.len() == self.width { 127.0 / top } else { 0.0 };
        let packed = sum.iter().map(|x| ((x * step).round() as i8).cast_unsigned());
        self.directions.extend(packed.chain(std::iter::repeat(0)).take(self.width));
    }

    /// All of them as bytes, for a cache: the width, then a signed byte a number.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&(self.width as u32).to_le_bytes(), &self.directions[..]].concat()
    }

    /// What [`Meanings::to_bytes`] wrote, where it is as long as it says.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (width, directions) = bytes.split_first_chunk()?;
        let width = u32::from_le_bytes(*width) as usize;
        let whole = (1..=MAX_WIDTH).contains(&width) && directions.len().is_multiple_of(width);
        whole.then(|| Self { width, directions: directions.to_vec() })
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        self.directions.len()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.directions.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.directions.is_empty()
    }

    /// How near the `i`-th of these is to the `j`-th of the others, from -1 to 1; 0 where one of them means nothing or is
    /// not there.
    pub fn cosine(&self, i: usize, other: &Self, j: usize) -> f32 {
        match (self.direction(i), other.direction(j)) {
            (Some(a), Some(b)) if a.len() == b.len() => cosine(a, b),
            _ => 0.0,
        }
    }

    fn direction(&self, i: usize) -> Option<&[u8]> {
        let begin = i.checked_mul(self.width)?;
        self.directions.get(begin..begin + self.width)
    }
}

/// The product of two vectors of signed bytes.
fn dot(a: &[u8], b: &[u8]) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(x.cast_signed()) * i32::from(y.cast_signed())).sum()
}

fn cosine(a: &[u8], b: &[u8]) -> f32 {
    let length = (dot(a, a) as f32 * dot(b, b) as f32).sqrt();
    if length > 0.0 { (dot(a, b) as f32 / length).clamp(-1.0, 1.0) } else { 0.0 }
}

/// The `i`-th number of a part; the callers stay within it.
fn u32_at(bytes: &[u8], i: usize) -> u32 {
    bytes[4 * i..].first_chunk().map_or(0, |c| u32::from_le_bytes(*c))
}

fn u64_at(bytes: &[u8], i: usize) -> u64 {
    bytes[8 * i..].first_chunk().map_or(0, |c| u64::from_le_bytes(*c))
}

#[cfg(test)]
mod tests {
    use super::{Fault, HEAD, MAGIC, Meanings, Related, TABLE, WordNo};
    use crate::word::language::Language;
    use crate::word::stem::Stemmer;
    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_64;

    /// A table of these words, each with its scale and vector.
    fn table(words: &[(&str, f32, &[i8])]) -> Vec<u8> {
        let mut keys: Vec<(u64, u32)> = (0..).zip(words).map(|(row, w)| (xxh3_64(w.0.as_bytes()), row)).collect();
        keys.sort_unstable();
        let mut body: Vec<u8> = keys.iter().flat_map(|k| k.0.to_le_bytes()).collect();
        body.extend(keys.iter().flat_map(|k| k.1.to_le_bytes()));
        body.extend(words.iter().flat_map(|w| w.1.to_le_bytes()));
        body.extend(words.iter().flat_map(|w| w.2.iter().map(|x| x.cast_unsigned())));
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend((words.len() as u32).to_le_bytes());
        bytes.extend((words.first().map_or(1, |w| w.2.len()) as u32).to_le_bytes());
        bytes.extend(xxh3_64(&body).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    fn english() -> &'static Related<'static> {
        Related::of(Language::English).unwrap()
    }

    fn word(word: &str) -> WordNo {
        english().word(&Stemmer::new(Language::English).stem(word)).unwrap()
    }

    #[test]
    fn the_table_is_whole_and_only_english() {
        assert_eq!(english().check(), Ok(()));
        assert!(english().len() > 10_000);
        assert!(Related::of(Language::German).is_none());
        assert!(Related::of(Language::Other).is_none());
    }

    #[test]
    fn words_of_like_meaning_are_nearer_than_others() {
        for (one, like, other) in [
            ("king", "monarch", "cabbage"),
            ("necessary", "essential", "green"),
            ("ship", "sailor", "grammar"),
            ("money", "payment", "forest"),
            ("school", "education", "cannon"),
        ] {
            let near = english().nearness(word(one), word(like));
            let far = english().nearness(word(one), word(other));
            assert!(near > far + 0.2, "{one}: {like} {near}, {other} {far}");
        }
    }

    #[test]
    fn stop_words_weigh_nothing() {
        for stop in ["the", "which", "upon", "themselves"] {
            assert_eq!(english().word(stop), None, "{stop}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_reason() {
        let whole = table(&[("a", 1.0, &[1, 2]), ("b", 0.5, &[-3, 4])]);
        assert_eq!(Related::read(&whole).unwrap().check(), Ok(()));
        assert_eq!(Related::read(b"").unwrap_err(), Fault::Version);
        assert_eq!(Related::read(&whole[..whole.len() - 1]).unwrap_err(), Fault::Length);
        let mut other = whole.clone();
        other[7] = b'2';
        assert_eq!(Related::read(&other).unwrap_err(), Fault::Version);
        for scale in [f32::NAN, f32::INFINITY, -1.0] {
            let bytes = table(&[("a", scale, &[1])]);
            assert_eq!(Related::read(&bytes).unwrap_err(), Fault::Row(0));
        }
        let mut changed = whole;
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(Related::read(&changed).unwrap().check(), Err(Fault::Sum));
    }

    proptest! {
        #[test]
        fn shares_add_up_to_the_cosine(
            left in prop::collection::vec((0..4_u32, 0.1_f32..3.0), 0..6),
            right in prop::collection::vec((0..4_u32, 0.1_f32..3.0), 0..6),
        ) {
            let vectors: [&[i8]; 4] = [&[100, 3, 9], &[90, 70, 1], &[20, 60, 5], &[30, 1, 100]];
            let bytes = table(&[("a", 1.0, vectors[0]), ("b", 0.5, vectors[1]), ("c", 2.0, vectors[2]), ("d", 0.1, vectors[3])]);
            let table = Related::read(&bytes).unwrap();
            let bag = |b: &[(u32, f32)]| b.iter().map(|(w, n)| (WordNo(*w), *n)).collect::<Vec<_>>();
            let (left, right) = (bag(&left), bag(&right));
            let mut meanings = Meanings::default();
            meanings.push(&table, &left);
            meanings.push(&table, &right);
            let cosine = meanings.cosine(0, &meanings, 1);
            let sum: f32 = table.ties(&left, &right, 99).iter().map(|t| t.share).sum();
            prop_assert!((cosine - sum).abs() < 0.02, "{cosine} {sum}");
            let kept = Meanings::from_bytes(&meanings.to_bytes()).unwrap();
            prop_assert_eq!(kept.cosine(0, &meanings, 1).to_bits(), cosine.to_bits());
        }

        #[test]
        fn damage_is_refused_or_harmless(at in 0..80_usize, byte in any::<u8>(), cut in 0..80_usize) {
            let mut bytes = table(&[("a", 1.0, &[1, 2, 3]), ("b", 0.5, &[-3, 4, 0])]);
            let at = at % bytes.len();
            bytes[at] = byte;
            if cut < HEAD {
                bytes.truncate(bytes.len() - cut);
            }
            if let Ok(read) = Related::read(&bytes) {
                let _ = read.check();
                let (a, b) = (WordNo(0), WordNo(7));
                let bag = [(read.word("a").unwrap_or(a), f32::MAX), (b, 1.0), (a, f32::NAN)];
                let mut meanings = Meanings::default();
                meanings.push(&read, &bag);
                meanings.push(&read, &bag[..2]);
                for number in [read.nearness(a, b), read.weight(a), meanings.cosine(0, &meanings, 1), meanings.cosine(1, &meanings, 9)] {
                    prop_assert!(number.is_finite());
                }
                prop_assert!(read.ties(&bag, &bag, 9).iter().all(|t| t.share.is_finite()));
            }
        }
    }

    #[test]
    fn the_table_is_what_the_tool_wrote() {
        assert!(TABLE.starts_with(MAGIC.as_bytes()) && (2 << 20..8 << 20).contains(&TABLE.len()));
    }
}
