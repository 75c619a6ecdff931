//! `diptych compare --linear`: two texts topic by topic as labelled passages one after the other, for screen readers
//! and e-mail. No columns, no rules, no sign that has to be seen: every label is words.

use std::io::{self, Write};

use super::columns::wrapped;
use super::json::because;
use crate::layout::cells;
use crate::link::Side;
use crate::study::comparison::{Compared, Named};
use crate::study::glosses::Gloss;
use crate::study::rows::{Standing, SynopsisRow};
use crate::text::passage::PassageNo;

/// Writes a comparison, each line at most `width` columns wide; with `None`, a line for each paragraph.
pub(crate) fn write(
    out: &mut dyn Write,
    left: Named<'_>,
    right: Named<'_>,
    topics: &[Compared],
    width: Option<u16>,
) -> io::Result<()> {
    let mut page = Page { out, width };
    page.paragraph(&format!("Left: {}.", left.name))?;
    page.paragraph(&format!("Right: {}.", right.name))?;
    for compared in topics.iter().filter(|c| !c.rows.is_empty()) {
        let topic = &compared.topic;
        let proposed = if compared.proposed { ", proposed from the texts" } else { "" };
        writeln!(page.out)?;
        page.paragraph(&format!("Topic: {}{proposed}.", topic.name))?;
        if !topic.about.is_empty() {
            page.paragraph(&topic.about)?;
        }
        for (nth, row) in compared.rows.iter().enumerate() {
            page.row(left, right, row, (nth + 1, compared.rows.len()))?;
            compared.glosses_on(nth).iter().try_for_each(|gloss| page.gloss(gloss))?;
        }
    }
    let silent: Vec<&str> = topics.iter().filter(|c| c.rows.is_empty()).map(|c| c.topic.name.as_str()).collect();
    if !silent.is_empty() {
        writeln!(page.out)?;
        page.paragraph(&format!("Neither text treats: {}.", silent.join(", ")))?;
    }
    Ok(())
}

struct Page<'a> {
    out: &'a mut dyn Write,
    width: Option<u16>,
}

impl Page<'_> {
    fn row(
        &mut self,
        left: Named<'_>,
        right: Named<'_>,
        row: &SynopsisRow,
        (nth, of): (usize, usize),
    ) -> io::Result<()> {
        writeln!(self.out)?;
        let reasons = row.counterpart.as_ref().map(because).unwrap_or_default();
        let (standing, reason) = match row.standing() {
            Standing::Alone => ("", ""),
            Standing::Joined => (": joined by hand", "both have"),
            Standing::Closest => (": the closest passages", "because of"),
            Standing::SameTopic => (": on the same topic only", "both have"),
        };
        let reasons = if reasons.is_empty() { String::new() } else { format!(", {reason} {}", reasons.join(", ")) };
        self.paragraph(&format!("Pair {nth} of {of}{standing}{reasons}."))?;
        self.side("Left", left, row.passage(Side::Left))?;
        self.side("Right", right, row.passage(Side::Right))
    }

    fn side(&mut self, side: &str, named: Named<'_>, passage: Option<PassageNo>) -> io::Result<()> {
        let text = named.text;
        let found = passage.and_then(|p| Some((p, text.numbering().block_of(p)?)));
        let Some((passage, block)) = found else { return self.paragraph(&format!("{side}: nothing closest to it.")) };
        let section =
            text.heading_of(block).map_or(String::new(), |h| format!(", in the section {}", text.heading_name(h)));
        let voice = text.cite_voice(block).map_or(String::new(), |v| format!(", {v}"));
        self.paragraph(&format!("{side}, passage {passage}{section}{voice}:"))?;
        text.block_str(block).split('\n').try_for_each(|line| self.paragraph(line))
    }

    fn gloss(&mut self, gloss: &Gloss) -> io::Result<()> {
        let place = gloss.place_in_words();
        let (first, rest) = gloss.words.trim().split_once('\n').unwrap_or((gloss.words.trim(), ""));
        let label = match gloss.relation_word() {
            Some(relation) => format!("Link of {place}: {relation}."),
            None => format!("Note on {place}:"),
        };
        self.paragraph(format!("{label} {first}").trim_end())?;
        rest.lines().filter(|line| !line.trim().is_empty()).try_for_each(|line| self.paragraph(line))
    }

    fn paragraph(&mut self, words: &str) -> io::Result<()> {
        let Some(width) = self.width else {
            let shown: String = cells::cells(words).map(|c| c.shown).collect();
            return writeln!(self.out, "{}", shown.trim_end());
        };
        wrapped(words, width).iter().try_for_each(|row| writeln!(self.out, "{row}"))
    }
}
