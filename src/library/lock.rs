//! Waiting for a lock: several Diptychs may write the same files.

use std::io;
use std::time::{Duration, Instant};

use super::disk::{Disk, Lock, Spot};

/// How long to wait for another Diptych that writes what the reader has made: a slow disk takes seconds.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long to wait where it is only about where the reader left off.
const A_MOMENT: Duration = Duration::from_millis(250);

/// How often to look: whoever saves one thing after another leaves only moments to the others.
const GLANCES: [u64; 4] = [2, 5, 10, 20];

/// Locks a file, after waiting a moment where another holds it.
pub fn lock(disk: &dyn Disk, file: &Spot) -> io::Result<Lock> {
    wait(A_MOMENT, &|| disk.lock(file))
}

/// Locks a folder, after waiting where another holds it.
pub fn lock_folder(disk: &dyn Disk, folder: &Spot) -> io::Result<Lock> {
    wait(PATIENCE, &|| disk.lock_folder(folder))
}

fn wait(patience: Duration, lock: &dyn Fn() -> io::Result<Lock>) -> io::Result<Lock> {
    let begin = Instant::now();
    let longest = GLANCES[GLANCES.len() - 1];
    for glance in GLANCES.into_iter().chain(std::iter::repeat(longest)) {
        match lock() {
            Err(e) if e.kind() == io::ErrorKind::WouldBlock && begin.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(glance));
            }
            // Some network disks know no locks: whoever writes there looks at what it replaces.
            Err(e) if e.kind() == io::ErrorKind::Unsupported => return Ok(Lock::none()),
            answer => return answer,
        }
    }
    lock()
}
