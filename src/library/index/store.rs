//! The index of one library in its folder of the cache: which texts are in which file, kept fresh by content.
//!
//! Files are only ever added, and the list of them replaced as a whole: whoever reads has a whole index at any moment.
//! A text that has changed is taken in anew, and counts no more where it was; when there are many files, or much in them
//! that counts no more, they become one. What is broken, older or newer is thrown away and made anew.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::build::{Builder, merge};
use super::segment::{Segment, Unusable};
use super::{Asked, Engine, Hit, Indexed};
use crate::import::IMPORTER_VERSION;
use crate::library::disk::os::{open_file, read_file};
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::counted::counted;
use crate::word::language::Language;

/// The list of an index's texts and files.
const LIST: &str = "list.json";

/// The version of the list; any other is built anew.
const VERSION: u32 = 2;

/// The longest list that is read: of more texts than any folder is looked through for.
const LONGEST: u64 = 64 << 20;

/// How many files are read together; more are merged into one.
const FILES: usize = 6;

/// How many bytes of a file are read at a time for its hash.
const PART: usize = 64 << 10;

/// What BM25 (Robertson and Zaragoza 2009) makes of repetition, and of length.
const REPETITION: f32 = 1.2;
const LENGTH: f32 = 0.6;

/// An index that is open.
#[derive(Debug)]
pub(crate) struct Store {
    texts: Vec<Indexed>,
    languages: Vec<Language>,
    segments: Vec<(Segment, Vec<Option<usize>>)>,
    passages: usize,
}

/// The list.
#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    version: u32,
    importer: u32,
    /// Goes up with every file.
    last: u64,
    files: Vec<Listed>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Listed {
    file: String,
    texts: Vec<IndexedText>,
}

/// A text as it was taken in.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct IndexedText {
    name: String,
    length: u64,
    /// When its file was changed, in nanoseconds; 0 where that is not known.
    changed: u64,
    /// xxh3 of its bytes.
    hash: u64,
    passages: u32,
    language: String,
    /// Whether it counts: no newer one took its place.
    counts: bool,
}

/// What came of keeping an index fresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Freshened {
    /// How many texts were taken in.
    pub taken: usize,
    /// How many are in it.
    pub texts: usize,
    /// How many are no texts, or could not be read.
    pub left: usize,
    /// What was wrong with what was there.
    pub unusable: Option<Unusable>,
}

/// A text to be indexed: its path, what it is called in the library, and how it is read.
pub(crate) type Read<'r> = dyn Fn(&Path) -> Option<Text> + 'r;

impl Store {
    /// Opens the index in `folder`; `None` where there is none that can be used.
    pub(crate) fn open(folder: &Path) -> Option<Self> {
        Self::of(folder, &read(folder).ok()??).ok()
    }

    fn of(folder: &Path, list: &List) -> Result<Self, Unusable> {
        let mut store = Self { texts: Vec::new(), languages: Vec::new(), segments: Vec::new(), passages: 0 };
        for listed in &list.files {
            let segment = Segment::open(&folder.join(&listed.file))?;
            if segment.first.len() != listed.texts.len() + 1 {
                return Err(Unusable::Broken);
            }
            let mut places = Vec::with_capacity(listed.texts.len());
            for known in &listed.texts {
                places.push(known.counts.then(|| {
                    store.texts.push(Indexed { name: known.name.clone(), passages: known.passages });
                    store.texts.len() - 1
                }));
                let language = Language::from_tag(&known.language).unwrap_or(Language::Other);
                if known.counts && !store.languages.contains(&language) {
                    store.languages.push(language);
                }
            }
            store.passages += segment.passages();
            store.segments.push((segment, places));
        }
        Ok(store)
    }

    /// Whether it answered from what is not as it was written, and is to be made anew.
    pub(crate) fn is_damaged(&self) -> bool {
        self.segments.iter().any(|(segment, _)| segment.is_damaged())
    }

    /// Throws the index in `folder` away, so that it is made anew.
    pub(crate) fn forget(folder: &Path) {
        let _ = fs::remove_file(folder.join(LIST));
    }

