//! What a line of AsciiDoc is: a delimiter, an item, a row of a table.

use super::lines::marker;

/// What a remark of this kind begins with.
pub(super) fn lead(kind: &str) -> Option<String> {
    matches!(kind, "note" | "tip" | "important" | "warning" | "caution")
        .then(|| format!("{}{}:", kind[..1].to_uppercase(), &kind[1..]))
}

/// The level of a title by the line under it.
pub(super) fn two_lines(title: &str, under: &str) -> Option<usize> {
    let sign = under.chars().next()?;
    let level = ['=', '-', '~', '^', '+'].iter().position(|s| *s == sign)? + 1;
    let width = unicode_width::UnicodeWidthStr::width(title);
    let fits = under.len() >= 2 && under.chars().all(|c| c == sign) && under.len().abs_diff(width) <= 2;
    let letters =
        title.starts_with(char::is_alphanumeric) || title.starts_with(['`', '"', '\'', '_', '*', '{', '(', '-', '$']);
    (fits && letters && title.chars().any(char::is_alphanumeric)).then_some(level)
}

/// Whether a line begins or ends a block, so that no paragraph goes on in it.
pub(super) fn is_delimiter(line: &str) -> bool {
    let sign = line.chars().next().unwrap_or(' ');
    let fence =
        matches!(sign, '-' | '.' | '=' | '*' | '_' | '+' | '/') && line.len() >= 4 && line.chars().all(|c| c == sign);
    let table = line.len() >= 4 && matches!(sign, '|' | ',') && line[1..].bytes().all(|b| b == b'=');
    let style =
        line.starts_with('[') && line.ends_with(']') && line[1..].starts_with(|c: char| c.is_alphabetic() || c == '[');
    fence || table || style || line == "--" || line.starts_with("```")
}

pub(super) type Found<'l> = (String, Option<u32>, Option<&'l str>, &'l str);

/// The marker of an item, as what tells lists apart: its number (0 where it is only numbered), a term, and its words.
pub(super) fn item(line: &str) -> Option<Found<'_>> {
    for sign in ['*', '.', '-'] {
        let length = line.chars().take_while(|c| *c == sign).count();
        if (1..=6).contains(&length) && line[length..].starts_with(' ') && (sign != '-' || length == 1) {
            let number = (sign == '.').then_some(0);
            return Some((line[..length].to_owned(), number, None, line[length..].trim_start()));
        }
    }
    if let Some(rest) = line.strip_prefix('<')
        && let Some((written, words)) = rest.split_once("> ")
        && !written.is_empty()
        && written.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return Some(("<".to_owned(), Some(written.parse().unwrap_or(0)), None, words.trim_start()));
    }
    if let Some((Some(number), length)) = marker(line, &[]).filter(|_| !line.starts_with('(')) {
        return Some(("1".to_owned(), Some(number), None, &line[length..]));
    }
    // A term ends with two to four colons, or with two semicolons.
    for sign in ["::::", ":::", "::", ";;"] {
        let found = line.split_once(sign).filter(|(term, rest)| {
            !term.is_empty()
                && !term.ends_with(':')
                && (rest.is_empty() || rest.starts_with(' '))
                && !term.starts_with("//")
        });
        if let Some((term, words)) = found {
            return Some((sign.to_owned(), None, Some(term), words.trim_start()));
        }
    }
    None
}

/// How many columns a table is said to have.
pub(super) fn columns(style: &[String]) -> Option<usize> {
    let at = style.iter().position(|s| s.starts_with("cols"))?;
    let first = style[at].split('=').nth(1)?.trim_matches('"');
    if let Some((times, _)) = first.split_once('*') {
        return times.parse().ok();
    }
    // The rest of the widths was divided at its commas.
    let more = style[at + 1..].iter().take_while(|s| !s.contains('=')).count();
    let quoted = first.split(';').count();
    Some(more + quoted)
}

/// The rows of a table whose cells begin with bars. Before a bar may stand how many columns its cell covers.
pub(super) fn bars(lines: &[&str], bar: char, columns: Option<usize>) -> Vec<Vec<String>> {
    let mut cells: Vec<String> = Vec::new();
    let mut in_first = 0;
    for line in lines {
        let mut parts = line.split(bar);
        let before = parts.next().unwrap_or("");
        let mut rest: Vec<&str> = parts.collect();
        if rest.is_empty() || !spec(before).is_empty() || before.trim().is_empty() {
            if let Some(cell) = cells.last_mut().filter(|_| spec(before).is_empty()) {
                cell.push('\n');
                cell.push_str(before);
            }
        } else if let Some(cell) = cells.last_mut() {
            cell.push('\n');
            cell.push_str(before);
        }
        let count = rest.len();
        for (number, part) in rest.drain(..).enumerate() {
            // A specification of the next cell stands at the end of this one.
            let cut = if number + 1 < count { part.len() - spec(part).len() } else { part.len() };
            cells.push(part[..cut].trim().to_owned());
        }
        if in_first == 0 {
            in_first = cells.len();
        }
    }
    let width = columns.unwrap_or(in_first).max(1);
    cells.chunks(width).map(<[String]>::to_vec).collect()
}

/// What stands at the end of a cell and specifies the next: `2+`, `a`, `.3+^`.
fn spec(part: &str) -> &str {
    let start = part.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let last = &part[start..];
    let fits = !last.is_empty()
        && last.len() <= 8
        && last.chars().all(|c| c.is_ascii_digit() || ".+*<>^adehlmsv".contains(c))
        && (last.contains(['+', '*', '<', '>', '^']) || last.len() == 1)
        && last.chars().filter(char::is_ascii_alphabetic).count() <= 1
        && !last.chars().all(|c| c.is_ascii_digit() || c == '.');
    if fits { last } else { "" }
}
