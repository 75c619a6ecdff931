//! Taking over what is astray: each thing is written where it belongs under the names that its texts have now, and only
//! then taken away from where it was. Two Diptychs that do it at once take turns.

use std::path::{Path, PathBuf};

use super::{MadeThings, Stray, base_of, file_of, is_same, path_in, toml};
use crate::anchor::TextId;
use crate::library::disk::Spot;
use crate::library::home::Home;
use crate::library::links;
use crate::library::notes::write::{KeepError, change};
use crate::library::notes::{FOLDER, now};
use crate::library::save::{SaveError, claim};
use crate::library::topics::EditError;
use crate::library::{Library, names, tours};
use crate::model::address::path_of;
use crate::model::notes::FiledNote;
use crate::model::open::Open;
use crate::note::edit::{Change, edit};
use crate::note::name;
use crate::text::clean::Clean;

/// A note is no longer than this.
const MOST: u64 = 4 << 20;

/// How often a name is tried with another number.
const NAMES: u32 = 1000;

/// A place that things are taken over from, and how its names of texts are to be read.
struct From<'m> {
    folder: &'m Path,
    base: Home,
    home: &'m Home,
    /// The name that is to be this text's.
    stray: &'m Stray,
    /// Where the text is, and where it was.
    now: PathBuf,
    then: Option<PathBuf>,
}

impl Library {
    /// Takes over what is astray. Answers with one line: what was, or why it could not be.
    pub fn take_over(&self, stray: &Stray, open: &Open) -> Result<Clean, Clean> {
        let request = self.request(&stray.text).map_err(|e| e.line())?;
        let now = file_of(&request).map(Path::to_path_buf).unwrap_or_default();
        let home = self.home(&request);
        let _turn = self.turn(&home).map_err(|e| self.at_home(&e))?;
        // Another Diptych may have been faster.
        let made = self.read_made_in(&stray.from, &base_of(&stray.from, &home));
        if !stray.name.as_str().is_empty() && !is_same(&made, &stray.name, &open.text) {
            return Ok(Clean::line("nothing is left to be taken over"));
        }
        let base = base_of(&stray.from, &home);
        let then = path_in(&stray.from, &home, &stray.name);
        let from = From { folder: &stray.from, base, home: &home, stray, now, then };
        let to = home.folders(self.folders()).into_iter().next().unwrap_or_default();
        let in_place = to == stray.from || home.library() == Some(&stray.from);
        let counts = if in_place { self.rename_in_place(&from, &made) } else { self.bring(&from, &made, &to) };
        let [notes, links, stops] = counts.map_err(|e| self.at_home(&e))?;
        let taken = Stray { notes, links, stops, ..stray.clone() };
        Ok(self.at_home(&format!("{} taken over, in {}", taken.told(), to.display())))
    }

    fn spot_of(&self, note: &FiledNote) -> Spot {
        let path = note.file.path();
        let notes = path.parent().unwrap_or(path);
        let folder = notes.parent().unwrap_or(notes);
        let below = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
        self.spot_in(folder, &below)
    }

    fn rename_in_place(&self, from: &From<'_>, made: &MadeThings) -> Result<[usize; 3], EditError> {
        let is_meant = |anchor: &crate::anchor::Anchor| anchor.text == from.stray.name;
        for note in made.notes.iter().filter(|n| n.note.targets.iter().any(|t| is_meant(&t.anchor))) {
            let wanted = from.renamed(note, &self.disk.read(&self.spot_of(note), MOST).unwrap_or_default());
            let done = change(&*self.disk, &self.spot_of(note), note.hash, Some(wanted.as_bytes()));
            if let Err(e) = done {
                return Err(of_note(e));
            }
        }
        for file in [links::NAME, tours::NAME] {
            toml::rename(&*self.disk, &self.spot_in(from.folder, file), &|id| from.id_now(&from.base.called(id)))?;
        }
        Ok(made.count(&is_meant))
    }

