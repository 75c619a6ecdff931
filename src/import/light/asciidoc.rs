//! AsciiDoc, as Asciidoctor and its predecessors read it.
//!
//! What a document includes is in other files and is not read; conditions are taken to hold.

use std::collections::HashMap;

use crate::import::evidence::is_adorned;
use crate::import::flow::compose::Composer;
use crate::import::flow::{Container, Kind, Mark};
use crate::import::warning::Warning;
use crate::text::Text;
use crate::text::clean::Clean;

use super::asciidoc_inline::AsciiDocSyntax;
use super::asciidoc_lines::{bars, columns, is_delimiter, item, lead, two_lines};
use super::inline;
use super::lines::{LineCursor, dedented, indent};
use super::room::Room;
use super::rst_directive::values;
use super::{cells, tell_included};

/// Blocks stand within each other this deep.
const DEEPEST: usize = 16;

/// A document defines no more names than this.
const MOST_ATTRIBUTES: usize = 1000;

/// Reads a document.
pub(in crate::import) fn read(source: &str, warnings: &mut Vec<Warning>) -> Text {
    let mut lines = LineCursor::of(source);
    let mut reader = Adoc {
        out: Composer::new(),
        syntax: AsciiDocSyntax { attributes: HashMap::new(), room: Room::beside(source) },
        lists: Vec::new(),
        style: Vec::new(),
        depth: 0,
        included: 0,
    };
    reader.head(&mut lines);
    while let Some(line) = lines.next() {
        reader.block(line, &mut lines);
    }
    reader.end_lists();
    tell_included(reader.included, warnings);
    reader.syntax.room.tell(warnings);
    reader.out.finish()
}

struct Adoc {
    out: Composer,
    syntax: AsciiDocSyntax,
    /// The markers of the lists that are open, how many containers are around each, and how many items it has.
    lists: Vec<(String, usize, u32)>,
    /// What stands between brackets before a block: its style, and what belongs to it.
    style: Vec<String>,
    /// How many blocks are open.
    depth: usize,
    included: usize,
}

impl Adoc {
    /// The title, who wrote the document and when.
    fn head(&mut self, lines: &mut LineCursor<'_>) {
        while let Some(line) = lines.peek() {
            if line.is_empty() || line.starts_with("//") || self.attribute(line) {
                lines.next();
                continue;
            }
            let under = lines.ahead(1).unwrap_or("");
            let titled = is_adorned(line, under) && under.starts_with("===") && !line.starts_with(['=', '.', '[']);
            let Some(title) = line.strip_prefix("= ").or_else(|| line.strip_prefix("# ")).or(titled.then_some(line))
            else {
                return;
            };
            lines.next();
            if titled {
                lines.next();
            }
            self.heading(1, title);
            // Lines close to the title say more of the document.
            let mut about = 0;
            while let Some(line) = lines.peek().filter(|l| !l.is_empty()) {
                if !line.starts_with("//") && !self.attribute(line) {
                    let plain = line.starts_with(char::is_alphanumeric);
                    if !plain || about > 1 {
                        break;
                    }
                    self.about(line, about);
                    about += 1;
                }
                lines.next();
            }
            let said = |name: &str| self.syntax.attributes.get(name).filter(|v| !v.is_empty()).cloned();
            let (author, date, language) = (said("author"), said("revdate"), said("lang"));
            let meta = &mut self.out.meta;
            meta.author = meta.author.take().or(author);
            meta.date = meta.date.take().or(date);
            meta.language = language;
            return;
        }
    }

    fn about(&mut self, line: &str, number: usize) {
        let line = Clean::line(line).as_str().trim().to_owned();
        if number == 0 {
            let name = |n: &str| n.split('<').next().unwrap_or("").replace('_', " ").trim().to_owned();
            let names: Vec<String> = line.split("; ").map(name).filter(|n| !n.is_empty()).collect();
            self.out.meta.author = Some(names.join(", "));
        } else {
            let after = line.split_once(',').map_or(line.as_str(), |(_, date)| date);
            self.out.meta.date =
                Some(after.split(':').next().unwrap_or(after).trim().to_owned()).filter(|d| !d.is_empty());
        }
    }

