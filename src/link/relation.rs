//! What a number says of its indicator: a level, a change, a share, a progress; which way, and against what.
//!
//! The words before the number are read from the number leftwards: hedges and copulas are passed over, the first word
//! of change, share or plan decides.

use super::against::versus_in;
use super::base;
use super::basis::compared_with;
use super::beyond::{beyond, exceeds};
use super::clause::{Field, Sentence};
use super::multiple::{part_of_time, times};
use super::object::{added_since, object_of_change};
use super::portion::{progress, share};
use super::unsaid::fall_back;
use super::walk::Walk;
use super::whole::last_clause;
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Lexicon, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Comparison, Direction, Kind, Relation};
use crate::text::{InFlow, Span};

/// The rule of 增速 and 涨幅.
pub(crate) const NOUN_OF_CHANGE: &str = "a noun of change is what is measured";

/// A reading of the words before a number.
#[expect(clippy::struct_excessive_bools, reason = "what a clause may say besides, each on its own")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) relation: Relation,
    pub(crate) direction: Option<Direction>,
    pub(crate) comparison: Option<Comparison>,
    /// The word that decided the relation.
    pub(crate) cue: Option<(RowId, Span<InFlow>)>,
    /// The word that named the comparison.
    pub(crate) against: Option<(RowId, Span<InFlow>)>,
    /// The date that is compared with.
    pub(crate) base: Option<Span<InFlow>>,
    /// 比 stands before another number of the clause: 比预算数280元少8元.
    pub(crate) outside: bool,
    /// From 比 to the word of change: dates inside are compared with.
    pub(crate) compared: Option<Span<InFlow>>,
    /// Where the words of what is measured end.
    pub(crate) subject_end: u32,
    /// Words at the end of the left field that belong to the indicator all the same: 占…比重.
    pub(crate) tail: Option<Span<InFlow>>,
    /// 增加到, 提高至: a level that a change reached.
    pub(crate) reached: bool,
    /// 从…: a level that a change started from.
    pub(crate) opened: bool,
    /// 即, 或: says the number before again.
    pub(crate) restates: bool,
    /// 计划为: what is planned.
    pub(crate) planned: Option<(RowId, Span<InFlow>)>,
    /// 分别: gives each number its own.
    pub(crate) respectively: bool,
    /// 减持: the deal is itself what is measured.
    pub(crate) deal: bool,
    /// The rule.
    pub(crate) rule: &'static str,
}

/// Reads what stands before a quantity.
pub(crate) fn read(sentence: Sentence<'_>, field: &Field, mention: &Mention, lexicon: &Lexicon) -> Reading {
    let mut walk = Walk::new(sentence, lexicon, field.left.start, field.left.end);
    walk.pass();
    let mut reading = Reading {
        relation: Relation::Level,
        direction: None,
        comparison: None,
        cue: None,
        against: None,
        base: None,
        outside: false,
        compared: None,
        subject_end: walk.at,
        tail: None,
        reached: walk.reached,
        opened: walk.opened,
        restates: walk.restates,
        planned: None,
        respectively: walk.respectively,
        deal: false,
        rule: "no word of change, share or plan before the number",
    };
    if let Some(from) = base::opens_far(sentence, field, lexicon).filter(|_| !walk.opened) {
        (reading.opened, reading.subject_end) = (true, from);
    }
    let changed = change(&walk, field, mention, &mut reading)
        || exceeds(&walk, field, mention, &mut reading)
        || mention.kind == Kind::Percent && progress(&walk, field, &mut reading)
        || mention.kind == Kind::Percent && part_of_time(&walk, field, &mut reading)
        || share(&walk, field, mention, &mut reading)
        || object_of_change(&walk, field, mention.kind, &mut reading)
        || added_since(&walk, field, &mut reading)
        || beyond(&walk, field, mention.kind, &mut reading);
    if !changed {
        fall_back(&walk, field, mention, &mut reading);
    }
    distributed(&walk, field, &mut reading);
    if mention.kind == Kind::Multiple && reading.relation == Relation::Level {
        times(&walk, field, &mut reading);
    }
    if let (None, Some((comparison, row, span)), true) =
        (reading.comparison, walk.adverb, reading.relation == Relation::Change)
    {
        reading.comparison = Some(comparison);
        reading.against = Some((row, span));
    }
    if let (Relation::Change, None) = (reading.relation, reading.comparison)
        && let Some((comparison, row, word)) = led_by_comparison(sentence, field, &reading, lexicon)
    {
        (reading.comparison, reading.against) = (Some(comparison), Some((row, word)));
    }
    remarked(&walk, field, &mut reading);
    reading
}

