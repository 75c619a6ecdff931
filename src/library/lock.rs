//! Waiting for one's turn: several Diptychs may write the same file.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::disk::{Disk, Lock};

/// How long to wait for another Diptych that is writing, in milliseconds.
const WAITS: [u64; 5] = [10, 20, 40, 80, 100];

/// Locks the file at `path`, after waiting a little where another holds it.
pub fn lock(disk: &dyn Disk, path: &Path) -> io::Result<Lock> {
    for wait in WAITS {
        match disk.lock(path) {
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(wait)),
            // Some network disks know no locks: better without one than with nothing kept.
            Err(e) if e.kind() == io::ErrorKind::Unsupported => return Ok(Lock::none()),
            answer => return answer,
        }
    }
    disk.lock(path)
}
