//! What made a new reader stop and ask “now what?”: each of it is mended, or told where it is met.

use diptych::app::work::Job;
use diptych::app::work::answer;
use diptych::app::work::drafts::FindDrafts;
use diptych::app::work::suggest::Suggest;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::model::notes::{Draft, DraftChanges};
use diptych::note::Target;
use std::sync::Arc;
use tempfile::TempDir;

use crate::cli::out;
use crate::play::Play;
use crate::shelf::Own;

const LOCKS: &str = "# The Lock\n\nThe toll was paid at every lock by whoever came along.\n\nIn January the ice closed \
                     the lower canal, and the ice broke two gates.\n\nA horse pulled thirty tons along the towpath.\n";
const RAILS: &str = "# The Rails\n\nNobody paid less for a ton of flour than on the water.\n\nThe ice that closed the \
                     canal closed no railway; a plough went through the ice.\n\nThe towpath is a garden now.\n";

fn canal() -> Own {
    let own = Own::empty();
    own.put("own/locks.md", LOCKS);
    own.put("own/rails.md", RAILS);
    own.put("own/topics.toml", "[[topic]]\nid = \"ice\"\nname = \"Ice on the canal\"\nterms = [\"ice\"]\n");
    own
}

fn library(home: &TempDir) -> Library {
    Library::new(Arc::new(Os), Some(Folders::under(home.path())))
}

fn bundled(home: &TempDir) -> Play {
    Play::keeping(library(home), "embedded:the-party-as-instrument", "embedded:power-from-below")
}

#[test]
fn a_note_is_on_the_held_topic_only_where_that_is_treated() {
    let own = canal();
    let mut play = own.read("own/locks.md", "own/rails.md");
    play.keys("t \"ice\" enter a").shows("Note · ¶2 · Ice on the canal");
    play.keys("esc z p g g a").shows("Note · ¶1").hides("· Ice on the canal ─");
    play.keys("\"On_the_toll\" ctrl-s g n \"topic:ice\"").shows("no match");
    // The pair is on it where one of its passages is.
    play.keys("esc J A").shows("Note · ¶2").shows("· Ice on the canal");
}

#[test]
fn a_remark_left_unsaved_is_asked_about_at_its_stop_and_nowhere_else() {
    let home = tempfile::tempdir().unwrap();
    let mut play = bundled(&home);
    play.keys("t \"the_soviets\" enter P t \"worker_control\" enter P");
    let stop = play.app.touring.tour.stops[0].clone();
    let targets = stop.anchors().map(|anchor| Target { anchor: anchor.clone(), citation: String::new() });
    let draft = Draft {
        number: 7,
        targets: targets.collect(),
        requests: stop.anchors().map(|anchor| anchor.text.0.clone()).collect(),
        topic: None,
        body: "Ask who recalls whom.".to_owned(),
        of: None,
        anew: false,
        stop: Some(stop.id.clone()),
    };
    drop(play);
    let ended = library(&home);
    ended.keep_drafts(&DraftChanges { write: vec![draft], ..DraftChanges::default() }).unwrap();
    drop(ended);
    let next = library(&home);
    let left = next.left_drafts();
    assert_eq!(left.len(), 1);
    let mut play = bundled(&home);
    play.tell(answer::<FindDrafts>(left)).hides("unfinished");
    play.keys("g n").hides("Ask who recalls whom");
    play.keys("esc g r").shows("✎ not saved; e goes on with it").shows("Ask who recalls whom.");
    play.keys("j").hides("e goes on with it");
    play.keys("k e").shows("Remark · stop 1").shows("Ask who recalls whom.").shows("Esc saves too");
    play.keys("ctrl-s").shows("the remark is kept").hides("not saved");
    assert_eq!(play.app.touring.tour.stops[0].remark, "Ask who recalls whom.");
    assert!(play.app.notes.drafts().is_empty());
}

#[test]
fn topics_that_are_still_looked_for_are_said_to_be_and_come_into_the_open_list() {
    let own = canal();
    own.put("own/topics.toml", "");
    own.put("own/locks.md", &LOCKS.replace("In January", "## Ice\n\nIn January"));
    own.put("own/rails.md", &RAILS.replace("The ice that", "## Ice\n\nThe ice that"));
    let mut play = Play::keeping(own.library(), own.at("own/locks.md").to_str().unwrap(), "");
    play.hold_back = Some(|job: &Job| job.work::<Suggest>().is_some());
    play.open(diptych::link::Side::Right, own.at("own/rails.md").to_str().unwrap());
    play.keys("t").shows("Topics · more are being looked for");
    play.keys("\"zzz\"").shows("topics that both texts treat are being looked for…").hides("no match");
    play.let_go();
    play.keys("ctrl-u").shows("Ice").shows("proposed").hides("being looked for");
}

