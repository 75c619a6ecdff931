//! How long the parts of a seminar take: the map of two hundred texts (10 MB in all) and sixty topics from the key to
//! its first screen, and until it is filled; a step of a tour; a handout of twelve topics.
//!
//! `cargo bench --bench seminar` prints medians. What is computed by workers is measured on one thread.

use std::ops::ControlFlow;
use std::sync::Arc;

use diptych::app::App;
use diptych::app::key::Key;
use diptych::app::keymap::Keymap;
use diptych::app::message::{Effect, Msg};
use diptych::app::work::answer;
use diptych::app::work::chart::Chart as ChartText;
use diptych::app::work::load::{Answer, Load};
use diptych::app::work::shelf::FindTexts;
use diptych::export::grid::{html, svg};
use diptych::export::handout::{self, Handout};
use diptych::import::{Hint, import};
use diptych::link::Side;
use diptych::model::open::{Loaded, Open, Shelved};
use diptych::model::settings::Settings;
use diptych::study::chart::Chart;
use diptych::study::comparison::{Compared, Comparison, Named};
use diptych::study::own::PlacedJudgements;
use diptych::text::Text;
use diptych::text::clean::Clean;
use diptych::topic::codebook::{Codebook, Topic};
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

const TEXTS: usize = 200;
const TOPICS: usize = 60;
/// Bytes of a text: all together 10 MB.
const LENGTH: usize = (10 << 20) / TEXTS;

const BUNDLED: [&str; 3] = [
    include_str!("../texts/the-party-as-instrument.md"),
    include_str!("../texts/power-from-below.md"),
    include_str!("../texts/biography-of-a-slogan.md"),
];

/// About `bytes` of paragraphs of the bundled texts, in an order of their own for each `nth`.
fn prose(nth: usize, bytes: usize) -> String {
    let paragraphs: Vec<&str> = BUNDLED.iter().flat_map(|t| t.split("\n\n")).filter(|p| p.len() > 200).collect();
    let mut out = String::with_capacity(bytes + 2000);
    let mut at = nth * 31;
    while out.len() < bytes {
        at += 7 + nth % 5;
        out.push_str(paragraphs[at % paragraphs.len()]);
        out.push_str("\n\n");
    }
    out
}

fn text(nth: usize, bytes: usize) -> Arc<Text> {
    let read = import(prose(nth, bytes).as_bytes(), &Hint::named("a.txt"));
    Arc::new(read.expect("prose is a text").text)
}

/// Topics of eight terms each, of one and two words of the prose.
fn codebook(topics: usize) -> Arc<Codebook> {
    let source = prose(0, 200 << 10);
    let words: Vec<&str> =
        source.split_whitespace().filter(|w| w.len() > 6 && w.chars().all(char::is_alphabetic)).collect();
    let topic = |nth: usize| {
        let terms: Vec<String> = (0..8)
            .map(|n| {
                let at = (nth * 97 + n * 13) % (words.len() - 1);
                if n % 3 == 0 { format!("{} {}", words[at], words[at + 1]) } else { words[at].to_owned() }
            })
            .collect();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        Topic::of_terms(&format!("topic-{nth}"), &format!("Topic number {nth}"), &terms)
    };
    Arc::new(Codebook::new((0..topics).map(topic)))
}

fn go_on(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn request(nth: usize) -> String {
    format!("/library/text-{nth}.md")
}

/// A session on the first two of two hundred texts.
fn session() -> App {
    let mut app = App::new(Keymap::built_in().0, Settings::default(), codebook(TOPICS));
    app.update(Msg::Resize(120, 35));
    for (nth, side) in [(0, Side::Left), (1, Side::Right)] {
        app.open_text(side, &request(nth));
        let open = Open {
            id: format!("text-{nth}.md").as_str().into(),
            library: None,
            request: request(nth),
            name: Clean::line(&format!("Text {nth}")),
            text: text(nth, LENGTH),
            version: nth as u64 + 1,
            spots: diptych::word::spots::Spots::default(),
            provisional: false,
            warnings: Vec::new(),
        };
        let result = Ok(Box::new(Loaded { open, at: None, to: None, codebook: None }));
        app.update(answer::<Load>(Answer::Read { request: nth as u64 + 1, result }));
    }
    let shelved = |nth: usize| Shelved {
        request: request(nth),
        title: Clean::line(&format!("The title of text {nth}")),
        about: Clean::line(""),
        leads_to: None,
    };
    app.update(answer::<FindTexts>((0..TEXTS).map(shelved).collect()));
    app
}

fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    keys.chars().flat_map(|key| app.update(Msg::Key(Key::char(key)))).collect()
}

fn frame(app: &App) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 35));
    view::draw(app, &Theme::new(Ground::Dark, Depth::Many), &mut buffer);
    buffer
}

