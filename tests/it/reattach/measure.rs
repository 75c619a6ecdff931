//! Making anchors in one text, finding them in its edited successor, and counting how that went.

use std::fmt;
use std::ops::Range;
use std::time::{Duration, Instant};

use diptych::anchor::find::Finder;
use diptych::anchor::found::Found;
use diptych::anchor::{Anchor, TextId};
use diptych::text::Text;

use super::edits::{Edited, Truth};
use super::prose::Dice;

/// What kind of place is anchored.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Sort {
    Sentence,
    /// Two to four words.
    FewWords,
    /// A whole block.
    Block,
    /// A single place.
    Point,
}

/// All of them.
pub const SORTS: [Sort; 4] = [Sort::Sentence, Sort::FewWords, Sort::Block, Sort::Point];

/// How finding went.
#[derive(Default, Clone, Copy)]
pub struct Tally {
    pub anchors: usize,
    /// At least half of the true place covered by a place at most twice as long, or orphaned when all of it is gone.
    pub right: usize,
    /// The very bytes.
    pub exact: usize,
    /// Attached to a place that is not right.
    pub wrong: usize,
    /// Left to a person: ambiguous, or orphaned though the place is still there.
    pub unsure: usize,
    /// Anchors all of whose words are gone.
    pub gone: usize,
    /// Those of them that were attached somewhere.
    pub gone_attached: usize,
    pub time: Duration,
}

impl Tally {
    fn share(part: usize, of: usize) -> f64 {
        if of == 0 { 100.0 } else { 100.0 * part as f64 / of as f64 }
    }

    pub fn right(&self) -> f64 {
        Self::share(self.right, self.anchors)
    }

    /// Of those that are still there.
    pub fn exact(&self) -> f64 {
        Self::share(self.exact, self.anchors - self.gone)
    }

    pub fn wrong(&self) -> f64 {
        Self::share(self.wrong, self.anchors)
    }

    pub fn gone_attached(&self) -> f64 {
        if self.gone == 0 { 0.0 } else { Self::share(self.gone_attached, self.gone) }
    }
}

impl Tally {
    pub fn add(&mut self, other: &Self) {
        self.anchors += other.anchors;
        self.right += other.right;
        self.exact += other.exact;
        self.wrong += other.wrong;
        self.unsure += other.unsure;
        self.gone += other.gone;
        self.gone_attached += other.gone_attached;
        self.time += other.time;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:5} anchors  right {:6.2}  exact {:6.2}  wrong {:5.2}  unsure {:5.2}  gone {:4}, attached {:5.2}  {:6.1} ms",
            self.anchors,
            self.right(),
            self.exact(),
            self.wrong(),
            Self::share(self.unsure, self.anchors),
            self.gone,
            self.gone_attached(),
            self.time.as_secs_f64() * 1000.0
        )
    }
}

/// How many bytes after a point are looked at to say whether it is where it was.
const POINT: usize = 40;

/// `count` places of `text` at random, as bytes of its string.
pub fn places(text: &Text, sort: Sort, count: usize, dice: &mut Dice) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for block in text.blocks() {
        match sort {
            Sort::Sentence => all.extend(sentences(text, block.range())),
            Sort::Block => all.push(block.range()),
            Sort::FewWords | Sort::Point => {
                let words = words(text, block.range());
                for at in 0..words.len() {
                    let last = (at + 1 + dice.below(3)).min(words.len() - 1);
                    if sort == Sort::Point {
                        let last = words.partition_point(|w| w.start < words[at].start + POINT).max(at + 1) - 1;
                        all.push(words[at].start..words[last].end);
                    } else if last > at {
                        all.push(words[at].start..words[last].end);
                    }
                }
            }
        }
    }
    (0..count).map(|_| all[dice.below(all.len())].clone()).collect()
}

