//! Entries of a bibliography, as front matter of many kinds makes them.

use biblatex::{Bibliography, ChunksExt as _};
use proptest::prelude::*;

use super::key::with_keys;
use super::{Reference, bibtex, csl};
use crate::import::{Hint, import};

fn reference(front: &str) -> Reference {
    let source = format!("---\n{front}\n---\n\nWords.\n");
    let text = import(source.as_bytes(), &Hint::named("a.md")).unwrap().text;
    Reference::of(text.meta(), "a")
}

fn written(
    references: &[Reference],
    write: fn(&mut dyn std::io::Write, &[Reference]) -> std::io::Result<()>,
) -> String {
    let mut out = Vec::new();
    write(&mut out, references).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_bibliography_of_many_kinds() {
    let references = with_keys(vec![
        reference(
            "title: \"Power & <below>: 100% #1 {a_b}\"\nauthor: Lars T. Lih\ndate: August 18, 2014\nkind: talk\n\
                   language: en\nsource: https://example.org/a_b?c=%20{d}\naccessed: 2026-11-21",
        ),
        reference(
            "title: Ein Buch\nauthor: [Rosa Müller, Jo van der Berg]\ndate: c. 1902\nkind: book\npublisher: Verlag & Co\n\
                   place: Köln\nisbn: 3-16-148410-0\neditor: Central Committee of the Party",
        ),
        reference(
            "title: In a journal\nauthor: Lih, Lars T.\ndate: spring 2014\ntype: article\njournal: Some Journal\nvolume: 3\n\
                   pages: 1–7\nsource: \"Talk, printed in Some Journal, see https://example.org/x.\"",
        ),
        reference("author: Lars Lih\ndate: 2014\ntitle: The power"),
        reference("nothing: at all"),
    ]);
    insta::assert_snapshot!("bibtex", written(&references, bibtex::write));
    insta::assert_snapshot!("csl", written(&references, csl::write));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_written_is_read_back(title in "[ -~äß]{1,30}", author in "[A-Z][a-z]{1,8} [A-Z][a-z&%_]{1,8}", note in "[ -~]{0,30}") {
        prop_assume!(!title.trim().is_empty() && !author.contains(['&']));
        let mut reference = reference("kind: book");
        reference.title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        reference.authors = super::Person::all_in(&author);
        reference.note = Some(note.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|n| !n.is_empty());
        let references = with_keys(vec![reference]);
        let bib = Bibliography::parse(&written(&references, bibtex::write)).unwrap();
        let entry = bib.get(&references[0].key).unwrap();
        let plain = |s: &str| s.replace(|c: char| c.is_whitespace() || c == '\u{200b}', "");
        prop_assert_eq!(plain(&entry.title().unwrap().format_verbatim()), plain(&references[0].title));
        prop_assert_eq!(&entry.author().unwrap()[0].name, references[0].authors[0].family());
        let json: serde_json::Value = serde_json::from_str(&written(&references, csl::write)).unwrap();
        prop_assert_eq!(json[0]["title"].as_str(), Some(references[0].title.as_str()));
        prop_assert_eq!(json[0]["note"].as_str(), references[0].note.as_deref());
    }
}
