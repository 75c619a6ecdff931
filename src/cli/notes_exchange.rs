//! `diptych notes export` and `import`: notes to and from other readers and programs.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::{Result, bail};

use super::args::{Codebook, Output};
use super::ending::{Ending, Usage, say, say_all};
use super::files;
use super::formats::NotesFormat;
use super::meant::Meant;
use super::notes::say_none;
use super::texts::{self, Given, read, wholes};
use crate::anchor::find::Finder;
use crate::anchor::selector::Selector;
use crate::anchor::{Anchor, TextId};
use crate::export::notes::received::{self, Received, ReceivedTarget};
use crate::export::notes::{annotations, html, markdown, project};
use crate::import::IMPORTER_VERSION;
use crate::library::Library;
use crate::model::citation::source_of;
use crate::note::{Note, NoteId, Target};
use crate::text::Builder;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::counted::counted;

/// The texts that are meant: those given, else those of this folder, else the embedded ones.
fn meant(library: &Library, given: &[String]) -> Result<Vec<String>> {
    if let [one] = given
        && let Some(meant) = Meant::named(library, one)
    {
        return Ok(meant.texts(library));
    }
    if !given.is_empty() {
        wholes(library, "notes", &given.iter().map(String::as_str).collect::<Vec<_>>())?;
        return Ok(given.to_vec());
    }
    Ok(Meant::here(library).texts(library))
}

/// Writes notes.
pub(super) fn export(
    library: &Library,
    given: &[String],
    format: NotesFormat,
    codebook: &Codebook,
    output: &Output,
) -> Result<Ending> {
    let texts: Vec<&str> = given.iter().map(String::as_str).collect();
    files::may_write(library, output, &texts)?;
    if format == NotesFormat::Qdpx && output.output.is_none() && io::stdout().is_terminal() {
        bail!(Usage("a project is a zip, which no terminal shows; name a file with -o".to_owned()));
    }
    let texts = meant(library, given)?;
    let outgoing = library.notes_going_out(&texts, !given.is_empty() || Meant::here(library).is_part(library));
    say_all(&outgoing.told);
    if outgoing.count() == 0 {
        say_none();
    }
    let asked: Vec<&str> = texts.iter().map(String::as_str).collect();
    let topics = texts::topics(library, &asked, codebook)?.codebook;
    let write = match format {
        NotesFormat::Markdown => markdown::write,
        NotesFormat::Html => html::write,
        NotesFormat::Json => annotations::write,
        NotesFormat::Qdpx => project::write,
    };
    let write = |out: &mut dyn io::Write| outgoing.with(&topics, |notes| write(out, notes));
    match format {
        NotesFormat::Qdpx => files::write_bytes(library, output, write)?,
        NotesFormat::Markdown | NotesFormat::Html | NotesFormat::Json => files::write(library, output, write)?,
    }
    Ok(Ending::Done)
}

/// Reads annotations as notes.
pub(super) fn import(library: &Library, file: &str, given: &[String]) -> Result<Ending> {
    let shown = Clean::line(file);
    let bytes = files::read(file)?;
    let source = String::from_utf8_lossy(&bytes);
    let (annotations, empty) = match received::read(&source) {
        Ok(read) => read,
        Err(e) => bail!("{shown}:{e}"),
    };
    for nth in empty {
        say(&format!("{shown}: annotation {nth} has neither words nor a quotation, and was left out"));
    }
    let written = meant(library, given)?;
    let mut texts = Vec::new();
    for text in &written {
        texts.push(read(library, text)?);
    }
    let known = library.notes_of(&written);
    let mut tally = Tally::default();
    for annotation in &annotations {
        let (note, requests) = note_of(library, annotation, &texts, given.is_empty(), &mut tally);
        let same = |n: &Note| n.body == note.body && quotes(n) == quotes(&note);
        if known.notes.iter().any(|k| same(&k.note)) {
            tally.known += 1;
            continue;
        }
        let made = library.receive_note(&requests, &note).map_err(|e| anyhow::anyhow!("{e}"))?;
        tally.made += 1;
        tally.folder = made.path().parent().map(|p| Clean::line(&p.to_string_lossy()));
    }
    say(&format!("{shown}: {}", tally.told()));
    Ok(Ending::Done)
}

/// What came of an import.
#[derive(Debug, Default)]
struct Tally {
    made: usize,
    known: usize,
    /// Places whose text is not at hand, or that are not found in it.
    lost: usize,
    folder: Option<Clean>,
}

