//! A library from a stranger: what is in its folder may be anything, and leads neither a save out of it nor a reading on
//! for ever.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diptych::library::Library;
use diptych::library::disk::{Disk, Os, Spot};
use diptych::library::folders::Folders;
use diptych::library::save::{Outcome, SaveError, revise, swap, sweep};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::faulty::{Faulty, Step};
use crate::play::Play;

/// A library of two texts on one topic, with a folder beside it.
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

fn session(dir: &Path) -> Play {
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.join("home"))));
    let [a, b] = ["lib/a.md", "lib/b.md"].map(|name| dir.join(name).to_str().unwrap().to_owned());
    Play::keeping(library, &a, &b)
}

/// Has a file say so many bytes more.
fn append(file: &Spot, words: &str) -> Result<(), SaveError> {
    revise(&Os, file, &mut |before| Ok(Some([before, words.as_bytes()].concat())))
}

/// The files below a folder, and what is in them.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().path()) {
        match fs::symlink_metadata(&entry).unwrap().file_type() {
            kind if kind.is_dir() => found.extend(files(&entry)),
            kind if kind.is_file() => found.push((entry.clone(), fs::read(&entry).unwrap())),
            _ => {}
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_made_never_leaves_the_library_by_a_link_and_is_kept_aside_aloud() {
    for (name, keys, aside) in [
        ("links.toml", "+ enter", "links.toml"),
        ("tour.toml", "P", "tour.toml"),
        ("notes", "a \"words\" ctrl-s", "notes"),
    ] {
        let dir = place();
        let (outside, link) = (dir.path().join("outside"), dir.path().join("lib").join(name));
        if name == "notes" {
            fs::create_dir(&outside).unwrap();
            fs::write(outside.join("theirs.md"), "Not of this library.\n").unwrap();
        } else {
            fs::write(&outside, "# theirs\n").unwrap();
        }
        symlink("../outside", &link).unwrap();
        let before =
            if outside.is_dir() { files(&outside) } else { vec![(outside.clone(), fs::read(&outside).unwrap())] };
        let mut play = session(dir.path());
        play.resize(300, 35).keys("t enter").keys(keys);
        play.shows("leads out of the library");
        let after =
            if outside.is_dir() { files(&outside) } else { vec![(outside.clone(), fs::read(&outside).unwrap())] };
        assert_eq!(after, before, "{name}");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "{name} is still the link it was");
        let kept = files(&dir.path().join("home/.local/share/diptych/libraries"));
        assert!(kept.iter().any(|(path, _)| path.to_string_lossy().contains(aside)), "{name}: {kept:?}");
    }
}

#[test]
fn a_link_that_stays_inside_is_followed_and_stays_a_link() {
    let dir = place();
    let lib = dir.path().canonicalize().unwrap().join("lib");
    fs::create_dir_all(lib.join("deep/er")).unwrap();
    symlink("deep", lib.join("folder")).unwrap();
    symlink(lib.join("deep"), lib.join("absolute")).unwrap();
    for (name, to) in [
        ("one.toml", PathBuf::from("deep/one.toml")),
        ("two.toml", PathBuf::from("deep/er/../two.toml")),
        ("three.toml", lib.join("deep/three.toml")),
        ("four.toml", PathBuf::from("folder/er/../four.toml")),
        ("folder/five.toml", PathBuf::from("../deep/er/../five-.toml")),
        ("absolute/six.toml", PathBuf::from("six-.toml")),
    ] {
        symlink(&to, lib.join(name)).unwrap();
        let file = Spot::within(&lib, name);
        append(&file, "once\n").unwrap();
        append(&file, "twice\n").unwrap();
        let end = lib.join(name).canonicalize().unwrap();
        assert!(end.starts_with(lib.join("deep")), "{}", end.display());
        assert_eq!(fs::read_to_string(&end).unwrap(), "once\ntwice\n", "{name}");
        assert!(fs::symlink_metadata(lib.join(name)).unwrap().is_symlink());
    }
    for (name, to) in
        [("a", "../x"), ("b", "/etc/hostname"), ("c", "deep/../../x"), ("d", "folder/../../lib/x"), ("e", "e")]
    {
        symlink(to, lib.join(name)).unwrap();
        let error = append(&Spot::within(&lib, name), "words").unwrap_err().to_string();
        assert!(error.contains("leads out of the library") || name == "e", "{name}: {error}");
        assert!(Os.read(&Spot::within(&lib, name), 100).is_err(), "{name} is not read either");
    }
}

