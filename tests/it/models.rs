//! A sentence model in a folder: what it adds to `links`, what is kept of it, and what is said of a folder that is none.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use diptych::app::work::Job;
use diptych::app::work::meaning::Meaning;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::Side;
use diptych::model::exporting::{Export, Exporting};
use diptych::topic::codebook::Codebook;
use serde_json::{Value, json};

use crate::cli::{err, out, printed, run};
use crate::play::Play;

const CONFIG: &str = r#"{"model_type": "bert", "hidden_act": "gelu", "hidden_size": 4, "num_hidden_layers": 1,
    "num_attention_heads": 2, "intermediate_size": 4, "max_position_embeddings": 32, "vocab_size": 6}"#;

/// The smallest model there is, in `folder`: to it a text is its words `a` and `i`, and nothing else.
fn model(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("config.json"), CONFIG).unwrap();
    fs::write(folder.join("vocab.txt"), "[UNK]\n[CLS]\n[SEP]\n.\na\ni\n").unwrap();
    let layer = |part: &str| format!("encoder.layer.0.{part}");
    let mut tensors: Vec<(String, Vec<usize>, Vec<f32>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![6, 4], [[0.0; 4]; 4].concat()),
        ("embeddings.position_embeddings.weight".into(), vec![32, 4], vec![0.0; 128]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, 4], vec![0.0; 8]),
    ];
    tensors[0].2.extend([9.0, -9.0, 0.0, 0.0, 0.0, 0.0, 9.0, -9.0]);
    for name in ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"] {
        tensors.push((layer(&format!("{name}.weight")), vec![4, 4], vec![0.0; 16]));
        tensors.push((layer(&format!("{name}.bias")), vec![4], vec![0.0; 4]));
    }
    for name in ["intermediate.dense", "output.dense"] {
        tensors.push((layer(&format!("{name}.weight")), vec![4, 4], vec![0.0; 16]));
        tensors.push((layer(&format!("{name}.bias")), vec![4], vec![0.0; 4]));
    }
    for name in ["embeddings.LayerNorm".to_owned(), layer("attention.output.LayerNorm"), layer("output.LayerNorm")] {
        tensors.push((format!("{name}.weight"), vec![4], vec![1.0; 4]));
        tensors.push((format!("{name}.bias"), vec![4], vec![0.0; 4]));
    }
    let (mut list, mut body) = (serde_json::Map::new(), Vec::new());
    for (name, shape, numbers) in tensors {
        let begin = body.len();
        body.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        list.insert(name, json!({"dtype": "F32", "shape": shape, "data_offsets": [begin, body.len()]}));
    }
    let list = serde_json::to_vec(&list).unwrap();
    let weights = [&(list.len() as u64).to_le_bytes()[..], &list, &body].concat();
    fs::write(folder.join("model.safetensors"), weights).unwrap();
}

/// Two texts that share no word, and a model to which a passage of each is the same.
fn pair() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let words = |word: &str, rest: &str| format!("{word} {word} {word} {rest}. {word} {word}.\n\n");
    let text = |passages: &[String]| format!("---\nlanguage: en\n---\n\n{}", passages.concat());
    let left = text(&[words("a", "oven"), words("i", "river")]);
    let right = text(&[words("i", "mountain"), words("5", "cloud"), words("a", "kettle")]);
    fs::write(dir.path().join("left.md"), left).unwrap();
    fs::write(dir.path().join("right.md"), right).unwrap();
    model(&dir.path().join("model"));
    dir
}

#[test]
fn what_a_model_alone_holds_close_is_said_to_be_by_a_model() {
    let dir = pair();
    let asked = ["links", "left.md", "right.md", "--meaning", "model"];
    let text = printed(dir.path(), &asked);
    assert!(text.contains("¶3 close in meaning, by a model:\n"), "{text}");
    assert!(text.contains("“a a a oven.") && text.contains("“a a a kettle."), "{text}");
    let lines = printed(dir.path(), &[&asked[..], &["--format", "jsonl"]].concat());
    let rows: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows[0]["right"], json!([]));
    assert_eq!(rows[0]["close"]["passage"], 3);
    assert_eq!(rows[0]["close"]["by"], "a sentence model");
    assert_eq!(rows[1]["close"]["passage"], 1);
    // Without a model nothing of it is said.
    assert!(!printed(dir.path(), &asked[..3]).contains("model"));
}

#[test]
fn the_session_asks_it_too_and_what_it_says_leaves_the_screen_as_it_is() {
    let dir = pair();
    let home = Folders::under(&dir.path().join("home"));
    let config = home.settings();
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    fs::write(&config, format!("meaning = {:?}\n", dir.path().join("model"))).unwrap();
    let open = |hold_back: Option<fn(&Job) -> bool>| {
        let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
        let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
        let mut play = Play::keeping(library, &path("left.md"), "");
        play.hold_back = hold_back;
        play.open(Side::Right, &path("right.md"));
        play
    };
    let mut late = open(Some(|job| job.work::<Meaning>().is_some()));
    late.keys("g g w").shows("No counterpart").hides("by a model");
    let places = |play: &Play| [Side::Left, Side::Right].map(|side| play.pane(side).current());
    let before = places(&late);
    let asked = std::mem::take(&mut late.held);
    let answers: Vec<_> = asked.into_iter().flat_map(|job| late.work(job)).collect();
    assert!(!answers.is_empty());
    for answer in answers {
        late.tell(answer);
    }
    assert_eq!(places(&late), before);
    late.shows("Close in meaning, by a model").shows("a a a oven").shows("a a a kettle");
    // Where no folder is named, nothing is said.
    fs::write(&config, "").unwrap();
    open(None).keys("g g w").shows("No counterpart").hides("by a model");
}

