//! The notes on the current passage, beside it: over the other pane, level with the passage.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{frame, put};
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::notes::kept::Kept;
use crate::layout::cells;
use crate::note::stamp::Stamp;
use crate::text::clean::{Clean, clean_text};

pub fn draw(app: &App, areas: &Areas, theme: &Theme, buffer: &mut Buffer) {
    let Some((side, notes)) = app.beside() else { return };
    let across = areas.panes[side.other()].or(areas.panes[side]);
    let Some(pane) = across.filter(|p| p.text.width >= 12 && p.text.height >= 4) else { return };
    let width = pane.text.width;
    let inner = usize::from(width.saturating_sub(4)).max(8);
    let mut rows: Vec<(String, bool)> = Vec::new();
    for note in &notes {
        if !rows.is_empty() {
            rows.push((String::new(), false));
        }
        rows.extend(rows_of(note, inner));
    }
    let height = (rows.len() as u16 + 2).min(pane.text.height);
    let level = areas.panes[side].map_or(pane.text.y, |p| p.text.y + app.panes[side].line);
    let y = level.min(pane.text.bottom().saturating_sub(height)).max(pane.text.y);
    let area = Rect { x: pane.text.x, y, width, height };
    let count = if notes.len() == 1 { "Note".to_owned() } else { format!("{} notes", notes.len()) };
    let inside = frame(buffer, area, &count, (theme.faint, theme.strong));
    let hidden = rows.len().saturating_sub(usize::from(inside.height));
    for ((row, faint), y) in rows.iter().zip(inside.top()..inside.bottom()) {
        put(buffer, inside.x, y, inside.right(), row, if *faint { theme.faint } else { theme.text });
    }
    if hidden > 0 {
        put(buffer, inside.x, area.bottom() - 1, area.right(), &format!(" {hidden} more rows "), theme.faint);
    }
}

/// The words of a note, then when it was written, faintly.
fn rows_of(note: &Kept, width: usize) -> Vec<(String, bool)> {
    let body = clean_text(&note.note.body);
    let mut rows: Vec<(String, bool)> = body
        .trim_end()
        .split('\n')
        .flat_map(|line| textwrap::wrap(line, width))
        .map(|r| (r.into_owned(), false))
        .collect();
    let day = note.note.created.map(Stamp::day);
    let tags: Vec<String> = note.note.listed_tags.iter().map(|t| format!("#{t}")).collect();
    let foot = [day, note.note.topic.clone(), Some(tags.join(" "))];
    let foot = foot.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ");
    rows.push((cells::ellipsis(Clean::line(&foot).as_str(), width).into_owned(), true));
    rows
}
