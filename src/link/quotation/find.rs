//! Finding: from seeds to places, from places to quotations.

use std::ops::{ControlFlow, Range};

use crate::text::Text;
use crate::topic::Watcher;
use crate::word::language::Language;

use super::SharedQuotation;
use super::align::{Aligner, Alignment};
use super::chain::best_chain;
use super::extent::{Extent, extent};
use super::info::Info;
use super::seed::{STRETCH, Seed, seeds};
use super::stream::{Reader, Stems, Stream, Word};

/// How many content words around the seeds are looked at.
const AROUND: u32 = 20;
/// No more content words of a place are looked at.
const LONGEST: u32 = 700;
/// A place is looked at closely when the words of its seeds tell this part of what a quotation must.
const PROMISING: f32 = 0.5;
/// How much more than chance a quotation must tell, in nats.
const MARGIN: f32 = 14.0;
/// What quotation marks around it on one side tell.
const MARKED: f32 = 5.0;
/// How many content words other than names must be the same; fewer where it is marked: a title is no quotation.
const WORDS: [usize; 3] = [6, 5, 4];
/// How many words, and how many content words among them, must stand in a row in both where neither side marks anything:
/// else it is the same point in other words.
const IN_A_ROW: [usize; 2] = [5, 3];
/// Which share of the content words of the shorter side must be the same, and of the longer side if nothing is marked
/// as cut.
const SHARE: [f32; 2] = [0.6, 0.45];
/// Score of a quotation: how fast it grows with what the quotation tells above what it must.
const STEEP: f32 = 5.0;
/// How many quotations are told apart at one place at most.
const AGAIN: usize = 3;
/// In how many places two passages share quotations at most.
const MOST_CROWDS: usize = 12;

/// Which block of the left text and which of the right one are looked at together.
type Wanted<'w> = &'w dyn Fn(usize, usize) -> bool;

/// The quotations that two texts in these languages share.
pub(super) fn find(
    left: &Text,
    right: &Text,
    languages: [Language; 2],
    watch: Watcher<'_>,
) -> ControlFlow<(), Vec<SharedQuotation>> {
    with_finder([left, right], languages, watch, |finder| finder.all(&|_, _| true, watch))
}

/// Those of them that block `here` of the left text has, and then those that the blocks of the right text have which `across`
/// names, once it has seen these.
pub(super) fn find_around(
    texts: [&Text; 2],
    languages: [Language; 2],
    here: usize,
    across: &mut dyn FnMut(&[SharedQuotation]) -> Vec<usize>,
) -> Vec<SharedQuotation> {
    let go_on = |_, _| ControlFlow::Continue(());
    let found = with_finder(texts, languages, &go_on, |finder| {
        finder.all(&|left, _| left == here, &go_on)?;
        let there = across(&finder.found);
        if there.is_empty() {
            return ControlFlow::Continue(());
        }
        finder.all(&|left, right| left != here && there.contains(&right), &go_on)
    });
    found.continue_value().unwrap_or_default()
}

