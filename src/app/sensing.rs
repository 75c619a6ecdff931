//! Typed and pasted input: the line editor and the incremental search.

use tui_input::{Input, InputRequest};

use super::App;
use super::commands::command;
use super::intent::Intent;
use super::overlay::{Ask, Overlay, PageKind};
use super::picker::PickerKind;
use super::scene::Scene;
use super::search::{Position, Query, Search, SearchHits};
use super::work::search::SearchText;
use super::work::ticket::Ticket;
use crate::app::halves::Halves;
use crate::app::hinge::joint::Then;
use crate::app::out::Out;
use crate::layout::row::Row;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::settings::Sync;
use crate::text::Place;
use crate::text::clean::Clean;

/// The most letters that a line takes at once: no query or name has as many.
pub(super) const MOST_TYPED: usize = 2000;

/// Edits a line. Letters that arrive together are inserted together, since each edit rebuilds the line.
fn apply(line: &mut Input, requests: &[InputRequest]) {
    let letter = |request: &InputRequest| match request {
        InputRequest::InsertChar(c) => Some(*c),
        _ => None,
    };
    match requests.iter().map(letter).collect::<Option<String>>() {
        Some(letters) if requests.len() > 1 => {
            let cursor = line.cursor();
            let mut value: String = line.value().chars().take(cursor).collect();
            value.push_str(&letters);
            value.extend(line.value().chars().skip(cursor));
            *line = Input::new(value).with_cursor(cursor + requests.len());
        }
        _ => requests.iter().for_each(|request| {
            line.handle(*request);
        }),
    }
}

impl App {
    /// Types text into the open list or prompt; `false` where there is none.
    pub(super) fn type_text(&mut self, text: &str) -> bool {
        let clean = Clean::line(text);
        let (clean, is_cut) = match clean.as_str().char_indices().nth(MOST_TYPED) {
            Some((end, _)) => (Clean::line(&clean.as_str()[..end]), true),
            None => (clean, false),
        };
        let requests: Vec<_> = clean.as_str().chars().map(InputRequest::InsertChar).collect();
        let is_taken = self.edit_line(&requests);
        if is_taken && is_cut {
            self.out.tell(format!("pasted, cut after {MOST_TYPED} letters"));
        }
        is_taken
    }

    /// Edits the line of the open list or prompt; `false` where there is none.
    pub(super) fn edit_line(&mut self, requests: &[InputRequest]) -> bool {
        match self.screens.overlay_mut() {
            Some(Overlay::Picker(picker)) => {
                let before = picker.input.value().to_owned();
                apply(&mut picker.input, requests);
                if picker.kind != PickerKind::Palette
                    && let (true, Some(rest)) = (before.is_empty(), picker.input.value().strip_prefix(':'))
                {
                    // Hands that know vi leave any list by what they leave a text by.
                    let rest: Vec<_> = rest.chars().map(InputRequest::InsertChar).collect();
                    self.run(command!("palette"), None);
                    return rest.is_empty() || self.edit_line(&rest);
                }
                if picker.input.value() != before {
                    picker.narrow();
                    self.screens.offer_colon();
                }
            }
            Some(Overlay::Page(page)) if page.kind == PageKind::Help => {
                apply(&mut page.narrowing, requests);
                page.scroll = 0;
            }
            Some(Overlay::Editor(editor)) => {
                for request in requests {
                    editor.edit(*request);
                }
                self.notes.typed(&mut self.out);
            }
            Some(Overlay::Asked(asked)) => {
                apply(&mut asked.input, requests);
                match asked.ask {
                    Ask::Narrow => {
                        let typed = asked.input.value().to_owned();
                        self.screens.narrow_map(&typed, &self.topics, &self.memory);
                    }
                    Ask::Jot(_) => self.notes.typed(&mut self.out),
                    _ => {}
                }
            }
            Some(Overlay::Prompt(prompt)) => {
                if prompt.input.value().is_empty() && requests == [InputRequest::DeletePrevChar] {
                    self.clear();
                    return true;
                }
                apply(&mut prompt.input, requests);
                self.search_typed();
            }
            Some(Overlay::Form(form)) => {
                let Some(field) = form.field() else { return true };
                // What was chosen is one thing: another letter begins another choice, and taking back takes it all.
                let is_chosen = field.options.iter().any(|option| option == field.input.value());
                let begins = matches!(requests, [InputRequest::InsertChar(_) | InputRequest::DeletePrevChar, ..]);
                if is_chosen && begins {
                    field.input.reset();
                }
                apply(&mut field.input, requests);
            }
            _ => return false,
        }
        true
    }

