//! The synopsis: what both texts say on a topic, row by row.

use std::sync::Arc;

use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;

use crate::cli::printed;
use crate::play::Play;

fn on_soviets() -> Play {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter g s");
    play
}

#[test]
fn counterparts_stand_level_and_what_is_alone_has_an_empty_place() {
    let mut play = on_soviets();
    play.keys("g g").shows("¶17").shows("┈17⇄31┈").shows("row 1/4").shows("same topic only");
    play.keys("j").shows("━18⇄11━").shows("1 answered · 1 same topic · 2 only ◧, 0 only ◨");
    play.keys("g g");
    let screen = play.screen();
    let level = screen.iter().find(|row| row.contains("17⇄31")).unwrap();
    assert!(level.contains("¶17 · ") && level.contains("¶31 · "), "{level}");
    play.keys("G").shows("nothing across from this").shows("row 4/4");
}

#[test]
fn enter_reads_the_row_in_the_panes_and_esc_leaves_them_as_they_were() {
    let mut play = on_soviets();
    let before = [Side::Left, Side::Right].map(|s| play.passage(s));
    play.keys("G esc");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), before);
    play.keys("g s g g enter");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), [17, 31]);
    play.shows("treatment");
    play.keys("g s G enter");
    assert_eq!(play.passage(Side::Right), 31, "the silent side stays");
    play.keys("H");
    assert_eq!(play.passage(Side::Left), 17, "back takes the pair back");
}

#[test]
fn a_passage_taller_than_the_screen_is_scrolled_through_before_the_next_row() {
    let mut play = on_soviets();
    play.resize(80, 12).keys("g g");
    let mut seen = String::new();
    for _ in 0..200 {
        seen.push_str(&play.screen().join("\n"));
        play.keys("j");
    }
    for words in ["No party invented", "invented.”", "row 4/4"] {
        assert!(seen.contains(words), "{words:?} was never on the screen");
    }
    let mut back = play.screen();
    play.keys("space");
    assert_eq!(play.screen(), back, "the end is the end");
    for _ in 0..50 {
        play.keys("b");
    }
    back = play.screen();
    assert!(back.iter().any(|r| r.contains("row 1/4")), "{back:?}");
}

#[test]
fn with_no_topic_held_it_asks_for_one_and_without_an_answer_goes_back() {
    let mut play = Play::bundled();
    play.keys("g s").shows("Topics");
    play.keys("\"worker_control\" enter").shows("Worker").shows("row ");
    let mut play = Play::bundled();
    play.keys("g s esc").shows("¶1/").hides("Topics");
}

#[test]
fn another_topic_is_a_key_away_and_narrow_screens_have_one_column() {
    let mut play = on_soviets();
    let first = play.footer();
    play.keys(".");
    assert_ne!(play.footer(), first);
    play.keys(",");
    assert_eq!(play.footer(), first);
    play.resize(60, 30).keys("g g").shows("◧ ¶17").shows("◨ ¶31");
    for (columns, rows) in [(1, 1), (20, 5), (0, 0), (500, 200)] {
        play.resize(columns, rows).keys("j k space b");
    }
}

#[test]
fn a_topic_neither_text_treats_says_so() {
    let mut play = Play::new(120, 35, "embedded:introduction", "embedded:introduction");
    play.keys("t \"worker_control\" enter g s").shows("Neither text treats Worker control");
}

/// A session on the bundled pair, in which a note, a note on the pair and a link were made on the soviets.
fn annotated(home: &tempfile::TempDir) -> Play {
    let library = Library::new(Arc::new(Os), Some(Folders::under(&home.path().join("home"))));
    let mut play = Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("t \"the_soviets\" enter g s g g enter");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), [17, 31]);
    play.keys("a \"Ask_who_moved_it\" ctrl-s A \"Both_*count*_heads\" ctrl-s + a tab tab \"on_October_<b>\" enter");
    play
}

