//! One sentence: its quantities in order, each by its own words and by what stands before it.

use super::clause::{Field, Sentence};
use super::period::{self, Sign};
use super::relation::{self, Reading};
use super::{Linker, Observation, distribute, indicator, status};
use crate::calendar::Period;
use crate::lexicon::{Entry, PeriodWord, Reach, Role};
use crate::mention::Mention;
use crate::normalise::Phrase;
use crate::segment::{Segment, SegmentKind};
use crate::terms::{Comparison, Direction, Kind, Relation, Status};
use crate::text::{InFlow, Span};
use crate::trace::Column;

/// A quantity of the sentence that was linked already.
#[derive(Debug, Clone, Copy)]
struct Past {
    /// Its place among the document's mentions.
    mention: u32,
    subject: Phrase,
    tail: Phrase,
    relation: Relation,
    direction: Option<Direction>,
    comparison: Option<Comparison>,
    period: Option<Period>,
    opened: bool,
    of: Option<u32>,
    end: u32,
    /// A length of time, which measures nothing that others could be of.
    time: bool,
}

/// 分别: how many numbers share the names, and which is next.
#[derive(Debug, Clone, Copy)]
struct Shared {
    names: Option<Phrase>,
    /// The first of the levels that the numbers belong to in turn.
    levels: Option<usize>,
    next: usize,
    count: usize,
}

/// What the sentence has told so far.
#[derive(Default)]
struct State {
    past: Vec<Past>,
    /// 确诊病例中: what the members of a list are of.
    scope: Option<Phrase>,
    /// 与上年相比 over the whole sentence.
    versus: Option<(Comparison, Option<Span<InFlow>>, Span<InFlow>)>,
    shared: Option<Shared>,
    next_sign: usize,
    /// Where the sentence starts.
    start: u32,
    /// 近两年: holds for its own clause.
    window: Option<(Period, Span<InFlow>)>,
}

