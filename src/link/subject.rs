//! What a number is of, as the sentence tells it: its own words, a share of the names before it, or what was measured
//! before.

use super::clause::{Field, Sentence};
use super::portion::OF_THOSE;
use super::relation::{self, Reading};
use super::sentence::{Past, State};
use super::{Linker, Observation, distribute, indicator, stretch};
use crate::calendar::Period;
use crate::lexicon::{ChangeForm, Entry, Role, RowId, is_conjunction};
use crate::mention::Mention;
use crate::terms::{Kind, Relation};
use crate::text::Phrase;
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// 分别: how many numbers share the names, and which is next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    names: Option<Phrase>,
    /// The first of the levels that the numbers belong to in turn.
    levels: Option<usize>,
    next: usize,
    count: usize,
}

/// The turn of a number among those that 分别 gives their own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) at: usize,
    pub(super) of: usize,
    /// The level that it is told of: its time, and where it ends.
    pub(super) level: Option<(Option<Period>, u32)>,
}

impl Linker<'_> {
    /// What the number is of: its own words, a share of the names before it, or what was measured before.
    #[expect(clippy::too_many_arguments, reason = "a step of one function, cut out to be read on its own")]
    pub(super) fn subject(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        reading: &Reading,
        own: indicator::Own,
        state: &mut State,
        out: &mut Observation,
    ) -> Past {
        let mut past = Past { subject: own.subject, tail: own.tail, relation: reading.relation, ..Past::default() };
        state.turn = None;
        let last = state.last();
        let joined = field.follows && is_joint(field.left.of(sentence.text));
        let mut rule = "the words before the number";
        let mention = sentence.mentions.get(index);
        let adverbial =
            mention.is_some_and(|mention| stretch::is_adverbial(sentence, field, reading, mention, self.lexicon));
        if adverbial || sentence.names_age(index) {
            past.subject = Phrase::default();
            past.tail = Phrase::default();
            return past;
        }
        let listed = own.subject.is_empty() && reading.relation == Relation::Change && !joined;
        if reading.respectively || listed && self.pairs_off(sentence, index, state) {
            state.shared = self.share_out(sentence, index, field, &own, state);
        }
        let continues = state.shared.is_some_and(|shared| shared.next == 0) || joined;
        if let Some(shared) = state.shared.filter(|shared| continues && shared.next < shared.count) {
            rule = "分别 gives each number its own";
            state.turn = self.next_share(sentence, shared, state, &mut past);
            state.shared = Some(Shared { next: shared.next + 1, ..shared });
            if let (true, Some(last)) = (joined, last) {
                repeat(&last, out);
                if past.tail.is_empty() && (shared.names.is_some() || last.relation == Relation::Share) {
                    past.tail = last.tail;
                }
            }
        } else if let (Some(last), true) = (
            last,
            own.subject.is_empty()
                && reading.cue.is_none()
                && (reading.restates || !reading.opened && self.aims_on(sentence, field, reading, mention, last))
                || joined && own.tail.is_empty(),
        ) {
            rule = "the number before, said again or listed on";
            let change = last.relation == Relation::Change;
            let level = self.of_its_unit(mention, &last, state.before()).filter(|_| change).unwrap_or(&last);
            past.subject = level.subject;
            past.tail = level.tail;
            past.of = if level.mention == last.mention { last.of } else { Some(level.mention) };
            repeat(&last, out);
        } else if let Some(outside) = self.outside_brackets(sentence, field).filter(|_| own.relative) {
            rule = "the total of the noun before the brackets";
            past.subject = outside;
            own.subject.pieces().for_each(|piece| past.subject.push(piece));
        } else if let Some(last) = last
            && (own.relative || self.adds_to(sentence, &own, mention, &last))
        {
            rule = "a total of what was measured before";
            let noun = last.relation == Relation::Level && !last.tail.is_empty();
            past.subject = self.lasting(sentence, &self.without_same(sentence, &last.subject, &own.subject), noun);
            last.tail.pieces().filter(|_| last.relation != Relation::Share).for_each(|piece| past.subject.push(piece));
            if reading.relation == Relation::Change {
                past.of = last.of;
            }
            let said = own.subject.of(sentence.text);
            if !past.subject.of(sentence.text).ends_with(&*said) {
                own.subject.pieces().for_each(|piece| past.subject.push(piece));
            }
        } else if own.subject.is_empty()
            && (own.tail.is_empty()
                || matches!(reading.relation, Relation::Share | Relation::Progress) && reading.rule != OF_THOSE
                || own.deal
                || reading.rule == relation::NOUN_OF_CHANGE)
        {
            rule = self.inherit(sentence, field, reading, state, &mut past, out);
        }
        if let Some(last) = last.filter(|last| own.subject.is_empty() && self.among(sentence, field, mention, last)) {
            past.subject = last.subject;
            last.tail.pieces().for_each(|piece| past.subject.push(piece));
            rule = "a part of what was counted before";
        }
        if let Some(scope) = state.scope.filter(|_| rule == "the words before the number") {
            let mut subject = scope;
            past.subject.pieces().for_each(|piece| subject.push(piece));
            past.subject = subject;
            rule = "the words before the number, of the whole named before";
        }
        if rule == "the words before the number" && self.part(sentence, index, field, &mut past, state) {
            rule = "a part of what was counted before";
        }
        if rule == "the words before the number"
            && past.tail.is_empty()
            && reading.relation == Relation::Level
            && let Some(noun) = self.elided_noun(sentence, field, index, state)
        {
            past.subject.push(noun);
            rule = "the words before the number, with the noun that an earlier number of its unit named";
        }
        out.of = past.of.filter(|_| out.relation != Some(Relation::Level));
        out.indicator = past.subject;
        past.tail.pieces().for_each(|piece| out.indicator.push(piece));
        let words =
            out.indicator.pieces().next().zip(out.indicator.pieces().last()).map(|(first, last)| first.cover(last));
        out.note(Column::Indicator, if out.indicator.is_empty() { "" } else { rule }, None, words);
        if out.of.is_some() {
            out.note(Column::OfFact, "the level that the words before this number measured", None, None);
        }
        past
    }

    /// The subject of the number before, and the level that this one qualifies.
    pub(super) fn inherit(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        state: &State,
        past: &mut Past,
        out: &mut Observation,
    ) -> &'static str {
        let mention = sentence.mentions_in(Span::new(field.left.end, field.clause.end)).first();
        let percent = mention.is_some_and(|mention| mention.kind == Kind::Percent);
        if let Some(before) = self.before_time(sentence, field).filter(|_| !reading.outside) {
            past.subject = before;
            return "the words before a length of time";
        }
        if let Some(before) = self.before_brackets(sentence, field) {
            past.subject = before;
            return "the words before the brackets";
        }
        let mut before = state.before().filter(|earlier| {
            let level = reading.relation == Relation::Level;
            let mute = earlier.time && (level || is_short(sentence.text, &earlier.subject));
            !mute && !earlier.aside && (!reading.outside || earlier.end <= field.clause.start)
        });
        if let Some(last) = before.next() {
            let change = reading.relation == Relation::Change;
            let other = self.of_its_unit(mention, last, before).filter(|_| change && !reading.deal);
            let last = other.unwrap_or(last);
            past.subject = last.subject;
            // 涨幅回落0.1个百分点；同比下降1.4%: a percent is of the price, not of its 涨幅.
            let anew = if reading.relation == Relation::Level { !reading.reached } else { percent };
            if anew && last.relation == Relation::Change {
                past.subject = self.without_change(sentence, &last.subject);
            }
            // 同比升5%，前值升4%；环比升1%: of the thing itself again.
            if reading.against.is_some() {
                past.subject = self.without_value(sentence, &past.subject);
            }
            if reading.relation == Relation::Level
                && past.tail.is_empty()
                && last.relation == Relation::Level
                && !reading.reached
            {
                past.tail = last.tail;
            }
            // 新增50处站点、累计达800处
            let levels = reading.relation == Relation::Level && last.relation == Relation::Level;
            if levels && self.totals(sentence, field, reading.reached, mention, last) {
                past.subject = self.lasting(sentence, &last.subject, !last.tail.is_empty());
            }
            // 减持股份3万股（占总股本5%）: what was dealt in has the share.
            let room =
                [&past.subject, &last.tail, &past.tail].iter().map(|phrase| phrase.pieces().count()).sum::<usize>();
            let of_whole = past.tail.of(sentence.text).starts_with(['占', '佔']) && room <= Phrase::MOST;
            if reading.relation == Relation::Share && last.relation == Relation::Change && of_whole {
                last.tail.pieces().for_each(|piece| past.subject.push(piece));
            }
            // 由20%提高到30%: the level reached is of the sort it started from.
            if reading.reached && last.opened && last.relation == Relation::Share {
                out.relation = Some(Relation::Share);
                past.tail = last.tail;
            }
            let mut levels = state.before().filter(|past| past.relation == Relation::Level && !past.aside);
            let level = levels.find(|past| past.subject == last.subject);
            // 占比达40%，提高7个百分点: the change is that of the share.
            let share =
                (last.relation == Relation::Share && reading.relation == Relation::Change).then_some(last.mention);
            past.of = share.or(level.map(|level| level.mention)).or(last.of);
            if reading.relation == Relation::Change && last.relation != Relation::Share {
                merge_tail(past, last);
            }
            // 占比达40%，提高7个百分点: points of a share.
            if share.is_some() && past.tail.is_empty() && mention.is_some_and(|m| m.kind == Kind::PercentagePoint) {
                past.tail = last.tail;
            }
            return "what was measured before in the sentence";
        }
        if let Some(scope) = state.scope {
            past.subject = scope;
            // 经常开支中，六成用于…: a part of the whole.
            if percent && reading.cue.is_none() {
                out.relation = Some(Relation::Share);
            }
            return "the whole named before";
        }
        if let Some(topic) = self.topic(sentence, field) {
            past.subject = topic;
            // 工业所占的比重，已由26%上升到40%
            let end = topic.pieces().last().map_or(0, |piece| piece.end);
            let share = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Share)));
            if percent && reading.cue.is_none() && sentence.words_ending(end).iter().any(|(row, _)| share(row)) {
                out.relation = Some(Relation::Share);
            }
            // 总产值的增长速度，1981年计划为3%
            let growth = sentence.words_ending(end).iter().find_map(|(row, _)| match self.lexicon.entry(*row) {
                Some(Entry::Change { direction, form: ChangeForm::Noun }) => Some(*direction),
                _ => None,
            });
            if let Some(direction) = growth.filter(|_| percent && reading.cue.is_none()) {
                (out.relation, out.direction) = (Some(Relation::Change), Some(direction));
            }
            return "the topic named at the front of the sentence";
        }
        if let Some((subject, mention)) = self.last.filter(|_| reading.relation != Relation::Level) {
            past.subject = subject;
            past.of = mention;
            return "what the sentence before measured";
        }
        "no words name it"
    }

    /// 环湖一周约250公里: what stands before a length of time in the same clause.
    pub(super) fn before_time(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let before = Span::new(field.clause.start, field.left.start);
        let time = sentence.mentions_in(before).iter().rev().find(|mention| mention.kind.is_quantity())?;
        if !time.quantity.as_ref().is_some_and(|quantity| quantity.time) {
            return None;
        }
        let mut phrase = Phrase::default();
        indicator::clean(sentence, Span::new(before.start, time.span.start), self.lexicon, &mut phrase);
        (!phrase.is_empty()).then_some(phrase)
    }

    /// 甲公司（主板）高开2%: what stands in brackets is said aside.
    fn before_brackets(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let open = before.strip_suffix(['）', ')'])?.rfind(['（', '('])?;
        let outside = before.get(..open)?;
        let pause = |c: char| matches!(c, '，' | ',' | '；' | ';' | '。' | '：' | ':' | '、' | '）' | ')');
        let start = outside.char_indices().rev().find(|(_, c)| pause(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        let words = Span::<InFlow>::at(sentence.span.from() + start, sentence.span.from() + open);
        let numbered = sentence.mentions_in(words).iter().any(|mention| mention.kind.is_quantity());
        // A name; whole clauses before brackets are the heads of a table.
        if numbered || words.of(sentence.text).chars().count() > 16 {
            return None;
        }
        let mut phrase = Phrase::default();
        indicator::clean(sentence, words, self.lexicon, &mut phrase);
        (!phrase.is_empty()).then_some(phrase)
    }

    /// 收入43126元、21874元，增长5.4%、7.8%: as many changes as there were levels in the list before.
    fn pairs_off(&self, sentence: Sentence<'_>, index: usize, state: &State) -> bool {
        let mut levels = state.before().take_while(|past| past.relation == Relation::Level);
        let Some(mut last) = levels.next() else { return false };
        let mut listed = 1;
        for level in levels {
            let start = self.document.mentions.get(last.mention as usize).map_or(0, |mention| mention.span.start);
            if !is_joint(Span::<InFlow>::new(level.end, start).of(sentence.text)) {
                break;
            }
            listed += 1;
            last = level;
        }
        let changes = joined(sentence, index).take(listed + 1).count();
        (2..=listed).contains(&changes)
    }

    /// 分别: over the names before it, or over the levels before it.
    fn share_out(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        own: &indicator::Own,
        state: &State,
    ) -> Option<Shared> {
        let count = joined(sentence, index).count();
        // Names in a clause of their own, or in the sentence before: 利润、收入，同比分别增长3%、5%.
        let before = || self.topic(sentence, field).or(self.last.map(|(subject, _)| subject));
        let names = Some(own.subject).filter(|names| !names.is_empty());
        // 降幅分别扩大2个和3个百分点: of the changes before it.
        let changed = state.past.iter().enumerate().rev().filter(|(_, past)| past.relation == Relation::Change);
        if let (true, Some((first, _)), true) = (own.relative, changed.take(count).last(), count > 1) {
            return Some(Shared { names, levels: Some(first), next: 0, count });
        }
        let names = names.or_else(|| before().filter(|_| state.past.is_empty()));
        if names.is_some() {
            return Some(Shared { names, levels: None, next: 0, count });
        }
        let mut levels = state.past.iter().enumerate().rev().filter(|(_, past)| past.relation == Relation::Level);
        let first = levels.nth(count.checked_sub(1)?).map(|(at, _)| at);
        Some(Shared { names: None, levels: first, next: 0, count })
    }

    /// Gives a number its share of the names or levels; tells whose turn it is.
    fn next_share(&self, sentence: Sentence<'_>, shared: Shared, state: &State, past: &mut Past) -> Option<Turn> {
        if let (Some(noun), Some(first)) = (shared.names, shared.levels) {
            let changed = state.past.iter().skip(first).filter(|past| past.relation == Relation::Change);
            past.subject = changed.clone().nth(shared.next).map_or_else(Phrase::default, |change| change.subject);
            noun.pieces().for_each(|piece| past.subject.push(piece));
            return None;
        }
        if let Some(names) = shared.names {
            let own = distribute::parallel(sentence.text, self.lexicon, &names, shared.next, shared.count);
            past.subject = own.unwrap_or(names);
            return own.is_none().then_some(Turn { at: shared.next, of: shared.count, level: None });
        }
        let levels = state.past.iter().skip(shared.levels.unwrap_or(0)).filter(|past| past.relation == Relation::Level);
        let level = match shared.levels {
            Some(_) => levels.clone().nth(shared.next),
            None => state.past.last(),
        };
        let level = level?;
        past.subject = level.subject;
        merge_tail(past, level);
        past.of = Some(level.mention);
        let level = Some((level.period, level.end));
        shared.levels.map(|_| Turn { at: shared.next, of: shared.count, level })
    }
}

/// Whether a phrase names nothing, or is one character.
fn is_short(text: &str, phrase: &Phrase) -> bool {
    phrase.of(text).chars().nth(1).is_none()
}

/// Gives a number what the one before it says.
fn repeat(last: &Past, out: &mut Observation) {
    out.relation = Some(last.relation);
    out.direction = out.direction.or(last.direction);
    out.comparison = out.comparison.or(last.comparison);
}

/// The noun that was counted behind the level goes with its subject.
fn merge_tail(past: &mut Past, level: &Past) {
    if past.tail.is_empty() && level.relation == Relation::Level {
        past.tail = level.tail;
    }
}

/// The number at `index` and those that only joints of a list part from it.
fn joined(sentence: Sentence<'_>, index: usize) -> impl Iterator<Item = &Mention> {
    let mut end = None;
    let listed = sentence.mentions.get(index..).unwrap_or_default().iter();
    listed.filter(|mention| mention.kind.is_quantity()).take_while(move |mention| {
        let before = end.replace(mention.span.end);
        before.is_none_or(|end| is_joint(Span::<InFlow>::new(end, mention.span.start).of(sentence.text)))
    })
}

/// Whether only a joint of a list stands between two numbers.
fn is_joint(words: &str) -> bool {
    matches!(words.trim(), "" | "、" | "或" | "，" | ",") || is_conjunction(words.trim())
}
