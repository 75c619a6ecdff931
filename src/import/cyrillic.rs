//! Which of the encodings of Cyrillic letters a text is in: the one in which its words are words.
//!
//! The encodings put the same letters at other places, so a text that is read by the wrong one has capitals within its
//! words, signs between its letters, and rare letters where common ones stand. In every language that is written so, a
//! dozen small letters make up most of a text.

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_U, WINDOWS_1251, X_MAC_CYRILLIC};

/// The encodings, the more frequent first.
const ALL: [&Encoding; 5] = [WINDOWS_1251, KOI8_U, ISO_8859_5, IBM866, X_MAC_CYRILLIC];

/// The small letters that are the most frequent in Russian, Ukrainian, Bulgarian and Serbian.
const COMMON: &str = "оеаинтсрвлкмдпу";

/// A text of these languages is at least so good where the guess was one of the encodings; and where it was another.
const GOOD: f32 = 0.58;
const SURE: f32 = 0.68;

/// The encoding of a text that is mostly letters beyond ASCII, where it is Cyrillic; `guess` is what a detector says.
pub(super) fn encoding(sample: &[u8], guess: &'static Encoding) -> Option<&'static Encoding> {
    let beyond = sample.iter().filter(|b| **b >= 0x80).count();
    let ascii = sample.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let guessed = ALL.contains(&guess) || guess == encoding_rs::KOI8_R;
    if beyond < 12 || beyond < ascii && !guessed {
        return None;
    }
    let mut best: Option<(f32, &'static Encoding)> = None;
    for encoding in ALL {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let score = likeness(&text);
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, encoding));
        }
    }
    let bar = if guessed { GOOD } else { SURE };
    best.filter(|(score, _)| *score >= bar).map(|(_, encoding)| encoding)
}

/// What stands after words, or between them: a word that begins with it had a capital there.
const AFTER_WORDS: &str = "—–…»”’№";

/// The share of common small letters, less what no text has: capitals after small letters, and signs.
fn likeness(text: &str) -> f32 {
    let (mut letters, mut common, mut faults) = (0u32, 0u32, 0u32);
    let mut small = false;
    // The last two characters.
    let mut before = [' '; 2];
    for c in text.chars() {
        if ('\u{400}'..'\u{530}').contains(&c) {
            letters += 1;
            common += u32::from(COMMON.contains(c));
            faults += 3 * u32::from(small && c.is_uppercase());
            small = c.is_lowercase();
            faults += 2 * u32::from(small && AFTER_WORDS.contains(before[1]) && !before[0].is_alphanumeric());
        } else {
            faults += 2 * u32::from(!c.is_ascii() && !"«»—–“”„…№’‘\u{a0}".contains(c));
            small = false;
        }
        before = [before[1], c];
    }
    if letters == 0 { 0.0 } else { (common as f32 - faults as f32) / letters as f32 }
}