/// 同比营业收入增长8%: the words that compare where they open a clause, and the name stands between them and the word of change.
/// 年均降水量 is a name.
pub(super) fn led_by_comparison(
    sentence: Sentence<'_>,
    field: &Field,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Option<(Comparison, RowId, Span<InFlow>)> {
    let (row_of_change, cue) = reading.cue?;
    let left = field.left.of(sentence.text);
    let start = field.left.start + u32::try_from(left.len() - left.trim_start_matches(['，', ',', ' ']).len()).ok()?;
    let words = sentence.words_in(Span::new(start, field.left.end.max(start))).iter();
    let (comparison, row, word) = words.take_while(|(_, word)| word.start == start).find_map(|(row, word)| {
        let entry = lexicon.entry(*row);
        let Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb }) = entry else { return None };
        let moving = matches!(comparison, Comparison::Yoy | Comparison::Pop) && word.of(sentence.text).ends_with('比');
        moving.then_some((*comparison, *row, *word))
    })?;
    let changes = matches!(lexicon.entry(row_of_change), Some(Entry::Change { .. }));
    let name = Span::<InFlow>::new(word.end, cue.start.min(reading.subject_end).max(word.end));
    (changes && name.of(sentence.text).chars().nth(1).is_some()).then_some((comparison, row, word))
}

/// 增长（同比）3%: what a remark behind the word of change compares with.
fn remarked(walk: &Walk<'_>, field: &Field, reading: &mut Reading) {
    let cue = reading.cue.filter(|_| reading.relation == Relation::Change && reading.comparison.is_none());
    let Some((_, cue)) = cue.filter(|(_, cue)| cue.end < field.left.end) else { return };
    let Some(remark) = walk.sentence.remark_in(Span::new(cue.start, field.left.end)) else { return };
    for (row, _) in walk.sentence.words_in(remark) {
        if let Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb }) = walk.lexicon.entry(*row) {
            reading.comparison = Some(*comparison);
            reading.against = Some((*row, remark));
            return;
        }
    }
}

