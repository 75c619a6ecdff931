//! Pieces as a reader of markup comes upon them: it says what begins and ends, and the letters between.
//!
//! Notes may stand where they are cited, in the middle of a sentence, or anywhere else under a name; they come out after
//! the text, each under its label. Containers that are left open are closed at the end.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::import::title;
use crate::text::meta::Meta;
use crate::text::{Builder, Text};

use super::shape::Shaper;
use super::table::of_cells;
use super::write::Writer;
use super::{Container, ContainerId, Kind, Mark, Nest, Piece};

/// A label longer than this is a name and not a label.
const LONGEST_LABEL: usize = 24;

/// Collects the pieces of a text.
#[derive(Debug)]
pub(in crate::import) struct Composer {
    /// What the document says of itself.
    pub meta: Meta,
    nest: Nest,
    pieces: Vec<Piece>,
    notes: BTreeMap<u32, Vec<Piece>>,
    /// The number of each name by which a note is cited or defined.
    names: HashMap<String, u32>,
    /// The label of each note as it is written.
    labels: HashMap<u32, String>,
    now: State,
    /// What notes interrupted, outermost first.
    interrupted: Vec<State>,
    /// Notes within a note are a part of it.
    inner_notes: usize,
}

/// Where the reading is, in the text or in a note.
#[derive(Debug, Default)]
struct State {
    line: Shaper,
    kind: Option<Kind>,
    within: ContainerId,
    /// For each container that is open, what it stands in.
    open: Vec<ContainerId>,
    table: Option<Table>,
    note: Option<u32>,
    /// Words that the next paragraph begins with.
    lead: Option<String>,
}

/// A table whose cells are read.
#[derive(Debug, Default)]
struct Table {
    /// The pieces of each cell of each row.
    rows: Vec<Vec<Vec<Piece>>>,
    /// How many tables are open: what nests is read into the cell of the outermost.
    depth: usize,
}

impl Composer {
    pub(crate) fn new() -> Self {
        Self {
            meta: Meta::default(),
            nest: Nest::new(),
            pieces: Vec::new(),
            notes: BTreeMap::new(),
            names: HashMap::new(),
            labels: HashMap::new(),
            now: State::default(),
            interrupted: Vec::new(),
            inner_notes: 0,
        }
    }

    /// Whether the piece that is gathered has no letters so far.
    pub(crate) fn is_blank(&self) -> bool {
        self.now.line.is_empty()
    }

    /// The letters of the piece that is gathered.
    pub(crate) fn gathered(&self) -> &str {
        self.now.line.string()
    }

    /// Whether the piece is a heading or program text, which holds no paragraphs.
    pub(crate) fn in_leaf(&self) -> bool {
        self.now.kind.is_some()
    }

    /// Begins a piece that is no paragraph, ending the one before. Paragraphs begin by themselves.
    pub(crate) fn begin(&mut self, kind: Kind) {
        self.end();
        self.now.kind = Some(kind);
        self.now.line.exact(kind == Kind::Code);
    }

    /// Adds letters, with their entities decoded.
    pub(crate) fn push(&mut self, letters: &str) {
        if self.now.lead.is_some() && self.now.kind.is_none() && !letters.trim().is_empty() {
            self.lead_in();
        }
        self.now.line.push(letters);
    }

    /// Adds letters with all these marks.
    pub(crate) fn push_marked(&mut self, marks: impl Iterator<Item = Mark>, letters: &str) {
        let open = marks.map(|mark| self.mark(mark)).count();
        self.push(letters);
        (0..open).for_each(|_| self.unmark());
    }

    /// White space between words.
    pub(crate) fn space(&mut self) {
        self.now.line.space();
    }

    /// Takes back white space that has come and does not show yet.
    pub(crate) fn close_up(&mut self) {
        self.now.line.close_up();
    }

    /// A line break of the author's; in a heading it is a space.
    pub(crate) fn line_break(&mut self) {
        match self.now.kind {
            Some(Kind::Code) => self.now.line.push("\n"),
            Some(_) => self.now.line.space(),
            None if self.now.table.is_some() => self.now.line.space(),
            None if self.now.line.is_empty() => {}
            None => self.now.line.sign('\n'),
        }
    }

    /// Opens a mark.
    pub(crate) fn mark(&mut self, mark: Mark) {
        if self.now.lead.is_some() && self.now.kind.is_none() {
            self.lead_in();
        }
        self.now.line.open(mark);
    }

