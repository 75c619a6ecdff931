//! A disk on which steps fail, as full and read-only disks do.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use diptych::library::disk::{Disk, Listed, Lock, Os, Spot, Unfinished};

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
    /// Only below this folder; everywhere with `None`.
    within: Mutex<Option<PathBuf>>,
    /// How long it takes until the beginning of a file is read.
    pub slow: Mutex<Duration>,
}

impl Faulty {
    /// A disk on which these steps fail.
    pub fn at(failing: &[Step], kind: io::ErrorKind) -> Self {
        Self {
            failing: Mutex::new(failing.to_vec()),
            kind,
            taken: Mutex::default(),
            within: Mutex::default(),
            slow: Mutex::default(),
        }
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

    fn step(&self, step: Step, spot: &Spot) -> io::Result<Os> {
        self.taken.lock().unwrap().push(step);
        let here = self.within.lock().unwrap().as_ref().is_none_or(|folder| spot.path().starts_with(folder));
        if here && self.failing.lock().unwrap().contains(&step) { Err(self.kind.into()) } else { Ok(Os) }
    }
}

impl Disk for Faulty {
    fn read(&self, file: &Spot, most: u64) -> io::Result<Vec<u8>> {
        self.step(Step::Read, file)?.read(file, most)
    }

    fn real(&self, spot: &Spot) -> io::Result<Spot> {
        self.step(Step::RealPath, spot)?.real(spot)
    }

    fn create_folder(&self, folder: &Spot) -> io::Result<()> {
        self.step(Step::CreateFolder, folder)?.create_folder(folder)
    }

    fn write_temp(&self, folder: &Spot, bytes: &[u8], what: Unfinished) -> io::Result<Spot> {
        self.step(Step::WriteTemp, folder)?.write_temp(folder, bytes, what)
    }

    fn copy_mode(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        self.step(Step::CopyMode, from)?.copy_mode(from, to)
    }

    fn sync_file(&self, file: &Spot) -> io::Result<()> {
        self.step(Step::SyncFile, file)?.sync_file(file)
    }

    fn rename(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        self.step(Step::Rename, from)?.rename(from, to)
    }

    fn sync_folder(&self, folder: &Spot) -> io::Result<()> {
        self.step(Step::SyncFolder, folder)?.sync_folder(folder)
    }

    fn remove(&self, file: &Spot) -> io::Result<()> {
        self.step(Step::Remove, file)?.remove(file)
    }

    fn lock(&self, file: &Spot) -> io::Result<Lock> {
        self.step(Step::Lock, file)?.lock(file)
    }

    fn lock_folder(&self, folder: &Spot) -> io::Result<Lock> {
        self.step(Step::LockFolder, folder)?.lock_folder(folder)
    }

    fn claim(&self, file: &Spot) -> io::Result<Lock> {
        self.step(Step::Lock, file)?.claim(file)
    }

    fn list(&self, folder: &Spot) -> io::Result<Vec<Listed>> {
        self.step(Step::List, folder)?.list(folder)
    }

    fn read_beginning(&self, file: &Spot, most: usize) -> io::Result<Vec<u8>> {
        let slow = *self.slow.lock().unwrap();
        thread::sleep(slow);
        self.step(Step::Read, file)?.read_beginning(file, most)
    }

    fn exchange(&self, one: &Spot, other: &Spot) -> io::Result<()> {
        self.step(Step::Exchange, one)?.exchange(one, other)
    }
}
