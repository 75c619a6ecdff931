//! The words of a content stream: numbers, strings, names and operators, as ISO 32000-1, 7.2 writes them.
//!
//! The same words make up the tables that say which characters a font's codes mean, and the head of a Type 1 font. What
//! cannot be understood is passed over: a damaged page still gives what stands before and after the damage.

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    Number(f32),
    /// `/Name`, without the slash.
    Name(Vec<u8>),
    /// What a string in brackets or in hexadecimal digits holds.
    Bytes(Vec<u8>),
    /// `[`, `]`, `<<`, `>>`, `{`, `}`.
    Bracket(u8),
    /// Anything else: an operator.
    Word(&'a [u8]),
}

/// The words of some bytes, one after another.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Passes over an inline image, once `BI` has been read: its data may hold anything, `EI` ends it.
    pub(super) fn skip_image(&mut self) {
        let rest = &self.bytes[self.at..];
        let data = memchr::memmem::find(rest, b"ID").map_or(0, |at| at + 2);
        let mut from = data;
        while let Some(found) = memchr::memmem::find(&rest[from..], b"EI") {
            let end = from + found;
            let before = end == 0 || is_space(rest[end - 1]);
            let after = rest.get(end + 2).is_none_or(|b| is_space(*b));
            // Within an image, what follows would hardly be text.
            let text = rest[end + 2..].iter().take(12).all(|b| is_space(*b) || (0x20..0x7f).contains(b));
            if before && after && text {
                self.at += end + 2;
                return;
            }
            from = end + 2;
        }
        self.at = self.bytes.len();
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b) = self.peek() {
            if b == b'%' {
                let line = memchr::memchr2(b'\n', b'\r', &self.bytes[self.at..]);
                self.at = line.map_or(self.bytes.len(), |n| self.at + n);
            } else if is_space(b) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// A string in round brackets; they nest.
    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut depth = 1;
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(b);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(b) = self.peek() else { return };
        self.at += 1;
        match b {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(b - b'0');
                for _ in 0..2 {
                    let Some(d @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(d - b'0');
                    self.at += 1;
                }
                out.push(code as u8);
            }
            other => out.push(other),
        }
    }

    /// A string in hexadecimal digits; a last single digit counts sixteenfold.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut high = None;
        while let Some(b) = self.peek() {
            self.at += 1;
            if b == b'>' {
                break;
            }
            let Some(digit) = hex(b) else { continue };
            match high.take() {
                Some(first) => out.push(first << 4 | digit),
                None => high = Some(digit),
            }
        }
        out.extend(high.map(|h| h << 4));
        out
    }

    fn name(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        while let Some(b) = self.peek().filter(|b| is_regular(*b)) {
            self.at += 1;
            let digits = self.bytes.get(self.at..self.at + 2).and_then(|d| Some(hex(d[0])? << 4 | hex(d[1])?));
            match (b, digits) {
                (b'#', Some(code)) => {
                    self.at += 2;
                    out.push(code);
                }
                _ => out.push(b),
            }
        }
        out
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        let b = self.peek()?;
        self.at += 1;
        Some(match b {
            b'(' => Token::Bytes(self.literal()),
            b'/' => Token::Name(self.name()),
            b'<' if self.peek() == Some(b'<') => {
                self.at += 1;
                Token::Bracket(b'<')
            }
            b'>' => {
                self.at += usize::from(self.peek() == Some(b'>'));
                Token::Bracket(b'>')
            }
            b'<' => Token::Bytes(self.hexadecimal()),
            b'[' | b']' | b'{' | b'}' | b')' => Token::Bracket(b),
            _ => {
                let start = self.at - 1;
                while self.peek().is_some_and(is_regular) {
                    self.at += 1;
                }
                let word = &self.bytes[start..self.at];
                number(word).map_or(Token::Word(word), Token::Number)
            }
        })
    }
}

/// `12`, `-.5`, `+3.`, and what careless programs write: `--4`, `1.2.3`.
fn number(word: &[u8]) -> Option<f32> {
    let first = word.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    let (mut value, mut scale, mut digits, mut point) = (0f64, 1f64, 0, false);
    for b in word.iter().skip_while(|b| matches!(b, b'+' | b'-')) {
        match b {
            b'0'..=b'9' => {
                digits += 1;
                value = value * 10.0 + f64::from(b - b'0');
                if point {
                    scale *= 10.0;
                }
            }
            b'.' if !point => point = true,
            b'.' | b'-' => break,
            _ => return None,
        }
    }
    let value = (value / scale) as f32;
    let value = if *first == b'-' { -value } else { value };
    (digits > 0 && value.is_finite()).then_some(value)
}

fn hex(b: u8) -> Option<u8> {
    (b as char).to_digit(16).map(|d| d as u8)
}

fn is_space(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(b: u8) -> bool {
    !is_space(b) && !matches!(b, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_the_standard_writes_them() {
        let source = b"BT /F1 12 Tf [(a\\)\\050b\\n) -.5 <414>]TJ % what\n<</A#20B 1>> --4 1.2.3 ET";
        let words: Vec<Token<'_>> = Lexer::new(source).collect();
        let expected = [
            Token::Word(b"BT"),
            Token::Name(b"F1".to_vec()),
            Token::Number(12.0),
            Token::Word(b"Tf"),
            Token::Bracket(b'['),
            Token::Bytes(b"a)(b\n".to_vec()),
            Token::Number(-0.5),
            Token::Bytes(b"A@".to_vec()),
            Token::Bracket(b']'),
            Token::Word(b"TJ"),
            Token::Bracket(b'<'),
            Token::Name(b"A B".to_vec()),
            Token::Number(1.0),
            Token::Bracket(b'>'),
            Token::Number(-4.0),
            Token::Number(1.2),
            Token::Word(b"ET"),
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn an_image_in_the_stream_is_passed_over() {
        let mut lexer = Lexer::new(b"BI /W 2 ID \x00\xffEI\x01(Tj EI Q (x) Tj");
        assert_eq!(lexer.next(), Some(Token::Word(b"BI")));
        lexer.skip_image();
        assert_eq!(lexer.next(), Some(Token::Word(b"Q")));
    }
}
