//! What is told is true: what is typed finds what is there, and what is said was seen.

use std::fs;

use diptych::app::key::Key;
use diptych::app::message::{Copied, Effect, MouseAct, Msg, Terminal as Asked, Timer};
use diptych::app::work::Job;
use diptych::app::work::search::SearchText;
use diptych::link::Side;
use rustix::process::Signal;

use crate::cli::{out, printed, run};
use crate::play::Play;
use crate::terminal::Terminal;

/// A session on a text and a short other one, and the folder they are in.
fn session(left: &str) -> (Play, tempfile::TempDir) {
    session_of(100, 30, left)
}

fn session_of(columns: u16, rows: u16, left: &str) -> (Play, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, words: &str| {
        let path = dir.path().join(name);
        fs::write(&path, words).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (left, right) = (file("a.md", left), file("b.md", "# Other\n\nAnother plain sentence.\n"));
    (Play::new(columns, rows, &left, &right), dir)
}

/// Types letters, whatever they are.
fn typed(play: &mut Play, words: &str) {
    for c in words.chars() {
        play.tell(Msg::Key(Key::char(c)));
    }
}

const SPELT: &str = "# Spelt\n\nA café and a cafe\u{301} of the de\u{301}le\u{301}gués.\n\nA com\u{ad}mit\u{ad}tee, zero\u{200b}width.\n\n\
    Worker\u{a0}control, the trade\u{2011}union.\n\nThe oﬃcial, the ﬁrst one.\n\nThe straße; STRASSE.\n\n\
    İSTANBUL, İstanbul, istanbul, ışık.\n\nHe said «\u{a0}la grève\u{a0}» and “yes”, l’État.\n\n\
    Wait… the soviets — then vote.\n\nЁлки, елки; мой и мои.\n\nＷｏｒｋｅｒｓ.\n\n\
    The councils[^1] of the line.\n\nThe end  \nof a verse\n\n[^1]: A note.\n";

#[test]
fn what_is_typed_finds_every_way_of_writing_it() {
    let (mut play, _dir) = session(SPELT);
    for (words, hits) in [
        ("cafe", 2),
        ("café", 2),
        ("delegues", 1),
        ("committee", 1),
        ("zerowidth", 1),
        ("worker control", 1),
        ("trade-union", 1),
        ("trade union", 1),
        ("official", 1),
        ("first", 1),
        ("strasse", 2),
        ("straße", 2),
        ("istanbul", 3),
        ("isik", 1),
        ("\"la grève\"", 1),
        ("\"yes\"", 1),
        ("l'etat", 1),
        ("wait...", 1),
        ("soviets - then", 1),
        ("soviets—then", 1),
        ("елки", 2),
        ("мои", 1),
        ("workers", 1),
        ("councils of the line", 1),
        ("the end of a verse", 1),
        // What is asked for is what is found.
        ("STRASSE", 1),
        ("Café", 0),
        ("délegués", 1),
        ("wôrker", 0),
        // No phrase goes on in another passage.
        ("first one the", 0),
    ] {
        play.keys("/");
        typed(&mut play, words);
        play.shows(&format!("{hits} ┊ 0 hits"));
        play.keys("esc");
    }
}

#[test]
fn a_pattern_is_exact_only_where_its_letters_are() {
    let (mut play, _dir) = session("# A\n\nThe soviets, the soviets. THE SOVIETS\n");
    for (pattern, hits) in [
        ("the\\W+soviets", 3),
        ("the\\Ssoviets|the soviets", 3),
        ("\\bthe \\p{L}oviets\\B*", 3),
        ("(?P<Name>the) soviets", 3),
        ("[[:^digit:]]he soviets", 3),
        ("The\\s+soviets", 1),
        ("[A-Z]he soviets", 1),
    ] {
        play.keys("/ ctrl-r");
        typed(&mut play, pattern);
        play.shows(&format!("{hits} ┊ 0 hits"));
        play.keys("esc");
    }
}

#[test]
fn lists_find_in_any_case_without_accents_and_with_any_apostrophe() {
    let (mut play, _dir) = session(
        "# Les soviets à Pétrograd\n\nUn mot.\n\n## L’État et la révolution\n\nEncore.\n\n## E\u{301}lections\n\nFin.\n",
    );
    for (words, found) in [
        ("petrograd", "Les soviets à Pétrograd"),
        ("L'ETAT", "L’État et la révolution"),
        ("élections", "lections"),
        ("revolution", "L’État et la révolution"),
    ] {
        play.keys("c");
        typed(&mut play, words);
        play.shows("1 of 3").shows(found);
        play.keys("esc");
    }
}

#[test]
fn contents_have_what_is_under_them_and_equal_headings_their_part() {
    let parts = ["Excel", "Outlook"].map(|part| {
        format!("# {part}\n\n## Introduction\n\nUnder {part}.\n\n## Setting up\n\nOnce more.\n\n## Introduction\n\nAnd again.\n\n")
    });
    let (mut play, _dir) =
        session(&format!("# All\n\n{}# Last\n\nOne.[^1]\n\n# Nothing\n\n[^1]: note\n", parts.concat()));
    play.keys("c").shows("¶¶ 1–3").shows("¶¶ 4–6").shows("¶ 2").hides("1–1").hides("¶¶ 4–3");
    typed(&mut play, "intro");
    play.shows("Excel  ¶ 1").shows("Outlook  ¶ 6").shows("4 of ");
}

/// Whether a job is a search.
fn is_search(job: &Job) -> bool {
    job.work::<SearchText>().is_some()
}

#[test]
fn a_search_that_is_accepted_before_it_is_answered_goes_to_the_hit() {
    let paragraphs: Vec<String> =
        (1..=60).map(|n| format!("Passage {n} of many{}.", if n == 40 { ", a needle" } else { "" })).collect();
    let (mut play, _dir) = session(&paragraphs.join("\n\n"));
    play.hold_back = Some(is_search);
    play.keys("/ \"needle\" enter");
    assert_eq!(play.passage(Side::Left), 1);
    play.let_go();
    assert_eq!(play.passage(Side::Left), 40, "once it was found");
    play.keys("H");
    assert_eq!(play.passage(Side::Left), 1, "and it was a jump");

    // Nothing was found: that is told, and nothing moves.
    play.hold_back = Some(is_search);
    play.keys("/ \"haystack\" enter");
    play.let_go();
    play.shows("neither text has “haystack”");
    assert_eq!(play.passage(Side::Left), 1);

    // The reader has gone on meanwhile.
    play.hold_back = Some(is_search);
    play.keys("/ \"needle\" enter 5 J");
    let here = play.passage(Side::Left);
    play.let_go();
    assert_eq!(play.passage(Side::Left), here, "what was overtaken moves nothing");
}

#[test]
fn what_was_copied_is_said_to_be_where_it_is_known_to_be() {
    let (mut play, _dir) = session("# A\n\nA com\u{ad}mit\u{ad}tee met.\n");
    play.keys("y y");
    assert_eq!(play.copied.last().unwrap(), "“A committee met.” (*A*, ¶1)", "without what nobody sees");
    for (by, said) in [
        (Copied::ToClipboard, "copied ¶1"),
        (Copied::ToTmux, "copied ¶1; tmux has it"),
        (Copied::ToTerminal, "¶1: on the clipboard, if this terminal takes OSC 52"),
        (Copied::Nowhere, "not copied: tmux did not take ¶1"),
    ] {
        play.tell(Msg::Copied { what: "¶1".to_owned(), by });
        play.shows(said);
    }
    let effects = {
        play.keys("y");
        play.app.update(Msg::Key(Key::char('y')))
    };
    assert!(effects.iter().any(|e| matches!(e, Effect::Terminal(Asked::Copy { .. }))));
    play.hides("copied ¶1");
}

#[test]
fn the_place_is_given_to_be_kept_as_it_changes() {
    let mut play = Play::bundled();
    let _ = play.app.update(Msg::PlaceDue);
    let due = |effects: &[Effect]| effects.iter().filter(|e| matches!(e, Effect::Later(_, Timer::Place))).count();
    assert_eq!(due(&play.app.update(Msg::Key(Key::char('J')))), 1);
    assert_eq!(due(&play.app.update(Msg::Key(Key::char('J')))), 0, "one is on its way already");
    let kept = play.app.update(Msg::PlaceDue);
    assert!(kept.iter().any(|e| matches!(e, Effect::Work(_))), "and is kept then");
    assert_eq!(due(&play.app.update(Msg::Key(Key::char('?')))), 0, "nothing moved");
}

#[test]
fn a_session_that_is_killed_has_lost_two_seconds_at_most() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until_at("Power from Below", 1);
    terminal.keys("12G");
    terminal.until("¶12/");
    let begin = std::time::Instant::now();
    while !terminal.state().contains("passage = 12") {
        assert!(begin.elapsed() < crate::terminal::PATIENCE, "never kept: {}", terminal.state());
        terminal.read(std::time::Duration::from_millis(50));
    }
    terminal.signal(Signal::KILL);
    assert_eq!(terminal.ends(), 137);
    let mut again = Terminal::at_home(terminal.home, &[], "xterm-256color");
    again.until_at("The Party as Instrument", 12);
    again.keys("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn check_names_keys_that_most_terminals_do_not_send() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("home/.config/diptych");
    fs::create_dir_all(&config).unwrap();
    let keymap = "[reading]\n\"ctrl-i\" = \"forward\"\n\"ctrl-]\" = \"why\"\n\"ctrl-/\" = \"search\"\n\"ctrl-\\\\\" = \"swap\"\n\
                  \"ctrl-enter\" = \"note\"\n\"ctrl-1\" = \"left-pane\"\n\"alt-x\" = \"swap\"\n";
    fs::write(config.join("keymap.toml"), keymap).unwrap();
    let said = out(&run(dir.path(), &["check"]));
    for (line, key) in [(2, "ctrl-i"), (6, "ctrl-enter"), (7, "ctrl-1")] {
        assert!(said.contains(&format!("keymap.toml:{line}:1: [reading] `{key}` comes ")), "{said}");
    }
    assert!(said.contains("3 things are wrong"), "{said}");
    assert!(printed(dir.path(), &["keys"]).contains("^_"), "by the name that it is sent under");
}

#[test]
fn a_long_line_shows_where_it_is_typed() {
    let (mut play, _dir) = session("# A\n\nWords.\n");
    let long: String = ('a'..='z').cycle().take(200).chain("here".chars()).collect();
    for key in ["/", "t", "c", ":"] {
        play.keys(key);
        play.tell(Msg::Paste(long.clone()));
        play.shows("qrhere")
            .hides("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl");
        if key == "/" {
            play.shows("0 ┊ 0 hits");
        }
        play.keys("esc");
    }
}

#[test]
fn a_paste_into_a_line_is_cut_where_no_query_is_as_long() {
    let (mut play, _dir) = session("# A\n\nWords.\n");
    play.keys(":");
    play.tell(Msg::Paste("x".repeat(1 << 20)));
    play.shows("cut after 2000 letters");
    play.keys("esc a");
    play.tell(Msg::Paste("one\ntwo\nthree".to_owned()));
    play.shows("three").hides("control character");
}

#[test]
fn the_first_selection_is_of_what_is_marked_and_begins_at_the_line() {
    let (mut play, _dir) = session("# A title\n\nFirst sentence here. Second one.\n");
    play.keys("v y");
    assert!(play.copied.last().unwrap().starts_with("“First sentence here.”"), "{:?}", play.copied);
    // In the midst of a long sentence, a few words begin at the line.
    let words: Vec<String> = (1..=200).map(|n| format!("word{n}")).collect();
    let (mut play, _dir) = session(&words.join(" "));
    play.keys("8 j v b y");
    let copied = play.copied.last().unwrap();
    assert!(!copied.contains("word1 ") && copied.matches("word").count() == 1, "{copied}");
}

#[test]
fn dragging_selects() {
    let (mut play, _dir) = session("# A title\n\nFirst sentence here. Second one.\n");
    let row = play.screen().iter().position(|row| row.contains("First sentence")).unwrap();
    let cells: Vec<char> = play.screen()[row].chars().collect();
    let column = cells.windows(8).position(|w| w.iter().collect::<String>() == "sentence").unwrap() as u16;
    let row = row as u16;
    let mouse = |act, column| Msg::Mouse { act, column, row };
    play.tell(mouse(MouseAct::Click, column))
        .tell(mouse(MouseAct::Drag, column + 3))
        .tell(mouse(MouseAct::Drag, column + 8));
    play.tell(mouse(MouseAct::Release, column + 8)).keys("y");
    assert!(play.copied.last().unwrap().starts_with("“sentence”"), "{:?}", play.copied);
    // A click alone selects nothing.
    play.tell(mouse(MouseAct::Click, column)).tell(mouse(MouseAct::Release, column));
    assert!(play.app.halves.selection().is_none());
}

#[test]
fn a_colon_does_what_hands_expect() {
    let paragraphs: Vec<String> = (1..=60).map(|n| format!("Passage {n}.")).collect();
    let (mut play, dir) = session(&paragraphs.join("\n\n"));
    play.keys(": \"12\"").shows("Go to ¶12");
    play.keys("enter");
    assert_eq!(play.passage(Side::Left), 12);
    play.keys("ctrl-o");
    assert_eq!(play.passage(Side::Left), 1, "^O goes back");
    play.keys(": \"w\" enter").shows("everything you made is saved");
    // A draft is not.
    play.keys("a \"Half\" esc : \"w\" enter").shows("all is saved but 1 unfinished note, kept as a draft; gn lists it");
    // In a list `?` is a letter to look for: other keys lead to help there, or none.
    play.keys("t ctrl-s").shows("^S does nothing here").hides("; ? shows");
    play.keys("esc");
    let other = dir.path().join("b.md");
    play.keys(":");
    typed(&mut play, &format!("e {}", other.display()));
    play.keys("enter");
    assert_eq!(play.pane(Side::Left).open().unwrap().name.as_str(), "Other");
    play.keys(": \"q\" enter");
    assert!(play.ended);
}

#[test]
fn a_table_that_is_too_wide_stays_one() {
    let (play, _dir) = session_of(
        102,
        30,
        "# T\n\n| nr | a column of long text to wrap | third |\n|---|---|---|\n| 1 | a long cell whose words go on | more words of the third |\n",
    );
    let screen = play.screen();
    let column = |word: &str| {
        let row =
            screen.iter().find(|row| row.contains(word)).unwrap_or_else(|| panic!("no {word}\n{}", screen.join("\n")));
        row.split_once(word).unwrap().0.chars().count()
    };
    assert_eq!(column("third"), column("more"), "{}", screen.join("\n"));
    assert_eq!(column("a column"), column("a long"), "{}", screen.join("\n"));
    assert_eq!(column("a column"), column("text to"), "{}", screen.join("\n"));
}

#[test]
fn presenting_pages_through_what_is_left_first() {
    let long: Vec<String> = (1..=160).map(|n| format!("Sentence {n} of a long passage.")).collect();
    let (mut play, _dir) = session_of(80, 24, &format!("# A\n\nShort.\n\n{}\n", long.join(" ")));
    play.keys("J g p space").shows("Sentence 1 of").shows("▾ more");
    let mut pages = 0;
    while play.screen().join("\n").contains("▾ more") {
        play.keys("space");
        pages += 1;
        assert!(pages < 30, "never done\n{}", play.screen().join("\n"));
        assert!(!play.screen().join("\n").contains("Another plain"), "the other one comes when this is read");
    }
    assert!(pages > 2, "{pages}");
    play.shows("Sentence 160");
    play.keys("space").shows("Another plain sentence.").hides("Sentence 160").hides("▾ more");
    play.keys("space").shows("this is the last stop; Esc ends the presentation");
}

/// A note in a folder of notes.
fn note(folder: &std::path::Path, name: &str, body: &str) {
    let front =
        format!("---\nid: {name}\nanchors:\n- text: \"a.md\"\n  passage: 1\n  exact: \"Plain words here.\"\n---\n");
    fs::write(folder.join(format!("{name}.md")), format!("{front}\n{body}\n")).unwrap();
}

#[test]
fn a_note_in_an_export_never_reaches_the_next() {
    let dir = tempfile::tempdir().unwrap();
    let notes = dir.path().join("notes");
    fs::create_dir_all(&notes).unwrap();
    fs::write(dir.path().join("a.md"), "# A\n\nPlain words here.\n").unwrap();
    fs::write(dir.path().join("topics.toml"), "").unwrap();
    note(&notes, "20260101-000001-one", "# Head\n\nOne[^1].\n\n[^1]: first note\n\n```\nnever closed");
    note(&notes, "20260101-000002-two", "Two[^1].\n\n[^1]: second note");
    let text = printed(dir.path(), &["notes", "export"]);
    assert!(text.contains("### Head") && text.contains("One[^1-1]") && text.contains("[^2-1]: second note"), "{text}");
    assert!(text.contains("never closed\n```\n"), "{text}");
    note(&notes, "20260101-000003-three", "---\ntitle: of the note\n---\n\nThree.");
    let page = printed(dir.path(), &["notes", "export", "--format", "html"]);
    assert!(page.contains("title: of the note"), "{page}");
}

#[test]
fn an_imported_note_keeps_the_text_it_is_about() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.md"), "# A\n\nPlain words here. And some more of them.\n").unwrap();
    fs::write(dir.path().join("topics.toml"), "").unwrap();
    let annotation = |id: &str, body: &str, target: &str| {
        format!(
            "{{\"type\":\"Annotation\",\"id\":\"{id}\",\"body\":{{\"type\":\"TextualBody\",\"value\":\"{body}\"}},\"target\":{target}}}"
        )
    };
    let all = [
        annotation("urn:1", "about the whole", "{\"source\":\"a.md\"}"),
        annotation("urn:2", "a plain target", "\"a.md\""),
        annotation(
            "urn:3",
            "by position",
            "{\"source\":\"a.md\",\"selector\":{\"type\":\"TextPositionSelector\",\"start\":2,\"end\":13}}",
        ),
        annotation("urn:4", "a reply", "\"urn:3\""),
    ];
    fs::write(dir.path().join("page.json"), format!("[{}]", all.join(","))).unwrap();
    let said = run(dir.path(), &["notes", "import", "page.json"]);
    assert!(said.status.success(), "{said:?}");
    let of = |words: &str| {
        let found =
            fs::read_dir(dir.path().join("notes")).unwrap().map(|e| fs::read_to_string(e.unwrap().path()).unwrap());
        found.filter(|note| note.ends_with(&format!("{words}\n"))).collect::<Vec<_>>().concat()
    };
    for whole in ["about the whole", "a plain target"] {
        assert!(of(whole).contains("- text: \"a.md\"\n  passage: 0"), "{}", of(whole));
    }
    assert!(of("by position").contains("exact: \"Plain words\""), "{}", of("by position"));
    let reply = of("a reply");
    assert!(reply.contains("exact: \"Plain words\"") && reply.contains("> by position\n\na reply"), "{reply}");
    assert!(out(&run(dir.path(), &["notes", "check"])).contains("exact"), "a text as a whole is always there");
    let listed = printed(dir.path(), &["notes", "list"]);
    assert!(listed.contains("the text") && listed.contains("¶1"), "{listed}");
    // And out again.
    let out_again = printed(dir.path(), &["notes", "export", "--format", "json"]);
    assert!(out_again.contains("\"source\": \"a.md\""), "{out_again}");
}