#[test]
fn a_handout_asks_it_though_the_two_texts_were_not_set_against_each_other() {
    let dir = pair();
    // To the words all passages are as unlike; to the model the first one across is like this.
    let left = fs::read_to_string(dir.path().join("left.md")).unwrap().replace("a a a oven. a a.", "i i i oven. i i.");
    fs::write(dir.path().join("left.md"), left).unwrap();
    let topic = "[[topic]]\nid = \"ovens\"\nname = \"Ovens\"\nterms = [\"oven\", \"mountain\", \"kettle\"]\n";
    fs::write(dir.path().join("topics.toml"), topic).unwrap();
    let home = || Folders::under(&dir.path().join("home"));
    fs::create_dir_all(home().settings().parent().unwrap()).unwrap();
    let handed_out = |settings: &str, name: &str| {
        fs::write(home().settings(), settings).unwrap();
        let path = dir.path().join(name);
        let asked = Exporting {
            what: Export::Handout,
            path: path.to_str().unwrap().to_owned(),
            replace: false,
            texts: ["left.md", "right.md"].map(|text| dir.path().join(text).to_str().unwrap().to_owned()).to_vec(),
            codebook: Arc::new(Codebook::parse(topic).0),
            grid: None,
            tour: None,
            quotations: Vec::new(),
            studied: None,
        };
        Library::new(Arc::new(Os), Some(home())).export(&asked).unwrap();
        fs::read_to_string(path).unwrap()
    };
    let by_words = handed_out("", "words.html");
    let by_model = handed_out(&format!("meaning = {:?}\n", dir.path().join("model")), "model.html");
    let has = |handout: &str, word: &str| handout.contains(&format!("<mark>{word}</mark>"));
    assert!(has(&by_words, "oven") && has(&by_words, "kettle") && !has(&by_words, "mountain"), "{by_words}");
    assert!(has(&by_model, "oven") && has(&by_model, "mountain") && !has(&by_model, "kettle"), "{by_model}");
}

#[test]
fn what_it_said_is_kept_and_what_was_kept_may_be_damaged() {
    let dir = pair();
    let asked = ["links", "left.md", "right.md", "--meaning", "model"];
    let first = printed(dir.path(), &asked);
    let kept = dir.path().join("home/.cache/diptych/meanings");
    let files: Vec<_> = fs::read_dir(&kept).unwrap().map(|f| f.unwrap().path()).collect();
    // Of each text what its passages mean; of those that are close, what their sentences do.
    assert_eq!(files.len(), 3);
    assert_eq!(printed(dir.path(), &asked), first);
    for damage in [&b"meaning1"[..], b"", b"meaning0 nonsense of some length"] {
        for file in &files {
            fs::write(file, damage).unwrap();
        }
        assert_eq!(printed(dir.path(), &asked), first);
    }
}

#[test]
fn a_folder_that_is_no_model_is_refused_in_a_line() {
    let dir = pair();
    let model = dir.path().join("model");
    let config = dir.path().join("home/.config/diptych");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), format!("meaning = {:?}\n", model.to_str().unwrap())).unwrap();
    let checked = || {
        let output = run(dir.path(), &["check", "left.md"]);
        (output.status.code(), out(&output))
    };
    let (code, said) = checked();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the sentence model: nothing is wrong"), "{said}");
    let weights = fs::read(model.join("model.safetensors")).unwrap();
    let damages: [(&str, &[u8], &str); 4] = [
        ("model.safetensors", &weights[..weights.len() - 9], "is cut off"),
        ("vocab.txt", b"a\nb", "vocab.txt has 2 pieces where config.json says 6"),
        ("config.json", b"[]", "config.json is not readable"),
        ("config.json", &CONFIG.replace("\"bert\"", "\"llama\"").into_bytes(), "a model of type \"llama\""),
    ];
    for (file, bytes, expected) in damages {
        let whole = fs::read(model.join(file)).unwrap();
        fs::write(model.join(file), bytes).unwrap();
        let (code, said) = checked();
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(expected), "{said}");
        let output = run(dir.path(), &["links", "left.md", "right.md"]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
        fs::write(model.join(file), whole).unwrap();
    }
    fs::remove_file(model.join("vocab.txt")).unwrap();
    let (code, said) = checked();
    assert_eq!(code, Some(1));
    assert!(said.contains("vocab.txt: there is no such file; `meaning` must name a folder with config.json"), "{said}");
}
