//! Words in Markdown set among others: what is open in them ends with them, what is named in them stays theirs.
//!
//! A fence that nobody closed would take everything after it for program text, two notes with a footnote of one name
//! would share it, and a heading would stand above those of the document. The rules are those of `CommonMark` 0.31
//! (<https://spec.commonmark.org/0.31.2/>) and of the footnotes that most programs have beside it.

/// The words by themselves. Their footnotes are named after `own`, and their headings are `below` levels lower.
pub(super) fn enclosed(words: &str, own: usize, below: usize) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let mut fence: Option<(char, usize)> = None;
    let mut is_paragraph = false;
    let rows: Vec<&str> = words.trim_end().trim_start_matches('\n').lines().collect();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if let Some((sign, length)) = fence {
            if fence_of(row).is_some_and(|(other, count, rest)| other == sign && count >= length && rest.is_empty()) {
                fence = None;
            }
            out.push_str(row);
            continue;
        }
        if let Some((sign, count, info)) = fence_of(row)
            && !(sign == '`' && info.contains('`'))
        {
            fence = Some((sign, count));
            is_paragraph = false;
            out.push_str(row);
            continue;
        }
        // Four spaces and more are program text, where they do not go on with a paragraph.
        if !is_paragraph && row.starts_with("    ") {
            out.push_str(row);
            continue;
        }
        let underlined =
            rows.get(at + 1).and_then(|next| underline(next)).filter(|_| is_heading_text(row, is_paragraph));
        if is_paragraph && underline(row).is_some() {
            // The line under a heading: its text has the signs of one already.
            out.truncate(out.trim_end_matches('\n').len());
            is_paragraph = false;
            continue;
        }
        if let Some((level, text)) = heading(row) {
            out.push_str(&"#".repeat((level + below).min(6)));
            out.push_str(&inline(text, own));
            is_paragraph = false;
            continue;
        }
        if let Some(level) = underlined {
            out.push_str(&"#".repeat((level + below).min(6)));
            out.push(' ');
        }
        out.push_str(&inline(&harmless(row, &rows[at..]), own));
        is_paragraph = !row.trim().is_empty() && !is_rule(row);
    }
    if let Some((sign, length)) = fence {
        out.push('\n');
        out.extend(std::iter::repeat_n(sign, length));
    }
    out
}

/// Whether a row can be the one row of a heading that is underlined.
fn is_heading_text(row: &str, in_paragraph: bool) -> bool {
    let first = row.trim_start();
    !in_paragraph
        && !first.is_empty()
        && !first.starts_with(['>', '-', '*', '+', '|', '<', '#'])
        && !first.starts_with(|c: char| c.is_ascii_digit())
}

/// The level of a heading that this row underlines.
fn underline(row: &str) -> Option<usize> {
    let row = row.strip_prefix("   ").or(row.strip_prefix("  ")).or(row.strip_prefix(' ')).unwrap_or(row).trim_end();
    let all = |sign: char| !row.is_empty() && row.chars().all(|c| c == sign);
    if all('=') {
        Some(1)
    } else if all('-') {
        Some(2)
    } else {
        None
    }
}

fn is_rule(row: &str) -> bool {
    let signs: String = row.chars().filter(|c| !c.is_whitespace()).collect();
    signs.len() >= 3 && ['-', '*', '_'].iter().any(|sign| signs.chars().all(|c| c == *sign))
}

