//! The handout as one HTML page: no script, nothing fetched, two columns on paper, dark and light on a screen.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::{Handout, Party, Sheet, SheetPassage, SheetRow};
use crate::export::html;
use crate::export::page::{self, PAIR, PartyView, STYLE};
use crate::link::Side;
use crate::link::sides::Sides;
use crate::study::glosses::Gloss;
use crate::text::Text;
use crate::text::passage::PassageNo;

const TEMPLATE: &str = include_str!("handout.html");

#[derive(Serialize)]
struct PageView<'a> {
    style: &'a str,
    between: &'a str,
    left: PartyView<'a>,
    right: PartyView<'a>,
    topics: Vec<SheetView<'a>>,
    silent: String,
}

#[derive(Serialize)]
struct SheetView<'a> {
    /// Of the section; unique in the page.
    anchor: String,
    name: &'a str,
    about: &'a str,
    proposed: bool,
    rows: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    anchor: String,
    number: usize,
    left: Option<CellView>,
    right: Option<CellView>,
    why: String,
    /// What opens it in Diptych, escaped.
    address: Option<String>,
    remarks: Vec<GlossView>,
}

#[derive(Serialize)]
struct GlossView {
    /// `contrasts`, or for a note nothing.
    relation: Option<String>,
    locator: String,
    /// The words as elements.
    words: String,
}

#[derive(Serialize)]
struct CellView {
    passage: u32,
    locator: String,
    section: String,
    voice: Option<String>,
    /// The passage as elements.
    html: String,
    /// What stands for it on paper, where it stands there whole already.
    again: Option<AgainView>,
}

#[derive(Serialize)]
struct AgainView {
    /// Of the row that has it whole.
    anchor: String,
    /// The topic of that row, where it is another one.
    topic: Option<String>,
    /// The sentences that are on this topic, as elements.
    html: String,
}

/// The passages that stand on the page whole, with their row: on paper a long one does once.
#[derive(Default)]
struct Whole(Sides<BTreeMap<PassageNo, Printed>>);

struct Printed {
    blocks: Range<usize>,
    anchor: String,
    /// Of the section.
    sheet: String,
    topic: String,
}

impl Whole {
    /// What stands for a passage in a row; `None` where it stands there whole, as it does from now on.
    fn again(&mut self, side: Side, (text, cell): (&Text, &SheetPassage<'_>), row: Row<'_>) -> Option<AgainView> {
        let of_row = || Printed {
            blocks: cell.blocks.clone(),
            anchor: row.anchor.to_owned(),
            sheet: row.sheet.to_owned(),
            topic: row.topic.to_owned(),
        };
        let Some(before) = self.0[side].get(&cell.passage) else {
            self.0[side].insert(cell.passage, of_row());
            return None;
        };
        let has_all = before.blocks.start <= cell.blocks.start && cell.blocks.end <= before.blocks.end;
        let html = html::marked_sentences(text, cell.blocks.start, &cell.mentions);
        let length: usize = cell.blocks.clone().map(|at| text.block_str(at).len()).sum();
        // Elements take no room on paper.
        let printed: usize =
            html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words).len()).sum();
        let topic = (before.sheet != row.sheet).then(|| before.topic.clone());
        // A short passage is read sooner than looked up in another topic's rows.
        if !has_all || printed + if topic.is_some() { SHORTER } else { 0 } >= length {
            return None;
        }
        Some(AgainView { anchor: before.anchor.clone(), topic, html })
    }
}

/// A row and where it is.
#[derive(Clone, Copy)]
struct Row<'a> {
    anchor: &'a str,
    sheet: &'a str,
    topic: &'a str,
}

/// So many bytes are to be saved by what stands for a passage.
const SHORTER: usize = 160;

/// Writes the page.
pub fn write(out: &mut dyn Write, handout: &Handout<'_>) -> io::Result<()> {
    let mut whole = Whole::default();
    let topics: Vec<SheetView<'_>> =
        handout.topics.iter().enumerate().map(|(nth, sheet)| sheet_view(handout, sheet, nth, &mut whole)).collect();
    let (left, right) = (party_view(&handout.left), party_view(&handout.right));
    let page = PageView { style: STYLE, between: "against", left, right, topics, silent: handout.silent.join(", ") };
    page::write(out, &[PAIR, TEMPLATE], &page)
}

fn party_view<'a>(party: &'a Party<'_>) -> PartyView<'a> {
    PartyView { name: party.named.name, source: party.source.as_str().into(), language: party.language.as_str().into() }
}

fn sheet_view<'a>(handout: &Handout<'_>, sheet: &'a Sheet<'_>, nth: usize, whole: &mut Whole) -> SheetView<'a> {
    let anchor = format!("topic-{}", nth + 1);
    let rows = sheet.rows.iter().enumerate();
    let rows = rows.map(|(row, line)| line_view(handout, line, (&anchor, row, &sheet.topic.name), whole)).collect();
    SheetView { name: &sheet.topic.name, about: &sheet.topic.about, proposed: sheet.proposed, rows, anchor }
}

fn gloss_view(gloss: &Gloss) -> GlossView {
    GlossView {
        relation: gloss.relation_word().map(Cow::into_owned),
        locator: gloss.locator(),
        words: html::markdown(&gloss.words),
    }
}

fn line_view(
    handout: &Handout<'_>,
    line: &SheetRow<'_>,
    (sheet, nth, topic): (&str, usize, &str),
    whole: &mut Whole,
) -> LineView {
    let anchor = format!("{sheet}-{}", nth + 1);
    let mut cell = |side: Side, party: &Party<'_>, cell: &SheetPassage<'_>| CellView {
        passage: cell.passage.0,
        locator: cell.locator(),
        section: cell.section.clone().into_owned(),
        voice: cell.voice.clone(),
        html: html::blocks(party.named.text, cell.blocks.clone(), &cell.mentions),
        again: whole.again(side, (party.named.text, cell), Row { anchor: &anchor, sheet, topic }),
    };
    let left = line.left.as_ref().map(|c| cell(Side::Left, &handout.left, c));
    let right = line.right.as_ref().map(|c| cell(Side::Right, &handout.right, c));
    LineView {
        number: nth + 1,
        left,
        right,
        why: line.why(),
        address: handout.address(line).map(|address| html::escaped(&address)),
        remarks: line.glosses.iter().map(gloss_view).collect(),
        anchor,
    }
}
