//! The room: sessions that are spoken to over their sockets, led from a second screen, and followed from other terminals.

use std::fs::{self, Permissions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use diptych::app::message::Msg;
use diptych::app::room::{Heard, Role};
use diptych::app::scene::Scene;
use diptych::app::work::led::FindLed;
use diptych::link::Side;
use diptych::wire::message::{NextStop, Shown, ShownTour};
use rustix::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::drafts::wait;
use crate::play::Play;
use crate::terminal::{PATIENCE, Terminal, home_with_config};

pub const LEFT: &str = "embedded:the-party-as-instrument";
pub const RIGHT: &str = "embedded:power-from-below";

/// Some terminals and shells of one user.
pub struct Room {
    pub runtime: TempDir,
    pub shell_home: TempDir,
}

impl Room {
    pub fn new() -> Self {
        let runtime = tempfile::tempdir().unwrap();
        fs::set_permissions(runtime.path(), Permissions::from_mode(0o700)).unwrap();
        Self { runtime, shell_home: tempfile::tempdir().unwrap() }
    }

    pub fn terminal(&self, home: TempDir, arguments: &[&str]) -> Terminal {
        let runtime = self.runtime.path().to_str().unwrap();
        Terminal::with(home, arguments, &[("TERM", "xterm-256color"), ("XDG_RUNTIME_DIR", runtime)])
    }

    /// A session on the bundled pair, which listens already.
    pub fn leader(&self) -> Terminal {
        let mut terminal = self.terminal(tempfile::tempdir().unwrap(), &[LEFT, RIGHT]);
        terminal.until_at("Power from Below", 1);
        self.until_listening(&terminal);
        terminal.settle();
        terminal
    }

    pub fn socket(&self, terminal: &Terminal) -> PathBuf {
        self.runtime.path().join(format!("diptych/{}.sock", terminal.pid().as_raw_nonzero()))
    }

    fn until_listening(&self, terminal: &Terminal) {
        let socket = self.socket(terminal);
        wait("it listens", || socket.exists());
    }

    /// `diptych remote …` in a shell.
    pub fn remote(&self, arguments: &[&str]) -> Output {
        self.shell(&[&["remote"], arguments].concat())
    }

    pub fn shell(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(arguments).env_clear().env("HOME", self.shell_home.path()).current_dir(self.shell_home.path());
        command.env("XDG_RUNTIME_DIR", self.runtime.path()).output().unwrap()
    }

    fn state(&self) -> Value {
        let said = self.remote(&["state", "--remarks"]);
        assert!(said.status.success(), "{}", error(&said));
        serde_json::from_slice(&said.stdout).unwrap()
    }

    /// What is shown as soon as it is what it should be.
    pub fn until(&self, is: impl Fn(&Value) -> bool) -> Value {
        let begin = Instant::now();
        loop {
            let state = self.state();
            if is(&state) {
                return state;
            }
            assert!(begin.elapsed() < PATIENCE, "never so: {state}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

pub fn error(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn done(output: &Output) {
    assert!(output.status.success(), "{}", error(output));
}

/// A connection as any program may make it.
pub struct Raw(UnixStream, Vec<u8>);

impl Raw {
    pub fn to(socket: &Path) -> Self {
        let stream = UnixStream::connect(socket).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream, Vec::new())
    }

    pub fn say(&mut self, line: &str) {
        self.0.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// The next line; `None` at the end.
    pub fn line(&mut self) -> Option<Value> {
        loop {
            if let Some(end) = self.1.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.1.drain(..=end).collect();
                return Some(serde_json::from_slice(&line).unwrap());
            }
            let mut bytes = [0; 1 << 14];
            let count = self.0.read(&mut bytes).unwrap();
            if count == 0 {
                return None;
            }
            self.1.extend_from_slice(&bytes[..count]);
        }
    }

    pub fn ask(&mut self, line: &str) -> Value {
        self.say(line);
        self.line().unwrap()
    }
}

#[test]
fn a_session_says_what_it_shows_and_does_what_a_shell_asks() {
    let room = Room::new();
    let mut leader = room.leader();
    let state = room.state();
    assert_eq!(state["v"], 1);
    assert_eq!(state["session"], leader.pid().as_raw_nonzero().get());
    assert_eq!((&state["screen"], &state["leads"]), (&json!("reading"), &json!("left")));
    assert_eq!((&state["left"]["text"], &state["left"]["passage"]), (&json!(LEFT), &json!(1)));
    assert_eq!(state["right"]["title"], "Power from Below");
    let blocks = state["left"]["blocks"].as_array().unwrap();
    assert!(blocks.iter().any(|block| block["passage"] == 1 && block["words"].as_str().unwrap().len() > 40));

    done(&room.remote(&["go", "9", "12"]));
    leader.until_at("The Party as Instrument", 9);
    leader.until_at("Power from Below", 12);
    done(&room.remote(&["topic", "soviets"]));
    let state = room.until(|state| state["topic"]["id"] == "soviets" && state["left"]["passage"] != 9);
    assert_eq!(state["topic"]["name"], "The soviets");
    done(&room.remote(&["go", "-", "20"]));
    room.until(|state| state["right"]["passage"] == 20 && state["leads"] == "right");
    let line = room.state()["right"]["line"].as_u64().unwrap();
    done(&room.remote(&["go", "-", "3"]));
    done(&room.remote(&["go", "-", &format!("line:{line}")]));
    room.until(|state| state["right"]["passage"] == 20);
    done(&room.remote(&["say", "ten", "minutes\u{1b}[31m", "left"]));
    leader.until("ten minutes");
    assert!(!leader.seen.windows(5).any(|bytes| bytes == b"\x1b[31m"), "an escape came through");

    let listed = room.remote(&["list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("Power from Below"));
    for (asked, why) in [
        (vec!["go", "900"], "has passages 1 to"),
        (vec!["topic", "the price of coal"], "there is no topic the price of coal"),
        (vec!["stop", "3"], "no tour is open there"),
        (vec!["return"], "there is no presentation"),
    ] {
        let refused = room.remote(&asked);
        assert!(error(&refused).contains(why) && refused.status.code() == Some(1), "{asked:?}: {}", error(&refused));
    }
    assert_eq!(room.remote(&["go", "first"]).status.code(), Some(2));
    // What is being written is not disturbed.
    leader.keys("a");
    leader.until("^S");
    assert!(error(&room.remote(&["next"])).contains("something is being typed"));
    leader.keys("\x1b");
}

#[test]
fn texts_and_addresses_are_opened_in_the_session_that_runs() {
    let room = Room::new();
    let mut leader = room.leader();
    let file = room.shell_home.path().join("own.md");
    fs::write(&file, "# Own words\n\nFirst of all.\n\nThen this.\n\nAnd in the end that.\n").unwrap();
    done(&room.shell(&["own.md:3", "embedded:power-from-below:9", "--remote"]));
    leader.until_at("Own words", 3);
    leader.until_at("Power from Below", 9);
    // The same texts again: they are there, and the places are gone to.
    done(&room.remote(&["open", "own.md:1", "embedded:power-from-below:7"]));
    leader.until_at("Own words", 1);
    leader.until_at("Power from Below", 7);
    let url = format!("diptych://read?left={}:2&right=embedded:the-party-as-instrument:4", file.display());
    done(&room.shell(&[&url]));
    leader.until_at("Own words", 2);
    leader.until_at("The Party as Instrument", 4);
    let missing = room.remote(&["open", "gone.md"]);
    assert!(error(&missing).contains("no such file"), "{}", error(&missing));
    let mut raw = Raw::to(&room.socket(&leader));
    let answer = raw.ask(r#"{"v":1,"do":"open","left":{"text":"own.md"}}"#);
    assert!(answer["why"].as_str().unwrap().contains("named in full"), "{answer}");
}

#[test]
fn nobody_else_is_let_in_what_is_stale_goes_and_one_may_not_want_it() {
    let room = Room::new();
    let leader = room.leader();
    let socket = room.socket(&leader);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&socket), mode(socket.parent().unwrap())), (0o600, 0o700));
    // A session that is killed leaves its socket, which is none any more.
    leader.signal(Signal::KILL);
    let begin = Instant::now();
    while error(&room.remote(&["next"])).is_empty() {
        assert!(begin.elapsed() < PATIENCE);
    }
    assert!(socket.exists());
    assert!(error(&room.remote(&["list"])).contains("no session is there"));
    let named = room.remote(&["state", "--socket", socket.to_str().unwrap()]);
    assert!(error(&named).contains("has ended"), "{}", error(&named));
    let mut second = room.leader();
    assert!(!socket.exists(), "the next one clears it away");
    let own = room.socket(&second);
    second.keys("q");
    assert_eq!(second.ends(), 0);
    assert!(!own.exists(), "a session takes its socket with it");

    let mut silent = room.terminal(home_with_config("listen = false\n"), &[LEFT, RIGHT]);
    silent.until_at("Power from Below", 1);
    silent.settle();
    assert!(!room.socket(&silent).exists());
    assert!(error(&room.remote(&["state"])).contains("listen = false"));
    silent.keys("q");
    assert_eq!(silent.ends(), 0);
}

#[test]
fn a_session_listens_without_a_runtime_folder_and_reads_on_where_it_cannot() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_owned();
    let mut terminal = Terminal::at_home(home, &[LEFT, RIGHT], "xterm-256color");
    terminal.until_at("Power from Below", 1);
    let run = path.join(".local/state/diptych/run");
    terminal.until_so("listening", |terminal| run.join(format!("{}.sock", terminal.pid().as_raw_nonzero())).exists());
    assert_eq!(fs::metadata(&run).unwrap().permissions().mode() & 0o777, 0o700);

    // A folder that others may open is not used, and nothing is said of it.
    let room = Room::new();
    let open = room.runtime.path().join("diptych");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o777)).unwrap();
    let mut terminal = room.terminal(tempfile::tempdir().unwrap(), &[LEFT, RIGHT]);
    terminal.until_at("Power from Below", 1);
    terminal.settle();
    assert_eq!(fs::read_dir(&open).unwrap().count(), 0);
    terminal.keys("12G");
    terminal.until("¶12/");
}

#[test]
fn what_is_no_request_is_refused_and_the_session_reads_on() {
    let room = Room::new();
    let mut leader = room.leader();
    let socket = room.socket(&leader);
    let mut raw = Raw::to(&socket);
    for nonsense in
        ["nonsense", "{}", r#"{"v":1}"#, r#"{"v":9,"do":"next"}"#, r#"{"v":1,"do":"stop","stop":-1}"#, "\u{0}"]
    {
        assert_eq!(raw.ask(nonsense)["answer"], "refused", "{nonsense:?}");
    }
    assert!(raw.ask(&"[".repeat(30_000))["why"].is_string());
    // In the same connection a request is heard all the same; two in one piece are two.
    assert_eq!(
        raw.ask("{\"v\":1,\"do\":\"go\",\"left\":{\"passage\":5}}\n{\"v\":1,\"do\":\"state\"}")["answer"],
        "done"
    );
    assert_eq!(raw.line().unwrap()["left"]["passage"], 5);
    // One that never ends is not waited for.
    let mut long = Raw::to(&socket);
    let _ = long.0.write_all(&vec![b'x'; 80 << 10]);
    assert!(long.line().unwrap()["why"].as_str().unwrap().contains("65536"));
    assert!(matches!(long.0.read(&mut [0; 8]), Ok(0) | Err(_)), "it is closed");
    // More than may be connected are told so.
    let held: Vec<UnixStream> = (0..80).filter_map(|_| UnixStream::connect(&socket).ok()).collect();
    let told = held.iter().filter(|stream| {
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        matches!((&**stream).read(&mut [0; 256]), Ok(1..))
    });
    assert!(told.count() >= 16);
    drop(held);
    leader.keys("12G");
    leader.until("¶12/");
    room.until(|state| state["left"]["passage"] == 12);
}

#[test]
fn who_is_slow_misses_what_was_between_and_holds_up_nobody() {
    let room = Room::new();
    let mut leader = room.leader();
    let socket = room.socket(&leader);
    let mut slow = Raw::to(&socket);
    slow.say(r#"{"v":1,"do":"subscribe"}"#);
    let mut quick = Raw::to(&socket);
    quick.say(r#"{"v":1,"do":"subscribe"}"#);
    assert_eq!(quick.line().unwrap()["answer"], "shown");
    let steps = 400;
    for step in 1..=steps {
        leader.keys(&format!("{}G", 2 + step % 30));
        let passage = 2 + step % 30;
        // Drawn several keys at once, the last of them counts.
        while quick.line().unwrap()["left"]["passage"] != passage {}
        leader.read(Duration::ZERO);
    }
    leader.keys("33G");
    leader.until("¶33/");
    let mut seen = 0;
    while slow.line().unwrap()["left"]["passage"] != 33 {
        seen += 1;
    }
    assert!(seen < steps, "{seen} of {steps} were kept for it");
}

/// A leader with a tour of two stops and a remark, who presents it.
pub fn presenting(room: &Room) -> Terminal {
    let mut leader = room.leader();
    for topic in ["the soviets", "worker control"] {
        leader.keys("t");
        leader.settle();
        leader.keys(topic);
        leader.keys("\r");
        leader.settle();
        leader.keys("P");
        leader.until("of the tour");
    }
    let tour = leader.home.path().join(".local/share/diptych/libraries/embedded/tour.toml");
    leader.until_so("two stops kept", |_| {
        fs::read_to_string(&tour).is_ok_and(|kept| kept.matches("[[stop]]").count() == 2)
    });
    let kept = fs::read_to_string(&tour).unwrap();
    let remark = "title = \"An evening\"\n[[stop]]\nremark = \"Ask who decides.\"\nminutes = 6";
    fs::write(&tour, kept.replacen("[[stop]]", remark, 1)).unwrap();
    leader.keys("q");
    assert_eq!(leader.ends(), 0);
    let mut leader = room.terminal(leader.home, &["tour", "present", LEFT]);
    leader.until("1/2");
    room.until_listening(&leader);
    leader
}

#[test]
fn a_second_screen_shows_the_remark_the_time_and_what_comes_next_and_drives_the_first() {
    let room = Room::new();
    let mut leader = presenting(&room);
    let mut speaker = room.terminal(tempfile::tempdir().unwrap(), &["tour", "speak"]);
    speaker.until("Ask who decides.");
    for words in ["An evening", "stop 1 of 2", "of 6 min", "next: 2", "Worker control", "the title is shown"] {
        speaker.until(words);
    }
    // It drives: the passages come, then the next stop.
    speaker.keys(" ");
    speaker.until("the left passage is shown");
    leader.until("The Party as Instrument");
    speaker.keys("  ");
    leader.until("2/2");
    speaker.until("this is the last stop");
    // So does the presenting screen.
    leader.keys("b");
    speaker.until("stop 1 of 2");
    speaker.keys("2\r");
    leader.until("2/2");
    speaker.keys("7\r");
    speaker.until("no stop 7");
    // Who only reads along is not shown the remark.
    let said = room.remote(&["state"]);
    assert!(!String::from_utf8_lossy(&said.stdout).contains("Ask who"));
    assert_eq!(room.state()["present"]["away"], false);

    // The second screen goes, the first goes on; the first goes, and the second says so.
    let mut third = room.terminal(tempfile::tempdir().unwrap(), &["tour", "speak"]);
    third.until("stop 2 of 2");
    third.signal(Signal::KILL);
    leader.keys("b");
    speaker.until("stop 1 of 2");
    leader.signal(Signal::KILL);
    speaker.until("the leader has gone");
    speaker.keys(" ");
    speaker.until("the leader has gone");
    speaker.keys("q");
    assert_eq!(speaker.ends(), 0);
}

#[test]
fn readers_follow_with_their_own_texts_look_around_and_come_back() {
    let room = Room::new();
    let mut leader = room.leader();
    let mut follower = room.terminal(tempfile::tempdir().unwrap(), &["follow"]);
    follower.until_at("Power from Below", 1);
    follower.until("following");
    done(&room.remote(&["go", "9", "12"]));
    follower.until_at("The Party as Instrument", 9);
    follower.until_at("Power from Below", 12);
    done(&room.remote(&["topic", "soviets"]));
    let state = room.until(|state| state["left"]["passage"] != 9);
    follower.until("The soviets");
    follower.until_at("The Party as Instrument", state["left"]["passage"].as_u64().unwrap() as u32);
    // Once one's own texts stand there, and not what travels along.
    follower.until("┊");
    // Looking around, the leader is let go on.
    follower.keys("gF");
    follower.until("looking around");
    follower.keys("20G");
    follower.until("¶20/");
    done(&room.remote(&["go", "5", "6"]));
    leader.until_at("The Party as Instrument", 5);
    follower.settle();
    follower.until("¶20/");
    follower.keys("gF");
    follower.until_at("The Party as Instrument", 5);
    follower.until_at("Power from Below", 6);
    // A note of the follower's is the follower's.
    follower.keys("a");
    follower.until("^S");
    follower.keys("my own\x13");
    follower.settle();
    let kept = |home: &Path| -> Vec<PathBuf> {
        let mut folders = vec![home.to_owned()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path if fs::read_to_string(&path).is_ok_and(|s| s.contains("my own")) => found.push(path),
                    _ => {}
                }
            }
        }
        found
    };
    let own = kept(follower.home.path());
    assert!(own.iter().all(|path| path.components().any(|c| c.as_os_str() == "following")), "{own:?}");
    assert!(!own.is_empty() && kept(leader.home.path()).is_empty());
    follower.signal(Signal::KILL);
    done(&room.remote(&["go", "7", "7"]));
    leader.until_at("The Party as Instrument", 7);
}

#[test]
fn beside_the_leaders_texts_a_follower_writes_nothing() {
    let room = Room::new();
    let folder = tempfile::tempdir().unwrap();
    let texts = ["a.md", "b.md"].map(|name| folder.path().join(name));
    for path in &texts {
        fs::write(path, "# On bread\n\nThe bread of the council is dear.\n\nNobody bakes it twice.\n").unwrap();
    }
    let [a, b] = texts.each_ref().map(|path| path.to_str().unwrap());
    let leader = room.terminal(tempfile::tempdir().unwrap(), &[a, b]);
    room.until_listening(&leader);
    let mut follower = room.terminal(tempfile::tempdir().unwrap(), &["follow"]);
    follower.until_times("On bread", 2);
    follower.until("The bread of the council");
    // Once one's own texts stand there, and not what travels along.
    follower.until("┊");
    follower.settle();
    let own = follower.home.path().join(".local/share/diptych/following");
    let is_made = |name: &str| {
        let libraries = fs::read_dir(own.join("libraries")).into_iter().flatten().flatten();
        libraries.map(|library| library.path().join(name)).any(|made| made.exists())
    };
    // A note, a link, a topic, a stop: all of it is kept, and elsewhere.
    follower.keys("a");
    follower.until("^S");
    follower.keys("my own\x13");
    follower.until_so("a note kept", |_| is_made("notes"));
    follower.settle();
    follower.keys("+");
    follower.settle();
    follower.keys("\r");
    follower.until_so("a link kept", |_| is_made("links.toml"));
    follower.settle();
    follower.keys("P");
    follower.until_so("a stop kept", |_| is_made("tour.toml"));
    follower.keys("q");
    assert_eq!(follower.ends(), 0);
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.md", "b.md"]);
    let library = fs::read_dir(own.join("libraries")).unwrap().next().unwrap().unwrap().path();
    assert!(
        library.join("notes").is_dir() && library.join("links.toml").is_file() && library.join("tour.toml").is_file()
    );
    assert!(!follower.home.path().join(".local/state/diptych/state.toml").exists());
}

#[test]
fn without_the_leaders_texts_one_reads_what_travels_along() {
    let room = Room::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gone.md");
    fs::write(&path, "# A scarce text\n\nIts first words, nowhere else.\n\nIts second words, nowhere else.\n").unwrap();
    let mut leader = room.terminal(tempfile::tempdir().unwrap(), &[path.to_str().unwrap(), RIGHT]);
    leader.until_at("A scarce text", 1);
    room.until_listening(&leader);
    fs::remove_file(&path).unwrap();
    let mut follower = room.terminal(tempfile::tempdir().unwrap(), &["follow"]);
    follower.until("gone.md (“A scarce text”) is not here");
    follower.until("Its first words, nowhere else.");
    follower.until("Power from Below");
    done(&room.remote(&["go", "2", "7"]));
    follower.until_at("A scarce text", 2);
    follower.until_at("Power from Below", 7);
    follower.keys("s");
    follower.until("looking around");
    done(&room.remote(&["go", "1", "9"]));
    leader.until_at("Power from Below", 9);
    follower.settle();
    follower.until_at("Power from Below", 7);
    follower.keys("s");
    follower.until_at("Power from Below", 9);
    leader.signal(Signal::KILL);
    follower.until("the leader has gone");
    follower.until("Its first words");
    follower.keys("q");
    assert_eq!(follower.ends(), 0);
}

#[test]
fn what_answers_may_be_anything() {
    let room = Room::new();
    let path = room.runtime.path().join("odd.sock");
    let listener = UnixListener::bind(&path).unwrap();
    let answers: [&[u8]; 5] = [
        b"nonsense\n",
        b"{\"v\":7,\"answer\":\"done\"}\n",
        b"{\"v\":1,\"answer\":\"refused\",\"why\":\"\\u001b]0;owned\\u0007\\u001b[31mred\"}\n",
        b"",
        &vec![b'x'; 3 << 20],
    ];
    let expected = ["not a session of Diptych", "version 7", "red", "has gone", "longer than"];
    for (answer, expected) in answers.into_iter().zip(expected) {
        let (listener, answer) = (listener.try_clone().unwrap(), answer.to_vec());
        let other = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 1 << 10]);
            // Who has had enough does not take all of it.
            let _ = stream.write_all(&answer);
        });
        let said = room.remote(&["next", "--socket", path.to_str().unwrap()]);
        let line = error(&said);
        assert!(line.contains(expected) && said.status.code() == Some(1), "{expected}: {line}");
        assert!(!line.contains('\u{1b}') && !line.contains('\u{7}') && line.lines().count() == 1, "{line:?}");
        other.join().unwrap();
    }
    drop(listener);
    let no_socket = room.shell_home.path().join("nowhere.sock");
    let file = room.shell_home.path().join("file.md");
    fs::write(&file, "Words.\n").unwrap();
    for (socket, expected) in [(&path, "has ended"), (&no_socket, "no such socket"), (&file, "a file, and no socket")] {
        let said = room.remote(&["next", "--socket", socket.to_str().unwrap()]);
        assert!(error(&said).contains(expected), "{}", error(&said));
    }
}

