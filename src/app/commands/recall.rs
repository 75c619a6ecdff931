//! The cards of the pair: recalling the other side of a link.

use crate::app::command::{Command, Context, Group, Takes};
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::model::exporting::Export;
use crate::model::recall::Recalled;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "review-cards",
        group: Group::Links,
        contexts: &[Context::Reading],
        help: "Recall your links as cards: one passage is shown, the other to be recalled",
        hint: "cards",
        takes: Takes::Nothing,
        run: |app, _| app.links.review_cards(&app.keys, &mut app.out),
    },
    Command {
        name: "export-cards",
        group: Group::Links,
        contexts: &[Context::Reading, Context::Cards],
        help: "Write your links as flash cards into a file that Anki reads: .txt",
        hint: "cards for Anki",
        takes: Takes::Nothing,
        run: |app, _| app.screens.lay(Overlay::Asked(Asked::new(Ask::Export(Export::Cards)))),
    },
    Command {
        name: "other-side-of-card",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Show the other side of the card",
        hint: "show the other side",
        takes: Takes::Nothing,
        run: |app, _| app.screens.show_other_side(),
    },
    Command {
        name: "recalled-again",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Say that it was not recalled: it comes again in a minute",
        hint: "again",
        takes: Takes::Nothing,
        run: |app, _| app.screens.recalled(&app.links, &app.keys, &mut app.out, Recalled::Again),
    },
    Command {
        name: "recalled-hard",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Say that it was hard to recall",
        hint: "hard",
        takes: Takes::Nothing,
        run: |app, _| app.screens.recalled(&app.links, &app.keys, &mut app.out, Recalled::Hard),
    },
    Command {
        name: "recalled-good",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Say that it was recalled well",
        hint: "good",
        takes: Takes::Nothing,
        run: |app, _| app.screens.recalled(&app.links, &app.keys, &mut app.out, Recalled::Good),
    },
    Command {
        name: "recalled-easy",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Say that it was recalled at once",
        hint: "easy",
        takes: Takes::Nothing,
        run: |app, _| app.screens.recalled(&app.links, &app.keys, &mut app.out, Recalled::Easy),
    },
    Command {
        name: "read-card",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Read the pair of the card in the two panes",
        hint: "read",
        takes: Takes::Nothing,
        run: |app, _| app.read_card(),
    },
    Command {
        name: "card-down",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Move the card a row down",
        hint: "down",
        takes: Takes::Count,
        run: |app, call| app.screens.scroll_card(&app.halves, &app.links, &app.topics, call.times()),
    },
    Command {
        name: "card-up",
        group: Group::Links,
        contexts: &[Context::Cards],
        help: "Move the card a row up",
        hint: "up",
        takes: Takes::Count,
        run: |app, call| app.screens.scroll_card(&app.halves, &app.links, &app.topics, -call.times()),
    },
];
