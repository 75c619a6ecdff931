//! A tour made ready for paper: its texts read, its passages found again, its stops named.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::sync::Arc;

use super::Library;
use super::load::Waiting;
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::export::handout::source;
use crate::export::tour::{SheetPassage, SheetStop, TourSheet};
use crate::model::address::{is_bundled, pair_address};
use crate::model::open::Open;
use crate::model::touring::Touring;
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;
use crate::tour::Stop;

/// A tour with its texts, each read once; for what cannot be read, one line says why.
pub struct LoadedTour<'l> {
    library: &'l Library,
    touring: Touring,
    texts: BTreeMap<String, Result<Arc<Open>, Clean>>,
    /// Whether its stops carry what opens them where that names files.
    has_addresses: bool,
}

impl Library {
    /// Reads the texts of a tour. Those outside the library, which its tour alone names, are not opened.
    pub fn load_tour(&self, touring: Touring) -> LoadedTour<'_> {
        let read = |request: &String| {
            if self.is_outside(request) {
                return Err(Clean::line(&format!(
                    "{request}: outside the library, and named by its tour alone, so it is not opened"
                )));
            }
            self.peek(request, &Waiting::patiently()).map(Arc::new).map_err(|e| e.line())
        };
        let texts = touring.requests.values().map(|request| (request.clone(), read(request))).collect();
        LoadedTour { library: self, touring, texts, has_addresses: self.writes_addresses() }
    }
}

impl LoadedTour<'_> {
    /// The stops, in order.
    pub fn stops(&self) -> &[Stop] {
        &self.touring.tour.stops
    }

    /// The whole of it, ready for paper.
    pub fn sheet(&self) -> TourSheet<'_> {
        let codebook = self.codebook();
        let stops = self.stops().iter().map(|stop| self.sheet_of(stop, &codebook)).collect();
        let read = self.texts.values().filter_map(|text| text.as_ref().ok());
        let sources = read.map(|open| source(open.text.meta(), open.name.as_str())).collect();
        TourSheet { title: self.touring.tour.title.clone(), stops, sources }
    }

    /// Where an anchor's passage is now; the error says why that cannot be known.
    pub fn find(&self, anchor: &Anchor) -> Result<(&Open, Found), Clean> {
        let request = self.touring.requests.get(&anchor.text).and_then(|request| self.texts.get(request));
        match request {
            Some(Ok(open)) => Ok((open, Finder::new(&open.text).find(anchor))),
            Some(Err(line)) => Err(line.clone()),
            None => Err(Clean::line(&format!("{}: no such text", anchor.text))),
        }
    }

    /// The topics in use where the tour's texts are.
    pub fn codebook(&self) -> Arc<Codebook> {
        let requests: Vec<_> = self.touring.requests.values().filter_map(|r| self.library.request(r).ok()).collect();
        self.library.begin_with(&requests.iter().collect::<Vec<_>>()).0
    }

    fn sheet_of(&self, stop: &Stop, codebook: &Codebook) -> SheetStop<'_> {
        let found = [&stop.left, &stop.right].map(|anchor| anchor.as_ref().map(|anchor| (anchor, self.find(anchor))));
        let places = found.each_ref().map(|found| place_of(found.as_ref()?.1.as_ref().ok()?));
        SheetStop {
            name: name_of(stop, codebook),
            minutes: stop.minutes,
            remark: stop.remark.clone(),
            author: stop.author.clone(),
            passages: found.map(|found| found.map(|(anchor, found)| passage(anchor, found))),
            address: self.address_of(places),
        }
    }

    /// What opens a stop. Beside a passage that nothing stands across from is the other text, where the tour has two in all.
    fn address_of(&self, places: [Option<Spot<'_>>; 2]) -> Option<String> {
        let other = |than: &str| {
            let requests: BTreeSet<&str> = self.texts.values().flatten().map(|open| open.request.as_str()).collect();
            let other = requests.iter().copied().find(|request| *request != than);
            other.filter(|_| requests.len() == 2).map(|request| (request, None))
        };
        let spots: Vec<Spot<'_>> = match places {
            [Some(left), Some(right)] => vec![left, right],
            [Some(left), None] => iter::once(left).chain(other(left.0)).collect(),
            [None, Some(right)] => other(right.0).into_iter().chain([right]).collect(),
            [None, None] => Vec::new(),
        };
        pair_address(&spots).filter(|_| self.has_addresses || spots.iter().all(|(text, _)| is_bundled(text)))
    }
}

/// What opens a text, and the number of a passage in it.
type Spot<'t> = (&'t str, Option<u32>);

fn place_of<'t>((open, found): &(&'t Open, Found)) -> Option<Spot<'t>> {
    let passage = open.text.numbering().passage_near(found.hit()?.at.block as usize)?;
    Some((open.request.as_str(), Some(passage.0)))
}

fn passage<'t>(anchor: &Anchor, found: Result<(&'t Open, Found), Clean>) -> SheetPassage<'t> {
    let lost = |title: &str, state: &str| SheetPassage {
        title: title.to_owned(),
        locator: if anchor.passage == 0 { String::new() } else { anchor.locator() },
        words: Clean::line(&anchor.exact).as_str().to_owned(),
        block: None,
        state: Some(state.to_owned()),
    };
    let (open, found) = match found {
        Err(line) => return lost(anchor.text.as_str(), line.as_str()),
        Ok(found) => found,
    };
    let numbering = open.text.numbering();
    let passage = found.hit().and_then(|hit| numbering.passage_near(hit.at.block as usize));
    let Some((passage, block)) = passage.and_then(|p| Some((p, numbering.block_of(p)?))) else {
        return lost(open.name.as_str(), "not in the text any more");
    };
    SheetPassage {
        title: open.name.as_str().to_owned(),
        locator: format!("¶{passage}"),
        words: open.text.with_announced(block).map(|at| open.text.block_str(at)).collect::<Vec<_>>().join(" "),
        block: Some((&open.text, block)),
        state: matches!(found, Found::Changed { .. }).then(|| "changed since".to_owned()),
    }
}

/// What a stop is called: its topic's name, else its passages.
pub(crate) fn name_of(stop: &Stop, codebook: &Codebook) -> String {
    let Some(topic) = &stop.topic else { return stop.numbers() };
    codebook.get(topic.as_str()).map_or_else(|| topic.to_string(), |t| t.name.clone())
}
