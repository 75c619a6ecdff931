//! The structure that a tagged PDF gives of itself: which letters belong to which paragraph or heading, in which order.
//!
//! ISO 32000-1, 14.7 and 14.8: elements in a tree, whose leaves are numbers (MCID) that the pages give to what they draw.
//! Many programs tag carelessly; so the tree is taken only where it covers nearly all letters, and the order of a page
//! only where it reads in few downward runs.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::Page;
use super::object::{dict, name, value};
use super::piece::Piece;

/// Elements within elements.
const DEEPEST: usize = 64;

/// Nodes of the tree that are looked at.
const MOST: usize = 1_000_000;

/// Which share of the letters is tagged where the tags can be relied on, in hundredths.
const COVERED: usize = 80;

/// The level of each element that is a heading, by its number.
pub(super) type Headings = HashMap<u32, u8>;

/// Which element the marked contents of each page belong to.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pages: HashMap<ObjectId, HashMap<u32, u32>>,
    headings: Headings,
    /// How many elements there are; they are numbered from 1.
    count: u32,
    /// Letters that belong to an element, and all.
    covered: usize,
    letters: usize,
}

/// What is known on the way down the tree.
#[derive(Debug, Clone, Copy)]
struct TreeContext {
    page: Option<ObjectId>,
    /// The element that what is found here belongs to.
    element: Option<u32>,
    /// Whether that element keeps all below it: a table has its own order.
    sealed: bool,
    sections: u8,
    depth: usize,
}

impl Structure {
    /// The structure of a document; empty where it has none.
    pub(super) fn of(doc: &Document) -> Self {
        let mut this = Self::default();
        let root = doc.catalog().ok().and_then(|catalog| dict(doc, catalog, b"StructTreeRoot"));
        if let Some(root) = root {
            let mut walk = Walk { doc, roles: dict(doc, root, b"RoleMap"), left: MOST, into: &mut this };
            let place = TreeContext { page: None, element: None, sealed: false, sections: 0, depth: 0 };
            if let Some(kids) = value(doc, root, b"K") {
                walk.kids(kids, place);
            }
        }
        this
    }

    /// Tells the letters of a page which element they belong to.
    pub(super) fn tell(&mut self, page: &mut Page, id: ObjectId) {
        let marked = self.pages.get(&id);
        for glyph in &mut page.glyphs {
            let element = glyph.element.checked_sub(1).and_then(|mark| marked?.get(&mark).copied());
            glyph.element = element.unwrap_or(0);
            self.covered += usize::from(glyph.element > 0);
        }
        self.letters += page.glyphs.len();
    }

    /// The headings, where the structure can be relied on; else the pieces belong to no element any more.
    pub(super) fn settle(self, pages: &mut [Vec<Piece>]) -> Headings {
        if self.count > 0 && self.covered * 100 >= self.letters * COVERED {
            // Where nearly all is a heading, none is.
            let few = self.headings.len() * 10 <= self.count as usize * 6;
            return if few { self.headings } else { Headings::new() };
        }
        pages.iter_mut().flatten().for_each(|piece| piece.element = 0);
        Headings::new()
    }
}

struct Walk<'a, 's> {
    doc: &'a Document,
    roles: Option<&'a Dictionary>,
    left: usize,
    into: &'s mut Structure,
}

