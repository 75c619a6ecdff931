//! Org, the outlines of Emacs (its manual, "Document Structure" and "Markup for Rich Contents").
//!
//! Drawers, times of planning, comments and what is meant for one export alone are left out; so are tags, and the words
//! that say how far and how urgent a task is, which is told.

use crate::import::flow::compose::Composer;
use crate::import::flow::{Container, Kind, Mark};
use crate::import::tagged::metadata::language;
use crate::import::warning::Warning;
use crate::text::Text;
use crate::text::clean::Clean;

use super::inline::{self, Sign, Syntax};
use super::lines::{LineCursor, cut, dedented, indent, marker};
use super::{cells, org_macros, tell_included};

/// A drawer that has not ended after this many lines is none.
const LONGEST_DRAWER: usize = 400;

/// A document has no more words that say how far a task is.
const MOST_STATES: usize = 100;

const SIGNS: &[Sign] = &[
    Sign::verbatim("=", Mark::Code),
    Sign::verbatim("~", Mark::Code),
    Sign::around("*", Mark::Strong),
    Sign::around("/", Mark::Emphasis),
    Sign::around("_", Mark::Emphasis),
    Sign::around("+", Mark::Strike),
];

/// Reads an outline.
pub(in crate::import) fn read(source: &str, warnings: &mut Vec<Warning>) -> Text {
    let mut org = Org {
        out: Composer::new(),
        paragraph: String::new(),
        lists: Vec::new(),
        blocks: Vec::new(),
        blanks: 0,
        included: 0,
        states: ["TODO", "DONE"].map(str::to_owned).to_vec(),
        planned: 0,
    };
    let source = org_macros::expanded(source);
    let mut lines = LineCursor::of(&source);
    while let Some(line) = lines.next() {
        org.line(line, &mut lines);
    }
    org.end_lists(0);
    tell_included(org.included, warnings);
    if org.planned > 0 {
        let noun = if org.planned == 1 { "heading" } else { "headings" };
        warnings.push(Warning::left(&format!("dropped the tags and states of tasks of {} {noun}", org.planned)));
    }
    org.out.finish()
}

struct Org {
    out: Composer,
    /// The lines of the paragraph that is gathered.
    paragraph: String,
    /// How far each open list is set in, and how many containers are around it.
    lists: Vec<(usize, usize)>,
    /// The blocks that are open, how many containers and how many lists are around them.
    blocks: Vec<(String, usize, usize)>,
    blanks: usize,
    included: usize,
    /// The words that say how far a task is.
    states: Vec<String>,
    /// Headings that were tasks, or had tags.
    planned: usize,
}

