//! A quick hash for tables of words.
//!
//! The words come from a file; the worst that a hostile one could cause is a slow table.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// A table whose keys are words.
pub(crate) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// A set of words, or of what they are known by.
pub(crate) type WordSet<K> = HashSet<K, BuildHasherDefault<WordHasher>>;

/// Hashes strings by xxh3, and numbers by a multiplication.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct WordHasher(u64);

/// The odd number next to 2^64 over the golden ratio (Knuth, multiplicative hashing).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= xxh3_64(bytes);
    }

    // What ends a string says nothing about it.
    fn write_u8(&mut self, _: u8) {}

    fn write_u32(&mut self, key: u32) {
        self.write_u64(u64::from(key));
    }

    fn write_u64(&mut self, key: u64) {
        let mixed = (self.0.rotate_left(5) ^ key).wrapping_mul(GOLDEN);
        self.0 = mixed ^ (mixed >> 32);
    }
}
