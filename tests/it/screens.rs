//! What a screen says at a glance: heads and joints whole at any width, why beside them, keys in their place, and what can
//! be done first.

use std::fs;

use diptych::app::message::Msg;
use diptych::app::scene::Scene;
use diptych::app::work::Job;
use diptych::app::work::weave::Weave;
use diptych::link::Side;
use diptych::wire::message::{Request, Where};
use ratatui::style::Modifier;

use crate::place::go;
use crate::play::Play;

/// Two texts of the reader's own.
fn own(columns: u16, left: &str, right: &str) -> (tempfile::TempDir, Play) {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str, content: &str| {
        let path = fs::canonicalize(dir.path()).unwrap().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (left, right) = (path("left.md", left), path("right.md", right));
    let play = Play::new(columns, 35, &left, &right);
    (dir, play)
}

/// What stands in the hinge, row by row.
fn hinge(play: &Play) -> Vec<String> {
    rows_in(play, play.app.areas().hinge.unwrap())
}

#[test]
fn a_joint_has_its_numbers_and_says_why_at_every_width() {
    for columns in [70, 80, 100, 120, 200] {
        let mut play = Play::bundled();
        play.resize(columns, 35).keys("t \"the_soviets\" enter");
        let numbers = [Side::Left, Side::Right].map(|side| play.passage(side)).map(|n| n.to_string());
        let rows = hinge(&play);
        let at = rows.iter().position(|row| row.contains(&numbers[0]) && row.contains(&numbers[1]));
        let at = at.unwrap_or_else(|| panic!("no joint at {columns}:\n{}", rows.join("\n")));
        assert!(rows[at].starts_with(['━', '═', '┈']) || columns == 70, "{:?}", rows[at]);
        let why = rows[at + 1].trim();
        let because = &play.app.hinge.joint().unwrap().counterpart().unwrap().because;
        let why = why.trim_end_matches('…').to_lowercase();
        let is_one = because.iter().any(|r| r.text.to_lowercase().contains(&why));
        assert!(!why.is_empty() && is_one, "{why:?} at {columns}");
    }
}

#[test]
fn a_long_title_gives_way_to_the_number_and_the_section_stands_on_the_rule() {
    let title = "A title that goes on and on ".repeat(12);
    let left = format!("---\ntitle: {title}\n---\n\n## The harvest\n\nBread was dear that winter.\n");
    for columns in [80, 120] {
        let (_dir, mut play) = own(columns, &left, "No heading at all stands here.\n\nNor here.\n");
        play.keys("g g");
        let screen = play.screen();
        assert!(
            screen[0].contains("A title") && screen[0].contains('…') && screen[0].contains("¶1/1"),
            "{}",
            screen[0]
        );
        assert!(screen[0].trim_end().ends_with("¶1/2"), "{}", screen[0]);
        assert!(screen[1].contains("§ The harvest") && screen[1].contains('◆'), "{}", screen[1]);
    }
}

#[test]
fn stacking_is_offered_where_two_panes_are_narrow_and_a_stacked_joint_is_drawn_as_strong_as_it_is() {
    let mut play = Play::bundled();
    assert!(!play.footer().contains("zs stack"));
    play.resize(85, 35);
    assert!(play.footer().contains("zs stack"), "{}", play.footer());
    play.keys("z s t \"the_soviets\" enter");
    let rule = |play: &Play| play.screen().into_iter().find(|row| row.starts_with(['━', '═', '┈'])).unwrap();
    assert!(rule(&play).starts_with("━━"), "{}", rule(&play));
    let first = play.app.hinge.joint().unwrap().counterpart().unwrap().because[0].text.to_lowercase();
    assert!(rule(&play).to_lowercase().contains(first.split(' ').next().unwrap()), "{}", rule(&play));
    play.keys("+").keys("enter");
    assert!(rule(&play).starts_with("══"), "{}", rule(&play));
}

#[test]
fn words_of_both_passages_are_lit_while_the_pair_is_held_and_why_points_at_them() {
    let left = "The miller weighed copper against barley.\n\nNobody came.\n";
    let right = "Rain fell.\n\nCopper and barley went to the miller first.\n";
    let (_dir, mut play) = own(120, left, right);
    play.keys("enter");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (1, 2));
    let lit = play.styled(Modifier::UNDERLINED);
    for word in ["miller", "copper", "Copper", "barley"] {
        assert!(lit.contains(word), "{word} in {lit:?}");
    }
    assert!(!lit.contains("weighed"), "{lit:?}");
    play.keys("w").shows("in tests,").hides("%");
    assert!(play.styled(Modifier::REVERSED).contains("barley"));
    // Where the page covers the pair, it shows the words in their places.
    play.resize(80, 24).shows("◧ ").shows("against barley").shows("Copper and barley");
}

