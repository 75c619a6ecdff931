//! `diptych tour`: the stops of a seminar on paper, whether each still finds its passages, and on the screen.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::args::tour::TourCommand;
use super::ending::Ending;
use super::meant::{Meant, SameTexts};
use super::print::{to_stdout, width};
use super::read;
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::export::tour::{SheetPassage, SheetStop, write_text};
use crate::library::Library;
use crate::library::load::Waiting;
use crate::model::open::Open;
use crate::model::touring::Touring;
use crate::text::clean::Clean;
use crate::tour::Stop;

/// The texts of a tour, each read once; what cannot be read is one line.
type Texts = BTreeMap<String, Result<Arc<Open>, Clean>>;

/// Runs it.
pub fn run(library: Library, asked: &TourCommand) -> Result<Ending> {
    match asked {
        TourCommand::Print { of, width: asked } => {
            let (touring, _) = tour(&library, of.as_deref())?;
            let texts = texts(&library, &touring);
            let stops: Vec<SheetStop> =
                touring.tour.stops.iter().map(|s| sheet(&library, &touring, &texts, s)).collect();
            to_stdout(|out| write_text(out, &touring.tour.title, &stops, width(*asked)))?;
            Ok(Ending::Done)
        }
        TourCommand::Check { of } => check(&library, of.as_deref()),
        TourCommand::Present { of } => {
            let (touring, _) = tour(&library, of.as_deref())?;
            read::present(library, touring)
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

fn texts(library: &Library, touring: &Touring) -> Texts {
    let requests = touring.requests.values();
    let read = |request: &String| {
        if library.is_outside(request) {
            return Err(Clean::line(&format!(
                "{request}: outside the library, and named by its tour alone, so it is not opened"
            )));
        }
        library.peek(request, &Waiting::patiently()).map(Arc::new).map_err(|e| e.line())
    };
    requests.map(|request| (request.clone(), read(request))).collect()
}

/// Where an anchor's passage is now; the error says why that cannot be known.
fn find<'t>(touring: &Touring, texts: &'t Texts, anchor: &Anchor) -> Result<(&'t Open, Found), Clean> {
    let request = touring.requests.get(&anchor.text).and_then(|request| texts.get(request));
    match request {
        Some(Ok(open)) => Ok((open, Finder::new(&open.text).find(anchor))),
        Some(Err(line)) => Err(line.clone()),
        None => Err(Clean::line(&format!("{}: no such text", anchor.text))),
    }
}

fn sheet(library: &Library, touring: &Touring, texts: &Texts, stop: &Stop) -> SheetStop {
    let passage = |anchor: &Option<Anchor>| {
        let anchor = anchor.as_ref()?;
        let lost = |title: &str, state: &str| SheetPassage {
            label: format!("{title} ¶{}", anchor.passage),
            words: Clean::line(&anchor.exact).as_str().to_owned(),
            state: Some(state.to_owned()),
        };
        Some(match find(touring, texts, anchor) {
            Err(line) => lost(anchor.text.as_str(), line.as_str()),
            Ok((open, found)) => {
                match found.hit().and_then(|hit| open.text.numbering().passage_near(hit.at.block as usize)) {
                    Some(passage) => SheetPassage {
                        label: format!("{} ¶{passage}", open.name),
                        words: open.text.passage_str(passage).to_owned(),
                        state: matches!(found, Found::Changed { .. }).then(|| "changed since".to_owned()),
                    },
                    None => lost(open.name.as_str(), "not in the text any more"),
                }
            }
        })
    };
    SheetStop {
        name: name_of(library, touring, stop),
        minutes: stop.minutes,
        remark: stop.remark.clone(),
        author: stop.author.clone(),
        passages: [passage(&stop.left), passage(&stop.right)],
    }
}

/// What a stop is called: its topic's name, else its passages.
fn name_of(library: &Library, touring: &Touring, stop: &Stop) -> String {
    let Some(topic) = &stop.topic else { return stop.numbers() };
    let requests: Vec<_> = touring.requests.values().filter_map(|r| library.request(r).ok()).collect();
    let (codebook, _) = library.begin_with(&requests.iter().collect::<Vec<_>>());
    codebook.get(topic.as_str()).map_or_else(|| topic.to_string(), |t| t.name.clone())
}

fn check(library: &Library, of: Option<&str>) -> Result<Ending> {
    let (touring, faults) = tour(library, of)?;
    let texts = texts(library, &touring);
    let same = SameTexts::of(library);
    let mut wrong = faults.len();
    let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for (at, stop) in touring.tour.stops.iter().enumerate() {
        for (side, anchor) in [("left", &stop.left), ("right", &stop.right)] {
            let Some(anchor) = anchor else { continue };
            let state = match find(&touring, &texts, anchor) {
                Err(line) => {
                    wrong += 1;
                    format!("{line}{}", same.now(anchor.hash))
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
            let name = name_of(library, &touring, stop);
            lines.push(format!("stop {}, {name}: {side} {} ¶{}: {state}", at + 1, anchor.text, anchor.passage));
        }
    }
    to_stdout(|out| lines.iter().try_for_each(|line| writeln!(out, "{}", Clean::line(line))))?;
    Ok(if wrong == 0 { Ending::Done } else { Ending::Found })
}
