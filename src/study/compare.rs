//! Two texts set against each other, topic by topic.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::remarks::Remark;
use super::rows::{SynopsisRow, rows};
use crate::link::Watch;
use crate::link::index::PassageIndex;
use crate::link::judged::Judged;
use crate::link::pairing::{Held, Pairing};
use crate::text::Text;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::coverage::Coverage;
use crate::word::language::Language;

/// A topic and how the two texts treat it.
#[derive(Debug)]
pub struct Compared {
    /// The topic.
    pub topic: Arc<Topic>,
    /// Whether it was proposed from the texts, and is in no topics.toml.
    pub proposed: bool,
    /// The rows; empty where neither text treats the topic.
    pub rows: Vec<SynopsisRow>,
    /// How each text treats it.
    pub held: Held,
    /// What the reader has written to each row; empty where that does not go along.
    pub remarks: Vec<Vec<Remark>>,
}

impl Compared {
    /// What the reader has written to a row.
    pub fn remarks_on(&self, row: usize) -> &[Remark] {
        self.remarks.get(row).map_or(&[], |r| r)
    }
}

/// A text of a comparison, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Its title, else the name of its file.
    pub name: &'a str,
    /// The text.
    pub text: &'a Text,
}

/// What the reader has judged of the two texts that counts for a topic.
pub type JudgedOn<'a> = &'a dyn Fn(&TopicId) -> Judged;

/// Sets two texts against each other on the topics of `codebook`, from the beginning.
///
/// # Errors
/// Breaks where `watch` does.
pub fn of_texts(
    left: &Arc<Text>,
    right: &Arc<Text>,
    codebook: &Codebook,
    judged: JudgedOn<'_>,
    watch: Watch<'_>,
) -> ControlFlow<(), Vec<Compared>> {
    let index = |text: &Arc<Text>| PassageIndex::of(text, Language::of(text), watch).map_continue(Arc::new);
    let covered = |text: &Text| Coverage::of(text, codebook, Language::of(text), watch);
    let pairing = Pairing::new(index(left)?, index(right)?);
    ControlFlow::Continue(compare(&pairing, &covered(left)?, &covered(right)?, judged, false))
}

/// Sets two texts against each other on the topics that both coverages know.
pub fn compare(
    pairing: &Pairing,
    left: &Coverage,
    right: &Coverage,
    judged: JudgedOn<'_>,
    proposed: bool,
) -> Vec<Compared> {
    let both = left.topics().iter().filter_map(|l| Some((l, right.get(&l.topic().id)?)));
    both.map(|(l, r)| {
        let held = Held { left: Arc::clone(l), right: Arc::clone(r) };
        let rows = rows(pairing, &held, &judged(&l.topic().id));
        Compared { topic: Arc::clone(l.topic()), proposed, rows, held, remarks: Vec::new() }
    })
    .collect()
}
