//! Writes what the folders have: topics, links, stops and notes, each only if it is not there yet.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::naming::Naming;
use super::placing::harmless;
use super::reading::Source;
use super::{MergeError, Merged, notes_folder};
use crate::library::disk::{Disk, Spot};
use crate::library::meanwhile::Meanwhile;
use crate::library::save::{SaveError, claim, make_folder};
use crate::library::{Library, codebook_joined, embedded, links, topics, tours};
use crate::link::judgement::Judgement;
use crate::link::union::to_put;
use crate::note::edit::{NoteEdit, edit};
use crate::note::{Target, name};
use crate::text::clean::Clean;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::union::united;
use crate::tour::Tour;
use crate::word::counted::counted;

/// How often a note's name is tried with another number.
const NAMES: u32 = 10_000;

/// For each folder what its topics are called now, where that is another id.
pub(super) type Renamed = Vec<HashMap<TopicId, TopicId>>;

/// What is put together where the topics are already.
#[derive(Debug)]
pub(super) struct Making<'m> {
    pub disk: &'m dyn Disk,
    /// What the folders have.
    pub sources: &'m [Source],
    /// What their texts are called now.
    pub naming: &'m Naming<'m>,
    /// What their topics are called now.
    pub topics: &'m Renamed,
    /// The folder that it is put into.
    pub to: &'m Path,
}

impl Library {
    /// Puts the topics together. Answers with those that have other ids now.
    pub(super) fn unite_topics(
        &self,
        there: &Source,
        sources: &[Source],
        to: &Path,
        done: &mut Merged,
    ) -> Result<Renamed, MergeError> {
        let file = Spot::within(to, topics::NAME);
        let before = topics::read(&*self.disk, &file).0;
        let (mut all, mut renamed) = (before.clone(), Renamed::new());
        for source in sources {
            let joined = united(&all, &source.topics);
            done.told.extend(joined.told.iter().map(|line| Clean::line(&format!("{}: {line}", source.label))));
            renamed.push(joined.renamed.into_iter().collect());
            all = joined.book;
        }
        let is_new = self.disk.real(&file).is_err();
        let bundled = Codebook::parse(embedded::TOPICS).0;
        let used: BTreeSet<TopicId> = sources.iter().chain([there]).flat_map(Source::topics_named).collect();
        let lacking = used.iter().any(|id| all.entry(id.as_str()).is_none() && bundled.entry(id.as_str()).is_some());
        let joins = sources.iter().any(|source| source.joins_bundled) || lacking;
        if is_new && all.entries().is_empty() {
            return Ok(renamed);
        }
        if !is_new && lacking && !there.joins_bundled {
            done.told.push(self.at_home(&format!(
                "{}: what was made is also on topics that come with Diptych; `bundled = true` in it brings them in",
                file.path().display()
            )));
        }
        let is_changed = |topic: &&Arc<Topic>| before.entry(topic.id.as_str()) != Some(*topic);
        let changed: Vec<_> = all.entries().iter().filter(is_changed).collect();
        let news = changed.iter().filter(|topic| before.entry(topic.id.as_str()).is_none()).count();
        for topic in &changed {
            let meanwhile = &mut Meanwhile::since(None);
            topics::put_beside(&*self.disk, &file, topic, is_new && joins, meanwhile)?;
        }
        if all.sets().len() > before.sets().len() {
            codebook_joined::join(&*self.disk, &file, &Codebook::default().with_sets(all.sets().iter().cloned()))?;
        }
        if !changed.is_empty() {
            let more = changed.len() - news;
            let new = (news > 0).then(|| format!("{} new", counted(news, "topic")));
            let counted_more = if news > 0 { more.to_string() } else { counted(more, "topic") };
            let more = (more > 0).then(|| format!("{counted_more} with more words"));
            let parts: Vec<String> = new.into_iter().chain(more).collect();
            done.told.push(Clean::line(&parts.join(", ")));
        }
        Ok(renamed)
    }
}

