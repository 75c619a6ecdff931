//! The seminar: a tour is made while reading, put in order, and presented.

use std::sync::Arc;
use std::time::Duration;

use diptych::app::message::Msg;
use diptych::app::scene::Scene;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;
use ratatui::style::Modifier;
use tempfile::TempDir;

use crate::cli::{err, out, printed, run};
use crate::play::Play;

/// A session on the bundled pair whose files are in `home`.
fn session(home: &TempDir) -> Play {
    let library = Library::new(Arc::new(Os), Some(Folders::under(home.path())));
    Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below")
}

/// A tour of two stops: the soviets, worker control; and the folder that keeps it.
fn prepared() -> (Play, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut play = session(&home);
    play.keys("t \"the_soviets\" enter P t \"worker_control\" enter P");
    (play, home)
}

fn passages(play: &Play) -> [u32; 2] {
    [Side::Left, Side::Right].map(|side| play.passage(side))
}

#[test]
fn pairs_become_stops_and_the_list_leads_to_them() {
    let (mut play, _home) = prepared();
    play.shows("stop 2 of the tour: Worker control; gr lists them");
    let second = passages(&play);
    play.keys("g r").shows("The soviets").shows("Worker control").shows("stop 1/2");
    play.keys("enter");
    assert_ne!(passages(&play), second);
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "soviets");
    play.keys("g r j enter");
    assert_eq!(passages(&play), second);
    // The key that presents from the panes does so from the list too.
    for keys in ["g r g p", "esc esc g r p"] {
        play.keys(keys);
        assert!(play.app.screens.is_presenting(), "{keys}");
    }
}

#[test]
fn the_next_session_has_the_tour_and_what_was_written_into_its_file_by_hand() {
    let (play, home) = prepared();
    let file = Folders::under(home.path()).of_library("embedded").join("tour.toml");
    let written = std::fs::read_to_string(&file).unwrap();
    drop(play);
    std::fs::write(
        &file,
        format!("title = \"An evening\"\n{}", written.replacen("[[stop]]", "[[stop]]\nminutes = 9", 1)),
    )
    .unwrap();
    let mut play = session(&home);
    play.keys("g r").shows("An evening").shows("9 min planned").shows("stop 1/2");
    // Another one writes to the file meanwhile: what is made here does not undo that.
    let now = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, now.replace("An evening", "A morning")).unwrap();
    play.keys("J");
    let after = std::fs::read_to_string(&file).unwrap();
    assert!(after.contains("A morning") && after.find("worker-control") < after.find("soviets"), "{after}");
}

#[test]
fn stops_are_moved_timed_and_taken_out_and_all_of_it_is_undone() {
    let (mut play, _home) = prepared();
    let names = |play: &Play| -> Vec<String> {
        play.app.touring.tour.stops.iter().map(|s| play.app.topics.name_of_stop(s)).collect()
    };
    play.keys("g r J");
    assert_eq!(names(&play), ["Worker control", "The soviets"]);
    play.shows("stop 2/2");
    play.keys("5 + k 3 +");
    play.shows("8 min planned");
    play.keys("d").shows("Worker control is no longer a stop; u undoes it");
    assert_eq!(names(&play), ["The soviets"]);
    play.keys("u u u u");
    assert_eq!(names(&play), ["The soviets", "Worker control"]);
    assert_eq!(play.app.touring.tour.minutes(), 0);
    play.keys("ctrl-r");
    assert_eq!(names(&play), ["Worker control", "The soviets"]);
}

#[test]
fn a_stop_has_a_remark_and_a_time() {
    let (mut play, _home) = prepared();
    play.keys("g r").shows("no remark yet; e writes one");
    play.keys("e").shows("Remark · stop 1");
    play.keys("\"Ask_the_room_first.\" enter \"Then_wait.\"");
    play.keys("ctrl-s").shows("Ask the room first.").shows("Then wait.").shows("the remark is kept");
    assert_eq!(play.app.touring.tour.stops[0].remark, "Ask the room first.\nThen wait.");
    play.keys("6 +").shows("6 min planned");
    // Leaving the editor keeps the words too: what was written is not lost by a wrong key.
    play.keys("e enter \"Or_not.\" esc").shows("Or not.");
    play.keys("u").hides("Or not.");
    play.keys("u u").shows("no remark yet").hides("min planned");
    assert!(play.app.notes.drafts().is_empty(), "no draft of a note is left");
}

