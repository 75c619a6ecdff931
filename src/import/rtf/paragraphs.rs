//! Paragraphs: what each of them is, when its first letters come, and the lists and tables that they make.

use crate::import::flow::{Container, Kind};

use super::Reader;
use super::tables::StyleRole;

/// A paragraph set in by this much from both sides is a quotation, in twentieths of a point.
const SET_IN: i32 = 340;

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paragraph {
    pub style: i32,
    pub outline: Option<u8>,
    pub list: Option<i32>,
    pub level: u8,
    pub in_table: bool,
    pub indent: (i32, i32),
}

/// Where the reading is, in the text or in a note.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "where in the paragraphs and tables the reading is")]
pub(super) struct ReadingState {
    /// Whether the paragraph has begun.
    pub begun: bool,
    /// Level, list, and how many containers are open around it.
    pub lists: Vec<(u8, i32, usize)>,
    pub table: bool,
    pub row: bool,
    pub cell: bool,
    pub code: bool,
    pub quoted: bool,
    /// The marker of the item that begins.
    pub marker: String,
}

impl Reader {
    /// Decides what a paragraph is, when its first letters come.
    pub(super) fn begin_paragraph(&mut self) {
        self.place.begun = true;
        let paragraph = self.state.paragraph;
        if paragraph.in_table {
            if !self.place.table {
                self.end_lists();
                self.composer.begin_table();
                (self.place.table, self.place.row, self.place.cell) = (true, true, true);
            }
            self.begin_cell();
        } else {
            self.leave_table();
        }
        let marker = std::mem::take(&mut self.place.marker);
        let listed = !marker.trim().is_empty();
        let role = match paragraph.outline {
            Some(level) => Some(StyleRole::Heading(level + 1)),
            None => self.tables.role(paragraph.style),
        };
        let (left, right) = paragraph.indent;
        let set_in = left >= SET_IN && right >= SET_IN && !listed && !paragraph.in_table;
        if role == Some(StyleRole::Code) && self.place.code {
            self.composer.push("\n");
            return;
        }
        self.composer.end();
        self.place.code = false;
        if std::mem::take(&mut self.place.quoted) {
            self.composer.close();
        }
        match role {
            Some(StyleRole::Heading(level)) => {
                self.end_lists();
                self.composer.begin(Kind::Heading(level.clamp(1, 6)));
            }
            Some(StyleRole::Code) => {
                self.end_lists();
                self.composer.begin(Kind::Code);
                self.place.code = true;
            }
            _ if listed => self.item(paragraph, &marker),
            Some(StyleRole::Quotation) => self.quotation(),
            None if set_in => self.quotation(),
            None => self.end_lists(),
        }
    }

    fn quotation(&mut self) {
        self.end_lists();
        self.composer.open(Container::Quotation);
        self.place.quoted = true;
    }

    fn item(&mut self, paragraph: Paragraph, marker: &str) {
        let (level, list) = (paragraph.level, paragraph.list.unwrap_or(-1));
        let deeper = |open: &(u8, i32, usize)| open.0 > level || (open.0 == level && open.1 != list);
        while self.place.lists.last().is_some_and(deeper) {
            if let Some((.., depth)) = self.place.lists.pop() {
                self.composer.close_to(depth);
            }
        }
        match self.place.lists.last() {
            Some((at, _, depth)) if *at == level => self.composer.close_to(depth + 1),
            _ => {
                self.place.lists.push((level, list, self.composer.depth()));
                self.composer.open(Container::List);
            }
        }
        self.composer.open(Container::Item(number(marker)));
    }

    fn end_lists(&mut self) {
        if let Some((.., depth)) = self.place.lists.first().copied() {
            self.composer.close_to(depth);
            self.place.lists.clear();
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        let in_code = self.place.code && self.tables.role(self.state.paragraph.style) == Some(StyleRole::Code);
        if in_code {
            if !self.place.begun {
                self.composer.push("\n");
            }
        } else {
            self.composer.end();
            if std::mem::take(&mut self.place.quoted) {
                self.composer.close();
            }
            self.place.code = false;
        }
        self.place.begun = false;
        self.place.marker.clear();
    }

    pub(super) fn begin_cell(&mut self) {
        if std::mem::take(&mut self.place.row) {
            self.composer.row();
        }
        if std::mem::take(&mut self.place.cell) {
            self.composer.cell();
        }
    }

    pub(super) fn leave_table(&mut self) {
        if std::mem::take(&mut self.place.table) {
            self.end_lists();
            self.composer.end_table();
        }
    }
}

/// The number that an item's marker shows; nothing where that is a bullet.
fn number(marker: &str) -> Option<u32> {
    let bare = marker.trim().trim_matches(['(', ')', '.', ' ', '\t']);
    let last = bare.rsplit('.').next().unwrap_or(bare);
    let letter = |s: &str| match s.as_bytes() {
        [b @ b'a'..=b'z'] => Some(u32::from(b - b'a') + 1),
        [b @ b'A'..=b'Z'] => Some(u32::from(b - b'A') + 1),
        _ => None,
    };
    // An `o` is the bullet of an inner list.
    last.parse().ok().or_else(|| letter(last).filter(|_| marker.trim().len() > 1))
}
