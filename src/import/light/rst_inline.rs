//! What stands within a line of reStructuredText: roles, references, notes, escapes.

use std::cell::Cell;
use std::collections::HashMap;

use crate::import::flow::Mark;
use crate::import::flow::compose::Composer;
use crate::import::looked::looked;

use super::inline::{self, Sign, Syntax, soon};
use super::room::Room;

/// A word that refers is no longer than this.
const LONGEST_WORD: usize = 200;

const SIGNS: &[Sign] = &[
    Sign { open: "``", close: "``", mark: Some(Mark::Code), verbatim: true, at_words: true },
    Sign::around("**", Mark::Strong),
    Sign::around("*", Mark::Emphasis),
];

/// Roles whose words are names of programs' parts.
const CODE: &[&str] = &[
    "attr", "class", "code", "command", "const", "data", "envvar", "exc", "file", "func", "kbd", "keyword", "literal",
    "makevar", "meth", "mod", "option", "program", "regexp", "samp", "token", "obj", "type", "member", "macro",
    "opcode", "cmd", "dir", "path",
];

pub(super) struct RstSyntax {
    /// What `|names|` stand for.
    pub substitutions: HashMap<String, String>,
    /// How much they may still stand for.
    pub room: Room,
    /// How many notes with automatic numbers are cited.
    pub automatic: Cell<u32>,
}

impl Syntax for RstSyntax {
    fn signs(&self) -> &[Sign] {
        SIGNS
    }

    fn may_begin(&self, first: char, before: Option<char>) -> bool {
        let word = before.is_some_and(char::is_alphanumeric);
        match first {
            '\\' | '_' => true,
            '`' | ':' | '[' | '|' | 'h' | 'm' | 'f' => !word,
            _ => false,
        }
    }

    fn construct(&self, text: &str, at: usize, out: &mut Composer, depth: u8) -> Option<usize> {
        let rest = &text[at..];
        match rest.chars().next()? {
            '\\' => {
                let escaped = rest[1..].chars().next()?;
                if !escaped.is_whitespace() {
                    out.push(escaped.encode_utf8(&mut [0; 4]));
                }
                Some(1 + escaped.len_utf8())
            }
            '`' if !rest.starts_with("``") => self.interpreted(rest, "", out, depth),
            ':' => {
                let end = soon(&rest[1..], ":`")?;
                let role = &rest[1..=end];
                let named = !role.is_empty()
                    && role.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+'));
                if !named {
                    return None;
                }
                self.interpreted(&rest[end + 2..], role, out, depth).map(|length| length + end + 2)
            }
            '[' => self.cited(rest, out),
            '|' => self.substituted(rest, out, depth),
            '_' => reference(text, at, out),
            _ => {
                let length = inline::address(rest)?;
                out.marked(Mark::Link(rest[..length].to_owned()), &rest[..length]);
                Some(length)
            }
        }
    }
}

impl RstSyntax {
    /// Words between single backticks: a reference, or words of a role.
    fn interpreted(&self, rest: &str, role: &str, out: &mut Composer, depth: u8) -> Option<usize> {
        let end = soon(&rest[1..], "`")?;
        let inner = &rest[1..=end];
        if inner.trim().is_empty() || inner.starts_with(' ') {
            return None;
        }
        let mut length = end + 2;
        let after = &rest[length..];
        let refers = after.starts_with('_') && role.is_empty();
        if refers {
            length += if after.starts_with("__") { 2 } else { 1 };
        }
        // A role may stand after its words.
        let mut role = role;
        let named = |end: &usize| *end > 0 && after[1..=*end].chars().all(|c| c.is_alphanumeric() || c == '-');
        if !refers
            && role.is_empty()
            && after.starts_with(':')
            && let Some(end) = soon(&after[1..], ":").filter(named)
        {
            role = &after[1..=end];
            length += end + 2;
        }
        let aimed = inner.strip_suffix('>').and_then(|i| i.rsplit_once('<'));
        let (words, aim) = match aimed {
            Some((words, aim)) if words.is_empty() || words.ends_with([' ', '\n']) => (words.trim_end(), Some(aim)),
            _ => (inner, None),
        };
        if refers {
            let shown = if words.is_empty() { aim.unwrap_or("") } else { words };
            match aim.filter(|aim| aim.contains(':')) {
                Some(address) => {
                    out.mark(Mark::Link(address.to_owned()));
                    inline::push(shown, self, out, depth + 1);
                    out.unmark();
                }
                None => inline::push(shown, self, out, depth + 1),
            }
            return Some(length);
        }
        shown_by_role(role, words, out);
        Some(length)
    }

