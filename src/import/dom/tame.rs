//! Taming: a linear pass over the source of a page before any tree is made of it.
//!
//! A parser of HTML as the standard has it takes time that grows with the square of the depth of a page, and some of
//! what works on its tree recurses. This pass reads the tags alone, in one go: it drops scripts, styles and comments,
//! closes what the standard closes by implication, and writes a source in which every tag is matched and nothing nests
//! deeper than [`DEEPEST`]. The letters are not touched, and neither is what an ordinary page means.

use std::borrow::Cow;

use memchr::memmem;

use super::elements;

/// How deep elements nest at most; the tags of deeper ones are dropped and their content stays.
const DEEPEST: usize = 160;

/// How many styling elements may be open at once: a parser opens all of them again in each paragraph.
const MOST_STYLES: usize = 12;

/// Of how many names it is remembered that closing tags are to be passed over.
const MOST_OWED: usize = 64;

/// Names of elements longer than this are no names.
const LONGEST_NAME: usize = 40;

/// How many attributes of an element are looked at.
const MOST_ATTRIBUTES: usize = 48;

/// How the source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Syntax {
    /// HTML as browsers take it.
    Html,
    /// XHTML: `<a/>` is an empty element, and `<![CDATA[…]]>` holds letters.
    Xml,
}

/// A page's source with every tag matched.
pub(in crate::import) fn tame(source: &str, syntax: Syntax) -> String {
    let mut tamer = Tamer {
        source,
        syntax,
        out: String::with_capacity(source.len() / 2 + 64),
        open: Vec::new(),
        styles: 0,
        owed: Vec::new(),
        never_closed: Vec::new(),
        frame: [false; 3],
    };
    tamer.out.push_str("<!DOCTYPE html>");
    tamer.run();
    tamer.out
}

struct Tamer<'s> {
    source: &'s str,
    syntax: Syntax,
    out: String,
    /// Names of the open elements, outermost first.
    open: Vec<Cow<'s, str>>,
    /// How many of them style letters.
    styles: usize,
    /// Closing tags that are to be passed over, because what they close was dropped or closed before.
    owed: Vec<(Cow<'s, str>, usize)>,
    /// Elements whose closing tag was looked for and does not come any more.
    never_closed: Vec<String>,
    /// Which of `html`, `head` and `body` have been written: a page has one of each.
    frame: [bool; 3],
}

