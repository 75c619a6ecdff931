//! Texts in each language of markup, and what becomes of them.

use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};

use super::{asciidoc, muse, org, rst};
use crate::import::looked;
use crate::import::of_markdown;
use crate::import::tests::reads_back;
use crate::import::to_markdown::to_markdown;
use crate::import::warning::Warning;
use crate::text::Text;

/// The text as Markdown, which must read back to the same text.
fn markdown(text: &Text) -> String {
    let written = to_markdown(text);
    let again = of_markdown(&written);
    assert_eq!((again.string(), again.meta(), again.notes()), (text.string(), text.meta(), text.notes()), "{written}");
    written
}

fn check(read: fn(&str) -> Text, cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        assert_eq!(markdown(&read(source)), *expected, "{source}");
    }
}

#[test]
fn org_is_read() {
    let read: fn(&str) -> Text = |source| org::read(source, &mut Vec::new());
    let cases = [
        (
            "#+TITLE: The Mill\n#+AUTHOR: A. B.\n\n* One :tag:\n:PROPERTIES:\n:ID: x\n:END:\nIt /stands/ by the *river*[fn:1] and =x*y=,\n2*3 and a/b/c.\n\n[fn:1] A note,\nand more.\n",
            "---\ntitle: The Mill\nauthor: A. B.\n---\n\n# One\n\nIt *stands* by the **river**[^1] and `x*y`, 2\\*3 and a/b/c.\n\n[^1]: A note, and more.\n",
        ),
        (
            "- one\n  more\n  1. inner\n  2. next\n- [X] two\n- key :: what it is\n\nAfter.\n",
            "- one more\n\n  1. inner\n  2. next\n- \\[X] two\n- key\n\n  what it is\n\nAfter.\n",
        ),
        (
            "#+begin_quote\nSaid.\n#+end_quote\n#+BEGIN_SRC sh\n  a\n   b\n#+END_SRC\n#+begin_verse\nTurn,\nwheel.\n#+end_verse\n",
            "> Said.\n\n```\na\n b\n```\n\nTurn,\\\nwheel.\n",
        ),
        ("- one\n- two\n\n#+begin_quote\nSaid.\n#+end_quote\n", "- one\n- two\n\n> Said.\n"),
        ("- one\n  #+begin_quote\n  Said.\n  #+end_quote\n", "- one\n\n  > Said.\n"),
        (
            "| a | b |\n|---+---|\n| 1 | 2 |\n#+TBLFM: x\n\n: fixed\n\nSee [[https://a.b/][there]] or [[*One]].[fn:: Inline.]\n",
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```\nfixed\n```\n\nSee [there](https://a.b/) or \\*One.[^1]\n\n[^1]: Inline.\n",
        ),
        (
            "* COMMENT Not this\nno\n** no\n* This\n# remark\nSCHEDULED: <2020-01-01>\nyes\\\\\nno\n",
            "# This\n\nyes\\\nno\n",
        ),
    ];
    check(read, &cases);
}

#[test]
fn what_plans_a_heading_is_dropped_and_told() {
    let mut warnings = Vec::new();
    let source = "#+TODO: WAIT(w) | GONE\n* TODO [#A] Mend the bridge :work:town:\na\n* WAIT The wheel\nb\n* DONE\nc\n* TODOs of mills\nd\n* [2/3] Weirs\ne\n";
    let text = org::read(source, &mut warnings);
    assert_eq!(
        markdown(&text),
        "# Mend the bridge\n\na\n\n# The wheel\n\nb\n\n# DONE\n\nc\n\n# TODOs of mills\n\nd\n\n# [2/3] Weirs\n\ne\n"
    );
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].as_str(), "dropped the tags and states of tasks of 2 headings");
}

#[test]
fn what_is_meant_for_one_kind_of_page_is_left_out_and_told() {
    let mut warnings = Vec::new();
    let text = rst::read("One.\n\n.. raw:: html\n\n   <b>no</b>\n\nTwo.\n", &mut warnings);
    assert_eq!(markdown(&text), "One.\n\nTwo.\n");
    assert!(warnings.len() == 1 && warnings[0].to_string().contains("1 block of HTML"), "{warnings:?}");
}

