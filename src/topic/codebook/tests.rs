//! Topics files with faults, merges and changes.

use super::{Codebook, Topic, TopicId};
use crate::topic::term::Term;

fn topic(id: &str, terms: &[&str], not: &[&str], into: Option<&str>) -> Topic {
    let mut topic = Topic::of_terms(id, id, terms);
    topic.not = not.iter().map(|t| Term::parse(t).unwrap()).collect();
    topic.into = into.map(TopicId::new);
    topic
}

fn written(terms: &[Term]) -> Vec<&str> {
    terms.iter().map(Term::as_str).collect()
}

#[test]
fn whatever_is_wrong_is_told_with_its_place_and_the_rest_is_used() {
    let source = "[[topic]]\nid = \"a\"\nterms = [\"x\", \"a*\", 7, \"x\"]\n\n[[topic]]\nid = \"a\"\nterms = [\"z\"]\n\n\
                  [[topic]]\nid = \"empty\"\n\n[[topic]]\nterms = [\"y\"]\n\n[[topic]]\nid = \"b\"\nterms = \"one\"\nnoot = []\n";
    let (book, faults) = Codebook::parse(source);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let expected = [
        ("3:15", "would match too much"),
        ("3:21", "a string in quotes"),
        ("6:6", "second topic of this id (the first is on line 2)"),
        ("9:1", "has no terms"),
        ("12:1", "has neither id nor name"),
        ("17:9", "is one string"),
        ("18:1", "`noot` is not a field of a topic"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, (place, words)) in told.iter().zip(expected) {
        assert!(told.starts_with(&format!("{place}: ")) && told.contains(words), "{told}");
    }
    let ids: Vec<(&str, usize)> = book.topics().iter().map(|t| (t.id.as_str(), t.terms.len())).collect();
    assert_eq!(ids, [("a", 1), ("empty", 0), ("b", 1)]);
}

#[test]
fn ten_thousand_terms_are_one_topic() {
    let terms: Vec<String> = (0..10_000).map(|n| format!("  \"word{n} of {}\",\n", n % 7)).collect();
    let source = format!("[[topic]]\nid = \"many\"\nterms = [\n{0}{0}]\n", terms.concat());
    let (book, faults) = Codebook::parse(&source);
    assert_eq!(faults, []);
    let topic = &book.topics()[0];
    assert_eq!(topic.terms.len(), 10_000, "each once");
    let mut less = Topic::clone(topic);
    less.terms.remove(5_000);
    assert_eq!(topic.changed(topic, &less), less);
    assert_eq!(less.changed(&less, topic), **topic, "it comes back to its place");
}

#[test]
fn the_id_of_a_merged_topic_means_the_one_it_was_merged_into() {
    let book = Codebook::new([
        topic("a", &["x"], &[], Some("b")),
        topic("b", &["y"], &[], Some("c")),
        topic("c", &["z"], &[], None),
        topic("lost", &["w"], &[], Some("nothing")),
        topic("round", &["u"], &[], Some("circle")),
        topic("circle", &["v"], &[], Some("round")),
        topic("self", &["t"], &[], Some("self")),
    ]);
    let topics: Vec<&str> = book.topics().iter().map(|t| t.id.as_str()).collect();
    assert_eq!(topics, ["c", "lost", "round", "circle", "self"], "a merge into nothing is none");
    assert_eq!(book.entries().len(), 7);
    for (id, means) in [("a", "c"), ("b", "c"), ("c", "c"), ("lost", "lost"), ("circle", "circle"), ("no", "no")] {
        assert_eq!(book.meant(&TopicId::new(id)).as_str(), means);
    }
    assert!(book.get("no").is_none() && book.get("a").is_some());
    assert_eq!(book.entry("a").unwrap().terms.len(), 1);
    // Taking a merge back is changing one entry.
    let back = book.with(topic("b", &["y"], &[], None));
    assert_eq!(back.meant(&TopicId::new("a")).as_str(), "b");
    assert_eq!(back.with(topic("b", &["y"], &[], Some("c"))), book);
    let without = book.without("c");
    assert_eq!(without.meant(&TopicId::new("a")).as_str(), "a", "what was merged into what is gone is itself again");
}

#[test]
fn a_chain_of_merges_leads_to_its_end_however_long() {
    let id = |n: usize| format!("t{n}");
    let chain = (0..20_000).map(|n| topic(&id(n), &[], &[], Some(&id(n + 1))));
    let book = Codebook::new(chain.chain([topic("t20000", &["x"], &[], None)]));
    assert_eq!(book.topics().len(), 1);
    assert_eq!(book.meant(&TopicId::new("t0")).as_str(), "t20000");
    let circle = Codebook::new((0..3_000).map(|n| topic(&id(n), &["x"], &[], Some(&id((n + 1) % 3_000)))));
    assert_eq!(circle.topics().len(), 3_000, "a circle leads nowhere");
}

#[test]
fn what_either_counts_both_count_and_what_the_other_calls_the_topic_is_no_exception() {
    let soviets = topic("soviets", &["soviet*", "council"], &["Soviet Union", "city council"], None);
    let union = topic("union", &["soviet union", "council"], &["Union Jack", "council"], None);
    let both = soviets.joined_by(&union);
    assert_eq!(written(&both.terms), ["soviet*", "council", "soviet union"]);
    assert_eq!(written(&both.not), ["city council", "Union Jack"]);
    assert_eq!(both.id.as_str(), "soviets");
    assert_eq!(both.joined_by(&union), both);
}

#[test]
fn a_change_is_made_to_what_is_there_now() {
    let before = topic("a", &["x", "y", "z"], &[], None);
    let after = topic("a", &["x", "new", "z"], &["w"], None);
    let now = topic("a", &["x", "y", "theirs", "z"], &["own"], None);
    let changed = now.changed(&before, &after);
    assert_eq!(written(&changed.terms), ["x", "new", "theirs", "z"]);
    assert_eq!(written(&changed.not), ["w", "own"]);
    let back = changed.changed(&after, &before);
    assert_eq!(written(&back.terms), ["x", "y", "theirs", "z"]);
}
