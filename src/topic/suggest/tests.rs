//! Proposals for texts that share something, and for texts that do not.

use std::ops::ControlFlow;

use super::{Suggestion, both_numbers, suggest};
use crate::text::block::BlockKind;
use crate::text::{Builder, Text};
use crate::topic::codebook::{Codebook, Topic};

fn text_of(passages: &[&str]) -> Text {
    let mut b = Builder::new();
    for passage in passages {
        b.begin(BlockKind::Paragraph, 1).push(passage);
    }
    b.finish()
}

const RIVER: [&str; 6] = [
    "The lock keeper opened the gates at dawn, and the barge went through.",
    "Nobody liked the winter, when ice closed every canal in the valley.",
    "A lock-keeper earned little, but had a house and a garden.",
    "The canal was dug by hand; the diggers slept in huts.",
    "Trade moved to the railway in the end.",
    "The lock keepers’ strike of that spring is forgotten.",
];
const RAILWAY: [&str; 6] = [
    "Against the railway no canal could last for long.",
    "An old lock keeper told me of the closing of the line.",
    "Lock keepers were pensioned off, signalmen were hired.",
    "The railway paid better than the mill.",
    "Where the canal had been, they laid the rails.",
    "The railway station stands there still.",
];
const KITCHEN: [&str; 4] = [
    "Beat the eggs with the sugar until they are pale.",
    "Fold in the flour and the melted butter.",
    "Bake for half an hour; let the cake cool.",
    "Serve with whipped cream, sugar and eggs.",
];

fn proposals(left: &[&str], right: &[&str], known: &Codebook) -> Vec<Suggestion> {
    let watch = |_, _| ControlFlow::Continue(());
    match suggest(&text_of(left), &text_of(right), known, 10, &watch) {
        ControlFlow::Continue(found) => found,
        ControlFlow::Break(()) => Vec::new(),
    }
}

/// What is proposed where no topic is known, by its name in small letters.
fn names_proposed(left: &[&str], right: &[&str]) -> Vec<String> {
    proposals(left, right, &Codebook::default()).iter().map(|s| s.topic.name.to_lowercase()).collect()
}

#[test]
fn what_both_name_is_proposed_under_a_readable_name() {
    let found = proposals(&RIVER, &RAILWAY, &Codebook::default());
    let names: Vec<&str> = found.iter().map(|s| s.topic.name.as_str()).collect();
    assert!(names.contains(&"Lock keeper") && names.contains(&"Canal"), "{names:?}");
    let keeper = found.iter().find(|s| s.topic.name == "Lock keeper").unwrap();
    assert_eq!((keeper.left, keeper.right, keeper.topic.id.as_str()), (3, 2, "lock-keeper"));
    assert_eq!(keeper.topic.about, "Named in 3 passages and 2 passages.");
    assert!(found.iter().all(|s| (0.0..=1.0).contains(&s.score)));
    assert!(found.is_sorted_by(|a, b| a.score >= b.score));
}

#[test]
fn what_a_topic_catches_already_is_not_proposed() {
    let known = Codebook::new([Topic::of_terms("keeper", "Keepers", &["lock keeper", "canal*"])]);
    assert!(proposals(&RIVER, &RAILWAY, &known).iter().all(|s| !s.topic.name.contains("anal")));
}

#[test]
fn texts_that_share_nothing_get_nothing() {
    assert_eq!(proposals(&RIVER, &KITCHEN, &Codebook::default()), []);
    assert_eq!(proposals(&[], &KITCHEN, &Codebook::default()), []);
}

#[test]
fn a_watch_that_breaks_stops_it() {
    let stop = |_, _| ControlFlow::Break(());
    assert!(suggest(&text_of(&RIVER), &text_of(&RAILWAY), &Codebook::default(), 10, &stop).is_break());
}

#[test]
fn parts_of_names_and_what_stands_everywhere_are_no_topics() {
    let left = [
        "When Miss Harrow came to the mill, the river had risen.",
        "Nobody asked Miss Harrow about the mill again.",
        "We saw Miss Pryce at the market, and young Miss Harrow beside her.",
        "The mill stood empty, said Miss Pryce.",
        "It rained, and Thomas Harrow walked home.",
    ];
    let right = [
        "In the spring Miss Harrow sold the mill to a cousin.",
        "They called on Miss Harrow twice.",
        "The old mill wheel turned when Miss Pryce passed.",
        "An uncle of Miss Pryce wrote a letter.",
        "The mill was never rebuilt.",
    ];
    let found = proposals(&left, &right, &Codebook::default());
    let names: Vec<&str> = found.iter().map(|s| s.topic.name.as_str()).collect();
    for part in ["Miss", "Harrow", "Pryce"] {
        assert!(!names.contains(&part), "{names:?}");
    }
}