    fn bring(&self, from: &From<'_>, made: &MadeThings, to: &Path) -> Result<[usize; 3], EditError> {
        let disk = &*self.disk;
        let comes = |anchor: &crate::anchor::Anchor| from.comes(&anchor.text);
        let counts = made.count(&comes);
        for note in made.notes.iter().filter(|n| n.note.targets.iter().any(|t| comes(&t.anchor)) || from.is_all()) {
            let bytes = disk.read(&self.spot_of(note), MOST).unwrap_or_default();
            let wanted = from.renamed(note, &bytes);
            let folder = self.spot_in(to, FOLDER);
            disk.create_folder(&folder).map_err(SaveError::of(&folder, "make the folder"))?;
            put(disk, &folder, note, wanted.as_bytes()).map_err(of_note)?;
            // What was changed meanwhile stays where it is, and is there twice.
            change(disk, &self.spot_of(note), note.hash, None).map_err(of_note)?;
        }
        let file = self.spot_in(to, links::NAME);
        for judgement in made.links.iter().filter(|j| j.places().iter().any(|a| comes(a)) || from.is_all()) {
            let renamed = judgement.calling(&|id| from.id_now(id));
            links::put(disk, &file, &renamed, &now().to_string())?;
            links::remove(disk, &self.spot_in(from.folder, links::NAME), &judgement.id)?;
        }
        let mut coming = made.tour.clone();
        coming.stops.retain(|stop| stop.anchors().any(comes) || from.is_all());
        if !coming.stops.is_empty() {
            for anchor in coming.stops.iter_mut().flat_map(|s| [&mut s.left, &mut s.right]).flatten() {
                anchor.text = from.id_now(&anchor.text);
            }
            tours::take_in(disk, &self.spot_in(to, tours::NAME), &coming)?;
            tours::take_out(disk, &self.spot_in(from.folder, tours::NAME), &coming)?;
        }
        Ok(counts)
    }
}

impl From<'_> {
    /// Whether all that is there comes, and not only what is about one text.
    fn is_all(&self) -> bool {
        self.stray.name.as_str().is_empty()
    }

    /// Whether what is about the text of this name comes along: the text itself, and those that moved with its folder.
    fn comes(&self, id: &TextId) -> bool {
        self.is_all() || *id == self.stray.name || (self.moved(id).is_some() && self.home.library().is_some())
    }

    /// Where a text is now that lay in the folder that was moved.
    fn moved(&self, id: &TextId) -> Option<PathBuf> {
        let path = path_of(&self.base.request_of(id))?;
        let then = self.then.as_ref()?;
        let same_name = then.file_name() == self.now.file_name();
        let below = path.strip_prefix(then.parent()?).ok().filter(|_| same_name)?;
        let there = self.now.parent()?.join(below);
        (names::found(&path).is_none() && there.is_file()).then_some(there)
    }

    /// What a text is called in its home now.
    fn id_now(&self, id: &TextId) -> TextId {
        let path = if *id == self.stray.name && !self.is_all() {
            Some(self.now.clone())
        } else {
            self.moved(id).or_else(|| path_of(&self.base.request_of(id)))
        };
        let within =
            path.zip(self.home.library()).and_then(|(path, folder)| crate::model::address::name_within(folder, &path));
        within.map_or_else(|| id.clone(), TextId)
    }

    /// The file of a note with the names that its texts have now.
    fn renamed(&self, note: &FiledNote, bytes: &[u8]) -> String {
        let mut targets = note.note.targets.clone();
        for target in &mut targets {
            target.anchor.text = self.id_now(&target.anchor.text);
        }
        edit(&String::from_utf8_lossy(bytes), &Change { targets: Some(&targets), ..Change::default() })
    }
}

/// Writes a note under its name, or where another has that, under the next.
fn put(disk: &dyn crate::library::disk::Disk, folder: &Spot, note: &FiledNote, bytes: &[u8]) -> Result<(), KeepError> {
    let stem = note.file.path().file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let mut last = Err(KeepError::NoFolder);
    for nth in 1..=NAMES {
        let number = if nth == 1 { String::new() } else { format!("-{nth}") };
        let path = folder.join(format!("{stem}{number}.{}", name::ENDING));
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
        KeepError::Unread { path, why } => SaveError { path, doing: "read it", why }.into(),
    }
}
