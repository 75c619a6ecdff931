//! The text of a book out of its records: as it is, packed as Palm does it (LZ77), or by codes (Huffman's, with a
//! dictionary of phrases).

use crate::import::error::ImportError;
use crate::import::format::Format;
use crate::import::watch::Meter;

use super::database::{Database, Head, Packing, half, word};

/// A record unpacks to 4 KiB; what unpacks to more is damaged.
const LARGEST_RECORD: usize = 1 << 16;

/// Phrases are made of phrases this deep.
const DEEPEST: usize = 24;

/// Unpacks the text of a book, at most `most` bytes of it. The answer is how many records are damaged.
pub(super) fn text(
    database: &Database<'_>,
    head: &Head,
    most: usize,
    watch: Meter<'_>,
    out: &mut Vec<u8>,
) -> Result<usize, ImportError> {
    let broken = |why: &str| ImportError::Broken { format: Format::Mobi, why: why.to_owned() };
    let packing = head.packing.ok_or_else(|| broken("its text is packed in a way that is not known"))?;
    let mut codes = match packing {
        Packing::Codes { first, count } => {
            Some(Codes::of(database, first, count).ok_or_else(|| broken("the codes of its text are damaged"))?)
        }
        Packing::None | Packing::Palm => None,
    };
    let mut missed = 0;
    for number in 1..=head.records {
        watch.tell(number, head.records);
        let Some(record) = database.record(head.at + number) else {
            missed += 1;
            continue;
        };
        let record = without_trailing(record, head.trailing);
        let whole = match (packing, &mut codes) {
            (_, Some(codes)) => {
                let unpacked = codes.unpack(record, 0);
                out.extend(unpacked.as_deref().unwrap_or_default());
                unpacked.is_some()
            }
            (Packing::Palm, None) => palm(record, out),
            _ => {
                out.extend_from_slice(record);
                true
            }
        };
        missed += usize::from(!whole);
        if out.len() > most {
            return Err(ImportError::Swollen { format: Format::Mobi, mib: (most >> 20) as u64 });
        }
    }
    Ok(missed)
}

/// A record without what stands at its end and is no text. Each bit of `flags` but the lowest says that there is a field,
/// whose length stands at its end; the lowest, that a character may go on in the next record.
fn without_trailing(record: &[u8], flags: u16) -> &[u8] {
    let mut record = record;
    for _ in 0..(flags >> 1).count_ones() {
        let mut length = 0usize;
        for byte in &record[record.len().saturating_sub(4)..] {
            if byte & 0x80 != 0 {
                length = 0;
            }
            length = (length << 7) | usize::from(byte & 0x7f);
        }
        record = &record[..record.len().saturating_sub(length)];
    }
    if flags & 1 != 0
        && let Some(last) = record.last()
    {
        record = &record[..record.len().saturating_sub(usize::from(last & 3) + 1)];
    }
    record
}

/// Unpacks what Palm packed; whether it is whole.
fn palm(record: &[u8], out: &mut Vec<u8>) -> bool {
    let start = out.len();
    let mut at = 0;
    while let Some(&byte) = record.get(at) {
        at += 1;
        match byte {
            1..=8 => {
                let Some(letters) = record.get(at..at + usize::from(byte)) else { return false };
                out.extend_from_slice(letters);
                at += usize::from(byte);
            }
            0 | 9..=0x7f => out.push(byte),
            0x80..=0xbf => {
                let Some(&low) = record.get(at) else { return false };
                at += 1;
                let pair = (usize::from(byte) << 8 | usize::from(low)) & 0x3fff;
                let (distance, length) = (pair >> 3, (pair & 7) + 3);
                if distance == 0 || distance > out.len() - start {
                    return false;
                }
                for _ in 0..length {
                    out.push(out[out.len() - distance]);
                }
            }
            0xc0..=0xff => out.extend([b' ', byte ^ 0x80]),
        }
        if out.len() - start > LARGEST_RECORD {
            return false;
        }
    }
    true
}

/// A phrase that a code stands for, and whether it is unpacked.
type Phrase = (Vec<u8>, bool);

/// The codes of a book.
struct Codes {
    /// For each first byte: how long the code is, whether it is whole, and the greatest code of its length.
    short: Vec<(u32, bool, u64)>,
    /// For each length the least and the greatest code.
    long: Vec<(u64, u64)>,
    phrases: Vec<Phrase>,
    /// How much of phrases within phrases may still be unpacked.
    left: usize,
}

