//! What was made for a text that is called otherwise by now goes to that text, or the reader is asked: never to another.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;

use crate::cli::{err, out};
use crate::shelf::{Own, names, shown};

const SHARED: &str = "Whoever keeps the ovens lit through the night has earned the first loaf of the morning.";

fn text(title: &str, words: [&str; 3]) -> String {
    format!("# {title}\n\n{}\n", words.join("\n\n"))
}

#[test]
fn a_passage_that_two_texts_share_gives_neither_the_things_of_the_other() {
    let own = Own::new();
    own.put("own/loaf.md", &text("One", [SHARED, "The first goes on about flour.", "And about water."]));
    own.put("own/sea.md", &text("Two", ["The second begins with the tide.", SHARED, "And ends with a ship."]));
    own.make();
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    fs::remove_file(own.at("own/loaf.md")).unwrap();
    assert_eq!(own.printed(&own.at("own"), &["mend"]), "nothing is to be taken over\n");
    assert_eq!(fs::read_to_string(own.at("own/links.toml")).unwrap(), links);
}

#[test]
fn of_two_equal_copies_the_reader_says_which() {
    let own = Own::new();
    own.make();
    let words = fs::read(own.at("own/loaf.md")).unwrap();
    fs::remove_file(own.at("own/loaf.md")).unwrap();
    for name in ["own/a.md", "own/b.md"] {
        fs::write(own.at(name), &words).unwrap();
    }
    let told = own.run(&own.at("own"), &["mend"]);
    assert!(
        err(&told).contains("of a.md, or of b.md,") && err(&told).contains("`diptych mend a.md`"),
        "{}",
        err(&told)
    );
    assert_eq!(told.status.code(), Some(1));
    assert!(fs::read_to_string(own.at("own/links.toml")).unwrap().contains("loaf.md"));
    let screen = shown(&own.read("own/b.md", "own/sea.md"));
    assert!(screen.contains("of this text, or of a.md, under loaf.md"), "{screen}");
    let mended = own.printed(&own.at("own"), &["mend", "b.md"]);
    assert!(mended.contains("1 note, 1 link and 1 stop taken over"), "{mended}");
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    assert!(links.contains("text = \"b.md\"") && !links.contains("loaf.md"), "{links}");
}

#[test]
fn a_text_that_was_put_into_another_folder_under_its_name_is_known() {
    let own = Own::new();
    own.make();
    own.put("other/else.md", "# Else\n\nOther words altogether.\n");
    fs::rename(own.at("own/loaf.md"), own.at("other/loaf.md")).unwrap();
    // Where it was is known from what was read.
    own.put(
        "home/.local/state/diptych/state.toml",
        &format!(
            "version = 2\n\n[[pair]]\ntexts = [\"{}\", \"{}\"]\n",
            own.at("own/loaf.md").display(),
            own.at("own/sea.md").display()
        ),
    );
    let mended = own.printed(&own.at("other"), &["mend"]);
    assert!(mended.contains("1 note, 1 link and 1 stop taken over"), "{mended}");
    assert!(own.printed(&own.at("other"), &["notes", "check"]).contains("1 exact"));
    // The link has a text of each folder, and is kept for both.
    let across = fs::read_to_string(own.at("home/.local/share/diptych/links.toml")).unwrap();
    assert!(across.contains("other/loaf.md") && across.contains("own/sea.md"), "{across}");
    assert_eq!(names(&own.at("own/notes")), Vec::<String>::new());
}

#[test]
fn what_was_made_for_two_texts_stays_with_both_when_one_goes_into_a_folder_below() {
    let own = Own::new();
    own.make();
    fs::create_dir(own.at("own/books")).unwrap();
    fs::rename(own.at("own/loaf.md"), own.at("own/books/loaf one.md")).unwrap();
    let mended = own.printed(&own.at("own"), &["mend", "books/loaf one.md"]);
    assert!(mended.contains("1 note, 1 link and 1 stop taken over"), "{mended}");
    for file in ["own/links.toml", "own/tour.toml"] {
        let kept = fs::read_to_string(own.at(file)).unwrap();
        assert!(kept.contains("\"books/loaf one.md\"") && kept.contains("\"sea.md\""), "{file}: {kept}");
        assert!(!kept.contains("\"loaf.md\"") && !kept.contains(own.at("").to_str().unwrap()), "{file}: {kept}");
    }
    assert!(!own.at("own/books/tour.toml").exists() && !own.at("own/books/links.toml").exists());
    for command in [&["notes", "check"][..], &["tour", "check"], &["check"]] {
        let said = own.printed(&own.at("own"), command);
        assert!(!said.contains("orphaned") && !said.contains("missing"), "{said}");
    }
    assert_eq!(own.printed(&own.at("own"), &["mend"]), "nothing is to be taken over\n");
}

