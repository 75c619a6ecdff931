//! What was made for a text that has another name or lies elsewhere by now.

use std::path::PathBuf;

use crate::anchor::TextId;

/// Things that may be taken over for a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// What opens the text.
    pub text: String,
    /// What the things call it; empty where all that is there is meant, under whatever name.
    pub name: TextId,
    /// The folder they are in.
    pub from: PathBuf,
    /// How many notes.
    pub notes: usize,
    /// How many links, rejections and checked silences.
    pub links: usize,
    /// How many stops of a tour.
    pub stops: usize,
}

impl Stray {
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
