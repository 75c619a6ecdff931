//! Addresses in what is exported, which open their passages again; requests whose time is over; what travels along.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use diptych::app::message::Msg;
use diptych::app::room::{Heard, Role};
use diptych::app::scene::Scene;
use diptych::wire::message::{Shown, ShownBlock, ShownText, ShownTour};
use rustix::process::Signal;
use serde_json::Value;

use crate::play::Play;
use crate::room::{LEFT, RIGHT, Raw, Room, done, error, presenting};
use crate::terminal::{Terminal, configure};

/// The addresses that a page or a file carries.
fn addresses(exported: &str) -> Vec<String> {
    let begins = exported.split("diptych://read?").skip(1);
    let ends = |rest: &str| rest.split(['"', ')', ' ', '<']).next().unwrap().replace("&amp;", "&");
    begins.map(|rest| format!("diptych://read?{}", ends(rest))).collect()
}

/// The passages that an address of the bundled pair names.
fn passages(address: &str) -> [u32; 2] {
    let of = |text: &str| address.split_once(text).unwrap().1.strip_prefix(':').unwrap();
    let number = |rest: &str| rest.split('&').next().unwrap().parse().unwrap();
    [number(of(LEFT)), number(of(RIGHT))]
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64
}

#[test]
fn what_is_exported_opens_its_pairs_in_the_session_that_runs_and_in_one_of_its_own() {
    let room = Room::new();
    let compared = |left: &str, right: &str, format: &str| {
        let said = room.shell(&["compare", left, right, "--topic", "soviets", "--format", format]);
        done(&said);
        String::from_utf8(said.stdout).unwrap()
    };
    let compare = |format: &str| compared(LEFT, RIGHT, format);
    let json: Value = serde_json::from_str(&compare("json")).unwrap();
    let rows = json["topics"][0]["rows"].as_array().unwrap();
    let (page, plain) = (addresses(&compare("html")), addresses(&compare("markdown")));
    assert_eq!(plain.len(), rows.len());
    for (row, address) in rows.iter().zip(&plain) {
        assert_eq!(row["address"], address.as_str());
        assert!(page.contains(address), "{address}");
    }
    let both = rows.iter().find(|row| row["left"].is_object() && row["right"].is_object()).unwrap();
    let address = both["address"].as_str().unwrap();
    let [left, right] = passages(address);
    assert_eq!((&both["left"]["passage"], &both["right"]["passage"]), (&left.into(), &right.into()));

    let mut leader = room.leader();
    done(&room.shell(&[address]));
    leader.until_at("The Party as Instrument", left);
    leader.until_at("Power from Below", right);
    done(&room.shell(&[address, "--remote"]));
    // A session that is stopped opens nothing, and does not do so later either.
    leader.keys("1G");
    leader.until_at("The Party as Instrument", 1);
    leader.signal(Signal::STOP);
    let mut own = room.terminal(tempfile::tempdir().unwrap(), &[address]);
    own.until_at("The Party as Instrument", left);
    own.until_at("Power from Below", right);
    leader.signal(Signal::CONT);
    leader.settle();
    leader.until_at("The Party as Instrument", 1);

    // What is made to share names no files of this machine, but where that is asked for.
    let texts = tempfile::tempdir().unwrap();
    let own = ["a.md", "b.md"].map(|name| texts.path().join(name).to_str().unwrap().to_owned());
    for path in &own {
        fs::write(path, format!("# Of councils\n\nThe soviets of {path} were elected at work.\n")).unwrap();
    }
    let of_own = |format: &str| addresses(&compared(&own[0], &own[1], format));
    for format in ["html", "markdown", "json"] {
        assert!(of_own(format).is_empty(), "{format}");
    }
    configure(room.shell_home.path(), "addresses = true\n");
    for format in ["html", "markdown", "json"] {
        assert!(!of_own(format).is_empty(), "{format}");
    }
}

#[test]
fn the_handout_of_a_tour_opens_its_stops() {
    let room = Room::new();
    let leader = presenting(&room);
    let printed = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(["tour", "print", "--format", format]).env_clear().env("HOME", leader.home.path());
        String::from_utf8(command.current_dir(leader.home.path()).output().unwrap().stdout).unwrap()
    };
    for (format, count) in [("html", 4), ("markdown", 2)] {
        let found = addresses(&printed(format));
        assert_eq!(found.len(), count, "{format}");
        let [left, right] = passages(&found[0]);
        room.until(|state| state["left"]["passage"] == left && state["right"]["passage"] == right);
    }
}