/// 增长 right before the number, or 增速 as what is measured.
fn change(walk: &Walk<'_>, field: &Field, mention: &Mention, reading: &mut Reading) -> bool {
    let Some((row, span, entry)) = walk.word(|entry| matches!(entry, Entry::Change { .. })) else { return false };
    let Entry::Change { direction, form } = entry else { return false };
    let single = span.of(walk.sentence.text).chars().count() == 1;
    // 升, 高, 多 are words of change only right before the number or its hedge.
    if *form == ChangeForm::Noun {
        // 低于全国增速2个百分点, 拉低全国增速2个百分点
        let points = mention.kind == Kind::PercentagePoint;
        if points
            && (beyond(walk, field, mention.kind, reading) || object_of_change(walk, field, mention.kind, reading))
        {
            return true;
        }
        // 涨幅连续9个月回落: for how long.
        let time = mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
        if time
            || !matches!(
                mention.kind,
                Kind::Percent | Kind::PercentagePoint | Kind::Multiple | Kind::Measure | Kind::Number
            )
        {
            return false;
        }
        // 增速-3%
        let sign = mention.quantity.as_ref().and_then(|quantity| quantity.sign);
        reading.direction = sign.filter(|sign| *sign == Direction::Decrease).or(Some(*direction));
        reading.relation = Relation::Change;
        reading.cue = Some((row, span));
        reading.rule = NOUN_OF_CHANGE;
        reading.subject_end = span.end;
        adverbs_before(walk, field, span.start, reading);
        reading.subject_end = reading.subject_end.max(span.end);
        return true;
    }
    let measured = matches!(span.of(walk.sentence.text), "长" | "長" | "高" | "短" | "快" | "慢");
    // 时长为5小时: no change reached it, but 高至两倍.
    if walk.reached && measured && span.after(walk.sentence.text).starts_with(['为', '為']) {
        return false;
    }
    if walk.reached {
        reading.rule = "a level that a change reached";
        reading.cue = Some((row, span));
        reading.subject_end = span.start;
        adverbs_before(walk, field, span.start, reading);
        reading.comparison = None;
        reading.against = None;
        reached_of(walk, mention, reading);
        return true;
    }
    let level_kind = matches!(mention.kind, Kind::Percent)
        && matches!(span.of(walk.sentence.text), "高" | "低" | "长" | "長" | "短");
    // 同比高0.8个百分点
    let adverb = |(row, _): &(RowId, Span<InFlow>)| {
        matches!(walk.lexicon.entry(*row), Some(Entry::Comparison { form: ComparisonForm::Adverb, .. }))
    };
    let than = than_before(walk, field, span.start).is_some()
        || reading_outside(walk, field).is_some()
        || walk.sentence.words_ending(span.start).iter().any(adverb);
    // 增长的有14个省 counts those that grew, 多在2000米以上 says where most are.
    let behind = span.after(walk.sentence.text);
    // 上涨2012只: so many prices rose.
    let moved = mention.kind == Kind::Count
        && walk.at <= span.end
        && walk.lexicon.is_word(span.of(walk.sentence.text), Role::PriceMove)
        && mention.span.of(walk.sentence.text).ends_with(['只', '隻', '家', '个', '個']);
    if mention.kind == Kind::Count && behind.starts_with('的') || single && behind.starts_with('在') || moved {
        return false;
    }
    // 每升8.5元: a litre.
    let unit = span.before(walk.sentence.text).ends_with(['每', '公', '毫']);
    // 提升100所学校: what is counted is changed itself.
    let object = mention.kind == Kind::Count
        && matches!(form, ChangeForm::Verb | ChangeForm::Effect)
        && !than
        && walk.adverb.is_none();
    if single && (unit || (level_kind || measured) && !than) || object && walk.counts_noun(field, span) {
        return false;
    }
    reading.relation = Relation::Change;
    // 增长-12.4%
    let sign = mention.quantity.as_ref().and_then(|quantity| quantity.sign);
    let falls = *direction == Direction::Increase && sign == Some(Direction::Decrease);
    reading.direction = Some(if falls { Direction::Decrease } else { *direction });
    reading.cue = Some((row, span));
    reading.rule = "a word of change before the number";
    reading.subject_end = span.start;
    if *form == ChangeForm::Deal {
        reading.tail = Some(span);
        reading.deal = true;
    }
    adverbs_before(walk, field, span.start, reading);
    true
}

/// 甲、乙分别实现收入3亿元、5亿元: the verb stands behind 分别, and counts for each of the names. 甲、乙分别完成上级下达任务的9成: the plan
/// names neither.
fn distributed(walk: &Walk<'_>, field: &Field, reading: &mut Reading) {
    let level = reading.relation == Relation::Level && reading.tail.is_none();
    let told = walk.sentence.roles.hold(Role::Respectively);
    if !told || reading.respectively || !(level || reading.relation == Relation::Progress) {
        return;
    }
    let words = walk.sentence.words_in(Span::new(field.left.start, reading.subject_end.max(field.left.start)));
    let each = words.iter().find(|(row, span)| {
        // 分别恢复到2019年的92%: of the levels before.
        let goes_on = || walk.lexicon.opening(span.after(walk.sentence.text), Role::Progress).is_some();
        (span.start > field.left.start || goes_on() || names_before(walk, field))
            && span.len() > 3
            && matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Respectively)))
    });
    let Some((_, each)) = each else { return };
    reading.respectively = true;
    reading.tail = if level { Some(Span::new(each.end, reading.subject_end)) } else { reading.tail };
    reading.subject_end = each.start;
}

/// Bytes of the longest clause that only lists names.
const LISTED: u32 = 96;

/// 甲类企业、乙类企业，分别奖励3万元、5万元: whether the clause before lists names and has no number.
fn names_before(walk: &Walk<'_>, field: &Field) -> bool {
    let opens = field.left.start == field.clause.start;
    let topic = last_clause(walk.sentence, field).filter(|_| opens);
    topic.is_some_and(|topic| {
        let listed = topic.of(walk.sentence.text).contains(['、', '和', '与', '與', '及']);
        listed
            && topic.len() <= LISTED
            && !walk.sentence.mentions_in(topic).iter().any(|mention| mention.kind.is_quantity())
    })
}

