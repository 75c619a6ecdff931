//! Diptych: two texts side by side, hinged by the topics both of them treat.
//!
//! Each module is a layer and imports only from the layers above it in this list; `tests/it/layers.rs` holds it so.
//!
//! | layer | what it is | what it never knows |
//! | --- | --- | --- |
//! | [`text`] | what a text is: one string, blocks, spans, passages, whose voice | files, widths, colours, topics |
//! | [`word`] | tokens, stems, sentences, languages: the one place that decides what a word is | texts as documents |
//! | [`meaning`] | a sentence model of the reader's, and what passages mean by it | where its files are |
//! | [`anchor`] | how a place is named, and found again in a changed text | what is stored under that name |
//! | [`import`] | bytes to a text and warnings; a file a format | where the bytes are from |
//! | [`topic`] | codebook, mentions, treatments, proposals | panes, notes, keys |
//! | [`link`] | counterparts of a passage, with reasons; shared quotations | what the reader does with them |
//! | [`note`] | the reader's words, a Markdown file each, anchored to passages | where the files are kept |
//! | [`tour`] | the stops of a seminar, in order | screens, clocks |
//! | [`layout`] | a text at a width: rows, lazily; row and place | focus, theme, topic |
//! | [`align`] | two versions of one work, bead by bead; whether they are one work | topics, languages |
//! | [`study`] | two texts compared: rows, first pairs, coverage, what the reader judged laid onto them | sessions, disk, cells |
//! | [`model`] | what session and disk both know: an open text, what is kept, snapshot, settings | what is done with it |
//! | [`wire`] | what sessions say to other programs over a socket of the user's, and how | what a session does with it |
//! | [`export`] | comparisons, coverage, links, passages as text and JSON | files: it writes to a writer |
//! | [`library`] | the disk: finding and loading texts, keeping what the reader makes | what is on the screen |
//! | [`app`] | the session: state, commands, keymap; messages in, effects out | terminal, clock; the disk only where [`app::work`] is done |
//! | [`view`] | the session onto a buffer of cells | keys: it changes nothing |
//! | [`terminal`] | modes, event loop, workers, performing effects | what a key means |
//! | [`cli`] | arguments and subcommands | |
//!
//! A text's way: file → `import` → [`text::Text`] → [`study`] on a worker → [`app::App`] → `layout` of what is visible →
//! `view`. A key's way: bytes → [`app::key::Key`] → [`app::keymap::Keymap`] → [`app::command::Command`] → `App::update` →
//! [`app::message::Effect`] → performed in `terminal` → the next frame. Answers of workers, changes of size and signals
//! come in as [`app::message::Msg`] too.
#![warn(unreachable_pub)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod align;
pub mod anchor;
pub mod app;
pub mod cli;
pub mod export;
pub mod import;
pub mod layout;
pub mod library;
pub mod link;
mod meaning;
pub mod model;
pub mod note;
pub mod study;
mod terminal;
pub mod text;
pub mod topic;
pub mod tour;
pub mod view;
pub mod wire;
pub mod word;
