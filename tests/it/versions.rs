//! Two versions of one work, from the shell: what lies across from what, and how it is printed.

use std::fs;

use serde_json::Value;

use crate::cli::{err, out, printed, run};
use crate::place::Dice;

/// A draft and its print: a passage cut, one split, one added; the rest reworded a little.
fn draft_and_print() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let draft = "# The mill\n\nThe mill stood at the bend of the river, and nobody remembered who had built it.\n\n\
        Grain came down from the hills in October, on carts that creaked, and the miller counted every sack twice.\n\n\
        This remark the author struck out himself: the miller <never> smiled.\n\n\
        In winter the wheel froze. The boys broke the ice with poles, and were paid in flour.\n\n\
        When the railway was opened the carts stayed away, and the wheel turned for nobody.\n";
    let print = "# The mill\n\nThe mill stood at a bend of the river, and nobody remembered who built it.\n\n\
        Grain came down from the hills in October, on creaking carts, and the miller counted every sack twice.\n\n\
        In winter the wheel froze.\n\n\
        The boys broke the ice with long poles, and were paid in flour.\n\n\
        An owl lived in the loft and was left in peace, because of the mice & rats.\n\n\
        When the railway opened the carts stayed away, and the wheel turned for nobody.\n";
    fs::write(dir.path().join("draft.md"), draft).unwrap();
    fs::write(dir.path().join("print.md"), print).unwrap();
    dir
}

