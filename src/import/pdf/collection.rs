//! The character collections of East Asia: fonts that are not in the file name their glyphs by Adobe's numbers.
//!
//! Adobe's technical notes 5078 (Japan1), 5079 (GB1), 5080 (CNS1) and 5093 (Korea1). The table is made by
//! `tools/cid_tables.py` of Adobe's mapping resources, whose licence stands beside it (`collections.LICENSE`).

use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, Stream};

use super::object::{dict, value};

/// Of each collection: its name, and the UTF-16 unit of each number; 0 where it has none.
static ALL: LazyLock<Vec<(&'static [u8], Vec<u16>)>> = LazyLock::new(|| {
    let mut packed = Dictionary::new();
    packed.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    let stream = Stream::new(packed, include_bytes!("collections.bin").to_vec());
    let bytes = stream.decompressed_content().unwrap_or_default();
    let mut units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let names: [&[u8]; 4] = [b"Japan1", b"GB1", b"CNS1", b"Korea1"];
    let mut table = |name| {
        let count = usize::from(units.next().unwrap_or(0));
        (name, units.by_ref().take(count).collect())
    };
    names.into_iter().map(&mut table).collect()
});

/// What the numbers of a collection show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Collection(&'static [u16]);

impl Collection {
    /// The collection that a font names.
    pub(super) fn of(doc: &Document, font: &Dictionary) -> Option<Self> {
        let info = dict(doc, font, b"CIDSystemInfo")?;
        let said = |key: &[u8]| value(doc, info, key).and_then(|o| o.as_str().ok());
        if said(b"Registry") != Some(b"Adobe") {
            return None;
        }
        let ordering = said(b"Ordering")?;
        ALL.iter().find(|(name, _)| *name == ordering).map(|(_, units)| Self(units))
    }

    /// The character of a number.
    pub(super) fn character(self, number: u32) -> Option<char> {
        let unit = *self.0.get(number as usize)?;
        char::from_u32(u32::from(unit)).filter(|c| *c != '\0')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_what_adobe_says() {
        // Each collection begins with the space and the signs of ASCII.
        assert_eq!(ALL.len(), 4);
        for (name, units) in ALL.iter() {
            let all = Collection(units);
            assert_eq!((all.character(1), all.character(34)), (Some(' '), Some('A')), "{name:?}");
            assert!(units.len() > 15_000 && all.character(70_000).is_none());
        }
        assert_eq!(Collection(&ALL[0].1).character(843), Some('あ'), "Adobe-Japan1");
    }
}
