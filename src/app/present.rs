//! Presenting: one pair at a time for a room, stepping through the tour.
//!
//! What is shown is always the pair that the panes hold, so that every digression (another topic, another counterpart)
//! is made by the same commands as in reading; one key comes back to the stop.

use std::ops::Range;
use std::time::Duration;

use super::App;
use super::history::Spot;
use super::message::{Effect, Timer};
use super::scene::Scene;
use super::selection::sentences_of;
use super::tour::StopList;
use crate::app::halves::Halves;
use crate::app::scene::Screens;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::open::Open;
use crate::model::touring::Touring;
use crate::text::clean::Clean;

/// The state of the screen.
#[derive(Debug)]
pub struct Present {
    /// The stop of the tour; `None` for a pair that is in no tour.
    pub stop: Option<usize>,
    /// Whether the pair shown is not that of the stop.
    pub away: bool,
    /// How much of the pair is shown.
    pub shown: Shown,
    /// Which sentence of the focused passage is lit, and its side.
    pub spotlight: Option<(Side, usize)>,
    /// Whether the screen is dark.
    pub blank: bool,
    /// Whether the time is shown.
    pub clock: bool,
    /// How many rows are scrolled out at the top.
    pub scrolled: usize,
    /// For each side the words of a passage that is not in its text any more.
    pub lost: Sides<Option<Clean>>,
    /// When presenting began, and when the stop did, by the clock of the session; `None` until it was heard.
    begun: Option<(Duration, Duration)>,
    now: Duration,
    /// Where `r` leads back to.
    home: Spot,
    /// Which pane led before: it does so again afterwards.
    led: Side,
}

/// How much of a pair is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Shown {
    /// What it is about.
    #[default]
    Title,
    /// The left passage as well.
    Left,
    /// Both passages.
    Both,
}

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(15);

impl Present {
    fn new(stop: Option<usize>, home: Spot, led: Side) -> Self {
        Self {
            stop,
            away: false,
            shown: Shown::Title,
            spotlight: None,
            blank: false,
            clock: true,
            scrolled: 0,
            lost: Sides::default(),
            begun: None,
            now: Duration::ZERO,
            home,
            led,
        }
    }

    /// Whole minutes since presenting began, and since the stop did.
    pub fn minutes(&self) -> Option<(u64, u64)> {
        let (begun, stop) = self.begun?;
        let since = |then: Duration| self.now.saturating_sub(then).as_secs() / 60;
        Some((since(begun), since(stop)))
    }
}

impl App {
    /// Presents the tour from a stop on; without a tour, the pair that is read.
    pub(super) fn present(&mut self) {
        let at = match &self.screens.scene {
            Scene::Tour(list) => list.selected,
            _ => self.stop_here().unwrap_or(0),
        };
        let stop = (at < self.touring.tour.stops.len()).then_some(at);
        if stop.is_none() && BOTH.iter().all(|side| self.halves[*side].pane.current().is_none()) {
            return self.tell("there is no text to present");
        }
        let home = self.spot();
        self.leave();
        self.screens.scene = Scene::Present(Box::new(Present::new(stop, home, self.halves.focus)));
        self.effect(Effect::Later(Duration::ZERO, Timer::Clock));
        if let Some(at) = stop {
            self.present_stop(at, Shown::Title);
        }
    }

    /// Presents a tour from its first stop, as soon as its texts are read.
    pub fn present_tour(&mut self, touring: Touring) {
        self.touring = touring;
        self.screens.scene = Scene::Tour(StopList::default());
        self.present();
    }

    /// The stop whose passages the panes hold.
    fn stop_here(&self) -> Option<usize> {
        let here = BOTH.map(|side| self.halves[side].pane.open().zip(self.halves[side].pane.current()));
        let is_here = |anchor: &crate::anchor::Anchor| {
            let request = self.touring.requests.get(&anchor.text);
            let is_of = |open: &Open| request.map_or(open.id == anchor.text, |request| *request == open.request);
            here.iter().flatten().any(|(open, passage)| is_of(open) && passage.0 == anchor.passage)
        };
        self.touring.tour.stops.iter().position(|stop| stop.anchors().all(is_here))
    }

    fn present_stop(&mut self, at: usize, shown: Shown) {
        let Some(stop) = self.touring.tour.stops.get(at) else { return };
        let home = self.spot_of(stop);
        if let Scene::Present(present) = &mut self.screens.scene {
            present.stop = Some(at);
            present.home = home.clone();
            present.away = false;
            present.shown = shown;
            present.spotlight = None;
            present.scrolled = 0;
            present.lost = Sides::default();
            present.begun = present.begun.map(|(begun, _)| (begun, present.now));
        }
        self.restore(home);
    }

