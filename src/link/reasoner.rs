//! Finding reasons: the words, phrases, names and dates that two passages have in common, by their weight.

use std::ops::Range;

use crate::text::passage::PassageNo;
use crate::word::hash::WordSet;

use super::Side;
use super::index::PassageIndex;
use super::quotation::{Fate, compare};
use super::quoted::{Quoted, Ranges};
use super::reading::{Date, Readings, Word};
use super::reason::{Reason, ReasonKind};
use super::weight::SideWeights;

/// How many reasons are told at most; the rest are too slight to convince.
const MOST: usize = 12;
/// A reason with less than this part of the likeness is not told.
const LEAST: f32 = 0.02;
/// How many words in the same order are no accident.
const QUOTED: usize = 7;
/// Two variants count this part of the same word twice.
const VARIANT: f32 = 0.35;

/// Finds the reasons for pairs of passages of two texts.
pub(super) struct Reasoner<'a> {
    mine: (&'a PassageIndex, &'a SideWeights),
    other: &'a PassageIndex,
    mine_read: Readings,
    other_read: Readings,
    /// The passage asked about last: it is asked about again and again.
    last: (PassageNo, Vec<Word>),
    /// The quotations that the texts share, and which of them asks.
    quoted: Option<(&'a Quoted, Side)>,
}

/// Where words of the other passage stand.
struct Places<'a> {
    words: &'a [Word],
    /// Keys and positions of the words that are no stop words, sorted.
    by_key: Vec<(u64, u32)>,
    /// Those mentions by root instead of stem.
    by_root: Vec<(u32, u32)>,
}

/// What two passages have in common, before it is put into words: most of it is too slight to be told.
struct Common {
    /// The words of either passage, by their numbers; or of a quotation, its bytes.
    here: Range<usize>,
    there: Range<usize>,
    what: What,
    share: f32,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Quotation,
    Words,
    /// Two words of one root.
    Variants,
}

/// Words that both passages have in the same order.
struct Run {
    here: usize,
    there: usize,
    len: usize,
}

