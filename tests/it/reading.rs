//! Reading: keys in, screen out, on the bundled library.

use diptych::app::key::{Key, Named};
use diptych::app::message::{MouseAct, Msg};
use diptych::app::work::search::SearchText;
use diptych::link::Side;
use diptych::model::open::Shelved;
use diptych::model::settings::Sync;
use ratatui::style::Modifier;

use crate::play::{Play, answers_of};

#[test]
fn two_texts_are_shown_side_by_side_with_the_next_keys() {
    let play = Play::bundled();
    play.shows_at("The Party as Instrument", 1).shows_at("Power from Below", 1);
    let footer = play.footer();
    for hint in ["t topics", "Enter counterpart", "? help"] {
        assert!(footer.contains(hint), "{footer}");
    }
}

#[test]
fn scrolling_keeps_the_passages_of_the_screen_in_order_and_comes_back() {
    let mut play = Play::bundled();
    let left =
        |play: &Play| play.screen()[2..30].iter().map(|r| r.split('┊').next().unwrap_or("").to_owned()).collect();
    let top: Vec<String> = left(&play);
    play.keys("3 0 j");
    let scrolled: Vec<String> = left(&play);
    assert_ne!(top, scrolled);
    play.keys("3 0 k");
    assert_eq!(left(&play), top);
    play.keys("space space b b");
    assert_eq!(left(&play), top);
}

#[test]
fn the_reading_line_slides_at_both_ends() {
    let mut play = Play::bundled();
    assert_eq!(play.pane(Side::Left).line, 0);
    play.keys("G");
    let pane = play.pane(Side::Left);
    assert_eq!(pane.line, pane.viewport.height - 1);
    let last = pane.text().unwrap().passage_count() as u32;
    assert_eq!(play.passage(Side::Left), last);
    play.keys("g g");
    assert_eq!((play.passage(Side::Left), play.pane(Side::Left).line), (1, 0));
}

#[test]
fn a_count_goes_to_a_passage_and_past_the_end_says_so() {
    let mut play = Play::bundled();
    play.keys("1 2");
    assert!(play.footer().contains("12"), "{}", play.footer());
    play.keys("G");
    assert_eq!(play.passage(Side::Left), 12);
    play.keys("9 9 9 9 G").shows("this text ends with ¶");
}

#[test]
fn picking_a_topic_sets_a_pair_level_and_n_walks_its_treatments() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\"").shows("The soviets");
    play.keys("enter");
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "soviets");
    assert!(play.app.hinge.pinned());
    let [left, right] = [Side::Left, Side::Right].map(|s| (play.pane(s).line, play.passage(s)));
    assert_eq!(left.0, right.0, "the pair is level");
    play.shows("The soviets · treatment");
    let treatment = |play: &Play| play.app.halves.treatment_here(&play.app.topics, Side::Left).unwrap();
    let before = treatment(&play);
    play.keys("n");
    assert_ne!(treatment(&play), before);
    play.keys("p");
    assert_eq!(treatment(&play), before);
}

#[test]
fn enter_steps_through_the_counterparts_of_the_leading_passage() {
    let mut play = Play::bundled();
    play.keys("t \"worker_control\" enter");
    let lead = play.passage(Side::Left);
    let found = play.app.hinge.joint().unwrap().found.as_ref().unwrap().len();
    assert!(found >= 1);
    play.keys("enter");
    assert_eq!(play.passage(Side::Left), lead, "the leading pane stays");
    let joint = play.app.hinge.joint().unwrap();
    assert_eq!(Some(joint.counterpart().unwrap().passage.0), Some(play.passage(Side::Right)));
    // It is called what it is: a closer one, or one that treats the topic and no more.
    let what = if joint.counterpart().unwrap().is_likely() { "counterpart" } else { "same topic only" };
    play.shows(&format!("{what} {}/{found}", joint.at + 1));
}

#[test]
fn the_focused_pane_never_moves_by_itself_and_changing_focus_moves_nothing() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    let places = [Side::Left, Side::Right].map(|s| play.pane(s).place);
    play.keys("tab tab l h s s s");
    assert_eq!([Side::Left, Side::Right].map(|s| play.pane(s).place), places);
    play.keys("l 5 j");
    assert_eq!(play.pane(Side::Left).place, places[0], "a pinned pair stays");
}

