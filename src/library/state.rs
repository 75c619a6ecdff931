//! Where the reader left off, kept in state.toml from one session to the next.
//!
//! Several Diptychs may run at once: a session writes only what it changed itself over what is in the file by then. A
//! file that cannot be understood is set aside under another name, never overwritten. Nothing that goes wrong here
//! stops the reading; it is told in one line, once.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::disk::{Disk, Spot};
use super::lock::lock;
use super::said::{io_words, shown};
use super::save::{LONGEST, save};
use crate::model::snapshot::{Marked, PairMemory, Snapshot, TextPair};
use crate::text::clean::Clean;

/// The version of the file's format; a higher one was written by a newer Diptych.
const VERSION: u32 = 2;

/// How many pairs of texts are remembered, those read last.
const PAIRS: usize = 200;

const HEADING: &str = "# Where you left off. Written by Diptych; without this file it begins afresh.\n";

/// The file, and what this session knows of it.
#[derive(Debug)]
pub struct State {
    path: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// What this session read or wrote last: what differs from it is the session's own.
    base: Snapshot,
    /// What was told already.
    told: Vec<Clean>,
}

/// state.toml.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Contents {
    version: u32,
    left: Option<String>,
    right: Option<String>,
    /// The pair last read first; in version 1 each on one line.
    #[serde(rename = "pair")]
    pairs: Vec<Pair>,
    marks: BTreeMap<char, Marked>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Pair {
    texts: TextPair,
    #[serde(flatten)]
    memory: PairMemory,
}

/// Why there are no contents.
enum Unread {
    /// There is no file.
    Missing,
    /// The system does not let it be read.
    Failed(io::Error),
    /// The file was written by a newer Diptych.
    Newer,
    /// The file makes no sense.
    Broken,
}

impl State {
    /// The state in the file at `path`.
    pub fn new(path: PathBuf) -> Self {
        Self { path, inner: Mutex::default() }
    }

    /// What was kept, and where something is wrong, one line about it.
    pub fn recall(&self, disk: &dyn Disk) -> (Snapshot, Option<Clean>) {
        let (contents, line) = match read(disk, &self.path) {
            Ok(contents) => (contents, None),
            Err(Unread::Missing) => (Contents::default(), None),
            Err(unread) => (Contents::default(), Some(self.set_aside(disk, &unread).unwrap_or_else(|line| line))),
        };
        let snapshot = contents.into_snapshot();
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.base = snapshot.clone();
        inner.told.extend(line.clone());
        (snapshot, line)
    }