#[test]
fn the_list_names_both_texts_and_shows_a_long_remark_whole() {
    let (mut play, _home) = prepared();
    play.keys("g r").shows("The Party as Instrument ¶").shows("⇄ Power from Below ¶");
    let lines: Vec<String> = (1..=9).map(|n| format!("\"Line_{n}.\"")).collect();
    play.keys(&format!("e {} ctrl-s", lines.join(" enter ")));
    for n in 1..=9 {
        play.shows(&format!("Line {n}."));
    }
    play.resize(60, 24).shows("The Party").shows("Power from");
    for rows in 1..50 {
        for columns in [1, 20, 50, 120] {
            play.resize(columns, rows).screen();
        }
    }
}

#[test]
fn title_and_silent_side_are_set_from_the_list() {
    let (play, home) = prepared();
    drop(play);
    // What treats the topic of a stop is not silent on it: here they have none.
    let file = Folders::under(home.path()).of_library("embedded").join("tour.toml");
    let lines = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = lines.lines().filter(|line| !line.starts_with("topic")).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let mut play = session(&home);
    play.keys("g r T \"Who_governs?\" enter").shows("Who governs?");
    let sides = |play: &Play| {
        let stop = &play.app.touring.tour.stops[0];
        (stop.left.is_some(), stop.right.is_some())
    };
    play.keys("s").shows("the right side is silent").shows("⇄ silent");
    assert_eq!(sides(&play), (true, false));
    play.keys("s");
    assert_eq!(sides(&play), (false, true));
    play.keys("s");
    assert_eq!(sides(&play), (true, true));
    play.keys("s u u u u u u").hides("Who governs?");
    assert_eq!(sides(&play), (true, true));
    // What was undone turns on from where it is now, with each passage on its own side.
    let whole = play.app.touring.tour.stops[0].clone();
    play.keys("s s u s").shows("the left side is silent");
    let stop = &play.app.touring.tour.stops[0];
    assert_eq!((&stop.left, &stop.right), (&None, &whole.right));
    play.keys("s").shows("neither side is silent");
    assert_eq!(play.app.touring.tour.stops[0], whole);
}

#[test]
fn the_minutes_of_the_whole_tour_are_shared_out() {
    let (mut play, _home) = prepared();
    let minutes = |play: &Play| play.app.touring.tour.stops.iter().map(|stop| stop.minutes).collect::<Vec<_>>();
    play.keys("g r = enter").shows("how many minutes is the tour to take?");
    play.keys("\"45\" enter").shows("45 min planned");
    assert_eq!(minutes(&play), [Some(23), Some(22)]);
    play.keys("u").hides("min planned");
    assert_eq!(minutes(&play), [None, None]);
    play.keys("d d =").shows("there is no stop to plan time for");
}

#[test]
fn a_stop_shows_its_title_then_left_then_right_then_the_next_stop() {
    let (mut play, _home) = prepared();
    play.keys("g r p").hides("· The Party as Instrument").shows("1/2");
    play.keys("space").shows("· The Party as Instrument").hides("· Power from Below");
    play.keys("space").shows("· Power from Below");
    play.keys("space").hides("· The Party as Instrument").shows("2/2");
    play.keys("space space space").shows("this is the last stop");
    play.keys("b b b").shows("1/2").shows("· Power from Below");
    play.keys("b b b").shows("this is the first stop");
}

#[test]
fn a_digression_is_one_key_there_and_one_key_back() {
    let (mut play, _home) = prepared();
    play.keys("g r p space space");
    let stop = passages(&play);
    play.keys("t \"kronstadt\" enter").shows("r back to The soviets");
    assert_ne!(passages(&play), stop);
    play.keys("r").hides("back to");
    assert_eq!(passages(&play), stop);
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "soviets");
    // Going on from a digression comes back first.
    play.keys("enter enter space").hides("back to");
    assert_eq!(passages(&play), stop);
}