fn chart(nth: usize, codebook: &Codebook) -> Chart {
    let text = text(nth, LENGTH);
    match Coverage::of(&text, codebook, Language::of(&text), &go_on) {
        ControlFlow::Continue(coverage) => Chart::of(format!("text-{nth}.md").as_str().into(), &text, &coverage),
        ControlFlow::Break(()) => unreachable!("nothing breaks it off"),
    }
}

/// The numbers that the map's questions have.
fn number_of(effects: &[Effect]) -> u64 {
    let number = |effect: &Effect| match effect {
        Effect::Work(job) => job.work::<ChartText>().map(|chart| chart.number),
        Effect::Terminal(_) | Effect::Later(..) => None,
    };
    effects.iter().find_map(number).expect("the map asks for charts")
}

/// A session that looks at a filled map.
fn filled() -> (App, u64) {
    let mut app = session();
    let number = number_of(&press(&mut app, "gm"));
    let codebook = Arc::clone(app.topics.codebook());
    for column in 0..TEXTS {
        app.update(answer::<ChartText>((number, column, Ok(chart(column, &codebook)))));
    }
    (app, number)
}

#[divan::bench]
fn the_map_from_its_key_to_its_first_screen(bencher: Bencher) {
    let mut app = session();
    bencher.bench_local(|| {
        let asked = press(&mut app, "gm");
        let buffer = frame(&app);
        press(&mut app, "q");
        (asked, buffer)
    });
}

#[divan::bench(sample_count = 3)]
fn all_texts_are_read_and_charted_one_after_the_other(bencher: Bencher) {
    let codebook = codebook(TOPICS);
    bencher.bench_local(|| (0..TEXTS).map(|nth| chart(nth, &codebook)).collect::<Vec<_>>());
}

#[divan::bench]
fn a_chart_comes_in_and_the_frame(bencher: Bencher) {
    let (mut app, number) = filled();
    let one = chart(3, app.topics.codebook());
    bencher.bench_local(|| {
        app.update(answer::<ChartText>((number, 3, Ok(one.clone()))));
        frame(&app)
    });
}

#[divan::bench]
fn a_row_down_the_map_and_the_frame(bencher: Bencher) {
    let (mut app, _) = filled();
    press(&mut app, "s");
    bencher.bench_local(|| {
        press(&mut app, "jk");
        frame(&app)
    });
}

#[divan::bench(args = ["html", "svg"])]
fn the_map_as_a_file(bencher: Bencher, format: &str) {
    let (app, _) = filled();
    let diptych::app::scene::Scene::Map(map) = app.screens.scene() else { return };
    bencher.bench_local(|| {
        let (grid, mut out) = (map.grid(&map.rows(&app.topics, &app.memory), &app.topics), Vec::new());
        if format == "html" { html::write(&mut out, &grid) } else { svg::write(&mut out, &grid) }.map(|()| out)
    });
}

/// A tour of two stops: on to the next and back, each with its frame.
#[divan::bench]
fn two_steps_of_a_tour_and_their_frames(bencher: Bencher) {
    let mut app = session();
    press(&mut app, "PJPgp");
    bencher.bench_local(|| {
        press(&mut app, "   ");
        let there = frame(&app);
        press(&mut app, "bbb");
        (there, frame(&app))
    });
}

fn page(left: &Text, right: &Text, compared: &[Compared]) -> Vec<u8> {
    let named = |name, text| Named { name, text };
    let mut out = Vec::new();
    let handout = Handout::of(named("Left", left), named("Right", right), compared);
    handout::html::write(&mut out, &handout).expect("a vector takes everything");
    out
}

fn compared(left: &Arc<Text>, right: &Arc<Text>, codebook: &Arc<Codebook>) -> Comparison {
    Comparison::of([left, right], codebook, PlacedJudgements::default(), &go_on).continue_value().expect("it is done")
}

fn on_all(comparison: &Comparison) -> Vec<Compared> {
    comparison.compared_on_all(false, &go_on).continue_value().expect("it is done")
}

/// As the reader makes it: what is known of the open texts is there already.
#[divan::bench(args = [50 << 10, 500 << 10], sample_count = 20)]
fn a_handout_of_twelve_topics(bencher: Bencher, bytes: usize) {
    let (left, right, codebook) = (text(0, bytes), text(1, bytes), codebook(12));
    let comparison = compared(&left, &right, &codebook);
    bencher.bench_local(|| page(&left, &right, &on_all(&comparison)));
}

/// As the shell makes it, but for reading the two texts.
#[divan::bench(args = [50 << 10, 500 << 10], sample_count = 20)]
fn a_handout_of_twelve_topics_from_the_texts(bencher: Bencher, bytes: usize) {
    let (left, right, codebook) = (text(0, bytes), text(1, bytes), codebook(12));
    bencher.bench_local(|| page(&left, &right, &on_all(&compared(&left, &right, &codebook))));
}
