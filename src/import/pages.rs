//! The order of a text's pages as a reader sets it by hand: `1-3,7,5`.
//!
//! Pages are numbered from 1 in the order in which they stand in the file. A range may fall (`8-5`). Pages that are not
//! listed are left out. The word `file` keeps the order of the file, whatever an import thinks of it.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use thiserror::Error;

use super::error::ImportError;

/// More pages than this have no order that is written by hand.
const MOST: u32 = 100_000;

/// How one writes that the order of the file is to be kept.
const AS_IN_FILE: &str = "file";

/// Which pages, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageOrder {
    written: String,
    /// From 1; none where the order is that of the file.
    pages: Option<Vec<u32>>,
}

/// What is wrong with an order as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OrderError {
    /// Nothing.
    #[error("no page is named; write numbers and ranges, as 1-3,7,5, or file for the order of the file")]
    Nothing,
    /// Neither a number nor a range.
    #[error("`{0}` is neither a page nor a range; write numbers and ranges, as 1-3,7,5, or file")]
    NoNumber(String),
    /// Pages are counted from 1, and there are not that many.
    #[error("there is no page {0}: pages are counted from 1")]
    NoPage(u64),
    /// A page that is named twice.
    #[error("page {0} is named twice")]
    Twice(u32),
}

impl PageOrder {
    /// The order of the file.
    pub fn as_in_file() -> Self {
        Self { written: AS_IN_FILE.to_owned(), pages: None }
    }

    /// Whether it is the order of the file.
    pub(super) fn is_as_in_file(&self) -> bool {
        self.pages.is_none()
    }

    /// The order for a text of `count` pages, as indices from 0, and the pages that it leaves out, from 1.
    pub fn of(&self, count: usize) -> Result<(Vec<usize>, Vec<usize>), ImportError> {
        let said = |why: String| Err(ImportError::Pages { order: self.written.clone(), why });
        let Some(pages) = &self.pages else { return Ok(((0..count).collect(), Vec::new())) };
        if count < 2 {
            return said("this text shows no page breaks, so its pages cannot be put in order".to_owned());
        }
        if let Some(beyond) = pages.iter().find(|p| **p as usize > count) {
            return said(format!("this text has {count} pages: there is no page {beyond}"));
        }
        let left_out = (1..=count).filter(|page| !pages.contains(&(*page as u32))).collect();
        Ok((pages.iter().map(|p| *p as usize - 1).collect(), left_out))
    }
}

impl FromStr for PageOrder {
    type Err = OrderError;

    fn from_str(written: &str) -> Result<Self, OrderError> {
        if written.trim() == AS_IN_FILE {
            return Ok(Self::as_in_file());
        }
        let mut pages = Vec::new();
        for part in written.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (from, to) = (number(from, part)?, number(to, part)?);
            if from <= to {
                pages.extend(RangeInclusive::new(from, to));
            } else {
                pages.extend(RangeInclusive::new(to, from).rev());
            }
            if pages.len() > MOST as usize {
                return Err(OrderError::NoPage(u64::from(from.max(to))));
            }
        }
        let mut sorted = pages.clone();
        sorted.sort_unstable();
        match sorted.windows(2).find(|w| w[0] == w[1]) {
            Some(twice) => Err(OrderError::Twice(twice[0])),
            None if pages.is_empty() => Err(OrderError::Nothing),
            None => Ok(Self { written: written.trim().to_owned(), pages: Some(pages) }),
        }
    }
}

impl fmt::Display for PageOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written)
    }
}

fn number(written: &str, part: &str) -> Result<u32, OrderError> {
    let written = written.trim();
    let digits = !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit());
    let number: u64 = match written.parse() {
        Ok(number) if digits => number,
        Err(_) if digits => u64::MAX,
        _ => return Err(OrderError::NoNumber(part.to_owned())),
    };
    match u32::try_from(number) {
        Ok(page) if (1..=MOST).contains(&page) => Ok(page),
        _ => Err(OrderError::NoPage(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_numbers_and_ranges() {
        let of = |written: &str| written.parse::<PageOrder>().map(|order| order.pages.unwrap());
        let cases = [
            ("1-3,7,5", Ok(vec![1, 2, 3, 7, 5])),
            (" 8-6 , 1 ", Ok(vec![8, 7, 6, 1])),
            ("2–2", Ok(vec![2])),
            ("", Err(OrderError::Nothing)),
            (",", Err(OrderError::Nothing)),
            ("1,x", Err(OrderError::NoNumber("x".to_owned()))),
            ("1-", Err(OrderError::NoNumber("1-".to_owned()))),
            ("-3", Err(OrderError::NoNumber("-3".to_owned()))),
            ("+3", Err(OrderError::NoNumber("+3".to_owned()))),
            ("0", Err(OrderError::NoPage(0))),
            ("1-99999999999", Err(OrderError::NoPage(99_999_999_999))),
            ("1-3,2", Err(OrderError::Twice(2))),
        ];
        for (written, expected) in cases {
            assert_eq!(of(written), expected, "{written}");
        }
    }

    #[test]
    fn an_order_is_held_against_the_pages_there_are() {
        let order: PageOrder = "3,1".parse().unwrap();
        assert_eq!(order.of(4), Ok((vec![2, 0], vec![2, 4])));
        for (count, expected) in [(2, "there is no page 3"), (1, "no page breaks")] {
            let said = order.of(count).unwrap_err().to_string();
            assert!(said.contains("3,1") && said.contains(expected), "{said}");
        }
        let order: PageOrder = " file ".parse().unwrap();
        assert_eq!(
            (order.of(3), order.of(0), order.to_string()),
            (Ok((vec![0, 1, 2], vec![])), Ok((vec![], vec![])), "file".to_owned())
        );
    }
}
