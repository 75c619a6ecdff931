//! Every screen and every command says the same of a topic: the pair that the reader is shown first stands on a row of the
//! synopsis, the rows of the synopsis are those of `compare` and of the handout, and no likely counterpart between two treatments
//! is missing there. Held for every topic of every two bundled texts. And what the reader has rejected is a pair nowhere.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use diptych::app::message::Msg;
use diptych::app::scene::Scene;
use diptych::app::work::Job;
use diptych::app::work::meaning::Meaning;
use diptych::app::work::weave::Weave;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::embedded;
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::link::pairing::Ask;
use diptych::study::comparison::Comparison;
use diptych::study::own::PlacedJudgements;
use diptych::study::rows::SynopsisRow;
use diptych::text::passage::PassageNo;
use serde_json::Value;

use crate::cli::{json, printed};
use crate::play::Play;

/// The passages of a row, left and right.
type Pair = (Option<u32>, Option<u32>);
/// For each topic, by its name, the rows.
type Rows = BTreeMap<String, Vec<Pair>>;

fn pair(row: &SynopsisRow) -> Pair {
    let on = |side| row.passage(side).map(|passage: PassageNo| passage.0);
    (on(Side::Left), on(Side::Right))
}

fn of_json(printed: &Value) -> Rows {
    let number = |cell: &Value| cell["passage"].as_u64().map(|n| n as u32);
    let topic = |topic: &Value| {
        let rows = topic["rows"].as_array().unwrap().iter();
        (topic["name"].as_str().unwrap().to_owned(), rows.map(|r| (number(&r["left"]), number(&r["right"]))).collect())
    };
    printed["topics"].as_array().unwrap().iter().map(topic).collect()
}

/// The rows of a handout in Markdown, by its headings: `## Topic`, `### 2. ¶18 ⇄ ¶11`.
fn of_handout(printed: &str) -> Rows {
    let mut found = Rows::new();
    let mut topic = String::new();
    for line in printed.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut topic);
        } else if let Some(row) = line.strip_prefix("### ") {
            let (_, row) = row.split_once(". ").unwrap();
            let (left, right) = row.split_once(" ⇄ ").unwrap();
            let number = |cell: &str| cell.strip_prefix('¶').map(|n| n.parse().unwrap());
            found.entry(topic.clone()).or_default().push((number(left), number(right)));
        }
    }
    found
}

/// Two texts as the library compares them, and its topics.
fn compared(library: &Library, texts: [&str; 2]) -> Comparison {
    let [left, right] = texts.map(|text| library.load_whole(text).unwrap().open);
    let requests = texts.map(|text| library.request(text).unwrap());
    let (codebook, faults) = library.begin_with(&[&requests[0], &requests[1]]);
    assert_eq!(faults, []);
    let go_on = |_, _| ControlFlow::Continue(());
    Comparison::of([&left.text, &right.text], &codebook, PlacedJudgements::default(), &go_on).continue_value().unwrap()
}

/// The likely counterparts of two texts that lie in treatments of a topic on both sides.
fn likely_within(comparison: &Comparison) -> BTreeMap<String, Vec<Pair>> {
    let go_on = |_, _| ControlFlow::Continue(());
    let links = comparison.all_counterparts(&Ask::default(), &go_on).continue_value().unwrap();
    let links: Vec<(PassageNo, PassageNo)> =
        links.iter().flat_map(|(left, all)| all.iter().map(|l| (*left, l.counterpart.passage))).collect();
    let mut found = BTreeMap::new();
    for topic in comparison.codebook().topics() {
        let held = comparison.on(&topic.id).unwrap();
        let treated = |(left, right): &&(PassageNo, PassageNo)| {
            held.left.treatment_at(*left).is_some() && held.right.treatment_at(*right).is_some()
        };
        let within = links.iter().filter(treated).map(|(left, right)| (Some(left.0), Some(right.0))).collect();
        found.insert(topic.name.clone(), within);
    }
    found
}

#[test]
fn all_screens_and_commands_name_the_same_pairs() {
    let folder = tempfile::tempdir().unwrap();
    let texts: Vec<String> = embedded::TEXTS
        .iter()
        .filter(|t| t.id() != embedded::INTRODUCTION.id())
        .map(embedded::EmbeddedText::id)
        .collect();
    let mut pairs = 0;
    for (at, left) in texts.iter().enumerate() {
        for right in &texts[at + 1..] {
            pairs += agree(folder.path(), left, right);
        }
    }
    assert!(pairs > 50, "the bundled texts have {pairs} pairs on a topic");
}

