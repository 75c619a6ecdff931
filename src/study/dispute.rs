//! A shared quotation in dispute: what both texts have in the middle, and around it how each side leads into it, what each
//! left out of it or put otherwise, and what each goes on to infer. So the Talmud's page sets a text among its
//! commentators, and a variorum its readings.
//!
//! Screen and exports show what is found here, and find nothing else.

use std::ops::Range;

use crate::link::Side;
use crate::link::quotation::{Fate, SharedQuotation, compare};
use crate::link::sides::Sides;
use crate::text::Text;
use crate::text::block::Block;
use crate::text::passage::PassageNo;
use crate::text::span::without_marks;
use crate::word::sentence::sentences;
use crate::word::token::tokens;

/// Sentences that are given before a quotation, besides the one it stands in.
const BEFORE: usize = 2;
/// Sentences that are given after it, besides that one.
const AFTER: usize = 3;
/// With fewer words of its own passage before or after it, the passage beside it is given too.
const ENOUGH: usize = 4;
/// No more bytes of a passage than this are looked at on either side.
const NEAR: usize = 4 << 10;

/// What became of a word, seen from one of two wordings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The other has it too.
    Both,
    /// Only this one has it.
    Here,
    /// The other has other words in its place.
    Other,
    /// The other has something here that this one has not.
    Gap,
}

/// Words of one wording, with what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words; of a gap those that the other has.
    pub words: String,
    /// What became of them.
    pub standing: Standing,
    /// Of a gap, whether this wording says by an ellipsis that it left something out.
    pub told: bool,
}

/// What one text does with the quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The passage, or the nearest to the heading or note it stands in.
    pub passage: Option<PassageNo>,
    /// The label of the note it stands in.
    pub note: Option<String>,
    /// The heading above it.
    pub section: Option<String>,
    /// Whose words they are, where they are not simply the author's: "Smith quoting Pipes".
    pub voice: Option<String>,
    /// What leads into it.
    pub leads_in: String,
    /// Its words.
    pub wording: Vec<Piece>,
    /// What is inferred from it: how the text goes on.
    pub goes_on: String,
}

/// A quotation among its two commentators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// What each text does with it.
    pub readings: Sides<Reading>,
    /// Whether each marks it as a quotation.
    pub marked: Sides<bool>,
}

impl Piece {
    /// The words with the signs that say what became of them, so that it shows without colour: `[only here]`,
    /// `{other words}`, `^` for what is missing.
    pub fn signed(&self) -> String {
        match self.standing {
            Standing::Both => self.words.clone(),
            Standing::Here => format!("[{}]", self.words),
            Standing::Other => format!("{{{}}}", self.words),
            Standing::Gap => "^".to_owned(),
        }
    }
}

impl Dispute {
    /// A quotation that two texts share.
    pub fn of(texts: Sides<&Text>, quotation: &SharedQuotation) -> Self {
        let ranges = Sides { left: &quotation.left, right: &quotation.right };
        let words = Sides::from_fn(|side| plain(texts[side], ranges[side].clone()));
        let mut wordings = wordings(&words.left, &words.right);
        let readings = Sides::from_fn(|side| {
            let (text, range) = (texts[side], ranges[side]);
            let block = text.block_at(range.start).unwrap_or(0);
            let note = text.notes().iter().find(|note| note.blocks.contains(&block));
            Reading {
                passage: text.numbering().passage_near(block),
                note: note.map(|note| note.label.to_string()),
                section: text.heading_of(block).map(|heading| text.heading_name(heading).into_owned()),
                voice: text.cite_voice(block),
                leads_in: leads_in(text, block, range.start),
                wording: std::mem::take(&mut wordings[side]),
                goes_on: goes_on(text, block, range.end),
            }
        });
        Self { readings, marked: Sides { left: quotation.marked[0], right: quotation.marked[1] } }
    }

    /// Whether both have the very same words.
    pub fn is_same(&self) -> bool {
        self.readings.iter().all(|(_, reading)| reading.wording.iter().all(|piece| piece.standing == Standing::Both))
    }
}

impl Reading {
    /// Where it stands: `¶14`; in a note `note 3`.
    pub fn place(&self) -> String {
        let passage = self.passage.map_or_else(|| "§".to_owned(), |passage| format!("¶{passage}"));
        match &self.note {
            Some(label) => format!("note {label}"),
            None => passage,
        }
    }

    /// How its wording differs, in words: `7 words cut · 2 more · 1 otherwise`; empty where it does not. Only what the text
    /// itself marks by an ellipsis is called cut, all else is missing.
    pub fn told_changes(&self) -> String {
        let count = |standing: Standing, told: bool| -> usize {
            let of = self.wording.iter().filter(|piece| piece.standing == standing && piece.told == told);
            of.map(|piece| tokens(&piece.words).count()).sum()
        };
        let counted = [
            (count(Standing::Gap, true), "cut"),
            (count(Standing::Gap, false), "missing"),
            (count(Standing::Here, false), "more"),
            (count(Standing::Other, false), "otherwise"),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0).enumerate();
        let said = counted.map(|(nth, (count, what))| match (nth, count) {
            (0, 1) => format!("1 word {what}"),
            (0, _) => format!("{count} words {what}"),
            _ => format!("{count} {what}"),
        });
        said.collect::<Vec<_>>().join(" · ")
    }
}

