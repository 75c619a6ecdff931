//! What stands within a line of AsciiDoc: names of attributes, macros, notes, references.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::import::flow::Mark;
use crate::import::flow::compose::Composer;
use crate::import::looked::looked;
use crate::import::xml::named;

use super::inline::{self, Sign, Syntax, bracketed, soon};
use super::room::Room;

const SIGNS: &[Sign] = &[
    Sign { open: "``", close: "``", mark: Some(Mark::Code), verbatim: false, at_words: false },
    Sign { open: "`", close: "`", mark: Some(Mark::Code), verbatim: false, at_words: true },
    Sign::anywhere("**", Mark::Strong),
    Sign::around("*", Mark::Strong),
    Sign::anywhere("__", Mark::Emphasis),
    Sign::around("_", Mark::Emphasis),
    Sign { open: "++", close: "++", mark: None, verbatim: true, at_words: false },
    Sign { open: "+", close: "+", mark: Some(Mark::Code), verbatim: true, at_words: true },
    Sign { open: "##", close: "##", mark: None, verbatim: false, at_words: false },
    Sign { open: "#", close: "#", mark: None, verbatim: false, at_words: true },
    Sign { open: "^", close: "^", mark: Some(Mark::Raised), verbatim: true, at_words: false },
    Sign { open: "~", close: "~", mark: Some(Mark::Lowered), verbatim: true, at_words: false },
];

/// Names within names are looked up this deep.
const DEEPEST: usize = 4;

/// How long a line may get when its names are replaced.
const LONGEST: usize = 64 * 1024;

/// An address is no longer than this, with the names in it.
const LONGEST_ADDRESS: usize = 2000;

/// A longer name is none.
const LONGEST_NAME: usize = 100;

pub(super) struct AsciiDocSyntax {
    /// The names that the document defines, in lower case.
    pub attributes: HashMap<String, String>,
    /// What they may still stand for.
    pub room: Room,
}

impl Syntax for AsciiDocSyntax {
    fn signs(&self) -> &[Sign] {
        SIGNS
    }

    fn may_begin(&self, first: char, before: Option<char>) -> bool {
        match first {
            '\\' | '{' | '<' | '[' | '(' | '&' => true,
            '+' | '"' | '\'' => before.is_none_or(|c| !c.is_alphanumeric()),
            c => c.is_ascii_alphabetic() && before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-')),
        }
    }

