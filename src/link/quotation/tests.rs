//! What is found as a shared quotation, and how two wordings compare.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::{Fate, SharedQuotation, compare, shared_quotations};
use crate::import::{Hint, import};
use crate::text::Text;

fn text(paragraphs: &[&str]) -> Text {
    let source = paragraphs.join("\n\n");
    import(source.as_bytes(), &Hint::named("a.md")).unwrap().text
}

fn shared(left: &Text, right: &Text) -> Vec<SharedQuotation> {
    shared_quotations(left, right, &|_, _| ControlFlow::Continue(())).continue_value().unwrap()
}

/// Filler that has nothing to do with any quotation.
const FILLER: &[&str] = &[
    "The kettle whistled while rain ran down the window, and nobody in the kitchen spoke of the harvest.",
    "Every carpenter knows that green timber shrinks across the grain and hardly at all along its length.",
    "Ships leaving the harbour at dusk carry two lanterns, one of them red, and sound a horn in the fog.",
];

const CASES: &[(&str, &str, &str)] = &[
    (
        "verbatim, in marks",
        "As he put it: “The emancipation of the labouring classes must be conquered by the labouring classes themselves.” So be it.",
        "Nobody doubted that “the emancipation of the labouring classes must be conquered by the labouring classes themselves”.",
    ),
    (
        "cut",
        "“A spectre is haunting Europe, and all the powers of the old continent, pope and emperor, police spies and generals, have entered into a holy alliance to exorcise this spectre.”",
        "He wrote that “a spectre is haunting Europe … all the powers … have entered into a holy alliance to exorcise” it.",
    ),
    (
        "translated differently",
        "She answered: “Freedom only for the supporters of the government, only for the members of one party, however numerous they may be, is no freedom at all.”",
        "In another rendering: “Freedom for supporters of the government alone, for members of a single party alone, no matter how numerous they are, is not freedom.”",
    ),
    (
        "re-ordered",
        "“The philosophers have only interpreted the world in various ways; the point, however, is to change it by patient work.”",
        "“To change it by patient work is the point, however; the philosophers have only interpreted the world in various ways.”",
    ),
];

#[test]
fn quotations_are_found_in_both_directions() {
    for (what, one, other) in CASES {
        let left = text(&[FILLER[0], one, FILLER[1]]);
        let right = text(&[FILLER[2], other]);
        let found = shared(&left, &right);
        assert_eq!(found.len(), 1, "{what}: {found:?}");
        assert_eq!(found[0].marked, [true, true], "{what}");
        let back = shared(&right, &left);
        let swapped: Vec<_> = back.iter().map(|q| (q.right.clone(), q.left.clone())).collect();
        assert_eq!(swapped, [(found[0].left.clone(), found[0].right.clone())], "{what}");
    }
}

#[test]
fn a_quotation_ends_at_its_marks_or_its_sentence() {
    let (_, one, other) = CASES[0];
    let (left, right) = (text(&[one]), text(&[other]));
    let found = shared(&left, &right);
    let words = "emancipation of the labouring classes must be conquered by the labouring classes themselves";
    assert_eq!(&left.string()[found[0].left.clone()], format!("The {words}."));
    assert_eq!(&right.string()[found[0].right.clone()], format!("the {words}"));
    let plain = text(&[&format!("It is old. The {words}. It is true.")]);
    let found = shared(&plain, &right);
    assert_eq!(&plain.string()[found[0].left.clone()], format!("The {words}."));
    assert_eq!(found[0].marked, [false, true]);
}

#[test]
fn what_merely_speaks_of_the_same_is_no_quotation() {
    for (one, other) in [
        (
            "The emancipation of the workers was to be the task of workers, said the International in its rules.",
            "In its rules the International laid down that nobody but the workers could bring about their emancipation.",
        ),
        ("He read “Ten Days that Shook the World” by John Reed.", "John Reed wrote *Ten Days that Shook the World*."),
        (
            "The central committee of the party met on Monday and elected a new secretary.",
            "On Monday a new secretary was elected; the central committee of the party met again later.",
        ),
        (
            "A strike of the ferrymen in May 1899 ended after six weeks, when the harbour board granted the nine-hour shift.",
            "The ferrymen’s strike of May 1899 was an affair of six weeks; the nine-hour shift was conceded by a harbour board that was tired.",
        ),
        (
            "When the granary burned in 1902, the parish took the bakeries into its own hands and elected an overseer for each street.",
            "In 1902, after the granary burned, the parish seized the bakeries; overseers were elected by each street.",
        ),
    ] {
        let found = shared(&text(&[one, FILLER[0]]), &text(&[other, FILLER[1]]));
        assert!(found.is_empty(), "{one}: {found:?}");
    }
}

