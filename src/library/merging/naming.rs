//! What the texts are called in the merged folder, and which of them the things made for them belong to.
//!
//! A text that two have in two versions is there twice, under two names. What was made for the version that is not the
//! first is moved to the first one where its passages are found there for certain, so that what several people said of
//! one work comes together; else it stays with its version.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::placing::{Placed, name_of, place};
use super::reading::Source;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::anchor::{Anchor, TextId};
use crate::import::IMPORTER_VERSION;
use crate::library::Library;
use crate::library::said::shown;
use crate::link::judgement::{Judgement, Verdict};
use crate::text::Text;
use crate::text::clean::Clean;

/// How long a paragraph must be, in bytes, to tell one text from another.
const TELLING: usize = 24;

/// The names of the texts where they are put together.
#[derive(Debug)]
pub(super) struct Naming<'s> {
    placed: BTreeMap<u64, Placed>,
    sources: &'s [Source],
    /// For each folder what it calls its texts, and their content.
    known: Vec<HashMap<TextId, u64>>,
    /// What is there already, and its content.
    here: HashMap<TextId, u64>,
    /// For the content of a version, the name of the first one and its text.
    first: HashMap<u64, (TextId, Arc<Text>)>,
    /// What is named and not there.
    missing: BTreeSet<(usize, TextId)>,
}

impl<'s> Naming<'s> {
    /// The names of the texts of `sources` beside those that are `there`.
    pub(super) fn of(library: &Library, there: &Source, sources: &'s [Source]) -> Self {
        let shelves: Vec<_> = sources.iter().map(|s| (s.label.as_str(), s.texts.as_slice())).collect();
        let placed = place(&there.texts, &shelves);
        let names = |source: &Source| -> HashMap<TextId, u64> {
            let own = source.texts.iter().map(|text| (name_of(&text.below), text.content));
            let bundled = source.bundled_names().iter().cloned();
            own.chain(bundled).collect()
        };
        let known: Vec<_> = sources.iter().map(names).collect();
        let here = there.texts.iter().map(|text| (name_of(&text.below), text.content)).collect();
        let mut naming = Self { placed, sources, known, here, first: HashMap::new(), missing: BTreeSet::new() };
        naming.find_versions(library, there);
        naming.find_missing();
        naming
    }

    /// The texts to be copied: from which folder and which path in it, to which path.
    pub(super) fn to_copy(&self) -> impl Iterator<Item = (usize, PathBuf, &Path)> {
        self.placed.values().filter_map(|p| p.from.clone().map(|(folder, path)| (folder, path, p.below.as_path())))
    }

    /// What is to be known of the texts, a line each.
    pub(super) fn told(&self) -> Vec<Clean> {
        let mut told = Vec::new();
        for (content, placed) in &self.placed {
            let Placed { below, from, instead_of, in_folders } = placed;
            let who = super::named(self.sources, in_folders);
            let name = shown(below);
            match (instead_of, from) {
                (Some(other), _) => {
                    let made = match self.first.get(content) {
                        Some((first, _)) => format!(
                            "a version of it; what was made for it is put to {first} where its passages are found there"
                        ),
                        None => "another text".to_owned(),
                    };
                    told.push(format!("{}: that of {who} is {made}; it is kept as {name}", shown(other)));
                }
                (None, Some(_)) if in_folders.len() == 1 && self.sources.len() > 1 => {
                    told.push(format!("{name}: only {who} has it; copied"));
                }
                _ => {}
            }
            for nth in in_folders {
                let own =
                    self.sources[*nth].texts.iter().filter(|text| text.content == *content && text.below != *below);
                for text in own.filter(|text| instead_of.as_ref() != Some(&text.below)) {
                    told.push(format!(
                        "{} of {}: the same text as {name}",
                        shown(&text.below),
                        self.sources[*nth].label
                    ));
                }
            }
        }
        for (nth, id) in &self.missing {
            let label = &self.sources[*nth].label;
            told.push(format!(
                "{id}: {label} has made something for this text, and nobody has it; it is kept as it is"
            ));
        }
        told.iter().map(|line| Clean::line(line)).collect()
    }

    /// A judgement of a folder, with its texts called as they are called here.
    pub(super) fn judgement(&self, nth: usize, judgement: &Judgement) -> Judgement {
        let mut places = self.places(nth, &judgement.places()).into_iter();
        let mut next = |before: &Anchor| places.next().unwrap_or_else(|| before.clone());
        let (topic, note) = (judgement.topic.clone(), judgement.note.as_str());
        let renamed = match &judgement.verdict {
            Verdict::Joined(between, relation) => {
                Judgement::join(next(&between[0]), next(&between[1]), relation.clone(), topic, note)
            }
            Verdict::Rejected(between) => Judgement::reject(next(&between[0]), next(&between[1]), topic),
            Verdict::Silent(text, place) => {
                let place = place.as_deref().map(next);
                Judgement::silence(self.text(nth, text, 0), place, topic)
            }
        };
        Judgement { verdict: renamed.verdict, ..judgement.clone() }
    }

