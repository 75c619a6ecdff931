//! The screen: frames, each written as one piece within a synchronized update; a frame like the last one writes nothing.

use std::io::{self, Stdout, Write as _};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Io;
use crate::app::App;
use crate::view;
use crate::view::theme::Theme;

/// The terminal's screen: what is on it, and the bytes of the frame being made.
pub struct Screen {
    out: Stdout,
    shown: Buffer,
    cursor: Option<Position>,
    /// Whether what is on the screen is not known.
    stale: bool,
}

impl Screen {
    pub fn new() -> Self {
        Self { out: io::stdout(), shown: Buffer::empty(Rect::ZERO), cursor: None, stale: true }
    }

    /// Columns and rows; at least one of each, for some terminals say 0×0 while they are made.
    pub fn size(&self) -> Io<(u16, u16)> {
        let size = crossterm::terminal::size()?;
        Ok((size.0.max(1), size.1.max(1)))
    }

    /// Draws what has changed since the last frame.
    pub fn draw(&mut self, app: &App, theme: &Theme) -> Io<()> {
        let mut next = Buffer::empty(Rect::new(0, 0, app.screen.0, app.screen.1));
        let cursor = view::draw(app, theme, &mut next);
        if next.area != self.shown.area {
            self.stale = true;
        }
        if !self.stale && next == self.shown && cursor == self.cursor {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(16 << 10);
        queue!(frame, BeginSynchronizedUpdate)?;
        if self.stale {
            queue!(frame, Clear(ClearType::All))?;
            self.shown = Buffer::empty(next.area);
        }
        if self.cursor.is_some() || self.stale {
            queue!(frame, Hide)?;
        }
        write_changes(&self.shown.diff(&next), &mut frame)?;
        if let Some(at) = cursor {
            queue!(frame, MoveTo(at.x, at.y), Show)?;
        }
        queue!(frame, EndSynchronizedUpdate)?;
        (self.shown, self.cursor, self.stale) = (next, cursor, false);
        self.out.write_all(&frame)?;
        self.out.flush()
    }

    /// Forgets what is on the screen: the next frame is drawn in full.
    pub fn clear(&mut self) {
        self.stale = true;
    }

    /// Puts `text` on the clipboard, by the terminal (OSC 52).
    pub fn copy(&mut self, text: &str) -> Io<()> {
        queue!(self.out, CopyToClipboard::to_clipboard_from(text))?;
        self.out.flush()
    }
}

/// Writes changed cells. Terminals disagree on the width of some clusters (emoji sequences, combining marks, scripts
/// with joined letters), so after any that is not plain the cursor is placed anew: what a terminal thinks of a letter
/// moves nothing that follows it.
fn write_changes(changes: &[(u16, u16, &ratatui::buffer::Cell)], frame: &mut Vec<u8>) -> Io<()> {
    let mut backend = CrosstermBackend::new(frame);
    for run in changes.chunk_by(|before, _| is_plain(before.2.symbol())) {
        backend.draw(run.iter().copied())?;
    }
    Ok(())
}

/// Whether every terminal gives this symbol one column: a single character of a script without surprises, or drawn by
/// this program itself.
fn is_plain(symbol: &str) -> bool {
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
