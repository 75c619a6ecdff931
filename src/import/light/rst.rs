//! reStructuredText (the specification of Docutils), with what Sphinx adds to it.
//!
//! Blocks are told by their first line and by how far they are set in; what is set in is read the same way, without its
//! indentation.

use std::collections::HashMap;

use crate::import::evidence::is_adorned;
use crate::import::flow::compose::Composer;
use crate::import::flow::{Container, Kind, Mark};
use crate::import::tagged::metadata::line as one_line;
use crate::import::warning::Warning;
use crate::text::Text;

use super::inline;
use super::lines::{cut, dedented, indent, marker};
use super::room::Room;
use super::rst_inline::RstSyntax;
use super::{rst_directive, rst_table, tell_included, tell_raw};

/// Blocks are set in within each other this deep; deeper ones are read as lines.
const DEEPEST: usize = 24;

const BULLETS: &[char] = &['*', '-', '+', '•', '‣', '⁃'];

/// Reads a document.
pub(in crate::import) fn read(source: &str, warnings: &mut Vec<Warning>) -> Text {
    let lines: Vec<&str> = source.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    let mut reader = Rst {
        out: Composer::new(),
        syntax: RstSyntax {
            substitutions: substitutions(&lines),
            room: Room::beside(source),
            automatic: std::cell::Cell::new(0),
        },
        adornments: Vec::new(),
        defined: 0,
        included: 0,
        raw: 0,
        begun: false,
    };
    reader.blocks(&lines, 0);
    tell_included(reader.included, warnings);
    tell_raw(reader.raw, warnings);
    reader.syntax.room.tell(warnings);
    reader.out.finish()
}

pub(super) struct Rst {
    pub out: Composer,
    syntax: RstSyntax,
    /// The adornments of titles, the first that came first, and whether they stand above as well.
    adornments: Vec<(char, bool)>,
    /// How many notes with automatic numbers are defined.
    defined: u32,
    pub included: usize,
    /// How many blocks are in the markup of one kind of page.
    pub raw: usize,
    /// Whether anything but titles has come.
    begun: bool,
}

impl Rst {
    /// Reads blocks that stand at the margin.
    pub(super) fn blocks(&mut self, lines: &[&str], depth: usize) {
        if depth > DEEPEST {
            self.paragraph(lines);
            return;
        }
        let mut at = 0;
        while at < lines.len() {
            let rest = &lines[at..];
            if rest[0].trim().is_empty() {
                at += 1;
                continue;
            }
            let used = self.block(rest, depth).max(1);
            self.out.end();
            at += used;
        }
    }

    /// Reads the block that begins with the first of the lines: how many lines it has.
    fn block(&mut self, lines: &[&str], depth: usize) -> usize {
        let line = lines[0];
        if indent(line) > 0 {
            return self.quotation(lines, depth);
        }
        if let Some(used) = self.title(lines, depth) {
            return used;
        }
        if line == ".." || line.starts_with(".. ") {
            // Two dots by themselves end what stands before them.
            let ends = line.len() == 2 && lines.get(1).is_none_or(|l| l.is_empty());
            let used = if ends { 1 } else { 1 + set_in(&lines[1..], 1) };
            self.explicit(&lines[..used], depth);
            return used;
        }
        if line.starts_with("__ ") {
            return 1;
        }
        if line.starts_with(':')
            && let Some(used) = self.fields(lines, depth)
        {
            return used;
        }
        self.begun = true;
        if line == "|" || line.starts_with("| ") {
            return self.line_block(lines);
        }
        if line.starts_with(">>> ") {
            let used = lines.iter().take_while(|l| !l.is_empty()).count();
            self.out.whole(Kind::Code, &lines[..used].join("\n"));
            return used;
        }
        if let Some(used) = rst_table::read(lines, &self.syntax, &mut self.out) {
            return used;
        }
        if let Some((number, _)) = item_marker(lines) {
            return self.list(lines, number, depth);
        }
        if let Some(used) = self.options(lines, depth) {
            return used;
        }
        self.text(lines, depth)
    }

