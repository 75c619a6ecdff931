//! Standard output: buffered, and as wide as the terminal where it is one.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use anyhow::{Result, bail};

use crate::library::said::io_words;

/// Columns where neither the reader nor a terminal says how many.
const WIDTH: u16 = 100;

/// Has `write` write to standard output.
pub fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::with_capacity(64 << 10, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        // What is left in the buffer would only fail again, and loudly.
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
pub fn terminal_width() -> Option<u16> {
    let columns = || crossterm::terminal::size().ok().map(|(columns, _)| columns);
    io::stdout().is_terminal().then(columns).flatten().filter(|columns| *columns > 0)
}

/// The columns to print in: those asked for, else the terminal's, else a hundred.
pub fn width(asked: Option<u16>) -> u16 {
    asked.or_else(terminal_width).unwrap_or(WIDTH).max(20)
}
