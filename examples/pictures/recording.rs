//! A session as it goes on: the same keys as a recording for asciinema's players (asciicast v2), and as a picture that moves.

use std::io;

use diptych::view;
use diptych::view::theme::{Depth, Ground, Theme};
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use serde_json::json;

use crate::play::Play;
use crate::svg::{Picture, moving};

/// What it shows, for who cannot see it.
const ABOUT: &str = "A topic is picked, both texts go to their closest pair, the reasons are shown, the other text is taken as the \
    lead, a word is searched for in both, and the synopsis of the topic is opened";

/// Keys, as `Play::keys` takes them, and how many seconds what they lead to is looked at.
const STEPS: &[(&str, f64)] = &[
    ("", 1.6),
    ("j", 0.25),
    ("j", 0.25),
    ("j", 0.8),
    ("t", 1.4),
    ("\"d\"", 0.3),
    ("\"e\"", 0.3),
    ("\"m\"", 1.0),
    ("enter", 3.0),
    ("w", 3.6),
    ("esc", 0.8),
    ("tab", 1.0),
    ("J", 1.2),
    ("/", 0.6),
    ("\"s\"", 0.25),
    ("\"t\"", 0.25),
    ("\"r\"", 0.25),
    ("\"ike\"", 2.0),
    ("esc", 0.6),
    ("g s", 3.6),
];

/// The step that shows what the program is for.
const STILL: usize = 8;

/// A screen after a step.
struct Shot {
    buffer: Buffer,
    cursor: Option<Position>,
    seconds: f64,
}

fn shots(ground: Ground, (columns, rows): (u16, u16)) -> Vec<Shot> {
    let mut play = Play::bundled();
    play.resize(columns, rows);
    let shot = |(keys, seconds): &(&str, f64)| {
        play.keys(keys);
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = view::draw(&play.app, &Theme::new(ground, Depth::Many), &mut buffer);
        Shot { buffer, cursor, seconds: *seconds }
    };
    STEPS.iter().map(shot).collect()
}

/// The picture that moves.
pub fn picture(ground: Ground, size: (u16, u16)) -> String {
    let shots = shots(ground, size);
    let pictures: Vec<_> = shots
        .iter()
        .map(|s| (Picture { buffer: &s.buffer, cursor: s.cursor, ground, title: ABOUT }, s.seconds))
        .collect();
    moving(&pictures, STILL)
}

/// The recording: a line for the terminal, then one for each step, with what is written to the terminal.
pub fn asciicast(size: (u16, u16)) -> io::Result<String> {
    let header = json!({ "version": 2, "width": size.0, "height": size.1, "title": "Diptych", "idle_time_limit": 4 });
    let mut cast = format!("{header}\n");
    let mut before = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let mut at = 0.0;
    for shot in shots(Ground::Dark, size) {
        let mut written = Vec::new();
        let mut terminal = CrosstermBackend::new(&mut written);
        if at == 0.0 {
            terminal.clear()?;
            terminal.hide_cursor()?;
        }
        terminal.draw(before.diff(&shot.buffer).into_iter())?;
        let event = json!([(at * 100.0_f64).round() / 100.0, "o", String::from_utf8_lossy(&written)]);
        cast.push_str(&format!("{event}\n"));
        at += shot.seconds;
        before = shot.buffer;
    }
    Ok(cast)
}
