//! XML as books and word processors' documents have it, read leniently: opening and closing tags and letters, one after
//! another. No file of a document type is looked at; of its entities only what a document declares of itself is known,
//! within limits.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// A document declares no more entities than this.
const MOST_ENTITIES: usize = 4000;

/// What an entity stands for is no longer than this, whatever others it is made of.
const LONGEST_ENTITY: usize = 4096;

/// How many bytes all entities together may stand for.
const MOST_EXPANDED: usize = 4 << 20;

/// What comes next in a document.
#[derive(Debug)]
pub(super) enum Token<'s> {
    /// An opening tag. One that closes itself is followed by [`Token::Close`] as well.
    Open(BytesStart<'s>),
    /// The closing tag of the element with this name, without its prefix.
    Close(String),
    Letters(Cow<'s, str>),
}

/// A document that is read from its beginning to its end, or to where it is broken.
pub(super) struct Xml<'s> {
    reader: Reader<&'s [u8]>,
    /// Whether it ended where it is broken.
    pub broken: bool,
    /// How many entities stood for what is not known.
    pub unknown: usize,
    entities: HashMap<String, String>,
    /// Entities that are whole files, or too long.
    files: HashSet<String>,
    expanded: usize,
}

impl<'s> Xml<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, broken: false, unknown: 0, entities: HashMap::new(), files: HashSet::new(), expanded: 0 }
    }

    /// What an entity that is no character stands for.
    fn entity(&mut self, name: &str) -> Option<String> {
        let known = self.entities.get(name).cloned().filter(|known| self.expanded + known.len() <= MOST_EXPANDED);
        if let Some(known) = known {
            self.expanded += known.len();
            return Some(known);
        }
        self.unknown += 1;
        // What another file has under a name is best told by the name; a whole file is not.
        (!self.entities.contains_key(name) && !self.files.contains(name)).then(|| name.to_owned())
    }
}

impl<'s> Iterator for Xml<'s> {
    type Item = Token<'s>;

    fn next(&mut self) -> Option<Token<'s>> {
        loop {
            return match self.reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => Some(Token::Open(tag)),
                Ok(Event::End(tag)) => Some(Token::Close(tag.local_name().as_ref().to_owned())),
                Ok(Event::Text(text)) => Some(Token::Letters(text.xml10_content())),
                Ok(Event::CData(text)) => Some(Token::Letters(text.xml10_content())),
                // What a document declares of itself goes before what HTML has under the same name.
                Ok(Event::GeneralRef(name)) => {
                    match character(&name).filter(|_| is_of_xml(&name) || !self.entities.contains_key(&*name)) {
                        Some(c) => Some(Token::Letters(c.into())),
                        None => match self.entity(&name) {
                            Some(letters) => Some(Token::Letters(letters.into())),
                            // An entity of some other file: what it stands for is not here.
                            None => continue,
                        },
                    }
                }
                Ok(Event::DocType(declared)) => {
                    (self.entities, self.files) = entities(&declared);
                    continue;
                }
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
                Ok(Event::Eof) => None,
                Err(_) => {
                    self.broken = true;
                    None
                }
            };
        }
    }
}

/// What stands for one character: its number, its name in XML, or its name in HTML.
fn character(name: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    match name.resolve_char_ref() {
        Ok(Some(c)) => Some(c.to_string()),
        _ => named(name),
    }
}

/// Whether XML itself has an entity by this name.
fn is_of_xml(name: &str) -> bool {
    matches!(name, "lt" | "gt" | "amp" | "quot" | "apos") || name.starts_with('#')
}

/// The character that HTML has under a name.
pub(super) fn named(name: &str) -> Option<String> {
    let written = format!("&{name};");
    match html_escape::decode_html_entities(&written) {
        Cow::Owned(letters) => Some(letters),
        Cow::Borrowed(_) => None,
    }
}

