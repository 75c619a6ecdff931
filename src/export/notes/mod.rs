//! `diptych notes export`: the reader's notes for other readers and other programs.
//!
//! [`Notes`] is what goes out: the notes with their places found in the texts as they are now. [`markdown`] and [`html`]
//! set them out by topic, left against right; [`annotations`] is the Web Annotation model; [`project`] is a project for
//! programs that code texts. [`received`] is the way back from Web Annotations.

pub(crate) mod annotations;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod project;
pub mod received;

mod characters;

use std::ops::Range;

use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::model::address::pair_address;
use crate::note::{Note, Target};
use crate::study::own::passage_of;
use crate::text::{Place, Text};
use crate::topic::codebook::Codebook;

/// More texts than these are not named at the head of an export.
const NAMED: usize = 12;

/// A text that notes are about.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// What opens it.
    pub id: &'a str,
    /// Its title, else the name of its file.
    pub name: &'a str,
    /// The text.
    pub text: &'a Text,
}

/// Notes that go out together, and all that they are about.
#[derive(Debug)]
pub struct NotesOut<'a> {
    /// The topics that notes name by their ids.
    pub codebook: &'a Codebook,
    /// The texts.
    pub sources: &'a [Source<'a>],
    /// The notes: by topic in the order of the codebook, then by text and place, those without a topic last.
    pub notes: Vec<Exported<'a>>,
}

/// A note, and where its places are now.
#[derive(Debug)]
pub struct Exported<'a> {
    /// The note.
    pub note: &'a Note,
    /// One for each of its targets.
    pub spots: Vec<TargetSpot<'a>>,
}

/// Where a target is.
#[derive(Debug)]
pub struct TargetSpot<'a> {
    /// What it is to be: quote, context, citation.
    pub target: &'a Target,
    /// The text, as an index into [`NotesOut::sources`]; `None` where it could not be opened.
    pub source: Option<usize>,
    /// How it was found there; orphaned where there is no text.
    pub found: Found,
}

impl<'a> NotesOut<'a> {
    /// Finds the places of notes. With each note goes, for each of its targets, the index of its text in `sources`.
    pub fn of(codebook: &'a Codebook, sources: &'a [Source<'a>], notes: &'a [(Note, Vec<Option<usize>>)]) -> Self {
        let finders: Vec<Finder<'_>> = sources.iter().map(|s| Finder::new(s.text)).collect();
        let mut exported: Vec<Exported<'_>> = notes
            .iter()
            .map(|(note, texts)| {
                let of = texts.iter().copied().chain(std::iter::repeat(None));
                let spot = |(target, source): (&'a Target, Option<usize>)| TargetSpot {
                    target,
                    source,
                    found: source.map_or(Found::Orphaned, |s| finders[s].find(&target.anchor)),
                };
                Exported { note, spots: note.targets.iter().zip(of).map(spot).collect() }
            })
            .collect();
        let topics = codebook.topics();
        let topic_of = |e: &Exported<'_>| {
            let id = e.note.topic.as_deref().map(|id| meant(codebook, id));
            let place = id.map_or((1, usize::MAX), |id| {
                (0, topics.iter().position(|t| t.id.as_str() == id).unwrap_or(topics.len()))
            });
            (place, id.map(str::to_owned))
        };
        let place_of = |e: &Exported<'_>| {
            let first = e.spots.first();
            let source = first.and_then(|s| s.source).unwrap_or(usize::MAX);
            (source, first.and_then(TargetSpot::range).map(|r| r.start), e.note.id.clone())
        };
        exported.sort_by_cached_key(|e| (topic_of(e), place_of(e)));
        Self { codebook, sources, notes: exported }
    }

    /// The notes in groups of one topic each, with the topic's name; those without one last, under no name.
    fn by_topic(&self) -> Vec<(Option<String>, &[Exported<'a>])> {
        let of = |e: &'_ Exported<'_>| e.note.topic.as_deref().map(|id| meant(self.codebook, id).to_owned());
        let groups = self.notes.chunk_by(|a, b| of(a) == of(b));
        groups.map(|group| (group[0].note.topic.as_deref().map(|id| self.topic_name(id)), group)).collect()
    }

    /// How many notes there are, and the texts they are about by name, in the order in which these come; of many texts
    /// the first ones.
    pub fn about(&self) -> (String, Vec<&'a str>) {
        let count = match self.notes.len() {
            1 => "1 note".to_owned(),
            count => format!("{count} notes"),
        };
        let is_used = |at: usize| self.notes.iter().flat_map(|note| &note.spots).any(|spot| spot.source == Some(at));
        let names = self.sources.iter().enumerate().filter(|(at, _)| is_used(*at)).map(|(_, source)| source.name);
        (count, names.take(NAMED).collect())
    }

    /// The address that opens the places of a note in Diptych; `None` where one of its texts is not there, or is named by where one
    /// is.
    fn address(&self, note: &Exported<'_>) -> Option<String> {
        let place = |spot: &TargetSpot<'_>| {
            let source = self.sources.get(spot.source?)?;
            let passage = spot.range().and_then(|at| source.text.numbering().passage_near(at.start.block as usize));
            Some((source.id, passage.map(|passage| passage.0)))
        };
        let places = note.spots.iter().map(place).collect::<Option<Vec<_>>>()?;
        pair_address(&places)
    }

    /// The name of a topic; its id where the codebook does not have it.
    pub fn topic_name(&self, id: &str) -> String {
        self.codebook.get(id).map_or_else(|| id.to_owned(), |t| t.name.clone())
    }
}

