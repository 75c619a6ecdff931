//! Tests of what an editor sends back: lines that belong together, and lines that are headings or are none.

use super::read;
use crate::import::Hint;
use crate::import::to_markdown::to_markdown;
use crate::text::block::BlockKind;

/// Prose in lines of at most `wide` letters.
fn wrapped(wide: usize, paragraphs: &[&str]) -> String {
    paragraphs.iter().map(|p| textwrap::fill(p, wide) + "\n\n").collect()
}

const ONE: &str = "The councils were elected by those who worked in the place and could be recalled on any day of the week, \
                   and nobody who sat in them was paid more than a worker was, so that few wished to sit in them for long.";
const TWO: &str = "It was in the spring that they began to be heard of beyond the city, and by the summer they were \
                   everywhere, in the villages too. Nobody had planned them. They had come up like mushrooms after rain.";

fn shape(source: &str) -> Vec<(BlockKind, String)> {
    let text = read(source, &Hint::default(), &mut Vec::new()).unwrap();
    (0..text.blocks().len()).map(|i| (text.blocks()[i].kind, text.block_str(i).to_owned())).collect()
}

fn headings(source: &str) -> Vec<(u8, String)> {
    let text = read(source, &Hint::default(), &mut Vec::new()).unwrap();
    let all = text.blocks().iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Heading);
    all.map(|(i, b)| (b.depth, text.block_str(i).to_owned())).collect()
}

#[test]
fn verse_whose_lines_are_sentences_stays_together() {
    let speech = "_Ogre._ Ha, old witch, it is done!\nI have broken the castle!\nThe king is fled.\nThe queen is lost.";
    let source = format!("{}{speech}\n\n{}", wrapped(70, &[ONE, TWO]), wrapped(70, &[TWO, ONE]));
    let shape = shape(&source);
    let found = shape.iter().find(|(_, s)| s.contains("old witch")).unwrap();
    assert_eq!((found.0, found.1.lines().count()), (BlockKind::Verse, 4), "{shape:?}");
}

#[test]
fn a_remark_in_brackets_over_lines_is_one_paragraph() {
    let remark = "[Alarum within. Enter King Duncan, Malcolm, Donalbain, Lennox,\nwith Attendants, meeting a bleeding\nSoldier.]";
    let source = format!(
        "ANNA.\nWho comes so late?\n\n{remark}\n\nJAN.\nIt is the king.\nMake way for him.\n\nANNA.\nSo be it.\n"
    );
    let shape = shape(&source);
    assert!(
        shape.iter().any(|(kind, s)| *kind == BlockKind::Paragraph && *s == remark.replace('\n', " ")),
        "{shape:?}"
    );
}

#[test]
fn a_short_line_ends_no_paragraph_where_blank_lines_end_them_all() {
    let paragraphs: Vec<String> = (0..24).map(|n| format!("So {}{ONE} {TWO}", "very ".repeat(n % 9))).collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let source = wrapped(70, &paragraphs);
    let short = "He always wrote it so, and had no other name for it in all his letters\nbut this.\nThere is an allusion to it in the last of them, which was never sent to\nanybody.\n\n";
    let shape = shape(&format!("{source}{short}{source}"));
    assert!(shape.iter().any(|(_, s)| *s == short.trim().replace('\n', " ")), "{shape:?}");
}

#[test]
fn numbered_stanzas_keep_their_lines() {
    let song = "1. There is springtime in the air,\n   When the happy robin sings,\n   And the earth is growing fair,\n   With the green on everything.\n\n2. There is summer on the hill,\n   When the heavy carts come home,\n   And the river turns the mill,\n   Till the wheel is white with foam.";
    let source = format!("{}{song}\n\n{}", wrapped(70, &[ONE, TWO]), wrapped(70, &[TWO, ONE]));
    let shape = shape(&source);
    let stanzas: Vec<_> = shape.iter().filter(|(_, s)| s.contains("springtime") || s.contains("summer on")).collect();
    assert!(stanzas.len() == 2 && stanzas.iter().all(|(_, s)| s.lines().count() == 4), "{shape:?}");
}

