//! The quick matcher against an obvious one, which tokenises and stems everything.

use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};
use std::slice;
use std::sync::Arc;

use proptest::prelude::{ProptestConfig, Strategy, prop};
use proptest::{prop_assert_eq, prop_oneof, proptest};

use super::{Mention, mentions_of_all};
use crate::import::{Hint, import};
use crate::text::block::BlockKind;
use crate::text::{Builder, Place, Text};
use crate::topic::Watcher;
use crate::topic::codebook::{Codebook, Topic};
use crate::topic::lexicon::{LONGEST_WORD, prefix_forms};
use crate::topic::term::{Term, TermWord, joins};
use crate::word::fold::fold;
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::token::tokens;

/// The mentions of `topic` in `text`, in text order.
fn mentions(text: &Text, topic: &Arc<Topic>, language: Language, watch: Watcher<'_>) -> ControlFlow<(), Vec<Mention>> {
    let mut found = mentions_of_all(text, slice::from_ref(topic), language, watch)?;
    ControlFlow::Continue(found.pop().unwrap_or_default())
}

fn patient(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn topic(terms: &[&str], not: &[&str]) -> Arc<Topic> {
    let mut topic = Topic::of_terms("t", "T", terms);
    topic.not = not.iter().filter_map(|t| Term::parse(t).ok()).collect();
    Arc::new(topic)
}

fn text_of(blocks: &[&str]) -> Text {
    let mut b = Builder::new();
    for block in blocks {
        b.begin(BlockKind::Paragraph, 1).push(block);
    }
    b.finish()
}

fn found(text: &Text, topic: &Arc<Topic>, language: Language) -> Vec<Mention> {
    match mentions(text, topic, language, &patient) {
        ControlFlow::Continue(found) => found,
        ControlFlow::Break(()) => panic!("was broken off"),
    }
}

/// A word of a text, and the forms in which it is compared.
struct Word {
    range: Range<usize>,
    stem: String,
    forms: [String; 2],
}

/// A word of a term, and the forms in which it is compared.
enum Wanted {
    Stem(String),
    Prefix(Vec<String>),
}

/// What the rules say, as plainly as can be.
fn obvious(text: &Text, topic: &Topic, language: Language) -> Vec<Mention> {
    let stemmer = Stemmer::new(language);
    let written = if language == Language::English { Language::Other } else { language };
    let wanted = |terms: &[Term]| -> Vec<Vec<Wanted>> {
        let word = |w: &TermWord| {
            if w.prefix { Wanted::Prefix(prefix_forms(&w.text, language)) } else { Wanted::Stem(stemmer.stem(&w.text)) }
        };
        terms.iter().map(|t| t.words().iter().map(word).collect()).collect()
    };
    let (terms, not) = (wanted(&topic.terms), wanted(&topic.not));
    let mut all = Vec::new();
    for index in 0..text.blocks().len() {
        let string = text.block_str(index);
        let word = |range: Range<usize>| {
            let token = &string[range.clone()];
            let token = if token.len() > LONGEST_WORD { "" } else { token };
            Word { range, stem: stemmer.stem(token), forms: [fold(token, language), fold(token, written)] }
        };
        let words: Vec<Word> = tokens(string).map(word).collect();
        let is = |word: &Word, wanted: &Wanted| match wanted {
            Wanted::Stem(stem) => word.stem == *stem,
            Wanted::Prefix(forms) => forms.iter().any(|p| word.forms.iter().any(|f| f.starts_with(p.as_str()))),
        };
        let hits = |terms: &[Vec<Wanted>]| {
            let mut hits = Vec::new();
            for at in 0..words.len() {
                for (nth, term) in terms.iter().enumerate() {
                    let Some(here) = words.get(at..at + term.len()) else { continue };
                    let joined = here.windows(2).all(|w| joins(&string[w[0].range.end..w[1].range.start]));
                    if joined && here.iter().zip(term).all(|(word, wanted)| is(word, wanted)) {
                        hits.push((here[0].range.start, here[here.len() - 1].range.end, nth as u32));
                    }
                }
            }
            hits
        };
        let cancelling = hits(&not);
        let mut hits = hits(&terms);
        hits.retain(|h| !cancelling.iter().any(|n| n.0 <= h.0 && h.1 <= n.1));
        hits.sort_by_key(|h| (h.0, Reverse(h.1), h.2));
        let mut last = 0;
        for (from, until, term) in hits {
            if from >= last {
                last = until;
                all.push(Mention { place: Place::new(index as u32, from as u32), len: (until - from) as u32, term });
            }
        }
    }
    all
}

#[test]
fn terms_are_found_as_a_reader_means_them() {
    let check = |terms: &[&str], not: &[&str], string: &str, expected: &[&str]| {
        let text = text_of(&[string]);
        let topic = topic(terms, not);
        let found = found(&text, &topic, Language::English);
        let words: Vec<&str> = found.iter().map(|m| &text.block_str(0)[m.range()]).collect();
        assert_eq!(words, expected, "{string}");
        assert_eq!(found, obvious(&text, &topic, Language::English), "{string}");
    };
    check(
        &["labor union"],
        &[],
        "Labour unions; the labour-union's; LABOR\nUNION",
        &["Labour unions", "labour-union's", "LABOR\nUNION"],
    );
    check(
        &["soviet*"],
        &["Soviet Union"],
        "The Soviets of the Soviet Union’s Sovietised soviets.",
        &["Soviets", "Sovietised", "soviets"],
    );
    check(
        &["workers' control"],
        &[],
        "workers’ control, worker’s control, workers. Control",
        &["workers’ control", "worker’s control"],
    );
    check(
        &["organiz*", "gray", "die", "use"],
        &[],
        "organisations grey GREY dying dyes using",
        &["organisations", "grey", "GREY", "dying", "using"],
    );
    check(&["party"], &[], "parties’ party’s partial", &["parties", "party’s"]);
    check(
        &["state", "state power", "power of the state"],
        &[],
        "the power of the state power",
        &["power of the state"],
    );
    check(&["1000"], &[], "1,000 and 1000 and 1001, v1000 1.000", &["1,000", "1000"]);
    check(&["état"], &[], "l'état “état” e\u{301}tat coup d’État", &["état", "e\u{301}tat"]);
}

#[test]
fn every_text_at_hand_gives_the_same_both_ways() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/texts");
    let source = std::fs::read_to_string(format!("{folder}/topics.toml")).unwrap();
    let codebook = Codebook::parse(&source).0;
    let mut mentions = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().extension().is_some_and(|e| e == "md") {
            let text = import(&std::fs::read(entry.path()).unwrap(), &Hint::default()).unwrap().text;
            let all = mentions_of_all(&text, codebook.topics(), Language::English, &patient);
            let ControlFlow::Continue(all) = all else { panic!("was broken off") };
            for (topic, found) in codebook.topics().iter().zip(all) {
                // The obvious way takes its time: half of the topics, another half for each text.
                if (topic.id.as_str().len() + text.passage_count()).is_multiple_of(2) {
                    assert_eq!(found, obvious(&text, topic, Language::English), "{}", topic.id);
                }
                mentions += found.len();
            }
        }
    }
    assert!(mentions > 200);
}

