//! An edit changes what it is about, and not a letter else.

use super::{NoteEdit, edit};
use crate::anchor::Anchor;
use crate::note::Target;
use crate::note::file::parse;

const FILE: &str = "---\n# my note\nid: x\naliases: [a,  b]   # mine\ntopic: soviets\nanchors:\n- {text: a.md, exact: 'One quote.'}\n\
                    modified: 2026-08-03\n\n# the end\n---\n\n> *One* quote.\n> — me, from memory\n\nFirst words.\n";

#[test]
fn only_what_is_changed_is_rewritten() {
    let modified = Some("2026-09-01T10:00:00Z".parse().unwrap());
    let body = NoteEdit { body: Some("Other\n\nwords."), modified, ..NoteEdit::default() };
    let expected = FILE.replace("First words.", "Other\n\nwords.").replace("2026-08-03", "2026-09-01T10:00:00Z");
    assert_eq!(edit(FILE, &body), expected);
    assert_eq!(edit(&FILE.replace('\n', "\r\n"), &body), expected.replace('\n', "\r\n"));

    let topic = NoteEdit { topic: Some(Some("vote: secret")), ..NoteEdit::default() };
    assert_eq!(edit(FILE, &topic), FILE.replace("topic: soviets", "topic: \"vote: secret\""));
    let none = NoteEdit { topic: Some(None), ..NoteEdit::default() };
    assert_eq!(edit(FILE, &none), FILE.replace("topic: soviets\n", ""));

    let same = NoteEdit { body: Some("First words."), topic: Some(Some("soviets")), modified, ..NoteEdit::default() };
    assert_eq!(edit(FILE, &same), FILE);
}

#[test]
fn a_note_is_attached_anew_and_keeps_its_words() {
    let anchor: Anchor = toml::from_str("text = \"b.md\"\npassage = 3\nexact = \"New quote.\"").unwrap();
    let targets = [Target { anchor, citation: "B, ¶3".to_owned() }];
    let change = NoteEdit { targets: Some(&targets), ..NoteEdit::default() };
    let edited = edit(FILE, &change);
    for kept in
        ["# my note\nid: x\naliases: [a,  b]   # mine\ntopic: soviets\nanchors:\n", "\n# the end\n---\n\n> New quote."]
    {
        assert!(edited.contains(kept), "{edited}");
    }
    assert!(edited.ends_with("\n> New quote.\n>\n> — B, ¶3\n\nFirst words.\n"), "{edited}");
    let (note, faults) = parse(&edited, "x");
    assert_eq!(
        (note.targets.as_slice(), faults.as_slice(), note.body.as_str()),
        (&targets[..], &[][..], "First words.")
    );

    // One without front matter gets some; one whose anchors are gone gets them back.
    for source in ["Only words.\n", "---\nid: x\n---\nOnly words.\n"] {
        let edited = edit(source, &change);
        let (note, faults) = parse(&edited, "x");
        assert_eq!((note.targets.as_slice(), note.body.as_str()), (&targets[..], "Only words."), "{edited} {faults:?}");
    }
}
