//! What the table promises: names, types, presence and meaning of its columns, for people and for programs.

use std::borrow::Cow;
use std::fmt::Write as _;

use polars::prelude::{DataType, Field};
use serde_json::{Value, json};

use crate::calendar::Date;

use super::columns::COLUMNS;
use super::frame::Row;

/// Rises when a column is added, goes, or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8 text.
    Text,
    /// Unsigned whole number of 32 bits.
    Whole,
    /// Signed whole number of 8 bits.
    Small,
    /// Floating-point number of 64 bits.
    Float,
    /// Calendar day.
    Day,
}

impl ColumnType {
    /// The name that the schema prints.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "str",
            Self::Whole => "u32",
            Self::Small => "i8",
            Self::Float => "f64",
            Self::Day => "date",
        }
    }

    /// The Polars type, which is also the Parquet and Arrow type.
    #[must_use]
    pub const fn polars(self) -> DataType {
        match self {
            Self::Text => DataType::String,
            Self::Whole => DataType::UInt32,
            Self::Small => DataType::Int8,
            Self::Float => DataType::Float64,
            Self::Day => DataType::Date,
        }
    }

    /// The type of a Frictionless Table Schema.
    const fn frictionless(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Whole | Self::Small => "integer",
            Self::Float => "number",
            Self::Day => "date",
        }
    }
}

/// Whether a column always holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Never null, never empty.
    Always,
    /// Never null, but the text may be empty.
    MaybeEmpty,
    /// May be null.
    MaybeNull,
}

/// How a column is read from a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Read {
    Text(for<'a> fn(&Row<'a>) -> Option<Cow<'a, str>>),
    Whole(fn(&Row<'_>) -> Option<u32>),
    Small(fn(&Row<'_>) -> Option<i8>),
    Float(fn(&Row<'_>) -> Option<f64>),
    Day(fn(&Row<'_>) -> Option<Date>),
}

/// One column of the table.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    /// The name in every format.
    pub name: &'static str,
    /// The name in Chinese, for the heads of tables that people read.
    pub chinese: &'static str,
    /// Whether it always holds something.
    pub presence: Presence,
    /// One line for people.
    pub description: &'static str,
    pub(super) read: Read,
    words: Option<fn() -> Vec<&'static str>>,
}

impl ColumnSpec {
    pub(super) const fn new(
        [name, chinese]: [&'static str; 2],
        presence: Presence,
        description: &'static str,
        read: Read,
    ) -> Self {
        Self { name, chinese, presence, description, read, words: None }
    }

    pub(super) const fn of_words(mut self, words: fn() -> Vec<&'static str>) -> Self {
        self.words = Some(words);
        self
    }

    /// The column of that name.
    ///
    /// ```
    /// use taizhang::table::{ColumnSpec, ColumnType};
    ///
    /// assert_eq!(ColumnSpec::named("period_end").map(|column| column.column_type()), Some(ColumnType::Day));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        // The promoted constant lives as long as the program.
        const ALL: &[ColumnSpec] = &COLUMNS;
        ALL.iter().find(|column| column.name == name)
    }

    /// Its type.
    #[must_use]
    pub const fn column_type(&self) -> ColumnType {
        match self.read {
            Read::Text(_) => ColumnType::Text,
            Read::Whole(_) => ColumnType::Whole,
            Read::Small(_) => ColumnType::Small,
            Read::Float(_) => ColumnType::Float,
            Read::Day(_) => ColumnType::Day,
        }
    }

    /// Whether it may hold null.
    #[must_use]
    pub const fn nullable(&self) -> bool {
        matches!(self.presence, Presence::MaybeNull)
    }

    /// The words it may hold, where its vocabulary is closed.
    #[must_use]
    pub fn words(&self) -> Option<Vec<&'static str>> {
        self.words.map(|words| words())
    }

    pub(super) fn field(&self) -> Field {
        Field::new(self.name.into(), self.column_type().polars())
    }
}

/// The schema for people: a line for each column.
///
/// ```
/// assert!(taizhang::table::text().starts_with("document "));
/// ```
#[must_use]
pub fn text() -> String {
    let mut out = String::new();
    for column in &COLUMNS {
        let kind = format!("{}{}", column.column_type().as_str(), if column.nullable() { "?" } else { "" });
        // A Chinese character takes two columns of a terminal.
        let gap = " ".repeat(9usize.saturating_sub(2 * column.chinese.chars().count()));
        let _ = write!(out, "{:<13} {}{gap} {kind:<6} {}", column.name, column.chinese, column.description);
        if let Some(words) = column.words() {
            let _ = write!(out, ": {}", words.join(", "));
        }
        out.push('\n');
    }
    out
}

/// The schema as JSON.
///
/// ```
/// assert_eq!(taizhang::table::json()["columns"][0]["name"], "document");
/// ```
#[must_use]
pub fn json() -> Value {
    let columns: Vec<Value> = COLUMNS
        .iter()
        .map(|column| {
            let mut entry = json!({
                "name": column.name,
                "title_zh": column.chinese,
                "type": column.column_type().as_str(),
                "nullable": column.nullable(),
                "description": column.description,
            });
            if let (Some(words), Some(entry)) = (column.words(), entry.as_object_mut()) {
                entry.insert("values".to_owned(), words.into());
            }
            entry
        })
        .collect();
    json!({ "schema_version": SCHEMA_VERSION, "offset_unit": "unicode_scalar", "columns": columns })
}

/// The schema of the CSV file as a Frictionless Table Schema.
///
/// ```
/// assert_eq!(taizhang::table::frictionless()["fields"][2]["type"], "integer");
/// ```
#[must_use]
pub fn frictionless() -> Value {
    let fields: Vec<Value> = COLUMNS
        .iter()
        .map(|column| {
            let mut constraints = serde_json::Map::new();
            if column.presence == Presence::Always {
                constraints.insert("required".to_owned(), true.into());
            }
            if column.column_type() == ColumnType::Whole {
                constraints.insert("minimum".to_owned(), 0.into());
            }
            if let Some(words) = column.words() {
                constraints.insert("enum".to_owned(), words.into());
            }
            let mut field = json!({
                "name": column.name,
                "title": column.chinese,
                "type": column.column_type().frictionless(),
                "description": column.description,
            });
            if let (false, Some(field)) = (constraints.is_empty(), field.as_object_mut()) {
                field.insert("constraints".to_owned(), constraints.into());
            }
            field
        })
        .collect();
    json!({ "fields": fields, "primaryKey": ["document", "fact"], "missingValues": [""] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_stand_in_the_order_of_the_contract() {
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        assert_eq!(
            names.join(" "),
            "document document_id fact section line char_start char_end text sentence kind value lower upper bound \
             decimals unit unit_code dimension base_value base_unit indicator relation direction comparison of_fact \
             period period_start period_end status"
        );
    }

    #[test]
    fn every_column_has_a_chinese_name_of_its_own() {
        let mut names: Vec<&str> = COLUMNS.iter().map(|column| column.chinese).collect();
        assert!(names.iter().all(|name| !name.is_empty() && name.chars().all(|c| !c.is_ascii())));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COLUMNS.len());
    }

    #[test]
    fn closed_vocabularies_are_told() {
        let schema = frictionless();
        let words = schema["fields"][9]["constraints"]["enum"].as_array().map(Vec::len);
        assert_eq!(words, Some(10));
    }
}
