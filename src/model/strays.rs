//! What was made for a text that has another name or lies elsewhere by now.

use std::path::PathBuf;

use crate::anchor::{Anchor, TextId};

/// Things that may be taken over for a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stray {
    /// What opens the text.
    pub text: String,
    /// What the things call it; empty where all that is there is meant, under whatever name.
    pub name: TextId,
    /// The folder they are in.
    pub from: PathBuf,
    /// Where another text has that name by now: the hash of the text that is meant, of which alone the things are, and that
    /// of the other, whose things under the name of this text take the name in turn.
    pub swap: Option<[u64; 2]>,
    /// Whether only the words of one place speak for this text.
    pub is_guess: bool,
    /// Other texts that are as like the one that was meant.
    pub others: Vec<String>,
    /// How many notes.
    pub notes: usize,
    /// How many links, rejections and checked silences.
    pub links: usize,
    /// How many stops of a tour.
    pub stops: usize,
}

impl Stray {
    /// Whether all that is there is meant, under whatever name.
    pub fn is_all(&self) -> bool {
        self.name.as_str().is_empty()
    }

    /// Whether this place is in the text that is meant.
    pub fn means(&self, place: &Anchor) -> bool {
        place.text == self.name && self.swap.is_none_or(|[ours, _]| place.hash == ours)
    }

    /// Whether this place, of what is called as the text is now, is in the text that has the name of before.
    pub fn gives_way(&self, place: &Anchor) -> bool {
        self.swap.is_some_and(|[_, theirs]| place.hash == theirs && theirs != 0)
    }

    /// That the things may be another text's: `, or of three.md,`; nothing where there is no other.
    pub fn or_of_others(&self) -> String {
        if self.others.is_empty() { String::new() } else { format!(", or of {},", self.others.join(" or ")) }
    }

    /// How many things there are.
    pub fn count(&self) -> usize {
        self.notes + self.links + self.stops
    }

    /// What there is: `4 notes and 2 links`.
    pub fn told(&self) -> String {
        let counted = |n: usize, noun: &str| match n {
            0 => None,
            1 => Some(format!("1 {noun}")),
            n => Some(format!("{n} {noun}s")),
        };
        let all = [counted(self.notes, "note"), counted(self.links, "link"), counted(self.stops, "stop")];
        let said: Vec<String> = all.into_iter().flatten().collect();
        match said.split_last() {
            None => "nothing".to_owned(),
            Some((only, [])) => only.clone(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
        }
    }
}
