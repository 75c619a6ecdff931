//! What plain text becomes.

use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert_eq, prop_assume, proptest};

use super::read;
use crate::import::pages::PageOrder;
use crate::import::to_markdown::to_markdown;
use crate::import::warning::Warning;
use crate::import::{Hint, import};
use crate::text::Text;
use crate::text::block::{BlockKind, Marker};

fn plain(source: &str) -> (Text, Vec<Warning>) {
    let mut warnings = Vec::new();
    (read(source, &Hint::default(), &mut warnings).unwrap(), warnings)
}

/// One line a block: kind, depth, quoted, marker, string.
fn shape(text: &Text) -> Vec<String> {
    let blocks = text.blocks().iter().enumerate();
    blocks
        .map(|(i, b)| {
            let marker = match b.marker {
                Marker::None => String::new(),
                Marker::Bullet => "• ".to_owned(),
                Marker::Number(n) => format!("{n}. "),
            };
            format!("{} {}{} {marker}{}", b.kind.name(), b.depth, b.quoted, text.block_str(i).replace('\n', "/"))
        })
        .collect()
}

/// Prose long enough to be taken for such.
const PROSE: &str = "The councils were elected by those who worked in the place and could be recalled on any day of the week, \
                     and nobody who sat in them was paid more than a worker was, so that few wished to sit in them for long.";

#[test]
fn a_letter_and_a_full_stop_at_the_head_of_a_line_make_no_list_of_prose() {
    let prose = "Few party with could delegates council few led a be who could. Could to in led time with\norganisation \
                 organisation and council peasants recalled well-known well-known peasants\na. Council in delegates recalled \
                 peasants peasants time the peasants peasants. Few party\nthe the.";
    let text = plain(&format!("The the the the. The the the the. The the the the.\n\n{prose}\n")).0;
    assert_eq!(text.block_str(1), prose.replace('\n', " "));
}

#[test]
fn chapters_of_a_novel_without_blank_lines_are_headings() {
    let prose = |times: usize| format!("{}风停了。", "河水静静地流，磨坊的轮子慢慢地转，没有人说话。".repeat(times));
    let (long, longer, short) = (prose(5), prose(9), prose(3));
    let source = format!("第01章\n{long}\n{short}\n第02章\n{longer}\n{long}\n第03章 磨坊\n{short}\n{longer}\n");
    let text = plain(&source).0;
    let headings = text.blocks().iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Heading);
    assert_eq!(headings.map(|(i, _)| text.block_str(i)).collect::<Vec<_>>(), ["第01章", "第02章", "第03章 磨坊"]);
    assert_eq!(text.blocks().len(), 9);
}

