//! Drafts: what is being written, kept in the state folder while it is written.
//!
//! A draft is a file like a note, so that a person can read it too. Each session has files of its own, named after a
//! lock that it holds as long as it lives; drafts whose lock is free belong to nobody any more, and are offered to the
//! next session.
//!
//! While the reader's own editor has a draft, its words are in a file of their own beside it. Whoever ends first, the
//! editor, the terminal or this program: what was written there is found.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

use xxhash_rust::xxh3::xxh3_64;

use crate::anchor::TextId;
use crate::library::Library;
use crate::library::disk::{Lock, Spot};
use crate::library::said::{io_words, shown};
use crate::library::save::{LONGEST, SaveError, save};
use crate::model::address::{address_of, path_of};
use crate::model::notes::{Base, Draft, DraftChanges, NoteFile};
use crate::note::file::{field, parse, write_with};
use crate::note::{Note, NoteId, name};
use crate::text::clean::{Clean, clean_text};
use crate::tour::StopId;

/// The name of the folder in the state folder.
pub(crate) const FOLDER: &str = "drafts";
/// The ending of the locks.
const LOCK: &str = "lock";
/// What stands before the ending of words that the reader's own editor has.
const WORDS: &str = "words";

/// A session's place among the drafts.
#[derive(Debug)]
pub(crate) struct OwnDrafts {
    name: String,
    /// Held as long as the session lives.
    _lock: Lock,
}

impl Library {
    /// Keeps drafts. Answers with a line where that cannot be.
    pub fn keep_drafts(&self, drafts: &DraftChanges) -> Result<(), Clean> {
        let Some(folder) = self.folders.as_ref().map(|f| f.state.join(FOLDER)) else { return Ok(()) };
        let failed = |why: &str| Clean::line(&format!("what you type is not kept aside: {why}"));
        let mut own = self.notes.own.lock().unwrap_or_else(PoisonError::into_inner);
        if self.notes.left.load(Ordering::Relaxed) {
            // A worker that is late: what was unfinished at the end is kept, and nothing else is a draft any more.
            return Ok(());
        }
        if own.is_none() && !drafts.write.is_empty() {
            *own =
                Some(self.take_place(&folder).map_err(|e| failed(&format!("{}: {}", shown(&folder), io_words(&e))))?);
        }
        let mut result = Ok(());
        if let Some(own) = own.as_ref() {
            for draft in &drafts.write {
                let saved = save(&*self.disk, &Spot::own(own.path(&folder, draft.number)), source(draft).as_bytes());
                result = result.and(saved.map_err(|e: SaveError| failed(&e.to_string())));
            }
            for number in &drafts.drop {
                self.remove_draft(&own.path(&folder, *number));
            }
        }
        // What an earlier session left goes only when it is kept anew.
        if result.is_ok() {
            for file in &drafts.old {
                self.remove_draft(file.path());
            }
        }
        result
    }

    /// Removes a draft, and before that the words that the reader's own editor had.
    fn remove_draft(&self, path: &Path) {
        let _ = self.disk.remove(&Spot::own(words_beside(path)));
        let _ = self.disk.remove(&Spot::own(path));
    }

    /// Puts the words of a draft into a file of their own, for the reader's own editor; with the draft, so that it is
    /// known what they are about whatever happens meanwhile. [`Library::take_back`] ends that.
    pub fn lend_draft(&self, draft: &Draft) -> Result<PathBuf, Clean> {
        self.keep_drafts(&DraftChanges { write: vec![draft.clone()], ..DraftChanges::default() })?;
        let own = self.notes.own.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = self.folders.as_ref().map(|f| f.state.join(FOLDER));
        let Some((own, folder)) = own.as_ref().zip(folder) else {
            return Err(Clean::line("there is no folder for drafts; set HOME"));
        };
        let path = words_beside(&own.path(&folder, draft.number));
        let end = if draft.body.is_empty() { "" } else { "\n" };
        save(&*self.disk, &Spot::own(&path), format!("{}{end}", clean_text(&draft.body)).as_bytes())
            .map_err(|e| self.at_home(&e))?;
        Ok(path)
    }

