//! Parts: files of rows, written once under the name of their bytes, and read back a row group at a time.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use polars::io::SerReader as _;
use polars::prelude::{ParquetReader, PolarsResult};
use tempfile::{NamedTempFile, TempPath};

use crate::io::{Fault, FileError, Format, Tables, Watched};
use crate::table::{DataFrame, Selection};

use super::manifest::{self, Part};

/// A part in the making.
pub(super) struct NewPart {
    file: NamedTempFile,
    /// The folder of its partition, below that of all parts.
    folder: String,
    hasher: Arc<Mutex<blake3::Hasher>>,
    fault: Fault,
    tables: Tables,
    rows: u64,
}

impl NewPart {
    /// A part that will be in `folder` below `root`; in `root` itself where that is empty.
    pub(super) fn begin(root: &Path, folder: &str, selection: &Selection) -> Result<Self, FileError> {
        let failed = |cause| FileError::writing(root, cause);
        let mut builder = tempfile::Builder::new();
        builder.prefix(".").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(root).map_err(failed)?;
        let hasher = Arc::new(Mutex::new(blake3::Hasher::new()));
        let handle = file.as_file().try_clone().map_err(failed)?;
        let fault = Fault::default();
        let out = BufWriter::with_capacity(1 << 16, Watched::new(handle, &fault));
        let out = Hashing { out, hasher: Arc::clone(&hasher) };
        // The rows of a part may have been read with different words, so it names none.
        let writer = Format::Parquet.writer(Box::new(out), selection, "").map_err(failed)?;
        let tables = Tables::new(vec![writer], selection);
        Ok(Self { file, folder: folder.to_owned(), hasher, fault, tables, rows: 0 })
    }

    pub(super) fn push(&mut self, rows: DataFrame) -> Result<(), FileError> {
        self.rows += rows.height() as u64;
        self.tables.push(rows).map_err(|(_, cause)| FileError::writing(root_of(&self.file), self.fault.or(cause)))
    }

    /// Ends what was no part but rows that wait: they can be read back, and are gone after that.
    pub(super) fn read_back(self) -> Result<(u64, OldPart), FileError> {
        let Self { file, fault, tables, rows, .. } = self;
        tables.finish().map_err(|(_, cause)| FileError::writing(root_of(&file), fault.or(cause)))?;
        let part = OldPart::open(file.path().to_owned())?;
        Ok((rows, OldPart { _waited: Some(file.into_temp_path()), ..part }))
    }

    /// Ends the part, safe on disk under its name.
    pub(super) fn finish(self) -> Result<Part, FileError> {
        let Self { file, folder, hasher, fault, tables, rows } = self;
        let root = root_of(&file).to_owned();
        let failed = |cause| FileError::writing(&root, cause);
        tables.finish().map_err(|(_, cause)| failed(fault.or(cause)))?;
        file.as_file().sync_all().map_err(failed)?;
        let bytes = file.as_file().metadata().map_err(failed)?.len();
        let hash = hasher.lock().map(|hasher| hasher.finalize()).map_err(|_| failed(io::ErrorKind::Other.into()))?;
        let name = manifest::part_name(&hash);
        let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        let place = root.join(&name);
        fs::create_dir_all(place.parent().unwrap_or(&root)).map_err(failed)?;
        file.persist(place).map_err(|refused| failed(refused.error))?;
        Ok(Part { file: name, bytes, rows })
    }
}

fn root_of(file: &NamedTempFile) -> &Path {
    file.path().parent().unwrap_or(Path::new("."))
}

