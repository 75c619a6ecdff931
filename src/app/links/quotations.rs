//! The quotations that both texts have: found after the texts are paired, signed in the margin, listed, gone to, and
//! compared word by word.

use std::ops::Range;

use crate::app::App;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::hinge::joint::{Joint, Then};
use crate::app::keys::Keys;
use crate::app::links::{Links, Seeking};
use crate::app::margin::SignKind;
use crate::app::out::Out;
use crate::app::overlay::{Overlay, Page, PageKind};
use crate::app::page_line::PageLine;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::app::work::quotations::Quotations;
use crate::app::work::ticket::Ticket;
use crate::layout::cells;
use crate::link::Side;
use crate::link::quotation::{Fate, SharedQuotation, Step, UNASKED, compare};
use crate::link::sides::{BOTH, Sides};
use crate::study::dispute::{Piece, Standing, told_marks, wordings};
use crate::text::passage::PassageNo;
use crate::word::token::tokens;

/// So many words in a row are no chance.
const RUN: usize = 4;

/// A row of a wording: words with what became of them in the other one.
pub(crate) type WordingRow = Vec<(String, Standing)>;

/// A wording in rows, with the signs that say what became of its words.
pub(crate) fn wording_rows(pieces: &[Piece], width: usize) -> Vec<WordingRow> {
    rows_of(&pieces.iter().flat_map(marked).collect::<Vec<_>>(), width)
}

impl App {
    /// Goes to both places of a shared quotation.
    pub(in crate::app) fn go_to_quotation(&mut self, index: usize) {
        let Some(quotation) = self.links.quotations.as_ref().and_then(|q| q.get(index)).cloned() else { return };
        self.leave();
        for side in BOTH {
            let range = range_of(&quotation, side);
            let pane = self.halves.pane_mut(side);
            let Some(place) = pane.text().map(|t| t.place_of(range.start)) else { continue };
            pane.jump_to(place);
        }
        self.hinge.set_pinned(true);
        self.hinge.begin();
        if let Some(passage) = self.halves.lead().current() {
            self.ask(passage, Then::Tell);
        }
    }
}

impl Halves {
    /// Whether two stretches have so many words in the same order that it is no chance.
    fn have_common_wording(&self, [left, right]: [&Range<usize>; 2]) -> bool {
        let words = |side: Side, range: &Range<usize>| {
            self.pane(side).text().and_then(|t| t.string().get(range.clone())).unwrap_or_default()
        };
        let (one, other) = (words(Side::Left, left), words(Side::Right, right));
        let all = tokens(one).count().min(tokens(other).count());
        let kept = |step: &Step| if step.fate == Fate::Kept { tokens(&one[step.left.clone()]).count() } else { 0 };
        let (mut run, mut longest, mut in_all) = (0, 0, 0);
        for step in compare(one, other) {
            let kept = kept(&step);
            run = if kept == 0 { 0 } else { run + kept };
            (longest, in_all) = (longest.max(run), in_all + kept);
        }
        longest >= RUN || longest == all || in_all * 2 >= all
    }

    /// The rows of that page.
    pub(in crate::app) fn wordings(&self, [left, right]: [&Range<usize>; 2], width: usize) -> Vec<PageLine> {
        let words = |side: Side, range: &Range<usize>| {
            self.pane(side).text().and_then(|t| t.string().get(range.clone())).unwrap_or("").to_owned()
        };
        let [one, other] = [words(Side::Left, left), words(Side::Right, right)];
        let both = wordings(&one, &other);
        let mut lines = Vec::new();
        for (side, range) in [(Side::Left, left), (Side::Right, right)] {
            let last = self.passage_at(side, &(range.end.saturating_sub(1).max(range.start)..range.end));
            let number = match (self.passage_at(side, range), last) {
                (Some(first), Some(last)) if last > first => format!("¶{first}–{last} · "),
                (Some(first), _) => format!("¶{first} · "),
                (None, _) => String::new(),
            };
            let mark = if side == Side::Left { "◧" } else { "◨" };
            lines.push(PageLine::Heading(format!("{mark} {number}{}", self.name_of(side))));
            let parts: Vec<(String, Standing)> = both[side].iter().flat_map(marked).collect();
            lines.extend(wrapped(&parts, width));
            lines.push(PageLine::Words(String::new()));
        }
        let same = both.iter().all(|(_, pieces)| pieces.iter().all(|piece| piece.standing == Standing::Both));
        let legend = if same {
            "Both have the same words."
        } else {
            "[words] only here · {words} other words there · ^ the other has something here"
        };
        lines.extend(textwrap::wrap(legend, width).into_iter().map(|row| PageLine::Faint(row.into_owned())));
        lines
    }

