//! Tables: which of them hold data, and which only lay out a page.

use dom_query::NodeRef;

use crate::import::flow::shape::{CELL, ROW, Shaper};

use super::attribute::attribute;

/// A cell of data has no more letters than this, a cell of a layout may hold an article.
const LONGEST_CELL: usize = 800;

/// Whether a table holds data: rows and columns, and no paragraphs, lists or headings in its cells.
pub(super) fn holds_data(table: NodeRef<'_>) -> bool {
    let presented = |e: &dom_query::Element| attribute(e, "role") == Some("presentation");
    if table.element_ref().is_some_and(|e| presented(&e)) {
        return false;
    }
    let (mut rows, mut cells, mut widest) = (0, 0, 0);
    let (mut letters, mut paragraphs) = (0, 0);
    for node in table.descendants_it() {
        if node.is_text() {
            letters += node.query_or(0, |n| match &n.data {
                dom_query::NodeData::Text { contents } => contents.trim().len(),
                _ => 0,
            });
            if letters > LONGEST_CELL {
                return false;
            }
            continue;
        }
        let Some(element) = node.element_ref() else { continue };
        match &*element.name.local {
            "tr" => {
                rows += 1;
                cells = 0;
            }
            "td" | "th" => {
                cells += 1;
                widest = widest.max(cells);
                (letters, paragraphs) = (0, 0);
            }
            "p" | "div" => {
                paragraphs += 1;
                if paragraphs > 2 {
                    return false;
                }
            }
            "table" | "ul" | "ol" | "dl" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" | "form"
            | "article" | "section" | "nav" => return false,
            _ => {}
        }
    }
    rows > 1 && widest > 1
}

/// Notes in a table's line that a row or a cell begins.
pub(super) fn cell(line: &mut Shaper, name: &str) {
    match name {
        "tr" => line.sign(ROW),
        "td" | "th" => line.sign(CELL),
        _ => {}
    }
}
