//! People: family and given names, as bibliographies sort by them.
//!
//! Names are taken apart by the rules of `BibTeX` (*First von Last*; *von Last, First*; *von Last, Jr, First*; braces around
//! what has no parts). What has a word in it that no family is called by is a group.

use crate::word::letter::plain;

/// Someone who had a part in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Person {
    /// A person.
    Named {
        /// `van`, `de la`; empty where there is none.
        particle: String,
        /// `Lih`, `Gogh`, `Vallée Poussin`.
        family: String,
        /// `Lars T.`; empty where there is none.
        given: String,
        /// `Jr.`; empty where there is none.
        suffix: String,
    },
    /// A group or an institution, or whoever cannot be told from one: as written.
    Whole(String),
    /// Whoever else, whose names are not said.
    Others,
}

/// Words before a family name that may be written with a capital.
const PARTICLES: &[&str] = &[
    "af", "av", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "le", "ten", "ter",
    "van", "von", "zu", "zum", "zur",
];
/// Words that join two family names into one.
const JOINING: &[&str] = &["y", "e", "i"];
const SUFFIXES: &[&str] = &["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];

/// Words that groups and institutions are called by, and families are not, folded.
#[rustfmt::skip]
const OF_GROUPS: &[&str] = &[
    "academia", "academie", "academy", "administration", "agency", "akademie", "archive", "archives", "archivo",
    "assemblee", "assembly", "association", "asociacion", "associazione", "authority", "bewegung", "bibliothek",
    "biblioteca", "bibliotheque", "bureau", "centre", "centro", "coalition", "collectif", "collective", "colectivo",
    "comision", "comite", "comitato", "commission", "committee", "commune", "company", "confederacion", "confederation",
    "confederazione", "conference", "congres", "congreso", "congress", "cooperative", "corporation", "council",
    "department", "federacion", "federation", "federazione", "fondation", "foundation", "fundacion", "gesellschaft",
    "gewerkschaft", "gmbh", "government", "group", "groupe", "grupo", "gruppe", "inc", "initiative", "institut",
    "institute", "instituto", "institution", "internacional", "international", "internationale", "kollektiv", "komitee",
    "kommission", "league", "liga", "ligue", "ltd", "ministere", "ministerio", "ministerium", "ministry", "mouvement",
    "movement", "movimento", "movimiento", "museo", "museum", "network", "office", "organisation", "organizacion",
    "organization", "partei", "parti", "partido", "partito", "party", "project", "secretariat", "sindicato", "sociedad",
    "societe", "society", "soviet", "stiftung", "syndicat", "syndicate", "team", "union", "universidad", "universita",
    "universitat", "universite", "university", "verband", "verein", "verlag",
];

impl Person {
    /// The people that an author line names: `A. B., C. D. and E. F.`, `A; B`, `Lih, Lars T.`
    pub(super) fn all_in(line: &str) -> Vec<Self> {
        let (line, has_others) = without_others(line.trim());
        let mut all = all_named(line);
        all.extend(has_others.then_some(Self::Others));
        all
    }

    /// One person.
    pub(crate) fn of(name: &str) -> Self {
        let name = name.trim();
        if let Some(whole) = name.strip_prefix('{').and_then(|n| n.strip_suffix('}')).filter(|n| !n.contains('{')) {
            return Self::Whole(whole.trim().to_owned());
        }
        if let Some((last, rest)) = name.split_once(',') {
            return Self::turned_round(name, last.trim(), rest.trim());
        }
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let suffix = match words.as_slice() {
            [_, .., last] if SUFFIXES.contains(last) => words.pop().unwrap_or(""),
            _ => "",
        };
        let Some((last, before)) = words.split_last() else { return Self::Whole(name.to_owned()) };
        // `V.I.Lenin`
        if let (Some((initials, family)), []) = (last.rsplit_once('.').filter(|(_, f)| !f.is_empty()), before) {
            return Self::named("", family, &format!("{initials}."), suffix);
        }
        let is_name = last.starts_with(char::is_uppercase) || is_bound(last);
        if !is_name || is_group(&words) {
            return Self::Whole(name.to_owned());
        }
        // `Ortega y Gasset`
        if let [.., _, first, joining, last] = words.as_slice()
            && JOINING.contains(joining)
        {
            let given = words[..words.len() - 3].join(" ");
            return Self::named("", &format!("{first} {joining} {last}"), &given, suffix);
        }
        // By the rule of BibTeX, whatever is in small letters before the last word.
        let is_small = |word: &&str| word.starts_with(char::is_lowercase) && !is_bound(word);
        if let Some(from) = before.iter().position(is_small).filter(|from| *from > 0) {
            let to = before.iter().rposition(is_small).unwrap_or(from) + 1;
            return Self::named(&words[from..to].join(" "), &words[to..].join(" "), &words[..from].join(" "), suffix);
        }
        let particles = before.iter().rev().take_while(|w| PARTICLES.contains(&w.to_lowercase().as_str())).count();
        let (given, particles) = before.split_at(before.len() - particles);
        // A first name may be written like a particle (`Van Morrison`).
        if given.is_empty() && !particles.is_empty() && particles[0].starts_with(char::is_uppercase) {
            return Self::named("", last, &particles.join(" "), suffix);
        }
        if particles.iter().all(is_small) {
            return Self::named(&particles.join(" "), last, &given.join(" "), suffix);
        }
        let family = particles.iter().chain([last]).copied().collect::<Vec<_>>().join(" ");
        Self::named("", &family, &given.join(" "), suffix)
    }

    /// `van Gogh, Vincent`, `King, Jr., Martin Luther`, `King, Jr.`
    fn turned_round(name: &str, last: &str, rest: &str) -> Self {
        if SUFFIXES.contains(&rest) {
            return Self::of(&format!("{last} {rest}"));
        }
        let (suffix, given) = match rest.split_once(',').map(|(first, rest)| (first.trim(), rest.trim())) {
            Some((suffix, given)) if SUFFIXES.contains(&suffix) => (suffix, given),
            _ => ("", rest),
        };
        let is_given = given.chars().next().is_some_and(char::is_uppercase) && !given.contains(',');
        if !is_given {
            return Self::Whole(name.to_owned());
        }
        let mut words: Vec<&str> = last.split_whitespace().collect();
        let suffix = match words.as_slice() {
            [_, .., end] if SUFFIXES.contains(end) => words.pop().unwrap_or(suffix),
            _ => suffix,
        };
        let particles = words.iter().take_while(|w| w.starts_with(char::is_lowercase) && !is_bound(w)).count();
        let (particles, family) = words.split_at(if particles < words.len() { particles } else { 0 });
        Self::named(&particles.join(" "), &family.join(" "), given, suffix)
    }

    fn named(particle: &str, family: &str, given: &str, suffix: &str) -> Self {
        let own = |part: &str| part.trim().to_owned();
        Self::Named { particle: own(particle), family: own(family), given: own(given), suffix: own(suffix) }
    }

    /// The name as it is spoken: `Lars T. Lih`.
    pub(crate) fn in_full(&self) -> String {
        match self {
            Self::Named { particle, family, given, suffix } => {
                let parts = [given, particle, family, suffix].into_iter().filter(|p| !p.is_empty());
                parts.map(String::as_str).collect::<Vec<_>>().join(" ")
            }
            Self::Whole(name) => name.clone(),
            Self::Others => "et al.".to_owned(),
        }
    }

    /// The family name, or the whole.
    pub(crate) fn family(&self) -> &str {
        match self {
            Self::Named { family, .. } => family,
            Self::Whole(name) => name,
            Self::Others => "",
        }
    }
}

/// The line without `et al.` or `and others`, and whether it had that.
fn without_others(line: &str) -> (&str, bool) {
    let endings = [", et al.", " et al.", " et al", " and others", "; others", " u. a.", " и др."];
    match endings.iter().find_map(|ending| line.strip_suffix(ending)) {
        Some(before) => (before.trim_end_matches([',', ';', ' ']), true),
        None => (line, false),
    }
}

fn all_named(line: &str) -> Vec<Person> {
    let parts = parted(line);
    if let [one] = parts.as_slice() {
        return match one.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
            // Two commas or more join people.
            all @ [_, _, _, ..] if all.iter().all(|p| p.contains(' ')) => all.iter().map(|p| Person::of(p)).collect(),
            _ => vec![Person::of(one)],
        };
    }
    // `Ministry of Health and Social Care`: what a group is for goes on.
    if let [first, second] = parts.as_slice()
        && line == format!("{first} and {second}")
        && !first.contains([',', '{'])
        && is_group(&first.split_whitespace().collect::<Vec<_>>())
        && first.split_whitespace().any(is_no_name)
        && !second.contains(['.', ','])
        && !is_group(&second.split_whitespace().collect::<Vec<_>>())
    {
        return vec![Person::Whole(line.to_owned())];
    }
    let several_before_and = parts.len() == 2 && line.contains(" and ") && !parts[1].contains(',');
    let split = |part: &&str| -> Vec<Person> {
        let by_comma: Vec<&str> = part.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
        // `A. B., C. D. and E. F.`, but `King Jr., M. L.` where every part is turned round.
        if several_before_and && by_comma.iter().all(|p| p.contains(' ')) {
            by_comma.iter().map(|p| Person::of(p)).collect()
        } else {
            vec![Person::of(part)]
        }
    };
    parts.iter().flat_map(split).collect()
}

