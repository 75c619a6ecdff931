//! The signs of RTF (Microsoft's specification 1.9.1): groups, control words, control symbols, letters.

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word123`
    Word(&'b str, Option<i32>),
    /// `\*` and the like.
    Symbol(u8),
    /// `\'e9`: a byte of the encoding that is in force.
    Hex(u8),
    /// Bytes of letters in a row.
    Letters(&'b [u8]),
}

/// A control word has no more letters than this.
const LONGEST_WORD: usize = 32;

pub(super) struct Lexer<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Lexer<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = self.peek()?;
        if first == b'\'' {
            let digits = self.bytes.get(self.at + 1..self.at + 3);
            let hex = digits.and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| u8::from_str_radix(d, 16).ok());
            self.at += if hex.is_some() { 3 } else { 1 };
            return Some(Token::Hex(hex.unwrap_or(b'?')));
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(Token::Symbol(first));
        }
        let start = self.at;
        while self.at - start < LONGEST_WORD && self.peek().is_some_and(|b| b.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("");
        let number = self.at;
        if self.peek() == Some(b'-') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        while self.at - number < 11 && self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[number..self.at]).ok().and_then(|n| n.parse().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == "bin" {
            // Bytes that are no letters, so many.
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            self.at = (self.at + length).min(self.bytes.len());
        }
        Some(Token::Word(word, number))
    }
}

impl<'b> Iterator for Lexer<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let first = self.peek()?;
            self.at += 1;
            return match first {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                // Lines of the file mean nothing.
                b'\r' | b'\n' | 0 => continue,
                _ => {
                    let start = self.at - 1;
                    let rest = &self.bytes[self.at..];
                    let end = rest.iter().position(|b| matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                    self.at = end.map_or(self.bytes.len(), |end| self.at + end);
                    Some(Token::Letters(&self.bytes[start..self.at]))
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_apart() {
        let tokens: Vec<Token<'_>> = Lexer::new(b"{\\rtf1\\b0 a b\\'e9\\*\\u-3913?\n\\bin2 {{c\\par}").collect();
        let expected = [
            Token::Open,
            Token::Word("rtf", Some(1)),
            Token::Word("b", Some(0)),
            Token::Letters(b"a b"),
            Token::Hex(0xe9),
            Token::Symbol(b'*'),
            Token::Word("u", Some(-3913)),
            Token::Letters(b"?"),
            Token::Word("bin", Some(2)),
            Token::Letters(b"c"),
            Token::Word("par", None),
            Token::Close,
        ];
        assert_eq!(tokens, expected);
    }
}
