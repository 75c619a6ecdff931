//! The introduction teaches the keys there are: it names no key that does nothing, and leaves out none that matters.

use std::collections::BTreeSet;

use diptych::app::command::Context;
use diptych::app::commands;
use diptych::app::keymap::Keymap;
use diptych::import::{Hint, import};
use diptych::library::embedded::INTRODUCTION;
use diptych::link::Side;
use diptych::text::Text;
use diptych::text::span::SpanKind;

use crate::play::Play;

/// What a new reader must have met: everything under [reading] but other keys for the same, and what is met by itself.
const TAUGHT: &[&str] = &[
    "row-down",
    "row-up",
    "page-down",
    "page-up",
    "half-page-down",
    "half-page-up",
    "next-passage",
    "previous-passage",
    "first-passage",
    "last-passage",
    "contents",
    "footnote",
    "next-on-trail",
    "previous-on-trail",
    "next-counterpart",
    "previous-counterpart",
    "why",
    "pin",
    "topics",
    "next-topic",
    "previous-topic",
    "other-pane",
    "left-pane",
    "right-pane",
    "other-row-down",
    "other-row-up",
    "sync",
    "swap",
    "open-text",
    "next-text-on-topic",
    "solo",
    "stack",
    "search",
    "palette",
    "help",
    "select-sentence",
    "select-passage",
    "copy-pair",
    "note",
    "note-on-pair",
    "jot",
    "edit-note",
    "notes",
    "notes-beside",
    "undo",
    "set-mark",
    "go-to-mark",
    "back",
    "forward",
    "clear",
    "quit",
];

fn text() -> Text {
    let name = INTRODUCTION.file_name();
    import(INTRODUCTION.source.as_bytes(), &Hint::named(&name)).unwrap().text
}

/// What stands in code spans.
fn code(text: &Text) -> BTreeSet<&str> {
    let spans = text.spans().iter().filter(|s| s.kind == SpanKind::Code);
    spans.map(|s| &text.string()[s.range()]).collect()
}

#[test]
fn every_key_it_names_is_bound() {
    let (map, _) = Keymap::built_in();
    let bound: BTreeSet<String> = commands::all()
        .flat_map(|command| Context::ALL.into_iter().flat_map(|context| map.keys_for(context, command)))
        .collect();
    let text = text();
    let code = code(&text);
    assert!(code.len() > TAUGHT.len(), "{code:?}");
    for span in code {
        // A count may stand before a key; what is typed into a shell, and files, are longer than any key.
        let key = span.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_other = span.starts_with("diptych") || ["topics.toml", "keymap.toml", "config.toml"].contains(&span);
        assert!(bound.contains(key) || is_other, "`{span}` is bound to nothing");
    }
}

#[test]
fn every_command_that_a_new_reader_needs_is_taught() {
    let (map, _) = Keymap::built_in();
    let text = text();
    let code = code(&text);
    for name in TAUGHT {
        let command = commands::named(name).unwrap();
        let keys = map.keys_for(Context::Reading, command);
        assert!(keys.iter().any(|key| code.contains(key.as_str())), "{name}: none of {keys:?} is taught");
    }
}

#[test]
fn its_exercises_come_out_as_it_says() {
    let mut play = Play::new(120, 35, "embedded:introduction", "embedded:power-from-below");
    play.keys("3 G").shows("Reading with Diptych · ¶3/").shows("¶3, where you are now");
    play.keys("4 G G H").shows("Reading with Diptych · ¶4/").shows("▌ typed first leads to that passage: 4G is this");
    play.keys("t \"sov\"").shows("Enter choose");
    play.keys("enter").shows("The soviets · treatment 1/1");
    let pane = play.pane(Side::Left);
    let quotation = pane.text().unwrap().passage_str(pane.current().unwrap());
    assert!(quotation.starts_with("No political body more sensitive"), "{quotation}");
    play.keys("/ \"letter\" enter n n esc H H H");
    play.keys("c").shows("One point, two texts");
    let note = pane_with_note(&play);
    play.keys(&format!("esc {note} G f")).shows("╭─ Note 1").shows("And here it is.");
    play.keys("esc : \"footnote\"").shows("Show the footnote cited here");
}

/// The number of the passage with the footnote, a key for each digit.
fn pane_with_note(play: &Play) -> String {
    let text = play.pane(Side::Left).text().unwrap();
    let cites = text.spans().iter().find(|s| matches!(s.kind, SpanKind::NoteRef(_))).unwrap();
    let passage = text.numbering().passage_near(text.block_at(cites.start()).unwrap()).unwrap();
    passage.0.to_string().chars().flat_map(|c| [c, ' ']).collect()
}

#[test]
fn a_newcomer_is_told_of_it_until_it_is_open() {
    for columns in [80, 120] {
        let mut play = Play::bundled();
        play.resize(columns, 24).hides("new here?");
        play.app.invitation = play.app.shelf.iter().find(|t| t.request == INTRODUCTION.id()).cloned();
        for shown in ["new here? o “Reading with Diptych”", "t topics", "Enter counterpart", "? help"] {
            play.shows(shown);
        }
        play.keys("o").shows("▸ Reading with Diptych");
        play.keys("enter").shows("▸ Reading with Diptych · ¶1/");
        assert_eq!(play.app.invitation, None);
        play.hides("new here?");
    }
}
