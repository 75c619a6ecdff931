//! How the lines of a plain text belong together: what once was read wrongly.

use super::read;
use crate::import::Hint;
use crate::import::to_markdown::to_markdown;
use crate::text::Text;
use crate::text::block::BlockKind;

fn plain(source: &str) -> Text {
    read(source, &Hint::default(), &mut Vec::new()).unwrap()
}

fn markdown(source: &str) -> String {
    to_markdown(&plain(source))
}

fn passages(text: &Text) -> Vec<&str> {
    (0..text.blocks().len()).map(|i| text.block_str(i)).collect()
}

const PROSE: &str = "The councils were elected by those who worked in the place and could be recalled on any day of the\n\
                     week, and nobody who sat in them was paid more than a worker was, so that few wished to sit in them\n\
                     for long, and fewer still came back when they had been called away to some other work in the hills.";

#[test]
fn short_paragraphs_that_fill_their_lines_are_whole() {
    for paragraphs in [
        [
            "Council the the delegates the the the well-known. The the the well-known.\nThe the the the.",
            "Decision the the well-known peasants in in was was the the the council.\nCouncil the the workers recalled. \
             Workers peasants the the council the\npeasants.",
        ],
        [
            "Was well-known and in. Recalled was was who delegates a of was at of\na. Delegates well-known the council \
             well-known at the the few\nPetrograd.",
            "The the the the. The the the the. The the the the.",
        ],
        [
            "Delegates delegates the peasants council few recalled the the the the the.\nPetrograd council in decision the \
             delegates well-known in well-known\nPetrograd. Council the the the. The the the the. The the the the.",
            "Well-known the the well-known the elected the well-known the. The at at the.\nIn the the the the the the the \
             the the the the the.",
        ],
    ] {
        let text = plain(&(paragraphs.join("\n\n") + "\n"));
        assert_eq!(passages(&text), paragraphs.map(|p| p.replace('\n', " ")));
    }
}

#[test]
fn verse_that_stands_in_keeps_its_lines_though_each_ends_a_sentence() {
    let source = format!(
        "{PROSE}\n\n    \"Good day!  Have you no wheel to turn?\"\n        The miller's daughter asked.\n    \"A wheel?  Oh no, we \
         only burn.\"\n        It is a heavy task.\n{:60}A. M.\n\n{PROSE}\n",
        ""
    );
    let text = plain(&source);
    assert_eq!(text.passage_count(), 3, "{}", to_markdown(&text));
    assert!(text.block_str(1).contains("turn?\"\n    The miller's"), "{}", text.block_str(1));
}

#[test]
fn whose_words_they_are_is_no_heading() {
    let source = format!("{PROSE}\n\n    Let us go.\n{:60}Anna\n\n{PROSE}\n\nThe Second Year\n\n{PROSE}\n", "");
    let text = plain(&source);
    let headings = text.blocks().iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Heading);
    assert_eq!(headings.map(|(i, _)| text.block_str(i)).collect::<Vec<_>>(), ["The Second Year"]);
}

#[test]
fn paragraphs_that_hang_are_parted_where_they_stand_out() {
    let talk = "    MILLER:  Then tell me who it was that came along the road in the night, and why the gate stood open when\n\
                \u{20}       the morning came.\n    ANNA:  Nobody came.\n    MILLER:  And the gate?\n    ANNA:  It was never shut, as \
                you know very well, since it was you that took away the bolt to mend it\n        and have not brought it back.";
    let text = plain(&format!("{PROSE}\n\n{talk}\n\n{PROSE}\n"));
    let said = passages(&text);
    assert_eq!(said.len(), 6, "{said:?}");
    assert!(said[1].ends_with("came.") && said[4].ends_with("back."), "{said:?}");
    assert!(text.blocks().iter().all(|b| b.kind != BlockKind::Quotation), "{said:?}");
}

#[test]
fn stress_goes_on_over_stanzas() {
    let source = format!(
        "{PROSE}\n\nIt was _well_ sung, said _all_, and _loud_.\n\n    _The wheel goes round, the water falls,\n    The corn is in \
         the sack;\n    And he who will not pay the toll\n    May take his corn again back.\n\n    But he who pays shall have his \
         flour\n    Before the day is done,\n    And walk with it along the road\n    Beneath the setting sun._\n\n{PROSE}\n"
    );
    let text = plain(&source);
    assert!(!text.string().contains('_'), "{}", text.string());
    let stressed = text.spans().iter().filter(|s| s.kind == crate::text::span::SpanKind::Emphasis).count();
    assert!(stressed >= 5, "{}", to_markdown(&text));
    // A sign that nothing answers is a letter.
    assert!(plain(&source.replace("sun._", "sun.")).string().contains("_The wheel"));
}

