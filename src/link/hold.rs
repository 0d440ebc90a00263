//! How far a date reaches: to its own number, its sentence, or what follows.
//!
//! A year at the head of a clause sets the time of what is told (2024年，…). One that belongs to a noun dates that noun
//! only (“十四五”规划, 2005年前注册的车辆), and one in a name dates nothing.

use crate::lexicon::{Entry, Lexicon, PeriodWord, Reach, Role, RowId, is_digit, is_han};
use crate::mention::Mention;
use crate::terms::{Kind, Status};
use crate::text::{InFlow, Span};
use crate::trace::Reason;

use super::clause::{Sentence, is_pause};
use super::period::Sign;
use super::status::reviews;
use super::{aside, of_noun};

/// How far a date or a word for a time reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hold {
    /// The numbers of its own clause.
    Number,
    /// Its sentence.
    Sentence,
    /// What follows too.
    On,
}

/// Bytes between the head of a clause and a date that still opens it: 全市2024年, 预计到2024年.
const OPENING: usize = 12;
/// Characters of the longest name of a place, without the last.
const PLACE: usize = 4;

/// How far a sign of time reaches, in the sentence that opens its paragraph or in a later one; or why it reaches nothing.
pub(super) fn of(
    sentence: Sentence<'_>,
    span: Span<InFlow>,
    sign: &Sign,
    first: bool,
    lexicon: &Lexicon,
) -> Result<Hold, Reason> {
    let before = Span::<InFlow>::new(sentence.span.start, span.start).of(sentence.text).trim_end();
    let behind = Span::<InFlow>::new(span.end, sentence.span.end);
    let after = behind.of(sentence.text);
    if let Some(reason) = dates_nothing(sentence, span, sign, (before, after), lexicon) {
        return Err(reason);
    }
    // 近两年 and 上年同期 are said of one number only, a length of so many years of its sentence.
    let most = match sign {
        // 过去六年工作回顾, over its section.
        Sign::Window(_, false) if sentence.headline && heads(before) => Hold::On,
        // 未来五年，计划投资3亿元
        Sign::Window(..) if after.starts_with(['，', ',']) && heads(before) => Hold::Sentence,
        Sign::Window(..)
        | Sign::Same(_)
        | Sign::Word(PeriodWord::SamePeriodBefore | PeriodWord::Before | PeriodWord::WeekBefore) => Hold::Number,
        // 比“五五”时期的577亿元增长一倍
        _ if aside::behind_than(before) => Hold::Number,
        // 五年平均增长9%；财政收入54亿元
        Sign::Years(_) if after.starts_with('平') => Hold::Number,
        // 为上年4.8亿元的108.3%
        _ if leads_to_whole(sentence, span, before) => Hold::Number,
        // 是“十二五”时期43200万元的1.87倍
        _ if before.ends_with('是') && after.trim_start_matches(['的', '时', '期']).starts_with(is_digit) => {
            Hold::Number
        }
        // 支出3亿元，占上年收入的87%: the year of the whole alone, but a date for its part too.
        Sign::Word(PeriodWord::Year(..0)) if before.ends_with(['占', '佔']) && aside::names_whole(after) => {
            return Err(Reason::Compared);
        }
        // 金额2亿元，占公司2022年收入的15%
        Sign::Date(..) if aside::is_of_whole(before, after) => Hold::Number,
        // 扣除2022年度红利1亿元，可供分配的利润4亿元
        Sign::Date(..) | Sign::Word(PeriodWord::Year(_)) if lexicon.closing(before, Role::Deducts).is_some() => {
            Hold::Number
        }
        // 为第七个五年计划期间打下基础
        Sign::Word(PeriodWord::FiveYearPlan(_)) if before.ends_with(['为', '為']) => Hold::Number,
        // 过去五年，发展取得新的成就。 is the topic of what follows.
        Sign::Word(PeriodWord::Term(2..)) if first && counts_only(sentence, span) => Hold::On,
        // 截至2020年6月，…。…: what its paragraph tells from there on is of that time.
        Sign::Date(..) if is_until(sentence, before, lexicon) => Hold::On,
        Sign::Word(PeriodWord::Term(2..) | PeriodWord::SoFar | PeriodWord::Day)
        | Sign::PlanEnd(_)
        | Sign::Since(_)
        | Sign::Years(_)
        | Sign::Within(_)
        | Sign::Date(_, true) => Hold::Sentence,
        // 2022年接待游客300万人，2019年为441万人: a figure of another year, set beside that of this one.
        Sign::Date(..) if set_beside(sentence, span) => Hold::Number,
        // 英国9月指数初值51.5，8月终值52.5: a figure of another month, set beside those of this one.
        Sign::Date(..) if is_estimate(sentence, span, lexicon) => Hold::Number,
        // 第36周（9月4日—9月10日）, 上周（9月4日—9月10日）价格下降2%。
        Sign::Date(..) if before.ends_with(['（', '(']) && after.starts_with(['）', ')']) => {
            if before.trim_end_matches(['（', '(']).ends_with('周') && heads(before) {
                Hold::On
            } else {
                Hold::Sentence
            }
        }
        // 由上年第四位上升为第三位, 由上半年的下降转为增长
        Sign::Word(PeriodWord::Year(..0) | PeriodWord::Months(..)) if is_from(before, after) => Hold::Number,
        // 从2020年的衰退3.1%恢复为增长6.1%: of the number behind it alone.
        Sign::Date(when, _) if when.last.is_none() && is_from(before, after) && leads_to_number(sentence, span) => {
            Hold::Number
        }
        // 由1997年的亏损变为2002年的盈利
        Sign::Date(when, _) if when.last.is_none() && is_from(before, after) => Hold::Sentence,
        // 上年 is told of beside the year that a text is on, 去年 may be that year.
        Sign::Word(PeriodWord::Year(-1)) if span.of(sentence.text).starts_with('上') => Hold::Sentence,
        // 去年10月 is told in passing.
        Sign::Date(when, _) if when.offset.is_some_and(|offset| offset < 0) => Hold::Sentence,
        // 8月当月进出口额, among figures of eight months
        Sign::Date(..) if after.starts_with(['当', '单']) => Hold::Sentence,
        // 上半年5亿元。其中，一季度2亿元: a part of the time that holds.
        _ if among(sentence, span, lexicon) => Hold::Sentence,
        // 2023年末，全市人口5万人。…: at the head of its sentence as any year.
        Sign::Date(when, _) if when.to_date && !before.is_empty() => Hold::Sentence,
        Sign::Date(..) if before.ends_with(['到', '至']) => Hold::Sentence,
        // “十二五”工作回顾, over its section
        Sign::Word(PeriodWord::FiveYearPlan(_))
            if !(sentence.headline && reviews(after, lexicon) || says_when(span.of(sentence.text), after, lexicon)) =>
        {
            Hold::Number
        }
        Sign::Date(..) | Sign::Ended(..) | Sign::Word(_) | Sign::UpTo(_) => Hold::On,
    };
    let bound = of_noun::is_of_noun(sentence, span, lexicon)
        || matches!(sign, Sign::Date(when, _) if when.first.day.is_some()) && of_noun::is_of_meeting(after, lexicon)
        || of_noun::bounds_noun(after)
        || matches!(sign, Sign::Word(PeriodWord::Year(..0))) && of_noun::is_of_number(sentence, behind);
    if bound && matches!(sign, Sign::Date(..) | Sign::Same(_)) {
        return Err(Reason::OfNoun);
    }
    if bound || most == Hold::Number {
        return Ok(Hold::Number);
    }
    // 预计2027年收入达到20亿元。公司拥有专利64项。
    let foretold = matches!(sign, Sign::Date(..))
        && sentence
            .words_ending(span.start)
            .iter()
            .any(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Status { reach: Reach::Forecast, .. })));
    let most = if foretold { most.min(Hold::Sentence) } else { most };
    let reported = matches!(sign, Sign::Date(when, _) if when.first.day.is_none()) && reports(before, lexicon);
    // 接受国务院2015年度综合改革评价
    let modifies = span.of(sentence.text).ends_with('度') && matches!(sign, Sign::Date(..));
    // The first clause of a paragraph tells its topic, and the time of it.
    let opens = reported || heads(before) || first && !modifies && !before.contains(['，', ',', '；', ';', '。']);
    Ok(if opens { most } else { most.min(Hold::Sentence) })
}

