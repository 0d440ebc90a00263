//! `taizhang extract`: reads, extracts on several threads, writes in order, reports.

use std::cell::LazyCell;
use std::io::{self, IsTerminal as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Extraction;
use crate::io::{Documents, FileError, FileErrorKind, KeptTexts, Located, PassedOver, PendingFile, Refused, RowCounts};
use crate::io::{Format, RunReport, Source, Tables, Waiting, commit};
use crate::table::{DataFrame, Document, to_dataframe};
use crate::text::{Offsets, Severity};

use super::Ending;
use super::batch::in_order;
use super::resolved::{Destination, Extract, Verbosity};
use super::summary::{self, FIRST_FACTS};
use super::terminal::Pipe;

/// What one document gave.
struct Reading {
    found: RowCounts,
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
    let found = wanted.inputs.search.found();
    let mut report = RunReport::new();
    report.lexicon = wanted.pipeline.lexicon().fingerprint();
    report.inputs.clone_from(&wanted.inputs.typed);
    let skipped = |PassedOver { path, reason }: &PassedOver| Refused {
        file: path.display().to_string(),
        reason: (*reason).to_owned(),
    };
    report.skipped = found.passed_over.iter().map(skipped).collect();
    let mut failed = found.failed;
    let (any, bytes) = (!found.files.is_empty(), found.files.iter().map(|file| file.bytes).sum());
    let documents = Documents::new(found.files, &wanted.inputs.tables, &wanted.inputs.options, &mut failed);
    report.rejected = failed.iter().map(refused).collect();
    keepable(&wanted, &documents)?;
    wanted.selection = wanted.selection.with_kept(documents.kept());
    let mut first_facts = Vec::new();
    if any {
        let output = Output::open(&wanted)?;
        first_facts = extract_all(&wanted, documents, &progress(&wanted, bytes), output, &mut report, clock)?;
    }
    summary::tell(&wanted, &report, &first_facts);
    Ok(match (report.read, report.rejected.is_empty()) {
        (0, _) => Ending::Nothing,
        (_, true) => Ending::Whole,
        (_, false) => Ending::Partly,
    })
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
fn extract_all(
    wanted: &Extract,
    documents: Documents,
    progress: &ProgressBar,
    mut output: Output,
    report: &mut RunReport,
    clock: Instant,
) -> anyhow::Result<Vec<Vec<String>>> {
    let mut first_facts = Vec::new();
    let work = |place: usize, some: Vec<_>| read(wanted, some, place < FIRST_FACTS);
    in_order(
        wanted.jobs,
        handfuls(documents),
        |some| some.iter().flatten().map(Waiting::weight).sum(),
        work,
        |outcome| {
            let (readings, rows) = outcome?;
            for reading in readings {
                match reading {
                    Ok(mut reading) => {
                        progress.inc(reading.bytes);
                        output.keep(reading.kept.take())?;
                        first_facts.extend(reading.first_facts.iter().take(FIRST_FACTS - first_facts.len()).cloned());
                        add(report, reading);
                    }
                    Err(error) => report.rejected.push(refused(&error)),
                }
            }
            report.written += rows.height() as u64;
            Ok(output.push(wanted, rows)?)
        },
    )?;
    progress.finish_and_clear();
    if report.read > 0 {
        report.outputs = output.targets();
        output.close(|| {
            report.elapsed_seconds = clock.elapsed().as_secs_f64();
            format!("{:#}\n", report.to_json())
        })?;
    }
    report.elapsed_seconds = clock.elapsed().as_secs_f64();
    Ok(first_facts)
}

/// A file alone, and rows of a table some at a time: most are short, and handing each over would cost more than reading it.
fn handfuls(documents: Documents) -> impl Iterator<Item = Vec<Result<Waiting, FileError>>> {
    const MOST: usize = 256;
    const MOST_BYTES: u64 = 1 << 18;
    let mut documents = documents.peekable();
    std::iter::from_fn(move || {
        let mut some = vec![documents.next()?];
        let row = |waiting: &Result<Waiting, FileError>| matches!(waiting, Ok(Waiting::Row(_)));
        let mut bytes = some.iter().flatten().map(Waiting::bytes).sum::<u64>();
        while some.last().is_some_and(row) && some.len() < MOST && bytes < MOST_BYTES {
            let Some(next) = documents.next_if(row) else { break };
            bytes += next.as_ref().map_or(0, Waiting::bytes);
            some.push(next);
        }
        Some(some)
    })
}

/// Reads and extracts some documents, and makes one table of their rows.
fn read(
    wanted: &Extract,
    waiting: Vec<Result<Waiting, FileError>>,
    for_summary: bool,
) -> anyhow::Result<(Vec<Result<Reading, FileError>>, DataFrame)> {
    let extracted = |waiting: Result<Waiting, FileError>| extract(wanted, waiting?);
    let read: Vec<Result<(Source, Extraction), FileError>> = waiting.into_iter().map(extracted).collect();
    let documents = read.iter().flatten().map(|(source, extraction)| {
        let (path, id) = (&source.name, &source.document_id);
        Document { path, id, extraction, kept: &source.kept }
    });
    let rows = to_dataframe(documents, &wanted.selection).context("the table cannot be made")?;
    let reading = |(source, extraction)| reading(wanted, source, &extraction, for_summary);
    Ok((read.into_iter().map(|read| read.map(reading)).collect(), rows))
}

/// Reads and extracts a document. A fault of a reader or a stage does not take the other documents with it.
fn extract(wanted: &Extract, waiting: Waiting) -> Result<(Source, Extraction), FileError> {
    let path = waiting.path().into_owned();
    let extracted = catch_unwind(AssertUnwindSafe(|| {
        let source = waiting.read(&wanted.inputs.options)?;
        let extraction = wanted.pipeline.extract(&source.text);
        Ok((source, extraction))
    }));
    extracted.unwrap_or_else(|_| Err(FileError::new(FileErrorKind::Internal, path)))
}

fn reading(wanted: &Extract, source: Source, extraction: &Extraction, for_summary: bool) -> Reading {
    let mut found = RowCounts::default();
    extraction.records().iter().for_each(|record| found.count(record.kind));
    let shown = extraction.facts().filter(|fact| for_summary && wanted.selection.holds(fact.kind));
    Reading {
        found,
        bytes: source.bytes,
        characters: source.text.chars().count() as u64,
        encoding: source.encoding,
        diagnostics: diagnostics(&source, extraction),
        first_facts: shown.take(FIRST_FACTS).map(|fact| summary::row(&source.name, fact)).collect(),
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
    report.found.add(&reading.found);
    reading.diagnostics.into_iter().for_each(|diagnostic| report.note(diagnostic));
}

fn refused(error: &FileError) -> Refused {
    Refused { file: error.path.display().to_string(), reason: error.reason() }
}

/// A bar by bytes, on a terminal only.
fn progress(wanted: &Extract, bytes: u64) -> ProgressBar {
    if wanted.verbosity == Verbosity::Quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes);
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
    texts: Option<KeptTexts>,
    closed: Arc<AtomicBool>,
}

impl Output {
    /// Makes sure that the output can be written, before any work.
    fn open(wanted: &Extract) -> Result<Self, FileError> {
        let mut output = Self { folder: None, pending: Vec::new(), tables: None, texts: None, closed: Arc::default() };
        let Destination::Folder(folder) = &wanted.destination else {
            return Ok(output);
        };
        std::fs::create_dir_all(folder).map_err(|cause| FileError::writing(folder, cause))?;
        for format in &wanted.formats {
            output.pending.push(PendingFile::beside(&Extract::table_in(folder, *format))?);
        }
        if wanted.inputs.keep_text {
            output.texts = Some(KeptTexts::below(folder)?);
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

    /// Sets aside the text that was taken out of a document.
    fn keep(&mut self, text: Option<(String, String)>) -> Result<(), FileError> {
        match (&mut self.texts, text) {
            (Some(texts), Some((document, text))) => texts.add(&document, &text),
            _ => Ok(()),
        }
    }

    fn tables(&self, wanted: &Extract) -> Result<Tables, FileError> {
        let lexicon = wanted.pipeline.lexicon().fingerprint();
        let writers = wanted.formats.iter().enumerate().map(|(at, format)| {
            let out = match self.pending.get(at) {
                Some(file) => file.writer()?,
                None => Box::new(Pipe::new(Arc::clone(&self.closed))),
            };
            let writer = match format {
                Format::Csv => wanted.csv.writer(out, &wanted.selection),
                other => other.writer(out, &wanted.selection, &lexicon),
            };
            writer.map_err(|cause| self.failed(at, cause))
        });
        Ok(Tables::new(writers.collect::<Result<_, FileError>>()?, &wanted.selection))
    }

    /// Ends the files, writes the report beside them, and puts all in their places.
    fn close(mut self, report: impl FnOnce() -> String) -> Result<(), FileError> {
        if let Some(tables) = self.tables.take() {
            tables.finish().map_err(|(at, cause)| self.failed(at, cause))?;
        }
        if let Some(folder) = &self.folder {
            let file = PendingFile::beside(&Extract::report_in(folder))?;
            let mut out = file.writer()?;
            let written = out.write_all(report().as_bytes()).and_then(|()| out.flush());
            written.map_err(|cause| FileError::writing(file.target(), cause))?;
            self.pending.push(file);
        }
        // A text that is there before its facts does no harm; a fact whose text is not there cannot be looked up.
        if let Some(texts) = self.texts {
            texts.commit()?;
        }
        commit(self.pending)
    }

    fn failed(&self, at: usize, cause: io::Error) -> FileError {
        let cause = if self.closed.load(Ordering::Relaxed) { io::ErrorKind::BrokenPipe.into() } else { cause };
        FileError::writing(self.pending.get(at).map_or(Path::new("standard output"), PendingFile::target), cause)
    }
}
