//! The documents of all files, one after the other: a file, or each row of a table.
//!
//! The columns of the tables are looked at first, so that it is known what stands beside the facts before any is
//! written; the rows are read as they are asked for, and none is kept.

use std::borrow::Cow;
use std::path::Path;

use super::error::{FileError, FileErrorKind};
use super::read::{ReadOptions, is_packed};
use super::rows::{self, Rows, Stop};
use super::source::Source;
use super::walk::TextFile;
use crate::table::ColumnSpec;

/// How tables of texts are read.
#[derive(Debug, Clone, Default)]
pub struct TableOptions {
    /// The column that holds the texts; without one, tables are not read.
    pub text: Option<String>,
    /// The columns that are kept beside the facts; all but the texts where it is not said.
    pub keep: Option<Vec<String>>,
}

/// A document that waits to be read.
#[derive(Debug)]
pub enum Waiting {
    /// A file, or standard input.
    File(TextFile),
    /// A row of a table, whose text is read already.
    Row(Box<Source>),
}

impl Waiting {
    /// Its length in bytes, as far as it is known.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::File(file) => file.bytes,
            Self::Row(source) => source.bytes,
        }
    }

    /// How much memory it may take compared with others, in bytes: what is packed comes out longer.
    #[must_use]
    pub fn weight(&self) -> u64 {
        match self {
            Self::File(file) if is_packed(&file.name) => file.bytes.saturating_mul(8),
            _ => self.bytes(),
        }
    }

    /// Where it is; a row of a table has no path but a name.
    #[must_use]
    pub fn path(&self) -> Cow<'_, Path> {
        match self {
            Self::File(file) => file.path().into(),
            Self::Row(source) => Path::new(&source.name).into(),
        }
    }

    /// The text.
    ///
    /// # Errors
    ///
    /// What cannot be read, is longer than the limit, or has no text.
    pub fn read(self, options: &ReadOptions) -> Result<Source, FileError> {
        match self {
            Self::File(file) => Source::read(&file, options),
            Self::Row(source) => Ok(*source),
        }
    }
}

/// A file whose documents are still to come.
struct Planned {
    file: TextFile,
    /// The table, where it is one that cannot be opened a second time.
    rows: Option<Box<dyn Rows>>,
    is_table: bool,
}

/// The documents of many files, in their order.
pub struct Documents {
    planned: std::vec::IntoIter<Planned>,
    table: Option<Table>,
    options: ReadOptions,
    wanted: Vec<String>,
    kept: Vec<String>,
    columns: Vec<String>,
}

/// A table that is being read.
struct Table {
    file: TextFile,
    rows: Box<dyn Rows>,
    row: u64,
}

impl Documents {
    /// The documents of `files`; tables that cannot be read as such go to `failed`.
    #[must_use]
    pub fn new(
        files: Vec<TextFile>,
        tables: &TableOptions,
        options: &ReadOptions,
        failed: &mut Vec<FileError>,
    ) -> Self {
        let mut planned = Vec::with_capacity(files.len());
        let mut columns: Vec<String> = Vec::new();
        for file in files {
            let (Some(text), true) = (&tables.text, rows::is_table(&file)) else {
                planned.push(Planned { file, rows: None, is_table: false });
                continue;
            };
            match with_column(&file, text, options) {
                Ok(rows) => {
                    let more = rows.columns().iter().filter(|name| *name != text && !columns.contains(name));
                    let more: Vec<String> = more.cloned().collect();
                    columns.extend(more);
                    let again = matches!(file.origin, super::walk::Origin::File(_));
                    planned.push(Planned { file, rows: (!again).then_some(rows), is_table: true });
                }
                Err(error) => failed.push(error),
            }
        }
        let keep = tables.keep.clone().unwrap_or_else(|| columns.clone());
        let kept = named_apart(&keep, |name| ColumnSpec::named(name).is_some());
        let wanted = tables.text.iter().cloned().chain(keep).collect();
        Self { planned: planned.into_iter(), table: None, options: options.clone(), wanted, kept, columns }
    }

