//! What the numbers before hand on: relation and direction, their sort, the noun that they counted, the level that one is of.

use super::clause::{Field, Sentence};
use super::relation::Reading;
use super::sentence::{Past, State};
use super::{Linker, Observation};
use crate::calendar::Period;
use crate::lexicon::{ChangeForm, Entry, Role, RowId, is_han};
use crate::mention::Mention;
use crate::terms::{Direction, Kind, Relation};
use crate::text::{InFlow, Phrase, Span};

/// Characters of the longest name beside another that a rate is told of.
const BESIDE: usize = 6;

/// Bytes of the longest words for a mark: 整数关口.
const MARK: usize = 12;

impl Linker<'_> {
    /// 甲市财政收入增速为8%，乙市为5%; 工业增速8%，农业3%: a rate as the one before it, of another name beside that.
    pub(super) fn repeats_rate(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
        reading: &mut Reading,
        state: &State,
    ) {
        let plain = reading.relation == Relation::Level && reading.cue.is_none() && reading.planned.is_none();
        let Some(last) = state.past.last().filter(|last| last.relation == Relation::Change && !last.aside) else {
            return;
        };
        if !plain || mention.kind != Kind::Percent || field.shared || !self.is_percent(last.mention) {
            return;
        }
        let rate = |(row, _): &&(RowId, Span<InFlow>)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Change { form: ChangeForm::Noun, .. }))
        };
        let Some(whole) = last.subject.pieces().last() else { return };
        let Some((_, rate)) = sentence.words_ending(whole.end).iter().find(rate) else { return };
        let between = Span::<InFlow>::new(last.end, mention.span.start.max(last.end));
        let words = between.of(sentence.text).trim_end_matches(['为', '為', '是', '达', '達', '约']);
        let Some(name) = words.strip_prefix(['，', ',', '、']) else { return };
        let name = Span::at(between.from() + words.len() - name.len(), between.from() + words.len());
        // 经济增速为8%，城镇化达60%: of another sort.
        let last_char = |name: Span<InFlow>| name.of(sentence.text).chars().next_back();
        let kin = || {
            let other = Span::new(whole.start, rate.start.max(whole.start));
            self.is_place(sentence, name) || last_char(name).is_some() && last_char(other) == last_char(name)
        };
        let length = name.of(sentence.text).chars().count();
        if (2..=BESIDE).contains(&length) && name.of(sentence.text).chars().all(is_han) && kin() {
            reading.relation = Relation::Change;
            reading.direction = last.direction;
            reading.comparison = last.comparison;
            reading.rule = "a rate as the one before it";
        }
    }

    /// 收入102亿元，首次突破百亿元大关，增长12%: whether a number is a mark that was passed by the amount told of before, so that what
    /// follows is of that amount.
    pub(super) fn passes_mark(&self, sentence: Sentence<'_>, field: &Field, mark: &Past, state: &State) -> bool {
        let behind = field.right.of(sentence.text);
        let passed = behind.len() <= MARK && self.lexicon.closing(behind, Role::Milestone).is_some();
        passed && state.levels_of(mark.subject).any(|level| !level.aside)
    }

    /// 全乡辖12个村，3638户，12320人: what has the villages has the households and people too, which no other word names.
    pub(super) fn peopled(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: Option<&Mention>,
        last: &Past,
        state: &State,
    ) -> Option<Phrase> {
        let unit = |mention: &Mention| Some(mention.quantity.as_ref()?.unit?.of(sentence.text));
        let own = mention.and_then(unit).filter(|unit| matches!(*unit, "户" | "戶" | "人" | "口"))?;
        let counted = self.document.mentions.get(last.mention as usize).and_then(unit);
        let led = field.left.of(sentence.text).trim().trim_start_matches(['，', ',', '、']);
        let bare = matches!(led.trim_start_matches(['共', '现']), "" | "有");
        // What has them is told by 辖 or 有.
        let has = |past: &&Past| past.subject.of(sentence.text).ends_with(['辖', '轄', '有', '含']);
        let place = state.before().find(|past| !past.subject.is_empty()).filter(has)?.subject;
        (bare && !last.tail.is_empty() && counted.is_some_and(|unit| unit != own)).then_some(place)
    }
}

/// Gives a number what the one before it says.
pub(super) fn repeat(last: &Past, mention: Option<&Mention>, out: &mut Observation) {
    // 分别增加3亿元、-2亿元
    let sign = mention.and_then(|mention| mention.quantity.as_ref()?.sign);
    let fell = sign.filter(|sign| *sign == Direction::Decrease && last.relation == Relation::Change);
    out.relation = Some(last.relation);
    out.direction = fell.or(out.direction).or(last.direction);
    out.comparison = out.comparison.or(last.comparison);
}

/// Gives a number what the one before it says in other words; 占支出的15%，即3亿元 is what the share comes to.
pub(super) fn say_again(last: &Past, mention: Option<&Mention>, past: &mut Past, out: &mut Observation) {
    let amount = mention.is_some_and(|mention| matches!(mention.kind, Kind::Measure | Kind::Count));
    if last.relation == Relation::Share && amount {
        (past.tail, past.relation) = (Phrase::default(), Relation::Level);
        out.relation = Some(Relation::Level);
    } else {
        repeat(last, mention, out);
    }
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

/// The level of what was measured last that a number is of.
pub(super) fn level_of<'a>(mention: Option<&Mention>, last: &Past, state: &'a State) -> Option<&'a Past> {
    // 相当于2019年同期的95%，同比增长8%: of the amount, and of no part of another time's; points are of that.
    let points = mention.is_some_and(|mention| mention.kind == Kind::PercentagePoint);
    let level = |past: &&Past| {
        let plain = points || past.comparison.is_none();
        past.relation == Relation::Level && !past.aside && !past.of_base && plain && past.subject == last.subject
    };
    // 同比增长7%，两年平均增长5%: nor of a length of time, where an amount stands before that.
    let mut levels = state.before().filter(level).filter(|past| !past.time);
    let nearest = levels.next().or_else(|| state.before().find(level));
    // 收入12亿元，去年同期11亿元，增长6.9%: of the later of the two.
    let year_after = |(now, before): (Period, Period)| before.shift_years(1) == now;
    let later = levels.next().filter(|now| now.period.zip(last.period).is_some_and(year_after));
    later.or(nearest)
}