#[test]
fn a_folder_that_becomes_a_link_in_the_middle_of_a_save_leads_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let [lib, outside] = ["lib", "outside"].map(|name| dir.path().join(name));
    for folder in [lib.join("notes"), outside.clone()] {
        fs::create_dir_all(folder).unwrap();
    }
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let (notes, away) = (lib.join("notes"), lib.join("away"));
            while !ended.load(Ordering::Relaxed) {
                fs::rename(&notes, &away).unwrap();
                match symlink(&outside, &notes) {
                    Ok(()) => fs::remove_file(&notes).unwrap(),
                    // A save has made the folder anew meanwhile, and may be at it.
                    Err(_) => while notes.exists() && fs::remove_dir_all(&notes).is_err() {},
                }
                // The same may happen here: then the folder that was made is the one that stays.
                if fs::rename(&away, &notes).is_err() {
                    fs::remove_dir_all(&away).unwrap();
                }
                // Now and then a save comes through.
                thread::sleep(Duration::from_micros(300));
            }
        });
        let file = Spot::within(&lib, "notes/n.md");
        let done = (0..300).filter(|n| append(&file, &format!("{n}\n")).is_ok()).count();
        ended.store(true, Ordering::Relaxed);
        assert!(done > 0);
    });
    assert_eq!(files(&outside), []);
}

#[test]
fn what_is_no_file_and_what_is_too_long_costs_a_line_and_nothing_else() {
    type Make = fn(&Path);
    let kinds: [(&str, Make); 4] = [
        ("pipe", |at| mknodat(CWD, at, FileType::Fifo, Mode::RWXU, 0).unwrap()),
        ("folder", |at| fs::create_dir(at).unwrap()),
        ("device", |at| symlink("/dev/zero", at).unwrap()),
        ("MiB", |at| fs::File::create(at).unwrap().set_len(2 << 30).unwrap()),
    ];
    for (kind, make) in kinds {
        for name in ["links.toml", "tour.toml", "notes", "notes/n.md", "topics.toml"] {
            if (kind, name) == ("folder", "notes") {
                continue;
            }
            let dir = place();
            let lib = dir.path().join("lib");
            let _ = fs::remove_file(lib.join(name));
            fs::create_dir_all(lib.join(name).parent().unwrap()).unwrap();
            make(&lib.join(name));
            for command in [&["compare", "a.md", "b.md"][..], &["check", "."], &["tour", "print"], &["notes", "list"]] {
                let (said, ended) = within(Duration::from_secs(30), &lib, command);
                assert!(ended, "{kind} {name} {command:?} does not end: {said}");
            }
            let (said, _) = within(Duration::from_secs(30), &lib, &["check", "."]);
            assert!(said.contains(name.split('/').next().unwrap()), "{kind} {name} is not told: {said}");
        }
    }
}

#[test]
fn what_is_made_where_no_file_can_be_is_kept_aside_aloud() {
    type Make = fn(&Path);
    let kinds: [(&str, Make); 4] = [
        ("it is a pipe", |at| mknodat(CWD, at, FileType::Fifo, Mode::RWXU, 0).unwrap()),
        ("it is a folder", |at| fs::create_dir(at).unwrap()),
        ("leads out of the library", |at| symlink("/dev/zero", at).unwrap()),
        ("it has 2048 MiB", |at| fs::File::create(at).unwrap().set_len(2 << 30).unwrap()),
    ];
    for (why, make) in kinds {
        for (name, keys) in [("links.toml", "+ enter"), ("tour.toml", "P"), ("notes", "a \"words\" ctrl-s")] {
            if name == "notes" && why != "it is a pipe" {
                continue;
            }
            let dir = place();
            make(&dir.path().join("lib").join(name));
            let mut play = session(dir.path());
            play.resize(400, 35).keys("t enter").keys(keys);
            play.shows("kept aside");
            play.shows(if name == "notes" { "not a folder" } else { why });
            let kept = files(&dir.path().join("home/.local/share/diptych/libraries"));
            assert!(kept.iter().any(|(path, _)| path.to_string_lossy().contains(name)), "{why} {name}: {kept:?}");
            assert_eq!(play.app.made.unsaved(), 0, "{why} {name}");
        }
    }
}

