//! Every kind of question to the workers, answered late, not at all for a failure, and when it was overtaken: nothing
//! panics, nothing stale moves a pane, and a failure is told.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diptych::app::message::{Effect, Msg};
use diptych::app::room::{Heard, Role};
use diptych::app::work::align::{Align, Tell};
use diptych::app::work::begin::Begin;
use diptych::app::work::catch::Catch;
use diptych::app::work::changes::{Changes, Reworded};
use diptych::app::work::chart::Chart;
use diptych::app::work::counterparts::Counterparts;
use diptych::app::work::drafts::{FindDrafts, KeepDrafts};
use diptych::app::work::elsewhere::{FindElsewhere, Freshen, LookAtIndex, SearchAll};
use diptych::app::work::export::Export;
use diptych::app::work::first_pair::FirstPair;
use diptych::app::work::hook::RunHook;
use diptych::app::work::keep::Keep;
use diptych::app::work::led::FindLed;
use diptych::app::work::load::Load;
use diptych::app::work::meaning::Meaning;
use diptych::app::work::name::Name;
use diptych::app::work::notes::ReadNotes;
use diptych::app::work::notes_in_text::FindNotes;
use diptych::app::work::own::FindOwn;
use diptych::app::work::pair::Pair;
use diptych::app::work::quotations::Quotations;
use diptych::app::work::recall::{FindCards, KeepRecall};
use diptych::app::work::reference::FindReferenced;
use diptych::app::work::remember::Remember;
use diptych::app::work::rivals::Rivals;
use diptych::app::work::save_notes::SaveNotesTo;
use diptych::app::work::search::SearchText;
use diptych::app::work::sentences::Inside;
use diptych::app::work::shelf::FindTexts;
use diptych::app::work::silences::Silences;
use diptych::app::work::strays::{FindStrays, SettleStray};
use diptych::app::work::study::StudyText;
use diptych::app::work::suggest::Suggest;
use diptych::app::work::synopsis::FindRows;
use diptych::app::work::text_on_topic::TextOnTopic;
use diptych::app::work::topics::ReadTopics;
use diptych::app::work::tour::ReadTour;
use diptych::app::work::weave::Weave;
use diptych::app::work::{Job, answer};
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::model::strays::Stray;
use diptych::text::clean::Clean;
use diptych::wire::message::{Shown, ShownText};

use crate::play::Play;

/// A kind of question.
struct Kind {
    /// Its file in `src/app/work/`.
    file: &'static str,
    /// Whether a job is of this kind.
    is: fn(&Job) -> bool,
    /// What has it asked.
    ask: Ask,
}

/// What has a question asked.
enum Ask {
    Keys(&'static [&'static str]),
    Call(fn(&mut Play)),
}

const fn kind(file: &'static str, is: fn(&Job) -> bool, ask: Ask) -> Kind {
    Kind { file, is, ask }
}

impl Kind {
    fn ask(&self, play: &mut Play) {
        match self.ask {
            Ask::Keys(keys) => keys.iter().for_each(|keys| {
                play.keys(keys);
            }),
            Ask::Call(call) => call(play),
        }
    }
}

macro_rules! is {
    ($kind:ty) => {
        |job: &Job| job.work::<$kind>().is_some()
    };
}

const OTHER: &str = "o \"third_town\" enter";
const TOPIC: &str = "t \"the_soviets\" enter";

/// One text in both panes, in place sync.
const LEVEL: &str = "o \"new_town\" enter s s s";

