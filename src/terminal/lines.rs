//! Reading in lines: what is new is written below what was written before, and handed to a program that speaks it.

use crate::app::App;
use crate::view::lines::Heard;
use crate::view::signs::Signs;

use super::speaker::Speaker;

/// What was written and spoken so far.
pub(super) struct LinearOutput {
    heard: Heard,
    /// Whether lines are written; else a screen is drawn as ever, and lines are only spoken.
    are_written: bool,
    speaker: Option<Speaker>,
    /// Whether a key was pressed since a line was spoken last.
    pressed: bool,
}

impl LinearOutput {
    /// For a session that is read so, or spoken; `None` for any other.
    pub(super) fn of(app: &App, speaker: Option<Speaker>, signs: Signs) -> Option<Self> {
        let are_written = app.settings.lines;
        (are_written || speaker.is_some()).then(|| Self {
            heard: Heard::with(signs),
            are_written,
            speaker,
            pressed: false,
        })
    }

    /// Whether they stand in the place of a screen.
    pub(super) fn are_written(&self) -> bool {
        self.are_written
    }

    /// Has spoken what is new, and answers with the bytes that write it.
    pub(super) fn tell(&mut self, app: &App, pressed: bool) -> Vec<u8> {
        self.pressed |= pressed;
        if !self.are_written && !app.halves.is_linear() {
            return Vec::new();
        }
        let news = self.heard.news(app, pressed);
        if news.is_empty() {
            return Vec::new();
        }
        if let Some(speaker) = &self.speaker {
            speaker.say(news.join("\n"), std::mem::take(&mut self.pressed));
        }
        if !self.are_written {
            return Vec::new();
        }
        // The terminal is raw: a line ends by going back and down.
        let mut bytes = news.join("\r\n").into_bytes();
        bytes.extend_from_slice(b"\r\n");
        bytes
    }
}
