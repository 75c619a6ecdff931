//! What nothing may break: sizes, keys, letters of any kind, texts that change under the reader.

use std::fs;

use diptych::app::command::{Context, Takes};
use diptych::app::commands;
use diptych::app::message::Msg;
use diptych::app::scene::Scene;
use diptych::layout::cells;
use diptych::link::Side;
use diptych::text::Builder;
use diptych::text::block::BlockKind;
use proptest::prelude::*;
use ratatui::style::Color;

use crate::dice::Dice;
use crate::play::Play;

/// The commands that put something over the panes or in their place, as the palette calls them.
fn screens() -> Vec<&'static str> {
    let mut found = Vec::new();
    let reading = commands::all().filter(|c| c.contexts.contains(&Context::Reading) && c.takes == Takes::Nothing);
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    for command in reading.filter(|c| !["quit", "suspend"].contains(&c.name)) {
        play.keys("esc esc esc");
        run(&mut play, command.name);
        if play.app.screens.overlay().is_some() || !matches!(play.app.screens.scene(), Scene::Reading) {
            found.push(command.name);
        }
    }
    assert!(found.contains(&"topics") && found.contains(&"help") && found.len() > 6, "{found:?}");
    found
}

/// Runs a command by its name, through the palette.
fn run(play: &mut Play, command: &str) {
    play.keys(&format!(": \"{command}\" enter"));
}

#[test]
fn five_hundred_sizes_with_every_screen_open_keep_the_place() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter 2 j");
    let places = [Side::Left, Side::Right].map(|s| play.pane(s).place);
    let mut screens = screens();
    screens.push("");
    let mut dice = Dice(1902);
    for turn in 0..500 {
        // Each screen stays open for four sizes.
        let screen = screens[turn / 4 % screens.len()];
        if turn % 4 == 0 && !screen.is_empty() {
            run(&mut play, screen);
        }
        // Every size there is, small ones more often.
        let mut up_to = |most: u64| (dice.roll(most + 1) * dice.roll(most + 1) / most) as u16;
        let (columns, rows) = match turn % 50 {
            7 => [(0, 0), (1, 1), (0, 40), (200, 0)][turn / 50 % 4],
            _ => (up_to(500), up_to(200)),
        };
        play.resize(columns, rows);
        // A list with nothing in it does not open: then these keys would move the pane.
        let open = play.app.screens.overlay().is_some() || !matches!(play.app.screens.scene(), Scene::Reading);
        play.keys(if open { "down up" } else { "esc" });
        play.buffer();
        if turn % 4 == 3 {
            play.keys("esc esc esc");
            let now = [Side::Left, Side::Right].map(|s| play.pane(s).place);
            assert_eq!(now, places, "after turn {turn} at {columns}×{rows}, {screen}");
        }
    }
}

#[test]
fn random_keys_never_break_a_session() {
    let keys = [
        "j",
        "k",
        "space",
        "b",
        "ctrl-d",
        "J",
        "K",
        "g g",
        "G",
        "n",
        "p",
        "enter",
        "backspace",
        "w",
        "t",
        "down",
        "up",
        "enter",
        "esc",
        ".",
        ",",
        "tab",
        "h",
        "l",
        "s",
        "x",
        "z z",
        "z o",
        "z s",
        "z p",
        "c",
        "f",
        "o",
        "O",
        "/",
        "\"so\"",
        "enter",
        "esc",
        ":",
        "\"x\"",
        "esc",
        "?",
        "esc",
        "v",
        "V",
        ")",
        "(",
        "w",
        "o",
        "y",
        "y y",
        "y p",
        "m a",
        "' a",
        "H",
        "L",
        "u",
        "ctrl-r",
        "+",
        "3",
        "7",
        "ctrl-n",
        "ctrl-p",
        "z c",
    ];
    let mut dice = Dice(1917);
    let mut play = Play::bundled();
    for turn in 0..600 {
        play.keys(keys[dice.roll(keys.len() as u64) as usize]);
        if turn % 7 == 0 {
            play.resize(dice.roll(180) as u16 + 1, dice.roll(60) as u16 + 1);
        }
        play.screen();
        for side in [Side::Left, Side::Right] {
            let pane = play.pane(side);
            assert!(pane.line < pane.viewport.height, "turn {turn}");
        }
    }
}

/// The column of the hinge, looked for in every row of a pane's text.
#[track_caller]
fn border_is_straight(play: &Play) {
    let buffer = play.buffer_in(diptych::view::theme::Depth::Many);
    let hinge = play.app.areas().hinge.unwrap();
    let border = hinge.x + hinge.width / 2;
    for y in 2..34 {
        let cell = &buffer[(border, y)];
        assert_eq!(cell.symbol(), "┊", "row {y}: {:?}", play.screen()[usize::from(y)]);
        assert_ne!(cell.fg, Color::Reset);
        let row: usize = (0..border).map(|x| cells::width(buffer[(x, y)].symbol()).max(1)).sum::<usize>();
        let skipped = (0..border).filter(|x| cells::width(buffer[(*x, y)].symbol()) == 2).count();
        assert_eq!(row - skipped, usize::from(border), "row {y} is as wide as its columns");
    }
}

