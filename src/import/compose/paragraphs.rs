//! Lines to paragraphs: how each line joins the one before it.

use super::apart::Habit;
use super::layout::{self, Layout, WholeText};
use super::printed;
use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::lines::measure::Measure;
use crate::import::lines::width::Metric;
use crate::import::lines::{Join, Line, Lines};

/// Lines of verse, of an address or of a table of contents are at most this wide.
const WIDEST_VERSE: usize = 90;

/// Sets how each line joins the one before, and measures the prose among the lines once more, without what is laid out.
pub(in crate::import) fn divide(lines: &mut Lines<'_>, measure: Measure) -> Measure {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.all.len() {
        let end = block_end(lines, at);
        blocks.push((at, end));
        at = end;
    }
    if lines.print.is_some() {
        let capitals = Capitals::of(lines, &blocks);
        for (at, end) in &blocks {
            // A heading may stand near its verse.
            let plain = (*at..*end).rev().take_while(|i| is_plain(lines, *i)).last().unwrap_or(*end);
            let from = after_speaker(lines, plain, *end, measure);
            if capitals.make_lines(lines, from, *end) {
                if from > *at {
                    divide_block(lines, *at, from, measure, 0.0);
                }
                lines.all[from].join = Join::Start;
                lines.all[from + 1..*end].iter_mut().for_each(|l| l.join = Join::Break);
            } else {
                divide_block(lines, *at, *end, measure, 0.0);
            }
        }
        join_couplets(lines, &blocks);
        return measure;
    }
    let set = Some(measure).filter(|m| m.wrapped && m.metric == Metric::Face);
    let by_itself = WholeText { set, text: None };
    let first: Vec<Layout> = blocks.iter().map(|(at, end)| layout::of(lines, *at, *end, by_itself)).collect();
    let long = |(at, end): &(usize, usize)| if end - at >= 3 { end - at } else { 0 };
    let all: usize = blocks.iter().map(long).sum();
    let by_lines = |l: &Layout| matches!(l, Layout::Lines | Layout::Sentences);
    let laid_out: usize = blocks.iter().zip(&first).filter(|(_, l)| by_lines(l)).map(|(b, _)| long(b)).sum();
    let several: Vec<(usize, usize)> = blocks.iter().copied().filter(|(at, end)| end - at >= 3).collect();
    let stanzas = layout::are_stanzas(lines, &several);
    let prose = || blocks.iter().zip(&first).filter(|(_, l)| **l == Layout::Prose).map(|(block, _)| *block);
    let habit = Habit::of(lines, stanzas || laid_out * 9 >= all * 4 && all > 0, prose());
    let measure = if laid_out * 8 > all {
        let rows = prose().flat_map(|(at, end)| lines.all[at..end].iter().copied()).collect();
        Measure::of(&Lines { all: rows, ..*lines })
    } else {
        measure
    };
    let page = if measure.wrapped { 0.0 } else { page_width(lines, &blocks) };
    for ((at, end), first) in blocks.into_iter().zip(first) {
        // What shows little by itself is looked at beside the rest of the text.
        let again = end - at <= 3 || habit.lines || matches!(first, Layout::Prose | Layout::Sentences);
        let layout = match again {
            _ if stanzas && end - at >= 3 => Layout::Lines,
            true => layout::of(lines, at, end, WholeText { set, text: Some((habit, measure)) }),
            false => first,
        };
        match layout {
            Layout::Prose | Layout::Lines if is_bracketed(lines, at, end) => {
                lines.all[at].join = Join::Start;
                for i in at + 1..end {
                    lines.all[i].join = Join::Space;
                }
            }
            Layout::Prose => divide_block(lines, at, end, measure, page),
            Layout::Columns => lines.all[at + 1..end].iter_mut().for_each(|l| l.join = Join::Row),
            Layout::Sentences => lines.all[at..end].iter_mut().for_each(|l| l.join = Join::Start),
            Layout::Items if are_stanzas_with_numbers(lines, at, end, measure) => lay_out(lines, at, end),
            Layout::Items => {
                for i in at + 1..end {
                    let dense = marks::is_dense(lines.str(i - 1), lines.str(i));
                    let goes_on = if dense { Join::Glue } else { Join::Space };
                    lines.all[i].join = if list::opens(lines.str(i)).is_some() { Join::Start } else { goes_on };
                }
            }
            Layout::Hanging => {
                let margin = lines.all[at].indent;
                for i in at + 1..end {
                    lines.all[i].join = if lines.all[i].indent == margin { Join::Start } else { Join::Space };
                }
            }
            Layout::Lines if is_centred(lines, at, end) => {}
            Layout::Lines => lay_out(lines, at, end),
        }
    }
    measure
}

