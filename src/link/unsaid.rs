//! What a number says where no word before it does: its sign, a noun of change in the clause, what stands behind it.

use super::clause::{Field, is_pause};
use super::noun::behind_restated;
use super::portion::{OF_THOSE, is_part, is_rate};
use super::relation::{Reading, adverbs_before};
use super::walk::Walk;
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Role, RowId, is_han};
use crate::mention::Mention;
use crate::terms::{Direction, Kind, Relation};
use crate::text::{InFlow, Span};

/// Without a word before the number: its sign, a noun of change in the clause, what stands behind it.
pub(super) fn fall_back(walk: &Walk<'_>, field: &Field, mention: &Mention, reading: &mut Reading) {
    let sign = mention.quantity.as_ref().and_then(|quantity| quantity.sign);
    // A sum below zero is a level; +12, -0.3% and 同比-2亿元 stand for a change.
    // 下降11.69pct至-6.8%: where it came to.
    let rate = |(row, _): &(RowId, Span<InFlow>)| {
        matches!(walk.lexicon.entry(*row), Some(Entry::Change { form: ChangeForm::Noun, .. }))
    };
    let growth = || walk.sentence.words_in(Span::new(field.clause.start, field.left.start)).iter().any(rate);
    let reached = matches!(field.left.of(walk.sentence.text).trim(), "至" | "到") && !growth();
    let level = sign == Some(Direction::Decrease)
        && (matches!(mention.kind, Kind::Measure | Kind::Number) || is_rate(walk) || reached)
        && walk.adverb.is_none();
    if let Some(direction) = sign.filter(|_| !level) {
        reading.relation = Relation::Change;
        reading.direction = Some(direction);
        reading.rule = "a sign before the number";
        // 较上周+4%
        if walk.named.is_some() {
            adverbs_before(walk, field, field.left.end, reading);
        }
        return;
    }
    if !matches!(mention.kind, Kind::Percent | Kind::PercentagePoint | Kind::Multiple | Kind::Ratio) {
        return;
    }
    // 翻番, 实现倍增
    if mention.span.of(walk.sentence.text).starts_with(['翻', '倍']) {
        reading.relation = Relation::Change;
        reading.direction = Some(Direction::Increase);
        reading.rule = "doubling is a change";
        // 较2020年实现翻番
        adverbs_before(walk, field, field.left.end, reading);
        return;
    }
    // 65%的企业订单增长: a part of those, and no growth. 九成（92.1%）的受访者支持
    let holders = || {
        let restated = behind_restated(walk.sentence, field, mention, walk.lexicon);
        let right = restated.unwrap_or(field.right).of(walk.sentence.text);
        let noun = right.strip_prefix('的').filter(|_| restated.is_some() || !field.shared)?;
        walk.lexicon.opening(noun, Role::Holder).filter(|holder| holder.len() < noun.len())
    };
    if mention.kind == Kind::Percent && walk.at <= field.clause.start && holders().is_some() {
        reading.relation = Relation::Share;
        reading.rule = OF_THOSE;
        return;
    }
    let behind = change_behind(walk, field);
    let in_clause =
        walk.sentence.words_in(field.left).iter().rev().find_map(|(row, span)| match walk.lexicon.entry(*row) {
            Some(Entry::Change { direction, form: ChangeForm::Noun }) if !opens_rate(walk, *span) => {
                Some((*row, *span, *direction))
            }
            _ => None,
        });
    if let Some((row, span, direction)) = behind.or(in_clause) {
        reading.relation = Relation::Change;
        reading.direction = Some(direction);
        reading.cue = Some((row, span));
        reading.rule = "a noun of change in the clause";
        let adverb =
            walk.sentence.words_in(field.clause).iter().find_map(|(row, span)| match walk.lexicon.entry(*row) {
                Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb }) => {
                    Some((*comparison, *row, *span))
                }
                _ => None,
            });
        if let Some((comparison, row, span)) = adverb {
            reading.comparison = Some(comparison);
            reading.against = Some((row, span));
        }
    } else if mention.kind == Kind::PercentagePoint {
        reading.relation = Relation::Change;
        reading.rule = "percentage points are a change";
    } else if is_part(walk, field, mention) {
        reading.relation = Relation::Share;
        reading.rule = OF_THOSE;
    } else if is_of_whole(walk, field, mention) {
        reading.relation = Relation::Share;
        reading.rule = "a part of the whole before it";
    } else if lists_shares(walk, mention) {
        reading.relation = Relation::Share;
        reading.rule = LISTED;
    }
}

