//! From the names of glyphs, and from the codes of encodings, to characters.
//!
//! The list of names (Adobe's) and the encodings of ISO 32000-1, annex D, come with lopdf, which gives them through the
//! encoding of a font only: so each question is put as a small font.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// Names of glyphs, and what has been found of them: many fonts have the same.
pub(super) struct Names<'a> {
    pub doc: &'a Document,
    known: HashMap<Box<[u8]>, Option<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(doc: &'a Document) -> Self {
        Self { doc, known: HashMap::new() }
    }

    /// What a glyph of this name shows.
    pub(super) fn character(&mut self, name: &[u8]) -> Option<String> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let found = character(self.doc, name);
        self.known.insert(name.into(), found.clone());
        found
    }
}

/// The characters of the codes 0 to 255 in a named encoding (`WinAnsiEncoding`).
pub(super) fn encoding(doc: &Document, name: &[u8]) -> Vec<Option<String>> {
    let mut font = font();
    font.set("Encoding", Object::Name(name.to_vec()));
    let Ok(encoding) = font.get_font_encoding(doc) else { return vec![None; 256] };
    if !matches!(encoding, Encoding::OneByteEncoding(_)) {
        return vec![None; 256];
    }
    (0..=255u8).map(|code| encoding.bytes_to_string(&[code]).ok().filter(|s| !s.is_empty())).collect()
}

/// What a glyph of this name shows: `eacute`, `f_i`, `uni20AC`, `one.oldstyle`.
fn character(doc: &Document, name: &[u8]) -> Option<String> {
    let stem = &name[..memchr::memchr(b'.', name).unwrap_or(name.len())];
    if stem.is_empty() || stem.len() > 64 {
        return None;
    }
    if let Some(listed) = listed(doc, stem) {
        return Some(listed);
    }
    let ascii = std::str::from_utf8(stem).ok()?;
    if ascii.contains('_') {
        return ascii.split('_').map(|part| character(doc, part.as_bytes())).collect();
    }
    if let Some(units) = ascii.strip_prefix("uni").filter(|u| u.len() >= 4 && u.len() % 4 == 0) {
        let units: Option<Vec<u16>> =
            (0..units.len()).step_by(4).map(|i| hex(units.get(i..i + 4)?).map(|n| n as u16)).collect();
        return String::from_utf16(&units?).ok();
    }
    if let Some(digits) = ascii.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())) {
        return hex(digits).and_then(char::from_u32).map(String::from);
    }
    // Names that TeX's fonts have besides Adobe's.
    let other = match ascii {
        "ff" => "ff",
        "ffi" => "ffi",
        "ffl" => "ffl",
        "Ifractur" => "ℑ",
        "Rfractur" => "ℜ",
        "visiblespace" => "␣",
        "dblbracketleft" => "⟦",
        "dblbracketright" => "⟧",
        "tie" => "\u{361}",
        "dotlessj" => "ȷ",
        "vector" => "\u{20d7}",
        "negationslash" => "\u{338}",
        "mapsto" => "↦",
        "lscript" => "ℓ",
        "nbspace" => " ",
        _ => return None,
    };
    Some(other.to_owned())
}

fn listed(doc: &Document, name: &[u8]) -> Option<String> {
    let mut differences = Dictionary::new();
    differences.set("Differences", vec![Object::Integer(1), Object::Name(name.to_vec())]);
    let mut font = font();
    font.set("Encoding", differences);
    match font.get_font_encoding(doc) {
        Ok(encoding @ Encoding::Differences(_)) => encoding.bytes_to_string(&[1]).ok().filter(|s| !s.is_empty()),
        _ => None,
    }
}

fn font() -> Dictionary {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font
}

fn hex(digits: &str) -> Option<u32> {
    let all = digits.bytes().all(|b| b.is_ascii_hexdigit());
    if all { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// What a glyph shows that is named after its own code, as programs that draw TeX's fonts dot by dot name them (`a65`):
/// the letters of ASCII and Latin-1, and TeX's ligatures and quotation marks.
pub(super) fn of_code(name: &[u8], code: usize) -> Option<String> {
    // A glyph that is named by the sign of its code.
    let number = if name.len() == 1 {
        usize::from(name[0])
    } else {
        let digits = name.iter().position(u8::is_ascii_digit).filter(|at| (1..=2).contains(at))?;
        std::str::from_utf8(&name[digits..]).ok()?.parse().ok()?
    };
    if code != number {
        return None;
    }
    let text = match number {
        11 | 27 => "ff",
        12 | 28 => "fi",
        13 | 29 => "fl",
        14 | 30 => "ffi",
        15 | 31 => "ffl",
        16 => "“",
        17 => "”",
        21 => "–",
        22 => "—",
        39 => "’",
        96 => "‘",
        32..=126 | 192..=255 => return char::from_u32(number as u32).map(String::from),
        _ => return None,
    };
    Some(text.to_owned())
}

/// Adobe's Symbol font, codes 0x41 to 0x7A; and in it and in Wingdings, the signs that stand before items of lists.
pub(super) fn symbol(code: u8) -> Option<char> {
    const LETTERS: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    match code {
        b' '..=b'@' => Some(match code {
            b'"' => '∀',
            b'$' => '∃',
            b'\'' => '∋',
            b'*' => '∗',
            b'-' => '−',
            b'@' => '≅',
            other => other as char,
        }),
        b'A'..=b'z' => LETTERS.chars().nth(usize::from(code - b'A')),
        0xa3 => Some('≤'),
        0xae => Some('→'),
        0xb0 => Some('°'),
        0xb1 => Some('±'),
        0xb3 => Some('≥'),
        0xb4 => Some('×'),
        0xb6 => Some('∂'),
        0xb7 => Some('•'),
        0xb9 => Some('≠'),
        0xbb => Some('≈'),
        0xbc => Some('…'),
        0xce => Some('∈'),
        0xd6 => Some('√'),
        0xe5 => Some('∑'),
        0xf2 => Some('∫'),
        _ => None,
    }
}

/// The signs of Wingdings and Dingbats that stand before items of lists; all others say nothing.
pub(super) fn dingbat(code: u8) -> Option<char> {
    Some(match code {
        b'l' | 0x9f | b'm' => '•',
        b'n' | 0xa7 | b'q' => '▪',
        0xd8 => '➢',
        0xfc | b'3' | b'4' => '✓',
        0xe0 | 0xf0 => '→',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_characters() {
        let doc = Document::new();
        let cases = [
            ("eacute", Some("é")),
            ("fi", Some("ﬁ")),
            ("f_i", Some("ﬁ")),
            ("f_j", Some("fj")),
            ("one.oldstyle", Some("1")),
            ("uni20AC", Some("€")),
            ("u1F600", Some("😀")),
            (".notdef", None),
            ("g37", None),
        ];
        for (name, expected) in cases {
            assert_eq!(character(&doc, name.as_bytes()).as_deref(), expected, "{name}");
        }
        assert_eq!((of_code(b"a65", 65).as_deref(), of_code(b"g65", 66)), (Some("A"), None));
        assert_eq!(encoding(&doc, b"WinAnsiEncoding")[0x93].as_deref(), Some("“"));
        assert_eq!((symbol(b'a'), symbol(b'z'), symbol(b'Z')), (Some('α'), Some('ζ'), Some('Ζ')));
    }
}
