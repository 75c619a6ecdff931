//! `diptych cards`: the reader's contrasts as flash cards, one side shown, the other to be recalled.
//!
//! The file is what Anki reads as "Notes in Plain Text": tabs between the fields, HTML in them, and a first column of stable
//! ids, so that cards that are imported again are brought up to date and keep their history.

use std::io::{self, Write};

use crate::export::html::{blocks, escaped};
use crate::export::opened::Opens;
use crate::link::judgement::{Judgement, JudgementId, Relation};
use crate::study::comparison::Named;
use crate::study::own::PlacedJudgements;
use crate::text::passage::PassageNo;

/// The deck that cards go into where nobody says another.
pub(crate) const DECK: &str = "Diptych";

/// Which links become cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that contrast.
    Contrasts,
    /// All of them.
    All,
}

/// A link to be learned.
#[derive(Debug)]
pub(crate) struct Card<'a> {
    /// The link.
    pub link: &'a Judgement,
    /// Its passages, left and right.
    pub between: (PassageNo, PassageNo),
}

/// The cards of what was judged of two texts.
pub(crate) fn cards(own: &PlacedJudgements, which: Which) -> Vec<Card<'_>> {
    let meant = |link: &Judgement| which == Which::All || link.relation() == Some(&Relation::Contrasts);
    own.links().filter(|(_, link)| meant(link)).map(|(between, link)| Card { link, between }).collect()
}

/// What the card of a link is called, wherever it is kept.
pub(crate) fn guid(id: &JudgementId) -> String {
    format!("diptych-{id}")
}

/// Writes the cards of two texts as a file for Anki, in a deck of that name, with what opens them in Diptych.
pub(crate) fn write(
    out: &mut dyn Write,
    left: Named<'_>,
    right: Named<'_>,
    cards: &[Card<'_>],
    (deck, opens): (&str, Opens<'_>),
) -> io::Result<()> {
    writeln!(out, "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n#deck:{}", field(deck))?;
    for Card { link, between } in cards {
        let relation = link.relation().map_or("", Relation::word);
        let ask = format!("<p><i>{} — {}: what does it say?</i></p>", escaped(relation), escaped(right.name));
        let front = format!("{}{ask}", side(left, between.0));
        let note = escaped(&link.note).replace('\n', "<br>");
        let note = if note.is_empty() { note } else { format!("<p>{note}</p>") };
        let address = opens.pair(Some(between.0), Some(between.1));
        let address = address
            .map_or_else(String::new, |address| format!("<p><a href=\"{}\">in Diptych</a></p>", escaped(&address)));
        let back = format!("{}{note}{address}", side(right, between.1));
        let topic =
            link.topic.as_ref().map_or_else(String::new, |topic| topic.as_str().replace(char::is_whitespace, "-"));
        writeln!(out, "{}\t{}\t{}\t{}", field(&guid(&link.id)), field(&front), field(&back), field(&topic))?;
    }
    Ok(())
}

/// A passage under the name of its text and its number.
fn side(named: Named<'_>, passage: PassageNo) -> String {
    let at = named.text.numbering().block_of(passage);
    let words = at.map_or_else(String::new, |at| blocks(named.text, named.text.with_announced(at), &[]));
    format!("<p><b>{} ¶{passage}</b></p>{words}", escaped(named.name))
}

/// As it may stand between two tabs: a line end would begin another card.
fn field(words: &str) -> String {
    words.replace(['\t', '\n', '\r'], " ")
}
