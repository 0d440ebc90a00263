//! What the number before hands on: its relation and direction, its sort, the noun that it counted.

use super::Observation;
use super::relation::Reading;
use super::sentence::Past;
use crate::mention::Mention;
use crate::terms::{Direction, Relation};
use crate::text::Phrase;

/// Gives a number what the one before it says.
pub(super) fn repeat(last: &Past, mention: Option<&Mention>, out: &mut Observation) {
    // 分别增加3亿元、-2亿元
    let sign = mention.and_then(|mention| mention.quantity.as_ref()?.sign);
    let fell = sign.filter(|sign| *sign == Direction::Decrease && last.relation == Relation::Change);
    out.relation = Some(last.relation);
    out.direction = fell.or(out.direction).or(last.direction);
    out.comparison = out.comparison.or(last.comparison);
}

/// 相应升幅, 相应跌幅: as the number before, but the way that the words tell.
pub(super) fn corresponding(words: &str, last: Option<&Past>, mention: Option<&Mention>, out: &mut Observation) {
    let Some(last) = last else { return };
    if last.relation == Relation::Change {
        let way = words.strip_suffix('幅');
        let fell = |way: &str| way.ends_with(['跌', '降', '减', '減']);
        out.direction = way.map(|way| if fell(way) { Direction::Decrease } else { Direction::Increase });
    }
    repeat(last, mention, out);
}

/// 占比由20%提高到30%, 增速从10%降至8%: what is reached is of the sort that it started from.
pub(super) fn keep_sort(last: &Past, percent: bool, past: &mut Past, out: &mut Observation) {
    match last.relation {
        Relation::Share => {
            out.relation = Some(Relation::Share);
            past.tail = last.tail;
        }
        Relation::Change if percent => {
            past.subject = last.subject;
            out.relation = Some(Relation::Change);
            (out.direction, out.comparison) = (last.direction, last.comparison);
        }
        _ => {}
    }
}

/// The noun that was counted behind the level goes with its subject.
pub(super) fn merge_tail(past: &mut Past, level: &Past) {
    if past.tail.is_empty() && level.relation == Relation::Level {
        past.tail = level.tail;
    }
}

/// 减持股份3万股（占总股本5%）, 有水田12万亩，占…: what was dealt in, or counted, has the share.
pub(super) fn share_of(text: &str, last: &Past, reading: &Reading, past: &mut Past) {
    let room = [&past.subject, &last.tail, &past.tail].iter().map(|phrase| phrase.pieces().count()).sum::<usize>();
    if reading.relation != Relation::Share || room > Phrase::MOST {
        return;
    }
    let of_whole = past.tail.of(text).starts_with(['占', '佔']);
    if past.subject.is_empty() || last.relation == Relation::Change && of_whole {
        last.tail.pieces().for_each(|piece| past.subject.push(piece));
    }
}
