//! Changing a note's file: only what is changed is rewritten.
//!
//! Comments, unknown keys, the order of the keys and the layout of every other part stay as their writer left them.

use crate::import::front::write::scalar;
use crate::note::Target;
use crate::note::file::{FileParts, anchors_entry, read};
use crate::note::front::Front;
use crate::note::quoted;
use crate::note::stamp::Stamp;

/// What to change.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NoteEdit<'c> {
    /// What it is called: for a copy.
    pub id: Option<&'c str>,
    /// The words.
    pub body: Option<&'c str>,
    /// The topic; inside, `None` takes it away.
    #[allow(clippy::option_option, reason = "whether it changes, and what it is then")]
    pub topic: Option<Option<&'c str>>,
    /// What it is about. The quoted passages at its head are written anew with it.
    pub targets: Option<&'c [Target]>,
    /// Who made it.
    pub author: Option<&'c str>,
    /// When it was changed; written where the file has front matter.
    pub modified: Option<Stamp>,
}

/// The file `source` with the change made. A change to what is already there answers with `source` as it is.
pub(crate) fn edit(source: &str, change: &NoteEdit<'_>) -> String {
    let (note, parts) = read(source, "", &mut Vec::new());
    let id = change.id.filter(|id| *id != note.id.0);
    let body = change.body.filter(|body| *body != note.body);
    let topic = change.topic.filter(|topic| *topic != note.topic.as_deref());
    let targets = change.targets.filter(|targets| *targets != note.targets);
    let author = change.author.filter(|author| Some(*author) != note.author.as_deref());
    if id.is_none() && body.is_none() && topic.is_none() && targets.is_none() && author.is_none() {
        return source.to_owned();
    }
    let mut edited = Edited { source: source.to_owned(), is_crlf: parts.is_crlf };
    // From the end to the beginning, so that what comes before keeps its bytes.
    if let Some(body) = body {
        edited.replace(parts.head.range.end..source.len(), &format!("{body}\n"));
    }
    if let Some(targets) = targets {
        edited.replace(parts.head.range.clone(), &head(targets, &parts));
    }
    if let Some(front) = &parts.front {
        let mut entries: Vec<(&str, String)> = Vec::new();
        if let Some(id) = id {
            entries.push(("id", format!("id: {}\n", scalar(id))));
        }
        if let Some(author) = author {
            entries.push(("author", format!("author: {}\n", scalar(author))));
        }
        if let Some(topic) = topic {
            entries.push(("topic", topic.map_or_else(String::new, |t| format!("topic: {}\n", scalar(t)))));
        }
        if let Some(targets) = targets {
            entries.push(("anchors", anchors_entry(targets)));
        }
        if let Some(modified) = change.modified {
            entries.push(("modified", format!("modified: {modified}\n")));
        }
        edited.put_entries(front, &entries);
    } else if let Some(targets) = targets {
        edited.replace(0..0, &format!("---\n{}---\n", anchors_entry(targets)));
    }
    edited.source
}

/// The quoted passages anew, and the blank line before them where there was none.
fn head(targets: &[Target], parts: &FileParts) -> String {
    let written = quoted::write(targets);
    if parts.front.is_some() || !targets.is_empty() { written } else { String::new() }
}

struct Edited {
    source: String,
    is_crlf: bool,
}

impl Edited {
    fn replace(&mut self, range: std::ops::Range<usize>, written: &str) {
        let written = if self.is_crlf { written.replace('\n', "\r\n") } else { written.to_owned() };
        self.source.replace_range(range, &written);
    }

    /// Puts entries in place of those of the same keys, new ones after the last.
    fn put_entries(&mut self, front: &Front, entries: &[(&str, String)]) {
        let place = |key: &str| front.get(key).map(|e| e.range.clone()).unwrap_or(front.inner.end..front.inner.end);
        let mut placed: Vec<_> = entries.iter().map(|(key, written)| (place(key), written)).collect();
        // Of several at the end, the first has to be put in last.
        placed.sort_by_key(|(range, _)| (range.start, range.end));
        for (range, written) in placed.into_iter().rev() {
            self.replace(range, written);
        }
    }
}

#[cfg(test)]
mod tests;
