//! `diptych cards`: the reader's contrasts as flash cards.

use anyhow::{Result, bail};

use super::args::linking::Cards;
use super::ending::{Ending, say_all};
use super::files;
use super::texts::{once, read_both, wholes};
use crate::export::cards::{Which, cards, write};
use crate::library::Library;
use crate::study::comparison::Named;

/// Runs it.
pub(super) fn run(library: &Library, asked: &Cards) -> Result<Ending> {
    wholes(library, "cards", &[&asked.left, &asked.right])?;
    once(library, &[&asked.left, &asked.right])?;
    files::may_write(library, &asked.output, &[&asked.left, &asked.right])?;
    let (left, right) = read_both(library, &asked.left, &asked.right)?;
    let (own, faults) = library.own_of(&left.open, &right.open);
    say_all(&faults);
    let which = if asked.all { Which::All } else { Which::Contrasts };
    let cards = cards(&own, which);
    if cards.is_empty() {
        let kind = if asked.all { "" } else { " that contrasts" };
        bail!("there is no link{kind} between the two texts; in the reader, + joins the passages you read");
    }
    let opens = library.opens(&left.open, &right.open);
    let [left, right] = [&left, &right].map(|given| Named { name: given.name(), text: given.text() });
    files::write(library, &asked.output, |out| write(out, left, right, &cards, (&asked.deck, opens)))?;
    Ok(Ending::Done)
}
