//! Grids: the upright and level lines of a page that meet, and the cells between them.

use std::collections::BTreeMap;

use super::rules::Rule;

/// Lines so near to each other are one, in points: a line is often drawn piece by piece.
const LEVEL: f32 = 1.5;

/// Lines that end so near to each other meet; and columns are no narrower.
const TOUCH: f32 = 3.0;
const NARROWEST: f32 = 6.0;

/// Shorter lines are none of a table.
const SHORTEST: f32 = 5.0;

/// Lines of a page that are compared with each other at most, upright ones times level ones.
const MOST_PAIRS: usize = 400_000;

/// A page of more grids than this is a drawing for the most part.
const MOST_GRIDS: usize = 200;

/// Where in which table of its page a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub grid: u16,
    pub row: u16,
    pub column: u16,
}

/// A line without its thickness: where it stands, and from where to where it goes.
#[derive(Debug, Clone, Copy)]
struct Line {
    at: f32,
    from: f32,
    to: f32,
}

impl Line {
    fn covers(&self, place: f32) -> bool {
        self.from - 1.0 <= place && place <= self.to + 1.0
    }
}

/// Lines that meet.
#[derive(Debug)]
pub(super) struct Grid {
    /// The edges of its columns from the left, and of its rows from the top down.
    xs: Vec<f32>,
    ys: Vec<f32>,
    upright: Vec<Line>,
    level: Vec<Line>,
}

/// The grids that the lines of a page make.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let lines = |upright: bool| {
        let own = rules.iter().filter(|rule| rule.is_upright() == upright);
        merged(own.map(|r| if upright { line(r.left, r.low, r.high) } else { line(r.low, r.left, r.right) }).collect())
    };
    let (upright, level) = (lines(true), lines(false));
    if upright.len() * level.len() > MOST_PAIRS {
        return Vec::new();
    }
    // Which lines meet, each with the least of those that it meets.
    let mut of: Vec<usize> = (0..upright.len() + level.len()).collect();
    for (i, up) in upright.iter().enumerate() {
        for (j, flat) in level.iter().enumerate() {
            let near = |place: f32, line: &Line| line.from - TOUCH <= place && place <= line.to + TOUCH;
            if near(flat.at, up) && near(up.at, flat) {
                let (a, b) = (root(&mut of, i), root(&mut of, upright.len() + j));
                of[a.max(b)] = a.min(b);
            }
        }
    }
    let mut parts: BTreeMap<usize, (Vec<Line>, Vec<Line>)> = BTreeMap::new();
    for n in 0..of.len() {
        let part = parts.entry(root(&mut of, n)).or_default();
        match n.checked_sub(upright.len()) {
            Some(j) => part.1.push(level[j]),
            None => part.0.push(upright[n]),
        }
    }
    parts.into_values().filter_map(|(upright, level)| Grid::of(upright, level)).take(MOST_GRIDS).collect()
}

fn line(at: f32, from: f32, to: f32) -> Line {
    Line { at, from, to }
}

fn root(of: &mut [usize], mut n: usize) -> usize {
    while of[n] != n {
        of[n] = of[of[n]];
        n = of[n];
    }
    n
}

/// Lines in one place whose ends meet, each as one.
fn merged(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Line> = Vec::new();
    for near in lines.chunk_by(|a, b| b.at - a.at < LEVEL) {
        let mut near = near.to_vec();
        near.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut whole: Option<Line> = None;
        for line in near {
            match &mut whole {
                Some(whole) if line.from <= whole.to + TOUCH => whole.to = whole.to.max(line.to),
                _ => out.extend(whole.replace(line)),
            }
        }
        out.extend(whole);
    }
    out.retain(|line| line.to - line.from >= SHORTEST);
    out
}

/// Places in rising order, those near to each other told once.
fn apart(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for place in places {
        if out.last().is_none_or(|last| place - last > NARROWEST) {
            out.push(place);
        }
    }
    out
}

impl Grid {
    /// How many columns, and how many rows it has.
    pub(super) fn extent(&self) -> (usize, usize) {
        (self.xs.len() - 1, self.ys.len() - 1)
    }

    fn of(upright: Vec<Line>, level: Vec<Line>) -> Option<Self> {
        if upright.is_empty() || level.len() < 2 {
            return None;
        }
        // A table that has no rule at its sides goes as far as its level rules.
        let ends =
            |lines: &[Line]| lines.iter().fold((f32::MAX, f32::MIN), |(from, to), l| (from.min(l.from), to.max(l.to)));
        let edges = |own: &[Line], other: &[Line]| {
            let (from, to) = ends(other);
            apart(own.iter().map(|l| l.at).chain([from, to]).collect())
        };
        let xs = edges(&upright, &level);
        let mut ys = edges(&level, &upright);
        ys.reverse();
        let most = usize::from(u16::MAX);
        (xs.len() > 2 && ys.len() > 1 && xs.len() < most && ys.len() < most).then_some(Self { xs, ys, upright, level })
    }

    /// The row and the column between whose edges a place is.
    fn cell(&self, x: f32, y: f32) -> Option<(usize, usize)> {
        let column = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge >= y).checked_sub(1)?;
        (column + 1 < self.xs.len() && row + 1 < self.ys.len()).then_some((row, column))
    }

    /// Whether a rule parts a column from the one before it, at a height.
    fn parts_columns(&self, column: usize, y: f32) -> bool {
        let edge = self.xs[column];
        self.upright.iter().any(|line| (line.at - edge).abs() <= NARROWEST && line.covers(y))
    }

    /// Whether a rule parts a row from the one above it, in a place.
    fn parts_rows(&self, row: usize, x: f32) -> bool {
        let edge = self.ys[row];
        self.level.iter().any(|line| (line.at - edge).abs() <= NARROWEST && line.covers(x))
    }

    /// Whether an upright rule stands between two letters of one line.
    pub(super) fn stands_between(&self, left: f32, right: f32, base: f32, size: f32) -> bool {
        let y = base + size * 0.3;
        self.upright.iter().any(|line| line.at > left - 0.5 && line.at < right + 0.5 && line.covers(y))
    }

    /// The cell of letters between two edges; `None` where they are outside. The second value: whether they lie across a rule.
    pub(super) fn cell_of(&self, left: f32, right: f32, base: f32, size: f32) -> Option<((usize, usize), bool)> {
        let (x, y) = (f32::midpoint(left, right), base + size * 0.3);
        let (mut row, mut column) = self.cell(x, y)?;
        let crosses = self.upright.iter().any(|line| left < line.at - 2.0 && right > line.at + 2.0 && line.covers(y));
        // A cell that goes over several columns, or rows, begins in the first of them.
        while column > 0 && left < self.xs[column] - 1.0 && !self.parts_columns(column, y) {
            column -= 1;
        }
        while row > 0 && !self.parts_rows(row, x) {
            row -= 1;
        }
        Some(((row, column), crosses))
    }
}
