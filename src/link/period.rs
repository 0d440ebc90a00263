//! Which days a number is about: dates and words for times as they are met, carried on to what follows.

use crate::calendar::Period;
use crate::lexicon::{Entry, Lexicon, PeriodWord, Role, is_digit};
use crate::mention::{Mention, When};
use crate::terms::Kind;
use crate::text::{InFlow, Span};
use crate::trace::Reason;

use super::clause::Sentence;
use super::edges;
use super::hold::{self, Hold};
pub(crate) use super::sign::{Sign, Told};
use super::stretch::is_first;
use super::year::{self, Written};

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
    /// The year that a number of the sentence was compared with.
    pub(crate) base: Option<Period>,
    /// The two ends of the last 从…到….
    pub(crate) ends: (Option<Period>, Option<Period>),
    /// The same in the sentence before, while no other time is told.
    pub(crate) past_ends: (Option<Period>, Option<Period>),
}

impl Clock {
    /// The year that a bare month belongs to: of a span of years its last, but none that is yet to come.
    fn year_at_hand(&self) -> Option<i16> {
        let told = self.current.or(self.standing).map(|(period, _)| period);
        let running =
            |period: &Period| self.report_year.filter(|now| (period.start.year..period.end.year).contains(now));
        told.map(|period| running(&period).unwrap_or(period.end.year)).or(self.report_year)
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
        if period.start.year < period.end.year {
            self.span = Some(period);
            let begun = self.report_year.is_none_or(|now| period.start.year <= now);
            self.plan = self.span.filter(|_| begun).or(self.plan);
        }
        if lasting {
            self.standing = self.current;
        }
    }

