//! The pair that is shown: what every key that takes a pair acts on.
//!
//! A pinned pair stays drawn while one reads on in a pane. As long as both its passages are on the screen it is the pair;
//! once one of them is scrolled away, or both panes are read elsewhere, nothing of it is drawn, and the pair is what is read.

use crate::app::App;
use crate::app::halves::Halves;
use crate::link::Side;
use crate::link::judgement::Judgement;
use crate::text::passage::PassageNo;

impl App {
    /// The pair that keys act on, left and right; the footer names it where it is not the one that is read.
    pub fn shown_pair(&self) -> Option<(PassageNo, PassageNo)> {
        self.pinned_in_sight().or_else(|| self.halves.pair_in_sight())
    }

    /// The link that joins the pair shown, whatever it is about.
    pub fn link_in_sight(&self) -> Option<&Judgement> {
        let (left, right) = self.shown_pair()?;
        self.links.own().link_between(left, right)
    }

    /// The pinned pair, where it is on the screen though another one is read.
    pub fn pinned_in_sight(&self) -> Option<(PassageNo, PassageNo)> {
        self.pinned_apart().filter(|pair| self.halves.is_stood_by(*pair))
    }

    /// The pinned pair, where the reader has left it for another one.
    pub fn pinned_and_left(&self) -> Option<(PassageNo, PassageNo)> {
        self.pinned_apart().filter(|pair| !self.halves.is_stood_by(*pair))
    }

    /// The pinned pair, where another one is read.
    fn pinned_apart(&self) -> Option<(PassageNo, PassageNo)> {
        let pair = self.hinge.pinned_elsewhere(&self.halves)?;
        // A quotation that what is read shares is drawn instead, and so is the place in two versions of one work.
        let is_covered = self.versions.keeps_level(&self.hinge)
            || self.versions.quoted_pair(&self.links, &self.halves, &self.hinge).is_some();
        (!is_covered).then_some(pair)
    }
}

impl Halves {
    /// Whether a pair is on the screen, and one of its passages is read.
    fn is_stood_by(&self, pair: (PassageNo, PassageNo)) -> bool {
        let read = |side: Side, passage: PassageNo| self.pane(side).current() == Some(passage);
        (read(Side::Left, pair.0) || read(Side::Right, pair.1)) && self.are_on_screen(pair)
    }

    /// Whether something of both passages is on the screen.
    fn are_on_screen(&self, (left, right): (PassageNo, PassageNo)) -> bool {
        [(Side::Left, left), (Side::Right, right)].into_iter().all(|(side, passage)| {
            let pane = self.pane(side);
            let block = pane.text().and_then(|text| text.numbering().block_of(passage));
            block.is_some_and(|block| pane.rows().iter().flatten().any(|r| r.block as usize == block && r.is_text()))
        })
    }
}
