//! Names of people, as they stand under a title or under a comment.

/// Two to five capitalised words, with the particles and initials of names.
pub(in crate::import) fn is_name(s: &str) -> bool {
    let words: Vec<&str> = s.split_whitespace().collect();
    let small = |w: &str| matches!(w, "de" | "van" | "von" | "der" | "den" | "la" | "le" | "of" | "and" | "&" | "y");
    let word = |w: &&str| {
        small(w)
            || w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | ','))
    };
    (2..=6).contains(&words.len())
        && words.iter().all(word)
        && words.last().is_some_and(|w| !small(w) && !w.ends_with([',', '.']) || w.len() <= 3 && w.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_words() {
        for name in
            ["Sharon Smith", "Lars T. Lih", "V. I. Lenin", "Rosa de la Cruz", "Felipe Stuart C.", "J. R. R. Tolkien"]
        {
            assert!(is_name(name), "{name}");
        }
        for other in ["the sea", "Lenin", "Sharon Smith wrote it", "A 3"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
