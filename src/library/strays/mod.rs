//! What was made for a text that has another name by now, or lies elsewhere: it is known by the text's content.
//!
//! It may be where this text's own things are, under a name that no text has any more; in the data folder, where earlier
//! versions kept what was made for folders without topics; or beside where the text was read before. The reader is asked,
//! once, whether it is to be taken over ([`Library::take_over`]).

pub mod copies;
mod over;
mod toml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use super::Library;
use super::disk::Spot;
use super::home::Home;
use super::places::holds_made;
use super::request::{Request, Source};
use super::said::shortened;
use super::save::save;
use super::{links, notes, state, tours};
use crate::anchor::{Anchor, TextId};
use crate::link::judgement::Judgement;
use crate::model::notes::FiledNote;
use crate::model::open::Open;
use crate::model::strays::Stray;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::tour::Tour;

/// The file with what the reader was asked already, in the state folder.
const ASKED: &str = "asked";

/// A file of a reader's answers is not longer.
const MOST: u64 = 4 << 20;

/// How long a quotation must be, in bytes, for its words to identify a text.
const TELLING: usize = 24;

/// What is made in a folder, as it calls the texts.
#[derive(Debug, Default)]
struct MadeThings {
    notes: Vec<Arc<FiledNote>>,
    links: Vec<Judgement>,
    tour: Tour,
}

/// What was read in folders of made things, with what their files were then: with many of them, it takes a while.
#[derive(Debug, Default)]
pub(super) struct Remembered(BTreeMap<(PathBuf, Home), (Stamps, Arc<MadeThings>)>);

/// When the notes, the links and the tour of a folder were last changed.
type Stamps = [Option<SystemTime>; 3];

impl MadeThings {
    fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        let notes = self.notes.iter().flat_map(|n| n.note.targets.iter().map(|t| &t.anchor));
        let links = self.links.iter().flat_map(|j| j.places());
        notes.chain(links).chain(self.tour.stops.iter().flat_map(crate::tour::Stop::anchors))
    }

    /// How many notes, links and stops have a place of which this holds.
    fn count(&self, is: &dyn Fn(&Anchor) -> bool) -> [usize; 3] {
        [
            self.notes.iter().filter(|n| n.note.targets.iter().any(|t| is(&t.anchor))).count(),
            self.links.iter().filter(|j| j.places().iter().any(|a| is(a))).count(),
            self.tour.stops.iter().filter(|s| s.anchors().any(is)).count(),
        ]
    }
}

impl Library {
    /// What was made for this text under another name or elsewhere, and may be taken over; with `anew` also what the reader
    /// was asked about before.
    pub fn strays_of(&self, open: &Open, anew: bool) -> Vec<Stray> {
        let Ok(request) = self.request(&open.request) else { return Vec::new() };
        let Source::File(path) = &request.source else { return Vec::new() };
        let home = self.home(&request);
        let asked = self.asked();
        let mut strays = Vec::new();
        for folder in self.places_of_strays(&home, path) {
            let made = self.made_in(&folder, &home);
            let names: BTreeSet<&TextId> = made.anchors().map(|a| &a.text).filter(|id| **id != open.id).collect();
            for name in names {
                let at = path_in(&folder, &home, name);
                // One that is still there has its own.
                let is_there = at.as_ref().is_none_or(|at| super::names::found(at).is_some());
                if is_there || !is_same(&made, name, &open.text) {
                    continue;
                }
                let [notes, links, stops] = made.count(&|anchor| anchor.text == *name);
                strays.push(Stray {
                    text: open.request.clone(),
                    name: name.clone(),
                    from: folder.clone(),
                    notes,
                    links,
                    stops,
                });
            }
        }
        strays.extend(self.aside(&home, &open.request));
        strays.retain(|stray| stray.count() > 0 && (anew || !asked.contains(&key(stray))));
        strays
    }

    /// What an earlier version kept for the texts of this folder away from it, where it can be kept beside them now.
    fn aside(&self, home: &Home, request: &str) -> Option<Stray> {
        let folders = home.folders(self.folders());
        let (beside, from) = (home.library()?, folders.last()?);
        if folders.first().map(PathBuf::as_path) != Some(beside) || from == beside || !is_writable(beside) {
            return None;
        }
        let made = self.made_in(from, home);
        let [notes, links, stops] = made.count(&|_| true);
        let text = request.to_owned();
        Some(Stray { text, name: TextId(String::new()), from: from.clone(), notes, links, stops })
    }

    /// Has the reader not asked about this again.
    pub fn decline(&self, stray: &Stray) {
        let Some(folders) = self.folders() else { return };
        let path = folders.state.join(ASKED);
        let mut asked = self.asked();
        asked.insert(key(stray));
        let lines: String = asked.iter().map(|line| format!("{line}\n")).collect();
        // Where it cannot be kept, the reader is asked once more another day.
        let _ = save(self.disk(), &Spot::own(path), lines.as_bytes());
    }

