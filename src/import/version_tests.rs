//! What is made of a source is kept by the importer's version: texts in the cache, and anchors. So whoever changes what is
//! made changes the version too.

use std::fmt::Write as _;

use super::tests::samples;
use super::to_markdown::to_markdown;
use super::{Hint, IMPORTER_VERSION, import};

/// The version, and a sum of all that it makes of the sources here.
const KNOWN: &str = include_str!("version_tests.txt");

const PROSE: &str = "The council of the lower town had met nine times before anyone asked who was to pay for the bridge, and when the\n\
                     question came it came from a boy, who had been sent to carry the benches and stood at the door while the\n\
                     warden read the accounts aloud.";

/// Sources of the formats that are lines, with what their readers know.
fn sources() -> Vec<(&'static str, String)> {
    let plain = [
        format!("ON MILLS\n\nby Anna Miller\n\n{PROSE}\n\nPART ONE\n\n{PROSE}\n\nPART TWO\n\n1. one\n2. two\n\n{PROSE}\n"),
        format!("{PROSE}\n\n    {}\n\n\"Come,\" she said.\n\n> quoted once\n> and on\n", PROSE.replace('\n', "\n    ")),
        format!("{PROSE}\n\nWheat      4s  4d\nBarley    25s 10d\nOats      12s  0d\n\nThe mill ..... 1\nThe road ..... 4\nThe town ..... 9\n"),
        "The wheel is still, the river low,\nThe sacks lie empty by the door.\nI have not seen the water go\nSo quiet these ten years and more.\n".into(),
        format!("*** START OF THE PROJECT GUTENBERG EBOOK MILLS ***\n\n{PROSE}\n\n*** END OF THE PROJECT GUTENBERG EBOOK MILLS ***\n"),
        "Vom Wasser und vom Müh-\nlrad, und vom Wasser und vom Korn und von dem Brot der\nLeute. Das Mühlrad dreht sich.[1]\n\n[1] Eine Anmerkung.\n".into(),
    ];
    let markdown = [
        "---\ntitle: T\nauthor:\n- name: Anna Miller\ntags: [a]\n---\n\n# One\n\nText[^1] ==marked== [[Note|note]] $a_1$ `x`.\n\n[^1]: Note.\n",
        "> [!note] Box\n> text\n\n- [ ] one\n  1. two\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n\\begin{align}\na\n\\end{align}\n",
    ];
    let page = "<!doctype html><title>T</title><nav><a href=/>Home</a></nav><article><h1>T</h1><p>One<sup>2</sup>.</p><ul><li>two</ul>\
                <blockquote>three</blockquote><pre>x</pre></article><aside>no</aside>";
    let mut all: Vec<(&str, String)> = plain.into_iter().map(|s| ("a.txt", s)).collect();
    all.extend(markdown.into_iter().map(|s| ("a.md", s.to_owned())));
    if cfg!(feature = "html") {
        all.push(("a.html", page.to_owned()));
    }
    all
}

/// All that is made, one after the other.
fn made() -> String {
    let mut out = String::new();
    for (name, source) in sources() {
        let text = import(source.as_bytes(), &Hint::named(name)).unwrap().text;
        let _ = writeln!(out, "{name}\n{}", to_markdown(&text));
    }
    for (format, bytes) in samples().into_iter().filter(|(format, _)| format.is_built()) {
        let _ = writeln!(out, "{format}\n{}", to_markdown(&import(&bytes, &Hint::named("a")).unwrap().text));
    }
    out
}

#[test]
fn what_is_made_changes_with_the_version_and_not_without_it() {
    // A lean build makes less.
    if cfg!(not(all(
        feature = "html",
        feature = "epub",
        feature = "docx",
        feature = "pdf",
        feature = "mobi",
        feature = "mhtml"
    ))) {
        return;
    }
    // FNV-1a, which is what it is on every machine.
    let sum =
        made().bytes().fold(0xcbf2_9ce4_8422_2325u64, |sum, b| (sum ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    let now = format!("{IMPORTER_VERSION} {sum:016x}\n");
    if KNOWN == now {
        return;
    }
    let known = KNOWN.split(' ').next().and_then(|version| version.parse().ok());
    assert_ne!(
        known,
        Some(IMPORTER_VERSION),
        "what is made has changed: so must IMPORTER_VERSION in src/import/mod.rs"
    );
    panic!("a new version: write {now:?} into src/import/version_tests.txt");
}
