//! Folding: one form for the many ways of writing a word (case, apostrophes, compatibility forms, spelling).

use unicode_normalization::UnicodeNormalization;

use super::language::Language;
use super::letter::{letter_at, lower};
use super::spelling::american;
use super::token::{is_apostrophe, is_invisible};

/// The form of `word` (one token) that is compared: lower case, composed, without apostrophes, possessive endings and
/// invisible characters, and in English with one spelling for British and American forms.
pub fn fold(word: &str, language: Language) -> String {
    let mut folded = if word.is_ascii() && language != Language::Turkish {
        word.to_ascii_lowercase()
    } else {
        fold_unicode(word, language)
    };
    if folded.contains('\'') {
        folded = without_apostrophes(&folded, language);
    }
    if folded.as_bytes().first().is_some_and(u8::is_ascii_digit) && folded.contains(',') {
        folded.retain(|c| c != ',');
    }
    if language == Language::English { american(folded) } else { folded }
}

/// A folded word without its accents, its ligatures taken apart, as many type it; `None` where that is the same.
pub fn bare(folded: &str) -> Option<String> {
    if folded.is_ascii() {
        return None;
    }
    let mut bare = String::with_capacity(folded.len());
    let mut at = 0;
    while let Some(letter) = letter_at(folded, at) {
        at = letter.end;
        bare.extend(letter.bases().iter().map(|c| lower(*c)));
    }
    (bare != folded).then_some(bare)
}

fn fold_unicode(word: &str, language: Language) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkc() {
        match c {
            c if is_invisible(c) => {}
            c if is_apostrophe(c) => folded.push('\''),
            'I' if language == Language::Turkish => folded.push('ı'),
            'İ' => folded.push('i'),
            // Printed Russian leaves the dots off at will.
            'ё' | 'Ё' if language == Language::Russian => folded.push('е'),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// The article of a word that is written with one, and the rest: `l’État`, `dell'uomo`.
pub fn elision(word: &str, language: Language) -> Option<(&str, &str)> {
    if !matches!(language, Language::French | Language::Italian) {
        return None;
    }
    let (at, mark) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c))?;
    let rest = &word[at + mark.len_utf8()..];
    (rest.chars().count() > 1).then_some((&word[..at], rest))
}

fn without_apostrophes(word: &str, language: Language) -> String {
    if let Some((_, rest)) = elision(word, language) {
        return rest.to_owned();
    }
    let stem = word.strip_suffix("'s").unwrap_or(word);
    stem.replace('\'', "")
}

#[cfg(test)]
mod tests {
    use super::{Language, bare, fold};

    #[test]
    fn accents_and_ligatures_may_be_left_off() {
        for (word, plain) in [
            ("café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("œuvre", "oeuvre"),
            ("straße", "strasse"),
            ("müller", "muller"),
            ("ёлка", "елка"),
            ("ελλάδα", "ελλαδα"),
        ] {
            assert_eq!(bare(word).as_deref(), Some(plain));
        }
        assert_eq!((bare("plain"), bare("хлеб")), (None, None));
    }

    #[test]
    fn many_ways_of_writing_fold_into_one() {
        use Language::{English, French, German, Other, Russian, Turkish};
        for (language, one, other) in [
            (English, "Worker's", "worker"),
            (English, "WORKER’S", "worker"),
            (English, "don’t", "DON'T"),
            (English, "labour", "Labor"),
            (English, "organization", "organisation"),
            (English, "10,000", "10000"),
            (English, "ﬁnally", "finally"),
            (English, "re\u{ad}peat", "repeat"),
            (French, "l’État", "e\u{301}tat"),
            (Russian, "Её", "ее"),
            (German, "RÄTE", "räte"),
            (Turkish, "ISI", "ısı"),
            (Other, "ÉGALITÉ", "égalité"),
        ] {
            assert_eq!(fold(one, language), fold(other, language), "{one} {other}");
        }
    }
}
