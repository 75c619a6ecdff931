//! Editing a text at random while keeping account of where every byte of it went.

use std::ops::Range;

use diptych::text::block::BlockKind;
use diptych::text::{Builder, Text};

use super::prose::Dice;

/// A stretch of the new text, and which bytes of the old text it stands for.
struct Piece {
    string: String,
    old: Option<Range<usize>>,
    /// The same word, if perhaps set in other type; not a word in its place.
    kept: bool,
}

type Draft = Vec<(BlockKind, Vec<Piece>)>;

/// An edited text.
pub struct Edited {
    pub text: Text,
    /// Old bytes, new bytes, and whether it is the same word; sorted by old bytes.
    moves: Vec<(Range<usize>, Range<usize>, bool)>,
}

/// What became of a stretch of the old text.
#[derive(Debug, PartialEq)]
pub enum Truth {
    Gone,
    At(Range<usize>),
}

impl Edited {
    /// The edit undone: the edited text as the old one, `original` as what it becomes.
    pub fn reversed(self, original: Text) -> (Text, Self) {
        let mut moves: Vec<_> = self.moves.into_iter().map(|(old, new, kept)| (new, old, kept)).collect();
        moves.sort_by_key(|m| m.0.start);
        (self.text, Self { text: original, moves })
    }

    /// Where the bytes `old` are now, from the first to the last of them that is left; words put in the place of
    /// others count, words inserted at the ends do not. Gone when not one word is the same.
    pub fn truth(&self, text: &Text, old: &Range<usize>) -> Truth {
        let first = self.moves.partition_point(|m| m.0.end <= old.start);
        let mut at: Option<Range<usize>> = None;
        let mut is_left = false;
        for (from, to, kept) in self.moves[first..].iter().take_while(|m| m.0.start < old.end) {
            let same_length = from.len() == to.len();
            let head = if same_length { old.start.saturating_sub(from.start) } else { 0 };
            let tail = if same_length { from.end.saturating_sub(old.end) } else { 0 };
            let to = to.start + head..to.end - tail;
            is_left |= *kept && text.string()[from.clone()].contains(char::is_alphanumeric);
            at = Some(at.map_or(to.clone(), |r| r.start.min(to.start)..r.end.max(to.end)));
        }
        match at {
            Some(range) if is_left => Truth::At(range),
            _ => Truth::Gone,
        }
    }
}

/// What a word is to an edit.
#[derive(Clone, Copy, PartialEq)]
pub enum WordStyle {
    /// A run of letters; punctuation stays where it is.
    Letters,
    /// Whatever stands between spaces; punctuation goes with the word.
    Spaces,
}

/// Changes `share` of the words, each replaced by another word of the text, deleted, or given a new neighbour (before
/// or behind it), a third each.
pub fn change_words(text: &Text, share: f64, style: WordStyle, dice: &mut Dice) -> Edited {
    let vocabulary: Vec<&str> = text.string().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut draft = Draft::new();
    for block in text.blocks() {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut drop_space = false;
        for part in parts(text, block.range(), style) {
            let string = &text.string()[part.clone()];
            let is_word = string.contains(char::is_alphanumeric);
            if is_word && dice.chance(share) {
                let other = vocabulary[dice.below(vocabulary.len())].to_owned();
                let new = |string: String| Piece { string, old: None, kept: false };
                match dice.below(3) {
                    0 => pieces.push(Piece { string: other, old: Some(part), kept: false }),
                    1 => {
                        // The space behind a deleted word goes with it.
                        drop_space = true;
                        continue;
                    }
                    _ => {
                        let kept = Piece { string: string.to_owned(), old: Some(part), kept: true };
                        if dice.chance(0.5) {
                            pieces.extend([new(other + " "), kept]);
                        } else {
                            pieces.extend([kept, new(" ".to_owned() + &other)]);
                        }
                    }
                }
            } else if !(drop_space && string.chars().all(char::is_whitespace)) {
                let gap = if drop_space && !is_word { string.trim_start() } else { string };
                let begin = part.end - gap.len();
                pieces.push(Piece { string: gap.to_owned(), old: Some(begin..part.end), kept: true });
            }
            drop_space = false;
        }
        draft.push((block.kind, pieces));
    }
    assemble(draft)
}

/// Sets `string` anew, block by block; each word is still the same word.
pub fn set_anew(text: &Text, style: WordStyle, mut set: impl FnMut(&str) -> String) -> Edited {
    let mut draft = Draft::new();
    for block in text.blocks() {
        let pieces = parts(text, block.range(), style).into_iter().map(|part| Piece {
            string: set(&text.string()[part.clone()]),
            old: Some(part),
            kept: true,
        });
        draft.push((block.kind, pieces.collect()));
    }
    assemble(draft)
}

/// Writes the text out as Markdown: headings, items and quotations with their marks, words stressed and linked.
pub fn mark_up(text: &Text, dice: &mut Dice) -> Edited {
    let mut draft = Draft::new();
    for block in text.blocks() {
        let (first, other) = match (block.kind, dice.below(8)) {
            (BlockKind::Heading, _) => ("## ", " "),
            (_, 0) => ("- ", " "),
            (_, 1) => ("> ", "\n> "),
            (_, 2) => ("1. ", " "),
            _ => ("", " "),
        };
        let mark = |string: &str| Piece { string: string.to_owned(), old: None, kept: false };
        let mut pieces = vec![mark(first)];
        for part in parts(text, block.range(), WordStyle::Letters) {
            let string = &text.string()[part.clone()];
            let is_word = string.contains(char::is_alphanumeric);
            let link;
            let (before, behind) = match dice.below(40) {
                0 if is_word => ("*", "*"),
                1 if is_word => ("__", "__"),
                2 if is_word && dice.chance(0.3) => {
                    link = format!("](https://example.org/{})", dice.below(1000));
                    ("[", link.as_str())
                }
                _ => ("", ""),
            };
            let set = if string == " " && dice.chance(0.1) { other } else { string };
            pieces.push(mark(before));
            pieces.push(Piece { string: set.to_owned(), old: Some(part), kept: true });
            pieces.push(mark(behind));
        }
        draft.push((block.kind, pieces));
    }
    assemble(draft)
}

