//! A picker: a list that is narrowed as the reader types.

use std::sync::Arc;

use tui_input::Input;

use super::colon::Colon;
use super::command::Command;
use super::sieve::{Line, Sieve};
use crate::link::Side;
use crate::link::judgement::JudgementId;
use crate::model::notes::NoteFile;
use crate::model::sought::Sought;
use crate::text::Place;
use crate::topic::codebook::TopicId;
use crate::word::letter::{plain, plain_letters};

/// What a line in the list of notes refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// A note on the disk.
    Note(NoteFile),
    /// A draft, by its number.
    Draft(u64),
}

/// What a picker is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickerKind {
    /// A topic to hold.
    Topics,
    /// The terms of a topic.
    Terms,
    /// A command to run.
    Palette,
    /// A text to open in the focused pane.
    Texts,
    /// A pair or a text to read.
    Shelf,
    /// What other texts of the library have on the current passage.
    Elsewhere,
    /// What was found in the whole library.
    FoundInAll,
    /// A heading to go to in the focused pane.
    Contents,
    /// A note about the open texts.
    NotesOfPair,
    /// A note of the library.
    NotesOfLibrary,
    /// A note on the current passage.
    NotesHere,
    /// What the reader has judged.
    Links,
    /// The quotations that both texts have.
    Quotations,
    /// What two versions of one work differ in.
    Differences,
    /// What is referred to at the reading line.
    References,
    /// The sources that a text names for itself.
    Sources,
}

impl PickerKind {
    /// Whether it lists notes.
    pub fn is_of_notes(self) -> bool {
        matches!(self, Self::NotesOfPair | Self::NotesOfLibrary | Self::NotesHere)
    }

    /// The title of the list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Topics => "Topics",
            Self::Terms => "Terms",
            Self::Palette => "Commands",
            Self::Texts => "Open a text",
            Self::Shelf => "Your shelf",
            Self::Elsewhere | Self::FoundInAll => "In all your texts",
            Self::Contents => "Contents",
            Self::NotesOfPair => "Notes on these texts",
            Self::NotesOfLibrary => "Notes of the library",
            Self::NotesHere => "Notes on this passage",
            Self::Links => "Links",
            Self::Quotations => "Shared quotations",
            Self::Differences => "Differences",
            Self::References => "Links and addresses here",
            Self::Sources => "Sources",
        }
    }
}

/// One line of a picker.
#[derive(Debug, Clone)]
pub struct Item {
    /// What is matched and shown first.
    pub label: String,
    /// What is shown beside it, at the right: counts, keys, sizes.
    pub detail: String,
    /// A sentence about it, shown below the list while it is selected.
    pub about: String,
    /// Levels of indentation.
    pub depth: u8,
    /// Shown faintly: a topic no text treats.
    pub dim: bool,
    /// What choosing it does.
    pub choice: Choice,
}

impl Line for Item {
    fn shown(&self) -> &str {
        &self.label
    }

    fn told(&self) -> String {
        match &self.choice {
            Choice::Note { .. } => String::new(),
            _ => plain(&self.about).into_owned(),
        }
    }

    fn says(&self, word: &str) -> bool {
        matches!(&self.choice, Choice::Note { sought, .. } if sought.says(word))
    }
}

