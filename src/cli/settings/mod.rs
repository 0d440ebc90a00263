//! Settings in layers: what was typed, over the environment, over a file, over what holds by default.
//!
//! Each layer says its settings in words; every word is checked by the parser of the option, whether another layer
//! overrides it or not. The words that win are read once more, together, and keep where they came from.

mod environment;
mod file;
mod typed;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::num::NonZero;
use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueHint};

use crate::table::COLUMNS;
use crate::terms::Kind;

pub(super) use typed::{Form, Kinds, ReadingArgs, Setting, SettingArgs};

/// Where settings are looked for besides the command line.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub(super) struct SourceArgs {
    /// File of settings: `--config office.toml` [default: the nearest taizhang.toml from this folder upward]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) config: Option<PathBuf>,
    /// Read no file of settings and no TAIZHANG_ variable
    #[arg(long, conflicts_with = "config")]
    pub(super) isolated: bool,
}

/// Where a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Flag(String),
    Environment(String),
    File { path: PathBuf, line: usize },
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(option) => f.write_str(option),
            Self::Environment(variable) => f.write_str(variable),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// What one layer says of one setting.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) words: Vec<OsString>,
    pub(super) origin: Origin,
}

/// A layer, by the keys of the settings.
type Layer = BTreeMap<String, Said>;

/// The settings in force.
#[derive(Debug)]
pub(super) struct Settled {
    /// As they are used.
    pub(super) values: SettingArgs,
    /// As they were said, in the order of the help.
    pub(super) said: Vec<(String, Said)>,
    /// The file that was read.
    pub(super) file: Option<PathBuf>,
}

impl Settled {
    pub(super) fn origin(&self, key: &str) -> &Origin {
        self.said.iter().find(|(known, _)| known == key).map_or(&Origin::Default, |(_, said)| &said.origin)
    }
}

/// Everything that is wrong with the settings, a sentence each.
#[derive(Debug, thiserror::Error)]
#[error("{}", sentences.join("; "))]
pub(super) struct Wrong {
    pub(super) sentences: Vec<String>,
}

/// Gathers the settings. `typed` is what was typed behind the command that is to run.
pub(super) fn settle(sources: &SourceArgs, typed: &ArgMatches) -> anyhow::Result<Settled> {
    let command = SettingArgs::command();
    let mut layers = vec![flags(typed)];
    let mut file = None;
    if !sources.isolated {
        let environment = environment::layer(&command)?;
        file = file::named(sources.config.as_deref(), environment.config)?;
        layers.push(environment.layer);
        if let Some(path) = &file {
            layers.push(file::layer(path, &command)?);
        }
    }
    layers.push(defaults());
    let said: Vec<(String, Said)> = Setting::all(&command)
        .filter_map(|setting| {
            let won = layers.iter_mut().find_map(|layer| layer.remove(setting.key()))?;
            Some((setting.key().to_owned(), won))
        })
        .collect();
    let words = said.iter().flat_map(|(key, said)| said.words.iter().map(|word| option(key, word)));
    let values = SettingArgs::from_arg_matches(&command.clone().try_get_matches_from(words)?)?;
    Ok(Settled { values, said, file })
}

/// What was typed.
fn flags(typed: &ArgMatches) -> Layer {
    let mut layer = Layer::new();
    let command = SettingArgs::command();
    for key in command.get_arguments().map(|arg| arg.get_id().as_str()) {
        if typed.try_contains_id(key).is_err() || typed.value_source(key) != Some(ValueSource::CommandLine) {
            continue;
        }
        let words = typed.get_raw(key).into_iter().flatten().map(OsStr::to_owned).collect();
        let (name, words) = if key == typed::ALL_KINDS { ("kinds", vec!["all".into()]) } else { (key, words) };
        let origin = Origin::Flag(format!("--{}", key.replace('_', "-")));
        layer.insert(name.to_owned(), Said { words, origin });
    }
    layer
}

/// What holds where nothing is said. A setting that has no value by default has no words.
fn defaults() -> Layer {
    let processors = available_parallelism().map_or(1, NonZero::get).min(1024).to_string();
    let kinds = Kind::ALL.iter().filter(|kind| kind.is_quantity()).map(|kind| kind.as_str()).collect();
    let words: [(&str, Vec<&str>); 11] = [
        ("lexicon", vec![]),
        ("year", vec![]),
        ("currency", vec!["CNY"]),
        ("encoding", vec![]),
        ("format", vec!["csv", "parquet"]),
        ("kinds", kinds),
        ("columns", COLUMNS.iter().map(|column| column.name).collect()),
        ("headers", vec!["en"]),
        ("excel", vec!["false"]),
        ("partition_by", vec![]),
        ("jobs", vec![&processors]),
    ];
    let said = |words: Vec<&str>| Said { words: words.iter().map(Into::into).collect(), origin: Origin::Default };
    words.into_iter().map(|(key, words)| (key.to_owned(), said(words))).collect()
}

/// A word as it would be typed.
fn option(key: &str, word: &OsStr) -> OsString {
    let mut typed = OsString::from(format!("--{}=", key.replace('_', "-")));
    typed.push(word);
    typed
}

/// What is wrong with a word of a setting, if anything is.
fn wrong_word(command: &clap::Command, key: &str, word: &OsStr) -> Option<String> {
    let error = command.clone().try_get_matches_from([option(key, word)]).err()?;
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(many)) => many.clone(),
        _ => Vec::new(),
    };
    let word = word.to_string_lossy();
    let refused = told(ContextKind::InvalidValue).pop().unwrap_or_else(|| word.into_owned());
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    Some(match (error.kind(), cause) {
        (ErrorKind::InvalidValue, _) => {
            let known = told(ContextKind::ValidValue);
            format!("`{key}` cannot be `{refused}`; {}", suggestion(&refused, &known))
        }
        (_, Some(cause)) => format!("`{key}` cannot be `{refused}`: {cause}"),
        (_, None) => format!("`{key}` cannot be `{refused}`"),
    })
}

/// What may have been meant by a name, and what is known.
pub(super) fn suggestion(written: &str, known: &[String]) -> String {
    match nearest(written, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? ({})", known.join(", ")),
        None => format!("it is one of {}", known.join(", ")),
    }
}

/// The known name that is most like the one written, where one is like it.
fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let like = known.map(|name| (strsim::jaro_winkler(written, name), name)).filter(|(likeness, _)| *likeness > 0.75);
    like.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_says_what_holds_by_default() {
        let command = SettingArgs::command();
        let settings: Vec<&str> = Setting::all(&command).map(Setting::key).collect();
        let mut defaults: Vec<String> = defaults().into_keys().collect();
        let mut known: Vec<String> = settings.iter().map(|key| (*key).to_owned()).collect();
        known.sort();
        defaults.sort();
        assert_eq!(known, defaults);
    }
}