    /// The days of a written date here.
    pub(crate) fn resolve(&self, when: &When, to_date: bool) -> Option<Period> {
        let year = match when.offset {
            Some(offset) => self.resolve_word(PeriodWord::Year(offset)).map(|period| period.start.year),
            None => self.year_at_hand(),
        };
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
                if self.standing.is_some_and(|(period, _)| period.is_year() && Some(period.start.year) > report) =>
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
            PeriodWord::ToDate => None,
        }
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

/// The signs of time in a sentence, `first` where it opens a paragraph, in order, without those that are compared with and those that date the text.
pub(crate) fn signs(sentence: Sentence<'_>, first: bool, lexicon: &Lexicon, out: &mut Vec<Told>) {
    out.clear();
    weighed(sentence, first, lexicon, |span, sign, hold| {
        if let (Some(sign), Ok(hold)) = (sign, hold) {
            out.push(Told { span, sign, hold, period: None });
        }
    });
    out.sort_unstable_by_key(|told| told.span.start);
}

/// Every sign of time in a sentence, with how far it reaches or why it reaches nothing.
pub(crate) fn weighed(
    sentence: Sentence<'_>,
    first: bool,
    lexicon: &Lexicon,
    mut each: impl FnMut(Span<InFlow>, Option<Sign>, Result<Hold, Reason>),
) {
    for mention in sentence.mentions {
        if mention.kind == Kind::Date && dates_the_text(sentence, mention, lexicon) {
            each(mention.span, None, Err(Reason::DatesText));
        } else if let Some(sign) = of_mention(sentence, mention, lexicon) {
            each(mention.span, Some(sign), hold::of(sentence, mention.span, &sign, first, lexicon));
        }
    }
    for (row, span) in sentence.words {
        let Some(Entry::Period(word)) = lexicon.entry(*row) else { continue };
        // 一年内 is a length and no 年内; 五年来 is a word.
        let same = matches!(word, PeriodWord::SamePeriodBefore | PeriodWord::SamePeriod);
        let covered = sentence.mentions.iter().any(|mention| {
            let dated = mention.kind == Kind::Date;
            mention.span.overlaps(*span) && (dated || mention.span.start < span.start)
                || same && dated && mention.span.end == span.start
        });
        // 一年内 where 一 is an article; 几十年来.
        let before = Span::<InFlow>::new(sentence.span.start, span.start).of(sentence.text);
        let numeral = |c: char| lexicon.is_numeral_char(c) || is_digit(c);
        let length = span.of(sentence.text).starts_with(|c: char| c == '年' || numeral(c))
            && before.ends_with(|c: char| numeral(c) || matches!(c, '几' | '幾' | '数' | '數'));
        let told = matches!(word, PeriodWord::Term(_)) && dates_behind(sentence, before);
        let aside = *word == PeriodWord::Before && !is_a_figures(before, span.after(sentence.text));
        // 前六个月 that opens no year: a length of time.
        let months = matches!(word, PeriodWord::Months(..)) && span.of(sentence.text).ends_with('月');
        if covered || months || length || told || aside || *word == PeriodWord::ToDate {
            continue;
        }
        let compared =
            same && before.trim_end().ends_with(['比', '较', '較', '与', '與', '同', '和', '跟', '是', '为', '占']);
        let sign = of_word(*word, span.after(sentence.text));
        let hold = if compared { Err(Reason::Compared) } else { hold::of(sentence, *span, &sign, first, lexicon) };
        each(*span, Some(sign), hold);
    }
}

/// 由上月的49.3%升至49.7%, （上月为49.3%）: whether the words around the month before tell a figure of it.
fn is_a_figures(before: &str, after: &str) -> bool {
    let counted = after.trim_start_matches(['的', '为', '為', '是']).starts_with(is_digit);
    before.ends_with(['由', '从', '從']) || counted && before.ends_with(['，', ',', '（', '(', '；'])
}

/// What a word for a time says: 末 behind a five-year plan names its last year.
fn of_word(word: PeriodWord, after: &str) -> Sign {
    let ends = after.trim_start_matches('期').starts_with('末');
    match word {
        PeriodWord::FiveYearPlan(plan) if ends => Sign::PlanEnd(plan),
        _ => Sign::Word(word),
    }
}

fn of_mention(sentence: Sentence<'_>, mention: &Mention, lexicon: &Lexicon) -> Option<Sign> {
    if mention.kind == Kind::Date {
        if let Some(word) = mention.period {
            return Some(of_word(word, mention.span.after(sentence.text)));
        }
        let when = mention.when?;
        let before = sentence.words_ending(sentence.trim_end(sentence.span.start, mention.span.start));
        let after = Span::<InFlow>::new(mention.span.end, sentence.span.end).of(sentence.text);
        // 前7月: from January on.
        let first = when.first;
        if let (Some(month), None, None, None) = (first.month, first.year, first.day, when.last)
            && is_first(sentence, mention.span.start)
        {
            return Some(Sign::Word(PeriodWord::Months(1, month)));
        }
        if let (Some(year), None, None) = (first.year, first.month, when.last)
            && sentence.words_in(Span::new(mention.span.end, sentence.span.end)).iter().take(2).any(|(row, word)| {
                word.start == mention.span.end
                    && matches!(
                        lexicon.entry(*row),
                        Some(Entry::Period(PeriodWord::SamePeriodBefore | PeriodWord::SamePeriod))
                    )
            })
        {
            return Some(Sign::Same(year));
        }
        let from = before.iter().any(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::From))));
        if from && after.starts_with(['起', '开']) || after.starts_with("以来") || after.starts_with("以來") {
            return Some(Sign::Since(when));
        }
        if let Some(months) = first.day.and_then(|_| edges::months_ended(after, lexicon)) {
            return Some(Sign::Ended(when, months));
        }
        let until =
            before.iter().any(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::ToDate))));
        return Some(Sign::Date(when, until));
    }
    let quantity = mention.quantity.as_ref().filter(|quantity| quantity.time)?;
    let years = quantity.value.as_ref()?.to_u32()?;
    let before = sentence.words_ending(sentence.trim_end(sentence.span.start, mention.span.start));
    let window = before
        .iter()
        .find(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Recent))))
        .map(|(_, span)| span.of(sentence.text));
    let unit = quantity.unit?.of(sentence.text);
    // 前两个月, 前两月
    if (unit == "月" || unit.starts_with(['个', '個']) && unit.ends_with('月'))
        && (1..=12).contains(&years)
        && is_first(sentence, mention.span.start)
    {
        return Some(Sign::Word(PeriodWord::Months(1, u8::try_from(years).ok()?)));
    }
    if unit != "年" || !(1..=50).contains(&years) {
        return None;
    }
    if let Some(when) = year::named_run(sentence, mention, years) {
        return Some(Sign::Date(when, false));
    }
    // 从1983年到1987年的五年间
    let before = Span::<InFlow>::new(sentence.span.start, mention.span.start).of(sentence.text);
    if dates_behind(sentence, before) {
        return None;
    }
    // 这两年取得成果3项
    let after = Span::<InFlow>::new(mention.span.end, sentence.span.end).of(sentence.text);
    if before.ends_with(['这', '這']) && years > 1 && !after.starts_with(['内', '內', '要', '将', '將']) {
        return Some(Sign::Years(i16::try_from(years).ok()?));
    }
    let ahead = lexicon.closing(before, Role::Ahead).is_some();
    if window.is_some() || ahead {
        return Some(Sign::Window(years, ahead));
    }
    run_of_years(before, after, i16::try_from(years).ok()?, lexicon)
}