#[test]
fn structure_is_recognised() {
    let cases: &[(&str, &[&str])] = &[
        ("one line", &["paragraph 00 one line"]),
        ("a\rb\r\nc\n", &["paragraph 00 a", "paragraph 00 b", "paragraph 00 c"]),
        (&format!("The first councils\n\n{PROSE}\n\n{PROSE}\n"), &["heading 10 The first councils", "P", "P"]),
        (&format!("{PROSE}\n\nThe second year\n\n{PROSE}\n"), &["P", "heading 20 The second year", "P"]),
        // What stands in brackets, or is said by somebody of a play, is none.
        (&format!("{PROSE}\n\n(Kept in wax)\n\n{PROSE}\n"), &["P", "paragraph 00 (Kept in wax)", "P"]),
        (&format!("{PROSE}\n\nAnna. What Miller?\n\n{PROSE}\n"), &["P", "paragraph 00 Anna. What Miller?", "P"]),
        (&format!("{PROSE}\n\nWhat Is Bread?\n\n{PROSE}\n"), &["P", "heading 20 What Is Bread?", "P"]),
        (
            &format!("A licence\n=========\n\n1. What\n-------\n{PROSE}\n\nNot a heading.\n\n---\n\nHow\n---\n\nx\n"),
            &[
                "heading 10 A licence",
                "heading 20 1. What",
                "P",
                "paragraph 00 Not a heading.",
                "rule 00 ",
                "heading 20 How",
                "paragraph 00 x",
            ],
        ),
        (&format!("{PROSE}\n\n  • one\n  • two\n\n{PROSE}\n"), &["P", "item 10 • one", "item 10 • two", "P"]),
        (
            &format!("{PROSE} I assert:\n\n1. that it is;\n2. that it was.\n"),
            &["P I assert:", "item 10 1. that it is;", "item 10 2. that it was."],
        ),
        (&format!("{PROSE}\n\n* * *\n\n{PROSE}\n"), &["P", "rule 00 ", "P"]),
        (
            &format!("{PROSE}\n\nO wild west wind\nThou breath of autumn\n  Thou from whose presence\n"),
            &["P", "verse 00 O wild west wind/Thou breath of autumn/  Thou from whose presence"],
        ),
        (
            &format!("{PROSE} As Ann Lee put it:\n\n“{PROSE}” (47)\n\nIt was so.\n"),
            &["P As Ann Lee put it:", "quotation 01 “P” (47)", "paragraph 00 It was so."],
        ),
        // Speech is no quotation, whatever leads to it.
        (
            &format!("{PROSE} As Ann Lee said:\n\n“{PROSE}”\n\n“It was so.”\n"),
            &["P As Ann Lee said:", "paragraph 00 “P”", "paragraph 00 “It was so.”"],
        ),
        (
            &format!("{PROSE}[1]\n\n[1]. A note.\n\nMore of it.\n\n[2] Not cited, so this is no note.\n"),
            &[
                "P[1]",
                "paragraph 00 [1]. A note.",
                "paragraph 00 More of it.",
                "paragraph 00 [2] Not cited, so this is no note.",
            ],
        ),
        (
            &format!("{PROSE}[1] And.[2]\n\n[1]. A note.\n\n[2]. Another.\n"),
            &["P[1] And.[2]", "footnote 00 A note.", "footnote 00 Another."],
        ),
        (
            "# not a heading\n\n*stars* and [brackets](x) are letters\n",
            &["paragraph 00 # not a heading", "paragraph 00 *stars* and [brackets](x) are letters"],
        ),
    ];
    for (source, expected) in cases {
        let expected: Vec<String> = expected
            .iter()
            .map(|e| e.replace("“P”", &format!("“{PROSE}”")))
            .map(|e| e.strip_prefix('P').map_or(e.clone(), |rest| format!("paragraph 00 {PROSE}{rest}")))
            .collect();
        assert_eq!(shape(&plain(source).0), expected, "{source}");
    }
}

#[test]
fn what_a_page_break_has_cut_is_whole_again() {
    let half =
        "It was in the spring that the councils began to be heard of beyond the city, and by the summer they were ev-";
    let (text, warnings) =
        plain(&format!("{PROSE}\n\n{half}\n\nerywhere, in the villages too, and in the army.\n\n{PROSE}\n"));
    assert_eq!(text.passage_count(), 3);
    let whole = format!("{}erywhere, in the villages too, and in the army.", half.trim_end_matches('-'));
    assert_eq!(text.block_str(1), whole);
    let said: Vec<_> = warnings.iter().map(Warning::as_str).collect();
    assert_eq!(said, ["joined 1 paragraph over a break", "joined 1 hyphenated line"]);
}

#[test]
fn voices_are_told_apart() {
    let source = format!(
        "On councils, by Ann Lee\n\nMay 3, 1920\n\n{PROSE}[1] As Tom Fox put it:\n\n“{PROSE}”\n\n— Tom Fox, 1921\n\n[1]. A note.\n\n\
         \u{20} 1. I do not agree.\n\n     {PROSE}\n\n     Eve Moor\n\n  2. Nor do I.\n\n     Sam Hill\n"
    );
    let (text, _) = plain(&source);
    assert_eq!(text.meta().title.as_deref(), Some("On councils"));
    assert_eq!((text.meta().author.as_deref(), text.meta().date.as_deref()), (Some("Ann Lee"), Some("May 3, 1920")));
    let voices: Vec<_> = (0..text.blocks().len()).filter_map(|i| text.cite_voice(i)).collect();
    let moor = "Moor, comment on Lee";
    let hill = "Hill, comment on Lee";
    let fox = "Lee quoting Fox";
    assert_eq!(voices, [fox, fox, moor, moor, moor, hill, hill]);
    assert!(shape(&text).contains(&"heading 20 Comments".to_owned()));
}

