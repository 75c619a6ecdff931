//! The body of a document: paragraphs, tables and notes, in one pass over its tags.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use crate::import::flow::shape::Shaper;
use crate::import::flow::table::of_cells;
use crate::import::flow::{Container, ContainerId, Kind, Mark, Nest, Piece};
use crate::import::xml::{Token, Xml, attribute, name};

use super::formulas::Formulas;
use super::lists::{Lists, Numberings};
use super::paragraph::{Paragraph, Run, joined};
use super::styles::{Role, Styles};

/// Where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
    /// A remark of whoever read the document in the word processor.
    Comment,
}

/// Comments are counted apart from notes: their numbers begin here.
pub(super) const FIRST_COMMENT: u32 = 1 << 30;

/// A table whose cells are read.
#[derive(Debug, Default)]
struct Table {
    /// The pieces of each cell of each row.
    rows: Vec<Vec<Vec<Piece>>>,
    /// How many tables are open; what nests is read into the cell of the outermost.
    depth: usize,
}

/// Reads tags into pieces.
#[allow(clippy::struct_excessive_bools, reason = "where in the markup the reading is")]
pub(super) struct Body<'d> {
    pub nest: Nest,
    /// The pieces that are finished.
    pub pieces: Vec<Piece>,
    styles: &'d Styles,
    numberings: &'d Numberings,
    links: HashMap<String, String>,
    /// The paragraphs that are open, outermost first.
    open: Vec<Paragraph>,
    run: Run,
    lists: Lists,
    table: Option<Table>,
    /// Program text gathers lines until something else comes.
    code: Option<Piece>,
    /// The numbers of the notes that have been cited.
    cited: HashMap<(NoteKind, String), u32>,
    base: ContainerId,
    /// Whose comment is read.
    remark: Option<String>,
    /// How many elements are open within one that is passed over.
    skipped: usize,
    /// Open content controls, and the one that is a table of contents.
    controls: usize,
    contents: Option<usize>,
    formulas: Formulas,
    in_properties: bool,
    in_run_properties: bool,
    in_letters: bool,
    link_open: Vec<bool>,
}

impl<'d> Body<'d> {
    pub(super) fn new(styles: &'d Styles, numberings: &'d Numberings, links: HashMap<String, String>) -> Self {
        Self {
            nest: Nest::new(),
            pieces: Vec::new(),
            styles,
            numberings,
            links,
            open: Vec::new(),
            run: Run::default(),
            lists: Lists::default(),
            table: None,
            code: None,
            cited: HashMap::new(),
            base: Nest::TEXT,
            remark: None,
            skipped: 0,
            controls: 0,
            contents: None,
            formulas: Formulas::default(),
            in_properties: false,
            in_run_properties: false,
            in_letters: false,
            link_open: Vec::new(),
        }
    }

