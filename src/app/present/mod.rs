//! Presenting: one pair at a time for a room, stepping through the tour.
//!
//! What is shown is always the pair that the panes hold, so that every digression (another topic, another counterpart)
//! is made by the same commands as in reading; one key comes back to the stop.

mod stepping;

use std::time::Duration;

use crate::app::memory::BothPanes;
use crate::app::scene::StopList;
use crate::link::Side;
use crate::link::sides::Sides;
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
    /// Whether one passage has the whole width, or both stand side by side.
    pub staging: Staging,
    /// The stop that it began with.
    pub first: Option<usize>,
    /// Whether the time is shown.
    pub clock: bool,
    /// How many rows are scrolled out at the top.
    pub scrolled: usize,
    /// For each side the words of a passage that is not in its text any more.
    pub lost: Sides<Option<Clean>>,
    /// How it was before a hit of the search that is being typed was shown.
    before_hit: Option<BeforeHit>,
    /// When presenting began, and when the stop did, by the clock of the session; `None` until it was heard.
    begun: Option<(Duration, Duration)>,
    now: Duration,
    /// The digits of a stop number typed so far.
    typed: Option<Typed>,
    /// Where `r` leads back to.
    home: BothPanes,
    /// Which pane led before: it does so again afterwards.
    led: Side,
    /// The list of stops that it was begun from, to come back to.
    from: Option<StopList>,
}

/// A stop number that is being typed.
#[derive(Debug, Clone, Copy)]
struct Typed {
    number: usize,
    /// The stop before its first digit, and how much of it was shown.
    from: Option<(usize, Shown)>,
}

/// What a hit that is shown while a search is typed changes, to be put back where it is not gone to.
#[derive(Debug)]
struct BeforeHit {
    away: bool,
    shown: Shown,
    spotlight: Option<(Side, usize)>,
    scrolled: usize,
    lost: Sides<Option<Clean>>,
}

/// How a pair is put on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staging {
    /// One passage in the whole width.
    Alone,
    /// Both side by side.
    Together,
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

impl Present {
    fn new(stop: Option<usize>, home: BothPanes, led: Side, from: Option<StopList>) -> Self {
        Self {
            stop,
            away: false,
            shown: Shown::Title,
            spotlight: None,
            blank: false,
            staging: Staging::Alone,
            first: stop,
            clock: true,
            scrolled: 0,
            lost: Sides::default(),
            before_hit: None,
            begun: None,
            now: Duration::ZERO,
            typed: None,
            home,
            led,
            from,
        }
    }

    /// The session's clock shows `now`.
    pub(in crate::app) fn it_is(&mut self, now: Duration) {
        self.now = self.now.max(now);
    }

    /// Seconds since presenting began, and since the stop did.
    pub(in crate::app) fn seconds(&self) -> Option<(u64, u64)> {
        let (begun, stop) = self.begun?;
        Some((self.now.saturating_sub(begun).as_secs(), self.now.saturating_sub(stop).as_secs()))
    }

    /// Whole minutes since presenting began, and since the stop did.
    pub fn minutes(&self) -> Option<(u64, u64)> {
        self.seconds().map(|(all, stop)| (all / 60, stop / 60))
    }
}
