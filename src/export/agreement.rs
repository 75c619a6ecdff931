//! `diptych links --agreement`: how far several readers agree, and where they differ.

use std::io::{self, Write};

use crate::link::agreement::Agreement;
use crate::study::agreed::{Judged, in_words, is_disputed};

/// Writes it: a line for relations, one for treatments, and one for each unit on which readers differ.
pub(crate) fn write(out: &mut dyn Write, judged: &Judged) -> io::Result<()> {
    let readers: Vec<&str> = judged.readers().into_iter().collect();
    match readers.as_slice() {
        [] => {
            return writeln!(
                out,
                "nobody has judged anything of these two texts under a name; `author` in config.toml gives yours"
            );
        }
        [one] => return writeln!(out, "only {one} has judged these two texts; agreement takes two"),
        all => writeln!(out, "{} readers: {}", all.len(), all.join(", "))?,
    }
    write_alpha(out, "relations ", judged.on_relations(), "pair", "pairs of passages")?;
    write_alpha(out, "treatments", judged.on_treatments(), "topic of a text", "topics of texts")?;
    let pairs = judged.pairs.iter().filter(|(_, said)| is_disputed(said));
    let pairs = pairs.map(|((left, right), said)| format!("¶{left} ⇄ ¶{right}  {}", in_words(said)));
    let treatments = judged.treatments.iter().filter(|(_, said)| is_disputed(said));
    let treatments = treatments.map(|((text, topic), said)| format!("{topic} in {text}  {}", in_words(said)));
    let differing: Vec<String> = pairs.chain(treatments).collect();
    if !differing.is_empty() {
        writeln!(out, "\nThey differ on:")?;
    }
    differing.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    writeln!(
        out,
        "\nKrippendorff's alpha for nominal values: 1 is full agreement, 0 what chance gives (K. Krippendorff, Computing \
         Krippendorff's Alpha-Reliability, 2011, section C)."
    )
}

fn write_alpha(out: &mut dyn Write, of: &str, found: Agreement, unit: &str, units: &str) -> io::Result<()> {
    let counted = match found.units {
        0 => format!("no {unit} that two of them judged"),
        1 => format!("1 {unit} that at least two of them judged"),
        n => format!("{n} {units} that at least two of them judged"),
    };
    match found.alpha {
        Some(alpha) => writeln!(out, "{of}  alpha {alpha:.2}, {counted}"),
        None if found.units > 0 => writeln!(out, "{of}  no alpha: all say the same of {counted}"),
        None => writeln!(out, "{of}  no alpha: {counted}"),
    }
}
