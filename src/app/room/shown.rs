//! A snapshot of what a session shows, for second screens and followers.

use super::side_name;
use crate::anchor::TextId;
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::pane::Pane;
use crate::app::present::{Present, Shown as Extent};
use crate::app::scene::Scene;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::open::Open;
use crate::model::touring::Touring;
use crate::text::block::BlockKind;
use crate::text::clean::Clean;
use crate::tour::Stop;
use crate::wire::message::{NextStop, Presented, Shown, ShownBlock, ShownText, ShownTopic, ShownTour};

/// So many bytes of a block are said.
const LONGEST_BLOCK: usize = 8 << 10;
/// So many bytes of a text are said, but for the passage that is read.
const LONGEST_TEXT: usize = 32 << 10;

impl App {
    /// What is shown now, the leader's remark included.
    pub fn shown(&self) -> Shown {
        let scene = self.screens.scene();
        // The map or the list may lie over it for a while: what the panes hold of the stop is the same then.
        let presented = self.screens.presented();
        let on_screen = matches!(scene, Scene::Present(_));
        let at = presented.map_or_else(|| self.touring.stop_here(&self.halves), |present| present.stop);
        let stop = presented.filter(|p| !p.away).and(at).and_then(|at| self.touring.tour.stops.get(at));
        let [left, right] = BOTH.map(|side| self.halves.shown_text(side, presented, stop));
        Shown {
            session: 0,
            screen: scene.context().name().to_owned(),
            title: self.touring.shown_title(&self.halves),
            left,
            right,
            leads: side_name(self.halves.focus()).to_owned(),
            topic: self.topics.held().map(|t| ShownTopic { id: t.id.to_string(), name: t.name.clone() }),
            tour: self.touring.shown_tour(&self.topics, at),
            present: presented.map(|presented| told(presented, on_screen, &self.halves)),
        }
    }
}

impl Touring {
    fn shown_title(&self, halves: &Halves) -> String {
        let tour = &self.tour.title;
        if !tour.is_empty() {
            return tour.clone();
        }
        let names = BOTH.iter().filter_map(|side| halves.pane(*side).open().map(|_| halves.name_of(*side)));
        names.collect::<Vec<_>>().join(" · ")
    }

    fn shown_tour(&self, topics: &Topics, at: Option<usize>) -> Option<ShownTour> {
        let tour = &self.tour;
        if tour.stops.is_empty() {
            return None;
        }
        let stop = at.and_then(|at| tour.stops.get(at));
        let next = at.map_or(tour.stops.first(), |at| tour.stops.get(at + 1));
        Some(ShownTour {
            title: tour.title.clone(),
            stop: at.map(|at| at + 1),
            of: tour.stops.len(),
            name: stop.map_or_else(String::new, |stop| topics.name_of_stop(stop)),
            remark: stop.map(|stop| stop.remark.clone()).filter(|remark| !remark.trim().is_empty()),
            minutes: stop.and_then(|stop| stop.minutes),
            planned: tour.minutes(),
            next: next.map(|stop| NextStop {
                name: topics.name_of_stop(stop),
                passages: stop.numbers(),
                minutes: stop.minutes,
            }),
        })
    }
}

impl Halves {
    fn shown_text(&self, side: Side, present: Option<&Present>, stop: Option<&Stop>) -> Option<ShownText> {
        let anchor = stop.map(|stop| if side == Side::Left { &stop.left } else { &stop.right }.as_ref());
        let lost = present.and_then(|present| present.lost[side].as_ref()).zip(anchor.flatten());
        let pane = self.pane(side);
        if let Some((words, anchor)) = lost {
            // The pane may hold another text by now, or none.
            let open = pane.open().filter(|open| open.id == anchor.text);
            let lost = Some(beginning(words.as_str()).to_owned());
            return Some(match open {
                Some(open) => ShownText { lost, ..self.silent_text(side, open) },
                None => ShownText { title: named(&anchor.text), silent: true, lost, ..ShownText::default() },
            });
        }
        let open = pane.open()?;
        if anchor.is_some_and(|anchor| anchor.is_none()) {
            return Some(self.silent_text(side, open));
        }
        let (text, passage) = (&open.text, pane.current());
        let block = passage.and_then(|p| text.numbering().block_of(p));
        let line = block.map(|block| text.blocks()[block].line).filter(|line| *line > 0);
        let section = block.and_then(|block| text.heading_of(block)).map(|at| text.heading_name(at).into_owned());
        let blocks = match (present, block) {
            (Some(_), Some(block)) => text.with_announced(block).map(|at| shown_block(open, at)).collect(),
            (_, block) => in_sight(open, pane, block),
        };
        let silent = self.silent_text(side, open);
        Some(ShownText { passage: passage.map(|p| p.0), line, section, silent: false, blocks, ..silent })
    }

