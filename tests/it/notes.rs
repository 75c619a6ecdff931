//! Notes in the reader: keys go in, the screen and the files come out.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diptych::app::message::Msg;
use diptych::library::Library;
use diptych::library::disk::{Disk, Os};
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::note::Note;
use diptych::note::file::parse;

use crate::faulty::{Faulty, Step};
use crate::play::Play;

/// A library of two texts, and a home beside it.
pub struct Place {
    dir: tempfile::TempDir,
}

const LEFT: &str = "# Left\n\nThe councils elect their delegates.\n\nA delegate can be recalled the same afternoon.\n\n\
                    Discipline is a promise about argument.\n";
const RIGHT: &str =
    "# Right\n\nThe party decides after a debate.\n\nOnce the vote is taken the minority carries it out.\n";

impl Place {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [("a.md", LEFT), ("b.md", RIGHT), ("topics.toml", "")] {
            fs::create_dir_all(dir.path().join("texts")).unwrap();
            fs::write(dir.path().join("texts").join(name), text).unwrap();
        }
        Self { dir }
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(path)
    }

    pub fn library(&self) -> Library {
        Library::new(Arc::new(Os), Some(Folders::under(&self.at("home"))))
    }

    pub fn play(&self) -> Play {
        let text = |name: &str| self.at("texts").join(name).to_str().unwrap().to_owned();
        Play::keeping(self.library(), &text("a.md"), &text("b.md"))
    }

    pub fn files(&self) -> Vec<PathBuf> {
        files_in(&self.at("texts/notes"))
    }

    /// The only note there is.
    pub fn note(&self) -> (PathBuf, Note) {
        let files = self.files();
        assert_eq!(files.len(), 1, "{files:?}");
        let (note, faults) = parse(&fs::read_to_string(&files[0]).unwrap(), "x");
        assert_eq!(faults, []);
        (files[0].clone(), note)
    }
}

pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn a_note_is_written_on_a_passage_kept_marked_and_listed() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("J a").shows("Note · ¶2").shows("A delegate can be recalled the same afternoon.");
    play.keys("\"Who_recalls?\" enter \"#recall\"").keys("ctrl-s").shows("saved");
    let (_, note) = place.note();
    assert_eq!(note.body, "Who recalls?\n#recall");
    assert_eq!(note.targets[0].anchor.text.as_str(), "a.md");
    assert_eq!(note.targets[0].anchor.exact, "A delegate can be recalled the same afternoon.");
    assert_eq!(note.targets[0].citation, "*Left*, ¶2");
    assert!(note.targets[0].anchor.rival.is_some());
    play.shows("✎");
    play.keys("g n").shows("Notes on these texts").shows("▸ Who recalls?").shows("#recall");
    play.keys("\"#nothing\"").shows("no match");
    play.keys("ctrl-u \"#rec\"").shows("▸ Who recalls?");
    play.keys("ctrl-u \"text:a_recalls\"").shows("▸ Who recalls?");
    play.keys("esc g g g n enter");
    assert_eq!(play.passage(Side::Left), 2);
}

#[test]
fn a_note_on_the_pair_brings_both_passages_back() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("J tab J A").shows("Note · ¶2⇄2");
    play.keys("\"Both\" ctrl-s");
    let (_, note) = place.note();
    assert_eq!(note.targets.len(), 2);
    assert_eq!(note.targets[1].anchor.text.as_str(), "b.md");
    play.keys("K h K x g n enter");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (2, 2));
}

#[test]
fn a_stretch_that_is_selected_is_what_the_note_is_about() {
    let place = Place::new();
    place.play().keys("J v b b a \"On_words\" ctrl-s").shows("saved");
    assert_eq!(place.note().1.targets[0].anchor.exact, "A delegate can be recalled the same");
}

#[test]
fn escape_loses_no_words_and_the_draft_comes_back() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("J a \"Half_a_thought\" esc").shows("kept as a draft");
    assert_eq!(place.files(), Vec::<PathBuf>::new());
    play.keys("a").shows("Half a thought");
    play.keys("\",_whole\" esc K a").shows("Note · ¶1").hides("Half a thought");
    play.keys("esc g n").shows("▸ Half a thought, whole").shows("not saved");
    play.keys("enter").shows("Note · ¶2");
    play.keys("ctrl-s").shows("saved");
    assert_eq!(place.note().1.body, "Half a thought, whole");
    assert!(files_in(&place.at("home/.local/state/diptych/drafts")).iter().all(|f| f.extension().unwrap() != "md"));
}

