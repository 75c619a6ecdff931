//! The stage for played sessions: the bundled library, and a session with its topics.

use std::sync::Arc;

use diptych::app::App;
use diptych::app::Shelved;
use diptych::app::keymap::Keymap;
use diptych::app::settings::Settings;
use diptych::library::Library;
use diptych::text::clean::Clean;
use diptych::topic::codebook::Codebook;

pub fn empty() -> (Library, App) {
    let (codebook, faults) = Codebook::parse(include_str!("../../texts/topics.toml"));
    assert_eq!(faults, []);
    let mut app = App::new(Keymap::built_in().0, Settings::default(), Arc::new(codebook));
    app.shelf = ["the-party-as-instrument", "power-from-below", "against-the-charge"].into_iter().map(|s| Shelved { request: format!("embedded:{s}"), title: Clean::line(s), about: Clean::default() }).collect();
    (Library::default(), app)
}
