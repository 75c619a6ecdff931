//! Words cut at the ends of lines: the printer's hyphen goes, the author's stays.

use super::words::{self, Words};
use crate::import::lines::{Join, Lines};

/// Joins the halves of words, and says how many lines that were.
pub(super) fn join(lines: &mut Lines<'_>) -> usize {
    let cut: Vec<usize> =
        (1..lines.all.len()).filter(|i| lines.all[*i].join == Join::Space && is_cut(lines, *i)).collect();
    if cut.is_empty() {
        return 0;
    }
    let vocabulary = Words::of(lines);
    let mut joined = 0;
    for i in cut {
        let (before, this) = (lines.str(i - 1), lines.str(i));
        let sign = before.chars().next_back().unwrap_or('-');
        if matches!(sign, '—' | '–') || before.ends_with("--") || this.starts_with("--") || this.starts_with('—')
        {
            lines.all[i].join = Join::Glue;
            continue;
        }
        if is_address(before, this) {
            lines.all[i].join = Join::Glue;
            continue;
        }
        let Some((left, right)) = halves(before, this) else { continue };
        lines.all[i].join = Join::Glue;
        joined += 1;
        if sign == '\u{ad}' || !keeps_hyphen(&vocabulary, left, right) {
            lines.all[i - 1].end -= sign.len_utf8() as u32;
        }
    }
    joined
}

/// Whether line `i` goes on with a word, or an address, that the line before has begun.
fn is_cut(lines: &Lines<'_>, i: usize) -> bool {
    let (before, this) = (lines.str(i - 1), lines.str(i));
    // Most lines end with a letter or a common stop: look at their bytes first.
    let last = before.as_bytes().last().copied().unwrap_or(b' ');
    if (last.is_ascii_alphanumeric() || matches!(last, b'.' | b',')) && !this.starts_with(['-', '—']) {
        return false;
    }
    let dash = before.ends_with(['—', '–']) && !before.trim_end_matches(['—', '–']).ends_with(' ');
    let double =
        before.ends_with("--") && !before.ends_with(" --") || this.starts_with("--") && !this.starts_with("-- ");
    let begins_with_dash = this.starts_with('—') && !this.starts_with("— ");
    dash || double || begins_with_dash || is_address(before, this) || halves(before, this).is_some()
}

/// Whether an address goes on from one line to the next.
fn is_address(before: &str, this: &str) -> bool {
    let address = before.rsplit(' ').next().is_some_and(|w| w.contains("://") || w.starts_with("www."));
    let next = this.split(' ').next().unwrap_or("");
    address
        && before.ends_with(['/', '-', '_', '=', '&', '?'])
        && !next.starts_with(char::is_uppercase)
        && !next.is_empty()
}

/// The halves of the word between two lines.
fn halves<'a>(before: &'a str, this: &'a str) -> Option<(&'a str, &'a str)> {
    let stem = before.strip_suffix(['-', '\u{ad}', '\u{2010}'])?;
    let left = stem.rsplit(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').next()?;
    let right = this.split(|c: char| !c.is_alphanumeric()).next()?;
    // "pre- and post-war" has its hyphen for another reason.
    let hanging = matches!(right, "and" | "or" | "to" | "und" | "oder" | "et" | "ou") && left.chars().count() > 2;
    let whole = !left.is_empty() && !right.is_empty() && !hanging;
    whole.then_some((left, right))
}

fn keeps_hyphen(vocabulary: &Words<'_>, left: &str, right: &str) -> bool {
    let shouts = |s: &str| s.chars().count() > 1 && s.chars().all(char::is_uppercase);
    let goes_on = right.starts_with(char::is_lowercase) || shouts(left) && shouts(right);
    if !goes_on || left.ends_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    let whole = format!("{left}{right}");
    let (solid, hyphened) = (vocabulary.count(&whole), vocabulary.count(&format!("{left}-{right}")));
    if solid != hyphened {
        return hyphened > solid;
    }
    // What neither the text nor a list knows may be a compound: its hyphen stays.
    !words::is_listed(&whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(source: &str) -> String {
        let mut lines = Lines::of(source, 0, 0);
        for line in lines.all.iter_mut().skip(1) {
            line.join = Join::Space;
        }
        join(&mut lines);
        let mut out = String::new();
        for line in &lines.all {
            if line.join == Join::Space {
                out.push(' ');
            }
            out.push_str(lines.of_line(line));
        }
        out
    }

    #[test]
    fn the_printers_hyphen_goes_and_the_authors_stays() {
        let cases = [
            ("the compatibil-\nity of it", "the compatibility of it"),
            ("a full-\nblown flower", "a full-blown flower"),
            ("he him-\nself said", "he himself said"),
            ("self-\nmanagement now", "self-management now"),
            ("soviets and sovi-\nets", "soviets and soviets"),
            ("a top-down plan, top-\ndown again", "a top-down plan, top-down again"),
            ("Social-\nDemocratic", "Social-Democratic"),
            ("1914-\n1918", "1914-1918"),
            ("pre- and post-\nwar", "pre- and post-war"),
            ("for pre-\nand after", "for pre- and after"),
            ("the world--in\nshort--\nit is", "the world--in short--it is"),
            ("see https://a.b/c-\nd", "see https://a.b/c-d"),
            ("soft\u{ad}\nness", "softness"),
            ("OR IM-\nPLIED, IMPLIED", "OR IMPLIED, IMPLIED"),
            ("between NATO-\nUSA", "between NATO-USA"),
        ];
        for (source, expected) in cases {
            assert_eq!(joined(source), expected);
        }
    }
}
