//! Pieces of prose, and what they stand in: the form that web pages, books and word processors' documents have in common
//! on their way to a [`crate::text::Text`].
//!
//! A reader of one of those formats makes a [`Piece`] for every paragraph, heading, table or program, and says which
//! [`Container`]s it stands in. [`notes`] finds the footnotes among them, and [`write`] puts them into a text, flat as its
//! blocks are.

pub(super) mod compose;
pub(super) mod edit;
pub(super) mod notes;
pub(super) mod shape;
pub(super) mod table;
pub(super) mod write;

use std::ops::Range;

/// What a piece is, apart from what it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph; line feeds in it are the author's.
    Prose,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// Program text, as it is.
    Code,
    /// Cells between tabs, rows between line feeds.
    Table,
    /// A picture by its description.
    Picture,
    /// A break between parts.
    Rule,
}

/// What a stretch of a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Emphasis,
    Strong,
    Code,
    Strike,
    /// Set above the line: an exponent, or the mark of a note that nothing links to it.
    Raised,
    /// Set below the line.
    Lowered,
    /// A link and its address.
    Link(String),
    /// The mark of the note with this number, whose letters are replaced by the note's label.
    Note(u32),
}

/// A mark and the bytes of the piece's string that it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    pub mark: Mark,
    pub range: Range<usize>,
}

/// One block to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: Kind,
    /// The innermost container.
    pub within: ContainerId,
    /// Its letters: clean, and with white space as it is shown.
    pub string: String,
    pub marks: Vec<Marked>,
}

/// A container of a [`Nest`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ContainerId(u32);

/// What pieces stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// The text itself.
    Text,
    Quotation,
    List,
    /// An item of a list; its number, where the list is numbered.
    Item(Option<u32>),
    /// The note with this number.
    Note(u32),
}

/// The containers of a document, each within another.
#[derive(Debug)]
pub(super) struct Nest {
    all: Vec<(Container, ContainerId)>,
}

impl Nest {
    /// The text itself, in which all others stand.
    pub(super) const TEXT: ContainerId = ContainerId(0);

    /// Lists and quotations nest this deep; deeper ones are taken for their surroundings.
    const DEEPEST: usize = 12;

    pub(super) fn new() -> Self {
        Self { all: vec![(Container::Text, Self::TEXT)] }
    }

    /// Opens a container within another; the other itself where they nest too deep.
    pub(super) fn open(&mut self, container: Container, within: ContainerId) -> ContainerId {
        let like = |c: &Container| std::mem::discriminant(c) == std::mem::discriminant(&container);
        if self.around(within).filter(like).count() >= Self::DEEPEST {
            return within;
        }
        self.all.push((container, within));
        ContainerId(self.all.len() as u32 - 1)
    }

    /// What a container is.
    pub(super) fn container(&self, id: ContainerId) -> Container {
        self.all[id.0 as usize].0
    }

    /// What a container stands in.
    pub(super) fn parent(&self, id: ContainerId) -> ContainerId {
        self.all[id.0 as usize].1
    }

    /// The container and all around it, innermost first, without the text itself.
    pub(super) fn path(&self, id: ContainerId) -> impl Iterator<Item = ContainerId> {
        std::iter::successors(Some(id), |at| Some(self.parent(*at))).take_while(|at| *at != Self::TEXT)
    }

    fn around(&self, id: ContainerId) -> impl Iterator<Item = Container> {
        self.path(id).map(|at| self.container(at))
    }
}

impl Piece {
    /// A paragraph of the text itself, without marks.
    pub(super) fn prose(letters: &str) -> Self {
        let string = crate::text::clean::clean_text(letters).trim().to_owned();
        Self { kind: Kind::Prose, within: Nest::TEXT, string, marks: Vec::new() }
    }

    /// Whether there is nothing to read in it.
    pub(super) fn is_empty(&self) -> bool {
        self.kind != Kind::Rule && self.string.trim().is_empty()
    }
}
