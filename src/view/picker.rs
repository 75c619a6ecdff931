//! A list over the panes: a line to type on, what matches, and a word about what is selected.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::ink::{frame, frame_over, put, put_right, put_with, side_mark, wipe};
use super::theme::Theme;
use super::{excerpt, line, preview};
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::foreseen::told;
use crate::app::links::list::PlaceState;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::layout::cells;
use crate::link::Side;
use crate::link::judgement::JudgementId;
use crate::link::sides::BOTH;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;
use crate::topic::matcher::Mention;
use crate::word::sentence::sentence_at;

/// Rows below the list for what is said about the selected item.
const ABOUT: u16 = 2;
/// Rows below the list for the selected note, where there is room.
const NOTE: u16 = 9;

pub(super) fn draw(app: &App, picker: &Picker, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let (most, drawer) = app.screens.list_area(&app.halves, &app.settings);
    let width = if drawer.is_some() {
        most.width
    } else if picker.kind == PickerKind::Texts || picker.kind == PickerKind::Contents {
        most.width.min(80)
    } else {
        most.width
    };
    let area = Rect { width, x: most.x + (most.width - width) / 2, ..most };
    let preview = preview_rows(picker, area.height);
    let rows = (picker.count() as u16 + 4 + preview).min(area.height).max(area.height.min(8));
    let area = if drawer.is_some() { area } else { Rect { height: rows, ..area } };
    let (title, styles) = (title(app, picker), (theme.faint, theme.strong));
    let inside = if let Some(hinge) = drawer {
        wipe(buffer, hinge);
        wipe(buffer, area);
        frame(buffer, area, &title, styles)
    } else {
        frame_over(buffer, area, &title, styles)
    };
    if inside.height < 2 {
        return None;
    }
    let room = inside.height.saturating_sub(2 + preview);
    // In a drawer what is said of an item stands below the list, however short that is.
    let needed = if drawer.is_some() { (picker.count() as u16).clamp(3, room.max(3)) } else { room };
    let list = Rect { y: inside.y + 2, height: needed.min(room), ..inside };
    let preview = if drawer.is_some() { inside.bottom() - list.bottom() } else { preview };
    let cursor = input(picker, inside, theme, buffer);
    if picker.items.is_empty() && matches!(picker.kind, PickerKind::Elsewhere | PickerKind::FoundInAll) {
        put(buffer, list.x + 2, list.y, list.right(), app.whole.no_answers(), theme.silent);
    } else if picker.items.is_empty() && picker.kind.is_of_notes() {
        put(buffer, list.x + 2, list.y, list.right(), &no_notes(app), theme.silent);
    } else {
        draw_list(app, picker, list, theme, buffer);
    }
    if let Some(item) = picker.chosen() {
        let below = Rect { y: list.bottom(), height: preview, ..inside };
        about(app, item, below, theme, buffer);
    }
    keys(app, picker, usize::from(list.height), area, theme, buffer);
    Some(cursor)
}

/// What stands where there are no notes to list.
fn no_notes(app: &App) -> String {
    if app.notes.reads_notes() {
        return "the notes are being read…".to_owned();
    }
    let key = app.keys.keymap().first_key(Context::Reading, command!("note")).unwrap_or_default();
    format!("no notes here yet; {key} writes one on the current passage")
}

/// What the list is of; contents and texts say of and for which pane.
pub(super) fn title(app: &App, picker: &Picker) -> String {
    let name = app.halves.lead().open().map_or("", |o| o.name.as_str());
    match picker.kind {
        PickerKind::Contents => format!("Contents · {name}"),
        PickerKind::Texts => {
            format!("Open a text · {} pane", if app.halves.focus() == Side::Left { "left" } else { "right" })
        }
        PickerKind::Elsewhere | PickerKind::FoundInAll => app.whole.title_of_whole(),
        PickerKind::Terms => {
            app.topics.topic_of_terms(&app.screens).map_or_else(String::new, |topic| format!("Terms of {}", topic.name))
        }
        PickerKind::Topics if app.topics.is_looking(&app.halves) => {
            format!("{} · more are being looked for", picker.kind.title())
        }
        kind => kind.title().to_owned(),
    }
}

