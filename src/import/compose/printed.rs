//! Printed lines to paragraphs: by what the page shows of them, their indents, their lengths and their type.

use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::lines::measure::Measure;
use crate::import::lines::print::{OTHER_SIZE, same_size};
use crate::import::lines::{Join, Lines};

/// How line `i` joins the one before it, in a block of lines that ends before `end`; `first` is the first line of the
/// paragraph so far.
pub(super) fn join(lines: &Lines<'_>, i: usize, end: usize, first: usize, measure: Measure) -> Join {
    let (Some(prior), Some(this)) = (lines.setting(i - 1), lines.setting(i)) else { return Join::Space };
    let (before, str) = (lines.str(i - 1), lines.str(i));
    let ends = marks::ends_sentence(before);
    if marks::is_rule(str) || marks::is_rule(before) {
        return Join::Start;
    }
    if prior.mono && this.mono {
        return Join::Break;
    }
    // What the document itself calls a heading is one, in however many lines.
    if prior.heading > 0 || this.heading > 0 {
        return if prior.element == this.element { Join::Space } else { Join::Start };
    }
    // Program text is set in, or ends where prose would go on.
    let (program, prose) = if this.mono { (i, i - 1) } else { (i - 1, i) };
    let set_in = lines.all[program].indent >= lines.all[prose].indent + 2;
    if prior.mono != this.mono && (set_in || measure.would_fit(lines, i - 1, i, 0.0))
        || !same_size(prior.size, this.size)
    {
        return Join::Start;
    }
    // The lines of a heading are as long as its words, and it may be set in the middle.
    if this.size > 1.0 + OTHER_SIZE || prior.bold && this.bold && i - first < 3 {
        return if prior.bold == this.bold && !opens_point(str) { Join::Space } else { Join::Start };
    }
    let short = measure.would_fit(lines, i - 1, i, 0.0);
    if prior.bold != this.bold && short {
        return Join::Start;
    }
    if let Some(mark) = list::opens(str)
        && (mark.is_bullet() || ends || short)
    {
        return Join::Start;
    }
    if list::is_enumerated(str) && (ends || short) && lines.all[i].indent <= lines.all[first].indent {
        return Join::Start;
    }
    let indent = |n: usize| lines.all.get(n).filter(|_| n < end).map(|l| l.indent);
    let (own, start, last) = (lines.all[i].indent, lines.all[first].indent, lines.all[i - 1].indent);
    let begins = marks::begins_sentence(str);
    // A speaker over a speech, a number over a stanza: in the middle, and what follows is not.
    if i - 1 == first && last > own + 4 && short && begins && is_centred(lines, i - 1) {
        return Join::Start;
    }
    // What is set in from both sides stands in the middle too, but its lines begin below each other.
    let level = own.abs_diff(last) <= 1;
    let centred = own > 2 && last > 2 && !level && is_centred(lines, i - 1) && is_centred(lines, i);
    if centred && short {
        return Join::Start;
    }
    // An indent that the next line does not share.
    let steps_in = own > last + 1 && indent(i + 1).is_none_or(|next| next + 1 < own);
    if steps_in && (ends || begins || prior.filled && short) {
        return Join::Start;
    }
    // Where a first line stands in, one that steps in after the end of a sentence is one, though that of the next
    // paragraph follows at once; what hangs below a line that stands out is not.
    let follows_end = measure.indents && ends && begins;
    if own > last + 1 && follows_end && (i - first >= 2 || short) {
        return Join::Start;
    }
    if own >= 2 && own == last && i - 1 == first && follows_end && stands_in(lines, first, end) {
        return Join::Start;
    }
    // One paragraph of one line after another: both are indented, and the line after them is not.
    if own >= 2 && own == last && i - 1 == first && indent(i + 1).is_some_and(|next| next + 1 < own) && short {
        return Join::Start;
    }
    // Lines that hang below their first line; the next first line stands out again.
    if i - first >= 2
        && start <= own + 1
        && last > own + 1
        && lines.all[i - 2].indent.min(last) > own + 1 - u16::from(i - 2 == first)
        || i - first >= 2 && start + 1 < last && own <= start
    {
        return Join::Start;
    }
    // All of it was set in, and this line is not.
    if i - first >= 2 && start > own + 1 && last.abs_diff(start) <= 1 && (ends || short) {
        return Join::Start;
    }
    if !short {
        return Join::Space;
    }
    let spare = |share: f32| measure.would_fit(lines, i - 1, i, measure.full * share);
    let starts = if prior.filled {
        // The edge is filled but at the end of a paragraph.
        ends && begins || spare(0.1) && !marks::continues_sentence(str) || spare(0.3)
    } else if measure.indents {
        ends && begins && spare(0.4)
    } else {
        ends && begins && spare(if measure.blanks { 0.25 } else { 0.12 })
    };
    if starts { Join::Start } else { Join::Space }
}

/// Whether lines that stand in as far as line `at` are first lines: after them a line of prose comes back to where those
/// stand that go on.
fn stands_in(lines: &Lines<'_>, at: usize, end: usize) -> bool {
    const MOST_IN_A_ROW: usize = 24;
    let indent = lines.all[at].indent;
    let after = lines.all[at..end].iter().take(MOST_IN_A_ROW).find(|l| l.indent != indent);
    after.is_some_and(|l| l.indent + 1 < indent)
}

/// `1.2 Title`, `IV. Title`: the next heading, not the next line of this one.
fn opens_point(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit()) && line.split(' ').next().is_some_and(|w| w.contains('.'))
}

/// Whether a line stands in the middle of its column.
pub(super) fn is_centred(lines: &Lines<'_>, i: usize) -> bool {
    let indent = f32::from(lines.all[i].indent);
    lines.setting(i).is_some_and(|s| (s.room - indent).abs() < 2.0 + 0.1 * indent)
}
