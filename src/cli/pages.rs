//! What the program says about itself: its version, completions for shells, manual pages.

use std::io::Write as _;

use anyhow::anyhow;
use clap::CommandFactory as _;

use crate::Lexicon;
use crate::table::SCHEMA_VERSION;

use super::Ending;
use super::args::{Cli, CompletionsArgs, ManArgs};
use super::settings::suggestion;
use super::terminal;

/// The version with what decides the rows: two programs with the same lines read every text alike.
pub(super) fn version() -> String {
    let lexicon = Lexicon::builtin();
    format!(
        "{}\nlexicon {} ({} rows)\nschema  {SCHEMA_VERSION}",
        env!("CARGO_PKG_VERSION"),
        lexicon.fingerprint(),
        lexicon.rows().len()
    )
}

pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<Ending> {
    // Written to memory first: the generator does not hear of a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "taizhang", &mut script);
    print(&script)
}

pub(super) fn man(args: &ManArgs) -> anyhow::Result<Ending> {
    let mut program = Cli::command();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => {
            let known: Vec<String> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
            let told = format!("`{name}` is no command; {}", suggestion(name, &known));
            program.find_subcommand(name).ok_or_else(|| anyhow!(told))?.clone()
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    print(&text)
}

fn print(text: &[u8]) -> anyhow::Result<Ending> {
    let mut out = terminal::stdout();
    out.write_all(text)?;
    out.flush()?;
    Ok(Ending::Whole)
}