    /// All of these passages of a pane's text, counted from 0, with what stands between them.
    fn stretch(&self, side: Side, passages: &Range<u32>) -> Option<Range<usize>> {
        let text = self.pane(side).text()?;
        let block = |at: u32| Some(text.blocks()[text.numbering().block_of(PassageNo(at + 1))?].range());
        Some(block(passages.start)?.start..block(passages.end.checked_sub(1)?)?.end)
    }

    fn words_of(&self, quotation: &SharedQuotation, side: Side) -> &str {
        self.pane(side).text().and_then(|t| t.string().get(range_of(quotation, side))).unwrap_or("")
    }

    fn passage_at(&self, side: Side, range: &Range<usize>) -> Option<PassageNo> {
        let text = self.pane(side).text()?;
        text.numbering().passage_near(text.block_at(range.start)?)
    }
}

impl App {
    pub(in crate::app) fn found_quotations(&mut self, versions: (u64, u64), found: Vec<SharedQuotation>) {
        if Some(versions) != self.halves.versions() {
            return;
        }
        for side in BOTH {
            self.halves.margin_mut(side).set(SignKind::Quotation, found.iter().map(|q| range_of(q, side)));
        }
        let count = found.len();
        self.links.quotations = Some(found);
        if count > 0 {
            // They are evidence: other passages may be joined.
            self.weave();
        }
        if self.links.seeking.take().is_some_and(|seeking| seeking.asked) {
            let key = self.keys.key_of(command!("quotations"));
            self.out.tell(match count {
                0 => "the two texts share no quotation that was found".to_owned(),
                1 => format!("1 shared quotation was found; {key} shows it"),
                _ => format!("{count} shared quotations were found; {key} lists them"),
            });
        }
        let items = self.links.quotation_items(&self.halves);
        if let Some(Overlay::Picker(picker)) = self.screens.overlay_mut()
            && picker.kind == PickerKind::Quotations
        {
            picker.refill(items);
        }
    }

    /// Opens the page that compares two wordings: of the selected quotation in the list, else of that of the pair shown,
    /// else of its passages themselves.
    pub(in crate::app) fn compare_wordings(&mut self) {
        let pair = self.shown_pair();
        let level = pair.and_then(|pair| self.versions.level_with(&self.hinge, pair));
        let chosen = match self.screens.overlay() {
            Some(Overlay::Picker(picker)) => picker.chosen().and_then(|i| match i.choice {
                Choice::Quotation(index) => Some(index),
                _ => None,
            }),
            // Of two versions all that is level is compared, not only what both happen to share.
            _ if level.is_some() => None,
            _ => self.links.quotation_of(&self.halves, pair),
        };
        let quotation = chosen.and_then(|at| self.links.quotations.as_ref()?.get(at));
        let ranges = match quotation {
            Some(quotation) => Some([quotation.left.clone(), quotation.right.clone()]),
            None => pair.and_then(|pair| {
                let [left, right] = level.unwrap_or([pair.0, pair.1].map(|passage| passage.0 - 1..passage.0));
                Some([self.halves.stretch(Side::Left, &left)?, self.halves.stretch(Side::Right, &right)?])
            }),
        };
        match ranges {
            Some([left, right]) if chosen.is_none() && !self.halves.have_common_wording([&left, &right]) => {
                let why = self.keys.key_of(command!("why"));
                let nothing = if self.halves.is_one_language() {
                    "these two passages have no wording in common"
                } else {
                    "the two texts are in different languages: their words cannot be compared"
                };
                self.out.tell(format!("{nothing}; {why} says why they are a pair"));
            }
            Some([left, right]) => {
                self.screens.lay(Overlay::Page(Page::new(PageKind::Wordings { left, right })));
            }
            None => self.out.tell("this needs a passage in both panes"),
        }
    }

