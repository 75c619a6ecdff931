//! Two who change the same thing at once: what each of them made is there, and where both made something of the same field,
//! that is told.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diptych::app::message::Msg;
use diptych::library::Library;
use diptych::library::disk::{Disk, Os};
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::link::judgement::{Judgement, Relation, Verdict};
use diptych::model::keeping::{KeepOrder, Kept, Record};
use diptych::topic::codebook::Topic;
use diptych::tour::Tour;

use crate::faulty::{Faulty, Step};
use crate::play::Play;

/// A library of two texts on one topic.
fn place() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("lib")).unwrap();
    for (name, content) in [
        ("lib/a.md", "# A\n\nThe worker council decides.\n\nAnother passage of some words.\n"),
        ("lib/b.md", "# B\n\nNo worker council decides here.\n\nMore of it.\n"),
        ("lib/topics.toml", "[[topic]]\nid = \"council\"\nname = \"Council\"\nterms = [\"worker council\"]\n"),
    ] {
        fs::write(dir.path().join(name), content).unwrap();
    }
    dir
}

fn texts(dir: &Path) -> [String; 2] {
    ["a.md", "b.md"].map(|name| dir.join("lib").join(name).to_str().unwrap().to_owned())
}

/// One of two readers, each with a home folder of their own.
fn reader(dir: &Path, name: &str) -> Library {
    reader_on(Arc::new(Os), dir, name)
}

fn reader_on(disk: Arc<dyn Disk>, dir: &Path, name: &str) -> Library {
    let library = Library::new(disk, Some(Folders::under(&dir.join(name))));
    let [a, b] = texts(dir).map(|text| library.request(&text).unwrap());
    library.begin_with(&[&a, &b]);
    library
}

/// Has something kept, and answers with what is told of it.
fn keep(library: &Library, number: u64, record: Record) -> String {
    match library.keep(&KeepOrder { number, record }).unwrap() {
        Kept::Told(line) => line.to_string(),
        Kept::Plain | Kept::Note(_) => String::new(),
    }
}

fn file(dir: &Path, name: &str) -> PathBuf {
    dir.join("lib").join(name)
}

fn link_of(text: &str) -> Judgement {
    link_from("The worker council", text)
}

fn link_from(words: &str, text: &str) -> Judgement {
    let place =
        |text: &str, words: &str| toml::from_str(&format!("text = {text:?}\npassage = 1\nexact = {words:?}")).unwrap();
    let relation = Relation::of_word("contrasts").unwrap();
    Judgement::join(place("a.md", words), place("b.md", "No worker council"), relation, None, text)
}

#[test]
fn of_a_link_that_two_have_changed_both_changes_are_kept() {
    let dir = place();
    let [one, other] = ["one", "other"].map(|name| reader(dir.path(), name));
    let record = |before: Option<&Judgement>, now: Option<&Judgement>| Record::Judgement {
        texts: texts(dir.path()),
        id: before.or(now).unwrap().id.clone(),
        judgement: now.cloned(),
        before: before.cloned(),
    };
    let made = link_of("");
    keep(&one, 1, record(None, Some(&made)));
    let mut related = made.clone();
    let Verdict::Joined(_, relation) = &mut related.verdict else { unreachable!() };
    *relation = Relation::Agrees;
    assert_eq!(keep(&other, 1, record(Some(&made), Some(&related))), "");
    let remarked = Judgement { note: "my words".to_owned(), ..made.clone() };
    assert_eq!(keep(&one, 2, record(Some(&made), Some(&remarked))), "", "each has changed a field of its own");
    let kept = || fs::read_to_string(file(dir.path(), "links.toml")).unwrap();
    assert!(kept().contains("\"agrees\"") && kept().contains("my words"), "{}", kept());
    let theirs = Judgement { note: "their words".to_owned(), ..related.clone() };
    let told = keep(&other, 2, record(Some(&related), Some(&theirs)));
    assert!(told.contains("others have changed the link meanwhile: the words of both are kept"), "{told}");
    assert!(kept().contains("my words") && kept().contains("their words"), "{}", kept());
    let told = keep(&one, 3, record(Some(&remarked), None));
    assert!(told.contains("not taken away"), "{told}");
    assert!(kept().contains("their words"), "{}", kept());
}

