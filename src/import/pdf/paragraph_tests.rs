//! Tests of paragraphs that stand apart, by the height of a line or less, or by an indent.

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
