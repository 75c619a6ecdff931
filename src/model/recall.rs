//! Cards to be recalled: how well one was, and when it comes again.

use crate::link::judgement::JudgementId;

/// How well a card was recalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recalled {
    /// Not at all.
    Again,
    /// With trouble.
    Hard,
    /// As it should be.
    Good,
    /// At once.
    Easy,
}

impl Recalled {
    /// All of them, in their order on the screen.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// As it is shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }
}

/// When a card comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// The link that it is of.
    pub id: JudgementId,
    /// Whether it was never shown before.
    pub is_new: bool,
    /// Seconds until it is due; 0 where it is.
    pub wait: u64,
    /// Seconds until it would come again after each of [`Recalled::ALL`].
    pub then: [u64; 4],
}