impl Codes {
    fn of(database: &Database<'_>, first: usize, count: usize) -> Option<Self> {
        let record = database.record(first).filter(|r| r.starts_with(b"HUFF"))?;
        let (short_at, long_at) = (word(record, 8)? as usize, word(record, 12)? as usize);
        let greatest = |code: u64, length: u32| ((code + 1) << (32 - length)).wrapping_sub(1);
        let mut short = Vec::with_capacity(256);
        for n in 0..256 {
            let value = word(record, short_at + n * 4)?;
            let length = value & 0x1f;
            if length == 0 {
                return None;
            }
            short.push((length, value & 0x80 != 0, greatest(u64::from(value >> 8), length)));
        }
        let mut long = vec![(0, 0)];
        for length in 1..=32u32 {
            let at = long_at + (length as usize - 1) * 8;
            let (least, most) = (u64::from(word(record, at)?), u64::from(word(record, at + 4)?));
            long.push((least << (32 - length), greatest(most, length)));
        }
        let mut codes = Self { short, long, phrases: Vec::new(), left: 8 << 20 };
        for number in first + 1..first.checked_add(count.min(10_000))? {
            codes.learn(database.record(number)?)?;
        }
        Some(codes)
    }

    /// Reads a record of phrases.
    fn learn(&mut self, record: &[u8]) -> Option<()> {
        if !record.starts_with(b"CDIC") {
            return None;
        }
        let (all, bits) = (word(record, 8)? as usize, word(record, 12)?);
        let here = 1usize.checked_shl(bits).unwrap_or(0).min(all.saturating_sub(self.phrases.len()));
        for n in 0..here.min(1 << 16) {
            let at = usize::from(half(record, 16 + n * 2)?) + 16;
            let length = half(record, at)?;
            let letters = record.get(at + 2..at + 2 + usize::from(length & 0x7fff))?;
            self.phrases.push((letters.to_vec(), length & 0x8000 != 0));
        }
        Some(())
    }

    fn unpack(&mut self, packed: &[u8], depth: usize) -> Option<Vec<u8>> {
        if depth > DEEPEST {
            return None;
        }
        let mut out = Vec::new();
        let mut bits = packed.len() as i64 * 8;
        let mut at = 0i64;
        while bits > 0 {
            let code = window(packed, at);
            let (mut length, whole, mut greatest) = self.short[(code >> 24) as usize];
            if !whole {
                while length < 32 && code < self.long[length as usize].0 {
                    length += 1;
                }
                greatest = self.long[length as usize].1;
            }
            at += i64::from(length);
            bits -= i64::from(length);
            if bits < 0 {
                break;
            }
            let number = (greatest.checked_sub(code)? >> (32 - length)) as usize;
            let (letters, done) = self.phrases.get(number)?.clone();
            let letters = if done {
                letters
            } else {
                // While it is unpacked it stands for nothing, so that it does not stand for itself.
                self.phrases[number] = (Vec::new(), true);
                let unpacked = self.unpack(&letters, depth + 1)?;
                self.left = self.left.checked_sub(unpacked.len())?;
                self.phrases[number] = (unpacked.clone(), true);
                unpacked
            };
            out.extend_from_slice(&letters);
            if out.len() > LARGEST_RECORD {
                return None;
            }
        }
        Some(out)
    }
}

/// The 32 bits from a bit on, with zeros after the end.
fn window(packed: &[u8], bit: i64) -> u64 {
    let (byte, shift) = ((bit / 8) as usize, (bit % 8) as u32);
    let all = (0..5).fold(0u64, |all, n| all << 8 | u64::from(packed.get(byte + n).copied().unwrap_or(0)));
    (all >> (8 - shift)) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn palm_repeats_what_was_said() {
        let mut out = Vec::new();
        assert!(palm(b"abc\x80\x1b\xe4x\x02\xc3\xa9", &mut out));
        assert_eq!(out, "abcabcabc dxé".as_bytes());
        assert!(!palm(b"a\x80\x40", &mut Vec::new()));
    }

    #[test]
    fn what_trails_is_cut_off() {
        assert_eq!(without_trailing(b"text\x01\x02\x83", 2), b"text");
        assert_eq!(without_trailing(b"text\x00", 1), b"text");
        assert_eq!(without_trailing(b"", 0xffff), b"");
    }

    #[test]
    fn codes_stand_for_phrases() {
        // Two codes of one bit: 1 stands for the first phrase, 0 for the second, which is made of two of the first.
        let short =
            (0..256).map(|n: u64| (1, true, if n >= 128 { (1u64 << 32) - 1 } else { (1u64 << 31) - 1 })).collect();
        let phrases = vec![(b"ab".to_vec(), true), (vec![0b1100_0000], false)];
        let mut codes = Codes { short, long: vec![(0, 0); 33], phrases, left: 1 << 20 };
        codes.phrases.insert(0, (b"x".to_vec(), true));
        assert_eq!(codes.unpack(&[0b1111_1111], 0).unwrap(), b"xxxxxxxx");
        assert!(codes.unpack(&[0, 0], 40).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_record_is_unpacked_or_not(record in proptest::collection::vec(proptest::num::u8::ANY, 0..300), flags in proptest::num::u16::ANY) {
            let _ = palm(without_trailing(&record, flags), &mut Vec::new());
        }
    }
}