#[test]
fn what_the_reader_wrote_stands_between_the_rows() {
    let home = tempfile::tempdir().unwrap();
    let mut play = annotated(&home);
    play.keys("g s g g").shows("✎ ⇔ agrees · 2 notes · zn shows").hides("Ask who moved it").shows("zn notes");
    play.keys("z n").shows(" ¶17 ⇔ ¶31  agrees: on October <b>").shows("═17⇔31═").shows("✎ ◧ ¶17  Ask who moved it");
    play.shows("✎ ¶17 ⇔ ¶31  Both *count* heads").hides("zn shows");
    play.keys("esc g s g g").shows("Ask who moved it");
    for (columns, rows) in [(60, 30), (30, 20), (1, 1), (500, 200), (80, 12)] {
        play.resize(columns, rows).keys("j k space b g g");
    }
    play.resize(60, 60).keys("g g").shows("Ask who moved it");
    play.resize(120, 35).keys("z n").hides("Ask who moved it");
    // Another topic: the note was written on this one.
    play.keys(".").hides("✎ ⇔");
    // Nothing written: said once, and the screen stays as it is.
    let mut play = on_soviets();
    play.keys("z n").shows("you have written nothing on these passages yet");
}

#[test]
fn a_comparison_is_printed_with_what_was_written_and_a_handout_keeps_notes_private() {
    let home = tempfile::tempdir().unwrap();
    annotated(&home);
    let compared = |args: &[&str]| {
        let args = ["compare", "embedded:the-party-as-instrument", "embedded:power-from-below", "--topic", "soviets"]
            .iter()
            .chain(args)
            .copied()
            .collect::<Vec<_>>();
        printed(home.path(), &args)
    };
    let (note, link) = ("Ask who moved it", "on October");
    for (args, has_note, has_link) in [
        (&["--width", "80"][..], true, true),
        (&["--linear"], true, true),
        (&["--format", "json"], true, true),
        (&["--notes", "links"], false, true),
        (&["--notes", "none"], false, false),
        (&["--format", "html"], false, true),
        (&["--format", "markdown"], false, true),
        (&["--format", "html", "--notes", "all"], true, true),
        (&["--format", "markdown", "--notes", "all"], true, true),
        (&["--format", "html", "--notes", "none"], false, false),
    ] {
        let printed = compared(args);
        assert_eq!((printed.contains(note), printed.contains(link)), (has_note, has_link), "{args:?}\n{printed}");
    }
    assert!(compared(&[]).contains("✎ ◧ ¶17: Ask who moved it"));
    assert!(compared(&["--linear"]).contains("Link of passage 17 on the left and passage 31 on the right: agrees."));
    let page = compared(&["--format", "html", "--notes", "all"]);
    assert!(page.contains("on October") && !page.contains("October <b>"), "{page}");
    assert!(page.contains("Both <em>count</em> heads"), "{page}");
    assert!(compared(&["--format", "markdown"]).contains("**agrees** (¶17 ⇔ ¶31): on October"));
    let remarks = &json_of(&compared(&["--format", "json"]))["topics"][0]["rows"][0]["remarks"];
    assert_eq!((&remarks[0]["relation"], &remarks[1]["relation"]), (&"agrees".into(), &serde_json::Value::Null));
}

#[test]
fn the_handout_of_the_reader_has_links_and_notes_only_when_asked() {
    let home = tempfile::tempdir().unwrap();
    let mut play = annotated(&home);
    let file = |name: &str| std::fs::canonicalize(home.path()).unwrap().join(name);
    let read = |name: &str| std::fs::read_to_string(file(name)).unwrap();
    for (key, name, has_note) in [("g h", "a.html", false), ("g H", "b.html", true), ("g h", "c.md", false)] {
        play.keys(&format!("{key} \"{}\" enter", file(name).display()));
        play.shows(&format!("the handout in {}", file(name).display()));
        let page = read(name);
        assert_eq!((page.contains("Ask who moved it"), page.contains("on October")), (has_note, true), "{name}");
        for topic in play.app.codebook.topics() {
            assert!(page.contains(&topic.name), "{name}: {}", topic.name);
        }
    }
}

fn json_of(printed: &str) -> serde_json::Value {
    serde_json::from_str(printed).unwrap()
}