#[test]
fn muse_is_read() {
    let cases = [
        (" - one\n - two\n   more\n\nWords.\n", "- one\n- two more\n\nWords.\n"),
        (
            "#title The Mill\n#author A. B.\n#lang en\n\n* One\n\nIt *stands* by the **river**.[1] Two * three.\n\n<quote>\nSaid.\n\nMore.\n</quote>\n\n> Turn,\n> wheel.\n\n[1] A note.\n",
            "---\ntitle: The Mill\nauthor: A. B.\nlanguage: en\n---\n\n# One\n\nIt *stands* by the **river**.[^1] Two * three.\n\n> Said.\n>\n> More.\n\nTurn,\\\nwheel.\n\n[^1]: A note.\n",
        ),
        (
            "Words.\n\n - one\n\n - two\n   more\n   1. inner\n\n<example>\na  b\n</example>\n\n----\n\nSee [[https://a.b/][there]].\n",
            "Words.\n\n- one\n- two more\n\n  1. inner\n\n```\na  b\n```\n\n***\n\nSee [there](https://a.b/).\n",
        ),
    ];
    check(muse::read, &cases);
}

#[test]
fn rst_is_read() {
    let read: fn(&str) -> Text = |source| rst::read(source, &mut Vec::new());
    let cases = [
        (
            "========\nThe Mill\n========\n\n:Author: A. B.\n\nOne\n---\n\nIt *stands* by the **river** [1]_, see `there <https://a.b/>`_ and :func:`~os.path`.\n\n.. [1] A note.\n",
            "---\ntitle: The Mill\nauthor: A. B.\n---\n\n# The Mill\n\n## One\n\nIt *stands* by the **river**[^1], see [there](https://a.b/) and `path`.\n\n[^1]: A note.\n",
        ),
        (
            "* one\n  more\n\n  1. inner\n  2. next\n* two\n\nterm\n    what it is\n\n    Said in.\n\nSo::\n\n    a\n      b\n\nAfter.\n",
            "- one more\n\n  1. inner\n  2. next\n- two\n- term\n\n  what it is\n\n  Said in.\n\nSo:\n\n```\na\n  b\n```\n\nAfter.\n",
        ),
        (
            ".. note:: Mind\n   this.\n\n.. code-block:: sh\n   :linenos:\n\n   a\n\n.. a comment\n   of lines\n\n| Turn,\n| wheel.\n\n    Said.\n\n    -- A. B.\n",
            "**Note:** Mind this.\n\n```\na\n```\n\nTurn,\\\nwheel.\n\n> Said.\n>\n> -- A. B.\n",
        ),
        (
            "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n\n=== ===\nc   d\n=== ===\n3   4\n=== ===\n",
            "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n| c | d |\n| --- | --- |\n| 3 | 4 |\n",
        ),
        ("It said:\n\n   One.\n\n..\n\n   Two.\n\n.. gone\n\n   too\n", "It said:\n\n> One.\n>\n> Two.\n"),
        (
            "A |x| of name_ and under_score, \\*not\\*.\n\n.. |x| replace:: mill\n.. _name: https://a.b/\n",
            "A mill of name and under_score, \\*not\\*.\n",
        ),
    ];
    check(read, &cases);
}

#[test]
fn asciidoc_is_read() {
    let read: fn(&str) -> Text = |source| asciidoc::read(source, &mut Vec::new());
    let cases = [
        (
            "= The Mill\n\nSee {home}[the mill^], {home}/a{b}[*this*], https://a.b/{v}/c[that], {x} and {y}.\n",
            "# The Mill\n\nSee the mill, **this**, [that](<https://a.b/{v}/c>), {x} and {y}.\n",
        ),
        (
            "= The Mill\nA. B. <a@b.c>\nv1, 1917-11-07\n:river: Neva\n\n== One\n\nIt _stands_ by the *{river}*.footnote:[A note.] See https://a.b/[there] and `x`.\n",
            "---\ntitle: The Mill\nauthor: A. B.\ndate: 1917-11-07\n---\n\n# The Mill\n\n## One\n\nIt *stands* by the **Neva**.[^1] See [there](https://a.b/) and `x`.\n\n[^1]: A note.\n",
        ),
        (
            "* one\n** inner\n* two\n+\nmore\n\nBetween.\n\n. first\n. second\n\nBetween.\n\nkey:: what it is\n\nAfter.\n",
            "- one\n\n  - inner\n- two\n\n  more\n\nBetween.\n\n1. first\n2. second\n\nBetween.\n\n- key\n\n  what it is\n\nAfter.\n",
        ),
        (
            "[quote, A. B.]\n____\nSaid.\n____\n\n----\na\n  b\n----\n\nNOTE: Mind this.\n\n|===\n|a |b\n\n|1 |2\n|===\n\n////\nno\n////\n",
            "> Said.\n>\n> — A. B.\n\n```\na\n  b\n```\n\n**Note:** Mind this.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
        ),
        (
            "The Mill\n--------\nOne + two, linkgit:git-add[1].\n\n[verse]\nTurn,\nwheel.\n",
            "## The Mill\n\nOne + two, git-add(1).\n\nTurn,\\\nwheel.\n",
        ),
    ];
    check(read, &cases);
}

