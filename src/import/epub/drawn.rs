//! Words in drawings: a page of a book may be an SVG picture, or hold one, and what is written in it is written there.

use std::borrow::Cow;

use memchr::memmem;

use crate::import::xml::{Token, Xml, name};

/// A page's source with the drawings in which something is written replaced by their words, each on a line of its own.
pub(super) fn with_words(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    if memmem::find(bytes, b"<svg").is_none() || memmem::find(bytes, b"<text").is_none() {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while let Some(start) = memmem::find(&bytes[at..], b"<svg").map(|found| at + found) {
        let end = memmem::find(&bytes[start..], b"</svg>").map_or(source.len(), |found| start + found + 6);
        out.push_str(&source[at..start]);
        for line in words(&source[start..end]) {
            out.push_str("<p>");
            out.push_str(&line.replace('&', "&amp;").replace('<', "&lt;"));
            out.push_str("</p>");
        }
        at = end;
    }
    out.push_str(&source[at..]);
    Cow::Owned(out)
}

/// What is written in a drawing.
fn words(drawing: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut open = 0usize;
    for token in Xml::new(drawing) {
        match token {
            Token::Open(tag) => match name(&tag) {
                "text" => {
                    open += 1;
                    lines.push(String::new());
                }
                // Each stretch may be a line by itself: its place is nothing that letters say.
                "tspan" if open > 0 => lines.last_mut().into_iter().for_each(|line| line.push(' ')),
                _ => {}
            },
            Token::Close(closed) if closed == "text" => open = open.saturating_sub(1),
            Token::Letters(letters) if open > 0 => {
                lines.last_mut().into_iter().for_each(|line| line.push_str(&letters));
            }
            _ => {}
        }
    }
    lines.iter().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect()
}