fn preview_rows(picker: &Picker, height: u16) -> u16 {
    match picker.kind {
        _ if height < 12 => 0,
        PickerKind::Topics
        | PickerKind::Terms
        | PickerKind::Links
        | PickerKind::Quotations
        | PickerKind::Differences
            if height >= 18 =>
        {
            1 + ABOUT + 4
        }
        PickerKind::Topics
        | PickerKind::Terms
        | PickerKind::Texts
        | PickerKind::Shelf
        | PickerKind::Elsewhere
        | PickerKind::FoundInAll
        | PickerKind::Links
        | PickerKind::Quotations
        | PickerKind::Differences
        | PickerKind::References
        | PickerKind::Sources
        | PickerKind::Palette => 1 + ABOUT,
        PickerKind::Contents => 0,
        // A short list leaves its room to the note.
        _ => 1 + height.saturating_sub(picker.items.len() as u16 + 5).clamp(NOTE.min(height / 3), NOTE),
    }
}

fn input(picker: &Picker, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Position {
    let start = put(buffer, area.x, area.y, area.right(), "› ", theme.lead);
    let value = picker.input.value();
    // Over the counts of topics, and a gap before them.
    let kept = if matches!(picker.kind, PickerKind::Topics | PickerKind::Terms) { 11 } else { 1 };
    let (shown, column) = line::typed(&picker.input, area.right().saturating_sub(start + kept));
    put(buffer, start, area.y, area.right(), &shown, theme.text);
    if value.is_empty() {
        let hint = if picker.kind.is_of_notes() {
            "type a few letters, #tag, topic:…, text:…, or a date: 2026-11"
        } else {
            "type a few letters"
        };
        put(buffer, start, area.y, area.right(), hint, theme.faint);
    }
    if matches!(picker.kind, PickerKind::Topics | PickerKind::Terms) {
        // Over the counts: how often the left text treats a topic, and the right one.
        put_right(buffer, start + 20, area.y, area.right(), "◧  ┊ ◨  ", theme.faint);
    }
    Position::new((start + column).min(area.right()), area.y)
}

/// What stands in a list that has nothing to show.
pub(super) fn nothing(app: &App, picker: &Picker) -> String {
    let is_of_topics = picker.kind == PickerKind::Topics;
    if is_of_topics && app.topics.is_looking(&app.halves) {
        return "topics that both texts treat are being looked for…".to_owned();
    }
    if is_of_topics && picker.items.is_empty() {
        let key = app.keys.keymap().first_key(Context::Reading, command!("new-topic")).unwrap_or_default();
        return format!("no topics known here, and none proposed; {key} makes one");
    }
    if picker.items.is_empty() && picker.kind == PickerKind::Shelf && app.shelf.is_looking() {
        return "your texts are being looked for…".to_owned();
    }
    "no match".to_owned()
}

fn draw_list(app: &App, picker: &Picker, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if picker.matching.is_empty() {
        put(buffer, area.x + 2, area.y, area.right(), &nothing(app, picker), theme.silent);
        return;
    }
    let height = usize::from(area.height).max(1);
    // The selected line stays in sight, with what is around it where there is more.
    let first = picker.selected.saturating_sub(height / 2).min(picker.matching.len().saturating_sub(height));
    let rows = picker.matching.iter().enumerate().skip(first).zip(area.top()..area.bottom());
    for ((at, (index, marked)), y) in rows {
        draw_item(&picker.items[*index], marked, at == picker.selected, Rect { y, height: 1, ..area }, theme, buffer);
    }
}

fn draw_item(item: &Item, marked: &[usize], selected: bool, row: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (x, y, end) = (row.x, row.y, row.right());
    let base = match (selected, item.dim) {
        (true, _) => theme.selected,
        (false, true) => theme.faint,
        (false, false) => theme.text,
    };
    if selected {
        for x in x..end {
            put(buffer, x, y, end, " ", base);
        }
        put(buffer, x, y, end, "▸", base);
    }
    let detail_style = if selected { theme.selected } else { theme.faint };
    // Of a note, where it belongs is worth more than all of its first line, which stands below the list once more.
    let share = if matches!(item.choice, Choice::Note { .. }) { 3 } else { 2 };
    let detail = cells::ellipsis(&item.detail, usize::from(row.width) * (share - 1) / share);
    let until = put_right(buffer, x, y, end, &detail, detail_style);
    let from = x + 2 + u16::from(item.depth) * 2;
    let label = cells::ellipsis(&item.label, usize::from(until.saturating_sub(from + 1)));
    // `marked` counts characters; the drawing counts bytes.
    let at: Vec<usize> =
        label.char_indices().enumerate().filter(|(i, _)| marked.contains(i)).map(|(_, (b, _))| b).collect();
    put_with(buffer, from, y, until, &label, |byte| {
        if at.contains(&byte) && !selected { base.patch(theme.matched) } else { base }
    });
}

fn about(app: &App, item: &Item, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if area.height < 2 {
        return;
    }
    if let Choice::Note { listed, .. } = &item.choice {
        return preview::draw(app, listed, area, theme, buffer);
    }
    let mut y = area.y + 1;
    let rows = textwrap::wrap(&item.about, usize::from(area.width).max(1));
    let room = usize::from(ABOUT.min(area.height - 1));
    for (i, row) in rows.iter().take(room).enumerate() {
        let cut = i + 1 == room && rows.len() > room;
        let row = if cut {
            format!("{}…", cells::fit(row, usize::from(area.width).saturating_sub(1)).0)
        } else {
            row.to_string()
        };
        put(buffer, area.x, y, area.right(), &row, theme.faint);
        y += 1;
    }
    if let Choice::Judgement { id, .. } = &item.choice {
        let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        // A note stands above the two places; without one, they need no gap.
        let taken = if item.about.is_empty() { 0 } else { ABOUT.min(below.height) };
        let below = Rect { y: below.y + taken, height: below.height.saturating_sub(taken), ..below };
        return judgement(app, id, below, theme, buffer);
    }
    if let Choice::Quotation(index) = &item.choice {
        return quotation(
            app,
            *index,
            Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area },
            theme,
            buffer,
        );
    }
    if let Choice::Difference(index) = &item.choice {
        let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let each = below.height / 2;
        for (row, (side, words)) in
            BOTH.into_iter().zip(app.versions.wordings_of_difference(&app.halves, *index)).enumerate()
        {
            let y = below.y + row as u16 * each;
            let x = put(buffer, below.x, y, below.right(), side_mark(side), theme.lead);
            let words = words.map_or_else(|| "nothing at this place".to_owned(), |words| words.replace('\n', " "));
            let style = if words == "nothing at this place" { theme.silent } else { theme.text };
            quoted(&words, Rect { x, y, width: below.right() - x, height: each }, style, buffer);
        }
        return;
    }
    y = area.y + 1 + ABOUT;
    if let Some(said) = said_of(app, &item.choice) {
        // Without a word about it, its rows are theirs.
        let y = if item.about.is_empty() { area.y + 1 } else { y };
        if area.height > 1 + ABOUT {
            places(app, &said, Rect { y, height: area.bottom().saturating_sub(y), ..area }, theme, buffer);
        }
        return;
    }
    let Choice::Topic(Some(topic)) = &item.choice else { return };
    for side in BOTH {
        if y + 1 < area.bottom() + 1 && area.height > 1 + ABOUT {
            preview(
                app,
                side,
                topic,
                Rect { y, height: 2.min(area.bottom().saturating_sub(y)), ..area },
                theme,
                buffer,
            );
            y += 2;
        }
    }
}