#[test]
fn what_is_kept_in_a_folder_of_ones_choice_follows_a_folder_that_is_renamed() {
    let own = Own::new();
    own.put("home/.config/diptych/config.toml", "keep = \"~/made\"\n");
    own.make();
    fs::rename(own.at("own"), own.at("renamed")).unwrap();
    let mended = own.printed(&own.at("renamed"), &["mend"]);
    assert!(mended.contains("taken over"), "{mended}");
    assert!(own.printed(&own.at("renamed"), &["notes", "check"]).contains("1 exact"));
    assert!(own.printed(&own.at("renamed"), &["check"]).contains("1 link"));
}

#[test]
fn two_texts_that_changed_names_have_their_own_things_again() {
    let own = Own::new();
    own.put("own/rail.md", "# Rails\n\nA signalman pulled his levers all night.\n\nSnow lay on every sleeper.\n");
    own.make();
    fs::rename(own.at("own/loaf.md"), own.at("own/x.md")).unwrap();
    fs::rename(own.at("own/rail.md"), own.at("own/loaf.md")).unwrap();
    fs::rename(own.at("own/x.md"), own.at("own/rail.md")).unwrap();
    let told = own.run(&own.at("own"), &["notes", "check"]);
    assert!(out(&told).contains("the same text is rail.md now"), "{}", out(&told));
    own.printed(&own.at("own"), &["mend"]);
    for command in [&["notes", "check"][..], &["check"], &["tour", "check"]] {
        let said = own.printed(&own.at("own"), command);
        assert!(!said.contains("orphaned") && !said.contains("missing"), "{said}");
    }
    assert_eq!(own.printed(&own.at("own"), &["mend"]), "nothing is to be taken over\n");
}

#[test]
fn a_new_text_under_the_old_name_does_not_hide_where_the_old_one_is() {
    let own = Own::new();
    own.make();
    fs::rename(own.at("own/loaf.md"), own.at("own/old.md")).unwrap();
    own.put("own/loaf.md", "# New\n\nNothing of what was said before is said here.\n");
    own.printed(&own.at("own"), &["mend"]);
    assert!(own.printed(&own.at("own"), &["notes", "check"]).contains("1 exact"));
    assert!(fs::read_to_string(own.at("own/links.toml")).unwrap().contains("old.md"));
    // A copy of what it was before it was edited takes nothing from a text.
    let before = fs::read_to_string(own.at("own/old.md")).unwrap();
    own.put("own/backup.md", &before);
    own.put("own/old.md", &before.replace("The bakers of the harbour rose", "The millers of the valley slept"));
    assert_eq!(own.printed(&own.at("own"), &["mend"]), "nothing is to be taken over\n");
}

#[test]
fn a_file_that_is_read_only_is_not_overwritten() {
    let own = Own::new();
    own.make();
    let note = names(&own.at("own/notes")).remove(0);
    let files = ["own/links.toml".to_owned(), "own/tour.toml".to_owned(), format!("own/notes/{note}")];
    let before: Vec<String> = files.iter().map(|file| fs::read_to_string(own.at(file)).unwrap()).collect();
    for file in &files {
        fs::set_permissions(own.at(file), fs::Permissions::from_mode(0o444)).unwrap();
    }
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("J + enter");
    let screen = shown(&play);
    assert!(screen.contains("read-only"), "{screen}");
    play.keys("P");
    drop(play);
    for (file, before) in files.iter().zip(before) {
        assert_eq!(fs::read_to_string(own.at(file)).unwrap(), before, "{file}");
    }
    fs::rename(own.at("own/loaf.md"), own.at("own/patient.md")).unwrap();
    let told = own.run(&own.at("own"), &["mend"]);
    assert!(err(&told).contains("the file is read-only") && err(&told).contains("chmod"), "{}", err(&told));
}

#[test]
fn notes_are_those_of_what_is_named() {
    let own = Own::new();
    own.put("own/topics.toml", "");
    own.put("own/sub/deep.md", "# Deep\n\nThe deep has words of its own.\n");
    own.make();
    for command in [&["notes", "list", "sea.md"][..], &["notes", "check", "sea.md"]] {
        let said = own.printed(&own.at("own"), command);
        assert!(!said.contains("loaf.md"), "{command:?}: {said}");
    }
    assert!(own.printed(&own.at("own"), &["notes", "list", "loaf.md"]).contains("Both rise early."));
    for command in [&["notes", "list"][..], &["notes", "export"], &["notes", "check"]] {
        assert!(own.printed(&own.at("own"), command).contains("1 note") || command[1] != "check");
        let said = own.printed(&own.at("own/sub"), command);
        assert!(!said.contains("Both rise early.") && !said.contains("loaf.md"), "{command:?}: {said}");
    }
}

