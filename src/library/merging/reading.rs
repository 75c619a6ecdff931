//! Reads one of the folders: its texts, and what was made for them.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::Folder;
use super::MergeError;
use super::placing::Shelved;
use crate::anchor::{Anchor, TextId};
use crate::import::{Hint, import};
use crate::library::disk::{Disk, Spot};
use crate::library::embedded::{self, EmbeddedText};
use crate::library::home::Home;
use crate::library::load::Waiting;
use crate::library::said::{io_words, shown};
use crate::library::walk::{NOTES, Reach, files_in};
use crate::library::{Library, shelf, topics};
use crate::link::judgement::{Judgement, Verdict};
use crate::model::address::address_of;
use crate::model::notes::FiledNote;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::topic::codebook::{Codebook, TopicId};
use crate::tour::{Stop, Tour};

/// A text is not copied where it is longer.
const LONGEST: u64 = 1 << 30;

/// What is in a folder.
#[derive(Debug)]
pub(super) struct Source {
    /// The folder.
    pub folder: PathBuf,
    /// What it is called where several are told of.
    pub label: String,
    /// Its texts.
    pub texts: Vec<Shelved>,
    /// Texts of the program that something was made for and that are not files of this folder, by their paths among
    /// the texts.
    bundled: BTreeMap<PathBuf, &'static EmbeddedText>,
    /// What it calls the texts of the program that something is about, and their content.
    bundled_names: Vec<(TextId, u64)>,
    /// Its topics.
    pub topics: Codebook,
    /// Whether the topics of the program are used beside them.
    pub joins_bundled: bool,
    /// What was judged in it.
    pub judgements: Vec<Judgement>,
    /// Its tour.
    pub tour: Tour,
    /// Its notes, with their bytes.
    pub notes: Vec<(Arc<FiledNote>, Vec<u8>)>,
    /// Whose the unnamed things are, if that was given.
    pub whose: Option<String>,
}

impl Library {
    /// Reads a folder, but for what belongs to the `others` below it.
    pub(super) fn source(&self, folder: &Folder, others: &[&Path], faults: &mut Vec<Clean>) -> Source {
        let path = folder.path.clone();
        let home = Home::Library(path.clone());
        let (mut judgements, found) = self.judged_at(&home);
        faults.extend(found);
        let (touring, found) = self.tour_of(&home);
        faults.extend(found);
        let mut tour = touring.tour;
        let read = self.notes_in(std::slice::from_ref(&home));
        faults.extend(read.told);
        let mut notes = Vec::new();
        for note in read.notes {
            let at = self.spot_of_note(&home, &note);
            match self.disk.read(&at, LONGEST) {
                Ok(bytes) => notes.push((note, bytes)),
                Err(_) => faults.push(self.at_home(&format!("{}: cannot be read", shown(at.path())))),
            }
        }
        let mut books = Vec::new();
        for file in home.spots(self.folders.as_ref(), topics::NAME) {
            let (book, found) = topics::read(&*self.disk, &file);
            faults.extend(found.iter().map(|fault| self.at_home(fault)));
            books.push((file, book));
        }
        // What was changed aside, where the library cannot be written, is the newer.
        let entries = books.iter().rev().flat_map(|(_, book)| book.entries()).map(|topic| (**topic).clone());
        let sets = books.iter().flat_map(|(_, book)| book.sets()).cloned();
        let codebook = Codebook::new(entries).with_sets(sets);
        let own = Spot::within(&path, topics::NAME);
        let joins_bundled = self.disk.real(&own).is_ok() && topics::joins_bundled(&*self.disk, &own);
        let is_other = |file: &Path| {
            others.iter().any(|other| *other != path && other.starts_with(&path) && file.starts_with(other))
        };
        let mut texts = Vec::new();
        // What leads out is not read, and that is told.
        let reach = Reach { links_out: true, ..self.reach(&path) };
        for below in files_in(&path, reach) {
            let file = path.join(&below);
            if is_other(&file) || shelf::is_export(&file) {
                continue;
            }
            match self.content_of(&path, &below) {
                Ok(content) => texts.push(Shelved { below, content }),
                Err(why) => {
                    let line = format!("{}: cannot be read ({}), so it is left out", shown(&file), io_words(&why));
                    faults.push(self.at_home(&line));
                }
            }
        }
        if let Some(name) = &folder.whose {
            sign(&mut judgements, &mut tour, &mut notes, name);
        }
        Source {
            label: path.file_name().map_or_else(|| "/".to_owned(), |n| Clean::line(&n.to_string_lossy()).to_string()),
            folder: path,
            texts,
            bundled: BTreeMap::new(),
            bundled_names: Vec::new(),
            topics: codebook,
            joins_bundled,
            judgements,
            tour,
            notes,
            whose: folder.whose.clone(),
        }
    }

