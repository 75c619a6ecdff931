//! The guard of the terminal's modes: what it puts on, it takes off, however the session ends.

use std::env;
use std::io::{self, Write as _};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};

/// Reports of clicks and of the wheel, in the format that has no limit on columns. Not of motion: a reader has no use
/// for it, and it would wake the session for nothing.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// Holds the terminal in the modes that reading needs.
#[derive(Debug)]
pub struct Guard {
    /// Whether the modes are on; a panic takes them off before the guard is dropped.
    entered: Arc<AtomicBool>,
}

/// What the environment says of the terminal's colours.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `COLORTERM`.
    pub color_term: String,
    /// `TERM`.
    pub term: String,
    /// `COLORFGBG`.
    pub color_fg_bg: String,
}

impl Guard {
    /// Puts the terminal into the modes, and sees to it that a panic of this thread takes them off before it is told. A
    /// panic of another thread says nothing here: it must not write over the screen, and is told by who waits for it.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let before = panic::take_hook();
        let session = thread::current().id();
        let mut guard = Self { entered: Arc::default() };
        let entered = Arc::clone(&guard.entered);
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == session {
                take_off(&entered);
                before(panic);
            }
        }));
        guard.enter_again(mouse)?;
        Ok(guard)
    }

    /// Puts the modes on again after [`Guard::leave`].
    pub fn enter_again(&mut self, mouse: bool) -> io::Result<()> {
        enable_raw_mode()?;
        self.entered.store(true, Ordering::Relaxed);
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if mouse { report_mouse(true) } else { Ok(()) }
    }

    /// Takes the modes off.
    pub fn leave(&mut self) {
        take_off(&self.entered);
    }
}

impl Environment {
    /// As it is now.
    pub fn now() -> Self {
        let var = |name| env::var(name).unwrap_or_default();
        Self {
            no_color: !var("NO_COLOR").is_empty(),
            color_term: var("COLORTERM"),
            term: var("TERM"),
            color_fg_bg: var("COLORFGBG"),
        }
    }
}

/// Turns reports of the mouse on or off.
pub fn report_mouse(on: bool) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(if on { MOUSE_ON } else { MOUSE_OFF })?;
    out.flush()
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Takes the modes off, once: leaving the other screen a second time would put the cursor back over what was written
/// since. The terminal may be gone: then there is nothing left to restore, and nobody to tell.
fn take_off(entered: &AtomicBool) {
    if !entered.swap(false, Ordering::Relaxed) {
        return;
    }
    let mut out = io::stdout();
    let _ = out.write_all(MOUSE_OFF);
    let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}
