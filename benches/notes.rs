//! How long ten thousand notes take: reading their folder, opening the list, narrowing it.
//!
//! `cargo bench --bench notes`. The folder is made in the folder for temporary files.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use diptych::anchor::{Anchor, TextId};
use diptych::app::App;
use diptych::app::key::Key;
use diptych::app::keymap::Keymap;
use diptych::app::message::Msg;
use diptych::app::settings::Settings;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::note::file::{parse, write};
use diptych::note::stamp::Stamp;
use diptych::note::{Note, NoteId, Target, name};
use diptych::topic::codebook::Codebook;
use diptych::view;
use diptych::view::theme::{Depth, Ground, Theme};
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const NOTES: usize = 10_000;
const TEXT: &str = "embedded:power-from-below";

fn main() {
    divan::main();
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
    for effect in app.take_effects() {
        if let diptych::app::message::Effect::Load { request, what, .. } = effect {
            let loaded = library.load_whole(&what).expect("an embedded text");
            app.update(Msg::Loaded { side: diptych::link::Side::Left, request, result: Ok(Box::new(loaded)) });
        }
    }
    app.update(Msg::Notes(library.notes_of(&[TEXT.to_owned()])));
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
        app.update(Msg::Notes(diptych::app::notes::kept::NotesRead::default()));
        app
    };
    bencher.with_inputs(|| (app(), read.clone())).bench_values(|(mut app, read)| app.update(Msg::Notes(read)).len());
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
