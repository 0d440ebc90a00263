//! Texts that come in tables: CSV, JSON lines and Parquet, read a row at a time, one document a row.
//!
//! Every cell is text here. What a table of dates, numbers or flags holds is written as that format writes it.

mod csv;
mod jsonl;
mod parquet;

pub use parquet::expects_panic;

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::decode::{Charset, detect};
use super::error::{FileError, FileErrorKind};
use super::read::{Packing, ReadOptions, TABLE_EXTENSIONS, opened, unpacked};
use super::walk::{Origin, TextFile};

/// How much of a table is looked at to tell its encoding.
const SAMPLE: u64 = 1 << 20;

/// What buffers may have read beyond the end of a row.
const AHEAD: u64 = 1 << 20;

/// The cells of one row, in the order in which they were asked for; none where the row has no such cell.
pub(super) type Cells = Vec<Option<String>>;

/// Why a row did not come.
#[derive(Debug)]
pub(super) enum Stop {
    /// This row is none; the next may be.
    Row(String),
    /// Nothing more can be read.
    File(FileErrorKind, Option<io::Error>),
}

/// A table that is read a row at a time.
pub(super) trait Rows: Send {
    /// The names of its columns, in its order; those of the first row where each row names its own.
    fn columns(&self) -> &[String];

    /// The named cells of the next row.
    fn next(&mut self, wanted: &[String]) -> Option<Result<Cells, Stop>>;

    /// How the texts were decoded.
    fn encoding(&self) -> &'static str;
}

/// Whether a file is read as a table, by its name.
pub(super) fn is_table(file: &TextFile) -> bool {
    file.origin == Origin::StandardInput || TABLE_EXTENSIONS.contains(&ending(file).as_str())
}

/// How its name ends, that it is packed aside.
fn ending(file: &TextFile) -> String {
    let name = Path::new(Packing::inner(&file.name));
    name.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

/// Opens a table and reads the names of its columns.
pub(super) fn open(file: &TextFile, options: &ReadOptions) -> Result<Box<dyn Rows>, FileError> {
    let failed = |stop| match stop {
        Stop::Row(why) => FileError::new(FileErrorKind::Row(why), file.path()),
        Stop::File(kind, cause) => FileError { kind, path: file.path().to_owned(), cause },
    };
    let ending = ending(file);
    if ending == "parquet" {
        let table = parquet::Table::open(file.path(), options).map_err(failed)?;
        return Ok(Box::new(table));
    }
    let ration = Ration::new(options.max_bytes);
    let (stream, encoding) = decoded(opened(file)?, options.charset, &ration).map_err(failed)?;
    let mut stream = io::BufReader::with_capacity(1 << 16, stream);
    // Standard input has no name; an object opens JSON lines.
    let mut object = || io::BufRead::fill_buf(&mut stream).map(|start| start.trim_ascii_start().starts_with(b"{"));
    let jsonl = ending == "jsonl" || ending == "ndjson";
    let jsonl =
        jsonl || file.origin == Origin::StandardInput && object().map_err(|cause| failed(broken(cause, &ration)))?;
    if jsonl {
        let table = jsonl::Table::open(stream, encoding, ration).map_err(failed)?;
        return Ok(Box::new(table));
    }
    let table = csv::Table::open(stream, ending == "tsv", encoding, ration).map_err(failed)?;
    Ok(Box::new(table))
}

/// A table's bytes as UTF-8, and how they were decoded.
fn decoded(
    stream: Box<dyn Read + Send>,
    charset: Option<Charset>,
    ration: &Ration,
) -> Result<(impl Read + Send + use<>, &'static str), Stop> {
    let failed = |cause| broken(cause, ration);
    let mut stream = unpacked(stream).map_err(failed)?;
    let mut sample = Vec::new();
    stream.by_ref().take(SAMPLE).read_to_end(&mut sample).map_err(failed)?;
    if Packing::of(&sample).is_some() {
        return Err(Stop::File(FileErrorKind::Nested, None));
    }
    let whole = (sample.len() as u64) < SAMPLE;
    let undecodable = |why| Stop::File(FileErrorKind::Undecodable(why), None);
    let charset = match charset {
        Some(charset) => charset,
        None => Charset::of(detect(&sample, whole).map_err(undecodable)?.0),
    };
    let text = encoding_rs_io::DecodeReaderBytesBuilder::new()
        .encoding(Some(charset.encoding()))
        .bom_override(true)
        .build(ration.clone().over(io::Cursor::new(sample).chain(stream)));
    Ok((text, charset.name()))
}

/// What the system said about a stream; that a row ate its ration is said in other words.
fn broken(cause: io::Error, ration: &Ration) -> Stop {
    let kind = match cause.kind() {
        io::ErrorKind::FileTooLarge => FileErrorKind::OverLimit(ration.limit),
        io::ErrorKind::InvalidInput
        | io::ErrorKind::UnexpectedEof
        | io::ErrorKind::InvalidData
        | io::ErrorKind::Other => FileErrorKind::Malformed("packed", cause.to_string()),
        _ => FileErrorKind::Unreadable,
    };
    Stop::File(kind, Some(cause))
}

/// How much of a stream may be read before a row of it ends: a quote that nobody closes would take in the whole file.
#[derive(Debug, Clone)]
struct Ration {
    eaten: Arc<AtomicU64>,
    limit: u64,
}

impl Ration {
    fn new(limit: u64) -> Self {
        Self { eaten: Arc::default(), limit }
    }

    /// A row has ended.
    fn renew(&self) {
        self.eaten.store(0, Ordering::Relaxed);
    }

    fn over<R>(self, stream: R) -> Rationed<R> {
        Rationed { stream, ration: self }
    }
}

struct Rationed<R> {
    stream: R,
    ration: Ration,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ration.eaten.load(Ordering::Relaxed) > self.ration.limit.saturating_add(AHEAD) {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.stream.read(buffer)?;
        self.ration.eaten.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Names for columns, each its own: one without a name is told by its place, a second one of a name by a number.
fn distinct(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut next: HashMap<String, u64> = HashMap::new();
    let mut out = Vec::new();
    for (place, name) in names.into_iter().enumerate() {
        let name = if name.trim().is_empty() { format!("column_{}", place + 1) } else { name.trim().to_owned() };
        let mut own = name.clone();
        while !taken.insert(own.clone()) {
            let number = next.entry(name.clone()).or_insert(1);
            *number += 1;
            own = format!("{name}_{number}");
        }
        out.push(own);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let names = ["id", "", "id", " id ", "id_2"].map(str::to_owned);
        assert_eq!(distinct(names), ["id", "column_2", "id_2", "id_3", "id_2_2"]);
    }

    #[test]
    fn a_row_that_does_not_end_is_stopped() {
        let ration = Ration::new(10);
        let mut endless = ration.clone().over(io::repeat(b'1'));
        let read = io::copy(&mut endless, &mut io::sink());
        assert_eq!(read.map_err(|cause| cause.kind()), Err(io::ErrorKind::FileTooLarge));
        ration.renew();
        assert!(endless.read(&mut [0; 8]).is_ok());
    }
}