/// Who marks a quotation as one, in words.
pub(crate) fn told_marks(marked: Sides<bool>) -> &'static str {
    match (marked.left, marked.right) {
        (true, true) => "both quote it",
        (true, false) => "the left text quotes it",
        (false, true) => "the right text quotes it",
        (false, false) => "neither marks it as a quotation",
    }
}

/// Two wordings, each piece by piece, with what became of it in the other.
pub(crate) fn wordings(left: &str, right: &str) -> Sides<Vec<Piece>> {
    if left == right {
        // What has no word in it is the same too.
        let whole = Piece { words: left.trim().to_owned(), standing: Standing::Both, told: false };
        return Sides { left: vec![whole.clone()], right: vec![whole] };
    }
    let steps = compare(left, right);
    Sides::from_fn(|side| {
        let pieces = steps.iter().filter_map(|step| {
            let standing = match (step.fate, side) {
                (Fate::Kept, _) => Standing::Both,
                (Fate::Changed, _) => Standing::Other,
                (Fate::OnlyLeft, Side::Left) | (Fate::OnlyRight, Side::Right) => Standing::Here,
                _ => Standing::Gap,
            };
            let (here, there) =
                if side == Side::Left { (left, step.left.clone()) } else { (right, step.right.clone()) };
            if standing == Standing::Gap {
                let words = if side == Side::Left { &right[step.right.clone()] } else { &left[step.left.clone()] };
                let told = has_ellipsis(here, there.start);
                return Some(Piece { words: words.trim().to_owned(), standing, told });
            }
            let words = here.get(there).unwrap_or("").trim();
            (!words.is_empty()).then(|| Piece { words: words.to_owned(), standing, told: false })
        });
        pieces.collect()
    })
}

/// Whether an ellipsis stands at a place of a wording.
fn has_ellipsis(words: &str, at: usize) -> bool {
    let near = |c: char| !c.is_alphanumeric();
    let before = words[..at].rsplit(|c: char| !near(c)).next().unwrap_or("");
    let after = words[at..].split(|c: char| !near(c)).next().unwrap_or("");
    let between = format!("{before}{after}");
    between.contains('…') || between.contains("...") || between.contains(". . .")
}