    fn construct(&self, text: &str, at: usize, out: &mut Composer, depth: u8) -> Option<usize> {
        let rest = &text[at..];
        match rest.chars().next()? {
            '\\' => {
                let next =
                    rest[1..].chars().next().filter(|c| "*_`+#^~{<[(\\&'\"".contains(*c) || c.is_ascii_alphabetic())?;
                if next.is_ascii_alphabetic() {
                    // A macro that is meant as letters.
                    let (length, _) = macro_at(&rest[1..])?;
                    out.push(&rest[1..=length]);
                    return Some(length + 1);
                }
                out.push(next.encode_utf8(&mut [0; 4]));
                Some(1 + next.len_utf8())
            }
            '{' => {
                let name = name_at(rest)?;
                let Some(letters) = self.known(name) else {
                    // An address that other files say: the words that lead there are read.
                    let words = words_after(rest, 0)?;
                    inline::push(rest[words.clone()].trim_end_matches('^'), self, out, depth + 1);
                    return Some(words.end + 1);
                };
                if !self.room.take(letters.len()) {
                    return None;
                }
                let letters = self.replaced(&letters, 1);
                inline::push(&letters, self, out, depth.saturating_add(4));
                Some(name.len() + 2)
            }
            '<' => {
                let inner = rest.strip_prefix("<<")?;
                let end = soon(inner, ">>")?;
                let (aim, words) = inner[..end].split_once(',').unwrap_or((&inner[..end], ""));
                let aim = aim.trim_start_matches('#').trim_start_matches('_').replace('_', " ");
                inline::push(if words.trim().is_empty() { &aim } else { words.trim() }, self, out, depth + 1);
                Some(end + 4)
            }
            '[' => {
                if let Some(inner) = rest.strip_prefix("[[") {
                    let end = soon(inner, "]]")?;
                    return (!inner[..end].contains([' ', '['])).then_some(end + 4);
                }
                // How the letters between the next signs look.
                let end = soon(rest, "]")?;
                let styles = rest[1..end].starts_with(['.', '#']) || rest[end + 1..].starts_with('#');
                (styles && rest[end + 1..].starts_with(['#', '*', '_', '`'])).then_some(end + 1)
            }
            '(' => {
                if rest.starts_with("(((") {
                    return soon(rest, ")))").map(|end| end + 3);
                }
                if let Some(inner) = rest.strip_prefix("((") {
                    let end = soon(inner, "))")?;
                    inline::push(&inner[..end], self, out, depth + 1);
                    return Some(end + 4);
                }
                let signs = [("(C)", "©"), ("(R)", "®"), ("(TM)", "™")];
                let (written, sign) = signs.iter().find(|(written, _)| rest.starts_with(written))?;
                out.push(sign);
                Some(written.len())
            }
            '&' => {
                let end = soon(rest, ";").filter(|end| (2..12).contains(end))?;
                let name = &rest[1..end];
                let number = name.strip_prefix('#');
                let code = number.and_then(|n| {
                    n.strip_prefix(['x', 'X']).map_or_else(|| n.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())
                });
                let letters = code.and_then(char::from_u32).map(String::from).or_else(|| named(name))?;
                out.push(&letters);
                Some(end + 1)
            }
            '+' => {
                let inner = rest.strip_prefix("+++")?;
                let end = soon(inner, "+++")?;
                out.push(&inner[..end]);
                Some(end + 6)
            }
            quote @ ('"' | '\'') => {
                // Quotation marks that are meant to be curved.
                let inner = rest[1..].strip_prefix('`')?;
                let closer = format!("`{quote}");
                let end = soon(inner, &closer)?;
                let (open, close) = if quote == '"' { ("“", "”") } else { ("‘", "’") };
                out.push(open);
                inline::push(&inner[..end], self, out, depth + 1);
                out.push(close);
                Some(end + 4)
            }
            _ => self.word(rest, out, depth),
        }
    }
}

