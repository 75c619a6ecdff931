//! Texts of OpenDocument (ODF 1.2 and 1.3): an archive of parts (`.odt`), or one file of all of them (`.fodt`).
//!
//! As in a word processor's other documents, styles say what is a quotation or program text. What was deleted while
//! changes were tracked is left out, and so are comments and generated lists of contents.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use crate::import::archive::{Archive, Limits, Unread};
use crate::import::decode::declared;
use crate::import::error::ImportError;
use crate::import::flow::Mark;
use crate::import::flow::compose::Composer;
use crate::import::format::Format;
use crate::import::warning::Warning;
use crate::import::watch::Meter;
use crate::import::xml::{Token, Xml, attribute, name};
use crate::text::Text;
use crate::word::counted::counted;

use super::metadata::{PathValues, language};
use super::walk::Around;
use super::{Role, Vocabulary, formulas};

/// A document's words are a few million bytes at most, but every one of them may have a style.
const LIMITS: Limits = Limits { part: 96 << 20, all: 160 << 20 };

/// A chain of styles that is longer goes in a circle.
const LONGEST_CHAIN: usize = 24;

/// A blank that is repeated is repeated no more often than this.
const MOST_BLANKS: usize = 80;

/// A paragraph set in by this much from both sides is a quotation, in inches.
const SET_IN: f64 = 0.24;

/// What a style says of its paragraphs and letters.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "properties of the format, each independent of the others")]
struct Style {
    parent: Option<String>,
    name: String,
    emphasis: Option<bool>,
    strong: Option<bool>,
    strike: Option<bool>,
    raised: bool,
    lowered: bool,
    hidden: bool,
    fixed: bool,
    /// How far it is set in from the left and from the right, in inches.
    margins: (f64, f64),
}

#[derive(Debug, Default)]
struct OpenDocument {
    styles: HashMap<String, Style>,
    /// For each style of lists, the number that each level begins with, where it is numbered.
    lists: HashMap<String, [Option<u32>; 10]>,
    /// Its formulas, by their addresses.
    formulas: HashMap<String, String>,
    said: String,
}

/// Reads a document.
pub(in crate::import) fn read(
    bytes: &[u8],
    watch: Meter<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<Text, ImportError> {
    let mut document = OpenDocument::default();
    if !bytes.starts_with(b"PK") {
        let source = declared(bytes, warnings)?;
        document.learn(&source);
        document.said = source[..source.find("</office:meta>").unwrap_or(0)].to_owned();
        return Ok(super::read(&source, &document, watch, warnings));
    }
    let mut archive = Archive::open(bytes, Format::Odt, LIMITS)?;
    let part = |archive: &mut Archive<'_>, name: &str, warnings: &mut Vec<Warning>| match archive.part(name) {
        Ok(bytes) => declared(&bytes, &mut Vec::new()).map(std::borrow::Cow::into_owned).unwrap_or_default(),
        Err(Unread::Missing) => String::new(),
        Err(why) => {
            warnings.push(Warning::fault(&format!("the document's part {name} {why}: the rest was read")));
            String::new()
        }
    };
    let kind = part(&mut archive, "mimetype", &mut Vec::new());
    for (other, what) in [
        ("presentation", "it is a presentation"),
        ("spreadsheet", "it is a spreadsheet"),
        ("graphics", "it is a drawing"),
    ] {
        if kind.contains(other) {
            return Err(ImportError::Broken { format: Format::Odt, why: what.to_owned() });
        }
    }
    if part(&mut archive, "META-INF/manifest.xml", &mut Vec::new()).contains("encryption-data") {
        return Err(ImportError::Protected(Format::Odt));
    }
    document.learn(&part(&mut archive, "styles.xml", warnings));
    document.said = part(&mut archive, "meta.xml", warnings);
    let content = archive.part("content.xml").map_err(|why| why.of(Format::Odt, "its part content.xml"))?;
    let content = declared(&content, warnings)?;
    document.learn(&content);
    let (formulas, others) = formulas::of(&content, &mut archive);
    document.formulas = formulas;
    if others > 0 {
        let objects = counted(others, "object");
        warnings.push(Warning::fault(&format!("left out {objects} of other programs: charts, tables or drawings")));
    }
    let text = super::read(&content, &document, watch, warnings);
    if text.blocks().is_empty() && content.contains("<draw:image") {
        return Err(ImportError::Pictures(Format::Odt));
    }
    Ok(text)
}

