//! A card: one passage of a link, then how it is joined and what the other text says.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{put, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::{command, commands};
use crate::app::recall::{Review, span};
use crate::layout::cells;
use crate::link::Side;
use crate::link::judgement::Relation;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

/// The widest a passage is.
const WIDEST: u16 = 76;

/// A row of the card, and how it looks.
type Row = (String, Style);

pub fn draw(app: &App, review: &Review, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let rows = rows - u16::from(rows >= 3);
    let end = columns.saturating_sub(1);
    let x = put(buffer, 1, 0, end, "Cards", theme.strong);
    let left = review.left.len();
    let done = format!("{} recalled · {left} to come", review.done);
    put_right(buffer, x, 0, end, &done, theme.faint);
    let width = columns.saturating_sub(4).clamp(1, WIDEST);
    let area = Rect { x: columns.saturating_sub(width) / 2, y: 2, width, height: rows.saturating_sub(5) };
    let Some((card, (link, pair))) = review.left.first().and_then(|card| Some((card, app.card(&card.id)?))) else {
        let leave = app.keys.keymap().first_key(Context::Cards, command!("clear")).unwrap_or_default();
        let words = format!("No card is left; {leave} goes back to the texts.");
        put(buffer, area.x, area.y, area.right(), &words, theme.faint);
        return;
    };
    let mut all: Vec<Row> = Vec::new();
    passage(app, Side::Left, pair.0, width, theme, &mut all);
    all.push((String::new(), theme.text));
    let relation = Clean::line(link.relation().map_or("", Relation::word));
    let topic = link.topic.as_ref().map_or_else(String::new, |id| format!(" on {}", app.topics.name(id)));
    let ask = format!("⇔ {relation}{topic} — {}: what does it say?", app.halves.name_of(Side::Right));
    all.extend(wrapped(&ask, width).map(|row| (row, theme.topic)));
    all.push((String::new(), theme.text));
    if review.shown {
        passage(app, Side::Right, pair.1, width, theme, &mut all);
        if !link.remark.is_empty() {
            all.push((String::new(), theme.text));
            for line in link.remark.lines().filter(|line| !line.is_empty()) {
                all.extend(wrapped(line, width).map(|row| (row, theme.lead)));
            }
        }
    }
    let most = all.len().saturating_sub(usize::from(area.height));
    let first = usize::from(review.scrolled).min(most);
    for ((row, style), y) in all.iter().skip(first).zip(area.top()..area.bottom()) {
        put(buffer, area.x, y, area.right(), row, *style);
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

/// A passage under the name of its text and its number.
fn passage(app: &App, side: Side, passage: PassageNo, width: u16, theme: &Theme, all: &mut Vec<Row>) {
    let sign = if side == Side::Left { "◧" } else { "◨" };
    let title = format!("{sign} {} ¶{passage}", app.halves.name_of(side));
    all.extend(wrapped(&title, width).map(|row| (row, theme.strong)));
    let words = app.halves.pane(side).text().map_or("", |text| text.passage_str(passage));
    for line in words.lines() {
        all.extend(wrapped(line, width).map(|row| (row, theme.text)));
    }
}

fn wrapped(words: &str, width: u16) -> impl Iterator<Item = String> {
    let clean = Clean::line(words);
    let rows: Vec<String> =
        textwrap::wrap(clean.as_str(), usize::from(width)).iter().map(ToString::to_string).collect();
    rows.into_iter()
}
