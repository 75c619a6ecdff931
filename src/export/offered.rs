//! What the reader is told of each export: the question for the file, the endings that it may have, the usual name.

use super::comparison;
use crate::model::exporting::Export;

impl Export {
    /// What is written.
    fn what(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Handout => "handout",
            Self::HandoutWithNotes => "handout with your notes",
            Self::Map => "map",
            Self::Quotations => "shared quotations",
            Self::Tour => "handout of the tour",
            Self::Cards => "cards for Anki",
        }
    }

    /// The endings that a file may have, the usual one first.
    fn endings(self) -> Vec<&'static str> {
        match self {
            Self::Notes => vec!["md", "html", "json", "qdpx"],
            Self::Handout | Self::HandoutWithNotes => comparison::handouts().map(|form| form.ending).collect(),
            Self::Map => vec!["html", "svg", "txt"],
            Self::Quotations => vec!["html"],
            Self::Tour => vec!["html", "md"],
            Self::Cards => vec!["txt"],
        }
    }

    /// The same as they are told: `.md`.
    fn endings_dotted(self) -> Vec<String> {
        self.endings().iter().map(|ending| format!(".{ending}")).collect()
    }

    /// `notes to the file (.md .html .json .qdpx)`
    pub fn question(self) -> String {
        format!("{} to the file ({})", self.what(), self.endings_dotted().join(" "))
    }

    /// What is said of a name with another ending.
    pub fn endings_told(self) -> String {
        let told = match self.endings_dotted().as_slice() {
            [one] => one.clone(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
            [] => String::new(),
        };
        format!("end the name in {told}: that says in which format")
    }

    /// What the file is called where the reader gives no name; `texts` are those that it is about.
    pub fn usual_file(self, texts: &str) -> String {
        let ending = self.endings().first().copied().unwrap_or_default();
        match self {
            Self::Notes => format!("{texts}-notes.{ending}"),
            Self::Handout => format!("{texts}.{ending}"),
            Self::HandoutWithNotes => format!("{texts}-with-notes.{ending}"),
            Self::Quotations => format!("{texts}-quotations.{ending}"),
            Self::Map => format!("map.{ending}"),
            Self::Tour => format!("tour.{ending}"),
            Self::Cards => format!("{texts}-cards.{ending}"),
        }
    }
}