#[test]
fn passages_without_common_wording_are_not_laid_out_word_by_word() {
    let (_dir, mut play) = own(120, "The miller weighed copper.\n", "Rain fell on the long road to town.\n");
    play.keys("g c").shows("no wording in common").hides("Word by word");
}

#[test]
fn news_stands_at_the_left_and_never_hides_the_keys() {
    let mut play = Play::bundled();
    let news = "a long story ".repeat(8);
    play.tell(diptych::app::message::Msg::Notice(diptych::text::clean::Clean::line(&news)));
    assert!(play.footer().contains("? help"), "{}", play.footer());
    play.shows(news.trim_end());
    play.keys("p").shows("nothing to step through: t topic, / search");
    let footer = play.footer();
    let half = footer.chars().count() / 2;
    assert!(footer.chars().skip(half).collect::<String>().contains("? help"), "{footer}");
    for (columns, rows) in [(40, 12), (20, 6), (16, 4), (1, 1)] {
        play.resize(columns, rows).tell(diptych::app::message::Msg::Notice(diptych::text::clean::Clean::line(&news)));
        play.screen();
    }
}

#[test]
fn two_texts_of_ones_own_begin_with_what_to_do() {
    let (_dir, mut play) = own(120, "Whales sing.\n", "The kettle is on.\n");
    let known = play.app.topics.codebook().topics().len();
    for (columns, rows) in [(120, 35), (80, 24)] {
        let footer = play.resize(columns, rows).footer();
        let said = format!("T makes a topic; none of the {known} known is here");
        assert!(footer.contains(&said), "{columns} columns: {footer}");
        assert!(footer.contains("? help"), "{footer}");
    }
    // A list without a topic to pick says so too.
    play.keys("t").shows("topics of the bundled library").shows("Esc, then T makes a topic of your own.");
    play.keys("esc T \"whale\"").shows("whale");
}

#[test]
fn tab_takes_a_proposal_only_in_the_list_of_topics() {
    let mut play = Play::bundled();
    play.keys("o");
    let chosen = |play: &Play| match play.app.screens.overlay() {
        Some(diptych::app::overlay::Overlay::Picker(picker)) => picker.selected,
        _ => panic!("no list"),
    };
    let before = chosen(&play);
    play.keys("tab");
    assert_eq!(chosen(&play), before + 1);
    play.keys("esc t \"zzzz\" tab").shows("no match").shows("zzzz");
}

#[test]
fn help_is_narrowed_by_what_is_typed_and_the_signs_come_early() {
    let mut play = Play::bundled();
    play.keys("?").shows("From point to counterpoint").shows("━14⇄22━").shows("type to narrow");
    play.keys("\"exchange\"").shows("Exchange left and right").hides("━14⇄22━").shows("› exchange");
    play.keys("\"zzz\"").shows("no match");
    play.keys("ctrl-u").shows("━14⇄22━");
    play.keys("end home pagedown esc").hides("type to narrow");
    play.keys("g m ?").shows("On the map");
}

#[test]
fn the_palette_says_what_cannot_be_done_now_and_why() {
    let mut play = Play::bundled();
    play.keys(": \"synopsis\"").shows("no topic is held").shows("Not possible now");
    play.keys("esc t \"the_soviets\" enter : \"synopsis\"").hides("Not possible now");
    play.keys("esc : \"undo\"").shows("nothing to undo");
}

