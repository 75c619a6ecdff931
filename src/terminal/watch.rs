//! Watching the files that are open, the topics files in use, and what the reader makes, for changes made by other
//! programs.
//!
//! Editors save by renaming, so what is watched is the folder; what counts is the file's name in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::wake::Waker;
use crate::link::Side;
use crate::link::sides::Sides;

/// Watches the files of both panes, the topics files, and those of what the reader makes.
pub struct Watch {
    /// `None` where the system offers no watching: then a changed file is seen when it is opened again.
    watcher: Option<RecommendedWatcher>,
    changes: Receiver<PathBuf>,
    folders: BTreeSet<PathBuf>,
    texts: Sides<Option<PathBuf>>,
    topics: Vec<PathBuf>,
    /// Folders of notes.
    notes: Vec<PathBuf>,
    made: Vec<PathBuf>,
}

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The text of a pane.
    Text(Side),
    /// One of the topics files.
    Topics,
    /// Something in a folder of notes.
    Notes,
    /// One of the files of what the reader makes.
    Made,
}

impl Watch {
    /// Watches nothing yet.
    pub fn new(waker: Waker) -> Self {
        let (sender, changes) = channel();
        let watcher = notify::recommended_watcher(move |event| tell(event, &sender, &waker)).ok();
        Self {
            watcher,
            changes,
            folders: BTreeSet::new(),
            texts: Sides::default(),
            topics: Vec::new(),
            notes: Vec::new(),
            made: Vec::new(),
        }
    }

    /// Watches the file that a pane shows now; `None` where it shows none.
    pub fn text(&mut self, side: Side, path: Option<PathBuf>) {
        self.texts[side] = path;
        self.attend();
    }

    /// Watches the topics files.
    pub fn topics(&mut self, paths: Vec<PathBuf>) {
        self.topics = paths;
        self.attend();
    }

    /// Watches folders of notes, which may come to be.
    pub fn notes(&mut self, folders: Vec<PathBuf>) {
        self.notes = folders;
    }

    /// Watches the files of what the reader makes, and all files of such folders.
    pub fn made(&mut self, paths: Vec<PathBuf>) {
        self.made = paths;
        self.attend();
    }

    /// What has changed since this was last asked, each once.
    pub fn changed(&self) -> Vec<Change> {
        let mut found = Vec::new();
        for path in self.changes.try_iter() {
            let texts = self.texts.iter().filter(|(_, text)| text.as_ref() == Some(&path));
            let topics = self.topics.contains(&path).then_some(Change::Topics);
            let is_note =
                !is_hidden(&path) && self.notes.iter().any(|folder| path.parent() == Some(folder) || path == *folder);
            let notes = is_note.then_some(Change::Notes);
            let made = self.made.iter().any(|made| path.starts_with(made)).then_some(Change::Made);
            for change in texts.map(|(side, _)| Change::Text(side)).chain(topics).chain(notes).chain(made) {
                if !found.contains(&change) {
                    found.push(change);
                }
            }
        }
        found
    }

    /// Attends to the folders of the files that matter now, new ones among them, and to no others.
    pub fn attend(&mut self) {
        let texts = self.texts.iter().filter_map(|(_, path)| path.as_ref());
        let folders = texts.chain(&self.topics).chain(&self.made).filter_map(|p| p.parent()).map(Path::to_path_buf);
        let within = self.made.iter().cloned();
        // A folder of notes that is not there yet is seen coming in the one above it.
        let notes = self.notes.iter().flat_map(|f| [Some(f.as_path()), f.parent()]).flatten().map(Path::to_path_buf);
        let wanted: BTreeSet<PathBuf> = folders.chain(within).chain(notes).filter(|f| f.is_dir()).collect();
        let Some(watcher) = &mut self.watcher else { return };
        // A folder that cannot be watched is one whose changes are seen later; reading goes on.
        for gone in self.folders.difference(&wanted) {
            let _ = watcher.unwatch(gone);
        }
        for new in wanted.difference(&self.folders) {
            let _ = watcher.watch(new, RecursiveMode::NonRecursive);
        }
        self.folders = wanted;
    }
}

/// What is being written and has not its name yet.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
}

fn tell(event: notify::Result<notify::Event>, sender: &Sender<PathBuf>, waker: &Waker) {
    let Ok(event) = event else { return };
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    for path in event.paths {
        if sender.send(path).is_err() {
            return;
        }
    }
    waker.wake();
}