    /// `:name: value`
    fn attribute(&mut self, line: &str) -> bool {
        let Some((name, value)) = line.strip_prefix(':').and_then(|l| l.split_once(':')) else { return false };
        let plain = name.trim_matches('!').chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if name.is_empty() || !plain || !(value.is_empty() || value.starts_with(' ')) {
            return false;
        }
        if self.syntax.attributes.len() < MOST_ATTRIBUTES && value.len() < 2000 {
            let value = self.syntax.replaced(value.trim(), 0);
            self.syntax.attributes.insert(name.to_lowercase(), value);
        }
        true
    }

    fn inline(&mut self, text: &str) {
        inline::push(text, &self.syntax, &mut self.out, 0);
    }

    fn heading(&mut self, level: usize, title: &str) {
        self.end_lists();
        self.out.begin(Kind::Heading(level.clamp(1, 6) as u8));
        self.inline(title.trim().trim_end_matches(" =").trim_end_matches('=').trim());
        self.out.end();
    }

    fn named(&mut self, words: &str) {
        self.out.end();
        self.out.mark(Mark::Strong);
        self.inline(words);
        self.out.unmark();
        self.out.end();
    }

    fn end_lists(&mut self) {
        self.out.end();
        if let Some((_, depth, _)) = self.lists.first() {
            self.out.close_to(*depth);
            self.lists.clear();
        }
    }

