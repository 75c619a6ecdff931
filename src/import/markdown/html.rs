//! HTML within Markdown: its tags are dropped and its text is kept.

use crate::import::looked::looked;
use crate::text::span::SpanKind;

/// What an inline tag means to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inline {
    Break,
    Open(SpanKind),
    Close(SpanKind),
    Nothing,
}

/// Reads one tag as `CommonMark` delimits it, angle brackets included.
pub(super) fn inline(tag: &str) -> Inline {
    let (name, closing) = name_of(tag);
    let kind = match name.as_str() {
        "br" => return Inline::Break,
        "em" | "i" | "cite" | "dfn" | "var" => SpanKind::Emphasis,
        "strong" | "b" | "mark" => SpanKind::Strong,
        "code" | "kbd" | "samp" | "tt" => SpanKind::Code,
        "s" | "del" | "strike" => SpanKind::Strike,
        _ => return Inline::Nothing,
    };
    if closing { Inline::Close(kind) } else { Inline::Open(kind) }
}

fn name_of(tag: &str) -> (String, bool) {
    let inner = tag.trim_start_matches('<');
    let closing = inner.starts_with('/');
    let name: String = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    (name.to_ascii_lowercase(), closing)
}

/// The paragraphs of text in a block of HTML. Scripts, styles and comments have none.
pub(super) fn paragraphs(html: &str) -> Vec<String> {
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
        "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "time", "img",
    ];
    let mut out = vec![String::new()];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        add(&mut out, &rest[..at]);
        rest = &rest[at..];
        if let Some(after) = skip_hidden(rest) {
            rest = after;
            continue;
        }
        let opens = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !opens {
            add(&mut out, "<");
            rest = &rest[1..];
            continue;
        }
        // Where this one does not end no other does.
        let Some(end) = end_of_tag(rest) else { break };
        let (name, _) = name_of(&rest[..end]);
        if name == "br" {
            if let Some(last) = out.last_mut() {
                last.push('\n');
            }
        } else if !name.is_empty() && !INLINE.contains(&name.as_str()) {
            out.push(String::new());
        }
        rest = &rest[end..];
    }
    add(&mut out, rest);
    out.retain(|p| !p.trim().is_empty());
    for p in &mut out {
        *p = p.trim().to_owned();
    }
    out
}

/// Adds text with its entities decoded and its white space as HTML shows it.
fn add(out: &mut [String], text: &str) {
    let Some(last) = out.last_mut() else { return };
    let mut buffer = String::with_capacity(text.len());
    // The Markdown parser knows every entity: a line of escaped letters with nothing else in it is text to it.
    for (i, piece) in text.split('&').enumerate() {
        if i == 0 {
            buffer.push_str(piece);
            continue;
        }
        let end = piece.find(';').filter(|&end| end <= 32);
        if let Some((c, end)) = end.and_then(|end| entity(&piece[..end]).map(|c| (c, end))) {
            buffer.push_str(&c);
            buffer.push_str(&piece[end + 1..]);
        } else {
            buffer.push('&');
            buffer.push_str(piece);
        }
    }
    for c in buffer.chars() {
        if c.is_whitespace() && c != '\u{a0}' {
            if !last.ends_with([' ', '\n']) && !last.is_empty() {
                last.push(' ');
            }
        } else {
            last.push(c);
        }
    }
}

/// The characters of one entity, by the parser's own table.
fn entity(name: &str) -> Option<String> {
    let word = name.strip_prefix('#').unwrap_or(name);
    if word.is_empty() || !word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let source = format!("&{name};");
    let decoded: String = pulldown_cmark::Parser::new(&source)
        .filter_map(|e| match e {
            pulldown_cmark::Event::Text(t) => Some(t.to_string()),
            _ => None,
        })
        .collect();
    (decoded != source).then_some(decoded)
}

/// What comes after a comment, script or style that begins here.
fn skip_hidden(rest: &str) -> Option<&str> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or("", |end| &comment[end + 3..]));
    }
    for name in ["script", "style"] {
        let head = rest.get(1..=name.len())?;
        let bounded = rest.as_bytes().get(1 + name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if head.eq_ignore_ascii_case(name) && bounded {
            let closes = |at: &usize| {
                let closer = rest.as_bytes()[*at..].strip_prefix(b"</").and_then(|after| after.get(..name.len()));
                closer.is_some_and(|closer| closer.eq_ignore_ascii_case(name.as_bytes()))
            };
            let close = memchr::memchr_iter(b'<', rest.as_bytes()).find(closes);
            let end = close.map_or(rest.len(), |at| at + end_of_tag(&rest[at..]).unwrap_or(0).max(1));
            return Some(&rest[end.min(rest.len())..]);
        }
    }
    None
}

/// Length of the tag that begins `rest`, over quoted attributes.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in rest.bytes().enumerate() {
        looked(1);
        match (quote, b) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if at > 1 => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    rest.find('>').map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_text_and_drops_tags() {
        let cases: &[(&str, &[&str])] = &[
            ("<div class=\"a>b\">One <b>two</b>\n three</div>\n<p>four", &["One two three", "four"]),
            ("<!-- hidden <p>x</p> -->seen<script>var a = '<b>';</script> too", &["seen too"]),
            ("<p>a&nbsp;b &amp; c &unknown; &#27;</p>", &["a\u{a0}b & c &unknown; \u{1b}"]),
            ("<p>first<br/>second</p>", &["first\nsecond"]),
            ("1 < 2 and <STYLE>p{}</style>done", &["1 < 2 and done"]),
        ];
        for (html, expected) in cases {
            assert_eq!(paragraphs(html), *expected, "{html}");
        }
    }

    #[test]
    fn twice_the_length_is_looked_at_no_more_than_twice() {
        for unit in ["<?", "<![CDATA[ ", "<a '", "<script></script>", "<SCRIPT>"] {
            let looks = |n: usize| crate::import::looked::while_(|| paragraphs(&unit.repeat(n))).1;
            let (once, twice) = (looks(2000), looks(4000));
            assert!(twice <= once * 5 / 2 + 10_000, "{unit}: {once}, {twice}");
        }
        assert_eq!(paragraphs("a <? b <c d"), ["a <? b <c d"]);
        assert_eq!(paragraphs("<SCRIPT>a</b></scripT >c<style>"), ["c"]);
    }
}
