//! Records: the rows of a document, with their words still in its text.

use std::borrow::Cow;

use crate::calendar::Period;
use crate::exact::Exact;
use crate::quantity::{self, ComposedUnit, Ends};
use crate::reflow::FlowText;
use crate::segment::Outline;
use crate::terms::{Bound, Comparison, Direction, Kind, Relation, Status};
use crate::text::{Diagnostic, InFlow, InSource, Phrase, Place, Span};
use crate::trace::Trace;

/// One row. Text columns are spans; [`Fact`] looks them up.
#[derive(Debug, Clone)]
pub struct Record {
    /// Where, in the decoded file.
    pub source: Span<InSource>,
    /// 1-based line of the start.
    pub line: u32,
    /// First character, in Unicode scalar values.
    pub char_start: u32,
    /// One past the last character.
    pub char_end: u32,
    /// Where, in the flowing text.
    pub span: Span<InFlow>,
    /// The sentence it stands in.
    pub sentence: Span<InFlow>,
    /// The section it stands in, by its place in the outline.
    pub section: u32,
    /// What sort of number it is.
    pub kind: Kind,
    /// The number times its scale; none for a ratio of three terms and for labels.
    pub value: Option<Exact>,
    /// The ends of a range.
    pub(crate) ends: Option<Box<Ends>>,
    /// The hedge's meaning.
    pub bound: Bound,
    /// XBRL decimals.
    pub decimals: Option<i8>,
    /// The unit as written.
    pub unit: Option<Span<InFlow>>,
    /// The composed unit, by its place in the extraction's units.
    pub composed: Option<u32>,
    /// The pieces of the indicator, in order.
    pub indicator: Phrase,
    /// What the value says about the indicator; none for ordinals, dates and labels.
    pub relation: Option<Relation>,
    /// For a change: which way.
    pub direction: Option<Direction>,
    /// For a change: against what.
    pub comparison: Option<Comparison>,
    /// The fact that this one qualifies.
    pub of_fact: Option<u32>,
    /// The days it is about.
    pub period: Option<Period>,
    /// Result or target.
    pub status: Option<Status>,
    /// What made each column.
    pub trace: Trace,
}

impl Record {
    /// A row of which nothing is known but what it is and where; its sentence is itself.
    pub(crate) fn bare(kind: Kind, span: Span<InFlow>, source: Span<InSource>, (start, end): (Place, Place)) -> Self {
        Self {
            source,
            line: start.line,
            char_start: start.char,
            char_end: end.char,
            span,
            sentence: span,
            section: 0,
            kind,
            value: None,
            ends: None,
            bound: Bound::Exact,
            decimals: None,
            unit: None,
            composed: None,
            indicator: Phrase::default(),
            relation: None,
            direction: None,
            comparison: None,
            of_fact: None,
            period: None,
            status: None,
            trace: Trace::default(),
        }
    }

    /// The lower and the upper bound of what the text claims; none where it is open or exact.
    #[must_use]
    pub fn bounds(&self) -> (Option<&Exact>, Option<&Exact>) {
        quantity::bounds(self.bound, self.value.as_ref(), self.ends.as_deref())
    }
}

/// All that was found in one text.
///
/// ```
/// use taizhang::{Lexicon, Options, Pipeline};
///
/// let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
/// let extraction = pipeline.extract("2022年完成财政总收入18.34亿元,同比增长13.1%。");
/// let values: Vec<_> = extraction.facts().filter(|fact| fact.kind.is_quantity()).map(|fact| fact.text()).collect();
/// assert_eq!(values, ["18.34亿元", "13.1%"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    pub(crate) flow: FlowText,
    pub(crate) outline: Outline,
    pub(crate) units: Vec<ComposedUnit>,
    pub(crate) records: Vec<Record>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Extraction {
    /// The rows in order of appearance, all kinds.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What was odd about the text.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The rows with their words.
    #[must_use]
    pub fn facts(&self) -> impl ExactSizeIterator<Item = Fact<'_>> {
        self.records.iter().enumerate().map(|(fact, record)| Fact {
            extraction: self,
            record,
            fact: u32::try_from(fact).unwrap_or(u32::MAX),
        })
    }

    /// The text with broken lines rejoined.
    #[must_use]
    pub fn flow(&self) -> &FlowText {
        &self.flow
    }
}

/// One row with its words: a [`Record`] seen with the extraction that holds it.
#[derive(Debug, Clone, Copy)]
pub struct Fact<'a> {
    extraction: &'a Extraction,
    record: &'a Record,
    /// Ordinal in the document, from 0.
    pub fact: u32,
}

impl std::ops::Deref for Fact<'_> {
    type Target = Record;

    fn deref(&self) -> &Record {
        self.record
    }
}

impl<'a> Fact<'a> {
    /// The span's text, line breaks taken out.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.record.span.of(&self.extraction.flow.text)
    }

    /// The sentence it stands in.
    #[must_use]
    pub fn sentence(&self) -> &'a str {
        self.record.sentence.of(&self.extraction.flow.text)
    }

    /// The heading path, joined with ` › `.
    #[must_use]
    pub fn section(&self) -> Cow<'a, str> {
        self.extraction.outline.path(self.record.section, &self.extraction.flow.text)
    }

    /// The unit as written.
    #[must_use]
    pub fn unit(&self) -> Option<&'a str> {
        self.record.unit.map(|unit| unit.of(&self.extraction.flow.text))
    }

    /// Code, dimension, base unit and factor of the unit.
    #[must_use]
    pub fn composed_unit(&self) -> Option<&'a ComposedUnit> {
        self.record.composed.and_then(|unit| self.extraction.units.get(unit as usize))
    }

    /// The value in the dimension's base unit; of a change the difference, without the zero of a scale.
    ///
    /// ```
    /// use taizhang::{Lexicon, Options, Pipeline};
    ///
    /// let pipeline = Pipeline::new(Lexicon::builtin(), Options::default());
    /// let extraction = pipeline.extract("平均气温15℃，比常年高0.9℃。");
    /// let kelvin: Vec<_> = extraction.facts().filter_map(|fact| fact.base_value()).map(|value| value.to_string()).collect();
    /// assert_eq!(kelvin, ["288.15", "0.9"]);
    /// ```
    #[must_use]
    pub fn base_value(&self) -> Option<Exact> {
        let (unit, value) = (self.composed_unit()?, self.record.value.as_ref()?);
        let scaled = value.times(&unit.factor);
        // 0.9℃ more are 0.9 K, and no 274.05.
        let offset = unit.offset.as_ref().filter(|_| self.record.relation != Some(Relation::Change));
        Some(match offset {
            Some(offset) => scaled.plus(offset),
            None => scaled,
        })
    }

    /// What is measured or counted.
    #[must_use]
    pub fn indicator(&self) -> Option<Cow<'a, str>> {
        (!self.record.indicator.is_empty()).then(|| self.record.indicator.of(&self.extraction.flow.text))
    }
}
