//! The command line, by running the real program: what it prints, what it says where it cannot, and its exit codes.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const PAIR: [&str; 2] = ["embedded:the-party-as-instrument", "power-from-below"];

/// The program in an empty home, in `folder`.
pub fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    command.args(args).current_dir(folder).env_clear().env("HOME", folder.join("home")).env("TERM", "xterm-256color");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn run(folder: &Path, args: &[&str]) -> Output {
    program(folder, args).output().unwrap()
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What the program prints, which must be all that it says.
pub fn printed(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert_eq!(err(&output), "", "{args:?}");
    assert!(output.status.success(), "{args:?}");
    out(&output)
}

pub fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&printed(folder, args)).unwrap()
}

fn json_lines(folder: &Path, args: &[&str]) -> Vec<Value> {
    printed(folder, args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder with two texts and their topics.
pub fn library() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let files = [
        (
            "bread.md",
            "# On bread\n\nFlour, water and patience.[^1]\n\n## Heat\n\nThe oven must be hot.\n\n[^1]: And salt.\n",
        ),
        ("soup.txt", "Water first, then patience.\n\nNo oven is needed for a soup.\n"),
        (
            "topics.toml",
            "[[topic]]\nid = \"ovens\"\nname = \"Ovens\"\nterms = [\"oven\"]\n\n\
             [[topic]]\nid = \"time\"\nname = \"Time\"\nterms = [\"patience\"]\n\n\
             [[topic]]\nid = \"ships\"\nname = \"Ships\"\nterms = [\"sail*\"]\n",
        ),
    ];
    for (name, content) in files {
        fs::write(dir.path().join(name), content).unwrap();
    }
    dir
}

#[test]
fn passages_are_numbered_and_the_rest_stands_in_its_place() {
    let dir = library();
    let lines = json_lines(dir.path(), &["passages", "bread.md", "--format", "jsonl"]);
    let got: Vec<_> = lines.iter().map(|l| (&l["passage"], &l["kind"], &l["section"], &l["text"])).collect();
    let value = serde_json::to_value(got).unwrap();
    let expected = serde_json::json!([
        [null, "heading", "On bread", "On bread"],
        [1, "paragraph", "On bread", "Flour, water and patience.[1]"],
        [null, "heading", "Heat", "Heat"],
        [2, "paragraph", "Heat", "The oven must be hot."],
        [null, "footnote", "Heat", "And salt."],
    ]);
    assert_eq!(value, expected);
    assert_eq!(lines[4]["note"], "1 n1");
    let text = printed(dir.path(), &["passages", "bread.md"]);
    assert_eq!(text.lines().nth(1), Some("¶1\tFlour, water and patience.[1]"));
    let wrapped = printed(dir.path(), &["passages", "bread.md", "--width", "24"]);
    assert!(wrapped.starts_with('§'), "{wrapped}");
    for (asked, expected) in [
        ("bread.md:1", "¶1\tFlour, water and patience.[1]\n¶1 n1\tAnd salt.\n"),
        ("bread.md:2", "¶2\tThe oven must be hot.\n"),
    ] {
        assert_eq!(printed(dir.path(), &["passages", asked]), expected);
        let lines = json_lines(dir.path(), &["passages", asked, "--format", "json"]);
        assert_eq!(lines.len(), expected.lines().count(), "{asked}");
    }
    assert!(wrapped.lines().all(|line| line.chars().count() <= 24), "{wrapped}");
}

#[test]
fn every_bundled_text_prints_its_passages_in_order() {
    let dir = tempfile::tempdir().unwrap();
    for text in diptych::library::embedded::TEXTS {
        let lines = json_lines(dir.path(), &["passages", &text.id(), "--format", "jsonl"]);
        let numbers: Vec<u64> = lines.iter().filter_map(|l| l["passage"].as_u64()).collect();
        assert!(numbers.len() > 10 && numbers.iter().copied().eq(1..=numbers.len() as u64), "{}", text.stem);
        assert!(lines.iter().all(|l| !l["text"].as_str().unwrap().is_empty()));
    }
}

#[test]
fn a_comparison_has_a_row_for_each_treatment() {
    let dir = tempfile::tempdir().unwrap();
    let compare = ["compare", PAIR[0], PAIR[1]];
    let whole = json(dir.path(), &[&compare[..], &["--format", "json"]].concat());
    let topics = whole["topics"].as_array().unwrap();
    assert!(topics.len() >= 16);
    let texts = PAIR.map(|t| json_lines(dir.path(), &["passages", t, "--format", "jsonl"]));
    let text_of = |side: usize, n: &Value| texts[side].iter().find(|l| l["passage"] == *n).unwrap()["text"].clone();
    let coverage = json(dir.path(), &["topics", PAIR[0], PAIR[1], "--format", "json"]);
    for (topic, covered) in topics.iter().zip(coverage["topics"].as_array().unwrap()) {
        assert_eq!(topic["id"], covered["id"]);
        let rows = topic["rows"].as_array().unwrap();
        for (side, name) in ["left", "right"].into_iter().enumerate() {
            let cells: Vec<_> = rows.iter().map(|r| &r[name]).filter(|c| !c.is_null()).collect();
            let treatments: BTreeSet<u64> = cells.iter().map(|c| c["from"].as_u64().unwrap()).collect();
            let covered = covered["texts"][side]["treatments"].as_array().unwrap().iter();
            assert_eq!(treatments, covered.map(|t| t["from"].as_u64().unwrap()).collect(), "{}", topic["id"]);
            for cell in cells {
                assert_eq!(cell["text"], text_of(side, &cell["passage"]), "the whole passage");
            }
        }
        for row in rows {
            let paired = !row["left"].is_null() && !row["right"].is_null();
            assert_eq!(row["score"].is_number(), paired, "{row}");
            assert!(row["because"].is_array());
        }
    }
    let one = json(dir.path(), &[&compare[..], &["--format", "json", "--topic", "soviets"]].concat());
    assert_eq!(one["topics"].as_array().unwrap().len(), 1);
    assert_eq!(one["topics"][0]["id"], "soviets");
    let named = json(dir.path(), &[&compare[..], &["--format", "jsonl", "--topic", "the Soviets"]].concat());
    assert_eq!(named, one);
}

#[test]
fn a_comparison_fits_its_width() {
    let dir = tempfile::tempdir().unwrap();
    let output = program(dir.path(), &["compare", PAIR[0], PAIR[1]]).env("COLUMNS", "61").output().unwrap();
    let longest = out(&output).lines().map(diptych::layout::cells::width).max();
    assert_eq!(longest, Some(61), "as wide as the environment says");
    for width in ["40", "80", "132"] {
        let text = printed(dir.path(), &["compare", PAIR[0], PAIR[1], "--width", width]);
        let most: usize = width.parse().unwrap();
        let longest = text.lines().map(diptych::layout::cells::width).max().unwrap();
        assert!(longest <= most, "{longest} > {most}");
        assert!(text.contains("The soviets") && !text.contains('\u{1b}'));
    }
}

#[test]
fn a_comparison_is_a_table_for_spreadsheets() {
    let dir = library();
    fs::write(dir.path().join("sums.txt"), "=1+1 is \"an oven\", says he.\n").unwrap();
    let table = printed(dir.path(), &["compare", "bread.md", "sums.txt", "--topic", "ovens", "--format", "csv"]);
    let rows: Vec<&str> = table.split_terminator("\r\n").collect();
    assert!(rows[0].starts_with("\"topic\",\"left\",\"left text\",\"right\""), "{table}");
    assert_eq!(rows.len(), 2, "{table}");
    let words = "\"Ovens\",\"2\",\"The oven must be hot.\",\"1\",\"'=1+1 is \"\"an oven\"\", says he.\",";
    assert!(rows[1].starts_with(words), "{table}");
}

#[test]
fn silence_is_printed_as_silence() {
    let dir = library();
    let text = printed(dir.path(), &["compare", "bread.md", "soup.txt", "--width", "60"]);
    assert!(text.contains("Neither text treats: Ships."), "{text}");
    fs::write(dir.path().join("other.txt"), "Nothing of the sort.\n").unwrap();
    let text = printed(dir.path(), &["compare", "bread.md", "other.txt", "--topic", "ovens", "--width", "60"]);
    assert!(text.contains("(silent)"), "{text}");
    let ovens =
        "A hot oven.\n\nThen nothing of the sort.\n\nAnd nothing.\n\nThe mayor taxed ovens in the year of the flood.\n";
    fs::write(dir.path().join("other.txt"), ovens).unwrap();
    let text = printed(dir.path(), &["compare", "bread.md", "other.txt", "--topic", "Ovens", "--width", "90"]);
    assert!(text.contains("(nothing across but the topic)") && !text.contains("(silent)"), "{text}");
}

#[test]
fn topics_say_who_treats_what() {
    let dir = library();
    let table = json(dir.path(), &["topics", "bread.md", "soup.txt", "--format", "json"]);
    let ovens = &table["topics"][0];
    assert_eq!((&ovens["id"], &ovens["name"]), (&Value::from("ovens"), &Value::from("Ovens")));
    assert_eq!(ovens["texts"][0]["id"], "bread.md");
    let treatment = &ovens["texts"][0]["treatments"][0];
    assert_eq!((&treatment["from"], &treatment["to"], &treatment["mentions"]), (&2.into(), &2.into(), &1.into()));
    assert!(treatment["strength"].as_f64().unwrap() > 0.0);
    assert_eq!(table["topics"][2]["texts"][0]["treatments"], Value::Array(Vec::new()));
    let text = printed(dir.path(), &["topics", "bread.md", "soup.txt"]);
    assert!(text.lines().any(|l| l.starts_with("Ships  ships") && l.contains('·')), "{text}");
    let other = json(dir.path(), &["topics", PAIR[1], "--topics", "topics.toml", "--format", "json"]);
    assert_eq!(other["topics"].as_array().unwrap().len(), 3);
}

#[test]
fn links_have_a_line_for_each_left_passage() {
    let dir = tempfile::tempdir().unwrap();
    let count = json_lines(dir.path(), &["passages", PAIR[0], "--format", "jsonl"])
        .iter()
        .filter(|l| !l["passage"].is_null())
        .count();
    for (more, at_most) in [(&["--top", "1"][..], 1), (&["--all", "--top", "4"][..], 4)] {
        let lines = json_lines(dir.path(), &[&["links", PAIR[0], PAIR[1], "--format", "jsonl"], more].concat());
        assert_eq!(lines.len(), count);
        for (nth, line) in lines.iter().enumerate() {
            assert_eq!(line["left"]["passage"], nth as u64 + 1);
            let right = line["right"].as_array().unwrap();
            assert!(right.len() <= at_most);
            let scores: Vec<f64> = right.iter().map(|r| r["score"].as_f64().unwrap()).collect();
            assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
            assert!(right.iter().all(|r| r["text"].is_string() && r["because"].is_array()));
        }
    }
    assert!(printed(dir.path(), &["links", PAIR[0], PAIR[1]]).contains('¶'));
    let whole = json_lines(dir.path(), &["links", PAIR[0], PAIR[1], "--format", "jsonl"]);
    for passage in [1, 14] {
        let asked = format!("{}:{passage}", PAIR[0]);
        assert_eq!(
            json_lines(dir.path(), &["links", &asked, PAIR[1], "--format", "jsonl"]),
            whole[passage - 1..passage]
        );
        assert!(printed(dir.path(), &["links", &asked, PAIR[1]]).starts_with(&format!("¶{passage} ")));
    }
    json_lines(dir.path(), &["links", PAIR[0], PAIR[1], "--quotations", "--format", "jsonl"]);
}

#[test]
fn proposals_are_a_topics_file_that_reads_back() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(dir.path(), &["topics", "suggest", PAIR[0], PAIR[1]]);
    assert!(output.status.success());
    let (_, faults) = diptych::topic::codebook::Codebook::parse(&out(&output));
    assert_eq!(faults, []);
    let output = run(dir.path(), &["topics", "suggest", PAIR[0], PAIR[1], "--format", "json"]);
    let proposals: Value = serde_json::from_str(&out(&output)).unwrap();
    assert!(proposals["topics"].is_array());
}