const KINDS: &[Kind] = &[
    kind("align", is!(Align), Ask::Keys(&[LEVEL])),
    kind("align", is!(Tell), Ask::Keys(&[LEVEL, "9 G + enter"])),
    kind("changes", is!(Changes), Ask::Keys(&[LEVEL, "z d 9 G j"])),
    kind("changes", is!(Reworded), Ask::Keys(&[LEVEL])),
    kind("sentences", is!(Inside), Ask::Keys(&[LEVEL, "9 G j"])),
    kind("begin", is!(Begin), Ask::Keys(&["g b"])),
    kind("catch", is!(Catch), Ask::Keys(&["T \"soviet\""])),
    kind("chart", is!(Chart), Ask::Keys(&["g m"])),
    kind("counterparts", is!(Counterparts), Ask::Keys(&["9 G enter"])),
    kind("drafts", is!(KeepDrafts), Ask::Keys(&["a \"words\""])),
    kind(
        "drafts",
        is!(FindDrafts),
        Ask::Call(|play| {
            play.app.out.look_for_drafts();
            send(play);
        }),
    ),
    kind("elsewhere", is!(LookAtIndex), Ask::Keys(&["g / \"soviets\" enter"])),
    kind("elsewhere", is!(Freshen), Ask::Keys(&["g / \"soviets\" enter"])),
    kind("elsewhere", is!(FindElsewhere), Ask::Keys(&["9 G g a"])),
    kind("elsewhere", is!(SearchAll), Ask::Keys(&["g / \"soviets\" enter"])),
    kind("export", is!(Export), Ask::Keys(&["g h \"/nowhere/handout.html\" enter"])),
    kind("first_pair", is!(FirstPair), Ask::Keys(&[TOPIC])),
    kind(
        "hook",
        is!(RunHook),
        Ask::Call(|play| {
            if play.app.settings.commands.is_empty() {
                crate::hooks::have(&mut play.app, &["true"]);
            }
            play.keys("D");
        }),
    ),
    kind("keep", is!(Keep), Ask::Keys(&["+ enter"])),
    kind(
        "led",
        is!(FindLed),
        Ask::Call(|play| {
            play.lead_by(Role::Follower);
            let text = ShownText { hash: "0".repeat(16), text: "/nowhere/a.md".to_owned(), ..ShownText::default() };
            let shown = Shown { left: Some(text), ..Shown::default() };
            play.tell(Msg::Led(Heard::Shown(Arc::new(shown))));
        }),
    ),
    kind("load", is!(Load), Ask::Keys(&[OTHER])),
    kind("meaning", is!(Meaning), Ask::Keys(&[OTHER])),
    kind("name", is!(Name), Ask::Keys(&["+"])),
    kind("notes", is!(ReadNotes), Ask::Keys(&[OTHER])),
    kind("notes_in_text", is!(FindNotes), Ask::Keys(&["a \"words\" ctrl-s"])),
    kind(
        "own",
        is!(FindOwn),
        Ask::Call(|play| {
            play.tell(Msg::MadeElsewhere);
        }),
    ),
    kind("pair", is!(Pair), Ask::Keys(&[OTHER, TOPIC])),
    kind("quotations", is!(Quotations), Ask::Keys(&[OTHER])),
    kind("recall", is!(FindCards), Ask::Keys(&["+ enter g k"])),
    kind("recall", is!(KeepRecall), Ask::Keys(&["+ enter g k", "space 3"])),
    kind(
        "reference",
        is!(FindReferenced),
        Ask::Call(|play| {
            play.app.open_reference("third-town");
            send(play);
        }),
    ),
    kind("remember", is!(Remember), Ask::Keys(&["m a"])),
    kind("rivals", is!(Rivals), Ask::Keys(&["a"])),
    kind("save_notes", is!(SaveNotesTo), Ask::Keys(&["a \"words\" esc g W \"/nowhere/notes\" enter"])),
    kind("search", is!(SearchText), Ask::Keys(&["/ \"soviet\""])),
    kind(
        "shelf",
        is!(FindTexts),
        Ask::Call(|play| {
            play.app.out.look_for_texts(vec!["embedded:power-from-below".to_owned()]);
            send(play);
        }),
    ),
    kind("silences", is!(Silences), Ask::Keys(&["g m"])),
    kind("strays", is!(FindStrays), Ask::Keys(&[OTHER])),
    kind(
        "strays",
        is!(SettleStray),
        Ask::Call(|play| {
            let open = play.pane(Side::Left).open().unwrap().clone();
            let (text, from) = (open.request.clone(), Path::new("/nowhere").to_owned());
            let stray = Stray { text, name: "gone.md".into(), from, notes: 1, ..Stray::default() };
            let asked = vec![(stray, Clean::line("1 note of this text: take over?"))];
            play.keys("esc");
            play.tell(answer::<FindStrays>((open, asked)));
            play.keys("\"y\" enter");
        }),
    ),
    kind("study", is!(StudyText), Ask::Keys(&[OTHER, TOPIC])),
    kind("suggest", is!(Suggest), Ask::Keys(&[OTHER])),
    kind("synopsis", is!(FindRows), Ask::Keys(&[TOPIC, "g s"])),
    kind("text_on_topic", is!(TextOnTopic), Ask::Keys(&[TOPIC, "O"])),
    kind(
        "topics",
        is!(ReadTopics),
        Ask::Call(|play| {
            play.tell(Msg::TopicsChanged);
        }),
    ),
    kind("tour", is!(ReadTour), Ask::Keys(&[OTHER])),
    kind("weave", is!(Weave), Ask::Keys(&["g L"])),
];

