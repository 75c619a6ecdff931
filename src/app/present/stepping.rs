//! Stepping through the tour before a room, and what is done to the pair that is shown.

use std::ops::Range;
use std::time::Duration;

use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::message::{Effect, Timer};
use crate::app::out::Out;
use crate::app::overlay::{Overlay, Page, PageKind};
use crate::app::present::{BeforeHit, Present, Shown, Staging, Typed};
use crate::app::projection::is_alone;
use crate::app::scene::{Scene, Screens, StopList};
use crate::app::selection::sentences_of;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::open::Open;
use crate::model::touring::Touring;
use crate::text::Text;
use crate::text::block::Block;
use crate::tour::Tour;

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(15);

impl App {
    /// Presents the tour from the stop with a number on, else from the one that is selected or read; without a tour, the
    /// pair that is read.
    pub(in crate::app) fn present(&mut self, number: Option<u32>) {
        let count = self.touring.tour.stops.len();
        let at = match (number, self.screens.scene()) {
            (Some(number), _) if number as usize > count || number == 0 => {
                return self.out.tell(told_count(count));
            }
            (Some(number), _) => number as usize - 1,
            (None, Scene::Tour(list)) => list.selected,
            (None, _) => self.touring.stop_here(&self.halves).unwrap_or(0),
        };
        let stop = (at < self.touring.tour.stops.len()).then_some(at);
        if stop.is_none() && BOTH.iter().all(|side| self.halves.pane(*side).current().is_none()) {
            return self.out.tell("there is no text to present");
        }
        if self.screens.has_presentation_behind() {
            // It goes on, with its times.
            self.screens.uncover_presentation();
            if let Some(at) = stop {
                self.present_stop(at, Shown::Title);
            }
            return;
        }
        let home = self.halves.spot(&self.topics);
        let from = if let Scene::Tour(list) = self.screens.scene() { Some(list.clone()) } else { None };
        self.leave();
        self.screens.show(Scene::Present(Box::new(Present::new(stop, home, self.halves.focus(), from))));
        self.out.effect(Effect::Later(Duration::ZERO, Timer::Clock));
        if let Some(at) = stop {
            self.present_stop(at, Shown::Title);
        }
    }

    /// Presents a tour from a stop on, counted from 0, as soon as its texts are read.
    pub fn present_tour(&mut self, touring: Touring, from: usize) {
        self.touring = touring;
        self.screens.show(Scene::Tour(StopList { selected: from, ..StopList::default() }));
        self.present(None);
    }

    /// Goes to the stop whose number is typed: at the first digit, and where there are more than nine, at the second too.
    pub(in crate::app) fn present_number(&mut self, digit: Option<u32>) {
        let count = self.touring.tour.stops.len();
        let Scene::Present(present) = self.screens.scene_mut() else { return };
        let Some(digit) = digit else { return self.out.tell("type the number of the stop") };
        let digit = digit as usize;
        let before = present.typed.take();
        let from = before.map_or_else(|| present.stop.map(|at| (at, present.shown)), |typed| typed.from);
        let longer = before.map(|typed| typed.number * 10 + digit).filter(|number| *number <= count);
        let number = longer.unwrap_or(digit);
        if number == 0 || number > count {
            // Of a number that no stop has, its first digit was not meant either.
            if let Some((at, shown)) = from.filter(|_| before.is_some()) {
                self.present_stop(at, shown);
            }
            return self.out.tell(told_count(count));
        }
        self.present_stop(number - 1, Shown::Title);
        if let Scene::Present(present) = self.screens.scene_mut() {
            (present.blank, present.typed) = (false, Some(Typed { number, from }));
        }
    }

