//! Topics are made and changed while reading: from selected words, counted at once, undone, and topics.toml keeps what
//! its reader wrote.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::topic::codebook::Codebook;

use crate::faulty::{Faulty, Step};
use crate::play::Play;

const TOPICS: &str = "# What we read for.\n\n[[topic]] # first\nid = \"ships\"\nname = 'Ships'\nterms = [\n  \
                      \"ship\", # and ships\n]\n\n# between\n[[topic]]\nid = \"weather\"\nterms = [\"storm\"] # two\n";
const ONE: &str = "# One\n\nBlack sails at dawn.\n\nThe ship left under black sails.\n";
const OTHER: &str = "# Other\n\nA storm took the black sails and the ship with it.\n\nNobody came.\n";

fn write_files(dir: &Path) {
    for (name, source) in [("topics.toml", TOPICS), ("one.md", ONE), ("other.md", OTHER)] {
        fs::write(dir.join(name), source).unwrap();
    }
}

/// A session on a library of two texts in `dir`, with topics of its own.
fn session(dir: &Path) -> Play {
    let path = |name: &str| dir.join(name).display().to_string();
    write_files(dir);
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.join("home"))));
    Play::keeping(library, &path("one.md"), &path("other.md"))
}

fn topics(dir: &Path) -> String {
    fs::read_to_string(dir.join("topics.toml")).unwrap()
}

#[test]
fn selected_words_become_a_term_of_the_held_topic_and_what_it_catches_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("1 G v b b b *").shows("no topic is held: t picks one, T makes one of these words");
    assert_eq!(topics(dir.path()), TOPICS);
    play.keys("esc t \"Ships\" enter 1 G v b b b").shows("* term");
    play.keys("*").shows("A new term of Ships").shows("2 passages, 1 new · 1 ");
    assert_eq!(topics(dir.path()), TOPICS, "nothing is made before it is accepted");
    play.keys("enter").shows("Ships: 3 ◧ 2 ◨ mentions; u undoes it");
    assert_eq!(topics(dir.path()), TOPICS.replace("# and ships\n", "# and ships\n  \"Black sails\",\n"));
    assert!(play.app.halves.selection().is_none());
    play.keys("1 G v b b b *").shows("“Black sails” is a term of Ships already");
    play.keys("esc u").shows("undone: the term “Black sails”");
    assert_eq!(topics(dir.path()), TOPICS);
    play.keys("ctrl-r").shows("redone: the term “Black sails”");
    assert!(topics(dir.path()).contains("Black sails"));
}

#[test]
fn selected_or_typed_words_become_a_topic() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("1 G v b b b T").shows("A new topic").shows("Black sails");
    play.keys("esc").hides("A new topic");
    assert!(play.app.halves.selection().is_some(), "one thing is closed at a time");
    play.keys("T enter").shows("Black sails: 2 ◧ 1 ◨ mentions");
    assert_eq!(play.app.topics.held().unwrap().name, "Black sails");
    let after = topics(dir.path());
    assert!(after.starts_with(TOPICS) && after.contains("id = \"black-sails\""), "{after}");
    play.keys("T \"Black_Sails\" enter").shows("there is a topic Black sails already").shows("A new topic");
    play.keys("ctrl-u \"Loss\" tab \"nobody,_*x\" enter").shows("“*x” a star stands only at the end of a word");
    play.keys("backspace backspace \"took\" enter").shows("Loss: 0 ◧ 2 ◨ mentions");
    play.keys("T \"!\" enter").shows("a topic needs a name with a word in it");
    play.keys("esc u u");
    assert_eq!(topics(dir.path()).trim_end(), TOPICS.trim_end());
    assert!(play.app.topics.held().is_none());
}

#[test]
fn a_whole_paragraph_is_no_term() {
    let mut play = Play::bundled();
    play.keys("5 G V T").shows("too many words for a term").hides("A new topic");
    play.keys("esc t \"soviets\" enter V *").shows("too many words for a term");
}

#[test]
fn a_topic_that_cannot_be_written_where_it_is_is_laid_over() {
    let dir = tempfile::tempdir().unwrap();
    let folders = Folders::under(dir.path());
    let overlay = folders.of_library("embedded").join("topics.toml");
    let library = Library::new(Arc::new(Os), Some(folders.clone()));
    let (left, right) = ("embedded:the-party-as-instrument", "embedded:power-from-below");
    let mut play = Play::keeping(library, left, right);
    let before = play.app.topics.codebook().clone();
    play.keys("t \"soviets\" enter 5 G v");
    let words = "o ".to_owned() + &"b ".repeat(3);
    play.keys(&words);
    while play.app.halves.selection().is_some_and(|s| s.range.len() > 30) {
        play.keys("b");
    }
    play.keys("* enter").shows("mentions; u undoes it");
    let changed = play.app.topics.held().unwrap().clone();
    assert_eq!(changed.terms.len(), before.get("soviets").unwrap().terms.len() + 1);
    let again = Library::new(Arc::new(Os), Some(folders));
    let next = Play::keeping(again, left, right);
    assert_eq!(**next.app.topics.codebook().get("soviets").unwrap(), changed, "the next session has it");
    assert_eq!(next.app.topics.codebook().topics().len(), before.topics().len());
    play.keys("u");
    assert!(!fs::read_to_string(&overlay).unwrap().contains("[[topic]]"), "nothing needs lie over it any more");
    assert_eq!(*play.app.topics.codebook(), before);
}

