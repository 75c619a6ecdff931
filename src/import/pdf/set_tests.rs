//! Tests of how pages are set: initials, line and page numbers, verse, cells of several lines.

use super::tests::{ONE, Paper, THREE, TWO, blocks, pdf, read, said};
use crate::import::{Hint, import};
use crate::text::block::BlockKind;

const VERSE: [&str; 6] = [
    "The wheel is still, the river low,",
    "The sacks lie empty by the door.",
    "I have not seen the water go",
    "So quiet these ten years and more.",
    "They say the carters came last night",
    "And left before the morning light.",
];

#[test]
fn a_raised_initial_leaves_the_lines_below_it_alone() {
    let mut page = Paper::default();
    page.set(72.0, 700.0, 30.0, &ONE[..1]);
    let lines = textwrap::wrap(&ONE[1..], 60);
    for (n, line) in lines.iter().enumerate() {
        let x = if n == 0 { 72.0 + 18.0 } else { 72.0 };
        page.set(x, 700.0 - 12.0 * n as f32, 10.0, line);
    }
    page.prose(72.0, 700.0 - 12.0 * (lines.len() + 1) as f32, 60, 0.0, &[TWO]);
    let read = read(&[page]);
    let texts: Vec<&str> = blocks(&read).into_iter().map(|(_, s)| s).collect();
    assert_eq!(texts, [ONE, TWO]);
}

#[test]
fn a_sign_that_is_raised_and_hardly_smaller_stays_in_its_line() {
    let mut page = Paper::default();
    let lines = textwrap::wrap(ONE, 60);
    for (n, line) in lines.iter().enumerate() {
        let y = 700.0 - 12.0 * n as f32;
        page.set(72.0, y, 10.0, line);
        if n + 1 == lines.len() {
            page.set(72.5 + 6.0 * line.len() as f32, y + 4.6, 8.9, "1");
        }
    }
    page.prose(72.0, 700.0 - 12.0 * (lines.len() + 1) as f32, 60, 0.0, &[TWO]);
    let read = read(&[page]);
    let texts: Vec<&str> = blocks(&read).into_iter().map(|(_, s)| s).collect();
    assert_eq!(texts, [&format!("{ONE}1"), TWO]);
}

#[test]
fn numbers_of_every_fifth_line_go_though_one_page_has_most_of_them() {
    let lines: Vec<String> =
        textwrap::wrap(&[ONE, TWO, THREE].join(" ").repeat(3), 40).iter().map(ToString::to_string).collect();
    let mut pages = vec![Paper::default(), Paper::default()];
    for (n, line) in lines.iter().enumerate() {
        let (page, y) = if n < 30 { (0, n) } else { (1, n - 30) };
        let y = 740.0 - 12.0 * y as f32;
        pages[page].set(110.0, y, 10.0, line);
        if (n + 1) % 5 == 0 {
            pages[page].set(80.0, y + 1.0, 7.0, &(n + 1).to_string());
        }
    }
    let read = read(&pages);
    assert!(!read.text.string().contains(|c: char| c.is_ascii_digit()), "{}", read.text.string());
    assert!(said(&read).iter().any(|s| s.ends_with("line numbers in the margin")), "{:?}", said(&read));
    // A few numbers in a row of prose are no count of lines.
    let mut page = Paper::default();
    page.prose(72.0, 700.0, 60, 0.0, &[ONE]);
    for (n, words) in ["5 mills", "10 roads", "15 towns"].iter().enumerate() {
        page.set(72.0, 600.0 - 12.0 * n as f32, 10.0, words);
    }
    assert!(super::tests::read(&[page]).text.string().contains("10 roads"));
}

#[test]
fn page_numbers_larger_than_the_text_are_page_numbers_and_those_of_chapters_are_not() {
    // No two pages begin or end alike.
    let all = [ONE, TWO, THREE];
    let paper = |n: usize, x: f32, y: f32| {
        let mut page = Paper::default();
        page.set(x, y, 13.0, &n.to_string());
        page.prose(72.0, 680.0, 60, 12.0, &[all[n % 3], all[(n + 1) % 3]]);
        page
    };
    let foot: Vec<Paper> = (1..=3).map(|n| paper(n, 300.0, 40.0)).collect();
    let texts: Vec<String> = blocks(&read(&foot)).into_iter().map(|(_, s)| s.to_owned()).collect();
    assert_eq!(texts, [TWO, THREE, THREE, ONE, ONE, TWO]);
    let head: Vec<Paper> = (1..=3).map(|n| paper(n, 300.0, 740.0)).collect();
    assert_eq!(blocks(&read(&head)).iter().filter(|(_, s)| s.len() == 1).count(), 3);
}

#[test]
fn lines_that_all_begin_with_capitals_are_verse_and_speakers_stand_over_it() {
    let mut page = Paper::default();
    page.set(72.0, 740.0, 20.0, "The Song");
    let mut y = 716.0;
    for stanza in 0..5 {
        page.set(150.0, y, 10.0, ["MILLER", "ANNA"][stanza % 2]);
        for line in VERSE {
            y -= 12.0;
            page.set(72.0, y, 10.0, line);
        }
        y -= 18.0;
    }
    let verse = VERSE.join("\n");
    let read = read(&[page]);
    assert_eq!(blocks(&read).iter().filter(|(kind, s)| *kind == BlockKind::Verse && *s == verse).count(), 5);
    assert_eq!(blocks(&read).iter().filter(|(_, s)| matches!(*s, "MILLER" | "ANNA")).count(), 5);
}

