//! Which days a number is about: what dates and words for times mean where they are met, carried on to what follows.

use crate::calendar::{Date, Period};
use crate::lexicon::PeriodWord;
use crate::mention::When;
use crate::text::{InFlow, Span};

use super::year::Written;

/// What is known of the time at a place in the text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    /// The year that 今年 means.
    pub(crate) report_year: Option<i16>,
    /// The period that holds here, and the words that set it.
    pub(crate) current: Option<(Period, Span<InFlow>)>,
    /// The period that the section set, for the sentences that set none.
    pub(crate) standing: Option<(Period, Span<InFlow>)>,
    /// The month named last, even where no year is known.
    pub(crate) month: Option<u8>,
    /// When in its year the text was written.
    pub(crate) written: Written,
    /// The month of its date line.
    pub(crate) written_month: Option<u8>,
    /// The day of its date line.
    pub(crate) written_on: Option<Period>,
    /// Whether the year of the text is only the one that it names most.
    pub(crate) guessed: bool,
    /// Whether the text counts in financial years, from April to March.
    pub(crate) fiscal: bool,
    /// The run of whole years named last: “六五”期间.
    pub(crate) span: Option<Period>,
    /// The run of years named last; of five-year plans named in passing, one that is under way.
    pub(crate) plan: Option<Period>,
    /// The year told of last.
    pub(crate) told: Option<Period>,
    /// The week, the month and the quarter told of last.
    pub(crate) parts: [Option<Period>; 3],
    /// The year that a number of the sentence was compared with.
    pub(crate) base: Option<Period>,
    /// The two ends of the last 从…到….
    pub(crate) ends: (Option<Period>, Option<Period>),
    /// The same in the sentence before, while no other time is told.
    pub(crate) past_ends: (Option<Period>, Option<Period>),
}

/// Months of a week, a month and a quarter.
const PARTS: [u8; 3] = [0, 1, 3];

impl Clock {
    /// The year that a bare month belongs to: of a span of years its last, but none that is yet to come.
    fn year_at_hand(&self) -> Option<i16> {
        let told = self.current.or(self.standing).map(|(period, _)| period);
        let running =
            |period: &Period| self.report_year.filter(|now| (period.start.year..period.end.year).contains(now));
        told.map(|period| running(&period).unwrap_or(period.end.year)).or(self.report_year)
    }

    /// 截至7月底 in a report on the year before that is read out in August: of the year of its day.
    fn year_since_title(&self) -> Option<i16> {
        let (titled, _) = self.current.or(self.standing).filter(|(_, words)| words.is_empty())?;
        let late = !self.written.is_early() && titled.is_year();
        self.report_year.filter(|now| late && *now == titled.start.year + 1)
    }

    /// Starts a sentence: what the section said holds until the sentence says otherwise; one that details the one before
    /// is told of its time.
    pub(crate) const fn begin_sentence(&mut self, details: bool) {
        self.past_ends = if self.ends.0.is_some() { self.ends } else { self.past_ends };
        self.ends = (None, None);
        if !details {
            self.current = self.standing;
            self.base = None;
        }
    }

    /// Notes a date or a word for a time; `lasting` where it may hold for the sentences that follow.
    pub(crate) fn note(&mut self, period: Period, words: Span<InFlow>, lasting: bool) {
        self.current = Some((period, words));
        self.told = Some(period).filter(|period| period.is_year()).or(self.told);
        self.note_part(period);
        if lasting {
            self.standing = self.current;
        }
    }

    /// Notes a week, a month or a quarter that is told of.
    pub(crate) fn note_part(&mut self, period: Period) {
        for (slot, months) in self.parts.iter_mut().zip(PARTS) {
            *slot = Some(period).filter(|period| period.is_part() && period.is_of_months(months)).or(*slot);
        }
    }

    /// Notes a run of years that is named.
    pub(crate) fn note_run(&mut self, period: Period) {
        if period.start.year < period.end.year {
            self.span = Some(period);
            let begun = self.report_year.is_none_or(|now| period.start.year <= now);
            self.plan = self.span.filter(|_| begun).or(self.plan);
        }
    }

