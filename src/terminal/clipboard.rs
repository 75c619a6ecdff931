//! The clipboard: by the terminal (OSC 52), and through the programs that stand between.
//!
//! tmux lets the sequence through only where it was told to, but takes words itself, and hands them on. GNU screen
//! hands on what is wrapped, a limited number of bytes at a time. A terminal does not say whether it took the words;
//! few say that they would.

use std::env;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;

use crate::app::message::Copied;

/// How words get to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clipboard {
    /// By the terminal alone.
    Terminal,
    /// By tmux.
    Tmux,
    /// By the terminal, through GNU screen.
    Screen,
}

/// How much GNU screen hands on in one piece: its older versions keep no more than 256 bytes of a string.
const PIECE: usize = 240;

impl Clipboard {
    /// What the environment says.
    pub(super) fn now() -> Self {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        Self::of(is_set("TMUX"), is_set("STY"), &env::var("TERM_PROGRAM").unwrap_or_default())
    }

    /// Where both are there, one runs in the other; tmux says when it is the inner one.
    fn of(tmux: bool, screen: bool, program: &str) -> Self {
        match (tmux, screen) {
            (true, false) => Self::Tmux,
            (true, true) if program == "tmux" => Self::Tmux,
            (_, true) => Self::Screen,
            (false, false) => Self::Terminal,
        }
    }

    /// What tells the terminal to have these words.
    pub(super) fn sequence(self, words: &str) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        queue!(plain, CopyToClipboard::to_clipboard_from(words))?;
        if self != Self::Screen {
            return Ok(plain);
        }
        // Its own string ends as the wrapped one would: a bell ends that instead.
        let plain = plain.strip_suffix(b"\x1b\\").map_or_else(|| plain.clone(), |open| [open, b"\x07"].concat());
        Ok(plain.chunks(PIECE).flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect())
    }
}

/// Gives the words to tmux, which waits for nothing but its own server. Its versions before 3.2 keep them to themselves.
pub(super) fn to_tmux(words: &str) -> Copied {
    let load = |options: &[&str]| -> io::Result<bool> {
        let mut tmux = Command::new("tmux")
            .arg("load-buffer")
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let written = tmux.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(words.as_bytes()));
        Ok(tmux.wait()?.success() && written.is_ok())
    };
    let is_loaded = |options: &[&str]| load(options).unwrap_or(false);
    if is_loaded(&["-w", "-"]) {
        Copied::ToTmux
    } else if is_loaded(&["-"]) {
        Copied::ToTmuxAlone
    } else {
        Copied::Nowhere
    }
}

#[cfg(test)]
mod tests {
    use super::Clipboard;

    #[test]
    fn the_inner_of_two_programs_is_asked() {
        assert_eq!(Clipboard::of(true, false, ""), Clipboard::Tmux);
        assert_eq!(Clipboard::of(true, true, "tmux"), Clipboard::Tmux);
        assert_eq!(Clipboard::of(true, true, ""), Clipboard::Screen);
        assert_eq!(Clipboard::of(false, true, ""), Clipboard::Screen);
        assert_eq!(Clipboard::of(false, false, ""), Clipboard::Terminal);
    }

    #[test]
    fn screen_is_given_pieces_that_it_can_hold_and_hands_on_the_whole() {
        let words = "a long passage ".repeat(500);
        let plain = String::from_utf8(Clipboard::Terminal.sequence(&words).unwrap()).unwrap();
        let wrapped = String::from_utf8(Clipboard::Screen.sequence(&words).unwrap()).unwrap();
        let pieces: Vec<&str> = wrapped.split("\x1b\\").filter(|piece| !piece.is_empty()).collect();
        assert!(pieces.iter().all(|piece| piece.starts_with("\x1bP") && piece.len() <= 256));
        let handed_on: String = pieces.iter().map(|piece| &piece[2..]).collect();
        let body = |sequence: &str| sequence.trim_end_matches(['\x07', '\\', '\x1b']).to_owned();
        assert_eq!(body(&handed_on), body(&plain));
        assert!(handed_on.starts_with("\x1b]52;c;") && handed_on.ends_with('\x07'));
    }
}
