//! Rows that come by documents and leave by partitions, one part after the other.
//!
//! There may be thousands of partitions, so no part of each can be open at once: what memory does not take waits in a
//! file, a piece behind the other, and is read back by its place.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use polars::io::{SerReader as _, SerWriter as _};
use polars::prelude::{Column, DataFrame, IpcReader, IpcWriter, PolarsError};

use crate::io::FileError;
use crate::table::Selection;

use super::manifest::Part;
use super::parts::NewPart;

/// Bytes of rows that wait in memory.
const MOST_BYTES: usize = 64 << 20;

/// The rows of a partition that wait.
#[derive(Default)]
struct Waiting {
    rows: DataFrame,
    /// Where pieces of those before them are in the file, and how long they are.
    pieces: Vec<(u64, u64)>,
}

/// Rows by the folders of their partitions.
pub(super) struct Sorted {
    root: PathBuf,
    waiting: BTreeMap<String, Waiting>,
    bytes: usize,
    file: Option<(File, u64)>,
}

impl Sorted {
    /// No rows yet; what memory does not take goes to a file in `root` that has no name.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), waiting: BTreeMap::new(), bytes: 0, file: None }
    }

    /// Rows for the part in a folder.
    pub(super) fn push(&mut self, folder: &str, rows: DataFrame) -> Result<(), FileError> {
        self.bytes += bytes(&rows);
        let waiting = match self.waiting.get_mut(folder) {
            Some(waiting) => waiting,
            None => self.waiting.entry(folder.to_owned()).or_default(),
        };
        if waiting.rows.width() == 0 {
            waiting.rows = rows;
        } else {
            waiting.rows.vstack_mut_owned(rows).map_err(|error| failed(&self.root, error))?;
        }
        if self.bytes < MOST_BYTES { Ok(()) } else { self.put_aside() }
    }

    /// Writes what waits in memory behind what is in the file.
    fn put_aside(&mut self) -> Result<(), FileError> {
        let failed = |error| failed(&self.root, error);
        let (file, end) = match &mut self.file {
            Some(there) => there,
            none => none.insert((tempfile::tempfile_in(&self.root).map_err(|cause| failed(cause.into()))?, 0)),
        };
        for waiting in self.waiting.values_mut().filter(|waiting| waiting.rows.height() > 0) {
            let mut piece = Vec::new();
            IpcWriter::new(&mut piece).finish(&mut std::mem::take(&mut waiting.rows)).map_err(failed)?;
            file.write_all(&piece).map_err(|cause| failed(cause.into()))?;
            waiting.pieces.push((*end, piece.len() as u64));
            *end += piece.len() as u64;
        }
        self.bytes = 0;
        Ok(())
    }

    /// Writes the parts, and tells each with its folder.
    pub(super) fn finish(self, stored: &Selection) -> Result<Vec<(String, Part)>, FileError> {
        let mut file = self.file.map(|(file, _)| BufReader::new(file));
        let mut parts = Vec::with_capacity(self.waiting.len());
        for (folder, Waiting { rows, pieces }) in self.waiting {
            let mut part = NewPart::begin(&self.root, &folder, stored)?;
            for place in pieces {
                part.push(piece(file.as_mut(), place).map_err(|error| failed(&self.root, error))?)?;
            }
            if rows.height() > 0 {
                part.push(rows)?;
            }
            parts.push((folder, part.finish()?));
        }
        Ok(parts)
    }
}

/// About the memory that rows take of their own: pieces of one table share the blocks that hold their texts.
fn bytes(rows: &DataFrame) -> usize {
    let texts = |column: &Column| Some(column.str().ok()?.iter().flatten().map(str::len).sum::<usize>());
    rows.height() * rows.width() * size_of::<u128>() + rows.columns().iter().filter_map(texts).sum::<usize>()
}

fn piece(file: Option<&mut BufReader<File>>, (from, length): (u64, u64)) -> Result<DataFrame, PolarsError> {
    let mut bytes = Vec::new();
    if let Some(file) = file {
        file.seek(SeekFrom::Start(from))?;
        file.take(length).read_to_end(&mut bytes)?;
    }
    IpcReader::new(Cursor::new(bytes)).finish()
}

fn failed(root: &Path, error: PolarsError) -> FileError {
    let cause = match error {
        PolarsError::IO { error, .. } => io::Error::new(error.kind(), error.to_string()),
        other => io::Error::other(other.to_string()),
    };
    FileError::writing(root, cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Document, sample, to_dataframe};

    #[test]
    fn what_waited_in_the_file_comes_before_what_waited_in_memory() {
        let selection = Selection::default();
        let extraction = sample::extraction();
        let rows = |path: &str| {
            to_dataframe([Document { path, id: "0f", extraction: &extraction, kept: &[] }], &selection).expect("rows")
        };
        let parts = |put_aside: &[usize]| {
            let folder = tempfile::tempdir().expect("a folder");
            let mut sorted = Sorted::new(folder.path());
            for (number, path) in ["a", "b", "c", "d"].iter().enumerate() {
                sorted.push(if number % 2 == 0 { "x=1" } else { "x=2" }, rows(path)).expect("taken");
                if put_aside.contains(&number) {
                    sorted.put_aside().expect("put aside");
                }
            }
            sorted.finish(&selection).expect("parts")
        };
        let in_memory = parts(&[]);
        assert_eq!(
            in_memory.iter().map(|(folder, part)| (folder.as_str(), part.rows)).collect::<Vec<_>>(),
            [("x=1", 4), ("x=2", 4)]
        );
        assert_eq!(parts(&[0, 1, 2, 3]), in_memory);
        assert_eq!(parts(&[1]), in_memory);
    }
}