#[test]
fn what_is_laid_out_keeps_its_lines() {
    let play = "THE MILL\n\nSCENE I. _The mill._\n\n_Miller_\n\n  The wheel is still, the river low,\n  The sacks lie empty by the door.\n  \
                I have not seen the water go\n  So quiet these ten years and more.\n\n\n_Anna_\n\n  Now who would drive so late a cart\n  \
                And leave no mark upon the road?\n\n\n_Miller_\n\n  Whoever has a heavy heart\n  And something hidden in his load.\n\n\
                SCENE II. _The road._\n\n_Anna_\n\n  I go.\n";
    let said = shape(&plain(play).0);
    let speakers: Vec<_> = said.iter().filter(|b| b.contains("Miller") || b.contains("Anna")).collect();
    assert!(speakers.iter().all(|b| b.starts_with("paragraph 00 ")), "{said:?}");
    assert!(said.iter().any(|b| b.contains("river low,/The sacks")), "{said:?}");
    assert!(said.iter().any(|b| b.contains("late a cart/And leave")), "{said:?}");
    let scenes: Vec<_> = said.iter().filter(|b| b.contains("SCENE")).map(|b| &b[..11]).collect();
    assert_eq!(scenes, ["heading 20 ", "heading 20 "], "{said:?}");
    let rows = "Wheat      4s  4d   fetched\nBarley    25s 10d   delivered\nOats      12s  0d   fetched\n";
    let said = shape(&plain(&format!("{PROSE}\n\n{rows}\n{PROSE}\n")).0);
    assert_eq!(said[1], format!("code 00 {}", rows.trim_end().replace('\n', "/")));
}

#[test]
fn lines_that_stand_apart_are_verse_where_chance_does_not_explain_their_capitals() {
    let prose = vec![textwrap::fill(PROSE, 72); 12].join("\n\n");
    let said = |apart: &str| shape(&plain(&format!("{prose}\n\n{apart}\n\n{prose}\n")).0);
    for verse in [
        "    The miller's daughter keeps the water from the wheel,\n    And nobody has come along the road to bring her meal\n    \
         Since April, when the wooden bridge went with the flood,\n    And left the road to town a river deep in yellow mud.",
        "    All roads, wherever they begin, lead to the mill,\n    And some are longer than the shadow of the hill.",
    ] {
        let (said, expected) = (said(verse), verse.trim_start().replace("\n    ", "/"));
        assert!(said.iter().any(|b| b.ends_with(&expected)), "{said:?}");
    }
    // Prose that is set in goes on with small letters, or fills its lines.
    for set_in in [
        "    The miller keeps the water from the wheel, and nobody has come with\n    Anna since the bridge went with the flood, and \
         left the road to town\n    a river deep in mud.",
        "    The miller keeps the water from the wheel, and nobody has come to see\n    Anna since the bridge went with the flood.",
    ] {
        let said = said(set_in);
        assert!(!said.iter().any(|b| b.contains('/')), "{said:?}");
    }
}

#[test]
fn what_is_done_on_a_stage_is_no_quotation() {
    let speech = "_Miller_.\n\nThe wheel has been still since the bridge went with the flood, and nobody has\ncome to \
                  bring us corn for as long as I can think, nor will.\n\n";
    let said = |direction: &str| shape(&plain(&format!("{}{direction}\n\n{speech}", speech.repeat(14))).0);
    for direction in [
        "    (He goes to the door and looks along the road for as\n    long as the light is there.)",
        "    _He goes to the door and looks along the road for as\n    long as the light is there._",
    ] {
        let said = said(direction);
        assert!(said.iter().all(|b| !b.starts_with("quotation")), "{said:?}");
    }
    let quoted = said("    He went to the door and looked along the road for as\n    long as the light was there.");
    assert!(quoted.iter().any(|b| b.starts_with("quotation")), "{quoted:?}");
}

#[test]
fn a_copy_of_a_site_is_told_from_a_book_by_more_than_one_line() {
    let book = format!("Loading\n\nFirst published in 1832\n\n{PROSE}\n\nLoading\n\n{PROSE}\n");
    let (text, warnings) = plain(&book);
    assert!(text.string().contains("First published in 1832") && warnings.is_empty(), "{warnings:?}");
    let site = format!("First published in 1832\n\nSign up for our letter\n\n{PROSE}\n\nShare this with others\n");
    let (text, warnings) = plain(&site);
    assert!(!text.string().contains("Sign up") && !text.string().contains("First published"), "{}", text.string());
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}

