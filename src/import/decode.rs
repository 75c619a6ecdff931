//! Bytes to characters: UTF-8 first, then what the bytes themselves say.
//!
//! Order: a byte order mark; UTF-16 without a mark where every second byte is zero; UTF-8 as a whole; else the encoding
//! that `chardetng` (the detector of Firefox) guesses from a sample; which of the Cyrillic ones it is, the words
//! themselves say better ([`super::cyrillic`]). A file that is UTF-8 but for a few broken bytes stays UTF-8. Whatever
//! was not plain UTF-8 is told in a warning.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::cyrillic;
use super::error::ImportError;
use super::format;
use super::old_machines;
use super::warning::Warning;

/// How much of a file the guess of its encoding looks at: the whole of most, and bounded for large ones.
const SAMPLE: usize = 256 * 1024;

/// Bytes at the end of a prefix that may be the first half of a character.
const LONGEST_CHAR: usize = 4;

/// The characters of `bytes`, borrowed where they are UTF-8 already. `partial` says that the bytes end where the file
/// does not, so that a character cut in two is no fault.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    partial: bool,
    warnings: &mut Vec<Warning>,
) -> Result<Cow<'a, str>, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    if let Some(text) = utf32(bytes) {
        warnings.push(Warning::new("read as UTF-32 (its byte order mark says so)"));
        return Ok(Cow::Owned(text));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = &bytes[mark..];
        if encoding == UTF_8 {
            return Ok(utf8(body, partial).map_or_else(|| lossy(body, warnings), Cow::Borrowed));
        }
        return Ok(with(encoding, body, partial, "its byte order mark says so", warnings));
    }
    // Before UTF-8, because ASCII letters with a zero after each are UTF-8 too.
    if let Some(encoding) = utf16(bytes) {
        return Ok(with(encoding, bytes, partial, "every second byte is zero", warnings));
    }
    if let Some(text) = escaped_japanese(bytes) {
        warnings.push(Warning::new("read as ISO-2022-JP (its escapes say so)"));
        return Ok(Cow::Owned(text));
    }
    if let Some(text) = utf8(bytes, partial) {
        return Ok(Cow::Borrowed(text));
    }
    if let Some(what) = format::binary(bytes) {
        return Err(ImportError::Binary { what });
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if looks_binary(sample) {
        return Err(ImportError::Binary { what: "binary data" });
    }
    if mostly_utf8(sample) {
        return Ok(lossy(bytes, warnings));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    let cyrillic = cyrillic::encoding(sample, guess);
    if cyrillic.is_none()
        && let Some((name, text)) = old_machines::read(bytes, sample, guess)
    {
        warnings.push(Warning::new(&format!("read as {name} (guessed from its letters)")));
        return Ok(Cow::Owned(text));
    }
    let encoding = cyrillic.unwrap_or(guess);
    Ok(with(encoding, bytes, partial, "guessed from its letters", warnings))
}

/// The characters of a file that begins with the byte order mark of UTF-32, which is that of UTF-16 and two zeros.
fn utf32(bytes: &[u8]) -> Option<String> {
    let (units, _) = bytes.as_chunks::<4>();
    let read: fn([u8; 4]) -> u32 = match units.first()? {
        [0xff, 0xfe, 0, 0] => u32::from_le_bytes,
        [0, 0, 0xfe, 0xff] => u32::from_be_bytes,
        _ => return None,
    };
    let all = units[1..].iter().map(|unit| char::from_u32(read(*unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(all.collect())
}

/// How far into a page or a part it says its encoding.
const DECLARED: usize = 2048;

/// The characters of a page or a part of a book, by what it says of its encoding where it is not UTF-8.
pub(super) fn declared<'a>(bytes: &'a [u8], warnings: &mut Vec<Warning>) -> Result<Cow<'a, str>, ImportError> {
    let marked = Encoding::for_bom(bytes).is_some() || utf16(bytes).is_some();
    let head = &bytes[..bytes.len().min(DECLARED)];
    let value = ["charset=", "encoding="].iter().find_map(|key| {
        let at = memchr::memmem::find(head, key.as_bytes())? + key.len();
        let value = head[at..].trim_ascii_start().trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':'));
        Encoding::for_label(&value[..end.unwrap_or(value.len())])
    });
    match value.filter(|e| *e != UTF_8 && e.is_ascii_compatible()) {
        Some(encoding) if !marked && std::str::from_utf8(bytes).is_err() => {
            Ok(with(encoding, bytes, false, "it says so itself", warnings))
        }
        _ => decode(bytes, false, warnings),
    }
}