#[test]
fn what_was_written_into_the_file_meanwhile_stays_when_a_term_is_undone() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("t \"Ships\" enter 1 G v b b b * enter");
    let mut theirs = (**play.app.topics.codebook()).clone();
    let mut topic = (**theirs.get("ships").unwrap()).clone();
    topic.terms.push(diptych::topic::term::Term::parse("hull").unwrap());
    theirs = theirs.with(topic);
    fs::write(dir.path().join("topics.toml"), topics(dir.path()).replace("\"ship\",", "\"hull\", \"ship\",")).unwrap();
    play.tell(diptych::app::work::answer::<diptych::app::work::topics::ReadTopics>(Arc::new(theirs)));
    play.keys("u");
    let after = topics(dir.path());
    assert!(after.contains("\"hull\"") && !after.contains("Black"), "{after}");
}

#[test]
fn what_a_topic_would_catch_is_told_while_it_is_typed() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("T").hides("caught").hides("counting");
    play.keys("\"Storm_and_sail\"").shows("◧ no match").shows("◨ no match");
    play.keys("tab \"sail\"").shows("◧ 2 passages").shows("¶1 Black sails at dawn.").shows("◨ 1 passage");
    play.keys("\"_of\"").shows("◧ no match");
    play.keys("ctrl-u \"nobody\"").shows("◨ 1 passage").shows("¶2 Nobody came.");
    play.keys("ctrl-u \"a*\"").shows("`a*` would match too much");
    play.keys("esc").hides("caught");
    assert_eq!(topics(dir.path()), TOPICS);
    // The term of a topic that is there: what it adds.
    play.keys("t \"weath\" enter h 1 G v b b b *").shows("◧ 2 passages, all new · ");
    play.keys("ctrl-u \"wind\"").shows("◧ no match").shows("◨ no match");
    play.keys("ctrl-u \"took\" tab \"exc\"").shows("◨ 1 passage as now");
}

#[test]
fn an_exception_takes_away_what_it_covers() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("t \"Ships\" enter 2 G v b b b b * ctrl-u \"the_ship_left\" tab right").shows("1 → 0 passages");
    play.keys("enter").shows("Ships: 0 ◧ 1 ◨ mentions");
    assert!(topics(dir.path()).contains("not = [\"the ship left\"]"), "{}", topics(dir.path()));
    play.keys("g t down").shows("Terms of Ships").shows("exception");
    play.keys("ctrl-x").shows("taken out of Ships");
    assert_eq!(topics(dir.path()), TOPICS);
}

#[test]
fn terms_are_listed_with_what_they_catch_changed_and_taken_out() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("t \"Ships\" enter 1 G v b b b * enter t ctrl-l").shows("Terms of Ships");
    let rows = play.screen().join("\n");
    assert!(rows.contains("▸ ship") && rows.contains("1 ┊ 1") && rows.contains("2 ┊ 1"), "{rows}");
    play.shows("¶2 The ship left under black sails.");
    play.keys("down ctrl-o").shows("A term of Ships").shows("Black sails");
    play.keys("ctrl-u \"dawn\" enter").shows("Ships: 2 ◧ 1 ◨ mentions");
    assert!(topics(dir.path()).contains("# and ships\n  \"dawn\",\n"), "{}", topics(dir.path()));
    play.keys("g t \"dawn\" enter");
    assert_eq!(play.passage(diptych::link::Side::Left), 1);
    play.keys("g t \"dawn\" ctrl-x").shows("“dawn” is taken out of Ships").shows("Terms of Ships");
    play.keys("ctrl-u ctrl-x").shows("Ships needs a term");
    play.keys("esc u u u");
    assert_eq!(topics(dir.path()), TOPICS);
}

#[test]
fn a_topic_gets_another_name_and_everything_that_names_it_stays() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("t \"Ships\" enter g T").shows("The topic Ships").shows("its id stays ships");
    play.keys("ctrl-u \"Weather\" enter").shows("there is a topic weather already; ^G in the list merges the two");
    play.keys("ctrl-u \"!\" enter").shows("a topic needs a name with a word in it");
    play.keys("ctrl-u \"Vessels\" tab \"What_floats\" enter").shows("Ships is now called Vessels");
    assert_eq!(play.app.topics.held().unwrap().id.as_str(), "ships");
    let after = TOPICS.replace("name = 'Ships'", "name = \"Vessels\"");
    assert!(topics(dir.path()).starts_with(&after[..60]), "{}", topics(dir.path()));
    assert!(topics(dir.path()).contains("about = \"What floats\""));
    play.keys("u").shows("undone: renaming Ships");
    assert_eq!(topics(dir.path()).replace("\"Ships\"", "'Ships'"), TOPICS);
    // An entry that is known only by its name gets the id that its name made.
    fs::write(dir.path().join("topics.toml"), "[[topic]]\nname = \"Big ships\"\nterms = [\"ship\"]\n").unwrap();
    let mut play = self::reopened(dir.path());
    play.keys("t \"Big\" ctrl-o \"_now\" enter").shows("Big ships is now called Big ships now");
    assert!(topics(dir.path()).contains("id = \"big-ships\""), "{}", topics(dir.path()));
}

