//! Versions of one work: whether the two open texts are, how they lie along each other, and how the other pane is kept
//! level with the one that leads.

mod answers;
mod asking;
pub(crate) mod differences;
pub(in crate::app) mod inside;
mod known;
mod level;
mod saying;
mod wording;

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use self::inside::Inside;
use crate::align::changed::Marks;
use crate::align::judged_pairs::JudgedPairs;
use crate::align::one_work::{Verdict, verdict};
use crate::align::{Alignment, Bead, BeadKind, Tally};
use crate::app::halves::TwoSided;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::model::settings::Sync;
use crate::model::snapshot::TextPair;
use crate::text::Place;
use crate::text::passage::PassageNo;

/// What has been found out about the two texts as versions of one work.
#[derive(Debug, Default)]
pub struct Versions {
    known: Option<KnownPair>,
    /// The alignment that is under way.
    asked: Option<Aligning>,
    /// Who has chosen how the other pane follows.
    chosen: Chosen,
    /// Whether changed words are marked.
    words: bool,
    /// The difference that was gone to last: on which side, to which place, and which it is.
    stepped: Option<(Side, Place, usize)>,
    /// The differences that the open list shows.
    listed: Arc<[Difference]>,
    /// The pane that was last set level, and the place and the gap that this gave it.
    put: Option<(Side, Place, u8)>,
}

/// An alignment that is under way.
#[derive(Debug)]
struct Aligning {
    percent: u8,
    /// Whether the reader waits for it.
    awaited: bool,
    /// The worker continues as long as this is held.
    #[expect(dead_code, reason = "held")]
    ticket: Ticket,
}

/// Who has chosen how the other pane follows.
#[derive(Debug, Default)]
enum Chosen {
    /// Nobody: it follows as it does where nothing is set.
    #[default]
    Nobody,
    /// The settings.
    Settings,
    /// Place sync was chosen by itself: another text ends it.
    Itself,
    /// The reader, for these two texts, now or when they were read before: another pair ends it. Without a pair as long as
    /// one of the texts is still to come.
    Reader(Option<TextPair>),
}

impl Chosen {
    /// Before the reader has chosen: the settings have, where they say something else than is so without them.
    fn before_the_reader(settings: Sync) -> Self {
        if settings == Sync::default() { Self::Nobody } else { Self::Settings }
    }
}

/// What has been found out about two texts as versions of one work.
#[derive(Debug)]
struct KnownPair {
    /// Their versions, left and right.
    versions: (u64, u64),
    /// Whether what is the left text of the alignment stands at the right now.
    turned: bool,
    /// How sure it is that they are one work.
    score: f32,
    /// How many passages the shorter one has.
    passages: usize,
    /// How they lie along each other by themselves, and as the reader has said; `None` where they are not one work.
    laid: Option<Laid>,
}

#[derive(Debug)]
struct Laid {
    base: Arc<Alignment>,
    told: Arc<Alignment>,
    /// The judgements that `told` follows.
    said: JudgedPairs,
    /// Those that an alignment is asked for.
    asked: Option<JudgedPairs>,
    inside: Inside,
    wording: Wording,
    /// The differences as the left text of the alignment has them, or its right one, once they were asked for.
    differences: [Option<Arc<[Difference]>>; 2],
}

impl Laid {
    fn new(alignment: Arc<Alignment>) -> Self {
        Self {
            base: Arc::clone(&alignment),
            told: alignment,
            said: JudgedPairs::default(),
            asked: None,
            inside: Inside::default(),
            wording: Wording::default(),
            differences: [None, None],
        }
    }

    /// What the reader has said last, whether the alignment follows it already or not.
    fn newest(&self) -> &JudgedPairs {
        self.asked.as_ref().unwrap_or(&self.said)
    }

    /// Switches to the alignment that follows the judgements. Everything derived from the previous one is dropped.
    fn tell(&mut self, told: Arc<Alignment>, said: JudgedPairs) {
        let base = Arc::clone(&self.base);
        *self = Self { told, said, ..Self::new(base) };
    }
}

/// How the wording of two versions differs, as far as it has been compared.
#[derive(Debug, Default)]
struct Wording {
    /// The beads whose wording differs, in order, each with the share of words that differ; `None` until compared.
    reworded: Option<Vec<(usize, f32)>>,
    counted: Option<Ticket>,
    known: VecDeque<(usize, Arc<[Marks; 2]>)>,
    asked: Option<Ticket>,
}

/// A difference of two versions, as it is seen from the text that leads.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    /// Before which passage of the leading text it is, counted from 0: the first of its own, where it has any there.
    pub before: u32,
    /// The passages of the leading text.
    pub here: Range<u32>,
    /// Those of the other one.
    pub there: Range<u32>,
    /// What it is.
    pub what: DifferenceKind,
}

/// What two versions differ in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum DifferenceKind {
    /// Only one of them has it.
    Alone,
    /// It stands elsewhere.
    Moved,
    /// It is one passage here and several there, or the other way round.
    Divided(String),
    /// So much of the words, 0 to 1, is not in both.
    Reworded(f32),
}

