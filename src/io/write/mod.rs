//! Tables written as they are made: batches of rows in, one or more files out.

mod arrow;
mod csv;
mod jsonl;
mod parquet;

use std::io::{self, Write};

use polars::prelude::{
    Column, DataFrame, IntoColumn as _, NewChunkedArray as _, PolarsError, PolarsResult, StringChunked,
};
use serde_json::{Map, Value};

use crate::table::{SCHEMA_VERSION, Selection};

pub use csv::{CsvStyle, Headers};

/// A format of the table of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// RFC 4180 quoting, UTF-8, lines that end in LF.
    Csv,
    /// Parquet with Zstandard.
    Parquet,
    /// One JSON object a line.
    Jsonl,
    /// Arrow IPC file.
    Arrow,
}

impl Format {
    /// How the names of its files end.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Jsonl => "jsonl",
            Self::Arrow => "arrow",
        }
    }

    /// Whether people can read it in a terminal.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Csv | Self::Jsonl)
    }

    /// A writer of this format into `out`. `lexicon` is the hash over the lexicon's rows, for formats that keep it.
    ///
    /// # Errors
    ///
    /// Where `out` does not take the head of the file.
    pub fn writer(
        self,
        out: Box<dyn Write + Send>,
        selection: &Selection,
        lexicon: &str,
    ) -> io::Result<Box<dyn TableWriter>> {
        Ok(match self {
            Self::Csv => CsvStyle::default().writer(out, selection)?,
            Self::Parquet => Box::new(parquet::ParquetTable::new(out, selection, lexicon)?),
            Self::Jsonl => Box::new(jsonl::JsonlTable::new(out)),
            Self::Arrow => Box::new(arrow::ArrowTable::new(out, selection, lexicon)?),
        })
    }
}

/// Takes batches of rows and writes them out.
pub trait TableWriter {
    /// Writes the rows of `batch`, all of whose columns are in one piece.
    ///
    /// # Errors
    ///
    /// Where the file does not take them.
    fn write(&mut self, batch: &DataFrame) -> io::Result<()>;

    /// Writes what stands at the end of a file and flushes it.
    ///
    /// # Errors
    ///
    /// Where the file does not take it.
    fn finish(&mut self) -> io::Result<()>;
}

/// Several writers fed alike, in batches that depend on the rows alone, so that files do not depend on who made them.
pub struct Tables {
    writers: Vec<Box<dyn TableWriter>>,
    waiting: DataFrame,
    /// The last of the rows that wait, in as many pieces as they came.
    pieces: DataFrame,
    waiting_bytes: usize,
}

impl Tables {
    /// Rows of a batch: enough to compress well, few enough to stay small in memory.
    pub const BATCH: usize = 1 << 16;
    /// Pieces that wait at most.
    const PIECES: usize = 1 << 8;
    /// Bytes that wait at most, for texts whose sentences are long.
    pub const BATCH_BYTES: usize = 32 << 20;

    /// No rows yet.
    #[must_use]
    pub fn new(writers: Vec<Box<dyn TableWriter>>, selection: &Selection) -> Self {
        let none = DataFrame::empty_with_arc_schema(selection.schema());
        Self { writers, waiting: none.clone(), pieces: none, waiting_bytes: 0 }
    }

    /// Adds rows. A batch ends behind the row that fills it, whether its rows came at once or by and by.
    ///
    /// # Errors
    ///
    /// The index of the writer that failed, and why.
    pub fn push(&mut self, rows: DataFrame) -> Result<(), (usize, io::Error)> {
        let mut height = self.waiting.height() + self.pieces.height();
        let mut from = 0;
        for (at, bytes) in bytes_by_row(&rows).into_iter().enumerate() {
            height += 1;
            self.waiting_bytes += bytes;
            if height == Self::BATCH || self.waiting_bytes >= Self::BATCH_BYTES {
                self.wait(part_of(&rows, from, at + 1))?;
                self.write()?;
                (from, height, self.waiting_bytes) = (at + 1, 0, 0);
            }
        }
        match from {
            0 => self.wait(rows),
            _ => self.wait(part_of(&rows, from, rows.height())),
        }
    }

    fn wait(&mut self, rows: DataFrame) -> Result<(), (usize, io::Error)> {
        if rows.height() > 0 {
            self.pieces.vstack_mut_owned(rows).map_err(|error| (0, from_polars(error)))?;
        }
        if self.pieces.first_col_n_chunks() < Self::PIECES { Ok(()) } else { self.join() }
    }

    /// Makes one piece of the pieces: short documents take many times the memory of their rows.
    fn join(&mut self) -> Result<(), (usize, io::Error)> {
        let none = self.pieces.clear();
        let pieces = std::mem::replace(&mut self.pieces, none);
        let piece = compact(&pieces).map_err(|error| (0, from_polars(error)))?;
        self.waiting.vstack_mut_owned(piece).map(|_| ()).map_err(|error| (0, from_polars(error)))
    }