#[test]
fn dots_that_lead_to_a_price_keep_their_rows() {
    let rows =
        "From the mill to the bridge ....... 2d.\nFrom the bridge to the town ....... 1s 6d\nEmpty carts ....... free";
    let said = shape(&plain(&format!("{PROSE}\n\n{rows}\n\n{PROSE}\n")).0);
    assert_eq!(said[1], format!("code 00 {}", rows.replace('\n', "/")));
    let contents = "The mill ....... 1\nThe bridge and the road ....... 4\nThe town ....... 9\n";
    let said = shape(&plain(&format!("{PROSE}\n\n{contents}\n{PROSE}\n")).0);
    assert_eq!(said[1..4], ["item 10 • The mill 1", "item 10 • The bridge and the road 4", "item 10 • The town 9"]);
}

#[test]
fn notes_in_brackets_between_paragraphs_are_notes_though_chapters_count_anew() {
    let chapter = |said: &str| {
        format!(
            "It was {said}[1] then. {PROSE}\n\n[Footnote 1: By the papers, [sic] of {said}.]\n\nAnd so it stayed.[2]\n\n[Footnote 2: Or not.\n\nNobody knows.]\n\n"
        )
    };
    let text = plain(&format!("{}{}", chapter("said"), chapter("held"))).0;
    let notes: Vec<_> =
        text.notes().iter().map(|n| (&*n.label, text.block_str(n.blocks.start), n.blocks.len())).collect();
    let expected = [
        ("1", "By the papers, [sic] of said.", 1),
        ("2", "Or not.", 2),
        ("3", "By the papers, [sic] of held.", 1),
        ("4", "Or not.", 2),
    ];
    assert_eq!(notes, expected, "{:?}", shape(&text));
    assert!(text.string().contains("It was held[3] then") && text.string().contains("stayed.[4]"), "{}", text.string());
    // What nothing cites is what it says.
    let alone = plain(&format!("{PROSE}\n\n[Illustration 1: A mill.]\n\n{PROSE}\n")).0;
    assert!(alone.notes().is_empty() && alone.string().contains("[Illustration 1: A mill.]"));
}

#[test]
fn what_mail_quotes_is_quoted_and_prompts_are_not() {
    let said = shape(
        &plain(
            "He wrote:\n> The bridge at the lower mill is not mended yet, and\n> nobody has paid for the stones of it.\n>\n>> It never was mended, and it never will be while\n>> nobody pays.\n\nThat is all.\n",
        )
        .0,
    );
    assert_eq!(
        said,
        [
            "paragraph 00 He wrote:",
            "quotation 01 The bridge at the lower mill is not mended yet, and nobody has paid for the stones of it.",
            "quotation 02 It never was mended, and it never will be while nobody pays.",
            "paragraph 00 That is all."
        ]
    );
    for source in [
        "> x <- c(1, 2)\n> y <- f(x)\n[1] 3\n",
        ">>> x = 1\n>>> print(x)\n1\n",
        "> look\n\nYou see a mill.\n\n> take lamp\n\nTaken.\n",
    ] {
        let said = shape(&plain(source).0);
        assert!(said.iter().all(|b| !b.starts_with("quotation")) && said[0].contains('>'), "{said:?}");
    }
}

#[test]
fn a_letter_that_is_set_in_among_long_lines_is_one_paragraph() {
    let letter = "    The stones of the bridge are loose on the near side,\n    and a cart went through the rail on Tuesday last. I\n    \
                  have put a lantern there, and a boy to mind it.";
    let text = plain(&format!("The letter runs thus:\n\n{letter}\n\nThat was all he wrote.\n")).0;
    assert_eq!(text.passage_count(), 3, "{:?}", shape(&text));
    // Lines of verse that begin small stay lines.
    let verse = "the wheel is still\nthe river low\nand nobody knows why";
    assert!(!plain(&format!("One.\n\n{verse}\n\nTwo.\n")).0.string().contains("still the"));
}

