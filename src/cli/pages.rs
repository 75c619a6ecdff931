//! `diptych completions` and `diptych man`, generated from the description of the arguments.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::{Cli, MANUAL};
use super::ending::{Ending, Usage};
use super::print::to_stdout;
use crate::library::said::shown;

/// What a manual page says that it belongs to.
const SOURCE: &str = concat!("diptych ", env!("CARGO_PKG_VERSION"));

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "diptych", &mut script);
    to_stdout(|out| out.write_all(&script))?;
    Ok(Ending::Done)
}

/// Prints the manual page of the program, or of a subcommand.
pub(super) fn man(command: Option<&str>) -> Result<Ending> {
    let all = whole();
    let page = match command {
        None => all,
        Some(name) => {
            let found = all.find_subcommand(name).cloned();
            found.ok_or_else(|| Usage(format!("man {name}: there is no such command; see `diptych --help`")))?
        }
    };
    to_stdout(|out| render(page, command, out))?;
    Ok(Ending::Done)
}

/// Writes the manual pages of the program and its subcommands into a folder, as packages need them.
pub(super) fn all_into(folder: &Path) -> Result<Ending> {
    let all = whole();
    let names: Vec<String> = all.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    let commands = names.iter().filter(|name| *name != "help").map(|name| Some(name.as_str()));
    fs::create_dir_all(folder).with_context(|| refused(folder))?;
    for command in std::iter::once(None).chain(commands) {
        let page = command.and_then(|name| all.find_subcommand(name)).unwrap_or(&all).clone();
        let mut bytes = Vec::new();
        render(page, command, &mut bytes)?;
        let path = folder.join(format!("{}.1", title_of(command)));
        fs::write(&path, bytes).with_context(|| refused(&path))?;
    }
    Ok(Ending::Done)
}

/// The description of the arguments with all that clap adds to it.
fn whole() -> clap::Command {
    let mut all = Cli::command().long_about(MANUAL);
    all.build();
    all
}

fn render(page: clap::Command, command: Option<&str>, mut out: &mut dyn Write) -> io::Result<()> {
    clap_mangen::Man::new(page).title(title_of(command)).source(SOURCE).render(&mut out)
}

fn title_of(command: Option<&str>) -> String {
    command.map_or_else(|| "diptych".to_owned(), |name| format!("diptych-{name}"))
}

fn refused(path: &Path) -> String {
    format!("{}: cannot be written; give a folder that you may write to", shown(path))
}
