//! Books made in code, and what becomes of them.

use proptest::prelude::{ProptestConfig, any, prop, proptest};

use crate::import::error::ImportError;
use crate::import::format::Format;
use crate::import::tests::reads_back;
use crate::import::to_markdown::to_markdown;
use crate::import::{Hint, import, of_markdown};

/// A database of these records.
fn database(kind: &[u8], records: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![0; 60];
    bytes.extend(kind);
    bytes.extend([0; 8]);
    bytes.extend((records.len() as u16).to_be_bytes());
    let mut at = 78 + records.len() * 8 + 2;
    for record in records {
        bytes.extend((at as u32).to_be_bytes());
        bytes.extend([0; 4]);
        at += record.len();
    }
    bytes.extend([0; 2]);
    for record in records {
        bytes.extend(record);
    }
    bytes
}

/// The head of a book whose text is in `texts` records.
fn head(version: u32, texts: usize, packing: u16, encryption: u16, tables: [u32; 3]) -> Vec<u8> {
    let mut head = vec![0; 264];
    let mut put = |at: usize, value: &[u8]| head[at..at + value.len()].copy_from_slice(value);
    put(0, &packing.to_be_bytes());
    put(8, &(texts as u16).to_be_bytes());
    put(12, &encryption.to_be_bytes());
    put(16, b"MOBI");
    put(20, &248u32.to_be_bytes());
    put(28, &65_001u32.to_be_bytes());
    put(36, &version.to_be_bytes());
    put(128, &0x40u32.to_be_bytes());
    put(192, &tables[0].to_be_bytes());
    put(248, &tables[1].to_be_bytes());
    put(252, &tables[2].to_be_bytes());
    head.extend(b"EXTH\0\0\0\x30\0\0\0\x02");
    for (kind, said) in [(503u32, "The Mill"), (100, "A. Miller")] {
        head.extend(kind.to_be_bytes());
        head.extend((said.len() as u32 + 8).to_be_bytes());
        head.extend(said.as_bytes());
    }
    head
}

const NONE: [u32; 3] = [u32::MAX; 3];

fn markdown(bytes: &[u8], name: &str) -> String {
    let imported = import(bytes, &Hint::named(name)).unwrap();
    assert_eq!(imported.format, Format::Mobi);
    let written = to_markdown(&imported.text);
    let again = of_markdown(&written);
    assert_eq!((again.string(), again.notes()), (imported.text.string(), imported.text.notes()), "{written}");
    written
}

#[test]
fn an_older_book_has_links_that_count_bytes() {
    let start = "<html><head><guide></guide></head><body><h1>One</h1><p>It <i>stands</i>.<a filepos=";
    let middle = "><sup>[1]</sup></a></p><mbp:pagebreak/>";
    let note = "<p><a filepos=0000000060>[1]</a> A note.</p></body></html>";
    let place = start.len() + 10 + middle.len();
    let text = format!("{start}{place:010}{middle}{note}");
    let (one, two) = text.as_bytes().split_at(70);
    let book = database(b"BOOKMOBI", &[head(6, 2, 1, 0, NONE), one.to_vec(), two.to_vec()]);
    let expected = "---\ntitle: The Mill\nauthor: A. Miller\n---\n\n# One\n\nIt *stands*.[^1]\n\n[^1]: A note.\n";
    assert_eq!(markdown(&book, "a.mobi"), expected);
}

/// A table of one record with these entries: names, and numbers under tags 1 and 6.
fn table(entries: &[(&str, Vec<u8>)]) -> [Vec<u8>; 2] {
    let mut meta = vec![0; 192];
    meta[..4].copy_from_slice(b"INDX");
    meta[4..8].copy_from_slice(&192u32.to_be_bytes());
    meta[24..28].copy_from_slice(&1u32.to_be_bytes());
    meta.extend(b"TAGX\0\0\0\x18\0\0\0\x01\x01\x01\x01\0\x06\x02\x02\0\0\0\0\x01");
    let mut data = vec![0; 192];
    data[..4].copy_from_slice(b"INDX");
    let mut starts = Vec::new();
    for (name, numbers) in entries {
        starts.push(data.len() as u16);
        data.push(name.len() as u8);
        data.extend(name.as_bytes());
        data.extend(numbers);
    }
    let at = data.len() as u32;
    data[20..24].copy_from_slice(&at.to_be_bytes());
    data[24..28].copy_from_slice(&(entries.len() as u32).to_be_bytes());
    data.extend(b"IDXT");
    for start in starts {
        data.extend(start.to_be_bytes());
    }
    [meta, data]
}

