//! From a file's bytes to a text: in this process, from the cache, or through a process of its own.
//!
//! Plain text and Markdown are read here. Other formats are read in a process of their own where there is a program to
//! run ([`super::apart`]), and what they came to is kept ([`super::cache`]). However they were read, their text is that
//! of their canonical Markdown: so the passages of a file and of its Markdown are numbered alike.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use thiserror::Error;

use super::apart::sandbox::Confined;
use super::apart::wire;
use super::apart::{ApartError, Program};
use super::cache::{Cache, Key};
use crate::import::error::ImportError;
use crate::import::format::Format;
use crate::import::{self, Hint, Imported};

/// How files are imported.
#[derive(Debug, Default)]
pub struct Imports {
    /// `None` where everything is read in this process.
    program: Option<Program>,
    cache: Option<Cache>,
    closing: AtomicBool,
}

/// Why there is no text.
#[derive(Debug, Error)]
pub enum NoText {
    /// The file has none.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The process that was to read it brought none.
    #[error(transparent)]
    Apart(#[from] ApartError),
}

impl Imports {
    /// Imports that need it have a process of their own, which runs `program`, and are kept in `cache`.
    pub fn apart(program: Program, cache: Option<Cache>) -> Self {
        Self { program: Some(program), cache, closing: AtomicBool::new(false) }
    }

    /// Imports a file. `stopped` says whether nobody waits for it any more; then it ends with [`ApartError::Stopped`].
    pub fn import(&self, bytes: &[u8], hint: &Hint<'_>, stopped: &dyn Fn() -> bool) -> Result<Imported, NoText> {
        let format = import::detect(bytes, hint)?;
        if !format.is_read_apart() {
            return Ok(import::import(bytes, hint)?);
        }
        let Some(program) = &self.program else { return here(bytes, format, hint) };
        let key = Key::of(bytes, format, hint);
        if let Some(kept) = self.cache.as_ref().and_then(|cache| cache.get(key)) {
            return Ok(kept);
        }
        let stopped = || stopped() || self.closing.load(Ordering::Relaxed);
        let (imported, written) = program.import(bytes, format, hint, &stopped)?;
        if let Some(cache) = &self.cache {
            cache.put(key, &written);
        }
        Ok(imported)
    }

    /// The import of a file, where it was made before.
    pub fn kept(&self, bytes: &[u8], hint: &Hint<'_>) -> Option<Imported> {
        let format = import::detect(bytes, hint).ok().filter(|f| f.is_read_apart())?;
        self.cache.as_ref()?.get(Key::of(bytes, format, hint))
    }

    /// What holds the processes that import; `None` where there are none.
    pub fn held(&self) -> Option<io::Result<Confined>> {
        self.program.as_ref().map(Program::held)
    }

    /// Has the imports that are under way stopped, and begins no more.
    pub fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }
}

/// Reads a file in this process, to the same text.
fn here(bytes: &[u8], format: Format, hint: &Hint<'_>) -> Result<Imported, NoText> {
    let imported = import::import(bytes, hint)?;
    match wire::from_bytes(&wire::to_bytes(&Ok(imported))) {
        Some(Ok(imported)) => Ok(imported),
        _ => Err(ApartError::Failed(format).into()),
    }
}
