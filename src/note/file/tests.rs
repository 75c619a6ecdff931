//! Notes as files: what is written is read back, and what was edited into nonsense is read as far as it goes.

use proptest::prelude::*;

use super::{parse, write};
use crate::anchor::{Anchor, Rival, TextId};
use crate::note::{Note, NoteId, Target};

fn anchor(exact: &str) -> Anchor {
    Anchor {
        text: TextId::from("b.md"),
        hash: 0x1234_5678_9012_3456,
        importer: 1,
        passage: 22,
        heading: None,
        note: None,
        start: 0,
        end: exact.len() as u32,
        point: None,
        rival: Some(Rival { quote: 40, whole: 20 }),
        exact: exact.to_owned(),
        prefix: "before ".to_owned(),
        suffix: " after".to_owned(),
    }
}

fn note(body: &str, quotes: &[&str]) -> Note {
    let target = |q: &&str| Target { anchor: anchor(q), citation: "A. Example, *B*, 1920, ¶22".to_owned() };
    Note {
        id: NoteId("20260803-121503-x".to_owned()),
        created: Some("2026-08-03T12:15:03Z".parse().unwrap()),
        modified: Some("2026-08-04".parse().unwrap()),
        listed_tags: Vec::new(),
        author: None,
        topic: Some("democratic-centralism".to_owned()),
        targets: quotes.iter().map(target).collect(),
        body: body.to_owned(),
    }
}

#[test]
fn a_note_is_a_file_that_plain_eyes_read() {
    let written = write(&note("Who recalls the recallers? #recall", &["A delegate\n\nwho can be recalled."]));
    let expected = "---\nid: 20260803-121503-x\ncreated: 2026-08-03T12:15:03Z\nmodified: 2026-08-04T00:00:00Z\n\
                    topic: democratic-centralism\nanchors:\n- text: \"b.md\"\n  passage: 22\n  start: 0\n  end: 32\n\
                    \u{20} exact: \"A delegate\\n\\nwho can be recalled.\"\n  prefix: \"before \"\n  suffix: \" after\"\n\
                    \u{20} hash: \"1234567890123456\"\n  importer: 1\n  rival: [40, 20]\n---\n\n\
                    > A delegate\n>\n> who can be recalled.\n>\n> — A. Example, *B*, 1920, ¶22\n\n\
                    Who recalls the recallers? #recall\n";
    assert_eq!(written, expected);
    let (read, faults) = parse(&written, "other-name");
    assert_eq!(faults, []);
    assert_eq!(read.tags(), ["recall"]);
    assert_eq!(read.id.0, "20260803-121503-x");
}

#[test]
fn what_was_edited_into_nonsense_is_read_as_far_as_it_goes() {
    let whole = write(&note("Words.", &["One quote.", "Another."]));
    let without = |from: &str, to: &str| {
        assert!(whole.contains(from), "{from}");
        whole.replacen(from, to, 1)
    };
    // The source, how many anchors are left, what the words begin with, and the faults.
    let cases: &[(String, usize, &str, &[&str])] = &[
        (whole.clone(), 2, "Words.", &[]),
        (
            without("created: 2026-08-03T12:15:03Z", "created: last summer"),
            2,
            "Words.",
            &["3: `created`: \"last summer\" is no"],
        ),
        (without("  passage: 22", "  passage: many"), 1, "> Another.", &["8: `anchors`: not understood"]),
        (without("anchors:", "anchers:"), 0, "> One quote.", &["1: there are no `anchors`"]),
        (without("topic: democratic-centralism", "topic: [a, b"), 2, "Words.", &["5: `topic`: not understood"]),
        (without("topic: democratic-centralism", "a stray line"), 2, "Words.", &["5: this is no `key: value`"]),
        (
            without("topic: democratic-centralism", "id: again"),
            2,
            "Words.",
            &["5: `id` stands here again; the one of line 2"],
        ),
        (without("---\n\n>", "\n\n>"), 0, "---\nid:", &["1: the front matter has no end"]),
        (without("Words.", "Words\u{1b}[2J."), 2, "Words\u{1b}", &["37: there are control characters"]),
        (String::new(), 0, "", &[]),
        ("Only words.".to_owned(), 0, "Only words.", &[]),
        ("---\ntags: one, #two\n---\nWords.".to_owned(), 0, "Words.", &[]),
    ];
    for (source, anchors, words, expected) in cases {
        let (read, faults) = parse(source, "stem");
        assert_eq!(read.targets.len(), *anchors, "{source}\n{faults:?}");
        assert!(read.body.starts_with(words), "{source}\n{:?}", read.body);
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), expected.len(), "{source}\n{said:?}");
        for (said, expected) in said.iter().zip(*expected) {
            assert!(said.starts_with(expected), "{said} for {expected}");
        }
    }
}

