//! Affine maps of the page: `[a b c d e f]` sends (x, y) to (a·x + c·y + e, b·x + d·y + f) (ISO 32000-1, 8.3.3).

/// A map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f32; 6]);

impl Matrix {
    pub(super) const UNIT: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `next`.
    pub(super) fn then(self, next: Self) -> Self {
        let m = self.0;
        let linear = |x: f32, y: f32| (x * next.0[0] + y * next.0[2], x * next.0[1] + y * next.0[3]);
        let (right, up, origin) = (linear(m[0], m[1]), linear(m[2], m[3]), next.at(m[4], m[5]));
        Self([right.0, right.1, up.0, up.1, origin.0, origin.1])
    }

    /// Moves by (x, y) and then maps.
    pub(super) fn moved(self, x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }

    /// Where a point goes.
    pub(super) fn at(self, x: f32, y: f32) -> (f32, f32) {
        let m = self.0;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// How many times 90 degrees, counter-clockwise, it turns; and how much it scales upward.
    pub(super) fn turn(self) -> (u8, f32) {
        let [a, b, c, d, ..] = self.0;
        let turns = if a.abs() >= b.abs() {
            if a >= 0.0 { 0 } else { 2 }
        } else if b > 0.0 {
            1
        } else {
            3
        };
        (turns, c.hypot(d))
    }

    /// Turns by this many times 90 degrees, clockwise.
    pub(super) fn turned(self, turns: i64) -> Self {
        let turn = match turns.rem_euclid(4) {
            1 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            2 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            3 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            _ => return self,
        };
        self.then(Self(turn))
    }
}
