//! The texts there are to open.

use std::collections::HashSet;

use crate::model::open::Shelved;

/// What is on the shelf.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The texts, in the order of their library.
    pub texts: Vec<Shelved>,
    /// The one that a newcomer is invited to open; none once it was open.
    pub invitation: Option<Shelved>,
    /// Those that are read with their pages as they stand in the file, whatever an import thinks of it.
    pub(super) in_file_order: HashSet<String>,
}
