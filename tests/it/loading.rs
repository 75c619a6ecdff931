//! Texts that take long to read: a pane says how far it is, the other one is read on, and what is not wanted any more is
//! given up.

use diptych::app::message::{Effect, Msg};
use diptych::app::work::Job;
use diptych::app::work::load::{Answer, Load};
use diptych::link::Side;
use diptych::model::open::Loaded;
use diptych::text::clean::Clean;
use diptych::text::passage::PassageNo;

use crate::play::Play;

const BELOW: &str = "embedded:power-from-below";

/// Asks for a text in a pane, and answers with what is asked of the workers: nothing reads it.
fn ask(play: &mut Play, side: Side, what: &str) -> Job {
    play.app.open_text(side, what);
    let job = |effect| if let Effect::Work(job) = effect { Some(job) } else { None };
    let mut jobs = play.app.out.take_effects().into_iter().filter_map(job);
    jobs.find(|job| job.work::<Load>().is_some()).unwrap()
}

fn part(job: &Job, done: usize, of: usize) -> Msg {
    job.answer::<Load>(Answer::Part { request: job.work::<Load>().unwrap().request, done, of })
}

fn read(job: &Job, result: Result<Box<Loaded>, Clean>) -> Msg {
    job.answer::<Load>(Answer::Read { request: job.work::<Load>().unwrap().request, result })
}

#[test]
fn an_empty_pane_says_how_far_the_reading_is() {
    let mut play = Play::new(120, 35, "", BELOW);
    let job = ask(&mut play, Side::Left, "long/book.epub");
    assert!(job.is_wanted());
    play.shows("Reading").shows("long/book.epub").hides(" of 12").shows("Power from Below");
    play.tell(part(&job, 3, 12));
    play.shows("━━━━━━────────────────── 3 of 12");
    play.tell(part(&job, 40, 12));
    play.shows("━━━━━━━━━━━━━━━━━━━━━━━━ 12 of 12");
    let request = job.work::<Load>().unwrap().request + 9;
    play.tell(job.answer::<Load>(Answer::Part { request, done: 1, of: 12 })).shows("12 of 12");
    let why = Clean::line("long/book.epub: it is locked: unlock it");
    play.tell(read(&job, Err(why)));
    play.shows("This pane has no text.").shows("it is locked: unlock it").hides("Reading");
    for (columns, rows) in [(80, 24), (40, 10), (8, 3), (1, 1)] {
        ask(&mut play, Side::Left, "again.epub");
        play.resize(columns, rows).screen();
    }
}

#[test]
fn a_pane_that_shows_a_text_keeps_it_until_the_next_has_come() {
    let mut play = Play::bundled();
    let job = ask(&mut play, Side::Left, "/far/away/book.epub");
    play.shows("The Party as Instrument").hides("reading");
    play.tell(part(&job, 0, 0)).shows("reading book.epub…");
    play.tell(part(&job, 9, 20)).shows("reading book.epub 45%").shows("The Party as Instrument");
    play.resize(80, 35).shows("reading 45%");
    play.resize(160, 35).shows("reading book.epub 45%");
    // Another is asked for: the first is not wanted any more, and what it still says counts for nothing.
    let second = ask(&mut play, Side::Left, "other.pdf");
    assert!(!job.is_wanted() && second.is_wanted());
    play.tell(part(&job, 19, 20)).hides("95%");
    let late = Clean::line("book.epub: too late");
    play.tell(read(&job, Err(late))).hides("too late");
    let why = Clean::line("other.pdf: it is broken");
    play.tell(read(&second, Err(why)));
    play.shows("other.pdf: it is broken").shows("The Party as Instrument").hides("reading");
}

