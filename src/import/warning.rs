//! What an import has to say: what it decoded, repaired, or left as it was.

use std::fmt;

use crate::text::clean::Clean;

/// One line about what an import did or could not do, in words for the reader of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    kind: WarningKind,
    line: Clean,
}

/// Whether a warning asks for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningKind {
    /// What was decoded or repaired, and is right so.
    Told,
    /// What of the file is not in the text: right so, and yet whoever reads the text should know.
    Left,
    /// What a person should look at: something is lost, in doubt, or not as it says it is.
    Fault,
    /// A repair that put the pages in another order than in the file.
    Moved,
}

impl Warning {
    /// What was done, told in `line`; it is cleaned, because it may quote the file.
    pub fn new(line: &str) -> Self {
        Self { kind: WarningKind::Told, line: Clean::line(line) }
    }

    /// What was left out, told in `line`, which is cleaned.
    pub fn left(line: &str) -> Self {
        Self { kind: WarningKind::Left, line: Clean::line(line) }
    }

    /// What a person should look at, in `line`, which is cleaned.
    pub fn fault(line: &str) -> Self {
        Self { kind: WarningKind::Fault, line: Clean::line(line) }
    }

    /// The warning that the pages are in another order than in the file, told in `line`, which is cleaned.
    pub fn moved(line: &str) -> Self {
        Self { kind: WarningKind::Moved, line: Clean::line(line) }
    }

    /// This warning, said of `file`.
    #[must_use]
    pub fn of_file(&self, file: &str) -> Self {
        Self { kind: self.kind, line: Clean::line(&format!("{file}: {}", self.line)) }
    }

    /// Whether it asks for anything.
    pub fn kind(&self) -> WarningKind {
        self.kind
    }

    /// Whether a person should look at it.
    pub fn is_fault(&self) -> bool {
        matches!(self.kind, WarningKind::Fault | WarningKind::Moved)
    }

    /// Whether it says that pages stand in another order than in the file.
    pub fn is_of_moved_pages(&self) -> bool {
        self.kind == WarningKind::Moved
    }

    /// Whether every command that reads the text tells it, and not only the import.
    pub fn is_told_to_readers(&self) -> bool {
        self.kind != WarningKind::Told
    }

    /// What it says.
    pub fn as_str(&self) -> &str {
        self.line.as_str()
    }

    /// What it says, as the line it is.
    pub fn line(&self) -> &Clean {
        &self.line
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}