impl Org {
    fn line<'s>(&mut self, line: &'s str, lines: &mut LineCursor<'s>) {
        let bare = line.trim_start();
        if bare.is_empty() {
            self.end_paragraph();
            self.blanks += 1;
            if self.blanks > 1 {
                self.end_lists(0);
            }
            return;
        }
        self.blanks = 0;
        if let Some(rest) = bare.strip_prefix("#+") {
            // A block belongs to an item only where it is set in below it.
            let block = rest.get(..6).is_some_and(|begin| begin.eq_ignore_ascii_case("begin_"));
            if block && self.lists.last().is_some_and(|(at, _)| indent(line) <= *at) {
                self.end_lists(indent(line));
            }
            return self.keyword(rest, lines);
        }
        let stars = line.bytes().take_while(|b| *b == b'*').count();
        if stars > 0 && line[stars..].starts_with(' ') {
            return self.heading(stars, line[stars..].trim(), lines);
        }
        if bare == "#" || bare.starts_with("# ") {
            return self.end_paragraph();
        }
        if is_drawer(bare) && (0..LONGEST_DRAWER).map_while(|n| lines.ahead(n)).any(is_end) {
            self.end_paragraph();
            lines.until(":end:", is_end);
            return;
        }
        if ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"].iter().any(|word| bare.starts_with(word))
            && bare.contains(['<', '['])
        {
            return;
        }
        if let Some((label, rest)) = definition(line) {
            self.end_lists(0);
            return self.note(label, rest, lines);
        }
        if let Some(item) = item(line) {
            return self.item(indent(line), &item);
        }
        let set_in = indent(line);
        if self.lists.last().is_some_and(|(at, _)| set_in <= *at) {
            self.end_paragraph();
            self.end_lists(set_in);
        }
        if bare.starts_with('|') {
            self.end_paragraph();
            let mut rows = vec![line];
            rows.extend(lines.while_(|l| l.trim_start().starts_with('|')));
            let rows: Vec<_> =
                rows.iter().filter(|l| !l.trim_start().starts_with("|-")).map(|l| cells::of_line(l)).collect();
            cells::push(&rows, &OrgSyntax, &mut self.out);
        } else if bare.len() >= 5 && bare.bytes().all(|b| b == b'-') {
            self.end_paragraph();
            self.out.rule();
        } else if bare == ":" || bare.starts_with(": ") {
            self.end_paragraph();
            let fixed = |l: &str| l.trim_start() == ":" || l.trim_start().starts_with(": ");
            let mut code = vec![line];
            code.extend(lines.while_(fixed));
            let code: Vec<&str> = code.iter().map(|l| l.trim_start()[1..].strip_prefix(' ').unwrap_or("")).collect();
            self.out.whole(Kind::Code, &code.join("\n"));
        } else if bare.starts_with("\\begin{") {
            self.environment(bare, lines);
        } else {
            self.gather(bare);
        }
    }

    fn gather(&mut self, line: &str) {
        if !self.paragraph.is_empty() {
            self.paragraph.push(if self.paragraph.ends_with('\u{0}') { ' ' } else { '\n' });
        }
        match line.strip_suffix("\\\\") {
            Some(broken) => {
                self.paragraph.push_str(broken.trim_end());
                self.paragraph.push('\u{0}');
            }
            None => self.paragraph.push_str(line),
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        for (number, line) in paragraph.split('\u{0}').enumerate() {
            if number > 0 {
                self.out.line_break();
            }
            inline::push(line.trim_start(), &OrgSyntax, &mut self.out, 0);
        }
        self.out.end();
    }

    /// Ends the lists that are set in by this much or more.
    fn end_lists(&mut self, set_in: usize) {
        self.end_paragraph();
        let outside = self.blocks.last().map_or(0, |(.., lists)| *lists);
        while self.lists.len() > outside && self.lists.last().is_some_and(|(at, _)| *at >= set_in) {
            if let Some((_, depth)) = self.lists.pop() {
                self.out.close_to(depth);
            }
        }
    }

    fn item(&mut self, set_in: usize, item: &Item<'_>) {
        self.end_paragraph();
        self.end_lists(set_in + 1);
        match self.lists.last() {
            Some((at, depth)) if *at == set_in => self.out.close_to(depth + 1),
            _ => {
                self.lists.push((set_in, self.out.depth()));
                self.out.open(Container::List);
            }
        }
        self.out.open(Container::Item(item.number));
        if let Some(term) = item.term {
            inline::push(term, &OrgSyntax, &mut self.out, 0);
            self.out.end();
        }
        if !item.text.is_empty() {
            self.gather(item.text);
        }
    }

    fn heading<'s>(&mut self, level: usize, title: &'s str, lines: &mut LineCursor<'s>) {
        self.blocks.clear();
        self.lists.clear();
        self.end_paragraph();
        self.out.close_to(0);
        if title == "COMMENT" || title.starts_with("COMMENT ") {
            let same = |l: &str| {
                let stars = l.bytes().take_while(|b| *b == b'*').count();
                (1..=level).contains(&stars) && l[stars..].starts_with(' ')
            };
            lines.while_(|l| !same(l));
            return;
        }
        let bare = self.without_state(without_tags(title));
        self.planned += usize::from(bare.len() < title.trim_end().len());
        self.out.begin(Kind::Heading(level.min(6) as u8));
        inline::push(bare, &OrgSyntax, &mut self.out, 0);
        self.out.end();
    }

    /// The words of a heading without how far its task is, and how urgent.
    fn without_state<'s>(&self, title: &'s str) -> &'s str {
        let mut bare = title;
        if let Some((first, rest)) = bare.split_once(' ')
            && self.states.iter().any(|state| state == first)
        {
            bare = rest.trim_start();
        }
        if let Some((priority, rest)) = bare.strip_prefix("[#").and_then(|rest| rest.split_once(']'))
            && (1..=2).contains(&priority.len())
        {
            bare = rest.trim_start();
        }
        if bare.is_empty() { title } else { bare }
    }

    /// `#+TITLE: words`, or a block that begins or ends.
    fn keyword<'s>(&mut self, rest: &'s str, lines: &mut LineCursor<'s>) {
        let lower = rest.to_ascii_lowercase();
        if let Some(name) = lower.strip_prefix("begin_") {
            let name = name.split_whitespace().next().unwrap_or("").to_owned();
            return self.begin_block(name, lines);
        }
        self.end_paragraph();
        if let Some(name) = lower.strip_prefix("end_") {
            let name = name.trim();
            if let Some(at) = self.blocks.iter().rposition(|(open, ..)| open == name) {
                let (_, depth, count) = self.blocks[at];
                self.blocks.truncate(at);
                self.lists.truncate(count);
                self.out.close_to(depth);
            }
            return;
        }
        let Some((key, value)) = rest.split_once(':') else { return };
        let value = Clean::line(value.trim()).as_str().to_owned();
        let meta = &mut self.out.meta;
        match key.to_ascii_lowercase().as_str() {
            _ if value.is_empty() => {}
            "title" => {
                let title = meta.title.take().map_or(value.clone(), |before| format!("{before} {value}"));
                meta.title = Some(title);
            }
            "author" => meta.author = Some(value),
            "date" => meta.date = Some(value.trim_matches(['<', '>', '[', ']']).to_owned()),
            "language" => meta.language = language(&value),
            "include" => self.included += 1,
            "todo" | "seq_todo" | "typ_todo" => {
                let state = |word: &str| word.split('(').next().unwrap_or("").to_owned();
                let states = value.split_whitespace().filter(|word| *word != "|").map(state);
                self.states.extend(states.take(MOST_STATES.saturating_sub(self.states.len())));
            }
            _ => {}
        }
    }

    fn begin_block(&mut self, name: String, lines: &mut LineCursor<'_>) {
        self.end_paragraph();
        let ends = |line: &str| {
            let end = line.trim_start().strip_prefix("#+").map(str::to_ascii_lowercase);
            end.and_then(|e| e.strip_prefix("end_").map(|e| e.trim() == name)).unwrap_or(false)
        };
        match name.as_str() {
            "src" | "example" | "comment" | "export" | "verse" | "html" | "latex" => {
                let Some(inner) = lines.until(&name, ends) else { return };
                let inner = dedented(&inner);
                match name.as_str() {
                    "src" | "example" => {
                        // A comma before a star or a keyword keeps it from being one.
                        let bare = |l: &&str| {
                            l.strip_prefix(',').filter(|r| r.starts_with(['*', '#', ','])).unwrap_or(l).to_owned()
                        };
                        let code: Vec<String> = inner.iter().map(bare).collect();
                        self.out.whole(Kind::Code, &code.join("\n"));
                    }
                    "verse" => self.verse(&inner),
                    _ => {}
                }
            }
            _ => {
                let (depth, lists) = (self.out.depth(), self.lists.len());
                if name == "quote" {
                    self.out.open(Container::Quotation);
                }
                if self.blocks.len() < 32 {
                    self.blocks.push((name, depth, lists));
                }
            }
        }
    }

    fn verse(&mut self, lines: &[&str]) {
        for line in lines {
            if line.is_empty() {
                self.out.end();
                continue;
            }
            self.out.line_break();
            inline::push(line.trim_start(), &OrgSyntax, &mut self.out, 0);
        }
        self.out.end();
    }

    fn environment<'s>(&mut self, begin: &'s str, lines: &mut LineCursor<'s>) {
        self.end_paragraph();
        let name = begin["\\begin{".len()..].split('}').next().unwrap_or("");
        let end = format!("\\end{{{name}}}");
        let mut code = vec![begin];
        if !begin.contains(&end) {
            match lines.until(&end, |l| l.contains(&end)) {
                Some(inner) => {
                    code.extend(inner);
                    code.push(&end);
                }
                None => return self.gather(begin),
            }
        }
        self.out.whole(Kind::Code, &code.join("\n"));
    }

    /// A note goes on to the next note, the next heading, or two blank lines.
    fn note<'s>(&mut self, label: &str, first: &'s str, lines: &mut LineCursor<'s>) {
        self.out.begin_note(label, label);
        self.gather(first);
        while let Some(line) = lines.peek() {
            let ends = definition(line).is_some() || line.starts_with('*');
            if ends || (line.is_empty() && lines.ahead(1).is_none_or(str::is_empty)) {
                break;
            }
            lines.next();
            if line.is_empty() {
                self.end_paragraph();
            } else {
                self.gather(line.trim_start());
            }
        }
        self.end_paragraph();
        self.out.end_note();
    }
}