#[test]
fn one_sentence_is_lit_at_a_time_and_the_screen_can_be_dark() {
    let (mut play, _home) = prepared();
    play.keys("g r p space s");
    let dim = |play: &Play| play.styled(Modifier::DIM);
    assert!(dim(&play).contains("An American") && !dim(&play).contains("On 27 February"));
    play.keys("s");
    assert!(!dim(&play).contains("An American") && dim(&play).contains("On 27 February"));
    play.keys("B");
    assert!(play.screen().iter().all(String::is_empty), "{:?}", play.screen());
    play.keys("space").shows("On 27 February");
    play.keys("esc");
    let is_dark = |words: &str| dim(&play).contains(words);
    assert!(
        !(is_dark("On 27 February") && is_dark("An American")),
        "the spotlight is out, the decisive sentences are lit"
    );
    play.keys("esc");
    assert!(matches!(play.app.screens.scene(), Scene::Tour(_)), "back in the list that it was begun from");
}

#[test]
fn the_time_is_told_quietly_and_can_be_off() {
    let (mut play, _home) = prepared();
    play.keys("g r 2 + p");
    play.tell(Msg::Clock(Duration::from_secs(100))).tell(Msg::Clock(Duration::from_secs(100 + 61)));
    play.shows("1/2 · 1/2 min · 1/2 in all");
    play.keys("c").hides("min");
}

#[test]
fn the_list_lies_over_a_presentation_that_goes_on() {
    let (mut play, _home) = prepared();
    play.keys("g r 2 + p");
    play.tell(Msg::Clock(Duration::from_secs(100))).tell(Msg::Clock(Duration::from_secs(100 + 61)));
    let stop = passages(&play);
    for key in ["r", "esc"] {
        play.keys("g r").shows("stop 1/2").shows("r back to 1/2");
        let told = play.app.shown();
        assert!(told.present.is_some_and(|present| present.away && present.taken == Some(61)));
        assert_eq!(told.tour.unwrap().stop, Some(1));
        play.keys(key).hides("back to").shows("1/2 min · 1/2 in all");
    }
    // The stop is followed where it is moved, and another one is gone to without beginning anew.
    play.keys("g r J").shows("r back to 2/2");
    play.keys("k enter").hides("back to");
    assert_ne!(passages(&play), stop);
    let told = play.app.shown();
    assert!(told.present.is_some_and(|p| !p.away && (p.taken, p.taken_here) == (Some(61), Some(0))));
    assert_eq!(told.tour.unwrap().stop, Some(1));
    // Where it is taken out, what is shown of it is a digression.
    play.keys("g r d").shows("r back to 1/1");
    play.keys("esc").shows("r back to The soviets");
    play.keys("r").hides("back to");
    assert_eq!(passages(&play), stop);
}

#[test]
fn without_a_tour_the_pair_that_is_read_is_presented() {
    let mut play = Play::bundled();
    play.keys("g r").shows("No stops yet.").shows("P adds the pair you are on");
    play.keys("esc g p space space").shows("¶1 · The Party as Instrument").shows("¶1 · Power from Below");
    play.keys("space").shows("this is the last stop");
}

#[test]
fn a_passage_that_is_gone_is_shown_with_the_words_it_had() {
    let (mut play, _home) = prepared();
    play.keys("g r");
    let anchor = play.app.touring.tour.stops[0].left.as_mut().unwrap();
    anchor.exact = "Words that stand nowhere in this text, and never stood there, whoever looks for them.".to_owned();
    (anchor.prefix, anchor.suffix, anchor.hash) = (String::new(), String::new(), 1);
    play.keys("p space").shows("This passage is not there any more");
    play.keys("space").shows("· Power from Below");
}

#[test]
fn a_passage_to_which_the_other_text_says_nothing_is_a_stop_too() {
    let home = tempfile::tempdir().unwrap();
    let mut play = session(&home);
    play.keys("tab o \"organisation\" enter tab t \"dual_power\" enter").shows("silent");
    play.keys("P");
    play.keys("g r").shows("silent");
    play.keys("p space space").shows("is silent here.");
}

#[test]
fn every_screen_of_the_seminar_stands_on_any_terminal() {
    let (mut play, _home) = prepared();
    for keys in ["g r", "p", "space", "space", "s"] {
        play.keys(keys);
        for (columns, rows) in [(0, 0), (1, 1), (30, 12), (30, 40), (80, 24), (120, 35), (500, 200)] {
            play.resize(columns, rows).screen();
        }
    }
    play.resize(30, 20).keys("esc").shows("· Power from Below");
    play.keys("tab").shows("¶15 · The Party");
}

