//! The bundled texts as an editor holds them: every note is cited and says whose words it rests on, quotation marks nest,
//! a quotation says who is quoted, and on every topic there are texts of different sides to jump between.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use diptych::import::{Hint, import};
use diptych::library::embedded::{EmbeddedText, TEXTS, TOPICS};
use diptych::text::Text;
use diptych::text::block::BlockKind;
use diptych::text::span::SpanKind;
use diptych::topic::codebook::Codebook;
use diptych::topic::coverage::Coverage;
use diptych::word::language::Language;

/// Those that argue for the party, and those in which its critics speak.
const DEFENCE: [&str; 3] = ["the-party-as-instrument", "what-organisation-is-for", "against-the-charge"];
const CRITICS: [&str; 2] = ["power-from-below", "biography-of-a-slogan"];

fn read(bundled: &EmbeddedText) -> Text {
    import(bundled.source.as_bytes(), &Hint::named(&bundled.file_name())).unwrap().text
}

/// The texts that make claims of fact: all that name sources.
fn studies() -> Vec<(&'static str, Text)> {
    let all = TEXTS.iter().map(|t| (t.stem, read(t)));
    let studies: Vec<_> = all.filter(|(_, text)| !text.meta().sources.is_empty()).collect();
    assert_eq!(studies.len(), DEFENCE.len() + CRITICS.len());
    studies
}

/// The words of each footnote, in order.
fn notes(text: &Text) -> Vec<String> {
    let words =
        |note: &diptych::text::Note| note.blocks.clone().map(|b| text.block_str(b)).collect::<Vec<_>>().join(" ");
    text.notes().iter().map(words).collect()
}

#[test]
fn every_note_is_defined_and_cited_in_the_order_of_its_numbers() {
    for (stem, text) in TEXTS.iter().map(|t| (t.stem, read(t))) {
        let cited: Vec<u32> = text
            .spans()
            .iter()
            .filter_map(|s| match s.kind {
                SpanKind::NoteRef(note) => Some(note),
                _ => None,
            })
            .collect();
        let labels: Vec<&str> = cited.iter().map(|&n| &*text.notes()[n as usize].label).collect();
        let numbers: Vec<String> = (1..=text.notes().len()).map(|n| n.to_string()).collect();
        assert_eq!(labels, numbers, "{stem}: each note once, in order");
        assert!(notes(&text).iter().all(|n| !n.trim().is_empty()), "{stem}: a note without words");
    }
}

#[test]
fn no_mark_of_a_source_is_left_in_the_running_text() {
    for bundled in TEXTS {
        let text = read(bundled);
        for index in (0..text.blocks().len()).filter(|&i| text.blocks()[i].kind != BlockKind::Code) {
            let block = text.block_str(index);
            // A note's number in brackets is one; an editor's addition in a quotation has a space or stands alone.
            let marks = block.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(mark, _)| mark);
            for mark in marks {
                let number = !mark.is_empty() && mark.chars().all(|c| c.is_ascii_digit());
                assert!(number || mark.contains(' '), "{}: [{mark}] in {block:?}", bundled.stem);
            }
            assert!(!block.contains("]("), "{}: {block:?}", bundled.stem);
        }
    }
}

#[test]
fn every_note_names_a_source_of_the_front_matter() {
    let titles: Vec<String> = TEXTS.iter().filter_map(|t| read(t).meta().title.clone()).collect();
    for (stem, text) in studies() {
        let sources = &text.meta().sources;
        for note in notes(&text) {
            let named = sources.iter().any(|s| note.contains(author(s))) || titles.iter().any(|t| note.contains(t));
            // What only says how words or dates are meant here speaks of the text itself.
            let of_itself = ["this text", "given here", "the sources give"].iter().any(|w| note.contains(w));
            assert!(named || of_itself, "{stem}: {note}");
        }
    }
}

/// What a note calls a source by: the surname of its author, or the first word of a paper that has none.
fn author(source: &str) -> &str {
    let name = source.split([',', ';']).next().unwrap_or(source);
    if name.starts_with("Resolution") { "Resolution" } else { name.rsplit(' ').next().unwrap_or(name) }
}

