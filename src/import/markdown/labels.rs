//! The labels of footnotes. Where each chapter counts its notes from 1, a mark means the note of its own chapter: the next
//! one of that label, or, where all notes stand at the end of the text, that of the group which is its chapter's. Such
//! notes are counted through, because a label means one note.

use std::collections::{HashMap, HashSet};

use memchr::memmem;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::text::clean::clean_text;

/// What marks and notes are called.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// By their places in the source, where labels come again.
    counted: HashMap<usize, String>,
    /// By their labels in lower case, as they were first written.
    written: HashMap<String, String>,
}

impl Labels {
    pub(super) fn of(source: &str, options: Options) -> Self {
        let counted = if labels_come_again(source) { count(source, options) } else { HashMap::new() };
        Self { counted, written: HashMap::new() }
    }

    /// The label of the mark or the note at byte `at`, written as `label`. Labels match whatever their case; the first
    /// one seen is shown.
    pub(super) fn at(&mut self, at: usize, label: &str) -> String {
        if let Some(counted) = self.counted.get(&at) {
            return counted.clone();
        }
        self.written.entry(label.to_lowercase()).or_insert_with(|| clean_text(label).into_owned()).clone()
    }

    /// A label like `label` that no note has.
    pub(super) fn fresh(&mut self, label: &str) -> String {
        let taken = |l: &String| self.written.contains_key(&l.to_lowercase()) || self.counted.values().any(|c| c == l);
        let fresh = (2..=u32::MAX).map(|times| format!("{label}-{times}")).find(|l| !taken(l)).unwrap_or_default();
        self.written.insert(fresh.to_lowercase(), fresh.clone());
        fresh
    }
}

/// Whether two lines begin notes of one label, as far as a glance tells.
fn labels_come_again(source: &str) -> bool {
    let mut seen = HashSet::new();
    memmem::find_iter(source.as_bytes(), b"[^").any(|at| {
        let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
        if !source[start..at].trim_start_matches([' ', '\t', '>', '-', '*', '+']).is_empty() {
            return false;
        }
        let line = source[at + 2..].split('\n').next().unwrap_or("");
        let label = line.split_once("]:").map(|(label, _)| label).filter(|label| !label.contains(']'));
        label.is_some_and(|label| !seen.insert(label.to_lowercase()))
    })
}

/// Where headings, marks and notes stand.
#[derive(Debug, Default)]
struct Found {
    headings: Vec<(usize, u8)>,
    marks: Vec<(usize, String)>,
    notes: Vec<(usize, String)>,
}

fn count(source: &str, options: Options) -> HashMap<usize, String> {
    let mut found = Found::default();
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => found.headings.push((range.start, level as u8)),
            Event::Start(Tag::FootnoteDefinition(label)) => found.notes.push((range.start, label.to_lowercase())),
            Event::FootnoteReference(label) => found.marks.push((range.start, label.to_lowercase())),
            _ => {}
        }
    }
    let mut seen = HashSet::new();
    if found.notes.iter().all(|(_, label)| seen.insert(label.as_str())) {
        return HashMap::new();
    }
    let meant = found.by_groups().unwrap_or_else(|| found.by_place());
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    let mut counted = HashMap::new();
    for ((at, _), note) in found.marks.iter().zip(&meant) {
        if let Some(note) = note {
            let fresh = numbers.len() + 1;
            let number = *numbers.entry(*note).or_insert(fresh);
            counted.insert(*at, number.to_string());
        }
    }
    for (note, (at, _)) in found.notes.iter().enumerate() {
        let fresh = numbers.len() + 1;
        counted.insert(*at, numbers.entry(note).or_insert(fresh).to_string());
    }
    counted
}

impl Found {
    /// The note that each mark means: the next one of its label; after the last of them, that.
    fn by_place(&self) -> Vec<Option<usize>> {
        let mut of: HashMap<&str, Vec<usize>> = HashMap::new();
        for (note, (_, label)) in self.notes.iter().enumerate() {
            of.entry(label).or_default().push(note);
        }
        let meant = |(at, label): &(usize, String)| {
            let notes = of.get(label.as_str())?;
            let next = notes.partition_point(|note| self.notes[*note].0 <= *at);
            notes.get(next).or(notes.last()).copied()
        };
        self.marks.iter().map(meant).collect()
    }

    /// The same where all notes stand behind all marks, in as many groups as there are chapters with marks.
    fn by_groups(&self) -> Option<Vec<Option<usize>>> {
        let first_note = self.notes.first()?.0;
        let within = self.marks.iter().take_while(|(at, _)| *at < first_note).count();
        if within == 0 {
            return None;
        }
        let mut groups: Vec<HashMap<&str, usize>> = vec![HashMap::new()];
        for (note, (_, label)) in self.notes.iter().enumerate() {
            if groups.last().is_some_and(|g| g.contains_key(label.as_str())) {
                groups.push(HashMap::new());
            }
            groups.last_mut()?.insert(label, note);
        }
        for level in 1..=6 {
            let chapter = |at: usize| self.headings.iter().filter(|(h, l)| *h < at && *l <= level).count();
            let of: Vec<usize> = self.marks[..within].iter().map(|(at, _)| chapter(*at)).collect();
            let mut chapters = of.clone();
            chapters.dedup();
            if chapters.len() != groups.len() {
                continue;
            }
            let meant = self.marks.iter().enumerate().map(|(i, (_, label))| {
                let group = chapters.iter().position(|c| Some(c) == of.get(i)).unwrap_or(groups.len() - 1);
                groups[group].get(label.as_str()).copied()
            });
            return Some(meant.collect());
        }
        None
    }
}
