//! The notes of a library: reading their folder, and keeping what the reader writes.
//!
//! A note about one text is kept in the `notes` folder of that text's home, a note about a pair in that of the pair
//! (see [`super::home`]). What is new is stamped here: nothing above knows a clock.

pub(crate) mod drafts;
pub mod folder;
pub(crate) mod outgoing;
pub(crate) mod receive;
pub(crate) mod write;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use xxhash_rust::xxh3::xxh3_64;

use self::drafts::OwnDrafts;
use self::folder::{LONGEST, SeenNotes, of_bytes, tell_twins};
use self::write::{KeepError, NewNote, change, make};
use super::Library;
use super::aside::Aside;
use super::disk::{Disk, Spot};
use super::home::Home;
use super::request::Request;
use super::save::{Outcome, claim};
use super::walk::NOTES;
use crate::model::notes::{Base, Draft, FileVersion, FiledNote, NoteChange, NoteChanged, NoteFile, NotesRead};
use crate::note::edit::{NoteEdit, edit};
use crate::note::stamp::Stamp;
use crate::note::{Note, NoteId, Target, file, name};
use crate::text::clean::Clean;

/// What is known of notes.
#[derive(Debug, Default)]
pub struct KnownNotes {
    known: Mutex<SeenNotes>,
    /// The homes whose notes were read, for what their files call the texts.
    homes: Mutex<Vec<Home>>,
    /// This session's place among the drafts.
    own: Mutex<Option<OwnDrafts>>,
    /// Whether that place was given up for good.
    left: AtomicBool,
}

impl Library {
    /// The notes of the homes that these texts belong to, alone and as a pair.
    pub fn notes_of(&self, texts: &[String]) -> NotesRead {
        let homes = self.homes_of(texts);
        let mut read = self.notes_in(&homes);
        let requests: Vec<_> = texts.iter().filter_map(|text| self.request(text).ok()).collect();
        let mut around: Vec<Home> = Vec::new();
        for home in requests.iter().flat_map(|text| self.homes_around(text)) {
            if !homes.contains(&home) && !around.contains(&home) {
                around.push(home);
            }
        }
        // In other folders above may be notes on these texts, and on others that are not read here.
        let mut above = self.notes_in(&around);
        let open: Vec<String> = requests.iter().map(Request::lasting).collect();
        above.notes.retain(|note| open.iter().any(|text| note.is_about(text)));
        read.notes.extend(above.notes);
        read.told.extend(above.told);
        read
    }

    /// The notes of some homes.
    pub fn notes_in(&self, homes: &[Home]) -> NotesRead {
        let mut read = NotesRead::default();
        let mut known = self.notes.known.lock().unwrap_or_else(PoisonError::into_inner);
        for home in homes {
            for folder in self.notes_folders(home) {
                let (notes, told) = folder::read(&*self.disk, &folder, home, &mut known);
                read.notes.extend(notes);
                read.told.extend(told);
            }
        }
        tell_twins(&mut read.notes);
        let mut joined = self.notes.homes.lock().unwrap_or_else(PoisonError::into_inner);
        for home in homes {
            if !joined.contains(home) {
                joined.push(home.clone());
            }
        }
        read
    }

    /// The folders of notes that may change while these texts are open.
    pub fn notes_folders_of(&self, texts: &[String]) -> Vec<Spot> {
        self.homes_of(texts).iter().flat_map(|home| self.notes_folders(home)).collect()
    }

    fn notes_folders(&self, home: &Home) -> Vec<Spot> {
        home.spots(self.folders.as_ref(), NOTES)
    }

    pub(super) fn homes_of(&self, texts: &[String]) -> Vec<Home> {
        let requests: Vec<_> = texts.iter().filter_map(|text| self.request(text).ok()).collect();
        let mut homes: Vec<Home> = Vec::new();
        let pair = match requests.as_slice() {
            [left, right] => Some(self.home(left).with(self.home(right))),
            _ => None,
        };
        for home in requests.iter().map(|text| self.home(text)).chain(pair) {
            if !homes.contains(&home) {
                homes.push(home);
            }
        }
        homes
    }