/// The parts of a line between `;`, `&` and `and`, where these do not stand in braces.
fn parted(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let length = match c {
            '{' => {
                depth += 1;
                0
            }
            '}' => {
                depth = depth.saturating_sub(1);
                0
            }
            ';' | '&' if depth == 0 => 1,
            ' ' if depth == 0 && line[at..].starts_with(" and ") => 4,
            _ => 0,
        };
        if length > 0 {
            parts.push(&line[start..at]);
            start = at + length;
        }
        at += length.max(c.len_utf8());
    }
    parts.push(&line[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether these words are the name of a group.
fn is_group(words: &[&str]) -> bool {
    let is_of_all = |word: &&str| word.ends_with(['\'', '’']) && word.len() > 2;
    words.len() > 1
        && words.iter().any(|word| {
            is_no_name(word) || is_of_all(word) || OF_GROUPS.contains(&&*plain(word.trim_end_matches([',', '.'])))
        })
}

/// A word that no person's name has, so that it is a group's: `of`, `the`, `for`.
fn is_no_name(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "of" | "the" | "for" | "in" | "on" | "des" | "für")
}

/// Whether a word begins with an article that is bound to it: `al-Kawakibi`, `d'Holbach`.
fn is_bound(word: &str) -> bool {
    let bound = word.split_once(['-', '\'', '’']).filter(|(article, _)| article.len() <= 2);
    bound.is_some_and(|(article, rest)| article.starts_with(char::is_lowercase) && rest.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let one = |p: &Person| match p {
            Person::Named { particle, family, given, suffix } if particle.is_empty() => {
                format!("{family}|{given}|{suffix}")
            }
            Person::Named { particle, family, given, suffix } => format!("{particle}+{family}|{given}|{suffix}"),
            Person::Whole(name) => format!("={name}"),
            Person::Others => "others".to_owned(),
        };
        let cases: &[(&str, &[&str])] = &[
            ("Lars T. Lih", &["Lih|Lars T.|"]),
            ("Lih, Lars T.", &["Lih|Lars T.|"]),
            ("Lenin", &["Lenin||"]),
            ("V.I.Lenin", &["Lenin|V.I.|"]),
            ("Vincent van Gogh", &["van+Gogh|Vincent|"]),
            ("van Gogh, Vincent", &["van+Gogh|Vincent|"]),
            ("Charles Louis de la Vallée Poussin", &["de la+Vallée Poussin|Charles Louis|"]),
            ("José Ortega y Gasset", &["Ortega y Gasset|José|"]),
            ("Charles De Gaulle", &["De Gaulle|Charles|"]),
            ("Abd al-Rahman al-Kawakibi", &["al-Kawakibi|Abd al-Rahman|"]),
            ("King, Jr., Martin Luther", &["King|Martin Luther|Jr."]),
            ("King Jr., M. L.", &["King|M. L.|Jr."]),
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
            ("Solidarity Federation", &["=Solidarity Federation"]),
            ("International Workers' Association", &["=International Workers' Association"]),
            ("Confederación Nacional del Trabajo", &["=Confederación Nacional del Trabajo"]),
            ("Union of Dockers and Porters", &["=Union of Dockers and Porters"]),
            ("Ministry of Health and Social Care", &["=Ministry of Health and Social Care"]),
            ("A. Bee and Solidarity Federation", &["Bee|A.|", "=Solidarity Federation"]),
            ("{Bread and Roses} and Anna Bee", &["=Bread and Roses", "Bee|Anna|"]),
            ("{Barnes and Noble}", &["=Barnes and Noble"]),
            ("Alonzo Church", &["Church|Alonzo|"]),
            ("Anna Bee et al.", &["Bee|Anna|", "others"]),
            ("Anna Bee and others", &["Bee|Anna|", "others"]),
            ("", &[]),
        ];
        for (line, expected) in cases {
            assert_eq!(Person::all_in(line).iter().map(one).collect::<Vec<_>>(), *expected, "{line}");
        }
    }
}
