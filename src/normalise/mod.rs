//! Stage 8: base units, regions, exact values, and the places of rows in the source.

mod record;

pub use record::{Extraction, Fact, Record};

use crate::exact::Exact;
use crate::lexicon::{Institution, is_digit};
use crate::link::Observation;
use crate::mention::Mention;
use crate::quantity::{ComposedUnit, Quantity};
use crate::reflow::FlowText;
use crate::segment::Segment;
use crate::terms::{Currency, Kind, Relation};
use crate::text::{InFlow, Offsets, Span};
use crate::trace::{Column, Step};

/// A mention with what was linked to it and the segment it stands in.
pub(crate) struct Linked<'a> {
    pub(crate) mention: &'a mut Mention,
    pub(crate) observation: &'a Observation,
    pub(crate) segment: &'a Segment,
}

/// Makes the rows of a document, in the order of its source.
pub(crate) fn records<'a>(
    linked: impl Iterator<Item = Linked<'a>>,
    flow: &FlowText,
    source: &str,
    offsets: &Offsets,
) -> Vec<Record> {
    let mut records = Vec::with_capacity(linked.size_hint().1.unwrap_or(0));
    records.extend(linked.map(|linked| record(linked, flow, source, offsets)));
    cut_at_page_numbers(&mut records, flow, source, offsets);
    // Page numbers stand behind the paragraph that they interrupted; the source has them inside it.
    if records.is_sorted_by_key(|record| record.source.start) {
        return records;
    }
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|at| records.get(*at).map(|record| record.source.start));
    let mut rank = vec![0u32; records.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(slot) = rank.get_mut(*old) {
            *slot = u32::try_from(new).unwrap_or(u32::MAX);
        }
    }
    for record in &mut records {
        record.of_fact = record.of_fact.and_then(|of| rank.get(of as usize).copied());
    }
    records.sort_by_key(|record| record.source.start);
    records
}

/// A number that a page number stands inside of (35⏎11⏎家) ends before it: spans never overlap. Digits behind the page
/// number (到2022年⏎11⏎5月底) are a row of their own that measures nothing, so that none is left behind.
fn cut_at_page_numbers(records: &mut Vec<Record>, flow: &FlowText, source: &str, offsets: &Offsets) {
    let mut behind = Vec::new();
    for record in &mut *records {
        if record.source.len() == record.span.len() || !flow.is_interrupted(record.span) {
            continue;
        }
        let mut rest = record.span;
        record.span = flow.first_run(rest);
        record.source = flow.source(record.span);
        record.char_end = offsets.place(source, record.source.to()).char;
        rest.start = record.span.end;
        while !rest.is_empty() {
            let piece = flow.first_run(rest);
            if piece.of(&flow.text).contains(is_digit) {
                behind.push(label(record, piece, flow, source, offsets));
            }
            rest.start = piece.end;
        }
    }
    records.append(&mut behind);
}

/// A row of digits that measure nothing, in the sentence of another row.
fn label(beside: &Record, span: Span<InFlow>, flow: &FlowText, source: &str, offsets: &Offsets) -> Record {
    let place = flow.source(span);
    let record = Record::bare(Kind::Label, span, place, offsets.places(source, place));
    Record { sentence: beside.sentence, section: beside.section, ..record }
}

fn record(linked: Linked<'_>, flow: &FlowText, source: &str, offsets: &Offsets) -> Record {
    let Linked { mention, observation, segment } = linked;
    let place = flow.source(mention.span);
    let kind = if observation.index { Kind::Label } else { mention.kind };
    let mut record = Record::bare(kind, mention.span, place, offsets.places(source, place));
    record.sentence = segment.span;
    record.section = segment.section;
    record.indicator = observation.indicator;
    record.relation = observation.relation;
    record.direction = observation.direction.filter(|_| observation.relation == Some(Relation::Change));
    record.comparison = observation.comparison;
    record.of_fact = observation.of;
    record.period = observation.period;
    record.status = observation.status;
    record.trace = std::mem::take(&mut mention.trace).overlaid(&observation.trace);
    if let Some(quantity) = mention.quantity.as_mut().filter(|_| !observation.index) {
        number(&mut record, quantity, observation);
    }
    record
}