fn utf8(bytes: &[u8], partial: bool) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(e) if partial && e.error_len().is_none() && bytes.len() - e.valid_up_to() < LONGEST_CHAR => {
            std::str::from_utf8(&bytes[..e.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

fn lossy<'a>(bytes: &'a [u8], warnings: &mut Vec<Warning>) -> Cow<'a, str> {
    let broken: usize = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
    warnings.push(Warning::fault(&format!("read as UTF-8, with {broken} broken places shown as \u{fffd}")));
    String::from_utf8_lossy(bytes)
}

fn with<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
    partial: bool,
    why: &str,
    warnings: &mut Vec<Warning>,
) -> Cow<'a, str> {
    let odd = usize::from(partial && (encoding == UTF_16LE || encoding == UTF_16BE) && bytes.len() % 2 == 1);
    let (text, broken) = encoding.decode_without_bom_handling(&bytes[..bytes.len() - odd]);
    let said = format!("read as {} ({why})", encoding.name());
    warnings.push(if broken {
        Warning::fault(&format!("{said}; some of it does not decode and is shown as \u{fffd}"))
    } else {
        Warning::new(&said)
    });
    text
}

/// UTF-16 without a mark: text whose letters are mostly ASCII has zeros in one half of its bytes and none in the other.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(8192) & !1];
    let pairs = sample.len() / 2;
    if pairs < 2 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    if (high == 0) != (low == 0)
        && let Some(encoding) = utf16_of_a_script(sample, high == 0)
    {
        return Some(encoding);
    }
    if low * 20 >= pairs * 17 && high * 20 <= pairs {
        Some(UTF_16LE)
    } else if high * 20 >= pairs * 17 && low * 20 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-16 whose letters are not ASCII: its blanks have a zero beside them, and its letters are of one script.
fn utf16_of_a_script(sample: &[u8], little: bool) -> Option<&'static Encoding> {
    let encoding = if little { UTF_16LE } else { UTF_16BE };
    let (text, broken) = encoding.decode_without_bom_handling(sample);
    let mut scripts = [0usize; 256];
    let (mut all, mut letters, mut ascii, mut blanks, mut odd) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        all += 1;
        blanks += usize::from(matches!(c, ' ' | '\n' | '\r' | '\t'));
        ascii += usize::from(c.is_ascii_alphabetic());
        odd += usize::from(c.is_control() && !c.is_whitespace() || c == '\u{fffd}' || c == '\0');
        if c.is_alphabetic() && !c.is_ascii() {
            letters += 1;
            scripts[(c as usize >> 8) & 0xff] += 1;
        }
    }
    let one = scripts.iter().copied().max().unwrap_or(0);
    // The last character may be cut in two.
    let sound = !broken && odd * 50 <= all && blanks > 0;
    (sound && (letters + ascii) * 2 > all && letters * 5 > all && one * 10 >= letters * 8).then_some(encoding)
}

/// Japanese as mail has it, in seven bits: escapes that say which letters follow.
fn escaped_japanese(bytes: &[u8]) -> Option<String> {
    let opens = [b"\x1b$B".as_slice(), b"\x1b$@"].iter().any(|sign| memchr::memmem::find(bytes, sign).is_some());
    if !opens || !bytes.is_ascii() {
        return None;
    }
    let (text, broken) = encoding_rs::ISO_2022_JP.decode_without_bom_handling(bytes);
    (!broken).then(|| text.into_owned())
}

/// Whether the bytes are a program's and not a person's: many controls that no text encoding uses.
fn looks_binary(sample: &[u8]) -> bool {
    let controls = sample.iter().filter(|b| matches!(b, 0..=8 | 0xe..=0x1a | 0x1c..=0x1f)).count();
    // Random bytes have 27 such in 256; a file with one of every byte has fewer printable ones than a text.
    controls * 20 > sample.len()
        && sample.iter().filter(|b| matches!(b, b' '..=b'~' | b'\n')).count() * 2 < sample.len()
}

