//! Texts of Project Gutenberg: what stands before and after a book is the library's, and says whose the book is.
//!
//! A file may hold several books, one after another, and whatever its owner has written below them: nothing is dropped but
//! what is the library's own. Its newer files have `*** START OF …` and `*** END OF …` around the book, those before 2004
//! the end of their small print before it and a line "End of Project Gutenberg's …" after it.

#[cfg(any(feature = "html", feature = "epub"))]
use crate::import::flow::Piece;
use crate::import::lines::Lines;
use crate::import::looked::looked;
#[cfg(any(feature = "html", feature = "epub"))]
use crate::import::warning::Warning;
use crate::text::clean::Clean;
use crate::text::meta::Meta;

/// Within how many lines the header of a file ends.
const HEADER: usize = 600;

/// Within how many lines, or paragraphs, the licence after a book begins.
const NEAR: usize = 14;

/// How many paragraphs of a page or of a book's file its header has at most.
#[cfg(any(feature = "html", feature = "epub"))]
const HEADER_PIECES: usize = 80;

/// A paragraph with more letters than this after its mark, or before the one that ends a book, holds the book.
#[cfg(any(feature = "html", feature = "epub"))]
const LONGEST_REST: usize = 1200;

/// Drops the library's headers and licences, and takes title, author and language from the first header. Says how many
/// lines were dropped.
pub(super) fn strip(lines: &mut Lines<'_>, meta: &mut Meta) -> usize {
    let marks: Vec<(usize, Mark)> = (0..lines.all.len()).filter_map(|i| Some((i, mark(lines.str(i))?))).collect();
    let begins = |(i, m): &&(usize, Mark)| matches!(m, Mark::Start | Mark::SmallPrint) && *i < HEADER;
    // The last mark of the first header: newer files keep the small print of older ones.
    let Some(first) = marks.iter().take_while(|(_, m)| *m != Mark::End).filter(begins).map(|(i, _)| *i).last() else {
        return 0;
    };
    fields(&(0..first).map(|i| lines.str(i)), meta);
    let mut gone = vec![false; lines.all.len()];
    let end = end_of_mark(lines, first);
    gone[..end].fill(true);
    credits(lines, end, &mut gone);
    for (n, (at, kind)) in marks.iter().enumerate().filter(|(_, (at, _))| *at > first) {
        match kind {
            // It stands in the licence that the one before begins.
            Mark::End if gone[*at] => {}
            Mark::Start | Mark::SmallPrint => {
                let end = end_of_mark(lines, *at);
                gone[*at..end].fill(true);
                credits(lines, end, &mut gone);
            }
            Mark::End => {
                let next = marks[n + 1..].iter().find(|(_, m)| *m == Mark::Start).map_or(lines.all.len(), |(i, _)| *i);
                let end = end_of_licence(lines, *at, next).max(end_of_mark(lines, *at));
                gone[*at..end].fill(true);
            }
        }
    }
    let before = lines.all.len();
    lines.drop_lines(|i| gone[i]);
    before - lines.all.len()
}

/// The end of a mark between stars, which may run over lines: with the next stars, right below it.
fn end_of_mark(lines: &Lines<'_>, at: usize) -> usize {
    const MOST: usize = 3;
    let starred = lines.str(at).starts_with("***");
    let goes_on = |i: &usize| *i == at || lines.all[*i].gap == 0;
    let rows = (at..lines.all.len()).take(MOST).take_while(goes_on);
    let mut closing = rows.skip_while(|i| !lines.str(*i).trim_end().ends_with("***"));
    closing.next().filter(|_| starred).unwrap_or(at) + 1
}

/// Which pieces of a web page or of an electronic book are the library's, and not the book's, which is told; and what its
/// header says of the book. `None` where it has none.
#[cfg(any(feature = "html", feature = "epub"))]
pub(in crate::import) fn pages(pieces: &[Piece], meta: &mut Meta, warnings: &mut Vec<Warning>) -> Option<Vec<bool>> {
    let gone = of_pieces(pieces, meta)?;
    let count = gone.iter().filter(|gone| **gone).count();
    let noun = if count == 1 { "paragraph" } else { "paragraphs" };
    warnings.push(Warning::left(&format!("dropped {count} {noun} of Project Gutenberg's header and licence")));
    Some(gone)
}

