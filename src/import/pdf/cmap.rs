//! Tables from the codes of a font to something else: to Unicode (`ToUnicode`), or to the numbers of its glyphs.
//!
//! ISO 32000-1, 9.7.5 and 9.10.3; the language is that of Adobe's technical note 5014.

use std::collections::HashMap;

use super::lexer::{Lexer, Token};
use super::readable::readable;

/// More codes than this no font has.
const MOST: usize = 1 << 17;

/// What a table says.
#[derive(Debug, Clone, Default)]
pub(super) struct CMap {
    /// Codes (length in bytes, value) to characters that can be shown.
    characters: HashMap<(u8, u32), Box<str>>,
    /// Ranges of codes to the numbers of glyphs: first, last, first number.
    glyphs: Vec<(u32, u32, u32)>,
    /// Which codes there are: length in bytes, lowest and highest of each byte.
    spaces: Vec<(usize, u32, u32)>,
}

impl CMap {
    /// Reads a table.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<Token<'_>> = Vec::new();
        for token in Lexer::new(bytes) {
            let Token::Word(word) = token else {
                if operands.len() < MOST {
                    operands.push(token);
                }
                continue;
            };
            match word {
                b"endbfchar" => map.characters(&operands),
                b"endbfrange" => map.ranges(&operands),
                b"endcidchar" | b"endcidrange" => map.glyphs(&operands, word == b"endcidchar"),
                b"endcodespacerange" => map.spaces(&operands),
                _ => {}
            }
            operands.clear();
        }
        map.glyphs.sort_unstable();
        map
    }

    /// What a code of `length` bytes means; `None` where the table is silent.
    pub(super) fn character(&self, length: usize, code: u32) -> Option<&str> {
        let found = self.characters.get(&(length as u8, code));
        // Some programs write the codes of simple fonts with two bytes, or the other way round.
        let other = || self.characters.get(&(3 - length.min(2) as u8, code));
        found.or_else(other).map(AsRef::as_ref)
    }

    /// The number of the glyph that a code stands for.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let at = self.glyphs.partition_point(|(first, ..)| *first <= code);
        let range = self.glyphs[..at].last().filter(|(_, last, _)| code <= *last)?;
        range.2.checked_add(code - range.0)
    }

    /// The length of the code that `bytes` begin with; `None` where no length fits.
    pub(super) fn length(&self, bytes: &[u8]) -> Option<usize> {
        let fits = |(length, low, high): &&(usize, u32, u32)| {
            bytes.get(..*length).is_some_and(|code| {
                code.iter().enumerate().all(|(i, b)| {
                    let shift = 8 * (length - 1 - i);
                    ((low >> shift) as u8..=(high >> shift) as u8).contains(b)
                })
            })
        };
        self.spaces.iter().find(fits).map(|(length, ..)| *length)
    }

    fn characters(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::Bytes(code), Token::Bytes(text)] = pair {
                self.put(code.len(), value(code), &utf16(text, 0));
            }
        }
    }

    fn ranges(&mut self, operands: &[Token<'_>]) {
        let mut at = 0;
        while let (Some(Token::Bytes(low)), Some(Token::Bytes(high)), Some(third)) =
            (operands.get(at), operands.get(at + 1), operands.get(at + 2))
        {
            let (first, last) = (value(low), value(high));
            at += 3;
            match third {
                Token::Bytes(text) => {
                    for code in first..=last.min(first.saturating_add(0xffff)) {
                        self.put(low.len(), code, &utf16(text, code - first));
                    }
                }
                Token::Bracket(b'[') => {
                    let mut code = first;
                    while let Some(Token::Bytes(text)) = operands.get(at) {
                        self.put(low.len(), code, &utf16(text, 0));
                        (code, at) = (code.wrapping_add(1), at + 1);
                    }
                    at += 1;
                }
                _ => {}
            }
        }
    }

    fn put(&mut self, length: usize, code: u32, text: &str) {
        if let Some(text) = readable(text).filter(|_| self.characters.len() < MOST) {
            self.characters.insert((length.min(4) as u8, code), text.into());
        }
    }

    fn glyphs(&mut self, operands: &[Token<'_>], single: bool) {
        let each = if single { 2 } else { 3 };
        for entry in operands.chunks_exact(each) {
            if let (Token::Bytes(low), Some(Token::Bytes(high)), Some(Token::Number(glyph))) =
                (&entry[0], entry.get(each - 2), entry.last())
                && self.glyphs.len() < MOST
            {
                self.glyphs.push((value(low), value(high), *glyph as u32));
            }
        }
    }

    fn spaces(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::Bytes(low), Token::Bytes(high)] = pair
                && (1..=4).contains(&low.len())
                && self.spaces.len() < 256
            {
                self.spaces.push((low.len(), value(low), value(high)));
            }
        }
    }
}

/// The number that the bytes of a code are.
fn value(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |sum, b| sum << 8 | u32::from(*b))
}

/// UTF-16 text, its last unit counted up by `step`.
fn utf16(text: &[u8], step: u32) -> String {
    let mut units: Vec<u16> =
        text.chunks(2).map(|u| if u.len() == 2 { value(u) } else { u32::from(u[0]) } as u16).collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(step as u16);
    }
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_characters() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0005> <00660069> \
              endbfchar 2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <D83DDE00>] endbfrange \
              1 begincidrange <00> <20> 5 endcidrange",
        );
        let said: Vec<_> = [3, 5, 0x10, 0x12, 0x20, 0x21, 0x30].map(|c| map.character(2, c)).into();
        assert_eq!(said, [Some(" "), Some("fi"), Some("A"), Some("C"), Some("a"), Some("😀"), None]);
        assert_eq!((map.length(b"\x00\x41x"), map.length(b"\x00"), map.glyph(2)), (Some(2), None, Some(7)));
    }
}