impl Tally {
    fn told(&self) -> String {
        let mut told = counted(self.made, "note");
        if let Some(folder) = &self.folder {
            told = format!("{told} written to {folder}");
        }
        if self.known > 0 {
            told = format!("{told}; {} there already", counted(self.known, "note"));
        }
        if self.lost > 0 {
            let places = counted(self.lost, "passage");
            told = format!("{told}; {places} not found, kept with the notes: attach them in the reader");
        }
        told
    }
}

fn quotes(note: &Note) -> Vec<&str> {
    note.targets.iter().map(|t| t.anchor.exact.as_str()).collect()
}

/// A note of an annotation, and what opens the text of each of its targets. A place belongs to the text that it names;
/// where the reader named the text, also to the one that has its very words.
fn note_of(
    library: &Library,
    annotation: &Received,
    texts: &[Given],
    by_name_only: bool,
    tally: &mut Tally,
) -> (Note, Vec<String>) {
    let mut targets = Vec::new();
    let mut requests = Vec::new();
    for place in &annotation.targets {
        let named = texts.iter().find(|t| is_named(library, t, &place.source));
        let quoted = || texts.iter().find(|t| !by_name_only && attached(place, t).is_some());
        let text = named.or_else(quoted);
        // What the reader gave one text for is about that one.
        let only = texts.first().filter(|_| !by_name_only && texts.len() == 1 && !quotes_something(place));
        let text = text.or(only);
        let found = text.and_then(|t| attached(place, t));
        // What selects nothing is about the text as a whole; so is what cannot be placed by its words.
        let is_whole = !quotes_something(place);
        tally.lost += usize::from(found.is_none() && !(place.selectors.is_empty() && text.is_some()));
        let id = TextId(place.source.clone());
        let whole = |t: &Given| Anchor::whole(TextId(t.id.clone()), IMPORTER_VERSION, t.text().hash());
        let found = found.or_else(|| text.filter(|_| is_whole).map(whole));
        let unplaced = || {
            let quoted = Selector::anchor(&place.selectors, id.clone(), &Builder::new().finish());
            quoted.or_else(|| (!place.source.is_empty()).then(|| Anchor::whole(id, 0, 0)))
        };
        let cited = match (&found, text) {
            (Some(anchor), Some(text)) if place.citation.is_empty() => {
                let passage = PassageNo(anchor.passage);
                source_of(&text.open, (passage, passage))
            }
            (Some(anchor), _) if place.citation.is_empty() => anchor.text.to_string(),
            _ => place.citation.clone(),
        };
        if let Some(anchor) = found.or_else(unplaced) {
            targets.push(Target { anchor, citation: cited });
            requests.push(text.map_or_else(|| texts.first().map_or("", |t| &t.id).to_owned(), |t| t.id.clone()));
        }
    }
    if requests.is_empty() {
        requests.extend(texts.first().map(|t| t.id.clone()));
    }
    let note = Note {
        id: NoteId(String::new()),
        created: annotation.created,
        author: annotation.author.clone(),
        modified: annotation.modified,
        listed_tags: annotation.tags.clone(),
        topic: annotation.topic.clone(),
        targets,
        body: annotation.body.clone(),
    };
    (note, requests)
}

/// Whether `source` means this text: its path, its id, or an address it is from.
fn is_named(library: &Library, text: &Given, source: &str) -> bool {
    let plain = |address: &str| address.split('#').next().unwrap_or(address).trim_end_matches('/').to_owned();
    let of_meta = text.text().meta().sources.iter().any(|s| plain(s) == plain(source));
    let lasting = library.request(&text.id).map(|r| r.lasting()).unwrap_or_default();
    !source.is_empty()
        && (of_meta
            || text.id == source
            || lasting == source
            || Path::new(&lasting).ends_with(source.trim_start_matches("./")))
}

/// Whether a place says which words it is about.
fn quotes_something(place: &ReceivedTarget) -> bool {
    place.selectors.iter().any(|s| matches!(s, Selector::Quote { exact, .. } if !exact.is_empty()))
}

/// The place again, if its words are found in `text`.
fn attached(place: &ReceivedTarget, text: &Given) -> Option<Anchor> {
    let id = TextId(text.id.clone());
    if !quotes_something(place) {
        // Positions are those of the text itself, not of a page that it was taken from.
        let is_own = !place.source.contains("://");
        let position = place.selectors.iter().find_map(|s| match s {
            Selector::Position { start, end } if start < end && is_own => Some(*start..*end),
            _ => None,
        })?;
        let range = Selector::range(text.text(), position)?;
        return Some(Finder::new(text.text()).anchor(id, IMPORTER_VERSION, range));
    }
    let remembered = Selector::anchor(&place.selectors, id.clone(), text.text())?;
    let finder = Finder::new(text.text());
    let hit = finder.find(&remembered).hit().cloned()?;
    Some(finder.anchor(id, IMPORTER_VERSION, hit.range))
}
