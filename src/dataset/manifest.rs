//! The manifest: which files the dataset was read from, by which rules, and in which part their rows are.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::io::{FileError, timestamp};
use crate::table::{SCHEMA_VERSION, Selection};

use super::error::DatasetError;
use super::partition::Partition;

/// Its name among the parts. Readers of folders pass over names that begin like this.
pub(super) const NAME: &str = "_manifest.json";

/// Rises when a manifest can no longer be read by an earlier version.
const LAYOUT: u32 = 1;

/// What a dataset holds. Nothing in it tells when or how it was made, so the same inputs give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    layout: u32,
    schema_version: u32,
    kinds: Vec<String>,
    columns: Vec<String>,
    /// The column by which the parts are parted.
    partition: Option<String>,
    pub(super) parts: Vec<Part>,
    pub(super) files: Vec<Entry>,
}

/// A file of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    /// Its name, behind its folder and `/` where the dataset is partitioned.
    pub(super) file: String,
    pub(super) bytes: u64,
    pub(super) rows: u64,
}

/// A file that was read. Its rows stand together in each part, behind those of the entries of that part above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The name in the table's column `document`.
    pub(super) document: String,
    pub(super) document_id: String,
    #[serde(flatten)]
    pub(super) stamp: Stamp,
    pub(super) rule_set: String,
    pub(super) version: String,
    /// Whether rows of a table were rejected, so that it is read again by the next run, which tells of them again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) partly: bool,
    /// Where its rows are.
    pub(super) parts: Vec<Share>,
}

impl Entry {
    pub(super) fn rows(&self) -> u64 {
        self.parts.iter().map(|share| share.rows).sum()
    }
}

/// Rows of one file in one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Share {
    pub(super) part: String,
    pub(super) rows: u64,
}

/// What the file system says of a file: as long as it says the same, the file counts as unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Absolute, so that the same name from another folder is noticed.
    pub(super) path: String,
    pub(super) size: u64,
    pub(super) modified: Option<String>,
}

impl Stamp {
    /// The stamp of a file as it is now; of one that is gone, without a time.
    pub(super) fn of(path: &Path) -> Self {
        let about = std::fs::metadata(path).ok();
        let modified = about.as_ref().and_then(|about| about.modified().ok()).and_then(exactly);
        let path: PathBuf = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self { path: path.to_string_lossy().into_owned(), size: about.map_or(0, |about| about.len()), modified }
    }
}

/// `2026-01-31T08:30:00.123456789Z`; none before 1970.
fn exactly(time: SystemTime) -> Option<String> {
    let nanos = time.duration_since(SystemTime::UNIX_EPOCH).ok()?.subsec_nanos();
    Some(format!("{}.{nanos:09}Z", timestamp(time).trim_end_matches('Z')))
}

impl Manifest {
    pub(super) fn new(
        selection: &Selection,
        partition: Option<&Partition>,
        parts: Vec<Part>,
        files: Vec<Entry>,
    ) -> Self {
        let (kinds, columns) = words(selection);
        let partition = partition.map(|partition| partition.column().to_owned());
        Self { layout: LAYOUT, schema_version: SCHEMA_VERSION, kinds, columns, partition, parts, files }
    }

    /// Reads the manifest among the parts of `facts`; none where there is none.
    pub(super) fn read(facts: &Path) -> Result<Option<Self>, DatasetError> {
        let path = facts.join(NAME);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(FileError::reading(&path, cause).into()),
        };
        let wrong = |path: &Path, why: String| DatasetError::Manifest { path: path.to_owned(), why };
        let head: Head = serde_json::from_slice(&bytes).map_err(|error| wrong(&path, error.to_string()))?;
        if head.layout > LAYOUT {
            return Err(DatasetError::Newer(path));
        }
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|error| wrong(&path, error.to_string()))?;
        manifest.check().map_err(|why| wrong(&path, why))?;
        Ok(Some(manifest))
    }

    /// Names are in order, and the rows of the entries fill the parts.
    fn check(&self) -> Result<(), String> {
        if let Some((_, after)) =
            self.files.iter().zip(self.files.iter().skip(1)).find(|(a, b)| a.document >= b.document)
        {
            return Err(format!("`{}` is not in its place", after.document));
        }
        let mut left: HashMap<&str, u64> = self.parts.iter().map(|part| (part.file.as_str(), part.rows)).collect();
        let shares = self.files.iter().flat_map(|entry| entry.parts.iter().map(move |share| (entry, share)));
        for (entry, share) in shares {
            let rows = left.get_mut(share.part.as_str());
            let rest = rows.as_ref().and_then(|rows| rows.checked_sub(share.rows));
            let (Some(rows), Some(rest)) = (rows, rest) else {
                return Err(format!("the rows of `{}` are in no part", entry.document));
            };
            *rows = rest;
        }
        match self.parts.iter().find(|part| left.get(part.file.as_str()) != Some(&0)) {
            Some(part) => Err(format!("`{}` has rows of no document", part.file)),
            None => Ok(()),
        }
    }

    /// Nothing where the rows are of the kinds and columns of `selection`, and parted so.
    pub(super) fn differs(&self, selection: &Selection, partition: Option<&Partition>) -> Result<(), DatasetError> {
        let (kinds, columns) = words(selection);
        if self.schema_version != SCHEMA_VERSION {
            let held = format!("version {}", self.schema_version);
            return Err(DatasetError::Selection { what: "meanings of its columns", held });
        }
        for (what, held, wanted) in [("kinds", &self.kinds, kinds), ("columns", &self.columns, columns)] {
            if *held != wanted {
                return Err(DatasetError::Selection { what, held: held.join(",") });
            }
        }
        if self.partition.as_deref() != partition.map(Partition::column) {
            let held = self.partition.as_ref().map_or_else(|| "none".to_owned(), |column| format!("by {column}"));
            return Err(DatasetError::Selection { what: "partitions", held });
        }
        Ok(())
    }

    /// Writes it, an entry a line.
    pub(super) fn write(&self, mut out: impl Write) -> io::Result<()> {
        let (kinds, columns) = (serde_json::to_string(&self.kinds)?, serde_json::to_string(&self.columns)?);
        let partition = serde_json::to_string(&self.partition)?;
        writeln!(out, "{{\"layout\":{},\"schema_version\":{},", self.layout, self.schema_version)?;
        write!(out, "\"kinds\":{kinds},\n\"columns\":{columns},\n\"partition\":{partition},\n\"parts\":[")?;
        lines(&mut out, &self.parts)?;
        out.write_all(b"],\n\"files\":[")?;
        lines(&mut out, &self.files)?;
        out.write_all(b"]}\n")
    }

    /// The hash of its bytes.
    pub(super) fn hash(&self) -> Option<blake3::Hash> {
        let mut hasher = blake3::Hasher::new();
        self.write(&mut hasher).is_ok().then(|| hasher.finalize())
    }
}