/// Performs what a call of the session asks for.
fn send(play: &mut Play) {
    let effects: Vec<Effect> = play.app.out.take_effects();
    play.perform(effects);
}

/// What the texts are made of: words that occur often enough to be proposed, and stand together in more than one text.
const WORDS: [&str; 11] =
    ["harbour", "lantern", "orchard", "captain", "winter", "granary", "bridge", "quarrel", "window", "ferry", "market"];

/// A library of three short texts with a topic, in which a session opens in a blink.
fn texts(home: &Path) -> PathBuf {
    let folder = home.join("texts");
    fs::create_dir_all(&folder).unwrap();
    for (text, title) in ["Old Town", "New Town", "Third Town"].into_iter().enumerate() {
        let mut written = format!("# {title}\n");
        for passage in 0..28 {
            let word = |at: usize| WORDS[(passage * 3 + text * 2 + at * at) % WORDS.len()];
            let body = if passage % 4 == 0 { "a soviet of the soviets" } else { "the council" };
            written += &format!(
                "\nThe {} saw {body} at the {} before the {} came to the {}.\n",
                word(1),
                word(2),
                word(3),
                word(4)
            );
        }
        written +=
            "\n“Nobody who crosses the river by night asks the ferry for the way to the granary,” it was said.\n";
        fs::write(folder.join(title.to_lowercase().replace(' ', "-")).with_extension("md"), written).unwrap();
    }
    let topic = "[[topic]]\nid = \"the-soviets\"\nname = \"The soviets\"\nterms = [\"soviet*\"]\n";
    fs::write(folder.join("topics.toml"), topic).unwrap();
    folder
}

fn play(home: &Path) -> Play {
    let library = Library::new(Arc::new(Os), Some(Folders::under(home)));
    let folder = texts(home);
    let pair = ["old-town.md", "new-town.md"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    let mut play = Play::keeping(library, &pair[0], &pair[1]);
    play.app.out.look_for_texts(pair.to_vec());
    send(&mut play);
    play
}

/// A session in which this kind of question was asked, and not answered yet.
fn held_back(kind: &Kind, home: &Path) -> Play {
    let mut play = play(home);
    play.hold_back = Some(kind.is);
    kind.ask(&mut play);
    assert!(!play.held.is_empty(), "{}: it is asked", kind.file);
    play.screen();
    play
}

/// Has everything that was held back answered.
fn let_go(play: &mut Play) {
    play.let_go();
    play.screen();
}

/// Has one of those that were held back fail.
fn fail(play: &mut Play, at: usize) {
    let job = play.held.remove(at);
    play.tell(job.failure().because(Clean::line("it broke: a test broke it")));
}

/// The file names of the texts that the panes show, and where they are in them.
fn places(play: &Play) -> [(Option<String>, u32); 2] {
    let name = |request: &str| request.rsplit('/').next().unwrap_or_default().to_owned();
    [Side::Left, Side::Right].map(|side| (play.pane(side).open().map(|o| name(&o.request)), play.passage(side)))
}

fn fresh() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn every_kind_of_question_is_looked_at_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/work");
    let mut missing = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let source = fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let here = KINDS.iter().filter(|kind| kind.file == name).count();
        if here != source.matches("impl Work for ").count() {
            missing.push(name);
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "add them to KINDS");
}

#[test]
fn what_is_answered_late_comes_to_the_same_as_what_is_answered_at_once() {
    for kind in KINDS {
        let homes = [fresh(), fresh()];
        let mut at_once = play(homes[0].path());
        // Which pair is the first depends on the quotations, which come after a pairing that comes late.
        at_once.hold_back = matches!(kind.file, "pair" | "study").then_some(is!(Quotations));
        kind.ask(&mut at_once);
        let_go(&mut at_once);
        let mut late = held_back(kind, homes[1].path());
        let_go(&mut late);
        assert_eq!(late.app.topics.held().map(|t| &t.id), at_once.app.topics.held().map(|t| &t.id), "{}", kind.file);
        assert_eq!(places(&late), places(&at_once), "{}", kind.file);
    }
}

