//! What the reader makes: what can be unmade, and what is still to be kept.

pub mod journal;
pub mod keeping;

use self::journal::Journal;
use self::keeping::Keeping;
use super::strays::AskedOfStray;

/// What the reader makes.
#[derive(Debug, Default)]
pub struct Made {
    journal: Journal,
    keeping: Keeping,
    /// What the reader is still to be asked about.
    pub(in crate::app) strays: Vec<AskedOfStray>,
}