#[test]
fn what_was_left_unfinished_on_other_texts_is_told_when_one_of_these_is_opened() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("J a \"Not_done\"");
    drop(play);
    let path = |name: &str| place.at("texts").join(name).to_str().unwrap().to_owned();
    fs::write(path("c.md"), "# Third\n\nOf something else.\n").unwrap();
    let mut play = Play::keeping(place.library(), &path("c.md"), &path("c.md"));
    play.app.out.look_for_drafts();
    let effects = play.app.out.take_effects();
    play.perform(effects);
    play.hides("unfinished");
    // There is none on this text, so that those of the library are listed.
    play.keys("g n").shows("Notes of the library").shows("Not done");
    play.keys("esc").open(Side::Left, &path("a.md")).shows("a note was left unfinished");
    play.keys("g n").shows("▸ Not done");
    play.keys("esc");
    play.open(Side::Left, &path("c.md")).open(Side::Left, &path("a.md")).hides("left unfinished");
}

#[test]
fn what_was_typed_when_the_session_was_killed_is_offered_to_the_next() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("J a \"Not_done\"");
    // Killed: nothing is tidied up; the lock goes with the process.
    drop(play);
    let mut play = place.play();
    play.app.out.look_for_drafts();
    let effects = play.app.out.take_effects();
    play.perform(effects);
    play.shows("a note was left unfinished");
    play.keys("g n").shows("▸ Not done");
    play.keys("enter").shows("Note · ¶2");
    play.keys("ctrl-s").shows("saved");
    assert_eq!(place.note().1.body, "Not done");
    drop(play);
    assert_eq!(place.library().left_drafts(), []);
}

#[test]
fn a_note_is_changed_deleted_and_brought_back() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("i \"One_line\" enter").shows("saved");
    let (path, _) = place.note();
    let first = fs::read(&path).unwrap();
    play.keys("e").shows("Change the note · ¶1");
    play.keys("\"_more\" ctrl-s").shows("saved");
    assert_eq!(place.note().1.body, "One line more");
    play.keys("u").shows("undone");
    assert_eq!(fs::read(&path).unwrap(), first);
    play.keys("ctrl-r").shows("redone");
    assert_eq!(place.note().1.body, "One line more");
    play.keys("g n ctrl-d").shows("deleted: “One line more”").shows("no notes here yet");
    assert_eq!(place.files(), Vec::<PathBuf>::new());
    play.keys("esc").hides("✎");
    play.keys("u").shows("✎");
    assert_eq!(place.note().1.body, "One line more");
    play.keys("u u").hides("✎");
    assert_eq!(place.files(), Vec::<PathBuf>::new());
    play.keys("ctrl-r");
    assert_eq!(fs::read(&path).unwrap(), first);
}

#[test]
fn a_note_that_another_program_changes_is_seen_and_never_overwritten() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("i \"Mine\" enter e \"_too\"");
    let (path, _) = place.note();
    let theirs = fs::read_to_string(&path).unwrap().replace("Mine", "Theirs").replace("id:", "aliases: [x]\nid:");
    fs::write(&path, &theirs).unwrap();
    play.keys("ctrl-s").shows("both are kept, yours as ");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    let ours = place.files().into_iter().find(|f| *f != path).unwrap();
    let (note, _) = parse(&fs::read_to_string(&ours).unwrap(), "x");
    assert_eq!((note.body.as_str(), note.id.0.as_str()), ("Mine too", ours.file_stem().unwrap().to_str().unwrap()));
    play.tell(Msg::NotesChanged);
    play.keys("g n").shows("Theirs").shows("Mine too");
    // Deleting what has changed since it was listed is not done either.
    fs::write(&path, theirs.replace("Theirs", "Again")).unwrap();
    play.keys("\"theirs\" ctrl-d").shows("so it is still there");
    assert!(path.exists());
}

#[test]
fn notes_are_shown_beside_their_passage() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("J i \"Who_recalls_whom?\" enter z n").shows("◧ ¶2  Who recalls whom?");
    play.keys("K").hides("Who recalls whom?");
    play.keys("J").shows("Who recalls whom?");
    play.keys("z n").hides("Who recalls");
}

