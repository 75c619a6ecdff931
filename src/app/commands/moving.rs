//! Moving through a text.

use std::collections::HashMap;

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::overlay::{Overlay, Page, PageKind};
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::layout::cells;
use crate::model::settings::Sync;
use crate::text::Place;
use crate::text::span::SpanKind;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "row-down",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Move one row down",
        hint: "down",
        takes: Takes::Count,
        run: |app, call| rows(app, call.times()),
    },
    Command {
        name: "row-up",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Move one row up",
        hint: "up",
        takes: Takes::Count,
        run: |app, call| rows(app, -call.times()),
    },
    Command {
        name: "page-down",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Move a screen down",
        hint: "page",
        takes: Takes::Count,
        run: |app, call| pages(app, call.times()),
    },
    Command {
        name: "page-up",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Move a screen up",
        hint: "page up",
        takes: Takes::Count,
        run: |app, call| pages(app, -call.times()),
    },
    Command {
        name: "half-page-down",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Move half a screen down",
        hint: "half page",
        takes: Takes::Count,
        run: |app, call| half_pages(app, call.times()),
    },
    Command {
        name: "half-page-up",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Move half a screen up",
        hint: "half page up",
        takes: Takes::Count,
        run: |app, call| half_pages(app, -call.times()),
    },
    Command {
        name: "next-passage",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Go to the next passage",
        hint: "next ¶",
        takes: Takes::Count,
        run: |app, call| passages(app, call.times()),
    },
    Command {
        name: "previous-passage",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Go to the previous passage",
        hint: "previous ¶",
        takes: Takes::Count,
        run: |app, call| passages(app, -call.times()),
    },
    Command {
        name: "first-passage",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Go to the start of the text; with a count, to that passage",
        hint: "start",
        takes: Takes::Count,
        run: first_passage,
    },
    Command {
        name: "last-passage",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "Go to the end of the text; with a count, to that passage",
        hint: "end",
        takes: Takes::Count,
        run: last_passage,
    },
    Command {
        name: "contents",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "List the headings of this text, with the size of each section",
        hint: "contents",
        takes: Takes::Nothing,
        run: contents,
    },
    Command {
        name: "footnote",
        group: Group::Moving,
        contexts: &[Context::Reading, Context::Page],
        help: "Show the footnote cited here; while it is shown, the next one on the screen",
        hint: "footnote",
        takes: Takes::Nothing,
        run: footnote,
    },
];

fn rows(app: &mut App, by: i32) {
    let focus = app.halves.focus();
    let mut moved = app.halves.pane_mut(focus).scroll(by);
    // White space between passages is not shown in one column: no key stops there.
    while app.halves.is_linear() && app.halves.pane(focus).gap > 0 {
        match app.halves.pane_mut(focus).scroll(by.signum()) {
            0 => break,
            step => moved += step,
        }
    }
    if app.hinge.sync() == Sync::Scroll {
        app.halves.pane_mut(focus.other()).scroll(moved);
    }
    app.moved();
}

fn pages(app: &mut App, by: i32) {
    let height = i32::from(app.halves.lead().viewport.height.saturating_sub(2).max(1));
    rows(app, height.saturating_mul(by));
}

fn half_pages(app: &mut App, by: i32) {
    let height = i32::from((app.halves.lead().viewport.height / 2).max(1));
    rows(app, height.saturating_mul(by));
}

fn passages(app: &mut App, by: i32) {
    let focus = app.halves.focus();
    app.halves.pane_mut(focus).step_passages(by);
    app.moved();
}

fn first_passage(app: &mut App, call: Call) {
    if let Some(n) = call.count {
        app.go_to_passage(n);
    } else {
        app.leave();
        let focus = app.halves.focus();
        app.halves.pane_mut(focus).rewind();
        app.moved();
    }
}

fn last_passage(app: &mut App, call: Call) {
    match call.count {
        Some(number) => app.go_to_passage(number),
        None => app.go_to_end(),
    }
}

