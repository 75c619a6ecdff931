//! The note that is selected in a list: what is wrong with it, what it is about, its words, and when it was written.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::beside::foot;
use super::ink::put;
use super::theme::Theme;
use crate::app::App;
use crate::app::picker::Listed;
use crate::layout::cells;
use crate::link::Side;
use crate::note::Target;
use crate::text::clean::{Clean, clean_text};

/// Draws it below the list, after a free row.
pub(super) fn draw(app: &App, listed: &Listed, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (targets, requests, body, fault, last) = match listed {
        Listed::Note(file) => {
            let Some(kept) = app.notes.get(file) else { return };
            let fault = kept.faults.first().map(|fault| format!("{file}:{fault}"));
            (app.halves.targets_now(kept), &kept.requests, &kept.note.body, fault, foot(app, &kept.note))
        }
        Listed::Draft(number) => {
            let Some(draft) = app.notes.drafts().iter().find(|d| d.number == *number) else { return };
            (Cow::Borrowed(draft.targets.as_slice()), &draft.requests, &draft.body, None, "not saved".to_owned())
        }
    };
    let mut rows = area.top() + 1..area.bottom();
    if let (Some(fault), Some(y)) = (fault, rows.next()) {
        let fault = Clean::line(&fault);
        put(buffer, area.x, y, area.right(), &cells::ellipsis(fault.as_str(), area.width.into()), theme.silent);
    }
    for ((target, request), y) in targets.iter().zip(requests).zip(&mut rows) {
        place(app, target, request, Rect { y, height: 1, ..area }, theme, buffer);
    }
    // The words, apart from what they are about where there is room for that; under them when they were written.
    let words = clean_text(body);
    let words: Vec<_> =
        words.trim_end().split('\n').flat_map(|line| textwrap::wrap(line, usize::from(area.width).max(1))).collect();
    if rows.len() > 4 {
        rows.next();
    }
    if rows.len() > 2 {
        rows.end -= 1;
        let last = Clean::line(&last);
        put(buffer, area.x, rows.end, area.right(), &cells::ellipsis(last.as_str(), area.width.into()), theme.faint);
    }
    let cut = words.len() > rows.len();
    let shown = rows.len();
    for ((nth, row), y) in words.iter().enumerate().zip(rows) {
        let end = put(buffer, area.x, y, area.right(), row, theme.text);
        if cut && nth + 1 == shown {
            put(buffer, end.min(area.right().saturating_sub(1)), y, area.right(), "…", theme.text);
        }
    }
}

/// A place that a note is about: in which pane, in which text, and its first words.
fn place(app: &App, target: &Target, request: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let is_in = |side: Side| app.halves.pane(side).open().is_some_and(|open| open.request == request);
    let mark = match (is_in(Side::Left), is_in(Side::Right)) {
        (true, false) => "◧ ",
        (false, true) => "◨ ",
        _ => "│ ",
    };
    let mut x = put(buffer, area.x, area.y, area.right(), mark, theme.across);
    let title = app.notes.name_of_place(&app.halves, target, request);
    let title = cells::ellipsis(title.as_str(), usize::from(area.width) / 3);
    x = put(buffer, x, area.y, area.right(), &format!("{title} {} ", target.anchor.locator()), theme.text);
    let quote = Clean::line(&target.anchor.exact);
    put(
        buffer,
        x,
        area.y,
        area.right(),
        &cells::ellipsis(quote.as_str(), area.right().saturating_sub(x).into()),
        theme.faint,
    );
}
