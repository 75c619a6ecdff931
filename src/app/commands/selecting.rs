//! Selecting by keyboard, and copying with a citation.

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::message::{Effect, Terminal};
use crate::app::selection::{Selection, Unit, sentence_at};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "select-sentence",
        group: Group::Selecting,
        contexts: &[Context::Reading],
        help: "Select the sentence at the reading line",
        hint: "sentence",
        takes: Takes::Nothing,
        run: |app, _| select(app, Unit::Sentence),
    },
    Command {
        name: "select-passage",
        group: Group::Selecting,
        contexts: &[Context::Reading],
        help: "Select the current passage",
        hint: "passage",
        takes: Takes::Nothing,
        run: |app, _| select(app, Unit::Passage),
    },
    Command {
        name: "extend-word",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Stretch the selection by a word",
        hint: "+ word",
        takes: Takes::Count,
        run: |app, call| stretch(app, call, Unit::Word, true),
    },
    Command {
        name: "shrink-word",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Shorten the selection by a word",
        hint: "− word",
        takes: Takes::Count,
        run: |app, call| stretch(app, call, Unit::Word, false),
    },
    Command {
        name: "extend-sentence",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Stretch the selection by a sentence",
        hint: "+ sentence",
        takes: Takes::Count,
        run: |app, call| stretch(app, call, Unit::Sentence, true),
    },
    Command {
        name: "shrink-sentence",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Shorten the selection by a sentence",
        hint: "− sentence",
        takes: Takes::Count,
        run: |app, call| stretch(app, call, Unit::Sentence, false),
    },
    Command {
        name: "extend-passage",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Stretch the selection by a passage",
        hint: "+ passage",
        takes: Takes::Count,
        run: |app, call| stretch(app, call, Unit::Passage, true),
    },
    Command {
        name: "shrink-passage",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Shorten the selection by a passage",
        hint: "− passage",
        takes: Takes::Count,
        run: |app, call| stretch(app, call, Unit::Passage, false),
    },
    Command {
        name: "other-end",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Stretch from the other end",
        hint: "other end",
        takes: Takes::Nothing,
        run: other_end,
    },
    Command {
        name: "copy-selection",
        group: Group::Selecting,
        contexts: &[Context::Selecting],
        help: "Copy the selection with its citation",
        hint: "copy",
        takes: Takes::Nothing,
        run: copy_selection,
    },
    Command {
        name: "copy-passage",
        group: Group::Selecting,
        contexts: &[Context::Reading],
        help: "Copy the current passage with its citation",
        hint: "copy ¶",
        takes: Takes::Nothing,
        run: copy_passage,
    },
    Command {
        name: "copy-pair",
        group: Group::Selecting,
        contexts: &[Context::Reading],
        help: "Copy both current passages with their citations",
        hint: "copy pair",
        takes: Takes::Nothing,
        run: copy_pair,
    },
];

fn select(app: &mut App, unit: Unit) {
    let side = app.halves.focus();
    let pane = app.halves.lead();
    let Some(text) = pane.text() else { return };
    // What is marked is meant, also where the reading line is on a heading above it.
    let passage = pane.current().and_then(|p| text.numbering().block_of(p)).map(|b| text.blocks()[b].range());
    let at_line = text.offset_of(pane.place);
    let offset = passage.clone().filter(|range| !range.contains(&at_line)).map_or(at_line, |range| range.start);
    let range = match unit {
        Unit::Passage => passage,
        _ => sentence_at(text, offset),
    };
    let selected =
        range.filter(|r| !r.is_empty()).map(|range| Selection { side, range, at_start: false, is_fresh: true });
    app.halves.select(selected);
}

fn stretch(app: &mut App, call: Call, unit: Unit, outward: bool) {
    let Some(mut selection) = app.halves.take_selection() else { return };
    let side = selection.side;
    let Some(open) = app.halves.pane(side).open().cloned() else { return };
    // In the midst of a long sentence, the word at the reading line is meant, not the last one, which may be far away.
    let line = open.text.offset_of(app.halves.pane(side).place);
    let is_within = selection.range.contains(&line) && line > selection.range.start;
    if selection.is_fresh && is_within && unit == Unit::Word && !outward {
        selection.begin_at_word(&open.text, line);
        app.halves.select(Some(selection));
        return;
    }
    for _ in 0..call.times() {
        selection.stretch(&open.text, unit, outward);
    }
    let head = selection.head(&open.text);
    app.halves.select(Some(selection));
    app.halves.keep_in_sight(side, head);
}

fn other_end(app: &mut App, _: Call) {
    let Some(selection) = app.halves.selection_mut() else { return };
    selection.at_start = !selection.at_start;
    let side = selection.side;
    let Some(open) = app.halves.pane(side).open() else { return };
    let head = app.halves.selection().map(|s| s.head(&open.text));
    if let Some(head) = head {
        app.halves.keep_in_sight(side, head);
    }
}

fn copy_selection(app: &mut App, _: Call) {
    let Some(cited) = app.halves.cited_selection() else { return };
    app.halves.select(None);
    copy(app, cited, "the selection with its citation");
}

fn copy_passage(app: &mut App, _: Call) {
    let Some(cited) = app.halves.cited_passage(app.halves.focus()) else { return };
    let passage = app.halves.lead().current().map_or(String::new(), |p| format!("¶{p} with its citation"));
    copy(app, cited, &passage);
}

fn copy_pair(app: &mut App, _: Call) {
    let cited = app.shown_pair().and_then(|pair| app.versions.cited_pair(&app.halves, &app.hinge, &app.topics, pair));
    let Some(cited) = cited else { return app.out.tell("a pair needs a text in both panes") };
    // Which they are is not plain where others are read.
    let which = app.pinned_in_sight().map_or_else(String::new, |(left, right)| format!(", ¶{left} and ¶{right}"));
    copy(app, cited, &format!("both passages with their citations{which}"));
}

fn copy(app: &mut App, cited: String, what: &str) {
    app.out.effect(Effect::Terminal(Terminal::Copy { words: cited, what: what.to_owned() }));
}
