//! The schemas of `docs/schemas` say what is so: what the program writes and prints is valid by them, down to every field,
//! and what it refuses of a file they refuse too.
//!
//! The few keywords that they use are checked here; a library for all of JSON Schema would be seventeen crates more.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diptych::app::command::Context;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::model::settings::Settings;
use serde_json::{Map, Value};
use tempfile::TempDir;

use crate::cli::{out, printed, run};
use crate::play::Play;

const LEFT: &str = "---\nauthor: Anna Berg\ndate: 1905\n---\n# Left\n\n\
    The delegates are recalled at any time by those who chose them in the factory.[^1]\n\n\
    Nothing here is about the moon, nor about its far side, nor craters.\n\nBread was dear that winter in the capital.\n\n\
    > They wrote that no power on earth could make them give back what they had taken with their own hands.\n\n\
    - one\n\n[^1]: So the minutes.\n";
const RIGHT: &str = "# Right\n\nA delegate who cannot be recalled by the factory is no delegate at all.\n\n\
    The price of bread in the capital rose all winter.\n\n\
    > They wrote that no power on earth could make them give back what they had taken with their own hands.\n\n\
    In the end they went home.\n";
const TOPICS: &str = "bundled = false\n\n[[topic]]\nid = \"bread\"\nname = \"Bread\"\nterms = [\"bread\"]\n\n\
    [[topic]]\nid = \"moon\"\nname = \"The moon\"\nterms = [\"moon\"]\nnot = [\"honey moon\"]\n";

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas").join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// What is wrong with a value. A field that the schema does not name is wrong here, though not for others: what the program
/// prints is described, or nobody can rest on it.
fn faults(name: &str, value: &Value) -> Vec<String> {
    let root = schema(name);
    let mut faults = Vec::new();
    check(&root, &root, value, name, &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let Value::Object(rules) = schema else { panic!("{at}: {schema} is no schema") };
    let number = |limit: &Value| limit.as_f64().unwrap();
    let named = rules.get("properties").and_then(Value::as_object);
    for (rule, says) in rules {
        let holds = match rule.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "default" => true,
            "$ref" => {
                let target = root.pointer(says.as_str().unwrap().trim_start_matches('#')).unwrap();
                check(root, target, value, at, faults);
                true
            }
            "type" => is_of(value, says.as_str().unwrap()),
            "enum" => says.as_array().unwrap().contains(value),
            "const" => says == value,
            "pattern" => value.as_str().is_none_or(|s| regex::Regex::new(says.as_str().unwrap()).unwrap().is_match(s)),
            "minLength" => value.as_str().is_none_or(|s| s.chars().count() as f64 >= number(says)),
            "minimum" => value.as_f64().is_none_or(|n| n >= number(says)),
            "maximum" => value.as_f64().is_none_or(|n| n <= number(says)),
            "minItems" => value.as_array().is_none_or(|a| a.len() as f64 >= number(says)),
            "maxItems" => value.as_array().is_none_or(|a| a.len() as f64 <= number(says)),
            "required" => value
                .as_object()
                .is_none_or(|o| says.as_array().unwrap().iter().all(|name| o.contains_key(name.as_str().unwrap()))),
            "items" => {
                for (nth, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, says, item, &format!("{at}/{nth}"), faults);
                }
                true
            }
            "properties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    match (says.get(name), rules.get("additionalProperties")) {
                        (Some(rule), _) => check(root, rule, value, &format!("{at}/{name}"), faults),
                        (None, Some(Value::Object(_))) => {}
                        (None, _) => faults.push(format!("{at}: {name} is not described")),
                    }
                }
                true
            }
            "additionalProperties" => {
                let others: Map<String, Value> = value.as_object().cloned().unwrap_or_default();
                for (name, value) in others.iter().filter(|(n, _)| named.is_none_or(|named| !named.contains_key(*n))) {
                    match says {
                        Value::Bool(allowed) => assert!(!allowed, "{at}: say what the fields are"),
                        rule => check(root, rule, value, &format!("{at}/{name}"), faults),
                    }
                }
                true
            }
            "anyOf" => says.as_array().unwrap().iter().any(|one| {
                let mut of_one = Vec::new();
                check(root, one, value, at, &mut of_one);
                of_one.is_empty()
            }),
            other => panic!("{at}: {other} is not understood here"),
        };
        if !holds {
            faults.push(format!("{at}: {rule} {says}, not {value}"));
        }
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}

