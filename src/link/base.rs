//! Numbers that others are compared with, told beside them.

use super::Linker;
use super::against::{is_versus, opener};
use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::sign::Sign;
use super::whole::{joint_of, last_words};
use crate::calendar::Period;
use crate::lexicon::{ChangeForm, ComparisonForm, Entry, Lexicon, PeriodWord, Place, Reach, Role, RowId};
use crate::mention::Mention;
use crate::terms::{Bound, Comparison, Kind, Relation};
use crate::text::{InFlow, Phrase, Span};

/// 与2010年的13.4亿人相比: the words from 与 to a number that others are compared with.
pub(super) fn base_in(sentence: Sentence<'_>, field: &Field, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    if !sentence.roles.hold(Role::Versus) {
        return None;
    }
    let (row, behind) = sentence.words_in(field.right).first()?;
    if behind.start != field.right.start || !is_versus(*row, lexicon) {
        return None;
    }
    let from = opener(field.left.of(sentence.text))?;
    Some(Span::at(field.left.from() + from, field.left.to()))
}

/// Characters at most of 水平 and 的相应升幅 behind the time of a number in brackets.
const OF_TIME: usize = 5;

/// 高于上月（5.2%）和去年同期（5.6%）: the words in front of brackets that hold the number of another time, and nothing else.
pub(super) fn before_brackets(sentence: Sentence<'_>, number: Span<InFlow>, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    let before = Span::<InFlow>::new(sentence.span.start, number.start).of(sentence.text);
    let outside = before.strip_suffix(['（', '(']).filter(|_| number.after(sentence.text).starts_with(['）', ')']))?;
    let words = last_words(sentence, outside);
    let joint = joint_of(sentence, words);
    let than = sentence.words_in(words).iter().find(|(row, word)| {
        let entry = lexicon.entry(*row);
        let beyond = matches!(entry, Some(Entry::Modifier { place: Place::Before, .. } | Entry::Cue(Role::Than)));
        word.start == words.start && beyond
    });
    let from = joint.map(|joint| words.from() + joint).or(than.map(|(_, word)| word.to()))?;
    let named = Span::at(from, words.to());
    let timed = |row: &RowId| {
        matches!(lexicon.entry(*row), Some(Entry::Period(_) | Entry::Comparison { form: ComparisonForm::Base, .. }))
    };
    let words = sentence.words_in(named).iter().filter(|(row, word)| word.start == named.start && timed(row));
    let date = sentence.mentions_in(named).first().filter(|date| date.span.start == named.start && date.when.is_some());
    let end = words.map(|(_, word)| word.end).max().or(date.map(|date| date.span.end))?;
    // 上月水平, 2月的相应升幅, but 上月基金份额净值 is measured itself.
    let noun = Span::<InFlow>::new(end, named.end).of(sentence.text);
    noun.chars().nth(OF_TIME).is_none().then_some(named)
}

/// 比2010年普查的3.3人减少0.4人: whether a number is that of the time that the next is compared with.
pub(super) fn is_of_base(sentence: Sentence<'_>, field: &Field, lexicon: &Lexicon) -> bool {
    // 与上年20.6%基本持平
    let left = field.left.of(sentence.text);
    let beside = left.trim_start().starts_with(['与', '與', '同', '和', '跟']);
    if beside && lexicon.opening(field.right.of(sentence.text).trim_start(), Role::Same).is_some() {
        return true;
    }
    if !left.ends_with('的') || !(sentence.roles.hold(Role::Versus) || sentence.roles.hold(Role::Than)) {
        return false;
    }
    let opens = |role: Role| {
        move |(row, word): &&(RowId, Span<InFlow>)| {
            word.start == field.left.start && matches!(lexicon.entry(*row), Some(Entry::Cue(found)) if *found == role)
        }
    };
    let changes = |(row, word): &(RowId, Span<InFlow>)| {
        word.start == field.right.start && matches!(lexicon.entry(*row), Some(Entry::Change { .. }))
    };
    let timed = |(row, _): &(RowId, Span<InFlow>)| {
        matches!(lexicon.entry(*row), Some(Entry::Period(_) | Entry::Comparison { form: ComparisonForm::Base, .. }))
    };
    let words = sentence.words_in(field.left);
    let dated = |(_, than): &(RowId, Span<InFlow>)| {
        sentence.mention_at(than.end).is_some_and(|mention| mention.kind == Kind::Date)
            || words
                .iter()
                .take_while(|(_, word)| word.start <= than.end)
                .any(|word| word.1.start == than.end && timed(word))
    };
    // 相比去年同期的46%有所上升
    let versus = words.iter().take(2).find(opens(Role::Versus)).is_some_and(dated);
    let than = || words.iter().take(2).find(opens(Role::Than)).is_some_and(dated);
    versus || field.shared && than() && sentence.words_in(field.right).iter().take(2).any(changes)
}

