//! What was read: the pairs of the reader's texts, where each was left, and what was made of it.

use std::path::Path;

use super::Library;
use super::request::{Request, Source};
use super::shelf::title_of;
use crate::anchor::Anchor;
use crate::model::open::ReadPair;
use crate::model::snapshot::{PairMemory, TextPair};

/// How many pairs are looked up for the shelf.
const PAIRS: usize = 40;

impl Library {
    /// What there is to say of pairs that were read; those whose texts are not there any more, and those outside the
    /// folder that was opened as a library, are left out.
    pub fn read_pairs(&self, pairs: &[(TextPair, PairMemory)]) -> Vec<ReadPair> {
        let found = pairs.iter().filter_map(|(key, memory)| {
            let requests = [self.request(&key.left).ok()?, self.request(&key.right).ok()?];
            self.root().is_none_or(|root| requests.iter().all(|text| is_in(text, root))).then_some((requests, memory))
        });
        found.take(PAIRS).map(|(requests, memory)| self.read_pair(&requests, memory)).collect()
    }

    /// What opens the pair that was read last of those whose texts are all in a folder.
    pub fn last_pair_in(&self, folder: &Path, pairs: &[(TextPair, PairMemory)]) -> Option<[String; 2]> {
        pairs.iter().find_map(|(key, _)| {
            let requests = [self.request(&key.left).ok()?, self.request(&key.right).ok()?];
            let here = requests.iter().all(|text| is_in(text, folder) && self.probe(text).is_ok());
            here.then(|| key.clone().into())
        })
    }

    fn read_pair(&self, requests: &[Request; 2], memory: &PairMemory) -> ReadPair {
        let texts = requests.each_ref().map(Request::lasting);
        let notes = self.notes_of(&texts).notes;
        let (judged, _) = self.judgements([&texts[0], &texts[1]]);
        let homes = self.home_of_pair(requests);
        let names = requests.each_ref().map(|text| homes.id_of(text));
        let is_of_both = |j: &&crate::link::judgement::Judgement| {
            j.relation().is_some() && j.places().iter().all(|place| names.contains(&place.text))
        };
        ReadPair {
            titles: requests.each_ref().map(title_of),
            place: place(memory),
            topic: memory.topic.clone(),
            notes: notes.iter().filter(|note| texts.iter().any(|text| note.is_about(text))).count(),
            links: judged.iter().filter(is_of_both).count(),
            texts,
        }
    }
}

fn is_in(text: &Request, folder: &Path) -> bool {
    matches!(&text.source, Source::File(path) if path.starts_with(folder))
}

/// Where a pair was left, and how much of it is read: `¶14 ⇄ ¶22 · 23%`.
fn place(memory: &PairMemory) -> String {
    let at = |anchor: &Option<Anchor>| anchor.as_ref().map_or_else(|| "¶?".to_owned(), Anchor::locator);
    let places = format!("{} ⇄ {}", at(&memory.left), at(&memory.right));
    let read = [(&memory.left, memory.of.0), (&memory.right, memory.of.1)];
    let (done, of) = read.iter().fold((0, 0), |(done, of), (anchor, count)| {
        let passage = anchor.as_ref().map_or(0, |a| a.passage).min(*count);
        (done + u64::from(passage), of + u64::from(*count))
    });
    match of {
        0 => places,
        of => format!("{places} · {}%", done * 100 / of),
    }
}
