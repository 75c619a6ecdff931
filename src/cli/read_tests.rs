//! Tests of the texts, topics and words a session begins with.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::session;
use crate::app::message::Effect;
use crate::app::work::load::Load;
use crate::app::work::shelf::FindTexts;
use crate::library::Library;
use crate::library::disk::Os;
use crate::library::folders::Folders;
use crate::model::snapshot::Snapshot;

struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    fn new(files: &[(&str, &str)]) -> Self {
        let home = Self { dir: tempfile::tempdir().unwrap() };
        for (name, content) in files {
            let path = home.at(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        home
    }

    fn at(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.dir.path()).unwrap().join(name)
    }

    fn library(&self) -> Library {
        Library::new(Arc::new(Os), Some(Folders::under(&self.at(""))))
    }

    fn asked(&self, name: &str) -> String {
        self.at(name).to_str().unwrap().to_owned()
    }
}

/// What the panes of a session ask for, left first.
fn loads(effects: Vec<Effect>) -> Vec<String> {
    let load = |effect| match effect {
        Effect::Work(job) => job.work::<Load>().map(|load| load.what.clone()),
        Effect::Terminal(_) | Effect::Later(..) => None,
    };
    effects.into_iter().filter_map(load).collect()
}

#[test]
fn without_a_word_the_embedded_texts_are_opened() {
    let home = Home::new(&[]);
    let mut app = session(&home.library(), None, None).unwrap();
    assert_eq!(loads(app.out.take_effects()), ["embedded:the-party-as-instrument", "embedded:power-from-below"]);
    assert_eq!((app.shelf.texts().len(), app.out.notice.clone()), (0, None), "the shelf comes after the first screen");
    assert!(app.topics.codebook().get("soviets").is_some());
}

#[test]
fn whoever_has_never_been_here_is_invited_to_the_introduction() {
    let home = Home::new(&[("a.md", "A."), ("b.md", "B.")]);
    let invited = |left: Option<&str>| {
        session(&home.library(), left, None).unwrap().shelf.invitation().map(|t| t.request.clone())
    };
    assert_eq!(invited(None).as_deref(), Some("embedded:introduction"));
    assert_eq!(invited(Some(&home.asked("a.md"))), None);
    let last = Snapshot { left: Some(home.asked("a.md")), right: Some(home.asked("b.md")), ..Snapshot::default() };
    home.library().remember(&last).unwrap();
    assert_eq!(invited(None), None);
}

#[test]
fn one_text_is_read_beside_the_next_of_its_folder() {
    let home = Home::new(&[("t/a.md", "A."), ("t/b.md", ""), ("t/c.txt", "C."), ("u/alone.md", "Alone.")]);
    let library = home.library();
    // The empty one is passed over, and after the last comes the first.
    for (left, right) in [("t/a.md", "t/c.txt"), ("t/c.txt", "t/a.md")] {
        let mut app = session(&library, Some(&home.asked(left)), None).unwrap();
        assert_eq!(loads(app.out.take_effects()), [home.asked(left), home.asked(right)]);
    }
    fs::write(home.at("t/c.txt"), "Title: The Sea\n\nWords.\n").unwrap();
    fs::write(home.at("t/d.md"), "---\ntitle: The Patient Loaf\n---\n\nWords.\n").unwrap();
    let said = |left: &str, right: Option<&str>| {
        let right = right.map(|name| home.asked(name));
        session(&library, Some(&home.asked(left)), right.as_deref()).unwrap().out.notice
    };
    let notice = said("t/c.txt", None).unwrap();
    assert_eq!(notice.as_str(), "beside it: The Patient Loaf (o opens another)");
    assert_eq!(said("t/d.md", None).unwrap().as_str(), "beside it: a.md (o opens another)");
    assert_eq!(said("t/a.md", Some("t/c.txt")), None, "what was asked for is no news");
    assert_eq!(said("u/alone.md", None), None);
    let mut app = session(&library, Some(&home.asked("u/alone.md")), None).unwrap();
    assert_eq!(loads(app.out.take_effects()), [home.asked("u/alone.md")]);
}

