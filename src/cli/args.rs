//! What can be typed.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use regex::Regex;

use crate::pipeline::Stage;

use super::dataset::DatasetArgs;
use super::examples;
use super::inputs::InputArgs;
use super::log::ReportArgs;
use super::settings::{ReadingArgs, SettingArgs, SourceArgs};

/// Turns Chinese report texts into a table: one row for every number, with unit, indicator, period and place.
#[derive(Debug, Parser)]
#[command(name = "taizhang", version, about, after_help = examples::PROGRAM)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the table of facts of files, folders or standard input
    #[command(after_help = examples::EXTRACT)]
    Extract(Box<ExtractArgs>),
    /// Show what a stage of the pipeline makes of a text
    #[command(after_help = examples::SHOW)]
    Show(ShowArgs),
    /// Tell which rules and lexicon rows made the facts of a line
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// Print the columns of the table
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Print the settings in force and where each comes from
    #[command(after_help = examples::CONFIG)]
    Config(ConfigArgs),
    /// Print completions for a shell
    #[command(after_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print the manual page of the program or of a command
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
    /// Read a table to its end, for the program itself
    #[command(hide = true)]
    Probe(ProbeArgs),
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Files and folders to read, as `年报.txt 公报/`; `-` is standard input
    #[arg(required_unless_present = "files_from", value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    /// Folder for facts.csv, facts.parquet … and run.json: `--output out`; `-` is standard output, for one format
    #[arg(short, long, value_name = "DIR|-", value_hint = ValueHint::DirPath, required_unless_present = "dataset")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) dataset: DatasetArgs,
    /// List what would be read and written, and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say all that was odd, and each file passed over
    #[arg(short, long)]
    pub(super) verbose: bool,
    #[command(flatten)]
    pub(super) settings: SettingArgs,
    #[command(flatten)]
    pub(super) sources: SourceArgs,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Which stage: `--stage numeral`
    #[arg(long, value_enum, value_name = "STAGE")]
    pub(super) stage: StageName,
    /// The text, as `年报.txt`; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) file: PathBuf,
    /// For people or for programs: `--format jsonl`
    #[arg(long = "format", id = "shown_as", value_enum, value_name = "FORMAT", default_value_t = ShowFormat::Text)]
    pub(super) format: ShowFormat,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) sources: SourceArgs,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Where: a line, as `年报.txt:12`, or a character of it, as `年报.txt:12:7`, both counted from 1
    #[arg(value_name = "FILE:LINE[:COL]", value_hint = ValueHint::FilePath)]
    pub(super) place: TextPlace,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) sources: SourceArgs,
}

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// As JSON, for programs
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) settings: SettingArgs,
    #[command(flatten)]
    pub(super) sources: SourceArgs,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell, as `bash`
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ProbeArgs {
    /// The column that holds the texts
    #[arg(long, value_name = "NAME")]
    pub(super) text_column: String,
    /// The table
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The command, as `extract`; the whole program without one
    pub(super) command: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Text for people, JSON, or a Frictionless Table Schema: `--format json`
    #[arg(long, value_enum, default_value_t = SchemaFormat::Text)]
    pub(super) format: SchemaFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StageName {
    /// Broken lines rejoined
    Reflow,
    /// Headings, sentences, items, cells
    Segment,
    /// Words and shapes
    Lex,
    /// Exact values
    Numeral,
    /// Values with units and hedges
    Quantity,
    /// What each number is
    Mention,
    /// What each number says
    Link,
    /// The rows of the table
    Facts,
}

impl From<StageName> for Stage {
    fn from(name: StageName) -> Self {
        match name {
            StageName::Reflow => Self::Reflow,
            StageName::Segment => Self::Segment,
            StageName::Lex => Self::Lex,
            StageName::Numeral => Self::Numeral,
            StageName::Quantity => Self::Quantity,
            StageName::Mention => Self::Mention,
            StageName::Link => Self::Link,
            StageName::Facts => Self::Facts,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowFormat {
    /// A line for each item
    Text,
    /// A JSON object for each item
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaFormat {
    /// A line for each column
    Text,
    /// All that is known of the columns
    Json,
    /// For validators and catalogues
    Frictionless,
}

/// `FILE:LINE` or `FILE:LINE:COL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextPlace {
    pub(super) file: PathBuf,
    pub(super) line: u32,
    pub(super) column: Option<u32>,
}

impl FromStr for TextPlace {
    type Err = &'static str;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        let wrong = "expected FILE:LINE or FILE:LINE:COL, such as report.txt:12:7";
        let shape = Regex::new("^(.+?):([1-9][0-9]*)(?::([1-9][0-9]*))?$").map_err(|_| wrong)?;
        let parts = shape.captures(typed).ok_or(wrong)?;
        let number = |at: usize| parts.get(at).map(|part| part.as_str().parse().map_err(|_| wrong)).transpose();
        let file = parts.get(1).ok_or(wrong)?.as_str().into();
        Ok(Self { file, line: number(2)?.ok_or(wrong)?, column: number(3)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definitions_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn places_are_read_from_the_right() {
        let place = |typed: &str| typed.parse::<TextPlace>().ok().map(|place| (place.file, place.line, place.column));
        assert_eq!(place("a.txt:12"), Some(("a.txt".into(), 12, None)));
        assert_eq!(place("a.txt:12:7"), Some(("a.txt".into(), 12, Some(7))));
        assert_eq!(place("C:\\a.txt:12"), Some(("C:\\a.txt".into(), 12, None)));
        for wrong in ["a.txt", "a.txt:", "a.txt:0", ":3", "a.txt:x:y"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
