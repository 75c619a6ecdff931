//! The reader's own links: keys in, screen and files out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diptych::app::key::Chord;
use diptych::app::message::{Effect, Msg};
use diptych::app::work::quotations::{Answer, Quotations};
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;

use crate::cli::{err, out, printed, run};
use crate::faulty::{Faulty, STEPS, Step};
use crate::play::Play;

const LEFT: &str = "# Left\n\nThe delegates are recalled at any time by those who chose them in the factory.\n\n\
    Nothing here is about the moon, nor about its far side, nor craters.\n\nBread was dear that winter in the capital.\n";
const RIGHT: &str = "# Right\n\nA delegate who cannot be recalled by the factory is no delegate at all.\n\n\
    The price of bread in the capital rose all winter.\n\nIn the end they went home.\n";

/// A library of two texts in a folder.
struct Shelf {
    dir: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Self {
        let shelf = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(shelf.at("texts")).unwrap();
        let topics = "[[topic]]\nid = \"bread\"\nname = \"Bread\"\nterms = [\"bread\"]\n\n\
                      [[topic]]\nid = \"moon\"\nname = \"The moon\"\nterms = [\"moon\"]\n";
        for (name, content) in [("left.md", LEFT), ("right.md", RIGHT), ("topics.toml", topics)] {
            fs::write(shelf.at("texts").join(name), content).unwrap();
        }
        shelf
    }

    fn at(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.dir.path()).unwrap().join(name)
    }

    fn links(&self) -> PathBuf {
        self.at("texts/links.toml")
    }

    fn read(&self) -> Play {
        self.read_on(Arc::new(Os))
    }

    fn read_on(&self, disk: Arc<dyn diptych::library::disk::Disk>) -> Play {
        let library = Library::new(disk, Some(Folders::under(&self.at("home"))));
        let path = |name: &str| self.at("texts").join(name).to_str().unwrap().to_owned();
        Play::keeping(library, &path("left.md"), &path("right.md"))
    }
}

fn written(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Joins ¶1 and ¶1 as contrasting.
fn join(play: &mut Play) {
    play.keys("g g tab g g tab + c tab tab \"a_remark\" enter");
}

#[test]
fn two_passages_are_joined_in_three_keys_and_kept_beside_the_texts() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("g g tab g g tab +").shows("Join ¶1 ⇔ ¶1").shows("contrasts  agrees  answers");
    play.keys("a").shows("joins them");
    play.keys("enter").shows("¶1 ⇔ ¶1: agrees; u undoes it");
    let file = written(&shelf.links());
    for words in ["relation = \"agrees\"", "text = \"left.md\"", "text = \"right.md\"", "made = \"2"] {
        assert!(file.contains(words), "{words} in\n{file}");
    }
    play.keys("j k").shows("1⇔1").shows("⇔ agrees");
    assert_eq!(
        play.screen().iter().filter(|r| r.contains(" ⇔ ") || r.trim_end().ends_with('⇔')).count(),
        2,
        "in both margins and the footer"
    );
    play.keys("w").shows("Your link").shows("agrees on 2");
    play.keys("esc u").shows("undone: the link ¶1⇄¶1");
    play.keys("j k").hides("⇔");
    assert!(!written(&shelf.links()).contains("[[link]]"));
    play.keys("ctrl-r j k").shows("1⇔1");
    assert!(written(&shelf.links()).contains("agrees"));
}

