//! Bytes to a [`Text`]: whatever a file holds, it becomes blocks, spans and a list of warnings.
//!
//! [`import`] reads a whole file, [`import_prefix`] the first screen of a large one. The format is told by the content
//! first and by the name second ([`Format`]); each format is a file of its own. Content never makes an import fail,
//! except where there is nothing to read: then [`ImportError`] says what the file is and what to do about it.
//! Everything is cleaned ([`crate::text::clean`]) once, after entities have been decoded. Nothing here opens a file.

pub(crate) mod error;
pub mod format;
pub(crate) mod pages;
pub(crate) mod warning;
pub(crate) mod watch;

mod archive;
mod compose;
mod cyrillic;
mod decode;
#[cfg(feature = "docx")]
mod docx;
#[cfg(any(feature = "html", feature = "epub", feature = "mobi"))]
#[cfg_attr(
    not(all(feature = "html", feature = "epub", feature = "mobi")),
    allow(dead_code, reason = "no format needs all of it")
)]
mod dom;
#[cfg(feature = "epub")]
mod epub;
mod evidence;
#[cfg_attr(
    not(all(feature = "html", feature = "epub", feature = "docx")),
    allow(dead_code, reason = "no format needs all of it")
)]
mod flow;
pub(crate) mod front;
#[cfg(feature = "html")]
mod html;
mod latex;
mod light;
mod lines;
mod looked;
mod markdown;
#[cfg(feature = "mhtml")]
mod mhtml;
#[cfg(feature = "mobi")]
mod mobi;
mod old_machines;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod repair;
mod rtf;
mod subtitles;
mod tagged;
pub(crate) mod title;
pub mod to_markdown;
mod xml;

use std::borrow::Cow;

use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::span::Span;

use self::error::ImportError;
use self::format::Format;
use self::pages::PageOrder;
use self::warning::Warning;
use self::watch::Meter;

/// Changes when the same bytes may be read to a different text: anchors and the cache remember it.
pub const IMPORTER_VERSION: u32 = 12;

/// Offsets into a text are 32 bits wide.
const LARGEST: u64 = u32::MAX as u64;

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// Its name, for the ending; empty where it has none (standard input).
    pub name: &'a str,
    /// Whether to leave the text as it is: no repair of debris.
    pub as_is: bool,
    /// The order of its pages, where the reader has set it by hand.
    pub pages: Option<&'a PageOrder>,
    /// Whom to tell how far the import is.
    pub watch: Meter<'a>,
}

impl<'a> Hint<'a> {
    /// Nothing but a name.
    pub fn named(name: &'a str) -> Self {
        Self { name, ..Self::default() }
    }
}

/// A text and how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The text.
    pub text: Text,
    /// What was decoded, repaired, or left in doubt.
    pub warnings: Vec<Warning>,
    /// The format it was read as.
    pub format: Format,
    /// Whether this is only the first part of the file, as it stands; its numbers may change with the whole.
    pub provisional: bool,
}

/// Reads a whole file.
pub fn import(bytes: &[u8], hint: &Hint<'_>) -> Result<Imported, ImportError> {
    if bytes.len() as u64 > LARGEST {
        return Err(ImportError::TooLarge { bytes: bytes.len() as u64 });
    }
    let mut warnings = Vec::new();
    let format = detect(bytes, hint)?;
    if let Some(named) = format::by_name(hint.name).filter(|named| *named != format) {
        warnings.push(Warning::new(&format!("read as {format}, which it is by its content; its name says {named}")));
    }
    let text = match format {
        #[cfg(feature = "epub")]
        Format::Epub => epub::read(bytes, hint, &mut warnings)?,
        #[cfg(feature = "docx")]
        Format::Docx => docx::read(bytes, hint.watch, &mut warnings)?,
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::read(bytes, hint, &mut warnings)?,
        Format::Odt => tagged::opendocument::read(bytes, hint.watch, &mut warnings)?,
        Format::Fb2 => tagged::fiction_book::read(bytes, hint.watch, &mut warnings)?,
        Format::Rtf => rtf::read(bytes, hint.watch, &mut warnings),
        #[cfg(feature = "mobi")]
        Format::Mobi => mobi::read(bytes, hint, &mut warnings)?,
        #[cfg(feature = "mhtml")]
        Format::Mhtml => mhtml::read(bytes, hint, &mut warnings)?,
        _ => {
            let source = decoded(bytes, format, &mut warnings)?;
            // Other encodings may need fewer bytes.
            if source.len() as u64 > LARGEST {
                return Err(ImportError::TooLarge { bytes: bytes.len() as u64 });
            }
            read(&source, format, hint, &mut warnings)?
        }
    };
    // What was written by hand is left as it is.
    let by_hand = matches!(format, Format::Markdown | Format::Plain) || format.is_light();
    let text = match title::said(text.meta()).filter(|_| !by_hand) {
        Some(mut meta) => {
            let mut spans = text.spans().to_vec();
            spans.sort_by_key(Span::start);
            let implied = title::implied(text.blocks(), text.string(), &spans).map(Cow::into_owned);
            meta.title = meta.title.or(implied);
            text.with_meta(meta)
        }
        None => text,
    };
    if text.blocks().is_empty() && text.meta().title.is_none() {
        // Where something was read and nothing of it is text, what was odd about it says why.
        let why = warnings.iter().find(|warning| warning.is_fault()).map(|warning| warning.as_str().to_owned());
        return Err(why.map_or(ImportError::Empty, |why| ImportError::Nothing { format, why: Clean::line(&why) }));
    }
    Ok(Imported { text, warnings, format, provisional: false })
}

