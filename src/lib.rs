//! Diptych: two texts side by side, hinged by the topics both of them treat.
//!
//! Each module is a layer and imports only from the layers above it in this list; `tests/it/layers.rs` holds it so.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod anchor;
pub mod app;
pub mod cli;
pub mod export;
pub mod import;
pub mod layout;
pub mod library;
pub mod link;
pub mod terminal;
pub mod text;
pub mod topic;
pub mod view;
pub mod word;