/// What choosing an item does.
#[derive(Debug, Clone)]
pub enum Choice {
    /// Holds this topic, or none.
    Topic(Option<TopicId>),
    /// Goes to where a term of a topic is met first.
    Term {
        /// The topic.
        topic: TopicId,
        /// Which of its terms, or of its exceptions.
        term: usize,
        /// Whether it is an exception.
        cancels: bool,
    },
    /// Shows the lines after it, which it stands for as long as nothing is typed.
    Unfold,
    /// Holds a proposed topic, by its index among the proposals.
    Proposal(usize),
    /// Goes to a quotation that both texts have, by its place among them.
    Quotation(usize),
    /// Goes to a difference of two versions, by its place in the list.
    Difference(usize),
    /// Goes to what the reader has judged.
    Judgement {
        /// Which.
        id: JudgementId,
        /// Who judged it, folded.
        authors: String,
        /// Whether others judged otherwise.
        disputed: bool,
    },
    /// Follows a link or an address.
    Reference(String),
    /// Tells this.
    Told(String),
    /// Runs a command.
    Run(&'static Command),
    /// Runs one of the reader's own commands.
    Hook(usize),
    /// Does what was typed as in an editor.
    Colon(Colon),
    /// Opens the text with this path or id.
    Open(String),
    /// Opens two texts side by side, where they were left.
    Pair([String; 2]),
    /// Opens a passage that was found in the library.
    Found {
        /// What opens it.
        request: String,
        /// Whether in the other pane.
        across: bool,
    },
    /// Opens a text, and the next one beside it where nothing is there.
    Begin(String),
    /// Goes to a place in a pane.
    Go(Side, Place),
    /// Goes to the passage of a note, or continues a draft.
    Note {
        /// Which.
        listed: Listed,
        /// What the list is narrowed by.
        sought: Arc<Sought>,
        /// The name and the id of its topic, in small letters.
        topic: Option<Arc<str>>,
        /// What is out of the ordinary with it: `orphaned`, `faults`, `not saved`.
        state: Option<&'static str>,
    },
}

/// A list with a line to type on.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What it is for.
    pub kind: PickerKind,
    /// What was typed.
    pub input: Input,
    /// Everything there is to pick from.
    pub items: Vec<Item>,
    /// The items that match, best first: indices into `items`, with the characters of the label that matched.
    pub matching: Vec<(usize, Vec<usize>)>,
    /// Which of `matching` is selected.
    pub selected: usize,
    /// Whether what a line stands for was asked to be shown.
    unfolded: bool,
}

impl Picker {
    /// All of `items`, the one at index `selected` selected.
    pub fn new(kind: PickerKind, items: Vec<Item>, selected: usize) -> Self {
        let mut picker =
            Self { kind, input: Input::default(), items, matching: Vec::new(), selected: 0, unfolded: false };
        picker.narrow();
        picker.selected = selected.min(picker.matching.len().saturating_sub(1));
        picker
    }

    /// Finds the items that match what is typed. To be called when that has changed.
    pub fn narrow(&mut self) {
        let typed = self.input.value();
        self.matching = match self.kind {
            kind if kind.is_of_notes() => narrowed(typed, &self.items),
            PickerKind::Links => narrowed_links(typed, &self.items),
            _ => rank(typed, &self.items, self.unfolded_items()),
        };
        self.selected = 0;
    }

    /// How many items there are as long as nothing is typed.
    pub fn count(&self) -> usize {
        match self.fold() {
            Some(at) if !self.unfolded => at + 1,
            Some(_) => self.items.len() - 1,
            None => self.items.len(),
        }
    }

    /// Shows what the selected line stands for, in its place.
    pub(super) fn unfold(&mut self) {
        let selected = self.selected;
        self.unfolded = true;
        self.narrow();
        self.selected = selected.min(self.matching.len().saturating_sub(1));
    }

    fn fold(&self) -> Option<usize> {
        self.items.iter().position(|item| matches!(item.choice, Choice::Unfold))
    }

    /// The items without the line that stands for others, or without those others: what is typed finds all of them.
    fn unfolded_items(&self) -> impl Iterator<Item = (usize, &Item)> + Clone {
        let fold = self.fold();
        let is_folded = !self.unfolded && self.input.value().trim().is_empty();
        let shown = move |at: &usize| fold.is_none_or(|fold| if is_folded { *at <= fold } else { *at != fold });
        self.items.iter().enumerate().filter(move |(at, _)| shown(at))
    }

    /// Replaces the items, keeping what is typed and, where it can, what is selected.
    pub(super) fn refill(&mut self, items: Vec<Item>) {
        // Where there was nothing to select but a line that stands for others, what has come is selected.
        let label = self.chosen().filter(|i| !matches!(i.choice, Choice::Unfold)).map(|i| i.label.clone());
        self.items = items;
        self.narrow();
        let at = label.and_then(|l| self.matching.iter().position(|(i, _)| self.items[*i].label == l));
        self.selected = at.unwrap_or(0);
    }

