//! The pipeline that the settings ask for, and single texts for it.

use std::path::Path;

use anyhow::Context as _;

use crate::io::{Source, TextFile};
use crate::{Lexicon, Options, Pipeline};

use super::inputs;
use super::settings::ReadingArgs;

/// The built-in lexicon with the user's rows; `trace` where the steps behind each fact are wanted.
pub(super) fn pipeline(settings: &ReadingArgs, trace: bool) -> anyhow::Result<Pipeline> {
    let mut lexicon = Lexicon::builtin();
    for folder in &settings.lexicon {
        lexicon = lexicon.with_folder(folder).context("a lexicon row cannot be used")?;
    }
    let currency = settings.currency.unwrap_or_default();
    Ok(Pipeline::new(lexicon, Options { year: settings.year, currency, trace }))
}

/// One text, by its path or from standard input.
pub(super) fn text(path: &Path, args: &ReadingArgs) -> anyhow::Result<Source> {
    Ok(Source::read(&TextFile::single(path), &inputs::options(args))?)
}