/// 较上年同期4300万元，增加1300万元: the words from 较 on, where they name a time and nothing else up to a number that the next is
/// compared with.
pub(super) fn of_time(sentence: Sentence<'_>, field: &Field, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    if !sentence.roles.hold(Role::Than) {
        return None;
    }
    let words = sentence.words_in(field.left);
    let than = |(row, _): &&(RowId, Span<InFlow>)| matches!(lexicon.entry(*row), Some(Entry::Cue(Role::Than)));
    let (_, than) = words.iter().rev().find(than)?;
    // 比2022年同期3万件
    let date = sentence.mention_at(than.end).filter(|date| date.kind == Kind::Date && date.when.is_some());
    let at = date.map_or(than.end, |date| date.span.end);
    let word = words.iter().filter(|(row, word)| {
        let time = matches!(
            lexicon.entry(*row),
            Some(
                Entry::Period(_)
                    | Entry::Comparison {
                        comparison: Comparison::Yoy | Comparison::Period,
                        form: ComparisonForm::Base
                    }
            )
        );
        word.start == at && time
    });
    let end = word.map(|(_, word)| word.end).max().or(date.map(|date| date.span.end))?;
    // 历年平均值, 二季度均值, 期初余额
    let noun = Span::<InFlow>::new(end, field.left.end.max(end)).of(sentence.text).trim();
    let noun =
        noun.chars().all(|c| matches!(c, '的' | '平' | '均' | '水' | '值' | '数' | '數' | '余' | '餘' | '额' | '額'));
    let behind = field.right.of(sentence.text).trim();
    let changes = |(row, word): &(RowId, Span<InFlow>)| {
        word.start == field.right.start && matches!(lexicon.entry(*row), Some(Entry::Change { .. }))
    };
    let compares = behind.is_empty() || sentence.words_in(field.right).iter().take(2).any(changes);
    (noun && compares).then(|| Span::new(than.start, field.left.end))
}

