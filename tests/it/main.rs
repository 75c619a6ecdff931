//! The integration tests, one binary: each module looks at one thing a user or a developer relies on.
#![allow(clippy::unwrap_used)]

mod apart;
mod cli;
mod cli_in_terminal;
mod dice;
mod drafts;
mod elsewhere;
mod endurance;
mod exchange;
mod faulty;
mod hardship;
mod importing;
mod introduction;
mod keymap;
mod laws;
mod layers;
mod letters;
mod linking;
mod loading;
mod making;
mod map;
mod notes;
mod notes_safety;
mod notes_screen;
mod parsers;
mod play;
mod pty;
mod raw;
mod reading;
mod reattach;
mod seminar;
mod stage;
mod state;
mod synopsis;
mod terminal;
mod topic_work;
