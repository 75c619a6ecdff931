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
pub(super) struct FileWatch {
    /// `None` where the system offers no watching: then a changed file is seen when it is opened again.
    watcher: Option<RecommendedWatcher>,
    changes: Receiver<PathBuf>,
    /// To say of a folder that it is watched from now on.
    begun: Sender<PathBuf>,
    folders: BTreeSet<PathBuf>,
    files: Watched,
}

/// The files to be watched.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// That of each pane; `None` where it shows none.
    pub texts: Sides<Option<PathBuf>>,
    /// The topics files.
    pub topics: Vec<PathBuf>,
    /// Folders of notes, which may come to be.
    pub notes: Vec<PathBuf>,
    /// The files of what the reader makes, and folders of which all files are.
    pub made: Vec<PathBuf>,
}

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileChange {
    /// The text of a pane.
    Text(Side),
    /// One of the topics files.
    Topics,
    /// Something in a folder of notes.
    Notes,
    /// One of the files of what the reader makes.
    Made,
}

impl FileWatch {
    /// Watches nothing yet.
    pub(super) fn new(waker: Waker) -> Self {
        let (sender, changes) = channel();
        let begun = sender.clone();
        let watcher = notify::recommended_watcher(move |event| tell(event, &sender, &waker)).ok();
        Self { watcher, changes, begun, folders: BTreeSet::new(), files: Watched::default() }
    }

    /// Watches these files from now on, and no others.
    pub(super) fn only(&mut self, files: Watched) {
        self.files = files;
        self.attend();
    }

    /// What has changed since this was last asked, each once.
    pub(super) fn changed(&self) -> Vec<FileChange> {
        let mut found = Vec::new();
        for path in self.changes.try_iter() {
            let texts = self.files.texts.iter().filter(|(_, text)| text.as_ref() == Some(&path));
            let topics = self.files.topics.contains(&path).then_some(FileChange::Topics);
            let is_note = !is_hidden(&path)
                && self.files.notes.iter().any(|folder| path.parent() == Some(folder) || path == *folder);
            let notes = is_note.then_some(FileChange::Notes);
            let made = self.files.made.iter().any(|made| path.starts_with(made)).then_some(FileChange::Made);
            for change in texts.map(|(side, _)| FileChange::Text(side)).chain(topics).chain(notes).chain(made) {
                if !found.contains(&change) {
                    found.push(change);
                }
            }
        }
        found
    }

    /// Attends to folders of notes that have come to be where nothing was watched that would have told of it.
    pub(super) fn attend_to_new(&mut self) {
        if self.files.notes.iter().any(|folder| !self.folders.contains(folder) && folder.is_dir()) {
            self.attend();
        }
    }

    /// Attends to the folders of the files that matter now, new ones among them, and to no others.
    pub(super) fn attend(&mut self) {
        let texts = self.files.texts.iter().filter_map(|(_, path)| path.as_ref());
        let folders =
            texts.chain(&self.files.topics).chain(&self.files.made).filter_map(|p| p.parent()).map(Path::to_path_buf);
        let within = self.files.made.iter().cloned();
        // A folder of notes that is not there yet is seen coming in the one above it.
        let notes =
            self.files.notes.iter().flat_map(|f| [Some(f.as_path()), f.parent()]).flatten().map(Path::to_path_buf);
        let wanted: BTreeSet<PathBuf> = folders.chain(within).chain(notes).filter(|f| f.is_dir()).collect();
        let Some(watcher) = &mut self.watcher else { return };
        // A folder that cannot be watched is one whose changes are seen later; reading goes on.
        for gone in self.folders.difference(&wanted) {
            let _ = watcher.unwatch(gone);
        }
        for new in wanted.difference(&self.folders) {
            let _ = watcher.watch(new, RecursiveMode::NonRecursive);
            // What was written into a new folder of notes before it was watched is looked for now.
            if self.files.notes.contains(new) && !self.folders.is_empty() {
                let _ = self.begun.send(new.clone());
            }
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
