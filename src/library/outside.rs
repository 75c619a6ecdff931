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
use super::walk::{leads_out, links_out_of};
use crate::link::judgement::Judgement;
use crate::text::clean::Clean;

impl Library {
    /// Whether what opens a text leads out of the folders of the libraries in use, by its path or by a link, or to
    /// standard input. What is not there leads nowhere.
    pub fn is_outside(&self, what: &str) -> bool {
        let homes = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).homes().to_vec();
        self.leads_out(what, &homes) && !self.is_named_by_own(what)
    }

    /// Whether what a text refers to is to be asked about before it is opened: it lies neither in the folder of that text, or
    /// below it, nor in a library in use.
    pub fn leads_out_from(&self, from: &str, what: &str) -> bool {
        let Ok(target) = self.request(what) else { return false };
        let real = match &target.source {
            Source::Embedded(_) => return false,
            Source::File(path) => fs::canonicalize(path).ok(),
            Source::Stdin | Source::Pipe(_) => None,
        };
        let from = self.request(from).ok().and_then(|from| fs::canonicalize(from.folder()?).ok());
        if real.zip(from).is_some_and(|(file, folder)| file.starts_with(folder)) {
            return false;
        }
        let homes = self.codebooks.lock().unwrap_or_else(PoisonError::into_inner).homes().to_vec();
        homes.iter().find_map(root_of).is_none() || self.is_outside(what)
    }

    /// Whether the reader has joined a passage of this text to one of another library: that is kept in the reader's own
    /// folder, and no stranger's word.
    fn is_named_by_own(&self, what: &str) -> bool {
        let (links, _) = self.judged_at(&Home::Across);
        links.iter().flat_map(Judgement::places).any(|place| place.text.as_str() == what)
    }

    /// Which folder is the library of these texts, and why, where its topics file is above them and it is not the one that
    /// is `meant` anyway; and a line for each file above that is not trusted to say so.
    pub fn whose(&self, texts: &[&Request], meant: Option<&Path>) -> (Vec<Clean>, Vec<Clean>) {
        let (mut named, mut refused) = (Vec::new(), Vec::new());
        let folders: BTreeSet<&Path> = texts.iter().filter_map(|text| text.folder()).collect();
        for folder in folders {
            let library = topics::nearest_to(folder).filter(|file| file.parent() != Some(folder));
            if let Some(of) = library.as_deref().and_then(Path::parent).filter(|of| Some(*of) != meant) {
                named.push(self.at_home(&format!(
                    "{}: its library is {}, whose topics.toml is above it",
                    shown(folder),
                    shown(of)
                )));
            }
            if let Some((file, why)) = topics::refused_above(folder) {
                let line = format!("{}: {why}, so its folder is not the library of {}", shown(&file), shown(folder));
                refused.push(self.at_home(&line));
            }
        }
        (named, refused)
    }

    /// Where a text is in fact that its folder has only by a link that leads out of it; `None` for any other.
    pub fn led_out(&self, text: &Request) -> Option<Clean> {
        let Source::File(path) = &text.source else { return None };
        let there = leads_out(path, text.folder()?)?;
        Some(self.at_home(&format!("{}: a link that leads out of its folder, to {}", text.written, shown(&there))))
    }

    /// Whether a text is an empty file.
    pub fn is_empty_file(&self, written: &str) -> bool {
        let path = self.request(written).ok().and_then(|request| match request.source {
            Source::File(path) => Some(path),
            _ => None,
        });
        path.and_then(|path| fs::metadata(path).ok()).is_some_and(|meta| meta.is_file() && meta.len() == 0)
    }

    /// A line for each link in a folder that looks like a text and is none, since it leads out.
    pub fn links_out_of(&self, folder: &Path) -> Vec<Clean> {
        let links = links_out_of(folder, self.reach(folder)).into_iter();
        let said = links.map(|(name, there)| {
            format!(
                "{}: a link that leads out of its folder, to {}, and was not read",
                shown(&folder.join(name)),
                shown(&there)
            )
        });
        said.map(|line| self.at_home(&line)).collect()
    }

    /// One line on the links in a folder that lead out, where there are any.
    pub fn told_of_links_out(&self, folder: &Path) -> Option<Clean> {
        let links = links_out_of(folder, self.reach(folder));
        let (name, there) = links.first()?;
        let more = if links.len() > 1 { format!(", and {} more", links.len() - 1) } else { String::new() };
        Some(self.at_home(&format!(
            "not read, since they lead out of {}: the link {} to {}{more}; `linked` in config.toml allows it",
            shown(folder),
            shown(name),
            shown(there)
        )))
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
                // By a link too, where the reader has said that texts there may be links.
                let is_in = |root: &PathBuf| real.starts_with(root) || path.starts_with(root) && self.may_link(root);
                !roots.iter().any(is_in)
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
