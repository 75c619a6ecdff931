//! The notes on the passages being read, as an apparatus: under both panes, in the full width, each with the number of the
//! passage it belongs to, as critical editions print theirs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, put_right, wipe};
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::layout::cells;
use crate::link::Side;
use crate::model::citation::locators;
use crate::model::notes::FiledNote;
use crate::note::Note;
use crate::note::stamp::Stamp;
use crate::text::clean::{Clean, clean_text};

/// The widest a note runs; longer lines are not read.
const MEASURE: usize = 100;
/// With fewer rows there is no room under the text.
const ROWS: u16 = 8;

/// One row of the apparatus.
struct Line {
    /// The number that the note belongs to, on its first row.
    label: String,
    words: String,
    /// Who wrote it and when, on its last row.
    foot: String,
}

pub(super) fn draw(app: &App, areas: &Areas, theme: &Theme, buffer: &mut Buffer) {
    let notes = app.notes.beside(&app.halves, &app.screens);
    let mut notes = notes.into_iter().filter(|(side, _)| areas.panes[*side].is_some()).peekable();
    let (columns, rows) = app.halves.screen();
    if notes.peek().is_none() || columns < 12 || rows < ROWS {
        return;
    }
    let notes: Vec<(String, _)> = notes.map(|(side, note)| (label(app, side, &note), note)).collect();
    let indent =
        notes.iter().map(|(label, _)| cells::width(label)).max().unwrap_or(0).min(usize::from(columns) / 3) + 3;
    let width = usize::from(columns).saturating_sub(indent + 3).clamp(8, MEASURE);
    let lines: Vec<Line> = notes.iter().flat_map(|(label, note)| lines_of(app, label, note, width)).collect();
    let height = (lines.len() as u16 + 1).min((rows / 3).max(4));
    let bottom = if areas.footer.height > 0 { areas.footer.y } else { rows };
    let area = Rect { x: 0, y: bottom.saturating_sub(height), width: columns, height };
    wipe(buffer, area);
    rule(app, notes.len(), lines.len() as u16 + 1 - height, area, theme, buffer);
    for (line, y) in lines.iter().zip(area.y + 1..area.bottom()) {
        put(buffer, 1, y, indent as u16, &line.label, theme.lead);
        let x = put(buffer, indent as u16, y, columns, &line.words, theme.text);
        put(buffer, x + if line.words.is_empty() { 0 } else { 2 }, y, columns, &line.foot, theme.faint);
    }
}

/// Over the notes: how many there are and on what; what has no room, and which key opens it.
fn rule(app: &App, count: usize, hidden: u16, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    super::ink::rule(buffer, area.x..area.right(), area.y, "─", theme.faint);
    let passage = app.halves.lead().current().map_or_else(String::new, |p| format!(" on ¶{p}"));
    let title = match count {
        1 => format!(" Note{passage} "),
        _ => format!(" {count} notes{passage} "),
    };
    let x = put(buffer, area.x + 1, area.y, area.right(), &title, theme.strong);
    if hidden > 0 {
        let key = app.keys.keymap().first_key(Context::Reading, command!("edit-note"));
        let opens = key.map_or_else(String::new, |key| format!(" · {key} opens"));
        let rows = if hidden == 1 { "row" } else { "rows" };
        let more = format!(" {hidden} more {rows}{opens} ");
        put_right(buffer, x + 2, area.y, area.right().saturating_sub(2), &more, theme.faint);
    }
}

/// `◧ ¶14`; of a pair both numbers.
fn label(app: &App, side: Side, note: &FiledNote) -> String {
    if note.note.targets.len() > 1 {
        return Clean::line(&locators(app.halves.targets_now(note).iter().map(|target| &target.anchor))).to_string();
    }
    let mark = if side == Side::Left { "◧" } else { "◨" };
    app.halves.pane(side).current().map_or_else(|| mark.to_owned(), |passage| format!("{mark} ¶{passage}"))
}

fn lines_of(app: &App, label: &str, kept: &FiledNote, width: usize) -> Vec<Line> {
    let body = clean_text(&kept.note.body);
    let rows = body.trim_end().split('\n').flat_map(|line| textwrap::wrap(line, width));
    let line = |words: String| Line { label: String::new(), words, foot: String::new() };
    let mut lines: Vec<Line> = rows.map(|row| line(row.into_owned())).collect();
    let foot = cells::ellipsis(Clean::line(&foot(app, &kept.note)).as_str(), width).into_owned();
    let fits = |line: &Line| cells::width(&line.words) + cells::width(&foot) + 2 <= width;
    if lines.last().is_none_or(|last| !fits(last)) && !foot.is_empty() {
        lines.push(line(String::new()));
    }
    if let Some(last) = lines.last_mut() {
        last.foot = foot;
    }
    if let Some(first) = lines.first_mut() {
        label.clone_into(&mut first.label);
    }
    lines
}

/// Who wrote a note and when, on what topic, and the tags that do not stand in its words.
pub(super) fn foot(app: &App, note: &Note) -> String {
    let day = note.created.map(Stamp::day);
    let topic =
        note.topic.as_deref().map(|id| app.topics.codebook().get(id).map_or(id, |t| t.name.as_str()).to_owned());
    let tags: Vec<String> = note.listed_tags.iter().map(|t| format!("#{t}")).collect();
    let parts = [note.author.clone(), day, topic, Some(tags.join(" "))];
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}