#[test]
fn a_link_works_from_both_sides_and_in_the_next_session() {
    let shelf = Shelf::new();
    join(&mut shelf.read());
    let file = written(&shelf.links());
    let mut play = shelf.read();
    play.keys("g g").shows("1⇔1");
    play.keys("x").shows("1⇔1");
    play.keys("g g tab g g +").shows("Your link ¶1 ⇔ ¶1").shows("a remark");
    play.keys("tab tab ctrl-u \"another\" enter");
    let after = written(&shelf.links());
    assert_eq!(after.matches("[[link]]").count(), 1, "{after}");
    assert_eq!(after.lines().count(), file.lines().count());
    let differ: Vec<_> = file.lines().zip(after.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(differ, [("remark = \"a remark\"", "remark = \"another\"")]);
}

#[test]
fn links_become_an_argument_map_and_flash_cards() {
    let shelf = Shelf::new();
    let texts = ["texts/left.md", "texts/right.md"];
    let argdown = ["links", texts[0], texts[1], "--format", "argdown"];
    let cards = ["cards", texts[0], texts[1]];
    for none in [run(&shelf.at(""), &argdown), run(&shelf.at(""), &cards)] {
        assert!(err(&none).contains("there is no link") && none.status.code() == Some(1), "{}", err(&none));
    }
    join(&mut shelf.read());
    let map = printed(&shelf.at(""), &argdown);
    assert_eq!(map.matches("  >< [").count(), 1, "{map}");
    assert!(map.contains("// contrasts: a remark"), "{map}");
    let picture = printed(&shelf.at(""), &["links", texts[0], texts[1], "--format", "svg"]);
    assert!(picture.starts_with("<svg") && picture.contains(">contrasts</text>"), "{picture}");
    let file = printed(&shelf.at(""), &cards);
    let (head, notes): (Vec<&str>, Vec<&str>) = file.lines().partition(|line| line.starts_with('#'));
    assert!(head.contains(&"#guid column:1") && head.contains(&"#deck:Diptych"), "{file}");
    let [card] = notes[..] else { panic!("one card: {file}") };
    let fields: Vec<&str> = card.split('\t').collect();
    assert_eq!(fields.len(), 4, "{card}");
    assert!(fields[0].starts_with("diptych-") && fields[1].contains("¶1") && fields[2].contains("a remark"), "{card}");
    assert_eq!(printed(&shelf.at(""), &cards), file, "ids are stable");
}

#[test]
fn how_far_several_readers_agree_is_told_with_what_they_differ_on() {
    let shelf = Shelf::new();
    join(&mut shelf.read());
    let asked = ["links", "texts/left.md", "texts/right.md", "--agreement"];
    let nobodys = run(&shelf.at(""), &asked);
    assert!(err(&nobodys).contains("1 judgement does not say whose: not counted"), "{}", err(&nobodys));
    assert!(out(&nobodys).contains("nobody has judged anything of these two texts under a name"), "{}", out(&nobodys));
    let agreement = || printed(&shelf.at(""), &asked);
    let link = written(&shelf.links());
    let by = |author: &str, id: &str, relation: &str| {
        let named =
            link.replace("relation = \"contrasts\"", &format!("author = \"{author}\"\nrelation = \"{relation}\""));
        let at = named.find("id = \"").unwrap() + 6;
        format!("{}{id}{}", &named[..at], &named[at..])
    };
    fs::write(shelf.links(), by("Anna", "a", "contrasts")).unwrap();
    assert!(agreement().contains("only Anna has judged"), "{}", agreement());
    fs::write(shelf.links(), by("Anna", "a", "contrasts") + &by("Bert", "b", "agrees")).unwrap();
    let said = agreement();
    assert!(said.contains("2 readers: Anna, Bert"), "{said}");
    assert!(said.contains("relations   alpha 0.00, 1 pair that at least two of them judged"), "{said}");
    assert!(said.contains("¶1 ⇄ ¶1  agrees: Bert · contrasts: Anna"), "{said}");
    // A relation of the reader's own is no rejection, whatever it is called.
    let rejection = by("Bert", "b", "agrees").replace("[[link", "[[rejected").replace("relation = \"agrees\"\n", "");
    fs::write(shelf.links(), by("Anna", "a", "rejected") + &rejection).unwrap();
    let said = agreement();
    assert!(said.contains("relations   alpha 0.00, 1 pair"), "{said}");
    assert!(said.contains("¶1 ⇄ ¶1  rejected: Bert · “rejected”: Anna"), "{said}");
}

#[test]
fn the_whole_library_can_be_moved() {
    let shelf = Shelf::new();
    join(&mut shelf.read());
    fs::rename(shelf.at("texts"), shelf.at("elsewhere")).unwrap();
    fs::create_dir(shelf.at("texts")).unwrap();
    for entry in fs::read_dir(shelf.at("elsewhere")).unwrap() {
        let entry = entry.unwrap();
        fs::rename(entry.path(), shelf.at("texts").join(entry.file_name())).unwrap();
    }
    shelf.read().keys("g g").shows("1⇔1");
}

#[test]
fn a_rejected_counterpart_is_not_shown_again() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("g g 3 G enter").shows("3⇄2");
    play.keys("-").shows("are not shown as a pair again").hides("3⇄2");
    assert!(written(&shelf.links()).contains("[[rejected]]"));
    shelf.read().keys("g g 3 G enter").hides("3⇄2");
    play.keys("u 3 G enter").shows("3⇄2");
    // Joining a rejected pair takes the rejection back.
    play.keys("- 3 G tab 2 G tab + enter").shows("3 ⇔ ¶2");
    let file = written(&shelf.links());
    assert!(file.contains("[[link]]") && !file.contains("[[rejected]]"), "{file}");
    play.keys("u");
    assert!(written(&shelf.links()).contains("[[rejected]]"), "both come back together");
    // And a link of one's own is taken apart by the same key.
    play.keys("ctrl-r - j k").hides("⇔");
}

