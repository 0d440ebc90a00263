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

/// One step for each traced column of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    steps: [Step; Column::ALL.len()],
}

impl Trace {
    /// Notes what set a column; the last note stands.
    pub(crate) fn note(&mut self, column: Column, rule: &'static str, row: Option<RowId>, words: Option<Span<InFlow>>) {
        if let Some(step) = self.steps.get_mut(column as usize) {
            *step = Step { rule, row, words };
        }
    }

    /// What set a column.
    #[must_use]
    pub fn step(&self, column: Column) -> Step {
        self.steps.get(column as usize).copied().unwrap_or_default()
    }
}