/// What is caught in each text, in words, and where first.
type Caught = [(Side, String, Option<(Mention, PassageNo)>); 2];

/// What a proposal, or a term, catches; `None` for anything else.
fn said_of(app: &App, choice: &Choice) -> Option<Caught> {
    match choice {
        Choice::Proposal(index) => {
            let caught = &app.topics.proposals().get(*index)?.caught;
            Some(BOTH.map(|side| (side, told(&caught[side]), caught[side].first)))
        }
        Choice::Term { topic, term, cancels: false } => Some(BOTH.map(|side| {
            let (words, first) = app.topics.met(&app.halves, side, topic, *term);
            (side, words, first)
        })),
        _ => None,
    }
}

/// How much is caught on each side, and the first place of it.
fn places(app: &App, said: &Caught, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let each = area.height / 2;
    for ((side, words, first), row) in said.iter().zip(0..) {
        let y = area.y + row * each;
        let x = put(buffer, area.x, y, area.right(), side_mark(*side), theme.lead);
        let text = app.halves.pane(*side).text().zip(*first);
        put(buffer, x, y, area.right(), words, if text.is_some() { theme.faint } else { theme.silent });
        if let (Some((text, first)), true) = (text, each > 1) {
            excerpt::draw(text, first, Rect { x, y: y + 1, width: area.right() - x, height: 1 }, theme, buffer);
        }
    }
}