#[test]
fn silence_that_was_checked_is_drawn_apart_from_what_was_not_found() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("t \"moon\" enter").shows("silent").shows("silent on The moon").hides("✓");
    play.keys("w").shows("never treats The moon").shows("- notes that you have checked it");
    play.keys("esc -").shows("checked: Right says nothing on The moon");
    play.keys("j k").shows("✓ silent").shows("✓ silent on The moon").shows("silent, as you checked");
    assert!(written(&shelf.links()).contains("[[silence]]"));
    shelf.read().keys("t \"moon\" enter").shows("✓ silent");
    play.keys("w").shows("You have checked that");
    play.keys("esc -").shows("unchecked again");
    play.keys("j k").hides("✓");
    // Without a topic it is the passage that is not answered.
    play.keys("t \"No_topic\" enter 2 G enter -").shows("says nothing to ¶2");
    play.keys("j k").shows("✓ silent");
    play.keys("1 G enter").hides("✓");
}

#[test]
fn links_are_listed_changed_taken_away_and_gone_to() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("g l").shows("nothing is joined yet: + joins");
    join(&mut play);
    play.keys("3 G tab 2 G tab + \"mirrors\" enter");
    play.keys("g g g l").shows("¶1 ⇔ ¶1  contrasts  a remark").shows("¶3 ⇔ ¶2  mirrors");
    play.keys("\"mirr\" enter");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (3, 2));
    play.keys("g l \"remark\" ctrl-o").shows("Your link ¶1 ⇔ ¶1");
    play.keys("u enter").shows("¶1 ⇔ ¶1: qualifies");
    play.keys("g l \"mirr\" ctrl-x").hides("mirrors");
    play.keys("esc u g l").shows("mirrors");
}

#[test]
fn the_link_comes_first_for_its_topic_and_its_passage() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    // ¶3 is about bread and ¶3 across is not: only the reader says so.
    play.keys("3 G tab 3 G tab + tab \"Bread\" enter");
    let mut play = shelf.read();
    play.keys("t \"bread\" enter");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (3, 3));
    play.shows("counterpart 1/2").shows("═3⇔3═");
    play.keys("enter").shows("counterpart 2/2").shows("━3⇄2━");
}

#[test]
fn another_counterpart_is_taken_from_the_page_that_explains() {
    let mut play = Play::bundled();
    play.keys("t \"soviets\" enter w");
    let first = (play.passage(Side::Left), play.passage(Side::Right));
    play.shows("Tab another · Enter takes it");
    play.keys("tab enter");
    assert_eq!(play.passage(Side::Left), first.0);
    assert_ne!(play.passage(Side::Right), first.1);
    // The first pair of a topic need not be the first counterpart: how strongly both treat it counts too.
    play.shows("counterpart ");
    play.keys("w j +").shows("Join ¶");
}

#[test]
fn a_changed_text_keeps_its_links_where_they_can_be_found_and_lists_the_others() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    join(&mut play);
    play.keys("3 G tab 2 G tab + enter");
    let before = written(&shelf.links());
    let moved = LEFT
        .replace("The delegates", "A new first paragraph, about nothing much.\n\nThe delegates")
        .replace("Bread was dear that winter in the capital.", "Something else stands here now, and tells of ships.");
    fs::write(shelf.at("texts/left.md"), moved).unwrap();
    let mut play = shelf.read();
    play.keys("g l").shows("¶2 ⇔ ¶1  contrasts").shows("moved").shows("orphaned");
    play.keys("\"orph\"").shows("no match");
    assert_eq!(written(&shelf.links()), before, "nothing is rewritten unasked");
    // The text is gone: its links stay in the list.
    fs::write(shelf.at("texts/third.md"), RIGHT).unwrap();
    let library = Library::new(Arc::new(Os), Some(Folders::under(&shelf.at("home"))));
    fs::remove_file(shelf.at("texts/left.md")).unwrap();
    let path = |name: &str| shelf.at("texts").join(name).to_str().unwrap().to_owned();
    let mut play = Play::keeping(library, &path("third.md"), &path("right.md"));
    play.keys("g l").shows("left.md ¶1 ⇔ ¶1  contrasts");
    play.keys("enter").shows("left.md: no such file");
}

