//! `diptych links --format argdown|svg`: the reader's links of two texts as an argument map.
//!
//! A node is a passage that at least one link joins, an edge is a link with its relation. [`argdown`] is a document for
//! Argdown's programs, [`svg`] a picture that needs nothing but itself. What is computed is not on the map: it shows what the
//! reader says.

pub(crate) mod argdown;
pub(crate) mod svg;

use std::collections::BTreeSet;

use crate::export::opened::Opens;
use crate::link::judgement::{Judgement, Relation};
use crate::study::comparison::Named;
use crate::study::own::PlacedJudgements;
use crate::text::passage::PassageNo;
use crate::word::sentence::sentences;

/// The links of two texts as nodes and edges.
#[derive(Debug)]
pub(crate) struct ArgumentMap<'a> {
    /// The names of the texts, left and right.
    pub names: [&'a str; 2],
    /// The passages that are joined, left and right, in the order of their texts.
    pub nodes: [Vec<Node>; 2],
    /// The links, in the order of the left text.
    pub edges: Vec<Edge<'a>>,
}

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its number.
    pub passage: PassageNo,
    /// Its first sentence, in one line.
    pub words: String,
}

/// A link.
#[derive(Debug)]
pub(crate) struct Edge<'a> {
    /// The places of its passages among the left nodes and the right ones.
    pub between: [usize; 2],
    /// How they stand to each other.
    pub relation: &'a Relation,
    /// Who is named as having made it; may be empty.
    pub by: String,
    /// What the reader says to it, in one line; may be empty.
    pub note: String,
    /// What opens it in Diptych.
    pub address: Option<String>,
}

impl<'a> ArgumentMap<'a> {
    /// The map of what was judged of two texts.
    pub(crate) fn of(left: Named<'a>, right: Named<'a>, own: &'a PlacedJudgements, opens: Opens<'_>) -> Self {
        let links: Vec<((PassageNo, PassageNo), &Judgement, &Relation)> =
            own.links().filter_map(|(pair, link)| Some((pair, link, link.relation()?))).collect();
        let nodes = |named: Named<'_>, passages: &dyn Fn(&(PassageNo, PassageNo)) -> PassageNo| {
            let numbers: BTreeSet<PassageNo> = links.iter().map(|(pair, ..)| passages(pair)).collect();
            let node = |passage: PassageNo| Node { passage, words: first_sentence(named.text.passage_str(passage)) };
            numbers.into_iter().map(node).collect::<Vec<_>>()
        };
        let nodes = [nodes(left, &|pair| pair.0), nodes(right, &|pair| pair.1)];
        let place = |side: &[Node], passage| side.iter().position(|node| node.passage == passage);
        let edges = links.iter().filter_map(|((one, other), link, relation)| {
            let between = [place(&nodes[0], *one)?, place(&nodes[1], *other)?];
            let address = opens.pair(Some(*one), Some(*other));
            let by = one_line(&link.authors.join(", "));
            Some(Edge { between, relation, by, note: one_line(&link.note), address })
        });
        let edges = edges.collect();
        Self { names: [left.name, right.name], nodes, edges }
    }

    /// Whether there is no link.
    pub(crate) fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }
}

impl Edge<'_> {
    /// The relation, and in brackets who made the link where that is known.
    fn word(&self) -> String {
        let word = self.relation.word();
        if self.by.is_empty() { word.to_owned() } else { format!("{word} ({})", self.by) }
    }
}

fn first_sentence(words: &str) -> String {
    let end = sentences(words).first().map_or(words.len(), |first| first.end);
    one_line(&words[..end])
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
