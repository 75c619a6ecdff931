//! Repair of debris: what scraping, printing to PDF and copying from it have done to a text, undone as far as the text
//! itself proves it. Each step is a file and tells what it did; what is not proved is left.

mod booklet;
mod columns;
mod comments;
mod contents;
pub(super) mod furniture;
pub(super) mod gutenberg;
mod gutter;
mod hyphens;
mod join;
mod lost_pages;
pub(super) mod page_notes;
mod printed_notes;
pub(super) mod settled;
mod site;
mod spaces;
pub(super) mod words;

use super::error::ImportError;
use super::lines::Lines;
use super::lines::draft::Draft;
use super::lines::edit::Edits;
use super::lines::measure::Measure;
use super::pages::PageOrder;
use super::warning::Warning;
use crate::text::meta::Meta;

use self::page_notes::PageNote;

/// The steps, and what each has done.
#[derive(Debug, Default)]
pub(super) struct Repair<'a> {
    on: bool,
    /// The order of the pages that the reader has set.
    order: Option<&'a PageOrder>,
    /// Whether the file itself settles that its pages are in order.
    settled: bool,
    said: Vec<Warning>,
    /// The lines that end entries of lists of contents.
    contents: Vec<usize>,
    /// Notes found at the ends of pages; they stand at the end of the lines now.
    pub page_notes: Vec<PageNote>,
}

impl<'a> Repair<'a> {
    /// Steps that do nothing unless `on`; but for an `order` of the pages, which is kept to.
    pub(super) fn new(on: bool, order: Option<&'a PageOrder>) -> Self {
        Self { on, order, ..Self::default() }
    }

    /// Whether they do anything.
    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    /// To be told where the file itself settles that its pages are in order.
    pub(super) fn settle_order(&mut self) {
        self.settled = true;
    }

    /// What a library has put before and after a book.
    pub(super) fn library(&mut self, lines: &mut Lines<'_>, meta: &mut Meta) {
        if self.on {
            let dropped = gutenberg::strip(lines, meta);
            self.say(
                dropped,
                "dropped",
                "line of Project Gutenberg's",
                "lines of Project Gutenberg's header and licence",
            );
        }
    }

    /// What pages have left in a text: running heads, numbers, columns, notes, and the order of the pages.
    pub(super) fn pages(&mut self, lines: &mut Lines<'_>) -> Result<(), ImportError> {
        if !self.on {
            return self.set_order(lines);
        }
        if lines.print.is_some() {
            self.printed_pages(lines);
            return Ok(());
        }
        let proved = lost_pages::mark(lines);
        self.settled |= furniture::counts_up(lines);
        let dropped = furniture::drop_furniture(lines, &proved);
        self.say(dropped.heads, "dropped", "running head", "running heads");
        self.say(dropped.numbers, "dropped", "page number", "page numbers");
        let split = gutter::split(lines);
        self.say(split, "read", "page as two columns", "pages as two columns");
        let (notes, rows) = page_notes::take(lines);
        self.page_notes = notes;
        self.count_notes();
        if self.order.is_some() {
            self.set_order(lines)?;
        } else if !proved.is_empty() {
            // Where heads had to tell the pages, these are no ground for moving anything.
            page_notes::number(&mut self.page_notes, rows, lines);
            return Ok(());
        } else if !self.settled {
            self.said.extend(booklet::put_in_order(lines));
        }
        let moved = columns::put_in_order(lines);
        self.say(
            moved,
            "put",
            "page's columns in the order its sentences show",
            "pages' columns in the order their sentences show",
        );
        page_notes::number(&mut self.page_notes, rows, lines);
        Ok(())
    }

    /// What is left to do where pages show their columns and their edges: notes, and the order of the pages.
    fn printed_pages(&mut self, lines: &mut Lines<'_>) {
        let (notes, rows) = printed_notes::take(lines);
        self.page_notes = notes;
        self.count_notes();
        if !self.settled {
            self.said.extend(booklet::put_in_order(lines));
        }
        page_notes::number(&mut self.page_notes, rows, lines);
    }

    fn count_notes(&mut self) {
        self.say(
            self.page_notes.len(),
            "took",
            "footnote from the end of its page",
            "footnotes from the ends of their pages",
        );
    }

