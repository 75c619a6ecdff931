//! What speaks for each passage going on about a topic in other words, as lines of JSON: what `tools/fit_continued.py` fits the
//! weights of `src/topic/continued.rs` to.
//!
//!     cargo run --release --example continued -- TEXT TOPICS.toml
//!
//! First a line that names the parts; one for each topic, with the passages that its terms find; one for each question:
//! passage, topic, parts.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;

use diptych::import::{Hint, import};
use diptych::topic::codebook::Codebook;
use diptych::topic::continued::{NAMES, Question};
use diptych::topic::coverage::{Coverage, TopicCoverage};
use diptych::word::language::Language;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [text, topics] = &arguments[..] else { return Err("give a text and topics".into()) };
    let unwatched = |_, _| ControlFlow::Continue(());
    // Nobody stops it.
    let stopped = "was stopped";
    let text = import(&fs::read(text)?, &Hint::named(text))?.text;
    let language = Language::of(&text);
    let (book, _) = Codebook::parse(&fs::read_to_string(topics)?);
    let out = &mut io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({ "parts": NAMES }))?;
    for topic in book.topics() {
        let found = TopicCoverage::of(&text, topic, language, &unwatched).continue_value().ok_or(stopped)?;
        let passages: Vec<u32> = found.treatments().iter().flat_map(|t| t.from.0..=t.to.0).collect();
        writeln!(out, "{}", serde_json::json!({ "topic": topic.id.as_str(), "by_terms": passages }))?;
    }
    let asked = Coverage::questions(&text, &book, language, &unwatched).continue_value().ok_or(stopped)?;
    for Question { passage, topic, parts } in asked {
        writeln!(out, "{}", serde_json::json!([passage, book.topics()[topic].id.as_str(), parts]))?;
    }
    Ok(())
}