/// How the lines of printed blocks begin that go on within a sentence: nearly all with a capital, and they are lines of
/// verse; some, and they are prose.
#[derive(Debug, Clone, Copy, Default)]
struct Capitals {
    open: usize,
    capital: usize,
}

impl Capitals {
    /// Fewer breaks within sentences show nothing.
    const FEWEST: usize = 12;

    fn of(lines: &Lines<'_>, blocks: &[(usize, usize)]) -> Self {
        let mut all = Self::default();
        for (at, end) in blocks {
            let own = Self::of_block(lines, *at, *end);
            (all.open, all.capital) = (all.open + own.open, all.capital + own.capital);
        }
        all
    }

    fn of_block(lines: &Lines<'_>, at: usize, end: usize) -> Self {
        let mut own = Self::default();
        for i in (at + 1..end).filter(|i| is_plain(lines, *i) && is_plain(lines, *i - 1)) {
            let (before, this) = (lines.str(i - 1), lines.str(i));
            let first = this.chars().find(|c| c.is_alphabetic());
            // Letters without case, or of one case, say nothing.
            let cased =
                this.contains(char::is_lowercase) && first.is_some_and(|c| c.is_lowercase() || c.is_uppercase());
            if cased && !marks::ends_sentence(before) && !before.contains("....") && list::opens(this).is_none() {
                own.open += 1;
                own.capital += usize::from(first.is_some_and(char::is_uppercase));
            }
        }
        own
    }

    /// Whether the lines of a block are lines of verse, in a text that begins so many of them with a capital.
    fn make_lines(self, lines: &Lines<'_>, at: usize, end: usize) -> bool {
        if self.open < Self::FEWEST || self.capital * 2 < self.open || end - at < 2 {
            return false;
        }
        let plain = (at..end).all(|i| is_plain(lines, i) && list::opens(lines.str(i)).is_none());
        let widest = (at..end).map(|i| (lines.all[i].end - lines.all[i].start) as usize).max().unwrap_or(0);
        let own = Self::of_block(lines, at, end);
        let enough = own.open >= 3 || self.capital * 5 >= self.open * 4 && own.open >= 1;
        plain && widest <= WIDEST_VERSE && enough && own.capital == own.open
    }
}

/// Set as most of the text is: neither program text nor bold, large, of a table or a heading.
fn is_plain(lines: &Lines<'_>, i: usize) -> bool {
    lines.setting(i).is_some_and(|s| !s.mono && !s.bold && s.size < 1.08 && !s.table && s.heading == 0)
}

/// The second line of a block where the first stands further in, and ends where the next word would have found room: who
/// speaks, over verse.
fn after_speaker(lines: &Lines<'_>, at: usize, end: usize, measure: Measure) -> usize {
    const LONGEST: u32 = 40;
    let [first, second, ..] = &lines.all[at..end] else { return at };
    let over = first.end - first.start <= LONGEST
        && first.indent > second.indent + 4
        && measure.would_fit(lines, at, at + 1, 0.0)
        && !lines.str(at).ends_with([',', ';', '-', '—'])
        && marks::begins_sentence(lines.str(at + 1));
    if over { at + 1 } else { at }
}

/// A stanza of two lines beside a longer one, in the same place, is one too.
fn join_couplets(lines: &mut Lines<'_>, blocks: &[(usize, usize)]) {
    let is_stanza = |lines: &Lines<'_>, (at, end): (usize, usize)| {
        end - at >= 2 && is_plain(lines, at) && lines.all[at + 1..end].iter().all(|l| l.join == Join::Break)
    };
    for (n, (at, end)) in blocks.iter().copied().enumerate() {
        let beside = [n.checked_sub(1), Some(n + 1)].into_iter().flatten().filter_map(|n| blocks.get(n).copied());
        let level = |a: usize| lines.all[a].indent.abs_diff(lines.all[at].indent) <= 1;
        if end - at == 2
            && is_plain(lines, at)
            && is_plain(lines, at + 1)
            && level(at + 1)
            && marks::begins_line(lines.str(at + 1))
            && list::opens(lines.str(at + 1)).is_none()
            && beside.into_iter().any(|b| level(b.0) && is_stanza(lines, b))
        {
            lines.all[at + 1].join = Join::Break;
        }
    }
}