#[test]
fn a_failure_is_told_moves_nothing_and_leaves_nothing_behind_that_does() {
    for kind in KINDS {
        let home = fresh();
        let mut play = held_back(kind, home.path());
        let before = places(&play);
        let at = play.held.iter().rposition(Job::is_wanted).unwrap();
        fail(&mut play, at);
        let notice = play.app.out.notice.as_ref().map_or("", |line| line.as_str());
        assert!(notice.contains("a test broke it"), "{}: {notice:?}", kind.file);
        assert_eq!(places(&play), before, "{}", kind.file);
        // What is asked anew is answered, and nothing is made up for what was not.
        (play.hold_back, play.held) = (None, Vec::new());
        play.keys("esc esc esc s s");
        let before = places(&play);
        play.keys("x x");
        assert_eq!(places(&play), before, "{}", kind.file);
        kind.ask(&mut play);
        play.resize(80, 24).keys("esc esc esc").screen();
    }
}

#[test]
fn what_was_overtaken_moves_nothing() {
    for kind in KINDS {
        let home = fresh();
        let mut play = held_back(kind, home.path());
        let held = std::mem::take(&mut play.held);
        play.hold_back = None;
        // Another text in the pane that leads, and somewhere else in it.
        play.keys("esc esc esc s s o \"new_town\" enter").keys("2 5 G");
        let before = places(&play);
        play.answer(held);
        assert_eq!(places(&play), before, "{}", kind.file);
        // The panes exchanged, and back: the same.
        play.keys("x x");
        assert_eq!(places(&play), before, "{}", kind.file);
        play.screen();
    }
}

#[test]
fn a_text_that_is_brought_across_moves_nothing_of_the_pane_it_was_asked_from() {
    let home = fresh();
    let kinds: [fn(&Job) -> bool; 2] = [is!(Load), is!(TextOnTopic)];
    for (asked, kind) in ["s s 1 2 G", TOPIC].into_iter().zip(kinds) {
        let mut play = play(home.path());
        play.keys(asked);
        let before = places(&play);
        play.hold_back = Some(kind);
        // The other pane leads by the time that it comes.
        play.keys("O tab");
        let_go(&mut play);
        let after = places(&play);
        assert_eq!(after[0], before[0], "{asked}");
        assert_ne!(after[1].0, before[1].0, "the third text is across from it: {asked}");
    }
}

#[test]
fn what_could_not_be_proposed_is_not_waited_for_any_more() {
    let home = fresh();
    let mut play = play(home.path());
    play.hold_back = Some(is!(Suggest));
    play.keys(OTHER);
    assert!(play.app.topics.awaits_proposals());
    let last = play.held.len() - 1;
    fail(&mut play, last);
    assert!(!play.app.topics.awaits_proposals());
}

#[test]
fn a_text_with_a_place_in_it_is_not_opened_again_when_another_was_wanted_meanwhile() {
    let home = fresh();
    let mut play = play(home.path());
    play.keys("1 2 G m a").keys(OTHER).keys("5 G");
    play.hold_back = Some(is!(Load));
    // Back to the mark, whose text has to be read first; before it comes, another is wanted.
    play.keys("' a o \"new_town\" enter");
    let_go(&mut play);
    assert_eq!(places(&play)[0].0.as_deref(), Some("new-town.md"));
}

#[test]
fn a_topic_is_not_gone_to_when_the_texts_it_was_picked_for_did_not_come() {
    let home = fresh();
    let mut play = play(home.path());
    play.hold_back = Some(is!(Load));
    play.keys(OTHER).keys(TOPIC);
    fail(&mut play, 0);
    play.hold_back = None;
    play.keys("s s 2 5 G");
    let before = places(&play);
    play.keys("x x");
    assert_eq!(places(&play), before);
}

#[test]
fn a_place_in_a_text_that_is_not_wanted_any_more_moves_nothing_when_it_comes() {
    let home = fresh();
    let mut play = play(home.path());
    play.keys("1 2 G m a").keys(OTHER).keys("5 G m b ' a");
    let before = places(&play);
    assert_eq!(before[0], (Some("old-town.md".to_owned()), 12));
    play.hold_back = Some(is!(Load));
    // The text of the other mark has to be read first; before it comes, the reader goes to a place in the open one.
    play.keys("' b");
    assert!(!play.held.is_empty());
    play.keys("' a");
    let_go(&mut play);
    assert_eq!(places(&play), before);
}

