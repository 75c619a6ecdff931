//! The table of commands: everything a reader can do, one group a file.
//!
//! To add a command, add a row to the group it belongs to and, if it should have a key from the start, a line to
//! keymap.toml. Help, footer, palette and `diptych keys` read it from here.

mod disputes;
mod finding;
mod leaving;
mod links;
mod lists;
mod loom;
mod marks;
mod moving;
mod notes;
mod panes;
mod possible;
mod recall;
mod references;
mod room;
mod scenes;
mod selecting;
mod seminar;
mod topics;
mod trail;
mod typing;
mod versions;

use super::command::Command;

/// The groups, in no particular order.
static GROUPS: &[&[Command]] = &[
    moving::COMMANDS,
    references::COMMANDS,
    trail::COMMANDS,
    topics::COMMANDS,
    links::COMMANDS,
    recall::COMMANDS,
    panes::COMMANDS,
    versions::COMMANDS,
    scenes::COMMANDS,
    loom::COMMANDS,
    disputes::COMMANDS,
    finding::COMMANDS,
    selecting::COMMANDS,
    seminar::COMMANDS,
    room::COMMANDS,
    marks::COMMANDS,
    notes::COMMANDS,
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

/// The command of this name, which has to be in the table: for constants alone, where a name that is not is found when
/// the program is compiled. [`command!`] is how to write it.
///
/// # Panics
///
/// Where no command has the name.
pub const fn known(name: &str) -> &'static Command {
    let mut group = 0;
    while group < GROUPS.len() {
        let rows = GROUPS[group];
        let mut row = 0;
        while row < rows.len() {
            if is_same(rows[row].name, name) {
                return &rows[row];
            }
            row += 1;
        }
        group += 1;
    }
    panic!("no command has this name");
}

const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// The command of a name: `command!("help")`. One that does not exist does not compile.
macro_rules! command {
    ($name:literal) => {
        const { $crate::app::commands::known($name) }
    };
}

/// Several commands: `commands!["topics", "help"]`.
macro_rules! commands {
    ($($name:literal),+ $(,)?) => {
        const { &[$($crate::app::commands::known($name)),+] as &[&$crate::app::command::Command] }
    };
}

pub(crate) use {command, commands};
