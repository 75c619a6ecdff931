//! Every parser is given what nobody meant to write: its own files with damage done to them, soups of its own tokens, and
//! any bytes at all. None of it may panic or hang; what is wrong is said in clean lines that point into the file, and what
//! comes out holds together.

use std::fs;
use std::path::Path;

use diptych::app::keymap::{self, Keymap};
use diptych::import::{Hint, Imported, import, import_prefix};
use diptych::library::disk::Os;
use diptych::library::request::Request;
use diptych::library::{preferences, topics};
use diptych::text::passage::PassageNo;

use crate::dice::Dice;

/// So many damaged files of each kind.
const CASES: usize = 150;

/// Does some damage: cuts, doubles, swaps, and puts in what means something somewhere.
fn damaged(source: &[u8], dice: &mut Dice) -> Vec<u8> {
    const ODD: [&[u8]; 28] = [
        b"\"",
        b"'",
        b"\"\"\"",
        b"[",
        b"]",
        b"[[",
        b"{",
        b"}",
        b"=",
        b"#",
        b"\\",
        b"\\u{110000}",
        b"\0",
        b"\xff\xfe",
        b"\r",
        b"\n\n",
        b"\t",
        b"---\n",
        b"+++\n",
        b"```",
        b"> > > >",
        b"[^1]:",
        b"|-|",
        b"999999999999999999999",
        b"-1",
        b"\x1b[31m",
        "\u{202e}".as_bytes(),
        "e\u{301}\u{200d}語".as_bytes(),
    ];
    let mut bytes = source.to_vec();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() as u64 + 1) as usize;
        let until = (at + dice.roll(80) as usize).min(bytes.len());
        match dice.roll(6) {
            0 => drop(bytes.drain(at..until)),
            1 => bytes.truncate(at),
            2 => {
                let again = bytes[at..until].to_vec();
                bytes.splice(at..at, again);
            }
            3 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            _ => {
                let odd = ODD[dice.roll(ODD.len() as u64) as usize];
                let many = if dice.roll(8) == 0 { 300 } else { 1 };
                bytes.splice(at..at, odd.repeat(many));
            }
        }
    }
    bytes
}

/// Hands on damaged copies of each of `sources`, some of any bytes, and none at all.
fn each_damaged(sources: &[&str], seed: u64, mut check: impl FnMut(&[u8])) {
    let mut dice = Dice(seed);
    check(b"");
    for source in sources {
        check(source.as_bytes());
        for _ in 0..CASES / sources.len() {
            check(&damaged(source.as_bytes(), &mut dice));
        }
    }
    for _ in 0..CASES / 5 {
        let bytes: Vec<u8> = (0..dice.roll(300)).map(|_| dice.roll(256) as u8).collect();
        check(&bytes);
    }
}

#[track_caller]
fn is_clean(line: &str) {
    assert!(!line.is_empty() && !line.chars().any(char::is_control), "{line:?}");
}

#[test]
fn a_keymap() {
    each_damaged(&[keymap::DEFAULT, "[reading]\n\"g g\" = \"first-passage\"\nj = \"nop\"\n[picker]\n"], 3, |bytes| {
        let source = String::from_utf8_lossy(bytes);
        let mut map = Keymap::built_in().0;
        for fault in map.lay_over(&source) {
            assert!(fault.line as usize <= source.matches('\n').count() + 1 && fault.column >= 1, "{fault:?}");
        }
        let mut again = Keymap::default();
        // A key that some terminals cannot send is told of, and bound all the same.
        let faults = again.lay_over(&map.to_toml());
        assert!(faults.iter().all(|fault| fault.in_doubt), "{faults:?}");
        assert_eq!(again, map, "what is printed is read back");
    });
}

#[test]
fn the_files_of_the_settings() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    let settings = "theme = \"dark\"\nmeasure = 70\nmouse = true\nsync = \"topic\"\n";
    each_damaged(&[settings, keymap::DEFAULT], 5, |bytes| {
        fs::write(&path, bytes).unwrap();
        let (read, mistakes) = preferences::settings(&Os, &path);
        assert!(read.measure >= 20);
        let keys: Vec<String> = match preferences::read(&Os, &path) {
            Ok(source) => {
                let faults = Keymap::built_in().0.lay_over(&source.unwrap_or_default());
                faults.into_iter().map(|fault| fault.message).collect()
            }
            Err(mistake) => vec![mistake.to_string()],
        };
        for mistake in mistakes.iter().map(ToString::to_string).chain(keys) {
            is_clean(diptych::text::clean::Clean::line(&mistake).as_str());
        }
    });
}

