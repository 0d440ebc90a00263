//! The layer of a file: `taizhang.toml`, keys that are the long names of the options, checked whole.

use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Form, Layer, Origin, Said, Setting, Wrong, suggestion, wrong_word};

/// The name under which a file of settings is found.
const NAME: &str = "taizhang.toml";

/// The file that was named, by an option or a variable, or else the nearest one from the working folder upward.
pub(super) fn named(typed: Option<&Path>, variable: Option<PathBuf>) -> anyhow::Result<Option<PathBuf>> {
    if let Some(path) = typed.map(Path::to_owned).or(variable) {
        return Ok(Some(path));
    }
    let here = std::env::current_dir().context("the working folder cannot be told; use --config or --isolated")?;
    let found = here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file());
    // What stands beside the reader is named as the reader would.
    Ok(found.map(|path| path.strip_prefix(&here).map(Path::to_owned).unwrap_or(path)))
}

/// Reads a file of settings.
pub(super) fn layer(path: &Path, command: &clap::Command) -> anyhow::Result<Layer> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the settings `{}` cannot be read; check the path", path.display()))?;
    Ok(read(path, &text, command)?)
}

fn read(path: &Path, text: &str, command: &clap::Command) -> Result<Layer, Wrong> {
    let line = |place: &Range<usize>| text.get(..place.start).unwrap_or(text).matches('\n').count() + 1;
    let told = |line: usize, sentence: &str| format!("{}:{line}: {sentence}", path.display());
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |place| line(&place));
        Wrong { sentences: vec![told(line, error.message().lines().next().unwrap_or("no TOML"))] }
    })?;
    let mut layer = Layer::new();
    let mut wrong: Vec<(usize, String)> = Vec::new();
    for (key, value) in table.get_ref() {
        let at = line(&key.span());
        let Some(setting) = Setting::all(command).find(|setting| setting.key() == key.get_ref()) else {
            wrong.push((at, unknown(key.get_ref(), command)));
            continue;
        };
        if !setting.is_path() && value.get_ref().as_array().is_some_and(|members| members.is_empty()) {
            wrong.push((at, format!("`{}` names nothing; name something, or leave the key out", setting.key())));
        }
        let mut words: Vec<OsString> = Vec::new();
        for value in values(setting, value) {
            let at = line(&value.span());
            let typed = word(setting, value.get_ref()).map(|word| setting.parted(in_folder_of(path, setting, word)));
            match typed {
                Err(sentence) => wrong.push((at, sentence)),
                Ok(parts) => {
                    wrong.extend(refused(setting, &words, &parts, command).map(|sentence| (at, sentence)));
                    words.extend(parts);
                }
            }
        }
        let origin = Origin::File { path: path.to_owned(), line: at };
        layer.insert(setting.key().to_owned(), Said { words, origin });
    }
    wrong.sort();
    let sentences: Vec<String> = wrong.iter().map(|(line, sentence)| told(*line, sentence)).collect();
    if sentences.is_empty() { Ok(layer) } else { Err(Wrong { sentences }) }
}

/// What is wrong with words of a setting, behind those that it has already.
fn refused(
    setting: Setting<'_>,
    before: &[OsString],
    words: &[OsString],
    command: &clap::Command,
) -> impl Iterator<Item = String> {
    let key = setting.key();
    words.iter().filter_map(move |word| {
        let twice = before.contains(word).then(|| format!("`{key}` names `{}` twice", word.to_string_lossy()));
        twice.or_else(|| wrong_word(command, key, word))
    })
}

fn unknown(key: &str, command: &clap::Command) -> String {
    let known: Vec<String> = Setting::all(command).map(|setting| setting.key().to_owned()).collect();
    format!("`{key}` is no setting; {}", suggestion(key, &known))
}

/// The values of a setting: the members of a list, or the one there is.
fn values<'a>(setting: Setting<'_>, value: &'a Spanned<DeValue<'a>>) -> Vec<&'a Spanned<DeValue<'a>>> {
    match value.get_ref() {
        DeValue::Array(members) if setting.is_list() => members.iter().collect(),
        _ => vec![value],
    }
}

/// A value as it would be typed.
fn word(setting: Setting<'_>, value: &DeValue<'_>) -> Result<OsString, String> {
    let key = setting.key();
    match (setting.form(), value) {
        (Form::Words, DeValue::String(word)) => Ok(word.as_ref().into()),
        (Form::Switch, DeValue::Boolean(on)) => Ok(on.to_string().into()),
        (Form::Whole, DeValue::Integer(number)) => i64::from_str_radix(number.as_str(), number.radix())
            .map(|number| number.to_string().into())
            .map_err(|cause| format!("`{key}` cannot be `{}`: {cause}", number.as_str())),
        (form, _) => {
            let wanted = match (form, setting.is_list()) {
                (Form::Words, false) => "text in quotes",
                (Form::Words, true) => "text in quotes, or a list of such texts in brackets",
                (Form::Switch, _) => "true or false",
                (Form::Whole, _) => "a whole number without quotes",
            };
            Err(format!("`{key}` is {wanted}, and not {}", article(value.type_str())))
        }
    }
}

fn article(sort: &str) -> String {
    format!("{} {sort}", if sort.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" })
}

/// A path is meant from the folder of the file that names it.
fn in_folder_of(file: &Path, setting: Setting<'_>, word: OsString) -> OsString {
    if !setting.is_path() {
        return word;
    }
    file.parent().map_or_else(|| word.clone(), |folder| folder.join(&word).into_os_string())
}
