//! The handout as one HTML page: no script, nothing fetched, two columns on paper, dark and light on a screen.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::{Handout, Party, Sheet, SheetPassage, SheetRow};
use crate::export::html;
use crate::export::page::{self, PAIR, PartyView, STYLE};
use crate::study::glosses::Gloss;

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
}

/// Writes the page.
pub fn write(out: &mut dyn Write, handout: &Handout<'_>) -> io::Result<()> {
    let topics: Vec<SheetView<'_>> =
        handout.topics.iter().enumerate().map(|(nth, sheet)| sheet_view(handout, sheet, nth)).collect();
    let (left, right) = (party_view(&handout.left), party_view(&handout.right));
    let page = PageView { style: STYLE, between: "against", left, right, topics, silent: handout.silent.join(", ") };
    page::write(out, &[PAIR, TEMPLATE], &page)
}

fn party_view<'a>(party: &'a Party<'_>) -> PartyView<'a> {
    PartyView { name: party.named.name, source: party.source.as_str().into(), language: party.language.as_str().into() }
}

fn sheet_view<'a>(handout: &Handout<'_>, sheet: &'a Sheet<'_>, nth: usize) -> SheetView<'a> {
    let anchor = format!("topic-{}", nth + 1);
    SheetView {
        name: &sheet.topic.name,
        about: &sheet.topic.about,
        proposed: sheet.proposed,
        rows: sheet.rows.iter().enumerate().map(|(row, line)| line_view(handout, line, &anchor, row)).collect(),
        anchor,
    }
}

fn gloss_view(gloss: &Gloss) -> GlossView {
    GlossView {
        relation: gloss.relation_word().map(Cow::into_owned),
        locator: gloss.locator(),
        words: html::markdown(&gloss.words),
    }
}

fn line_view(handout: &Handout<'_>, line: &SheetRow<'_>, sheet: &str, nth: usize) -> LineView {
    let cell = |party: &Party<'_>, cell: &SheetPassage<'_>| CellView {
        passage: cell.passage.0,
        locator: cell.locator(),
        section: cell.section.clone().into_owned(),
        voice: cell.voice.clone(),
        html: html::blocks(party.named.text, cell.blocks.clone(), &cell.mentions),
    };
    LineView {
        anchor: format!("{sheet}-{}", nth + 1),
        number: nth + 1,
        left: line.left.as_ref().map(|c| cell(&handout.left, c)),
        right: line.right.as_ref().map(|c| cell(&handout.right, c)),
        why: line.why(),
        address: handout.address(line).map(|address| html::escaped(&address)),
        remarks: line.glosses.iter().map(gloss_view).collect(),
    }
}
