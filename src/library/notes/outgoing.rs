//! Notes that go out, with the texts they are about.

use super::Library;
use crate::export::notes::{NotesOut, Source};
use crate::library::home::Home;
use crate::model::open::{Open, told_apart};
use crate::note::{Note, Target};
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;

/// The notes of some texts, and all texts that these are about.
#[derive(Debug, Default)]
pub struct Outgoing {
    /// The notes, each with the index of the text of each of its targets.
    notes: Vec<(Note, Vec<Option<usize>>)>,
    /// What opens the texts, and the texts.
    texts: Vec<(String, Open)>,
    /// What could not be read, and what is odd about the files.
    pub told: Vec<Clean>,
    /// Texts that could not be opened, which was told.
    lost: Vec<String>,
}

impl Library {
    /// The notes of the homes of these texts; with `only`, of these those that are about one of the texts.
    pub fn notes_going_out(&self, texts: &[String], only: bool) -> Outgoing {
        let read = self.notes_of(texts);
        let mut outgoing = Outgoing { told: read.told, ..Outgoing::default() };
        let homes = self.homes_of(texts);
        let lasting = |text: &String| self.request(text).map(|r| r.lasting()).ok();
        let asked: Vec<String> = texts.iter().filter_map(lasting).collect();
        for kept in read.notes {
            if only && !kept.requests.iter().filter_map(lasting).any(|r| asked.contains(&r)) {
                continue;
            }
            outgoing.told.extend(kept.faults.iter().map(|f| Clean::line(&format!("{}:{f}", kept.file))));
            let of = kept.note.targets.iter().zip(&kept.requests);
            // What came from the Web is no text of the library, and its note says so.
            let is_here = |target: &Target| !target.anchor.text.as_str().contains("://");
            let sources = of.map(|(target, text)| is_here(target).then(|| outgoing.text(self, text, &homes)).flatten());
            let sources = sources.collect();
            outgoing.notes.push((kept.note.clone(), sources));
        }
        outgoing
    }
}

impl Outgoing {
    /// The index of the text that `request` opens; `None` where it cannot be opened.
    fn text(&mut self, library: &Library, request: &str, homes: &[Home]) -> Option<usize> {
        if self.lost.iter().any(|lost| lost == request) {
            return None;
        }
        let known = self.texts.iter().position(|(opened, _)| opened == request);
        if known.is_none() && library.leads_out(request, homes) {
            let line = format!("{request}: outside the library, and named by a note alone, so it is not opened");
            self.told.push(Clean::line(&line));
            self.lost.push(request.to_owned());
            return None;
        }
        known.or_else(|| match library.load_whole(request) {
            Ok(loaded) => {
                self.texts.push((request.to_owned(), loaded.open));
                Some(self.texts.len() - 1)
            }
            Err(e) => {
                self.told.push(e.line());
                self.lost.push(request.to_owned());
                None
            }
        })
    }

    /// How many notes there are.
    pub fn count(&self) -> usize {
        self.notes.len()
    }

    /// Has `write` write the notes with their places found.
    pub fn with<T>(&self, codebook: &Codebook, write: impl FnOnce(&NotesOut<'_>) -> T) -> T {
        let called: Vec<_> = self.texts.iter().map(|(_, open)| open.called()).collect();
        let texts = self.texts.iter().zip(told_apart(&called));
        let names: Vec<(String, String)> = texts.map(|((id, _), name)| (id.clone(), name.to_string())).collect();
        let sources =
            names.iter().zip(&self.texts).map(|((id, name), (_, open))| Source { id, name, text: &open.text });
        let sources: Vec<Source<'_>> = sources.collect();
        write(&NotesOut::of(codebook, &sources, &self.notes))
    }
}
