//! Notes of plain text that stand at the ends of chapters, or of all.

use super::read;
use crate::import::Hint;
use crate::import::to_markdown::to_markdown;
use crate::text::Text;
use crate::text::block::BlockKind;

fn plain(source: &str) -> Text {
    read(source, &Hint::default(), &mut Vec::new()).unwrap()
}

/// Two chapters with two notes each.
fn chapters(first: [u32; 2], second: [u32; 2]) -> String {
    let chapter = |name: &str, [a, b]: [u32; 2]| {
        format!(
            "{name}\n\nThe mill {name} stood by the river[{a}] and was turned by it, year after year.\n\n\
             Nobody remembers who built it.[{b}] It is said to have been there first.\n\n\
             [{a}] The river of {name} is short.\n\n[{b}] The oldest letter that names {name} is lost.\n\n"
        )
    };
    chapter("Upper", first) + &chapter("Lower", second)
}

#[test]
fn notes_are_linked_whether_they_count_through_the_chapters_or_begin_anew_in_each() {
    let through = to_markdown(&plain(&chapters([1, 2], [3, 4])));
    let anew = to_markdown(&plain(&chapters([1, 2], [1, 2])));
    assert_eq!(through, anew);
    for part in [
        "The mill Upper stood by the river[^1]",
        "The mill Lower stood by the river[^3] and was turned",
        "who built it.[^4]",
        "[^2]: The oldest letter that names Upper is lost.",
        "[^3]: The river of Lower is short.",
    ] {
        assert!(through.contains(part), "{part}\n{through}");
    }
}

#[test]
fn numbers_that_lead_nowhere_make_no_notes() {
    // The second chapter cites a third note, which it does not have: it is no note of the first.
    let odd = chapters([1, 2], [1, 2]).replace("It is said", "It is said[3]");
    for source in [odd, chapters([1, 2], [4, 5]), chapters([2, 3], [4, 5])] {
        let text = plain(&source);
        assert!(text.blocks().iter().all(|b| b.kind != BlockKind::Footnote), "{}", to_markdown(&text));
    }
}