    /// The selected item.
    pub fn chosen(&self) -> Option<&Item> {
        self.matching.get(self.selected).map(|(i, _)| &self.items[*i])
    }

    /// Moves the selection by `by`; a single step goes around the ends.
    pub fn step(&mut self, by: i64) {
        let count = self.matching.len() as i64;
        if count == 0 {
            return;
        }
        let target = self.selected as i64 + by;
        let around = by.abs() == 1;
        self.selected = if around { target.rem_euclid(count) } else { target.clamp(0, count - 1) } as usize;
    }
}

/// The notes that are narrowed by `#tag`, `topic:…`, `text:…`, `author:…`, `state:…` or a date, and match the other words. Among those
/// that match alike the order stays.
fn narrowed(typed: &str, items: &[Item]) -> Vec<(usize, Vec<usize>)> {
    let lower = plain(typed);
    let (narrowing, words): (Vec<&str>, Vec<&str>) = lower.split_whitespace().partition(|word| narrows(word));
    let has = |item: &Item, word: &str| {
        let Choice::Note { sought, topic, state, .. } = &item.choice else { return false };
        match word.strip_prefix("state:") {
            Some(part) => state.is_some_and(|state| state.contains(part)),
            None => sought.is_of(word, topic.as_deref()),
        }
    };
    let left = items.iter().enumerate().filter(|(_, item)| narrowing.iter().all(|word| has(item, word)));
    rank(&words.join(" "), items, left)
}

/// The judgements of the authors named by `author:…`, or that are disputed (`state:disputed`), that match the other words.
fn narrowed_links(typed: &str, items: &[Item]) -> Vec<(usize, Vec<usize>)> {
    let lower = plain(typed);
    let (narrowing, words): (Vec<&str>, Vec<&str>) =
        lower.split_whitespace().partition(|word| word.starts_with("author:") || word.starts_with("state:"));
    let is_by = |item: &Item, word: &str| {
        let Choice::Judgement { authors, disputed, .. } = &item.choice else { return false };
        match word.strip_prefix("state:") {
            Some(part) => *disputed && "disputed".starts_with(part),
            None => authors.contains(word.trim_start_matches("author:")),
        }
    };
    let left = items.iter().enumerate().filter(|(_, item)| narrowing.iter().all(|word| is_by(item, word)));
    rank(&words.join(" "), items, left)
}

/// Whether a word narrows a list of notes instead of being looked for: `#tag`, `topic:x`, `2026-08`.
fn narrows(word: &str) -> bool {
    let is_date = word.len() >= 4
        && word.bytes().take(4).all(|b| b.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let key = word.split_once(':').map(|(key, _)| key);
    (word.starts_with('#') && word.len() > 1)
        || is_date
        || matches!(key, Some("topic" | "text" | "date" | "state" | "author"))
}

/// Which characters of a label stand for these letters of its folded form.
fn in_label(label: &str, letters: Vec<usize>) -> Vec<usize> {
    if label.is_ascii() && !label.contains("  ") {
        return letters;
    }
    let places: Vec<usize> = plain_letters(label).map(|(_, byte)| byte).collect();
    let bytes = letters.into_iter().filter_map(|letter| places.get(letter));
    let mut chars: Vec<usize> = bytes.map(|byte| label[..*byte].chars().count()).collect();
    chars.dedup();
    chars
}

/// The items that have what was typed, best first.
fn rank<'i>(
    typed: &str,
    all: &[Item],
    shown: impl Iterator<Item = (usize, &'i Item)> + Clone,
) -> Vec<(usize, Vec<usize>)> {
    let sieve = Sieve::of(typed);
    if sieve.is_open() {
        return shown.map(|(at, _)| (at, Vec::new())).collect();
    }
    sieve.sift(shown).into_iter().map(|kept| (kept.at, in_label(&all[kept.at].label, kept.letters))).collect()
}