    /// The languages of its texts.
    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Has the index in `folder` know the files of a library as they are now; `watch` hears how many are done.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub(crate) fn freshen(
        folder: &Path,
        library: &Path,
        files: &[PathBuf],
        read_text: &Read<'_>,
        watch: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> io::Result<Freshened> {
        fs::create_dir_all(folder)?;
        let mut done = Freshened::default();
        let mut list = match read(folder) {
            Ok(list) => list.unwrap_or_default(),
            Err(unusable) => {
                done.unusable = Some(unusable);
                List::default()
            }
        };
        if Self::of(folder, &list).is_err() {
            done.unusable = done.unusable.or(Some(Unusable::Broken));
            list = List::default();
        }
        list.version = VERSION;
        list.importer = IMPORTER_VERSION;
        let before: HashMap<String, IndexedText> = list
            .files
            .iter()
            .flat_map(|f| f.texts.iter().filter(|t| t.counts).map(|t| (t.name.clone(), t.clone())))
            .collect();
        let mut names: HashSet<String> = HashSet::with_capacity(files.len());
        let mut builder = Builder::default();
        let mut taken: Vec<IndexedText> = Vec::new();
        let mut changed = false;
        for (nth, path) in files.iter().enumerate() {
            if watch(nth, files.len()).is_break() {
                // What is done so far is kept: it need not be done again.
                break;
            }
            let Some(name) = crate::model::address::name_within(library, path) else { continue };
            names.insert(name.clone());
            let Ok(meta) = fs::metadata(path) else { continue };
            let (length, when) = (meta.len(), moment(&meta));
            let known = before.get(&name);
            if known.is_some_and(|k| k.length == length && k.changed == when && when != 0) {
                continue;
            }
            let Ok(hash) = hash_of(path) else {
                done.left += 1;
                continue;
            };
            if known.is_some_and(|k| k.hash == hash) {
                list.each(|k| {
                    if k.counts && k.name == name {
                        k.changed = when;
                    }
                });
                changed = true;
                continue;
            }
            let text = read_text(path);
            if known.is_some() {
                list.forget(&name);
            }
            changed = true;
            // What is no text is remembered as one of no passages, so that it is not read again and again.
            let (passages, language) = if let Some(text) = &text {
                builder.add(text);
                (text.passage_count() as u32, Language::of(text).tag().to_owned())
            } else {
                builder.add_nothing();
                (0, String::new())
            };
            taken.push(IndexedText { name, length, changed: when, hash, passages, language, counts: true });
            done.taken += usize::from(text.is_some());
            if builder.is_full() {
                list.put(folder, std::mem::take(&mut builder), std::mem::take(&mut taken))?;
                list.save(folder)?;
            }
        }
        let whole = watch(files.len(), files.len()).is_continue();
        if builder.texts() > 0 {
            list.put(folder, builder, taken)?;
        }
        if whole {
            let gone: Vec<String> = before.keys().filter(|name| !names.contains(*name)).cloned().collect();
            changed |= !gone.is_empty();
            for name in &gone {
                list.forget(name);
            }
            changed |= match list.tidy(folder) {
                // Damage in what was to be put together is found only then.
                Err(e) if e.kind() == io::ErrorKind::InvalidData => {
                    Self::forget(folder);
                    done.unusable = Some(Unusable::Broken);
                    return Self::freshen(folder, library, files, read_text, watch)
                        .map(|again| Freshened { unusable: done.unusable, ..again });
                }
                tidied => tidied?,
            };
        }
        if changed || done.unusable.is_some() || !folder.join(LIST).exists() {
            list.save(folder)?;
            list.sweep(folder);
        }
        let (texts, others): (Vec<_>, Vec<_>) =
            list.files.iter().flat_map(|f| &f.texts).filter(|t| t.counts).partition(|t| t.passages > 0);
        done.texts = texts.len();
        done.left += others.len();
        Ok(done)
    }
}

impl Store {
    /// What the index in `folder` knows, where the files of its library are as they were when it last looked; else `None`. They
    /// are not read for that.
    pub(crate) fn as_it_is(folder: &Path, library: &Path, files: &[PathBuf]) -> Option<Freshened> {
        let list = read(folder).ok()??;
        let texts = || list.files.iter().flat_map(|file| &file.texts).filter(|text| text.counts);
        let known: HashMap<&str, (u64, u64)> = texts().map(|t| (&*t.name, (t.length, t.changed))).collect();
        let is_known = |path: &PathBuf| {
            let name = crate::model::address::name_within(library, path)?;
            let meta = fs::metadata(path).ok()?;
            known.get(&*name).filter(|(length, when)| *length == meta.len() && *when == moment(&meta) && *when != 0)
        };
        let is_fresh = known.len() == files.len() && files.iter().all(|path| is_known(path).is_some());
        let left = texts().filter(|text| text.passages == 0).count();
        is_fresh.then(|| Freshened { taken: 0, texts: known.len() - left, left, unusable: None })
    }
}

impl Freshened {
    /// What is said of files that are in no index, where there are any.
    pub(crate) fn not_searched(&self) -> Option<Clean> {
        let files = counted(self.left, "file");
        (self.left > 0).then(|| {
            Clean::line(&format!("not searched: {files} that cannot be read as a text; `diptych check` says more"))
        })
    }
}

impl Engine for Store {
    fn texts(&self) -> &[Indexed] {
        &self.texts
    }

