//! The map in words: the selected topic and what each text has on it, or the selected text on it, a line each. For whoever
//! reads line by line, and could make nothing of a table.

use crate::app::App;
use crate::app::map::{Charted, Map};
use crate::study::grid::{GridCell, said_of_folded};
use crate::topic::codebook::Topic;
use crate::word::counted::counted;

/// `Map, 2 texts, 4 of 16: Winter, proposed. On Bread: 1 treatment, the strongest 0.64. On Soup: not found.`
pub(super) fn said(app: &App, map: &Map) -> String {
    let rows = map.rows(&app.topics, &app.memory);
    let folded = map.folded(&app.topics);
    let all = rows.len() + usize::from(folded > 0);
    let texts = counted(map.shown_columns().len(), "text");
    let place = format!("Map, {texts}, {} of {all}", (map.row + 1).min(all.max(1)));
    let Some(topic) = rows.get(map.row) else {
        let without = map.texts_without_folded(&app.topics);
        let words = if folded > 0 { said_of_folded(folded, without) } else { "no topic".to_owned() };
        return format!("{place}: {words}.");
    };
    let proposed = if app.topics.proposal_of(&topic.id).is_some() { ", proposed" } else { "" };
    let parts: Vec<String> = match map.column {
        Some(column) => vec![on_text(map, column, topic, true)],
        None => map.shown_columns().into_iter().map(|column| on_text(map, column, topic, false)).collect(),
    };
    format!("{place}: {}{proposed}. {}", topic.name, parts.join(" "))
}

/// What one text has on a topic; `whole` with the sentence that says most.
fn on_text(map: &Map, at: usize, topic: &Topic, whole: bool) -> String {
    let Some(column) = map.columns.get(at) else { return String::new() };
    let words = match (map.cell(column, &topic.id), &column.chart) {
        (GridCell::Unknown, Charted::Failed(why)) => why.to_string(),
        (GridCell::Unknown, _) => "not charted yet".to_owned(),
        (cell, _) => cell.in_words(),
    };
    let chosen = if map.chosen == Some(at) { ", chosen" } else { "" };
    let sentence = column.treated(&topic.id).filter(|_| whole);
    let sentence = sentence.map_or_else(String::new, |treated| format!(" {}", treated.sentence));
    format!("{}{chosen}: {words}.{sentence}", column.name)
}