#[test]
fn the_shell_prints_the_leaders_sheet_and_checks_that_every_passage_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let library = Library::new(Arc::new(Os), Some(Folders::under(&home)));
    let mut play = Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below");
    let none = run(dir.path(), &["tour", "print"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(
        err(&none).contains("there is no tour here; in the reader, P adds the pair you read to one"),
        "{}",
        err(&none)
    );
    play.keys("t \"the_soviets\" enter P g r 6 + e \"Who_recalls?\" ctrl-s");
    let sheet = printed(dir.path(), &["tour", "print", "--width", "60"]);
    for words in
        ["1 stop, 6 min", "The soviets", "0–6 min", "Who recalls?", "◧ The Party as Instrument ¶15", "On 27 February"]
    {
        assert!(sheet.contains(words), "{words}\n{sheet}");
    }
    let checked = printed(dir.path(), &["tour", "check"]);
    assert!(
        checked.contains("stop 1, The soviets: left embedded:the-party-as-instrument ¶15: exact (1.00)"),
        "{checked}"
    );
    let file = Folders::under(&home).of_library("embedded").join("tour.toml");
    let lost = std::fs::read_to_string(&file).unwrap().replace("On 27 February the tsar", "Xyzzy plugh frobnicates");
    let changed = |line: &str| if line.starts_with("hash") { "hash = \"1\"".to_owned() } else { line.to_owned() };
    let lost = lost.lines().map(changed).collect::<Vec<_>>().join("\n");
    std::fs::write(&file, lost.replace("two bodies stood up in its place", "Qwerty asdf zxcv")).unwrap();
    let checked = run(dir.path(), &["tour", "check"]);
    assert!(out(&checked).contains("changed (0."), "{}", out(&checked));
    std::fs::write(&file, "[[stop]\n").unwrap();
    let broken = run(dir.path(), &["tour", "check"]);
    assert!(err(&broken).contains("tour.toml:1:"), "{}", err(&broken));
}

#[test]
fn the_tour_is_handed_out_with_both_passages_whole_and_no_remark_unless_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    let library = Library::new(Arc::new(Os), Some(Folders::under(&home)));
    let mut play = Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("g r g h").shows("there is no stop to hand out");
    play.keys("esc t \"the_soviets\" enter P g r 6 + e \"Who_recalls?\" ctrl-s");
    let named = format!("g h \"{}\" enter", home.join("evening.html").to_str().unwrap());
    play.keys(&named).shows("the handout of the tour in");
    let page = std::fs::read_to_string(home.join("evening.html")).unwrap();
    assert!(page.contains("1. The soviets") && page.contains("0–6 min") && page.contains("¶15"), "{page}");
    assert!(!page.contains("Who recalls?"), "{page}");
    play.keys(&named).shows("is there already: replace it?");
    let print = |more: &[&str]| printed(dir.path(), &[&["tour", "print", "--format", "markdown"], more].concat());
    assert!(print(&[]).contains("**The Party as Instrument**, ¶15") && !print(&[]).contains("Who recalls?"));
    assert!(print(&["--remarks"]).contains("Who recalls?"));
    printed(dir.path(), &["tour", "print", "--format", "html", "-o", "again.html"]);
    assert_eq!(std::fs::read_to_string(dir.path().join("again.html")).unwrap(), page);
}