/// Moves `share` of the blocks to other places.
pub fn move_blocks(text: &Text, share: f64, dice: &mut Dice) -> Edited {
    let mut order: Vec<usize> = (0..text.blocks().len()).collect();
    let moved: Vec<usize> = order.iter().copied().filter(|_| dice.chance(share)).collect();
    for block in moved {
        order.retain(|&b| b != block);
        order.insert(dice.below(order.len() + 1), block);
    }
    assemble(order.into_iter().map(|b| whole(text, b)).collect())
}

/// Deletes `share` of the blocks.
pub fn delete_blocks(text: &Text, share: f64, dice: &mut Dice) -> Edited {
    assemble((0..text.blocks().len()).filter(|_| !dice.chance(share)).map(|b| whole(text, b)).collect())
}

/// Splits blocks at the ends of sentences, and runs others together.
pub fn reflow_blocks(text: &Text, share: f64, dice: &mut Dice) -> Edited {
    let mut draft = Draft::new();
    for (index, block) in text.blocks().iter().enumerate() {
        let (kind, pieces) = whole(text, index);
        let is_prose = block.kind == BlockKind::Paragraph;
        if is_prose && dice.chance(share) {
            let range = block.range();
            let ends: Vec<usize> =
                text.string()[range.clone()].match_indices(". ").map(|(i, _)| range.start + i + 2).collect();
            if !ends.is_empty() {
                let cut = ends[dice.below(ends.len())];
                for part in [range.start..cut, cut..range.end] {
                    draft.push((kind, vec![kept(text, part)]));
                }
                continue;
            }
        }
        match draft.last_mut() {
            Some((BlockKind::Paragraph, before)) if is_prose && dice.chance(share) => {
                before.push(Piece { string: " ".to_owned(), old: None, kept: false });
                before.extend(pieces);
            }
            _ => draft.push((kind, pieces)),
        }
    }
    assemble(draft)
}

fn kept(text: &Text, part: Range<usize>) -> Piece {
    Piece { string: text.string()[part.clone()].to_owned(), old: Some(part), kept: true }
}

fn whole(text: &Text, block: usize) -> (BlockKind, Vec<Piece>) {
    let block = &text.blocks()[block];
    (block.kind, vec![kept(text, block.range())])
}

/// `range` cut into words and what stands between them.
fn parts(text: &Text, range: Range<usize>, style: WordStyle) -> Vec<Range<usize>> {
    let is_in_word = |c: char| match style {
        WordStyle::Letters => c.is_alphanumeric() || matches!(c, '\'' | '’'),
        WordStyle::Spaces => !c.is_whitespace(),
    };
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for (i, c) in text.string()[range.clone()].char_indices() {
        let at = range.start + i;
        let class = is_in_word(c);
        match parts.last_mut() {
            Some(part) if last == Some(class) => part.end = at + c.len_utf8(),
            _ => parts.push(at..at + c.len_utf8()),
        }
        last = Some(class);
    }
    parts
}

fn assemble(draft: Draft) -> Edited {
    let mut builder = Builder::new();
    let mut moves = Vec::new();
    for (kind, mut pieces) in draft {
        // The builder trims blocks and drops empty ones; so that the account stays right, it must find nothing to trim.
        pieces.retain(|p| !p.string.is_empty());
        let is_space = |p: &Piece| p.string.trim().is_empty();
        pieces.drain(..pieces.iter().take_while(|p| is_space(p)).count());
        while pieces.last().is_some_and(is_space) {
            pieces.pop();
        }
        if let Some(first) = pieces.first_mut() {
            trim(first, |s| s.len() - s.trim_start().len(), |_| 0);
        }
        if let Some(last) = pieces.last_mut() {
            trim(last, |_| 0, |s| s.len() - s.trim_end().len());
        }
        if pieces.is_empty() {
            continue;
        }
        builder.begin(kind, 0);
        for piece in pieces {
            let start = builder.here();
            builder.push(&piece.string);
            if let Some(old) = piece.old {
                moves.push((old, start..builder.here(), piece.kept, piece.string));
            }
        }
    }
    let text = builder.finish();
    for (_, new, _, string) in &moves {
        assert_eq!(&text.string()[new.clone()], string, "the account of the edit is right");
    }
    let mut moves: Vec<_> = moves.into_iter().map(|(old, new, kept, _)| (old, new, kept)).collect();
    moves.sort_by_key(|m| m.0.start);
    Edited { text, moves }
}

fn trim(piece: &mut Piece, head: fn(&str) -> usize, tail: fn(&str) -> usize) {
    let (head, tail) = (head(&piece.string), tail(&piece.string));
    piece.string = piece.string[head..piece.string.len() - tail].to_owned();
    if let Some(old) = &mut piece.old
        && old.len() == piece.string.len() + head + tail
    {
        *old = old.start + head..old.end - tail;
    }
}

/// Quotation marks, dashes, apostrophes and dots as a typesetter has them.
pub fn typeset(part: &str) -> String {
    part.replace(" \"", " “")
        .replace('"', "”")
        .replace('\'', "’")
        .replace(" -- ", "\u{2009}—\u{2009}")
        .replace("...", "…")
        .replace("fi", "ﬁ")
}