#[test]
fn topic_sync_follows_when_scrolling_settles_and_scroll_sync_keeps_the_distance() {
    let mut play = Play::bundled();
    play.keys("2 0 G");
    assert_eq!(play.app.hinge.sync(), Sync::Topic);
    let joint = play.app.hinge.joint().cloned().expect("counterparts of the passage itself");
    if let Some(counterpart) = joint.counterpart() {
        assert_eq!(play.passage(Side::Right), counterpart.passage.0);
    }
    play.keys("s");
    assert_eq!(play.app.hinge.sync(), Sync::Scroll);
    let right = play.pane(Side::Right).place;
    play.keys("6 j");
    assert!(play.pane(Side::Right).place > right);
    play.keys("6 k");
    assert_eq!(play.pane(Side::Right).place, right);
}

#[test]
fn a_topic_that_one_text_does_not_treat_is_silence_not_a_bad_match() {
    let mut play = Play::new(120, 35, "embedded:the-party-as-instrument", "embedded:what-organisation-is-for");
    let right = play.pane(Side::Right).place;
    play.keys("t \"dual_power\" enter");
    assert_eq!(play.pane(Side::Right).place, right, "the silent text stays");
    play.shows("silent on Dual power").shows("silent");
    assert!(play.app.hinge.joint().is_none_or(diptych::app::hinge::joint::Joint::is_silent));
}

#[test]
fn a_topic_comes_back_to_the_pair_last_read() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter n");
    let read = [Side::Left, Side::Right].map(|s| play.passage(s));
    play.keys("t \"the_state\" enter t \"the_soviets\" enter");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), read);
}

#[test]
fn why_names_the_reasons_and_the_runners_up() {
    let mut play = Play::bundled();
    play.keys("t \"worker_control\" enter w").shows("Why this counterpart").shows("Because both have");
    play.keys("esc").hides("Because both have");
}

#[test]
fn search_counts_in_both_panes_walks_and_is_dropped_by_esc() {
    let mut play = Play::bundled();
    let place = play.pane(Side::Left).place;
    play.keys("/ \"insurrection\"").shows(" hits");
    assert!(play.styled(Modifier::REVERSED).to_lowercase().contains("insurrection"));
    play.keys("esc");
    assert_eq!(play.pane(Side::Left).place, place, "an abandoned search goes back");
    play.keys("/ \"soviet\" enter");
    let first = play.pane(Side::Left).place;
    play.shows("“soviet” · hit 1/");
    play.keys("n");
    assert!(play.pane(Side::Left).place > first);
    play.keys("p");
    assert_eq!(play.pane(Side::Left).place, first);
    play.keys("esc").hides("“soviet”");
}

#[test]
fn a_search_can_be_a_pattern_and_says_what_is_wrong_with_one() {
    let mut play = Play::bundled();
    play.keys("/ ctrl-r \"1(9|8)1[78]\"").shows("pattern /").shows(" hits");
    play.keys("ctrl-u \"a(\"").shows("unclosed group");
    play.keys("enter").shows("neither text has “a(”");
}

#[test]
fn a_pattern_that_runs_on_in_one_huge_paragraph_is_left_off_with_esc() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("one.md");
    std::fs::write(&file, "Many words of one paragraph, and 7 more. ".repeat(100_000)).unwrap();
    let mut play = Play::new(120, 35, file.to_str().unwrap(), "");
    play.hold_back = Some(|job| job.work::<SearchText>().is_some_and(|asked| !asked.query.words.is_empty()));
    play.keys("/ ctrl-r \"(\\w+\\W+){9}zz\"");
    let job = play.held.pop().unwrap();
    assert!(job.is_wanted());
    let (library, seen) = (&play.library, std::sync::atomic::AtomicBool::new(false));
    let app = &mut play.app;
    std::thread::scope(|threads| {
        let done = threads.spawn(|| {
            seen.store(true, std::sync::atomic::Ordering::SeqCst);
            answers_of(library, job).len()
        });
        while !seen.load(std::sync::atomic::Ordering::SeqCst) {
            std::thread::yield_now();
        }
        app.update(Msg::Key(Key::named(Named::Esc)));
        assert_eq!(done.join().unwrap(), 0, "a search that was left off has no answer");
    });
    play.hides("zz").shows("Many words");
}

#[test]
fn contents_lists_sections_with_their_sizes_and_goes_there() {
    let mut play = Play::bundled();
    play.keys("c").shows("Contents").shows("¶¶ 2–");
    play.keys("down down enter");
    assert!(play.passage(Side::Left) > 1);
}

