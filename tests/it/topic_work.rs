//! Topics are made and changed while reading: from selected words, counted at once, undone, and topics.toml keeps what
//! its reader wrote.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;

use crate::play::Play;

const TOPICS: &str = "# What we read for.\n\n[[topic]] # first\nid = \"ships\"\nname = 'Ships'\nterms = [\n  \
                      \"ship\", # and ships\n]\n\n# between\n[[topic]]\nid = \"weather\"\nterms = [\"storm\"] # two\n";
const ONE: &str = "# One\n\nBlack sails at dawn.\n\nThe ship left under black sails.\n";
const OTHER: &str = "# Other\n\nA storm took the black sails and the ship with it.\n\nNobody came.\n";

/// A session on a library of two texts in `dir`, with topics of its own.
fn session(dir: &Path) -> Play {
    let path = |name: &str| dir.join(name).display().to_string();
    for (name, source) in [("topics.toml", TOPICS), ("one.md", ONE), ("other.md", OTHER)] {
        fs::write(dir.join(name), source).unwrap();
    }
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
    play.keys("*").shows("Ships: 3 ◧ 2 ◨ mentions; u takes it back");
    assert_eq!(topics(dir.path()), TOPICS.replace("# and ships\n", "# and ships\n  \"Black sails\",\n"));
    assert!(play.app.selection.is_none());
    play.keys("1 G v b b b *").shows("“Black sails” is a term of Ships already");
    play.keys("esc u").shows("undone: the term “Black sails”");
    assert_eq!(topics(dir.path()), TOPICS);
    play.keys("ctrl-r").shows("done again: the term “Black sails”");
    assert!(topics(dir.path()).contains("Black sails"));
}

#[test]
fn selected_or_typed_words_become_a_topic() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("1 G v b b b T").shows("A new topic").shows("Black sails");
    play.keys("esc").hides("A new topic");
    assert!(play.app.selection.is_some(), "one thing is closed at a time");
    play.keys("T enter").shows("Black sails: 2 ◧ 1 ◨ mentions");
    assert_eq!(play.app.held().unwrap().name, "Black sails");
    let after = topics(dir.path());
    assert!(after.starts_with(TOPICS) && after.contains("id = \"black-sails\""), "{after}");
    play.keys("T \"Black_Sails\" enter").shows("there is a topic Black sails already").shows("A new topic");
    play.keys("ctrl-u \"Loss\" tab \"nobody,_*x\" enter").shows("“*x” a star stands only at the end of a word");
    play.keys("backspace backspace \"took\" enter").shows("Loss: 0 ◧ 2 ◨ mentions");
    play.keys("T \"!\" enter").shows("a topic needs a name with a word in it");
    play.keys("esc u u");
    assert_eq!(topics(dir.path()).trim_end(), TOPICS.trim_end());
    assert!(play.app.held().is_none());
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
    let before = play.app.codebook.clone();
    play.keys("t \"soviets\" enter 5 G v");
    let words = "o ".to_owned() + &"b ".repeat(3);
    play.keys(&words);
    while play.app.selection.as_ref().is_some_and(|s| s.range.len() > 30) {
        play.keys("b");
    }
    play.keys("*").shows("mentions; u takes it back");
    let changed = play.app.held().unwrap().clone();
    assert_eq!(changed.terms.len(), before.get("soviets").unwrap().terms.len() + 1);
    let again = Library::new(Arc::new(Os), Some(folders));
    let next = Play::keeping(again, left, right);
    assert_eq!(**next.app.codebook.get("soviets").unwrap(), changed, "the next session has it");
    assert_eq!(next.app.codebook.topics().len(), before.topics().len());
    play.keys("u");
    assert!(!fs::read_to_string(&overlay).unwrap().contains("[[topic]]"), "nothing needs lie over it any more");
    assert_eq!(play.app.codebook, before);
}

#[test]
fn what_was_written_into_the_file_meanwhile_stays_when_a_term_is_undone() {
    let dir = tempfile::tempdir().unwrap();
    let mut play = session(dir.path());
    play.keys("t \"Ships\" enter 1 G v b b b *");
    let mut theirs = (*play.app.codebook).clone();
    let mut topic = (**theirs.get("ships").unwrap()).clone();
    topic.terms.push(diptych::topic::term::Term::parse("hull").unwrap());
    theirs = theirs.with(topic);
    fs::write(dir.path().join("topics.toml"), topics(dir.path()).replace("\"ship\",", "\"hull\", \"ship\",")).unwrap();
    play.tell(diptych::app::message::Msg::Codebook(Arc::new(theirs)));
    play.keys("u");
    let after = topics(dir.path());
    assert!(after.contains("\"hull\"") && !after.contains("Black"), "{after}");
}
