//! Reading a pipe with a name: until whoever writes into it closes it, or nobody waits for its text any more.
//!
//! Nobody may ever write into it, and reading it plainly would then hold up a worker for good.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::retry_on_intr;

/// How often it is looked whether anybody still waits.
const GLANCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };

/// How much is read at once.
const PIECE: usize = 64 << 10;

/// All that is written into a pipe, `most` bytes of it at most; [`io::ErrorKind::Interrupted`] where nobody waits any more.
pub(super) fn read(path: &Path, most: u64, stopped: &dyn Fn() -> bool) -> io::Result<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let mut pipe = File::from(openat(CWD, path, flags, Mode::empty())?);
    let (mut bytes, mut piece) = (Vec::new(), vec![0; PIECE]);
    loop {
        let ready = retry_on_intr(|| poll(&mut [PollFd::new(&pipe, PollFlags::IN)], Some(&GLANCE)))?;
        if stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if ready == 0 {
            continue;
        }
        match pipe.read(&mut piece) {
            Ok(0) => return Ok(bytes),
            Ok(length) if bytes.len() as u64 + length as u64 > most => return Err(io::ErrorKind::FileTooLarge.into()),
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Err(e) => return Err(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use rustix::fs::{FileType, mknodat};

    use super::*;

    #[test]
    fn a_pipe_is_read_to_its_end_and_left_when_nobody_waits() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pipe");
        mknodat(CWD, &path, FileType::Fifo, Mode::RWXU, 0).unwrap();
        let waits_no_more = AtomicBool::new(false);
        let stopped = || waits_no_more.load(Ordering::Relaxed);
        thread::scope(|scope| {
            let reader = scope.spawn(|| read(&path, u64::MAX, &stopped));
            let mut writer = File::options().write(true).open(&path).unwrap();
            for _ in 0..3 {
                writer.write_all(&vec![b'x'; 100_000]).unwrap();
            }
            drop(writer);
            assert_eq!(reader.join().unwrap().unwrap().len(), 300_000);
            // Now nobody writes.
            let reader = scope.spawn(|| read(&path, u64::MAX, &stopped));
            waits_no_more.store(true, Ordering::Relaxed);
            assert_eq!(reader.join().unwrap().unwrap_err().kind(), io::ErrorKind::Interrupted);
        });
    }
}