    /// Opens the list.
    pub(in crate::app) fn list_quotations(&mut self) {
        if self.links.stop_seeking_quotations(&self.halves, &self.keys, &mut self.out) {
            return;
        }
        match &self.links.quotations {
            None if !self.halves.are_whole() => self.out.tell("this needs a text in both panes, read to its end"),
            None if self.hinge.current_pairing(&self.halves).is_none() => {
                self.out.tell("the two texts are still being compared; quotations are looked for after that");
            }
            None => self.links.look_for_quotations(&self.halves, &self.hinge, &mut self.out, true),
            Some(found) if found.is_empty() => self.out.tell("the two texts share no quotation that was found"),
            Some(_) => {
                let selected = self.links.quotation_of(&self.halves, self.shown_pair()).unwrap_or(0);
                let picker = Picker::new(PickerKind::Quotations, self.links.quotation_items(&self.halves), selected);
                self.screens.lay(Overlay::Picker(picker));
            }
        }
    }
}

impl Links {
    /// How far the search for quotations is.
    pub(in crate::app) fn quotations_go_on(&mut self, versions: (u64, u64), percent: u8) {
        if let Some(seeking) = self.seeking.as_mut().filter(|s| s.versions == versions) {
            seeking.percent = percent;
        }
    }

    /// The search for quotations that the reader asked for and waits for.
    pub fn awaited_quotations(&self, halves: &Halves) -> Option<&Seeking> {
        self.seeking.as_ref().filter(|s| s.asked && Some(s.versions) == halves.versions())
    }

    /// The first shared quotation that the passages of a pair have: both of them, else the leading one.
    fn quotation_of(&self, halves: &Halves, pair: Option<(PassageNo, PassageNo)>) -> Option<usize> {
        let here = [pair.map(|pair| pair.0), pair.map(|pair| pair.1)];
        let found = self.quotations.as_ref()?;
        let at = |q: &SharedQuotation| BOTH.map(|side| halves.passage_at(side, &range_of(q, side)));
        let lead = usize::from(halves.focus() == Side::Right);
        let both = found.iter().position(|q| at(q) == here);
        both.or_else(|| found.iter().position(|q| at(q)[lead] == here[lead]))
    }

    fn quotation_items(&self, halves: &Halves) -> Vec<Item> {
        let all = self.quotations.iter().flatten().enumerate();
        let item = |(index, quotation): (usize, &SharedQuotation)| {
            let words = |side| halves.words_of(quotation, side).split_whitespace().collect::<Vec<_>>().join(" ");
            let number =
                |side| halves.passage_at(side, &range_of(quotation, side)).map_or(String::new(), |p| format!("¶{p}"));
            let whose = told_marks(Sides { left: quotation.marked[0], right: quotation.marked[1] });
            Item {
                label: words(Side::Left),
                detail: format!("{} ” {}", number(Side::Left), number(Side::Right)),
                about: whose.to_owned(),
                depth: 0,
                dim: false,
                choice: Choice::Quotation(index),
            }
        };
        all.map(item).collect()
    }

    /// Whether the two passages have a quotation in common.
    pub fn share_quotation(&self, halves: &Halves, left: PassageNo, right: PassageNo) -> bool {
        let at = |q: &SharedQuotation| BOTH.map(|side| halves.passage_at(side, &range_of(q, side)));
        self.quotations.iter().flatten().any(|q| at(q) == [Some(left), Some(right)])
    }

