//! What program text and tables say of themselves: a language, how columns are aligned.

use pulldown_cmark::Alignment;

/// The language of program text, by the first word of what its fence says: `rust`, `{.python .numberLines}`.
pub(super) fn language(info: &str) -> &str {
    let word = info.split([' ', ',', '\t']).next().unwrap_or("").trim_matches(['{', '}', '.']);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '.' | '_');
    if word.len() <= 32 && word.chars().all(plain) { word } else { "" }
}

/// A letter for each column of a table; nothing where none is aligned.
pub(super) fn alignment(columns: &[Alignment]) -> String {
    let letter = |a: &Alignment| match a {
        Alignment::None => '-',
        Alignment::Left => 'l',
        Alignment::Center => 'c',
        Alignment::Right => 'r',
    };
    let letters: String = columns.iter().map(letter).collect();
    if letters.bytes().all(|b| b == b'-') { String::new() } else { letters }
}
