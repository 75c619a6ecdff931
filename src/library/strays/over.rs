//! Taking over what is astray: each thing is written where it belongs under the names that its texts have now, and only
//! then taken away from where it was. Two Diptychs that do it at once take turns.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Base, MadeThings, Stray, file_of, toml};
use crate::anchor::{Anchor, TextId};
use crate::library::disk::Spot;
use crate::library::home::Home;
use crate::library::links;
use crate::library::notes::now;
use crate::library::notes::write::{KeepError, change};
use crate::library::said::shown;
use crate::library::save::{Outcome, SaveError, claim, make_folder};
use crate::library::topics::EditError;
use crate::library::walk::NOTES;
use crate::library::{Library, names, tours};
use crate::link::judgement::{Judgement, JudgementId};
use crate::model::address::{address_of, path_of};
use crate::model::notes::FiledNote;
use crate::model::open::Open;
use crate::note::edit::{NoteEdit, edit};
use crate::note::name;
use crate::text::clean::Clean;
use crate::tour::Tour;

/// A note is no longer than this.
const MOST: u64 = 4 << 20;

/// Why a note stays that another program was faster with.
const CHANGED: &str = "it was changed meanwhile; mend it once more";

/// How often a name is tried with another number.
const NAMES: u32 = 1000;

/// A place that things are taken over from, and how its names of texts are to be read.
struct From<'m> {
    folder: &'m Path,
    base: Base,
    /// The home of the text.
    home: &'m Home,
    /// The name that is to be this text's.
    stray: &'m Stray,
    /// What the place would call the text by its name of now.
    own: TextId,
    /// Where the text is, and where it was.
    now: PathBuf,
    then: Option<PathBuf>,
}

/// What was taken over.
struct Taken {
    /// How many notes, links and stops.
    counts: [usize; 3],
    /// A line for each note that stays as it was.
    left: Vec<String>,
    /// Where it lies now.
    folders: BTreeSet<PathBuf>,
}

impl Taken {
    /// A note stays as it was, and this is why; it is one of those that are counted, or not.
    fn leave(&mut self, note: &FiledNote, is_counted: bool, why: &str) {
        self.counts[0] -= usize::from(is_counted);
        self.left.push(format!("{}: stays as it is: {why}", shown(note.file.path())));
    }
}

impl Library {
    /// Takes over what is astray. Answers with one line: what was, or why it could not be.
    pub fn take_over(&self, stray: &Stray, open: &Open) -> Result<Clean, Clean> {
        let request = self.request(&stray.text).map_err(|e| e.line())?;
        let now = file_of(&request).map(Path::to_path_buf).unwrap_or_default();
        let home = self.home(&request);
        let _turn = self.turn(&home).map_err(|e| self.at_home(&e))?;
        // Another Diptych may have been faster.
        let base = self.base_of(&stray.from, &home, &self.texts_read());
        let made = self.read_made_in(&stray.from, &base.home);
        let is_meant = |found: &Stray| found.name == stray.name && found.swap == stray.swap;
        if !stray.is_all() && !self.strays_in(&stray.from, &base, &made, (&request, &now), open).iter().any(is_meant) {
            return Ok(Clean::line("nothing is left to be taken over"));
        }
        let then = path_of(&base.home.request_of(&stray.name));
        let own = base.home.id_of(&request);
        let from = From { folder: &stray.from, base, home: &home, stray, own, now, then };
        let to = home.folders(self.folders()).into_iter().next().unwrap_or_default();
        let in_place = to == stray.from || home.library() == Some(&stray.from);
        let taken = if in_place { self.rename_in_place(&from, &made) } else { self.bring(&from, &made, &to) };
        let Taken { counts: [notes, links, stops], left, folders } = taken.map_err(|e| self.at_home(&e))?;
        let taken = Stray { notes, links, stops, ..stray.clone() };
        let folders = if folders.is_empty() { BTreeSet::from([to]) } else { folders };
        let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
        let told = format!("{} taken over, in {}", taken.told(), folders.join(" and "));
        match left.as_slice() {
            [] => Ok(self.at_home(&told)),
            [one] if taken.count() == 0 => Err(self.at_home(one)),
            [first, others @ ..] => {
                let more = if others.is_empty() { String::new() } else { format!(" (and {} more)", others.len()) };
                Ok(self.at_home(&format!("{told}; {first}{more}")))
            }
        }
    }

