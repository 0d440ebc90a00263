//! `taizhang config`: the settings in force, and where each comes from.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::Ending;
use super::args::ConfigArgs;
use super::settings::{Form, Origin, Said, Setting, SettingArgs, Settled};
use super::terminal::{self, plain};

pub(super) fn run(args: &ConfigArgs, settled: &Settled) -> anyhow::Result<Ending> {
    let mut out = terminal::stdout();
    if args.json {
        writeln!(out, "{:#}", as_json(settled))?;
    } else {
        out.write_all(as_text(settled).as_bytes())?;
    }
    out.flush()?;
    Ok(Ending::Whole)
}

/// A line for each setting: its key, where it comes from, its words.
fn as_text(settled: &Settled) -> String {
    let origins: Vec<String> =
        settled.said.iter().map(|(_, said)| plain(&said.origin.to_string()).into_owned()).collect();
    let widest = origins.iter().map(|origin| unicode_width::UnicodeWidthStr::width(origin.as_str())).max().unwrap_or(0);
    let keys = settled.said.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    let file = settled.file.as_deref().map_or_else(|| "none".to_owned(), |path| path.display().to_string());
    let mut out = format!("{}  {}  {}\n", terminal::fitted("file", keys), " ".repeat(widest), plain(&file));
    for ((key, said), origin) in settled.said.iter().zip(&origins) {
        let words: Vec<_> = said.words.iter().map(|word| word.to_string_lossy()).collect();
        let words = if words.is_empty() { "-".to_owned() } else { words.join(",") };
        let (key, origin) = (terminal::fitted(key, keys), terminal::fitted(origin, widest));
        let _ = writeln!(out, "{key}  {origin}  {}", plain(&words));
    }
    out
}

fn as_json(settled: &Settled) -> Value {
    let command = SettingArgs::command();
    let settings: Map<String, Value> = settled
        .said
        .iter()
        .filter_map(|(key, said)| {
            let setting = Setting::all(&command).find(|setting| setting.key() == key)?;
            let mut told = json!({ "value": value(setting, said) });
            let (sort, place) = origin(&said.origin);
            if let Some(told) = told.as_object_mut() {
                told.insert("origin".to_owned(), sort.into());
                told.extend(place);
            }
            Some((key.clone(), told))
        })
        .collect();
    json!({ "file": settled.file.as_deref().map(Path::to_string_lossy), "settings": settings })
}

fn value(setting: Setting<'_>, said: &Said) -> Value {
    let one = |word: &std::ffi::OsString| {
        let word = word.to_string_lossy();
        match setting.form() {
            Form::Whole => word.parse::<i64>().map_or(Value::Null, Value::from),
            Form::Switch => (word == "true").into(),
            Form::Words => word.into(),
        }
    };
    if setting.is_list() { said.words.iter().map(one).collect() } else { said.words.last().map_or(Value::Null, one) }
}

/// The sort of an origin, and what names it.
fn origin(origin: &Origin) -> (&'static str, Map<String, Value>) {
    let (sort, place) = match origin {
        Origin::Flag(option) => ("flag", json!({ "option": option })),
        Origin::Environment(variable) => ("environment", json!({ "variable": variable })),
        Origin::File { path, line } => ("file", json!({ "file": path.to_string_lossy(), "line": line })),
        Origin::Default => ("default", json!({})),
    };
    (sort, place.as_object().cloned().unwrap_or_default())
}
