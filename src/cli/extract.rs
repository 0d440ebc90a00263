//! `taizhang extract`: reads, extracts on several threads, writes in order, reports.

use std::cell::LazyCell;
use std::io::{self, IsTerminal as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Extraction;
use crate::io::{
    Documents, FileError, FileErrorKind, Found, Located, PassedOver, Refused, RunReport, Source, Tally, TextFile,
    Waiting, shown,
};
use crate::table::{DataFrame, Document, to_dataframe};
use crate::text::{Offsets, Severity};

use super::Ending;
use super::batch::in_order;
use super::counting::tally;
use super::handful::{Handful, handfuls};
use super::log::{self, LogFormat};
use super::output::Output;
use super::resolved::{Extract, Verbosity};
use super::summary::{self, FIRST_FACTS};
use super::{beside, dataset, probe};

/// What a handful of documents gave.
#[derive(Default)]
pub(super) struct Given {
    /// Documents that could be read, and that could not.
    pub(super) read: usize,
    pub(super) rejected: usize,
    /// Whether a table ended before its end.
    pub(super) broken: bool,
    /// The identity of the file, where it is told.
    pub(super) id: Option<String>,
    /// The place of the file among the files, and whether nothing more of it comes.
    pub(super) file: usize,
    pub(super) last: bool,
    /// The names of the documents whose texts are to be kept, and the texts.
    texts: Vec<(String, String)>,
    pub(super) rows: DataFrame,
}

/// What one document gave.
struct Reading {
    document_id: Option<String>,
    file: String,
    took: Duration,
    tally: Tally,
    bytes: u64,
    characters: u64,
    encoding: &'static str,
    diagnostics: Vec<Located>,
    first_facts: Vec<Vec<String>>,
    /// The document's name and text, where it is to be kept.
    kept: Option<(String, String)>,
}

pub(super) fn run(mut wanted: Extract) -> anyhow::Result<Ending> {
    let clock = Instant::now();
    let dataset = dataset::open(&wanted)?;
    let Found { mut files, passed_over, mut failed } = wanted.inputs.search.found();
    let mut report = RunReport::new();
    report.lexicon = wanted.pipeline.lexicon().fingerprint();
    report.rule_set = wanted.rule_set();
    report.inputs.clone_from(&wanted.inputs.typed);
    let skipped =
        |PassedOver { path, reason }: &PassedOver| Refused { file: shown(path), reason: (*reason).to_owned() };
    report.skipped = passed_over.iter().map(skipped).collect();
    probe::spare(&wanted, &mut files, &mut failed);
    let bytes = files.iter().map(|file| file.bytes).sum();
    let documents = Documents::new(files.clone(), &wanted.inputs.tables, &wanted.inputs.options, &mut failed);
    keepable(&wanted, &documents)?;
    wanted.selection = wanted.selection.with_kept(documents.kept());
    report.rejected = failed.iter().map(refused).collect();
    report.tables = documents.tables() as u64;
    let first_facts = match &dataset {
        _ if documents.is_empty() => Vec::new(),
        Some(dataset) => {
            dataset::part(&mut wanted)?;
            let refused = |file: &TextFile| failed.iter().any(|error| error.path == file.path());
            let files = files.into_iter().filter(|file| !refused(file)).collect();
            dataset::grow(&wanted, dataset, files, &documents, &mut report, clock)?
        }
        None => write_all(&wanted, documents, bytes, &mut report, clock)?,
    };
    report.elapsed_seconds = clock.elapsed().as_secs_f64();
    match wanted.report.log_format {
        LogFormat::Text => summary::tell(&wanted, &report, &first_facts),
        LogFormat::Json => log::tell(&report, wanted.verbosity),
    }
    if let (true, Some(folder)) = (report.is_empty(), wanted.destination.folder()) {
        beside::alone(folder, &report)?;
    }
    Ok(wanted.report.fail_on.ending(&report))
}

/// That the columns to keep are there, unless no table could be opened.
fn keepable(wanted: &Extract, documents: &Documents) -> anyhow::Result<()> {
    let (columns, keep) = (documents.columns(), wanted.inputs.tables.keep.as_deref().unwrap_or_default());
    if let (Some(missing), false) = (keep.iter().find(|name| !columns.contains(name)), columns.is_empty()) {
        bail!("no table has a column `{missing}` to keep; their columns are {}", columns.join(", "));
    }
    Ok(())
}

/// Extracts and writes all documents; the first facts are returned for the summary.
fn write_all(
    wanted: &Extract,
    documents: Documents,
    bytes: u64,
    report: &mut RunReport,
    clock: Instant,
) -> anyhow::Result<Vec<Vec<String>>> {
    let mut output = Output::open(wanted)?;
    let first_facts = extract_all(wanted, handfuls(documents), bytes, report, |given| {
        output.keep(&given.texts)?;
        if given.read == 0 { Ok(()) } else { Ok(output.push(wanted, given.rows)?) }
    })?;
    if !report.is_empty() {
        // Tables without rows are no reason to leave out the heads.
        output.push(wanted, DataFrame::empty_with_arc_schema(wanted.selection.schema()))?;
        report.outputs = output.targets();
        output.end()?;
        report.elapsed_seconds = clock.elapsed().as_secs_f64();
        output.close(report)?;
    }
    Ok(first_facts)
}

/// Extracts all documents and hands what each handful gave, in their order, to `take`.
pub(super) fn extract_all(
    wanted: &Extract,
    handfuls: impl Iterator<Item = Handful>,
    bytes: u64,
    report: &mut RunReport,
    mut take: impl FnMut(Given) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Vec<String>>> {
    let progress = progress(wanted, bytes);
    let mut first_facts = Vec::new();
    in_order(
        wanted.jobs,
        handfuls,
        |some| some.documents.iter().flatten().map(Waiting::weight).sum(),
        |place, some| read(wanted, some, place < FIRST_FACTS),
        |outcome| {
            let (readings, mut given) = outcome?;
            for reading in readings {
                match reading {
                    Ok(mut reading) => {
                        progress.inc(reading.bytes);
                        first_facts.extend(reading.first_facts.drain(..).take(FIRST_FACTS - first_facts.len()));
                        given.read += 1;
                        given.id = given.id.or(reading.document_id.take());
                        given.texts.extend(reading.kept.take());
                        add(report, reading);
                    }
                    Err(error) => {
                        given.rejected += 1;
                        report.rejected.push(refused(&error));
                    }
                }
            }
            report.written += given.rows.height() as u64;
            take(given)
        },
    )?;
    progress.finish_and_clear();
    Ok(first_facts)
}

/// Reads and extracts some documents, and makes one table of their rows.
fn read(
    wanted: &Extract,
    Handful { documents, id, file, last }: Handful,
    for_summary: bool,
) -> anyhow::Result<(Vec<Result<Reading, FileError>>, Given)> {
    let broken = documents.iter().any(|waiting| waiting.as_ref().is_err_and(|error| !error.kind.is_of_a_row()));
    let extracted = |waiting: Result<Waiting, FileError>| extract(wanted, waiting?);
    let read: Vec<Result<Extracted, FileError>> = documents.into_iter().map(extracted).collect();
    let documents = read.iter().flatten().map(|Extracted { source, extraction, .. }| {
        let (path, id) = (&source.name, &source.document_id);
        Document { path, id, extraction, kept: &source.kept }
    });
    let rows = to_dataframe(documents, &wanted.selection).context("the table cannot be made")?;
    let reading = |extracted| reading(wanted, extracted, for_summary);
    let given = Given { broken, id, file, last, rows, ..Given::default() };
    Ok((read.into_iter().map(|read| read.map(reading)).collect(), given))
}

/// A document and what was found in it.
struct Extracted {
    source: Source,
    extraction: Extraction,
    took: Duration,
    is_file: bool,
}

/// Reads and extracts a document. A fault of a reader or a stage does not take the other documents with it.
fn extract(wanted: &Extract, waiting: Waiting) -> Result<Extracted, FileError> {
    let clock = Instant::now();
    let path = waiting.path().into_owned();
    let is_file = matches!(waiting, Waiting::File(_));
    let extracted = catch_unwind(AssertUnwindSafe(|| {
        let source = waiting.read(&wanted.inputs.options)?;
        dataset::placeable(wanted, &source).map_err(|kind| FileError::new(kind, path.clone()))?;
        let limit = wanted.inputs.options.timeout;
        let slow = || FileError::new(FileErrorKind::Slow(limit.as_secs()), path.clone());
        let extraction = wanted.pipeline.extract_within(&source.text, limit).ok_or_else(slow)?;
        Ok(Extracted { source, extraction, took: clock.elapsed(), is_file })
    }));
    extracted.unwrap_or_else(|_| Err(FileError::new(FileErrorKind::Internal, path)))
}

fn reading(wanted: &Extract, extracted: Extracted, for_summary: bool) -> Reading {
    let Extracted { source, extraction, took, is_file } = extracted;
    let mut tally = tally(&source.name, &extraction, wanted.pipeline.lexicon());
    tally.replacements = source.replacements as u64;
    let shown = extraction.facts().filter(|fact| for_summary && wanted.selection.holds(fact.kind));
    Reading {
        tally,
        took,
        bytes: source.bytes,
        characters: source.text.chars().count() as u64,
        encoding: source.encoding,
        diagnostics: diagnostics(&source, &extraction),
        first_facts: shown.take(FIRST_FACTS).map(|fact| summary::row(&source.name, fact)).collect(),
        file: source.name.clone(),
        document_id: is_file.then_some(source.document_id),
        kept: (wanted.inputs.keep_text && source.extracted).then_some((source.name, source.text)),
    }
}

/// What was odd about reading a document, then about its text.
fn diagnostics(source: &Source, extraction: &Extraction) -> Vec<Located> {
    let located = |line, severity, code, message| Located { file: source.name.clone(), line, severity, code, message };
    // Most documents have nothing odd about them, and need no lines counted.
    let offsets = LazyCell::new(|| Offsets::new(&source.text));
    let odd = source.diagnostics.iter().chain(extraction.diagnostics());
    let mut told: Vec<Located> = odd
        .map(|diagnostic| {
            let line = offsets.place(&source.text, diagnostic.span.from()).line;
            located(line, diagnostic.severity, diagnostic.code, diagnostic.message.clone())
        })
        .collect();
    if source.text.trim().is_empty() && !told.iter().any(|diagnostic| diagnostic.code == "empty-document") {
        told.push(located(1, Severity::Warning, "empty-document", "the document holds no text".to_owned()));
    }
    told
}

/// Adds a document to the report.
fn add(report: &mut RunReport, reading: Reading) {
    report.read += 1;
    report.bytes += reading.bytes;
    report.characters += reading.characters;
    report.count_encoding(reading.encoding);
    report.tally.add(reading.tally);
    report.slowest.note(&reading.file, reading.took, reading.bytes);
    reading.diagnostics.into_iter().for_each(|diagnostic| report.note(diagnostic));
}

fn refused(error: &FileError) -> Refused {
    Refused { file: shown(&error.path), reason: error.reason() }
}

/// A bar by bytes, on a terminal only.
fn progress(wanted: &Extract, bytes: u64) -> ProgressBar {
    let quiet = wanted.verbosity == Verbosity::Quiet || wanted.report.log_format == LogFormat::Json;
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes);
    match ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
