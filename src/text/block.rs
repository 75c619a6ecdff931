//! Blocks: the paragraphs, headings, items and quotations that a text is made of.
//!
//! The model is flat. What Markdown nests, a block says of itself: how deep in lists it is (`depth`), how deep in
//! quotations (`quoted`), and which marker it begins with.

use std::ops::Range;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading; `depth` is its level, 1 to 6. Not a passage.
    Heading,
    /// A paragraph of running prose.
    Paragraph,
    /// A paragraph of a list item; `depth` is the level of the list, from 1. Only an item's first block has a marker.
    Item,
    /// A paragraph of a block quotation.
    Quotation,
    /// Lines whose breaks matter: verse, an address, preformatted prose.
    Verse,
    /// Program text; the breaks matter and nothing in it is markup.
    Code,
    /// A table: cells are separated by tabs, rows by line feeds.
    Table,
    /// A picture, represented by its description.
    Picture,
    /// A break between parts (`***`); its string is empty. Not a passage.
    Rule,
    /// A paragraph of a footnote. Not a passage: it has the label of its note.
    Footnote,
}

/// What stands before the first line of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Marker {
    /// Nothing: not an item, or an item's later paragraph.
    #[default]
    None,
    /// A bullet.
    Bullet,
    /// A number, as the author counted.
    Number(u32),
}

/// One block: what it is, and which bytes of the text's string it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Level of a heading (1..=6), or nesting of the list it stands in (0 outside lists).
    pub depth: u8,
    /// Nesting of block quotations around it; at least 1 for [`BlockKind::Quotation`].
    pub quoted: u8,
    /// What stands before its first line.
    pub marker: Marker,
    /// Line of the source file on which it begins, from 1; 0 where unknown.
    pub line: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Block {
    /// The bytes of [`crate::text::Text::string`] that the block covers, without the separator after it.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.range().len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether it is a passage: a block a reader can point at by number.
    pub fn is_passage(&self) -> bool {
        !matches!(self.kind, BlockKind::Heading | BlockKind::Rule | BlockKind::Footnote)
    }
}

impl BlockKind {
    /// The name used in JSON and in help.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Quotation => "quotation",
            Self::Verse => "verse",
            Self::Code => "code",
            Self::Table => "table",
            Self::Picture => "picture",
            Self::Rule => "rule",
            Self::Footnote => "footnote",
        }
    }
}
