//! The map as a picture that needs nothing but itself: the passages of both texts in two columns, a line for each link.
//!
//! The relation stands in words on its line, and contrasts are dashed, so that it reads without colour. All of it stands in the
//! description in words, for who cannot see it.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{ArgumentMap, Edge, Node};
use crate::export::columns::wrapped;
use crate::export::html::escaped;
use crate::export::picture::opening;
use crate::layout::cells;
use crate::link::judgement::Relation;

/// Columns of a passage's words, and rows at most.
const COLUMNS: u16 = 46;
const ROWS: usize = 4;
/// In pixels: a row, the box of a passage, the space between the columns, around everything.
const ROW: usize = 17;
const BOX: usize = 356;
const BETWEEN: usize = 240;
const MARGIN: usize = 24;
const HEAD: usize = 64;

// Colours as they are, and those of a dark ground after them: many programs know neither variables nor `paint-order`.
const STYLE: &str = "\
text{fill:#1d1c1a;font:13px 'Liberation Sans',Arial,Helvetica,sans-serif}.ground,.node{fill:#fdfcf9}.node{stroke:#c9c3b8}\
.title{font-size:16px;font-weight:600}.soft{fill:#5b5750}.edge{fill:none;stroke:#8a5a12;stroke-width:1.4}\
.against{stroke-dasharray:6 4}.word{text-anchor:middle;font-size:12px}.halo{fill:none;stroke:#fdfcf9;stroke-width:4px}\
@media(prefers-color-scheme:dark){text{fill:#e6e2da}.ground,.node{fill:#171615}.node{stroke:#46423b}.soft{fill:#aba598}\
.edge{stroke:#d9a650}.halo{fill:none;stroke:#171615}}";

/// A passage with where its box is.
struct Placed<'a> {
    node: &'a Node,
    rows: Vec<String>,
    y: usize,
}

/// Writes the picture.
pub(crate) fn write(out: &mut dyn Write, map: &ArgumentMap<'_>) -> io::Result<()> {
    let columns = map.nodes.each_ref().map(|nodes| placed(nodes));
    let bottom = columns.iter().flatten().map(|p| p.y + height(p)).max().unwrap_or(HEAD);
    let (width, height_of_all) = (2 * MARGIN + 2 * BOX + BETWEEN, bottom + MARGIN);
    let title = format!("{} against {}", map.names[0], map.names[1]);
    let mut svg = opening((width, height_of_all), &title, &in_words(map), STYLE);
    let ends_of = |nth: usize| {
        let between = map.edges[nth].between;
        ends([&columns[0][between[0]], &columns[1][between[1]]], beside(&map.edges, nth))
    };
    for (nth, edge) in map.edges.iter().enumerate() {
        draw_edge(&mut svg, edge, ends_of(nth));
    }
    for (side, column) in columns.iter().enumerate() {
        let x = MARGIN + side * (BOX + BETWEEN);
        let name = cells::ellipsis(map.names[side], usize::from(COLUMNS) - 6);
        let _ = writeln!(svg, "<text class=\"title\" x=\"{x}\" y=\"{}\">{}</text>", MARGIN + 16, escaped(&name));
        for placed in column {
            draw_node(&mut svg, placed, x);
        }
    }
    // On top of all lines, so that none crosses a word.
    for (nth, edge) in map.edges.iter().enumerate() {
        draw_word(&mut svg, edge, ends_of(nth), nth);
    }
    svg.push_str("</svg>\n");
    out.write_all(svg.as_bytes())
}

fn placed(nodes: &[Node]) -> Vec<Placed<'_>> {
    let mut y = HEAD;
    let mut column = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut rows = wrapped(&node.words, COLUMNS);
        if rows.len() > ROWS {
            rows.truncate(ROWS);
            rows[ROWS - 1].push('…');
        }
        let placed = Placed { node, rows, y };
        y += height(&placed) + 18;
        column.push(placed);
    }
    column
}

fn height(placed: &Placed<'_>) -> usize {
    (placed.rows.len() + 1) * ROW + 14
}

fn draw_node(svg: &mut String, placed: &Placed<'_>, x: usize) {
    let (y, text) = (placed.y, x + 10);
    let _ = writeln!(
        svg,
        "<rect class=\"node\" x=\"{x}\" y=\"{y}\" width=\"{BOX}\" height=\"{}\" rx=\"3\"/>\n\
         <text class=\"soft\" x=\"{text}\" y=\"{}\">¶{}</text>",
        height(placed),
        y + ROW,
        placed.node.passage
    );
    for (nth, row) in placed.rows.iter().enumerate() {
        let _ = writeln!(svg, "<text x=\"{text}\" y=\"{}\">{}</text>", y + ROW * (nth + 2), escaped(row));
    }
}

/// Where an edge is among those between the same two passages, and how many these are.
fn beside(edges: &[Edge<'_>], nth: usize) -> (usize, usize) {
    let same = |edge: &&Edge<'_>| edge.between == edges[nth].between;
    (edges[..nth].iter().filter(same).count(), edges.iter().filter(same).count())
}

/// The ends of an edge: the inner edges of the two boxes. Edges between the same two boxes share the height of these.
fn ends(between: [&Placed<'_>; 2], (at, of): (usize, usize)) -> [(usize, usize); 2] {
    let y = |placed: &Placed<'_>| placed.y + height(placed) * (at + 1) / (of + 1);
    [(MARGIN + BOX, y(between[0])), (MARGIN + BOX + BETWEEN, y(between[1]))]
}

fn draw_edge(svg: &mut String, edge: &Edge<'_>, [(x1, y1), (x2, y2)]: [(usize, usize); 2]) {
    let against = if *edge.relation == Relation::Contrasts { " against" } else { "" };
    let bend = BETWEEN / 2;
    let _ = writeln!(
        svg,
        "<path class=\"edge{against}\" d=\"M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}\"/>",
        x1 + bend,
        x2 - bend
    );
}

fn draw_word(svg: &mut String, edge: &Edge<'_>, [(x1, y1), (x2, y2)]: [(usize, usize); 2], nth: usize) {
    // Words of lines that cross in the middle stand a little apart.
    let (near, far) = if nth.is_multiple_of(2) { (3, 2) } else { (2, 3) };
    let (x, y) = ((x1 * near + x2 * far) / 5, (y1 * near + y2 * far) / 5 + 4);
    let word = edge.word();
    let word = cells::ellipsis(&word, 30);
    let note = if edge.note.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(&edge.note)) };
    let (opened, closed) = match &edge.address {
        Some(address) => (format!("<a href=\"{}\">", escaped(address)), "</a>"),
        None => ("<g>".to_owned(), "</g>"),
    };
    let word = escaped(&word);
    let _ = writeln!(
        svg,
        "{opened}{note}<text class=\"word halo\" aria-hidden=\"true\" x=\"{x}\" y=\"{y}\">{word}</text>\
         <text class=\"word\" x=\"{x}\" y=\"{y}\">{word}</text>{closed}"
    );
}

fn in_words(map: &ArgumentMap<'_>) -> String {
    let said = map.edges.iter().map(|edge| {
        let [left, right] = [0, 1].map(|side| map.nodes[side][edge.between[side]].passage);
        format!("¶{left} of {} and ¶{right} of {}: {}.", map.names[0], map.names[1], edge.word())
    });
    said.collect::<Vec<_>>().join(" ")
}
