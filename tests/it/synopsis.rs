//! The synopsis: what both texts say on a topic, row by row.

use std::sync::Arc;

use diptych::app::scene::Scene;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::embedded::TEXTS;
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::study::rows::{Standing, SynopsisRow};

use crate::cli::printed;
use crate::play::Play;

fn on_soviets() -> Play {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter g s");
    play
}

/// The rows on the screen.
fn rows(play: &Play) -> Vec<SynopsisRow> {
    let Scene::Synopsis(synopsis) = play.app.screens.scene() else { panic!("no synopsis") };
    synopsis.rows.clone().unwrap()
}

/// The synopsis, on a wide screen, of the first two bundled texts and topic whose rows are as asked for.
fn find(is: impl Fn(&[SynopsisRow]) -> bool) -> Option<Play> {
    for (left, right) in TEXTS.iter().enumerate().flat_map(|(at, left)| TEXTS[at + 1..].iter().map(move |r| (left, r)))
    {
        let [left, right] = [left, right].map(|text| format!("embedded:{}", text.stem));
        let mut play = Play::new(300, 400, &left, &right);
        play.keys("t \"the_soviets\" enter g s");
        for _ in 0..16 {
            if is(&rows(&play)) {
                return Some(play);
            }
            play.keys(".");
        }
    }
    None
}

/// The same, with rows of all of these standings.
fn on_kinds(kinds: [Standing; 2]) -> Play {
    let is = |all: &[SynopsisRow]| kinds.iter().all(|kind| all.iter().any(|row| row.standing() == *kind));
    find(is).unwrap_or_else(|| panic!("no topic of the bundled texts has rows of {kinds:?}"))
}

#[test]
fn only_a_topic_without_a_likely_pair_has_one_that_is_of_the_same_topic_only() {
    let guessed = |all: &[SynopsisRow]| {
        let count = |is: Standing| all.iter().filter(|row| row.standing() == is).count();
        count(Standing::SameTopic) > usize::from(count(Standing::Closest) == 0)
    };
    if let Some(play) = find(guessed) {
        panic!("{:?}", play.screen());
    }
}

/// Selects the first row of this standing.
fn select(play: &mut Play, standing: Standing) -> SynopsisRow {
    let rows = rows(play);
    let at = rows.iter().position(|row| row.standing() == standing).unwrap();
    play.keys("g g");
    while !matches!(play.app.screens.scene(), Scene::Synopsis(synopsis) if synopsis.selected == at) {
        play.keys("j");
    }
    rows[at].clone()
}

#[test]
fn counterparts_stand_level_and_what_is_alone_has_an_empty_place() {
    for kind in [Standing::Closest, Standing::SameTopic] {
        stand_level(on_kinds([kind, Standing::Alone]));
    }
}

fn stand_level(mut play: Play) {
    let all = rows(&play);
    let count = |is: Standing| all.iter().filter(|row| row.standing() == is).count();
    let (answered, same) = (count(Standing::Closest), count(Standing::SameTopic));
    let alone = |side| all.iter().filter(|r| r.pair().is_none() && r.on(side).is_some()).count();
    let (left, right) = (alone(Side::Left), alone(Side::Right));
    play.keys("g g");
    for (nth, row) in all.iter().enumerate() {
        play.shows(&format!("row {}/{}", nth + 1, all.len()));
        let pairs = if answered == 1 { "1 pair".to_owned() } else { format!("{answered} pairs") };
        let only = if same == 0 { String::new() } else { format!("{same} same topic only · ") };
        play.shows(&format!("{pairs} · {only}{left} left only, {right} right only"));
        let Some((left, right)) = row.pair() else {
            play.shows("nothing across");
            play.keys("j");
            continue;
        };
        let line = if row.standing() == Standing::SameTopic { "┈" } else { "━" };
        let joint = format!("{line}{left}⇄{right}{line}");
        let screen = play.shows(&joint).screen();
        let level = screen.iter().find(|row| row.contains(&joint)).unwrap();
        assert!(level.contains(&format!("¶{left} · ")) && level.contains(&format!("¶{right} · ")), "{level}");
        // Once in the counts, and once more of the row.
        let said = usize::from(same > 0) + usize::from(row.standing() == Standing::SameTopic);
        assert_eq!(play.footer().matches("same topic only").count(), said, "{}", play.footer());
        play.keys("j");
    }
}

#[test]
fn enter_reads_the_row_in_the_panes_and_esc_leaves_them_as_they_were() {
    let mut play = on_soviets();
    let before = [Side::Left, Side::Right].map(|s| play.passage(s));
    play.keys("G esc");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), before);
    let mut play = on_kinds([Standing::SameTopic, Standing::Alone]);
    play.resize(120, 35);
    let (left, right) = select(&mut play, Standing::SameTopic).pair().unwrap();
    play.keys("enter");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), [left.0, right.0]);
    play.shows("treatment");
    play.keys("g s");
    let alone = select(&mut play, Standing::Alone);
    let (said, silent, stays) = match alone.passage(Side::Left) {
        Some(_) => (Side::Left, Side::Right, right),
        None => (Side::Right, Side::Left, left),
    };
    play.keys("enter");
    assert_eq!(Some(play.passage(said)), alone.passage(said).map(|p| p.0));
    assert_eq!(play.passage(silent), stays.0, "the silent side stays");
    play.keys("H");
    assert_eq!(play.passage(Side::Left), left.0, "back takes the pair back");
}