fn beads(folder: &std::path::Path) -> Vec<Value> {
    let lines = printed(folder, &["align", "draft.md", "print.md", "--format", "jsonl"]);
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_was_cut_split_and_added_is_said() {
    let dir = draft_and_print();
    let found: Vec<(Value, Value, Value)> =
        beads(dir.path()).iter().map(|b| (b["left"].clone(), b["right"].clone(), b["kind"].clone())).collect();
    let expected = [
        (vec![1], vec![1], "changed"),
        (vec![2], vec![2], "changed"),
        (vec![3], vec![], "only-left"),
        (vec![4], vec![3, 4], "changed"),
        (vec![], vec![5], "only-right"),
        (vec![5], vec![6], "changed"),
    ];
    assert_eq!(found, expected.map(|(l, r, kind)| (Value::from(l), Value::from(r), Value::from(kind))));
}

#[test]
fn sentences_lie_across_too() {
    let dir = draft_and_print();
    let lines = printed(dir.path(), &["align", "draft.md", "print.md", "--format", "jsonl", "--sentences"]);
    let froze = lines.lines().find(|line| line.contains("the wheel froze")).unwrap();
    assert!(
        froze.contains("\"kind\":\"same\""),
        "a sentence that stayed as it was in a passage that was split: {froze}"
    );
    let ice = lines.lines().find(|line| line.contains("broke the ice")).unwrap();
    let ice: Value = serde_json::from_str(ice).unwrap();
    assert_eq!((&ice["left"][0]["passage"], &ice["left"][0]["from"]), (&Value::from(4), &Value::from(27)));
    assert_eq!((&ice["right"][0]["passage"], &ice["right"][0]["from"]), (&Value::from(4), &Value::from(0)));
}

#[test]
fn columns_a_page_and_a_memory_hold_both_texts_whole_and_escaped() {
    let dir = draft_and_print();
    let columns = printed(dir.path(), &["align", "draft.md", "print.md", "--width", "90"]);
    assert!(columns.contains("4 of 5 passages aligned with 5 of 6; 1 only left, 1 only right"), "{columns}");
    assert!(columns.contains("[split into 2]") && columns.contains("(nothing across)"), "{columns}");
    let page = printed(dir.path(), &["align", "draft.md", "print.md", "--format", "html"]);
    assert!(page.contains("the mice &amp; rats") && !page.contains("<never>"), "{page}");
    assert!(page.contains("<mark>creaking"), "changed words are set off: {page}");
    assert!(page.contains("id=\"apparatus\"") && page.contains("<td>only left</td>"), "{page}");
    assert!(page.contains("This remark the author struck out himself"), "an entry says what is only there: {page}");
    assert!(
        page.contains("who had built</span> ] <span lang=\"en\">who built</span>") || page.contains("had</span> ] "),
        "{page}"
    );
    let memory = printed(dir.path(), &["align", "draft.md", "print.md", "--format", "tmx", "--sentences"]);
    assert!(memory.contains("<tmx version=\"1.4\">") && memory.contains("xml:lang=\"en\""), "{memory}");
    assert!(!memory.contains("struck out"), "what only one has is no unit");
}

#[test]
fn a_check_says_so_by_its_exit_code_too() {
    let dir = draft_and_print();
    let soup = "Water first, then patience.\n\nNo oven is needed for a soup.\n\nSalt comes last of all.\n";
    fs::write(dir.path().join("soup.txt"), soup).unwrap();
    let output = run(dir.path(), &["align", "draft.md", "soup.txt", "--check"]);
    assert_eq!((output.status.code(), err(&output)), (Some(1), String::new()));
    assert!(out(&output).starts_with("not versions of one work"), "{}", out(&output));
    let output = run(dir.path(), &["align", "draft.md", "draft.md", "--check"]);
    assert_eq!(out(&output), "the same text, word for word (1.00)\n");
    let renamed = fs::read_to_string(dir.path().join("draft.md")).unwrap().replace("# The mill", "# Of grinding");
    fs::write(dir.path().join("renamed.md"), renamed).unwrap();
    let output = run(dir.path(), &["align", "draft.md", "renamed.md", "--check"]);
    assert_eq!(out(&output), "the same passages, word for word (1.00)\n");
    assert_eq!(output.status.code(), Some(0));
    let output = run(dir.path(), &["align", "draft.md", "print.md", "--sentences"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("--format jsonl or tmx"), "{}", err(&output));
}

#[test]
fn the_list_of_differences_has_every_pair_that_differs() {
    let dir = tempfile::tempdir().unwrap();
    let common = [
        "The mill stood at the bend of the river, and nobody remembered who had built it.",
        "In winter the wheel froze, and the boys broke the ice with poles and were paid in flour.",
        "When the railway was opened the carts stayed away, and the sluice rusted shut.",
        "An owl lived in the loft and was left in peace, because of the mice.",
    ];
    let long = "Grain came down from the hills in October. ".repeat(600);
    let page = |anew: &str, end: &str, sign: &str| {
        let [one, two, three, four] = common;
        format!(
            "# The mill\n\n{one}\n\nThe miller counted {anew}.\n\n{two}\n\nNothing was written down{sign}\n\n{three}\n\n{long}{end}\n\n{four}\n"
        )
    };
    let left = page("every sack twice and was paid in flour by the boys", "And went.", ".");
    let right = page("every sack once, though it was never his, for the hill people", "And stayed.", "!");
    fs::write(dir.path().join("draft.md"), left).unwrap();
    fs::write(dir.path().join("print.md"), right).unwrap();
    // So few passages prove nothing, which is told beside the page.
    let output = run(dir.path(), &["align", "draft.md", "print.md", "--format", "html"]);
    let page = String::from_utf8(output.stdout).unwrap();
    let list = &page[page.find("id=\"apparatus\"").expect("a list of differences")..];
    for what in ["written anew", "in punctuation or spelling", "reworded; too long to be taken apart"] {
        assert!(list.contains(&format!("<td>{what}</td>")), "{what}: {list}");
    }
    assert_eq!(list.matches("<td>").count(), 3 * 4, "what is the same is not in it: {list}");
}

#[test]
fn another_work_is_refused_in_a_line() {
    let dir = tempfile::tempdir().unwrap();
    let mut dice = crate::dice::Dice(17);
    for name in ["one.md", "other.md"] {
        let word = |dice: &mut crate::dice::Dice| format!("w{}", dice.roll(900));
        let passage = |dice: &mut crate::dice::Dice| (0..20).map(|_| word(dice)).collect::<Vec<_>>().join(" ") + ".";
        let passages: Vec<String> = (0..70).map(|_| passage(&mut dice)).collect();
        fs::write(dir.path().join(name), passages.join("\n\n") + "\n").unwrap();
    }
    let output = run(dir.path(), &["align", "one.md", "other.md"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out(&output), "");
    assert!(err(&output).contains("one.md and other.md are not versions of one work"), "{}", err(&output));
}

#[test]
fn what_was_read_as_versions_a_check_of_the_folder_says() {
    let dir = draft_and_print();
    let folder = dir.path().canonicalize().unwrap();
    let folder = folder.to_str().unwrap();
    fs::create_dir_all(dir.path().join("state/diptych")).unwrap();
    let state =
        format!("version = 2\n\n[[pair]]\ntexts = [\"{folder}/print.md\", \"{folder}/draft.md\"]\none_work = true\n");
    fs::write(dir.path().join("state/diptych/state.toml"), state).unwrap();
    let output = crate::cli::program(dir.path(), &["check"]).env("XDG_STATE_HOME", dir.path().join("state")).output();
    let said = out(&output.unwrap());
    assert!(said.contains("draft.md and print.md are versions of one work\n"), "{said}");
}

#[test]
fn a_memory_leaves_out_what_is_no_more_alike_than_chance_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let mut dice = Dice(33);
    let original: Vec<String> = (0..90).map(|_| dice.passage().join(" ")).collect();
    let backwards = |word: &str| word.trim_end_matches('.').to_lowercase().chars().rev().collect::<String>();
    let translated = |passage: &String| passage.split(' ').map(backwards).collect::<Vec<_>>().join(" ") + ".";
    let mut other: Vec<String> = original.iter().map(translated).collect();
    // As long, and of other words.
    let strange: Vec<String> = original[40].split(' ').map(|_| format!("q{}", dice.word())).collect();
    other[40] = strange.join(" ") + ".";
    for (name, language, passages) in [("left.md", "de", &original), ("right.md", "en", &other)] {
        let words = format!("---\nlanguage: {language}\n---\n\n{}\n", passages.join("\n\n"));
        fs::write(dir.path().join(name), words).unwrap();
    }
    for more in [&[][..], &["--sentences"]] {
        let output = run(dir.path(), &[&["align", "left.md", "right.md", "--format", "tmx"][..], more].concat());
        let memory = out(&output);
        assert!(memory.contains(&original[39]) || more.len() == 1, "{memory}");
        assert!(!memory.contains(&other[40][..20]), "{memory}");
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
        assert!(err(&output).contains("1 pair is left out of the memory"), "{}", err(&output));
    }
}
