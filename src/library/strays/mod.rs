//! What was made for a text that has another name by now, or lies elsewhere: it is known by the text's content.
//!
//! It may be where this text's own things are, under a name that no text has any more; in the data folder, where earlier
//! versions kept what was made for folders without topics; or beside where the text was read before. The reader is asked,
//! once, whether it is to be taken over ([`Library::take_over`]).

pub(crate) mod copies;
mod over;
mod same;
mod toml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use self::same::{Proof, may_be_about};
use super::Library;
use super::disk::Spot;
use super::home::Home;
use super::load::Waiting;
use super::places::holds_made;
use super::request::{Request, Source};
use super::said::shortened;
use super::save::save;
use super::walk::NOTES;
use super::{links, names, notes, state, tours};
use crate::anchor::{Anchor, TextId};
use crate::link::judgement::Judgement;
use crate::model::address::{address_of, name_within, path_of};
use crate::model::notes::FiledNote;
use crate::model::open::Open;
use crate::model::strays::Stray;
use crate::text::clean::Clean;
use crate::tour::Tour;

/// The file with what the reader was asked already, in the state folder.
const ASKED: &str = "asked";

/// A file of a reader's answers is not longer.
const MOST: u64 = 4 << 20;

/// How many other texts of a library are looked at for one that is as like.
const LOOKED_AT: usize = 300;

/// Of a longer text it is not asked whether another is its copy.
const READ: u64 = 64 << 20;