/// What every version can read of a manifest.
#[derive(Deserialize)]
struct Head {
    layout: u32,
}

fn lines(out: &mut impl Write, items: &[impl Serialize]) -> io::Result<()> {
    for (place, item) in items.iter().enumerate() {
        out.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, item)?;
    }
    out.write_all(b"\n")
}

/// The name of a part that has these bytes: the first 32 hexadecimal digits of their BLAKE3, and the ending.
pub(super) fn part_name(hash: &blake3::Hash) -> String {
    format!("{}.parquet", hash.to_hex().chars().take(32).collect::<String>())
}

fn words(selection: &Selection) -> (Vec<String>, Vec<String>) {
    let kinds = crate::terms::Kind::ALL.iter().filter(|kind| selection.holds(**kind)).map(ToString::to_string);
    (kinds.collect(), selection.names().map(ToOwned::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(document: &str, parts: &[(&str, u64)]) -> Entry {
        Entry {
            document: document.to_owned(),
            document_id: "0f".to_owned(),
            stamp: Stamp { path: format!("/in/{document}"), size: 3, modified: None },
            rule_set: "r".to_owned(),
            version: "0".to_owned(),
            partly: false,
            parts: parts.iter().map(|(part, rows)| Share { part: (*part).to_owned(), rows: *rows }).collect(),
        }
    }

    fn manifest(parts: &[(&str, u64)], files: Vec<Entry>) -> Manifest {
        let part = |(file, rows): &(&str, u64)| Part { file: (*file).to_owned(), bytes: 9, rows: *rows };
        Manifest::new(&Selection::default(), None, parts.iter().map(part).collect(), files)
    }

    #[test]
    fn it_comes_back_as_it_went() {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = [("x=1/p", 3), ("x=2/p", 4)];
        let whole = manifest(&parts, vec![entry("a\"\n", &parts), entry("b", &[])]);
        whole.write(std::fs::File::create(folder.path().join(NAME)).expect("a file")).expect("JSON");
        assert_eq!(Manifest::read(folder.path()).expect("a manifest"), Some(whole));
        let none = manifest(&[], vec![]);
        none.write(std::fs::File::create(folder.path().join(NAME)).expect("a file")).expect("JSON");
        assert_eq!(Manifest::read(folder.path()).expect("a manifest"), Some(none));
    }

    #[test]
    fn what_does_not_add_up_is_refused() {
        for (wrong, why) in [
            (manifest(&[("p", 3)], vec![entry("b", &[("p", 3)]), entry("a", &[])]), "`a` is not in its place"),
            (manifest(&[("p", 3)], vec![entry("a", &[("p", 4)])]), "the rows of `a` are in no part"),
            (manifest(&[], vec![entry("a", &[("p", 1)])]), "the rows of `a` are in no part"),
            (manifest(&[("p", 3)], vec![entry("a", &[("p", 2)])]), "`p` has rows of no document"),
        ] {
            assert_eq!(wrong.check(), Err(why.to_owned()));
        }
    }

    #[test]
    fn a_newer_one_is_told_from_a_broken_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = |text: &str| {
            std::fs::write(folder.path().join(NAME), text).expect("a file");
            Manifest::read(folder.path())
        };
        assert!(matches!(read(r#"{"layout":99}"#), Err(DatasetError::Newer(_))));
        assert!(matches!(read(r#"{"layout":1}"#), Err(DatasetError::Manifest { .. })));
        assert!(matches!(read("{"), Err(DatasetError::Manifest { .. })));
    }
}
