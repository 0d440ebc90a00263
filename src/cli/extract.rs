//! `taizhang extract`: reads, extracts on several threads, writes in order, reports.

use std::cell::LazyCell;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};

use crate::Extraction;
use crate::io::{
    Fault, FileError, Located, PassedOver, PendingFile, Refused, RunReport, Source, Tables, Tally, TextFile,
};
use crate::io::{commit, find};
use crate::table::{DataFrame, Document, to_dataframe};
use crate::text::{Offsets, Severity};

use super::Ending;
use super::batch::in_order;
use super::counting::tally;
use super::log::{self, LogFormat};
use super::resolved::{Destination, Extract, Verbosity};
use super::summary::{self, FIRST_FACTS};
use super::terminal::watched_stdout;
use super::{beside, dataset};

/// What one document gave.
struct Reading {
    document_id: String,
    file: String,
    took: Duration,
    rows: DataFrame,
    tally: Tally,
    bytes: u64,
    characters: u64,
    encoding: &'static str,
    diagnostics: Vec<Located>,
    first_facts: Vec<Vec<String>>,
}

pub(super) fn run(wanted: &Extract) -> anyhow::Result<Ending> {
    let clock = Instant::now();
    let dataset = dataset::open(wanted)?;
    let inputs = find(&wanted.inputs);
    let mut report = RunReport::new();
    report.lexicon = wanted.pipeline.lexicon().fingerprint();
    report.inputs = wanted.inputs.iter().map(|input| input.display().to_string()).collect();
    let skipped = |PassedOver { path, reason }: &PassedOver| Refused {
        file: path.display().to_string(),
        reason: (*reason).to_owned(),
    };
    report.skipped = inputs.passed_over.iter().map(skipped).collect();
    report.rejected = inputs.failed.iter().map(refused).collect();
    let first_facts = match (&wanted.destination, &dataset) {
        _ if inputs.files.is_empty() => Vec::new(),
        (Destination::Dataset(root, wishes), Some(dataset)) => {
            dataset::grow(wanted, dataset, root, wishes, inputs.files, &mut report, clock)?
        }
        _ => write_all(wanted, &inputs.files, &mut report, clock)?,
    };
    report.elapsed_seconds = clock.elapsed().as_secs_f64();
    match wanted.report.log_format {
        LogFormat::Text => summary::tell(wanted, &report, &first_facts),
        LogFormat::Json => log::tell(&report, wanted.verbosity),
    }
    Ok(wanted.report.fail_on.ending(&report))
}

/// Extracts and writes all files; the first facts are returned for the summary.
fn write_all(
    wanted: &Extract,
    files: &[TextFile],
    report: &mut RunReport,
    clock: Instant,
) -> anyhow::Result<Vec<Vec<String>>> {
    let mut output = Output::open(wanted)?;
    let first_facts = extract_all(wanted, files, report, |_, outcome| {
        outcome.map_or(Ok(()), |(_, rows)| Ok(output.push(wanted, rows)?))
    })?;
    if report.read > 0 {
        report.outputs = output.targets();
        output.end()?;
        report.elapsed_seconds = clock.elapsed().as_secs_f64();
        output.close(report)?;
    }
    Ok(first_facts)
}