    /// Closes the innermost mark.
    pub(crate) fn unmark(&mut self) {
        self.now.line.close();
    }

    /// Adds letters that are marked.
    pub(crate) fn marked(&mut self, mark: Mark, letters: &str) {
        self.mark(mark);
        self.push(letters);
        self.unmark();
    }

    /// Words that stand before the next paragraph, strongly stressed: what kind of remark it is.
    pub(crate) fn lead(&mut self, words: &str) {
        self.end();
        self.now.lead = Some(words.to_owned());
    }

    fn lead_in(&mut self) {
        if let Some(words) = self.now.lead.take() {
            self.now.line.open(Mark::Strong);
            self.now.line.push(&words);
            self.now.line.close();
            self.now.line.space();
        }
    }

    /// Ends the piece.
    pub(crate) fn end(&mut self) {
        let kind = self.now.kind.take().unwrap_or(Kind::Prose);
        self.now.line.exact(false);
        let (mut string, marks) = self.now.line.take();
        if kind == Kind::Code {
            // No marks are in it: what is cut off moves none.
            string.drain(..string.len() - string.trim_start_matches('\n').len());
        }
        if string.trim().is_empty() {
            return;
        }
        if matches!(kind, Kind::Heading(_)) && string.chars().all(|c| "*-–—•·~ ".contains(c)) {
            return self.rule();
        }
        let mut within = self.now.within;
        if self.nest.container(within) == Container::List {
            within = self.nest.open(Container::Item(None), within);
        }
        self.put(Piece { kind, within, string, marks });
    }

    /// Adds a whole piece of letters alone.
    pub(crate) fn whole(&mut self, kind: Kind, letters: &str) {
        self.begin(kind);
        self.now.line.push(letters);
        self.end();
    }

    /// A break between parts.
    pub(crate) fn rule(&mut self) {
        self.end();
        if self.now.table.is_none() && self.now.note.is_none() {
            let within = self.now.within;
            self.put(Piece { kind: Kind::Rule, within, string: String::new(), marks: Vec::new() });
        }
    }

    /// A picture by its description, if it has any.
    pub(crate) fn picture(&mut self, description: &str, address: &str) {
        let described = description.split_whitespace().count() > 0;
        if !described || self.in_leaf() {
            return;
        }
        self.begin(Kind::Picture);
        if address.is_empty() || address.starts_with("data:") {
            self.now.line.push(description);
        } else {
            self.now.line.open(Mark::Link(address.to_owned()));
            self.now.line.push(description);
            self.now.line.close();
        }
        self.end();
    }

    fn put(&mut self, piece: Piece) {
        if piece.is_empty() {
            return;
        }
        if let Some(cell) = self.now.table.as_mut().and_then(|t| t.rows.last_mut()).and_then(|row| row.last_mut()) {
            cell.push(piece);
            return;
        }
        self.out().push(piece);
    }

    fn out(&mut self) -> &mut Vec<Piece> {
        match self.now.note {
            Some(number) => self.notes.entry(number).or_default(),
            None => &mut self.pieces,
        }
    }

    /// Opens a container. An item that stands in no list makes one.
    pub(crate) fn open(&mut self, container: Container) {
        self.end();
        self.now.open.push(self.now.within);
        let list = |nest: &Nest, id| nest.container(id) == Container::List;
        if matches!(container, Container::Item(_)) && !list(&self.nest, self.now.within) {
            self.now.within = self.nest.open(Container::List, self.now.within);
        }
        self.now.within = self.nest.open(container, self.now.within);
    }

    /// Closes the innermost container.
    pub(crate) fn close(&mut self) {
        self.end();
        self.now.lead = None;
        if let Some(around) = self.now.open.pop() {
            self.now.within = around;
        }
    }

    /// How many containers are open.
    pub(crate) fn depth(&self) -> usize {
        self.now.open.len()
    }

    /// Closes containers until so many are open.
    pub(crate) fn close_to(&mut self, depth: usize) {
        self.end();
        while self.now.open.len() > depth {
            self.close();
        }
    }

    /// Cites the note of this name, whose mark is `label`.
    pub(crate) fn cite(&mut self, name: &str, label: &str) {
        let shown = format!("[{label}]");
        if self.now.note.is_some() {
            // Notes do not cite notes.
            self.push(&shown);
            return;
        }
        let number = self.number(name, label);
        self.marked(Mark::Note(number), &shown);
    }

