//! Dates as people write them, taken apart where that is sure.

use jiff::civil;

/// When something was written or seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Date {
    /// A year, perhaps with a month, perhaps with a day of that.
    Parts {
        /// From 1 to 9999.
        year: i16,
        /// From 1.
        month: Option<i8>,
        /// From 1.
        day: Option<i8>,
        /// Whether the date is approximate.
        circa: bool,
    },
    /// In words.
    Words(String),
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Date {
    /// Reads `1902`, `1917-08`, `2014-08-18`, `August 18, 2014`, `18th Aug. 2014`, `c. 1902`; all else is words.
    pub(crate) fn of(written: &str) -> Self {
        let written = written.trim();
        // `[1848]`: what a cataloguer has found out. And `[[1848, 2, 21]]` with its name before it: CSL's own way.
        let inner = written.strip_prefix('[').and_then(|w| w.strip_suffix(']')).filter(|w| !w.contains(['[', ',']));
        if let Some(inner) = inner {
            return Self::of(inner);
        }
        if let Some(parts) = written.split_once("date-parts").map(|(_, parts)| parts) {
            let numbers = parts.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).take(3);
            let numbers: Vec<String> = numbers.map(|n| format!("{n:0>2}")).collect();
            return Self::of(&numbers.join("-"));
        }
        let bare = ["c. ", "ca. ", "circa ", "about "].iter().find_map(|p| written.strip_prefix(p));
        let day =
            bare.unwrap_or(written).split(['T', ' ']).next().filter(|d| d.len() == 10).filter(|d| d.contains('-'));
        let plain = day.or(bare).unwrap_or(written);
        let parts = by_numbers(plain).or_else(|| by_month(plain));
        match parts.filter(|(y, m, d)| civil::Date::new(*y, m.unwrap_or(1), d.unwrap_or(1)).is_ok()) {
            Some((year, month, day)) => Self::Parts { year, month, day, circa: bare.is_some() },
            None => Self::Words(written.to_owned()),
        }
    }

    /// The year, where it is known.
    pub(crate) fn year(&self) -> Option<i16> {
        match self {
            Self::Parts { year, .. } => Some(*year),
            Self::Words(_) => None,
        }
    }
}

type DateParts = (i16, Option<i8>, Option<i8>);

/// `1917`, `1917-08`, `1917-08-05`, `1917/8/5`.
fn by_numbers(written: &str) -> Option<DateParts> {
    let numbers: Vec<&str> = written.split(['-', '/']).collect();
    let two = |n: &str| if (1..=2).contains(&n.len()) { n.parse().ok() } else { None };
    match numbers.as_slice() {
        [year] => Some((year_of(year)?, None, None)),
        [year, month] => Some((year_of(year)?, Some(two(month)?), None)),
        [year, month, day] => Some((year_of(year)?, Some(two(month)?), Some(two(day)?))),
        _ => None,
    }
}

/// A month's English name with a year and perhaps a day, in any order, and nothing else.
fn by_month(written: &str) -> Option<DateParts> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in written.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let number = word.trim_end_matches(|c: char| c.is_alphabetic());
        let place = if let Some(found) = year_of(word) {
            year.replace(i32::from(found)).is_some()
        } else if (1..=2).contains(&number.len()) {
            day.replace(number.parse::<i32>().ok()?).is_some()
        } else {
            month.replace(month_of(word)?).is_some()
        };
        if place {
            return None;
        }
    }
    let narrow = |n: Option<i32>| n.and_then(|n| i8::try_from(n).ok());
    Some((i16::try_from(year?).ok()?, Some(narrow(Some(month?))?), narrow(day)))
}

fn month_of(word: &str) -> Option<i32> {
    let word = word.to_lowercase();
    let is = |month: &&str| word.len() >= 3 && (month.starts_with(&word) || (word == "sept" && *month == "september"));
    MONTHS.iter().position(is).map(|at| at as i32 + 1)
}

fn year_of(word: &str) -> Option<i16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten().filter(|y| *y > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_taken_apart_where_that_is_sure() {
        let parts = |d: &str| match Date::of(d) {
            Date::Parts { year, month, day, circa } => {
                format!("{year} {} {}{}", month.unwrap_or(0), day.unwrap_or(0), if circa { " c" } else { "" })
            }
            Date::Words(words) => format!("={words}"),
        };
        let cases = [
            ("1902", "1902 0 0"),
            ("1917-08", "1917 8 0"),
            ("2014-08-18", "2014 8 18"),
            ("2014-08-18T10:00:00Z", "2014 8 18"),
            ("2014/8/18", "2014 8 18"),
            ("August 18, 2014", "2014 8 18"),
            ("18th Aug. 2014", "2014 8 18"),
            ("July 2021", "2021 7 0"),
            ("Sept. 1917", "1917 9 0"),
            ("c. 1902", "1902 0 0 c"),
            ("about 2003", "2003 0 0 c"),
            ("2014-13-40", "=2014-13-40"),
            ("31 February 1917", "=31 February 1917"),
            ("1917, published 1918", "=1917, published 1918"),
            ("spring 1917", "=spring 1917"),
            ("0000", "=0000"),
            ("", "="),
        ];
        for (written, expected) in cases {
            assert_eq!(parts(written), expected, "{written}");
        }
    }
}
