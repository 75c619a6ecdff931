//! The notes on the current passage, beside it: at the foot of the other pane, where they leave the counterpart in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{frame, put, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::layout::cells;
use crate::model::notes::FiledNote;
use crate::note::Note;
use crate::note::stamp::Stamp;
use crate::text::clean::{Clean, clean_text};

pub fn draw(app: &App, areas: &Areas, theme: &Theme, buffer: &mut Buffer) {
    let Some((side, notes)) = app.notes.beside(&app.halves, &app.screens) else { return };
    let across = areas.panes[side.other()].or(areas.panes[side]);
    let Some(pane) = across.filter(|p| p.text.width >= 12 && p.text.height >= 4) else { return };
    let width = pane.text.width;
    let inner = usize::from(width.saturating_sub(4)).max(8);
    let mut rows: Vec<(String, bool)> = Vec::new();
    for note in &notes {
        if !rows.is_empty() {
            rows.push((String::new(), false));
        }
        rows.extend(rows_of(app, note, inner));
    }
    // At most half of the pane, but where that is next to nothing.
    let most = (pane.text.height / 2).max(pane.text.height.min(8));
    let height = (rows.len() as u16 + 2).min(most);
    let area = Rect { x: pane.text.x, y: pane.text.bottom() - height, width, height };
    let passage = app.halves.pane(side).current().map_or_else(String::new, |p| format!(" on ¶{p}"));
    let count = if notes.len() == 1 { "Note".to_owned() } else { format!("{} notes", notes.len()) };
    let inside = frame(buffer, area, &format!("{count}{passage}"), (theme.faint, theme.strong));
    let hidden = rows.len().saturating_sub(usize::from(inside.height));
    for ((row, faint), y) in rows.iter().zip(inside.top()..inside.bottom()) {
        put(buffer, inside.x, y, inside.right(), row, if *faint { theme.faint } else { theme.text });
    }
    if hidden > 0 {
        let key = app.keys.keymap().first_key(Context::Reading, command!("edit-note"));
        let opens = key.map_or_else(String::new, |key| format!(" · {key} opens"));
        let rows = if hidden == 1 { "row" } else { "rows" };
        let more = format!(" {hidden} more {rows}{opens} ");
        put_right(buffer, area.x + 2, area.bottom() - 1, area.right().saturating_sub(2), &more, theme.faint);
    }
}

/// The words of a note, then when it was written, faintly.
fn rows_of(app: &App, kept: &FiledNote, width: usize) -> Vec<(String, bool)> {
    let body = clean_text(&kept.note.body);
    let mut rows: Vec<(String, bool)> = body
        .trim_end()
        .split('\n')
        .flat_map(|line| textwrap::wrap(line, width))
        .map(|r| (r.into_owned(), false))
        .collect();
    rows.push((cells::ellipsis(Clean::line(&foot(app, &kept.note)).as_str(), width).into_owned(), true));
    rows
}

/// Who wrote a note and when, on what topic, and the tags that do not stand in its words.
pub fn foot(app: &App, note: &Note) -> String {
    let day = note.created.map(Stamp::day);
    let topic =
        note.topic.as_deref().map(|id| app.topics.codebook().get(id).map_or(id, |t| t.name.as_str()).to_owned());
    let tags: Vec<String> = note.listed_tags.iter().map(|t| format!("#{t}")).collect();
    let parts = [note.author.clone(), day, topic, Some(tags.join(" "))];
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}