/// Why a sign of time dates no number: it stands in a name, is compared with or belongs to a noun.
fn dates_nothing(
    sentence: Sentence<'_>,
    span: Span<InFlow>,
    sign: &Sign,
    (before, after): (&str, &str),
    lexicon: &Lexicon,
) -> Option<Reason> {
    if in_title(before) || in_quotes(before, span.of(sentence.text), after) {
        return Some(Reason::InTitle);
    }
    if aside::names_record(after, lexicon) {
        return Some(Reason::OfRecord);
    }
    if aside::is_base(before, after, lexicon) {
        return Some(Reason::Compared);
    }
    let passing = || aside::is_remark(sentence, span, lexicon) || aside::is_schedule(sentence, span, lexicon);
    // 总人口3万人（2000年）, but 未来五年（2026—2030年）: which years those are.
    let length = |number: &Mention| number.quantity.as_ref().is_some_and(|quantity| quantity.time);
    let dated = || dated_by(sentence, span).is_some_and(|number| !length(number));
    // 7月平均气温27℃。年降水量510毫米
    let yearly = matches!(sign, Sign::Date(when, _) if when.first.year.is_none() && when.first.day.is_none());
    let recurs = || yearly && lexicon.opening(after, Role::Recurs).is_some();
    if passing() && !reports(before, lexicon)
        || dated()
        || of_noun::founds(before, lexicon)
        || of_noun::tells_a_life(before, span.of(sentence.text), after)
        || of_noun::happened(sentence, span, before, after, lexicon)
        || recurs()
    {
        return Some(Reason::OfNoun);
    }
    if aside::measures_by(before, sign, after, lexicon) {
        return Some(Reason::Reckoned);
    }
    let year = matches!(sign, Sign::Date(when, _) if when.first.month.is_none() && when.last.is_none());
    let plan = matches!(sign, Sign::Word(PeriodWord::FiveYearPlan(_)));
    let of_noun = year && of_noun::is_issued_for(sentence, span, before, lexicon)
        || lexicon.opening(after, Role::CarriesOver).is_some()
        || plan && of_noun::is_of_goal(after, lexicon)
        || matches!(sign, Sign::Word(PeriodWord::Whole)) && of_noun::is_of_years_goal(sentence, span, before, lexicon);
    of_noun.then_some(Reason::OfNoun)
}

