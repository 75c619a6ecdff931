//! Muse, as Emacs has it and as the libraries of texts on the web keep it.

use crate::import::flow::compose::Composer;
use crate::import::flow::{Container, Kind, Mark};
use crate::import::tagged::metadata::language;
use crate::text::Text;
use crate::text::clean::Clean;

use super::cells;
use super::inline::{self, Sign, Syntax};
use super::lines::{LineCursor, dedented, indent, marker};

const SIGNS: &[Sign] = &[
    Sign::verbatim("=", Mark::Code),
    Sign::around("***", Mark::Strong),
    Sign::around("**", Mark::Strong),
    Sign::around("*", Mark::Emphasis),
    Sign::around("_", Mark::Emphasis),
];

/// Reads a text.
pub(in crate::import) fn read(source: &str) -> Text {
    let mut muse =
        Muse { out: Composer::new(), paragraph: Vec::new(), lists: Vec::new(), blocks: Vec::new(), begun: false };
    let mut lines = LineCursor::of(source);
    while let Some(line) = lines.next() {
        muse.line(line, &mut lines);
    }
    muse.end_lists(0);
    muse.out.finish()
}

struct Muse<'s> {
    out: Composer,
    paragraph: Vec<&'s str>,
    /// How far each open list is set in, and how many containers are around it.
    lists: Vec<(usize, usize)>,
    blocks: Vec<(&'static str, usize)>,
    /// Whether the head of the file is over.
    begun: bool,
}

impl<'s> Muse<'s> {
    fn line(&mut self, line: &'s str, lines: &mut LineCursor<'s>) {
        let bare = line.trim_start();
        if bare.is_empty() {
            return self.end_paragraph();
        }
        if !self.begun {
            if self.head(line) {
                return;
            }
            self.begun = true;
        }
        if line.starts_with("; ") {
            return;
        }
        let stars = line.bytes().take_while(|b| *b == b'*').count();
        if (1..=5).contains(&stars) && line[stars..].starts_with(' ') {
            self.end_lists(0);
            self.out.begin(Kind::Heading(stars as u8));
            inline::push(line[stars..].trim(), &MuseSyntax, &mut self.out, 0);
            return self.out.end();
        }
        if let Some((label, words)) = note(line) {
            self.end_lists(0);
            return self.note(label, words, lines);
        }
        if bare.starts_with('<') && self.block(bare, indent(line), lines) {
            return;
        }
        if let Some(first) = bare.strip_prefix("> ").filter(|_| self.paragraph.is_empty()) {
            self.end_paragraph();
            let mut verse = vec![first];
            verse.extend(
                lines
                    .while_(|l| l.trim_start().starts_with('>'))
                    .iter()
                    .map(|l| l.trim_start()[1..].trim_start_matches(' ')),
            );
            return self.verse(&verse);
        }
        if bare.len() >= 4 && bare.bytes().all(|b| b == b'-') {
            self.end_lists(0);
            return self.out.rule();
        }
        let set_in = indent(line);
        if set_in > 0
            && (self.paragraph.is_empty() || !self.lists.is_empty())
            && let Some((number, length)) = marker(bare, &['-'])
        {
            return self.item(set_in, number, &bare[length..]);
        }
        if self.paragraph.is_empty() && (bare.starts_with('|') || bare.contains(" | ")) && set_in > 0 {
            let mut rows = vec![line];
            rows.extend(lines.while_(|l| l.contains('|')));
            let rows: Vec<_> = rows
                .iter()
                .filter(|l| !l.trim().bytes().all(|b| matches!(b, b'|' | b'-' | b'+' | b' ')))
                .map(|l| cells::of_line(&l.replace("||", "|")))
                .collect();
            return cells::push(&rows, &MuseSyntax, &mut self.out);
        }
        if self.paragraph.is_empty() {
            self.begin_paragraph(set_in, bare);
        }
        self.paragraph.push(bare);
    }

