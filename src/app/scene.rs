//! What fills the screen: the two panes, or a screen that the reader goes to with one key and comes back from with Esc.
//!
//! A list or a page lies over any of them ([`super::overlay`]); the panes stay as they are underneath.

use std::collections::BTreeMap;

use super::command::Context;
use super::foreseen::Foreseen;
use super::loom::{Loom, Woven};
use super::map::Map;
use super::out::Out;
use super::overlay::Overlay;
use super::picker::Picker;
use super::present::Present;
use super::synopsis::Synopsis;
use crate::anchor::Anchor;
use crate::model::recall::Scheduled;
use crate::study::dispute::Dispute;
use crate::tour::StopId;

/// What fills the screen.
#[derive(Debug, Default)]
pub enum Scene {
    /// The two panes.
    #[default]
    Reading,
    /// The held topic's treatments in rows, left against right.
    Synopsis(Synopsis),
    /// The topics against all texts of the library.
    Map(Map),
    /// Both whole texts, and the threads between them.
    Loom(Box<Loom>),
    /// A quotation that both texts have, and what each makes of it.
    Dispute(Box<DisputePage>),
    /// The stops of the tour.
    Tour(StopList),
    /// The cards of the pair, to be recalled.
    Cards(Box<Review>),
    /// One pair for a room.
    Present(Box<Present>),
    /// What comes next, for who leads a room at another screen.
    Lectern,
    /// What the leader of a room shows, as it travels along.
    Room,
}

/// The list of stops.
#[derive(Debug, Clone, Default)]
pub struct StopList {
    /// Which is selected.
    pub selected: usize,
    /// Of stops that were made silent on one side here, the pair they had, left and right.
    pub silenced: BTreeMap<StopId, [Anchor; 2]>,
}

/// The dispute page: a shared quotation, and what both texts make of it.
#[derive(Debug, Clone)]
pub struct DisputePage {
    /// Which of the shared quotations it is of.
    pub at: usize,
    /// What both texts make of it.
    pub dispute: Dispute,
    /// How many rows are scrolled out at the top.
    pub scroll: u16,
}

/// The cards that are due.
#[derive(Debug, Default)]
pub struct Review {
    /// Those that are still to be recalled, the next one first.
    pub left: Vec<Scheduled>,
    /// Whether its other side is shown.
    pub shown: bool,
    /// How many were recalled.
    pub done: usize,
    /// How many rows are scrolled out at the top.
    pub scrolled: u16,
}

/// What fills the screen, and what lies over it.
#[derive(Debug, Default)]
pub struct Screens {
    /// What fills the screen.
    scene: Scene,
    /// What lies over it.
    overlay: Option<Overlay>,
    /// What the open form would catch.
    foreseen: Foreseen,
    /// The map as it was left.
    last_map: Map,
    /// The threads of the loom that was looked at last.
    last_woven: Option<Woven>,
    /// The presentation that the map or the tour's list is looked at from.
    behind: Option<Box<Present>>,
    /// Whether the terminal draws letters larger than a cell.
    text_sizing: bool,
}

impl Screens {
    /// What fills the screen.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Whether the terminal draws letters larger than a cell.
    pub fn has_text_sizing(&self) -> bool {
        self.text_sizing
    }

    /// The terminal has said so.
    pub(super) fn know_text_sizing(&mut self) {
        self.text_sizing = true;
    }

    /// Mutable access to it, for tests and workers' answers.
    pub fn scene_mut(&mut self) -> &mut Scene {
        &mut self.scene
    }

    /// What lies over it.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// What the open form would catch.
    pub fn foreseen(&self) -> &Foreseen {
        &self.foreseen
    }

    /// Fills the screen with something else.
    pub(super) fn show(&mut self, scene: Scene) {
        self.scene = scene;
        self.behind = None;
    }

    /// Lays a list over what fills the screen, or tells why there is none.
    pub(in crate::app) fn offer(&mut self, list: Result<Picker, String>, out: &mut Out) {
        match list {
            Ok(list) => self.lay(Overlay::Picker(list)),
            Err(why) => out.tell(why),
        }
    }

