//! Stems: what is left of a word without its endings, so that `organised`, `organises` and `organizing` are one.

use frostem::Stemmer as Snowball;

use super::fold::fold;
use super::language::Language;

/// Makes stems in one language. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Stemmer {
    language: Language,
    snowball: Option<Snowball>,
}

impl Stemmer {
    /// The stemmer of `language`; for [`Language::Other`] a stem is the folded word.
    pub fn new(language: Language) -> Self {
        Self { language, snowball: language.algorithm().map(Snowball::new) }
    }

    /// The language it stems.
    pub fn language(self) -> Language {
        self.language
    }

    /// The stem of one token as it stands in a text.
    pub fn stem(self, word: &str) -> String {
        self.stem_folded(&fold(word, self.language))
    }

    /// The stem of a word already folded.
    pub fn stem_folded(self, folded: &str) -> String {
        if self.language == Language::English
            && let Some(stem) = english_exception(folded)
        {
            return stem;
        }
        match self.snowball {
            Some(s) => s.stem(folded).into_owned(),
            None => folded.to_owned(),
        }
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stemmer({:?})", self.language)
    }
}

/// Words that Snowball's English stemmer throws together although a reader of prose would not: doctrines with what
/// they are doctrines of (`socialism` with `social`), `authority` with `author`, `university` with `universal`.
fn english_exception(word: &str) -> Option<String> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    if let Some(root) = singular.strip_suffix("ism")
        && root.len() >= 4
    {
        return Some(format!("{root}ist"));
    }
    let stem = match word {
        "authority" | "authorities" => "authorit",
        "university" | "universities" => "universit",
        "important" | "importantly" | "importance" => "importan",
        _ => return None,
    };
    Some(stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Language, Stemmer};

    #[test]
    fn forms_of_a_word_share_a_stem_and_other_words_do_not() {
        use Language::{English, German, Other, Russian};
        for (language, one, other, same) in [
            (English, "organised", "Organizing", true),
            (English, "organisation", "organizations", true),
            (English, "organisation", "organ", false),
            (English, "soviets", "Soviet’s", true),
            (English, "socialism", "socialists", true),
            (English, "socialism", "social", false),
            (English, "authority", "author", false),
            (English, "labours", "labor", true),
            (German, "Räte", "Räten", true),
            (German, "Arbeiter", "Arbeitern", true),
            (Russian, "советам", "Советы", true),
            (Russian, "властью", "власти", true),
            (Other, "Ábc", "ábc", true),
        ] {
            let s = Stemmer::new(language);
            assert_eq!(s.stem(one) == s.stem(other), same, "{one} {other}: {} {}", s.stem(one), s.stem(other));
        }
    }
}
