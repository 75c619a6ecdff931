//! A new reader with two texts of their own: what these share comes first everywhere, what others wrote for other texts is
//! out of the way, and what is made of them is in every list and on every page.

use std::fs;

use diptych::app::map::Charted;
use diptych::app::message::Msg;
use diptych::app::scene::Scene;
use diptych::app::work::Job;
use diptych::app::work::chart::Chart;
use diptych::app::work::counterparts::Counterparts;
use diptych::app::work::load::Load;
use diptych::app::work::suggest::Suggest;
use diptych::app::work::synopsis::FindRows;
use diptych::library::shelf;
use diptych::library::walk::Reach;
use diptych::link::Side;
use diptych::model::exporting::Export;
use diptych::text::clean::Clean;
use diptych::text::passage::PassageNo;
use diptych::view::lines::Heard;
use diptych::view::signs::Signs;

use crate::cli::out;
use crate::play::Play;
use crate::shelf::Own;

const LOCKS: &str = "# The Lock and the Barge\n\nBy Marta Ostrow\n\n## Tolls\n\nThe toll was paid at every lock, and \
                     the barge that could not pay the toll waited until Sunday. Nobody remembered who had set it.\n\n\
                     A toll is a wall with a price on it, said the boatmen, who loved neither.\n\n## Ice\n\nIn January the \
                     ice closed the lower canal. Carters came down from the hills and carried the flour by sledge.\n\n\
                     ## Horses\n\nA horse pulled thirty tons along the towpath, and slept standing in the reeds.\n\nThe \
                     surgeon wrote: \"A horse that is rested pulls for ten years longer,\" and was laughed at.\n";
const RAILS: &str = "# Why the Rails Won\n\nBy Peter Hallor\n\n## Tolls and rates\n\nWhoever complains of the toll has \
                     never read a railway's table of rates. Nobody paid less for a ton of flour than on the water.\n\nYet a \
                     toll could be argued with at the gate; a rate was printed in the capital.\n\n## Ice and snow\n\nThe ice \
                     that closed the canal closed no railway. A plough went before the morning train.\n\n## Engines\n\nAn \
                     engine eats nothing on Sundays. \"A horse that is rested pulls for ten years longer,\" wrote the \
                     surgeon, and it is true, and it is slow.\n\nThe towpath is a garden now, where old men walk.\n";

fn canal() -> Own {
    let own = Own::empty();
    own.put("own/locks.md", LOCKS);
    own.put("own/rails.md", RAILS);
    own
}

fn reading(own: &Own) -> Play {
    let mut play = own.read("own/locks.md", "own/rails.md");
    play.app.shelf.fill(shelf::of_folder(&own.at("own"), Reach { below: false, links_out: false }));
    play
}

#[test]
fn what_the_two_share_comes_first_and_topics_of_other_texts_are_one_line() {
    let own = canal();
    let mut play = reading(&own);
    play.resize(80, 24);
    assert!(play.footer().contains("proposed here · T makes a topic"), "{}", play.footer());
    play.keys("t").shows("16 topics of the bundled library, in neither text").hides("Democratic centralism");
    let list = play.screen();
    let line = |words: &str| list.iter().position(|row| row.contains(words)).unwrap_or(usize::MAX);
    assert!(line("proposed") < line("16 topics"), "{list:#?}");
    // What both have a heading of is proposed, what nobody would call a topic is not.
    play.shows("Toll").shows("Ice").hides("Nobody");
    // The line shows them; typing finds them without it.
    play.keys("esc t \"kron\"").shows("Kronstadt").hides("16 topics");
    play.keys("esc t");
    for _ in 0..40 {
        if play.screen().iter().any(|row| row.contains("▸ 16 topics")) {
            break;
        }
        play.keys("down");
    }
    play.keys("enter").shows("Democratic centralism").hides("of the bundled library");
    play.keys("esc >").shows("share none of the topics known here");
}

#[test]
fn the_map_begins_with_what_is_proposed_and_enter_takes_it() {
    let own = canal();
    let mut play = reading(&own);
    play.keys("g m")
        .shows("Toll proposed")
        .shows("16 topics of the bundled library, in neither text")
        .hides("Kronstadt");
    play.keys("G enter").shows("Kronstadt");
    play.keys("g g").shows("takes it into your topics");
    let name = play.app.topics.proposals()[0].topic.name.clone();
    play.keys("enter");
    assert_eq!(play.app.topics.held().unwrap().name, name);
    assert!(fs::read_to_string(own.at("own/topics.toml")).unwrap().contains(&name));
    // Now that the texts share a topic of their own, it leads, and what is left is proposed in the list alone.
    play.keys("g m").shows(&name).hides("proposed").shows("16 topics of the bundled library");
}