/// Reads canonical Markdown ([`to_markdown`]), whatever it begins with. What it has to tell was told when it was made.
pub fn of_markdown(source: &str) -> Text {
    markdown::read(source, &mut Vec::new())
}

/// Reads the beginning of a file of `length` bytes, cut at the last whole paragraph and not repaired. `None` where a
/// prefix shows nothing: the format needs the whole file, or no paragraph ends in it. Where `prefix` is the whole file,
/// this is [`import`] and not provisional.
pub fn import_prefix(prefix: &[u8], length: u64, hint: &Hint<'_>) -> Result<Option<Imported>, ImportError> {
    if prefix.len() as u64 >= length {
        return import(prefix, hint).map(Some);
    }
    if length > LARGEST {
        return Err(ImportError::TooLarge { bytes: length });
    }
    let format = detect(prefix, hint)?;
    if format.is_read_apart() {
        return Ok(None);
    }
    let mut warnings = Vec::new();
    let source = decode::decode(prefix, true, &mut warnings)?;
    let as_it_stands = Hint { as_is: true, ..Hint::named(hint.name) };
    let text = read(&source[..plain::whole_paragraphs(&source)], format, &as_it_stands, &mut warnings)?;
    let shown = !text.blocks().is_empty();
    Ok(shown.then_some(Imported { text, warnings, format, provisional: true }))
}

/// Which format a file is in; an error where it is none that can be read.
pub fn detect(bytes: &[u8], hint: &Hint<'_>) -> Result<Format, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    let named = format::by_name(hint.name);
    let text = matches!(named, Some(Format::Plain | Format::Markdown));
    let said = format::by_content(bytes).filter(|said| match said {
        // A text may speak of PDF; what is one although it is named a text says so at once.
        Format::Pdf => !text || bytes.starts_with(b"%PDF-"),
        // AsciiDoc underlines its titles too.
        Format::Rst if named == Some(Format::AsciiDoc) => false,
        // And so does Markdown.
        Format::AsciiDoc if named == Some(Format::Markdown) => evidence::is_titled_asciidoc(bytes),
        // A text that is asked for as it is stays so.
        light if light.is_light() => !(text && hint.as_is),
        _ => true,
    });
    match said {
        Some(other) if !other.is_built() => return Err(ImportError::NotBuilt(other)),
        Some(other) => return Ok(other),
        None => {}
    }
    if let Some(root) = evidence::unknown_xml(bytes, hint.name).filter(|_| named != Some(Format::Html)) {
        return Err(ImportError::UnknownXml { root: Clean::line(&root) });
    }
    if let Some(what) = format::binary(bytes).filter(|_| format::is_evident_binary(bytes)) {
        // An archive that is named as a document is one that is not whole.
        if let Some(format) = named.filter(|format| format.is_archive() && bytes.starts_with(b"PK")) {
            let why = "its archive is damaged, or none of its parts is what it should be".to_owned();
            return Err(ImportError::Broken { format, why });
        }
        return Err(ImportError::Binary { what });
    }
    match named {
        Some(other) if !other.is_built() => Err(ImportError::NotBuilt(other)),
        // A name does not make an archive, or a page, of what is none.
        Some(marked) if marked.is_unmarked(bytes) => match format::binary(bytes) {
            Some(what) => Err(ImportError::Binary { what }),
            None if format::has_signs_of_markdown(bytes) => Ok(Format::Markdown),
            None => Ok(Format::Plain),
        },
        Some(other) => Ok(other),
        None => Ok(Format::Plain),
    }
}

/// The characters of a file that is one string of them.
fn decoded<'b>(bytes: &'b [u8], format: Format, warnings: &mut Vec<Warning>) -> Result<Cow<'b, str>, ImportError> {
    match format {
        Format::Html | Format::Tei | Format::DocBook => decode::declared(bytes, warnings),
        _ => decode::decode(bytes, false, warnings),
    }
}

fn read(source: &str, format: Format, hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    match format {
        Format::Markdown => {
            // Markdown has no pages.
            hint.pages.map_or(Ok(()), |order| order.of(0).map(|_| ()))?;
            Ok(markdown::read(source, warnings))
        }
        #[cfg(feature = "html")]
        Format::Html => Ok(html::read(source, hint.as_is, warnings)),
        Format::Plain => {
            if let Some(what) = evidence::shown_raw(source) {
                warnings.push(Warning::fault(&format!("this is {what}")));
            }
            plain::read(source, hint, warnings)
        }
        Format::Subtitles => Ok(subtitles::read(source)),
        Format::Org => Ok(light::org::read(source, warnings)),
        Format::Muse => Ok(light::muse::read(source)),
        Format::Rst => Ok(light::rst::read(source, warnings)),
        Format::AsciiDoc => Ok(light::asciidoc::read(source, warnings)),
        Format::Latex => Ok(latex::read(source, warnings)),
        Format::Tei => Ok(tagged::tei::read(source, hint.watch, warnings)),
        Format::DocBook => Ok(tagged::docbook::read(source, hint.watch, warnings)),
        other => Err(ImportError::NotBuilt(other)),
    }
}

#[cfg(test)]
mod tests;
