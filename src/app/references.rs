//! References are followed: to a page of the web by the reader's browser, once its whole address was shown; to a text of the
//! library across from the one that names it.

use super::App;
use super::halves::Halves;
use super::intent::Intent;
use super::memory::Seat;
use super::message::{Effect, Terminal};
use super::overlay::{Ask, Asked, Followed, Overlay, Page, PageKind};
use super::picker::{Choice, Item, Picker, PickerKind};
use super::work::reference::{Answer, FindReferenced, place_of};
use super::work::ticket::Ticket;
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::import::format::is_text_by_name;
use crate::layout::row::Row;
use crate::link::Side;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::reference::{Reference, Target, addresses_in, references_in, target_of};
use crate::text::span::SpanKind;

impl App {
    /// Follows the reference at the reading line; lists them where there are several.
    pub(in crate::app) fn follow_reference(&mut self) {
        let found = match self.screens.overlay() {
            Some(Overlay::Page(Page { kind: PageKind::Footnote { side, note }, .. })) => {
                let text = self.halves.pane(*side).text();
                text.map_or_else(Vec::new, |text| of_note(text, *note, None))
            }
            Some(_) => return self.out.tell("there is no reference on this page"),
            None => self.halves.references_here(),
        };
        let mut items: Vec<Item> = Vec::new();
        for (words, address, place) in found {
            let choice = Choice::Reference(address.clone());
            if !items.iter().any(|item| item.choice.is_reference(&address)) {
                let (label, about) = (Clean::line(&address).to_string(), Clean::line(&words).to_string());
                items.push(Item { label, detail: place, about, depth: 0, dim: false, choice });
            }
        }
        match items.as_slice() {
            [] => self.out.tell("neither the reading line nor this passage has a link, an address, or a note with one"),
            [Item { choice: Choice::Reference(address), .. }] => {
                let address = address.clone();
                self.screens.close();
                self.open_reference(&address);
            }
            _ => self.screens.lay(Overlay::Picker(Picker::new(PickerKind::References, items, 0))),
        }
    }

    /// Follows an address, each kind in its own way.
    pub fn open_reference(&mut self, address: &str) {
        match target_of(address) {
            Target::Web(address) => match web(&address) {
                Some(address) => self.screens.lay(Overlay::Page(Page::new(PageKind::Address(address)))),
                None => self.out.tell(format!("this is not an address of the web: {address}")),
            },
            Target::Other(scheme) => {
                self.out.tell(format!("only http and https addresses are opened from here, not {scheme}: {address}"));
            }
            Target::Text { path, part } if path.is_empty() => {
                let text = self.halves.lead().text();
                let place = text.zip(part.as_deref()).and_then(|(text, part)| place_of(text, part));
                let Some(place) = place else {
                    return self.out.tell(format!("no heading here is called “{}”", part.unwrap_or_default()));
                };
                self.leave();
                self.halves.lead_mut().jump_to(place);
                self.moved();
            }
            Target::Text { path, part } => {
                let Some(open) = self.halves.lead().open() else { return };
                let from = open.request.clone();
                self.out.tell(format!("looking for “{path}”…"));
                self.intent.find_referenced(&mut self.out, Followed { from, path, part, allowed: false });
            }
        }
    }

    /// What a reference names was found, or not; nothing where the reader has gone to something else meanwhile.
    pub(in crate::app) fn found_referenced(&mut self, number: u64, answer: Answer) {
        let Some(from) = self.intent.text(number) else { return };
        let Some(side) = self.halves.side_of(&from) else { return };
        match answer {
            Answer::Found(seat, has_part) => self.go_across(side, *seat, has_part),
            Answer::Outside(asked, what) => self.screens.ask_to_follow(&mut self.out, asked, what),
            Answer::Nothing(line) => self.out.notice = Some(line.into()),
        }
    }

    /// Goes to a place that a reference names, across from the text that has it; in the same text where it is of that.
    fn go_across(&mut self, lead: Side, seat: Seat, has_part: bool) {
        self.leave();
        self.out.notice = None;
        let is_here = self.halves.pane(lead).open().is_some_and(|open| open.request == seat.request);
        if !has_part {
            self.out.tell("it has no heading of that name; this is its beginning");
        }
        self.halves.sit(
            &mut self.screens,
            &mut self.intent,
            &mut self.out,
            if is_here { lead } else { lead.other() },
            seat,
        );
        if is_here {
            self.moved();
        } else {
            self.hinge.set_pinned(true);
        }
    }
}

impl Intent {
    /// Looks for a text that a file refers to, and goes there once it is found.
    pub(in crate::app) fn find_referenced(&mut self, out: &mut Out, followed: Followed) {
        let (number, ticket, from) = (out.number(), Ticket::new(), followed.from.clone());
        out.ask_while(&ticket, FindReferenced { number, followed });
        *self = Intent::Text { question: number, from, ticket };
    }
}

