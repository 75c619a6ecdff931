//! Commands of the reader's own: what a program is given and may answer, and that nothing it does holds up reading.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diptych::app::App;
use diptych::app::keys::Keys;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::model::hook::{Given, Hook};
use serde_json::Value;

use crate::cli::{err, out, run};
use crate::looks::home;
use crate::play::Play;
use crate::schemas::assert_valid;
use crate::terminal::{Terminal, home_with_config};

/// A command with the key `D`.
fn hook(argv: &[&str]) -> Hook {
    Hook {
        name: "asked".to_owned(),
        key: "D".to_owned(),
        run: argv.iter().map(ToString::to_string).collect(),
        about: String::new(),
        seconds: 2,
        at: (PathBuf::from("config.toml"), (1, 1)),
    }
}

/// Has a session have this command.
pub fn have(app: &mut App, argv: &[&str]) {
    app.settings.commands = vec![hook(argv)];
    let mut map = app.keys.keymap().clone();
    assert_eq!(map.lay_hooks(&app.settings.commands), []);
    app.keys = Keys::new(map);
}

fn with(argv: &[&str]) -> Play {
    let mut play = Play::bundled();
    have(&mut play.app, argv);
    play
}

/// What a shell script answers; the reader's own settings may name a shell.
fn answering(script: &str) -> Play {
    let mut play = with(&["sh", "-c", script]);
    play.keys("D");
    play
}

#[test]
fn a_program_is_given_all_that_is_read_as_one_json_object() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("given.json");
    let mut play = with(&["sh", "-c", "cat > \"$0\"", file.to_str().unwrap()]);
    let given = || serde_json::from_str::<Value>(&fs::read_to_string(&file).unwrap()).unwrap();
    play.keys("t \"the_soviets\" enter D").shows("asked: done, without an answer");
    let paired = given();
    assert_valid("command-given", &paired);
    assert_eq!((paired["command"].as_str(), paired["topic"]["id"].as_str()), (Some("asked"), Some("soviets")));
    let read = paired["passage"]["passage"].clone();
    assert_eq!(paired["pair"]["left"]["passage"], read);
    assert!(!paired["pair"]["because"].as_array().unwrap().is_empty() && paired["selection"].is_null(), "{paired}");
    assert!(paired["link"].as_str().unwrap().contains(&format!("left=embedded:the-party-as-instrument:{read}")));
    // What is selected, from the right text, by the palette.
    play.keys("esc tab 3 G v : \"asked\" enter");
    let selected = given();
    assert_valid("command-given", &selected);
    assert_eq!((&selected["side"], &selected["selection"]["from"]), (&Value::from("right"), &Value::from(3)));
    let words = selected["selection"]["text"].as_str().unwrap();
    assert!(selected["citation"].as_str().unwrap().contains(words) && play.app.halves.selection().is_none());
    // The URL is one that opens them.
    assert!(fs::read(&file).unwrap().ends_with(b"}"));
}

#[test]
fn words_and_json_are_told_and_notes_are_the_readers_to_save() {
    answering("echo soviet: a council").shows("asked: soviet: a council");
    answering("printf '\\033[31mred\\033[0m \\033]0;title\\007all\\r\\n'").shows("asked: red all");
    let mut play = answering("printf 'one\\n\\n  two\\n'");
    play.shows("asked").shows("one").shows("  two");
    play.keys("esc").hides("  two");
    answering("echo '{\"message\": \"looked up\", \"more\": 1}'").shows("asked: looked up");
    answering("printf '{\"message\": \"a\"}\\n{\"message\": \"b\"}\\n'").shows("a").shows("b");
    answering("true").shows("asked: done, without an answer");
    let mut play = with(&["printf", "%s", "{\"note\": \"a word\\nof mine\"}"]);
    play.keys("5 G D").shows("a word").shows("of mine");
    assert_eq!(play.app.screens.contexts(&play.app.halves), [diptych::app::command::Context::Note]);
    play.keys("esc").hides("of mine");
    assert_eq!(play.app.notes.unfinished(&play.app.screens)[0].body, "a word\nof mine");
    // A second one on the same passage goes on with the first.
    play.keys("D").keys("esc");
    assert_eq!(play.app.notes.unfinished(&play.app.screens)[0].body, "a word\nof mine\n\na word\nof mine");
}

