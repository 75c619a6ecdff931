//! Commands of the reader's own: a program that a key calls, what it is given, and what it may answer.
//!
//! Only the reader's settings name such programs, and what is run is what stands there, word for word: nothing of a text
//! is ever part of it. The texts' words go to its standard input, as one JSON object.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A program that is called by a key or from the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// What it is called in the palette.
    pub name: String,
    /// The keys that call it, as in keymap.toml; empty for none.
    pub key: String,
    /// The program and its arguments. No shell reads them.
    pub run: Vec<String>,
    /// What it does, in one line.
    pub about: String,
    /// For so many seconds it may run.
    pub seconds: u16,
    /// Where it is written: the file, and line and column of its name.
    pub at: (PathBuf, (u32, u32)),
}

/// So many seconds a program may run where nothing is said of that.
pub const SECONDS: u16 = 10;

impl Hook {
    /// What it does: as the reader says it, else the program's name.
    pub fn help(&self) -> String {
        let program = self.run.first().map_or("", String::as_str);
        if self.about.is_empty() { format!("Run {program}") } else { self.about.clone() }
    }
}

/// What a program is given on its standard input.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Given {
    /// The name of the command.
    pub command: String,
    /// Which pane leads: `left` or `right`.
    pub side: &'static str,
    /// What is selected there.
    pub selection: Option<Selected>,
    /// The passage that is read there, whole.
    pub passage: Option<OfPassage>,
    /// The pair at the hinge.
    pub pair: Option<OfPair>,
    /// The text on the left, and where it is read.
    pub left: Option<OfText>,
    /// The text on the right.
    pub right: Option<OfText>,
    /// The topic that is held.
    pub topic: Option<OfTopic>,
    /// The selection, else the passage, quoted and cited.
    pub citation: Option<String>,
    /// A URL that opens both texts where they are read.
    pub link: Option<String>,
}

/// A selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Selected {
    /// The words.
    pub text: String,
    /// The first passage it touches.
    pub from: u32,
    /// The last one.
    pub to: u32,
}

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfPassage {
    /// Its number.
    pub passage: u32,
    /// Its words.
    pub text: String,
}

/// A pair, and why it is one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfPair {
    /// On the left.
    pub left: OfPassage,
    /// On the right.
    pub right: OfPassage,
    /// The share of pairs with this score that were right, 0 to 1.
    pub score: f64,
    /// What both have.
    pub because: Vec<String>,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfText {
    /// What opens it: a path or an id.
    pub id: String,
    /// Its title, else its name.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub date: Option<String>,
    /// The passage at which it is read.
    pub passage: Option<u32>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfTopic {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What a program answers. Of other fields nothing is said: another version may know them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct HookAnswer {
    /// Something to tell the reader.
    pub message: Option<String>,
    /// The words of a note, which the reader saves or not.
    pub note: Option<String>,
}
