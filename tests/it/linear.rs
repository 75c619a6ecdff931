//! Reading in one column of words: the same movements, every passage under its label, nothing that has to be seen.

use std::fs;
use std::sync::Arc;

use clap::Parser as _;
use diptych::app::App;
use diptych::app::keymap::Keymap;
use diptych::cli::args::Cli;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::model::settings::Settings;
use diptych::topic::codebook::Codebook;
use diptych::view;
use diptych::view::lines::Heard;
use diptych::view::signs::Signs;
use diptych::view::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::play::Play;

fn linear() -> Play {
    let mut play = Play::bundled();
    play.keys("z l");
    play
}

/// Fails where a line, a frame or a shade is on the screen.
#[track_caller]
fn has_no_lines(play: &Play, after: &str) {
    let screen = play.screen().join("\n");
    let line = screen.chars().find(|c| ('\u{2500}'..='\u{259f}').contains(c));
    assert_eq!(line, None, "after {after}:\n{screen}");
}

fn cursor(play: &Play, (columns, rows): (u16, u16)) -> Option<Position> {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    view::draw(&play.app, &Theme::new(Ground::Dark, Depth::Mono), &mut buffer)
}

#[test]
fn the_pair_is_read_in_one_column_with_labels_in_words() {
    let mut play = linear();
    play.shows("Left, leading: The Party as Instrument,").shows("Right: Power from Below,");
    play.keys("t \"the_soviets\" enter");
    play.shows("Topic The soviets, treatment").shows("Counterpart ").shows("because of");
    let label = |play: &Play, start: &str| play.screen().into_iter().find(|r| r.starts_with(start)).unwrap_or_default();
    let [left, right] = [Side::Left, Side::Right].map(|s| play.passage(s));
    assert!(label(&play, "Left").contains(&format!("passage {left} of ")), "{}", label(&play, "Left"));
    assert!(label(&play, "Right").contains(&format!("passage {right} of ")), "{}", label(&play, "Right"));
    let before = label(&play, "Right");
    assert_ne!(label(play.keys("enter"), "Right"), before, "another counterpart");
    play.keys("tab").shows("Right, leading: Power from Below").shows("Left: The Party as Instrument");
    play.keys("n").shows("Right, leading").shows("Topic The soviets, treatment");
    // A text that says nothing on it.
    play.keys("o \"organisation\" enter t \"dual_power\" enter");
    assert!(play.screen().join(" ").contains("Silent on Dual power"), "{:?}", play.screen());
    play.keys("z l").hides("Right, leading");
}

#[test]
fn a_pair_that_only_treats_the_same_topic_is_called_so() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| fs::canonicalize(folder.path()).unwrap().join(name);
    let left = "# Left\n\nBeekeepers own the hives and elect the warden, and no inspector is left to do the counting.\n\n\
                They walked along the river for an hour.\n\nNobody spoke of it again.\n\n\
                A kettle stood on the stove.\n";
    let right = "# Right\n\nThe warden is elected in the yard; counting falls with the inspector, and the hives are the \
                 beekeepers'.\n\nTrains from the north came late.\n\nHer sister sold apples and pears.\n\n\
                 Two dogs slept beside a cart.\n\nSomebody laughed, and a kettle sang.\n\n\
                 His skep held dried peas in the attic, and a second skep lined forty felt hats at Easter.\n";
    let topics = "[[topic]]\nid = \"bees\"\nname = \"The bees\"\nterms = [\"hives\", \"skep\"]\n";
    for (name, content) in [("left.md", left), ("right.md", right), ("topics.toml", topics)] {
        fs::write(at(name), content).unwrap();
    }
    let library = Library::new(Arc::new(Os), Some(Folders::under(&at("home"))));
    let mut play = Play::keeping(library, at("left.md").to_str().unwrap(), at("right.md").to_str().unwrap());
    play.keys("z l t \"bees\" enter").shows("Counterpart 1 of 2, because");
    play.keys("enter").shows("Same topic only, 2 of 2").hides("because");
}

#[test]
fn every_key_that_moves_is_seen_and_the_cursor_stands_where_one_reads() {
    let mut play = linear();
    play.keys("g g");
    let mut before = (play.screen(), cursor(&play, (120, 35)));
    for nth in 0..60 {
        let at = before.1.expect("the cursor is shown");
        let pane = play.pane(Side::Left);
        let text = pane.text().unwrap();
        let words: String =
            text.block_str(pane.place.block as usize)[pane.place.offset as usize..].chars().take(12).collect();
        assert!(before.0[usize::from(at.y)].contains(words.trim()), "{words:?} in row {}: {:?}", at.y, before.0);
        play.keys("j");
        let after = (play.screen(), cursor(&play, (120, 35)));
        assert_ne!(before, after, "after {nth} rows");
        before = after;
    }
    for key in ["J", "K", "space", "b", "G", "g g", "k"] {
        play.keys(key);
        assert!(cursor(&play, (120, 35)).is_some(), "{key}");
    }
}

