//! Links as cards in the reader: one side is shown, the other recalled; when it comes again is kept beside the state.

use std::fs;
use std::ops::Deref;
use std::path::PathBuf;

use diptych::app::message::Msg;
use diptych::library::folders::Folders;

use crate::play::Play;
use crate::shelf::Own;

const WELL: &str =
    "# The Well\n\nThe rope is wound by whoever comes first in the morning.\n\nFrost lay on the stones.\n";
const TAP: &str =
    "# The Tap\n\nWhoever pays in the morning may turn the handle, and nobody winds a rope.\n\nA drop fell.\n";

struct Cellar(Own);

impl Deref for Cellar {
    type Target = Own;

    fn deref(&self) -> &Own {
        &self.0
    }
}

impl Cellar {
    fn new() -> Self {
        let own = Own::empty();
        own.put("texts/well.md", WELL);
        own.put("texts/tap.md", TAP);
        Self(own)
    }

    fn read(&self) -> Play {
        self.0.read("texts/well.md", "texts/tap.md")
    }

    fn kept(&self) -> PathBuf {
        Folders::under(&self.at("home")).state.join("cards.toml")
    }
}

#[test]
fn a_link_is_recalled_and_comes_again_when_it_is_due() {
    let cellar = Cellar::new();
    let mut play = cellar.read();
    play.keys("g k").shows("there is none yet");
    play.keys("+").keys("tab tab \"Work_against_money.\" enter");
    play.keys("g k").shows("0 recalled · 1 to come").shows("The rope is wound").shows("The Tap: what does it say?");
    play.hides("Whoever pays").hides("Work against money.");
    play.keys("4").shows("recall it first");
    play.keys("space").shows("Whoever pays").shows("Work against money.").shows("1 again").shows("4 easy");
    for (columns, rows) in [(1, 1), (20, 6), (40, 12), (120, 8), (100, 30)] {
        play.resize(columns, rows).screen();
    }
    play.keys("1").shows("1 recalled · 1 to come").hides("Whoever pays");
    play.keys("enter 4").shows("No card is left").shows("comes again in");
    play.keys("esc").shows("The Well");
    play.keys("g k").shows("no card is due");
    drop(play);
    let links = fs::read_to_string(cellar.at("texts/links.toml")).unwrap();
    let id = links.lines().find_map(|l| l.strip_prefix("id = \"")?.strip_suffix('"')).unwrap().to_owned();
    let kept = fs::read_to_string(cellar.kept()).unwrap();
    assert!(kept.contains(&format!("[card.diptych-{id}]")) && kept.contains("lapses"), "{kept}");
    // It is due again when its day has come, in another session too.
    let due = kept.lines().find(|l| l.starts_with("due")).unwrap();
    fs::write(cellar.kept(), kept.replace(due, "due = \"2020-01-01\"")).unwrap();
    let mut play = cellar.read();
    play.keys("g k").shows("1 to come");
    play.keys("o").shows("═");
}

#[test]
fn a_card_goes_with_its_link_and_scrolling_ends_where_it_does() {
    let cellar = Cellar::new();
    let mut play = cellar.read();
    play.keys("+ enter J + enter");
    play.keys("g k").shows("2 to come").shows("The rope is wound");
    play.resize(40, 12).keys("space 9 9 9 j");
    let end = play.screen();
    play.keys("k");
    assert_ne!(play.screen(), end, "one row back is seen at once");
    play.resize(120, 35);
    let file = cellar.at("texts/links.toml");
    let links = fs::read_to_string(&file).unwrap();
    let [head, _, second] = links.split("[[link]]\n").collect::<Vec<_>>().try_into().unwrap();
    fs::write(&file, format!("{head}[[link]]\n{second}")).unwrap();
    play.tell(Msg::MadeElsewhere).shows("0 recalled · 1 to come").shows("Frost lay").hides("The rope is wound");
    play.keys("4").shows("recall it first");
    fs::write(&file, "").unwrap();
    play.tell(Msg::MadeElsewhere).shows("0 recalled · 0 to come").shows("No card is left");
    play.keys("space 4").shows("0 recalled");
}

#[test]
fn what_is_wrong_with_the_schedule_is_told_and_left_alone() {
    let cellar = Cellar::new();
    let mut play = cellar.read();
    play.keys("+ enter");
    fs::create_dir_all(cellar.kept().parent().unwrap()).unwrap();
    fs::write(cellar.kept(), "[card\n").unwrap();
    play.keys("g k").shows("cards.toml");
    assert_eq!(fs::read_to_string(cellar.kept()).unwrap(), "[card\n");
    // A card that makes no sense begins afresh.
    let links = fs::read_to_string(cellar.at("texts/links.toml")).unwrap();
    let id = links.lines().find_map(|l| l.strip_prefix("id = \"")?.strip_suffix('"')).unwrap().to_owned();
    let senseless = "due = \"2020-01-01\"\nlast = \"never\"\nstability = nan\ndifficulty = 99.0\nstate = \"asleep\"\n";
    fs::write(cellar.kept(), format!("# mine\n[card.diptych-{id}]\n{senseless}[card.other]\n{senseless}")).unwrap();
    play.keys("g k").shows("1 to come");
    play.keys("space 3");
    let kept = fs::read_to_string(cellar.kept()).unwrap();
    assert!(kept.contains("# mine") && kept.contains("[card.other]") && kept.matches("asleep").count() == 1, "{kept}");
}

#[test]
fn the_cards_of_the_pair_are_written_for_anki_too() {
    let cellar = Cellar::new();
    let mut play = cellar.read();
    play.keys("g K").shows("a card is made from a link, and there is none yet").hides("a.txt");
    play.keys("+").keys("tab tab \"Work_against_money.\" enter");
    play.keys("g K \"~/a.md\" enter").shows("end the name in .txt");
    play.keys("g K \"~/a.txt\" enter").shows("1 card in ~/a.txt");
    let written = fs::read_to_string(cellar.at("home").join("a.txt")).unwrap();
    assert!(written.starts_with("#separator:tab\n") && written.contains("Whoever pays"), "{written}");
    // While they are recalled as well; what is there already is not replaced unasked.
    play.keys("g k g h \"~/a.txt\" enter").shows("is there already");
}