    /// Gives a draft the words that the reader's own editor has left in a file. The draft is kept with them; where that
    /// cannot be, the file stays.
    pub fn take_back(&self, draft: &mut Draft, path: &Path) -> Result<(), Clean> {
        let bytes = self.disk.read(&Spot::own(path), LONGEST);
        let bytes = bytes.map_err(|e| Clean::line(&format!("what the editor wrote is gone ({})", io_words(&e))))?;
        words_of(&bytes).clone_into(&mut draft.body);
        let kept = self.keep_drafts(&DraftChanges { write: vec![draft.clone()], ..DraftChanges::default() });
        if kept.is_ok() {
            let _ = self.disk.remove(&Spot::own(path));
        }
        kept
    }

    /// The drafts of sessions that ended without finishing them, with their files.
    pub fn left_drafts(&self) -> Vec<(Draft, NoteFile)> {
        let Some(folder) = self.folders.as_ref().map(|f| f.state.join(FOLDER)) else { return Vec::new() };
        let Ok(listed) = self.disk.list(&Spot::own(&folder)) else { return Vec::new() };
        let own = self.notes.own.lock().unwrap_or_else(PoisonError::into_inner);
        let own = own.as_ref().map(|o| o.name.clone()).unwrap_or_default();
        let mut names: Vec<PathBuf> = listed.into_iter().map(|l| l.name).collect();
        names.sort();
        let sessions: BTreeSet<String> = names.iter().filter_map(|name| session_of(name)).collect();
        let mut found = Vec::new();
        for session in sessions.into_iter().filter(|session| *session != own) {
            let lock = folder.join(format!("{session}.{LOCK}"));
            let is_held = names.iter().any(|name| lock.ends_with(name)) && self.disk.lock(&Spot::own(&lock)).is_err();
            if is_held {
                continue;
            }
            let of_session = |name: &&PathBuf| is_draft(name) && session_of(name).as_ref() == Some(&session);
            let drafts: Vec<_> = names.iter().filter(of_session).collect();
            if drafts.is_empty() {
                let _ = self.disk.remove(&Spot::own(&lock));
            }
            found.extend(drafts.into_iter().filter_map(|n| self.left(&folder.join(n))));
        }
        found
    }

    fn left(&self, path: &Path) -> Option<(Draft, NoteFile)> {
        let bytes = self.disk.read(&Spot::own(path), LONGEST).ok()?;
        let source = String::from_utf8_lossy(&bytes);
        let (mut note, _) = parse(&source, "draft");
        // The editor had them last.
        if let Ok(bytes) = self.disk.read(&Spot::own(words_beside(path)), LONGEST) {
            let words = words_of(&bytes);
            if !words.is_empty() {
                note.body = words;
            }
        }
        let of = field(&source, "editing").map(|file| {
            let file = NoteFile(path_of(&file).unwrap_or_else(|| PathBuf::from(file)));
            let hash = field(&source, "base").and_then(|h| u64::from_str_radix(&h, 16).ok()).unwrap_or(0);
            let now = self.disk.read(&Spot::own(file.path()), LONGEST).ok().filter(|bytes| xxh3_64(bytes) == hash);
            let (body, topic) = now.map_or_else(Default::default, |bytes| {
                let (note, _) = parse(&String::from_utf8_lossy(&bytes), "");
                (note.body, note.topic)
            });
            Base { file, hash, body, topic }
        });
        let requests = note.targets.iter().map(|t| t.anchor.text.0.clone()).collect();
        let stop = field(&source, "remark-at").map(|stop| StopId(Clean::line(stop.trim()).as_str().to_owned()));
        let (targets, topic, body) = (note.targets, note.topic, note.body);
        let draft = Draft { number: 0, targets, requests, topic, body, of, anew: false, stop };
        draft.says_something().then(|| (draft, NoteFile(path.to_owned())))
    }

    fn take_place(&self, folder: &Path) -> io::Result<OwnDrafts> {
        self.disk.create_folder(&Spot::own(folder))?;
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        let name = format!("{}-{moment}", std::process::id());
        let lock = self.disk.lock(&Spot::own(folder.join(format!("{name}.{LOCK}"))))?;
        Ok(OwnDrafts { name, _lock: lock })
    }

