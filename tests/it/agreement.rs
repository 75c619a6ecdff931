//! Every screen and every command says the same of a topic: the pair that the reader is shown first stands on a row of the
//! synopsis, the rows of the synopsis are those of `compare` and of the handout, and no likely counterpart between two treatments
//! is missing there. Held for every topic of every two bundled texts.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use diptych::app::scene::Scene;
use diptych::library::Library;
use diptych::library::embedded;
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
fn links_within(comparison: &Comparison) -> BTreeMap<String, Vec<Pair>> {
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
fn agree(folder: &std::path::Path, left: &str, right: &str) -> usize {
    let told = format!("{left} | {right}");
    let mut play = Play::new(120, 35, left, right);
    let shell = of_json(&json(folder, &["compare", left, right, "--format", "json"]));
    let handout = of_handout(&printed(folder, &["compare", left, right, "--format", "markdown"]));
    let filled =
        |rows: &Rows| rows.iter().filter(|(_, r)| !r.is_empty()).map(|(t, r)| (t.clone(), r.clone())).collect();
    let filled: Rows = filled(&shell);
    assert_eq!(filled, handout, "{told}: compare and handout");
    let comparison = compared(&play.library, [left, right]);
    let links = links_within(&comparison);
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
