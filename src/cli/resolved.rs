//! What the typed arguments of `extract` mean.

use std::io::IsTerminal as _;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anyhow::ensure;

use crate::Pipeline;
use crate::io::Format;
use crate::table::Selection;
use crate::terms::Kind;

use super::args::ExtractArgs;
use super::inputs::Inputs;
use super::reading;

/// Where the table goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    Folder(PathBuf),
    StandardOutput,
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
    pub(super) selection: Selection,
    pub(super) jobs: usize,
    pub(super) verbosity: Verbosity,
    pub(super) pipeline: Pipeline,
}

impl Extract {
    pub(super) fn new(args: ExtractArgs) -> anyhow::Result<Self> {
        let destination =
            if args.output == Path::new("-") { Destination::StandardOutput } else { Destination::Folder(args.output) };
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
        let inputs = Inputs::new(args.inputs, args.input, &args.reading)?;
        ensure!(
            !inputs.keep_text || destination != Destination::StandardOutput,
            "--keep-text writes files; give a folder to --output"
        );
        let pipeline = reading::pipeline(&args.reading, false)?;
        Ok(Self { inputs, destination, formats, selection, jobs, verbosity, pipeline })
    }
}

/// The formats in a fixed order, each once.
fn formats(typed: &[Format], destination: &Destination) -> anyhow::Result<Vec<Format>> {
    let default: &[Format] = match destination {
        Destination::Folder(_) => &[Format::Csv, Format::Parquet],
        Destination::StandardOutput => &[Format::Csv],
    };
    let wanted = if typed.is_empty() { default } else { typed };
    let all = [Format::Csv, Format::Parquet, Format::Jsonl, Format::Arrow];
    let formats: Vec<Format> = all.into_iter().filter(|format| wanted.contains(format)).collect();
    if *destination == Destination::StandardOutput {
        ensure!(formats.len() == 1, "standard output takes one format; give a folder to --output for several");
        ensure!(
            formats.iter().all(|format| format.is_text()) || !std::io::stdout().is_terminal(),
            "a terminal cannot show this format; redirect standard output to a file, or give a folder to --output"
        );
    }
    Ok(formats)
}
