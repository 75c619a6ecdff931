//! A preview of what a topic or a term would catch, shown in its form before the reader accepts it.
//!
//! Whatever the form says is looked for in both open texts by a worker, while the reader types on; what was asked before
//! is not answered any more. Where the form cannot be taken as it stands, it says why instead.

mod asking;

use crate::app::work::ticket::Ticket;
use crate::link::sides::Sides;
use crate::text::passage::PassageNo;
use crate::topic::catch::Catch;
use crate::topic::codebook::Topic;
use crate::topic::matcher::Mention;
use crate::word::counted::counted;

/// A change of the codebook that a form describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Planned {
    /// The topic as it is; `None` where there is none yet.
    pub now: Option<Topic>,
    /// As it would be.
    pub then: Topic,
    /// What would be caught, as a topic of its own.
    pub comes: Option<(Topic, Comes)>,
}

/// What would be added to a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Comes {
    /// A term.
    Term,
    /// Words that cancel what they cover.
    Exception,
    /// Another topic.
    Topic,
}

/// What the open form would catch.
#[derive(Debug, Default)]
pub struct Foreseen {
    number: u64,
    /// As long as it is held, it is looked for.
    #[expect(dead_code, reason = "held")]
    ticket: Option<Ticket>,
    planned: Option<Planned>,
    /// For each pane the answer: as it is, as it would be, the term alone, as far as there is such a thing.
    found: Sides<Option<Vec<Catch>>>,
    /// Why the form cannot be taken as it stands.
    pub wrong: Option<String>,
}

/// What is said of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextForecast {
    /// How much is caught, in words.
    pub words: String,
    /// Whether anything is.
    pub caught: bool,
    /// Whether it is known that nothing is.
    pub has_none: bool,
    /// The first place.
    pub first: Option<(Mention, PassageNo)>,
}

/// What a topic catches, in words.
pub(crate) fn told(catch: &Catch) -> String {
    match (catch.passages, catch.treatments) {
        (0, _) => "no match".to_owned(),
        (passages, 0) => format!("{}, in passing: no treatment", counted_or_none(passages, "passage")),
        (passages, treatments) => {
            format!("{} · {}", counted_or_none(passages, "passage"), counted_or_none(treatments, "treatment"))
        }
    }
}

/// `no passages`, `1 passage`, `12 passages`.
fn counted_or_none(count: usize, noun: &str) -> String {
    if count == 0 { format!("no {noun}s") } else { counted(count, noun) }
}

/// `4 treatments as now`, `4 → 6 treatments`.
fn change(now: usize, then: usize, noun: &str) -> String {
    if now == then {
        return format!("{} as now", counted_or_none(then, noun));
    }
    format!("{now} → {}", counted(then, noun))
}
