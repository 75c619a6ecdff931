//! What is announced: a passage that ends with a colon says one thing together with the list or the quotation after it.
//!
//! The items of a list hardly name what they are items of: whoever reads them has the lead-in before them. And what leads to
//! a quotation is about what the quotation is about.

use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;

use super::weight::Scored;

/// A passage that scores so high carries what belongs to it.
const SURE: f32 = 1.0;
/// A lead-in carries so many items: those of a longer list have subjects of their own.
const ITEMS: u32 = 6;

/// Has the passages of `scored` that are surely about the topic carry what they announce, or are announced by: each of
/// these scores at least `carried`.
pub(super) fn carry(text: &Text, scored: &mut Vec<Scored>, carried: f32) {
    let mut belonging = Vec::new();
    for sure in scored.iter().filter(|s| s.score >= SURE) {
        match kind(text, sure.passage) {
            Some(BlockKind::Quotation) => {
                let mut before = (1..sure.passage).rev().take(ITEMS as usize);
                let before = before.find(|p| kind(text, *p) != Some(BlockKind::Quotation));
                belonging.extend(before.filter(|p| leads_in(text, *p)).map(|p| (p, sure.section)));
            }
            Some(BlockKind::Paragraph) if leads_in(text, sure.passage) => {
                let after = sure.passage + 1..=sure.passage + ITEMS;
                let items = after.take_while(|p| kind(text, *p) == Some(BlockKind::Item));
                belonging.extend(items.map(|p| (p, sure.section)));
            }
            _ => {}
        }
    }
    belonging.sort_unstable();
    belonging.dedup();
    let mut unnamed = Vec::new();
    for (passage, section) in belonging {
        if text.numbering().block_of(PassageNo(passage)).and_then(|b| text.heading_of(b)) != section {
            continue;
        }
        match scored.binary_search_by_key(&passage, |s| s.passage) {
            Ok(at) => scored[at].score = scored[at].score.max(carried),
            Err(_) => unnamed.push(Scored { passage, score: carried, mentions: 0, section }),
        }
    }
    scored.extend(unnamed);
    scored.sort_by_key(|s| s.passage);
}

fn kind(text: &Text, passage: u32) -> Option<BlockKind> {
    text.numbering().block_of(PassageNo(passage)).map(|block| text.blocks()[block].kind)
}

/// Whether more is to come after the passage: it ends with a colon, of whatever script.
fn leads_in(text: &Text, passage: u32) -> bool {
    text.passage_str(PassageNo(passage)).trim_end().ends_with([':', '：'])
}
