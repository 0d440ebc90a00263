//! What stands beside a table: `run.json`, and `rejected.csv` where something was rejected.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::io::{FileError, PendingFile, Refused, RunReport, commit};

const REJECTED: &str = "rejected.csv";

/// Where the report of a run goes.
pub(super) fn report_in(folder: &Path) -> PathBuf {
    folder.join("run.json")
}

/// The files of a report, written but not in their places yet.
pub(super) fn pending(folder: &Path, report: &RunReport) -> Result<Vec<PendingFile>, FileError> {
    let mut files = vec![written(&report_in(folder), format!("{:#}\n", report.to_json()).as_bytes())?];
    if !report.rejected.is_empty() {
        files.push(written(&folder.join(REJECTED), &table(&report.rejected))?);
    }
    Ok(files)
}

/// Writes the report of a run that gave no table: why is on record, and the tables of an earlier run are not touched.
pub(super) fn alone(folder: &Path, report: &RunReport) -> Result<(), FileError> {
    std::fs::create_dir_all(folder).map_err(|cause| FileError::writing(folder, cause))?;
    commit(pending(folder, report)?)
}

/// Removes the list of an earlier run where this one has none.
pub(super) fn remove_stale(folder: &Path, report: &RunReport) -> Result<(), FileError> {
    let path = folder.join(REJECTED);
    if report.rejected.is_empty() && path.exists() {
        std::fs::remove_file(&path).map_err(|cause| FileError::writing(&path, cause))?;
    }
    Ok(())
}

fn written(target: &Path, bytes: &[u8]) -> Result<PendingFile, FileError> {
    let file = PendingFile::beside(target)?;
    let mut out = file.writer()?;
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|cause| FileError::writing(target, cause))?;
    Ok(file)
}

fn table(rejected: &[Refused]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = std::iter::once(["file", "reason"]);
    for row in heads.chain(rejected.iter().map(|refused| [refused.file.as_str(), refused.reason.as_str()])) {
        // Memory takes every row.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}
