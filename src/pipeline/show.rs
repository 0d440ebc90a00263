//! What each stage made, item by item, for people and programs.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Buffers, Pipeline};
use crate::exact::Exact;
use crate::lex::Shape;
use crate::mention::Mention;
use crate::quantity::{self, Quantity, Units};
use crate::reflow::{self, FlowText};
use crate::segment::{self, Segment};
use crate::terms::Bound;
use crate::text::{InFlow, Offsets, Span};

/// A stage whose work can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The blocks of the flowing text.
    Reflow,
    /// Titles, headings, sentences, cells.
    Segment,
    /// Shapes and words.
    Lex,
    /// Numerals and their exact values.
    Numeral,
    /// Numerals with unit and hedge.
    Quantity,
    /// What every number is.
    Mention,
    /// What every quantity says.
    Link,
    /// The rows.
    Facts,
}

/// One item that a stage made: its place in the source and its own fields, in order.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// First character, in Unicode scalar values.
    pub char_start: u32,
    /// One past the last character.
    pub char_end: u32,
    /// The item's text, line breaks taken out.
    pub text: String,
    /// The stage's own fields.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

/// Collects what is shown of one text.
struct Sheet<'a> {
    source: &'a str,
    offsets: Offsets,
    flow: FlowText,
    items: Vec<Shown>,
}

impl Sheet<'_> {
    fn push(&mut self, span: Span<InFlow>, fields: impl IntoIterator<Item = (&'static str, Value)>) {
        let place = self.flow.source(span);
        let text = span.of(&self.flow.text).to_owned();
        let at = |offset| self.offsets.place(self.source, offset).char;
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.items.push(Shown { char_start: at(place.from()), char_end: at(place.to()), text, fields });
    }
}

impl Pipeline {
    /// What `stage` makes of `text`, one item after the other.
    #[must_use]
    pub fn show(&self, text: &str, stage: Stage) -> Vec<Shown> {
        if matches!(stage, Stage::Link | Stage::Facts) {
            return self.show_facts(text, stage);
        }
        let flow = reflow::reflow(text, &self.lexicon);
        let (segments, outline) = segment::segment(&flow, &self.lexicon);
        let mut sheet = Sheet { source: text, offsets: Offsets::new(text), flow, items: Vec::new() };
        if stage == Stage::Reflow {
            for block in sheet.flow.blocks.clone() {
                let shape = match block.shape {
                    reflow::Shape::Prose => "prose",
                    reflow::Shape::Short => "short",
                    reflow::Shape::Cell(_) => "cell",
                    reflow::Shape::Furniture => "furniture",
                };
                sheet.push(block.span, [("shape", shape.into())]);
            }
            return sheet.items;
        }
        let (mut units, mut buffers) = (Units::default(), self.buffers(self.lexicon.institution(&sheet.flow.text)));
        for segment in segments {
            if stage == Stage::Segment {
                let path = outline.path(segment.section, &sheet.flow.text).into_owned();
                sheet.push(segment.span, [("kind", segment.kind.as_str().into()), ("section", path.into())]);
                continue;
            }
            self.show_segment(segment, stage, &mut units, &mut buffers, &mut sheet);
        }
        sheet.items
    }

    fn show_segment(
        &self,
        segment: Segment,
        stage: Stage,
        units: &mut Units,
        buffers: &mut Buffers<'_>,
        sheet: &mut Sheet<'_>,
    ) {
        let flow = std::mem::take(&mut sheet.flow);
        self.segment(&flow.text, segment, units, buffers);
        sheet.flow = flow;
        if buffers.lexemes.shapes.is_empty() && buffers.mentions.is_empty() {
            return;
        }
        match stage {
            Stage::Lex => self.show_lexemes(buffers, sheet),
            Stage::Numeral => {
                for numeral in &buffers.numerals {
                    let upper = numeral.upper.as_ref().map_or(Value::Null, |upper| upper.to_string().into());
                    sheet.push(numeral.span, [("value", numeral.value.to_string().into()), ("upper", upper)]);
                }
            }
            Stage::Quantity => {
                for mention in buffers.mentions.iter().filter(|mention| mention.kind.is_quantity()) {
                    if let Some(quantity) = &mention.quantity {
                        let fields = quantity_fields(quantity, mention, units, sheet);
                        sheet.push(mention.span, fields);
                    }
                }
            }
            _ => {
                for mention in &buffers.mentions {
                    sheet.push(mention.span, [("kind", mention.kind.as_str().into())]);
                }
            }
        }
    }

    fn show_lexemes(&self, buffers: &Buffers<'_>, sheet: &mut Sheet<'_>) {
        let shapes =
            buffers.lexemes.shapes.iter().map(|(shape, span)| (*span, "shape", Shape::as_str(*shape).to_owned()));
        let words = buffers.lexemes.words.iter().map(|(row, span)| (*span, "word", self.lexicon.describe(*row)));
        let mut all: Vec<_> = shapes.chain(words).collect();
        all.sort_by_key(|(span, ..)| (span.start, span.end));
        for (span, name, value) in all {
            sheet.push(span, [(name, value.into())]);
        }
    }

    fn show_facts(&self, text: &str, stage: Stage) -> Vec<Shown> {
        let extraction = self.extract(text);
        let facts = extraction.facts().filter(|fact| stage == Stage::Facts || fact.kind.is_quantity());
        facts
            .map(|fact| {
                let word = |word: Option<&str>| word.map_or(Value::Null, Into::into);
                let mut fields = Map::new();
                let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
                if stage == Stage::Facts {
                    put("kind", fact.kind.as_str().into());
                    put("value", fact.value.as_ref().map_or(Value::Null, |value| value.to_string().into()));
                    put("bound", word((fact.bound != Bound::Exact).then(|| fact.bound.as_str())));
                    put("unit_code", word(fact.composed_unit().map(|unit| unit.code.as_str())));
                }
                put("indicator", word(fact.indicator().as_deref()));
                put("relation", word(fact.relation.map(crate::terms::Relation::as_str)));
                put("direction", word(fact.direction.map(crate::terms::Direction::as_str)));
                put("comparison", word(fact.comparison.map(crate::terms::Comparison::as_str)));
                put("of_fact", fact.of_fact.map_or(Value::Null, Into::into));
                put("period", fact.period.map_or(Value::Null, |period| period.to_string().into()));
                put("status", word(fact.status.map(crate::terms::Status::as_str)));
                Shown { char_start: fact.char_start, char_end: fact.char_end, text: fact.text().to_owned(), fields }
            })
            .collect()
    }
}

fn quantity_fields(
    quantity: &Quantity,
    mention: &Mention,
    units: &Units,
    sheet: &Sheet<'_>,
) -> Vec<(&'static str, Value)> {
    let exact = |value: Option<&Exact>| value.map_or(Value::Null, |value| value.to_string().into());
    let (lower, upper) = quantity::bounds(quantity.bound, quantity.value.as_ref(), quantity.ends.as_deref());
    let composed = quantity.composed.and_then(|unit| units.all.get(unit as usize));
    let bound = if quantity.bound == Bound::Exact { Value::Null } else { quantity.bound.as_str().into() };
    vec![
        ("kind", mention.kind.as_str().into()),
        ("value", exact(quantity.value.as_ref())),
        ("lower", exact(lower)),
        ("upper", exact(upper)),
        ("bound", bound),
        ("unit", quantity.unit.map_or(Value::Null, |unit| unit.of(&sheet.flow.text).into())),
        ("unit_code", composed.map_or(Value::Null, |unit| unit.code.clone().into())),
    ]
}
