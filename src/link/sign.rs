//! The signs of time: what a mention or a word says of it, and where.

use crate::calendar::Period;
use crate::lexicon::PeriodWord;
use crate::mention::When;
use crate::text::{InFlow, Span};

use super::Linker;
use super::hold::Hold;
use super::relation::Reading;

/// What a mention or a word says of the time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sign {
    /// A date, and whether 截至 or 底 makes it a year to date.
    Date(When, bool),
    /// 从…起: from a date to the text's own.
    Since(When),
    /// 12月31日止年度: so many months up to a day.
    Ended(When, u8),
    /// 2024年同期: the same days of a year.
    Same(i16),
    /// A word.
    Word(PeriodWord),
    /// 三季度末, 截至上半年: the year up to the end of some months.
    UpTo(PeriodWord),
    /// “七五”末: the last year of a five-year plan.
    PlanEnd(u8),
    /// A window of so many years, ahead or back.
    Window(u32, bool),
    /// 两年平均: the years that were named, up to the one at hand.
    Years(i16),
    /// 五年内: the years of the plan that was named.
    Within(i16),
}

/// A sign of time where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) span: Span<InFlow>,
    pub(crate) sign: Sign,
    pub(crate) hold: Hold,
    /// The days that it meant where it was passed.
    pub(crate) period: Option<Period>,
}

impl Linker<'_> {
    /// The days that a sign of time means here.
    pub(super) fn resolved(&self, sign: Sign) -> Option<Period> {
        match sign {
            Sign::Date(when, until) => self.clock.resolve(&when, until),
            Sign::Same(year) => {
                let days = self.clock.current.map(|(days, _)| days).filter(|days| days.start.year == days.end.year);
                Some(days.map_or(Period::year(year), |days| days.shift_years(year - days.start.year)))
            }
            Sign::Word(word) => self.clock.resolve_word(word),
            Sign::UpTo(word) => self.clock.resolve_word(word).map(Period::to_date),
            Sign::PlanEnd(plan) => {
                self.clock.resolve_word(PeriodWord::FiveYearPlan(plan)).map(|plan| Period::year(plan.end.year))
            }
            Sign::Window(years, ahead) => self.clock.window(years, ahead),
            Sign::Since(when) => self.clock.since(&when),
            Sign::Ended(when, months) => self.clock.ended(&when, months),
            Sign::Years(years) => self.clock.run(years),
            Sign::Within(years) => self.clock.named_run(years),
        }
    }

    /// 9月24日0—24时: a bulletin is of all of that day.
    pub(super) fn full_day(&self, day: Span<InFlow>) -> bool {
        let mentions = self.document.mentions;
        let next = mentions.get(mentions.partition_point(|mention| mention.span.start < day.end));
        next.is_some_and(|hours| {
            let words = hours.span.of(self.document.text);
            hours.span.start == day.end && words.starts_with('0') && words.contains("24")
        })
    }

    /// The year that a number is compared with.
    pub(super) fn base(&self, reading: &Reading) -> Option<Period> {
        let base = self.document.mention_at(reading.base?)?;
        self.clock.resolve(&base.when?, false)
    }
}
