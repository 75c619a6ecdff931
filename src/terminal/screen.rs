//! The screen: frames, each written as one piece within a synchronized update; a frame like the last one writes nothing.
//!
//! While the terminal has not taken all of a frame, no other one is made: a slow terminal is shown less, never late.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::sync::Arc;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use super::output::Output;
use super::sized;
use crate::app::App;
use crate::layout::cells;
use crate::view;
use crate::view::Beyond;
use crate::view::addresses::Addresses;
use crate::view::sized::SizedRow;
use crate::view::theme::Theme;

/// The terminal's screen: what is on it, and the bytes of the frame being made.
pub(super) struct Screen {
    out: Output,
    /// What the terminal has not taken yet.
    pending: Vec<u8>,
    shown: Buffer,
    /// The frame before it, to be drawn over: a new one each time would have to be found room for.
    spare: Buffer,
    cursor: Option<Position>,
    /// Which cells lead to which address of the web.
    links: Links,
    /// The letters larger than a cell.
    sized: Vec<SizedRow>,
    /// Whether what is on the screen is not known.
    stale: bool,
}

/// By row and column, the addresses that cells lead to.
type Links = BTreeMap<(u16, u16), Arc<str>>;

/// Columns and rows; at least one of each, for some terminals say 0×0 while they are made.
pub(super) fn size() -> io::Result<(u16, u16)> {
    let size = crossterm::terminal::size()?;
    Ok((size.0.max(1), size.1.max(1)))
}

impl Screen {
    pub(super) fn new(out: Output) -> Self {
        Self {
            out,
            pending: Vec::new(),
            shown: Buffer::empty(Rect::ZERO),
            spare: Buffer::empty(Rect::ZERO),
            cursor: None,
            links: Links::new(),
            sized: Vec::new(),
            stale: true,
        }
    }

    /// Draws what has changed since the last frame; nothing while the terminal has not taken that yet.
    /// Where the terminal `takes_links`, letters that lead to a page of the web say so.
    pub(super) fn draw(&mut self, app: &App, theme: &Theme, takes_links: bool) -> io::Result<()> {
        self.push()?;
        if self.waits_for().is_some() {
            return Ok(());
        }
        let mut next = std::mem::take(&mut self.spare);
        next.resize(Rect::new(0, 0, app.halves.screen().0, app.halves.screen().1));
        next.reset();
        let mut beyond = Beyond::default();
        beyond.addresses.wanted = takes_links && app.screens.overlay().is_none();
        let cursor = view::draw_with(app, theme, &mut next, Some(&mut beyond));
        let links = links_on(&beyond.addresses, &next);
        // What is under large letters goes with them: what is there then is not known.
        self.stale |= beyond.sized != self.sized;
        if next.area != self.shown.area {
            self.stale = true;
        }
        let mut changes =
            if self.stale { changes(&Buffer::empty(next.area), &next) } else { changes(&self.shown, &next) };
        if !self.stale {
            add_led_elsewhere(&mut changes, &self.links, &links, &next);
        }
        if !self.stale && changes.is_empty() && cursor == self.cursor {
            self.spare = next;
            return Ok(());
        }
        let mut frame = Vec::with_capacity(16 << 10);
        queue!(frame, BeginSynchronizedUpdate)?;
        if self.stale {
            queue!(frame, Clear(ClearType::All))?;
        }
        if self.cursor.is_some() || self.stale {
            queue!(frame, Hide)?;
        }
        write_linked(&changes, &links, &mut frame)?;
        if self.stale {
            sized::write(&beyond.sized, &mut frame)?;
        }
        if let Some(at) = cursor {
            queue!(frame, MoveTo(at.x, at.y), Show)?;
        }
        queue!(frame, EndSynchronizedUpdate)?;
        self.spare = std::mem::replace(&mut self.shown, next);
        (self.cursor, self.stale) = (cursor, false);
        (self.links, self.sized) = (links, beyond.sized);
        self.pending = frame;
        self.push()
    }

    /// The terminal, while it has still to take something.
    pub(super) fn waits_for(&self) -> Option<&Output> {
        (!self.pending.is_empty()).then_some(&self.out)
    }

    /// Tells the terminal something that is not to be seen.
    pub(super) fn tell(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.pending.extend_from_slice(bytes);
        self.push()
    }

    /// Asks the terminal something that leaves signs on the screen: all of it is drawn anew.
    pub(super) fn ask(&mut self, question: &[u8]) -> io::Result<()> {
        self.stale = true;
        self.tell(question)
    }

    /// Gives the terminal as much as it takes.
    fn push(&mut self) -> io::Result<()> {
        while !self.pending.is_empty() {
            let count = self.out.push(&self.pending)?;
            if count == 0 {
                break;
            }
            self.pending.drain(..count);
        }
        Ok(())
    }

    /// Forgets what is on the screen, and what was to come there: the next frame is drawn in full.
    pub(super) fn clear(&mut self) {
        self.stale = true;
        self.pending.clear();
    }
}

