//! The table of commands: everything a reader can do, one group a file.
//!
//! To add a command, add a row to the group it belongs to and, if it should have a key from the start, a line to
//! keymap.toml. Help, footer, palette and `diptych keys` read it from here.

mod finding;
mod leaving;
mod links;
mod lists;
mod marks;
mod moving;
mod panes;
mod scenes;
mod selecting;
mod topics;
mod trail;
mod typing;

use super::command::Command;

/// The groups, in no particular order.
const GROUPS: &[&[Command]] = &[
    moving::COMMANDS,
    trail::COMMANDS,
    topics::COMMANDS,
    links::COMMANDS,
    panes::COMMANDS,
    scenes::COMMANDS,
    finding::COMMANDS,
    selecting::COMMANDS,
    marks::COMMANDS,
    lists::COMMANDS,
    typing::COMMANDS,
    leaving::COMMANDS,
];

/// Every command.
pub fn all() -> impl Iterator<Item = &'static Command> {
    GROUPS.iter().flat_map(|group| group.iter())
}

/// The command of this name.
pub fn named(name: &str) -> Option<&'static Command> {
    all().find(|c| c.name == name)
}