    /// Has a change of a note's file made.
    pub fn keep_note(&self, change: &NoteChange) -> Result<NoteChanged, KeepError> {
        match change {
            NoteChange::Draft(draft) => match &draft.of {
                None => self.make_note(draft),
                Some(base) => self.change_note(draft, base),
            },
            NoteChange::Delete(file, hash) => self.delete_note(file, *hash),
            NoteChange::Put { now, wanted } => self.put_note(now.as_ref(), wanted.as_ref()),
        }
    }

    fn make_note(&self, draft: &Draft) -> Result<NoteChanged, KeepError> {
        let unreached = || {
            let why = draft.requests.iter().find_map(|text| self.request(text).err());
            why.map_or(KeepError::NoFolder, |why| KeepError::NoText(why.line()))
        };
        let home = self.homes_of(&draft.requests).pop().ok_or_else(unreached)?;
        let _turn = self.turn(&home)?;
        self.make_note_in(&*self.disk, draft, &home, &self.notes_folders(&home))
    }

    /// Makes a note of a draft in the first of `folders` that can be written to.
    fn make_note_in(
        &self,
        disk: &dyn Disk,
        draft: &Draft,
        home: &Home,
        folders: &[Spot],
    ) -> Result<NoteChanged, KeepError> {
        let now = now();
        let targets = self.settled(draft, home);
        let author = self.author();
        let written = |stem: &str| {
            file::write(&Note {
                id: NoteId(stem.to_owned()),
                created: Some(now),
                author: author.clone(),
                modified: Some(now),
                listed_tags: Vec::new(),
                topic: draft.topic.clone(),
                targets: targets.clone(),
                body: draft.body.clone(),
            })
        };
        let mut made = make(disk, folders, &|nth| name::stem(now, &draft.body, nth), &written)?;
        let aside = made.refused.take().map(|why| Aside { file: made.path.clone(), why });
        let told = aside.and_then(|aside| self.told_aside(&aside));
        Ok(done_anew(draft, home, made, told))
    }

    /// Writes a draft as a note into a folder of the reader's choice, which is made where there is none.
    pub fn save_note_to(&self, folder: &str, draft: &Draft) -> Result<(), Clean> {
        let home = self.folders.as_ref().map(|f| f.home.clone());
        let folder = match (folder.strip_prefix("~/"), home) {
            (Some(below), Some(home)) => home.join(below),
            _ => PathBuf::from(folder),
        };
        let of = self.homes_of(&draft.requests).pop().unwrap_or(Home::Across);
        self.make_note_in(self.disk_as_told(), draft, &of, &[Spot::own(folder)])
            .map(|_| ())
            .map_err(|e| self.at_home(&e))
    }

    /// What a draft is about, with the texts called as its home calls them.
    fn settled(&self, draft: &Draft, home: &Home) -> Vec<Target> {
        let mut targets = draft.targets.clone();
        for (target, request) in targets.iter_mut().zip(&draft.requests) {
            if let Ok(request) = self.request(request) {
                target.anchor.text = home.id_of(&request);
            }
        }
        targets
    }