#[test]
fn a_text_that_is_gone_leaves_its_stop_with_the_words_it_had() {
    let dir = tempfile::tempdir().unwrap();
    let at = std::fs::canonicalize(dir.path()).unwrap();
    let path = |name: &str| at.join(name).to_str().unwrap().to_owned();
    for (name, words) in [
        ("topics.toml", "[[topic]]\nid = \"bread\"\nname = \"Bread\"\nterms = [\"bread\"]\n"),
        ("a.md", "# Alpha\n\nBread was dear that winter.\n"),
        ("b.md", "# Beta\n\nThe price of bread rose all winter.\n"),
        ("c.md", "# Gamma\n\nNobody spoke of it, bread or no bread.\n"),
    ] {
        std::fs::write(at.join(name), words).unwrap();
    }
    let library = || Library::new(Arc::new(Os), Some(Folders::under(&at.join("home"))));
    Play::keeping(library(), &path("a.md"), &path("b.md")).keys("t \"bread\" enter P");
    std::fs::remove_file(at.join("b.md")).unwrap();
    let mut play = Play::keeping(library(), &path("a.md"), &path("c.md"));
    play.keys("g r p space space");
    play.shows("b.md").shows("This passage is not there any more. It read: “The");
    play.shows("¶1 · Alpha").hides("Nobody spoke of it");
    // The next stop, or a way out, is a key away.
    play.keys("space").shows("this is the last stop");
    play.keys("esc").shows("Alpha");
    let sheet = printed(&at, &["tour", "print"]);
    assert!(sheet.contains("The price of bread rose all winter.") && sheet.contains("no such file"), "{sheet}");
    let checked = run(&at, &["tour", "check"]);
    assert!(checked.status.code() == Some(1) && out(&checked).contains("no such file"), "{}", out(&checked));
    // Changed, it is found again.
    std::fs::write(at.join("b.md"), "# Beta\n\nA word before.\n\nThe price of the bread rose all that winter.\n")
        .unwrap();
    let checked = printed(&at, &["tour", "check"]);
    assert!(checked.contains("right b.md ¶1: changed ("), "{checked}");
    let mut play = Play::keeping(library(), &path("a.md"), &path("b.md"));
    play.keys("g r p space space").shows("¶2 · Beta").hides("any more");
}

#[test]
fn without_colour_a_bar_stands_beside_the_lit_sentence() {
    let (mut play, _home) = prepared();
    play.keys("g r p space").hides("▌ On 27 February");
    play.keys("s").shows("▌ On 27 February the");
    play.keys("s");
    let screen = play.screen();
    let barred: Vec<&String> = screen.iter().filter(|row| row.contains('▌')).collect();
    assert!(barred.iter().any(|row| row.contains("An American")), "{barred:?}");
    play.keys("esc").hides("▌ On 27 February");
}

#[test]
fn a_narrow_projector_shows_the_way_back_before_the_time() {
    let (mut play, _home) = prepared();
    play.resize(30, 20).keys("g r p").shows("Space shows the passages");
    play.tell(Msg::Clock(Duration::from_secs(61))).tell(Msg::Clock(Duration::from_secs(200)));
    play.keys("space space t \"kronstadt\" enter");
    let row = play.screen().pop().unwrap();
    assert!(row.starts_with(" r back to The soviets"), "{row}");
    play.keys("r").shows("1/2");
}

#[test]
fn an_output_that_cannot_be_written_is_one_line_that_says_what_to_do() {
    let dir = crate::cli::library();
    let at = dir.path();
    std::fs::create_dir(at.join("folder")).unwrap();
    std::fs::write(at.join("there.html"), "mine").unwrap();
    let compare = ["compare", "bread.md", "soup.txt", "--format", "html"];
    let topics = ["topics", "bread.md", "soup.txt", "--format", "svg"];
    for command in [&compare[..], &topics[..]] {
        for (output, words) in [
            (
                &["-o", "there.html"][..],
                "there.html: this file exists already; name another, or replace it with --force",
            ),
            (&["-o", "folder"], "folder: this file exists already"),
            (&["-o", "folder", "--force"], "folder: cannot "),
            (&["-o", "bread.md/x.html"], "bread.md/x.html: cannot "),
            (&["-o", "bread.md/x.html", "--force"], "bread.md/x.html: cannot "),
            (&["--force"], "--output"),
        ] {
            let args: Vec<&str> = command.iter().chain(output).copied().collect();
            let run = run(at, &args);
            let said = err(&run);
            assert!(!run.status.success() && said.contains(words), "{args:?}: {said}");
            assert!(output == ["--force"] || said.trim_end().lines().count() == 1, "{args:?}: {said}");
        }
    }
    assert_eq!(std::fs::read_to_string(at.join("there.html")).unwrap(), "mine");
}

#[test]
fn a_digit_goes_to_a_stop_and_two_where_there_are_as_many() {
    let (mut play, _home) = prepared();
    play.keys("g r p space 2").shows("2/2").hides("· The Party as Instrument");
    play.keys("t \"kronstadt\" enter").shows("back to");
    play.keys("1").shows("1/2").hides("back to");
    play.keys("7").shows("the tour has 2 stops");
    play.keys("esc esc");
    for _ in 0..11 {
        play.keys("J P");
    }
    let count = play.app.touring.tour.stops.len();
    assert!(count >= 12, "{count}");
    play.keys("g r p 1").shows(&format!("1/{count}"));
    play.keys("2").shows(&format!("12/{count}"));
    play.keys("2").shows(&format!("2/{count}"));
    // Any other key ends the number.
    play.keys("1 space 2").shows(&format!(" 2/{count}"));
}