#[test]
fn what_nests_without_end_is_read_to_its_end() {
    let deep = |unit: &str| unit.repeat(3000);
    let sources = [
        deep("*a "),
        deep("[["),
        deep("`"),
        deep("[fn:: "),
        deep("<em>"),
        deep("((("),
        deep("{a}"),
        deep("|"),
        (0..1200).map(|n| format!("{}- a\n\n", " ".repeat(n % 900))).collect::<String>(),
        (0..800).map(|n| format!("{}a\n", " ".repeat(n))).collect::<String>(),
    ];
    for source in &sources {
        for read in [
            |s: &str| org::read(s, &mut Vec::new()),
            muse::read,
            |s: &str| rst::read(s, &mut Vec::new()),
            |s: &str| asciidoc::read(s, &mut Vec::new()),
        ] {
            let _ = read(source);
        }
    }
}

/// Lines and signs of a language in any order.
fn soup(parts: &'static [&'static str]) -> impl Strategy<Value = String> {
    let letters = "[a-z*_0-9.\\[\\]#>`|:+=~/ -]{1,8}".prop_map(|s: String| s);
    let part = proptest::prelude::prop_oneof![3 => prop::sample::select(parts).prop_map(str::to_owned), 1 => letters];
    prop::collection::vec(part, 0..32).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_org_reads_back(source in soup(&["\n", "\n\n", "* ", "** ", "- ", "  - ", "1. ", "#+begin_quote\n", "#+end_quote\n", "#+begin_src\n", "#+end_src\n", "| a | b |\n", "|-\n", "[fn:1]", "[fn:1] ", "[fn:: a]", "[[https://a.b][c]]", "*a*", "/b/", "=c=", ": d\n", ":x:\n", ":end:\n", "a :: b", "-----\n", "\\\\\n", "#+title: t\n"])) {
        reads_back(&source, &org::read(&source, &mut Vec::new()))?;
    }

    #[test]
    fn any_muse_reads_back(source in soup(&["\n", "\n\n", "* ", " - ", "   1. ", "<quote>\n", "</quote>\n", "<verse>\n", "</verse>\n", "> a\n", " | a | b\n", "[1]", "[1] ", "[[https://a.b][c]]", "*a*", "**b**", "=c=", "<em>d</em>", "----\n", "<br>", "    set in\n", "#title t\n", "a :: b"])) {
        reads_back(&source, &muse::read(&source))?;
    }

    #[test]
    fn any_rst_reads_back(source in soup(&["\n", "\n\n", "====\n", "----\n", "* ", "  - ", "1. ", "#. ", ".. note:: ", ".. code::\n\n   a\n", ".. [1] ", "[1]_ ", "[#]_ ", ".. [#] ", "    ", "  ", "| a\n", "::\n\n", "`a`_", "``b``", "*c*", "**d**", ":e: f\n", "-o  g\n", "+--+--+\n", "|a |b |\n", "== ==\n", "\\", ":sup:`x`", ">>> a\n"])) {
        reads_back(&source, &rst::read(&source, &mut Vec::new()))?;
    }

    #[test]
    fn any_asciidoc_reads_back(source in soup(&["\n", "\n\n", "= ", "== ", "* ", "** ", ". ", "- ", "a:: ", "+\n", "----\n", "____\n", "====\n", "****\n", "|===\n", "|a |b\n", "[quote, c]\n", "[verse]\n", ".Name\n", "NOTE: ", "footnote:[d]", "footnote:e[f]", "*g*", "_h_", "`i`", "link:https://a.b[j]", "{k}", ":k: l\n", "<<m,n>>", "'''\n", " +\n", "  o\n", "<1> p\n"])) {
        reads_back(&source, &asciidoc::read(&source, &mut Vec::new()))?;
    }
}

#[test]
fn a_name_ends_with_its_last_letter() {
    let text = super::asciidoc::read("A mill\n======\nAnna_B. Lee_ <a@b.c>; Cem_\n\nIt stands.\n", &mut Vec::new());
    assert_eq!(text.meta().author.as_deref(), Some("Anna B. Lee, Cem"));
}

