//! What the reader makes is kept, can be unmade, and is not lost where it cannot be kept.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use diptych::app::margin::SignKind;
use diptych::library::Library;
use diptych::library::folders::Folders;
use diptych::link::Side;

use crate::faulty::{Faulty, STEPS, Step};
use crate::play::Play;

/// A session on the bundled pair, its disk, and the file its topics go to.
fn session(dir: &tempfile::TempDir) -> (Play, Arc<Faulty>, PathBuf) {
    let disk = Arc::new(Faulty::at(&[], io::ErrorKind::StorageFull));
    let folders = Folders::under(dir.path());
    let topics = folders.of_library("embedded").join("topics.toml");
    let library = Library::new(disk.clone(), Some(folders));
    (Play::keeping(library, "embedded:the-party-as-instrument", "embedded:power-from-below"), disk, topics)
}

/// Accepts the first topic that is proposed; answers with its name.
fn accept(play: &mut Play) -> String {
    let name = play.app.topics.proposals().first().unwrap().topic.name.clone();
    let typed = name.replace(' ', "_");
    play.keys(&format!("t \"{typed}\" tab"));
    name
}

#[test]
fn an_accepted_topic_is_kept_unmade_and_made_again() {
    let dir = tempfile::tempdir().unwrap();
    let (mut play, _, topics) = session(&dir);
    let proposed = play.app.topics.proposals().len();
    let name = accept(&mut play);
    assert_eq!(play.app.topics.held().unwrap().name, name);
    assert!(fs::read_to_string(&topics).unwrap().contains(&name));
    play.keys("u").shows(&format!("undone: the topic {name}"));
    assert!(!fs::read_to_string(&topics).unwrap().contains(&name));
    assert_eq!(play.app.topics.proposals().len(), proposed, "it is proposed again");
    play.keys("ctrl-r").shows(&format!("redone: the topic {name}"));
    assert!(fs::read_to_string(&topics).unwrap().contains(&name));
    play.keys("ctrl-r").shows("nothing to redo");
    play.keys("u u").shows("nothing to undo");
}

#[test]
fn what_cannot_be_kept_stays_is_said_and_is_tried_again() {
    for step in STEPS.into_iter().filter(|s| {
        !matches!(
            s,
            Step::CopyMode
                | Step::Remove
                | Step::Lock
                | Step::SyncFolder
                | Step::LockFolder
                | Step::List
                | Step::Exchange
                | Step::RealPath
        )
    }) {
        let dir = tempfile::tempdir().unwrap();
        let (mut play, disk, topics) = session(&dir);
        disk.fail(&[step]);
        let name = accept(&mut play);
        assert!(play.app.out.notice.as_ref().unwrap().as_str().contains("the disk is full"), "{step:?}");
        play.keys("j").shows("1 not saved");
        assert_eq!(play.app.topics.held().unwrap().name, name, "it is still there: {step:?}");
        assert_eq!(play.app.made.unkept().len(), 1);
        play.keys("q").shows("1 thing is not saved");
        assert!(!play.ended);
        disk.fail(&[]);
        play.keys("g w j").hides("not saved");
        assert!(fs::read_to_string(&topics).unwrap().contains(&name));
        play.keys("q");
        assert!(play.ended);
    }
}

#[test]
fn who_insists_leaves_without_it() {
    let dir = tempfile::tempdir().unwrap();
    let (mut play, disk, _) = session(&dir);
    disk.fail(&STEPS);
    accept(&mut play);
    play.keys("q");
    assert!(!play.ended);
    play.keys("q");
    assert!(play.ended);
    assert_eq!(play.app.made.unkept().len(), 1, "the end of the session tries once more");
}

#[test]
fn a_wish_that_was_overtaken_is_not_carried_out() {
    let dir = tempfile::tempdir().unwrap();
    let (mut play, disk, topics) = session(&dir);
    disk.fail(&STEPS);
    accept(&mut play);
    let late = play.app.made.unkept();
    disk.fail(&[]);
    play.keys("u");
    assert!(play.library.keep(&late[0]).is_ok());
    assert!(!topics.exists() || !fs::read_to_string(&topics).unwrap().contains("[[topic]]"));
}

#[test]
fn signs_stand_in_the_margin_below_each_other() {
    let mut play = Play::bundled();
    let text = play.pane(Side::Left).text().unwrap();
    let block = text.numbering().block_of(diptych::text::passage::PassageNo(2)).unwrap();
    let start = text.blocks()[block].range().start;
    for kind in SignKind::ALL {
        play.app.halves.margin_mut(Side::Left).set(kind, std::iter::once(start..start + 5));
    }
    let rows: Vec<String> = play.screen();
    let column: Vec<_> = rows.iter().filter_map(|r| r.split('┊').next()?.trim_end().chars().last()).collect();
    let at = column.iter().position(|c| *c == '✎').unwrap();
    assert_eq!(column[at..at + 3], ['✎', '⇔', '”']);
    play.keys("x");
    assert!(play.screen()[at].trim_end().ends_with('✎') || play.screen().iter().any(|r| r.trim_end().ends_with('✎')));
}