/// 费用较上年同期4300万元: what stands before the words of a base, where a number is the level of another time or a forecast.
pub(super) fn before_base(
    sentence: Sentence<'_>,
    field: &Field,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Option<Span<InFlow>> {
    let before = |base: Span<InFlow>| Span::new(field.left.start, base.start);
    let other = || is_of_base(sentence, field, lexicon) || is_passed(sentence, field, reading, lexicon);
    let told = of_time(sentence, field, lexicon).map(before).or_else(|| other().then(|| before(field.left)));
    told.or_else(|| passed_of(sentence, field, lexicon))
}

/// 占比增至30.9%，高于乙市的26.6%: whose level it is that the number before is above or below.
fn passed_of(sentence: Sentence<'_>, field: &Field, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
    before.strip_suffix(['，', ',']).filter(|before| before.ends_with(['%', '％']))?;
    let (row, hedge) = sentence.words_in(field.left).first()?;
    let opens = hedge.start == field.clause.start && hedge.of(sentence.text).ends_with(['于', '於']);
    let other = Span::<InFlow>::new(hedge.end, field.left.end);
    let name = other.of(sentence.text).strip_suffix('的').filter(|_| opens && passes(lexicon.entry(*row)))?;
    Some(Span::at(other.from(), other.from() + name.len()))
}

/// 较期初, 由年初的: whether a number is that of the start of the time at hand.
pub(super) fn is_opening(words: &str) -> bool {
    let words = words.trim_end().trim_end_matches(['的', '数', '數', '余', '额', '額']);
    words.strip_suffix('初').is_some_and(|words| words.ends_with(['年', '期']))
}

/// 高于去年同期的5%, 低于前值3万人: the level of another time or of a forecast, which the number before is above or below.
fn is_passed(sentence: Sentence<'_>, field: &Field, reading: &Reading, lexicon: &Lexicon) -> bool {
    if reading.relation != Relation::Level {
        return false;
    }
    let Some((_, hedge)) = sentence.words_in(field.left).iter().find(|(row, _)| passes(lexicon.entry(*row))) else {
        return false;
    };
    let before = Span::<InFlow>::new(field.left.start, hedge.start).of(sentence.text);
    let end = sentence.trim_end(field.left.start, field.left.end);
    let between = Span::<InFlow>::new(hedge.end, end.max(hedge.end));
    before.trim().is_empty()
        && !between.is_empty()
        && (between.of(sentence.text).ends_with('的')
            || sentence.words_ending(end).iter().any(|(row, _)| is_told_before(lexicon.entry(*row)))
            || foretold(sentence, field, lexicon).is_some())
}

/// 超过公司3亿元的预期: the noun behind a number that was foretold.
pub(super) fn foretold(sentence: Sentence<'_>, field: &Field, lexicon: &Lexicon) -> Option<(RowId, Span<InFlow>)> {
    let right = field.right;
    if !right.of(sentence.text).starts_with('的') {
        return None;
    }
    let forecast = |(row, word): &&(RowId, Span<InFlow>)| {
        let forecast = matches!(lexicon.entry(*row), Some(Entry::Status { reach: Reach::Forecast, .. }));
        forecast && word.end == right.end && word.start <= right.start + NOUN
    };
    sentence.words_in(right).iter().find(forecast).copied()
}

/// Bytes from a number to the noun that says it was foretold: 的市场平均预期.
const NOUN: u32 = 18;

/// 高于, 不及, 超出: words that a level which was passed or missed stands behind.
fn passes(entry: Option<&Entry>) -> bool {
    match entry {
        Some(Entry::Modifier { bound, place: Place::Before }) => matches!(bound, Bound::MoreThan | Bound::LessThan),
        Some(Entry::Change { form: ChangeForm::Over, .. }) => true,
        _ => false,
    }
}

/// 前值, 预期: a level of the same thing that was told before.
fn is_told_before(entry: Option<&Entry>) -> bool {
    matches!(entry, Some(Entry::Cue(Role::Estimate) | Entry::Status { reach: Reach::Forecast, .. }))
}

/// 性别比由2010年第六次普查的105下降为103, 起征点从月销售额10万元提高到15万元: where 由 stands, with more words up to the number.
pub(super) fn opens_far(sentence: Sentence<'_>, field: &Field, lexicon: &Lexicon) -> Option<u32> {
    if !field.shared || !sentence.roles.hold(Role::From) {
        return None;
    }
    let entry = |row: &RowId| lexicon.entry(*row);
    let from = sentence
        .words_in(field.left)
        .iter()
        .rev()
        .find(|(row, word)| word.start > field.left.start && matches!(entry(row), Some(Entry::Cue(Role::From))));
    let changes = |(row, word): &(RowId, Span<InFlow>)| {
        word.start == field.right.start && matches!(entry(row), Some(Entry::Change { .. } | Entry::Cue(Role::To)))
    };
    let (_, from) = from.filter(|_| sentence.words_in(field.right).iter().take(2).any(changes))?;
    Some(from.start)
}

/// 市场预期增长3%, 分析师此前预期为3%: whether words only say who foretells.
pub(super) fn foretells(sentence: Sentence<'_>, field: &Field, subject: &Phrase, lexicon: &Lexicon) -> bool {
    let mut pieces = subject.pieces();
    let Some(piece) = pieces.next().filter(|_| pieces.next().is_none()) else { return false };
    let forecast = |(row, _): &(RowId, Span<InFlow>)| {
        matches!(lexicon.entry(*row), Some(Entry::Status { reach: Reach::Forecast, .. }))
    };
    let behind = Span::new(piece.end, field.left.end.max(piece.end));
    sentence.words_in(behind).iter().any(forecast) && lexicon.is_word(piece.of(sentence.text), Role::Foreteller)
}

impl Linker<'_> {
    /// 较去年同期的4.1亿元, 由期初的60%: the time of a number that others are compared with, by the words `of_base` from 较 on.
    pub(super) fn time_of_base(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        of_base: Option<Span<InFlow>>,
        dated: Option<Period>,
    ) -> Option<Period> {
        if (of_base.is_some() || reading.opened) && is_opening(field.left.of(sentence.text)) {
            return self.clock.opening();
        }
        let Some(words) = of_base else { return dated };
        if let Some(date) = sentence.mentions_in(words).iter().find(|mention| mention.when.is_some()) {
            return self.of_named(sentence, date).or(dated);
        }
        let word = sentence.words_in(words).iter().find_map(|(row, _)| match self.lexicon.entry(*row) {
            Some(Entry::Period(word)) => Some(*word),
            _ => None,
        });
        match word {
            // 上年 is the year before the one that was told of.
            Some(PeriodWord::Year(_)) if dated.is_some() => dated,
            _ => word.and_then(|word| self.clock.resolve_word(word)).or(dated),
        }
    }

    /// 较2017年同期的250例, 比2017年一季度的28亿元: the time that a number is compared of.
    fn of_named(&self, sentence: Sentence<'_>, date: &Mention) -> Option<Period> {
        let when = date.when?;
        match when.first.year {
            Some(year) if when.first.month.is_none() && date.span.after(sentence.text).starts_with('同') => {
                self.resolved(Sign::Same(year))
            }
            _ => self.clock.resolve(&when, false),
        }
    }
}
