//! What is fed with nonsense: every reader of a file that may come from a stranger, and the session itself.
//!
//! A target takes bytes and must come back, without a panic and with overflow checks on. Two runners feed them: cargo-fuzz
//! (`fuzz_targets/`), and on a stable toolchain `cargo run --release --bin run` ([`mutate`]).

pub mod feeding;
pub mod mutate;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::channel;

use diptych::app::App;
use diptych::app::key::{Key, Named};
use diptych::app::keymap::Keymap;
use diptych::app::message::{Effect, Msg};
use diptych::app::search::{Query, search};
use diptych::app::work::Desk;
use diptych::export::notes::received;
use diptych::import::{Hint, import};
use diptych::library::disk::Os;
use diptych::library::{Library, preferences, topics};
use diptych::link::Side;
use diptych::link::links_file;
use diptych::model::settings::Settings;
use diptych::topic::codebook::Codebook;
use diptych::topic::qdc;
use diptych::view;
use diptych::view::theme::{Depth, Ground, Theme};
use diptych::word::spots::Spots;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Something that is fed.
pub struct Target {
    /// What it is called.
    pub name: &'static str,
    /// The folder of its seeds.
    pub seeds: &'static str,
    /// Feeds it.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "import", seeds: "import", run: importing },
    Target { name: "topics", seeds: "topics", run: topics_file },
    Target { name: "links", seeds: "links", run: links },
    Target { name: "tour", seeds: "tour", run: tour },
    Target { name: "note", seeds: "note", run: note },
    Target { name: "annotations", seeds: "annotations", run: annotations },
    Target { name: "codebook", seeds: "codebook", run: codebook },
    Target { name: "keymap", seeds: "keymap", run: keymap },
    Target { name: "settings", seeds: "settings", run: settings },
    Target { name: "search", seeds: "search", run: searching },
    Target { name: "keys", seeds: "keys", run: keys },
];

/// Names of files, by which a format is told that the bytes do not tell.
const NAMES: [&str; 16] = [
    "a.md", "a.txt", "a.html", "a.epub", "a.docx", "a.odt", "a.rtf", "a.fb2", "a.mobi", "a.mhtml", "a.tei", "a.org",
    "a.rst", "a.tex", "a.srt", "a.pdf",
];

/// The first byte names the file. What is imported is written as Markdown, and read again.
fn importing(data: &[u8]) {
    let Some((which, bytes)) = data.split_first() else { return };
    let hint = Hint::named(NAMES[usize::from(*which) % NAMES.len()]);
    let Ok(imported) = import(bytes, &hint) else { return };
    let written = diptych::import::to_markdown::to_markdown(&imported.text);
    let Ok(again) = import(written.as_bytes(), &Hint::named("a.md")) else { return };
    let twice = diptych::import::to_markdown::to_markdown(&again.text);
    assert_eq!(written, twice, "what is written is read back");
}

fn lossy(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

fn topics_file(data: &[u8]) {
    let (book, faults) = topics::parse(&lossy(data));
    let _ = (book.tree().preorder().len(), faults.len());
    for fault in faults {
        let _ = fault.to_string();
    }
}

fn links(data: &[u8]) {
    let (all, faults) = links_file::parse(&lossy(data));
    let _ = (diptych::link::judgement::fold(all).len(), faults.len());
}

fn tour(data: &[u8]) {
    let (tour, _) = diptych::tour::file::parse(&lossy(data));
    let _ = (tour.minutes(), tour.moved(0, 3));
}

fn note(data: &[u8]) {
    let source = lossy(data);
    let (note, _) = diptych::note::file::parse(&source, "n");
    let written = diptych::note::file::write(&note);
    let _ = diptych::note::file::parse(&written, "n");
}

fn annotations(data: &[u8]) {
    let _ = received::read(&lossy(data)).is_ok();
}

fn codebook(data: &[u8]) {
    if let Ok(source) = qdc::decode(data) {
        let _ = qdc::parse(&source).is_ok();
    }
}

fn keymap(data: &[u8]) {
    let (mut map, _) = Keymap::built_in();
    let _ = map.lay_over(&lossy(data)).len();
}

fn settings(data: &[u8]) {
    let Ok(file) = tempfile::NamedTempFile::new() else { return };
    if std::fs::write(file.path(), data).is_ok() {
        let _ = preferences::settings(&Os, file.path()).1.len();
    }
}

/// The first line is what is searched for, a regular expression where the first byte is odd; the rest is the text.
fn searching(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let source = lossy(rest);
    let (words, text) = source.split_once('\n').unwrap_or((&source, ""));
    let Ok(imported) = import(text.as_bytes(), &Hint::named("a.txt")) else { return };
    let query = Query { words: words.to_owned(), regex: kind % 2 == 1 };
    let found = search(&imported.text, &Spots::default(), &query, None, &|| ControlFlow::Continue(()));
    for (from, to) in found.hits {
        assert!(imported.text.string().get(from as usize..to as usize).is_some(), "a hit is of whole characters");
    }
}

/// Keys and sizes: each byte is a key, but for those that are followed by a size. What is typed after `/` and `:` is a
/// search, a regular expression among them.
fn keys(data: &[u8]) {
    let library = Library::new(Arc::new(Os), None);
    let mut app = App::new(Keymap::built_in().0, Settings::default(), Arc::new(Codebook::default()));
    for (side, text) in [(Side::Left, "embedded:introduction"), (Side::Right, "embedded:second-lesson")] {
        app.open_text(side, text);
    }
    let mut first = Some(app.out.take_effects());
    let mut session = |message: Msg| {
        let mut due = first.take().unwrap_or_default();
        due.extend(app.update(message));
        let mut performed = 0;
        while let Some(effect) = due.pop() {
            let Effect::Work(job) = effect else { continue };
            performed += 1;
            if performed > 100 {
                break;
            }
            let (sender, answers) = channel();
            let desk = Desk::new(move |message| drop(sender.send(message)), || {});
            job.perform(&library, &desk);
            drop(desk);
            for answer in answers {
                due.extend(app.update(answer));
            }
        }
        let (columns, rows) = app.halves.screen();
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns.max(1), rows.max(1)));
        view::draw(&app, &Theme::new(Ground::Dark, Depth::Sixteen), &mut buffer);
    };
    session(Msg::Resize(100, 30));
    let mut bytes = data.iter().take(200);
    while let Some(byte) = bytes.next() {
        match byte {
            0xff => {
                let size = |byte: Option<&u8>| u16::from(byte.copied().unwrap_or(1)).max(1);
                session(Msg::Resize(size(bytes.next()), size(bytes.next())));
            }
            0x1b => session(Msg::Key(Key::named(Named::Esc))),
            b'\r' | b'\n' => session(Msg::Key(Key::named(Named::Enter))),
            byte => session(Msg::Key(Key::char(char::from(*byte & 0x7f)))),
        }
    }
}
