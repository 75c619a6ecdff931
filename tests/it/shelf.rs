//! A folder of one's own is a library: what is made stays with it, by whatever name it goes, and every command means it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::cli::{err, out};
use crate::play::Play;

const LOAF: &str = "# The Patient Loaf\n\nThe bakers of the harbour rose at three and lit the long ovens.\n\n\
                    Their flour came by barge, and the millers were never paid in time.\n\nNobody sang.\n";
const SEA: &str = "# The Sea\n\nAt three the long ovens of the harbour were lit by the bakers.\n\n\
                   The barges lay at the quay until the millers had their money.\n\nThe tide turned.\n";

/// A home, and in it a folder of texts without topics.
pub struct Own {
    dir: tempfile::TempDir,
}

impl Own {
    /// With nothing in it.
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub fn new() -> Self {
        let own = Self::empty();
        own.put("own/loaf.md", LOAF);
        own.put("own/sea.md", SEA);
        own
    }

    pub fn at(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.dir.path()).unwrap().join(name)
    }

    pub fn put(&self, name: &str, content: &str) {
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), content).unwrap();
    }

    pub fn library(&self) -> Library {
        Library::new(Arc::new(Os), Some(Folders::under(&self.at("home"))))
    }

    pub fn read(&self, left: &str, right: &str) -> Play {
        let path = |name: &str| self.at(name).to_str().unwrap().to_owned();
        Play::keeping(self.library(), &path(left), &path(right))
    }

    /// What the program says in a folder.
    pub fn run(&self, folder: &Path, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(args).current_dir(folder).env_clear().env("HOME", self.at("home")).stdin(Stdio::null());
        command.output().unwrap()
    }

    /// What it prints where nothing is wrong.
    pub fn printed(&self, folder: &Path, args: &[&str]) -> String {
        let output = self.run(folder, args);
        assert_eq!(err(&output), "", "{args:?}");
        assert!(output.status.success(), "{args:?}: {}", out(&output));
        out(&output)
    }

    /// Has the reader join the first passages, write a note, and make a stop.
    pub fn make(&self) {
        let mut play = self.read("own/loaf.md", "own/sea.md");
        play.keys("+ enter").keys("a \"Both_rise_early.\" ctrl-s").keys("P");
    }
}

