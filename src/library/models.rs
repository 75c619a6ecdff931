//! A sentence model's folder, and the cache of what it said: see [`crate::meaning`].

use std::fs;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use thiserror::Error;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::disk::os::open_file;
use super::disk::{Disk, Spot};
use super::said::{io_words, shown};
use super::save::save;
use crate::meaning::bert::Bert;
use crate::meaning::fault::Fault;
use crate::word::related::Meanings;

/// A folder that has the files of a model; its weights are read when they are first needed.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    path: PathBuf,
    config: String,
    vocabulary: String,
    /// What tells this model from others and from itself as it was before.
    mark: u64,
}

/// Why a folder is no model.
#[derive(Debug, Error)]
pub enum NoModel {
    #[error("the model folder {}: {}; `meaning` must name a folder with config.json, vocab.txt and model.safetensors", shown(.0), .1)]
    Unreadable(PathBuf, String),
    #[error("the model folder {}: {} has more than {} MiB, which no model of this kind needs", shown(.0), .1, .2)]
    TooLarge(PathBuf, &'static str, u64),
    #[error("the model folder {}: {}", shown(.0), .1)]
    Wrong(PathBuf, Fault),
}

/// The files, and how many MiB each may have.
const FILES: [(&str, u64); 3] = [("config.json", 1), ("vocab.txt", 16), ("model.safetensors", 1024)];

/// What a kept answer begins with; a number more with every change of its form or of the forward pass.
const KEPT: &[u8; 8] = b"meaning1";

impl ModelFolder {
    /// Looks into a folder; reads all but the weights.
    pub fn open(path: &Path) -> Result<Self, NoModel> {
        let mut mark = Xxh3::new();
        for (name, most) in FILES {
            let meta = fs::metadata(path.join(name)).map_err(|e| unreadable(path, name, &e))?;
            if !meta.is_file() {
                return Err(NoModel::Unreadable(path.to_owned(), format!("{name} is not a file")));
            }
            if meta.len() > most << 20 {
                return Err(NoModel::TooLarge(path.to_owned(), name, most));
            }
            let changed = meta.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
            mark.update(&meta.len().to_le_bytes());
            mark.update(&changed.as_nanos().to_le_bytes());
        }
        let mut read = |(name, most): (&str, u64)| {
            let mut text = String::new();
            let file = open_file(&path.join(name)).map_err(|e| unreadable(path, name, &e))?;
            file.take(most << 20).read_to_string(&mut text).map_err(|e| unreadable(path, name, &e))?;
            mark.update(text.as_bytes());
            Ok(text)
        };
        let [config, vocabulary, _] = FILES;
        let (config, vocabulary) = (read(config)?, read(vocabulary)?);
        Ok(Self { path: path.to_owned(), config, vocabulary, mark: mark.digest() })
    }

    /// The model itself, into memory: with all-MiniLM-L6-v2 some 90 MB.
    pub fn load(&self) -> Result<Bert, NoModel> {
        let name = FILES[2].0;
        let weights = open_file(&self.path.join(name)).map_err(|e| unreadable(&self.path, name, &e))?;
        Bert::read(&self.config, &self.vocabulary, BufReader::new(weights))
            .map_err(|e| NoModel::Wrong(self.path.clone(), e))
    }
}

fn unreadable(path: &Path, name: &str, e: &io::Error) -> NoModel {
    NoModel::Unreadable(path.to_owned(), format!("{name}: {}", io_words(e)))
}

/// What models said of texts, in the cache folder, by content.
#[derive(Debug, Clone)]
pub struct ModelCache {
    disk: Arc<dyn Disk>,
    folder: Option<PathBuf>,
}

impl ModelCache {
    /// A cache in `folder`, which need not exist; with `None` nothing is kept.
    pub fn new(disk: Arc<dyn Disk>, folder: Option<PathBuf>) -> Self {
        Self { disk, folder }
    }

    /// What `model` says of each passage, from the cache or by `load`, which is called at most once. Between two passages
    /// it asks `watch`, with how many are done and how many there are, whether to go on.
    pub fn meanings<'m>(
        &self,
        model: &ModelFolder,
        passages: &[&str],
        load: impl FnOnce() -> Result<&'m Bert, NoModel>,
        watch: &dyn Fn(usize, usize) -> ControlFlow<()>,
    ) -> Result<ControlFlow<(), Meanings>, NoModel> {
        let path = self.path(model, passages).map(Spot::own);
        let kept = path.as_ref().and_then(|path| self.kept(path));
        if let Some(kept) = kept.filter(|m| m.len() == passages.len()) {
            return Ok(ControlFlow::Continue(kept));
        }
        let bert = load()?;
        let mut said = Meanings::default();
        for (done, passage) in passages.iter().enumerate() {
            if watch(done, passages.len()).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            said.push_direction(&bert.direction(passage));
        }
        if let Some(path) = path {
            let body = said.to_bytes();
            // A folder that cannot be written to costs time the next time, nothing else.
            let _ = save(&*self.disk, &path, &[KEPT, &xxh3_64(&body).to_le_bytes()[..], &body].concat());
        }
        Ok(ControlFlow::Continue(said))
    }

    fn path(&self, model: &ModelFolder, passages: &[&str]) -> Option<PathBuf> {
        let mut hash = Xxh3::with_seed(model.mark);
        for passage in passages {
            hash.update(&(passage.len() as u64).to_le_bytes());
            hash.update(passage.as_bytes());
        }
        Some(self.folder.as_ref()?.join(format!("{:032x}.meaning", hash.digest128())))
    }

    fn kept(&self, file: &Spot) -> Option<Meanings> {
        let bytes = self.disk.read(file, FILES[2].1 << 20).ok()?;
        let (sum, body) = bytes.strip_prefix(&KEPT[..])?.split_first_chunk()?;
        (xxh3_64(body) == u64::from_le_bytes(*sum)).then(|| Meanings::from_bytes(body))?
    }
}
