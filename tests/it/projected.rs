//! What a room sees of a passage: what it announces, large letters on the theme's own ground, hits in sight, titles in ASCII.

use std::sync::Arc;

use diptych::app::message::Msg;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::view::signs::Signs;
use diptych::view::sized::SizedRow;
use diptych::view::theme::{Depth, Ground, Theme};
use diptych::view::{Beyond, draw_with};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::play::Play;

/// Draws a screen of 80 by 24: its rows, and the letters that are larger than a cell.
fn drawn(play: &Play, theme: &Theme) -> (String, Vec<SizedRow>) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    let mut beyond = Beyond::default();
    draw_with(&play.app, theme, &mut buffer, Some(&mut beyond));
    let rows = buffer.content.chunks(80).map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>());
    (rows.collect::<Vec<_>>().join("\n"), beyond.sized)
}

fn words(rows: &[SizedRow]) -> String {
    rows.iter().flat_map(|row| row.parts.iter().map(|(words, _)| words.as_str()).chain([" "])).collect()
}

/// A pair of the reader's own, presented, in a session that keeps what it makes.
fn presented(left: &str, right: &str) -> (Play, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, words) in [("a.md", left), ("b.md", right)] {
        std::fs::write(folder.path().join(name), words).unwrap();
    }
    let library = Library::new(Arc::new(Os), Some(Folders::under(&folder.path().join("home"))));
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut play = Play::keeping(library, &at("a.md"), &at("b.md"));
    play.resize(80, 24).keys("P g r p space");
    (play, folder)
}

#[test]
fn a_passage_is_shown_with_the_quotation_that_it_announces() {
    let left = "The keeper saw the fleet leave, and she wrote of the sailors:[^1]\n\n> They took the tide and the charts.\n\nNobody answered.\n\n[^1]: From a letter.\n";
    let (mut play, _folder) = presented(left, "Of the fleet nothing was heard again.\n");
    play.shows("she wrote of the sailors").shows("They took the tide").hides("Nobody answered");
    play.tell(Msg::TextSizing);
    let (_, large) = drawn(&play, &Theme::new(Ground::Dark, Depth::Mono));
    assert!(words(&large).contains("They took the tide"), "{large:?}");
}

#[test]
fn the_source_of_a_quotation_is_no_sentence_that_is_lit() {
    let source = "— Anna Reed, on the sailors of the fleet, quoted by Sharon Smith";
    let quotation = format!("> No body more sensitive was ever invented.\\\n> {source}\n");
    let (mut play, _folder) = presented(&quotation, "The sailors of the fleet had committees.\n");
    // One sentence is all of the passage, and nothing of it recedes.
    let receding = play.styled(Modifier::DIM);
    assert!(!receding.contains("sensitive") && !receding.contains("Reed"), "{receding}");
    play.keys("s");
    let lit = |play: &Play| play.app.shown().present.and_then(|present| present.lit);
    assert_eq!(lit(&play).as_deref(), Some("No body more sensitive was ever invented."));
    assert!(play.styled(Modifier::DIM).contains("Anna Reed"), "{}", play.styled(Modifier::DIM));
    play.keys("s");
    assert_eq!(lit(&play), None, "there is no other");
    // A line of its own, after what was announced; and people who speak in turn.
    for (words, sentences) in [
        ("She wrote of them:\n\n> They took the tide.\n>\n> — Anna Reed, a letter\n", 2),
        ("> — Who goes there?\\\n> — Anna.\n", 2),
        ("Nobody answered.\\\n— Anna Reed, a letter\n", 2),
    ] {
        let (play, _folder) = presented(words, "The sailors of the fleet had committees.\n");
        assert_eq!(play.app.halves.presented_sentences(Side::Left).len(), sentences, "{words}");
    }
}

#[test]
fn large_letters_stand_on_the_ground_of_the_theme() {
    let (mut play, _folder) = presented("The keeper saw the fleet leave.\n", "Nothing was heard of the fleet.\n");
    play.tell(Msg::TextSizing);
    for ground in [Ground::Light, Ground::Dark] {
        let theme = Theme::projector(ground, Depth::Many);
        let (letters, paper) = theme.ground.unwrap();
        let (_, large) = drawn(&play, &theme);
        assert!(!large.is_empty());
        for (words, style) in large.iter().flat_map(|row| &row.parts) {
            assert_eq!(style.bg, Some(paper), "{words}");
            assert!(style.fg.is_some_and(|color| color != Color::Reset), "{words}");
        }
        assert!(large.iter().flat_map(|row| &row.parts).any(|(_, style)| style.fg == Some(letters)));
    }
}

#[test]
fn a_hit_far_down_in_a_long_passage_is_in_sight() {
    let long =
        format!("{} At last the lantern went out.\n", "The watch was long and nothing moved on the water. ".repeat(40));
    let (mut play, _folder) = presented(&long, "Nothing was heard of the fleet.\n");
    play.hides("lantern");
    play.keys("/ \"lantern\" enter").shows("lantern");
    play.tell(Msg::TextSizing);
    play.keys("r / \"lantern\" enter");
    let (_, large) = drawn(&play, &Theme::new(Ground::Dark, Depth::Mono));
    assert!(words(&large).contains("lantern"), "{large:?}");
}

#[test]
fn a_title_in_ascii_is_spaced_since_blocks_cannot_be_read_there() {
    let mut play = Play::bundled();
    play.resize(80, 24).keys("t \"the_soviets\" enter g p");
    let (blocks, _) = drawn(&play, &Theme::new(Ground::Dark, Depth::Many));
    assert!(!blocks.contains("T h e") && !blocks.contains("The soviets"), "{blocks}");
    let theme = Theme { signs: Signs::Ascii, ..Theme::new(Ground::Dark, Depth::Many) };
    let (spaced, _) = drawn(&play, &theme);
    assert!(spaced.contains("T h e   s o v i e t s") && !spaced.contains('#'), "{spaced}");
}

#[test]
fn nothing_that_lies_over_a_passage_is_drawn_over_by_large_letters() {
    let (mut play, _folder) =
        presented(&"The keeper saw the fleet leave. ".repeat(12), "Nothing was heard of the fleet.\n");
    play.tell(Msg::TextSizing);
    let theme = Theme::new(Ground::Dark, Depth::Mono);
    let whole = drawn(&play, &theme).1.len();
    assert!(whole > 4);
    // A page, a list, and the keys that can follow a half-typed one.
    for keys in ["?", "t", "g"] {
        play.keys(keys);
        let (screen, large) = drawn(&play, &theme);
        for row in &large {
            let under = screen.lines().skip(usize::from(row.at.1)).take(usize::from(row.scale));
            let wide: usize = row.parts.iter().map(|(words, _)| words.chars().count()).sum();
            for line in under {
                let covered: String =
                    line.chars().skip(usize::from(row.at.0)).take(wide * usize::from(row.scale)).collect();
                assert!(covered.trim().is_empty(), "{keys}: {covered:?} under {row:?}");
            }
        }
        play.keys("esc");
        assert_eq!(drawn(&play, &theme).1.len(), whole, "{keys}");
    }
    // A line that is typed leaves them, and where one stands.
    play.keys("/").shows("1/1");
    assert_eq!(drawn(&play, &theme).1.len(), whole);
}

#[test]
fn the_theme_is_changed_before_the_room() {
    let (mut play, _folder) = presented("The keeper saw the fleet leave.\n", "Nothing was heard of the fleet.\n");
    for name in ["dark", "light", "projector-dark", "projector-light", "mono"] {
        play.keys("z c").shows(&format!("theme: {name}"));
    }
}