#[test]
fn enter_on_the_map_keeps_the_open_pair_or_says_what_it_changes() {
    let mut play = Play::bundled();
    play.keys("g m g g").shows("reads on in The Party as Instrument and Power from Below");
    play.keys("enter");
    let names = |play: &Play| [Side::Left, Side::Right].map(|s| play.pane(s).open().unwrap().name.to_string());
    assert_eq!(names(&play), ["The Party as Instrument", "Power from Below"]);
    play.keys("g m l l l").shows("in place of");
    play.keys("enter").shows("in place of");
    assert_ne!(names(&play), ["The Party as Instrument", "Power from Below"]);
}

/// Whether a cell has dots of a thread in it.
fn is_thread(symbol: &str) -> bool {
    symbol.chars().all(|c| ('\u{2801}'..='\u{28ff}').contains(&c))
}

#[test]
fn the_loom_lays_both_texts_out_with_their_threads_and_enter_reads_there() {
    let mut play = Play::bundled();
    play.keys("g L").shows("The Party as Instrument").shows("Power from Below").shows(" threads");
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
    let threads = loom.threads.clone().unwrap();
    assert!(threads.len() > 5 && threads.iter().any(|thread| thread.topic.is_some()));
    assert!(play.buffer().content.iter().filter(|cell| is_thread(cell.symbol())).count() > 100);
    // The cursor goes from thread to thread, and Enter reads its pair.
    play.keys("g g n n");
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
    let here = loom.here(Side::Left)[0];
    play.shows(&format!("{}⇄{}", here.left, here.right));
    play.keys("tab");
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
    assert_eq!((loom.at, play.app.halves.focus()), (here.right, Side::Right));
    play.keys("tab enter");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (here.left.0, here.right.0));
    play.keys("g L esc").hides(" threads");
    play.keys("g L");
    for (columns, rows) in [(0, 0), (1, 1), (20, 5), (30, 10), (80, 24), (200, 55), (500, 200)] {
        play.resize(columns, rows).keys("j G k n p g g");
        play.screen();
    }
}

/// Two texts of many passages, some of which have words of their own in common.
fn long_pair() -> [String; 2] {
    let kinds = ["copper", "barley", "granite", "linen", "amber", "walnut", "saffron"];
    let text = |side: usize| {
        let passage = |n: usize| {
            // Each text has them in an order of its own: two versions of one work would be aligned.
            let n = if side == 1 { n } else { n * 391 % 1200 };
            let (kind, other) = (kinds[n % 7], kinds[n / 7 % 7]);
            format!("The clerk weighed {kind}{n} and {other}{} at the gate of house {side}{n}.\n\n", n / 3)
        };
        (0..1200).map(passage).collect::<String>()
    };
    [text(1), text(2)]
}

#[test]
fn the_loom_of_long_texts_has_its_columns_at_once_and_its_threads_as_they_come() {
    let [left, right] = long_pair();
    let (_dir, mut play) = own(120, &left, &right);
    play.hold_back = Some(|job: &Job| job.work::<Weave>().is_some());
    play.keys("g L").shows("¶1200").shows("weaving… 0%").hides("no thread");
    let job = play.held.pop().unwrap();
    let mut answers = play.work(job).into_iter();
    play.tell(answers.next().unwrap());
    let threads = |play: &Play| {
        let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
        (loom.threads.clone().unwrap(), loom.percent)
    };
    let (few, percent) = threads(&play);
    assert!((1..=8).contains(&few.len()) && percent.is_some(), "{}", few.len());
    play.shows("so far, weaving…").hides("no threads");
    // The first 64, told eight at a time, are from all over the text, and what is found first is found in the end.
    answers.by_ref().take(7).for_each(|answer| {
        play.tell(answer);
    });
    let (first, percent) = threads(&play);
    assert!((few.len() + 1..=64).contains(&first.len()) && percent.is_some(), "{}", first.len());
    assert!(first.iter().any(|thread| thread.left.0 < 400) && first.iter().any(|thread| thread.left.0 > 800));
    answers.for_each(|answer| {
        play.tell(answer);
    });
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
    let all = loom.threads.clone().unwrap();
    assert!(all.len() > first.len() && loom.percent.is_none());
    let ends: Vec<_> = all.iter().map(|thread| (thread.left, thread.right)).collect();
    assert!(first.iter().all(|thread| ends.contains(&(thread.left, thread.right))), "{first:?}");
    play.hides("weaving…");
    // What is known is not sought again, but where the reader has judged otherwise since.
    play.keys("esc g L").hides("weaving…");
    assert!(play.held.is_empty());
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
    assert_eq!(loom.threads.as_ref(), Some(&all));
    play.keys("esc + enter g L");
    assert_eq!(play.held.len(), 1);
}

