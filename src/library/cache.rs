//! Imports that were made before, in the cache folder: so that a text that took long to read once is there at once.
//!
//! An entry is a file in the form of [`super::apart::wire`], which carries its own checksum. Its name is a hash of all
//! that the import depends on. A folder that is missing, full or read-only is no error: then nothing is kept, and the
//! text is read again.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::apart::wire;
use super::disk::{Disk, Spot};
use super::save::save;
use crate::import::format::Format;
use crate::import::{Hint, IMPORTER_VERSION, Imported};

/// Bytes that all entries together may have.
const LARGEST: u64 = 256 << 20;

/// Entries there may be.
const MOST: usize = 2000;

/// What an entry's name ends with.
const ENDING: &str = "import";

/// The imports that were kept.
#[derive(Debug, Clone)]
pub struct Cache {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    largest: u64,
}

/// All that an import depends on, as a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u128);

impl Key {
    /// The key of an import of `bytes`. The name of the file counts for its format alone.
    pub fn of(bytes: &[u8], format: Format, hint: &Hint<'_>) -> Self {
        let mut hasher = Xxh3::new();
        let pages = hint.pages.map_or_else(String::new, ToString::to_string);
        let said = format!("{IMPORTER_VERSION}\n{format}\n{}\n{pages}\n", hint.as_is);
        hasher.update(&xxh3_128(bytes).to_le_bytes());
        hasher.update(said.as_bytes());
        Self(hasher.digest128())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Cache {
    /// A cache in `folder`, which need not exist.
    pub fn new(disk: Arc<dyn Disk>, folder: PathBuf) -> Self {
        Self { disk, folder, largest: LARGEST }
    }

    /// The import of this key, where it was kept and is whole.
    pub fn get(&self, key: Key) -> Option<Imported> {
        let path = self.path(key);
        let Some(Ok(imported)) = wire::from_bytes(&self.disk.read(&path, self.largest).ok()?) else { return None };
        // The oldest go first, and what is read is not old. Where that cannot be noted, it goes sooner.
        let _ = File::options().append(true).open(path.path()).and_then(|file| file.set_modified(SystemTime::now()));
        Some(imported)
    }

    /// Keeps an import in the form of its process. One that cannot be kept is made again the next time.
    pub fn put(&self, key: Key, import: &[u8]) {
        let small = import.len() as u64 <= self.largest / 4;
        if small && save(&*self.disk, &self.path(key), import).is_ok() {
            self.make_room();
        }
    }

    fn path(&self, key: Key) -> Spot {
        Spot::own(self.folder.join(format!("{key}.{ENDING}")))
    }

    /// Takes the oldest entries out until the rest is within bounds.
    fn make_room(&self) {
        let mut entries = entries(&self.folder);
        let mut size: u64 = entries.iter().map(|e| e.size).sum();
        if size <= self.largest && entries.len() <= MOST {
            return;
        }
        entries.sort_by_key(|e| std::cmp::Reverse(e.used));
        while let Some(oldest) = entries.pop().filter(|_| size > self.largest || entries.len() >= MOST) {
            // Another Diptych may have taken it out in this moment.
            let _ = self.disk.remove(&Spot::own(&oldest.path));
            size -= oldest.size;
        }
    }
}

struct CachedFile {
    path: PathBuf,
    size: u64,
    used: SystemTime,
}

fn entries(folder: &Path) -> Vec<CachedFile> {
    let Ok(all) = fs::read_dir(folder) else { return Vec::new() };
    all.filter_map(|entry| {
        let path = entry.ok()?.path();
        let meta = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let ours = path.extension().is_some_and(|e| e == ENDING);
        ours.then(|| Some(CachedFile { size: meta.len(), used: meta.modified().ok()?, path })).flatten()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::import::import;
    use crate::import::pages::PageOrder;
    use crate::library::disk::Os;

    fn bytes_of(words: &str) -> Vec<u8> {
        wire::to_bytes(&Ok(import(words.as_bytes(), &Hint::named("a.md")).unwrap()))
    }

    fn key(words: &str) -> Key {
        Key::of(words.as_bytes(), Format::Pdf, &Hint::default())
    }

    #[test]
    fn what_is_kept_comes_back_and_damage_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(Arc::new(Os), dir.path().join("new/imports"));
        let a = key("a");
        assert_eq!(cache.get(a), None);
        for _ in 0..2 {
            cache.put(a, &bytes_of("Words."));
            assert_eq!(cache.get(a).unwrap().text.string(), "Words.");
            fs::write(cache.path(a).path(), b"diptych-import 1 nonsense").unwrap();
            assert_eq!(cache.get(a), None);
        }
    }

    #[test]
    fn all_that_matters_is_in_the_key() {
        let order: PageOrder = "2,1".parse().unwrap();
        let keys = [
            key("a"),
            key("b"),
            Key::of(b"a", Format::Html, &Hint::default()),
            Key::of(b"a", Format::Pdf, &Hint { as_is: true, ..Hint::default() }),
            Key::of(b"a", Format::Pdf, &Hint { pages: Some(&order), ..Hint::default() }),
        ];
        for (i, key) in keys.iter().enumerate() {
            assert!(!keys[..i].contains(key), "{i}");
        }
        assert_eq!(key("a"), Key::of(b"a", Format::Pdf, &Hint::named("other.pdf")));
    }

    #[test]
    fn the_oldest_go_first() {
        let dir = tempfile::tempdir().unwrap();
        let entry = bytes_of(&"Words. ".repeat(100));
        let largest = entry.len() as u64 * 4;
        let cache = Cache { largest, ..Cache::new(Arc::new(Os), dir.path().to_owned()) };
        fs::write(dir.path().join("not-ours.txt"), "x").unwrap();
        let aged = |key: Key, hours: u64| {
            let file = File::options().append(true).open(cache.path(key).path()).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(hours * 3600)).unwrap();
        };
        for (name, hours) in [("a", 4), ("b", 3), ("c", 2), ("d", 1)] {
            cache.put(key(name), &entry);
            aged(key(name), hours);
        }
        assert!(cache.get(key("a")).is_some(), "all four fit, and this one is now the newest");
        cache.put(key("e"), &entry);
        let kept = ["a", "b", "c", "d", "e"].map(|name| cache.get(key(name)).is_some());
        assert_eq!(kept, [true, false, true, true, true]);
        cache.put(key("f"), &bytes_of(&"Words. ".repeat(1000)));
        assert_eq!(cache.get(key("f")), None, "what would fill the cache is not kept");
        assert!(dir.path().join("not-ours.txt").exists());
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        let cache = Cache::new(Arc::new(Os), file.join("imports"));
        cache.put(key("a"), &bytes_of("Words."));
        assert_eq!(cache.get(key("a")), None);
    }
}