    /// A line of the head: `#title Words`.
    fn head(&mut self, line: &str) -> bool {
        let Some((key, value)) = line.strip_prefix('#').and_then(|l| l.split_once(char::is_whitespace)) else {
            return line.starts_with('#') && !line.contains(' ');
        };
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return false;
        }
        let value = Clean::line(value.trim()).as_str().to_owned();
        let meta = &mut self.out.meta;
        match key.to_ascii_lowercase().as_str() {
            _ if value.is_empty() => {}
            "title" => meta.title = Some(value),
            "author" => meta.author = Some(value),
            "date" => meta.date = Some(value),
            "source" => meta.sources.push(value),
            "lang" => meta.language = language(&value),
            _ => {}
        }
        true
    }

    /// A paragraph that is set in from the margin is a quotation; one that goes on with an item is the item's.
    fn begin_paragraph(&mut self, set_in: usize, _: &str) {
        let inner = self.lists.last().is_some_and(|(at, _)| set_in > *at);
        if !inner {
            self.end_lists(0);
            if (2..6).contains(&set_in) && self.blocks.is_empty() {
                self.out.open(Container::Quotation);
                self.blocks.push(("", self.out.depth() - 1));
            }
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph).join("\n");
        for (number, line) in paragraph.split("<br>").enumerate() {
            if number > 0 {
                self.out.line_break();
            }
            inline::push(line.trim_start(), &MuseSyntax, &mut self.out, 0);
        }
        self.out.end();
        if self.blocks.last().is_some_and(|(name, _)| name.is_empty()) {
            self.end_block("");
        }
    }

    fn end_lists(&mut self, set_in: usize) {
        self.end_paragraph();
        while self.lists.last().is_some_and(|(at, _)| *at >= set_in) {
            if let Some((_, depth)) = self.lists.pop() {
                self.out.close_to(depth);
            }
        }
    }

    fn item(&mut self, set_in: usize, number: Option<u32>, text: &'s str) {
        self.end_lists(set_in + 1);
        match self.lists.last() {
            Some((at, depth)) if *at == set_in => self.out.close_to(depth + 1),
            _ => {
                self.lists.push((set_in, self.out.depth()));
                self.out.open(Container::List);
            }
        }
        self.out.open(Container::Item(number));
        match text.split_once(" :: ") {
            Some((term, rest)) if number.is_none() => {
                inline::push(term, &MuseSyntax, &mut self.out, 0);
                self.out.end();
                self.paragraph.push(rest);
            }
            _ => self.paragraph.push(text),
        }
    }

    fn verse(&mut self, lines: &[&str]) {
        for line in lines {
            if line.trim().is_empty() {
                self.out.end();
                continue;
            }
            self.out.line_break();
            inline::push(line.trim(), &MuseSyntax, &mut self.out, 0);
        }
        self.out.end();
    }

    /// A tag that stands for a block; whether it is one.
    fn block(&mut self, line: &'s str, set_in: usize, lines: &mut LineCursor<'s>) -> bool {
        let (name, rest) = line[1..].split_once('>').unwrap_or(("", ""));
        let name = name.split_whitespace().next().unwrap_or("");
        match name {
            "quote" => {
                self.end_lists(0);
                if self.blocks.len() < 12 {
                    self.blocks.push(("quote", self.out.depth()));
                    self.out.open(Container::Quotation);
                }
            }
            "/quote" => {
                self.end_lists(0);
                self.end_block("quote");
            }
            "center" | "/center" | "right" | "/right" | "biblio" | "/biblio" | "play" | "/play" | "contents" => {
                self.end_lists(0);
            }
            "example" | "src" | "verse" | "poem" | "literal" | "comment" => {
                let end = format!("</{name}>");
                if let Some((inner, _)) = rest.split_once(&end) {
                    self.end_lists(set_in);
                    self.whole(name, &[inner]);
                    return true;
                }
                let Some(inner) = lines.until(&end, |l| l.contains(&end)) else { return false };
                self.end_lists(set_in);
                let mut all = if rest.is_empty() { Vec::new() } else { vec![rest] };
                all.extend(inner);
                self.whole(name, &dedented(&all));
                return true;
            }
            _ => return false,
        }
        if !rest.trim().is_empty() {
            // What stands on the line of the tag belongs to the block.
            let closer = rest.rfind("</").filter(|at| rest[*at..].ends_with('>'));
            self.paragraph.push(&rest[..closer.unwrap_or(rest.len())]);
            if closer.is_some() {
                self.end_paragraph();
                self.end_block("quote");
            }
        }
        true
    }

    fn whole(&mut self, name: &str, lines: &[&str]) {
        match name {
            "verse" | "poem" => {
                let lines: Vec<&str> = lines.iter().map(|l| l.trim_start_matches(['>', ' '])).collect();
                self.verse(&lines);
            }
            "example" | "src" => self.out.whole(Kind::Code, &lines.join("\n")),
            _ => {}
        }
    }

    fn end_block(&mut self, name: &str) {
        if let Some(at) = self.blocks.iter().rposition(|(open, _)| *open == name) {
            self.out.close_to(self.blocks[at].1);
            self.blocks.truncate(at);
        }
    }

    /// A note goes on in the lines that are set in after it.
    fn note(&mut self, label: &str, words: &'s str, lines: &mut LineCursor<'s>) {
        self.out.begin_note(label, label);
        self.paragraph.push(words);
        while let Some(line) = lines.peek() {
            let goes_on = !line.is_empty() && note(line).is_none() && !line.starts_with("* ");
            let set_in = line.is_empty() && lines.ahead(1).is_some_and(|l| indent(l) > 0 && !l.is_empty());
            if !goes_on && !set_in {
                break;
            }
            lines.next();
            if line.is_empty() {
                self.end_paragraph();
            } else {
                self.paragraph.push(line.trim_start());
            }
        }
        self.end_paragraph();
        self.out.end_note();
    }
}

