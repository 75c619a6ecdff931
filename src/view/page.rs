//! A page over the panes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{frame_below, frame_over, put, put_right};
use super::line;
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::overlay::{Page, PageKind};
use crate::app::page_line::{PageLine, second_column};
use crate::layout::cells;
use crate::study::dispute::Standing;

pub(super) fn draw(app: &App, page: &Page, theme: &Theme, buffer: &mut Buffer) {
    let most = app.halves.page_area(&page.kind);
    let lines = app.lines_of(page, most.width.saturating_sub(4));
    // A short page is only as tall as it needs to be; one that is narrowed by typing stays as it is.
    let height = if page.kind == PageKind::Help { most.height } else { (lines.len() as u16 + 2).min(most.height) };
    let free = most.height - height;
    let above = if page.kind.leaves_the_pair_in_sight() { free } else { free / 3 };
    let area = Rect { height, y: most.y + above, ..most };
    let frame = if page.kind.leaves_the_pair_in_sight() { frame_below } else { frame_over };
    let inside = frame(buffer, area, &app.page_title(&page.kind), (theme.faint, theme.strong));
    if page.kind == PageKind::Help {
        let typed = page.narrowing.value();
        let end = area.right().saturating_sub(2);
        let start = area.x + 12;
        // Of a long line its end is shown: that is where one writes.
        let (tail, _) = line::typed(&page.narrowing, end.saturating_sub(start + 4));
        let shown = if typed.is_empty() { " type to narrow ".to_owned() } else { format!(" › {tail} ") };
        put_right(buffer, start, area.y, end, &shown, if typed.is_empty() { theme.faint } else { theme.lead });
    }
    if lines.is_empty() {
        put(buffer, inside.x, inside.y, inside.right(), "no match", theme.silent);
    }
    for (line, y) in lines.iter().skip(usize::from(page.scroll)).zip(inside.top()..inside.bottom()) {
        draw_line(line, &page.kind, inside, y, theme, buffer);
    }
    let below = lines.len().saturating_sub(usize::from(page.scroll) + usize::from(inside.height));
    let more = match below {
        0 => String::new(),
        1 => "1 more row · ".to_owned(),
        _ => format!("{below} more rows · "),
    };
    let context = if page.kind == PageKind::Help { Context::Help } else { Context::Page };
    let close = app.keys.keymap().first_key(context, command!("clear")).unwrap_or_default();
    let key = |command| app.keys.keymap().first_key(Context::Page, command).unwrap_or_default();
    let found = app.hinge.joint().and_then(|j| j.found.as_ref()).map_or(0, Vec::len);
    let choose = match (&page.kind, found) {
        (PageKind::Why, 1..) => {
            let other = if found > 1 { format!("{} another · ", key(command!("next-choice"))) } else { String::new() };
            format!(
                "{other}{} takes it · {} joins · {} rejects · ",
                key(command!("follow")),
                key(command!("join")),
                key(command!("reject"))
            )
        }
        _ => String::new(),
    };
    let more = format!("{more}{choose}");
    let end = area.right().saturating_sub(2);
    put_right(
        buffer,
        area.x + 2,
        area.bottom().saturating_sub(1),
        end,
        &format!(" {more}{close} closes "),
        theme.faint,
    );
}

/// How words look of which became this.
pub(super) fn wording_style(kept: Standing, theme: &Theme) -> Style {
    match kept {
        Standing::Both => theme.text,
        Standing::Here => theme.mention,
        Standing::Other => theme.lead,
        Standing::Gap => theme.silent,
    }
}

fn draw_line(line: &PageLine, kind: &PageKind, area: Rect, y: u16, theme: &Theme, buffer: &mut Buffer) {
    let (x, end) = (area.x, area.right());
    match line {
        PageLine::Heading(words) => {
            put(buffer, x, y, end, &cells::ellipsis(words, usize::from(area.width)), theme.topic);
        }
        PageLine::Entry(label, words) => {
            let label_style = if *kind == PageKind::Help { theme.strong } else { theme.faint };
            put(buffer, x, y, end, &cells::ellipsis(label, usize::from(area.width)), label_style);
            put(buffer, x + second_column(area.width.into()) as u16, y, end, words, theme.text);
        }
        PageLine::Words(words) => {
            put(buffer, x, y, end, words, theme.text);
        }
        PageLine::Wording(parts) => {
            let mut at = x;
            for (words, kept) in parts {
                at = put(buffer, at, y, end, words, wording_style(*kept, theme));
            }
        }
        PageLine::Faint(words) => {
            put(buffer, x, y, end, words, theme.faint);
        }
    }
}
