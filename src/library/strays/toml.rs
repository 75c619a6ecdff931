//! Calling texts by other names in a file of links or of a tour, and leaving the rest of it as it stands.

use std::io;

use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::anchor::TextId;
use crate::library::disk::{Disk, Spot};
use crate::library::said::shown;
use crate::library::save::{SaveError, save};
use crate::library::topics::EditError;
use crate::text::clean::Clean;

/// These files are no longer than this.
const MOST: u64 = 64 << 20;

/// The key under which these files name a text.
const TEXT: &str = "text";

/// The key under which they have its hash, in the same table.
const HASH: &str = "hash";

/// What a text is to be called, by what it is called and by its hash where that is beside its name.
pub(super) type Naming<'a> = dyn Fn(&TextId, Option<u64>) -> TextId + 'a;

/// Has the file call every text as `name` says.
pub(super) fn rename(disk: &dyn Disk, file: &Spot, name: &Naming<'_>) -> Result<(), EditError> {
    let unread = |why| EditError::Save(SaveError::of(file, "read it")(why));
    let before = match disk.read(file, MOST) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|e| unread(io::Error::new(io::ErrorKind::InvalidData, e)))?,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(()),
        Err(e) => return Err(unread(e)),
    };
    let mut document: DocumentMut =
        before.parse().map_err(|_| EditError::Broken(Clean::line(shown(file.path()).as_str())))?;
    table(document.as_table_mut(), name);
    let mut after = document.to_string();
    if before.contains("\r\n") {
        after = after.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if after != before {
        save(disk, file, after.as_bytes())?;
    }
    Ok(())
}

fn table(of: &mut dyn TableLike, name: &Naming<'_>) {
    let hash = of.get(HASH).and_then(Item::as_str).and_then(|hash| u64::from_str_radix(hash, 16).ok());
    for (key, item) in of.iter_mut() {
        match item {
            Item::Value(inside) => value((key.get(), hash), inside, name),
            Item::Table(inside) => table(inside, name),
            Item::ArrayOfTables(all) => all.iter_mut().for_each(|inside| table(inside, name)),
            Item::None => {}
        }
    }
}

fn value((key, hash): (&str, Option<u64>), of: &mut Value, name: &Naming<'_>) {
    match of {
        Value::String(said) if key == TEXT => {
            let now = name(&TextId(said.value().clone()), hash);
            if now.as_str() != said.value() {
                let decor = said.decor().clone();
                *of = Value::from(now.as_str());
                *of.decor_mut() = decor;
            }
        }
        Value::InlineTable(inside) => table(inside, name),
        Value::Array(all) => all.iter_mut().for_each(|inside| value(("", None), inside, name)),
        _ => {}
    }
}
