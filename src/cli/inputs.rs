//! What is read of what was named: which files of folders, which column of tables, how much and how long.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow, ensure};
use clap::Args;

use crate::io::{FileError, ReadOptions, Search, TableOptions, listed, shown};

use super::settings::ReadingArgs;

#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub(super) struct InputArgs {
    /// Read the files and folders that a list names, one a line or parted by NUL; `-` is standard input
    #[arg(long, value_name = "FILE|-")]
    files_from: Option<PathBuf>,
    /// In folders, read only files that match, in the manner of .gitignore (`2023/**`, `*.html`); may be repeated
    #[arg(long, value_name = "PATTERN")]
    glob: Vec<String>,
    /// In folders, leave out files and folders that match, in the manner of .gitignore; may be repeated
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// Read CSV, TSV, JSON lines and Parquet files too, each row a document whose text is in this column
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Columns of such files to keep beside the facts, comma-separated, `''` for none [default: all but the text]
    #[arg(long, value_delimiter = ',', value_name = "NAME", requires = "text_column")]
    keep_columns: Option<Vec<String>>,
    /// Write the texts taken out of web pages, Word and PDF files to OUTPUT/text, where every place can be looked up
    #[arg(long)]
    keep_text: bool,
    /// Refuse documents that are longer, unpacked [default: 268435456]
    #[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..=u64::from(u32::MAX)))]
    max_bytes: Option<u64>,
    /// Give up on a document after so many seconds [default: 120]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
}

/// What is read, with nothing left to decide.
#[derive(Debug)]
pub(super) struct Inputs {
    /// As they were typed.
    pub(super) typed: Vec<String>,
    pub(super) search: Search,
    pub(super) tables: TableOptions,
    pub(super) options: ReadOptions,
    pub(super) keep_text: bool,
}

impl Inputs {
    pub(super) fn new(inputs: Vec<PathBuf>, args: InputArgs, reading: &ReadingArgs) -> anyhow::Result<Self> {
        let mut typed: Vec<String> = inputs.iter().map(|input| shown(input)).collect();
        let mut inputs = inputs;
        if let Some(list) = &args.files_from {
            let standard = Path::new("-");
            ensure!(
                list != standard || !inputs.iter().any(|input| input == standard),
                "standard input cannot be both a text and a list of files; give one of them as a file"
            );
            typed.push(format!("--files-from {}", shown(list)));
            inputs.extend(listed(&bytes(list)?));
            ensure!(!inputs.is_empty(), "`{}` names no file", shown(list));
        }
        let keep = args.keep_columns.map(|names| names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>());
        if let (Some(text), Some(keep)) = (&args.text_column, &keep) {
            ensure!(
                !keep.contains(text),
                "`{text}` holds the texts and cannot be kept too; `sentence` holds its words"
            );
        }
        let tables = args.text_column.is_some();
        let search = Search { inputs, globs: args.glob, excludes: args.exclude, tables, apart: Vec::new() };
        search.check().map_err(|why| anyhow!("a pattern of --glob or --exclude cannot be read: {why}"))?;
        let mut options = options(reading);
        options.max_bytes = args.max_bytes.unwrap_or(options.max_bytes);
        options.timeout = args.timeout.map_or(options.timeout, Duration::from_secs);
        let tables = TableOptions { text: args.text_column, keep };
        Ok(Self { typed, search, tables, options, keep_text: args.keep_text })
    }
}

impl Inputs {
    /// What decides, besides the words and options of the stages, which rows a file gives.
    pub(super) fn rule_set(&self) -> String {
        let told = [self.options.charset.map(|charset| charset.name().to_owned()), self.tables.text.clone()];
        told.iter().flatten().flat_map(|told| [" ", told]).collect()
    }
}

/// How a single text is read.
pub(super) fn options(args: &ReadingArgs) -> ReadOptions {
    ReadOptions { charset: args.encoding, ..ReadOptions::default() }
}

fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path != Path::new("-") {
        return Ok(std::fs::read(path).map_err(|cause| FileError::reading(path, cause))?);
    }
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).context("the list cannot be read")?;
    Ok(bytes)
}
