//! Going to a passage by its number, or to the end of a text: where the text is still being read, once it is there.

use super::App;
use super::intent::{Aim, Intent};
use crate::link::Side;
use crate::text::Text;
use crate::text::passage::PassageNo;

impl App {
    /// Goes to a passage of the leading text, by its number.
    pub(super) fn go_to_passage(&mut self, number: u32) {
        let Some(count) = self.halves.lead().text().map(Text::passage_count) else {
            return self.out.tell("no text is open here");
        };
        if number as usize > count && self.awaits_rest(Aim::Passage(number)) {
            return;
        }
        self.leave();
        self.arrive_at_passage(self.halves.focus(), number);
        self.moved();
    }

    /// Goes to the end of the leading text.
    pub(super) fn go_to_end(&mut self) {
        if self.awaits_rest(Aim::End) {
            return;
        }
        self.leave();
        self.halves.lead_mut().to_end();
        self.moved();
    }

    /// A text is there in full: goes to where the reader wanted to go in what was still to come of it.
    pub(super) fn go_where_it_is_read(&mut self, request: u64, side: Side) {
        match self.intent.is_read(request) {
            Some(Aim::Passage(number)) => self.arrive_at_passage(side, number),
            Some(Aim::End) => self.halves.pane_mut(side).to_end(),
            None => return,
        }
        if side == self.halves.focus() {
            self.moved();
        }
    }

    fn arrive_at_passage(&mut self, side: Side, number: u32) {
        let count = self.halves.pane(side).text().map_or(0, Text::passage_count);
        if number as usize > count {
            self.out.tell(format!("this text ends with ¶{count}"));
        }
        self.halves.pane_mut(side).jump_to_passage(PassageNo(number.clamp(1, count.max(1) as u32)), None);
    }

    /// Whether what the reader wants to go to, a passage or the end, is still being read; it is then gone to when it is there.
    fn awaits_rest(&mut self, aim: Aim) -> bool {
        let focus = self.halves.focus();
        let is_part = self.halves.pane(focus).open().is_some_and(|open| open.provisional);
        let Some(request) = self.halves.reading(focus).filter(|_| is_part).map(|reading| reading.request) else {
            return false;
        };
        self.leave();
        let name = self.halves.name_of(focus);
        let place = match aim {
            Aim::Passage(number) => format!("¶{number}"),
            Aim::End => "its end".to_owned(),
        };
        self.out.tell(format!("{name} is still being read: {place} is gone to when it is there"));
        self.intent = Intent::Passage { load: request, aim };
        true
    }
}