fn is_drawer(line: &str) -> bool {
    let name = line.strip_prefix(':').and_then(|l| l.strip_suffix(':'));
    name.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')))
}

fn is_end(line: &str) -> bool {
    line.trim().eq_ignore_ascii_case(":end:")
}

/// `[fn:1] words` at the beginning of a line: the label and the words.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.strip_prefix("[fn:")?.split_once(']')?;
    (!label.is_empty() && !label.contains([':', ' '])).then_some((label, rest.trim_start()))
}

/// A heading without its tags (`:one:two:`).
fn without_tags(title: &str) -> &str {
    let Some((words, last)) = title.rsplit_once([' ', '\t']) else { return title };
    let tags = last.len() > 2 && last.starts_with(':') && last.ends_with(':') && !last.contains("::");
    if tags { words.trim_end() } else { title }
}

struct Item<'s> {
    number: Option<u32>,
    term: Option<&'s str>,
    text: &'s str,
}

/// An item of a list. A star is a bullet only where it is set in.
fn item(line: &str) -> Option<Item<'_>> {
    let bullets: &[char] = if line.starts_with('*') { &['-', '+'] } else { &['-', '+', '*'] };
    let bare = line.trim_start();
    let (number, length) = marker(bare, bullets).filter(|_| !bare.starts_with('('))?;
    let mut text = bare[length..].trim_start();
    if let Some(rest) = text.strip_prefix("[@").and_then(|rest| rest.split_once(']')) {
        text = rest.1.trim_start();
    }
    let term = if number.is_none() { text.split_once(" ::") } else { None };
    match term {
        Some((term, rest)) if rest.is_empty() || rest.starts_with(' ') => {
            Some(Item { number, term: Some(term), text: cut(rest, 400) })
        }
        _ => Some(Item { number, term: None, text }),
    }
}

