//! The title of a text that names none: its first heading, if that is of the first level.

use crate::text::Builder;
use crate::text::block::{Block, BlockKind};

/// Sets the title where it is missing. The heading stays a block of the text.
pub(super) fn from_first_heading(builder: &mut Builder) {
    if builder.meta_mut().title.is_none() {
        builder.meta_mut().title = implied(builder.blocks(), builder.string()).map(str::to_owned);
    }
}

/// The title that the blocks imply.
pub(super) fn implied<'a>(blocks: &[Block], string: &'a str) -> Option<&'a str> {
    let first = blocks.iter().find(|b| b.kind == BlockKind::Heading)?;
    (first.depth == 1).then(|| &string[first.range()])
}