    /// Reads one token.
    pub(super) fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Open(_) if self.skipped > 0 => self.skipped += 1,
            Token::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Token::Open(tag) => self.begin(&tag),
            Token::Close(closed) => self.end(&closed),
            Token::Letters(letters) => {
                if self.in_letters && self.contents.is_none() && !self.run.hidden {
                    let run = self.run.clone();
                    if let Some(paragraph) = self.open.last_mut() {
                        paragraph.push(&letters, &run);
                    }
                }
            }
        }
    }

    /// Ends what is still open.
    pub(super) fn finish(&mut self) {
        while let Some(last) = self.open.last_mut() {
            (last.runs_on, last.initial) = (false, false);
            self.end_paragraph();
        }
        if self.table.is_some() {
            self.end_table();
        }
        self.end_code();
    }

    /// The notes of a part that have been cited, with their numbers.
    pub(super) fn notes(
        &mut self,
        kind: NoteKind,
        source: &str,
        links: HashMap<String, String>,
    ) -> Vec<(u32, Vec<Piece>)> {
        self.links = links;
        let mut found = Vec::new();
        let mut number = None;
        for token in Xml::new(source) {
            match &token {
                Token::Open(tag) if matches!(name(tag), "footnote" | "endnote" | "comment") => {
                    let id = attribute(tag, "id").unwrap_or_default();
                    self.remark =
                        attribute(tag, "author").filter(|a| kind == NoteKind::Comment && !a.trim().is_empty());
                    number = self.cited.get(&(kind, id)).copied();
                    self.lists = Lists::default();
                    self.base = number.map_or(Nest::TEXT, |n| self.nest.open(Container::Note(n), Nest::TEXT));
                }
                Token::Close(closed) if matches!(closed.as_str(), "footnote" | "endnote" | "comment") => {
                    self.finish();
                    let mut pieces = std::mem::take(&mut self.pieces);
                    if let (Some(by), Some(first)) = (self.remark.take(), pieces.first_mut()) {
                        let said = Piece::prose(&format!("{by}:")).string + " ";
                        first
                            .marks
                            .iter_mut()
                            .for_each(|m| m.range = m.range.start + said.len()..m.range.end + said.len());
                        first.string.insert_str(0, &said);
                    }
                    found.extend(number.take().map(|n| (n, pieces)));
                }
                _ if number.is_some() => self.token(token),
                _ => {}
            }
        }
        self.base = Nest::TEXT;
        found
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        let element = name(tag);
        if self.contents.is_some() && element != "sdt" {
            return;
        }
        let value = || attribute(tag, "val");
        match element {
            // What was there before a change, what stands for a picture, codes of fields, and how pages look.
            "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" | "tcPrChange"
            | "trPrChange" | "numberingChange" | "rt" | "delText" | "instrText" | "delInstrText" | "sectPr"
            | "tblPr" | "tblGrid" | "tcPr" | "trPr" => self.skipped = 1,
            "del" if !self.in_properties => self.skipped = 1,
            "sdt" => self.controls += 1,
            "docPartGallery" => {
                if value().as_deref() == Some("Table of Contents") {
                    self.contents = Some(self.controls);
                }
            }
            "p" => self.begin_paragraph(),
            "pPr" => self.in_properties = true,
            "r" => self.run = Run::default(),
            "rPr" => self.in_run_properties = true,
            "t" => self.in_letters = true,
            "tbl" => self.begin_table(),
            "tr" => self.in_table(|t| t.rows.push(Vec::new())),
            "tc" => self.in_table(|t| {
                if t.rows.is_empty() {
                    t.rows.push(Vec::new());
                }
                if let Some(row) = t.rows.last_mut() {
                    row.push(Vec::new());
                }
            }),
            "hyperlink" => self.begin_link(tag),
            "footnoteReference" => self.cite(NoteKind::Foot, tag),
            "endnoteReference" => self.cite(NoteKind::End, tag),
            "commentReference" => self.cite(NoteKind::Comment, tag),
            _ if self.in_properties => self.property(element, tag),
            _ if self.in_run_properties => self.run_property(element, value().as_deref()),
            "oMath" => self.formulas.enter(),
            _ if self.formulas.is_open() => {
                let sign = self.formulas.opens(element, value().as_deref()).map(str::to_owned);
                self.formula_sign(sign.as_deref());
            }
            _ => self.sign(element, tag),
        }
    }

    fn end(&mut self, closed: &str) {
        match closed {
            "sdt" => {
                if self.contents == Some(self.controls) {
                    self.contents = None;
                }
                self.controls = self.controls.saturating_sub(1);
            }
            _ if self.contents.is_some() => {}
            "p" => self.end_paragraph(),
            "pPr" => self.in_properties = false,
            "rPr" => self.in_run_properties = false,
            "t" => self.in_letters = false,
            "oMath" => self.formulas.leave(),
            _ if self.formulas.is_open() => {
                let sign = self.formulas.closes(closed);
                self.formula_sign(sign.as_deref());
            }
            "tbl" => self.leave_table(),
            "hyperlink" => {
                if let (Some(true), Some(paragraph)) = (self.link_open.pop(), self.open.last_mut()) {
                    paragraph.line.close();
                }
            }
            _ => {}
        }
    }

    /// A property of the paragraph.
    fn property(&mut self, element: &str, tag: &BytesStart<'_>) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let number = || attribute(tag, "val").and_then(|v| v.parse::<u32>().ok());
        match element {
            "pStyle" => paragraph.style = attribute(tag, "val"),
            "numId" => paragraph.list = number(),
            "ilvl" => paragraph.level = number().map(|n| n.min(255) as u8),
            "outlineLvl" => paragraph.outline = number().map(|n| n.min(9) as u8),
            "ind" => {
                let side = |names: [&str; 2]| {
                    names.iter().find_map(|n| attribute(tag, n)).and_then(|v| v.parse().ok()).unwrap_or(0)
                };
                paragraph.indent = (side(["left", "start"]), side(["right", "end"]));
            }
            "del" if self.in_run_properties => paragraph.runs_on = true,
            "framePr" if matches!(attribute(tag, "dropCap").as_deref(), Some("drop" | "margin")) => {
                paragraph.initial = true;
            }
            _ => {}
        }
    }

    /// A property of the run.
    fn run_property(&mut self, element: &str, value: Option<&str>) {
        let on = !matches!(value, Some("0" | "false" | "off" | "none"));
        match element {
            "b" => self.run.strong = on,
            "i" => self.run.emphasis = on,
            "strike" | "dstrike" => self.run.strike = on,
            "vanish" | "webHidden" => self.run.hidden = on,
            "vertAlign" => {
                self.run.raised = value == Some("superscript");
                self.run.lowered = value == Some("subscript");
            }
            "rStyle" => {
                let (emphasis, strong, code) = value.map(|id| self.styles.letters(id)).unwrap_or_default();
                self.run.emphasis |= emphasis;
                self.run.strong |= strong;
                self.run.code |= code;
            }
            _ => {}
        }
    }

    /// What stands for a letter or a break.
    fn sign(&mut self, element: &str, tag: &BytesStart<'_>) {
        let run = self.run.clone();
        let Some(paragraph) = self.open.last_mut().filter(|_| !run.hidden) else { return };
        match element {
            "tab" | "ptab" => paragraph.line.space(),
            "br" if attribute(tag, "type").is_some_and(|t| t != "textWrapping") => paragraph.line.space(),
            "br" | "cr" if !paragraph.line.is_empty() => paragraph.line.sign('\n'),
            "noBreakHyphen" => paragraph.push("\u{2011}", &run),
            "docPr" => {
                let described = attribute(tag, "descr").filter(|d| d.split_whitespace().count() > 1);
                paragraph.pictures.extend(described);
            }
            _ => {}
        }
    }

    fn formula_sign(&mut self, sign: Option<&str>) {
        if let (Some(sign), Some(paragraph)) = (sign, self.open.last_mut()) {
            paragraph.push(sign, &Run::default());
        }
    }

    fn begin_paragraph(&mut self) {
        self.in_properties = false;
        self.run = Run::default();
        if let Some(before) = self.open.last_mut().filter(|p| p.runs_on || p.initial) {
            // The end of the one before was deleted, so it is still open; or it is the first letter of this one.
            if before.runs_on {
                before.line.space();
            }
            (before.runs_on, before.initial) = (false, false);
        } else {
            self.open.push(Paragraph::default());
        }
    }

    fn end_paragraph(&mut self) {
        self.in_letters = false;
        if self.open.last().is_some_and(|p| p.runs_on || p.initial && !p.line.is_empty()) {
            return;
        }
        let Some(mut paragraph) = self.open.pop() else { return };
        self.link_open.clear();
        let role = paragraph.role(self.styles);
        let (string, marks) = paragraph.line.take();
        let marks = joined(&string, marks);
        if role != Some(Role::Code) || self.table.is_some() {
            self.end_code();
        }
        if !string.trim().is_empty() && role != Some(Role::Contents) {
            let item = paragraph.item(self.styles).filter(|_| !matches!(role, Some(Role::Heading(_) | Role::Title)));
            let (kind, within) = match (role, item) {
                (Some(Role::Heading(level)), _) => (Kind::Heading(level), self.base),
                (Some(Role::Title), _) => (Kind::Heading(1), self.base),
                (Some(Role::Code), _) => (Kind::Code, self.base),
                (_, Some(item)) => (Kind::Prose, self.lists.item(self.numberings, item, &mut self.nest, self.base)),
                (Some(Role::Quotation), None) => (Kind::Prose, self.quotation()),
                _ => (Kind::Prose, self.base),
            };
            if item.is_none() && self.table.is_none() {
                self.lists.end();
            }
            self.put(Piece { kind, within, string, marks });
        }
        for described in paragraph.pictures {
            let mut line = Shaper::default();
            line.push(&described);
            let (string, marks) = line.take();
            self.put(Piece { kind: Kind::Picture, within: self.base, string, marks });
        }
    }

    /// The quotation that the last piece is in, or a new one.
    fn quotation(&mut self) -> ContainerId {
        let last = self.pieces.last().map(|p| p.within).filter(|id| self.nest.container(*id) == Container::Quotation);
        last.unwrap_or_else(|| self.nest.open(Container::Quotation, self.base))
    }

    fn put(&mut self, piece: Piece) {
        let cell = self.table.as_mut().and_then(|t| t.rows.last_mut()).and_then(|row| row.last_mut());
        match (cell, piece.kind) {
            (Some(cell), _) => cell.push(piece),
            (None, Kind::Code) => match &mut self.code {
                Some(code) => {
                    code.string.push('\n');
                    code.string.push_str(&piece.string);
                }
                None => self.code = Some(piece),
            },
            (None, _) => self.pieces.push(piece),
        }
    }

    fn end_code(&mut self) {
        self.pieces.extend(self.code.take());
    }

    fn begin_link(&mut self, tag: &BytesStart<'_>) {
        let address = attribute(tag, "id").and_then(|id| self.links.get(&id).cloned());
        let opened = match (address, self.open.last_mut()) {
            (Some(address), Some(paragraph)) if !address.starts_with('#') => {
                paragraph.line.open(Mark::Link(address));
                true
            }
            _ => false,
        };
        self.link_open.push(opened);
    }

    fn cite(&mut self, kind: NoteKind, tag: &BytesStart<'_>) {
        // Notes do not cite notes.
        let Some(id) = attribute(tag, "id").filter(|_| self.base == Nest::TEXT) else { return };
        let comment = kind == NoteKind::Comment;
        let before = self.cited.keys().filter(|(k, _)| (*k == NoteKind::Comment) == comment).count() as u32;
        let fresh = before + if comment { FIRST_COMMENT } else { 1 };
        let number = *self.cited.entry((kind, id)).or_insert(fresh);
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.line.open(Mark::Note(number));
            paragraph.line.push("*");
            paragraph.line.close();
        }
    }

    fn begin_table(&mut self) {
        self.end_code();
        if self.table.is_none() {
            self.lists.end();
        }
        self.table.get_or_insert_default().depth += 1;
    }

    /// Changes the table, where it is not one within a cell.
    fn in_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.table.as_mut().filter(|t| t.depth == 1) {
            change(table);
        }
    }

    fn leave_table(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.depth -= 1;
        if table.depth == 0 {
            self.end_table();
        }
    }

    /// Makes one table of the cells, or the paragraphs that they are where they only lay out a page.
    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        self.pieces.extend(of_cells(table.rows, self.base));
    }
}
