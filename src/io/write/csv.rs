//! CSV: RFC 4180 quoting, UTF-8, nulls and empty texts alike as nothing.

use std::fmt::Write as _;
use std::io::{self, Write};

use polars::prelude::DataFrame;

use crate::table::{Cell, Cells, Selection};

use super::{TableWriter, from_polars};

pub(super) struct CsvTable {
    writer: csv::Writer<Box<dyn Write + Send>>,
    number: String,
}

impl CsvTable {
    pub(super) fn new(out: Box<dyn Write + Send>, selection: &Selection) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(selection.names()).map_err(from_csv)?;
        Ok(Self { writer, number: String::new() })
    }
}

impl TableWriter for CsvTable {
    fn write(&mut self, batch: &DataFrame) -> io::Result<()> {
        let cells = Cells::of(batch).map_err(from_polars)?;
        for row in 0..batch.height() {
            for cell in cells.row(row) {
                if let Cell::Text(text) = cell {
                    self.writer.write_field(text).map_err(from_csv)?;
                } else {
                    self.number.clear();
                    write!(self.number, "{cell}").map_err(io::Error::other)?;
                    self.writer.write_field(&self.number).map_err(from_csv)?;
                }
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
