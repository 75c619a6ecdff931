//! The screen: frames, written as one piece within a synchronized update.

use std::io::{self, BufWriter, Stdout, Write as _};

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::Io;
use crate::app::App;
use crate::view;
use crate::view::theme::Theme;

/// The terminal's screen.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

/// Room for the bytes of a whole frame, so that it is one write.
const FRAME: usize = 256 << 10;

impl Screen {
    pub fn new() -> Io<Self> {
        let out = BufWriter::with_capacity(FRAME, io::stdout());
        Ok(Self { terminal: Terminal::new(CrosstermBackend::new(out))? })
    }

    /// Columns and rows.
    pub fn size(&self) -> Io<(u16, u16)> {
        let size = crossterm::terminal::size()?;
        // Some terminals say 0×0 while they are made; there is always a cell to draw on.
        Ok((size.0.max(1), size.1.max(1)))
    }

    /// Draws what has changed since the last frame.
    pub fn draw(&mut self, app: &App, theme: &Theme) -> Io<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            let fits = frame.area().width == app.screen.0 && frame.area().height == app.screen.1;
            if fits && let Some(cursor) = view::draw(app, theme, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.terminal.backend_mut().flush()
    }

    /// Forgets what is on the screen: the next frame is drawn in full.
    pub fn clear(&mut self) -> Io<()> {
        self.terminal.clear()
    }

    /// Puts `text` on the clipboard, by the terminal (OSC 52).
    pub fn copy(&mut self, text: &str) -> Io<()> {
        queue!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?;
        self.terminal.backend_mut().flush()
    }
}