impl Linker<'_> {
    /// Links the mentions of one sentence.
    pub(super) fn sentence(&mut self, segment: Segment, sentence: Sentence<'_>, base: u32, out: &mut [Observation]) {
        if self.block != segment.block {
            self.block = segment.block;
            self.carried = None;
            self.last = None;
            // A time named in passing holds for its paragraph.
            self.clock.standing = self.opened.or_else(|| self.inherited(self.section, |set| set.0));
        }
        self.clock.begin_sentence();
        let mut signs = std::mem::take(&mut self.signs);
        let mut cues = std::mem::take(&mut self.cues);
        period::signs(sentence, self.lexicon, &mut signs);
        status::cues(sentence, self.lexicon, &mut cues);
        let mut state =
            State { versus: self.versus(sentence), start: segment.span.start + segment.marker, ..State::default() };
        for (index, mention) in sentence.mentions.iter().enumerate() {
            let place = base + u32::try_from(index).unwrap_or(0);
            let Some(slot) = out.get_mut(place as usize) else { continue };
            if mention.kind.is_quantity() {
                *slot = self.quantity(sentence, index, place, &mut state, &signs, &cues);
            } else {
                self.other(mention, slot);
            }
        }
        // Dates behind the last number hold for what follows.
        let from = state.next_sign;
        for (span, sign) in signs.iter().skip(from) {
            self.tell(*span, *sign, &state);
        }
        if segment.kind == SegmentKind::Heading {
            let stated = self.clock.current.filter(|_| !signs.is_empty());
            self.heading(segment, stated);
        }
        self.last = state
            .past
            .iter()
            .rev()
            .find(|past| past.relation == Relation::Level)
            .map(|past| (past.subject, past.mention));
        self.carried = cues.last().copied().filter(|cue| cue.status == Status::Target);
        self.signs = signs;
        self.cues = cues;
    }

    /// Dates, ordinals and labels: a date has its period, a rank its relation.
    fn other(&self, mention: &Mention, slot: &mut Observation) {
        if let Some(when) = &mention.when {
            slot.period = self.clock.resolve(when, false);
        } else if let Some(word) = mention.period {
            slot.period = self.clock.resolve_word(word);
        }
        if mention.kind == Kind::Ordinal {
            slot.relation = Some(Relation::Rank);
            slot.note(Column::Relation, "an ordinal ranks", None, Some(mention.span));
        }
    }

    fn quantity(
        &mut self,
        sentence: Sentence<'_>,
        index: usize,
        place: u32,
        state: &mut State,
        signs: &[(Span<InFlow>, Sign)],
        cues: &[status::Cue],
    ) -> Observation {
        let mut out = Observation::new(self.traced);
        let Some(mention) = sentence.mentions.get(index) else { return out };
        let field = sentence.field(index);
        let reading = relation::read(sentence, &field, mention, self.lexicon);
        let own = indicator::own(sentence, index, &field, &reading, mention, self.lexicon);
        self.scope(sentence, &field, state);
        let dated = self.tell_until(mention.span.start, &reading, &field, state, signs);
        out.relation = Some(reading.relation);
        out.direction = reading.direction;
        out.comparison = reading.comparison;
        out.note(Column::Relation, reading.rule, reading.cue.map(|(row, _)| row), reading.cue.map(|(_, words)| words));
        out.note(Column::Direction, reading.rule, reading.cue.map(|(row, _)| row), reading.cue.map(|(_, words)| words));
        if let Some((row, words)) = reading.against {
            out.note(Column::Comparison, "what is compared with", Some(row), Some(words));
        }
        let mut past = self.subject(sentence, index, &field, &reading, own, state, &mut out);
        past.mention = place;
        past.end = mention.span.end;
        past.time = mention.quantity.as_ref().is_some_and(|quantity| quantity.time);
        self.comparison(&reading, state, &past, &mut out);
        self.period(&reading, dated, &mut out);
        self.status(sentence, &field, mention, &reading, cues, &mut out);
        past.relation = out.relation.unwrap_or(Relation::Level);
        past.direction = out.direction;
        past.comparison = out.comparison;
        past.period = out.period;
        past.opened = reading.opened;
        past.of = out.of;
        state.past.push(past);
        out
    }

    /// What the number is of: its own words, a share of the names before it, or what was measured before.
    #[expect(clippy::too_many_arguments, reason = "a step of one function, cut out to be read on its own")]
    fn subject(
        &self,
        sentence: Sentence<'_>,
        index: usize,
        field: &Field,
        reading: &Reading,
        own: indicator::Own,
        state: &mut State,
        out: &mut Observation,
    ) -> Past {
        let mut past = Past {
            mention: 0,
            subject: own.subject,
            tail: own.tail,
            relation: reading.relation,
            direction: None,
            comparison: None,
            period: None,
            opened: false,
            of: None,
            end: 0,
            time: false,
        };
        let last = state.past.last().copied();
        let joined = field.follows && is_joint(field.left.of(sentence.text));
        let mut rule = "the words before the number";
        let listed = own.subject.is_empty() && reading.relation == Relation::Change && !joined;
        if reading.respectively || listed && Self::pairs_off(sentence, index, state) {
            state.shared = Self::share_out(sentence, index, &own, state);
        }
        let continues = state.shared.is_some_and(|shared| shared.next == 0) || joined;
        if let Some(shared) = state.shared.filter(|shared| continues && shared.next < shared.count) {
            rule = "分别 gives each number its own";
            Self::next_share(sentence, shared, state, &mut past);
            state.shared = Some(Shared { next: shared.next + 1, ..shared });
            if let (true, Some(last)) = (joined, last) {
                repeat(&last, out);
            }
        } else if let (Some(last), true) =
            (last, reading.restates && own.subject.is_empty() && reading.cue.is_none() || joined && own.tail.is_empty())
        {
            rule = "the number before, said again or listed on";
            past.subject = last.subject;
            past.tail = last.tail;
            past.of = last.of;
            repeat(&last, out);
        } else if own.relative
            && let Some(last) = last
        {
            rule = "a total of what was measured before";
            past.subject = last.subject;
            last.tail.pieces().filter(|_| last.relation != Relation::Share).for_each(|piece| past.subject.push(piece));
            own.subject.pieces().for_each(|piece| past.subject.push(piece));
        } else if own.subject.is_empty()
            && (own.tail.is_empty()
                || matches!(reading.relation, Relation::Share | Relation::Progress)
                || own.deal
                || reading.rule == relation::NOUN_OF_CHANGE)
        {
            rule = self.inherit(sentence, field, reading, state, &mut past, out);
        }
        if let Some(scope) = state.scope.filter(|_| rule == "the words before the number") {
            let mut subject = scope;
            past.subject.pieces().for_each(|piece| subject.push(piece));
            past.subject = subject;
            rule = "the words before the number, of the whole named before";
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
    fn inherit(
        &self,
        sentence: Sentence<'_>,
        field: &Field,
        reading: &Reading,
        state: &State,
        past: &mut Past,
        out: &mut Observation,
    ) -> &'static str {
        let percent = sentence.mentions.iter().any(|m| m.span.start == field.left.end && m.kind == Kind::Percent);
        if let Some(before) = self.before_time(sentence, field).filter(|_| !reading.outside) {
            past.subject = before;
            return "the words before a length of time";
        }
        let before = state
            .past
            .iter()
            .rev()
            .filter(|earlier| !earlier.time && (!reading.outside || earlier.end <= field.clause.start));
        if let Some(last) = before.clone().next() {
            past.subject = last.subject;
            if reading.relation == Relation::Level
                && past.tail.is_empty()
                && last.relation == Relation::Level
                && !reading.reached
            {
                past.tail = last.tail;
            }
            // 由20%提高到30%: the level reached is of the sort it started from.
            if reading.reached && last.opened && last.relation == Relation::Share {
                out.relation = Some(Relation::Share);
                past.tail = last.tail;
            }
            let level =
                state.past.iter().rev().find(|past| past.relation == Relation::Level && past.subject == last.subject);
            past.of = level.map(|level| level.mention).or(last.of);
            if reading.relation == Relation::Change && last.relation != Relation::Share {
                merge_tail(past, last);
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
            return "the topic named at the front of the sentence";
        }
        if let Some((subject, mention)) = self.last.filter(|_| reading.relation != Relation::Level) {
            past.subject = subject;
            past.of = Some(mention);
            return "what the sentence before measured";
        }
        "no words name it"
    }

    /// 环湖一周约250公里: what stands before a length of time in the same clause.
    fn before_time(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let before = Span::new(field.clause.start, field.left.start);
        let time = sentence.mentions_in(before).iter().rev().find(|mention| mention.kind.is_quantity())?;
        if !time.quantity.as_ref().is_some_and(|quantity| quantity.time) {
            return None;
        }
        let mut phrase = Phrase::default();
        indicator::clean(sentence, Span::new(before.start, time.span.start), self.lexicon, &mut phrase);
        (!phrase.is_empty()).then_some(phrase)
    }

    /// 小学生，1952年有…: the clause before, which has no number of its own, names the topic.
    fn topic(&self, sentence: Sentence<'_>, field: &Field) -> Option<Phrase> {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let clause = before.strip_suffix(['，', ',', '：', ':', '（', '('])?;
        let start = clause
            .rfind(['，', ',', '；', ';', '。'])
            .map_or(0, |at| at + clause.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
        let topic = Span::<InFlow>::at(sentence.span.from() + start, sentence.span.from() + clause.len());
        if sentence.mentions_in(topic).iter().any(|mention| mention.kind.is_quantity()) {
            return None;
        }
        let mut phrase = Phrase::default();
        indicator::clean(sentence, topic, self.lexicon, &mut phrase);
        (!phrase.is_empty()).then_some(phrase)
    }

    /// 收入43126元、21874元，增长5.4%、7.8%: as many changes as there were levels in the list before.
    fn pairs_off(sentence: Sentence<'_>, index: usize, state: &State) -> bool {
        let own = indicator::Own::default();
        let Some(Shared { levels: Some(first), count, .. }) = Self::share_out(sentence, index, &own, state) else {
            return false;
        };
        let listed = |pair: &[Past]| match pair {
            [a, b] => sentence
                .mentions
                .iter()
                .find(|mention| mention.span.end == b.end)
                .is_some_and(|mention| is_joint(Span::<InFlow>::new(a.end, mention.span.start).of(sentence.text))),
            _ => false,
        };
        count > 1
            && state.past.get(first..).is_some_and(|levels| levels.len() == count && levels.windows(2).all(listed))
    }

    /// 分别: over the names before it, or over the levels before it.
    fn share_out(sentence: Sentence<'_>, index: usize, own: &indicator::Own, state: &State) -> Option<Shared> {
        let mut count = 1;
        let mut end = sentence.mentions.get(index)?.span.end;
        for next in sentence.mentions.get(index + 1..)?.iter().filter(|mention| mention.kind.is_quantity()) {
            if !is_joint(Span::<InFlow>::new(end, next.span.start).of(sentence.text)) {
                break;
            }
            count += 1;
            end = next.span.end;
        }
        if !own.subject.is_empty() {
            return Some(Shared { names: Some(own.subject), levels: None, next: 0, count });
        }
        let levels: Vec<usize> = state
            .past
            .iter()
            .enumerate()
            .filter(|(_, past)| past.relation == Relation::Level)
            .map(|(at, _)| at)
            .collect();
        let from = levels.len().checked_sub(count).and_then(|at| levels.get(at)).copied();
        Some(Shared { names: None, levels: from, next: 0, count })
    }

    fn next_share(sentence: Sentence<'_>, shared: Shared, state: &State, past: &mut Past) {
        if let Some(names) = shared.names {
            past.subject = distribute::parallel(sentence.text, &names, shared.next, shared.count).unwrap_or(names);
            return;
        }
        let levels = state.past.iter().skip(shared.levels.unwrap_or(0)).filter(|past| past.relation == Relation::Level);
        let level = match shared.levels {
            Some(_) => levels.clone().nth(shared.next),
            None => state.past.last(),
        };
        if let Some(level) = level {
            past.subject = level.subject;
            merge_tail(past, level);
            past.of = Some(level.mention);
        }
    }

    /// 确诊病例中，: a clause without a number that ends in 中 names the whole of what is listed behind it.
    fn scope(&self, sentence: Sentence<'_>, field: &Field, state: &mut State) {
        let before = Span::<InFlow>::new(sentence.span.start, field.clause.start).of(sentence.text);
        let clause = before.trim_end_matches(['，', ',', '：', ':']);
        if clause.len() == before.len() {
            if before.ends_with(['；', ';', '。']) {
                state.scope = None;
            }
            return;
        }
        let start =
            clause.char_indices().rev().find(|(_, c)| matches!(c, '，' | ',' | '；' | ';' | '：' | '。' | '）' | '、'));
        let start = start.map_or(0, |(at, c)| at + c.len_utf8());
        let named = Span::<InFlow>::at(sentence.span.from() + start, sentence.span.from() + clause.len());
        let words = named.of(sentence.text);
        let numbered = sentence.mentions_in(named).iter().any(|mention| mention.kind.is_quantity());
        let Some(inner) =
            words.strip_suffix('中').or_else(|| words.strip_suffix("当中")).filter(|inner| !inner.ends_with('其'))
        else {
            return;
        };
        if numbered || inner.is_empty() {
            return;
        }
        let mut phrase = Phrase::default();
        let inner = Span::at(named.from(), named.from() + inner.len());
        indicator::clean(sentence, inner, self.lexicon, &mut phrase);
        state.scope = (!phrase.is_empty()).then_some(phrase);
    }

    /// 与…相比: what the changes of the sentence are compared with.
    fn versus(&self, sentence: Sentence<'_>) -> Option<(Comparison, Option<Span<InFlow>>, Span<InFlow>)> {
        let (_, word) = sentence
            .words
            .iter()
            .find(|(row, _)| matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Versus))))?;
        let before = Span::<InFlow>::new(sentence.span.start, word.start).of(sentence.text);
        let from = before.rfind(['同', '与', '跟', '與']).or_else(|| before.rfind(['和', '较', '比']))?;
        let phrase = Span::at(sentence.span.from() + from, word.from());
        let (comparison, _, base) = relation::compared_with(sentence, self.lexicon, phrase)?;
        Some((comparison, base, phrase))
    }

    /// A change without a comparison of its own takes that of the sentence.
    fn comparison(&self, reading: &Reading, state: &State, past: &Past, out: &mut Observation) {
        let year = self.clock.current.map(|(period, _)| period.start.year);
        let base = reading.base.or(state.versus.and_then(|(_, base, _)| base));
        let before = |comparison| match base {
            Some(base) if comparison == Comparison::Period => self.named_before(base, year).unwrap_or(comparison),
            _ => comparison,
        };
        if let Some(comparison) = out.comparison {
            if out.relation == Some(Relation::Change) {
                out.comparison = Some(before(comparison));
            }
            return;
        }
        if out.relation != Some(Relation::Change) {
            return;
        }
        if let Some((comparison, _, words)) = state.versus {
            out.comparison = Some(before(comparison));
            return out.note(Column::Comparison, "compared over the whole sentence", None, Some(words));
        }
        let handed =
            state.past.iter().rev().find_map(|past| past.comparison.filter(|_| past.relation == Relation::Change));
        let noun = reading.rule == relation::NOUN_OF_CHANGE;
        if let Some(comparison @ (Comparison::Yoy | Comparison::Pop)) = handed.filter(|_| !noun) {
            let between = Span::<InFlow>::new(state.past.last().map_or(0, |past| past.end), past.end);
            if !between.of(self.document.text).contains(['；', ';', '。']) {
                out.comparison = Some(comparison);
                return out.note(Column::Comparison, "handed on by the change before", None, None);
            }
        }
        // Two levels of one thing at two times: the change is from one to the other.
        let mut levels =
            state.past.iter().rev().filter(|level| level.relation == Relation::Level && level.subject == past.subject);
        if let (Some(second), Some(first)) = (levels.next(), levels.next())
            && first.period != second.period
        {
            out.comparison = Some(Comparison::Period);
            out.note(Column::Comparison, "from one named time to the other", None, None);
        }
    }

    /// 比1957年 in 1958 is year on year; 比6月 in July is month on month.
    fn named_before(&self, base: Span<InFlow>, year: Option<i16>) -> Option<Comparison> {
        let mention = self.document.mentions.iter().find(|mention| mention.span == base)?;
        let words = base.of(self.document.text);
        if words.starts_with(['去', '上']) {
            return Some(Comparison::Yoy);
        }
        let when = mention.when?;
        if let Some(base_year) = when.first.year {
            return (Some(base_year + 1) == year).then_some(Comparison::Yoy);
        }
        let month = self.clock.month;
        (month.is_some() && when.first.month.map(|base| base % 12 + 1) == month).then_some(Comparison::Pop)
    }

    /// Tells the clock of the dates up to a number; gives the period that the number's own words name.
    fn tell_until(
        &mut self,
        end: u32,
        reading: &Reading,
        field: &Field,
        state: &mut State,
        signs: &[(Span<InFlow>, Sign)],
    ) -> Option<Period> {
        let mut dated = None;
        while let Some((span, sign)) = signs.get(state.next_sign).filter(|(span, _)| span.start < end) {
            state.next_sign += 1;
            if reading.compared.is_some_and(|compared| compared.overlaps(*span)) {
                continue;
            }
            // What 从 opens is past where the sentence goes on.
            if reading.opened && field.left.contains(*span) {
                dated = self.resolved(*sign).or(dated);
                continue;
            }
            let told = self.tell(*span, *sign, state);
            if field.left.contains(*span) {
                dated = told.or(dated);
            }
            if let (Sign::Window(..), Some(window)) = (sign, told) {
                state.window = Some((window, *span));
            }
        }
        dated.or(state.window.filter(|(_, words)| field.clause.contains(*words)).map(|(window, _)| window))
    }

    fn tell(&mut self, span: Span<InFlow>, sign: Sign, state: &State) -> Option<Period> {
        if state.versus.is_some_and(|(_, _, phrase)| phrase.contains(span)) {
            return None;
        }
        if let Sign::Date(when, _) = sign
            && let Some(month) = when.last.and_then(|last| last.month).or(when.first.month)
        {
            self.clock.month = Some(month);
        }
        let period = self.resolved(sign)?;
        let lasting = match sign {
            Sign::Date(when, until) => !(until || when.to_date),
            Sign::Word(word) => !matches!(word, PeriodWord::Term(_)),
            Sign::Window(..) => return Some(period),
            Sign::Since(_) => false,
        };
        self.clock.note(period, span, lasting);
        if lasting && state.past.is_empty() && span.start <= state.start + 12 && period.start != period.end {
            self.opened = self.clock.current;
        }
        Some(period)
    }

    /// The days that a sign of time means here.
    fn resolved(&self, sign: Sign) -> Option<Period> {
        match sign {
            Sign::Date(when, until) => self.clock.resolve(&when, until),
            Sign::Word(word) => self.clock.resolve_word(word),
            Sign::Window(years, ahead) => self.clock.window(years, ahead),
            Sign::Since(when) => self.clock.since(&when),
        }
    }

    fn period(&mut self, reading: &Reading, dated: Option<Period>, out: &mut Observation) {
        let (from, to) = self.clock.ends;
        let mut rule = "the nearest time named before";
        let mut period = dated.or(self.clock.current.map(|(period, _)| period));
        if reading.opened {
            self.clock.ends.0 = dated.or(from);
            period = dated.or(from).or(period);
            rule = "the earlier of two times";
        } else if reading.reached {
            self.clock.ends.1 = dated.or(to);
            period = dated.or(to).or(period);
            rule = "the later of two times";
        } else if reading.relation == Relation::Level && reading.comparison == Some(Comparison::Period) {
            // 是1997年的1.8倍: the two years also hold for a 从…到… that follows.
            let base = reading.base.and_then(|base| self.document.mentions.iter().find(|mention| mention.span == base));
            self.clock.ends = (base.and_then(|base| self.clock.resolve(&base.when?, false)), period);
        } else if out.comparison == Some(Comparison::AnnualAverage)
            && let (Some(from), Some(to)) = (from, to)
        {
            period = Some(Period { start: from.start, end: to.end });
            rule = "over the years named";
        }
        out.period = period;
        let words = self.clock.current.map(|(_, words)| words).filter(|words| !words.is_empty());
        if period.is_some() {
            out.note(Column::Period, if words.is_none() { "the year of the text" } else { rule }, None, words);
        }
    }

    fn status(
        &mut self,
        sentence: Sentence<'_>,
        field: &Field,
        mention: &Mention,
        reading: &Reading,
        cues: &[status::Cue],
        out: &mut Observation,
    ) {
        let target = Some(Status::Target);
        if let Some(cue) = status::at(cues, mention.span.start) {
            let started = cue.reach == Reach::Forecast && reading.opened;
            if cue.status == Status::Target && !started {
                let ahead = |period: &Period| {
                    self.clock.fiscal || self.clock.report_year.is_some_and(|year| period.start.year > year)
                };
                self.promised = out.period.filter(ahead).or(self.promised);
            }
            out.status = Some(if started { Status::Actual } else { cue.status });
            return out.note(
                Column::Status,
                "a word of plan or result before the number",
                Some(cue.row),
                Some(cue.words),
            );
        }
        let planned = sentence.words_ending(reading.subject_end).iter().find(|(row, _)| {
            matches!(
                self.lexicon.entry(*row),
                Some(Entry::Cue(Role::Plan) | Entry::Comparison { comparison: Comparison::Plan, .. })
            )
        });
        if let Some((row, words)) = planned.filter(|_| reading.relation == Relation::Level) {
            out.status = target;
            return out.note(Column::Status, "a plan is what is measured", Some(*row), Some(*words));
        }
        let aim = sentence.words_in(field.right).iter().find(|(row, word)| {
            word.start - field.right.start <= 24
                && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Plan)))
                && word.of(sentence.text).contains(['标', '標'])
        });
        if let Some((row, words)) = aim {
            out.status = target;
            return out.note(Column::Status, "a goal named behind the number", Some(*row), Some(*words));
        }
        let opens = sentence.words.first().is_some_and(|(row, word)| {
            word.start == sentence.span.start
                && matches!(self.lexicon.entry(*row), Some(Entry::Cue(Role::Among | Role::Filler)))
        });
        if let Some(cue) = self.carried.filter(|_| opens) {
            out.status = target;
            return out.note(
                Column::Status,
                "the sentence before, which this one details",
                Some(cue.row),
                Some(cue.words),
            );
        }
        let current = self.clock.current;
        let promised =
            current.is_some() && self.promised.is_some() && current.map(|(period, _)| period) == self.promised;
        if promised {
            out.status = target;
            return out.note(
                Column::Status,
                "a time that was spoken of as yet to come",
                None,
                current.map(|(_, words)| words),
            );
        }
        if let (Some((period, words)), Some(now)) = (current, self.certain_year.or(self.clock.report_year))
            && period.start.year > now
            && (self.certain_year.is_some() || self.in_target_section())
        {
            out.status = target;
            return out.note(Column::Status, "a time yet to come", None, Some(words));
        }
        if let Some((status, row)) = self.inherited(self.section, |set| set.1) {
            out.status = Some(status);
            return out.note(Column::Status, "the section's heading", row, None);
        }
        out.status = Some(Status::Actual);
        out.note(Column::Status, "no word of plan", None, None);
    }

    fn in_target_section(&self) -> bool {
        self.inherited(self.section, |set| set.1).is_some_and(|(status, _)| status == Status::Target)
    }
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

/// Whether only a joint of a list stands between two numbers.
fn is_joint(words: &str) -> bool {
    matches!(words.trim(), "" | "、" | "和" | "及" | "与" | "與" | "以及" | "或" | "，" | ",")
}
