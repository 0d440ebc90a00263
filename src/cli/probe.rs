//! Whether a table can be read without ending the program: another process tries it first.
//!
//! A damaged Parquet file can make its reader ask for more memory than there is. That ends the process and cannot be
//! caught, so it must not be the one that has the batch.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::io::{Documents, FileError, FileErrorKind, Origin, ReadOptions, TableOptions, TextFile};

use super::Ending;
use super::args::ProbeArgs;
use super::resolved::Extract;

/// The name of the hidden command that tries.
pub(super) const COMMAND: &str = "probe";

/// Reads a table to its end and says nothing: that there is an end is the answer.
pub(super) fn run(args: ProbeArgs) -> Ending {
    let file = TextFile { name: args.file.display().to_string(), origin: Origin::File(args.file), bytes: 0 };
    let tables = TableOptions { text: Some(args.text_column), keep: None };
    Documents::new(vec![file], &tables, &ReadOptions::default(), &mut Vec::new()).for_each(drop);
    Ending::Whole
}

/// Takes out the tables that cannot be read to their end.
pub(super) fn spare(wanted: &Extract, files: &mut Vec<TextFile>, failed: &mut Vec<FileError>) {
    let (Some(text), Ok(program)) = (&wanted.inputs.tables.text, std::env::current_exe()) else { return };
    files.retain(|file| {
        let deadly = is_parquet(file.path()) && !survives(&program, file.path(), text);
        if deadly {
            let kind = FileErrorKind::Malformed("Parquet", "reading it asks for more memory than there is".to_owned());
            failed.push(FileError::new(kind, file.path()));
        }
        !deadly
    });
}

fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet"))
}

/// Whether the other process ends well. Where none can be started, this one takes its chance.
fn survives(program: &Path, file: &Path, text: &str) -> bool {
    let mut command = Command::new(program);
    command.args([
        OsStr::new(COMMAND),
        OsStr::new("--text-column"),
        OsStr::new(text),
        OsStr::new("--"),
        file.as_os_str(),
    ]);
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    ended.map_or(true, |status| status.success())
}
