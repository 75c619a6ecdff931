//! Languages: tags, as BCP 47 writes them, and the names that babel and biblatex have for them.

/// The tags of languages, their names in English and in themselves, and what babel calls them.
const NAMES: &[(&str, &[&str], &str)] = &[
    ("en", &["english"], "english"),
    ("de", &["german", "deutsch"], "ngerman"),
    ("fr", &["french", "français", "francais"], "french"),
    ("es", &["spanish", "español", "castellano"], "spanish"),
    ("it", &["italian", "italiano"], "italian"),
    ("pt", &["portuguese", "português"], "portuguese"),
    ("nl", &["dutch", "nederlands"], "dutch"),
    ("ru", &["russian", "русский"], "russian"),
    ("uk", &["ukrainian", "українська"], "ukrainian"),
    ("pl", &["polish", "polski"], "polish"),
    ("cs", &["czech", "čeština"], "czech"),
    ("sk", &["slovak", "slovenčina"], "slovak"),
    ("hu", &["hungarian", "magyar"], "hungarian"),
    ("sv", &["swedish", "svenska"], "swedish"),
    ("da", &["danish", "dansk"], "danish"),
    ("nb", &["norwegian", "norsk"], "norsk"),
    ("no", &[], "norsk"),
    ("fi", &["finnish", "suomi"], "finnish"),
    ("el", &["greek", "ελληνικά"], "greek"),
    ("la", &["latin"], "latin"),
    ("tr", &["turkish", "türkçe"], "turkish"),
    ("ca", &["catalan", "català"], "catalan"),
    ("ro", &["romanian", "română"], "romanian"),
    ("bg", &["bulgarian"], "bulgarian"),
    ("hr", &["croatian"], "croatian"),
    ("sl", &["slovenian", "slovene"], "slovene"),
    ("lt", &["lithuanian"], "lithuanian"),
    ("lv", &["latvian"], "latvian"),
    ("et", &["estonian"], "estonian"),
    ("he", &["hebrew"], "hebrew"),
    ("ja", &["japanese"], "japanese"),
];

/// Languages as they are spoken somewhere, where babel has a name for that.
const REGIONS: &[(&str, &str)] = &[
    ("en-US", "american"),
    ("en-GB", "british"),
    ("pt-BR", "brazilian"),
    ("de-AT", "naustrian"),
    ("de-CH", "nswissgerman"),
];

/// The tag that is meant: `en_us` is `en-US`, and `English` is `en`.
pub(super) fn tag(said: &str) -> String {
    let said = said.trim();
    let lower = said.to_lowercase();
    if let Some((tag, ..)) = NAMES.iter().find(|(_, names, _)| names.contains(&lower.as_str())) {
        return (*tag).to_owned();
    }
    // `en_US.UTF-8`, as systems have it.
    let plain = said.split(['.', '@']).next().unwrap_or(said).replace('_', "-");
    let parts: Vec<&str> = plain.split('-').collect();
    let is_tag = parts[0].len() >= 2
        && parts[0].len() <= 3
        && parts.iter().all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !is_tag {
        return said.to_owned();
    }
    // RFC 5646, section 2.1.1: regions in capitals, scripts with one, the rest in small letters.
    let written = parts.iter().enumerate().map(|(nth, part)| match (nth, part.len()) {
        (1.., 2) => part.to_ascii_uppercase(),
        (1.., 4) if part.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            format!("{}{}", part[..1].to_ascii_uppercase(), part[1..].to_ascii_lowercase())
        }
        _ => part.to_ascii_lowercase(),
    });
    written.collect::<Vec<_>>().join("-")
}

/// What babel calls the language of a tag.
pub(super) fn for_babel(tag: &str) -> Option<&'static str> {
    let region = REGIONS.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name);
    let base = tag.split('-').next().unwrap_or(tag);
    region.or_else(|| NAMES.iter().find(|(known, ..)| *known == base).map(|(.., name)| *name))
}

#[cfg(test)]
mod tests {
    use super::{for_babel, tag};

    #[test]
    fn languages_are_told_by_their_tags() {
        for (said, expected, babel) in [
            ("en", "en", Some("english")),
            ("en_us", "en-US", Some("american")),
            ("EN-GB", "en-GB", Some("british")),
            ("de_DE.UTF-8", "de-DE", Some("ngerman")),
            ("Deutsch", "de", Some("ngerman")),
            ("zh-hant-tw", "zh-Hant-TW", None),
            ("the tongue of angels", "the tongue of angels", None),
        ] {
            assert_eq!((tag(said).as_str(), for_babel(&tag(said))), (expected, babel), "{said}");
        }
    }
}
