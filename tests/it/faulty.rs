//! A disk on which steps fail, as full and read-only disks do.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use diptych::library::disk::{Disk, Lock, Os};

/// A step of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Read,
    RealPath,
    CreateFolder,
    WriteTemp,
    CopyMode,
    SyncFile,
    Rename,
    SyncFolder,
    Remove,
    Lock,
}

pub const STEPS: [Step; 10] = [
    Step::Read,
    Step::RealPath,
    Step::CreateFolder,
    Step::WriteTemp,
    Step::CopyMode,
    Step::SyncFile,
    Step::Rename,
    Step::SyncFolder,
    Step::Remove,
    Step::Lock,
];

/// A disk on which some steps fail. It writes down which were taken.
#[derive(Debug)]
pub struct Faulty {
    failing: Mutex<Vec<Step>>,
    kind: io::ErrorKind,
    pub taken: Mutex<Vec<Step>>,
    /// Only below this folder; everywhere with `None`.
    within: Mutex<Option<PathBuf>>,
}

impl Faulty {
    /// A disk on which these steps fail.
    pub fn at(failing: &[Step], kind: io::ErrorKind) -> Self {
        Self { failing: Mutex::new(failing.to_vec()), kind, taken: Mutex::default(), within: Mutex::default() }
    }

    /// From now on these steps fail.
    pub fn fail(&self, failing: &[Step]) {
        *self.failing.lock().unwrap() = failing.to_vec();
    }

    /// From now on these steps fail below this folder.
    pub fn fail_within(&self, folder: &Path, failing: &[Step]) {
        *self.within.lock().unwrap() = Some(folder.to_owned());
        self.fail(failing);
    }

    fn step(&self, step: Step, path: &Path) -> io::Result<Os> {
        self.taken.lock().unwrap().push(step);
        let here = self.within.lock().unwrap().as_ref().is_none_or(|folder| path.starts_with(folder));
        if here && self.failing.lock().unwrap().contains(&step) { Err(self.kind.into()) } else { Ok(Os) }
    }
}

impl Disk for Faulty {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step(Step::Read, path)?.read(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.step(Step::RealPath, path)?.real_path(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Step::CreateFolder, path)?.create_folder(path)
    }

    fn write_temp(&self, folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
        self.step(Step::WriteTemp, folder)?.write_temp(folder, bytes)
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::CopyMode, from)?.copy_mode(from, to)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.step(Step::SyncFile, path)?.sync_file(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::Rename, from)?.rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Step::SyncFolder, path)?.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(Step::Remove, path)?.remove(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        self.step(Step::Lock, path)?.lock(path)
    }
}
