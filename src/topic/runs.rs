//! A text as runs of stems, kept small: two texts of ten megabytes are read side by side.
//!
//! Stems are numbered as they are first met, so that those met most have small numbers; each takes as many bytes as its
//! number needs, seven bits a byte, the lowest first (LEB128, as in DWARF 5, section 7.6).

/// Ends a run of content words: a stop word, a number, a mark of punctuation, the end of a passage.
pub(super) const BREAK: u32 = u32::MAX;

/// The runs of a text, passage by passage.
#[derive(Default)]
pub(super) struct Runs {
    /// Stems, counted from 1, and breaks, which are 0.
    bytes: Vec<u8>,
    /// Where in `bytes` each passage begins.
    passages: Vec<u32>,
    /// Running words, stop words included.
    words: usize,
    /// The last stem of the open passage was no break, so that a run is open.
    open: bool,
}

impl Runs {
    /// What is pushed from here on stands in the next passage.
    pub(super) fn begin_passage(&mut self) {
        self.passages.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        self.open = false;
    }

    /// Counts one running word, of whatever kind.
    pub(super) fn count_word(&mut self) {
        self.words += 1;
    }

    /// Adds a stem, or ends the run that is open.
    pub(super) fn push(&mut self, stem: u32) {
        if stem != BREAK || self.open {
            write(&mut self.bytes, stem.wrapping_add(1));
        }
        self.open = stem != BREAK;
    }

    /// How many passages there are.
    pub(super) fn passage_count(&self) -> usize {
        self.passages.len()
    }

    /// Mean length of a passage in running words.
    pub(super) fn mean_length(&self) -> f32 {
        self.words as f32 / self.passages.len().max(1) as f32
    }

    /// Each run in turn, with the passage that it stands in, counted from 0.
    pub(super) fn each(&self, mut run: impl FnMut(usize, &[u32])) {
        let mut stems = Vec::new();
        for (passage, start) in self.passages.iter().enumerate() {
            let end = self.passages.get(passage + 1).map_or(self.bytes.len(), |end| *end as usize);
            let mut bytes = self.bytes[*start as usize..end].iter();
            while let Some(number) = read(&mut bytes) {
                if number > 0 {
                    stems.push(number - 1);
                } else {
                    run(passage, &stems);
                    stems.clear();
                }
            }
            if !stems.is_empty() {
                run(passage, &stems);
                stems.clear();
            }
        }
    }
}

fn write(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read<'b>(bytes: &mut impl Iterator<Item = &'b u8>) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return Some(number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_pushed_comes_back_run_by_run() {
        let large = (1 << 21) - 2;
        let mut runs = Runs::default();
        for passage in [&[BREAK, 0, 127, BREAK, BREAK, 128, BREAK][..], &[], &[large, 16_383, BREAK]] {
            runs.begin_passage();
            for stem in passage {
                runs.push(*stem);
            }
        }
        let mut met = Vec::new();
        runs.each(|passage, run| met.push((passage, run.to_vec())));
        assert_eq!(met, [(0, vec![0, 127]), (0, vec![128]), (2, vec![large, 16_383])]);
    }
}
