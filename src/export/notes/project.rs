//! Notes as a REFI-QDA project (`.qdpx`), which QualCoder, ATLAS.ti, MAXQDA and NVivo open.
//!
//! The format is that of <https://www.qdasoftware.org>, version 1.0: a zip with `project.qde` and the texts as plain text
//! in `sources/`. Topics and tags are codes. The passage of a note is a selection of its text, coded with the note's topic
//! and tags; the words stand in the selection's description, where programs show a comment, and in a note of the project
//! that every selection of a pair refers to; the two selections of a pair are linked. A note whose passage is not found is
//! a note of the project with a file of its own. Positions count Unicode characters from 0, the end excluded.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::characters::Characters;
use super::{Exported, NotesOut, TargetSpot};
use crate::export::codebook::{ORIGIN, guid_of, write_codes, write_sets};
use crate::export::xml::Xml;
use crate::note::Note;
use crate::topic::guid::Guid;

/// Programs that show who made what have to show somebody.
const READER: &str = "Reader";

/// Where nobody knows when a note was made. (QualCoder does not open a note without a date.)
const UNKNOWN: &str = "1970-01-01T00:00:00Z";

/// How much of a passage names its selection.
const NAME: usize = 60;

/// Writes the project.
pub(crate) fn write(out: &mut dyn Write, notes: &NotesOut<'_>) -> io::Result<()> {
    // A zip is written with its index last, which points back.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let project = Project::of(notes);
    zip.start_file("project.qde", options).map_err(io::Error::other)?;
    project.write(&mut zip)?;
    for source in notes.sources {
        zip.start_file(format!("sources/{}.txt", source_guid(source.id)), options).map_err(io::Error::other)?;
        zip.write_all(source.text.string().as_bytes())?;
    }
    for note in project.loose() {
        zip.start_file(format!("sources/{}.txt", note_guid(note.note)), options).map_err(io::Error::other)?;
        zip.write_all(loose_words(notes, note).as_bytes())?;
    }
    let bytes = zip.finish().map_err(io::Error::other)?.into_inner();
    out.write_all(&bytes)
}

fn source_guid(id: &str) -> Guid {
    Guid::derived("source", id)
}

fn note_guid(note: &Note) -> Guid {
    Guid::derived("note", &note.id.0)
}

struct Project<'a> {
    notes: &'a NotesOut<'a>,
    user: String,
    /// The codes that are no topics: tags, and ids of topics that the codebook does not have; by their names.
    tags: BTreeMap<String, Guid>,
}

impl<'a> Project<'a> {
    fn of(notes: &'a NotesOut<'a>) -> Self {
        let names: HashSet<String> = notes.codebook.topics().iter().map(|t| t.name.to_lowercase()).collect();
        let mut tags = BTreeMap::new();
        for note in &notes.notes {
            let strange = note.note.topic.as_deref().filter(|id| notes.codebook.get(id).is_none());
            for tag in note.note.tags().into_iter().chain(strange) {
                // Programs want names that no two codes share.
                let is_topic = names.contains(&tag.to_lowercase());
                let name = if is_topic { format!("#{tag}") } else { tag.to_owned() };
                tags.entry(name.to_lowercase()).or_insert_with(|| Guid::derived("tag", &name.to_lowercase()));
            }
        }
        Self { notes, user: Guid::derived("user", READER).to_string(), tags }
    }

    /// The notes that no selection carries.
    fn loose(&self) -> impl Iterator<Item = &'a Exported<'a>> {
        self.notes.notes.iter().filter(|note| note.spots.iter().all(|spot| spot.range().is_none()))
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Xml::begin(out)?;
        let name = "Diptych";
        let attributes = [
            ("xmlns", "urn:QDA-XML:project:1.0"),
            ("name", name),
            ("origin", ORIGIN),
            ("creatingUserGUID", self.user.as_str()),
        ];
        xml.open("Project", &attributes)?;
        xml.open("Users", &[])?;
        xml.empty("User", &[("guid", &self.user), ("name", READER)])?;
        xml.close("Users")?;
        self.codes(&mut xml)?;
        self.sources(&mut xml)?;
        self.project_notes(&mut xml)?;
        self.links(&mut xml)?;
        write_sets(&mut xml, self.notes.codebook, "targetGUID")?;
        xml.close("Project")?;
        xml.end()
    }

    fn codes(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        if self.notes.codebook.topics().is_empty() && self.tags.is_empty() {
            return Ok(());
        }
        xml.open("CodeBook", &[])?;
        xml.open("Codes", &[])?;
        write_codes(xml, self.notes.codebook)?;
        for (name, guid) in &self.tags {
            xml.empty("Code", &[("guid", &guid.to_string()), ("name", name), ("isCodable", "true")])?;
        }
        xml.close("Codes")?;
        xml.close("CodeBook")
    }

    fn sources(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        if self.notes.sources.is_empty() {
            return Ok(());
        }
        xml.open("Sources", &[])?;
        for (nth, source) in self.notes.sources.iter().enumerate() {
            let guid = source_guid(source.id).to_string();
            let path = format!("internal://{guid}.txt");
            let attributes = [
                ("guid", guid.as_str()),
                ("name", source.name),
                ("plainTextPath", &path),
                ("creatingUser", &self.user),
            ];
            xml.open("TextSource", &attributes)?;
            let characters = Characters::of(source.text);
            for note in &self.notes.notes {
                for (at, spot) in note.spots.iter().enumerate().filter(|(_, spot)| spot.source == Some(nth)) {
                    self.selection(xml, &characters, note, (at, spot))?;
                }
            }
            xml.close("TextSource")?;
        }
        xml.close("Sources")
    }

