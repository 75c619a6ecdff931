//! What is kept between sessions survives whatever the disk does: each step of a save is made to fail in turn.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use diptych::library::disk::{Disk as _, Os, Spot};
use diptych::library::save::save;
use diptych::library::state::State;
use diptych::library::topics;
use diptych::model::snapshot::{Marked, PairMemory, Snapshot, TextPair};
use diptych::topic::codebook::{Topic, TopicId};
use proptest::prelude::*;

use crate::faulty::{Faulty, STEPS, Step};

fn snapshot(pairs: &[([&str; 2], &str)]) -> Snapshot {
    let memory = |topic: &str| PairMemory { topic: Some(TopicId::new(topic)), ..PairMemory::default() };
    let pairs: BTreeMap<_, _> =
        pairs.iter().map(|([left, right], topic)| (TextPair::new(left, right), memory(topic))).collect();
    Snapshot { left: Some("a".to_owned()), right: Some("b".to_owned()), pairs, ..Snapshot::default() }
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn whichever_step_fails_the_file_is_old_or_new_and_whole() {
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::PermissionDenied] {
        for step in STEPS {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("state.toml");
            let (old, new) = (snapshot(&[(["a", "b"], "old")]), snapshot(&[(["a", "b"], "new")]));
            State::new(path.clone()).remember(&Os, &old).unwrap();

            let state = State::new(path.clone());
            let disk = Faulty::at(&[step], kind);
            let line = state.remember(&disk, &new).err();
            let failed = line.is_some();
            if let Some(line) = line {
                assert!(
                    line.as_str().starts_with("your place is not kept: ") || line.as_str().contains("so your place")
                );
                assert!(!line.as_str().contains("os error"), "{line}");
                assert_eq!(state.remember(&disk, &new), Ok(()), "the same is not said twice");
            }
            // A step that was not taken cannot fail; one that only tidies up may.
            let idle = !disk.taken.lock().unwrap().contains(&step);
            assert_eq!(failed, !idle, "{step:?} {kind}");
            let (kept, told) = State::new(path.clone()).recall(&Os);
            assert_eq!(told, None);
            // Only the last step comes after the new contents are in place.
            let expected = if failed && step != Step::SyncFolder { &old } else { &new };
            assert_eq!(&kept, expected, "{step:?} {kind}");
            assert_eq!(files_in(dir.path()), ["state.lock", "state.toml"], "{step:?} leaves nothing over");

            // The disk has recovered.
            assert_eq!(state.remember(&Os, &new), Ok(()));
            assert_eq!(State::new(path).recall(&Os).0, new);
        }
    }
}

#[test]
fn a_save_follows_links_and_keeps_permissions() {
    let dir = tempfile::tempdir().unwrap();
    let (real, link) = (dir.path().join("real.toml"), dir.path().join("link.toml"));
    fs::write(&real, "old").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, &link).unwrap();
    let disk = Faulty::at(&[], io::ErrorKind::Other);
    save(&disk, &Spot::own(&link), b"new").unwrap();
    assert_eq!(fs::read(&real).unwrap(), b"new");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    // The contents reach the disk before the name, and the name before it is said that all is well.
    let steps = [Step::RealPath, Step::WriteTemp, Step::CopyMode, Step::SyncFile, Step::Rename, Step::SyncFolder];
    assert_eq!(*disk.taken.lock().unwrap(), steps);
}

#[test]
fn a_new_file_is_its_owners_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("deep/er/state.toml");
    State::new(path.clone()).remember(&Os, &snapshot(&[(["a", "b"], "x")])).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn two_sessions_keep_each_others_pairs() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.toml");
    State::new(path.clone()).remember(&Os, &snapshot(&[(["a", "b"], "start"), (["old", "pair"], "start")])).unwrap();
    let (one, two) = (State::new(path.clone()), State::new(path.clone()));
    let (start, _) = one.recall(&Os);
    assert_eq!(two.recall(&Os).0, start);
    let with = |texts: [&str; 2], topic: &str| {
        let mut own = start.clone();
        own.pairs.extend(snapshot(&[(texts, topic)]).pairs);
        own
    };
    one.remember(&Os, &with(["c", "d"], "one")).unwrap();
    two.remember(&Os, &with(["a", "b"], "two")).unwrap();
    let (kept, _) = State::new(path).recall(&Os);
    let told = |(texts, m): (&TextPair, &PairMemory)| ([texts.left.clone(), texts.right.clone()], m.topic.clone());
    let topics: Vec<_> = kept.pairs.iter().map(told).collect();
    let expected = [(["a", "b"], "two"), (["c", "d"], "one"), (["old", "pair"], "start")];
    let expected = expected.map(|(texts, topic)| (texts.map(str::to_owned), Some(TopicId::new(topic))));
    assert_eq!(topics, expected);
}

