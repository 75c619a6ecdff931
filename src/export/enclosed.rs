//! Words in Markdown set among others: what is open in them ends with them, what is named in them stays theirs.
//!
//! A fence that nobody closed would take everything after it for program text, two notes with a footnote of one name
//! would share it, and a heading would stand above those of the document. The rules are those of `CommonMark` 0.31
//! (<https://spec.commonmark.org/0.31.2/>) and of the footnotes that most programs have beside it.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

/// The words by themselves. Their footnotes are named after `own`, and their headings are `below` levels lower.
pub(super) fn enclosed(words: &str, own: usize, below: usize) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let mut fence: Option<(char, usize)> = None;
    let mut is_paragraph = false;
    // How far what is in the list's item is indented, and how far what is in the one that the fence is in.
    let (mut item, mut fence_in): (Option<usize>, Option<usize>) = (None, None);
    let rows: Vec<&str> = words.trim_end().trim_start_matches('\n').lines().collect();
    let own = Own { number: own, labels: rows.iter().filter_map(|row| label_of(row)).collect() };
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let indent = row.len() - row.trim_start_matches(' ').len();
        if !row.trim().is_empty() && fence_in.is_some_and(|inside| indent < inside) {
            // Its item has ended, and the fence with it.
            (fence, fence_in) = (None, None);
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
            fence_in = item.filter(|inside| indent >= *inside);
            is_paragraph = false;
            out.push_str(row);
            continue;
        }
        item = match item_of(row) {
            Some(inside) => Some(inside),
            None if row.trim().is_empty() || indent > 0 => item,
            None => None,
        };
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
            out.push_str(&own.inline(text));
            is_paragraph = false;
            continue;
        }
        if let Some(level) = underlined {
            out.push_str(&"#".repeat((level + below).min(6)));
            out.push(' ');
        }
        out.push_str(&own.inline(&harmless(row, &rows[at..])));
        is_paragraph = !row.trim().is_empty() && !is_rule(row);
    }
    // A fence within an item ends with the item, and one more would begin another: so what ends it is tried.
    if !is_closed(&out) {
        let longest = |sign: char| (sign, out.split(|c| c != sign).map(str::len).max().unwrap_or(0).max(3));
        let tried = fence.into_iter().chain(['`', '~'].map(longest));
        let mut ends = tried.map(|(sign, length)| format!("\n{}", sign.to_string().repeat(length)));
        if let Some(end) = ends.find(|end| is_closed(&format!("{out}{end}"))) {
            out.push_str(&end);
        }
    }
    out
}

/// Whether a heading that follows the words is one.
fn is_closed(words: &str) -> bool {
    const PROBE: &str = "probe";
    let source = format!("{words}\n\n# {PROBE}\n");
    let events: Vec<Event<'_>> = Parser::new(&source).collect();
    events.windows(2).any(|pair| match pair {
        [Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), Event::Text(said)] => **said == *PROBE,
        _ => false,
    })
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

/// How far what is in the item is indented that a row begins.
fn item_of(row: &str) -> Option<usize> {
    let rest = row.trim_start_matches(' ');
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_marker = match digits {
        0 => rest.starts_with(['-', '*', '+']),
        _ => rest[digits..].starts_with(['.', ')']),
    };
    let after = rest.get(digits + 1..).filter(|after| is_marker && after.starts_with(' '))?;
    let blanks = after.len() - after.trim_start_matches(' ').len();
    Some(row.len() - after.len() + if blanks > 4 { 1 } else { blanks })
}

/// The sign of a fence, how many there are, and what follows them.
fn fence_of(row: &str) -> Option<(char, usize, &str)> {
    let indent = row.len() - row.trim_start_matches(' ').len();
    let rest = &row[indent..];
    let sign = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = rest.len() - rest.trim_start_matches(sign).len();
    (indent < 4 && count >= 3).then(|| (sign, count, rest[count..].trim()))
}

/// What the words name for themselves.
struct Own {
    /// The number of the words among the others.
    number: usize,
    /// The labels of addresses that are given in the words, in lower case.
    labels: BTreeSet<String>,
}

