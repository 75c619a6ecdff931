//! Notes as Markdown: by topic, the passages first, then the reader's words as they are.

use std::io::{self, Write};

use super::{Exported, Notes, Spot};
use crate::export::handout::markdown::{line, slug};

/// Writes them.
pub fn write(out: &mut dyn Write, notes: &Notes<'_>) -> io::Result<()> {
    writeln!(out, "# Notes")?;
    let groups = notes.by_topic();
    let heading = |name: &Option<String>| name.clone().unwrap_or_else(|| "Without a topic".to_owned());
    if groups.len() > 1 {
        writeln!(out)?;
        for (name, group) in &groups {
            let name = heading(name);
            writeln!(out, "- [{}](#{}) ({})", line(&name), slug(&name), group.len())?;
        }
    }
    for (name, group) in &groups {
        writeln!(out, "\n## {}", line(&heading(name)))?;
        for (nth, note) in group.iter().enumerate() {
            if nth > 0 {
                writeln!(out, "\n***")?;
            }
            one(out, notes, note)?;
        }
    }
    Ok(())
}

fn one(out: &mut dyn Write, notes: &Notes<'_>, note: &Exported<'_>) -> io::Result<()> {
    for spot in &note.spots {
        writeln!(out)?;
        for row in spot.target.anchor.exact.trim().lines() {
            writeln!(out, "{}", format!("> {}", line(row.trim())).trim_end())?;
        }
        writeln!(out, ">\n> — {}", cited(notes, spot))?;
    }
    let words = note.note.body.trim();
    if !words.is_empty() {
        writeln!(out, "\n{words}")?;
    }
    if !note.note.listed_tags.is_empty() {
        let tags: Vec<String> = note.note.listed_tags.iter().map(|t| format!("#{}", line(t))).collect();
        writeln!(out, "\n{}", tags.join(" "))?;
    }
    Ok(())
}

fn cited(notes: &Notes<'_>, spot: &Spot<'_>) -> String {
    // The title stands in stars, and only these are meant.
    let citation = match spot.citation(notes.sources).split('*').collect::<Vec<_>>().as_slice() {
        [before, title, after] => format!("{}*{}*{}", line(before), line(title), line(after)),
        all => line(&all.join("*")),
    };
    spot.caution().map_or(citation.clone(), |caution| format!("{citation} ({caution})"))
}
