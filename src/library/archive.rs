//! A whole library asked at once: which passages of all its texts are on the point of one, and which have some words.
//!
//! The index in the cache names the passages that may be meant; what is shown is settled by the texts themselves: a
//! counterpart as `elsewhere.rs` says, a phrase by its words in order.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use super::Library;
use super::disk::{Lock, Spot};
use super::embedded;
use super::home::Home;
use super::index::segment::Unusable;
use super::index::store::{Freshened, Store};
use super::index::{Engine, Hit as IndexHit, terms};
use super::load::Waiting;
use super::lock::lock;
use super::request::{Request, Source};
use super::said::io_words;
use crate::model::address::{address_of, path_within};
use crate::model::elsewhere::SearchHit;
use crate::model::open::Open;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::fold::{bare, fold};
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::token::units;

/// What is said where another session brings the index up to date.
pub(crate) const ANOTHER: &str = "another Diptych is making the index; what it knows so far is searched";

/// How many passages with the words that are searched for are read at most.
const READ: usize = 2000;

/// Sees what was found so far, after so many texts of so many, and says whether to go on.
pub(crate) type Watch<'w> = dyn FnMut(&[SearchHit], usize, usize) -> ControlFlow<()> + 'w;

/// A library that is asked as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Archive {
    /// The texts in and below this folder.
    Folder(PathBuf),
    /// The texts that come with the program.
    Bundled,
}

impl Library {
    /// The library that a text belongs to, as it is asked as a whole; `None` where it is in no folder.
    pub fn archive_of(&self, request: &str) -> Option<Archive> {
        let request = self.request(request).ok()?;
        match &request.source {
            Source::Embedded(_) => Some(Archive::Bundled),
            Source::File(_) => self.home(&request).library().map(|folder| Archive::Folder(folder.to_owned())),
            Source::Pipe(_) | Source::Stdin => None,
        }
    }

    fn index_of(&self, library: &Path) -> Option<PathBuf> {
        let key = Home::Library(library.to_owned()).key();
        match self.indexes_aside.get() {
            Some(aside) => Some(aside.path().join(key)),
            None => Some(self.folders()?.cache.join("index").join(key)),
        }
    }

    /// The folder of a library's index, and whoever makes it now waiting; in a temporary place where the cache cannot be
    /// written, and then with a line that says so.
    fn index_to_write(&self, library: &Path) -> Result<Option<(PathBuf, Lock, Option<Clean>)>, Clean> {
        let Some(folder) = self.index_of(library) else {
            return Err(Clean::line("there is no folder for the index of this library; set HOME"));
        };
        let begin = |folder: &Path| {
            self.disk().create_folder(&Spot::own(folder))?;
            lock(self.disk(), &Spot::own(folder.join("lock")))
        };
        match begin(&folder) {
            Ok(turn) => Ok(Some((folder, turn, None))),
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => Ok(None),
            Err(e) => {
                let why = io_words(&e);
                let failed = |_| self.at_home(&format!("{}: the index cannot be written ({why})", folder.display()));
                if self.indexes_aside.get().is_none() {
                    // Where two are at it at once, one of both folders is not needed.
                    let _ = self.indexes_aside.set(tempfile::tempdir().map_err(failed)?);
                }
                let aside = self.index_of(library).unwrap_or_default();
                let turn = begin(&aside).map_err(failed)?;
                let line = self.at_home(&format!(
                    "{}: the index cannot be written ({why}), so it is rebuilt each time",
                    folder.display()
                ));
                Ok(Some((aside, turn, Some(line))))
            }
        }
    }