/// Verse: each line is a line; in a long stretch of it a line that is set in begins a paragraph of verse.
fn lay_out(lines: &mut Lines<'_>, at: usize, end: usize) {
    let steps_in = |i: usize| {
        let indent = |n: usize| lines.all.get(n).filter(|_| n < end).map_or(0, |l| l.indent);
        indent(i) > indent(i - 1) + 1 && indent(i) > indent(i + 1) + 1 && marks::ends_sentence(lines.str(i - 1))
    };
    let paragraphs: Vec<usize> = (at + 1..end.saturating_sub(1)).filter(|i| steps_in(*i)).collect();
    let few = end - at >= 12 && paragraphs.len() * 6 <= end - at;
    for i in at + 1..end {
        lines.all[i].join = if few && paragraphs.binary_search(&i).is_ok() { Join::Start } else { Join::Break };
    }
}

/// Where the run of lines that begins at `at` meets a blank line or the end of a page or a column.
fn block_end(lines: &Lines<'_>, at: usize) -> usize {
    let breaks = |i: &usize| {
        let line = &lines.all[*i];
        line.gap > 0 || line.page || lines.setting(*i).is_some_and(|s| s.head)
    };
    (at + 1..lines.all.len()).find(breaks).unwrap_or(lines.all.len())
}

/// `page`: the width that the lines of a text fill which is not broken evenly; 0 where there is none.
fn divide_block(lines: &mut Lines<'_>, at: usize, end: usize, measure: Measure, page: f32) {
    lines.all[at].join = Join::Start;
    if end - at < 2 {
        return;
    }
    if lines.setting(at).is_some_and(|s| s.table) {
        lines.all[at + 1..end].iter_mut().for_each(|l| l.join = Join::Row);
        return;
    }
    if lines.print.is_some() && !is_print_verse(lines, at, end, measure) {
        let mut first = at;
        for i in at + 1..end {
            lines.all[i].join = printed::join(lines, i, end, first, measure);
            if lines.all[i].join == Join::Start {
                first = i;
            }
        }
        return;
    }
    if lines.print.is_some() {
        for line in &mut lines.all[at + 1..end] {
            line.join = Join::Break;
        }
        return;
    }
    if is_centred(lines, at, end) {
        return;
    }
    // A block may be wrapped in a text that is not: a quoted letter, a comment.
    let own =
        if measure.wrapped { measure } else { Measure::of(&Lines { all: lines.all[at..end].to_vec(), ..*lines }) };
    let small = (at + 1..end).filter(|i| marks::continues_sentence(lines.str(*i))).count();
    let goes_on = end - at >= 4 && small * 2 >= end - at - 1 || end - at == 3 && small == 2;
    let wrapped = own.wrapped && (measure.wrapped || goes_on);
    let mut in_list = list::opens(lines.str(at)).is_some();
    for i in at + 1..end {
        let join = if wrapped { join_wrapped(lines, i, at, end, own, in_list) } else { join_loose(lines, i, page) };
        if join == Join::Start {
            in_list = list::opens(lines.str(i)).is_some();
        }
        let dense = join == Join::Space && marks::is_dense(lines.str(i - 1), lines.str(i));
        lines.all[i].join = if dense { Join::Glue } else { join };
    }
}

/// Verse is not set in the letters of program text, nor is it larger than prose.
fn is_print_verse(lines: &Lines<'_>, at: usize, end: usize, measure: Measure) -> bool {
    let plain = |i: usize| lines.setting(i).is_some_and(|s| !s.mono && !s.bold && s.size < 1.08);
    (at..end).all(plain) && is_verse(lines, at, end, measure)
}

/// Lines set in the middle of the page, each by its own length: a title page. Each is a paragraph of its own.
fn is_centred(lines: &Lines<'_>, at: usize, end: usize) -> bool {
    let rows = &lines.all[at..end];
    let middle = |l: &Line| u32::from(l.indent) * 2 + (l.end - l.start);
    let (first, indent) = (middle(&rows[0]), rows[0].indent);
    rows.len() <= 8
        && rows.iter().all(|l| l.indent >= 8 && middle(l).abs_diff(first) <= 3)
        && rows.iter().any(|l| l.indent.abs_diff(indent) > 2)
}

