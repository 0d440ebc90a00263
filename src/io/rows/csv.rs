//! Rows of CSV and TSV files; the first line names the columns.

use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Cells, Ration, Rows, Stop, broken, distinct};

pub(super) struct Table<R> {
    reader: Reader<R>,
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
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(stream);
        let mut record = ByteRecord::new();
        reader.read_byte_record(&mut record).map_err(|error| said(error, &ration))?;
        ration.renew();
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

fn said(error: csv::Error, ration: &Ration) -> Stop {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => broken(cause, ration),
        other => Stop::Row(format!("{other:?}")),
    }
}
