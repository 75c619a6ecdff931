//! Notes as one HTML page: by topic, left against right, the reader's words under them. In the dress of the handout.

use std::io::{self, Write};

use serde::Serialize;

use super::{Exported, NotesOut, TargetSpot};
use crate::export::html;
use crate::export::page::{self, STYLE};
use crate::note::stamp::Stamp;
use crate::text::clean::without_unseen;

const TEMPLATE: &str = include_str!("notes.html");

#[derive(Serialize)]
struct PageView<'a> {
    style: &'a str,
    groups: Vec<GroupView>,
    /// How many notes.
    count: String,
    /// The texts.
    names: Vec<&'a str>,
}

#[derive(Serialize)]
struct GroupView {
    anchor: String,
    name: String,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
struct NoteView {
    spots: Vec<SpotView>,
    /// The words as elements.
    words: String,
    tags: Vec<String>,
    day: String,
    /// What opens its places in Diptych, escaped.
    address: Option<String>,
}

#[derive(Serialize)]
struct SpotView {
    quote: Vec<String>,
    /// As elements.
    citation: String,
    caution: Option<&'static str>,
    language: String,
}

/// Writes the page.
pub(crate) fn write(out: &mut dyn Write, notes: &NotesOut<'_>) -> io::Result<()> {
    let groups = notes.by_topic().into_iter().enumerate().map(|(nth, (name, group))| GroupView {
        anchor: format!("topic-{}", nth + 1),
        name: name.unwrap_or_else(|| "Without a topic".to_owned()),
        notes: group.iter().map(|note| note_view(notes, note)).collect(),
    });
    let (count, names) = notes.about();
    let page = PageView { style: STYLE, groups: groups.collect(), count, names };
    page::write(out, &[TEMPLATE], &page)
}

fn note_view(notes: &NotesOut<'_>, exported: &Exported<'_>) -> NoteView {
    NoteView {
        spots: exported.spots.iter().map(|spot| spot_view(notes, spot)).collect(),
        words: html::markdown(&exported.note.body),
        tags: exported.note.listed_tags.clone(),
        day: exported
            .note
            .author
            .iter()
            .cloned()
            .chain(exported.note.created.map(Stamp::day))
            .collect::<Vec<_>>()
            .join(", "),
        address: notes.address(exported).map(|address| html::escaped(&address)),
    }
}

fn spot_view(notes: &NotesOut<'_>, spot: &TargetSpot<'_>) -> SpotView {
    let language = spot.source.and_then(|s| notes.sources[s].text.meta().language.clone());
    SpotView {
        quote: without_unseen(spot.target.anchor.exact.trim()).lines().map(str::to_owned).collect(),
        citation: cited(&spot.citation(notes.sources)),
        caution: spot.caution(),
        language: language.unwrap_or_default(),
    }
}

/// A citation: its title stands in stars, all else is as it is.
fn cited(citation: &str) -> String {
    match citation.split('*').collect::<Vec<_>>().as_slice() {
        [before, title, after] => {
            format!("{}<em>{}</em>{}", html::escaped(before), html::escaped(title), html::escaped(after))
        }
        _ => html::escaped(citation),
    }
}