    /// A title with the line under it, and perhaps one above.
    fn title(&mut self, lines: &[&str], depth: usize) -> Option<usize> {
        let line = lines[0];
        let run = |l: &str| {
            let sign = l.chars().next().filter(char::is_ascii_punctuation);
            sign.filter(|s| l.len() >= 2 && l.chars().all(|c| c == *s))
        };
        let next = lines.get(1).copied().unwrap_or("");
        if let Some(sign) = run(line) {
            let under = lines.get(2).copied().unwrap_or("");
            if !next.is_empty() && under == line && next.trim_start().chars().any(char::is_alphanumeric) {
                self.heading(next.trim(), sign, true, depth);
                return Some(3);
            }
            if line.len() >= 4 && next.is_empty() {
                self.out.rule();
                return Some(1);
            }
            return None;
        }
        let sign = run(next).filter(|_| is_adorned(line, next))?;
        self.heading(line.trim(), sign, false, depth);
        Some(2)
    }

    fn heading(&mut self, title: &str, sign: char, above: bool, depth: usize) {
        let known = self.adornments.iter().position(|a| *a == (sign, above));
        let level = known.unwrap_or_else(|| {
            self.adornments.push((sign, above));
            self.adornments.len() - 1
        });
        if depth == 0 {
            self.out.close_to(0);
        }
        self.out.begin(Kind::Heading((level + 1).min(6) as u8));
        self.inline(title);
        self.out.end();
    }

    pub(super) fn inline(&mut self, text: &str) {
        inline::push(text, &self.syntax, &mut self.out, 0);
    }

    /// A paragraph of these lines.
    fn paragraph(&mut self, lines: &[&str]) {
        let joined = lines.iter().map(|l| l.trim()).collect::<Vec<_>>().join("\n");
        self.inline(&joined);
        self.out.end();
    }

