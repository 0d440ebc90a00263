//! Which time a number is about: the clock told of each date as it is passed.

use super::aside;
use super::clause::{Field, Sentence, is_pause};
use super::edges;
use super::hold::{self, Hold};
use super::period::{Sign, Told};
use super::relation::Reading;
use super::sentence::State;
use super::{Linker, Observation, Within};
use crate::calendar::Period;
use crate::lexicon::{Entry, PeriodWord, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Comparison, Kind, Relation, Status};
use crate::text::{InFlow, Phrase, Span};
use crate::trace::Column;

/// Bytes at most between the head of a sentence and the time that heads it: 截至, 今年.
const NEAR_HEAD: u32 = 12;
/// The same where a pause stands between: 记者从市商务局获悉，.
const TELLER: u32 = 90;

/// The same where the label of a paragraph stands between: 人口与民族：.
const LABEL: u32 = 40;

/// Characters of the longest word for a year before a time: 今年.
const YEAR: usize = 2;

impl Linker<'_> {
    /// Tells the clock of the dates up to a number, but for those in what it is compared with; gives the period that the
    /// number's own words name.
    pub(super) fn tell_until(
        &mut self,
        sentence: Sentence<'_>,
        (end, compared): (u32, Option<Span<InFlow>>),
        reading: &Reading,
        field: &Field,
        state: &mut State,
        signs: &mut [Told],
    ) -> Option<Period> {
        let mut dated = None;
        while let Some(told) = signs.get_mut(state.next_sign).filter(|told| told.span.start < end) {
            let span = told.span;
            state.next_sign += 1;
            if self.runs_on(told.sign) {
                state.within = Some(span);
            }
            if compared.is_some_and(|compared| compared.overlaps(span)) {
                continue;
            }
            self.step_aside(sentence, span, state);
            // What 从 opens is past where the sentence goes on.
            if reading.opened && field.left.contains(span) && span.start >= reading.subject_end {
                dated = self.year_before(*told).or_else(|| self.resolved(told.sign)).or(dated);
                continue;
            }
            let period = self.tell(*told, state);
            self.clock.past_ends = (None, None);
            told.period = period;
            // 今年前六个月: the six months are a time of their own.
            if field.left.contains(span) || span.start == field.left.end {
                dated = period.or(dated);
            }
            if let (Hold::Number, Some(window)) = (told.hold, period)
                && !matches!(
                    told.sign,
                    Sign::Same(_)
                        | Sign::Word(PeriodWord::SamePeriodBefore | PeriodWord::Before | PeriodWord::WeekBefore)
                )
                && !aside::behind_than(span.before(self.document.text))
                // 是“十二五”时期43200万元的1.87倍
                && !span.before(self.document.text).ends_with(['是', '为', '為', '于', '於', '由', '从', '從'])
            {
                state.window = Some((window, span));
            }
        }
        self.come_back(end, state);
        dated.or(state.window.filter(|(_, words)| field.clause.contains(*words)).map(|(window, _)| window))
    }

    /// （不含上年结存2万件）: a time in brackets that hold a number, or that does not open them, ends with them.
    pub(super) fn step_aside(&mut self, sentence: Sentence<'_>, time: Span<InFlow>, state: &mut State) {
        self.come_back(time.start, state);
        let brackets = || {
            let brackets = sentence.brackets(time)?;
            let number = |mention: &Mention| mention.kind.is_quantity();
            let before = Span::<InFlow>::new(brackets.start, time.start).of(sentence.text);
            let opens = before.chars().nth(1).is_none_or(|c| matches!(c, '截' | '至' | '到'));
            (!opens || sentence.mentions_in(brackets).iter().any(number)).then_some(brackets.end)
        };
        if state.aside.is_none()
            && let Some(end) = brackets()
        {
            state.aside = Some((end, (self.clock.current, self.clock.standing)));
        }
    }

    /// Behind brackets, what held before them holds again.
    pub(super) fn come_back(&mut self, at: u32, state: &mut State) {
        if let Some((_, held)) = state.aside.take_if(|(end, _)| *end <= at) {
            (self.clock.current, self.clock.standing) = held;
        }
    }

    /// 五年内, 未来三年: whether a length of time is yet to run.
    fn runs_on(&self, sign: Sign) -> bool {
        let over = |run: Period| self.clock.report_year.is_some_and(|now| run.end.year < now);
        match sign {
            Sign::Window(_, ahead) => ahead,
            Sign::Within(years) => !self.clock.named_run(years).is_some_and(over),
            _ => false,
        }
    }

    pub(super) fn tell(&mut self, told: Told, state: &State) -> Option<Period> {
        let Told { span, sign, hold, .. } = told;
        if state.versus.is_some_and(|(_, _, phrase)| phrase.contains(span)) {
            return None;
        }
        if let Sign::Date(when, _) | Sign::Since(when) = sign
            && let Some(month) = when.last.and_then(|last| last.month).or(when.first.month)
        {
            self.clock.month = Some(month);
        }
        let full = self.whole_year_before(sign, state).or_else(|| self.year_before(told));
        let full = full.or_else(|| self.year_so_far(told, state));
        let Some(period) = full.or_else(|| self.resolved(sign)) else {
            // 今年上半年, where nothing tells the year: no year that was told before holds any more.
            if matches!(sign, Sign::Word(PeriodWord::Year(0))) {
                (self.clock.current, self.clock.standing) = (None, None);
            }
            return None;
        };
        if let Sign::Word(PeriodWord::FiveYearPlan(_)) = sign {
            self.clock.note_plan(period);
        }
        if let Sign::Years(_) | Sign::Window(_, true) = sign {
            self.clock.note_run(period);
        }
        if hold == Hold::Number || self.ends_within_run(sign, period, span) {
            return Some(period);
        }
        // A time yet to come is told of in its paragraph only, but where the section sets out plans; among results, in
        // its sentence.
        let section = self.inherited(self.section, |set| set.1).map(|(status, _)| status);
        let ahead = self.clock.report_year.is_some_and(|now| period.start.year > now || period.runs_beyond(now));
        // 2014年…; 2015年上半年…: nor is a time ahead of the year that is only named most, where nothing is aimed at.
        let ahead = ahead && !(self.clock.guessed && !state.aims && period.is_part());
        // In a report of a year, a month or a day is one event of it; 1-11月 is the time it reports on.
        let reported = period == Period::months(period.start.year, 1, period.end.month) && period.end.month > 1;
        // 截至2月9日18时 tells how things stand, and no event.
        let stands = matches!(sign, Sign::Date(when, true) if when.first.day.is_some());
        let event = self.annual && !stands && period.start.year == period.end.year && !period.is_year() && !reported;
        let near = self.is_near_head(span, state);
        let aims = section == Some(Status::Target) || self.lead.is_some();
        // 规划提出，到2025年，…: it holds for the paragraph.
        let aimed = (near && aims || self.quoted.is_some()) && self.is_aimed_at(period, span);
        let lasting = hold == Hold::On && !event && !(ahead && section == Some(Status::Actual)) || aimed;
        if matches!(sign, Sign::Window(_, false)) {
            self.clock.current = Some((period, span));
            return Some(period);
        }
        // 截止2010年底，…。有1109户…: at the head of a paragraph, among figures of years before.
        let moved = |(told, _): &(Period, Span<InFlow>)| told.end.year < period.start.year;
        let until = matches!(sign, Sign::Date(when, until) if until || when.to_date && !ahead) && period.is_year();
        let passed = until && state.past.is_empty() && near;
        let passed = passed && self.clock.standing.as_ref().is_some_and(moved);
        self.clock.note(period, span, lasting || passed);
        // 从1999年起 names no run of years that 这五年 could mean.
        if !matches!(sign, Sign::Since(_)) {
            self.clock.note_run(period);
        }
        // 2020年第二季度，…。⏎一、…⏎本季…: what a text calls 本季 is what all of it is of.
        if self.section == 0 {
            self.opening = Some(period).filter(|period| period.is_part()).or(self.opening);
        } else if matches!(sign, Sign::Word(PeriodWord::This(1 | 3))) && self.opening == Some(period) && !self.annual {
            self.hold_throughout(period);
        }
        // 发布2021年1月物价数据。…: all of a release is of the month that it is on.
        let released = hold::reports(span.before(self.document.text), self.lexicon);
        let heads =
            self.section == 0 && self.within == Within::Text && self.earlier.is_empty() && state.past.is_empty();
        if released && lasting && heads && period.before().or(period.week_before()).is_some() {
            self.hold_throughout(period);
        }
        let opens = lasting && !(ahead && section.is_none() && self.lead.is_none());
        let long = period.start != period.end || self.full_day(span);
        // 2001年并村，2007年人口4万人。⏎耕地3万亩。: of the years of one sentence the last holds on.
        let last_of = |(year, words): (Period, Span<InFlow>)| {
            words.start >= state.start && year.is_year() && period.is_year() && year.end < period.start
        };
        if opens && self.opened.is_some_and(last_of) && span.before(self.document.text).ends_with(is_pause) {
            self.opened = self.clock.current;
        }
        if opens && state.past.is_empty() && self.heads(span, period, state) && long {
            if self.within != Within::Text {
                self.item = self.clock.current;
                return Some(period);
            }
            (self.opened, self.item) = (self.clock.current, None);
            // 一、工作回顾 with 2024年，… under it: the year of the sections inside too, if it is this one or the last.
            let near = |now: i16| (now - 1..=now).contains(&period.start.year);
            // 2024年1至6月，… at the head of a text that no title dates: those of its year that all of it is about.
            let months = Period::months(period.start.year, 1, period.end.month);
            if self.section == 0 && period == months && (2..12).contains(&period.end.month) {
                self.hold_throughout(period);
            }
            if period.is_year()
                && self.clock.report_year.is_some_and(near)
                && let Some(slot) = self.sections.get_mut(self.section as usize)
            {
                slot.0 = slot.0.or(self.clock.current);
            }
        }
        Some(period)
    }

    /// “十二五”期间，产值由2010年的5亿元增加到2015年的9亿元，新建公路300公里: whether a year that something came to is one of the years that
    /// the sentence tells of.
    fn ends_within_run(&self, sign: Sign, year: Period, words: Span<InFlow>) -> bool {
        let within = |(run, told): (Period, Span<InFlow>)| {
            run.start.year < run.end.year && run.start <= year.start && year.end <= run.end && !told.is_empty()
        };
        matches!(sign, Sign::Date(..))
            && words.before(self.document.text).ends_with(['到', '至'])
            && self.clock.ends.0.is_some()
            && self.clock.current.is_some_and(within)
    }

    /// 今年, 人口与民族：2005年底，: whether a time stands at the head of its sentence, behind a label at most.
    fn is_near_head(&self, time: Span<InFlow>, state: &State) -> bool {
        let before = Span::<InFlow>::new(state.start, time.start.max(state.start));
        let label = before.of(self.document.text).trim_end_matches(['截', '至', '止', '到']);
        before.len() <= NEAR_HEAD
            || before.len() <= LABEL && label.ends_with(['：', ':']) && !label.contains(['，', '；', ','])
    }

    /// 据海关统计，2024年一季度，…; 受疫情影响，2024年一季度，…: whether a time heads its sentence, behind no more than the words of
    /// who tells it, or where it is shorter than a year, one clause without a number.
    fn heads(&self, time: Span<InFlow>, period: Period, state: &State) -> bool {
        let words = Span::<InFlow>::new(state.start, time.start);
        let before = words.of(self.document.text);
        // 获悉，今年前三季度: the year stands before it.
        let year = |entry: &Entry| matches!(entry, Entry::Period(PeriodWord::Year(_)));
        // 据某局统计，截至6月20日
        let until = before.ends_with(['至', '止']);
        let named = until || self.lexicon.ending(before, YEAR).any(year);
        let before = if named { before.trim_end_matches(|c| !matches!(c, '，' | ',')) } else { before };
        let clause = before.strip_suffix(['，', ',']);
        let told = || self.lexicon.closing(clause?, Role::Teller);
        let alone = || !period.is_year() && clause.is_some_and(|clause| !clause.contains(['，', ',', '；', '：']));
        let counted = || state.past.iter().any(|past| words.start < past.end && past.end <= words.end);
        let near = words.len() <= TELLER && !counted();
        words.len() <= NEAR_HEAD || near && (alone() || told().is_some())
    }

    /// A time told of at the head of a text holds in all of it, where no title dates it otherwise than by its year.
    fn hold_throughout(&mut self, period: Period) {
        let year = |(year, words): (Period, Span<InFlow>)| words.is_empty() && year == Period::year(period.start.year);
        if let Some(slot) = self.sections.first_mut().filter(|slot| slot.0.is_some_and(year)) {
            slot.0 = self.clock.current;
        }
    }

    /// 过去五年，…。城镇化率达到65%: what there was in the end is of the last of the years that a sentence before told of,
    /// what was done (新增企业500家) of all of them.
    pub(super) fn last_of_run(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        kind: Kind,
        state: &State,
    ) -> Option<Period> {
        let (run, _) = self.clock.current.filter(|(_, words)| !words.is_empty() && words.end <= state.start)?;
        let last = Period::year(run.end.year);
        let over = self.clock.report_year.is_some_and(|now| run.end.year <= now);
        if run == last || run != Period::years(run.start.year, run.end.year) || !over {
            return None;
        }
        let subject = edges::trim(sentence.text, Span::new(field.left.start, reading.subject_end));
        let levels = Span::<InFlow>::new(reading.subject_end, field.left.end).of(sentence.text);
        let done = |row: &RowId| {
            matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Fresh | Role::Predicate) | Entry::Change { .. }))
        };
        let done = sentence.words_in(subject).iter().any(|(row, word)| word.start == subject.start && done(row));
        // 13个园区建成面积48平方公里: of the parks that there are.
        let theirs = || {
            let past = state.last().filter(|past| past.end > field.clause.start);
            past.is_some_and(|past| past.period == Some(last))
        };
        let counted = sentence.mention_at(field.right.end).is_some_and(|next| next.kind.is_quantity());
        let opens = || subject.is_empty() && field.left.start == field.clause.start && counted;
        let level = reading.relation == Relation::Level && !done && !field.left.of(sentence.text).contains('每');
        let level = level && (!levels.is_empty() || opens() || theirs());
        let stands = self.lexicon.opening(subject.of(sentence.text), Role::Stock).is_some();
        // 城镇化率65%: a rate is what it was in the end.
        let rate = reading.relation == Relation::Level
            && kind == Kind::Percent
            && !subject.is_empty()
            && field.right.of(sentence.text).trim().is_empty();
        let share = reading.relation == Relation::Share;
        // 培训职工12万人。女职工占40%。合格率95%。: parts of what was done in all of the years.
        let before = state.last().or(self.earlier.last().copied()).filter(|past| past.period == Some(run));
        let part = before.is_some_and(|past| match past.relation {
            Relation::Level => share && field.left.of(sentence.text).ends_with(['占', '佔']),
            Relation::Share => share || rate,
            _ => false,
        });
        (!part && (level || stands || rate || reading.reached || share)).then_some(last)
    }

    pub(super) fn period(
        &mut self,
        reading: &Reading,
        dated: Option<Period>,
        between: Option<Period>,
        reached: Option<Period>,
        out: &mut Observation,
    ) {
        let (from, to) = self.clock.ends;
        let mut rule = "the nearest time named before";
        let mut period = dated.or(self.clock.current.map(|(period, _)| period));
        // 1991年至2001年，人均收入从2561元增加到15891元: from the first of the years to the last.
        let named = |words: Span<InFlow>| self.document.mention_at(words).and_then(|mention| mention.when);
        let range = self.clock.current.filter(|(_, words)| named(*words).is_some_and(|when| when.last.is_some()));
        let range = range.map(|(range, _)| range).filter(|range| {
            range.start.year < range.end.year && from.is_none() && dated.is_none_or(|dated| dated == *range)
        });
        if let Some(range) =
            range.filter(|_| reading.opened && self.clock.base.is_none() && self.clock.past_ends.0.is_none())
        {
            let (first, last) = range.end_years();
            self.clock.ends = (Some(first), Some(last));
            period = self.clock.ends.0;
            rule = "the earlier of two times";
        } else if reading.opened {
            self.clock.ends.0 = dated.or(from);
            // 比1980年增加5亿元，其中农业由2亿元增加到3亿元
            let before = self.clock.past_ends.0.filter(|_| between.is_none());
            period = dated.or(from).or(self.clock.base).or(before).or(period);
            rule = "the earlier of two times";
        } else if reading.reached {
            let whole = |dated: &Period| to.is_some_and(|to| dated.start.year < to.start.year && dated.end == to.end);
            let dated = dated.filter(|dated| !whole(dated));
            self.clock.ends.1 = dated.or(to);
            period = dated.or(to).or(self.clock.past_ends.1).or(reached).or(period);
            rule = "the later of two times";
        } else if reading.relation == Relation::Level && reading.comparison == Some(Comparison::Period) {
            // 是1997年的1.8倍: the two years also hold for a 从…到… that follows.
            self.clock.ends = (self.base(reading), period);
        } else if out.comparison == Some(Comparison::AnnualAverage) {
            if let (Some(from), Some(to)) = (from, to) {
                period = Some(Period { start: from.start, end: to.end });
                rule = "over the years named";
            } else if between.is_some() {
                period = between;
                rule = "from one named time to the other";
            } else if let Some(plan) = self.clock.plan
                && period.is_some_and(|period| period.is_year() && period.end == plan.end)
            {
                // “十四五”…，到2025年，产值年均增长6%
                period = Some(plan);
                rule = "over the years of the plan";
            } else if let Some(base) = self.clock.base
                && let Some(now) =
                    period.filter(|now| now.is_year() && base.is_year() && base.end.year + 1 < now.end.year)
            {
                // 2020年比2015年增长40%，年均增长7%
                period = Some(Period { start: base.start, end: now.end });
                rule = "from the year that it was compared with";
            }
        } else if let (None, Some(last)) = (dated, reached) {
            period = Some(last);
            rule = "the last of the years named before";
        }
        self.clock.base = self.base(reading).or(self.clock.base);
        out.period = period;
        let words = self.clock.current.map(|(_, words)| words).filter(|words| !words.is_empty());
        if period.is_some() {
            out.note(Column::Period, if words.is_none() { "the year of the text" } else { rule }, None, words);
        }
    }
}

/// 1982年有水库12座，1987年有20座: from the first of the last two years that something was measured in to the second.
pub(super) fn between_levels(state: &State, subject: &Phrase) -> Option<Period> {
    let mut levels = state.levels_of(*subject);
    let (second, mut first) = (levels.next()?.period?, levels.next()?.period?);
    // 2021年、2022年、2023年分别为2家、3家、4家
    let run = second.start.year == first.start.year + 1;
    while let Some(before) = levels.next().and_then(|past| past.period) {
        if !run || !before.is_year() || before.start.year + 1 != first.start.year {
            break;
        }
        first = before;
    }
    (first.is_year() && second.is_year() && first.start.year < second.start.year)
        .then_some(Period { start: first.start, end: second.end })
}
