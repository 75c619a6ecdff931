//! The law behind `raw`: whatever command the program has, and whatever command a session has, nothing comes out of it raw.
//!
//! Both tables are walked as they are, each command in every form and on every screen it has: one that is added is held too,
//! or the law says that it does not know how to call it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory as _;
use diptych::app::command::{Context, Takes};
use diptych::app::commands;
use diptych::app::message::Msg;
use diptych::app::room::{Heard, Role};
use diptych::cli::args::Cli;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::text::clean::Clean;
use diptych::wire::message::{
    Answer, NextStop, Presented, Shown, ShownBlock, ShownText, ShownTopic, ShownTour, line_of, read,
};

use crate::play::Play;
use crate::raw::{RAW, check, hostile_library, is_raw, run};

/// What a subcommand is called with; `None` for one that the law does not know.
fn arguments<'a>(command: &str, a: &'a str, b: &'a str) -> Option<Vec<&'a str>> {
    Some(match command {
        "compare" | "links" | "cards" | "align" | "topics suggest" | "topics" | "topics export" | "cite"
        | "notes export" => vec![a, b],
        "passages" | "remote open" => vec![b],
        "topics import" => vec!["codes.qdc"],
        "notes import" => vec!["annotations.json", a],
        "import" => vec![b, "-o", "-"],
        "check" | "mend" => vec!["."],
        "search" => vec!["oven"],
        "merge" => vec![".", "other", "-o", "merged"],
        "theme" => vec!["evil"],
        "completions" => vec!["bash"],
        "notes list" | "notes check" | "keys" | "config" | "doctor" | "man" | "tour print" | "tour check"
        // Of a session that is not there.
        | "tour present" | "tour speak" | "follow" | "remote list" | "remote state" | "remote watch" | "remote next"
        | "remote back" | "remote return" => vec![],
        "remote go" => vec!["14"],
        "remote topic" | "remote say" => vec![a],
        "remote stop" => vec!["1"],
        _ => return None,
    })
}

/// Every subcommand that does something, by its whole name.
fn leaves(command: &clap::Command, above: &str, found: &mut Vec<(String, clap::Command)>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("{above} {}", sub.get_name()).trim().to_owned();
        if !sub.is_subcommand_required_set() && (sub.get_subcommands().next().is_none() || name == "topics") {
            found.push((name.clone(), sub.clone()));
        }
        leaves(sub, &name, found);
    }
}

/// The options of a subcommand that need no more than to be named, each with every value that it may have.
fn forms(command: &clap::Command) -> Vec<Vec<String>> {
    let mut forms = vec![Vec::new()];
    for option in command.get_arguments().filter(|option| !option.is_positional()) {
        let Some(long) = option.get_long().filter(|long| !matches!(*long, "help" | "version" | "force")) else {
            continue;
        };
        let values = option.get_possible_values();
        if !option.get_action().takes_values() {
            forms.push(vec![format!("--{long}")]);
        }
        for value in values.iter().filter(|value| !matches!(value.get_name(), "true" | "false")) {
            forms.push(vec![format!("--{long}"), value.get_name().to_owned()]);
        }
    }
    forms
}