    /// Writes the rows that wait and ends all files.
    ///
    /// # Errors
    ///
    /// The index of the writer that failed, and why.
    pub fn finish(mut self) -> Result<(), (usize, io::Error)> {
        self.write()?;
        self.writers.iter_mut().enumerate().try_for_each(|(at, writer)| writer.finish().map_err(|error| (at, error)))
    }

    fn write(&mut self) -> Result<(), (usize, io::Error)> {
        self.join()?;
        let none = self.waiting.clear();
        let mut batch = std::mem::replace(&mut self.waiting, none);
        if batch.height() == 0 {
            return Ok(());
        }
        batch.rechunk_mut();
        let mut writers = self.writers.iter_mut().enumerate();
        writers.try_for_each(|(at, writer)| writer.write(&batch).map_err(|error| (at, error)))
    }
}

/// The rows in one piece that holds nothing else: a text column of a few words keeps a block of kilobytes, and goes on
/// keeping it where pieces are only put behind one another.
fn compact(rows: &DataFrame) -> PolarsResult<DataFrame> {
    let copied = |column: &Column| match column.str() {
        Ok(texts) => StringChunked::from_iter_options(column.name().clone(), texts.iter()).into_column(),
        Err(_) => column.rechunk(),
    };
    DataFrame::new(rows.height(), rows.columns().iter().map(copied).collect())
}

/// The bytes of each row: those of its texts, and eight for any other cell.
fn bytes_by_row(rows: &DataFrame) -> Vec<usize> {
    let mut bytes = vec![0; rows.height()];
    for column in rows.columns() {
        match column.str() {
            Ok(texts) => bytes.iter_mut().zip(texts.iter()).for_each(|(sum, text)| *sum += text.map_or(0, str::len)),
            Err(_) => bytes.iter_mut().for_each(|sum| *sum += size_of::<u64>()),
        }
    }
    bytes
}

fn part_of(rows: &DataFrame, from: usize, to: usize) -> DataFrame {
    rows.slice(i64::try_from(from).unwrap_or(i64::MAX), to - from)
}