#[test]
fn raised_labels_in_brackets_are_notes_at_the_end_of_each_chapter() {
    let chapter = |n: u32| {
        format!("Chapter {n}. Mills\n\n{PROSE} ^[{n}]\n\n{PROSE}\n\n-------\n\n^[{n}] See the book of {n} mills.\n\n")
    };
    let text = plain(&(chapter(1) + &chapter(2) + &chapter(3)));
    let notes: Vec<_> = text.notes().iter().map(|n| (&*n.label, text.block_str(n.blocks.start))).collect();
    let expected =
        [("1", "See the book of 1 mills."), ("2", "See the book of 2 mills."), ("3", "See the book of 3 mills.")];
    assert_eq!(notes, expected);
    assert!(text.string().contains("hills.[2]") && !text.string().contains('^'), "{}", text.string());
}

#[test]
fn program_text_keeps_its_lines_and_prose_with_a_sign_does_not() {
    for program in [
        "$ cat >>~/.rc <<EOF\nMILL=\"the old one\"\nEOF\n$ . ~/.rc",
        "d=. ; while [ ! -d $d/mill -a $d != / ]; do d=$d/..; done\nif [ -d $d/mill ]; then\nexport MILL=$d\nfi",
        "Mill.in ----+             +-> Mill\nsrc/Mill.in +-> ./grind --+-> src/Mill\nmeal.in ----+             +-> meal",
    ] {
        let text = plain(&format!("{PROSE}\n\n{program}\n\n{PROSE}\n"));
        assert_eq!((text.blocks()[1].kind, text.block_str(1)), (BlockKind::Code, program));
    }
    let priced = "The sacks & the wheel, at $4 (that is <£3), were sold to the neighbour on the other\nside of the river; who paid \
                  for them with a horse, as he had always done since the flood.";
    assert_eq!(plain(&format!("{PROSE}\n\n{priced}\n\n{PROSE}\n")).block_str(1), priced.replace('\n', " "));
}

#[test]
fn numbers_that_carry_on_those_of_headings_are_headings_whatever_stands_below() {
    let section = |n: u32, below: &str| format!("2.{n}. The part {n}\n\n{below}\n\n");
    let source: String = (1..=7).map(|n| section(n, if n % 3 == 0 { "It turns." } else { PROSE })).collect();
    let text = plain(&format!("{PROSE}\n\n{source}"));
    assert_eq!(text.blocks().iter().filter(|b| b.kind == BlockKind::Heading).count(), 7, "{}", to_markdown(&text));
}

#[test]
fn items_go_on_below_their_first_line_and_after_what_stands_in() {
    let source = format!(
        "{PROSE} There are:\n\n* Mills\n\n    Where the corn is brought when the harvest is over, and where it stays for as long\n    as \
         the water is low.\n\n* Weirs\n\n    Where the water is held back for the wheel, and where the boys fish in the evenings\n    of \
         summer.\n\n{PROSE}\n"
    );
    let said = markdown(&source);
    assert!(said.contains("- Mills\n") && said.contains("- Weirs\n") && !said.contains("\n> "), "{said}");
    let source =
        format!("{PROSE} There is one thing more:\n\n* The wheel that nobody mends\n  and nobody turns.\n\n{PROSE}\n");
    assert!(markdown(&source).contains("- The wheel that nobody mends and nobody turns."), "{}", markdown(&source));
}

#[test]
fn a_line_between_rules_at_the_head_is_the_title_and_an_address_is_none() {
    let source = format!("-----\n\nThe Mills of the Valley\n\n-----\n\nA. Warden\n\n© 1998 A. Warden\n\n{PROSE}\n");
    let text = plain(&source);
    assert_eq!(text.meta().title.as_deref(), Some("The Mills of the Valley"));
    assert_eq!(text.blocks().iter().filter(|b| b.kind == BlockKind::Heading).count(), 1, "{}", to_markdown(&text));
    let source = format!("data http://mills.example/list\n\n{PROSE}\n");
    assert_eq!(plain(&source).meta().title, None);
}
