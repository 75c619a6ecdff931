//! The jobs of notes.

use super::jobs::Answer;
use crate::anchor::find::Finder;
use crate::app::message::{Effect, Msg};
use crate::library::Library;
use crate::model::notes::{Draft, FiledNote, PlacedNote};
use crate::model::open::Open;
use crate::text::clean::Clean;

/// Performs a job and sends its answer.
pub fn perform(effect: Effect, library: &Library, answer: &Answer) {
    match effect {
        Effect::ReadNotes(texts) => answer.send(Msg::Notes(library.notes_of(&texts))),
        Effect::FindNotes { open, notes } => {
            let finder = Finder::new(&open.text);
            let found = notes.iter().flat_map(|note| placed(note, &open, &finder)).collect();
            answer.send(Msg::NotesFound { version: open.version, found });
        }
        Effect::Rivals { draft, texts, targets } => {
            let of = |(open, target): (&std::sync::Arc<Open>, &crate::note::Target)| {
                Finder::new(&open.text).rival(&target.anchor)
            };
            answer.send(Msg::Rivals { draft, rivals: texts.iter().zip(&targets).map(of).collect() });
        }
        Effect::Drafts(drafts) => {
            if let Err(line) = library.keep_drafts(&drafts) {
                answer.send(Msg::Notice(line));
            }
        }
        Effect::FindDrafts => answer.send(Msg::DraftsLeft(library.left_drafts())),
        Effect::SaveNotesTo { path, drafts } => {
            let (numbers, line) = save_to(library, &path, &drafts);
            answer.send(Msg::NotesSavedTo { numbers, line });
        }
        _ => {}
    }
}

fn placed(note: &FiledNote, open: &Open, finder: &Finder<'_>) -> Vec<PlacedNote> {
    let here = note.requests.iter().enumerate().filter(|(_, request)| **request == open.request);
    let found = here.filter_map(|(target, _)| Some((target, finder.find(&note.note.targets.get(target)?.anchor))));
    found.map(|(target, found)| PlacedNote { file: note.file.clone(), target, found }).collect()
}

/// Writes drafts as notes into a folder; answers with the numbers of those that are there now, and what to tell.
fn save_to(library: &Library, path: &str, drafts: &[Draft]) -> (Vec<u64>, Clean) {
    let mut numbers = Vec::new();
    for draft in drafts {
        match library.save_note_to(path, draft) {
            Ok(()) => numbers.push(draft.number),
            Err(line) => return (numbers, line),
        }
    }
    let count = if numbers.len() == 1 { "1 note".to_owned() } else { format!("{} notes", numbers.len()) };
    (numbers, Clean::line(&format!("{count} saved in {path}")))
}