#[test]
fn on_the_loom_two_versions_of_one_work_are_joined_level_and_what_was_moved_crosses() {
    let words = [
        "Copper was dear",
        "The miller slept",
        "Rain fell on the road",
        "Nobody sang that year",
        "The bridge gave way",
    ];
    let passages: Vec<String> =
        words.iter().map(|w| format!("{w}, and the clerk wrote it down in the long book of {}.", w.len())).collect();
    let text = |order: &[usize]| order.iter().map(|at| passages[*at].clone()).collect::<Vec<_>>().join("\n\n");
    let (_dir, mut play) = own(120, &text(&[0, 1, 2, 3, 4]), &text(&[0, 1, 2, 3, 4]));
    play.keys("g L");
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
    let pairs: Vec<(u32, u32)> = loom.threads.iter().flatten().map(|t| (t.left.0, t.right.0)).collect();
    assert_eq!(pairs, [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]);
}

#[test]
fn titles_that_half_the_row_has_room_for_are_whole_over_the_columns_of_the_loom() {
    for right in ["The councils of the harbour town", "Bread"] {
        let texts = ["The factories of the valley", right].map(|title| format!("# {title}\n\nOne.\n\nTwo.\n"));
        let (_dir, mut play) = own(80, &texts[0], &texts[1]);
        play.resize(80, 24).keys("g L");
        let head = &play.screen()[0];
        assert!(head.contains("The factories of the valley") && head.contains(right), "{head}");
        assert_eq!(head.matches("¶2").count(), 2, "{head}");
    }
}

#[test]
fn no_picture_shows_a_key_that_does_nothing() {
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pictures")).unwrap() {
        let path = file.unwrap().path();
        assert!(!fs::read_to_string(&path).unwrap().contains("does nothing"), "{}", path.display());
    }
}

#[test]
fn the_loom_stands_for_one_passage_and_for_none() {
    let (_dir, mut play) = own(80, "Only this.\n", "And that.\n\nMore of it.\n");
    play.keys("g L j k G tab enter");
    let mut play = Play::new(120, 35, "embedded:power-from-below", "");
    play.keys("g L").shows("the loom needs a text in both panes");
}

#[test]
fn the_tip_for_own_texts_stands_where_the_first_passage_has_a_counterpart_too() {
    let left = "The miller weighed copper against barley.\n\nNobody came.\n";
    let right = "Copper and barley went to the miller first.\n\nRain fell.\n";
    let (_dir, mut play) = own(120, left, right);
    assert!(play.app.hinge.joint().is_some_and(|joint| joint.counterpart().is_some()), "it has one");
    assert!(play.footer().contains("T makes a topic"), "{}", play.footer());
    play.keys("enter");
    assert!(!play.footer().contains("T makes a topic"), "{}", play.footer());
}

#[test]
fn a_pinned_pair_is_not_counted_as_another_passages() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    let pair = play.app.hinge.joint().unwrap().pair().unwrap();
    assert!(play.footer().contains("counterpart "), "{}", play.footer());
    play.keys("tab J");
    let footer = play.footer();
    assert!(footer.contains(&format!("pinned ¶{}⇄{}", pair.0, pair.1)), "{footer}");
    play.keys("J J J J");
    let footer = play.footer();
    assert!(footer.contains("as read"), "{footer}");
    assert!(!footer.contains("counterpart 2/") && !footer.contains("because"), "{footer}");
}