#[test]
fn the_shell_says_the_same() {
    let own = canal();
    let said = out(&own.run(&own.at("own"), &["topics", "locks.md", "rails.md"]));
    assert!(
        said.contains("Toll (proposed)") && said.contains("16 topics of the bundled library, in neither text"),
        "{said}"
    );
    assert!(!said.contains("Kronstadt"), "{said}");
    let page = out(&own.run(&own.at("own"), &["topics", "locks.md", "rails.md", "--format", "html"]));
    assert!(page.contains("Toll (proposed)") && page.contains("in neither text"), "{page}");
    let json = out(&own.run(&own.at("own"), &["topics", "locks.md", "rails.md", "--format", "json"]));
    assert!(
        json.contains("\"proposed\":true") && json.contains("\"kronstadt\""),
        "all of them are in the data: {json}"
    );
    let compared = out(&own.run(&own.at("own"), &["compare", "locks.md", "rails.md"]));
    assert!(compared.contains("Toll  (proposed from the texts)") && !compared.contains("Kronstadt"), "{compared}");
}

#[test]
fn a_topic_leads_to_prose_and_never_to_a_title_or_a_byline() {
    let own = Own::empty();
    let prose = "The lock was closed in spring, and nobody came to open it again.";
    own.put(
        "own/a.txt",
        &format!("Of Toll Keepers\n\nby Toll Keeper Marta\n\n{prose}\n\nThe toll keeper took his toll.\n\n{prose}\n"),
    );
    own.put("own/b.txt", &format!("{prose}\n\nA toll keeper went without his toll.\n\n{prose}\n"));
    own.put("own/topics.toml", "[[topic]]\nid = \"toll\"\nname = \"Tolls\"\nterms = [\"toll keeper*\", \"toll\"]\n");
    let mut play = own.read("own/a.txt", "own/b.txt");
    play.keys("t \"tolls\" enter");
    let text = play.pane(Side::Left).text().unwrap().clone();
    let here = play.pane(Side::Left).current().unwrap();
    assert_eq!(text.passage_str(here), "The toll keeper took his toll.");
    play.keys("n").shows("this is the only treatment in this text");
}

#[test]
fn links_on_no_topic_are_a_last_part_of_synopsis_handout_and_compare() {
    let own = canal();
    let mut play = reading(&own);
    play.keys("5 G tab 6 G tab +").shows("Join ¶5 ⇔ ¶6");
    play.keys("enter");
    // With a topic held, the way out of it is the first line of the list, and says what is there.
    play.keys("t \"toll\" enter t").shows("No topic");
    let list = play.screen();
    let line = |words: &str| list.iter().position(|row| row.contains(words)).unwrap();
    assert!(line("No topic") < line("Toll  ") && list[line("No topic")].contains("1 link"), "{list:#?}");
    play.hold_back = Some(|job: &Job| job.work::<FindRows>().is_some());
    play.keys("g g home esc g s t \"no_topic\" enter");
    play.shows("Looking for the links on no topic…").hides("no passages are joined");
    play.let_go();
    play.shows("On no topic").shows("row 1/1").shows("5⇔6");
    play.keys("enter").shows("5⇔6");
    let compared = out(&own.run(&own.at("own"), &["compare", "locks.md", "rails.md"]));
    let part = compared.rfind("\nOn no topic\n").expect("a part of its own");
    assert!(compared[part..].contains("joined by hand") && compared[part..].contains("¶5"), "{compared}");
    let page = out(&own.run(&own.at("own"), &["compare", "locks.md", "rails.md", "--format", "html"]));
    assert!(page.contains("On no topic"), "{page}");
    let home = own.at("own/page.md");
    play.keys("g h").keys(&format!("\"{}\" enter", home.to_str().unwrap()));
    assert!(fs::read_to_string(home).unwrap().contains("On no topic"));
}

#[test]
fn a_file_has_a_name_where_none_is_typed() {
    let own = canal();
    let mut play = reading(&own);
    play.keys("i \"worth_a_file\" enter");
    for (keys, what, name) in [
        ("g h", Export::Handout, "locks-rails.html"),
        ("g H", Export::HandoutWithNotes, "locks-rails-with-notes.html"),
        ("g e", Export::Notes, "locks-rails-notes.md"),
    ] {
        assert_eq!(play.app.halves.usual_file(what), name);
        play.keys(keys).shows(name);
        play.keys("esc");
    }
    // No file that is hidden, or that looks like an option.
    for name in ["own/---.md", "own/++.md"] {
        own.put(name, LOCKS);
    }
    assert_eq!(own.read("own/---.md", "own/rails.md").app.halves.usual_file(Export::Notes), "rails-notes.md");
    assert_eq!(own.read("own/---.md", "own/++.md").app.halves.usual_file(Export::Handout), "diptych.html");
}

