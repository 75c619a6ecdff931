//! A reader's own folder, told truly: what is never written over, what is counted, and what is said where it is not known yet.

use std::collections::VecDeque;
use std::fs;
use std::os::unix::fs::symlink;
use std::sync::Arc;

use diptych::app::App;
use diptych::app::key::Key;
use diptych::app::keymap::Keymap;
use diptych::app::message::Msg;
use diptych::app::room::{Heard, Role};
use diptych::app::scene::Scene;
use diptych::app::work::study::StudyText;
use diptych::model::settings::Settings;
use diptych::text::clean::Clean;

use crate::cli::{err, out};
use crate::play::Play;
use crate::shelf::{Own, names};
use crate::terminal::Terminal;

fn row_of<'s>(screen: &'s [String], words: &str) -> (usize, &'s str) {
    let found = screen.iter().enumerate().find(|(_, row)| row.contains(words));
    let (at, row) = found.unwrap_or_else(|| panic!("{words:?} is not on the screen:\n{}", screen.join("\n")));
    (at, row)
}

#[test]
fn an_export_takes_the_place_of_no_text_and_of_an_earlier_export_only_when_asked() {
    let own = Own::new();
    own.put("own/more/third.md", "# A Third\n\nNobody reads it today.\n");
    let before = |name: &str| fs::read_to_string(own.at(name)).unwrap();
    let texts = ["own/loaf.md", "own/more/third.md"];
    let were = texts.map(before);
    let mut play = own.read("own/loaf.md", "own/sea.md");
    let typed = |name: &str| format!("\"{}\" enter", own.at(name).display());
    for keys in ["g h", "g H"] {
        for text in texts {
            play.keys(keys).keys("ctrl-u").keys(&typed(text));
            play.shows("one of the texts").hides("replace it?");
        }
    }
    // Under another name it is the same file.
    symlink(own.at("own/loaf.md"), own.at("own/other.md")).unwrap();
    play.keys("g h ctrl-u").keys(&typed("own/other.md")).shows("one of the texts");
    assert_eq!(texts.map(before), were);
    // What was exported lies among the texts and is none.
    play.keys("g h ctrl-u").keys(&typed("own/handout.md")).shows("the handout in");
    play.keys("g h ctrl-u").keys(&typed("own/handout.md")).shows("replace it?");
    play.keys("\"y\" enter").shows("the handout in");
    let refused = own.run(&own.at("own"), &["compare", "loaf.md", "sea.md", "-o", "./loaf.md", "--force"]);
    assert!(err(&refused).contains("one of the texts") && !refused.status.success(), "{}", err(&refused));
    assert_eq!(texts.map(before), were);
}

#[test]
fn a_name_as_long_as_a_disk_takes_leaves_room_for_that_of_an_export() {
    let own = Own::new();
    let long = format!("own/{}.md", "n".repeat(252));
    own.put(&long, "# Long\n\nA name of 255 bytes is a name.\n");
    let mut play = own.read(&long, "own/sea.md");
    play.keys("g h");
    let name = play.app.halves.usual_file(diptych::model::exporting::Export::Handout);
    assert!(name.len() < 200 && name.ends_with("-sea.html"), "{name}");
    // What went wrong is told though the name has no room.
    play.keys("ctrl-u").keys(&format!("\"{}.doc\" enter", "n".repeat(300))).shows("end the name in");
}

#[test]
fn check_says_where_things_are_kept_and_of_which_library_only_what_is_not_plain() {
    let own = Own::new();
    own.make();
    own.put("own/topics.toml", "[[topic]]\nid = \"ovens\"\nname = \"Ovens\"\nterms = [\"oven\"]\n");
    own.put("own/more/third.md", "# A Third\n\nThe ovens again.\n");
    let checked = out(&own.run(&own.at("own"), &["check"]));
    assert!(checked.contains("beside these texts") && !checked.contains("its library is"), "{checked}");
    let below = out(&own.run(&own.at("own/more"), &["check", "third.md"]));
    assert!(below.contains("its library is"), "{below}");
    // What links lead to elsewhere is not used, so nothing is kept there.
    for name in ["links.toml", "tour.toml", "notes"] {
        fs::rename(own.at("own").join(name), own.at("").join(name)).unwrap();
        symlink(own.at("").join(name), own.at("own").join(name)).unwrap();
    }
    let led_out = out(&own.run(&own.at("own"), &["check"]));
    assert!(!led_out.contains("beside these texts"), "{led_out}");
    assert!(led_out.contains("links.toml") && led_out.contains("tour.toml"), "{led_out}");
}

