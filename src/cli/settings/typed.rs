//! The settings: what an option, the environment or a file may say. They are defined here and nowhere else.
//!
//! The long name of an option is the key in a file; in capitals and behind `TAIZHANG_` it is the variable.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{ArgAction, Args, ValueHint};

use crate::io::{Charset, Format, Headers};
use crate::table::COLUMNS;
use crate::terms::{Currency, Kind};

use super::environment::FAMILY;

/// Every setting.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct SettingArgs {
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArgs,
    #[command(flatten)]
    pub(in crate::cli) table: TableArgs,
}

/// How texts are read.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reading")]
pub(in crate::cli) struct ReadingArgs {
    /// Folder with more lexicon rows, in files named as the built-in ones: `--lexicon words`; may be repeated
    #[arg(long, value_name = "DIR", value_parser = folder(), value_hint = ValueHint::DirPath)]
    pub(in crate::cli) lexicon: Vec<PathBuf>,
    /// The year of texts that name none: `--year 2023`
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i16).range(1000..=9999))]
    pub(in crate::cli) year: Option<i16>,
    /// The money of a bare 元, 块, 角 or 分 where the text does not tell: `--currency HKD` [default: CNY]
    #[arg(long, value_name = "CODE", value_parser = currency())]
    pub(in crate::cli) currency: Option<Currency>,
    /// The encoding of texts and tables, as utf-8, gb18030, gbk, big5 or utf-16le: `--encoding gbk` [default: told by their bytes]
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) encoding: Option<Charset>,
}

/// What the table holds and how it is written.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Table")]
pub(in crate::cli) struct TableArgs {
    /// Formats, comma-separated: `--format parquet,jsonl` [default: csv,parquet; to standard output: csv]
    #[arg(short, long, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    pub(in crate::cli) format: Vec<Format>,
    /// Kinds of rows, comma-separated: `--kinds measure,percent` [default: all but ordinal, date and label]
    #[arg(long, value_delimiter = ',', value_name = "KIND", value_parser = kinds())]
    pub(in crate::cli) kinds: Vec<Kinds>,
    /// Rows of every kind, as `--kinds all`
    #[arg(long, conflicts_with = "kinds")]
    pub(in crate::cli) all_kinds: bool,
    /// Columns, comma-separated, in the order wanted: `--columns text,value,unit` [default: all]
    #[arg(long, value_delimiter = ',', value_name = "COLUMN", value_parser = column())]
    pub(in crate::cli) columns: Vec<String>,
    /// Names of the columns in the head of the CSV: `--headers zh` [default: en]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    pub(in crate::cli) headers: Option<Headers>,
    /// CSV that Excel opens as it is: a mark for UTF-8, CRLF, and a ' before text that would be a formula
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[arg(hide_possible_values = true)]
    pub(in crate::cli) excel: Option<bool>,
    /// Part a dataset into folders by a kept column, `document` or `document_id`: `--partition-by province`
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) partition_by: Option<String>,
    /// Documents worked on at once: `--jobs 4` [default: as many as there are processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) jobs: Option<u16>,
}

/// A kind of rows, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Kinds {
    All,
    One(Kind),
}

/// How the words of a setting are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Form {
    Whole,
    Switch,
    Words,
}

/// A setting as clap knows it.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Setting<'a>(&'a clap::Arg);

impl<'a> Setting<'a> {
    /// Every setting of the command, in the order of the help.
    pub(in crate::cli) fn all(command: &'a clap::Command) -> impl Iterator<Item = Self> {
        // `--all-kinds` is a short way to say `--kinds all`.
        command.get_arguments().filter(|arg| arg.get_id() != ALL_KINDS).map(Setting)
    }

    pub(in crate::cli) fn key(self) -> &'a str {
        self.0.get_id().as_str()
    }

    pub(in crate::cli) fn variable(self) -> String {
        format!("{FAMILY}{}", self.key().to_uppercase())
    }

    pub(in crate::cli) fn is_list(self) -> bool {
        matches!(self.0.get_action(), ArgAction::Append)
    }

    /// The words of a list that is written as one, with commas as on the command line.
    pub(in crate::cli) fn parted(self, word: OsString) -> Vec<OsString> {
        match (self.0.get_value_delimiter(), word.to_str()) {
            (Some(comma), Some(words)) => words.split(comma).map(Into::into).collect(),
            _ => vec![word],
        }
    }

    pub(in crate::cli) fn is_path(self) -> bool {
        self.0.get_value_hint() == ValueHint::DirPath
    }

    pub(in crate::cli) fn form(self) -> Form {
        let held = self.0.get_value_parser().type_id();
        let whole: [ValueParser; 2] = [clap::value_parser!(i16).into(), clap::value_parser!(u16).into()];
        if held == ValueParser::bool().type_id() {
            Form::Switch
        } else if whole.iter().any(|whole| whole.type_id() == held) {
            Form::Whole
        } else {
            Form::Words
        }
    }
}

/// The option that stands for `--kinds all`.
pub(in crate::cli) const ALL_KINDS: &str = "all_kinds";

impl SettingArgs {
    /// The settings as arguments of their own.
    pub(in crate::cli) fn command() -> clap::Command {
        Self::augment_args(clap::Command::new("taizhang").no_binary_name(true).disable_help_flag(true))
    }
}

fn folder() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|typed| {
        let wrong = || format!("`{}` is not a folder; give the folder that holds the .tsv files", typed.display());
        if typed.is_dir() { Ok(typed) } else { Err(wrong()) }
    })
}

fn kinds() -> impl TypedValueParser<Value = Kinds> {
    let known = Kind::ALL.iter().map(|kind| kind.as_str()).chain(["all"]);
    PossibleValuesParser::new(known)
        .try_map(|typed| if typed == "all" { Ok(Kinds::All) } else { typed.parse().map(Kinds::One) })
}

fn currency() -> impl TypedValueParser<Value = Currency> {
    PossibleValuesParser::new(Currency::ALL.iter().map(|code| code.as_str())).try_map(|typed| typed.parse::<Currency>())
}

fn column() -> PossibleValuesParser {
    PossibleValuesParser::new(COLUMNS.map(|column| column.name))
}