#[test]
fn every_source_of_the_front_matter_is_used() {
    for (stem, text) in studies() {
        for source in &text.meta().sources {
            assert!(text.string().contains(author(source)), "{stem} names {source:?} and does not use it");
        }
    }
}

#[test]
fn quotation_marks_nest_and_none_is_straight() {
    for bundled in TEXTS {
        let text = read(bundled);
        for index in 0..text.blocks().len() {
            let block = text.block_str(index);
            let is_code = text.spans_in(text.blocks()[index].range()).any(|s| s.kind == SpanKind::Code);
            assert!(is_code || !block.contains(['"', '\'']), "{}: {block:?}", bundled.stem);
            assert_eq!(nests(block), Ok(()), "{}: {block:?}", bundled.stem);
        }
    }
}

/// Whether double marks are closed, and single ones stand only within double ones. An apostrophe has a letter before it.
fn nests(block: &str) -> Result<(), &'static str> {
    let (mut double, mut single, mut before) = (false, false, ' ');
    for c in block.chars() {
        match c {
            '“' if double => return Err("double marks in double marks"),
            '“' => double = true,
            '”' if !double || single => return Err("closed too early"),
            '”' => double = false,
            '‘' if !double || single => return Err("single marks outside double ones"),
            '‘' => single = true,
            '’' if single && !before.is_whitespace() => single = false,
            _ => {}
        }
        before = c;
    }
    if double || single { Err("not closed") } else { Ok(()) }
}

#[test]
fn a_quotation_of_its_own_says_who_speaks() {
    for (stem, text) in studies() {
        for index in 0..text.blocks().len() {
            if text.blocks()[index].kind == BlockKind::Quotation {
                let block = text.block_str(index);
                let last = block.lines().last().unwrap_or_default();
                assert!(last.starts_with("— ") && last.len() > 5, "{stem}: {block:?}");
            }
        }
    }
}

#[test]
fn every_topic_is_treated_by_both_sides() {
    let (codebook, _) = Codebook::parse(TOPICS);
    let covered: Vec<(&str, Coverage)> = studies()
        .iter()
        .map(|(stem, text)| {
            let ControlFlow::Continue(coverage) =
                Coverage::of(text, &codebook, Language::English, &|_, _| ControlFlow::Continue(()))
            else {
                unreachable!("nothing breaks it off")
            };
            (*stem, coverage)
        })
        .collect();
    for topic in codebook.topics() {
        let treats = |stem: &&str| {
            let of = covered.iter().find(|(s, _)| s == stem).and_then(|(_, c)| c.get(&topic.id));
            of.is_some_and(|c| c.treatments().iter().any(|t| t.strength >= 0.4))
        };
        assert!(DEFENCE.iter().any(&treats), "{}: nobody argues for the party", topic.id);
        assert!(CRITICS.iter().any(treats), "{}: nobody answers", topic.id);
    }
}

#[test]
fn no_two_texts_tell_the_same_in_the_same_words() {
    let told: Vec<_> = studies().iter().map(|(stem, text)| (*stem, runs(text))).collect();
    for (nth, (stem, here)) in told.iter().enumerate() {
        for (other, there) in &told[nth + 1..] {
            let both: Vec<_> = here.intersection(there).collect();
            assert!(both.is_empty(), "{stem} and {other}: {both:?}");
        }
    }
}

/// All runs of so many words in the paragraphs of a text, without what they quote.
fn runs(text: &Text) -> BTreeSet<String> {
    const LENGTH: usize = 9;
    let mut runs = BTreeSet::new();
    for index in (0..text.blocks().len()).filter(|&i| text.blocks()[i].kind == BlockKind::Paragraph) {
        for piece in text.block_str(index).split('“').map(|p| p.split('”').next_back().unwrap_or(p)) {
            let words: Vec<&str> = piece.split_whitespace().collect();
            runs.extend(words.windows(LENGTH).map(|run| run.join(" ")));
        }
    }
    runs
}