/// 比重上升到63%, 跌幅扩大至2%: what was reached is a share, or itself a change.
fn reached_of(walk: &Walk<'_>, mention: &Mention, reading: &mut Reading) {
    if mention.kind != Kind::Percent {
        return;
    }
    for (row, span) in walk.sentence.words_ending(reading.subject_end) {
        match walk.lexicon.entry(*row) {
            Some(Entry::Cue(Role::Share)) => {
                reading.relation = Relation::Share;
                reading.rule = "a part of a whole that a change reached";
            }
            Some(Entry::Change { direction, form: ChangeForm::Noun }) => {
                reading.relation = Relation::Change;
                reading.direction = Some(*direction);
                reading.rule = "a noun of change is what reached a level";
            }
            _ => continue,
        }
        reading.cue = Some((*row, *span));
    }
}

/// 同比, 年均, 分别 and 比上年 before a word of change.
pub(super) fn adverbs_before(walk: &Walk<'_>, field: &Field, from: u32, reading: &mut Reading) {
    let mut adverbs = Walk::new(walk.sentence, walk.lexicon, field.left.start, from);
    adverbs.pass();
    if let Some((comparison, row, span)) = adverbs.adverb {
        reading.comparison = Some(comparison);
        reading.against = Some((row, span));
        // 同比2012年上半年增长: what is compared with is named behind it.
        if let Some(date) = adverbs.dated.filter(|date| date.start == span.end) {
            reading.base = Some(date);
            reading.compared = Some(span.cover(date));
        }
    }
    reading.respectively |= adverbs.respectively;
    if reading.relation == Relation::Change {
        reading.restates |= adverbs.restates;
    }
    reading.subject_end = reading.subject_end.min(adverbs.turned_from().unwrap_or(adverbs.at));
    let before = than_before(walk, field, from);
    if reading.relation == Relation::Change
        && let Some((row, than)) = reading_outside(walk, field).filter(|_| before.is_none())
    {
        // 比全省的6%快1个百分点 names no time.
        let named = |end| compared_with(walk.sentence, walk.lexicon, Span::new(than.end, end));
        reading.compare((row, than), named(field.left.start).or_else(|| named(from)), field.left.start);
        reading.outside = true;
        // 分别比前五年上升8%和下降2%
        let each =
            |(row, _): &(RowId, Span<InFlow>)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Respectively)));
        let clause = Span::new(field.clause.start, than.start.max(field.clause.start));
        reading.respectively |= walk.sentence.words_in(clause).iter().any(each);
    }
    if let Some((row, than)) = before {
        let phrase = Span::new(than.end, from);
        reading.compare((row, than), compared_with(walk.sentence, walk.lexicon, phrase), from);
        reading.subject_end = reading.subject_end.min(than.start);
        let mut rest = Walk::new(walk.sentence, walk.lexicon, field.left.start, reading.subject_end);
        rest.pass();
        reading.respectively |= rest.respectively;
        reading.subject_end = rest.at;
        if reading.comparison.is_none()
            && let Some((comparison, row, span)) = rest.adverb
        {
            reading.comparison = Some(comparison);
            reading.against = Some((row, span));
        }
    }
}

/// 比 in the clause, but before another number: 比预算数280元少8元, 比前五年增长一倍.
fn reading_outside(walk: &Walk<'_>, field: &Field) -> Option<(RowId, Span<InFlow>)> {
    if !field.follows || !walk.sentence.roles.hold(Role::Than) {
        return None;
    }
    let words = walk.sentence.words_in(Span::new(field.clause.start, field.left.start));
    words.iter().rev().find(|(row, _)| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Than)))).copied()
}

/// The last 比 or 较 in the left field before `end`; 收入比缩小 compares nothing.
pub(super) fn than_before(walk: &Walk<'_>, field: &Field, end: u32) -> Option<(RowId, Span<InFlow>)> {
    let roles = walk.sentence.roles;
    if !roles.hold(Role::Than) && !roles.hold(Role::Versus) {
        return None;
    }
    let mut words = walk.sentence.words_in(Span::new(field.left.start, end)).iter().rev();
    let than = words.find(|(row, word)| match walk.lexicon.entry(*row) {
        Some(Entry::Cue(Role::Than)) => true,
        // 相比“十二五”增长5%, but 与“十二五”相比增长5%
        Some(Entry::Cue(Role::Versus)) => {
            word.end < end && versus_in(walk.sentence, field.left, walk.lexicon).is_none()
        }
        _ => false,
    });
    than.filter(|(_, word)| word.end < end).copied()
}