    /// Whether there is no file left to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.is_none() && self.planned.as_slice().is_empty()
    }

    /// The tables of texts that are still to come.
    #[must_use]
    pub fn tables(&self) -> usize {
        self.planned.as_slice().iter().filter(|planned| planned.is_table).count()
    }

    /// The names that the kept columns bear beside the facts.
    #[must_use]
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    /// The columns that are kept, by their own names.
    #[must_use]
    pub fn keep(&self) -> &[String] {
        let texts = self.wanted.len() - self.kept.len();
        self.wanted.get(texts..).unwrap_or_default()
    }

    /// The columns of all tables that were opened, the texts aside.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }
}

impl Iterator for Documents {
    type Item = Result<Waiting, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(table) = &mut self.table {
                match table.next(&self.wanted, self.options.max_bytes.min(u32::MAX.into())) {
                    Some(Ok(source)) => return Some(Ok(Waiting::Row(Box::new(source)))),
                    Some(Err((error, ends))) => {
                        if ends {
                            self.table = None;
                        }
                        return Some(Err(error));
                    }
                    None => self.table = None,
                }
            }
            let Planned { file, rows, is_table } = self.planned.next()?;
            if !is_table {
                return Some(Ok(Waiting::File(file)));
            }
            match rows.map_or_else(|| rows::open(&file, &self.options), Ok) {
                Ok(rows) => self.table = Some(Table { file, rows, row: 0 }),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Table {
    /// The next row as a document; an error tells whether it is the end of the table.
    fn next(&mut self, wanted: &[String], limit: u64) -> Option<Result<Source, (FileError, bool)>> {
        let cells = self.rows.next(wanted)?;
        self.row += 1;
        let place = |path: &Path| {
            let mut place = path.as_os_str().to_owned();
            place.push(format!("#{}", self.row));
            place
        };
        Some(match cells {
            Ok(mut cells) => {
                let text = if cells.is_empty() { None } else { cells.remove(0) }.unwrap_or_default();
                if text.len() as u64 > limit {
                    return Some(Err((FileError::new(FileErrorKind::LongRow(limit), place(self.file.path())), false)));
                }
                let name = format!("{}#{}", self.file.name, self.row);
                Ok(Source::of_row(&name, text, self.rows.encoding(), cells))
            }
            Err(Stop::Row(why)) => Err((FileError::new(FileErrorKind::Row(why), place(self.file.path())), false)),
            Err(Stop::File(kind, cause)) => {
                Err((FileError { kind, path: place(self.file.path()).into(), cause }, true))
            }
        })
    }
}

/// Opens a table that has the column of that name.
fn with_column(file: &TextFile, text: &str, options: &ReadOptions) -> Result<Box<dyn Rows>, FileError> {
    let rows = rows::open(file, options)?;
    if rows.columns().iter().any(|column| column == text) {
        return Ok(rows);
    }
    let kind = FileErrorKind::NoColumn(text.to_owned(), rows.columns().to_vec());
    Err(FileError::new(kind, file.path()))
}

/// The names of kept columns; one that a column of the facts has too, as `own` tells, gets `source_` before it.
pub(super) fn named_apart(columns: &[String], own: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in columns {
        // Readers of tables that do not tell capitals from small letters must not mix them up either.
        let name = if own(&column.to_ascii_lowercase()) { format!("source_{column}") } else { column.clone() };
        let taken = |name: &str| {
            names.iter().any(|known| known.eq_ignore_ascii_case(name))
                || columns.iter().any(|other| other == name && other != column)
        };
        names.push(free(&name, taken));
    }
    names
}

/// The name, with a number behind it where it is taken.
pub(super) fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut free = name.to_owned();
    let mut number = 2u64;
    while taken(&free) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_facts_are_not_taken_away() {
        let names = ["id", "Text", "period", "source_period", "ID"].map(str::to_owned);
        assert_eq!(
            named_apart(&names, |name| ["text", "period"].contains(&name)),
            ["id", "source_Text", "source_period_2", "source_period", "ID_2"]
        );
    }
}
