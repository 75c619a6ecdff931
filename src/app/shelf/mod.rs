//! The shelf: the texts to choose from, the pairs read before, and the screen that lists them.

mod choosing;

use std::collections::{HashSet, VecDeque};

use crate::model::open::{ReadPair, Shelved};
use crate::text::clean::Clean;

/// What is on the shelf.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The texts, in the order of their library.
    texts: Vec<Shelved>,
    /// What their folder has only by links that lead out of it: nothing reads these before the reader has said so.
    linked: Vec<Shelved>,
    /// The one that a newcomer is invited to open; none once it was open.
    invitation: Option<Shelved>,
    /// The pairs that were read, the last first.
    pairs: Vec<ReadPair>,
    /// Whether the session waits for the reader to choose what to begin with.
    begins: bool,
    /// What may stand beside the text that was chosen to begin with; the first of them is being read.
    beside: VecDeque<String>,
    /// Texts to be read in the page order of their file, even where the import would move pages.
    in_file_order: HashSet<String>,
    /// Whether its open list is behind.
    changed: bool,
    /// Whether it is known which texts there are.
    is_known: bool,
}

impl Shelf {
    /// The texts, in the order of their library.
    pub fn texts(&self) -> &[Shelved] {
        &self.texts
    }

    /// Whether the texts are still being looked for.
    pub fn is_looking(&self) -> bool {
        !self.is_known
    }

    /// Puts other texts on it.
    pub fn fill(&mut self, texts: Vec<Shelved>) {
        self.is_known = true;
        (self.linked, self.texts) = texts.into_iter().partition(|text| text.leads_to.is_some());
    }

    /// The texts, and after them the links that lead out of their folder.
    pub fn with_links(&self) -> impl Iterator<Item = &Shelved> {
        self.texts.iter().chain(&self.linked)
    }

    /// What is to be asked before this is opened, where it is a link that leads out.
    fn asked_of_link(&self, request: &str) -> Option<Clean> {
        let link = self.linked.iter().find(|text| text.request == request)?;
        let there = link.leads_to.as_ref()?;
        Some(Clean::line(&format!("{} is a link to {there}, which", link.title)))
    }

    /// The text that a newcomer is invited to open.
    pub fn invitation(&self) -> Option<&Shelved> {
        self.invitation.as_ref()
    }

    /// Invites a newcomer to open a text, or nobody to anything.
    pub fn invite(&mut self, text: Option<Shelved>) {
        self.invitation = text;
    }

    /// A text was opened: nobody has to be invited to it any more.
    pub(in crate::app) fn was_opened(&mut self, request: &str) {
        self.invitation.take_if(|text| text.request == request);
    }

    /// Whether a text is read with its pages as they stand in the file.
    pub(in crate::app) fn is_in_file_order(&self, request: &str) -> bool {
        self.in_file_order.contains(request)
    }

    /// Sets whether a text's pages are read as they stand in the file, or in the order that the import finds.
    pub(in crate::app) fn set_in_file_order(&mut self, request: &str, in_file_order: bool) {
        if in_file_order {
            self.in_file_order.insert(request.to_owned());
        } else {
            self.in_file_order.remove(request);
        }
    }
}