#[test]
fn of_a_topic_that_two_have_changed_both_changes_are_kept() {
    let dir = place();
    let [one, other] = ["one", "other"].map(|name| reader(dir.path(), name));
    let record = |before: &Topic, now: &Topic| Record::Topic {
        id: before.id.clone(),
        topic: Some(now.clone()),
        before: Some(before.clone()),
    };
    let before = Topic::of_terms("council", "Council", &["worker council"]);
    let named = Topic { name: "Councils".to_owned(), ..before.clone() };
    let more = Topic {
        about: "What they decide.".to_owned(),
        ..Topic::of_terms("council", "Council", &["worker council", "assembly"])
    };
    keep(&one, 1, record(&before, &named));
    assert_eq!(keep(&other, 1, record(&before, &more)), "");
    let kept = || fs::read_to_string(file(dir.path(), "topics.toml")).unwrap();
    for words in ["Councils", "assembly", "What they decide."] {
        assert!(kept().contains(words), "{words}: {}", kept());
    }
    let again = Topic { about: "Who sits there.".to_owned(), ..named.clone() };
    let told = keep(&one, 2, record(&named, &again));
    assert!(told.contains("both descriptions are kept"), "{told}");
    assert!(kept().contains("What they decide.") && kept().contains("Who sits there."), "{}", kept());
}

#[test]
fn a_topic_that_others_have_changed_is_not_taken_away_and_of_two_new_ones_of_a_name_both_are_kept() {
    let dir = place();
    let [one, other] = ["one", "other"].map(|name| reader(dir.path(), name));
    let record = |before: Option<&Topic>, now: Option<&Topic>| Record::Topic {
        id: before.or(now).unwrap().id.clone(),
        topic: now.cloned(),
        before: before.cloned(),
    };
    let (ours, theirs) = (Topic::of_terms("bread", "Bread", &["bread"]), Topic::of_terms("bread", "Bread", &["loaf"]));
    keep(&one, 1, record(None, Some(&ours)));
    keep(&other, 1, record(None, Some(&theirs)));
    let kept = || fs::read_to_string(file(dir.path(), "topics.toml")).unwrap();
    assert!(kept().contains("\"bread\"") && kept().contains("\"loaf\""), "{}", kept());
    let told = keep(&one, 2, record(Some(&ours), None));
    assert!(told.contains("others have changed the topic bread meanwhile: so it is not taken away"), "{told}");
    assert!(kept().contains("\"loaf\""), "{}", kept());
    let both = Topic::of_terms("bread", "Bread", &["bread", "loaf"]);
    assert_eq!(keep(&one, 3, record(Some(&both), None)), "", "it is as it was known, its terms in whatever order");
    assert!(!kept().contains("Bread"), "{}", kept());
}

