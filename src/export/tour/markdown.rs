//! The handout of a tour as Markdown: the two passages of each stop one below the other.

use std::io::{self, Write};

use super::TourSheet;
use crate::export::enclosed::enclosed;
use crate::export::handout::markdown::{line, quoted};
use crate::export::harmless;
use crate::export::made_here::SIGNED;

/// How many levels of headings stand above a remark.
const HEADINGS: usize = 2;

/// Writes it; `remarks` says whether the leader's remarks are in it.
pub(crate) fn write(out: &mut dyn Write, sheet: &TourSheet<'_>, remarks: bool) -> io::Result<()> {
    writeln!(out, "{SIGNED}\n")?;
    writeln!(out, "# {}\n\n{}.", line(sheet.called()), sheet.extent())?;
    for source in &sheet.sources {
        write!(out, "\n- {}", line(source))?;
    }
    writeln!(out)?;
    for (at, (stop, time)) in sheet.timed().enumerate() {
        let time = if time.is_empty() { time } else { format!(" ({time})") };
        writeln!(out, "\n## {}. {}{time}", at + 1, line(&stop.name))?;
        if remarks && !stop.remark.trim().is_empty() {
            writeln!(out, "\n{}", enclosed(&harmless::markdown(stop.remark.trim()), at + 1, HEADINGS))?;
        }
        if let Some(address) = &stop.address {
            writeln!(out, "\n[In Diptych]({address}).")?;
        }
        for passage in &stop.passages {
            let Some(passage) = passage else {
                writeln!(out, "\nThe other text is silent on this.")?;
                continue;
            };
            writeln!(out, "\n**{}**{}{}\n", line(&passage.title), passage.number(", "), line(&passage.since()))?;
            match passage.block {
                Some((text, block)) => quoted(out, text, text.with_announced(block))?,
                None => writeln!(out, "> {}", line(&passage.words))?,
            }
        }
    }
    Ok(())
}
