//! English plurals that no ending tells: `men`, `children`, `wives`. Stemmers leave them apart from their singulars.

/// Plurals that follow no rule, with their singulars.
const PLURALS: &[(&str, &str)] = &[
    ("children", "child"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("halves", "half"),
    ("knives", "knife"),
    ("lice", "louse"),
    ("loaves", "loaf"),
    ("mice", "mouse"),
    ("oxen", "ox"),
    ("scarves", "scarf"),
    ("sheaves", "sheaf"),
    ("shelves", "shelf"),
    ("teeth", "tooth"),
    ("thieves", "thief"),
    ("wives", "wife"),
    ("wolves", "wolf"),
];

/// Words that end so and are no plurals.
const NO_MEN: &[&str] = &[
    "abdomen", "acumen", "albumen", "amen", "bitumen", "cyclamen", "dolmen", "foramen", "hymen", "lumen", "omen",
    "ramen", "regimen", "rumen", "semen", "specimen", "stamen", "yemen",
];

/// The singular of an irregular plural, in small letters: of `gentlemen` `gentleman`.
pub(crate) fn singular(word: &str) -> Option<String> {
    if let Some((_, singular)) = PLURALS.iter().find(|(plural, _)| *plural == word) {
        return Some((*singular).to_owned());
    }
    let begin = word.strip_suffix("men").filter(|_| !NO_MEN.contains(&word))?;
    Some(format!("{begin}man"))
}

/// The irregular plural of a word, in small letters: of `gentleman` `gentlemen`.
pub(crate) fn plural(word: &str) -> Option<String> {
    if let Some((plural, _)) = PLURALS.iter().find(|(_, singular)| *singular == word) {
        return Some((*plural).to_owned());
    }
    // `human`, `German`, `Roman`, `Norman`, `talisman` have regular ones.
    let begin = word.strip_suffix("man")?;
    let regular = ["hu", "ger", "ro", "nor", "talis", "otto", "sha", "cay", "mussul", "brah"].contains(&begin);
    let men = format!("{begin}men");
    // Of `Oman` it is not `omen`.
    (!regular && !NO_MEN.contains(&men.as_str())).then_some(men)
}

#[cfg(test)]
mod tests {
    use super::{plural, singular};

    #[test]
    fn plurals_and_singulars_find_each_other() {
        for (one, many) in [("gentleman", "gentlemen"), ("man", "men"), ("wife", "wives"), ("child", "children")] {
            assert_eq!((singular(many).as_deref(), plural(one).as_deref()), (Some(one), Some(many)));
        }
        for word in ["specimen", "omen", "canal", "german", "oman"] {
            assert_eq!((singular(word), plural(word)), (None, None), "{word}");
        }
    }
}