#[test]
fn lists_of_prices_and_captions_are_no_headings() {
    let prose = wrapped(70, &[ONE, TWO]);
    for line in [
        "Popular History of Mills   1.20",
        "Eclectic Geography of Rivers. 12mo.   $1 00",
        "A Mill by the River [Figure 40]",
        "Notes on Mills   60 cents",
    ] {
        let source = format!("{prose}{line}\n\n{prose}");
        assert_eq!(headings(&source), [], "{line}");
    }
    assert_eq!(headings(&format!("{prose}The Mill in Winter\n\n{prose}")).len(), 1);
}

#[test]
fn letters_of_an_index_are_no_numbers() {
    let prose = wrapped(70, &[ONE, TWO]);
    let chapters: String = ["I.", "II.", "III.", "IV."].iter().map(|n| format!("{n}\n\n{prose}")).collect();
    let index: String = ["A.", "B.", "C.", "D.", "H.", "I.", "K.", "L.", "M."]
        .iter()
        .map(|n| format!("{n}\n\nMill, 12, 15\nRiver, 20\nRope, 7\n\n"))
        .collect();
    let found = headings(&format!("{chapters}INDEX\n\n{index}"));
    let letters: Vec<_> = found.iter().filter(|(_, s)| s.len() == 2 && s != "I.").collect();
    assert_eq!(letters, Vec::<&(u8, String)>::new(), "{found:?}");
    assert_eq!(found.iter().filter(|(_, s)| s == "I.").count(), 1, "{found:?}");
}

#[test]
fn titles_below_the_numbers_of_chapters_are_alike() {
    let prose = wrapped(70, &[ONE, TWO]);
    let titles = ["THE RIVER", "GRETCHEN'S VIOLIN.", "\"THE RESCUE OF THE PRINCESS\"", "THE ROAD"];
    let source: String = titles
        .iter()
        .zip(["I", "II", "III", "IV"])
        .map(|(title, n)| format!("CHAPTER {n}\n\n{title}\n\n{prose}"))
        .collect();
    let found = headings(&source);
    let ranks: Vec<u8> = found.iter().filter(|(_, s)| titles.contains(&s.as_str())).map(|(rank, _)| *rank).collect();
    assert!(ranks.len() == 4 && ranks.iter().all(|r| *r == ranks[0]), "{found:?}");
}

#[test]
fn who_speaks_and_who_comes_are_no_headings() {
    let mut source = format!("A PLAY ABOUT A DANE\n\n{}", wrapped(70, &[ONE, TWO]));
    for n in 0..12 {
        source.push_str(&format!("Ham. I was the more deceived of the two of us that day, and of the {n} who stood by\nand saw it and said nothing of it to the king.\n\nPol. Then is the world one\n\nHam. It is so, and has been so since the first of us was born into it, who also\nheld his tongue, my lord, whenever the king was by and the day was long.\n\n"));
        if n % 4 == 0 {
            source.push_str(["Exit Polonius.\n\n", "Enter Polonius.\n\n", "Kills Polonius.\n\n"][n / 4]);
        }
    }
    let found = headings(&source);
    assert!(found.iter().all(|(_, s)| s == "A PLAY ABOUT A DANE"), "{found:?}");
}

#[test]
fn parts_that_ordinals_count_are_headings_though_an_article_stands_before_them() {
    let prose = wrapped(70, &[ONE, TWO]);
    let source: String =
        ["FIRST", "SECOND", "THIRD", "FOURTH"].iter().map(|n| format!("THE {n} BOOK\n\n{prose}")).collect();
    assert_eq!(headings(&source).len(), 4);
    let act =
        format!("ERSTER AUFZUG\n\nErster Auftritt\n\n{prose}Zweiter Auftritt\n\n{prose}Dritter Auftritt\n\n{prose}");
    let found = headings(&act);
    assert!(found[0].1 == "ERSTER AUFZUG" && found[0].0 < found[1].0 && found.len() == 4, "{found:?}");
}

#[test]
fn a_title_in_capitals_over_two_lines_is_one() {
    let prose = wrapped(70, &[ONE, TWO]);
    let source = format!("{prose}THE SYSTEMS OF THE OLD MILLERS OF THE VALLEY--THE BEGINNING\nOF THE ROAD\n\n{prose}");
    assert_eq!(headings(&source).len(), 1);
}

