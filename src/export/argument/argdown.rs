//! The map as Argdown (argdown.org): a statement for each passage, its relations below it.
//!
//! Argdown has support, attack and contradiction. What contrasts is a contradiction; what agrees, quotes or states the same fact
//! supports; what answers or qualifies attacks. A relation in the reader's own word claims none of these: it stands as a comment.

use std::io::{self, Write};

use super::{ArgumentMap, Edge, one_line};
use crate::link::judgement::Relation;

/// Writes it.
pub(crate) fn write(out: &mut dyn Write, map: &ArgumentMap<'_>) -> io::Result<()> {
    writeln!(out, "===\ntitle: {}\n===", scalar(&format!("{} against {}", map.names[0], map.names[1])))?;
    for (side, nodes) in map.nodes.iter().enumerate() {
        writeln!(out, "\n# {}", line(map.names[side]))?;
        for (at, node) in nodes.iter().enumerate() {
            writeln!(out, "\n[{}]: {}", title(map, side, at), line(&node.words))?;
            // Each edge once, below the statement of the left text.
            for edge in map.edges.iter().filter(|edge| side == 0 && edge.between[0] == at) {
                relation(out, map, edge)?;
            }
        }
    }
    Ok(())
}

fn relation(out: &mut dyn Write, map: &ArgumentMap<'_>, edge: &Edge<'_>) -> io::Result<()> {
    let other = title(map, 1, edge.between[1]);
    let said = if edge.note.is_empty() { String::new() } else { format!(": {}", edge.note) };
    // A comment ends with its line.
    let address = edge.address.as_ref().map_or_else(String::new, |address| format!(" {address}"));
    let word = one_line(&format!("{}{said}{address}", edge.word()));
    match sign(edge.relation) {
        Some(sign) => writeln!(out, "  {sign} [{other}] // {word}"),
        None => writeln!(out, "  // [{other}] {word}"),
    }
}

fn sign(relation: &Relation) -> Option<&'static str> {
    match relation {
        Relation::Contrasts => Some("><"),
        Relation::Agrees | Relation::Quotes | Relation::SameFact => Some("+>"),
        Relation::Answers | Relation::Qualifies => Some("->"),
        Relation::Own(_) => None,
    }
}

/// What a statement is called; of two texts of one name, with the side it is on.
fn title(map: &ArgumentMap<'_>, side: usize, at: usize) -> String {
    let name: String = map.names[side].chars().map(|c| if MARKUP.contains(c) { ' ' } else { c }).collect();
    let name = one_line(&name);
    let side_of_two = if map.names[0] == map.names[1] { [" left", " right"][side] } else { "" };
    format!("{name} ¶{}{side_of_two}", map.nodes[side][at].passage)
}

/// Letters that mean something in Argdown wherever they stand.
const MARKUP: &str = "[]<>{}()#@*_|\\";

/// Words in which nothing is markup.
fn line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        let begins_relation = out.is_empty() && matches!(c, '+' | '-' | '=');
        let begins_comment = out.ends_with('/') && matches!(c, '/' | '*');
        if MARKUP.contains(c) || begins_relation || begins_comment {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A value of the head, in quotation marks.
fn scalar(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}