pub fn assert_valid(name: &str, value: &Value) {
    assert_eq!(faults(name, value), [] as [String; 0], "{name}: {value}");
}

fn toml(source: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(source).unwrap()).unwrap()
}

fn toml_at(path: &Path) -> Value {
    toml(&fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

/// Two texts, and what a reader has made of them by the keys: a link with a remark, a rejected pair, two silences, a note, a
/// topic, a stop with its minutes.
fn read_once() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let texts = fs::canonicalize(dir.path()).unwrap().join("texts");
    fs::create_dir(&texts).unwrap();
    for (name, content) in [("left.md", LEFT), ("right.md", RIGHT), ("topics.toml", TOPICS)] {
        fs::write(texts.join(name), content).unwrap();
    }
    let home = fs::canonicalize(dir.path()).unwrap().join("home");
    let library = Library::new(Arc::new(Os), Some(Folders::under(&home)));
    let path = |name: &str| texts.join(name).to_str().unwrap().to_owned();
    let mut play = Play::keeping(library, &path("left.md"), &path("right.md"));
    play.keys("g g tab g g tab + c tab tab \"a_remark\" enter").shows("contrasts");
    play.keys("g g 3 G enter -").shows("are not shown as a pair again");
    play.keys("t \"moon\" enter -").shows("checked: Right says nothing on The moon");
    play.keys("t \"No_topic\" enter 2 G enter -").shows("says nothing to ¶2");
    play.keys("g g a \"Who_recalls?\" enter \"#recall\" ctrl-s").shows("saved: ");
    play.keys("g g P g r 6 + e \"Ask_the_room\" ctrl-s T \"An_evening\" enter esc");
    play.keys("T \"Delegates\" tab \"delegate\" enter");
    (dir, texts)
}

#[test]
fn what_the_reader_writes_is_valid() {
    let (_dir, texts) = read_once();
    for name in ["links", "tour", "topics"] {
        assert_valid(name, &toml_at(&texts.join(format!("{name}.toml"))));
    }
    // And nothing of it was left out of this test.
    let links = toml_at(&texts.join("links.toml"));
    for (list, count) in [("link", 1), ("rejected", 1), ("silence", 2)] {
        assert_eq!(links[list].as_array().map(Vec::len), Some(count), "{list}: {links}");
    }
    let tour = toml_at(&texts.join("tour.toml"));
    assert!(tour["stop"][0]["minutes"].is_u64() && tour["stop"][0]["remark"].is_string(), "{tour}");
    assert_eq!(toml_at(&texts.join("topics.toml"))["topic"].as_array().map(Vec::len), Some(3));
}

#[test]
fn what_the_commands_print_is_valid() {
    let (_dir, texts) = read_once();
    let pair = ["left.md", "right.md"];
    let documents: [(&str, &[&str]); 3] = [
        ("comparison", &["compare", "left.md", "right.md", "--format", "json"]),
        ("coverage", &["topics", "left.md", "right.md", "--format", "json"]),
        (
            "proposals",
            &["topics", "suggest", "embedded:the-party-as-instrument", "power-from-below", "--format", "json"],
        ),
    ];
    for (name, args) in documents {
        let value: Value = serde_json::from_str(&printed(&texts, args)).unwrap();
        assert!(!value["topics"].as_array().unwrap().is_empty(), "{args:?}");
        assert_valid(name, &value);
    }
    let lines: [(&str, &[&str]); 8] = [
        ("passages", &["passages", "left.md"]),
        ("counterparts", &["links", pair[0], pair[1]]),
        ("quotations", &["links", pair[0], pair[1], "--quotations"]),
        ("alignment", &["align", pair[0], pair[1]]),
        ("sentences", &["align", pair[0], pair[1], "--sentences"]),
        ("notes", &["notes", "list"]),
        ("notes-check", &["notes", "check"]),
        ("search", &["search", "bread"]),
    ];
    for (name, args) in lines {
        let all = printed(&texts, &[args, &["--format", "jsonl"]].concat());
        assert!(!all.is_empty(), "{args:?}");
        for line in all.lines() {
            assert_valid(name, &serde_json::from_str(line).unwrap());
        }
    }
    // The notes' checker where it has something to say.
    fs::write(texts.join("left.md"), LEFT.replace("at any time by", "whenever they wish by")).unwrap();
    let note = fs::read_dir(texts.join("notes")).unwrap().next().unwrap().unwrap().path();
    let broken = fs::read_to_string(&note).unwrap().replace("created:", "created: [");
    fs::write(texts.join("notes/another.md"), broken).unwrap();
    let states: Vec<Value> = out(&run(&texts, &["notes", "check", "--format", "jsonl"]))
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(states.iter().any(|s| s["state"] == "fault") && states.iter().any(|s| s["now"].is_string()), "{states:?}");
    for state in states {
        assert_valid("notes-check", &state);
    }
}

#[test]
fn what_comes_with_the_program_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_valid("topics", &toml_at(&root.join("texts/topics.toml")));
    assert_valid("keymap", &toml_at(&root.join("keymap.toml")));
    assert_valid("config", &serde_json::to_value(Settings::default()).unwrap());
}

