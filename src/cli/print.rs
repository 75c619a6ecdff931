//! Standard output: buffered, and wrapped to the terminal's width if it is one.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};

use anyhow::{Result, bail};

use crate::library::said::io_words;
use crate::text::door::Door;

/// Columns where neither the reader nor a terminal says how many.
const WIDTH: u16 = 100;

/// Has `write` write text to standard output.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    bytes_to_stdout(|out| through_door(out, write))
}

/// Has `write` write text to `out`: nothing raw from a file comes out.
pub(super) fn through_door(
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut door = Door::text(out);
    write(&mut door)?;
    door.close()
}

/// Has `write` write what is no text to standard output.
pub(super) fn bytes_to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::with_capacity(64 << 10, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        // Writing the rest of the buffer would fail again and panic.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
            let _ = out.into_parts();
            Err(e.into())
        }
        Err(e) => {
            let _ = out.into_parts();
            bail!("standard output: cannot be written ({}); send it elsewhere", io_words(&e))
        }
    }
}

/// The columns of the terminal that standard output is; `None` where it is none.
pub(super) fn terminal_width() -> Option<u16> {
    let out = io::stdout();
    out.is_terminal().then(|| columns_said().or_else(|| columns_of(out))).flatten()
}

/// The columns to print in: those asked for, else what the environment says, else the terminal's (that of a pager, too,
/// which stands at the other end of a pipe), else a hundred.
pub(super) fn width(asked: Option<u16>) -> u16 {
    asked.or_else(columns_said).or_else(terminal_width).or_else(columns_behind_the_pipe).unwrap_or(WIDTH).max(20)
}

/// `COLUMNS`, where it is a number that can be meant.
fn columns_said() -> Option<u16> {
    std::env::var("COLUMNS").ok()?.trim().parse().ok().filter(|columns| *columns > 0)
}

/// A file is as wide whoever makes it; what goes through a pipe most often ends on this terminal.
fn columns_behind_the_pipe() -> Option<u16> {
    let stat = rustix::fs::fstat(io::stdout()).ok()?;
    let piped = rustix::fs::FileType::from_raw_mode(stat.st_mode).is_fifo();
    piped.then(|| File::open("/dev/tty").ok()).flatten().and_then(columns_of)
}

/// The columns of a terminal.
pub(super) fn columns_of(terminal: impl rustix::fd::AsFd) -> Option<u16> {
    rustix::termios::tcgetwinsize(terminal).ok().map(|size| size.ws_col).filter(|columns| *columns > 0)
}
