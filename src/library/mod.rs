//! The disk: finding and loading texts, and keeping what the reader made, safely.
//!
//! [`Library`] is the one door; threads share it in an `Arc`. It answers the session's effects: [`Library::load_prefix`]
//! and [`Library::load_whole`] for `Load`, [`Library::keep`] for `Keep`, [`Library::remember`] for `Remember`.
//! Texts are never written to.

pub mod apart;
pub(crate) mod archive;
pub(crate) mod aside;
mod author;
mod beside;
pub(crate) mod cache;
pub(crate) mod codebook_joined;
pub(crate) mod codebooks;
pub mod disk;
pub(crate) mod elsewhere;
pub mod embedded;
mod errand;
pub(crate) mod error;
pub(crate) mod exports;
pub mod folders;
mod glosses;
pub mod home;
mod hooks;
pub(crate) mod imports;
pub(crate) mod index;
pub(crate) mod judgements;
pub mod links;
pub(crate) mod load;
pub(crate) mod lock;
pub(crate) mod meanwhile;
pub mod merging;
pub(crate) mod modelled;
pub mod models;
mod moved_places;
mod names;
pub mod notes;
pub(crate) mod outputs;
mod outside;
mod pipe;
pub(crate) mod places;
pub mod preferences;
mod reading;
pub(crate) mod recall;
mod references;
pub mod request;
pub(crate) mod said;
pub mod save;
pub mod shelf;
pub mod state;
mod strays;
mod themes;
mod tidy;
mod topic_entry;
pub mod topics;
pub(crate) mod tour_sheet;
pub mod tours;
mod trust;
pub mod walk;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use self::apart::Program;
use self::aside::Aside;
use self::cache::Cache;
use self::codebooks::Codebooks;
use self::disk::Disk;
use self::errand::Errands;
use self::error::LoadError;
use self::folders::Folders;
use self::home::Home;
use self::imports::Imports;
use self::index::store::Store;
use self::load::{Loader, Waiting};
use self::meanwhile::Meanwhile;
use self::models::{ModelCache, ModelFolder, NoModel};
use self::notes::KnownNotes;
use self::preferences::{Mistake, OwnFile};
use self::request::{Request, Source};
use self::said::{shortened, shortened_in};
use self::state::State;
use self::topics::EditError;
use crate::import::pages::PageOrder;
use crate::import::warning::Warning;
use crate::import::{Hint, Imported};
use crate::model::keeping::{KeepOrder, Kept, Record, RecordKey};
use crate::model::open::{Loaded, Open};
use crate::model::settings::Settings;
use crate::model::snapshot::Snapshot;
use crate::text::clean::Clean;
use crate::topic::codebook::{Codebook, Topic, TopicId};

/// The texts, their topics, and the reader's own files.
#[derive(Debug)]
pub struct Library {
    disk: Arc<dyn Disk>,
    /// Of a session that follows another, the disk on which everything is written where the reader says so.
    beneath: Option<Arc<dyn Disk>>,
    folders: Option<Folders>,
    /// The folder that was opened as a library.
    root: OnceLock<PathBuf>,
    loader: Loader,
    codebooks: Mutex<Codebooks>,
    state: Option<State>,
    notes: KnownNotes,
    /// The indexes of libraries that were asked.
    indexes: Mutex<HashMap<PathBuf, Arc<Store>>>,
    /// Texts of libraries that were asked, with what is known of them.
    looked_at: Mutex<elsewhere::LookedAt>,
    /// Where indexes are until this one ends, when the cache cannot be written.
    indexes_aside: OnceLock<tempfile::TempDir>,
    /// For each thing that was kept, the number of the order.
    kept: Mutex<HashMap<RecordKey, u64>>,
    /// For each thing that could not be kept, what was to be.
    unkept: Mutex<HashMap<RecordKey, Record>>,
    /// What was read of what may be astray.
    strays: Mutex<strays::Remembered>,
    /// The files of which it was said that they stand in for others.
    told_aside: Mutex<BTreeSet<PathBuf>>,
    /// Programs that run for the reader.
    errands: Errands,
}