/// Extracts all files and hands the identity and the rows of each, in their order, to `take`; none where it was rejected.
pub(super) fn extract_all(
    wanted: &Extract,
    files: &[TextFile],
    report: &mut RunReport,
    mut take: impl FnMut(usize, Option<(String, DataFrame)>) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Vec<String>>> {
    let progress = progress(wanted, files);
    let mut first_facts = Vec::new();
    let mut place = 0;
    in_order(
        wanted.jobs,
        files,
        |file| file.bytes,
        |place, file| read(wanted, file, place < FIRST_FACTS),
        |outcome| {
            let taken = match outcome {
                Ok(mut reading) => {
                    progress.inc(reading.bytes);
                    first_facts.extend(reading.first_facts.drain(..).take(FIRST_FACTS - first_facts.len()));
                    Some((std::mem::take(&mut reading.document_id), add(report, reading)))
                }
                Err(error) => {
                    report.rejected.push(refused(&error.downcast::<FileError>()?));
                    None
                }
            };
            place += 1;
            take(place - 1, taken)
        },
    )?;
    progress.finish_and_clear();
    Ok(first_facts)
}

fn read(wanted: &Extract, file: &TextFile, for_summary: bool) -> anyhow::Result<Reading> {
    let clock = Instant::now();
    let source = Source::read(file)?;
    let extraction = wanted.pipeline.extract(&source.text);
    let document = Document { path: &file.name, id: &source.document_id, extraction: &extraction };
    let rows = to_dataframe([document], &wanted.selection).context("the table cannot be made")?;
    let mut tally = tally(&file.name, &extraction, wanted.pipeline.lexicon());
    tally.replacements = source.replacements as u64;
    let shown = extraction.facts().filter(|fact| for_summary && wanted.selection.holds(fact.kind));
    Ok(Reading {
        diagnostics: diagnostics(file, &source, &extraction),
        document_id: source.document_id,
        file: file.name.clone(),
        rows,
        tally,
        bytes: source.bytes,
        characters: source.text.chars().count() as u64,
        encoding: source.encoding,
        first_facts: shown.take(FIRST_FACTS).map(|fact| summary::row(&file.name, fact)).collect(),
        took: clock.elapsed(),
    })
}

/// What was odd about reading a document, then about its text.
fn diagnostics(file: &TextFile, source: &Source, extraction: &Extraction) -> Vec<Located> {
    let located = |line, severity, code, message| Located { file: file.name.clone(), line, severity, code, message };
    let mut told = Vec::new();
    if source.encoding != "UTF-8" {
        told.push(located(1, Severity::Info, "other-encoding", format!("read as {}", source.encoding)));
    }
    // Most documents have nothing odd about them, and need no lines counted.
    let offsets = LazyCell::new(|| Offsets::new(&source.text));
    if source.replacements > 0 {
        let first = source.text.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
        let message = format!("{} characters could not be read and stand as U+FFFD", source.replacements);
        let line = offsets.place(&source.text, first).line;
        told.push(located(line, Severity::Warning, "replacement-characters", message));
    }
    let odd = extraction.diagnostics();
    if source.text.trim().is_empty() && !odd.iter().any(|diagnostic| diagnostic.code == "empty-document") {
        told.push(located(1, Severity::Warning, "empty-document", "the document holds no text".to_owned()));
    }
    told.extend(odd.iter().map(|diagnostic| {
        let line = offsets.place(&source.text, diagnostic.span.from()).line;
        located(line, diagnostic.severity, diagnostic.code, diagnostic.message.clone())
    }));
    told
}

/// Adds a document to the report and leaves its rows.
fn add(report: &mut RunReport, reading: Reading) -> DataFrame {
    report.read += 1;
    report.bytes += reading.bytes;
    report.characters += reading.characters;
    report.count_encoding(reading.encoding);
    report.tally.add(reading.tally);
    report.slowest.note(&reading.file, reading.took, reading.bytes);
    report.written += reading.rows.height() as u64;
    reading.diagnostics.into_iter().for_each(|diagnostic| report.note(diagnostic));
    reading.rows
}

fn refused(error: &FileError) -> Refused {
    Refused { file: error.path.display().to_string(), reason: error.reason() }
}

/// A bar by bytes, on a terminal only.
fn progress(wanted: &Extract, files: &[TextFile]) -> ProgressBar {
    let quiet = wanted.verbosity == Verbosity::Quiet || wanted.report.log_format == LogFormat::Json;
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files.iter().map(|file| file.bytes).sum());
    match ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The files or the stream that the table goes to. Nothing is in its place before [`Output::close`].
struct Output {
    folder: Option<PathBuf>,
    pending: Vec<PendingFile>,
    tables: Option<Tables>,
    /// Of standard output.
    fault: Fault,
}

impl Output {
    /// Makes sure that the output can be written, before any work.
    fn open(wanted: &Extract) -> Result<Self, FileError> {
        let mut output = Self { folder: None, pending: Vec::new(), tables: None, fault: Fault::default() };
        let Destination::Folder(folder) = &wanted.destination else {
            return Ok(output);
        };
        std::fs::create_dir_all(folder).map_err(|cause| FileError::writing(folder, cause))?;
        let target = |format: &crate::io::Format| folder.join("facts").with_extension(format.extension());
        for format in &wanted.formats {
            output.pending.push(PendingFile::beside(&target(format))?);
        }
        output.folder = Some(folder.clone());
        Ok(output)
    }

    fn targets(&self) -> Vec<String> {
        self.pending.iter().map(|file| file.target().display().to_string()).collect()
    }

    /// Writes the rows of one document; the first brings the heads of the files with it.
    fn push(&mut self, wanted: &Extract, rows: DataFrame) -> Result<(), FileError> {
        let mut tables = match self.tables.take() {
            Some(tables) => tables,
            None => self.tables(wanted)?,
        };
        let pushed = tables.push(rows);
        self.tables = Some(tables);
        pushed.map_err(|(at, cause)| self.failed(at, cause))
    }

    fn tables(&self, wanted: &Extract) -> Result<Tables, FileError> {
        let lexicon = wanted.pipeline.lexicon().fingerprint();
        let writers = wanted.formats.iter().enumerate().map(|(at, format)| {
            let out = match self.pending.get(at) {
                Some(file) => file.writer()?,
                None => Box::new(watched_stdout(&self.fault)),
            };
            format.writer(out, &wanted.selection, &lexicon).map_err(|cause| self.failed(at, cause))
        });
        Ok(Tables::new(writers.collect::<Result<_, FileError>>()?, &wanted.selection))
    }

    /// Ends the files, which are not in their places yet.
    fn end(&mut self) -> Result<(), FileError> {
        self.tables.take().map_or(Ok(()), Tables::finish).map_err(|(at, cause)| self.failed(at, cause))
    }

    /// Writes the report beside the files and puts all in their places.
    fn close(mut self, report: &RunReport) -> Result<(), FileError> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        self.pending.extend(beside::pending(folder, report)?);
        commit(self.pending)?;
        beside::remove_stale(folder, report)
    }

    fn failed(&self, at: usize, cause: io::Error) -> FileError {
        match self.pending.get(at) {
            Some(file) => file.failed(cause),
            None => FileError::writing(Path::new("standard output"), self.fault.or(cause)),
        }
    }
}
