//! Two versions as a page: facing columns kept level, changed words set off in texts of one language, and an apparatus of
//! the differences at the end.

use std::io::{self, Write};

use serde::Serialize;

use super::apparatus::{Entry, entries};
use super::{Aligned, difference, heading_on, numbers};
use crate::align::Bead;
use crate::align::changed::Marks;
use crate::export::html;
use crate::export::page::{self, PAIR, PartyView, STYLE};
use crate::link::Side;
use crate::model::open::Open;
use crate::text::passage::PassageNo;
use crate::word::language::Language;

const TEMPLATE: &str = include_str!("aligned.html");

#[derive(Serialize)]
struct PageView<'a> {
    style: &'a str,
    between: &'a str,
    left: PartyView<'a>,
    right: PartyView<'a>,
    tally: String,
    beads: Vec<BeadView>,
    differences: Vec<DifferenceView>,
    marked: bool,
}

#[derive(Serialize)]
struct BeadView {
    anchor: String,
    left: SideView,
    right: SideView,
    said: String,
    unsure: bool,
}

#[derive(Serialize)]
struct SideView {
    /// The headings before them.
    titles: Vec<String>,
    numbers: String,
    /// The passages as elements; empty in a gap.
    html: String,
}

#[derive(Serialize)]
struct DifferenceView {
    anchor: String,
    left: String,
    right: String,
    said: String,
    opening: String,
    places: Vec<[String; 2]>,
    more: usize,
}

/// Writes the page.
pub(crate) fn write(out: &mut dyn Write, aligned: &Aligned<'_>) -> io::Result<()> {
    let mut beads = Vec::new();
    for (nth, bead) in aligned.alignment.beads().iter().enumerate() {
        let anchor = format!("bead-{}", nth + 1);
        let [of_left, of_right] = aligned.changed(bead);
        let left = side(aligned, bead, Side::Left, &of_left);
        let right = side(aligned, bead, Side::Right, &of_right);
        let said = difference(bead).unwrap_or_default();
        beads.push(BeadView { anchor, left, right, said, unsure: bead.is_unsure() });
    }
    let differences = entries(aligned).into_iter().map(difference_view).collect();
    let (left, right) = (party(aligned.left), party(aligned.right));
    let (tally, marked) = (aligned.tally(), aligned.one_language());
    let page = PageView { style: STYLE, between: "beside", left, right, tally, beads, differences, marked };
    page::write(out, &[PAIR, TEMPLATE], &page)
}

fn difference_view(entry: Entry) -> DifferenceView {
    DifferenceView {
        anchor: format!("bead-{}", entry.bead + 1),
        left: numbers(&entry.left),
        right: numbers(&entry.right),
        said: entry.what,
        opening: entry.opening,
        places: entry.places,
        more: entry.more,
    }
}

fn party(open: &Open) -> PartyView<'_> {
    let meta = open.text.meta();
    let parts = [meta.author.clone(), Some(open.name.as_str().to_owned()), meta.date.clone()];
    let source = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    PartyView { name: open.name.as_str(), source: source.into(), language: Language::of(&open.text).tag().into() }
}

fn side(aligned: &Aligned<'_>, bead: &Bead, side: Side, marks: &Marks) -> SideView {
    let open = if side == Side::Left { aligned.left } else { aligned.right };
    if let Some(block) = heading_on(bead, side) {
        return SideView { titles: Vec::new(), numbers: "§".to_owned(), html: html::block(&open.text, block, &[]) };
    }
    let range = if side == Side::Left { &bead.left } else { &bead.right };
    let mut all = String::new();
    for (at, marks) in range.clone().zip(marks) {
        // Those before the first stand over the whole.
        for title in if at > range.start { aligned.headings_before(side, at) } else { Vec::new() } {
            all.push_str("<div class=\"title\">");
            all.push_str(&html::block(&open.text, title, &[]));
            all.push_str("</div>\n");
        }
        if let Some(block) = open.text.numbering().block_of(PassageNo(at + 1)) {
            all.push_str(&html::block(&open.text, block, marks));
            all.push('\n');
        }
    }
    let titles = if range.is_empty() { Vec::new() } else { aligned.headings_before(side, range.start) };
    let titles = titles.into_iter().map(|block| html::block(&open.text, block, &[])).collect();
    SideView { titles, numbers: numbers(range), html: all }
}
