//! The jobs of the workers.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::notes;
use super::precedence::Precedence;
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::app::App;
use crate::app::message::{Effect, Msg};
use crate::app::search::{First, Query, search};
use crate::import::watch::Watch;
use crate::library::Library;
use crate::library::exports::NotExported;
use crate::library::load::Waiting;
use crate::link::Side;
use crate::link::judgement::Judgement;
use crate::link::pairing::Pairing;
use crate::link::quotation::shared_quotations;
use crate::link::sides::{BOTH, Sides};
use crate::model::keeping::{Kept, Record};
use crate::model::notes::{DraftChanges, NoteChange};
use crate::model::open::{Loaded, Open, called};
use crate::model::snapshot::Snapshot;
use crate::study::chart::Chart;
use crate::study::own::{FoundOwn, find_places};
use crate::study::proposal::proposals;
use crate::study::rows::rows;
use crate::study::text::{Study, coverage, treats};
use crate::text::clean::Clean;
use crate::topic::catch::catches;
use crate::topic::codebook::{Codebook, Topic};

/// How many counterparts of a passage a reader can step through.
const COUNTERPARTS: usize = 5;
/// How many topics are proposed at most.
const PROPOSALS: usize = 12;

/// How a job answers: as often as it has something to say.
#[derive(Clone)]
pub struct Answer {
    tell: Arc<dyn Fn(Msg) + Send + Sync>,
    /// The number of the newest search; older ones stop.
    pub newest_search: Arc<AtomicU64>,
    /// The number of the newest question about what a form would catch; older ones stop.
    pub newest_catch: Arc<AtomicU64>,
    /// The requests for texts that are not wanted any more.
    forgotten: Arc<Mutex<BTreeSet<u64>>>,
    /// The number of the search for quotations that is wanted; others stop.
    pub quotations_wanted: Arc<AtomicU64>,
    /// The number of the map on the screen; nothing is charted for others.
    pub map_shown: Arc<AtomicU64>,
    precedence: Precedence,
}

impl Answer {
    /// Answers by calling `tell`.
    pub fn new(tell: impl Fn(Msg) + Send + Sync + 'static) -> Self {
        Self {
            tell: Arc::new(tell),
            newest_search: Arc::default(),
            newest_catch: Arc::default(),
            quotations_wanted: Arc::default(),
            map_shown: Arc::default(),
            forgotten: Arc::default(),
            precedence: Precedence::default(),
        }
    }

    /// The same, by jobs that rest while the reader goes first.
    #[must_use]
    pub(super) fn giving_way(self, precedence: Precedence) -> Self {
        Self { precedence, ..self }
    }

    /// Has the reading of a text stop.
    pub fn forget(&self, request: u64) {
        self.forgotten.lock().unwrap_or_else(PoisonError::into_inner).insert(request);
    }

    fn is_forgotten(&self, request: u64) -> bool {
        self.forgotten.lock().unwrap_or_else(PoisonError::into_inner).contains(&request)
    }

    pub(super) fn send(&self, message: Msg) {
        (self.tell)(message);
    }
}

/// Performs a job and sends its answer. A job that fails for a mistake in this program is told as that, and reading goes
/// on.
pub fn perform_or_tell(effect: Effect, library: &Library, answer: &Answer) {
    let loading = match &effect {
        Effect::Load { side, request, what, .. } => Some((*side, *request, what.clone())),
        _ => None,
    };
    let done = catch_unwind(AssertUnwindSafe(|| {
        #[cfg(debug_assertions)]
        super::fail_if_asked("worker");
        perform(effect, library, answer);
    }));
    let Err(panic) = done else { return };
    let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    let said = said.unwrap_or("no reason given");
    answer.send(match loading {
        Some((side, request, what)) => {
            let line =
                Clean::line(&format!("{what}: Diptych failed at reading it, which is a mistake in Diptych: {said}"));
            Msg::Loaded { side, request, result: Err(line) }
        }
        None => Msg::Notice(Clean::line(&format!("a part of Diptych failed, which is a mistake in it: {said}"))),
    });
}

