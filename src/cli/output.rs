//! The files or the stream that a table goes to.

use std::io;
use std::path::{Path, PathBuf};

use crate::io::{Fault, FileError, Format, KeptTexts, PendingFile, RunReport, Tables, commit, shown};
use crate::table::DataFrame;

use super::beside;
use super::resolved::{Destination, Extract};
use super::terminal::watched_stdout;

/// The files or the stream that the table goes to. Nothing is in its place before [`Output::close`].
pub(super) struct Output {
    folder: Option<PathBuf>,
    pending: Vec<PendingFile>,
    tables: Option<Tables>,
    texts: Option<KeptTexts>,
    /// Of standard output.
    fault: Fault,
}

impl Output {
    /// Makes sure that the output can be written, before any work.
    pub(super) fn open(wanted: &Extract) -> Result<Self, FileError> {
        let mut output = Self { folder: None, pending: Vec::new(), tables: None, texts: None, fault: Fault::default() };
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

    pub(super) fn targets(&self) -> Vec<String> {
        self.pending.iter().map(|file| shown(file.target())).collect()
    }

    /// Writes the rows of one document; the first brings the heads of the files with it.
    pub(super) fn push(&mut self, wanted: &Extract, rows: DataFrame) -> Result<(), FileError> {
        let mut tables = match self.tables.take() {
            Some(tables) => tables,
            None => self.tables(wanted)?,
        };
        let pushed = tables.push(rows);
        self.tables = Some(tables);
        pushed.map_err(|(at, cause)| self.failed(at, cause))
    }

    /// Sets aside the texts that were taken out of documents.
    pub(super) fn keep(&mut self, texts: &[(String, String)]) -> Result<(), FileError> {
        let Some(kept) = &mut self.texts else { return Ok(()) };
        texts.iter().try_for_each(|(document, text)| kept.add(document, text))
    }

    fn tables(&self, wanted: &Extract) -> Result<Tables, FileError> {
        let lexicon = wanted.pipeline.lexicon().fingerprint();
        let writers = wanted.formats.iter().enumerate().map(|(at, format)| {
            let out = match self.pending.get(at) {
                Some(file) => file.writer()?,
                None => Box::new(watched_stdout(&self.fault)),
            };
            let writer = match format {
                Format::Csv => wanted.csv.writer(out, &wanted.selection),
                other => other.writer(out, &wanted.selection, &lexicon),
            };
            writer.map_err(|cause| self.failed(at, cause))
        });
        Ok(Tables::new(writers.collect::<Result<_, FileError>>()?, &wanted.selection))
    }

    /// Ends the files, which are not in their places yet.
    pub(super) fn end(&mut self) -> Result<(), FileError> {
        self.tables.take().map_or(Ok(()), Tables::finish).map_err(|(at, cause)| self.failed(at, cause))
    }

    /// Writes the report beside the files and puts all in their places.
    pub(super) fn close(mut self, report: &RunReport) -> Result<(), FileError> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        self.pending.extend(beside::pending(folder, report)?);
        // A text that is there before its facts does no harm; a fact whose text is not there cannot be looked up.
        if let Some(texts) = self.texts {
            texts.commit()?;
        }
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
