//! Where each unit of a text occurs: made once, and shared by all anchors that are looked for in it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::units::{Unit, units};

/// The units of a text and, for each, where it occurs. About 24 bytes a word.
#[derive(Debug)]
pub(super) struct Index {
    units: Vec<Unit>,
    /// From a unit's key to its stretch of `places`: where that begins, and how long it is.
    vocabulary: HashMap<u64, (u32, u32), BuildHasherDefault<KeyHasher>>,
    places: Vec<u32>,
}

impl Index {
    pub(super) fn new(string: &str) -> Self {
        let units: Vec<Unit> = units(string).collect();
        let mut vocabulary: HashMap<u64, (u32, u32), _> = HashMap::default();
        for unit in &units {
            vocabulary.entry(unit.key).or_insert((0, 0)).1 += 1;
        }
        let mut begin = 0;
        for (first, count) in vocabulary.values_mut() {
            *first = begin;
            begin += *count;
            *count = 0;
        }
        let mut places = vec![0; units.len()];
        for (at, unit) in units.iter().enumerate() {
            if let Some((first, count)) = vocabulary.get_mut(&unit.key) {
                places[(*first + *count) as usize] = at as u32;
                *count += 1;
            }
        }
        Self { units, vocabulary, places }
    }

    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Where the unit with this key occurs, in order.
    pub(super) fn places(&self, key: u64) -> &[u32] {
        let (first, count) = self.vocabulary.get(&key).copied().unwrap_or_default();
        &self.places[first as usize..(first + count) as usize]
    }

    /// How much it says that the unit with this key is somewhere: bits, as -log2 of its share of the text.
    pub(super) fn bits(&self, key: u64) -> f32 {
        let count = self.places(key).len().max(1);
        (self.units.len().max(1) as f32 / count as f32).log2()
    }
}

/// Keys are hashes already.
#[derive(Debug, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
