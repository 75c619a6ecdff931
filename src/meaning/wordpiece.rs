//! A text as the pieces of words that a BERT model knows (`WordPiece`, as in google-research/bert's `tokenization.py`, for the
//! models without capitals): lower case, accents off, punctuation and ideographs apart, then the longest piece first.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fault::Fault;

/// The pieces of a model, from its `vocab.txt`.
#[derive(Debug)]
pub(super) struct WordPiece {
    pieces: HashMap<String, u32>,
    begin: u32,
    end: u32,
    unknown: u32,
}

/// A longer run of letters is no word.
const LONGEST: usize = 100;

impl WordPiece {
    /// One piece a line; the number of a piece is that of its line.
    pub(super) fn read(vocabulary: &str, said: usize) -> Result<Self, Fault> {
        let pieces: HashMap<String, u32> = vocabulary.lines().map(str::to_owned).zip(0..).collect();
        let found = vocabulary.lines().count();
        if found != said {
            return Err(Fault::Vocabulary { found, said });
        }
        let named = |piece: &'static str| pieces.get(piece).copied().ok_or(Fault::Piece(piece));
        let (begin, end, unknown) = (named("[CLS]")?, named("[SEP]")?, named("[UNK]")?);
        Ok(Self { pieces, begin, end, unknown })
    }

    /// The numbers of the pieces of `text`, between the marks of its beginning and end, at most `most` in all.
    pub(super) fn pieces(&self, text: &str, most: usize) -> Vec<u32> {
        let mut found = vec![self.begin];
        let mut word = String::new();
        for c in text.nfd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
            if found.len() >= most {
                break;
            }
            let apart = is_punctuation(c) || is_ideograph(c);
            if !apart && !c.is_whitespace() {
                if !c.is_control() {
                    word.push(c);
                }
                continue;
            }
            self.split(&word, &mut found);
            word.clear();
            if apart {
                self.split(c.encode_utf8(&mut [0; 4]), &mut found);
            }
        }
        self.split(&word, &mut found);
        found.truncate(most.saturating_sub(1).max(1));
        found.push(self.end);
        found
    }

    fn split(&self, word: &str, found: &mut Vec<u32>) {
        let before = found.len();
        let mut from = 0;
        let mut piece = String::new();
        let too_long = word.chars().count() > LONGEST;
        while from < word.len() {
            let ends = word[from..].char_indices().map(|(at, c)| from + at + c.len_utf8());
            let longest = ends.rev().filter(|_| !too_long).find_map(|to| {
                piece.clear();
                piece.push_str(if from > 0 { "##" } else { "" });
                piece.push_str(&word[from..to]);
                self.pieces.get(&piece).map(|number| (*number, to))
            });
            let Some((number, to)) = longest else {
                found.truncate(before);
                found.push(self.unknown);
                return;
            };
            found.push(number);
            from = to;
        }
    }
}

/// ASCII's signs, and the punctuation of other blocks that texts are full of.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{37e}' | '\u{387}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff03}'
            | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::WordPiece;
    use proptest::prelude::*;

    const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n,\nking\n##ly\n##s\nking##\ncafe\n5\n##0\n’\ns\n王";

    fn pieces(text: &str, most: usize) -> Vec<u32> {
        WordPiece::read(VOCABULARY, VOCABULARY.lines().count()).unwrap().pieces(text, most)
    }

    #[test]
    fn words_fall_into_the_longest_known_pieces() {
        for (text, expected) in [
            ("", &[2, 3][..]),
            ("Kings, kingly", &[2, 5, 7, 4, 5, 6, 3]),
            ("the king’s CAFÉ", &[2, 1, 5, 12, 13, 9, 3]),
            ("500 王王", &[2, 10, 11, 11, 14, 14, 3]),
            ("kingx", &[2, 1, 3]),
        ] {
            assert_eq!(pieces(text, 99), expected, "{text}");
        }
        assert_eq!(pieces("king king king king", 4), [2, 5, 5, 3]);
        assert_eq!(pieces(&"k".repeat(5000), 9), [2, 1, 3]);
    }

    #[test]
    fn a_vocabulary_of_another_model_is_refused() {
        let refused = |text, said| WordPiece::read(text, said).unwrap_err().to_string();
        assert_eq!(refused("a\nb", 3), "vocab.txt has 2 pieces where config.json says 3");
        assert_eq!(refused("a\n[CLS]", 2), "vocab.txt lacks [SEP]");
    }

    proptest! {
        #[test]
        fn never_more_than_asked_for(text in ".{0,60}", most in 2_usize..12) {
            let found = pieces(&text, most);
            prop_assert!((2..=most).contains(&found.len()));
            prop_assert!(found[0] == 2 && *found.last().unwrap() == 3);
        }
    }
}
