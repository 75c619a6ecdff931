//! What a links file goes through: changes of every kind leave the rest as it was, and say what they should.

use std::fs;

use proptest::prelude::*;

use super::{NAME, put, put_all, read, remove_all};
use crate::anchor::Anchor;
use crate::library::disk::{Os, Spot};
use crate::link::judgement::{Judgement, JudgementId};
use crate::link::judgement::{Relation, fold};
use crate::link::links_file::entries;
use crate::topic::codebook::TopicId;

const NOW: &str = "2026-11-22T03:11:00Z";

fn anchor(text: &str, passage: u32, exact: &str) -> Anchor {
    let mut anchor: Anchor = toml::from_str("text = \"x\"\nexact = \"x\"").unwrap();
    (anchor.text, anchor.passage, anchor.exact) = (text.into(), passage, exact.to_owned());
    anchor
}

fn link(a: u32, b: u32, relation: &str, note: &str) -> Judgement {
    let between = (anchor("a.md", a, &format!("words {a}")), anchor("b.md", b, &format!("words {b}")));
    let topic = Some(TopicId::new("soviets"));
    Judgement::join(between.0, between.1, Relation::of_word(relation).unwrap(), topic, note)
}

/// A file that somebody else had a hand in.
const THEIRS: &str = "# Our seminar's links.\n# Edit with care.\n\n# the first pair\n[[link]] # ours\nid = \"aaa\"\n\
    relation = 'mirrors' # my word\nstars = 3\n\n[[link.between]]\ntext = \"a.md\"\npassage = 2\nexact = \"words 2\"\n\n\
    [[link.between]]\ntext = \"b.md\"\npassage = 9\nexact = \"words 9\"\n\n# no, not that\n[[rejected]]\nid = \"bbb\"\n\
    [[rejected.between]]\ntext = \"a.md\"\nexact = \"words 1\"\n[[rejected.between]]\ntext = \"b.md\"\n\
    exact = \"words 1\"\n\n[settings]\nof = \"somebody else\"\n";

fn file(content: &str) -> (tempfile::TempDir, Spot) {
    let dir = tempfile::tempdir().unwrap();
    let path = Spot::within(dir.path(), NAME);
    fs::write(path.path(), content).unwrap();
    (dir, path)
}

#[test]
fn a_link_comes_changes_and_goes_and_the_rest_stays() {
    for before in [THEIRS.to_owned(), String::new(), "# only words\n".to_owned(), THEIRS.replace('\n', "\r\n")] {
        for (a, b) in [(1, 1), (2, 3), (2, 10), (9, 9)] {
            let (_dir, path) = file(&before);
            let known = read(&Os, &path).0;
            let new = link(a, b, "contrasts", "Say \"no\" \\ and\n\nmore");
            put(&Os, &path, &new, NOW).unwrap();
            let after = fs::read_to_string(path.path()).unwrap();
            let (all, faults) = read(&Os, &path);
            assert_eq!(faults, [], "{after}");
            assert_eq!(all.len(), known.len() + 1, "{after}");
            let kept = all.iter().find(|j| j.id == new.id).unwrap();
            assert_eq!((kept.made.as_deref(), &kept.note, &kept.verdict), (Some(NOW), &new.note, &new.verdict));
            for line in before.lines().filter(|l| !l.trim().is_empty()) {
                assert!(after.lines().any(|l| l == line), "{line:?} is gone:\n{after}");
            }
            assert!(before.is_empty() || after.starts_with(before.lines().next().unwrap()), "{after}");
            assert_eq!(before.contains("\r\n"), after.contains("\r\n"));
            put(&Os, &path, &new, "later").unwrap();
            assert_eq!(fs::read_to_string(path.path()).unwrap(), after, "the same once more changes nothing");
            let changed = Judgement { note: "other".to_owned(), ..new.clone() };
            put(&Os, &path, &changed, "later").unwrap();
            let lines = |s: &str| s.lines().map(str::to_owned).collect::<Vec<_>>();
            let now = lines(&fs::read_to_string(path.path()).unwrap());
            let differ = lines(&after).iter().zip(&now).filter(|(a, b)| a != b).count();
            assert_eq!((differ, now.len()), (1, lines(&after).len()), "only the line of the note");
            remove_all(&Os, &path, std::slice::from_ref(&new.id)).unwrap();
            let last = fs::read_to_string(path.path()).unwrap();
            assert_eq!(read(&Os, &path).0, known);
            let significant =
                |s: &str| s.lines().map(str::trim_end).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            if !before.is_empty() {
                assert_eq!(significant(&last), significant(&before));
            }
        }
    }
}