    /// The pages as the reader wants them. They are numbered as where the order is found: after columns were cut.
    fn set_order(&mut self, lines: &mut Lines<'_>) -> Result<(), ImportError> {
        let Some(order) = self.order else { return Ok(()) };
        let left_out = booklet::set_order(lines, order)?;
        self.left_out(&left_out, order);
        Ok(())
    }

    /// Pages that the order which was set leaves out, from 1.
    pub(super) fn left_out(&mut self, left_out: &[usize], order: &PageOrder) {
        if !left_out.is_empty() {
            let numbers: Vec<_> = left_out.iter().map(ToString::to_string).collect();
            let (noun, verb) = if left_out.len() == 1 { ("page", "is") } else { ("pages", "are") };
            self.said.push(Warning::fault(&format!(
                "{noun} {} {verb} not in --pages {order} and left out",
                numbers.join(" ")
            )));
        }
    }

    /// Paragraphs that breaks of pages and lines have cut.
    pub(super) fn lines(&mut self, lines: &mut Lines<'_>, measure: Measure) {
        if !self.on {
            return;
        }
        let joined = join::over_breaks(lines, measure);
        self.say(joined, "joined", "paragraph over a break", "paragraphs over breaks");
        let joined = hyphens::join(lines);
        self.say(joined, "joined", "hyphenated line", "hyphenated lines");
    }

    /// Parts the entries of lists of contents from each other.
    pub(super) fn contents(&mut self, lines: &mut Lines<'_>) {
        if self.on {
            self.contents = contents::part(lines);
        }
    }

    /// Makes items of these entries, without the dots that lead to their pages.
    pub(super) fn entries(&mut self, lines: &Lines<'_>, drafts: &mut [Draft], edits: &mut Edits) {
        let count = contents::items(lines, drafts, &self.contents, edits);
        self.say(count, "took the dots out of", "line of the contents", "lines of the contents");
    }

    /// What a website has put around its article.
    pub(super) fn site(&mut self, lines: &Lines<'_>, drafts: &mut Vec<Draft>) {
        if self.on {
            let doubled = site::doubled_captions(lines, drafts);
            self.say(doubled, "dropped", "doubled line", "doubled lines");
            let dropped = site::drop_furniture(lines, drafts);
            if !dropped.is_empty() {
                self.tell(&format!("dropped what the site put around the article: {}", dropped.join(" · ")));
            }
        }
    }

    /// Comments after an article become a section, and an editor's last words the editor's.
    pub(super) fn comments(&mut self, lines: &Lines<'_>, drafts: &mut Vec<Draft>) {
        let found = comments::recognise(lines, drafts, self.on);
        if self.on {
            self.say(found, "set apart", "reader's comment", "readers' comments");
        }
    }

    /// Lost spaces, and the marks of notes.
    pub(super) fn letters(&mut self, lines: &Lines<'_>, drafts: &[Draft], edits: &mut Edits) {
        if !self.on {
            return;
        }
        for note in &self.page_notes {
            note.set_mark(edits);
        }
        let put_back = spaces::put_back(lines, drafts, edits);
        self.say(put_back, "put back", "lost space", "lost spaces");
    }

    /// What of the first lines went into the metadata.
    pub(super) fn taken(&mut self, fields: &[String]) {
        if self.on && !fields.is_empty() {
            self.tell(&format!("took the {} from the first lines", fields.join(" and ")));
        }
    }

    /// One line for each step that did something.
    pub(super) fn report(self) -> Vec<Warning> {
        self.said
    }

    /// What is dropped is told by every command that reads the text.
    fn tell(&mut self, line: &str) {
        let dropped = line.starts_with("dropped ");
        self.said.push(if dropped { Warning::left(line) } else { Warning::new(line) });
    }

    /// Tells that something was done `count` times.
    pub(super) fn say(&mut self, count: usize, verb: &str, one: &str, many: &str) {
        match count {
            0 => {}
            1 => self.tell(&format!("{verb} 1 {one}")),
            n => self.tell(&format!("{verb} {n} {many}")),
        }
    }
}
