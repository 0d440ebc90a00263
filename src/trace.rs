//! The steps behind a value: which rule, which lexicon row and which words made each column, and which readings were
//! weighed and lost.

use crate::calendar::Period;
use crate::lexicon::RowId;
use crate::terms::Status;
use crate::text::{InFlow, Phrase, Span};

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

/// What a column would have held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Candidate {
    /// Words for `indicator`.
    Indicator(Phrase),
    /// Days for `period`; none where nothing tells their year.
    Period(Option<Period>),
    /// A word for `status`; none where it is only part of a name.
    Status(Option<Status>),
}

impl Candidate {
    /// The column that it was weighed for.
    #[must_use]
    pub const fn column(&self) -> Column {
        match self {
            Self::Indicator(_) => Column::Indicator,
            Self::Period(_) => Column::Period,
            Self::Status(_) => Column::Status,
        }
    }
}

/// Why a reading lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Another stands nearer to the number, or is said of it alone.
    Nearer,
    /// It stands behind the number.
    Behind,
    /// It is what the number is compared with.
    Compared,
    /// It stands in the title of another text.
    InTitle,
    /// It tells since when something is a record.
    OfRecord,
    /// It belongs to the noun behind it: 2030年行动方案.
    OfNoun,
    /// It is what something is reckoned by: 按上年不变价计算.
    Reckoned,
    /// It tells when the text was written or published.
    DatesText,
    /// It holds for another number.
    OfAnother,
    /// Nothing tells its year.
    NoYear,
    /// What it is said of had ended.
    Ended,
    /// It is said of limits alone.
    OfLimits,
    /// It is part of a noun or of another word here.
    NoCue,
    /// The number only tells when, and measures nothing.
    OnlyWhen,
}

impl Reason {
    /// The reason, a clause for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nearer => "another is nearer to the number",
            Self::Behind => "it stands behind the number",
            Self::Compared => "it is what the number is compared with",
            Self::InTitle => "it stands in the title of another text",
            Self::OfRecord => "it tells since when something is a record",
            Self::OfNoun => "it belongs to the noun behind it",
            Self::Reckoned => "it is what something is reckoned by",
            Self::DatesText => "it dates the text",
            Self::OfAnother => "it holds for another number",
            Self::NoYear => "nothing tells its year",
            Self::Ended => "what it is said of had ended",
            Self::OfLimits => "it is said of limits alone",
            Self::NoCue => "it is part of a noun or of another word",
            Self::OnlyWhen => "the number only tells when",
        }
    }
}

/// A reading that was weighed for a column and lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// What the column would have held.
    pub candidate: Candidate,
    /// Why it does not.
    pub reason: Reason,
    /// The lexicon row that supplied the word, if one did.
    pub row: Option<RowId>,
    /// The words in the flowing text, if any.
    pub words: Option<Span<InFlow>>,
}

/// One step for each traced column of a fact and the readings that lost, where the caller asked for traces
/// ([`Options::trace`](crate::Options::trace)); nothing otherwise, at no cost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    kept: Option<Box<Kept>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Kept {
    steps: [Step; Column::ALL.len()],
    dropped: Vec<Dropped>,
}

impl Trace {
    /// A trace that keeps its steps, or one that does not.
    pub(crate) fn new(kept: bool) -> Self {
        Self { kept: kept.then(Box::default) }
    }

    /// Notes what set a column; the last note stands.
    pub(crate) fn note(&mut self, column: Column, rule: &'static str, row: Option<RowId>, words: Option<Span<InFlow>>) {
        if let Some(step) = self.kept.as_mut().and_then(|kept| kept.steps.get_mut(column as usize)) {
            *step = Step { rule, row, words };
        }
    }

    /// Notes a reading that lost; the first reason of each stands.
    pub(crate) fn drop(&mut self, dropped: Dropped) {
        if let Some(kept) = &mut self.kept
            && !kept.dropped.iter().any(|known| known.candidate == dropped.candidate && known.words == dropped.words)
        {
            kept.dropped.push(dropped);
        }
    }

    /// What set a column.
    #[must_use]
    pub fn step(&self, column: Column) -> Step {
        self.kept.as_ref().and_then(|kept| kept.steps.get(column as usize)).copied().unwrap_or_default()
    }

    /// The readings that were weighed for a column and lost, in the order of the text.
    pub fn dropped(&self, column: Column) -> impl Iterator<Item = &Dropped> {
        let dropped = self.kept.as_ref().map(|kept| kept.dropped.as_slice()).unwrap_or_default();
        dropped.iter().filter(move |dropped| dropped.candidate.column() == column)
    }

    /// With the steps of a later stage over its own.
    pub(crate) fn overlaid(mut self, later: &Self) -> Self {
        let Some(more) = &later.kept else { return self };
        for column in Column::ALL {
            let step = later.step(column);
            if !step.rule.is_empty() {
                self.note(column, step.rule, step.row, step.words);
            }
        }
        more.dropped.iter().for_each(|dropped| self.drop(*dropped));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(start: u32) -> Dropped {
        let candidate = Candidate::Status(Some(Status::Target));
        Dropped { candidate, reason: Reason::Behind, row: None, words: Some(Span::new(start, start + 6)) }
    }

    #[test]
    fn a_trace_that_is_off_keeps_nothing() {
        let mut trace = Trace::new(false);
        trace.note(Column::Status, "a rule", None, None);
        trace.drop(lost(0));
        assert_eq!(trace, Trace::default());
        assert_eq!(trace.dropped(Column::Status).count(), 0);
        assert_eq!(size_of::<Trace>(), size_of::<usize>());
    }

    #[test]
    fn what_lost_is_kept_once_and_by_its_column() {
        let mut trace = Trace::new(true);
        trace.drop(lost(0));
        trace.drop(Dropped { reason: Reason::Ended, ..lost(0) });
        trace.drop(lost(9));
        assert_eq!(trace.dropped(Column::Status).copied().collect::<Vec<_>>(), [lost(0), lost(9)]);
        assert_eq!(trace.dropped(Column::Period).count(), 0);
    }

    #[test]
    fn a_later_stage_adds_what_it_dropped() {
        let mut later = Trace::new(true);
        later.drop(lost(9));
        let both = Trace::new(true).overlaid(&later);
        assert_eq!(both.dropped(Column::Status).count(), 1);
    }
}
