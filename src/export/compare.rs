//! `diptych compare`: two texts set against each other topic by topic, as columns of text, as JSON, or as
//! a table for spreadsheets.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::columns::{halves, rows_of, side_by_side, wrapped};
use super::json::{PassageJson, because, line, rounded};
use super::opened::Opens;
use crate::link::Side;
use crate::link::score::told;
use crate::study::comparison::{Compared, Named};
use crate::study::glosses::Gloss;
use crate::study::rows::{Part, Standing, SynopsisRow, said_of_empty};
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// Writes a comparison in columns, `width` wide altogether.
pub(crate) fn write_text(
    out: &mut dyn Write,
    left: Named<'_>,
    right: Named<'_>,
    topics: &[Compared],
    width: u16,
) -> io::Result<()> {
    beside(out, width, &[left.name.to_owned()], &[right.name.to_owned()])?;
    for compared in topics.iter().filter(|c| !c.rows.is_empty()) {
        let topic = &compared.topic;
        let note = if compared.proposed { "  (proposed from the texts)" } else { "" };
        writeln!(out, "\n{}{note}\n{}", topic.name, "═".repeat(usize::from(width)))?;
        for row in wrapped(&topic.about, width) {
            writeln!(out, "{row}")?;
        }
        for (nth, row) in compared.rows.iter().enumerate() {
            write_row(out, left.text, right.text, row, &compared.rows, width)?;
            compared.glosses_on(nth).iter().try_for_each(|gloss| write_gloss(out, gloss, width))?;
        }
    }
    let silent: Vec<&str> = topics.iter().filter(|c| c.rows.is_empty()).map(|c| c.topic.name.as_str()).collect();
    if !silent.is_empty() {
        writeln!(out)?;
        for row in wrapped(&format!("Neither text treats: {}.", silent.join(", ")), width) {
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}

fn write_row(
    out: &mut dyn Write,
    left: &Text,
    right: &Text,
    row: &SynopsisRow,
    all: &[SynopsisRow],
    width: u16,
) -> io::Result<()> {
    writeln!(out)?;
    let (standing, reason) = match row.standing() {
        Standing::Alone => ("", ""),
        Standing::Joined => ("joined by hand", "both have"),
        Standing::Closest => ("closest", "because"),
        Standing::SameTopic => ("same topic only", "both have"),
    };
    if let Some(counterpart) = &row.counterpart {
        let reasons = because(counterpart);
        let score = row.score().map_or_else(String::new, |score| format!(", {}", told(score)));
        let reasons = if reasons.is_empty() { String::new() } else { format!(", {reason}: {}", reasons.join(", ")) };
        for line in wrapped(&format!("{standing}{score}{reasons}"), width) {
            writeln!(out, "{line}")?;
        }
    }
    let half = halves(width).unwrap_or(width);
    let cell = |text: &Text, passage: Option<PassageNo>, treats: bool| match passage {
        Some(passage) => cell(text, passage, half),
        None if treats => wrapped(&format!("({})", said_of_empty(row.topic_across)), half),
        None => vec!["(silent)".to_owned()],
    };
    let left = cell(left, row.passage(Side::Left), all.iter().any(|r| r.left.is_some()));
    let right = cell(right, row.passage(Side::Right), all.iter().any(|r| r.right.is_some()));
    beside(out, width, &left, &right)
}

/// What the reader has written, set in below the row.
fn write_gloss(out: &mut dyn Write, gloss: &Gloss, width: u16) -> io::Result<()> {
    let (sign, relation) = match gloss.relation_word() {
        Some(relation) => ("", format!(" {relation}")),
        None => ("✎", String::new()),
    };
    let said = gloss.words.trim();
    let colon = if said.is_empty() { "" } else { ":" };
    let indent = GLOSS.min(width / 4);
    let line = |out: &mut dyn Write, words: &str, sign: &str| {
        wrapped(words, width - indent).iter().enumerate().try_for_each(|(nth, row)| {
            let sign = if nth == 0 { sign } else { "" };
            writeln!(out, "{sign:>at$} {row}", at = usize::from(indent.saturating_sub(1)))
        })
    };
    let (first, rest) = said.split_once('\n').unwrap_or((said, ""));
    line(out, format!("{}{relation}{colon} {first}", gloss.locator()).trim_end(), sign)?;
    rest.lines().filter(|l| !l.trim().is_empty()).try_for_each(|words| line(out, words, ""))
}

/// Columns that glosses are set in by.
const GLOSS: u16 = 4;

/// A passage under its number and section.
fn cell(text: &Text, passage: PassageNo, width: u16) -> Vec<String> {
    let Some(block) = text.numbering().block_of(passage) else { return Vec::new() };
    let section = text.heading_of(block).map_or(String::new(), |h| format!(" · {}", text.heading_name(h)));
    let mut rows = wrapped(&format!("¶{passage}{section}"), width);
    rows.extend(rows_of(text, block, width));
    rows
}

fn beside(out: &mut dyn Write, width: u16, left: &[String], right: &[String]) -> io::Result<()> {
    if let Some(half) = halves(width) {
        return side_by_side(out, half, left, right);
    }
    for row in left {
        writeln!(out, "{row}")?;
    }
    writeln!(out, "{}", "─".repeat(usize::from(width.min(8))))?;
    right.iter().try_for_each(|row| writeln!(out, "{row}"))
}

/// Writes a comparison as a table for spreadsheets (CSV by RFC 4180), a row for each row. A passage that such a program
/// would take for a formula has an apostrophe before it.
pub(crate) fn write_csv(out: &mut dyn Write, left: &Text, right: &Text, topics: &[Compared]) -> io::Result<()> {
    let cells = ["topic", "left", "left text", "right", "right text", "standing", "score", "because", "remarks"];
    csv_row(out, &cells.map(str::to_owned))?;
    for compared in topics {
        for (nth, row) in compared.rows.iter().enumerate() {
            let side = |text: &Text, side: Side| match row.passage(side) {
                Some(passage) => [passage.to_string(), text.passage_str(passage).to_owned()],
                None => Default::default(),
            };
            let [left, left_text] = side(left, Side::Left);
            let [right, right_text] = side(right, Side::Right);
            let standing = match row.standing() {
                Standing::Alone => "alone",
                Standing::Joined => "joined",
                Standing::Closest => "closest",
                Standing::SameTopic => "same topic",
            };
            let score = row.score().map_or_else(String::new, told);
            let reasons = row.counterpart.as_ref().map_or_else(String::new, |c| because(c).join(", "));
            let said = |gloss: &Gloss| match gloss.relation_word() {
                Some(relation) => format!("{} {relation}: {}", gloss.locator(), gloss.line()),
                None => format!("{} {}", gloss.locator(), gloss.line()),
            };
            let glosses: Vec<String> = compared.glosses_on(nth).iter().map(said).collect();
            let topic = compared.topic.name.clone();
            let standing = standing.to_owned();
            let cells = [topic, left, left_text, right, right_text, standing, score, reasons, glosses.join("\n")];
            csv_row(out, &cells)?;
        }
    }
    Ok(())
}

fn csv_row(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    let quoted = |cell: &String| {
        let apostrophe = if cell.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        format!("\"{apostrophe}{}\"", cell.replace('"', "\"\""))
    };
    write!(out, "{}\r\n", cells.iter().map(quoted).collect::<Vec<_>>().join(","))
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    topics: Vec<TopicJson<'a>>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    id: &'a str,
    name: &'a str,
    proposed: bool,
    rows: Vec<RowJson<'a>>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    left: Option<CellJson<'a>>,
    right: Option<CellJson<'a>>,
    /// `null` where one side is, or only the reader saw that they belong together.
    score: Option<f32>,
    /// Whether the reader joined the two.
    joined: bool,
    because: Vec<&'a str>,
    /// What opens the row in Diptych; `null` where that is not wanted, or a text has no name that lasts.
    address: Option<String>,
    #[serde(rename = "remarks")]
    glosses: Vec<GlossJson<'a>>,
}

#[derive(Serialize)]
struct GlossJson<'a> {
    /// `null` for a note.
    relation: Option<Cow<'a, str>>,
    left: Option<u32>,
    right: Option<u32>,
    topic: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct CellJson<'a> {
    #[serde(flatten)]
    passage: PassageJson<'a>,
    /// First and last passage of the treatment.
    from: u32,
    to: u32,
}

impl<'a> CellJson<'a> {
    fn of(text: &'a Text, part: Option<&Part>) -> Option<Self> {
        let Part { treatment, passage } = part?;
        Some(Self { passage: PassageJson::of(text, *passage), from: treatment.from.0, to: treatment.to.0 })
    }
}

/// Writes a comparison as JSON:
/// `{"topics":[{"id","rows":[{"left":{passage,text}|null,"right":…|null,"score","joined","because",
/// "address"|null,"remarks":[{"relation"|null,"left"|null,"right"|null,"topic"|null,"text"}]}]}]}`.
pub(crate) fn write_json(
    out: &mut dyn Write,
    left: &Text,
    right: &Text,
    topics: &[Compared],
    opens: Opens<'_>,
) -> io::Result<()> {
    let topics = topics.iter().map(|c| TopicJson {
        id: c.topic.id.as_str(),
        name: &c.topic.name,
        proposed: c.proposed,
        rows: (0..c.rows.len()).map(|nth| row_json([left, right], &c.rows[nth], c.glosses_on(nth), opens)).collect(),
    });
    line(out, &ComparisonJson { topics: topics.collect() })
}

fn row_json<'a>(
    [left, right]: [&'a Text; 2],
    row: &'a SynopsisRow,
    glosses: &'a [Gloss],
    opens: Opens<'_>,
) -> RowJson<'a> {
    let gloss = |gloss: &'a Gloss| GlossJson {
        relation: gloss.relation_word(),
        left: gloss.left.map(|p| p.0),
        right: gloss.right.map(|p| p.0),
        topic: gloss.topic.as_ref().map(TopicId::as_str),
        text: &gloss.words,
    };
    RowJson {
        left: CellJson::of(left, row.left.as_ref()),
        right: CellJson::of(right, row.right.as_ref()),
        score: row.score().map(rounded),
        joined: row.joined.is_some(),
        because: row.counterpart.as_ref().map(because).unwrap_or_default(),
        address: opens.pair(row.passage(Side::Left), row.passage(Side::Right)),
        glosses: glosses.iter().map(gloss).collect(),
    }
}