    /// Searches both texts for what the prompt holds, if that has changed.
    pub(super) fn search_typed(&mut self) {
        let Some(Overlay::Prompt(prompt)) = self.screens.overlay() else { return };
        let query = Query { words: prompt.input.value().to_owned(), regex: prompt.regex };
        let Some(search) = &mut self.search else { return };
        if !search.change(query) {
            return;
        }
        search.send(&self.halves, &mut self.out);
        if search.words().is_empty() {
            self.back_to_origin();
        }
    }

    /// A text was searched.
    pub(super) fn found(&mut self, side: Side, number: u64, found: SearchHits) {
        let Some(search) = &mut self.search else { return };
        if search.number() != number {
            return;
        }
        search.hear(side, found);
        if side == self.halves.focus() && matches!(self.screens.overlay(), Some(Overlay::Prompt(_))) {
            self.preview_hit();
        }
        if self.intent.is_for_hit(number) {
            self.go_to_awaited_hit();
        }
    }

    /// While the search is typed: shows the first hit after where the reader was.
    pub(super) fn preview_hit(&mut self) {
        let Some(search) = &self.search else { return };
        let origin = search.origin(self.halves.focus());
        let pane = self.halves.pane(self.halves.focus());
        let (Some(text), Some(found)) = (pane.text(), search.hits(self.halves.focus())) else { return };
        if let Some(hit) = found.from(text.offset_of(origin.place())).map(|i| found.hits[i]) {
            let place = text.place_of(hit.0 as usize);
            self.halves.show_place(self.halves.focus(), place);
            self.screens.look_at_hit();
            self.show_presented_place();
        } else {
            origin.put(self.halves.lead_mut());
            self.screens.come_back_from_hit();
        }
        self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
    }

    /// Puts both panes back where they were when the search began.
    fn back_to_origin(&mut self) {
        let Some(search) = &self.search else { return };
        search.origin(self.halves.focus()).put(self.halves.lead_mut());
        self.screens.come_back_from_hit();
        self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
    }

    /// Remembers where the search began as the place that it was a jump from.
    fn leave_search_origin(&mut self) {
        let here = Position::of(self.halves.lead());
        self.back_to_origin();
        self.leave();
        here.put(self.halves.lead_mut());
    }

    /// A search that was accepted before it was answered: goes to the hit once it is known.
    pub(super) fn go_to_awaited_hit(&mut self) {
        let focus = self.halves.focus();
        let Some(search) = &self.search else { return };
        let Some(found) = search.answer(focus) else { return };
        if found.error.is_none() && found.hits.is_empty() && search.answer(focus.other()).is_none() {
            // Whether the other text has it is told together with this.
            return;
        }
        self.intent = Intent::None;
        self.accept_search();
    }

    /// Makes the hits of the search the trail, and goes to the first; back to where it began where there is none.
    pub(super) fn accept_search(&mut self) {
        let Some(search) = &self.search else { return };
        let words = search.words().to_owned();
        let answers = BOTH.map(|side| search.answer(side));
        if words.is_empty() || answers.iter().all(|found| found.is_some_and(|f| f.hits.is_empty())) {
            self.back_to_origin();
            self.search = None;
            if !words.is_empty() {
                self.out.tell(format!("neither text has “{words}”"));
            }
            return;
        }
        let number = search.number();
        if search.answer(self.halves.focus()).is_none() {
            self.back_to_origin();
            self.intent = Intent::Hit { search: number };
            return;
        }
        self.preview_hit();
        self.screens.stay_at_hit();
        self.leave_search_origin();
        self.moved();
    }

