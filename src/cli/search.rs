//! `diptych search`: passages of a whole library that contain given words, from its index.

use std::io::IsTerminal as _;
use std::ops::ControlFlow;

use anyhow::{Result, bail};
use serde_json::json;

use super::args::{LinesFormat, SearchAll};
use super::ending::{Ending, Usage, say};
use super::meant::Meant;
use super::print::to_stdout;
use crate::layout::cells;
use crate::library::Library;
use crate::library::archive::{ANOTHER, Archive};
use crate::model::address::{name_within, path_of};
use crate::text::clean::Clean;

/// Columns of a passage in the list.
const SHOWN: usize = 100;

/// Runs it.
pub(super) fn run(library: &Library, asked: &SearchAll) -> Result<Ending> {
    let meant = match (Meant::by(library, asked.library.as_deref()), &asked.library) {
        (Some(meant), _) => meant,
        (None, name) => {
            let name = Clean::line(name.as_deref().unwrap_or_default());
            let words = Clean::line(&asked.words);
            bail!(Usage(format!(
                "{name}: this is not a folder of texts; several words are quoted: diptych search \"{words} {name}\""
            )));
        }
    };
    meant.told_of_links_out(library).iter().for_each(say);
    let archive = match &meant {
        Meant::Folder(folder) => Archive::Folder(folder.clone()),
        Meant::Bundled => Archive::Bundled,
    };
    let shows = std::io::stderr().is_terminal();
    let mut last = 0;
    let done = library.freshen_index(&archive, &mut |done, of| {
        if shows && of > 0 && done * 20 / of != last {
            last = done * 20 / of;
            eprint!("\rindex: {done} of {of} texts\u{1b}[K");
        }
        ControlFlow::Continue(())
    });
    if last > 0 {
        eprint!("\r\u{1b}[K");
    }
    match done {
        Ok(Some((done, told))) => {
            told.iter().for_each(say);
            done.not_searched().iter().for_each(say);
        }
        Ok(None) => say(&ANOTHER),
        Err(line) => say(&line),
    }
    let hits = library.search_all(&archive, &asked.words, asked.top, &mut |_, _, _| ControlFlow::Continue(()));
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let name = |request: &str| {
        let below = here.as_ref().and_then(|here| name_within(here, &path_of(request)?));
        // A name with signs in it that no terminal should get is told as the address that it is opened by.
        below.filter(|name| Clean::line(name).as_str() == name).unwrap_or_else(|| request.to_owned())
    };
    to_stdout(|out| {
        for hit in &hits {
            match asked.format {
                LinesFormat::Text => {
                    let words = Clean::line(&hit.words);
                    let line = cells::ellipsis(words.as_str(), SHOWN);
                    writeln!(out, "{}:{}  {line}", Clean::line(&name(&hit.request)), hit.passage)?;
                }
                LinesFormat::Jsonl => {
                    let score = (f64::from(hit.score) * 1000.0).round() / 1000.0;
                    let line = json!({
                        "id": name(&hit.request),
                        "title": hit.title.as_str(),
                        "passage": hit.passage.0,
                        "score": score,
                        "text": hit.words,
                    });
                    writeln!(out, "{line}")?;
                }
            }
        }
        Ok(())
    })?;
    Ok(if hits.is_empty() { Ending::Found } else { Ending::Done })
}