#[test]
fn two_texts_bring_their_shelves_and_their_topics() {
    let topics = |id: &str| format!("[[topic]]\nid = \"{id}\"\nterms = [\"{id}\"]\n");
    let home = Home::new(&[
        ("t/a.md", "A."),
        ("t/topics.toml", &topics("one")),
        ("u/b.md", "B."),
        ("u/c.md", "C."),
        ("u/topics.toml", &topics("two")),
    ]);
    let deep = format!("{}:1", home.asked("u/b.md"));
    let library = home.library();
    let mut app = session(&library, Some(&home.asked("t/a.md")), Some(&deep)).unwrap();
    let effects = app.out.take_effects();
    let shelf = |effect: &Effect| {
        if let Effect::Work(job) = effect { job.work::<FindTexts>().map(|s| s.0.clone()) } else { None }
    };
    let beside = effects.iter().find_map(shelf).unwrap();
    assert_eq!(beside, [home.asked("t/a.md"), home.asked("u/b.md")]);
    assert_eq!(library.shelf_beside(&beside).len(), 3);
    let again = [&beside[..], &beside[..]].concat();
    assert_eq!(library.shelf_beside(&again).len(), 3, "each folder once");
    assert_eq!(loads(effects), [home.asked("t/a.md"), deep]);
    let ids: Vec<_> = app.topics.codebook().topics().iter().map(|t| t.id.to_string()).collect();
    assert_eq!(ids, ["one", "two"]);
}

#[test]
fn the_last_pair_is_resumed_while_it_is_there() {
    let home = Home::new(&[("a.md", "A."), ("b.md", "B.")]);
    let last = |left: &str, right: &str| Snapshot {
        left: Some(left.to_owned()),
        right: Some(right.to_owned()),
        ..Snapshot::default()
    };
    let (a, b) = (home.asked("a.md"), home.asked("b.md"));
    home.library().remember(&last(&a, &b)).unwrap();
    assert_eq!(loads(session(&home.library(), None, None).unwrap().out.take_effects()), [a.clone(), b.clone()]);
    fs::remove_file(home.at("b.md")).unwrap();
    let mut app = session(&home.library(), None, None).unwrap();
    assert_eq!(loads(app.out.take_effects()).len(), 2);
    assert!(app.out.notice.unwrap().as_str().starts_with(&format!("{b}: no such file")));
    home.library().remember(&last("-", &a)).unwrap();
    assert_eq!(
        loads(session(&home.library(), None, None).unwrap().out.take_effects())[0],
        "embedded:the-party-as-instrument"
    );
}

#[test]
fn what_is_wrong_with_the_own_files_is_told_and_reading_goes_on() {
    let home = Home::new(&[
        (".config/diptych/config.toml", "theme = \"light\"\nmesure = 3\n"),
        (".config/diptych/keymap.toml", "[reading]\n\"q\" = \"nothing-such\"\n"),
        (".local/state/diptych/state.toml", "nonsense"),
    ]);
    let app = session(&home.library(), None, None).unwrap();
    let notice = app.out.notice.unwrap();
    assert!(notice.as_str().contains("config.toml:2:1: `mesure` is not a setting"), "{notice}");
    assert!(notice.as_str().ends_with("(and 2 more: `diptych check`)"), "{notice}");
    assert_eq!(app.settings.theme, crate::model::settings::ThemeName::Light);
}

#[test]
fn what_cannot_be_opened_ends_before_the_screen() {
    let home = Home::new(&[("a.md", "A."), ("empty.md", "")]);
    for wrong in ["none.md", "empty.md", ""] {
        let asked = home.asked(wrong);
        assert!(session(&home.library(), Some(&home.asked("a.md")), Some(&asked)).is_err(), "{wrong}");
        assert!(session(&home.library(), Some(&asked), None).is_err(), "{wrong}");
    }
    assert!(!Path::new(&home.asked(".local/state/diptych/state.toml")).exists());
}