    fn change_note(&self, draft: &Draft, base: &Base) -> Result<NoteChanged, KeepError> {
        let path = base.file.path();
        let (home, file) = self.place_of(path);
        let _turn = self.turn(&home)?;
        let bytes = match self.disk.read(&file, LONGEST) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let mut done = self.make_note_in(&*self.disk, draft, &home, &[file.folder()])?;
                done.told = Some(Clean::line(&format!("{} was gone; your words are kept as {}", base.file, done.file)));
                return Ok(done);
            }
            Err(why) => return Err(KeepError::Unread { path: path.to_owned(), why }),
        };
        let source = String::from_utf8_lossy(&bytes);
        let targets = self.settled(draft, &home);
        let changed = NoteEdit {
            id: None,
            author: None,
            body: Some(&draft.body),
            topic: Some(draft.topic.as_deref()),
            targets: draft.anew.then_some(&targets),
            modified: Some(now()),
        };
        let wanted = edit(&source, &changed);
        let outcome = change(&*self.disk, &file, base.hash, Some(wanted.as_bytes()))?;
        if outcome == Outcome::Collided {
            return self.keep_beside(draft, base, &changed);
        }
        Ok(NoteChanged {
            draft: Some(draft.number),
            file: base.file.clone(),
            note: Some(Arc::new(of_bytes(path, wanted.as_bytes(), &home))),
            before: Some(FileVersion { file: base.file.clone(), bytes: bytes.into() }),
            after: Some(FileVersion { file: base.file.clone(), bytes: wanted.into_bytes().into() }),
            told: None,
        })
    }

    /// Another program has changed the note meanwhile: its version stays, and the reader's is kept beside it.
    fn keep_beside(&self, draft: &Draft, base: &Base, changed: &NoteEdit<'_>) -> Result<NoteChanged, KeepError> {
        let path = base.file.path();
        let (home, file) = self.place_of(path);
        let theirs = self.disk.read(&file, LONGEST).unwrap_or_default();
        let theirs = String::from_utf8_lossy(&theirs);
        let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let written = |stem: &str| edit(&theirs, &NoteEdit { id: Some(stem), ..*changed });
        let made = make(&*self.disk, &[file.folder()], &|nth| format!("{stem}-{}", nth + 1), &written)?;
        let name = NoteFile(made.path.clone());
        let told = format!("{} was changed by another program meanwhile; both are kept, yours as {name}", base.file);
        Ok(done_anew(draft, &home, made, Some(Clean::line(&told))))
    }

    fn delete_note(&self, file: &NoteFile, hash: u64) -> Result<NoteChanged, KeepError> {
        let path = file.path();
        let (home, at) = self.place_of(path);
        let _turn = self.turn(&home)?;
        let before =
            self.disk.read(&at, LONGEST).ok().map(|bytes| FileVersion { file: file.clone(), bytes: bytes.into() });
        let mut done = NoteChanged { draft: None, file: file.clone(), note: None, before, after: None, told: None };
        if change(&*self.disk, &at, hash, None)? == Outcome::Collided {
            done.before = None;
            done.note = self.note_at(path);
            done.told = Some(Clean::line(&format!("{file} was changed by another program, so it is still there")));
        }
        Ok(done)
    }

    fn put_note(&self, now: Option<&FileVersion>, wanted: Option<&FileVersion>) -> Result<NoteChanged, KeepError> {
        let Some(file) = now.or(wanted).map(|v| v.file.clone()) else { return Err(KeepError::NoFolder) };
        let path = file.path();
        let (home, at) = self.place_of(path);
        let _turn = self.turn(&home)?;
        let is_done = match (now, wanted) {
            (Some(now), wanted) => {
                let outcome = change(&*self.disk, &at, xxh3_64(&now.bytes), wanted.map(|w| &*w.bytes))?;
                outcome == Outcome::Done
            }
            (None, Some(wanted)) => match claim(&*self.disk, &at, &wanted.bytes) {
                Err(e) if e.why.kind() == io::ErrorKind::AlreadyExists => {
                    self.disk.read(&at, LONGEST).is_ok_and(|bytes| *bytes == *wanted.bytes)
                }
                done => done.map(|()| true)?,
            },
            (None, None) => true,
        };
        let told =
            (!is_done).then(|| Clean::line(&format!("{file} was changed by another program, so it stays as it is")));
        Ok(NoteChanged { draft: None, note: self.note_at(path), file, before: None, after: None, told })
    }

    fn note_at(&self, path: &Path) -> Option<Arc<FiledNote>> {
        let (home, file) = self.place_of(path);
        let bytes = self.disk.read(&file, LONGEST).ok()?;
        Some(Arc::new(of_bytes(path, &bytes, &home)))
    }

    /// The home whose notes a file is among, and the file with what bounds it.
    fn place_of(&self, path: &Path) -> (Home, Spot) {
        let name = path.file_name().unwrap_or_default();
        let homes = self.notes.homes.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            homes.iter().flat_map(|home| self.notes_folders(home).into_iter().map(move |f| (home, f.join(name))));
        let known = known.into_iter().find(|(_, file)| file.path() == path);
        known.map_or_else(|| (Home::Across, Spot::own(path)), |(home, file)| (home.clone(), file))
    }
}

fn done_anew(draft: &Draft, home: &Home, made: NewNote, told: Option<Clean>) -> NoteChanged {
    let NewNote { path, source, .. } = made;
    let file = NoteFile(path);
    NoteChanged {
        draft: Some(draft.number),
        note: Some(Arc::new(of_bytes(file.path(), source.as_bytes(), home))),
        before: None,
        after: Some(FileVersion { file: file.clone(), bytes: source.into_bytes().into() }),
        file,
        told,
    }
}

/// The moment it is.
pub(super) fn now() -> Stamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Stamp::of_seconds(since.cast_signed())
}
