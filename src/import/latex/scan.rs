//! A place in a source of LaTeX, and what stands from there on.

use crate::import::looked::looked;

/// How many different ends that do not come are looked for.
const MOST_NEVER: usize = 64;

/// An argument whose braces are not closed within this many bytes has none.
const LONGEST_ARGUMENT: usize = 1 << 20;

/// After how many braces that nothing closes arguments are taken to be short.
const MOST_UNCLOSED: usize = 16;

/// How many bytes an argument has at most then.
const SHORT_ARGUMENT: usize = 4096;

#[derive(Debug, Clone)]
pub(super) struct Scanner<'s> {
    source: &'s str,
    at: usize,
    unclosed: usize,
    /// What was looked for and does not come any more.
    never: Vec<String>,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, at: 0, unclosed: 0, never: Vec::new() }
    }

    pub(super) fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.source.len());
    }

    /// Passes over white space, as far as the end of the paragraph.
    pub(super) fn skip_white(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Passes over blanks and at most one line feed, as after the name of a command.
    pub(super) fn skip_blanks(&mut self) {
        let mut fed = false;
        while let Some(c) = self.peek().filter(|c| matches!(c, ' ' | '\t' | '\r' | '\n')) {
            if c == '\n' && std::mem::replace(&mut fed, true) {
                // The second line feed ends the paragraph: it and the first are left.
                self.at = self.source[..self.at].rfind('\n').unwrap_or(self.at);
                return;
            }
            self.next();
        }
    }

    /// Passes over a comment, its line feed, and the indentation of the next line.
    pub(super) fn skip_comment(&mut self) {
        let rest = self.rest();
        let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else {
            self.at = self.source.len();
            return;
        };
        self.at += end + 1;
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        // What is left empty ends the paragraph all the same.
        if rest[blanks..].starts_with('\n') {
            self.at -= 1;
        } else {
            self.at += blanks;
        }
    }

    /// Whether nothing but blanks stands between this line feed and the next.
    pub(super) fn at_empty_line(&self) -> bool {
        self.rest().strip_prefix('\n').is_some_and(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
    }

    /// The name of the command after its backslash: letters, or one sign.
    pub(super) fn name(&mut self) -> &'s str {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '@').unwrap_or(rest.len());
        if length == 0 {
            let sign = rest.chars().next().map_or(0, char::len_utf8);
            self.at += sign;
            return &rest[..sign];
        }
        self.at += length;
        let name = &rest[..length];
        self.skip_blanks();
        name
    }

    /// What stands between braces or, without them, the next sign or command.
    pub(super) fn argument(&mut self) -> Option<&'s str> {
        let before = self.at;
        self.skip_blanks();
        match self.peek() {
            Some('{') => {
                let found = self.between('{', '}');
                if found.is_none() {
                    self.at = before;
                }
                found
            }
            Some('\\') => {
                let start = self.at;
                self.next();
                self.name();
                Some(self.source[start..self.at].trim_end())
            }
            Some(c) if !c.is_whitespace() && !matches!(c, '}' | '&' | '$' | '%') => {
                let start = self.at;
                self.next();
                Some(&self.source[start..self.at])
            }
            _ => {
                self.at = before;
                None
            }
        }
    }

    /// What stands between braces, where braces come.
    pub(super) fn braced(&mut self) -> Option<&'s str> {
        let before = self.at;
        self.skip_blanks();
        let found = if self.peek() == Some('{') { self.between('{', '}') } else { None };
        if found.is_none() {
            self.at = before;
        }
        found
    }

    /// What stands between square brackets, where they come.
    pub(super) fn option(&mut self) -> Option<&'s str> {
        let before = self.at;
        self.skip_blanks();
        let found = if self.peek() == Some('[') { self.between('[', ']') } else { None };
        if found.is_none() {
            self.at = before;
        }
        found
    }

    fn between(&mut self, open: char, close: char) -> Option<&'s str> {
        let rest = self.rest();
        let limit = match self.unclosed {
            0..MOST_UNCLOSED => LONGEST_ARGUMENT,
            MOST_UNCLOSED..256 => SHORT_ARGUMENT,
            _ => SHORT_ARGUMENT / 16,
        };
        let limit = if open == '[' { limit.min(SHORT_ARGUMENT) } else { limit };
        let (mut braces, mut escaped, mut comment) = (0usize, false, false);
        for (offset, c) in rest.char_indices().take_while(|(offset, _)| *offset < limit) {
            looked(1);
            let skip = std::mem::take(&mut escaped);
            if comment {
                comment = c != '\n';
            } else if skip {
            } else if c == '\\' {
                escaped = true;
            } else if c == '%' {
                comment = true;
            } else if c == '{' {
                braces += 1;
            } else if c == '}' {
                // What ends the group around ends the brackets too.
                braces = braces.checked_sub(1)?;
            }
            if !skip && !comment && c == close && braces == 0 {
                self.at += offset + 1;
                return Some(&rest[1..offset]);
            }
        }
        self.unclosed += 1;
        None
    }

    /// What stands before a sign that no backslash escapes; the place is after it then.
    pub(super) fn until_unescaped(&mut self, sign: &str) -> Option<&'s str> {
        let rest = self.rest();
        let mut from = 0;
        // Mathematics is short, and does not go beyond its paragraph.
        let end = rest.floor_char_boundary(SHORT_ARGUMENT);
        while let Some(found) = rest[from..end].find(sign).map(|found| from + found) {
            let slashes = rest[..found].len() - rest[..found].trim_end_matches('\\').len();
            if slashes.is_multiple_of(2) {
                let inner = &rest[..found];
                if inner.contains("\n\n") {
                    return None;
                }
                self.at += found + sign.len();
                return Some(inner);
            }
            from = found + sign.len();
        }
        None
    }

    /// What stands before a sign that comes soon; the place is after it then.
    pub(super) fn until_near(&mut self, sign: char) -> Option<&'s str> {
        let rest = self.rest();
        let near = &rest[..rest.floor_char_boundary(SHORT_ARGUMENT)];
        let found = near.find(sign);
        looked(found.unwrap_or(near.len()));
        self.at += found? + sign.len_utf8();
        Some(&near[..found?])
    }

    /// What stands before these letters; the place is after them then.
    pub(super) fn until(&mut self, letters: &str) -> Option<&'s str> {
        let rest = self.rest();
        // After so many that do not come none is looked for: there may be as many as there are commands.
        if self.never.len() >= MOST_NEVER || self.never.iter().any(|never| never == letters) {
            return None;
        }
        let found = memchr::memmem::find(rest.as_bytes(), letters.as_bytes());
        looked(found.unwrap_or(rest.len()));
        let Some(end) = found else {
            self.never.push(letters.to_owned());
            return None;
        };
        self.at += end + letters.len();
        Some(&rest[..end])
    }
}