/// Sixteen pages as a printer sets them on sheets that are to be folded: they end with a sentence, within one, or within a word.
fn booklet() -> String {
    const WORDS: [&str; 20] = [
        "bridge", "miller", "warden", "river", "council", "carter", "ledger", "bench", "counter", "winter", "basket",
        "spooner", "doorway", "lantern", "market", "garden", "horseman", "roadside", "letter", "window",
    ];
    let mut dice: u64 = 1;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    let (mut pages, mut said) = (Vec::new(), String::new());
    for page in 0..16 {
        for _ in 0..6 {
            let [a, b, c, d] = [(); 4].map(|()| WORDS[roll(WORDS.len())]);
            said += &format!("The {a} of the {b} had never been near the {c}, and nobody knew of any {d} that was. ");
        }
        let [a, b, c] = [(); 3].map(|()| WORDS[roll(WORDS.len())]);
        let (end, next) = match roll(3) {
            0 if page < 15 => (format!("{a} with the {b}"), format!("in front of the {c} after all. ")),
            1 if page < 15 => (format!("{}-", &b[..3]), format!("{} of the {c} after all. ", &b[3..])),
            _ => (format!("{a}."), String::new()),
        };
        pages.push(format!("{said}It was the {end}"));
        said = next;
    }
    let sheet = |i: usize| [15 - 2 * i, 2 * i, 2 * i + 1, 14 - 2 * i];
    (0..4).flat_map(sheet).map(|at| pages[at].clone()).collect::<Vec<_>>().join("\n\x0c")
}

#[test]
fn pages_that_were_moved_are_said_and_one_key_takes_it_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("booklet.txt");
    std::fs::write(&path, booklet()).unwrap();
    let mut play = Play::new(120, 35, path.to_str().unwrap(), BELOW);
    play.shows("PAGES MOVED, zf undoes").shows("THE PAGES ARE NOT IN THE ORDER OF THE FILE");
    let first = |play: &Play| play.pane(Side::Left).open().unwrap().text.passage_str(PassageNo(1))[..40].to_owned();
    let moved = first(&play);
    play.keys("z f").shows("the pages are in the order of the file now").hides("PAGES MOVED").hides("changed on disk");
    assert_ne!(first(&play), moved);
    play.keys("z f").shows("PAGES MOVED");
    assert_eq!(first(&play), moved);
    play.keys("l z f").shows("has its pages in the order of the file");
}

#[test]
fn a_text_comes_to_its_pane_though_the_panes_were_exchanged() {
    let mut play = Play::new(120, 35, "", BELOW);
    let job = ask(&mut play, Side::Left, "embedded:the-party-as-instrument");
    play.keys("x");
    let loaded = play.library.load_whole("embedded:the-party-as-instrument").unwrap();
    play.tell(read(&job, Ok(Box::new(loaded))));
    let names = [Side::Left, Side::Right].map(|side| play.pane(side).open().map(|open| open.name.to_string()));
    assert_eq!(names, [Some("Power from Below".to_owned()), Some("The Party as Instrument".to_owned())]);
    play.hides("Reading");
}

#[test]
fn what_is_not_read_yet_is_gone_to_when_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("large.txt");
    let paragraphs: String = (1..=9000).map(|n| format!("Paragraph {n} of some words.\n\n")).collect();
    std::fs::write(&path, paragraphs).unwrap();
    for (keys, place, said, expected) in [
        ("8 0 0 0 G", "¶8000", "large.txt", 8000),
        (": \"8000\" enter", "¶8000", "large.txt", 8000),
        ("9 9 9 9 9 G", "¶99999", "ends with ¶9000", 9000),
        ("G", "its end", "large.txt", 9000),
        // Whoever reads on meanwhile is left where they are.
        ("8 0 0 0 G j", "large.txt", "large.txt", 2),
        ("5 0 G", "large.txt", "large.txt", 50),
    ] {
        let mut play = Play::new(120, 35, "", "");
        let job = ask(&mut play, Side::Left, path.to_str().unwrap());
        let mut answers = play.work(job).into_iter();
        play.tell(answers.next().unwrap());
        assert!(play.pane(Side::Left).open().unwrap().provisional);
        play.keys(keys).shows(place);
        assert!(play.passage(Side::Left) <= 50, "{keys}");
        for answer in answers {
            play.tell(answer);
        }
        assert!(!play.pane(Side::Left).open().unwrap().provisional);
        assert_eq!(play.passage(Side::Left), expected, "{keys}");
        play.shows(said);
    }
}
