//! The table in its three forms.

use super::{html, svg, text};
use crate::study::grid::{Grid, GridCell, GridRow, GridText, shade};

fn grid() -> Grid {
    let row = |id: &str, name: &str, cells: [GridCell; 3]| GridRow {
        id: id.to_owned(),
        name: name.to_owned(),
        proposed: id == "ships",
        cells: cells.to_vec(),
    };
    let treated = |count, strength| GridCell::Treated { count, strength };
    let text = |id: &str, name: &str| GridText { id: id.to_owned(), name: name.to_owned() };
    Grid {
        texts: vec![text("a.md", "Bread & <salt>"), text("b.md", "Soup"), text("c.md", "Tea")],
        rows: vec![
            row("ovens", "Ovens <hot>", [treated(12, 0.92), treated(1, 0.3), GridCell::NotFound]),
            row("ships", "Ships", [GridCell::Checked, GridCell::NotFound, GridCell::Unknown]),
        ],
        folded: 16,
        unsure: false,
    }
}

fn written(write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_table_says_strength_count_and_both_kinds_of_silence() {
    let table = written(|out| text::write(out, &grid(), None));
    insta::assert_snapshot!("text", table);
    // Where there is room for one text only, the tables stand below each other.
    let narrow = written(|out| text::write(out, &grid(), Some(34)));
    assert_eq!(narrow.lines().filter(|row| row.starts_with("topic ")).count(), 3, "{narrow}");
    assert_eq!(narrow.matches("12 × 0.92").count(), 1, "{narrow}");
    let none = written(|out| text::write(out, &Grid::default(), Some(20)));
    assert!(none.contains("topic"), "{none}");
}

#[test]
fn the_picture_has_every_cell_in_words_and_nothing_runs() {
    let svg = written(|out| svg::write(out, &grid()));
    for words in [
        "role=\"img\"",
        "<title id=\"title\">2 topics in 3 texts; 16 topics of the bundled library, in none of these texts</title>",
        "Ovens &lt;hot&gt;, Bread &amp; &lt;salt&gt;: 12 treatments, the strongest 0.92",
        "Ships (proposed), Bread &amp; &lt;salt&gt;: silent, as you checked",
        "Ships (proposed), Soup: not found",
        "Ships (proposed), Tea: not known",
        "prefers-color-scheme:dark",
        "silent, checked</text>",
    ] {
        assert!(svg.contains(words), "{words}\n{svg}");
    }
    assert!(!svg.contains("<script") && !svg.contains("<salt>") && !svg.contains("url("), "{svg}");
    assert_eq!(svg.matches("<g>").count(), 6);
    let mut reader = quick_xml::Reader::from_str(&svg);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    written(|out| svg::write(out, &Grid::default()));
}

#[test]
fn the_page_is_a_table_with_heads() {
    let page = written(|out| html::write(out, &grid()));
    for words in [
        "<th scope=\"col\"><span>Bread &amp; &lt;salt&gt;</span></th>",
        "<th scope=\"row\">Ovens &lt;hot&gt;</th>",
        "heat4",
        "12 <small>× 0.92</small>",
        "silent, as you checked",
        "not known: the text was not read",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
}

#[test]
fn a_strength_is_one_of_four_shades() {
    let shades = [0.0, 0.34, 0.35, 0.55, 0.74, 0.75, 1.0].map(shade);
    assert_eq!(shades, ["░░", "░░", "▒▒", "▓▓", "▓▓", "██", "██"]);
}
