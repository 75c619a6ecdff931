//! What a reader relies on in counterparts, on texts small enough to judge by eye.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::text::{Builder, Text};
use crate::word::language::Language;

use super::Side;
use super::index::PassageIndex;
use super::pairing::{Ask, Counterpart, Pairing};
use super::reason::ReasonKind;

const LEFT: &[&str] = &[
    "A delegate of the soviet can be recalled at any time by the workers who elected him, and that is why the soviets \
     were closer to the people than any parliament.",
    "The party must be an organisation of professional revolutionaries, trained in the art of hiding from the police.",
    "In July 1918 the Constituent Assembly was long forgotten, and hunger ruled Petrograd; bread was rationed by class.",
    "Trade unions fight over wages and hours. Left to themselves they go no further than a bargain with the employer.",
];

const RIGHT: &[&str] = &[
    "Hunger decided more than any vote. By July 1918 Petrograd had lost half of its people, and the bread ration was \
     a matter of class.",
    "Nothing in a bargain over wages points beyond the employer; a trade union that stops there stays within the system.",
    "What made the council a new thing was recall: electors could take back their delegates on the day they disliked \
     a vote, as no parliament allows.",
    "A conspiracy of professionals, hidden from the police, is hidden from the workers as well; such an organisation \
     of revolutionaries answers to nobody.",
];

const UNRELATED: &[&str] = &[
    "Preheat the oven and butter the tin. Fold the egg whites into the batter with a spoon, never with a whisk.",
    "The lens gathers more light at a wider aperture, at the price of depth: only a thin slice stays sharp.",
    "Prune the roses in late winter, above a bud that looks outward, and burn what is diseased.",
];

fn text(passages: &[&str]) -> Arc<Text> {
    let mut b = Builder::new();
    for p in passages {
        b.begin(BlockKind::Paragraph, 0).push(p);
    }
    Arc::new(b.finish())
}

fn pairing_in(left: &[&str], right: &[&str], language: Language) -> Pairing {
    let index = |passages| {
        let built = PassageIndex::of(&text(passages), language, &|_, _| ControlFlow::Continue(()));
        Arc::new(built.continue_value().unwrap())
    };
    Pairing::new(index(left), index(right))
}

fn pairing(left: &[&str], right: &[&str]) -> Pairing {
    pairing_in(left, right, Language::English)
}

fn firsts(p: &Pairing, side: Side) -> Vec<Option<u32>> {
    let numbers = p.side(side).text().numbering().passages();
    numbers.map(|n| p.counterparts(side, n, &Ask::default()).first().map(|c| c.passage.0)).collect()
}

#[test]
fn each_passage_finds_the_one_on_its_point_from_both_sides() {
    let p = pairing(LEFT, RIGHT);
    assert_eq!(firsts(&p, Side::Left), [Some(3), Some(4), Some(1), Some(2)]);
    assert_eq!(firsts(&p, Side::Right), [Some(3), Some(4), Some(1), Some(2)]);
}

#[test]
fn unrelated_texts_have_no_counterparts_unless_all_are_asked_for() {
    let p = pairing(LEFT, UNRELATED);
    assert_eq!(firsts(&p, Side::Left), [None; 4]);
    assert_eq!(firsts(&p, Side::Right), [None; 3]);
    assert_eq!(p.counterparts(Side::Left, PassageNo(9), &Ask::default()), []);
}

#[test]
fn in_short_texts_two_words_carry_nothing_since_either_may_be_another_word() {
    let left = ["The wardens of the bridge can be recalled, even where most who pay the toll disagree with them."];
    let right =
        ["I recall an evening at sea on which we found that sailors disagree about stars and about soup alike."];
    let p = pairing(&left, &right);
    assert_eq!(firsts(&p, Side::Left), [None]);
    let all = Ask { all: true, ..Ask::default() };
    assert!(!p.counterparts(Side::Left, PassageNo(1), &all)[0].is_likely());
}

#[test]
fn reasons_are_words_a_reader_finds_in_both() {
    let p = pairing(LEFT, RIGHT);
    let texts = |n: u32| {
        let found = p.counterparts(Side::Left, PassageNo(n), &Ask::default());
        found[0].because.iter().map(|r| (r.kind, r.text.clone())).collect::<Vec<_>>()
    };
    let third = texts(3);
    assert!(third.contains(&(ReasonKind::Date, "July 1918".to_owned())), "{third:?}");
    assert!(third.iter().any(|r| r.1 == "Petrograd"), "{third:?}");
    let fourth = texts(4);
    assert!(fourth.iter().any(|r| r.1 == "Trade unions"), "{fourth:?}");
    for c in p.counterparts(Side::Left, PassageNo(1), &Ask { all: true, ..Ask::default() }) {
        let [left, right] = [Side::Left, Side::Right].map(|s| p.side(s).text().string());
        assert!(c.because.iter().map(|r| r.share).sum::<f32>() <= 1.001);
        for r in &c.because {
            assert!(left[r.here.clone()].starts_with(r.text.split(' ').next().unwrap()), "{r:?}");
            assert!(!right[r.there.clone()].is_empty(), "{r:?}");
        }
    }
}