    fn best(&self, asked: &Asked, most: usize, of_each: usize) -> Vec<Hit> {
        let rarity = self.rarity(asked);
        let mut found: Vec<Hit> = Vec::new();
        for (segment, places) in &self.segments {
            let mut scores: HashMap<u32, (f32, u32)> = HashMap::new();
            for (nth, ((stems, _), weight)) in asked.words.iter().zip(&rarity).enumerate() {
                // What stands almost everywhere tells nothing.
                if *weight <= 0.0 && !asked.all {
                    continue;
                }
                for (passage, times) in stems.iter().filter_map(|s| segment.find(*s)).flat_map(|t| segment.list(t)) {
                    let times = times as f32;
                    let norm = REPETITION * (1.0 - LENGTH + LENGTH * segment.length(passage));
                    let entry = scores.entry(passage).or_default();
                    // A word counts once, whichever of its stems it is met by.
                    if entry.1 & (1 << (nth % 32)) == 0 || !asked.all {
                        entry.0 += weight.max(0.05) * times * (REPETITION + 1.0) / (times + norm);
                        entry.1 |= 1 << (nth % 32);
                    }
                }
            }
            let wanted = asked.words.len().min(32) as u32;
            for (passage, (score, met)) in scores {
                if asked.all && met.count_ones() < wanted {
                    continue;
                }
                let (text, number) = segment.place_of(passage);
                if let Some(text) = places.get(text).copied().flatten() {
                    found.push(Hit { text, passage: PassageNo(number), score });
                }
            }
        }
        found.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| (a.text, a.passage.0).cmp(&(b.text, b.passage.0)))
        });
        let mut of_text: HashMap<usize, usize> = HashMap::new();
        found.retain(|hit| {
            let count = of_text.entry(hit.text).or_default();
            *count += 1;
            *count <= of_each
        });
        found.truncate(most);
        found
    }
}

impl Store {
    /// How much each word that is asked for says: less, the more passages have it.
    fn rarity(&self, asked: &Asked) -> Vec<f32> {
        let passages = self.passages.max(1) as f32;
        let of = |(stems, weight): &(Vec<u64>, f32)| {
            let having: usize = self
                .segments
                .iter()
                .flat_map(|(segment, _)| stems.iter().filter_map(|s| segment.find(*s)).map(|t| segment.count(t)))
                .sum();
            if having == 0 {
                0.0
            } else {
                weight * (1.0 + (passages - having as f32 + 0.5) / (having as f32 + 0.5)).ln()
            }
        };
        let all: Vec<f32> = asked.words.iter().map(of).collect();
        if asked.all {
            return all;
        }
        // The words that say most are enough, and the lists of those that say little are long.
        let mut sorted = all.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let least = sorted.get(WORDS).copied().unwrap_or(0.0);
        all.into_iter().map(|w| if w > least { w } else { 0.0 }).collect()
    }
}

