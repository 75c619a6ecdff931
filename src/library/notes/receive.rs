//! Notes that come from elsewhere, kept as they came: with their own dates and tags.

use super::write::{KeepError, make};
use super::{Library, file, name, now};
use crate::model::notes::NoteFile;
use crate::note::{Note, NoteId};

impl Library {
    /// Makes the file of a note about the texts that `requests` open; the ids of the texts in it are settled by the
    /// home it is kept in. Its name is made here: the note's own id is not asked for.
    pub fn receive_note(&self, requests: &[String], note: &Note) -> Result<NoteFile, KeepError> {
        let home = self.homes_of(requests).pop().ok_or(KeepError::NoFolder)?;
        let _turn = self.turn(&home)?;
        let created = note.created.or(note.modified).unwrap_or_else(now);
        let mut note = Note { created: Some(created), modified: note.modified.or(Some(created)), ..note.clone() };
        for (target, request) in note.targets.iter_mut().zip(requests) {
            if let Ok(request) = self.request(request)
                && target.anchor.hash != 0
            {
                target.anchor.text = home.id_of(&request);
            }
        }
        let written = |stem: &str| file::write(&Note { id: NoteId(stem.to_owned()), ..note.clone() });
        let made =
            make(&*self.disk, &self.notes_folders(&home), &|nth| name::stem(created, &note.body, nth), &written)?;
        Ok(NoteFile(made.path))
    }
}