/// A cell and where it is.
type Placed<'a> = (u16, u16, &'a Cell);

/// What has changed since `shown`, row by row. Terminals disagree on the width of some clusters (emoji sequences,
/// combining marks, scripts with joined letters), and one that is drawn wider or narrower than it should be spoils what
/// stands beside it. So a row that has or had any such cluster is written as a whole if anything in it has changed.
fn changes<'a>(shown: &Buffer, next: &'a Buffer) -> Vec<Placed<'a>> {
    let mut changes = Vec::new();
    let (left, right) = (next.area.left(), next.area.right());
    for row in shown.diff(next).chunk_by(|before, after| before.1 == after.1) {
        let y = row[0].1;
        let is_plain_in = |buffer: &Buffer| (left..right).all(|x| is_plain(buffer[(x, y)].symbol()));
        if is_plain_in(shown) && is_plain_in(next) {
            changes.extend_from_slice(row);
            continue;
        }
        let mut x = left;
        while x < right {
            let cell = &next[(x, y)];
            changes.push((x, y, cell));
            x += cells::width(cell.symbol()).max(1) as u16;
        }
    }
    changes
}

fn links_on(addresses: &Addresses, buffer: &Buffer) -> Links {
    let shared: Vec<Arc<str>> = addresses.each.iter().map(|address| Arc::from(address.as_str())).collect();
    addresses.on(buffer).into_iter().map(|(x, y, at)| ((y, x), Arc::clone(&shared[at]))).collect()
}

/// Adds the cells that look as before and lead elsewhere.
fn add_led_elsewhere<'a>(changes: &mut Vec<Placed<'a>>, before: &Links, after: &Links, next: &'a Buffer) {
    let mut others: Vec<(u16, u16)> =
        after.iter().filter(|(at, to)| before.get(at) != Some(to)).map(|(at, _)| *at).collect();
    others.extend(before.keys().filter(|at| !after.contains_key(at)));
    if others.is_empty() {
        return;
    }
    let known: HashSet<(u16, u16)> = changes.iter().map(|(x, y, _)| (*y, *x)).collect();
    let is_letter = |y: u16, x: u16| x == 0 || cells::width(next[(x - 1, y)].symbol()) < 2;
    let others = others.into_iter().filter(|(y, x)| !known.contains(&(*y, *x)) && is_letter(*y, *x));
    changes.extend(others.map(|(y, x)| (x, y, &next[(x, y)])));
    changes.sort_by_key(|(x, y, _)| (*y, *x));
}

/// Writes changed cells, those that lead to an address of the web between the two signs for that (OSC 8, as its
/// specification by Egmont Koblinger has it). Cells of one address are one link, on however many rows.
fn write_linked(changes: &[Placed<'_>], links: &Links, frame: &mut Vec<u8>) -> io::Result<()> {
    let link = |at: &Placed<'_>| links.get(&(at.1, at.0));
    for run in changes.chunk_by(|before, after| link(before) == link(after)) {
        if let Some(address) = link(&run[0]) {
            let id = xxhash_rust::xxh3::xxh3_64(address.as_bytes());
            queue!(frame, Print(format!("\x1b]8;id={id:x};{address}\x1b\\")))?;
            write_changes(run, frame)?;
            queue!(frame, Print("\x1b]8;;\x1b\\"))?;
        } else {
            write_changes(run, frame)?;
        }
    }
    Ok(())
}

/// Writes changed cells. Around a cluster whose width is uncertain the cursor is placed anew, and the columns of a wide
/// one are emptied first: what a terminal thinks of it moves nothing that follows, and leaves nothing that was there.
fn write_changes(changes: &[Placed<'_>], frame: &mut Vec<u8>) -> io::Result<()> {
    for run in changes.chunk_by(|before, after| is_plain(before.2.symbol()) && is_plain(after.2.symbol())) {
        let (x, y, first) = run[0];
        if !is_plain(first.symbol()) && cells::width(first.symbol()) > 1 {
            queue!(frame, MoveTo(x, y), Print("  "))?;
        }
        CrosstermBackend::new(&mut *frame).draw(run.iter().copied())?;
    }
    Ok(())
}

/// Whether every terminal gives this symbol one column: a single character of a script without surprises, or drawn by
/// this program itself.
fn is_plain(symbol: &str) -> bool {
    // Nearly all are one letter of ASCII, and every cell of a changed row is asked twice.
    if let [b' '..=b'~'] = symbol.as_bytes() {
        return true;
    }
    let mut chars = symbol.chars();
    matches!(
        (chars.next(), chars.next()),
        (
            Some(
                ' '..='~'
                | '\u{a1}'..='\u{17f}'
                | '\u{391}'..='\u{44f}'
                | '\u{2010}'..='\u{2027}'
                | '\u{2500}'..='\u{259f}',
            ),
            None,
        )
    )
}
