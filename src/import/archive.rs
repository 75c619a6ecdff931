//! The archive that a book or a document is: its parts by name, unpacked within limits.

use std::io::{Cursor, Read};

use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ImportError;
use super::format::Format;

/// An archive, and how much of it may still be unpacked.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    limits: Limits,
}

/// Among how many parts one is looked for whose name is written in another case.
const MOST_LOOKED_AT: usize = 2000;

/// How many bytes may be unpacked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Of one part.
    pub part: u64,
    /// Of all parts together.
    pub all: u64,
}

/// Why a part could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unread {
    #[error("is not there")]
    Missing,
    #[error("is encrypted")]
    Locked,
    #[error("unpacks to more than {0} MiB")]
    Swollen(u64),
    #[error("is damaged ({0})")]
    Damaged(String),
}

impl Unread {
    /// The error of a file that cannot be read without the part.
    pub(super) fn of(self, format: Format, part: &str) -> ImportError {
        match self {
            Self::Locked => ImportError::Protected(format),
            Self::Swollen(mib) => ImportError::Swollen { format, mib },
            Self::Missing | Self::Damaged(_) => ImportError::Broken { format, why: format!("{part} {self}") },
        }
    }
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8], format: Format, limits: Limits) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|e| ImportError::Broken { format, why: format!("its archive is damaged ({})", said(&e)) })?;
        Ok(Self { zip, limits })
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// Unpacks a part. Its name may be written in another case, or with its accents apart from their letters.
    pub(super) fn part(&mut self, name: &str) -> Result<Vec<u8>, Unread> {
        let index = self.zip.index_for_name(name).or_else(|| {
            let same = |i: usize| {
                let found = self.zip.name_for_index(i).and_then(Result::ok);
                found.is_some_and(|n| n.eq_ignore_ascii_case(name) || !n.is_ascii() && n.nfc().eq(name.nfc()))
            };
            (0..self.zip.len().min(MOST_LOOKED_AT)).find(|&i| same(i))
        });
        let file = self.zip.by_index(index.ok_or(Unread::Missing)?).map_err(|e| match e {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unread::Locked,
            ZipError::FileNotFound => Unread::Missing,
            other => Unread::Damaged(said(&other)),
        })?;
        let limit = self.limits.part.min(self.limits.all);
        let mut bytes = Vec::with_capacity(file.size().min(limit).min(1 << 20) as usize);
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| Unread::Damaged(e.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(Unread::Swollen(self.limits.part >> 20));
        }
        self.limits.all -= bytes.len() as u64;
        Ok(bytes)
    }
}

fn said(error: &ZipError) -> String {
    error.to_string()
}
