//! Rows of Parquet files, a stretch of rows at a time.

use std::cell::Cell;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use polars::io::SerReader as _;
use polars::prelude::{Column, DataFrame, DataType, ParallelStrategy, ParquetReader, PolarsResult};

use super::{Cells, ReadOptions, Rows, Stop};
use crate::io::error::FileErrorKind;

/// Bytes of a stretch, as the file tells its size unpacked.
const STRETCH: usize = 16 << 20;

/// Rows of a stretch at most, for tables whose other columns are the long ones.
const MOST_ROWS: usize = 8_192;

pub(super) struct Table {
    path: PathBuf,
    columns: Vec<String>,
    rows: usize,
    step: usize,
    /// Rows read so far, and the stretch that the last of them are in.
    read: usize,
    stretch: Option<(DataFrame, usize)>,
}

impl Table {
    pub(super) fn open(path: &Path, _: &ReadOptions) -> Result<Self, Stop> {
        let failed = |cause| Stop::File(FileErrorKind::Unreadable, Some(cause));
        if !std::fs::metadata(path).map_err(failed)?.is_file() {
            return Err(Stop::File(FileErrorKind::Special, None));
        }
        let mut reader = ParquetReader::new(File::open(path).map_err(failed)?);
        let about = |reader: &mut ParquetReader<File>| -> PolarsResult<_> {
            let names = reader.schema()?.iter_names().map(ToString::to_string).collect();
            let metadata = reader.get_metadata()?;
            let bytes: usize = metadata.row_groups.iter().fold(0, |sum, group| sum + group.total_byte_size());
            Ok((names, metadata.num_rows, bytes))
        };
        let (columns, rows, bytes) = guarded(|| about(&mut reader))?;
        let step = (STRETCH / (bytes / rows.max(1)).max(1)).clamp(1, MOST_ROWS);
        Ok(Self { path: path.to_owned(), columns, rows, step, read: 0, stretch: None })
    }

    fn load(&self, wanted: &[String]) -> Result<DataFrame, Stop> {
        let file = File::open(&self.path).map_err(|cause| Stop::File(FileErrorKind::Unreadable, Some(cause)))?;
        let present = wanted.iter().filter(|name| self.columns.contains(name)).cloned().collect();
        guarded(|| {
            ParquetReader::new(file)
                .with_columns(Some(present))
                .with_slice(Some((self.read, self.step)))
                .read_parallel(ParallelStrategy::None)
                .finish()?
                .columns()
                .iter()
                .map(words)
                .collect::<PolarsResult<Vec<Column>>>()
                .and_then(|columns| DataFrame::new(self.step.min(self.rows - self.read), columns))
        })
    }
}

impl Rows for Table {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn next(&mut self, wanted: &[String]) -> Option<Result<Cells, Stop>> {
        if self.read >= self.rows {
            return None;
        }
        let start = match &self.stretch {
            Some((stretch, start)) if self.read < start + stretch.height() => *start,
            _ => match self.load(wanted) {
                Ok(stretch) => {
                    self.stretch = Some((stretch, self.read));
                    self.read
                }
                Err(stop) => {
                    self.read = self.rows;
                    return Some(Err(stop));
                }
            },
        };
        let (stretch, _) = self.stretch.as_ref()?;
        let at = self.read - start;
        self.read += 1;
        let cell = |name: &String| stretch.column(name).ok()?.str().ok()?.get(at).map(str::to_owned);
        Some(Ok(wanted.iter().map(cell).collect()))
    }

    fn encoding(&self) -> &'static str {
        "UTF-8"
    }
}

/// A column as words.
fn words(column: &Column) -> PolarsResult<Column> {
    if matches!(column.dtype(), DataType::String) { Ok(column.clone()) } else { column.cast(&DataType::String) }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread says no more than that a Parquet file is damaged; then nobody need hear of it.
#[must_use]
pub fn expects_panic() -> bool {
    GUARDED.get()
}

/// Polars ends in a panic over some damaged files, which must not take the other inputs with it.
fn guarded<T>(read: impl FnOnce() -> PolarsResult<T>) -> Result<T, Stop> {
    let malformed = |why: String| Stop::File(FileErrorKind::Malformed("Parquet", why), None);
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(false);
    match done {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(error)) => Err(malformed(error.to_string())),
        Err(_) => Err(malformed("its parts do not fit together".to_owned())),
    }
}