/// The screen as a string.
pub fn shown(play: &Play) -> String {
    play.screen().join("\n")
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).map(|e| e.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let mut names: Vec<String> = entries.iter().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_is_made_is_beside_the_texts_and_moves_with_them() {
    let own = Own::new();
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("+ enter");
    let told = play.app.out.notice.as_ref().map_or("", |line| line.as_str()).to_owned();
    assert!(told.contains("beside these texts") && told.contains("`keep` in config.toml"), "{told}");
    play.keys("a \"Both_rise_early.\" ctrl-s").keys("P");
    let told = play.app.out.notice.as_ref().map_or("", |line| line.as_str()).to_owned();
    assert!(!told.contains("beside these texts"), "it is said once: {told}");
    drop(play);
    assert_eq!(names(&own.at("own")), ["links.toml", "loaf.md", "notes", "sea.md", "tour.toml"]);
    for file in ["links.toml", "tour.toml"] {
        let written = fs::read_to_string(own.at("own").join(file)).unwrap();
        assert!(written.contains("text = \"loaf.md\"") && !written.contains(own.at("").to_str().unwrap()), "{written}");
    }
    fs::rename(own.at("own"), own.at("elsewhere")).unwrap();
    let listed = own.printed(&own.at("elsewhere"), &["notes", "list"]);
    assert!(listed.contains("loaf.md") && listed.contains("Both rise early."), "{listed}");
    let checked = own.printed(&own.at("elsewhere"), &["check"]);
    assert!(
        checked.contains("2 texts") && checked.contains("1 link") && checked.contains("nothing is wrong"),
        "{checked}"
    );
    assert!(own.printed(&own.at("elsewhere"), &["tour", "check"]).contains("exact"));
}

#[test]
fn every_command_means_the_folder_one_is_in() {
    let own = Own::new();
    own.put("own/deep/down/third.md", "# The Third\n\nOnly the gulls were awake.\n");
    own.make();
    let here = own.at("own");
    let deep = own.at("own/deep/down");
    assert!(own.printed(&here, &["notes", "export"]).contains("Both rise early."));
    assert!(own.printed(&here, &["check"]).starts_with("3 texts"));
    let topics = own.run(&here, &["topics"]);
    assert!(out(&topics).contains("The Third") && err(&topics).contains("`diptych topics suggest"), "{}", err(&topics));
    assert!(own.printed(&deep, &["check"]).starts_with("1 text,"));
    // Where there is nothing to read, the library that comes with the program is meant; and where it is named.
    let empty = own.at("own/empty");
    fs::create_dir(&empty).unwrap();
    assert!(own.printed(&empty, &["check"]).starts_with("7 texts"));
    assert!(own.printed(&here, &["check", "embedded:"]).starts_with("7 texts"));
    assert_eq!(own.printed(&empty, &["notes", "list"]), "");
    let page = r#"{"type":"Annotation","body":{"type":"TextualBody","value":"Theirs."},"target":{"source":"loaf.md","selector":{"type":"TextQuoteSelector","exact":"Nobody sang."}}}"#;
    fs::write(own.at("own/page.json"), page).unwrap();
    assert!(err(&own.run(&here, &["notes", "import", "page.json"])).contains("own/notes"));
    assert!(own.printed(&here, &["notes", "list"]).contains("Theirs."));
}

#[test]
fn a_text_that_was_renamed_is_known_by_its_words() {
    let own = Own::new();
    own.make();
    fs::rename(own.at("own/loaf.md"), own.at("own/patient.md")).unwrap();
    let mut play = own.read("own/patient.md", "own/sea.md");
    let screen = shown(&play);
    assert!(screen.contains("1 note, 1 link and 1 stop of this text under loaf.md"), "{screen}");
    play.keys("\"n\" enter");
    let again = shown(&own.read("own/patient.md", "own/sea.md"));
    assert!(!again.contains("take over"), "it is asked once: {again}");
    let told = own.run(&own.at("own"), &["check"]);
    assert!(
        out(&told).contains("the same text is patient.md now") && out(&told).contains("diptych mend"),
        "{}",
        out(&told)
    );
    let told = own.run(&own.at("own"), &["notes", "check"]);
    assert!(out(&told).contains("the same text is patient.md now"), "{}", out(&told));
    let mended = own.printed(&own.at("own"), &["mend"]);
    assert!(mended.contains("1 note, 1 link and 1 stop taken over"), "{mended}");
    assert!(own.printed(&own.at("own"), &["check"]).contains("nothing is wrong"));
    assert!(own.printed(&own.at("own"), &["notes", "check"]).contains("1 exact"));
    assert!(own.printed(&own.at("own"), &["tour", "check"]).contains("patient.md"));
    assert_eq!(own.printed(&own.at("own"), &["mend"]), "nothing is to be taken over\n");
}

#[test]
fn a_renamed_text_is_taken_over_when_the_reader_says_so() {
    let own = Own::new();
    own.make();
    fs::rename(own.at("own/loaf.md"), own.at("own/patient.md")).unwrap();
    let mut play = own.read("own/patient.md", "own/sea.md");
    play.keys("\"y\" enter");
    let screen = shown(&play);
    assert!(screen.contains("1 note, 1 link and 1 stop taken over"), "{screen}");
    drop(play);
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    assert!(links.contains("text = \"patient.md\"") && !links.contains("loaf.md"), "{links}");
}

#[test]
fn what_an_earlier_version_kept_elsewhere_is_taken_over() {
    let own = Own::new();
    own.make();
    // As it was kept: in the data folder, under the whole paths of the texts.
    let folders = Folders::under(&own.at("home"));
    let home = diptych::library::home::Home::of_folder(Some(&own.at("own")));
    let old = folders.of_library(&home.key());
    fs::create_dir_all(old.join("notes")).unwrap();
    let whole = |written: &str| {
        let text = |name: &str| own.at("own").join(name).to_str().unwrap().to_owned();
        written.replace("loaf.md", &text("loaf.md")).replace("sea.md", &text("sea.md"))
    };
    for file in ["links.toml", "tour.toml"] {
        let written = fs::read_to_string(own.at("own").join(file)).unwrap();
        fs::write(old.join(file), whole(&written)).unwrap();
        fs::remove_file(own.at("own").join(file)).unwrap();
    }
    let note = names(&own.at("own/notes")).remove(0);
    let written = fs::read_to_string(own.at("own/notes").join(&note)).unwrap();
    fs::write(old.join("notes").join(&note), whole(&written)).unwrap();
    fs::remove_dir_all(own.at("own/notes")).unwrap();

    let mut play = own.read("own/loaf.md", "own/sea.md");
    let screen = shown(&play);
    assert!(screen.contains("keep 1 note, 1 link and 1 stop beside these texts"), "{screen}");
    play.keys("\"y\" enter");
    assert!(shown(&play).contains("taken over"), "{}", shown(&play));
    drop(play);
    assert_eq!(fs::read_to_string(own.at("own/notes").join(&note)).unwrap(), written);
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    assert!(links.contains("text = \"loaf.md\""), "{links}");
    assert!(fs::read_to_string(own.at("own/tour.toml")).unwrap().contains("text = \"loaf.md\""));
    assert_eq!(names(&old.join("notes")), Vec::<String>::new());
    assert!(own.printed(&own.at("own"), &["check"]).contains("nothing is wrong"));
}

#[test]
fn what_was_kept_for_a_folder_that_has_moved_since_is_found_by_its_texts() {
    let own = Own::new();
    own.make();
    let folders = Folders::under(&own.at("home"));
    let old = folders.of_library("old-0123456789abcdef");
    fs::create_dir_all(&old).unwrap();
    let written = fs::read_to_string(own.at("own/links.toml")).unwrap();
    let gone = written.replace("loaf.md", "/gone/own/loaf.md").replace("sea.md", "/gone/own/sea.md");
    fs::write(old.join("links.toml"), gone).unwrap();
    fs::remove_file(own.at("own/links.toml")).unwrap();
    let mut play = own.read("own/loaf.md", "own/sea.md");
    let screen = shown(&play);
    assert!(screen.contains("1 link of this text under /gone/own/loaf.md"), "{screen}");
    play.keys("\"y\" enter");
    drop(play);
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    assert!(links.contains("text = \"loaf.md\"") && links.contains("text = \"sea.md\""), "{links}");
}

#[test]
fn names_that_are_spelt_otherwise_are_the_same_names() {
    let own = Own::new();
    let (composed, decomposed) = ("caf\u{e9}.md", "cafe\u{301}.md");
    fs::rename(own.at("own/loaf.md"), own.at("own").join(composed)).unwrap();
    own.read(&format!("own/{composed}"), "own/sea.md").keys("+ enter").keys("a \"Both.\" ctrl-s").keys("P");
    fs::rename(own.at("own").join(composed), own.at("own").join(decomposed)).unwrap();
    for command in [&["check"][..], &["notes", "check"], &["tour", "check"]] {
        let said = own.printed(&own.at("own"), command);
        assert!(!said.contains("orphaned") && !said.contains("missing"), "{command:?}: {said}");
    }
    let words = own.printed(&own.at("own"), &["passages", &format!("{composed}:1")]);
    assert!(words.contains("The bakers"), "{words}");
    let screen = shown(&own.read(&format!("own/{composed}"), "own/sea.md"));
    assert!(!screen.contains("take over"), "{screen}");
}

#[test]
fn topics_of_a_folder_without_any_are_kept_beside_its_texts() {
    let own = Own::new();
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("T \"ovens\" tab \"oven\" enter");
    drop(play);
    let written = fs::read_to_string(own.at("own/topics.toml")).unwrap();
    assert!(written.contains("bundled = true") && written.contains("ovens"), "{written}");
    let play = own.read("own/loaf.md", "own/sea.md");
    let (codebook, faults) = play.library.topics_again();
    assert!(codebook.get("soviets").is_some() && faults.is_empty(), "{faults:?}");
    assert!(codebook.topics().iter().any(|t| t.name.to_lowercase().contains("ovens")));
}

#[test]
fn an_empty_file_hides_no_other_text_from_the_chart_of_topics() {
    let own = Own::new();
    own.put("own/blank.txt", "");
    let charted = own.run(&own.at("own"), &["topics"]);
    let told = String::from_utf8_lossy(&charted.stderr);
    assert!(charted.status.success() && told.contains("left out, since there is nothing in it: blank.txt"), "{told}");
}

#[test]
fn the_setting_keeps_it_in_a_folder_of_the_readers_choice() {
    let own = Own::new();
    own.put("home/.config/diptych/config.toml", "keep = \"~/made\"\n");
    own.make();
    assert!(!own.at("own/links.toml").exists());
    let kept = names(&own.at("home/made"));
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(names(&own.at("home/made").join(&kept[0])), ["links.toml", "notes", "tour.toml"]);
}

#[test]
fn a_library_is_searched_from_its_index_which_is_kept_fresh() {
    let own = Own::new();
    let here = own.at("own");
    let found = |words: &str| out(&own.run(&here, &["search", words]));
    assert!(found("ovens").contains("loaf.md:1") && found("ovens").contains("sea.md:1"), "{}", found("ovens"));
    assert_eq!(found("\"long ovens\" barge"), "");
    assert!(found("barges millers").contains("sea.md:2"));
    own.put("own/deep/gulls.md", "# Gulls\n\nOnly the gulls were awake, and the ovens cold.\n");
    fs::remove_file(own.at("own/sea.md")).unwrap();
    let now = found("ovens");
    assert!(now.contains("deep/gulls.md:1") && !now.contains("sea.md"), "{now}");
    let line: serde_json::Value =
        serde_json::from_str(out(&own.run(&here, &["search", "gulls", ".", "--format", "jsonl"])).trim()).unwrap();
    assert_eq!((line["passage"].as_u64(), line["id"].as_str()), (Some(1), Some("deep/gulls.md")));
    assert!(line["text"].as_str().unwrap().starts_with("Only the gulls"));
    // What is damaged is made anew, and that is said.
    let index = own.at("home/.cache/diptych/index");
    let folder = fs::read_dir(&index).unwrap().next().unwrap().unwrap().path();
    for name in names(&folder).iter().filter(|n| n.strip_suffix(".index").is_some()) {
        let mut bytes = fs::read(folder.join(name)).unwrap();
        let middle = bytes.len() / 2;
        bytes[40..middle].fill(7);
        fs::write(folder.join(name), bytes).unwrap();
    }
    let again = own.run(&here, &["search", "gulls"]);
    assert!(out(&again).contains("gulls.md:1") && err(&again).contains("damaged"), "{}", err(&again));
    assert_eq!(err(&own.run(&here, &["search", "gulls"])), "", "it is said once");
    // Of a list that lies nothing is shown.
    let words = ["ovens", "gulls", "awake", "cold", "barge", "millers", "only"];
    let before = words.map(found);
    let index_files = || {
        names(&folder)
            .into_iter()
            .filter(|n| Path::new(n).extension().is_some_and(|kind| kind == "index"))
            .map(|n| folder.join(n))
    };
    for place in 1..=8 {
        for file in index_files() {
            let mut bytes = fs::read(&file).unwrap();
            let at = bytes.len() - place * 5;
            bytes[at] ^= 1;
            fs::write(&file, bytes).unwrap();
        }
        assert_eq!(words.map(found), before, "{place}");
    }
    // Nor is anything waited for that is no file.
    for file in index_files().chain([folder.join("list.json")]).collect::<Vec<_>>() {
        // It may be gone since what was there was made anew.
        let _ = fs::remove_file(&file);
        mknodat(CWD, &file, FileType::Fifo, Mode::RWXU, 0).unwrap();
        assert_eq!(words.map(found), before, "{}", file.display());
    }
}

#[test]
fn a_search_of_all_texts_finds_words_however_their_accents_are_typed() {
    let own = Own::new();
    let here = own.at("own");
    own.put("own/words.md", "# Words\n\nThe naïve clerk left the café for the Straße, with a cœur of brass.\n");
    own.put("own/russian.md", "# Ёлка\n\nЁлка стояла в углу, и дети её видели, а свечи уже горели на ней.\n");
    for words in ["naive", "naïve", "cafe", "café", "nai\u{308}ve", "strasse", "Straße", "coeur", "\"naive clerk\""]
    {
        assert!(out(&own.run(&here, &["search", words])).contains("words.md:1"), "{words}");
    }
    for words in ["елка", "ёлка"] {
        assert!(out(&own.run(&here, &["search", words])).contains("russian.md:1"), "{words}");
    }
}

#[test]
fn where_no_index_can_be_kept_a_library_is_searched_all_the_same() {
    let own = Own::new();
    own.put("home/.cache", "in the way of every folder");
    for _ in 0..2 {
        let found = own.run(&own.at("own"), &["search", "barge"]);
        assert!(out(&found).contains("loaf.md:2"), "{}", out(&found));
        assert!(err(&found).contains("the index cannot be written"), "{}", err(&found));
    }
}

#[test]
fn a_pair_from_the_shelf_is_where_it_was_left_though_one_of_its_texts_is_open_elsewhere() {
    use diptych::link::Side;
    let own = Own::new();
    own.put("own/third.md", "# Third\n\nLong before three the harbour slept.\n\nBread.\n\nNobody woke.\n");
    let mut play = own.read("own/loaf.md", "own/sea.md");
    let path = own.at("own/third.md");
    play.keys("z p 2 G");
    play.app.open_text(Side::Right, path.to_str().unwrap());
    play.keys("tab tab 3 G g b");
    let line = |play: &Play| shown(play).lines().find(|l| l.contains("Loaf ⇄ The Sea")).unwrap_or_default().to_owned();
    assert!(line(&play).contains("¶2"), "{}", shown(&play));
    play.keys("\"sea\" enter");
    let pane =
        |play: &Play, side| (play.pane(side).open().unwrap().name.to_string(), play.pane(side).current().unwrap().0);
    assert_eq!(pane(&play, Side::Left), ("The Patient Loaf".to_owned(), 2));
    assert_eq!(pane(&play, Side::Right).0, "The Sea");
    play.keys("g b");
    assert!(line(&play).contains("¶2"), "{}", shown(&play));
    let third = shown(&play).lines().find(|l| l.contains("Loaf ⇄ Third")).unwrap_or_default().to_owned();
    assert!(third.contains("¶3"), "{}", shown(&play));
}

#[test]
fn all_texts_on_a_passage_are_shown_and_opened_across() {
    let own = Own::new();
    own.put("own/third.md", "# Third\n\nLong before three the harbour slept, and no oven was lit.\n\nBread.\n");
    let mut play = own.read("own/loaf.md", "own/loaf.md");
    play.keys("1 G g a");
    let screen = shown(&play);
    assert!(screen.contains("The Sea") && screen.contains("¶1  0.") && screen.contains("because:"), "{screen}");
    play.keys("enter");
    let across = play.pane(diptych::link::Side::Right).open().unwrap().request.clone();
    assert!(across.ends_with("sea.md"), "{across}");
    play.keys("g / \"gold\" enter");
    assert!(
        shown(&play).contains("nothing in your other texts") || shown(&play).contains("looking"),
        "{}",
        shown(&play)
    );
}

#[test]
fn copies_that_a_program_left_are_seen_and_merged() {
    let own = Own::new();
    own.make();
    let here = own.at("own");
    let copy = "links.sync-conflict-20261129-101010-ABCDEFG.toml";
    fs::rename(here.join("links.toml"), here.join(copy)).unwrap();
    let told = own.run(&here, &["check"]);
    assert!(out(&told).contains(copy) && out(&told).contains("`diptych mend`"), "{}", out(&told));
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("g l");
    assert!(shown(&play).contains("bakers of the harbour"), "what it has is used: {}", shown(&play));
    drop(play);
    assert!(own.printed(&here, &["mend"]).contains("put into links.toml"));
    assert_eq!(names(&here), ["links.toml", "loaf.md", "notes", "sea.md", "tour.toml"]);
    assert!(own.printed(&here, &["check"]).contains("1 link"));
}

#[test]
fn the_shelf_shows_pairs_with_what_was_made_of_them() {
    let own = Own::new();
    own.make();
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("g b");
    let screen = shown(&play);
    assert!(screen.contains("The Patient Loaf ⇄ The Sea") && screen.contains("1 note · 1 link"), "{screen}");
}

#[test]
fn who_made_what_is_kept_shown_and_told_apart() {
    let own = Own::new();
    let here = own.at("own");
    own.put("home/.gitconfig", "[user]\n\tname = Anna Example\n");
    own.make();
    let kept = |file: &str| fs::read_to_string(here.join(file)).unwrap();
    let notes = || names(&here.join("notes"));
    assert!(kept("links.toml").contains("author = \"Anna Example\""), "{}", kept("links.toml"));
    assert!(kept("tour.toml").contains("author = \"Anna Example\""), "{}", kept("tour.toml"));
    assert!(kept(&format!("notes/{}", notes()[0])).contains("author: Anna Example"));
    // Another one works in the same folder; what either has said stays under its name.
    own.put("home/.config/diptych/config.toml", "author = \"Bert\"\n");
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("3 G a \"Nobody_at_all.\" ctrl-s J").keys("g l");
    assert!(shown(&play).contains("Anna Example"), "{}", shown(&play));
    play.keys("\"author:bert\"");
    assert!(!shown(&play).contains("¶1 ⇔ ¶1"), "{}", shown(&play));
    play.keys("esc g n").keys("\"author:anna\"");
    let screen = shown(&play);
    assert!(screen.contains("Both rise early.") && !screen.contains("Nobody at all."), "{screen}");
    drop(play);
    let listed = own.printed(&here, &["notes", "list"]);
    assert!(listed.contains("Anna Example:") && listed.contains("Bert:"), "{listed}");
    let of_bert = own.printed(&here, &["notes", "list", "--author", "bert"]);
    assert!(of_bert.contains("Nobody at all.") && of_bert.lines().count() == 1, "{of_bert}");
    // What both say is one link, under both names.
    let mine = kept("links.toml").replace("author = \"Anna Example\"", "author = \"Bert\"\nremark = \"Bert's word\"");
    fs::write(here.join("links.sync-conflict-20261129-101010-ABCDEFG.toml"), mine).unwrap();
    own.printed(&here, &["mend"]);
    assert!(kept("links.toml").contains("author = [\"Anna Example\", \"Bert\"]"), "{}", kept("links.toml"));
    assert!(kept("links.toml").contains("Bert's word"), "{}", kept("links.toml"));
    assert_eq!(kept("links.toml").matches("[[link]]").count(), 1);
}

#[test]
fn what_has_no_author_is_read_on_and_stays_without() {
    let own = Own::new();
    own.put("home/.config/diptych/config.toml", "author = \"\"\n");
    own.put("home/.gitconfig", "[user]\nname = Anna\n");
    own.make();
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    assert!(!links.contains("author"), "{links}");
    own.put("home/.config/diptych/config.toml", "author = \"Bert\"\n");
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("+").keys("tab \"who_rises\" enter");
    drop(play);
    let links = fs::read_to_string(own.at("own/links.toml")).unwrap();
    assert!(!links.contains("author"), "who changes a word of a link has not made it: {links}");
}

#[test]
fn two_texts_of_one_title_are_told_apart_everywhere() {
    let own = Own::new();
    let here = own.at("own");
    own.put("own/loaf2.md", &LOAF.replace("harbour", "village"));
    for args in [
        &["topics", "loaf.md", "loaf2.md"][..],
        &["topics", "loaf.md", "loaf2.md", "--format", "html"],
        &["compare", "loaf.md", "loaf2.md", "--linear"],
        &["compare", "loaf.md", "loaf2.md", "--format", "markdown"],
        &["compare", "loaf.md", "loaf2.md", "--format", "html"],
    ] {
        let said = out(&own.run(&here, args));
        assert!(said.contains("(loaf.md)") && said.contains("(loaf2.md)"), "{args:?}: {said}");
    }
    let mut play = own.read("own/loaf.md", "own/loaf2.md");
    for keys in ["", "g s", "g m"] {
        play.keys(keys);
        let screen = shown(&play);
        assert!(screen.contains("loaf.md") && screen.contains("loaf2."), "{keys}: {screen}");
        play.keys("esc esc");
    }
}

#[test]
fn copies_of_a_tour_are_seen_and_merged_and_no_stop_is_lost() {
    let own = Own::new();
    own.make();
    let here = own.at("own");
    let stop = fs::read_to_string(here.join("tour.toml")).unwrap();
    let other = stop.replace("passage = 1", "passage = 2").replace("id = \"", "id = \"b");
    let reworded = stop.replacen("[[stop]]", "[[stop]]\nremark = \"Ask them.\"", 1);
    for (copy, stops) in [
        ("tour.sync-conflict-20261129-101010-ABCDEFG.toml", &other),
        ("tour (conflicted copy 2026-11-29).toml", &stop),
        ("tour 2.toml", &reworded),
    ] {
        fs::write(here.join(copy), stops).unwrap();
        let told = own.run(&here, &["check"]);
        assert!(out(&told).contains(copy) && out(&told).contains("`diptych mend`"), "{}", out(&told));
    }
    own.printed(&here, &["mend"]);
    assert_eq!(names(&here), ["links.toml", "loaf.md", "notes", "sea.md", "tour.toml"]);
    let merged = fs::read_to_string(here.join("tour.toml")).unwrap();
    assert_eq!(merged.matches("[[stop]]").count(), 3, "{merged}");
    assert!(merged.contains("Ask them."), "{merged}");
}

#[test]
fn the_same_pair_is_not_added_to_the_tour_twice_in_a_row() {
    let own = Own::new();
    own.make();
    let mut play = own.read("own/loaf.md", "own/sea.md");
    play.keys("g r esc P");
    assert!(shown(&play).contains("stop 1 of the tour already"), "{}", shown(&play));
    play.keys("J P");
    assert!(shown(&play).contains("stop 2"), "{}", shown(&play));
}