#[test]
fn one_endless_line_is_no_harder_than_many() {
    let text = text_of(&[&"word word, ".repeat(40_000), &"a".repeat(200_000), &"1,".repeat(200_000)]);
    let topic = topic(&["word word", "words", "a*b", "aa*", "1*1"], &["word word word"]);
    assert_eq!(found(&text, &topic, Language::English).len(), 40_000);
}

#[test]
fn a_watch_that_breaks_stops_the_pass() {
    let text = text_of(&[&"soviets ".repeat(100_000)]);
    let stop = |_, _| ControlFlow::Break(());
    assert!(mentions(&text, &topic(&["soviet"], &[]), Language::English, &stop).is_break());
}

/// Words of terms and texts that meet each other in as many ways as possible.
const WORDS: &[&str] = &[
    "soviet",
    "Soviets",
    "soviet's",
    "soviet’s",
    "labor",
    "labour",
    "LABOURED",
    "union",
    "unions",
    "trade",
    "grey",
    "gray",
    "tsar",
    "czar",
    "tzarist",
    "dying",
    "die",
    "party",
    "parties",
    "party's",
    "organise",
    "organization",
    "Räte",
    "rate",
    "état",
    "e\u{301}tat",
    "so\u{ad}viet",
    "10,000",
    "10000",
    "3.5",
    "советы",
    "советам",
    "государство",
    "用",
    "state",
    "states",
    "in",
    "a",
    "of",
    "the",
    "Marxism",
    "marxist",
    "ﬁnal",
    "final",
    "I",
    "U.S.",
    "abe\u{301}",
    "naïve",
    "use",
    "using",
];
const GLUE: &[&str] = &[" ", " ", " ", "-", "—", "\n", ", ", ". ", "'", "’", "", " “", "” ", "*", "/", ".", "\u{ad}"];

fn words(most: usize) -> impl Strategy<Value = String> {
    let part = (prop::sample::select(WORDS), prop::sample::select(GLUE)).prop_map(|(w, g)| format!("{w}{g}"));
    prop::collection::vec(part, 1..most).prop_map(|parts| parts.concat())
}

fn terms() -> impl Strategy<Value = Vec<String>> {
    let star = |w: &str| w.chars().take(4).collect::<String>() + "*";
    let prefix = prop::sample::select(WORDS).prop_map(star);
    let term = prop_oneof![3 => words(4), 1 => prefix];
    prop::collection::vec(term, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn the_quick_way_finds_what_the_obvious_one_does(
        blocks in prop::collection::vec(words(14), 1..4),
        terms in terms(),
        not in terms(),
        language in prop::sample::select(&[Language::English, Language::German, Language::Russian, Language::French, Language::Other][..]),
    ) {
        let text = text_of(&blocks.iter().map(String::as_str).collect::<Vec<_>>());
        let topic = topic(
            &terms.iter().map(String::as_str).collect::<Vec<_>>(),
            &not.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        prop_assert_eq!(found(&text, &topic, language), obvious(&text, &topic, language));
    }
}