#[test]
fn a_note_that_comes_while_something_lies_over_the_texts_interrupts_nothing() {
    let mut play = with(&["sh", "-c", "echo '{\"note\": \"late\", \"message\": \"said\"}'"]);
    play.hold_back = Some(|job| job.work::<diptych::app::work::hook::RunHook>().is_some());
    play.keys("7 G D").shows("asked…");
    play.keys("9 G t \"sov\"");
    play.let_go();
    play.shows("› sov");
    play.keys("esc");
    let drafts = play.app.notes.unfinished(&play.app.screens);
    assert_eq!((drafts.len(), drafts[0].body.as_str()), (1, "late"));
    let passage = drafts[0].targets[0].anchor.locator();
    assert_eq!(passage, "¶7", "on the passage that was read when it was asked");
}

#[test]
fn a_long_answer_beside_a_note_is_a_page_once_the_note_is_put_aside() {
    let mut play = with(&["printf", "%s", "{\"note\": \"of mine\", \"message\": \"first\\nsecond to none\"}"]);
    play.keys("5 G D").shows("of mine").hides("second to none");
    play.keys("esc").shows("second to none").hides("of mine");
    play.keys("esc").hides("second to none");
    play.keys("j").hides("second to none");
}

#[test]
fn what_fails_costs_one_line() {
    answering("echo no such word >&2; exit 3").shows("asked: it failed (exit 3): no such word");
    answering("kill -9 $$").shows("asked: it was ended by signal 9");
    answering("echo '{\"message\": 7}'").shows("must be words in quotation marks");
    answering("echo '{\"answer\": \"a\"}'").shows("neither `message` nor `note`");
    answering("yes").shows("it wrote more than 256 KiB and was stopped");
    answering("yes >&2").shows("it wrote more than 256 KiB and was stopped");
    with(&["no-such-program-at-all"]).keys("D").shows("there is no program no-such-program-at-all");
    with(&["/"]).keys("D").shows("asked: / cannot be run");
    // It asks for nothing and is given much.
    let mut play = with(&["sh", "-c", "exec <&-; echo deaf"]);
    play.keys("D").shows("asked: deaf");
}

/// Runs a program until it ends, is stopped, or its time is over, and says how long that took.
fn took(argv: &[&str], wanted: &dyn Fn() -> bool) -> (Result<usize, String>, Duration) {
    let begun = Instant::now();
    let library = Library::new(Arc::new(Os), None);
    let hook = Hook { seconds: 1, ..hook(argv) };
    let said = library.run_hook(&hook, &Given::default(), wanted);
    (said.map(|said| said.len()).map_err(|line| line.to_string()), begun.elapsed())
}

#[test]
fn what_hangs_is_stopped_with_all_that_it_started() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("alive");
    let script = "trap '' TERM; (while sleep 0.05; do date +%s%N > \"$0\"; done) & wait";
    let argv = ["sh", "-c", script, file.to_str().unwrap()];
    let (said, time) = took(&argv, &|| true);
    assert_eq!(said, Err("asked: it took more than 1 s and was stopped".to_owned()));
    assert!(time >= Duration::from_secs(1));
    let is_alive = || {
        let before = fs::read(&file).unwrap();
        thread::sleep(Duration::from_millis(300));
        fs::read(&file).unwrap() != before
    };
    assert!(!is_alive(), "what it started has ended");
    // And at once where nobody wants to know any more.
    let wanted = AtomicBool::new(true);
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(100));
            wanted.store(false, Ordering::Relaxed);
        });
        assert_eq!(took(&argv, &|| wanted.load(Ordering::Relaxed)).0, Ok(0));
    });
    assert!(!is_alive());
    // One that leaves something running behind it is answered without waiting for that.
    let (said, _) = took(&["sh", "-c", "sleep 60 & echo done"], &|| true);
    assert_eq!(said, Ok(1));
}

