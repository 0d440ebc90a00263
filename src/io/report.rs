//! `run.json`: what a run read, found and left out.

use std::time::SystemTime;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::table::{SCHEMA_VERSION, day_since_epoch};
use crate::text::Severity;

use super::tally::{ByKind, Slowest, Tally};

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

/// All that a run has to tell.
#[derive(Debug)]
pub struct RunReport {
    /// When it began.
    pub started: SystemTime,
    /// How long it took.
    pub elapsed_seconds: f64,
    /// Hash over the lexicon's rows.
    pub lexicon: String,
    /// Hash over all that decides which rows a file gives: the words, and the settings that change what is read.
    pub rule_set: String,
    /// The inputs as they were typed.
    pub inputs: Vec<String>,
    /// The files that were written.
    pub outputs: Vec<String>,
    /// Documents read.
    pub read: u64,
    /// Tables of texts that were opened.
    pub tables: u64,
    /// Documents of a dataset that were not read again because they did not change.
    pub unchanged: u64,
    /// Documents that stay in a dataset though they are not among the inputs.
    pub absent: u64,
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
    /// What the documents hold.
    pub tally: Tally,
    /// The documents that took longest.
    pub slowest: Slowest,
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
    /// Diagnostics that are warnings or worse.
    pub odd: u64,
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
            rule_set: String::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            read: 0,
            tables: 0,
            unchanged: 0,
            absent: 0,
            pruned: 0,
            dataset: None,
            bytes: 0,
            characters: 0,
            encodings: Vec::new(),
            tally: Tally::default(),
            slowest: Slowest::default(),
            written: 0,
            skipped: Vec::new(),
            rejected: Vec::new(),
            warnings: Vec::new(),
            diagnostics: Vec::new(),
            odd: 0,
            more_diagnostics: 0,
        }
    }

    /// Whether nothing could be done: no document was read, left as it was or taken out. That tables hold no rows is
    /// another matter, unless it is all that is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.read + self.unchanged + self.pruned == 0 && (self.tables == 0 || !self.rejected.is_empty())
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
        self.odd += u64::from(diagnostic.severity > Severity::Info);
        if self.diagnostics.len() < Self::MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.more_diagnostics += 1;
        }
    }

    /// Unknown words that the report lists.
    const MOST_WORDS: usize = 50;

    /// The report as JSON: what is counted, then what is listed.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut report = self.counts();
        report.extend([
            ("skipped".to_owned(), serde_json::json!(self.skipped)),
            ("rejected".to_owned(), serde_json::json!(self.rejected)),
            ("warnings".to_owned(), serde_json::json!(self.warnings)),
            ("diagnostics".to_owned(), serde_json::json!(self.diagnostics)),
            ("more_diagnostics".to_owned(), serde_json::json!(self.more_diagnostics)),
        ]);
        report.into()
    }

    /// What is counted, as JSON.
    #[must_use]
    pub fn counts(&self) -> Map<String, Value> {
        let by_kind = |numbers: &ByKind| {
            numbers.iter().map(|(kind, number)| (kind.to_string(), number.into())).collect::<Map<String, Value>>()
        };
        let encodings: Map<_, _> =
            self.encodings.iter().map(|(name, documents)| ((*name).to_owned(), Value::from(*documents))).collect();
        let words = self.tally.unknown_by_frequency();
        let report = serde_json::json!({
            "tool": "taizhang",
            "version": env!("CARGO_PKG_VERSION"),
            "schema_version": SCHEMA_VERSION,
            "lexicon": self.lexicon,
            "rule_set": self.rule_set,
            "started": timestamp(self.started),
            "elapsed_seconds": (self.elapsed_seconds * 1e3).round() / 1e3,
            "inputs": self.inputs,
            "outputs": self.outputs,
            "documents": {
                "read": self.read,
                "unchanged": self.unchanged,
                "absent": self.absent,
                "pruned": self.pruned,
                "skipped": self.skipped.len(),
                "rejected": self.rejected.len(),
            },
            "dataset": self.dataset,
            "bytes": self.bytes,
            "characters": self.characters,
            "replacement_characters": self.tally.replacements,
            "encodings": encodings,
            "rows": { "written": self.written, "found": by_kind(&self.tally.found) },
            "digit_runs": by_kind(&self.tally.digit_runs),
            "without_indicator": self.tally.unlinked,
            "unknown_units": words.iter().take(Self::MOST_WORDS).collect::<Vec<_>>(),
            "more_unknown_units": self.tally.more_unknown_units
                + words.iter().skip(Self::MOST_WORDS).map(|unit| unit.rows).sum::<u64>(),
            "slowest": self.slowest.documents(),
        });
        match report {
            Value::Object(report) => report,
            _ => Map::new(),
        }
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
    use crate::terms::Kind;
    use std::time::Duration;

    #[test]
    fn times_are_written_in_iso_8601() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(951_782_399);
        assert_eq!(timestamp(time), "2000-02-28T23:59:59Z");
    }

    #[test]
    fn counts_keep_the_order_of_the_contract() {
        let mut report = RunReport::new();
        report.tally.found.count(Kind::Label, 1);
        report.tally.found.count(Kind::Measure, 1);
        let json = report.to_json();
        let kinds: Vec<_> = json["rows"]["found"].as_object().map(|found| found.keys().collect()).unwrap_or_default();
        assert_eq!(kinds.first().map(|kind| kind.as_str()), Some("measure"));
        assert_eq!((json["rows"]["found"]["label"].as_u64(), report.tally.found.total()), (Some(1), 2));
    }
}
