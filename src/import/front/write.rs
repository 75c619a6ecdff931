//! Front matter as canonical YAML: what [`super::read`] reads back to the same.

use std::fmt::Write;

use crate::text::clean::is_clean;
use crate::text::meta::{Meta, MetaValue};
use crate::text::passage::PassageNo;

use super::voices::{PassageVoice, ROLES};

/// How the title is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Title {
    /// The first heading says it.
    Implied,
    /// As a field; an empty one where there is no title although the first heading looks like one.
    Named,
}

/// The block with its fences, or nothing where there is nothing to say.
pub(in crate::import) fn write(meta: &Meta, title: Title, opens: PassageNo, voices: &[PassageVoice]) -> String {
    let mut out = String::new();
    if title == Title::Named {
        field(&mut out, "title", Some(meta.title.as_deref().unwrap_or("")));
    }
    field(&mut out, "author", meta.author_line().as_deref());
    field(&mut out, "date", meta.date.as_deref());
    match meta.sources.as_slice() {
        [one] => field(&mut out, "source", Some(one)),
        all => list(&mut out, "sources", all),
    }
    field(&mut out, "position", meta.position.as_deref());
    field(&mut out, "language", meta.language.as_deref());
    for (key, value) in &meta.extra {
        match value {
            MetaValue::One(s) => field(&mut out, &scalar(key), Some(s)),
            MetaValue::Many(all) if all.is_empty() => _ = writeln!(out, "{}: []", scalar(key)),
            MetaValue::Many(all) => list(&mut out, &scalar(key), all),
        }
    }
    if opens.0 > 1 {
        let _ = writeln!(out, "opens: {}", opens.0);
    }
    if !voices.is_empty() {
        out.push_str("voices:\n");
    }
    for v in voices {
        let _ = match v.last {
            last if last == v.first => writeln!(out, "- passages: {last}"),
            last => writeln!(out, "- passages: {}-{last}", v.first),
        };
        if let Some(by) = &v.by {
            let _ = writeln!(out, "  by: {}", scalar(by));
        }
        if let Some((_, name)) = ROLES.iter().find(|(role, _)| *role == v.role) {
            let _ = writeln!(out, "  as: {name}");
        }
    }
    if out.is_empty() { out } else { format!("---\n{out}---\n\n") }
}

fn field(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(out, "{key}: {}", scalar(value));
    }
}

fn list(out: &mut String, key: &str, values: &[String]) {
    if !values.is_empty() {
        let _ = writeln!(out, "{key}:");
        for value in values {
            let _ = writeln!(out, "- {}", scalar(value));
        }
    }
}

/// A string as YAML writes it: bare where nothing in it can be taken for syntax, else double-quoted as in JSON.
pub(crate) fn scalar(s: &str) -> String {
    let bare_char =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '(' | ')' | '/' | '-' | '_' | '\'' | '’');
    let word = s.to_ascii_lowercase();
    let reserved = matches!(word.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n");
    let bare = s.starts_with(|c: char| c.is_ascii_alphanumeric())
        && s.chars().all(|c| bare_char(c) && (c.is_ascii() || c.is_alphabetic() || c == '’'))
        && !s.ends_with(' ')
        && !reserved;
    if bare {
        return s.to_owned();
    }
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // YAML folds these as line breaks or refuses them raw, or who reads the file would see them in another order.
            c if !is_clean(c.encode_utf8(&mut [0; 4]))
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                let _ = match c as u32 {
                    wide @ 0x1_0000.. => write!(out, "\\U{wide:08X}"),
                    narrow => write!(out, "\\u{narrow:04X}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