/// 发布2026年一季度业绩, 报告2024年度预算执行情况: whether the time behind some words is the one that what follows is on.
pub(super) fn reports(before: &str, lexicon: &Lexicon) -> bool {
    let said = |before: &str| lexicon.closing(before.trim_end_matches('了'), Role::Reports).is_some();
    // 报告了云州市2023年预算执行情况
    let place = before.strip_suffix(['省', '市', '县', '縣', '区', '區', '州']).unwrap_or_default();
    said(before) || place.char_indices().rev().take(PLACE).any(|(at, _)| place.get(..at).is_some_and(said))
}

/// 为上年4.8亿元的108.3%: whether a time tells of when the amount is that another number is a part of.
fn leads_to_whole(sentence: Sentence<'_>, time: Span<InFlow>, before: &str) -> bool {
    let at = sentence.mentions.partition_point(|mention| mention.span.start < time.end);
    let whole = sentence.mentions.get(at).filter(|whole| {
        let between = Span::<InFlow>::new(time.end, whole.span.start).of(sentence.text);
        matches!(between.trim(), "" | "的") && is_whole_of_part(sentence, whole)
    });
    whole.is_some() && before.ends_with(['是', '为', '為', '于', '於'])
}

/// 4.8亿元的108.3%: whether a number is one that the next is a part of.
pub(super) fn is_whole_of_part(sentence: Sentence<'_>, whole: &Mention) -> bool {
    let part = whole.span.end + u32::try_from('的'.len_utf8()).unwrap_or(0);
    whole.kind.is_quantity()
        && whole.span.after(sentence.text).starts_with('的')
        && sentence.mention_at(part).is_some_and(|part| matches!(part.kind, Kind::Percent | Kind::Multiple))
}

