//! LaTeX, at the level of the text: sections, lists, quotations, notes, emphasis, tables; mathematics as it is written.
//!
//! A document's own commands are taken for what they stand for, within limits. What arranges a page is passed over, and
//! of a command that nobody knows the letters in its braces are read.

mod commands;
mod environments;
mod letters;
mod numbers;
mod references;
mod scan;
mod unknown;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::text::Text;

use super::flow::compose::Composer;
use super::flow::{Kind, Mark};
use super::warning::Warning;

use self::references::References;
use self::scan::Scanner;

/// What is read within what is read: the arguments of arguments, and what commands stand for.
const DEEPEST: usize = 48;

/// Groups and environments nest this deep; the braces of deeper ones are passed over.
const MOST_OPEN: usize = 400;

/// A document defines no more commands than this.
const MOST_MACROS: usize = 2000;

/// So far before a command its line is looked through for a comment.
const LONGEST_LINE: usize = 1000;

/// A longer title is no name by which a place is told, nor is a longer label one of a work or a formula.
const LONGEST_TITLE: usize = 400;
const LONGEST_LABEL: usize = 100;

/// Divisions, from the greatest to the least.
const DIVISIONS: &[&str] = &["part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"];

/// Reads a document.
pub(super) fn read(source: &str, warnings: &mut Vec<Warning>) -> Text {
    let greatest = DIVISIONS.iter().position(|name| has_command(source, name)).unwrap_or(0);
    let mut tex = Tex {
        out: Composer::new(),
        macros: HashMap::new(),
        open: Vec::new(),
        greatest,
        budget: source.len() * 4 + (1 << 16),
        included: 0,
        notes: 0,
        theorems: HashMap::new(),
        unknown: Vec::new(),
        labels: References::of(source),
        lost: Vec::new(),
        quiet: false,
        full: false,
    };
    if let Some((at, end)) = body(source) {
        // The preamble says what commands are and what the document is, and nothing to read.
        tex.quiet = true;
        tex.run(source[..at].trim_end_matches("\\begin{document}"), 0);
        tex.quiet = false;
        tex.open.clear();
        tex.out.end();
        tex.run(&source[at..end], 0);
    } else {
        tex.run(source, 0);
    }
    if tex.included > 0 {
        let files = if tex.included == 1 { "1 other file, which was" } else { "other files, which were" };
        warnings.push(Warning::fault(&format!("the document takes in {files} not read: import it together with them")));
    }
    tex.tell_unknown(warnings);
    tex.tell_lost(warnings);
    if tex.full {
        warnings.push(Warning::fault(
            "the document's own commands stand for far more letters than it has: what some stand for is left out",
        ));
    }
    tex.leave(0);
    tex.out.finish()
}

/// Where the body of a document begins and ends: what stands as it is, comments and examples may speak of both. A part of a
/// document, which does not say its class, has a body of its own only where nothing stands around that.
fn body(source: &str) -> Option<(usize, usize)> {
    let mut at = Scanner::new(source);
    let (mut begin, mut end) = (None, None);
    let (mut whole, mut depth) = (false, 0i32);
    while let Some(c) = at.next() {
        match c {
            '%' => at.skip_comment(),
            '\\' => {
                let before = source.len() - at.rest().len() - 1;
                match at.name() {
                    "documentclass" | "documentstyle" => whole = true,
                    name if DIVISIONS.contains(&name) && begin.is_none() && !whole => return None,
                    "verb" | "lstinline" => {
                        let mut inner = at.clone();
                        if commands::as_it_stands(&mut inner).is_some_and(|code| !code.contains('\n')) {
                            at = inner;
                        }
                    }
                    "begin" => match at.argument() {
                        Some("document") if whole || depth <= 0 => {
                            begin = begin.or(Some(source.len() - at.rest().len()));
                        }
                        Some(name) if environments::CODE.contains(&name) || environments::SILENT.contains(&name) => {
                            at.until(&format!("\\end{{{name}}}"));
                        }
                        _ => depth += 1,
                    },
                    "end" => match at.argument() {
                        Some("document") if begin.is_some() => end = Some(before),
                        _ => depth -= 1,
                    },
                    _ => {}
                }
            }
            _ => {}
        }
    }
    begin.map(|begin| (begin, end.filter(|end| *end >= begin).unwrap_or(source.len())))
}

