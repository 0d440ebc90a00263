//! Rows of CSV and TSV files; the first line names the columns.

use std::io::{Chain, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Cells, Ration, Rows, Stop, broken, distinct};

/// What is read behind the end of a table: a row of its own, unless a quote is open that nobody closed.
const END: &[u8] = b"\n\"\x00end of the table";

/// What is seen of it, its quote taken off.
const SEEN: &[u8] = b"\x00end of the table";

pub(super) struct Table<R> {
    reader: Reader<Chain<R, &'static [u8]>>,
    columns: Vec<String>,
    record: ByteRecord,
    /// Where the cells that are asked for stand; looked up with the first row.
    places: Option<Vec<Option<usize>>>,
    encoding: &'static str,
    ration: Ration,
}

impl<R: Read + Send> Table<R> {
    pub(super) fn open(stream: R, tabs: bool, encoding: &'static str, ration: Ration) -> Result<Self, Stop> {
        let delimiter = if tabs { b'\t' } else { b',' };
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(stream.chain(END));
        let mut record = ByteRecord::new();
        reader.read_byte_record(&mut record).map_err(|error| said(error, &ration))?;
        ration.renew();
        if is_end(&record) {
            record.clear();
        }
        let columns = distinct(record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()));
        Ok(Self { reader, columns, record, places: None, encoding, ration })
    }
}

impl<R: Read + Send> Rows for Table<R> {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, wanted: &[String]) -> Option<Result<Cells, Stop>> {
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => self.ration.renew(),
            Ok(false) => return None,
            Err(error) => return Some(Err(said(error, &self.ration))),
        }
        if is_end(&self.record) {
            return None;
        }
        if self.record.iter().next_back().is_some_and(|cell| cell.ends_with(SEEN)) {
            // The cell holds all rows behind it, and nobody can tell where it should have ended.
            return Some(Err(Stop::Row("a quote opens in it that is never closed".to_owned())));
        }
        let (cells, columns) = (self.record.len(), self.columns.len());
        if cells != columns {
            // A comma too many moves what follows into wrong columns, and nobody can tell where.
            return Some(Err(Stop::Row(format!("it has {cells} cells where the first line names {columns} columns"))));
        }
        let place = |name: &String| self.columns.iter().position(|column| column == name);
        let places = self.places.get_or_insert_with(|| wanted.iter().map(place).collect());
        let cell = |place: &Option<usize>| {
            let cell = self.record.get((*place)?).filter(|cell| !cell.is_empty())?;
            Some(String::from_utf8_lossy(cell).into_owned())
        };
        Some(Ok(places.iter().map(cell).collect()))
    }

    fn encoding(&self) -> &'static str {
        self.encoding
    }
}

/// Whether a row is what was set behind the table.
fn is_end(record: &ByteRecord) -> bool {
    record.len() == 1 && record.get(0) == Some(SEEN)
}

fn said(error: csv::Error, ration: &Ration) -> Stop {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => broken(cause, ration),
        other => Stop::Row(format!("{other:?}")),
    }
}