impl<'a> Walk<'a, '_> {
    fn kids(&mut self, kids: &'a Object, place: TreeContext) {
        if self.left == 0 || place.depth > DEEPEST {
            return;
        }
        self.left -= 1;
        match kids {
            Object::Array(all) => {
                let mut place = place;
                place.depth += 1;
                for kid in all {
                    self.kids(kid, place);
                }
            }
            Object::Reference(id) => {
                if let Ok(object) = self.doc.get_object(*id) {
                    self.kids(object, TreeContext { depth: place.depth + 1, ..place });
                }
            }
            Object::Integer(mark) => self.mark(*mark, place),
            Object::Dictionary(node) if node.has_type(b"MCR") => {
                let page = page_of(node).or(place.page);
                if let Some(Object::Integer(mark)) = value(self.doc, node, b"MCID") {
                    self.mark(*mark, TreeContext { page, ..place });
                }
            }
            Object::Dictionary(node) if node.has(b"S") => self.element(node, place),
            _ => {}
        }
    }

    fn element(&mut self, node: &'a Dictionary, place: TreeContext) {
        let role = self.role(node);
        let mut below = TreeContext { page: page_of(node).or(place.page), depth: place.depth + 1, ..place };
        if !place.sealed {
            match &*role {
                b"Document" | b"DocumentFragment" | b"Part" | b"Art" | b"Div" | b"BlockQuote" | b"TOC" | b"L"
                | b"Index" | b"Aside" => below.element = None,
                // What has no part in the structure stands in what it is in: a stressed word in its paragraph.
                b"NonStruct" | b"Private" => {}
                b"Sect" => (below.element, below.sections) = (None, place.sections.saturating_add(1)),
                b"P" | b"LI" | b"Caption" | b"Code" | b"Note" | b"FENote" | b"TOCI" | b"Formula" | b"Figure"
                | b"Form" => {
                    // The paragraphs of an item stand beside its mark.
                    if !(role == b"P" && place.element.is_some()) {
                        below.element = Some(self.number());
                    }
                }
                b"Table" => (below.element, below.sealed) = (Some(self.number()), true),
                role => {
                    if let Some(level) = level(role, place.sections) {
                        let number = self.number();
                        below.element = Some(number);
                        self.into.headings.insert(number, level);
                    }
                }
            }
        }
        if let Some(kids) = value(self.doc, node, b"K") {
            self.kids(kids, below);
        }
    }

    fn number(&mut self) -> u32 {
        self.into.count += 1;
        self.into.count
    }

    fn mark(&mut self, mark: i64, place: TreeContext) {
        let (Some(page), Ok(mark)) = (place.page, u32::try_from(mark)) else { return };
        let element = place.element.unwrap_or_else(|| self.number());
        self.into.pages.entry(page).or_default().insert(mark, element);
    }

    /// The standard name of what a node is, for which a document may have names of its own.
    fn role(&self, node: &Dictionary) -> Vec<u8> {
        let mut role = name(self.doc, node, b"S").unwrap_or_default();
        for _ in 0..8 {
            let Some(other) = self.roles.and_then(|roles| name(self.doc, roles, &role)) else { break };
            role = other;
        }
        role
    }
}

/// The page that a node says its content is on.
fn page_of(node: &Dictionary) -> Option<ObjectId> {
    node.get(b"Pg").and_then(Object::as_reference).ok()
}

/// The level of a heading; one that names none has that of its section.
fn level(role: &[u8], sections: u8) -> Option<u8> {
    match role {
        b"Title" => Some(1),
        b"H" => Some(sections.clamp(1, 6)),
        [b'H', digit @ b'1'..=b'9'] => Some((digit - b'0').min(6)),
        _ => None,
    }
}

/// The parts of a page in the order of the structure, each reading downward: the pieces of each. `None` where no
/// structure tells, and where it leads about the page, which shows `seen` parts.
pub(super) fn regions(pieces: &[Piece], seen: usize) -> Option<Vec<Vec<usize>>> {
    let mut elements: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut loose = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if piece.element > 0 { elements.entry(piece.element).or_default().push(i) } else { loose.push(i) }
    }
    if elements.is_empty() || loose.len() * 5 > pieces.len() {
        return None;
    }
    let mut order: Vec<(u32, Vec<usize>)> = elements.into_iter().collect();
    order.sort_by_key(|(element, _)| *element);
    let mut parts: Vec<Part> = Vec::new();
    for (_, all) in order {
        let next = Part::of(pieces, all);
        match parts.last_mut().filter(|part| part.goes_on_with(&next)) {
            Some(part) => part.take(next),
            None => parts.push(next),
        }
    }
    if parts.len() > seen.max(2) * 2 {
        return None;
    }
    // What is in no element stands where the page shows it: above all else, or below.
    let top = parts.iter().map(|p| p.top).fold(f32::MIN, f32::max);
    let (above, below): (Vec<usize>, Vec<usize>) = loose.into_iter().partition(|i| pieces[*i].base > top);
    let parts = parts.into_iter().map(|part| part.pieces);
    Some([above].into_iter().chain(parts).chain([below]).filter(|all| !all.is_empty()).collect())
}

/// Elements below each other.
struct Part {
    pieces: Vec<usize>,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    size: f32,
}

impl Part {
    fn of(pieces: &[Piece], all: Vec<usize>) -> Self {
        let mut part =
            Self { left: f32::MAX, right: f32::MIN, top: f32::MIN, bottom: f32::MAX, size: 0.0, pieces: Vec::new() };
        for piece in all.iter().map(|i| &pieces[*i]) {
            part.left = part.left.min(piece.left);
            part.right = part.right.max(piece.right);
            part.top = part.top.max(piece.base);
            part.bottom = part.bottom.min(piece.base);
            part.size = part.size.max(piece.size);
        }
        Self { pieces: all, ..part }
    }

    fn goes_on_with(&self, next: &Self) -> bool {
        // Two elements of one line go on, too: a term and its description.
        let level = (self.bottom - next.top).abs() < next.size * 0.5;
        next.top < self.bottom + next.size * 0.5 && (level || next.left < self.right && next.right > self.left)
    }

    fn take(&mut self, next: Self) {
        self.left = self.left.min(next.left);
        self.right = self.right.max(next.right);
        self.bottom = self.bottom.min(next.bottom);
        self.size = self.size.max(next.size);
        self.pieces.extend(next.pieces);
    }
}