/// Finds anchors at `places` of `old` in `edited`; they were made with or without asking for lookalikes.
pub fn measure(old: &Text, edited: &Edited, sort: Sort, places: &[Range<usize>], knows_rivals: bool) -> Tally {
    let id = TextId::from("prose.md");
    let remember = Finder::new(old);
    let anchors: Vec<Anchor> = places
        .iter()
        .map(|range| {
            let (start, end) = (old.place_of(range.start), old.place_of(range.end));
            let range = if sort == Sort::Point { start..start } else { start..end };
            if knows_rivals { remember.anchor(id.clone(), 1, range) } else { Anchor::of(id.clone(), 1, old, range) }
        })
        .collect();
    let begin = Instant::now();
    let finder = Finder::new(&edited.text);
    let found: Vec<Found> = anchors.iter().map(|a| finder.find(a)).collect();
    let mut tally = Tally { anchors: anchors.len(), time: begin.elapsed(), ..Tally::default() };
    for ((range, anchor), found) in places.iter().zip(&anchors).zip(&found) {
        judge(&mut tally, edited, sort, &edited.truth(old, range), (anchor, found));
    }
    tally
}

fn judge(tally: &mut Tally, edited: &Edited, sort: Sort, truth: &Truth, (anchor, found): (&Anchor, &Found)) {
    let text = &edited.text;
    let hit = found.hit().map(|hit| match sort {
        // A point stands for the words that follow it.
        Sort::Point => {
            let at = text.offset_of(hit.at);
            let length = if let Truth::At(truth) = truth { truth.len() } else { POINT };
            at..at + length
        }
        _ => text.offset_of(hit.range.start)..text.offset_of(hit.range.end),
    });
    let is_right = match (&hit, truth) {
        (None, Truth::Gone) => true,
        (None, Truth::At(_)) | (Some(_), Truth::Gone) => false,
        (Some(hit), Truth::At(truth)) => {
            let common = hit.end.min(truth.end).saturating_sub(hit.start.max(truth.start));
            tally.exact += usize::from(hit == truth);
            2 * common >= truth.len() && hit.len() <= 2 * truth.len().max(common)
        }
    };
    tally.right += usize::from(is_right);
    tally.wrong += usize::from(!is_right && hit.is_some());
    tally.unsure += usize::from(!is_right && hit.is_none());
    if *truth == Truth::Gone {
        tally.gone += 1;
        tally.gone_attached += usize::from(hit.is_some());
    }
    if !is_right && std::env::var_os("REATTACH_SHOW").is_some() {
        let show = |range: &Range<usize>| &text.string()[range.clone()];
        eprintln!("{sort:?} {} {:?} in {:?} … {:?}", found.name(), anchor.exact, anchor.prefix, anchor.suffix);
        eprintln!("    found {:?}, true {:?}", hit.as_ref().map(show), truth);
    }
}

fn words(text: &Text, range: Range<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (i, c) in text.string()[range.clone()].char_indices() {
        let at = range.start + i;
        match words.last_mut() {
            Some(word) if c.is_alphanumeric() && word.end == at => word.end = at + c.len_utf8(),
            _ if c.is_alphanumeric() => words.push(at..at + c.len_utf8()),
            _ => {}
        }
    }
    words
}

/// Sentences of at least four words; short ones are counted among the few words.
fn sentences(text: &Text, range: Range<usize>) -> Vec<Range<usize>> {
    let string = &text.string()[range.clone()];
    let mut starts = vec![0];
    for (i, _) in string.match_indices(['.', '?', '!']) {
        let rest = &string[i + 1..];
        if rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase) {
            starts.push(string.len() - rest.trim_start().len());
        }
    }
    starts.push(string.len());
    starts
        .windows(2)
        .map(|pair| range.start + pair[0]..range.start + pair[0] + string[pair[0]..pair[1]].trim_end().len())
        .filter(|s| text.string()[s.clone()].split_whitespace().count() >= 4)
        .collect()
}