#[test]
fn a_broken_file_is_said_with_its_place_and_not_touched() {
    let shelf = Shelf::new();
    for (broken, place) in [("[[link]]\nrelation = \"agrees\n", ":2:"), ("<<<<<<< ours\n", ":1:")] {
        fs::write(shelf.links(), broken).unwrap();
        let mut play = shelf.read();
        play.tell(Msg::MadeElsewhere);
        join(&mut play);
        let notice = play.app.out.notice.clone().unwrap();
        assert!(
            notice.as_str().contains(&format!("links.toml{place}")) && notice.as_str().contains("mend"),
            "{notice}"
        );
        assert_eq!(written(&shelf.links()), broken);
        play.keys("j k").shows("1 not saved").shows("1⇔1");
        // Mended by hand, it takes what was made meanwhile.
        fs::write(shelf.links(), "# mended\n").unwrap();
        play.keys("g w j k").hides("not saved");
        assert!(written(&shelf.links()).starts_with("# mended\n") && written(&shelf.links()).contains("contrasts"));
        fs::remove_file(shelf.links()).unwrap();
    }
}

#[test]
fn two_readers_of_one_file_keep_what_each_made() {
    let shelf = Shelf::new();
    let (mut one, mut other) = (shelf.read(), shelf.read());
    join(&mut one);
    other.keys("3 G tab 2 G tab + q enter");
    let file = written(&shelf.links());
    assert!(file.contains("contrasts") && file.contains("quotes"), "{file}");
    one.tell(Msg::MadeElsewhere).keys("g l").shows("contrasts").shows("quotes");
    one.keys("\"quotes\" ctrl-x esc");
    other.tell(Msg::MadeElsewhere).keys("g l").shows("contrasts").hides("quotes");
    // The same link made by both is one.
    join(&mut other);
    assert_eq!(written(&shelf.links()).matches("[[link]]").count(), 1);
}

#[test]
fn a_library_that_cannot_be_written_has_its_links_kept_aside() {
    let shelf = Shelf::new();
    let disk = Arc::new(Faulty::at(&[], io::ErrorKind::ReadOnlyFilesystem));
    disk.fail_within(&shelf.at("texts"), &[Step::WriteTemp]);
    let mut play = shelf.read_on(disk);
    join(&mut play);
    play.keys("j k").shows("1⇔1").hides("not saved");
    assert!(!shelf.links().exists());
    shelf.read().keys("g g").shows("1⇔1");
}

#[test]
fn a_disk_that_fails_at_any_step_loses_no_link() {
    for step in STEPS {
        for before in ["", "# mine\n\n[[link]]\nrelation = \"agrees\"\n"] {
            let shelf = Shelf::new();
            if !before.is_empty() {
                fs::write(shelf.links(), before).unwrap();
            }
            let disk = Arc::new(Faulty::at(&[], io::ErrorKind::StorageFull));
            let mut play = shelf.read_on(disk.clone());
            disk.fail(&[step]);
            join(&mut play);
            play.keys("j k").shows("1⇔1");
            let kept = written(&shelf.links()).contains("contrasts");
            assert!(kept || play.app.made.unsaved() == 1, "{step:?}");
            assert!(kept || written(&shelf.links()) == before, "{step:?}");
            disk.fail(&[]);
            play.keys("g w j k").hides("not saved");
            let after = written(&shelf.links());
            assert!(
                after.contains("contrasts") && before.lines().all(|line| after.contains(line)),
                "{step:?}\n{after}"
            );
        }
    }
}