#[test]
fn a_word_that_both_have_a_heading_of_needs_no_second_passage() {
    let headed = |heading: &str, passages: &[&str]| {
        let mut b = Builder::new();
        b.begin(BlockKind::Paragraph, 1).push(KITCHEN[0]);
        b.begin(BlockKind::Paragraph, 1).push(KITCHEN[1]);
        b.begin(BlockKind::Heading, 2).push(heading);
        for passage in passages {
            b.begin(BlockKind::Paragraph, 1).push(passage);
        }
        b.finish()
    };
    let names = |left: &Text, right: &Text| {
        let found = suggest(left, right, &Codebook::default(), 10, &|_, _| ControlFlow::Continue(()));
        found.continue_value().unwrap().into_iter().map(|s| s.topic.name).collect::<Vec<_>>()
    };
    let left = headed(
        "Helmets and the law",
        &["A helmet law tells people that riding is dangerous.", "A child should wear one."],
    );
    let right = headed("Helmets", &["Where helmets were made law, fewer heads were hurt.", "Gentlemen wore hats."]);
    assert!(
        names(&left, &right).contains(&"Helmets".to_owned()) || names(&left, &right).contains(&"Helmet".to_owned())
    );
    // A heading that nothing under it speaks of is none of its text's topics.
    let bare = headed("Helmets", &["The sea was calm.", "Gentlemen wore hats."]);
    assert_eq!(names(&left, &bare), [""; 0]);
}

#[test]
fn singular_and_irregular_plural_are_one_topic() {
    let left = ["The gentlemen of the valley rode out.", "Every gentleman had a horse.", "It rained."];
    let right = ["No gentleman would row.", "The gentlemen of the mill rowed.", "The reeds grew."];
    let (left, right) = ([&left[..], &KITCHEN].concat(), [&right[..], &RIVER[3..]].concat());
    let found = proposals(&left, &right, &Codebook::default());
    let gentlemen: Vec<_> = found.iter().filter(|s| s.topic.name.to_lowercase().starts_with("gentlem")).collect();
    assert_eq!(gentlemen.len(), 1, "{found:?}");
    assert_eq!((gentlemen[0].left, gentlemen[0].right), (2, 2));
}

#[test]
fn another_number_is_a_term_only_where_the_texts_have_it() {
    let both = |term: &str, met: &[&str]| both_numbers(term.to_owned(), &|word| met.contains(&word));
    assert_eq!(both("lock gentlemen", &["gentlemen", "gentleman"]), ["lock gentlemen", "lock gentleman"]);
    assert_eq!(both("Half", &["Half", "Halves"]), ["Half", "halves"]);
    for (term, met) in [
        ("half", &["half"][..]),
        ("Tiananmen", &["Tiananmen"]),
        ("Truman", &["Truman"]),
        ("Oman", &["Oman", "omen"]),
        ("Freeman", &["Freeman", "freemen"]),
        // In small letters it is longer than in great ones.
        ("ĞÜĞÜ İİMEN", &["İİMEN"]),
    ] {
        assert_eq!(both(term, met), [term], "{met:?}");
    }
    let met_everywhere = both_numbers("ĞÜĞÜ İİMEN".to_owned(), &|_| true);
    assert_eq!(met_everywhere[1], format!("ĞÜĞÜ {}man", "İİ".to_lowercase()));
}

#[test]
fn what_looks_like_a_number_in_another_language_is_none() {
    let left = [
        "Das Unternehmen baute die Schleuse, und niemand fragte, was sie kosten würde.",
        "Im Winter stand das Unternehmen still, weil das Eis den Kanal geschlossen hatte.",
        "Die Schiffer warteten am Ufer auf den Frühling und auf bessere Preise.",
        "Eine Fähre setzte über, sooft jemand die Glocke läutete.",
        "Der Nebel kam am Abend und blieb bis in den Vormittag.",
        "Kinder fischten von der Brücke und verkauften, was sie fingen.",
    ];
    let right = [
        "Ein Unternehmen aus der Stadt kaufte die Mühle und ließ sie verfallen.",
        "Gegen das Unternehmen half keine Klage, sagte der Müller zu seinen Söhnen.",
        "Der Fluss trat im Herbst über die Ufer, wie in jedem Jahr.",
        "Die Söhne gingen in die Fabrik, einer nach dem anderen.",
        "Auf dem Dachboden lagen noch die alten Säcke.",
        "Später wuchs Gras zwischen den Steinen des Hofes.",
    ];
    let found = proposals(&left, &right, &Codebook::default());
    let terms: Vec<&str> = found.iter().flat_map(|s| &s.topic.terms).map(crate::topic::term::Term::as_str).collect();
    assert!(terms.contains(&"Unternehmen") && !terms.iter().any(|term| term.ends_with("man")), "{terms:?}");
}

