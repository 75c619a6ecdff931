//! The evidence for every candidate pair of two texts, as lines of JSON: what `tools/fit_scores.py` fits the weights of
//! the scores to.
//!
//!     cargo run --release --example evidence -- LEFT RIGHT [TOPICS.toml [MODEL]]
//!
//! First a line that names the parts, then one for each pair: left passage, right passage, whether the evidence is thin,
//! the parts of the free score, the topics that both treat, each with the strengths of both treatments, and what was seen at a
//! closer look, if it was worth one. Both texts
//! are asked; a pair stands once. MODEL is a folder of a sentence model, which then speaks in the place of the table of related
//! words; TOPICS.toml may be empty (`/dev/null`).

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use diptych::import::{Hint, import};
use diptych::library::models::ModelFolder;
use diptych::link::Side;
use diptych::link::calibration::{Evidence, NAMES};
use diptych::link::index::PassageIndex;
use diptych::link::pairing::{Ask, Pairing, TopicInBoth};
use diptych::link::quotation::{UNASKED, shared_quotations};
use diptych::text::Text;
use diptych::text::passage::PassageNo;
use diptych::topic::codebook::Codebook;
use diptych::topic::coverage::Coverage;
use diptych::word::language::Language;
use diptych::word::related::Meanings;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [left, right, topics @ ..] = &arguments[..] else { return Err("give two texts".into()) };
    let unwatched = |_, _| ControlFlow::Continue(());
    // Nobody stops it.
    let stopped = "was stopped";
    let read = |path: &String| -> Result<Arc<Text>, Box<dyn Error>> {
        Ok(Arc::new(import(&fs::read(path)?, &Hint::named(path))?.text))
    };
    let texts = [read(left)?, read(right)?];
    let index = |text: &Arc<Text>| {
        let built = PassageIndex::of(text, Language::of(text), &unwatched).continue_value();
        built.map(Arc::new).ok_or(stopped)
    };
    let book = topics.first().map(fs::read_to_string).transpose()?;
    let book = book.map_or_else(Codebook::default, |source| Codebook::parse(&source).0);
    let cover = |text: &Text| Coverage::of(text, &book, Language::of(text), &unwatched).continue_value().ok_or(stopped);
    let coverage = [cover(&texts[0])?, cover(&texts[1])?];
    let mut pairing = Pairing::new(index(&texts[0])?, index(&texts[1])?).with_topics(&coverage[0], &coverage[1]);
    if let Some(folder) = topics.get(1) {
        let model = ModelFolder::open(Path::new(folder))?.load()?;
        pairing = pairing.with_model(texts.each_ref().map(|text| {
            let mut said = Meanings::default();
            for number in 1..=text.passage_count() as u32 {
                said.push_direction(&model.direction(text.passage_str(PassageNo(number))));
            }
            Arc::new(said)
        }));
    }
    if texts.iter().map(|t| t.string().len()).sum::<usize>() <= UNASKED {
        let found = shared_quotations(&texts[0], &texts[1], &unwatched).continue_value();
        pairing.know_quotations(&found.ok_or(stopped)?);
    }
    let mut pairs: BTreeMap<(PassageNo, PassageNo), Evidence> = BTreeMap::new();
    let ask = Ask { topic: None, limit: usize::MAX, all: true, reasons: false };
    for side in [Side::Left, Side::Right] {
        let asked = pairing.each(side, &ask, &unwatched, &mut |here, found| {
            for counterpart in found {
                let pair = if side == Side::Left { (here, counterpart.passage) } else { (counterpart.passage, here) };
                pairs.insert(pair, counterpart.evidence);
            }
            ControlFlow::Continue(())
        });
        asked.continue_value().ok_or(stopped)?;
    }
    for (left, right) in coverage[0].topics().iter().filter_map(|l| Some((l, coverage[1].get(&l.topic().id)?))) {
        let held = TopicInBoth { left: Arc::clone(left), right: Arc::clone(right) };
        for here in left.treatments().iter().flat_map(|t| (t.from.0..=t.to.0).map(PassageNo)) {
            for counterpart in pairing.on_topic_unreasoned(Side::Left, here, &held) {
                pairs.entry((here, counterpart.passage)).or_insert(counterpart.evidence);
            }
        }
    }
    let out = &mut io::stdout().lock();
    writeln!(
        out,
        "{}",
        serde_json::json!({ "parts": NAMES, "passages": texts.each_ref().map(|t| t.passage_count()) })
    )?;
    for ((left, right), evidence) in &pairs {
        let both = coverage[0].topics().iter().filter_map(|l| Some((l, coverage[1].get(&l.topic().id)?)));
        let treated = both.filter_map(|(l, r)| {
            let strengths = [l.treatment_at(*left)?.1.strength, r.treatment_at(*right)?.1.strength];
            Some((l.topic().id.as_str(), strengths))
        });
        let treated: Vec<_> = treated.collect();
        let close = evidence.close.map(|close| close.parts(evidence.words, evidence.passages));
        let line = serde_json::json!([left.0, right.0, evidence.is_thin(), evidence.parts(), treated, close]);
        writeln!(out, "{line}")?;
    }
    Ok(())
}