#[test]
fn a_note_whose_passage_is_gone_is_listed_and_attached_by_hand() {
    let place = Place::new();
    place.play().keys("J i \"Lost\" enter");
    let changed = "# Other\n\nNothing of it is left.\n\nNot a word.\n\nOf argument there is a promise here.\n";
    fs::write(place.at("texts/a.md"), changed).unwrap();
    let mut play = place.play();
    play.hides("✎");
    play.keys("g n").shows("! orphaned").shows("A delegate can be recalled");
    play.keys("enter").shows("its passage is gone");
    play.keys("G g n ctrl-t").shows("saved").shows("✎");
    let (_, note) = place.note();
    assert_eq!(note.targets[0].anchor.exact, "Of argument there is a promise here.");
    assert_eq!(note.body, "Lost");
    play.keys("g n").hides("orphaned");
}

#[test]
fn the_own_editor_gets_the_words_and_gives_them_back() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("J E");
    let draft = Box::new(play.outside.pop().unwrap());
    play.tell(Msg::Outside { draft: draft.clone(), result: Ok("From vi\n".to_owned()) }).shows("saved");
    assert_eq!(place.note().1.body, "From vi");
    let failed = diptych::text::clean::Clean::line("no editor");
    play.tell(Msg::Outside { draft, result: Err(failed) }).shows("no editor").shows("Note · ¶2");
}

#[test]
fn the_editor_is_at_least_half_the_screen_and_breaks_at_no_size() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("A \"some_words_that_are_long_enough_to_wrap_somewhere\" enter");
    for columns in [1, 2, 5, 20, 80, 200] {
        for rows in [1, 2, 3, 4, 8, 24, 60] {
            play.resize(columns, rows).screen();
        }
    }
    play.resize(80, 24).shows("some words that are long enough");
    let framed = play.screen().iter().filter(|r| r.trim_start().starts_with(['│', '╭', '╰'])).count();
    assert!(framed >= 12, "{framed} rows");
}

#[test]
fn what_is_pasted_is_made_visible_and_what_a_file_has_is_shown_by_signs() {
    let place = Place::new();
    let mut play = place.play();
    play.keys("a").tell(Msg::Paste("one\r\ntwo\u{1b}[31m\u{202e}".to_owned())).shows("made visible").shows("two␛[31m");
    play.keys("ctrl-s");
    let (path, note) = place.note();
    assert_eq!(note.body.split('\n').next(), Some("one"));
    let source = fs::read_to_string(&path).unwrap().replace("two␛", "two\u{7}␛");
    fs::write(&path, source).unwrap();
    play.tell(Msg::NotesChanged);
    play.keys("g n").shows("! faults").shows("control characters");
    play.keys("ctrl-e").shows("two");
    for row in play.screen() {
        assert!(!row.contains(char::is_control), "{row:?}");
    }
    play.keys("\"!\" ctrl-s");
    assert!(fs::read_to_string(&path).unwrap().contains("two\u{7}"), "what another program wrote stays");
}

#[test]
fn nonsense_files_are_listed_and_left_alone() {
    let place = Place::new();
    let folder = place.at("texts/notes");
    fs::create_dir_all(folder.join("folder.md")).unwrap();
    std::os::unix::fs::symlink(place.at("nowhere"), folder.join("dangling.md")).unwrap();
    // What lies outside the library is not read, and so not shown.
    fs::write(place.at("elsewhere.md"), "Elsewhere").unwrap();
    std::os::unix::fs::symlink(place.at("elsewhere.md"), folder.join("link.md")).unwrap();
    fs::write(folder.join("latin.md"), b"caf\xe9").unwrap();
    fs::write(folder.join("huge.md"), "words ".repeat(1 << 20)).unwrap();
    fs::write(folder.join("broken.md"), "---\nid: x\nanchors: [\nno end").unwrap();
    fs::write(folder.join(".hidden.md"), "not a note").unwrap();
    let mut play = place.play();
    play.keys("g n");
    for shown in ["folder.md", "dangling.md", "caf", "words words", "link.md", "6"] {
        play.shows(shown);
    }
    let before: Vec<_> = files_in(&folder).iter().filter_map(|f| fs::read(f).ok()).collect();
    for name in ["latin", "huge", "link", "dangling", "folder"] {
        let words = match name {
            "latin" => "caf",
            "huge" => "words",
            other => other,
        };
        play.keys(&format!("g n \"{words}\" ctrl-e")).hides("Change the note");
        play.keys("esc esc");
    }
    let after: Vec<_> = files_in(&folder).iter().filter_map(|f| fs::read(f).ok()).collect();
    assert_eq!(before, after);
}
/// What `diptych notes …` prints in a folder, and its exit code.
pub fn printed(place: &Place, args: &[&str]) -> (String, Option<i32>) {
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(["notes"])
        .args(args)
        .current_dir(place.at("texts"))
        .env("HOME", place.at("home"))
        .env_remove("XDG_DATA_HOME")
        .output()
        .unwrap();
    (String::from_utf8(run.stdout).unwrap(), run.status.code())
}