/// 截至, 据某局统计，截至: whether nothing but 截至 stands before a time, behind who tells it.
fn is_until(sentence: Sentence<'_>, before: &str, lexicon: &Lexicon) -> bool {
    // 2月10日电：截至9日18时
    let wired = sentence.dateline_length().and_then(|length| before.get(length..));
    let before = wired.map_or(before, |rest| rest.trim_start_matches(['：', ':', ' ', '\u{3000}']));
    let (told, clause) = before.rsplit_once(['，', ',']).unwrap_or(("", before));
    let teller = told.is_empty() || !told.contains(is_pause) && lexicon.closing(told, Role::Teller).is_some();
    teller && clause.starts_with('截') && clause.chars().nth(4).is_none()
}

/// 其中，一季度、二季度: whether a time stands right behind 其中, or in a list of times that does.
fn among(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let mut start = span.start;
    loop {
        let before = Span::<InFlow>::new(sentence.span.start, start).of(sentence.text);
        let listed = before.trim_end_matches(['、', '和', '及', '与', '與']);
        let end = sentence.span.start + u32::try_from(listed.len()).unwrap_or(0);
        let at = sentence.mentions.partition_point(|mention| mention.span.end < end);
        let time = sentence.mentions.get(at).filter(|m| m.span.end == end && end < start && m.kind == Kind::Date);
        let Some(time) = time else {
            return lexicon.closing(listed.trim_end_matches(['，', ',', '：', ':', ' ']), Role::Among).is_some();
        };
        start = time.span.start;
    }
}

/// 由上年, 从1997年: whether a time is the earlier of two. 从二季度来看 and 从5月起 are the time that is told of.
fn is_from(before: &str, after: &str) -> bool {
    before.ends_with(['由', '从', '從']) && !after.starts_with(['来', '來', '看', '起', '开', '開'])
}

/// 年的衰退3.1%: whether 的 and one word stand between a time and the next number.
fn leads_to_number(sentence: Sentence<'_>, time: Span<InFlow>) -> bool {
    let at = sentence.mentions.partition_point(|mention| mention.span.start < time.end);
    let next = sentence.mentions.get(at).filter(|next| next.kind.is_quantity());
    next.is_some_and(|next| {
        let between = Span::<InFlow>::new(time.end, next.span.start.max(time.end)).of(sentence.text);
        between.strip_prefix('的').is_some_and(|word| matches!(word.chars().count(), 1..=3) && word.chars().all(is_han))
    })
}

/// Whether a sentence counts nothing but a length of time.
fn counts_only(sentence: Sentence<'_>, time: Span<InFlow>) -> bool {
    sentence.mentions.iter().all(|mention| !mention.kind.is_quantity() || time.contains(mention.span))
}

/// Whether what stands before a time leaves it at the head of a clause.
pub(super) fn heads(before: &str) -> bool {
    let near = (before.len().saturating_sub(OPENING + 3)..=before.len()).find_map(|at| before.get(at..));
    let paused = near.is_some_and(|near| near.contains(['，', ',', '；', ';', '：', ':', '。', '）', ')', '—']));
    paused || before.len() <= OPENING + 3
}

/// Whether a date that opens its clause only tells, with 为 or 是, of a year before what was measured until then.
fn set_beside(sentence: Sentence<'_>, date: Span<InFlow>) -> bool {
    let at = sentence.mentions.partition_point(|mention| mention.span.end <= date.start);
    let earlier = sentence.mentions.get(..at).unwrap_or_default();
    let year = |mention: &Mention| mention.when.and_then(|when| when.first.year);
    let back = sentence.mentions.get(at).and_then(year);
    let later = earlier.iter().filter_map(year).any(|year| back.is_some_and(|back| back < year));
    let told = earlier.last().is_some_and(|before| before.kind.is_quantity());
    let copula = date.after(sentence.text).strip_prefix(['为', '為', '是']);
    later
        && told
        && date.before(sentence.text).ends_with(['，', ',', '；', ';'])
        && copula.is_some_and(|rest| rest.trim_start().starts_with(is_digit))
}

