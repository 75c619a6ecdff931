//! What becomes of anchors when their text is edited in ways that readers and writers edit.

use proptest::prelude::*;

use super::find::Finder;
use super::found::Found;
use super::{Anchor, TextId};
use crate::text::block::BlockKind;
use crate::text::{Builder, Place, Text};

fn find(anchor: &Anchor, text: &Text) -> Found {
    Finder::new(text).find(anchor)
}

fn text(blocks: &[(BlockKind, &str)]) -> Text {
    let mut builder = Builder::new();
    for (kind, string) in blocks {
        builder.begin(*kind, 0).push(string);
    }
    builder.finish()
}

fn prose(paragraphs: &[&str]) -> Text {
    text(&paragraphs.iter().map(|p| (BlockKind::Paragraph, *p)).collect::<Vec<_>>())
}

/// An anchor at the first occurrence of `quote`.
fn anchor(text: &Text, quote: &str) -> Anchor {
    let start = text.string().find(quote).unwrap();
    let place = |at| text.place_of(at);
    Finder::new(text).anchor(TextId::from("a.md"), 1, place(start)..place(start + quote.len()))
}

/// The state, and the words attached to.
fn found(anchor: &Anchor, text: &Text) -> (&'static str, String) {
    let found = find(anchor, text);
    let words = found.hit().map_or("", |hit| {
        let (start, end) = (text.offset_of(hit.range.start), text.offset_of(hit.range.end));
        &text.string()[start..end]
    });
    (found.name(), words.to_owned())
}

const OLD: &[&str] = &[
    "The councils sent delegates who could be recalled the same afternoon. Nobody called that a government.",
    "A party, on the other hand, was a promise about argument: everyone may speak until the vote is taken. After it the \
     minority carries out what the majority decided.",
    "Which of the two was to rule the city in October nobody knew, and few asked.",
    "The bakers asked for flour.",
];

const JOINED: &str =
    "The councils sent delegates who could be recalled the sameafternoon. Nobody called that a government.";

#[test]
fn edits_leave_an_anchor_with_its_words() {
    let promise = "everyone may speak until the vote is taken.";
    let cases: &[(&str, &[&str], (&str, &str))] = &[
        // A paragraph came in before.
        (promise, &["A new beginning.", OLD[0], OLD[1], OLD[2]], ("moved", promise)),
        // The paragraph went to the end.
        (promise, &[OLD[0], OLD[2], OLD[3], OLD[1]], ("moved", promise)),
        // A word was replaced, one deleted, one inserted, at the ends too.
        (
            promise,
            &[
                OLD[0],
                "A party, on the other hand, was a promise about argument: anyone may speak until the vote was taken. \
              After it the minority carries out what the majority decided.",
            ],
            ("changed", "anyone may speak until the vote was taken."),
        ),
        (
            promise,
            &[
                OLD[0],
                "A party was a promise about argument: may speak freely until the vote is finally taken. After it the \
              minority carries out what the majority decided.",
            ],
            ("changed", "may speak freely until the vote is finally taken."),
        ),
        // Other typography, lines and hyphens.
        (
            "the other hand, was a promise about argument",
            &[OLD[0], "A party, on the other\nhand, was a prom-\nise about *argument*: everyone may speak until"],
            ("changed", "the other\nhand, was a prom-\nise about *argument"),
        ),
        // The place is gone, and what is left is about something else.
        (promise, &[OLD[0], OLD[2], OLD[3]], ("orphaned", "")),
        // Most of it is gone, though its surroundings are there.
        (
            promise,
            &[
                OLD[0],
                "A party, on the other hand, was a promise about argument. After it the minority carries out what \
              the majority decided.",
            ],
            ("orphaned", ""),
        ),
        // Two words that are everywhere are found by what is around them, or not at all.
        ("of the", &[OLD[3], OLD[2]], ("moved", "of the")),
        ("of the", &["The price of the flour rose.", OLD[0]], ("orphaned", "")),
        // A sentence came in between two that were quoted together.
        (
            "the same afternoon. Nobody called",
            &[
                "The councils sent delegates who could be recalled the same afternoon. They were bakers, fitters, and a few \
               soldiers who had walked in from the front and slept on the benches. Nobody called that a government.",
            ],
            (
                "changed",
                "the same afternoon. They were bakers, fitters, and a few soldiers who had walked in from the front and \
                 slept on the benches. Nobody called",
            ),
        ),
        // A word was joined to its neighbour outside the quote.
        ("be recalled the same", &[JOINED], ("exact", "be recalled the same")),
        ("afternoon. Nobody", &[JOINED], ("moved", "afternoon. Nobody")),
        // Part of a word is quoted.
        ("govern", &[OLD[3], OLD[0]], ("moved", "govern")),
    ];
    let old = prose(OLD);
    for (quote, new, expected) in cases {
        let (state, words) = found(&anchor(&old, quote), &prose(new));
        assert_eq!((state, words.as_str()), *expected, "{quote:?} in {new:?}");
    }
}