#[test]
fn verse_with_numbers_of_lines_and_of_the_page_is_verse() {
    let mut page = Paper::default();
    page.set(72.0, 740.0, 20.0, "The Song").set(250.0, 60.0, 12.0, "1");
    for n in 0..30 {
        let y = 716.0 - 11.64 * n as f32;
        if n % 5 == 4 {
            page.set(300.0, y + 2.0, 8.0, &(n + 1).to_string());
        }
        page.set(72.0, y, 10.0, VERSE[n % 6]);
    }
    let read = read(&[page]);
    assert_eq!(blocks(&read)[1], (BlockKind::Verse, [VERSE.join("\n").as_str(); 5].join("\n").as_str()));
}

#[test]
fn a_stanza_of_two_lines_is_one_beside_a_longer_one() {
    let mut page = Paper::default();
    let mut y = page.prose(72.0, 740.0, 60, 0.0, &[ONE, TWO]) - 12.0;
    for (n, line) in VERSE.iter().enumerate() {
        page.set(110.0, y, 10.0, line);
        y -= if n == 3 { 24.0 } else { 12.0 };
    }
    page.prose(72.0, y - 12.0, 60, 0.0, &[THREE]);
    let read = read(&[page]);
    let found: Vec<(BlockKind, &str)> = blocks(&read).into_iter().filter(|(k, _)| *k == BlockKind::Verse).collect();
    let (four, two) = (VERSE[..4].join("\n"), VERSE[4..].join("\n"));
    assert_eq!(found, [(BlockKind::Verse, four.as_str()), (BlockKind::Verse, two.as_str())]);
}

#[test]
fn cells_of_several_lines_are_cells_of_one_row() {
    let mut page = Paper::default();
    let y = page.prose(72.0, 740.0, 60, 0.0, &[ONE]) - 20.0;
    let rows: [(f32, &[(f32, &str)]); 6] = [
        (0.0, &[(160.0, "the box above the stones from")]),
        (6.0, &[(72.0, "hopper")]),
        (12.0, &[(160.0, "which the grain runs down")]),
        (36.0, &[(72.0, "leat"), (160.0, "the ditch that brings the water")]),
        (60.0, &[(72.0, "tail"), (160.0, "the water that has left the")]),
        (72.0, &[(160.0, "wheel again")]),
    ];
    for (down, cells) in rows {
        for (x, cell) in cells {
            page.set(*x, y - down, 10.0, cell);
        }
    }
    page.prose(72.0, y - 110.0, 60, 0.0, &[TWO]);
    let table = "hopper\tthe box above the stones from which the grain runs down\n\
                 leat\tthe ditch that brings the water\ntail\tthe water that has left the wheel again";
    let expected = [(BlockKind::Paragraph, ONE), (BlockKind::Table, table), (BlockKind::Paragraph, TWO)];
    assert_eq!(blocks(&read(&[page])), expected);
}

#[test]
fn a_file_that_does_not_say_where_its_objects_are_is_read_by_looking_for_them() {
    let mut page = Paper::default();
    page.prose(72.0, 700.0, 60, 0.0, &[ONE]);
    let whole = String::from_utf8(pdf(&[page])).unwrap();
    let at = whole.rfind("startxref").unwrap();
    for end in ["startxref\n99999999\n%%EOF\n", "startxref\n7\n%%EOF\n"] {
        let wrong = format!("{}{end}", &whole[..at]);
        let read = import(wrong.as_bytes(), &Hint::named("a.pdf")).unwrap();
        assert!(read.text.string().contains(ONE), "{end}");
    }
}

/// A string with so much space, in thousandths of the size, between its letters and between its words.
fn set_apart(page: &mut Paper, y: f32, string: &str, letters: u32, words: u32) {
    let mut shown = String::new();
    for word in string.split(' ') {
        let letter: Vec<String> = word.chars().map(|c| format!("({c})")).collect();
        shown += &format!("{}-{words}", letter.join(&format!("-{letters}")));
    }
    page.0.push_str(&format!("BT /F1 10 Tf 1 0 0 1 72 {y} Tm [{shown}] TJ ET\n"));
}

#[test]
fn letters_set_apart_make_no_spaces_and_lose_none() {
    let prose = "The file name is the name of the file, and a file without a name has none. A sine is a wave and a wave is no sine.";
    for (letters, words) in [(0, 250), (40, 400), (91, 800), (150, 700), (250, 900)] {
        let lines = ["write the outfile of a sinewave to filename", "plot it as an x in time", "stopatonce"];
        let mut page = Paper::default();
        page.prose(72.0, 700.0, 60, 0.0, &[prose]);
        for (n, line) in lines.iter().enumerate() {
            set_apart(&mut page, 600.0 - 40.0 * n as f32, line, letters, words);
        }
        let read = read(&[page]);
        let texts: Vec<&str> = blocks(&read).into_iter().skip(1).map(|(_, s)| s).collect();
        assert_eq!(texts, lines, "{letters} between letters, {words} between words");
        assert!(!said(&read).iter().any(|s| s.contains("lost space")), "{:?}", said(&read));
    }
}

#[test]
fn a_closing_mark_drawn_at_the_foot_of_a_line_opens_a_quotation() {
    let mut page = Paper::default();
    page.prose(72.0, 700.0, 60, 0.0, &[ONE]);
    page.set(72.0, 600.0, 10.0, "Das sagt der");
    page.0.push_str("BT /F1 10 Tf 1 0 0 1 156 600 Tm (M\\374ller\\223 von sich,) Tj ET\n");
    page.0.push_str("BT /F1 10 Tf 1 0 0 1 150 594 Tm (\\224) Tj ET\n");
    page.set(72.0, 588.0, 10.0, "und das Rad dreht sich weiter.");
    let read = read(&[page]);
    let said = "Das sagt der \u{201e}M\u{fc}ller\u{201c} von sich,";
    assert!(blocks(&read).iter().any(|(_, s)| s.starts_with(said)), "{:?}", blocks(&read));
}
