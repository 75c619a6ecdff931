//! Links as an argument map.

use super::{ArgumentMap, Named, PlacedJudgements, Relation, argdown, svg};
use crate::anchor::{Anchor, TextId};
use crate::export::opened::Opens;
use crate::import::{Hint, import};
use crate::link::judgement::Judgement;
use crate::study::own::{Called, FoundJudgements, find_places};
use crate::text::Place;

#[test]
fn links_are_edges_with_their_relation_and_every_joined_passage_is_one_node() {
    let read = |source: &str, name: &str| import(source.as_bytes(), &Hint::named(name)).unwrap().text;
    let left = read("The mill closed in [May] <1902>. Nobody wept.\n\nWages fell.\n\nUnjoined words.\n", "a.md");
    let right = read("It closed in June.\n\nWages rose, and rose again.\n", "b.md");
    let anchor = |text: &crate::text::Text, name: &str, block: u32| {
        let end = Place::new(block, text.block_str(block as usize).len() as u32);
        Anchor::of(TextId(name.to_owned()), 1, text, Place::new(block, 0)..end)
    };
    let join = |one: u32, other: u32, relation: &str, note: &str| {
        let (one, other) = (anchor(&left, "a.md", one), anchor(&right, "b.md", other));
        Judgement::join(one, other, Relation::of_word(relation).unwrap(), None, note)
    };
    let mut judgements = vec![
        join(0, 0, "contrasts", "Which\nmonth?"),
        join(0, 0, "agrees", ""),
        join(1, 1, "contrasts", ""),
        join(0, 1, "follows // from <it>", ""),
    ];
    judgements[0].authors = vec!["Anna".to_owned(), "Bert".to_owned()];
    let called = [("a.md", &left), ("b.md", &right)].map(|(name, text)| Called { name: TextId(name.to_owned()), text });
    let places = find_places(&judgements, called);
    let own = PlacedJudgements::of(FoundJudgements { judgements, places, faults: Vec::new() }, [&left, &right]);
    let named = |name, text| Named { name, text };
    let map = ArgumentMap::of(named("Mill [A]", &left), named("B", &right), &own, Opens::by("/m n.md", "/b.md"));
    assert_eq!((map.nodes[0].len(), map.nodes[1].len(), map.edges.len()), (2, 2, 4));
    assert!(!map.is_empty());

    let written = |write: &dyn Fn(&mut Vec<u8>)| {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    };
    let document = written(&|out| argdown::write(out, &map).unwrap());
    assert!(document.contains("[Mill A ¶1]: The mill closed in \\[May\\] \\<1902\\>.\n"), "{document}");
    assert!(
        document.contains(
            "  >< [B ¶1] // contrasts (Anna, Bert): Which month? diptych://read?left=/m%20n.md:1&right=/b.md:1\n"
        ),
        "{document}"
    );
    assert!(
        document.contains("  // [B ¶2] follows // from <it> diptych://read?left=/m%20n.md:1&right=/b.md:2\n"),
        "{document}"
    );
    assert!(!document.contains("Unjoined"), "{document}");
    let picture = written(&|out| svg::write(out, &map).unwrap());
    assert!(picture.contains("¶1 of B: contrasts (Anna, Bert).") && picture.contains("¶1 of B: agrees."), "{picture}");
    let mut edges: Vec<&str> =
        picture.split("<path class=\"edge").skip(1).filter_map(|path| path.split('"').nth(2)).collect();
    assert_eq!(edges.len(), 4);
    edges.sort_unstable();
    edges.dedup();
    assert_eq!(edges.len(), 4, "two links of one pair lie beside each other: {picture}");
    assert!(picture.contains("<title>Which month?</title>") && picture.contains("from &lt;it&gt;"), "{picture}");
    assert!(picture.contains("<a href=\"diptych://read?left=/m%20n.md:2&amp;right=/b.md:2\">"), "{picture}");
    assert!(!picture.contains("Unjoined"), "{picture}");
}
