//! How long ten thousand notes take: reading their folder, opening the list, narrowing it.
//!
//! `cargo bench --bench notes`. The bars are printed first, as rows of a table, each with what was measured. The folder is made in the folder for temporary files.

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use diptych::anchor::{Anchor, TextId};
use diptych::app::App;
use diptych::app::key::Key;
use diptych::app::keymap::Keymap;
use diptych::app::message::Msg;
use diptych::app::work::answer;
use diptych::app::work::load::{Answer, Load};
use diptych::app::work::notes::ReadNotes;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::model::settings::Settings;
use diptych::note::file::{parse, write};
use diptych::note::stamp::Stamp;
use diptych::note::{Note, NoteId, Target, name};
use diptych::topic::codebook::Codebook;
use diptych::view;
use diptych::view::theme::{Depth, Ground, Theme};
use divan::Bencher;
use pty_process::Size;
use pty_process::blocking::{Command, open};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const NOTES: usize = 10_000;
const TEXT: &str = "embedded:power-from-below";

/// The bar: the list of ten thousand notes is on the screen within so much.
const LIST: Duration = Duration::from_millis(100);
/// And they slow the first screen by no more than this.
const FIRST_SCREEN: Duration = Duration::from_millis(20);

fn main() {
    bars();
    divan::main();
}

/// The two bars, as rows of a table: medians, so that a busy machine counts for less.
fn bars() {
    println!("| what | bar | measured | |");
    println!("| --- | --- | --- | --- |");
    let mut app = session();
    let list = median(21, || {
        let begin = Instant::now();
        app.update(Msg::Key(Key::char('g')));
        app.update(Msg::Key(Key::char('n')));
        let shown = frame(&app);
        let took = begin.elapsed();
        app.update(Msg::Key(Key::named(diptych::app::key::Named::Esc)));
        drop(shown);
        took
    });
    app.update(Msg::Key(Key::char('g')));
    app.update(Msg::Key(Key::char('n')));
    let letter = median(21, || {
        let begin = Instant::now();
        app.update(Msg::Key(Key::char('e')));
        let shown = frame(&app);
        let took = begin.elapsed();
        app.update(Msg::Key(Key::named(diptych::app::key::Named::Backspace)));
        drop(shown);
        took
    });
    let verdict = |met| if met { "met" } else { "**missed**" };
    let told = |what: &str, bar: Duration, took: Duration| {
        println!("| 10,000 notes: {what} | {bar:?} | {took:.1?} | {} |", verdict(took <= bar));
    };
    told("from `g n` to the drawn list", LIST, list);
    told("from a letter typed into it to the drawn list", LIST, letter);
    let [with, without] = [home().clone(), empty_home()].map(|home| median(9, || first_screen(&home)));
    let slower = with.saturating_sub(without);
    println!(
        "| 10,000 notes: first screen of the bundled pair in the program | {FIRST_SCREEN:?} later than without | \
         {with:.1?} against {without:.1?} | {} |",
        verdict(slower <= FIRST_SCREEN)
    );
    println!();
}

fn median(times: usize, mut one: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..times).map(|_| one()).collect();
    all.sort();
    all[times / 2]
}

/// A home without notes.
fn empty_home() -> PathBuf {
    let home = std::env::temp_dir().join("diptych-bench-no-notes");
    fs::create_dir_all(&home).expect("a folder");
    home
}

/// How long the program itself takes to its first screen in a pseudo-terminal, with the notes of `home`.
fn first_screen(home: &Path) -> Duration {
    let (mut master, terminal) = open().expect("a pseudo-terminal");
    master.resize(Size::new(48, 160)).expect("a size");
    let command = Command::new(env!("CARGO_BIN_EXE_diptych")).args(["embedded:the-party-as-instrument", TEXT]);
    let command = command.env_clear().env("TERM", "xterm-256color").env("HOME", home);
    let begin = Instant::now();
    let mut child = command.spawn(terminal).expect("the program");
    let (mut seen, mut buffer) = (Vec::new(), [0; 1 << 14]);
    let wanted = b"Eight hundred and thirty-six";
    while !seen.windows(wanted.len()).any(|window| window == wanted) {
        let count = master.read(&mut buffer).expect("something on the screen");
        seen.extend_from_slice(&buffer[..count]);
    }
    let took = begin.elapsed();
    child.kill().expect("it runs");
    let _ = child.wait();
    took
}

