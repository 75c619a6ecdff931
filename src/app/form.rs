//! A form: a few fields over the lower edge of the panes, which stay readable. Enter takes all of it, from any field.

use tui_input::Input;

use crate::anchor::Anchor;
use crate::link::judgement::{Judgement, Relation};
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;
use crate::topic::term::Term;
use crate::word::letter::plain;

/// A form being filled in.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is for.
    pub kind: FormKind,
    /// Its fields, from the top.
    pub fields: Vec<Field>,
    /// Which of them is being typed in.
    pub at: usize,
}

/// What a form is for.
#[derive(Debug, Clone)]
pub enum FormKind {
    /// To join two passages, or to change how they are joined.
    Link(Box<LinkForm>),
    /// To say what a stop of the tour is for: which, counted from 0.
    Stop(usize),
    /// To make a topic.
    Topic,
    /// To give a topic a term, or to change one.
    Term(Box<TermForm>),
    /// To give a topic another name.
    Rename(TopicId),
    /// To merge a topic into another.
    Merge(TopicId),
}

/// The term that a form is about.
#[derive(Debug, Clone)]
pub struct TermForm {
    /// Its topic.
    pub topic: TopicId,
    /// The term as it is, and whether it is one that cancels others; `None` where it is new.
    pub before: Option<(Term, bool)>,
}

/// The link that a form is about.
#[derive(Debug, Clone)]
pub struct LinkForm {
    /// The two passages.
    pub pair: (PassageNo, PassageNo),
    /// The two places, left and right.
    pub places: [Anchor; 2],
    /// The link as it is, where there is one.
    pub before: Option<Judgement>,
    /// The question about what else is like the places.
    pub question: u64,
}

/// One line of a form.
#[derive(Debug, Clone)]
pub struct Field {
    /// What belongs there.
    pub label: &'static str,
    /// What was typed.
    pub input: Input,
    /// What can be chosen by typing its beginning; empty where anything can be written.
    pub options: Vec<String>,
    /// What an empty field stands for.
    pub default: String,
    /// What to type in an empty field that stands for nothing; empty where it may stay so.
    pub hint: &'static str,
}

/// For each named relation, in their order, the one letter that stands for it.
pub const LETTERS: [char; 6] = ['c', 'a', 'n', 'u', 'q', 'f'];

/// The fields of a link, by their place in the form.
pub const RELATION: usize = 0;
/// The topic.
pub const TOPIC: usize = 1;
/// The remark.
pub const REMARK: usize = 2;

/// The fields of a topic: its name.
pub const NAME: usize = 0;
/// Its terms, separated by commas.
pub const TERMS: usize = 1;

/// The fields of a term: its words.
pub const TERM: usize = 0;
/// Whether it counts or cancels.
pub const AS: usize = 1;

/// The field of a merge: the topic that takes in the other.
pub const INTO: usize = 0;

impl Form {
    /// The field that is being typed in.
    pub fn field(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.at)
    }

    /// Goes on to another field, around the ends.
    pub fn step(&mut self, by: i64) {
        let count = self.fields.len() as i64;
        if count > 0 {
            self.at = (self.at as i64 + by).rem_euclid(count) as usize;
        }
    }

    /// What a field says.
    pub fn said(&self, field: usize) -> String {
        self.fields.get(field).map_or_else(String::new, |field| field.said(field.is_relation()))
    }
}

impl Field {
    /// A field with something in it already.
    pub fn new(label: &'static str, value: &str) -> Self {
        Self { label, input: Input::new(value.to_owned()), options: Vec::new(), default: String::new(), hint: "" }
    }

    /// Whether it is that of a link's relation.
    fn is_relation(&self) -> bool {
        self.label == "relation"
    }

    /// What the field stands for, as it is now: of options, the one whose letter or beginning was typed.
    fn said(&self, by_letter: bool) -> String {
        let typed = self.input.value().trim();
        if typed.is_empty() {
            return self.default.clone();
        }
        let lower = plain(typed).into_owned();
        if by_letter {
            let letter = lower.chars().next().filter(|_| lower.chars().count() == 1);
            let by_letter = letter.and_then(|c| LETTERS.iter().position(|l| *l == c));
            if let Some(relation) = by_letter.and_then(|at| Relation::NAMED.get(at)) {
                return relation.word().to_owned();
            }
        }
        let begins = |option: &&String| plain(option).starts_with(&lower);
        let has = |option: &&String| plain(option).contains(&lower);
        let exact = self.options.iter().find(|option| plain(option) == lower);
        let found = exact.or_else(|| self.options.iter().find(begins));
        let found = if by_letter { found } else { found.or_else(|| self.options.iter().find(has)) };
        found.cloned().unwrap_or_else(|| typed.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_a_beginning_or_a_word_of_ones_own_name_the_relation() {
        let mut field = Field::new("relation", "");
        field.options = Relation::NAMED.iter().map(|r| r.word().to_owned()).collect();
        field.default = "contrasts".to_owned();
        let mut form = |typed: &str| {
            field.input = Input::new(typed.to_owned());
            field.said(true)
        };
        let cases = [
            ("", "contrasts"),
            ("a", "agrees"),
            ("n", "answers"),
            ("an", "answers"),
            ("u", "qualifies"),
            ("quo", "quotes"),
            ("f", "same fact"),
            ("Same", "same fact"),
            ("contradicts", "contradicts"),
            ("takes up", "takes up"),
        ];
        for (typed, expected) in cases {
            assert_eq!(form(typed), expected, "{typed:?}");
        }
    }
}
