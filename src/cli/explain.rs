//! `taizhang explain`: for each fact at a place, what every column holds, what put it there, and what lost.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::Context as _;

use crate::exact::Exact;
use crate::normalise::{Extraction, Fact};
use crate::text::Offsets;
use crate::trace::{Candidate, Column, Dropped};
use crate::{Lexicon, Pipeline};

use super::Ending;
use super::args::{ExplainArgs, TextPlace};
use super::reading;
use super::settings::ReadingArgs;
use super::terminal::{self, fitted, plain};

pub(super) fn run(args: &ExplainArgs, settings: &ReadingArgs) -> anyhow::Result<Ending> {
    let pipeline = reading::pipeline(settings, true)?;
    let source = reading::text(&args.place.file, settings)?;
    let wanted = characters(&source.text, &args.place).with_context(|| {
        let TextPlace { file, line, column } = &args.place;
        let (file, last) = (file.display(), source.text.lines().count());
        match column {
            Some(column) if (*line as usize) <= last => format!("line {line} of `{file}` has no character {column}"),
            _ => format!("`{file}` has no line {line}; its last is {last}"),
        }
    })?;
    let text = explained(&pipeline, &source.text, &wanted);
    if text.is_empty() {
        terminal::say("no number stands there");
        return Ok(Ending::Nothing);
    }
    let mut out = terminal::stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Ending::Whole)
}

/// The characters of a line, or the one at a column.
fn characters(text: &str, place: &TextPlace) -> Option<std::ops::Range<u32>> {
    let offsets = Offsets::new(text);
    let start = offsets.line_start(text, place.line)?;
    let length = text.get(start..)?.lines().next().unwrap_or_default().chars().count();
    let (first, length) = (offsets.place(text, start).char, u32::try_from(length).ok()?);
    match place.column {
        None => Some(first..first + length),
        Some(column) if column <= length => Some(first + column - 1..first + column),
        Some(_) => None,
    }
}

fn explained(pipeline: &Pipeline, text: &str, wanted: &std::ops::Range<u32>) -> String {
    let extraction = pipeline.extract(text);
    let mut out = String::new();
    for fact in extraction.facts().filter(|fact| fact.char_start < wanted.end && wanted.start < fact.char_end) {
        explain(&mut out, fact, &extraction, pipeline.lexicon());
    }
    out
}

/// A block: where the fact is, then for each traced column its values, the rule, the lexicon row and the words.
fn explain(out: &mut String, fact: Fact<'_>, extraction: &Extraction, lexicon: &Lexicon) {
    let _ = writeln!(
        out,
        "{}  fact {}, line {}, characters {}..{}",
        plain(fact.text()),
        fact.fact,
        fact.line,
        fact.char_start,
        fact.char_end
    );
    let _ = writeln!(out, "  {} {}", fitted("sentence", 11), plain(fact.sentence()));
    for column in Column::ALL {
        let step = fact.trace.step(column);
        let values = values(fact, column);
        if values.is_empty() && step.rule.is_empty() {
            continue;
        }
        let told = if values.is_empty() { "none".to_owned() } else { values };
        let _ = writeln!(out, "  {} {}", fitted(column.as_str(), 11), plain(&told));
        if !step.rule.is_empty() {
            let _ = writeln!(out, "  {} because {}", fitted("", 11), plain(step.rule));
        }
        if let Some(row) = step.row {
            let _ = writeln!(out, "  {} row {}", fitted("", 11), plain(&lexicon.describe(row)));
        }
        if let Some(words) = step.words {
            let _ = writeln!(out, "  {} words {}", fitted("", 11), plain(words.of(&extraction.flow().text)));
        }
        for dropped in fact.trace.dropped(column) {
            let _ = writeln!(out, "  {} {}", fitted("", 11), plain(&lost(dropped, &extraction.flow().text, lexicon)));
        }
    }
    out.push('\n');
}

/// A reading that lost: what it would have been, its words and row, and why.
fn lost(dropped: &Dropped, text: &str, lexicon: &Lexicon) -> String {
    let value = match dropped.candidate {
        Candidate::Indicator(phrase) => phrase.of(text).into_owned(),
        Candidate::Period(period) => period.map_or_else(|| "no period".to_owned(), |period| period.to_string()),
        Candidate::Status(status) => status.map_or_else(|| "no status".to_owned(), |status| status.to_string()),
    };
    let mut line = format!("dropped {value}");
    let words = dropped.words.map(|words| words.of(text)).filter(|words| *words != value);
    if let Some(words) = words {
        let _ = write!(line, " of {words}");
    }
    if let Some(row) = dropped.row {
        let described = lexicon.describe(row);
        let _ = write!(line, " ({})", described.split(' ').next().unwrap_or_default());
    }
    let _ = write!(line, ": {}", dropped.reason.as_str());
    line
}