impl<'s> Tamer<'s> {
    fn run(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        while let Some(tag) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
            self.out.push_str(&self.source[at..tag]);
            at = match bytes.get(tag + 1) {
                Some(b'!') => self.declaration(tag),
                Some(b'/') if bytes.get(tag + 2).is_some_and(u8::is_ascii_alphabetic) => self.close_tag(tag),
                Some(b'/' | b'?') => tag + 2 + after(&bytes[tag + 2..], b">"),
                Some(b) if b.is_ascii_alphabetic() => self.open_tag(tag),
                _ => {
                    self.out.push_str("&lt;");
                    tag + 1
                }
            };
        }
        self.out.push_str(&self.source[at.min(self.source.len())..]);
        self.close_to(0);
    }

    /// A comment, a document type, or letters: `tag` is the place of its `<`, the answer the place after it.
    fn declaration(&mut self, tag: usize) -> usize {
        let rest = &self.source.as_bytes()[tag..];
        if rest.starts_with(b"<!--") {
            // `<!-->` and `<!--->` are comments too.
            let short = [b"<!-->".as_slice(), b"<!--->"].into_iter().find(|s| rest.starts_with(s));
            return tag + short.map_or_else(|| 4 + after(&rest[4..], b"-->"), <[u8]>::len);
        }
        if rest.starts_with(b"<![CDATA[") && self.syntax == Syntax::Xml {
            let end = memmem::find(rest, b"]]>").unwrap_or(rest.len());
            let letters = &self.source[tag + 9..tag + end];
            self.out.push_str(&letters.replace('&', "&amp;").replace('<', "&lt;"));
            return tag + (end + 3).min(rest.len());
        }
        // A document type may hold declarations of its own, between brackets.
        let end = memchr::memchr2(b'>', b'[', rest).unwrap_or(rest.len());
        if rest.get(end) == Some(&b'[') && rest[..end].len() < 512 && starts_with_ignoring_case(rest, "<!doctype") {
            let inner = end + after(&rest[end..], b"]");
            return tag + inner + after(&rest[inner..], b">");
        }
        tag + after(rest, b">")
    }

    fn close_tag(&mut self, tag: usize) -> usize {
        let name = self.name_at(tag + 2);
        let end = tag + after(&self.source.as_bytes()[tag..], b">");
        if matches!(&*name, "html" | "body" | "head") {
            return end;
        }
        if let Some(owed) = self.owed.iter_mut().find(|(n, times)| *n == name && *times > 0) {
            owed.1 -= 1;
            return end;
        }
        let style = elements::is_formatting(&name);
        let table = matches!(&*name, "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption");
        let within =
            |open: &Cow<'_, str>| **open != *name && (elements::is_scope(open) && (!table || **open == *"table"));
        let from = self.open.iter().rposition(within).map_or(0, |at| at + 1);
        if let Some(found) = self.open[from..].iter().rposition(|open| **open == *name) {
            let at = from + found;
            if style || !elements::is_block(&name) {
                // Blocks that were left open in a style are closed with it: their own closing tags come later.
                let blocks = self.open[at + 1..].iter().filter(|open| elements::is_block(open));
                for block in blocks.cloned().collect::<Vec<_>>() {
                    self.owe(block);
                }
            }
            self.close_to(at);
        }
        end
    }

    fn open_tag(&mut self, tag: usize) -> usize {
        let name = self.name_at(tag + 1);
        let (end, attributes, empty) = attributes(self.source, tag + 1 + name.len());
        if name.len() > LONGEST_NAME || elements::is_dropped(&name) {
            return end;
        }
        let of_data = &*name == "script" && attributes.iter().any(|a| a.contains("ld+json"));
        if elements::is_raw(&name) || &*name == "title" {
            let childless = empty && (self.syntax == Syntax::Xml || &*name == "svg");
            return if childless { end } else { self.raw(&name, end, &attributes, of_data || &*name == "title") };
        }
        if let Some(part) = ["html", "head", "body"].iter().position(|part| *part == name) {
            if !std::mem::replace(&mut self.frame[part], true) {
                self.write_open(&name, &attributes);
            }
            return end;
        }
        self.close_implied(&name);
        if elements::is_void(&name) {
            self.write_open(&name, &attributes);
            return end;
        }
        let style = elements::is_formatting(&name);
        if empty && self.syntax == Syntax::Xml {
            // Only what can be aimed at is worth keeping.
            if self.open.len() < DEEPEST {
                self.write_open(&name, &attributes);
                self.out.extend(["</", &name, ">"]);
            }
            return end;
        }
        if self.open.len() >= DEEPEST || (style && self.styles >= MOST_STYLES) {
            self.owe(name);
            return end;
        }
        self.write_open(&name, &attributes);
        self.styles += usize::from(style);
        self.open.push(name);
        end
    }

    /// Closes what the standard says that the beginning of an element closes.
    fn close_implied(&mut self, name: &str) {
        let open = |from: usize, names: &[&str], this: &Self| {
            this.open[from..].iter().rposition(|n| names.contains(&&**n)).map(|at| from + at)
        };
        let beyond =
            |stops: fn(&str) -> bool, this: &Self| this.open.iter().rposition(|n| stops(n)).map_or(0, |a| a + 1);
        if elements::closes_paragraph(name) {
            let from = beyond(|n| elements::is_scope(n) || n == "button", self);
            if let Some(at) = open(from, &["p"], self) {
                self.close_to(at);
            }
        }
        let (stops, closes): (fn(&str) -> bool, &[&str]) = match name {
            "li" => (|n| elements::is_scope(n) || matches!(n, "ul" | "ol" | "menu" | "dir"), &["li"]),
            "dd" | "dt" => (|n| elements::is_scope(n) || n == "dl", &["dd", "dt"]),
            "a" => (elements::is_scope, &["a"]),
            "nobr" => (elements::is_scope, &["nobr"]),
            "option" | "optgroup" => (|n| n == "select", &["option"]),
            "td" | "th" => (|n| matches!(n, "tr" | "table"), &["td", "th"]),
            "tr" => (|n| matches!(n, "tbody" | "thead" | "tfoot" | "table"), &["tr", "caption"]),
            "tbody" | "thead" | "tfoot" => (|n| n == "table", &["tbody", "thead", "tfoot", "tr", "caption"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (elements::is_block, &[]),
            _ => return,
        };
        let from = beyond(stops, self);
        let first = self.open[from..].iter().position(|n| closes.contains(&&**n)).map(|at| from + at);
        if let Some(at) = first {
            self.close_to(at);
        } else if closes.is_empty()
            && self.open.last().is_some_and(|n| matches!(&**n, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
        {
            self.close_to(self.open.len() - 1);
        }
    }

    /// Closes the open elements from number `at` on, innermost first.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            if let Some(name) = self.open.pop() {
                self.styles -= usize::from(elements::is_formatting(&name));
                self.out.extend(["</", &name, ">"]);
            }
        }
    }

    fn owe(&mut self, name: Cow<'s, str>) {
        if let Some((_, times)) = self.owed.iter_mut().find(|(n, _)| *n == name) {
            *times += 1;
        } else if self.owed.len() < MOST_OWED {
            self.owed.push((name, 1));
        }
    }

    fn write_open(&mut self, name: &str, attributes: &[&str]) {
        self.out.push('<');
        self.out.push_str(name);
        for attribute in attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
        }
        self.out.push('>');
    }

    /// Passes over the content of a raw element, or writes it as it is with `keep`; the place after it.
    fn raw(&mut self, name: &str, from: usize, attributes: &[&str], keep: bool) -> usize {
        let rest = &self.source[from..];
        let close = if self.never_closed.iter().any(|n| n == name) { None } else { find_close(rest, name) };
        let Some(close) = close else {
            self.never_closed.push(name.to_owned());
            // What holds no program is more likely to be left open by mistake.
            return if matches!(name, "script" | "style") { self.source.len() } else { from };
        };
        if keep {
            self.write_open(name, attributes);
            self.out.push_str(&rest[..close]);
            self.out.extend(["</", name, ">"]);
        }
        from + close + after(&rest.as_bytes()[close..], b">")
    }

    fn name_at(&self, at: usize) -> Cow<'s, str> {
        let rest = &self.source[at..];
        let end = rest.bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'<'));
        let name = &rest[..end.unwrap_or(rest.len())];
        if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
    }
}