impl Library {
    /// A library with the reader's files in `folders`; without, nothing is kept.
    pub fn new(disk: Arc<dyn Disk>, folders: Option<Folders>) -> Self {
        let state = folders.as_ref().map(|f| State::new(f.session()));
        let folders = folders.map(|folders| {
            let (settings, _) = preferences::settings(&*disk, &folders.settings());
            let linked = settings.linked_folders().unwrap_or_default();
            Folders {
                keep: settings.keeps_in().map(|folder| folders.named(folder)),
                linked: linked.into_iter().map(|folder| folders.named(folder)).collect(),
                ..folders
            }
        });
        Self {
            disk,
            beneath: None,
            folders,
            root: OnceLock::new(),
            loader: Loader::default(),
            codebooks: Mutex::default(),
            state,
            kept: Mutex::default(),
            unkept: Mutex::default(),
            strays: Mutex::default(),
            told_aside: Mutex::default(),
            errands: Errands::default(),
            notes: KnownNotes::default(),
            indexes: Mutex::default(),
            looked_at: Mutex::default(),
            indexes_aside: OnceLock::new(),
        }
    }

    /// This library, running each import that needs it in a process of its own, and keeping the result in the cache.
    #[must_use]
    pub fn importing_with(mut self, program: Program) -> Self {
        let cache = self.folders.as_ref().map(|f| Cache::new(Arc::clone(&self.disk), f.imports()));
        self.loader = Loader::new(Imports::apart(program, cache));
        self
    }

    /// This library, taking the pages of every text in this order.
    #[must_use]
    pub fn with_pages(mut self, order: Option<PageOrder>) -> Self {
        self.loader = self.loader.with_pages(order);
        self
    }

    /// This library for a session that follows another, perhaps of the same user: what is made is kept in a folder of its
    /// own, and nothing else is written to.
    #[must_use]
    pub fn keeping_apart(mut self) -> Self {
        let beneath = Arc::clone(&self.disk);
        let mut own = Vec::new();
        if let Some(folders) = &mut self.folders {
            folders.state = folders.state.join("following");
            folders.data = folders.data.join("following");
            own.extend([folders.state.clone(), folders.data.clone(), folders.cache.clone()]);
            self.state = Some(State::new(folders.session()));
        }
        self.disk = Arc::new(disk::apart::Apart::new(Arc::clone(&self.disk), own));
        self.beneath = Some(beneath);
        self
    }

    /// Whether this is the library of a session that follows another.
    fn is_apart(&self) -> bool {
        self.beneath.is_some()
    }

    /// The disk for what goes where the reader says.
    fn disk_as_told(&self) -> &dyn Disk {
        self.beneath.as_deref().unwrap_or(&*self.disk)
    }

    /// Has a text read with its pages as they stand in the file from now on, or as the import finds them.
    pub fn keep_pages(&self, what: &str, as_in_file: bool) -> Result<(), LoadError> {
        self.loader.set_pages(&self.request(what)?, as_in_file.then(PageOrder::as_in_file));
        Ok(())
    }

    /// How files are imported.
    pub fn imports(&self) -> &Imports {
        self.loader.imports()
    }

    /// Stops the imports and the programs that are under way; there is nobody left to show them to.
    pub fn close(&self) {
        self.loader.close();
        self.errands.end();
    }

    /// The folders of the reader's files.
    pub fn folders(&self) -> Option<&Folders> {
        self.folders.as_ref()
    }

    /// The disk that Diptych writes to.
    pub fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// Finds out what a reader asks for: a path, the id of a text, `-`, each perhaps with `:14` for a passage.
    pub fn request(&self, written: &str) -> Result<Request, LoadError> {
        Request::parse(written, self.folders.as_ref().map(|f| f.home.as_path()))
    }

