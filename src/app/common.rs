//! What the two passages of the pair have in common: where it stands in either text, to be lit there, and how the page that
//! says why points at it.

use std::ops::Range;

use super::halves::Halves;
use super::hinge::joint::Joint;
use super::overlay::PageKind;
use super::page_line::{PageLine, entry};
use crate::app::hinge::Hinge;
use crate::app::versions::Versions;
use crate::layout::cells;
use crate::link::Side;
use crate::link::reason::{Reason, ReasonKind};
use crate::link::sides::BOTH;
use crate::study::dispute::Standing;
use crate::word::frequency::log_frequency;
use crate::word::language::Language;
use crate::word::stem::Stemmer;

/// So many words are shown where they stand, on a page that covers them.
const SHOWN: usize = 4;

/// Words with a greater share of running English than one in six thousand, as a logarithm, say nothing by themselves.
const COMMON: f32 = -8.69;

/// Kinds in the order of the page, with what one of them is called, and several.
const KINDS: [(ReasonKind, &str, &str); 6] = [
    (ReasonKind::Quotation, "a quotation", "quotations"),
    (ReasonKind::Phrase, "the phrase", "the phrases"),
    (ReasonKind::Name, "the name", "the names"),
    (ReasonKind::Date, "the date", "the dates"),
    (ReasonKind::Word, "the word", "the words"),
    (ReasonKind::Topic, "of the topic", "of the topic"),
];

impl Versions {
    /// What the pair in sight has in common but for quotations and the topic, and where that stands on a side.
    fn shared<'h>(
        &self,
        halves: &Halves,
        hinge: &'h Hinge,
        side: Side,
    ) -> impl Iterator<Item = (&'h Reason, Range<usize>)> {
        // Of two versions of one work nearly all words are shared.
        let joint = hinge.joint().filter(|_| hinge.is_level(halves) && !self.is_one_work(hinge));
        joint.into_iter().flat_map(move |joint| {
            let because = joint.counterpart().map_or(&[][..], |counterpart| &counterpart.because);
            let lit = because.iter().filter(|r| !matches!(r.kind, ReasonKind::Quotation | ReasonKind::Topic));
            lit.map(move |reason| (reason, place(joint, side, reason).clone()))
        })
    }

    /// Where the words stand that the pair in sight has in common: bytes of the text of `side`. Those of the held topic are
    /// lit as such, and a quotation has a sign of its own.
    pub fn shared_words(&self, halves: &Halves, hinge: &Hinge, side: Side) -> Vec<Range<usize>> {
        self.shared(halves, hinge, side).map(|(_, place)| place).collect()
    }

    /// Of the words that the pair has in common those that say something to a room: phrases, names, dates, and words that are not
    /// common in English. Who sees `part` or `first` lit looks for a point that is not there.
    pub fn telling_words(&self, halves: &Halves, hinge: &Hinge, side: Side) -> Vec<Range<usize>> {
        let pane = halves.pane(side);
        let english = pane.study.as_ref().is_some_and(|study| study.index.language() == Language::English);
        let Some(text) = pane.text().filter(|_| english) else { return self.shared_words(halves, hinge, side) };
        let stemmer = Stemmer::new(Language::English);
        let is_telling = |(reason, place): &(&Reason, Range<usize>)| {
            let word = text.string().get(place.clone()).filter(|_| reason.kind == ReasonKind::Word);
            word.and_then(|word| log_frequency(&stemmer.stem(word))).is_none_or(|share| share < COMMON)
        };
        self.shared(halves, hinge, side).filter(is_telling).map(|(_, place)| place).collect()
    }
}

impl Hinge {
    /// On the page that says why: by kind where the words are lit above it, else each where it stands in either text.
    pub(super) fn common_words(
        &self,
        halves: &Halves,
        lines: &mut Vec<PageLine>,
        joint: &Joint,
        because: &[Reason],
        width: usize,
    ) {
        let in_sight = halves.keeps_the_pair_in_sight() && self.is_level(halves);
        for (kind, one, several) in KINDS {
            let of_kind: Vec<&Reason> = because.iter().filter(|reason| reason.kind == kind).collect();
            let said: Vec<String> = of_kind.iter().map(|reason| format!("“{}”", reason.text.trim())).collect();
            if !said.is_empty() {
                entry(lines, if said.len() == 1 { one } else { several }, &said.join(", "), width);
            }
        }
        if in_sight {
            return;
        }
        for reason in because.iter().filter(|reason| reason.kind != ReasonKind::Quotation).take(SHOWN) {
            lines.push(PageLine::Words(String::new()));
            for side in BOTH {
                halves.in_its_place(lines, side, place(joint, side, reason), width);
            }
        }
    }
}

impl Halves {
    /// Whether a page about the pair stands below it on this screen.
    fn keeps_the_pair_in_sight(&self) -> bool {
        self.page_area(&PageKind::Why) != self.page_area(&PageKind::Help)
    }

    /// A row of a text with some words of it in the middle, lit.
    fn in_its_place(&self, lines: &mut Vec<PageLine>, side: Side, words: &Range<usize>, width: usize) {
        let Some(text) = self.pane(side).text() else { return };
        let Some(block) = text.block_at(words.start) else { return };
        let range = text.blocks()[block].range();
        let string = text.string();
        let (Some(before), Some(lit), Some(after)) =
            (string.get(range.start..words.start), string.get(words.clone()), string.get(words.end..range.end))
        else {
            return;
        };
        let mark = if side == Side::Left { "◧ " } else { "◨ " };
        let room = width.saturating_sub(cells::width(mark) + cells::width(lit)).max(2);
        let before = ending(before, room / 2);
        let after = cells::ellipsis(after, room - cells::width(&before)).replace('\n', " ");
        lines.push(PageLine::Wording(vec![
            (mark.to_owned(), Standing::Other),
            (before, Standing::Both),
            (lit.replace('\n', " "), Standing::Here),
            (after, Standing::Both),
        ]));
    }
}

/// Where the text of `side` has what both have.
fn place<'a>(joint: &Joint, side: Side, reason: &'a Reason) -> &'a Range<usize> {
    if joint.lead == side { &reason.here } else { &reason.there }
}

/// The end of `words` in so many columns, from the beginning of a word on.
fn ending(words: &str, columns: usize) -> String {
    let words = words.replace('\n', " ");
    if cells::width(&words) <= columns {
        return words;
    }
    let starts = words.rmatch_indices(' ').map(|(at, _)| at + 1);
    let fitting = starts.map(|at| &words[at..]).take_while(|rest| cells::width(rest) < columns).last();
    fitting.map_or_else(|| "…".to_owned(), |rest| format!("…{rest}"))
}
