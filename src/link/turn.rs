//! Whose turn it is among times that 分别 gives their numbers one by one.

use super::clause::Sentence;
use super::distribute::Turn;
use super::list::joined;
use super::relation::Reading;
use super::sentence::State;
use super::sign::Told;
use crate::calendar::Period;
use crate::lexicon::{Lexicon, is_conjunction};
use crate::mention::Mention;
use crate::text::{InFlow, Span};

/// 2022年、2023年收入分别为5亿元、6亿元, 2022—2023年收入分别为5亿元、6亿元: the time whose turn it is; a change has that of
/// its level.
pub(super) fn in_turn(
    sentence: Sentence<'_>,
    mention: &Mention,
    reading: &Reading,
    dated: Option<Period>,
    state: &State,
    signs: &[Told],
) -> Option<Period> {
    let Some(Turn { at, of, level, .. }) = state.turn else { return dated };
    let compared = |told: &Told| reading.compared.is_some_and(|compared| compared.overlaps(told.span));
    let mut before = signs.get(..signs.partition_point(|told| told.span.end <= mention.span.start));
    while let Some([rest @ .., last]) = before.filter(|before| before.last().is_some_and(compared)) {
        before = Some(rest).filter(|_| compared(last));
    }
    // Times before the levels are theirs.
    let from = level.map_or(0, |(_, end)| end);
    let listed = before.and_then(|before| one_of(sentence.text, before, from, at, of));
    listed.or(dated).or(level.and_then(|(period, _)| period))
}

/// 2025—2027年收入预计54亿元、56亿元、58亿元: the year of a run whose turn it is, in a list of as many numbers.
pub(super) fn nth_of_run(sentence: Sentence<'_>, index: usize, run: Period, lexicon: &Lexicon) -> Option<Period> {
    let years = run.count_years();
    if years < 2 {
        return None;
    }
    let listed = |at: usize| joined(sentence, at, lexicon).take(years + 1).count();
    let quantity = |at: &usize| sentence.mentions.get(*at).is_some_and(|mention| mention.kind.is_quantity());
    let first = (index.saturating_sub(years - 1)..=index).filter(quantity).find(|at| listed(*at) > index - at)?;
    let before = first.checked_sub(1).filter(quantity);
    let whole = before.is_none_or(|before| joined(sentence, before, lexicon).take(2).count() < 2);
    (whole && listed(first) == years).then(|| run.nth_year(index - first)).flatten()
}

/// 2017年、2018年，完成植树2万亩、3万亩: the time whose turn it is, in a list of as many numbers.
pub(super) fn nth_of_list(sentence: Sentence<'_>, index: usize, signs: &[Told], lexicon: &Lexicon) -> Option<Period> {
    let start = |at: usize| sentence.mentions.get(at).map_or(0, |mention| mention.span.start);
    let quantity = |at: &usize| sentence.mentions.get(*at).is_some_and(|mention| mention.kind.is_quantity());
    let listed = |at: usize| joined(sentence, at, lexicon).take(LIST + 2).count();
    let before = |at: usize| signs.get(..signs.partition_point(|told| told.span.start < start(at)));
    if before(index)?.len() < 2 {
        return None;
    }
    let first = (index.saturating_sub(LIST)..=index).filter(quantity).find(|at| listed(*at) > index - at)?;
    let past = first.checked_sub(1).filter(quantity).and_then(|past| sentence.mentions.get(past));
    let of = listed(first);
    (2..=LIST + 1)
        .contains(&of)
        .then(|| one_of(sentence.text, before(first)?, past.map_or(0, |past| past.span.end), index - first, of))?
}

/// Numbers of the longest list that times are told of one by one, less one.
const LIST: usize = 5;

/// The `at`-th of the last `of` times, where they are the whole of a list: 2022年末、2023年末和2024年6月末, 2021年至2023年及2024年
/// 一季度.
fn one_of(text: &str, told: &[Told], from: u32, at: usize, of: usize) -> Option<Period> {
    let listed = |pair: &[Told]| {
        let [one, next] = pair else { return false };
        let between = Span::<InFlow>::new(one.span.end, next.span.start.max(one.span.end)).of(text);
        let joint = between.trim_start_matches(['末', '底', '初', '度', '年']);
        matches!(joint.trim(), "、" | "，" | ",") || is_conjunction(joint.trim())
    };
    let listed = 1 + told.windows(2).rev().take_while(|pair| listed(pair)).count();
    let list = told.get(told.len().checked_sub(listed)?..)?;
    list.first().filter(|told| told.span.start >= from)?;
    if listed == of {
        return list.get(at)?.period;
    }
    // A run of years stands for each of them.
    let years = |told: &Told| told.period.map_or(1, Period::count_years);
    let mut left = at;
    let mut all = list.iter().map(|told| (told, years(told)));
    if all.clone().map(|(_, years)| years).sum::<usize>() != of {
        return None;
    }
    let (told, years) = all.find(|(_, years)| {
        let here = left < *years;
        left -= if here { 0 } else { *years };
        here
    })?;
    if years > 1 { told.period?.nth_year(left) } else { told.period }
}
