//! The reader's browser: what `$BROWSER` names, with the address as an argument of its own. No shell sees it.
//!
//! `$BROWSER` is a list of programs with colons between them, the first that starts is taken; `%s` in one stands for the
//! address (as xdg-open and Python's webbrowser read it).

use std::env;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::library::said::io_words;
use crate::text::clean::Clean;

/// Browsers that need the terminal.
const IN_TERMINAL: [&str; 9] =
    ["w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "www-browser", "chawan"];
/// A program that fails does so soon.
const SOON: Duration = Duration::from_millis(400);

/// A program and its arguments, the address among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Browser {
    program: String,
    arguments: Vec<String>,
}

impl Browser {
    /// Those that the environment names, for an address; a line where it names none.
    pub(super) fn named(address: &str) -> Result<Vec<Self>, Clean> {
        let listed = env::var("BROWSER").unwrap_or_default();
        let found = listed_in(&listed, address);
        let none =
            || Clean::line("$BROWSER names no program; set it, as in BROWSER=firefox, and follow the address again");
        if found.is_empty() { Err(none()) } else { Ok(found) }
    }

    /// Whether it is read in the terminal itself.
    pub(super) fn needs_terminal(&self) -> bool {
        let name = Path::new(&self.program).file_name().map(|name| name.to_string_lossy().into_owned());
        name.is_some_and(|name| IN_TERMINAL.contains(&name.as_str()))
    }

    /// What runs it, in the terminal where nothing else is said.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }
}

/// Starts the first of them that starts, beside the terminal. Answers with its place among them, else with a line for the
/// reader.
pub(super) fn start(browsers: &[Browser]) -> Result<(Child, usize), Clean> {
    let mut failed = String::new();
    for (at, browser) in browsers.iter().enumerate() {
        // In a group of its own no key that is meant for the session reaches it.
        let mut command = browser.command();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        match command.spawn() {
            Ok(child) => return Ok((child, at)),
            Err(e) => failed = format!("{}: {}", browser.program, io_words(&e)),
        }
    }
    Err(said(&failed))
}

/// Looks how the first of them goes, which was started; where it fails soon, the next is. Answers with a line for the reader.
pub(super) fn tend(mut child: Child, browsers: &[Browser]) -> Clean {
    let mut left = browsers;
    while let Some((browser, others)) = left.split_first() {
        thread::sleep(SOON);
        if child.try_wait().is_ok_and(|ended| ended.is_none_or(|status| status.success())) {
            // Whoever ends is to be waited for, or stays as a shadow of itself.
            let _ = thread::Builder::new().spawn(move || child.wait());
            return Clean::line(&format!("handed to {}", browser.program));
        }
        let Ok((next, at)) = start(others) else {
            return said(&format!("{} failed", browser.program));
        };
        (child, left) = (next, &others[at..]);
    }
    said("no browser was started")
}

fn said(failed: &str) -> Clean {
    Clean::line(&format!("{failed}; $BROWSER says which program opens addresses"))
}

fn listed_in(listed: &str, address: &str) -> Vec<Browser> {
    let browser = |written: &str| {
        let mut words = written.split_whitespace();
        let program = words.next()?.to_owned();
        let mut is_in = false;
        let mut arguments: Vec<String> = words
            .map(|word| {
                is_in |= word.contains("%s");
                word.replace("%s", address)
            })
            .collect();
        if !is_in {
            arguments.push(address.to_owned());
        }
        Some(Browser { program, arguments })
    };
    listed.split(':').filter_map(browser).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_an_argument_and_nothing_else() {
        let address = "https://a.org/;rm -rf $HOME`x`";
        let found = listed_in("firefox --new-tab:w3m %s : ", address);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].arguments, ["--new-tab", address]);
        assert_eq!((found[1].program.as_str(), found[1].arguments.as_slice()), ("w3m", &[address.to_owned()][..]));
        assert!(found[1].needs_terminal() && !found[0].needs_terminal());
        assert_eq!(listed_in("", address), []);
    }

    #[test]
    fn what_does_not_start_is_told() {
        let line = start(&listed_in("/nowhere/browser", "https://a.org")).unwrap_err();
        assert!(line.as_str().starts_with("/nowhere/browser:"), "{line}");
    }

    #[test]
    fn the_next_takes_the_place_of_one_that_is_not_there_or_fails() {
        let browsers = listed_in("/nowhere/browser:false:true", "https://a.org");
        let (child, at) = start(&browsers).unwrap();
        assert_eq!(at, 1);
        assert_eq!(tend(child, &browsers[at..]).as_str(), "handed to true");
    }
}