impl Making<'_> {
    /// Puts together what was judged.
    pub(super) fn links(&self, done: &mut Merged) -> Result<(), MergeError> {
        let Self { disk, sources, naming, topics, to } = self;
        let file = Spot::within(to, links::NAME);
        let known = links::read(*disk, &file).0;
        let mut coming = Vec::new();
        for (nth, source) in sources.iter().enumerate() {
            for judgement in &source.judgements {
                let topic = judgement.topic.as_ref().map(|id| renamed(topics, nth, id));
                coming.push(Judgement { topic, ..naming.judgement(nth, judgement) });
            }
        }
        let wanted = to_put(&known, coming);
        links::put_all(*disk, &file, &wanted, "")?;
        let names: BTreeSet<_> = known.iter().map(|j| &j.id).collect();
        let (more, new): (Vec<&Judgement>, Vec<&Judgement>) = wanted.iter().partition(|j| names.contains(&j.id));
        let is_link = |j: &&&Judgement| j.relation().is_some();
        let (links, others) = (new.iter().filter(is_link).count(), new.iter().filter(|j| !is_link(j)).count());
        let links = if links > 0 { counted(links, "new link") } else { String::new() };
        let others = if others > 0 { format!("{others} new rejected or silent") } else { String::new() };
        let more = if more.is_empty() { String::new() } else { format!("{} with more names or words", more.len()) };
        let parts: Vec<String> = [links, others, more].into_iter().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            done.told.push(Clean::line(&parts.join(", ")));
        }
        Ok(())
    }

    /// Puts the tours together, one after the other.
    pub(super) fn tours(&self, done: &mut Merged) -> Result<(), MergeError> {
        let Self { disk, sources, naming, topics, to } = self;
        let file = Spot::within(to, tours::NAME);
        let before = tours::read(*disk, &file).0;
        let mut coming = Tour::default();
        for (nth, source) in sources.iter().enumerate() {
            let mut tour = source.tour.clone();
            for stop in &mut tour.stops {
                stop.topic = stop.topic.as_ref().map(|id| renamed(topics, nth, id));
                let places: Vec<_> = stop.anchors().cloned().collect();
                let mut now = naming.places(nth, &places.iter().collect::<Vec<_>>()).into_iter();
                for place in [&mut stop.left, &mut stop.right].into_iter().flatten() {
                    if let Some(moved) = now.next() {
                        *place = moved;
                    }
                }
            }
            coming = coming.joined_by(&tour);
        }
        tours::take_in(*disk, &file, &coming)?;
        let after = before.joined_by(&coming);
        let new = after.stops.len() - before.stops.len();
        if new > 0 {
            done.told.push(Clean::line(&counted(new, "new stop")));
        }
        if after.title != before.title && after.title.contains(" / ") {
            done.told.push(Clean::line(&format!("the tours have several titles: {}", after.title)));
        }
        Ok(())
    }

    /// Copies the notes, each under its name or the next that is free.
    pub(super) fn notes(&self, done: &mut Merged) -> Result<(), MergeError> {
        let Self { disk, sources, naming, topics, to } = self;
        let mut wanted: Vec<(String, Vec<u8>)> = Vec::new();
        for (nth, source) in sources.iter().enumerate() {
            for (note, bytes) in &source.notes {
                let stem = note.file.path().file_stem().map(|stem| harmless(Path::new(stem)));
                let stem = stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
                let Ok(written) = std::str::from_utf8(bytes) else {
                    wanted.push((stem, bytes.clone()));
                    continue;
                };
                let places: Vec<_> = note.note.targets.iter().map(|t| &t.anchor).collect();
                let now = naming.places(nth, &places);
                let with = |(target, anchor): (&Target, _)| Target { anchor, citation: target.citation.clone() };
                let targets: Vec<Target> = note.note.targets.iter().zip(now).map(with).collect();
                let topic = note.note.topic.as_deref().map(|id| renamed(topics, nth, &TopicId::new(id)));
                // It is signed already where it was said whose it is.
                let author = note.note.author.as_deref().filter(|_| source.whose.is_some());
                // Of a note that cannot be read whole, nothing is written anew.
                let change = NoteEdit {
                    targets: note.fixed.is_none().then_some(&targets),
                    topic: Some(topic.as_ref().map(TopicId::as_str)).filter(|_| note.fixed.is_none()),
                    author: author.filter(|_| note.fixed.is_none()),
                    ..NoteEdit::default()
                };
                wanted.push((stem, edit(written, &change).into_bytes()));
            }
        }
        // So that of two notes of one name it does not matter whose comes first.
        wanted.sort();
        wanted.dedup();
        let folder = notes_folder(to);
        let (mut new, mut twice) = (0, Vec::new());
        for (stem, bytes) in &wanted {
            match put_note(*disk, &folder, stem, bytes)? {
                None => {}
                Some(1) => new += 1,
                Some(_) => {
                    new += 1;
                    twice.push(stem.as_str());
                }
            }
        }
        if new > 0 {
            done.told.push(Clean::line(&counted(new, "new note")));
        }
        if !twice.is_empty() {
            let line = format!("there are two notes of one name, and both are kept: {}", twice.join(", "));
            done.told.push(Clean::line(&line));
        }
        Ok(())
    }
}

fn renamed(topics: &Renamed, nth: usize, id: &TopicId) -> TopicId {
    topics.get(nth).and_then(|renamed| renamed.get(id)).unwrap_or(id).clone()
}

/// Writes a note under its name, or where another has that, under the next. Answers with which it was; `None` where the
/// note is there already.
fn put_note(disk: &dyn Disk, folder: &Spot, stem: &str, bytes: &[u8]) -> Result<Option<u32>, MergeError> {
    make_folder(disk, folder)?;
    // One that leads out of the library has no name to give.
    disk.real(folder).map_err(SaveError::of(folder, "follow its name"))?;
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for nth in 1..=NAMES {
        let named = if nth == 1 { stem.to_owned() } else { format!("{stem}-{nth}") };
        let file = folder.join(format!("{named}.{}", name::ENDING));
        // A copy has a name of its own in its file too.
        let own = match std::str::from_utf8(bytes) {
            Ok(written) if nth > 1 => edit(written, &NoteEdit { id: Some(&named), ..NoteEdit::default() }).into_bytes(),
            _ => bytes.to_vec(),
        };
        match disk.read(&file, own.len() as u64) {
            Ok(there) if there == own => return Ok(None),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            _ => continue,
        }
        match claim(disk, &file, &own) {
            Ok(()) => return Ok(Some(nth)),
            Err(e) if e.why.kind() == io::ErrorKind::AlreadyExists => taken = e.why,
            Err(e) => return Err(e.into()),
        }
    }
    Err(SaveError::of(folder, "find a free name in it")(taken).into())
}