    fn number(&mut self, name: &str, label: &str) -> u32 {
        let fresh = self.names.len() as u32 + 1;
        let number = *self.names.entry(name.to_owned()).or_insert(fresh);
        self.labels.entry(number).or_insert_with(|| label.to_owned());
        number
    }

    /// Begins the note of this name; what was gathered goes on after it.
    pub(crate) fn begin_note(&mut self, name: &str, label: &str) {
        if self.now.note.is_some() {
            self.inner_notes += 1;
            self.space();
            return;
        }
        let number = self.number(name, label);
        let note = State {
            note: Some(number),
            within: self.nest.open(Container::Note(number), Nest::TEXT),
            ..State::default()
        };
        self.interrupted.push(std::mem::replace(&mut self.now, note));
    }

    /// Cites a note where it stands, and begins it; its name, where it is cited elsewhere too.
    pub(crate) fn begin_note_here(&mut self, name: Option<String>) {
        let label = (self.names.len() + 1).to_string();
        let name = name.unwrap_or_else(|| format!("\u{0} {label}"));
        if self.now.note.is_none() {
            self.cite(&name, &label);
        }
        self.begin_note(&name, &label);
    }

    /// Ends the note.
    pub(crate) fn end_note(&mut self) {
        if self.inner_notes > 0 {
            self.inner_notes -= 1;
            self.space();
        } else if let Some(before) = self.interrupted.pop() {
            self.leave_tables();
            self.end();
            self.now = before;
        }
    }

    /// Whether a note is open.
    pub(crate) fn in_note(&self) -> bool {
        self.now.note.is_some()
    }

    pub(crate) fn begin_table(&mut self) {
        self.end();
        self.now.table.get_or_insert_default().depth += 1;
    }

    /// Begins a row; those of a table within a cell are not told apart.
    pub(crate) fn row(&mut self) {
        self.end();
        if let Some(table) = self.now.table.as_mut().filter(|t| t.depth == 1) {
            table.rows.push(Vec::new());
        }
    }

    /// Begins a cell.
    pub(crate) fn cell(&mut self) {
        self.end();
        if let Some(table) = self.now.table.as_mut().filter(|t| t.depth == 1) {
            if table.rows.is_empty() {
                table.rows.push(Vec::new());
            }
            if let Some(row) = table.rows.last_mut() {
                row.push(Vec::new());
            }
        }
    }

    /// Whether a table is open.
    pub(crate) fn in_table(&self) -> bool {
        self.now.table.is_some()
    }

    pub(crate) fn end_table(&mut self) {
        self.end();
        let Some(table) = &mut self.now.table else { return };
        table.depth -= 1;
        if table.depth == 0 {
            let rows = self.now.table.take().map(|t| t.rows).unwrap_or_default();
            let pieces = of_cells(rows, self.now.within);
            self.out().extend(pieces);
        }
    }

    fn leave_tables(&mut self) {
        while self.now.table.is_some() {
            self.end_table();
        }
    }

    /// The text.
    pub(crate) fn finish(mut self) -> Text {
        self.inner_notes = 0;
        while !self.interrupted.is_empty() {
            self.end_note();
        }
        self.leave_tables();
        self.end();
        let labels = self.known_labels();
        let mut builder = Builder::new();
        builder.meta(self.meta);
        let mut writer = Writer::new(&mut builder, &labels);
        for piece in self.pieces.into_iter().chain(self.notes.into_values().flatten()) {
            writer.piece(&self.nest, piece);
        }
        writer.finish();
        title::from_first_heading(&mut builder);
        builder.finish()
    }

    /// The labels of the notes that there are: as they are written where that tells them apart, else their numbers.
    fn known_labels(&self) -> HashMap<u32, String> {
        let there = || self.notes.iter().filter(|(_, pieces)| !pieces.is_empty()).map(|(number, _)| *number);
        let written = |number: &u32| self.labels.get(number).map_or("", |l| l.as_str());
        let plain = |label: &str| {
            (1..=LONGEST_LABEL).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        let distinct: HashSet<String> = there().map(|n| written(&n).to_lowercase()).collect();
        if there().all(|n| plain(written(&n))) && distinct.len() == there().count() {
            return there().map(|n| (n, written(&n).to_owned())).collect();
        }
        there().enumerate().map(|(at, n)| (n, (at + 1).to_string())).collect()
    }
}