#[test]
fn a_passage_taller_than_the_screen_is_scrolled_through_before_the_next_row() {
    let mut play = on_soviets();
    play.resize(80, 12).keys("g g");
    let mut seen = String::new();
    for _ in 0..400 {
        seen.push_str(&play.screen().join("\n"));
        play.keys("j");
    }
    let all = rows(&play);
    let text = play.pane(Side::Left).text().unwrap();
    let passage = text.passage_str(all[0].passage(Side::Left).unwrap());
    let words: Vec<&str> = passage.split_whitespace().collect();
    for words in [&words[..2].join(" "), words[words.len() - 2], &format!("row {0}/{0}", all.len())] {
        assert!(seen.contains(words), "{words:?} was never on the screen");
    }
    let mut back = play.screen();
    play.keys("space");
    assert_eq!(play.screen(), back, "the end is the end");
    for _ in 0..100 {
        play.keys("b");
    }
    back = play.screen();
    assert!(back.iter().any(|r| r.contains(&format!("row 1/{}", all.len()))), "{back:?}");
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
    let (left, right) = rows(&play)[0].pair().unwrap();
    play.resize(60, 90).keys("g g").shows(&format!("◧ ¶{left}")).shows(&format!("◨ ¶{right}"));
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
fn annotated(home: &tempfile::TempDir) -> (Play, [u32; 2]) {
    let library = Library::new(Arc::new(Os), Some(Folders::under(&home.path().join("home"))));
    let mut play = Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("t \"the_soviets\" enter g s g g enter");
    let pair = [Side::Left, Side::Right].map(|s| play.passage(s));
    play.keys("a \"Ask_who_moved_it\" ctrl-s A \"Both_*count*_heads\" ctrl-s + a tab tab \"on_October_<b>\" enter");
    (play, pair)
}

#[test]
fn what_the_reader_wrote_stands_between_the_rows() {
    let home = tempfile::tempdir().unwrap();
    let (mut play, [left, right]) = annotated(&home);
    play.keys("g s g g").shows("✎ ⇔ agrees · 2 notes · zn shows").hides("Ask who moved it").shows("zn notes");
    play.keys("z n").shows(&format!(" ¶{left} ⇔ ¶{right}  agrees: on October <b>")).shows(&format!("═{left}⇔{right}═"));
    play.shows(&format!("✎ ◧ ¶{left}  Ask who moved it"));
    play.shows(&format!("✎ ¶{left} ⇔ ¶{right}  Both *count* heads")).hides("zn shows");
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
    let (_, [left, right]) = annotated(&home);
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
    assert!(compared(&[]).contains(&format!("✎ ◧ ¶{left}: Ask who moved it")));
    let link = format!("Link of passage {left} on the left and passage {right} on the right: agrees.");
    assert!(compared(&["--linear"]).contains(&link));
    let page = compared(&["--format", "html", "--notes", "all"]);
    assert!(page.contains("on October") && !page.contains("October <b>"), "{page}");
    assert!(page.contains("Both <em>count</em> heads"), "{page}");
    assert!(compared(&["--format", "markdown"]).contains(&format!("**agrees** (¶{left} ⇔ ¶{right}): on October")));
    let remarks = &json_of(&compared(&["--format", "json"]))["topics"][0]["rows"][0]["remarks"];
    assert_eq!((&remarks[0]["relation"], &remarks[1]["relation"]), (&"agrees".into(), &serde_json::Value::Null));
}

#[test]
fn the_handout_of_the_reader_has_links_and_notes_only_when_asked() {
    let home = tempfile::tempdir().unwrap();
    let (mut play, _) = annotated(&home);
    let file = |name: &str| std::fs::canonicalize(home.path()).unwrap().join(name);
    let read = |name: &str| std::fs::read_to_string(file(name)).unwrap();
    for (key, name, has_note) in [("g h", "a.html", false), ("g H", "b.html", true), ("g h", "c.md", false)] {
        play.keys(&format!("{key} \"{}\" enter", file(name).display()));
        play.shows(&format!("the handout in {}", file(name).display()));
        let page = read(name);
        assert_eq!((page.contains("Ask who moved it"), page.contains("on October")), (has_note, true), "{name}");
        for topic in play.app.topics.codebook().topics() {
            assert!(page.contains(&topic.name), "{name}: {}", topic.name);
        }
    }
}

fn json_of(printed: &str) -> serde_json::Value {
    serde_json::from_str(printed).unwrap()
}