    /// Reads the block that begins with a line.
    fn block<'s>(&mut self, line: &'s str, lines: &mut LineCursor<'s>) {
        if line.is_empty() || is_remark(line, lines) || self.attribute(line) {
            return;
        }
        if line == "+" {
            // What follows belongs to the item, once, however often that is said.
            lines.while_(|line| line == "+");
            if let Some(next) = lines.next() {
                let lists = std::mem::take(&mut self.lists);
                self.block(next, lines);
                self.out.end();
                self.lists = lists;
            }
            return;
        }
        if let Some(inner) = line
            .strip_prefix('[')
            .and_then(|l| l.strip_suffix(']'))
            .filter(|_| !line.starts_with("[[") || line.ends_with("]]"))
        {
            if !inner.starts_with('[') {
                self.style = inner.split(',').map(|part| part.trim().trim_matches('"').to_owned()).collect();
            }
            return;
        }
        if line.len() > 1 && line.starts_with('.') && !line.starts_with("..") && !line[1..].starts_with(' ') {
            return self.named(&line[1..]);
        }
        let marks = line.bytes().take_while(|b| *b == b'=').count();
        if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
            self.style.clear();
            return self.heading(marks, &line[marks..]);
        }
        if self.fenced(line, lines) || self.table(line, lines) {
            return self.style.clear();
        }
        if matches!(line, "'''" | "---" | "- - -" | "***" | "* * *") {
            self.end_lists();
            return self.out.rule();
        }
        if line == "<<<" {
            return;
        }
        let under = lines.peek().unwrap_or("");
        if let Some(level) = two_lines(line, under) {
            lines.next();
            self.style.clear();
            return self.heading(level, line);
        }
        if let Some(macro_length) = self.block_macro(line) {
            return self.included += macro_length;
        }
        if self.item(line, lines) {
            return;
        }
        self.paragraph(line, lines);
        self.style.clear();
    }

    /// `image::a.png[words]`, `include::b.adoc[]`: how many other files are included.
    fn block_macro(&mut self, line: &str) -> Option<usize> {
        let (name, rest) = line.split_once("::")?;
        let (target, words) = rest.split_once('[').filter(|_| rest.ends_with(']'))?;
        let words = words.trim_end_matches(']');
        if target.contains(' ') || !name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') || name.is_empty()
        {
            return None;
        }
        match name {
            "include" => return Some(1),
            "image" => {
                let alt = words.split(',').next().unwrap_or("").trim_matches('"');
                self.out.picture(alt.strip_prefix("alt=").unwrap_or(alt), target);
            }
            "toc" | "video" | "audio" => {}
            _ => {
                self.inline(if words.is_empty() { target } else { words });
                self.out.end();
            }
        }
        Some(0)
    }

    /// A block between two lines that are alike.
    fn fenced<'s>(&mut self, line: &'s str, lines: &mut LineCursor<'s>) -> bool {
        let sign = line.chars().next().unwrap_or(' ');
        let fence = match sign {
            '-' if line == "--" => true,
            '-' | '.' | '=' | '*' | '_' | '+' => line.len() >= 4 && line.chars().all(|c| c == sign),
            '`' => line.starts_with("```"),
            _ => false,
        };
        if !fence {
            return false;
        }
        let end = if sign == '`' { "```" } else { line };
        let Some(inner) = lines.until(end, |l| l == end) else {
            // A line that nothing closes divides what is above it from what is below.
            return line.len() >= 4 && sign != '=';
        };
        // To an item it belongs after a `+` only.
        self.end_lists();
        let style = self.style.first().cloned().unwrap_or_default();
        let base = style.split(['#', '.', '%']).next().unwrap_or("").to_lowercase();
        match sign {
            _ if matches!(base.as_str(), "verse") => self.verse(&inner),
            _ if base == "comment" => {}
            '-' if line != "--" => self.code(&inner),
            '.' | '`' => self.code(&inner),
            '-' if matches!(base.as_str(), "source" | "listing" | "literal") => self.code(&inner),
            '+' => {
                if matches!(base.as_str(), "stem" | "latexmath" | "asciimath") {
                    self.code(&inner);
                }
            }
            '_' => self.quoted(&inner),
            _ if base == "quote" => self.quoted(&inner),
            _ => {
                if let Some(lead) = lead(&base) {
                    self.out.lead(&lead);
                }
                self.inner(&inner);
            }
        }
        true
    }

    fn code(&mut self, lines: &[&str]) {
        self.out.whole(Kind::Code, &lines.join("\n"));
    }

    fn inner(&mut self, lines: &[&str]) {
        if self.depth >= DEEPEST {
            self.inline(&lines.join("\n"));
            return self.out.end();
        }
        self.depth += 1;
        let lists = std::mem::take(&mut self.lists);
        self.style.clear();
        let source = lines.join("\n");
        let mut inner = LineCursor::of(&source);
        while let Some(line) = inner.next() {
            self.block(line, &mut inner);
        }
        self.end_lists();
        self.lists = lists;
        self.depth -= 1;
    }

    fn quoted(&mut self, lines: &[&str]) {
        let by: Vec<String> = self.style.iter().skip(1).filter(|s| !s.is_empty()).cloned().collect();
        self.out.open(Container::Quotation);
        self.inner(lines);
        self.attributed(&by);
        self.out.close();
    }

    fn attributed(&mut self, by: &[String]) {
        if !by.is_empty() {
            self.out.push("— ");
            self.inline(&by.join(", "));
            self.out.end();
        }
    }

    fn verse(&mut self, lines: &[&str]) {
        let by: Vec<String> = self.style.iter().skip(1).filter(|s| !s.is_empty()).cloned().collect();
        self.out.end();
        for line in lines {
            if line.is_empty() {
                self.out.end();
                continue;
            }
            self.out.line_break();
            self.inline(line.trim());
        }
        self.out.end();
        self.attributed(&by);
    }

    fn table<'s>(&mut self, line: &'s str, lines: &mut LineCursor<'s>) -> bool {
        let separator = match line.chars().next() {
            Some(c @ ('|' | ',' | ':' | '!')) if line.len() >= 4 && line[1..].bytes().all(|b| b == b'=') => c,
            _ => return false,
        };
        let Some(inner) = lines.until(line, |l| l == line) else { return false };
        let inner: Vec<&str> =
            inner.into_iter().filter(|l| !l.starts_with("//") && !l.starts_with("include::")).collect();
        let csv = separator == ',' || self.style.iter().any(|s| s == "format=csv" || s == "format=\"csv");
        let rows = if csv {
            inner.iter().filter(|l| !l.is_empty()).map(|l| values(l)).collect()
        } else {
            let columns = columns(&self.style);
            bars(&inner, separator, columns)
        };
        self.end_lists();
        self.out.end();
        cells::push(&rows, &self.syntax, &mut self.out);
        true
    }

    /// An item of a list, or a term and its definition.
    fn item<'s>(&mut self, line: &'s str, lines: &mut LineCursor<'s>) -> bool {
        let bare = line.trim_start();
        let Some((key, number, term, words)) = item(bare) else { return false };
        self.out.end();
        match self.lists.iter().position(|(open, ..)| *open == key) {
            Some(at) => {
                self.lists.truncate(at + 1);
                self.out.close_to(self.lists[at].1 + 1);
            }
            None if self.lists.len() < DEEPEST => {
                self.lists.push((key, self.out.depth(), 0));
                self.out.open(Container::List);
            }
            None => {}
        }
        let count = self.lists.last_mut().map_or(1, |(.., count)| {
            *count += 1;
            *count
        });
        let number = number.map(|n| if n == 0 { count } else { n });
        self.out.open(Container::Item(number));
        if let Some(term) = term {
            self.inline(term);
            self.out.end();
        }
        self.style.clear();
        let mut all =
            vec![words.strip_prefix("[ ] ").or_else(|| words.strip_prefix("[x] ")).unwrap_or(words).to_owned()];
        while let Some(next) = lines.peek() {
            let ends = next.is_empty() || next == "+" || item(next.trim_start()).is_some() || is_delimiter(next);
            if ends {
                break;
            }
            lines.next();
            if !is_remark(next, lines) {
                all.push(next.trim_start().to_owned());
            }
        }
        self.broken(&all.join("\n"));
        true
    }

    /// A paragraph with the breaks that are written in it.
    fn broken(&mut self, text: &str) {
        let mut parts = text.split(" +\n").peekable();
        while let Some(part) = parts.next() {
            self.inline(if parts.peek().is_none() { part.strip_suffix(" +").unwrap_or(part) } else { part });
            if parts.peek().is_some() {
                self.out.line_break();
            }
        }
        self.out.end();
    }

    fn paragraph<'s>(&mut self, line: &'s str, lines: &mut LineCursor<'s>) {
        let set_in = indent(line) > 0;
        let base = self.style.first().map(|s| s.to_lowercase()).unwrap_or_default();
        let mut all = vec![line];
        while let Some(next) = lines.peek() {
            if next.is_empty() || next == "+" || is_delimiter(next) {
                break;
            }
            lines.next();
            if !is_remark(next, lines) {
                all.push(next);
            }
        }
        let in_item = !self.lists.is_empty();
        if set_in && !(in_item && base.is_empty() && all.len() < 2) {
            return self.code(&dedented(&all));
        }
        if !set_in {
            self.end_lists();
        }
        match base.as_str() {
            "source" | "listing" | "literal" => return self.code(&all),
            "verse" => return self.verse(&all),
            "quote" => return self.quoted(&all),
            "comment" => return,
            _ => {}
        }
        if let Some(lead) = lead(&base) {
            self.out.lead(&lead);
        }
        let said =
            ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "].iter().find(|word| all[0].starts_with(**word));
        if let Some(said) = said {
            if let Some(lead) = lead(&said[..said.len() - 2].to_lowercase()) {
                self.out.lead(&lead);
            }
            all[0] = &all[0][said.len()..];
        }
        self.broken(&all.join("\n"));
    }
}

/// Comments, conditions, and lines that mean nothing by themselves.
fn is_remark<'s>(line: &'s str, lines: &mut LineCursor<'s>) -> bool {
    if line.starts_with("////") {
        lines.until(line, |l| l == line);
        return true;
    }
    let condition = ["ifdef::", "ifndef::", "endif::", "ifeval::"].iter().any(|c| line.starts_with(c));
    (line.starts_with("//") && !line.starts_with("///")) || condition
}