#[test]
fn a_newer_book_is_put_together() {
    let skeleton = "<html><body><div></div></body></html>";
    let one = "<h1>One</h1><p>Words.<a href=\"kindle:pos:fid:0001:off:0000000000\"><sup>1</sup></a></p>";
    let two = "<p><a href=\"kindle:pos:fid:0000:off:0000000000\">1</a> A note.</p>";
    let text = format!("{skeleton}{one}{two}<style>flow two</style>");
    let flow = skeleton.len() + one.len() + two.len();
    let mut flows = b"FDST\0\0\0\x0c\0\0\0\x02\0\0\0\0".to_vec();
    flows.extend((flow as u32).to_be_bytes());
    let into = skeleton.find("</div>").unwrap();
    let number = |n: usize| vec![(n >> 7) as u8 & 0x7f, (n & 0x7f) as u8 | 0x80];
    let fragment = |at: usize, length: usize| (format!("{at:010}"), [vec![2], number(0), number(length)].concat());
    let fragments = [fragment(into, one.len()), fragment(into + one.len(), two.len())];
    let fragments: Vec<(&str, Vec<u8>)> = fragments.iter().map(|(name, n)| (name.as_str(), n.clone())).collect();
    let skeletons = [("SKEL0", [vec![3], number(2), number(0), number(skeleton.len())].concat())];
    let [fragment_meta, fragment_data] = table(&fragments);
    let [skeleton_meta, skeleton_data] = table(&skeletons);
    let records = [
        head(8, 1, 1, 0, [2, 3, 5]),
        text.into_bytes(),
        flows,
        fragment_meta,
        fragment_data,
        skeleton_meta,
        skeleton_data,
    ];
    let expected = "---\ntitle: The Mill\nauthor: A. Miller\n---\n\n# One\n\nWords.[^1]\n\n[^1]: A note.\n";
    assert_eq!(markdown(&database(b"BOOKMOBI", &records), "a.azw3"), expected);
}

#[test]
fn plain_books_and_protected_ones() {
    let mut plain = vec![0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0x10, 0];
    plain.extend([0; 4]);
    let book = database(b"TEXtREAd", &[plain, b"One is here.\n\nTwo is here.".to_vec()]);
    assert_eq!(markdown(&book, "a.prc"), "One is here.\n\nTwo is here.\n");
    let sold = database(b"BOOKMOBI", &[head(6, 1, 2, 2, NONE), b"x".to_vec()]);
    let said = import(&sold, &Hint::named("a.azw")).unwrap_err();
    assert_eq!(said, ImportError::Protected(Format::Mobi));
    assert!(said.to_string().contains("protected"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_book_is_read_or_refused(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        version in prop::sample::select(vec![6u32, 8]),
        packing in prop::sample::select(vec![1u16, 2, 17_480]),
    ) {
        let [meta, data] = table(&[("0000000000", vec![3, 0x81, 0x80, 0x82])]);
        let mut records = vec![head(version, 2, packing, 0, [4, 3, 3]), b"<p>One <a filepos=3>two</a>".to_vec(), b"<p>three".to_vec(), meta, data];
        records.push(b"HUFF\0\0\0\x18\0\0\0\x18\0\0\x04\x18".to_vec());
        let mut bytes = database(b"BOOKMOBI", &records);
        for (index, byte) in at {
            let i = index.index(bytes.len());
            bytes[i] = byte;
        }
        for cut in [bytes.len(), cut.index(bytes.len())] {
            bytes.truncate(cut);
            if let Ok(read) = import(&bytes, &Hint::named("a.mobi")) {
                reads_back("a damaged book", &read.text)?;
            }
        }
    }
}