#[test]
fn a_topics_file() {
    let own = include_str!("../../texts/topics.toml");
    let begin = &own[..own.floor_char_boundary(3000)];
    let small =
        "[[topic]]\nid = \"a\"\nname = \"A\"\nabout = \"\"\nterms = [\"b c\", \"soviet*\"]\nnot = [\"b c d\"]\n";
    each_damaged(&[begin, small], 7, |bytes| {
        let source = String::from_utf8_lossy(bytes);
        let (codebook, faults) = topics::parse(&source);
        let lines = source.matches('\n').count() + 1;
        for fault in &faults {
            is_clean(diptych::text::clean::Clean::line(&fault.to_string()).as_str());
            assert!(fault.line as usize <= lines, "{fault:?} of {lines} lines");
        }
        for topic in codebook.topics() {
            assert!(!topic.id.as_str().is_empty() && codebook.get(topic.id.as_str()) == Some(topic));
        }
    });
}

/// What every text holds, whatever it was read from.
fn holds_together(read: &Imported) {
    let text = &read.text;
    let mut at = 0;
    for (index, block) in text.blocks().iter().enumerate() {
        assert!(block.range().start >= at && block.range().end <= text.string().len());
        at = block.range().end;
        let string = text.block_str(index);
        assert!(!string.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{string:?}");
    }
    for span in text.spans() {
        assert!(text.string().get(span.range()).is_some(), "{span:?}");
    }
    for n in 1..=text.passage_count() as u32 {
        let block = text.numbering().block_of(PassageNo(n)).unwrap();
        assert_eq!(text.numbering().passage_near(block), Some(PassageNo(n)));
    }
    assert!(text.numbering().block_of(PassageNo(text.passage_count() as u32 + 1)).is_none());
}

fn is_read(bytes: &[u8], names: &[&str]) {
    for name in names {
        match import(bytes, &Hint::named(name)) {
            Ok(read) => holds_together(&read),
            Err(e) => is_clean(&e.to_string()),
        }
        let cut = bytes.len() * 2 / 3;
        match import_prefix(&bytes[..cut], bytes.len() as u64, &Hint::named(name)) {
            Ok(read) => read.iter().for_each(holds_together),
            Err(e) => is_clean(&e.to_string()),
        }
    }
}

#[test]
fn markdown() {
    let tokens = "# A\n\nb *c **d** `e` [f](g \"h\") ![i](j)[^k] <m> &amp; &#0; <!-- n -->\n\n> q\n> - r\n>   1. s\n\n```t\nu\n```\n\n\
                  | v | w |\n|:-|-:|\n| x | y |\n\n[^k]: z\n\n    z\n\n* * *\n\nSetext\n===\n\n1) a\n2) b\n\n<table><tr><td>c</td></tr></table>\n";
    let own = include_str!("../../texts/power-from-below.md");
    each_damaged(&[tokens, tokens, &own[..own.floor_char_boundary(6000)]], 11, |bytes| is_read(bytes, &["a.md"]));
}

#[test]
fn plain_text() {
    let debris = "             THE TITLE\n\n   CHAPTER I\n\n\tIt was a hard-\nwrapped line, and\nanother one.\n\n12\n\x0c THE TITLE   13\n\nA. And then?\n\
                  B. Then this: \u{ad}soft.\n\n* * *\n\n[1] A note.\n\n      To be, or not to be,\n      That is the question:\n\n    > quoted\n    >> twice\n";
    let own = include_str!("../../texts/the-party-as-instrument.md");
    each_damaged(&[debris, debris, &own[..own.floor_char_boundary(6000)]], 13, |bytes| is_read(bytes, &["a.txt", ""]));
}

#[test]
fn front_matter() {
    let yaml = "---\ntitle: \"T: t\"\nauthor: [A. B., {name: C}]\ndate: 1917-10-25\ntags: &a\n  - x\n  - *a\nsource: |\n  http://y\n\
                voices:\n  - passages: 1-3\n    author: D\n---\n\nOne.\n\nTwo.\n";
    let toml =
        "+++\ntitle = \"T\"\nauthor = [\"A\"]\ndate = 1917-10-25T10:00:00Z\n[extra]\nx = { y = [1, 2] }\n+++\n\nOne.\n";
    each_damaged(&[yaml, toml], 17, |bytes| is_read(bytes, &["a.md", "a.txt"]));
}

#[test]
fn what_is_asked_for() {
    each_damaged(
        &["embedded:power-from-below:14", "~/a b/c.md:0022", "-:14", "../../x:y:3", "a.md:99999999999"],
        19,
        |bytes| {
            let written = String::from_utf8_lossy(bytes);
            if let Err(e) = Request::parse(&written, Some(Path::new("/nowhere"))) {
                is_clean(e.line().as_str());
            }
        },
    );
}
