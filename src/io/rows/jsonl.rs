//! Rows of JSON lines: an object a line. The first one names the columns.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::{Cells, FileErrorKind, Ration, Rows, Stop, broken};

/// A file whose first lines are broken so often is no table.
const MOST_BROKEN: usize = 100;

pub(super) struct Table<R> {
    stream: R,
    columns: Vec<String>,
    /// The lines up to the first object, which was read for its names; the last one first.
    first: Vec<Result<Map<String, Value>, Stop>>,
    line: Vec<u8>,
    encoding: &'static str,
    ration: Ration,
}

impl<R: BufRead + Send> Table<R> {
    pub(super) fn open(stream: R, encoding: &'static str, ration: Ration) -> Result<Self, Stop> {
        let mut table = Self { stream, columns: Vec::new(), first: Vec::new(), line: Vec::new(), encoding, ration };
        while let Some(object) = table.object() {
            match object {
                Ok(object) => {
                    table.columns = object.keys().cloned().collect();
                    table.first.push(Ok(object));
                    break;
                }
                Err(Stop::Row(why)) if table.first.len() < MOST_BROKEN => table.first.push(Err(Stop::Row(why))),
                Err(Stop::Row(why)) => return Err(Stop::File(FileErrorKind::Malformed("JSON lines", why), None)),
                Err(stop) => return Err(stop),
            }
        }
        table.first.reverse();
        Ok(table)
    }

    /// The object of the next line that is not blank.
    fn object(&mut self) -> Option<Result<Map<String, Value>, Stop>> {
        loop {
            self.line.clear();
            match self.stream.read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(_) => self.ration.renew(),
                Err(cause) => return Some(Err(broken(cause, &self.ration))),
            }
            if !self.line.trim_ascii().is_empty() {
                return Some(serde_json::from_slice(&self.line).map_err(|error| Stop::Row(said(&error))));
            }
        }
    }
}

impl<R: BufRead + Send> Rows for Table<R> {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, wanted: &[String]) -> Option<Result<Cells, Stop>> {
        let object = match self.first.pop() {
            Some(first) => first,
            None => self.object()?,
        };
        Some(object.map(|mut object| wanted.iter().map(|name| object.remove(name).and_then(cell)).collect()))
    }

    fn encoding(&self) -> &'static str {
        self.encoding
    }
}

/// What is wrong with a line, which is line 1 to its reader.
fn said(error: &serde_json::Error) -> String {
    let (all, column) = (error.to_string(), error.column());
    let why = all.rsplit_once(" at line ").map_or(all.as_str(), |(why, _)| why);
    format!("byte {column}: {why}")
}

/// A value as a cell: words as they are, all else as JSON writes it.
fn cell(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(words) => Some(words),
        other => Some(other.to_string()),
    }
}
