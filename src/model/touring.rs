//! A tour as it was opened: with what opens the texts that its stops name.

use std::collections::BTreeMap;

use crate::anchor::TextId;
use crate::tour::{StopId, Tour};

/// The tour that belongs to the texts that are open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Touring {
    /// The tour.
    pub tour: Tour,
    /// What opens the texts that its stops name.
    pub requests: BTreeMap<TextId, String>,
    /// The texts for which it was read: their home is the tour's.
    pub texts: [String; 2],
    /// Every stop that was ever in it: what the file has besides was added by someone else meanwhile.
    pub seen: Vec<StopId>,
}
