//! How many of something, in words, for every line that tells the reader a number.

use std::fmt::Display;

/// `1 note`, `3 notes`: for nouns whose plural ends in `s`.
pub(crate) fn counted(count: impl Copy + Display + PartialEq + From<u8>, noun: &str) -> String {
    let plural = if count == 1.into() { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_has_no_plural_and_none_has() {
        assert_eq!([0, 1, 2, 11].map(|n: usize| counted(n, "note")), ["0 notes", "1 note", "2 notes", "11 notes"]);
    }
}