#[test]
fn a_topic_merges_into_another_with_all_that_names_it_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    // A link, a note and a stop that name the topic that goes.
    play.keys("t \"Ships\" enter 2 G l 1 G h + \"a\" enter").shows("⇔");
    play.keys("P a \"On_ships\" alt-enter");
    let kept = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    let before = [kept("links.toml"), kept("tour.toml")];
    assert!(before.iter().all(|file| file.contains("topic = \"ships\"")), "{before:?}");
    play.keys("t \"Ships\" ctrl-g").shows("Merge Ships into another topic");
    play.keys("enter").shows("say which topic is to take it in");
    play.keys("\"weath\"").shows("◧ 0 → 1 passage").shows("◨ 1 passage as now");
    play.keys("enter").shows("weather: 1 ◧ 2 ◨ mentions");
    let after = topics(dir.path());
    assert!(after.contains("terms = [\"storm\", \"ship\"] # two") && after.contains("into = \"weather\""), "{after}");
    assert!(
        ["# What we read for.", "# first", "# and ships", "# between"].iter().all(|c| after.contains(c)),
        "{after}"
    );
    assert_eq!(play.app.topics.held().unwrap().name, "weather", "what was held is held");
    assert_eq!(play.app.topics.codebook().topics().len(), 1);
    assert_eq!([kept("links.toml"), kept("tour.toml")], before, "nothing else is written");
    play.keys("g l").shows("agrees").shows("weather").hides("Ships");
    play.keys("esc g r").shows("weather");
    play.keys("esc g n \"topic:weather\"").shows("On ships");
    play.keys("esc");
    // The next session knows it too; a topic of the old name gets an id of its own.
    let mut next = reopened(dir.path());
    next.keys("t").hides("Ships");
    next.keys("esc T \"Ships\" tab \"ship\" enter");
    assert!(topics(dir.path()).contains("id = \"ships-2\""), "{}", topics(dir.path()));
    next.keys("u");
    play.keys("u").shows("undone: merging Ships into weather");
    assert_eq!(topics(dir.path()), TOPICS);
    assert_eq!(play.app.topics.codebook().topics().len(), 2);
    play.keys("g l").shows("Ships");
}

/// Another session on the same library.
fn reopened(dir: &Path) -> Play {
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.join("home"))));
    let path = |name: &str| dir.join(name).display().to_string();
    Play::keeping(library, &path("one.md"), &path("other.md"))
}

#[test]
fn a_merge_that_the_disk_refuses_at_any_step_loses_nothing_and_is_tried_again() {
    for step in
        [Step::Read, Step::WriteTemp, Step::CopyMode, Step::SyncFile, Step::Rename, Step::SyncFolder, Step::Lock]
    {
        let dir = tempfile::tempdir().unwrap();
        write_files(dir.path());
        let path = |name: &str| dir.path().join(name).display().to_string();
        let disk = Arc::new(Faulty::at(&[], std::io::ErrorKind::StorageFull));
        let library = Library::new(disk.clone(), Some(Folders::under(&dir.path().join("home"))));
        let mut play = Play::keeping(library, &path("one.md"), &path("other.md"));
        let before = play.app.topics.codebook().clone();
        play.keys("t \"Ships\" enter");
        disk.fail(&[step]);
        play.keys("t \"Ships\" ctrl-g \"weath\" enter j");
        assert_eq!(play.app.topics.held().unwrap().terms.len(), 2, "it is so in the session: {step:?}");
        let there = topics(dir.path());
        let kept = ["\"ship\", # and ships", "storm", "# first", "# between", "# two"];
        assert!(kept.iter().all(|part| there.contains(part)), "{step:?}: {there}");
        disk.fail(&[]);
        play.keys("g w j").hides("not saved");
        let next = topics_again(dir.path());
        let merged = next.get("ships").unwrap();
        assert_eq!((merged.id.as_str(), merged.terms.len()), ("weather", 2), "{step:?}");
        play.keys("u");
        assert_eq!(*play.app.topics.codebook(), before, "{step:?}");
        assert_eq!(topics_again(dir.path()), before, "{step:?}");
    }
}

/// The topics as another session reads them.
fn topics_again(dir: &Path) -> Arc<Codebook> {
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.join("home"))));
    let request = library.request(&dir.join("one.md").display().to_string()).unwrap();
    library.begin_with(&[&request]).0
}
