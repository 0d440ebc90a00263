//! What a run says for programs: a JSON object a line on standard error, the same that people are told.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use clap::{ArgMatches, Args, ValueEnum};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::io::RunReport;
use crate::text::Severity;

use super::Ending;
use super::resolved::Verbosity;
use super::terminal::{self, is_obeyed};

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct ReportArgs {
    /// What makes the exit code 1
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FailOn::Error)]
    pub(super) fail_on: FailOn,
    /// How the run is told on standard error
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LogFormat::Text)]
    pub(super) log_format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// An input that could not be read
    Error,
    /// That, or anything odd about a document or the run
    Warning,
    /// Nothing, as long as something was read
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// For people
    Text,
    /// For programs: an object a line
    Json,
}

impl FailOn {
    /// How a run with this report ended.
    pub(super) fn ending(self, report: &RunReport) -> Ending {
        let errors = !report.rejected.is_empty();
        let warnings = report.odd > 0 || !report.warnings.is_empty();
        match self {
            _ if report.is_empty() => Ending::Nothing,
            Self::Error if errors => Ending::Partly,
            Self::Warning if errors || warnings => Ending::Partly,
            _ => Ending::Whole,
        }
    }
}

impl LogFormat {
    /// What was asked for behind the command, which may have no such option.
    pub(super) fn asked_for(typed: &ArgMatches) -> Self {
        let (_, typed) = typed.subcommand().unwrap_or(("", typed));
        typed.try_get_one("log_format").ok().flatten().copied().unwrap_or(Self::Text)
    }

    /// One thing to say, such as an error or that the run waits.
    pub(super) fn say(self, event: &'static str, message: &str) {
        match self {
            Self::Text if event == "error" => terminal::say(&format!("error: {message}")),
            Self::Text => terminal::say(message),
            Self::Json => write(&line(event, &json!({ "message": message }))),
        }
    }
}

/// Tells what could not be read, and unless quiet, what was odd and what the run adds up to.
pub(super) fn tell(report: &RunReport, verbosity: Verbosity) {
    let mut text: String = report.rejected.iter().map(|refused| line("rejected", refused)).collect();
    if verbosity == Verbosity::Verbose {
        text.extend(report.skipped.iter().map(|skipped| line("skipped", skipped)));
    }
    if verbosity > Verbosity::Quiet {
        text.extend(report.warnings.iter().map(|warning| line("warning", &json!({ "message": warning }))));
        let worth = |severity| verbosity == Verbosity::Verbose || severity > Severity::Info;
        let odd = report.diagnostics.iter().filter(|diagnostic| worth(diagnostic.severity));
        text.extend(odd.map(|diagnostic| line("diagnostic", diagnostic)));
        text.push_str(&line("done", &report.counts()));
    }
    write(&text);
}

/// An object with its event first, in which nothing is left that a terminal would obey.
fn line(event: &'static str, told: &impl Serialize) -> String {
    let mut object = Map::new();
    object.insert("event".to_owned(), event.into());
    if let Ok(Value::Object(told)) = serde_json::to_value(told) {
        object.extend(told);
    }
    let mut line = String::new();
    for c in Value::Object(object).to_string().chars() {
        if is_obeyed(c) {
            // They stand within strings alone, and none is beyond four digits.
            let _ = write!(line, "\\u{:04x}", u32::from(c));
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}

fn write(text: &str) {
    // A closed standard error is no reason to fail.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
