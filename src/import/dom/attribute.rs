//! What an element says of itself.

use dom_query::{Element, NodeRef};

/// An attribute of an element.
pub(in crate::import) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

/// Whether an element says where a page of the printed book begins.
pub(super) fn is_page_number(element: &Element) -> bool {
    let named = |class: &str| matches!(class, "pagenum" | "pageno" | "page-number" | "pagebreak");
    attribute(element, "epub:type").is_some_and(|t| t.contains("pagebreak"))
        || attribute(element, "role") == Some("doc-pagebreak")
        || attribute(element, "class").is_some_and(|c| c.split_ascii_whitespace().any(named))
}

/// Whether an element counts the paragraphs of a print: a label of nothing but a number.
pub(super) fn is_paragraph_number(element: &Element, node: NodeRef<'_>) -> bool {
    &*element.name.local == "label" && node.text().trim().parse::<u32>().is_ok()
}
