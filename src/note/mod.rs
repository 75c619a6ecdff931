//! Notes: the reader's words, anchored to a passage, a stretch of one, or a pair of passages.
//!
//! A note is one Markdown file that other programs read as well (Obsidian, zk, a pager): front matter with what the
//! program needs, the quoted passage as a block quotation with its citation, then the reader's words. [`file`] reads such
//! a file whatever has become of it, and writes a new one; [`edit`] changes one without touching the rest of it.
//!
//! A note stores anchors, never rows; whether its passages are still there is asked of [`crate::anchor::find::Finder`].

pub(crate) mod edit;
pub(crate) mod fault;
pub mod file;
pub mod name;
pub mod stamp;
pub(crate) mod tag;

mod front;
mod quoted;

use std::fmt;

use crate::anchor::Anchor;
use crate::note::stamp::Stamp;

/// The name that a note keeps for good, even when its file is renamed: the one its file was first given, without the ending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub String);

impl fmt::Display for NoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The reader's words, and what they are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is called.
    pub id: NoteId,
    /// When it was made; `None` where its file does not say.
    pub created: Option<Stamp>,
    /// Who made it; `None` where its file does not say.
    pub author: Option<String>,
    /// When it was last changed in Diptych.
    pub modified: Option<Stamp>,
    /// The tags of the front matter, without `#`. Those written in the words are found by [`Note::tags`].
    pub listed_tags: Vec<String>,
    /// The id of a topic.
    pub topic: Option<String>,
    /// What it is about: one passage or stretch, or two for a pair (left, then right). None for a note that belongs to no
    /// passage, or whose anchors were edited away.
    pub targets: Vec<Target>,
    /// The reader's words, letter for letter, with line breaks as `\n`.
    pub body: String,
}

/// A place that a note is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where, and in which words.
    pub anchor: Anchor,
    /// Author, title, date and number of the passage, as written when the note was made; empty where the file does not
    /// say.
    pub citation: String,
}

impl Target {
    /// The title of the text, as its citation has it; where there is none, the name of its file.
    pub fn title(&self) -> &str {
        let file = || self.anchor.text.as_str().rsplit(['/', ':']).next().unwrap_or_default();
        self.cited_title().unwrap_or_else(file)
    }

    /// The title of the text, as its citation has it.
    pub fn cited_title(&self) -> Option<&str> {
        match self.citation.split('*').collect::<Vec<_>>().as_slice() {
            [_, title, _] if !title.is_empty() => Some(title),
            _ => None,
        }
    }
}

impl Note {
    /// A note of which nothing is known but what it is called.
    pub fn empty(id: NoteId) -> Self {
        Self {
            id,
            created: None,
            author: None,
            modified: None,
            listed_tags: Vec::new(),
            topic: None,
            targets: Vec::new(),
            body: String::new(),
        }
    }

    /// All tags, those of the front matter first, then `#those` written in the words; each once.
    pub fn tags(&self) -> Vec<&str> {
        let mut tags: Vec<&str> = Vec::new();
        for tag in self.listed_tags.iter().map(String::as_str).chain(tag::tags_in(&self.body)) {
            if !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                tags.push(tag);
            }
        }
        tags
    }

    /// The first line of its words that says something, for lists.
    pub fn first_line(&self) -> &str {
        self.body.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or("")
    }
}
