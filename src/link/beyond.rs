//! A number that stands above or below what is compared with: 高于全国2个百分点.

use super::basis::compared_with;
use super::clause::Field;
use super::relation::Reading;
use super::walk::Walk;
use crate::exact::Exact;
use crate::lexicon::{ChangeForm, Entry, Place, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Bound, Comparison, Direction, Kind, Relation};
use crate::text::{InFlow, Span};

/// The rule of 高于全国 and 高出平均.
pub(super) const BEYOND: &str = "above or below what is compared with";

/// 超额完成年度计划1.3%: by how much more than planned was done; a whole plan and more is a part of it (超额完成计划的101%).
pub(super) fn exceeds(walk: &Walk<'_>, field: &Field, mention: &Mention, reading: &mut Reading) -> bool {
    // 超额完成预算48亿元 may be what was planned.
    let part = matches!(mention.kind, Kind::Percent | Kind::PercentagePoint);
    if !part || !walk.sentence.roles.hold(Role::Exceeds) {
        return false;
    }
    let text = walk.sentence.text;
    let words = walk.sentence.words_in(field.left);
    let mut exceeds =
        words.iter().rev().filter(|(row, _)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Exceeds))));
    let Some((row, word)) = exceeds.next() else { return false };
    let plan = |(row, plan): &(RowId, Span<InFlow>)| {
        let planned = matches!(
            walk.lexicon.entry(*row),
            Some(
                Entry::Cue(Role::Plan) | Entry::Comparison { comparison: Comparison::Plan, .. } | Entry::Status { .. }
            )
        );
        planned && plan.start >= word.end
    };
    if field.left.of(text).trim_end().ends_with('的') || !words.iter().any(plan) {
        return false;
    }
    let value = mention.quantity.as_ref().and_then(|quantity| quantity.value.as_ref());
    let whole = || value.is_some_and(|value| *value >= Exact::integer(100));
    if mention.kind == Kind::Percent && whole() {
        return false;
    }
    reading.relation = Relation::Change;
    reading.direction = Some(Direction::Increase);
    reading.comparison = Some(Comparison::Plan);
    reading.cue = Some((*row, *word));
    reading.rule = BEYOND;
    reading.subject_end = word.start;
    true
}

/// 高于全国1.7个百分点, 高出全国平均水平5%: above what stands between the word and the number. A percent that stands behind a
/// hedge is one of a whole.
pub(super) fn beyond(walk: &Walk<'_>, field: &Field, kind: Kind, reading: &mut Reading) -> bool {
    let end = walk.sentence.trim_end(field.left.start, field.left.end);
    // 超额8.69%完成五年计划的指标
    let over = Span::<InFlow>::new(field.left.start, end).of(walk.sentence.text).strip_suffix(['额', '額']);
    let met = walk.sentence.words_in(field.right).first().is_some_and(|(row, word)| {
        word.start == field.right.start && matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Progress)))
    });
    if met && over.is_some_and(|over| over.ends_with('超')) {
        reading.relation = Relation::Change;
        reading.direction = Some(Direction::Increase);
        reading.comparison = Some(Comparison::Plan);
        reading.rule = BEYOND;
        return true;
    }
    // 超过计划2%
    let planned =
        |row: &RowId| matches!(walk.lexicon.entry(*row), Some(Entry::Comparison { comparison: Comparison::Plan, .. }));
    // 超计划2%: one character, right before a plan.
    let over = |(_, span, _): &(RowId, Span<InFlow>, Direction)| {
        let plan = Span::<InFlow>::new(span.end, end.max(span.end));
        span.len() > 3 || walk.sentence.words_in(plan).iter().any(|(row, word)| *word == plan && planned(row))
    };
    let plan = walk.sentence.words_ending(end).iter().any(|(row, _)| planned(row));
    // 超过指标80万吨, 高出全省180公斤
    let places = || {
        let mut words = walk.sentence.words_in(field.left).iter();
        words.any(|(row, _)| matches!(walk.lexicon.entry(*row), Some(Entry::Change { form: ChangeForm::Over, .. })))
            && walk
                .sentence
                .words_ending(end)
                .iter()
                .any(|(row, _)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Area))))
    };
    // 优于国家二级标准8.6%, 高于全国平均水平5平方米
    let above = |row: &RowId| {
        matches!(
            walk.lexicon.entry(*row),
            Some(Entry::Change { form: ChangeForm::Over, .. } | Entry::Modifier { place: Place::Before, .. })
        )
    };
    let before = Span::<InFlow>::new(field.left.start, end).of(walk.sentence.text);
    // 低于国家标准35微克/立方米 tells what the standard is, and 低于平均水平5平方米 how far.
    let tells = |word: &str| kind != Kind::Measure || word.contains('均');
    let described = kind == Kind::Measure && field.right.of(walk.sentence.text).starts_with('的');
    let yardstick = walk.sentence.words_in(field.left).iter().any(|(row, _)| above(row))
        && !described
        && walk.lexicon.closing(before, Role::Yardstick).is_some_and(tells);
    let amount = || kind == Kind::Measure && (yardstick || places());
    let compares = plan || matches!(kind, Kind::Percent | Kind::PercentagePoint) || amount();
    if !compares {
        return false;
    }
    let points = kind == Kind::PercentagePoint || plan || yardstick;
    let hedge = walk.sentence.words_in(field.left).iter().find_map(|(row, span)| match walk.lexicon.entry(*row) {
        Some(Entry::Change { direction, form: ChangeForm::Over }) => Some((*row, *span, *direction)),
        Some(Entry::Modifier { bound: Bound::MoreThan, place: Place::Before }) if points => {
            Some((*row, *span, Direction::Increase))
        }
        Some(Entry::Modifier { bound: Bound::LessThan, place: Place::Before }) if points => {
            Some((*row, *span, Direction::Decrease))
        }
        _ => None,
    });
    let Some((row, span, direction)) = hedge.filter(|hedge| hedge.1.end < end && over(hedge)) else {
        return false;
    };
    reading.relation = Relation::Change;
    let better = yardstick && walk.lexicon.is_word(span.of(walk.sentence.text), Role::Better);
    reading.direction = Some(direction).filter(|_| !better);
    reading.cue = Some((row, span));
    reading.rule = BEYOND;
    // 增幅分别高于全部产品6.5和9.4个百分点
    let mut before = Walk::new(walk.sentence, walk.lexicon, field.left.start, span.start);
    before.pass();
    (reading.subject_end, reading.respectively) = (before.at, reading.respectively || before.respectively);
    if let Some((comparison, words, base)) =
        compared_with(walk.sentence, walk.lexicon, Span::new(span.end, field.left.end))
    {
        reading.comparison = Some(comparison);
        reading.against = words;
        reading.base = base;
        reading.compared = Some(Span::new(span.start, field.left.end));
    }
    true
}
