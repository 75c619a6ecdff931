//! Texts that take long to read: a pane says how far it is, the other one is read on, and what is not wanted any more is
//! given up.

use diptych::app::message::{Effect, Msg};
use diptych::link::Side;
use diptych::text::clean::Clean;

use crate::play::Play;

const BELOW: &str = "embedded:power-from-below";

/// Asks for a text in a pane, and answers with the number of the request: nothing reads it.
fn ask(play: &mut Play, side: Side, what: &str) -> (u64, Vec<Effect>) {
    play.app.open_text(side, what);
    let effects = play.app.take_effects();
    let request = effects.iter().find_map(|effect| match effect {
        Effect::Load { request, .. } => Some(*request),
        _ => None,
    });
    (request.unwrap(), effects)
}

fn forgotten(effects: &[Effect]) -> Vec<u64> {
    let forget = |effect: &Effect| if let Effect::Forget(request) = effect { Some(*request) } else { None };
    effects.iter().filter_map(forget).collect()
}

#[test]
fn an_empty_pane_says_how_far_the_reading_is() {
    let mut play = Play::new(120, 35, "", BELOW);
    let (request, effects) = ask(&mut play, Side::Left, "long/book.epub");
    assert!(forgotten(&effects).is_empty());
    play.shows("Reading").shows("long/book.epub").hides(" of 12").shows("Power from Below");
    play.tell(Msg::Reading { request, done: 3, of: 12 });
    play.shows("━━━━━━────────────────── 3 of 12");
    play.tell(Msg::Reading { request, done: 40, of: 12 });
    play.shows("━━━━━━━━━━━━━━━━━━━━━━━━ 12 of 12");
    play.tell(Msg::Reading { request: request + 9, done: 1, of: 12 }).shows("12 of 12");
    let why = Clean::line("long/book.epub: it is locked: unlock it");
    play.tell(Msg::Loaded { side: Side::Left, request, result: Err(why) });
    play.shows("This pane has no text.").shows("it is locked: unlock it").hides("Reading");
    for (columns, rows) in [(80, 24), (40, 10), (8, 3), (1, 1)] {
        ask(&mut play, Side::Left, "again.epub");
        play.resize(columns, rows).screen();
    }
}

#[test]
fn a_pane_that_shows_a_text_keeps_it_until_the_next_has_come() {
    let mut play = Play::bundled();
    let (request, _) = ask(&mut play, Side::Left, "/far/away/book.epub");
    play.shows("The Party as Instrument").hides("reading");
    play.tell(Msg::Reading { request, done: 0, of: 0 }).shows("reading book.epub…");
    play.tell(Msg::Reading { request, done: 9, of: 20 }).shows("reading 45%").shows("The Party as Instrument");
    play.resize(160, 35).shows("reading book.epub 45%");
    // Another is asked for: the first is not wanted any more, and what it still says counts for nothing.
    let (second, effects) = ask(&mut play, Side::Left, "other.pdf");
    assert_eq!(forgotten(&effects), [request]);
    play.tell(Msg::Reading { request, done: 19, of: 20 }).hides("95%");
    let late = Clean::line("book.epub: too late");
    play.tell(Msg::Loaded { side: Side::Left, request, result: Err(late) }).hides("too late");
    let why = Clean::line("other.pdf: it is broken");
    play.tell(Msg::Loaded { side: Side::Left, request: second, result: Err(why) });
    play.shows("other.pdf: it is broken").shows("The Party as Instrument").hides("reading");
}

#[test]
fn a_text_comes_to_its_pane_though_the_panes_were_exchanged() {
    let mut play = Play::new(120, 35, "", BELOW);
    let (request, _) = ask(&mut play, Side::Left, "embedded:the-party-as-instrument");
    play.keys("x");
    let loaded = play.library.load_whole("embedded:the-party-as-instrument").unwrap();
    play.tell(Msg::Loaded { side: Side::Left, request, result: Ok(Box::new(loaded)) });
    let names = [Side::Left, Side::Right].map(|side| play.pane(side).open().map(|open| open.name.to_string()));
    assert_eq!(names, [Some("Power from Below".to_owned()), Some("The Party as Instrument".to_owned())]);
    play.hides("Reading");
}
