//! The differences of two versions: what was cut, added, moved, split, merged or reworded, and the way from one to the next.

use std::ops::Range;
use std::sync::Arc;

use super::saying::{numbers, shape};
use super::{Difference, DifferenceKind, Versions};
use crate::align::BeadKind;
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::hinge::joint::Then;
use crate::app::keys::Keys;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::link::Side;
use crate::text::passage::PassageNo;
use crate::text::{Place, Text};
use crate::word::sentence::sentence_at;

/// Reworded passages are differences where they differ by so much more than the middle one does.
const MORE: f32 = 1.5;

impl Versions {
    /// The same, found once and kept.
    fn known_differences(&mut self, side: Side) -> Arc<[Difference]> {
        let first = usize::from(!self.is_first(side));
        if let Some(known) = self.laid().and_then(|laid| laid.differences[first].clone()) {
            return known;
        }
        let all: Arc<[Difference]> = self.differences(side).into();
        if let Some(laid) = self.laid_mut() {
            laid.differences[first] = Some(Arc::clone(&all));
        }
        all
    }

    /// The differences, in the order of the text at a side.
    fn differences(&self, side: Side) -> Vec<Difference> {
        let mut all: Vec<Difference> = Vec::new();
        let mut reached = 0;
        let notable = self.notable();
        for at in 0..self.count() {
            let Some(across) = self.bead(side, at) else { continue };
            let (here, there) = (across.here.clone(), across.there.clone());
            let what = match across.bead.kind {
                BeadKind::OnlyLeft | BeadKind::OnlyRight => DifferenceKind::Alone,
                BeadKind::Moved => DifferenceKind::Moved,
                BeadKind::Same | BeadKind::Changed => match (shape(&across), notable(at)) {
                    (Some(shape), _) => DifferenceKind::Divided(shape),
                    (None, Some(share)) => DifferenceKind::Reworded(share),
                    (None, None) => {
                        reached = here.end;
                        continue;
                    }
                },
            };
            let before = if here.is_empty() { reached } else { here.start };
            if what != DifferenceKind::Moved && !here.is_empty() {
                reached = here.end;
            }
            let goes_on = |last: &Difference| {
                let runs = |a: &Range<u32>, b: &Range<u32>| a.is_empty() && b.is_empty() || a.end == b.start;
                matches!(what, DifferenceKind::Alone | DifferenceKind::Moved)
                    && last.what == what
                    && last.here.is_empty() == here.is_empty()
                    && runs(&last.here, &here)
                    && runs(&last.there, &there)
            };
            match all.last_mut().filter(|last| goes_on(last)) {
                Some(last) => {
                    last.here.end = last.here.end.max(here.end);
                    last.there.end = last.there.end.max(there.end);
                }
                None => all.push(Difference { before, here, there, what }),
            }
        }
        all.sort_by_key(|difference| (difference.before, !difference.here.is_empty()));
        all
    }