#[test]
fn other_programs_layouts_are_read() {
    let source = "---\r\ntags:\r\n  - 1917\r\n  - \"#vote\"\r\ncssclass: wide\r\n# mine\r\ntopic:   soviets   # held\r\nanchors:\r\n    \
                  - exact: Some words\r\n      text: a.md\r\n---\r\n> quoted\r\n> — Somebody\r\n\r\nMy\r\nwords\r\n";
    let (read, faults) = parse(source, "stem");
    assert_eq!(faults, []);
    assert_eq!((read.id.0.as_str(), read.topic.as_deref()), ("stem", Some("soviets")));
    assert_eq!(read.tags(), ["1917", "vote"]);
    assert_eq!(read.targets[0].anchor.exact, "Some words");
    assert_eq!(read.targets[0].citation, "Somebody");
    assert_eq!(read.body, "My\nwords");
    let (read, faults) =
        parse("---\nanchors: [{text: a, exact: b}, {text: a, exact: c}, {text: a, exact: d}]\n---\n", "s");
    assert_eq!((read.targets.len(), faults.len()), (2, 1));
}

fn any_anchor() -> impl Strategy<Value = Anchor> {
    let words = "[^\\r]{0,40}";
    (words, words, words, any::<(u32, u32, u32, u64)>(), proptest::option::of("\\PC{0,5}"), any::<Option<(u8, u8)>>())
        .prop_map(|(exact, prefix, suffix, (passage, start, end, hash), label, rival)| Anchor {
            hash,
            passage,
            start,
            end,
            note: label,
            rival: rival.map(|(quote, whole)| Rival { quote, whole }),
            prefix,
            suffix,
            text: TextId(exact.chars().take(9).collect()),
            exact,
            importer: 3,
            heading: Some(passage % 7),
            point: (start % 2 == 0).then_some(end),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_is_read_back_to_the_letter(
        body in any::<String>(),
        lines in proptest::collection::vec("(> |>|---|> — |#|- |a: |[ \\n]|\\PC){0,6}", 0..6),
        anchors in proptest::collection::vec(any_anchor(), 0..3),
        topic in proptest::option::of("\\PC{1,12}"),
        tags in proptest::collection::vec("[a-z0-9é/-]{1,8}", 0..3),
    ) {
        for body in [body, lines.join("\n")] {
            let mut written = note(&body, &[]);
            written.targets = anchors.iter().map(|a| Target { anchor: a.clone(), citation: "X, ¶3".to_owned() }).collect();
            written.topic = topic.clone().filter(|t| !t.trim().is_empty());
            written.listed_tags = tags.clone();
            let source = write(&written);
            let (read, faults) = parse(&source, "x");
            let serious: Vec<_> = faults.iter().filter(|f| !f.what.contains("control") && !f.what.contains("no `anchors`")).collect();
            prop_assert!(serious.is_empty(), "{serious:?}\n{source}");
            prop_assert_eq!(read, written, "{}", source);
        }
    }

    #[test]
    fn no_file_is_too_odd(source in any::<String>(), lines in proptest::collection::vec("(---|id: |anchors:|- |  |text: a|exact: \"|tags: \\[|> |\\PC)*", 0..12)) {
        for source in [source, lines.join("\n"), format!("---\n{}\n---\nWords", lines.join("\n"))] {
            let (_, faults) = parse(&source, "x");
            let count = source.lines().count().max(1);
            prop_assert!(faults.iter().all(|f| (1..=count).contains(&f.line)), "{faults:?}");
        }
    }
}

#[test]
fn who_made_a_note_stands_in_its_file() {
    let signed = Note { author: Some("Anna: \"A\" Example".to_owned()), ..note("Words.", &["A quote."]) };
    assert_eq!(parse(&write(&signed), "x"), (signed.clone(), Vec::new()));
    // What other programs mean by it is none of our business.
    let listed = write(&signed).replacen("author: ", "author:\n- Bert\nother: ", 1);
    let (read, faults) = parse(&listed, "x");
    assert_eq!((read.author, faults), (None, Vec::new()));
}
