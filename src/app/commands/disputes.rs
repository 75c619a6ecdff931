//! On the dispute page.

use crate::app::command::{Command, Context, Group, Takes};
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::model::exporting::Export;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "next-quotation",
        group: Group::Scenes,
        contexts: &[Context::Dispute],
        help: "Go on to the next quotation that both texts have",
        hint: "next",
        takes: Takes::Nothing,
        run: |app, _| app.screens.step_dispute(&app.halves, &app.links, &mut app.out, 1),
    },
    Command {
        name: "previous-quotation",
        group: Group::Scenes,
        contexts: &[Context::Dispute],
        help: "Go back to the previous shared quotation",
        hint: "before",
        takes: Takes::Nothing,
        run: |app, _| app.screens.step_dispute(&app.halves, &app.links, &mut app.out, -1),
    },
    Command {
        name: "read-quotation",
        group: Group::Scenes,
        contexts: &[Context::Dispute],
        help: "Read both places of the quotation side by side",
        hint: "read",
        takes: Takes::Nothing,
        run: |app, _| app.read_dispute(),
    },
    Command {
        name: "dispute-down",
        group: Group::Scenes,
        contexts: &[Context::Dispute],
        help: "Scroll a long page down",
        hint: "down",
        takes: Takes::Count,
        run: |app, call| app.scroll_dispute(call.times()),
    },
    Command {
        name: "dispute-up",
        group: Group::Scenes,
        contexts: &[Context::Dispute],
        help: "Scroll a long page up",
        hint: "up",
        takes: Takes::Count,
        run: |app, call| app.scroll_dispute(-call.times()),
    },
    Command {
        name: "export-quotations",
        group: Group::Scenes,
        contexts: &[Context::Dispute],
        help: "Write all shared quotations, with what each text makes of them, into a page to print",
        hint: "print",
        takes: Takes::Nothing,
        run: |app, _| app.screens.lay(Overlay::Asked(Asked::new(Ask::Export(Export::Quotations)))),
    },
];
