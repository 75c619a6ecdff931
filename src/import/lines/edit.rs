//! Small changes to the letters of a source: a lost space put back, the mark of a note set in brackets.

use std::ops::Range;

/// Changes in order of their place.
#[derive(Debug, Clone, Default)]
pub(in crate::import) struct Edits {
    all: Vec<Edit>,
}

#[derive(Debug, Clone)]
struct Edit {
    at: u32,
    removed: u32,
    inserted: Box<str>,
}

impl Edits {
    /// Adds a change: `removed` bytes at byte `at` of the source give way to `inserted`.
    pub(crate) fn add(&mut self, at: u32, removed: u32, inserted: &str) {
        self.all.push(Edit { at, removed, inserted: inserted.into() });
    }

    /// To be called when all have been added.
    pub(crate) fn sort(&mut self) {
        self.all.sort_by_key(|e| (e.at, e.removed));
    }

    /// Writes a range of the source with its changes.
    pub(crate) fn apply(&self, source: &str, range: Range<u32>, out: &mut String) {
        let first = self.all.partition_point(|e| e.at < range.start);
        // What a change before the range removes may reach into it.
        let reach = |edit: &Edit| edit.at + edit.removed;
        let mut at = self.all[..first].last().map_or(range.start, reach).clamp(range.start, range.end);
        for edit in self.all[first..].iter().take_while(|e| e.at < range.end) {
            if edit.at < at {
                continue;
            }
            out.push_str(&source[at as usize..edit.at as usize]);
            out.push_str(&edit.inserted);
            at = (edit.at + edit.removed).min(range.end);
        }
        out.push_str(&source[at as usize..range.end as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_made_once_wherever_a_source_is_parted() {
        let source = "Bends . . . . 11";
        let mut edits = Edits::default();
        edits.add(5, 9, " ");
        edits.sort();
        for parted in 0..source.len() as u32 {
            let mut out = String::new();
            edits.apply(source, 0..parted, &mut out);
            edits.apply(source, parted..source.len() as u32, &mut out);
            assert_eq!(out, "Bends 11", "{parted}");
        }
    }
}
