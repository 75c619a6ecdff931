//! What the elements of HTML are to a parser and to a reader: tables of names, all in lower case.
//!
//! The groups follow the standard (WHATWG HTML, "Tree construction"): which elements stay open until they are closed,
//! which a later one closes, and beyond which a closing tag does not reach.

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that style a stretch of text and that a parser opens again after the block in which they were left open.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements beyond which a closing tag does not reach.
const SCOPE: &[&str] = &["applet", "caption", "html", "marquee", "object", "table", "td", "template", "th"];

/// Elements that close an open paragraph when they begin.
const CLOSES_P: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "xmp",
];

/// Elements that stand for themselves on the page: what is before them and after them is another paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose content is nothing to read.
const SILENT: &[&str] = &[
    "annotation",
    "annotation-xml",
    "applet",
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "head",
    "iframe",
    "map",
    "meter",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "progress",
    "rp",
    "rt",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];

/// Elements whose content a parser takes for letters, and in which there is nothing to read.
const RAW: &[&str] =
    &["iframe", "noembed", "noframes", "noscript", "script", "style", "svg", "template", "textarea", "xmp"];

/// Whether an element has no content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether an element styles letters.
pub(super) fn is_formatting(name: &str) -> bool {
    FORMATTING.contains(&name)
}

/// Whether a closing tag of another element does not reach beyond this one.
pub(super) fn is_scope(name: &str) -> bool {
    SCOPE.contains(&name)
}

/// Whether an open paragraph ends where this element begins.
pub(super) fn closes_paragraph(name: &str) -> bool {
    CLOSES_P.contains(&name)
}

/// Whether the element is a paragraph or holds paragraphs.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether there is nothing to read in the element.
pub(super) fn is_silent(name: &str) -> bool {
    SILENT.contains(&name)
}

/// Whether the element's content is no markup and nothing to read.
pub(super) fn is_raw(name: &str) -> bool {
    RAW.contains(&name)
}

/// Whether the tags of an element are dropped because they would take the rest of a page with them.
pub(super) fn is_dropped(name: &str) -> bool {
    matches!(name, "frame" | "frameset" | "plaintext")
}