    /// The days of a written date here.
    pub(crate) fn resolve(&self, when: &When, to_date: bool) -> Option<Period> {
        let year = match when.offset {
            Some(offset) => self.resolve_word(PeriodWord::Year(offset)).map(|period| period.start.year),
            None if to_date => self.year_since_title().or(self.year_at_hand()),
            None => self.year_at_hand(),
        };
        // 7月10日至11日，…。截至12日: a day of the month at hand.
        let mut when = *when;
        let named = self.current.or(self.standing).filter(|(now, words)| to_date && !words.is_empty() && now.is_part());
        if when.first.day.is_some() && when.last.is_none() {
            let written = self.written_month.filter(|_| to_date);
            when.first.month = when.first.month.or(named.map(|(now, _)| now.end.month)).or(written);
        }
        // 8月8日至10日，…。9日雨量达90毫米: the one day of those at hand.
        if let (None, Some(day), Some((now, words)), false) = (when.first.month, when.first.day, self.current, to_date)
        {
            let holds = |month: &u8| Date::new(now.start.year, *month, day).is_some_and(|day| now.contains(day));
            let mut months = (now.start.month..=now.end.month).filter(holds);
            let one = months.next().filter(|_| !words.is_empty() && now.is_of_days() && months.next().is_none());
            when.first.month = one;
        }
        let period = when.resolve(year)?;
        let day = period.start == period.end;
        Some(if to_date || when.to_date && !day { period.to_date() } else { period })
    }

    /// The days of a word for a time here.
    pub(crate) fn resolve_word(&self, word: PeriodWord) -> Option<Period> {
        let report = self.report_year;
        match word {
            // In a section that sets out another year, 今年 is that year.
            PeriodWord::Year(0)
                if self
                    .standing
                    .zip(report)
                    .is_some_and(|((told, _), now)| told.is_year() && told.start.year > now) =>
            {
                self.standing.map(|(period, _)| period)
            }
            // A budget speaks of its own financial year as the next one.
            PeriodWord::Year(1) if self.fiscal => report.map(|year| self.year(year)),
            PeriodWord::Year(offset) => report.map(|year| self.year(year + offset)),
            PeriodWord::Months(first, last) => self.year_at_hand().map(|year| Period::months(year, first, last)),
            PeriodWord::That => {
                let now = self.current.or(self.standing).filter(|(_, words)| !words.is_empty());
                let now = now.map(|(period, _)| period.start.year);
                now.map(Period::year).or(self.told).or(report.map(Period::year))
            }
            // 该年度 of a budget is the financial year at hand.
            PeriodWord::Whole => {
                let told = self.current.or(self.standing).map(|(period, _)| period);
                let fiscal = told.filter(|told| *told == Period::financial_year(told.start.year));
                fiscal.or(self.year_at_hand().map(Period::year))
            }
            PeriodWord::FiveYearPlan(number) => {
                // Three years lie between the second plan and the third.
                let number = i16::from(number);
                let first = if number < 3 { 1948 + number * 5 } else { 1951 + number * 5 };
                Some(Period::years(first, first + 4))
            }
            // 这五年 behind “六五”期间 are its five.
            PeriodWord::Term(years) => {
                let named = |span: &Period| *span == Period::years(span.start.year, span.start.year + years - 1);
                let begun = |span: &Period| report.is_none_or(|year| span.start.year < year);
                // A report of March looks back on the years up to the last one.
                // 过去一年 in a text that tells of 2019 alone is that year.
                let before = years == 1 && self.written != Written::Late && !self.guessed;
                let last = report.map(|year| year - i16::from(self.written.is_early() || before));
                let back = last.map(|year| Period::years(year - years + 1, year));
                self.span.filter(|span| named(span) && begun(span)).or(back)
            }
            PeriodWord::SamePeriodBefore => self.current.map(|(period, _)| period.shift_years(-1)),
            PeriodWord::SamePeriod => self.current.map(|(period, _)| period),
            PeriodWord::Before => self.current.and_then(|(period, _)| period.before()),
            PeriodWord::SoFar => {
                let now = self.current.or(self.standing).map(|(period, _)| period);
                // 2022年9月…⏎2022-10-25: the day of publication ends no month.
                let month = || self.resolve_word(PeriodWord::This(1));
                let now = now.filter(|now| self.written_on != Some(*now)).or_else(month).or(now);
                now.map(|now| if now.start == now.end { now } else { now.to_date() })
            }
            PeriodWord::Day => {
                // 截至1月29日，…，当日…
                let now = self.current.or(self.standing).map(|(period, _)| period);
                let month = |now: &Period| now.end == Period::month(now.end.year, now.end.month).end;
                now.filter(|now| now.start == now.end || !month(now))
                    .map(|now| Period::day(now.end))
                    .or(self.written_on)
            }
            PeriodWord::This(months) => {
                self.parts.iter().zip(PARTS).find_map(|(part, of)| part.filter(|_| of == months))
            }
            PeriodWord::WeekBefore => self.current.and_then(|(period, _)| period.week_before()),
            PeriodWord::ToDate => None,
        }
    }