#[test]
fn what_both_have_word_for_word_is_one_though_neither_marks_it() {
    let words = "the tide came up past the second stone and carried the nets of the whole village out to sea";
    let one = format!("It is told that {words}.");
    let other = format!("In that year {words}, and nobody was drowned.");
    assert_eq!(shared(&text(&[&one, FILLER[0]]), &text(&[&other, FILLER[1]])).len(), 1);
}

#[test]
fn formulas_and_odd_texts_are_harmless() {
    let formula = "The Council of People’s Commissars of the Russian Republic hereby decrees as follows.";
    let many = [formula; 40];
    assert!(shared(&text(&many), &text(&many)).len() <= 40 * 40);
    for odd in ["…", "the of and", "# Only a heading", "说明书"] {
        assert!(shared(&text(&[odd]), &text(&[CASES[0].1])).is_empty());
    }
    let stop = |_, _| ControlFlow::Break(());
    assert!(shared_quotations(&text(FILLER), &text(FILLER), &stop).is_break());
}

/// Steps as text: `=kept`, `-only left`, `+only right`, `~left|right`.
fn told(left: &str, right: &str) -> Vec<String> {
    let tell = |s: super::Step| {
        let (l, r) = (left[s.left].trim(), right[s.right].trim());
        match s.fate {
            Fate::Kept => format!("={l}"),
            Fate::OnlyLeft => format!("-{l}"),
            Fate::OnlyRight => format!("+{r}"),
            Fate::Changed => format!("~{l}|{r}"),
        }
    };
    compare(left, right).into_iter().map(tell).collect()
}

#[test]
fn wordings_compare_as_a_reader_of_parallel_editions_expects() {
    for (left, right, expected) in [
        ("One two.", "One two.", &["=One two."][..]),
        ("", "", &[]),
        ("", "Something.", &["+Something."]),
        (
            "able by its own effort to strive",
            "able of its own effort to strive",
            &["=able", "~by|of", "=its own effort to strive"],
        ),
        ("combining in unions", "combine in unions", &["~combining|combine", "=in unions"]),
        ("the labour laws", "the labor law", &["=the labour", "~laws|law"]),
        (
            "The wise, the rich and the poor “all came”.",
            "The wise and the poor “all came” late.",
            &["=The wise,", "-the rich", "=and the poor “all came”.", "+late."],
        ),
        (
            "professionally engaged in revolt",
            "engaged in revolt as a profession",
            &["-professionally", "=engaged in revolt", "+as a profession"],
        ),
        (
            "slowly the river rose over banks and meadows",
            "over banks and meadows the river rose quickly",
            &["-slowly the river rose", "=over banks and meadows", "+the river rose quickly"],
        ),
        ("Советы могли отозвать", "Совет мог отозвать", &["~Советы|Совет", "~могли|мог", "=отозвать"]),
        ("…", "—", &["~…|—"]),
    ] {
        assert_eq!(told(left, right), expected, "{left} / {right}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn steps_cover_both_wordings_in_order(
        left in "((the|workers|party|of|“soviet|class,|rule[sd]|!|…) ?){0,14}",
        right in "((the|workers|party|of|“soviet|class,|rule[sd]|!|…) ?){0,14}",
    ) {
        let steps = compare(&left, &right);
        let (mut l, mut r) = (0, 0);
        for step in &steps {
            prop_assert_eq!((step.left.start, step.right.start), (l, r));
            prop_assert!(!step.left.is_empty() || !step.right.is_empty());
            (l, r) = (step.left.end, step.right.end);
        }
        prop_assert_eq!((l, r), (left.len(), right.len()));
    }
}