    /// Makes sure that a text can be opened, without reading more than its beginning, and nothing of what can be read
    /// only once.
    pub fn probe(&self, request: &Request) -> Result<(), LoadError> {
        Loader::probe(request)
    }

    /// Reads the beginning of a large text, so that its first screen need not wait for the whole, which is to be read
    /// after it. `None` where the beginning shows nothing, or where the text is so short that it gains nothing.
    pub fn load_prefix(&self, what: &str) -> Result<Option<Loaded>, LoadError> {
        let request = self.request(what)?;
        let part = self.loader.prefix(&request)?;
        Ok(part.map(|loaded| self.with_topics(&request, loaded)))
    }

    /// Reads what can be shown of a text without delay: the beginning of a large one, all of a short one. `None` where
    /// there is no such thing, or something is wrong: then [`Library::load_whole`] says what.
    pub fn load_at_once(&self, what: &str) -> Option<Loaded> {
        let request = self.request(what).ok()?;
        let loaded = self.loader.at_once(&request)?;
        Some(self.with_topics(&request, loaded))
    }

    /// Reads a text in full.
    pub fn load_whole(&self, what: &str) -> Result<Loaded, LoadError> {
        self.load_whole_while(what, &Waiting::patiently())
    }

    /// Reads a text in full, as long as it is waited for.
    pub fn load_whole_while(&self, what: &str, waiting: &Waiting<'_>) -> Result<Loaded, LoadError> {
        let request = self.request(what)?;
        let loaded = self.loader.whole_while(&request, waiting)?;
        Ok(self.with_topics(&request, loaded))
    }

    /// Imports a text in the manner of `hint`, whose name counts for nothing, as long as `stopped` does not say that
    /// nobody waits for it any more.
    pub fn import(
        &self,
        request: &Request,
        hint: &Hint<'_>,
        stopped: &dyn Fn() -> bool,
    ) -> Result<Imported, LoadError> {
        self.loader.import(request, hint, stopped)
    }

    /// Reads a text in full without making it one of the session: its topics do not come with it.
    pub fn peek(&self, what: &str, waiting: &Waiting<'_>) -> Result<Open, LoadError> {
        let request = self.request(what)?;
        Ok(self.housed(&request, self.loader.whole_while(&request, waiting)?.open))
    }

