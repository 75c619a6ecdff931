//! What the reader's sentence model says of two texts, as the screen and the shell ask it.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::path::Path;
use std::sync::Arc;

use thiserror::Error;

use super::Library;
use super::models::{ModelCache, ModelFolder, NoModel};
use crate::link::Side;
use crate::meaning::bert::Bert;
use crate::meaning::close::{CloseSentences, CloseTo, closest, closest_pair};
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::topic::Watcher;
use crate::word::language::Language;
use crate::word::related::Meanings;
use crate::word::sentence::sentences;

/// A model takes some 50 ms a passage, and looks at every pair.
const MOST: usize = 2000;

/// Why nothing is known by a model.
#[derive(Debug, Error)]
pub enum NotSaid {
    #[error(transparent)]
    NoModel(#[from] NoModel),
    #[error("the sentence model is asked of English texts only")]
    OtherLanguage,
    #[error("the sentence model is asked of texts of up to {MOST} passages only")]
    TooLong,
}

/// A model of the reader's, and what it says of the passages of two texts.
#[derive(Debug)]
pub struct Modelled<'t> {
    cache: ModelCache,
    folder: ModelFolder,
    loaded: OnceCell<Bert>,
    texts: [&'t Text; 2],
    said: [Arc<Meanings>; 2],
}

impl Library {
    /// What the model in the folder `named`, else that of the settings, says of two texts; `None` where there is none.
    ///
    /// # Errors
    /// Where there is one and it cannot be asked, why. Breaks where `watch` does.
    pub fn modelled<'t>(
        &self,
        named: Option<&Path>,
        texts: [&'t Text; 2],
        watch: Watcher<'_>,
    ) -> Result<ControlFlow<(), Option<Modelled<'t>>>, NotSaid> {
        let folder = match named {
            Some(folder) => Some(ModelFolder::open(folder)),
            None => self.model_named(&self.settings().0),
        };
        let Some(folder) = folder.transpose()? else { return Ok(ControlFlow::Continue(None)) };
        if texts.iter().any(|text| Language::of(text) != Language::English) {
            return Err(NotSaid::OtherLanguage);
        }
        if texts.iter().any(|text| text.passage_count() > MOST) {
            return Err(NotSaid::TooLong);
        }
        let (cache, loaded) = (self.said_by_models(), OnceCell::new());
        let of = |text: &Text| {
            let passages: Vec<&str> = text.numbering().passages().map(|number| text.passage_str(number)).collect();
            cache.meanings(&folder, &passages, || load(&folder, &loaded), watch)
        };
        let said = [of(texts[0])?, of(texts[1])?];
        let [ControlFlow::Continue(left), ControlFlow::Continue(right)] = said else {
            return Ok(ControlFlow::Break(()));
        };
        let said = [Arc::new(left), Arc::new(right)];
        Ok(ControlFlow::Continue(Some(Modelled { cache, folder, loaded, texts, said })))
    }
}

impl Modelled<'_> {
    /// What it says of every passage of both texts.
    pub fn said(&self) -> &[Arc<Meanings>; 2] {
        &self.said
    }

    /// What it holds to be close to each of these `passages` of `side`, where it holds anything to be, with the closest of
    /// their sentences. What the reader has `rejected` (left and right passages) is left out.
    ///
    /// # Errors
    /// Where the model cannot be read any more. Breaks where `watch` does.
    pub fn close_to(
        &self,
        side: Side,
        passages: &[PassageNo],
        rejected: &[(PassageNo, PassageNo)],
        watch: Watcher<'_>,
    ) -> Result<ControlFlow<(), BTreeMap<PassageNo, CloseTo>>, NoModel> {
        let (mine, across) = (side as usize, side.other() as usize);
        let found = closest(&self.said[mine], &self.said[across]);
        let mut spoken = Sentences::default();
        let mut pairs = Vec::new();
        for here in passages {
            let Some(close) = found.get(here.0 as usize - 1).copied().flatten() else { continue };
            let there = PassageNo(close.passage as u32 + 1);
            let pair = if side == Side::Left { (*here, there) } else { (there, *here) };
            if !rejected.contains(&pair) {
                let of = [
                    spoken.add(self.texts[mine].passage_str(*here)),
                    spoken.add(self.texts[across].passage_str(there)),
                ];
                pairs.push((*here, there, close.score, of));
            }
        }
        let mut close = BTreeMap::new();
        if pairs.is_empty() {
            return Ok(ControlFlow::Continue(close));
        }
        // All of them at once, so that they are kept together.
        let said = self.cache.meanings(&self.folder, &spoken.said, || load(&self.folder, &self.loaded), watch)?;
        let ControlFlow::Continue(said) = said else { return Ok(ControlFlow::Break(())) };
        for (here, passage, score, [mine, across]) in pairs {
            let Some((one, other)) = closest_pair(&said, mine, across) else { continue };
            let sentences = CloseSentences { here: spoken.said[one].to_owned(), there: spoken.said[other].to_owned() };
            close.insert(here, CloseTo { passage, score, sentences });
        }
        Ok(ControlFlow::Continue(close))
    }
}

/// The sentences of passages, one after the other.
#[derive(Default)]
struct Sentences<'t> {
    said: Vec<&'t str>,
}

impl<'t> Sentences<'t> {
    /// Adds those of a passage; says which they are.
    fn add(&mut self, passage: &'t str) -> Range<usize> {
        let begin = self.said.len();
        self.said.extend(sentences(passage).into_iter().map(|s| passage[s].trim()));
        begin..self.said.len()
    }
}

fn load<'m>(folder: &ModelFolder, loaded: &'m OnceCell<Bert>) -> Result<&'m Bert, NoModel> {
    match loaded.get() {
        Some(model) => Ok(model),
        None => folder.load().map(|model| loaded.get_or_init(|| model)),
    }
}