/// 从1983年到1987年的: whether a date and 的 stand at the end of words.
fn dates_behind(sentence: Sentence<'_>, before: &str) -> bool {
    before.strip_suffix('的').is_some_and(|rest| {
        let end = sentence.span.start + u32::try_from(rest.len()).unwrap_or(0);
        let at = sentence.mentions.partition_point(|mention| mention.span.end < end);
        sentence.mentions.get(at).is_some_and(|mention| mention.kind == Kind::Date && mention.span.end == end)
    })
}

/// 五年内, 两年平均, 两年来: a length of years that the text has named or counts back from its own.
fn run_of_years(before: &str, after: &str, years: i16, lexicon: &Lexicon) -> Option<Sign> {
    // 前三年共 are the first of more; 4年来首次 tells a record.
    let part = before.ends_with(['前', '头', '后', '第', '个', '满', '每']);
    if years < 2 || part || lexicon.opening(after, Role::Spell).is_some() {
        return None;
    }
    if lexicon.opening(after, Role::Within).is_some() {
        return Some(Sign::Within(years));
    }
    let run = lexicon.opening(after, Role::Through)?;
    let record = run.ends_with('来') && after.get(run.len()..).is_some_and(|rest| hold::is_record(rest, lexicon));
    (!record).then_some(Sign::Years(years))
}

/// A day before 发布, or alone in brackets, dates the text and not the figures; behind 首日 or 第36周 brackets say when
/// that was, and a range is no date of a text.
fn dates_the_text(sentence: Sentence<'_>, mention: &Mention, lexicon: &Lexicon) -> bool {
    let is_day = mention.when.is_some_and(|when| when.first.day.is_some());
    let after = Span::<InFlow>::new(mention.span.end, sentence.span.end);
    let outside = Span::<InFlow>::new(sentence.span.start, mention.span.start).of(sentence.text);
    let outside = outside.strip_suffix(['（', '(']).filter(|_| after.of(sentence.text).starts_with(['）', ')']));
    let said_when = |outside: &str| outside.ends_with(['日', '天', '周', '期', '间', '季', '节', '假']);
    let range = mention.when.is_some_and(|when| when.last.is_some());
    let bracketed = !range && outside.is_some_and(|outside| !said_when(outside));
    let near = Span::<InFlow>::at(after.from(), after.from() + after.len().min(24) as usize);
    // 5月2日电, but 5月2日，全市用电
    let published = sentence.words_in(near).iter().any(|(row, word)| {
        let close = word.start == after.start || word.of(sentence.text).chars().nth(1).is_some();
        close && matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Publishes)))
    });
    is_day && (bracketed || published)
}