    /// Lays something over it.
    pub(super) fn lay(&mut self, overlay: Overlay) {
        self.overlay = Some(overlay);
    }

    /// What lies over it, to be changed.
    pub(super) fn overlay_mut(&mut self) -> Option<&mut Overlay> {
        self.overlay.as_mut()
    }

    /// Takes away what lies over it, to look at it.
    pub(super) fn take_overlay(&mut self) -> Option<Overlay> {
        self.overlay.take()
    }

    /// Takes away what lies over it.
    pub(super) fn close(&mut self) {
        self.overlay = None;
    }

    /// Mutable access to what the open form would catch.
    pub(super) fn foreseen_mut(&mut self) -> &mut Foreseen {
        &mut self.foreseen
    }

    /// The threads of the loom that was looked at last.
    pub(super) fn last_woven(&self) -> Option<&Woven> {
        self.last_woven.as_ref()
    }

    /// Keeps them for the next time.
    pub(super) fn keep_woven(&mut self, woven: Woven) {
        self.last_woven = Some(woven);
    }

    /// The map as it was left.
    pub(super) fn take_map(&mut self) -> Map {
        std::mem::take(&mut self.last_map)
    }

    /// Goes back to the panes from the map, which is kept; to the presentation where it was looked at from there.
    pub(super) fn put_map_by(&mut self, map: Map) {
        self.last_map = map;
        self.uncover();
    }

    fn uncover(&mut self) {
        self.scene = self.behind.take().map_or(Scene::Reading, Scene::Present);
    }

    /// Fills the screen with the map or the tour's list; a presentation waits behind it.
    pub(super) fn show_over(&mut self, scene: Scene) {
        self.behind = match std::mem::replace(&mut self.scene, scene) {
            Scene::Present(present) => Some(present),
            _ => None,
        };
    }

    /// Whether a presentation waits behind the map or the tour's list.
    pub(super) fn has_presentation_behind(&self) -> bool {
        self.behind.is_some() && matches!(self.scene, Scene::Map(_) | Scene::Tour(_))
    }

    /// The presentation, on the screen or behind the map or the tour's list.
    pub fn presented(&self) -> Option<&Present> {
        match &self.scene {
            Scene::Present(present) => Some(present),
            Scene::Map(_) | Scene::Tour(_) => self.behind.as_deref(),
            _ => None,
        }
    }

    /// Mutable access to it.
    pub(super) fn presented_mut(&mut self) -> Option<&mut Present> {
        match &mut self.scene {
            Scene::Present(present) => Some(present),
            Scene::Map(_) | Scene::Tour(_) => self.behind.as_deref_mut(),
            _ => None,
        }
    }
}

impl Scene {
    /// The section of the keymap that answers a key there.
    pub fn context(&self) -> Context {
        self.contexts()[0]
    }

    /// The sections of the keymap that answer a key there.
    pub fn contexts(&self) -> &'static [Context] {
        match self {
            Self::Reading => &[Context::Reading],
            Self::Synopsis(_) => &[Context::Synopsis],
            Self::Map(_) => &[Context::Map],
            Self::Loom(_) => &[Context::Loom],
            Self::Dispute(_) => &[Context::Dispute],
            Self::Tour(_) => &[Context::Tour],
            Self::Cards(_) => &[Context::Cards],
            Self::Present(_) => &[Context::Present],
            Self::Lectern => &[Context::Lectern],
            Self::Room => &[Context::Room],
        }
    }
}

impl Screens {
    /// Goes back to the panes, or to the presentation behind; `false` where they are shown already.
    pub(super) fn back_to_reading(&mut self) -> bool {
        match &self.scene {
            Scene::Reading | Scene::Lectern | Scene::Room => return false,
            Scene::Synopsis(_) | Scene::Loom(_) | Scene::Dispute(_) | Scene::Cards(_) | Scene::Present(_) => {
                self.scene = Scene::Reading;
            }
            Scene::Tour(_) => self.uncover(),
            Scene::Map(_) => self.leave_map(),
        }
        true
    }
}