#[test]
fn nothing_has_to_be_seen_on_any_screen() {
    let mut play = linear();
    for keys in [
        "J",
        "t",
        "esc",
        "t \"the_soviets\" enter",
        "w",
        "esc",
        "enter",
        "?",
        "esc",
        ":",
        "esc",
        "c",
        "esc",
        "o",
        "esc",
        "/ \"soviet\"",
        "enter",
        "esc",
        "g s",
        "j",
        "esc",
        "g m",
        "l",
        "esc",
        "P",
        "g r",
        "p",
        "space space",
        "s",
        "esc",
        "esc",
        "a",
        "esc",
        "+",
        "esc",
        "g l",
        "esc",
        "g n",
        "esc",
        "v",
        "esc",
        "V esc",
    ] {
        play.keys(keys);
        has_no_lines(&play, keys);
    }
}

#[test]
fn it_stands_on_any_screen() {
    let mut play = linear();
    play.keys("t \"the_soviets\" enter");
    for (columns, rows) in [(0, 0), (1, 1), (16, 4), (30, 12), (40, 5), (80, 24), (500, 200)] {
        play.resize(columns, rows).keys("j J n space b k K p enter tab tab");
        play.screen();
    }
    play.resize(80, 8).keys("g g").shows("Left, leading");
}

#[test]
fn it_can_be_chosen_at_the_start() {
    assert!(Cli::try_parse_from(["diptych", "--linear", "a.md", "b.md"]).unwrap().linear);
    assert!(!Cli::try_parse_from(["diptych", "a.md"]).unwrap().linear);
    let settings = Settings { linear: true, ..Settings::default() };
    assert!(App::new(Keymap::built_in().0, settings, Codebook::default().into()).halves.is_linear());
}

#[test]
fn what_a_topic_would_catch_is_told_without_signs_of_the_panes() {
    let mut play = linear();
    play.keys("T \"factory\"");
    has_no_lines(&play, "T");
    let told = |play: &Play, start: &str| play.screen().iter().any(|row| row.trim_start().starts_with(start));
    assert!(told(&play, "L ") && told(&play, "R "), "{}", play.screen().join("\n"));
    play.hides("◧").hides("◨");
    play.keys("esc t").hides("◧").hides("◨");
}

#[test]
fn notes_are_counted_and_read_out_when_they_are_shown() {
    let home = tempfile::tempdir().unwrap();
    let library = Library::new(Arc::new(Os), Some(Folders::under(home.path())));
    let mut play = Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("z l 3 G a \"Ask_who_says_so\" ctrl-s").shows("1 note").hides("Note: Ask");
    play.keys("z n").shows("Note: Ask who says so");
    has_no_lines(&play, "z n");
    for (columns, rows) in [(30, 8), (1, 1), (80, 24)] {
        play.resize(columns, rows).keys("j k");
    }
    play.keys("J").hides("1 note").hides("Note: Ask");
}

#[test]
fn other_screens_are_told_in_the_signs_that_there_are() {
    let mut play = linear();
    play.keys("?");
    let told = |signs| Heard::with(signs).news(&play.app, true).join("\n");
    let (unicode, ascii) = (told(Signs::Unicode), told(Signs::Ascii));
    assert!(unicode.contains("Keys") && ascii.contains("Keys"), "{ascii}");
    assert_ne!(unicode, ascii);
    let arrows = ['⇄', '↑', '↓', '←', '→'];
    assert!(unicode.contains(arrows) && !ascii.contains(arrows), "{unicode}\n{ascii}");
}

#[test]
fn what_lies_over_the_passages_does_not_have_them_said_again() {
    let mut play = linear();
    play.keys("t \"the_soviets\" enter");
    let mut heard = Heard::default();
    let read = heard.news(&play.app, true).join("\n");
    let words = |side: Side| {
        let text = play.pane(side).text().unwrap();
        let words = text.passage_str(play.pane(side).current().unwrap());
        // A page that names the two passages has the beginning of each; what follows is only in the passages.
        words.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect::<String>()
    };
    let ends = [Side::Left, Side::Right].map(words);
    assert!(ends.iter().all(|end| read.contains(end.trim())), "{read}\n{ends:?}");
    for keys in ["w", "+", "a", "T", "g h", "?"] {
        play.keys(keys);
        let said = heard.news(&play.app, true).join(" ");
        assert!(!said.is_empty(), "{keys}: something is said");
        for end in &ends {
            assert!(!said.contains(end.split_whitespace().collect::<Vec<_>>().join(" ").as_str()), "{keys}: {said}");
        }
        play.keys("esc esc");
        heard.news(&play.app, true);
    }
}