struct OrgSyntax;

impl Syntax for OrgSyntax {
    fn signs(&self) -> &[Sign] {
        SIGNS
    }

    fn may_begin(&self, first: char, before: Option<char>) -> bool {
        matches!(first, '[' | '<' | '\\' | '@')
            || (matches!(first, 'h' | 'm' | 'f' | 'i') && before.is_none_or(|c| !c.is_alphanumeric()))
    }

    fn construct(&self, text: &str, at: usize, out: &mut Composer, depth: u8) -> Option<usize> {
        let rest = &text[at..];
        if let Some(inner) = rest.strip_prefix("[[") {
            return link(inner, out, depth).map(|length| length + 2);
        }
        if rest.starts_with("[fn:") {
            let inner = inline::bracketed(text, at, '[', ']')?;
            let (label, words) = text[inner.start + 3..inner.end]
                .split_once(':')
                .map_or((&text[inner.start + 3..inner.end], None), |(l, w)| (l, Some(w)));
            match words {
                Some(words) => {
                    out.begin_note_here((!label.is_empty()).then(|| label.to_owned()));
                    inline::push(words.trim(), self, out, depth + 1);
                    out.end_note();
                }
                None => out.cite(label, label),
            }
            return Some(inner.end + 1 - at);
        }
        // A target that links lead to.
        if let Some(inner) = rest.strip_prefix("<<") {
            let end = inline::soon(inner, ">>")?;
            let (name, after) = (&inner[..end], &inner[end + 2..]);
            let radio = name.strip_prefix('<');
            out.push(radio.unwrap_or(""));
            let more = usize::from(radio.is_some() && after.starts_with('>'));
            return (!name.contains('\n')).then_some(name.len() + 4 + more);
        }
        if let Some(inner) = rest.strip_prefix("@@") {
            return inline::soon(inner, "@@").filter(|end| inner[..*end].contains(':')).map(|end| end + 4);
        }
        if let Some(rest) = rest.strip_prefix('\\') {
            let name: String = rest.chars().take_while(char::is_ascii_alphabetic).take(20).collect();
            let letters = crate::import::xml::named(&name).filter(|_| !name.is_empty())?;
            out.push(&letters);
            let braces = if rest[name.len()..].starts_with("{}") { 2 } else { 0 };
            return Some(1 + name.len() + braces);
        }
        let length = inline::address(rest)?;
        out.marked(Mark::Link(rest[..length].to_owned()), &rest[..length]);
        Some(length)
    }
}

/// `[[address][words]]` after its first brackets: how long it is.
fn link(inner: &str, out: &mut Composer, depth: u8) -> Option<usize> {
    let end = inline::soon(inner, "]")?;
    let (address, rest) = (&inner[..end], &inner[end + 1..]);
    let (words, length) = match rest.strip_prefix('[') {
        Some(words) => {
            let end = inline::soon(words, "]]")?;
            (&words[..end], address.len() + 2 + end + 2)
        }
        None if rest.starts_with(']') => ("", address.len() + 2),
        None => return None,
    };
    let far = address.contains("://") || address.starts_with("mailto:");
    let shown = if words.is_empty() { address } else { words };
    let picture =
        [".png", ".jpg", ".jpeg", ".gif", ".svg"].iter().any(|end| address.to_ascii_lowercase().ends_with(end));
    if picture && words.is_empty() {
        return Some(length);
    }
    if far {
        out.mark(Mark::Link(address.to_owned()));
    }
    if words.is_empty() {
        out.push(shown);
    } else {
        inline::push(shown, &OrgSyntax, out, depth + 1);
    }
    if far {
        out.unmark();
    }
    Some(length)
}
