//! The contents of the pages over the panes: help, footnotes, and why two passages are a pair.

use std::rc::Rc;

use ratatui::layout::Rect;

use super::App;
use super::areas::{page_area, page_area_below};
use super::command::{Command, Context, Takes};
use super::commands::command;
use super::help::{context_of_help, narrowed};
use super::overlay::{Page, PageKind};
use super::page_line::{PageLine, entry, faint, heading, second_column, words};
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::hinge::joint::Joint;
use crate::app::keys::{Keys, LaidOut};
use crate::app::links::Links;
use crate::app::references::host_of;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::layout::cells;
use crate::link::Side;
use crate::link::judgement::Judgement;
use crate::link::pairing::Counterpart;
use crate::link::score::{in_hundred, told};
use crate::meaning::close::CloseTo;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;
use crate::word::letter::plain;
use crate::word::sentence::sentence_at;

impl App {
    /// The rows of an open page: those that what was typed leaves of it.
    pub fn lines_of(&self, page: &Page, width: u16) -> Rc<[PageLine]> {
        let typed = plain(page.narrowing.value().trim()).into_owned();
        if page.kind != PageKind::Help {
            return self.page_lines(&page.kind, width).into();
        }
        let by = (context_of_help(&self.halves, &self.screens), width, typed);
        if let Some(laid) = self.keys.laid.borrow().as_ref().filter(|laid| laid.by == by) {
            return Rc::clone(&laid.lines);
        }
        let lines = self.page_lines(&page.kind, width);
        let lines: Rc<[PageLine]> = if by.2.is_empty() { lines } else { narrowed(lines, &by.2) }.into();
        *self.keys.laid.borrow_mut() = Some(LaidOut { by, lines: Rc::clone(&lines) });
        lines
    }

    /// The rows of a page, `width` columns wide.
    pub fn page_lines(&self, kind: &PageKind, width: u16) -> Vec<PageLine> {
        let width = usize::from(width).max(8);
        match kind {
            PageKind::Help => self.help(width),
            PageKind::Said => {
                let mut lines = Vec::new();
                self.hooks.said().1.lines().for_each(|line| words(&mut lines, line, width));
                lines
            }
            PageKind::Remark => {
                let mut lines = Vec::new();
                let stop = self.screens.presented_stop().and_then(|at| self.touring.tour.stops.get(at));
                stop.into_iter().flat_map(|stop| stop.remark.lines()).for_each(|line| words(&mut lines, line, width));
                lines
            }
            PageKind::Why => self.why(width),
            PageKind::Wordings { left, right } => self.halves.wordings([left, right], width),
            PageKind::Address(address) => self.keys.address(address, width),
            PageKind::Footnote { side, note } => self.halves.note(&self.keys, *side, *note, width),
        }
    }

