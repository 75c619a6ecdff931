//! Calibration: from what speaks for a pair to the share of such pairs that were right.

/// What speaks for two passages being on the same point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// How alike they are, their neighbours' part included.
    pub likeness: f32,
    /// How much each of them is like the rest of the other's text.
    pub crowding: [f32; 2],
}

/// The share of pairs with such evidence that were right on the measured sets.
pub(super) fn share_right(e: &Evidence) -> f32 {
    let own = e.likeness - e.crowding[0] - e.crowding[1];
    1.0 / (1.0 + (-8.0 * own + 2.0).exp())
}