/// Holds that everything agrees on two texts; says on how many topics they have a pair.
fn agree(folder: &Path, left: &str, right: &str) -> usize {
    let told = format!("{left} | {right}");
    let mut play = Play::new(120, 35, left, right);
    let shell = of_json(&json(folder, &["compare", left, right, "--format", "json"]));
    let handout = of_handout(&printed(folder, &["compare", left, right, "--format", "markdown"]));
    let filled =
        |rows: &Rows| rows.iter().filter(|(_, r)| !r.is_empty()).map(|(t, r)| (t.clone(), r.clone())).collect();
    let filled: Rows = filled(&shell);
    assert_eq!(filled, handout, "{told}: compare and handout");
    let comparison = compared(&play.library, [left, right]);
    let links = likely_within(&comparison);
    let mut pairs = 0;
    for topic in comparison.codebook().topics() {
        let told = format!("{told} on {}", topic.name);
        let rows: Vec<Pair> = comparison.rows(&topic.id).iter().map(pair).collect();
        for link in &links[&topic.name] {
            assert!(rows.contains(link), "{told}: {link:?} is likely and on no row: {rows:?}");
        }
        play.keys(&format!("t \"{}\" enter", topic.name.replace(' ', "_")));
        assert_eq!(play.app.topics.held().map(|held| &held.id), Some(&topic.id), "{told}");
        let first = comparison.first_pair(&topic.id).map(|(left, right)| (left.0, right.0));
        if let Some((left, right)) = first {
            assert_eq!(
                [Side::Left, Side::Right].map(|side| play.passage(side)),
                [left, right],
                "{told}: the first pair"
            );
            let row = (Some(left), Some(right));
            assert!(shell[&topic.name].contains(&row), "{told}: {row:?} is first and on no row of the shell");
            pairs += 1;
        } else {
            assert!(
                shell[&topic.name].iter().all(|(l, r)| l.is_none() || r.is_none()),
                "{told}: a row and no first pair"
            );
        }
        play.keys("g s");
        let Scene::Synopsis(synopsis) = play.app.screens.scene() else { panic!("{told}: no synopsis") };
        let shown: Vec<Pair> = synopsis.rows.as_ref().unwrap().iter().map(pair).collect();
        assert_eq!(shown, shell[&topic.name], "{told}: synopsis and compare");
        play.keys("esc");
    }
    pairs
}

const LEFT: &str = "embedded:the-party-as-instrument";
const RIGHT: &str = "embedded:power-from-below";

/// A session on two bundled texts whose reader has this home.
fn reading(folder: &Path) -> Play {
    let library = Library::new(Arc::new(Os), Some(Folders::under(&folder.join("home"))));
    let mut play = Play::keeping(library, LEFT, RIGHT);
    play.resize(160, 60);
    play
}

/// The counterparts of the passages that have any, as the shell lists at most so many of each.
fn listed(folder: &Path, most: &str) -> BTreeMap<u32, Vec<u32>> {
    let printed = printed(folder, &["links", LEFT, RIGHT, "--format", "jsonl", "--top", most]);
    let number = |at: &Value| at["passage"].as_u64().unwrap() as u32;
    let lines = printed.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let all =
        lines.map(|l| (number(&l["left"]), l["right"].as_array().unwrap().iter().map(number).collect::<Vec<_>>()));
    all.filter(|(_, right)| !right.is_empty()).collect()
}

/// The threads of the loom that is shown.
fn threads(play: &Play) -> Vec<(u32, u32)> {
    let Scene::Loom(loom) = play.app.screens.scene() else { panic!("no loom") };
    loom.threads.as_ref().unwrap().iter().map(|thread| (thread.left.0, thread.right.0)).collect()
}

fn is_weave(job: &Job) -> bool {
    job.work::<Weave>().is_some()
}

fn go(play: &mut Play, left: u32) {
    let digits: Vec<String> = left.to_string().chars().map(String::from).collect();
    play.keys(&format!("{} G", digits.join(" ")));
}

/// The counterparts of the passage that the reader goes to, with the first of them beside it.
fn beside(play: &mut Play, left: u32) -> Vec<u32> {
    go(play, left);
    play.keys("enter");
    play.app.hinge.joint().unwrap().found.as_ref().unwrap().iter().map(|found| found.passage.0).collect()
}

/// The passages of the right text that the list of the whole library has for one of the left.
fn in_library(play: &mut Play, left: u32) -> Vec<String> {
    go(play, left);
    play.keys("g a");
    let rows = play.screen().into_iter().filter(|row| row.contains("Power from Below") && row.contains("  0."));
    let rows = rows
        .map(|row| {
            row.split('¶').find(|part| part.contains("  0.")).unwrap().split_whitespace().next().unwrap().to_owned()
        })
        .collect();
    play.keys("esc");
    rows
}