/// 经调整季节变动因素后的失业率: whether a noun of change only stands in the name of a rate.
fn opens_rate(walk: &Walk<'_>, noun: Span<InFlow>) -> bool {
    let behind = Span::<InFlow>::new(noun.end, walk.at.max(noun.end)).of(walk.sentence.text);
    behind.ends_with('率') && behind.chars().nth(2).is_some()
}

/// The rule of 选择比例依次为：旅游（31%）.
pub(super) const LISTED: &str = "one of the shares that the list is of";

/// 选择比例依次为：旅游（31%）、教育（28%）: whether a list in brackets is of shares, as the words before its colon tell.
fn lists_shares(walk: &Walk<'_>, mention: &Mention) -> bool {
    let sentence = walk.sentence;
    if mention.kind != Kind::Percent || !sentence.roles.hold(Role::Share) || sentence.brackets(mention.span).is_none() {
        return false;
    }
    let before = Span::<InFlow>::new(sentence.span.start, mention.span.start);
    let Some(colon) = before.of(sentence.text).rfind(['：', ':']) else { return false };
    let pause = before.of(sentence.text).get(..colon).and_then(|topic| topic.rfind(is_pause)).unwrap_or(0);
    let topic = Span::<InFlow>::at(before.from() + pause, before.from() + colon);
    let share = |row: &RowId| matches!(walk.lexicon.entry(*row), Some(Entry::Cue(Role::Share)));
    sentence.words_in(topic).iter().any(|(row, _)| share(row))
}

/// 收入的60%来自转移支付, 学生中三成来自农村，其余七成来自城市: a whole before 的 or 中, and behind the number what becomes of its part.
fn is_of_whole(walk: &Walk<'_>, field: &Field, mention: &Mention) -> bool {
    let before = field.left.of(walk.sentence.text).trim_end();
    let right = field.right.of(walk.sentence.text);
    let becomes = || walk.lexicon.opening(right, Role::Becomes).is_some();
    // 受访者中70%支持
    let held = || {
        let whole = before.strip_suffix('有').unwrap_or(before).strip_suffix('中');
        right.starts_with(is_han) && whole.is_some_and(|whole| walk.lexicon.closing(whole, Role::Holder).is_some())
    };
    mention.kind == Kind::Percent
        && (before.strip_suffix(['的', '中', '余', '餘']).is_some_and(|whole| !whole.is_empty()) && becomes() || held())
}

/// 5%的增长, 5%左右的增速, 5%和8%的增长.
fn change_behind(walk: &Walk<'_>, field: &Field) -> Option<(RowId, Span<InFlow>, Direction)> {
    let text = walk.sentence.text;
    let mut right = field.right;
    for next in walk.sentence.mentions_in(Span::new(right.start, field.clause.end)).iter().take(3) {
        let joint = Span::<InFlow>::new(right.start, next.span.start).of(text).trim();
        if next.kind != Kind::Percent || !matches!(joint, "和" | "及" | "与" | "與" | "、") {
            break;
        }
        right = Span::new(next.span.end, field.clause.end);
    }
    // 录得5%升幅
    let noun = walk.sentence.words_in(right).iter().find_map(|(row, span)| match walk.lexicon.entry(*row) {
        Some(Entry::Change { direction, form: ChangeForm::Noun }) if span.start == right.start => {
            Some((*row, *span, *direction))
        }
        _ => None,
    });
    if noun.is_some() {
        return noun;
    }
    let of = right.of(text).find('的').filter(|at| *at <= 12)?;
    let at = right.start + u32::try_from(of + '的'.len_utf8()).ok()?;
    let window = Span::<InFlow>::new(at, right.end);
    let short = Span::<InFlow>::at(window.from(), window.from() + window.len().min(18) as usize);
    // 九成的农户增产, 九成的社员增加收入 tell what those did.
    let did = |span: &Span<InFlow>| {
        let adds = span.of(text).ends_with(['加', '少']) && span.after(text).starts_with(is_han);
        span.start > at && (adds || span.of(text).ends_with(['产', '產', '收']))
    };
    walk.sentence.words_in(short).iter().find_map(|(row, span)| match walk.lexicon.entry(*row) {
        Some(Entry::Change { direction, .. }) if span.of(text).chars().count() > 1 && !did(span) => {
            Some((*row, *span, *direction))
        }
        _ => None,
    })
}