/// How many words of a passage are looked for, the rarest.
const WORDS: usize = 48;

impl List {
    fn each(&mut self, mut change: impl FnMut(&mut IndexedText)) {
        self.files.iter_mut().flat_map(|f| &mut f.texts).for_each(&mut change);
    }

    fn forget(&mut self, name: &str) {
        self.each(|known| {
            if known.name == name {
                known.counts = false;
            }
        });
    }

    fn put(&mut self, folder: &Path, builder: Builder, texts: Vec<IndexedText>) -> io::Result<()> {
        let file = self.next();
        builder.write(&folder.join(&file))?;
        self.files.push(Listed { file, texts });
        Ok(())
    }

    fn next(&mut self) -> String {
        self.last += 1;
        // Another process may be at the same number.
        format!("{}-{}.index", self.last, std::process::id())
    }

    /// Makes one file of many, or of much that counts no more.
    fn tidy(&mut self, folder: &Path) -> io::Result<bool> {
        let all = self.files.iter().flat_map(|f| &f.texts);
        let (of, dead) = all.fold((0, 0), |(of, dead), t| (of + 1, dead + usize::from(!t.counts)));
        if self.files.len() <= FILES && dead * 4 <= of.max(16) {
            return Ok(false);
        }
        let open =
            |f: &Listed| Segment::open(&folder.join(&f.file)).map_err(|_| io::Error::from(io::ErrorKind::InvalidData));
        let segments: Vec<Segment> = self.files.iter().map(open).collect::<io::Result<_>>()?;
        let kept: Vec<(&Segment, Vec<bool>)> =
            segments.iter().zip(&self.files).map(|(s, f)| (s, f.texts.iter().map(|t| t.counts).collect())).collect();
        let file = self.next();
        merge(&kept, &folder.join(&file))?;
        if segments.iter().any(Segment::is_damaged) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let texts = self.files.iter().flat_map(|f| f.texts.iter().filter(|t| t.counts).cloned()).collect();
        self.files = vec![Listed { file, texts }];
        Ok(true)
    }

    fn save(&self, folder: &Path) -> io::Result<()> {
        let written = serde_json::to_vec(self)?;
        let temp = folder.join(format!("list-{}.tmp", std::process::id()));
        fs::write(&temp, written)?;
        fs::rename(&temp, folder.join(LIST))
    }

    /// Takes away the files that no list names any more.
    fn sweep(&self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if Path::new(&name).extension().is_some_and(|e| e == "index") && self.files.iter().all(|f| f.file != name) {
                // One that stays takes room, and nothing else.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The list in a folder; `None` where there is none.
fn read(folder: &Path) -> Result<Option<List>, Unusable> {
    let bytes = match read_file(&folder.join(LIST), LONGEST) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(_) => return Err(Unusable::Broken),
    };
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| Unusable::Broken)?;
    let number = |key: &str| value.get(key).and_then(serde_json::Value::as_u64);
    if number("version") != Some(u64::from(VERSION)) || number("importer") != Some(u64::from(IMPORTER_VERSION)) {
        return Err(Unusable::Foreign);
    }
    serde_json::from_value(value).map(Some).map_err(|_| Unusable::Broken)
}

/// The xxh3 of a file, which may be longer than what is to be held of it.
fn hash_of(path: &Path) -> io::Result<u64> {
    let mut file = open_file(path)?;
    let mut hash = Xxh3::new();
    let mut part = vec![0; PART];
    loop {
        match file.read(&mut part) {
            Ok(0) => return Ok(hash.digest()),
            Ok(read) => hash.update(&part[..read]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

pub(in crate::library) fn moment(meta: &fs::Metadata) -> u64 {
    let since = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |d| u64::try_from(d.as_nanos()).unwrap_or(0))
}