/// Performs a job and sends its answer.
pub fn perform(effect: Effect, library: &Library, answer: &Answer) {
    match effect {
        Effect::Load { side, request, what, begun } => load(side, request, &what, begun, library, answer),
        Effect::Forget(request) => answer.forget(request),
        Effect::Shelf(beside) => answer.send(Msg::Shelf(library.shelf_beside(&beside))),
        Effect::Study { open, codebook, version, known } => study(&open, &codebook, version, known, answer),
        Effect::TextOnTopic { number, topic, among } => {
            let found = among.into_iter().find(|what| is_on_topic(library, what, &topic));
            answer.send(Msg::TextOnTopic { number, found });
        }
        Effect::Pair { versions, left, right } => {
            let pairing = Arc::new(Pairing::new(left.index, right.index));
            answer.send(Msg::Paired { versions, pairing });
        }
        Effect::Rank(rank) => {
            answer.send(Msg::Ranked { question: rank.question, found: rank.asked.answer(COUNTERPARTS) });
        }
        Effect::FirstPair { question, pairing, held, judged } => {
            answer.send(Msg::FirstPair { question, pair: pairing.first_pair(&held, &judged) });
        }
        Effect::Synopsis { question, pairing, held, judged } => {
            answer.send(Msg::Synopsis { question, rows: rows(&pairing, &held, &judged) });
        }
        Effect::Chart { number, column, request, codebook } => {
            let gone = || answer.map_shown.load(Ordering::Relaxed) != number;
            if let Some(result) = chart(&request, &codebook, library, &gone) {
                answer.send(Msg::Charted { number, column, result });
            }
        }
        Effect::ReadTour(texts) => {
            let (touring, faults) = library.tour(&texts);
            answer.send(Msg::Tour(Box::new(touring)));
            faults.into_iter().take(1).for_each(|fault| answer.send(Msg::Notice(fault)));
        }
        Effect::Quotations { number, versions, pairing, texts } => {
            seek_quotations(number, versions, &pairing, &texts, answer);
        }
        Effect::Suggest { versions, texts, codebook } => propose(versions, &texts, &codebook, answer),
        Effect::Catch { number, topics, texts } => tell_catch(number, &topics, &texts, answer),
        Effect::Search { side, number, open, query, from } => search_text(side, number, &open, &query, from, answer),
        Effect::FindOwn { stamp, texts, wished } => {
            let (judgements, faults) = library.judgements([&texts.0.request, &texts.1.request]);
            let all: Vec<Judgement> = judgements.iter().chain(&wished).cloned().collect();
            let places = find_places(&all, called(&texts.0, &texts.1));
            let found = Box::new(FoundOwn { judgements, places, faults });
            answer.send(Msg::Own { versions: (texts.0.version, texts.1.version), stamp, found });
        }
        Effect::Name { number, places } => {
            let name = |(open, mut anchor): (Arc<Open>, Anchor)| {
                anchor.rival = Some(Finder::new(&open.text).rival(&anchor));
                anchor
            };
            answer.send(Msg::Named { number, places: places.into_iter().map(name).collect() });
        }
        Effect::Export(asked) => answer.send(match library.export(&asked) {
            Ok(line) | Err(NotExported::Failed(line)) => Msg::Notice(line),
            Err(NotExported::Taken) => Msg::Taken { what: asked.what, path: asked.path },
        }),
        Effect::Silences { number, texts } => {
            let (checked, _) = library.checked_silences(&texts);
            answer.send(Msg::Silences { number, checked });
        }
        Effect::Keep(order) => answer.send(Msg::Kept { number: order.number, result: library.keep(&order) }),
        Effect::ReadNotes(_)
        | Effect::FindNotes { .. }
        | Effect::Rivals { .. }
        | Effect::Drafts(_)
        | Effect::FindDrafts
        | Effect::SaveNotesTo { .. } => notes::perform(effect, library, answer),
        Effect::Remember(snapshot) => {
            if let Some(notice) = remember(library, &snapshot) {
                answer.send(Msg::Notice(notice));
            }
        }
        Effect::StopCharting
        | Effect::StopQuotations
        | Effect::Clock(_)
        | Effect::Settle(..)
        | Effect::DraftsIn(_)
        | Effect::Outside(_)
        | Effect::Copy(_)
        | Effect::Mouse(_)
        | Effect::Suspend
        | Effect::Quit => {}
    }
}

