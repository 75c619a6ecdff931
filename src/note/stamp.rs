//! Moments, as notes write them: RFC 3339 in UTC, to the second (`2026-08-03T12:15:03Z`).
//!
//! In UTC, so that notes sort by when they were made wherever their reader was, and those of two machines agree.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

/// A moment, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(Timestamp);

impl Stamp {
    /// The moment so many seconds after the beginning of 1970 in UTC; clamped to the years that can be written.
    pub fn of_seconds(seconds: i64) -> Self {
        let most = Timestamp::MAX.as_second();
        let clamped = seconds.clamp(0, most);
        Self(Timestamp::from_second(clamped).unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// Seconds since the beginning of 1970 in UTC.
    pub fn seconds(self) -> i64 {
        self.0.as_second()
    }

    /// The day that it was where the reader is, as `2026-08-03`.
    pub fn day(self) -> String {
        self.day_in(&TimeZone::system())
    }

    fn day_in(self, zone: &TimeZone) -> String {
        zone.to_datetime(self.0).date().to_string()
    }

    /// As it stands in the names of files: `20260803-121503`.
    pub fn compact(self) -> String {
        self.civil().strftime("%Y%m%d-%H%M%S").to_string()
    }

    fn civil(self) -> DateTime {
        TimeZone::UTC.to_datetime(self.0)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A moment that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a time; write it as 2026-08-03T12:15:03Z")]
pub struct NoStamp;

impl FromStr for Stamp {
    type Err = NoStamp;

    /// Reads a moment with its offset, a date and time of day (taken for UTC), or a date.
    fn from_str(written: &str) -> Result<Self, NoStamp> {
        let written = written.trim();
        let exact = written.parse::<Timestamp>().ok();
        let civil = || written.parse::<DateTime>().or_else(|_| written.parse::<Date>().map(DateTime::from));
        let moment = exact.or_else(|| TimeZone::UTC.to_timestamp(civil().ok()?).ok()).ok_or(NoStamp)?;
        let whole = moment - i64::from(moment.subsec_nanosecond()).nanoseconds();
        Ok(Self(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        let cases = [
            ("2026-08-03T12:15:03Z", "2026-08-03T12:15:03Z"),
            ("2026-08-03T14:15:03.75+02:00", "2026-08-03T12:15:03Z"),
            ("2026-08-03T12:15", "2026-08-03T12:15:00Z"),
            ("2026-08-03 12:15:03", "2026-08-03T12:15:03Z"),
            ("2026-08-03", "2026-08-03T00:00:00Z"),
        ];
        for (written, expected) in cases {
            assert_eq!(written.parse::<Stamp>().map(|s| s.to_string()), Ok(expected.to_owned()), "{written}");
        }
        for nonsense in ["", "yesterday", "2026-13-01", "2026"] {
            assert_eq!(nonsense.parse::<Stamp>(), Err(NoStamp), "{nonsense}");
        }
    }

    #[test]
    fn a_moment_names_a_file_and_a_day() {
        let moment = Stamp::of_seconds(1_785_759_303);
        assert_eq!(moment.compact(), "20260803-121503");
        for (hours, day) in [(0, "2026-08-03"), (11, "2026-08-03"), (12, "2026-08-04"), (-13, "2026-08-02")] {
            assert_eq!(moment.day_in(&TimeZone::fixed(jiff::tz::offset(hours))), day, "{hours}");
        }
        assert_eq!(Stamp::of_seconds(i64::MAX).seconds(), Timestamp::MAX.as_second());
        assert_eq!(Stamp::of_seconds(-5).seconds(), 0);
    }
}