    /// What a text's words amount to: their hash, else that of the bytes of a file that cannot be read as a text. A text
    /// without a word is like no other, whatever that one is called.
    fn content_of(&self, folder: &Path, below: &Path) -> io::Result<u64> {
        let bytes = self.disk.read(&Spot::within(folder, below), LONGEST)?;
        let by_bytes = || xxh3_64(&bytes) ^ xxh3_64(below.as_os_str().as_encoded_bytes());
        let read = self.peek(&address_of(&folder.join(below)), &Waiting::patiently()).ok();
        Ok(read.filter(|open| !open.text.string().trim().is_empty()).map_or_else(by_bytes, |open| open.text.hash()))
    }

    /// The file of a note, with what bounds it.
    fn spot_of_note(&self, home: &Home, note: &FiledNote) -> Spot {
        let path = note.file.path();
        let mut folders = home.spots(self.folders.as_ref(), NOTES).into_iter();
        let folder = folders.find(|folder| path.parent() == Some(folder.path()));
        folder.map_or_else(|| Spot::own(path), |folder| folder.join(path.file_name().unwrap_or_default()))
    }

    /// Reads a text of a folder.
    pub(super) fn text_of(&self, source: &Source, below: &Path) -> Option<Arc<Text>> {
        let what = match source.bundled.get(below) {
            Some(text) => text.id(),
            None => address_of(&source.folder.join(below)),
        };
        self.peek(&what, &Waiting::patiently()).ok().map(|open| open.text)
    }
}

impl Source {
    /// The bytes of one of its texts.
    pub(super) fn bytes_of(&self, disk: &dyn Disk, below: &Path) -> Option<Vec<u8>> {
        match self.bundled.get(below) {
            Some(text) => Some(text.source.as_bytes().to_vec()),
            None => disk.read(&Spot::within(&self.folder, below), LONGEST).ok(),
        }
    }

    /// What it calls the texts of the program, and their content.
    pub(super) fn bundled_names(&self) -> &[(TextId, u64)] {
        &self.bundled_names
    }

    /// The texts it names, and the content each had when it was named; 0 where that is not known.
    pub(super) fn named_texts(&self) -> BTreeSet<(&TextId, u64)> {
        let silent = self.judgements.iter().filter_map(|j| match &j.verdict {
            Verdict::Silent(text, _) => Some((text, 0)),
            Verdict::Joined(..) | Verdict::Rejected(_) => None,
        });
        self.anchors().map(|a| (&a.text, a.hash)).chain(silent).collect()
    }

    /// The topics that something in it is on.
    pub(super) fn topics_named(&self) -> BTreeSet<TopicId> {
        let judged = self.judgements.iter().filter_map(|j| j.topic.clone());
        let stops = self.tour.stops.iter().filter_map(|s| s.topic.clone());
        let notes = self.notes.iter().filter_map(|(n, _)| n.note.topic.as_deref().map(TopicId::new));
        judged.chain(stops).chain(notes).collect()
    }

    fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        let judged = self.judgements.iter().flat_map(|j| j.places());
        let stops = self.tour.stops.iter().flat_map(Stop::anchors);
        judged.chain(stops).chain(self.notes.iter().flat_map(|(n, _)| n.note.targets.iter().map(|t| &t.anchor)))
    }

    /// What was made for a text of the program takes that text along: in a folder it is a file like any other, beside
    /// what the folder has under its name.
    pub(super) fn take_bundled(&mut self) {
        let wanted: BTreeSet<String> = self.named_texts().iter().map(|(id, _)| id.as_str().to_owned()).collect();
        for text in embedded::TEXTS.iter().filter(|text| wanted.contains(&text.id())) {
            let name = text.file_name();
            let Ok(read) = import(text.source.as_bytes(), &Hint::named(&name)) else { continue };
            let content = read.text.hash();
            self.bundled_names.push((TextId(text.id()), content));
            if self.texts.iter().any(|own| own.content == content) {
                continue;
            }
            let is_free = |below: &PathBuf| self.texts.iter().all(|own| own.below != *below);
            let numbered = (2..self.texts.len() + 3).map(|n| format!("embedded-{n}-{name}"));
            let mut names = [name.clone(), format!("embedded-{name}")].into_iter().chain(numbered).map(PathBuf::from);
            // Of one name more than there are texts, one is free.
            if let Some(below) = names.find(is_free) {
                self.texts.push(Shelved { below: below.clone(), content });
                self.bundled.insert(below, text);
            }
        }
    }

    /// The names under which things in it were made, and what each has made.
    fn names(&self) -> BTreeMap<&str, Vec<Thing>> {
        let judged = self.judgements.iter().flat_map(|judgement| {
            let kind = match &judgement.verdict {
                Verdict::Joined(_, relation) => relation.word(),
                Verdict::Rejected(_) => "no link",
                Verdict::Silent(..) => "silent",
            };
            let about = format!("{kind}: {}", words_of(judgement.places()));
            let thing = Thing { id: judgement.id.to_string(), about };
            judgement.authors.iter().map(move |name| (name, thing.clone()))
        });
        let stops = self.tour.stops.iter().filter_map(|stop| {
            let thing = Thing { id: stop.id.0.clone(), about: format!("stop: {}", words_of(stop.anchors())) };
            Some((stop.author.as_ref()?, thing))
        });
        let notes = self.notes.iter().filter_map(|(filed, _)| {
            let note = &filed.note;
            let at = words_of(note.targets.iter().map(|target| &target.anchor));
            let about = if at.is_empty() { note.body.clone() } else { format!("{:?}: {at}", note.created) };
            Some((note.author.as_ref()?, Thing { id: note.id.to_string(), about }))
        });
        let mut names: BTreeMap<&str, Vec<Thing>> = BTreeMap::new();
        for (name, thing) in judged.chain(stops).chain(notes) {
            names.entry(name).or_default().push(thing);
        }
        names
    }
}

/// Something that was made: by its id, which is another one's where several have made the same, and by what it is about,
/// which is in other words where it was moved to another version of its text.
#[derive(Clone)]
struct Thing {
    id: String,
    about: String,
}

/// Whether all these things are among the others.
fn are_among(things: &[Thing], others: &[Thing]) -> bool {
    let ids: BTreeSet<&str> = others.iter().map(|other| other.id.as_str()).collect();
    let about: BTreeSet<&str> = others.iter().map(|other| other.about.as_str()).collect();
    things.iter().all(|thing| ids.contains(thing.id.as_str()) || about.contains(thing.about.as_str()))
}

/// The words at some places, in an order of their own.
fn words_of<'a>(places: impl IntoIterator<Item = &'a Anchor>) -> String {
    let mut words: Vec<&str> = places.into_iter().map(|place| place.exact.as_str()).collect();
    words.sort_unstable();
    words.join(" ⇔ ")
}

