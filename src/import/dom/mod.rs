//! Pages as trees: the source tamed, parsed, and walked into pieces. Web pages and the chapters of books share it.

pub(super) mod address;
pub(super) mod attribute;
pub(super) mod tame;
pub(super) mod walk;

mod elements;
mod table;
