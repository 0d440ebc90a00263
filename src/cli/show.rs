//! `taizhang show`: what a stage made, as text for people or JSON lines for programs.

use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::Value;

use crate::pipeline::Shown;

use super::Ending;
use super::args::{ShowArgs, ShowFormat};
use super::reading;
use super::settings::ReadingArgs;
use super::terminal::{self, fitted};

/// Columns of a terminal that the text of an item is given, so that the fields of most items stand below each other.
const TEXT_WIDTH: usize = 20;

pub(super) fn run(args: &ShowArgs, settings: &ReadingArgs) -> anyhow::Result<Ending> {
    let pipeline = reading::pipeline(settings, false)?;
    let source = reading::text(&args.file, settings)?;
    let mut out = terminal::stdout();
    for item in pipeline.show(&source.text, args.stage.into()) {
        match args.format {
            ShowFormat::Text => writeln!(out, "{}", line(&item))?,
            ShowFormat::Jsonl => {
                serde_json::to_writer(&mut out, &item)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(Ending::Whole)
}

/// One item as a line for people: its text, then its fields as `key=value`.
///
/// Words that hold spaces or quotes are quoted; fields without a value are left out.
#[must_use]
pub fn line(item: &Shown) -> String {
    let text = terminal::plain(&item.text);
    let mut line = fitted(&text, TEXT_WIDTH.max(unicode_width::UnicodeWidthStr::width(text.as_ref())));
    for (key, value) in &item.fields {
        let _ = match value {
            Value::Null => Ok(()),
            Value::String(words) if is_bare(words) => write!(line, "  {key}={}", terminal::plain(words)),
            Value::String(words) => write!(line, "  {key}={:?}", terminal::plain(words)),
            other => write!(line, "  {key}={}", terminal::plain(&other.to_string())),
        };
    }
    line.truncate(line.trim_end().len());
    line
}

fn is_bare(words: &str) -> bool {
    !words.is_empty() && !words.chars().any(|c| c.is_whitespace() || c == '"' || c == '=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_the_text_and_its_fields() {
        let fields =
            serde_json::json!({ "value": "1834000000", "unit": "元", "section": "一 成绩", "hedge": null, "n": 2 });
        let item = Shown {
            char_start: 0,
            char_end: 7,
            text: "18.34亿元".to_owned(),
            fields: fields.as_object().cloned().unwrap_or_default(),
        };
        assert_eq!(line(&item), "18.34亿元             value=1834000000  unit=元  section=\"一 成绩\"  n=2");
    }
}