#[test]
fn what_cannot_be_done_is_said_in_one_line() {
    let dir = library();
    let at = dir.path();
    fs::write(at.join("empty.txt"), "").unwrap();
    fs::write(at.join("photo.md"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(at.join("evil\u{1b}[31m.md"), "").unwrap();
    fs::create_dir(at.join("folder")).unwrap();
    let cases: &[(&[&str], i32, &str)] = &[
        (&["passages", "bred.md"], 1, "bred.md: no such file; did you mean bread.md?"),
        (&["passages", "soup"], 1, "soup: no such file; did you mean soup.txt?"),
        (&["passages", "folder"], 1, "folder: this is a folder; name a text in it"),
        (&["passages", "."], 1, ".: this is a folder; name a text in it, as ./bread.md"),
        (&["passages", "empty.txt"], 1, "empty.txt: the file is empty: nothing to read"),
        (&["passages", "photo.md"], 1, "photo.md: this is a PNG picture, not a text"),
        (&["passages", "-"], 1, "-: the file is empty"),
        (&["passages", "/dev/null"], 1, "/dev/null: this is a device"),
        (&["passages", "evil\u{1b}[31m.md"], 1, "evil␛[31m.md: the file is empty"),
        (&["compare", "bread.md", "gone/x.md"], 1, "gone/x.md: no such file; there is no folder gone either"),
        (
            &["compare", "bread.md", "soup.txt", "--topic", "oven"],
            2,
            "--topic oven: there is no topic of this id or name; did you mean ovens? the ids are ovens, time, ships",
        ),
        (
            &["compare", "bread.md", "soup.txt", "--topic", "nope"],
            2,
            "--topic nope: there is no topic of this id or name; the ids are ovens, time, ships",
        ),
        (&["passages", "bread.md:99"], 1, "bread.md has 2 passages: there is no ¶99"),
        (&["passages", "bread.md:0"], 1, "bread.md has 2 passages: there is no ¶0"),
        (&["links", "bread.md:99", "soup.txt"], 1, "bread.md has 2 passages: there is no ¶99"),
        (&["links", "bread.md", "soup.txt:1"], 2, "soup.txt:1: `links` takes this text as a whole; leave :1 away"),
        (&["compare", "bread.md:1", "soup.txt"], 2, "bread.md:1: `compare` takes this text as a whole"),
        (&["topics", "bread.md", "soup.txt:2"], 2, "soup.txt:2: `topics` takes this text as a whole"),
        (&["topics", "suggest", "bread.md:1", "-"], 2, "bread.md:1: `topics suggest` takes this text as a whole"),
        (&["compare", "-", "-"], 2, "-: standard input can be given only once"),
        (&["links", "-", "-"], 2, "-: standard input can be given only once"),
        (&["-", "-"], 2, "-: standard input can be given only once"),
        (&["help", "compar"], 2, "unrecognized subcommand 'compar'"),
        (&["topics", "bread.md", "--topics", "none.toml"], 1, "none.toml: the topics file cannot be read"),
        (
            &["compare", "bread.md"],
            2,
            "the following required arguments were not provided: <RIGHT>; see `diptych compare --help`",
        ),
        (
            &["topics", "suggest", "a"],
            2,
            "the following required arguments were not provided: <RIGHT>; see `diptych topics suggest --help`",
        ),
        (
            &["compare", "a", "b", "--formt", "json"],
            2,
            "unexpected argument '--formt' found; a similar argument exists: '--format'",
        ),
        (&["compare", "a", "b", "--format", "jsn"], 2, "invalid value 'jsn' for '--format <FORMAT>'"),
        (&["passages", "bread.md", "--width", "3"], 2, "invalid value '3'"),
        (&["completions", "fihs"], 2, "invalid value 'fihs'"),
        (&["man", "compar"], 2, "man compar: there is no such command"),
        (&["soup.txt", "b", "c"], 2, "3 texts were given"),
        (
            &["nosuch", "x", "y"],
            2,
            "nosuch is neither a text nor a command; give one or two texts, or begin with one of",
        ),
        (&["comp", "x"], 2, "comp is neither a text nor a command; did you mean `diptych compare`?"),
        (&["hepl"], 2, "hepl is neither a text nor a command; did you mean `diptych help`?"),
        (&["compar", "a", "b"], 2, "compar is neither a text nor a command; did you mean `diptych compare`?"),
        (&["check", "folder/none"], 1, "folder/none: no such file\n"),
        (&[], 1, "standard output is not a terminal to read in"),
    ];
    for (args, code, said) in cases {
        let output = run(at, args);
        assert_eq!(output.status.code(), Some(*code), "{args:?}: {}", err(&output));
        assert_eq!(out(&output), "", "{args:?}");
        let line = err(&output);
        assert!(line.starts_with(&format!("diptych: {said}")), "{args:?}: {line}");
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        assert!(line.chars().all(|c| c == '\n' || !c.is_control()), "{line:?}");
    }
}

#[test]
fn a_file_that_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = library();
    let path = dir.path().join("bread.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything: nothing to see then.
    if fs::read(&path).is_err() {
        let output = run(dir.path(), &["passages", "bread.md"]);
        assert_eq!(
            err(&output),
            "diptych: bread.md: cannot be read (no permission); ask its owner, or make it readable with chmod\n"
        );
    }
}

#[test]
fn what_is_piped_in_is_a_text() {
    let dir = library();
    let mut child =
        program(dir.path(), &["links", "-", "bread.md", "--format", "jsonl"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"Piped in.\n\nTwice.\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let lines = out(&output);
    assert_eq!(lines.lines().count(), 2, "{}", err(&output));
    assert!(lines.starts_with(r#"{"left":{"passage":1,"text":"Piped in."}"#), "{lines}");
    for (piped, expected) in [
        ("# Piped\n\nWords *in* it.\n", "§\tPiped\n¶1\tWords in it.\n"),
        ("Words *in* it.\n\n# 2 of them.\n", "¶1\tWords *in* it.\n¶2\t# 2 of them.\n"),
    ] {
        let mut child = program(dir.path(), &["passages", "-"]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(piped.as_bytes()).unwrap();
        assert_eq!(out(&child.wait_with_output().unwrap()), expected);
    }
}

#[test]
fn a_passage_of_what_is_piped_in_is_no_option() {
    let dir = library();
    for args in [
        ["passages", "-:2"].as_slice(),
        &["passages", "-:2", "--format", "text"],
        &["passages", "--format=text", "-:2"],
    ] {
        let mut child = program(dir.path(), args).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"One.\n\nTwo.\n").unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((out(&output).trim_end(), err(&output).as_str()), ("¶2\tTwo.", ""), "{args:?}");
    }
    // What is an option, or would be one, stays one where nothing like this is asked for.
    let output = run(dir.path(), &["passages", "--formt", "-"]);
    assert!(err(&output).contains("--format"), "{}", err(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let paragraphs = (0..20_000).map(|n| format!("Some words of paragraph {n}.\n\n")).collect::<Vec<_>>().concat();
    fs::write(dir.path().join("long.txt"), paragraphs).unwrap();
    let mut child = program(dir.path(), &["passages", "long.txt"]).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 100]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
}

#[test]
fn faults_of_topics_and_texts_are_told_and_the_job_is_done() {
    let dir = library();
    fs::write(
        dir.path().join("topics.toml"),
        "[[topic]]\nid = \"ovens\"\nterms = [\"oven\"]\n\n[[topic]]\nterms = 3\n",
    )
    .unwrap();
    fs::write(dir.path().join("broken.txt"), ["Du thé, encore du thé.\n".repeat(9).as_bytes(), b"\xff"].concat())
        .unwrap();
    let output = run(dir.path(), &["topics", "bread.md", "broken.txt", "--format", "json"]);
    assert!(output.status.success());
    let table: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(table["topics"].as_array().unwrap().len(), 1);
    let said = err(&output);
    assert!(said.lines().all(|l| l.starts_with("diptych: ")), "{said}");
    assert!(said.contains("topics.toml:6:9: ") && said.contains("broken.txt: "), "{said}");
}

#[test]
fn a_check_says_what_is_wrong_and_where() {
    let dir = library();
    // Before it stands what this system does not have to hold an importing process.
    let report = printed(dir.path(), &["check"]);
    assert!(report.ends_with("2 texts, 3 topics, keys, settings: nothing is wrong\n"), "{report}");
    let texts = printed(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "texts"]);
    assert!(texts.ends_with("nothing is wrong\n"), "{texts}");
    fs::create_dir(dir.path().join("french")).unwrap();
    fs::write(dir.path().join("french/cafe.txt"), b"Un caf\xe9 noir, deux caf\xe9s cr\xe8me, trois th\xe9s.\n")
        .unwrap();
    let decoded = printed(dir.path(), &["check", "french"]);
    assert!(decoded.lines().last().is_some_and(|line| line.starts_with("1 text, ")), "no fault: {decoded}");
    let guessed = printed(dir.path(), &["check", "french", "--verbose"]);
    assert!(guessed.contains("french/cafe.txt: read as ") && guessed.ends_with("nothing is wrong\n"), "{guessed}");
    let mut broken = "Du thé, du thé, encore du thé\n".repeat(9).into_bytes();
    broken.push(0xff);
    fs::write(dir.path().join("french/the.txt"), broken).unwrap();
    let output = run(dir.path(), &["check", "french"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("french/the.txt: read as UTF-8, with 1 broken"), "{}", out(&output));
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(
        printed(elsewhere.path(), &["check"])
            .starts_with(&format!("{} texts, ", diptych::library::embedded::TEXTS.len()))
    );

    let config = dir.path().join("home/.config/diptych");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("keymap.toml"), "[reading]\n\"q\" = \"quitt\"\n").unwrap();
    fs::write(config.join("config.toml"), "theme = \"dark\"\nmesure = 70\n").unwrap();
    fs::write(dir.path().join("empty.md"), "").unwrap();
    fs::write(dir.path().join("topics.toml"), "[[topic]]\nid = \"a\"\n").unwrap();
    let output = run(dir.path(), &["check"]);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(1), ""));
    let report = out(&output);
    for line in [
        "topics.toml:1:1: ",
        "empty.md: ",
        "\n~/.config/diptych/keymap.toml:2:1: ",
        "\n~/.config/diptych/config.toml:2:1: `mesure` is not a setting",
        "4 things are wrong",
    ] {
        assert!(report.contains(line), "{line} in {report}");
    }
}

#[test]
fn keys_are_those_in_force() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("home/.config/diptych");
    let table = printed(dir.path(), &["keys"]);
    for command in diptych::app::commands::all() {
        assert!(table.contains(command.name) && table.contains(command.help), "{}", command.name);
    }
    assert!(table.contains("your own keys go into ~/.config/diptych/keymap.toml;"), "{table}");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("keymap.toml"), "[reading]\n\"Q\" = \"quit\"\n\"j\" = \"nop\"\n").unwrap();
    let toml = printed(dir.path(), &["keys", "--format", "toml"]);
    assert!(toml.contains("Q = \"quit\"") || toml.contains("\"Q\" = \"quit\""), "{toml}");
    let (mut map, _) = diptych::app::keymap::Keymap::built_in();
    map.lay_over("[reading]\n\"Q\" = \"quit\"\n\"j\" = \"nop\"\n");
    let mut again = diptych::app::keymap::Keymap::default();
    assert_eq!(again.lay_over(&toml), []);
    assert_eq!(again, map);
}

#[test]
fn help_names_every_command() {
    let dir = tempfile::tempdir().unwrap();
    let help = printed(dir.path(), &["--help"]);
    assert_eq!(help, printed(dir.path(), &["-h"]));
    assert_eq!(help, printed(dir.path(), &["help"]));
    let fits = |help: &str| assert!(help.lines().all(|l| l.chars().count() <= 78), "{help}");
    fits(&help);
    fits(&printed(dir.path(), &["topics", "suggest", "--help"]));
    assert!(help.contains("\n  help [COMMAND] "), "{help}");
    let cli = <diptych::cli::args::Cli as clap::CommandFactory>::command();
    for command in cli.get_subcommands() {
        let name = command.get_name();
        assert!(help.lines().any(|l| l.trim_start().starts_with(&format!("{name} ")) || l.trim() == name), "{name}");
        let of_command = printed(dir.path(), &[name, "--help"]);
        assert!(of_command.contains("Usage: diptych"), "{name}");
        assert_eq!(of_command, printed(dir.path(), &["help", name]));
        fits(&of_command);
        assert!(printed(dir.path(), &["man", name]).contains(".SH SYNOPSIS"), "{name}");
    }
    assert!(printed(dir.path(), &["man"]).starts_with(".ie"));
    assert_eq!(printed(dir.path(), &["--version"]), format!("diptych {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(printed(dir.path(), &["completions", shell]).contains("compare"), "{shell}");
    }
}

#[test]
fn nothing_is_written_anywhere_by_printing() {
    let dir = library();
    let before: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    for args in [&["compare", "bread.md", "soup.txt"][..], &["check"], &["keys"], &["topics", "bread.md"]] {
        run(dir.path(), args);
    }
    let after: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(before, after);
}
