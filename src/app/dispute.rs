//! The dispute page: a quotation that both texts have in the middle, and around it what each of them makes of it.

pub(crate) mod rows;

use self::rows::Rows;
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::links::Links;
use crate::app::out::Out;
use crate::app::scene::{DisputePage, Scene, Screens};
use crate::link::quotation::SharedQuotation;
use crate::link::sides::{BOTH, Sides};
use crate::study::dispute::Dispute;

impl App {
    /// Scrolls a page that is longer than the screen, to its end.
    pub(in crate::app) fn scroll_dispute(&mut self, by: i32) {
        let (columns, height) = rows::room(self.halves.screen());
        let Scene::Dispute(page) = self.screens.scene() else { return };
        let rows = Rows::of(self, &page.dispute, columns).height();
        let last = rows.saturating_sub(usize::from(height)).min(usize::from(u16::MAX)) as u16;
        if let Scene::Dispute(page) = self.screens.scene_mut() {
            // The screen may have been smaller before.
            let now = i32::from(page.scroll.min(last));
            page.scroll = now.saturating_add(by).clamp(0, i32::from(last)) as u16;
        }
    }

    /// Reads both places of the quotation side by side.
    pub(in crate::app) fn read_dispute(&mut self) {
        let Scene::Dispute(page) = self.screens.scene() else { return };
        let at = page.at;
        self.screens.show(Scene::Reading);
        self.go_to_quotation(at);
    }
}

impl Screens {
    /// Shows what both texts make of a shared quotation.
    pub(in crate::app) fn open_dispute(&mut self, halves: &Halves, links: &Links, at: usize) {
        let found = links.quotations().and_then(|all| all.get(at));
        let Some(dispute) = found.and_then(|quotation| halves.dispute(quotation)) else { return };
        self.show(Scene::Dispute(Box::new(DisputePage { at, dispute, scroll: 0 })));
    }

    /// Goes on to another shared quotation.
    pub(in crate::app) fn step_dispute(&mut self, halves: &Halves, links: &Links, out: &mut Out, by: i64) {
        let Scene::Dispute(page) = self.scene() else { return };
        let count = links.quotations().map_or(0, <[SharedQuotation]>::len);
        match usize::try_from(page.at as i64 + by) {
            Ok(at) if at < count => self.open_dispute(halves, links, at),
            _ => out.tell(if by > 0 {
                "this is the last shared quotation"
            } else {
                "this is the first shared quotation"
            }),
        }
    }
}

impl Halves {
    fn dispute(&self, quotation: &SharedQuotation) -> Option<Dispute> {
        let [left, right] = BOTH.map(|side| self.pane(side).text());
        let texts = Sides { left: left?, right: right? };
        quotation.is_within(texts).then(|| Dispute::of(texts, quotation))
    }
}