#[test]
fn what_was_asked_of_a_stopped_session_is_not_done_when_its_time_is_over() {
    let room = Room::new();
    let mut leader = room.leader();
    let socket = room.socket(&leader);
    let (mut late, mut patient) = (Raw::to(&socket), Raw::to(&socket));
    late.say(r#"{"v":1,"do":"state"}"#);
    assert_eq!(late.line().unwrap()["left"]["passage"], 1);
    leader.signal(Signal::STOP);
    late.say(&format!(r#"{{"v":1,"do":"go","left":{{"passage":9}},"until":{}}}"#, now() + 200));
    patient.say(r#"{"v":1,"do":"go","right":{"passage":7}}"#);
    thread::sleep(Duration::from_millis(500));
    leader.signal(Signal::CONT);
    let refused = late.line().unwrap();
    assert!(refused["why"].as_str().unwrap().contains("the time for this is over"), "{refused}");
    assert_eq!(patient.line().unwrap()["answer"], "done");
    leader.until_at("Power from Below", 7);
    leader.until_at("The Party as Instrument", 1);
    // In time it is done.
    let go = format!(r#"{{"v":1,"do":"go","left":{{"passage":9}},"until":{}}}"#, now() + 60_000);
    assert_eq!(late.ask(&go)["answer"], "done");
    leader.until_at("The Party as Instrument", 9);
}

#[test]
fn a_shell_says_until_when_a_session_beside_it_may_do_what_it_asks() {
    let room = Room::new();
    let folder = room.runtime.path().to_owned();
    let asked = |name: &str| -> Value {
        let path = folder.join(name);
        let listener = UnixListener::bind(&path).unwrap();
        let other = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line).unwrap();
            (&stream).write_all(b"{\"v\":1,\"answer\":\"done\"}\n").unwrap();
            serde_json::from_str(&line).unwrap()
        });
        let said = room.remote(&["next", "--socket", path.to_str().unwrap()]);
        assert!(said.status.success(), "{}", error(&said));
        other.join().unwrap()
    };
    let before = now();
    let near = asked(&format!("{}.sock", std::process::id()));
    assert_eq!(near["do"], "next");
    let until = near["until"].as_u64().unwrap();
    assert!((before + 5_000..=now() + 5_000).contains(&until), "{until}");
    // What another program has brought from another machine goes by that one's clock.
    assert!(asked("brought.sock")["until"].is_null());
}

/// A session that follows, and has none of what is shown.
fn following(columns: u16, rows: u16, shown: Shown) -> Play {
    let mut play = Play::new(columns, rows, LEFT, RIGHT);
    play.lead_by(Role::Follower);
    play.tell(Msg::Led(Heard::Shown(Arc::new(shown))));
    play
}

#[test]
fn what_travels_along_is_scrolled_to_its_end_and_no_further() {
    let block = |number: u32| ShownBlock {
        passage: Some(number),
        kind: "paragraph".to_owned(),
        words: format!("Words of passage {number}."),
    };
    let text = |count: u32| ShownText {
        title: "A scarce text".to_owned(),
        passage: Some(1),
        of: count,
        blocks: (1..=count).map(block).collect(),
        ..ShownText::default()
    };
    for (columns, rows) in [(100, 24), (50, 24), (80, 10)] {
        let shown = Shown { left: Some(text(3)), right: Some(text(40)), ..Shown::default() };
        let mut play = following(columns, rows, shown);
        assert!(matches!(play.app.screens.scene(), Scene::Room));
        play.keys("9 9 j 9 9 j").shows("Words of passage 40.");
        let most = play.app.led.scrolled;
        assert!(most < 80, "{most}");
        let end = play.screen();
        play.keys("k");
        assert_ne!(play.screen(), end, "one key back is one row back");
        play.keys("j j j");
        assert_eq!(play.screen(), end);
    }
    // What fits is not scrolled at all.
    let mut play = following(100, 24, Shown { left: Some(text(2)), ..Shown::default() });
    let all = play.screen();
    play.keys("5 j");
    assert_eq!(play.screen(), all);
}

#[test]
fn a_remark_is_scrolled_to_its_end_and_no_further() {
    let remark = (1..=60).map(|n| format!("Line {n}.")).collect::<Vec<_>>().join("\n");
    let tour = ShownTour { stop: Some(1), of: 1, remark: Some(remark), ..ShownTour::default() };
    let mut play = Play::bundled();
    play.lead_by(Role::Speaker);
    play.tell(Msg::Led(Heard::Shown(Arc::new(Shown { tour: Some(tour), ..Shown::default() }))));
    play.shows("Line 1.").shows("▾ more").hides("Line 60.");
    play.keys("9 9 j 9 9 j").shows("Line 60.").hides("▾ more");
    play.keys("k").hides("Line 60.");
}

#[test]
fn a_map_over_a_presentation_says_at_which_stop_one_is() {
    let mut play = Play::new(80, 24, LEFT, RIGHT);
    play.keys("t \"the_soviets\" enter P g p").shows("1/1");
    play.keys("g m").shows("back to 1/1");
    let shown = play.app.shown();
    assert_eq!(shown.screen, "map");
    assert!(shown.present.is_some_and(|present| present.away) && shown.tour.is_some_and(|tour| tour.stop == Some(1)));
    let mut speaker = Play::bundled();
    speaker.lead_by(Role::Speaker);
    speaker.tell(Msg::Led(Heard::Shown(Arc::new(play.app.shown()))));
    speaker.shows("the map is shown").shows("on a digression");
    play.keys("esc").hides("back to 1/1").shows("1/1");
}

#[test]
fn a_passage_that_is_lost_is_not_called_silent() {
    let text = |lost: Option<&str>| ShownText {
        title: "A scarce text".to_owned(),
        passage: Some(1),
        of: 3,
        silent: true,
        lost: lost.map(str::to_owned),
        ..ShownText::default()
    };
    let shown = Shown { left: Some(text(Some("Words that were."))), right: Some(text(None)), ..Shown::default() };
    following(140, 24, shown.clone())
        .shows("This passage is not there any more. It read: “Words that were.”")
        .shows("is silent here.")
        .shows("A scarce text has lost its passage at this stop")
        .hides("¶1");
    let mut play = Play::bundled();
    play.lead_by(Role::Speaker);
    play.tell(Msg::Led(Heard::Shown(Arc::new(shown))));
    play.shows("This passage is not there any more.").shows("is silent here.").hides("¶1");
}

#[test]
fn a_leader_that_dies_while_it_is_asked_is_told_of() {
    let room = Room::new();
    let leader = presenting(&room);
    let mut speaker: Terminal = room.terminal(tempfile::tempdir().unwrap(), &["tour", "speak"]);
    speaker.until("stop 1 of 2");
    leader.signal(Signal::STOP);
    speaker.keys("  ");
    speaker.settle();
    leader.signal(Signal::KILL);
    speaker.until("the leader has gone");
    speaker.keys("q");
    assert_eq!(speaker.ends(), 0);
}