fn has_command(source: &str, name: &str) -> bool {
    let command = format!("\\{name}");
    memchr::memmem::find_iter(source.as_bytes(), command.as_bytes()).any(|at| {
        let after = source.as_bytes().get(at + command.len());
        let near = &source[source.floor_char_boundary(at.saturating_sub(LONGEST_LINE))..at];
        let comment = near.rfind('\n').map_or(near, |line| &near[line..]).contains('%');
        !comment && after.is_some_and(|b| matches!(b, b'{' | b'*' | b'[' | b' ' | b'\n'))
    })
}

/// A command that the document defines.
#[derive(Debug, Clone)]
struct Macro {
    arguments: usize,
    /// What its first argument is where it is left out.
    default: Option<String>,
    body: String,
}

/// A group or an environment that is open.
#[derive(Debug)]
struct Open {
    /// The name of the environment; nothing of a group.
    name: String,
    /// How many marks were opened in it.
    marks: usize,
    /// How many containers were open before.
    depth: usize,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Group,
    Plain,
    Lines,
    /// A list: the number of its next item, where it is numbered.
    List(Option<u32>),
    Table,
}

struct Tex {
    out: Composer,
    labels: References,
    /// References to what has no number here.
    lost: Vec<String>,
    macros: HashMap<String, Rc<Macro>>,
    open: Vec<Open>,
    /// The greatest division that the document has.
    greatest: usize,
    /// How many bytes may still be read, whatever commands stand for.
    budget: usize,
    included: usize,
    notes: usize,
    /// Environments of the document's own, each with the title that it begins with.
    theorems: HashMap<String, String>,
    /// Commands within sentences that nobody knows, and how often each comes.
    unknown: Vec<(String, usize)>,
    /// Nothing of what is read is text.
    quiet: bool,
    /// What commands stand for has no room left.
    full: bool,
}

impl Tex {
    /// Reads a stretch of source.
    fn run(&mut self, source: &str, depth: usize) {
        if depth > DEEPEST || source.len() > self.budget {
            return;
        }
        self.budget -= source.len();
        let outside = self.open.len();
        let mut at = Scanner::new(source);
        while let Some(c) = at.peek() {
            match c {
                '\\' => self.command(&mut at, depth),
                '%' => at.skip_comment(),
                '{' => {
                    at.next();
                    self.enter(String::new(), What::Group);
                }
                '}' => {
                    at.next();
                    if self.open.len() > outside && self.open.last().is_some_and(|o| o.what == What::Group) {
                        self.leave(self.open.len() - 1);
                    }
                }
                '$' => self.math(&mut at),
                '&' => {
                    at.next();
                    if self.in_table() {
                        self.out.cell();
                    } else if !self.quiet {
                        self.out.space();
                    }
                }
                '\n' if at.at_empty_line() => {
                    at.skip_white();
                    self.end_paragraph();
                }
                _ => self.letters(&mut at),
            }
        }
        self.leave(outside);
    }

    fn letters(&mut self, at: &mut Scanner<'_>) {
        let letters = letters::plain(at);
        if !self.quiet {
            self.out.push(&letters);
        }
    }

    fn push(&mut self, letters: &str) {
        if !self.quiet {
            self.out.push(letters);
        }
    }

    /// Adds letters that a short command stands for, as long as there is room for such.
    fn say(&mut self, letters: &str) {
        match self.budget.checked_sub(letters.len()) {
            Some(left) => {
                self.budget = left;
                self.push(letters);
            }
            None => self.full = true,
        }
    }

    fn end_paragraph(&mut self) {
        if self.out.in_table() {
            self.out.space();
        } else {
            self.out.end();
        }
    }

    fn enter(&mut self, name: String, what: What) {
        if self.open.len() < MOST_OPEN {
            self.open.push(Open { name, marks: 0, depth: self.out.depth(), what });
        }
    }

