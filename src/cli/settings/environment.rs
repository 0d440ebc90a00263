//! The layer of the environment: `TAIZHANG_YEAR`, `TAIZHANG_JOBS` …
//!
//! A variable that is empty says nothing. Lists are parted by commas, as in the options; folders as in `PATH`.

use std::ffi::OsString;
use std::path::PathBuf;

use super::{Layer, Origin, Said, Setting, Wrong, nearest, wrong_word};

/// What the names of all variables begin with.
pub(super) const FAMILY: &str = "TAIZHANG_";

/// The variable that names the file of settings.
const CONFIG: &str = "TAIZHANG_CONFIG";

pub(super) struct Environment {
    pub(super) layer: Layer,
    pub(super) config: Option<PathBuf>,
}

pub(super) fn layer(command: &clap::Command) -> Result<Environment, Wrong> {
    let mut variables: Vec<(String, OsString)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, value)| name.starts_with(FAMILY) && !value.is_empty())
        .collect();
    variables.sort();
    let mut read = Environment { layer: Layer::new(), config: None };
    let mut sentences = Vec::new();
    for (name, value) in variables {
        if name == CONFIG {
            read.config = Some(value.into());
        } else if let Some(setting) = Setting::all(command).find(|setting| setting.variable() == name) {
            let words = words(setting, value);
            let wrong = words.iter().filter_map(|word| wrong_word(command, setting.key(), word));
            sentences.extend(wrong.map(|sentence| format!("{name}: {sentence}")));
            read.layer.insert(setting.key().to_owned(), Said { words, origin: Origin::Environment(name) });
        } else {
            sentences.extend(slip(&name, command));
        }
    }
    if sentences.is_empty() { Ok(read) } else { Err(Wrong { sentences }) }
}

/// Other programs may have variables of the same family; one that is nearly ours is a slip.
fn slip(name: &str, command: &clap::Command) -> Option<String> {
    let known: Vec<String> = Setting::all(command).map(Setting::variable).chain([CONFIG.to_owned()]).collect();
    // What they share would make all of them alike.
    let own = known.iter().filter_map(|known| known.strip_prefix(FAMILY));
    let near = nearest(name.strip_prefix(FAMILY)?, own)?;
    Some(format!("the variable {name} sets nothing; did you mean {FAMILY}{near}?"))
}

fn words(setting: Setting<'_>, value: OsString) -> Vec<OsString> {
    if setting.is_path() {
        return std::env::split_paths(&value).map(Into::into).collect();
    }
    setting.parted(value)
}
