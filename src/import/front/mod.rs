//! Front matter: what stands before a text between two fences, read into its [`Meta`].
//!
//! YAML stands between `---` lines, TOML between `+++` lines, at the very top. Keys that Diptych knows fill the fields
//! of [`Meta`]; all others are kept in their order. Front matter is often written by hand or scraped: what no parser
//! accepts is read line by line, and a block that holds no `key: value` line is no front matter at all. Markdown has
//! three more heads ([`heads`]).

mod heads;
pub(super) mod raw;
mod toml;
pub(super) mod voices;
pub(crate) mod write;
mod yaml;

use std::collections::HashSet;

use crate::text::clean::Clean;
use crate::text::meta::{Meta, MetaValue};

use self::raw::Raw;
use self::voices::PassageVoice;
use super::warning::Warning;

/// Front matter longer than this is none: a text that opens with a rule is not read to its end in search of another.
const LONGEST: usize = 64 * 1024;

/// What front matter said, and where the body begins.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub meta: Meta,
    /// Parts in another voice, by the numbers of their passages.
    pub voices: Vec<PassageVoice>,
    /// The number of the passage with which the text itself begins; 0 where it is not said.
    pub opens: u32,
    /// Whether the title was named, be it as nothing: then no heading is taken for it.
    pub titled: bool,
    /// First byte after the closing fence's line.
    pub body: usize,
    /// Lines before `body`.
    pub lines: u32,
}

/// Reads the front matter at the top of `text`, where there is some.
pub(super) fn read(text: &str, warnings: &mut Vec<Warning>) -> Option<Front> {
    let (fence, inner, body) = fenced(text)?;
    let parsed = match fence {
        Fence::Yaml => yaml::read(inner),
        Fence::Toml => toml::read(inner),
    };
    let (entries, plain) = match parsed {
        Some(entries) => (entries, true),
        None => (by_lines(inner, fence), false),
    };
    if entries.is_empty() && !inner.trim().is_empty() {
        return None;
    }
    if !plain {
        let dialect = if fence == Fence::Yaml { "YAML" } else { "TOML" };
        warnings.push(Warning::fault(&format!("the front matter is not quite {dialect}: read line by line")));
    }
    let mut front =
        Front { body, lines: memchr::memchr_iter(b'\n', &text.as_bytes()[..body]).count() as u32, ..Front::default() };
    for (key, value) in entries {
        front.take(&key, value);
    }
    Some(front.tell_apart())
}

/// Where the sign stands that makes a head of another program of what `text` begins with: escaped, it is prose.
pub(super) fn sign_of_head(text: &str) -> Option<usize> {
    heads::read(text)?;
    if text.starts_with(['%', '{']) { Some(0) } else { text.find(':') }
}

/// Reads the front matter of a Markdown document, or one of the heads that other programs write in its place.
pub(super) fn read_markdown(text: &str, warnings: &mut Vec<Warning>) -> Option<Front> {
    if let Some(front) = read(text, warnings) {
        return Some(front);
    }
    let lead = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let (entries, length) = heads::read(&text[lead..])?;
    let body = lead + length;
    let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..body]).count() as u32;
    let mut front = Front { body, lines, ..Front::default() };
    for (key, value) in entries {
        front.take(&key, value);
    }
    Some(front.tell_apart())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fence {
    Yaml,
    Toml,
}

/// The fence, what stands between it and its end, and the offset of the body.
fn fenced(text: &str) -> Option<(Fence, &str, usize)> {
    let lead = text.len() - text.trim_start_matches(['\n', '\r']).len();
    let rest = &text[lead..];
    let first_end = rest.find('\n')?;
    let (fence, closers): (_, &[&str]) = match rest[..first_end].trim_end() {
        "---" => (Fence::Yaml, &["---", "..."]),
        "+++" => (Fence::Toml, &["+++"]),
        _ => return None,
    };
    let mut at = lead + first_end + 1;
    let inner_start = at;
    for line in text[at..].split_inclusive('\n') {
        if closers.contains(&line.trim_end()) {
            let inner = &text[inner_start..at];
            // A rule, prose, and another rule: the first line of front matter is never blank.
            let opens = inner.lines().next().is_some_and(|l| l.trim().is_empty());
            return (!opens).then_some((fence, inner, at + line.len()));
        }
        at += line.len();
        if at - inner_start > LONGEST {
            return None;
        }
    }
    None
}

