//! What the typed arguments of `extract` mean.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use crate::Pipeline;
use crate::dataset::Wishes;
use crate::io::{CsvStyle, Format, Headers};
use crate::table::Selection;
use crate::terms::Kind;

use super::args::ExtractArgs;
use super::inputs::Inputs;
use super::log::ReportArgs;
use super::reading;
use super::settings::{Kinds, Origin, Settled};

/// Where the table goes.
#[derive(Debug, Clone)]
pub(super) enum Destination {
    Folder(PathBuf),
    StandardOutput,
    Dataset(PathBuf, Wishes),
}

impl Destination {
    /// Where files go, if any do.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) | Self::Dataset(folder, _) => Some(folder),
            Self::StandardOutput => None,
        }
    }
}

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

/// A run of `extract`, with nothing left to decide.
#[derive(Debug)]
pub(super) struct Extract {
    pub(super) inputs: Inputs,
    pub(super) destination: Destination,
    pub(super) formats: Vec<Format>,
    pub(super) csv: CsvStyle,
    pub(super) selection: Selection,
    pub(super) jobs: usize,
    pub(super) verbosity: Verbosity,
    /// The column that parts the rows of a dataset.
    pub(super) partition_by: Option<String>,
    pub(super) report: ReportArgs,
    pub(super) pipeline: Pipeline,
}

impl Extract {
    /// What was typed, with the settings in force in the place of those that were.
    pub(super) fn new(args: ExtractArgs, settled: &Settled) -> anyhow::Result<Self> {
        let reading = &settled.values.reading;
        let pipeline = reading::pipeline(reading, false)?;
        let mut inputs = Inputs::new(args.inputs, args.input, reading)?;
        let destination = match (args.output, args.dataset.dataset) {
            (Some(output), _) if output == Path::new("-") => Destination::StandardOutput,
            (Some(output), _) => Destination::Folder(output),
            (None, Some(root)) => {
                let rule_set = rule_set(&pipeline, &inputs);
                let (prune, refresh, version) =
                    (args.dataset.prune, args.dataset.refresh, env!("CARGO_PKG_VERSION").to_owned());
                // Which column parts the rows can be told when it is known which columns the tables bring.
                Destination::Dataset(root, Wishes { prune, refresh, partition: None, rule_set, version })
            }
            (None, None) => bail!("nothing says where the table goes; give --output or --dataset"),
        };
        // What a run writes is not read by the next.
        if let Some(folder) = destination.folder() {
            inputs.search.apart.push(folder.to_owned());
            inputs.search.apart.extend(inputs.keep_text.then(|| folder.join("text")));
        }
        let formats = formats(settled, &destination)?;
        let table = &settled.values.table;
        let partition_by = table.partition_by.clone().filter(|_| matches!(destination, Destination::Dataset(..)));
        ensure!(
            table.partition_by == partition_by || !matches!(settled.origin("partition_by"), Origin::Flag(_)),
            "--partition-by is for a dataset; give a folder to --dataset"
        );
        let verbosity = match (args.quiet, args.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, false) => Verbosity::Normal,
            (false, true) => Verbosity::Verbose,
        };
        ensure!(
            !inputs.keep_text || matches!(destination, Destination::Folder(_)),
            "--keep-text writes files; give a folder to --output"
        );
        Ok(Self {
            inputs,
            destination,
            csv: csv_style(settled, &formats)?,
            formats,
            selection: Selection::default().with_kinds(&kinds(&table.kinds)).with_columns(&table.columns)?,
            jobs: table.jobs.map_or(1, usize::from),
            verbosity,
            partition_by,
            report: args.report,
            pipeline,
        })
    }
}

impl Extract {
    /// Hash over all that decides which rows a file gives, but for the program's version.
    pub(super) fn rule_set(&self) -> String {
        rule_set(&self.pipeline, &self.inputs)
    }

    /// Where a table goes in the folder of the output.
    pub(super) fn table_in(folder: &Path, format: Format) -> PathBuf {
        folder.join("facts").with_extension(format.extension())
    }
}

fn rule_set(pipeline: &Pipeline, inputs: &Inputs) -> String {
    format!("{}{}", pipeline.rule_set(), inputs.rule_set())
}

fn kinds(wanted: &[Kinds]) -> Vec<Kind> {
    let kinds = wanted.iter().map(|wanted| match wanted {
        Kinds::All => Kind::ALL,
        Kinds::One(kind) => std::slice::from_ref(kind),
    });
    kinds.flatten().copied().collect()
}

/// The formats in a fixed order, each once.
fn formats(settled: &Settled, destination: &Destination) -> anyhow::Result<Vec<Format>> {
    if matches!(destination, Destination::Dataset(..)) {
        return Ok(Vec::new());
    }
    let to_stream = matches!(destination, Destination::StandardOutput);
    // Standard output takes one table: where none was asked for, the one that people can read.
    if to_stream && *settled.origin("format") == Origin::Default {
        return Ok(vec![Format::Csv]);
    }
    let all = [Format::Csv, Format::Parquet, Format::Jsonl, Format::Arrow];
    let wanted = &settled.values.table.format;
    let formats: Vec<Format> = all.into_iter().filter(|format| wanted.contains(format)).collect();
    if to_stream {
        ensure!(
            formats.len() == 1,
            "standard output takes one format, and {} asks for {}; give a folder to --output, or one --format",
            settled.origin("format"),
            formats.len()
        );
        ensure!(
            formats.iter().all(|format| format.is_text()) || !std::io::stdout().is_terminal(),
            "a terminal cannot show this format; redirect standard output to a file, or give a folder to --output"
        );
    }
    Ok(formats)
}

/// How CSV is written. Options that would change nothing are no use to whoever typed them.
fn csv_style(settled: &Settled, formats: &[Format]) -> anyhow::Result<CsvStyle> {
    let table = &settled.values.table;
    let style = CsvStyle { headers: table.headers.unwrap_or_default(), excel: table.excel.unwrap_or_default() };
    for (key, changes) in [("headers", style.headers != Headers::En), ("excel", style.excel)] {
        let typed = matches!(settled.origin(key), Origin::Flag(_));
        ensure!(
            formats.contains(&Format::Csv) || !typed || !changes,
            "--{key} is for CSV, which is not written; add csv to --format"
        );
    }
    Ok(style)
}