#[test]
fn a_link_to_what_is_no_file_does_not_hold_up_what_is_done_with_the_whole_folder() {
    let dir = place();
    let lib = dir.path().join("lib");
    symlink("/dev/zero", lib.join("device.txt")).unwrap();
    symlink("nowhere.md", lib.join("nothing.md")).unwrap();
    mknodat(CWD, lib.join("pipe.md"), FileType::Fifo, Mode::RWXU, 0).unwrap();
    symlink("pipe.md", lib.join("to-pipe.md")).unwrap();
    for command in [&["topics"][..], &["mend", "."], &["check", "."], &["search", "council"], &["notes", "export"]] {
        let (said, ended) = within(Duration::from_secs(30), &lib, command);
        assert!(ended, "{command:?}");
        assert!(!said.contains("device") && !said.contains("no such file"), "{command:?}: {said}");
    }
    let (said, _) = within(Duration::from_secs(30), &lib, &["topics"]);
    assert!(said.contains("Council"), "{said}");
}

#[test]
fn which_file_names_a_text_outside_is_asked_about() {
    let dir = place();
    fs::write(dir.path().join("secret.md"), "Not for everybody.\n").unwrap();
    let place = |text: &str| format!("text = {text:?}\npassage = 1\nexact = \"The worker council\"\n");
    let (a, out) = (place("a.md"), place(dir.path().join("secret.md").to_str().unwrap()));
    let note = "---\nid: n\nanchors:\n- text: ../secret.md\n  passage: 1\n  exact: Not\n---\n\nBody\n";
    fs::create_dir(dir.path().join("lib/notes")).unwrap();
    for (name, words, keys, by) in [
        (
            "tour.toml",
            format!("[[stop]]\nid = \"1\"\n[stop.left]\n{a}[stop.right]\n{out}"),
            "g r enter",
            "tour.toml names",
        ),
        (
            "links.toml",
            format!("[[link]]\nid = \"1\"\nrelation = \"answers\"\n[[link.between]]\n{a}[[link.between]]\n{out}"),
            "g l enter",
            "links.toml names",
        ),
        (
            "tour.toml",
            format!("[[stop]]\nid = \"1\"\n[stop.left]\n{}", self::place_of_stdin()),
            "g r enter",
            "standard input",
        ),
        ("notes/n.md", note.to_owned(), "g n enter", "n.md names"),
    ] {
        let file = dir.path().join("lib").join(name);
        fs::write(&file, words).unwrap();
        let mut play = session(dir.path());
        play.resize(200, 35).keys(keys);
        if name == "notes/n.md" {
            // A note that belongs to no open text is listed when all are.
            play.hides("Not for everybody");
        } else {
            play.shows(by).shows("outside the library: open it? y/n");
        }
        fs::remove_file(file).unwrap();
    }
}

fn place_of_stdin() -> &'static str {
    "text = \"-\"\npassage = 1\nexact = \"x\"\n"
}