#[test]
fn a_lookalike_is_not_attached_to() {
    let verse = |king: &str, years: &str| {
        format!(
            "In the {years} year of {king} the son of Nebat reigned the king over Judah, and he did evil in the sight of all."
        )
    };
    let verses = [verse("Jeroboam", "eighteenth"), verse("Baasha", "third"), verse("Ahab", "fourth")];
    let old = prose(&verses.each_ref().map(String::as_str));
    let anchor = anchor(&old, &verses[1]);
    assert!(anchor.rival.is_some_and(|r| r.quote > 80), "{:?}", anchor.rival);
    let without = prose(&[&verses[0], "And the rest of his acts are written.", &verses[2]]);
    assert!(find(&anchor, &without).needs_person());
    let changed = verses[1].replace("evil", "wrong");
    let with = prose(&[&verses[0], &changed, &verses[2]]);
    assert_eq!(found(&anchor, &with), ("changed", changed.clone()));
}

#[test]
fn twins_are_left_to_a_person_unless_one_stands_where_it_was() {
    let refrain = "And the people sang the song that they had sung on the way, and the band played the song again.";
    let old = prose(&["One.", refrain, "Two."]);
    let anchor = anchor(&old, refrain);
    let moved = prose(&["Three.", "Four.", "Five.", refrain, "Six.", refrain, "Seven."]);
    match find(&anchor, &moved) {
        Found::Ambiguous { candidates } => assert_eq!(candidates.len(), 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn headings_and_footnotes_are_named_by_what_they_belong_to() {
    let mut builder = Builder::new();
    builder.begin(BlockKind::Heading, 0).depth(1).push("Discipline");
    builder.begin(BlockKind::Paragraph, 0).push("The vote was taken");
    let here = builder.here();
    builder.push("[1]");
    let note = builder.note("1");
    builder.span(crate::text::span::SpanKind::NoteRef(note), here);
    builder.push(" and kept.");
    builder.begin(BlockKind::Heading, 0).depth(1).push("Discipline");
    builder.begin(BlockKind::Paragraph, 0).push("It was not kept.");
    builder.end();
    let first = builder.block_count();
    builder.begin(BlockKind::Footnote, 0).push("By nine votes to eight.");
    builder.define_note(note, first);
    let text = builder.finish();
    let id = || TextId::from("a.md");
    let heading = Anchor::of(id(), 1, &text, Place::new(2, 0)..Place::new(2, 10));
    assert_eq!((heading.passage, heading.heading, heading.locator().as_str()), (2, Some(2), "¶2"));
    assert!(matches!(find(&heading, &text), Found::Exact(hit) if hit.range.start == Place::new(2, 0)));
    let note = Anchor::of(id(), 1, &text, Place::new(4, 3)..Place::new(4, 13));
    assert_eq!((note.exact.as_str(), note.locator().as_str(), note.start), ("nine votes", "¶1 n1", 3));
    assert!(matches!(find(&note, &text), Found::Exact(hit) if hit.range.end == Place::new(4, 13)));
}

#[test]
fn a_long_stretch_is_found_by_its_ends() {
    let paragraph = |n: usize| -> String {
        let words = (0..60).map(|w| format!("w{}", (n * 7919 + w * 104_729) % 5003));
        words.collect::<Vec<_>>().join(" ") + "."
    };
    let paragraphs: Vec<String> = (0..60).map(paragraph).collect();
    let old = prose(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
    let range = Place::new(10, 0)..Place::new(39, old.block_str(39).len() as u32);
    let anchor = Finder::new(&old).anchor(TextId::from("a"), 1, range);
    assert!(anchor.exact.len() > 8000);
    let mut edited = paragraphs.clone();
    edited[20] = "Somebody wrote this paragraph anew, and much shorter.".to_owned();
    edited.insert(15, "This one is new.".to_owned());
    edited.insert(0, "So is this.".to_owned());
    let new = prose(&edited.iter().map(String::as_str).collect::<Vec<_>>());
    match find(&anchor, &new) {
        Found::Changed { hit, .. } => {
            assert_eq!(hit.range, Place::new(11, 0)..Place::new(41, new.block_str(41).len() as u32));
        }
        other => panic!("{other:?}"),
    }
    let cut = prose(&edited[..30].iter().map(String::as_str).collect::<Vec<_>>());
    assert!(find(&anchor, &cut).needs_person());
}

#[test]
fn other_scripts_have_words_too() {
    let cases = [
        (
            "Вся власть советам рабочих и солдатских депутатов",
            "власть советам",
            "Итак, вся власть советам рабочих депутатов",
        ),
        (
            "全世界無產者,聯合起來!一個幽靈,共產主義的幽靈,在歐洲遊蕩。",
            "幽靈,共產主義",
            "一個幽靈,共產主義的幽靈,在歐洲徘徊。",
        ),
        ("Τὸ φάντασμα τοῦ κομμουνισμοῦ πλανᾶται", "φάντασμα τοῦ", "τὸ φάντασμα του κομμουνισμού πλανάται"),
    ];
    for (old, quote, new) in cases {
        let (old, new) = (prose(&[old]), prose(&[new]));
        let hit = find(&anchor(&old, quote), &new).hit().cloned().unwrap();
        let (start, end) = (new.offset_of(hit.range.start), new.offset_of(hit.range.end));
        assert_eq!(super::units::fold(&new.string()[start..end]), super::units::fold(quote));
    }
}

#[test]
fn is_stored_as_toml_and_json_and_read_from_little() {
    let text = prose(OLD);
    let anchor = anchor(&text, "the minority");
    let toml = toml::to_string(&anchor).unwrap();
    assert!(toml.contains("exact = \"the minority\"") && toml.contains("rival = ["), "{toml}");
    assert_eq!(toml::from_str::<Anchor>(&toml).unwrap(), anchor);
    let json = serde_json::to_string(&anchor).unwrap();
    assert_eq!(serde_json::from_str::<Anchor>(&json).unwrap(), anchor);
    let little: Anchor =
        toml::from_str("text = \"a.md\"\nexact = \"the minority carries out what the majority\"").unwrap();
    assert_eq!(found(&little, &text).0, "moved");
    assert!(toml::from_str::<Anchor>("text = \"a\"\nexact = \"b\"\nhash = \"no\"").is_err());
}

#[test]
fn empty_texts_and_places_without_words_do_no_harm() {
    let empty = prose(&[]);
    let nowhere = Anchor::at(TextId::from("a"), 1, &empty, Place::default());
    assert_eq!(find(&nowhere, &prose(OLD)), Found::Orphaned);
    let ruled = text(&[(BlockKind::Paragraph, "Before."), (BlockKind::Rule, ""), (BlockKind::Paragraph, "After it.")]);
    let rule = Anchor::at(TextId::from("a"), 1, &ruled, Place::new(1, 0));
    assert_eq!(rule.exact, "After it.");
    let marks = prose(&["— — —", "Words."]);
    let dashes = anchor(&marks, "— —");
    assert_eq!(found(&dashes, &marks), ("exact", "— —".to_owned()));
    assert_eq!(find(&dashes, &prose(OLD)), Found::Orphaned);
}

/// Paragraphs of a few words from a small vocabulary, so that they repeat themselves.
fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(vec![
        "the",
        "vote",
        "was",
        "taken",
        "in",
        "council",
        "and",
        "nobody",
        "kept",
        "It",
        "— a",
        "l’été",
    ]);
    let paragraph = prop::collection::vec(word, 1..25).prop_map(|words| words.join(" "));
    prop::collection::vec(paragraph, 1..12)
}

fn any_place(text: &Text, at: prop::sample::Index) -> Place {
    let string = text.string();
    let mut offset = at.index(string.len() + 1);
    while !string.is_char_boundary(offset) {
        offset -= 1;
    }
    text.place_of(offset)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_place_is_found_exactly_in_its_own_text(
        paragraphs in paragraphs(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(),
    ) {
        let text = prose(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
        let (a, b) = (any_place(&text, a), any_place(&text, b));
        let (start, end) = (a.min(b), a.max(b));
        let stretch = Anchor::of(TextId::from("a"), 1, &text, start..end);
        match find(&stretch, &text) {
            Found::Exact(hit) if start < end => prop_assert_eq!(hit.range, start..end),
            Found::Exact(hit) => prop_assert_eq!(hit.at, start),
            other => prop_assert!(false, "{:?}", other),
        }
        let point = Anchor::at(TextId::from("a"), 1, &text, start);
        prop_assert!(matches!(find(&point, &text), Found::Exact(hit) if hit.at == start));
    }

    #[test]
    fn re_flow_keeps_places_in_order(
        paragraphs in paragraphs(), breaks in prop::collection::vec(any::<bool>(), 12),
        places in prop::collection::vec(any::<prop::sample::Index>(), 2..6), repeats in any::<bool>(),
    ) {
        let mut number = 0;
        let mut tell_apart = |word: &str| {
            number += 1;
            if repeats { word.to_owned() } else { format!("{word}{number}") }
        };
        let paragraphs: Vec<String> =
            paragraphs.iter().map(|p| p.split(' ').map(&mut tell_apart).collect::<Vec<_>>().join(" ")).collect();
        let old = prose(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
        let mut joined: Vec<String> = Vec::new();
        for (paragraph, is_break) in paragraphs.iter().zip(breaks) {
            match joined.last_mut() {
                Some(last) if !is_break => {
                    last.push('\n');
                    last.push_str(&paragraph.replace(' ', "  "));
                }
                _ => joined.push(paragraph.replacen(' ', "\n", 2)),
            }
        }
        let new = prose(&joined.iter().map(String::as_str).collect::<Vec<_>>());
        let finder = Finder::new(&new);
        let mut places: Vec<Place> = places.into_iter().map(|p| any_place(&old, p)).collect();
        places.sort();
        let found = places.iter().map(|p| finder.find(&Anchor::at(TextId::from("a"), 1, &old, *p)));
        let found: Vec<Place> = found.filter_map(|f| f.hit().map(|hit| hit.at)).collect();
        prop_assert!(found.is_sorted(), "{:?} of {:?}", found, places);
        prop_assert!(repeats || found.len() == places.len(), "{:?} of {:?}", found, places);
    }

    #[test]
    fn nonsense_is_survived(
        exact in any::<String>(), prefix in any::<String>(), string in any::<String>(),
        numbers in any::<[u32; 4]>(), small in 0_u32..4,
    ) {
        let new = prose(&[OLD[0], &string, OLD[3]]);
        let mut anchor = anchor(&prose(OLD), "flour");
        (anchor.start, anchor.end, anchor.passage, anchor.point) = (numbers[0] % 9, numbers[1], small, Some(numbers[2]));
        anchor.heading = (numbers[3] % 2 == 0).then_some(small);
        (anchor.exact, anchor.prefix, anchor.hash) = (exact + &string, prefix, new.hash());
        let found = find(&anchor, &new);
        if let Some(hit) = found.hit() {
            for place in [hit.range.start, hit.range.end, hit.at] {
                prop_assert!(new.string().is_char_boundary(new.offset_of(place)));
            }
        }
    }

    #[test]
    fn any_edit_is_survived(
        paragraphs in paragraphs(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[ \\-\n’a-e\u{ad}*]{0,3}"), 0..40),
    ) {
        let old = prose(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
        let (a, b) = (any_place(&old, a), any_place(&old, b));
        let anchor = Finder::new(&old).anchor(TextId::from("a"), 1, a.min(b)..a.max(b));
        let mut chars: Vec<String> = old.string().chars().map(String::from).collect();
        for (at, put) in edits {
            let at = at.index(chars.len());
            chars[at] = put;
        }
        let string = chars.concat();
        let new = prose(&string.split('\n').collect::<Vec<_>>());
        let found = find(&anchor, &new);
        let candidates = match &found {
            Found::Ambiguous { candidates } => candidates.clone(),
            other => other.hit().cloned().into_iter().collect(),
        };
        for hit in candidates {
            prop_assert!(hit.range.start <= hit.at && hit.at <= hit.range.end, "{:?}", hit);
            prop_assert!((0.0..=1.0).contains(&hit.confidence));
            for place in [hit.range.start, hit.range.end, hit.at] {
                prop_assert!(new.string().is_char_boundary(new.offset_of(place)));
            }
        }
    }
}
