//! `taizhang schema`.

use std::io::Write as _;

use crate::table;

use super::Ending;
use super::args::{SchemaArgs, SchemaFormat};
use super::terminal;

pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<Ending> {
    let mut out = terminal::stdout();
    match args.format {
        SchemaFormat::Text => out.write_all(table::text().as_bytes())?,
        SchemaFormat::Json => writeln!(out, "{:#}", table::json())?,
        SchemaFormat::Frictionless => writeln!(out, "{:#}", table::frictionless())?,
    }
    out.flush()?;
    Ok(Ending::Whole)
}
