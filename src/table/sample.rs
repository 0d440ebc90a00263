//! An extraction made by hand, for tests of the table and of what writes it.

use crate::ComposedUnit;
use crate::calendar::Period;
use crate::exact::Exact;
use crate::normalise::{Extraction, Record};
use crate::terms::{Comparison, Direction, Kind, Relation, Status};
use crate::text::{InFlow, Phrase, Place, Span};

/// The text behind [`extraction`].
pub(crate) const TEXT: &str = "2022年完成财政总收入18.34亿元，同比增长13.1%。";

/// A date, a measure and a percent.
pub(crate) fn extraction() -> Extraction {
    let unit = |code: &str, dimension: &str, base_unit: &str, factor| ComposedUnit {
        code: code.to_owned(),
        dimension: dimension.to_owned(),
        base_unit: base_unit.to_owned(),
        factor,
        offset: None,
        local: false,
    };
    let mut measure = record("18.34亿元", Kind::Measure);
    measure.value = Some("18.34".parse::<Exact>().expect("a decimal").scaled(8));
    measure.decimals = Some(-6);
    measure.unit = Some(find("元"));
    measure.composed = Some(0);
    measure.relation = Some(Relation::Level);
    let mut percent = record("13.1%", Kind::Percent);
    percent.value = Some("13.1".parse().expect("a decimal"));
    percent.decimals = Some(1);
    percent.unit = Some(find("%"));
    percent.composed = Some(1);
    percent.relation = Some(Relation::Change);
    percent.direction = Some(Direction::Increase);
    percent.comparison = Some(Comparison::Yoy);
    percent.of_fact = Some(1);
    let mut extraction = Extraction::default();
    TEXT.clone_into(&mut extraction.flow.text);
    extraction.units.push(unit("CNY", "currency", "CNY", Exact::integer(1)));
    extraction.units.push(unit("%", "ratio", "1", Exact::fraction(1, 100)));
    extraction.records.extend([record("2022年", Kind::Date), measure, percent]);
    extraction
}

/// Gives the measure other words and a value below zero.
pub(crate) fn say(extraction: &mut Extraction, words: &str) {
    TEXT.clone_into(&mut extraction.flow.text);
    let start = extraction.flow.text.len();
    extraction.flow.text.push_str(words);
    let end = extraction.flow.text.len();
    if let Some(measure) = extraction.records.iter_mut().find(|record| record.kind == Kind::Measure) {
        measure.span = Span::at(start, end);
        measure.value = Some("-18.34".parse::<Exact>().expect("a decimal").scaled(8));
    }
}

fn find(words: &str) -> Span<InFlow> {
    let start = TEXT.find(words).unwrap_or_default();
    Span::at(start, start + words.len())
}

fn record(words: &str, kind: Kind) -> Record {
    let span = find(words);
    let chars = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let char_start = chars(span.before(TEXT));
    let mut indicator = Phrase::default();
    if kind.is_quantity() {
        indicator.push(find("财政总收入"));
    }
    let place = |char| Place { char, line: 1 };
    let places = (place(char_start), place(char_start + chars(words)));
    Record {
        sentence: Span::at(0, TEXT.len()),
        indicator,
        period: Some(Period::year(2022)),
        status: kind.is_quantity().then_some(Status::Actual),
        ..Record::bare(kind, span, Span::new(span.start, span.end), places)
    }
}
