//! The command line: arguments, and a file for each thing that can be asked for.
//!
//! [`run`] does what the arguments say and answers with the exit code: 0 done, 1 a failed job (and for `check`,
//! something found), 2 wrong usage, 130 interrupted. Errors come back as values; [`ending`] is the one place that
//! prints them.

pub mod args;
pub mod ending;

mod align;
mod cards;
mod check;
mod cite;
mod compare;
mod doctor;
mod files;
mod formats;
mod import;
mod keys;
mod links;
mod meant;
mod mend;
mod merge;
mod notes;
mod notes_exchange;
mod pages;
mod pair_url;
mod passages;
mod print;
mod progress;
mod read;
#[cfg(test)]
mod read_tests;
mod remote;
mod search;
mod settings;
mod texts;
mod topics;
mod tour;

use std::ffi::OsString;
use std::sync::Arc;

use anyhow::Result;
use clap::{CommandFactory as _, FromArgMatches as _};

use self::args::{Cli, Command};
use self::ending::Ending;
use crate::library::Library;
use crate::library::apart::{self, Program};
use crate::library::disk::Os;
use crate::library::folders::Folders;
use crate::model::address::address_of;

/// Does what the arguments (the program's name first) ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<Ending> {
    let arguments: Vec<OsString> = arguments.into_iter().map(as_written).collect();
    if arguments.get(1).is_some_and(|a| a == apart::COMMAND) {
        let rest: Vec<String> = arguments.iter().skip(2).map(|a| a.to_string_lossy().into_owned()).collect();
        return Ok(apart::inside::run(&rest).map(|()| Ending::Done)?);
    }
    let cli = match args::parser(&arguments).try_get_matches_from(&arguments).and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(e) => return ending::of_usage(&e, &chosen(&arguments)),
    };
    let library = || {
        let library = Library::new(Arc::new(Os), Folders::of_system());
        // Where this program cannot be found again, it reads everything by itself.
        let library = match Program::own() {
            Ok(program) => library.importing_with(program),
            Err(_) => library,
        };
        library.with_pages(cli.pages().cloned())
    };
    match &cli.command {
        None if cli.version => doctor::version(&library(), cli.verbose),
        None if cli.remote => remote::open(&library(), &cli.texts),
        None => read::read(library(), &cli.texts, (cli.linear, cli.lines)),
        Some(Command::Compare(asked)) => compare::run(&library(), asked),
        Some(Command::Topics(asked)) => topics::run(&library(), asked),
        Some(Command::Links(asked)) => links::run(&library(), asked),
        Some(Command::Cards(asked)) => cards::run(&library(), asked),
        Some(Command::Align(asked)) => align::run(&library(), asked),
        Some(Command::Notes(asked)) => notes::run(&library(), &asked.command),
        Some(Command::Passages(asked)) => passages::run(&library(), asked),
        Some(Command::Cite(asked)) => cite::run(&library(), asked),
        Some(Command::Keys(asked)) => keys::run(&library(), asked.format),
        Some(Command::Import(asked)) => import::run(&library(), asked),
        Some(Command::Search(asked)) => search::run(&library(), asked),
        Some(Command::Mend(asked)) => mend::run(&library(), asked),
        Some(Command::Merge(asked)) => merge::run(&library(), asked),
        Some(Command::Check(asked)) => check::run(&library(), asked),
        Some(Command::Tour { command }) => tour::run(library(), command),
        Some(Command::Follow(asked)) => read::follow(library(), asked.socket.as_deref()),
        Some(Command::Remote(asked)) => remote::run(&library(), asked),
        Some(Command::Completions { shell }) => pages::completions(*shell),
        Some(Command::Man { output: Some(folder), .. }) => pages::all_into(folder),
        Some(Command::Man { command, .. }) => pages::man(command.as_deref()),
        Some(Command::Config(asked)) => settings::config(&library(), asked),
        Some(Command::Theme(asked)) => settings::theme(&library(), asked),
        Some(Command::Doctor) => doctor::run(&library()),
    }
}

/// An argument that is not UTF-8 can only be a path: then it is written as a URL, which is.
fn as_written(argument: OsString) -> OsString {
    if argument.to_str().is_some() {
        return argument;
    }
    std::path::absolute(&argument).map_or(argument, |path| address_of(&path).into())
}

/// The words of the arguments that choose a subcommand: `topics suggest`.
fn chosen(arguments: &[OsString]) -> String {
    let mut command = Cli::command();
    let mut words: Vec<String> = Vec::new();
    for argument in arguments.iter().skip(1).filter_map(|a| a.to_str()) {
        let Some(sub) = command.find_subcommand(argument).cloned() else { break };
        words.push(argument.to_owned());
        command = sub;
    }
    words.join(" ")
}
