//! A card: one passage of a link, then how it is joined and what the other text says.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::{command, commands};
use crate::app::recall::{CardRowKind, span};
use crate::app::scene::Review;
use crate::layout::cells;

pub(super) fn draw(app: &App, review: &Review, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let rows = rows - u16::from(rows >= 3);
    let end = columns.saturating_sub(1);
    let x = put(buffer, 1, 0, end, "Cards", theme.strong);
    let left = review.left.len();
    let done = format!("{} recalled · {left} to come", review.done);
    put_right(buffer, x, 0, end, &done, theme.faint);
    let (width, height) = app.halves.room_for_card();
    let area = Rect { x: columns.saturating_sub(width) / 2, y: 2, width, height };
    let Some(card) = review.left.first().filter(|card| app.links.card(&card.id).is_some()) else {
        let leave = app.keys.keymap().first_key(Context::Cards, command!("clear")).unwrap_or_default();
        let words = format!("No card is left; {leave} goes back to the texts.");
        put(buffer, area.x, area.y, area.right(), &words, theme.faint);
        return;
    };
    let all = app.halves.card_rows(&app.links, &app.topics, review);
    let most = all.len().saturating_sub(usize::from(area.height));
    let first = usize::from(review.scrolled).min(most);
    for (row, y) in all.iter().skip(first).zip(area.top()..area.bottom()) {
        let style = match row.kind {
            CardRowKind::Title => theme.strong,
            CardRowKind::Words => theme.text,
            CardRowKind::Question => theme.topic,
            CardRowKind::Note => theme.lead,
        };
        put(buffer, area.x, y, area.right(), &row.words, style);
    }
    if most > first {
        put_right(buffer, area.x, area.bottom(), area.right(), "more below", theme.faint);
    }
    if review.shown {
        let answers = commands!["recalled-again", "recalled-hard", "recalled-good", "recalled-easy"];
        let y = rows.saturating_sub(1);
        let mut at = area.x;
        for (command, wait) in answers.iter().zip(card.then) {
            let key = app.keys.keymap().first_key(Context::Cards, command).unwrap_or_default();
            let words = format!("{key} {}", command.hint);
            if usize::from(at) + cells::width(&words) + 1 > usize::from(end) {
                break;
            }
            at = put(buffer, at, y, end, &words, theme.strong) + 1;
            at = put(buffer, at, y, end, &span(wait), theme.faint) + 3;
        }
    }
}
