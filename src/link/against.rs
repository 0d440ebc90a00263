//! What a change is compared with, where its own words leave it open.

use super::basis::{Against, compared_with, names_plan};
use super::beyond::BEYOND;
use super::clause::{Field, Sentence};
use super::list::is_joint;
use super::relation::{self, Reading};
use super::sentence::{Past, State};
use super::{Linker, Observation};
use crate::lexicon::{ComparisonForm, Entry, Lexicon, Role, RowId, is_han};
use crate::mention::Mention;
use crate::terms::{Comparison, Direction, Kind, Relation};
use crate::text::{InFlow, Span};
use crate::trace::Column;

impl Reading {
    /// Notes 比 and what it names, up to `end`.
    pub(super) fn compare(&mut self, (row, than): (RowId, Span<InFlow>), against: Option<Against>, end: u32) {
        if let Some((comparison, words, base)) = against {
            self.comparison = Some(comparison);
            self.against = words.or(Some((row, than)));
            self.base = base;
        }
        self.compared = Some(Span::new(than.start, end));
    }
}

/// Where 与 opens what is compared with, in the words before 相比. The 同 of 同期 opens nothing.
pub(super) fn opener(before: &str) -> Option<usize> {
    let named = |rest: &str| rest.chars().nth(1).is_some_and(|c| matches!(c, '期' | '比' | '月' | '季' | '样'));
    let opens = |at: &usize| !before.get(*at..).is_some_and(named);
    before.rmatch_indices(['同', '与', '跟', '與']).map(|(at, _)| at).find(opens)
}

/// 相比
pub(super) fn is_versus(row: RowId, lexicon: &Lexicon) -> bool {
    matches!(lexicon.entry(row), Some(Entry::Cue(Role::Versus)))
}

/// 与2010年相比 inside the words of a number.
pub(super) fn versus_in(sentence: Sentence<'_>, span: Span<InFlow>, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    if !sentence.roles.hold(Role::Versus) {
        return None;
    }
    let (_, word) = sentence.words_in(span).iter().find(|(row, _)| is_versus(*row, lexicon))?;
    let from = opener(Span::<InFlow>::new(span.start, word.start).of(sentence.text))?;
    Some(Span::at(span.from() + from, word.to()))
}

/// 比 and the date behind it, where a date stands before it and the clause ends behind: 2024年比2023年，.
fn between_dates(sentence: Sentence<'_>, than: Span<InFlow>, lexicon: &Lexicon) -> Option<Span<InFlow>> {
    let at = sentence.mentions.partition_point(|mention| mention.span.end <= than.start).checked_sub(1)?;
    let mut dates = sentence.mentions.iter().skip(at).take(2).filter(|mention| mention.kind == Kind::Date);
    let (before, behind) = (dates.next()?.span, dates.next()?.span);
    // 1957年比1952年将有如下的增长：
    let rest = Span::<InFlow>::new(behind.end, sentence.span.end).of(sentence.text);
    let head = rest.find(['，', ',', '：', '。', '；']).unwrap_or(rest.len());
    let clause = Span::<InFlow>::at(behind.to(), behind.to() + head);
    let counted = sentence.mentions_in(clause).iter().any(|mention| mention.kind.is_quantity());
    let closed =
        rest.starts_with(['，', ',']) || rest.get(head..).is_some_and(|mark| mark.starts_with('：')) && !counted;
    // 1982年预计比1981年，
    let between = Span::<InFlow>::new(before.end, than.start);
    let meant = between.is_empty() || sentence.is_word(between, lexicon, |entry| matches!(entry, Entry::Status { .. }));
    (meant && behind.start == than.end && closed).then(|| than.cover(behind))
}

