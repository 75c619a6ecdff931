//! Affine maps of the page: `[a b c d e f]` sends (x, y) to (a·x + c·y + e, b·x + d·y + f) (ISO 32000-1, 8.3.3).

/// A map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f32; 6]);

impl Matrix {
    pub const UNIT: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `next`.
    pub fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [k, l, m, n, o, p]) = (self.0, next.0);
        Self([
            a * k + b * m,
            a * l + b * n,
            c * k + d * m,
            c * l + d * n,
            e * k + f * m + o,
            e * l + f * n + p,
        ])
    }

    /// Moves by (x, y) and then maps.
    pub fn moved(self, x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }

    /// Where a point goes.
    pub fn at(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How many times 90 degrees, against the clock, it turns; and how much it scales upward.
    pub fn turn(self) -> (u8, f32) {
        let [a, b, c, d, ..] = self.0;
        let turns = if a.abs() >= b.abs() { if a >= 0.0 { 0 } else { 2 } } else if b > 0.0 { 1 } else { 3 };
        (turns, c.hypot(d))
    }

    /// Turns by so many times 90 degrees with the clock.
    pub fn turned(self, turns: i64) -> Self {
        let turn = match turns.rem_euclid(4) {
            1 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            2 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            3 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            _ => return self,
        };
        self.then(Self(turn))
    }
}
