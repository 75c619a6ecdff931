//! XML as books and word processors' documents have it, read leniently: opening and closing tags and letters, one after
//! another. No entity is expanded but the predefined ones and those of single characters; no document type is looked at.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

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
}

impl<'s> Xml<'s> {
    pub fn new(source: &'s str) -> Self {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, broken: false }
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
                Ok(Event::GeneralRef(name)) => match character(&name) {
                    Some(c) => Some(Token::Letters(Cow::Owned(c.to_string()))),
                    // An entity of the document's own: what it stands for is nobody's business.
                    None => continue,
                },
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => continue,
                Ok(Event::Eof) => None,
                Err(_) => {
                    self.broken = true;
                    None
                }
            };
        }
    }
}

fn character(name: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => name.resolve_char_ref().ok().flatten(),
    }
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
