//! The signs of time in a sentence: its dates and words for a time, what each says and how far it reaches.

use crate::lexicon::{Entry, Lexicon, PeriodWord, Role, RowId, is_digit, is_han, joins};
use crate::mention::{Mention, When};
use crate::reflow::is_posted;
use crate::terms::Kind;
use crate::text::{InFlow, Span};
use crate::trace::Reason;

use super::aside;
use super::clause::{Sentence, is_pause};
use super::clock::Clock;
use super::edges;
use super::hold::{self, Hold};
pub(crate) use super::sign::{Sign, Told};
use super::stretch::is_first;

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
        let aside = matches!(word, PeriodWord::Before | PeriodWord::WeekBefore)
            && !is_a_figures(before, span.after(sentence.text));
        // 前六个月 that opens no year: a length of time.
        let months = matches!(word, PeriodWord::Months(..)) && span.of(sentence.text).ends_with('月');
        // 本周五, 本月10日: a day of it.
        let day = matches!(word, PeriodWord::This(_))
            && span.after(sentence.text).starts_with(|c: char| numeral(c) || matches!(c, '日' | '天' | '末' | '初'));
        if covered || months || length || told || aside || day || *word == PeriodWord::ToDate {
            continue;
        }
        let compared =
            same && before.trim_end().ends_with(['比', '较', '較', '与', '與', '同', '和', '跟', '是', '为', '占']);
        let sign = of_word(*word, (before, span.of(sentence.text), span.after(sentence.text)));
        let hold = if compared { Err(Reason::Compared) } else { hold::of(sentence, *span, &sign, first, lexicon) };
        each(*span, Some(sign), hold);
    }
}

/// 由上月的49.3%升至49.7%, （上月为49.3%）: whether the words around the month before tell a figure of it.
fn is_a_figures(before: &str, after: &str) -> bool {
    let counted = after.trim_start_matches(['的', '为', '為', '是']).starts_with(is_digit);
    before.ends_with(['由', '从', '從']) || counted && before.ends_with(['，', ',', '（', '(', '；'])
}

/// What tells a number of 同期, where a noun would be of that time.
const TELLS: [char; 18] =
    ['为', '為', '是', '的', '比', '增', '下', '上', '减', '減', '提', '水', '平', '数', '數', '达', '達', '约'];

/// What a word for a time says: 末 behind a five-year plan names its last year, behind a quarter the year up to there.
fn of_word(word: PeriodWord, (before, words, after): (&str, &str, &str)) -> Sign {
    // 同期全省出口900亿元, but 比同期增长, 同期为3亿元
    let named = after.starts_with(|c: char| is_han(c) && !TELLS.contains(&c));
    if words == "同期" && named && (before.is_empty() || before.ends_with(is_pause)) {
        return Sign::Word(PeriodWord::SamePeriod);
    }
    let ends = after.trim_start_matches('期').starts_with('末');
    match word {
        PeriodWord::FiveYearPlan(plan) if ends => Sign::PlanEnd(plan),
        PeriodWord::Months(..) if after.starts_with(['末', '底']) => Sign::UpTo(word),
        _ => Sign::Word(word),
    }
}

fn of_mention(sentence: Sentence<'_>, mention: &Mention, lexicon: &Lexicon) -> Option<Sign> {
    if mention.kind == Kind::Date {
        let before = sentence.words_ending(sentence.trim_end(sentence.span.start, mention.span.start));
        let after = Span::<InFlow>::new(mention.span.end, sentence.span.end).of(sentence.text);
        let until =
            before.iter().any(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::ToDate))));
        if let Some(word) = mention.period {
            return Some(match of_word(word, ("", "", after)) {
                Sign::Word(word @ PeriodWord::Months(..)) if until => Sign::UpTo(word),
                sign => sign,
            });
        }
        let when = mention.when?;
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
        if from && after.starts_with(['起', '开']) || opens_since(after, lexicon) {
            return Some(Sign::Since(when));
        }
        if let Some(months) = first.month.and_then(|_| edges::months_ended(after, lexicon)) {
            return Some(Sign::Ended(when, months));
        }
        // 2018年三季度末
        let ends = first.quarter.is_some() && after.starts_with(['末', '底']);
        return Some(Sign::Date(when, until || ends));
    }
    let quantity = mention.quantity.as_ref().filter(|quantity| quantity.time)?;
    let years = quantity.value.as_ref()?.to_u32()?;
    // 近4年, 过去的4年
    let end = sentence.trim_end(sentence.span.start, mention.span.start);
    let leads = Span::<InFlow>::new(sentence.span.start, end).of(sentence.text);
    let led = leads.strip_suffix('的').map_or(leads.len(), str::len);
    let before = sentence.words_ending(Span::<InFlow>::at(sentence.span.from(), sentence.span.from() + led).end);
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
    // 建国36年来
    if unit == "年" && lexicon.closing(leads, Role::Founding).is_some() {
        let passed = i16::try_from(years).ok()?;
        return Some(Sign::Date(When::years(FOUNDED, FOUNDED.checked_add(passed)?), false));
    }
    if unit != "年" || !(1..=50).contains(&years) {
        return None;
    }
    let named = named_run(sentence, mention, years);
    if let Some(when) = named.or_else(|| first_of_plan(sentence, mention, years)) {
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
    let ahead = lexicon.closing(before.trim_end_matches('的'), Role::Ahead).is_some();
    if window.is_some() || ahead {
        return Some(Sign::Window(years, ahead));
    }
    run_of_years(before, after, i16::try_from(years).ok()?, lexicon)
}

/// The year in which the People's Republic was founded.
const FOUNDED: i16 = 1949;

