//! One walk over the tree of a page, from its elements to pieces of prose.
//!
//! What is a paragraph, an item, a quotation or a table is decided by the elements alone; no style sheet is read. The
//! walk goes from node to node without recursion, and keeps for every piece where in the page it stood, so that an
//! article can be told from what a site has put around it.

use dom_query::{Element, NodeData, NodeId, NodeRef};

use crate::import::flow::notes::NamedPlaces;
use crate::import::flow::shape::Shaper;
use crate::import::flow::table::squared;
use crate::import::flow::{Container, ContainerId, Kind, Mark, Nest, Piece};

use super::attribute::{attribute, is_page_number, is_paragraph_number};
use super::elements;
use super::table;

/// The description of a picture within a sentence is no longer than this, in letters.
const LONGEST_IN_LINE: usize = 60;

/// What the walk has found.
#[derive(Debug, Default)]
pub(in crate::import) struct Walked {
    pub pieces: Vec<Piece>,
    /// For each piece, the innermost element that it stands in, by number.
    pub within: Vec<u32>,
    /// The elements, each after those around it.
    pub elements: Vec<Around>,
    /// Where links lead to and come from.
    pub places: NamedPlaces,
}

/// An element that pieces stand in.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Around {
    /// The element around it.
    pub parent: Option<u32>,
    /// What the caller said of it.
    pub region: Option<Region>,
}

/// What a part of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Region {
    /// The article, or its heading.
    Core,
    /// Menus, footers, forms: what a site has on every page.
    Site,
    /// Perhaps a part of the site, judged by no more than its name.
    Named,
    /// What is written under a picture.
    Caption,
    /// Comments of readers.
    Comments,
    /// What a browser does not show.
    Hidden,
}

/// Walks over what is in `root`. `region` says of an element what part of a page it is.
/// Local addresses are told apart from those of other files of a book by `file`, which stands before their `#`.
pub(in crate::import) fn walk(
    root: NodeRef<'_>,
    nest: &mut Nest,
    file: &str,
    region: &dyn Fn(&Element) -> Option<Region>,
) -> Walked {
    let mut walker = Walker {
        nest,
        region,
        file,
        found: Walked::default(),
        line: Shaper::default(),
        within: Nest::TEXT,
        leaf: None,
        frames: Vec::new(),
        picture: None,
        open_ids: Vec::new(),
    };
    let mut at = root.first_child();
    while let Some(node) = at {
        if walker.enter(node)
            && let Some(child) = node.first_child()
        {
            at = Some(child);
            continue;
        }
        let mut done = node;
        at = loop {
            walker.leave(done);
            if let Some(next) = done.next_sibling() {
                break Some(next);
            }
            match done.parent() {
                Some(parent) if parent.id != root.id => done = parent,
                _ => break None,
            }
        };
    }
    walker.end_piece();
    walker.found
}

/// What an element that the walk is in changed, to be undone when it ends.
struct Frame {
    /// The container before.
    within: ContainerId,
    /// The kind of piece that is gathered before.
    leaf: Option<Kind>,
    /// Its number.
    element: u32,
    /// Whether it is a block.
    block: bool,
    /// How many marks it opened.
    marks: u8,
    node: NodeId,
    /// Number of the first piece in it.
    first: usize,
    /// How many of the element's names wait for its end.
    ids: usize,
    /// The number of the next item, where it is a numbered list.
    next: Option<u32>,
    closer: &'static str,
}

struct Walker<'w> {
    nest: &'w mut Nest,
    region: &'w dyn Fn(&Element) -> Option<Region>,
    file: &'w str,
    found: Walked,
    line: Shaper,
    within: ContainerId,
    /// The piece that is gathered whatever blocks it has within: a heading, a table, a program.
    leaf: Option<Kind>,
    frames: Vec<Frame>,
    /// A picture that no letters stand beside so far: description and address.
    picture: Option<(String, String)>,
    /// Names of elements that have begun: name, and the number of the first piece.
    open_ids: Vec<(String, usize)>,
}