/// `[1] words` at the beginning of a line.
fn note(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.strip_prefix('[')?.split_once(']')?;
    let rest = rest.strip_prefix(' ')?;
    is_label(label).then_some((label, rest))
}

fn is_label(label: &str) -> bool {
    (1..=4).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit())
}

struct MuseSyntax;

impl Syntax for MuseSyntax {
    fn signs(&self) -> &[Sign] {
        SIGNS
    }

    fn may_begin(&self, first: char, before: Option<char>) -> bool {
        matches!(first, '[' | '<') || (matches!(first, 'h' | 'm') && before.is_none_or(|c| !c.is_alphanumeric()))
    }

    fn construct(&self, text: &str, at: usize, out: &mut Composer, depth: u8) -> Option<usize> {
        let rest = &text[at..];
        if let Some(inner) = rest.strip_prefix("[[") {
            let end = inline::soon(inner, "]]")?;
            let (address, words) = inner[..end].split_once("][").unwrap_or((&inner[..end], ""));
            let picture = [".png", ".jpg", ".jpeg", ".gif", ".svg"].iter().any(|e| address.contains(e));
            let far = address.contains("://") || address.starts_with("mailto:");
            if !(picture && words.is_empty()) {
                let shown = if words.is_empty() { address } else { words };
                if far {
                    out.mark(Mark::Link(address.to_owned()));
                }
                if words.is_empty() {
                    out.push(shown);
                } else {
                    inline::push(shown, self, out, depth + 1);
                }
                if far {
                    out.unmark();
                }
            }
            return Some(end + 4);
        }
        if let Some(inner) = rest.strip_prefix('[') {
            let label = inline::soon(inner, "]").map(|end| &inner[..end]).filter(|label| is_label(label))?;
            out.cite(label, label);
            return Some(label.len() + 2);
        }
        if rest.starts_with('<') {
            return tag(rest, self, out, depth);
        }
        let length = inline::address(rest)?;
        out.marked(Mark::Link(rest[..length].to_owned()), &rest[..length]);
        Some(length)
    }
}

/// A tag within a line: how long it is.
fn tag(rest: &str, syntax: &MuseSyntax, out: &mut Composer, depth: u8) -> Option<usize> {
    let end = inline::soon(&rest[1..], ">")?;
    let (name, after) = (&rest[1..=end], &rest[end + 2..]);
    let mark = match name {
        "em" => Some(Mark::Emphasis),
        "strong" => Some(Mark::Strong),
        "code" | "verbatim" => Some(Mark::Code),
        "del" => Some(Mark::Strike),
        "sup" => Some(Mark::Raised),
        "sub" => Some(Mark::Lowered),
        _ => None,
    };
    if name == "br" || name == "br/" {
        out.line_break();
        return Some(name.len() + 2);
    }
    let end = format!("</{name}>");
    let inner = mark.as_ref().and_then(|_| inline::soon(after, &end)).map(|at| &after[..at])?;
    match mark {
        Some(Mark::Code) if name == "verbatim" => out.push(inner),
        Some(Mark::Code) => out.marked(Mark::Code, inner),
        Some(mark) => {
            out.mark(mark);
            inline::push(inner, syntax, out, depth + 1);
            out.unmark();
        }
        None => {}
    }
    Some(name.len() + 2 + inner.len() + end.len())
}
