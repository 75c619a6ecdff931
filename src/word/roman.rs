//! Roman numerals: which words are numbers, and which number each says.

/// What each part of a numeral is worth, from the greatest down.
const PARTS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// The number, `most` at most, that a word in Roman numerals says, in capitals or in small letters. `None` where it is
/// not well made (`iix`, `civil`), or mixes the two. Old books add what others take away: `VIIII`.
pub(crate) fn number(word: &str, most: u32) -> Option<u32> {
    let one_case = word.bytes().all(|b| b.is_ascii_uppercase()) || word.bytes().all(|b| b.is_ascii_lowercase());
    if !one_case {
        return None;
    }
    let small = word.to_ascii_lowercase();
    let (mut rest, mut sum) = (small.as_str(), 0u32);
    for (value, part) in PARTS {
        while let Some(after) = rest.strip_prefix(part) {
            (rest, sum) = (after, sum + value);
            if sum > most {
                return None;
            }
        }
    }
    let well_made = rest.is_empty() && (written(sum, true) == small || written(sum, false) == small);
    (sum > 0 && well_made).then_some(sum)
}

/// A number in small Roman numerals, with subtraction (`iv`) where `short`, else without (`iiii`).
fn written(mut number: u32, short: bool) -> String {
    let mut out = String::new();
    for (value, part) in PARTS.iter().filter(|(_, part)| short || part.len() == 1) {
        while number >= *value {
            out.push_str(part);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{number, written};

    #[test]
    fn roman_numerals_are_numbers_only_where_they_are_well_made() {
        for n in 1..400 {
            assert_eq!(number(&written(n, true), 399), Some(n));
            assert_eq!(number(&written(n, true).to_ascii_uppercase(), 399), Some(n));
            assert_eq!(number(&written(n, false), 399), Some(n));
        }
        assert_eq!((number("MCMXVII", 3999), number("MCMXVII", 399)), (Some(1917), None));
        for word in ["", "iix", "vv", "ic", "civil", "mix", "dix", "Iv", "cmd", "12", "ⅳ"] {
            assert_eq!(number(word, 399), None, "{word}");
        }
    }
}
