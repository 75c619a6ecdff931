//! British and American spelling, to one form. The form is only compared, never shown.
//!
//! `-ize` becomes `-ise` (the safe direction: a wrong `sise` for `size` meets no other word, and the English stemmer would
//! cut `organization` down to `organ`); the rest follows lists, because `four` is not a British `for`.

/// Beginnings of words in `-our-` that American English writes `-or-`.
#[rustfmt::skip]
const OUR: &[&str] = &[
    "arbour",
    "ardour",
    "armour",
    "behaviour",
    "candour",
    "clamour",
    "clangour",
    "colour",
    "demeanour",
    "discolour",
    "disfavour",
    "dishonour",
    "dolour",
    "enamour",
    "endeavour",
    "favour",
    "fervour",
    "flavour",
    "harbour",
    "honour",
    "humour",
    "labour",
    "misbehaviour",
    "neighbour",
    "odour",
    "parlour",
    "rancour",
    "rigour",
    "rumour",
    "saviour",
    "savour",
    "splendour",
    "succour",
    "tumour",
    "unfavour",
    "valour",
    "vapour",
    "vigour",
];

/// Beginnings of words, British and American, sorted. The American form is used.
#[rustfmt::skip]
const PAIRS: &[(&str, &str)] = &[
    ("acknowledgement", "acknowledgment"), ("aeon", "eon"), ("aesthet", "esthet"), ("ageing", "aging"),
    ("aluminium", "aluminum"), ("anaem", "anem"), ("anaesth", "anesth"), ("analogue", "analog"),
    ("archaeo", "archeo"), ("artefact", "artifact"), ("calibre", "caliber"), ("cancell", "cancel"),
    ("catalogue", "catalog"), ("centre", "center"), ("centring", "centering"), ("channell", "channel"),
    ("connexion", "connection"), ("counsell", "counsel"), ("czar", "tsar"), ("defence", "defense"),
    ("dialogue", "dialog"), ("encyclopaed", "encycloped"), ("enrolment", "enrollment"), ("fibre", "fiber"),
    ("foetus", "fetus"), ("fuell", "fuel"), ("fulfil", "fulfill"), ("fulfilll", "fulfill"), ("gaol", "jail"),
    ("grey", "gray"), ("gynaeco", "gyneco"), ("haemo", "hemo"), ("instalment", "installment"),
    ("intelligencia", "intelligentsia"), ("jewell", "jewel"), ("judgement", "judgment"), ("labell", "label"),
    ("levell", "level"), ("libell", "libel"), ("licence", "license"), ("litre", "liter"), ("lustre", "luster"),
    ("manoeuvr", "maneuver"), ("marvell", "marvel"), ("mediaeval", "medieval"), ("metre", "meter"),
    ("modell", "model"), ("mould", "mold"), ("moustache", "mustache"), ("oecumen", "ecumen"), ("oestr", "estr"),
    ("offence", "offense"), ("orthopaed", "orthoped"), ("paediat", "pediat"), ("plough", "plow"),
    ("practise", "practice"), ("practising", "practicing"), ("pretence", "pretense"), ("programmes", "programs"),
    ("pyjama", "pajama"), ("quarrell", "quarrel"), ("rivall", "rival"), ("sabre", "saber"), ("sceptic", "skeptic"),
    ("sepulchre", "sepulcher"), ("signall", "signal"), ("skilful", "skillful"), ("sombre", "somber"),
    ("spectre", "specter"), ("sulphur", "sulfur"), ("theatre", "theater"), ("totalled", "totaled"), ("totalling", "totaling"), ("travell", "travel"),
    ("tyre", "tire"), ("tzar", "tsar"), ("whilst", "while"), ("wilful", "willful"), ("woollen", "woolen"),
    ("worshipp", "worship"),
];

/// What may follow `iz` where it stands for the ending `-ize`.
#[rustfmt::skip]
const IZE: &[&str] = &[
    "e", "ed", "er", "ers", "es", "ing", "ings", "ingly", "able", "ability", "ation", "ations", "ational", "ationally",
    "ationist", "ationists", "edly",
];

/// Beginnings of words that [`super::fold::fold`] changes in English, and what they become. Folding changes other words
/// only behind their third letter.
pub(crate) fn respelt() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAIRS.iter().copied()
}

/// `word` (folded, English) in the one spelling.
pub(super) fn american(word: String) -> String {
    if word.len() < 4 || !word.is_ascii() {
        return word;
    }
    // Not by its beginning, which `programmer` has too.
    if word == "programme" {
        return "program".to_owned();
    }
    if let Some(at) = word.rfind("iz").or_else(|| word.rfind("yz"))
        && at > 0
        && IZE.contains(&&word[at + 2..])
    {
        return format!("{}s{}", &word[..=at], &word[at + 2..]);
    }
    if word.contains("our")
        && let Some(stem) = OUR.iter().find(|s| word.starts_with(**s))
    {
        return format!("{}or{}", &stem[..stem.len() - 3], &word[stem.len()..]);
    }
    // The longest beginning that fits stands last before the word in alphabetical order, shorter ones a little earlier.
    let near = PAIRS.partition_point(|(b, _)| *b <= word.as_str());
    match PAIRS[near.saturating_sub(3)..near].iter().rev().find(|(b, _)| word.starts_with(b)) {
        Some((british, us)) if us.len() < british.len() || !word.starts_with(us) => match &word[british.len()..] {
            // `centred` is `centered`.
            "d" if us.ends_with("er") => format!("{us}ed"),
            rest => format!("{us}{rest}"),
        },
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::{OUR, PAIRS, american, respelt};

    #[test]
    fn british_and_american_meet() {
        for (british, us) in [
            ("labour", "labor"),
            ("labourers", "laborers"),
            ("organisation", "organization"),
            ("analyse", "analyze"),
            ("organisational", "organizational"),
            ("defence", "defense"),
            ("fulfilled", "fulfilled"),
            ("fulfil", "fulfill"),
            ("centres", "centers"),
            ("centred", "centered"),
            ("totally", "totally"),
            ("programmers", "programmers"),
            ("travelling", "traveling"),
            ("programmes", "programs"),
            ("programmes", "programs"),
            ("dialogues", "dialogs"),
        ] {
            let (b, u) = (american(british.to_owned()), american(us.to_owned()));
            assert_eq!(b, u, "{british} {us}");
        }
        for word in ["four", "hour", "tour", "contour", "course", "tyrant", "greyhound"] {
            let folded = american(word.to_owned());
            assert!(folded == word || word == "greyhound", "{word} {folded}");
        }
    }

    #[test]
    fn only_listed_words_change_before_their_fourth_letter() {
        for word in OUR.iter().map(|w| format!("{w}s")).chain(["organize".to_owned(), "analyze".to_owned()]) {
            assert_eq!(american(word.clone())[..3], word[..3], "{word}");
        }
        assert!(respelt().all(|(british, us)| british.len() >= 3 && us.len() >= 3));
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(PAIRS.is_sorted());
    }
}