#[test]
fn a_footnote_opens_over_the_text_leads_there_and_back() {
    let mut play = Play::bundled();
    let text = play.pane(Side::Left).text().unwrap();
    let cites = text.spans().iter().find(|s| matches!(s.kind, diptych::text::span::SpanKind::NoteRef(_))).unwrap();
    let passage = text.numbering().passage_near(text.block_at(cites.start()).unwrap()).unwrap();
    for c in passage.0.to_string().chars() {
        play.tell(Msg::Key(Key::char(c)));
    }
    play.keys("G f").shows("╭─ Note ");
    let before = play.pane(Side::Left).place;
    play.keys("enter");
    assert!(play.pane(Side::Left).place > before);
    play.keys("H");
    assert_eq!(play.pane(Side::Left).place, before);
}

#[test]
fn marks_and_history_restore_both_panes() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter m a");
    let marked = [Side::Left, Side::Right].map(|s| play.passage(s));
    play.keys("t \"trade_unions\" enter");
    assert_ne!([Side::Left, Side::Right].map(|s| play.passage(s)), marked);
    play.keys("' a");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), marked);
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "soviets");
    play.keys("H");
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "trade-unions");
    play.keys("L");
    assert_eq!([Side::Left, Side::Right].map(|s| play.passage(s)), marked);
}

#[test]
fn a_selection_grows_shrinks_and_is_copied_with_its_citation() {
    let mut play = Play::bundled();
    play.keys("5 G v");
    let sentence = play.app.halves.selection().cloned().unwrap().range;
    play.keys(")");
    let two = play.app.halves.selection().cloned().unwrap().range;
    assert!(two.len() > sentence.len() && two.start == sentence.start);
    play.keys("(");
    assert_eq!(play.app.halves.selection().cloned().unwrap().range, sentence);
    play.keys("b");
    let shorter = play.app.halves.selection().cloned().unwrap().range;
    play.keys("b w");
    assert_eq!(play.app.halves.selection().cloned().unwrap().range, shorter);
    play.keys(") o (");
    assert!(
        play.app.halves.selection().cloned().unwrap().range.start > sentence.start || sentence.start == shorter.start
    );
    play.keys("esc v");
    play.keys("y");
    let copied = play.copied.pop().unwrap();
    assert!(
        copied.starts_with('“') && copied.contains("Diptych contributors, *The Party as Instrument*, 2026-11-21, ¶5"),
        "{copied}"
    );
    assert!(play.app.halves.selection().is_none());
}

#[test]
fn a_copied_pair_names_the_command_that_opens_it_again() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter y p");
    let copied = play.copied.pop().unwrap();
    let [left, right] = [Side::Left, Side::Right].map(|s| play.passage(s));
    let link = format!("diptych embedded:the-party-as-instrument:{left} embedded:power-from-below:{right}");
    assert!(copied.ends_with(&format!("{link}\n")), "{copied}");
    let again = Play::new(
        120,
        35,
        &format!("embedded:the-party-as-instrument:{left}"),
        &format!("embedded:power-from-below:{right}"),
    );
    assert_eq!([Side::Left, Side::Right].map(|s| again.passage(s)), [left, right]);
}

#[test]
fn a_third_text_comes_in_across_without_losing_topic_or_place() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    let here = play.pane(Side::Left).place;
    play.keys("O");
    assert_eq!(play.pane(Side::Left).place, here);
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "soviets");
    assert_ne!(play.pane(Side::Right).open().unwrap().request, "embedded:power-from-below");
    play.keys("H");
    assert_eq!(play.pane(Side::Right).open().unwrap().request, "embedded:power-from-below");
}

#[test]
fn a_third_text_that_is_silent_on_the_topic_is_passed_over() {
    let mut play = Play::bundled();
    let without = |t: &&Shelved| t.request != "embedded:power-from-below";
    play.app.shelf.fill(play.app.shelf.texts().iter().filter(without).cloned().collect());
    play.keys("t \"dual_power\" enter O");
    let request = |play: &Play| play.pane(Side::Right).open().unwrap().request.clone();
    assert_eq!(request(&play), "embedded:biography-of-a-slogan", "the only other one that treats it");
    play.shows("Biography of a Slogan on Dual power");
    play.keys("O");
    assert_eq!(request(&play), "embedded:biography-of-a-slogan");
    play.shows("no other text of this library treats Dual power");
}

