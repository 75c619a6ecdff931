//! What the reader has written about two texts: notes, and links with what is said to them; and to which row of a
//! synopsis each of them belongs.

use std::borrow::Cow;

use super::comparison::Compared;
use super::own::PlacedJudgements;
use super::rows::SynopsisRow;
use crate::link::Side;
use crate::link::judgement::{Judgement, Relation};
use crate::note::Note;
use crate::text::clean::clean_text;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// A note or a link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gloss {
    /// How a link joins the two passages; `None` for a note.
    pub relation: Option<Relation>,
    /// The passage of the left text that it is on.
    pub left: Option<PassageNo>,
    /// The passage of the right text.
    pub right: Option<PassageNo>,
    /// The topic it is about, where it names one that there is.
    pub topic: Option<TopicId>,
    /// The words, in Markdown; a link may have none.
    pub words: String,
}

/// Which glosses go along with a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Notes and links.
    All,
    /// Links only: what the reader says of the two texts to others.
    Links,
    /// None.
    None,
}

impl Told {
    /// The glosses that go along.
    pub fn of(self, glosses: Vec<Gloss>) -> Vec<Gloss> {
        let goes = |gloss: &Gloss| self == Self::All || (self == Self::Links && gloss.relation.is_some());
        glosses.into_iter().filter(goes).collect()
    }
}

impl Gloss {
    /// The passage on one side.
    pub fn on(&self, side: Side) -> Option<PassageNo> {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// `¶14 ⇔ ¶22`, of a note on one passage `¶14` or `◨ ¶22`.
    pub fn locator(&self) -> String {
        match (self.left, self.right) {
            (Some(left), Some(right)) => format!("¶{left} ⇔ ¶{right}"),
            (Some(left), None) => format!("◧ ¶{left}"),
            (None, Some(right)) => format!("◨ ¶{right}"),
            (None, None) => String::new(),
        }
    }

    /// The place of the gloss in words: `passage 22 on the right`.
    pub fn place_in_words(&self) -> String {
        let on = |passage: Option<PassageNo>, side: &str| passage.map(|p| format!("passage {p} on the {side}"));
        let places = [on(self.left, "left"), on(self.right, "right")];
        places.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }

    /// How a link joins the two passages, safe to print; `None` for a note.
    pub fn relation_word(&self) -> Option<Cow<'_, str>> {
        self.relation.as_ref().map(|relation| clean_text(relation.word()))
    }

