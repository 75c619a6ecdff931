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
pub struct Remark {
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

/// Which remarks go along with a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Notes and links.
    All,
    /// Links only: what the reader says of the two texts, not to himself.
    Links,
    /// None.
    None,
}

impl Told {
    /// The remarks that go along.
    pub fn of(self, remarks: Vec<Remark>) -> Vec<Remark> {
        let goes = |remark: &Remark| self == Self::All || (self == Self::Links && remark.relation.is_some());
        remarks.into_iter().filter(goes).collect()
    }
}

impl Remark {
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

    /// The place of the remark in words: `passage 22 on the right`.
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
pub fn of_links(own: &PlacedJudgements, known: &dyn Fn(&TopicId) -> Option<TopicId>) -> Vec<Remark> {
    let link = |((left, right), judgement): ((PassageNo, PassageNo), &Judgement)| Remark {
        relation: judgement.relation().cloned(),
        left: Some(left),
        right: Some(right),
        topic: judgement.topic.as_ref().and_then(known),
        words: clean_text(&judgement.remark).into_owned(),
    };
    own.links().map(link).collect()
}

/// A note that is on these passages, left and right; `None` where it is on neither.
pub fn of_note(note: &Note, [left, right]: [Option<PassageNo>; 2], topic: Option<TopicId>) -> Option<Remark> {
    let words = clean_text(note.body.trim()).into_owned();
    (left.is_some() || right.is_some()).then_some(Remark { relation: None, left, right, topic, words })
}

/// Gives each row of a comparison the remarks that belong to it.
pub fn put_in(compared: &mut [Compared], remarks: &[Remark]) {
    for topic in compared {
        topic.remarks = by_row(&topic.rows, &topic.topic.id, remarks);
    }
}

/// The remarks of each row, in text order, links first. One that names another topic stands with that alone; one that
/// names this topic stands somewhere even where no row has its passage: after the row before it.
pub fn by_row(rows: &[SynopsisRow], topic: &TopicId, remarks: &[Remark]) -> Vec<Vec<Remark>> {
    let mut found: Vec<Vec<Remark>> = vec![Vec::new(); rows.len()];
    for remark in remarks.iter().filter(|r| r.topic.as_ref().is_none_or(|t| t == topic)) {
        let at = row_of(rows, remark).or_else(|| remark.topic.is_some().then(|| row_before(rows, remark)).flatten());
        if let Some(at) = at {
            found[at].push(remark.clone());
        }
    }
    for row in &mut found {
        row.sort_by_key(|r| (r.relation.is_none(), r.left, r.right));
    }
    found
}

/// The row that has its passages: both of them in so many words, both in its treatments, else the left one, else the right
/// one.
fn row_of(rows: &[SynopsisRow], remark: &Remark) -> Option<usize> {
    let has = |row: &SynopsisRow, side: Side| {
        remark.on(side).is_some_and(|p| row.on(side).is_some_and(|part| part.treatment.contains(p)))
    };
    let position = |is: &dyn Fn(&SynopsisRow) -> bool| rows.iter().position(is);
    position(&|row| row.pair().is_some_and(|(left, right)| (Some(left), Some(right)) == (remark.left, remark.right)))
        .or_else(|| position(&|row| has(row, Side::Left) && has(row, Side::Right)))
        .or_else(|| {
            // A link that names no topic says something of both its passages: beside one of them it would be on another pair.
            let is_of_both = remark.relation.is_some() && remark.topic.is_none();
            let one = |side: Side| position(&|row| has(row, side)).filter(|_| !is_of_both);
            one(Side::Left).or_else(|| one(Side::Right))
        })
}

/// The last row that begins before it; the first one where none does.
fn row_before(rows: &[SynopsisRow], remark: &Remark) -> Option<usize> {
    let begins =
        |row: &SynopsisRow| match (remark.left, row.passage(Side::Left), remark.right, row.passage(Side::Right)) {
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

    fn remark(left: u32, right: u32, topic: Option<&str>, relation: Option<&str>) -> Remark {
        let passage = |n: u32| (n > 0).then_some(PassageNo(n));
        Remark {
            relation: relation.and_then(Relation::of_word),
            left: passage(left),
            right: passage(right),
            topic: topic.map(TopicId::new),
            words: "w".to_owned(),
        }
    }

    #[test]
    fn a_remark_stands_with_the_row_of_its_passages() {
        let rows = [
            SynopsisRow {
                left: Some(part(3, 5)),
                right: Some(part(20, 20)),
                counterpart: None,
                joined: None,
                topic_across: false,
            },
            SynopsisRow {
                left: Some(part(9, 9)),
                right: Some(part(30, 32)),
                counterpart: None,
                joined: None,
                topic_across: false,
            },
            SynopsisRow { left: None, right: Some(part(40, 41)), counterpart: None, joined: None, topic_across: false },
        ];
        for (remark, row) in [
            (remark(4, 0, None, None), Some(0)),
            (remark(0, 31, None, None), Some(1)),
            (remark(9, 30, None, Some("agrees")), Some(1)),
            (remark(9, 20, None, Some("agrees")), None),
            (remark(9, 20, Some("x"), Some("agrees")), Some(1)),
            (remark(7, 41, None, None), Some(2)),
            (remark(7, 0, None, None), None),
            (remark(4, 0, Some("y"), None), None),
            (remark(4, 0, Some("x"), None), Some(0)),
            (remark(7, 0, Some("x"), None), Some(0)),
            (remark(1, 0, Some("x"), None), Some(0)),
            (remark(0, 50, Some("x"), None), Some(2)),
        ] {
            let found = by_row(&rows, &TopicId::new("x"), std::slice::from_ref(&remark));
            assert_eq!(found.iter().position(|r| !r.is_empty()), row, "{remark:?}");
        }
        let both = [remark(4, 0, None, None), remark(3, 20, None, Some("agrees"))];
        let first = &by_row(&rows, &TopicId::new("x"), &both)[0];
        assert!(first.len() == 2 && first[0].relation.is_some(), "links first");
        assert_eq!(by_row(&[], &TopicId::new("x"), &both), Vec::<Vec<Remark>>::new());
    }

    #[test]
    fn notes_stay_with_the_reader_where_only_links_are_told() {
        let all = vec![remark(1, 0, None, None), remark(1, 2, None, Some("agrees"))];
        let count = |told: Told| told.of(all.clone()).len();
        assert_eq!([Told::All, Told::Links, Told::None].map(count), [2, 1, 0]);
    }
}