    /// Shows more of the pair, then the next stop.
    pub(super) fn present_next(&mut self) {
        let count = self.touring.tour.stops.len();
        let Scene::Present(present) = &self.screens.scene else { return };
        let (below, height) = present.below(self);
        let Scene::Present(present) = &mut self.screens.scene else { return };
        if std::mem::take(&mut present.blank) {
            return;
        }
        present.spotlight = None;
        // Who has one button sees what is left of a long passage first.
        if below > 0 {
            present.scrolled += below.min(height.saturating_sub(1).max(1));
            return;
        }
        let read = std::mem::take(&mut present.scrolled);
        present.shown = match present.shown {
            Shown::Title => {
                self.halves.focus = Side::Left;
                Shown::Left
            }
            Shown::Left => {
                // What has just been shown is what the room looks at.
                self.halves.focus = Side::Right;
                present.shown = Shown::Both;
                self.keep_end_in_sight(read);
                return;
            }
            Shown::Both => {
                match present.stop {
                    Some(_) if present.away => self.present_return(),
                    Some(at) if at + 1 < count => self.present_stop(at + 1, Shown::Title),
                    _ => self.tell("this is the last stop"),
                }
                return;
            }
        };
    }

    /// The passage that was read to its end stays there beside the one that comes now, where that is not longer than the
    /// screen itself.
    fn keep_end_in_sight(&mut self, read: usize) {
        let Scene::Present(present) = &self.screens.scene else { return };
        let is_long = present.is_long(self, Side::Right);
        if let Scene::Present(present) = &mut self.screens.scene {
            present.scrolled = if is_long { 0 } else { read };
        }
    }

    /// Shows less of the pair, then the stop before.
    pub(super) fn present_back(&mut self) {
        let Scene::Present(present) = &mut self.screens.scene else { return };
        if std::mem::take(&mut present.blank) {
            return;
        }
        (present.spotlight, present.scrolled) = (None, 0);
        present.shown = match present.shown {
            Shown::Both => {
                self.halves.focus = Side::Left;
                Shown::Left
            }
            Shown::Left => Shown::Title,
            Shown::Title => {
                match present.stop {
                    Some(at) if at > 0 => self.present_stop(at - 1, Shown::Both),
                    _ => self.tell("this is the first stop"),
                }
                return;
            }
        };
    }

    /// Comes back from a digression to the stop.
    pub(super) fn present_return(&mut self) {
        let Scene::Present(present) = &mut self.screens.scene else { return };
        if !present.away {
            return self.tell("this is the stop");
        }
        (present.away, present.spotlight, present.scrolled) = (false, None, 0);
        present.shown = Shown::Both;
        let home = present.home.clone();
        self.restore(home);
    }

    /// Lights the next sentence of the focused passage; after the last one, none.
    pub(super) fn spotlight(&mut self, by: i64) {
        let focus = self.halves.focus;
        let count = self.halves.presented_sentences(focus).len();
        let Scene::Present(present) = &mut self.screens.scene else { return };
        present.shown = present.shown.max(if focus == Side::Left { Shown::Left } else { Shown::Both });
        let at = present.spotlight.filter(|(side, _)| *side == focus).map(|(_, at)| at as i64);
        let next = at.map_or(if by > 0 { 0 } else { count as i64 - 1 }, |at| at + by);
        present.spotlight = usize::try_from(next).ok().filter(|next| *next < count).map(|next| (focus, next));
    }

    /// Closes one thing: the dark screen, the spotlight, the presentation.
    pub(super) fn stop_presenting(&mut self) {
        let Scene::Present(present) = &mut self.screens.scene else { return };
        if std::mem::take(&mut present.blank) || present.spotlight.take().is_some() {
            return;
        }
        self.halves.focus = present.led;
        self.screens.scene = Scene::Reading;
    }

    /// The clock of the session shows this now.
    pub(super) fn clock(&mut self, now: Duration) {
        let Scene::Present(present) = &mut self.screens.scene else { return };
        present.now = now;
        present.begun.get_or_insert((now, now));
        self.effect(Effect::Later(TICK, Timer::Clock));
    }
}

impl Screens {
    /// Whether a pair is shown to a room.
    pub fn is_presenting(&self) -> bool {
        matches!(self.scene, Scene::Present(_))
    }

    /// What is shown from now on is a digression, where a pair is presented.
    pub(super) fn digress(&mut self) {
        if let Scene::Present(present) = &mut self.scene {
            (present.away, present.spotlight, present.scrolled) = (true, None, 0);
            present.shown = Shown::Both;
            present.lost = Sides::default();
        }
    }

    pub(super) fn blank(&mut self) {
        if let Scene::Present(present) = &mut self.scene {
            present.blank = !present.blank;
        }
    }

    pub(super) fn toggle_clock(&mut self) {
        if let Scene::Present(present) = &mut self.scene {
            present.clock = !present.clock;
        }
    }

    pub(super) fn scroll_presented(&mut self, by: i32) {
        if let Scene::Present(present) = &mut self.scene {
            present.scrolled = present.scrolled.saturating_add_signed(by as isize).min(10_000);
        }
    }
}

impl Halves {
    /// The sentences of the passage that is presented on a side, as bytes of its text.
    pub fn presented_sentences(&self, side: Side) -> Vec<Range<usize>> {
        let pane = &self[side].pane;
        let found = pane.text().zip(pane.current());
        found.and_then(|(text, p)| Some(sentences_of(text, text.numbering().block_of(p)?))).unwrap_or_default()
    }
}
