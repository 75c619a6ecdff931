//! How a plain text was set: whether its lines are parts of paragraphs, how wide they may be, and what parts
//! paragraphs. Told by the first 64 KiB.

use super::list;
use super::marks;
use super::width::Metric;
use super::{Line, Lines};

/// How much of a text its mode is told by, in bytes.
const SAMPLE: u32 = 64 * 1024;

/// A narrower column than this is no column of prose.
const NARROWEST: f32 = 24.0;

/// Lines wider than this were not broken to fit.
const WIDEST: f32 = 200.0;

/// What the sample shows.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "what parts paragraphs, each apart from the others")]
pub(in crate::import) struct Measure {
    /// Whether lines were broken to fit a width; else each line is a paragraph.
    pub wrapped: bool,
    pub metric: Metric,
    /// The width that lines were broken to fit, in cells of the metric; 0 where they were not.
    pub full: f32,
    /// Whether blank lines part paragraphs.
    pub blanks: bool,
    /// Whether they part all of them: nowhere else does one end.
    pub parted: bool,
    /// Whether an indented first line parts paragraphs.
    pub indents: bool,
    /// Where nothing parts paragraphs but the page's lost indents: the width that their first lines fill, in cells;
    /// 0 where unknown.
    pub first: f32,
    /// The width of a line that goes on, as a rule.
    pub typical: f32,
    /// Lines within paragraphs are hardly ever less wide than this: one that is, and ends a sentence, is the last.
    pub short: f32,
}

impl Measure {
    /// Measures a text.
    pub(crate) fn of(lines: &Lines<'_>) -> Self {
        let sample = lines.first(SAMPLE);
        let none = Self {
            wrapped: false,
            metric: Metric::Cells,
            full: 0.0,
            blanks: true,
            parted: false,
            indents: false,
            first: 0.0,
            typical: 0.0,
            short: 0.0,
        };
        if lines.print.is_some() {
            return Self::of_print(lines, none);
        }
        let pairs: Vec<(&Line, &Line)> = sample.windows(2).filter(|w| w[1].gap == 0).map(|w| (&w[0], &w[1])).collect();
        if pairs.is_empty() {
            return none;
        }
        let str = |l: &Line| lines.of_line(l);
        let inner = pairs.iter().filter(|(a, b)| !marks::ends_sentence(str(a)) || marks::continues_sentence(str(b)));
        let inner = inner.count();
        let Some((metric, full)) = width_of(lines, &pairs) else { return none };
        let explained = pairs.iter().filter(|(a, b)| {
            let needed = metric.width(str(a)) + 1.0 + metric.width(marks::first_word(str(b)));
            needed > full * 0.96
        });
        let explained = explained.count();
        // Where nearly all breaks are explained by the width, few within sentences are enough: no paragraph ends so.
        let filled = explained * 20 >= pairs.len() * 19 && inner * 5 >= pairs.len();
        // In a text of one paragraph a line, few lines have no blank line after them.
        let wrapped = (NARROWEST..WIDEST).contains(&full)
            && pairs.len() * 2 >= sample.len() - pairs.len()
            && (inner * 2 >= pairs.len() || filled)
            && (explained * 10 >= pairs.len() * 5 || (pairs.len() < 6 && explained * 2 >= pairs.len()));
        if !wrapped {
            return none;
        }
        let this = Self { wrapped, metric, full, typical: full, short: full * 0.9, ..none };
        let going_on = this.widths_of_lines_that_go_on(lines, &pairs);
        let of = |part: usize| going_on.get(going_on.len() / part).copied();
        let (short, typical) = (of(40).unwrap_or(full * 0.9), of(2).unwrap_or(full));
        let this = Self { typical, ..this };
        let ((blanks, parted), indents) = (this.blank_lines_part(lines, sample), indents_part(lines, sample));
        let first = if blanks || indents { 0.0 } else { this.width_of_first_lines(lines, sample) };
        Self { blanks, parted: parted && !indents, indents, first, short, ..this }
    }

    /// Whether the first word of line `next` would have found room on line `line`, with `spare` cells to go.
    pub(crate) fn would_fit(self, lines: &Lines<'_>, line: usize, next: usize, spare: f32) -> bool {
        if let (Some(set), Some(next)) = (lines.setting(line), lines.setting(next)) {
            return set.room > 0.5 + next.word + spare;
        }
        self.fits(lines.str(line), lines.str(next), spare)
    }

    fn fits(self, line: &str, next: &str, spare: f32) -> bool {
        let width = self.beyond_full_lines(self.metric.width(line));
        width + 1.0 + self.metric.width(marks::first_word(next)) + spare <= self.full
    }

    /// The width of a line; where lines were run together into one, that of the last of them.
    pub(crate) fn width(self, lines: &Lines<'_>, line: usize) -> f32 {
        lines.setting(line).map_or_else(|| self.beyond_full_lines(self.metric.width(lines.str(line))), |set| set.width)
    }

    /// The width of the last of the lines that were run together into one: some programs join the halves of a
    /// hyphenated word and with them their lines.
    fn beyond_full_lines(self, width: f32) -> f32 {
        let mut width = width;
        while width > self.full * 1.04 {
            width -= self.typical;
        }
        width
    }

    /// Measures printed lines: their widths are known.
    fn of_print(lines: &Lines<'_>, none: Self) -> Self {
        let mut widths: Vec<f32> =
            (0..lines.all.len()).filter_map(|i| lines.setting(i)).map(|s| s.width + s.room).collect();
        widths.sort_by(f32::total_cmp);
        let Some(full) = widths.get(widths.len() / 2).copied().filter(|_| widths.len() > 1) else { return none };
        let this = Self { wrapped: true, full, typical: full, short: full * 0.9, ..none };
        let sample = &lines.all[..lines.all.len().min(4000)];
        let (mut with, mut without) = (0, 0);
        for (i, line) in sample.iter().enumerate().skip(1) {
            let ends = marks::ends_sentence(lines.str(i - 1)) && marks::begins_sentence(lines.str(i));
            if ends && !line.page && this.would_fit(lines, i - 1, i, full * 0.1) {
                if line.gap > 0 { with += 1 } else { without += 1 }
            }
        }
        Self { blanks: without * 4 <= with, indents: indents_part(lines, sample), ..this }
    }