#[test]
fn no_subcommand_in_any_form_prints_anything_raw() {
    let (dir, names) = hostile_library();
    let (a, b) = ("a.md", names[2].as_str());
    let other = dir.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::copy(dir.path().join("a.md"), other.join("again.md")).unwrap();
    fs::copy(dir.path().join("links.toml"), other.join("links.toml")).unwrap();
    let themes = dir.path().join("home/.config/diptych/themes");
    fs::create_dir_all(&themes).unwrap();
    fs::write(themes.join("evil.toml"), "\"\\u001b[31m\u{202e}\" = \"\\u001b]0;PWN\\u0007\"\n").unwrap();
    let mut all = Vec::new();
    leaves(&Cli::command(), "", &mut all);
    assert!(all.len() > 30, "{}", all.len());
    for (name, command) in &all {
        let given = arguments(name, a, b).unwrap_or_else(|| panic!("the law does not know how to call `{name}`"));
        for form in forms(command) {
            let words: Vec<&str> =
                name.split(' ').chain(given.iter().copied()).chain(form.iter().map(String::as_str)).collect();
            // A project of another program is a file of many; `raw` looks into it.
            if !words.contains(&"qdpx") {
                run(dir.path(), &words);
            }
        }
    }
    let merged = files_below(&dir.path().join("merged"));
    assert!(!merged.is_empty());
    for file in merged {
        check("a file that was merged", file.to_string_lossy().as_bytes());
    }
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let inside = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    inside.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The keys that lead from reading to where each context is in force.
const WAYS: [(Context, &str); 16] = [
    (Context::Reading, ""),
    (Context::Selecting, "v"),
    (Context::Synopsis, "g s"),
    (Context::Map, "g m"),
    (Context::Loom, ": \"loom\" enter"),
    (Context::Dispute, "g q enter"),
    (Context::Tour, "g r"),
    (Context::Cards, "g k"),
    (Context::Present, "g p"),
    (Context::Picker, "t"),
    (Context::Prompt, "/"),
    (Context::Form, "T"),
    (Context::Page, "w"),
    (Context::Help, "?"),
    (Context::Note, "a"),
    (Context::Notes, "g n"),
];

/// The keys of a context, and what they are bound to.
fn bound(context: Context) -> Vec<(String, String)> {
    let keymap: toml::Table = include_str!("../../keymap.toml").parse().unwrap();
    let keys = keymap[&context.to_string()].as_table().unwrap();
    keys.iter().filter_map(|(key, name)| Some((key.clone(), name.as_str()?.to_owned()))).collect()
}

/// Holds that nothing on the screen is raw, and nothing that was copied or is to be opened.
fn shows_nothing_raw(play: &mut Play, what: &str) {
    let screen = play.screen().join("\n");
    let raw = screen.char_indices().find(|(_, c)| is_raw(*c));
    assert!(raw.is_none(), "{what}: {:?}", raw.map(|(at, _)| screen[at..].chars().take(20).collect::<String>()));
    for words in play.copied.drain(..).chain(play.browsed.drain(..)) {
        check(what, words.as_bytes());
    }
}

#[test]
fn no_command_of_a_session_shows_or_hands_out_anything_raw() {
    let (dir, names) = hostile_library();
    let library = || Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let begin = || {
        let mut play = Play::keeping(library(), &at("a.md"), &at(&names[1]));
        play.app.shelf.fill(library().shelf_beside(&[at("a.md")]));
        play.keys("t enter");
        play
    };
    let mut reached = BTreeSet::new();
    for (context, way) in WAYS {
        let mut play = begin();
        for (key, name) in bound(context) {
            let Some(command) = commands::all().find(|command| command.name == name) else { continue };
            play.keys("esc esc esc").keys(way);
            play.keys(&key);
            if command.takes == Takes::Letter {
                play.keys("a");
            }
            reached.insert(command.name);
            shows_nothing_raw(&mut play, &format!("`{}` on {context}", command.name));
            if play.ended {
                play = begin();
            }
        }
    }
    let missed: Vec<&str> =
        commands::all().map(|command| command.name).filter(|name| !reached.contains(name)).collect();
    assert!(missed.len() < 40, "{missed:?}");
}

/// What a hostile session says that it shows: every word of it raw.
fn hostile_words() -> Answer {
    let words = || Some(RAW.to_owned());
    let block = |kind: &str| ShownBlock { passage: Some(3), kind: kind.to_owned(), words: format!("The oven {RAW}.") };
    let kinds = ["heading", "paragraph", "item", "quotation", "verse", "code", "table", "picture", "footnote", RAW];
    let text = |lost: Option<String>| ShownText {
        text: RAW.to_owned(),
        title: RAW.to_owned(),
        hash: RAW.to_owned(),
        passage: Some(3),
        of: 9,
        section: words(),
        lost,
        blocks: kinds.map(block).to_vec(),
        ..ShownText::default()
    };
    let next = NextStop { name: RAW.to_owned(), passages: RAW.to_owned(), minutes: Some(2) };
    let tour = ShownTour {
        title: RAW.to_owned(),
        stop: Some(1),
        of: 2,
        name: RAW.to_owned(),
        remark: words(),
        minutes: Some(1),
        planned: 3,
        next: Some(next),
    };
    Answer::Shown(Box::new(Shown {
        session: 1,
        screen: "present".to_owned(),
        title: RAW.to_owned(),
        left: Some(text(None)),
        right: Some(text(words())),
        leads: "left".to_owned(),
        topic: Some(ShownTopic { id: RAW.to_owned(), name: RAW.to_owned() }),
        tour: Some(tour),
        present: Some(Presented { shown: "both".to_owned(), lit: words(), ..Presented::default() }),
    }))
}

#[test]
fn nothing_that_a_leader_says_is_shown_raw() {
    let (dir, _) = hostile_library();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    for (role, context) in [(Role::Speaker, Context::Lectern), (Role::Follower, Context::Room)] {
        for (key, name) in bound(context) {
            let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
            let mut play = Play::keeping(library, &at("a.md"), &at("b.txt"));
            play.lead_by(role);
            let Ok(Answer::Shown(shown)) = read(&line_of(&hostile_words())) else { panic!("it is read") };
            play.tell(Msg::Led(Heard::Shown(Arc::new(*shown))));
            shows_nothing_raw(&mut play, &format!("{context} before `{name}`"));
            play.keys(&key);
            shows_nothing_raw(&mut play, &format!("`{name}` on {context}"));
            play.tell(Msg::Led(Heard::Refused(Clean::line(RAW))));
            shows_nothing_raw(&mut play, &format!("a refusal on {context}"));
        }
    }
}
