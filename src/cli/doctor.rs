//! `diptych doctor` and `diptych --version --verbose`: which program runs here and what it finds; what a bug report
//! needs.

use std::env;
use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use anyhow::Result;

use super::ending::Ending;
use super::print::{terminal_width, to_stdout};
use crate::library::Library;
use crate::library::said::{shortened, shown};
use crate::text::clean::Clean;

/// The parts that a build may leave out, and whether this one has them.
const FEATURES: [(&str, bool); 6] = [
    ("html", cfg!(feature = "html")),
    ("epub", cfg!(feature = "epub")),
    ("docx", cfg!(feature = "docx")),
    ("pdf", cfg!(feature = "pdf")),
    ("mobi", cfg!(feature = "mobi")),
    ("mhtml", cfg!(feature = "mhtml")),
];

/// What the environment says of the terminal, and of where files go. Nothing else of it is told.
const ENVIRONMENT: [&str; 15] = [
    "TERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "COLORTERM",
    "NO_COLOR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TMUX",
    "STY",
    "SSH_TTY",
    "WAYLAND_DISPLAY",
    "EDITOR",
    "VISUAL",
    "XDG_RUNTIME_DIR",
];

/// Prints the version; if `verbose`, also of what it was built, and where its files are.
pub(super) fn version(library: &Library, verbose: bool) -> Result<Ending> {
    to_stdout(|out| {
        writeln!(out, "diptych {}", env!("CARGO_PKG_VERSION"))?;
        if verbose { build(out).and_then(|()| files(out, library)) } else { Ok(()) }
    })?;
    Ok(Ending::Done)
}

/// Prints what a report of a fault needs.
pub(super) fn run(library: &Library) -> Result<Ending> {
    to_stdout(|out| {
        writeln!(out, "diptych {}", env!("CARGO_PKG_VERSION"))?;
        build(out)?;
        files(out, library)?;
        terminal(out)
    })?;
    Ok(Ending::Done)
}

fn build(out: &mut dyn Write) -> io::Result<()> {
    let commit = option_env!("DIPTYCH_COMMIT").unwrap_or("not known");
    let kind = if cfg!(debug_assertions) { "debug" } else { "release" };
    let (with, without): (Vec<_>, Vec<_>) = FEATURES.iter().partition(|(_, has)| *has);
    let names = |of: Vec<&(&'static str, bool)>| of.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
    writeln!(out, "commit      {commit}, {kind} build")?;
    writeln!(out, "system      {} {}", env::consts::OS, env::consts::ARCH)?;
    writeln!(out, "reads       text, markup, {}", names(with))?;
    if !without.is_empty() {
        writeln!(out, "left out    {}", names(without))?;
    }
    Ok(())
}

fn files(out: &mut dyn Write, library: &Library) -> io::Result<()> {
    let Some(folders) = library.folders() else {
        return writeln!(out, "folders     none: the system names no home");
    };
    let told = |path: &Path| {
        let state = if path.exists() { "" } else { " (not there)" };
        format!("{}{state}", shown(&shortened(path, &folders.home)))
    };
    writeln!(out, "settings    {}", told(&folders.settings()))?;
    writeln!(out, "keys        {}", told(&folders.keymap()))?;
    writeln!(out, "data        {}", told(&folders.data))?;
    writeln!(out, "state       {}", told(&folders.state))?;
    writeln!(out, "cache       {}", told(&folders.cache))
}

fn terminal(out: &mut dyn Write) -> io::Result<()> {
    let streams = [("input", io::stdin().is_terminal()), ("output", io::stdout().is_terminal())];
    let states = streams.map(|(name, is)| format!("{name} {}", if is { "a terminal" } else { "no terminal" }));
    writeln!(out, "streams     {}", states.join(", "))?;
    if let Some(columns) = terminal_width() {
        writeln!(out, "columns     {columns}")?;
    }
    for name in ENVIRONMENT {
        if let Some(value) = env::var_os(name) {
            writeln!(out, "{name:<11} {}", Clean::line(&value.to_string_lossy()))?;
        }
    }
    Ok(())
}