/// Two loose texts that quote the same sentences, one of them cut.
fn quoting() -> (tempfile::TempDir, Play) {
    let dir = tempfile::tempdir().unwrap();
    let sentence = "The history of all countries shows that the working class, exclusively by its own effort, is able \
                    to develop only trade union consciousness, the conviction that it is necessary to combine in unions";
    let cut = sentence.replace("exclusively by its own effort, ", "").replace("conviction", "belief");
    let texts = [
        format!("One begins.\n\nHe wrote: “{sentence}.” So it stands.\n"),
        format!("Other.\n\nMore.\n\nShe cites “{cut}” here.\n"),
    ];
    let paths: Vec<String> = ["one.md", "other.md"]
        .iter()
        .zip(&texts)
        .map(|(name, content)| {
            let path = dir.path().join(name);
            fs::write(&path, content).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect();
    let play = Play::new(120, 35, &paths[0], &paths[1]);
    (dir, play)
}

#[test]
fn shared_quotations_are_signed_listed_gone_to_and_compared() {
    let (_dir, mut play) = quoting();
    let edge = usize::from(play.app.areas().hinge.unwrap().x - 1);
    let is_signed = |row: &&String| row.chars().nth(edge) == Some('”') || row.trim_end().ends_with(" ”");
    assert_eq!(play.screen().iter().filter(is_signed).count(), 2);
    play.keys("g q").shows("Shared quotations").shows("¶2 ” ¶3").shows("both quote it");
    play.keys("enter")
        .shows("Shared quotation 1 of 1")
        .shows("The quotation")
        .shows("[exclusively by its own effort,]");
    play.keys("n").shows("this is the last shared quotation");
    play.keys("enter");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (2, 3));
    play.shows("2”3");
    play.keys("g c")
        .shows("Word by word")
        .shows("[exclusively by its own effort,]")
        .shows("{conviction}")
        .shows("{belief}");
    play.shows("^").shows("[words] only here");
    play.keys("esc g q ctrl-t").shows("Word by word");
    // In the other order, it is the same quotation.
    play.keys("esc x g q").shows("¶3 ” ¶2");
    for (columns, rows) in [(80, 24), (40, 12), (20, 6), (1, 1)] {
        play.resize(columns, rows).screen();
    }
}

#[test]
fn what_shares_a_quotation_is_not_called_silent_whatever_topic_is_held() {
    let mut play = Play::bundled();
    play.keys("t D e m o c r a t i c enter g q enter enter").shows("3”18").shows("shared quotation").hides("silent");
    play.keys("w").shows("does not treat Democratic centralism").shows("gc compares its wordings");
}

#[test]
fn texts_without_a_common_quotation_say_so() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("g q").shows("share no quotation");
    play.keys("g c").shows("no wording in common").hides("Word by word");
}

#[test]
fn a_search_for_quotations_that_takes_long_tells_how_far_it_is_and_stops_when_told() {
    let (_dir, mut play) = quoting();
    let versions = [Side::Left, Side::Right].map(|side| play.pane(side).open().unwrap().version);
    let versions = (versions[0], versions[1]);
    play.app.links.forget_quotations();
    // What is asked is not answered yet.
    let ask = |play: &mut Play| {
        let keys = ["g", "q"].map(|key| play.app.update(Msg::Key(key.parse::<Chord>().unwrap().keys()[0])));
        keys.into_iter().flatten().collect::<Vec<_>>()
    };
    let begun = ask(&mut play);
    play.shows("looking for shared quotations… 0%, Esc stops it");
    let job = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Work(job) if job.is_wanted()));
    let Some(Effect::Work(first)) = begun.first() else { panic!("{begun:?}") };
    play.app.update(first.answer::<Quotations>(Answer::Part(versions, 42)));
    play.keys("j").shows("looking for shared quotations… 42%");
    assert!(job(&begun));
    play.app.update(Msg::Key("esc".parse::<Chord>().unwrap().keys()[0]));
    assert!(!job(&begun), "nobody waits for it");
    play.shows("the search for quotations was stopped; gq begins it again");
    let second = ask(&mut play);
    assert!(job(&second));
    assert!(ask(&mut play).is_empty() && !job(&second), "the key again stops it too");
    let again = ask(&mut play);
    play.perform(again);
    play.shows("1 shared quotation was found; gq shows it");
    play.keys("g q").shows("Shared quotations");
    // The answer to the first question was given up: it stops by itself.
    let answers =
        begun.into_iter().flat_map(|effect| if let Effect::Work(job) = effect { play.work(job) } else { vec![] });
    assert_eq!(answers.count(), 0);
}

