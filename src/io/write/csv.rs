//! CSV: RFC 4180 quoting, UTF-8, nulls and empty texts alike as nothing.
//!
//! For Excel a byte-order mark stands in front, lines end in CRLF, and text that a spreadsheet would take for a formula
//! has an apostrophe before it.

use std::fmt::Write as _;
use std::io::{self, Write};

use polars::prelude::DataFrame;

use crate::io::documents::named_apart;
use crate::table::{Cell, Cells, ColumnSpec, Selection};

use super::{TableWriter, from_polars};

/// The language of the names in the head of a CSV file. Formats for programs keep the names of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Headers {
    /// The names of the schema
    #[default]
    En,
    /// Chinese names: 数值, 单位, 指标
    Zh,
}

/// For whom a CSV file is written.
///
/// ```
/// use taizhang::io::{CsvStyle, Headers};
///
/// let plain = CsvStyle::default();
/// assert_eq!((plain.headers, plain.excel), (Headers::En, false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvStyle {
    /// The language of the head.
    pub headers: Headers,
    /// Whether Excel is to open it as it is.
    pub excel: bool,
}

impl CsvStyle {
    /// A writer of CSV into `out`.
    ///
    /// # Errors
    ///
    /// Where `out` does not take the head of the file.
    pub fn writer(self, mut out: Box<dyn Write + Send>, selection: &Selection) -> io::Result<Box<dyn TableWriter>> {
        if self.excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let ends = if self.excel { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().terminator(ends).from_writer(out);
        let named = |column: &ColumnSpec| match self.headers {
            Headers::En => column.name,
            Headers::Zh => column.chinese,
        };
        let own: Vec<&str> = selection.columns().iter().map(named).collect();
        let mut kept = named_apart(selection.kept(), |name| own.contains(&name));
        kept.iter_mut().filter(|name| self.excel && is_formula(name)).for_each(|name| name.insert(0, '\''));
        writer.write_record(own.into_iter().chain(kept.iter().map(String::as_str))).map_err(from_csv)?;
        Ok(Box::new(CsvTable { writer, guarded: self.excel, cell: String::new() }))
    }
}

struct CsvTable {
    writer: csv::Writer<Box<dyn Write + Send>>,
    /// Whether no text may be a formula.
    guarded: bool,
    cell: String,
}

/// Whether a spreadsheet would take the text for a formula.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

impl TableWriter for CsvTable {
    fn write(&mut self, batch: &DataFrame) -> io::Result<()> {
        let cells = Cells::of(batch).map_err(from_polars)?;
        for row in 0..batch.height() {
            for cell in cells.row(row) {
                if let Cell::Text(text) = cell
                    && !(self.guarded && is_formula(text))
                {
                    self.writer.write_field(text).map_err(from_csv)?;
                    continue;
                }
                self.cell.clear();
                let guard = if matches!(cell, Cell::Text(_)) { "'" } else { "" };
                write!(self.cell, "{guard}{cell}").map_err(io::Error::other)?;
                self.writer.write_field(&self.cell).map_err(from_csv)?;
            }
            self.writer.write_record(None::<&[u8]>).map_err(from_csv)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn from_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
