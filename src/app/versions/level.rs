//! Place sync: the other pane is kept level with the one that leads, passage by passage and sentence by sentence. Only
//! what is known already is looked up: nothing is computed while a key waits.

use super::inside::{Tie, along, in_order};
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::out::Out;
use crate::app::pane::Pane;
use crate::app::versions::Versions;
use crate::app::work::sentences::Inside as AskInside;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::model::settings::Sync;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::text::{Place, Text};

/// Where the other pane is to stand.
enum Stand {
    /// With this place at the reading line.
    At(Place),
    /// That many rows before it, but no further than the passage above.
    Before(Place, u16),
    /// Where it is, as long as this place, before which the gap is, is near.
    Waits(Place),
}

/// A pane that waits stays where it is while the place it waits at is within so many rows of its reading line.
const NEAR: u16 = 3;

impl Versions {
    /// The sentences cannot be looked at: passages are level by their lengths.
    pub(in crate::app) fn not_looked_inside(&mut self, beads: &[usize]) {
        if let Some(laid) = self.laid_mut() {
            laid.inside.learn(beads.iter().map(|bead| (*bead, Vec::new())).collect());
        }
    }

    /// Whether place sync is on, and the texts are aligned.
    pub fn keeps_level(&self, hinge: &Hinge) -> bool {
        hinge.sync() == Sync::Place && self.is_laid()
    }

    /// Where the other pane is to stand; `None` where nothing is across, as from a footnote.
    fn stand_across(&self, halves: &Halves, lead: Side) -> Option<Stand> {
        let (here, there) = (halves.pane(lead), halves.pane(lead.other()));
        let (text, other) = (here.text()?, there.text()?);
        if text.blocks().get(here.place.block as usize).is_some_and(|block| block.kind == BlockKind::Footnote) {
            return None;
        }
        let across = self.across(lead, here.current()?)?;
        if across.is_only_here() {
            let point = self.point(across.at);
            return Some(Stand::Waits(start_of(other, point).unwrap_or_else(|| end_of(other))));
        }
        let from = start_of(text, across.here.start)?;
        let to = match across.heading() {
            Some(block) => Place::new(block, 0),
            None => start_of(other, across.there.start)?,
        };
        let before = here.place < from || (here.place.block == from.block && here.gap > 0);
        if before {
            return Some(Stand::Before(to, here.rows_to(from.block)));
        }
        if across.heading().is_some() {
            return Some(Stand::At(to));
        }
        let ends = |text: &Text, last: u32| {
            let block = text.numbering().block_of(PassageNo(last))?;
            Some(text.blocks()[block].range().end)
        };
        let first = self.is_first(lead);
        let turned = |(l, r): Tie| if first { (l, r) } else { (r, l) };
        let inside = self.laid()?.inside.of(across.at);
        let mut ties: Vec<Tie> = vec![(text.offset_of(from), other.offset_of(to))];
        ties.extend(inside.iter().flat_map(|ties| ties.iter()).map(|tie| turned(*tie)));
        // What the reader has joined is level by itself, whatever else is of its bead.
        let joined = self.laid()?.newest().pairs().map(|(l, r)| if first { (l, r) } else { (r, l) });
        let joined = joined.filter(|(here, there)| {
            across.here.contains(&here.0.wrapping_sub(1)) && across.there.contains(&there.0.wrapping_sub(1))
        });
        ties.extend(joined.filter_map(|(here, there)| {
            let (here, there) = (start_of(text, here.0 - 1)?, start_of(other, there.0 - 1)?);
            Some((text.offset_of(here), other.offset_of(there)))
        }));
        ties.push((ends(text, across.here.end)?, ends(other, across.there.end)?));
        in_order(&mut ties);
        Some(Stand::At(other.place_of(along(&ties, text.offset_of(here.place)))))
    }

    /// Has the sentences of the bead being read, and of its neighbours, aligned, unless that has been done.
    fn look_inside(&mut self, halves: &Halves, out: &mut Out) {
        let lead = halves.focus();
        let Some(passage) = halves.pane(lead).current() else { return };
        let Some(at) = self.across(lead, passage).map(|across| across.at) else { return };
        let Some(laid) = self.laid_mut().filter(|laid| laid.inside.asked.is_none()) else { return };
        let wanted = [Some(at), at.checked_add(1), at.checked_sub(1)].into_iter().flatten();
        let unknown =
            |at: &usize| laid.told.beads().get(*at).is_some_and(|bead| !bead.is_gap()) && laid.inside.of(*at).is_none();
        let beads: Vec<usize> = wanted.filter(unknown).collect();
        if beads.is_empty() {
            return;
        }
        let ticket = Ticket::new();
        laid.inside.asked = Some(ticket.clone());
        let alignment = laid.told.clone();
        out.ask_while(&ticket, AskInside { alignment, beads });
    }

    /// The same whatever the other pane follows otherwise.
    pub(in crate::app) fn set_level(&mut self, halves: &mut Halves, out: &mut Out) {
        let lead = halves.focus();
        let Some(stand) = self.stand_across(halves, lead) else { return };
        let line = halves.pane(lead).line;
        let other = halves.pane_mut(lead.other());
        match stand {
            Stand::At(place) => other.stand(place, 0, line),
            Stand::Before(place, rows) => other.stand(place, rows, line),
            Stand::Waits(place) if other.is_near(place, NEAR) => {}
            Stand::Waits(place) => other.stand(place, 1, line),
        }
        self.put = Some((lead.other(), other.place, other.gap));
        self.look_inside(halves, out);
    }

    /// Sets the other pane level with the one that leads, in place sync.
    pub(in crate::app) fn level(&mut self, halves: &mut Halves, hinge: &Hinge, out: &mut Out) {
        if self.keeps_level(hinge) {
            self.set_level(halves, out);
        }
    }

    /// The sentences of some beads are known: what is level by its passages may be level by its sentences now.
    pub(in crate::app) fn looked_inside(
        &mut self,
        halves: &mut Halves,
        hinge: &Hinge,
        out: &mut Out,
        found: Vec<(usize, Vec<Tie>)>,
    ) {
        let Some(laid) = self.laid_mut() else { return };
        laid.inside.learn(found);
        // Where the reader has moved the other pane meanwhile, or leads with it now, it stays where it is.
        let other = halves.focus().other();
        let pane = halves.pane(other);
        if self.put == Some((other, pane.place, pane.gap)) {
            self.level_unless_pinned(halves, hinge, out);
        }
    }
}

/// The start of a passage that is counted from 0.
fn start_of(text: &Text, passage: u32) -> Option<Place> {
    Some(Place::new(text.numbering().block_of(PassageNo(passage + 1))? as u32, 0))
}

/// The end of the last passage.
fn end_of(text: &Text) -> Place {
    let last = PassageNo(text.passage_count() as u32);
    let block = text.numbering().block_of(last).unwrap_or(0);
    Place::new(block as u32, text.blocks().get(block).map_or(0, |_| text.block_str(block).len()) as u32)
}

impl Pane {
    /// Brings `place` to screen row `line`, or of the rows before it that belong to no other passage the one that is `up`
    /// rows higher, or as near to that as there is one.
    fn stand(&mut self, place: Place, up: u16, line: u16) {
        self.jump(place, line);
        let Some(row) = self.row_above(up) else { return };
        self.rest_at(row);
    }
}
