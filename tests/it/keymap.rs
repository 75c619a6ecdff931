//! Every command can be reached, is documented once, and help, footer, palette and keymap say the same of it.

use std::collections::BTreeSet;

use diptych::app::command::{Context, Group};
use diptych::app::commands;
use diptych::app::keymap::{DEFAULT, Keymap};
use diptych::app::keys::Keys;
use diptych::app::overlay::PageKind;
use diptych::app::page_line::PageLine;

use crate::play::Play;

#[test]
fn the_default_keymap_has_no_mistakes_and_reaches_every_command() {
    let (map, faults) = Keymap::built_in();
    assert_eq!(faults, []);
    for command in commands::all() {
        for context in command.contexts {
            let keys = map.keys_for(*context, command);
            assert!(!keys.is_empty(), "{} has no key under [{context}]", command.name);
        }
    }
}

#[test]
fn every_command_is_named_and_explained_once() {
    let mut names = BTreeSet::new();
    let mut helps = BTreeSet::new();
    for command in commands::all() {
        assert!(names.insert(command.name), "two commands are named {}", command.name);
        assert!(helps.insert(command.help), "two commands say {:?}", command.help);
        assert!(command.help.starts_with(char::is_uppercase) && !command.help.ends_with('.'), "{}", command.help);
        assert!(!command.hint.is_empty() && !command.contexts.is_empty(), "{}", command.name);
        assert!(Group::ALL.contains(&command.group));
    }
}

#[test]
fn help_and_palette_show_the_keys_that_are_in_force() {
    let mut play = Play::bundled();
    let mut map = play.app.keys.keymap().clone();
    let faults = map.lay_over("[reading]\n\"t\" = \"nop\"\n\"T\" = \"topics\"\n\"?\" = \"nop\"\n");
    assert_eq!(faults, []);
    play.app.keys = Keys::new(map);
    let lines = play.app.page_lines(&PageKind::Help, 90);
    for command in commands::all() {
        let first_row = &command.help[..command.help.len().min(30)];
        let shown: Vec<_> = lines
            .iter()
            .filter_map(|l| match l {
                PageLine::Entry(keys, words) if words.starts_with(first_row) => Some(keys.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(shown.len(), 1, "{} is on the help page {} times", command.name, shown.len());
        let keys = play.app.keys.keys_of(command).join(" ");
        let shown = shown[0].replace("0–9", "0 1 2 3 4 5 6 7 8 9");
        assert!(shown == keys || shown.is_empty(), "{}: {shown} but {keys}", command.name);
    }
    play.shows("T topics").hides(" t topics");
    play.keys(": \"topics\"").shows("Pick a topic: what both texts treat first");
    let row = play.screen().into_iter().find(|r| r.contains("▸ topics")).unwrap();
    assert!(row.contains(" T "), "{row}");
}

#[test]
fn what_a_command_does_stays_within_the_frame_on_a_small_screen() {
    let mut play = Play::bundled();
    play.resize(80, 24);
    play.keys(": \"footnote\"").shows("│ screen").shows("╰────");
}

#[test]
fn every_mistake_in_a_keymap_is_told_with_its_place_and_the_rest_counts() {
    let mut map = Keymap::built_in().0;
    let source = "[readin]\n\"a\" = \"topics\"\n\n[reading]\n\"pagdown\" = \"topics\"\n\"a\" = \"topic\"\n\"T\" = \"topics\"\n\"g\" = \"help\"\n\"g x\" = \"help\"\n\"d\" = \"choose\"\n\"e\" = 3\n";
    let told: Vec<String> =
        map.lay_over(source).iter().map(|f| format!("{}:{}: {}", f.line, f.column, f.message)).collect();
    let expected = [
        "1:2: [readin] is not a section; did you mean [reading]?",
        "5:1: [reading] `pagdown` is not a key; did you mean `pagedown`?",
        "6:1: [reading] `a`: no command is named `topic`; did you mean `topics`?",
        "9:1: [reading] `g x` and `g` cannot both be bound: one begins the other",
        "10:1: [reading] `d`: `choose` works under [picker]",
        "11:1: [reading] `e` must be the name of a command in quotes, or \"nop\"",
    ];
    assert_eq!(told, expected);
    assert_eq!(map.keys_for(Context::Reading, commands::named("topics").unwrap()), ["t", "T"]);
    assert_eq!(map.first_key(Context::Reading, commands::named("help").unwrap()).as_deref(), Some("?"));
    assert!(map.keys_for(Context::Reading, commands::named("help").unwrap()).contains(&"g".to_owned()));
    // The reader's `g` wins over the chords that it begins.
    let first = map.keys_for(Context::Reading, commands::named("first-passage").unwrap());
    assert_eq!(first, ["Home"]);
}

#[test]
fn what_is_no_toml_is_told_and_changes_nothing() {
    let (before, _) = Keymap::built_in();
    let mut map = before.clone();
    let faults = map.lay_over("[reading]\n\"j\" \"row-down\"\n");
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].line, 2);
    assert!(faults[0].message.starts_with("not TOML"), "{}", faults[0].message);
    assert_eq!(map, before);
}

#[test]
fn a_printed_keymap_reads_back_the_same() {
    let (map, _) = Keymap::built_in();
    let mut back = Keymap::default();
    assert_eq!(back.lay_over(&map.to_toml()), []);
    assert_eq!(back, map);
    // And the file that is shipped says nothing that the printed one leaves out.
    assert_eq!(
        DEFAULT.lines().filter(|l| l.starts_with('"')).count(),
        map.to_toml().lines().filter(|l| l.contains(" = ")).count()
    );
}