#[test]
fn a_pair_is_worth_less_where_both_have_a_better_one_and_the_same_from_both_sides() {
    let mixed = |one: &[&str], other: &[&str]| -> Vec<String> {
        (0..12).map(|n| format!("{} {}", one[n % 4], other[(n / 4 + n) % other.len()])).collect()
    };
    let (left, right) = (mixed(LEFT, UNRELATED), mixed(RIGHT, LEFT));
    let texts = [&left, &right].map(|passages| passages.iter().map(String::as_str).collect::<Vec<_>>());
    let p = pairing(&texts[0], &texts[1]);
    let ask = Ask { all: true, limit: 12, ..Ask::default() };
    let found = |side: Side, n: PassageNo| p.counterparts(side, n, &ask);
    let mut lower = 0;
    for side in [Side::Left, Side::Right] {
        for here in p.side(side).text().numbering().passages() {
            let all = found(side, here);
            for c in &all {
                let said = c.evidence.score();
                let better = |of: &[Counterpart]| of.iter().filter(|o| o.evidence.score() > said + 1e-3).count();
                let across = found(side.other(), c.passage);
                let back = across.iter().find(|b| b.passage == here);
                assert!(back.is_some_and(|b| (b.score - c.score).abs() < 1e-3), "{c:?} and {back:?}");
                match better(&all).min(better(&across)) {
                    0 => assert!((c.score - said).abs() < 1e-3, "{c:?}"),
                    _ if said > 0.21 => {
                        assert!(c.score < said - 0.01 && c.score >= 0.0, "{c:?}");
                        lower += 1;
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(lower > 0, "no pair of these has a better one on both sides");
}

#[test]
fn asking_for_one_or_for_all_gives_the_same() {
    let many: Vec<String> =
        (0..40).map(|n| format!("{} {} number {n} of {}", LEFT[n % 4], RIGHT[(n * 7) % 4], UNRELATED[n % 3])).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let ask = Ask { all: true, limit: 4, ..Ask::default() };
    let p = pairing(&many, RIGHT);
    let all = p.all(Side::Left, &ask, &|_, _| ControlFlow::Continue(())).continue_value().unwrap();
    let fresh = pairing(&many, RIGHT);
    let alike = |a: &Counterpart, b: &Counterpart| a.passage == b.passage && (a.score - b.score).abs() < 1e-4;
    for (n, of_all) in (1..).zip(&all) {
        let one = fresh.counterparts(Side::Left, PassageNo(n), &ask);
        assert!(one.len() == of_all.len() && one.iter().zip(of_all).all(|(a, b)| alike(a, b)), "¶{n}");
        assert!(one.is_sorted_by(|a, b| a.score >= b.score));
    }
}

#[test]
fn other_languages_find_theirs() {
    let german = pairing_in(
        &[
            "Die Räte konnten ihre Delegierten jederzeit abberufen.",
            "Das Brot wurde in Petrograd nach Klassen verteilt.",
        ],
        &[
            "Wer in Petrograd lebte, bekam sein Brot nach der Klasse.",
            "Abberufung: jeder Delegierte des Rates war abberufbar.",
        ],
        Language::German,
    );
    let all = Ask { all: true, ..Ask::default() };
    let first = |p: &Pairing, n| p.counterparts(Side::Left, PassageNo(n), &all)[0].passage.0;
    assert_eq!((first(&german, 1), first(&german, 2)), (2, 1));
    let russian = pairing_in(
        &["Советы могли отозвать своих делегатов.", "Хлеб в Петрограде давали по классам."],
        &["В Петрограде хлеба не было.", "Отозванный делегат возвращался в совет."],
        Language::Russian,
    );
    assert_eq!((first(&russian, 1), first(&russian, 2)), (2, 1));
}

#[test]
fn empty_and_odd_texts_are_harmless() {
    for odd in [&[][..], &["…"][..], &["the of and"][..], &["说明书"][..]] {
        let p = pairing(odd, RIGHT);
        assert!(firsts(&p, Side::Right).iter().all(Option::is_none), "{odd:?}");
        assert!(firsts(&p, Side::Left).iter().all(Option::is_none), "{odd:?}");
    }
}

#[test]
fn a_job_nobody_waits_for_ends() {
    let stop = |_, _| ControlFlow::Break(());
    assert!(pairing(LEFT, RIGHT).all(Side::Left, &Ask::default(), &stop).is_break());
}

#[test]
fn texts_in_two_languages_are_said_to_be_so() {
    use super::comparable::Comparable;
    let index = |passages: &[&str], language| {
        Arc::new(
            PassageIndex::of(&text(passages), language, &|_, _| ControlFlow::Continue(())).continue_value().unwrap(),
        )
    };
    let german = index(&["Die Räte konnten ihre Delegierten in Petrograd jederzeit abberufen."], Language::German);
    let english = index(LEFT, Language::English);
    let verdict = Pairing::new(Arc::clone(&english), german).comparable();
    assert_eq!(verdict, Comparable::TwoLanguages(Language::English, Language::German));
    assert_eq!(verdict.to_string(), "the texts are in English and German: words cannot be compared");
    assert!(Pairing::new(english, index(RIGHT, Language::English)).comparable().is_comparable());
}

#[test]
fn of_two_languages_only_what_both_write_alike_counts() {
    let index = |passages: &[&str], language| {
        let built = PassageIndex::of(&text(passages), language, &|_, _| ControlFlow::Continue(()));
        Arc::new(built.continue_value().unwrap())
    };
    let italian = index(
        &[
            "Nel marzo del 1921 i marinai di Kronstadt si sollevarono, e la lista delle loro domande fu stampata.",
            "La lista delle persone importanti resta aperta.",
            "Chi lavora la terra conosce le stagioni: semina in autunno, miete a giugno e vende il grano al mulino.",
        ],
        Language::Italian,
    );
    let english = index(
        &[
            "An open list of persons was left with the personal clerk.",
            "When the sailors of Kronstadt rose in 1921, a list of what they wanted was printed.",
            "Whoever ploughs knows the seasons: wheat is sown before the frost, cut at midsummer and carried to the mill.",
        ],
        Language::English,
    );
    let pairing = Pairing::new(italian, english);
    assert!(!pairing.comparable().is_comparable());
    for (side, here, there) in [(Side::Left, 1, 2), (Side::Right, 2, 1)] {
        let found = pairing.counterparts(side, PassageNo(here), &Ask { all: true, ..Ask::default() });
        assert_eq!(found.iter().map(|c| c.passage.0).collect::<Vec<_>>(), [there]);
        let mut because: Vec<&str> = found[0].because.iter().map(|r| r.text.as_str()).collect();
        because.sort_unstable();
        assert_eq!(because, ["1921", "Kronstadt"]);
    }
    // `lista` and `list` have one stem, `persone` and `personal` look alike: neither says that two passages are on one point.
    for (side, here) in [(Side::Left, 2), (Side::Right, 1)] {
        assert_eq!(pairing.counterparts(side, PassageNo(here), &Ask { all: true, ..Ask::default() }), []);
    }
}

#[test]
fn odd_texts_are_compared_and_every_score_is_a_share() {
    let repeated = |passage: &dyn Fn(usize) -> String, count| (0..count).map(passage).collect::<Vec<String>>();
    let words = ["harbour", "lantern", "tariff", "orchard", "lock", "barge", "toll", "frost"];
    let odd = [
        ("one word a passage", repeated(&|n| words[n % words.len()].to_owned(), 800)),
        ("no sentences", repeated(&|n| [words[n % 8], words[(n * 3 + 1) % 8], "and so on "].join(" ").repeat(60), 40)),
        ("one term in every passage", repeated(&|n| format!("The soviet {} met.", words[n % 8]), 300)),
        ("only stop words", repeated(&|_| "and so it was that he had been".to_owned(), 200)),
        ("no letters", repeated(&|n| format!("{n} — 7 * (3)"), 100)),
    ];
    for (name, passages) in odd {
        let passages: Vec<&str> = passages.iter().map(String::as_str).collect();
        for (left, right) in [(&passages[..], RIGHT), (LEFT, &passages[..]), (&passages[..], &passages[..40])] {
            let pairing = pairing(left, right);
            for side in [Side::Left, Side::Right] {
                let ask = Ask { all: true, ..Ask::default() };
                for here in 1..=pairing.side(side).passage_count().min(24) as u32 {
                    for c in pairing.counterparts(side, PassageNo(here), &ask) {
                        assert!((0.0..=1.0).contains(&c.score), "{name}: {c:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_passage_finds_its_answer_among_fifty_thousand() {
    let mut passages: Vec<String> =
        (0..50_000).map(|n| format!("Ledger {n}: flour {}, candles {}.", n % 97, n % 31)).collect();
    passages[40_000] = RIGHT[2].to_owned();
    let passages: Vec<&str> = passages.iter().map(String::as_str).collect();
    let pairing = pairing(LEFT, &passages);
    let found = pairing.counterparts(Side::Left, PassageNo(1), &Ask { all: true, ..Ask::default() });
    assert_eq!(found.first().map(|c| c.passage), Some(PassageNo(40_001)));
    assert!(pairing.counterparts(Side::Right, PassageNo(7), &Ask::default()).is_empty());
}
