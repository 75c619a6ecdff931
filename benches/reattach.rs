//! How many of 3,000 anchors a case find their places again after a text was edited, and how fast.
//!
//! `cargo bench --bench reattach [-- [CASE] [FILE]...]`: cases whose name contains CASE, in the files given (paragraphs
//! between blank lines; `#` begins a heading), else in the project's own texts and in made-up prose.
//! `REATTACH_SHOW=1` prints what went wrong, `REATTACH_FORGET=1` makes the anchors without asking for lookalikes.
#![allow(clippy::unwrap_used)]

#[path = "../tests/it/reattach/cases.rs"]
mod cases;
#[path = "../tests/it/reattach/edits.rs"]
mod edits;
#[path = "../tests/it/reattach/measure.rs"]
mod measure;
#[path = "../tests/it/reattach/prose.rs"]
mod prose;

use std::path::Path;

use cases::CASES;
use measure::{SORTS, Tally, measure, places};
use prose::{Dice, Paragraph};

const ANCHORS: usize = 3000;

fn main() {
    let mut words = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let only = words.next().unwrap_or_default();
    let files: Vec<String> = words.collect();
    let mut sources: Vec<(String, Vec<Paragraph>)> =
        files.iter().map(|f| (f.clone(), prose::read(Path::new(f)))).collect();
    if sources.is_empty() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
        sources.push(("made-up prose".to_owned(), prose::made_up(7, 200_000)));
        sources.push(("texts/".to_owned(), prose::read_folder(&own)));
    }
    let knows_rivals = std::env::var_os("REATTACH_FORGET").is_none();
    let mut sum = Tally::default();
    for (name, paragraphs) in sources.iter().filter(|(_, paragraphs)| !paragraphs.is_empty()) {
        let text = prose::build(paragraphs);
        println!("{name}: {} bytes, {} blocks", text.string().len(), text.blocks().len());
        for case in CASES.iter().filter(|c| c.name.contains(&only)) {
            let (old, edited) = case.apply(&text, &mut Dice::new(1));
            for sort in SORTS {
                let places = places(&old, sort, ANCHORS, &mut Dice::new(2));
                let tally = measure(&old, &edited, sort, &places, knows_rivals);
                let verdict = if case.holds(sort, &tally) { "" } else { "  below the bar" };
                println!("{:24} {:9} {tally}{verdict}", case.name, format!("{sort:?}"));
                sum.add(&tally);
            }
        }
    }
    println!("{:24} {:9} {sum}", "all", "");
}