#[test]
fn topics_of_ones_own_are_not_called_borrowed() {
    let own = Own::new();
    own.put("own/third.md", "# A Third\n\nThe ovens again.\n");
    let borrowed = err(&own.run(&own.at("own"), &["topics"]));
    assert!(borrowed.contains("no topics of their own"), "{borrowed}");
    own.put("own/topics.toml", "bundled = true\n\n[[topic]]\nid = \"ovens\"\nname = \"Ovens\"\nterms = [\"oven\"]\n");
    let own_topics = own.run(&own.at("own"), &["topics"]);
    assert!(out(&own_topics).contains("Ovens") && err(&own_topics).is_empty(), "{}", err(&own_topics));
    let wrong = err(&own.run(&own.at("own"), &["compare", "loaf.md", "sea.md", "--topics", "oven"]));
    assert!(wrong.contains("--topics oven: there is no topic"), "{wrong}");
}

#[test]
fn a_topic_that_was_just_made_is_looked_for_before_it_is_called_silent() {
    let own = Own::new();
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.hold_back = Some(|job| job.work::<StudyText>().is_some());
    play.keys("T \"ovens\" enter t \"ovens\"");
    let screen = play.screen();
    assert!(row_of(&screen, "▸ ovens").1.contains("… ┊ …"), "{}", screen.join("\n"));
    play.let_go();
    let screen = play.screen();
    assert!(row_of(&screen, "▸ ovens").1.contains("1 ┊ 1"), "{}", screen.join("\n"));
}

#[test]
fn one_hit_is_one_and_a_shelf_is_looked_for_before_it_is_called_empty() {
    let own = Own::new();
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("/ \"harbour\"").shows("1 ┊ 1 hit").hides("hits");
    play.keys("ctrl-u \"the\"").shows("hits");
    let mut app = App::new(Keymap::built_in().0, Settings::default(), Arc::default());
    app.begin_at_shelf();
    let mut waiting = Play::new(100, 30, "", "");
    waiting.app = app;
    waiting.hold_back = Some(|_| true);
    waiting.tell(Msg::Resize(100, 30));
    waiting.shows("being looked for").hides("no match");
}