#[test]
fn while_it_is_compared_nothing_is_joined_that_is_about_to_move() {
    let own = canal();
    let mut play = reading(&own);
    play.keys("2 G enter z p");
    play.hold_back = Some(|job: &Job| job.work::<Counterparts>().is_some());
    play.keys("J J +").shows("still comparing the two texts").hides("relation");
    play.keys("P").shows("still comparing the two texts");
    assert!(play.app.touring.tour.stops.is_empty());
    play.let_go();
    play.keys("+").shows("relation");
}

#[test]
fn a_score_is_the_same_words_on_every_screen_and_in_the_shell() {
    let own = canal();
    let mut play = reading(&own);
    play.keys("2 G enter w");
    let screen = play.screen().join("\n");
    let said = screen.split("score").nth(1).unwrap().trim_start();
    let score: String = said.chars().take(4).collect();
    assert!(
        said.starts_with(&format!(
            "{score}: in tests, {} of 100",
            score.trim_start_matches("0.").trim_start_matches('0')
        )),
        "{screen}"
    );
    let left = play.app.hinge.joint().unwrap().pair().unwrap().0;
    let links = out(&own.run(&own.at("own"), &["links", "locks.md", "rails.md"]));
    let of_left = links.split(&format!("¶{left} ")).nth(1).unwrap();
    assert!(of_left.lines().nth(1).unwrap().contains(&score), "{score}\n{links}");
    play.keys("esc g a").shows(&score);
}

#[test]
fn what_is_open_already_is_gone_to_and_has_not_changed() {
    let own = canal();
    let mut play = reading(&own);
    let path = own.at("own/locks.md");
    // What was pinned is left: its reasons say nothing of another passage.
    play.keys("2 G enter").shows("pinned");
    play.open(Side::Left, &format!("{}:5", path.to_str().unwrap()));
    assert_eq!(play.passage(Side::Left), 5);
    play.hides("has changed on disk").hides("pinned");
    assert!(play.app.hinge.joint().is_none_or(|joint| joint.from.0 == 5));
}

#[test]
fn beside_the_link_of_another_one_makes_ones_own() {
    let own = canal();
    let by = |name: &str| {
        let mut play = own.read("own/locks.md", "own/rails.md");
        play.app.settings.author = name.to_owned();
        play
    };
    by("Anna").keys("5 G tab 6 G tab + \"a\" enter");
    let mut bert = by("Bert");
    bert.keys("5 G tab 6 G tab +").shows("Join ¶5 ⇔ ¶6").shows("Anna agrees");
    bert.keys("\"c\" enter");
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    assert_eq!(links.matches("[[link]]").count(), 2, "{links}");
    assert!(links.contains("author = \"Anna\"") && links.contains("author = \"Bert\""), "{links}");
    // The next time one's own is changed, the other's never.
    bert.keys("+").shows("Your link ¶5 ⇔ ¶6");
    bert.keys("esc P").keys("P").shows("stop 1 of the tour already");
    let mut anna = by("Anna");
    anna.keys("5 G tab 6 G tab P").shows("this pair is stop 1 of the tour already, by Bert");
}

#[test]
fn the_map_is_said_in_lines() {
    let own = canal();
    let mut play = reading(&own);
    let mut heard = Heard::with(Signs::Unicode);
    heard.news(&play.app, true);
    play.keys("g m");
    let news = heard.news(&play.app, true).join("\n");
    let first = &play.app.topics.proposals()[0].topic.name;
    assert!(news.starts_with("Map, 2 texts, 1 of ") && news.contains(&format!(": {first}, proposed. ")), "{news}");
    assert!(news.contains("the strongest 0.") && !news.contains("  "), "{news}");
    play.keys("l");
    let news = heard.news(&play.app, true).join("\n");
    assert!(news.contains("1 treatment, the strongest") && news.contains("toll"), "{news}");
    play.keys("h G");
    let news = heard.news(&play.app, true).join("\n");
    assert!(news.contains("16 topics of the bundled library, in neither text"), "{news}");
}