    /// Has the index of a library know its texts as they are now. `watch` hears how many of how many are done. Answers
    /// with what was done, and a line where what was there could not be used; `None` where another Diptych is at it.
    ///
    /// # Errors
    /// One line, where the index cannot be written.
    pub fn freshen_index(
        &self,
        archive: &Archive,
        watch: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Option<(Freshened, Option<Clean>)>, Clean> {
        let Archive::Folder(library) = archive else { return Ok(Some(Default::default())) };
        let Some((folder, _turn, aside)) = self.index_to_write(library)? else { return Ok(None) };
        let failed = |e: &std::io::Error| {
            self.at_home(&format!("{}: the index cannot be written ({})", folder.display(), io_words(e)))
        };
        let files = self.text_files_in(library);
        let read = |path: &Path| {
            let source = Source::File(path.to_owned());
            let request = Request { source, passage: None, last: None, written: address_of(path) };
            let open = self.loader.whole_while(&request, &Waiting::patiently()).ok()?.open;
            Arc::try_unwrap(open.text).ok()
        };
        let done = Store::freshen(&folder, library, &files, &read, watch).map_err(|e| failed(&e))?;
        if done.taken > 0 || done.unusable.is_some() {
            self.indexes.lock().unwrap_or_else(PoisonError::into_inner).remove(library);
        }
        let told = done.unusable.map(|why| {
            let why = match why {
                Unusable::Broken => "was damaged",
                Unusable::Foreign => "was written by another version",
            };
            Clean::line(&format!("the index of this library {why}, and was rebuilt"))
        });
        Ok(Some((done, told.or(aside))))
    }

    /// What the index of a library knows, where its texts are as they were when it was last brought up to date: that is found
    /// out without reading them. `None` where it is to be seen to.
    pub fn index_as_it_is(&self, archive: &Archive) -> Option<Freshened> {
        let Archive::Folder(library) = archive else { return None };
        let known = Store::as_it_is(&self.index_of(library)?, library, &self.text_files_in(library))?;
        self.index(library).filter(|index| !index.is_damaged()).map(|_| known)
    }

    /// Opens the index of a library, where there is one, so that it need not be opened when it is asked.
    pub fn warm_index(&self, archive: &Archive) {
        if let Archive::Folder(library) = archive {
            drop(self.index(library));
        }
    }

    fn index(&self, library: &Path) -> Option<Arc<Store>> {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = indexes.get(library) {
            return Some(Arc::clone(known));
        }
        let store = Arc::new(Store::open(&self.index_of(library)?)?);
        indexes.insert(library.to_owned(), Arc::clone(&store));
        Some(store)
    }

    /// What the index of a library says; one that proves to be damaged is made anew first.
    pub(super) fn ask_index(
        &self,
        library: &Path,
        ask: &dyn Fn(&Store) -> Vec<IndexHit>,
    ) -> Option<(Arc<Store>, Vec<IndexHit>)> {
        let index = self.index(library)?;
        let hits = ask(&index);
        if !index.is_damaged() {
            return Some((index, hits));
        }
        self.indexes.lock().unwrap_or_else(PoisonError::into_inner).remove(library);
        Store::forget(&self.index_of(library)?);
        self.freshen_index(&Archive::Folder(library.to_owned()), &mut |_, _| ControlFlow::Continue(())).ok()??;
        let index = self.index(library)?;
        let hits = ask(&index);
        Some((index, hits))
    }

    /// The passages of a library that have all of these words, those in quotation marks side by side: the most telling
    /// first, `most` of them at most. `watch` sees what was found after each text that was read, with how many texts of how
    /// many that were.
    pub fn search_all(&self, archive: &Archive, words: &str, most: usize, watch: &mut Watch<'_>) -> Vec<SearchHit> {
        let phrases = phrases(words);
        match archive {
            Archive::Folder(library) => {
                let ask = |index: &Store| {
                    let asked = terms::of_words(words, index.languages());
                    if asked.words.is_empty() { Vec::new() } else { index.best(&asked, READ, READ) }
                };
                let Some((index, hits)) = self.ask_index(library, &ask) else { return Vec::new() };
                let mut found = Vec::new();
                let mut read: Vec<(usize, Option<Open>)> = Vec::new();
                let of = hits.iter().map(|hit| hit.text).collect::<HashSet<_>>().len();
                for hit in hits {
                    if found.len() >= most {
                        break;
                    }
                    if read.iter().all(|(text, _)| *text != hit.text) {
                        if watch(&found, read.len(), of).is_break() {
                            break;
                        }
                        let path = path_within(library, &index.texts()[hit.text].name);
                        let request = path.map(|path| address_of(&super::names::found(&path).unwrap_or(path)));
                        let open = request.and_then(|r| self.peek(&r, &Waiting::patiently()).ok());
                        read.push((hit.text, open));
                    }
                    let open = read.iter().find(|(text, _)| *text == hit.text).and_then(|(_, open)| open.as_ref());
                    found.extend(open.and_then(|open| search_hit(open, hit.passage, hit.score, &phrases)));
                }
                found
            }
            Archive::Bundled => {
                let mut found = Vec::new();
                for text in embedded::TEXTS {
                    let Ok(open) = self.peek(&text.id(), &Waiting::patiently()) else { continue };
                    let asked = terms::of_words(words, &[Language::of(&open.text)]);
                    let count = open.text.passage_count() as u32;
                    let having = (1..=count)
                        .map(PassageNo)
                        .filter(|p| !asked.words.is_empty() && has_all(&open.text, *p, &asked));
                    found.extend(having.filter_map(|p| search_hit(&open, p, 1.0, &phrases)));
                }
                found.truncate(most);
                found
            }
        }
    }
}

fn has_all(text: &Text, passage: PassageNo, asked: &super::index::Asked) -> bool {
    let mut there = Vec::new();
    terms::each(text.passage_str(passage), Stemmer::new(Language::of(text)), &mut |term| there.push(term));
    asked.words.iter().all(|(stems, _)| stems.iter().any(|stem| there.contains(stem)))
}

fn search_hit(open: &Open, passage: PassageNo, score: f32, phrases: &[String]) -> Option<SearchHit> {
    if passage.0 as usize > open.text.passage_count() {
        return None;
    }
    let words = open.text.passage_str(passage);
    let language = Language::of(&open.text);
    phrases.iter().all(|phrase| has_phrase(words, phrase, language)).then(|| SearchHit {
        request: open.request.clone(),
        title: open.name.clone(),
        passage,
        score,
        words: words.to_owned(),
    })
}

/// What stands in quotation marks.
fn phrases(words: &str) -> Vec<String> {
    let parts = words.split(['"', '“', '”']).skip(1).step_by(2);
    parts.filter(|part| !part.trim().is_empty()).map(str::to_owned).collect()
}

/// Whether a passage has the words of a phrase side by side, by their stems, with accents or without.
fn has_phrase(passage: &str, phrase: &str, language: Language) -> bool {
    let stemmer = Stemmer::new(language);
    let stems = |of: &str| -> Vec<String> {
        let folded = units(of).map(|range| fold(&of[range], language));
        folded.map(|word| stemmer.stem_folded(&bare(&word).unwrap_or(word))).filter(|s| !s.is_empty()).collect()
    };
    let wanted = stems(phrase);
    wanted.is_empty() || stems(passage).windows(wanted.len()).any(|there| there == wanted)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::folders::Folders;

    #[test]
    fn a_search_shows_what_it_has_and_stops_where_nobody_waits() {
        let dir = tempfile::tempdir().unwrap();
        let at = fs::canonicalize(dir.path()).unwrap();
        fs::create_dir(at.join("own")).unwrap();
        for nth in 0..12 {
            let words = format!("# One\n\nThe barge was late.\n\nThe barge came {nth} times.\n");
            fs::write(at.join(format!("own/{nth}.md")), words).unwrap();
        }
        let library = Library::new(Arc::new(Os), Some(Folders::under(&at.join("home"))));
        let archive = Archive::Folder(at.join("own"));
        let go_on = ControlFlow::Continue(());
        library.freshen_index(&archive, &mut |_, _| go_on).unwrap();
        library.warm_index(&archive);
        let mut seen = Vec::new();
        let all = library.search_all(&archive, "barge", 200, &mut |found, done, of| {
            seen.push((found.len(), done, of));
            go_on
        });
        assert_eq!(all.len(), 24);
        assert!(seen.is_sorted() && seen.len() == 12 && seen.iter().all(|(_, _, of)| *of == 12), "{seen:?}");
        let some = library.search_all(&archive, "barge", 200, &mut |_, done, _| {
            if done < 3 { go_on } else { ControlFlow::Break(()) }
        });
        assert!(!some.is_empty() && some.len() < all.len() && all.starts_with(&some), "{}", some.len());
    }

    #[test]
    fn what_is_in_quotation_marks_stands_side_by_side() {
        assert_eq!(phrases("bread \"the open sea\" “two words” \""), ["the open sea", "two words"]);
        let passage = "They put out to the open seas, and saw land.";
        assert!(has_phrase(passage, "open sea", Language::English));
        assert!(!has_phrase(passage, "sea open", Language::English));
    }
}