    /// What is to be said with a count of differences: that the words are not compared yet.
    fn still_comparing(&self) -> &'static str {
        if self.is_comparing_words() { " · words still being compared" } else { "" }
    }

    /// The difference that was gone to last, and where: it keeps its place among more of them.
    pub(super) fn last_stepped(&mut self) -> Option<(Side, Place, Difference)> {
        let (side, place, at) = self.stepped?;
        Some((side, place, self.known_differences(side).get(at)?.clone()))
    }

    /// Remembers the difference the reader went to last, by its current number.
    pub(super) fn step_again(&mut self, last: Option<(Side, Place, Difference)>) {
        self.stepped = last.and_then(|(side, place, was)| {
            let at = self.known_differences(side).iter().position(|d| d.is_at(&was))?;
            Some((side, place, at))
        });
    }

    /// Says of a bead by how much it was reworded, where that is to be noted: in an edition that leaves most passages as
    /// they were, any; else what was reworded more than others.
    fn notable(&self) -> impl Fn(usize) -> Option<f32> {
        let reworded = self.reworded();
        let same = self.laid().map_or(0, |laid| laid.told.tally().same);
        let mut shares: Vec<f32> = reworded.iter().map(|(_, share)| *share).collect();
        shares.sort_by(f32::total_cmp);
        let middle = shares.get(shares.len() / 2).copied().unwrap_or(0.0);
        let least = if same >= reworded.len() { 0.0 } else { MORE * middle };
        let notable: Vec<(usize, f32)> =
            reworded.iter().copied().filter(|(_, share)| *share > 0.0 && *share >= least).collect();
        move |at| notable.binary_search_by_key(&at, |(bead, _)| *bead).ok().map(|found| notable[found].1)
    }

    /// The first words on both sides of a difference in the list, left first; `None` where one side has nothing.
    pub fn wordings_of_difference<'h>(&self, halves: &'h Halves, index: usize) -> [Option<&'h str>; 2] {
        let Some(difference) = self.listed.get(index) else { return [None, None] };
        let of = |side: Side, range: &Range<u32>| {
            let text = halves.pane(side).text()?;
            (!range.is_empty()).then(|| text.passage_str(PassageNo(range.start + 1)))
        };
        let lead = halves.focus();
        let (here, there) = (of(lead, &difference.here), of(lead.other(), &difference.there));
        if lead == Side::Left { [here, there] } else { [there, here] }
    }
}

impl Versions {
    /// The differences; where there are none to show, why.
    fn differences_or_why(&mut self, halves: &Halves, hinge: &Hinge, keys: &Keys) -> Result<Arc<[Difference]>, String> {
        if !self.is_laid() {
            return Err(self.why_not_laid(halves, hinge, keys));
        }
        let all = self.known_differences(halves.focus());
        if all.is_empty() {
            let still = self.still_comparing();
            return Err(format!("the two versions have the same passages in the same order, one for one{still}"));
        }
        Ok(all)
    }

    /// The list of them.
    pub(in crate::app) fn list(&mut self, halves: &Halves, hinge: &Hinge, keys: &Keys) -> Result<Picker, String> {
        let all = self.differences_or_why(halves, hinge, keys)?;
        let here = halves.lead().current().map_or(0, |p| p.0 - 1);
        let selected = all.iter().rposition(|d| d.before <= here).unwrap_or(0);
        let items = all.iter().enumerate().map(|(at, difference)| halves.difference_item(at, difference)).collect();
        self.listed = all;
        Ok(Picker::new(PickerKind::Differences, items, selected))
    }
}

impl Difference {
    /// Whether it is where another one is.
    fn is_at(&self, other: &Self) -> bool {
        (self.before, &self.here, &self.there) == (other.before, &other.here, &other.there)
    }

    /// What it is, in a word or two, where the leading text is at this side.
    pub(crate) fn word(&self, side: Side) -> String {
        let left = (side == Side::Left) == self.there.is_empty();
        match &self.what {
            DifferenceKind::Alone if left => "cut".to_owned(),
            DifferenceKind::Alone => "added".to_owned(),
            DifferenceKind::Moved => "moved".to_owned(),
            DifferenceKind::Divided(how) => how.clone(),
            DifferenceKind::Reworded(share) => format!("reworded {:.0} %", (share * 100.0).max(1.0)),
        }
    }

    /// Its passages, the left text's first: `¶¶5–7 ⇄ ·`.
    pub(crate) fn places(&self, side: Side) -> String {
        let of = |range: &Range<u32>| if range.is_empty() { "·".to_owned() } else { numbers(range) };
        let (here, there) = (of(&self.here), of(&self.there));
        if side == Side::Left { format!("{here} ⇄ {there}") } else { format!("{there} ⇄ {here}") }
    }
}