#[test]
fn stanzas_whose_lines_begin_small_keep_them() {
    let poem = "МЕЛЬНИЦА\n\nСтоит колесо, и вода не шумит,\nпустые мешки у ворот.\nНикто на плотине давно не сидит,\nи мельник домой не идёт.\n\n\
                А ветер гуляет по старой стене,\nи дверь заскрипела опять.\nКто ночью приедет на белом коне,\nчтоб хлеба у нас попросить?\n";
    let said = shape(&plain(poem).0);
    assert_eq!(said.iter().filter(|b| b.starts_with("verse")).count(), 2, "{said:?}");
    let parts = "Erster Auftritt\n\nANNA. Ich geh.\n\nZweiter Auftritt\n\nMÜLLER. So geh.\n";
    let said = shape(&plain(parts).0);
    assert_eq!(said.iter().filter(|b| b.starts_with("heading") && b.contains("Auftritt")).count(), 2, "{said:?}");
}

#[test]
fn a_blank_line_ends_a_paragraph_and_a_page_does_not() {
    let verse = "And the word went out to them, and they heard it in the valley where they had been since\n\n\
                 and they went down to the river on that day, all of them, and did as they had been told to do\n";
    assert_eq!(plain(&format!("{PROSE}\n\n{verse}\n{PROSE}\n")).0.passage_count(), 4);
    let page = verse.replace("since\n\n", "since\n\x0c");
    assert_eq!(plain(&format!("{PROSE}\n\n{page}\n{PROSE}\n")).0.passage_count(), 3);
}

#[test]
fn a_blank_line_where_a_column_ended_ends_no_paragraph() {
    let options = textwrap::Options::new(44).wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    // Prose of the same words in another order on each page.
    let said = |n: usize| {
        let mut words: Vec<&str> = PROSE.trim_end_matches('.').split(' ').skip(1).collect();
        let count = words.len();
        words.rotate_left(n * 7 % count);
        words
    };
    let page = |n: usize, between: &str| {
        let set = |begin: &str, n: usize| -> Vec<String> {
            let set = textwrap::fill(&format!("{begin} {}.", said(n).join(" ")), &options);
            set.lines().map(str::to_owned).collect()
        };
        let (first, second) = (set("Then", n), set("Thus", n + 5));
        // A column ends with a full line.
        let (head, rest) = second.split_at(second.len() / 2);
        format!("{}\n\n{}{between}{}\n", first.join("\n"), head.join("\n"), rest.join("\n"))
    };
    let read = |between: &str, pages: &str| {
        plain(&(1..=4).map(|n| page(n, between)).collect::<Vec<_>>().join(pages)).0.passage_count()
    };
    assert_eq!(read("\n\n", "\n\x0c"), 8, "pages of two columns");
    assert_eq!(read("\n\n", "\n\n"), 12, "without pages a blank line is a blank line");
}

#[test]
fn chapters_are_headings_whatever_stands_below_them() {
    let short = "He came.";
    let source = format!("Kapitel 1\n\n{PROSE}\n\nKapitel 2\n\n{short}\n\nKapitel 3\n\n{PROSE}\n");
    for part in [["PART ONE", "PART TWO"], ["ЧАСТЬ ПЕРВАЯ", "ЧАСТЬ ВТОРАЯ"]] {
        let source = format!("{}\n\n{PROSE}\n\n{short}\n\n{}\n\n{short}\n\n{PROSE}\n", part[0], part[1]);
        let found = shape(&plain(&source).0);
        assert_eq!(
            found.iter().filter(|b| b.starts_with("heading") && b.contains(part[0].split(' ').next().unwrap())).count(),
            2,
            "{found:?}"
        );
    }
    let kinds: Vec<_> =
        shape(&plain(&source).0).iter().filter(|b| b.contains("Kapitel")).map(|b| b[..7].to_owned()).collect();
    assert_eq!(kinds, ["heading"; 3]);
    let text = plain("工場委員会の委員は全労働者によって選出され、いつでも解任することができる。\n\n党は討論よりも規律が重要であると考えた。行動には統一が必要だからである。\n").0;
    assert_eq!(text.passage_count(), 2);
}