impl Screens {
    /// A text outside the library is named: asks whether it is to be opened.
    fn ask_to_follow(&mut self, out: &mut Out, asked: Followed, what: Clean) {
        if self.overlay().is_some() {
            return out.tell(format!("{what} is outside the library and stays closed"));
        }
        out.notice = None;
        self.lay(Overlay::Asked(Asked::new(Ask::Follow(Box::new(asked), what))));
    }

    /// Lists the sources that the text which leads names for itself.
    pub(in crate::app) fn list_sources(&mut self, halves: &Halves, out: &mut Out) {
        let Some(open) = halves.lead().open() else { return out.tell("there is no text here") };
        let mut items = Vec::new();
        for source in &open.text.meta().sources {
            let label = Clean::line(source).to_string();
            let addresses: Vec<String> = addresses_in(source).into_iter().map(|at| source[at].to_owned()).collect();
            let is_file = addresses.is_empty() && is_text_by_name(label.trim());
            let item = |choice: Choice, detail: &str| Item {
                label: label.clone(),
                detail: detail.to_owned(),
                about: label.clone(),
                depth: 0,
                dim: addresses.is_empty() && !is_file,
                choice,
            };
            if is_file {
                items.push(item(Choice::Reference(label.clone()), "a text"));
            } else if addresses.is_empty() {
                items.push(item(Choice::Told(format!("this source names no address: {label}")), "no address"));
            }
            items.extend(addresses.iter().map(|address| item(Choice::Reference(address.clone()), host_of(address))));
        }
        if items.is_empty() {
            return out.tell(format!("{} names no sources", open.name));
        }
        self.lay(Overlay::Picker(Picker::new(PickerKind::Sources, items, 0)));
    }
}

impl Out {
    /// Opens the address shown in the reader's browser.
    pub(in crate::app) fn browse(&mut self, address: String) {
        self.effect(Effect::Terminal(Terminal::Browse(address)));
    }
}

impl Halves {
    /// The references at the reading line of the pane that leads, with their words and where they stand; where none is
    /// there, those of its passage.
    fn references_here(&self) -> Vec<(String, String, String)> {
        let pane = self.lead();
        let Some(text) = pane.text() else { return Vec::new() };
        if let Some(selection) = self.selection() {
            return told(text, selection.range.clone());
        }
        let row = pane.rows().into_iter().nth(usize::from(pane.line)).flatten().filter(Row::is_text);
        let at_line = row.map(|row| {
            let base = text.blocks()[row.block as usize].range().start;
            told(text, base + row.start as usize..base + row.end as usize)
        });
        let here = at_line.unwrap_or_default();
        let block = pane.current().and_then(|passage| text.numbering().block_of(passage));
        match block {
            Some(block) if here.is_empty() => told(text, text.blocks()[block].range()),
            _ => here,
        }
    }
}

impl Choice {
    fn is_reference(&self, address: &str) -> bool {
        matches!(self, Self::Reference(other) if other == address)
    }
}

/// The references of a stretch, and those in the notes that it cites.
fn told(text: &Text, range: std::ops::Range<usize>) -> Vec<(String, String, String)> {
    let mut found: Vec<_> =
        references_in(text, range.clone()).into_iter().map(|r| with_words(text, r, "here")).collect();
    for span in text.spans_in(range) {
        if let SpanKind::NoteRef(note) = span.kind {
            found.extend(of_note(text, note as usize, Some("note")));
        }
    }
    found
}

/// The references of a note.
fn of_note(text: &Text, note: usize, told: Option<&str>) -> Vec<(String, String, String)> {
    let Some(note) = text.notes().get(note) else { return Vec::new() };
    let place = told.map_or_else(|| "here".to_owned(), |told| format!("{told} {}", note.label));
    let ranges = note.blocks.clone().map(|block| text.blocks()[block].range());
    ranges.flat_map(|range| references_in(text, range)).map(|r| with_words(text, r, &place)).collect()
}

fn with_words(text: &Text, reference: Reference, place: &str) -> (String, String, String) {
    (text.string()[reference.range].to_owned(), reference.address, place.to_owned())
}

/// The name of the machine in an address.
pub(crate) fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    rest.rsplit_once('@').map_or(rest, |(_, host)| host)
}

/// An address of the web as a program may be given it: nothing in it but what such an address may have (RFC 3986), all else
/// percent-encoded; `None` where it names no machine.
pub(crate) fn web(address: &str) -> Option<String> {
    let mut out = String::with_capacity(address.len());
    for c in address.trim().chars() {
        // Letters of other scripts stay: browsers know how to ask for them.
        if c.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    let host = host_of(&out);
    (!host.is_empty() && host.contains(|c: char| c.is_alphanumeric()) && out.len() <= 4096).then_some(out)
}