impl AsciiDocSyntax {
    /// What a name stands for.
    fn known(&self, name: &str) -> Option<Cow<'_, str>> {
        let sign = match name {
            "nbsp" => "\u{a0}",
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "plus" => "+",
            "apos" => "'",
            "quot" => "\"",
            "lsquo" => "‘",
            "rsquo" => "’",
            "ldquo" => "“",
            "rdquo" => "”",
            "startsb" => "[",
            "endsb" => "]",
            "vbar" => "|",
            "caret" => "^",
            "asterisk" => "*",
            "tilde" => "~",
            "backslash" => "\\",
            "backtick" => "`",
            "deg" => "°",
            "two-colons" => "::",
            "two-semicolons" => ";;",
            "cpp" => "C++",
            "empty" | "sp" | "zwsp" | "wj" | "blank" => "",
            _ => return self.attributes.get(&name.to_lowercase()).map(|letters| Cow::Borrowed(letters.as_str())),
        };
        Some(Cow::Borrowed(sign))
    }

    /// A line with its names replaced by what they stand for.
    pub(super) fn replaced(&self, line: &str, depth: usize) -> String {
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let known = name_at(rest).and_then(|name| Some((self.known(name)?, name.len())));
            let fits = |(letters, _): &(Cow<'_, str>, usize)| {
                depth < DEEPEST && out.len() + letters.len() < LONGEST && self.room.take(letters.len())
            };
            if let Some((letters, length)) = known.filter(fits) {
                out.push_str(&self.replaced(&letters, depth + 1));
                rest = &rest[length + 2..];
            } else {
                out.push('{');
                rest = &rest[1..];
            }
        }
        out.push_str(rest);
        out
    }

    /// An address or a macro.
    fn word(&self, rest: &str, out: &mut Composer, depth: u8) -> Option<usize> {
        if let Some(length) = inline::address(rest).filter(|_| !rest.starts_with("mailto:")) {
            // A part of the address may be said in other files.
            let length = words_after(rest, length).map_or(length, |words| words.start - 1);
            let address = &rest[..length];
            let words = words_at(rest, length);
            out.mark(Mark::Link(address.to_owned()));
            let used = if let Some(words) = &words {
                let shown = rest[words.clone()].split(",window=").next().unwrap_or("");
                let shown = shown.trim_end_matches('^').trim_matches('"');
                if shown.is_empty() {
                    out.push(address);
                } else {
                    inline::push(shown, self, out, depth + 1);
                }
                words.end + 1
            } else {
                out.push(address);
                length
            };
            out.unmark();
            return Some(used);
        }
        let (length, parts) = macro_at(rest)?;
        let (name, target, words) = parts;
        match name {
            "footnote" => {
                out.begin_note_here((!target.is_empty()).then(|| target.to_owned()));
                inline::push(words, self, out, depth + 1);
                out.end_note();
            }
            "footnoteref" => {
                let (id, words) = words.split_once(',').unwrap_or((words, ""));
                if words.is_empty() {
                    out.cite(id, "");
                } else {
                    out.begin_note_here(Some(id.to_owned()));
                    inline::push(words, self, out, depth + 1);
                    out.end_note();
                }
            }
            "indexterm" | "anchor" | "icon" | "image" => {}
            "pass" | "stem" | "latexmath" | "asciimath" => out.push(words),
            "kbd" | "btn" | "command" => out.marked(Mark::Code, words),
            "link" if target.contains("://") => {
                out.mark(Mark::Link(target.to_owned()));
                inline::push(if words.is_empty() { target } else { words.trim_end_matches('^') }, self, out, depth + 1);
                out.unmark();
            }
            "menu" => {
                out.push(target);
                out.push(" › ");
                out.push(words);
            }
            // The name of a manual page, and its section.
            _ if !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit()) && !target.is_empty() => {
                out.push(target);
                out.push("(");
                out.push(words);
                out.push(")");
            }
            _ => inline::push(if words.is_empty() { target } else { words }, self, out, depth + 1),
        }
        Some(length)
    }
}

/// The name between braces at the beginning.
fn name_at(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('{')?;
    let near = &inner[..inner.floor_char_boundary(LONGEST_NAME + 1)];
    looked(near.len());
    let length = near.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))?;
    (length > 0 && near[length..].starts_with('}')).then_some(&near[..length])
}

/// Where the words are of an address that goes on at `at` with a name between braces: `{name}/more[words]`.
fn words_after(rest: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let named = &rest[at..];
    name_at(named)?;
    let near = &named[..named.floor_char_boundary(LONGEST_ADDRESS)];
    looked(near.len());
    let open = at + near.find(|c: char| c.is_whitespace() || c == '[')?;
    let words = words_at(rest, open)?;
    (!words.is_empty()).then_some(words)
}

/// Where the words are between brackets that open at `at`.
fn words_at(rest: &str, at: usize) -> Option<std::ops::Range<usize>> {
    bracketed(rest, at, '[', ']').filter(|_| rest[at..].starts_with('['))
}

/// `name:target[words]`: how long it is, and its parts.
fn macro_at(rest: &str) -> Option<(usize, (&str, &str, &str))> {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).filter(|end| *end < 20)?;
    let after = rest[end..].strip_prefix(':').filter(|after| !after.starts_with([' ', ':']))?;
    let stop = after.floor_char_boundary(300);
    let length = after[..stop].find(|c: char| c.is_whitespace() || c == '[')?;
    let open = end + 1 + length;
    let words = words_at(rest, open)?;
    let parts = (&rest[..end], &after[..length], &rest[words.clone()]);
    Some((words.end + 1, parts))
}
