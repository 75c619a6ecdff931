//! What several people made becomes one library: nothing is lost, nothing is there twice, and it stays known whose it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Deref;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Output;

use diptych::anchor::Anchor;
use diptych::library::disk::{Os, Spot};
use diptych::library::merging::{Folder, Merged};
use diptych::library::{links, tours};
use diptych::link::judgement::{Judgement, Relation};
use diptych::topic::codebook::{Codebook, TopicId};
use diptych::tour::{Stop, Tour};
use proptest::prelude::*;

use crate::cli::{err, out};
use crate::play::Play;
use crate::shelf::Own;

const QUAY: &str = "# The Quay\n\nThe dockers hired themselves by lot each morning under the crane.\n\n\
                    No foreman was asked who should carry the heaviest sacks.\n\nRain fell on the coal.\n";
const OFFICE: &str = "# The Office\n\nThe harbour master hired the dockers each morning from a list.\n\n\
                      A foreman said who should carry the heaviest sacks and who went home.\n\nThe clock was wound.\n";
const TOPICS: &str = "[[topic]]\nid = \"hiring\"\nname = \"Hiring\"\nterms = [\"hired\", \"foreman\"]\n";

/// The folders of several people, and the home of whoever puts them together.
struct Room(Own);

impl Deref for Room {
    type Target = Own;

    fn deref(&self) -> &Own {
        &self.0
    }
}

impl Room {
    fn new() -> Self {
        Self(Own::empty())
    }

