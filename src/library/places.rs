//! Where what is made for a text is kept, in this session: its home, and the folders above that may have something too.

use std::fs;
use std::path::{Path, PathBuf};

use super::Library;
use super::disk::Spot;
use super::home::Home;
use super::request::{Request, Source};
use super::walk::{NOTES, Reach, files_in, holds_notes, holds_text, leads_out};
use super::{links, shelf, topics, tours};
use crate::model::keeping::Record;
use crate::model::notes::NoteChange;
use crate::model::open::Open;
use crate::text::clean::Clean;

/// So many texts are looked at that may be one which is called something elsewhere.
const LOOKED_AT: usize = 20;

/// So many bytes of texts are read within a moment, whatever their format.
const SOON_READ: u64 = 8 << 20;

impl Library {
    /// Opens a folder as a library: what is made for texts in and below it is kept in it. It is said once.
    pub fn begin_in(&self, folder: &Path) {
        let _ = self.root.set(folder.to_owned());
    }

    /// The folder that was opened as a library.
    pub fn root(&self) -> Option<&Path> {
        self.root.get().map(PathBuf::as_path)
    }

    /// The home of a text.
    pub fn home(&self, text: &Request) -> Home {
        Home::of(text).in_root(self.root())
    }

    /// The home of the texts in a folder.
    pub fn home_of_folder(&self, folder: &Path) -> Home {
        Home::of_folder(Some(folder)).in_root(self.root())
    }

    pub(super) fn home_of_pair(&self, [left, right]: &[Request; 2]) -> Home {
        self.home(left).with(self.home(right))
    }

    /// The folders above a text that are not its home, and have something that was made with Diptych.
    pub(super) fn homes_around(&self, text: &Request) -> Vec<Home> {
        let mut homes = self.home(text).around(text);
        homes.retain(|home| home.folders(self.folders()).iter().any(|folder| holds_made(folder)));
        homes
    }

    /// A text with the name that it has at home.
    pub(super) fn housed(&self, request: &Request, open: Open) -> Open {
        let home = self.home(request);
        Open { id: home.id_of(request), library: home.library().map(Path::to_path_buf), ..open }
    }

    /// Where nothing was made yet in the home of these texts: the folder that the first thing will make, and what to tell
    /// once it is there. `None` where something is there already, and where it is not beside the texts anyway.
    pub fn first_kept(&self, record: &Record) -> Option<(PathBuf, Clean)> {
        let of = |texts: &[String]| {
            let requests: Option<Vec<Request>> = texts.iter().map(|text| self.request(text).ok()).collect();
            requests?.iter().map(|text| self.home(text)).reduce(Home::with)
        };
        let home = match record {
            Record::Tour { texts, .. } | Record::Judgement { texts, .. } => of(texts),
            Record::Note(change) => match &**change {
                NoteChange::Draft(draft) if draft.of.is_none() => of(&draft.requests),
                _ => None,
            },
            Record::Topic { .. } => None,
        }?;
        self.first_in(&home)
    }

    fn first_in(&self, home: &Home) -> Option<(PathBuf, Clean)> {
        // Of a session that follows, it is told where that is not beside the texts ([`Library::told_aside`]).
        if self.is_apart() && home.library().is_some() {
            return None;
        }
        // A topics.toml that the reader has made is no sign that the line was read: a topic is told with what it catches.
        let is_given = |folder: &Path| !topics::joins_bundled(&*self.disk, &Spot::within(folder, topics::NAME));
        let is_first = home.folders(self.folders()).iter().all(|folder| !holds_made(folder) && !is_given(folder));
        let first = home.folders(self.folders()).into_iter().next().filter(|_| is_first)?;
        let can_change = if home.library().is_some() { "; `keep` in config.toml changes that" } else { "" };
        let line = format!("saved; {}{can_change}", kept_in(home, &first));
        let line = self.at_home(&line);
        Some((first, line))
    }

    /// Where what the reader makes for these texts is kept, a line for each place; nothing of a place that has nothing yet.
    pub fn said_of_places(&self, texts: &[&Request]) -> Vec<Clean> {
        let mut homes: Vec<Home> = texts.iter().map(|text| self.home(text)).collect();
        homes.sort();
        homes.dedup();
        let said = homes.iter().filter_map(|home| {
            let is_own =
                |folder: &Path| !self.is_apart() || self.folders().is_some_and(|f| folder.starts_with(&f.data));
            let folders = home.folders(self.folders()).into_iter();
            let folder = folders.filter(|folder| is_own(folder)).find(|folder| holds_made(folder))?;
            Some(Clean::line(&kept_in(home, &folder)))
        });
        said.collect()
    }