    /// A text of which nothing is shown: whatever passage its pane holds, it is not one of the stop.
    fn silent_text(&self, side: Side, open: &Open) -> ShownText {
        ShownText {
            text: open.request.clone(),
            title: self.name_of(side),
            // What is read from the beginning of a file is no content yet.
            hash: if open.provisional { String::new() } else { format!("{:016x}", open.text.hash()) },
            of: open.text.passage_count() as u32,
            silent: true,
            ..ShownText::default()
        }
    }
}

/// A text that is not open, by what the tour calls it.
fn named(text: &TextId) -> String {
    Clean::line(text.as_str()).to_string()
}

/// A presentation that is on the screen itself, or behind the map or the tour's list.
fn told(present: &Present, on_screen: bool, halves: &Halves) -> Presented {
    let shown = match present.shown {
        Extent::Title => "title",
        Extent::Left => "left",
        Extent::Both => "both",
    };
    let lit = present.spotlight.filter(|_| on_screen).and_then(|(side, at)| {
        let sentence = halves.presented_sentences(side).into_iter().nth(at)?;
        // Without the sign that it was cut: it is looked for in the passage.
        let words = beginning(halves.pane(side).text()?.string().get(sentence)?.trim()).to_owned();
        Some((words, side_name(side).to_owned()))
    });
    let (lit, lit_side) = lit.unzip();
    let (taken, taken_here) = present.seconds().unzip();
    let away = present.away || !on_screen;
    Presented { shown: shown.to_owned(), away, blank: present.blank && on_screen, lit, lit_side, taken, taken_here }
}

/// The blocks on the screen, and as many around them as there is room for. The one being read is always among them.
fn in_sight(open: &Open, pane: &Pane, current: Option<usize>) -> Vec<ShownBlock> {
    let mut seen: Vec<usize> = pane.rows().iter().flatten().map(|row| row.block as usize).chain(current).collect();
    seen.sort_unstable();
    seen.dedup();
    let mut left = LONGEST_TEXT;
    let has_room = |at: &usize| {
        let length = open.text.block_str(*at).len().min(LONGEST_BLOCK);
        let fits = length <= left || Some(*at) == current;
        left = left.saturating_sub(length);
        fits
    };
    seen.into_iter().filter(has_room).map(|at| shown_block(open, at)).filter(|b| !b.words.is_empty()).collect()
}

fn shown_block(open: &Open, at: usize) -> ShownBlock {
    let text = &open.text;
    let whole = text.block_str(at);
    let words = beginning(whole);
    let words = if words.len() < whole.len() { format!("{words}…") } else { words.to_owned() };
    let kind = match text.blocks()[at].kind {
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item => "item",
        BlockKind::Quotation => "quotation",
        BlockKind::Verse => "verse",
        BlockKind::Code => "code",
        BlockKind::Table => "table",
        BlockKind::Picture => "picture",
        BlockKind::Rule => "rule",
        BlockKind::Footnote => "footnote",
    };
    ShownBlock { passage: text.numbering().passage_of(at).map(|p| p.0), kind: kind.to_owned(), words }
}

/// As much of words as is said of a block.
fn beginning(words: &str) -> &str {
    &words[..words.floor_char_boundary(LONGEST_BLOCK)]
}