#[test]
fn a_lock_that_another_holds_is_waited_for_and_then_said() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.toml");
    let held = Os.lock(&Spot::own(dir.path().join("state.lock"))).unwrap();
    let line = State::new(path.clone()).remember(&Os, &snapshot(&[(["a", "b"], "x")])).unwrap_err();
    assert!(line.as_str().contains("another Diptych is using it"), "{line}");
    drop(held);
    assert_eq!(State::new(path).remember(&Os, &snapshot(&[(["a", "b"], "x")])), Ok(()));
    // A disk without locks is no reason to forget.
    let disk = Faulty::at(&[Step::Lock], io::ErrorKind::Unsupported);
    assert_eq!(State::new(dir.path().join("other.toml")).remember(&disk, &snapshot(&[])), Ok(()));
}

#[test]
fn a_file_that_makes_no_sense_is_set_aside_and_said_once() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "damaged"),
        (b"version = 1\nleft = [", "damaged"),
        (b"version = 1\nleft = 3\n", "damaged"),
        (b"\xff\xfe\0", "damaged"),
        (b"version = 99\nshape = \"unheard of\"\n", "newer"),
    ];
    for (bytes, kind) in cases {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.toml");
        fs::write(&path, bytes).unwrap();
        let state = State::new(path.clone());
        let (kept, line) = state.recall(&Os);
        assert_eq!(kept, Snapshot::default());
        let aside = format!("state.{kind}-1.toml");
        assert!(line.unwrap().as_str().contains(&aside), "{kind}");
        assert_eq!(fs::read(dir.path().join(&aside)).unwrap(), *bytes);
        // And once more, while the session runs: neither copy is lost.
        fs::write(&path, bytes).unwrap();
        let line = state.remember(&Os, &snapshot(&[(["a", "b"], "x")])).unwrap_err();
        assert!(line.as_str().contains(&format!("state.{kind}-2.toml")), "{line}");
        assert_eq!(State::new(path).recall(&Os).0, snapshot(&[(["a", "b"], "x")]));
        assert_eq!(fs::read(dir.path().join(&aside)).unwrap(), *bytes);
    }
}

#[test]
fn what_cannot_be_set_aside_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.toml");
    fs::write(&path, "nonsense").unwrap();
    let disk = Faulty::at(&[Step::Rename], io::ErrorKind::ReadOnlyFilesystem);
    let state = State::new(path.clone());
    let (_, line) = state.recall(&disk);
    assert!(line.unwrap().as_str().contains("cannot be set aside (the disk is read-only)"));
    assert_eq!(state.remember(&disk, &snapshot(&[(["a", "b"], "x")])), Ok(()), "it was said already");
    assert_eq!(fs::read_to_string(&path).unwrap(), "nonsense");
}

#[test]
fn only_the_last_pairs_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.toml");
    let state = State::new(path.clone());
    let mut own = snapshot(&[]);
    for n in 0..230 {
        own.pairs.extend(snapshot(&[(["a", &format!("{n:03}")], "x")]).pairs);
        if n % 10 == 9 {
            state.remember(&Os, &own).unwrap();
        }
    }
    let (kept, _) = State::new(path).recall(&Os);
    assert_eq!(kept.pairs.len(), 200);
    assert!(
        kept.pairs.contains_key(&TextPair::new("a", "229")) && !kept.pairs.contains_key(&TextPair::new("a", "005"))
    );
}

#[test]
fn a_topic_that_cannot_be_written_leaves_the_file_as_it_was() {
    let topic = Topic::of_terms("new", "New", &["newness"]);
    for step in [Step::Read, Step::RealPath, Step::WriteTemp, Step::CopyMode, Step::SyncFile, Step::Rename] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("topics.toml");
        fs::write(&path, "# mine\n").unwrap();
        let disk = Faulty::at(&[step], io::ErrorKind::StorageFull);
        let line = topics::put(&disk, &Spot::within(dir.path(), "topics.toml"), &topic).unwrap_err().to_string();
        assert!(line.starts_with(&path.display().to_string()) && line.contains("the disk is full"), "{line}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "# mine\n");
        assert_eq!(files_in(dir.path()), ["topics.toml"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_kept_comes_back_whatever_it_says(texts in any::<String>(), other in any::<String>(), topic in any::<String>(), mark in any::<char>()) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.toml");
        let mut kept = snapshot(&[([&texts, &other], &topic), ([&other, &texts], &texts)]);
        kept.left = Some(texts.clone());
        kept.marks.insert(mark, Marked { topic: Some(TopicId::new(&topic)), ..Marked::default() });
        State::new(path.clone()).remember(&Os, &kept).unwrap();
        prop_assert_eq!(State::new(path).recall(&Os), (kept, None));
    }

    #[test]
    fn no_file_is_too_odd_to_go_on(bytes in any::<Vec<u8>>(), version in 0..4u8) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.toml");
        fs::write(&path, [format!("version = {version}\n").as_bytes(), &bytes].concat()).unwrap();
        let state = State::new(path.clone());
        state.recall(&Os);
        let kept = snapshot(&[(["a", "b"], "x")]);
        let _ = state.remember(&Os, &kept);
        let (after, _) = State::new(path).recall(&Os);
        let pair = TextPair::new("a", "b");
        prop_assert_eq!(after.pairs.get(&pair), kept.pairs.get(&pair));
    }
}
