//! `diptych tour`: prints the stops of a seminar, checks that each still finds its passages, and presents them.

use anyhow::{Result, bail};

use super::args::tour::TourCommand;
use super::ending::{Ending, Usage};
use super::files;
use super::formats::TourFormat;
use super::meant::{Meant, SameTexts};
use super::print::{to_stdout, width};
use super::read;
use crate::anchor::found::Found;
use crate::export::tour::{html, markdown, text};
use crate::library::Library;
use crate::library::tour_sheet::name_of;
use crate::model::touring::Touring;
use crate::text::clean::Clean;

/// Runs it.
pub(super) fn run(library: Library, asked: &TourCommand) -> Result<Ending> {
    match asked {
        TourCommand::Print { of, columns, format, remarks, output } => {
            files::may_write(&library, output, &[])?;
            let (touring, _) = tour(&library, of.as_deref())?;
            let read = library.load_tour(touring);
            let sheet = read.sheet();
            files::write(&library, output, |out| match format {
                TourFormat::Text => text::write(out, &sheet, width(columns.width)),
                TourFormat::Html => html::write(out, &sheet, *remarks),
                TourFormat::Markdown => markdown::write(out, &sheet, *remarks),
            })?;
            Ok(Ending::Done)
        }
        TourCommand::Check { of } => check(&library, of.as_deref()),
        TourCommand::Speak { socket } => read::speak(library, socket.as_deref()),
        TourCommand::Present { of, from } => {
            let (touring, _) = tour(&library, of.as_deref())?;
            let count = touring.tour.stops.len();
            if *from as usize > count {
                bail!(Usage(format!("--from {from}: the tour has {count} stops; `diptych tour print` lists them")));
            }
            read::present(library, touring, *from as usize - 1)
        }
    }
}

/// The tour of a library, or of the library that a text belongs to; without either, that of this folder, else of the
/// library in the program. A tour without stops is an error.
fn tour(library: &Library, of: Option<&str>) -> Result<(Touring, Vec<Clean>)> {
    let homes = match (Meant::by(library, of), of) {
        (None, Some(text)) => vec![library.home(&library.request(text)?)],
        (meant, _) => meant.unwrap_or(Meant::Bundled).homes(library),
    };
    for home in &homes {
        library.join(home.clone());
    }
    // The first that has one: that of the folder itself before those of the folders below.
    let mut tours = homes.iter().map(|home| library.tour_of(home));
    let first = tours.next().unwrap_or_default();
    let has_one = |(touring, faults): &(Touring, Vec<Clean>)| !touring.tour.stops.is_empty() || !faults.is_empty();
    let (touring, faults) = if has_one(&first) { first } else { tours.find(has_one).unwrap_or(first) };
    if touring.tour.stops.is_empty() {
        match faults.first() {
            Some(fault) => bail!("{fault}"),
            None => bail!("there is no tour here; in the reader, P adds the pair you read to one"),
        }
    }
    Ok((touring, faults))
}

fn check(library: &Library, of: Option<&str>) -> Result<Ending> {
    let (touring, faults) = tour(library, of)?;
    let read = library.load_tour(touring);
    let codebook = read.codebook();
    let same = SameTexts::of(library);
    let mut wrong = faults.len();
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for (at, stop) in read.stops().iter().enumerate() {
        for (side, anchor) in [("left", &stop.left), ("right", &stop.right)] {
            let Some(anchor) = anchor else { continue };
            let state = match read.find(anchor) {
                Err(line) => {
                    wrong += 1;
                    same.missed(anchor, &line).to_string()
                }
                Ok((_, found)) => {
                    wrong += usize::from(found.needs_person());
                    let score = match &found {
                        Found::Changed { score, .. } => Some(*score),
                        other => other.hit().map(|hit| hit.confidence),
                    };
                    let score = score.map_or_else(String::new, |score| format!(" ({score:.2})"));
                    format!("{}{score}", found.name())
                }
            };
            let name = name_of(stop, &codebook);
            let locator = anchor.locator();
            lines.push(format!("stop {}, {name}: {side} {} {locator}: {state}", at + 1, anchor.text));
        }
    }
    to_stdout(|out| lines.iter().try_for_each(|line| writeln!(out, "{}", Clean::line(line))))?;
    Ok(if wrong == 0 { Ending::Done } else { Ending::Found })
}
