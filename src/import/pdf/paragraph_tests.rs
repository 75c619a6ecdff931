//! Tests of paragraphs that stand apart, by the height of a line or less, or by an indent.

use crate::text::block::BlockKind;

use super::tests::{ONE, Paper, THREE, TWO, blocks, read};

/// Paragraphs as people write them: long ones beside short ones.
const ALL: [&str; 8] = [
    ONE,
    "Anna came there in the spring.",
    TWO,
    "She had walked, and said so.",
    "It was long before she understood what he had meant by that, and by then the bridge was gone.",
    THREE,
    "He did not answer.",
    ONE,
];

/// Sets paragraphs one below the other: `leading` from line to line, `apart` more from one to the next, first lines
/// `indent` further in.
fn set(paragraphs: &[&str], wide: usize, leading: f32, apart: f32, indent: f32) -> Vec<Paper> {
    let mut pages = vec![Paper::default()];
    let mut y = 760.0;
    for paragraph in paragraphs {
        // An indent takes the room of letters.
        let options = textwrap::Options::new(wide).initial_indent(if indent > 0.0 { "~~~" } else { "" });
        for (n, line) in textwrap::wrap(paragraph, options).iter().enumerate() {
            if y < 60.0 {
                pages.push(Paper::default());
                y = 760.0;
            }
            let x = if n == 0 { 72.0 + indent } else { 72.0 };
            if let Some(page) = pages.last_mut() {
                page.set(x, y, 10.0, line.trim_start_matches('~'));
            }
            y -= leading;
        }
        y -= apart;
    }
    pages
}

fn paragraphs(pages: &[Paper]) -> Vec<String> {
    blocks(&read(pages)).into_iter().map(|(_, s)| s.to_owned()).collect()
}

#[test]
fn paragraphs_that_stand_apart_are_not_joined_though_most_are_short() {
    for (leading, apart) in [(12.0, 12.0), (12.0, 6.0), (14.0, 7.0), (12.0, 3.6), (20.0, 20.0)] {
        for wide in [60, 72] {
            assert_eq!(paragraphs(&set(&ALL, wide, leading, apart, 0.0)), ALL, "{leading} {apart} {wide}");
        }
    }
}

#[test]
fn a_paragraph_of_one_line_that_stands_in_is_one_among_others() {
    let twice = [ALL, ALL].concat();
    for wide in [60, 66, 72] {
        assert_eq!(paragraphs(&set(&twice, wide, 14.0, 0.0, 18.0)), twice, "{wide}");
    }
}

#[test]
fn a_list_of_books_whose_lines_hang_is_not_cut() {
    let mut page = Paper::default();
    let mut y = 760.0;
    let books = [
        "Lee, Ann. The Mill at the Bend. A Study of Wheels. Town, 1902.",
        "Fox, Tom. Roads. A History of all Roads in the Hills. Town, 1911.",
    ];
    for book in books {
        for (n, line) in textwrap::wrap(book, 40).iter().enumerate() {
            page.set(if n == 0 { 72.0 } else { 96.0 }, y, 10.0, line);
            y -= 12.0;
        }
    }
    y = page.prose(72.0, y - 12.0, 60, 0.0, &[ONE, TWO]);
    page.prose(72.0, y, 60, 0.0, &[THREE]);
    let read = paragraphs(&[page]);
    assert_eq!(&read[..2], &books.map(str::to_owned), "{read:?}");
}

#[test]
fn a_letter_that_a_slanted_word_sets_off_belongs_to_it() {
    let mut page = Paper::default();
    let y = page.prose(72.0, 700.0, 60, 0.0, &[ONE, TWO]);
    page.face("F3", 72.0, y - 12.0, 10.0, "variable").set(72.0 + 48.0 + 1.7, y - 12.0, 10.0, "s and");
    page.face("F3", 72.0 + 48.0 + 1.7 + 30.0 + 3.0, y - 12.0, 10.0, "value").set(190.0, y - 12.0, 10.0, "are kept.");
    let read = paragraphs(&[page]);
    assert!(read.iter().any(|s| s == "variables and value are kept."), "{read:?}");
}

#[test]
fn program_text_is_told_from_prose_though_it_is_more_than_half_of_the_lines() {
    let mut page = Paper::default();
    let mut y = 740.0;
    for _ in 0..3 {
        for line in textwrap::wrap(TWO, 80) {
            page.face("F4", 72.0, y, 10.0, &line);
            y -= 12.0;
        }
        y -= 6.0;
        for line in ["if mill.turns():", "  grind(corn)", "elif mill.stands():", "  mend(wheel)"] {
            page.set(72.0, y, 10.0, line);
            y -= 12.0;
        }
        y -= 6.0;
    }
    let read = read(&[page]);
    let said = blocks(&read);
    let code = said.iter().filter(|(kind, _)| *kind == BlockKind::Code).map(|(_, s)| *s).collect::<Vec<_>>();
    assert_eq!(code, ["if mill.turns():\n  grind(corn)\nelif mill.stands():\n  mend(wheel)"; 3], "{said:?}");
}

#[test]
fn a_quotation_that_is_set_in_from_both_sides_is_not_cut_after_a_line_that_leaves_room() {
    let mut page = Paper::default();
    let mut y = page.prose(72.0, 740.0, 70, 0.0, &[ONE, TWO]) - 12.0;
    let quoted = [
        "The essential thing about a mill is that it has a wheel, and it",
        "is turned by what a weir keeps for as long as there is somebody",
        "to open the gate in the morning, and somebody to shut it again.",
        "Nobody has yet seen one that was built in another way.",
    ];
    for line in quoted {
        page.set(96.0, y, 10.0, line);
        y -= 12.0;
    }
    page.prose(72.0, y - 12.0, 70, 0.0, &[THREE, ONE]);
    let read = paragraphs(&[page]);
    assert!(read.contains(&quoted.join(" ")), "{read:?}");
}