#[test]
fn a_missed_text_that_is_known_is_not_guessed_at() {
    let own = Own::new();
    own.make();
    own.put("own/loaves.md", "# Loaves\n\nAnother matter.\n");
    fs::rename(own.at("own/loaf.md"), own.at("own/p2.md")).unwrap();
    for command in [["notes", "check"], ["tour", "check"]] {
        let told = out(&own.run(&own.at("own"), &command));
        assert!(told.contains("loaf.md: no such file; the same text is p2.md now"), "{told}");
        assert!(!told.contains("did you mean") && !told.contains(own.at("own").to_str().unwrap()), "{told}");
    }
}

#[test]
fn a_note_is_taken_over_whatever_its_file_is_called_and_one_that_stays_is_not_counted() {
    let own = Own::new();
    own.make();
    let folder = own.at("own/notes");
    let source = fs::read(folder.join(names(&folder).remove(0))).unwrap();
    let odd = folder.join(OsStr::from_bytes(b"20261130-caf\xe9.md"));
    fs::write(&odd, &source).unwrap();
    let latin = [&source[..], b"\nna\xefve\n"].concat();
    fs::write(folder.join("latin.md"), &latin).unwrap();
    fs::rename(own.at("own/loaf.md"), own.at("own/patient.md")).unwrap();
    let told = own.run(&own.at("own"), &["mend"]);
    assert!(out(&told).contains("2 notes, 1 link and 1 stop taken over"), "{} {}", out(&told), err(&told));
    assert!(out(&told).contains("latin.md: stays as it is: it is not UTF-8"), "{}", out(&told));
    let renamed = fs::read_to_string(&odd).unwrap();
    assert!(renamed.contains("patient.md") && !renamed.contains("loaf.md"), "{renamed}");
    assert_eq!(fs::read(folder.join("latin.md")).unwrap(), latin);
    assert_eq!(names(&folder).len(), 3, "{:?}", names(&folder));
    // Nothing is claimed a second time.
    let told = own.run(&own.at("own"), &["mend"]);
    assert!(err(&told).contains("latin.md: stays as it is") && !out(&told).contains("taken over"), "{}", out(&told));
    assert_eq!(told.status.code(), Some(1));
}

#[test]
fn a_note_of_an_odd_name_goes_along_into_another_folder_under_it() {
    let own = Own::new();
    own.make();
    let folder = own.at("own/notes");
    let name = OsStr::from_bytes(b"caf\xe9.md");
    fs::rename(folder.join(names(&folder).remove(0)), folder.join(name)).unwrap();
    own.put("other/else.md", "# Else\n\nOther words altogether.\n");
    fs::rename(own.at("own/loaf.md"), own.at("other/loaf.md")).unwrap();
    let (loaf, sea) = (own.at("own/loaf.md"), own.at("own/sea.md"));
    own.put(
        "home/.local/state/diptych/state.toml",
        &format!("version = 2\n\n[[pair]]\ntexts = [\"{}\", \"{}\"]\n", loaf.display(), sea.display()),
    );
    let mended = own.printed(&own.at("other"), &["mend"]);
    assert!(mended.contains("1 note, 1 link and 1 stop taken over"), "{mended}");
    assert!(fs::read_to_string(own.at("other/notes").join(name)).unwrap().contains("Both rise early."));
    assert_eq!((names(&own.at("other/notes")).len(), names(&folder).len()), (1, 0));
}

#[test]
fn of_a_text_that_was_moved_and_changed_the_words_of_one_note_are_enough_to_ask_and_no_more() {
    let kept = "Whoever has waited at a lock in the rain knows what the keeper thinks of boats.";
    let own = Own::new();
    own.put("own/lock.md", &text("Locks", ["The lock was shut.", kept, "It opened at noon."]));
    let mut play = own.read("own/lock.md", "own/sea.md");
    play.keys("2 G a \"mine\" ctrl-s");
    drop(play);
    fs::remove_file(own.at("own/lock.md")).unwrap();
    own.put("own/keeper.md", &text("Keepers", ["All of it was written anew.", kept, "Nothing else was kept."]));
    let told = own.run(&own.at("own"), &["mend"]);
    assert!(err(&told).contains("1 note under lock.md: of keeper.md, which alone has the words"), "{}", err(&told));
    let notes = || fs::read_to_string(own.at("own/notes").join(&names(&own.at("own/notes"))[0])).unwrap();
    assert!(notes().contains("lock.md") && !notes().contains("keeper.md"), "{}", notes());
    let screen = shown(&own.read("own/keeper.md", "own/sea.md"));
    assert!(screen.contains("1 note under lock.md, whose words only this text has: take over?"), "{screen}");
    // Two texts that have them are none.
    own.put("own/other.md", &text("Another", ["This one quotes it.", kept, "And goes on."]));
    assert_eq!(own.printed(&own.at("own"), &["mend"]), "nothing is to be taken over\n");
    fs::remove_file(own.at("own/other.md")).unwrap();
    let mended = own.printed(&own.at("own"), &["mend", "keeper.md"]);
    assert!(mended.contains("1 note taken over"), "{mended}");
    assert!(notes().contains("keeper.md"), "{}", notes());
}
