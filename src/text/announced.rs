//! What a passage announces: the quotation, the verse or the items that follow its colon at once. Where the passage is shown
//! apart from its text it says little without them.

use std::ops::Range;

use super::Text;
use super::block::{Block, BlockKind};
use super::span;

/// So many blocks are announced at most: a list of hundreds is no part of the passage before it.
const MOST: usize = 12;

impl Text {
    /// Block `index` and those that it announces.
    pub fn with_announced(&self, index: usize) -> Range<usize> {
        let Some(block) = self.blocks.get(index) else { return index..index };
        let after = &self.blocks[index + 1..];
        let belongs = |follower: &&Block| {
            let is_set_apart = matches!(follower.kind, BlockKind::Verse | BlockKind::Code | BlockKind::Table)
                && follower.kind == after[0].kind;
            follower.is_passage() && (is_set_apart || follower.quoted > block.quoted || follower.depth > block.depth)
        };
        let count = if self.announces(block) { after.iter().take(MOST).take_while(belongs).count() } else { 0 };
        index..index + 1 + count
    }

    /// Whether the last words of a block announce what follows.
    fn announces(&self, block: &Block) -> bool {
        let words = span::without_marks(&self.string, block.range(), &self.spans);
        // In older print a dash follows the colon.
        let words = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
        block.is_passage() && words.ends_with([':', '：'])
    }
}

#[cfg(test)]
mod tests {
    use crate::text::block::BlockKind;
    use crate::text::{Builder, Text};

    /// A text of blocks, each with how deep it is quoted and how deep in lists.
    fn text(blocks: &[(BlockKind, u8, u8, &str)]) -> Text {
        let mut builder = Builder::new();
        for (kind, quoted, depth, words) in blocks {
            builder.begin(*kind, 1).quoted(*quoted).depth(*depth).push(words);
        }
        builder.finish()
    }

    #[test]
    fn what_follows_a_colon_at_once_and_is_set_apart() {
        use BlockKind::{Heading, Item, Paragraph, Quotation, Verse};
        for (blocks, expected) in [
            (&[(Paragraph, 0, 0, "She wrote:"), (Quotation, 1, 0, "One."), (Paragraph, 0, 0, "Two.")][..], 2),
            (&[(Paragraph, 0, 0, "She wrote."), (Quotation, 1, 0, "One.")], 1),
            (&[(Paragraph, 0, 0, "She wrote:—"), (Quotation, 1, 0, "One."), (Quotation, 1, 0, "Two.")], 3),
            (
                &[
                    (Paragraph, 0, 0, "Two things:"),
                    (Item, 0, 1, "One."),
                    (Item, 0, 2, "Within."),
                    (Item, 0, 1, "Two."),
                ],
                4,
            ),
            (&[(Item, 0, 1, "One thing:"), (Item, 0, 2, "Within."), (Item, 0, 1, "Another.")], 2),
            (
                &[
                    (Paragraph, 0, 0, "He sang: "),
                    (Verse, 0, 0, "La\nla"),
                    (Verse, 0, 0, "la"),
                    (Quotation, 1, 0, "It."),
                ],
                4,
            ),
            (&[(Paragraph, 0, 0, "This:"), (Heading, 0, 1, "That"), (Quotation, 1, 0, "One.")], 1),
            (&[(Paragraph, 0, 0, "This:"), (Paragraph, 0, 0, "and no quotation.")], 1),
            (&[(Quotation, 1, 0, "He says:"), (Quotation, 2, 0, "One."), (Quotation, 1, 0, "Two.")], 2),
            (&[(Heading, 0, 1, "Contents:"), (Item, 0, 1, "One.")], 1),
        ] {
            assert_eq!(text(blocks).with_announced(0), 0..expected, "{blocks:?}");
        }
        let long: Vec<_> = std::iter::repeat_n((Item, 0, 1, "One."), 500).collect();
        let whole = [vec![(Paragraph, 0, 0, "All:")], long].concat();
        assert!(text(&whole).with_announced(0).len() < 20);
        assert_eq!(text(&whole).with_announced(1000), 1000..1000);
    }
}