    /// The widths of lines that surely go on, in rising order.
    fn widths_of_lines_that_go_on(self, lines: &Lines<'_>, pairs: &[(&Line, &Line)]) -> Vec<f32> {
        let goes_on = |(a, b): &&(&Line, &Line)| {
            !marks::ends_sentence(lines.of_line(a)) && !list::is_enumerated(lines.of_line(b))
        };
        let widths = pairs.iter().filter(goes_on).map(|(a, _)| self.metric.width(lines.of_line(a)));
        let mut widths: Vec<f32> = widths.filter(|w| *w <= self.full * 1.02 && *w > self.full * 0.6).collect();
        widths.sort_by(f32::total_cmp);
        widths
    }

    /// The width that the first lines of paragraphs fill, told by those that follow a line which surely ends one. 0
    /// where they are as wide as all others.
    fn width_of_first_lines(self, lines: &Lines<'_>, sample: &[Line]) -> f32 {
        let mut widths = Vec::new();
        for w in sample.windows(3).filter(|w| w[1].gap == 0 && w[2].gap == 0) {
            let (a, b) = (lines.of_line(&w[0]), lines.of_line(&w[1]));
            let ends = marks::ends_sentence(a) && marks::begins_sentence(b);
            let shown = self.beyond_full_lines(self.metric.width(b));
            if ends && self.beyond_full_lines(self.metric.width(a)) < self.full * 0.8 && shown > self.full * 0.7 {
                widths.push(shown);
            }
        }
        widths.sort_by(f32::total_cmp);
        let Some(widest) = widths.get(widths.len().saturating_sub(1 + widths.len() / 20)).copied() else { return 0.0 };
        if widths.len() >= 5 && widest < self.full * 0.98 { widest } else { 0.0 }
    }

    /// Blank lines part paragraphs where at nearly all places at which one paragraph surely ends there is one; and all of
    /// them, where that is so again and again.
    fn blank_lines_part(self, lines: &Lines<'_>, sample: &[Line]) -> (bool, bool) {
        const AGAIN: usize = 12;
        let (mut with, mut without) = (0, 0);
        for pair in sample.windows(2) {
            let (a, b) = (lines.of_line(&pair[0]), lines.of_line(&pair[1]));
            let ends = marks::ends_sentence(a) && marks::begins_sentence(b);
            if ends && self.fits(a, b, self.full * 0.1) {
                if pair[1].gap > 0 { with += 1 } else { without += 1 }
            }
        }
        (without * 4 <= with, with >= AGAIN && without * 12 <= with)
    }
}

/// The metric by which most lines are full, and how wide they are by it.
fn width_of(lines: &Lines<'_>, pairs: &[(&Line, &Line)]) -> Option<(Metric, f32)> {
    let measured = |metric: Metric| {
        let mut widths: Vec<f32> = pairs.iter().map(|(a, _)| metric.width(lines.of_line(a))).collect();
        widths.sort_by(f32::total_cmp);
        let typical = widths[widths.len() / 2];
        // Lines run together, and what is no prose, are far from the typical width.
        widths.retain(|w| *w > typical * 0.8 && *w < typical * 1.25);
        // A typed line never passes its measure; a set one may, and then few lines tell little.
        let full = if metric == Metric::Cells { widths.last().copied()? } else { edge_of(&widths, typical)? };
        // Lines that end where they do because the next word found no room.
        let filled = pairs.iter().filter(|(a, b)| {
            let width = metric.width(lines.of_line(a));
            width <= full * 1.001 && width + 1.0 + metric.width(marks::first_word(lines.of_line(b))) > full
        });
        Some((filled.count(), full))
    };
    let (cells, full) = measured(Metric::Cells)?;
    let (face, full_face) = measured(Metric::Face)?;
    // A typed text is filled cell by cell; by the wrong metric its lines seem to end early, or late.
    let enough = pairs.len() >= 12 && face > cells + pairs.len() / 50;
    if enough { Some((Metric::Face, full_face)) } else { Some((Metric::Cells, full)) }
}

/// Where the crowd of full lines ends: the width above which lines come only one by one. Those beyond are lines run
/// together, or an address that could not be broken.
fn edge_of(sorted: &[f32], typical: f32) -> Option<f32> {
    let crowd = (sorted.len() / 100).max(1);
    let mut at = sorted.len() / 2;
    while let Some(next) = sorted.get(at + crowd) {
        if next - sorted[at] > typical * 0.012 {
            break;
        }
        at += 1;
    }
    sorted.get(at).copied()
}

/// Whether indented lines begin paragraphs: most of them follow the end of a sentence and precede a line at the margin.
fn indents_part(lines: &Lines<'_>, sample: &[Line]) -> bool {
    let (mut good, mut all, mut plain) = (0, 0, 0);
    for w in sample.windows(3) {
        let steps = w[1].indent > w[0].indent + 1 && w[1].indent > w[2].indent + 1 && w[2].gap == 0;
        if steps {
            all += 1;
            good += usize::from(marks::ends_sentence(lines.of_line(&w[0])) || w[1].gap > 0 || w[1].page);
        } else if w[1].indent == w[0].indent {
            plain += 1;
        }
    }
    all >= 3 && good * 10 >= all * 8 && plain > all
}