/// How many folders above a text are those of a library it may have been in.
const AROUND: usize = 6;

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
    /// The places that name this text.
    fn of(&self, name: &TextId) -> Vec<&Anchor> {
        self.anchors().filter(|anchor| anchor.text == *name).collect()
    }

    /// Whether one of the things that a stray means has another place in this text, which its name of now is given to.
    fn would_join_itself(&self, stray: &Stray, own: &TextId) -> bool {
        let joins = |places: &[&Anchor]| {
            places.iter().any(|place| stray.means(place))
                && places.iter().any(|place| place.text == *own && stray.name != *own && !stray.gives_way(place))
        };
        let notes = self.notes.iter().map(|n| n.note.targets.iter().map(|t| &t.anchor).collect::<Vec<_>>());
        let links = self.links.iter().map(|j| j.places());
        let stops = self.tour.stops.iter().map(|s| s.anchors().collect());
        notes.chain(links).chain(stops).any(|places| joins(&places))
    }

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
        // Who follows another session takes nothing over: what lies beside the texts is the leader's.
        if self.is_apart() {
            return Vec::new();
        }
        let Ok(request) = self.request(&open.request) else { return Vec::new() };
        let Some(path) = file_of(&request) else { return Vec::new() };
        let home = self.home(&request);
        let asked = self.asked();
        let texts_read = self.texts_read();
        let mut strays = Vec::new();
        for folder in self.places_of_strays(&home, path, &texts_read) {
            let base = self.base_of(&folder, &home, &texts_read);
            let made = self.made_in(&folder, &base.home);
            strays.extend(self.strays_in(&folder, &base, &made, (&request, path), open));
        }
        strays.extend(self.aside(&home, &open.request));
        strays.retain(|stray| stray.count() > 0 && (anew || !asked.contains(&key(stray))));
        for stray in &mut strays {
            let base = self.base_of(&stray.from, &home, &texts_read);
            let others = self.others_as_like(stray, &home, &base, (path, open));
            stray.others = others;
        }
        strays.retain(|stray| stray.count() > 0);
        strays
    }

    /// What is in a folder of made things for a text that is called otherwise there.
    fn strays_in(
        &self,
        folder: &Path,
        base: &Base,
        made: &MadeThings,
        (request, path): (&Request, &Path),
        open: &Open,
    ) -> Vec<Stray> {
        let own = base.home.id_of(request);
        let names: BTreeSet<&TextId> = made.anchors().map(|a| &a.text).collect();
        let mut strays = Vec::new();
        for name in names {
            let Some(at) = path_of(&base.home.request_of(name)) else { continue };
            let is_known = base.is_known || path_of(name.as_str()).is_some();
            let there = names::found(&at).filter(|_| is_known);
            let proof = if there.is_none() { Proof::of(&made.of(name), &open.text) } else { None };
            let is_guess = proof == Some(Proof::Quotation);
            let swap = match &there {
                None if proof.is_none() => continue,
                // What was made for this text under its own name says that it is another.
                None if is_guess && !made.of(&own).is_empty() => continue,
                None => None,
                Some(there) if is_one_file(there, path) => continue,
                Some(there) => match self.displaced(made, name, there, open) {
                    Some(theirs) => Some([open.text.hash(), theirs]),
                    None => continue,
                },
            };
            let mut stray = Stray {
                text: open.request.clone(),
                name: name.clone(),
                from: folder.to_owned(),
                swap,
                is_guess,
                ..Stray::default()
            };
            if made.would_join_itself(&stray, &own) {
                continue;
            }
            [stray.notes, stray.links, stray.stops] = made.count(&|anchor| stray.means(anchor));
            strays.push(stray);
        }
        strays
    }

    /// The hash of the text that has this name now, where what was made under the name is for the open text, as its content
    /// proves, and not for that one.
    fn displaced(&self, made: &MadeThings, name: &TextId, there: &Path, open: &Open) -> Option<u64> {
        let ours = open.text.hash();
        let mut meant = made.of(name);
        meant.retain(|place| place.hash == ours && ours != 0);
        meant.first()?;
        let other = self.peek(&address_of(there), &Waiting::patiently()).ok()?;
        (other.text.hash() != ours && !may_be_about(&meant, &other.text, &open.text)).then(|| other.text.hash())
    }

    /// The other texts of the library that are as like what was meant; nothing is left of the stray where one is more so.
    fn others_as_like(&self, stray: &mut Stray, home: &Home, base: &Base, (path, open): (&Path, &Open)) -> Vec<String> {
        if stray.is_all() {
            return Vec::new();
        }
        let made = self.made_in(&stray.from, &base.home);
        let Some(own) = Proof::of(&made.of(&stray.name), &open.text) else { return Vec::new() };
        let Some(folder) = home.library().or(path.parent()) else { return Vec::new() };
        let length = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
        let bytes = || self.disk().read(&Spot::own(path), READ).ok();
        let mut others = Vec::new();
        let files = self.text_files_in(folder);
        // Words that more texts may have are no reason to ask.
        let is_vague = |others: &[String]| own == Proof::Quotation && (!others.is_empty() || files.len() > LOOKED_AT);
        for other in files.iter().filter(|other| !is_one_file(other, path)).take(LOOKED_AT) {
            let is_as_like = match own {
                Proof::Content => {
                    length(other) == length(path)
                        && self.disk().read(&Spot::own(other), READ).ok().is_some_and(|read| Some(read) == bytes())
                }
                Proof::Words(_) | Proof::Quotation => {
                    let peeked = self.peek(&address_of(other), &Waiting::patiently()).ok();
                    let theirs = peeked.and_then(|peeked| Proof::of(&made.of(&stray.name), &peeked.text));
                    if theirs > Some(own) {
                        [stray.notes, stray.links, stray.stops] = [0; 3];
                        return Vec::new();
                    }
                    theirs == Some(own)
                }
            };
            if is_as_like {
                others.push(name_within(folder, other).unwrap_or_else(|| address_of(other)));
            }
            if is_vague(&others) {
                [stray.notes, stray.links, stray.stops] = [0; 3];
                return Vec::new();
            }
        }
        others
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
        Some(Stray { text, from: from.clone(), notes, links, stops, ..Stray::default() })
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
            name => {
                let or = stray.or_of_others();
                // Where it lies in the folder of the text, the name says enough.
                let is_here = path_of(&stray.text).is_some_and(|text| text.parent() == Some(&stray.from));
                let place = if is_here { String::new() } else { format!(" in {}", from.display()) };
                if stray.is_guess {
                    format!("{} under {name}{place}, whose words only this text has: take over?", stray.told())
                } else {
                    format!("{} of this text{or} under {name}{place}: take over?", stray.told())
                }
            }
        })
    }

    /// The folders in which something may be that was made for a text at this path.
    fn places_of_strays(&self, home: &Home, path: &Path, texts_read: &[PathBuf]) -> Vec<PathBuf> {
        let mut places = home.folders(self.folders());
        let own = places.last().cloned();
        let Some(folders) = self.folders() else { return places };
        places.push(folders.data.clone());
        for of_libraries in self.folders_of_libraries() {
            let libraries = self.disk().list(&Spot::own(&of_libraries)).unwrap_or_default();
            places.extend(libraries.into_iter().map(|l| of_libraries.join(l.name)));
        }
        // Beside texts that were read: this one may have lain there.
        places.extend(texts_read.iter().filter_map(|text| text.parent().map(Path::to_path_buf)));
        places.extend(path.ancestors().skip(1).take(AROUND).map(Path::to_path_buf));
        let mut once: Vec<PathBuf> = Vec::new();
        for place in places {
            let is_of_program = place == folders.of_library(&Home::Embedded.key());
            if !is_of_program && !once.contains(&place) && (Some(&place) == own.as_ref() || holds_made(&place)) {
                once.push(place);
            }
        }
        once
    }

    /// A file of this name in a folder of made things.
    fn spot_in(&self, folder: &Path, name: impl AsRef<Path>) -> Spot {
        if self.folders().is_some_and(|f| f.are_own(folder)) {
            Spot::own(folder.join(name))
        } else {
            Spot::within(folder, name)
        }
    }

    /// What is made in a folder; read again only where it has changed since.
    fn made_in(&self, folder: &Path, base: &Home) -> Arc<MadeThings> {
        let stamps = [NOTES, links::NAME, tours::NAME].map(|name| {
            let found = std::fs::symlink_metadata(folder.join(name)).and_then(|found| found.modified());
            found.ok()
        });
        let key = (folder.to_owned(), base.clone());
        let known = || self.strays.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = known().0.get(&key).filter(|(then, _)| *then == stamps) {
            return Arc::clone(made);
        }
        let made = Arc::new(self.read_made_in(folder, &key.1));
        known().0.insert(key, (stamps, Arc::clone(&made)));
        made
    }

    fn read_made_in(&self, folder: &Path, base: &Home) -> MadeThings {
        let mut known = notes::folder::SeenNotes::default();
        let (notes, _) = notes::folder::read(self.disk(), &self.spot_in(folder, NOTES), base, &mut known);
        let (links, _) = links::read(self.disk(), &self.spot_in(folder, links::NAME));
        let links = links.iter().map(|judgement| judgement.calling(&|id| base.called(id))).collect();
        let (mut tour, _) = tours::read(self.disk(), &self.spot_in(folder, tours::NAME));
        for anchor in tour.stops.iter_mut().flat_map(|s| [&mut s.left, &mut s.right]).flatten() {
            anchor.text = base.called(&anchor.text);
        }
        MadeThings { notes, links, tour }
    }
}

