//! `diptych compare --format html|markdown`: a comparison on paper, to be handed out in a seminar.
//!
//! [`Handout`] is what is on it: for each topic its rows, left against right, with locators, reasons, what the leader
//! has written to them, and room for notes. [`html`] makes one page of it that needs nothing but itself, [`markdown`]
//! plain text for notes and wikis.

pub mod html;
pub(crate) mod markdown;

use std::borrow::Cow;
use std::ops::Range;

use crate::export::json::because;
use crate::export::opened::Opens;
use crate::export::page;
use crate::export::reference::Reference;
use crate::export::reference::person::Person;
use crate::study::comparison::{Compared, Named};
use crate::study::glosses::Gloss;
use crate::study::rows::{Part, Standing};
use crate::text::meta::Meta;
use crate::text::passage::PassageNo;
use crate::text::voice::Voice;
use crate::topic::codebook::Topic;
use crate::topic::coverage::TopicCoverage;

/// A comparison as it is handed out.
#[derive(Debug)]
pub struct Handout<'a> {
    /// The left text.
    pub left: Party<'a>,
    /// The right text.
    pub right: Party<'a>,
    /// The topics that at least one of them treats.
    pub topics: Vec<Sheet<'a>>,
    /// The names of those that neither treats.
    pub silent: Vec<&'a str>,
    /// What opens the two texts in Diptych.
    pub opens: Opens<'a>,
}

/// A text of the comparison.
#[derive(Debug)]
pub struct Party<'a> {
    /// The text and what it is called.
    pub named: Named<'a>,
    /// Author, title, date, address, as a source is named at the foot of a page.
    pub source: String,
    /// Its language as BCP 47.
    pub language: String,
}

/// A topic with its rows.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// The topic.
    pub topic: &'a Topic,
    /// Whether it was proposed from the texts.
    pub proposed: bool,
    /// Its rows.
    pub rows: Vec<SheetRow<'a>>,
}

/// Two passages across from each other, or one alone.
#[derive(Debug)]
pub struct SheetRow<'a> {
    /// The left passage; `None` where no treatment of the left text is across from the right one.
    pub left: Option<SheetPassage<'a>>,
    /// The right passage.
    pub right: Option<SheetPassage<'a>>,
    /// Why they are across from each other.
    pub standing: Standing,
    /// What joins them, in the words of the left passage.
    pub because: Vec<&'a str>,
    /// What the leader has written to it, as far as it is handed out.
    pub glosses: &'a [Gloss],
}

/// A passage on the page.
#[derive(Debug)]
pub struct SheetPassage<'a> {
    /// Its number.
    pub passage: PassageNo,
    /// Its block in the text, and those it announces that are in no cell of the sheet by themselves.
    pub blocks: Range<usize>,
    /// The first and last passage of the treatment it stands for.
    pub treatment: (PassageNo, PassageNo),
    /// The heading it stands under; empty where there is none.
    pub section: Cow<'a, str>,
    /// Whose words it is, where it is not simply the author.
    pub voice: Option<String>,
    /// Where the topic is mentioned, in bytes of the block.
    pub mentions: Vec<Range<usize>>,
}

impl SheetRow<'_> {
    /// Why the two are across from each other; empty where one is alone.
    pub fn why(&self) -> String {
        let because = self.because.join(", ");
        match (self.standing, self.because.is_empty()) {
            (Standing::Alone, _) => String::new(),
            (Standing::Joined, _) => "Joined by hand.".to_owned(),
            (Standing::Closest, true) => "Closest.".to_owned(),
            (Standing::Closest, false) => format!("Closest, because of: {because}"),
            (Standing::SameTopic, true) => "On the same topic only.".to_owned(),
            (Standing::SameTopic, false) => format!("On the same topic only; both have: {because}"),
        }
    }
}