#[test]
fn the_pair_that_was_pinned_is_told_and_not_the_best_one() {
    let mut play = Play::bundled();
    let place = |passage| Some(Where { passage: Some(passage), ..Where::default() });
    play.tell(Msg::Asked { who: 1, request: Request::Go { left: place(9), right: place(5) } });
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (9, 5));
    assert!(!play.footer().contains('⇄'), "it is what is read: {}", play.footer());
    assert!(play.app.hinge.pinned() && play.app.hinge.pinned_elsewhere(&play.app.halves).is_none());
    assert!(play.app.snapshot().pairs.values().any(|pair| pair.pinned), "the next session finds it pinned");
    // Another passage of either side is not of it.
    play.keys("J J");
    assert!(play.footer().contains("pinned ¶9⇄5"), "{}", play.footer());
    // Another pair is not to be taken for it by the next session.
    assert!(!play.app.snapshot().pairs.values().any(|pair| pair.pinned));
    play.keys("x");
    assert!(play.footer().contains("pinned ¶5⇄9"), "{}", play.footer());
    play.keys("x z p");
    assert!(!play.footer().contains("pinned ¶"), "{}", play.footer());
}

#[test]
fn off_topic_is_not_silent_and_what_is_not_studied_yet_is_neither() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    let held = play.app.topics.held_id().unwrap().clone();
    let treated = |n: u32| {
        let passage = diptych::text::passage::PassageNo(n);
        play.app.halves.treatments(Side::Left, &held).iter().any(|t| t.contains(passage))
    };
    let off_here = (1..35).find(|n| !treated(*n)).unwrap();
    play.keys(&format!("z p {}", go(off_here))).shows("off topic").hides("silent");
    // A topic that was made a moment ago.
    let mut play = Play::bundled();
    play.hold_back = Some(|job| job.work::<diptych::app::work::study::StudyText>().is_some());
    play.keys("T \"Rails\" tab \"railway\" enter").hides("silent").shows("looking…");
    play.let_go();
    play.hides("looking…");
}

#[test]
fn the_loom_names_the_topics_at_the_cursor_and_no_others() {
    let mut play = Play::bundled();
    play.keys("g L n");
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!() };
    let topics = play.app.topics.codebook().topics();
    let here: Vec<&str> =
        loom.here(Side::Left).iter().filter_map(|t| Some(topics.get(t.topic?)?.name.as_str())).collect();
    let legend =
        play.screen().into_iter().rfind(|row| row.contains("─ ━ ") || row.contains("── ━")).unwrap_or_default();
    for topic in topics {
        assert_eq!(
            legend.contains(topic.name.as_str()),
            here.contains(&topic.name.as_str()),
            "{}: {legend}",
            topic.name
        );
    }
    assert!(!here.is_empty());
}

#[test]
fn on_a_wide_screen_a_list_is_a_drawer_that_cuts_no_line_of_the_text_beside_it() {
    let mut play = Play::bundled();
    play.resize(200, 50);
    let left = play.app.areas().panes.left.unwrap().whole;
    let before: Vec<String> = rows_in(&play, left);
    for keys in ["t", "c", "g n", ":", "o"] {
        play.keys(keys);
        let now = rows_in(&play, left);
        assert_eq!(before[2..now.len() - 1], now[2..now.len() - 1], "{keys}");
        assert!(play.screen().iter().any(|row| row.contains('╭')), "{keys}");
        play.keys("esc");
    }
    // It stands where the other pane is.
    play.keys("tab t");
    assert!(rows_in(&play, left)[0].contains('╭'));
    play.keys("esc").resize(120, 35);
    play.keys("t");
    assert!(play.screen()[0].find('╭').is_none());
}

fn rows_in(play: &Play, area: ratatui::layout::Rect) -> Vec<String> {
    let buffer = play.buffer();
    let row = |y| (area.left()..area.right()).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
    (area.top()..area.bottom()).map(row).collect()
}

#[test]
fn what_a_page_says_quietly_is_cut_on_no_width() {
    let (_dir, mut play) = own(120, "Whales sing.\n", "The kettle is on.\n");
    for columns in [30, 45, 80] {
        let page = play.resize(columns, 24).keys("w").screen();
        let inside = |row: &String| row.split('│').nth(1).map(|words| words.trim().to_owned());
        let said = page.iter().filter_map(inside).collect::<Vec<_>>().join(" ");
        assert!(said.contains("This is what was computed. - notes that you have checked it."), "{columns}: {said}");
        play.keys("esc");
    }
}