    /// 期初: what there was at the end of the year before.
    pub(crate) fn opening(&self) -> Option<Period> {
        let now = self.current.map(|(period, _)| period.start.year).or(self.report_year)?;
        Some(Period::year(now - 1))
    }

    /// A year as the text counts years.
    pub(crate) fn year(&self, year: i16) -> Period {
        if self.fiscal { Period::financial_year(year) } else { Period::year(year) }
    }

    /// 12月31日止年度: the year up to that day.
    pub(crate) fn ended(&self, when: &When, months: u8) -> Option<Period> {
        let end = when.resolve(self.year_at_hand())?.end;
        let month = i16::from(end.month) - i16::from(months);
        let (year, month) = (end.year + month.div_euclid(12), month.rem_euclid(12) + 1);
        Some(Period { start: Period::month(year, u8::try_from(month).ok()?).start, end })
    }

    /// 从1998年起: from then to the year of the text.
    pub(crate) fn since(&self, when: &When) -> Option<Period> {
        let start = when.resolve(self.year_at_hand())?.start;
        let told = self
            .current
            .or(self.standing)
            .map(|(period, _)| period.end)
            .filter(|end| *end >= start && end.year == start.year);
        let end = told.unwrap_or(Period::year(self.report_year?.max(start.year)).end);
        Some(Period { start, end })
    }

    /// Notes a five-year plan that is named, where it is under way.
    pub(crate) fn note_plan(&mut self, plan: Period) {
        let under_way = self.report_year.is_none_or(|now| (plan.start.year..=plan.end.year).contains(&now));
        self.plan = Some(plan).filter(|_| under_way).or(self.plan);
    }

    /// 两年平均 in 2021: the run of so many years that was named, else the years up to the one at hand.
    pub(crate) fn run(&self, years: i16) -> Option<Period> {
        let told = self.current.map(|(period, _)| period).filter(|period| period.is_year());
        // A report of March looks back on the years up to the last one.
        let full = self.report_year.map_or(i16::MAX, |year| year - i16::from(self.written.is_early()));
        let last = told.map(|period| period.start.year.min(full));
        let back = last.and_then(|last| Some(Period::years(last.checked_sub(years)? + 1, last)));
        self.named_run(years).or(back).or_else(|| self.resolve_word(PeriodWord::Term(years)))
    }

    /// 五年内: the run of so many years, or the plan, that was named.
    pub(crate) fn named_run(&self, years: i16) -> Option<Period> {
        self.plan.filter(|plan| *plan == Period::years(plan.start.year, plan.start.year.saturating_add(years - 1)))
    }

    /// 近两年 in a report of 2022: 2021 and 2022. 未来三年: the three that follow.
    pub(crate) fn window(&self, years: u32, ahead: bool) -> Option<Period> {
        let (year, years) = (self.report_year?, i16::try_from(years).ok()?);
        if ahead {
            let first = year + 1 - i16::from(self.written.is_early());
            let plan = self.named_run(years).filter(|plan| (year..=first).contains(&plan.start.year));
            return Some(plan.unwrap_or(Period::years(first, first.checked_add(years)? - 1)));
        }
        let last = year - i16::from(self.written.is_early());
        Some(Period::years(last.checked_sub(years)? + 1, last))
    }
}