#[test]
fn help_finds_what_is_called_so_before_what_only_says_it() {
    let mut play = Play::new(120, 55, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("? \"note\"");
    let screen = play.screen();
    let heading = |title: &str| screen.iter().position(|row| row.trim_matches(['│', ' ']) == title);
    let (notes, signs) = (heading("Notes"), heading("Signs"));
    assert!(notes.is_some_and(|notes| signs.is_none_or(|signs| notes < signs)), "{}", screen.join("\n"));
    // A key is found by itself, whatever groups are called.
    play.keys("ctrl-u \"gl\"");
    let screen = play.screen();
    assert!(row_of(&screen, "gl ").0 <= 3, "{}", screen.join("\n"));
    // Of a long line one sees what one writes.
    play.keys("ctrl-u").keys(&format!("\"{}end\"", "x".repeat(200))).shows("xend");
}

#[test]
fn of_a_row_with_one_side_the_words_are_what_is_selected() {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter g s G");
    let screen = play.screen();
    let (_, row) = screen.iter().enumerate().rfind(|(_, row)| row.contains("nothing across")).unwrap();
    assert_eq!(row.matches('▌').count(), 1, "{row}");
    assert!(row.find('▌') > row.find("nothing across"), "{row}");
}

#[test]
fn a_number_that_no_stop_has_leads_back_to_where_one_was() {
    let home = tempfile::tempdir().unwrap();
    let library = diptych::library::Library::new(
        Arc::new(diptych::library::disk::Os),
        Some(diptych::library::folders::Folders::under(home.path())),
    );
    let mut play = Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("t \"the_soviets\" enter P t \"worker_control\" enter P g r j p");
    let stop = |play: &Play| match play.app.screens.scene() {
        Scene::Present(present) => present.stop,
        _ => None,
    };
    assert_eq!(stop(&play), Some(1));
    play.keys("1");
    assert_eq!(stop(&play), Some(0));
    play.keys("2 1");
    assert_eq!(stop(&play), Some(0), "two numbers one after the other");
    play.keys("2 j 1 0");
    assert_eq!(stop(&play), Some(1), "the 1 of a 10 was not meant either");
}

#[test]
fn after_the_leader_has_gone_nobody_goes_on() {
    let mut leader = Play::bundled();
    leader.keys("9 G");
    let mut play = Play::bundled();
    play.lead_by(Role::Follower);
    play.tell(Msg::Led(Heard::Shown(Arc::new(leader.app.shown()))));
    play.tell(Msg::Led(Heard::Gone(Clean::line("the leader has gone; what was shown last stays here"))));
    play.keys("g F");
    let told = play.app.out.notice.as_ref().map_or("", |line| line.as_str()).to_owned();
    assert!(told.contains("the leader has gone") && !told.contains("goes on"), "{told}");
    play.keys("1 G g F");
    assert_eq!(play.passage(diptych::link::Side::Left), 9);
}

#[test]
fn links_without_a_name_in_two_folders_are_told_to_count_once() {
    let (anna, bert) = (Own::new(), Own::new());
    for own in [&anna, &bert] {
        own.make();
    }
    let [one, other] = [&anna, &bert].map(|own| own.at("own").to_str().unwrap().to_owned());
    let told = out(&anna.run(&anna.at(""), &["merge", &one, &other, "-o", "all"]));
    assert!(told.contains("without a name") && told.contains("NAME="), "{told}");
    let named =
        out(&anna.run(&anna.at(""), &["merge", &format!("Anna={one}"), &format!("Bert={other}"), "-o", "named"]));
    assert!(!named.contains("without a name"), "{named}");
    assert_eq!(names(&anna.at("all")).iter().filter(|name| *name == "links.toml").count(), 1);
}

#[test]
fn help_and_reasons_are_read_whole_on_thirty_columns() {
    let mut play = Play::new(30, 40, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("?").shows("Go to the next").shows("From point to count");
    let page = play.screen();
    // Nothing is cut by the frame: every word of a long line is there.
    play.keys("ctrl-u \"closest_first\"");
    let words = |play: &Play| {
        let rows = play.screen().into_iter().map(|row| row.trim_matches(['│', ' ', '▎', '█', '▌']).to_owned());
        rows.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = "the second of five passages of the other text that answer this one, the closest first";
    assert!(words(&play).contains(said), "{}\n{}", page.join("\n"), play.screen().join("\n"));
    play.keys("esc t \"the_soviets\" enter w");
    assert!(words(&play).contains("such pairs were right"), "{}", play.screen().join("\n"));
}

#[test]
fn a_source_that_is_a_text_of_the_library_opens_across() {
    let own = Own::new();
    own.put("own/loaf.md", "---\nsources:\n- Nobody, Bread, 1902\n- third.md\n---\n\n# The Loaf\n\nAll rise.\n");
    own.put("own/third.md", "# A Third\n\nThe ovens again.\n");
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("g o").shows("no address").shows("a text");
    play.keys("down enter");
    let name = |play: &Play| play.pane(diptych::link::Side::Right).open().unwrap().name.to_string();
    assert_eq!(name(&play), "A Third");
}

#[test]
fn a_thread_leads_to_a_pair_also_where_that_is_not_on_the_held_topic() {
    let mut play = Play::bundled();
    play.keys("t \"kronstadt\" enter g L");
    let held = play.app.topics.codebook().topics().iter().position(|topic| topic.id.as_str() == "kronstadt");
    let thread_here = |play: &Play| match play.app.screens.scene() {
        Scene::Loom(loom) => loom.here(diptych::link::Side::Left).first().copied(),
        _ => panic!("not on the loom"),
    };
    for _ in 0..60 {
        play.keys("n");
        if thread_here(&play).is_some_and(|thread| thread.topic != held) {
            break;
        }
    }
    let thread = thread_here(&play).unwrap();
    assert_ne!(thread.topic, held, "some thread is on another topic");
    play.keys("enter").hides("off topic").hides("No counterpart").shows("Kronstadt, so it is let go");
    assert_eq!(
        [diptych::link::Side::Left, diptych::link::Side::Right].map(|s| play.passage(s)),
        [thread.left.0, thread.right.0]
    );
    assert!(play.app.topics.held().is_none());
    play.keys("w").hides("No counterpart");
}

#[test]
fn passages_that_are_asked_for_stay_selected_when_the_other_text_has_been_read() {
    let (ranged, other) = ("embedded:the-party-as-instrument:3-5", "embedded:power-from-below");
    for (left, right) in [(ranged, other), (ranged, "")] {
        let play = Play::new(120, 35, left, right);
        let selection = play.app.halves.selection().unwrap_or_else(|| panic!("{left} {right}: {}", play.footer()));
        let text = play.pane(selection.side).text().unwrap();
        let passages = selection.passages(text).map(|(from, to)| (from.0, to.0));
        assert_eq!(passages, Some((3, 5)), "{left} {right}");
    }
}

#[test]
fn a_note_is_told_by_the_number_its_passage_has_now() {
    let own = Own::new();
    own.read("own/loaf.md", "own/sea.md").keys("a \"Early.\" ctrl-s");
    assert!(own.printed(&own.at("own"), &["notes", "list"]).contains("  ¶1 "));
    let words = fs::read_to_string(own.at("own/loaf.md")).unwrap();
    fs::write(own.at("own/loaf.md"), words.replacen("The bakers", "A new beginning was written.\n\nThe bakers", 1))
        .unwrap();
    assert!(own.printed(&own.at("own"), &["notes", "list"]).contains("  ¶2 "));
    let exported = own.printed(&own.at("own"), &["notes", "export", "--format", "markdown"]);
    assert!(exported.contains("¶2") && !exported.contains("¶1"), "{exported}");
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("g n").shows("◧ ¶2").hides("¶1 The bakers");
}

#[test]
fn what_is_not_searched_is_said_in_the_reader_in_the_words_of_the_shell() {
    let own = Own::new();
    fs::write(own.at("own/broken.txt"), [0, 159, 146, 150, 0, 0, 1, 2].repeat(40)).unwrap();
    let due = "not searched: 1 file that cannot be read as a text; `diptych check` says more";
    let told = |args: &[&str]| err(&own.run(&own.at("own"), args));
    assert!(told(&["search", "ovens"]).contains(due), "{}", told(&["search", "ovens"]));
    // The index knows all of it by now; then it has to take in a text first.
    for _ in 0..2 {
        let mut play = own.read("own/loaf.md", "own/sea.md");
        play.keys("g / \"ovens\" enter").shows("The Sea").shows(due);
        play.keys("esc esc").keys("1 G g a").shows("The Sea").shows(due);
        own.put("own/third.md", "# Third\n\nLong before three the ovens of the harbour slept.\n");
    }
}

#[test]
fn letters_typed_before_a_screen_is_shown_are_one_question_and_all_of_them_are_taken() {
    let own = Own::new();
    let keys = |letters: &str| -> VecDeque<Msg> {
        letters.chars().map(|c| Msg::Key(if c == '\n' { "enter".parse().unwrap() } else { Key::char(c) })).collect()
    };
    let typed = |letters: &str, together: bool| {
        let mut play = own.read("own/loaf.md", "own/sea.md");
        let (mut due, mut times) = (keys(letters), 0);
        while let Some(first) = due.pop_front() {
            let message = if together { play.app.with_typed(first, &mut due) } else { first };
            play.tell(message);
            times += 1;
        }
        (play.screen(), times)
    };
    for letters in [":next top", "jj:help", ":12 no such command at all", "o:e sea.md", ":3\nj:2\n"] {
        let (one_by_one, many) = typed(letters, false);
        let (together, few) = typed(letters, true);
        assert_eq!(together, one_by_one, "{letters:?}");
        assert!(few <= many, "{letters:?}");
    }
    assert_eq!(typed(&format!(":{}", "letters ".repeat(25)), true).1, 2);
}

#[test]
fn what_cannot_be_read_is_not_put_beside_the_text_that_was_chosen() {
    let home = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("a-broken.txt", [0, 159, 146, 150].repeat(80)),
        ("locks.md", b"# Of Locks\n\nThe lock was shut.\n".to_vec()),
        ("rails.md", b"# Of Rails\n\nThe rails were laid.\n".to_vec()),
        ("z-broken.txt", [0, 159, 146, 150].repeat(90)),
    ] {
        fs::write(home.path().join(name), content).unwrap();
    }
    let mut terminal = Terminal::at_home(home, &[], "xterm-256color");
    terminal.until("z-broken.txt");
    terminal.keys("rails\r");
    terminal.until_at("Of Locks", 1);
    terminal.until_at("Of Rails", 1);
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}