/// The number's columns; a unit stated elsewhere scales the value.
fn number(record: &mut Record, quantity: &mut Quantity, observation: &Observation) {
    let mut decimals = quantity.decimals;
    record.value = quantity.value.take();
    record.ends = quantity.ends.take();
    record.bound = quantity.bound;
    record.unit = quantity.unit;
    record.composed = quantity.composed;
    if let Some(stated) = observation.unit {
        record.value = record.value.take().map(|value| value.scaled(stated.power));
        if let Some(ends) = &mut record.ends {
            **ends = (ends.0.clone().scaled(stated.power), ends.1.clone().scaled(stated.power));
        }
        decimals -= stated.power;
        record.kind = stated.kind;
        record.unit = Some(stated.span);
        record.composed = Some(stated.composed);
        record.trace.note(Column::Unit, "the unit that the table states", Some(stated.row), Some(stated.span));
    }
    record.decimals = Some(i8::try_from(decimals).unwrap_or(if decimals < 0 { i8::MIN } else { i8::MAX }));
    if !record.kind.is_quantity() {
        record.unit = None;
        record.composed = None;
    }
}

/// The money that a bare 元 means in a text, and what tells it.
#[derive(Clone, Copy)]
pub(crate) struct Money<'a> {
    pub(crate) currency: &'a str,
    told: Step,
}

impl<'a> Money<'a> {
    /// What the caller says of texts that do not tell it themselves.
    pub(crate) const fn set(currency: &'a str) -> Self {
        Self { currency, told: Step { rule: "the money that is set for a bare 元", row: None, words: None } }
    }

    /// The money of an institution that the text names.
    pub(crate) fn of(institution: Institution<'a>) -> Self {
        let Institution { currency, row, words } = institution;
        let rule = "the money of an institution that the text names";
        Self { currency, told: Step { rule, row: Some(row), words: Some(words) } }
    }
}

/// Money that $ means where a text is of the place, as it means USD elsewhere (ISO 4217).
const DOLLARS: [&str; 6] = ["HKD", "TWD", "SGD", "AUD", "CAD", "NZD"];

/// Gives amounts of local money, such as 元, 块 and 角, the money that they mean.
pub(crate) fn localise(records: &mut [Record], units: &mut Vec<ComposedUnit>, money: Money<'_>, text: &str) {
    let Money { currency, told } = money;
    let mut local: Vec<(u32, u32)> = Vec::new();
    for record in records {
        let Some(composed) = record.composed else { continue };
        let dollar = DOLLARS.contains(&currency) && record.unit.is_some_and(|unit| matches!(unit.of(text), "$" | "＄"));
        let Some(mut unit) = units.get(composed as usize).filter(|unit| unit.local || dollar).cloned() else {
            continue;
        };
        let meant = if dollar { "USD" } else { Currency::default().as_str() };
        record.trace.note(Column::Unit, told.rule, told.row, told.words);
        let known = local.iter().find(|(from, _)| *from == composed).map(|(_, to)| *to);
        record.composed = Some(known.unwrap_or_else(|| {
            unit.code = unit.code.replacen(meant, currency, 1);
            unit.base_unit = unit.base_unit.replacen(meant, currency, 1);
            let id = u32::try_from(units.len()).unwrap_or(u32::MAX);
            units.push(unit);
            local.push((composed, id));
            id
        }));
    }
}

/// Numbers without a unit, ratios and multiples count in ones.
pub(crate) fn ones(records: &mut [Record], units: &mut Vec<ComposedUnit>) {
    // The unit of counts and that of ratios.
    let mut known: [Option<u32>; 2] = [None; 2];
    for record in records.iter_mut().filter(|record| record.kind.is_quantity() && record.composed.is_none()) {
        let ratio = record.kind == Kind::Ratio;
        let (dimension, slot) = match &mut known {
            [_, slot] if ratio => ("ratio", slot),
            [slot, _] => ("count", slot),
        };
        record.composed = Some(*slot.get_or_insert_with(|| {
            units.push(ComposedUnit {
                code: "1".to_owned(),
                dimension: dimension.to_owned(),
                base_unit: "1".to_owned(),
                factor: Exact::integer(1),
                offset: None,
                local: false,
            });
            u32::try_from(units.len() - 1).unwrap_or(u32::MAX)
        }));
    }
}
