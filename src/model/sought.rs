//! What a note is found by in the list: made once, where the note is read, so that a list of thousands opens at once.

use crate::note::Note;
use crate::note::stamp::Stamp;
use crate::word::letter::plain;

/// What the list of notes is narrowed by, as they are folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// `#tag`, `topic:id`, `text:…`, `author:…`, `date:2026-08-03`.
    facets: Vec<String>,
    /// The words of the note.
    body: String,
}

impl Sought {
    /// What a note is found by.
    pub fn of(note: &Note) -> Self {
        let mut facets: Vec<String> = note.tags().iter().map(|tag| format!("#{}", plain(tag))).collect();
        facets.extend(note.topic.iter().map(|topic| format!("topic:{}", plain(topic))));
        for target in &note.targets {
            facets.push(format!("text:{}", plain(target.anchor.text.as_str())));
            facets.push(format!("text:{}", plain(&target.citation)));
        }
        facets.extend(note.author.iter().map(|author| format!("author:{}", plain(author))));
        facets.extend(note.created.map(|created| format!("date:{}", Stamp::day(created))));
        Self { facets, body: plain(&note.body).into_owned() }
    }

    /// What words that are not a note yet are found by.
    pub fn of_draft(body: &str) -> Self {
        Self { facets: Vec::new(), body: plain(body).into_owned() }
    }

    /// Whether the words have these among them, which are folded.
    pub fn says(&self, words: &str) -> bool {
        self.body.contains(words)
    }

    /// Whether a word that narrows the list (`#tag`, `topic:x`, `2026-08`) is of this note, whose topic has this name.
    pub fn is_of(&self, word: &str, topic_name: Option<&str>) -> bool {
        let (key, part) = match word.split_once(':') {
            Some((key, part)) => (key, part),
            None if word.starts_with('#') => ("", word),
            None => ("date", word),
        };
        let is_named = key == "topic" && topic_name.is_some_and(|name| name.contains(part));
        is_named
            || self.facets.iter().any(|facet| match facet.split_once(':') {
                Some(("date", value)) => key == "date" && value.starts_with(part),
                Some((of, value)) => key == of && value.contains(part),
                None => key.is_empty() && facet.starts_with(part),
            })
    }
}
