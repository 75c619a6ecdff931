//! Which texts treat which topics, and how much: the table that the map shows and `diptych topics` prints.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::link::score::told;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::coverage::Coverage;
use crate::word::counted::counted;

/// The topics on which it was checked that a text is silent.
pub(crate) type CheckedTopics = BTreeSet<TopicId>;

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
    /// How many topics of the bundled library have no row, none of the texts treating them.
    pub folded: usize,
    /// Whether one of the texts was not looked at or cannot be read, so that it may treat some of these.
    pub unsure: bool,
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
    /// Whether it is proposed from the texts, and nobody's topic yet.
    pub proposed: bool,
    /// A cell for each text.
    pub cells: Vec<GridCell>,
}

impl GridRow {
    /// The topic's name, and where it is proposed, that it is.
    pub fn named(&self) -> Cow<'_, str> {
        if self.proposed { Cow::Owned(format!("{} (proposed)", self.name)) } else { Cow::Borrowed(&self.name) }
    }
}

/// What is known of a topic in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum GridCell {
    /// Nothing: the text was not looked at, or cannot be read.
    #[default]
    Unknown,
    /// None of the topic's terms were found, or too few for a treatment.
    NotFound,
    /// The topic was not found, and the reader has checked that the text is silent.
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
pub(crate) const CHECKED: &str = "∅✓";
/// The sign of a topic that was not found.
pub(crate) const NOT_FOUND: &str = "·";

/// Four steps of strength, from 0.
pub(crate) fn step(strength: f32) -> usize {
    [0.35, 0.55, 0.75].iter().filter(|least| strength >= **least).count()
}

/// A strength as two columns of shade.
pub(crate) fn shade(strength: f32) -> &'static str {
    ["░░", "▒▒", "▓▓", "██"][step(strength)]
}

/// `3 treatments`.
pub(crate) fn treatments(count: usize) -> String {
    counted(count, "treatment")
}

/// What stands for topics of the bundled library that none of so many texts treats: `16 topics of the bundled library, in
/// neither text`; of no texts, without a word of them.
pub(crate) fn said_of_folded(count: usize, texts: usize) -> String {
    let topics = counted(count, "topic");
    let place = match texts {
        0 => "",
        1 => ", not in this text",
        2 => ", in neither text",
        _ => ", in none of these texts",
    };
    format!("{topics} of the bundled library{place}")
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
            Self::Checked => "silent, as you checked".to_owned(),
            Self::Treated { count, strength } => format!("{}, the strongest {}", treatments(count), told(strength)),
        }
    }
}

impl Grid {
    /// The topics of `codebook` in these texts, those of `proposed` among them. Borrowed topics that none of the texts treats
    /// have no row, and are counted.
    pub fn of(codebook: &Codebook, proposed: &[TopicId], texts: &[Covered]) -> Self {
        let cell = |text: &Covered, topic: &TopicId| {
            let found = text.coverage.get(topic).filter(|t| !t.is_silent());
            GridCell::of(found.map(|t| (t.treatments().len(), t.strength())), text.checked.contains(topic))
        };
        let row = |topic: &Topic| GridRow {
            id: topic.id.to_string(),
            name: topic.name.clone(),
            proposed: proposed.contains(&topic.id),
            cells: texts.iter().map(|text| cell(text, &topic.id)).collect(),
        };
        let is_folded = |topic: &Topic| {
            codebook.is_borrowed(&topic.id) && texts.iter().all(|text| cell(text, &topic.id) == GridCell::NotFound)
        };
        let (folded, shown): (Vec<_>, Vec<_>) = codebook.topics().iter().partition(|topic| is_folded(topic));
        Self {
            texts: texts.iter().map(|t| GridText { id: t.id.clone(), name: t.name.clone() }).collect(),
            rows: shown.into_iter().map(|topic| row(topic)).collect(),
            folded: folded.len(),
            unsure: false,
        }
    }

    /// `16 topics in 6 texts`, and how many have no row.
    pub fn title(&self) -> String {
        let title = format!("{} in {}", counted(self.rows.len(), "topic"), counted(self.texts.len(), "text"));
        match self.said_of_folded() {
            Some(folded) => format!("{title}; {folded}"),
            None => title,
        }
    }

    /// What is to be said of the topics that have no row, if there are any.
    pub fn said_of_folded(&self) -> Option<String> {
        (self.folded > 0).then(|| said_of_folded(self.folded, if self.unsure { 0 } else { self.texts.len() }))
    }

    /// Which of the signs that want explaining occur.
    pub fn has(&self, cell: GridCell) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|c| *c == cell)
    }
}