    /// The current passages, where they have a quotation in common and are not joined anyhow.
    pub fn quoted_pair(&self, halves: &Halves, hinge: &Hinge) -> Option<(PassageNo, PassageNo)> {
        let pair = halves.pair_in_sight()?;
        let joined = hinge.joint().and_then(Joint::pair) == Some(pair);
        (!joined && self.share_quotation(halves, pair.0, pair.1)).then_some(pair)
    }

    /// Starts the search for shared quotations; in long texts only when the reader asks for them.
    pub(in crate::app) fn look_for_quotations(&mut self, halves: &Halves, hinge: &Hinge, out: &mut Out, asked: bool) {
        let (Some(versions), Some(texts)) = (halves.versions(), halves.both_open()) else { return };
        let long = texts.0.text.string().len() + texts.1.text.string().len() > UNASKED;
        let Some(pairing) = hinge.current_pairing(halves) else { return };
        if let Some(found) = &self.quotations {
            // The texts were paired anew, for other topics.
            return pairing.know_quotations(found);
        }
        if let Some(seeking) = self.seeking.as_mut().filter(|s| s.versions == versions) {
            seeking.asked |= asked;
            return;
        }
        if long && !asked {
            return;
        }
        let ticket = Ticket::new();
        out.ask_while(&ticket, Quotations { versions, pairing, texts });
        self.seeking = Some(Seeking { versions, percent: 0, asked, ticket });
    }

    /// Gives up the search that the reader waits for; says whether there was one.
    pub(in crate::app) fn stop_seeking_quotations(&mut self, halves: &Halves, keys: &Keys, out: &mut Out) -> bool {
        if self.awaited_quotations(halves).is_none() {
            return false;
        }
        self.seeking = None;
        let key = keys.key_of(command!("quotations"));
        out.tell(format!("the search for quotations was stopped; {key} begins it again"));
        true
    }
}

fn range_of(quotation: &SharedQuotation, side: Side) -> Range<usize> {
    match side {
        Side::Left => quotation.left.clone(),
        Side::Right => quotation.right.clone(),
    }
}

/// Words with the sign that says what became of them, so that it shows without colour too.
fn marked(piece: &Piece) -> Vec<(String, Standing)> {
    piece.signed().split_whitespace().map(|word| (word.to_owned(), piece.standing)).collect()
}

/// Words in rows, each with what became of it; neighbours of a kind are one part.
fn wrapped(parts: &[(String, Standing)], width: usize) -> Vec<PageLine> {
    rows_of(parts, width).into_iter().map(PageLine::Wording).collect()
}

fn rows_of(parts: &[(String, Standing)], width: usize) -> Vec<WordingRow> {
    let mut rows: Vec<WordingRow> = vec![Vec::new()];
    let mut used = 0;
    for (word, kept) in parts {
        let wide = cells::width(word);
        if used > 0 && used + 1 + wide > width {
            rows.push(Vec::new());
            used = 0;
        }
        let Some(row) = rows.last_mut() else { continue };
        match row.last_mut().filter(|(_, last)| last == kept) {
            Some((words, _)) => *words = format!("{words} {word}"),
            None if used > 0 => row.extend([(" ".to_owned(), Standing::Both), (word.clone(), *kept)]),
            None => row.push((word.clone(), *kept)),
        }
        used += wide + usize::from(used > 0);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_fit_and_keep_every_word() {
        let parts = [
            ("the whole of it", Standing::Both),
            ("was said", Standing::Here),
            ("then", Standing::Other),
            ("", Standing::Gap),
        ];
        let piece = |(words, standing): (&str, Standing)| Piece { words: words.to_owned(), standing, told: false };
        let parts: Vec<_> = parts.into_iter().flat_map(|part| marked(&piece(part))).collect();
        for width in [8, 12, 30, 80] {
            let mut all = Vec::new();
            for line in wrapped(&parts, width) {
                let PageLine::Wording(row) = line else { panic!("a wording") };
                let row: String = row.into_iter().map(|(words, _)| words).collect();
                assert!(cells::width(&row) <= width.max(10), "{row:?} in {width}");
                all.extend(row.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            }
            assert_eq!(all.join(" "), "the whole of it [was said] {then} ^");
        }
    }
}