    /// Walks the hits in the leading text.
    pub(super) fn step_hit(&mut self, by: i64) {
        let pane = self.halves.pane(self.halves.focus());
        let (Some(text), Some(search)) = (pane.text(), &self.search) else { return };
        let Some(found) = search.all_hits(self.halves.focus()) else { return self.out.tell("still searching") };
        let Some(index) = found.step(text.offset_of(pane.place), by) else {
            let words = search.words().to_owned();
            let name = self.halves.name_of(self.halves.focus());
            let across = search.hits(self.halves.focus().other()).map_or(0, |found| found.hits.len());
            let there = match across {
                0 => String::new(),
                _ => format!("; {} leads to where it is", self.keys.key_of(command!("other-pane"))),
            };
            return self.out.tell(format!("{name} has no “{words}”{there}"));
        };
        let place = text.place_of(found.hits[index].0 as usize);
        let typing = matches!(self.screens.overlay(), Some(Overlay::Prompt(_)));
        if typing {
            self.halves.show_place(self.halves.focus(), place);
            self.screens.look_at_hit();
            self.show_presented_place();
            return self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
        }
        self.leave();
        self.halves.lead_mut().jump_to(place);
        self.show_presented_place();
        self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
        if self.hinge.sync() == Sync::Topic
            && let Some(passage) = self.halves.lead().current()
        {
            self.hinge.set_pinned(true);
            self.ask(passage, Then::Pin(0));
        }
    }

    /// Closes one thing: what lies over the panes, a selection, the search. Never the program.
    pub(super) fn clear(&mut self) {
        if self.screens.overlay().is_none() && self.halves.take_selection().is_some() {
            return;
        }
        match self.screens.take_overlay() {
            Some(Overlay::Prompt(_)) => {
                self.back_to_origin();
                self.search = None;
            }
            Some(Overlay::Asked(asked)) => self.unanswered(asked),
            // The synopsis asked for a topic, and got none.
            Some(_)
                if self.topics.held_id().is_none()
                    && matches!(self.screens.scene(), Scene::Synopsis(_))
                    && !self.links.are_some_on_none(self.topics.codebook()) =>
            {
                self.screens.back_to_reading();
            }
            Some(_) => self.shelf.tell_of_shelf(&self.halves, &self.keys, &mut self.out),
            None if self.screens.map_mut().is_some_and(|map| map.widen(&self.topics, &self.memory))
                || self.screens.back_to_reading() => {}
            None if self.hooks.stop_hook(&mut self.out)
                || self.versions.stop_aligning(&mut self.hinge, &self.keys, &mut self.out)
                || self.links.stop_seeking_quotations(&self.halves, &self.keys, &mut self.out) => {}
            None => self.search = None,
        }
    }

    /// Moves the open page by `rows`, within its ends.
    pub(super) fn scroll_page(&mut self, rows: i32) {
        let last = self.page_rows_hidden();
        if let Some(Overlay::Page(page)) = self.screens.overlay_mut() {
            page.scroll = i32::from(page.scroll).saturating_add(rows).clamp(0, i32::from(last)) as u16;
        }
    }

    /// How many rows of the open page are beyond the screen when it is at its top.
    fn page_rows_hidden(&self) -> u16 {
        let Some(Overlay::Page(page)) = self.screens.overlay() else { return 0 };
        let area = self.halves.page_area(&page.kind);
        let lines = self.lines_of(page, area.width.saturating_sub(4)).len();
        (lines as u16).saturating_sub(area.height.saturating_sub(2))
    }
}

impl Search {
    /// Has both texts searched, the leading one first: that is where the reader looks.
    pub(super) fn send(&mut self, halves: &Halves, out: &mut Out) {
        let (number, ticket) = (out.number(), Ticket::new());
        self.ask(number, ticket.clone());
        let query = self.query().clone();
        let origin = self.origin(halves.focus()).place();
        for side in [halves.focus(), halves.focus().other()] {
            if let Some(open) = halves.pane(side).open().cloned() {
                let from = (side == halves.focus()).then(|| open.text.offset_of(origin));
                out.ask_while(&ticket, SearchText { side, number, open, query: query.clone(), from });
            }
        }
    }
}

impl Halves {
    /// Moves a pane just far enough to bring a place to the reading line, and not at all if it is on screen
    /// already and near it.
    fn show_place(&mut self, side: Side, place: Place) {
        self.pane_mut(side).jump_to(place);
    }

    /// Scrolls just far enough to show `place`.
    pub(super) fn keep_in_sight(&mut self, side: Side, place: Place) {
        let pane = self.pane_mut(side);
        let rows = pane.rows();
        let shows = |r: &Row| r.block == place.block && r.is_text() && r.start <= place.offset && place.offset <= r.end;
        if !rows.iter().flatten().any(shows) {
            pane.glide(place);
        }
    }
}
