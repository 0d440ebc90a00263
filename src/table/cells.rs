//! A table read back cell by cell, for writers of text.

use std::fmt;

use polars::prelude::{
    Column, DataFrame, DataType, Float64Chunked, Int8Chunked, Int32Chunked, PolarsError, PolarsResult, StringChunked,
    UInt32Chunked,
};

use crate::calendar::Date;

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// Words.
    Text(&'a str),
    /// A count or a place.
    Whole(u32),
    /// A small signed number.
    Small(i8),
    /// A value.
    Float(f64),
    /// A day.
    Day(Date),
}

/// As CSV and JSON write it: null as nothing, floats in their shortest form that reads back the same, days in ISO 8601.
impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Null => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Whole(whole) => write!(f, "{whole}"),
            Self::Small(small) => write!(f, "{small}"),
            // An exponent only where a plain number would be mostly zeros, or no reader's whole number of 64 bits.
            Self::Float(float) if float != 0.0 && !(1e-7..1e18).contains(&float.abs()) => write!(f, "{float:e}"),
            Self::Float(float) => write!(f, "{float}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// The cells of a table made by [`to_dataframe`](super::to_dataframe).
///
/// ```
/// use taizhang::table::{Cells, Selection, to_dataframe};
///
/// let frame = to_dataframe([], &Selection::default())?;
/// assert_eq!(Cells::of(&frame)?.names()[0], "document");
/// # Ok::<(), polars::error::PolarsError>(())
/// ```
///
/// It knows only the types of that table.
#[derive(Debug)]
pub struct Cells<'a> {
    columns: Vec<Typed<'a>>,
    names: Vec<&'a str>,
}

#[derive(Debug)]
enum Typed<'a> {
    Text(&'a StringChunked),
    Whole(&'a UInt32Chunked),
    Small(&'a Int8Chunked),
    Float(&'a Float64Chunked),
    Day(&'a Int32Chunked),
}

impl<'a> Cells<'a> {
    /// The cells of `frame`.
    ///
    /// # Errors
    ///
    /// A column of a type that the table of facts does not have.
    pub fn of(frame: &'a DataFrame) -> PolarsResult<Self> {
        let columns = frame.columns().iter().map(Typed::of).collect::<PolarsResult<_>>()?;
        Ok(Self { columns, names: frame.columns().iter().map(|column| column.name().as_str()).collect() })
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// The cells of one row; nulls where the table has no such row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Cell<'a>> + '_ {
        self.columns.iter().map(move |column| column.cell(row))
    }
}

impl<'a> Typed<'a> {
    fn of(column: &'a Column) -> PolarsResult<Self> {
        Ok(match column.dtype() {
            DataType::String => Self::Text(column.str()?),
            DataType::UInt32 => Self::Whole(column.u32()?),
            DataType::Int8 => Self::Small(column.i8()?),
            DataType::Float64 => Self::Float(column.f64()?),
            DataType::Date => Self::Day(column.date()?.physical()),
            other => return Err(PolarsError::SchemaMismatch(format!("no column of facts is a {other}").into())),
        })
    }

    fn cell(&self, row: usize) -> Cell<'a> {
        match self {
            Self::Text(column) => column.get(row).map(Cell::Text),
            Self::Whole(column) => column.get(row).map(Cell::Whole),
            Self::Small(column) => column.get(row).map(Cell::Small),
            Self::Float(column) => column.get(row).map(Cell::Float),
            Self::Day(column) => column.get(row).map(|days| Cell::Day(day_since_epoch(days))),
        }
        .unwrap_or(Cell::Null)
    }
}

/// The day `days` after 1970-01-01.
pub(crate) fn day_since_epoch(days: i32) -> Date {
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let days = i64::from(days) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date {
        year: i16::try_from(year).unwrap_or(i16::MAX),
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(day).unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back_as_they_went() {
        for days in (-700_000..1_200_000).step_by(17) {
            assert_eq!(day_since_epoch(days).days_since_epoch(), days);
        }
    }

    #[test]
    fn floats_are_plain_and_short() {
        let shown = |value: f64| Cell::Float(value).to_string();
        assert_eq!(shown(1_834_000_000.0), "1834000000");
        assert_eq!(shown(0.1), "0.1");
        assert_eq!(shown(-13.1), "-13.1");
        assert_eq!(shown(0.0), "0");
        assert_eq!(shown(1e300), "1e300");
        assert_eq!(shown(0.000_000_01), "1e-8");
    }
}
