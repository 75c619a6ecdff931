//! The editor of notes, over the lower half of the screen: what the note is about, and the words.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget as _;

use super::ink::{frame_below, put, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::editor_area;
use crate::app::command::{Command, Context};
use crate::app::commands::command;
use crate::app::notes::editor::Editor;
use crate::layout::cells;
use crate::model::citation::locators;
use crate::text::clean::Clean;

/// Draws it; returns where the cursor is.
pub(super) fn draw(app: &App, editor: &Editor, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let area = editor_area(app.halves.screen().0, app.halves.screen().1);
    let inside = frame_below(buffer, area, &title(app, editor), (theme.lead, theme.strong));
    if inside.height == 0 || inside.width == 0 {
        return None;
    }
    let quotes = quotes(editor, inside, theme, buffer);
    let gap = u16::from(inside.height > quotes + 4);
    let words = Rect { y: inside.y + quotes + gap, height: inside.height - quotes - gap, ..inside };
    editor.area.render(words, buffer);
    clean(buffer, words);
    keys(app, editor, area, theme, buffer);
    let at = editor.area.screen_cursor();
    let (top, left) = editor.area.scroll_offset();
    let (row, column) = (at.row as u16, at.col as u16);
    let x = words.x + column.saturating_sub(left);
    let y = words.y + row.saturating_sub(top);
    Some(Position::new(x.min(words.right().saturating_sub(1)), y.min(words.bottom().saturating_sub(1))))
}

fn title(app: &App, editor: &Editor) -> String {
    let draft = editor.draft();
    let on = locators(draft.targets.iter().map(|t| &t.anchor));
    let stop = editor.stop().and_then(|id| app.touring.tour.position(id));
    let remark = stop.map(|at| format!("Remark · stop {}", at + 1));
    let what = match &remark {
        Some(remark) => remark.as_str(),
        None if draft.of.is_some() => "Change the note",
        None => "Note",
    };
    let topic = draft.topic.as_deref().map(|id| app.topics.codebook().get(id).map_or(id, |t| t.name.as_str()));
    let parts = [Some(what), Some(on.as_str()).filter(|on| !on.is_empty()), topic];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The beginnings of the passages, a row each. Returns how many rows they take.
fn quotes(editor: &Editor, area: Rect, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let targets = &editor.draft().targets;
    let rows = (targets.len() as u16).min(area.height.saturating_sub(1));
    for (target, y) in targets.iter().zip(area.top()..area.top() + rows) {
        let quote = Clean::line(&target.anchor.exact);
        let mark = if targets.len() == 2 { if y == area.top() { "◧ " } else { "◨ " } } else { "│ " };
        let x = put(buffer, area.x, y, area.right(), mark, theme.across);
        let room = usize::from(area.right().saturating_sub(x));
        put(buffer, x, y, area.right(), &cells::ellipsis(quote.as_str(), room), theme.faint);
    }
    rows
}

/// What is typed may come from a file that another program wrote: nothing of it reaches the terminal raw.
fn clean(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let symbol = buffer[(x, y)].symbol();
            let shown = Clean::line(symbol);
            if shown.as_str() != symbol {
                let shown = if shown.as_str().is_empty() { " " } else { shown.as_str() }.to_owned();
                buffer[(x, y)].set_symbol(&shown);
            }
        }
    }
}

/// On the lower border: what the keys do here.
fn keys(app: &App, editor: &Editor, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let hint = |(command, hint): &(&Command, &str)| {
        Some(format!("{} {hint}", app.keys.keymap().first_key(Context::Note, command)?))
    };
    let of_note = [
        (command!("save-note"), "save"),
        (command!("put-note-aside"), "keep as draft"),
        (command!("note-topic"), "topic"),
        (command!("undo-typing"), "undo"),
        (command!("go-on-outside"), "$EDITOR"),
    ];
    let of_stop =
        [(command!("save-note"), "save"), (command!("put-note-aside"), "saves too"), (command!("undo-typing"), "undo")];
    let all = if editor.stop().is_some() { of_stop.as_slice() } else { of_note.as_slice() };
    let y = area.bottom().saturating_sub(1);
    for count in (1..=all.len()).rev() {
        let words = format!(" {} ", all[..count].iter().filter_map(hint).collect::<Vec<_>>().join(" · "));
        if cells::width(&words) + 4 <= usize::from(area.width) {
            put_right(buffer, area.x + 2, y, area.right().saturating_sub(2), &words, theme.faint);
            return;
        }
    }
}
