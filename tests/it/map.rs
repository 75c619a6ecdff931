//! The map: which text of the library treats which topic, and the way from there into a pair.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use diptych::app::scene::Scene;
use diptych::app::work::answer;
use diptych::app::work::chart::Chart;
use diptych::app::work::shelf::FindTexts;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;

use crate::cli::{json, printed, run};
use crate::play::Play;

const TOPICS: &str = "[[topic]]\nid = \"bread\"\nname = \"Bread\"\nterms = [\"bread\"]\n\n\
    [[topic]]\nid = \"moon\"\nname = \"The moon\"\nterms = [\"moon\", \"crater*\"]\n";

/// A library of three texts in the folder `texts`; two treat bread, one the moon.
fn library(at: &Path) {
    fs::create_dir_all(at.join("texts")).unwrap();
    for (name, content) in [
        ("a.md", "# Alpha\n\nBread was dear that winter, and bread was bad.\n\nNobody looked up.\n"),
        ("b.md", "# Beta\n\nThe price of bread rose.\n\nThe moon has a far side.\n"),
        ("c.md", "# Gamma\n\nThey went home.\n"),
        ("topics.toml", TOPICS),
    ] {
        fs::write(at.join("texts").join(name), content).unwrap();
    }
}

/// A session on its first two texts.
fn session(at: &Path) -> Play {
    let at = fs::canonicalize(at).unwrap();
    let library = Library::new(Arc::new(Os), Some(Folders::under(&at.join("home"))));
    let path = |name: &str| at.join("texts").join(name).to_str().unwrap().to_owned();
    let (left, right) = (path("a.md"), path("b.md"));
    let shelf = library.shelf_beside(std::slice::from_ref(&left));
    let mut play = Play::keeping(library, &left, &right);
    play.tell(answer::<FindTexts>(shelf));
    play
}

/// The row of the map for a topic.
fn row(play: &Play, topic: &str) -> String {
    play.screen().into_iter().find(|row| row.contains(topic)).unwrap_or_default()
}

#[test]
fn every_text_of_the_library_has_a_column_and_every_topic_a_row() {
    let mut play = Play::bundled();
    play.keys("g m");
    let Scene::Map(map) = play.app.screens.scene() else { panic!("no map") };
    assert_eq!(map.columns.len(), play.app.shelf.texts().len());
    assert_eq!(map.charted(), map.columns.len());
    for topic in play.app.topics.codebook().topics() {
        play.shows(&topic.name);
        // What the map counts is what the panes walk.
        for (side, column) in [(Side::Left, 0), (Side::Right, 1)] {
            let walked = play.app.halves.treatments(side, &topic.id).len();
            assert_eq!(map.columns[column].treated(&topic.id).map_or(0, |t| t.count), walked, "{}", topic.name);
        }
    }
    play.shows("compared 0 of 16 topics");
}

#[test]
fn enter_on_a_topic_opens_its_strongest_pair_and_that_counts_as_compared() {
    let mut play = Play::bundled();
    play.keys("g m g g j j enter");
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "worker-control");
    play.shows("treatment");
    play.keys("g m").shows("compared 1 of 16 topics, 1 of");
    let row = play.screen().into_iter().find(|r| r.contains("▸")).unwrap();
    assert!(row.contains("Worker control"), "the map opens on the held topic: {row}");
}

#[test]
fn two_texts_chosen_are_opened_side_by_side_on_the_topic() {
    let mut play = Play::bundled();
    play.keys("g m g g l l l l space l").shows("Against the Charge against…");
    play.keys("enter");
    let names = [Side::Left, Side::Right].map(|s| play.pane(s).open().unwrap().name.to_string());
    assert!(names[0].starts_with("Against the Charge") && names[1].starts_with("Biography"), "{names:?}");
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "democratic-centralism");
    play.shows("silent");
    play.keys("H");
    let back = play.pane(Side::Left).open().unwrap().name.to_string();
    assert!(back.starts_with("The Party"), "back leads to the pair before: {back}");
}

#[test]
fn the_map_can_be_narrowed_and_put_in_order_without_losing_the_topic() {
    let mut play = Play::bundled();
    play.keys("g m g g j j s").shows("what most texts treat first");
    assert_eq!(
        play.app.screens.map().unwrap().topic(&play.app.topics, &play.app.memory).unwrap().id.as_str(),
        "worker-control"
    );
    play.keys("f").shows("topics of two texts or more");
    play.keys("f").shows("topics of one text or none");
    play.shows("No such topic");
    play.keys("enter j l h k").keys("f esc").shows("¶1/");
}