/// A bead as it is seen from a side.
#[derive(Debug, Clone)]
pub struct Across<'a> {
    /// Its place among the beads.
    pub at: usize,
    /// The bead.
    pub bead: &'a Bead,
    /// The passages of this side, counted from 0.
    pub here: Range<u32>,
    /// Those of the other side.
    pub there: Range<u32>,
}

impl Across<'_> {
    /// Whether only this side has it.
    pub fn is_only_here(&self) -> bool {
        self.there.is_empty() && self.bead.is_gap()
    }

    /// Whether only the other side has it.
    pub fn is_only_there(&self) -> bool {
        self.here.is_empty() && self.bead.is_gap()
    }

    /// Whether it lies across from something, at one place of the order of both texts.
    pub fn is_across(&self) -> bool {
        !self.bead.is_gap() && !self.is_moved()
    }

    /// The heading of the other text that a passage of this side is level with: its block.
    pub fn heading(&self) -> Option<u32> {
        self.bead.heading.filter(|_| !self.here.is_empty())
    }

    /// Whether it stands elsewhere in the other text.
    pub fn is_moved(&self) -> bool {
        self.bead.kind == BeadKind::Moved
    }
}

impl Versions {
    /// Nothing is known yet; `settings`: how the other pane is to follow by them.
    pub(super) fn new(settings: Sync) -> Self {
        Self { chosen: Chosen::before_the_reader(settings), ..Self::default() }
    }

    /// How the other pane follows, where the reader has chosen it.
    pub(in crate::app) fn chosen_sync(&self, sync: Sync) -> Option<Sync> {
        matches!(self.chosen, Chosen::Reader(_)).then_some(sync)
    }

    /// Whether the texts are aligned.
    fn is_laid(&self) -> bool {
        self.laid().is_some()
    }

    /// How sure it is that they are one work, and what that says.
    pub fn score(&self) -> Option<(f32, Verdict)> {
        self.known.as_ref().map(|known| (known.score, verdict(known.score, known.passages)))
    }

    /// Whether they are versions of one work; `None` where that is not known.
    pub(in crate::app) fn are_one_work(&self) -> Option<bool> {
        self.score().map(|(_, verdict)| verdict == Verdict::OneWork)
    }

    /// How far the alignment that is under way is, in percent.
    pub fn percent(&self) -> Option<u8> {
        self.asked.as_ref().map(|asked| asked.percent)
    }

    /// How much of both texts has something across, the text at the left first.
    pub fn tally(&self) -> Option<Tally> {
        let tally = self.laid()?.told.tally();
        Some(if self.is_turned() { Tally { left: tally.right, right: tally.left, ..tally } } else { tally })
    }

    /// The bead of a passage.
    pub fn across(&self, side: Side, passage: PassageNo) -> Option<Across<'_>> {
        let told = &self.laid()?.told;
        let at = if self.is_first(side) { told.of_left(passage) } else { told.of_right(passage) }?;
        self.bead(side, at)
    }

    /// The bead at a place among them.
    pub fn bead(&self, side: Side, at: usize) -> Option<Across<'_>> {
        let bead = self.laid()?.told.beads().get(at)?;
        let (here, there) = (bead.left.clone(), bead.right.clone());
        let (here, there) = if self.is_first(side) { (here, there) } else { (there, here) };
        Some(Across { at, bead, here, there })
    }

    /// How many beads there are.
    pub fn count(&self) -> usize {
        self.laid().map_or(0, |laid| laid.told.beads().len())
    }

    /// Where in the other text that would stand which only one side has: before this passage, counted from 0. What was
    /// moved says nothing of it.
    pub(super) fn point(&self, at: usize) -> u32 {
        self.laid().and_then(|laid| laid.told.gap(at)).map_or(0, |gap| gap.point)
    }

    /// The passages around those of a bead that only one side has too, counted from 0.
    pub fn run(&self, at: usize) -> Range<u32> {
        self.laid().and_then(|laid| laid.told.gap(at)).map_or(0..0, |gap| gap.run.clone())
    }

    fn laid(&self) -> Option<&Laid> {
        self.known.as_ref()?.laid.as_ref()
    }

    fn laid_mut(&mut self) -> Option<&mut Laid> {
        self.known.as_mut()?.laid.as_mut()
    }

    fn is_turned(&self) -> bool {
        self.known.as_ref().is_some_and(|known| known.turned)
    }

    /// Whether the text at a side is the left one of the alignment.
    fn is_first(&self, side: Side) -> bool {
        (side == Side::Left) != self.is_turned()
    }
}

impl TwoSided for Versions {
    fn turn(&mut self) {
        if let Some(known) = &mut self.known {
            known.turned = !known.turned;
            known.versions = (known.versions.1, known.versions.0);
        }
        self.put = None;
        if let Chosen::Reader(Some(pair)) = &mut self.chosen {
            *pair = TextPair::new(&pair.right, &pair.left);
        }
    }
}