fn contents(app: &mut App, _: Call) {
    let focus = app.halves.focus();
    let Some(text) = app.halves.lead().text() else { return };
    let headings = text.numbering().headings();
    if headings.is_empty() {
        app.out.tell("this text has no headings");
        return;
    }
    let here = text.heading_of(app.halves.lead().place.block as usize);
    let depth = |heading: u32| text.blocks()[heading as usize].depth;
    let name = |heading: u32| text.heading_name(heading as usize);
    let mut times: HashMap<String, usize> = HashMap::new();
    for &heading in headings {
        *times.entry(name(heading).into_owned()).or_default() += 1;
    }
    let mut items = Vec::new();
    for (i, &heading) in headings.iter().enumerate() {
        let block = heading as usize;
        // A part has what is under its own headings too.
        let next = headings[i + 1..].iter().find(|&&next| depth(next) <= depth(heading));
        let end = next.map_or(text.blocks().len(), |&next| next as usize);
        let bytes = |b: usize| text.offset_of(Place::new(b as u32, 0));
        let share = (bytes(end) - bytes(block)) * 100 / text.string().len().max(1);
        let mut passages = (block..end).filter(|&b| text.blocks()[b].is_passage());
        let first = passages.next().and_then(|b| text.numbering().passage_near(b)).map_or(0, |p| p.0);
        let last = passages.next_back().and_then(|b| text.numbering().passage_near(b)).map_or(first, |p| p.0);
        let range = match (first, last) {
            (0, _) => String::new(),
            (first, last) if first == last => format!("¶ {first}"),
            (first, last) => format!("¶¶ {first}–{last}"),
        };
        // Of equal headings, the parts they are in tell them apart.
        let above = headings[..i].iter().rev().find(|&&above| depth(above) < depth(heading));
        let part = above
            .filter(|_| times[&*name(heading)] > 1)
            .map_or_else(String::new, |&above| format!("{}  ", cells::ellipsis(&name(above), 30)));
        items.push(Item {
            label: name(heading).into_owned(),
            detail: format!("{part}{range}  {share:>3}%"),
            about: String::new(),
            depth: text.blocks()[block].depth.saturating_sub(1),
            dim: false,
            choice: Choice::Go(focus, Place::new(heading, 0)),
        });
    }
    let shallowest = items.iter().map(|i| i.depth).min().unwrap_or(0);
    for item in &mut items {
        item.depth -= shallowest;
    }
    let selected = here.and_then(|h| headings.iter().position(|&x| x as usize == h)).unwrap_or(0);
    app.screens.lay(Overlay::Picker(Picker::new(PickerKind::Contents, items, selected)));
}

/// The notes cited from the start of the current passage to the end of the screen, in order, each once.
fn notes_in_sight(app: &App) -> Vec<usize> {
    let pane = app.halves.lead();
    let Some(text) = pane.text() else { return Vec::new() };
    let bottom = pane.rows().into_iter().flatten().next_back();
    let from = text.offset_of(Place::new(pane.place.block, 0));
    let to = bottom.map_or(from, |r| text.offset_of(Place::new(r.block, r.end)));
    let mut notes = Vec::new();
    for span in text.spans_in(from..to.max(from + 1)) {
        if let SpanKind::NoteRef(n) = span.kind
            && !notes.contains(&(n as usize))
        {
            notes.push(n as usize);
        }
    }
    notes
}

/// Shows the first note in sight; while one is shown, the next.
fn footnote(app: &mut App, _: Call) {
    let focus = app.halves.focus();
    let notes = notes_in_sight(app);
    let shown = match app.screens.overlay() {
        Some(Overlay::Page(Page { kind: PageKind::Footnote { note, .. }, .. })) => Some(*note),
        _ => None,
    };
    let next = match shown.and_then(|shown| notes.iter().position(|n| *n == shown)) {
        Some(at) => notes.get(at + 1),
        None if shown.is_none() => notes.first(),
        None => None,
    };
    let Some(&note) = next else {
        if shown.is_some() {
            app.screens.close();
        } else {
            app.out.tell("no footnote is cited from here to the end of the screen");
        }
        return;
    };
    let defined = app.halves.lead().text().and_then(|t| t.notes().get(note)).filter(|n| !n.blocks.is_empty());
    let mut over = Page::new(PageKind::Footnote { side: focus, note });
    over.leads_to = defined.map(|n| (focus, Place::new(n.blocks.start as u32, 0)));
    app.screens.lay(Overlay::Page(over));
}
