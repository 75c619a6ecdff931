//! The files a subcommand reads and writes. It overwrites none unasked, and never leaves one half written.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::args::Output;
use super::print::{bytes_to_stdout, through_door};
use crate::library::Library;
use crate::library::disk::Spot;
use crate::library::said::{io_words, shown};
use crate::library::save::{publish, save};
use crate::library::walk::leads_out;
use crate::text::clean::Clean;

/// Files of other programs are read up to this size: far more than people write.
const LARGEST: u64 = 64 << 20;

/// The bytes of a file of another program; of standard input for `-`.
pub(super) fn read(file: &str) -> Result<Vec<u8>> {
    let shown = Clean::line(file);
    let mut bytes = Vec::new();
    let read = if file == "-" {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|f| f.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    match read {
        Err(e) => bail!("{shown}: cannot be read ({}); name another file", io_words(&e)),
        Ok(_) if bytes.len() as u64 > LARGEST => {
            bail!("{shown}: is larger than {} MB; export less into it", LARGEST >> 20)
        }
        Ok(_) => Ok(bytes),
    }
}

/// Makes sure that `output` may be written, before there is anything to write: never over one of the texts it is made of.
pub(super) fn may_write(library: &Library, output: &Output, texts: &[&str]) -> Result<()> {
    if let Some(file) = named(output).filter(|file| library.is_file_of(Path::new(file), texts)) {
        bail!("{}: is one of the texts, which are never written to; name another file", Clean::line(file));
    }
    may_be_written(output)
}

fn may_be_written(output: &Output) -> Result<()> {
    if let Some(file) = named(output)
        && !output.force
        && Path::new(file).symlink_metadata().is_ok()
    {
        bail!("{}: this file exists already; name another, or replace it with --force", Clean::line(file));
    }
    if let Some(file) = named(output)
        && let Some(there) = leads_away(Path::new(file))
    {
        // Whoever laid it into the folder may mean another file than the one who replaces it.
        bail!("{}: is a link to {}; to replace that, name it itself", Clean::line(file), shown(&there));
    }
    Ok(())
}

/// The file in another folder that a link leads to.
fn leads_away(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    leads_out(file, folder)
}

/// Has `write` write text into the file that is asked for, whole or not at all; else to standard output.
pub(super) fn write(
    library: &Library,
    output: &Output,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    write_bytes(library, output, |out| through_door(out, write))
}

/// The same for what is no text.
pub(super) fn write_bytes(
    library: &Library,
    output: &Output,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let Some(file) = named(output) else { return bytes_to_stdout(write) };
    may_be_written(output)?;
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    let file = Spot::own(file);
    // What is there keeps its permissions; a new file has those of new files.
    let is_there = library.disk().real(&file).is_ok();
    Ok(if is_there {
        save(library.disk(), &file, &bytes)
    } else {
        publish(library.disk(), &file, &bytes, output.force)
    }?)
}

fn named(output: &Output) -> Option<&str> {
    output.output.as_deref().filter(|file| *file != "-")
}