    /// `[1]_`
    fn cited(&self, rest: &str, out: &mut Composer) -> Option<usize> {
        let end = soon(rest, "]_")?;
        let label = &rest[1..end];
        let fits =
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '#' | '*' | '-' | '_' | '.'));
        if !fits || rest[end + 2..].starts_with(char::is_alphanumeric) {
            return None;
        }
        // Its mark has to stand apart, and is shown close up.
        out.close_up();
        match label.strip_prefix('#') {
            Some("") => {
                self.automatic.set(self.automatic.get() + 1);
                let number = self.automatic.get();
                out.cite(&format!("#{number}"), &number.to_string());
            }
            Some(name) => out.cite(name, name),
            None => out.cite(label, label),
        }
        Some(end + 2)
    }

    fn substituted(&self, rest: &str, out: &mut Composer, depth: u8) -> Option<usize> {
        let end = soon(&rest[1..], "|")?;
        let known = self.substitutions.get(&rest[1..=end].to_lowercase())?;
        let refers = rest[end + 2..].bytes().take(2).take_while(|b| *b == b'_').count();
        if depth < 3 {
            if !self.room.take(known.len()) {
                return None;
            }
            inline::push(known, self, out, depth + 4);
        }
        Some(end + 2 + refers)
    }
}

/// The sign after a word that makes it a reference, or the one before a target between backticks.
fn reference(text: &str, at: usize, out: &mut Composer) -> Option<usize> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    if rest.starts_with("_`") && before.is_none_or(|c| !c.is_alphanumeric()) {
        let end = soon(&rest[2..], "`")?;
        out.push(&rest[2..end + 2]);
        return Some(end + 3);
    }
    // Of three the third says that none of them refers.
    let signs = rest.bytes().take(3).take_while(|b| *b == b'_').count();
    let after = rest[signs..].chars().next();
    let ends = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)\"'/".contains(c));
    // A word that refers has letters, and is no name with underscores of its own; and it is not too long for one.
    let near = &text[text.floor_char_boundary(at.saturating_sub(LONGEST_WORD))..at];
    let word = near.rsplit(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.')).next().unwrap_or("");
    looked(word.len());
    let refers =
        signs <= 2 && ends && word.chars().any(char::is_alphabetic) && !word.contains('_') && !word.starts_with('.');
    refers.then_some(signs)
}

/// The words of a role.
fn shown_by_role(role: &str, words: &str, out: &mut Composer) {
    let words = words.strip_prefix('!').unwrap_or(words);
    let name = role.rsplit(':').next().unwrap_or(role);
    match name {
        "" | "title" | "title-reference" | "t" | "emphasis" | "dfn" | "term" => out.marked(Mark::Emphasis, words),
        "strong" | "guilabel" => out.marked(Mark::Strong, words),
        "sup" | "superscript" => out.marked(Mark::Raised, words),
        "sub" | "subscript" => out.marked(Mark::Lowered, words),
        "math" => {
            out.push("$");
            out.push(words);
            out.push("$");
        }
        "index" | "raw" => {}
        "pep" => {
            out.push("PEP ");
            out.push(words);
        }
        "rfc" => {
            out.push("RFC ");
            out.push(words);
        }
        name if CODE.contains(&name) || role.contains(':') => {
            // Of a name with a tilde its last part is shown.
            let shown = match words.strip_prefix('~') {
                Some(whole) => whole.rsplit('.').next().unwrap_or(whole),
                None => words,
            };
            out.marked(Mark::Code, shown);
        }
        _ => out.push(words),
    }
}
