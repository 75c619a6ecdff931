//! The counterparts of a passage in all texts of a library.
//!
//! The index names the texts that may have one; the texts themselves settle it, by the same score as where the two stand side by
//! side, and none that the reader has rejected. Most texts have none, and what is cheap to find out rules nearly all of them
//! out; only what is left is studied in full. What was found out of a text is kept for the next question, by the state of its file.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, mpsc};
use std::thread;

use super::Library;
use super::archive::Archive;
use super::embedded;
use super::index::store::{Store, moment};
use super::index::{Engine, terms};
use super::load::Waiting;
use super::request::Source;
use crate::link::Side;
use crate::link::index::PassageIndex;
use crate::link::pairing::Pairing;
use crate::link::quotation::{UNASKED, quotations_around};
use crate::model::address::{address_of, path_within};
use crate::model::elsewhere::Elsewhere;
use crate::model::open::{Open, called};
use crate::study::comparison::Comparison;
use crate::study::counterparts::COUNTERPARTS;
use crate::study::own::{FoundJudgements, PlacedJudgements, find_places};
use crate::study::text::{Study, coverage};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::Codebook;
use crate::topic::coverage::Coverage;
use crate::word::language::Language;

/// How many texts are looked at more closely.
const TEXTS: usize = 24;

/// How many passages the index names for each text that is looked at.
const OF_EACH: usize = 3;

/// How many texts are looked at at the same time, where there are so many processors.
const AT_ONCE: usize = 4;

/// How many bytes of texts that were looked at are kept, with what was found out of them.
const KEPT: usize = 24 << 20;

/// Whose counterparts are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The text.
    pub open: &'a Open,
    /// What is known of it.
    pub study: &'a Study,
    /// The topics it was studied on.
    pub codebook: &'a Arc<Codebook>,
    /// The passage.
    pub passage: PassageNo,
}

/// A text that was looked at, and what is known of it.
#[derive(Debug, Clone)]
struct Known {
    /// How long its file is, and when it was changed; `None` of a text that comes with the program.
    stamp: Option<(u64, u64)>,
    open: Arc<Open>,
    index: Arc<PassageIndex>,
    /// What it treats, and of which topics.
    coverage: Option<(Arc<Codebook>, Arc<Coverage>)>,
}

/// The texts that were looked at, the last one last.
#[derive(Debug, Default)]
pub(super) struct LookedAt(Vec<Known>);

impl LookedAt {
    fn find(&mut self, request: &str, stamp: Option<(u64, u64)>) -> Option<Known> {
        let at = self.0.iter().position(|known| known.open.request == request)?;
        let known = self.0.remove(at);
        if known.stamp != stamp {
            return None;
        }
        self.0.push(known.clone());
        Some(known)
    }

    fn keep(&mut self, known: Known) {
        self.0.retain(|other| other.open.request != known.open.request);
        self.0.push(known);
        let mut left = KEPT;
        // What does not fit any more, and all that is older.
        let fit = self.0.iter().rev().take_while(|known| {
            let bytes = 2 * known.open.text.string().len() + known.index.bytes();
            left.checked_sub(bytes).inspect(|rest| left = *rest).is_some()
        });
        let drop = self.0.len() - fit.count();
        self.0.drain(..drop);
    }
}

