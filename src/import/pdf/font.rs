//! Fonts of a PDF: which characters their codes stand for, how wide their glyphs are, whether they are bold or slanted.
//!
//! ISO 32000-1, 9.5 to 9.10. A code's characters come from the font's table to Unicode, else from the names of its
//! glyphs, else from its encoding; where none of them says anything, the code has no characters and that is told.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, GBK, SHIFT_JIS, UTF_16BE};
use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;
use super::collection::Collection;
use super::glyph_name::{self, Names};
use super::lexer::{Lexer, Token};
use super::object::{array, dict, name, number, stream};
use super::readable::readable;
use crate::import::lines::width;

/// How the letters of a font look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Face {
    pub bold: bool,
    pub italic: bool,
    /// Whether all its letters are of one width, as in program text.
    pub mono: bool,
}

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    pub face: Face,
    /// Height of its letters, in parts of the size that the page names.
    pub em: f32,
    codes: Codes,
    unicode: CMap,
    collection: Option<Collection>,
    widths: Widths,
}

#[derive(Debug)]
enum Codes {
    /// One byte each: what each means.
    Simple(Vec<Option<Box<str>>>),
    /// As many bytes as the table says, or two.
    Composite(CMap),
    /// In an encoding of East Asia.
    Encoded(&'static encoding_rs::Encoding),
}

/// Widths of glyphs, in parts of an em.
#[derive(Debug)]
struct Widths {
    simple: Vec<f32>,
    /// First and last glyph, and the widths of those between, or one for all.
    ranges: Vec<(u32, u32, Vec<f32>)>,
    default: f32,
}

/// One code of a string: its length in bytes, what it means, and how wide it is in parts of an em.
pub(super) struct Shown<'a> {
    pub length: usize,
    pub text: Option<std::borrow::Cow<'a, str>>,
    pub width: f32,
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(names: &mut Names<'_>, font: &Dictionary) -> Self {
        let doc = names.doc;
        let kind = name(doc, font, b"Subtype").unwrap_or_default();
        let unicode = stream(doc, font, b"ToUnicode").map_or_else(CMap::default, |bytes| CMap::parse(&bytes));
        if kind == b"Type0" {
            return Self::composite(doc, font, unicode);
        }
        let descriptor = dict(doc, font, b"FontDescriptor");
        let base = base_name(doc, font);
        let scale = if kind == b"Type3" { matrix_scale(doc, font) } else { 0.001 };
        let codes = simple_codes(names, font, descriptor, &base, &unicode);
        let simple = simple_widths(doc, font, descriptor, &base, scale, &codes);
        let em = if kind == b"Type3" { type3_em(doc, font, scale, &simple, &codes) } else { 1.0 };
        let widths = Widths { simple, ranges: Vec::new(), default: 0.5 };
        let mut face = face_of(doc, descriptor, &base);
        // Not every typewriter face says so by its name.
        let shown = || codes.iter().zip(&widths.simple).filter_map(|(said, width)| Some((said.as_deref()?, *width)));
        face.mono |= kind != b"Type3" && font.has(b"Widths") && is_of_one_width(shown);
        Self { face, em, codes: Codes::Simple(codes), unicode, collection: None, widths }
    }

    fn composite(doc: &Document, font: &Dictionary, unicode: CMap) -> Self {
        let below = array(doc, font, b"DescendantFonts").and_then(|a| a.first());
        let below = below.and_then(|o| doc.dereference(o).ok()).and_then(|(_, o)| o.as_dict().ok());
        let empty = Dictionary::new();
        let below = below.unwrap_or(&empty);
        let descriptor = dict(doc, below, b"FontDescriptor");
        let base = base_name(doc, font);
        let encoding = name(doc, font, b"Encoding").unwrap_or_default();
        let codes = match stream(doc, font, b"Encoding") {
            Some(bytes) => Codes::Composite(CMap::parse(&bytes)),
            None => encoding_of(&encoding).map_or_else(|| Codes::Composite(CMap::default()), Codes::Encoded),
        };
        let default = number(doc, below, b"DW").unwrap_or(1000.0) * 0.001;
        let widths = Widths { simple: Vec::new(), ranges: glyph_widths(doc, below), default };
        let collection = Collection::of(doc, below);
        Self { face: face_of(doc, descriptor, &base), em: 1.0, codes, unicode, collection, widths }
    }

