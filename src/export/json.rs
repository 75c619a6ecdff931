//! The parts that several JSON answers share.

use std::io::{self, Write};

use serde::Serialize;

use crate::link::pairing::Counterpart;
use crate::text::Text;
use crate::text::door::Door;
use crate::text::passage::PassageNo;

/// A passage with its text, always the whole of it.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct PassageJson<'a> {
    /// Its number.
    pub passage: u32,
    /// Its words.
    pub text: &'a str,
}

impl<'a> PassageJson<'a> {
    /// A passage of `text`.
    pub(crate) fn of(text: &'a Text, passage: PassageNo) -> Self {
        Self { passage: passage.0, text: text.passage_str(passage) }
    }
}

/// Writes `value` as one line.
pub(crate) fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    written(out, |out| serde_json::to_writer(out, value))
}

/// Writes `value` on many lines, for people.
pub(super) fn pretty(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    written(out, |out| serde_json::to_writer_pretty(out, value))
}

fn written(out: &mut dyn Write, write: impl FnOnce(&mut dyn Write) -> serde_json::Result<()>) -> io::Result<()> {
    let mut door = Door::json(out);
    write(&mut door)?;
    door.write_all(b"\n")?;
    door.close()
}

/// A score or a strength with the three digits that mean something.
pub(crate) fn rounded(score: f32) -> f32 {
    (score * 1000.0).round() / 1000.0
}

/// The reasons of a counterpart in words, the weightiest first, none twice.
pub(crate) fn because(counterpart: &Counterpart) -> Vec<&str> {
    let mut words: Vec<&str> = Vec::new();
    for reason in &counterpart.because {
        let word = reason.text.trim();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}
