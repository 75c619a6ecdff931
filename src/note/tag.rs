//! Tags written in the words: `#centralism`, as Obsidian and zk read them.
//!
//! A tag begins with `#` at the start of a word; letters, digits, `_`, `-` and `/` follow, and not digits alone
//! (<https://help.obsidian.md/tags>). So `#3` is a number and `# Heading` a heading.

/// The tags in `words`, without `#`, in their order.
pub(super) fn tags_in(words: &str) -> impl Iterator<Item = &str> {
    words.match_indices('#').filter_map(|(at, _)| {
        let begins = words[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "([{\"'“‘«,;".contains(c));
        let rest = &words[at + 1..];
        let length = rest.find(|c| !is_of_tag(c)).unwrap_or(rest.len());
        let tag = rest[..length].trim_end_matches(['/', '-']);
        (begins && tag.chars().any(|c| !c.is_ascii_digit())).then_some(tag).filter(|t| !t.is_empty())
    })
}

fn is_of_tag(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_where_a_word_begins() {
        let cases: &[(&str, &[&str])] = &[
            ("#one and (#two/sub), #drei-ß.", &["one", "two/sub", "drei-ß"]),
            ("# Heading ## another #", &[]),
            ("no. #3 and a#b and ##x, but #3rd", &["3rd"]),
            ("#a-\n#_", &["a", "_"]),
        ];
        for (words, expected) in cases {
            assert_eq!(tags_in(words).collect::<Vec<_>>(), *expected, "{words}");
        }
    }
}
