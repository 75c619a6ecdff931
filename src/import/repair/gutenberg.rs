//! Texts of Project Gutenberg: what stands before and after the book is the library's, and says whose the book is.

use crate::import::lines::Lines;
use crate::text::clean::Clean;
use crate::text::meta::Meta;

/// Drops the library's header and licence, and takes title, author and language from the header. Says how many lines
/// were dropped.
pub(super) fn strip(lines: &mut Lines<'_>, meta: &mut Meta) -> usize {
    let Some(start) = find(lines, "*** START OF", 0, 400) else { return 0 };
    let end = find(lines, "*** END OF", start + 1, lines.all.len()).unwrap_or(lines.all.len());
    let field = |name: &str| {
        let line = (0..start).map(|i| lines.str(i)).find_map(|l| l.strip_prefix(name))?;
        Some(Clean::line(line.trim()).as_str().to_owned()).filter(|s| !s.is_empty())
    };
    let (title, author, language) = (field("Title:"), field("Author:"), field("Language:"));
    meta.title = meta.title.take().or(title);
    meta.author = meta.author.take().or(author);
    meta.language = meta.language.take().or(language.and_then(|l| code_of(&l)));
    let before = lines.all.len();
    lines.drop_lines(|i| i <= start || i >= end);
    before - lines.all.len()
}

fn find(lines: &Lines<'_>, mark: &str, from: usize, to: usize) -> Option<usize> {
    let spaced = mark.replace("*** ", "***");
    let is = |i: &usize| {
        let line = lines.str(*i);
        line.starts_with('*') && (line.starts_with(mark) || line.starts_with(&spaced)) && line.contains("GUTENBERG")
    };
    (from..to.min(lines.all.len())).find(is)
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
                      *** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nLicence\n";
        let (mut lines, mut meta) = (Lines::of(source, 0, 0), Meta::default());
        assert_eq!(strip(&mut lines, &mut meta), 7);
        assert_eq!(lines.all.iter().map(|l| lines.of_line(l)).collect::<Vec<_>>(), ["The book."]);
        assert_eq!(meta.title.as_deref(), Some("X"));
        assert_eq!((meta.author.as_deref(), meta.language.as_deref()), (Some("A. B."), Some("de")));
        assert_eq!(strip(&mut Lines::of("*** START OF IT ***\nx", 0, 0), &mut meta), 0);
    }
}
