//! What can be typed.

use std::path::PathBuf;
use std::str::FromStr;

use regex::Regex;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::io::Format;
use crate::pipeline::Stage;
use crate::table::COLUMNS;
use crate::terms::Kind;

use super::dataset::DatasetArgs;
use super::log::ReportArgs;

const EXAMPLES: &str = "\
Examples:
  taizhang extract input --output output
      every text below input/ → output/facts.csv, facts.parquet, run.json
  echo '财政总收入18.34亿元，同比增长13.1%。' | taizhang extract - --output -
      one row for 18.34亿元 and one for 13.1%
  taizhang show --stage numeral 年报.txt
      what one stage makes of a text
  taizhang explain 年报.txt:12
      why the facts of line 12 are what they are
  taizhang schema
      the columns of the table

Exit codes:
  0  all was done
  1  a part failed (a file could not be read or decoded); the rest was written
  2  nothing could be done; files of an earlier run are as they were";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  taizhang extract input --output output
  taizhang extract 年报.txt 公报/ --output out --format parquet --kinds measure,percent
  taizhang extract input --output out --all-kinds
      with 第6位 (ordinal), 2022年 (date), 〔2022〕15号 (label)
  taizhang extract input --output - --columns document,text,value,unit,period
  taizhang extract reports --dataset DIR --prune
      every night: reads what is new or changed into DIR/facts/*.parquet
  cat 年报.txt | taizhang extract - --output - --format jsonl --year 2022

In a folder, files that end in .txt, .text, .md or .markdown are read;
a file named itself is read whatever its name. UTF-8, UTF-16, GB18030
(GBK, GB2312) and Big5 are told apart by their bytes.

Exit codes:
  0  all was done
  1  a part failed (a file could not be read or decoded); the rest was written.
     --fail-on warning: or something was odd; --fail-on never: 0 instead
  2  nothing could be done; files of an earlier run are as they were";

/// Turns Chinese report texts into a table: one row for every number, with unit, indicator, period and place.
#[derive(Debug, Parser)]
#[command(name = "taizhang", version, about, after_help = EXAMPLES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the table of facts of files, folders or standard input
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(ExtractArgs),
    /// Show what a stage of the pipeline makes of a text
    Show(ShowArgs),
    /// Tell which rules and lexicon rows made the facts of a line
    Explain(ExplainArgs),
    /// Print the columns of the table
    Schema(SchemaArgs),
}

#[derive(Debug, Args)]
pub(super) struct ReadingArgs {
    /// Folder with more lexicon rows, in files of the same names and columns as the built-in ones; may be repeated
    #[arg(long, value_name = "DIR")]
    pub(super) lexicon: Vec<PathBuf>,
    /// The year of texts that name none
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i16).range(1000..=9999))]
    pub(super) year: Option<i16>,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Files and folders to read; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// Folder for facts.csv, facts.parquet … and run.json; `-` is standard output, for one format
    #[arg(short, long, value_name = "DIR|-", required_unless_present = "dataset")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) dataset: DatasetArgs,
    /// Formats, comma-separated or repeated [default: csv,parquet; to standard output: csv]
    #[arg(short, long, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    pub(super) format: Vec<Format>,
    /// Kinds of rows, comma-separated [default: all but ordinal, date and label]
    #[arg(long, value_delimiter = ',', value_name = "KIND", value_parser = kind())]
    pub(super) kinds: Vec<Kind>,
    /// Rows of every kind
    #[arg(long, conflicts_with = "kinds")]
    pub(super) all_kinds: bool,
    /// Columns, comma-separated, in the order wanted [default: all]
    #[arg(long, value_delimiter = ',', value_name = "COLUMN", value_parser = column())]
    pub(super) columns: Vec<String>,
    /// Documents worked on at once [default: as many as there are processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) jobs: Option<u16>,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say all that was odd, and each file passed over
    #[arg(short, long)]
    pub(super) verbose: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Which stage
    #[arg(long, value_enum, value_name = "STAGE")]
    pub(super) stage: StageName,
    /// The text; `-` is standard input
    pub(super) file: PathBuf,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub(super) format: ShowFormat,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Where: a line, or a character of it, both counted from 1
    #[arg(value_name = "FILE:LINE[:COL]")]
    pub(super) place: TextPlace,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Text for people, JSON, or a Frictionless Table Schema
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

fn kind() -> impl clap::builder::TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.as_str())).try_map(|typed| typed.parse::<Kind>())
}

fn column() -> PossibleValuesParser {
    PossibleValuesParser::new(COLUMNS.map(|column| column.name))
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