/// Two more texts, each in a library of its own.
fn elsewhere(home: &Path) -> [String; 2] {
    ["here", "there"].map(|name| {
        let folder = home.join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("topics.toml"), "").unwrap();
        fs::write(folder.join("text.md"), format!("# Text\n\nThe words that are {name}, and nowhere else.\n")).unwrap();
        folder.join("text.md").to_str().unwrap().to_owned()
    })
}

#[test]
fn a_tour_of_the_texts_before_does_not_take_the_place_of_this_one() {
    let home = fresh();
    let mut play = play(home.path());
    let old = play.pane(Side::Left).open().unwrap().request.clone();
    let [here, _] = elsewhere(home.path());
    play.hold_back = Some(is!(ReadTour));
    play.open(Side::Left, &here).open(Side::Left, &old);
    assert_eq!(play.held.len(), 2);
    let held = play.held.drain(..).rev().collect::<Vec<_>>();
    play.hold_back = None;
    play.answer(held);
    play.keys("P");
    let tour = fs::read_to_string(home.path().join("texts/tour.toml")).unwrap();
    assert!(tour.contains("old-town.md"), "{tour}");
}

#[test]
fn a_stop_waits_for_the_tour_of_its_own_texts_and_not_for_one_that_failed() {
    let home = fresh();
    let mut play = play(home.path());
    let [here, _] = elsewhere(home.path());
    let kept = || fs::read_to_string(home.path().join("texts/tour.toml")).unwrap_or_default();
    let before = kept();
    play.hold_back = Some(is!(ReadTour));
    play.open(Side::Left, &here).keys("P").shows("still being read");
    assert_eq!(kept(), before);
    play.hold_back = None;
    while !play.held.is_empty() {
        fail(&mut play, 0);
    }
    play.keys("P").shows("saved; what you make");
    assert_eq!(kept(), before);
}

#[test]
fn notes_of_the_texts_before_do_not_take_the_place_of_these() {
    let home = fresh();
    let mut play = play(home.path());
    let old = play.pane(Side::Left).open().unwrap().request.clone();
    let [here, there] = elsewhere(home.path());
    play.open(Side::Right, &there).keys("5 G a \"A_note_to_keep.\" ctrl-s");
    play.hold_back = Some(is!(ReadNotes));
    play.open(Side::Left, &here).open(Side::Left, &old);
    let held = play.held.drain(..).rev().collect::<Vec<_>>();
    assert!(held.len() >= 2);
    play.hold_back = None;
    play.answer(held);
    play.keys("g n").shows("A note to keep.");
}

#[test]
fn the_sign_of_a_note_that_was_deleted_meanwhile_does_not_come_back() {
    let home = fresh();
    let mut play = play(home.path());
    // One that is kept, so that there is something to look for once the other is gone.
    play.keys("8 G a \"Kept\" ctrl-s 9 G a \"To_be_deleted\" ctrl-s");
    let signs = |play: &Play| play.screen().join("\n").matches('✎').count();
    let both = signs(&play);
    play.hold_back = Some(is!(FindNotes));
    play.keys("e \"_changed\" ctrl-s g n \"deleted\" ctrl-d esc");
    let one = signs(&play);
    assert!(one < both);
    let held = play.held.drain(..).rev().collect::<Vec<_>>();
    assert!(held.len() >= 2);
    play.hold_back = None;
    play.answer(held);
    assert_eq!(signs(&play), one);
}

#[test]
fn texts_are_set_against_each_other_on_the_topics_of_now_alone() {
    let home = fresh();
    let mut play = play(home.path());
    play.keys("s s 2 7 G").hold_back = Some(is!(Pair));
    play.keys(OTHER).keys("2 7 G").keys(TOPIC);
    let (before, asked) = (places(&play), play.held.len());
    let topics = home.path().join("texts/topics.toml");
    let more = "\n[[topic]]\nid = \"council\"\nname = \"Council\"\nterms = [\"council\"]\n";
    fs::write(&topics, fs::read_to_string(&topics).unwrap() + more).unwrap();
    play.tell(Msg::TopicsChanged);
    assert_eq!(play.held.len(), asked + 1, "not while only one of the two is studied on them");
    let newest = play.held.split_off(asked);
    play.hold_back = None;
    let overtaken = std::mem::take(&mut play.held);
    play.answer(overtaken);
    assert_eq!(places(&play), before, "these are of the topics before");
    play.answer(newest);
    assert_ne!(places(&play), before, "the topic is gone to");
}

