//! What stands beside a text on its shelf.

use std::path::Path;

use super::request::{Request, Source};
use super::walk::{Reach, files_in};
use super::{Library, embedded, shelf};
use crate::model::address::address_of;
use crate::model::open::Shelved;

impl Library {
    /// The texts to open beside these: those of their folders, or of the embedded library.
    pub fn shelf_beside(&self, texts: &[String]) -> Vec<Shelved> {
        let mut found: Vec<Shelved> = Vec::new();
        let mut places = Vec::new();
        if let Some(root) = self.root() {
            found.extend(shelf::of_folder(root, self.reach(root)));
            places.push(Some(root.to_owned()));
        }
        for request in texts.iter().filter_map(|text| self.request(text).ok()) {
            let place = self.shelf_of(&request);
            if !places.contains(&place) {
                found.extend(match (&request.source, &place) {
                    (Source::Embedded(_), _) => shelf::embedded(),
                    (_, Some(folder)) => shelf::of_folder(folder, self.reach(folder)),
                    (_, None) => Vec::new(),
                });
                places.push(place);
            }
        }
        found
    }

    /// What opens the texts after this one on its shelf, in turn; after the last comes the first. A file is looked into
    /// only when its turn comes.
    pub fn others_after(&self, text: &Request) -> impl Iterator<Item = String> {
        let on_disk = matches!(text.source, Source::File(_));
        self.all_after(text).into_iter().filter(move |other| !(on_disk && shelf::is_export(Path::new(other))))
    }

    fn all_after(&self, text: &Request) -> Vec<String> {
        let mut all: Vec<String> = match &text.source {
            Source::Embedded(_) => embedded::TEXTS.iter().map(embedded::EmbeddedText::id).collect(),
            Source::File(_) => {
                let Some(folder) = text.folder() else { return Vec::new() };
                let reach = Reach { below: false, ..self.reach(folder) };
                files_in(folder, reach).iter().map(|name| address_of(&folder.join(name))).collect()
            }
            Source::Pipe(_) | Source::Stdin => Vec::new(),
        };
        let Some(here) = all.iter().position(|other| *other == text.lasting()) else { return all };
        all.rotate_left(here);
        all.split_off(1)
    }
}
