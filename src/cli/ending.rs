//! How the program ends: its exit code, and the one place that prints errors.

use std::fmt;
use std::io::{self, Write as _};

use anyhow::Result;
use thiserror::Error;

use crate::text::clean::Clean;

/// How a job ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done.
    Done,
    /// A check found something.
    Found,
    /// A signal ended it.
    Signalled(i32),
}

/// A wrong way to ask, rather than a job that failed.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// Prints the error of a run, if there is one, and says the exit code.
pub fn end(result: Result<Ending>) -> u8 {
    match result {
        Ok(Ending::Done) => 0,
        Ok(Ending::Found) => 1,
        // As a shell counts it: 130 for an interrupt.
        Ok(Ending::Signalled(signal)) => u8::try_from(128 + signal).unwrap_or(1),
        // Whoever read the output has seen enough.
        Err(e) if is_broken_pipe(&e) => 0,
        Err(e) => {
            say(&in_one(&e));
            if e.is::<Usage>() { 2 } else { 1 }
        }
    }
}

/// An error followed by its cause, unless its own message names it.
fn in_one(e: &anyhow::Error) -> String {
    let mut said = e.to_string();
    for cause in e.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said = format!("{said} ({cause})");
        }
    }
    said
}

/// Prints one line on standard error; if it cannot be printed, that is no failure.
pub fn say(message: &(impl fmt::Display + ?Sized)) {
    let line = Clean::line(&format!("diptych: {message}"));
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Prints a line for each of several things.
pub(super) fn say_all<T: fmt::Display>(messages: &[T]) {
    for message in messages {
        say(message);
    }
}

/// What clap answers with: help and version are printed, an error becomes one line, which points to the help of
/// `command` (the words that chose a subcommand; empty where there is none).
pub(super) fn of_usage(e: &clap::Error, command: &str) -> Result<Ending> {
    if !e.use_stderr() {
        // Straight to the stream: it knows whether colour is wanted there.
        e.print()?;
        return Ok(Ending::Done);
    }
    Err(Usage(in_one_line(&e.render().to_string(), command)).into())
}

/// Clap says what is wrong in the first paragraph, and what may help in lines that begin with `tip:`.
fn in_one_line(said: &str, command: &str) -> String {
    let what: Vec<&str> = said.lines().take_while(|l| !l.trim().is_empty()).map(str::trim).collect();
    let tips = said.lines().filter_map(|l| l.trim().strip_prefix("tip: "));
    let what = what.join(" ");
    let parts = std::iter::once(what.strip_prefix("error: ").unwrap_or(&what)).chain(tips);
    let gap = if command.is_empty() { "" } else { " " };
    format!("{}; see `diptych{gap}{command} --help`", parts.collect::<Vec<_>>().join("; "))
}

fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clap_says_becomes_one_line() {
        let said = "error: unexpected argument '--formt' found\n\n  tip: a similar argument exists: '--format'\n\n\
                    Usage: diptych compare --format <FORMAT> <LEFT> <RIGHT>\n\nFor more information, try '--help'.\n";
        let line = in_one_line(said, "compare");
        assert_eq!(
            line,
            "unexpected argument '--formt' found; a similar argument exists: '--format'; see `diptych compare --help`"
        );
        let missing = "error: the following required arguments were not provided:\n  <RIGHT>\n\nUsage: x\n";
        assert_eq!(
            in_one_line(missing, ""),
            "the following required arguments were not provided: <RIGHT>; see `diptych --help`"
        );
    }

    #[test]
    fn a_broken_pipe_is_quiet_and_usage_is_two() {
        let pipe = io::Error::from(io::ErrorKind::BrokenPipe);
        assert_eq!(end(Err(anyhow::Error::from(pipe).context("writing"))), 0);
        assert_eq!(end(Err(Usage("x".to_owned()).into())), 2);
        assert_eq!(end(Ok(Ending::Signalled(2))), 130);
    }
}
