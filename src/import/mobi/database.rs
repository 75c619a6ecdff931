//! The records of a Palm database, and the head of a book in the first of them.

/// A database has no more records than its count can say.
const MOST_SAID: usize = 500;

/// The records of a file.
pub(super) struct Database<'b> {
    bytes: &'b [u8],
    starts: Vec<usize>,
}

impl<'b> Database<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let count = usize::from(half(bytes, 76)?);
        let starts: Vec<usize> = (0..count).map_while(|n| word(bytes, 78 + n * 8)).map(|at| at as usize).collect();
        let sane = !starts.is_empty() && starts.windows(2).all(|w| w[0] <= w[1]) && starts[0] <= bytes.len();
        sane.then_some(Self { bytes, starts })
    }

    /// A record; nothing where there is none.
    pub(super) fn record(&self, number: usize) -> Option<&'b [u8]> {
        let start = *self.starts.get(number)?;
        let end = self.starts.get(number + 1).copied().unwrap_or(self.bytes.len());
        self.bytes.get(start..end.min(self.bytes.len()))
    }

    /// Whether it says that it is a book with a head of its own.
    fn is_book(&self) -> bool {
        self.bytes.get(60..68) == Some(b"BOOKMOBI")
    }
}

/// How the text of a book is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    None,
    Palm,
    /// By the codes in so many records, the first of which has this number.
    Codes {
        first: usize,
        count: usize,
    },
}

/// What the head of a book says.
#[derive(Debug)]
pub(super) struct Head {
    /// The number of its record, from which others are counted.
    pub at: usize,
    pub is_book: bool,
    pub packing: Option<Packing>,
    /// How many records its text has.
    pub records: usize,
    pub encrypted: bool,
    pub utf8: bool,
    pub version: u32,
    /// What stands at the end of each record of the text and is none of it.
    pub trailing: u16,
    pub title: Vec<u8>,
    /// What the book says of itself, by number.
    pub said: Vec<(u32, Vec<u8>)>,
    /// The record of the head of the same book in the newer form.
    pub newer: Option<usize>,
    /// The records of the tables of the newer form: where the text ends, its pieces, its skeletons.
    pub flows: Option<usize>,
    pub fragments: Option<usize>,
    pub skeletons: Option<usize>,
}

impl Head {
    /// Reads the head in a record.
    pub(super) fn of(database: &Database<'_>, at: usize) -> Option<Self> {
        let record = database.record(at)?;
        let packing = match half(record, 0)? {
            1 => Some(Packing::None),
            2 => Some(Packing::Palm),
            17_480 => {
                let (first, count) = (word(record, 112)? as usize, word(record, 116)? as usize);
                Some(Packing::Codes { first: first + at, count })
            }
            _ => None,
        };
        let is_book = database.is_book() && record.get(16..20) == Some(b"MOBI");
        let length = if is_book { word(record, 20)? as usize } else { 0 };
        let field = |offset: usize| word(record, offset).filter(|_| length + 16 >= offset + 4);
        let index = |offset: usize| field(offset).filter(|n| *n != u32::MAX).map(|n| n as usize + at);
        let version = field(36).unwrap_or(0);
        let title = field(84)
            .zip(field(88))
            .and_then(|(from, count)| record.get(from as usize..(from as usize).checked_add(count as usize)?));
        let said = if field(128).unwrap_or(0) & 0x40 != 0 { said(record, 16 + length) } else { Vec::new() };
        let newer = said.iter().find(|(kind, _)| *kind == 121).and_then(|(_, said)| word(said, 0));
        Some(Self {
            at,
            is_book,
            packing,
            records: usize::from(half(record, 8)?),
            encrypted: half(record, 12).unwrap_or(0) != 0,
            utf8: field(28) == Some(65_001),
            version,
            trailing: half(record, 242).filter(|_| length >= 228 && version >= 5).unwrap_or(0),
            title: title.unwrap_or_default().to_vec(),
            newer: newer.filter(|n| *n != u32::MAX && *n > 0).map(|n| n as usize),
            said,
            flows: index(192).filter(|_| version >= 8),
            fragments: index(248).filter(|_| version >= 8),
            skeletons: index(252).filter(|_| version >= 8),
        })
    }
}

/// What the book says of itself (EXTH): kinds and values.
fn said(record: &[u8], at: usize) -> Vec<(u32, Vec<u8>)> {
    let mut found = Vec::new();
    if record.get(at..at + 4) != Some(b"EXTH") {
        return found;
    }
    let count = word(record, at + 8).unwrap_or(0) as usize;
    let mut at = at + 12;
    for _ in 0..count.min(MOST_SAID) {
        let (Some(kind), Some(length)) = (word(record, at), word(record, at + 4)) else { break };
        let Some(value) = record.get(at + 8..at.saturating_add(length as usize)) else { break };
        found.push((kind, value.to_vec()));
        at += (length as usize).max(8);
    }
    found
}

/// Two bytes as a number.
pub(super) fn half(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_be_bytes)
}

/// Four bytes as a number.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes)
}
