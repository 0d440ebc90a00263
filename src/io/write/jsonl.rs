//! JSON lines: one object a row with every column, nulls as null, days as text in ISO 8601.

use std::io::{self, Write};

use polars::prelude::DataFrame;
use serde_json::Value;

use crate::table::{Cell, Cells};

use super::{TableWriter, from_polars};

pub(super) struct JsonlTable {
    out: Box<dyn Write + Send>,
}

impl JsonlTable {
    pub(super) fn new(out: Box<dyn Write + Send>) -> Self {
        Self { out }
    }
}

impl TableWriter for JsonlTable {
    fn write(&mut self, batch: &DataFrame) -> io::Result<()> {
        let cells = Cells::of(batch).map_err(from_polars)?;
        let names: Vec<String> = cells.names().iter().map(|name| Value::from(*name).to_string()).collect();
        for row in 0..batch.height() {
            for (place, (name, cell)) in names.iter().zip(cells.row(row)).enumerate() {
                let before = if place == 0 { '{' } else { ',' };
                write!(self.out, "{before}{name}:")?;
                match cell {
                    Cell::Null => self.out.write_all(b"null")?,
                    Cell::Text(text) => serde_json::to_writer(&mut self.out, text)?,
                    Cell::Day(day) => write!(self.out, "\"{day}\"")?,
                    Cell::Whole(_) | Cell::Small(_) | Cell::Float(_) => write!(self.out, "{cell}")?,
                }
            }
            self.out.write_all(b"}\n")?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
