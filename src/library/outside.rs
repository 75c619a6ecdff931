//! Texts that files of a library name, and that are not in it: nobody asked for them but whoever wrote these files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::Library;
use super::home::Home;
use super::request::{Request, Source};
use super::said::shown;
use super::topics;
use crate::text::clean::Clean;

impl Library {
    /// Whether what opens a text leads out of the folders of the libraries in use, by its path or by a link, or to
    /// standard input. What is not there leads nowhere.
    pub fn is_outside(&self, what: &str) -> bool {
        let homes = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).homes().to_vec();
        self.leads_out(what, &homes)
    }

    /// Which folder is the library of these texts, and why: a line for each whose topics file is above its texts, with
    /// the folder, and a line for each file above that is not trusted.
    pub fn whose(&self, texts: &[&Request]) -> Vec<Clean> {
        let mut lines: Vec<Clean> = Vec::new();
        for folder in texts.iter().filter_map(|text| text.folder()) {
            let library = topics::nearest_to(folder).filter(|file| file.parent() != Some(folder));
            let named = library.iter().filter_map(|file| Some((file.parent()?, file)));
            lines.extend(named.map(|(of, file)| {
                self.at_home(&format!("the library of {} is {}: {} is there", shown(folder), shown(of), shown(file)))
            }));
            lines.extend(topics::refused_above(folder).map(|(file, why)| {
                self.at_home(&format!(
                    "{}: {why}, so it does not make its folder the library of {}",
                    shown(&file),
                    shown(folder)
                ))
            }));
        }
        let mut told = BTreeSet::new();
        lines.retain(|line| told.insert(line.clone()));
        lines
    }

    /// Has a home be one of those in use.
    pub fn join(&self, home: Home) {
        self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).join(home);
    }

    /// Whether what opens a text leads out of the folders of these homes.
    pub(super) fn leads_out(&self, what: &str, homes: &[Home]) -> bool {
        let roots: Vec<PathBuf> = homes.iter().filter_map(root_of).collect();
        // What is kept for no folder is in the reader's own.
        if roots.is_empty() {
            return false;
        }
        let Ok(request) = self.request(what) else { return false };
        match request.source {
            Source::Embedded(_) => false,
            Source::Stdin | Source::Pipe(_) => true,
            Source::File(path) => {
                let Ok(real) = fs::canonicalize(&path) else { return false };
                !roots.iter().any(|root| real.starts_with(root))
            }
        }
    }
}

/// The folder of a home, links followed.
fn root_of(home: &Home) -> Option<PathBuf> {
    let folder: &Path = match home {
        Home::Library(folder) => folder,
        Home::Embedded | Home::Nowhere | Home::Across => return None,
    };
    fs::canonicalize(folder).ok().filter(|_| !folder.as_os_str().is_empty())
}