    /// Gives up this session's place. Of its drafts those with the numbers in `left` stay, and those that the reader's
    /// own editor still has: all others have become notes, or were given up.
    pub fn leave_drafts(&self, left: &[u64]) {
        let Some(folder) = self.folders.as_ref().map(|f| f.state.join(FOLDER)) else { return };
        let mut own = self.notes.own.lock().unwrap_or_else(PoisonError::into_inner);
        self.notes.left.store(true, Ordering::Relaxed);
        let Some(own) = own.take() else { return };
        let Ok(listed) = self.disk.list(&Spot::own(&folder)) else { return };
        let stays: Vec<PathBuf> = left.iter().map(|number| own.path(&folder, *number)).collect();
        let mut is_used = false;
        for path in listed.into_iter().map(|listed| folder.join(listed.name)).filter(|path| is_draft(path)) {
            if session_of(path.file_name().map_or(path.as_path(), Path::new)).as_ref() != Some(&own.name) {
                continue;
            }
            if stays.contains(&path) || self.disk.real(&Spot::own(words_beside(&path))).is_ok() {
                is_used = true;
            } else {
                self.remove_draft(&path);
            }
        }
        if !is_used {
            let _ = self.disk.remove(&Spot::own(folder.join(format!("{}.{LOCK}", own.name))));
        }
    }
}

impl OwnDrafts {
    fn path(&self, folder: &Path, number: u64) -> PathBuf {
        folder.join(format!("{}.{number}.{}", self.name, name::ENDING))
    }
}

/// The session that a file of this name belongs to: `123-456.7.md` to `123-456`.
fn session_of(name: &Path) -> Option<String> {
    let name = name.to_string_lossy();
    name.split_once('.').map(|(session, _)| session.to_owned()).filter(|session| !session.is_empty())
}

/// Whether a file of this name is a draft, and not the words of one.
fn is_draft(name: &Path) -> bool {
    let inner = name.file_stem().map(Path::new).and_then(Path::extension);
    name.extension().is_some_and(|e| e == name::ENDING) && inner.is_some_and(|inner| inner != WORDS)
}

/// Where the words of a draft are while the reader's own editor has them.
fn words_beside(draft: &Path) -> PathBuf {
    draft.with_extension(format!("{WORDS}.{}", name::ENDING))
}

/// The words in a file that an editor wrote.
fn words_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).replace("\r\n", "\n")
}

/// A draft as a file: a note whose texts are called by what opens them.
fn source(draft: &Draft) -> String {
    let mut targets = draft.targets.clone();
    for (target, request) in targets.iter_mut().zip(&draft.requests) {
        target.anchor.text = TextId(request.clone());
    }
    let note = Note {
        id: NoteId("draft".to_owned()),
        created: Some(super::now()),
        author: None,
        modified: None,
        listed_tags: Vec::new(),
        topic: draft.topic.clone(),
        targets,
        body: draft.body.clone(),
    };
    let mut more = Vec::new();
    if let Some(base) = &draft.of {
        more.push(("editing", address_of(base.file.path())));
        more.push(("base", format!("{:016x}", base.hash)));
    }
    if let Some(stop) = &draft.stop {
        more.push(("remark-at", stop.0.clone()));
    }
    write_with(&note, &more)
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::fs;
    use std::os::unix::ffi::OsStrExt as _;
    use std::sync::Arc;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::folders::Folders;

    #[test]
    fn a_draft_knows_its_note_again_whatever_letters_its_path_has() {
        let home = tempfile::tempdir().unwrap();
        let session = || Library::new(Arc::new(Os), Some(Folders::under(home.path())));
        let written = b"---\nid: oven\n---\n\nas it was\n";
        for (number, name) in [(1, &b"caf\xe9"[..]), (2, b"a line\nand more"), (3, "Öfen".as_bytes())] {
            let folder = home.path().join(OsStr::from_bytes(name));
            fs::create_dir_all(&folder).unwrap();
            let file = NoteFile(folder.join("oven.md"));
            fs::write(file.path(), written).unwrap();
            let of = Base { file: file.clone(), hash: xxh3_64(written), body: "as it was".to_owned(), topic: None };
            let draft = Draft {
                number,
                targets: Vec::new(),
                requests: Vec::new(),
                topic: None,
                body: "as it is to be".to_owned(),
                of: Some(of),
                anew: false,
                stop: None,
            };
            session().keep_drafts(&DraftChanges { write: vec![draft], ..DraftChanges::default() }).unwrap();
            let bases = session().left_drafts().into_iter().filter_map(|(draft, _)| draft.of);
            let found: Vec<Base> = bases.filter(|base| base.file == file).collect();
            assert_eq!(found.len(), 1, "{name:?}");
            assert_eq!(found[0].body, "as it was");
        }
    }
}
