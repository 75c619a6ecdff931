//! The edits that texts meet with, by name.

use diptych::text::Text;

use super::edits::{self, Edited, WordStyle};
use super::prose::Dice;

/// A case: its name, and how it edits a text.
pub type Case = (&'static str, fn(&Text, &mut Dice) -> Edited);

pub const CASES: &[Case] = &[
    ("nothing", |t, _| edits::set_anew(t, WordStyle::Spaces, str::to_owned)),
    ("5% of words", |t, d| edits::change_words(t, 0.05, WordStyle::Letters, d)),
    ("5% of words, with marks", |t, d| edits::change_words(t, 0.05, WordStyle::Spaces, d)),
    ("20% of words", |t, d| edits::change_words(t, 0.2, WordStyle::Letters, d)),
    ("20% of words, with marks", |t, d| edits::change_words(t, 0.2, WordStyle::Spaces, d)),
    ("20% of blocks moved", |t, d| edits::move_blocks(t, 0.2, d)),
    ("20% of blocks deleted", |t, d| edits::delete_blocks(t, 0.2, d)),
    ("typeset", |t, _| edits::set_anew(t, WordStyle::Letters, edits::typeset)),
    ("wrapped", |t, d| {
        edits::set_anew(t, WordStyle::Spaces, |part| if part == " " && d.chance(0.1) { "\n".into() } else { part.into() })
    }),
    ("blocks split and joined", |t, d| edits::reflow_blocks(t, 0.3, d)),
    ("hyphenated at line ends", |t, d| {
        edits::set_anew(t, WordStyle::Letters, |part| edits::hyphenate(part, "-\n", 0.3, d))
    }),
    ("hyphenated and joined", |t, d| edits::set_anew(t, WordStyle::Letters, |part| edits::hyphenate(part, "- ", 0.3, d))),
    ("soft hyphens", |t, d| edits::set_anew(t, WordStyle::Letters, |part| edits::hyphenate(part, "\u{ad}", 0.9, d))),
    ("capitals", |t, d| {
        edits::set_anew(t, WordStyle::Letters, |part| if d.chance(0.3) { part.to_uppercase() } else { part.into() })
    }),
];