/// A stretch of a text without the marks of its notes, in one line.
fn plain(text: &Text, range: Range<usize>) -> String {
    let words = without_marks(text.string(), range, text.spans());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before a place of a block: from the beginning of a sentence on.
fn leads_in(text: &Text, block: usize, start: usize) -> String {
    let base = text.blocks()[block].range().start;
    let string = text.block_str(block);
    let end = start.saturating_sub(base).min(string.len());
    let from = string.ceil_char_boundary(end.saturating_sub(NEAR));
    let all = sentences(&string[from..]);
    let at = all.partition_point(|sentence| from + sentence.start <= end).saturating_sub(1);
    let first = all.get(at.saturating_sub(BEFORE)).map_or(from, |sentence| from + sentence.start);
    let before = plain(text, base + first.min(end)..base + end);
    let opens = |c: char| c.is_whitespace() || matches!(c, '“' | '„' | '«' | '‘' | '"' | '(' | '[');
    let before = before.trim_end_matches(opens).to_owned();
    if tokens(&before).count() >= ENOUGH {
        return before;
    }
    let Some(above) = block.checked_sub(1).filter(|above| goes_with(text, block, *above)) else { return before };
    let range = text.blocks()[above].range();
    let words = text.block_str(above);
    let from = words.ceil_char_boundary(words.len().saturating_sub(NEAR));
    let all = sentences(&words[from..]);
    let first = all.get(all.len().saturating_sub(BEFORE)).map_or(0, |sentence| sentence.start);
    let above = plain(text, range.start + from + first..range.end);
    if before.is_empty() { above } else { format!("{above} {before}") }
}

/// What stands after a place of a block, to the end of a sentence.
fn goes_on(text: &Text, block: usize, end: usize) -> String {
    let range = text.blocks()[block].range();
    let string = text.block_str(block);
    let start = end.saturating_sub(range.start).min(string.len());
    let until = string.floor_char_boundary((start + NEAR).min(string.len()));
    let closes =
        |c: char| c.is_whitespace() || matches!(c, '”' | '“' | '»' | '’' | '"' | ')' | ']' | '.' | ',' | ';' | '…');
    let last = |string: &str, count: usize| sentences(string).get(count).map_or(string.len(), |s| s.start);
    let rest = &string[start..until];
    let after = plain(text, end..range.start + start + last(rest, AFTER + 1));
    let after = after.trim_start_matches(closes).to_owned();
    if tokens(&after).count() >= ENOUGH {
        return after;
    }
    let below = block + 1;
    if !goes_with(text, block, below) {
        return after;
    }
    let range = text.blocks()[below].range();
    let string = text.block_str(below);
    let string = &string[..string.floor_char_boundary(NEAR.min(string.len()))];
    let below = plain(text, range.start..range.start + last(string, AFTER));
    if after.is_empty() { below } else { format!("{after} {below}") }
}

/// Whether another block is read on with one: two passages that no heading parts.
fn goes_with(text: &Text, block: usize, other: usize) -> bool {
    let is_passage = |at: usize| text.blocks().get(at).is_some_and(Block::is_passage);
    is_passage(block) && is_passage(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    fn text(blocks: &[(BlockKind, &str)]) -> Text {
        let mut builder = Builder::new();
        for (line, (kind, words)) in (1..).zip(blocks) {
            builder.begin(*kind, line).push(words);
        }
        builder.finish()
    }

    fn shared(left: (&Text, &str), right: (&Text, &str)) -> SharedQuotation {
        let range = |(text, words): (&Text, &str)| {
            let at = text.string().find(words).unwrap();
            at..at + words.len()
        };
        SharedQuotation { left: range(left), right: range(right), score: 0.9, marked: [true, false] }
    }

    #[test]
    fn each_side_leads_in_cuts_and_goes_on() {
        let left = text(&[
            (BlockKind::Heading, "On bread"),
            (
                BlockKind::Paragraph,
                "It was a hard year. The clerk wrote: “bread was dear, as all know, in the town”. So he left.",
            ),
        ]);
        let right = text(&[
            (BlockKind::Paragraph, "The same clerk is often cited for one line."),
            (BlockKind::Quotation, "bread was dear … in the town"),
            (BlockKind::Paragraph, "Nothing follows from it about the country. It is one town."),
        ]);
        let quotation =
            shared((&left, "bread was dear, as all know, in the town"), (&right, "bread was dear … in the town"));
        let dispute = Dispute::of(Sides { left: &left, right: &right }, &quotation);
        let Sides { left: one, right: other } = &dispute.readings;
        assert_eq!(one.leads_in, "It was a hard year. The clerk wrote:");
        assert_eq!(one.goes_on, "So he left.");
        assert_eq!((one.section.as_deref(), one.place().as_str()), (Some("On bread"), "¶1"));
        assert_eq!(other.leads_in, "The same clerk is often cited for one line.");
        assert_eq!(other.goes_on, "Nothing follows from it about the country. It is one town.");
        assert_eq!(one.told_changes(), "3 words more");
        assert_eq!(other.told_changes(), "3 words cut");
        assert!(!dispute.is_same());
        assert_eq!(told_marks(dispute.marked), "the left text quotes it");
    }

    #[test]
    fn a_gap_without_an_ellipsis_is_not_called_a_cut() {
        let wordings = wordings("bread was dear, as all know, in the town", "bread was dear in the town");
        let gap = wordings.right.iter().find(|piece| piece.standing == Standing::Gap).unwrap();
        assert!(!gap.told && gap.words.contains("as all know"), "{gap:?}");
    }

    proptest! {
        #[test]
        fn whatever_is_quoted_every_word_of_both_wordings_is_there(
            left in "[a-c“”…., ]{0,60}", right in "[a-c“”…., ]{0,60}",
        ) {
            let both = wordings(&left, &right);
            for (side, words) in [(Side::Left, &left), (Side::Right, &right)] {
                let told: Vec<String> = both[side].iter().filter(|piece| piece.standing != Standing::Gap)
                    .flat_map(|piece| tokens(&piece.words).map(|t| piece.words[t].to_owned()).collect::<Vec<_>>()).collect();
                let all: Vec<String> = tokens(words).map(|t| words[t].to_owned()).collect();
                prop_assert_eq!(told, all);
            }
        }

        #[test]
        fn what_is_around_a_quotation_never_fails(
            words in "([a-zé]{1,5}[.,;“”… ]{1,2}){3,30}", (from, len) in (0..30_usize, 1..30_usize),
            (times, shift) in (0..2_000_usize, 0..3_usize),
        ) {
            // Its one sentence may be longer than what is looked at.
            let above = format!("{}Before it{}.", "é ".repeat(times), "!".repeat(shift));
            let one = text(&[(BlockKind::Paragraph, &above), (BlockKind::Paragraph, &words), (BlockKind::Rule, "")]);
            let base = one.blocks()[1].range();
            let at = one.string().floor_char_boundary((base.start + from).min(base.end));
            let end = one.string().floor_char_boundary((at + len).min(base.end));
            let quotation = SharedQuotation { left: at..end, right: at..end, score: 0.5, marked: [false; 2] };
            let dispute = Dispute::of(Sides { left: &one, right: &one }, &quotation);
            prop_assert!(dispute.is_same());
        }
    }
}
