//! What verse beside prose shows: how the prose of a text is set, and lines that stand apart from it.

use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::lines::measure::Measure;
use crate::import::lines::width::Metric;
use crate::import::lines::{Line, Lines};

/// How much of a text is laid out, and how the rest of it is set.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Habit {
    /// Most lines are: then so are short blocks which by themselves show little.
    pub lines: bool,
    /// How far its prose stands in.
    pub margin: u16,
    /// How often a line of its prose begins with a capital by chance.
    pub capital: f32,
}

impl Habit {
    /// The habit of a text in which these blocks are prose.
    pub(super) fn of(lines: &Lines<'_>, laid_out: bool, prose: impl Iterator<Item = (usize, usize)>) -> Self {
        const FEWEST: usize = 3;
        let mut indents = [0usize; 64];
        let (mut breaks, mut capitals) = (0usize, 0usize);
        for (at, end) in prose.filter(|(at, end)| end - at >= FEWEST) {
            for line in &lines.all[at + 1..end] {
                indents[usize::from(line.indent.min(63))] += 1;
                breaks += 1;
                capitals += usize::from(begins_with_capital(lines.of_line(line)));
            }
        }
        let margin = (0..64).max_by_key(|i| (indents[*i], 64 - i)).unwrap_or(0) as u16;
        // Where hardly anything was seen, a capital may stand anywhere.
        let capital = (capitals + 1) as f32 / (breaks + 2) as f32;
        Self { lines: laid_out, margin, capital }
    }
}

/// Whether lines stand apart from the prose of a text, and begin with a capital so often that chance does not explain it;
/// of two lines, the first must have left room for more.
pub(super) fn is_verse(lines: &Lines<'_>, rows: &[Line], edges: &[f32], habit: Habit, measure: Measure) -> bool {
    const CHANCE: f32 = 0.02;
    const CHANCE_AT_THE_MARGIN: f32 = 0.001;
    if !(measure.wrapped || habit.lines) || !rows.iter().any(|l| lines.of_line(l).contains(char::is_lowercase)) {
        return false;
    }
    let inner = || rows.windows(2).map(|w| (lines.of_line(&w[0]), lines.of_line(&w[1])));
    let open = |(before, _): &(&str, &str)| !marks::ends_sentence(before);
    let begins = |this: &str| begins_with_capital(this) && !list::is_enumerated(this) && list::opens(this).is_none();
    if !inner().all(|(_, this)| begins(this)) || !inner().any(|pair| open(&pair)) {
        return false;
    }
    let least = rows.iter().map(|l| l.indent).min().unwrap_or(0);
    let widest = edges.iter().copied().fold(0.0, f32::max);
    let set_in = least >= habit.margin + 2;
    // A quotation may be set in from both sides.
    let room = measure.full + 2.0 * f32::from(habit.margin) - f32::from(least);
    if let [first, second] = rows {
        let next = Metric::Cells.width(marks::first_word(lines.of_line(second)));
        return measure.wrapped && set_in && second.indent + 1 >= first.indent && edges[0] + 1.0 + next <= room;
    }
    let chance = habit.capital.powi(rows.len() as i32 - 1);
    measure.wrapped && chance <= CHANCE_AT_THE_MARGIN && widest <= measure.full * 0.85 || set_in && chance <= CHANCE
}

/// Whether the first letter of a line is a capital, before it no more than marks.
fn begins_with_capital(line: &str) -> bool {
    marks::begins_line(line) && line.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}
