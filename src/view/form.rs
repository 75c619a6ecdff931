//! A form over the lower edge of the panes: what it is about, its fields, and what the keys do.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::ink::{frame_below, put, put_right, side_mark};
use super::theme::Theme;
use super::{excerpt, line};
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::form::{Field, Form};
use crate::layout::cells;
use crate::link::sides::BOTH;

/// The widest a form is.
const WIDEST: u16 = 84;
/// Columns of the labels.
const LABEL: u16 = 10;

pub(super) fn draw(app: &App, form: &Form, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let (columns, rows) = app.halves.screen();
    let width = columns.saturating_sub(4).min(WIDEST).max(columns.min(20));
    let about = form.about(app);
    // Without room for all of it, what the form is about goes first, then what it would catch, never a field.
    let wanted = form.fields().len() as u16 + 2;
    let below = foreseen_rows(app, form, rows.saturating_sub(1 + wanted));
    let room = rows.saturating_sub(1 + wanted + below);
    let above = if about.is_empty() || room < about.len() as u16 + 1 { 0 } else { about.len() as u16 + 1 };
    let height = (wanted + above + below).min(rows);
    let area = Rect { x: (columns - width) / 2, y: rows.saturating_sub(height + 1), width, height };
    let inside = frame_below(buffer, area, &form.title(app), (theme.lead, theme.strong));
    if inside.height == 0 {
        return None;
    }
    if above > 0 {
        for ((sign, words), y) in about.iter().zip(inside.top()..) {
            let x = put(buffer, inside.x, y, inside.right(), sign, theme.lead);
            let room = usize::from(inside.right().saturating_sub(x));
            put(buffer, x, y, inside.right(), &cells::ellipsis(words, room), theme.faint);
        }
    }
    let mut cursor = None;
    let fields = inside.y + above..inside.bottom().saturating_sub(below);
    if below > 0 {
        foreseen(app, Rect { y: fields.end + 1, height: below - 1, ..inside }, theme, buffer);
    }
    for (at, (field, y)) in form.fields().iter().zip(fields).enumerate() {
        let row = Rect { y, height: 1, ..inside };
        let end = draw_field(field, &field.said(), at == form.at(), row, theme, buffer);
        if at == form.at() {
            cursor = Some(Position::new(end.min(inside.right().saturating_sub(1)), y));
        }
    }
    keys(app, form, area, theme, buffer);
    cursor
}

/// How many rows are kept for what the form would catch: as many before anything is typed as after, so that nothing
/// jumps.
fn foreseen_rows(app: &App, form: &Form, room: u16) -> u16 {
    if !form.is_foretold() {
        return 0;
    }
    let open = BOTH.into_iter().filter(|side| app.halves.pane(*side).open().is_some()).count() as u16;
    match open {
        0 => 0,
        open if room > 2 * open + 4 => 1 + 2 * open,
        open if room > open => 1 + open,
        _ => 0,
    }
}

/// What the form would catch in each text: how much, and where there is room, the first place.
fn foreseen(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if let Some(wrong) = &app.screens.foreseen().wrong {
        let room = usize::from(area.width);
        put(buffer, area.x, area.y, area.right(), &cells::ellipsis(wrong, room), theme.silent);
        return;
    }
    let open = BOTH.into_iter().filter(|side| app.halves.pane(*side).open().is_some());
    let each = if area.height > 2 { 2 } else { 1 };
    for (side, y) in open.zip((area.y..area.bottom()).step_by(each)) {
        let Some(said) = app.screens.foreseen_in(&app.halves, side) else { continue };
        let x = put(buffer, area.x, y, area.right(), side_mark(side), theme.lead);
        put(buffer, x, y, area.right(), &said.words, if said.caught { theme.text } else { theme.silent });
        if let (Some(text), Some(first)) = (app.halves.pane(side).text(), said.first.filter(|_| each > 1)) {
            excerpt::draw(text, first, Rect { x, y: y + 1, width: area.right() - x, height: 1 }, theme, buffer);
        }
    }
}

/// Draws a field; answers with the column of the cursor.
fn draw_field(field: &Field, said: &str, here: bool, row: Rect, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let (y, end) = (row.y, row.right());
    let mark = if here { "▸ " } else { "  " };
    let x = put(buffer, row.x, y, end, mark, theme.lead);
    put(buffer, x, y, end, field.label, if here { theme.strong } else { theme.faint });
    let x = (x + LABEL).min(end);
    let typed = field.input.value();
    let few = field.options.len() <= 8 && !field.options.is_empty();
    if few {
        let all: usize = field.options.iter().map(|o| cells::width(o) + 2).sum();
        let named = field.options.iter().any(|o| o == said);
        if all <= usize::from(end - x) {
            let mut at = x;
            for option in &field.options {
                let style = if option == said { theme.selected } else { theme.faint };
                at = put(buffer, at, y, end, option, style) + 2;
            }
            if !named {
                let room = usize::from(end.saturating_sub(at));
                put(buffer, at, y, end, &cells::ellipsis(said, room), theme.selected);
            }
            // What was typed shows by what it chose.
            return x;
        }
        put(buffer, x, y, end, said, theme.selected);
        return x;
    }
    let room = usize::from(end.saturating_sub(x + 1));
    let (shown, column) = line::typed(&field.input, room as u16);
    let at = put(buffer, x, y, end, &shown, theme.text);
    if !typed.trim().is_empty() && said != typed.trim() && !field.options.is_empty() {
        let room = usize::from(end.saturating_sub(at + 4));
        put(buffer, at + 1, y, end, &format!("→ {}", cells::ellipsis(said, room)), theme.topic);
    } else if typed.is_empty() {
        let hint = match said {
            "" if !field.hint.is_empty() => field.hint,
            "" if field.options.is_empty() => "if you like",
            "" => "none",
            default => default,
        };
        put(buffer, x, y, end, hint, theme.faint);
    }
    x + column
}

/// Whether what the form describes is in neither text.
fn has_no_match(app: &App, form: &Form) -> bool {
    let mut said = BOTH.into_iter().filter_map(|side| app.screens.foreseen_in(&app.halves, side)).peekable();
    form.is_foretold() && app.screens.foreseen().wrong.is_none() && said.peek().is_some() && said.all(|s| s.has_none)
}

fn keys(app: &App, form: &Form, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    // What catches nothing here may be meant for other texts: that it is taken is not to surprise.
    let accepts =
        if has_no_match(app, form) { format!("{} all the same", form.enter()) } else { form.enter().to_owned() };
    let mut words = vec![(command!("accept-form"), accepts.as_str())];
    if form.fields().len() > 1 {
        words.push((command!("next-field"), "next field"));
    }
    if form.fields().get(form.at()).is_some_and(|f| !f.options.is_empty()) {
        words.push((command!("next-option"), "next word"));
    }
    words.push((command!("clear"), "leaves it"));
    let said: Vec<String> = words
        .into_iter()
        .filter_map(|(command, hint)| Some(format!("{} {hint}", app.keys.keymap().first_key(Context::Form, command)?)))
        .collect();
    let y = area.bottom().saturating_sub(1);
    let end = area.right().saturating_sub(2);
    for count in (1..=said.len()).rev() {
        // The first and the last say how to end it either way.
        let mut shown: Vec<&str> = said.iter().take(count).map(String::as_str).collect();
        if count < said.len() {
            shown.pop();
            shown.extend(said.last().map(String::as_str));
        }
        let line = format!(" {} ", shown.join(" · "));
        if cells::width(&line) + 4 <= usize::from(area.width) {
            put_right(buffer, area.x + 2, y, end, &line, theme.faint);
            return;
        }
    }
}