impl Library {
    /// The files of the texts that are remembered from earlier sessions.
    fn texts_read(&self) -> Vec<PathBuf> {
        let texts = self.folders().map(|folders| state::texts_in(self.disk(), &folders.session()));
        texts.iter().flatten().filter_map(|text| path_of(text)).collect()
    }

    /// The folders in which each library that is kept away from its texts has one of its own.
    fn folders_of_libraries(&self) -> impl Iterator<Item = PathBuf> {
        let folders = self.folders().into_iter();
        folders.flat_map(|f| f.keep.clone().into_iter().chain([f.libraries()]))
    }

    /// The home by which a folder of made things calls texts: its own paths where it is that of texts, else those of the
    /// library it was made for.
    fn base_of(&self, folder: &Path, home: &Home, texts_read: &[PathBuf]) -> Base {
        let Some(folders) = self.folders() else { return Base { home: home.clone(), is_known: true } };
        let is_own = folder == folders.data || home.folders(Some(folders)).iter().any(|own| own == folder);
        let is_apart = self.folders_of_libraries().any(|of_libraries| folder.parent() == Some(of_libraries.as_path()));
        if is_own && Some(folder) != home.library() {
            return Base { home: home.clone(), is_known: true };
        }
        if !is_apart {
            return Base { home: Home::Library(folder.to_owned()), is_known: true };
        }
        // The folder's name is made of the library's path, and the library was one of texts that were read.
        let key = folder.file_name().unwrap_or_default();
        let above = texts_read.iter().flat_map(|text| {
            text.ancestors().skip(1).take(AROUND).map(|folder| Home::Library(folder.to_owned())).collect::<Vec<_>>()
        });
        match above.into_iter().find(|library| library.key().as_str() == key) {
            Some(library) => Base { home: library, is_known: true },
            None => Base { home: home.clone(), is_known: false },
        }
    }
}

/// By what names a folder of made things calls texts.
#[derive(Debug)]
struct Base {
    home: Home,
    /// Whether the names are paths from there. Else they were paths from a folder that is not known any more.
    is_known: bool,
}

/// Whether two paths lead to one file.
fn is_one_file(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
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
