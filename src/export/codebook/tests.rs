//! A codebook that goes out comes back the same.

use proptest::prelude::*;

use super::write_qdc;
use crate::topic::code::{Code, Color, Set};
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::fault::Fault;
use crate::topic::guid::Guid;
use crate::topic::qdc::parse;
use crate::topic::term::Term;

fn written(book: &Codebook) -> String {
    let mut out = Vec::new();
    write_qdc(&mut out, book).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_file_is_plain_to_read() {
    let toml = "[[topic]]\nid = \"power\"\nname = \"Power & < rule\"\nterms = []\n\n[[topic]]\nid = \"soviets\"\n\
                name = \"The soviets\"\nabout = \"Councils of workers' delegates\"\nterms = [\"soviet*\", \"councils\"]\n\
                not = [\"Soviet Union\"]\ncolor = \"#4A0\"\nunder = \"power\"\n\n[[topic]]\nid = \"party\"\n\
                name = \"Party\"\nterms = [\"Party\"]\nguid = \"1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294\"\n\n\
                [[set]]\nname = \"First seminar\"\nabout = \"May\"\ntopics = [\"soviets\", \"party\"]\n";
    let (book, faults) = Codebook::parse(toml);
    assert_eq!(faults, []);
    insta::assert_snapshot!(written(&book));
    assert_eq!(parse(&written(&book)), Ok((book, Vec::new())));
}

/// A codebook: each topic under an earlier one, in the order in which codes are written.
fn codebooks() -> impl Strategy<Value = Codebook> {
    let name = "[A-Za-zäß&<>\"' .;é日]{1,12}";
    let topic = (name, "[a-z<&\n ]{0,20}", "[a-z]{3,9}", any::<u8>(), any::<[bool; 4]>());
    prop::collection::vec(topic, 1..12).prop_map(|all| {
        let mut topics: Vec<Topic> = Vec::new();
        for (nth, (name, about, word, pick, [has_guid, has_color, nested, own])) in all.into_iter().enumerate() {
            let tidy = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
            let id = TopicId::new(&format!("{word}{nth}"));
            let name = format!("N{}", tidy(&name));
            let term = if own { name.clone() } else { format!("{word}*") };
            let mut terms = vec![Term::parse(&term).unwrap()];
            terms.extend((pick % 3 == 0).then(|| Term::parse("semi; colon \"x\"").unwrap()));
            let code = Code {
                guid: has_guid.then(|| Guid::derived("elsewhere", id.as_str())),
                color: has_color.then_some(Color([pick, 0, 255])),
                under: topics.last().filter(|_| nested).map(|t| t.id.clone()),
            };
            topics.push(Topic { id, name, about: tidy(&about), terms, not: Vec::new(), into: None, code });
        }
        let members = topics.iter().step_by(2).map(|t| t.id.clone()).collect();
        let set = Set { name: "A set".to_owned(), about: String::new(), guid: None, topics: members };
        Codebook::new(topics).with_sets([set])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_goes_out_comes_back(book in codebooks()) {
        let (back, faults) = parse(&written(&book)).map_err(|f: Fault| TestCaseError::fail(f.to_string()))?;
        prop_assert_eq!(faults, []);
        prop_assert_eq!(&back, &book);
    }
}
