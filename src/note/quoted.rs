//! The quoted passages at the head of a note's words.
//!
//! Each is one block quotation whose last line cites it:
//!
//! ```markdown
//! > A delegate who can be recalled the same afternoon is not a representative.
//! >
//! > — Anna Example, *Power from Below*, 1920, ¶22
//! ```
//!
//! What is recognised again is the shape: a block quotation that ends in a line with a dash. A note with one anchor has
//! at most one such head, a pair at most two; any further quotation is the reader's.

use std::ops::Range;

use crate::note::Target;
use crate::note::front::lines;
use crate::text::clean::without_unseen;

/// What begins the line that cites.
const CITES: &str = "> — ";

/// A quotation longer than this many characters is cut in the words of the note; the anchor has all of it.
const LONGEST: usize = 4000;

/// The head of a note: the bytes of its quoted passages, and their citations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Head {
    /// From the first byte after the front matter to the first of the reader's words.
    pub range: Range<usize>,
    /// The citation of each.
    pub citations: Vec<String>,
}

/// The head that begins at byte `from`, of a note with this many anchors.
pub(super) fn read(source: &str, from: usize, anchors: usize) -> Head {
    let mut head = Head { range: from..from, citations: Vec::new() };
    let mut at = from;
    while head.citations.len() < anchors {
        let mut all = lines(source, at, 1).skip_while(|line| line.words.trim().is_empty()).peekable();
        let mut last = None;
        while let Some(line) = all.next_if(|line| line.words.starts_with('>')) {
            last = Some(line);
        }
        let Some((last, citation)) = last.and_then(|l| Some((l, l.words.strip_prefix(CITES)?))) else { break };
        head.citations.push(citation.trim().to_owned());
        at = last.end;
    }
    if !head.citations.is_empty() {
        // One blank line stands between the quotation and the words.
        let gap = lines(source, at, 1).next().filter(|line| line.words.is_empty());
        head.range.end = gap.map_or(at, |line| line.end);
    } else if let Some(gap) = lines(source, from, 1).next().filter(|line| line.words.is_empty() && from > 0) {
        head.range.end = gap.end;
    }
    head
}

/// The head as it is written, the blank line after it included.
pub(super) fn write(targets: &[Target]) -> String {
    let mut out = String::from("\n");
    for target in targets {
        // What are passages of their own stay so in Markdown.
        let quote = shortened(&without_unseen(&target.anchor.exact));
        for (nth, line) in quote.split('\n').filter(|line| !line.trim().is_empty()).enumerate() {
            out.push_str(if nth > 0 { ">\n> " } else { "> " });
            out.push_str(line);
            out.push('\n');
        }
        // Of a text as a whole nothing is quoted.
        if !quote.is_empty() {
            out.push_str(">\n");
        }
        out.push_str(CITES);
        out.push_str(target.citation.trim());
        out.push_str("\n\n");
    }
    out
}

fn shortened(quote: &str) -> String {
    match quote.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{} […]", quote[..cut].trim_end()),
        None => quote.trim_end_matches('\n').to_owned(),
    }
}
