//! The map: which text of the library treats which topic, and the way from there into a pair.

use diptych::app::message::Msg;
use diptych::app::scene::Scene;
use diptych::link::Side;

use crate::play::Play;

#[test]
fn every_text_of_the_library_has_a_column_and_every_topic_a_row() {
    let mut play = Play::bundled();
    play.keys("g m");
    let Scene::Map(map) = &play.app.scene else { panic!("no map") };
    assert_eq!(map.columns.len(), play.app.shelf.len());
    assert_eq!(map.charted(), map.columns.len());
    for topic in play.app.codebook.topics() {
        play.shows(&topic.name);
        // What the map counts is what the panes walk.
        for (side, column) in [(Side::Left, 0), (Side::Right, 1)] {
            let walked = play.app.treatments(side, &topic.id).len();
            assert_eq!(map.columns[column].treated(&topic.id).map_or(0, |t| t.count), walked, "{}", topic.name);
        }
    }
    play.shows("compared 0 of 16 topics");
}

#[test]
fn enter_on_a_topic_opens_its_strongest_pair_and_that_counts_as_compared() {
    let mut play = Play::bundled();
    play.keys("g m g g j j enter");
    assert_eq!(play.app.held().unwrap().id.as_str(), "worker-control");
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
    assert_eq!(play.app.held().unwrap().id.as_str(), "democratic-centralism");
    play.shows("silent");
    play.keys("H");
    let back = play.pane(Side::Left).open().unwrap().name.to_string();
    assert!(back.starts_with("The Party"), "back leads to the pair before: {back}");
}

#[test]
fn the_map_can_be_narrowed_and_put_in_order_without_losing_the_topic() {
    let mut play = Play::bundled();
    play.keys("g m g g j j s").shows("what most texts treat first");
    assert_eq!(play.app.map_topic().unwrap().id.as_str(), "worker-control");
    play.keys("f").shows("topics of two texts or more");
    play.keys("f").shows("topics of one text or none");
    play.shows("No such topic");
    play.keys("enter j l h k").keys("f esc").shows("¶1/");
}

#[test]
fn what_cannot_be_read_and_what_is_not_charted_yet_are_told_apart() {
    let mut play = Play::bundled();
    play.keys("g m");
    let Scene::Map(map) = &mut play.app.scene else { panic!("no map") };
    map.columns[2].chart = diptych::app::map::Charted::Waiting;
    map.columns[3].chart =
        diptych::app::map::Charted::Failed(diptych::text::clean::Clean::line("it is a picture, no text"));
    play.keys("g g l l l").shows("still being charted").shows("charting 6 of 6");
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
    play.tell(Msg::Charted { number: 0, column: 99, result: Err(diptych::text::clean::Clean::line("late")) });
}