    /// A room in which each has the two texts and the topic.
    fn of(people: &[&str]) -> Self {
        let room = Self::new();
        for person in people {
            room.put(&format!("{person}/quay.md"), QUAY);
            room.put(&format!("{person}/office.md"), OFFICE);
            room.put(&format!("{person}/topics.toml"), TOPICS);
        }
        room
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// Has a person read the two texts with these keys.
    fn reads(&self, person: &str, keys: &str) {
        self.put("home/.config/diptych/config.toml", &format!("author = \"{person}\"\n"));
        let path = |name: &str| self.at(person).join(name).to_str().unwrap().to_owned();
        Play::keeping(self.library(), &path("quay.md"), &path("office.md")).keys(keys);
    }

    /// Has a person's file say a judgement of the first passages, or of the second ones.
    fn judges(&self, person: &str, passage: usize, relation: Option<Relation>, note: &str) {
        let words = |text: &str| text.split("\n\n").nth(passage).unwrap().to_owned();
        let place = |name: &str, text: &str| anchor(name, passage as u32, &words(text));
        let (one, other) = (place("quay.md", QUAY), place("office.md", OFFICE));
        let topic = Some(TopicId::new("hiring"));
        let made = match relation {
            Some(relation) => Judgement::join(one, other, relation, topic, note),
            None => Judgement::reject(one, other, topic),
        };
        let judgement = Judgement { authors: vec![person.to_owned()], ..made };
        links::put(&Os, &Spot::own(self.at(person).join(links::NAME)), &judgement, "2026-11-30T09:00:00Z").unwrap();
    }

    fn merge(&self, people: &[&str], to: &str) -> Merged {
        let folders: Vec<_> = people.iter().map(|p| Folder { path: self.at(p), whose: None }).collect();
        self.library().merge(&folders, &self.at(to)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Output {
        self.0.run(&self.at(""), args)
    }

    /// All files below a folder, with what is in them.
    fn snapshot(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.at(folder)];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap().flatten() {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else {
                    let below = entry.path().strip_prefix(self.at(folder)).unwrap().to_owned();
                    files.insert(below, fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    }
}

fn anchor(text: &str, passage: u32, exact: &str) -> Anchor {
    toml::from_str(&format!("text = {text:?}\npassage = {passage}\nexact = {exact:?}")).unwrap()
}

fn judged(folder: &Path) -> Vec<Judgement> {
    links::read(&Os, &Spot::own(folder.join(links::NAME))).0
}

fn told(merged: &Merged) -> String {
    merged.told.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_folders_of_three_become_one_and_show_where_they_differ() {
    let room = Room::of(&["Anna", "Bert", "Cem"]);
    room.reads("Anna", "a \"Who_draws_the_lots?\" ctrl-s P");
    room.reads("Bert", "J a \"A_list_is_quicker.\" ctrl-s P");
    room.judges("Anna", 1, Some(Relation::Contrasts), "Lots against a list.");
    room.judges("Bert", 1, Some(Relation::Contrasts), "Nobody is left out by a list.");
    room.judges("Cem", 1, None, "");
    room.judges("Anna", 2, Some(Relation::Contrasts), "");
    room.judges("Cem", 2, Some(Relation::Answers), "");
    let said = room.run(&["merge", "Anna", "Bert/", "Cem", "-o", "all"]);
    assert!(said.status.success() && err(&said).is_empty(), "{} {}", out(&said), err(&said));
    assert!(out(&said).contains("2 new notes") && out(&said).contains("2 new stops"), "{}", out(&said));
    assert_eq!(fs::read_dir(room.at("all/notes")).unwrap().count(), 2);
    let links = room.file("all/links.toml");
    assert!(links.contains("author = [\"Anna\", \"Bert\"]"), "{links}");
    assert!(links.contains("Anna: Lots against a list.") && links.contains("Bert: Nobody is left out"), "{links}");
    let checked = room.run(&["check", "all"]);
    assert!(out(&checked).contains("nothing is wrong"), "{}", out(&checked));
    // How far they agree, over relations and over what the texts treat.
    let agreed = room.run(&["links", "all/quay.md", "all/office.md", "--agreement"]);
    let agreed = out(&agreed);
    for words in ["3 readers: Anna, Bert, Cem", "relations", "treatments", "contrasts: Anna, Bert · rejected: Cem"] {
        assert!(agreed.contains(words), "{words}: {agreed}");
    }
    // The same in the reader: the hinge says who, the list where they differ.
    room.put("home/.config/diptych/config.toml", "author = \"Dora\"\n");
    let path = |name: &str| room.at("all").join(name).to_str().unwrap().to_owned();
    let mut play = Play::keeping(room.library(), &path("quay.md"), &path("office.md"));
    play.keys("g l").shows("disputed").shows("readers differ on");
    play.keys("enter").shows("contrasts").shows("Anna").shows("Bert").shows("≠ Cem");
    play.keys("w").shows("rejected by").shows("joined by");
    play.keys("esc");
    // What another has joined is not taken apart unasked.
    play.keys("-").shows("take apart the link of Anna, Bert").shows("y/n");
    play.keys("esc g l \"state:disputed_author:cem\"");
    let screen = play.screen().join("\n");
    assert!(screen.contains("rejected") && screen.contains("answers") && !screen.contains("contrasts  "), "{screen}");
}

#[test]
fn what_readers_differ_on_comes_first_also_where_one_has_rejected_it() {
    let room = Room::of(&["Anna", "Cem"]);
    room.judges("Anna", 1, Some(Relation::Agrees), "");
    room.judges("Anna", 2, Some(Relation::Contrasts), "");
    room.judges("Cem", 2, None, "");
    room.merge(&["Anna", "Cem"], "all");
    let path = |name: &str| room.at("all").join(name).to_str().unwrap().to_owned();
    let mut play = Play::keeping(room.library(), &path("quay.md"), &path("office.md"));
    let screen = play.keys("g l").screen();
    let at = |words: &str| screen.iter().position(|row| row.contains(words)).unwrap_or_else(|| panic!("{screen:#?}"));
    assert!(at(" ≠ ") < at("  agrees") && at("  contrasts") < at("  agrees"), "{screen:#?}");
}

#[test]
fn texts_are_one_by_what_they_say_and_two_by_what_they_do_not() {
    let room = Room::of(&["Anna"]);
    // The same text under another name; another text under the same name; one that only he has.
    room.put("Bert/the-quay.md", QUAY);
    room.put("Bert/office.md", "# An Office\n\nNothing at all happens here, and it happens slowly.\n");
    room.put("Bert/own/tide.txt", "The tide turned at four.\n\nNobody saw it.\n");
    let place = |words: &str, text: &str| anchor(text, 1, words);
    let quay = QUAY.split("\n\n").nth(1).unwrap();
    let link = Judgement::join(
        place(quay, "the-quay.md"),
        place("Nothing at all happens here, and it happens slowly.", "office.md"),
        Relation::Agrees,
        None,
        "",
    );
    links::put(&Os, &Spot::own(room.at("Bert/links.toml")), &link, "").unwrap();
    let merged = room.merge(&["Bert", "Anna"], "all");
    assert!(merged.faults.is_empty(), "{:?}", merged.faults);
    let names: BTreeSet<_> = room.snapshot("all").into_keys().map(|p| p.to_str().unwrap().to_owned()).collect();
    let expected = ["links.toml", "office-Bert.md", "office.md", "own/tide.txt", "quay.md", "topics.toml"];
    // Of two that are one each, either may keep the name.
    let expected: BTreeSet<_> = expected.iter().map(|n| (*n).to_owned()).collect();
    let other = expected.iter().map(|n| n.replace("office-Bert", "office-Anna")).collect();
    assert!(names == expected || names == other, "{names:?}");
    let [link] = <[Judgement; 1]>::try_from(judged(&room.at("all"))).unwrap();
    let texts: Vec<_> = link.places().iter().map(|p| p.text.as_str().to_owned()).collect();
    assert!(texts.contains(&"quay.md".to_owned()), "{texts:?}");
    let own = texts.iter().find(|t| t.starts_with("office")).unwrap();
    assert!(room.file(&format!("all/{own}")).contains("happens slowly"), "what was made for a text stays with it");
    let told = told(&merged);
    for line in ["is another text", "only Bert has it; copied", "the-quay.md of Bert: the same text as quay.md"] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn what_was_made_for_another_version_comes_to_the_first_where_its_words_are_there() {
    let room = Room::of(&["Anna", "Cem"]);
    let changed = QUAY.replace("# The Quay\n\n", "# The Quay\n\nA new beginning of some length stands here now.\n\n");
    room.put("Bert/quay.md", &changed);
    room.put("Bert/office.md", OFFICE);
    let words = |text: &str, nth: usize| text.split("\n\n").nth(nth).unwrap().to_owned();
    let office = || anchor("office.md", 1, &words(OFFICE, 1));
    let of_bert = |nth: usize| Judgement {
        authors: vec!["Bert".to_owned()],
        ..Judgement::join(anchor("quay.md", nth as u32, &words(&changed, nth)), office(), Relation::Contrasts, None, "")
    };
    let file = Spot::own(room.at("Bert/links.toml"));
    links::put_all(&Os, &file, &[of_bert(1), of_bert(2)], "").unwrap();
    let mut tour = Tour::default();
    tour.stops.push(tour.stop(None, Some(anchor("quay.md", 2, &words(&changed, 2))), Some(office())));
    tours::take_in(&Os, &Spot::own(room.at("Bert/tour.toml")), &tour).unwrap();
    let merged = room.merge(&["Anna", "Bert", "Cem"], "all");
    assert_eq!(room.file("all/quay.md"), QUAY, "what two have keeps the name");
    assert_eq!(room.file("all/quay-Bert.md"), changed);
    assert!(told(&merged).contains("a version of it"), "{}", told(&merged));
    let all = judged(&room.at("all"));
    let at = |words: &str| {
        let places = all.iter().flat_map(Judgement::places).cloned();
        places.filter(|p| p.exact == words).map(|p| (p.text.as_str().to_owned(), p.passage)).next().unwrap()
    };
    assert_eq!(at(&words(&changed, 1)), ("quay-Bert.md".to_owned(), 1), "it is not in the first version");
    assert_eq!(at(&words(&changed, 2)), ("quay.md".to_owned(), 1), "it is, elsewhere");
    let (tour, _) = tours::read(&Os, &Spot::own(room.at("all/tour.toml")));
    assert_eq!(tour.stops[0].left.as_ref().unwrap().text.as_str(), "quay.md");
}

#[test]
fn what_is_broken_costs_only_itself_and_what_leads_out_is_not_followed() {
    let room = Room::of(&["Anna", "Bert", "Cem"]);
    room.put("secret.md", "The word that nobody is to read.\n");
    room.put("Anna/links.toml", "[[link]\n");
    room.put("Anna/notes/20261130-090000-a.md", "---\nid: \"\u{1b}[31mred\"\nanchors: 3\n---\n\nWords.\n");
    symlink(room.at("secret.md"), room.at("Bert/led.md")).unwrap();
    symlink(room.at("secret.md"), room.at("Bert/tour.toml")).unwrap();
    room.judges("Bert", 1, Some(Relation::Agrees), "\u{1b}]0;pwned\u{7}");
    let out_of = Judgement::join(
        anchor("../secret.md", 1, "The word that nobody is to read."),
        anchor("/etc/passwd", 1, "root"),
        Relation::Own("\u{1b}[2J".to_owned()),
        None,
        "",
    );
    links::put(&Os, &Spot::own(room.at("Bert/links.toml")), &out_of, "").unwrap();
    let said = room.run(&["merge", "Anna", "Bert", "Cem", "-o", "all"]);
    assert_eq!(said.status.code(), Some(1), "what is missing is a finding");
    assert!(err(&said).contains("Anna/links.toml:1:") && err(&said).contains("led.md"), "{}", err(&said));
    assert!(!out(&said).contains('\u{1b}') && !err(&said).contains('\u{1b}'));
    let all = room.snapshot("all");
    assert!(all.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("nobody is to read.\n")), "{all:?}");
    assert!(all.contains_key(Path::new("notes/20261130-090000-a.md")));
    assert_eq!(judged(&room.at("all")).len(), 2);
    // Nothing is written where what is to be added to is broken, and a folder that is not there is told before.
    room.put("broken/links.toml", "[[link]\n");
    for args in [
        &["merge", "Cem", "-o", "broken"][..],
        &["merge", "Cem", "nobody", "-o", "new"],
        &["merge", "Cem", "-o", "secret.md"],
    ] {
        let said = room.run(args);
        assert_eq!(said.status.code(), Some(1), "{args:?}");
        assert_eq!(err(&said).lines().count(), 1, "{}", err(&said));
    }
    assert_eq!(room.snapshot("broken").len(), 1);
    // A folder for notes that leads elsewhere gets none.
    room.put("Dora/notes/20261130-090000-a.md", "---\nid: a\n---\n\nWords.\n");
    room.put("to/a.md", "Words.\n");
    symlink(room.at("Cem"), room.at("to/notes")).unwrap();
    let before = room.snapshot("Cem");
    let said = room.run(&["merge", "Dora", "-o", "to"]);
    assert!(said.status.code() == Some(1) && err(&said).contains("leads out of the library"), "{}", err(&said));
    assert_eq!(room.snapshot("Cem"), before);
}

#[test]
fn who_has_no_name_gets_one_and_two_of_one_name_are_asked_about() {
    let room = Room::of(&["Anna", "Bert"]);
    room.judges("Anna", 1, Some(Relation::Agrees), "");
    room.judges("Bert", 2, Some(Relation::Agrees), "");
    let renamed = room.file("Bert/links.toml").replace("\"Bert\"", "\"Anna\"");
    room.put("Bert/links.toml", &renamed);
    room.put("Cem/links.toml", &renamed.replace("author = \"Anna\"\n", "").replace("agrees", "answers"));
    room.put("Cem/notes/20261130-090000-mine.md", "---\nid: x\nanchors: []\n---\n\nMine: {id}.\n");
    let refused = room.run(&["merge", "Anna", "Bert", "Cem=Cem", "-o", "all"]);
    let said = err(&refused);
    let (anna, bert) = (room.at("Anna"), room.at("Bert"));
    for words in [
        format!("“Anna” made things in {} and others in {}", anna.display(), bert.display()),
        format!("“Anna={}” “Anna={}”", anna.display(), bert.display()),
        format!("“NAME={}”", bert.display()),
    ] {
        assert!(said.contains(&words), "{words}: {said}");
    }
    assert!(refused.status.code() == Some(1) && said.lines().count() == 1 && !room.at("all").exists(), "{said}");
    // The same folder again is nobody else's, nor is a part of it.
    room.put("Part/quay.md", QUAY);
    assert!(err(&room.run(&["merge", "Anna", "Anna/", "Part", "-o", "once"])).is_empty());
    assert!(err(&room.run(&["merge", "Anna", "-o", "once"])).is_empty());
    // One who comes later, to what is there, is asked about as well.
    assert!(err(&room.run(&["merge", "Bert", "-o", "once"])).contains("made things in"));
    let said = room.run(&["merge", "Anna=Anna", "Anna=Bert", "Cem=Cem", "-o", "all"]);
    assert!(said.status.success(), "{}", err(&said));
    let names =
        |folder: &str| -> BTreeSet<String> { judged(&room.at(folder)).into_iter().flat_map(|j| j.authors).collect() };
    assert_eq!(names("all").into_iter().collect::<Vec<_>>(), ["Anna", "Cem"]);
    assert!(room.file("all/notes/20261130-090000-mine.md").contains("author: Cem"));
    room.run(&["merge", "Anna", "Anna B.=Bert", "-o", "apart"]);
    assert_eq!(names("apart").into_iter().collect::<Vec<_>>(), ["Anna", "Anna B."]);
}

#[test]
fn what_was_made_for_the_bundled_texts_takes_them_along() {
    let room = Room::new();
    let link = |topic: &str| {
        let place = |text: &str| anchor(text, 1, "any words");
        let (one, other) = (place("embedded:power-from-below"), place("embedded:the-party-as-instrument"));
        Judgement::join(one, other, Relation::Contrasts, Some(TopicId::new(topic)), "")
    };
    for (person, topic) in [("Anna", "soviets"), ("Bert", "vanguard")] {
        links::put(&Os, &Spot::own(room.at(person).join("links.toml")), &link(topic), "").unwrap();
    }
    room.merge(&["Anna", "Bert"], "all");
    let texts: BTreeSet<_> =
        judged(&room.at("all")).iter().flat_map(Judgement::places).map(|p| p.text.to_string()).collect();
    assert_eq!(texts.into_iter().collect::<Vec<_>>(), ["power-from-below.md", "the-party-as-instrument.md"]);
    assert!(room.file("all/power-from-below.md").contains("title:"));
}

/// A link between the first passages of two texts.
fn link_of(one: &str, other: &str) -> Judgement {
    let place = |text: &str| anchor(text, 1, "any words");
    Judgement::join(place(one), place(other), Relation::Contrasts, None, "")
}

#[test]
fn a_text_of_ones_own_stays_beside_the_bundled_one_of_its_name() {
    let room = Room::new();
    let own = "# Mine\n\nThese words are mine and nobody else has them.\n";
    room.put("Anna/power-from-below.md", own);
    let file = Spot::own(room.at("Anna/links.toml"));
    let other = "embedded:the-party-as-instrument";
    for one in ["embedded:power-from-below", "power-from-below.md"] {
        links::put(&Os, &file, &link_of(one, other), "").unwrap();
    }
    room.merge(&["Anna"], "all");
    assert_eq!(room.file("all/power-from-below.md"), own);
    assert!(room.file("all/embedded-power-from-below.md").contains("title:"));
    let texts: BTreeSet<_> =
        judged(&room.at("all")).iter().flat_map(Judgement::places).map(|p| p.text.to_string()).collect();
    let expected = ["embedded-power-from-below.md", "power-from-below.md", "the-party-as-instrument.md"];
    assert_eq!(texts.into_iter().collect::<Vec<_>>(), expected);
    // A copy of one's own is the bundled text, whatever it is called.
    let bundled = room.file("all/embedded-power-from-below.md");
    room.put("Bert/copy.md", &bundled);
    links::put(&Os, &Spot::own(room.at("Bert/links.toml")), &link_of("embedded:power-from-below", other), "").unwrap();
    room.merge(&["Bert"], "one");
    let names: BTreeSet<_> = room.snapshot("one").into_keys().map(|p| p.to_str().unwrap().to_owned()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["copy.md", "links.toml", "the-party-as-instrument.md"]);
}

#[test]
fn what_the_target_only_names_is_copied_to_it() {
    let room = Room::new();
    for person in ["Anna", "Bert"] {
        let file = Spot::own(room.at(person).join("links.toml"));
        links::put(&Os, &file, &link_of("embedded:power-from-below", "embedded:the-party-as-instrument"), "").unwrap();
    }
    room.merge(&["Bert"], "Anna");
    for place in judged(&room.at("Anna")).iter().flat_map(Judgement::places) {
        let text = place.text.as_str();
        assert!(text.starts_with("embedded:") || room.at("Anna").join(text).is_file(), "{text} is not there");
    }
}

#[test]
fn a_name_for_a_folder_signs_its_notes_too() {
    let room = Room::of(&["Anna", "Bert"]);
    let note = |id: &str, author: &str| format!("---\nid: {id}\nauthor: {author}\nanchors: []\n---\n\nMine: {id}.\n");
    for (person, id) in [("Anna", "20261130-090000-a"), ("Bert", "20261130-090000-b")] {
        room.put(&format!("{person}/notes/{id}.md"), &note(id, "A."));
    }
    let refused = err(&room.run(&["merge", "Anna", "Bert", "-o", "all"]));
    assert!(refused.contains("“A.” made things in"), "{refused}");
    let told = out(&room.run(&["merge", "Anna", "B.=Bert", "-o", "apart"]));
    assert!(!told.contains("NAME=") && !told.contains("0 with more"), "{told}");
    assert!(room.file("apart/notes/20261130-090000-a.md").contains("author: A."));
    assert!(room.file("apart/notes/20261130-090000-b.md").contains("author: B."));
    // Of several names none is taken for theirs.
    room.put("Bert/notes/20261130-090000-c.md", &note("20261130-090000-c", "C."));
    room.run(&["merge", "B.=Bert", "-o", "several"]);
    assert!(room.file("several/notes/20261130-090000-b.md").contains("author: A."));
}

/// What a person has made.
#[derive(Debug, Clone)]
struct Made {
    judged: Vec<(usize, Option<Relation>, &'static str)>,
    notes: Vec<(&'static str, &'static str)>,
    stops: Vec<(usize, &'static str)>,
    terms: BTreeSet<&'static str>,
}

fn made() -> impl Strategy<Value = Made> {
    let relation = prop::option::of(prop::sample::select(vec![Relation::Contrasts, Relation::Agrees]));
    let remark = prop::sample::select(vec!["", "So it is.", "One.\n\nTwo."]);
    let judged = prop::collection::vec((1..3_usize, relation, remark), 0..4);
    let name = prop::sample::select(vec!["20261130-090000-a", "20261130-090001-b"]);
    let notes = prop::collection::btree_map(name, prop::sample::select(vec!["Mine.", "Yours."]), 0..3);
    let stops = prop::collection::vec((1..3_usize, prop::sample::select(vec!["", "Ask."])), 0..3);
    let terms = prop::collection::btree_set(prop::sample::select(vec!["hired", "foreman", "sacks"]), 1..3);
    (judged, notes, stops, terms).prop_map(|(judged, notes, stops, terms)| Made {
        judged,
        notes: notes.into_iter().collect(),
        stops,
        terms,
    })
}

impl Made {
    fn write(&self, room: &Room, person: &str) {
        room.put(&format!("{person}/quay.md"), QUAY);
        room.put(&format!("{person}/office.md"), OFFICE);
        let terms: Vec<_> = self.terms.iter().map(|t| format!("{t:?}")).collect();
        let topics = format!("[[topic]]\nid = \"hiring\"\nname = \"Hiring\"\nterms = [{}]\n", terms.join(", "));
        room.put(&format!("{person}/topics.toml"), &topics);
        for (passage, relation, remark) in &self.judged {
            room.judges(person, *passage, relation.clone(), remark);
        }
        for (name, words) in &self.notes {
            let note = format!("---\nid: {name}\nauthor: {person}\n---\n\n{words}\n");
            room.put(&format!("{person}/notes/{name}.md"), &note);
        }
        let mut tour = Tour { title: person.to_owned(), ..Tour::default() };
        for (passage, remark) in &self.stops {
            let stop = tour.stop(None, Some(anchor("quay.md", *passage as u32, "words")), None);
            let stop = Stop { remark: (*remark).to_owned(), author: Some(person.to_owned()), ..stop };
            tour = tour.joined_by(&Tour { stops: vec![stop], ..Tour::default() });
        }
        if !tour.stops.is_empty() {
            tours::take_in(&Os, &Spot::own(room.at(person).join(tours::NAME)), &tour).unwrap();
        }
    }
}

/// What is in a folder, in no order and whatever it is called there.
fn said(room: &Room, folder: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for judgement in judged(&room.at(folder)) {
        let places: Vec<_> = judgement.places().iter().map(|p| format!("{} {}", p.text, p.passage)).collect();
        all.insert(format!("{places:?} {:?} {:?} {}", judgement.relation(), judgement.authors, judgement.note));
    }
    for stop in tours::read(&Os, &Spot::own(room.at(folder).join(tours::NAME))).0.stops {
        all.insert(format!("stop {:?} {} {:?}", stop.left, stop.remark, stop.author));
    }
    for (path, bytes) in room.snapshot(folder) {
        if path.starts_with("notes") {
            let words = String::from_utf8(bytes).unwrap();
            all.insert(words.lines().filter(|l| !l.starts_with("id:")).collect::<Vec<_>>().join("\n"));
        } else if path.extension().is_some_and(|e| e == "md") {
            all.insert(format!("{} {}", path.display(), String::from_utf8(bytes).unwrap()));
        }
    }
    let topics = fs::read_to_string(room.at(folder).join("topics.toml")).unwrap_or_default();
    for topic in Codebook::parse(&topics).0.topics() {
        all.extend(topic.terms.iter().map(|term| format!("{} {}", topic.id, term.as_str())));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn order_and_repetition_do_not_matter_and_nothing_is_lost(one in made(), other in made(), third in made()) {
        let room = Room::new();
        for (person, made) in ["Anna", "Bert", "Cem"].iter().zip([&one, &other, &third]) {
            made.write(&room, person);
        }
        room.merge(&["Anna", "Bert", "Cem"], "all");
        room.merge(&["Cem", "Bert", "Anna", "Bert"], "turned");
        let all = room.snapshot("all");
        prop_assert_eq!(&room.snapshot("turned"), &all);
        room.merge(&["Bert", "Anna", "Cem"], "all");
        prop_assert_eq!(&room.snapshot("all"), &all, "merging again changes nothing");
        room.merge(&["all"], "all");
        prop_assert_eq!(&room.snapshot("all"), &all, "merged with itself it is itself");
        room.merge(&["Cem"], "slowly");
        room.merge(&["Anna"], "slowly");
        room.merge(&["Bert"], "slowly");
        prop_assert_eq!(said(&room, "slowly"), said(&room, "all"));
        let merged = judged(&room.at("all"));
        for person in ["Anna", "Bert", "Cem"] {
            for own in judged(&room.at(person)) {
                let kept = merged.iter().find(|j| j.says_the_same(&own)).unwrap();
                prop_assert!(kept.authors.contains(&person.to_owned()));
                prop_assert!(own.note.split("\n\n").all(|words| kept.note.contains(words)));
            }
        }
        let notes = one.notes.len().max(other.notes.len()).max(third.notes.len());
        prop_assert!(fs::read_dir(room.at("all/notes")).map_or(0, Iterator::count) >= notes);
    }
}
