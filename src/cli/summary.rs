//! What a run tells people at its end, on standard error.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use crate::io::{Holdings, Located, Refused, RunReport, Timed};
use crate::normalise::Fact;
use crate::table::Cell;
use crate::text::Severity;

use super::resolved::{Destination, Extract, Verbosity};
use super::terminal::{self, aligned, grouped, plain};

/// Rows of the table of first facts.
pub(super) const FIRST_FACTS: usize = 6;

/// Unknown words that are shown.
const MOST_WORDS: usize = 5;

/// Lines of a list of odd things, unless all are asked for.
const MOST_LINES: usize = 10;

/// A fact as a row of the summary's table.
pub(super) fn row(document: &str, fact: Fact<'_>) -> Vec<String> {
    let value = fact.value.as_ref().map(|value| Cell::Float(value.to_f64()).to_string());
    vec![
        format!("{document}:{}", fact.line),
        fact.text().to_owned(),
        value.unwrap_or_default(),
        fact.composed_unit().map(|unit| unit.code.clone()).unwrap_or_default(),
        fact.indicator().unwrap_or_default().into_owned(),
        fact.period.map(|period| period.to_string()).unwrap_or_default(),
    ]
}

/// Tells what could not be read, and unless quiet, what was read, found and odd.
pub(super) fn tell(wanted: &Extract, report: &RunReport, first_facts: &[Vec<String>]) {
    let all = wanted.verbosity == Verbosity::Verbose;
    let mut text = String::new();
    refusals(&mut text, "error: ", &report.rejected, all);
    if all {
        refusals(&mut text, "skipped: ", &report.skipped, all);
    }
    if !report.is_empty() && wanted.verbosity > Verbosity::Quiet {
        found(&mut text, wanted, report);
        if !first_facts.is_empty() && !matches!(wanted.destination, Destination::StandardOutput) {
            let head = ["place", "text", "value", "unit", "indicator", "period"].map(str::to_owned).to_vec();
            let rows: Vec<_> = std::iter::once(head).chain(first_facts.iter().cloned()).collect();
            let _ = write!(text, "first facts\n{}", aligned(&rows, 26));
        }
        odd(&mut text, report, all);
    }
    // A closed standard error is no reason to fail.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn found(text: &mut String, wanted: &Extract, report: &RunReport) {
    let plural = |number: u64, one: &str| format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" });
    let _ = write!(text, "{}, {} written", plural(report.read, "document"), plural(report.written, "row"));
    let to = match &wanted.destination {
        Destination::Folder(_) | Destination::Dataset(..) => report.outputs.join(", "),
        Destination::StandardOutput => "standard output".to_owned(),
    };
    let _ = writeln!(text, " to {} in {:.2} s", plain(&to), report.elapsed_seconds);
    if let Some(Holdings { documents, rows, .. }) = report.dataset {
        let [unchanged, absent, pruned] = [report.unchanged, report.absent, report.pruned].map(grouped);
        let now = format!("{} with {}", plural(documents, "document"), plural(rows, "row"));
        let _ = write!(text, "{unchanged} unchanged, {absent} not among the inputs, {pruned} taken out; ");
        let _ = writeln!(text, "the dataset holds {now}");
    }
    let (rejected, skipped) = (report.rejected.len() as u64, report.skipped.len() as u64);
    if rejected > 0 {
        let _ = writeln!(text, "{} not read", plural(rejected, "input"));
    }
    if skipped > 0 {
        let named = if wanted.verbosity == Verbosity::Verbose { "" } else { " (-v names them)" };
        let _ = writeln!(text, "{} in folders passed over{named}", plural(skipped, "file"));
    }
    numbers(text, wanted, report);
}

/// Rows by kind, each with its share of all runs of Arabic digits; then what the lexicon and the linking did not reach.
fn numbers(text: &mut String, wanted: &Extract, report: &RunReport) {
    let tally = &report.tally;
    let runs = tally.digit_runs.total().max(1);
    let rows = tally.found.iter().zip(tally.digit_runs.iter()).filter(|((_, rows), _)| *rows > 0);
    let rows: Vec<Vec<String>> = rows
        .map(|((kind, rows), (_, digits))| {
            let left_out = if wanted.selection.holds(kind) { "" } else { "not written (--all-kinds)" };
            let share = digits * 1000 / runs;
            let share = format!("{:>3}.{} %", share / 10, share % 10);
            vec![kind.to_string(), format!("{:>9}", grouped(rows)), share, left_out.to_owned()]
        })
        .collect();
    if !rows.is_empty() {
        let _ = write!(text, "numbers found, and their share of the digits\n{}", aligned(&rows, 40));
    }
    if tally.unlinked > 0 {
        let _ = writeln!(text, "{} without an indicator", grouped(tally.unlinked));
    }
    let words = tally.unknown_by_frequency();
    if let Some(first) = words.first() {
        let shown: Vec<_> =
            words.iter().take(MOST_WORDS).map(|unit| format!("{} ({})", unit.word, grouped(unit.rows))).collect();
        let example = format!("{}: {}", first.place, first.example);
        let _ = writeln!(text, "unknown units: {}; as in {}", plain(&shown.join(", ")), plain(&example));
    }
    if wanted.verbosity == Verbosity::Verbose {
        let seconds = |timed: &Timed| vec![timed.file.clone(), format!("{:.4} s", timed.seconds)];
        let rows: Vec<_> = report.slowest.documents().iter().map(seconds).collect();
        let _ = write!(text, "slowest documents\n{}", aligned(&rows, 40));
    }
}

fn odd(text: &mut String, report: &RunReport, all: bool) {
    for warning in &report.warnings {
        let _ = writeln!(text, "warning: {}", plain(warning));
    }
    let worth = |diagnostic: &&Located| all || diagnostic.severity > Severity::Info;
    let told: Vec<&Located> = report.diagnostics.iter().filter(worth).collect();
    for Located { file, line, severity, code, message } in told.iter().take(limit(all)) {
        let severity = match severity {
            Severity::Info => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let _ = writeln!(text, "{severity}: {}", plain(&format!("{file}:{line}: {message} [{code}]")));
    }
    let more = told.len().saturating_sub(limit(all)) as u64 + report.more_diagnostics;
    rest(text, more, "warnings");
}

fn refusals(text: &mut String, label: &str, files: &[Refused], all: bool) {
    for Refused { file, reason } in files.iter().take(limit(all)) {
        let _ = writeln!(text, "taizhang: {label}{}", plain(&format!("`{file}` {reason}")));
    }
    rest(text, files.len().saturating_sub(limit(all)) as u64, "files");
}

fn rest(text: &mut String, more: u64, what: &str) {
    if more > 0 {
        let _ = writeln!(text, "and {} more {what}; -v shows them all", terminal::grouped(more));
    }
}

const fn limit(all: bool) -> usize {
    if all { usize::MAX } else { MOST_LINES }
}
