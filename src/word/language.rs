//! Which language a text is in, as far as stemming and stop words need to know.

use frostem::Algorithm;

use crate::text::Text;

use super::token::floor_boundary;

/// A language with a stemmer, or [`Language::Other`], whose words are compared as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Language {
    Czech,
    Danish,
    Dutch,
    #[default]
    English,
    Finnish,
    French,
    German,
    Greek,
    Hungarian,
    Italian,
    Norwegian,
    Polish,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Turkish,
    Ukrainian,
    /// Any other: folded, not stemmed.
    Other,
}

/// A language, its BCP 47 primary tag, what the detector calls it, and its stemmer.
type LanguageRow = (Language, &'static str, whatlang::Lang, Algorithm);

const KNOWN: &[LanguageRow] = &[
    (Language::Czech, "cs", whatlang::Lang::Ces, Algorithm::Czech),
    (Language::Danish, "da", whatlang::Lang::Dan, Algorithm::Danish),
    (Language::Dutch, "nl", whatlang::Lang::Nld, Algorithm::Dutch),
    (Language::English, "en", whatlang::Lang::Eng, Algorithm::English),
    (Language::Finnish, "fi", whatlang::Lang::Fin, Algorithm::Finnish),
    (Language::French, "fr", whatlang::Lang::Fra, Algorithm::French),
    (Language::German, "de", whatlang::Lang::Deu, Algorithm::German),
    (Language::Greek, "el", whatlang::Lang::Ell, Algorithm::Greek),
    (Language::Hungarian, "hu", whatlang::Lang::Hun, Algorithm::Hungarian),
    (Language::Italian, "it", whatlang::Lang::Ita, Algorithm::Italian),
    (Language::Norwegian, "no", whatlang::Lang::Nob, Algorithm::Norwegian),
    (Language::Polish, "pl", whatlang::Lang::Pol, Algorithm::Polish),
    (Language::Portuguese, "pt", whatlang::Lang::Por, Algorithm::Portuguese),
    (Language::Romanian, "ro", whatlang::Lang::Ron, Algorithm::Romanian),
    (Language::Russian, "ru", whatlang::Lang::Rus, Algorithm::Russian),
    (Language::Spanish, "es", whatlang::Lang::Spa, Algorithm::Spanish),
    (Language::Swedish, "sv", whatlang::Lang::Swe, Algorithm::Swedish),
    (Language::Turkish, "tr", whatlang::Lang::Tur, Algorithm::Turkish),
    (Language::Ukrainian, "uk", whatlang::Lang::Ukr, Algorithm::Ukrainian),
];

/// Bytes looked at by [`Language::detect`]: a few pages tell, and a whole book would only take longer.
const SAMPLE: usize = 8 << 10;

impl Language {
    /// The language a text says it is in, else the one it looks like.
    pub fn of(text: &Text) -> Self {
        match text.meta().language.as_deref().and_then(Self::from_tag) {
            Some(said) => said,
            None => Self::detect(text.string()),
        }
    }

    /// The language of a BCP 47 tag (`en`, `en-GB`, `de_AT`) or of an English name (`german`); `None` where the tag is
    /// empty. A tag of a language without a stemmer is [`Language::Other`].
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().filter(|p| !p.is_empty())?.to_ascii_lowercase();
        if matches!(primary.as_str(), "nb" | "nn") {
            return Some(Self::Norwegian);
        }
        let named = |(l, two, lang, _): &&LanguageRow| {
            *two == primary || lang.code() == primary || format!("{l:?}").eq_ignore_ascii_case(&primary)
        };
        Some(KNOWN.iter().find(named).map_or(Self::Other, |r| r.0))
    }

    /// The language a string looks like, from samples of its beginning and middle. English where there is too little to
    /// tell: a stop list and a stemmer that never match do no harm.
    pub fn detect(string: &str) -> Self {
        let cut = |from: usize| {
            let begin = floor_boundary(string, from);
            &string[begin..floor_boundary(string, begin + SAMPLE / 2)]
        };
        // The middle is asked too: a foreign epigraph, a licence or a contents list may stand first.
        let sample = if string.len() <= SAMPLE { string.to_owned() } else { [cut(0), cut(string.len() / 2)].concat() };
        let Some(info) = whatlang::detect(&sample) else { return Self::English };
        let known = KNOWN.iter().find(|r| r.2 == info.lang()).map_or(Self::Other, |r| r.0);
        let latin = info.script() == whatlang::Script::Latin;
        if latin && !info.is_reliable() && sample.len() < 400 { Self::English } else { known }
    }

    /// The language a string is in beyond doubt; `None` where there is too little to tell.
    pub fn told_by(string: &str) -> Option<Self> {
        let info = whatlang::detect(string).filter(whatlang::Info::is_reliable)?;
        Some(KNOWN.iter().find(|r| r.2 == info.lang()).map_or(Self::Other, |r| r.0))
    }

    /// Its name in English.
    pub fn name(self) -> String {
        match self {
            Self::Other => "another language".to_owned(),
            known => format!("{known:?}"),
        }
    }

    /// The BCP 47 primary tag; `und` for [`Language::Other`].
    pub fn tag(self) -> &'static str {
        KNOWN.iter().find(|r| r.0 == self).map_or("und", |r| r.1)
    }

    pub(super) fn algorithm(self) -> Option<Algorithm> {
        KNOWN.iter().find(|r| r.0 == self).map(|r| r.3)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags_and_samples_tell_the_language() {
        for (tag, expected) in [
            ("en", Some(Language::English)),
            ("en-GB", Some(Language::English)),
            ("DE_at", Some(Language::German)),
            ("rus", Some(Language::Russian)),
            ("German", Some(Language::German)),
            ("nn", Some(Language::Norwegian)),
            ("ja", Some(Language::Other)),
            ("", None),
        ] {
            assert_eq!(Language::from_tag(tag), expected, "{tag}");
        }
        for (sample, expected) in [
            ("The councils are the form that the power of the workers has taken in this country.", Language::English),
            ("Die Räte sind die Form, die die Macht der Arbeiter in diesem Lande angenommen hat.", Language::German),
            ("Советы — это форма, которую власть рабочих приняла в этой стране.", Language::Russian),
            ("", Language::English),
            ("1917", Language::English),
        ] {
            assert_eq!(Language::detect(sample), expected, "{sample}");
        }
    }

    #[test]
    fn every_tag_comes_back() {
        for row in super::KNOWN {
            assert_eq!(Language::from_tag(row.1), Some(row.0));
            assert_eq!(row.0.tag(), row.1);
        }
    }
}
