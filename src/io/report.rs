//! `run.json`: what a run read, found and left out.

use std::time::SystemTime;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::table::{SCHEMA_VERSION, day_since_epoch};
use crate::terms::Kind;
use crate::text::Severity;

/// A diagnostic with its place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located {
    /// The document's name.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// How much it matters.
    pub severity: Severity,
    /// A stable name.
    pub code: &'static str,
    /// One sentence for people.
    pub message: String,
}

/// A file that gave no rows, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The path.
    pub file: String,
    /// What happened and what to do.
    pub reason: String,
}

/// What a dataset holds after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Holdings {
    /// Documents, those without rows too.
    pub documents: u64,
    /// Rows.
    pub rows: u64,
    /// Files that the rows are in.
    pub parts: u64,
}

/// Rows by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowCounts([u64; Kind::ALL.len()]);

impl RowCounts {
    /// One more row of a kind.
    pub fn count(&mut self, kind: Kind) {
        if let Some(rows) = self.0.get_mut(kind as usize) {
            *rows += 1;
        }
    }

    /// All of another's rows.
    pub fn add(&mut self, other: &Self) {
        for (mine, more) in self.0.iter_mut().zip(other.0) {
            *mine += more;
        }
    }

    /// Rows of each kind, in the order of the contract.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, u64)> {
        Kind::ALL.iter().copied().zip(self.0)
    }

    /// Rows of all kinds.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }
}

/// All that a run has to tell.
#[derive(Debug)]
pub struct RunReport {
    /// When it began.
    pub started: SystemTime,
    /// How long it took.
    pub elapsed_seconds: f64,
    /// Hash over the lexicon's rows.
    pub lexicon: String,
    /// The inputs as they were typed.
    pub inputs: Vec<String>,
    /// The files that were written.
    pub outputs: Vec<String>,
    /// Documents read.
    pub read: u64,
    /// Documents of a dataset that were not read again because they did not change.
    pub unchanged: u64,
    /// Documents taken out of a dataset.
    pub pruned: u64,
    /// What the dataset holds, where the table is one.
    pub dataset: Option<Holdings>,
    /// Bytes of the documents read.
    pub bytes: u64,
    /// Their characters, in Unicode scalar values.
    pub characters: u64,
    /// Documents by encoding, in the order of first use.
    pub encodings: Vec<(&'static str, u64)>,
    /// Rows found, whether written or not.
    pub found: RowCounts,
    /// Rows written.
    pub written: u64,
    /// What was passed over in folders, which is no failure.
    pub skipped: Vec<Refused>,
    /// Files that should have been read and were not.
    pub rejected: Vec<Refused>,
    /// What was odd about the run as a whole.
    pub warnings: Vec<String>,
    /// What was odd about the documents read.
    pub diagnostics: Vec<Located>,
    /// Diagnostics beyond [`RunReport::MOST_DIAGNOSTICS`], which are only counted.
    pub more_diagnostics: u64,
}

impl RunReport {
    /// Diagnostics that are kept whole, so that the report does not grow with the batch.
    pub const MOST_DIAGNOSTICS: usize = 10_000;

    /// An empty report of a run that begins now.
    #[must_use]
    pub fn new() -> Self {
        Self {
            started: SystemTime::now(),
            elapsed_seconds: 0.0,
            lexicon: String::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            read: 0,
            unchanged: 0,
            pruned: 0,
            dataset: None,
            bytes: 0,
            characters: 0,
            encodings: Vec::new(),
            found: RowCounts::default(),
            written: 0,
            skipped: Vec::new(),
            rejected: Vec::new(),
            warnings: Vec::new(),
            diagnostics: Vec::new(),
            more_diagnostics: 0,
        }
    }

    /// Notes one more document in an encoding.
    pub fn count_encoding(&mut self, encoding: &'static str) {
        match self.encodings.iter_mut().find(|(name, _)| *name == encoding) {
            Some((_, documents)) => *documents += 1,
            None => self.encodings.push((encoding, 1)),
        }
    }

    /// Notes a diagnostic.
    pub fn note(&mut self, diagnostic: Located) {
        if self.diagnostics.len() < Self::MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.more_diagnostics += 1;
        }
    }

    /// The report as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let counts = |pairs: &[(&'static str, u64)]| {
            pairs.iter().map(|(name, count)| ((*name).to_owned(), Value::from(*count))).collect::<Map<_, _>>()
        };
        let found: Vec<_> = self.found.iter().map(|(kind, rows)| (kind.as_str(), rows)).collect();
        serde_json::json!({
            "tool": "taizhang",
            "version": env!("CARGO_PKG_VERSION"),
            "schema_version": SCHEMA_VERSION,
            "lexicon": self.lexicon,
            "started": timestamp(self.started),
            "elapsed_seconds": (self.elapsed_seconds * 1e3).round() / 1e3,
            "inputs": self.inputs,
            "outputs": self.outputs,
            "documents": {
                "read": self.read,
                "unchanged": self.unchanged,
                "pruned": self.pruned,
                "skipped": self.skipped.len(),
                "rejected": self.rejected.len(),
            },
            "dataset": self.dataset,
            "bytes": self.bytes,
            "characters": self.characters,
            "encodings": counts(&self.encodings),
            "rows": { "written": self.written, "found": counts(&found) },
            "skipped": self.skipped,
            "rejected": self.rejected,
            "warnings": self.warnings,
            "diagnostics": self.diagnostics,
            "more_diagnostics": self.more_diagnostics,
        })
    }
}

impl Default for RunReport {
    fn default() -> Self {
        Self::new()
    }
}

/// `2026-01-31T08:30:00Z`.
pub(crate) fn timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let day = day_since_epoch(i32::try_from(seconds / 86_400).unwrap_or(i32::MAX));
    let (hours, minutes) = (seconds / 3_600 % 24, seconds / 60 % 60);
    format!("{day}T{hours:02}:{minutes:02}:{:02}Z", seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_written_in_iso_8601() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(951_782_399);
        assert_eq!(timestamp(time), "2000-02-28T23:59:59Z");
    }

    #[test]
    fn counts_keep_the_order_of_the_contract() {
        let mut report = RunReport::new();
        report.found.count(Kind::Label);
        report.found.count(Kind::Measure);
        let json = report.to_json();
        let kinds: Vec<_> = json["rows"]["found"].as_object().map(|found| found.keys().collect()).unwrap_or_default();
        assert_eq!(kinds.first().map(|kind| kind.as_str()), Some("measure"));
        assert_eq!((json["rows"]["found"]["label"].as_u64(), report.found.total()), (Some(1), 2));
    }
}
