//! Notes on the screen: what is set off, what the list says and how it is narrowed, what is thrown away and comes back.

use std::fs;

use ratatui::style::Modifier;

use crate::notes::Place;
use crate::play::Play;

#[test]
fn what_a_note_is_about_is_set_off_while_it_is_written() {
    let place = Place::new();
    let mut play = place.play();
    let set_off = |play: &Play| play.styled(Modifier::REVERSED).trim().to_owned();
    play.keys("J v b b").shows("¶2 · 7 words").shows("a note").shows("y copy");
    play.keys("a");
    assert_eq!(set_off(&play), "A delegate can be recalled the same");
    play.hides("? help").shows("^S save");
    play.keys("\"On_words\" ctrl-s");
    assert_eq!(set_off(&play), "");
    play.keys("e").shows("Change the note · ¶2");
    assert_eq!(set_off(&play), "A delegate can be recalled the same");
    // Of a whole passage, the bar beside it says it.
    play.keys("esc J i");
    assert_eq!(set_off(&play), "");
    play.keys("\"Line\" enter v b i");
    assert_eq!(set_off(&play), "Discipline is a promise about argument");
}

#[test]
fn a_list_says_where_each_note_belongs_and_finds_by_topic_text_state_and_date() {
    let place = Place::new();
    let topics = "[[topic]]\nid = \"recall\"\nname = \"The recall\"\nterms = [\"recalled\"]\n";
    fs::write(place.at("texts/topics.toml"), topics).unwrap();
    let mut play = place.play();
    let codebook = std::sync::Arc::new(diptych::topic::codebook::Codebook::parse(topics).0);
    play.tell(diptych::app::work::answer::<diptych::app::work::topics::ReadTopics>(codebook));
    play.keys("J i \"On_the_left_#tagged\" enter l J i \"On_the_right\" enter A \"On_both\" ctrl-s a \"Begun\" esc");
    let day = place_day(&place);
    play.keys("g n").shows(&format!("◧ ¶2 · {day}")).shows(&format!("◨ ¶2 · {day}")).shows("¶2⇄2").shows("not saved");
    play.shows("Tab of the library");
    play.keys("tab").shows("Left ¶2").shows("Left ⇄ Right ¶2⇄2").shows("Tab of these texts");
    let finds = |play: &mut Play, typed: &str, found: &[&str]| {
        play.keys(&format!("ctrl-u \"{typed}\""));
        let listed: Vec<String> =
            play.screen().into_iter().filter(|r| r.contains("Left") || r.contains("Right")).collect();
        for words in ["On the left", "On the right", "On both", "Begun"] {
            let is_listed = listed.iter().any(|row| row.contains(words));
            assert_eq!(is_listed, found.contains(&words), "{typed}: {words}\n{}", play.screen().join("\n"));
        }
    };
    finds(&mut play, "text:b.md", &["On the right", "On both"]);
    finds(&mut play, "#tag", &["On the left"]);
    finds(&mut play, &day, &["On the left", "On the right", "On both"]);
    finds(&mut play, "state:draft", &["Begun"]);
    finds(&mut play, "state:orphaned", &[]);
    finds(&mut play, "2001-01", &[]);
    finds(&mut play, "the_left", &["On the left"]);
    // A topic by its id or its name.
    play.keys("esc h g g J a").shows("Note · ¶2");
    play.keys("ctrl-t").shows("Note · ¶2 · The recall");
    play.keys("\"Of_a_topic\" ctrl-s g n \"topic:rec\"").shows("▸ Of a topic").shows(&format!("{day} · The recall"));
    play.keys("ctrl-u \"topic:the\"").shows("▸ Of a topic");
    // Changing the topic alone is a change.
    play.keys("ctrl-e ctrl-t").hides("¶2 · The recall");
    play.keys("ctrl-s").shows("saved");
    play.keys("g n \"topic:rec\"").shows("no match");
}

fn place_day(place: &Place) -> String {
    let name = place.files()[0].file_name().unwrap().to_string_lossy().into_owned();
    format!("{}-{}-{}", &name[..4], &name[4..6], &name[6..8])
}

#[test]
fn what_is_deleted_in_the_list_comes_back_there_and_a_draft_goes_when_asked_twice() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("i \"Kept\" enter J a \"Begun\" esc");
    play.keys("g n down ctrl-d").shows("(Alt-u brings it back)").hides("▸ Kept");
    assert_eq!(place.files().len(), 0);
    play.keys("alt-u").shows("Kept").shows("undone");
    assert_eq!(place.files().len(), 1);
    play.keys("ctrl-d").shows("Begun").shows("^D again throws it away");
    play.keys("ctrl-d").shows("thrown away").hides("Begun").shows("▸ Kept");
    let drafts = place.at("home/.local/state/diptych/drafts");
    let left =
        fs::read_dir(drafts).unwrap().filter(|f| f.as_ref().unwrap().path().extension().is_some_and(|e| e == "md"));
    assert_eq!(left.count(), 0);
}

#[test]
fn notes_beside_leave_the_counterpart_in_sight_and_go_under_nothing() {
    let place = Place::new();
    let mut play = Play::keeping(place.library(), "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("1 2 G l 2 1 G h i \"Short\" enter").keys("z n").shows("Note on ¶12").shows("Short");
    let row = |play: &Play, words: &str| play.screen().iter().position(|r| r.contains(words)).unwrap();
    assert!(row(&play, "Note on ¶12") > row(&play, "█ ") + 8);
    play.keys("g n").hides("Note on ¶12");
    play.keys("esc").shows("Note on ¶12");
    play.keys("?").hides("Note on ¶12");
    play.keys("esc g s").hides("Note on ¶12");
}

#[test]
fn what_can_follow_a_key_is_shown_whole_at_any_width() {
    for columns in [80, 120, 200] {
        let mut play = Play::bundled();
        play.resize(columns, 24).keys("g");
        for follows in ["e export notes", "n notes", "W save to", "s synopsis", "w save again"] {
            play.shows(follows);
        }
        play.keys("esc").hides("export notes");
    }
    for (columns, rows) in [(1, 1), (10, 3), (30, 8)] {
        Play::bundled().resize(columns, rows).keys("g").screen();
    }
}
