//! What the reader judged counts wherever treatments are paired: beside the texts, in the synopsis, on paper.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::model::snapshot::{PairMemory, Snapshot, TextPair};
use diptych::text::passage::PassageNo;
use diptych::topic::codebook::TopicId;

use crate::cli::printed;
use crate::play::Play;

const LEFT_FILLER: &str = "They walked along the river for an hour.\n\nNobody spoke of it again.\n\n\
    A kettle stood on the stove.\n\nSnow covered every roof by evening.\n\n";
const RIGHT_FILLER: &str = "Trains from the north came late.\n\nHer sister sold apples and pears.\n\n\
    Two dogs slept beside a cart.\n\nSomebody laughed, and a kettle sang.\n\n";

/// Two texts with topics, in a folder, and the home of a reader.
struct Shelf(tempfile::TempDir);

impl Shelf {
    /// The press is treated in ¶1 on the left, and in ¶1 and ¶6 on the right; the moon in ¶6 on the left alone.
    fn new() -> Self {
        let shelf = Self(tempfile::tempdir().unwrap());
        fs::create_dir(shelf.at("texts")).unwrap();
        fs::create_dir(shelf.at("home")).unwrap();
        let left = format!(
            "# Left\n\nPrinting workers own the press and elect its editors, and no ministry is left to do the censorship.\n\n{LEFT_FILLER}\
             The moon rose, and under the moon the mill stood black.\n"
        );
        let right = format!(
            "# Right\n\nEditors are elected in the print shop; censorship falls with the ministry, and the press is the workers'.\n\n{RIGHT_FILLER}\
             Her gazette wrapped herring in the yard, and a second gazette lined forty felt hats at Easter.\n"
        );
        let topics = "[[topic]]\nid = \"press\"\nname = \"The press\"\nterms = [\"press\", \"gazette\"]\n\n\
                      [[topic]]\nid = \"moon\"\nname = \"The moon\"\nterms = [\"moon\"]\n";
        for (name, content) in [("left.md", left.as_str()), ("right.md", &right), ("topics.toml", topics)] {
            fs::write(shelf.at("texts").join(name), content).unwrap();
        }
        shelf
    }

    fn at(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.0.path()).unwrap().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.at("texts").join(name).to_str().unwrap().to_owned()
    }

    fn read(&self) -> Play {
        let library = Library::new(Arc::new(Os), Some(Folders::under(&self.at("home"))));
        Play::keeping(library, &self.text("left.md"), &self.text("right.md"))
    }

    fn links(&self) -> String {
        fs::read_to_string(self.at("texts/links.toml")).unwrap_or_default()
    }

    fn compared(&self, args: &[&str]) -> String {
        let (left, right) = (self.text("left.md"), self.text("right.md"));
        let args: Vec<&str> =
            ["compare", &left, &right, "--topic", "press"].into_iter().chain(args.iter().copied()).collect();
        printed(&self.at("home"), &args)
    }
}

fn pair(play: &Play) -> [u32; 2] {
    [Side::Left, Side::Right].map(|side| play.passage(side))
}

#[test]
fn a_rejected_pair_is_no_row_and_the_next_best_is() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("t \"press\" enter").shows("━1⇄1━").shows("counterpart 1/2");
    play.keys("g s").shows("━1⇄1━").hides("1⇄6");
    play.keys("esc -").shows("are not shown as a pair again");
    play.keys("g s").hides("1⇄1").shows("┈1⇄6┈").shows("same topic only");
    play.keys("esc t \"press\" enter");
    assert_eq!(pair(&play), [1, 6], "neither is it resumed");
    assert_eq!(pair(shelf.read().keys("t \"press\" enter")), [1, 6], "nor in the next session");
    play.keys("-").shows("are not shown as a pair again");
    play.keys("g s").hides("⇄").shows("nothing across").shows("row 1/3");
    for format in ["text", "json", "markdown", "html"] {
        let said = shelf.compared(&["--format", format]);
        assert!(
            !said.contains("losest, ") && !said.contains("Closest.") && !said.contains("same topic only"),
            "{said}"
        );
    }
}

#[test]
fn what_the_reader_joined_stands_in_a_row_before_anything_that_is_closer() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("t \"press\" enter enter").shows("┈1⇄6┈").shows("same topic only 2/2");
    play.keys("+ c tab tab \"hats\" enter").shows("═1⇔6═");
    play.keys("g s g g").shows("═1⇔6═").shows("joined by hand").shows("row 1/2");
    let text = shelf.compared(&[]);
    assert!(text.contains("joined by hand") && text.contains("¶1 ⇔ ¶6 contrasts: hats"), "{text}");
    assert!(text.find("joined by hand") < text.find("closest,"), "{text}");
    let rows = &serde_json::from_str::<serde_json::Value>(&shelf.compared(&["--format", "json"])).unwrap()["topics"][0]
        ["rows"];
    assert_eq!((&rows[0]["left"]["passage"], &rows[0]["right"]["passage"]), (&1.into(), &6.into()), "{rows}");
    assert_eq!((&rows[0]["joined"], &rows[1]["joined"]), (&true.into(), &false.into()));
    assert!(shelf.compared(&["--format", "html"]).contains("Joined by hand."));
    assert!(shelf.compared(&["--format", "markdown"]).contains("1. ¶1 ⇔ ¶6"));
    assert!(shelf.compared(&["--linear"]).contains("Pair 1 of 2: joined by hand"));
    // A second link of the same passage makes a row of its own.
    play.keys("esc z p g g tab g g tab + a enter g s").shows("═1⇔1═").shows("═1⇔6═").shows("row 1/2");
    // And one that names the topic does, even where a text is not found to treat it.
    play.keys("esc 3 G tab 3 G tab + a enter g s").shows("═3⇔3═").shows("row 3/3");
}