#[test]
fn escape_stops_it_and_reading_goes_on_meanwhile() {
    let source = "[commands.slow]\nrun = [\"sleep\", \"60\"]\nkey = \"g D\"\nabout = \"Take long\"\nseconds = 60\n";
    let mut terminal = Terminal::at_home(home_with_config(source), &[], "xterm-256color");
    terminal.until_at("Power from Below", 1);
    terminal.keys("g");
    terminal.until("D slow");
    terminal.keys("D");
    terminal.until("slow… Esc stops it");
    terminal.keys("12G");
    terminal.until_at("The Party as Instrument", 12);
    terminal.keys("gD");
    terminal.until("slow is still running; Esc stops it");
    terminal.keys("\x1b");
    terminal.until("slow was stopped");
    terminal.keys("?take long");
    terminal.until("Your own commands");
    terminal.keys("\x1b");
    terminal.settle();
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn only_the_readers_own_settings_name_programs() {
    let dir = tempfile::tempdir().unwrap();
    let (texts, home) = (dir.path().join("texts"), dir.path().join("home/.config/diptych"));
    fs::create_dir_all(texts.join(".config/diptych")).unwrap();
    fs::create_dir_all(&home).unwrap();
    let commands = "[commands.evil]\nrun = [\"touch\", \"/tmp/evil\"]\nkey = \"j\"\n";
    for name in ["config.toml", ".config/diptych/config.toml", "topics.toml", "keymap.toml", "links.toml"] {
        fs::write(texts.join(name), commands).unwrap();
    }
    fs::write(texts.join("a.md"), "---\ntitle: A\ncommands: {evil: {run: [touch]}}\n---\nWords.\n").unwrap();
    let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
    library.begin_soon(&[&library.request(texts.join("a.md").to_str().unwrap()).unwrap()]);
    assert_eq!(library.settings().0.commands, []);
    assert!(!out(&run(&texts, &["keys"])).contains("evil"));
    // Their own file, as long as nobody else can write it.
    let own = home.join("config.toml");
    fs::write(&own, format!("speak = [\"say\"]\n{commands}")).unwrap();
    let settings = library.settings().0;
    assert_eq!((settings.commands.len(), settings.speak), (1, vec!["say".to_owned()]));
    fs::set_permissions(&own, fs::Permissions::from_mode(0o666)).unwrap();
    let (settings, mistakes) = library.settings();
    assert_eq!((settings.commands, settings.speak), (Vec::new(), Vec::new()));
    assert!(mistakes[0].to_string().contains("others may write it, so the programs in it are left aside"));
}

/// What is told of a file of settings, by `diptych check`.
fn checked(source: &str) -> String {
    let dir = home(&[("config.toml", source)]);
    out(&run(Path::new(dir.path()), &["check", "embedded:"]))
}

#[test]
fn mistakes_are_told_with_their_line_and_cost_their_command_only() {
    let told = checked(
        "measure = 60\n[commands.shell]\nrun = \"dict $word\"\n[commands.none]\nkey = \"D\"\n[commands.Big]\nrun = [\"a\"]\n\
         [commands.near]\nrun = [\"./a\"]\n[commands.long]\nrun = [\"a\"]\nsecond = 3\n[commands.help]\nrun = [\"a\"]\n\
         [commands.key]\nrun = [\"a\"]\nkey = \"D Q\"\n[commands.again]\nrun = [\"a\"]\nkey = \"D\"\n\
         [commands.odd]\nrun = [\"a\"]\nkey = \"hyper-x\"\n[commands.time]\nrun = [\"a\"]\nseconds = 0\n",
    );
    for line in [
        "config.toml:3:7: `run` is a list of words, the program first",
        "config.toml:4:11: `run` is a list of words",
        "config.toml:6:11: `Big` is not a name for a command",
        "config.toml:9:7: `./a`: name the program alone, or in full",
        "config.toml:12:10: a command has no `second`; did you mean `seconds`?",
        "config.toml:13:11: `help` is a command of Diptych itself",
        "config.toml:18:11: `again`: its key is that of `key`",
        "config.toml:21:11: `odd`: ",
        "config.toml:26:11: `seconds` must be a whole number from 1 to 600",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    assert!(told.contains("9 things are wrong"), "{told}");
    let dir = home(&[("config.toml", "[commands.word]\nrun = [\"a\"]\nkey = \"g 9\"\n")]);
    let keys = run(dir.path(), &["keys"]);
    assert!(out(&keys).contains("Your own commands, from config.toml\n    g9"), "{}{}", out(&keys), err(&keys));
}
