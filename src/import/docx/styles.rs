//! Styles: what the author called the paragraphs. Built-in styles keep their English names in every language.

use std::collections::HashMap;

use crate::import::xml::{Token, Xml, attribute, name};

/// Styles are based on others so often at most.
const LONGEST_CHAIN: usize = 16;

/// What a paragraph of a style is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u8),
    Title,
    Quotation,
    Code,
    /// A line of a table of contents.
    Contents,
}

/// A style, as far as it matters to a text.
#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    role: Option<Role>,
    /// Level of the outline, from 0.
    outline: Option<u8>,
    numbering: Option<u32>,
    level: Option<u8>,
    emphasis: bool,
    strong: bool,
    code: bool,
}

/// All styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
}

impl Styles {
    pub(super) fn read(source: &str) -> Self {
        let mut all = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        for token in Xml::new(source) {
            match token {
                Token::Open(tag) if name(&tag) == "style" => {
                    open = attribute(&tag, "styleId").map(|id| (id, Style::default()));
                }
                Token::Open(tag) => {
                    if let Some((_, style)) = &mut open {
                        style.take(name(&tag), attribute(&tag, "val").as_deref());
                    }
                }
                Token::Close(closed) if closed == "style" => all.extend(open.take()),
                _ => {}
            }
        }
        Self { all }
    }

    /// What paragraphs of a style are.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        self.chain(id)
            .find_map(|s| s.role.or(s.outline.filter(|l| *l < 6).map(|l| Role::Heading(l + 1))))
            .or_else(|| if self.all.is_empty() { role_of(&spaced(id)) } else { None })
    }

    /// The list and the level that a style puts its paragraphs into.
    pub(super) fn numbering(&self, id: &str) -> Option<(u32, u8)> {
        let list = self.chain(id).find_map(|s| s.numbering).filter(|n| *n > 0)?;
        Some((list, self.chain(id).find_map(|s| s.level).unwrap_or(0)))
    }

    /// Whether letters of a style are emphasised, strong, code.
    pub(super) fn letters(&self, id: &str) -> (bool, bool, bool) {
        let any = |f: fn(&Style) -> bool| self.chain(id).any(f);
        (any(|s| s.emphasis), any(|s| s.strong), any(|s| s.code))
    }

    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let base = |s: &&'s Style| s.based_on.as_ref().and_then(|id| self.all.get(id));
        std::iter::successors(self.all.get(id), base).take(LONGEST_CHAIN)
    }
}

impl Style {
    fn take(&mut self, element: &str, value: Option<&str>) {
        let on = !matches!(value, Some("0" | "false" | "off" | "none"));
        match element {
            "name" => {
                let name = value.unwrap_or("").to_lowercase();
                self.role = role_of(&name);
                self.code = name.contains("code") || name.contains("verbatim");
            }
            "basedOn" => self.based_on = value.map(str::to_owned),
            "outlineLvl" => self.outline = value.and_then(|v| v.parse().ok()),
            "numId" => self.numbering = value.and_then(|v| v.parse().ok()),
            "ilvl" => self.level = value.and_then(|v| v.parse().ok()),
            "i" => self.emphasis = on,
            "b" => self.strong = on,
            _ => {}
        }
    }
}

/// What the name of a style says, in lower case.
fn role_of(name: &str) -> Option<Role> {
    let level = name.strip_prefix("heading ").and_then(|n| n.trim().parse::<u8>().ok());
    match name {
        _ if level.is_some_and(|l| (1..=9).contains(&l)) => level.map(|l| Role::Heading(l.min(6))),
        "title" => Some(Role::Title),
        "block text" => Some(Role::Quotation),
        _ if name.starts_with("toc ") || name == "table of figures" => Some(Role::Contents),
        _ if name.contains("quot") && !name.contains("char") => Some(Role::Quotation),
        _ if name.contains("source code")
            || name.contains("preformatted")
            || name == "code"
            || name == "plain code" =>
        {
            Some(Role::Code)
        }
        _ => None,
    }
}

/// `Heading1` as `heading 1`: a document without styles has ids alone.
fn spaced(id: &str) -> String {
    let digits = id.len() - id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (word, number) = id.split_at(id.len() - digits);
    format!("{} {number}", word.to_lowercase()).trim().to_owned()
}