/// `Anna: A mill?`, `MILLER. It is late.`: who speaks, at the head of a line.
fn opens_speech(line: &str) -> bool {
    const LONGEST: usize = 24;
    let name = line.split([':', '.']).next().unwrap_or("");
    let named = name.len() <= LONGEST && name.starts_with(char::is_uppercase) && name.len() < line.len();
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    named && (line[name.len()..].starts_with(": ") || letters().count() > 1 && letters().all(char::is_uppercase))
}

/// The width that the lines of blocks of prose are broken to fit, by the most of them, in a text that is parted by blank lines;
/// 0 where blocks have a line each, or no such width shows.
fn page_width(lines: &Lines<'_>, blocks: &[(usize, usize)]) -> f32 {
    const FEWEST: usize = 40;
    const MOST_IN_A_BLOCK: usize = 30;
    let several = blocks.iter().filter(|(at, end)| (2..=MOST_IN_A_BLOCK).contains(&(end - at)));
    let mut widths: Vec<f32> = several
        .flat_map(|(at, end)| *at..end - 1)
        .map(|i| f32::from(lines.all[i].indent) + Metric::Cells.width(lines.str(i)))
        .collect();
    widths.sort_by(f32::total_cmp);
    if widths.len() < FEWEST || widths.len() * 2 < lines.all.len() - blocks.len() {
        return 0.0;
    }
    let full = widths[widths.len() * 4 / 5];
    if (48.0..=100.0).contains(&full) { full } else { 0.0 }
}

/// Whether a block is one remark in brackets, which opens with its first line and closes with its last: what is done on a
/// stage, what a picture shows.
fn is_bracketed(lines: &Lines<'_>, at: usize, end: usize) -> bool {
    const MOST: usize = 12;
    let first = lines.str(at).trim_start_matches('_');
    let depth = |i: usize| {
        let line = lines.str(i);
        line.matches('[').count() as i32 - line.matches(']').count() as i32
    };
    let mut open = 0;
    let within = (at..end - 1).all(|i| {
        open += depth(i);
        open > 0
    });
    end - at >= 2
        && end - at <= MOST
        && first.strip_prefix('[').is_some_and(|rest| rest.trim_start_matches('_').starts_with(char::is_alphabetic))
        && within
        && open + depth(end - 1) == 0
}

/// Whether numbered items are the stanzas of a song: several lines each, all begun with a capital, most of them within a
/// sentence, and so short that the next word would have found room.
fn are_stanzas_with_numbers(lines: &Lines<'_>, at: usize, end: usize, measure: Measure) -> bool {
    let goes_on: Vec<usize> = (at + 1..end).filter(|i| list::opens(lines.str(*i)).is_none()).collect();
    let items = end - at - goes_on.len();
    let open = goes_on.iter().filter(|i| !marks::ends_sentence(lines.str(**i - 1))).count();
    let edge = |i: usize| usize::from(lines.all[i].indent) + lines.str(i).chars().count();
    let widest = (at..end).map(edge).max().unwrap_or(0);
    let roomy = |i: &&usize| edge(**i - 1) + 1 + marks::first_word(lines.str(**i)).chars().count() <= widest;
    lines.print.is_none()
        && widest <= WIDEST_VERSE
        && goes_on.len() >= items * 2
        && open >= 2
        && goes_on.iter().all(|i| marks::begins_line(lines.str(*i)))
        && (measure.wrapped && (widest as f32) < measure.full * 0.75
            || goes_on.iter().filter(roomy).count() * 2 >= goes_on.len())
}

/// In a text of one paragraph a line, a line goes on only where the sentence does.
fn join_loose(lines: &Lines<'_>, i: usize, page: f32) -> Join {
    let (before, this) = (lines.str(i - 1), lines.str(i));
    let broken = before.len() >= 40 && !marks::ends_sentence(before) && marks::continues_sentence(this);
    let closed = marks::last_sign(before).is_some_and(|c| matches!(c, ';' | ',')) && before.len() < 60;
    // A line that is full, where blank lines part the text, was broken by whoever set it.
    let width = |s: &str| Metric::Cells.width(s);
    let full =
        page > 0.0 && width(before) >= page * 0.6 && width(before) + 1.0 + width(marks::first_word(this)) > page * 0.95;
    let runs_on = full && !marks::ends_sentence(before) && list::opens(this).is_none() && !list::is_enumerated(this);
    if broken && !closed || runs_on { Join::Space } else { Join::Start }
}

