//! The straight lines that a page draws: the rules of its tables among them.
//!
//! The operators are those of ISO 32000-1, 8.5: a path is drawn along its lines or filled, and a long thin filled area is
//! a line too. Curves, slanted lines and colours are passed over.

use super::matrix::Matrix;

/// A page that draws more lines than this is a drawing.
const MOST: usize = 20_000;

/// Points of one path that are looked at.
const MOST_POINTS: usize = 4096;

/// A filled area that is no thicker than this is a line, in points.
const THICKEST: f32 = 3.0;

/// Lines that differ by less than this from upright or level are so, in points.
const STRAIGHT: f32 = 0.6;

/// A line that is upright or level, by its ends. Distances are in points; y grows upward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub left: f32,
    pub right: f32,
    pub low: f32,
    pub high: f32,
}

impl Rule {
    fn between(a: (f32, f32), b: (f32, f32)) -> Self {
        Self { left: a.0.min(b.0), right: a.0.max(b.0), low: a.1.min(b.1), high: a.1.max(b.1) }
    }

    /// Whether it stands upright.
    pub(super) fn is_upright(&self) -> bool {
        self.high - self.low > self.right - self.left
    }

    fn length(&self) -> f32 {
        (self.high - self.low).max(self.right - self.left)
    }

    fn thickness(&self) -> f32 {
        (self.high - self.low).min(self.right - self.left)
    }

    /// The same line on a page that is turned so many times 90 degrees, as its letters are.
    fn turned(self, turn: u8) -> Self {
        let at = |x: f32, y: f32| match turn {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        Self::between(at(self.left, self.low), at(self.right, self.high))
    }
}

/// All of the lines of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    all: Vec<Rule>,
    too_many: bool,
}

impl Rules {
    /// The lines, as they stand on a page whose letters are turned so many times 90 degrees; none where there are too many.
    pub(super) fn turned(&self, turn: u8) -> Vec<Rule> {
        if self.too_many {
            return Vec::new();
        }
        self.all.iter().map(|rule| rule.turned(turn)).collect()
    }

    fn add(&mut self, rule: Rule) {
        if !(rule.left.is_finite() && rule.right.is_finite() && rule.low.is_finite() && rule.high.is_finite()) {
            return;
        }
        if self.all.len() < MOST {
            self.all.push(rule);
        } else {
            self.too_many = true;
        }
    }
}

/// A path that is being made.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// The points of each of its parts, and whether it has straight lines alone.
    parts: Vec<(Vec<(f32, f32)>, bool)>,
    points: usize,
}

impl Path {
    /// Takes an operator that makes or draws a path: what it draws is added to `rules`.
    pub(super) fn take(&mut self, operator: &[u8], n: impl Fn(usize) -> f32, map: Matrix, rules: &mut Rules) {
        match operator {
            b"m" => self.begin(map.at(n(0), n(1))),
            b"l" => self.go_on(map.at(n(0), n(1))),
            b"c" | b"v" | b"y" => {
                if let Some((_, straight)) = self.parts.last_mut() {
                    *straight = false;
                }
            }
            b"h" => self.close(),
            b"re" => {
                let (x, y, width, height) = (n(0), n(1), n(2), n(3));
                self.begin(map.at(x, y));
                for (x, y) in [(x + width, y), (x + width, y + height), (x, y + height)] {
                    self.go_on(map.at(x, y));
                }
                self.close();
            }
            b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => {
                if matches!(operator, b"s" | b"b" | b"b*") {
                    self.close();
                }
                self.draw(rules);
            }
            b"f" | b"F" | b"f*" => self.fill(rules),
            b"n" => self.clear(),
            _ => {}
        }
    }

    fn begin(&mut self, at: (f32, f32)) {
        if self.points < MOST_POINTS {
            self.parts.push((vec![at], true));
            self.points += 1;
        }
    }

    fn go_on(&mut self, at: (f32, f32)) {
        if let Some((points, _)) = self.parts.last_mut().filter(|_| self.points < MOST_POINTS) {
            points.push(at);
            self.points += 1;
        }
    }

    fn close(&mut self) {
        if let Some((points, _)) = self.parts.last_mut()
            && let Some(first) = points.first().copied()
        {
            points.push(first);
        }
    }

    fn clear(&mut self) {
        self.parts.clear();
        self.points = 0;
    }

    /// Draws along its lines.
    fn draw(&mut self, rules: &mut Rules) {
        for (points, _) in self.parts.iter().filter(|(_, straight)| *straight) {
            let lines = points.windows(2).map(|w| Rule::between(w[0], w[1]));
            lines.filter(|r| r.thickness() < STRAIGHT && r.length() > 0.0).for_each(|rule| rules.add(rule));
        }
        self.clear();
    }

    /// Fills its areas; long thin ones are lines.
    fn fill(&mut self, rules: &mut Rules) {
        for (points, _) in self.parts.iter().filter(|(points, straight)| *straight && points.len() <= 6) {
            let (first, rest) = (points[0], &points[1..]);
            let whole = rest.iter().fold(Rule::between(first, first), |all, at| Rule {
                left: all.left.min(at.0),
                right: all.right.max(at.0),
                low: all.low.min(at.1),
                high: all.high.max(at.1),
            });
            if whole.thickness() > THICKEST || whole.length() < whole.thickness() * 2.0 {
                continue;
            }
            let middle = |a: f32, b: f32| f32::midpoint(a, b);
            let (x, y) = (middle(whole.left, whole.right), middle(whole.low, whole.high));
            rules.add(if whole.is_upright() {
                Rule { left: x, right: x, ..whole }
            } else {
                Rule { low: y, high: y, ..whole }
            });
        }
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(all: &[(&[u8], &[f32])]) -> Vec<Rule> {
        let (mut path, mut rules) = (Path::default(), Rules::default());
        for (operator, operands) in all {
            path.take(operator, |i| operands.get(i).copied().unwrap_or(0.0), Matrix::UNIT, &mut rules);
        }
        rules.turned(0)
    }

    #[test]
    fn lines_and_long_thin_areas_are_rules() {
        let level = Rule { left: 10.0, right: 90.0, low: 5.0, high: 5.0 };
        assert_eq!(drawn(&[(b"m", &[10.0, 5.0]), (b"l", &[90.0, 5.0]), (b"S", &[])]), [level]);
        assert_eq!(drawn(&[(b"re", &[10.0, 4.5, 80.0, 1.0]), (b"f", &[])]), [level]);
        assert_eq!(drawn(&[(b"re", &[10.0, 4.5, 80.0, 40.0]), (b"S", &[])]).len(), 4);
        let none: [&[(&[u8], &[f32])]; 4] = [
            &[(b"re", &[10.0, 4.5, 80.0, 40.0]), (b"f", &[])],
            &[(b"m", &[10.0, 5.0]), (b"l", &[90.0, 25.0]), (b"S", &[])],
            &[(b"m", &[10.0, 5.0]), (b"c", &[20.0, 5.0, 30.0, 5.0, 40.0, 5.0]), (b"S", &[])],
            &[(b"m", &[10.0, 5.0]), (b"l", &[90.0, 5.0]), (b"n", &[])],
        ];
        for path in none {
            assert_eq!(drawn(path), [], "{path:?}");
        }
    }
}