/// Whether the bytes are UTF-8 but for a few: at least ten well-formed characters beyond ASCII to each broken place.
fn mostly_utf8(sample: &[u8]) -> bool {
    let (mut wide, mut broken) = (0usize, 0usize);
    for chunk in sample.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    wide >= broken * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<Warning>) {
        let mut warnings = Vec::new();
        let text = decode(bytes, false, &mut warnings).unwrap().into_owned();
        (text, warnings)
    }

    #[test]
    fn decodes_what_is_evident_and_says_so() {
        let wide: Vec<u8> = "plain words, wide".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "plain words, wide".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &wide].concat();
        let russian: Vec<u8> = encoding_rs::WINDOWS_1251.encode("Вся власть советам, сказал он").0.into_owned();
        let broken = ["“Égalité”, élan, déjà vu, “naïve café”, ".as_bytes(), b"\xff and on"].concat();
        let cases: &[(&[u8], &str, &str)] = &[
            ("Égalité".as_bytes(), "Égalité", ""),
            (b"\xef\xbb\xbfmarked", "marked", ""),
            (&marked, "plain words, wide", "UTF-16LE (its byte order mark"),
            (&wide, "plain words, wide", "UTF-16LE (every second"),
            (&big, "plain words, wide", "UTF-16BE"),
            (b"caf\xe9 na\xefve\n", "café naïve\n", "windows-1252"),
            (b"\x93quoted\x94 \x96 caf\xe9", "“quoted” – café", "windows-1252"),
            (&russian, "Вся власть советам, сказал он", "windows-1251"),
            (&broken, "“Égalité”, élan, déjà vu, “naïve café”, \u{fffd} and on", "1 broken place"),
        ];
        for (bytes, expected, said) in cases {
            let (text, warnings) = read(bytes);
            assert_eq!(text, *expected);
            let told = warnings.first().map_or("", Warning::as_str);
            assert!(if said.is_empty() { told.is_empty() } else { told.contains(said) }, "{told} for {expected}");
        }
    }

    #[test]
    fn cyrillic_letters_are_told_by_the_words_they_make() {
        let texts = [
            "Вся власть советам, сказал он, и никто не возражал; а на улице шёл снег.",
            "Усі люди народжуються вільними і рівними у своїй гідності та правах.",
            "Всички хора се раждат свободни и равни по достойнство и права.",
            "Сва људска бића рађају се слободна и једнака у достојанству и правима.",
            // Nearly half of it is not Cyrillic, and but one letter is a capital.
            "Следующие люди говорили тогда о мельнице:\n- Anne Miller <anne@mill.example>, at the\n",
        ];
        let encodings = ["windows-1251", "KOI8-U", "ISO-8859-5", "IBM866"];
        for text in texts {
            for name in encodings {
                let encoding = Encoding::for_label(name.as_bytes()).unwrap();
                let (bytes, _, lost) = encoding.encode(text);
                if !lost {
                    assert_eq!(read(&bytes).0, text, "{name}");
                }
            }
        }
        for text in texts {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(read(&bytes).0, text);
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(read(&bytes).0, text);
        }
        let japanese = "議会は九回集まった。\n";
        assert_eq!(read(&encoding_rs::ISO_2022_JP.encode(japanese).0).0, japanese);
        let greek = encoding_rs::ISO_8859_7.encode("Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι").0;
        assert_eq!(read(&greek).0, "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι");
        let hebrew = "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם";
        assert_eq!(read(&encoding_rs::WINDOWS_1255.encode(hebrew).0).0, hebrew);
    }

    #[test]
    fn letters_of_old_machines_are_told_by_where_they_stand() {
        let mac = |text: &str| encoding_rs::MACINTOSH.encode(text).0.into_owned();
        let german = "Über die Mühle führt ein schöner Weg, größer als früher; im März hört man das Wasser.\n";
        let french = "L’été dernier, à la même heure, le garçon était là : « déjà », dit-il, après l’orage.\n";
        let of_dos = |text: &str| -> Vec<u8> {
            let byte = |c: char| match "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ".chars().position(|k| k == c)
            {
                Some(at) => 0x80 + at as u8,
                None if c == 'ß' => 0xe1,
                None if c == '«' => 0xae,
                None if c == '»' => 0xaf,
                None => c as u8,
            };
            text.chars().map(byte).collect()
        };
        for text in [german.to_owned(), french.to_owned(), french.repeat(40), german.repeat(40)] {
            let plain = text.replace('’', "'");
            assert_eq!(read(&of_dos(&plain)).0, plain);
            assert_eq!(read(&mac(&text)).0, text);
            let latin = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
            assert_eq!(read(&latin).0, text);
        }
    }

    #[test]
    fn says_what_is_no_text() {
        let mut noise = Vec::new();
        let mut state = 7u32;
        noise.resize_with(4096, || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        });
        let cases: &[(&[u8], ImportError)] = &[
            (b"", ImportError::Empty),
            (b"\x89PNG\r\n\x1a\n\xff", ImportError::Binary { what: "a PNG picture" }),
            (&noise, ImportError::Binary { what: "binary data" }),
        ];
        for (bytes, expected) in cases {
            assert_eq!(decode(bytes, false, &mut Vec::new()).unwrap_err(), *expected);
        }
    }

    #[test]
    fn a_prefix_may_end_within_a_character() {
        let bytes = "über €".as_bytes();
        for cut in 1..bytes.len() {
            let mut warnings = Vec::new();
            if let Ok(text) = decode(&bytes[..cut], true, &mut warnings) {
                assert!("über €".starts_with(&*text), "{cut}");
                assert!(warnings.is_empty(), "{cut}");
            }
        }
    }
}
