//! `taizhang extract --dry-run`: what would be read and written, and nothing else.

use std::io::Write as _;

use crate::io::{PassedOver, shown};

use super::resolved::{Destination, Extract};
use super::terminal::{self, plain};
use super::{Ending, beside};

pub(super) fn run(wanted: &Extract) -> anyhow::Result<Ending> {
    let inputs = wanted.inputs.search.found();
    let mut lines = Vec::new();
    // Whether a document of a dataset changed is told by looking into it, and by what the dataset holds when its turn comes.
    let compared = matches!(&wanted.destination, Destination::Dataset(_, wishes) if !wishes.refresh);
    let verb = if compared { "check" } else { "read " };
    lines.extend(inputs.files.iter().map(|file| format!("{verb}  {}", file.origin)));
    let passed_over = |PassedOver { path, reason }: &PassedOver| format!("pass   {}: {reason}", shown(path));
    lines.extend(inputs.passed_over.iter().map(passed_over));
    if !inputs.files.is_empty() {
        lines.extend(targets(wanted).into_iter().map(|target| format!("write  {target}")));
    }
    let mut out = terminal::stdout();
    for line in &lines {
        writeln!(out, "{}", plain(line))?;
    }
    out.flush()?;
    inputs.failed.iter().for_each(|error| terminal::say(&format!("error: {error}")));
    Ok(match (inputs.files.is_empty(), inputs.failed.is_empty()) {
        (true, _) => Ending::Nothing,
        (false, true) => Ending::Whole,
        (false, false) => Ending::Partly,
    })
}

fn targets(wanted: &Extract) -> Vec<String> {
    match &wanted.destination {
        Destination::StandardOutput => vec!["standard output".to_owned()],
        Destination::Dataset(root, _) => [root.join("facts"), beside::report_in(root)].map(|path| shown(&path)).into(),
        Destination::Folder(folder) => {
            let tables = wanted.formats.iter().map(|format| Extract::table_in(folder, *format));
            let texts = wanted.inputs.keep_text.then(|| folder.join("text"));
            tables.chain([beside::report_in(folder)]).chain(texts).map(|path| shown(&path)).collect()
        }
    }
}