#[test]
fn links_stand_in_the_order_of_their_places() {
    let (_dir, path) = file("");
    for (a, b) in [(3, 1), (1, 2), (2, 2), (1, 1), (10, 1)] {
        put(&Os, &path, &link(a, b, "agrees", ""), NOW).unwrap();
    }
    let source = fs::read_to_string(path.path()).unwrap();
    let order: Vec<_> =
        entries(&source).0.iter().map(|(_, j)| (j.places()[0].passage, j.places()[1].passage)).collect();
    assert_eq!(order, [(1, 1), (1, 2), (2, 2), (3, 1), (10, 1)]);
    assert!(source.starts_with("# Passages that belong together"));
    assert_eq!(source.matches('#').count(), 1, "{source}");
}

#[test]
fn the_same_link_in_two_peoples_files_becomes_one_and_keeps_both_notes() {
    let mut theirs = link(1, 1, "contrasts", "theirs");
    theirs.id = JudgementId("zzz".to_owned());
    let (_dir, path) = file("");
    put(&Os, &path, &theirs, NOW).unwrap();
    let one = fs::read_to_string(path.path()).unwrap();
    let (_dir, other) = file("");
    let mine = link(1, 1, "contrasts", "mine");
    put(&Os, &other, &mine, NOW).unwrap();
    // As a merge of both files leaves it, each with a field of its own.
    let two = one.replace("[[link]]\n", "[[link]]\nby = \"them\"\n") + &fs::read_to_string(other.path()).unwrap();
    fs::write(path.path(), &two).unwrap();
    let all = read(&Os, &path).0;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].note, "mine\n\ntheirs");
    let changed = Judgement { note: format!("{}\n\nand more", all[0].note), ..all[0].clone() };
    put(&Os, &path, &changed, NOW).unwrap();
    let after = fs::read_to_string(path.path()).unwrap();
    assert_eq!(after.matches("[[link]]").count(), 1, "{after}");
    assert!(after.contains("by = \"them\""), "{after}");
    for words in ["mine", "theirs", "and more"] {
        assert!(read(&Os, &path).0[0].note.contains(words));
    }
    remove_all(&Os, &path, std::slice::from_ref(&all[0].id)).unwrap();
    assert_eq!(read(&Os, &path).0, []);
}

#[test]
fn a_broken_file_is_not_touched_and_says_where() {
    for broken in ["[[link]]\nid = \"a\n", "<<<<<<< HEAD\n[[link]]\n"] {
        let (_dir, path) = file(broken);
        for done in
            [put(&Os, &path, &link(1, 1, "agrees", ""), NOW), remove_all(&Os, &path, &[JudgementId("a".to_owned())])]
        {
            let said = done.unwrap_err().to_string();
            assert!(said.starts_with(&format!("{}:", path.path().display())) && said.contains("mend"), "{said}");
        }
        assert_eq!(fs::read_to_string(path.path()).unwrap(), broken);
    }
    // An entry that makes no sense stays, and the file is used and written all the same.
    let (_dir, path) = file("[[link]]\nrelation = 3 # what?\n");
    put(&Os, &path, &link(1, 1, "agrees", ""), NOW).unwrap();
    assert!(fs::read_to_string(path.path()).unwrap().contains("relation = 3 # what?"));
    assert_eq!((read(&Os, &path).0.len(), read(&Os, &path).1.len()), (1, 1));
}

