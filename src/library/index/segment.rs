//! One file of the index: the passages of some texts. Written once, checked when it is opened, and read in pieces.
//!
//! ```text
//! "DIPTYCHI"  version u32  terms u32  passages u32  texts u32  lists u64  hash of the tables u64
//! texts+1 × u32      where each text's passages begin
//! passages × u8      how many words each passage has, coarsely
//! terms × u64        the hashes of the stems, in order
//! terms+1 × u32      where each stem's list begins
//! terms × u32        what each list is checked by: the lower half of its xxh3
//! lists              a list: for each passage the distance from the one before, and how often, as LEB128
//! ```

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::library::disk::os::open_file;

/// What a file begins with.
pub(crate) const MAGIC: &[u8; 8] = b"DIPTYCHI";

/// The version of the format; any other is built anew.
pub(crate) const VERSION: u32 = 2;

/// Bytes before the tables.
pub(crate) const HEAD: usize = 40;

/// The tables of a file, in memory; the lists stay on the disk.
#[derive(Debug)]
pub(crate) struct Segment {
    file: File,
    /// Where the lists begin in the file.
    lists: u64,
    /// Where each text's passages begin, and where the last one's end.
    pub first: Vec<u32>,
    lengths: Vec<u8>,
    terms: Vec<u64>,
    at: Vec<u32>,
    sums: Vec<u32>,
    mean: f32,
    /// Whether a list was not what was written.
    is_damaged: AtomicBool,
}

/// Why a file of the index cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// The file cannot be read, or makes no sense.
    Broken,
    /// The file was written by an older or a newer Diptych.
    Foreign,
}

impl From<io::Error> for Unusable {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

impl Segment {
    /// Opens a file, whose tables have to be whole.
    pub(crate) fn open(path: &Path) -> Result<Self, Unusable> {
        let mut file = open_file(path)?;
        let length = file.metadata()?.len();
        let mut head = [0; HEAD];
        file.read_exact(&mut head)?;
        if head[..8] != *MAGIC {
            return Err(Unusable::Broken);
        }
        if u32_at(&head, 8) != VERSION {
            return Err(Unusable::Foreign);
        }
        let [terms, passages, texts] = [12, 16, 20].map(|at| u32_at(&head, at) as usize);
        let (lists, hash) = (u64_at(&head, 24), u64_at(&head, 32));
        let tables = (texts + 1) * 4 + passages + terms * 8 + (terms + 1) * 4 + terms * 4;
        if lists.checked_add((HEAD + tables) as u64) != Some(length) {
            return Err(Unusable::Broken);
        }
        let mut bytes = vec![0; tables];
        file.read_exact(&mut bytes)?;
        let mut hasher = Xxh3::new();
        hasher.update(&bytes);
        if hasher.digest() != hash {
            return Err(Unusable::Broken);
        }
        let (first, rest) = bytes.split_at((texts + 1) * 4);
        let (lengths, rest) = rest.split_at(passages);
        let (stems, rest) = rest.split_at(terms * 8);
        let (at, sums) = rest.split_at((terms + 1) * 4);
        let words: u64 = lengths.iter().map(|l| u64::from(words_of(*l))).sum();
        Ok(Self {
            file,
            lists: (HEAD + tables) as u64,
            first: first.chunks_exact(4).map(|b| u32_at(b, 0)).collect(),
            lengths: lengths.to_vec(),
            terms: stems.chunks_exact(8).map(|b| u64_at(b, 0)).collect(),
            at: at.chunks_exact(4).map(|b| u32_at(b, 0)).collect(),
            sums: sums.chunks_exact(4).map(|b| u32_at(b, 0)).collect(),
            is_damaged: AtomicBool::new(false),
            mean: (words as f32 / passages.max(1) as f32).max(1.0),
        })
    }

    /// How many passages there are.
    pub(crate) fn passages(&self) -> usize {
        self.lengths.len()
    }

    /// How many words a passage has to the mean one.
    pub(crate) fn length(&self, passage: u32) -> f32 {
        self.lengths.get(passage as usize).map_or(1.0, |l| words_of(*l) as f32 / self.mean)
    }

    /// The stems, in order, each with where its list is.
    pub(crate) fn terms(&self) -> &[u64] {
        &self.terms
    }

    /// The coarse lengths of the passages.
    pub(crate) fn lengths(&self) -> &[u8] {
        &self.lengths
    }

    /// The place of a stem among the terms.
    pub(crate) fn find(&self, term: u64) -> Option<usize> {
        self.terms.binary_search(&term).ok()
    }

    /// About how many passages have a term: one for every two bytes of its list.
    pub(crate) fn count(&self, term: usize) -> usize {
        match (self.at.get(term), self.at.get(term + 1)) {
            (Some(from), Some(to)) => to.saturating_sub(*from) as usize / 2,
            _ => 0,
        }
    }

    /// Whether a list that was read was not what was written.
    pub(crate) fn is_damaged(&self) -> bool {
        self.is_damaged.load(Ordering::Relaxed)
    }

    /// The passages of a term, with how often it stands there; none where the file cannot be read any more, or its list is
    /// damaged.
    pub(crate) fn list(&self, term: usize) -> Vec<(u32, u32)> {
        let (Some(from), Some(to)) = (self.at.get(term), self.at.get(term + 1)) else { return Vec::new() };
        let mut bytes = vec![0; to.saturating_sub(*from) as usize];
        let read = self.file.read_exact_at(&mut bytes, self.lists + u64::from(*from));
        if read.is_err() || self.sums.get(term) != Some(&sum_of(&bytes)) {
            self.is_damaged.store(true, Ordering::Relaxed);
            return Vec::new();
        }
        let mut list = Vec::with_capacity(bytes.len() / 2);
        let (mut rest, mut passage) = (&bytes[..], 0u32);
        while let Some((step, times)) = number(&mut rest).zip(number(&mut rest)) {
            passage = passage.wrapping_add(step);
            if passage as usize >= self.passages() {
                break;
            }
            list.push((passage, times));
        }
        list
    }

    /// The text that a passage is of, and its number in it.
    pub(crate) fn place_of(&self, passage: u32) -> (usize, u32) {
        let text = self.first.partition_point(|first| *first <= passage).saturating_sub(1);
        (text, passage - self.first.get(text).copied().unwrap_or(0) + 1)
    }
}

/// What a list is checked by.
pub(super) fn sum_of(list: &[u8]) -> u32 {
    xxh3_64(list) as u32
}

/// How many words a passage has, coarsely: in steps of a twelfth.
pub(super) fn length_of(words: usize) -> u8 {
    (((words.max(1) as f32).log2() * 12.0).round()).clamp(0.0, 255.0) as u8
}

fn words_of(length: u8) -> u32 {
    (f32::from(length) / 12.0).exp2() as u32
}

/// Writes a number as LEB128.
pub(crate) fn push(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}
