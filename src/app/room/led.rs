//! Receiving what the leader shows, and asking the leader's session to go on: what both roles have in common.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::{Heard, Led, Role, side_name};
use crate::app::halves::Halves;
use crate::app::message::{Effect, Terminal, Timer};
use crate::app::out::Out;
use crate::app::scene::Scene;
use crate::app::scene::Screens;
use crate::link::Side;
use crate::text::clean::Clean;
use crate::wire::message::{Request, Shown, ShownText};

/// How often the time is looked at.
const TICK: Duration = Duration::from_secs(1);

/// What the leader's spotlight is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lit {
    /// The passage, which recedes.
    pub passage: Range<usize>,
    /// The sentence, which does not.
    pub sentence: Range<usize>,
}

impl Led {
    /// The role, where there is one.
    pub fn role(&self) -> Option<Role> {
        self.role
    }

    /// What is to be looked at: what the leader shows, else what one stayed at.
    pub fn in_view(&self) -> Option<&Arc<Shown>> {
        self.apart.as_ref().or(self.newest())
    }

    /// What the leader shows.
    pub fn newest(&self) -> Option<&Arc<Shown>> {
        self.shown.as_ref().map(|(shown, _)| shown)
    }

    /// Why nothing more comes.
    pub fn gone(&self) -> Option<&Clean> {
        self.gone.as_ref()
    }

    /// Whether the leader is followed.
    pub fn follows(&self) -> bool {
        self.role == Some(Role::Follower) && self.apart.is_none()
    }

    /// The sentence that the leader's spotlight is on, as bytes of a pane's text; `None` where that is not what the pane shows,
    /// and for who looks around.
    pub fn lit_in(&self, halves: &Halves, side: Side) -> Option<Lit> {
        let shown = self.newest().filter(|_| self.follows())?;
        let present = shown.present.as_ref()?;
        let words = present.lit.as_deref()?.trim();
        let on = present.lit_side.as_deref().is_none_or(|on| on == side_name(side));
        let (text, passage) = halves.pane(side).text().zip(halves.pane(side).current())?;
        let sent = if side == Side::Left { &shown.left } else { &shown.right }.as_ref()?;
        let is_it = on && !words.is_empty() && sent.passage == Some(passage.0);
        let blocks = text.with_announced(text.numbering().block_of(passage).filter(|_| is_it)?);
        let (first, last) = (text.blocks().get(blocks.start)?, text.blocks().get(blocks.end.checked_sub(1)?)?);
        let passage = first.range().start..last.range().end;
        let at = passage.start + text.string().get(passage.clone())?.find(words)?;
        Some(Lit { passage, sentence: at..at + words.len() })
    }

    /// Seconds since presenting began and since the stop did, as they are now; those at the end where the leader has gone.
    pub fn seconds(&self) -> (Option<u64>, Option<u64>) {
        let Some((shown, came)) = &self.shown else { return (None, None) };
        let Some(present) = &shown.present else { return (None, None) };
        let since = if self.gone.is_some() { 0 } else { self.now.saturating_sub(*came).as_secs() };
        (
            present.taken.map(|taken| taken.saturating_add(since)),
            present.taken_here.map(|taken| taken.saturating_add(since)),
        )
    }

    /// The session's clock shows `now`.
    pub(in crate::app) fn clock(&mut self, scene: &Scene, out: &mut Out, now: Duration) {
        self.now = now;
        if matches!(scene, Scene::Lectern) && self.gone.is_none() {
            out.effect(Effect::Later(TICK, Timer::Clock));
        }
    }

    /// Something was heard of the leader.
    pub(in crate::app) fn hear_leader(&mut self, out: &mut Out, heard: Heard) {
        match heard {
            Heard::Shown(shown) => {
                let goes_on = self.newest().map(|before| is_elsewhere(before, &shown));
                if goes_on.unwrap_or(true) && self.apart.is_none() {
                    self.scrolled = 0;
                }
                if goes_on == Some(true) && self.follows() {
                    // As a key of one's own would.
                    out.notice = None;
                }
                self.shown = Some((shown, self.now));
                self.seek_texts(out);
            }
            Heard::Refused(why) => out.notice = Some(why.into()),
            Heard::Gone(why) => {
                self.gone = Some(why.clone());
                out.notice = Some(why.into());
            }
        }
    }

    /// Asks the leader's session for something.
    pub(in crate::app) fn ask_leader(&self, out: &mut Out, request: Request) {
        match &self.gone {
            Some(why) => out.notice = Some(why.clone().into()),
            None => out.effect(Effect::Terminal(Terminal::Ask(request))),
        }
    }

    /// It is so late by the clock of the session, which is told before every key and every request.
    pub fn it_is(&mut self, screens: &mut Screens, now: Duration) {
        if let Some(present) = screens.presented_mut() {
            present.it_is(now);
        }
        self.now = now;
    }

    /// This session is led by another one from now on.
    pub fn lead_by(&mut self, screens: &mut Screens, out: &mut Out, role: Role) {
        self.role = Some(role);
        match role {
            Role::Speaker => {
                screens.show(Scene::Lectern);
                out.effect(Effect::Later(Duration::ZERO, Timer::Clock));
            }
            Role::Follower => screens.show(Scene::Room),
        }
    }

    /// Asks for a stop by its number; without one, that is not known which.
    pub(in crate::app) fn ask_leader_for_stop(&self, out: &mut Out, stop: Option<u32>) {
        match stop {
            Some(stop) => self.ask_leader(out, Request::Stop { stop: stop as usize }),
            None => out.tell("type the number of a stop before the key"),
        }
    }
}

/// Whether something else is shown than before, to be read from its beginning.
fn is_elsewhere(before: &Shown, after: &Shown) -> bool {
    let at = |shown: &Shown| {
        let place = |text: &Option<ShownText>| text.as_ref().map(|text| (text.hash.clone(), text.passage));
        (place(&shown.left), place(&shown.right), shown.tour.as_ref().map(|tour| tour.stop))
    };
    at(before) != at(after)
}