/// The level of a heading and what follows its signs.
fn heading(row: &str) -> Option<(usize, &str)> {
    let indent = row.len() - row.trim_start_matches(' ').len();
    let level = row[indent..].len() - row[indent..].trim_start_matches('#').len();
    let rest = &row[indent + level..];
    (indent < 4 && (1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t'])))
        .then_some((level, rest))
}

/// The sign of a fence, how many there are, and what follows them.
fn fence_of(row: &str) -> Option<(char, usize, &str)> {
    let indent = row.len() - row.trim_start_matches(' ').len();
    let rest = &row[indent..];
    let sign = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = rest.len() - rest.trim_start_matches(sign).len();
    (indent < 4 && count >= 3).then(|| (sign, count, rest[count..].trim()))
}

/// The row with its footnotes' names made the words' own, but for what stands in code.
fn inline(row: &str, own: usize) -> String {
    let mut out = String::with_capacity(row.len() + 8);
    let mut rest = row;
    while let Some(at) = rest.find(['`', '[', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'`' => {
                let count = rest.len() - rest.trim_start_matches('`').len();
                code_end(rest, count).unwrap_or(count)
            }
            b'\\' => rest.chars().nth(1).map_or(1, |c| 1 + c.len_utf8()),
            _ => match rest.strip_prefix("[^").and_then(|label| Some((label, label.find(']')?))) {
                Some((label, end)) if end > 0 && !label[..end].contains(char::is_whitespace) => {
                    out.push_str(&format!("[^{own}-{}]", &label[..end]));
                    rest = &label[end + 1..];
                    0
                }
                _ => 1,
            },
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// The end of code that begins with this many backticks: after as many again.
fn code_end(rest: &str, count: usize) -> Option<usize> {
    let mut at = count;
    while let Some(next) = rest[at..].find('`') {
        let start = at + next;
        let length = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        at = start + length;
        if length == count {
            return Some(at);
        }
    }
    None
}

/// The row as letters where it begins an element or a comment that goes on until it is closed, and nothing closes it.
fn harmless<'r>(row: &'r str, from_here: &[&str]) -> std::borrow::Cow<'r, str> {
    const OPEN: &[(&str, &str)] = &[
        ("<!--", "-->"),
        ("<?", "?>"),
        ("<![cdata[", "]]>"),
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    let start = row.len() - row.trim_start().len();
    let lower = row[start..].to_ascii_lowercase();
    let is_closed = |close: &str| from_here.iter().any(|row| row.to_ascii_lowercase().contains(close));
    match OPEN.iter().find(|(open, _)| lower.starts_with(open)) {
        Some((_, close)) if !is_closed(close) => format!("{}\\{}", &row[..start], &row[start..]).into(),
        _ => row.into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

    use super::enclosed;

    #[test]
    fn what_is_open_ends_and_what_is_named_stays_ones_own() {
        for (words, expected) in [
            ("plain words", "plain words"),
            ("```\ncode [^1]", "```\ncode [^1]\n```"),
            ("~~~~ rust\n~~~\n```", "~~~~ rust\n~~~\n```\n~~~~"),
            ("```\nclosed\n```\nafter", "```\nclosed\n```\nafter"),
            ("one[^1] and `[^1]` and \\[^1]\n\n[^1]: two", "one[^7-1] and `[^1]` and \\[^1]\n\n[^7-1]: two"),
            ("# One\n\nTwo\n---\n\nThree\n===", "### One\n\n#### Two\n\n### Three"),
            ("##### deep", "###### deep"),
            ("#tag is none", "#tag is none"),
            ("a rule\n\n---\n\nand on", "a rule\n\n---\n\nand on"),
            ("<!-- open", "\\<!-- open"),
            ("<!-- closed -->", "<!-- closed -->"),
            ("    # code", "    # code"),
        ] {
            assert_eq!(enclosed(words, 7, 2), expected, "{words}");
        }
    }

    proptest! {
        #[test]
        fn whatever_follows_is_read_as_it_is(words in "([-`~#<!=>*\\[\\]^:1a\\\\ ]|\n|```|~~~|<!--|<pre>|\\[\\^1\\]){0,24}") {
            let own = enclosed(&words, 3, 2);
            let source = format!("{own}\n\n***\n\n# Next\n\nWords[^1].\n\n[^1]: Of its own.\n");
            let events: Vec<Event<'_>> = Parser::new_ext(&source, Options::ENABLE_FOOTNOTES).collect();
            let next = events.windows(2).position(|pair| matches!(pair, [Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), Event::Text(t)] if &**t == "Next"));
            prop_assert!(next.is_some(), "{}", source);
            let high = events.iter().filter(|e| matches!(e, Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }))).count();
            let in_quotation = words.contains('>') || words.contains(['-', '*']);
            prop_assert!(high == 1 || in_quotation, "{}", source);
        }
    }
}
