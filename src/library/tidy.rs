//! What a program that was killed has left beside the texts and among the reader's own files is taken away.

use std::sync::PoisonError;

use super::Library;
use super::disk::Spot;
use super::notes::drafts;
use super::said::shown;
use super::save::sweep;
use super::walk::NOTES;
use crate::text::clean::Clean;

impl Library {
    /// A line for each tour and each folder of notes of the homes in use that cannot be read, or not as it stands.
    pub fn faults_of_made(&self) -> Vec<Clean> {
        let homes = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).homes().to_vec();
        let mut lines: Vec<Clean> = homes.iter().flat_map(|home| self.tour_of(home).1).collect();
        let read = self.notes_in(&homes);
        lines.extend(read.told.iter().map(|line| self.at_home(line)));
        for note in read.notes.iter().filter(|note| note.fixed.is_some()) {
            lines.extend(note.faults.iter().map(|fault| self.at_home(&format!("{}:{fault}", shown(&note.file.0)))));
        }
        lines
    }

    /// Tidies up where things are kept that are made for these texts. Answers with a line for each file of another
    /// program's that was found there under a name of ours.
    pub fn tidy(&self, texts: &[String]) -> Vec<Clean> {
        let disk = &*self.disk;
        let mut rescued = Vec::new();
        for folder in self.homes_of(texts).iter().flat_map(|home| home.spots(self.folders.as_ref(), "")) {
            // Somebody who is writing now is not waited for.
            let lock = disk.lock_folder(&folder);
            for folder in [folder.clone(), folder.join(NOTES)] {
                rescued.extend(sweep(disk, &folder, lock.is_ok()));
            }
        }
        for own in self.folders.iter().flat_map(|f| [f.state.clone(), f.state.join(drafts::FOLDER)]) {
            sweep(disk, &Spot::own(own), false);
        }
        let line = |file: &Spot| {
            self.at_home(&format!(
                "what another program wrote in the moment a save was killed is in {}",
                file.path().display()
            ))
        };
        rescued.iter().map(line).collect()
    }
}