#[test]
fn a_topic_that_others_have_changed_comes_back_where_it_was_to_be_unmade() {
    let dir = place();
    let [a, b] = texts(dir.path());
    let mut play = Play::keeping(Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home")))), &a, &b);
    play.resize(200, 35).keys("T \"passage\" enter");
    let topics = file(dir.path(), "topics.toml");
    let made = fs::read_to_string(&topics).unwrap();
    assert!(made.contains("[\"passage\"]"), "{made}");
    fs::write(&topics, made.replace("[\"passage\"]", "[\"passage\", \"theirs\"]")).unwrap();
    play.keys("u");
    play.shows("so it is not taken away");
    assert!(fs::read_to_string(&topics).unwrap().contains("theirs"));
    play.keys("t");
    play.shows("passage");
}

#[test]
fn of_a_stop_that_two_have_changed_both_changes_are_kept() {
    let dir = place();
    let [one, other] = ["one", "other"].map(|name| reader(dir.path(), name));
    let record = |before: &Tour, now: &Tour| Record::Tour {
        texts: texts(dir.path()),
        tour: now.clone(),
        seen: before.stops.iter().chain(&now.stops).map(|stop| stop.id.clone()).collect(),
        before: Some(before.clone()),
    };
    let mut made = Tour::default();
    for words in ["The worker council", "Another passage"] {
        let place = toml::from_str(&format!("text = \"a.md\"\npassage = 1\nexact = {words:?}")).unwrap();
        let stop = made.stop(None, Some(place), None);
        made.stops.push(stop);
    }
    keep(&one, 1, record(&Tour::default(), &made));
    let (mut remarked, mut timed, mut shorter) = (made.clone(), made.clone(), made.clone());
    remarked.stops[0].remark = "Ask who decides.".to_owned();
    timed.stops[0].minutes = Some(12);
    shorter.stops.remove(1);
    keep(&one, 2, record(&made, &remarked));
    assert_eq!(keep(&other, 1, record(&made, &timed)), "");
    let kept = || fs::read_to_string(file(dir.path(), "tour.toml")).unwrap();
    assert!(kept().contains("Ask who decides.") && kept().contains("minutes = 12"), "{}", kept());
    let mut theirs = timed.clone();
    theirs.stops[0].remark = "Ask for whom.".to_owned();
    let told = keep(&other, 2, record(&timed, &theirs));
    assert!(told.contains("both remarks"), "{told}");
    assert!(kept().contains("Ask who decides.") && kept().contains("Ask for whom."), "{}", kept());
    // What one takes away is gone, unless the other made something of it.
    keep(&other, 3, record(&made, &shorter));
    assert_eq!(kept().matches("[[stop]]").count(), 1, "{}", kept());
    keep(&one, 3, record(&remarked, &remarked));
    assert_eq!(kept().matches("[[stop]]").count(), 1, "it does not come back: {}", kept());
    let told = keep(&one, 4, record(&made, &Tour::default()));
    assert!(told.contains("is not taken away") && kept().contains("Ask for whom."), "{told}");
}

#[test]
fn a_session_that_knows_an_old_tour_changes_nothing_of_it_back() {
    let dir = place();
    let [a, b] = texts(dir.path());
    let mut play = Play::keeping(Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home")))), &a, &b);
    play.keys("t enter P");
    let tour = file(dir.path(), "tour.toml");
    let made = fs::read_to_string(&tour).unwrap();
    fs::write(&tour, made.replace("topic = \"council\"", "topic = \"council\"\nremark = \"Theirs.\"")).unwrap();
    play.keys("z p J P");
    let kept = fs::read_to_string(&tour).unwrap();
    assert_eq!((kept.matches("[[stop]]").count(), kept.matches("Theirs.").count()), (2, 1), "{kept}");
}

/// A session that holds the topic, on a disk that will fail so.
fn reading(dir: &Path, kind: std::io::ErrorKind) -> (Play, Arc<Faulty>) {
    let [a, b] = texts(dir);
    let disk = Arc::new(Faulty::at(&[], kind));
    let home = Folders::under(&dir.join("home"));
    let mut play = Play::keeping(Library::new(Arc::clone(&disk) as Arc<_>, Some(home)), &a, &b);
    play.resize(200, 35).keys("t enter");
    (play, disk)
}

#[test]
fn what_could_not_be_kept_is_tried_again_by_itself_and_that_is_said() {
    for (keys, name) in [("P", "tour.toml"), ("+ enter", "links.toml"), ("T \"bread\" enter", "topics.toml")] {
        let dir = place();
        let (mut play, disk) = reading(dir.path(), std::io::ErrorKind::StorageFull);
        let before = fs::read_to_string(file(dir.path(), name)).unwrap_or_default();
        disk.fail_within(&dir.path().join("lib"), &[Step::WriteTemp]);
        play.keys(keys);
        play.shows("the disk is full");
        play.tell(Msg::KeepDue);
        assert_eq!(fs::read_to_string(file(dir.path(), name)).unwrap_or_default(), before, "{name}");
        assert!(!dir.path().join("home/.local/share/diptych").exists(), "{name} goes to no other folder");
        disk.fail(&[]);
        play.tell(Msg::KeepDue);
        play.shows("saved after all");
        assert_ne!(fs::read_to_string(file(dir.path(), name)).unwrap(), before, "{name}");
        assert_eq!(play.app.made.unsaved(), 0);
    }
}

#[test]
fn what_is_in_a_file_that_cannot_be_read_is_not_called_gone() {
    for (keys, name) in [("P", "tour.toml"), ("+ enter", "links.toml"), ("T \"bread\" enter", "topics.toml")] {
        let dir = place();
        let (mut play, disk) = reading(dir.path(), std::io::ErrorKind::InvalidInput);
        let before = fs::read_to_string(file(dir.path(), name)).unwrap_or_default();
        play.keys(keys);
        let made = fs::read_to_string(file(dir.path(), name)).unwrap();
        assert_ne!(made, before, "{name}");
        disk.fail_within(&dir.path().join("lib"), &[Step::Read]);
        play.keys("u");
        assert_eq!(fs::read_to_string(file(dir.path(), name)).unwrap(), made, "{name}");
        assert_eq!(play.app.made.unsaved(), 1, "{name}: it is tried again");
        disk.fail(&[]);
        play.tell(Msg::KeepDue);
        assert_eq!(play.app.made.unsaved(), 0, "{name}");
        assert_ne!(fs::read_to_string(file(dir.path(), name)).unwrap_or_default(), made, "{name}");
    }
}

#[test]
fn on_a_disk_without_locks_or_exchange_two_who_write_at_once_lose_nothing() {
    let dir = place();
    let made = |name: &str, number: u64| link_from(&format!("{name} {number}"), "");
    std::thread::scope(|scope| {
        for name in ["one", "other"] {
            let dir = dir.path();
            scope.spawn(move || {
                let disk = Faulty::at(&[Step::LockFolder, Step::Exchange], std::io::ErrorKind::Unsupported);
                let library = reader_on(Arc::new(disk), dir, name);
                for number in 0..40 {
                    let link = made(name, number);
                    let (id, judgement) = (link.id.clone(), Some(link));
                    keep(&library, number, Record::Judgement { texts: texts(dir), id, judgement, before: None });
                }
            });
        }
    });
    let kept = fs::read_to_string(file(dir.path(), "links.toml")).unwrap();
    let lost: Vec<String> = ["one", "other"]
        .iter()
        .flat_map(|name| (0..40).map(move |number| format!("{name} {number}")))
        .filter(|words| !kept.contains(&format!("\"{words}\"")))
        .collect();
    assert_eq!(lost, [""; 0], "{kept}");
    let left = fs::read_dir(dir.path().join("lib")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert_eq!(left.filter(|name| name.starts_with('.')).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn what_is_undone_in_a_tour_is_undone_in_that_of_its_own_texts() {
    let (here, there) = (place(), place());
    let library = Library::new(Arc::new(Os), Some(Folders::under(&here.path().join("home"))));
    let [a, b] = texts(here.path());
    let mut play = Play::keeping(library, &a, &b);
    let tour = |dir: &Path| fs::read_to_string(file(dir, "tour.toml")).unwrap_or_default();
    play.keys("P").shows("stop 1");
    let [c, d] = texts(there.path());
    play.open(Side::Left, &c);
    play.open(Side::Right, &d);
    play.keys("P").shows("stop 1");
    let (one, other) = (tour(here.path()), tour(there.path()));
    assert!(one.contains("[[stop]]") && other.contains("[[stop]]"), "{one}\n{other}");
    play.keys("u").shows("undone");
    assert!(!tour(there.path()).contains("[[stop]]"), "{}", tour(there.path()));
    play.keys("P");
    let other = tour(there.path());
    play.keys("u u");
    assert!(!tour(here.path()).contains("[[stop]]"), "{}", tour(here.path()));
    play.keys("ctrl-r");
    assert!(tour(here.path()).contains("[[stop]]") && !tour(there.path()).contains("[[stop]]"));
    assert!(other.contains("[[stop]]"));
}
