//! What can be typed.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use regex::Regex;

use crate::pipeline::Stage;

use super::settings::{ReadingArgs, SettingArgs, SourceArgs};

/// How every command ends.
macro_rules! exit_codes {
    () => {
        "\
Exit codes:
  0  all was done; also where whoever read the output stopped reading
  1  a part failed (a file could not be read or decoded); the rest was written
  2  nothing could be done; files of an earlier run are as they were"
    };
}

const EXAMPLES: &str = concat!(
    "\
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
  taizhang config
      the settings in force, and where each comes from

Settings come from options, over variables (TAIZHANG_YEAR=2023), over the nearest
taizhang.toml (year = 2023): `taizhang config --help` tells more.

",
    exit_codes!()
);

const EXTRACT_EXAMPLES: &str = concat!(
    "\
Examples:
  taizhang extract input --output output
  taizhang extract 年报.txt 公报/ --output out --format parquet --kinds measure,percent
  taizhang extract input --output out --all-kinds
      with 第6位 (ordinal), 2022年 (date), 〔2022〕15号 (label)
  taizhang extract input --output - --columns document,text,value,unit,period
  cat 年报.txt | taizhang extract - --output - --format jsonl --year 2022
  taizhang extract input --output out --format csv --excel --headers zh
      a table that Excel opens by a double click
  taizhang extract input --output out --dry-run
      what would be read and written

In a folder, files that end in .txt, .text, .md or .markdown are read;
a file named itself is read whatever its name. UTF-8, UTF-16, GB18030
(GBK, GB2312) and Big5 are told apart by their bytes.

",
    exit_codes!()
);

const SHOW_EXAMPLES: &str = concat!(
    "\
Examples:
  taizhang show --stage numeral 年报.txt
  echo '村道一万二千三百米' | taizhang show --stage quantity -
  taizhang show --stage facts --format jsonl 年报.txt | head -3

",
    exit_codes!()
);

const EXPLAIN_EXAMPLES: &str = concat!(
    "\
Examples:
  taizhang explain 年报.txt:12
      every fact of line 12
  taizhang explain 年报.txt:12:7
      the fact at its seventh character
  taizhang explain 年报.txt:12 --lexicon words
      with rows of your own

",
    exit_codes!()
);

const SCHEMA_EXAMPLES: &str = concat!(
    "\
Examples:
  taizhang schema
  taizhang schema --format json | python3 -m json.tool
  taizhang schema --format frictionless > facts.schema.json

",
    exit_codes!()
);

const CONFIG_EXAMPLES: &str = concat!(
    "\
Examples:
  taizhang config
  taizhang config --format jsonl --jobs 4
      what it would be with these options
  taizhang config --json
  taizhang config --isolated
      what holds by default

A file of settings, taizhang.toml, has the long names of options as keys; folders
are meant from the file's own folder:

  lexicon = [\"words\"]
  year = 2023
  currency = \"HKD\"
  format = [\"csv\", \"parquet\"]
  kinds = \"all\"
  columns = [\"document\", \"text\", \"value\", \"unit\", \"indicator\", \"period\"]
  headers = \"zh\"
  excel = true
  jobs = 4

Variables are TAIZHANG_ and the name in capitals: TAIZHANG_YEAR=2023,
TAIZHANG_KINDS=measure,percent, TAIZHANG_LEXICON=words:more. TAIZHANG_CONFIG names
the file. What a higher place says replaces what a lower one says. A key that is
unknown and a value that is wrong are errors, overridden or not.

",
    exit_codes!()
);

const COMPLETIONS_EXAMPLES: &str = concat!(
    "\
Examples:
  taizhang completions bash > ~/.local/share/bash-completion/completions/taizhang
  taizhang completions zsh > ~/.zfunc/_taizhang
  taizhang completions fish > ~/.config/fish/completions/taizhang.fish
  taizhang completions powershell >> $PROFILE

",
    exit_codes!()
);

const MAN_EXAMPLES: &str = concat!(
    "\
Examples:
  taizhang man > /usr/local/share/man/man1/taizhang.1
  taizhang man extract > /usr/local/share/man/man1/taizhang-extract.1
  taizhang man extract | man -l -

",
    exit_codes!()
);

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
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Tell which rules and lexicon rows made the facts of a line
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Print the columns of the table
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema(SchemaArgs),
    /// Print the settings in force and where each comes from
    #[command(after_help = CONFIG_EXAMPLES)]
    Config(ConfigArgs),
    /// Print completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Print the manual page of the program or of a command
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Files and folders to read, as `年报.txt 公报/`; `-` is standard input
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    /// Folder for facts.csv, facts.parquet … and run.json: `--output out`; `-` is standard output, for one format
    #[arg(short, long, value_name = "DIR|-", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// List what would be read and written, and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,
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
