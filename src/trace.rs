//! The steps behind a value: which rule, which lexicon row and which words made each column.

use crate::lexicon::RowId;
use crate::text::{InFlow, Span};

/// The columns that carry a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Column {
    /// `kind`
    Kind,
    /// `value`, `lower`, `upper`, `decimals`
    Value,
    /// `unit`, `unit_code`, `dimension`, `base_value`
    Unit,
    /// `bound`
    Bound,
    /// `indicator`
    Indicator,
    /// `relation`
    Relation,
    /// `direction`
    Direction,
    /// `comparison`
    Comparison,
    /// `of_fact`
    OfFact,
    /// `period`, `period_start`, `period_end`
    Period,
    /// `status`
    Status,
}

impl Column {
    /// Every traced column, in the order of the table.
    pub const ALL: [Self; 11] = [
        Self::Kind,
        Self::Value,
        Self::Unit,
        Self::Bound,
        Self::Indicator,
        Self::Relation,
        Self::Direction,
        Self::Comparison,
        Self::OfFact,
        Self::Period,
        Self::Status,
    ];

    /// The column's name in the table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Value => "value",
            Self::Unit => "unit",
            Self::Bound => "bound",
            Self::Indicator => "indicator",
            Self::Relation => "relation",
            Self::Direction => "direction",
            Self::Comparison => "comparison",
            Self::OfFact => "of_fact",
            Self::Period => "period",
            Self::Status => "status",
        }
    }
}

/// What gave a column its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Step {
    /// The rule, a sentence for people; empty where nothing set the column.
    pub rule: &'static str,
    /// The lexicon row that supplied the word, if one did.
    pub row: Option<RowId>,
    /// The words in the flowing text, if any.
    pub words: Option<Span<InFlow>>,
}

/// One step for each traced column of a fact, where the caller asked for traces
/// ([`Options::trace`](crate::Options::trace)); nothing otherwise, at no cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    steps: Option<Box<[Step; Column::ALL.len()]>>,
}

impl Trace {
    /// A trace that keeps its steps, or one that does not.
    pub(crate) fn new(kept: bool) -> Self {
        Self { steps: kept.then(Box::default) }
    }

    /// Notes what set a column; the last note stands.
    pub(crate) fn note(&mut self, column: Column, rule: &'static str, row: Option<RowId>, words: Option<Span<InFlow>>) {
        if let Some(step) = self.steps.as_mut().and_then(|steps| steps.get_mut(column as usize)) {
            *step = Step { rule, row, words };
        }
    }

    /// What set a column.
    #[must_use]
    pub fn step(&self, column: Column) -> Step {
        self.steps.as_ref().and_then(|steps| steps.get(column as usize)).copied().unwrap_or_default()
    }

    /// With the steps of a later stage over its own.
    pub(crate) fn overlaid(mut self, later: &Self) -> Self {
        if later.steps.is_some() {
            for column in Column::ALL {
                let step = later.step(column);
                if !step.rule.is_empty() {
                    self.note(column, step.rule, step.row, step.words);
                }
            }
        }
        self
    }
}
