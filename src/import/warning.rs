//! What an import has to say: what it decoded, repaired, or left as it was.

use std::fmt;

use crate::text::clean::Clean;

/// One line about what an import did or could not do, in words for the reader of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning(Clean);

impl Warning {
    /// A warning that says `line`; it is cleaned, because it may quote the file.
    pub fn new(line: &str) -> Self {
        Self(Clean::line(line))
    }

    /// What it says.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
