//! The table of texts and topics on paper.
//!
//! [`text`] writes it for a terminal, [`svg`] as a picture, [`html`] as a page. Each says strength and silence by a form
//! and in words, and by colour only besides.

pub mod html;
pub mod svg;
pub(crate) mod text;

#[cfg(test)]
mod tests;