fn text_file(name: &str, contents: &[u8]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, contents).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

#[test]
fn letters_of_every_kind_leave_the_border_in_its_column() {
    let lines = [
        "e\u{301}\u{301}\u{301} Zalgo: a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}",
        "日本語のテキスト、日本語のテキスト、日本語のテキスト、日本語のテキスト、日本語のテキスト、日本語のテキスト",
        "👩‍👩‍👧‍👦👩🏽‍🚀🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪🇫🇷👍🏿❤️✋🏼 emoji emoji emoji emoji emoji emoji",
        "עברית: שלום עולם, العربية: مرحبا بالعالم",
        "tab\tafter\ttab\tafter\ttab\tafter\ttab\tafter\ttab\tafter",
        "ᄀᄀᄀ각ᆨᆨ 한국어 กำ ക്ഷ क्षि \u{200b}\u{200d}\u{fe0f}",
        "\u{1b}[31mred\u{1b}[0m \u{202e}reversed\u{2066} \u{e0041}\u{e0042} nul:\0",
    ];
    let (_folder, path) = text_file("letters.txt", lines.join("\n\n").as_bytes());
    let mut play = Play::new(120, 35, &path, "embedded:power-from-below");
    border_is_straight(&play);
    for _ in 0..20 {
        play.keys("j");
        border_is_straight(&play);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_leaves_the_border_in_its_column(text in "\\PC{0,400}") {
        let mut play = Play::new(120, 35, "", "embedded:power-from-below");
        let mut builder = Builder::new();
        builder.begin(BlockKind::Paragraph, 1).push(&diptych::text::clean::clean_text(&text));
        let open = diptych::model::open::Open {
            id: "x".into(),
            library: None,
            request: "x".to_owned(),
            name: diptych::text::clean::Clean::line(&text),
            text: std::sync::Arc::new(builder.finish()),
            version: 900,
            spots: diptych::word::spots::Spots::default(),
            provisional: false,
            warnings: Vec::new(),
        };
        play.app.halves.pane_mut(Side::Left).show(std::sync::Arc::new(open));
        border_is_straight(&play);
    }
}

#[test]
fn a_line_without_end_is_read_like_any_other() {
    let (_folder, path) = text_file("line.txt", "word ".repeat(40_000).as_bytes());
    let mut play = Play::new(100, 30, &path, &path);
    play.keys("space space space");
    play.shows("¶1/1");
    play.keys("G g g");
    assert_eq!(play.pane(Side::Left).place.offset, 0);
}

#[test]
fn a_text_that_changes_is_read_again_without_losing_the_place() {
    let paragraphs: Vec<String> = (1..=60)
        .map(|n| format!("Paragraph number {n} speaks of matter {}, and of nothing else that is {}.", n * 37, n * 91))
        .collect();
    let (folder, path) = text_file("a.txt", paragraphs.join("\n\n").as_bytes());
    let mut play = Play::new(100, 30, &path, "embedded:power-from-below");
    play.keys("4 0 G");
    play.shows("1480");
    let mut more: Vec<String> = ["One", "Two", "Three"].map(|n| format!("{n} was put before everything else.")).into();
    more.extend(paragraphs);
    fs::write(&path, more.join("\n\n")).unwrap();
    play.tell(Msg::Changed { side: Side::Left });
    assert_eq!(play.passage(Side::Left), 43);
    fs::remove_file(&path).unwrap();
    play.tell(Msg::Changed { side: Side::Left });
    play.shows("1480").shows("a.txt");
    drop(folder);
}

#[test]
fn a_long_text_is_resumed_marked_and_left_in_its_place() {
    let paragraphs: Vec<String> =
        (1..=2000).map(|n| format!("Paragraph {n} has its own number, {}, and says it once.", n * 7919)).collect();
    let (_folder, path) = text_file("long.txt", paragraphs.join("\n\n").as_bytes());
    let mut play = Play::new(100, 30, &path, "embedded:power-from-below");
    play.keys("1 5 0 0 G m a g g ' a");
    assert_eq!(play.passage(Side::Left), 1500);
    let kept = play.app.snapshot();
    let mut again = Play::resumed(kept, 100, 30, &path, "embedded:power-from-below");
    assert_eq!(again.passage(Side::Left), 1500);
    again.tell(Msg::Changed { side: Side::Left });
    assert_eq!(again.passage(Side::Left), 1500);
    again.keys("g g ' a");
    assert_eq!(again.passage(Side::Left), 1500);
    let linked = Play::new(100, 30, &format!("{path}:1200"), "embedded:power-from-below:5");
    assert_eq!([linked.passage(Side::Left), linked.passage(Side::Right)], [1200, 5]);
}
