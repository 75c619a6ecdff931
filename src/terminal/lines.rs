//! Reading in lines: what is new is written below what was written before, and handed to a program that speaks it.

use crate::app::App;
use crate::view::lines::Heard;

use super::speaker::Speaker;

/// What was written and spoken so far.
pub struct Lines {
    heard: Heard,
    /// Whether lines are written; else a screen is drawn as ever, and lines are only spoken.
    are_written: bool,
    speaker: Option<Speaker>,
}

impl Lines {
    /// For a session that is read so, or spoken; `None` for any other.
    pub fn of(app: &App, speaker: Option<Speaker>) -> Option<Self> {
        let are_written = app.settings.lines;
        (are_written || speaker.is_some()).then(|| Self { heard: Heard::default(), are_written, speaker })
    }

    /// Whether they stand in the place of a screen.
    pub fn are_written(&self) -> bool {
        self.are_written
    }

    /// Has spoken what is new, and answers with the bytes that write it.
    pub fn tell(&mut self, app: &App, pressed: bool) -> Vec<u8> {
        if !self.are_written && !app.halves.is_linear() {
            return Vec::new();
        }
        let news = self.heard.news(app, pressed);
        if news.is_empty() {
            return Vec::new();
        }
        if let Some(speaker) = &self.speaker {
            speaker.say(news.join("\n"));
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