#[test]
fn a_link_on_one_topic_is_no_counterpart_on_another_and_is_not_lost_by_rejecting() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    // ¶6 on the left is joined on the press; the right text says nothing on the moon.
    play.keys("6 G tab 6 G tab + c tab ctrl-u \"The_press\" tab \"a_remark\" enter").shows("6⇔6");
    play.keys("t \"moon\" enter").shows("silent").hides("═6⇔6═").hides("counterpart 1/");
    play.shows("⇔ contrasts on The press");
    play.keys("-").shows("checked: Right says nothing on The moon");
    assert!(shelf.links().contains("a remark") && shelf.links().contains("[[silence]]"), "{}", shelf.links());
    // On its own topic it is asked for, because of its note.
    play.keys("t \"press\" enter g l \"remark\" enter").shows("═6⇔6═").shows("⇔ contrasts · counterpart 1/1");
    play.keys("-").shows("take apart your link ¶6 ⇔ ¶6, with its note? y/n");
    play.keys("\"n\" enter").shows("the link is as it was");
    play.keys("- esc").shows("the link is as it was");
    assert!(shelf.links().contains("a remark"));
    play.keys("- \"y\" enter").shows("the link is taken apart");
    assert!(!shelf.links().contains("a remark"));
    play.keys("u").shows("undone");
    assert!(shelf.links().contains("a remark"));
}

#[test]
fn choosing_a_topic_lands_on_passages_that_treat_it() {
    let (left, right) = ("embedded:the-party-as-instrument", "embedded:power-from-below");
    let first = pair(Play::bundled().keys("t \"the_soviets\" enter"));
    let mut kept = Snapshot::default();
    let mut memory = PairMemory::default();
    memory.last_pairs.insert(TopicId::new("soviets"), (PassageNo(1), PassageNo(1)));
    kept.pairs.insert(TextPair::new(left, right), memory);
    let mut play = Play::resumed(kept, 120, 35, left, right);
    assert_eq!(pair(play.keys("t \"the_soviets\" enter")), first);
    let kept = play.app.snapshot();
    assert_eq!(
        kept.pairs[&TextPair::new(left, right)].last_pairs["soviets"],
        (PassageNo(first[0]), PassageNo(first[1]))
    );
}

#[test]
fn a_new_topic_takes_over_no_pair_of_the_old_one() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("t \"press\" enter").shows("pinned");
    play.keys("T \"Kettles\" tab \"kettle\" enter").shows("Kettles").hides("pinned");
    play.keys("enter j k");
    let last = |play: &mut Play| play.app.snapshot().pairs.into_values().flat_map(|p| p.last_pairs).collect::<Vec<_>>();
    assert!(!last(&mut play).iter().any(|(topic, _)| topic.as_str() == "kettles"), "{:?}", last(&mut play));
    play.keys("t \"Kettles\" enter");
    assert_eq!(pair(&play), [4, 5]);
    assert!(last(&mut play).contains(&(TopicId::new("kettles"), (PassageNo(4), PassageNo(5)))));
}

#[test]
fn the_page_that_explains_says_which_side_is_which_and_what_a_poor_score_is() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("t \"press\" enter tab w").shows("◧ ¶1").shows("◨ ¶1").shows("1 of 1, closest first");
    play.keys("esc tab enter w").shows("◧ ¶1").shows("◨ ¶6").shows("same topic only, 2 of 2, closest first");
    play.shows("both treat the topic, and nothing else in common");
}

#[test]
fn a_note_on_a_pair_brings_back_its_topic_and_its_joint() {
    let shelf = Shelf::new();
    let mut play = shelf.read();
    play.keys("t \"press\" enter A \"On_both\" ctrl-s");
    play.keys("t \"moon\" enter 4 G tab 4 G tab g n \"On_both\" enter");
    assert_eq!(pair(&play), [1, 1]);
    play.shows("The press").shows("━1⇄1━").shows("pinned");
}

#[test]
fn a_handout_is_of_the_topics_that_are_listed_and_has_lines_where_both_speak() {
    let shelf = Shelf::new();
    let (left, right) = (shelf.text("left.md"), shelf.text("right.md"));
    let handout =
        |topics: &str| printed(&shelf.at("home"), &["compare", &left, &right, "--format", "html", "--topics", topics]);
    let both = handout("moon, The press");
    assert!(both.contains("The moon") && both.contains("The press") && both.contains("class=\"lines\""));
    let moon = handout("moon");
    assert!(moon.contains("The moon") && !moon.contains("The press"));
    assert!(!moon.contains("class=\"lines\""), "nothing is to be written where one side is empty");
    fs::write(shelf.at("home/own.toml"), "[[topic]]\nid = \"kettle\"\nname = \"Kettles\"\nterms = [\"kettle\"]\n")
        .unwrap();
    assert!(handout("own.toml").contains("Kettles"), "a file of topics is taken as before");
}
