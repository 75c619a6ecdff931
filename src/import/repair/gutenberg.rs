//! Texts of Project Gutenberg: what stands before and after a book is the library's, and says whose the book is.
//!
//! A file may hold several books, one after another, and whatever its owner has written below them: nothing is dropped but
//! what is the library's own. Its newer files have `*** START OF …` and `*** END OF …` around the book, those before 2004
//! the end of their small print before it and a line "End of Project Gutenberg's …" after it.

use crate::import::lines::Lines;
use crate::text::clean::Clean;
use crate::text::meta::Meta;

/// Within how many lines the header of a file ends.
const HEADER: usize = 600;

/// Within how many lines the licence after a book begins.
const NEAR: usize = 14;

/// Drops the library's headers and licences, and takes title, author and language from the first header. Says how many
/// lines were dropped.
pub(super) fn strip(lines: &mut Lines<'_>, meta: &mut Meta) -> usize {
    let marks: Vec<(usize, Mark)> = (0..lines.all.len()).filter_map(|i| Some((i, mark(lines.str(i))?))).collect();
    let begins = |(i, m): &&(usize, Mark)| matches!(m, Mark::Start | Mark::SmallPrint) && *i < HEADER;
    // The last mark of the first header: newer files keep the small print of older ones.
    let Some(first) = marks.iter().take_while(|(_, m)| *m != Mark::End).filter(begins).map(|(i, _)| *i).last() else {
        return 0;
    };
    about(lines, first, meta);
    let mut gone = vec![false; lines.all.len()];
    gone[..=first].fill(true);
    credits(lines, first + 1, &mut gone);
    for (n, (at, kind)) in marks.iter().enumerate().filter(|(_, (at, _))| *at > first) {
        match kind {
            Mark::Start | Mark::SmallPrint => {
                gone[*at] = true;
                credits(lines, at + 1, &mut gone);
            }
            Mark::End => {
                let next = marks[n + 1..].iter().find(|(_, m)| *m == Mark::Start).map_or(lines.all.len(), |(i, _)| *i);
                let end = end_of_licence(lines, *at, next);
                gone[*at..end].fill(true);
            }
        }
    }
    let before = lines.all.len();
    lines.drop_lines(|i| gone[i]);
    before - lines.all.len()
}

/// A line with which the library marks a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Start,
    SmallPrint,
    End,
}

fn mark(line: &str) -> Option<Mark> {
    let Some(starred) = line.strip_prefix('*').map(|rest| rest.trim_start_matches(['*', ' '])) else {
        // "End of the Project Gutenberg Etext of …"
        let rest =
            line.strip_prefix("End of ").or_else(|| line.strip_prefix("END OF ")).filter(|_| line.len() < 120)?;
        let rest = ["the ", "this ", "THE ", "THIS "].iter().find_map(|the| rest.strip_prefix(the)).unwrap_or(rest);
        return (rest.starts_with("Project Gutenberg") || rest.starts_with("PROJECT GUTENBERG")).then_some(Mark::End);
    };
    let said = starred.to_ascii_uppercase();
    let book = said.contains("GUTENBERG");
    if said.starts_with("START OF") && book {
        Some(Mark::Start)
    } else if said.starts_with("END OF") && book {
        Some(Mark::End)
    } else if said.starts_with("END") && said.contains("SMALL PRINT") {
        Some(Mark::SmallPrint)
    } else {
        None
    }
}

/// Takes what the header says of the book.
fn about(lines: &Lines<'_>, start: usize, meta: &mut Meta) {
    let clean = |s: &str| Some(Clean::line(s.trim()).as_str().to_owned()).filter(|s| !s.is_empty());
    let field = |name: &str| (0..start).map(|i| lines.str(i)).find_map(|l| l.strip_prefix(name)).and_then(clean);
    let (mut title, mut author, language) = (field("Title:"), field("Author:"), field("Language:"));
    // "The Project Gutenberg Etext of Title, by Author"
    let named = lines.str(0).split_once(" of ").filter(|(head, _)| head.contains("Project Gutenberg"));
    if let (None, Some((_, named))) = (&title, named) {
        let (name, by) = named.rsplit_once(" by ").map_or((named, None), |(name, by)| (name, Some(by)));
        let name = name.trim_end_matches([',', ' ']).trim_end_matches('*');
        title = clean(name);
        author = author.or_else(|| by.map(|by| by.trim_end_matches('*')).and_then(clean));
    }
    meta.title = meta.title.take().or(title);
    meta.author = meta.author.take().or(author);
    meta.language = meta.language.take().or(language.and_then(|l| code_of(&l)));
}

