//! Topics as evidence: two passages that treat the same topic are more likely on the same point, two that treat
//! different ones less.

use crate::text::passage::PassageNo;
use crate::topic::coverage::{Coverage, TopicCoverage};

use super::Side;
use super::calibration::TopicEvidence;

/// Which passages treat which topics, and how strongly, in both texts.
#[derive(Debug)]
pub(super) struct Topical {
    /// For each side, by passage: topic and strength.
    treated: [Vec<(u32, u32, f32)>; 2],
    /// For each topic how much it tells: the fewer passages treat it, the more.
    weights: Vec<f32>,
    /// What is told of every two passages, whatever they treat.
    of_all: Option<TopicEvidence>,
}

/// So many topics of a passage are looked at: a codebook of thousands, each of which catches everything, tells no more.
const MOST: usize = 100;

/// What a topic tells that so large a part of the passages treats.
fn weight_of(part: f32) -> f32 {
    -(part + 0.01).min(1.0).ln()
}

/// What is treated, of each passage the topics that tell most.
fn telling(treated: Vec<(u32, u32, f32)>, weights: &[f32]) -> Vec<(u32, u32, f32)> {
    if treated.chunk_by(|a, b| a.0 == b.0).all(|of_passage| of_passage.len() <= MOST) {
        return treated;
    }
    let worth = |(_, topic, strength): &(u32, u32, f32)| weights[*topic as usize] * strength;
    let mut kept = Vec::new();
    for of_passage in treated.chunk_by(|a, b| a.0 == b.0) {
        let mut most = of_passage.to_vec();
        most.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
        most.truncate(MOST);
        most.sort_unstable_by_key(|t| t.1);
        kept.extend(most);
    }
    kept
}

impl Topical {
    /// The topics that both coverages know; `None` where either text treats none of them, so that nothing can be told.
    pub(super) fn of(left: &Coverage, right: &Coverage) -> Option<Self> {
        let both: Vec<_> = left.topics().iter().filter_map(|l| Some([l, right.get(&l.topic().id)?])).collect();
        let side = |side: usize| {
            let mut treated: Vec<(u32, u32, f32)> = Vec::new();
            for (topic, pair) in (0..).zip(&both) {
                for treatment in pair[side].treatments() {
                    treated.extend((treatment.from.0..=treatment.to.0).map(|p| (p, topic, treatment.strength)));
                }
            }
            treated.sort_unstable_by_key(|t| (t.0, t.1));
            treated
        };
        let treated = [side(0), side(1)];
        if treated.iter().any(Vec::is_empty) {
            return None;
        }
        let passages = |of: &[(u32, u32, f32)]| of.chunk_by(|a, b| a.0 == b.0).count();
        let all = (passages(&treated[0]) + passages(&treated[1])).max(1) as f32;
        let mut weights = vec![0.0; both.len()];
        for (_, topic, _) in treated.iter().flatten() {
            weights[*topic as usize] += 1.0;
        }
        for weight in &mut weights {
            *weight = weight_of(*weight / all);
        }
        let treated = treated.map(|treated| telling(treated, &weights));
        Some(Self { treated, weights, of_all: None })
    }

    /// What the topics of a passage can tell at most, whatever a text of so many passages treats across: no less than
    /// [`Self::of`] would tell of any two. `None` where the passage treats none: then nothing tells more than no topics at all.
    pub(super) fn at_best(mine: &Coverage, passage: PassageNo, across: usize) -> Option<Self> {
        let length = |topic: &TopicCoverage| -> usize {
            topic.treatments().iter().map(|t| (t.to.0 - t.from.0) as usize + 1).sum()
        };
        let all: usize = mine.topics().iter().map(|topic| length(topic)).sum::<usize>() + across;
        let told = mine.topics().iter().filter_map(|topic| {
            let (_, treatment) = topic.treatment_at(passage)?;
            Some(weight_of(length(topic) as f32 / all.max(1) as f32) * treatment.strength)
        });
        let shared = told.sum::<f32>().sqrt();
        let of_all = Some(TopicEvidence { shared, apart: false });
        (shared > 0.0).then(|| Self { treated: [Vec::new(), Vec::new()], weights: Vec::new(), of_all })
    }

    /// What the topics tell of `here`, a passage of `side`, and `there` across.
    pub(super) fn between(&self, side: Side, here: PassageNo, there: PassageNo) -> TopicEvidence {
        if let Some(of_all) = self.of_all {
            return of_all;
        }
        let (mine, theirs) = (self.of_passage(side, here), self.of_passage(side.other(), there));
        let mut shared = 0.0;
        let mut others = theirs.iter().peekable();
        for (_, topic, strength) in mine {
            while others.next_if(|other| other.1 < *topic).is_some() {}
            if let Some((_, _, other)) = others.peek().filter(|other| other.1 == *topic) {
                shared += self.weights[*topic as usize] * strength * other;
            }
        }
        TopicEvidence { shared: shared.sqrt(), apart: shared <= 0.0 && !mine.is_empty() && !theirs.is_empty() }
    }

    fn of_passage(&self, side: Side, passage: PassageNo) -> &[(u32, u32, f32)] {
        let all = &self.treated[side as usize];
        let from = all.partition_point(|t| t.0 < passage.0);
        let len = all[from..].partition_point(|t| t.0 == passage.0);
        &all[from..from + len]
    }
}
