//! What the reader can have written into a file.

use std::sync::Arc;

use super::open::Open;
use super::touring::Touring;
use crate::link::quotation::SharedQuotation;
use crate::study::comparison::Comparison;
use crate::study::grid::Grid;
use crate::topic::codebook::Codebook;

/// What can be written into a file that the reader names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The notes about the texts.
    Notes,
    /// The two texts set against each other, to be handed out, with the reader's links.
    Handout,
    /// The same with the reader's notes.
    HandoutWithNotes,
    /// The map as it is shown.
    Map,
    /// The quotations that both texts have, with what each makes of them.
    Quotations,
    /// The tour, to be handed out: both passages of every stop, without the leader's remarks.
    Tour,
    /// The reader's links of the pair as flash cards.
    Cards,
}

/// What is to be written into a file.
#[derive(Debug, Clone)]
pub struct Exporting {
    /// What.
    pub what: Export,
    /// The file, as the reader wrote it; its ending says in which format.
    pub path: String,
    /// Whether a file that is there is to be replaced.
    pub replace: bool,
    /// What opens the texts, left and right.
    pub texts: Vec<String>,
    /// The topics in use.
    pub codebook: Arc<Codebook>,
    /// What the map shows, where that is to be written.
    pub grid: Option<Grid>,
    /// The tour, where that is to be written.
    pub tour: Option<Touring>,
    /// The quotations that both texts have, where these are to be written.
    pub quotations: Vec<SharedQuotation>,
    /// What is known of the two texts already, so that it need not be found out again.
    pub studied: Option<Studied>,
}

/// Two open texts, and what was found out about them.
#[derive(Debug, Clone)]
pub struct Studied {
    /// The texts, left and right.
    pub texts: [Arc<Open>; 2],
    /// What is known of the two.
    pub comparison: Comparison,
}