#[test]
fn the_command_line_lists_and_checks() {
    let place = Place::new();
    assert_eq!(printed(&place, &["check"]), ("0 notes\n".to_owned(), Some(0)));
    let mut play = place.play();
    play.keys("i \"First_#one\" enter J i \"Second\" enter J i \"Third\" enter");
    let (listed, _) = printed(&place, &["list"]);
    assert_eq!(listed.lines().count(), 3);
    assert!(listed.contains("¶1        a.md  First #one"), "{listed}");
    let (lines, _) = printed(&place, &["list", "--format", "jsonl"]);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["tags"][0], &first["anchors"][0]["passage"]), (&"one".into(), &1.into()));
    let (said, code) = printed(&place, &["check"]);
    assert!(said.ends_with("3 notes: 3 exact\n") && code == Some(0), "{said}");

    // The first passage moves, the second is set otherwise, the third is gone.
    let text = "# Left\n\nA new beginning.\n\nThe councils elect their delegates.\n\n\
                A delegate can be recalled, the same afternoon!\n";
    fs::write(place.at("texts/a.md"), text).unwrap();
    let (said, code) = printed(&place, &["check"]);
    let states: Vec<&str> = said.lines().filter_map(|l| l.split_whitespace().next()).collect();
    assert_eq!(states, ["moved", "changed", "orphaned", "3"], "{said}");
    assert!(said.contains("¶1 → ¶2") && said.contains("now “A delegate can be recalled, the"), "{said}");
    assert_eq!(code, Some(1));

    // And what is wrong with a file is said with its line.
    fs::write(place.at("texts/notes/zz.md"), "---\nid: zz\nanchors: 7\n---\nWords\n").unwrap();
    let (said, _) = printed(&place, &["check", "."]);
    assert!(said.contains("notes/zz.md:3: `anchors`") && said.contains("1 fault"), "{said}");
    let (lines, code) = printed(&place, &["check", "--format", "jsonl"]);
    let all: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((all[0]["state"].as_str(), all[0]["line"].as_u64(), code), (Some("fault"), Some(3), Some(1)));
    assert!(all[1]["score"].as_f64().unwrap() > 0.9, "{}", all[1]);
    fs::remove_file(place.at("texts/a.md")).unwrap();
    assert!(printed(&place, &["check"]).0.contains("3 missing"));
}

#[test]
fn a_full_disk_is_told_and_the_words_are_kept_and_can_be_saved_elsewhere() {
    let place = Place::new();
    let disk = Arc::new(Faulty::at(&[], std::io::ErrorKind::StorageFull));
    let library = Library::new(Arc::clone(&disk) as Arc<dyn Disk>, Some(Folders::under(&place.at("home"))));
    let text = |name: &str| place.at("texts").join(name).to_str().unwrap().to_owned();
    let mut play = Play::keeping(library, &text("a.md"), &text("b.md"));
    disk.fail(&[Step::WriteTemp]);
    play.keys("a \"Precious\" ctrl-s").shows("the disk is full");
    assert_eq!(place.files(), Vec::<PathBuf>::new());
    play.keys("j").shows("1 not saved");
    // What is changed meanwhile is what is saved in the end.
    play.keys("g n").shows("▸ Precious").shows("not saved");
    play.keys("enter \"_words\" ctrl-s").shows("the disk is full");
    play.keys("q");
    assert!(!play.ended);
    disk.fail(&[]);
    let elsewhere = place.at("stick");
    play.keys(&format!("g W \"{}\" enter", elsewhere.display())).shows("1 note saved in ");
    let files = files_in(&elsewhere);
    assert_eq!(parse(&fs::read_to_string(&files[0]).unwrap(), "x").0.body, "Precious words");
    play.keys("j").hides("not saved");
    play.keys("q");
    assert!(play.ended);
    assert_eq!(place.files(), Vec::<PathBuf>::new());
}