    /// The words in one line.
    pub fn line(&self) -> String {
        self.words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The links of a pair. `known` gives the topic of an id, where there is one.
pub(crate) fn of_links(own: &PlacedJudgements, known: &dyn Fn(&TopicId) -> Option<TopicId>) -> Vec<Gloss> {
    let link = |((left, right), judgement): ((PassageNo, PassageNo), &Judgement)| Gloss {
        relation: judgement.relation().cloned(),
        left: Some(left),
        right: Some(right),
        topic: judgement.topic.as_ref().and_then(known),
        words: clean_text(&judgement.note).into_owned(),
    };
    own.links().map(link).collect()
}

/// A note that is on these passages, left and right; `None` where it is on neither.
pub(crate) fn of_note(note: &Note, [left, right]: [Option<PassageNo>; 2], topic: Option<TopicId>) -> Option<Gloss> {
    let words = clean_text(note.body.trim()).into_owned();
    (left.is_some() || right.is_some()).then_some(Gloss { relation: None, left, right, topic, words })
}

/// Gives each row of a comparison the glosses that belong to it.
pub(crate) fn put_in(compared: &mut [Compared], glosses: &[Gloss]) {
    for topic in compared {
        topic.glosses = by_row(&topic.rows, &topic.topic.id, glosses);
    }
}

/// The glosses of each row, in text order, links first. One that names another topic stands with that alone; one that
/// names this topic stands somewhere even where no row has its passage: after the row before it.
pub(crate) fn by_row(rows: &[SynopsisRow], topic: &TopicId, glosses: &[Gloss]) -> Vec<Vec<Gloss>> {
    let mut found: Vec<Vec<Gloss>> = vec![Vec::new(); rows.len()];
    for gloss in glosses.iter().filter(|r| r.topic.as_ref().is_none_or(|t| t == topic)) {
        let at = row_of(rows, gloss).or_else(|| gloss.topic.is_some().then(|| row_before(rows, gloss)).flatten());
        if let Some(at) = at {
            found[at].push(gloss.clone());
        }
    }
    for row in &mut found {
        row.sort_by_key(|r| (r.relation.is_none(), r.left, r.right));
    }
    found
}

/// The row that has its passages: both of them in so many words, both in its treatments, else the left one, else the right
/// one.
fn row_of(rows: &[SynopsisRow], gloss: &Gloss) -> Option<usize> {
    let has = |row: &SynopsisRow, side: Side| {
        gloss.on(side).is_some_and(|p| row.on(side).is_some_and(|part| part.treatment.contains(p)))
    };
    let position = |is: &dyn Fn(&SynopsisRow) -> bool| rows.iter().position(is);
    position(&|row| row.pair().is_some_and(|(left, right)| (Some(left), Some(right)) == (gloss.left, gloss.right)))
        .or_else(|| position(&|row| has(row, Side::Left) && has(row, Side::Right)))
        .or_else(|| {
            // A link that names no topic says something of both its passages: beside one of them it would be on another pair.
            let is_of_both = gloss.relation.is_some() && gloss.topic.is_none();
            let one = |side: Side| position(&|row| has(row, side)).filter(|_| !is_of_both);
            one(Side::Left).or_else(|| one(Side::Right))
        })
}

/// The last row that begins before it; the first one where none does.
fn row_before(rows: &[SynopsisRow], gloss: &Gloss) -> Option<usize> {
    let begins = |row: &SynopsisRow| match (gloss.left, row.passage(Side::Left), gloss.right, row.passage(Side::Right))
    {
        (Some(at), Some(row), ..) | (None, _, Some(at), Some(row)) => row <= at,
        _ => false,
    };
    if rows.is_empty() { None } else { Some(rows.iter().rposition(begins).unwrap_or(0)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::rows::Part;
    use crate::text::Place;
    use crate::topic::treatment::Treatment;

    fn part(from: u32, to: u32) -> Part {
        let treatment = Treatment {
            topic: TopicId::new("x"),
            from: PassageNo(from),
            to: PassageNo(to),
            best: PassageNo(from),
            strength: 0.5,
            mentions: 1,
            decisive: Place::default(),
        };
        Part { passage: treatment.best, treatment }
    }

    fn gloss(left: u32, right: u32, topic: Option<&str>, relation: Option<&str>) -> Gloss {
        let passage = |n: u32| (n > 0).then_some(PassageNo(n));
        Gloss {
            relation: relation.and_then(Relation::of_word),
            left: passage(left),
            right: passage(right),
            topic: topic.map(TopicId::new),
            words: "w".to_owned(),
        }
    }

    #[test]
    fn a_gloss_stands_with_the_row_of_its_passages() {
        let row = |left, right| SynopsisRow { left, right, counterpart: None, joined: None, topic_across: false };
        let rows = [
            row(Some(part(3, 5)), Some(part(20, 20))),
            row(Some(part(9, 9)), Some(part(30, 32))),
            row(None, Some(part(40, 41))),
        ];
        for (gloss, row) in [
            (gloss(4, 0, None, None), Some(0)),
            (gloss(0, 31, None, None), Some(1)),
            (gloss(9, 30, None, Some("agrees")), Some(1)),
            (gloss(9, 20, None, Some("agrees")), None),
            (gloss(9, 20, Some("x"), Some("agrees")), Some(1)),
            (gloss(7, 41, None, None), Some(2)),
            (gloss(7, 0, None, None), None),
            (gloss(4, 0, Some("y"), None), None),
            (gloss(4, 0, Some("x"), None), Some(0)),
            (gloss(7, 0, Some("x"), None), Some(0)),
            (gloss(1, 0, Some("x"), None), Some(0)),
            (gloss(0, 50, Some("x"), None), Some(2)),
        ] {
            let found = by_row(&rows, &TopicId::new("x"), std::slice::from_ref(&gloss));
            assert_eq!(found.iter().position(|r| !r.is_empty()), row, "{gloss:?}");
        }
        let both = [gloss(4, 0, None, None), gloss(3, 20, None, Some("agrees"))];
        let first = &by_row(&rows, &TopicId::new("x"), &both)[0];
        assert!(first.len() == 2 && first[0].relation.is_some(), "links first");
        assert_eq!(by_row(&[], &TopicId::new("x"), &both), Vec::<Vec<Gloss>>::new());
    }

    #[test]
    fn notes_stay_with_the_reader_where_only_links_are_told() {
        let all = vec![gloss(1, 0, None, None), gloss(1, 2, None, Some("agrees"))];
        let count = |told: Told| told.of(all.clone()).len();
        assert_eq!([Told::All, Told::Links, Told::None].map(count), [2, 1, 0]);
    }
}
