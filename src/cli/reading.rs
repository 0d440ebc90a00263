//! The pipeline that the arguments ask for, and single texts for it.

use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::io::{Source, TextFile};
use crate::{Lexicon, Options, Pipeline};

use super::args::ReadingArgs;
use super::inputs;

/// The built-in lexicon with the user's rows; `trace` where the steps behind each fact are wanted.
pub(super) fn pipeline(args: &ReadingArgs, trace: bool) -> anyhow::Result<Pipeline> {
    let mut lexicon = Lexicon::builtin();
    for folder in &args.lexicon {
        ensure!(
            folder.is_dir(),
            "lexicon `{}` is not a folder; give the folder that holds the .tsv files",
            folder.display()
        );
        lexicon = lexicon.with_folder(folder).context("a lexicon row cannot be used")?;
    }
    Ok(Pipeline::new(lexicon, Options { year: args.year, trace }))
}

/// One text, by its path or from standard input.
pub(super) fn text(path: &Path, args: &ReadingArgs) -> anyhow::Result<Source> {
    Ok(Source::read(&TextFile::single(path), &inputs::options(args))?)
}
