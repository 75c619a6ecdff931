//! The edits that texts meet with, by name.

use std::fmt;

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

    /// The bar of issue 6; where it says nothing of a sort of place, an empty one.
    pub fn bar(&self, sort: Sort) -> Bar {
        let edit = self.name.split(", ").next().unwrap_or_default();
        match (edit, sort) {
            ("5% of words", Sort::Sentence) => Bar { right: Some(99.5), exact: Some(97.0), ..Bar::default() },
            ("20% of words", Sort::Sentence) => Bar { right: Some(99.0), exact: Some(90.0), ..Bar::default() },
            ("20% of words", Sort::FewWords) => Bar { right: Some(97.0), wrong: Some(1.0), ..Bar::default() },
            ("20% of blocks moved", Sort::Sentence) => Bar { right: Some(99.0), ..Bar::default() },
            ("20% of blocks deleted", _) => Bar { attached: Some(2.0), ..Bar::default() },
            (name, Sort::Sentence | Sort::FewWords) if !name.contains('%') => {
                Bar { right: Some(99.5), ..Bar::default() }
            }
            _ => Bar::default(),
        }
    }

    /// Whether the bar is reached, rounded to whole anchors in favour of a small sample.
    pub fn holds(&self, sort: Sort, tally: &Tally) -> bool {
        self.bar(sort).holds(tally)
    }
}

/// What has to be reached, in per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bar {
    /// At least so many right.
    pub right: Option<f64>,
    /// Of those still there, at least so many with their exact bounds.
    pub exact: Option<f64>,
    /// At most so many attached to a wrong place.
    pub wrong: Option<f64>,
    /// Of those that are gone, at most so many attached anywhere.
    pub attached: Option<f64>,
}

impl Bar {
    fn holds(&self, tally: &Tally) -> bool {
        let there = tally.anchors - tally.gone;
        let least = |bar: Option<f64>, had: usize, of: usize| {
            bar.is_none_or(|bar| (of - had.min(of)) as f64 <= ((100.0 - bar) / 100.0 * of as f64).ceil())
        };
        let most = |bar: Option<f64>, had: usize, of: usize| {
            bar.is_none_or(|bar| had as f64 <= (bar / 100.0 * of as f64).ceil())
        };
        least(self.right, tally.right, tally.anchors)
            && least(self.exact, tally.exact, there)
            && most(self.wrong, tally.wrong, tally.anchors)
            && most(self.attached, tally.gone_attached, tally.gone)
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.right.map(|n| format!("right {n}")),
            self.exact.map(|n| format!("exact {n}")),
            self.wrong.map(|n| format!("wrong at most {n}")),
            self.attached.map(|n| format!("gone attached at most {n}")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
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