    /// Says to which texts the session belongs, before they are read: their topics, in this order, are those in use.
    /// Answers with the codebook, and a line for each fault in the topics files.
    pub fn begin_with(&self, texts: &[&Request]) -> (Arc<Codebook>, Vec<Clean>) {
        let mut codebooks = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner);
        for text in texts {
            codebooks.join(self.home(text));
        }
        self.read_codebook(&mut codebooks)
    }

    /// Begins a session, which does not wait for topics that take long to be read: then it gets none,
    /// and they are to be read by [`Library::topics_again`].
    pub fn begin_soon(&self, texts: &[&Request]) -> Option<(Arc<Codebook>, Vec<Clean>)> {
        let mut codebooks = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner);
        for text in texts {
            codebooks.join(self.home(text));
        }
        let is_soon_read = codebooks.is_soon_read(&self.disk, self.folders.as_ref());
        is_soon_read.then(|| self.read_codebook(&mut codebooks))
    }

    /// Whether the topics in use are the embedded ones, for want of any of the texts' own.
    pub fn borrows_topics(&self) -> bool {
        self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).borrows(&*self.disk)
    }

    /// Reads the topics again, after their files have changed.
    pub fn topics_again(&self) -> (Arc<Codebook>, Vec<Clean>) {
        let mut codebooks = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner);
        self.read_codebook(&mut codebooks)
    }

    /// The topics files in use, which may change, and of which some may not exist yet.
    pub fn topics_files(&self) -> Vec<PathBuf> {
        let codebooks = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner);
        codebooks.files(self.folders.as_ref()).iter().map(|file| file.path().to_owned()).collect()
    }

    /// Keeps something the reader made, where its home is. An order that was overtaken by a later one about the same thing
    /// is not carried out any more. What goes wrong is said in one line.
    pub fn keep(&self, order: &KeepOrder) -> Result<Kept, Clean> {
        let key = order.record.key();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.get(&key).is_some_and(|number| *number >= order.number) {
            return Ok(Kept::Plain);
        }
        // What was changed before, and could not be kept, is a part of this change.
        let mut unkept = self.unkept.lock().unwrap_or_else(PoisonError::into_inner);
        let record = unkept.get(&key).map_or_else(|| order.record.clone(), |e| order.record.clone().since(e));
        let done = match &record {
            Record::Topic { id, topic, before } => self
                .keep_topic(id, topic.as_ref(), before.as_ref())
                .map(|(aside, told)| self.plain(aside, &told, || format!("the topic {id}")))
                .or_else(|e| self.left_as_it_is(&e)),
            Record::Note(change) => {
                self.keep_note(change).map(|done| Kept::Note(Box::new(done))).map_err(|e| self.at_home(&e))
            }
            Record::Tour { texts, tour, seen, before } => self.keep_tour(texts, tour, seen, before.as_ref()),
            Record::Judgement { texts, id, judgement, before } => {
                let kept = self.keep_judgement(texts, id, judgement.as_ref(), before.as_ref());
                kept.map(|(aside, told)| self.plain(aside, &told, || "the link".to_owned()))
                    .or_else(|e| self.left_as_it_is(&e))
            }
        };
        if done.is_ok() {
            unkept.remove(&key);
            kept.insert(key, order.number);
        } else {
            unkept.insert(key, record);
        }
        done
    }

    /// What went wrong, with paths as short as the reader would write them.
    pub fn at_home(&self, e: &dyn fmt::Display) -> Clean {
        let said = e.to_string();
        Clean::line(&match &self.folders {
            Some(folders) => shortened_in(&said, &folders.home),
            None => said,
        })
    }

    /// Writes a topic into the library's topics.toml, or into an overlay where that cannot be; or takes it out.
    fn keep_topic(
        &self,
        id: &TopicId,
        topic: Option<&Topic>,
        before: Option<&Topic>,
    ) -> Result<(Option<Aside>, Vec<String>), EditError> {
        let homes = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).homes().to_vec();
        // Always in the same order, so that two who wait for each other's do not wait for ever.
        let homes: BTreeSet<Home> = homes.into_iter().collect();
        let _turns = homes.iter().map(|home| self.turn(home)).collect::<Result<Vec<_>, _>>()?;
        let codebooks = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner);
        let (disk, folders) = (&*self.disk, self.folders.as_ref());
        let Some(topic) = topic else {
            let mut meanwhile = Meanwhile::since(before);
            codebooks.remove(disk, folders, id.as_str(), &mut meanwhile)?;
            return Ok((None, meanwhile.told));
        };
        // Of two who make a topic of one name each has a part in it.
        let nothing = Topic::of_terms(id.as_str(), "", &[]);
        let mut meanwhile = Meanwhile::since(before.or(Some(&nothing)));
        let aside = codebooks.put(disk, folders, topic, &mut meanwhile)?;
        Ok((aside, meanwhile.told))
    }

    fn home_of(&self, [left, right]: &[String; 2]) -> Result<Home, LoadError> {
        Ok(self.home(&self.request(left)?).with(self.home(&self.request(right)?)))
    }

    /// The file that a request means, where it means one.
    pub fn file_of(&self, written: &str) -> Option<PathBuf> {
        match self.request(written).ok()?.source {
            Source::File(path) => Some(path),
            Source::Pipe(_) | Source::Stdin | Source::Embedded(_) => None,
        }
    }

    /// What an earlier session kept, and one line where something is wrong with it.
    pub fn recall(&self) -> (Snapshot, Option<Clean>) {
        self.state.as_ref().map(|state| state.recall(&*self.disk)).unwrap_or_default()
    }

    /// Keeps this for the next session. What goes wrong is said in one line, and once.
    pub fn remember(&self, snapshot: &Snapshot) -> Result<(), Clean> {
        self.state.as_ref().map_or(Ok(()), |state| state.remember(&*self.disk, snapshot))
    }

    /// The reader's keymap.toml; `None` where there is none.
    pub fn keymap_file(&self) -> Result<Option<OwnFile>, Mistake> {
        let Some(folders) = &self.folders else { return Ok(None) };
        let path = folders.keymap();
        let shown = shortened(&path, &folders.home);
        match preferences::read(&*self.disk, &path) {
            Ok(source) => Ok(source.map(|source| OwnFile { path: shown, source })),
            Err(mistake) => Err(Mistake { path: shown, ..mistake }),
        }
    }

    /// The settings in force, and the mistakes in the reader's config.toml.
    pub fn settings(&self) -> (Settings, Vec<Mistake>) {
        let (mut settings, mistakes) = self.settings_as_written();
        if settings.asks_git() {
            let name = self.folders.as_ref().and_then(|folders| author::of_git(&*self.disk, folders));
            settings.author = name.unwrap_or_default();
        }
        (settings, mistakes)
    }

    /// The settings as they are written, without asking git who the reader is.
    pub fn settings_as_written(&self) -> (Settings, Vec<Mistake>) {
        let Some(folders) = &self.folders else { return (Settings::default(), Vec::new()) };
        let path = folders.settings();
        let (mut settings, mut mistakes) = preferences::settings(&*self.disk, &path);
        if !(settings.commands.is_empty() && settings.speak.is_empty())
            && let Some(why) = trust::distrust(&path)
        {
            // What runs programs has to be the reader's own.
            let message = Clean::line(&format!("{why}, so the programs in it are left aside"));
            mistakes.push(Mistake { path, at: None, message });
            settings.commands.clear();
            settings.speak.clear();
        }
        at_home(folders, (settings, mistakes))
    }

    /// The name under which notes, links and stops are made.
    fn author(&self) -> Option<String> {
        self.settings().0.signature()
    }

    /// The sentence model that the settings name, where they name one.
    pub fn model_named(&self, settings: &Settings) -> Option<Result<ModelFolder, NoModel>> {
        let folders = self.folders.as_ref().filter(|_| !settings.meaning.trim().is_empty())?;
        Some(ModelFolder::open(&folders.named(settings.meaning.trim())))
    }

    /// What sentence models said of texts before.
    pub fn said_by_models(&self) -> ModelCache {
        ModelCache::new(Arc::clone(&self.disk), self.folders.as_ref().map(Folders::meanings))
    }

    fn with_topics(&self, request: &Request, loaded: Loaded) -> Loaded {
        let mut loaded = Loaded { open: self.housed(request, loaded.open), ..loaded };
        let mut codebooks = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner);
        if codebooks.join(self.home(request)) {
            let before = codebooks.last();
            let (codebook, faults) = self.read_codebook(&mut codebooks);
            loaded.codebook = Some(codebook).filter(|now| **now != *before);
            loaded.open.warnings.splice(0..0, faults.iter().map(|f| Warning::fault(f.as_str())));
        }
        loaded
    }

    fn read_codebook(&self, codebooks: &mut Codebooks) -> (Arc<Codebook>, Vec<Clean>) {
        let (codebook, faults) = codebooks.read(&*self.disk, self.folders.as_ref());
        (codebook, faults.iter().map(|f| Clean::line(&f.to_string())).collect())
    }
}

/// With the paths of the mistakes as short as the reader would write them.
fn at_home<T>(folders: &Folders, (read, mut mistakes): (T, Vec<Mistake>)) -> (T, Vec<Mistake>) {
    for mistake in &mut mistakes {
        mistake.path = shortened(&mistake.path, &folders.home);
    }
    (read, mistakes)
}