#[test]
fn what_the_reader_rejected_is_a_pair_on_no_screen_and_in_no_list() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap();
    let mut play = reading(&folder);
    let before = listed(&folder, "5");
    let (left, right) = before.iter().find(|(_, right)| right.len() > 1).map(|(l, r)| (*l, r.clone())).unwrap();
    assert_eq!(in_library(&mut play, left), [right[0].to_string()]);
    play.keys("g L");
    assert!(threads(&play).contains(&(left, right[0])));
    play.keys("esc");
    assert_eq!(beside(&mut play, left), right);
    play.keys("-");

    let after = listed(&folder, "1");
    assert_eq!(after[&left], [right[1]], "the next best is listed in its place");
    assert_eq!(beside(&mut play, left), right[1..]);
    assert_eq!(in_library(&mut play, left), [right[1].to_string()]);
    play.keys("g L");
    let best: Vec<(u32, u32)> = after.iter().map(|(left, right)| (*left, right[0])).collect();
    assert_eq!(threads(&play), best, "the loom and the shell");
}

#[test]
fn a_passage_whose_only_counterpart_was_rejected_is_not_called_silent_or_off_topic() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let said = "Delegates are recalled by those who sent them, and the council cannot keep them.";
    fs::write(path("topics.toml"), "[[topic]]\nid = \"recall\"\nname = \"Recall\"\nterms = [\"recalled\"]\n").unwrap();
    fs::write(path("one.md"), format!("# One\n\nThe bread is dear this winter.\n\n{said}\n")).unwrap();
    fs::write(path("two.md"), format!("# Two\n\n{said}\n\nNobody speaks of the harvest.\n")).unwrap();
    let library = || Library::new(Arc::new(Os), Some(Folders::under(&folder.join("home"))));
    let mut play = Play::keeping(library(), &path("one.md"), &path("two.md"));
    play.keys("t \"recall\" enter").shows("2⇄1");
    play.keys("-").shows("rejected").hides("silent").hides("off topic");
    play.keys("w").shows("¶1 of Two was rejected as an answer to ¶2").hides("does not treat");
    play.keys("esc -").shows("rejected already").hides("there is nothing to check");
    for columns in [60, 80, 200] {
        play.resize(columns, 24).hides("silent").hides("∅");
    }
    let mut again = Play::keeping(library(), &path("one.md"), &path("two.md"));
    again.keys("t \"recall\" enter").shows("rejected, no other counterpart").hides("silent");
}

#[test]
fn a_passage_whose_only_counterpart_was_rejected_is_one_that_a_model_is_asked_about() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap();
    let silent = || {
        let library = Library::new(Arc::new(Os), Some(Folders::under(&folder.join("home"))));
        let mut play = Play::keeping(library, LEFT, "");
        play.hold_back = Some(|job| job.work::<Meaning>().is_some());
        play.open(Side::Right, RIGHT);
        let asked = play.held[0].work::<Meaning>().unwrap();
        let silent = asked.comparison.silent(Side::Left, &|_, _| ControlFlow::Continue(())).continue_value().unwrap();
        silent.iter().map(|passage| passage.0).collect::<Vec<_>>()
    };
    let with_two = listed(&folder, "2");
    let (left, right) = with_two.iter().find(|(_, right)| right.len() == 1).unwrap();
    assert!(!silent().iter().any(|passage| with_two.contains_key(passage)));
    let mut play = reading(&folder);
    assert_eq!(beside(&mut play, *left), *right);
    play.keys("-");
    let now: Vec<u32> = silent().into_iter().filter(|passage| with_two.contains_key(passage)).collect();
    assert_eq!(now, [*left]);
}

#[test]
fn an_open_loom_goes_by_what_is_rejected_elsewhere_and_by_nothing_that_was_asked_before() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().canonicalize().unwrap();
    let mut before = reading(&folder);
    let pair = threads(before.keys("g L"))[0];
    let mut play = reading(&folder);
    play.hold_back = Some(is_weave);
    play.keys("g L");
    let asked_before = std::mem::take(&mut play.held);
    assert_eq!(asked_before.len(), 1);

    let mut other = reading(&folder);
    assert!(beside(&mut other, pair.0).starts_with(&[pair.1]));
    other.keys("-");
    play.tell(Msg::MadeElsewhere);
    assert_eq!(play.held.len(), 1, "the threads are asked for again");
    play.let_go();
    let woven = threads(&play);
    assert!(!woven.contains(&pair), "{woven:?}");
    play.answer(asked_before);
    assert_eq!(threads(&play), woven, "what was asked before comes too late");
    // Nothing new was judged, so that nothing is asked.
    play.hold_back = Some(is_weave);
    play.tell(Msg::MadeElsewhere);
    assert!(play.held.is_empty());
}
