//! Why a file could not be imported at all: what it is, and what its reader can do.

use crate::text::clean::Clean;

use super::format::{Format, remedy};

/// A file that holds no text that Diptych can read. The file's name stands before it where it is printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it, or nothing but white space.
    #[error("the file is empty: nothing to read")]
    Empty,
    /// Neither text nor a container that is known.
    #[error("this is {what}, not a text: {}", remedy(what))]
    Binary {
        /// What its first bytes say that it is: "a PNG picture", "binary data".
        what: &'static str,
    },
    /// Markup of a vocabulary that is not known, so that text cannot be told from the rest.
    #[error("this is XML of a kind that Diptych does not know (<{root}>): convert it to text, Markdown or HTML first")]
    UnknownXml {
        /// The name of its first element.
        root: Clean,
    },
    /// Offsets into a text are 32 bits wide.
    #[error("the file is above 4 GiB ({bytes} bytes): split it into smaller ones")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The order of pages that was asked for cannot be had.
    #[error("--pages {order}: {why}")]
    Pages {
        /// The order as it was written.
        order: String,
        /// What is wrong with it.
        why: String,
    },
    /// A PDF that opens only with a password.
    #[error("the PDF is encrypted: remove the password first, e.g. with qpdf --decrypt")]
    Encrypted,
    /// A PDF of pictures.
    #[error("the PDF has no text layer: run OCR first, e.g. with ocrmypdf")]
    NoTextLayer,
    /// A PDF whose fonts do not say which letters they show.
    #[error("the PDF's fonts do not say which letters they show: run OCR first, e.g. with ocrmypdf --force-ocr")]
    NoLetters,
    /// A PDF of which nothing can be read.
    #[error(
        "the PDF is damaged, and nothing of it can be read: get another copy, or mend it, e.g. with qpdf or mutool clean"
    )]
    Damaged,
    /// A book whose pages are pictures.
    #[error("this {0} is a book of pictures: its pages have no words to read; run OCR over them first")]
    Pictures(Format),
    /// A container that is not whole, or not what it says it is.
    #[error("this {format} cannot be read: {why}; get it again, or convert it to text, Markdown or HTML first")]
    Broken {
        /// What it was taken for.
        format: Format,
        /// What is wrong with it.
        why: String,
    },
    /// Something in it, and no text.
    #[error("there is no text in this {format}: {why}; get it again, or convert it to text, Markdown or HTML first")]
    Nothing {
        /// What it was read as.
        format: Format,
        /// What was odd about it.
        why: Clean,
    },
    /// Encrypted, by a password or by whoever sold it.
    #[error("this {0} is protected against reading: open it where it may be read, and save it without protection")]
    Protected(Format),
    /// An archive that is made to fill the memory, or that holds far more than a text.
    #[error("this {format} unpacks to more than {mib} MiB of text: unpack it by hand and import what you need of it")]
    Swollen {
        /// What it was taken for.
        format: Format,
        /// How much is unpacked at most, in 2²⁰ bytes.
        mib: u64,
    },
    /// A format that this build was made without.
    #[error("this build of Diptych does not read {0}: convert it to text, Markdown or HTML first")]
    NotBuilt(Format),
}
