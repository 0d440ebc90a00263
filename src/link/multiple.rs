//! What a multiple is of: another time, or a plan.

use super::basis::compared_with;
use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::walk::Walk;
use crate::lexicon::{ComparisonForm, Entry, Lexicon, PeriodWord, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Comparison, Kind};
use crate::text::{InFlow, Span};

/// 是1997年的1.8倍, 相当于预算的两倍, 是年初目标的3倍.
pub(super) fn times(walk: &Walk<'_>, field: &Field, reading: &mut Reading) {
    if let Some(base) = walk.dated {
        reading.base = Some(base);
        reading.compared = Some(base);
        reading.comparison = Some(Comparison::Period);
    } else if let Some((comparison, row, words)) = walk.named {
        reading.compared = Some(words);
        reading.comparison = Some(comparison);
        reading.against = Some((row, words));
    } else if let Some((_, comparison)) = is_of_dated(walk, field) {
        reading.comparison = Some(comparison);
    } else if is_of_years_ago(walk, field) {
        reading.comparison = Some(Comparison::Period);
    } else if let Some(than) = times_of(walk, field) {
        let against = compared_with(walk.sentence, walk.lexicon, than);
        reading.comparison = Some(against.map_or(Comparison::Period, |(comparison, ..)| comparison));
        reading.base = against.and_then(|(_, _, base)| base);
        reading.compared = Some(than);
        let mut before = Walk::new(walk.sentence, walk.lexicon, field.left.start, than.start);
        before.pass();
        (reading.subject_end, reading.respectively) = (before.at, before.respectively);
    }
}

/// What stands between a time and 的, where the level of that time is meant: 同期水平, 决算数.
const OF_TIME: [char; 18] =
    ['同', '期', '全', '年', '月', '季', '度', '水', '平', '决', '算', '执', '行', '实', '际', '完', '成', '数'];

/// 相当于2019年同期的95%, 约为去年同期的九成: a level, told as a part of that of another time.
pub(super) fn part_of_time(walk: &Walk<'_>, field: &Field, reading: &mut Reading) -> bool {
    let text = walk.sentence.text;
    // 为上年4.8亿元的108.3%
    let equals = |time: u32| {
        let before = Span::<InFlow>::new(field.clause.start, time.max(field.clause.start)).of(text);
        walk.lexicon.closing(before, Role::Equals).is_some()
    };
    if let Some((_, comparison)) = is_of_dated(walk, field).filter(|(time, _)| equals(*time)) {
        reading.comparison = Some(comparison);
        reading.reached = false;
        reading.rule = "a part of the level of another time";
        return true;
    }
    let Some(base) = walk.dated.or(walk.named.map(|(_, _, words)| words)) else { return false };
    let rest = Span::<InFlow>::new(base.end, field.left.end.max(base.end)).of(text);
    let before = Span::<InFlow>::new(field.left.start, base.start.max(field.left.start)).of(text);
    let Some(verb) = walk.lexicon.closing(before, Role::Equals) else { return false };
    if rest.trim_start_matches(OF_TIME) != "的" {
        return false;
    }
    times(walk, field, reading);
    let end = field.left.from() + before.len() - verb.len();
    let mut subject = Walk::new(walk.sentence, walk.lexicon, field.left.start, Span::<InFlow>::at(end, end).end);
    subject.pass();
    reading.respectively |= subject.respectively;
    reading.subject_end = subject.at;
    reading.rule = "a part of the level of another time";
    true
}

/// 是“十二五”时期43200万元的1.87倍, 为上年4.8亿元的108.3%: where the words for the time start of the amount that a number is of, and
/// how it compares with that time.
fn is_of_dated(walk: &Walk<'_>, field: &Field) -> Option<(u32, Comparison)> {
    let sentence = walk.sentence;
    let from = field.clause.start.min(field.left.start);
    let of = sentence.trim_end(from, field.left.end);
    let of = Span::<InFlow>::new(from, of).of(sentence.text).strip_suffix('的')?;
    let end = from as usize + of.len();
    let at = sentence.mentions.partition_point(|mention| mention.span.to() < end);
    let base = sentence.mentions.get(at).filter(|base| base.span.to() == end && base.kind.is_quantity())?;
    dated_before(sentence, base, field.clause.start, walk.lexicon)
}

/// 上年4.8亿元: where the words for a time start that stand right before a number, and how another compares with that time.
pub(super) fn dated_before(
    sentence: Sentence<'_>,
    number: &Mention,
    floor: u32,
    lexicon: &Lexicon,
) -> Option<(u32, Comparison)> {
    let before = Span::<InFlow>::new(floor.min(number.span.start), number.span.start);
    let length = before.of(sentence.text).trim_end_matches('的').len();
    let time = Span::<InFlow>::at(before.from(), before.from() + length);
    let date = sentence.mentions_in(time).last().filter(|date| date.span.end == time.end && date.kind == Kind::Date);
    let word = || {
        sentence.words_ending(time.end).iter().find_map(|(row, word)| match lexicon.entry(*row) {
            Some(Entry::Period(PeriodWord::Year(-1) | PeriodWord::SamePeriodBefore)) => {
                Some((word.start, Comparison::Yoy))
            }
            Some(Entry::Period(_)) => Some((word.start, Comparison::Period)),
            _ => None,
        })
    };
    date.map(|date| (date.span.start, Comparison::Period)).or_else(word)
}

/// 是五年前的2.4倍: whether a multiple is of so many years ago.
fn is_of_years_ago(walk: &Walk<'_>, field: &Field) -> bool {
    let at = walk.sentence.mentions.partition_point(|mention| mention.span.end < field.left.start);
    let years = walk.sentence.mentions.get(at).filter(|years| years.span.end == field.left.start);
    let time = |mention: &Mention| mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
    let ago = field.left.of(walk.sentence.text).trim().strip_suffix('的');
    // 是前五年的1.7倍
    let before = |years: &Mention| years.span.before(walk.sentence.text).ends_with(['前', '个']);
    years.is_some_and(|years| {
        time(years)
            && ago.is_some_and(|ago| ago.trim_start_matches(['之', '以']) == "前" || ago.is_empty() && before(years))
    })
}

/// 为去年产量的两倍, 是1952年产量的3倍, 是年初目标的3倍: from 是 on, what a multiple is of at another time or in a plan.
fn times_of(walk: &Walk<'_>, field: &Field) -> Option<Span<InFlow>> {
    let words = field.left.of(walk.sentence.text);
    let of = words.strip_suffix('的')?;
    let at = of.rfind(['是', '为', '為'])?;
    let time = Span::<InFlow>::at(field.left.from(), field.left.from() + at + '是'.len_utf8()).end;
    let date = walk.sentence.mention_at(time).is_some_and(|mention| mention.kind == Kind::Date);
    let word = || {
        let words = walk.sentence.words_in(Span::new(time, field.left.end)).iter();
        words.take_while(|(_, word)| word.start == time).any(|(row, _)| {
            matches!(
                walk.lexicon.entry(*row),
                Some(
                    Entry::Period(_) | Entry::Comparison { comparison: Comparison::Period, form: ComparisonForm::Base }
                )
            )
        })
    };
    let plan = |(row, _): &(RowId, Span<InFlow>)| {
        matches!(walk.lexicon.entry(*row), Some(Entry::Comparison { comparison: Comparison::Plan, .. }))
    };
    let planned =
        || walk.sentence.words_ending(field.left.end - u32::try_from('的'.len_utf8()).unwrap_or(0)).iter().any(plan);
    (date || word() || planned()).then(|| Span::at(field.left.from() + at, field.left.to()))
}