    /// Keeps `snapshot`. What goes wrong, or is odd about the file, is said in one line, and once.
    pub fn remember(&self, disk: &dyn Disk, snapshot: &Snapshot) -> Result<(), Clean> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let line = match self.write(disk, &inner.base, snapshot) {
            Ok(told) => {
                inner.base = snapshot.clone();
                told
            }
            Err(line) => Some(line),
        };
        match line {
            Some(line) if !inner.told.contains(&line) => {
                inner.told.push(line.clone());
                Err(line)
            }
            _ => Ok(()),
        }
    }

    fn write(&self, disk: &dyn Disk, base: &Snapshot, own: &Snapshot) -> Result<Option<Clean>, Clean> {
        let lost = |why: &str| Clean::line(&format!("your place is not kept: {why}"));
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let failed = |e: &io::Error| lost(&format!("{}: {}", shown(folder), io_words(e)));
        disk.create_folder(&Spot::own(folder)).map_err(|e| failed(&e))?;
        let _lock = lock(disk, &Spot::own(self.path.with_extension("lock"))).map_err(|e| failed(&e))?;
        let (theirs, told) = match read(disk, &self.path) {
            Ok(contents) => (contents, None),
            Err(Unread::Missing) => (Contents::default(), None),
            Err(unread) => (Contents::default(), Some(self.set_aside(disk, &unread)?)),
        };
        let merged = merge(theirs, base, own);
        let written = toml::to_string(&merged).map_err(|e| lost(&e.to_string()))?;
        save(disk, &Spot::own(&self.path), format!("{HEADING}{written}").as_bytes())
            .map_err(|e| lost(&e.to_string()))?;
        Ok(told)
    }

    /// Gives a file that makes no sense another name. Answers with what to tell; in `Err` where it is still in its
    /// place, and must not be written over.
    fn set_aside(&self, disk: &dyn Disk, unread: &Unread) -> Result<Clean, Clean> {
        let path = shown(&self.path);
        let (why, kind) = match unread {
            Unread::Failed(e) => {
                let why = format!("{path}: cannot be read ({}), so your place is not kept", io_words(e));
                return Err(Clean::line(&why));
            }
            Unread::Newer => ("was written by a newer Diptych", "newer"),
            Unread::Missing | Unread::Broken => ("is damaged", "damaged"),
        };
        let free = |n: &u32| {
            let aside = self.path.with_extension(format!("{kind}-{n}.toml"));
            let gone = disk.real(&Spot::own(&aside)).is_err_and(|e| e.kind() == io::ErrorKind::NotFound);
            gone.then_some(aside)
        };
        let kept = (1..=999).find_map(|n| free(&n)).ok_or(io::ErrorKind::AlreadyExists.into());
        match kept.and_then(|aside| disk.rename(&Spot::own(&self.path), &Spot::own(&aside)).map(|()| aside)) {
            Ok(aside) => {
                let name = aside.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
                Ok(Clean::line(&format!("{path}: {why}; set aside as {name}, and begun afresh")))
            }
            Err(e) => Err(Clean::line(&format!(
                "{path}: {why} and cannot be set aside ({}), so your place is not kept",
                io_words(&e)
            ))),
        }
    }
}

fn read(disk: &dyn Disk, path: &Path) -> Result<Contents, Unread> {
    let bytes = match disk.read(&Spot::own(path), LONGEST) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(Unread::Missing),
        Err(e) => return Err(Unread::Failed(e)),
    };
    let source = String::from_utf8(bytes).map_err(|_| Unread::Broken)?;
    let table: toml::Table = source.parse().map_err(|_| Unread::Broken)?;
    match table.get("version").and_then(toml::Value::as_integer) {
        Some(version) if version > i64::from(VERSION) => Err(Unread::Newer),
        Some(_) => Contents::deserialize(toml::Value::Table(table)).map_err(|_| Unread::Broken),
        None => Err(Unread::Broken),
    }
}

/// What opens the texts that are remembered.
pub(super) fn texts_in(disk: &dyn Disk, path: &Path) -> Vec<String> {
    let pairs = read(disk, path).map(|contents| contents.pairs).unwrap_or_default();
    pairs.into_iter().flat_map(|pair| <[String; 2]>::from(pair.texts)).collect()
}

/// What `own` has changed since `base`, over what is in the file now.
fn merge(theirs: Contents, base: &Snapshot, own: &Snapshot) -> Contents {
    let last_read = own.last_read();
    // The pair that is open comes first, whether or not anything was done in it.
    let opened = own.recent.first().filter(|key| base.recent.first() != Some(*key));
    let changed =
        last_read.iter().filter(|(texts, memory)| base.pairs.get(texts) != Some(memory) || opened == Some(texts));
    let mut pairs: Vec<Pair> =
        changed.map(|(texts, memory)| Pair { texts: texts.clone(), memory: memory.clone() }).collect();
    let rest = theirs.pairs.into_iter().filter(|p| !pairs.iter().any(|own| own.texts == p.texts)).collect::<Vec<_>>();
    pairs.extend(rest);
    pairs.truncate(PAIRS);
    let mut marks = theirs.marks;
    marks.retain(|letter, _| own.marks.contains_key(letter) || !base.marks.contains_key(letter));
    let set = own.marks.iter().filter(|(letter, mark)| base.marks.get(letter) != Some(*mark));
    marks.extend(set.map(|(letter, mark)| (*letter, mark.clone())));
    Contents {
        version: VERSION,
        left: own.left.clone().or(theirs.left),
        right: own.right.clone().or(theirs.right),
        pairs,
        marks,
    }
}

