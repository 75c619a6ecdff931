//! The two halves of the screen: what belongs to one side, and which of them leads.

use super::areas::{Areas, Arrangement, divide};
use super::margin::Margin;
use super::pane::{Pane, Reading, Viewport};
use super::selection::Selection;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::notes::PlacedNote;

/// Everything that belongs to one side.
#[derive(Debug, Default)]
struct Half {
    /// The text, and where the reader is in it.
    pane: Pane,
    /// The signs beside the text.
    margin: Margin,
    /// What is being read for it.
    reading: Option<Reading>,
    /// How far the study of its text is, in percent.
    progress: Option<u8>,
    /// Whether a link, a mark or the reader put the pane where it is; if so, a remembered position does not move it.
    directed: bool,
    /// Where the reader's notes are in its text.
    notes: Vec<PlacedNote>,
}

/// Both halves.
#[derive(Debug)]
pub struct Halves {
    left: Half,
    right: Half,
    /// The side that leads.
    focus: Side,
    /// What is selected in one of them.
    selection: Option<Selection>,
    /// Where the button of the mouse was pressed: a byte of the text of a pane.
    pressed: Option<(Side, usize)>,
    /// How they are arranged.
    arrangement: Arrangement,
    /// Columns and rows of the screen.
    screen: (u16, u16),
}

/// A part of the session that knows which text is the left one.
pub(super) trait TwoSided {
    /// The two texts exchange sides, with all that hangs on them.
    fn turn(&mut self);
}

impl TwoSided for Halves {
    /// The leading text keeps leading, and the selection is kept.
    fn turn(&mut self) {
        std::mem::swap(&mut self.left, &mut self.right);
        self.focus = self.focus.other();
        if let Some(selection) = &mut self.selection {
            selection.side = selection.side.other();
        }
    }
}

impl Halves {
    /// The pane that has this text, by what opens it; the one that leads where both have it.
    pub(super) fn side_of(&self, request: &str) -> Option<Side> {
        let has_it = |side: &Side| self.pane(*side).open().is_some_and(|open| open.request == request);
        [self.focus(), self.focus().other()].into_iter().find(has_it)
    }

    /// Two empty halves, on no screen yet.
    pub(super) fn new(arrangement: Arrangement) -> Self {
        let (left, right) = (Half::default(), Half::default());
        Self { left, right, focus: Side::Left, selection: None, pressed: None, arrangement, screen: (0, 0) }
    }

    /// A pane.
    pub fn pane(&self, side: Side) -> &Pane {
        &self.half(side).pane
    }

    /// A pane, to be put somewhere without a key.
    pub fn pane_mut(&mut self, side: Side) -> &mut Pane {
        &mut self.half_mut(side).pane
    }

    /// The pane that leads.
    pub fn lead(&self) -> &Pane {
        self.pane(self.focus)
    }

    /// The pane that leads, to be moved.
    pub(super) fn lead_mut(&mut self) -> &mut Pane {
        let focus = self.focus;
        &mut self.half_mut(focus).pane
    }

    /// The side that leads.
    pub fn focus(&self) -> Side {
        self.focus
    }

    /// The signs beside a text.
    pub fn margin(&self, side: Side) -> &Margin {
        &self.half(side).margin
    }

    /// Mutable access to the margin, for workers' answers.
    pub fn margin_mut(&mut self, side: Side) -> &mut Margin {
        &mut self.half_mut(side).margin
    }

    /// What is being read for a side.
    pub fn reading(&self, side: Side) -> Option<&Reading> {
        self.half(side).reading.as_ref()
    }

    /// Whether a pane has no text, and none is being read for it.
    pub(super) fn is_vacant(&self, side: Side) -> bool {
        self.pane(side).open().is_none() && self.reading(side).is_none()
    }

    /// How far the study of a text is, in percent; `None` where none is under way.
    pub fn progress(&self, side: Side) -> Option<u8> {
        self.half(side).progress
    }

    /// A text is now being read for a side. Returns what was being read for it before.
    pub(super) fn read_for(&mut self, side: Side, reading: Reading) -> Option<Reading> {
        self.half_mut(side).reading.replace(reading)
    }

    /// What is being read for a side, to note how far it is.
    pub(super) fn reading_mut(&mut self, side: Side) -> Option<&mut Reading> {
        self.half_mut(side).reading.as_mut()
    }

