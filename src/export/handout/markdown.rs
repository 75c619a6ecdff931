//! The handout as Markdown: the two passages of a row one below the other, each under its text and locator.

use std::io::{self, Write};
use std::ops::Range;

use super::{Handout, Party, SheetPassage};
use crate::export::enclosed::enclosed;
use crate::export::harmless;
use crate::export::made_here::SIGNED;
use crate::import::to_markdown::source_of;
use crate::study::glosses::Gloss;
use crate::study::rows::Standing;
use crate::text::Text;
use crate::text::block::BlockKind;

/// How many levels of headings stand above a gloss.
const HEADINGS: usize = 3;

/// Writes it.
pub(crate) fn write(out: &mut dyn Write, handout: &Handout<'_>) -> io::Result<()> {
    let (left, right) = (&handout.left, &handout.right);
    writeln!(out, "{SIGNED}\n")?;
    writeln!(out, "# {} against {}\n", line(left.named.name), line(right.named.name))?;
    writeln!(out, "- Left: {}\n- Right: {}", line(&left.source), line(&right.source))?;
    if !handout.topics.is_empty() {
        writeln!(out, "\n## Topics\n")?;
        for sheet in &handout.topics {
            writeln!(out, "- [{}](#{})", line(&sheet.topic.name), slug(&sheet.topic.name))?;
        }
    }
    if !handout.silent.is_empty() {
        writeln!(out, "\nNeither text treats: {}.", line(&handout.silent.join(", ")))?;
    }
    let mut glosses = 0;
    for sheet in &handout.topics {
        writeln!(out, "\n## {}", line(&sheet.topic.name))?;
        if !sheet.topic.about.is_empty() {
            writeln!(out, "\n{}", line(&sheet.topic.about))?;
        }
        if sheet.proposed {
            writeln!(out, "\n*Proposed from the texts themselves.*")?;
        }
        for (nth, row) in sheet.rows.iter().enumerate() {
            let locator = |cell: &Option<SheetPassage<'_>>| {
                cell.as_ref().map_or_else(|| "–".to_owned(), |c| format!("¶{}", c.passage))
            };
            let sign = if row.standing == Standing::Joined { '⇔' } else { '⇄' };
            writeln!(out, "\n### {}. {} {sign} {}", nth + 1, locator(&row.left), locator(&row.right))?;
            let why = match row.standing {
                Standing::Alone => None,
                _ => Some(format!("{}.", line(row.why().trim_end_matches('.')))),
            };
            let address = handout.address(row).map(|address| format!("[In Diptych]({address})."));
            let below: Vec<String> = why.into_iter().chain(address).collect();
            if !below.is_empty() {
                writeln!(out, "\n{}", below.join(" "))?;
            }
            for (party, cell) in [(left, &row.left), (right, &row.right)] {
                side(out, party, cell.as_ref())?;
            }
            for gloss in row.glosses {
                glosses += 1;
                said(out, gloss, glosses)?;
            }
        }
    }
    Ok(())
}

fn side(out: &mut dyn Write, party: &Party<'_>, cell: Option<&SheetPassage<'_>>) -> io::Result<()> {
    let name = line(party.named.name);
    let Some(cell) = cell else { return writeln!(out, "\n**{name}**: nothing across from it.") };
    let section = if cell.section.is_empty() { String::new() } else { format!(", {}", line(&cell.section)) };
    let voice = cell.voice.as_ref().map_or(String::new(), |v| format!(" ({})", line(v)));
    writeln!(out, "\n**{name}**, {}{section}{voice}\n", cell.locator())?;
    quoted(out, party.named.text, cell.blocks.clone())
}

/// Blocks of a text as a quotation.
pub(in crate::export) fn quoted(out: &mut dyn Write, text: &Text, blocks: Range<usize>) -> io::Result<()> {
    let first = blocks.start;
    for at in blocks {
        if at > first {
            writeln!(out, ">")?;
        }
        quoted_block(out, text, at)?;
    }
    Ok(())
}

fn quoted_block(out: &mut dyn Write, text: &Text, index: usize) -> io::Result<()> {
    let Some(block) = text.blocks().get(index) else { return Ok(()) };
    let inner = if block.kind == BlockKind::Quotation { "> > " } else { "> " };
    source_of(text, index, block).lines().try_for_each(|row| writeln!(out, "{}", format!("{inner}{row}").trim_end()))
}

/// A note or a link: its words are Markdown already.
fn said(out: &mut dyn Write, gloss: &Gloss, number: usize) -> io::Result<()> {
    let kind = gloss.relation_word().map_or_else(|| "Note".to_owned(), |relation| line(&relation));
    write!(out, "\n**{kind}** ({})", gloss.locator())?;
    let words = gloss.words.trim();
    if words.is_empty() {
        return writeln!(out);
    }
    let words = harmless::markdown(words);
    let words = enclosed(&words, number, HEADINGS);
    // What begins a block needs a row of its own to begin it.
    let begins_block = words.starts_with(['#', '`', '~', '>', '-', '*', '+', '|', '<', ' ']) || words.contains('\n');
    writeln!(out, ":{}{words}", if begins_block { "\n\n" } else { " " })
}

/// One line of plain words as Markdown: nothing in it is markup.
pub(in crate::export) fn line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// What programs make of a heading to link to it: lower case, hyphens for spaces, no punctuation.
pub(in crate::export) fn slug(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