impl OpenDocument {
    /// Reads the styles of a part.
    fn learn(&mut self, source: &str) {
        let mut open: Option<(String, Style)> = None;
        let mut list: Option<String> = None;
        for token in Xml::new(source) {
            match token {
                Token::Open(tag) => match name(&tag) {
                    "style" => {
                        let shown = attribute(&tag, "display-name").or_else(|| attribute(&tag, "name"));
                        let style = Style {
                            parent: attribute(&tag, "parent-style-name"),
                            name: shown.unwrap_or_default().replace("_20_", " ").to_lowercase(),
                            ..Style::default()
                        };
                        open = attribute(&tag, "name").map(|name| (name, style));
                    }
                    "text-properties" => open.iter_mut().for_each(|(_, style)| style.letters(&tag)),
                    "paragraph-properties" => open.iter_mut().for_each(|(_, style)| style.paragraph(&tag)),
                    "list-style" => {
                        list = attribute(&tag, "name");
                        self.lists.extend(list.clone().map(|name| (name, [None; 10])));
                    }
                    "list-level-style-number" => {
                        let number = |key| attribute(&tag, key).and_then(|v| v.parse::<usize>().ok());
                        let plain = attribute(&tag, "num-format").is_none_or(|format| format.is_empty());
                        let levels = list.as_ref().and_then(|name| self.lists.get_mut(name));
                        let level = number("level").unwrap_or(1).saturating_sub(1);
                        if let (Some(at), false) = (levels.and_then(|levels| levels.get_mut(level)), plain) {
                            *at = Some(number("start-value").unwrap_or(1) as u32);
                        }
                    }
                    // The text begins, and its styles end.
                    "text" if open.is_none() && list.is_none() => break,
                    _ => {}
                },
                Token::Close(closed) => match closed.as_str() {
                    "style" => self.styles.extend(open.take()),
                    "list-style" => list = None,
                    _ => {}
                },
                Token::Letters(_) => {}
            }
        }
    }

    /// A style and those that it follows.
    fn chain(&self, style: &str) -> impl Iterator<Item = &Style> {
        let parent = |style: &&Style| style.parent.as_ref().and_then(|name| self.styles.get(name));
        std::iter::successors(self.styles.get(style), parent).take(LONGEST_CHAIN)
    }

    /// Whether a style, or one that it follows, has one of these words in its name.
    fn named(&self, style: &str, words: &[&str]) -> bool {
        let says = |name: &str| {
            let name = name.replace("_20_", " ").to_lowercase();
            words.iter().any(|word| name.contains(word))
        };
        let parent_says = |style: &Style| style.parent.as_deref().is_some_and(says);
        says(style) || self.chain(style).any(|style| says(&style.name) || parent_says(style))
    }

    /// What a paragraph is by its style.
    fn paragraph(&self, style: &str, around: &Around<'_>) -> Role {
        let list = around.has("list-item");
        let margins = self.chain(style).map(|s| s.margins).find(|m| *m != (0.0, 0.0)).unwrap_or_default();
        let set_in = margins.0 >= SET_IN && margins.1 >= SET_IN && !list && !around.has("table-cell");
        if self.chain(style).next().is_some_and(|s| s.hidden) {
            Role::Silent
        } else if self.is_title(style) {
            Role::Heading(Some(1), 0)
        } else if self.named(style, &["preformatted", "source code", "source_5f_code"]) {
            Role::CodeLine
        } else if set_in || self.named(style, &["quotation", "quote"]) {
            Role::Quotation
        } else {
            Role::Block
        }
    }

    fn is_title(&self, style: &str) -> bool {
        style == "Title" || self.chain(style).any(|s| s.name == "title")
    }

    /// How the letters of a style are set.
    fn letters(&self, style: &str) -> Role {
        let first = |f: fn(&Style) -> Option<bool>| self.chain(style).find_map(f).unwrap_or(false);
        let any = |f: fn(&Style) -> bool| self.chain(style).any(f);
        if any(|s| s.hidden) {
            Role::Silent
        } else if any(|s| s.raised) {
            Role::Marked(Mark::Raised)
        } else if any(|s| s.lowered) {
            Role::Marked(Mark::Lowered)
        } else if first(|s| s.strike) {
            Role::Marked(Mark::Strike)
        } else if self.named(style, &["source text", "teletype", "code", "verbatim"]) || any(|s| s.fixed) {
            Role::Marked(Mark::Code)
        } else if first(|s| s.strong) || self.named(style, &["strong"]) {
            Role::Marked(Mark::Strong)
        } else if first(|s| s.emphasis) || self.named(style, &["emphasis"]) {
            Role::Marked(Mark::Emphasis)
        } else {
            Role::Plain
        }
    }
}

