//! Which texts are known to be versions of one work, from this session or an earlier one.

use super::Versions;
use crate::align::one_work::Verdict;
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::memory::Memory;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::open::Shelved;

impl Versions {
    /// Whether the two open texts are to be known as versions of one work from now on: they are beyond doubt, or they may
    /// be and place sync is on; `before` is what was known of them.
    pub(in crate::app) fn known_as_one_work(&self, before: bool, place_sync: bool) -> bool {
        match self.score() {
            None => before,
            Some((_, Verdict::OneWork)) => true,
            Some((_, Verdict::Perhaps)) => before || place_sync,
            Some((_, Verdict::NotOne)) => false,
        }
    }

    /// What opens the texts that are known to be versions of one work with this one.
    pub fn known_versions<'a>(
        &self,
        halves: &'a Halves,
        hinge: &Hinge,
        memory: &'a Memory,
        text: &'a str,
    ) -> Vec<&'a str> {
        let open = BOTH.map(|side| halves.pane(side).open().map(|open| open.request.as_str()));
        let beside = match open {
            [Some(left), other] if left == text => other,
            [other, Some(right)] if right == text => other,
            _ => None,
        };
        let mut known: Vec<&str> = memory.versions_of(text).collect();
        // Of the two that are open this session knows better.
        if let (Some(beside), Some(_)) = (beside.filter(|beside| *beside != text), self.score()) {
            let before = known.contains(&beside);
            known.retain(|known| *known != beside);
            let now = self.known_as_one_work(before, self.keeps_level(hinge));
            known.extend(now.then_some(beside));
        }
        known
    }
}

impl App {
    /// Of which texts one is known to be a version: `version of the left`. Empty where none is known.
    pub fn said_versions(&self, text: &str) -> String {
        let known = self.versions.known_versions(&self.halves, &self.hinge, &self.memory, text);
        let is_of =
            |side: Side| self.halves.pane(side).open().is_some_and(|open| known.contains(&open.request.as_str()));
        match BOTH.map(is_of) {
            [true, true] => return "version of both".to_owned(),
            [true, false] => return "version of the left".to_owned(),
            [false, true] => return "version of the right".to_owned(),
            [false, false] => {}
        }
        let is_known = |shelved: &&Shelved| known.contains(&shelved.request.as_str());
        let titles: Vec<&str> = self.shelf.texts().iter().filter(is_known).map(|text| text.title.as_str()).collect();
        match titles.as_slice() {
            [] => String::new(),
            [title] => format!("version of {title}"),
            [title, more @ ..] => format!("version of {title} and {} more", more.len()),
        }
    }
}
