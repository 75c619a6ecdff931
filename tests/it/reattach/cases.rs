//! The edits that texts meet with, by name.

use diptych::text::Text;

use super::edits::{self, Edited, WordStyle};
use super::measure::{Sort, Tally};
use super::prose::Dice;

/// A case: its name, and how it edits a text.
pub struct Case {
    pub name: &'static str,
    edit: fn(&Text, &mut Dice) -> Edited,
    /// The edited text is the old one, the text given the new one.
    is_backwards: bool,
}

impl Case {
    /// The text as it was, and as it became.
    pub fn apply(&self, text: &Text, dice: &mut Dice) -> (Text, Edited) {
        let edited = (self.edit)(text, dice);
        if self.is_backwards { edited.reversed(text.clone()) } else { (text.clone(), edited) }
    }

    /// Whether the bar of issue 6 is reached, rounded to whole anchors in favour of a small sample. Where the issue says
    /// nothing of a sort of place, anything reaches it.
    pub fn holds(&self, sort: Sort, tally: &Tally) -> bool {
        let may_miss = |share: f64, of: usize| (share * of as f64).ceil();
        let (all, there) = (tally.anchors, tally.anchors - tally.gone);
        let missed = |share: f64| (all - tally.right) as f64 <= may_miss(share, all);
        let inexact = |share: f64| (there - tally.exact.min(there)) as f64 <= may_miss(share, there);
        let edit = self.name.split(", ").next().unwrap_or_default();
        match (edit, sort) {
            ("5% of words", Sort::Sentence) => missed(0.005) && inexact(0.03),
            ("20% of words", Sort::Sentence) => missed(0.01) && inexact(0.1),
            ("20% of words", Sort::FewWords) => missed(0.03) && tally.wrong as f64 <= may_miss(0.01, all),
            ("20% of blocks moved", Sort::Sentence) => missed(0.01),
            ("20% of blocks deleted", _) => tally.gone_attached as f64 <= may_miss(0.02, tally.gone),
            (name, Sort::Sentence | Sort::FewWords) if !name.contains('%') => missed(0.005),
            _ => true,
        }
    }
}

const fn case(name: &'static str, edit: fn(&Text, &mut Dice) -> Edited) -> Case {
    Case { name, edit, is_backwards: false }
}

const fn undone(name: &'static str, edit: fn(&Text, &mut Dice) -> Edited) -> Case {
    Case { name, edit, is_backwards: true }
}

pub const CASES: &[Case] = &[
    case("5% of words", |t, d| edits::change_words(t, 0.05, WordStyle::Letters, d)),
    case("5% of words, with marks", |t, d| edits::change_words(t, 0.05, WordStyle::Spaces, d)),
    case("20% of words", |t, d| edits::change_words(t, 0.2, WordStyle::Letters, d)),
    case("20% of words, with marks", |t, d| edits::change_words(t, 0.2, WordStyle::Spaces, d)),
    case("20% of blocks moved", |t, d| edits::move_blocks(t, 0.2, d)),
    case("20% of blocks deleted", |t, d| edits::delete_blocks(t, 0.2, d)),
    case("typeset", |t, _| edits::set_anew(t, WordStyle::Letters, edits::typeset)),
    undone("typeset, undone", |t, _| edits::set_anew(t, WordStyle::Letters, edits::typeset)),
    case("wrapped", |t, d| edits::set_anew(t, WordStyle::Spaces, |part| wrap(part, d))),
    case("blocks split and joined", |t, d| edits::reflow_blocks(t, 0.3, d)),
    case("hyphenated", |t, d| edits::set_anew(t, WordStyle::Letters, |part| hyphenate(part, "-\n", 0.3, d))),
    undone("hyphenated, undone", |t, d| edits::set_anew(t, WordStyle::Letters, |part| hyphenate(part, "- ", 0.3, d))),
    case("soft hyphens", |t, d| edits::set_anew(t, WordStyle::Letters, |part| hyphenate(part, "\u{ad}", 0.9, d))),
    case("capitals", |t, d| edits::set_anew(t, WordStyle::Letters, |part| shout(part, d))),
    undone("plain text as Markdown", edits::mark_up),
    case("Markdown as plain text", edits::mark_up),
];

fn wrap(part: &str, dice: &mut Dice) -> String {
    if part == " " && dice.chance(0.1) { "\n".to_owned() } else { part.to_owned() }
}

/// Breaks words longer than seven letters with `hyphen`, in `share` of the cases.
fn hyphenate(word: &str, hyphen: &str, share: f64, dice: &mut Dice) -> String {
    let at = word.len() / 2;
    let is_plain = word.len() > 7 && word.bytes().all(|b| b.is_ascii_lowercase());
    if is_plain && dice.chance(share) { format!("{}{hyphen}{}", &word[..at], &word[at..]) } else { word.to_owned() }
}

fn shout(part: &str, dice: &mut Dice) -> String {
    if dice.chance(0.3) { part.to_uppercase() } else { part.to_owned() }
}
