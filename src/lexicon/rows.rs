//! The one reader of lexicon tables.
//!
//! A table is tab-separated UTF-8 text: lines that start with `#` are comment, the first other line names the
//! columns, each line after it is a row. Nothing is quoted. A cell that lists surfaces separates them with `|`.

use std::path::{Path, PathBuf};

/// A lexicon table that cannot be used, and where and why.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}: {message}", file.display())]
pub struct LexiconError {
    /// The table's file.
    pub file: PathBuf,
    /// 1-based line, 0 where the whole file is meant.
    pub line: u64,
    /// What was expected.
    pub message: String,
}

/// One line of a table, its cells by column name.
pub(crate) struct Cells<'a> {
    file: &'a Path,
    line: u64,
    columns: &'a [String],
    record: &'a csv::StringRecord,
}

impl Cells<'_> {
    /// The cell under `column`, trimmed; an error where the table has no such column or the cell is empty.
    pub(crate) fn get(&self, column: &str) -> Result<&str, LexiconError> {
        let cell = self.optional(column);
        if cell.is_empty() {
            return Err(self.error(format!("column `{column}` is missing or empty")));
        }
        Ok(cell)
    }

    /// The cell under `column`, empty where there is none.
    pub(crate) fn optional(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|name| name == column);
        index.and_then(|index| self.record.get(index)).map(str::trim).unwrap_or_default()
    }

    /// The cell under `column`, read as `T`.
    pub(crate) fn parse<T: std::str::FromStr>(&self, column: &str) -> Result<T, LexiconError>
    where
        T::Err: std::fmt::Display,
    {
        self.get(column)?.parse().map_err(|cause: T::Err| self.error(format!("column `{column}`: {cause}")))
    }

    /// The surfaces of the row.
    pub(crate) fn surfaces(&self) -> Result<Vec<Box<str>>, LexiconError> {
        let surfaces: Vec<Box<str>> = self.get("surfaces")?.split('|').map(Into::into).collect();
        if surfaces.iter().any(|surface| surface.is_empty()) {
            return Err(self.error("an empty surface between two `|`".to_owned()));
        }
        Ok(surfaces)
    }

    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    pub(crate) fn error(&self, message: String) -> LexiconError {
        LexiconError { file: self.file.to_owned(), line: self.line, message }
    }
}

/// Reads every row of a table, which has the `wanted` columns and may have others.
pub(crate) fn read(
    file: &Path,
    text: &str,
    wanted: &[&str],
    mut row: impl FnMut(&Cells<'_>) -> Result<(), LexiconError>,
) -> Result<(), LexiconError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut columns: Vec<String> = Vec::new();
    for record in reader.records() {
        let fail = |line, message| LexiconError { file: file.to_owned(), line, message };
        let record =
            record.map_err(|error| fail(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        if columns.is_empty() {
            columns = record.iter().map(|name| name.trim().to_owned()).collect();
            if let Some(missing) = wanted.iter().find(|name| !columns.iter().any(|column| column == *name)) {
                return Err(fail(line, format!("the first line names the columns, and has no `{missing}`")));
            }
            continue;
        }
        if record.len() != columns.len() {
            let message =
                format!("{} cells where the head has {} ({})", record.len(), columns.len(), columns.join(", "));
            return Err(fail(line, message));
        }
        row(&Cells { file, line, columns: &columns, record: &record })?;
    }
    Ok(())
}