impl Library {
    /// Hands the counterparts that a passage has in the other texts of a library to `take`, one for each text, as they are
    /// found; with how many texts of how many were looked at.
    pub fn elsewhere(
        &self,
        archive: &Archive,
        asking: Asking<'_>,
        take: &mut dyn FnMut(Option<Elsewhere>, usize, usize) -> ControlFlow<()>,
    ) {
        let texts = self.texts_like(archive, asking.open, asking.passage);
        if texts.is_empty() {
            let _ = take(None, 0, 0);
            return;
        }
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let (say, heard) = mpsc::channel();
        let workers = thread::available_parallelism().map_or(1, |n| n.get().min(AT_ONCE)).min(texts.len());
        thread::scope(|scope| {
            let look = |say: mpsc::Sender<(usize, Option<Elsewhere>)>| loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let Some(text) = texts.get(nth).filter(|_| !is_over.load(Ordering::Relaxed)) else { break };
                if say.send((nth, self.counterpart_in(text, asking))).is_err() {
                    break;
                }
            };
            let begin = |_| {
                let say = say.clone();
                scope.spawn(move || look(say))
            };
            let workers: Vec<_> = (0..workers).map(begin).collect();
            drop(say);
            // The likeliest text is told first, whichever is done first: what is selected is the same each time.
            let (mut early, mut done) = (HashMap::new(), 0);
            'told: for (nth, found) in heard {
                early.insert(nth, found);
                while let Some(found) = early.remove(&done) {
                    done += 1;
                    if take(found, done, texts.len()).is_break() {
                        is_over.store(true, Ordering::Relaxed);
                        break 'told;
                    }
                }
            }
            for worker in workers {
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            }
        });
    }

    /// What opens the texts that have passages like one of a text: the likeliest first.
    fn texts_like(&self, archive: &Archive, here: &Open, passage: PassageNo) -> Vec<String> {
        let others: Vec<String> = match archive {
            Archive::Bundled => embedded::TEXTS.iter().map(embedded::EmbeddedText::id).collect(),
            Archive::Folder(library) => {
                let asked = terms::of_passage(&here.text, passage);
                let ask = |index: &Store| index.best(&asked, TEXTS * OF_EACH * 4, OF_EACH);
                let Some((index, hits)) = self.ask_index(library, &ask) else { return Vec::new() };
                let mut texts: Vec<String> = Vec::new();
                for hit in hits {
                    let Some(path) = path_within(library, &index.texts()[hit.text].name) else { continue };
                    let request = address_of(&super::names::found(&path).unwrap_or(path));
                    if !texts.contains(&request) {
                        texts.push(request);
                    }
                }
                texts
            }
        };
        others.into_iter().filter(|text| *text != here.request).take(TEXTS).collect()
    }

    fn counterpart_in(&self, text: &str, asking: Asking<'_>) -> Option<Elsewhere> {
        let Asking { open: here, study, codebook, passage } = asking;
        let known = self.looked_at(text)?;
        let open = &known.open;
        let own = Arc::new(self.judged_between(here, open));
        let pairing = Pairing::new(Arc::clone(&study.index), Arc::clone(&known.index));
        let both = [&*here.text, &*open.text];
        let is_judged = !own.all().is_empty();
        let may_quote = both.iter().map(|text| text.string().len()).sum::<usize>() <= UNASKED;
        if !is_judged && !pairing.may_have_counterpart(passage, &study.coverage) {
            // Then only a quotation can speak for one.
            let may_quote = may_quote && pairing.may_quote(Side::Left, passage);
            if !may_quote || quotations_around(both, passage, &mut |_| Vec::new()).is_empty() {
                return None;
            }
        }
        let there = Study {
            coverage: self.treated_in(&known, codebook)?,
            index: Arc::clone(&known.index),
            codebook: study.codebook,
        };
        let pairing = pairing.with_topics(&study.coverage, &there.coverage);
        let knowing = |pairing: Pairing| {
            let studies = (study.clone(), there.clone());
            Comparison::known(studies, Arc::new(pairing), Arc::clone(codebook), Arc::clone(&own))
        };
        let likely = |pairing: Pairing| knowing(pairing).counterparts(Side::Left, passage, None, COUNTERPARTS);
        let quotations = if may_quote {
            // Quotations that a counterpart shares with other passages stand before it there, and lower its score.
            quotations_around(both, passage, &mut |found| {
                likely(pairing.with_quotations(found)).iter().map(|counterpart| counterpart.passage).collect()
            })
        } else {
            Vec::new()
        };
        let best = likely(pairing.with_quotations(&quotations)).into_iter().next()?;
        Some(Elsewhere {
            request: text.to_owned(),
            title: open.name.clone(),
            passage: best.passage,
            score: best.score,
            because: best.because.iter().map(|reason| reason.text.clone()).collect(),
            words: Clean::line(open.text.passage_str(best.passage)),
        })
    }

    /// A text with the statistics of its words: as they are known, where its file is as it was.
    fn looked_at(&self, text: &str) -> Option<Known> {
        let stamp = match self.request(text).ok()?.source {
            Source::File(path) => {
                let meta = fs::metadata(path).ok()?;
                Some((meta.len(), moment(&meta)))
            }
            _ => None,
        };
        let mut looked_at = self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = looked_at.find(text, stamp) {
            return Some(known);
        }
        drop(looked_at);
        let open = Arc::new(self.peek(text, &Waiting::patiently()).ok()?);
        let go_on = |_, _| ControlFlow::Continue(());
        let index = PassageIndex::of(&open.text, Language::of(&open.text), &go_on).continue_value()?;
        let known = Known { stamp, open, index: Arc::new(index), coverage: None };
        self.keep_looked_at(&known);
        Some(known)
    }

    /// What a text treats of the topics.
    fn treated_in(&self, known: &Known, codebook: &Arc<Codebook>) -> Option<Arc<Coverage>> {
        if let Some((_, coverage)) = known.coverage.as_ref().filter(|(of, _)| Arc::ptr_eq(of, codebook)) {
            return Some(Arc::clone(coverage));
        }
        let go_on = |_, _| ControlFlow::Continue(());
        let coverage = Arc::new(coverage(&known.open.text, codebook, &go_on).continue_value()?);
        self.keep_looked_at(&Known { coverage: Some((Arc::clone(codebook), Arc::clone(&coverage))), ..known.clone() });
        Some(coverage)
    }

    fn keep_looked_at(&self, known: &Known) {
        // Of a file that was changed at a time that is not known, nobody can tell whether it is as it was.
        if known.stamp.is_none_or(|(_, changed)| changed != 0) {
            self.looked_at.lock().unwrap_or_else(PoisonError::into_inner).keep(known.clone());
        }
    }

    /// What the reader has judged of passages of both texts. Nothing else is looked for in them: many texts are looked at.
    fn judged_between(&self, here: &Open, there: &Open) -> PlacedJudgements {
        let (mut judgements, _) = self.judgements([&here.request, &there.request]);
        let texts = called(here, there);
        judgements.retain(|judgement| {
            let places = judgement.places();
            texts.iter().all(|text| places.iter().any(|place| place.text == text.name))
        });
        let places = find_places(&judgements, texts);
        let found = FoundJudgements { judgements, places, faults: Vec::new() };
        PlacedJudgements::of(found, [&here.text, &there.text])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::disk::Os;
    use crate::library::folders::Folders;

    const GO_ON: ControlFlow<()> = ControlFlow::Continue(());

    #[test]
    fn what_a_library_has_on_a_passage_is_what_the_two_texts_side_by_side_have() {
        let dir = tempfile::tempdir().unwrap();
        let library = Library::new(Arc::new(Os), Some(Folders::under(dir.path())));
        let texts: Vec<String> = embedded::TEXTS.iter().map(embedded::EmbeddedText::id).collect();
        let open: Vec<Open> = texts.iter().map(|text| library.peek(text, &Waiting::patiently()).unwrap()).collect();
        let request = library.request(&texts[0]).unwrap();
        let (codebook, _) = library.begin_with(&[&request]);
        let (mut some, mut none, mut quoted, mut asked) = (0, 0, 0, 0);
        for here in &open {
            let study = Study::of(&here.text, &codebook, 0, None, &|_, _| GO_ON).continue_value().unwrap();
            for there in open.iter().filter(|there| there.request != here.request) {
                let both = [&here.text, &there.text];
                let known = Comparison::of(both, &codebook, PlacedJudgements::default(), &|_, _| GO_ON);
                let known = known.continue_value().unwrap();
                // Every fifth, others in each: all of them take minutes.
                let first = 1 + asked % 5;
                asked += 1;
                for passage in (first..=here.text.passage_count() as u32).step_by(5).map(PassageNo) {
                    let asking = Asking { open: here, study: &study, codebook: &codebook, passage };
                    let found = library.counterpart_in(&there.request, asking);
                    let best = known.counterparts(Side::Left, passage, None, 1).into_iter().next();
                    let told = found.as_ref().map(|found| (found.passage, found.score, found.because.len()));
                    let due = best.as_ref().map(|best| (best.passage, best.score, best.because.len()));
                    assert_eq!(told, due, "{} ¶{passage} in {}", here.request, there.request);
                    *if found.is_some() { &mut some } else { &mut none } += 1;
                    quoted += usize::from(best.is_some_and(|best| best.evidence.quoted));
                }
            }
        }
        assert!(some > 20 && none > 100 && quoted > 0, "{some} {none} {quoted}");
    }

    #[test]
    fn what_is_known_of_a_text_is_told_again_until_its_file_is_changed() {
        let dir = tempfile::tempdir().unwrap();
        let library = Library::new(Arc::new(Os), Some(Folders::under(&dir.path().join("home"))));
        let path = dir.path().join("barge.md");
        fs::write(&path, "# Barges\n\nThe barge was late.\n").unwrap();
        let request = address_of(&path);
        let first = library.looked_at(&request).unwrap();
        assert!(Arc::ptr_eq(&first.open, &library.looked_at(&request).unwrap().open));
        fs::write(&path, "# Barges\n\nThe barge was late again.\n").unwrap();
        let second = library.looked_at(&request).unwrap();
        assert!(second.open.text.string().contains("late again"));
        let keeps = |looked_at: &LookedAt| looked_at.0.len();
        assert_eq!(keeps(&library.looked_at.lock().unwrap()), 1);
    }
}