/// The attributes of the tag whose name ends at `at`: the place after the tag, the attributes as they are written, and
/// whether the tag closes itself.
fn attributes(source: &str, mut at: usize) -> (usize, Vec<&str>, bool) {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut empty = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return (at + 1, found, empty),
            b'/' => {
                empty = bytes.get(at + 1) == Some(&b'>');
                at += 1;
            }
            b if b.is_ascii_whitespace() => at += 1,
            _ => {
                let end = attribute_end(bytes, at);
                let attribute = &source[at..end];
                if found.len() < MOST_ATTRIBUTES && is_worth_keeping(attribute) {
                    found.push(attribute);
                }
                at = end;
            }
        }
    }
    (bytes.len(), found, empty)
}

/// The place after the attribute that begins at `at`.
fn attribute_end(bytes: &[u8], at: usize) -> usize {
    let stops = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'=');
    // A name may begin with the sign of equality, but has another character then.
    let name = at + 1 + bytes[at + 1..].iter().position(|b| stops(b) || *b == b'/').unwrap_or(bytes.len() - at - 1);
    let mut value = name + bytes[name..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    if bytes.get(value) != Some(&b'=') {
        return name;
    }
    value += 1;
    value += bytes[value..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    match bytes.get(value) {
        Some(&quote @ (b'"' | b'\'')) => {
            memchr::memchr(quote, &bytes[value + 1..]).map_or(bytes.len(), |end| value + 1 + end + 1)
        }
        Some(_) => {
            value
                + bytes[value..]
                    .iter()
                    .position(|b| b.is_ascii_whitespace() || *b == b'>')
                    .unwrap_or(bytes.len() - value)
        }
        None => bytes.len(),
    }
}

/// Whether anybody looks at an attribute: handlers of events and drawings in data addresses are left out.
fn is_worth_keeping(attribute: &str) -> bool {
    let long = attribute.len() > 2048 && !starts_with_ignoring_case(attribute.as_bytes(), "content");
    !long && !starts_with_ignoring_case(attribute.as_bytes(), "on")
}

/// How far it is to the end of `sign`; to the end of everything where it does not come.
fn after(bytes: &[u8], sign: &[u8]) -> usize {
    memmem::find(bytes, sign).map_or(bytes.len(), |at| at + sign.len())
}

fn starts_with_ignoring_case(bytes: &[u8], start: &str) -> bool {
    bytes.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

/// Where the closing tag of a raw element begins.
fn find_close(source: &str, name: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    memmem::find_iter(bytes, b"</").find(|&at| {
        let rest = &bytes[at + 2..];
        starts_with_ignoring_case(rest, name) && rest.get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
    })
}