#[test]
fn the_schema_of_the_settings_has_every_one_with_its_default() {
    let schema = schema("config");
    let described = schema["properties"].as_object().unwrap();
    let settings = serde_json::to_value(Settings::default()).unwrap();
    // There are no commands to begin with.
    let settings_alone = described.iter().filter(|(name, _)| *name != "commands");
    let defaults: Map<String, Value> =
        settings_alone.map(|(name, rule)| (name.clone(), rule["default"].clone())).collect();
    assert_eq!(Value::Object(defaults), settings);
}

#[test]
fn the_schema_of_the_keys_has_every_screen() {
    let schema = schema("keymap");
    let described: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    let mut screens: Vec<String> = Context::ALL.iter().map(ToString::to_string).collect();
    screens.sort();
    assert_eq!(described.into_iter().cloned().collect::<Vec<_>>(), screens);
}

/// What one writes by hand: the schema and `diptych check` take and refuse the same.
#[test]
fn files_written_by_hand_are_refused_by_both_or_by_neither() {
    let topic = "[[topic]]\nid = \"a\"\nname = \"A\"\nterms = [\"a\"]\n";
    let samples = [
        ("config", "theme = \"mono\"\nsync = \"place\"\nkeep = \"~/kept\"\nmeasure = 40\n", true),
        ("config", "theme = \"projector-light\"\nsync = \"off\"\nmouse = false\n", true),
        ("config", "theme = \"solar ized\"\n", false),
        ("config", "measure = 2000\n", false),
        ("config", "measures = 60\n", false),
        ("config", "keep = \"besides\"\n", false),
        ("config", "linear = \"yes\"\n", false),
        ("keymap", "[reading]\n\"e\" = \"row-down\"\n\"J\" = \"nop\"\n", true),
        ("keymap", "[readings]\n\"e\" = \"row-down\"\n", false),
        ("keymap", "[reading]\n\"e\" = 1\n", false),
        (
            "topics",
            "[[topic]]\nid = \"a\"\nname = \"A\"\nabout = \"B\"\nterms = [\"few*\"]\ncolor = \"#46AA00\"\n",
            true,
        ),
        ("topics", &format!("{topic}into = \"b\"\n\n[[topic]]\nid = \"b\"\nname = \"B\"\nterms = [\"b\"]\n"), true),
        ("topics", &format!("{topic}colour = \"red\"\n"), false),
        ("topics", &format!("{topic}not = \"b\"\n"), false),
        ("topics", "[[topic]]\nname = \"A\"\nterms = [\"a\"]\n", false),
        ("topics", "[[topics]]\nid = \"a\"\n", false),
    ];
    for (name, source, good) in samples {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.md"), "# A\n\nA text of a few words.\n").unwrap();
        let file = match name {
            "topics" => dir.path().join("topics.toml"),
            _ => dir.path().join("home/.config/diptych").join(format!("{name}.toml")),
        };
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, source).unwrap();
        let faults = faults(name, &toml(source));
        let checked = run(dir.path(), &["check"]);
        assert_eq!(faults.is_empty(), good, "{source}\n{faults:?}");
        assert_eq!(checked.status.success(), good, "{source}\n{}", out(&checked));
    }
}
