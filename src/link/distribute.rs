//! 分别: a list of numbers over a list of names.

use super::clause::{Field, Sentence};
use super::edges::trim;
use super::handed::merge_tail;
use super::list::{is_joint, joined};
use super::names::{LONGEST_MEASURE, parallel};
use super::parts::alike;
use super::relation::{NOUN_OF_CHANGE, Reading};
use super::sentence::{Past, State};
use super::whole::last_clause;
use super::{Linker, Observation, indicator};
use crate::calendar::Period;
use crate::lexicon::{ComparisonForm, Entry, Role, RowId, joins};
use crate::terms::{Comparison, Direction, Kind, Relation};
use crate::text::Phrase;
use crate::text::{InFlow, Span};

/// 分别: how many numbers share the names, and which is next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    pub(super) names: Option<Phrase>,
    /// What is measured of each of the names, where they stand in a clause before.
    noun: Option<Phrase>,
    /// 浓度最低的3个县依次是甲县、乙县和丙县，分别为: what the names are ranked by.
    ranked_by: Option<Phrase>,
    /// The first of the levels that the numbers belong to in turn.
    levels: Option<usize>,
    /// 游客2万人次，入住率40%，收入3亿元，分别增长5%和3%: of those that are no percents.
    sums: bool,
    /// 同比、环比: the words that name with what each is compared.
    compared: Option<Span<InFlow>>,
    /// 均录得跌幅，分别为: the way that all of them went, and against what.
    pub(super) trend: Option<Trend>,
    pub(super) next: usize,
    pub(super) count: usize,
}

impl Shared {
    /// Whether the words that the number before adds to its name belong to this one too: 占…比例, but none of a level's noun;
    /// 分别给予30万元、20万元补助, the verb of which is told before the first alone.
    pub(super) fn hands_on(self, text: &str, past: &Past, last: &Past, state: &State) -> bool {
        let said = past.tail.of(text);
        if !said.is_empty() {
            return last.tail.of(text).ends_with(&*said);
        }
        let of_level = |level: &Past| Some(level.mention) == last.of && level.tail.pieces().eq(last.tail.pieces());
        self.names.is_some() || last.relation != Relation::Level && !state.past.iter().any(of_level)
    }

    /// Gives a number the way that all of them went.
    pub(super) fn tell_trend(self, out: &mut Observation) {
        if let Some((direction, comparison)) = self.trend {
            (out.relation, out.direction) = (Some(Relation::Change), Some(direction));
            out.comparison = out.comparison.or(comparison);
        }
    }

    /// What is left for the number after this one.
    pub(super) const fn after(self) -> Self {
        Self { next: self.next + 1, ..self }
    }

    const fn turn(self, level: Option<(Option<Period>, u32)>) -> Turn {
        Turn { at: self.next, of: self.count, level, compared: self.compared }
    }
}

/// Which way something went, and against what.
pub(super) type Trend = (Direction, Option<Comparison>);

/// The turn of a number among those that 分别 gives their own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) at: usize,
    pub(super) of: usize,
    /// The level that it is told of: its time, and where it ends.
    pub(super) level: Option<(Option<Period>, u32)>,
    /// The words that name with what each of them is compared.
    compared: Option<Span<InFlow>>,
}