impl Own {
    /// The row with the names of its footnotes and addresses made the words' own, but for what stands in code.
    fn inline(&self, row: &str) -> String {
        let own = self.number;
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
                _ => match rest[1..].find(['[', ']']).filter(|end| rest.as_bytes()[1..][*end] == b']') {
                    Some(end) if end > 0 => {
                        let (label, after) = (&rest[1..=end], &rest[end + 2..]);
                        if let Some(note) =
                            label.strip_prefix('^').filter(|n| !n.is_empty() && !n.contains(char::is_whitespace))
                        {
                            out.push_str(&format!("[^{own}-{note}]"));
                            rest = after;
                        } else if self.labels.contains(&folded(label)) && !after.starts_with(['(']) {
                            let is_named = out.ends_with(']') || (out.trim().is_empty() && after.starts_with(':'));
                            let after = if is_named { after } else { after.strip_prefix("[]").unwrap_or(after) };
                            if !is_named {
                                out.push_str(&format!("[{label}]"));
                            }
                            if is_named || !after.starts_with('[') {
                                out.push_str(&format!("[{own}-{label}]"));
                            }
                            rest = after;
                        } else {
                            out.push_str(&rest[..end + 2]);
                            rest = after;
                        }
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
}

/// The label that a row gives an address to: `[label]: address`.
fn label_of(row: &str) -> Option<String> {
    let indent = row.len() - row.trim_start_matches(' ').len();
    let rest = row[indent..].strip_prefix('[').filter(|_| indent < 4)?;
    let (label, _) = rest.split_once("]:")?;
    let is_label = !label.trim().is_empty() && !label.starts_with('^') && !label.contains(['[', ']']);
    is_label.then(|| folded(label))
}

/// Labels are compared without regard to case and to how wide their blanks are.
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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

/// The row as letters where it begins an element or a comment that goes on until it is closed, and not as many are closed
/// as are opened from here on.
fn harmless<'r>(row: &'r str, from_here: &[&str]) -> std::borrow::Cow<'r, str> {
    const OPEN: &[(&str, &str)] = &[("<!--", "-->"), ("<?", "?>"), ("<![cdata[", "]]>")];
    const ELEMENTS: &[&str] = &[
        "script",
        "pre",
        "style",
        "textarea",
        "details",
        "div",
        "section",
        "article",
        "aside",
        "main",
        "nav",
        "header",
        "footer",
        "figure",
        "blockquote",
        "center",
        "dialog",
        "fieldset",
        "form",
        "table",
        "ul",
        "ol",
        "dl",
        "select",
    ];
    let start = row.len() - row.trim_start().len();
    let lower = row[start..].to_ascii_lowercase();
    let count = |sign: &str| from_here.iter().map(|row| row.to_ascii_lowercase().matches(sign).count()).sum::<usize>();
    let element = lower.strip_prefix('<').and_then(|rest| {
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        ELEMENTS.contains(&name).then(|| (format!("<{name}"), format!("</{name}")))
    });
    let of_signs = OPEN.iter().find(|(open, _)| lower.starts_with(open));
    let pair = element.or_else(|| of_signs.map(|(open, close)| ((*open).to_owned(), (*close).to_owned())));
    match pair {
        Some((open, close)) if count(&close) < count(&open) => format!("{}\\{}", &row[..start], &row[start..]).into(),
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
            ("- list\n\n  ```\n  code", "- list\n\n  ```\n  code"),
            ("- list\n  ```\n  code\n\nafter", "- list\n  ```\n  code\n\nafter"),
            (
                "[it][1], [1], ![1][] and [x](1)\n\n[1]: http://a",
                "[it][7-1], [1][7-1], ![1][7-1] and [x](1)\n\n[7-1]: http://a",
            ),
            (
                "[Two  Words] and [none]\n\n[two words]: /a",
                "[Two  Words][7-Two  Words] and [none]\n\n[7-two words]: /a",
            ),
            ("- list\n\n  ```\n  code\n\n# Head\n\n[^1]", "- list\n\n  ```\n  code\n\n### Head\n\n[^7-1]"),
            ("<details>\nopen", "\\<details>\nopen"),
            ("<details>\nclosed\n</details>", "<details>\nclosed\n</details>"),
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