    /// Places of a folder that belong together, called as their texts are called here.
    pub(super) fn places(&self, nth: usize, places: &[&Anchor]) -> Vec<Anchor> {
        self.moved(nth, places).unwrap_or_else(|| places.iter().map(|place| self.anchor(nth, place)).collect())
    }

    fn anchor(&self, nth: usize, place: &Anchor) -> Anchor {
        Anchor { text: self.text(nth, &place.text, place.hash), ..place.clone() }
    }

    /// What a folder's text is called here.
    fn text(&self, nth: usize, id: &TextId, hash: u64) -> TextId {
        let content = self.content(nth, id, hash);
        // Of texts that are there twice, each keeps what is its own.
        if content.is_some() && self.here.get(id).copied() == content {
            return id.clone();
        }
        let placed = content.and_then(|content| self.placed.get(&content));
        placed.map_or_else(|| id.clone(), |placed| name_of(&placed.below))
    }

    /// The content of a text of a folder: of one that is not in it, what it had when it was named.
    fn content(&self, nth: usize, id: &TextId, hash: u64) -> Option<u64> {
        self.known[nth].get(id).copied().or_else(|| Some(hash).filter(|hash| self.placed.contains_key(hash)))
    }

    /// Places in versions as places of the first ones; `None` where none is in a version, or not all are found for certain.
    fn moved(&self, nth: usize, places: &[&Anchor]) -> Option<Vec<Anchor>> {
        let first = |place: &Anchor| self.content(nth, &place.text, place.hash).and_then(|c| self.first.get(&c));
        if places.iter().all(|place| first(place).is_none()) {
            return None;
        }
        let moved = places.iter().map(|place| {
            let Some((name, text)) = first(place) else { return Some(self.anchor(nth, place)) };
            if place.is_whole() {
                return Some(Anchor { text: name.clone(), ..(*place).clone() });
            }
            let finder = Finder::new(text);
            let (Found::Exact(hit) | Found::Moved(hit) | Found::Changed { hit, .. }) = finder.find(place) else {
                return None;
            };
            let anew = finder.anchor(name.clone(), IMPORTER_VERSION, hit.range);
            Some(Anchor { point: place.point.filter(|_| anew.exact == place.exact), ..anew })
        });
        moved.collect()
    }

    fn find_versions(&mut self, library: &Library, there: &Source) {
        let mut texts: HashMap<u64, Option<Arc<Text>>> = HashMap::new();
        let mut read = |content: u64, placed: &Placed| {
            let read = || match &placed.from {
                Some((nth, below)) => library.text_of(&self.sources[*nth], below),
                None => library.text_of(there, &placed.below),
            };
            texts.entry(content).or_insert_with(read).clone()
        };
        for (content, placed) in &self.placed {
            // Of what there was before, the version is known by the names its folders have for it.
            let own = placed.in_folders.iter().flat_map(|nth| &self.sources[*nth].texts);
            let called = own.filter(|text| text.content == *content).map(|text| &text.below);
            let names: BTreeSet<&PathBuf> =
                called.chain(&placed.instead_of).filter(|name| **name != placed.below).collect();
            let other = self.placed.iter().find(|(other, p)| *other != content && names.contains(&p.below));
            if let Some((other, first)) = other
                && let (Some(text), Some(main)) = (read(*content, placed), read(*other, first))
                && are_versions(&text, &main)
            {
                self.first.insert(*content, (name_of(&first.below), main));
            }
        }
    }

    fn find_missing(&mut self) {
        let mut missing = BTreeSet::new();
        for (nth, source) in self.sources.iter().enumerate() {
            let named = source.named_texts();
            // What is found by its content in one place is not missing in another that does not say it.
            let found: HashSet<&TextId> =
                named.iter().filter(|(id, hash)| self.content(nth, id, *hash).is_some()).map(|(id, _)| *id).collect();
            let lost = named.iter().map(|(id, _)| *id).filter(|id| !found.contains(id) && !self.here.contains_key(*id));
            missing.extend(lost.map(|id| (nth, id.clone())));
        }
        self.missing = missing;
    }
}

/// Whether two texts of one name are versions of each other, and not two works: half of what one says stands in the
/// other too.
fn are_versions(one: &Text, other: &Text) -> bool {
    let said = |text: &'_ Text| -> Vec<String> {
        let blocks = (0..text.blocks().len()).map(|at| text.block_str(at).to_owned());
        blocks.filter(|words| words.len() >= TELLING).collect()
    };
    let there: HashSet<String> = said(other).into_iter().collect();
    let own = said(one);
    let shared = own.iter().filter(|words| there.contains(*words)).count();
    shared > 0 && shared * 2 >= own.len().min(there.len())
}