#[test]
fn the_other_pane_follows_on_after_a_reference_that_could_not_be_looked_for() {
    let read_on = |fails: bool| {
        let home = fresh();
        let mut play = play(home.path());
        if fails {
            play.hold_back = Some(is!(FindReferenced));
            play.app.open_reference("third-town");
            send(&mut play);
            fail(&mut play, 0);
        }
        let mut seen = Vec::new();
        for _ in 0..30 {
            seen.push(places(play.keys("j")));
        }
        seen
    };
    let undisturbed = read_on(false);
    assert!(undisturbed.iter().any(|[_, right]| right.1 != undisturbed[0][1].1), "it follows: {undisturbed:?}");
    assert_eq!(read_on(true), undisturbed);
}

#[test]
fn a_library_that_could_not_be_looked_through_is_not_waited_for_and_is_asked_anew() {
    let kinds: [fn(&Job) -> bool; 3] = [is!(FindElsewhere), is!(SearchAll), is!(Freshen)];
    for (kind, asked) in kinds.into_iter().zip(["9 G g a", "g / \"soviets\" enter", "g / \"soviets\" enter"]) {
        let home = fresh();
        let mut play = play(home.path());
        play.hold_back = Some(kind);
        play.keys(asked);
        while !play.held.is_empty() {
            fail(&mut play, 0);
        }
        play.hides("looking…").hides("nothing in your other texts");
        play.keys("esc esc").keys(asked);
        assert!(!play.held.is_empty(), "{asked}: it is asked once more");
        let_go(&mut play);
        play.hides("looking failed").hides("looking…");
    }
}

#[test]
fn the_library_is_asked_about_a_passage_as_soon_as_its_text_is_studied() {
    let home = fresh();
    let mut play = play(home.path());
    play.hold_back = Some(is!(StudyText));
    play.keys(OTHER).keys("9 G g a").shows("looking…");
    let_go(&mut play);
    play.hides("looking…");
    // Nor is a study waited for that has failed.
    play.keys("esc esc").hold_back = Some(is!(StudyText));
    play.keys("o \"old_town\" enter").keys("9 G g a").shows("looking…");
    while !play.held.is_empty() {
        fail(&mut play, 0);
    }
    play.hides("looking…");
}

#[test]
fn a_loom_whose_threads_could_not_be_found_is_left() {
    let home = fresh();
    let mut play = play(home.path());
    play.hold_back = Some(is!(Weave));
    play.keys("g L").shows("weaving…");
    fail(&mut play, 0);
    play.hides("weaving…").shows_at("Old Town", 1);
}

#[test]
fn what_an_alignment_could_not_be_told_it_is_told_anew() {
    let home = fresh();
    let mut play = play(home.path());
    play.hold_back = Some(is!(Tell));
    play.keys(LEVEL).keys("9 G + enter");
    fail(&mut play, 0);
    assert!(play.held.is_empty());
    play.tell(Msg::MadeElsewhere);
    assert_eq!(play.held.len(), 1);
}

#[test]
fn no_screen_waits_for_a_comparison_that_has_failed() {
    let kinds: [fn(&Job) -> bool; 2] = [is!(Pair), is!(StudyText)];
    for (nth, kind) in kinds.into_iter().enumerate() {
        let home = fresh();
        let mut play = play(home.path());
        play.hold_back = Some(kind);
        play.keys(OTHER).keys("5 G");
        while !play.held.is_empty() {
            fail(&mut play, 0);
        }
        // That it failed was told; from now on nothing is under way.
        let waits = ["comparing…", "looking…", "weaving…", "Still comparing", "still comparing", "Comparing the"];
        for keys in
            ["j", "9 G", "enter", "w", "esc", "g L", "esc", TOPIC, "n", "g s", "esc", "z l", "j", "z l", "+", "esc"]
        {
            play.keys(keys);
            for words in waits {
                play.hides(words);
            }
        }
        play.keys("t backspace esc g L").shows("could not be compared");
        // Another try is one: it is waited for, and comes. One without a study is none.
        play.hold_back = None;
        play.keys("x x 9 G enter");
        if nth == 1 {
            play.shows("could not be compared");
        } else {
            play.hides("could not be compared");
            assert!(play.app.hinge.joint().is_some_and(|joint| joint.found.is_some()));
        }
    }
}