impl Contents {
    fn into_snapshot(self) -> Snapshot {
        let recent = self.pairs.iter().map(|p| p.texts.clone()).collect();
        let pairs = self.pairs.into_iter().map(|p| (p.texts, p.memory)).collect();
        Snapshot { left: self.left, right: self.right, pairs, marks: self.marks, recent }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::anchor::Anchor;
    use crate::library::disk::Os;
    use crate::model::settings::Sync;
    use crate::model::snapshot::SavedPlace;
    use crate::text::passage::PassageNo;
    use crate::topic::codebook::TopicId;

    fn anchor(passage: u32) -> Anchor {
        let toml =
            format!("text = \"/t/a.md\"\nhash = \"00000000000000ff\"\npassage = {passage}\nexact = \"say \\\"no\\\"\"");
        toml::from_str(&toml).unwrap()
    }

    fn memory(passage: u32) -> PairMemory {
        PairMemory {
            left: Some(anchor(passage)),
            right: Some(anchor(passage + 1)),
            topic: Some(TopicId::new("soviets")),
            right_leads: true,
            pinned: false,
            one_work: true,
            sync: Some(Sync::Scroll),
            last_pairs: BTreeMap::from([(TopicId::new("soviets"), (PassageNo(3), PassageNo(4)))]),
            of: (12, 30),
        }
    }

    fn snapshot(pairs: &[([&str; 2], u32)], marks: &[(char, u32)]) -> Snapshot {
        let place = |n| SavedPlace { text: "/t/a.md".to_owned(), at: anchor(n) };
        let mark = |n| Marked { left: Some(place(n)), right: None, topic: None };
        Snapshot {
            left: Some("/t/a.md".to_owned()),
            right: Some("-".to_owned()),
            pairs: pairs.iter().map(|([left, right], n)| (TextPair::new(left, right), memory(*n))).collect(),
            marks: marks.iter().map(|(letter, n)| (*letter, mark(*n))).collect(),
            recent: pairs.iter().map(|([left, right], _)| TextPair::new(left, right)).collect(),
        }
    }

    #[test]
    fn what_was_kept_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/folder/state.toml");
        let kept = snapshot(&[(["a", "b"], 3), (["a | b", "\"c\""], 9)], &[('a', 1), ('Ω', 2)]);
        assert_eq!(State::new(path.clone()).remember(&Os, &kept), Ok(()));
        assert_eq!(State::new(path).recall(&Os), (kept, None));
    }

    #[test]
    fn a_file_of_the_first_version_is_read_and_goes_on_as_one_of_this() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.toml");
        let old = "version = 1\nleft = \"a\"\n\n[[pair]]\ntexts = \"a | b | c\"\ntopic = \"bread\"\nright_leads = true\n\
                   pinned = false\n[pair.last_pairs]\nbread = [3, 4]\n";
        std::fs::write(&path, old).unwrap();
        let state = State::new(path.clone());
        let (kept, told) = state.recall(&Os);
        assert_eq!(told, None);
        let memory = &kept.pairs[&TextPair::new("a", "b | c")];
        assert_eq!(memory.last_pairs["bread"], (PassageNo(3), PassageNo(4)));
        assert_eq!((memory.topic.as_ref(), memory.right_leads), (Some(&TopicId::new("bread")), true));
        assert_eq!(state.remember(&Os, &kept), Ok(()));
        assert!(std::fs::read_to_string(&path).unwrap().contains("texts = [\"a\", \"b | c\"]"));
        assert_eq!(State::new(path).recall(&Os), (kept, None));
    }
}