fn join_wrapped(lines: &Lines<'_>, i: usize, at: usize, end: usize, measure: Measure, in_list: bool) -> Join {
    let (before, this) = (lines.str(i - 1), lines.str(i));
    let (prior, line) = (&lines.all[i - 1], &lines.all[i]);
    if marks::is_rule(this) || marks::is_rule(before) {
        return Join::Start;
    }
    let ends = marks::ends_sentence(before);
    // Items stand below each other, though what leads to them may stand further out.
    let level = || {
        let item = (at..i).rev().find(|n| list::opens(lines.str(*n)).is_some());
        line.indent <= lines.all[at].indent || item.is_some_and(|n| lines.all[n].indent == line.indent)
    };
    if let Some(mark) = list::opens(this)
        && (ends || mark.is_bullet() || in_list && level())
        && (mark.is_bullet() || ends || in_list && marks::last_sign(before).is_some_and(|c| matches!(c, ';' | ',')))
    {
        return Join::Start;
    }
    let begins = marks::begins_sentence(this);
    // Coming back from an indented first line is no indent; a quotation set in is indented as a whole.
    let steps_in =
        line.indent > prior.indent + 1 && lines.all.get(i + 1).is_none_or(|l| l.gap > 0 || l.indent + 1 < line.indent);
    if measure.indents && steps_in && !in_list && (ends || begins) {
        return Join::Start;
    }
    if !ends || !begins {
        return Join::Space;
    }
    // A paragraph of one line after another such: both stand in from the lines of the others.
    let margin = lines.all[at..end].iter().map(|l| l.indent).min().unwrap_or(0);
    if measure.indents && !in_list && line.indent.min(prior.indent) > margin + 1 {
        return Join::Start;
    }
    let width = measure.width(lines, i - 1);
    // Where a blank line stands between all others, a short line ends none.
    if measure.parted && line.indent <= prior.indent + 4 && !opens_speech(this) {
        return Join::Space;
    }
    if measure.blanks || measure.indents {
        // Something else parts paragraphs: a line must be very short to do so too.
        let spare = measure.full * if measure.indents { 0.45 } else { 0.25 };
        return if measure.would_fit(lines, i - 1, i, spare) { Join::Start } else { Join::Space };
    }
    if width < measure.short && measure.would_fit(lines, i - 1, i, 0.0) {
        return Join::Start;
    }
    // A full line may be the last of a paragraph too. Then the next one is indented on the page, and so less wide.
    let shown = measure.width(lines, i);
    let filled = i + 1 < end && {
        let next = measure.metric.width(marks::first_word(lines.str(i + 1)));
        shown + 1.0 + next > measure.first * 0.96 && shown > measure.first - measure.full * 0.06 - 3.0
    };
    if measure.first > 0.0 && filled && shown <= measure.first * 1.008 {
        return Join::Start;
    }
    Join::Space
}

/// Printed lines whose breaks were not made to fit a width: the next word would have found room, again and again, and
/// they begin as lines of verse do.
fn is_verse(lines: &Lines<'_>, at: usize, end: usize, measure: Measure) -> bool {
    let count = end - at;
    if count < 3 || lines.all[at..end].iter().any(|l| (l.end - l.start) as usize > WIDEST_VERSE) {
        return false;
    }
    let mut small = 0;
    for i in at..end {
        small += usize::from(!marks::begins_sentence(lines.str(i)));
        if small * 10 > count * 3 {
            return false;
        }
    }
    if (at..end).filter(|i| list::opens(lines.str(*i)).is_some()).count() * 2 > count {
        return false;
    }
    let open = (at..end - 1).filter(|i| !marks::ends_sentence(lines.str(*i))).count();
    let roomy = |i: &usize| {
        if measure.wrapped {
            measure.would_fit(lines, *i, *i + 1, measure.full * 0.05)
        } else {
            lines.str(*i).len() < 70
        }
    };
    let roomy = (at..end - 1).filter(roomy).count();
    open * 2 > count - 1 && roomy * 10 >= (count - 1) * 8
}
