//! Days and periods of the Gregorian calendar.
//!
//! ```
//! use taizhang::calendar::Period;
//!
//! assert_eq!(Period::months(2022, 1, 11).to_string(), "2022-01/2022-11");
//! assert_eq!(Period::quarter(2022, 1).to_string(), "2022-Q1");
//! assert_eq!(Period::years(2016, 2020).to_string(), "2016/2020");
//! assert_eq!(Period::year(2022).end.to_string(), "2022-12-31");
//! ```

use std::fmt;

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of the common era.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day, if the month has it.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days_since_epoch(self) -> i32 {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
        let year = i32::from(self.year) - i32::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i32::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }
}

impl Date {
    /// The day so many days after 1970-01-01.
    fn from_days_since_epoch(days: i32) -> Option<Self> {
        // The inverse of the above, civil_from_days.
        let days = days.checked_add(719_468)?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = u8::try_from(day_of_year - (153 * month + 2) / 5 + 1).ok()?;
        let month = u8::try_from(if month < 10 { month + 3 } else { month - 9 }).ok()?;
        let year = i16::try_from(year_of_era + era * 400 + i32::from(month <= 2)).ok()?;
        Some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A run of days, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

impl Period {
    /// The years `first` to `last`.
    #[must_use]
    pub const fn years(first: i16, last: i16) -> Self {
        Self { start: Date { year: first, month: 1, day: 1 }, end: Date { year: last, month: 12, day: 31 } }
    }

    /// One year.
    #[must_use]
    pub const fn year(year: i16) -> Self {
        Self::years(year, year)
    }

    /// The financial year that starts on the first of April of a year.
    #[must_use]
    pub const fn financial_year(year: i16) -> Self {
        Self { start: Date { year, month: 4, day: 1 }, end: Date { year: year + 1, month: 3, day: 31 } }
    }

    /// The first and the last year of several, financial years where they are.
    pub(crate) fn end_years(self) -> (Self, Self) {
        let (first, last) = (self.start.year, self.end.year);
        let financial = Self { start: Self::financial_year(first).start, end: Self::financial_year(last - 1).end };
        if self == financial {
            (Self::financial_year(first), Self::financial_year(last - 1))
        } else {
            (Self::year(first), Self::year(last))
        }
    }

    /// The months `first` to `last` (1 to 12) of a year.
    #[must_use]
    pub fn months(year: i16, first: u8, last: u8) -> Self {
        let last = last.clamp(1, 12);
        Self {
            start: Date { year, month: first.clamp(1, last), day: 1 },
            end: Date { year, month: last, day: days_in_month(year, last) },
        }
    }

    /// One month.
    #[must_use]
    pub fn month(year: i16, month: u8) -> Self {
        Self::months(year, month, month)
    }

    /// 上旬, 中旬, 下旬: ten days of a month, the last of the three to its end.
    #[must_use]
    pub fn third_of_month(year: i16, month: u8, third: u8) -> Self {
        let whole = Self::month(year, month);
        let third = third.clamp(1, 3);
        let end = if third == 3 { whole.end.day } else { third * 10 };
        Self { start: Date { day: third * 10 - 9, ..whole.start }, end: Date { day: end, ..whole.end } }
    }

    /// A quarter, 1 to 4.
    #[must_use]
    pub fn quarter(year: i16, quarter: u8) -> Self {
        let last = quarter.clamp(1, 4) * 3;
        Self::months(year, last - 2, last)
    }

    /// One day.
    #[must_use]
    pub const fn day(date: Date) -> Self {
        Self { start: date, end: date }
    }

    /// The seven days from Monday on of a week of a year, as ISO 8601 counts them: the first has the fourth of January.
    #[must_use]
    pub fn week(year: i16, week: u8) -> Option<Self> {
        let fourth = Date { year, month: 1, day: 4 }.days_since_epoch();
        // 1970-01-01 was a Thursday.
        let monday = fourth - (fourth + 3).rem_euclid(7) + 7 * (i32::from(week) - 1);
        let week = Self { start: Date::from_days_since_epoch(monday)?, end: Date::from_days_since_epoch(monday + 6)? };
        // The week belongs to the year that its Thursday lies in.
        let thursday = Date::from_days_since_epoch(monday + 3)?;
        (thursday.year == year).then_some(week)
    }

    /// The seven days before, where it is seven days.
    pub(crate) fn week_before(self) -> Option<Self> {
        let (start, end) = (self.start.days_since_epoch(), self.end.days_since_epoch());
        let day = |days: i32| Date::from_days_since_epoch(days - 7);
        (end - start == 6).then_some(Self { start: day(start)?, end: day(end)? })
    }

    /// From the first of January of the last day's year to the last day: what 截至 and 年末 count.
    #[must_use]
    pub const fn to_date(self) -> Self {
        Self { start: Date { year: self.end.year, month: 1, day: 1 }, end: self.end }
    }

    /// The same days `years` later (earlier where negative).
    #[must_use]
    pub fn shift_years(self, years: i16) -> Self {
        let shift = |date: Date| {
            let year = date.year + years;
            Date { year, month: date.month, day: date.day.min(days_in_month(year, date.month)) }
        };
        let mut shifted = Self { start: shift(self.start), end: shift(self.end) };
        if self.end.day == days_in_month(self.end.year, self.end.month) {
            shifted.end.day = days_in_month(shifted.end.year, shifted.end.month);
        }
        shifted
    }

    /// The month before a month, the quarter before a quarter.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let Date { year, month, .. } = self.start;
        if self == Self::month(year, month) {
            return Some(if month == 1 { Self::month(year - 1, 12) } else { Self::month(year, month - 1) });
        }
        let quarter = (month - 1) / 3 + 1;
        let before = if quarter == 1 { Self::quarter(year - 1, 4) } else { Self::quarter(year, quarter - 1) };
        (self == Self::quarter(year, quarter)).then_some(before)
    }

    /// Whether it ends in a year after one given, and is no run of whole years: the term of a contract.
    #[must_use]
    pub fn runs_beyond(self, year: i16) -> bool {
        self.end.year > year && self != Self::years(self.start.year, self.end.year)
    }

    /// Whether it is one whole calendar year.
    #[must_use]
    pub fn is_year(self) -> bool {
        self == Self::year(self.start.year)
    }

    /// Whether it lies in one year and is not all of it.
    pub(crate) fn is_part(self) -> bool {
        self.start.year == self.end.year && !self.is_year()
    }

    /// Whether it holds a day.
    pub(crate) fn contains(self, day: Date) -> bool {
        (self.start..=self.end).contains(&day)
    }

    /// Whether it is a stretch of days that whole months do not make up.
    pub(crate) fn is_of_days(self) -> bool {
        self.start < self.end
            && self.is_part()
            && self != Self::months(self.start.year, self.start.month, self.end.month)
    }

    /// Whether it is one month, one quarter or another stretch of so many months, or for none, five to seven days.
    pub(crate) fn is_of_months(self, months: u8) -> bool {
        let Date { year, month, .. } = self.start;
        if months == 0 {
            let days = self.end.days_since_epoch() - self.start.days_since_epoch();
            return (4..7).contains(&days);
        }
        self == Self::months(year, month, month.saturating_add(months - 1)) && (month - 1) % months == 0
    }

    /// Of how many whole years it is a run; one, if it is none.
    pub(crate) fn count_years(self) -> usize {
        let run = self == Self::years(self.start.year, self.end.year);
        usize::try_from(self.end.year - self.start.year).ok().filter(|_| run).map_or(1, |years| years + 1)
    }

    /// The year at a place in a run of years.
    pub(crate) fn nth_year(self, at: usize) -> Option<Self> {
        self.start.year.checked_add(i16::try_from(at).ok()?).map(Self::year)
    }
}

/// ISO 8601: `2022`, `2022-11`, `2022-11-30`, `2022-01/2022-11`, `2016/2020`; quarters as `2022-Q1`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.start, self.end);
        let whole_months = start.day == 1 && end.day == days_in_month(end.year, end.month);
        if start == end {
            return start.fmt(f);
        }
        if !whole_months {
            return write!(f, "{start}/{end}");
        }
        match (start.month, end.month, start.year == end.year) {
            (1, 12, true) => write!(f, "{:04}", start.year),
            (1, 12, false) => write!(f, "{:04}/{:04}", start.year, end.year),
            (first, last, true) if first == last => write!(f, "{:04}-{first:02}", start.year),
            (first, last, true) if first % 3 == 1 && last == first + 2 => write!(f, "{:04}-Q{}", start.year, last / 3),
            (first, last, _) => write!(f, "{:04}-{first:02}/{:04}-{last:02}", start.year, end.year),
        }
    }
}

