//! The command line: what was typed, what it means, what is printed, and the exit codes.
//!
//! Data goes to standard output or to files; everything said about it goes to standard error. No other module prints.

mod args;
mod batch;
mod beside;
mod config;
mod counting;
mod dataset;
mod examples;
mod explain;
mod extract;
mod handful;
mod inputs;
mod log;
mod output;
mod pages;
mod plan;
mod probe;
mod reading;
mod resolved;
mod schema;
mod settings;
mod show;
mod summary;
mod terminal;

use std::io;
use std::panic;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};

use args::{Cli, Command};
use log::LogFormat;
use settings::{Settled, SourceArgs, settle};
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

/// Does what the program's arguments say. `closed` is the system's number of the error with which standard output was found
/// closed from the start; what should go there is that error.
#[must_use]
pub fn run(closed: Option<i32>) -> ExitCode {
    if let Some(error) = closed {
        terminal::close_stdout(error);
    }
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |fault| {
        if !crate::io::expects_panic() {
            told(fault);
        }
    }));
    let typed = understood();
    let log = typed.as_ref().map_or(LogFormat::Text, LogFormat::asked_for);
    match typed.and_then(|typed| done(Cli::from_arg_matches(&typed)?.command, &typed)) {
        Ok(ending) => ending.into(),
        Err(error) => match error.downcast::<clap::Error>() {
            Ok(answer) => answered(&answer),
            Err(error) => failed(&error, log),
        },
    }
}

/// What was typed. Help, the version, and that something cannot be understood come as errors of the parser.
fn understood() -> anyhow::Result<ArgMatches> {
    let typed = Cli::command().try_get_matches();
    if typed.as_ref().is_err_and(|error| error.kind() == ErrorKind::DisplayVersion) {
        // The rows of the lexicon are hashed for whoever asks.
        return Ok(Cli::command().long_version(pages::version()).try_get_matches()?);
    }
    Ok(typed?)
}

/// Prints the parser's answer.
fn answered(answer: &clap::Error) -> ExitCode {
    let open = if answer.use_stderr() { Ok(()) } else { terminal::is_open() };
    match open.and_then(|()| answer.print()) {
        _ if answer.use_stderr() => Ending::Nothing.into(),
        Ok(()) => Ending::Whole.into(),
        Err(cause) => failed(&cause.into(), LogFormat::Text),
    }
}

/// Says what went wrong.
fn failed(error: &anyhow::Error, log: LogFormat) -> ExitCode {
    // Whoever reads the output has seen enough, as in `taizhang show … | head`.
    if terminal::is_closed_pipe(error) {
        return ExitCode::SUCCESS;
    }
    if let Some(wrong) = error.downcast_ref::<settings::Wrong>() {
        wrong.sentences.iter().for_each(|sentence| log.say("error", sentence));
    } else if error.chain().len() == 1 && (error.is::<io::Error>() || error.is::<serde_json::Error>()) {
        // Errors of files say more, and name them.
        log.say("error", &format!("standard output cannot be written ({error}); check where it goes"));
    } else {
        log.say("error", &format!("{error:#}"));
    }
    Ending::Nothing.into()
}

fn done(command: Command, typed: &ArgMatches) -> anyhow::Result<Ending> {
    let settled = |sources: &SourceArgs| -> anyhow::Result<Settled> {
        let (_, typed) = typed.subcommand().unwrap_or(("", typed));
        settle(sources, typed)
    };
    match command {
        Command::Extract(args) => {
            let settled = settled(&args.sources)?;
            let dry = args.dry_run;
            let wanted = resolved::Extract::new(*args, &settled)?;
            if dry { plan::run(&wanted) } else { extract::run(wanted) }
        }
        Command::Show(args) => show::run(&args, &settled(&args.sources)?.values.reading),
        Command::Explain(args) => explain::run(&args, &settled(&args.sources)?.values.reading),
        Command::Schema(args) => schema::run(&args),
        Command::Config(args) => config::run(&args, &settled(&args.sources)?),
        Command::Completions(args) => pages::completions(&args),
        Command::Man(args) => pages::man(&args),
        Command::Probe(args) => Ok(probe::run(args)),
    }
}