/// A note of some sixty words, with its passage quoted.
fn note(n: usize) -> Note {
    let source = include_str!("../texts/power-from-below.md");
    let paragraphs: Vec<&str> = source.split("\n\n").filter(|p| p.len() > 200).collect();
    let quote = paragraphs[n % paragraphs.len()].replace('\n', " ");
    let mut body = format!("Note {n}: ");
    for word in paragraphs[n * 7 % paragraphs.len()].split_whitespace().take(60) {
        let _ = write!(body, "{word} ");
    }
    let _ = write!(body, "\n#tag{}", n % 40);
    let anchor = Anchor {
        text: TextId::from(TEXT),
        hash: 0x1234,
        importer: 2,
        passage: (n % 30) as u32 + 1,
        heading: None,
        note: None,
        start: 0,
        end: quote.len() as u32,
        point: None,
        rival: None,
        exact: quote,
        prefix: "what stood before it, about sixty-four characters of the text".to_owned(),
        suffix: "what stood after it, about sixty-four characters of the text".to_owned(),
    };
    let created = Stamp::of_seconds(1_700_000_000 + n as i64 * 3600);
    let target = Target { anchor, citation: "Anna Example, *Power from Below*, 1920, ¶3".to_owned() };
    Note {
        id: NoteId(name::stem(created, &body, 1)),
        created: Some(created),
        author: None,
        modified: Some(created),
        listed_tags: Vec::new(),
        topic: Some("soviets".to_owned()),
        targets: vec![target],
        body,
    }
}

/// A home with ten thousand notes on an embedded text; made once a day.
fn home() -> &'static PathBuf {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    HOME.get_or_init(|| {
        let home = std::env::temp_dir().join("diptych-bench-notes");
        let folder = Folders::under(&home).of_library("embedded").join("notes");
        fs::create_dir_all(&folder).expect("a folder for the notes");
        for n in 0..NOTES {
            let note = note(n);
            let path = folder.join(format!("{}.md", note.id));
            if !path.exists() {
                fs::write(path, write(&note)).expect("a note");
            }
        }
        home
    })
}

fn library() -> Library {
    Library::new(Arc::new(Os), Some(Folders::under(home())))
}

fn session() -> App {
    let library = library();
    let mut app = App::new(Keymap::built_in().0, Settings::default(), Arc::new(Codebook::default()));
    app.update(Msg::Resize(160, 48));
    app.open_text(diptych::link::Side::Left, TEXT);
    for effect in app.out.take_effects() {
        if let diptych::app::message::Effect::Work(job) = effect
            && let Some(Load { request, what, .. }) = job.work()
        {
            let loaded = library.load_whole(what).expect("an embedded text");
            app.update(job.answer::<Load>(Answer::Read { request: *request, result: Ok(Box::new(loaded)) }));
        }
    }
    app.update(answer::<ReadNotes>(library.notes_of(&[TEXT.to_owned()])));
    app
}

fn frame(app: &App) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 160, 48));
    view::draw(app, &Theme::new(Ground::Dark, Depth::Many), &mut buffer);
    buffer
}

#[divan::bench]
fn parse_one(bencher: Bencher) {
    let source = write(&note(3));
    bencher.bench(|| parse(&source, "x"));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn read_ten_thousand(bencher: Bencher) {
    bencher.with_inputs(library).bench_values(|library| library.notes_of(&[TEXT.to_owned()]).notes.len());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn read_ten_thousand_again(bencher: Bencher) {
    let library = library();
    library.notes_of(&[TEXT.to_owned()]);
    bencher.bench(|| library.notes_of(&[TEXT.to_owned()]).notes.len());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn take_in_ten_thousand(bencher: Bencher) {
    let read = library().notes_of(&[TEXT.to_owned()]);
    let app = || {
        let mut app = session();
        app.update(answer::<ReadNotes>(diptych::model::notes::NotesRead::default()));
        app
    };
    bencher
        .with_inputs(|| (app(), read.clone()))
        .bench_values(|(mut app, read)| app.update(answer::<ReadNotes>(read)).len());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn open_the_list(bencher: Bencher) {
    let mut app = session();
    bencher.bench_local(|| {
        app.update(Msg::Key(Key::char('g')));
        app.update(Msg::Key(Key::char('n')));
        let shown = frame(&app);
        app.update(Msg::Key(Key::named(diptych::app::key::Named::Esc)));
        shown
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn type_a_letter_into_the_list(bencher: Bencher) {
    let mut app = session();
    app.update(Msg::Key(Key::char('g')));
    app.update(Msg::Key(Key::char('n')));
    bencher.bench_local(|| {
        app.update(Msg::Key(Key::char('e')));
        let shown = frame(&app);
        app.update(Msg::Key(Key::named(diptych::app::key::Named::Backspace)));
        shown
    });
}