    /// The first code of `bytes`, which are not empty.
    pub(super) fn first<'a>(&'a self, bytes: &'a [u8]) -> Shown<'a> {
        match &self.codes {
            Codes::Simple(codes) => {
                let code = usize::from(bytes[0]);
                let width = self.widths.simple.get(code).copied().unwrap_or(self.widths.default);
                Shown { length: 1, text: codes[code].as_deref().map(Into::into), width }
            }
            Codes::Composite(codes) => {
                let length = codes.length(bytes).unwrap_or(2).min(bytes.len());
                let code = bytes[..length].iter().fold(0u32, |sum, b| sum << 8 | u32::from(*b));
                let glyph = codes.glyph(code).unwrap_or(code);
                let listed = || readable(self.collection?.character(glyph)?.encode_utf8(&mut [0; 4]));
                let text = self.unicode.character(length, code).map(std::borrow::Cow::Borrowed);
                Shown { length, text: text.or_else(|| listed().map(Into::into)), width: self.width(glyph) }
            }
            Codes::Encoded(encoding) => {
                let length = encoded_length(encoding, bytes);
                let code = bytes[..length].iter().fold(0u32, |sum, b| sum << 8 | u32::from(*b));
                let said = self.unicode.character(length, code).map(std::borrow::Cow::Borrowed);
                let decoded = || encoding.decode_without_bom_handling_and_without_replacement(&bytes[..length]);
                let width = if length == 1 { 0.5 } else { self.widths.default };
                Shown { length, text: said.or_else(decoded), width }
            }
        }
    }

    fn width(&self, glyph: u32) -> f32 {
        let ranges = &self.widths.ranges;
        let at = ranges.partition_point(|(first, ..)| *first <= glyph);
        let range = ranges[..at].last().filter(|(_, last, _)| glyph <= *last);
        let found = range.and_then(|(first, _, all)| all.get((glyph - first) as usize).or_else(|| all.first()));
        found.copied().unwrap_or(self.widths.default)
    }
}

/// What the codes of a simple font mean.
fn simple_codes(
    known: &mut Names<'_>,
    font: &Dictionary,
    descriptor: Option<&Dictionary>,
    base: &str,
    unicode: &CMap,
) -> Vec<Option<Box<str>>> {
    let doc = known.doc;
    let mut names: Vec<Option<Vec<u8>>> = vec![None; 256];
    let encoding = font.get(b"Encoding").ok().and_then(|o| doc.dereference(o).ok()).map(|(_, o)| o);
    let said = match encoding {
        Some(Object::Name(name)) => Some(name.clone()),
        Some(Object::Dictionary(d)) => name(doc, d, b"BaseEncoding"),
        _ => None,
    };
    let symbolic = base.starts_with("Symbol");
    let dingbats = base.contains("Wingdings") || base.contains("Dingbats");
    let mut table = vec![None; 256];
    if symbolic || dingbats {
        let sign = if symbolic { glyph_name::symbol } else { glyph_name::dingbat };
        table = (0..=255u8).map(|code| sign(code).map(String::from)).collect();
    } else {
        let embedded = descriptor.and_then(|d| stream(doc, d, b"FontFile"));
        if let (None, Some(program)) = (&said, &embedded) {
            names = type1_names(program);
        }
        let compact = descriptor.filter(|_| said.is_none()).and_then(|d| stream(doc, d, b"FontFile3"));
        if let Some(program) = &compact {
            names = compact_names(program);
        }
        if names.iter().all(Option::is_none) {
            // A TrueType font that names no encoding is read as Windows has it.
            let truetype = name(doc, font, b"Subtype").is_some_and(|k| k == b"TrueType");
            let usual: &[u8] = if truetype { b"WinAnsiEncoding" } else { b"StandardEncoding" };
            let usable = said.as_deref().filter(|s| {
                matches!(*s, b"WinAnsiEncoding" | b"MacRomanEncoding" | b"MacExpertEncoding" | b"StandardEncoding")
            });
            // The codes of a drawn font mean what its names say, and nothing else.
            if name(doc, font, b"Subtype").is_none_or(|k| k != b"Type3") || usable.is_some() {
                table = glyph_name::encoding(doc, usable.unwrap_or(usual));
            }
        }
    }
    if let Some(Object::Dictionary(d)) = encoding {
        differences(doc, d, &mut names);
    }
    (0..256usize)
        .map(|code| {
            let said = unicode.character(1, code as u32).map(str::to_owned);
            let mut by_name = || match &names[code] {
                Some(name) => known.character(name).or_else(|| glyph_name::of_code(name, code)),
                None => table[code].clone(),
            };
            said.or_else(|| readable(&by_name()?)).map(Into::into)
        })
        .collect()
}

