//! 上年, 今年, 全年: what words for a year mean where the text has told of another time.

use super::period::{Sign, Told};
use super::sentence::State;
use super::year::Written;
use super::{Linker, Observation, aside};
use crate::calendar::Period;
use crate::lexicon::PeriodWord;
use crate::terms::Status;
use crate::text::{InFlow, Span};
use crate::trace::Column;

impl Linker<'_> {
    /// 2023年收案9080件，比上年11960件减少2880件: 上年 is the year before the one that the text told of last.
    pub(super) fn year_before(&self, told: Told) -> Option<Period> {
        let last = matches!(told.sign, Sign::Word(PeriodWord::Year(-1)));
        let before = told.span.before(self.document.text);
        let led = aside::behind_than(before) || before.ends_with(['由', '从', '從']);
        if !(last && told.span.of(self.document.text).starts_with('上')) {
            return None;
        }
        // A report of 2023 dated in March 2024: 去年 is 2023, 上年 still 2022.
        let over = |(now, _): &(Period, Span<InFlow>)| {
            self.clock.written.is_early() && self.clock.report_year == Some(now.start.year + 1)
        };
        let told = self.clock.current.filter(|(_, words)| led && !words.is_empty());
        let (now, _) = told.or(self.clock.current.filter(over)).filter(|(now, _)| now.is_year())?;
        Some(self.clock.year(now.start.year - 1))
    }

    /// 截至8月31日，今年…; 前8个月，…今年以来: 今年 goes as far as the time told of before it in the sentence, 今年 alone only where no
    /// number stands between.
    pub(super) fn year_so_far(&self, told: Told, state: &State) -> Option<Period> {
        let this = matches!(told.sign, Sign::Word(PeriodWord::Year(0)));
        let (now, words) = self.clock.current.filter(|(_, words)| this && !words.is_empty())?;
        // 去年收入5亿元。年内投资3亿元。
        let said = told.span.of(self.document.text);
        if said.starts_with('年') && now.is_year() && self.clock.report_year == Some(now.end.year + 1) {
            return Some(now);
        }
        let since = said.ends_with(['来', '來']) && words.start >= state.start;
        let counted = words.start < state.start || state.past.last().is_some_and(|past| past.end > words.start);
        let part = now == now.to_date() && !now.is_year() && Some(now.end.year) == self.clock.report_year;
        (part && (since || !counted)).then_some(now)
    }

    /// 全年 in a report of March that tells what was reached: the year before, where no words named another.
    pub(super) fn whole_year_before(&self, sign: Sign, state: &State) -> Option<Period> {
        let told = self.clock.current.or(self.clock.standing).is_some_and(|(_, words)| !words.is_empty());
        let whole = matches!(sign, Sign::Word(PeriodWord::Whole)) && !self.law;
        if !whole
            || told
            || !self.clock.written.is_early()
            || state.aims
            || self.in_target_section()
            || self.planning.is_some()
        {
            return None;
        }
        self.clock.report_year.map(|year| Period::year(year - 1))
    }

    /// A result without a time, in a report that was read out in January.
    pub(super) fn date_result(&self, out: &mut Observation) {
        let told = self.clock.current.filter(|(period, words)| words.is_empty() && period.is_year());
        let result = self.clock.written == Written::EarlyReport && out.status == Some(Status::Actual);
        if let Some((year, words)) = told.filter(|(year, _)| result && out.period == Some(*year)) {
            out.period = Some(Period::year(year.start.year - 1));
            out.note(Column::Period, "the year before that of a report read out early in it", None, Some(words));
        }
    }
}
