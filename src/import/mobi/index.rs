//! Tables of a book in the newer form (INDX): entries with a name, and numbers under tags.

use std::collections::HashMap;

use super::database::{Database, half, word};

/// A table has no more entries than this.
const MOST: usize = 200_000;

/// An entry: its name, and the numbers under each tag.
pub(super) struct Entry {
    pub name: Vec<u8>,
    pub tags: HashMap<u8, Vec<usize>>,
}

/// How a tag is written: which, how many numbers, the bits that say whether it is there, whether the list ends.
struct Tag {
    name: u8,
    numbers: u8,
    mask: u8,
    ends: bool,
}

/// Reads the table that begins with a record.
pub(super) fn read(database: &Database<'_>, first: usize) -> Option<Vec<Entry>> {
    let meta = database.record(first).filter(|r| r.starts_with(b"INDX"))?;
    let records = word(meta, 24)? as usize;
    let at = word(meta, 4)? as usize;
    if meta.get(at..at.checked_add(4)?)? != b"TAGX" {
        return None;
    }
    let (length, controls) = (word(meta, at + 4)? as usize, word(meta, at + 8)? as usize);
    let written = meta.get(at + 12..at.checked_add(length)?)?;
    let tags: Vec<Tag> =
        written.chunks_exact(4).map(|t| Tag { name: t[0], numbers: t[1], mask: t[2], ends: t[3] == 1 }).collect();
    let mut entries = Vec::new();
    for number in first + 1..=first.checked_add(records.min(MOST))? {
        let record = database.record(number).filter(|r| r.starts_with(b"INDX"))?;
        let (table, count) = (word(record, 20)? as usize, word(record, 24)? as usize);
        for n in 0..count.min(MOST - entries.len()) {
            let start = usize::from(half(record, table + 4 + n * 2)?);
            let end = half(record, table + 6 + n * 2).filter(|_| n + 1 < count).map_or(table, usize::from);
            let length = usize::from(*record.get(start)?);
            let name = record.get(start + 1..start + 1 + length)?.to_vec();
            let data = record.get(start + 1 + length..end.max(start + 1 + length))?;
            entries.push(Entry { name, tags: numbers(data, controls, &tags)? });
        }
    }
    Some(entries)
}

/// How many numbers a tag has, or how many bytes they are.
enum Extent {
    Times(usize),
    Bytes(usize),
}

fn numbers(data: &[u8], controls: usize, tags: &[Tag]) -> Option<HashMap<u8, Vec<usize>>> {
    let mut at = controls;
    let mut control = 0;
    let mut found: Vec<(&Tag, Extent)> = Vec::new();
    for tag in tags {
        if tag.ends {
            control += 1;
            continue;
        }
        let value = data.get(control)? & tag.mask;
        if value == 0 {
            continue;
        }
        let extent = if value == tag.mask && tag.mask.count_ones() > 1 {
            Extent::Bytes(number(data, &mut at)?)
        } else if value == tag.mask {
            Extent::Times(1)
        } else {
            Extent::Times(usize::from(value >> tag.mask.trailing_zeros()))
        };
        found.push((tag, extent));
    }
    let mut all = HashMap::new();
    for (tag, extent) in found {
        let mut values = Vec::new();
        match extent {
            Extent::Times(times) => {
                for _ in 0..times * usize::from(tag.numbers) {
                    values.push(number(data, &mut at)?);
                }
            }
            Extent::Bytes(bytes) => {
                let end = at.checked_add(bytes)?;
                while at < end {
                    values.push(number(data, &mut at)?);
                }
            }
        }
        all.insert(tag.name, values);
    }
    Some(all)
}

/// A number in sevens of bits, of which the last has its high bit set.
fn number(data: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0usize;
    for _ in 0..5 {
        let byte = *data.get(*at)?;
        *at += 1;
        value = (value << 7) | usize::from(byte & 0x7f);
        if byte & 0x80 != 0 {
            return Some(value);
        }
    }
    None
}