/// `key: value` or `key = value` lines, for what is not quite well formed.
fn by_lines(inner: &str, fence: Fence) -> Vec<(String, Raw)> {
    let sign = if fence == Fence::Yaml { ':' } else { '=' };
    let mut entries: Vec<(String, Raw)> = Vec::new();
    for line in inner.lines().filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with('#')) {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if let Some((_, value)) = entries.last_mut() {
                value.add(unquoted(item));
                continue;
            }
            return Vec::new();
        }
        let Some((key, value)) = line.split_once(sign) else { return Vec::new() };
        let key = key.trim();
        let word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !word || line.starts_with(char::is_whitespace) {
            return Vec::new();
        }
        let value = unquoted(value);
        entries.push((key.to_owned(), if value.is_empty() { Raw::Null } else { Raw::One(value) }));
    }
    entries
}

/// A value without its quotation marks; between double ones it is read as [`write::scalar`] writes it.
fn unquoted(value: &str) -> String {
    let value = value.trim();
    if let Some(read) = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).and_then(unescaped) {
        return read;
    }
    let inner = ['"', '\''].iter().find_map(|q| value.strip_prefix(*q)?.strip_suffix(*q));
    inner.unwrap_or(value).to_owned()
}

/// What stands between double quotation marks; `None` where it is nothing that was written so.
fn unescaped(inner: &str) -> Option<String> {
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '"' => return None,
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
                }
                c @ ('"' | '\\') => c,
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

impl Front {
    /// Gives each key that is kept a name that no other has: a map with two of one name is none that can be read again.
    fn tell_apart(mut self) -> Self {
        let meta = &self.meta;
        let mut taken: HashSet<String> = HashSet::new();
        for (key, is_said) in [
            ("title", self.titled || meta.title.is_some()),
            ("author", meta.author.is_some()),
            ("date", meta.date.is_some()),
            ("source", !meta.sources.is_empty()),
            ("sources", !meta.sources.is_empty()),
            ("position", meta.position.is_some()),
            ("language", meta.language.is_some()),
            ("opens", self.opens > 0),
            ("voices", !self.voices.is_empty()),
        ] {
            if is_said {
                taken.insert(key.to_owned());
            }
        }
        for (key, _) in &mut self.meta.extra {
            if taken.contains(key.as_str()) {
                let free = (2..=taken.len() + 2).map(|n| format!("{key}-{n}")).find(|name| !taken.contains(name));
                *key = free.unwrap_or_default();
            }
            taken.insert(key.clone());
        }
        self
    }

    fn take(&mut self, key: &str, value: Raw) {
        let meta = &mut self.meta;
        match key.to_ascii_lowercase().as_str() {
            "title" => {
                self.titled = true;
                set(&mut meta.title, key, value, &mut meta.extra);
            }
            "author" | "authors" => {
                set(&mut meta.author, key, named(&value), &mut meta.extra);
                meta.tell_groups();
            }
            "editor" | "editors" | "translator" | "translators" => meta.extra.push((clean(key), kept(named(&value)))),
            "date" => set(&mut meta.date, key, value, &mut meta.extra),
            "position" => set(&mut meta.position, key, value, &mut meta.extra),
            "language" | "lang" => set(&mut meta.language, key, value, &mut meta.extra),
            "source" | "sources" | "url" | "originalsource" | "original_source" => {
                meta.sources.extend(value.strings().into_iter().map(|s| clean(&s)).filter(|s| !s.is_empty()));
            }
            "opens" if value.number().is_some() => self.opens = value.number().unwrap_or(0),
            "voices" => match voices::read(&value) {
                Some(voices) => self.voices = voices,
                None => meta.extra.push((clean(key), kept(value))),
            },
            _ => meta.extra.push((clean(key), kept(value))),
        }
    }
}