/// 2000年以来, 2000年项目实施以来，; 2000年启动后，累计: whether the words behind a date tell of the time from then on.
fn opens_since(after: &str, lexicon: &Lexicon) -> bool {
    let event = || {
        let (event, rest) = after.split_once(['，', ','])?;
        let summed = event.ends_with(['后', '後']) && lexicon.opening(rest, Role::Through).is_some();
        let since = event.strip_suffix(['来', '來']).is_some_and(|event| event.ends_with('以'));
        // 2023年是新中国成立以来，: no event of that year.
        let named = !event.starts_with(['是', '为', '為', '在']);
        Some((summed || since) && named && !event.contains(is_digit) && event.len() <= EVENT)
    };
    aside::behind_since(after, lexicon).is_some() || event().unwrap_or(false)
}

/// Bytes of the longest name of what goes on since a date.
const EVENT: usize = 48;

/// 从1983年到1987年的: whether a date and 的 stand at the end of words.
fn dates_behind(sentence: Sentence<'_>, before: &str) -> bool {
    before.strip_suffix('的').is_some_and(|rest| {
        let end = sentence.span.start + u32::try_from(rest.len()).unwrap_or(0);
        let at = sentence.mentions.partition_point(|mention| mention.span.end < end);
        sentence.mentions.get(at).is_some_and(|mention| mention.kind == Kind::Date && mention.span.end == end)
    })
}

/// Years of a term, which a report looks back on.
const TERM: i16 = 5;
/// Characters that go on with 五年 itself: 五年来, 五年后, 五年级.
const LEADS: [char; 20] = [
    '来', '來', '前', '后', '後', '内', '內', '间', '間', '中', '里', '的', '以', '左', '多', '余', '级', '級', '之',
    '未',
];

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
    // 五年全社会投资完成23亿元: at the head of a clause, those that a term has.
    let heads = before.is_empty() || before.ends_with(|c: char| is_pause(c) || c.is_whitespace());
    // 五年规划; 五年增长50% is of what was told before.
    let change = |row: &RowId| matches!(lexicon.entry(*row), Some(Entry::Change { .. }));
    let named = lexicon.opening(after, Role::PlanName).is_some()
        || lexicon.word(after).is_some_and(|(_, rows)| rows.iter().any(change));
    if years == TERM && heads && !named && after.starts_with(|c: char| is_han(c) && !LEADS.contains(&c)) {
        return Some(Sign::Years(years));
    }
    let run = lexicon.opening(after, Role::Through)?;
    let back = run.ends_with(['来', '來']);
    let record = back && after.get(run.len()..).is_some_and(|rest| aside::is_record(rest, lexicon));
    // 六年来 counts back from the text's own year.
    let sign = if back { Sign::Word(PeriodWord::Term(years)) } else { Sign::Years(years) };
    (!record).then_some(sign)
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
    // 某日报 2023-05-31
    let posted = || mention.span.start > sentence.span.start && is_posted(sentence.span.of(sentence.text));
    is_day && (bracketed || published || is_stamp(sentence, mention, lexicon) || posted())
}

/// 2023-05-31 10:23 来源：某报: a day with an hour and a source behind it, in a line that counts nothing.
pub(super) fn is_stamp(sentence: Sentence<'_>, day: &Mention, lexicon: &Lexicon) -> bool {
    let after = day.span.after(sentence.text);
    let line = after.get(..(sentence.span.end.max(day.span.end) - day.span.end) as usize).unwrap_or_default();
    let source = line.trim_start().trim_start_matches(|c: char| is_digit(c) || matches!(c, ':' | '：'));
    day.span.start == sentence.span.start
        && source.len() < line.trim_start().len()
        && lexicon.opening(source.trim_start(), Role::Byline).is_some()
        && !source.trim_end_matches('。').contains(['，', '。', '；'])
        && !sentence.mentions.iter().any(|mention| mention.kind.is_quantity())
}

/// “十四五”前三年: the first years of a plan.
fn first_of_plan(sentence: Sentence<'_>, number: &Mention, years: u32) -> Option<When> {
    let before = number.span.before(sentence.text).strip_suffix(['前', '头', '頭'])?;
    let before = before.trim_end_matches(['的', '期', '时', '時', '间', '間']);
    let at = sentence.mentions.partition_point(|mention| (mention.span.end as usize) < before.len());
    let word = sentence.mentions.get(at).filter(|plan| plan.span.end <= number.span.start)?.period?;
    let plan = Clock::default().resolve_word(word).filter(|_| matches!(word, PeriodWord::FiveYearPlan(_)))?;
    let last = plan.start.year + i16::try_from(years).ok()? - 1;
    (last < plan.end.year).then(|| When::years(plan.start.year, last))
}

/// 1958年和1959年两年: the years that are named right before their number.
fn named_run(sentence: Sentence<'_>, number: &Mention, years: u32) -> Option<When> {
    let at = sentence.mentions.partition_point(|mention| mention.span.end <= number.span.start);
    let back = usize::try_from(years).ok().filter(|years| (2..=6).contains(years))?;
    let named = sentence.mentions.get(at.checked_sub(back)?..at)?;
    let (first, last) = (named.first()?, named.last()?);
    let year = |mention: &Mention| mention.when.filter(|when| when.last.is_none()).map(|when| when.first);
    let (start, end) = (year(first)?, year(last)?);
    let run = end.year? - start.year? + 1 == i16::try_from(years).ok()? && end.month.is_none() && start.month.is_none();
    let joined = named.windows(2).all(|pair| match pair {
        [one, next] => {
            let between = Span::<InFlow>::new(one.span.end, next.span.start.max(one.span.end)).of(sentence.text);
            joins(between)
        }
        _ => false,
    });
    let whole = When { first: start, last: Some(end), to_date: false, fiscal: false, offset: None };
    (run && joined && last.span.end == number.span.start).then_some(whole)
}