#[test]
fn notes_in_brackets_that_hang_are_prose() {
    let note = "[01] The strength of the motive in the fifth of the symphonies of\n     the miller undoubtedly lies in this alone.";
    let source = format!("{}{note}\n\n{}", wrapped(70, &[ONE, TWO]), wrapped(70, &[TWO]));
    let written = to_markdown(&read(&source, &Hint::default(), &mut Vec::new()).unwrap());
    assert!(written.contains("symphonies of the miller undoubtedly"), "{written}");
}

#[test]
fn the_librarys_marks_may_run_over_lines() {
    let source = "The Project Gutenberg EBook of The Mill, by A. B.\n\nTitle: The Mill\n\n***START OF THE PROJECT GUTENBERG EBOOK THE MILL ON THE\nRIVER***\n\nCHAPTER I\n\nIt stood there.\n\nEnd of The Project Gutenberg EBook of The Mill, by A. B.\n";
    let said: Vec<String> = shape(source).into_iter().map(|(_, s)| s).collect();
    assert_eq!(said, ["CHAPTER I", "It stood there."]);
}

#[test]
fn chapters_stand_over_the_sections_that_their_numbers_lead_to() {
    let prose = wrapped(70, &[ONE, TWO]);
    let mut source = String::new();
    for chapter in 1..4 {
        source
            .push_str(&format!("{chapter}. {}\n\n{prose}", ["Introduction", "Mills", "Troubleshooting"][chapter - 1]));
        for section in 1..4 {
            source.push_str(&format!("{chapter}.{section}. On the matter of {section}\n\n{prose}"));
        }
    }
    let found = headings(&source);
    let chapters: Vec<&(u8, String)> = found.iter().filter(|(_, s)| !s.contains("matter")).collect();
    assert!(found.len() == 12 && chapters.len() == 3, "{found:?}");
    assert!(chapters.iter().all(|(rank, _)| *rank < found[1].0), "{found:?}");
}

#[test]
fn titles_in_capitals_that_end_with_a_full_stop_are_headings_where_there_are_many() {
    let prose = wrapped(70, &[ONE, TWO]);
    let titles = [
        "CHERISH THE MILLS.",
        "FAT MEN AND CARTS.",
        "THE PARADISE OF FOOLS.",
        "OF ROADS.",
        "OF THE SEA AND OF RIVERS.",
    ];
    let source: String = titles.iter().map(|title| format!("\n\n{title}\n\n{prose}")).collect();
    assert_eq!(headings(&format!("{prose}{source}")).len(), 5);
    assert_eq!(headings(&format!("{prose}THE END OF IT.\n\n{prose}")), []);
}

#[test]
fn clauses_below_the_line_that_leads_to_them_are_a_list() {
    let clauses = "   Each decision is made by one or more of the following, and nobody else:\n    1. The Developers, by way of a resolution;\n    2. The Project Leader;\n    3. The Secretary.\n\n";
    let source = format!("{}{clauses}{}", wrapped(70, &[ONE, TWO]), wrapped(70, &[TWO, ONE]));
    let shape = shape(&source);
    assert_eq!(shape.iter().filter(|(kind, _)| *kind == BlockKind::Item).count(), 3, "{shape:?}");
}

#[test]
fn a_list_of_commands_is_a_list_whatever_sign_one_begins_with() {
    let commands =
        "     * send number\n     * index [full]\n     * help\n     * #... (comment)\n     * debug level\n\n";
    let source = format!("{}{commands}{}", wrapped(70, &[ONE, TWO]), wrapped(70, &[TWO, ONE]));
    let shape = shape(&source);
    assert_eq!(shape.iter().filter(|(kind, _)| *kind == BlockKind::Item).count(), 5, "{shape:?}");
}

#[test]
fn two_words_before_a_number_are_no_part() {
    let prose = wrapped(70, &[ONE, TWO]);
    let source = format!("by Anna Bee\n\n1\n\n{prose}2\n\nNobody slept.\n\n3\n\n{prose}4\n\n{prose}");
    let found = headings(&source);
    assert!(found.iter().all(|(_, s)| s.len() == 1), "{found:?}");
}
