//! Variants: other words of one root that a reader takes for the same matter, `democracy` and `democratic`.
//!
//! Stemming takes off what grammar adds; what makes a noun of an adjective it often leaves. The rules here go a step
//! further, from a stem to a root, and stop short of what changes the sense: a doctrine is not what it is a doctrine of
//! (`socialism`, `social`), a beginning in common proves nothing (`controversy`, `control`). Variants are weaker
//! evidence than the same word, and are shown as each text has them.

use super::language::Language;

/// An ending of stems, what stands in its place in the root, and the fewest letters that must stand before it.
type Rule = (&'static str, &'static str, usize);

/// The longer endings first.
const ENGLISH: &[Rule] = &[
    ("ionari", "", 5),
    ("ionist", "ist", 5),
    ("script", "scrib", 2),
    ("craci", "crat", 2),
    ("solut", "solv", 2),
    ("cept", "ceiv", 2),
    ("clus", "clud", 2),
    ("duct", "duc", 2),
    ("suas", "suad", 2),
    ("hood", "", 4),
    ("less", "", 4),
    ("ship", "", 5),
    ("tens", "tend", 2),
    ("ari", "", 5),
    ("cis", "cid", 2),
    ("dom", "", 4),
    ("enc", "", 5),
    ("ian", "", 5),
    ("tor", "t", 4),
    ("vis", "vid", 2),
    ("i", "", 5),
];

const GERMAN: &[Rule] =
    &[("schaft", "", 4), ("bar", "", 4), ("los", "", 4), ("sam", "", 4), ("ung", "", 4), ("er", "", 5)];

/// English words that only look as if they had one of these endings.
#[rustfmt::skip]
const NONE: &[&str] = &[
    "conduc", "counti", "factori", "franci", "improvis", "insidi", "intens", "librari", "listless", "polici", "precis",
    "promis", "proprieti", "restless", "salari", "secretari", "treati", "vocabulari",
];

/// The root of a stem of `language`: words of one root are variants of each other. A stem without variants is its own
/// root.
pub fn root(stem: &str, language: Language) -> String {
    let rules = match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        _ => &[],
    };
    let mut root = stem.to_owned();
    // `dictatorship` has two endings; none has four.
    for _ in 0..3 {
        if language == Language::English && NONE.contains(&root.as_str()) {
            break;
        }
        let fits = |(ending, _, least): &&Rule| {
            root.strip_suffix(ending).is_some_and(|before| before.chars().count() >= *least)
        };
        let Some((ending, instead, _)) = rules.iter().find(fits) else { break };
        root.truncate(root.len() - ending.len());
        root.push_str(instead);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::root;
    use crate::word::language::Language;
    use crate::word::stem::Stemmer;

    #[test]
    fn variants_share_a_root_and_lookalikes_do_not() {
        use Language::{English, French, German};
        for (language, one, other, same) in [
            (English, "democracy", "democratic", true),
            (English, "bureaucracies", "bureaucrat", true),
            (English, "production", "producing", true),
            (English, "decide", "decision", true),
            (English, "leadership", "leaders", true),
            (English, "dictatorship", "dictator", true),
            (English, "parliamentary", "parliament", true),
            (English, "revolutionaries", "revolution", true),
            (English, "election", "electors", true),
            (English, "autonomy", "autonomous", true),
            (English, "freedom", "free", true),
            (English, "controversy", "control", false),
            (English, "commissionaire", "commissars", false),
            (English, "country", "counter", false),
            (English, "secretary", "secret", false),
            (English, "party", "part", false),
            (English, "policy", "police", false),
            (English, "revolution", "revolving", false),
            (English, "socialism", "social", false),
            (English, "factor", "fact", false),
            (English, "station", "state", false),
            (German, "Abberufung", "abberufbar", true),
            (German, "Arbeiter", "Arbeit", true),
            (French, "liberté", "libéral", false),
        ] {
            let of = |word: &str| root(&Stemmer::new(language).stem(word), language);
            assert_eq!(of(one) == of(other), same, "{one} {other}: {} {}", of(one), of(other));
        }
    }
}
