//! Copies of links.toml and tour.toml that a program which keeps folders in step has left where two people changed the file.
//!
//! What they have is used and told; `diptych mend` puts it into the file itself and takes the copy away.

use crate::library::disk::{Disk, Spot};
use crate::library::home::Home;
use crate::library::topics::EditError;
use crate::library::{Library, links, tours};
use crate::link::union::to_put;
use crate::note::stamp::Stamp;
use crate::text::clean::Clean;

/// The copies of a file that lie beside it, by their names.
pub(crate) fn copies_of(disk: &dyn Disk, file: &Spot) -> Vec<Spot> {
    let folder = file.folder();
    let Some(stem) = file.path().file_stem().and_then(|s| s.to_str()) else { return Vec::new() };
    let Ok(listed) = disk.list(&folder) else { return Vec::new() };
    let names = listed.into_iter().map(|l| l.name);
    let mut copies: Vec<Spot> =
        names.filter(|name| name.to_str().is_some_and(|name| is_copy(name, stem))).map(|n| folder.join(n)).collect();
    copies.sort_by(|a, b| a.path().cmp(b.path()));
    copies
}

/// Whether a file of this name is a copy: `links.sync-conflict-….toml` (Syncthing), `links (Anna's conflicted copy ….).toml`
/// (Dropbox, Nextcloud), `links (1).toml` and `links 2.toml` (Google Drive, iCloud).
fn is_copy(name: &str, stem: &str) -> bool {
    let Some(more) = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".toml")) else { return false };
    let number = more.trim_matches([' ', '(', ')']);
    let is_number = more.starts_with(' ') && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number || more.to_lowercase().contains("conflict")
}

/// What is said of a copy.
pub(crate) fn told_of_copy(copy: &Spot) -> String {
    format!(
        "{}: a copy that was left when two changed the file; `diptych mend` puts it into the file",
        copy.path().display()
    )
}

impl Library {
    /// Puts what copies have into the files they are copies of, and takes them away. Answers with a line for each.
    pub fn merge_copies(&self, home: &Home) -> Result<Vec<Clean>, Clean> {
        let mut lines = Vec::new();
        for folder in home.folders(self.folders()) {
            for (name, merge) in [(links::NAME, merge_links as Merge), (tours::NAME, merge_tour as Merge)] {
                let file = self.spot_in(&folder, name);
                for copy in copies_of(self.disk(), &file) {
                    let _turn = self.turn(home).map_err(|e| self.at_home(&e))?;
                    let merged = merge(self.disk(), &file, &copy);
                    merged.map_err(|e| self.at_home(&e))?;
                    lines.push(self.at_home(&format!("{}: put into {name}", copy.path().display())));
                }
            }
        }
        Ok(lines)
    }
}

type Merge = fn(&dyn Disk, &Spot, &Spot) -> Result<(), EditError>;

fn merge_links(disk: &dyn Disk, file: &Spot, copy: &Spot) -> Result<(), EditError> {
    let (found, faults) = links::read(disk, copy);
    refuse(&faults)?;
    let (known, _) = links::read(disk, file);
    links::put_all(disk, file, &to_put(&known, found), &Stamp::of_seconds(0).to_string())?;
    take_away(disk, copy)
}

fn merge_tour(disk: &dyn Disk, file: &Spot, copy: &Spot) -> Result<(), EditError> {
    let (tour, faults) = tours::read(disk, copy);
    refuse(&faults)?;
    tours::take_in(disk, file, &tour)?;
    take_away(disk, copy)
}

/// Of a copy that is not whole, nothing is taken: it would go with what could not be read.
fn refuse(faults: &[crate::library::topics::FaultIn]) -> Result<(), EditError> {
    faults.first().map_or(Ok(()), |fault| Err(EditError::Broken(Clean::line(&fault.to_string()))))
}

fn take_away(disk: &dyn Disk, copy: &Spot) -> Result<(), EditError> {
    Ok(disk.remove(copy).map_err(crate::library::save::SaveError::of(copy, "take it away"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        for name in [
            "links.sync-conflict-20261129-101010-ABCDEFG.toml",
            "links (Anna's conflicted copy 2026-11-29).toml",
            "links (1).toml",
            "links 2.toml",
        ] {
            assert!(is_copy(name, "links"), "{name}");
        }
        for name in ["links.toml", "links-old.toml", "my links.toml", "links.toml.bak", "links ().toml"] {
            assert!(!is_copy(name, "links"), "{name}");
        }
    }
}