#[test]
fn topics_are_named_by_nouns_and_not_by_modal_verbs_or_adjectives() {
    let left = [
        "Magistrates ought to answer for the harvest, and the harvest ought to be counted.",
        "An unnatural winter had come upon the province, and an unnatural silence with it.",
        "He threw the ledger into the river; they threw sixty more after it.",
        "The famine was unnatural, said the bishop, for the granaries were full.",
        "Nobody spoke of the famine beneath the walls of the granary.",
        "A clerk counted the grain of the granary by candle.",
    ];
    let right = [
        "A king ought not to feed his army before the province.",
        "The bishop threw his ring away and called the war unnatural.",
        "Sixty carts went to the granary, and an unnatural hush fell.",
        "They ought to have opened the granaries before the famine.",
        "Of the famine nothing was written down.",
        "The soldiers threw bread from the wall.",
    ];
    let names = names_proposed(&left, &right);
    assert!(names.iter().any(|name| name.starts_with("famine")), "{names:?}");
    for none in ["ought", "unnatural", "threw", "sixty", "beneath"] {
        assert!(!names.iter().any(|name| name == none), "{names:?}");
    }
}

#[test]
fn in_other_languages_too_a_verb_or_an_adjective_is_no_topic() {
    let left = [
        "Les ouvriers peuvent attendre la récolte, et la récolte peut attendre le moulin.",
        "Une grève étrange commença dans la vallée, et la grève dura tout l’hiver.",
        "Le meunier voulait garder le moulin; il fallait payer la grève.",
        "Les enfants gardaient les chèvres sur la colline.",
        "Personne ne parlait de la rivière.",
        "La neige tomba pendant trois jours.",
    ];
    let right = [
        "Les patrons peuvent fermer le moulin à la fin de la saison.",
        "On disait que la grève était étrange, et que la récolte serait mauvaise.",
        "La grève et la récolte ne se ressemblent pas.",
        "Ils voulaient vendre le moulin avant la grève.",
        "Le curé garda le silence.",
        "Un pont fut construit au printemps.",
    ];
    let names = names_proposed(&left, &right);
    assert!(names.iter().any(|name| name == "grève") && names.iter().any(|name| name == "moulin"), "{names:?}");
    for none in ["peuvent", "étrange", "voulait", "attendre"] {
        assert!(!names.iter().any(|name| name == none), "{names:?}");
    }
}

#[test]
fn only_the_article_at_its_head_falls_away_from_a_phrase() {
    let left = [
        "Le coup d’État surprit la vallée, et le meunier parlait du coup d’État.",
        "Personne n’avait annoncé ce coup d’État.",
        "La neige tomba pendant trois jours.",
        "Les enfants gardaient les chèvres sur la colline.",
        "L’hiver fut long et la rivière gela.",
        "Un pont fut construit au printemps.",
    ];
    let right = [
        "Après le coup d’État, le curé garda le silence.",
        "Un coup d’État ne nourrit personne.",
        "Ce coup d’État était le second.",
        "La pluie avait emporté le chemin.",
        "On vendait du sel au marché.",
        "Le facteur passait le mardi.",
    ];
    let found = proposals(&left, &right, &Codebook::default());
    let named: Vec<&str> = found.iter().map(|s| s.topic.name.as_str()).collect();
    let coup = found.iter().find(|s| s.topic.name.starts_with("Coup")).unwrap_or_else(|| panic!("{named:?}"));
    assert_eq!((coup.topic.name.as_str(), coup.left, coup.right), ("Coup d’État", 2, 3), "{named:?}");
}

#[test]
fn parts_of_addresses_and_paths_are_no_topics() {
    let left =
        ["See https://canal.example.org/locks/ for the lock.", "The lock at example.org is a lock.", "It rained."];
    let right =
        ["Look at https://canal.example.org/rails/ and /usr/share/rails.", "Nothing at example.org.", "It snowed."];
    let names: Vec<String> = proposals(&left, &right, &Codebook::default()).into_iter().map(|s| s.topic.name).collect();
    assert!(!names.iter().any(|name| ["Https", "Example", "Org", "Usr"].contains(&name.as_str())), "{names:?}");
}

#[test]
fn no_word_stands_twice_among_the_proposals() {
    let left = [
        "The monarch fled, and the monarchy fell with the winter.",
        "No monarchy outlives its monarch for long.",
        "Of judicial power nothing was said in the valley.",
        "The judicial power of the mill was a joke.",
        "It rained on the harvest.",
    ];
    let right = [
        "A monarchy is a habit; the monarch is its excuse.",
        "The monarch signed, and the monarchy ended.",
        "They feared the judicial power of the town.",
        "The judicial power was sold.",
        "Snow fell on the harvest.",
    ];
    let found = proposals(&left, &right, &Codebook::default());
    let names: Vec<&str> = found.iter().map(|s| s.topic.name.as_str()).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("Monarch")).count(), 1, "{names:?}");
    assert!(names.iter().filter(|name| name.to_lowercase().contains("judicial")).count() <= 1, "{names:?}");
}
