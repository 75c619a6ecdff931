//! Laws of layout: rows cover a text exactly once at any width, a row and its place find each other, and no size of a
//! pane moves the place in it.

use std::sync::Arc;

use diptych::app::pane::{Pane, Viewport};
use diptych::import::{Hint, import};
use diptych::layout::Flow;
use diptych::layout::cursor::Cursor;
use diptych::layout::row::Row;
use diptych::model::open::Open;
use diptych::text::clean::Clean;
use diptych::text::{Place, Text};
use proptest::prelude::*;

/// Markdown of every kind of block, in pieces that are put together at random.
fn sources() -> impl Strategy<Value = String> {
    let words = "[a-z é語ʼ\u{301}-]{1,80}";
    let block = prop_oneof![
        4 => proptest::string::string_regex(words).unwrap(),
        1 => proptest::string::string_regex(words).unwrap().prop_map(|w| w.repeat(150)),
        1 => proptest::string::string_regex("[a-z]{3000,9500}").unwrap(),
        1 => proptest::string::string_regex(words).unwrap().prop_map(|w| format!("## h{w}")),
        1 => proptest::string::string_regex(words).unwrap().prop_map(|w| format!("> q{w}\n>\n> — r{w}")),
        1 => proptest::string::string_regex(words).unwrap().prop_map(|w| format!("- a{w}\n- b{w}\n  1. c{w}\n  2. d{w}")),
        1 => proptest::string::string_regex(words).unwrap().prop_map(|w| format!("```\na{w}\n\n\tb{w}\n```")),
        1 => proptest::string::string_regex(words).unwrap().prop_map(|w| format!("| a | {w} |\n| - | - |\n| b | {w} |")),
        1 => proptest::string::string_regex(words).unwrap().prop_map(|w| format!("x{w}[^1]\n\n[^1]: y{w}")),
    ];
    proptest::collection::vec(block, 1..8).prop_map(|blocks| blocks.join("\n\n"))
}

fn text(source: &str) -> Text {
    import(source.as_bytes(), &Hint::named("a.md")).unwrap().text
}

/// Every row of a text, walked from its first to its last.
fn rows(flow: Flow<'_>) -> Vec<Row> {
    let Some(mut cursor) = Cursor::at(flow, Place::default()) else { return Vec::new() };
    // The first place has its letters at it; what comes before them are blank rows.
    while cursor.up() {}
    let mut rows = vec![cursor.row()];
    while cursor.down() {
        rows.push(cursor.row());
    }
    let mut back = vec![cursor.row()];
    while cursor.up() {
        back.push(cursor.row());
    }
    back.reverse();
    assert_eq!(rows, back, "up is the way down, walked back");
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_cover_a_text_exactly_once_at_any_width(source in sources(), width in prop_oneof![1u16..12, 12u16..120, Just(500)]) {
        let text = text(&source);
        let rows = rows(Flow::new(&text, width));
        for index in 0..text.blocks().len() {
            let mut at = 0;
            for row in rows.iter().filter(|row| row.block as usize == index && row.is_text()) {
                prop_assert_eq!(row.start, at, "block {} of {:?} at {}", index, source, width);
                at = row.end;
            }
            prop_assert_eq!(at as usize, text.block_str(index).len());
        }
        prop_assert!(rows.is_sorted_by_key(|row| row.block));
    }

    #[test]
    fn a_row_and_its_place_find_each_other(source in sources(), width in 1u16..100, pick in any::<prop::sample::Index>()) {
        let text = text(&source);
        let flow = Flow::new(&text, width);
        for row in rows(flow).into_iter().filter(Row::is_text) {
            let cursor = Cursor::at(flow, Place::new(row.block, row.start)).unwrap();
            prop_assert_eq!(cursor.row(), row);
        }
        // Any place at all is on the row that covers it.
        let place = text.place_of(pick.index(text.string().len() + 1));
        let row = Cursor::at(flow, place).unwrap().row();
        let end = text.block_str(place.block as usize).len() as u32;
        prop_assert_eq!(row.block, place.block);
        prop_assert!((row.start..row.end).contains(&place.offset) || (place.offset >= end && row.end == end), "{row:?} {place:?}");
    }

    #[test]
    fn no_size_of_a_pane_moves_its_place(
        source in sources(),
        moves in -90..90i32,
        sizes in proptest::collection::vec((1u16..130, 1u16..90), 1..8),
    ) {
        let open = Open {
            id: "a".into(),
            library: None,
            request: "a".to_owned(),
            name: Clean::line("a"),
            text: Arc::new(text(&source)),
            version: 1,
            spots: diptych::word::spots::Spots::default(),
            provisional: false,
            warnings: Vec::new(),
        };
        let mut pane = Pane::default();
        pane.resize(Viewport { width: 60, height: 24 });
        pane.show(Arc::new(open));
        if moves < 0 {
            pane.to_end();
        }
        pane.scroll(moves);
        let place = pane.place;
        for (width, height) in sizes {
            pane.resize(Viewport { width, height });
            prop_assert_eq!(pane.place, place);
            let rows = pane.rows();
            prop_assert_eq!(rows.len(), usize::from(height));
            let shown = rows[usize::from(pane.line)].is_some_and(|r| r.block == place.block);
            prop_assert!(shown, "the place is at the reading line: {:?} of {:?}", pane.line, rows);
        }
    }
}
