//! Notes as Markdown: by topic, the passages first, then the reader's words as they are.

use std::io::{self, Write};

use super::{Exported, NotesOut, TargetSpot};
use crate::export::enclosed::enclosed;
use crate::export::handout::markdown::{line, slug};
use crate::export::harmless;
use crate::export::made_here::SIGNED;
use crate::note::stamp::Stamp;
use crate::text::clean::without_unseen;

/// How many levels of headings stand above a note.
const HEADINGS: usize = 2;

/// Writes them.
pub(crate) fn write(out: &mut dyn Write, notes: &NotesOut<'_>) -> io::Result<()> {
    writeln!(out, "{SIGNED}\n\n# Notes")?;
    let (count, names) = notes.about();
    if !names.is_empty() {
        let names: Vec<String> = names.into_iter().map(|name| format!("*{}*", line(name))).collect();
        writeln!(out, "\n{count} on {}", names.join(", "))?;
    }
    let groups = notes.by_topic();
    let heading = |name: &Option<String>| name.clone().unwrap_or_else(|| "Without a topic".to_owned());
    if groups.len() > 1 {
        writeln!(out)?;
        for (name, group) in &groups {
            let name = heading(name);
            writeln!(out, "- [{}](#{}) ({})", line(&name), slug(&name), group.len())?;
        }
    }
    let mut number = 0;
    for (name, group) in &groups {
        writeln!(out, "\n## {}", line(&heading(name)))?;
        for (nth, note) in group.iter().enumerate() {
            if nth > 0 {
                writeln!(out, "\n***")?;
            }
            number += 1;
            one(out, notes, note, number)?;
        }
    }
    Ok(())
}

fn one(out: &mut dyn Write, notes: &NotesOut<'_>, note: &Exported<'_>, number: usize) -> io::Result<()> {
    for spot in &note.spots {
        writeln!(out)?;
        for (nth, row) in without_unseen(spot.target.anchor.exact.trim()).lines().enumerate() {
            let gap = if nth > 0 { ">\n" } else { "" };
            writeln!(out, "{gap}{}", format!("> {}", line(row.trim())).trim_end())?;
        }
        let gap = if spot.target.anchor.exact.trim().is_empty() { "" } else { ">\n" };
        writeln!(out, "{gap}> — {}", cited(notes, spot))?;
    }
    let words = note.note.body.trim_end().trim_start_matches('\n');
    if !words.is_empty() {
        writeln!(out, "\n{}", enclosed(&harmless::markdown(words), number, HEADINGS))?;
    }
    let tags = note.note.listed_tags.iter().map(|tag| format!("#{}", line(tag)));
    let author = note.note.author.as_deref().map(line);
    let address = notes.address(note).map(|address| format!("[in Diptych]({address})"));
    let last = author.into_iter().chain(note.note.created.map(Stamp::day)).chain(tags).chain(address);
    let last: Vec<String> = last.collect();
    if !last.is_empty() {
        writeln!(out, "\n{}", last.join(" "))?;
    }
    Ok(())
}

fn cited(notes: &NotesOut<'_>, spot: &TargetSpot<'_>) -> String {
    // The title stands in stars, and only these are meant.
    let citation = match spot.citation(notes.sources).split('*').collect::<Vec<_>>().as_slice() {
        [before, title, after] => format!("{}*{}*{}", line(before), line(title), line(after)),
        all => line(&all.join("*")),
    };
    spot.caution().map_or(citation.clone(), |caution| format!("{citation} ({caution})"))
}