/// Names in the place of the maps that say them.
fn named(value: &Raw) -> Raw {
    let mut names: Vec<Raw> = value.names().into_iter().map(Raw::One).collect();
    match (value, names.len()) {
        (Raw::Many(_), _) => Raw::Many(names),
        (_, 0) => Raw::Null,
        (_, 1) => names.remove(0),
        _ => Raw::Many(names),
    }
}

/// Fills a field; a second key for the same field is kept as it is.
fn set(field: &mut Option<String>, key: &str, value: Raw, extra: &mut Vec<(String, MetaValue)>) {
    if field.is_some() {
        extra.push((clean(key), kept(value)));
        return;
    }
    let words: Vec<_> = value.strings().iter().map(|s| clean(s)).filter(|s| !s.is_empty()).collect();
    // Names that are turned round, or of one word, are told from each other by `and` alone.
    let is_uneven = |name: &String| name.contains(',') || !name.contains(' ');
    let by_and = key.to_ascii_lowercase().starts_with("author") && words.iter().any(is_uneven);
    *field = match words.as_slice() {
        [] => None,
        all if by_and => Some(all.join(" and ")),
        [most @ .., last] if !most.is_empty() => Some(format!("{} and {last}", most.join(", "))),
        [one, ..] => Some(one.clone()),
    };
}

fn kept(value: Raw) -> MetaValue {
    match value {
        Raw::Many(_) => MetaValue::Many(value.strings().iter().map(|s| clean(s)).collect()),
        other => MetaValue::One(clean(&other.strings().concat())),
    }
}