#[test]
fn the_hinge_says_off_topic_in_whole_words_and_help_what_that_is() {
    let own = canal();
    let mut play = own.read("own/locks.md", "own/rails.md");
    play.keys("t \"ice\" enter z p g g");
    for (columns, rows) in [(120, 35), (80, 24)] {
        play.resize(columns, rows);
        let screen = play.screen().join("\n");
        assert!(screen.contains("off topic") || (screen.contains("off") && screen.contains("topic")), "{screen}");
    }
    play.resize(120, 50).keys("? \"off_topic\"").shows("does not treat the topic that is held");
    play.keys("esc esc ? \"stop_of_this\"").shows("0–9").hides("0 1 2");
}

#[test]
fn a_side_that_treats_the_topic_is_not_made_silent() {
    let home = tempfile::tempdir().unwrap();
    let mut play = bundled(&home);
    play.keys("t \"the_soviets\" enter P g r s").shows("neither side is silent").shows("treats The soviets in");
    let stop = &play.app.touring.tour.stops[0];
    assert!(stop.left.is_some() && stop.right.is_some());
}

#[test]
fn presenting_ends_where_it_was_begun_and_shows_the_remark_when_asked() {
    let home = tempfile::tempdir().unwrap();
    let mut play = bundled(&home);
    play.keys("t \"the_soviets\" enter P t \"worker_control\" enter P g r e \"Who_recalls?\" ctrl-s");
    play.keys("p").shows("e your remark").hides("Who recalls?");
    play.keys("e").shows("Your remark · stop").shows("Who recalls?");
    play.keys("esc").hides("Who recalls?").shows("e your remark");
    play.keys("1 q").shows("stop 1/2");
    play.keys("esc g p esc").shows("Power from Below").hides("stop 1/2");
}

#[test]
fn two_stops_on_one_topic_are_told_apart_by_their_passages() {
    let home = tempfile::tempdir().unwrap();
    let mut play = bundled(&home);
    play.keys("t \"the_soviets\" enter P n P g r");
    let rows = play.screen();
    let named: Vec<&String> = rows.iter().filter(|row| row.contains("The soviets ¶")).collect();
    assert_eq!(named.len(), 2, "{rows:#?}");
    assert_ne!(named[0].trim(), named[1].trim());
}

#[test]
fn a_note_is_undone_by_its_words_and_texts_of_one_title_have_their_files_beside_it() {
    let own = canal();
    own.put("own/rails.md", &RAILS.replace("# The Rails", "# The Lock"));
    let mut play = own.read("own/locks.md", "own/rails.md");
    play.keys("i \"Who_set_the_toll?\" enter u").shows("undone: the note “Who set the toll?”");
    play.keys("ctrl-r tab i \"And_here?\" enter g n tab").shows("The Lock (locks.md)").shows("The Lock (rails.md)");
}

#[test]
fn where_things_are_kept_is_said_for_texts_that_come_with_it() {
    let own = Own::empty();
    let home = own.library();
    let mut play = Play::keeping(home, "embedded:the-party-as-instrument", "embedded:power-from-below");
    play.keys("i \"A_first_note\" enter").shows("for the texts that come with Diptych is kept in");
    play.keys("J i \"A_second_note\" enter").hides("is kept in");
    let said = out(&own.run(&own.at(""), &["check", "embedded:"]));
    assert!(said.contains("what you make for the texts that come with Diptych is kept in"), "{said}");
}

#[test]
fn the_place_comes_along_with_a_folder_that_was_renamed() {
    let own = canal();
    let library = own.library();
    let mut play = own.read("own/rails.md", "own/locks.md");
    play.keys("J J l J");
    library.remember(&play.app.snapshot()).unwrap();
    std::fs::rename(own.at("own"), own.at("seminar")).unwrap();
    let (mut snapshot, _) = library.recall();
    let texts: Vec<String> =
        ["locks.md", "rails.md"].map(|name| own.at("seminar").join(name).to_str().unwrap().to_owned()).to_vec();
    library.follow_moved(&mut snapshot, &texts);
    let (pair, memory) = snapshot.last_read().remove(0);
    assert_eq!((pair.left, pair.right), (texts[1].clone(), texts[0].clone()));
    assert!(memory.left.is_some_and(|anchor| anchor.passage > 1));
}

#[test]
fn a_topic_made_where_one_reads_is_not_said_to_be_off_there() {
    let own = canal();
    let mut play = own.read("own/locks.md", "own/rails.md");
    // The pair that one came from is about another passage.
    play.keys("t \"ice\" enter J T \"Towpath\" tab \"towpath\" enter");
    play.keys("g t").hides("off topic");
    play.keys("esc").hides("off topic");
}
