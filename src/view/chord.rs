//! What is half typed: a count, the beginning of a chord with the keys that can follow it, a command that waits for a
//! letter. In the last row, and where that is too short in as many rows above it as it takes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, rule, wipe};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::layout::cells;

/// Columns between two keys.
const GAP: usize = 3;

pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let end = area.right();
    let mut at = area.x + 1;
    if let Some(count) = app.keys.count() {
        at = put(buffer, at, area.y, end, &format!("{count} "), theme.strong);
    }
    if let Some(command) = app.keys.awaiting() {
        put(buffer, at, area.y, end, &format!("{}: type a letter", command.hint), theme.text);
        return;
    }
    for key in app.keys.chord() {
        at = put(buffer, at, area.y, end, &key.shown(), theme.strong);
    }
    at += 2;
    let mut follow: Vec<(String, &str)> = app
        .screens
        .contexts(&app.halves)
        .iter()
        .flat_map(|context| app.keys.keymap().continuations(*context, app.keys.chord()))
        .map(|(rest, command)| (rest, command.hint))
        .collect();
    if app.screens.contexts(&app.halves).contains(&Context::Reading) {
        let hooks = app.keys.keymap().hooks_after(app.keys.chord()).into_iter();
        follow.extend(hooks.filter_map(|(rest, at)| Some((rest, app.settings.commands.get(at)?.name.as_str()))));
    }
    let widths: Vec<usize> = follow.iter().map(|(key, hint)| cells::width(key) + 1 + cells::width(hint)).collect();
    if widths.iter().map(|width| width + GAP).sum::<usize>() <= usize::from(end.saturating_sub(at)) + GAP {
        for entry in &follow {
            at = one(entry, at, area.y, end, theme, buffer) + GAP as u16;
        }
    } else {
        table(&follow, widths.into_iter().max().unwrap_or(1), area, theme, buffer);
    }
}

/// The keys in columns above the last row, under a rule; read from top to bottom.
fn table(follow: &[(String, &str)], width: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let column = (width + GAP) as u16;
    let columns = (area.width.saturating_sub(1) / column).max(1);
    let rows = (follow.len() as u16).div_ceil(columns).min(area.y.saturating_sub(1));
    if rows == 0 {
        return;
    }
    let top = area.y - rows;
    wipe(buffer, Rect { y: top - 1, height: rows + 1, ..area });
    rule(buffer, area.left()..area.right(), top - 1, "─", theme.faint);
    for (nth, entry) in follow.iter().enumerate() {
        let (x, y) = (area.x + 1 + nth as u16 / rows * column, top + nth as u16 % rows);
        one(entry, x, y, area.right(), theme, buffer);
    }
}

fn one((key, hint): &(String, &str), x: u16, y: u16, end: u16, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let at = put(buffer, x, y, end, key, theme.strong);
    put(buffer, at, y, end, &format!(" {hint}"), theme.faint)
}
