//! Notes that hands or other programs have made nonsense of: each is told with its file and line, shown, and left as it is.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::Arc;

use diptych::library::Library;
use diptych::library::disk::Disk;
use diptych::library::folders::Folders;

use crate::faulty::{Faulty, Step};
use crate::notes::{Place, files_in, printed};
use crate::play::Play;

/// The contents of every file in the folder of notes, links and folders left out.
fn contents(place: &Place) -> Vec<(PathBuf, Vec<u8>)> {
    files_in(&place.at("texts/notes"))
        .into_iter()
        .filter_map(|path| Some((path.clone(), fs::read(path).ok()?)))
        .collect()
}

#[test]
fn every_kind_of_nonsense_is_told_with_file_and_line_and_nothing_is_rewritten() {
    let place = Place::new();
    let folder = place.at("texts/notes");
    fs::create_dir_all(&folder).unwrap();
    let anchor = "anchors:\n- text: a.md\n  exact: \"Discipline is a promise about argument.\"\n";
    let note = |id: &str, body: &str| format!("---\nid: {id}\n{anchor}---\n{body}\n");
    // A file, its bytes, the line of the fault and what is said of it.
    let cases: Vec<(&str, Vec<u8>, usize, &str)> = vec![
        ("no-end.md", b"---\nid: x\nanchors: [\nno end".to_vec(), 1, "the front matter has no end"),
        ("no-list.md", b"---\nid: no-list\nanchors: 7\n---\nWords\n".to_vec(), 3, "`anchors`: not understood"),
        ("half.md", b"---\nid: half\nanchors:\n- text: a.md\n---\nWords\n".to_vec(), 4, "`anchors`: not understood"),
        ("gone.md", b"---\nid: gone\n---\nWords\n".to_vec(), 1, "there are no `anchors`"),
        ("stray.md", note("stray\nwhat is this", "Words").into(), 3, "this is no `key: value`"),
        (
            "again.md",
            note("again\nid: once-more", "Words").into(),
            3,
            "`id` stands here again; the one of line 2 counts",
        ),
        ("summer.md", note("summer\ncreated: last summer", "Words").into(), 3, "`created`: \"last summer\" is no"),
        ("same-1.md", note("same", "One of two").into(), 0, ""),
        ("same-2.md", note("same", "The other").into(), 1, "the id same is that of same-1.md too"),
        ("latin.md", [note("latin", "").as_bytes(), b"caf\xe9\n"].concat(), 8, "this line is not UTF-8"),
        ("bell.md", note("bell", "Ding\u{7}\u{1b}[2J\u{202e}").into(), 7, "there are control characters in this line"),
        ("huge.md", note("huge", &"words ".repeat(1 << 20)).into(), 1, "it has 6 MiB"),
        ("empty.md", Vec::new(), 0, ""),
    ];
    for (name, bytes, ..) in &cases {
        fs::write(folder.join(name), bytes).unwrap();
    }
    fs::write(place.at("elsewhere.md"), note("elsewhere", "Elsewhere")).unwrap();
    symlink(place.at("elsewhere.md"), folder.join("link.md")).unwrap();
    symlink(place.at("nowhere.md"), folder.join("dangling.md")).unwrap();
    fs::create_dir(folder.join("folder.md")).unwrap();
    let before = contents(&place);

    let (said, code) = printed(&place, &["check"]);
    assert_eq!(code, Some(1));
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said:?}");
    let links = [
        ("link.md", 1, "this is a link that leads out of the library"),
        ("dangling.md", 1, "this is a link that leads out of the library"),
        ("folder.md", 1, "this is not a file"),
    ];
    for (name, line, what) in cases.iter().map(|(name, _, line, what)| (*name, *line, *what)).chain(links) {
        let of_file: Vec<&str> =
            said.lines().filter(|l| l.starts_with("fault") && l.contains(&format!("/{name}:"))).collect();
        if line == 0 {
            assert_eq!(of_file, [""; 0], "{name}");
        } else {
            let expected = format!("notes/{name}:{line}: {what}");
            assert!(of_file.iter().any(|l| l.contains(&expected)), "{expected}\n{of_file:#?}");
        }
    }

    // The list shows every one of them, and changes none; what can be changed keeps what it does not understand.
    let mut play = place.play();
    play.resize(120, 60).keys("g n tab");
    for row in play.screen() {
        assert!(!row.contains(char::is_control), "{row:?}");
    }
    let count = cases.len() + links.len();
    play.shows(&format!(" {count} · Enter go there"));
    for shown in
        ["One of two", "The other", "caf", "Ding", "words words", "link.md", "empty.md", "folder.md", "dangling.md"]
    {
        play.shows(shown);
    }
    play.keys("\"ding\"").shows("! faults").shows("bell.md:7: there are control characters");
    play.keys("ctrl-u \"state:unread\"").shows("dangling.md").shows("folder.md").hides("Ding");
    assert_eq!(contents(&place), before);
    play.keys("ctrl-u \"the_other\" ctrl-e \",_changed\" ctrl-s").shows("saved");
    play.keys("g n \"ding\" ctrl-e \"!\" ctrl-s").shows("saved");
    let now = contents(&place);
    for ((path, before), (_, now)) in before.iter().zip(&now) {
        let name = path.file_name().unwrap().to_str().unwrap();
        match name {
            "same-2.md" => assert!(String::from_utf8_lossy(now).contains("id: same\n"), "its id stays"),
            "bell.md" => assert!(String::from_utf8_lossy(now).contains("Ding\u{7}\u{1b}[2J\u{202e}!")),
            _ => assert!(before == now, "{name}"),
        }
    }
    assert_eq!(before.len(), now.len());
}

#[test]
fn a_note_that_may_not_be_read_is_listed_with_the_reason_and_cannot_be_lost_by_a_key() {
    let place = Place::new();
    place.play().keys("i \"Secret\" enter");
    let (path, _) = place.note();
    let disk = Arc::new(Faulty::at(&[], ErrorKind::PermissionDenied));
    disk.fail_within(&place.at("texts/notes"), &[Step::Read]);
    let library = Library::new(Arc::clone(&disk) as Arc<dyn Disk>, Some(Folders::under(&place.at("home"))));
    let text = |name: &str| place.at("texts").join(name).to_str().unwrap().to_owned();
    let mut play = Play::keeping(library, &text("a.md"), &text("b.md"));
    play.keys("g n").shows("! unreadable").shows(":1: cannot be read (no permission)");
    for keys in ["ctrl-e", "g n ctrl-d", "g n ctrl-t", "g n ctrl-o"] {
        play.keys("esc esc").keys("g n esc").keys(keys);
        play.hides("Change the note");
        assert!(path.exists(), "{keys}");
    }
    assert_eq!(place.note().1.body, "Secret");
}