    fn why(&self, width: usize) -> Vec<PageLine> {
        let mut lines = Vec::new();
        let Some(joint) = self.hinge.joint() else {
            let said = if self.hinge.is_given_up() {
                "The two texts could not be compared."
            } else {
                "Nothing has been asked yet."
            };
            words(&mut lines, said, width);
            return lines;
        };
        let across = joint.lead.other();
        let Some(found) = &joint.found else {
            words(&mut lines, "Still comparing the two texts.", width);
            return lines;
        };
        let topic = joint.topic.as_ref().and_then(|id| self.topics.codebook().get(id.as_str())).map(|t| t.name.clone());
        let Some(best) = joint.counterpart() else {
            let never = joint.topic.as_ref().is_some_and(|t| self.halves.treatments(across, t).is_empty());
            let said = self.why_nothing(joint, topic, never);
            words(&mut lines, &said, width);
            if let Some(close) = self.links.close_in_meaning(&self.halves, &self.hinge, &self.topics) {
                by_model(&mut lines, close, width);
            }
            if self.versions.quoted_pair(&self.links, &self.halves, &self.hinge).is_some() {
                let key = self.keys.key_of(command!("compare-wordings"));
                words(
                    &mut lines,
                    &format!("The two passages in sight share a quotation; {key} compares its wordings."),
                    width,
                );
            }
            let reject = self.keys.key_of(command!("reject"));
            if let Some(checked) =
                self.links.silence_checked(&self.halves, joint.lead, joint.from, joint.topic.as_ref())
            {
                let day = checked.made.as_deref().and_then(|m| m.split('T').next()).unwrap_or("");
                words(&mut lines, format!("You have checked that{}.", on(day)).as_str(), width);
                faint(&mut lines, &format!("{reject} undoes that"), width);
            } else if never || joint.topic.is_none() {
                lines.push(PageLine::Words(String::new()));
                let said = format!("This is what was computed. {reject} notes that you have checked it.");
                faint(&mut lines, &said, width);
            }
            return lines;
        };
        let (at, count) = (joint.at + 1, found.len());
        let (left, right) = joint.pair().unwrap_or((joint.from, best.passage));
        entry(&mut lines, &format!("◧ ¶{left}"), &self.halves.opening_of(Side::Left, left, width), width);
        entry(&mut lines, &format!("◨ ¶{right}"), &self.halves.opening_of(Side::Right, right, width), width);
        if let Some(topic) = &topic {
            entry(&mut lines, "held topic", topic, width);
        }
        self.judgements(&mut lines, (left, right), width);
        let same_topic_only = self.hinge.is_same_topic_only(&self.links, &self.versions);
        let same_place = self.versions.is_same_place(&self.hinge, joint.lead, joint.from, best.passage);
        if same_place {
            self.hinge.same_place(&mut lines, width);
        }
        let only = if same_topic_only { "same topic only, " } else { "" };
        let rank = format!("{only}{at} of {count}, {}", self.links.order_of(&self.topics, joint, found));
        entry(&mut lines, "counterpart", &rank, width);
        if let Some(languages) = self.hinge.languages_apart().filter(|_| !same_place) {
            entry(&mut lines, "languages", &format!("{languages}: only names and numbers can meet"), width);
        }
        let odds = match &topic {
            Some(_) if same_topic_only && !same_place => {
                format!("{}: both treat the topic, and nothing else in common is worth a score", told(best.score))
            }
            Some(topic) if !same_place => odds_on(best.score, topic),
            _ => odds_of(best.score),
        };
        if same_topic_only
            || best.score > 0.0
            || joint.topic.is_none() && self.links.link_of_joint(&self.hinge).is_none()
        {
            entry(&mut lines, "score", &odds, width);
        }
        if same_place && best.because.is_empty() {
            return lines;
        }
        let is_pointed_at = !same_topic_only && !best.because.is_empty();
        heading(&mut lines, if is_pointed_at { "Because both have" } else { "What both have" });
        if best.because.is_empty() {
            let rest =
                if joint.topic.is_some() { ": only the topic they treat." } else { "; the link is what joins them." };
            words(&mut lines, &format!("nothing one could point at{rest}"), width);
        }
        self.hinge.common_words(&self.halves, &mut lines, joint, &best.because, width);
        self.halves.runners_up(&mut lines, across, (found, best), width);
        lines
    }

    /// That a passage has no counterpart, and as far as it is known, why; `never`: the other text does not treat the topic.
    fn why_nothing(&self, joint: &Joint, topic: Option<String>, never: bool) -> String {
        let (name, here) = (self.halves.name_of(joint.lead.other()), self.halves.name_of(joint.lead));
        let rejected = self.links.rejected_of(&self.halves, &self.topics, joint);
        match (self.hinge.languages_apart(), topic) {
            (_, topic) if !rejected.is_empty() => all_rejected(topic, &rejected, &name, joint.from),
            _ if self.versions.is_only_here(&self.hinge, joint.lead, joint.from) => {
                format!("Only {here} has ¶{}: at this place of the work {name} has nothing.", joint.from)
            }
            (Some(languages), _) => {
                format!("The two texts are in {languages}: their words cannot be compared, so this is not silence.")
            }
            (None, topic) => {
                let off_topic = self.hinge.is_off_topic(&self.halves);
                match topic {
                    Some(topic) if never => format!("{name} never treats {topic}, as far as its terms tell."),
                    Some(topic) if off_topic => {
                        format!("¶{} of {here} does not treat {topic}, so nothing answers it there.", joint.from)
                    }
                    Some(topic) => format!("Nothing in {name} answers ¶{} on {topic}.", joint.from),
                    None => {
                        format!("Nothing in {name} is enough like ¶{} to be shown as an answer to it.", joint.from)
                    }
                }
            }
        }
    }
}

impl Hinge {
    /// That two passages are at the same place of one work.
    fn same_place(&self, lines: &mut Vec<PageLine>, width: usize) {
        let said = "the two texts are versions of one work, and this is the same place of it";
        entry(lines, "same place", said, width);
        if let Some(languages) = self.languages_apart() {
            entry(lines, "languages", &format!("{languages}: their words say little of it"), width);
        }
    }
}

impl App {
    /// The title of a page.
    pub fn page_title(&self, kind: &PageKind) -> String {
        match kind {
            PageKind::Help => "Keys".to_owned(),
            PageKind::Why if self.hinge.joint().is_some_and(Joint::is_silent) => "No counterpart".to_owned(),
            PageKind::Why => match self.links.link_of_joint(&self.hinge) {
                Some(link) if link.is_by(self.settings.author()) => "Your link".to_owned(),
                Some(_) => "A link".to_owned(),
                None => "Why this counterpart".to_owned(),
            },
            PageKind::Wordings { .. } => "Word by word".to_owned(),
            PageKind::Said => self.hooks.said().0.to_owned(),
            PageKind::Remark => {
                self.screens.presented_stop().map_or_else(String::new, |at| format!("Your remark · stop {}", at + 1))
            }
            PageKind::Address(_) => "Open this address?".to_owned(),
            PageKind::Footnote { side, note } => {
                let text = self.halves.pane(*side).text();
                let label = text.and_then(|t| t.notes().get(*note)).map_or("", |n| &n.label);
                format!("Note {label}")
            }
        }
    }
}