    pub(in crate::app) fn present_stop(&mut self, at: usize, shown: Shown) {
        let Some(stop) = self.touring.tour.stops.get(at) else { return };
        let home = self.touring.spot_of(stop);
        if let Scene::Present(present) = self.screens.scene_mut() {
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
    pub(in crate::app) fn present_next(&mut self) {
        let count = self.touring.tour.stops.len();
        let Scene::Present(present) = self.screens.scene() else { return };
        let (below, height) = present.below(self);
        let Scene::Present(present) = self.screens.scene_mut() else { return };
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
                self.halves.lead_with(Side::Left);
                Shown::Left
            }
            Shown::Left => {
                // What has just been shown is what the room looks at.
                self.halves.lead_with(Side::Right);
                present.shown = Shown::Both;
                self.keep_end_in_sight(read);
                return;
            }
            Shown::Both => {
                match present.stop {
                    Some(_) if present.away => self.present_return(),
                    Some(at) if at + 1 < count => self.present_stop(at + 1, Shown::Title),
                    _ => {
                        let key = self.keys.keymap().first_key(Context::Present, command!("stop-presenting"));
                        let end = key.map_or_else(String::new, |key| format!("; {key} ends the presentation"));
                        self.out.tell(format!("this is the last stop{end}"));
                    }
                }
                return;
            }
        };
    }

    /// The passage just read to its end stays there beside the next one, if that is not longer than the
    /// screen itself.
    fn keep_end_in_sight(&mut self, read: usize) {
        let Scene::Present(present) = self.screens.scene() else { return };
        let is_long = is_alone(self, present) || present.is_long(self, Side::Right);
        if let Scene::Present(present) = self.screens.scene_mut() {
            present.scrolled = if is_long { 0 } else { read };
        }
    }

    /// Shows less of the pair, then the stop before.
    pub(in crate::app) fn present_back(&mut self) {
        let Scene::Present(present) = self.screens.scene_mut() else { return };
        if std::mem::take(&mut present.blank) {
            return;
        }
        (present.spotlight, present.scrolled) = (None, 0);
        present.shown = match present.shown {
            Shown::Both => {
                self.halves.lead_with(Side::Left);
                Shown::Left
            }
            Shown::Left => Shown::Title,
            Shown::Title => {
                match present.stop {
                    Some(at) if at > 0 => self.present_stop(at - 1, Shown::Both),
                    _ => self.out.tell("this is the first stop"),
                }
                return;
            }
        };
    }

    /// Scrolls the presented passages, but not beyond their last row.
    pub(in crate::app) fn scroll_presented(&mut self, by: i32) {
        let Scene::Present(present) = self.screens.scene() else { return };
        let (below, _) = present.below(self);
        if let Scene::Present(present) = self.screens.scene_mut() {
            let by = (by as isize).min(below as isize);
            present.scrolled = present.scrolled.saturating_add_signed(by);
        }
    }

    /// Comes back from a digression to the stop; what lies over it goes as well.
    pub(in crate::app) fn present_return(&mut self) {
        let is_covered = self.screens.overlay().is_some() || self.screens.has_presentation_behind();
        if self.screens.is_presenting() {
            self.screens.close();
            self.screens.uncover_presentation();
        }
        let Scene::Present(present) = self.screens.scene_mut() else {
            return self.out.tell("nothing is presented that one could come back to");
        };
        if !present.away {
            if !is_covered {
                self.out.tell("this is the stop");
            }
            return;
        }
        (present.away, present.spotlight, present.scrolled) = (false, None, 0);
        present.shown = Shown::Both;
        self.search = None;
        let home = present.home.clone();
        self.restore(home);
    }
}

impl Screens {
    /// The session's clock shows `now`.
    pub(in crate::app) fn clock(&mut self, out: &mut Out, now: Duration) {
        let Some(present) = self.presented_mut() else { return };
        present.now = now;
        present.begun.get_or_insert((now, now));
        out.effect(Effect::Later(TICK, Timer::Clock));
    }

    /// Whether a pair is shown to a room.
    pub fn is_presenting(&self) -> bool {
        matches!(self.scene(), Scene::Present(_)) || self.has_presentation_behind()
    }

