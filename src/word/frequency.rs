//! How often a stem occurs in general English, so that two short texts still know which of their words are rare.
//!
//! The table (`english.txt`, its source is told there) holds some ten thousand stems, sorted, each with a letter for the
//! logarithm of its share of running words. It is searched as it stands; nothing is built in memory.

/// The table: comment lines, then one stem a line, sorted by bytes.
const TABLE: &str = include_str!("english.txt");
/// The natural logarithm of the share that letter `A` stands for.
const FIRST: f32 = -4.5;
/// How much each further letter takes off.
const STEP: f32 = 0.3;
/// The share of a stem that is not in the table: rarer than all that are.
pub(crate) const RARE: f32 = -13.0;

/// The share of running words that are `stem` (see [`super::stem::Stemmer`]) in general English, as a natural
/// logarithm; `None` where the table does not hold it, which means it is rarer than [`RARE`] tells, or a stop word.
pub(crate) fn log_frequency(stem: &str) -> Option<f32> {
    let bytes = TABLE.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let begin = bytes[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
        let end = middle + bytes[middle..].iter().position(|b| *b == b'\n').unwrap_or(bytes.len() - middle);
        let line = &TABLE[begin..end];
        let (entry, letter) = line.split_at(line.len().saturating_sub(1));
        match entry.cmp(stem) {
            std::cmp::Ordering::Equal => return letter.bytes().next().map(|l| FIRST - STEP * f32::from(l - b'A')),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = begin,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{RARE, TABLE, log_frequency};
    use crate::word::language::Language;
    use crate::word::stem::Stemmer;

    #[test]
    fn frequent_words_are_more_frequent_than_rare_ones() {
        let stemmer = Stemmer::new(Language::English);
        let of = |w: &str| log_frequency(&stemmer.stem(w));
        assert!(of("people") > of("revolution"));
        assert!(of("organisation") > of("proletariat"));
        assert_eq!(of("kornilov"), None);
        assert_eq!(log_frequency(""), None);
    }

    #[test]
    fn every_entry_is_found() {
        let mut entries = 0;
        let mut last = "";
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let stem = &line[..line.len() - 1];
            assert!(last < stem, "{stem} is out of order");
            assert!(log_frequency(stem).is_some_and(|f| f > RARE), "{stem}");
            last = stem;
            entries += 1;
        }
        assert!(entries > 8000);
    }
}
