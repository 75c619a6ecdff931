//! The progress line on standard error: only on a terminal, and only for jobs that take a while.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use super::print::columns_of;
use crate::layout::cells;
use crate::text::clean::Clean;

/// What is done sooner needs no line.
const LONG: Duration = Duration::from_millis(300);

/// Cells of the bar.
const BAR: usize = 20;

/// How far one file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its name.
    pub name: Clean,
    /// Pages that are read, of how many; of 0 where that is not known.
    pub pages: (usize, usize),
    /// Files that are done, of how many.
    pub files: (usize, usize),
}

/// The line.
#[derive(Debug)]
pub(super) struct Progress {
    /// `None` where nobody looks.
    begun: Option<Instant>,
    shown: String,
}

impl Progress {
    /// Nothing yet; and never anything where `quiet` says so, or where standard error is no terminal that can take a
    /// line back.
    pub(super) fn new(quiet: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        let looked_at = !quiet && !dumb && io::stderr().is_terminal();
        Self { begun: looked_at.then(Instant::now), shown: String::new() }
    }

    /// Says how far it is, if it has taken long enough.
    pub(super) fn show(&mut self, part: &Part) {
        if self.begun.is_none_or(|begun| begun.elapsed() < LONG) {
            return;
        }
        let columns = columns_of(io::stderr()).map_or(80, usize::from);
        let line = line(part, columns.saturating_sub(1));
        if line != self.shown {
            // A line that cannot be written is missed by nobody.
            let _ = write!(io::stderr().lock(), "\r\x1b[2K{line}");
            self.shown = line;
        }
    }

    /// Takes the line away, before something else is said or the job ends.
    pub(super) fn clear(&mut self) {
        if !std::mem::take(&mut self.shown).is_empty() {
            let _ = write!(io::stderr().lock(), "\r\x1b[2K");
        }
    }
}

/// `reading book.epub ━━━━────── 45 of 120 · 3 of 9 files`, in so many columns.
fn line(part: &Part, columns: usize) -> String {
    let (done, of) = part.pages;
    let pages = match (done * BAR).checked_div(of) {
        Some(full) => {
            let full = full.min(BAR);
            format!(" {}{} {done} of {of}", "━".repeat(full), "─".repeat(BAR - full))
        }
        None => "…".to_owned(),
    };
    let files =
        if part.files.1 > 1 { format!(" · {} of {} files", part.files.0, part.files.1) } else { String::new() };
    let rest = format!("{pages}{files}");
    let room = columns.saturating_sub(cells::width(&rest) + "reading ".len()).max(8);
    let whole = format!("reading {}{rest}", cells::ellipsis(part.name.as_str(), room));
    cells::ellipsis(&whole, columns).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_fits_and_says_what_matters() {
        let part = |pages, files| Part { name: Clean::line("a long name of a book.epub"), pages, files };
        let cases = [
            (part((45, 120), (0, 1)), 80, "reading a long name of a book.epub ━━━━━━━───────────── 45 of 120"),
            (part((0, 0), (3, 9)), 80, "reading a long name of a book.epub… · 3 of 9 files"),
            (part((9, 9), (3, 9)), 66, "reading a long name of… ━━━━━━━━━━━━━━━━━━━━ 9 of 9 · 3 of 9 files"),
        ];
        for (part, columns, expected) in cases {
            assert_eq!(line(&part, columns), expected);
            for columns in 0..90 {
                assert!(cells::width(&line(&part, columns)) <= columns.max(1), "{columns}");
            }
        }
    }
}