    /// Shows both passages side by side, or one in the whole width.
    pub(in crate::app) fn present_together(&mut self) {
        if let Scene::Present(present) = self.scene_mut() {
            present.staging = match present.staging {
                Staging::Alone => Staging::Together,
                Staging::Together => Staging::Alone,
            };
            present.scrolled = 0;
            present.shown = present.shown.max(Shown::Both);
        }
    }

    /// What is shown from now on is a digression, where a pair is presented.
    pub(in crate::app) fn digress(&mut self) {
        if let Scene::Present(present) = self.scene_mut() {
            (present.away, present.spotlight, present.scrolled) = (true, None, 0);
            present.shown = Shown::Both;
            present.lost = Sides::default();
        }
    }

    /// A hit of the search that is being typed is shown: where a pair is presented, a digression as long as it is.
    pub(in crate::app) fn look_at_hit(&mut self) {
        if let Scene::Present(present) = self.scene_mut()
            && present.before_hit.is_none()
        {
            present.before_hit = Some(BeforeHit {
                away: present.away,
                shown: present.shown,
                spotlight: present.spotlight,
                scrolled: present.scrolled,
                lost: std::mem::take(&mut present.lost),
            });
            self.digress();
        }
    }

    /// No hit is shown any more.
    pub(in crate::app) fn come_back_from_hit(&mut self) {
        if let Scene::Present(present) = self.scene_mut()
            && let Some(BeforeHit { away, shown, spotlight, scrolled, lost }) = present.before_hit.take()
        {
            (present.away, present.shown, present.spotlight) = (away, shown, spotlight);
            (present.scrolled, present.lost) = (scrolled, lost);
        }
    }

    /// The hit that is shown is gone to.
    pub(in crate::app) fn stay_at_hit(&mut self) {
        let Scene::Present(present) = self.scene_mut() else { return };
        present.before_hit = None;
        // One that is only in the other text was not shown.
        if !present.away {
            self.digress();
        }
    }

    /// Puts the map or the tour's list by that lies over a presentation.
    pub(in crate::app) fn uncover_presentation(&mut self) {
        if self.has_presentation_behind() {
            self.back_to_reading();
        }
    }

    pub(in crate::app) fn blank(&mut self) {
        if let Scene::Present(present) = self.scene_mut() {
            present.blank = !present.blank;
        }
    }

    pub(in crate::app) fn toggle_clock(&mut self) {
        if let Scene::Present(present) = self.scene_mut() {
            present.clock = !present.clock;
        }
    }

    /// Lights the next sentence of the focused passage; after the last one, none.
    pub(in crate::app) fn spotlight(&mut self, halves: &Halves, by: i64) {
        let focus = halves.focus();
        let count = halves.presented_sentences(focus).len();
        let Scene::Present(present) = self.scene_mut() else { return };
        present.shown = present.shown.max(if focus == Side::Left { Shown::Left } else { Shown::Both });
        let at = present.spotlight.filter(|(side, _)| *side == focus).map(|(_, at)| at as i64);
        let next = at.map_or(if by > 0 { 0 } else { count as i64 - 1 }, |at| at + by);
        present.spotlight = usize::try_from(next).ok().filter(|next| *next < count).map(|next| (focus, next));
    }

    /// Closes one thing: the dark screen, the spotlight, the presentation.
    pub(in crate::app) fn stop_presenting(&mut self, halves: &mut Halves) {
        let Scene::Present(present) = self.scene_mut() else { return };
        if std::mem::take(&mut present.blank) || present.spotlight.take().is_some() {
            return;
        }
        halves.lead_with(present.led);
        // Where one came from; on the stop that was shown last.
        let (stop, from) = (present.stop, present.from.take());
        self.show(from.map_or(Scene::Reading, |list| {
            let selected = stop.unwrap_or(list.selected);
            Scene::Tour(StopList { selected, ..list })
        }));
    }