impl Walker<'_> {
    /// Begins a node; whether to go on with its children.
    fn enter(&mut self, node: NodeRef<'_>) -> bool {
        if node.is_text() {
            node.query(|n| {
                if let NodeData::Text { contents } = &n.data {
                    self.text(contents);
                }
            });
            return false;
        }
        let Some(element) = node.element_ref() else { return false };
        let name: &str = &element.name.local;
        let hidden = attribute(&element, "hidden").is_some_and(|h| h != "until-found");
        if elements::is_silent(name) || hidden || is_page_number(&element) || is_paragraph_number(&element, node) {
            return false;
        }
        match name {
            "br" => {
                self.line_break();
                return false;
            }
            "hr" => {
                self.end_piece();
                if self.leaf.is_none() {
                    self.push(Piece { kind: Kind::Rule, within: self.within, string: String::new(), marks: vec![] });
                }
                return false;
            }
            "img" | "image" => {
                self.picture(&element);
                return false;
            }
            "wbr" => return false,
            _ => {}
        }
        let block = elements::is_block(name);
        if block {
            self.begin_block(name);
        }
        let parent = self.frames.last().map(|f| f.element);
        self.found.elements.push(Around { parent, region: (self.region)(&element) });
        let frame = Frame {
            within: self.within,
            leaf: self.leaf,
            element: self.found.elements.len() as u32 - 1,
            block,
            marks: 0,
            node: node.id,
            first: self.found.pieces.len(),
            ids: 0,
            next: None,
            closer: "",
        };
        self.frames.push(frame);
        self.remember_names(&element, name);
        if block {
            self.open_block(name, &element, node);
        } else {
            self.open_inline(name, &element);
        }
        true
    }

    fn leave(&mut self, node: NodeRef<'_>) {
        let Some(frame) = self.frames.last().filter(|f| f.node == node.id) else { return };
        let (marks, closer, in_leaf, block) = (frame.marks, frame.closer, frame.leaf.is_some(), frame.block);
        for _ in 0..marks {
            self.line.close();
        }
        self.line.push(closer);
        if block && in_leaf {
            // A block within a heading or a cell is a part of its line.
            self.line.space();
        } else if block {
            self.end_piece();
            self.line.exact(false);
        }
        let Some(frame) = self.frames.pop() else { return };
        if block && !in_leaf {
            self.leaf = None;
            self.within = frame.within;
        }
        let end = self.found.pieces.len() + usize::from(!self.line.is_empty());
        let from = self.open_ids.len() - frame.ids;
        for (id, first) in self.open_ids.drain(from..) {
            self.found.places.name(id, first..end);
        }
        if block && end > frame.first {
            self.found.places.extent(frame.first..end);
        }
    }

    /// Ends what was before a block; within a heading, a cell or a program a block is no more than a space.
    fn begin_block(&mut self, name: &str) {
        match self.leaf {
            None => self.end_piece(),
            Some(Kind::Table) if matches!(name, "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "table") => {}
            Some(Kind::Code) if !self.line.is_empty() && !self.line.string().ends_with('\n') => self.line.sign('\n'),
            Some(Kind::Code) => {}
            Some(_) => self.line.space(),
        }
    }

    fn open_block(&mut self, name: &str, element: &Element, node: NodeRef<'_>) {
        if let Some(leaf) = self.leaf {
            if leaf == Kind::Table {
                table::cell(&mut self.line, name);
            }
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.leaf = Some(Kind::Heading(name.as_bytes()[1] - b'0'));
            }
            "pre" | "listing" | "xmp" => {
                self.leaf = Some(Kind::Code);
                self.line.exact(true);
            }
            "blockquote" => self.open(Container::Quotation),
            "ul" | "ol" | "menu" | "dir" | "dl" => {
                let start = attribute(element, "start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
                if let (Some(frame), "ol") = (self.frames.last_mut(), name) {
                    frame.next = Some(start);
                }
                self.open(Container::List);
            }
            "li" | "dt" => {
                let number = self.item_number(element);
                self.open_item(number);
            }
            "dd" => self.open_definition(),
            "dialog" => {}
            "table" if table::holds_data(node) => self.leaf = Some(Kind::Table),
            "summary" | "legend" => self.mark(Mark::Strong),
            _ if attribute(element, "role") == Some("heading") => {
                let level = attribute(element, "aria-level").and_then(|l| l.parse().ok()).unwrap_or(2);
                self.leaf = Some(Kind::Heading(level));
            }
            _ => {}
        }
    }

    fn open_inline(&mut self, name: &str, element: &Element) {
        match name {
            "em" | "i" | "cite" | "dfn" | "var" => self.mark(Mark::Emphasis),
            "strong" | "b" => self.mark(Mark::Strong),
            "code" | "kbd" | "samp" | "tt" if self.leaf != Some(Kind::Code) => self.mark(Mark::Code),
            "s" | "del" | "strike" => self.mark(Mark::Strike),
            "sup" => self.mark(Mark::Raised),
            "sub" => self.mark(Mark::Lowered),
            "q" => {
                self.line.push("“");
                if let Some(frame) = self.frames.last_mut() {
                    frame.closer = "”";
                }
            }
            "a" => {
                if let Some(address) = attribute(element, "href") {
                    self.link(address, element);
                }
            }
            "span" | "font" => {
                let said = |name| attribute(element, name).unwrap_or("");
                let styled = |sign: &str| said("class").contains(sign) || said("style").contains(sign);
                if styled("italic") && !said("class").contains("non-italic") {
                    self.mark(Mark::Emphasis);
                }
                if (said("style").contains("font-weight") && styled("bold")) || said("class") == "bold" {
                    self.mark(Mark::Strong);
                }
                if styled("superscript") || said("style").contains("vertical-align: super") {
                    self.mark(Mark::Raised);
                }
            }
            _ => {}
        }
    }

    fn link(&mut self, address: &str, element: &Element) {
        let address = address.trim();
        let lower = address.get(..11).unwrap_or(address).to_ascii_lowercase();
        if address.is_empty() || lower.starts_with("javascript:") || lower.starts_with("data:") {
            return;
        }
        let address = if address.starts_with('#') {
            format!("{}{address}", self.file)
        } else if self.file.is_empty() || address.contains(':') {
            address.to_owned()
        } else {
            super::address::beside(self.file, address)
        };
        let said = |name| attribute(element, name).unwrap_or("");
        let note = said("epub:type").contains("noteref")
            || said("role") == "doc-noteref"
            || said("rel") == "footnote"
            || said("class").to_ascii_lowercase().contains("noteref");
        let back =
            said("role") == "doc-backlink" || said("epub:type").contains("backlink") || said("rev") == "footnote";
        if note || back {
            self.found.places.said(&address, note);
        }
        self.mark(Mark::Link(address));
    }

    fn mark(&mut self, mark: Mark) {
        self.line.open(mark);
        if let Some(frame) = self.frames.last_mut() {
            frame.marks += 1;
        }
    }

    fn open(&mut self, container: Container) {
        self.within = self.nest.open(container, self.within);
    }

    fn open_item(&mut self, number: Option<u32>) {
        // An item that stands in no list makes one.
        if !matches!(self.nest.container(self.within), Container::List) {
            self.open(Container::List);
        }
        self.open(Container::Item(number));
    }

    /// A definition goes on in the item of its term.
    fn open_definition(&mut self) {
        let last = self.found.pieces.last().map(|p| p.within);
        let term = last.and_then(|l| self.nest.path(l).find(|id| self.nest.parent(*id) == self.within));
        match term {
            Some(item) if self.nest.container(self.within) == Container::List => self.within = item,
            _ => self.open_item(None),
        }
    }

    fn item_number(&mut self, element: &Element) -> Option<u32> {
        // The frame of the item itself is the last one.
        let list = self.frames.iter_mut().rev().skip(1).find(|f| f.block)?;
        let next = list.next?;
        let number = attribute(element, "value").and_then(|v| v.trim().parse().ok()).unwrap_or(next);
        list.next = Some(number.saturating_add(1));
        Some(number)
    }

    /// Remembers the names by which links lead to an element.
    fn remember_names(&mut self, element: &Element, name: &str) {
        let id = attribute(element, "id").or_else(|| attribute(element, "xml:id"));
        let names = [id, attribute(element, "name").filter(|_| name == "a")];
        for id in names.into_iter().flatten().filter(|id| !id.is_empty()) {
            self.open_ids.push((format!("{}#{id}", self.file), self.found.pieces.len()));
            if let Some(frame) = self.frames.last_mut() {
                frame.ids += 1;
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.leaf == Some(Kind::Table) && self.frames.last().is_some_and(|f| f.block) && text.trim().is_empty() {
            return;
        }
        if !text.trim().is_empty()
            && let Some((description, address)) = self.picture.take()
        {
            if description.chars().count() <= 2 {
                // An initial that was drawn.
                self.line.push(&description);
            } else {
                self.push_picture(&description, address);
            }
        }
        self.line.push(text);
    }

    fn line_break(&mut self) {
        match self.leaf {
            Some(Kind::Code) => self.line.push("\n"),
            Some(_) => self.line.space(),
            // An empty line divides paragraphs.
            None if self.line.string().ends_with('\n') => self.end_piece(),
            None if !self.line.is_empty() => self.line.sign('\n'),
            None => {}
        }
    }

    fn picture(&mut self, element: &Element) {
        let Some(description) = attribute(element, "alt").map(str::trim).filter(|a| !a.is_empty()) else { return };
        let drawn = attribute(element, "class").is_some_and(|c| c.contains("math") || c.contains("tex"));
        // Within a sentence it says what a reader without pictures reads there.
        let within = !self.line.is_empty() && description.chars().count() <= LONGEST_IN_LINE;
        if drawn || within && self.leaf.is_none_or(|leaf| leaf != Kind::Code) {
            self.line.push(description);
        } else if self.line.is_empty() && self.leaf.is_none() {
            self.end_picture();
            self.picture = Some((description.to_owned(), attribute(element, "src").unwrap_or("").to_owned()));
        }
    }

    fn end_picture(&mut self) {
        if let Some((description, address)) = self.picture.take() {
            self.push_picture(&description, address);
        }
    }

    fn push_picture(&mut self, description: &str, address: String) {
        let mut line = Shaper::default();
        if address.is_empty() || address.starts_with("data:") {
            line.push(description);
        } else {
            line.open(Mark::Link(address));
            line.push(description);
            line.close();
        }
        let (string, marks) = line.take();
        self.push(Piece { kind: Kind::Picture, within: self.within, string, marks });
    }

    fn end_piece(&mut self) {
        let kind = self.leaf.unwrap_or(Kind::Prose);
        if self.line.is_empty() {
            if self.leaf.is_none() {
                self.end_picture();
            }
            self.line.take();
            return;
        }
        let (mut string, marks) = self.line.take();
        let within = self.item_for_letters();
        if kind == Kind::Code {
            string.drain(..string.len() - string.trim_start_matches('\n').len());
        }
        let piece = Piece { kind, within, string, marks };
        if kind != Kind::Table {
            self.push(piece);
            return;
        }
        for part in squared(&piece) {
            self.push(part);
        }
    }

    /// Letters that stand in a list beside its items are an item.
    fn item_for_letters(&mut self) -> ContainerId {
        if self.nest.container(self.within) == Container::List {
            return self.nest.open(Container::Item(None), self.within);
        }
        self.within
    }

    fn push(&mut self, piece: Piece) {
        if piece.is_empty() {
            return;
        }
        self.found.within.push(self.frames.last().map_or(u32::MAX, |f| f.element));
        self.found.pieces.push(piece);
    }
}
