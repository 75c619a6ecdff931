//! `diptych completions` and `diptych man`: what is made of the description of the arguments.

use anyhow::Result;
use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::{Cli, MANUAL};
use super::ending::{Ending, Usage};
use super::print::to_stdout;

/// What a manual page says that it belongs to.
const SOURCE: &str = concat!("diptych ", env!("CARGO_PKG_VERSION"));

/// Prints the completions for a shell.
pub fn completions(shell: Shell) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "diptych", &mut script);
    to_stdout(|out| out.write_all(&script))?;
    Ok(Ending::Done)
}

/// Prints the manual page of the program, or of a subcommand.
pub fn man(command: Option<&str>) -> Result<Ending> {
    let mut all = Cli::command().long_about(MANUAL);
    all.build();
    let page = match command {
        None => all,
        Some(name) => {
            let found = all.find_subcommand(name).cloned();
            found.ok_or_else(|| Usage(format!("man {name}: there is no such command; see `diptych --help`")))?
        }
    };
    let title = command.map_or_else(|| "diptych".to_owned(), |name| format!("diptych-{name}"));
    to_stdout(|mut out| clap_mangen::Man::new(page).title(title).source(SOURCE).render(&mut out))?;
    Ok(Ending::Done)
}
