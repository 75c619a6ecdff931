//! The guard of the terminal's modes: what it puts on, it takes off, however the session ends.

use std::env;
use std::io;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::output::Output;

/// Reports of clicks, of the wheel and of dragging, in the format that has no limit on columns. Not of motion without a
/// button: a reader has no use for it, and it would wake the session for nothing.
const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l";

/// Whether the terminal has the kitty keyboard protocol, in which no key is mistaken for another; and what it is, so that
/// one without the protocol answers something too.
pub(super) const WHO: &[u8] = b"\x1b[?u\x1b[c";
/// Turns on the plainest part of the protocol (disambiguated keys), and takes that back.
const KITTY_ON: &[u8] = b"\x1b[>1u";
const KITTY_OFF: &[u8] = b"\x1b[<u";

/// Holds the terminal in the modes that reading needs.
#[derive(Debug)]
pub(super) struct Guard {
    out: Output,
    /// Whether the modes are on; a panic takes them off before the guard is dropped.
    entered: Arc<AtomicBool>,
    /// Whether the terminal has said that it has the kitty keyboard protocol.
    kitty: Arc<AtomicBool>,
    /// What is on while it is entered.
    face: Face,
}

/// What the session shows itself by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// A screen of its own.
    Screen,
    /// Lines, written below what is there: only the keyboard is changed.
    Lines,
}

/// What the environment says of the terminal's colours.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `COLORTERM`.
    pub color_term: String,
    /// `TERM`.
    pub term: String,
    /// `COLORFGBG`.
    pub color_fg_bg: String,
    /// `LC_ALL`, else `LC_CTYPE`, else `LANG`: which letters there are.
    pub locale: String,
    /// `VTE_VERSION`.
    pub vte: String,
    /// Whether `TMUX` is set.
    pub in_tmux: bool,
}

impl Guard {
    /// Puts the terminal into the modes, and sees to it that a panic of this thread takes them off before it is told. A
    /// panic of another thread says nothing here: it must not write over the screen, and is told by who waits for it.
    pub(super) fn enter(face: Face, mouse: bool, out: Output) -> io::Result<Self> {
        let before = panic::take_hook();
        let session = thread::current().id();
        let mut guard = Self { out: out.clone(), entered: Arc::default(), kitty: Arc::default(), face };
        let (entered, kitty) = (Arc::clone(&guard.entered), Arc::clone(&guard.kitty));
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == session {
                take_off(face, &entered, &kitty, &out);
                before(panic);
            }
        }));
        guard.enter_again(mouse)?;
        Ok(guard)
    }

    /// Puts the modes on again after [`Guard::leave`].
    pub(super) fn enter_again(&mut self, mouse: bool) -> io::Result<()> {
        enable_raw_mode()?;
        self.entered.store(true, Ordering::Relaxed);
        if self.face == Face::Lines {
            return Ok(());
        }
        let mut modes = Vec::new();
        queue!(modes, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        if mouse {
            modes.extend_from_slice(mouse_mode(true));
        }
        if self.kitty.load(Ordering::Relaxed) {
            modes.extend_from_slice(KITTY_ON);
        }
        self.out.insist(&modes);
        Ok(())
    }

    /// The terminal has said that it has the kitty keyboard protocol: what turns that on, the first time.
    pub(super) fn has_kitty(&mut self) -> &'static [u8] {
        if self.kitty.swap(true, Ordering::Relaxed) { &[] } else { KITTY_ON }
    }

    /// Takes the modes off.
    pub(super) fn leave(&mut self) {
        take_off(self.face, &self.entered, &self.kitty, &self.out);
    }
}

impl Environment {
    /// As it is now.
    pub(super) fn now() -> Self {
        let var = |name| env::var(name).unwrap_or_default();
        Self {
            no_color: !var("NO_COLOR").is_empty(),
            color_term: var("COLORTERM"),
            term: var("TERM"),
            color_fg_bg: var("COLORFGBG"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].map(var).into_iter().find(|set| !set.is_empty()).unwrap_or_default(),
            vte: var("VTE_VERSION"),
            in_tmux: !var("TMUX").is_empty(),
        }
    }
}

/// What turns reports of the mouse on or off.
pub(super) fn mouse_mode(on: bool) -> &'static [u8] {
    if on { MOUSE_ON } else { MOUSE_OFF }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Takes the modes off, once: leaving the other screen a second time would put the cursor back over what was written
/// since. The terminal may be gone: then there is nothing left to restore, and nobody to tell.
fn take_off(face: Face, entered: &AtomicBool, kitty: &AtomicBool, out: &Output) {
    if !entered.swap(false, Ordering::Relaxed) {
        return;
    }
    if face == Face::Lines {
        let _ = disable_raw_mode();
        return;
    }
    let mut modes = Vec::new();
    // A frame may have been cut off in its middle.
    let _ = queue!(modes, EndSynchronizedUpdate);
    if kitty.load(Ordering::Relaxed) {
        modes.extend_from_slice(KITTY_OFF);
    }
    modes.extend_from_slice(MOUSE_OFF);
    let _ = queue!(modes, DisableBracketedPaste, LeaveAlternateScreen, Show);
    out.insist(&modes);
    let _ = disable_raw_mode();
}
