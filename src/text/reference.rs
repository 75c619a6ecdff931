//! References of a text to something else: its links, and the addresses that stand in its words as letters. Where each leads
//! is told from the address alone; what is there is for others to find out.

use std::ops::Range;

use super::Text;
use super::block::Block;
use super::span::SpanKind;

/// Longer addresses are of nothing that a reader would open.
const LONGEST: usize = 4096;
/// How addresses begin that stand in words.
const BEGINNINGS: [&str; 5] = ["https://", "http://", "www.", "doi:10.", "doi.org/10."];

/// A reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// Its words: bytes of the text's string.
    pub range: Range<usize>,
    /// Where it leads, as it is written.
    pub address: String,
}

/// What an address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A page of the web, by its whole address.
    Web(String),
    /// Something of a scheme that is not followed: its name.
    Other(String),
    /// A text, by its path or name, and a part of it; the same text where the path is empty.
    Text {
        /// As it is written, without the part.
        path: String,
        /// A heading.
        part: Option<String>,
    },
}

/// The references that touch a stretch of a text, in its order.
pub(crate) fn references_in(text: &Text, range: Range<usize>) -> Vec<Reference> {
    let links = text.spans_in(range.clone()).filter_map(|span| match span.kind {
        SpanKind::Link(number) => Some(Reference { range: span.range(), address: text.address(number).to_owned() }),
        _ => None,
    });
    let mut found: Vec<Reference> = links.filter(|link| !link.address.trim().is_empty()).collect();
    let apart = |bare: &Reference| !text.spans_in(bare.range.clone()).any(|s| matches!(s.kind, SpanKind::Link(_)));
    let blocks = text.blocks().iter().skip(text.block_at(range.start).unwrap_or(0)).map(Block::range);
    let bare = blocks.take_while(|block| block.start < range.end).flat_map(|block| {
        // An address is wrapped like any word: it may begin on the row before.
        let from = text.string().floor_char_boundary(range.start.saturating_sub(LONGEST)).max(block.start);
        let to = text.string().floor_char_boundary((range.end + LONGEST).min(block.end)).max(from);
        addresses_in(&text.string()[from..to]).into_iter().map(move |at| Reference {
            range: from + at.start..from + at.end,
            address: text.string()[from + at.start..from + at.end].to_owned(),
        })
    });
    found.extend(bare.filter(|bare| bare.range.start < range.end && range.start < bare.range.end && apart(bare)));
    found.sort_by_key(|reference| reference.range.start);
    found
}

/// The addresses in words, as bytes of them.
pub(crate) fn addresses_in(words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_beginning(words, at) {
        let rest = &words[start..];
        let ends =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '»' | '«');
        let end = rest.find(ends).unwrap_or(rest.len());
        at = start + end.max(1);
        // Nor is anything of it looked at: a text may be a single row of signs.
        if end > LONGEST {
            continue;
        }
        let length = trimmed(&rest[..end]);
        // What only begins like an address is none.
        let says_more = BEGINNINGS
            .iter()
            .any(|b| rest.get(..b.len()).is_some_and(|r| r.eq_ignore_ascii_case(b)) && length > b.len());
        if says_more {
            found.push(start..start + length);
        }
    }
    found
}

/// What an address names.
pub(crate) fn target_of(address: &str) -> Target {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let begins = |with: &str| lower.starts_with(with);
    if begins("https://") || begins("http://") {
        return Target::Web(address.to_owned());
    }
    if begins("//") || begins("www.") || begins("doi.org/") {
        return Target::Web(format!("https://{}", address.trim_start_matches('/')));
    }
    if begins("doi:10.") {
        return Target::Web(format!("https://doi.org/{}", &address[4..]));
    }
    if let Some(scheme) = scheme_of(address).filter(|scheme| *scheme != "embedded") {
        return Target::Other(scheme.to_owned());
    }
    let (path, part) = address.split_once('#').map_or((address, None), |(path, part)| (path, Some(part)));
    let part = part.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
    Target::Text { path: path.trim().to_owned(), part }
}

/// The scheme of an address (RFC 3986, 3.1); a number after a colon is a passage, and no scheme has one letter.
fn scheme_of(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once(':')?;
    let fits = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-'));
    let is_passage = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    (fits && !is_passage && !rest.starts_with(' ')).then_some(scheme)
}

fn next_beginning(words: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = memchr::memchr3(b':', b'.', b'w', words.as_bytes().get(at..)?) {
        let here = at + found;
        at = here + 1;
        let begin = BEGINNINGS.iter().filter_map(|beginning| {
            // Where in the beginning the letter is that was found.
            let offset = beginning.find([':', '.', 'w'])?;
            let start = here.checked_sub(offset).filter(|start| *start >= from)?;
            let part = words.get(start..start + beginning.len())?;
            let alone = !words[..start].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == '/');
            (part.eq_ignore_ascii_case(beginning) && alone).then_some(start)
        });
        if let Some(start) = begin.min() {
            return Some(start);
        }
    }
    None
}