/// The words of both places of a judgement, as they were when it was made.
fn judgement(app: &App, id: &JudgementId, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(judgement) = app.links.own().get(id) else { return };
    let places = judgement.places();
    let each = area.height / (places.len().max(1) as u16);
    let mut y = area.y;
    for at in app.links.places_as_shown(judgement) {
        let place = places[at];
        let (mark, style) = match app.links.place_state(judgement, at) {
            PlaceState::There(side) | PlaceState::Moved(side, _) => (side_mark(side), theme.text),
            PlaceState::Lost(..) => ("? ", theme.silent),
            PlaceState::Closed => ("· ", theme.text),
        };
        let x = put(buffer, area.x, y, area.right(), mark, theme.lead);
        let words = crate::text::clean::Clean::line(&place.exact);
        let rows = quoted(words.as_str(), Rect { x, y, width: area.right() - x, height: each }, style, buffer);
        y += apart(rows, each);
    }
}

/// Both wordings of a shared quotation.
fn quotation(app: &App, index: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(found) = app.links.quotations().and_then(|all| all.get(index)) else { return };
    let each = area.height / 2;
    let mut y = area.y;
    for (side, range) in [(Side::Left, &found.left), (Side::Right, &found.right)] {
        let words = app.halves.pane(side).text().and_then(|t| t.string().get(range.clone())).unwrap_or("");
        let x = put(buffer, area.x, y, area.right(), side_mark(side), theme.lead);
        let words = words.replace('\n', " ");
        let rows = quoted(&words, Rect { x, y, width: area.right() - x, height: each }, theme.text, buffer);
        y += apart(rows, each);
    }
}

/// Rows until the next of two things that have so many rows each: it follows the first one closely, after a free row where
/// there is room for one.
fn apart(rows: u16, each: u16) -> u16 {
    (rows + 1).min(each)
}

/// Words in a few rows, cut where they are longer. Answers with how many rows they took.
fn quoted(words: &str, area: Rect, style: ratatui::style::Style, buffer: &mut Buffer) -> u16 {
    let rows = textwrap::wrap(words.trim(), usize::from(area.width).max(1));
    let more = rows.len() > usize::from(area.height);
    for (i, row) in rows.iter().take(usize::from(area.height)).enumerate() {
        let cut = more && i + 1 == usize::from(area.height);
        let row = if cut {
            format!("{}…", cells::fit(row, usize::from(area.width).saturating_sub(1)).0)
        } else {
            row.to_string()
        };
        put(buffer, area.x, area.y + i as u16, area.right(), &row, style);
    }
    (rows.len() as u16).min(area.height)
}

