//! Drafts: what is being written, kept in the state folder while it is written.
//!
//! A draft is a file like a note, so that a person can read it too. Each session has files of its own, named after a
//! lock that it holds as long as it lives; drafts whose lock is free belong to nobody any more, and are offered to the
//! next session.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::{SystemTime, UNIX_EPOCH};

use xxhash_rust::xxh3::xxh3_64;

use crate::anchor::TextId;
use crate::app::notes::kept::{Base, Draft, Drafts, NoteFile};
use crate::library::Library;
use crate::library::disk::Lock;
use crate::library::said::{io_words, shown};
use crate::library::save::{SaveError, save};
use crate::note::file::{field, parse, write_with};
use crate::note::{Note, NoteId, name};
use crate::text::clean::Clean;

/// The name of the folder in the state folder.
const FOLDER: &str = "drafts";
/// The ending of the locks.
const LOCK: &str = "lock";

/// A session's place among the drafts.
#[derive(Debug)]
pub struct Own {
    name: String,
    /// Held as long as the session lives.
    _lock: Lock,
}

impl Library {
    /// Keeps drafts. Answers with a line where that cannot be.
    pub fn keep_drafts(&self, drafts: &Drafts) -> Result<(), Clean> {
        let Some(folder) = self.folders.as_ref().map(|f| f.state.join(FOLDER)) else { return Ok(()) };
        let failed = |why: &str| Clean::line(&format!("what you type is not kept aside: {why}"));
        let mut own = self.notes.own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.is_none() && !drafts.write.is_empty() {
            *own =
                Some(self.take_place(&folder).map_err(|e| failed(&format!("{}: {}", shown(&folder), io_words(&e))))?);
        }
        let mut result = Ok(());
        if let Some(own) = own.as_ref() {
            for draft in &drafts.write {
                let saved = save(&*self.disk, &own.path(&folder, draft.number), source(draft).as_bytes());
                result = result.and(saved.map_err(|e: SaveError| failed(&e.to_string())));
            }
            for number in &drafts.drop {
                let _ = self.disk.remove(&own.path(&folder, *number));
            }
        }
        // What an earlier session left goes only when it is kept anew.
        if result.is_ok() {
            for file in &drafts.old {
                let _ = self.disk.remove(file.path());
            }
        }
        result
    }

    /// The drafts of sessions that ended without finishing them, with their files.
    pub fn left_drafts(&self) -> Vec<(Draft, NoteFile)> {
        let Some(folder) = self.folders.as_ref().map(|f| f.state.join(FOLDER)) else { return Vec::new() };
        let Ok(listed) = self.disk.list(&folder) else { return Vec::new() };
        let own = self.notes.own.lock().unwrap_or_else(PoisonError::into_inner);
        let own = own.as_ref().map(|o| o.name.clone()).unwrap_or_default();
        let mut found = Vec::new();
        let mut names: Vec<PathBuf> = listed.into_iter().map(|l| l.name).collect();
        names.sort();
        let locks: Vec<&PathBuf> = names.iter().filter(|n| n.extension().is_some_and(|e| e == LOCK)).collect();
        for lock in locks {
            let session = lock.with_extension("").to_string_lossy().into_owned();
            let path = folder.join(lock);
            if session == own || self.disk.lock(&path).is_err() {
                continue;
            }
            let of_session = names.iter().filter(|n| n.to_string_lossy().starts_with(&format!("{session}.")));
            let drafts: Vec<_> = of_session.filter(|n| n.extension().is_some_and(|e| e == name::ENDING)).collect();
            if drafts.is_empty() {
                let _ = self.disk.remove(&path);
            }
            found.extend(drafts.into_iter().filter_map(|n| self.left(&folder.join(n))));
        }
        found
    }

    fn left(&self, path: &Path) -> Option<(Draft, NoteFile)> {
        let bytes = self.disk.read(path).ok()?;
        let source = String::from_utf8_lossy(&bytes);
        let (note, _) = parse(&source, "draft");
        let of = field(&source, "editing").map(|file| {
            let file = NoteFile(PathBuf::from(file));
            let hash = field(&source, "base").and_then(|h| u64::from_str_radix(&h, 16).ok()).unwrap_or(0);
            let now = self.disk.read(file.path()).ok().filter(|bytes| xxh3_64(bytes) == hash);
            let (body, topic) = now.map_or_else(Default::default, |bytes| {
                let (note, _) = parse(&String::from_utf8_lossy(&bytes), "");
                (note.body, note.topic)
            });
            Base { file, hash, body, topic }
        });
        let requests = note.targets.iter().map(|t| t.anchor.text.0.clone()).collect();
        let draft =
            Draft { number: 0, targets: note.targets, requests, topic: note.topic, body: note.body, of, anew: false };
        draft.says_something().then(|| (draft, NoteFile(path.to_owned())))
    }

    fn take_place(&self, folder: &Path) -> io::Result<Own> {
        self.disk.create_folder(folder)?;
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        let name = format!("{}-{moment}", std::process::id());
        let lock = self.disk.lock(&folder.join(format!("{name}.{LOCK}")))?;
        Ok(Own { name, _lock: lock })
    }

    /// Gives up this session's place, where it has no drafts any more.
    pub fn leave_drafts(&self) {
        let Some(folder) = self.folders.as_ref().map(|f| f.state.join(FOLDER)) else { return };
        let Some(own) = self.notes.own.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let is_used = fs::read_dir(&folder).is_ok_and(|all| {
            let names = all.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
            names.into_iter().any(|n| n.starts_with(&format!("{}.", own.name)) && !n.ends_with(LOCK))
        });
        if !is_used {
            let _ = self.disk.remove(&folder.join(format!("{}.{LOCK}", own.name)));
        }
    }
}

impl Own {
    fn path(&self, folder: &Path, number: u64) -> PathBuf {
        folder.join(format!("{}.{number}.{}", self.name, name::ENDING))
    }
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
        modified: None,
        listed_tags: Vec::new(),
        topic: draft.topic.clone(),
        targets,
        body: draft.body.clone(),
    };
    let mut more = Vec::new();
    if let Some(base) = &draft.of {
        more.push(("editing", base.file.path().to_string_lossy().into_owned()));
        more.push(("base", format!("{:016x}", base.hash)));
    }
    write_with(&note, &more)
}