    fn spot_of(&self, note: &FiledNote) -> Spot {
        let path = note.file.path();
        let notes = path.parent().unwrap_or(path);
        let folder = notes.parent().unwrap_or(notes);
        self.spot_in(folder, path.strip_prefix(folder).unwrap_or(path))
    }

    /// The bytes of a note that is to be changed.
    fn bytes_of(&self, note: &FiledNote) -> Result<Vec<u8>, EditError> {
        let path = note.file.path().to_owned();
        self.disk.read(&self.spot_of(note), MOST).map_err(|why| of_note(KeepError::Unread { path, why }))
    }

    fn rename_in_place(&self, from: &From<'_>, made: &MadeThings) -> Result<Taken, EditError> {
        let counts = made.count(&|anchor| from.stray.means(anchor));
        let mut taken = Taken { counts, left: Vec::new(), folders: BTreeSet::from([from.folder.to_owned()]) };
        let is_other = |anchor: &Anchor| from.now_at(&anchor.text, Some(anchor.hash)).is_some();
        for note in made.notes.iter().filter(|n| n.note.targets.iter().any(|t| is_other(&t.anchor))) {
            let is_counted = note.note.targets.iter().any(|t| from.stray.means(&t.anchor));
            if let Some(why) = &note.fixed {
                taken.leave(note, is_counted, why.as_str());
                continue;
            }
            let wanted = self.note_renamed(from, from.home, note, &self.bytes_of(note)?);
            let done = change(&*self.disk, &self.spot_of(note), note.hash, Some(wanted.as_bytes())).map_err(of_note)?;
            if done == Outcome::Collided {
                taken.leave(note, is_counted, CHANGED);
            }
        }
        for file in [links::NAME, tours::NAME] {
            self.names_renamed(from, from.home, file)?;
        }
        Ok(taken)
    }

    /// Has a file of the folder that things come from call texts what they are called in a home by where they are now; what is
    /// not meant stays as it is written.
    fn names_renamed(&self, from: &From<'_>, home: &Home, file: &str) -> Result<(), EditError> {
        let name = |id: &TextId, hash: Option<u64>| {
            let called = from.base.home.called(id);
            from.now_at(&called, hash).map_or_else(|| id.clone(), |_| self.name_now(from, home, &called, hash))
        };
        toml::rename(&*self.disk, &self.spot_in(from.folder, file), &name)
    }

    fn bring(&self, from: &From<'_>, made: &MadeThings, to: &Path) -> Result<Taken, EditError> {
        let disk = &*self.disk;
        let comes = |anchor: &Anchor| from.comes(anchor);
        let mut taken = Taken { counts: made.count(&comes), left: Vec::new(), folders: BTreeSet::new() };
        for note in made.notes.iter().filter(|n| n.note.targets.iter().any(|t| comes(&t.anchor)) || from.is_all()) {
            let is_counted = note.note.targets.iter().any(|t| comes(&t.anchor));
            if let Some(why) = &note.fixed {
                taken.leave(note, is_counted, why.as_str());
                continue;
            }
            let bytes = self.bytes_of(note)?;
            let (home, to) = self.home_of_places(from, to, &mut note.note.targets.iter().map(|t| &t.anchor));
            let wanted = self.note_renamed(from, &home, note, &bytes);
            taken.folders.insert(to.clone());
            if self.is_folder_of(from, &to) {
                let done = change(disk, &self.spot_of(note), note.hash, Some(wanted.as_bytes())).map_err(of_note)?;
                if done == Outcome::Collided {
                    taken.leave(note, is_counted, CHANGED);
                }
                continue;
            }
            let folder = self.spot_in(&to, NOTES);
            make_folder(disk, &folder)?;
            put(disk, &folder, note, wanted.as_bytes()).map_err(of_note)?;
            // What was changed meanwhile stays where it is, and is there twice.
            if change(disk, &self.spot_of(note), note.hash, None).map_err(of_note)? == Outcome::Collided {
                taken.leave(note, is_counted, CHANGED);
            }
        }
        self.bring_links(from, made, to, &mut taken)?;
        self.bring_stops(from, made, to, &mut taken)?;
        Ok(taken)
    }

