//! Texts on standard input, one a line, as the program's own words: `folded=stem` for each word that is no stop word.
//!
//! `tools/related_words` reads its prose through this, so that the table of related words has the keys the program asks for.

use std::io::{BufRead, BufWriter, Write};

use diptych::word::fold::fold;
use diptych::word::language::Language;
use diptych::word::stem::Stemmer;
use diptych::word::stop::is_stop;
use diptych::word::token::tokens;

fn main() -> std::io::Result<()> {
    let stemmer = Stemmer::new(Language::English);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words = tokens(&line).map(|r| fold(&line[r], Language::English)).filter(|w| !is_stop(w, Language::English));
        let pairs: Vec<String> = words.map(|w| format!("{w}={}", stemmer.stem_folded(&w))).collect();
        writeln!(out, "{}", pairs.join(" "))?;
    }
    out.flush()
}