#[test]
fn topics_that_take_long_to_be_read_are_not_waited_for() {
    let dir = place();
    let lib = dir.path().join("lib");
    let many: String =
        (0..6_000).map(|n| format!("[[topic]]\nid = \"t{n}\"\nname = \"Name {n}\"\nterms = [\"word{n}\"]\n")).collect();
    let own = fs::read_to_string(lib.join("topics.toml")).unwrap();
    fs::write(lib.join("topics.toml"), own + &many).unwrap();
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
    let texts = ["a.md", "b.md"].map(|name| library.request(lib.join(name).to_str().unwrap()).unwrap());
    let texts = texts.each_ref();
    assert!(library.begin_soon(&texts).is_none());
    assert_eq!(library.topics_again().0.topics().len(), 6_001, "they come afterwards");
    fs::write(lib.join("topics.toml"), "[[topic]]\nid = \"one\"\nterms = [\"word\"]\n").unwrap();
    assert_eq!(library.begin_soon(&texts).unwrap().0.topics().len(), 1);
}

#[test]
fn a_note_that_leads_out_is_not_listed_and_that_is_said() {
    let dir = place();
    let notes = dir.path().join("lib/notes");
    fs::create_dir(&notes).unwrap();
    fs::write(dir.path().join("secret.md"), "---\ntargets: []\n---\nnot for this list\n").unwrap();
    symlink("../../secret.md", notes.join("n.md")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(["notes", "list"])
        .current_dir(dir.path().join("lib"))
        .env("HOME", dir.path().join("home"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("n.md:1: this is a link that leads out of the library"), "{said}");
}

#[test]
fn two_notes_whose_names_differ_in_bytes_that_are_no_letters_are_two() {
    let dir = place();
    let notes = dir.path().join("lib/notes");
    fs::create_dir(&notes).unwrap();
    for name in [b"n\xff.md", b"n\xfe.md"] {
        fs::write(notes.join(OsStr::from_bytes(name)), "---\ntargets: []\n---\nwords\n").unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(arguments).current_dir(dir.path().join("lib")).env("HOME", dir.path().join("home"));
        command.output().unwrap()
    };
    let listed = String::from_utf8(run(&["notes", "list", "--format", "jsonl"]).stdout).unwrap();
    let of = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(listed.lines().map(of).collect::<Vec<_>>(), ["n\u{fffd}fe", "n\u{fffd}ff"], "{listed}");
    let said = run(&["notes", "check"]);
    assert!(!String::from_utf8_lossy(&said.stderr).contains("too; give one"), "{said:?}");
    assert!(!String::from_utf8_lossy(&said.stdout).contains("too; give one"), "{said:?}");
}

#[test]
fn topics_on_a_disk_that_does_not_answer_are_not_waited_for() {
    let dir = place();
    let disk = Arc::new(Faulty::at(&[], std::io::ErrorKind::Other));
    *disk.slow.lock().unwrap() = Duration::from_mins(10);
    let library = Library::new(disk, Some(Folders::under(&dir.path().join("home"))));
    let text = library.request(dir.path().join("lib/a.md").to_str().unwrap()).unwrap();
    assert!(library.begin_soon(&[&text]).is_none());
}

/// What the program says, and whether it ended within a time.
fn within(time: Duration, folder: &Path, arguments: &[&str]) -> (String, bool) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder.join("../home"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > time {
            child.kill().unwrap();
            return (String::new(), false);
        }
        thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    (String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(), true)
}

#[test]
fn what_is_made_has_the_permissions_of_new_files_and_a_change_leaves_them() {
    let dir = place();
    let lib = dir.path().join("lib");
    let mut play = session(dir.path());
    play.keys("t enter").keys("P").keys("+ enter");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    // What the mask of this process makes of a new file.
    let usual = mode(&lib.join("a.md"));
    for name in ["tour.toml", "links.toml"] {
        assert_eq!(mode(&lib.join(name)), usual, "{name}");
    }
    fs::set_permissions(lib.join("tour.toml"), fs::Permissions::from_mode(0o640)).unwrap();
    append(&Spot::within(&lib, "tour.toml"), "# more\n").unwrap();
    assert_eq!(mode(&lib.join("tour.toml")), 0o640);
}

#[test]
fn what_a_killed_save_left_is_taken_away_and_what_others_wrote_in_that_moment_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let hash = |words: &str| format!("{:016x}", xxhash_rust::xxh3::xxh3_64(words.as_bytes()));
    let swap = format!(".diptych-swap-{}-{}-abc-links.toml", hash("old"), hash("new"));
    for (name, words) in [
        (".diptych-Ab3d", "half of"),
        (&*swap, "old"),
        (&swap.replace("abc", "def"), "new"),
        (&swap.replace("abc", "ghi"), "theirs"),
        (".diptych-export-x", "somebody is writing this"),
        ("links.toml", "new"),
    ] {
        fs::write(dir.path().join(name), words).unwrap();
    }
    let rescued = sweep(&Os, &Spot::within(dir.path(), ""), true);
    assert_eq!(rescued.len(), 1);
    let left: Vec<_> =
        files(dir.path()).into_iter().map(|(path, words)| (path.file_name().unwrap().to_owned(), words)).collect();
    let expected =
        [(".diptych-export-x", "somebody is writing this"), ("links-other-1.toml", "theirs"), ("links.toml", "new")];
    assert_eq!(left, expected.map(|(name, words)| (name.into(), words.as_bytes().to_vec())));
}

#[test]
fn what_another_program_writes_meanwhile_stays_and_ours_comes_to_it() {
    let cannot_exchange = Faulty::at(&[Step::Exchange], std::io::ErrorKind::Unsupported);
    for disk in [&Os as &dyn Disk, &cannot_exchange] {
        let dir = tempfile::tempdir().unwrap();
        let file = Spot::within(dir.path(), "tour.toml");
        for (nth, there) in [false, true, true].into_iter().enumerate() {
            let mut asked = 0;
            revise::<SaveError>(disk, &file, &mut |before| {
                asked += 1;
                assert_eq!(!before.is_empty(), there || asked > 1);
                if asked == 1 {
                    // In place, as `>>` does it; or by another file, as editors do.
                    let theirs = [before, format!("theirs {nth}\n").as_bytes()].concat();
                    let aside = dir.path().join("aside");
                    fs::write(if nth == 1 { &aside } else { file.path() }, theirs).unwrap();
                    if nth == 1 {
                        fs::rename(&aside, file.path()).unwrap();
                    }
                }
                Ok(Some([before, format!("ours {nth}\n").as_bytes()].concat()))
            })
            .unwrap();
            assert_eq!(asked, 2);
        }
        let kept = fs::read_to_string(file.path()).unwrap();
        assert_eq!(kept, "theirs 0\nours 0\ntheirs 1\nours 1\ntheirs 2\nours 2\n");
        let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["tour.toml"], "nothing is left over");
    }
}