fn differences(doc: &Document, encoding: &Dictionary, names: &mut [Option<Vec<u8>>]) {
    let mut code = 0usize;
    for object in array(doc, encoding, b"Differences").into_iter().flatten() {
        match doc.dereference(object) {
            Ok((_, Object::Name(name))) => {
                if let Some(slot) = names.get_mut(code) {
                    *slot = Some(name.clone());
                }
                code += 1;
            }
            Ok((_, object)) => code = object.as_float().map_or(code, |n| n as usize),
            Err(_) => {}
        }
    }
}

/// The names that the head of a Type 1 font gives to its codes: `dup 65 /A put`.
fn type1_names(program: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut names = vec![None; 256];
    let head = &program[..memchr::memmem::find(program, b"eexec").unwrap_or(program.len().min(1 << 16))];
    let Some(from) = memchr::memmem::find(head, b"/Encoding") else { return names };
    let mut code = None;
    for token in Lexer::new(&head[from + 9..]) {
        match token {
            Token::Number(n) => code = Some(n as usize),
            Token::Name(name) => {
                if let Some(slot) = code.take().and_then(|c| names.get_mut(c)) {
                    *slot = Some(name).filter(|n| n != b".notdef");
                }
            }
            Token::Word(b"def" | b"readonly") => break,
            _ => {}
        }
    }
    names
}

/// The names that a compact (CFF) font gives to its codes.
fn compact_names(program: &[u8]) -> Vec<Option<Vec<u8>>> {
    let Some(table) = ttf_parser::cff::Table::parse(program) else { return vec![None; 256] };
    let name = |code| table.glyph_name(table.glyph_index(code)?).filter(|n| *n != ".notdef");
    (0..=255u8).map(|code| name(code).map(|n| n.as_bytes().to_vec())).collect()
}

fn simple_widths(
    doc: &Document,
    font: &Dictionary,
    descriptor: Option<&Dictionary>,
    base: &str,
    scale: f32,
    codes: &[Option<Box<str>>],
) -> Vec<f32> {
    let first = number(doc, font, b"FirstChar").map_or(0, |n| n as usize);
    let missing = descriptor.and_then(|d| number(doc, d, b"MissingWidth"));
    let given = array(doc, font, b"Widths");
    // The fourteen fonts that every reader has need not say their widths.
    let usual = |code: usize| {
        if base.contains("Courier") {
            return 600.0;
        }
        codes[code].as_deref().map_or(500.0, |s| s.chars().map(width::in_face).sum())
    };
    (0..256usize)
        .map(|code| {
            let said = given.and_then(|w| w.get(code.checked_sub(first)?)).and_then(|o| doc.dereference(o).ok());
            let said = said.and_then(|(_, o)| o.as_float().ok());
            let width = said.or(missing).unwrap_or_else(|| if given.is_some() { 0.0 } else { usual(code) });
            if given.is_some() { width * scale } else { width * 0.001 }
        })
        .collect()
}

