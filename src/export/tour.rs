//! The leader's sheet: a whole tour on paper, with remarks, times and both passages in short.

use std::io::{self, Write};

use super::columns::wrapped;
use crate::layout::cells;
use crate::word::sentence::sentences;

/// A stop as the sheet shows it.
#[derive(Debug, Clone, Default)]
pub struct SheetStop {
    /// What it is about.
    pub name: String,
    /// How long it is meant to take.
    pub minutes: Option<u32>,
    /// Who added it.
    pub author: Option<String>,
    /// What the leader wants to say.
    pub remark: String,
    /// The passage of each side; `None` where that text is silent.
    pub passages: [Option<SheetPassage>; 2],
}

/// A passage in short.
#[derive(Debug, Clone, Default)]
pub struct SheetPassage {
    /// The title of its text, and its number.
    pub label: String,
    /// Its words; those it had, where it is not in its text any more.
    pub words: String,
    /// What became of it since, where that matters: "not in the text any more".
    pub state: Option<String>,
}

/// Bytes of a passage that are printed at most; whole sentences, as far as they fit.
const SHORT: usize = 320;
/// Columns of the stop's number and of what stands under it.
const INDENT: u16 = 4;

/// Writes the sheet, `width` columns wide.
pub fn write_text(out: &mut dyn Write, title: &str, stops: &[SheetStop], width: u16) -> io::Result<()> {
    let planned = |stop: &SheetStop| stop.minutes.map_or(0, u64::from);
    let minutes: u64 = stops.iter().map(planned).sum();
    let count = if stops.len() == 1 { "1 stop".to_owned() } else { format!("{} stops", stops.len()) };
    let title = if title.is_empty() { "Tour" } else { title };
    let whole = if minutes > 0 { format!("{count}, {minutes} min") } else { count };
    headline(out, title, &whole, width)?;
    writeln!(out, "{}", "═".repeat(usize::from(width)))?;
    let mut begun = 0;
    for (at, stop) in stops.iter().enumerate() {
        writeln!(out)?;
        let time = stop.minutes.map_or_else(String::new, |m| format!("{begun}–{} min", begun + u64::from(m)));
        begun += planned(stop);
        headline(out, &format!("{:<4}{}", at + 1, stop.name), &time, width)?;
        if let Some(author) = &stop.author {
            indented(out, &format!("by {author}"), INDENT, width)?;
        }
        for paragraph in stop.remark.lines() {
            indented(out, paragraph, INDENT, width)?;
        }
        for (mark, passage) in ["◧", "◨"].into_iter().zip(&stop.passages) {
            let Some(passage) = passage else {
                indented(out, &format!("{mark} (silent)"), INDENT, width)?;
                continue;
            };
            let state = passage.state.as_ref().map_or_else(String::new, |state| format!(", {state}"));
            indented(out, &format!("{mark} {}{state}", passage.label), INDENT, width)?;
            indented(out, &short(&passage.words), INDENT + 2, width)?;
        }
    }
    Ok(())
}

/// Words at the left, and at the right where there is room.
fn headline(out: &mut dyn Write, left: &str, right: &str, width: u16) -> io::Result<()> {
    let room = usize::from(width).saturating_sub(cells::width(left));
    if right.is_empty() || cells::width(right) + 2 > room {
        writeln!(out, "{left}")?;
        return if right.is_empty() { Ok(()) } else { indented(out, right, INDENT, width) };
    }
    writeln!(out, "{left}{}{right}", " ".repeat(room - cells::width(right)))
}

fn indented(out: &mut dyn Write, words: &str, indent: u16, width: u16) -> io::Result<()> {
    for row in wrapped(words, width.saturating_sub(indent).max(16)) {
        writeln!(out, "{:indent$}{row}", "", indent = usize::from(indent))?;
    }
    Ok(())
}

/// As many whole sentences as fit, at least one, and a sign that there is more.
fn short(words: &str) -> String {
    let all = sentences(words);
    let fits = all.iter().take_while(|s| s.end <= SHORT).count().max(1);
    let end = all.get(fits - 1).map_or(words.len(), |s| s.end);
    let cut = words[..end].trim_end();
    let cut = cut.split_whitespace().collect::<Vec<_>>().join(" ");
    if fits < all.len() { format!("{cut} …") } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_has_times_remarks_and_both_passages_at_any_width() {
        let passage =
            |words: &str| Some(SheetPassage { label: "A ¶3".to_owned(), words: words.to_owned(), state: None });
        let long = "One sentence here. ".repeat(60);
        let stops = [
            SheetStop {
                name: "The soviets".to_owned(),
                minutes: Some(6),
                author: None,
                remark: "Ask first.".to_owned(),
                passages: [passage("Words."), passage(&long)],
            },
            SheetStop {
                name: "Recall".to_owned(),
                minutes: Some(4),
                author: None,
                passages: [None, passage("More.")],
                ..Default::default()
            },
        ];
        for width in [20, 40, 100] {
            let mut out = Vec::new();
            write_text(&mut out, "An evening", &stops, width).unwrap();
            let sheet = String::from_utf8(out).unwrap();
            for words in ["An evening", "2 stops, 10 min", "0–6 min", "6–10 min", "Ask first.", "(silent)", "…"] {
                assert!(sheet.contains(words), "{words} at {width}\n{sheet}");
            }
            assert!(sheet.lines().all(|l| cells::width(l) <= usize::from(width.max(22))), "{sheet}");
        }
    }
}