/// Marks the lines before a book that say who made the file.
fn credits(lines: &Lines<'_>, from: usize, gone: &mut [bool]) {
    let credit = |i: usize| {
        let line = lines.str(i);
        ["Produced by ", "E-text prepared by ", "This etext was ", "This eBook was produced "]
            .iter()
            .any(|c| line.starts_with(c))
    };
    let Some(first) = (from..lines.all.len().min(from + 3)).find(|i| credit(*i)) else { return };
    let end = (first + 1..lines.all.len()).find(|i| lines.all[*i].gap > 0).unwrap_or(lines.all.len());
    if end - first <= 8 {
        gone[first..end].fill(true);
    }
}

/// Where the library's words after the mark at `at` end: with the last paragraph before `next` that names it, if they
/// begin right there; else with the mark.
fn end_of_licence(lines: &Lines<'_>, at: usize, next: usize) -> usize {
    let names = |i: usize| lines.str(i).contains("Gutenberg") || lines.str(i).contains("GUTENBERG");
    if !(at + 1..next.min(at + NEAR)).any(names) {
        return at + 1;
    }
    let last = (at + 1..next).rev().find(|i| names(*i)).unwrap_or(at);
    (last + 1..next).find(|i| lines.all[*i].gap > 0).unwrap_or(next)
}

/// The code of a language that the header names in English.
fn code_of(name: &str) -> Option<String> {
    const CODES: [(&str, &str); 10] = [
        ("English", "en"),
        ("German", "de"),
        ("French", "fr"),
        ("Spanish", "es"),
        ("Italian", "it"),
        ("Dutch", "nl"),
        ("Finnish", "fi"),
        ("Portuguese", "pt"),
        ("Swedish", "sv"),
        ("Russian", "ru"),
    ];
    CODES.iter().find(|(n, _)| *n == name).map(|(_, code)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_remains_and_says_whose_it_is() {
        let source = "The Project Gutenberg eBook of X\n\nTitle: X\nAuthor: A. B.\nLanguage: German\n\n\
                      *** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nThe book.\n\n\
                      *** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nLicence of Project Gutenberg\n";
        let (mut lines, mut meta) = (Lines::of(source, 0, 0), Meta::default());
        assert_eq!(strip(&mut lines, &mut meta), 7);
        assert_eq!(lines.all.iter().map(|l| lines.of_line(l)).collect::<Vec<_>>(), ["The book."]);
        assert_eq!(meta.title.as_deref(), Some("X"));
        assert_eq!((meta.author.as_deref(), meta.language.as_deref()), (Some("A. B."), Some("de")));
        assert_eq!(strip(&mut Lines::of("*** START OF IT ***\nx", 0, 0), &mut meta), 0);
    }

    fn rest(source: &str) -> (Vec<String>, Meta) {
        let (mut lines, mut meta) = (Lines::of(source, 0, 0), Meta::default());
        strip(&mut lines, &mut meta);
        (lines.all.iter().map(|l| lines.of_line(l).to_owned()).collect(), meta)
    }

    #[test]
    fn what_is_not_the_librarys_stays() {
        let two = "*** START OF THE PROJECT GUTENBERG EBOOK A ***\n\nOne.\n\n*** END OF THE PROJECT GUTENBERG EBOOK A ***\n\n\
                   *** START OF THE PROJECT GUTENBERG EBOOK B ***\n\nTwo.\n\n*** END OF THE PROJECT GUTENBERG EBOOK B ***\n\n\
                   My own note.\n";
        assert_eq!(rest(two).0, ["One.", "Two.", "My own note."]);
        let licence = "*** START OF THE PROJECT GUTENBERG EBOOK A ***\n\nOne.\n\n*** END OF THE PROJECT GUTENBERG EBOOK A ***\n\n\
                       Updated editions will replace the previous one.\n\nTHE FULL PROJECT GUTENBERG LICENSE\n\n1.A. By reading\n\n\
                       Project Gutenberg-tm depends upon donations\nand survives.\n\nMy own note.\n";
        assert_eq!(rest(licence).0, ["One.", "My own note."]);
    }

    #[test]
    fn older_files_say_it_otherwise() {
        let old = "The Project Gutenberg Etext of A Mill, by Anna Bee\n\nCopyright laws are changing.\n\n\
                   *END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*\n\nThis etext was prepared by C. D.\n\n\
                   One.\n\nEnd of the Project Gutenberg Etext of A Mill\n";
        let (lines, meta) = rest(old);
        assert_eq!(lines, ["One."]);
        assert_eq!((meta.title.as_deref(), meta.author.as_deref()), (Some("A Mill"), Some("Anna Bee")));
        assert_eq!(rest("The end of the Project Gutenberg\nis told here.\n").0.len(), 2);
    }
}