/// Whether a date stands right before 终值 or 前值, behind another date of the sentence.
fn is_estimate(sentence: Sentence<'_>, date: Span<InFlow>, lexicon: &Lexicon) -> bool {
    let at = sentence.words.partition_point(|(_, word)| word.start < date.end);
    let mut words = sentence.words.iter().skip(at).take_while(|(_, word)| word.start == date.end);
    words.any(|(row, _)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Estimate))))
        && sentence.mentions.iter().any(|before| before.kind == Kind::Date && before.span.end < date.start)
}

/// 3万人（2000年）, 800公里于1984年通车: the number that a time stands right behind, which it dates.
pub(super) fn dated_by(sentence: Sentence<'_>, span: Span<InFlow>) -> Option<&Mention> {
    let before = Span::<InFlow>::new(sentence.span.start, span.start).of(sentence.text);
    let outside = before.strip_suffix(['（', '(', '于', '於'])?;
    let end = sentence.span.start + u32::try_from(outside.len()).ok()?;
    let at = sentence.mentions.partition_point(|mention| mention.span.end < end);
    let number = sentence.mentions.get(at).filter(|m| m.span.end == end && m.kind.is_quantity())?;
    let alone = before.ends_with(['于', '於']) || span.after(sentence.text).starts_with(['）', ')']);
    alone.then_some(number)
}

/// The date that stands alone in brackets, or behind 于, right behind a number.
pub(super) fn date_behind(sentence: Sentence<'_>, number: Span<InFlow>) -> Option<&Mention> {
    let mark = number.after(sentence.text).chars().next().filter(|c| matches!(c, '（' | '(' | '于' | '於'))?;
    let date = sentence.mention_at(number.end + u32::try_from(mark.len_utf8()).ok()?)?;
    (date.kind == Kind::Date && dated_by(sentence, date.span).is_some()).then_some(date)
}

/// 《2035年远景目标纲要》: a time inside a title that is not closed yet.
pub(super) fn in_title(before: &str) -> bool {
    before.rfind('《').is_some_and(|open| !before.get(open..).is_some_and(|rest| rest.contains('》')))
}

/// “2030先锋工程”: bare digits at the front of a name in quotes.
fn in_quotes(before: &str, year: &str, after: &str) -> bool {
    let closed = |name: &str| name.chars().all(char::is_alphanumeric) && !name.is_empty();
    year.ends_with(is_digit) && before.ends_with('“') && after.split_once('”').is_some_and(|(name, _)| closed(name))
}

/// “十四五”期间, “十四五”以来, “十四五”，: a plan as a time, where “十四五”规划 is a plan.
fn says_when(words: &str, after: &str, lexicon: &Lexicon) -> bool {
    // “十四五”发展的主要目标是：
    let goal = || {
        let rest = after.trim_start_matches(['发', '展', '时', '期', '的']);
        let aims = |row: &RowId| {
            matches!(lexicon.entry(*row), Some(Entry::Status { status: Status::Target, reach: Reach::Sentence }))
        };
        lexicon.word(rest).is_some_and(|(_, rows)| rows.iter().any(aims))
    };
    // “九五”水利建设的主要目标是：
    let topic = || {
        let words = after.find(is_pause).and_then(|at| after.split_at_checked(at));
        words.is_some_and(|(topic, rest)| {
            rest.starts_with(['：', ':']) && topic.len() <= TOPIC && !topic.contains(is_digit)
        })
    };
    // “十四五”规划目标任务 are no time.
    let during = || lexicon.opening(after, Role::During).is_some() && lexicon.opening(after, Role::Dated).is_none();
    words.ends_with(['期', '间']) || after.starts_with('，') || during() || goal() || topic()
}

/// Bytes of the longest topic behind the name of a plan, up to its colon.
const TOPIC: usize = 60;
