//! Heads of Markdown documents that are no front matter between fences: pandoc's lines after `%`, the
//! `Key: value` lines of `MultiMarkdown` up to the first blank one, and an object of JSON (Hugo).

use serde::de::IgnoredAny;

use super::raw::Raw;
use super::yaml;

/// A head longer than this is none.
const LONGEST: usize = 16 * 1024;

/// The keys that `MultiMarkdown`'s head begins with; a first line with another is prose.
const FIRST: &[&str] = &["title", "author", "date", "subtitle", "latex config", "base header level", "language"];

/// The entries of the head that `text` begins with, and how many bytes it takes.
pub(super) fn read(text: &str) -> Option<(Vec<(String, Raw)>, usize)> {
    match text.as_bytes().first()? {
        b'%' => pandoc(text),
        b'{' => json(text),
        _ => multimarkdown(text),
    }
}

/// `% title`, `% author; author`, `% date`, in this order; lines that are set in go on.
fn pandoc(text: &str) -> Option<(Vec<(String, Raw)>, usize)> {
    let mut fields: Vec<String> = Vec::new();
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.strip_prefix('%').filter(|f| fields.len() < 3 && f.starts_with([' ', '\n', '\r']));
        let goes_on = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        // Each line of the authors is an author.
        let sign = if fields.len() == 2 { ";" } else { " " };
        if let Some(field) = begins {
            fields.push(field.trim().to_owned());
        } else if let Some(last) = fields.last_mut().filter(|_| goes_on) {
            last.push_str(sign);
            last.push_str(line.trim());
        } else {
            // Prose that happens to begin with the sign goes on right after it.
            let ends = line.trim().is_empty() && fields.iter().any(|f| !f.is_empty());
            return ends.then(|| (entries(fields), length));
        }
        length += line.len();
    }
    None
}

fn entries(fields: Vec<String>) -> Vec<(String, Raw)> {
    let named = ["title", "author", "date"].into_iter().zip(fields).filter(|(_, field)| !field.is_empty());
    let authors = |field: String| {
        let all = field.split(';').map(str::trim).filter(|name| !name.is_empty());
        Raw::Many(all.map(|name| Raw::One(name.to_owned())).collect())
    };
    let value =
        |(key, field): (&str, String)| (key.to_owned(), if key == "author" { authors(field) } else { Raw::One(field) });
    named.map(value).collect()
}

fn multimarkdown(text: &str) -> Option<(Vec<(String, Raw)>, usize)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        length += line.len();
        if length > LONGEST {
            return None;
        }
        if line.starts_with([' ', '\t']) {
            let (_, value) = entries.last_mut()?;
            value.push(' ');
            value.push_str(line.trim());
            continue;
        }
        let (key, value) = line.split_once(':')?;
        let word = key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        if !word || !key.starts_with(char::is_alphabetic) || key.len() > 40 || value.starts_with("//") {
            return None;
        }
        entries.push((key.trim().to_owned(), value.trim().trim_end_matches('\\').to_owned()));
    }
    let (first, said) = entries.first()?;
    let head = FIRST.contains(&first.to_lowercase().as_str()) && !said.is_empty();
    head.then(|| (entries.into_iter().map(|(key, value)| (key, Raw::One(value))).collect(), length))
}

/// An object of JSON; YAML reads the same and keeps the order.
fn json(text: &str) -> Option<(Vec<(String, Raw)>, usize)> {
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let mut values = serde_json::Deserializer::from_str(head).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let length = values.byte_offset();
    let rest = &text[length..];
    let alone = rest.split('\n').next().is_none_or(|line| line.trim().is_empty());
    let entries = yaml::read(&text[..length])?;
    (alone && !entries.is_empty()).then_some((entries, length))
}
