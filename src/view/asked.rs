//! The line in which the session asks something, and what is typed in answer.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::ink::{put, put_right};
use super::line;
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::overlay::{Ask, Asked};
use crate::layout::cells;
use crate::link::judgement::JudgementId;
use crate::model::citation::locators;
use crate::text::clean::Clean;

/// A question and what is typed in answer; the end of it stays in sight.
pub(super) fn asked_line(app: &App, asked: &Asked, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Position {
    let (y, end) = (area.y, area.right());
    let question = match &asked.ask {
        Ask::Jot(draft) => format!(" {} ✎ ", locators(draft.targets.iter().map(|t| &t.anchor))),
        Ask::SaveNotesTo => " save the notes in the folder ".to_owned(),
        Ask::Export(what) => format!(" {} ", what.question()),
        Ask::Replace(_, path) => format!(" {} is there already: replace it? y/n ", Clean::line(path)),
        Ask::Narrow => " / ".to_owned(),
        Ask::TakeApart(id) => taking_apart(app, id),
        Ask::SearchAll => " search all texts of the library for ".to_owned(),
        Ask::TakeOver(stray) => format!(" {} y/n ", stray.question),
        Ask::Follow(_, what) => format!(" {what} is outside the library: open it? y/n "),
        Ask::Linked { question, .. } => format!(" {question} is outside the library: open it? y/n "),
        Ask::Open(_, seat) => {
            format!(" {}: open it? y/n ", seat.told_outside())
        }
    };
    let enter = app.keys.keymap().first_key(Context::Prompt, command!("accept-search")).unwrap_or_default();
    let question = with_room_for_answer(question, &enter, area.width);
    let start = put(buffer, area.x, y, end, &question, theme.strong);
    let room = end.saturating_sub(start + 1);
    let (shown, column) = line::typed(&asked.input, room);
    let mut typed = put(buffer, start, y, end, &shown, theme.text);
    if let (Ask::Export(what), true) = (&asked.ask, asked.input.value().is_empty()) {
        // What it is called where nothing is typed.
        typed =
            put(buffer, start, y, end, &cells::ellipsis(&app.halves.usual_file(*what), usize::from(room)), theme.faint);
    }
    let key = |command| app.keys.keymap().first_key(Context::Prompt, command).unwrap_or_default();
    let (does, not) = match asked.ask {
        Ask::Jot(_) => ("saves", "keeps it as a draft"),
        Ask::Replace(..)
        | Ask::TakeApart(_)
        | Ask::TakeOver(_)
        | Ask::Open(..)
        | Ask::Linked { .. }
        | Ask::Follow(..) => ("answers", "leaves it as it is"),
        Ask::Narrow => ("keeps it", "shows all"),
        Ask::SaveNotesTo | Ask::Export(_) => ("saves", "does not"),
        Ask::SearchAll => ("searches", "does not"),
    };
    let does = format!("{} {does}", key(command!("accept-search")));
    let hints = match asked.ask {
        Ask::Narrow if asked.input.value().is_empty() => ["topics by word · text:word for texts".to_owned(), does],
        _ => [format!("{does} · {} {not}", key(command!("clear"))), does],
    };
    for hint in hints {
        if put_right(buffer, typed + 2, y, end.saturating_sub(1), &hint, theme.faint) < end.saturating_sub(1) {
            break;
        }
    }
    Position::new((start + column).min(end.saturating_sub(1)), y)
}

/// How much of the end of a question is kept, in bytes: there it says what is asked.
const END: usize = 34;

/// A question cut in its midst where it is too long: what is asked, what may be answered, and the answer are always seen.
fn with_room_for_answer(question: String, enter: &str, columns: u16) -> String {
    const ANSWER: usize = 6;
    const MAY_BE: &str = "? y/n ";
    let room = usize::from(columns).saturating_sub(ANSWER);
    let Some(asked) = question.strip_suffix(MAY_BE) else { return question };
    // Where the key that answers has no room at the edge it stands in the question.
    let is_tight = cells::width(&question) + cells::width(enter) + " answers ".len() > room;
    let may_be = if is_tight { format!("? y/n, then {enter} ") } else { MAY_BE.to_owned() };
    if cells::width(asked) + cells::width(&may_be) <= room {
        return format!("{asked}{may_be}");
    }
    let room = room.saturating_sub(cells::width(&may_be));
    let end = asked.ceil_char_boundary(asked.len().saturating_sub(END));
    let end = asked[end..].find(' ').map_or("", |space| &asked[end + space..]);
    let end = if cells::width(end) < room / 2 + END / 4 { end } else { "" };
    format!("{}{end}{may_be}", cells::ellipsis(asked, room - cells::width(end)))
}

/// `take apart your link ¶20 ⇔ ¶47 on The press, with its note? y/n`.
fn taking_apart(app: &App, id: &JudgementId) -> String {
    let Some(((left, right), link)) = app.links.own().links().find(|(_, link)| link.id == *id) else {
        return " take the link apart? y/n ".to_owned();
    };
    let other = link.topic.as_ref().filter(|topic| app.topics.held().is_some_and(|held| held.id != **topic));
    let topic = other.map_or_else(String::new, |id| format!(" on {}", cells::ellipsis(&app.topics.name(id), 24)));
    let note = if link.note.is_empty() { "" } else { ", with its note" };
    let link = link.called(app.settings.author());
    format!(" take apart {link} ¶{left} ⇔ ¶{right}{topic}{note}? y/n ")
}