impl<'a> Handout<'a> {
    /// The handout of a comparison.
    pub fn of(left: Named<'a>, right: Named<'a>, compared: &'a [Compared]) -> Self {
        let sheets = compared.iter().filter(|c| !c.rows.is_empty()).map(|c| Sheet {
            topic: &c.topic,
            proposed: c.proposed,
            rows: told_once(
                c.rows
                    .iter()
                    .enumerate()
                    .map(|(nth, row)| SheetRow {
                        left: row.left.as_ref().and_then(|part| SheetPassage::of(left, &c.held.left, part)),
                        right: row.right.as_ref().and_then(|part| SheetPassage::of(right, &c.held.right, part)),
                        standing: row.standing(),
                        because: row.counterpart.as_ref().map(because).unwrap_or_default(),
                        glosses: c.glosses_on(nth),
                    })
                    .collect(),
            ),
        });
        Self {
            left: Party::of(left),
            right: Party::of(right),
            topics: sheets.collect(),
            silent: compared.iter().filter(|c| c.rows.is_empty()).map(|c| c.topic.name.as_str()).collect(),
            opens: Opens::default(),
        }
    }

    /// The same with addresses that open its rows.
    #[must_use]
    pub fn opened(self, opens: Opens<'a>) -> Self {
        Self { opens, ..self }
    }

    /// The address that opens a row.
    fn address(&self, row: &SheetRow<'_>) -> Option<String> {
        let passage = |cell: &Option<SheetPassage<'_>>| cell.as_ref().map(|cell| cell.passage);
        self.opens.pair(passage(&row.left), passage(&row.right))
    }
}

/// The rows of a sheet, in which nothing that a passage announces is shown where it has a row of its own.
fn told_once(mut rows: Vec<SheetRow<'_>>) -> Vec<SheetRow<'_>> {
    let first = |cell: &Option<SheetPassage<'_>>| cell.as_ref().map(|cell| cell.blocks.start);
    let left: Vec<usize> = rows.iter().filter_map(|row| first(&row.left)).collect();
    let right: Vec<usize> = rows.iter().filter_map(|row| first(&row.right)).collect();
    for row in &mut rows {
        for (cell, own) in [(&mut row.left, &left), (&mut row.right, &right)] {
            let Some(cell) = cell else { continue };
            let begun = cell.blocks.start + 1;
            cell.blocks.end = (begun..cell.blocks.end).find(|at| own.contains(at)).unwrap_or(cell.blocks.end);
        }
    }
    rows
}

impl<'a> Party<'a> {
    fn of(named: Named<'a>) -> Self {
        let source = source(named.text.meta(), named.name);
        Self { named, source, language: page::language(named.text).into_owned() }
    }
}

impl<'a> SheetPassage<'a> {
    fn of(named: Named<'a>, coverage: &TopicCoverage, part: &Part) -> Option<Self> {
        let Part { treatment, passage } = part;
        let text = named.text;
        let block = text.numbering().block_of(*passage)?;
        Some(Self {
            passage: *passage,
            blocks: text.with_announced(block),
            treatment: (treatment.from, treatment.to),
            section: text.heading_of(block).map_or(Cow::Borrowed(""), |h| text.heading_name(h)),
            voice: text.voice_of(block).map(Voice::short),
            mentions: coverage.mentions_in(block).iter().map(crate::topic::matcher::Mention::range).collect(),
        })
    }

    /// `¶14`, and where it stands for more, `¶14 of ¶13–16`.
    pub fn locator(&self) -> String {
        let (from, to) = self.treatment;
        if from == to { format!("¶{}", self.passage) } else { format!("¶{} of ¶{from}–{to}", self.passage) }
    }
}

/// A text as a source is named: `Lars T. Lih, Power to the Soviets, August 18, 2014, https://…`.
pub fn source(meta: &Meta, name: &str) -> String {
    let reference = Reference::of(meta, name);
    let author = |p: &Person| p.in_full();
    let authors: Vec<String> = reference.authors.iter().map(author).collect();
    let parts = [Some(authors.join(", ")), Some(reference.title), meta.date.clone(), reference.url];
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
