//! `diptych mend`: takes over what was made for texts that have been renamed or moved.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::args::Mend;
use super::ending::{Ending, say};
use super::meant::Meant;
use super::print::to_stdout;
use crate::anchor::TextId;
use crate::library::Library;
use crate::library::load::Waiting;
use crate::text::clean::Clean;

/// Runs it.
pub(super) fn run(library: &Library, asked: &Mend) -> Result<Ending> {
    let mut is_named = false;
    let texts = match (Meant::by(library, asked.library.as_deref()), &asked.library) {
        (None, Some(text)) => {
            is_named = true;
            vec![text.clone()]
        }
        (meant, _) => meant.unwrap_or(Meant::Bundled).texts(library),
    };
    let mut done: Vec<Clean> = Vec::new();
    let mut failed = 0;
    let mut doubted: Vec<(PathBuf, TextId)> = Vec::new();
    for text in &texts {
        let open = match library.peek(text, &Waiting::patiently()) {
            Ok(open) => open,
            Err(e) if texts.len() > 1 => {
                say(&e.line());
                continue;
            }
            Err(e) => bail!("{}", e.line()),
        };
        for stray in library.strays_of(&open, true) {
            // A reader who names the text has said which one is meant.
            if !is_named && (stray.is_guess || !stray.others.is_empty()) {
                if !doubted.contains(&(stray.from.clone(), stray.name.clone())) {
                    failed += 1;
                    let (told, name) = (stray.told(), &stray.name);
                    let or = if stray.is_guess {
                        ", which alone has the words they are about,".to_owned()
                    } else {
                        stray.or_of_others()
                    };
                    say(&Clean::line(&format!(
                        "{told} under {name}: of {text}{or} and left where they are; `diptych mend {text}` gives them to that one"
                    )));
                    doubted.push((stray.from.clone(), stray.name.clone()));
                }
                continue;
            }
            match library.take_over(&stray, &open) {
                Ok(line) => done.push(Clean::line(&format!("{text}: {line}"))),
                Err(line) => {
                    failed += 1;
                    say(&line);
                }
            }
        }
    }
    if let Some(meant) = Meant::by(library, asked.library.as_deref()) {
        for home in meant.homes(library) {
            match library.merge_copies(&home) {
                Ok(lines) => done.extend(lines),
                Err(line) => {
                    failed += 1;
                    say(&line);
                }
            }
        }
    }
    to_stdout(|out| {
        if done.is_empty() && failed == 0 {
            return writeln!(out, "nothing is to be taken over");
        }
        done.iter().try_for_each(|line| writeln!(out, "{line}"))
    })?;
    Ok(if failed == 0 { Ending::Done } else { Ending::Found })
}
