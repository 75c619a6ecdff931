//! Paragraphs that the break of a page or of a column has cut in two.

use super::words;
use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::lines::measure::Measure;
use crate::import::lines::print::same_size;
use crate::import::lines::{Join, Lines};

/// A line shorter than this, in bytes, is no line of prose in a text of one paragraph a line.
const SHORTEST: usize = 40;

/// Fewer pages than this show no columns.
const FEWEST_PAGES: usize = 3;

/// Joins what belongs together, and says how many paragraphs were whole again.
pub(super) fn over_breaks(lines: &mut Lines<'_>, measure: Measure) -> usize {
    let mut joined = 0;
    let columns = shows_columns(lines, measure);
    for i in 1..lines.all.len() {
        if lines.all[i].join == Join::Start
            && (lines.all[i].gap > 0 || lines.all[i].page || lines.setting(i).is_some_and(|s| s.head))
            && belongs(lines, i, measure, columns)
        {
            lines.all[i].join = Join::Space;
            joined += 1;
        }
    }
    joined
}

/// Whether the hyphen at the end of a line has cut a word that is known.
fn cut_word(before: &str, this: &str) -> bool {
    let letters = |c: char| !c.is_alphabetic();
    let left = before.trim_end_matches('-').rsplit(letters).next().unwrap_or("");
    let right = this.split(letters).next().unwrap_or("");
    !left.is_empty() && words::is_listed(&format!("{left}{right}").to_lowercase())
}

/// Whether the pages of a plain text were set in columns, one below the other now: page after page a blank line stands
/// where a column ended, within a sentence as often as not. A text without pages explains no blank line so.
fn shows_columns(lines: &Lines<'_>, measure: Measure) -> bool {
    if lines.print.is_some() || !measure.wrapped {
        return false;
    }
    let (mut pages, mut cut, mut here) = (1, 0, 0);
    for i in 1..lines.all.len() {
        if lines.all[i].page {
            (pages, here) = (pages + 1, 0);
        } else if here < 2 && is_column_end(lines, i) {
            (cut, here) = (cut + 1, here + 1);
        }
    }
    pages >= FEWEST_PAGES && cut >= FEWEST_PAGES && cut * 4 >= pages
}

/// Whether a blank line before line `i` stands within a sentence, between lines that stand below each other.
fn is_column_end(lines: &Lines<'_>, i: usize) -> bool {
    let (prior, line) = (&lines.all[i - 1], &lines.all[i]);
    let (before, this) = (lines.str(i - 1), lines.str(i));
    line.gap > 0
        && prior.indent == line.indent
        && marks::continues_sentence(this)
        && !marks::ends_sentence(before)
        && marks::last_sign(before).is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '—' | '–'))
}

fn belongs(lines: &Lines<'_>, i: usize, measure: Measure, columns: bool) -> bool {
    let (before, this) = (lines.str(i - 1), lines.str(i));
    let line = &lines.all[i];
    let breaks = line.page || lines.setting(i).is_some_and(|s| s.head);
    if let (Some(above), Some(below)) = (lines.setting(i - 1), lines.setting(i))
        && (!same_size(above.size, below.size) || above.mono || below.mono || above.heading != below.heading)
    {
        return false;
    }
    let kept = |join: Join| matches!(join, Join::Break | Join::Row);
    let verse = kept(lines.all[i - 1].join) || lines.all.get(i + 1).is_some_and(|n| kept(n.join));
    if verse
        || list::opens(this).is_some()
        || list::is_enumerated(this)
        || marks::is_rule(before)
        || marks::is_rule(this)
    {
        return false;
    }
    // What the document itself calls one paragraph is one.
    if let (Some(above), Some(below)) = (lines.setting(i - 1), lines.setting(i))
        && breaks
        && above.element > 0
        && above.element == below.element
    {
        return true;
    }
    let ends = marks::ends_sentence(before);
    let last = marks::last_sign(before);
    // A blank line ends a paragraph, unless a page or a column ends there, or it stands within a word, which no paragraph does.
    let within_word = last == Some('-') && marks::continues_sentence(this) && cut_word(before, this);
    // In print a tall letter sets a line off a little; where that line was full and its sentence goes on, no paragraph ended.
    let set_off = lines.print.is_some()
        && line.gap == 1
        && !ends
        && marks::continues_sentence(this)
        && !measure.would_fit(lines, i - 1, i, 0.0);
    let explained = breaks || within_word || set_off || columns && is_column_end(lines, i);
    if !explained {
        return false;
    }
    if !measure.wrapped {
        let prose =
            before.len() >= SHORTEST && last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | ',' | '—' | '–'));
        return !ends && prose && marks::continues_sentence(this);
    }
    let full = !measure.would_fit(lines, i - 1, i, 0.0);
    if !ends && marks::continues_sentence(this) {
        return full
            || breaks
            || last.is_some_and(|c| c.is_alphanumeric() || c == '-')
                && measure.width(lines, i - 1) > measure.full * 0.5;
    }
    if !breaks || !full {
        return false;
    }
    let next = lines.all.get(i + 1).filter(|n| n.join != Join::Start);
    // A heading at the top of a page stands alone.
    if next.is_none() && measure.width(lines, i) < measure.full * 0.8 && !marks::ends_sentence(this) {
        return false;
    }
    if !ends {
        return last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '—' | '–'));
    }
    // A sentence may end where the page does. Then the next page shows by its first line whether a paragraph begins.
    if measure.indents {
        return line.indent <= 1;
    }
    // Where lines are filled to a printed edge, one in a hundred paragraphs ends at it; one sentence in ten does.
    if lines.print.is_some() {
        return true;
    }
    let Some(_) = next.filter(|_| !measure.blanks) else { return false };
    let shown = measure.width(lines, i);
    shown > if measure.first > 0.0 { measure.first * 1.005 } else { measure.full * 0.955 }
}
