//! What a number is of, as the sentence tells it: its own words, a share of the names before it, or what was measured
//! before.

use super::before::{BEFORE_TIME, BEHIND_SEMICOLON, OF_STATE};
use super::clause::{Field, Sentence};
use super::handed::{corresponding, keep_sort, level_of, merge_tail, repeat, say_again, share_of};
use super::list::{is_joint, turns};
use super::portion::OF_THOSE;
use super::relation::{self, Reading};
use super::sentence::{Past, State};
use super::{Linker, Observation, base, indicator, parts, stretch};
use crate::lexicon::{ChangeForm, Entry, Reach, Role, RowId};
use crate::terms::{Kind, Relation};
use crate::text::{InFlow, Phrase, Span};
use crate::trace::Column;

/// The rule of a name that stands right before its number.
pub(super) const OWN: &str = "the words before the number";

impl Linker<'_> {
    /// What the number is of: its own words, a share of the names before it, or what was measured before.
    #[expect(clippy::too_many_arguments, reason = "a step of one function, cut out to be read on its own")]
    pub(super) fn subject(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        reading: &Reading,
        mut own: indicator::Own,
        state: &mut State,
        out: &mut Observation,
    ) -> Past {
        let mut past = Past { subject: own.subject, tail: own.tail, relation: reading.relation, ..Past::default() };
        (state.turn, state.dealt) = (None, false);
        // 二月的相应升幅为2%: what was told of last, and the same is told of it.
        let corresponds = own.relative && own.subject.of(sentence.text).starts_with('相');
        let counted = |past: &&Past| !past.aside && !past.time;
        let last = if corresponds { state.before().find(counted).copied() } else { state.last() };
        let mention = sentence.mentions.get(index);
        // 下降55%和上升4%: each of a list with its own way.
        let turned = field.follows && turns(sentence, field.left, self.lexicon).is_some();
        if corresponds {
            corresponding(&own.subject.of(sentence.text), last.as_ref(), mention, out);
        }
        if turned || corresponds {
            (own.subject, past.subject) = (Phrase::default(), Phrase::default());
        }
        let joined = field.follows && (turned || is_joint(field.left.of(sentence.text), self.lexicon));
        let mut rule = OWN;
        let adverbial =
            mention.is_some_and(|mention| stretch::is_adverbial(sentence, field, reading, mention, self.lexicon));
        if adverbial || sentence.names_age(index) {
            return Past { subject: Phrase::default(), tail: Phrase::default(), ..past };
        }
        if let Some(kin) = self.range_before(sentence, index, &own.subject, state) {
            past.subject = kin;
            name(&past, "what the range before it is of", out);
            return past;
        }
        if reading.respectively || self.shares(sentence, index, reading, &own.subject, state) && !joined {
            self.share_out(sentence, index, field, (reading.relation, &own), state);
        }
        let joined =
            joined || state.shared.is_some() && last.is_some_and(|last| self.follows_comma(sentence, index, &last));
        let continues = state.shared.is_some_and(|shared| shared.next == 0) || joined;
        if let Some(shared) = state.shared.filter(|shared| continues && shared.next < shared.count) {
            rule = "分别 gives each number its own";
            state.turn = self.next_share(sentence, shared, state, &mut past);
            (state.shared, state.dealt) = (Some(shared.after()), true);
            shared.tell_trend(out);
            self.within_whole(sentence, index, field, &mut past, state);
            if let (true, Some(last)) = (joined, last) {
                repeat(&self.unsigned(state, last), mention, out);
                past.of = past.of.filter(|_| last.of.is_some());
                if shared.hands_on(sentence.text, &past, &last, state) {
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
            let place = self.peopled(sentence, field, mention, &last, state);
            (past.subject, past.tail) = place.map_or((level.subject, level.tail), |place| (place, Phrase::default()));
            past.of = if level.mention == last.mention { last.of } else { Some(level.mention) };
            say_again(&self.unsigned(state, last), mention, &mut past, out);
        } else if let Some(last) = last
            && mention.is_some_and(|mention| base::before_brackets(sentence, mention.span, self.lexicon).is_some())
        {
            rule = "what was measured before, at the time that stands before the brackets";
            // 资源量20亿立方米，折合径流深310毫米，比常年（22亿立方米）偏少9%
            let of = self.of_its_unit(mention, &last, state.before()).unwrap_or(&last);
            (past.subject, past.tail) = (of.subject, of.tail);
            repeat(of, mention, out);
        } else if let Some(outside) = self.outside_brackets(sentence, field).filter(|_| own.relative) {
            rule = "the total of the noun before the brackets";
            past.subject = outside;
            own.subject.pieces().for_each(|piece| past.subject.push(piece));
        } else if let Some(names) = self.summed(sentence, field, &own.subject, state) {
            rule = "the sum over all that 分别 named";
            past.subject = names;
        } else if let Some(last) = last
            && (own.relative && !self.names_unit(sentence, &own, mention, &last)
                || self.adds_to(sentence, &own, mention, &last))
        {
            rule = "a total of what was measured before";
            self.total(sentence, &last, reading, &own.subject, &mut past);
        } else if own.subject.is_empty() && state.scope.is_none() && describes(sentence, field, reading, &own) {
            rule = "the noun behind the number, which the share describes";
        } else if own.subject.is_empty()
            && (own.tail.is_empty()
                || matches!(reading.relation, Relation::Share | Relation::Progress) && reading.rule != OF_THOSE
                || own.deal
                || leads_to(sentence, field)
                || reading.rule == relation::NOUN_OF_CHANGE)
        {
            rule = self.inherit(sentence, field, reading, state, &mut past, out);
        }
        if let Some(last) = last.filter(|last| own.subject.is_empty() && self.among(sentence, field, mention, last)) {
            past.subject = last.subject;
            last.tail.pieces().for_each(|piece| past.subject.push(piece));
            rule = "a part of what was counted before";
        }
        if rule == OWN {
            rule = self.widen(sentence, index, field, reading, &mut past, state);
        }
        past.of = past.of.filter(|_| !corresponds);
        name(&past, rule, out);
        past
    }

    /// 确诊病例中，甲区、乙区各2例: puts the whole before the words of one of a list.
    fn within_whole(&self, sentence: Sentence<'_>, index: usize, field: &Field, past: &mut Past, state: &State) {
        match state.scope {
            Some(scope) => past.subject = parts::joined(&scope, &past.subject),
            None => _ = self.part(sentence, index, field, past, state),
        }
    }

    /// 5万元以下300户，5万元至10万元200户: what the range before the one at `index` is of.
    fn range_before(&self, sentence: Sentence<'_>, index: usize, own: &Phrase, state: &State) -> Option<Phrase> {
        let range = own.is_empty() && sentence.is_group(index);
        let mut alike =
            state.before().filter(|past| self.counts_alike(sentence, past.mention, sentence.mentions.get(index)));
        alike.find(|_| range).map(|past| past.subject)
    }

    /// 分别增长5.2%,8.1%,3%: whether a comma alone parts a number from one of its kind.
    fn follows_comma(&self, sentence: Sentence<'_>, index: usize, last: &Past) -> bool {
        let kind = self.document.mentions.get(last.mention as usize).map(|mention| mention.kind);
        sentence.mentions.get(index).is_some_and(|mention| {
            let between = Span::<InFlow>::new(last.end, mention.span.start.max(last.end)).of(sentence.text);
            matches!(between.trim(), "," | "，") && kind == Some(mention.kind)
        })
    }

    /// 投资5亿元，增速为3%，比重上升2个百分点: what was measured before, and the total that the number's own words tell of it.
    fn total(&self, sentence: Sentence<'_>, last: &Past, reading: &Reading, own: &Phrase, past: &mut Past) {
        let noun = last.relation == Relation::Level && !last.tail.is_empty();
        // 增速高于全市，比重上升: the share of what grew.
        let share = own.pieces().next().is_some_and(|piece| {
            sentence.is_word(piece, self.lexicon, |entry| matches!(entry, Entry::Cue(Role::Share)))
        });
        let subject = if share { self.without_change(sentence, &last.subject) } else { last.subject };
        past.subject = self.lasting(sentence, &self.without_same(sentence, &subject, own), noun);
        last.tail.pieces().filter(|_| last.relation != Relation::Share).for_each(|piece| past.subject.push(piece));
        if reading.relation == Relation::Change {
            past.of = last.of;
        }
        let said = own.of(sentence.text);
        if !past.subject.of(sentence.text).ends_with(&*said) {
            own.pieces().for_each(|piece| past.subject.push(piece));
        }
    }

    /// 分别增长5%、-2%、3%: the number before whose direction words told, and not its sign.
    fn unsigned(&self, state: &State, last: Past) -> Past {
        let signed = |past: &&Past| {
            let mention = self.document.mentions.get(past.mention as usize);
            mention.and_then(|mention| mention.quantity.as_ref()).is_some_and(|quantity| quantity.sign.is_some())
        };
        let mut listed = state.before().filter(|past| !past.aside);
        listed.find(|past| !signed(past)).filter(|past| past.relation == last.relation).copied().unwrap_or(last)
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
        if let Some((subject, rule)) = self.told_beside(sentence, field, reading, state) {
            let topic = [BEHIND_SEMICOLON, BEFORE_TIME, OF_STATE].contains(&rule);
            past.subject = if topic { self.of_topic(sentence, subject, reading, percent, out) } else { subject };
            return rule;
        }
        if let Some(rule) = self.dealt(sentence, field, reading, state, past) {
            return rule;
        }
        let mut before = state.before().filter(|earlier| {
            let level = reading.relation == Relation::Level;
            // 缩短6天，降至41天: the same length, as it is now.
            let reaches = || field.left.of(sentence.text).trim_end().ends_with(['至', '到']);
            let now = earlier.relation == Relation::Change && (reading.reached || reaches());
            // 破案率居首，连续4年保持98%
            let lasts = || self.lasts(earlier) && earlier.end > field.clause.start;
            let mute = earlier.time && (level && !now && !lasts() || is_short(sentence.text, &earlier.subject));
            !mute && !earlier.aside && (!reading.outside || earlier.end <= field.clause.start)
        });
        // 比常年（22亿立方米）偏少9%: of what the base in the brackets is of.
        let base = state.past.last().filter(|base| base.aside && base.of_base && base.end > field.clause.start);
        let named = base.and_then(|base| state.levels_of(base.subject).find(|level| !level.of_base && !level.aside));
        if let Some(last) = named.filter(|_| reading.relation == Relation::Change).or_else(|| before.next()) {
            let change = reading.relation == Relation::Change;
            let other = self.of_its_unit(mention, last, before).filter(|_| change && !reading.deal);
            let last = other.unwrap_or(last);
            past.subject = last.subject;
            // 涨幅回落0.1个百分点；同比下降1.4%: a percent is of the price, not of its 涨幅.
            let level = reading.relation == Relation::Level;
            let amount = !percent && self.is_percent(last.mention);
            let anew = if level { !reading.reached || amount } else { percent };
            if anew && last.relation == Relation::Change {
                past.subject = self.without_change(sentence, &last.subject);
            }
            // 同比升5%，前值升4%；环比升1%: of the thing itself again.
            let foretold = |(row, _): &(RowId, _)| {
                matches!(self.lexicon.entry(*row), Some(Entry::Status { reach: Reach::Forecast, .. }))
            };
            if reading.against.is_some() || sentence.words_in(field.left).iter().any(foretold) {
                past.subject = self.without_value(sentence, &past.subject);
            }
            if last.relation == Relation::Level && self.is_outcome(sentence, field, reading) {
                past.subject = self.without_plan(sentence, &past.subject);
            }
            if reading.relation == Relation::Level
                && past.tail.is_empty()
                && last.relation == Relation::Level
                && !reading.reached
            {
                past.tail = last.tail;
            }
            // 全乡辖12个村，76个社区，3638户，12320人: households and people are those of the place.
            if let Some(place) = self.peopled(sentence, field, mention, last, state) {
                (past.subject, past.tail) = (place, Phrase::default());
            }
            // 新增50处站点、累计达800处
            let levels = reading.relation == Relation::Level && last.relation == Relation::Level;
            if levels && self.totals(sentence, field, reading.reached, mention, last) {
                past.subject = self.lasting(sentence, &last.subject, !last.tail.is_empty());
            }
            share_of(sentence.text, last, reading, past);
            // 由20%提高到30%: the level reached is of the sort it started from.
            // 所占的比重，2015年为52%，2020年上升到58%
            let plain = reading.relation == Relation::Level && past.tail.is_empty();
            let share = percent && plain && last.relation == Relation::Share && self.is_percent(last.mention);
            if last.opened && (reading.reached || field.follows && reading.cue.is_none()) || reading.reached && share {
                keep_sort(last, percent, past, out);
            }
            // 成长率上修0.4个百分点，为3.1%
            if level && percent && reading.cue.is_none() {
                self.as_topic_says(sentence, past.subject, out);
            }
            let level = level_of(mention, last, state);
            // 占比达40%，提高7个百分点: the change is that of the share.
            // 占全市的40%，同比增长20%: that of the amount.
            let points = mention.is_some_and(|mention| mention.kind == Kind::PercentagePoint);
            let of_share = last.relation == Relation::Share && reading.relation == Relation::Change;
            let share = (of_share && (points || level.is_none())).then_some(last.mention);
            past.of = share.or(level.map(|level| level.mention)).or(last.of);
            if reading.relation == Relation::Change && last.relation != Relation::Share {
                merge_tail(past, last);
            }
            // 占比达40%，提高7个百分点，超计划1个百分点: points of a share.
            let changed = last.relation == Relation::Change && reading.relation == Relation::Change;
            if (share.is_some() || changed) && past.tail.is_empty() && points {
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
            past.subject = self.of_topic(sentence, topic, reading, percent, out);
            return "the topic named at the front of the sentence";
        }
        if let Some((subject, mention)) = self.last.filter(|_| reading.relation != Relation::Level) {
            past.subject = subject;
            past.of = mention;
            return "what the sentence before measured";
        }
        "no words name it"
    }

    /// Whether a number tells for how many years in a row.
    fn lasts(&self, past: &Past) -> bool {
        let mention = self.document.mentions.get(past.mention as usize);
        mention.is_some_and(|mention| mention.span.before(self.document.text).ends_with(['续', '續']))
    }

    /// The topic as what a number is of, which takes its sort where its own words tell none.
    fn of_topic(
        &self,
        sentence: Sentence<'_>,
        topic: Phrase,
        reading: &Reading,
        percent: bool,
        out: &mut Observation,
    ) -> Phrase {
        if percent && reading.cue.is_none() {
            self.as_topic_says(sentence, topic, out);
        } else if reading.relation == Relation::Change && reading.rule != relation::NOUN_OF_CHANGE {
            // 出口增幅最大，同比增长54.4%
            return self.without_change(sentence, &topic);
        }
        topic
    }

    /// 工业所占的比重，已由26%上升到40%, 总产值的增长速度，1981年计划为3%: a percent is what the topic's last word says.
    fn as_topic_says(&self, sentence: Sentence<'_>, topic: Phrase, out: &mut Observation) {
        // 增速最快，达到15%
        let last = topic.pieces().last().unwrap_or(Span::new(0, 0));
        let told = last.of(sentence.text).trim_end_matches(['最', '快', '大', '高', '居', '首', '前', '小', '低']);
        let end = Span::<InFlow>::at(last.from(), last.from() + told.len()).end;
        for (row, _) in sentence.words_ending(end) {
            match self.lexicon.entry(*row) {
                Some(Entry::Cue(Role::Share)) => out.relation = Some(Relation::Share),
                Some(Entry::Change { direction, form: ChangeForm::Noun }) => {
                    (out.relation, out.direction) = (Some(Relation::Change), Some(*direction));
                }
                _ => {}
            }
        }
    }

    /// The words of a span as a name, if they are one.
    pub(super) fn cleaned(&self, sentence: Sentence<'_>, span: Span<InFlow>) -> Option<Phrase> {
        let mut phrase = Phrase::default();
        indicator::clean(sentence, span, self.lexicon, &mut phrase);
        (!phrase.is_empty()).then_some(phrase)
    }
}

/// 增加12%至1850个单位: whether nothing but 至 stands before a number.
fn leads_to(sentence: Sentence<'_>, field: &Field) -> bool {
    matches!(field.left.of(sentence.text).trim(), "至" | "到")
}

/// Gives a fact its indicator, by a rule, and the level that it is of.
fn name(past: &Past, rule: &'static str, out: &mut Observation) {
    out.of = past.of.filter(|_| out.relation != Some(Relation::Level));
    // A long list of names leaves room for the noun behind them.
    let room = Phrase::MOST.saturating_sub(past.tail.pieces().count());
    past.subject.pieces().take(room).for_each(|piece| out.indicator.push(piece));
    past.tail.pieces().for_each(|piece| out.indicator.push(piece));
    let words = out.indicator.pieces().next().zip(out.indicator.pieces().last()).map(|(first, last)| first.cover(last));
    out.note(Column::Indicator, if out.indicator.is_empty() { "" } else { rule }, None, words);
    if out.of.is_some() {
        out.note(Column::OfFact, "the level that the words before this number measured", None, None);
    }
}

/// 持股6.2%的股东: whether a share only says of whom the sentence speaks.
fn describes(sentence: Sentence<'_>, field: &Field, reading: &Reading, own: &indicator::Own) -> bool {
    let behind = own.tail.pieces().last().filter(|last| last.start >= field.right.start);
    let joint = |noun: Span<InFlow>| Span::<InFlow>::new(field.right.start, noun.start).of(sentence.text);
    reading.relation == Relation::Share && behind.is_some_and(|noun| joint(noun).ends_with('的'))
}

/// Whether a phrase names nothing, or is one character.
fn is_short(text: &str, phrase: &Phrase) -> bool {
    phrase.of(text).chars().nth(1).is_none()
}
