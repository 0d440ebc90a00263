//! The command line: what was typed, what it means, what is printed, and the exit codes.
//!
//! Data goes to standard output or to files; everything said about it goes to standard error. No other module prints.

mod args;
mod batch;
mod beside;
mod counting;
mod dataset;
mod explain;
mod extract;
mod log;
mod reading;
mod resolved;
mod schema;
mod show;
mod summary;
mod terminal;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
pub use show::line as show_line;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// All was done.
    Whole,
    /// A part failed; the rest was written.
    Partly,
    /// Nothing could be done, and that has been said.
    Nothing,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Whole => Self::SUCCESS,
            Ending::Partly => Self::from(1),
            Ending::Nothing => Self::from(2),
        }
    }
}

/// Does what the program's arguments say.
#[must_use]
pub fn run() -> ExitCode {
    let mut log = log::LogFormat::Text;
    let done = match Cli::parse().command {
        Command::Extract(args) => {
            log = args.report.log_format;
            resolved::Extract::new(args).and_then(|wanted| extract::run(&wanted))
        }
        Command::Show(args) => show::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Schema(args) => schema::run(&args),
    };
    match done {
        Ok(ending) => ending.into(),
        // Whoever reads the output has seen enough, as in `taizhang show … | head`.
        Err(error) if terminal::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            log.say("error", &format!("{error:#}"));
            Ending::Nothing.into()
        }
    }
}