    fn selection(
        &self,
        xml: &mut Xml<'_>,
        characters: &Characters<'_>,
        note: &Exported<'_>,
        (nth, spot): (usize, &TargetSpot<'_>),
    ) -> io::Result<()> {
        let Some(range) = spot.range() else { return Ok(()) };
        let range = characters.range(&range);
        let when = when(note.note);
        let attributes = [
            ("guid", selection_guid(note.note, nth)),
            ("name", shortened(&spot.target.anchor.exact)),
            ("startPosition", range.start.to_string()),
            ("endPosition", range.end.to_string()),
            ("creatingUser", self.user.clone()),
            ("creationDateTime", when.clone()),
        ];
        xml.open("PlainTextSelection", &attributes.each_ref().map(|(key, value)| (*key, value.as_str())))?;
        xml.words("Description", note.note.body.trim())?;
        for code in self.codes_of(note.note) {
            let guid = Guid::derived("coding", &format!("{} {nth} {code}", note.note.id)).to_string();
            xml.open("Coding", &[("guid", &guid), ("creatingUser", &self.user), ("creationDateTime", &when)])?;
            xml.empty("CodeRef", &[("targetGUID", &code.to_string())])?;
            xml.close("Coding")?;
        }
        if !note.note.body.trim().is_empty() {
            xml.empty("NoteRef", &[("targetGUID", &note_guid(note.note).to_string())])?;
        }
        xml.close("PlainTextSelection")
    }

    /// The codes of a note, each once.
    fn codes_of(&self, note: &Note) -> Vec<Guid> {
        let id = note.topic.as_deref();
        let topic = id.and_then(|id| self.notes.codebook.get(id)).map(|t| guid_of(t));
        let strange = id.filter(|_| topic.is_none());
        let tag = |tag: &str| {
            let tag = tag.to_lowercase();
            self.tags.get(&format!("#{tag}")).or_else(|| self.tags.get(&tag)).copied()
        };
        let tags = note.tags().into_iter().chain(strange).filter_map(tag);
        let mut codes: Vec<Guid> = topic.into_iter().chain(tags).collect();
        let mut seen = HashSet::new();
        codes.retain(|code| seen.insert(*code));
        codes
    }

    fn project_notes(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        let loose: HashSet<&str> = self.loose().map(|n| n.note.id.0.as_str()).collect();
        let is_loose = |n: &Exported<'_>| loose.contains(n.note.id.0.as_str());
        let written: Vec<_> =
            self.notes.notes.iter().filter(|n| is_loose(n) || !n.note.body.trim().is_empty()).collect();
        if written.is_empty() {
            return Ok(());
        }
        xml.open("Notes", &[])?;
        for note in written {
            let guid = note_guid(note.note).to_string();
            let path = format!("internal://{guid}.txt");
            // What becomes an entry of a journal needs a name of its own.
            let name = if is_loose(note) { note.note.id.0.clone() } else { shortened(note.note.first_line()) };
            let when = when(note.note);
            let mut attributes = vec![("guid", guid.as_str()), ("name", &name)];
            if is_loose(note) {
                attributes.push(("plainTextPath", &path));
            }
            attributes.extend([("creatingUser", self.user.as_str()), ("creationDateTime", &when)]);
            xml.open("Note", &attributes)?;
            if !is_loose(note) {
                xml.words("PlainTextContent", note.note.body.trim())?;
            }
            xml.close("Note")?;
        }
        xml.close("Notes")
    }

    fn links(&self, xml: &mut Xml<'_>) -> io::Result<()> {
        let joined = |n: &&Exported<'_>| n.spots.len() == 2 && n.spots.iter().all(|s| s.range().is_some());
        let pairs: Vec<_> = self.notes.notes.iter().filter(joined).collect();
        if pairs.is_empty() {
            return Ok(());
        }
        xml.open("Links", &[])?;
        for note in pairs {
            let attributes = [
                ("guid", Guid::derived("link", &note.note.id.0).to_string()),
                ("name", shortened(note.note.first_line())),
                ("direction", "Associative".to_owned()),
                ("originGUID", selection_guid(note.note, 0)),
                ("targetGUID", selection_guid(note.note, 1)),
            ];
            xml.empty("Link", &attributes.each_ref().map(|(key, value)| (*key, value.as_str())))?;
        }
        xml.close("Links")
    }
}

fn selection_guid(note: &Note, nth: usize) -> String {
    Guid::derived("selection", &format!("{} {nth}", note.id)).to_string()
}

fn when(note: &Note) -> String {
    note.created.or(note.modified).map_or_else(|| UNKNOWN.to_owned(), |moment| moment.to_string())
}

/// The first words, in one line.
fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(NAME) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}

/// All of a note that no selection carries: what it quotes, and what it says.
fn loose_words(notes: &NotesOut<'_>, note: &Exported<'_>) -> String {
    let quoted =
        note.spots.iter().map(|s| format!("“{}” ({})\n\n", s.target.anchor.exact.trim(), s.citation(notes.sources)));
    format!("{}{}\n", quoted.collect::<String>(), note.note.body.trim())
}