impl Linker<'_> {
    /// 与…相比, 2024年比2023年，: what the changes of the sentence are compared with.
    pub(super) fn versus(
        &mut self,
        sentence: Sentence<'_>,
    ) -> Option<(Comparison, Option<Span<InFlow>>, Span<InFlow>)> {
        let first = sentence.mentions.first().filter(|first| first.span.start == sentence.span.start);
        if first.is_some_and(|first| first.kind == Kind::Label) {
            self.seen = None;
        }
        let roles = sentence.roles;
        let words = if roles.hold(Role::Versus) { sentence.words } else { &[] };
        let mut versus = words.iter().filter(|(row, _)| is_versus(*row, self.lexicon));
        let Some(phrase) = versus.find_map(|(_, word)| {
            let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
            let clause = before.rfind(['，', ',', '；', ';', '。']).unwrap_or(0);
            let words = before.get(clause..)?;
            let from = opener(words).or_else(|| words.rfind(['和', '较', '比']))?;
            Some(Span::at(sentence.span.from() + clause + from, word.from()))
        }) else {
            if let Some(seen) = self.seen_from(sentence) {
                self.seen = Some((seen.0, seen.2));
                return Some(seen);
            }
            if let Some(listed) = self.heads_list(sentence) {
                return Some(listed);
            }
            if !roles.hold(Role::Than) {
                return None;
            }
            if let Some(beside) = self.set_beside(sentence) {
                return Some(beside);
            }
            let than = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Than)));
            let mut phrases = sentence.words.iter().filter(|(row, _)| than(row));
            let phrase = phrases.find_map(|(_, word)| between_dates(sentence, *word, self.lexicon))?;
            let (comparison, _, base) = compared_with(sentence, self.lexicon, phrase)?;
            return Some((comparison, base, phrase));
        };
        let (comparison, _, base) = compared_with(sentence, self.lexicon, phrase)?;
        Some((comparison, base, phrase))
    }

    /// 与上年比，: 比 at the end of a clause is 相比.
    fn set_beside(&self, sentence: Sentence<'_>) -> Option<(Comparison, Option<Span<InFlow>>, Span<InFlow>)> {
        let than = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Than)));
        let closes = |word: &Span<InFlow>| word.after(sentence.text).starts_with(['，', ',']);
        let (_, word) = sentence.words.iter().find(|(row, word)| than(row) && closes(word))?;
        let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
        let phrase = Span::at(sentence.span.from() + opener(before)?, word.from());
        let (comparison, _, base) = compared_with(sentence, self.lexicon, phrase)?;
        Some((comparison, base, phrase))
    }

    /// 与上月相比上升12%，与去年同期相比下降35%: what the words of a number compare it with.
    fn versus_of(&self, sentence: Sentence<'_>, field: &Field) -> Option<(Comparison, Span<InFlow>)> {
        let own = versus_in(sentence, field.left, self.lexicon)?;
        compared_with(sentence, self.lexicon, own).map(|(comparison, ..)| (comparison, own))
    }

    /// A change without a comparison of its own takes that of the sentence.
    pub(super) fn comparison(
        &mut self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        state: &State,
        past: &Past,
        out: &mut Observation,
    ) {
        let year = self.clock.current.map(|(period, _)| if self.clock.fiscal { period.start } else { period.end }.year);
        let sets = |(_, base, words): (_, Option<Span<InFlow>>, Span<InFlow>)| base.filter(|_| words.start < past.end);
        let base = reading.base.or(state.versus.and_then(sets));
        let since_end = self.counts_from_year_end(sentence, reading);
        let before = |comparison| match base {
            _ if comparison == Comparison::Yoy && since_end => Comparison::Period,
            Some(base) if comparison == Comparison::Period => self.named_before(base, year).unwrap_or(comparison),
            // 较2019年同期, told of 2024; 比去年12月, told of February
            Some(base) if comparison == Comparison::Yoy => self.other_time(base, year).unwrap_or(comparison),
            _ => comparison,
        };
        if let Some((comparison, words)) = self.compared_in_turn(sentence, state.turn)
            && out.relation == Some(Relation::Change)
        {
            out.comparison = Some(comparison);
            return out.note(Column::Comparison, "分别 gives each number its own", None, Some(words));
        }
        if let Some(comparison) = out.comparison {
            if out.relation == Some(Relation::Change) {
                out.comparison = Some(before(comparison));
                self.say_alike(reading, past.end, before(comparison));
            }
            return;
        }
        if out.relation != Some(Relation::Change) || self.adds_more(sentence, past.end) {
            return;
        }
        // 同比增长5%，高出全市两成, 比全省快2个百分点: what it is above is named.
        if reading.rule == BEYOND || reading.compared.is_some() {
            return;
        }
        // 比上年增长6%；与2019年相比，…: it says nothing of what stands before the semicolon.
        let stands = |words: &Span<InFlow>| {
            let between = Span::<InFlow>::new(past.end.min(words.start), words.start).of(sentence.text);
            !between.contains(['；', ';'])
        };
        if let Some((comparison, words)) = self.versus_of(sentence, field) {
            out.comparison = Some(before(comparison));
            return out.note(Column::Comparison, "what is compared with", None, Some(words));
        }
        if let Some((comparison, _, words)) = state.versus.filter(|(.., words)| stands(words)) {
            out.comparison = Some(before(comparison));
            return out.note(Column::Comparison, "compared over the whole sentence", None, Some(words));
        }
        // 分别比全省快10个和5个百分点: nor is that of the number before, which it is listed with.
        let listed = field.follows && is_joint(field.left.of(sentence.text), self.lexicon);
        if listed && state.last().is_some_and(|last| last.relation == Relation::Change && last.comparison.is_none()) {
            return;
        }
        let handed = self.handed_on(sentence, field, state);
        // 比上年增长4866亿元，增长率为20.2%: the same change in another measure.
        let sum = state.last().and_then(|last| self.document.mentions.get(last.mention as usize));
        let anew = sum.is_none_or(|sum| !matches!(sum.kind, Kind::Measure | Kind::Count | Kind::Number))
            || reading.cue.is_none_or(|(_, cue)| {
                let before = Span::<InFlow>::new(field.left.start, cue.start.max(field.left.start)).of(sentence.text);
                before.contains(is_han)
            });
        let noun = reading.rule == relation::NOUN_OF_CHANGE && anew;
        let handed = handed.filter(|comparison| match comparison {
            Comparison::Yoy | Comparison::Pop => true,
            // 翻两番 looks back on a time of its own.
            Comparison::Period => reading.cue.is_some_and(|(_, cue)| !cue.of(sentence.text).starts_with('翻')),
            Comparison::AnnualAverage | Comparison::Plan => false,
        });
        let between = Span::<InFlow>::new(state.past.last().map_or(sentence.span.start, |past| past.end), past.end);
        if let Some(comparison) = handed.filter(|_| !noun && !reading.deal && self.goes_on(sentence, between)) {
            out.comparison = Some(comparison);
            return out.note(Column::Comparison, "handed on by the change before", None, None);
        }
        // 比去年同期的6亿元，减少5%
        if let Some((comparison, words, base)) = self.number_before(sentence, field, state) {
            out.comparison = Some(base.map_or(comparison, |base| match comparison {
                Comparison::Period => self.named_before(base, year).unwrap_or(comparison),
                _ => comparison,
            }));
            return out.note(
                Column::Comparison,
                "the clause before names a number to compare with",
                words.map(|(row, _)| row),
                words.map(|(_, words)| words),
            );
        }
        // 环比持平，前值降2%: the clause before says with what.
        if let Some((comparison, row, words)) = self.said_before(sentence, between) {
            out.comparison = Some(comparison);
            return out.note(Column::Comparison, "what the clause before compares with", Some(row), Some(words));
        }
        if let Some((comparison, words)) = self.seen {
            out.comparison = Some(comparison);
            return out.note(Column::Comparison, "by what the paragraph is seen", None, Some(words));
        }
        if let Some((comparison, _)) = self.alike {
            out.comparison = Some(comparison);
            return out.note(Column::Comparison, "the text says that the comparison goes on", None, None);
        }
        // 投资5亿元，同比增长3%。其中，住宅投资2亿元，增长4%: the sentence before, which this one details.
        if let Some(comparison) = self.detailed(sentence, state) {
            out.comparison = Some(comparison);
            return out.note(Column::Comparison, "the sentence before, which this one details", None, None);
        }
        if let Some(comparison) = Self::between_times(state, past) {
            out.comparison = Some(comparison);
            out.note(Column::Comparison, "from one named time to the other", None, None);
        }
    }

    /// The comparison that the changes before hand on.
    fn handed_on(&self, sentence: Sentence<'_>, field: &Field, state: &State) -> Option<Comparison> {
        let points = |mention: Option<&Mention>| mention.is_some_and(|m| m.kind == Kind::PercentagePoint);
        let own = points(sentence.mention_at(field.left.end));
        state.before().find_map(|past| {
            let before = self.document.mentions.get(past.mention as usize);
            // 增长5%，增速比上月加快0.3个百分点，出口增长3%: points hand on to points alone.
            let same = own || !points(before);
            // 比2005年翻了一番；零售总额34亿元，增长15%: what doubled looks back on a time of its own.
            let doubled = before.is_some_and(|before| before.span.of(sentence.text).ends_with('番'));
            let alone = doubled && past.comparison == Some(Comparison::Period);
            past.comparison.filter(|_| past.relation == Relation::Change && same && !alone)
        })
    }

    /// 较上年末, told of the half-year: no year lies between.
    fn counts_from_year_end(&self, sentence: Sentence<'_>, reading: &Reading) -> bool {
        let ends = |(_, words): &(RowId, Span<InFlow>)| words.of(sentence.text).ends_with(['末', '底']);
        let within = self.clock.current.is_some_and(|(period, _)| period.end.month < 12);
        within && !self.clock.fiscal && reading.against.as_ref().is_some_and(ends)
    }

    /// Two levels of one thing at two times: the change is from one to the other, unless each has one of its own.
    fn between_times(state: &State, past: &Past) -> Option<Comparison> {
        let mut levels = state.levels_of(past.subject);
        let (second, first) = (levels.next()?.period, levels.next()?.period);
        if state.turn.is_some() || first == second {
            // 由14.6万公里增至16.5万公里、增长12.8%
            let opened = state.levels_of(past.subject).nth(1).is_some_and(|from| from.opened);
            return (opened && state.turn.is_none()).then_some(Comparison::Period);
        }
        let times = first.zip(second);
        let next = times.is_some_and(|(first, second)| {
            let years = first.is_year() && second.is_year();
            // 收入12亿元，去年同期11亿元，增长6.9%
            years && first.start.year + 1 == second.start.year || second.shift_years(1) == first
        });
        Some(if next { Comparison::Yoy } else { Comparison::Period })
    }

    /// 同比增长5%。贷款增加8亿元，同比多增3亿元: whether the number behind tells what one is compared with.
    fn adds_more(&self, sentence: Sentence<'_>, from: u32) -> bool {
        let at = sentence.mentions.partition_point(|mention| mention.span.start < from);
        let Some(next) = sentence.mentions.get(at) else { return false };
        let more = |(_, word): &(RowId, Span<InFlow>)| self.lexicon.is_word(word.of(sentence.text), Role::MoreAdded);
        sentence.words_in(Span::new(from, next.span.start)).iter().any(more)
    }

    /// 比去年同期的6亿元，减少5%: what 比 names before the number that ended the clause before.
    fn number_before(&self, sentence: Sentence<'_>, field: &Field, state: &State) -> Option<Against> {
        let mut before = state.past.iter().rev();
        let level = before.next().filter(|past| past.relation == Relation::Level)?;
        let number = self.document.mentions.get(level.mention as usize)?;
        let between = Span::<InFlow>::new(number.span.end, field.clause.start.max(number.span.end)).of(sentence.text);
        let from = before.next().map_or(sentence.span.start, |past| past.end).min(number.span.start);
        let than = |row: &RowId| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Than)));
        let words = sentence.words_in(Span::new(from, number.span.start)).iter().rev();
        let (_, than) = words.clone().find(|(row, _)| than(row)).filter(|_| matches!(between, "，" | ","))?;
        compared_with(sentence, self.lexicon, Span::new(than.end, number.span.start))
    }

    /// 环比持平 without a number, behind the last ； before a number.
    fn said_before(&self, sentence: Sentence<'_>, between: Span<InFlow>) -> Option<(Comparison, RowId, Span<InFlow>)> {
        let words = between.of(sentence.text);
        let at = words.rfind(['；', ';'])?;
        let behind = Span::<InFlow>::at(between.from() + at, between.to());
        sentence.words_in(behind).iter().find_map(|(row, word)| match self.lexicon.entry(*row) {
            Some(Entry::Comparison { comparison, form: ComparisonForm::Adverb })
                if self.unchanged(sentence, word.end) =>
            {
                Some((*comparison, *row, *word))
            }
            _ => None,
        })
    }

    /// Whether 持平 stands at a place.
    fn unchanged(&self, sentence: Sentence<'_>, at: u32) -> bool {
        let from = sentence.words.partition_point(|(_, word)| word.start < at);
        let mut words = sentence.words.iter().skip(from).take_while(|(_, word)| word.start == at);
        words.any(|(row, _)| {
            matches!(self.lexicon.entry(*row), Some(Entry::Change { direction: Direction::Unchanged, .. }))
        })
    }

    /// Whether a list of changes goes on between two of its numbers; behind ； what is compared anew
    /// (；环比持平) or told of another time ends it.
    fn goes_on(&self, sentence: Sentence<'_>, between: Span<InFlow>) -> bool {
        let words = between.of(sentence.text);
        let Some(at) = words.rfind(['；', ';']) else { return !words.contains('。') };
        let behind = Span::<InFlow>::at(between.from() + at, between.to());
        let anew = sentence.words_in(behind).iter().any(|(row, _)| {
            matches!(
                self.lexicon.entry(*row),
                Some(
                    Entry::Comparison { form: ComparisonForm::Adverb | ComparisonForm::Base, .. }
                        | Entry::Cue(Role::Relative | Role::Than)
                )
            )
        });
        let dated = sentence.mentions_in(behind).iter().any(|mention| mention.kind == Kind::Date);
        !anew && !dated && !words.contains('而')
    }

    /// What a date is compared with that names a year other than the one before, or another month of it.
    fn other_time(&self, base: Span<InFlow>, year: Option<i16>) -> Option<Comparison> {
        let when = self.document.mention_at(base)?.when?;
        if let Some(named) = when.first.year {
            return (Some(named + 1) != year).then_some(Comparison::Period);
        }
        let month = when.first.month.filter(|_| when.offset.is_some())?;
        let now = self.clock.month.filter(|now| *now != month)?;
        Some(if month % 12 + 1 == now { Comparison::Pop } else { Comparison::Period })
    }

    /// 比1957年 in 1958 is year on year; 比6月 in July is month on month.
    pub(super) fn named_before(&self, base: Span<InFlow>, year: Option<i16>) -> Option<Comparison> {
        let (mention, words) = (self.document.mention_at(base)?, base.of(self.document.text));
        // 与2021年度预算相比: told of 2021 it is the plan at hand, of 2022 another time.
        if names_plan(base, self.document.text, self.lexicon) {
            return (mention.when?.first.year == year).then_some(Comparison::Plan);
        }
        if words.starts_with(['去', '上']) && !words.starts_with("上半") {
            return Some(Comparison::Yoy);
        }
        let when = mention.when?;
        // 较2022年四季度, told of the first quarter of 2023.
        let base = when.first.year.and(when.resolve(None));
        if let Some((now, _)) = self.clock.current.filter(|(now, _)| base.is_some() && now.before() == base) {
            return (!now.is_year()).then_some(Comparison::Pop);
        }
        if let (Some(base), Some(_)) = (base, when.first.quarter) {
            return self.clock.current.filter(|(now, _)| base.shift_years(1) == *now).map(|_| Comparison::Yoy);
        }
        if let Some(base_year) = when.first.year {
            // 比2019年末, told of June: no year lies between.
            let month = when.first.month.or(words.ends_with(['末', '底']).then_some(12)).filter(|_| !self.clock.fiscal);
            let now = self.clock.current.map(|(period, _)| period.end.month);
            if month.zip(now).is_some_and(|(month, now)| month != now) {
                return None;
            }
            return (Some(base_year + 1) == year).then_some(Comparison::Yoy);
        }
        // 较15日, told of the 16th.
        let now = self.clock.current.map(|(period, _)| period.start);
        if let (Some(day), Some(now)) = (when.first.day, now) {
            return (now.day == day + 1 && when.first.month.is_none_or(|month| month == now.month))
                .then_some(Comparison::Pop);
        }
        // 较二季度末, told of the third.
        if let (Some(quarter), Some(now)) = (when.first.quarter, now) {
            return (i16::from(now.month - 1) / 3 + 1 == i16::from(quarter) % 4 + 1).then_some(Comparison::Pop);
        }
        let month = self.clock.month;
        (month.is_some() && when.first.month.map(|base| base % 12 + 1) == month).then_some(Comparison::Pop)
    }
}