impl Screens {
    /// The stop that is presented, as its index.
    fn presented_stop(&self) -> Option<usize> {
        self.presented().and_then(|present| present.stop)
    }
}

impl Halves {
    /// The area that a page may take, its border included.
    pub fn page_area(&self, kind: &PageKind) -> Rect {
        let (columns, rows) = self.screen();
        if kind.leaves_the_pair_in_sight() { page_area_below(columns, rows) } else { page_area(columns, rows) }
    }

    /// The other counterparts there are.
    fn runners_up(
        &self,
        lines: &mut Vec<PageLine>,
        side: Side,
        (found, best): (&[Counterpart], &Counterpart),
        width: usize,
    ) {
        if found.len() > 1 {
            heading(lines, "What else there was, with its score");
            for other in found.iter().filter(|c| c.passage != best.passage) {
                self.runner_up(lines, side, other, width);
            }
        }
    }

    fn runner_up(&self, lines: &mut Vec<PageLine>, side: Side, other: &Counterpart, width: usize) {
        let label = format!("¶{}  {}", other.passage, told(other.score));
        let said: Vec<_> = other.because.iter().take(4).map(|r| r.text.trim()).collect();
        let said = if said.is_empty() { self.opening_of(side, other.passage, width) } else { said.join(", ") };
        entry(lines, &label, &said, width);
    }

    /// The first sentence of a passage, cut to one row.
    fn opening_of(&self, side: Side, passage: PassageNo, width: usize) -> String {
        let Some(text) = self.pane(side).text() else { return String::new() };
        let string = text.passage_str(passage);
        let sentence = &string[sentence_at(string, 0)];
        cells::ellipsis(&sentence.replace('\n', " "), width.saturating_sub(second_column(width))).into_owned()
    }

    fn note(&self, keys: &Keys, side: Side, note: usize, width: usize) -> Vec<PageLine> {
        let mut lines = Vec::new();
        let Some(text) = self.pane(side).text() else { return lines };
        let Some(note) = text.notes().get(note) else { return lines };
        if note.blocks.is_empty() {
            faint(&mut lines, "The text cites this note but does not have it.", width);
        }
        for block in note.blocks.clone() {
            words(&mut lines, text.block_str(block), width);
        }
        if let Some(key) = keys.keymap().first_key(Context::Page, command!("follow"))
            && !note.blocks.is_empty()
        {
            lines.push(PageLine::Words(String::new()));
            faint(&mut lines, &format!("{key} goes there"), width);
        }
        lines
    }
}

impl Keys {
    /// The keys of a command in the first context that has any; a letter it asks for is shown as `a`.
    pub fn keys_of(&self, command: &Command) -> Vec<String> {
        let keys = command.contexts.iter().map(|c| self.keymap().keys_for(*c, command)).find(|k| !k.is_empty());
        let suffix = if command.takes == Takes::Letter { "a" } else { "" };
        keys.unwrap_or_default().into_iter().map(|k| format!("{k}{suffix}")).collect()
    }

    /// An address as it is, whole, and where it leads.
    fn address(&self, address: &str, width: usize) -> Vec<PageLine> {
        let mut lines = Vec::new();
        let mut rest = address;
        while !rest.is_empty() {
            let (row, _) = cells::fit(rest, width);
            let row = if row.is_empty() { rest } else { row };
            lines.push(PageLine::Words(row.to_owned()));
            rest = &rest[row.len()..];
        }
        lines.push(PageLine::Words(String::new()));
        let host = host_of(address);
        entry(&mut lines, "leads to", host, width);
        if !host.is_ascii() {
            entry(
                &mut lines,
                "look twice",
                "its name has letters besides a to z, and may only look like another",
                width,
            );
        }
        let key = |command| self.keymap().first_key(Context::Page, command).unwrap_or_default();
        lines.push(PageLine::Words(String::new()));
        faint(&mut lines, &format!("{} opens it in $BROWSER", key(command!("follow"))), width);
        lines
    }
}

impl App {
    /// What the reader and others said of a pair that is joined.
    fn judgements(&self, lines: &mut Vec<PageLine>, (left, right): (PassageNo, PassageNo), width: usize) {
        if self.links.link_of_joint(&self.hinge).is_some() {
            for judged in self.links.own().said_between(left, right) {
                let reader = self.settings.author();
                let by = (!judged.is_by(reader)).then(|| judged.made_by(reader));
                judgement(lines, judged, by.as_deref(), &|id| self.topics.name(id), width);
            }
        }
    }
}