/// A file that knows the hash of what went into it.
struct Hashing {
    out: BufWriter<Watched<File>>,
    hasher: Arc<Mutex<blake3::Hasher>>,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        let mut hasher = self.hasher.lock().map_err(|_| io::Error::other("a writer of this file failed"))?;
        hasher.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A part that is there, open at one of its row groups.
pub(super) struct OldPart {
    path: PathBuf,
    /// The first row of each group, and the end.
    bounds: Vec<usize>,
    group: Option<(usize, DataFrame)>,
    /// Where it is none of the dataset: its file, which goes with it.
    _waited: Option<TempPath>,
}

impl OldPart {
    pub(super) fn open(path: PathBuf) -> Result<Self, FileError> {
        let failed = |cause| FileError::reading(&path, cause);
        let mut reader = ParquetReader::new(File::open(&path).map_err(failed)?);
        let about = reader.get_metadata().map_err(|error| failed(io::Error::other(error.to_string())))?;
        let ends = about.row_groups.iter().scan(0, |end, group| {
            *end += group.num_rows();
            Some(*end)
        });
        let bounds = std::iter::once(0).chain(ends).collect();
        Ok(Self { path, bounds, group: None, _waited: None })
    }

    /// Hands the rows from `from` up to `to`, in pieces, to `take`.
    pub(super) fn rows<E: From<FileError>>(
        &mut self,
        mut from: usize,
        to: usize,
        mut take: impl FnMut(DataFrame) -> Result<(), E>,
    ) -> Result<(), E> {
        while from < to {
            let (start, group) = self.group_at(from)?;
            let end = to.min(start + group.height());
            take(group.slice(i64::try_from(from - start).unwrap_or(i64::MAX), end - from))?;
            from = end;
        }
        Ok(())
    }

    /// The group that holds a row, and its first row.
    fn group_at(&mut self, row: usize) -> Result<(usize, &DataFrame), FileError> {
        let held = |(start, group): &(usize, DataFrame)| (*start..start + group.height()).contains(&row);
        if !self.group.as_ref().is_some_and(held) {
            self.group = None;
            let place = self.bounds.partition_point(|bound| *bound <= row);
            let bound = |place: usize| self.bounds.get(place).copied();
            let (Some(start), Some(end)) = (place.checked_sub(1).and_then(bound), bound(place)) else {
                return Err(self.unreadable("it has fewer rows than the manifest says"));
            };
            let group = self.read(start, end).map_err(|error| self.unreadable(&error.to_string()))?;
            self.group = Some((start, group));
        }
        match &self.group {
            Some((start, group)) if group.height() > 0 => Ok((*start, group)),
            _ => Err(self.unreadable("a row group is empty")),
        }
    }

    fn read(&self, start: usize, end: usize) -> PolarsResult<DataFrame> {
        ParquetReader::new(File::open(&self.path)?).with_slice(Some((start, end - start))).finish()
    }

    fn unreadable(&self, why: &str) -> FileError {
        FileError::reading(&self.path, io::Error::other(why.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Document, sample, to_dataframe};

    fn rows(document: &str, selection: &Selection) -> DataFrame {
        let extraction = sample::extraction();
        to_dataframe([Document { path: document, id: "0f", extraction: &extraction, kept: &[] }], selection)
            .expect("a frame")
    }

    #[test]
    fn rows_come_back_by_their_places_and_give_the_same_part_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let selection = Selection::default();
        let mut part = NewPart::begin(folder.path(), "", &selection).expect("a part");
        for document in ["a", "b", "c"] {
            part.push(rows(document, &selection)).expect("rows");
        }
        let first = part.finish().expect("an end");
        assert_eq!(first.rows, 6);
        let mut old = OldPart::open(folder.path().join(&first.file)).expect("the part");
        let mut again = NewPart::begin(folder.path(), "", &selection).expect("a part");
        for (document, from, to) in [("a", 0, 2), ("b", 2, 3), ("b", 3, 4)] {
            let taken = old.rows(from, to, |piece| {
                assert!(piece.equals_missing(
                    &rows(document, &selection).slice(i64::try_from(from % 2).unwrap_or(0), to - from)
                ));
                again.push(piece)
            });
            assert!(taken.is_ok());
        }
        again.push(rows("c", &selection)).expect("rows");
        assert_eq!(again.finish().expect("an end"), first, "where rows come from leaves no trace");
        assert!(old.rows(5, 7, |_| Ok::<(), FileError>(())).is_err(), "no such row");
    }
}