#[test]
fn what_cannot_be_read_and_what_is_not_charted_yet_are_told_apart() {
    let mut play = Play::bundled();
    play.keys("g m");
    let Scene::Map(map) = play.app.screens.scene_mut() else { panic!("no map") };
    map.columns[2].chart = diptych::app::map::Charted::Waiting;
    map.columns[3].chart =
        diptych::app::map::Charted::Failed(diptych::text::clean::Clean::line("it is a picture, no text"));
    play.keys("g g l l l").shows("still being charted").shows("charting 7 of 7");
    play.keys("l").shows("cannot be read").shows("it is a picture");
}

#[test]
fn the_map_stands_on_any_screen() {
    let mut play = Play::bundled();
    play.keys("g m");
    for (columns, rows) in [(0, 0), (1, 1), (12, 3), (30, 10), (60, 20), (500, 200)] {
        play.resize(columns, rows).keys("j l l k h G g g");
        play.screen();
    }
    play.tell(answer::<Chart>((0, 99, Err(diptych::text::clean::Clean::line("late")))));
}

#[test]
fn a_silence_that_was_checked_is_told_from_what_was_not_found() {
    let dir = tempfile::tempdir().unwrap();
    library(dir.path());
    let mut play = session(dir.path());
    play.keys("g m").shows("· not found").hides("∅✓");
    assert_eq!(row(&play, "The moon").matches('·').count(), 2);
    // In the map itself …
    play.keys("G l l l").shows("Gamma · The moon was not found").shows("- notes that you have checked");
    play.keys("-").shows("checked: Gamma says nothing on The moon");
    play.keys("h l").shows("∅✓ checked silent").shows("Gamma is silent on The moon, as you checked");
    assert!(row(&play, "The moon").contains("∅✓"));
    play.keys("h -").shows("Beta treats The moon");
    play.keys("u").shows("undone: noting that Gamma is silent on The moon");
    assert!(!row(&play, "The moon").contains('∅'));
    play.keys("ctrl-r l - j").hides("∅✓");
    play.keys("- esc");
    // … and while reading.
    play.keys("t \"moon\" enter h t \"moon\" enter -");
    play.keys("g m");
    assert_eq!(row(&play, "The moon").matches("∅✓").count(), 2, "{:?}", play.screen());
    let links = fs::read_to_string(dir.path().join("texts/links.toml")).unwrap();
    assert_eq!(links.matches("[[silence]]").count(), 2, "{links}");
    // The next session and the shell know it.
    session(dir.path()).keys("g m").shows("∅✓ checked silent");
    let at = dir.path().join("texts");
    let table = printed(&at, &["topics", "a.md", "b.md", "c.md"]);
    let moon = table.lines().find(|l| l.starts_with("The moon")).unwrap();
    assert!(moon.matches("∅✓").count() == 2 && moon.contains(" 1 × 0."), "{table}");
    assert!(table.contains("∅✓ silent, as you checked") && table.contains("· not found"), "{table}");
    let value = json(&at, &["topics", "a.md", "b.md", "c.md", "--format", "json"]);
    let checked: Vec<_> =
        value["topics"][1]["texts"].as_array().unwrap().iter().map(|t| &t["checked_silent"]).collect();
    assert_eq!(checked, [true, false, true]);
}

#[test]
fn the_map_and_the_table_of_the_shell_say_the_same() {
    let dir = tempfile::tempdir().unwrap();
    library(dir.path());
    let mut play = session(dir.path());
    play.keys("g m");
    let table = printed(&dir.path().join("texts"), &["topics", "a.md", "b.md", "c.md"]);
    for topic in ["Bread", "The moon"] {
        let printed = table.lines().find(|l| l.starts_with(topic)).unwrap();
        // How long a bar is depends on the room there is.
        let shades = |row: &str| {
            let mut signs: Vec<char> = row.chars().filter(|c| "░▒▓█·∅ ".contains(*c)).collect();
            signs.dedup();
            signs.into_iter().filter(|sign| *sign != ' ').collect::<String>()
        };
        assert_eq!(shades(&row(&play, topic)), shades(printed), "{topic}");
    }
}