impl Links {
    /// The link of the two passages that the joint names.
    fn link_of_joint(&self, hinge: &Hinge) -> Option<&Judgement> {
        let (left, right) = hinge.joint()?.pair()?;
        self.own().link_between(left, right)
    }

    /// In what order counterparts stand: what the reader joined is before what is closest.
    fn order_of(&self, topics: &Topics, joint: &Joint, found: &[Counterpart]) -> &'static str {
        let joined = self.judged_for(topics, joint.topic.as_ref()).joined_to(joint.lead, joint.from);
        let is_first = found.first().is_some_and(|c| joined.contains(&c.passage));
        if is_first && found.len() > joined.len() { "yours first, then the closest" } else { "closest first" }
    }
}

/// That a passage has no counterpart but what was rejected.
fn all_rejected(topic: Option<String>, rejected: &[PassageNo], name: &str, from: PassageNo) -> String {
    let numbers: Vec<String> = rejected.iter().map(|passage| format!("¶{passage}")).collect();
    let was = if numbers.len() == 1 { "was" } else { "were" };
    let rest = topic.map_or_else(
        || "and nothing else there is enough like it".to_owned(),
        |topic| format!("and nothing else there answers it on {topic}"),
    );
    format!("{} of {name} {was} rejected as an answer to ¶{from}, {rest}.", numbers.join(", "))
}

/// What rests on a model alone: said to be so, with the sentences to judge it by.
fn by_model(lines: &mut Vec<PageLine>, close: &CloseTo, width: usize) {
    heading(lines, "Close in meaning, by a model");
    entry(lines, "here", &format!("“{}”", Clean::line(&close.sentences.here).as_str()), width);
    entry(lines, &format!("¶{}", close.passage), &format!("“{}”", Clean::line(&close.sentences.there).as_str()), width);
    entry(lines, "score", &format!("{}: {}", told(close.score), in_tests(close.score)), width);
}

/// A score with a topic held, and what it says: another number than without one, for it is another question.
fn odds_on(score: f32, topic: &str) -> String {
    format!("{} on {topic}: {}", told(score), odds(score))
}

/// A score, and what it says.
fn odds_of(score: f32) -> String {
    format!("{}: {}", told(score), odds(score))
}

/// Below this score fewer pairs were right than it says when readers judged them who saw no score (`benches/README.md`).
const KEPT_FROM: f32 = 0.65;

/// Of how many such pairs a score says that they are right, and what was found otherwise.
fn odds(score: f32) -> String {
    let fewer = if score < KEPT_FROM { "; judged blind, 4 in 10 of all below 0.65" } else { "" };
    in_tests(score) + fewer
}

fn in_tests(score: f32) -> String {
    format!("in tests, {} of 100 such pairs were right", in_hundred(score))
}

/// What those who are named said of a pair, or where nobody is, the reader.
fn judgement(
    lines: &mut Vec<PageLine>,
    link: &Judgement,
    by: Option<&str>,
    name: &dyn Fn(&TopicId) -> String,
    width: usize,
) {
    let clean = |words: &str| Clean::line(words).as_str().to_owned();
    let word = link.relation().map_or("", |r| r.word());
    let day = link.made.as_deref().and_then(|m| m.split('T').next()).unwrap_or("");
    match (link.relation(), by) {
        (None, by) => entry(lines, "rejected by", &format!("{}{}", by.unwrap_or("you"), on(&clean(day))), width),
        (Some(_), None) => entry(lines, "you joined them", &format!("{}{}", clean(word), on(&clean(day))), width),
        (Some(_), Some(by)) => entry(lines, "joined by", &format!("{by}: {}{}", clean(word), on(&clean(day))), width),
    }
    if let Some(topic) = &link.topic {
        entry(lines, "on the topic", &clean(&name(topic)), width);
    }
    if !link.note.is_empty() {
        entry(lines, if by.is_none() { "your note" } else { "note" }, &clean(&link.note.replace('\n', " ")), width);
    }
}

/// ` on 2026-11-22`; nothing where the day is not known.
fn on(day: &str) -> String {
    if day.is_empty() { String::new() } else { format!(" on {day}") }
}

#[cfg(test)]
mod tests {
    use super::{odds_of, odds_on};

    #[test]
    fn a_score_that_promises_more_than_was_found_says_so() {
        for score in [0.44, 0.55, 0.64, 0.65, 0.8] {
            for said in [odds_of(score), odds_on(score, "Bees")] {
                assert_eq!(said.contains("judged blind, 4 in 10"), score < 0.65, "{said}");
            }
        }
    }
}