#[test]
fn it_begins_where_one_says_and_says_so() {
    let (mut play, _home) = prepared();
    play.keys("2 g p").shows("begins at stop 2 of 2").shows("2/2");
    play.keys("esc g r g g k k p").shows("Space shows the passages").shows("1/2");
    play.keys("esc esc 9 g p").shows("the tour has 2 stops");
    let dir = tempfile::tempdir().unwrap();
    let none = run(dir.path(), &["tour", "present", "--from", "0"]);
    assert_eq!(none.status.code(), Some(2), "{}", err(&none));
}

#[test]
fn one_passage_has_the_whole_width_until_both_are_asked_for() {
    let (mut play, _home) = prepared();
    play.keys("g r p space space");
    let wide = |play: &Play| play.screen().iter().map(|row| row.trim().chars().count()).max().unwrap();
    play.shows("· Power from Below").shows("Tab ¶15 · The Party as Instrument").hides("On 27 February");
    assert!(wide(&play) > 70, "{}", wide(&play));
    play.keys("tab").shows("On 27 February").shows("Tab ¶");
    play.keys("v").shows("On 27 February").shows("· Power from Below").hides("Tab ¶");
    play.keys("v").shows("Tab ¶");
}

#[test]
fn the_decisive_sentence_is_lit_without_colour_too() {
    let (mut play, _home) = prepared();
    play.keys("g r p space");
    let bold = play.styled(Modifier::BOLD);
    let barred = play.screen().into_iter().filter(|row| row.contains('▎')).collect::<Vec<_>>();
    assert!(!barred.is_empty() && barred.len() < 12, "{barred:?}");
    let words = barred[0].split('▎').nth(1).unwrap().split_whitespace().last().unwrap().to_owned();
    assert!(bold.contains(&words), "{words} in {bold}");
}

#[test]
fn a_search_and_the_map_are_digressions_too() {
    let (mut play, _home) = prepared();
    play.keys("g r p space space");
    let stop = passages(&play);
    play.keys("/ \"kronstadt\" enter").shows("r back to The soviets").shows("1/2");
    assert_ne!(passages(&play), stop);
    play.keys("r").hides("back to");
    assert_eq!(passages(&play), stop);
    play.keys("g m").shows("Topics");
    play.keys("esc").hides("back to").shows("1/2");
    assert!(matches!(play.app.screens.scene(), Scene::Present(_)));
    play.keys("g m j enter").shows("r back to The soviets");
    play.keys("r").hides("back to");
    assert_eq!(passages(&play), stop);
    play.keys("esc");
    assert!(matches!(play.app.screens.scene(), Scene::Tour(_)), "back in the list that it was begun from");
}

#[test]
fn large_letters_stand_beside_the_cells_and_are_paged_as_they_are() {
    let (mut play, _home) = prepared();
    play.resize(160, 48);
    play.tell(Msg::TextSizing).keys("g r p space");
    let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 160, 48));
    let mut beyond = diptych::view::Beyond::default();
    let theme = diptych::view::theme::Theme::new(diptych::view::theme::Ground::Dark, diptych::view::theme::Depth::Mono);
    diptych::view::draw_with(&play.app, &theme, &mut buffer, Some(&mut beyond));
    assert!(!beyond.sized.is_empty());
    let words: String = beyond.sized.iter().flat_map(|row| &row.parts).map(|(words, _)| words.as_str()).collect();
    assert!(words.contains("On 27 February"), "{words}");
    for pair in beyond.sized.windows(2) {
        assert!(pair[0].at.1 + pair[0].scale <= pair[1].at.1, "{pair:?}");
    }
    for row in &beyond.sized {
        let wide: usize = row.parts.iter().map(|(words, _)| words.chars().count()).sum();
        assert!(usize::from(row.at.0) + wide * usize::from(row.scale) <= 160 && row.at.1 + row.scale <= 48, "{row:?}");
    }
}