/// The widths of a composite font's glyphs: `c [w1 w2 …]` and `first last w`.
fn glyph_widths(doc: &Document, font: &Dictionary) -> Vec<(u32, u32, Vec<f32>)> {
    let objects: Vec<&Object> =
        array(doc, font, b"W").into_iter().flatten().filter_map(|o| doc.dereference(o).ok().map(|(_, o)| o)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    let number = |o: Option<&&Object>| o.and_then(|o| o.as_float().ok());
    while let Some(first) = number(objects.get(at)) {
        let first = first as u32;
        match objects.get(at + 1) {
            Some(Object::Array(all)) => {
                let widths: Vec<f32> = all.iter().map(|o| number(Some(&o)).unwrap_or(0.0) * 0.001).collect();
                if !widths.is_empty() {
                    out.push((first, first.saturating_add(widths.len() as u32 - 1), widths));
                }
                at += 2;
            }
            last => {
                let (Some(last), Some(width)) = (number(last), number(objects.get(at + 2))) else { break };
                out.push((first, last as u32, vec![width * 0.001]));
                at += 3;
            }
        }
    }
    out.sort_by_key(|(first, ..)| *first);
    out
}

/// How much the letters of a drawn font are scaled in width.
fn matrix_scale(doc: &Document, font: &Dictionary) -> f32 {
    let first = array(doc, font, b"FontMatrix").and_then(|m| m.first()?.as_float().ok());
    first.filter(|s| s.is_finite() && *s != 0.0).map_or(0.001, f32::abs)
}

/// The height of a drawn font's letters: that of the box around them all, where their widths go with it; else it is
/// told from the widths alone.
fn type3_em(doc: &Document, font: &Dictionary, scale: f32, widths: &[f32], codes: &[Option<Box<str>>]) -> f32 {
    /// How wide a small letter is, in parts of an em.
    const LETTER: f32 = 0.46;
    let bounds = array(doc, font, b"FontBBox");
    let edge = |i: usize| bounds.and_then(|b| b.get(i)?.as_float().ok());
    let height = edge(3).zip(edge(1)).map_or(0.0, |(top, bottom)| (top - bottom).abs() * scale);
    let small =
        |code: &usize| codes[*code].as_deref().is_some_and(|s| s.len() == 1 && s.as_bytes()[0].is_ascii_lowercase());
    let letters: Vec<f32> = (0..256).filter(small).map(|code| widths[code]).filter(|w| *w > 0.0).collect();
    let mean = letters.iter().sum::<f32>() / letters.len().max(1) as f32;
    let fits = height > 0.01 && height < 100.0 && (mean == 0.0 || (0.2..1.2).contains(&(mean / height)));
    if fits {
        height
    } else if mean > 0.0 && mean.is_finite() {
        mean / LETTER
    } else {
        1.0
    }
}

fn base_name(doc: &Document, font: &Dictionary) -> String {
    let raw = name(doc, font, b"BaseFont").unwrap_or_default();
    let said = String::from_utf8_lossy(&raw).into_owned();
    said.split_once('+').map_or(said.clone(), |(_, rest)| rest.to_owned())
}

fn face_of(doc: &Document, descriptor: Option<&Dictionary>, base: &str) -> Face {
    const MONO: i64 = 1;
    const ITALIC: i64 = 1 << 6;
    const BOLD: i64 = 1 << 18;
    let said = |key: &[u8]| descriptor.and_then(|d| number(doc, d, key));
    let flags = said(b"Flags").map_or(0, |f| f as i64);
    let lower = base.to_lowercase();
    let has = |all: &[&str]| all.iter().any(|s| lower.contains(s));
    let begins = |all: &[&str]| all.iter().any(|s| lower.starts_with(s));
    Face {
        bold: flags & BOLD != 0
            || said(b"FontWeight").is_some_and(|w| w >= 600.0)
            || has(&["bold", "black", "heavy", "-demi", "demibold"])
            || begins(&["cmbx", "cmb1", "sfbx", "ecbx", "cmssbx", "sfsx"])
            || base.ends_with("-Bd")
            || base.ends_with("-Medi")
            || base.ends_with("-B"),
        italic: flags & ITALIC != 0
            || said(b"ItalicAngle").is_some_and(|a| a.abs() > 3.0)
            || has(&["italic", "oblique", "kursiv", "slanted"])
            || begins(&["cmti", "cmsl", "cmbxti", "sfti", "ecti", "sfsl"])
            || base.ends_with("-It")
            || base.ends_with("Ital")
            || base.ends_with("-I"),
        mono: flags & MONO != 0
            || has(&["courier", "mono", "consolas", "typewriter"])
            || begins(&["cmtt", "sftt", "ectt", "cmsltt"]),
    }
}

/// Whether letters that are narrow in any other face are as wide as those that are wide: `i` and `m`.
fn is_of_one_width<'a, I: Iterator<Item = (&'a str, f32)>>(shown: impl Fn() -> I) -> bool {
    let among = |letters: &'static str| {
        shown().filter(move |(said, width)| *width > 0.0 && !said.is_empty() && letters.contains(*said))
    };
    let Some((_, width)) = among("mwMW@%").next() else { return false };
    let same = |(_, other): (&str, f32)| (other - width).abs() < 0.002;
    among("ijl.,:;'!|").next().is_some() && among("ijl.,:;'!|mwMW@%").all(same)
}

/// The encoding of East Asia that a named table of codes is made for (ISO 32000-1, table 118).
fn encoding_of(name: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let name = std::str::from_utf8(name).ok()?;
    let begins = |all: &[&str]| all.iter().any(|s| name.starts_with(s));
    Some(if name.contains("-UCS2-") || name.contains("-UTF16-") {
        UTF_16BE
    } else if begins(&["GB", "GBK"]) {
        GBK
    } else if begins(&["B5", "HKscs", "ETen"]) {
        BIG5
    } else if name.contains("RKSJ") {
        SHIFT_JIS
    } else if begins(&["EUC-"]) {
        EUC_JP
    } else if begins(&["KSC"]) {
        EUC_KR
    } else {
        return None;
    })
}

fn encoded_length(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> usize {
    let length = if encoding == UTF_16BE {
        if (0xd8..0xdc).contains(&bytes[0]) { 4 } else { 2 }
    } else if bytes[0] < 0x80 || encoding == SHIFT_JIS && (0xa0..0xe0).contains(&bytes[0]) {
        1
    } else {
        2
    };
    length.min(bytes.len())
}
