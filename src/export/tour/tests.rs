//! The leader's sheet and the handout of a tour.

use super::{SheetPassage, SheetStop, TourSheet, html, markdown, text};
use crate::import::{Hint, import};
use crate::layout::cells;

fn passage(words: &str) -> SheetPassage<'_> {
    SheetPassage {
        title: "A".to_owned(), locator: "¶3".to_owned(), words: words.to_owned(), ..SheetPassage::default()
    }
}

fn sheet(long: &str) -> TourSheet<'_> {
    TourSheet {
        title: "An evening".to_owned(),
        stops: vec![
            SheetStop {
                name: "The soviets".to_owned(),
                minutes: Some(6),
                remark: "Ask *first*.".to_owned(),
                author: None,
                passages: [Some(passage("Words.")), Some(passage(long))],
                address: Some("diptych://read?left=/a.md:3&right=/b.md:3".to_owned()),
            },
            SheetStop {
                name: "Recall".to_owned(),
                minutes: Some(4),
                passages: [None, Some(passage("More <b>& more</b>."))],
                ..SheetStop::default()
            },
        ],
        sources: vec!["Anna Ng, A, 1921".to_owned()],
    }
}

fn written(write: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_sheet_has_times_remarks_and_both_passages_at_any_width() {
    let long = "One sentence here. ".repeat(60);
    let tour = sheet(&long);
    for width in [20, 40, 100] {
        let sheet = written(|out| text::write(out, &tour, width));
        for words in ["An evening", "2 stops, 10 min", "0–6 min", "6–10 min", "Ask *first*.", "(silent)", "…"] {
            assert!(sheet.contains(words), "{words} at {width}\n{sheet}");
        }
        assert!(sheet.lines().all(|l| cells::width(l) <= usize::from(width.max(22))), "{sheet}");
    }
}

#[test]
fn the_handout_has_both_passages_whole_and_remarks_only_where_asked_for() {
    let source = "# A\n\nA *sound* passage,\nwhole.\n\n> Quoted.\n";
    let read = import(source.as_bytes(), &Hint::named("a.md")).unwrap().text;
    let block = read.numbering().block_of(crate::text::passage::PassageNo(1)).unwrap();
    let mut tour = sheet("");
    tour.stops[0].passages[1].as_mut().unwrap().block = Some((&read, block));
    for (remarks, said) in [(false, false), (true, true)] {
        let page = written(|out| html::write(out, &tour, remarks));
        assert!(page.contains("A <em>sound</em> passage") && page.contains("More &lt;b&gt;&amp; more"), "{page}");
        assert!(page.contains("Silent on this.") && page.contains("Anna Ng, A, 1921"), "{page}");
        assert_eq!(page.contains("Ask <em>first</em>."), said, "{page}");
        let plain = written(|out| markdown::write(out, &tour, remarks));
        assert!(plain.contains("## 1. The soviets (0–6 min)") && plain.contains("> A *sound* passage"), "{plain}");
        assert!(plain.contains("More \\<b\\>\\& more"), "{plain}");
        assert_eq!(plain.contains("Ask *first*."), said, "{plain}");
        assert!(page.contains("<a href=\"diptych://read?left=/a.md:3&amp;right=/b.md:3\""), "{page}");
        assert!(plain.contains("[In Diptych](diptych://read?left=/a.md:3&right=/b.md:3)"), "{plain}");
        assert_eq!((page.matches("diptych://").count(), plain.matches("diptych://").count()), (2, 1));
    }
}

#[test]
fn of_a_lost_passage_without_a_number_none_is_printed() {
    let mut tour = sheet("");
    let lost = tour.stops[0].passages[0].as_mut().unwrap();
    (lost.locator, lost.state) = (String::new(), Some("not in the text any more".to_owned()));
    let leaders = written(|out| text::write(out, &tour, 80));
    assert!(leaders.contains("◧ A, not in the text any more"), "{leaders}");
    let plain = written(|out| markdown::write(out, &tour, false));
    assert!(plain.contains("**A**, not in the text any more\n"), "{plain}");
    let page = written(|out| html::write(out, &tour, false));
    assert!(page.contains("<span class=\"locator\">A, not in the text any more</span>"), "{page}");
}

#[test]
fn a_passage_comes_with_the_quotation_that_it_announces() {
    let source = "Of the sailors she wrote:\n\n> They took the tide.\n\nNobody answered.\n";
    let read = import(source.as_bytes(), &Hint::named("a.md")).unwrap().text;
    let mut tour = sheet("");
    tour.stops[0].passages[1].as_mut().unwrap().block = Some((&read, 0));
    let page = written(|out| html::write(out, &tour, false));
    assert!(
        page.contains("<p>Of the sailors she wrote:</p>\n<blockquote><p>They took the tide.</p></blockquote>"),
        "{page}"
    );
    let plain = written(|out| markdown::write(out, &tour, false));
    assert!(plain.contains("> Of the sailors she wrote:\n>\n> > They took the tide.\n"), "{plain}");
    assert!(!page.contains("Nobody") && !plain.contains("Nobody"), "{plain}");
}