/// Has a long job go on as long as somebody waits for it.
fn go_on_if(waited_for: bool) -> ControlFlow<()> {
    if waited_for { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// Looks for the quotations that two texts share, telling how far it is, until another search is wanted.
fn seek_quotations(
    number: u64,
    versions: (u64, u64),
    pairing: &Pairing,
    (left, right): &(Arc<Open>, Arc<Open>),
    answer: &Answer,
) {
    let told = AtomicU8::new(0);
    let go_on = |done: usize, of: usize| {
        answer.precedence.give_way();
        let percent = (done * 100 / of.max(1)).min(99) as u8;
        if percent >= told.load(Ordering::Relaxed) + 2 {
            told.store(percent, Ordering::Relaxed);
            answer.send(Msg::SeekingQuotations { versions, percent });
        }
        go_on_if(answer.quotations_wanted.load(Ordering::Relaxed) == number)
    };
    if let ControlFlow::Continue(found) = shared_quotations(&left.text, &right.text, &go_on) {
        pairing.know_quotations(&found);
        answer.send(Msg::Quotations { versions, found });
    }
}

/// Proposes topics that both texts treat.
fn propose(versions: (u64, u64), (left, right): &(Arc<Open>, Arc<Open>), codebook: &Codebook, answer: &Answer) {
    let go_on = |_, _| {
        answer.precedence.give_way();
        ControlFlow::Continue(())
    };
    if let ControlFlow::Continue(found) = proposals([&left.text, &right.text], codebook, PROPOSALS, &go_on) {
        answer.send(Msg::Suggested { versions, found });
    }
}

/// Tells what topics catch in each text, until something else is asked.
fn tell_catch(number: u64, topics: &[Arc<Topic>], texts: &Sides<Option<Arc<Open>>>, answer: &Answer) {
    let newest = |_, _| go_on_if(answer.newest_catch.load(Ordering::Relaxed) == number);
    for (side, open) in BOTH.into_iter().filter_map(|side| Some((side, texts[side].as_ref()?))) {
        let ControlFlow::Continue(found) = catches(&open.text, topics, &newest) else { return };
        answer.send(Msg::Caught { number, side, found });
    }
}

/// Searches a text, until a newer search is begun.
fn search_text(side: Side, number: u64, open: &Open, query: &Query, from: Option<usize>, answer: &Answer) {
    let newest = || answer.newest_search.load(Ordering::Relaxed) == number;
    let go_on = || go_on_if(newest());
    if !newest() {
        return;
    }
    let tell = |found| answer.send(Msg::Found { side, number, found });
    let first = from.map(|from| First { from, tell: &tell });
    let found = search(&open.text, query, first.as_ref(), &go_on);
    if newest() {
        tell(found);
    }
}

/// Which topics a text treats; `None` where the map that asked for it is `gone`.
fn chart(
    request: &str,
    codebook: &Codebook,
    library: &Library,
    gone: &dyn Fn() -> bool,
) -> Option<Result<Chart, Clean>> {
    if gone() {
        return None;
    }
    let open = match library.peek(request, &Waiting { watch: Watch::default(), stopped: gone }) {
        Ok(open) => open,
        Err(e) => return (!e.is_stopped()).then(|| Err(e.line())),
    };
    let go_on = |_, _| go_on_if(!gone());
    let coverage = coverage(&open.text, codebook, &go_on);
    coverage.continue_value().map(|coverage| Ok(Chart::of(open.id, &open.text, &coverage)))
}

/// Whether a text treats a topic. One that cannot be read does not.
fn is_on_topic(library: &Library, what: &str, topic: &Arc<Topic>) -> bool {
    let waiting = Waiting { watch: Watch::default(), stopped: &|| false };
    library.peek(what, &waiting).is_ok_and(|open| treats(&open.text, topic))
}

/// Keeps a snapshot; what went wrong comes back in words.
pub fn remember(library: &Library, snapshot: &Snapshot) -> Option<Clean> {
    library.remember(snapshot).err()
}

/// Keeps what is not known to be kept when the session ends, `in_order` or by a failure. What went wrong comes back in
/// words.
pub fn keep_all(library: &Library, app: &App, in_order: bool) -> Vec<Clean> {
    let mut told: Vec<Clean> = Vec::new();
    let unfinished = app.unfinished();
    let mut left: Vec<u64> = unfinished.iter().map(|draft| draft.number).collect();
    told.extend(library.keep_drafts(&DraftChanges { write: unfinished.clone(), ..DraftChanges::default() }).err());
    let mut done_with = DraftChanges::default();
    for order in app.unkept() {
        match library.keep(&order) {
            Ok(done) => {
                // A worker may have kept it a moment ago, and nobody has heard of that any more. What was typed since is
                // not in it.
                if let Record::Note(change) = &order.record
                    && let NoteChange::Draft(draft) = &**change
                    && unfinished.iter().all(|now| now.number != draft.number || now.body == draft.body)
                {
                    done_with.drop.push(draft.number);
                }
                if let Kept::Note(done) = done {
                    told.extend(done.told);
                }
            }
            Err(line) => told.push(line),
        }
    }
    left.retain(|number| !done_with.drop.contains(number));
    told.extend(library.keep_drafts(&done_with).err());
    // After a mistake of this program, what the session knows is not enough to throw anything away.
    if in_order {
        library.leave_drafts(&left);
    }
    told
}

/// Shows the beginning of a long text at once, unless it is shown already, then the whole.
fn load(side: Side, request: u64, what: &str, begun: bool, library: &Library, answer: &Answer) {
    let send = |result: Result<Loaded, Clean>| answer.send(Msg::Loaded { side, request, result: result.map(Box::new) });
    if answer.is_forgotten(request) {
        return;
    }
    if !begun && let Ok(Some(beginning)) = library.load_prefix(what) {
        let whole = !beginning.open.provisional;
        send(Ok(beginning));
        if whole {
            return;
        }
    }
    let tell = |done, of| answer.send(Msg::Reading { request, done, of });
    let waiting = Waiting { watch: Watch::new(&tell), stopped: &|| answer.is_forgotten(request) };
    match library.load_whole_while(what, &waiting) {
        Err(e) if e.is_stopped() => {}
        result => send(result.map_err(|e| e.line())),
    }
}

/// Finds what there is to know of a text, telling how far it is.
fn study(open: &Arc<Open>, codebook: &Codebook, version: u64, known: Option<Study>, answer: &Answer) {
    let told = AtomicU8::new(0);
    let tell = |done: usize, of: usize| {
        answer.precedence.give_way();
        let percent = (done * 100 / of.max(1)).min(99) as u8;
        if percent >= told.load(Ordering::Relaxed) + 5 {
            told.store(percent, Ordering::Relaxed);
            answer.send(Msg::Progress { version: open.version, percent });
        }
        ControlFlow::Continue(())
    };
    if let ControlFlow::Continue(study) = Study::of(&open.text, codebook, version, known, &tell) {
        answer.send(Msg::Studied { version: open.version, study });
    }
}
