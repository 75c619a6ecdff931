//! The counterparts of a passage, with what the reader has judged of them.

use crate::link::Side;
use crate::link::calibration::Evidence;
use crate::link::judged::Judged;
use crate::link::judgement::Judgement;
use crate::link::pairing::{Ask, Counterpart, Pairing, TopicInBoth};
use crate::text::passage::PassageNo;

/// How many counterparts of a passage are shown where nobody asks for more.
pub(crate) const COUNTERPARTS: usize = 5;

/// A counterpart, and the reader's own link to it where there is one.
#[derive(Debug, Clone)]
pub struct Linked {
    /// The counterpart; of one that only the reader saw, the score is 0.
    pub counterpart: Counterpart,
    /// The link.
    pub own: Option<Judgement>,
}

/// The counterparts of a passage: those that the reader joined, then the likeliest that were not rejected, at most `limit`.
pub(super) fn counterparts_of(
    pairing: &Pairing,
    (from, passage): (Side, PassageNo),
    held: Option<&TopicInBoth>,
    judged: &Judged,
    limit: usize,
) -> Vec<Counterpart> {
    let most = limit + judged.joined_to(from, passage).len() + judged.rejected_for(from, passage).len();
    let found = match held {
        Some(held) => {
            let likely = likely_on(pairing, from, passage, held);
            let mut found = on_topic(pairing, from, passage, held, likely);
            found.truncate(most);
            for counterpart in &mut found {
                pairing.give_reasons(from, passage, held, counterpart);
            }
            found
        }
        None => pairing.counterparts(from, passage, &Ask { limit: most, ..Ask::default() }),
    };
    with_judged(pairing, (from, passage), judged, found, limit)
}

/// The counterparts that the reader joined to a passage, then at most `limit` of those that were found and not rejected.
pub(super) fn with_judged(
    pairing: &Pairing,
    (from, passage): (Side, PassageNo),
    judged: &Judged,
    mut found: Vec<Counterpart>,
    limit: usize,
) -> Vec<Counterpart> {
    let (joined, rejected) = (judged.joined_to(from, passage), judged.rejected_for(from, passage));
    let own = joined.iter().map(|there| match found.iter().find(|c| c.passage == *there) {
        Some(known) => known.clone(),
        // The reader saw what no likeness shows.
        None => Counterpart {
            passage: *there,
            score: 0.0,
            evidence: Evidence::default(),
            because: pairing.because(from, passage, *there),
            treatment: None,
        },
    });
    let own: Vec<Counterpart> = own.collect();
    found.retain(|c| !joined.contains(&c.passage) && !rejected.contains(&c.passage));
    found.truncate(limit);
    own.into_iter().chain(found).collect()
}

/// Of the likely counterparts of a passage those that lie in a treatment of a topic, where the passage does too; best first
/// and without reasons.
pub(super) fn likely_on(pairing: &Pairing, side: Side, passage: PassageNo, held: &TopicInBoth) -> Vec<Counterpart> {
    if held.on(side).treatment_at(passage).is_none() || held.on(side.other()).is_silent() {
        return Vec::new();
    }
    let ask = Ask { limit: COUNTERPARTS, reasons: false, ..Ask::default() };
    let across = held.on(side.other());
    let on_topic = |counterpart: Counterpart| {
        let (treatment, _) = across.treatment_at(counterpart.passage)?;
        Some(Counterpart { treatment: Some(treatment), ..counterpart })
    };
    pairing.counterparts(side, passage, &ask).into_iter().filter_map(on_topic).collect()
}

/// The counterparts of a passage while a topic is held, best first and without reasons: of each treatment across the passage
/// that answers best, and those that are `likely` whatever is held.
pub(super) fn on_topic(
    pairing: &Pairing,
    side: Side,
    passage: PassageNo,
    held: &TopicInBoth,
    likely: Vec<Counterpart>,
) -> Vec<Counterpart> {
    let mut found = pairing.on_topic_unreasoned(side, passage, held);
    for counterpart in likely {
        match found.iter_mut().find(|c| c.passage == counterpart.passage) {
            Some(known) if known.score >= counterpart.score => {}
            Some(known) => *known = counterpart,
            None => found.push(counterpart),
        }
    }
    held.closest_first(side, &mut found);
    found
}