#[test]
fn what_cannot_be_looked_at_when_it_was_replaced_is_put_back_and_nobody_is_said_to_have_changed_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = Spot::within(dir.path(), "n.md");
    fs::write(file.path(), "old").unwrap();
    let old = xxhash_rust::xxh3::xxh3_64(b"old");
    let disk = Faulty::at(&[Step::Read], std::io::ErrorKind::Other);
    swap(&disk, &file, old, b"new").unwrap_err();
    let named = || {
        let names = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        names.filter(|name| !name.starts_with('.')).collect::<Vec<_>>()
    };
    assert_eq!((fs::read_to_string(file.path()).unwrap().as_str(), named()), ("old", vec!["n.md".to_owned()]));
    disk.fail(&[]);
    assert_eq!(swap(&disk, &file, old, b"new").unwrap(), Outcome::Done);
    sweep(&Os, &Spot::within(dir.path(), ""), true);
    let left = files(dir.path());
    assert_eq!(left, [(file.path().to_owned(), b"new".to_vec())], "nothing is left over");
}

/// A library one of whose texts is a link to a file beside the library, and one a link to another of its texts.
fn with_links() -> tempfile::TempDir {
    let dir = place();
    fs::write(dir.path().join("diary.md"), "# My diary\n\nThe worker council and the zeppelin.\n").unwrap();
    symlink("../diary.md", dir.path().join("lib/c.md")).unwrap();
    symlink("b.md", dir.path().join("lib/d.md")).unwrap();
    dir
}

