//! Whether a text is the one that things were made for under a name it has no more: what of its content proves it.

use std::collections::BTreeSet;

use memchr::memmem;

use crate::anchor::Anchor;
use crate::text::Text;

/// How long a quotation must be, in bytes, for its words to identify a text.
const TELLING: usize = 24;

/// The same where nothing else speaks for a text.
const TELLING_ALONE: usize = 2 * TELLING;

/// How many bytes of what stands beside a quotation must be there too: two texts may have the same quotation.
const BESIDE: usize = 20;

/// What proves that a text is the one that was meant; the better proof is the greater one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof {
    /// The one place there is has its words in it, once: the text may have been changed around them. That is enough to ask.
    Quotation,
    /// So many of the places are in it, each with what stood beside it: the text was changed.
    Words(usize),
    /// The text reads as it did then.
    Content,
}

impl Proof {
    /// What proves that these places are in a text; `None` where it is not proved. Two places of one passage are one: a
    /// passage may be quoted elsewhere.
    pub(super) fn of(places: &[&Anchor], text: &Text) -> Option<Self> {
        if places.iter().any(|place| place.hash != 0 && place.hash == text.hash()) {
            return Some(Self::Content);
        }
        let telling = places.iter().copied().filter(|place| place.exact.len() >= TELLING);
        let all: BTreeSet<_> = telling.clone().map(passage_of).collect();
        let there: BTreeSet<_> = telling.filter(|place| is_in(place, text.string())).map(passage_of).collect();
        // Of a text that was changed too, most of the places are still in it.
        if there.len() >= 2 && there.len() * 5 >= all.len() * 4 {
            return Some(Self::Words(there.len()));
        }
        let is_quoted = |place: &&Anchor| {
            place.exact.len() >= TELLING_ALONE && memmem::find_iter(text.string().as_bytes(), &place.exact).count() == 1
        };
        (all.len() == 1 && places.iter().any(is_quoted)).then_some(Self::Quotation)
    }
}

fn passage_of(place: &Anchor) -> (u32, Option<u32>, Option<&str>) {
    (place.passage, place.heading, place.note.as_deref())
}

/// Whether the words of a place stand in a text beside what stood beside them.
fn is_in(place: &Anchor, words: &str) -> bool {
    let before = place.prefix.trim_start();
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(BESIDE))..];
    let after = place.suffix.trim_end();
    let after = &after[..after.floor_char_boundary(BESIDE)];
    memmem::find_iter(words.as_bytes(), &place.exact).any(|at| {
        let end = at + place.exact.len();
        (!before.is_empty() && words[..at].ends_with(before))
            || (!after.is_empty() && words[end..].starts_with(after))
            || (before.is_empty() && after.is_empty())
    })
}

/// Whether what was made may well be about this text as it is now: one of the places is in it, or much of what the other
/// text has.
pub(super) fn may_be_about(places: &[&Anchor], text: &Text, other: &Text) -> bool {
    let is_there = |words: &str| memmem::find(text.string().as_bytes(), words.as_bytes()).is_some();
    if places.iter().any(|place| is_there(&place.exact)) {
        return true;
    }
    let lines = other.string().lines().filter(|line| line.len() >= TELLING);
    let (kept, all) = lines.fold((0, 0), |(kept, all), line| (kept + usize::from(is_there(line)), all + 1));
    kept * 4 >= all
}