    /// Shows the leader what is to be said at the stop, or says that nothing is written there.
    pub(in crate::app) fn show_remark(&mut self, touring: &Touring, out: &mut Out) {
        let Scene::Present(present) = self.scene() else { return };
        let stop = present.stop.and_then(|at| touring.tour.stops.get(at));
        match stop.map(|stop| stop.remark.trim()) {
            Some("") | None => out.tell("there is no remark at this stop"),
            Some(_) => self.lay(Overlay::Page(Page::new(PageKind::Remark))),
        }
    }

    /// Ends the number being typed: the key was not a digit.
    pub(in crate::app) fn end_number(&mut self) {
        if let Scene::Present(present) = self.scene_mut() {
            present.typed = None;
        }
    }
}

impl Halves {
    /// The sentences of the passage that is presented on a side, and of what it announces, as bytes of its text; the line
    /// that names a quotation's source is none of them.
    pub fn presented_sentences(&self, side: Side) -> Vec<Range<usize>> {
        let Some((text, blocks)) = self.presented_blocks(side) else { return Vec::new() };
        let said = |at| {
            let end = text.without_source(at).end;
            let sentences = sentences_of(text, at).into_iter().filter(move |s| s.start < end);
            sentences.map(move |s| s.start..s.end.min(end))
        };
        blocks.flat_map(said).collect()
    }

    /// The passage that is presented on a side, and what it announces, as bytes of its text.
    pub fn presented_passage(&self, side: Side) -> Vec<Range<usize>> {
        let presented = self.presented_blocks(side);
        presented.map_or_else(Vec::new, |(text, blocks)| text.blocks()[blocks].iter().map(Block::range).collect())
    }

    fn presented_blocks(&self, side: Side) -> Option<(&Text, Range<usize>)> {
        let (text, passage) = self.pane(side).text().zip(self.pane(side).current())?;
        Some((text, text.with_announced(text.numbering().block_of(passage)?)))
    }
}

/// How many stops there are.
fn told_count(count: usize) -> String {
    match count {
        0 => "there is no tour, so no stop of that number".to_owned(),
        1 => "the tour has 1 stop".to_owned(),
        _ => format!("the tour has {count} stops"),
    }
}

impl Touring {
    /// The tour was another one: the presentation keeps its stop, wherever that is now. What it shows of one that is not as it
    /// was, or gone, is a digression.
    pub(in crate::app) fn find_presented(&self, screens: &mut Screens, before: &Tour) {
        let Some(present) = screens.presented_mut() else { return };
        let now = |at: usize| before.stops.get(at).and_then(|stop| self.tour.position(&stop.id));
        present.first = present.first.and_then(now);
        let Some(was) = present.stop else { return };
        let last = self.tour.stops.len().checked_sub(1);
        present.stop = now(was).or_else(|| last.map(|last| was.min(last)));
        let Some(stop) = present.stop.map(|at| &self.tour.stops[at]) else { return };
        if before.stops.get(was).is_none_or(|was| was.id != stop.id || !was.shows_the_same(stop)) {
            present.home = self.spot_of(stop);
            (present.away, present.spotlight, present.lost) = (true, None, Sides::default());
        }
    }

    /// The stop whose passages the panes hold.
    pub(in crate::app) fn stop_here(&self, halves: &Halves) -> Option<usize> {
        let here = BOTH.map(|side| halves.pane(side).open().zip(halves.pane(side).current()));
        let is_here = |anchor: &crate::anchor::Anchor| {
            let request = self.requests.get(&anchor.text);
            let is_of = |open: &Open| request.map_or(open.id == anchor.text, |request| *request == open.request);
            here.iter().flatten().any(|(open, passage)| is_of(open) && passage.0 == anchor.passage)
        };
        self.tour.stops.iter().position(|stop| stop.anchors().all(is_here))
    }
}