    /// Whether things that belong into a folder are there already, and need only call their texts otherwise.
    fn is_folder_of(&self, from: &From<'_>, to: &Path) -> bool {
        let real = |folder: &Path| self.disk.real(&self.spot_in(folder, "")).ok().map(|spot| spot.path().to_owned());
        to == from.folder || real(to).is_some_and(|there| real(from.folder).is_some_and(|here| here == there))
    }

    fn bring_links(&self, from: &From<'_>, made: &MadeThings, to: &Path, taken: &mut Taken) -> Result<(), EditError> {
        let disk = &*self.disk;
        let mut going: BTreeMap<PathBuf, (Vec<Judgement>, Vec<JudgementId>)> = BTreeMap::new();
        let mut stays_at = None;
        for judgement in made.links.iter().filter(|j| j.places().iter().any(|a| from.comes(a)) || from.is_all()) {
            let (home, to) = self.home_of_places(from, to, &mut judgement.places().into_iter());
            taken.folders.insert(to.clone());
            if self.is_folder_of(from, &to) {
                stays_at = Some(home);
                continue;
            }
            let (renamed, ids) = going.entry(to).or_default();
            renamed.push(judgement.calling_by_content(&|id, hash| self.name_now(from, &home, id, hash)));
            ids.push(judgement.id.clone());
        }
        for (to, (renamed, ids)) in going {
            make_folder(disk, &self.spot_in(&to, ""))?;
            links::put_all(disk, &self.spot_in(&to, links::NAME), &renamed, &now().to_string())?;
            links::remove_all(disk, &self.spot_in(from.folder, links::NAME), &ids)?;
        }
        stays_at.map_or(Ok(()), |home| self.names_renamed(from, &home, links::NAME))
    }

    fn bring_stops(&self, from: &From<'_>, made: &MadeThings, to: &Path, taken: &mut Taken) -> Result<(), EditError> {
        let disk = &*self.disk;
        let mut going: BTreeMap<PathBuf, Tour> = BTreeMap::new();
        let mut stays_at = None;
        for stop in made.tour.stops.iter().filter(|stop| stop.anchors().any(|a| from.comes(a)) || from.is_all()) {
            let (home, to) = self.home_of_places(from, to, &mut stop.anchors());
            taken.folders.insert(to.clone());
            if self.is_folder_of(from, &to) {
                stays_at = Some(home);
                continue;
            }
            let mut stop = stop.clone();
            for anchor in [&mut stop.left, &mut stop.right].into_iter().flatten() {
                anchor.text = self.name_now(from, &home, &anchor.text, Some(anchor.hash));
            }
            let tour = going.entry(to).or_insert_with(|| Tour { title: made.tour.title.clone(), stops: Vec::new() });
            tour.stops.push(stop);
        }
        for (to, tour) in going {
            make_folder(disk, &self.spot_in(&to, ""))?;
            tours::take_in(disk, &self.spot_in(&to, tours::NAME), &tour)?;
            tours::take_out(disk, &self.spot_in(from.folder, tours::NAME), &tour)?;
        }
        stays_at.map_or(Ok(()), |home| self.names_renamed(from, &home, tours::NAME))
    }

    /// The home that texts have together where they are now, and the folder that things about them are kept in; `to` where
    /// that is the home of the text that is meant.
    fn home_of_places(&self, from: &From<'_>, to: &Path, places: &mut dyn Iterator<Item = &Anchor>) -> (Home, PathBuf) {
        let homes = places.filter_map(|place| {
            let opens = from.opens(&place.text, Some(place.hash));
            Some(self.home(&self.request(&opens).ok()?))
        });
        match homes.reduce(Home::with).filter(|home| home != from.home && !from.is_all()) {
            Some(home) => {
                let folder = home.folders(self.folders()).into_iter().next();
                let folder = folder.unwrap_or_else(|| to.to_owned());
                (home, folder)
            }
            None => (from.home.clone(), to.to_owned()),
        }
    }