    /// The texts of a folder, those in folders below it too.
    pub fn text_files_in(&self, folder: &Path) -> Vec<PathBuf> {
        self.text_files_by(folder, |_| ()).collect()
    }

    /// Those of them that may well be the file that is called `named` elsewhere and are quick to read: those of its name, then
    /// a few others, those of its ending first.
    pub fn text_files_like(&self, folder: &Path, named: &Path) -> impl Iterator<Item = PathBuf> {
        let likeness = move |file: &Path| {
            let differs = [file.file_name() != named.file_name(), file.extension() != named.extension()];
            differs.into_iter().filter(|differs| *differs).count()
        };
        let mut left = SOON_READ;
        let is_soon_read = move |file: &PathBuf| {
            let length = fs::metadata(file).map_or(0, |it| it.len());
            let fits = likeness(file) == 0 || length <= left;
            left = left.saturating_sub(if fits { length } else { 0 });
            fits
        };
        self.text_files_by(folder, likeness).filter(is_soon_read).take(LOOKED_AT)
    }

    /// The texts of a folder in the order of a key. Of none more is read than its name until it is asked for.
    fn text_files_by<K: Ord>(&self, folder: &Path, key: impl Fn(&Path) -> K) -> impl Iterator<Item = PathBuf> {
        let mut names = files_in(folder, self.reach(folder));
        names.sort_by_cached_key(|name| key(name));
        names.into_iter().map(move |name| folder.join(name)).filter(|path| !shelf::is_export(path))
    }

    /// Whether there is a text in a folder, or in one below it, be it by a link.
    pub fn holds_texts(&self, folder: &Path) -> bool {
        holds_text(folder, Reach { links_out: true, ..self.reach(folder) })
    }

    /// What belongs to a folder.
    pub(super) fn reach(&self, folder: &Path) -> Reach {
        Reach { below: self.reaches_below(folder), links_out: self.may_link(folder) }
    }

    /// Whether texts of a folder may be links that lead out of it: where the reader's settings say so.
    pub(super) fn may_link(&self, folder: &Path) -> bool {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let linked = self.folders().map_or(&[][..], |folders| &folders.linked);
        linked.iter().any(|linked| real(linked).zip(real(folder)).is_some_and(|(linked, at)| at.starts_with(linked)))
    }

    /// Whether the folders below one belong to it. One text in the home folder does not make all of a reader's files a
    /// library.
    fn reaches_below(&self, folder: &Path) -> bool {
        folder.parent().is_some() && self.folders().is_none_or(|f| !f.home.starts_with(folder))
    }

    /// Where the texts of a request's shelf are: the folder of its library, or its own.
    pub(super) fn shelf_of(&self, text: &Request) -> Option<PathBuf> {
        match &text.source {
            Source::File(_) => self.home(text).library().map(Path::to_path_buf),
            Source::Pipe(_) | Source::Stdin | Source::Embedded(_) => None,
        }
    }
}

/// That what is made for the texts of a home is kept in a folder.
fn kept_in(home: &Home, folder: &Path) -> String {
    let of = match home {
        Home::Library(_) => "",
        Home::Embedded => " for the texts that come with Diptych",
        Home::Nowhere => " for what is piped in",
        Home::Across => " for texts of two libraries together",
    };
    let place = if home.library() == Some(folder) { "beside these texts, in" } else { "in" };
    format!("what you make{of} is kept {place} {}", folder.display())
}

/// Whether a folder has something that was made with Diptych for texts.
pub(crate) fn holds_made(folder: &Path) -> bool {
    // What a link leads to elsewhere is neither read nor written.
    let is_its_own = |file: &Path| leads_out(file, folder).is_none();
    let is_file = |name: &&str| {
        let file = folder.join(name);
        file.is_file() && is_its_own(&file)
    };
    let notes = folder.join(NOTES);
    [links::NAME, tours::NAME].iter().any(is_file) || (is_its_own(&notes) && holds_notes(&notes))
}