#[test]
fn why_leaves_the_pair_in_sight_where_there_is_room() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    let reading = play.screen();
    play.keys("w").shows("Why this counterpart");
    let [upper, lower] = [&reading[..17], &play.screen()[..17]];
    assert_eq!(upper, lower, "the upper half is as it was");
    play.resize(100, 29).shows("Why this counterpart");
    play.resize(80, 24).shows("Why this counterpart");
}

#[test]
fn swap_exchanges_texts_and_places() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    let before = [Side::Left, Side::Right].map(|s| (play.pane(s).open().unwrap().request.clone(), play.passage(s)));
    play.keys("x");
    let after = [Side::Right, Side::Left].map(|s| (play.pane(s).open().unwrap().request.clone(), play.passage(s)));
    assert_eq!(before, after);
}

#[test]
fn solo_stack_and_narrow_screens_show_what_fits() {
    let mut play = Play::bundled();
    play.keys("z o").shows("The Party as Instrument").hides("Power from Below");
    play.keys("tab").shows("Power from Below");
    play.keys("z o z s").shows("The Party as Instrument").shows("Power from Below");
    play.keys("z s").resize(60, 40).shows("The Party as Instrument").shows("Power from Below");
    play.resize(25, 12).shows("▸ Power");
}

#[test]
fn a_resize_keeps_the_place_at_every_size() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter 3 j");
    let places = [Side::Left, Side::Right].map(|s| play.pane(s).place);
    for (columns, rows) in [(1, 1), (200, 55), (2, 300), (80, 24), (71, 3), (500, 200), (120, 35)] {
        play.resize(columns, rows);
        play.screen();
        let now = [Side::Left, Side::Right].map(|s| play.pane(s).place);
        assert_eq!(now, places, "at {columns}×{rows}");
    }
}

#[test]
fn the_mouse_scrolls_focuses_and_steps() {
    let mut play = Play::bundled();
    play.tell(Msg::Mouse { act: MouseAct::Click, column: 100, row: 10 });
    assert_eq!(play.app.halves.focus(), Side::Right);
    let left = play.pane(Side::Left).place;
    for _ in 0..6 {
        play.tell(Msg::Mouse { act: MouseAct::WheelDown, column: 10, row: 10 });
    }
    assert!(play.pane(Side::Left).place > left);
    assert_eq!(play.app.halves.focus(), Side::Right);
}

#[test]
fn esc_closes_one_thing_at_a_time_and_never_the_program() {
    let mut play = Play::bundled();
    play.keys("/ \"soviet\" enter v");
    assert!(play.app.halves.selection().is_some() && play.app.search.is_some());
    play.keys("esc");
    assert!(play.app.halves.selection().is_none() && play.app.search.is_some());
    play.keys("esc");
    assert!(play.app.search.is_none());
    play.keys("g esc esc esc");
    assert!(!play.ended && play.app.keys.chord().is_empty());
    play.keys("q");
    assert!(play.ended);
}

#[test]
fn a_half_typed_chord_shows_what_can_follow() {
    let mut play = Play::bundled();
    play.keys("z");
    for hint in ["z level", "o solo", "s stack"] {
        play.shows(hint);
    }
}

#[test]
fn the_next_text_that_cannot_be_read_leaves_the_pane_as_it_is() {
    let mut play = Play::bundled();
    play.app.open_text(Side::Left, "/nowhere/at/all.md");
    let effects = play.app.out.take_effects();
    assert!(!effects.is_empty());
    let play = Play::new(120, 35, "/nowhere/at/all.md", "embedded:power-from-below");
    play.shows("This pane has no text.").shows("all.md").shows("Power from Below");
}

#[test]
fn the_cells_of_a_table_stand_in_columns_where_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("table.md");
    let source = "| Year | Members | Said |\n| --- | --- | --- |\n| 1903 | 8,000 | few |\n| 1917 |  | *two* |\n";
    std::fs::write(&path, source).unwrap();
    let path = path.to_str().unwrap();
    let mut play = Play::new(120, 35, path, path);
    play.shows("Year   Members   Said").shows("1903   8,000     few").shows("1917             two");
    // A table that is wider than the pane is read as running rows.
    play.resize(24, 24).hides("Year   Members").shows("Members");
}
