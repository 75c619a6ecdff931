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

/// The file by which a folder is claimed on a disk that knows no locks. It is not one that [`super::save::sweep`] takes away.
const CLAIM: &str = ".diptych.lock";

/// Whoever has claimed a folder for so long, and done nothing else, was killed: saving takes moments, on a slow disk seconds.
const LEFT_OVER: Duration = Duration::from_secs(5);

/// What is read of a claim: all of it.
const LONGEST: u64 = 256;

/// Locks a file, after waiting a moment where another holds it.
pub(crate) fn lock(disk: &dyn Disk, file: &Spot) -> io::Result<Lock> {
    match wait(A_MOMENT, &mut || disk.lock(file)) {
        Err(e) if e.kind() == io::ErrorKind::Unsupported => Ok(Lock::none()),
        answer => answer,
    }
}

/// Locks a folder, after waiting where another holds it. Where the disk knows no locks, the folder is claimed; where not
/// even that can be done, nothing is locked, and whoever writes there looks at what it replaces.
pub(crate) fn lock_folder(disk: &dyn Disk, folder: &Spot) -> io::Result<Lock> {
    match wait(PATIENCE, &mut || disk.lock_folder(folder)) {
        Err(e) if e.kind() == io::ErrorKind::Unsupported => claim(disk, &folder.join(CLAIM)),
        answer => answer,
    }
}

fn claim(disk: &dyn Disk, file: &Spot) -> io::Result<Lock> {
    let mut others: Option<(Vec<u8>, Instant)> = None;
    let claimed = wait(PATIENCE, &mut || {
        let claimed = disk.claim(file);
        if claimed.as_ref().is_err_and(would_block) {
            let now = disk.read(file, LONGEST).ok();
            match &others {
                Some((before, since)) if now.as_ref() == Some(before) => {
                    if since.elapsed() > LEFT_OVER {
                        let _ = disk.remove(file);
                    }
                }
                _ => others = now.map(|now| (now, Instant::now())),
            }
        }
        claimed
    });
    match claimed {
        Err(e) if !would_block(&e) => Ok(Lock::none()),
        answer => answer,
    }
}

fn would_block(e: &io::Error) -> bool {
    e.kind() == io::ErrorKind::WouldBlock
}

fn wait(patience: Duration, lock: &mut dyn FnMut() -> io::Result<Lock>) -> io::Result<Lock> {
    let begin = Instant::now();
    let longest = GLANCES[GLANCES.len() - 1];
    for glance in GLANCES.into_iter().chain(std::iter::repeat(longest)) {
        match lock() {
            Err(e) if would_block(&e) && begin.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(glance));
            }
            answer => return answer,
        }
    }
    lock()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::disk::Os;

    #[test]
    fn a_claim_is_held_by_one_and_given_back() {
        let dir = tempfile::tempdir().unwrap();
        let file = Spot::within(dir.path(), CLAIM);
        let held = Os.claim(&file).unwrap();
        assert!(would_block(&Os.claim(&file).unwrap_err()));
        drop(held);
        assert!(!dir.path().join(CLAIM).exists());
    }

    #[test]
    fn what_another_has_claimed_in_its_place_stays() {
        let dir = tempfile::tempdir().unwrap();
        let file = Spot::within(dir.path(), CLAIM);
        let held = Os.claim(&file).unwrap();
        std::fs::remove_file(dir.path().join(CLAIM)).unwrap();
        std::fs::write(dir.path().join(CLAIM), "another").unwrap();
        drop(held);
        assert!(dir.path().join(CLAIM).exists());
    }

    #[test]
    fn a_claim_that_was_left_over_is_not_waited_for_without_end() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(CLAIM), "1 1\n").unwrap();
        let held = claim(&Os, &Spot::within(dir.path(), CLAIM)).unwrap();
        assert_ne!(std::fs::read(dir.path().join(CLAIM)).unwrap(), b"1 1\n");
        drop(held);
    }
}
