//! What the reader says of two versions of one work, in one language and in two, at the beginning, within and at the end: what
//! was joined is level, what was rejected is not, undone and done again, kept, and taken from the file when that changes.

use std::fs;

use diptych::app::message::Msg;
use diptych::link::Side;
use diptych::model::settings::Sync;
use diptych::text::passage::PassageNo;

use crate::place::{Dice, go};
use crate::play::Play;
use crate::shelf::Own;

const COUNT: u32 = 72;

/// A work and an edition of it, or a translation, passage for passage.
fn versions(are_two_languages: bool) -> Own {
    let own = Own::empty();
    let mut dice = Dice(51);
    let work: Vec<String> = (0..COUNT).map(|_| [dice.passage(), dice.passage()].concat().join(" ")).collect();
    let mut other = |word: &str| match are_two_languages {
        true => {
            let end = if word.ends_with('.') { "." } else { "" };
            word.trim_end_matches('.').to_lowercase().chars().rev().collect::<String>() + end
        }
        false if dice.roll(8) == 0 && !word.ends_with('.') => dice.word(),
        false => word.to_owned(),
    };
    let edition: Vec<String> =
        work.iter().map(|p| p.split(' ').map(&mut other).collect::<Vec<_>>().join(" ")).collect();
    let languages = if are_two_languages { ["de", "en"] } else { ["en", "en"] };
    for ((name, language), passages) in
        ["own/work.md", "own/edition.md"].into_iter().zip(languages).zip([work, edition])
    {
        own.put(name, &format!("---\nlanguage: {language}\n---\n\n{}\n", passages.join("\n\n")));
    }
    own
}

fn read(own: &Own) -> Play {
    let play = own.read("own/work.md", "own/edition.md");
    assert_eq!(play.app.hinge.sync(), Sync::Place);
    play
}

/// The passages of the edition that are across from one of the work.
fn across(play: &Play, passage: u32) -> Vec<u32> {
    let across = play.app.versions.across(Side::Left, PassageNo(passage)).unwrap();
    across.there.map(|at| at + 1).collect()
}

#[test]
fn what_is_rejected_is_not_across_wherever_it_stands_and_undone_it_is_again() {
    for are_two in [false, true] {
        let own = versions(are_two);
        let mut play = read(&own);
        for at in [1, 36, COUNT] {
            play.keys(&go(at));
            assert_eq!((across(&play, at), play.passage(Side::Right)), (vec![at], at), "{are_two}");
            play.keys("-");
            assert!(!across(&play, at).contains(&at), "{are_two} ¶{at}: {}", play.footer());
            assert!(!play.app.hinge.pinned(), "the other pane follows what is level now");
            let elsewhere = (at + 30) % COUNT;
            assert_eq!(across(&play, elsewhere), [elsewhere], "elsewhere all is as it was");
            play.keys("u");
            assert_eq!(across(&play, at), [at], "{are_two} ¶{at}");
            play.keys("ctrl-r");
            assert!(!across(&play, at).contains(&at), "{are_two} ¶{at}");
            play.keys("u");
        }
    }
}

#[test]
fn what_is_joined_is_level_wherever_it_stands_kept_and_taken_from_the_file_as_it_is() {
    for are_two in [false, true] {
        let own = versions(are_two);
        for (at, to) in [(1, 3), (40, 42), (COUNT, COUNT - 2)] {
            let mut play = read(&own);
            play.keys("s s s").keys(&go(at)).keys("tab").keys(&go(to)).keys("tab + enter s");
            assert_eq!(play.app.hinge.sync(), Sync::Place);
            assert!(across(&play, at).contains(&to), "{are_two} ¶{at}: {:?}", across(&play, at));
            play.keys(&go(20)).keys(&go(at));
            // At the end both panes rest on their last rows.
            assert!(at == COUNT || play.passage(Side::Right) == to, "{are_two} ¶{at}");
            play.keys("u");
            assert_eq!(across(&play, at), [at], "{are_two} ¶{at}");
            play.keys("ctrl-r");
            let joined = across(&play, at);
            assert!(joined.contains(&to), "{are_two} ¶{at}");
            // At the next start, and when the file is changed by another hand.
            let mut again = own.read("own/work.md", "own/edition.md");
            assert_eq!(across(&again, at), joined, "{are_two} ¶{at}");
            assert!(fs::read_to_string(own.at("own/links.toml")).unwrap().contains("work.md"));
            fs::write(own.at("own/links.toml"), "").unwrap();
            again.tell(Msg::MadeElsewhere);
            assert_eq!(across(&again, at), [at], "{are_two} ¶{at}");
        }
    }
}

#[test]
fn no_joint_is_drawn_to_a_pane_that_the_reader_has_put_elsewhere() {
    let own = versions(false);
    let mut play = read(&own);
    play.keys("s s s tab").keys(&go(60)).keys("tab").keys(&go(10)).keys("s");
    assert_eq!((play.app.hinge.sync(), play.passage(Side::Right)), (Sync::Place, 10));
    play.shows("10⇄10");
    play.keys("9 0 ctrl-n");
    assert_ne!(play.passage(Side::Right), 10);
    assert!(!play.screen().join("\n").contains("10⇄10"), "{}", play.screen().join("\n"));
    play.keys("j J");
    assert_eq!(play.passage(Side::Left), play.passage(Side::Right));
    play.shows("11⇄11");
}
