//! Why a text could not be opened: which one, what is wrong with it, and what its reader can do. Always one line.

use std::io;

use thiserror::Error;

use super::apart::ApartError;
use super::imports::NoText;
use super::said::io_words;
use crate::text::clean::Clean;

/// A text that could not be opened. What was asked for stands first, as it was written.
#[derive(Debug, Error)]
pub enum LoadError {
    /// Neither a file nor a text of the library has this name.
    #[error("{what}: no such file{advice}")]
    Missing {
        /// What was asked for.
        what: Clean,
        /// `; did you mean …?`, where something can be said.
        advice: Clean,
    },
    /// A folder.
    #[error("{what}: this is a folder; name a text in it{example}")]
    Folder {
        /// What was asked for.
        what: Clean,
        /// `, as folder/text.md`, where there is one.
        example: Clean,
    },
    /// A folder was to be read, and has no texts.
    #[error("{what}: there are no texts in this folder")]
    NoTexts {
        /// What was asked for.
        what: Clean,
    },
    /// A terminal, a disk, a socket.
    #[error("{what}: this is a device, not a text; name a file, or - for what is piped in")]
    Device {
        /// What was asked for.
        what: Clean,
    },
    /// Standard input was asked for, but it is the keyboard.
    #[error("-: nothing is piped in; write `command | diptych - OTHER`, or name a file")]
    NothingPiped,
    /// The system does not let it be read.
    #[error("{what}: cannot be read ({}); {}", io_words(why), unreadable_advice(why))]
    Unreadable {
        /// What was asked for.
        what: Clean,
        /// What the system says.
        why: io::Error,
    },
    /// There is no text in it.
    #[error("{what}: {why}")]
    NoText {
        /// What was asked for.
        what: Clean,
        /// What it is instead.
        why: NoText,
    },
}

impl LoadError {
    /// Whether nothing is wrong but that nobody waits for the text any more.
    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::NoText { why: NoText::Apart(ApartError::Stopped), .. })
    }

    /// The error as the one line that is shown to the reader.
    pub fn line(&self) -> Clean {
        Clean::line(&self.to_string())
    }
}

fn unreadable_advice(e: &io::Error) -> &'static str {
    match e.kind() {
        io::ErrorKind::PermissionDenied => "ask its owner, or make it readable with chmod",
        io::ErrorKind::NotFound => "it was there a moment ago: look where it went",
        _ => "try another copy of it",
    }
}