    /// Nothing is being read for a side any more. Returns what was.
    pub(super) fn take_reading(&mut self, side: Side) -> Option<Reading> {
        self.half_mut(side).reading.take()
    }

    /// Notes how far the study of a text is, in percent; `None` where none is under way.
    pub(super) fn note_progress(&mut self, side: Side, percent: Option<u8>) {
        self.half_mut(side).progress = percent;
    }

    /// Where the reader's notes are in the text of a side.
    pub(super) fn notes(&self, side: Side) -> &[PlacedNote] {
        &self.half(side).notes
    }

    /// Mutable access to it.
    pub(super) fn notes_mut(&mut self, side: Side) -> &mut Vec<PlacedNote> {
        &mut self.half_mut(side).notes
    }

    /// The reader's notes are at these places in the text of a side.
    pub(super) fn place_notes(&mut self, side: Side, notes: Vec<PlacedNote>) {
        self.half_mut(side).notes = notes;
    }

    /// What is selected.
    pub fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    /// Columns and rows of the screen.
    pub fn screen(&self) -> (u16, u16) {
        self.screen
    }

    /// Arranges the panes otherwise.
    pub fn arrange(&mut self, arrangement: Arrangement) {
        self.arrangement = arrangement;
    }

    /// Where things are on the screen; `measure` is the widest a text column may be.
    pub(super) fn areas(&self, measure: u16) -> Areas {
        divide(self.screen.0, self.screen.1, self.arrangement, self.focus, measure)
    }

    /// Gives each pane the cells that the arrangement leaves it.
    pub(super) fn settle(&mut self, measure: u16) {
        let areas = self.areas(measure);
        for side in BOTH {
            // A pane that does not show keeps a plausible size, so that moving it means something.
            let area = areas.panes[side].or(areas.panes[side.other()]).unwrap_or_default();
            let viewport = Viewport { width: area.text.width.max(1), height: area.text.height.max(1) };
            if self.half_mut(side).pane.viewport != viewport {
                self.half_mut(side).pane.resize(viewport);
            }
        }
    }

    /// For each side, whether somebody asked for its position.
    pub(super) fn directed(&self) -> Sides<bool> {
        Sides::from_fn(|side| self.half(side).directed)
    }

    /// Notes that somebody asked for a side's position, if it `was_said`.
    pub(super) fn direct(&mut self, side: Side, was_said: bool) {
        self.half_mut(side).directed |= was_said;
    }

    /// Nobody asked for a side's position: a remembered one may replace it.
    pub(super) fn undirect(&mut self, side: Side) {
        self.half_mut(side).directed = false;
    }

    /// Whether both have a text, each in full.
    pub(super) fn are_whole(&self) -> bool {
        [&self.left, &self.right].into_iter().all(|half| half.pane.open().is_some_and(|open| !open.provisional))
    }

    /// Another side leads.
    pub(super) fn lead_with(&mut self, side: Side) {
        self.focus = side;
    }

    /// Selects something else, or nothing.
    pub(super) fn select(&mut self, selection: Option<Selection>) {
        self.selection = selection;
    }

    /// Selects nothing in a pane any more; what is selected in the other one stays.
    pub(super) fn unselect(&mut self, side: Side) {
        self.selection.take_if(|selection| selection.side == side);
    }

    /// What is selected, to be changed.
    pub(super) fn selection_mut(&mut self) -> Option<&mut Selection> {
        self.selection.as_mut()
    }

    /// Takes away what is selected.
    pub(super) fn take_selection(&mut self) -> Option<Selection> {
        self.selection.take()
    }

    /// Where the button of the mouse was pressed.
    pub(super) fn pressed(&self) -> Option<(Side, usize)> {
        self.pressed
    }

    /// Remembers where the mouse button was pressed, or forgets it.
    pub(super) fn press(&mut self, at: Option<(Side, usize)>) {
        self.pressed = at;
    }

    /// How they are arranged.
    pub(super) fn arrangement(&self) -> Arrangement {
        self.arrangement
    }

    /// The screen has other columns and rows now.
    pub(super) fn resize(&mut self, screen: (u16, u16)) {
        self.screen = screen;
    }

    /// Whether the pair is shown in one column of words.
    pub fn is_linear(&self) -> bool {
        self.arrangement == Arrangement::Linear
    }

    fn half(&self, side: Side) -> &Half {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    fn half_mut(&mut self, side: Side) -> &mut Half {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }
}
