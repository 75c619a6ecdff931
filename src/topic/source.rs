//! Passages that only name a source: `(Third Congress of Trade Unions, Moscow 1920, pages 87-97.)`.
//!
//! Such a line is about no topic, whatever words stand in the title of the book.

use crate::word::token::tokens;

/// How many words a line that names a source has at most.
const LONGEST: usize = 45;
/// Words that titles, volumes and pages are given with, in lower case.
#[rustfmt::skip]
const CUES: &[&str] = &[
    "p", "pp", "page", "pages", "vol", "volume", "ed", "eds", "edited", "trans", "translated", "press", "publishers",
    "works", "ibid", "op", "cit", "cited", "isbn", "doi", "s", "ss", "f", "ff", "bd", "band", "seite", "verlag", "hrsg",
    "t", "tome", "с", "стр", "т", "том", "изд",
];
/// How a line begins that says where something is from.
const FROM: &[&str] = &["from", "source", "sources", "quelle", "источник", "in"];

/// Whether `passage` does nothing but name a source: it stands in brackets, or says that it names one, and has a year, a
/// page or a volume.
pub(crate) fn is_source(passage: &str) -> bool {
    let passage = passage.trim();
    // A byte count and a number first: most passages are longer, or name no page, and need not be read.
    if passage.len() > 12 * LONGEST || !passage.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let body = passage.trim_end_matches('.').trim_start_matches(['—', '–', '-', ' ']);
    let enclosed = |open: char, close: char| {
        let inside = body.strip_prefix(open).and_then(|b| b.strip_suffix(close));
        inside.is_some_and(|b| !b.contains(open) && !b.contains(close))
    };
    let words: Vec<String> = tokens(body).map(|r| body[r].to_lowercase()).collect();
    if words.len() > LONGEST {
        return false;
    }
    let years =
        words.iter().filter(|w| w.len() == 4 && w.parse().is_ok_and(|y: u32| (1500..2100).contains(&y))).count();
    let numbers = words.iter().filter(|w| w.starts_with(|c: char| c.is_ascii_digit())).count();
    let cues = words.iter().filter(|w| CUES.contains(&w.as_str())).count();
    let led = words.first().is_some_and(|w| FROM.contains(&w.as_str())) && body.contains([',', ':']);
    let bracketed = enclosed('(', ')') || enclosed('[', ']');
    (bracketed && numbers > 0 && years + cues > 0) || (led && cues >= 2 && numbers > 0)
}

#[cfg(test)]
mod tests {
    use super::is_source;

    #[test]
    fn sources_are_told_from_sentences() {
        for (passage, source) in [
            ("(Third All-Russian Congress of Trade Unions, stenographic report, Moscow 1920, pages 87-97.)", true),
            ("(V.I.Lenin, Selected Works, Vol. VII, pages 332-333, 340-342)", true),
            ("From, V.I. Lenin: “What is to Be Done?”, Lenin: Collected Works Vol V, pp. 375-76, 451-53.", true),
            ("(Party Congress, 8-16 March 1921.)", true),
            ("[Marx, Das Kapital, Bd. 1, S. 12]", true),
            ("(Сочинения, т. 15, с. 422)", true),
            ("The trade unions met in Moscow in 1920 and elected a council.", false),
            ("(He was not there.)", false),
            ("In 1920, the unions met; on page 87 the report says so.", false),
            ("(One.) And two in 1920 (three).", false),
            ("", false),
        ] {
            assert_eq!(is_source(passage), source, "{passage}");
        }
    }
}
