//! Making files of the index: from texts, and from several files one.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::segment::{MAGIC, Segment, VERSION, length_of, push, sum_of};
use super::terms::each;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::language::Language;
use crate::word::stem::Stemmer;

/// How many bytes are gathered in memory before they are written.
const MOST: usize = 24 << 20;

/// What a list takes in memory besides its bytes.
const BESIDE: usize = 64;

/// The passages of some texts, gathered for a file.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    lists: HashMap<u64, List>,
    first: Vec<u32>,
    lengths: Vec<u8>,
    bytes: usize,
    /// Of one passage: its terms, to be counted.
    terms: Vec<u64>,
}

#[derive(Debug, Default)]
struct List {
    last: u32,
    bytes: Vec<u8>,
}

impl Builder {
    /// Takes a text in.
    pub(crate) fn add(&mut self, text: &Text) {
        let stemmer = Stemmer::new(Language::of(text));
        self.first.push(self.lengths.len() as u32);
        for number in 1..=text.passage_count() as u32 {
            let mut terms = std::mem::take(&mut self.terms);
            terms.clear();
            each(text.passage_str(PassageNo(number)), stemmer, &mut |term| terms.push(term));
            let passage = self.lengths.len() as u32;
            self.lengths.push(length_of(terms.len()));
            terms.sort_unstable();
            for same in terms.chunk_by(|a, b| a == b) {
                self.put(same[0], passage, same.len() as u32);
            }
            self.terms = terms;
        }
    }

    /// Takes in what is no text, so that it has its place.
    pub(super) fn add_nothing(&mut self) {
        self.first.push(self.lengths.len() as u32);
    }

    fn put(&mut self, term: u64, passage: u32, times: u32) {
        let list = self.lists.entry(term).or_insert_with(|| {
            self.bytes += BESIDE;
            List::default()
        });
        let before = list.bytes.len();
        push(&mut list.bytes, passage - list.last);
        push(&mut list.bytes, times);
        list.last = passage;
        self.bytes += list.bytes.len() - before;
    }

    /// How many texts were taken in.
    pub(crate) fn texts(&self) -> usize {
        self.first.len()
    }

    /// Whether it is time to write them.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > MOST
    }

    /// Writes them into a file.
    pub(crate) fn write(self, path: &Path) -> io::Result<()> {
        let mut terms: Vec<(u64, List)> = self.lists.into_iter().collect();
        terms.sort_unstable_by_key(|(term, _)| *term);
        let mut first = self.first;
        first.push(self.lengths.len() as u32);
        let lists = terms.iter().map(|(_, list)| list.bytes.as_slice());
        let hashes: Vec<u64> = terms.iter().map(|(term, _)| *term).collect();
        write(path, &first, &self.lengths, &hashes, lists)
    }
}

/// Writes several files as one, with the texts of each that are `kept`, in their order.
pub(crate) fn merge(segments: &[(&Segment, Vec<bool>)], path: &Path) -> io::Result<()> {
    let (mut first, mut lengths) = (Vec::new(), Vec::new());
    // What the passages of each file become; `None` where their text is not kept.
    let mut numbers: Vec<Vec<Option<u32>>> = Vec::new();
    for (segment, kept) in segments {
        let mut now = vec![None; segment.passages()];
        for (text, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
            let Some(range) = segment.first.get(text..text + 2) else { continue };
            first.push(lengths.len() as u32);
            for passage in range[0]..range[1] {
                now[passage as usize] = Some(lengths.len() as u32);
                lengths.push(segment.lengths()[passage as usize]);
            }
        }
        numbers.push(now);
    }
    first.push(lengths.len() as u32);
    let mut hashes: Vec<u64> = segments.iter().flat_map(|(segment, _)| segment.terms()).copied().collect();
    hashes.sort_unstable();
    hashes.dedup();
    let list = |term: &u64| {
        let (mut bytes, mut last) = (Vec::new(), 0);
        for ((segment, _), now) in segments.iter().zip(&numbers) {
            for (passage, times) in segment.find(*term).map_or_else(Vec::new, |at| segment.list(at)) {
                if let Some(number) = now.get(passage as usize).copied().flatten() {
                    push(&mut bytes, number - last);
                    push(&mut bytes, times);
                    last = number;
                }
            }
        }
        bytes
    };
    // The lists are made twice, once for their lengths: so that none need be held.
    let lists = hashes.iter().map(list);
    write(path, &first, &lengths, &hashes, lists)
}

fn write<L: AsRef<[u8]>>(
    path: &Path,
    first: &[u32],
    lengths: &[u8],
    hashes: &[u64],
    lists: impl Iterator<Item = L> + Clone,
) -> io::Result<()> {
    let mut at: Vec<u32> = Vec::with_capacity(hashes.len() + 1);
    let mut end = 0u64;
    at.push(0);
    let mut sums: Vec<u32> = Vec::with_capacity(hashes.len());
    for list in lists.clone() {
        sums.push(sum_of(list.as_ref()));
        end += list.as_ref().len() as u64;
        at.push(u32::try_from(end).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?);
    }
    let mut tables = Vec::with_capacity(first.len() * 4 + lengths.len() + hashes.len() * 16);
    tables.extend(first.iter().flat_map(|n| n.to_le_bytes()));
    tables.extend_from_slice(lengths);
    tables.extend(hashes.iter().flat_map(|n| n.to_le_bytes()));
    tables.extend(at.iter().chain(&sums).flat_map(|n| n.to_le_bytes()));
    let mut sum = Xxh3::new();
    sum.update(&tables);
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(MAGIC)?;
    for number in [VERSION, hashes.len() as u32, lengths.len() as u32, (first.len() - 1) as u32] {
        file.write_all(&number.to_le_bytes())?;
    }
    file.write_all(&end.to_le_bytes())?;
    file.write_all(&sum.digest().to_le_bytes())?;
    file.write_all(&tables)?;
    for list in lists {
        file.write_all(list.as_ref())?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