    /// A strong paragraph.
    pub(super) fn named(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.out.mark(Mark::Strong);
            self.inline(words.trim());
            self.out.unmark();
            self.out.end();
        }
    }

    fn quotation(&mut self, lines: &[&str], depth: usize) -> usize {
        let used = set_in(lines, 1);
        let inner = dedented(&lines[..used]);
        self.out.open(Container::Quotation);
        self.blocks(&inner, depth + 1);
        self.out.close();
        used
    }

    /// A paragraph, a term with its definition, or words before program text.
    fn text(&mut self, lines: &[&str], depth: usize) -> usize {
        let used = lines.iter().take_while(|l| !l.trim().is_empty() && indent(l) == 0).count().max(1);
        let next = lines.get(used).copied().unwrap_or("");
        let last = lines[used - 1];
        // A term: the line after it is set in.
        if used == 1 && !next.is_empty() && indent(next) > 0 && !last.ends_with("::") {
            return self.definitions(lines, depth);
        }
        let Some(before) = last.strip_suffix("::") else {
            self.paragraph(&lines[..used]);
            return used;
        };
        let literal = set_in(&lines[used..], 1);
        let mut words = lines[..used - 1].to_vec();
        let shown = format!("{before}:");
        match before {
            "" => {}
            _ if before.ends_with(' ') => words.push(before),
            _ => words.push(&shown),
        }
        self.paragraph(&words);
        let mut code = dedented(&lines[used..used + literal]);
        let mut used = used + literal;
        if code.is_empty() {
            // Lines that each begin with the same sign are literal too.
            let from = used + lines[used..].iter().take_while(|l| l.is_empty()).count();
            let sign = lines.get(from).and_then(|l| l.chars().next()).filter(char::is_ascii_punctuation);
            let quoted =
                lines[from.min(lines.len())..].iter().take_while(|l| sign.is_some() && l.chars().next() == sign);
            let count = quoted.count();
            if count > 0 {
                code = lines[from..from + count].to_vec();
                used = from + count;
            }
        }
        self.out.whole(Kind::Code, &code.join("\n"));
        used
    }

    fn definitions(&mut self, lines: &[&str], depth: usize) -> usize {
        self.out.open(Container::List);
        let mut at = 0;
        while at < lines.len() {
            let term = lines[at];
            let next = lines.get(at + 1).copied().unwrap_or("");
            if term.is_empty() {
                at += 1;
                continue;
            }
            let is_term = indent(term) == 0 && indent(next) > 0 && !next.is_empty() && !term.ends_with("::");
            if !is_term || term.starts_with(".. ") || marker(term, BULLETS).is_some() {
                break;
            }
            let used = 1 + set_in(&lines[at + 1..], 1);
            self.out.open(Container::Item(None));
            self.inline(term);
            self.out.end();
            self.blocks(&dedented(&lines[at + 1..at + used]), depth + 1);
            self.out.close();
            at += used;
        }
        self.out.close();
        at
    }

    fn list(&mut self, lines: &[&str], first: Option<u32>, depth: usize) -> usize {
        self.out.open(Container::List);
        let mut at = 0;
        let mut next = first.map(|n| n.max(1));
        while at < lines.len() {
            if lines[at].is_empty() {
                at += 1;
                continue;
            }
            if indent(lines[at]) > 0 {
                break;
            }
            let Some((number, length)) = item_marker(&lines[at..]).filter(|(n, _)| n.is_some() == first.is_some())
            else {
                break;
            };
            let number = number.map(|n| if n == 0 { next.unwrap_or(1) } else { n });
            next = number.map(|n| n.saturating_add(1));
            let used = 1 + set_in(&lines[at + 1..], 1);
            let mut inner = vec![&lines[at][length.min(lines[at].len())..]];
            let by =
                lines[at + 1..at + used].iter().filter(|l| !l.is_empty()).map(|l| indent(l)).min().unwrap_or(length);
            inner.extend(lines[at + 1..at + used].iter().map(|l| cut(l, by.min(length.max(1)))));
            self.out.open(Container::Item(number));
            self.blocks(&inner, depth + 1);
            self.out.close();
            at += used;
        }
        self.out.close();
        at
    }

    /// Fields (`:name: words`): at the beginning of a document they say what it is, elsewhere they are items.
    fn fields(&mut self, lines: &[&str], depth: usize) -> Option<usize> {
        let mut at = 0;
        let head = !self.begun && depth == 0;
        let mut open = false;
        while at < lines.len() {
            let Some((name, words)) = field(lines[at]) else { break };
            let used = 1 + set_in(&lines[at + 1..], 1);
            let mut inner = vec![words];
            inner.extend(dedented(&lines[at + 1..at + used]));
            if head {
                self.about(name, &one_line(&inner.join(" ")));
            } else {
                if !std::mem::replace(&mut open, true) {
                    self.out.open(Container::List);
                }
                self.out.open(Container::Item(None));
                if inner.iter().all(|l| l.is_empty()) {
                    self.named(name);
                } else {
                    self.out.lead(&format!("{name}:"));
                    self.blocks(&inner, depth + 1);
                }
                self.out.close();
            }
            at += used;
            at += lines[at.min(lines.len())..].iter().take_while(|l| l.is_empty()).count();
        }
        if open {
            self.out.close();
        }
        (at > 0).then_some(at)
    }

    fn about(&mut self, name: &str, words: &str) {
        let meta = &mut self.out.meta;
        match name.to_ascii_lowercase().as_str() {
            _ if words.is_empty() => {}
            "author" | "authors" => meta.author = Some(words.to_owned()),
            "date" => meta.date = Some(words.trim_matches('$').trim_start_matches("Date: ").trim().to_owned()),
            "title" if meta.title.is_none() => meta.title = Some(words.to_owned()),
            _ => {}
        }
    }

    /// Options of a program and what they do.
    fn options(&mut self, lines: &[&str], depth: usize) -> Option<usize> {
        let mut at = 0;
        while at < lines.len() {
            if lines[at].is_empty() {
                at += 1;
                continue;
            }
            let Some((option, words)) = option(lines[at]) else { break };
            let used = 1 + set_in(&lines[at + 1..], 1);
            if words.is_empty() && used == 1 {
                break;
            }
            if at == 0 {
                self.out.open(Container::List);
            }
            let mut inner = vec![words];
            inner.extend(dedented(&lines[at + 1..at + used]));
            self.out.open(Container::Item(None));
            self.out.marked(Mark::Code, option);
            self.out.end();
            self.blocks(&inner, depth + 1);
            self.out.close();
            at += used;
        }
        if at > 0 {
            self.out.close();
        }
        (at > 0).then_some(at)
    }

    /// Lines after bars, which stay lines.
    fn line_block(&mut self, lines: &[&str]) -> usize {
        let mut used = 0;
        while used < lines.len() {
            let line = lines[used];
            if let Some(words) = line.strip_prefix('|').filter(|w| w.is_empty() || w.starts_with(' ')) {
                if words.trim().is_empty() {
                    self.out.end();
                } else {
                    self.out.line_break();
                    self.inline(words.trim());
                }
            } else if indent(line) > 0 && !line.is_empty() {
                self.out.space();
                self.inline(line.trim());
            } else {
                break;
            }
            used += 1;
        }
        self.out.end();
        used
    }

    /// What begins with two dots: a note, a target, a directive, or a comment.
    fn explicit(&mut self, lines: &[&str], depth: usize) {
        let first = lines[0][2..].trim_start();
        if let Some((label, words)) = first.strip_prefix('[').and_then(|f| f.split_once(']')) {
            let plain = !label.is_empty() && !label.contains(' ');
            if plain {
                let (name, label) = match label.strip_prefix('#') {
                    Some("") => {
                        self.defined += 1;
                        (format!("#{}", self.defined), self.defined.to_string())
                    }
                    Some(name) => (name.to_owned(), name.to_owned()),
                    None => (label.to_owned(), label.to_owned()),
                };
                let mut inner = vec![words.trim_start()];
                inner.extend(dedented(&lines[1..]));
                self.out.begin_note(&name, &label);
                self.blocks(&inner, depth + 1);
                return self.out.end_note();
            }
        }
        if first.starts_with('_') || first.starts_with('|') {
            return;
        }
        let directive = first.split_once("::").filter(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+'))
        });
        if let Some((name, argument)) = directive {
            rst_directive::read(self, name, argument.trim(), &lines[1..], depth);
        }
    }
}