#[test]
fn who_looks_around_before_the_own_texts_are_found_reads_those_then() {
    let mut leader = Play::bundled();
    leader.keys("9 G");
    let mut play = Play::bundled();
    play.hold_back = Some(|job| job.work::<FindLed>().is_some());
    play.lead_by(Role::Follower);
    play.tell(Msg::Led(Heard::Shown(Arc::new(leader.app.shown()))));
    play.keys("s").shows("looking around");
    assert!(matches!(play.app.screens.scene(), Scene::Room));
    play.let_go();
    assert!(matches!(play.app.screens.scene(), Scene::Reading));
    assert_eq!(play.passage(Side::Left), 9);
    // The leader goes on without this reader.
    leader.keys("1 2 G");
    play.tell(Msg::Led(Heard::Shown(Arc::new(leader.app.shown()))));
    assert_eq!(play.passage(Side::Left), 9);
}

#[test]
fn a_number_that_no_stop_has_does_no_harm() {
    let mut play = Play::bundled();
    play.lead_by(Role::Speaker);
    let next = Some(NextStop { name: "The end".to_owned(), ..NextStop::default() });
    let tour = Some(ShownTour { stop: Some(usize::MAX), of: 2, next, ..ShownTour::default() });
    play.tell(Msg::Led(Heard::Shown(Arc::new(Shown { tour, ..Shown::default() }))));
    play.shows("The end");
}