impl App {
    /// Goes to the next difference of the two versions, or for a negative number, one before.
    pub(in crate::app) fn step_difference(&mut self, by: i64) {
        let side = self.halves.focus();
        let all = match self.versions.differences_or_why(&self.halves, &self.hinge, &self.keys) {
            Ok(all) => all,
            Err(why) => return self.out.tell(why),
        };
        let here = self.halves.lead().place;
        let stepped = self.versions.stepped.filter(|(at, place, _)| *at == side && *place == here);
        let target = if let Some((_, _, at)) = stepped {
            at as i64 + by
        } else {
            let Some(passage) = self.halves.lead().current().map(|p| p.0 - 1) else { return };
            let begins = self.halves.lead().text().and_then(|text| place_of(text, passage)) == Some(here);
            let before = all.partition_point(|d| d.before < passage) as i64;
            let inside = all.partition_point(|d| d.before <= passage) as i64;
            match by {
                1.. => inside + by - 1,
                _ if begins => before + by,
                _ => inside + by,
            }
        };
        let count = all.len() as i64;
        if !(0..count).contains(&target) {
            let (end, first) = if by > 0 { ("last", "after") } else { ("first", "before") };
            let still = self.versions.still_comparing();
            return self.out.tell(format!("that is the {end} difference: nothing differs {first} it{still}"));
        }
        self.go_to_difference(&all, target as usize);
    }

    /// Goes to a difference of the list.
    pub(in crate::app) fn go_to_listed_difference(&mut self, index: usize) {
        let listed = std::mem::take(&mut self.versions.listed);
        let all = self.versions.known_differences(self.halves.focus());
        // More may be known by now than when the list was opened.
        match listed.get(index).and_then(|chosen| all.iter().position(|d| d.is_at(chosen))) {
            Some(index) => self.go_to_difference(&all, index),
            None => self.go_to_difference(&listed, index),
        }
    }

    fn go_to_difference(&mut self, all: &[Difference], index: usize) {
        let Some(difference) = all.get(index) else { return };
        let side = self.halves.focus();
        let count = self.halves.lead().text().map_or(0, Text::passage_count) as u32;
        let passage = PassageNo((difference.before + 1).min(count.max(1)));
        self.leave();
        self.halves.lead_mut().jump_to_passage(passage, None);
        self.hinge.begin();
        self.hinge.set_pinned(difference.here.is_empty());
        if difference.here.is_empty() {
            // What only the other text has is looked at there; here is where it would stand.
            self.halves.pane_mut(side.other()).jump_to_passage(PassageNo(difference.there.start + 1), None);
        } else {
            self.versions.set_level(&mut self.halves, &mut self.out);
        }
        self.versions.stepped = Some((side, self.halves.lead().place, index));
        let (word, places) = (difference.word(side), difference.places(side));
        self.ask(passage, Then::Tell);
        let still = self.versions.still_comparing();
        self.out.tell(format!("difference {} of {} · {word} · {places}{still}", index + 1, all.len()));
    }
}

impl Halves {
    /// The first sentence of a passage that is counted from 0.
    fn opening_at(&self, side: Side, passage: u32) -> String {
        let Some(text) = self.pane(side).text() else { return String::new() };
        let string = text.passage_str(PassageNo(passage + 1));
        string[sentence_at(string, 0)].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn difference_item(&self, index: usize, difference: &Difference) -> Item {
        let side = self.focus();
        let word = difference.word(side);
        let (count, opening) = if difference.here.is_empty() {
            (difference.there.len(), self.opening_at(side.other(), difference.there.start))
        } else {
            (difference.here.len(), self.opening_at(side, difference.here.start))
        };
        let many = if count > 1 && matches!(difference.what, DifferenceKind::Alone | DifferenceKind::Moved) {
            format!(" · {count} passages")
        } else {
            String::new()
        };
        Item {
            label: format!("{word}{many} · {opening}"),
            detail: difference.places(side),
            about: String::new(),
            depth: 0,
            dim: matches!(difference.what, DifferenceKind::Reworded(_)),
            choice: Choice::Difference(index),
        }
    }
}

fn place_of(text: &Text, passage: u32) -> Option<Place> {
    Some(Place::new(text.numbering().block_of(PassageNo(passage + 1))? as u32, 0))
}