/// The marker of an item, if what follows does not show that it is the beginning of a sentence.
fn item_marker(lines: &[&str]) -> Option<(Option<u32>, usize)> {
    let line = lines[0];
    let automatic = ["#. ", "#) ", "(#) "].iter().find(|m| line.starts_with(**m)).map(|m| (Some(0), m.len()));
    let (number, length) = automatic.or_else(|| marker(line, BULLETS))?;
    if number.is_some() {
        let next = lines.get(1).copied().unwrap_or("");
        let fits = next.is_empty()
            || indent(next) >= length.min(2)
            || marker(next, BULLETS).is_some()
            || next.starts_with("#.");
        return fits.then_some((number, length));
    }
    Some((number, length))
}

/// How many lines from the first on are empty or set in by so much, without the empty ones at their end.
fn set_in(lines: &[&str], by: usize) -> usize {
    let all = lines.iter().take_while(|l| l.trim().is_empty() || indent(l) >= by).count();
    lines[..all].iter().rposition(|l| !l.trim().is_empty()).map_or(0, |last| last + 1)
}

/// `:name: words`.
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(':')?;
    let (name, words) = rest.split_once(':')?;
    let fits = !name.is_empty()
        && !name.starts_with(' ')
        && !name.contains('`')
        && (words.is_empty() || words.starts_with(' '));
    fits.then_some((name, words.trim_start()))
}

/// `-o, --option=VALUE  words`: the option and the words.
fn option(line: &str) -> Option<(&str, &str)> {
    let starts = line.strip_prefix("--").or_else(|| line.strip_prefix('-')).or_else(|| line.strip_prefix('/'))?;
    if !starts.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let (option, words) = line.split_once("  ").unwrap_or((line, ""));
    let short = option.split([' ', ',']).filter(|w| !w.is_empty()).count() <= 6;
    short.then_some((option, words.trim_start()))
}

/// What `|names|` stand for.
fn substitutions(lines: &[&str]) -> HashMap<String, String> {
    let mut all = HashMap::new();
    for line in lines {
        let definition = line.trim_start().strip_prefix(".. |").and_then(|rest| rest.split_once('|'));
        let Some((name, rest)) = definition else { continue };
        if let Some((kind, words)) = rest.trim_start().split_once("::").filter(|_| all.len() < 2000) {
            let words = match kind {
                "replace" => words.trim().to_owned(),
                "unicode" => unicode(words),
                _ => String::new(),
            };
            all.insert(name.to_lowercase(), words);
        }
    }
    all
}

fn unicode(words: &str) -> String {
    let code = |word: &str| {
        let hex = ["0x", "U+", "\\u", "u"].iter().find_map(|lead| word.strip_prefix(lead))?;
        u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
    };
    words.split_whitespace().take_while(|w| *w != "..").filter(|w| !w.starts_with(':')).filter_map(code).collect()
}
