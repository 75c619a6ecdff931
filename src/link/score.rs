//! How a score is told: one way on every screen, in the shell and in what is exported.

/// A score or a strength with two digits, `0.83`. Nothing computed is certain, so the most is `0.99`.
pub(crate) fn told(score: f32) -> String {
    format!("{:.2}", f32::from(in_hundred(score)) / 100.0)
}

/// Of so many in a hundred such pairs it says that they are right: the same number.
pub(crate) fn in_hundred(score: f32) -> u8 {
    (score.clamp(0.0, 0.99) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::{in_hundred, told};

    #[test]
    fn two_digits_and_never_certain() {
        for (score, words, hundred) in
            [(0.0, "0.00", 0), (0.834, "0.83", 83), (0.075, "0.08", 8), (0.996, "0.99", 99), (1.0, "0.99", 99)]
        {
            assert_eq!((told(score).as_str(), in_hundred(score)), (words, hundred));
        }
    }
}
