//! Markdown that others wrote, as it may stand in a file for others: its links lead only to addresses, and its HTML
//! runs nothing.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::handout::markdown::line;
use crate::text::address::is_harmful;

/// `words` with every link that would run something, and every tag of HTML that may, as the characters that were written.
pub(in crate::export) fn markdown(words: &str) -> Cow<'_, str> {
    if !words.contains(['<', ':', '&']) {
        return Cow::Borrowed(words);
    }
    let mut clean = Cow::Borrowed(words);
    // What has just become plain words may have hidden another link.
    for _ in 0..TURNS {
        match once(&clean) {
            Some(cleaner) => clean = Cow::Owned(cleaner),
            None => return clean,
        }
    }
    Cow::Owned(line(words))
}

/// How often this is repeated; words that still hide something then are written as plain characters.
const TURNS: usize = 8;

fn once(words: &str) -> Option<String> {
    let mut marks: Vec<usize> = Vec::new();
    for (event, range) in Parser::new_ext(words, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES).into_offset_iter()
    {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if is_harmful(&dest_url) => {
                marks.extend(openings(words, &range));
            }
            // A block is one piece, for a tag may run over its lines.
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) if may_act(&words[range.clone()]) => {
                marks.extend(words[range.clone()].match_indices('<').map(|(at, _)| range.start + at));
            }
            _ => {}
        }
    }
    if marks.is_empty() {
        return None;
    }
    marks.sort_unstable();
    marks.dedup();
    let mut out = String::with_capacity(words.len() + marks.len() * 3);
    let mut at = 0;
    for mark in marks {
        out.push_str(&words[at..mark]);
        out.push_str(if words[mark..].starts_with('<') { "&lt;" } else { "\\" });
        at = if words[mark..].starts_with('<') { mark + 1 } else { mark };
    }
    out.push_str(&words[at..]);
    Some(out)
}

/// Whether a piece of HTML may do more than to set words apart: it has attributes, or a name that stands for more.
fn may_act(tag: &str) -> bool {
    const ACTING: [&str; 12] =
        ["script", "style", "iframe", "object", "embed", "form", "meta", "link", "base", "svg", "math", "template"];
    let tag = tag.to_ascii_lowercase();
    tag.contains('=') || ACTING.iter().any(|name| tag.contains(name))
}

/// Where a link begins to be one: its bracket, or that of an address by itself.
fn openings(words: &str, range: &Range<usize>) -> Option<usize> {
    let at = words[range.clone()].find(['[', '<'])?;
    Some(range.start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_run_is_words_and_all_else_stays() {
        for (raw, expected) in [
            ("[a](javascript:x) [b](https://c.d)", "\\[a](javascript:x) [b](https://c.d)"),
            ("![a](data:text/html,x)", "!\\[a](data:text/html,x)"),
            ("<javascript:x> and <https://c.d>", "&lt;javascript:x> and <https://c.d>"),
            ("[a](&#106;avascript:x)", "\\[a](&#106;avascript:x)"),
            ("a <b onclick=x>c</b> <b>d</b>", "a &lt;b onclick=x>c</b> <b>d</b>"),
            ("a\n\n<script>x</script>", "a\n\n&lt;script>x&lt;/script>"),
            ("a\n\n<p\nonclick=x>y\n", "a\n\n&lt;p\nonclick=x>y\n"),
            ("- <b>\n  <p\n  onclick=x>y\n", "- &lt;b>\n  &lt;p\n  onclick=x>y\n"),
            ("> <div\n> onclick=x>\n\n<div>\ny\n", "> &lt;div\n> onclick=x>\n\n<div>\ny\n"),
            ("[a][b]\n\n[b]: javascript:x", "\\[a]\\[b]\n\n[b]: javascript:x"),
            ("`<b>` and a < b: [x](a.md)", "`<b>` and a < b: [x](a.md)"),
        ] {
            assert_eq!(markdown(raw), expected);
            assert_eq!(markdown(&markdown(raw)), expected, "nothing is left to be done");
        }
    }
}