    /// Leaves what is open until so much is.
    fn leave(&mut self, outside: usize) {
        while self.open.len() > outside {
            let Some(open) = self.open.pop() else { return };
            (0..open.marks).for_each(|_| self.out.unmark());
            match open.what {
                What::Group => continue,
                What::Table => self.out.end_table(),
                What::Plain | What::Lines | What::List(_) => self.out.end(),
            }
            self.out.close_to(open.depth);
        }
    }

    /// Opens a mark that holds until the group ends.
    fn declare(&mut self, mark: Mark) {
        if let Some(open) = self.open.last_mut().filter(|_| !self.quiet && !self.out.in_leaf()) {
            open.marks += 1;
            self.out.mark(mark);
        }
    }

    fn in_table(&self) -> bool {
        self.out.in_table()
            && self.open.iter().rev().find(|o| o.what != What::Group).is_some_and(|o| o.what == What::Table)
    }

    /// Reads an argument whose letters are marked.
    fn marked(&mut self, mark: Option<Mark>, argument: &str, depth: usize) {
        match mark.filter(|_| !self.quiet) {
            Some(mark) => {
                self.out.mark(mark);
                self.run(argument, depth + 1);
                self.out.unmark();
            }
            None => self.run(argument, depth + 1),
        }
    }

    fn heading(&mut self, division: usize, title: &str, depth: usize) {
        let level = (division + 1).saturating_sub(self.greatest).clamp(1, 6) as u8;
        self.out.begin(Kind::Heading(level));
        if let Some(number) = self.labels.headings.take(title).filter(|_| !self.quiet) {
            self.push(&format!("{number} "));
        }
        self.run(title, depth + 1);
        self.out.end();
    }

    /// The letters of an argument, as one line.
    fn line(&mut self, argument: &str, depth: usize) -> String {
        let before = std::mem::replace(&mut self.out, Composer::new());
        let open = std::mem::take(&mut self.open);
        let quiet = std::mem::replace(&mut self.quiet, false);
        self.run(argument, depth + 1);
        self.leave(0);
        self.quiet = quiet;
        self.open = open;
        let text = std::mem::replace(&mut self.out, before).finish();
        let first =
            text.notes().iter().filter_map(|n| text.blocks().get(n.blocks.start)).map(|b| b.range().start).min();
        let string = &text.string()[..first.unwrap_or(text.string().len())];
        string.replace('\t', " ").lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Mathematics between dollars, as it is written.
    fn math(&mut self, at: &mut Scanner<'_>) {
        let display = at.rest().starts_with("$$");
        let sign = if display { "$$" } else { "$" };
        at.skip(sign.len());
        let Some(inner) = at.until_unescaped(sign) else {
            self.push(sign);
            return;
        };
        if display {
            self.display(inner);
        } else if !self.quiet {
            self.out.push(&format!("${inner}$"));
        }
    }

    /// Mathematics on lines of its own.
    fn display(&mut self, source: &str) {
        let source = self.with_numbers(source.trim_matches(['\n', ' ']));
        let source = source.trim_end();
        if self.quiet || source.is_empty() {
            return;
        }
        if self.out.in_table() || self.out.in_leaf() {
            self.out.push(&format!("${source}$"));
        } else {
            self.out.whole(Kind::Code, source);
        }
    }

    /// A formula with the numbers that other places refer to, in place of their names.
    fn with_numbers(&self, formula: &str) -> String {
        let tagged = formula.split("\\tag").skip(1).map(|rest| rest.strip_prefix('*').unwrap_or(rest));
        let tags: HashSet<&str> =
            tagged.filter_map(|rest| rest.strip_prefix('{')?.split_once('}')).map(|(tag, _)| tag).collect();
        let has = |number: &str| tags.contains(number);
        let mut out = String::with_capacity(formula.len());
        let mut source = formula;
        while let Some((before, after)) = source.split_once("\\label{") {
            let (label, rest) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(before);
            if let Some(target) = self.labels.get(label).filter(|t| t.kind == "equation" && !has(&t.number)) {
                out.push_str(&format!("\\tag{{{}}}", target.number));
            }
            source = rest;
        }
        out.push_str(source);
        out
    }
}
