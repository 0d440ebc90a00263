//! What the words behind 比 name: a plan, a year, a month, the time before.

use super::clause::Sentence;
use crate::lexicon::{ComparisonForm, Entry, Lexicon, PeriodWord, Reach, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Comparison, Kind};
use crate::text::{InFlow, Span};

pub(super) type Against = (Comparison, Option<(RowId, Span<InFlow>)>, Option<Span<InFlow>>);

/// What the words behind 比 name: a plan, a year, a month, the time before.
pub(super) fn compared_with(sentence: Sentence<'_>, lexicon: &Lexicon, phrase: Span<InFlow>) -> Option<Against> {
    let date = sentence.mentions_in(phrase).iter().find(|m| m.kind == Kind::Date);
    let mut word = None;
    let mut planned = None;
    for (row, span) in sentence.words_in(phrase) {
        match lexicon.entry(*row) {
            // 同预计数比较
            Some(
                Entry::Comparison { comparison: Comparison::Plan, .. } | Entry::Status { reach: Reach::Forecast, .. },
            ) => planned = planned.or(Some((*row, *span))),
            Some(Entry::Comparison { comparison, form: ComparisonForm::Base }) => {
                word = word.or(Some((*comparison, (*row, *span))));
            }
            Some(Entry::Period(PeriodWord::Year(-1) | PeriodWord::Term(1) | PeriodWord::SamePeriodBefore)) => {
                word = word.or(Some((Comparison::Yoy, (*row, *span))));
            }
            Some(Entry::Period(PeriodWord::Term(_) | PeriodWord::FiveYearPlan(_))) => {
                word = word.or(Some((Comparison::Period, (*row, *span))));
            }
            // 去年3亿元，比前年增加5%: from the one to the other.
            Some(Entry::Period(PeriodWord::Year(-2))) => {
                let last = |(row, _): &(RowId, Span<InFlow>)| {
                    matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(-1))))
                };
                let yearly = sentence.words.iter().any(last);
                let comparison = if yearly { Comparison::Yoy } else { Comparison::Period };
                word = word.or(Some((comparison, (*row, *span))));
            }
            // 明年收入3亿元，比今年增加5%
            Some(Entry::Period(PeriodWord::Year(0))) => {
                let next = |(row, _): &(RowId, Span<InFlow>)| {
                    matches!(lexicon.entry(*row), Some(Entry::Period(PeriodWord::Year(1))))
                };
                let yearly = sentence.words.iter().any(next).then_some((Comparison::Yoy, (*row, *span)));
                word = word.or(yearly);
            }
            // 比一季度: the quarter before; 比上半年: a time named.
            // 比2017年一季度: the quarter of a year that is named.
            Some(Entry::Period(PeriodWord::Months(..)))
                if date.is_some_and(|date| date.span.contains(*span) && date.span != *span) => {}
            Some(Entry::Period(PeriodWord::Months(first, last))) => {
                let comparison = if *last == first + 2 { Comparison::Pop } else { Comparison::Period };
                word = word.or(Some((comparison, (*row, *span))));
            }
            _ => {}
        }
    }
    // A named year's budget is another period; a budget alone is the plan.
    // 较5月预测下修0.3个百分点: when it was foretold.
    let foretold = planned.filter(|(_, word)| word.of(sentence.text).ends_with(['测', '測', '期', '估']));
    if let Some(date) = date.filter(|_| foretold.is_none()) {
        // 与第一季比较: the quarter before; 较上周五: a day before.
        let recent = date.when.is_none_or(|when| when.first.quarter.is_some() && when.first.year.is_none());
        let named = if recent { Comparison::Pop } else { Comparison::Period };
        let comparison = if planned.is_some() { Comparison::Period } else { word.map_or(named, |(c, _)| c) };
        // 与2021年度预算相比: the year at hand tells whether that is its own plan.
        let base = planned.is_none() || names_plan(date.span, sentence.text, lexicon);
        return Some((comparison, word.map(|(_, word)| word), base.then_some(date.span)));
    }
    if let (Some((_, words)), Some(_)) = (word, planned) {
        return Some((Comparison::Period, Some(words), None));
    }
    if let Some(planned) = planned {
        return Some((Comparison::Plan, Some(planned), None));
    }
    // 较近五年同期均值
    let years = |m: &Mention| m.quantity.as_ref().is_some_and(|q| q.time) && m.span.of(sentence.text).ends_with('年');
    if let Some((comparison, words)) = word {
        let many = comparison == Comparison::Yoy
            && sentence.mentions_in(phrase).iter().any(|m| years(m) && m.span.end <= words.1.start);
        return Some((if many { Comparison::Period } else { comparison }, Some(words), None));
    }
    // 比前五年, 比五年前: a length of time names the period; 较第二届 an occasion does.
    let named = |m: &Mention| {
        m.quantity.as_ref().is_some_and(|q| q.time)
            || m.kind == Kind::Ordinal && m.span.of(sentence.text).ends_with(['届', '屆', '轮', '輪', '次'])
    };
    sentence.mentions_in(phrase).iter().any(named).then_some((Comparison::Period, None, None))
}

/// 2021年度预算: whether a plan stands right behind the time that it is for.
pub(super) fn names_plan(time: Span<InFlow>, text: &str, lexicon: &Lexicon) -> bool {
    lexicon.opening(time.after(text).trim_start_matches(['的', '度', '初']), Role::Plan).is_some()
}