#[test]
fn lists_within_one_value_are_changed_too() {
    let (_dir, path) = file(
        "link = [ { relation = \"agrees\", between = [ { text = \"a\", exact = \"x\" }, { text = \"b\", exact = \"y\" } ] } ]\n",
    );
    let known = read(&Os, &path).0;
    put(&Os, &path, &link(1, 1, "agrees", ""), NOW).unwrap();
    assert_eq!(read(&Os, &path).0.len(), 2, "{}", fs::read_to_string(path.path()).unwrap());
    remove_all(&Os, &path, std::slice::from_ref(&known[0].id)).unwrap();
    assert_eq!(read(&Os, &path).0.len(), 1);
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,20}", "[ -~\n\t\"\\\\]{0,20}", any::<String>()]
        .prop_map(|s| crate::text::clean::clean_text(&s).trim().to_owned())
}

fn any_change() -> impl Strategy<Value = (u8, Judgement)> {
    (0..4u8, 1..4u32, 1..4u32, any_words(), any_words(), 0..3u8).prop_map(|(change, a, b, note, word, kind)| {
        let [x, y] = [anchor("a.md", a, &format!("x {word} {a}")), anchor("b.md", b, &format!("words {b}"))];
        let relation = Relation::of_word(&word).unwrap_or(Relation::Contrasts);
        let mut judgement = match kind {
            0 => Judgement::join(x, y, relation, None, &note),
            1 => Judgement::reject(x, y, None),
            _ => Judgement::silence("b.md".into(), Some(x), None),
        };
        judgement.note = note;
        judgement.made = Some(NOW.to_owned());
        (change, judgement)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn putting_all_says_what_putting_one_after_the_other_says(
        changes in prop::collection::vec(any_change(), 1..8),
        theirs in any::<bool>(),
    ) {
        let content = if theirs { THEIRS } else { "" };
        let (_dir, together) = file(content);
        let (_other, apart) = file(content);
        let all: Vec<Judgement> = changes.into_iter().map(|(_, judgement)| judgement).collect();
        put_all(&Os, &together, &all, NOW).unwrap();
        for judgement in &all {
            put(&Os, &apart, judgement, NOW).unwrap();
        }
        prop_assert_eq!(read(&Os, &together), read(&Os, &apart));
    }

    #[test]
    fn what_is_written_reads_back_whatever_it_says(changes in prop::collection::vec(any_change(), 1..8), theirs in any::<bool>()) {
        let (_dir, path) = file(if theirs { THEIRS } else { "" });
        let mut model = read(&Os, &path).0;
        for (change, judgement) in changes {
            if change == 0 {
                if let Some(first) = model.first().cloned() {
                    remove_all(&Os, &path, std::slice::from_ref(&first.id)).unwrap();
                    model.remove(0);
                }
                continue;
            }
            put(&Os, &path, &judgement, NOW).unwrap();
            let same = |j: &Judgement| j.id == judgement.id || j.says_the_same(&judgement);
            let before: Vec<Judgement> = model.extract_if(.., |j| same(j)).collect();
            let whole = before.iter().filter(|j| j.id != judgement.id).fold(judgement.clone(), |w, j| Judgement { id: w.id.clone(), ..w.with(j) });
            model = fold(model.into_iter().chain([whole]));
            let (all, faults) = read(&Os, &path);
            prop_assert_eq!(&faults, &[]);
            prop_assert_eq!(&all, &model, "{}", fs::read_to_string(path.path()).unwrap());
        }
        if theirs {
            let after = fs::read_to_string(path.path()).unwrap();
            prop_assert!(after.contains("of = \"somebody else\"") && after.contains("# Our seminar's links."), "{}", after);
        }
    }
}
