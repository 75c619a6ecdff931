//! How much units of two texts have in common, through the table of words: the dot products of their weighed signs.

use super::band::Band;
use super::signs::Signs;
use super::table::Table;

/// The dot products in a corridor.
#[derive(Debug)]
pub(super) struct Dots<'a> {
    band: &'a Band,
    cells: Vec<f32>,
}

/// A row of weights in the other text's signs.
struct Across {
    weights: Vec<f32>,
    touched: Vec<u32>,
}

impl Across {
    fn new(kinds: usize) -> Self {
        Self { weights: vec![0.0; kinds], touched: Vec::new() }
    }

    /// What the signs of a left unit are worth in the right text: of several that stand for one word the best counts.
    fn lay(&mut self, signs: &Signs, unit: usize, table: &Table) {
        for sign in self.touched.drain(..) {
            self.weights[sign as usize] = 0.0;
        }
        for &sign in signs.row(unit) {
            let idf = signs.idf()[sign as usize];
            for &(other, worth) in table.of(sign) {
                let weight = &mut self.weights[other as usize];
                if *weight == 0.0 {
                    self.touched.push(other);
                }
                *weight = weight.max(worth * idf);
            }
        }
    }

    fn dot(&self, signs: &Signs, unit: usize) -> f32 {
        signs.row(unit).iter().map(|&sign| self.weights[sign as usize] * signs.idf()[sign as usize]).sum()
    }
}

impl<'a> Dots<'a> {
    /// The dot products of all pairs in the corridor.
    pub(super) fn of(left: &Signs, right: &Signs, table: &Table, band: &'a Band) -> Self {
        let mut across = Across::new(right.kinds());
        let mut cells = Vec::with_capacity(band.cells());
        for unit in 0..band.rows() {
            across.lay(left, unit, table);
            let (low, high) = band.row(unit);
            cells.extend((low..high).map(|other| across.dot(right, other)));
        }
        Self { band, cells }
    }

    /// The dot product of two units; 0 outside the corridor.
    pub(super) fn at(&self, left: usize, right: usize) -> f32 {
        self.band.cell(left, right).map_or(0.0, |cell| self.cells[cell])
    }

    /// The corridor.
    pub(super) fn band(&self) -> &Band {
        self.band
    }
}

/// The cosine of two weighed bags from their dot product and the sums of their squared weights, at most 1.
pub(super) fn cosine(dot: f32, left: f32, right: f32) -> f32 {
    (dot / (left * right).sqrt().max(f32::MIN_POSITIVE)).min(1.0)
}

/// The cosines of these pairs of units, in the order of the left ones.
pub(super) fn cosines_of(left: &Signs, right: &Signs, table: &Table, pairs: &mut [(u32, u32)]) -> Vec<f32> {
    pairs.sort_unstable();
    let mut across = Across::new(right.kinds());
    let mut laid = None;
    let mut found = Vec::with_capacity(pairs.len());
    for &(one, other) in pairs.iter() {
        if laid != Some(one) {
            across.lay(left, one as usize, table);
            laid = Some(one);
        }
        let norms = (left.norms()[one as usize], right.norms()[other as usize]);
        found.push(cosine(across.dot(right, other as usize), norms.0, norms.1));
    }
    found
}
