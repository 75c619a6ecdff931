//! Counterparts: for a passage of one text, the passages of the other on the same point, with reasons. They are
//! computed; a link is what the reader has judged ([`judgement`]).

pub(crate) mod agreement;
pub mod calibration;
pub(crate) mod comparable;
pub(crate) mod held;
pub mod index;
pub(crate) mod judged;
pub mod judgement;
pub mod links_file;
pub(crate) mod nearness;
pub mod pairing;
pub mod quotation;
pub mod reason;
pub(crate) mod score;
pub(crate) mod sides;
pub(crate) mod union;

mod build;
mod close;
mod closest;
mod likeness;
mod promise;
mod quoted;
mod reading;
mod reasoner;
mod shared;
mod signed;
mod spread;
mod topical;
mod weight;
mod window;

#[cfg(test)]
mod tests;

/// One of the two texts laid side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}
