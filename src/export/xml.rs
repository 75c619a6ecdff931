//! XML, an element at a time: indented, escaped, and without the few characters that XML 1.0 cannot say.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::text::clean::clean_text;

/// A document that is being written.
pub(super) struct Xml<'a> {
    writer: Writer<&'a mut dyn Write>,
}

impl<'a> Xml<'a> {
    /// A document, with its declaration.
    pub(super) fn begin(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(out, b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer })
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    /// Closes it.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds words; none where there are none.
    pub(super) fn words(&mut self, name: &str, words: &str) -> io::Result<()> {
        if words.is_empty() {
            return Ok(());
        }
        self.open(name, &[])?;
        self.writer.write_event(Event::Text(BytesText::new(&sayable(words))))?;
        self.close(name)
    }

    /// Ends the document with a line break.
    pub(super) fn end(self) -> io::Result<()> {
        self.writer.into_inner().write_all(b"\n")
    }
}

fn start<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, &*sayable(value)));
    }
    start
}

/// `s` without what could mislead whoever shows it, and with U+FFFD for what is no `Char` of XML 1.0 besides
/// (<https://www.w3.org/TR/xml/#charsets>).
fn sayable(s: &str) -> Cow<'_, str> {
    let clean = clean_text(s);
    if clean.contains(['\u{fffe}', '\u{ffff}']) {
        return Cow::Owned(clean.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"));
    }
    clean
}
