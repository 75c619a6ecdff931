//! Signs that Markdown would take for markup, written so that it takes them for letters.

use std::fmt::Write;

use crate::import::markdown::{dialect, formula};
use crate::text::block::BlockKind;

/// How much is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Only what is likely to be taken for markup where it stands.
    Few,
    /// Every sign that ever could be.
    All,
}

/// What stands around a piece of a block's string.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    pub line_start: bool,
    pub line_end: bool,
    pub before: Option<char>,
    pub after: Option<char>,
    /// Whether the block may have hard breaks and stays what it is.
    pub hard_breaks: bool,
}

/// Whether nothing in a one-line string could be markup: letters and the commonest punctuation.
pub(super) fn is_plain(string: &str) -> bool {
    let first = string.chars().next().is_none_or(|c| c.is_alphabetic() || matches!(c, '“' | '‘' | '"' | '('));
    let safe = |b: &u8| {
        b.is_ascii_alphanumeric()
            || matches!(b, b' ' | b'.' | b',' | b';' | b':' | b'\'' | b'"' | b'(' | b')' | b'?' | b'!' | b'/' | b'%')
            || *b >= 0x80
    };
    let plain = first && string.as_bytes().iter().all(|b| safe(b) || *b == b'-') && !string.ends_with(' ');
    // Two of them are the sign of a remark, where another pair follows.
    plain && !string.contains("%%")
}

/// A whole string as a piece.
pub(super) fn text(string: &str, kind: BlockKind, care: Care) -> String {
    let mut out = String::with_capacity(string.len() + 8);
    let around = Around { line_start: true, line_end: true, ..Around::default() };
    push(&mut out, string, kind, care, around);
    out
}

/// Writes a piece of a block's string.
pub(super) fn push(out: &mut String, piece: &str, kind: BlockKind, care: Care, around: Around) {
    let mut line_start = around.line_start;
    let mut before = around.before;
    let mut rest = piece;
    // A run that would close a heading.
    let closing = piece.len() - piece.trim_end_matches(['#', ' ']).len();
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let next = tail.chars().next().or(around.after);
        let line_ends = next == Some('\n') || (tail.is_empty() && around.line_end);
        if line_start && (c.is_whitespace() && c != '\n') {
            entity(out, c);
        } else if line_start && let Some(length) = opener(rest) {
            // A number's sign is escaped after the digits, any other before itself.
            let sign = length - 1;
            out.push_str(&rest[..sign]);
            out.push('\\');
            out.push_str(&rest[sign..length]);
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
            line_start = false;
            continue;
        } else if care == Care::Few
            && let Some(length) = formula_length(rest, line_start)
        {
            // A formula is written as it is, on its lines.
            out.push_str(&rest[..length]);
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
            line_start = false;
            continue;
        } else if c == '\n' {
            out.push_str(if around.hard_breaks { "\\\n" } else { "<br>" });
        } else if c.is_whitespace() && (c == '\t' || line_ends || (care == Care::All && c != ' ')) {
            entity(out, c);
        } else if c == '|' && kind == BlockKind::Table {
            out.push_str("&#124;");
        } else if care == Care::All && c.is_ascii_punctuation()
            || care == Care::Few && (risky(c, before, next, rest) || c == '#' && rest.len() <= closing)
        {
            if c == '#' && kind != BlockKind::Heading && care == Care::Few && before.is_some() {
                out.push(c);
            } else {
                out.push('\\');
                out.push(c);
            }
        } else {
            out.push(c);
        }
        line_start = c == '\n' || (line_start && c.is_whitespace());
        before = Some(c);
        rest = tail;
    }
}

/// How long the formula is that begins here.
fn formula_length(rest: &str, line_start: bool) -> Option<usize> {
    match rest.as_bytes()[0] {
        b'$' => formula::length(rest),
        b'\\' => dialect::formula(rest, line_start),
        _ => None,
    }
}

fn entity(out: &mut String, c: char) {
    let _ = write!(out, "&#{};", c as u32);
}

/// Whether a sign is likely to be taken for markup between its neighbours.
fn risky(c: char, before: Option<char>, next: Option<char>, rest: &str) -> bool {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' => true,
        '\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c == '\n'),
        '*' | '~' => !(space(before) && space(next)),
        '_' => !(space(before) && space(next) || letter(before) && letter(next)),
        '[' => matches!(next, Some('^' | '[')) || before == Some('!'),
        ']' => matches!(next, Some('(' | '[' | ':')),
        '!' => next == Some('['),
        // Marks, comments and names of blocks, as Obsidian has them.
        '=' => before != Some('=') && rest.starts_with("==") && !rest[2..].starts_with([' ', '=']) && rest.len() > 2,
        '%' => rest.starts_with("%%") && space(before),
        '^' => {
            let end = rest[1..].bytes().position(|b| !b.is_ascii_alphanumeric() && b != b'-');
            let length = end.unwrap_or(rest.len() - 1);
            space(before) && length > 1 && matches!(rest.as_bytes().get(1 + length), None | Some(b'\n'))
        }
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => {
            let name = rest[1..].trim_start_matches('#');
            let word = name.len() - name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
            word > 0 && name[word..].starts_with(';')
        }
        _ => false,
    }
}

/// Length of what opens a block at the start of a line, up to and with the sign that an escape disarms.
fn opener(line: &str) -> Option<usize> {
    let line = line.split('\n').next().unwrap_or(line);
    let first = line.chars().next()?;
    let spaced = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    match first {
        '#' => {
            let hashes = line.len() - line.trim_start_matches('#').len();
            (hashes <= 6 && spaced(&line[hashes..])).then_some(1)
        }
        '>' => Some(1),
        '-' | '+' => {
            let runs = line.trim_end().trim_start_matches(first).trim_start_matches([first, ' ', '\t']).is_empty();
            (spaced(&line[1..]) || runs).then_some(1)
        }
        '=' => line.trim_end().trim_start_matches('=').is_empty().then_some(1),
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let sign = line[digits..].starts_with(['.', ')']);
            (digits <= 9 && sign && spaced(&line[digits + 1..])).then_some(digits + 1)
        }
        // A reference that is defined, the box of a task, or the head of a callout.
        '[' => (line.contains("]:") || line.as_bytes().get(2) == Some(&b']') || line.starts_with("[!")).then_some(1),
        ':' | '|' => (line.trim_matches(['-', ':', '|', ' ']).is_empty()).then_some(1),
        _ => None,
    }
}

/// Code between as many backticks as it needs.
pub(super) fn code(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let spaced = code.starts_with(' ') && code.ends_with(' ') && !code.trim_matches(' ').is_empty();
    let pad = if spaced || code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{code}{pad}{ticks}")
}

/// The address of a link.
pub(super) fn address(address: &str) -> String {
    let simple = |c: char| c.is_alphanumeric() || "/:.?=#%-_~+,;@!$'*".contains(c);
    if !address.is_empty() && address.chars().all(simple) {
        return address.to_owned();
    }
    let mut out = String::from("<");
    for c in address.chars() {
        match c {
            '<' | '>' | '\\' | '&' => _ = write!(out, "\\{c}"),
            c if c.is_whitespace() && c != ' ' => entity(&mut out, c),
            c => out.push(c),
        }
    }
    out.push('>');
    out
}
