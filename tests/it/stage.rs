//! The stage for played sessions: the bundled library, and a session with its topics.

use std::sync::Arc;

use diptych::app::App;
use diptych::app::keymap::Keymap;
use diptych::library::disk::Os;
use diptych::library::{Library, shelf};
use diptych::model::settings::Settings;
use diptych::topic::codebook::Codebook;

/// A library that keeps nothing, and a session without texts.
pub fn empty() -> (Library, App) {
    let (codebook, faults) = Codebook::parse(include_str!("../../texts/topics.toml"));
    assert_eq!(faults, []);
    let mut app = App::new(Keymap::built_in().0, Settings::default(), Arc::new(codebook));
    app.shelf.fill(shelf::embedded());
    (Library::new(Arc::new(Os), None), app)
}

/// Whether the head of a text, on a screen of these rows, says that it is at a passage: in ASCII by another sign.
pub fn is_at(screen: &str, title: &str, passage: u32) -> bool {
    let number = format!("{passage}/");
    screen.lines().any(|row| {
        let after = row.split_once(title).and_then(|(_, after)| after.split_once(['¶', '#']));
        after.is_some_and(|(_, after)| after.starts_with(&number))
    })
}