impl Linker<'_> {
    /// Whether a list of changes shares what stands before it without 分别: 甲公司和乙公司涨9%和6%.
    pub(super) fn shares(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        reading: &Reading,
        names: &Phrase,
        state: &State,
    ) -> bool {
        if names.is_empty() {
            // 是上年的1.1倍和1.2倍, 为目标的104%和120%
            let times = sentence.mentions.get(index).is_some_and(|mention| mention.kind == Kind::Multiple);
            // 分别由3万元和1万元增加到4万元和2万元
            let mut levels = state.before().take_while(|past| past.relation == Relation::Level);
            let reached = reading.reached && levels.any(|past| past.opened);
            let pairs =
                matches!(reading.relation, Relation::Change | Relation::Progress | Relation::Share) || times || reached;
            return pairs && self.pairs_off(sentence, index, reading, state);
        }
        if reading.relation != Relation::Change
            && !(reading.relation == Relation::Level && lists_alike(sentence, index))
        {
            return false;
        }
        let count = joined(sentence, index, self.lexicon).count();
        count > 1 && parallel(sentence.text, self.lexicon, names, 0, count).is_some()
    }

    /// 出口30亿元，进口20亿元。同比分别增长5%和6%: the numbers of the sentence before, where it told of as many amounts and this one
    /// of none yet.
    fn recall_levels(&self, sentence: Sentence<'_>, index: usize, own: &Phrase, state: &mut State) {
        if !own.is_empty() || !state.past.is_empty() || self.last.is_none() {
            return;
        }
        let before = self.earlier.get(self.earlier.len().saturating_sub(self.before)..).unwrap_or_default();
        let levels = before.iter().filter(|past| past.relation == Relation::Level && !past.time && !past.aside);
        let count = joined(sentence, index, self.lexicon).count();
        if count > 1 && levels.count() == count {
            state.past.extend_from_slice(before);
        }
    }

    /// 收入43126元、21874元，增长5.4%、7.8%: as many changes as there were levels in the list before, or points as changes.
    fn pairs_off(&self, sentence: Sentence<'_>, index: usize, reading: &Reading, state: &State) -> bool {
        let points = sentence.mentions.get(index).is_some_and(|mention| mention.kind == Kind::PercentagePoint);
        // 分别下降0.8点和1.0点，降幅为0.8%和1.1%: of the changes before it.
        let points = points || reading.rule == NOUN_OF_CHANGE;
        let sort = state.last().map(|last| last.relation).filter(|sort| points && *sort == Relation::Change);
        let sort = sort.unwrap_or(Relation::Level);
        let mut levels = state.before().take_while(|past| past.relation == sort);
        let Some(mut last) = levels.next() else { return false };
        let mut listed = 1;
        for level in levels {
            let start = self.document.mentions.get(last.mention as usize).map_or(0, |mention| mention.span.start);
            if !is_joint(Span::<InFlow>::new(level.end, start).of(sentence.text), self.lexicon) {
                break;
            }
            listed += 1;
            last = level;
        }
        let changes = joined(sentence, index, self.lexicon).take(listed + 1).count();
        if (2..=listed).contains(&changes) {
            return true;
        }
        // 客运量3000万人，货运量1500万吨，同比增长12%、7%: as many as the sentence has told of.
        let told = || state.before().take_while(|past| past.relation == Relation::Level && !past.time).count();
        listed == 1 && changes == 2 && told() == 2
    }

    /// 分别: gives each number of a list its own.
    pub(super) fn share_out(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        (relation, own): (Relation, &indicator::Own),
        state: &mut State,
    ) {
        self.recall_levels(sentence, index, &own.subject, state);
        state.shared = Some(self.shared(sentence, index, field, (relation, own), state));
    }

    /// Over the names before it, or over the levels before it.
    fn shared(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        (relation, own): (Relation, &indicator::Own),
        state: &State,
    ) -> Shared {
        let count = joined(sentence, index, self.lexicon).count();
        let compared = self.listed_comparisons(sentence, field.left, count);
        let shared = Shared {
            names: None,
            noun: None,
            ranked_by: None,
            levels: None,
            sums: false,
            compared,
            trend: None,
            next: 0,
            count,
        };
        // Names in a clause of their own, or in the sentence before: 利润、收入，同比分别增长3%、5%.
        let before = || self.topic(sentence, field).or(self.last.map(|(subject, _)| subject));
        let names = Some(without(own.subject, compared, sentence.text)).filter(|names| !names.is_empty());
        // 出口和进口均录得跌幅，分别为10.3%和5.8%
        let trend = || self.topic(sentence, field).and_then(|topic| self.trend(sentence, topic));
        if let Some((names, trend)) = names.is_none().then(trend).flatten().filter(|_| relation == Relation::Level) {
            return Shared { names: Some(names), trend: Some(trend), ..shared };
        }
        // M2增长10%，增速分别比上月末和上年同期高1个和2个百分点: both of what was measured last.
        if let Some(last) = state.last().filter(|_| own.relative && compared.is_some()) {
            let mut names = last.subject;
            own.subject.pieces().for_each(|piece| names.push(piece));
            return Shared { names: Some(names), ..shared };
        }
        // 降幅分别扩大2个和3个百分点: of the changes before it.
        let changed = state.past.iter().enumerate().rev().filter(|(_, past)| past.relation == Relation::Change);
        if let (true, Some((first, _)), true) = (own.relative, changed.take(count).last(), count > 1) {
            return Shared { names, levels: Some(first), ..shared };
        }
        if let Some((ranked_by, named)) = names.is_none().then(|| self.ranking(sentence, field, count)).flatten() {
            return Shared { names: Some(named), ranked_by, ..shared };
        }
        if let Some((named, noun)) = self.names_before(sentence, field, names, count) {
            return Shared { names: Some(named), noun: Some(noun), ..shared };
        }
        // 甲收入和乙收入均增长40%，分别增至5亿元和3亿元
        let splits = |names: &Phrase| parallel(sentence.text, self.lexicon, names, 0, count).is_some();
        // 稅課收入1亿元，补助及协助收入2亿元，比例分别为: of the levels, none of which is parted by its name.
        let levels = state.past.iter().filter(|past| past.relation == Relation::Level && !past.time).count();
        let whole = |past: &Past| past.relation == Relation::Level && levels >= count && count > 1;
        let changed = || state.last().filter(|past| !whole(past)).map(|past| past.subject).filter(splits);
        let listed = || self.topic(sentence, field).filter(splits);
        // 2014年、2015年分别脱贫2万人、3万人: what is told of the times needs no other name.
        let timed = state.past.iter().all(|past| past.time) && (relation != Relation::Level || own.tail.is_empty());
        let names = names.or_else(listed).or_else(changed).or_else(|| before().filter(|_| timed));
        if names.is_some() {
            return Shared { names, ..shared };
        }
        // 毛利率18%，同比、环比分别下降1个和2个百分点: both of the level told of last.
        if compared.is_some() && state.last().is_some_and(|past| past.relation == Relation::Level && !past.time) {
            return shared;
        }
        let of = |relation, sums: bool| {
            let fits =
                move |past: &Past| past.relation == relation && !past.time && !(sums && self.is_percent(past.mention));
            let mut listed = state.past.iter().enumerate().rev().filter(move |(_, past)| fits(past));
            listed.nth(count.checked_sub(1)?).map(|(at, _)| at)
        };
        // 分别增长15%和13%，分别比全省快10个和5个百分点: of the changes, where there are no levels.
        let percent = sentence.mentions.get(index).is_some_and(|mention| mention.kind == Kind::Percent);
        let sums = percent && of(Relation::Level, true).is_some();
        let changed = || of(Relation::Change, false).filter(|_| compared.is_none());
        Shared { levels: of(Relation::Level, sums).or_else(changed), sums, ..shared }
    }

    /// 甲市、乙市产值分别为3亿元和4亿元，合计7亿元: all the names, where each of them has had its number.
    pub(super) fn summed(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        subject: &Phrase,
        state: &State,
    ) -> Option<Phrase> {
        let shared = state.shared.filter(|shared| shared.next == shared.count && shared.compared.is_none())?;
        let words = field.left.of(sentence.text).trim_start_matches(['，', ',', ' ']);
        let sum = self.lexicon.opening(words, Role::Sums)?;
        let mut names = shared.names.filter(|_| subject.is_empty() || subject.of(sentence.text) == sum)?;
        let last = state.last().filter(|last| last.relation == Relation::Level)?;
        shared.noun.as_ref().unwrap_or(&last.tail).pieces().for_each(|piece| names.push(piece));
        Some(names)
    }

    pub(super) fn is_percent(&self, mention: u32) -> bool {
        self.document.mentions.get(mention as usize).is_some_and(|mention| mention.kind == Kind::Percent)
    }

    /// 同比、环比分别, 分别比上月和上年同期: as many words of comparison before a number as numbers share them.
    fn listed_comparisons(&self, sentence: Sentence<'_>, left: Span<InFlow>, count: usize) -> Option<Span<InFlow>> {
        let words = self.comparisons_in(sentence, left);
        let (first, last) = (words.clone().next()?, words.clone().last()?);
        (count > 1 && words.count() == count).then(|| first.1.cover(last.1))
    }

    fn comparisons_in<'s>(
        &'s self,
        sentence: Sentence<'s>,
        span: Span<InFlow>,
    ) -> impl Iterator<Item = (Comparison, Span<InFlow>)> + Clone + 's {
        sentence.words_in(span).iter().filter_map(|(row, word)| match self.lexicon.entry(*row) {
            Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb | ComparisonForm::Base }) => {
                Some((*comparison, *word))
            }
            _ => None,
        })
    }

    /// What the number whose turn it is is compared with.
    pub(super) fn compared_in_turn(
        &self,
        sentence: Sentence<'_>,
        turn: Option<Turn>,
    ) -> Option<(Comparison, Span<InFlow>)> {
        let Turn { at, compared, .. } = turn?;
        self.comparisons_in(sentence, compared?).nth(at)
    }

    /// 甲、乙涨幅居前，涨幅分别为5%、3%; 甲、乙，收入分别为: the names in the clause before, and what is measured of them.
    fn names_before(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        noun: Option<Phrase>,
        count: usize,
    ) -> Option<(Phrase, Phrase)> {
        let noun = noun.filter(|_| count > 1)?;
        let splits = |names: &Phrase| parallel(sentence.text, self.lexicon, names, 0, count).is_some();
        if splits(&noun) {
            return None;
        }
        let topic = self.topic(sentence, field)?;
        let piece = topic.pieces().next()?;
        let words = piece.of(sentence.text);
        let measured = noun.of(sentence.text);
        let alone = measured.chars().nth(LONGEST_MEASURE).is_none().then_some(words.len());
        let at = words.find(&*measured).or(alone)?;
        let mut names = Phrase::default();
        names.push(Span::at(piece.from(), piece.from() + at));
        splits(&names).then_some((names, noun))
    }

    /// 浓度最低的3个县依次是甲县、乙县和丙县，分别为: the names that the clause before puts in order, and what by.
    fn ranking(&self, sentence: Sentence<'_>, field: &Field, count: usize) -> Option<(Option<Phrase>, Phrase)> {
        let clause = last_clause(sentence, field)?;
        let order = |(row, _): &&(RowId, Span<InFlow>)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Respectively)))
        };
        let (_, order) = sentence.words_in(clause).iter().find(order)?;
        let listed = Span::<InFlow>::new(order.end, clause.end);
        if !sentence.mentions_in(listed).is_empty() {
            return None;
        }
        let skipped =
            listed.len() as usize - listed.of(sentence.text).trim_start_matches(['是', '为', '為', '有']).len();
        let mut names = Phrase::default();
        names.push(Span::at(listed.from() + skipped, listed.to()));
        parallel(sentence.text, self.lexicon, &names, 0, count)?;
        let ranked = Span::<InFlow>::new(clause.start, order.start);
        let by = ranked.of(sentence.text).find('最').map(|at| Span::at(ranked.from(), ranked.from() + at));
        Some((by.and_then(|by| self.cleaned(sentence, by)), names))
    }

    /// Gives a number its share of the names or levels; tells whose turn it is.
    pub(super) fn next_share(
        &self,
        sentence: Sentence<'_>,
        shared: Shared,
        state: &State,
        past: &mut Past,
    ) -> Option<Turn> {
        if let (Some(noun), Some(first)) = (shared.names, shared.levels) {
            let changed = state.past.iter().skip(first).filter(|past| past.relation == Relation::Change);
            past.subject = changed.clone().nth(shared.next).map_or_else(Phrase::default, |change| change.subject);
            noun.pieces().for_each(|piece| past.subject.push(piece));
            return None;
        }
        if let Some(names) = shared.names {
            let own = parallel(sentence.text, self.lexicon, &names, shared.next, shared.count);
            let own = own.filter(|_| shared.compared.is_none());
            let ranked_by = shared.ranked_by.filter(|_| own.is_some()).unwrap_or_default();
            past.subject = ranked_by;
            own.unwrap_or(names).pieces().for_each(|piece| past.subject.push(piece));
            shared.noun.iter().flat_map(Phrase::pieces).for_each(|piece| past.subject.push(piece));
            return own.is_none().then_some(shared.turn(None));
        }
        let first = shared.levels.unwrap_or(0);
        let of = state.past.get(first).map_or(Relation::Level, |past| past.relation);
        let fits = |past: &&Past| past.relation == of && !past.time && !(shared.sums && self.is_percent(past.mention));
        let levels = state.past.iter().skip(first).filter(fits);
        let level = match shared.levels {
            Some(_) => levels.clone().nth(shared.next),
            None => state.past.iter().rev().find(|past| shared.compared.is_none() || past.relation == Relation::Level),
        };
        let Some(level) = level else { return shared.levels.is_none().then(|| shared.turn(None)) };
        past.subject = level.subject;
        merge_tail(past, level);
        past.of = if level.relation == Relation::Change { level.of } else { Some(level.mention) };
        // 分别由3万元和1万元增加到4万元和2万元: what they came to is of another time.
        let told = shared.levels.filter(|_| !level.opened).map(|_| (level.period, level.end));
        Some(shared.turn(told))
    }
}

/// 粮食和油料产量达到21万吨、1.2万吨: whether two amounts of one unit stand side by side.
fn lists_alike(sentence: Sentence<'_>, index: usize) -> bool {
    let Some([one, next]) = sentence.mentions.get(index..index + 2) else { return false };
    let between = Span::<InFlow>::new(one.span.end, next.span.start.max(one.span.end)).of(sentence.text);
    let sum = one.quantity.as_ref().is_some_and(|quantity| quantity.unit.is_some() && !quantity.time);
    // 营收/净利润30/10亿元
    let listed = joins(between) || between == "/";
    sum && one.kind != Kind::Percent && listed && alike(sentence.text, one, next)
}

/// Names without the words that are compared with among them: 价格同比、环比涨幅.
fn without(names: Phrase, compared: Option<Span<InFlow>>, text: &str) -> Phrase {
    let Some(compared) = compared else { return names };
    let mut out = Phrase::default();
    for piece in names.pieces() {
        out.push(trim(text, Span::new(piece.start, piece.end.min(compared.start).max(piece.start))));
        out.push(trim(text, Span::new(piece.start.max(compared.end).min(piece.end), piece.end)));
    }
    out
}
