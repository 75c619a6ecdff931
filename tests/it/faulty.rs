//! A disk on which steps fail, as full and read-only disks do.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use diptych::library::disk::{Disk, Listed, Lock, Os};

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
    LockFolder,
    List,
    Exchange,
}

pub const STEPS: [Step; 13] = [
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
    Step::LockFolder,
    Step::List,
    Step::Exchange,
];

/// A disk on which some steps fail. It writes down which were taken.
#[derive(Debug)]
pub struct Faulty {
    failing: Mutex<Vec<Step>>,
    kind: io::ErrorKind,
    pub taken: Mutex<Vec<Step>>,
}

impl Faulty {
    /// A disk on which these steps fail.
    pub fn at(failing: &[Step], kind: io::ErrorKind) -> Self {
        Self { failing: Mutex::new(failing.to_vec()), kind, taken: Mutex::default() }
    }

    /// From now on these steps fail.
    pub fn fail(&self, failing: &[Step]) {
        *self.failing.lock().unwrap() = failing.to_vec();
    }

    fn step(&self, step: Step) -> io::Result<Os> {
        self.taken.lock().unwrap().push(step);
        if self.failing.lock().unwrap().contains(&step) { Err(self.kind.into()) } else { Ok(Os) }
    }
}

impl Disk for Faulty {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step(Step::Read)?.read(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.step(Step::RealPath)?.real_path(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Step::CreateFolder)?.create_folder(path)
    }

    fn write_temp(&self, folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
        self.step(Step::WriteTemp)?.write_temp(folder, bytes)
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::CopyMode)?.copy_mode(from, to)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.step(Step::SyncFile)?.sync_file(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(Step::Rename)?.rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step(Step::SyncFolder)?.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(Step::Remove)?.remove(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        self.step(Step::Lock)?.lock(path)
    }

    fn lock_folder(&self, path: &Path) -> io::Result<Lock> {
        self.step(Step::LockFolder)?.lock_folder(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.step(Step::List)?.list(folder)
    }

    fn read_beginning(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        self.step(Step::Read)?.read_beginning(path, most)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step(Step::Exchange)?.exchange(one, other)
    }
}