#[test]
fn as_it_is_nothing_is_dropped_or_moved() {
    let source = format!("Downloading PDF. Please wait...\n\n{PROSE}\n\nSign up for our newsletter\n");
    let kept = import(source.as_bytes(), &Hint { as_is: true, ..Hint::named("a.txt") }).unwrap();
    assert_eq!(kept.text.passage_count(), 3);
    assert!(kept.warnings.is_empty());
    let repaired = import(source.as_bytes(), &Hint::named("a.txt")).unwrap();
    assert_eq!(repaired.text.passage_count(), 1);
    assert_eq!(repaired.warnings.len(), 1);
}

/// Paragraphs of ordinary sentences.
fn prose() -> impl Strategy<Value = Vec<String>> {
    const WORDS: &[&str] = &[
        "the",
        "council",
        "of",
        "workers",
        "and",
        "peasants",
        "was",
        "elected",
        "in",
        "spring",
        "with",
        "a",
        "few",
        "delegates",
        "who",
        "could",
        "be",
        "recalled",
        "at",
        "any",
        "time",
        "well-known",
        "decision",
        "that",
        "organisation",
        "party",
        "led",
        "to",
        "revolution",
        "“power”",
        "Petrograd",
        "Lenin",
    ];
    let word = (0..WORDS.len()).prop_map(|i| WORDS[i]);
    let sentence = prop::collection::vec(word, 4..22).prop_map(|words| {
        let mut s = words.join(" ");
        let first = s.chars().next().map_or(0, char::len_utf8);
        let capital = s[..first].to_uppercase();
        s.replace_range(..first, &capital);
        s + "."
    });
    prop::collection::vec(prop::collection::vec(sentence, 3..7).prop_map(|s| s.join(" ")), 2..8)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn prose_that_needs_no_repair_passes_letter_for_letter(
        paragraphs in prose(), width in 48..90usize, wrapped in any::<bool>(), crlf in any::<bool>(),
    ) {
        let options = textwrap::Options::new(width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        let set = |p: &String| if wrapped { textwrap::fill(p, &options) } else { p.clone() };
        let source = paragraphs.iter().map(set).collect::<Vec<_>>().join("\n\n") + "\n";
        // Where by chance every line ends with a sentence, nobody can tell lines from paragraphs.
        prop_assume!(!wrapped || source.lines().any(|line| !line.is_empty() && !line.ends_with('.')));
        let source = if crlf { source.replace('\n', "\r\n") } else { source };
        let (text, warnings) = plain(&source);
        let read: Vec<_> = (0..text.blocks().len()).map(|i| text.block_str(i).to_owned()).collect();
        prop_assert_eq!(read, paragraphs);
        prop_assert_eq!(warnings, Vec::new());
    }

    #[test]
    fn any_letters_are_read_and_read_back(source in "(?s).{0,400}", pages in any::<bool>()) {
        let source = if pages { source.replace('e', "\n\x0c") } else { source };
        let text = plain(&source).0;
        let written = to_markdown(&text);
        let read = import(written.as_bytes(), &Hint::named("a.md"));
        prop_assert_eq!(read.map_or(String::new(), |i| i.text.string().to_owned()), text.string().to_owned());
    }
}

#[test]
fn pages_are_put_in_the_order_that_is_set() {
    let order: PageOrder = "3,1".parse().unwrap();
    let source = "One page is here.\n\x0cTwo is the next.\n\x0cThree is the last.\n";
    for as_is in [false, true] {
        let hint = Hint { as_is, pages: Some(&order), ..Hint::named("a.txt") };
        let read = import(source.as_bytes(), &hint).unwrap();
        assert_eq!(read.text.string(), "Three is the last.\nOne page is here.", "as it is: {as_is}");
        let said: Vec<_> = read.warnings.iter().map(|w| (w.as_str(), w.is_fault())).collect();
        assert_eq!(said, [("page 2 is not in --pages 3,1 and left out", true)]);
    }
    let hint = Hint { pages: Some(&order), ..Hint::named("a.txt") };
    for (source, name, expected) in [
        ("One.\n\nTwo.\n", "a.txt", "no page breaks"),
        ("a\n\x0cb\n", "a.txt", "no page 3"),
        ("# A\n\x0cb", "a.md", "no page breaks"),
    ] {
        let said = import(source.as_bytes(), &Hint { name, ..hint }).unwrap_err().to_string();
        assert!(said.contains(expected), "{said}");
    }
}