impl<'a> Reasoner<'a> {
    pub(super) fn new(
        mine: (&'a PassageIndex, &'a SideWeights),
        other: &'a PassageIndex,
        quoted: Option<(&'a Quoted, Side)>,
    ) -> Self {
        let (mine_read, other_read) = (Readings::new(mine.0), Readings::new(other));
        Self { mine, other, mine_read, other_read, last: (PassageNo(0), Vec::new()), quoted }
    }

    /// What the two passages have in common, the weightiest first.
    pub(super) fn reasons(&mut self, here: PassageNo, there: PassageNo) -> Vec<Reason> {
        if self.last.0 != here {
            self.last = (here, self.mine_read.read(self.mine.0, here));
        }
        let two = self.other_read.read(self.other, there);
        let places = Places::of(&two);
        let one = &self.last.1;
        let quoted = self.quoted.map_or_else(Vec::new, |(quoted, side)| quoted.between(side, here, there));
        let mut found = self.find(one, &places, quoted);
        let total: f32 = found.iter().map(|common| common.share).sum();
        for common in &mut found {
            common.share /= total.max(f32::MIN_POSITIVE);
        }
        let start = |common: &Common| match common.what {
            What::Quotation => common.here.start,
            What::Words | What::Variants => one[common.here.start].range.start,
        };
        found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| start(a).cmp(&start(b))));
        found.retain(|common| common.share >= LEAST);
        found.truncate(MOST);
        found.into_iter().map(|common| self.reason(common, one, &two)).collect()
    }

    /// Quotations first, then runs, then what words they leave; each stem is told once.
    fn find(&self, one: &[Word], two: &Places<'_>, quoted: Vec<Ranges>) -> Vec<Common> {
        let mut taken = vec![false; one.len()];
        let mut told: WordSet<u64> = WordSet::default();
        let mut found = Vec::new();
        for (here, there) in quoted {
            let inside = |r: &Range<usize>| here.start <= r.start && r.end <= here.end;
            let mut weight = 0.0;
            for (word, taken) in one.iter().zip(&mut taken).filter(|(w, _)| inside(&w.range)) {
                *taken = true;
                if !word.stop && two.of_key(word.key).next().is_some() && told.insert(word.key) {
                    weight += self.weight(word);
                }
            }
            found.push(Common { here, there, what: What::Quotation, share: weight });
        }
        for Run { here, there, len } in two.runs(one) {
            let run = &one[here..here + len];
            let content = || run.iter().filter(|w| !w.stop);
            if taken[here..here + len].contains(&true) || content().all(|w| told.contains(&w.key)) {
                continue;
            }
            taken[here..here + len].fill(true);
            let weight = content().map(|w| self.weight(w)).sum();
            told.extend(content().map(|w| w.key));
            let (here, there) = (here..here + len, there..there + len);
            found.push(Common { here, there, what: What::Words, share: weight });
        }
        for (nth, word) in one.iter().enumerate().filter(|(_, w)| !w.stop) {
            let same = two.of_key(word.key).next();
            let at = same.or_else(|| word.root.and_then(|root| two.of_root(root)));
            let Some(at) = at.filter(|_| told.insert(word.key)) else { continue };
            let weight = self.weight(word);
            let (what, share) = match same {
                Some(_) => (What::Words, weight),
                None => (What::Variants, VARIANT * weight),
            };
            found.push(Common { here: nth..nth + 1, there: at..at + 1, what, share });
        }
        found
    }

    /// The weight of a word's stem in the asking text.
    fn weight(&self, word: &Word) -> f32 {
        let (index, weights) = self.mine;
        index.vocabulary.keys.binary_search(&word.key).map_or(0.0, |stem| weights.of_word(stem))
    }

    /// Puts what is common into words.
    fn reason(&self, common: Common, one: &[Word], two: &[Word]) -> Reason {
        let Common { here, there, what, share } = common;
        let (mine, theirs) = (self.mine.0.text.string(), self.other.text.string());
        if what == What::Quotation {
            let text = kept(&mine[here.clone()], &theirs[there.clone()]);
            return Reason { kind: ReasonKind::Quotation, text, here, there, share };
        }
        let (one, two) = (&one[here], &two[there]);
        let kind = if what == What::Variants { ReasonKind::Word } else { kind_of(one, two) };
        let span = |words: &[Word]| {
            let begin = words.first().map_or(0, |w| w.range.start);
            begin..words.last().map_or(begin, |w| w.range.end)
        };
        let (here, there) = (span(one), span(two));
        let mut pairs = one.iter().zip(two);
        let same = pairs.all(|(one, two)| is_inflected(&mine[one.range.clone()], &theirs[two.range.clone()]));
        let written = one_line(&mine[here.clone()]);
        let text = if same { written } else { format!("{written} ~ {}", one_line(&theirs[there.clone()])) };
        Reason { kind, text, here, there, share }
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What both wordings of a quotation have, as the first one writes it; what lies between is left out.
fn kept(one: &str, other: &str) -> String {
    let steps = compare(one, other);
    let runs = steps.chunk_by(|a, b| (a.fate == Fate::Kept) == (b.fate == Fate::Kept));
    let runs = runs.filter(|run| run[0].fate == Fate::Kept);
    let runs = runs.map(|run| one_line(&one[run[0].left.start..run[run.len() - 1].left.end]));
    let runs: Vec<String> = runs.filter(|run| run.contains(' ')).collect();
    if runs.is_empty() { one_line(one) } else { runs.join(" … ") }
}

/// Whether two words are one but for what grammar adds: then one of them says both.
fn is_inflected(one: &str, other: &str) -> bool {
    const ENDINGS: [&[&str]; 2] =
        [&["", "s", "es", "'s", "’s", "s'", "s’", "d", "ed", "ing", "e"], &["y", "ies", "ied", "ying", "y's", "y’s"]];
    let plain = |word: &str| word.is_ascii() || word.contains('’');
    if one == other || !plain(one) || !plain(other) {
        return true;
    }
    if one.is_ascii() && other.is_ascii() {
        let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        let ends = |word: &str, with: &[&str]| with.iter().any(|end| word[same..].eq_ignore_ascii_case(end));
        return ENDINGS.iter().any(|with| ends(one, with) && ends(other, with));
    }
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let same = one.char_indices().zip(other.chars()).find(|((_, a), b)| a != b);
    let common = same.map_or(one.len().min(other.len()), |((at, _), _)| at);
    let ends = |word: &str, with: &[&str]| word.get(common..).is_some_and(|end| with.contains(&end));
    ENDINGS.iter().any(|with| ends(&one, with) && ends(&other, with))
}

impl<'a> Places<'a> {
    fn of(words: &'a [Word]) -> Self {
        let content = || words.iter().zip(0..).filter(|(w, _)| !w.stop);
        let mut by_key: Vec<(u64, u32)> = content().map(|(w, at)| (w.key, at)).collect();
        let mut by_root: Vec<(u32, u32)> = content().filter_map(|(w, at)| Some((w.root?, at))).collect();
        by_key.sort_unstable();
        by_root.sort_unstable();
        Self { words, by_key, by_root }
    }

    /// Where the words of a stem stand, in order.
    fn of_key(&self, key: u64) -> impl Iterator<Item = usize> {
        let from = self.by_key.partition_point(|e| e.0 < key);
        self.by_key[from..].iter().take_while(move |e| e.0 == key).map(|e| e.1 as usize)
    }

    /// Where the first word of a root stands.
    fn of_root(&self, root: u32) -> Option<usize> {
        let from = self.by_root.partition_point(|e| e.0 < root);
        self.by_root.get(from).filter(|e| e.0 == root).map(|e| e.1 as usize)
    }

    /// The words that both have in the same order, the longest runs first. A run begins and ends with a word that is no
    /// stop word, holds at least two such, and does not leave its sentence.
    fn runs(&self, one: &[Word]) -> Vec<Run> {
        let mut found = Vec::new();
        for here in (0..one.len()).filter(|at| !one[*at].stop) {
            for there in self.of_key(one[here].key) {
                let alike = |x: &Word, y: &Word| {
                    x.key == y.key && x.sentence == one[here].sentence && y.sentence == self.words[there].sentence
                };
                // Part of a run that begins earlier.
                if here > 0 && there > 0 && !one[here - 1].stop && alike(&one[here - 1], &self.words[there - 1]) {
                    continue;
                }
                let same = |n: &usize| alike(&one[here + n], &self.words[there + n]);
                let most = (one.len() - here).min(self.words.len() - there);
                let mut len = (0..most).take_while(same).count();
                while one[here..here + len].last().is_some_and(|w| w.stop) {
                    len -= 1;
                }
                if one[here..here + len].iter().filter(|w| !w.stop).count() >= 2 {
                    found.push(Run { here, there, len });
                }
            }
        }
        found.sort_by_key(|run| (std::cmp::Reverse(run.len), run.here, run.there));
        found
    }
}

fn kind_of(here: &[Word], there: &[Word]) -> ReasonKind {
    let content = || here.iter().filter(|w| !w.stop);
    let is_date =
        content().all(|w| w.date != Date::No) && content().any(|w| matches!(w.date, Date::Year | Date::Month));
    // A lone month is as often a verb or a name: `may`, `march`, `August`.
    let is_date = is_date && (here.len() > 1 || here[0].date == Date::Year);
    match () {
        () if here.len() >= QUOTED && content().count() >= 4 => ReasonKind::Quotation,
        () if is_date => ReasonKind::Date,
        () if content().all(|w| w.name) && there.iter().all(|w| w.name || w.stop) => ReasonKind::Name,
        () if here.len() > 1 => ReasonKind::Phrase,
        () => ReasonKind::Word,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_inflected, kept};

    #[test]
    fn one_word_speaks_for_two_that_differ_by_grammar_alone() {
        for (one, other) in [("strike", "strikes"), ("party", "parties"), ("Voted", "voting"), ("worker’s", "workers")]
        {
            assert!(is_inflected(one, other) && is_inflected(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("socialism", "socialist"),
            ("organised", "organized"),
            ("Leninist’s", "Leninism"),
            ("monarch", "monarchy"),
        ] {
            assert!(!is_inflected(one, other) && !is_inflected(other, one), "{one} {other}");
        }
    }

    #[test]
    fn of_a_loose_quotation_what_both_have_is_told() {
        let (one, other) = (
            "the dispute over the old mill went on until the harvest",
            "the sale of the old mill ended after the harvest",
        );
        let both = kept(one, other);
        assert!(both.contains("the old mill") && both.contains(" … "), "{both}");
        assert!(!both.contains("dispute") && !both.contains("until"), "{both}");
        assert_eq!(kept("word for  word", "word for word"), "word for word");
    }
}