/// The id of the topic that an id means: its own, or that of the topic it was merged into.
fn meant<'a>(codebook: &'a Codebook, id: &'a str) -> &'a str {
    codebook.get(id).map_or(id, |topic| topic.id.as_str())
}

/// A citation with other numbers for its passages: `¶3`, or `¶¶3–5`.
fn renumbered(citation: &str, before: u32, (first, last): (u32, u32)) -> String {
    let number = format!("¶{before}");
    let is_digit = |c: char| c.is_ascii_digit();
    let is_whole = |at: &usize| !citation[at + number.len()..].starts_with(is_digit);
    let Some(at) = citation.rmatch_indices(&number).map(|(at, _)| at).find(is_whole) else {
        return citation.to_owned();
    };
    let (head, rest) = (&citation[..at], &citation[at + number.len()..]);
    match rest.strip_prefix('–').filter(|rest| rest.starts_with(is_digit)) {
        Some(rest) => format!("{head}¶{first}–{last}{}", rest.trim_start_matches(is_digit)),
        None => format!("{head}¶{first}{rest}"),
    }
}

impl TargetSpot<'_> {
    /// The stretch of the text, where it was found.
    pub fn range(&self) -> Option<Range<Place>> {
        self.found.hit().map(|hit| hit.range.clone())
    }

    /// The citation as it was made, with the numbers that its passages have now; where there is none, the name of the text and
    /// the number of the passage.
    pub fn citation(&self, sources: &[Source<'_>]) -> String {
        let anchor = &self.target.anchor;
        let text = self.source.and_then(|s| sources.get(s)).map(|source| source.text);
        let now = text.and_then(|text| {
            let first = passage_of(&self.found, text)?;
            let last = text.numbering().passage_before(self.range()?.end.block as usize)?;
            Some((first.0, last.max(first).0))
        });
        if !self.target.citation.is_empty() {
            // What is found where it was has the numbers it had.
            let moved = now.filter(|_| !matches!(self.found, Found::Exact(_)));
            return moved.map_or_else(
                || self.target.citation.clone(),
                |now| renumbered(&self.target.citation, anchor.passage, now),
            );
        }
        let name = self.source.map_or(anchor.text.as_str(), |s| sources[s].name);
        let first = now.map_or(anchor.passage, |(first, _)| first);
        if anchor.passage == 0 { name.to_owned() } else { format!("{name}, ¶{first}") }
    }

    /// What has to be said of the place; `None` where it is as it was.
    pub fn caution(&self) -> Option<&'static str> {
        match self.found {
            Found::Exact(_) | Found::Moved(_) => None,
            Found::Changed { .. } => Some("the passage has changed since"),
            Found::Ambiguous { .. } => Some("several passages could be meant"),
            Found::Orphaned => Some("the passage is no longer there"),
        }
    }
}

#[cfg(test)]
mod tests;