#[test]
fn what_stands_below_a_directive_is_not_lost() {
    let rst = |source: &str| to_markdown(&super::rst::read(source, &mut Vec::new()));
    assert_eq!(rst(".. code-block:: yaml\n\n   x = 1\n\n   y = 2\n"), "```\nx = 1\n\ny = 2\n```\n");
    assert_eq!(rst(".. code-block:: sh\n   :linenos:\n\n   a\n"), "```\na\n```\n");
    assert_eq!(rst("A mill.\n\n.. figure:: a.png\n\n   It stands.\n"), "A mill.\n\nIt stands.\n");
}

#[test]
fn a_table_after_a_list_is_not_the_last_items() {
    let source = "= Mills\n\n* one\n\n|===\n|a |b\n|c |d\n|===\n";
    assert_eq!(
        to_markdown(&super::asciidoc::read(source, &mut Vec::new())),
        "# Mills\n\n- one\n\n| a | b |\n| --- | --- |\n| c | d |\n"
    );
}

#[test]
fn what_names_stand_for_makes_no_document_much_longer_and_is_told() {
    let long = "x".repeat(1900);
    let adoc = format!(":a: {long}\n:b: {}\n\n{} end\n", "{a}".repeat(40), "{b}".repeat(6000));
    let rst = format!(".. |a| replace:: {long}\n\n{}end\n", "|a| ".repeat(6000));
    let readers: [Reader; 2] = [asciidoc::read, rst::read];
    for (read, source) in readers.into_iter().zip([&adoc, &rst]) {
        let mut warnings = Vec::new();
        let text = read(source, &mut warnings);
        assert!(text.string().len() < source.len() * 5 + (128 << 10), "{}", text.string().len());
        assert!(text.string().ends_with("end"), "the rest is read");
        assert!(warnings.iter().any(|w| w.to_string().contains("left as they are written")), "{warnings:?}");
    }
    // Names of a document as documents have them are all there.
    let mut warnings = Vec::new();
    let text = asciidoc::read(&format!(":a: mills\n\n{}\n", "{a} ".repeat(20_000)), &mut warnings);
    assert_eq!((text.string().matches("mills").count(), warnings.len()), (20_000, 0));
}

#[test]
fn twice_the_length_is_looked_at_no_more_than_twice() {
    let shapes: &[Shape] = &[
        (asciidoc_of, |n| "{a}".repeat(n)),
        (asciidoc_of, |n| "https://a{b}".repeat(n)),
        (asciidoc_of, |n| "a:b[".repeat(n)),
        (asciidoc_of, |n| (0..n).map(|n| format!("<{n}>\n----{}\n", "-".repeat(n % 90))).collect()),
        (asciidoc_of, |n| format!(":a: {}\n:b: {}\n\n{}", "x".repeat(n), "{a}".repeat(n), "{b}".repeat(n))),
        (rst_of, |n| "a_".repeat(n)),
        (rst_of, |n| "_".repeat(n)),
        (rst_of, |n| "|a|".repeat(n)),
        (rst_of, |n| format!(".. |a| replace:: {}\n\n{}", "x".repeat(n), "|a| ".repeat(n))),
        (org_of, |n| (0..n).map(|n| format!("\\begin{{a{n}}}\n")).collect()),
        (muse_of, |n| (0..n).map(|n| format!("<example>{n}\n<src>\n")).collect()),
    ];
    for (at, (read, shape)) in shapes.iter().enumerate() {
        let looks = |n: usize| looked::while_(|| read(&shape(n))).1;
        let (once, twice) = (looks(4000), looks(8000));
        assert!(twice <= once * 5 / 2 + 200_000, "shape {at}: {once}, {twice}");
    }
}

#[test]
fn what_goes_on_again_and_again_goes_on_once() {
    assert_eq!(asciidoc_of(&format!("* a\n{}b\n", "+\n".repeat(100_000))).string(), "a\nb");
    let text = org_of(&format!("{}{}", "#+TODO: A B C D E F G\n".repeat(400), "* A a\n".repeat(400)));
    assert!(!text.string().contains('A'), "words that say how far a task is are still known");
}

type Reader = fn(&str, &mut Vec<Warning>) -> Text;

/// What reads a text, and a text that is longer the greater the number.
type Shape = (fn(&str) -> Text, fn(usize) -> String);

fn asciidoc_of(source: &str) -> Text {
    asciidoc::read(source, &mut Vec::new())
}

fn rst_of(source: &str) -> Text {
    rst::read(source, &mut Vec::new())
}

fn org_of(source: &str) -> Text {
    org::read(source, &mut Vec::new())
}

fn muse_of(source: &str) -> Text {
    muse::read(source)
}