#[test]
fn what_was_compared_counts_in_a_library_of_ones_own() {
    let dir = tempfile::tempdir().unwrap();
    library(dir.path());
    let mut play = session(dir.path());
    play.keys("g m").shows("compared 0 of 1 topic, 0 of 1 pair");
    play.keys("g g enter").shows("Bread");
    play.keys("g m").shows("compared 1 of 1 topic, 1 of 1 pair");
}

#[test]
fn typed_words_narrow_topics_and_texts_and_esc_widens_first() {
    let mut play = Play::bundled();
    play.keys("g m / \"control\"").shows("Worker control").hides("Kronstadt").shows("Enter keeps it");
    play.keys("enter").shows("“control”");
    play.keys("esc").shows("Kronstadt").shows("Topics and texts");
    play.keys("/ \"text:below\" enter l").shows("Power from").hides("Against");
    play.keys("enter").shows("treatment");
    play.keys("g m / ctrl-u \"zzz\"").shows("No such topic.");
    play.keys("esc").shows("Kronstadt");
    play.keys("/ \"text:zzz\" enter").shows("No such text.").shows("Kronstadt");
    play.keys("l j enter esc esc").shows("¶");
}

#[test]
fn texts_are_put_in_order_and_left_out_by_the_topic() {
    let mut play = Play::bundled();
    play.keys("g m g g 9 j").shows("Dual power");
    play.keys("F").shows("3 of 7 texts, on Dual power").hides("Against");
    play.keys("l l l l");
    let Scene::Map(map) = play.app.screens.scene() else { panic!("no map") };
    assert_eq!(map.column, Some(4), "the last of the texts that are shown");
    play.keys("F").shows("Against");
    play.keys("S").shows("fullest texts first");
    play.keys("S").shows("strongest on Dual power first");
    play.keys("S").hides("first");
}

#[test]
fn the_map_is_written_as_a_page_a_picture_or_a_table_and_replaces_nothing_unasked() {
    let dir = tempfile::tempdir().unwrap();
    library(dir.path());
    let mut play = session(dir.path());
    let file = |name: &str| fs::canonicalize(dir.path()).unwrap().join(name);
    let read = |name: &str| fs::read_to_string(file(name)).unwrap();
    let keys = |name: &str| format!("g m g h \"{}\" enter", file(name).display());
    for (name, words) in [("m.svg", "<svg "), ("m.html", "<table"), ("m.txt", "weak to strong")] {
        play.keys("esc").keys(&keys(name)).shows(&format!("the map in {}", file(name).display()));
        assert!(read(name).contains(words) && read(name).contains("Gamma"), "{name}");
    }
    fs::write(file("m.svg"), "mine").unwrap();
    play.keys("esc").keys(&keys("m.svg")).shows("m.svg is there already: replace it? y/n");
    play.keys("enter").shows("is as it was");
    play.keys("esc").keys(&keys("m.svg")).keys("esc").shows("is as it was");
    assert_eq!(read("m.svg"), "mine");
    play.keys("esc").keys(&keys("m.svg")).keys("\"y\" enter").shows("the map in");
    assert!(read("m.svg").starts_with("<svg "));
    play.keys("esc").keys(&keys("m.doc")).shows("end the name in .html, .svg or .txt");
    // The same from the shell.
    let at = dir.path().join("texts");
    for (format, words) in [("svg", "<svg "), ("html", "<table"), ("text", "weak to strong")] {
        let made = printed(&at, &["topics", "a.md", "b.md", "--format", format]);
        assert!(made.contains(words), "{format}");
    }
    let there = run(&at, &["topics", "a.md", "-o", "c.md"]);
    assert!(crate::cli::err(&there).contains("this file exists already"), "{}", crate::cli::err(&there));
    printed(&at, &["topics", "a.md", "--format", "svg", "-o", "c.svg"]);
    printed(&at, &["topics", "a.md", "--format", "svg", "-o", "c.svg", "--force"]);
}

#[test]
fn a_list_closed_over_the_map_leaves_the_map() {
    let mut play = Play::bundled();
    play.keys("g m ? esc").shows("Topics and texts");
    play.keys(": esc").shows("Topics and texts");
}