/// The sentence of a text that says most about a topic, in at most two rows.
fn preview(app: &App, side: Side, topic: &TopicId, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let x = put(buffer, area.x, area.y, area.right(), side_mark(side), theme.lead);
    let pane = app.halves.pane(side);
    let strongest = app.halves.treatments(side, topic).iter().max_by(|a, b| a.strength.total_cmp(&b.strength));
    let (Some(text), Some(treatment)) = (pane.text(), strongest) else {
        let words = if app.halves.is_studied_on(side, topic) { "silent" } else { "…" };
        put(buffer, x, area.y, area.right(), words, theme.silent);
        return;
    };
    let block = text.block_str(treatment.decisive.block as usize);
    let sentence = &block[sentence_at(block, treatment.decisive.offset as usize)];
    quoted(sentence, Rect { x, width: area.right().saturating_sub(x), ..area }, theme.text, buffer);
}

/// On the lower border: what the keys do here.
fn keys(app: &App, picker: &Picker, rows: usize, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let mut names = vec![(command!("choose"), "choose")];
    if matches!(picker.chosen().map(|i| &i.choice), Some(Choice::Proposal(_))) {
        names = vec![(command!("choose"), "takes it into your topics")];
    } else if matches!(picker.chosen().map(|i| &i.choice), Some(Choice::Unfold)) {
        names = vec![(command!("choose"), "show them")];
    } else if picker.kind == PickerKind::Topics {
        names = vec![
            (command!("choose"), "choose"),
            (command!("terms"), "terms"),
            (command!("edit-item"), "rename"),
            (command!("merge-topic"), "merge"),
        ];
    }
    if picker.kind == PickerKind::Terms {
        names = vec![
            (command!("choose"), "go there"),
            (command!("edit-item"), "change"),
            (command!("remove-item"), "take out"),
        ];
    }
    if picker.kind.is_of_notes() {
        names = vec![
            (command!("choose"), "go there"),
            (command!("edit-note"), "edit"),
            (command!("delete-note"), "delete"),
            (
                command!("widen-notes"),
                if picker.kind == PickerKind::NotesOfLibrary { "of these texts" } else { "of the library" },
            ),
            (command!("attach-note"), "attach here"),
        ];
    }
    if matches!(picker.kind, PickerKind::References | PickerKind::Sources) {
        names = vec![(command!("choose"), "follow")];
    }
    if picker.kind == PickerKind::Quotations {
        names = vec![(command!("choose"), "what each makes of it"), (command!("compare-wordings"), "word by word")];
    }
    if picker.kind == PickerKind::Links {
        names = vec![
            (command!("choose"), "go there"),
            (command!("edit-item"), "change"),
            (command!("remove-item"), "take away"),
        ];
    }
    names.push((command!("clear"), "close"));
    let key = |command| {
        let of_notes =
            picker.kind.is_of_notes().then(|| app.keys.keymap().first_key(Context::Notes, command)).flatten();
        of_notes.or_else(|| app.keys.keymap().first_key(Context::Picker, command))
    };
    let mut words: Vec<String> =
        names.into_iter().filter_map(|(command, hint)| Some(format!("{} {hint}", key(command)?))).collect();
    let (shown, all) = (picker.matching.len(), picker.count().max(picker.matching.len()));
    let count = match (shown > rows, shown == all) {
        (true, _) => format!("{} of {shown}", picker.selected + 1),
        (false, true) => format!("{all}"),
        (false, false) => format!("{shown} of {all}"),
    };
    let end = area.right().saturating_sub(2);
    let y = area.bottom().saturating_sub(1);
    // Where there is no room for all, the last but one go first: how to choose and how to leave stay.
    let room = usize::from(end.saturating_sub(area.x + 2));
    while words.len() > 2 && cells::width(&words.join(" · ")) + cells::width(&count) + 5 > room {
        words.remove(words.len() - 2);
    }
    put_right(buffer, area.x + 2, y, end, &format!(" {count} · {} ", words.join(" · ")), theme.faint);
}