fn with_finder(
    [left, right]: [&Text; 2],
    languages: [Language; 2],
    watch: Watcher<'_>,
    find: impl FnOnce(&mut Finder<'_>) -> ControlFlow<()>,
) -> ControlFlow<(), Vec<SharedQuotation>> {
    let mut stems = Stems::default();
    let (mut on_left, mut on_right) = (Reader::new(left, languages[0]), Reader::new(right, languages[1]));
    let left_stream = on_left.stream(&mut stems);
    watch(0, left_stream.blocks.len() + 1)?;
    let right_stream = on_right.stream(&mut stems);
    let info = Info::of(&stems, [&left_stream, &right_stream], languages.contains(&Language::English));
    let places = (left_stream.stems.len() as f32 + 1.0).ln() + (right_stream.stems.len() as f32 + 1.0).ln();
    let mut finder = Finder {
        readers: [on_left, on_right],
        streams: [&left_stream, &right_stream],
        stems,
        info,
        must: places + MARGIN,
        aligner: Aligner::default(),
        found: Vec::new(),
        of_block: 0,
    };
    find(&mut finder)?;
    let mut found = finder.found;
    found.sort_by_key(|q| (q.left.start, q.right.start));
    ControlFlow::Continue(found)
}

struct Finder<'a> {
    readers: [Reader<'a>; 2],
    streams: [&'a Stream; 2],
    stems: Stems,
    info: Info,
    /// What a quotation must tell, in nats.
    must: f32,
    aligner: Aligner,
    found: Vec<SharedQuotation>,
    /// The first found in the block of the left text that is looked at.
    of_block: usize,
}

/// Whether enough words stand in a row on both sides.
fn is_verbatim(pairs: &[(usize, usize)], words: [&[Word]; 2]) -> bool {
    let is_same = |pair: &(usize, usize)| words[0][pair.0].stem == words[1][pair.1].stem;
    let goes_on = |one: &(usize, usize), other: &(usize, usize)| {
        is_same(one) && is_same(other) && (one.0 + 1, one.1 + 1) == *other
    };
    pairs.chunk_by(goes_on).any(|row| {
        let content = row.iter().filter(|(at, _)| !words[0][*at].stop).count();
        row.len() >= IN_A_ROW[0] && content >= IN_A_ROW[1]
    })
}

/// Where seeds crowd: an entry of the blocks of each stream, and positions of content words.
struct Crowd {
    entries: [usize; 2],
    content: [Range<u32>; 2],
}

impl Finder<'_> {
    /// Finds the quotations of the whole text, in the blocks that are wanted.
    fn all(&mut self, wanted: Wanted<'_>, watch: Watcher<'_>) -> ControlFlow<()> {
        let [left, _] = self.streams;
        let mut entry = 0;
        while entry < left.blocks.len() {
            watch(entry + 1, left.blocks.len() + 1)?;
            let from = left.blocks[entry].1;
            let end = left.blocks.partition_point(|b| b.1 < from + STRETCH as u32).max(entry + 1);
            self.stretch(entry..end, wanted, watch)?;
            entry = end;
        }
        ControlFlow::Continue(())
    }

    /// Finds the quotations of a stretch of the left text.
    fn stretch(&mut self, entries: Range<usize>, wanted: Wanted<'_>, watch: Watcher<'_>) -> ControlFlow<()> {
        let [left, right] = self.streams;
        let mut by_block: Vec<(u32, u32, Seed)> = seeds(left, entries, right)
            .into_iter()
            .map(|s| (left.block_of(s.here) as u32, right.block_of(s.there) as u32, s))
            .filter(|(l, r, _)| wanted(left.blocks[*l as usize].0 as usize, right.blocks[*r as usize].0 as usize))
            .collect();
        by_block.sort_unstable();
        let mut last_block = 0;
        for (nth, same) in by_block.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).enumerate() {
            if nth % 256 == 0 {
                watch(same[0].0 as usize + 1, left.blocks.len() + 1)?;
            }
            if nth == 0 || same[0].0 != last_block {
                (last_block, self.of_block) = (same[0].0, self.found.len());
            }
            self.crowds(same);
        }
        ControlFlow::Continue(())
    }

    /// Looks at each place where the seeds of two blocks go on in the order of both, the most telling first.
    fn crowds(&mut self, seeds: &[(u32, u32, Seed)]) {
        let mut rest: Vec<Seed> = seeds.iter().map(|s| s.2).collect();
        let entries = [seeds[0].0 as usize, seeds[0].1 as usize];
        for _ in 0..MOST_CROWDS {
            let tells = |seed: Seed| self.info.alone(self.streams[0].stems[seed.here as usize]);
            let Some(chain) = best_chain(&rest, tells) else { return };
            if chain.told < PROMISING * self.must {
                return;
            }
            let around = |side: usize, (from, to): (u32, u32)| {
                let whole = self.streams[side].range_of(entries[side]);
                let from = from.saturating_sub(AROUND).max(whole.start);
                from..(to + AROUND).min(whole.end).min(from + LONGEST)
            };
            let content = [around(0, chain.here), around(1, chain.there)];
            rest.retain(|s| !content[0].contains(&s.here) || !content[1].contains(&s.there));
            self.look_at(&Crowd { entries, content });
        }
    }

    /// Aligns the words of a crowd, and keeps what is a quotation.
    fn look_at(&mut self, crowd: &Crowd) {
        let blocks = [0, 1].map(|side| self.streams[side].blocks[crowd.entries[side]]);
        let mut words = [Vec::new(), Vec::new()];
        for side in [0, 1] {
            let (block, begin) = blocks[side];
            let content = &crowd.content[side];
            let content = (content.start - begin) as usize..(content.end - begin) as usize;
            words[side] = self.readers[side].words(block as usize, content, &mut self.stems);
        }
        let mut taken = [vec![false; words[0].len()], vec![false; words[1].len()]];
        for _ in 0..AGAIN {
            let found = self.aligner.align([&words[0], &words[1]], [&taken[0], &taken[1]], &self.info, &self.stems);
            let Some(mut alignment) = found.filter(|a| a.score >= self.must - 2.0 * MARKED) else { return };
            let (Some(first), Some(last)) = (alignment.pairs.first(), alignment.pairs.last()) else { return };
            let spans = [first.0..last.0 + 1, first.1..last.1 + 1];
            taken[0][spans[0].clone()].fill(true);
            taken[1][spans[1].clone()].fill(true);
            let extents = [0, 1].map(|side| {
                let words = &words[side][spans[side].clone()];
                let range = words[0].range.start..words[words.len() - 1].range.end;
                extent(self.readers[side].text(), blocks[side].0 as usize, &range)
            });
            alignment.begin_at(spans[0].start, spans[1].start);
            self.judge(&alignment, [&words[0][spans[0].clone()], &words[1][spans[1].clone()]], extents);
        }
    }

    /// Keeps an alignment if it tells enough.
    fn judge(&mut self, alignment: &Alignment, words: [&[Word]; 2], extents: [Extent; 2]) {
        let marks = extents.iter().filter(|e| e.marked).count();
        let content = |words: &[Word]| words.iter().filter(|w| !w.stop).count() as f32;
        let [one, other] = words.map(content);
        let same = alignment.pairs.iter().map(|(l, _)| &words[0][*l]).filter(|w| !w.stop && !w.name).count();
        let above = alignment.score - (self.must - MARKED * marks as f32);
        let cut = words.iter().any(|words| words[1..].iter().any(|w| w.gap));
        let dense = alignment.content as f32 >= SHARE[0] * one.min(other)
            && (cut || alignment.content as f32 >= SHARE[1] * one.max(other));
        if above < 0.0 || same < WORDS[marks] || !dense || (marks == 0 && !is_verbatim(&alignment.pairs, words)) {
            return;
        }
        let [left, right] = extents;
        self.keep(SharedQuotation {
            left: left.range,
            right: right.range,
            score: 1.0 / (1.0 + (-above / STEEP).exp()),
            marked: [left.marked, right.marked],
        });
    }

    /// Keeps a quotation; what overlaps it on both sides is the same one, in another order.
    fn keep(&mut self, mut found: SharedQuotation) {
        let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        let join = |a: &Range<usize>, b: &Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        let mut at = self.of_block;
        while let Some(known) = self.found.get(at) {
            if overlap(&known.left, &found.left) && overlap(&known.right, &found.right) {
                let (known_marked, found_marked) = (known.marked, found.marked);
                // What only one of the two has between marks is not widened beyond these.
                for (side, known, found) in [(0, &known.left, &mut found.left), (1, &known.right, &mut found.right)] {
                    *found = match (known_marked[side], found_marked[side]) {
                        (true, false) => known.clone(),
                        (false, true) => found.clone(),
                        _ => join(known, found),
                    };
                }
                found.score = known.score.max(found.score);
                found.marked = [known.marked[0] || found.marked[0], known.marked[1] || found.marked[1]];
                self.found.swap_remove(at);
            } else {
                at += 1;
            }
        }
        self.found.push(found);
    }
}