/// The entities that a document type declares with their letters: `<!ENTITY name "letters">`. Those of other files and
/// those of declarations (`%`) are none of them. And the names of those that are other files.
fn entities(declared: &str) -> (HashMap<String, String>, HashSet<String>) {
    let mut all = HashMap::new();
    let mut files = HashSet::new();
    let mut rest = declared;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"<!ENTITY") {
        rest = rest[at + "<!ENTITY".len()..].trim_start();
        let Some((name, value)) = rest.split_once(|c: char| c.is_ascii_whitespace()) else { break };
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            if files.len() < MOST_ENTITIES {
                files.insert(name.to_owned());
            }
            continue;
        };
        let Some((letters, after)) = value[1..].split_once(quote) else { break };
        rest = after;
        if all.len() < MOST_ENTITIES && letters.len() <= LONGEST_ENTITY {
            match resolved(letters, &all) {
                Some(letters) => _ = all.entry(name.to_owned()).or_insert(letters),
                None => _ = files.insert(name.to_owned()),
            }
        }
    }
    (all, files)
}

/// The letters of an entity, without tags, and with the entities that were declared before it.
/// `None` where they are too many.
fn resolved(letters: &str, known: &HashMap<String, String>) -> Option<String> {
    let mut out = String::new();
    let inner = Reader::from_str(letters);
    let mut inner =
        Xml { reader: inner, broken: false, unknown: 0, entities: HashMap::new(), files: HashSet::new(), expanded: 0 };
    inner.reader.config_mut().allow_dangling_amp = true;
    inner.reader.config_mut().allow_unmatched_ends = true;
    while let Ok(event) = inner.reader.read_event() {
        match event {
            Event::Text(text) => out.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => match (character(&name), known.get(&*name)) {
                (Some(c), _) => out.push_str(&c),
                (None, Some(other)) => out.push_str(other),
                (None, None) => {}
            },
            Event::Eof => break,
            _ => {}
        }
        if out.len() > LONGEST_ENTITY {
            return None;
        }
    }
    Some(out)
}

/// The value of an attribute, by its name without the prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let raw = found.value.to_string();
    Some(found.normalized_value(XmlVersion::Implicit1_0).map_or(raw, Cow::into_owned))
}

/// The name of a tag without its prefix.
pub(super) fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    let whole: &str = tag.name().into_inner();
    whole.rsplit(':').next().unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(source: &str) -> (String, usize) {
        let mut xml = Xml::new(source);
        let mut all = String::new();
        for token in xml.by_ref() {
            if let Token::Letters(letters) = token {
                all.push_str(&letters);
            }
        }
        (all, xml.unknown)
    }

    #[test]
    fn entities_are_known_where_the_document_says_what_they_are() {
        let declared = r#"<!DOCTYPE a [<!ENTITY one "1"><!ENTITY two '&one;&#38;<b>2</b>'><!ENTITY % p "x"><!ENTITY far SYSTEM "file:///etc/passwd">]>"#;
        let cases = [
            ("<a>&lt;&#233;&mdash;&nbsp;</a>", "<é—\u{a0}", 0),
            (&format!("{declared}<a>&two; &far;&none;</a>"), "1&2 none", 2),
            (
                "<!DOCTYPE a [<!ENTITY prod 'The Mill'><!ENTITY lt '&#38;#60;'>]><a>&prod; &lt; &sum;</a>",
                "The Mill < ∑",
                0,
            ),
        ];
        for (source, expected, unknown) in cases {
            assert_eq!(letters(source), (expected.to_owned(), unknown), "{source}");
        }
    }

    #[test]
    fn entities_of_entities_grow_no_text_without_end() {
        let mut source = String::from("<!DOCTYPE a [<!ENTITY e0 \"lol lol lol lol lol lol\">");
        for n in 1..20 {
            let inner = format!("&e{};", n - 1).repeat(10);
            source.push_str(&format!("<!ENTITY e{n} \"{inner}\">"));
        }
        source.push_str("]><a>");
        source.push_str(&"&e19;&e3;&e2;".repeat(20_000));
        assert!(letters(&source).0.len() <= MOST_EXPANDED);
    }
}