#[test]
fn links_across_libraries_show_beside_every_third_text_and_are_changed_where_they_are() {
    let shelf = Shelf::new();
    fs::create_dir(shelf.at("far")).unwrap();
    fs::write(shelf.at("far/topics.toml"), "").unwrap();
    fs::write(shelf.at("far/other.md"), RIGHT).unwrap();
    let path = |name: &str| shelf.at(name).display().to_string();
    let session = |left: &str, right: &str| {
        let library = Library::new(Arc::new(Os), Some(Folders::under(&shelf.at("home"))));
        Play::keeping(library, &path(left), &path(right))
    };
    // One link within the library, one out of it.
    let mut near = session("texts/left.md", "texts/right.md");
    near.keys("1 G tab 1 G tab + \"a\" enter");
    let mut across = session("texts/left.md", "far/other.md");
    across.keys("3 G tab 2 G tab + \"c\" enter g l");
    across.shows("¶3 ⇔ ¶2  contrasts").shows("agrees");
    let [own, data] = ["texts/links.toml", "home/.local/share/diptych/links.toml"].map(|name| shelf.at(name));
    let [own, data] = [own, data].map(|file| move || fs::read_to_string(&file).unwrap_or_default());
    assert!(own().contains("agrees") && !own().contains("contrasts"), "{}", own());
    assert!(data().contains("contrasts") && !data().contains("agrees"), "{}", data());
    let (own_before, data_before) = (own(), data());
    // What is taken away beside a third text is taken from where it is, and comes back there.
    across.keys("down ctrl-x esc");
    assert!(!own().contains("agrees") && data() == data_before);
    across.keys("u");
    assert_eq!((own(), data()), (own_before, data_before.clone()));
    let mut near = session("texts/left.md", "texts/right.md");
    near.keys("g l").shows("¶1 ⇔ ¶1  agrees").shows("other.md ¶2").shows("contrasts");
    near.keys("down enter");
    assert_eq!(near.pane(Side::Right).open().unwrap().request, path("far/other.md"));
    assert_eq!(data(), data_before);
}

#[test]
fn the_command_line_knows_the_links() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    join(&mut play);
    play.keys("3 G tab 2 G tab + enter g g");
    let run = |words: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_diptych"))
            .args(words)
            .current_dir(shelf.at("texts"))
            .env_clear()
            .env("HOME", shelf.at("home"))
            .output()
            .unwrap();
        (String::from_utf8(out.stdout).unwrap(), out.status.code())
    };
    let (text, _) = run(&["links", "left.md", "right.md"]);
    assert!(text.contains("your link: contrasts"), "{text}");
    let (json, _) = run(&["links", "right.md", "left.md", "--format", "jsonl"]);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(first["right"][0]["link"]["relation"], "contrasts");
    assert_eq!(first["right"][0]["link"]["remark"], "a remark");
    let (said, code) = run(&["check", "."]);
    assert!(said.contains("2 links") && code == Some(0), "{said}");
    // A passage that is gone is something to look at; one that moved is only told.
    let changed = LEFT.replace("Bread was dear that winter in the capital.", "Ships.");
    fs::write(shelf.at("texts/left.md"), changed).unwrap();
    let (said, code) = run(&["check", "."]);
    assert!(said.contains("orphaned: left.md ¶3") && code == Some(1), "{said}");
    fs::remove_file(shelf.at("texts/left.md")).unwrap();
    let (said, _) = run(&["check", "."]);
    assert!(said.contains("there is no text left.md any more"), "{said}");
}

#[test]
fn the_dispute_page_has_the_quotation_between_what_each_makes_of_it_at_every_size() {
    let (_dir, mut play) = quoting();
    play.keys("g q enter");
    for (columns, rows) in [(200, 55), (120, 35), (80, 24), (44, 40)] {
        play.resize(columns, rows).shows("{conviction}").shows("{belief}").shows("^").shows("put otherwise");
    }
    for (columns, rows) in [(30, 10), (20, 5), (5, 2), (1, 1), (0, 0), (500, 200)] {
        play.resize(columns, rows).keys("j j j k").screen();
    }
    play.resize(44, 12).keys("9 9 9 j");
    let end = play.screen();
    play.keys("k");
    assert_ne!(play.screen(), end, "nothing is scrolled past the end");
    play.resize(120, 35);
    play.keys("g q esc").shows("The quotation");
    play.keys("esc").hides("The quotation");
}

#[test]
fn the_shared_quotations_are_written_as_a_page_to_print() {
    let (dir, mut play) = quoting();
    let name = dir.path().join("page.html");
    play.keys(&format!("g q enter g h \"{}\" enter", name.to_str().unwrap())).shows("1 shared quotation in");
    let page = fs::read_to_string(name).unwrap();
    assert!(page.contains("<ins>exclusively by its own effort,</ins>") && page.contains("both quote it"), "{page}");
}