fn clean(s: &str) -> String {
    Clean::line(s.trim()).as_str().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(text: &str) -> (Option<Front>, usize) {
        let mut warnings = Vec::new();
        let front = read(text, &mut warnings);
        (front, warnings.len())
    }

    #[test]
    fn known_keys_fill_the_fields_and_the_rest_stays_in_order() {
        let text = "---\ntitle: \"What: a title\"\nauthor: [A. B., C. D.]\ndate: 1917-08\nprice: 1.10\nsource:\n- one\n- two\n\
                    draft: false\ntags: [\"x\", y]\nposition: for it\nlang: en\n---\nBody\n";
        let (front, warned) = meta(text);
        let front = front.unwrap();
        assert_eq!(warned, 0);
        assert_eq!(&text[front.body..], "Body\n");
        assert_eq!(front.lines, 13);
        let m = front.meta;
        assert_eq!(m.title.as_deref(), Some("What: a title"));
        assert_eq!(m.author.as_deref(), Some("A. B. and C. D."));
        assert_eq!(m.date.as_deref(), Some("1917-08"));
        assert_eq!(m.sources, ["one", "two"]);
        assert_eq!((m.position.as_deref(), m.language.as_deref()), (Some("for it"), Some("en")));
        let one = |s: &str| MetaValue::One(s.into());
        let extra = vec![
            ("price".to_owned(), one("1.10")),
            ("draft".to_owned(), one("false")),
            ("tags".to_owned(), MetaValue::Many(vec!["x".into(), "y".into()])),
        ];
        assert_eq!(m.extra, extra);
    }

    #[test]
    fn toml_and_broken_yaml_are_read_too() {
        let (front, warned) = meta("+++\ntitle = \"T\"\ndate = 1917-11-07\ntags = [\"a\", 3]\n+++\n");
        let m = front.unwrap().meta;
        assert_eq!((m.title.as_deref(), m.date.as_deref(), warned), (Some("T"), Some("1917-11-07"), 0));
        assert_eq!(m.extra, [("tags".into(), MetaValue::Many(vec!["a".into(), "3".into()]))]);
        let (front, warned) = meta("---\ntitle: Lenin: a life\nauthor: \"One\" and @two\n---\n");
        let m = front.unwrap().meta;
        assert_eq!((m.title.as_deref(), warned), (Some("Lenin: a life"), 1));
        assert_eq!(m.author.as_deref(), Some("\"One\" and @two"));
    }

    #[test]
    fn what_is_not_quite_yaml_stays_what_it_is_however_often_it_is_written_and_read() {
        for inner in [
            "title: \"T\nsources:\n- \"\\\"Smith, a book",
            "title: One\ntitle: Two\ntitle: Three\nsources:\n- \"\\\"Smith\"\n- 'x'",
            "title: One\nauthor: \"A\"\nauthor: \"B\\\\ \"c\"\"\nposition: a: b\nkey: x\nkey: y\nkey-2: z",
        ] {
            let first = meta(&format!("---\n{inner}\n---\n")).0.unwrap().meta;
            let mut last = first.clone();
            for _ in 0..3 {
                let written = write::write(&last, write::Title::Named, crate::text::passage::PassageNo(1), &[]);
                let (front, warned) = meta(&written);
                assert_eq!(warned, 0, "what is written is YAML: {written}");
                last = front.unwrap().meta;
                assert_eq!(last, first, "{written}");
            }
        }
    }

    #[test]
    fn authors_may_be_maps() {
        let cases = [
            ("author:\n  name: Anna Bee\n  affiliation: X", "Anna Bee"),
            ("author:\n- name: Anna Bee\n  url: x\n- name: Carl Dee", "Anna Bee and Carl Dee"),
            (
                "author:\n- family: Berg\n  given: Anna\n  non-dropping-particle: van\n- literal: A Group",
                "Anna van Berg and A Group",
            ),
            ("author: \"Anna Bee and {A Group}\"", "Anna Bee and A Group"),
            ("author:\n- name:\n    given: Anna\n    family: Bee", "Anna Bee"),
            ("author: [Anonymous, 'O’Brien, Flann', Kim Il-sung]", "Anonymous and O’Brien, Flann and Kim Il-sung"),
            ("author:\n  email: a@b", "email: a@b"),
            ("authors:\n  Anna Bee:\n    email: a@b\n  Carl Dee: {}", "Anna Bee and Carl Dee"),
        ];
        for (yaml, expected) in cases {
            let front = meta(&format!("---\n{yaml}\n---\n")).0.unwrap();
            assert_eq!(front.meta.author.as_deref(), Some(expected), "{yaml}");
        }
        let front = meta("---\ntitle: T\nauthor:\n  url:\n  email:\n---\n").0.unwrap();
        assert_eq!(front.meta.author, None, "a template that nobody filled in");
        let front = meta("---\ntranslator:\n- name: Carl Dee\n---\n").0.unwrap();
        assert_eq!(front.meta.extra, [("translator".to_owned(), MetaValue::Many(vec!["Carl Dee".to_owned()]))]);
    }

    #[test]
    fn markdown_has_heads_of_other_programs() {
        let cases = [
            (
                "% A title\n  goes on\n% Anna Bee; Carl Dee\n% 1917\n\nBody",
                "A title goes on",
                "Anna Bee and Carl Dee",
                "1917",
            ),
            (
                "Title: A title\nAuthor: Anna Bee\nDate: 1917\nBase Header Level: 2\n\nBody",
                "A title",
                "Anna Bee",
                "1917",
            ),
            (
                "{\n \"title\": \"A title\",\n \"author\": [{\"name\": \"Anna Bee\"}],\n \"date\": 1917\n}\n\nBody",
                "A title",
                "Anna Bee",
                "1917",
            ),
        ];
        for (text, title, author, date) in cases {
            let front = read_markdown(text, &mut Vec::new()).unwrap();
            let m = &front.meta;
            let said = (m.title.as_deref(), m.author.as_deref(), m.date.as_deref());
            assert_eq!(said, (Some(title), Some(author), Some(date)), "{text}");
            assert_eq!(text[front.body..].trim_start(), "Body", "{text}");
        }
        for text in [
            "Note: this is so.\n\nBody",
            "% 5 of all\nBody",
            "{x}\n\nBody",
            "Title: of a play\nthat goes on\n\nBody",
            "%% c %%",
        ] {
            assert!(read_markdown(text, &mut Vec::new()).is_none(), "{text}");
        }
    }

    #[test]
    fn a_rule_and_prose_are_no_front_matter() {
        for text in [
            "---\n\nProse here.\n\n---\nmore",
            "---\nProse here.\n---\nmore",
            "---\nkey: never closed\n",
            "--- x\na: b\n---\n",
        ] {
            assert!(meta(text).0.is_none(), "{text}");
        }
        assert!(meta("---\n---\nBody").0.is_some());
    }
}
