//! Notes as the session has them: those on the disk, and those being written.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::keeping::RecordKey;
use super::sought::Sought;
use crate::anchor::found::Found;
use crate::layout::cells::ellipsis;
use crate::note::fault::Fault;
use crate::note::{Note, Target};
use crate::text::clean::Clean;
use crate::tour::StopId;

/// Columns of a note's first words where it is named by them.
const SAID: usize = 40;

/// The file of a note. Names it within a session; the note's own id may stand in two files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteFile(pub PathBuf);

impl NoteFile {
    /// The path.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl fmt::Display for NoteFile {
    /// The name without the folder, safe to print.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        Clean::line(&name).fmt(f)
    }
}

/// A note that is in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FiledNote {
    /// The file.
    pub file: NoteFile,
    /// The note, as far as it can be read.
    pub note: Note,
    /// What opens the text of each target.
    pub requests: Vec<String>,
    /// xxh3 of the bytes of the file: what an edit is based on.
    pub hash: u64,
    /// What is wrong with the file.
    pub faults: Vec<Fault>,
    /// Why it cannot be changed here; `None` where it can.
    pub fixed: Option<Clean>,
    /// What it is found by in the list.
    pub sought: Arc<Sought>,
}

impl FiledNote {
    /// What it is called where there is little room: its first words, “as written”; its file where it has none.
    pub fn said(&self) -> String {
        // Without the marks that a line may begin with in Markdown.
        let words = self.note.first_line().trim_start_matches(['>', '#', '-', '*', ' ']);
        match Clean::line(words).as_str() {
            "" => self.file.to_string(),
            first => format!("“{}”", ellipsis(first, SAID)),
        }
    }

    /// Whether one of its places is in the text that this opens.
    pub fn is_about(&self, request: &str) -> bool {
        self.requests.iter().any(|r| r == request)
    }
}

/// A note being written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Tells the drafts of a session apart.
    pub number: u64,
    /// What it is about; the ids of the texts are settled when it is kept.
    pub targets: Vec<Target>,
    /// What opens the text of each target.
    pub requests: Vec<String>,
    /// The id of the topic it is about.
    pub topic: Option<String>,
    /// The words.
    pub body: String,
    /// The note that it is to take the place of.
    pub of: Option<Base>,
    /// Whether the note is to be attached to `targets` instead of its own.
    pub anew: bool,
    /// The stop of a tour whose remark it is, and no note.
    pub stop: Option<StopId>,
}

/// The note that a draft was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// Its file.
    pub file: NoteFile,
    /// xxh3 of the file as it was then.
    pub hash: u64,
    /// The words as they were.
    pub body: String,
    /// The topic as it was.
    pub topic: Option<String>,
}

impl Base {
    /// What a draft of a kept note is made from.
    pub fn of(kept: &FiledNote) -> Self {
        let (body, topic) = (kept.note.body.clone(), kept.note.topic.clone());
        Self { file: kept.file.clone(), hash: kept.hash, body, topic }
    }
}

impl Draft {
    /// What an order to keep it is about.
    pub fn key(&self) -> RecordKey {
        RecordKey::Draft(self.number)
    }

    /// Whether keeping it would make a difference.
    pub fn says_something(&self) -> bool {
        match &self.of {
            Some(base) => self.anew || base.body != self.body || base.topic != self.topic,
            None => !self.body.trim().is_empty(),
        }
    }
}

/// Something that is to become of a note's file.
#[derive(Debug, Clone, PartialEq)]
pub enum NoteChange {
    /// A draft is to become a note, or to take the place of the one it was made from.
    Draft(Draft),
    /// A note is to be deleted, if it still has these bytes (by their xxh3).
    Delete(NoteFile, u64),
    /// A file is to be as it was, or to be gone again: undoing and doing again.
    Put {
        /// The file as it is now; `None` where there is to be none of this name.
        now: Option<FileVersion>,
        /// The file as it is to be; `None` for gone.
        wanted: Option<FileVersion>,
    },
}

/// The contents of a note's file at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion {
    /// The file.
    pub file: NoteFile,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// What came of a [`NoteChange`].
#[derive(Debug, Clone, PartialEq)]
pub struct NoteChanged {
    /// The number of the draft that was kept, where it was one.
    pub draft: Option<u64>,
    /// The file.
    pub file: NoteFile,
    /// The note that is in it now; `None` where it is gone.
    pub note: Option<Arc<FiledNote>>,
    /// The file before and after, for undoing; both `None` where nothing was to be undone or nothing happened.
    pub before: Option<FileVersion>,
    /// See `before`.
    pub after: Option<FileVersion>,
    /// What the reader has to know besides.
    pub told: Option<Clean>,
}

impl NoteChange {
    /// What it is about: of two changes of one thing only the later counts.
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Draft(draft) => draft.key(),
            Self::Delete(file, _) => RecordKey::Note(file.clone()),
            Self::Put { now, wanted } => {
                let version = now.as_ref().or(wanted.as_ref());
                RecordKey::Note(version.map_or_else(|| NoteFile(PathBuf::new()), |v| v.file.clone()))
            }
        }
    }
}

/// What is to become of drafts in the state folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DraftChanges {
    /// To be kept as they are.
    pub write: Vec<Draft>,
    /// The numbers of those that are done with.
    pub drop: Vec<u64>,
    /// Files of earlier sessions that are done with.
    pub old: Vec<NoteFile>,
}

/// The notes that were read, in the order of their files' names, and what could not be read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NotesRead {
    /// The notes.
    pub notes: Vec<Arc<FiledNote>>,
    /// A line for each folder that could not be read.
    pub told: Vec<Clean>,
}

/// Where a note's place is in a text that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedNote {
    /// The note.
    pub file: NoteFile,
    /// Which of its places, from 0.
    pub target: usize,
    /// What became of the place.
    pub found: Found,
}
