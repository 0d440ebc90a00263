//! What the typed arguments of `extract` mean.

use std::io::IsTerminal as _;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anyhow::{bail, ensure};

use crate::Pipeline;
use crate::dataset::Wishes;
use crate::io::Format;
use crate::table::Selection;
use crate::terms::Kind;

use super::args::ExtractArgs;
use super::log::ReportArgs;
use super::reading;

/// Where the table goes.
#[derive(Debug, Clone)]
pub(super) enum Destination {
    Folder(PathBuf),
    StandardOutput,
    Dataset(PathBuf, Wishes),
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
    pub(super) inputs: Vec<PathBuf>,
    pub(super) destination: Destination,
    pub(super) formats: Vec<Format>,
    pub(super) selection: Selection,
    pub(super) jobs: usize,
    pub(super) verbosity: Verbosity,
    pub(super) report: ReportArgs,
    pub(super) pipeline: Pipeline,
}

impl Extract {
    pub(super) fn new(args: ExtractArgs) -> anyhow::Result<Self> {
        let pipeline = reading::pipeline(&args.reading, false)?;
        let destination = match (args.output, args.dataset.dataset) {
            (Some(output), _) if output == Path::new("-") => Destination::StandardOutput,
            (Some(output), _) => Destination::Folder(output),
            (None, Some(root)) => {
                let (rule_set, version) = (pipeline.rule_set(), env!("CARGO_PKG_VERSION").to_owned());
                let (prune, refresh) = (args.dataset.prune, args.dataset.refresh);
                Destination::Dataset(root, Wishes { prune, refresh, rule_set, version })
            }
            (None, None) => bail!("nothing says where the table goes; give --output or --dataset"),
        };
        let formats = formats(&args.format, &destination)?;
        let mut selection = Selection::default();
        if args.all_kinds {
            selection = selection.with_kinds(Kind::ALL);
        } else if !args.kinds.is_empty() {
            selection = selection.with_kinds(&args.kinds);
        }
        if !args.columns.is_empty() {
            selection = selection.with_columns(&args.columns)?;
        }
        let jobs = args.jobs.map_or_else(|| available_parallelism().map_or(1, NonZero::get), usize::from);
        let verbosity = match (args.quiet, args.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, false) => Verbosity::Normal,
            (false, true) => Verbosity::Verbose,
        };
        Ok(Self {
            inputs: args.inputs,
            destination,
            formats,
            selection,
            jobs,
            verbosity,
            report: args.report,
            pipeline,
        })
    }
}

/// The formats in a fixed order, each once.
fn formats(typed: &[Format], destination: &Destination) -> anyhow::Result<Vec<Format>> {
    let default: &[Format] = match destination {
        Destination::Folder(_) => &[Format::Csv, Format::Parquet],
        Destination::StandardOutput => &[Format::Csv],
        Destination::Dataset(..) => &[],
    };
    let wanted = if typed.is_empty() { default } else { typed };
    let all = [Format::Csv, Format::Parquet, Format::Jsonl, Format::Arrow];
    let formats: Vec<Format> = all.into_iter().filter(|format| wanted.contains(format)).collect();
    if matches!(destination, Destination::StandardOutput) {
        ensure!(formats.len() == 1, "standard output takes one format; give a folder to --output for several");
        ensure!(
            formats.iter().all(|format| format.is_text()) || !std::io::stdout().is_terminal(),
            "a terminal cannot show this format; redirect standard output to a file, or give a folder to --output"
        );
    }
    Ok(formats)
}