/// What the columns that share a trace hold: the first bare, the others by name.
fn values(fact: Fact<'_>, column: Column) -> String {
    let exact = |value: Option<&Exact>| value.map(Exact::to_string);
    let unit = fact.composed_unit();
    let held: Vec<(&str, Option<String>)> = match column {
        Column::Kind => vec![("", Some(fact.kind.to_string()))],
        Column::Value => vec![
            ("", exact(fact.value.as_ref())),
            ("lower", exact(fact.bounds().0)),
            ("upper", exact(fact.bounds().1)),
            ("decimals", fact.decimals.map(|decimals| decimals.to_string())),
        ],
        Column::Unit => vec![
            ("", fact.unit().map(str::to_owned)),
            ("unit_code", unit.map(|unit| unit.code.clone())),
            ("dimension", unit.map(|unit| unit.dimension.clone())),
            ("base_value", exact(fact.base_value().as_ref())),
            ("base_unit", unit.map(|unit| unit.base_unit.clone())),
        ],
        Column::Bound => vec![("", Some(fact.bound.to_string()))],
        Column::Indicator => vec![("", fact.indicator().map(std::borrow::Cow::into_owned))],
        Column::Relation => vec![("", fact.relation.map(|relation| relation.to_string()))],
        Column::Direction => vec![("", fact.direction.map(|direction| direction.to_string()))],
        Column::Comparison => vec![("", fact.comparison.map(|comparison| comparison.to_string()))],
        Column::OfFact => vec![("", fact.of_fact.map(|of| of.to_string()))],
        Column::Period => vec![
            ("", fact.period.map(|period| period.to_string())),
            ("start", fact.period.map(|period| period.start.to_string())),
            ("end", fact.period.map(|period| period.end.to_string())),
        ],
        Column::Status => vec![("", fact.status.map(|status| status.to_string()))],
    };
    let named = held
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| if name.is_empty() { value } else { format!("{name}={value}") }));
    named.collect::<Vec<_>>().join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::sample;

    fn place(line: u32, column: Option<u32>) -> TextPlace {
        TextPlace { file: "a.txt".into(), line, column }
    }

    #[test]
    fn lines_and_columns_are_counted_in_characters() {
        let text = "财政\r\n收入3亿\n";
        assert_eq!(characters(text, &place(1, None)), Some(0..2));
        assert_eq!(characters(text, &place(2, None)), Some(4..8));
        assert_eq!(characters(text, &place(2, Some(3))), Some(6..7));
        assert_eq!(characters(text, &place(2, Some(5))), None);
        assert_eq!(characters(text, &place(9, None)), None);
    }

    #[test]
    fn a_fact_is_explained_column_by_column() {
        let extraction = sample::extraction();
        let mut out = String::new();
        let fact = extraction.facts().nth(2).expect("the percent");
        explain(&mut out, fact, &extraction, &Lexicon::builtin());
        assert!(out.starts_with("13.1%  fact 2, line 1, characters 24..29\n"), "{out}");
        assert!(
            out.contains("  unit        %  unit_code=%  dimension=ratio  base_value=0.131  base_unit=1\n"),
            "{out}"
        );
        assert!(out.contains("  of_fact     1\n"), "{out}");
    }

    #[test]
    fn what_lost_is_told_with_its_words_and_why() {
        let options = crate::Options { trace: true, ..crate::Options::default() };
        let pipeline = Pipeline::new(Lexicon::builtin(), options);
        let text = "2023年完成产值30亿元，计划2024年完成40亿元。";
        let told = explained(&pipeline, text, &(0..100));
        assert!(told.contains(" dropped 2024 of 2024年: it stands behind the number\n"), "{told}");
        assert!(told.contains(" dropped 2023 of 2023年: another is nearer to the number\n"), "{told}");
        assert!(told.contains(" dropped target of 计划 (statuses.tsv:"), "{told}");
    }
}
