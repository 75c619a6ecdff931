//! `diptych merge`: combines what several people made in one folder.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::args::linking::Merge;
use super::ending::{Ending, Usage, say_all};
use super::print::to_stdout;
use crate::library::Library;
use crate::library::merging::Folder;
use crate::text::clean::Clean;

/// Runs it.
pub(super) fn run(library: &Library, asked: &Merge) -> Result<Ending> {
    let folders = asked.folders.iter().map(|written| folder(written)).collect::<Result<Vec<_>>>()?;
    let merged = library.merge(&folders, &asked.output)?;
    say_all(&merged.faults);
    to_stdout(|out| merged.told.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    Ok(if merged.faults.is_empty() { Ending::Done } else { Ending::Found })
}

/// A folder as it was written: `DIR`, or `NAME=DIR`.
fn folder(written: &str) -> Result<Folder> {
    let plain = |whose: Option<String>, path: &str| Folder { path: PathBuf::from(path), whose };
    match written.split_once('=') {
        Some((name, path)) if !Path::new(written).exists() => {
            let name = Clean::line(name.trim());
            if name.as_str().is_empty() || path.is_empty() {
                return Err(Usage(format!("{}: write it as NAME=DIR", Clean::line(written))).into());
            }
            Ok(plain(Some(name.to_string()), path))
        }
        _ => Ok(plain(None, written)),
    }
}