/// Gives what has no name this one, and what is all under one name as well.
fn sign(judgements: &mut [Judgement], tour: &mut Tour, notes: &mut [(Arc<FiledNote>, Vec<u8>)], name: &str) {
    let judged = judgements.iter().flat_map(|j| &j.authors);
    let stops = tour.stops.iter().filter_map(|s| s.author.as_ref());
    let writers = notes.iter().filter_map(|(n, _)| n.note.author.as_ref());
    let all: BTreeSet<String> = judged.chain(stops).chain(writers).cloned().collect();
    let is_own = |author: &str| all.len() == 1 && all.contains(author);
    for judgement in judgements {
        if judgement.authors.iter().all(|author| is_own(author)) {
            judgement.authors = vec![name.to_owned()];
        }
    }
    for stop in &mut tour.stops {
        if stop.author.as_deref().is_none_or(is_own) {
            stop.author = Some(name.to_owned());
        }
    }
    // Of a note that cannot be read whole, nothing is written anew.
    for (note, _) in notes.iter_mut().filter(|(note, _)| note.fixed.is_none()) {
        if note.note.author.as_deref().is_none_or(is_own) {
            Arc::make_mut(note).note.author = Some(name.to_owned());
        }
    }
}

/// Folders of one name are told apart by those they are in.
pub(super) fn label(sources: &mut [Source]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter() {
        *counts.entry(source.label.clone()).or_default() += 1;
    }
    for source in sources.iter_mut().filter(|s| counts.get(&s.label).is_some_and(|count| *count > 1)) {
        let outer = source.folder.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        let label = format!("{}/{}", outer.unwrap_or_default(), source.label);
        source.label = Clean::line(&label).to_string();
    }
}

/// One name in two folders, each with something that the other has not, may be two people's: refused unless it was said
/// whose the folders are. The same of what is there already, and a folder that comes.
pub(super) fn refuse_namesakes(there: &Source, sources: &[Source]) -> Result<(), MergeError> {
    let mut where_named: BTreeMap<&str, Vec<(&Source, Vec<Thing>)>> = BTreeMap::new();
    for source in std::iter::once(there).chain(sources) {
        for (name, things) in source.names() {
            where_named.entry(name).or_default().push((source, things));
        }
    }
    let is_said = |source: &Source| source.whose.is_some() || std::ptr::eq(source, there);
    for (name, folders) in where_named {
        for (nth, (one, things)) in folders.iter().enumerate() {
            let differs = |(other, others): &&(&Source, Vec<Thing>)| {
                let is_told = is_said(one) && is_said(other);
                !is_told && !are_among(things, others) && !are_among(others, things)
            };
            if let Some((other, _)) = folders[nth + 1..].iter().find(differs) {
                let (name, one, other) = (Clean::line(name), one.folder.clone(), other.folder.clone());
                let target = there.folder.clone();
                return Err(MergeError::Namesakes { name, one, other, target });
            }
        }
    }
    Ok(())
}

/// That what is judged alike in several folders counts as one person's where no name is on it; nothing where at most one
/// folder has such things.
pub(super) fn told_of_unnamed(there: &Source, sources: &[Source]) -> Option<Clean> {
    let is_unnamed = |source: &&Source| source.judgements.iter().any(|judgement| judgement.authors.is_empty());
    let incoming: Vec<&str> = sources.iter().filter(is_unnamed).map(|source| source.label.as_str()).collect();
    let folders: Vec<&str> =
        incoming.iter().copied().chain(is_unnamed(&there).then_some(there.label.as_str())).collect();
    (folders.len() > 1 && !incoming.is_empty()).then(|| {
        let example = format!("“NAME={}”", incoming[0]);
        Clean::line(&format!(
            "{}: links without a name; where two of them say the same, that is one link, as if one person had made it \
             ({example} says whose they are)",
            folders.join(", ")
        ))
    })
}

/// How one says that a name is one person's, or two.
pub(super) fn advice_on_names(name: &Clean, one: &Path, other: &Path, target: &Path) -> String {
    let both = [one, other].into_iter().filter(|folder| *folder != target);
    let both: Vec<String> = both.map(|folder| format!("“{name}={}”", shown(folder))).collect();
    format!("if that is one person, say {}, if two, give one another name: “NAME={}”", both.join(" "), shown(other))
}