/// What a file says about itself beside its rows.
fn about(selection: &Selection, lexicon: &str) -> Vec<(String, String)> {
    let mut columns: Map<String, Value> =
        selection.columns().iter().map(|column| (column.name.to_owned(), column.description.into())).collect();
    columns
        .extend(selection.kept().iter().map(|name| (name.clone(), "As it stands beside the text in the input".into())));
    let mut about = vec![
        ("schema_version".to_owned(), SCHEMA_VERSION.to_string()),
        ("tool_version".to_owned(), concat!("taizhang ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("offset_unit".to_owned(), "unicode_scalar".to_owned()),
        ("column_descriptions".to_owned(), Value::from(columns).to_string()),
    ];
    if !lexicon.is_empty() {
        about.push(("lexicon".to_owned(), lexicon.to_owned()));
    }
    about
}

/// Keeps the kind of what the system said, so that a closed pipe is known as one.
fn from_polars(error: PolarsError) -> io::Error {
    match error {
        PolarsError::IO { error, .. } => io::Error::new(error.kind(), error.to_string()),
        PolarsError::Context { error, .. } => from_polars(*error),
        other => io::Error::other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use polars::io::SerReader as _;
    use polars::prelude::{IpcReader, ParquetReader};

    use super::*;
    use crate::table::{Document, sample, to_dataframe};
    use crate::terms::Kind;

    fn rows(selection: &Selection) -> DataFrame {
        let extraction = sample::extraction();
        to_dataframe([Document { path: "a,b.txt", id: "0f", extraction: &extraction, kept: &[] }], selection)
            .expect("a frame")
    }

    /// The sample's rows in a file of `format`.
    fn written(format: Format, selection: &Selection) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let out = Box::new(file.reopen().expect("a handle"));
        let mut tables = Tables::new(vec![format.writer(out, selection, "hash").expect("a writer")], selection);
        tables.push(rows(selection)).expect("rows");
        tables.finish().expect("an end");
        file
    }

    fn text(format: Format, columns: &[&str]) -> String {
        let selection = Selection::default().with_kinds(Kind::ALL).with_columns(columns).expect("columns");
        std::fs::read_to_string(written(format, &selection)).expect("text")
    }

    #[test]
    fn csv_quotes_what_must_be_and_leaves_nulls_empty() {
        assert_eq!(
            text(Format::Csv, &["document", "text", "value", "of_fact", "period_end"]),
            "document,text,value,of_fact,period_end\n\"a,b.txt\",2022年,,,2022-12-31\n\
             \"a,b.txt\",18.34亿元,1834000000,,2022-12-31\n\"a,b.txt\",13.1%,13.1,1,2022-12-31\n"
        );
    }

    #[test]
    fn csv_for_excel_has_a_mark_and_no_formula() {
        let selection = Selection::default().with_columns(&["text", "value", "direction"]).expect("columns");
        let mut extraction = sample::extraction();
        for formula in ["+1+cmd", "=1", "-3", "@a", "\tx", "＝1"] {
            let file = tempfile::NamedTempFile::new().expect("a file");
            let style = CsvStyle { headers: Headers::Zh, excel: true };
            let writer = style.writer(Box::new(file.reopen().expect("a handle")), &selection).expect("a writer");
            let mut tables = Tables::new(vec![writer], &selection);
            sample::say(&mut extraction, formula);
            let document = Document { path: "a.txt", id: "", extraction: &extraction, kept: &[] };
            tables.push(to_dataframe([document], &selection).expect("rows")).expect("rows");
            tables.finish().expect("an end");
            let text = std::fs::read_to_string(file.path()).expect("text");
            assert_eq!(text, format!("\u{feff}原文,数值,方向\r\n'{formula},-1834000000,\r\n13.1%,13.1,increase\r\n"));
        }
    }

    #[test]
    fn json_lines_keep_types_and_nulls() {
        let text = text(Format::Jsonl, &["text", "value", "decimals", "of_fact", "period_end"]);
        let last = text.lines().last().unwrap_or_default();
        assert_eq!(last, r#"{"text":"13.1%","value":13.1,"decimals":1,"of_fact":1,"period_end":"2022-12-31"}"#);
        assert!(text.starts_with(r#"{"text":"2022年","value":null,"#));
    }

    #[test]
    fn parquet_and_arrow_come_back_as_they_went() {
        let selection = Selection::default();
        let parquet = written(Format::Parquet, &selection);
        let mut reader = ParquetReader::new(File::open(parquet.path()).expect("a file"));
        let about = reader.get_metadata().expect("metadata").key_value_metadata().clone().unwrap_or_default();
        let keys: Vec<&str> = about.iter().map(|pair| pair.key.as_str()).collect();
        for key in ["schema_version", "tool_version", "offset_unit", "column_descriptions", "lexicon"] {
            assert!(keys.contains(&key), "{key}");
        }
        assert!(reader.finish().expect("a table").equals_missing(&rows(&selection)));
        let arrow = written(Format::Arrow, &selection);
        let read = IpcReader::new(File::open(arrow.path()).expect("a file")).finish().expect("a table");
        assert!(read.equals_missing(&rows(&selection)));
    }

    /// Notes how many rows each batch has.
    struct Heights(std::sync::Arc<std::sync::Mutex<Vec<usize>>>);

    impl TableWriter for Heights {
        fn write(&mut self, batch: &DataFrame) -> io::Result<()> {
            self.0.lock().map_err(|_| io::Error::other("poisoned"))?.push(batch.height());
            Ok(())
        }

        fn finish(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn batches_depend_on_the_rows_alone() {
        let selection = Selection::default().with_kinds(Kind::ALL).with_columns(&["text"]).expect("columns");
        let heights = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let mut tables = Tables::new(vec![Box::new(Heights(heights.clone()))], &selection);
        let one = rows(&selection);
        let mut many = one.clone();
        for _ in 0..15 {
            many = many.vstack(&many).expect("rows");
        }
        for rows in [one.clone(), many, one] {
            tables.push(rows).expect("rows");
        }
        tables.finish().expect("an end");
        let total = 3 * (1 << 15) + 6;
        assert_eq!(*heights.lock().expect("heights"), [Tables::BATCH, total - Tables::BATCH]);
    }

    #[test]
    fn long_rows_end_a_batch_whether_they_come_at_once_or_singly() {
        let selection = Selection::default().with_columns(&["text"]).expect("columns");
        let column = Column::new("text".into(), vec!["亿".repeat(Tables::BATCH_BYTES / 9); 8]);
        let rows = DataFrame::new(8, vec![column]).expect("rows");
        let pieces =
            |size: usize| (0..8).step_by(size).map(|from| part_of(&rows, from, from + size)).collect::<Vec<_>>();
        for size in [8, 2, 1] {
            let heights = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
            let mut tables = Tables::new(vec![Box::new(Heights(heights.clone()))], &selection);
            for piece in pieces(size) {
                tables.push(piece).expect("rows");
            }
            tables.finish().expect("an end");
            assert_eq!(*heights.lock().expect("heights"), [4, 4], "{size} at a time");
        }
    }

    #[test]
    fn many_short_pieces_give_the_bytes_of_one_long_one() {
        let selection = Selection::default();
        let many = (0..9).fold(rows(&selection), |many, _| many.vstack(&many).expect("rows"));
        let bytes = |size: usize| {
            let file = tempfile::NamedTempFile::new().expect("a file");
            let out = Box::new(file.reopen().expect("a handle"));
            let writer = Format::Parquet.writer(out, &selection, "").expect("a writer");
            let mut tables = Tables::new(vec![writer], &selection);
            for from in (0..many.height()).step_by(size) {
                tables.push(part_of(&many, from, from + size)).expect("rows");
            }
            tables.finish().expect("an end");
            std::fs::read(file).expect("bytes")
        };
        assert!(many.height() > 2 * Tables::PIECES);
        assert!(bytes(1) == bytes(many.height()));
    }
}