    fn asked(&self) -> BTreeSet<String> {
        let read = self.folders().and_then(|f| self.disk().read(&Spot::own(f.state.join(ASKED)), MOST).ok());
        read.map(|bytes| String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// The question whether what is astray is to be taken over.
    pub fn question_of(&self, stray: &Stray) -> Clean {
        let home = self.folders().map(|f| f.home.clone()).unwrap_or_default();
        let from = shortened(&stray.from, &home);
        Clean::line(&match stray.name.as_str() {
            "" => format!("keep {} beside these texts, taken from {}?", stray.told(), from.display()),
            name => format!("{} of this text under {name} in {}: take over?", stray.told(), from.display()),
        })
    }

    /// The folders in which something may be that was made for a text at this path.
    fn places_of_strays(&self, home: &Home, path: &Path) -> Vec<PathBuf> {
        let mut places = home.folders(self.folders());
        let own = places.last().cloned();
        let Some(folders) = self.folders() else { return places };
        places.push(folders.data.clone());
        let libraries = self.disk().list(&Spot::own(folders.data.join("libraries"))).unwrap_or_default();
        places.extend(libraries.into_iter().map(|l| folders.data.join("libraries").join(l.name)));
        // Beside texts that were read: this one may have lain there.
        for text in state::texts_in(self.disk(), &folders.session()) {
            let folder = crate::model::address::path_of(&text).and_then(|p| p.parent().map(Path::to_path_buf));
            places.extend(folder.filter(|folder| !path.starts_with(folder) || path.parent() == Some(folder)));
        }
        let mut once: Vec<PathBuf> = Vec::new();
        for place in places {
            let is_of_program = place.ends_with("libraries/embedded");
            if !is_of_program && !once.contains(&place) && (Some(&place) == own.as_ref() || holds_made(&place)) {
                once.push(place);
            }
        }
        once
    }

    /// A file of this name in a folder of made things.
    fn spot_in(&self, folder: &Path, name: &str) -> Spot {
        if self.folders().is_some_and(|f| f.are_own(folder)) {
            Spot::own(folder.join(name))
        } else {
            Spot::within(folder, name)
        }
    }

    /// What is made in a folder; read again only where it has changed since.
    fn made_in(&self, folder: &Path, home: &Home) -> Arc<MadeThings> {
        let base = base_of(folder, home);
        let stamps = [notes::FOLDER, links::NAME, tours::NAME].map(|name| {
            let found = std::fs::symlink_metadata(folder.join(name)).and_then(|found| found.modified());
            found.ok()
        });
        let key = (folder.to_owned(), base);
        let known = || self.strays.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = known().0.get(&key).filter(|(then, _)| *then == stamps) {
            return Arc::clone(made);
        }
        let made = Arc::new(self.read_made_in(folder, &key.1));
        known().0.insert(key, (stamps, Arc::clone(&made)));
        made
    }

    fn read_made_in(&self, folder: &Path, base: &Home) -> MadeThings {
        let mut known = notes::folder::Known::default();
        let (notes, _) = notes::folder::read(self.disk(), &self.spot_in(folder, notes::FOLDER), base, &mut known);
        let (links, _) = links::read(self.disk(), &self.spot_in(folder, links::NAME));
        let links = links.iter().map(|judgement| judgement.calling(&|id| base.called(id))).collect();
        let (mut tour, _) = tours::read(self.disk(), &self.spot_in(folder, tours::NAME));
        for anchor in tour.stops.iter_mut().flat_map(|s| [&mut s.left, &mut s.right]).flatten() {
            anchor.text = base.called(&anchor.text);
        }
        MadeThings { notes, links, tour }
    }
}

/// The home by which a folder of made things calls texts: its own paths where it is that of texts, else this one.
fn base_of(folder: &Path, home: &Home) -> Home {
    let is_aside = folder.parent().is_some_and(|p| p.ends_with("libraries")) || folder.join("libraries").is_dir();
    if is_aside { home.clone() } else { Home::Library(folder.to_owned()) }
}

/// The path that a name stands for in a folder of made things; `None` where that cannot be said.
fn path_in(folder: &Path, home: &Home, name: &TextId) -> Option<PathBuf> {
    let base = base_of(folder, home);
    crate::model::address::path_of(&base.request_of(name))
}

/// Whether the text that is called `name` is this one, by its content: by its hash, else by the words at its places.
fn is_same(made: &MadeThings, name: &TextId, text: &Text) -> bool {
    let anchors: Vec<&Anchor> = made.anchors().filter(|a| a.text == *name).collect();
    if anchors.iter().any(|a| a.hash != 0 && a.hash == text.hash()) {
        return true;
    }
    let telling: Vec<&&Anchor> = anchors.iter().filter(|a| a.exact.len() >= TELLING).collect();
    let there = telling.iter().filter(|a| text.string().contains(&a.exact)).count();
    // Of a text that was changed too, most of the words are still in it.
    there >= 2 && there * 5 >= telling.len() * 4
}

fn is_writable(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok()
}

fn key(stray: &Stray) -> String {
    Clean::line(&format!("{}: {}", stray.from.display(), stray.name)).as_str().to_owned()
}

/// What opens the same text, for a request whose file is there.
fn file_of(request: &Request) -> Option<&Path> {
    match &request.source {
        Source::File(path) => Some(path),
        _ => None,
    }
}
