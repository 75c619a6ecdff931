//! Which texts treat which topics, and how much: the table that the map shows and `diptych topics` prints.

use std::collections::BTreeSet;

use crate::topic::codebook::{Codebook, TopicId};
use crate::topic::coverage::Coverage;

/// The topics on which it was checked that a text is silent.
pub type CheckedTopics = BTreeSet<TopicId>;

/// A text and its coverage.
#[derive(Debug, Clone)]
pub struct Covered {
    /// What opens the text.
    pub id: String,
    /// Its title, else the name of its file.
    pub name: String,
    /// What it treats.
    pub coverage: Coverage,
    /// The topics on which it was checked that it is silent.
    pub checked: CheckedTopics,
}

/// The table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// Its columns.
    pub texts: Vec<GridText>,
    /// Its rows.
    pub rows: Vec<GridRow>,
}

/// A text of the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridText {
    /// What opens it.
    pub id: String,
    /// Its title, else the name of its file.
    pub name: String,
}

/// A topic, and what each text says on it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GridRow {
    /// The topic's id.
    pub id: String,
    /// The topic's name.
    pub name: String,
    /// A cell for each text.
    pub cells: Vec<GridCell>,
}

/// What is known of a topic in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum GridCell {
    /// Nothing: the text was not looked at, or cannot be read.
    #[default]
    Unknown,
    /// None of the topic's terms were found, or too few for a treatment.
    NotFound,
    /// The same, and the reader has checked that the text is silent.
    Checked,
    /// The text treats it.
    Treated {
        /// In how many treatments.
        count: usize,
        /// The strength of the strongest, 0 to 1.
        strength: f32,
    },
}

/// The sign of a silence that was checked.
pub const CHECKED: &str = "∅✓";
/// The sign of a topic that was not found.
pub const NOT_FOUND: &str = "·";

/// Four steps of strength, from 0.
pub fn step(strength: f32) -> usize {
    [0.35, 0.55, 0.75].iter().filter(|least| strength >= **least).count()
}

/// A strength as two columns of shade.
pub fn shade(strength: f32) -> &'static str {
    ["░░", "▒▒", "▓▓", "██"][step(strength)]
}

/// `3 treatments`.
pub fn treatments(count: usize) -> String {
    if count == 1 { "1 treatment".to_owned() } else { format!("{count} treatments") }
}

impl GridCell {
    /// A cell of a text that was looked at.
    pub fn of(treated: Option<(usize, f32)>, checked: bool) -> Self {
        match treated {
            Some((count, strength)) => Self::Treated { count, strength },
            None if checked => Self::Checked,
            None => Self::NotFound,
        }
    }

    /// The cell in words.
    pub fn in_words(self) -> String {
        match self {
            Self::Unknown => "not known".to_owned(),
            Self::NotFound => "not found".to_owned(),
            Self::Checked => "silent, as was checked".to_owned(),
            Self::Treated { count, strength } => format!("{}, the strongest {strength:.2}", treatments(count)),
        }
    }
}

impl Grid {
    /// The topics of `codebook` in these texts.
    pub fn of(codebook: &Codebook, texts: &[Covered]) -> Self {
        let cell = |text: &Covered, topic: &TopicId| {
            let found = text.coverage.get(topic).filter(|t| !t.is_silent());
            GridCell::of(found.map(|t| (t.treatments().len(), t.strength())), text.checked.contains(topic))
        };
        let rows = codebook.topics().iter().map(|topic| GridRow {
            id: topic.id.to_string(),
            name: topic.name.clone(),
            cells: texts.iter().map(|text| cell(text, &topic.id)).collect(),
        });
        Self {
            texts: texts.iter().map(|t| GridText { id: t.id.clone(), name: t.name.clone() }).collect(),
            rows: rows.collect(),
        }
    }

    /// `16 topics in 6 texts`.
    pub fn title(&self) -> String {
        let counted = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        format!("{} in {}", counted(self.rows.len(), "topic"), counted(self.texts.len(), "text"))
    }

    /// Which of the signs that want explaining occur.
    pub fn has(&self, cell: GridCell) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|c| *c == cell)
    }
}
