//! How many of 3,000 anchors a case find their places again after a text was edited, and how fast.
//!
//! `cargo bench --bench reattach [-- [CASE] [FILE]...]`: cases whose name contains CASE, in the files given (paragraphs
//! between blank lines; `#` begins a heading), else in the project's own texts and in made-up prose.
//! Prints a table in Markdown, each row with its bar and whether it is met. `REATTACH_SHOW=1` prints what went wrong, `REATTACH_FORGET=1` makes the anchors without asking for lookalikes.
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

use cases::{Bar, CASES};
use measure::{SORTS, Sort, Tally, measure, places};
use prose::{Dice, Paragraph};

/// Anchors a case and sort of place, where there is a bar; and where there is none.
const ANCHORS: usize = 3000;
const ANCHORS_ELSE: usize = 1000;

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
    println!("| text | edit | place | anchors | right | exact | wrong | gone, attached | bar | |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let (mut missed, mut slowest, mut sum) = (0, Vec::new(), Tally::default());
    for (name, paragraphs) in sources.iter().filter(|(_, paragraphs)| !paragraphs.is_empty()) {
        let text = prose::build(paragraphs);
        let bytes = text.string().len();
        let mut slow = Slow { text: format!("{name}, {} KB", bytes / 1000), ..Slow::default() };
        for case in CASES.iter().filter(|c| c.name.contains(&only)) {
            let (old, edited) = case.apply(&text, &mut Dice::new(1));
            for sort in SORTS {
                let bar = case.bar(sort);
                let count = if bar == Bar::default() { ANCHORS_ELSE } else { ANCHORS };
                let places = places(&old, sort, count, &mut Dice::new(2));
                let tally = measure(&old, &edited, sort, &places, knows_rivals);
                let verdict = match (bar == Bar::default(), case.holds(sort, &tally)) {
                    (true, _) => "",
                    (false, true) => "met",
                    (false, false) => "**missed**",
                };
                missed += usize::from(verdict == "**missed**");
                println!("| {name} | {} | {sort:?} | {} | {bar} | {verdict} |", case.name, row(&tally));
                slow.take(case.name, sort, &tally);
                sum.add(&tally);
            }
        }
        slowest.push(slow);
    }
    println!("| all | | | {} | | |", row(&sum));
    println!();
    for Slow { text, of, thousand } in slowest {
        let verdict = if thousand <= 1.0 { "met" } else { "**missed** if the text has no more than 200 KB" };
        println!("1,000 anchors in {text}: {thousand:.2} s at the slowest ({of}); bar 1 s: {verdict}");
    }
    println!("{missed} bars missed");
}

/// The figures of a case, in per cent.
fn row(tally: &Tally) -> String {
    let gone = if tally.gone == 0 { String::new() } else { format!("{}, {:.2}", tally.gone, tally.gone_attached()) };
    format!("{} | {:.2} | {:.2} | {:.2} | {gone}", tally.anchors, tally.right(), tally.exact(), tally.wrong())
}

/// The case in which anchors took longest.
#[derive(Default)]
struct Slow {
    text: String,
    of: String,
    /// Seconds for 1,000 anchors.
    thousand: f64,
}

impl Slow {
    fn take(&mut self, case: &str, sort: Sort, tally: &Tally) {
        let thousand = tally.time.as_secs_f64() * 1000.0 / tally.anchors.max(1) as f64;
        if thousand > self.thousand {
            (self.thousand, self.of) = (thousand, format!("{case}, {sort:?}"));
        }
    }
}
