//! What is shown is what is acted on: the pinned pair as long as it is drawn, else what is read; and screens that agree.

use std::fs;

use diptych::app::scene::Scene;
use diptych::link::Side;
use diptych::model::settings::Sync;
use diptych::study::rows::Standing;

use crate::play::Play;

/// The pair on the soviets, pinned, and another passage read on the left.
fn read_on_from_the_pair() -> (Play, (u32, u32), u32) {
    let mut play = Play::bundled();
    play.keys("t \"the_soviets\" enter");
    let pair = (play.passage(Side::Left), play.passage(Side::Right));
    play.keys("J");
    let read = play.passage(Side::Left);
    assert_ne!(read, pair.0);
    (play, pair, read)
}

#[test]
fn every_key_that_takes_a_pair_takes_the_one_that_is_drawn() {
    let (mut play, (left, right), _) = read_on_from_the_pair();
    let footer = play.footer();
    assert!(footer.contains(&format!("pinned ¶{left}⇄{right} is the pair")), "{footer}");
    play.keys("+").shows(&format!("Join ¶{left} ⇔ ¶{right}"));
    play.keys("esc");
    play.keys("A").shows(&format!("¶{left}⇄{right}"));
    play.keys("esc");
    play.keys("w").shows(&format!("◧ ¶{left}")).shows(&format!("◨ ¶{right}"));
    play.keys("esc");
    play.keys("P");
    let stop = play.app.touring.tour.stops.last().unwrap().numbers();
    assert!(stop.contains(&format!("¶{left}")) && stop.contains(&format!("¶{right}")), "{stop}");
    play.keys("-").hides(&format!("{left}⇄{right}"));
}

#[test]
fn a_pinned_pair_that_was_left_is_not_acted_on() {
    let (mut play, (left, right), _) = read_on_from_the_pair();
    play.keys("J J J J J J J");
    let (read, across) = (play.passage(Side::Left), play.passage(Side::Right));
    let footer = play.footer();
    assert!(footer.contains(&format!("the pair is ¶{read} ¶{across}, as read")), "{footer}");
    play.keys("-").shows(&format!("¶{left}⇄¶{right}, pinned, is elsewhere"));
    play.keys("+").shows(&format!("Join ¶{read} ⇔ ¶{across}"));
    play.keys("esc");
    play.keys("P");
    assert!(play.app.touring.tour.stops.last().unwrap().numbers().contains(&format!("¶{read}")));
    // In stacked panes, too, nothing is drawn of it.
    play.resize(60, 30).hides(&format!("{left}⇄{right}"));
    play.resize(120, 35).keys("z p").shows("unpinned");
}

#[test]
fn what_the_page_says_of_a_pinned_pair_is_taken_whole() {
    let (mut play, (left, right), _) = read_on_from_the_pair();
    play.keys("w enter");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (left, right));
}

#[test]
fn a_treatment_that_stands_alone_is_called_the_same_where_it_is_read() {
    // So large that a key goes from row to row.
    let mut play = Play::bundled();
    play.resize(300, 400);
    let mut seen = [0, 0];
    for topic in ["the_soviets", "worker_control", "party_dict", "vanguard"] {
        play.keys(&format!("t \"{topic}\" enter g s"));
        let Scene::Synopsis(synopsis) = play.app.screens.scene() else { panic!("no synopsis") };
        let alone: Vec<(usize, bool)> = synopsis
            .rows
            .iter()
            .flatten()
            .enumerate()
            .filter(|(_, row)| row.standing() == Standing::Alone)
            .map(|(at, row)| (at, row.topic_across))
            .collect();
        for (at, topic_across) in alone {
            play.keys("g s").keys("g s").keys("g g");
            (0..at).for_each(|_| {
                play.keys("j");
            });
            if topic_across {
                play.shows("nothing across but");
            }
            play.keys("enter");
            let footer = play.footer();
            assert_eq!(footer.contains("same topic only"), topic_across, "{topic} {at}: {footer}");
            assert!(!footer.contains("· counterpart "), "{topic} {at}: {footer}");
            seen[usize::from(topic_across)] += 1;
            play.keys("g s");
        }
        play.keys("esc");
    }
    assert!(seen[1] > 0, "the bundled texts have such a treatment");
}

#[test]
fn wordings_of_what_was_split_are_those_of_all_its_parts() {
    let dir = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(dir.path()).unwrap();
    let whole =
        "In winter the wheel froze over and the boys came. They broke the ice with poles, and were paid in flour.";
    let split =
        "In winter the wheel froze over and the boys came.\n\nThey broke the ice with poles, and were paid in flour.";
    let around = |middle: &str| {
        format!(
            "The mill stood at the bend of the river, and nobody remembered who had built it.\n\n\
             Grain came down from the hills in October, on carts that creaked loudly.\n\n{middle}\n\n\
             When the railway was opened the carts stayed away, and the wheel turned for nobody.\n\n\
             The last miller sold his stones to a museum and moved to the coast.\n"
        )
    };
    let path = |name: &str, content: String| {
        fs::write(folder.join(name), content).unwrap();
        folder.join(name).to_str().unwrap().to_owned()
    };
    let (one, other) = (path("whole.md", around(whole)), path("split.md", around(split)));
    let mut play = Play::new(120, 35, &one, &other);
    play.keys("s s s 3 G");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    play.keys("g c").shows("¶3–4").shows("Both have the same words.").shows("paid in flour");
}

#[test]
fn what_would_be_empty_or_for_nothing_is_said_before() {
    let mut play = Play::bundled();
    play.keys("g e").shows("there are no notes on these texts to export; a writes one");
    play.keys("T \"zzyzx\"").shows("no match").shows("makes it all the same");
    play.keys("ctrl-u \"soviet\"").hides("all the same");
    play.keys("esc");
    play.resize(80, 24).keys("t \"the_soviets\" enter + enter u");
    // Words of a heading are in no passage.
    play.keys("T \"Eight_hundred\"").shows("§ Eight hundred");
    play.keys("esc");
}

#[test]
fn what_is_typed_finds_words_before_letters() {
    let mut play = Play::bundled();
    play.keys(": \"note\"");
    let first = play.screen().into_iter().find(|row| row.contains('▸') && row.contains("│")).unwrap();
    assert!(first.to_lowercase().contains("note"), "{first}");
    for row in play.screen().iter().skip(4).filter(|row| row.contains("│   ")) {
        assert!(!row.contains("swap"), "{row}");
    }
    play.keys("esc ? \"tour\"").shows("tour").hides("footnote");
}

#[test]
fn a_colon_leads_out_of_any_list() {
    let mut play = Play::bundled();
    play.keys("o \":1\"").shows("Commands").shows("Go to ¶1");
    play.keys("2 enter");
    assert_eq!(play.passage(Side::Left), 12);
}

#[test]
fn texts_that_begin_alike_are_told_apart_over_the_narrowest_columns() {
    let own = crate::shelf::Own::empty();
    for part in 1..=14 {
        own.put(
            &format!("own/{part:02}.md"),
            &format!("# The long story of the weir, part {part}\n\nThe miller keeps the keys.\n"),
        );
    }
    let mut play = own.read("own/01.md", "own/02.md");
    play.app.shelf.fill(diptych::library::shelf::of_folder(
        &own.at("own"),
        diptych::library::walk::Reach { below: false, links_out: false },
    ));
    play.resize(80, 24).keys("g m");
    play.shows("…1 ").shows("…2 ").shows("…10");
}
