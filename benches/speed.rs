//! How long the parts of reading take, on text made here: parse, wrap, frame, topics, index, rank.
//!
//! `cargo bench --bench speed` prints medians; whole-program figures are in `benches/README.md`.

use std::ops::ControlFlow;
use std::sync::Arc;

use diptych::app::App;
use diptych::app::key::Key;
use diptych::app::keymap::Keymap;
use diptych::app::message::Msg;
use diptych::app::work::answer;
use diptych::app::work::load::{Answer, Load};
use diptych::import::{Hint, import};
use diptych::layout::Flow;
use diptych::layout::cursor::Cursor;
use diptych::link::Side;
use diptych::link::index::PassageIndex;
use diptych::link::pairing::{Ask, Pairing};
use diptych::link::quotation::shared_quotations;
use diptych::model::open::{Loaded, Open};
use diptych::model::settings::Settings;
use diptych::text::clean::Clean;
use diptych::text::passage::PassageNo;
use diptych::text::{Place, Text};
use diptych::topic::codebook::Codebook;
use diptych::topic::coverage::Coverage;
use diptych::view;
use diptych::view::theme::{Depth, Ground, Theme};
use diptych::word::language::Language;
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

/// The bundled texts, over and over, until there are `bytes` of plain text.
fn prose(bytes: usize) -> String {
    const TEXTS: [&str; 3] = [
        include_str!("../texts/the-party-as-instrument.md"),
        include_str!("../texts/power-from-below.md"),
        include_str!("../texts/biography-of-a-slogan.md"),
    ];
    let paragraphs: Vec<&str> = TEXTS.iter().flat_map(|t| t.split("\n\n")).filter(|p| p.len() > 200).collect();
    let mut out = String::with_capacity(bytes + 2000);
    for i in 0.. {
        if out.len() >= bytes {
            break;
        }
        out.push_str(paragraphs[i * 7 % paragraphs.len()]);
        out.push_str("\n\n");
    }
    out
}

fn text(bytes: usize) -> Arc<Text> {
    let read = import(prose(bytes).as_bytes(), &Hint::named("a.txt"));
    Arc::new(read.expect("prose is a text").text)
}

fn go_on(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn codebook() -> Codebook {
    Codebook::parse(include_str!("../texts/topics.toml")).0
}

fn index(text: &Arc<Text>) -> Arc<PassageIndex> {
    match PassageIndex::of(text, Language::of(text), &go_on) {
        ControlFlow::Continue(index) => Arc::new(index),
        ControlFlow::Break(()) => unreachable!("nothing breaks it off"),
    }
}

const MB: usize = 1 << 20;

#[divan::bench(args = [100 << 10, 10 * MB])]
fn parse_plain_text(bencher: Bencher, bytes: usize) {
    let source = prose(bytes);
    bencher.bench(|| import(source.as_bytes(), &Hint::named("a.txt")));
}

#[divan::bench]
fn parse_markdown(bencher: Bencher) {
    let source = include_str!("../texts/power-from-below.md");
    bencher.bench(|| import(source.as_bytes(), &Hint::named("a.md")));
}

#[divan::bench]
fn wrap_a_screen(bencher: Bencher) {
    let text = text(MB);
    let middle = text.place_of(text.string().len() / 2);
    bencher.bench(|| {
        let mut cursor = Cursor::at(Flow::new(&text, 72), middle).expect("it has rows");
        for _ in 0..60 {
            cursor.down();
        }
        cursor.row()
    });
}

fn session(bytes: usize) -> App {
    let mut app = App::new(Keymap::built_in().0, Settings::default(), Arc::new(codebook()));
    app.update(Msg::Resize(160, 48));
    for (number, side) in [(1, Side::Left), (2, Side::Right)] {
        app.open_text(side, "prose");
        let open = Open {
            id: "prose".into(),
            library: None,
            request: "prose".to_owned(),
            name: Clean::line("prose"),
            text: text(bytes),
            version: number,
            spots: diptych::word::spots::Spots::default(),
            provisional: false,
            warnings: Vec::new(),
        };
        let result = Ok(Box::new(Loaded { open, at: None, to: None, codebook: None }));
        app.update(answer::<Load>(Answer::Read { request: number, result }));
    }
    app
}

#[divan::bench(args = [100 << 10, 10 * MB])]
fn a_row_down_and_the_frame(bencher: Bencher, bytes: usize) {
    let mut app = session(bytes);
    let theme = Theme::new(Ground::Dark, Depth::Many);
    app.halves.pane_mut(Side::Left).jump_to(Place::new(40, 0));
    bencher.bench_local(|| {
        app.update(Msg::Key(Key::char('j')));
        let mut buffer = Buffer::empty(Rect::new(0, 0, 160, 48));
        view::draw(&app, &theme, &mut buffer)
    });
}

#[divan::bench]
fn the_first_keymap(bencher: Bencher) {
    bencher.bench(Keymap::built_in);
}

#[divan::bench]
fn read_the_codebook(bencher: Bencher) {
    bencher.bench(codebook);
}

#[divan::bench(args = [100 << 10, 10 * MB], sample_count = 5)]
fn treatments_of_all_topics(bencher: Bencher, bytes: usize) {
    let (text, codebook) = (text(bytes), codebook());
    bencher.bench(|| Coverage::of(&text, &codebook, Language::of(&text), &go_on));
}

#[divan::bench(args = [100 << 10, 10 * MB], sample_count = 5)]
fn index_a_text(bencher: Bencher, bytes: usize) {
    let text = text(bytes);
    bencher.bench(|| index(&text));
}

#[divan::bench(args = [100 << 10, 10 * MB], sample_count = 5)]
fn rank_one_passage(bencher: Bencher, bytes: usize) {
    let pairing = Pairing::new(index(&text(bytes)), index(&text(bytes)));
    bencher.bench(|| pairing.counterparts(Side::Left, PassageNo(20), &Ask::default()));
}

/// Without reasons: those are only given for what is looked at.
#[divan::bench(args = [1000, 13_000], sample_count = 3)]
fn rank_every_passage(bencher: Bencher, passages: usize) {
    let bytes = passages * 800;
    let pairing = Pairing::new(index(&text(bytes)), index(&text(bytes)));
    let ask = Ask { reasons: false, ..Ask::default() };
    bencher.bench(|| pairing.each(Side::Left, &ask, &go_on, &mut |_, _| ControlFlow::Continue(())));
}

/// The text quotes itself from end to end, over and over: the worst case for candidates, not for places looked at.
#[divan::bench(args = [100 << 10, 10 * MB], sample_count = 3)]
fn quotations_of_two_texts(bencher: Bencher, bytes: usize) {
    let (left, right) = (text(bytes), text(bytes));
    bencher.bench(|| shared_quotations(&left, &right, &go_on));
}

/// Terms of one, two and three words, as a large thesaurus would bring them.
#[divan::bench(args = [100, 10_000], sample_count = 5)]
fn topics_of_many_terms(bencher: Bencher, terms: usize) {
    let source = prose(4 * MB);
    let words: Vec<&str> = source.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3).collect();
    let quoted: Vec<String> = (0..terms)
        .map(|n| {
            let at = n * 53 % (words.len() - 3);
            format!("{:?}", words[at..=at + n % 3].join(" "))
        })
        .collect();
    let codebook = Codebook::parse(&format!("[[topic]]\nid = \"many\"\nterms = [{}]\n", quoted.join(", "))).0;
    let text = text(MB);
    bencher.bench(|| Coverage::of(&text, &codebook, Language::of(&text), &go_on));
}