#[cfg(any(feature = "html", feature = "epub"))]
fn of_pieces(pieces: &[Piece], meta: &mut Meta) -> Option<Vec<bool>> {
    let marks: Vec<(usize, Mark)> = pieces.iter().enumerate().filter_map(|(i, p)| Some((i, mark_in(p)?))).collect();
    let starts = marks.iter().take_while(|(_, mark)| *mark != Mark::End);
    let first = starts.map(|(i, _)| *i).take_while(|i| *i < HEADER_PIECES).last()?;
    let header: Vec<&str> = pieces[..=first].iter().flat_map(|piece| piece.string.lines().map(str::trim)).collect();
    fields(&header.iter().copied(), meta);
    let mut gone = vec![false; pieces.len()];
    gone[..=first].fill(true);
    let credits = |from: usize| (from..pieces.len()).take(3).take_while(|i| is_credit(&pieces[*i].string));
    credits(first + 1).for_each(|i| gone[i] = true);
    for (n, (at, mark)) in marks.iter().enumerate().filter(|(_, (at, _))| *at > first) {
        let before = std::mem::replace(&mut gone[*at], true);
        if *mark == Mark::End && before {
            // It stands in the licence that the one before begins.
            continue;
        }
        if *mark != Mark::End {
            credits(at + 1).for_each(|i| gone[i] = true);
            continue;
        }
        // The licence is as long as the library is named, and no longer than until the next book.
        let next = marks[n + 1..].iter().find(|(_, m)| *m == Mark::Start).map_or(pieces.len(), |(i, _)| *i);
        let names = |i: &usize| pieces[*i].string.to_ascii_uppercase().contains("GUTENBERG");
        if (at + 1..next).take(NEAR).any(|i| names(&i)) {
            let last = (at + 1..next).rev().find(names).unwrap_or(*at);
            gone[*at..=last].fill(true);
        }
    }
    Some(gone)
}

/// The mark of the library that a piece has, if the piece is the library's: no more than a few words of a book stand in
/// one with it.
#[cfg(any(feature = "html", feature = "epub"))]
fn mark_in(piece: &Piece) -> Option<Mark> {
    let mut before = 0;
    for line in piece.string.lines() {
        let after = piece.string.len() - before - line.len();
        match mark(line.trim()) {
            Some(Mark::End) if before <= LONGEST_REST => return Some(Mark::End),
            Some(mark) if mark != Mark::End && after <= LONGEST_REST => return Some(mark),
            _ => before += line.len() + 1,
        }
    }
    None
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
        let rest = ["the ", "this ", "The ", "This ", "THE ", "THIS "]
            .iter()
            .find_map(|the| rest.strip_prefix(the))
            .unwrap_or(rest);
        return rest.to_ascii_uppercase().starts_with("PROJECT GUTENBERG").then_some(Mark::End);
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

/// Takes what the lines of the header say of the book.
fn fields<'a>(lines: &(impl Iterator<Item = &'a str> + Clone), meta: &mut Meta) {
    let clean = |s: &str| Some(Clean::line(s.trim()).as_str().to_owned()).filter(|s| !s.is_empty());
    let field = |name: &str| lines.clone().find_map(|l| l.strip_prefix(name)).and_then(clean);
    let (mut title, mut author, language) = (field("Title:"), field("Author:"), field("Language:"));
    // "The Project Gutenberg Etext of Title, by Author"
    let first = lines.clone().next().unwrap_or("");
    let named = first.split_once(" of ").filter(|(head, _)| head.contains("Project Gutenberg"));
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
    let Some(first) = (from..lines.all.len().min(from + 3)).find(|i| is_credit(lines.str(*i))) else { return };
    let end = (first + 1..lines.all.len()).find(|i| lines.all[*i].gap > 0).unwrap_or(lines.all.len());
    if end - first <= 8 {
        gone[first..end].fill(true);
    }
}

/// Whether a line, or a paragraph, says who made the file.
fn is_credit(line: &str) -> bool {
    ["Produced by ", "E-text prepared by ", "This etext was ", "This eBook was produced "]
        .iter()
        .any(|c| line.starts_with(c))
}

/// Where the library's words after the mark at `at` end: with the last paragraph before `next` that names it, if they
/// begin right there; else with the mark.
fn end_of_licence(lines: &Lines<'_>, at: usize, next: usize) -> usize {
    let names = |i: usize| {
        looked(1);
        lines.str(i).contains("Gutenberg") || lines.str(i).contains("GUTENBERG")
    };
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

    #[cfg(any(feature = "html", feature = "epub"))]
    #[test]
    fn of_a_page_the_pieces_of_the_book_remain() {
        let start =
            "Title: A Mill\nAuthor: Anna Bee\n*** START OF THIS PROJECT GUTENBERG EBOOK A MILL ***\nProduced by C.";
        let end = "End of Project Gutenberg's A Mill\n*** END OF THIS PROJECT GUTENBERG EBOOK A MILL ***";
        let licence = ["Section 1. Project Gutenberg-tm", "1.A. By reading", "Project Gutenberg depends", "My note."];
        let all: Vec<Piece> = [start, "One.", "Two.", end].iter().chain(&licence).map(|s| Piece::prose(s)).collect();
        let mut meta = Meta::default();
        let gone = of_pieces(&all, &mut meta).unwrap();
        assert_eq!(gone, [true, false, false, true, true, true, true, false]);
        assert_eq!((meta.title.as_deref(), meta.author.as_deref()), (Some("A Mill"), Some("Anna Bee")));
        // A book that is one piece with them stays, and so does a page that only speaks of it.
        let whole = [start, &"The mill stood. ".repeat(100), end].join("\n");
        assert_eq!(of_pieces(&[Piece::prose(&whole)], &mut meta), None);
        assert_eq!(of_pieces(&[Piece::prose("Of Project Gutenberg.")], &mut meta), None);
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
