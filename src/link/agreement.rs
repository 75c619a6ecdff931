//! How far several readers agree: Krippendorff's alpha for nominal values.
//!
//! Source: Klaus Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), section C. Of all pairs of values that
//! different readers gave to the same unit, it counts those that differ, against what chance would give. Units with one value
//! say nothing and are left out.

use std::collections::BTreeMap;

/// How far readers agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Agreement {
    /// The units with values of at least two readers.
    pub units: usize,
    /// 1 is full agreement, 0 what chance gives, below 0 less than that; `None` where there is no such unit, or where only one
    /// value was ever given, so that nothing could have differed.
    pub alpha: Option<f64>,
}

impl Agreement {
    /// Of the values that readers gave to each unit, one for each reader who said anything of it.
    pub(crate) fn of<V: Ord>(units: &[Vec<V>]) -> Self {
        let shared: Vec<&Vec<V>> = units.iter().filter(|values| values.len() > 1).collect();
        let mut totals: BTreeMap<&V, f64> = BTreeMap::new();
        let mut differing = 0.0;
        for values in &shared {
            let mut here: BTreeMap<&V, f64> = BTreeMap::new();
            for value in *values {
                *here.entry(value).or_default() += 1.0;
                *totals.entry(value).or_default() += 1.0;
            }
            let count = values.len() as f64;
            let same: f64 = here.values().map(|of_value| of_value * (of_value - 1.0)).sum();
            differing += (count * (count - 1.0) - same) / (count - 1.0);
        }
        let all: f64 = totals.values().sum();
        let by_chance = all * all - totals.values().map(|of_value| of_value * of_value).sum::<f64>();
        let alpha = (by_chance > 0.0).then(|| 1.0 - (all - 1.0) * differing / by_chance);
        Self { units: shared.len(), alpha }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The nominal example of the source (section C: four observers, twelve units, with values missing), whose alpha it gives as
    /// 0.743.
    #[test]
    fn the_example_of_the_source_comes_out() {
        let observers = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let unit = |at: usize| observers.iter().map(|values| values[at]).filter(|value| *value != 0).collect();
        let units: Vec<Vec<i32>> = (0..12).map(unit).collect();
        let found = Agreement::of(&units);
        assert_eq!(found.units, 11);
        assert!((found.alpha.unwrap() - 0.743).abs() < 0.001, "{found:?}");
    }

    #[test]
    fn where_nothing_could_differ_nothing_is_said() {
        assert_eq!(Agreement::of::<u8>(&[]), Agreement { units: 0, alpha: None });
        assert_eq!(Agreement::of(&[vec![1], vec![2]]).alpha, None);
        assert_eq!(Agreement::of(&[vec![1, 1], vec![1, 1]]), Agreement { units: 2, alpha: None });
        assert_eq!(Agreement::of(&[vec![1, 1], vec![2, 2, 2]]).alpha, Some(1.0));
    }

    proptest! {
        #[test]
        fn it_is_at_most_one_and_does_not_depend_on_any_order(
            units in prop::collection::vec(prop::collection::vec(0..4u8, 0..5), 0..12)
        ) {
            let found = Agreement::of(&units);
            prop_assert!(found.alpha.is_none_or(|alpha| alpha.is_finite() && alpha <= 1.0 + 1e-9));
            let mut turned: Vec<Vec<u8>> = units.clone();
            turned.reverse();
            for values in &mut turned {
                values.reverse();
            }
            let again = Agreement::of(&turned);
            prop_assert_eq!(found.units, again.units);
            prop_assert!((found.alpha.unwrap_or(2.0) - again.alpha.unwrap_or(2.0)).abs() < 1e-9);
        }
    }
}