impl Style {
    fn letters(&mut self, tag: &BytesStart<'_>) {
        let said = |name| attribute(tag, name);
        self.emphasis = self.emphasis.or(said("font-style").map(|s| s != "normal"));
        self.strong =
            self.strong.or(said("font-weight").map(|w| w == "bold" || w.parse().is_ok_and(|w: u32| w >= 600)));
        self.strike = self.strike.or(said("text-line-through-style").map(|s| s != "none"));
        if let Some(position) = said("text-position") {
            self.raised = position.starts_with("super") || position.starts_with(|c: char| ('1'..='9').contains(&c));
            self.lowered = position.starts_with("sub") || position.starts_with('-');
        }
        self.hidden |= said("display").is_some_and(|d| d == "none");
        let font = said("font-name").or_else(|| said("font-family")).unwrap_or_default().to_lowercase();
        self.fixed |= ["courier", "mono", "consolas"].iter().any(|name| font.contains(name));
    }

    fn paragraph(&mut self, tag: &BytesStart<'_>) {
        let inches = |name| attribute(tag, name).and_then(|m| inches(&m)).unwrap_or(0.0);
        self.margins = (inches("margin-left"), inches("margin-right"));
    }
}

/// A length in inches.
fn inches(length: &str) -> Option<f64> {
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let number: f64 = length[..length.len() - unit.len()].parse().ok()?;
    Some(match unit {
        "in" => number,
        "cm" => number / 2.54,
        "mm" => number / 25.4,
        "pt" => number / 72.0,
        _ => return None,
    })
}

impl Vocabulary for OpenDocument {
    fn role(&self, tag: &BytesStart<'_>, around: &Around<'_>) -> Role {
        let said = |name| attribute(tag, name);
        let number = |name| said(name).and_then(|n| n.parse::<u32>().ok());
        let style = || said("style-name").unwrap_or_default();
        match name(tag) {
            "meta" | "settings" | "scripts" | "font-face-decls" | "styles" | "automatic-styles" | "master-styles"
            | "tracked-changes" | "annotation" | "sequence-decls" | "variable-decls" | "user-field-decls" | "forms"
            | "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index" | "object-index"
            | "note-citation" | "ruby-text" | "shapes" | "event-listeners" | "binary-data" => Role::Silent,
            "title" | "desc" if around.has("frame") => Role::Silent,
            "section" | "text-box" | "header" | "footer" => {
                if said("display").is_some_and(|d| d == "none") {
                    Role::Silent
                } else {
                    Role::Plain
                }
            }
            "h" if self.is_title(&style()) => Role::Heading(Some(1), 0),
            "h" => Role::Heading(Some(number("outline-level").unwrap_or(1).clamp(1, 6) as u8), 0),
            "p" => self.paragraph(&style(), around),
            "span" => self.letters(&style()),
            "list" => {
                let depth = around.count("list");
                let named = said("style-name").or_else(|| around.list_style());
                let levels = named.and_then(|name| self.lists.get(&name).copied()).unwrap_or_default();
                Role::List(levels.get(depth).copied().flatten())
            }
            "list-item" | "list-header" => Role::Item(number("start-value")),
            "note" => Role::Note(None),
            "a" => match said("href").filter(|href| !href.starts_with('#')) {
                Some(href) => Role::Marked(Mark::Link(href)),
                None => Role::Plain,
            },
            "object" => match said("href").and_then(|href| self.formulas.get(&href)) {
                Some(formula) => Role::Letters(formula.clone()),
                None => Role::Plain,
            },
            "s" => Role::Letters(" ".repeat((number("c").unwrap_or(1) as usize).min(MOST_BLANKS))),
            "tab" => Role::Letters("\t".to_owned()),
            "line-break" => Role::Break,
            "table" => Role::Table,
            "table-row" => Role::Row,
            "table-cell" | "covered-table-cell" => Role::Cell,
            _ => Role::Plain,
        }
    }

    fn meta(&self, _: &str, composer: &mut Composer) {
        let paths =
            ["meta/title", "meta/initial-creator", "meta/creator", "meta/creation-date", "meta/date", "meta/language"];
        let said = PathValues::of(&self.said, &paths, &[], &[]);
        composer.meta.title = said.first(&["meta/title"]);
        composer.meta.author = said.first(&["meta/initial-creator", "meta/creator"]);
        let date = said.first(&["meta/creation-date", "meta/date"]);
        composer.meta.date = date.and_then(|d| d.split('T').next().map(str::to_owned));
        composer.meta.language = said.first(&["meta/language"]).and_then(|l| language(&l));
    }
}