/// How long an address is without the signs after it that belong to the sentence.
fn trimmed(address: &str) -> usize {
    // Counted once: an address may end with thousands of brackets.
    let counted = |open: char, close: char| (close, address.matches(close).count(), address.matches(open).count());
    let mut brackets = [counted('(', ')'), counted('[', ']'), counted('{', '}')];
    let mut kept = address;
    loop {
        let shorter = kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '…']);
        let unopened = brackets.iter_mut().find(|(close, closed, opened)| shorter.ends_with(*close) && closed > opened);
        let Some((_, closed, _)) = unopened else { return shorter.len() };
        *closed -= 1;
        kept = &shorter[..shorter.len() - 1];
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let cases = [
            ("See https://a.org/b_(c).", "https://a.org/b_(c)"),
            ("(at http://a.org/x, and later)", "http://a.org/x"),
            ("“www.a.org”", "www.a.org"),
            ("as doi:10.1000/xyz; more", "doi:10.1000/xyz"),
            ("HTTPS://A.ORG", "HTTPS://A.ORG"),
            ("[1] https://a.org/?q=1&r=2#s]", "https://a.org/?q=1&r=2#s"),
            ("([https://a.org/x(y)]).)", "https://a.org/x(y)"),
        ];
        for (words, expected) in cases {
            let found: Vec<&str> = addresses_in(words).into_iter().map(|at| &words[at]).collect();
            assert_eq!(found, [expected], "{words}");
        }
        for none in ["", "https://", "www. is how it begins", "a.www.b", "the http protocol", "doi:10."] {
            assert!(addresses_in(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn an_address_says_what_it_names() {
        let text =
            |path: &str, part: Option<&str>| Target::Text { path: path.to_owned(), part: part.map(str::to_owned) };
        let cases = [
            ("https://a.org", Target::Web("https://a.org".to_owned())),
            ("www.a.org/x", Target::Web("https://www.a.org/x".to_owned())),
            ("//a.org/x", Target::Web("https://a.org/x".to_owned())),
            ("doi:10.1/x", Target::Web("https://doi.org/10.1/x".to_owned())),
            ("mailto:a@b.org", Target::Other("mailto".to_owned())),
            ("javascript:alert(1)", Target::Other("javascript".to_owned())),
            ("file:///etc/passwd", Target::Other("file".to_owned())),
            ("b.md", text("b.md", None)),
            ("b.md:14", text("b.md:14", None)),
            ("../x/b.md#On bread", text("../x/b.md", Some("On bread"))),
            ("#On bread", text("", Some("On bread"))),
            ("Note: a title", text("Note: a title", None)),
            ("embedded:power-from-below", text("embedded:power-from-below", None)),
        ];
        for (address, expected) in cases {
            assert_eq!(target_of(address), expected, "{address}");
        }
    }

    #[test]
    fn links_and_bare_addresses_are_found_once_and_in_order() {
        let mut builder = Builder::new();
        let number = builder.address("b.md#x");
        builder.begin(BlockKind::Paragraph, 1).push("First https://a.org, then ");
        let from = builder.here();
        builder.push("the other");
        builder.span(SpanKind::Link(number), from);
        builder.push(".");
        let text = builder.finish();
        let found = references_in(&text, 0..text.string().len());
        assert_eq!(found.iter().map(|r| r.address.as_str()).collect::<Vec<_>>(), ["https://a.org", "b.md#x"]);
        assert_eq!(references_in(&text, 0..3), []);
        assert_eq!(references_in(&text, 10..11).len(), 1, "an address that goes on over rows");
    }

    #[test]
    fn bare_addresses_of_every_block_of_a_stretch_are_found() {
        let mut builder = Builder::new();
        for (words, line) in ["First https://a.org here", "nothing", "then https://b.org"].into_iter().zip(1..) {
            builder.begin(BlockKind::Paragraph, line).push(words);
        }
        let text = builder.finish();
        let found = references_in(&text, 2..text.string().len());
        assert_eq!(found.iter().map(|r| r.address.as_str()).collect::<Vec<_>>(), ["https://a.org", "https://b.org"]);
        let second = text.blocks()[1].range();
        assert_eq!(references_in(&text, second), []);
    }

    #[test]
    fn what_is_too_long_for_an_address_is_none_and_what_follows_is_found() {
        let words = format!("http://a{} https://b.org", ")".repeat(LONGEST * 4));
        let found: Vec<&str> = addresses_in(&words).into_iter().map(|at| &words[at]).collect();
        assert_eq!(found, ["https://b.org"]);
    }

    proptest! {
        #[test]
        fn whatever_stands_there_what_is_found_is_there(words in "(www\\.|https?://|doi:10\\.|[a-z(). é“”/:]){0,24}") {
            let mut last = 0;
            for at in addresses_in(&words) {
                prop_assert!(at.start >= last && words.get(at.clone()).is_some_and(|w| !w.contains(char::is_whitespace)));
                last = at.end;
            }
            target_of(&words);
        }
    }
}
