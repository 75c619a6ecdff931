//! People: family and given names, as bibliographies sort by them.

/// Someone who had a part in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// A person.
    Named {
        /// `Lih`, `van Gogh`.
        family: String,
        /// `Lars T.`; empty where there is none.
        given: String,
        /// `Jr.`; empty where there is none.
        suffix: String,
    },
    /// A group or an institution, or whoever cannot be told from one: as written.
    Whole(String),
}

const PARTICLES: &[&str] = &[
    "af", "av", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ten", "ter", "van", "von",
    "zu", "zur",
];
const SUFFIXES: &[&str] = &["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];

impl Person {
    /// The people that an author line names: `A. B., C. D. and E. F.`, `A; B`, `Lih, Lars T.`
    pub fn all_in(line: &str) -> Vec<Self> {
        let parts: Vec<&str> =
            line.split([';', '&']).flat_map(|p| p.split(" and ")).map(str::trim).filter(|p| !p.is_empty()).collect();
        if let [one] = parts.as_slice() {
            return match one.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
                // Two commas or more join people.
                all @ [_, _, _, ..] if all.iter().all(|p| p.contains(' ')) => all.iter().map(|p| Self::of(p)).collect(),
                _ => vec![Self::of(one)],
            };
        }
        let several_before_and = parts.len() == 2 && line.contains(" and ") && !parts[1].contains(',');
        let split = |part: &&str| -> Vec<Self> {
            let by_comma: Vec<&str> = part.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
            // `A. B., C. D. and E. F.`, but `King Jr., M. L.` where every part is turned round.
            if several_before_and && by_comma.iter().all(|p| p.contains(' ')) {
                by_comma.iter().map(|p| Self::of(p)).collect()
            } else {
                vec![Self::of(part)]
            }
        };
        parts.iter().flat_map(split).collect()
    }

    /// One person.
    pub fn of(name: &str) -> Self {
        let name = name.trim();
        if let Some((family, rest)) = name.split_once(',') {
            let rest = rest.trim();
            if SUFFIXES.contains(&rest) {
                return Self::of(&format!("{family} {rest}"));
            }
            return match rest.chars().next() {
                Some(c) if c.is_uppercase() && !rest.contains(',') => Self::named(family, rest, ""),
                _ => Self::Whole(name.to_owned()),
            };
        }
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let suffix = match words.as_slice() {
            [_, .., last] if SUFFIXES.contains(last) => words.pop().unwrap_or(""),
            _ => "",
        };
        let Some((last, before)) = words.split_last() else { return Self::Whole(name.to_owned()) };
        // `V.I.Lenin`
        if let (Some((initials, family)), []) = (last.rsplit_once('.').filter(|(_, f)| !f.is_empty()), before) {
            return Self::named(family, &format!("{initials}."), suffix);
        }
        if !last.starts_with(char::is_uppercase) || before.iter().any(|w| is_no_name(w)) {
            return Self::Whole(name.to_owned());
        }
        let particles = before.iter().rev().take_while(|w| PARTICLES.contains(&w.to_lowercase().as_str())).count();
        let (given, particles) = before.split_at(before.len() - particles);
        // A first name may be written like a particle (`Van Morrison`).
        if given.is_empty() && !particles.is_empty() && particles[0].starts_with(char::is_uppercase) {
            return Self::named(last, &particles.join(" "), suffix);
        }
        let family = particles.iter().chain([last]).copied().collect::<Vec<_>>().join(" ");
        Self::named(&family, &given.join(" "), suffix)
    }

    fn named(family: &str, given: &str, suffix: &str) -> Self {
        Self::Named { family: family.trim().to_owned(), given: given.trim().to_owned(), suffix: suffix.to_owned() }
    }

    /// The name as it is spoken: `Lars T. Lih`.
    pub fn in_full(&self) -> String {
        match self {
            Self::Named { family, given, suffix } => {
                let parts = [given, family, suffix].into_iter().filter(|p| !p.is_empty());
                parts.map(String::as_str).collect::<Vec<_>>().join(" ")
            }
            Self::Whole(name) => name.clone(),
        }
    }

    /// The family name, or the whole.
    pub fn family(&self) -> &str {
        match self {
            Self::Named { family, .. } => family,
            Self::Whole(name) => name,
        }
    }
}

/// A word that no person's name has, so that it is a group's: `of`, `the`, `for`.
fn is_no_name(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "of" | "the" | "for" | "in" | "on" | "des" | "für" | "committee" | "party")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let one = |p: &Person| match p {
            Person::Named { family, given, suffix } => format!("{family}|{given}|{suffix}"),
            Person::Whole(name) => format!("={name}"),
        };
        let cases: &[(&str, &[&str])] = &[
            ("Lars T. Lih", &["Lih|Lars T.|"]),
            ("Lih, Lars T.", &["Lih|Lars T.|"]),
            ("Lenin", &["Lenin||"]),
            ("V.I.Lenin", &["Lenin|V.I.|"]),
            ("Vincent van Gogh", &["van Gogh|Vincent|"]),
            ("Van Morrison", &["Morrison|Van|"]),
            ("Martin Luther King Jr.", &["King|Martin Luther|Jr."]),
            ("Martin Luther King, Jr.", &["King|Martin Luther|Jr."]),
            ("Diptych contributors", &["=Diptych contributors"]),
            ("Rosa Luxemburg, editor", &["=Rosa Luxemburg, editor"]),
            ("Central Committee of the Party", &["=Central Committee of the Party"]),
            ("A. Bee and C. Dee", &["Bee|A.|", "Dee|C.|"]),
            ("A. Bee, C. Dee and E. Eff", &["Bee|A.|", "Dee|C.|", "Eff|E.|"]),
            ("A. Bee, C. Dee, E. Eff", &["Bee|A.|", "Dee|C.|", "Eff|E.|"]),
            ("Bee, A.; Dee, C.", &["Bee|A.|", "Dee|C.|"]),
            ("Bee, A. and Dee, C.", &["Bee|A.|", "Dee|C.|"]),
            ("Marx & Engels", &["Marx||", "Engels||"]),
            ("", &[]),
        ];
        for (line, expected) in cases {
            assert_eq!(Person::all_in(line).iter().map(one).collect::<Vec<_>>(), *expected, "{line}");
        }
    }
}
