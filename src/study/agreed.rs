//! What several readers have judged of the same two texts, and how far they agree.
//!
//! Two things are judged by more than one: how a pair of passages stands to each other (a relation, or that they are no
//! counterparts), and whether a text treats a topic (a link on it says so, a checked silence says the opposite).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use super::own::PlacedJudgements;
use crate::anchor::TextId;
use crate::link::agreement::Agreement;
use crate::link::judgement::{Judgement, JudgementId, Relation, Verdict};
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// Something that a reader said of a unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Said {
    /// How the two passages stand to each other.
    Relation(Relation),
    /// That they are no counterparts.
    Rejected,
    /// That the text treats the topic.
    Treated,
    /// That it is silent on it.
    Silent,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A reader may call a relation so: it is not what the program calls so.
            Self::Relation(Relation::Own(word)) if word.to_lowercase() == "rejected" => write!(f, "“{word}”"),
            Self::Relation(relation) => f.write_str(relation.word()),
            Self::Rejected => f.write_str("rejected"),
            Self::Treated => f.write_str("treated"),
            Self::Silent => f.write_str("silent"),
        }
    }
}

/// What the readers said of one unit: for each reader, in the order of their names, all that was said.
type ByReader = BTreeMap<String, BTreeSet<Said>>;

/// What all readers have said.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Of pairs of passages.
    pub pairs: BTreeMap<(PassageNo, PassageNo), ByReader>,
    /// Of texts and topics.
    pub treatments: BTreeMap<(TextId, TopicId), ByReader>,
    /// The judgements of which it is not known whose they are: they count for nobody.
    pub nobodys: usize,
}

impl Judged {
    /// What was judged of two texts, by whom.
    pub(crate) fn of(own: &PlacedJudgements) -> Self {
        let mut judged = Self::default();
        for (pair, judgement) in own.links().chain(own.rejections()) {
            let said = judgement.relation().cloned().map_or(Said::Rejected, Said::Relation);
            say(judged.pairs.entry(pair).or_default(), judgement, &said);
        }
        for judgement in own.all() {
            judged.nobodys += usize::from(judgement.authors.is_empty());
            let Some(topic) = &judgement.topic else { continue };
            match &judgement.verdict {
                Verdict::Joined(between, _) => {
                    for place in &**between {
                        say(
                            judged.treatments.entry((place.text.clone(), topic.clone())).or_default(),
                            judgement,
                            &Said::Treated,
                        );
                    }
                }
                Verdict::Silent(text, None) => {
                    say(judged.treatments.entry((text.clone(), topic.clone())).or_default(), judgement, &Said::Silent);
                }
                Verdict::Silent(_, Some(_)) | Verdict::Rejected(_) => {}
            }
        }
        judged
    }

    /// The readers, in the order of their names.
    pub(crate) fn readers(&self) -> BTreeSet<&str> {
        let all = self.pairs.values().chain(self.treatments.values());
        all.flat_map(BTreeMap::keys).map(String::as_str).collect()
    }

    /// How far they agree on relations.
    pub(crate) fn on_relations(&self) -> Agreement {
        Agreement::of(&self.pairs.values().map(values).collect::<Vec<_>>())
    }

    /// How far they agree on which text treats which topic.
    pub(crate) fn on_treatments(&self) -> Agreement {
        Agreement::of(&self.treatments.values().map(values).collect::<Vec<_>>())
    }
}

/// The judgements of two texts on which readers differ, each with what all of them say.
pub(crate) fn disputes(own: &PlacedJudgements) -> HashMap<JudgementId, String> {
    let judged = Judged::of(own);
    let mut disputes = HashMap::new();
    for (pair, judgement) in own.links().chain(own.rejections()) {
        if let Some(said) = judged.pairs.get(&pair).filter(|said| is_disputed(said)) {
            disputes.insert(judgement.id.clone(), in_words(said));
        }
    }
    for judgement in own.all() {
        if let (Verdict::Silent(text, None), Some(topic)) = (&judgement.verdict, &judgement.topic)
            && let Some(said) = judged.treatments.get(&(text.clone(), topic.clone())).filter(|said| is_disputed(said))
        {
            disputes.insert(judgement.id.clone(), in_words(said));
        }
    }
    disputes
}

/// Whether readers differ on a unit.
pub(crate) fn is_disputed(said: &ByReader) -> bool {
    let mut values = said.values();
    values.next().is_some_and(|first| values.any(|other| other != first))
}

/// What was said, with those who said so: `contrasts: Anna, Bert · rejected: Cem`.
pub(crate) fn in_words(said: &ByReader) -> String {
    let mut by_value: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (reader, value) in said {
        by_value.entry(value.iter().map(Said::to_string).collect::<Vec<_>>().join(" and ")).or_default().push(reader);
    }
    let groups = by_value.iter().map(|(value, readers)| format!("{value}: {}", readers.join(", ")));
    groups.collect::<Vec<_>>().join(" · ")
}

fn say(by: &mut ByReader, judgement: &Judgement, said: &Said) {
    for author in &judgement.authors {
        by.entry(author.clone()).or_default().insert(said.clone());
    }
}

fn values(said: &ByReader) -> Vec<&BTreeSet<Said>> {
    said.values().collect()
}