#[test]
fn a_text_that_is_a_link_out_of_the_folder_is_not_read_unasked() {
    let dir = with_links();
    let lib = dir.path().join("lib");
    for command in [
        &["check", "."][..],
        &["topics"],
        &["search", "zeppelin"],
        &["search", "council", "--format", "jsonl"],
        &["mend", "."],
        &["notes", "export"],
    ] {
        let (said, ended) = within(Duration::from_secs(30), &lib, command);
        assert!(ended && !said.contains("zeppelin and") && !said.contains("My diary"), "{command:?}: {said}");
        let says = matches!(command[0], "check" | "topics" | "search");
        assert_eq!(says, said.contains("c.md") && said.contains("diary.md"), "{command:?}: {said}");
    }
    let (said, _) = within(Duration::from_secs(30), &lib, &["search", "council", "--format", "jsonl"]);
    assert!(said.contains("\"d.md\"") && !said.contains("\"c.md\""), "one that stays inside is read: {said}");
    // Whoever names it means it.
    let (said, _) = within(Duration::from_secs(30), &lib, &["passages", "c.md"]);
    assert!(said.contains("zeppelin"), "{said}");
    // So does whoever says of the folder that its links are meant.
    let config = dir.path().join("home/.config/diptych");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), format!("linked = [{lib:?}]\n")).unwrap();
    let (said, _) = within(Duration::from_secs(30), &lib, &["search", "zeppelin"]);
    assert!(said.contains("c.md:"), "{said}");
}

#[test]
fn a_link_out_of_the_folder_is_on_the_list_by_its_name_and_is_asked_about() {
    let dir = with_links();
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
    let a = dir.path().join("lib/a.md").to_str().unwrap().to_owned();
    let shelf = library.shelf_beside(&[a]);
    let mut play = session(dir.path());
    play.app.shelf.fill(shelf);
    play.resize(300, 35).keys("o").shows("c.md").shows("leads out").hides("My diary");
    play.keys("\"c.md\"").shows("leads out of this folder");
    play.keys("enter").shows("diary.md, which is outside the library: open it? y/n");
    // What is asked is seen on a narrow screen too, whatever the path.
    play.resize(80, 24).shows("is outside the library: open it? y/n");
    play.resize(300, 35);
    play.keys("n enter").shows("stays closed").hides("My diary");
    play.keys("o \"c.md\" enter y enter").shows("zeppelin");
    // The map, and the next text on a topic, know nothing of it.
    let mut play = session(dir.path());
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
    play.app.shelf.fill(library.shelf_beside(&[dir.path().join("lib/a.md").to_str().unwrap().to_owned()]));
    play.resize(200, 35).keys("g m").hides("c.md").hides("diary");
}

#[test]
fn a_check_says_which_texts_lead_out_of_the_folder() {
    let dir = with_links();
    let lib = dir.path().join("lib");
    let said = crate::cli::printed(&lib, &["check", "."]);
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("leads out of its folder")).collect();
    assert!(lines.len() == 1 && lines[0].contains("c.md") && lines[0].contains("diary.md"), "{said}");
}

#[test]
fn what_is_exported_goes_through_no_link_to_another_folder_and_a_file_of_topics_has_an_end() {
    let dir = place();
    let lib = dir.path().join("lib");
    fs::write(dir.path().join("mine"), "mine\n").unwrap();
    symlink("../mine", lib.join("handout.html")).unwrap();
    symlink("here.html", lib.join("inside.html")).unwrap();
    fs::write(lib.join("here.html"), "old").unwrap();
    let export = |to: &str| within(Duration::from_secs(30), &lib, &["compare", "a.md", "b.md", "-o", to, "--force"]).0;
    assert!(export("handout.html").contains("mine; to replace that, name it itself"));
    assert_eq!(fs::read_to_string(dir.path().join("mine")).unwrap(), "mine\n");
    assert_eq!(export("inside.html"), "");
    assert!(fs::read_to_string(lib.join("here.html")).unwrap().contains("council"));
    let (said, ended) = within(Duration::from_secs(30), &lib, &["topics", "a.md", "--topics", "/dev/zero"]);
    assert!(ended && said.contains("larger than"), "{said}");
}