    /// What a text is called in a home by where it is now.
    fn name_now(&self, from: &From<'_>, home: &Home, id: &TextId, hash: Option<u64>) -> TextId {
        let opens = from.opens(id, hash);
        self.request(&opens).map_or(TextId(opens), |request| home.id_of(&request))
    }

    /// The file of a note with the names that its texts have now.
    fn note_renamed(&self, from: &From<'_>, home: &Home, note: &FiledNote, bytes: &[u8]) -> String {
        let mut targets = note.note.targets.clone();
        for target in &mut targets {
            target.anchor.text = self.name_now(from, home, &target.anchor.text, Some(target.anchor.hash));
        }
        edit(&String::from_utf8_lossy(bytes), &NoteEdit { targets: Some(&targets), ..NoteEdit::default() })
    }
}

impl From<'_> {
    /// Whether all that is there comes, and not only what is about one text.
    fn is_all(&self) -> bool {
        self.stray.is_all()
    }

    /// Whether what has this place comes along: the text itself, and those that moved with its folder.
    fn comes(&self, place: &Anchor) -> bool {
        self.is_all() || self.stray.means(place) || (self.moved(&place.text).is_some() && self.home.library().is_some())
    }

    /// Where a text is that lies elsewhere by now: the one that is meant, that which has its name, or one that lay in the
    /// folder that was moved.
    fn now_at(&self, id: &TextId, hash: Option<u64>) -> Option<PathBuf> {
        let is = |wanted: u64| hash == Some(wanted);
        match self.stray.swap {
            Some([ours, _]) if *id == self.stray.name && is(ours) => Some(self.now.clone()),
            Some([_, theirs]) if *id == self.own && is(theirs) => self.then.clone(),
            Some(_) => None,
            None if *id == self.stray.name && !self.is_all() => Some(self.now.clone()),
            None => self.moved(id),
        }
    }

    /// What opens a text where it is now.
    fn opens(&self, id: &TextId, hash: Option<u64>) -> String {
        self.now_at(id, hash).map_or_else(|| self.base.home.request_of(id), |path| address_of(&path))
    }

    /// Where a text is now that lay in the folder that was moved.
    fn moved(&self, id: &TextId) -> Option<PathBuf> {
        let path = path_of(&self.base.home.request_of(id)).filter(|_| self.stray.swap.is_none())?;
        let then = self.then.as_ref()?;
        let same_name = then.file_name() == self.now.file_name();
        let below = path.strip_prefix(then.parent()?).ok().filter(|_| same_name)?;
        let there = self.now.parent()?.join(below);
        (names::found(&path).is_none() && there.is_file()).then_some(there)
    }
}

/// Writes a note under its name, or where another has that, under the next.
fn put(disk: &dyn crate::library::disk::Disk, folder: &Spot, note: &FiledNote, bytes: &[u8]) -> Result<(), KeepError> {
    let stem = note.file.path().file_stem().unwrap_or_default();
    let mut last = Err(KeepError::NoFolder);
    for nth in 1..=NAMES {
        let number = if nth == 1 { String::new() } else { format!("-{nth}") };
        // It need not be UTF-8.
        let mut file = stem.to_owned();
        file.push(format!("{number}.{}", name::ENDING));
        let path = folder.join(file);
        if disk.read(&path, MOST).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        match claim(disk, &path, bytes) {
            Err(e) if e.why.kind() == std::io::ErrorKind::AlreadyExists => last = Err(e.into()),
            done => return Ok(done?),
        }
    }
    last
}

fn of_note(e: KeepError) -> EditError {
    match e {
        KeepError::Save(e) => e.into(),
        KeepError::NoFolder => EditError::NoFolder,
        KeepError::NoText(why) => EditError::NoText(why),
        KeepError::Unread { path, why } => SaveError { path, doing: "read it", why }.into(),
    }
}