/// Days of a month, 1 to 12.
#[must_use]
pub const fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_the_epoch() {
        let day = |y, m, d| Date::new(y, m, d).map(Date::days_since_epoch);
        assert_eq!(day(1970, 1, 1), Some(0));
        assert_eq!(day(2000, 3, 1), Some(11_017));
        assert_eq!(day(1949, 10, 1), Some(-7_397));
        assert_eq!(day(2023, 2, 29), None);
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        let week = |year, week| Period::week(year, week).map(|week| week.to_string());
        assert_eq!(week(2024, 6).as_deref(), Some("2024-02-05/2024-02-11"));
        assert_eq!(week(2021, 1).as_deref(), Some("2021-01-04/2021-01-10"));
        assert_eq!(week(2020, 53).as_deref(), Some("2020-12-28/2021-01-03"));
        assert_eq!(week(2021, 53), None);
        assert_eq!(Period::week(2024, 1).and_then(Period::week_before), Period::week(2023, 52));
        assert_eq!(Period::month(2024, 2).week_before(), None);
        assert!(
            (-800_000..800_000)
                .all(|day| { Date::from_days_since_epoch(day).map(Date::days_since_epoch) == Some(day) })
        );
    }

    #[test]
    fn a_leap_february_shifts_to_its_last_day() {
        assert_eq!(Period::month(2024, 2).shift_years(-1), Period::month(2023, 2));
        assert_eq!(Period::month(2023, 2).shift_years(1), Period::month(2024, 2));
    }
}