#[test]
fn nothing_is_said_of_texts_that_are_not_charted_or_cannot_be() {
    let own = canal();
    let mut play = reading(&own);
    let mut heard = Heard::with(Signs::Unicode);
    heard.news(&play.app, true);
    let said = |play: &mut Play, heard: &mut Heard| {
        let news = heard.news(&play.keys("k G").app, true).join("\n");
        let Scene::Map(map) = play.app.screens.scene() else { panic!("no map") };
        let exported = map.grid(&[], &play.app.topics).said_of_folded().unwrap();
        let screen = play.screen().join("\n");
        [news, exported, screen].map(|words| {
            assert!(words.contains("16 topics of the bundled library"), "{words}");
            words.contains("in neither text")
        })
    };
    play.hold_back = Some(|job: &Job| job.work::<Chart>().is_some());
    play.keys("g m");
    assert_eq!(said(&mut play, &mut heard), [false; 3]);
    play.let_go();
    assert_eq!(said(&mut play, &mut heard), [true; 3]);
    let Scene::Map(map) = play.app.screens.scene_mut() else { panic!("no map") };
    map.columns[1].chart = Charted::Failed(Clean::line("it is a picture, no text"));
    assert_eq!(said(&mut play, &mut heard), [false; 3]);
}

#[test]
fn beside_an_empty_pane_the_list_says_what_the_one_text_has() {
    let own = canal();
    own.read("own/locks.md", "")
        .keys("t")
        .shows("16 topics of the bundled library, not in this text")
        .hides("being looked for");
    let topic = |id: &str| format!("[[topic]]\nid = \"{id}\"\nname = \"On {id}s\"\nterms = [\"{id}\"]\n");
    own.put("own/topics.toml", &[topic("zeppelin"), topic("toll")].concat());
    let mut play = own.read("own/locks.md", "");
    let list = play.keys("t").screen();
    let line = |words: &str| list.iter().position(|row| row.contains(words)).unwrap();
    assert!(line("On tolls") < line("On zeppelins") && !list[line("On tolls")].contains('…'), "{list:#?}");
    // A text that is on its way will have something.
    let mut play = own.read("own/locks.md", "");
    play.hold_back = Some(|job: &Job| job.work::<Load>().is_some());
    play.open(Side::Right, own.at("own/rails.md").to_str().unwrap());
    play.keys("t").shows("…");
}

#[test]
fn what_is_proposed_goes_with_its_texts_when_they_change_places() {
    let own = canal();
    // What both name stands elsewhere in each.
    own.put(
        "own/rails.md",
        &RAILS.replace("## Tolls", "Nobody reads what stands before the first chapter.\n\n## Tolls"),
    );
    let mut play = reading(&own);
    play.hold_back = Some(|job: &Job| job.work::<Suggest>().is_some());
    let before = play.app.topics.proposals().to_vec();
    play.keys("x");
    let after = play.app.topics.proposals().to_vec();
    assert!(!before.is_empty() && before.len() == after.len() && before != after);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((before.caught.left, before.caught.right), (after.caught.right, after.caught.left));
    }
    play.keys("t").screen();
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_is_no_text_is_meant_by_its_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::process::Command;

    let own = canal();
    fs::rename(own.at("own"), own.at("").join(OsStr::from_bytes(b"d\xff"))).unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.current_dir(own.at("")).env_clear().env("HOME", own.at("home")).args(args);
        out(&command.arg(OsStr::from_bytes(b"d\xff")).output().unwrap())
    };
    assert!(run(&["topics"]).contains("Toll (proposed)"));
    assert!(run(&["search", "towpath"]).contains("towpath"));
    assert!(run(&["check"]).contains("nothing is wrong"));
}

#[test]
fn a_mark_whose_passage_is_gone_says_so_and_moves_nothing() {
    let own = canal();
    let mut play = reading(&own);
    play.keys("5 G m a g g");
    let path = own.at("own/locks.md");
    let text = fs::read_to_string(&path).unwrap();
    let gone = {
        let open = play.pane(Side::Left).open().unwrap();
        open.text.passage_str(PassageNo(5)).to_owned()
    };
    assert!(text.contains(&gone), "{gone}");
    play.keys("' a").hides("any more");
    assert_eq!(play.passage(Side::Left), 5);
    fs::write(&path, text.replace(&gone, "Nobody remembers what stood here.")).unwrap();
    play.keys("g g").tell(Msg::Changed { side: Side::Left }).shows("has changed on disk");
    play.keys("' a").shows("its passage is not in").shows("any more, or not for certain");
    assert_eq!(play.passage(Side::Left), 1);
}
